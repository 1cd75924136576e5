//! relata runs interview questionnaires in the terminal, finds out which of Fiske's four relational models a person
//! uses toward an organisation, and shows where what is said and what is associated part ways.
//!
//! A pure core turns a TOML text and a list of events into a report; thin edges supply text, keys, time, dice and disk.

pub mod classify;
pub mod cli;
pub mod dice;
pub mod gap;
pub mod instrument;
pub mod interview;
pub mod measures;
pub mod plain;
pub mod psychometrics;
pub mod report;
pub mod store;
pub mod tui;
pub mod wording;
