//! Exports, read back: first their contents compared with the answers, written down by hand; then every format through
//! independent readers.

mod readers;
mod study;
mod values;
