//! The command line: the only place that wires edges together. Each subcommand is one file.

pub mod findings;
