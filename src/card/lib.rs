//! FINEID cards over ISO/IEC 7816-15: profiles, files, certificates and the PIN service; no I/O of its own.
