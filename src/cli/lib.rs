//! The command line for administrators and desks.
