//! Comparisons in words: an answer, a day or a number of ticks beside what it has to be.

use std::collections::BTreeSet;

use super::{Clause, ClauseSpeaker, quoted};
use crate::instrument::expression::functions::Function;
use crate::instrument::expression::tree::{Arithmetic, Comparison, Expr};
use crate::text;
use crate::texts::{Language, number};

/// So many answers that are compared alike are said in one breath.
const TOGETHER: usize = 3;

/// What stands on the left of a comparison.
pub(super) enum Subject<'a> {
    Answer(&'a str),
    Ticks(&'a str),
    Other(&'a Expr),
}

/// The same comparison, read from the other side.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

impl<'a> ClauseSpeaker<'a> {
    /// The comparison of a part with what it compares, as it has to hold.
    pub(super) fn comparison<'b>(
        &self,
        part: &'b Expr,
        holds: bool,
    ) -> Option<(&'b Expr, Comparison, &'b Expr)> {
        match part {
            Expr::Compare(comparison, left, right) => {
                Some((left, if holds { *comparison } else { comparison.opposite() }, right))
            }
            Expr::Not(inner) => self.comparison(inner, !holds),
            _ => None,
        }
    }

    /// Whether two parts are said in one breath: several options of one question, or one comparison of several answers.
    pub(super) fn alike(&self, one: &'a Expr, other: &'a Expr, holds: bool, all: bool) -> bool {
        let (Some(one), Some(other)) = (self.comparison(one, holds), self.comparison(other, holds)) else {
            return false;
        };
        let (Subject::Answer(left), Subject::Answer(right)) = (self.subject(one.0), self.subject(other.0))
        else {
            return false;
        };
        let option = |name: &str, value: &Expr| self.option_of(name, value).is_some();
        let of_list = if all { Comparison::NotEqual } else { Comparison::Equal };
        match (option(left, one.2), option(right, other.2)) {
            (true, true) => left == right && one.1 == of_list && other.1 == of_list,
            (false, false) => {
                one.1 == other.1 && one.2 == other.2 && matches!(one.2, Expr::Number(_) | Expr::Negate(_))
            }
            _ => false,
        }
    }

    /// Parts that are alike, in one breath; none where they are too few for it.
    pub(super) fn together(
        &self,
        parts: &[&'a Expr],
        holds: bool,
        all: bool,
    ) -> Result<Option<Clause>, String> {
        let language = self.of.language();
        let compared: Vec<_> = parts.iter().filter_map(|part| self.comparison(part, holds)).collect();
        let [(left, comparison, right), _, ..] = compared[..] else { return Ok(None) };
        let Subject::Answer(name) = self.subject(left) else { return Ok(None) };
        let labels =
            compared.iter().map(|(_, _, value)| Some(quoted(&self.option_of(name, value)?, language)));
        if let Some(labels) = labels.collect::<Option<Vec<_>>>() {
            let (option, place) = (any_of(labels, language), self.place(name)?);
            return Ok(Some(Clause::Simple(match comparison {
                Comparison::Equal => text!(language, "spoken-ticked", option, place),
                _ => text!(language, "spoken-other", option, place),
            })));
        }
        let names: BTreeSet<&str> = compared
            .iter()
            .filter_map(|(left, ..)| match self.subject(left) {
                Subject::Answer(name) => Some(name),
                _ => None,
            })
            .collect();
        if names.len() < TOGETHER || names.len() < compared.len() {
            return Ok(None);
        }
        let mut codes = Vec::new();
        for (left, ..) in &compared {
            if let Subject::Answer(name) = self.subject(left) {
                codes.push(self.of.code(name).ok_or_else(|| format!("`{name}` is not on the sheet"))?);
            }
        }
        let last = codes.pop().unwrap_or_default();
        let places = text!(language, "spoken-and", before = codes.join(", "), after = last);
        let what = match all {
            true => text!(language, "spoken-each-of", places),
            false => text!(language, "spoken-one-of", places),
        };
        Ok(Some(Clause::Simple(self.said_of(what, comparison, false, self.value(right)?))))
    }

    /// Whose answer it is, through calculations that are nothing else than an answer.
    pub(super) fn subject(&self, expr: &'a Expr) -> Subject<'a> {
        match expr {
            Expr::Name(name) => match self.of.calculation(name) {
                Some(calculation) => self.subject(&calculation.root),
                None => Subject::Answer(name),
            },
            Expr::Count(name) => Subject::Ticks(name),
            Expr::Apply(Function::Number, parts) => match parts.as_slice() {
                [only] => self.subject(only),
                _ => Subject::Other(expr),
            },
            Expr::DayNumber(inner) | Expr::Day(inner) => self.subject(inner),
            other => Subject::Other(other),
        }
    }

    pub(super) fn compared(
        &self,
        comparison: Comparison,
        left: &'a Expr,
        right: &'a Expr,
    ) -> Result<Clause, String> {
        let language = self.of.language();
        let (subject, comparison, right) = match (self.subject(left), self.subject(right)) {
            (Subject::Other(literal), other @ (Subject::Answer(_) | Subject::Ticks(_))) => {
                (other, turned(comparison), literal)
            }
            (subject, _) => (subject, comparison, right),
        };
        if let (Subject::Other(Expr::Arithmetic(base, shift)), Expr::Number(value)) = (&subject, right)
            && let [(operation, Expr::Number(by))] = shift.as_slice()
            && let (Arithmetic::Plus, shifted) | (Arithmetic::Minus, shifted) =
                (*operation, if *operation == Arithmetic::Plus { value - by } else { value + by })
        {
            let what = self.subject_in_words(&self.subject(base))?;
            return Ok(Clause::Simple(self.said_of(what, comparison, false, number(shifted, language))));
        }
        if let Subject::Answer(name) = &subject
            && let Some(option) = self.option_of(name, right)
        {
            let (place, option) = (self.place(name)?, quoted(&option, language));
            return Ok(Clause::Simple(match comparison {
                Comparison::Equal => text!(language, "spoken-ticked", option, place),
                Comparison::NotEqual => text!(language, "spoken-other", option, place),
                _ => return Err("it asks which of two options comes first".into()),
            }));
        }
        if let (Subject::Answer(name), Expr::Bool(truth)) = (&subject, right) {
            let same = *truth == (comparison == Comparison::Equal);
            let option = self.of.option(name, if same { "yes" } else { "no" });
            let option = quoted(&option.ok_or("it is no question with a yes and a no")?, language);
            return Ok(Clause::Simple(text!(language, "spoken-ticked", option, place = self.place(name)?)));
        }
        let days =
            matches!(right, Expr::Today) || matches!(&subject, Subject::Answer(name) if self.of.is_day(name));
        let what = self.subject_in_words(&subject)?;
        let than = self.value(right)?;
        Ok(Clause::Simple(self.said_of(what, comparison, days, than)))
    }

    fn said_of(&self, what: String, comparison: Comparison, days: bool, than: String) -> String {
        let language = self.of.language();
        match (comparison, days) {
            (Comparison::Equal, _) => text!(language, "spoken-equal", what, than),
            (Comparison::NotEqual, _) => text!(language, "spoken-not-equal", what, than),
            (Comparison::Less, false) => text!(language, "spoken-less", what, than),
            (Comparison::LessOrEqual, false) => text!(language, "spoken-at-most", what, than),
            (Comparison::Greater, false) => text!(language, "spoken-more", what, than),
            (Comparison::GreaterOrEqual, false) => text!(language, "spoken-at-least", what, than),
            (Comparison::Less, true) => text!(language, "spoken-before", what, than),
            (Comparison::LessOrEqual, true) => text!(language, "spoken-until", what, than),
            (Comparison::Greater, true) => text!(language, "spoken-after", what, than),
            (Comparison::GreaterOrEqual, true) => text!(language, "spoken-from", what, than),
        }
    }

    fn subject_in_words(&self, subject: &Subject) -> Result<String, String> {
        let language = self.of.language();
        match subject {
            Subject::Answer(name) => Ok(text!(language, "spoken-the-answer", place = self.place(name)?)),
            Subject::Ticks(name) => Ok(text!(language, "spoken-the-ticks", place = self.place(name)?)),
            Subject::Other(_) => Err("it is computed from several answers".into()),
        }
    }

    fn value(&self, expr: &'a Expr) -> Result<String, String> {
        let language = self.of.language();
        match expr {
            Expr::Number(value) => Ok(number(*value, language)),
            Expr::Negate(inner) => match inner.as_ref() {
                Expr::Number(value) => Ok(number(-value, language)),
                _ => Err("it is computed".into()),
            },
            Expr::Text(text) if text.parse::<jiff::civil::Date>().is_ok() => Ok(text.clone()),
            Expr::Text(text) => Ok(quoted(text, language)),
            Expr::Today => Ok(text!(language, "spoken-today")),
            Expr::DayNumber(inner) | Expr::Day(inner) => self.value(inner),
            other => self.subject_in_words(&self.subject(other)),
        }
    }

    pub(super) fn within(&self, value: &'a Expr, list: &'a [Expr], holds: bool) -> Result<Clause, String> {
        let language = self.of.language();
        let subject = self.subject(value);
        let options: Option<Vec<String>> = match &subject {
            Subject::Answer(name) => {
                let label = |part: &Expr| Some(quoted(&self.option_of(name, part)?, language));
                list.iter().map(label).collect()
            }
            _ => None,
        };
        if let (Subject::Answer(name), Some(options)) = (&subject, options) {
            let (option, place) = (any_of(options, language), self.place(name)?);
            return Ok(Clause::Simple(match holds {
                true => text!(language, "spoken-ticked", option, place),
                false => text!(language, "spoken-other", option, place),
            }));
        }
        let values = list.iter().map(|part| self.value(part)).collect::<Result<Vec<_>, _>>()?;
        let (what, than) = (self.subject_in_words(&subject)?, any_of(values, language));
        Ok(Clause::Simple(match holds {
            true => text!(language, "spoken-equal", what, than),
            false => text!(language, "spoken-not-equal", what, than),
        }))
    }
}

/// `a, b or c`.
fn any_of(mut values: Vec<String>, language: &Language) -> String {
    let last = values.pop().unwrap_or_default();
    if values.is_empty() {
        return last;
    }
    text!(language, "spoken-or", before = values.join(", "), after = last)
}
