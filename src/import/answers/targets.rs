//! The answers that a questionnaire expects: for each question the form of its answer, and the parts in which a table may hold
//! it. Derived from its prompts alone, so that a new kind with known prompts needs nothing here.

use super::pattern::LabelPattern;
use crate::instrument::kinds::AsWritten;
use crate::instrument::prompt::{Ask, Choice, TextForm};
use crate::instrument::{Instrument, Item, Language, Text};

/// A question.
#[derive(Debug)]
pub(super) struct Target {
    /// Its name.
    pub name: String,
    /// Its text in every language.
    pub labels: Vec<LabelPattern>,
    /// What an answer is.
    pub form: AnswerKind,
    /// The columns of a table that hold it in parts.
    pub parts: Vec<AnswerPart>,
}

/// A part of an answer that has a column to itself.
#[derive(Debug)]
pub(super) struct AnswerPart {
    /// Relata's own name of the column.
    pub key: String,
    /// Its name after the name of its question.
    pub name: String,
    /// Its text in every language.
    pub labels: Vec<LabelPattern>,
}

/// The form of an answer.
#[derive(Debug)]
pub(super) enum AnswerKind {
    /// One of the options.
    One(AnswerOptions),
    /// One of two statements each: the most and the least like it.
    BestWorst(AnswerOptions),
    /// Any of the options, at least so many.
    Many(AnswerOptions, usize),
    /// A point.
    Point(ScalePoints),
    /// A point in every row.
    Grid(ScalePoints),
    /// A number.
    Number { whole: bool, min: Option<f64>, max: Option<f64> },
    /// Words.
    Text,
    /// A day.
    Day,
    /// Options in an order; so many places.
    Rank(AnswerOptions, usize),
    /// Points for each part, adding up to this.
    Allocate(i64),
    /// So many words, and how each of them feels.
    Words(usize, ScalePoints),
    /// Impossible in a table, because it has to be timed.
    Timed,
    /// A text to read.
    Nothing,
}

/// Options by name and label.
#[derive(Debug)]
pub(super) struct AnswerOptions {
    pub names: Vec<String>,
    pub labels: Vec<Vec<LabelPattern>>,
}

/// The points of a scale, and their labels.
#[derive(Debug)]
pub(super) struct ScalePoints {
    pub from: i64,
    pub to: i64,
    pub step: i64,
    pub labels: Vec<(i64, LabelPattern)>,
}

/// The expected answer of every item of a questionnaire, in order.
pub(super) fn targets(instrument: &Instrument) -> Vec<Target> {
    instrument.items.iter().map(|item| target(instrument, item)).collect()
}

fn target(instrument: &Instrument, item: &Item) -> Target {
    let languages = &instrument.languages;
    let asks: Vec<Ask> = languages
        .iter()
        .filter_map(|language| Some(item.question.ask(&[], &AsWritten(language))?.ask))
        .collect();
    let columns = item.question.columns();
    let column = |at: usize, name: String| {
        let label = columns.get(at).and_then(|column| column.label.as_ref());
        AnswerPart {
            key: columns.get(at).map(|column| column.name.clone()).unwrap_or_default(),
            name,
            labels: label.map(|label| in_all(languages, label)).unwrap_or_default(),
        }
    };
    let (form, names): (AnswerKind, Vec<String>) = match asks.first() {
        None | Some(Ask::Note) => (AnswerKind::Nothing, Vec::new()),
        Some(Ask::Sort(_)) => (AnswerKind::Timed, Vec::new()),
        Some(Ask::Pick { max: 1, .. }) if columns.len() == 2 && item.question.consent().is_none() => {
            (AnswerKind::BestWorst(options(&asks)), vec!["best".into(), "worst".into()])
        }
        Some(Ask::Pick { min, .. }) if columns.len() > 1 && item.question.consent().is_none() => {
            let options = options(&asks);
            let names = options.names.clone();
            (AnswerKind::Many(options, *min), names)
        }
        Some(Ask::Pick { .. }) => (AnswerKind::One(options(&asks)), Vec::new()),
        Some(Ask::Scale(_)) if columns.iter().any(|column| column.name == item.name) => {
            (AnswerKind::Point(points(&asks)), Vec::new())
        }
        Some(Ask::Scale(scale)) => {
            let names = scale.rows.iter().map(|row| row.name.clone()).collect();
            (AnswerKind::Grid(points(&asks)), names)
        }
        Some(Ask::Number { whole, min, max, .. }) => {
            (AnswerKind::Number { whole: *whole, min: *min, max: *max }, Vec::new())
        }
        Some(Ask::Text(text)) => match (&text.form, text.word) {
            (_, Some((_, most))) => {
                let named = |what: &'static str| (1..=most).map(move |rank| format!("{what}{rank}"));
                let named = named("w").chain(named("v")).collect();
                let valence = ScalePoints { from: -3, to: 3, step: 1, labels: Vec::new() };
                (AnswerKind::Words(most, valence), named)
            }
            (TextForm::Date { .. }, None) => (AnswerKind::Day, Vec::new()),
            (TextForm::Line | TextForm::Paragraph | TextForm::Timed, None) => (AnswerKind::Text, Vec::new()),
        },
        Some(Ask::Rank { places, .. }) => {
            let options = options(&asks);
            let names = options.names.clone();
            (AnswerKind::Rank(options, *places), names)
        }
        Some(Ask::Allocate { parts, total }) => {
            let names = parts.iter().map(|part| part.name.clone()).collect();
            (AnswerKind::Allocate(*total), names)
        }
    };
    let parts = names.into_iter().enumerate().map(|(at, name)| column(at, name)).collect();
    Target { name: item.name.clone(), labels: in_all(languages, &item.label), form, parts }
}

