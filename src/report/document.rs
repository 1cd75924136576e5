//! A report as a document: sections of sentences, tables and charts, in one language, with no form yet.
//!
//! Owns what a page and a text file have in common, so that the two never say different things. Refuses to know either:
//! how a table is drawn is the writer's business, what stands in it is decided by whoever builds the document.

use serde::Serialize;

use crate::analysis::Point;

mod markdown;

pub use markdown::to_markdown;

/// A report that is ready to be written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// The language of its texts.
    pub language: String,
    /// What kind of report it is.
    pub kicker: String,
    /// Its title.
    pub title: String,
    /// Whether a program gave the answers.
    pub simulated: bool,
    /// Name and value, in order.
    pub facts: Vec<(String, String)>,
    /// What it says in short, one sentence each.
    pub lead: Vec<String>,
    /// The rest.
    pub sections: Vec<Section>,
}

/// A part with a heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its name among the sections of a document, for links.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

impl Section {
    /// An empty section.
    pub fn new(id: &'static str, title: impl Into<String>) -> Self {
        Self { id, title: title.into(), blocks: Vec::new() }
    }

    /// Adds a paragraph.
    pub fn say(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds a remark in small print.
    pub fn remark(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Remark(text.into()));
    }

    /// Adds a heading within the section.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// Adds a table, if it has rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading within the section.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A paragraph in small print.
    Remark(String),
    /// Sentences one below the other.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// The said × associated plane with its points.
    Plane(Plane),
}

/// A table with its columns named.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Headings; the first column names the rows.
    pub columns: Vec<Column>,
    /// Cells, one for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Language of its cells, where it is another than the document's.
    pub language: Option<&'static str>,
    /// Whether a heading right above says what it shows, so that only who listens is told again.
    pub quiet: bool,
}

impl Table {
    /// A table without rows.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self { caption: caption.into(), columns, rows: Vec::new(), language: None, quiet: false }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What its cells hold.
    pub holds: Holds,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Words.
    Words,
    /// Numbers.
    Numbers,
    /// Drawings of numbers that stand in other columns.
    Drawings,
}

impl Column {
    /// A column of words.
    pub fn words(name: impl Into<String>) -> Self {
        Self { name: name.into(), holds: Holds::Words }
    }

    /// A column of numbers.
    pub fn numbers(name: impl Into<String>) -> Self {
        Self { name: name.into(), holds: Holds::Numbers }
    }

    /// A column of drawings; nothing in it is not also in another column.
    pub fn drawings(name: impl Into<String>) -> Self {
        Self { name: name.into(), holds: Holds::Drawings }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// A text or a number as it is shown.
    Text(String),
    /// A value with its interval on a line.
    Drawing(Drawing),
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A value with its interval on a line: places between 0, the left end, and 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Drawing {
    /// The value.
    pub value: f64,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
    /// Where the line has a mark: a published value, or zero.
    pub mark: Option<f64>,
}

impl Drawing {
    /// A value on the range from `low` to `high`.
    pub fn on(range: (f64, f64), value: f64, interval: Option<(f64, f64)>, mark: Option<f64>) -> Self {
        let place = |value: f64| ((value - range.0) / (range.1 - range.0)).clamp(0.0, 1.0);
        Self {
            value: place(value),
            interval: interval.map(|(low, high)| (place(low), place(high))),
            mark: mark.map(place),
        }
    }
}

/// The said × associated plane.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plane {
    /// What it shows.
    pub title: String,
    /// The same in words, for who cannot see it.
    pub description: String,
    /// Its points.
    pub points: Vec<Point>,
}
