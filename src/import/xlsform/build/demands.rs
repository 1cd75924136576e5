//! A row's demands on its answer besides a constraint: whether it is required, the message where it is missing, and its initial
//! value.

use super::super::draft::quoted;
use super::super::form::{SurveyRow, is_no, is_yes};
use super::super::names::NameKind;
use super::super::numbers::number;
use super::super::translate::is_day;
use super::super::types::QuestionType;
use super::super::xpath::shortened;
use super::Builder;
use super::items::is_for_reading;

impl Builder<'_> {
    pub(super) fn required(&mut self, entry: &SurveyRow) -> bool {
        let cell = entry.required.trim().to_lowercase();
        if is_yes(&cell) {
            return true;
        }
        if !is_no(&cell) {
            self.out.lose(entry, "it must be answered under a condition only", "it may be left open");
        }
        false
    }

    /// The form's messages for a missing or rejected answer.
    pub(super) fn messages(&mut self, entry: &SurveyRow) {
        let required = !is_no(&entry.required);
        let is_note = entry.kind == QuestionType::Note || is_for_reading(entry);
        if is_note && required && entry.default.is_empty() && entry.calculation.is_empty() {
            self.out.lose(
                entry,
                "a note that must be answered stops the form there",
                "it is shown, and the form goes on",
            );
        }
        if !entry.required_message.is_empty() && required {
            let reason = "it has words of its own for an answer that is missing";
            self.out.lose(entry, reason, "those of relata");
        }
        if !required && !entry.required_message.is_empty() {
            self.never_shown(entry, "required message", "nothing is required");
        }
        if entry.constraint.is_empty() && !entry.message.is_empty() {
            self.never_shown(entry, "constraint message", "there is no constraint");
        }
    }

    fn never_shown(&mut self, entry: &SurveyRow, column: &str, why: &str) {
        self.out.remark(format!(
            "the {column} of row {} of `survey` is left out; {why} there, so that the form never shows it either",
            entry.row
        ));
    }

    pub(super) fn default(&mut self, entry: &SurveyRow, kind: &NameKind) -> Option<String> {
        let text = entry.default.trim();
        if matches!(entry.kind, QuestionType::Rank { .. }) && !text.is_empty() {
            self.out.lose(entry, "its options stand in an order at first", "it begins empty");
        }
        if text.is_empty() || *kind == NameKind::Nothing {
            return None;
        }
        let same = |name: &str, wanted: &str| {
            let numbers = name.parse::<f64>().ok().zip(wanted.parse::<f64>().ok());
            name == wanted || numbers.is_some_and(|(one, other)| one == other)
        };
        let option = |options: &[(String, String)], wanted: &str| {
            options.iter().find(|(from, _)| same(from, wanted)).map(|(_, to)| quoted(to))
        };
        let dynamic = text.contains("${") || text.ends_with(')') && text.contains('(');
        let found = match kind {
            _ if dynamic => None,
            NameKind::Number => match number(text) {
                Ok(number) => Some(number.to_string()),
                Err(why) => {
                    let reason = format!("what stands in it at first cannot be told: {why}");
                    self.out.lose(entry, &reason, "it begins empty");
                    return None;
                }
            },
            NameKind::Text => Some(quoted(text)),
            NameKind::Date => Some(quoted(text)).filter(|_| is_day(text)),
            NameKind::One(options) => option(options, text),
            NameKind::Many(options) => {
                let each: Option<Vec<String>> =
                    text.split_whitespace().map(|word| option(options, word)).collect();
                each.map(|each| format!("[{}]", each.join(", ")))
            }
            NameKind::Points(points) => points
                .iter()
                .find(|(from, _)| same(from, text))
                .and_then(|(_, point)| Some((*point)?.to_string())),
            NameKind::Bool | NameKind::Truth | NameKind::Nothing => None,
        };
        if found.is_none() {
            let what = if dynamic { "is worked out" } else { "is no answer that it takes" };
            let reason = format!("what stands in it at first {what}: `{}`", shortened(text));
            self.out.lose(entry, &reason, "it begins empty");
        }
        found
    }
}
