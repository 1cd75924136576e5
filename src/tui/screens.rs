//! One file per screen; each screen is a value on the stack.

pub(super) mod coding;
pub(super) mod form;
pub(super) mod help;
pub(super) mod home;
pub(super) mod kiosk;
pub(super) mod message;
pub(super) mod moment;
pub(super) mod relation;
pub(super) mod result;
mod saving;
pub(super) mod session;
pub(super) mod study;
