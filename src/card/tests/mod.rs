//! Whether what is remembered for a person is true of a card, whatever happens to it.

mod shield;
