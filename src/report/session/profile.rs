//! The profile: what the answers speak for, how strongly each norm is held, how sure it is which one is strongest, and the
//! evidence in the respondent's own answers.

use super::Teller;
use crate::classify::strength::Strengths;
use crate::instrument::RelationalModel;
use crate::report::document::{
    Bar, BarRow, Bars, Block, Cell, Column, Drawing, Name, Part, Reason, Reasons, Section, Table, Verdict,
};
use crate::report::{ProfileLine, said};
use crate::wording::{self, capital};

/// Whether the answers put a model in front of all others.
fn leads(profile: &ProfileLine, model: RelationalModel) -> bool {
    profile.answers.dominant == model && profile.answers.tell_apart()
}

impl Teller<'_> {
    pub(super) fn models(&self) -> Section {
        let profiles = &self.report.profiles;
        let title = match profiles.as_slice() {
            [] => self.say("No profile", "Geen profiel"),
            [one] => one.title.clone(),
            _ => self.say("Two ways of relating, side by side", "Twee manieren van omgaan, naast elkaar"),
        };
        let mut section = self.section("models", title);
        self.report.no_profile.iter().for_each(|reason| section.say(reason));
        if profiles.is_empty() {
            return section;
        }
        profiles.iter().for_each(|profile| section.push(Block::Verdict(self.verdict(profile))));
        if let Some(range) = profiles.iter().find_map(|profile| profile.strengths).map(|found| found.range) {
            section.push(Block::Bars(self.strengths(range)));
        }
        section.table(self.certainty());
        for profile in profiles.iter().filter(|profile| !profile.evidence.is_empty()) {
            section.push(Block::Reasons(self.reasons(profile)));
        }
        let mut bases: Vec<String> =
            profiles.iter().map(|profile| wording::basis(&profile.basis, self.language)).collect();
        bases.dedup();
        section.remark(format!("{}: {}.", self.say("Basis", "Basis"), bases.join("; ")));
        section
    }

    /// The title of a profile, where there is more than one.
    fn title_of(&self, profile: &ProfileLine) -> Option<String> {
        (self.report.profiles.len() > 1).then(|| profile.title.clone())
    }

    fn titles(&self) -> Vec<String> {
        self.report.profiles.iter().filter_map(|profile| self.title_of(profile)).collect()
    }

    fn verdict(&self, profile: &ProfileLine) -> Verdict {
        Verdict {
            title: self.title_of(profile),
            sentence: profile.headline.clone(),
            open: !profile.answers.tell_apart(),
            more: profile.rates.iter().cloned().collect(),
            // Without ratings nothing is known of engagement, so that there is one of the two at most.
            warning: profile.hardly_engaged.clone().or_else(|| profile.ratings_left_out.clone()),
        }
    }

    fn name(&self, model: RelationalModel) -> Name {
        let theory = Part::to(self.indirect, wording::model(model, self.language));
        Name { text: capital(&wording::model_plainly(model, self.language)), theory: Some(theory) }
    }

    fn rows_are(&self) -> String {
        self.say("way of relating", "manier van omgaan")
    }

    fn strengths(&self, range: (f64, f64)) -> Bars {
        let row = |model: RelationalModel| BarRow {
            name: self.name(model),
            bars: self.report.profiles.iter().map(|profile| self.bar(profile, model)).collect(),
        };
        Bars {
            caption: self.say(
                &format!(
                    "How strongly each norm is held, {} to {}, with its 95 % interval",
                    range.0, range.1
                ),
                &format!("Hoe sterk elke norm leeft, van {} tot {}, met het 95 %-interval", range.0, range.1),
            ),
            rows_are: self.rows_are(),
            columns: self.titles(),
            rows: RelationalModel::ALL.map(row).to_vec(),
        }
    }

    fn bar(&self, profile: &ProfileLine, model: RelationalModel) -> Option<Bar> {
        let Strengths { norms, range } = profile.strengths?;
        let found = norms[model.index()];
        let shown = |value| wording::decimal(value, 1, self.language);
        Some(Bar {
            drawing: Drawing::on(range, found.value, Some((found.low, found.high)), None),
            shown: shown(found.value),
            interval: format!("{}–{}", shown(found.low), shown(found.high)),
            leads: leads(profile, model),
        })
    }

    fn certainty(&self) -> Table {
        let caption = self.say(
            "The strongest norm: from the answers alone, and with the published rates",
            "De sterkste norm: uit de antwoorden alleen, en met gepubliceerde cijfers",
        );
        let mut columns = vec![Column::words(self.rows_are())];
        for _ in &self.report.profiles {
            columns.push(Column::numbers(self.say("answers", "antwoorden")));
            columns.push(Column::numbers(self.say("with rates", "met cijfers")));
        }
        let mut table = Table::new(caption, columns);
        table.groups = self.titles().into_iter().map(|title| (title, 2)).collect();
        for model in RelationalModel::ALL {
            let cell = |probabilities: [f64; 4], leads: bool| {
                let shown = format!("{:.0} %", 100.0 * probabilities[model.index()]);
                if leads { Cell::Leader(shown) } else { Cell::Text(shown) }
            };
            let mut cells = vec![Cell::Name(self.name(model))];
            for profile in &self.report.profiles {
                let answers = &profile.answers;
                cells.push(cell(answers.probabilities, leads(profile, model)));
                cells.push(cell(profile.probabilities, profile.dominant == model));
            }
            table.row(cells);
        }
        table
    }

    /// What speaks for the models that lead and what for the others.
    fn reasons(&self, profile: &ProfileLine) -> Reasons {
        let question = said::why(&profile.answers, self.language);
        let lines = profile.evidence.iter().map(|line| {
            let favours = line.weight >= 0.0;
            Reason {
                favours,
                side: if favours { self.say("for", "voor") } else { self.say("against", "tegen") },
                weight: wording::signed(line.weight, 2, self.language),
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
