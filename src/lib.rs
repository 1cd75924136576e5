//! relata runs interview questionnaires in the terminal, finds out which of Fiske's four relational models a person
//! uses toward an organisation, and shows where what is said and what is associated part ways.
//!
//! A pure core turns a TOML text and a list of events into a report; thin edges supply text, keys, time, randomness and disk.
//!
//! | room | what it does |
//! |---|---|
//! | [`instrument`] | text → checked instrument + findings; kinds of items, expressions, lint rules |
//! | [`interview`] | the fold of its events: what comes next, what is valid, who has the keyboard |
//! | [`paper`] | a questionnaire on a sheet: codes, skip rules in words, numbers of sheets, what was read off them |
//! | [`measures`] | answers → outcomes, with their errors |
//! | [`psychometrics`] | matrix in, number out; names no other room |
//! | [`classify`] | features, learners, models, the simulated reference sample, evaluation |
//! | [`coding`] | coders' codes: what one is, and what several say together |
//! | [`gap`] | explicit against indirect sentiment |
//! | [`analysis`] | norms, profiles and gaps of sessions among their peers; the statistics of a study; what may be published |
//! | [`report`] | everything that a session has to say, as plain data |
//! | [`rng`], [`texts`], [`defuse`], [`qr`], [`files`] | leaves: seeded random numbers; what relata itself says, one file a language; texts that no terminal obeys; codes that a camera reads; how a file of ours comes into being |
//! | [`study`] | what commands, screens and lines do with a study: loading, measuring, codes |
//! | [`store`], [`export`], [`import`], [`tui`], [`plain`], [`cli`] | the edges: disk, files for other programs, files of theirs, screens, lines, and the command line that wires them |
//!
//! The rules between them stand in `ARCHITECTURE.md` and are held by `tests/architecture.rs`.

pub mod analysis;
pub mod classify;
pub mod cli;
pub mod coding;
pub mod defuse;
pub mod export;
pub mod files;
pub mod gap;
pub mod import;
pub mod instrument;
pub mod interview;
pub mod measures;
pub mod paper;
pub mod plain;
pub mod psychometrics;
pub mod qr;
pub mod report;
pub mod rng;
pub mod server;
pub mod store;
pub mod study;
pub mod texts;
pub mod tui;
