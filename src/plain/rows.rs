//! Prompts that take several lines: a scale with rows, an allocation with parts. A command that only asks or tells (help, a note)
//! keeps the lines before it; one that moves discards them.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};

use super::command::LineCommand;
use super::read::RowInput;
use super::{Entered, Next, Plain, PlainError, read, show};
use crate::instrument::Language;
use crate::instrument::prompt::{Ask, Input, Missing, Reply, ScaleReply};
use crate::interview::{Asked, Begun, Live};

/// The outcome of the lines for one row or part.
enum Took<T> {
    Value(T),
    /// The prompt was left.
    Left(Entered),
}

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    /// One line for each row of a scale.
    pub(super) fn rows(
        &mut self,
        live: &mut Live,
        asked: &Asked,
        language: &Language,
    ) -> Result<Entered, PlainError> {
        let Ask::Scale(scale) = &asked.prompt.ask else { return Ok(Entered::Nothing) };
        let begun = match live.begun(&asked.item, asked.step) {
            Some(Begun::Rated(cells)) => cells.clone(),
            _ => Vec::new(),
        };
        let mut cells = vec![None; scale.rows.len()];
        let order = scale.shown();
        for (at, row) in order.iter().copied().enumerate() {
            let Some(choice) = scale.rows.get(row) else { continue };
            let before = begun.get(row).copied().flatten();
            let default = before.or_else(|| read::cell_default(asked.reply.as_ref(), row));
            let took = self.take(
                live,
                asked,
                language,
                |out| show::row(out, &choice.label, default, scale, language),
                |line| match read::cell(line, scale, default) {
                    // In a matrix each row is declined separately.
                    RowInput::LineCommand(LineCommand::Declined) => {
                        RowInput::Value(ScaleReply::Missing(Missing::Declined))
                    }
                    RowInput::LineCommand(LineCommand::DontKnow) => {
                        RowInput::Value(ScaleReply::Missing(Missing::DontKnow))
                    }
                    other => other,
                },
            )?;
            match took {
                Took::Value(cell) => {
                    show::kept(&mut self.out, cell, scale)?;
                    cells[row] = Some(cell);
                    if at + 1 < order.len() {
                        self.begin(live, asked, &Begun::Rated(cells.clone()), language)?;
                    }
                }
                Took::Left(entered) => return Ok(entered),
            }
        }
        Ok(Entered::Reply(Reply::Given(Input::Rated(cells.into_iter().flatten().collect()))))
    }

    /// One line for each part of an allocation; the last one offers the remainder.
    pub(super) fn parts(
        &mut self,
        live: &mut Live,
        asked: &Asked,
        language: &Language,
    ) -> Result<Entered, PlainError> {
        let Ask::Allocate { parts, total } = &asked.prompt.ask else { return Ok(Entered::Nothing) };
        let begun = match live.begun(&asked.item, asked.step) {
            Some(Begun::Allocated(points)) => points.clone(),
            _ => BTreeMap::new(),
        };
        let mut points = BTreeMap::new();
        for (index, part) in parts.iter().enumerate() {
            let left = total - points.values().sum::<i64>();
            let before = begun.get(&part.name).copied();
            let before = before.or_else(|| read::points_default(asked.reply.as_ref(), &part.name));
            let default = before.or((index + 1 == parts.len() && left >= 0).then_some(left));
            let took = self.take(
                live,
                asked,
                language,
                |out| show::part(out, &part.label, left, default, language),
                |line| read::points(line, *total, default),
            )?;
            match took {
                Took::Value(value) => points.insert(part.name.clone(), value),
                Took::Left(entered) => return Ok(entered),
            };
            if points.len() < parts.len() {
                self.begin(live, asked, &Begun::Allocated(points.clone()), language)?;
            }
        }
        Ok(Entered::Reply(Reply::Given(Input::Allocated(points))))
    }

    /// Asks until a line has a value or leaves the prompt.
    fn take<T>(
        &mut self,
        live: &mut Live,
        asked: &Asked,
        language: &Language,
        mut show: impl FnMut(&mut W) -> std::io::Result<()>,
        read: impl Fn(&str) -> RowInput<T>,
    ) -> Result<Took<T>, PlainError> {
        loop {
            show(&mut self.out)?;
            let Some(line) = self.line()? else { return Ok(Took::Left(Entered::Nothing)) };
            match read(&line) {
                RowInput::Value(value) => return Ok(Took::Value(value)),
                RowInput::Invalid(why) => {
                    let next = self.complain(&why.in_words(language))?;
                    if let Next::End(ending) = next {
                        return Ok(Took::Left(Entered::Stopped(ending)));
                    }
                }
                RowInput::LineCommand(command) if command.stays() => {
                    if let Next::End(ending) = self.obey(live, command, Some(asked), language)? {
                        return Ok(Took::Left(Entered::Stopped(ending)));
                    }
                }
                RowInput::LineCommand(LineCommand::Declined) => {
                    return Ok(Took::Left(Entered::Reply(Reply::Declined)));
                }
                RowInput::LineCommand(LineCommand::DontKnow) => {
                    return Ok(Took::Left(Entered::Reply(Reply::DontKnow)));
                }
                RowInput::LineCommand(command) => return Ok(Took::Left(Entered::LineCommand(command))),
            }
        }
    }
}
