//! Conditions, constraints and calculations of rows.

use std::collections::BTreeSet;

use super::super::form::{Form, SurveyRow};
use super::super::names::NameKind;
use super::super::translate::{Ambiguity, Among, Constant, Ours};
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

/// Whether a default is a literal and not an expression.
fn is_written_out(default: &str) -> bool {
    !default.is_empty() && !default.contains(['$', '('])
}

/// Whether a row shows a value that can't be changed.
fn is_fixed(entry: &SurveyRow) -> bool {
    let options = matches!(entry.kind, QuestionType::Select { .. });
    (entry.read_only || entry.kind == QuestionType::Note)
        && entry.calculation.is_empty()
        && !options
        && is_written_out(&entry.default)
}

/// The calculations that are truths: they produce the text `true` or `false`, and rows only compare it with these.
pub(super) fn truths(form: &Form) -> BTreeSet<String> {
    let is_truth = |entry: &&SurveyRow| {
        entry.kind == QuestionType::Calculate
            && xpath::parse(&entry.calculation).is_ok_and(|node| node.truth().is_some())
    };
    let mut truths: BTreeSet<String> =
        form.entries.iter().filter(is_truth).map(|entry| entry.name.clone()).collect();
    if truths.is_empty() {
        return truths;
    }
    let forget = |truths: &mut BTreeSet<String>, text: &str| {
        for name in spoken_of(text) {
            truths.remove(&name);
        }
    };
    for entry in &form.entries {
        let words = [&entry.label, &entry.hint, &entry.guidance, &entry.message, &entry.required_message];
        for (_, text) in words.into_iter().flatten() {
            forget(&mut truths, text);
        }
        let cells = [
            &entry.relevant,
            &entry.constraint,
            &entry.calculation,
            &entry.filter,
            &entry.default,
            &entry.required,
        ];
        for cell in cells {
            match xpath::parse(cell) {
                Ok(node) => truths.retain(|name| !node.names_beyond_truth().contains(name.as_str())),
                Err(_) => forget(&mut truths, cell),
            }
        }
    }
    for (_, text) in form.choices.values().flatten().flat_map(|choice| &choice.label) {
        forget(&mut truths, text);
    }
    truths
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
        let doubts = &self.doubts;
        Among { names: &self.names, own: &entry.name, answer, rounds: false, columns: None, doubts }
    }

    /// A converted condition. In a repeat, which is asked once, it is that of the first round; rows asked only in later rounds
    /// are not dropped for that.
    fn carried(
        &mut self,
        entry: &SurveyRow,
        (column, text): (&'static str, &str),
        answer: Option<&NameKind>,
    ) -> Result<Ours, String> {
        self.note_quotes(entry, text);
        self.out.conditions.insert((entry.row, column));
        let node = xpath::parse(text)?;
        let among = self.among(entry, answer);
        // In XPath, a constraint that refers to a missing answer is never met.
        let read = |among: &Among| match column {
            "constraint" => among.requirement(&node),
            _ => among.condition(&node),
        };
        let carried = read(&among).or_else(|why| {
            let first = read(&Among { rounds: true, ..among });
            first.ok().filter(|ours| ours.constant.as_ref().is_none_or(Constant::truth)).ok_or(why)
        });
        if carried.is_err() {
            self.doubts.take();
        }
        let ours = carried?;
        self.name_doubts(entry, column);
        if node.asks_the_time() {
            self.out.lost_conditions.insert((entry.row, column));
            self.note_time(entry);
        }
        Ok(ours)
    }

    /// Says what has to be said about the expression of a row that was read.
    pub(super) fn name_doubts(&mut self, entry: &SurveyRow, column: &'static str) {
        for doubt in self.doubts.take() {
            match doubt {
                Ambiguity::TruthBeside { name, value, is_text } => {
                    let reason = format!(
                        "its {column} compares `{name}`, which is true or false, with `{value}`: for Enketo it is a text, for ODK Collect a truth"
                    );
                    let instead = if is_text { "it is the text here" } else { "it is the truth here" };
                    self.out.lost_conditions.insert((entry.row, column));
                    self.out.lose(entry, &reason, instead);
                }
                Ambiguity::KeepsFirst => {
                    let reason = format!("its {column} keeps its first value by `once`");
                    self.out.lost_conditions.insert((entry.row, column));
                    self.out.lose(entry, &reason, "it follows the answers that it is worked out from");
                }
                Ambiguity::Divides => self.out.remark(format!(
                    "the {column} of row {} of `survey` divides by what may be nought: that has no value here, and is infinite there",
                    entry.row
                )),
            }
        }
    }

    /// Notes that only the day of `now()` remains.
    pub(super) fn note_time(&mut self, entry: &SurveyRow) {
        self.out.lose(entry, "it reads the time of day by `now()`", "it reads the day alone");
    }

    /// Whether a condition that can never hold here can't hold in the form either, because it refers to nothing that was lost.
    pub(super) fn never_holds_there(&self, entry: &SurveyRow) -> bool {
        let is_something =
            |name: &str| self.names.get(name).is_some_and(|known| known.kind != NameKind::Nothing);
        xpath::parse(&entry.relevant).is_ok_and(|node| node.names().into_iter().all(is_something))
    }

    /// The condition of a row, with a loss where it can't be converted.
    pub(super) fn condition(&mut self, entry: &SurveyRow, instead: &str) -> Condition {
        if entry.relevant.is_empty() {
            return Condition::Always;
        }
        match self.carried(entry, ("relevant", &entry.relevant), None) {
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
        let answer = (*kind != NameKind::Nothing).then_some(kind);
        match self.carried(entry, ("constraint", &entry.constraint), answer) {
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
        let typographic = |text: &str| text.matches(['‘', '’', '“', '”', '„']).count();
        if typographic(&xpath::straightened(text)) < typographic(text) {
            self.out
                .remark(format!("row {}: typographic quotes in an expression were made straight", entry.row));
        }
    }

    /// Converts calculations, in rounds, because they may use each other in any order. Those that can't be converted are
    /// losses: values that another program would have known become start fields where something refers to them, and the rest is
    /// empty.
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
            let text = match (entry.calculation.is_empty(), is_written_out(&entry.default)) {
                (false, _) => entry.calculation.clone(),
                (true, true) => format!("\"{}\"", entry.default.replace('"', "'")),
                (true, false) => entry.default.clone(),
            };
            self.note_quotes(entry, &text);
            waiting.push((at, text));
        }
        self.metadata();
        loop {
            let before = waiting.len();
            // Waiting calculations have no kind yet, so those that need them wait as well.
            let mut pending: BTreeSet<String> =
                waiting.iter().map(|(at, _)| self.entry_of(*at).name.clone()).collect();
            let mut later = Vec::new();
            for (at, text) in waiting {
                let entry = self.entry_of(at);
                let others = self.worked_with(at, &text);
                if others.iter().any(|name| *name != entry.name && pending.contains(name)) {
                    later.push((at, text));
                    continue;
                }
                pending.remove(&entry.name);
                self.calculation(at, &text);
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

    /// A question that is calculated and not asked.
    pub(super) fn shows_a_result(&self, entry: &SurveyRow) -> bool {
        let asks = matches!(
            entry.kind,
            QuestionType::Text
                | QuestionType::Integer
                | QuestionType::Decimal
                | QuestionType::Date
                | QuestionType::Select { .. }
        );
        // A note is text for reading; one without a name has no value.
        let notes = entry.kind == QuestionType::Note && !entry.name.is_empty();
        (asks || notes) && (!entry.calculation.is_empty() || is_fixed(entry))
    }

    fn settle(&mut self, name: &str, kind: NameKind) {
        if let Some(known) = self.names.get_mut(name) {
            known.kind = kind;
        }
    }

    /// The names that a row's value depends on.
    fn worked_with(&self, at: usize, text: &str) -> Vec<String> {
        let around = self.around(at).into_iter().map(|group| group.relevant.as_str());
        let cells = [text, &self.entry_of(at).relevant].into_iter().chain(around);
        cells.flat_map(spoken_of).collect()
    }

    /// The groups around a row, innermost first.
    fn around(&self, at: usize) -> Vec<&SurveyRow> {
        let inner = self.within.get(at).copied().flatten();
        std::iter::successors(inner, |group| self.nested[*group].above)
            .map(|group| self.entry_of(self.nested[group].entry))
            .collect()
    }

    /// When a row is calculated: under its own condition, and those of its groups, as far as they could be converted; `None` if
    /// never.
    fn worked_out_when(&mut self, at: usize) -> Option<Vec<String>> {
        let entry = self.entry_of(at);
        let mut conditions = match self.condition(entry, "it is worked out always") {
            Condition::Always => Vec::new(),
            Condition::Never if self.never_holds_there(entry) => return None,
            Condition::Never => Vec::new(),
            Condition::When(condition) => vec![condition],
        };
        for group in self.around(at).into_iter().filter(|group| !group.relevant.is_empty()) {
            let carried =
                xpath::parse(&group.relevant).and_then(|node| self.among(group, None).condition(&node));
            // The group says them itself.
            self.doubts.take();
            // A condition that could not be converted is a loss of the group.
            let Ok(ours) = carried else { continue };
            match &ours.constant {
                Some(Constant::Bool(true)) => {}
                Some(_) if self.never_holds_there(group) => return None,
                Some(_) => {}
                None => conditions.push(ours.text().to_owned()),
            }
        }
        Some(conditions)
    }

    fn calculation(&mut self, at: usize, text: &str) {
        let entry = self.entry_of(at);
        let Some(known) = self.names.get(&entry.name).cloned() else { return };
        // In its own calculation a name has no value; only a circular form would ask for it.
        self.settle(&entry.name, NameKind::Nothing);
        let carried = match text.is_empty() {
            true => Err("it has none".to_owned()),
            false => xpath::parse(text).and_then(|node| {
                let among = Among { rounds: true, ..self.among(entry, None) };
                let carried = match node.truth().filter(|_| self.truths.contains(&entry.name)) {
                    Some((holds, fails)) => among.told(holds, fails),
                    None => among.kept(&node),
                }?;
                if node.asks_the_time() {
                    self.note_time(entry);
                }
                Ok(carried)
            }),
        };
        match carried {
            Ok(ours) => {
                self.name_doubts(entry, "calculation");
                let mut text = ours.text().to_owned();
                let Some(conditions) = self.worked_out_when(at) else {
                    self.out.lose(entry, "it is worked out where nothing ever is", "it has no value");
                    return;
                };
                if let Some(condition) = all_of(&conditions) {
                    text = format!("if({condition}, {text})");
                }
                let row = entry.row;
                self.settle(&entry.name, ours.kind.clone());
                if let Some(known) = self.names.get_mut(&entry.name) {
                    known.settled = ours.is_settled() && conditions.is_empty();
                }
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
                self.doubts.take();
                if self.shows_a_result(entry) {
                    let reason = format!("its calculation could not be carried over: {why}");
                    let notes = entry.kind == QuestionType::Note;
                    let instead = if notes { "its words alone" } else { "it is asked instead" };
                    self.out.lose(entry, &reason, instead);
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

    /// Values that a program records by itself: relata has the day and its own times; the user and the place become start
    /// fields where something refers to them.
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
