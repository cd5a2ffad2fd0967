//! The card and reader traits over PC/SC.
