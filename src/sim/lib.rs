//! A FINEID card in software, for tests, demos and training.
