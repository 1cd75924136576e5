//! Imports answers that another program collected: a table and a description of it become sessions. Owns which column answers
//! which question, what each value means, and that nothing is guessed: a value without a counterpart is reported. Refuses to
//! open files and to keep anything.

mod cells;
mod headers;
mod labels;
mod map;
mod matching;
mod pattern;
mod platform;
mod report;
mod rows;
mod table;
mod targets;
mod values;
mod walk;

pub use map::{Codes, DayOrder, Map, OneOrMore, RowColumns, Scalar};
pub use matching::{ImportPlan, TableHead};
pub use platform::{ColumnRole, Platform};
pub use report::{QuestionLine, Strange};
pub use rows::{ImportFile, ImportedRows, ImportedSession, Row, take};
pub use table::{AnswerRows, AnswerTable};
