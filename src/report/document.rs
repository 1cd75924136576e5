//! A result as a document: sections of sentences, bars, tables, charts and evidence, in one language, with no form yet.
//!
//! A page, a text file and a screen write the same document, so that they never disagree. It knows none of them: writers decide how a table
//! is drawn, builders decide its content, and each part declares who may see it.

use serde::Serialize;

use crate::analysis::GapPoint;
use crate::gap::Sentiment;

pub mod drawn;
mod markdown;
mod readers;

pub use markdown::to_markdown;
pub use readers::{Part, Reader, Readers, Shown};

/// A name and a value.
pub type Fact = (String, String);

/// A report without the parts that its reader may not see.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// The language of its texts.
    pub language: String,
    /// What kind of report it is.
    pub kicker: String,
    /// Its title.
    pub title: String,
    /// What tells it from others of its kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Part<String>>,
    /// Whether a program gave the answers.
    pub simulated: bool,
    /// Name and value, in order.
    pub facts: Vec<Part<Fact>>,
    /// What it says in short, one sentence each, beside the verdicts of its sections.
    pub lead: Vec<Part<String>>,
    /// The rest.
    pub sections: Vec<Section>,
}

impl Document {
    /// Its title with what tells it from others.
    pub fn window(&self) -> String {
        let about = self.about.iter().map(|part| part.it.as_str());
        std::iter::once(self.title.as_str()).chain(about).collect::<Vec<_>>().join(" · ")
    }
}

/// A part with a heading.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Its name among the sections of a document, for links.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// Who may read it.
    #[serde(skip)]
    pub readers: Readers,
    /// Its content.
    pub blocks: Vec<Part<Block>>,
}

impl Section {
    /// An empty section for the interviewer.
    pub fn new(id: &'static str, title: impl Into<String>) -> Self {
        Self { id, title: title.into(), readers: Readers::default(), blocks: Vec::new() }
    }

    /// Opens the section, and everything that is added from here on, to these readers.
    #[must_use]
    pub fn open_to(self, readers: Readers) -> Self {
        Self { readers, ..self }
    }

    /// An empty section for all readers.
    pub fn public(id: &'static str, title: impl Into<String>) -> Self {
        Self::new(id, title).open_to(Readers::ALL)
    }

    /// Adds a block for the readers of the section.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(Part::to(self.readers, block));
    }

    /// Adds a paragraph.
    pub fn say(&mut self, text: impl Into<String>) {
        self.push(Block::Paragraph(text.into()));
    }

    /// Adds a remark in small print.
    pub fn remark(&mut self, text: impl Into<String>) {
        self.push(Block::Remark(text.into()));
    }

    /// Adds a heading within the section.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.push(Block::Heading(text.into()));
    }

    /// Adds a table, if it has rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.push(Block::Table(table));
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
    /// Small print, one sentence each.
    Print(Vec<String>),
    /// The conclusion of the section.
    #[serde(rename = "verdict")]
    Conclusion(Conclusion),
    /// Values with their intervals on one range.
    Bars(Bars),
    /// A table.
    Table(Table),
    /// The said × associated plane.
    Plane(Plane),
    /// Reasons for and against.
    Reasons(Reasons),
    /// Names and values.
    Facts(Vec<Fact>),
    /// What to do.
    Advice(Advice),
    /// Words, the more people named them the larger.
    Cloud(Cloud),
    /// Curves, for pages alone: a table beside them holds every point.
    Curves(Curves),
}

/// Shown in place of an unknown value.
pub const UNKNOWN: &str = "—";

/// The conclusion of a section, which is read first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Conclusion {
    /// Of what, where there are several.
    pub title: Option<String>,
    /// The sentence.
    pub sentence: String,
    /// Whether it leaves the matter open.
    pub open: bool,
    /// What else belongs to it.
    pub more: Vec<String>,
    /// What it must not be read without.
    pub warnings: Vec<String>,
}

/// Values with their intervals: a row for each name, a column for each perspective.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bars {
    /// What they show.
    pub caption: String,
    /// What the rows are.
    pub rows_are: String,
    /// Headings of the columns; none where there is one.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<BarRow>,
}

/// A row of bars.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BarRow {
    /// What it is about.
    pub name: String,
    /// One for each column, where there is one.
    pub bars: Vec<Option<Bar>>,
}

