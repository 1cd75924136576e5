//! Journeys through the real program: what a person types, and the result.

mod beforehand;
mod care;
mod codebooks;
mod coding;
mod commands;
mod defused;
mod exports;
mod files;
mod imports;
mod kill;
mod locked;
mod numbers;
mod paper;
mod plain;
mod projects;
mod real_tables;
mod relations;
mod reports;
mod responses;
pub mod rooms;
mod screens;
mod sorting;
mod studies;
pub mod support;
mod surveys;
mod tables;
#[allow(dead_code, reason = "the benchmarks use the rest")]
mod terminal;
mod transcripts;
mod trust;
mod validity;
