//! Reports as HTML: one file that needs nothing beside it, neither network nor font nor script.
//!
//! Owns the page, its style and its charts; the document decides content and readers. Every text passes `markup`, which escapes, and a
//! policy in the head forbids scripts and requests as a second line of defence. Charts are inline SVG, each with its figures in a table or
//! in words; colour alone never carries meaning. The page is made for screens, for A4 and for screen readers.

mod charts;
mod curves;
mod document;
pub mod markup;
mod page;
mod sheet;

pub use document::{part, to_html};
pub use page::STYLE;
pub use sheet::sheets;

#[cfg(test)]
mod tests;
