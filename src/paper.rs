//! A questionnaire on paper: what stands on a sheet and under which code, what a sheet is called, and what becomes of what
//! somebody wrote on it.
//!
//! Owns the codes in the margin, skip rules in words, what paper cannot hold, the numbers of sheets, and the way from marks
//! to the events of an interview. Refuses markup, disks and clocks, and to decide which of two entries is right.

mod entry;
mod marks;
mod number;
mod rules;
mod sheet;
mod slots;

pub use entry::{Entry, MergedEntries, SheetNext, SheetReplay, Walked, same};
pub use marks::{in_words, ranked, shared};
pub use number::{ALPHABET, Mistyped, SheetNumber};
pub use rules::shortened;
pub use sheet::{
    HeadLine, OmissionReason, OmittedItem, ResponseFormat, Sheet, SheetBlock, SheetSection, Unsaid,
};
pub use slots::{BESIDE, Slot, tables};
