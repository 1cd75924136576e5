//! A questionnaire on paper: the content of a sheet with its codes, sheet numbers, and the evaluation of completed sheets.
//!
//! Owns the codes in the margin, skip rules in words, the list of what paper cannot hold, sheet numbers, and the conversion of
//! marks to events of an interview. Uses no markup, disk or clock, and does not decide which of two entries is right.

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
