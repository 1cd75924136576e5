//! Journeys through the real program: what a person types, and what comes of it.

mod commands;
mod kill;
mod plain;
pub mod support;
