//! Questions about the whole window.
