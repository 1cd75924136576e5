//! Parses a line as the reply to a prompt. Bounds are checked by the core.

use super::command::LineCommand;
use crate::instrument::prompt::{
    self, Ask, Choice, Input, Invalid, Missing, Reply, ScaleAsk, ScaleReply, Typed,
};
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
        Ask::Pick { options, max, .. } => {
            let words = if *max == 1 { vec![line] } else { words(line) };
            Input::Picked(words.into_iter().map(|word| option(word, options)).collect::<Result<_, _>>()?)
        }
        Ask::Scale(scale) => Input::Rated(vec![ScaleReply::Point(scale.typed(line)?)]),
        Ask::Number { .. } => Input::Number(prompt::number(line, ask, language)?),
        Ask::Text(_) => Input::Text(Typed { text: line.to_owned(), ..Typed::default() }),
        Ask::Rank { options, .. } => Input::Ranked(
            words(line).into_iter().map(|word| option(word, options)).collect::<Result<_, _>>()?,
        ),
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

/// An option given by name or by its number in the list.
fn option(word: &str, options: &[Choice]) -> Result<String, Invalid> {
    let by_number = word.parse::<usize>().ok().and_then(|number| options.get(number.checked_sub(1)?));
    let by_name = || options.iter().find(|option| option.name == word || option.label == word);
    by_number
        .or_else(by_name)
        .map(|option| option.name.clone())
        .ok_or_else(|| Invalid::NoSuchOption(word.into()))
}

fn words(line: &str) -> Vec<&str> {
    line.split([',', ' ', ';']).filter(|word| !word.is_empty()).collect()
}
