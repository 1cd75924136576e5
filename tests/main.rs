//! Integration tests: whole journeys through the program.

mod instruments;
mod interviews;
