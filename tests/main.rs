//! Integration tests: whole journeys through the program, fixture folders, and the architecture rules.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod architecture;
#[cfg(unix)]
mod browser;
mod exports;
mod folder;
mod instruments;
mod interviews;
mod journeys;
mod scores {
    mod answers;
    mod digest;
    mod edges;
    mod profiles;
    mod reports;
    mod support;
    mod zero;
}
mod store {
    mod adrift;
    mod advised;
    mod codes;
    mod erase;
    mod files;
    mod journal;
    mod ledger;
    #[cfg(feature = "encryption")]
    mod locked;
    mod merge;
    mod support;
    mod survive;
    mod transcripts;
    mod trust;
    mod whole;
}
mod sentences;
mod sorting;
mod stats;
mod texts;
mod timed;
mod xlsform;
