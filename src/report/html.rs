//! Reports as HTML: one file that needs nothing beside it, neither network nor font nor script.
//!
//! Owns the page, its style and its charts: what stands in a report, and who may see it, is decided where
//! its document is built. Every text passes `markup`, which escapes; a policy in the head forbids scripts and
//! requests for good measure. Charts are inline SVG, each with its figures in a table or in words; colour never says
//! anything alone. The page is written for a screen, for A4 and for a reader who listens.

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