/// A value with its interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    /// Where it lies.
    pub drawing: Drawing,
    /// The value.
    pub shown: String,
    /// Its interval, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<String>,
    /// Whether it clearly leads its column.
    pub leads: bool,
}

/// Reasons for one reading and against another, with the respondent's own answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reasons {
    /// Which.
    pub title: String,
    /// The reasons, the weightiest first.
    pub lines: Vec<Reason>,
}

/// A reason.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// Whether it speaks for the first.
    pub favours: bool,
    /// The side in a word.
    pub side: String,
    /// How much, as log odds; none to readers who get the order alone.
    pub weight: Option<String>,
    /// The reason.
    pub words: String,
    /// Questions and answers behind it.
    pub answers: Vec<Fact>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Advice {
    /// Heading.
    pub title: String,
    /// Its audience, unless it is for all readers.
    pub only: Option<String>,
    /// What to do, in paragraphs.
    pub text: String,
}

/// Words by how pleasant they are. A table beside it has them for readers who cannot see sizes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cloud {
    /// What it shows.
    pub caption: String,
    /// The most pleasant first.
    pub words: Vec<CloudWord>,
}

/// Curves over numbers of interviews.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curves {
    /// What they show.
    pub title: String,
    /// The same in words, for who cannot see it.
    pub description: String,
    /// What lies to the right.
    pub across: String,
    /// What lies upward.
    pub up: String,
    /// The curves.
    pub lines: Vec<Curve>,
}

impl Curves {
    /// Lines that one drawing can tell apart without a colour.
    pub const MOST: usize = 5;
}

/// A curve.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// What it shows.
    pub name: String,
    /// Its points, from left to right.
    pub points: Vec<(f64, f64)>,
}

/// A word of a cloud.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CloudWord {
    /// The word.
    pub word: String,
    /// How many people named it.
    pub n: usize,
    /// How large it is, from 1 to 5.
    pub size: usize,
    /// −3…+3, where it was placed.
    pub valence: Option<f64>,
}

/// A table with its columns named.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Headings; the first column names the rows.
    pub columns: Vec<Column>,
    /// Headings above those after the first, each with how many it stands above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<(String, usize)>,
    /// Cells, one for each column.
    pub rows: Vec<Part<Vec<Cell>>>,
    /// Language of its cells, where it is another than the document's.
    pub language: Option<&'static str>,
    /// Whether the heading above it serves as its caption, so that only screen readers need one.
    pub quiet: bool,
    /// Whether two of its kind fit beside each other.
    #[serde(skip)]
    pub narrow: bool,
}

impl Table {
    /// A table without rows.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            caption: caption.into(),
            columns,
            groups: Vec::new(),
            rows: Vec::new(),
            language: None,
            quiet: false,
            narrow: false,
        }
    }

    /// Adds a row for all who may see the table.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(Part::to(Readers::ALL, cells));
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What its cells hold.
    pub holds: ColumnContent,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnContent {
    /// Words.
    Words,
    /// Numbers.
    Numbers,
    /// Drawings of numbers in other columns.
    Drawings,
}

impl Column {
    /// A column of words.
    pub fn words(name: impl Into<String>) -> Self {
        Self { name: name.into(), holds: ColumnContent::Words }
    }

    /// A column of numbers.
    pub fn numbers(name: impl Into<String>) -> Self {
        Self { name: name.into(), holds: ColumnContent::Numbers }
    }

    /// A column of drawings; nothing in it is not also in another column.
    pub fn drawings(name: impl Into<String>) -> Self {
        Self { name: name.into(), holds: ColumnContent::Drawings }
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// A text or a number as it is shown.
    Text(String),
    /// The one to be seen first: what leads its column, or what the table is about.
    Leader(String),
    /// The name of a row.
    Name(String),
    /// Why there are no numbers in this cell and the next.
    Instead(String),
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
    /// Names of the corners: says cold and associates warm, warm on both sides, cold on both sides, says warm and
    /// associates cold.
    #[serde(skip)]
    pub corners: [String; 4],
    /// Its points.
    pub points: Vec<GapPoint>,
    /// One session with its intervals, said and associated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross: Option<(Sentiment, Sentiment)>,
    /// Remarks beside it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Part<Block>>,
}
