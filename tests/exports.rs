//! Exports, read back: first what stands in them against what was answered, written down by hand; then every format by
//! readers that share nothing with the writers.

mod readers;
mod study;
mod values;
