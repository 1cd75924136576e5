//! A document as Markdown, for files and pipes. Bars and planes are drawn in characters. Drawings in a table are left out, because the
//! table has their numbers.

use std::fmt::{Result, Write};

use super::drawn::{self, Glyph};
use super::{Bars, Block, Cell, ColumnContent, Conclusion, Part, Plane, Reasons, Shown, Table, UNKNOWN};
use crate::defuse;
use crate::defuse::markdown::{escape, paragraphs};
use crate::instrument::Language;
use crate::text;

/// Columns of a bar.
const BAR: usize = 41;
/// Columns and lines of the plane; so that zero has one of its own.
const PLANE: (usize, usize) = (46, 14);

/// The document as Markdown.
pub fn to_markdown(document: &Shown) -> String {
    let mut out = String::new();
    let language = Language::new(&document.language);
    // Writing to a String cannot fail.
    let _ = MarkdownWriter { out: &mut out, language: &language }.write(document);
    out
}

struct MarkdownWriter<'a> {
    out: &'a mut String,
    language: &'a Language,
}

impl MarkdownWriter<'_> {
    fn write(&mut self, document: &Shown) -> Result {
        writeln!(self.out, "# {}\n", escape(&document.title))?;
        if document.simulated {
            let sentence = text!(self.language, "report-markdown-simulated-nobody-gave-these");
            writeln!(self.out, "> **{sentence}**\n")?;
        }
        for Part { it: (name, value), .. } in &document.facts {
            writeln!(self.out, "- {}: {}", escape(name), escape(value))?;
        }
        writeln!(self.out)?;
        if !document.lead.is_empty() {
            writeln!(self.out, "## {}\n", text!(self.language, "report-in-short"))?;
            for sentence in &document.lead {
                writeln!(self.out, "- {}", escape(&sentence.it))?;
            }
            writeln!(self.out)?;
        }
        for section in &document.sections {
            writeln!(self.out, "## {}\n", escape(&section.title))?;
            section.blocks.iter().try_for_each(|part| self.block(&part.it))?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result {
        match block {
            Block::Heading(text) => writeln!(self.out, "### {}\n", escape(text)),
            Block::Paragraph(text) | Block::Remark(text) => writeln!(self.out, "{}\n", escape(text)),
            Block::List(lines) | Block::Print(lines) => {
                lines.iter().try_for_each(|line| writeln!(self.out, "- {}", escape(line)))?;
                writeln!(self.out)
            }
            Block::Cloud(cloud) => {
                let words: Vec<String> =
                    cloud.words.iter().map(|word| format!("{} ({})", escape(&word.word), word.n)).collect();
                writeln!(self.out, "{}: {}\n", escape(&cloud.caption), words.join(" · "))
            }
            // The table beside them says it.
            Block::Curves(_) => Ok(()),
            Block::Conclusion(verdict) => self.verdict(verdict),
            Block::Bars(bars) => self.bars(bars),
            Block::Table(table) => self.table(table),
            Block::Plane(plane) => self.plane(plane),
            Block::Reasons(reasons) => self.reasons(reasons),
            Block::Facts(facts) => {
                for (name, value) in facts {
                    writeln!(self.out, "- {}: {}", escape(name), escape(value))?;
                }
                writeln!(self.out)
            }
            Block::Advice(advice) => {
                let only =
                    advice.only.as_ref().map_or_else(String::new, |only| format!(" ({})", escape(only)));
                writeln!(self.out, "### {}{only}\n\n{}\n", escape(&advice.title), paragraphs(&advice.text))
            }
        }
    }

    fn verdict(&mut self, verdict: &Conclusion) -> Result {
        if let Some(title) = &verdict.title {
            write!(self.out, "{}: ", escape(title))?;
        }
        write!(self.out, "**{}**", escape(&verdict.sentence))?;
        for more in verdict.more.iter().chain(&verdict.warnings) {
            write!(self.out, " {}", escape(more))?;
        }
        writeln!(self.out, "\n")
    }

    /// In a fence nothing is read as Markdown, so that names of ours are all that it may hold.
    fn bars(&mut self, bars: &Bars) -> Result {
        let width = bars.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0);
        writeln!(self.out, "{}\n\n```text", escape(&bars.caption))?;
        for side in 0..bars.rows.iter().map(|row| row.bars.len()).max().unwrap_or(0) {
            if let Some(column) = bars.columns.get(side) {
                let gap = if side > 0 { "\n" } else { "" };
                writeln!(self.out, "{gap}{}", fenced(column))?;
            }
            for row in &bars.rows {
                let name = fenced(&row.name);
                let Some(bar) = row.bars.get(side).and_then(Option::as_ref) else {
                    writeln!(self.out, "{name:<width$}  {UNKNOWN}")?;
                    continue;
                };
                let drawn = characters(&drawn::interval(&bar.drawing, BAR));
                write!(self.out, "{name:<width$}  {drawn}  {}", bar.shown)?;
                match &bar.interval {
                    Some(interval) => writeln!(self.out, " ({interval})")?,
                    None => writeln!(self.out)?,
                }
            }
        }
        writeln!(self.out, "```\n")
    }

    fn plane(&mut self, plane: &Plane) -> Result {
        for part in &plane.beside {
            self.block(&part.it)?;
        }
        if plane.cross.is_none() {
            return writeln!(self.out, "{}\n", escape(&plane.description));
        }
        writeln!(self.out, "```text")?;
        for row in drawn::plane(plane, PLANE.0, PLANE.1, self.language) {
            writeln!(self.out, "{}", characters(&row).trim_end())?;
        }
        writeln!(self.out, "```\n")
    }

    fn reasons(&mut self, reasons: &Reasons) -> Result {
        writeln!(self.out, "### {}\n", escape(&reasons.title))?;
        for line in &reasons.lines {
            let weight = line.weight.iter().map(|weight| format!(" ({weight})")).collect::<String>();
            writeln!(self.out, "- {}{weight}: {}", escape(&line.side), escape(&line.words))?;
            for (question, answer) in &line.answers {
                writeln!(self.out, "  - {} — *{}*", escape(question), escape(answer))?;
            }
        }
        writeln!(self.out)
    }

    fn table(&mut self, table: &Table) -> Result {
        if !table.quiet {
            writeln!(self.out, "**{}**\n", escape(&table.caption))?;
        }
        let groups = table.groups.iter().flat_map(|(name, columns)| vec![name.as_str(); *columns]);
        let mut groups = std::iter::once("").chain(groups);
        let heads = table.columns.iter().map(|column| match groups.next().unwrap_or_default() {
            "" => (escape(&column.name), column.holds),
            group => (format!("{}: {}", escape(group), escape(&column.name)), column.holds),
        });
        let drawn = |holds: ColumnContent| holds == ColumnContent::Drawings;
        let heads: Vec<(String, ColumnContent)> = heads.filter(|(_, holds)| !drawn(*holds)).collect();
        self.line(heads.iter().map(|(name, _)| name.clone()))?;
        let rules =
            heads.iter().map(|(_, holds)| if *holds == ColumnContent::Numbers { "---:" } else { "---" });
        writeln!(self.out, "|{}|", rules.collect::<Vec<_>>().join("|"))?;
        for row in &table.rows {
            let with_column = row.it.iter().zip(&table.columns);
            let shown = with_column.filter(|(_, column)| !drawn(column.holds));
            self.line(shown.flat_map(|(cell, _)| write_cell(cell)))?;
        }
        writeln!(self.out)
    }

    fn line(&mut self, cells: impl Iterator<Item = String>) -> Result {
        writeln!(self.out, "| {} |", cells.collect::<Vec<_>>().join(" | "))
    }
}

/// The columns that a cell fills: a text in place of value and interval fills both.
fn write_cell(cell: &Cell) -> Vec<String> {
    match cell {
        Cell::Text(text) | Cell::Name(text) => vec![escape(text)],
        Cell::Leader(text) => vec![format!("**{}**", escape(text))],
        Cell::Instead(text) => vec![escape(text), String::new()],
        Cell::Drawing(_) => vec![String::new()],
    }
}

fn characters(glyphs: &[Glyph]) -> String {
    glyphs.iter().map(|(symbol, _)| symbol).collect()
}

/// A text on one line of a fence, which it cannot end.
fn fenced(text: &str) -> String {
    defuse::text(text).replace(['\n', '\r', '\t'], " ").replace('`', "'")
}
