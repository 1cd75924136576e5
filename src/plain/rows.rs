//! Prompts that take several lines: a scale with rows, an allocation with parts.

use std::io::{BufRead, Write};

use super::command::Command;
use super::{Entered, Plain, PlainError, read, show};
use crate::instrument::Language;
use crate::instrument::prompt::{Ask, Cell, Input, Missing, Reply};
use crate::interview::Asked;
use crate::wording;

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// One line for each row of a scale.
    pub(super) fn rows(&mut self, asked: &Asked, language: &Language) -> Result<Entered, PlainError> {
        let Ask::Scale(scale) = &asked.prompt.ask else { return Ok(Entered::Nothing) };
        let mut cells = Vec::new();
        for (row, choice) in scale.rows.iter().enumerate() {
            let default = read::cell_default(asked.reply.as_ref(), row);
            loop {
                show::row(&mut self.out, &choice.label, default, language)?;
                let Some(line) = self.line()? else { return Ok(Entered::Nothing) };
                match read::cell(&line, scale, default) {
                    read::Line::Value(cell) => {
                        cells.push(cell);
                        break;
                    }
                    read::Line::Command(Command::Declined) => {
                        cells.push(Cell::Missing(Missing::Declined));
                        break;
                    }
                    read::Line::Command(Command::DontKnow) => {
                        cells.push(Cell::Missing(Missing::DontKnow));
                        break;
                    }
                    read::Line::Command(command) => return Ok(Entered::Command(command)),
                    read::Line::Invalid(why) => {
                        self.complain(&wording::invalid(&why, language))?;
                    }
                }
            }
        }
        Ok(Entered::Reply(Reply::Given(Input::Rated(cells))))
    }

    /// One line for each part of an allocation; the last one offers what is left.
    pub(super) fn parts(&mut self, asked: &Asked, language: &Language) -> Result<Entered, PlainError> {
        let Ask::Allocate { parts, total } = &asked.prompt.ask else { return Ok(Entered::Nothing) };
        let mut points = std::collections::BTreeMap::new();
        for (index, part) in parts.iter().enumerate() {
            let given: i64 = points.values().sum();
            let left = total - given;
            let before = read::points_default(asked.reply.as_ref(), &part.name);
            let default = before.or((index + 1 == parts.len()).then_some(left));
            loop {
                show::part(&mut self.out, &part.label, left, default, language)?;
                let Some(line) = self.line()? else { return Ok(Entered::Nothing) };
                match read::points(&line, *total, default) {
                    read::Line::Value(value) => {
                        points.insert(part.name.clone(), value);
                        break;
                    }
                    read::Line::Command(Command::Declined) => return Ok(Entered::Reply(Reply::Declined)),
                    read::Line::Command(Command::DontKnow) => return Ok(Entered::Reply(Reply::DontKnow)),
                    read::Line::Command(command) => return Ok(Entered::Command(command)),
                    read::Line::Invalid(why) => {
                        self.complain(&wording::invalid(&why, language))?;
                    }
                }
            }
        }
        Ok(Entered::Reply(Reply::Given(Input::Allocated(points))))
    }
}
