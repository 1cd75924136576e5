//! Who may read what of a document: an allow-list on its parts, and the one door that a document leaves by.
//!
//! A part that declares no readers is for the interviewer alone.

use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::{Block, Document, Section};
use crate::instrument::Audience;

/// Who reads a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Who answered.
    Respondent,
    /// Who led the interview, and reads about one session.
    Interviewer,
    /// Who runs the study.
    Researcher,
    /// The account manager, with two minutes before a meeting: no p values, no log odds.
    Account,
    /// No particular person.
    Public,
}

impl Reader {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Respondent => "respondent",
            Self::Interviewer => "interviewer",
            Self::Researcher => "researcher",
            Self::Account => "account",
            Self::Public => "public",
        }
    }
}

impl From<Audience> for Reader {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Interviewer => Self::Interviewer,
            Audience::Respondent => Self::Respondent,
        }
    }
}

/// Who may read a part, beside the interviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readers(u8);

impl Readers {
    /// Everyone who may see what it is a part of.
    pub const ALL: Self = Self(u8::MAX);

    /// The same and one more.
    #[must_use]
    pub fn and(self, reader: Reader) -> Self {
        Self(self.0 | 1 << reader as u8)
    }

    /// Whether this one is among them.
    pub fn has(self, reader: Reader) -> bool {
        reader == Reader::Interviewer || self.and(reader) == self
    }
}

/// A part of a document with its readers. It is written as what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Part<T> {
    /// What it holds.
    pub it: T,
    /// Who may read it.
    pub readers: Readers,
}

impl<T> Part<T> {
    /// A part for the interviewer.
    pub fn new(it: T) -> Self {
        Self { it, readers: Readers::default() }
    }

    /// A part for these readers.
    pub fn to(readers: Readers, it: T) -> Self {
        Self { it, readers }
    }
}

impl<T: Serialize> Serialize for Part<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.it.serialize(serializer)
    }
}

/// What one reader gets of a document: all that a writer takes.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Shown(Document);

impl Deref for Shown {
    type Target = Document;

    fn deref(&self) -> &Document {
        &self.0
    }
}

impl Document {
    /// What `reader` gets of it. Sections and tables of which nothing is left are gone.
    pub fn shown_to(mut self, reader: Reader) -> Shown {
        keep(&mut self.about, reader);
        keep(&mut self.facts, reader);
        keep(&mut self.lead, reader);
        let of_section = |section: Section| -> Option<Section> {
            let mut section = Some(section).filter(|section| section.readers.has(reader))?;
            section.blocks = blocks(section.blocks, reader);
            (!section.blocks.is_empty()).then_some(section)
        };
        self.sections = self.sections.into_iter().filter_map(of_section).collect();
        Shown(self)
    }
}

fn keep<T>(parts: &mut Vec<Part<T>>, reader: Reader) {
    parts.retain(|part| part.readers.has(reader));
}

fn blocks(mut parts: Vec<Part<Block>>, reader: Reader) -> Vec<Part<Block>> {
    keep(&mut parts, reader);
    parts.into_iter().filter_map(|part| Some(Part { it: block(part.it, reader)?, ..part })).collect()
}

fn block(block: Block, reader: Reader) -> Option<Block> {
    Some(match block {
        Block::Table(mut table) => {
            keep(&mut table.rows, reader);
            Block::Table(Some(table).filter(|table| !table.rows.is_empty())?)
        }
        Block::Plane(mut plane) => {
            plane.beside = blocks(plane.beside, reader);
            Block::Plane(plane)
        }
        other @ (Block::Heading(_)
        | Block::Paragraph(_)
        | Block::Remark(_)
        | Block::List(_)
        | Block::Print(_)
        | Block::Conclusion(_)
        | Block::Reasons(_)
        | Block::Facts(_)
        | Block::Bars(_)
        | Block::Advice(_)
        | Block::Cloud(_)
        | Block::Curves(_)) => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Cell, Column, Table};

    fn document(sections: Vec<Section>) -> Document {
        Document {
            language: "en".into(),
            kicker: String::new(),
            title: String::new(),
            about: vec![Part::new("R1".into())],
            simulated: false,
            facts: vec![Part::new(("a".into(), "b".into()))],
            lead: vec![Part::new("lead".into())],
            sections,
        }
    }

    #[test]
    fn what_is_not_declared_is_hidden_from_all_but_whoever_leads_the_interview() {
        let mut silent = Section::new("one", "One");
        silent.say("hidden");
        let mut open = Section::new("two", "Two").open_to(Readers::ALL);
        open.blocks.push(Part::new(Block::Paragraph("hidden".into())));
        let document = document(vec![silent, open]);
        for reader in [Reader::Respondent, Reader::Researcher, Reader::Account, Reader::Public] {
            assert!(!Part::new(0).readers.has(reader), "{reader:?}");
            let shown = document.clone().shown_to(reader);
            assert!(shown.sections.is_empty(), "{reader:?}");
            assert!(shown.facts.is_empty() && shown.lead.is_empty() && shown.about.is_empty(), "{reader:?}");
        }
        let whole = document.clone().shown_to(Reader::Interviewer);
        assert_eq!(*whole, document);
    }

    #[test]
    fn a_part_of_a_block_can_be_for_fewer_than_the_block() {
        let mut table = Table::new("scores", vec![Column::words("scale")]);
        table.row(vec![Cell::text("said")]);
        table.rows.push(Part::new(vec![Cell::text("associated")]));
        let mut section = Section::new("one", "One").open_to(Readers::ALL);
        section.table(table);
        let shown = document(vec![section]).shown_to(Reader::Respondent);
        let [Part { it: Block::Table(table), .. }] = shown.sections[0].blocks.as_slice() else { panic!() };
        let rows: Vec<_> = table.rows.iter().map(|row| row.it.clone()).collect();
        assert_eq!(rows, [vec![Cell::text("said")]]);
    }

    #[test]
    fn a_reader_who_is_declared_brings_no_other() {
        let readers = Readers::default().and(Reader::Respondent);
        assert!(readers.has(Reader::Respondent) && readers.has(Reader::Interviewer));
        assert!(!readers.has(Reader::Public) && !readers.has(Reader::Researcher));
    }
}
