//! A document as Markdown, for files and pipes. Drawings are left out: their numbers stand beside them.

use std::fmt::Write;

use super::{Block, Cell, Document, Holds, Table};
use crate::defuse::markdown::escape;
use crate::instrument::Language;
use crate::wording::say;

/// The document as Markdown.
pub fn to_markdown(document: &Document) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write(document, &mut out);
    out
}

fn write(document: &Document, out: &mut String) -> std::fmt::Result {
    let language = Language::new(&document.language);
    writeln!(out, "# {}\n", escape(&document.title))?;
    if document.simulated {
        let sentence = say(
            &language,
            "Simulated: nobody gave these answers; a program did.",
            "Gesimuleerd: deze antwoorden komen van een programma, niet van een mens.",
        );
        writeln!(out, "> **{sentence}**\n")?;
    }
    for (name, value) in &document.facts {
        writeln!(out, "- {}: {}", escape(name), escape(value))?;
    }
    writeln!(out, "\n## {}\n", say(&language, "In short", "In het kort"))?;
    for sentence in &document.lead {
        writeln!(out, "- {}", escape(sentence))?;
    }
    for section in &document.sections {
        writeln!(out, "\n## {}\n", escape(&section.title))?;
        for block in &section.blocks {
            match block {
                Block::Heading(text) => writeln!(out, "### {}\n", escape(text))?,
                Block::Paragraph(text) | Block::Remark(text) => {
                    writeln!(out, "{}\n", escape(text))?;
                }
                Block::List(lines) => {
                    for line in lines {
                        writeln!(out, "- {}", escape(line))?;
                    }
                    writeln!(out)?;
                }
                Block::Table(table) => write_table(table, out)?,
                Block::Plane(plane) => writeln!(out, "{}\n", escape(&plane.description))?,
            }
        }
    }
    Ok(())
}

fn write_table(table: &Table, out: &mut String) -> std::fmt::Result {
    if !table.quiet {
        writeln!(out, "**{}**\n", escape(&table.caption))?;
    }
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|at| table.columns.get(*at).is_some_and(|column| column.holds != Holds::Drawings))
        .collect();
    let columns = || shown.iter().filter_map(|at| table.columns.get(*at));
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(out, "{}", line(columns().map(|column| escape(&column.name)).collect()))?;
    let rules = columns().map(|column| match column.holds {
        Holds::Numbers => "---:".to_owned(),
        Holds::Words | Holds::Drawings => "---".to_owned(),
    });
    writeln!(out, "{}", line(rules.collect()).replace(' ', ""))?;
    for row in &table.rows {
        let cells = shown.iter().map(|at| match row.get(*at) {
            Some(Cell::Text(text)) => escape(text),
            Some(Cell::Drawing(_)) | None => String::new(),
        });
        writeln!(out, "{}", line(cells.collect()))?;
    }
    writeln!(out)
}
