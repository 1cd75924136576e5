//! The result of reading a table, question by question, and the map that describes it.

use serde::Serialize;

use super::cells::ColumnSummary;
use super::map::{Map, MapDraft, MapEntry};
use super::matching::{Holds, ImportPlan, Match};
use super::platform::ColumnRole;
use super::rows::ImportedRows;
use super::targets::AnswerKind;

/// One column of a table, and what it answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionLine {
    /// The question, or the part of it.
    pub item: String,
    /// The column; none where nothing answers it.
    pub column: Option<String>,
    /// How it was matched.
    pub found_by: &'static str,
    /// Cells with an answer.
    pub answers: usize,
    /// The least and the greatest number in the table.
    pub found: String,
    /// The permitted answers.
    pub expected: String,
    /// Values without a counterpart.
    pub without: Vec<Strange>,
}

/// A value without a counterpart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Strange {
    /// As it stands in the table.
    pub value: String,
    /// How many rows have it.
    pub rows: usize,
    /// The line of the first.
    pub line: u64,
}

impl ImportPlan {
    /// What each question got.
    pub fn lines(&self, taken: &ImportedRows) -> Vec<QuestionLine> {
        let mut lines = Vec::new();
        for (at, target) in self.targets.iter().enumerate() {
            let line = |item: String, found_by: &'static str| QuestionLine {
                item,
                column: None,
                found_by,
                answers: 0,
                found: String::new(),
                expected: target.expects(),
                without: Vec::new(),
            };
            let before = lines.len();
            for (place, found) in self.matches.iter().enumerate().filter(|(_, found)| found.target == at) {
                let seen = &taken.seen[place];
                let without = seen.strange.iter().map(|(value, (rows, line))| Strange {
                    value: value.clone(),
                    rows: *rows,
                    line: *line,
                });
                let item = match found.holds {
                    Holds::Place(rank) => format!("{} ({})", target.name, rank + 1),
                    holds => self.key(at, holds),
                };
                lines.push(QuestionLine {
                    column: Some(self.head.names[found.column].clone()),
                    answers: seen.answers,
                    found: seen.range.map(|(least, most)| format!("{least} … {most}")).unwrap_or_default(),
                    without: without.collect(),
                    ..line(item, found.how.word())
                });
            }
            if lines.len() > before {
                continue;
            }
            let name = target.name.clone();
            if let Some(constant) = self.constants.get(&at) {
                lines.push(QuestionLine { found: constant.clone(), ..line(name, "constant") });
            } else if self.left_out.contains(&at) {
                lines.push(line(name, "left out"));
            } else if matches!(target.form, AnswerKind::Timed) {
                lines.push(line(name, "timed, left out"));
            } else if target.can_be_told() {
                lines.push(line(name, "nothing"));
            }
        }
        lines
    }

    /// Values in the table that may not mean what they seem to.
    pub fn cautions(&self, taken: &ImportedRows) -> Vec<String> {
        let seen = self.matches.iter().enumerate().map(|(at, found)| (found, &taken.seen[at]));
        let of_columns = seen.flat_map(|(found, seen)| {
            [self.counted_from_1(found, seen), self.signs(found, seen), self.codes(found, seen)]
        });
        of_columns.flatten().chain((0..self.targets.len()).filter_map(|at| self.unrated(at))).collect()
    }

    /// A scale that begins below zero, for which the table only has numbers from 1 on: the program may have counted from 1.
    fn counted_from_1(&self, found: &Match, seen: &ColumnSummary) -> Option<String> {
        let (AnswerKind::Point(points) | AnswerKind::Grid(points)) = &self.targets[found.target].form else {
            return None;
        };
        let ((least, most), (from, to)) = (seen.range?, (points.from, points.to));
        (from < 0 && least >= 1.0 && most <= to as f64).then(|| {
            let name = self.key(found.target, found.holds);
            format!("`{name}`: the table has {least} … {most} and the scale is {from} … {to}; if it was counted from 1 there, [offset] moves it")
        })
    }

    /// Texts that other programs write for a missing answer, imported as the respondent's own words.
    fn signs(&self, found: &Match, seen: &ColumnSummary) -> Option<String> {
        let signs: Vec<String> =
            seen.signs.iter().map(|(sign, cells)| format!("“{sign}” ({cells})")).collect();
        (!signs.is_empty()).then(|| {
            let name = self.key(found.target, found.holds);
            format!("`{name}`: {} taken over as somebody’s words; if there was no answer, [missing] or --missing says so", signs.join(", "))
        })
    }

    /// Numbers that the map declares missing, in a question where they are valid answers.
    fn codes(&self, found: &Match, seen: &ColumnSummary) -> Option<String> {
        let codes: Vec<String> = seen.codes.iter().map(|(code, cells)| format!("{code} ({cells})")).collect();
        let first = seen.codes.keys().next()?;
        let name = self.key(found.target, found.holds);
        Some(format!(
            "`{name}`: {} taken for no answer, as [missing] says, and could be one here; `\"{first}\" = {first}` under [values.{name}] keeps it",
            codes.join(", ")
        ))
    }

    /// Words without a column for their valence.
    fn unrated(&self, at: usize) -> Option<String> {
        let target = &self.targets[at];
        let AnswerKind::Words(words, _) = target.form else { return None };
        let has = |part: usize| self.of(at).any(|found| found.holds == Holds::Part(part));
        let lacking = (0..words).filter(|word| has(*word) && !has(words + word));
        let keys: Vec<String> =
            lacking.filter_map(|word| Some(format!("`{}`", target.parts.get(words + word)?.key))).collect();
        (!keys.is_empty()).then(|| {
            format!("no column says how these words feel, so that they count in no score: {}; name them under [columns]", keys.join(", "))
        })
    }

    /// Timed tasks, which no table can contain.
    pub fn timed(&self) -> Vec<String> {
        let timed = self.targets.iter().filter(|target| matches!(target.form, AnswerKind::Timed));
        timed.map(|target| target.name.clone()).collect()
    }

    /// The word for the program that wrote the table.
    pub fn platform(&self) -> &'static str {
        self.platform.name()
    }

    /// The column of a role.
    pub fn role(&self, role: ColumnRole) -> Option<&str> {
        self.roles.get(&role).map(|column| self.head.names[*column].as_str())
    }

    /// A map with what was found, for editing.
    pub fn map_text(&self, taken: &ImportedRows, before: &Map) -> String {
        let entry = |key: &str, column: Option<usize>| MapEntry {
            key: key.to_owned(),
            columns: column.map(|at| self.head.names[at].clone()).into_iter().collect(),
            remark: String::new(),
        };
        let lines = self.lines(taken);
        let strange: Vec<&QuestionLine> = lines.iter().filter(|line| !line.without.is_empty()).collect();
        let is_number =
            |line: &&&QuestionLine| line.without.iter().all(|value| value.value.parse::<f64>().is_ok());
        MapDraft {
            platform: self.platform.name().to_owned(),
            row: ColumnRole::ALL
                .iter()
                .map(|(role, key)| entry(key, self.roles.get(role).copied()))
                .collect(),
            fields: self.fields.iter().map(|(name, column, _)| entry(name, *column)).collect(),
            columns: self.entries(),
            left_out: self.left_out.iter().map(|at| self.targets[*at].name.clone()).collect(),
            values: strange
                .iter()
                .map(|line| {
                    let values = line.without.iter().map(|value| value.value.clone()).collect();
                    (line.item.clone(), values, line.expected.clone())
                })
                .collect(),
            ranges: strange
                .iter()
                .filter(is_number)
                .map(|line| (line.item.clone(), format!("found {}, expected {}", line.found, line.expected)))
                .collect(),
            before: before.clone(),
        }
        .text()
    }
}
