//! The desktop program: every card in every reader, and its PINs.
