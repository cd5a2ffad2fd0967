//! ISO/IEC 7816-4 commands, responses, status words, TLV and the card and reader traits; no I/O.
