//! Conditions, constraints and calculations of rows.

use std::collections::BTreeSet;

use super::super::form::SurveyRow;
use super::super::names::NameKind;
use super::super::translate::{Among, Constant};
use super::super::types::QuestionType;
use super::super::xpath::{self, shortened};
use super::{Builder, spoken_of};
use crate::import::xlsform::draft::Calculation;

/// When something is asked.
pub(super) enum Condition {
    Always,
    Never,
    When(String),
}

/// Several conditions as one.
pub(super) fn all_of(parts: &[String]) -> Option<String> {
    match parts {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(several.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(" and ")),
    }
}

impl Builder<'_> {
    fn among<'b>(&'b self, entry: &'b SurveyRow, answer: Option<&'b NameKind>) -> Among<'b> {
        Among { names: &self.names, own: &entry.name, answer, rounds: false, columns: None }
    }

    /// The condition of a row, with the loss of it where it cannot be carried over.
    pub(super) fn condition(&mut self, entry: &SurveyRow, instead: &str) -> Condition {
        if entry.relevant.is_empty() {
            return Condition::Always;
        }
        self.note_quotes(entry, &entry.relevant);
        self.out.conditions.insert((entry.row, "relevant"));
        let carried = xpath::parse(&entry.relevant).and_then(|node| self.among(entry, None).condition(&node));
        match carried {
            Ok(ours) => match &ours.constant {
                Some(Constant::Bool(true)) => Condition::Always,
                Some(_) => Condition::Never,
                None => Condition::When(ours.text().to_owned()),
            },
            Err(why) => {
                self.out.lose_condition(entry, "relevant", &why, instead);
                Condition::Always
            }
        }
    }

    /// What an answer must satisfy.
    pub(super) fn constraint(&mut self, entry: &SurveyRow, kind: &NameKind) -> Option<String> {
        if entry.constraint.is_empty() {
            return None;
        }
        self.note_quotes(entry, &entry.constraint);
        self.out.conditions.insert((entry.row, "constraint"));
        let answer = (*kind != NameKind::Nothing).then_some(kind);
        let carried =
            xpath::parse(&entry.constraint).and_then(|node| self.among(entry, answer).condition(&node));
        match carried {
            Ok(ours) => match &ours.constant {
                Some(Constant::Bool(true)) => None,
                Some(_) => {
                    let why = "no answer could satisfy it";
                    self.out.lose_condition(entry, "constraint", why, "any answer is taken");
                    None
                }
                None => Some(ours.text().to_owned()),
            },
            Err(why) => {
                self.out.lose_condition(entry, "constraint", &why, "any answer is taken");
                None
            }
        }
    }

    fn note_quotes(&mut self, entry: &SurveyRow, text: &str) {
        if text.contains(['‘', '’', '“', '”', '„']) {
            self.out
                .remark(format!("row {}: typographic quotes in an expression were made straight", entry.row));
        }
    }

    /// Carries calculations over, in rounds, because they may use one another in any order. Those that cannot be are losses:
    /// what another program would have known is asked on the start form where it is spoken of, and the rest is empty.
    pub(super) fn calculate(&mut self) {
        let entries: Vec<usize> = (0..self.form.entries.len())
            .filter(|at| {
                let entry = self.entry_of(*at);
                matches!(entry.kind, QuestionType::Calculate | QuestionType::Hidden)
                    || self.shows_a_result(entry)
            })
            .collect();
        let mut waiting: Vec<(usize, String)> = Vec::new();
        for at in entries {
            let entry = self.entry_of(at);
            // A value that never changes stands in `default` or in `calculation` alone.
            let text = match (entry.calculation.is_empty(), entry.default.is_empty()) {
                (false, _) => entry.calculation.clone(),
                (true, false) if !entry.default.contains(['$', '(']) => {
                    format!("\"{}\"", entry.default.replace('"', "'"))
                }
                _ => entry.default.clone(),
            };
            self.note_quotes(entry, &text);
            waiting.push((at, text));
        }
        self.metadata();
        loop {
            let before = waiting.len();
            // Whatever waits has no kind yet: who needs it waits as well.
            let mut pending: BTreeSet<String> =
                waiting.iter().map(|(at, _)| self.entry_of(*at).name.clone()).collect();
            let mut later = Vec::new();
            for (at, text) in waiting {
                let entry = self.entry_of(at);
                if spoken_of(&text).any(|name| name != entry.name && pending.contains(&name)) {
                    later.push((at, text));
                    continue;
                }
                pending.remove(&entry.name);
                self.calculation(entry, &text);
            }
            waiting = later;
            if waiting.is_empty() {
                return;
            }
            if waiting.len() == before {
                break;
            }
        }
        for (at, _) in waiting {
            let entry = self.entry_of(at);
            self.out.lose(
                entry,
                "its calculation needs itself, directly or through another one",
                "it is left out",
            );
            self.settle(&entry.name, NameKind::Nothing);
        }
    }

    /// A question that is worked out instead of asked.
    pub(super) fn shows_a_result(&self, entry: &SurveyRow) -> bool {
        let asks = matches!(
            entry.kind,
            QuestionType::Text
                | QuestionType::Integer
                | QuestionType::Decimal
                | QuestionType::Date
                | QuestionType::Select { .. }
        );
        asks && !entry.calculation.is_empty()
    }

    fn settle(&mut self, name: &str, kind: NameKind) {
        if let Some(known) = self.names.get_mut(name) {
            known.kind = kind;
        }
    }

    fn calculation(&mut self, entry: &SurveyRow, text: &str) {
        let Some(known) = self.names.get(&entry.name).cloned() else { return };
        // In this name's own calculation it is nothing; only a form that needs itself would ask.
        self.settle(&entry.name, NameKind::Nothing);
        let carried = match text.is_empty() {
            true => Err("it has none".to_owned()),
            false => xpath::parse(text)
                .and_then(|node| Among { rounds: true, ..self.among(entry, None) }.value(&node)),
        };
        match carried {
            Ok(ours) => {
                let mut text = ours.text().to_owned();
                let mut conditions: Vec<String> = Vec::new();
                let relevant = self.condition(entry, "it is worked out always");
                if let Condition::When(condition) = relevant {
                    conditions.push(condition);
                }
                if let Some(condition) = all_of(&conditions) {
                    text = format!("if({condition}, {text})");
                }
                let row = entry.row;
                self.settle(&entry.name, ours.kind.clone());
                self.out.draft.calculations.push(Calculation { row, name: known.name, text });
                if !entry.constraint.is_empty() {
                    self.out.lose(
                        entry,
                        "a constraint on what is worked out has nobody to speak to",
                        "it is left out",
                    );
                }
            }
            Err(why) => {
                if self.shows_a_result(entry) {
                    let reason = format!("its calculation could not be carried over: {why}");
                    self.out.lose(entry, &reason, "it is asked instead");
                    let kind = self.kind_asked(entry);
                    self.settle(&entry.name, kind);
                    self.out.asked_instead.insert(entry.row);
                    return;
                }
                let foreign = why.contains("another file") || matches!(entry.kind, QuestionType::Hidden);
                let reason = format!("its calculation could not be carried over: {why}");
                if foreign && self.is_spoken_of(&entry.name) || self.is_asked_about(&entry.name) {
                    self.out.lose(entry, &reason, "it can be filled in on the start form");
                    self.settle(&entry.name, NameKind::Text);
                    self.field(entry, &known.name);
                } else {
                    self.out.lose(entry, &reason, "it has no value");
                }
            }
        }
    }

    /// What a program notes by itself: relata has the day and its own times; who and where is asked if it is spoken of.
    fn metadata(&mut self) {
        for entry in &self.form.entries {
            let QuestionType::Metadata(what) = &entry.kind else { continue };
            let Some(known) = self.names.get(&entry.name).cloned() else {
                self.out.lose(entry, &format!("relata notes no `{}`", shortened(what)), "it is left out");
                continue;
            };
            let spoken_of = self.is_spoken_of(&entry.name);
            match what.as_str() {
                "today" => {
                    let text = "today()".to_owned();
                    self.settle(&entry.name, NameKind::Date);
                    self.out.draft.calculations.push(Calculation { row: entry.row, name: known.name, text });
                }
                "start" | "end" | "start time" | "end time" | "audit" | "text audit" => {
                    let reason = "relata keeps the times of every session and every answer itself";
                    self.settle(&entry.name, NameKind::Nothing);
                    self.out.lose(entry, reason, "they stand in the study and its exports");
                }
                _ if spoken_of => {
                    let reason = format!("relata notes no `{}`", shortened(what));
                    self.out.lose(entry, &reason, "it can be filled in on the start form");
                    self.settle(&entry.name, NameKind::Text);
                    self.field(entry, &known.name);
                }
                _ => {
                    let reason = format!("relata notes no `{}`", shortened(what));
                    self.settle(&entry.name, NameKind::Nothing);
                    self.out.lose(entry, &reason, "it is left out");
                }
            }
        }
    }
}
