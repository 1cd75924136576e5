//! A line at a place of a sheet: the mark it stands for, at this or another place, or another request.

use std::io::{BufRead, Write};

use crate::instrument::Language;
use crate::instrument::prompt::{Ask, Input, Invalid, Reply, ScaleAsk, TextAsk, TextForm, Unread};
use crate::paper::{Slot, ranked, shared};
use crate::plain::command::LineCommand;
use crate::plain::{Plain, read};
use crate::study::paper::SheetEntering;
use crate::text;
use crate::texts::number;

pub(super) enum EntryLine {
    Mark(Option<String>, Reply),
    /// The values of this row of a table and of the rows below it.
    Rows(Vec<Reply>),
    Note(String),
    Back,
    Help,
    Shown,
    Quit,
    /// Leaves this sheet as it is and goes to the next one.
    Next,
    Invalid(String),
}

impl<R: BufRead, W: Write> Plain<'_, R, W> {
    pub(super) fn heard(&self, line: &str, entering: &SheetEntering, slot: &Slot) -> EntryLine {
        let language = &self.language;
        match LineCommand::read(line) {
            None => {}
            Some(LineCommand::Quit) => return EntryLine::Quit,
            Some(LineCommand::Back) => return EntryLine::Back,
            Some(LineCommand::Help) => return EntryLine::Help,
            Some(LineCommand::Forward) => return EntryLine::Next,
            Some(LineCommand::Sections) => return EntryLine::Shown,
            Some(LineCommand::Note(note)) => return EntryLine::Note(note),
            Some(LineCommand::Declined) => return EntryLine::Mark(None, Reply::Declined),
            Some(LineCommand::DontKnow) => return EntryLine::Mark(None, Reply::DontKnow),
            Some(LineCommand::Unknown(word)) => {
                return match reason(&word) {
                    Some(unread) => EntryLine::Mark(None, Reply::Unread(unread)),
                    None => EntryLine::Invalid(text!(language, "plain-entering-no-command", word)),
                };
            }
            Some(_) => return EntryLine::Invalid(text!(language, "plain-no-command-here")),
        }
        let line = line.strip_prefix(':').filter(|rest| rest.starts_with(':')).unwrap_or(line);
        let jump = line.split_once('=').filter(|(code, _)| entering.find(code.trim()).is_some());
        let (code, slot, line) = match jump.and_then(|(code, rest)| Some((entering.find(code.trim())?, rest)))
        {
            Some((other, rest)) => (Some(other.code.clone()), other, rest),
            None => (None, slot, line),
        };
        if let (None, Some((code, _)), false) =
            (&code, line.split_once('='), matches!(slot.ask, Ask::Text(_)))
        {
            let code = code.trim().to_uppercase();
            return EntryLine::Invalid(text!(language, "plain-entering-no-such-code", code));
        }
        if entering.decides()
            && let Some((_, mark)) = letter(line).and_then(|at| entering.beside(&slot.code).get(at).copied())
        {
            // A letter that picks one of the two entries is never itself a mark on a sheet.
            return match mark {
                Some(mark) => EntryLine::Mark(code, mark.clone()),
                None => EntryLine::Invalid(text!(language, "plain-entering-letter-empty")),
            };
        }
        if code.is_none() && is_row(&slot.ask) && line.split_whitespace().count() > 1 {
            let marks = line
                .split_whitespace()
                .map(|one| mark_of(one, &slot.ask, entering.number().language.clone()));
            return match marks.collect::<Result<Vec<_>, _>>() {
                Ok(marks) => EntryLine::Rows(marks),
                Err(why) => EntryLine::Invalid(why.in_words(language)),
            };
        }
        match mark_of(line.trim(), &slot.ask, entering.number().language.clone()) {
            Ok(mark) => EntryLine::Mark(code, mark),
            Err(Invalid::Empty) => EntryLine::Invalid(text!(language, "plain-entering-empty")),
            // An order with a gap is no answer, and what stands on the paper is kept by a note.
            Err(why @ (Invalid::PlacesLeft(_) | Invalid::Twice(_)))
                if matches!(slot.ask, Ask::Rank { .. }) =>
            {
                let illegible = text!(language, "plain-entering-or-illegible");
                EntryLine::Invalid(format!("{} {illegible}", why.in_words(language)))
            }
            Err(why) => EntryLine::Invalid(why.in_words(language)),
        }
    }
}