/// A text in all languages.
pub(super) fn in_all(languages: &[Language], text: &Text) -> Vec<LabelPattern> {
    languages.iter().filter_map(|language| LabelPattern::of(&text.raw(language))).collect()
}

fn options(asks: &[Ask]) -> AnswerOptions {
    let lists: Vec<&[Choice]> = asks
        .iter()
        .filter_map(|ask| match ask {
            Ask::Pick { options, .. } | Ask::Rank { options, .. } => Some(options.as_slice()),
            _ => None,
        })
        .collect();
    let first = lists.first().copied().unwrap_or_default();
    let label = |at: usize| {
        let labels = lists.iter().filter_map(|list| LabelPattern::of(&list.get(at)?.label));
        labels.collect()
    };
    AnswerOptions {
        names: first.iter().map(|choice| choice.name.clone()).collect(),
        labels: (0..first.len()).map(label).collect(),
    }
}

fn points(asks: &[Ask]) -> ScalePoints {
    let mut found = ScalePoints { from: 0, to: 0, step: 1, labels: Vec::new() };
    for ask in asks {
        let Ask::Scale(scale) = ask else { continue };
        (found.from, found.to, found.step) = (scale.from, scale.to, scale.step.max(1));
        let ends = [(scale.from, &scale.low), (scale.to, &scale.high)];
        let labelled = scale.values().zip(&scale.points).chain(ends);
        found.labels.extend(labelled.filter_map(|(point, label)| Some((point, LabelPattern::of(label)?))));
    }
    found
}

impl Target {
    /// Whether it asks for consent.
    pub fn is_consent(&self) -> bool {
        let yes_or_no = matches!(&self.form, AnswerKind::One(options) if options.names == ["yes", "no"]);
        yes_or_no && self.has_whole()
    }

    /// Whether one column can hold the whole answer.
    pub fn has_whole(&self) -> bool {
        match self.form {
            AnswerKind::One(_)
            | AnswerKind::Many(..)
            | AnswerKind::Point(_)
            | AnswerKind::Number { .. }
            | AnswerKind::Text
            | AnswerKind::Day
            | AnswerKind::Rank(..) => true,
            AnswerKind::BestWorst(_)
            | AnswerKind::Grid(_)
            | AnswerKind::Allocate(_)
            | AnswerKind::Words(..)
            | AnswerKind::Timed
            | AnswerKind::Nothing => false,
        }
    }

    /// Whether a table can contain its answer.
    pub fn can_be_told(&self) -> bool {
        !matches!(self.form, AnswerKind::Timed | AnswerKind::Nothing)
    }

    /// The permitted answers, in a few words.
    pub fn expects(&self) -> String {
        let names = |options: &AnswerOptions| {
            let shown: Vec<&str> = options.names.iter().take(6).map(String::as_str).collect();
            let more = if options.names.len() > shown.len() { ", …" } else { "" };
            format!("{}{more}", shown.join(", "))
        };
        match &self.form {
            AnswerKind::One(options) | AnswerKind::BestWorst(options) => names(options),
            AnswerKind::Many(options, _) => format!("any of {}", names(options)),
            AnswerKind::Rank(options, places) => format!("{places} in order of {}", names(options)),
            AnswerKind::Point(points) | AnswerKind::Grid(points) => {
                format!("{} … {}", points.from, points.to)
            }
            AnswerKind::Number { whole, min, max } => {
                let what = if *whole { "whole number" } else { "number" };
                match (min, max) {
                    (Some(min), Some(max)) => format!("{what}, {min} … {max}"),
                    (Some(min), None) => format!("{what}, from {min}"),
                    (None, Some(max)) => format!("{what}, up to {max}"),
                    (None, None) => what.to_owned(),
                }
            }
            AnswerKind::Text => "text".to_owned(),
            AnswerKind::Day => "a day, YYYY-MM-DD".to_owned(),
            AnswerKind::Allocate(total) => format!("parts of {total}"),
            AnswerKind::Words(most, _) => format!("{most} words, each -3 … 3"),
            AnswerKind::Timed => "timed".to_owned(),
            AnswerKind::Nothing => String::new(),
        }
    }
}
