//! Integration tests: whole journeys through the program.

mod store {
    mod erase;
    mod files;
    mod journal;
    mod support;
    mod survive;
}
