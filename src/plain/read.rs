//! Parses a line as the reply to a prompt. Bounds are checked by the core.

use super::command::LineCommand;
use crate::instrument::prompt::{self, Ask, Input, Invalid, Missing, Reply, ScaleAsk, ScaleReply, Typed};
use crate::instrument::text::Language;

/// A line for one row or part.
pub(super) enum RowInput<T> {
    Value(T),
    LineCommand(LineCommand),
    Invalid(Invalid),
}

/// The checked input that `line` means for `ask` in a language.
pub(super) fn input(line: &str, ask: &Ask, language: &Language) -> Result<Input, Invalid> {
    let line = line.trim();
    let input = match ask {
        Ask::Pick { options, max: 1, .. } => Input::Picked(vec![prompt::option(line, options, language)?]),
        Ask::Pick { min: 0, .. } if line == "0" => Input::Picked(Vec::new()),
        Ask::Pick { options, .. } => Input::Picked(prompt::options(line, options, language)?),
        Ask::Scale(scale) => Input::Rated(vec![ScaleReply::Point(scale.typed(line)?)]),
        Ask::Number { .. } => Input::Number(prompt::number(line, ask, language)?),
        Ask::Text(_) => Input::Text(Typed { text: line.to_owned(), ..Typed::default() }),
        Ask::Rank { options, .. } => Input::Ranked(prompt::options(line, options, language)?),
        // Allocations are asked part by part; a note and a timed block are passed with an empty line.
        Ask::Allocate { .. } | Ask::Note | Ask::Sort(_) => return Err(Invalid::WrongForm),
    };
    ask.check(&input)?;
    Ok(input)
}

/// A point for one row.
pub(super) fn cell(line: &str, scale: &ScaleAsk, default: Option<ScaleReply>) -> RowInput<ScaleReply> {
    if let Some(command) = LineCommand::read(line) {
        return RowInput::LineCommand(command);
    }
    match (line.trim(), default) {
        ("", Some(default)) => RowInput::Value(default),
        ("", None) => RowInput::Invalid(Invalid::Empty),
        (text, _) => match scale.typed(text) {
            Ok(point) => RowInput::Value(ScaleReply::Point(point)),
            Err(why) => RowInput::Invalid(why),
        },
    }
}

/// Points for one part.
pub(super) fn points(line: &str, total: i64, default: Option<i64>) -> RowInput<i64> {
    if let Some(command) = LineCommand::read(line) {
        return RowInput::LineCommand(command);
    }
    let out_of_range = Invalid::OutOfRange { min: Some(0.0), max: Some(total as f64) };
    match (line.trim(), default) {
        ("", Some(default)) => RowInput::Value(default),
        ("", None) => RowInput::Value(0),
        (text, _) => match text.parse::<i64>() {
            Ok(points) if (0..=total).contains(&points) => RowInput::Value(points),
            _ => RowInput::Invalid(out_of_range),
        },
    }
}

/// The earlier answer of a row.
pub(super) fn cell_default(reply: Option<&Reply>, row: usize) -> Option<ScaleReply> {
    match reply? {
        Reply::Given(Input::Rated(cells)) => cells.get(row).copied(),
        Reply::Given(_) | Reply::Unread(_) => None,
        Reply::Declined => Some(ScaleReply::Missing(Missing::Declined)),
        Reply::DontKnow => Some(ScaleReply::Missing(Missing::DontKnow)),
    }
}

/// The earlier points of a part.
pub(super) fn points_default(reply: Option<&Reply>, part: &str) -> Option<i64> {
    match reply?.input()? {
        Input::Allocated(points) => points.get(part).copied(),
        _ => None,
    }
}
