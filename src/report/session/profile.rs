//! The profile: the conclusion, the strength of each norm, how certain the strongest one is, and the evidence in the respondent's own
//! answers.

use super::SessionWriter;
use crate::classify::model::is_clear;
use crate::classify::pooling;
use crate::classify::strength::{Strength, Strengths};
use crate::instrument::RelationalModel;
use crate::report::document::{
    Bar, BarRow, Bars, Block, Cell, Column, Conclusion, Drawing, Reason, Reasons, Section, Table,
};
use crate::report::{InWords, ProfileLine, said};
use crate::text;
use crate::texts;
use crate::texts::capital;

/// Why no model should be relied on, whatever the odds.
fn instead(profile: &ProfileLine) -> Option<&String> {
    profile.random.as_ref().or(profile.parted.as_ref())
}

/// Whether the answers put a model in front of all others.
fn leads(profile: &ProfileLine, model: RelationalModel) -> bool {
    profile.answers.dominant == model && profile.answers.tell_apart() && instead(profile).is_none()
}

impl SessionWriter<'_> {
    pub(super) fn models(&self) -> Section {
        let profiles = &self.report.profiles;
        let title = match profiles.as_slice() {
            [] => text!(self.language, "report-profile-no-profile"),
            [one] => one.title.to(self.reader).clone(),
            _ => text!(self.language, "report-profile-two-ways-relating-side"),
        };
        let mut section = self.section("models", title);
        profiles.iter().for_each(|profile| section.push(Block::Conclusion(self.verdict(profile))));
        self.report.no_profile.iter().for_each(|reason| section.say(reason.to(self.reader)));
        if let Some(bars) = self.strengths() {
            section.push(Block::Bars(bars));
        }
        if profiles.is_empty() {
            return section;
        }
        section.table(self.certainty());
        section.remark(text!(self.language, "report-published-rates"));
        for profile in profiles.iter().filter(|profile| !profile.evidence.is_empty()) {
            section.push(Block::Reasons(self.reasons(profile)));
        }
        let mut bases: Vec<String> = profiles
            .iter()
            .map(|profile| pooling::TrainingBasis::in_words(&profile.basis, self.language))
            .collect();
        bases.dedup();
        section.remark(format!("{}: {}.", text!(self.language, "report-basis"), bases.join("; ")));
        let some = profiles.iter().any(|profile| profile.learnt.is_none());
        for profile in profiles.iter().take(if some { profiles.len() } else { 1 }) {
            let Some(n) = profile.learnt else { continue };
            let said = text!(self.language, "report-profile-learnt", n);
            section.remark(if some { format!("{}: {said}", profile.title.to(self.reader)) } else { said });
        }
        section
    }

    /// The title of a profile, where there is more than one.
    fn title_of(&self, profile: &ProfileLine) -> Option<String> {
        (self.report.profiles.len() > 1).then(|| profile.title.to(self.reader).clone())
    }

    fn titles(&self) -> Vec<String> {
        self.report.profiles.iter().filter_map(|profile| self.title_of(profile)).collect()
    }

    fn verdict(&self, profile: &ProfileLine) -> Conclusion {
        let (sentence, odds) = match instead(profile) {
            Some(instead) => (instead, Some(&profile.headline)),
            None => (&profile.headline, None),
        };
        Conclusion {
            title: self.title_of(profile),
            sentence: sentence.clone(),
            open: !profile.answers.tell_apart() || odds.is_some(),
            more: odds.into_iter().chain(&profile.rates).cloned().collect(),
            warnings: profile.hardly_engaged.iter().chain(&profile.left_out).cloned().collect(),
        }
    }

    fn name(&self, model: RelationalModel) -> String {
        capital(&model.plainly(self.language))
    }

    fn rows_are(&self) -> String {
        text!(self.language, "report-way-relating")
    }

    /// A column for each side with known norms, with a profile or without.
    fn strengths(&self) -> Option<Bars> {
        let report = self.report;
        let title = |title: &'_ InWords| title.to(self.reader).clone();
        let of_profiles =
            report.profiles.iter().map(|profile| (title(&profile.title), profile.strengths, Some(profile)));
        let alone = report.strengths.iter().map(|line| (title(&line.title), Some(line.strengths), None));
        let sides: Vec<(String, Option<Strengths>, Option<&ProfileLine>)> =
            of_profiles.chain(alone).collect();
        let range = sides.iter().find_map(|(_, strengths, _)| *strengths)?.range;
        let row = |model: RelationalModel| {
            let bar = |side: &(String, Option<Strengths>, Option<&ProfileLine>)| {
                let found = side.1?.norm(model)?;
                Some(self.bar(found, range, side.2.is_some_and(|profile| leads(profile, model))))
            };
            BarRow { name: self.name(model), bars: sides.iter().map(bar).collect() }
        };
        // Strengths without a profile beside them say whose they are.
        let named = sides.len() > 1 || report.profiles.is_empty();
        let titles = sides.iter().filter(|_| named).map(|(title, ..)| title.clone());
        Some(Bars {
            caption: text!(
                self.language,
                "report-profile-how-strongly-each-norm",
                low = crate::texts::number(range.0, self.language),
                high = crate::texts::number(range.1, self.language)
            ),
            rows_are: self.rows_are(),
            columns: titles.collect(),
            rows: RelationalModel::ALL.map(row).to_vec(),
        })
    }

    fn bar(&self, found: Strength, range: (f64, f64), leads: bool) -> Bar {
        let shown = |value| texts::decimal(value, 1, self.language);
        Bar {
            drawing: Drawing::on(range, found.value, Some((found.low, found.high)), None),
            shown: shown(found.value),
            interval: Some(format!("{}–{}", shown(found.low), shown(found.high))),
            leads,
        }
    }

    fn certainty(&self) -> Table {
        let caption = text!(self.language, "report-profile-strongest-norm-answers-alone");
        let mut columns = vec![Column::words(self.rows_are())];
        for _ in &self.report.profiles {
            columns.push(Column::numbers(text!(self.language, "report-answers")));
            columns.push(Column::numbers(text!(self.language, "report-profile-with-rates")));
        }
        let mut table = Table::new(caption, columns);
        table.groups = self.titles().into_iter().map(|title| (title, 2)).collect();
        for model in RelationalModel::ALL {
            let cell = |probabilities: [f64; 4], leads: bool| {
                let shown = format!("{:.0} %", 100.0 * probabilities[model.index()]);
                if leads { Cell::Leader(shown) } else { Cell::Text(shown) }
            };
            let mut cells = vec![Cell::Text(self.name(model))];
            for profile in &self.report.profiles {
                let answers = &profile.answers;
                cells.push(cell(answers.probabilities, leads(profile, model)));
                let clear = answers.tell_apart()
                    || is_clear(&profile.probabilities, profile.dominant, profile.second);
                let in_front = profile.dominant == model && clear && instead(profile).is_none();
                cells.push(cell(profile.probabilities, in_front));
            }
            table.row(cells);
        }
        table
    }

    /// Reasons for the leading models and for the others.
    fn reasons(&self, profile: &ProfileLine) -> Reasons {
        let question = said::why(&profile.answers, self.language);
        let lines = profile.evidence.iter().map(|line| {
            let favours = line.weight >= 0.0;
            Reason {
                favours,
                side: if favours {
                    text!(self.language, "report-profile-for")
                } else {
                    text!(self.language, "report-profile-against")
                },
                weight: (!self.is_to_respondent()).then(|| texts::signed(line.weight, 2, self.language)),
                words: line.words.clone(),
                answers: line.answers.clone(),
            }
        });
        Reasons {
            title: match self.title_of(profile) {
                Some(title) => format!("{title}: {question}"),
                None => capital(&question),
            },
            lines: lines.collect(),
        }
    }
}
