//! The pieces the views are made of. Each draws itself from the theme and names itself for screen
//! readers.

pub mod button;
pub mod disclosure;
pub mod gauge;
pub mod icon;
pub mod letter;
pub mod pin_field;
pub mod text;
