//! Answers that another program collected, taken over: a table and what is known of it become sessions. Owns which column answers what,
//! what each value stands for, and that nothing is guessed: what has no counterpart is named. Refuses to open files and to keep anything.

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