/// Whether it is a row of a table.
pub(super) fn is_row(ask: &Ask) -> bool {
    matches!(ask, Ask::Scale(_))
}

/// The reason that a word or sign stands for, in any language that relata speaks.
fn reason(word: &str) -> Option<Unread> {
    let word = word.trim().to_lowercase();
    [(Unread::Blank, "-"), (Unread::Illegible, "~"), (Unread::TwoTicked, "+")].into_iter().find_map(
        |(unread, sign)| {
            let called = |language: Language| {
                word == match unread {
                    Unread::Blank => text!(&language, "plain-entering-word-blank"),
                    Unread::Illegible => text!(&language, "plain-entering-word-illegible"),
                    Unread::TwoTicked => text!(&language, "plain-entering-word-two"),
                }
            };
            (word == sign || Language::all().any(called)).then_some(unread)
        },
    )
}

/// The index of the entry that a single letter picks.
fn letter(line: &str) -> Option<usize> {
    match line.trim().as_bytes() {
        [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a')),
        _ => None,
    }
}

/// The mark that a line describes.
fn mark_of(line: &str, ask: &Ask, language: Language) -> Result<Reply, Invalid> {
    if let ("-" | "~" | "+", Some(unread)) = (line, reason(line)) {
        return Ok(Reply::Unread(unread));
    }
    // The sign that the sheet asks respondents to write.
    if line == "?" {
        return Ok(Reply::DontKnow);
    }
    if line.is_empty() {
        return Err(Invalid::Empty);
    }
    let input = match ask {
        Ask::Rank { options, places } => ranked(line, options, *places)?,
        Ask::Allocate { parts, total } => shared(line, parts, *total)?,
        // No tick can be an answer, if the respondent wrote that none applies.
        Ask::Pick { min: 0, options, .. }
            if line == "0" && !options.iter().any(|option| option.name == "0") =>
        {
            Input::Picked(Vec::new())
        }
        ask => return read::input(line, ask, &language).map(Reply::Given),
    };
    ask.check(&input)?;
    Ok(Reply::Given(input))
}

/// A short list of what can be typed.
pub(super) fn takes(ask: &Ask, language: &Language) -> String {
    let points = |scale: &ScaleAsk| {
        format!("{}–{}", number(scale.from as f64, language), number(scale.to as f64, language))
    };
    match ask {
        Ask::Pick { options, max: 1, .. } => format!("1–{}", options.len()),
        Ask::Pick { options, min: 0, .. } => {
            text!(language, "plain-entering-several-or-none", last = options.len())
        }
        Ask::Pick { options, .. } => text!(language, "plain-entering-several", last = options.len()),
        Ask::Scale(scale) => points(scale),
        Ask::Number { min: Some(min), max: Some(max), .. } => {
            format!("{}–{}", number(*min, language), number(*max, language))
        }
        Ask::Rank { options, places } if *places < options.len() => {
            text!(language, "plain-entering-places-of-some", places = *places, options = options.len())
        }
        Ask::Rank { options, .. } => text!(language, "plain-entering-places-of", options = options.len()),
        Ask::Allocate { parts, .. } => text!(language, "plain-entering-points-of", parts = parts.len()),
        Ask::Text(TextAsk { form: TextForm::Date { .. }, .. }) => text!(language, "plain-entering-day"),
        Ask::Number { .. } | Ask::Text(_) | Ask::Note | Ask::Sort(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::prompt::Choice;

    #[test]
    fn an_empty_box_of_a_rank_is_offered_where_one_may_be_empty() {
        let options: Vec<Choice> =
            ["a", "b", "c"].map(|name| Choice { name: name.into(), label: name.into() }).into();
        let english = Language::new("en");
        let said = |places| takes(&Ask::Rank { options: options.clone(), places }, &english);
        assert_eq!(said(3), "the place in each of 3 boxes");
        assert_eq!(said(2), "the places 1–2 in 3 boxes, - for an empty one");
    }
}
