//! Integration tests: whole journeys through the program.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod journeys;
mod store {
    mod erase;
    mod files;
    mod journal;
    mod support;
    mod survive;
}
