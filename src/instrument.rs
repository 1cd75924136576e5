//! The instrument: a questionnaire, parsed, checked and immutable.

pub mod construct;
pub mod persona;
