//! The model, message by message.
