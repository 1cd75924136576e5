//! What customers say they feel: emotions, recommendation, satisfaction, and who is satisfied and leaves all the same.

use super::{Teller, count, percent, percent_with_interval};
use crate::analysis::{self, Adjusted, Estimate, Outcome, words};
use crate::instrument::RelationalModel;
use crate::report::document::{Cell, Column, Drawing, Section, Table};
use crate::wording::{self, capital};

impl Teller<'_> {
    pub(super) fn emotions(&self) -> Option<Section> {
        let emotions = &self.report.emotions;
        let first = emotions.first()?;
        let (low, high) = first.range;
        let mut section = Section::public("emotions", self.say("Emotions", "Emoties"));
        let mut table = Table::new(
            self.say("Emotions, the strongest first", "Emoties, de sterkste eerst"),
            vec![
                Column::words(self.say("emotion", "emotie")),
                Column::words(self.say("kind", "soort")),
                Column::numbers("n"),
                Column::numbers(self.say("mean", "gemiddelde")),
                Column::numbers("95 %"),
                Column::drawings(format!("{low}–{high}")),
            ],
        );
        for line in emotions {
            let kind = if line.positive {
                self.say("pleasant", "prettig")
            } else {
                self.say("unpleasant", "onprettig")
            };
            let drawn = line.mean.map_or_else(
                || Cell::text(""),
                |mean| Cell::Drawing(Drawing::on(line.range, mean.value, Some((mean.low, mean.high)), None)),
            );
            let star = if line.published_top { " *" } else { "" };
            table.row(vec![
                Cell::text(format!("{}{star}", capital(&line.label))),
                Cell::text(kind),
                count(line.n),
                self.value(line.mean.map(|mean| mean.value), 2),
                self.ends(line.mean, 2, 1.0),
                drawn,
            ]);
        }
        section.table(table);
        if emotions.iter().any(|line| line.published_top) {
            section.remark(self.say(
                "* Among the three strongest of the study of 2012: satisfied, peaceful, optimistic.",
                "* Bij de drie sterkste in het onderzoek van 2012: tevreden, rustig, optimistisch.",
            ));
        }
        Some(section)
    }

    pub(super) fn experience(&self) -> Option<Section> {
        let experience = &self.report.experience;
        let asked = experience.all.nps.is_some() || experience.all.satisfaction.is_some();
        if !asked {
            return None;
        }
        let mut section = Section::public(
            "experience",
            self.say("Recommendation and satisfaction", "Aanbeveling en tevredenheid"),
        );
        section.table(self.recommendation());
        section.table(self.marks());
        if let Some(table) = self.told_apart() {
            section.table(table);
        }
        section.remark(words::adjusted(self.language));
        section.remark(words::blind(self.language));
        Some(section)
    }

    fn recommendation(&self) -> Table {
        let mut table = Table::new(
            self.say("Recommendation (NPS) by way of relating", "Aanbeveling (NPS) naar manier van omgaan"),
            vec![
                Column::words(self.say("way of relating", "manier van omgaan")),
                Column::numbers("n"),
                Column::numbers("NPS"),
                Column::numbers("95 %"),
                Column::drawings("−100 … +100"),
                Column::numbers("9–10"),
                Column::numbers("7–8"),
                Column::numbers("0–6"),
            ],
        );
        if let Some(found) = &self.report.experience.all.nps {
            let mut row = vec![self.everybody(), Cell::Text(found.n.to_string())];
            row.extend(self.score(Some(found.score)));
            row.extend([found.promoters, found.passives, found.detractors].map(count));
            table.row(row);
        }
        for (name, found) in self.by_model(Outcome::Nps) {
            let mut row = vec![name, self.worth(found)];
            row.extend(self.score(found.estimate));
            row.extend([Cell::text(""), Cell::text(""), Cell::text("")]);
            table.row(row);
        }
        table
    }

    fn marks(&self) -> Table {
        let mut table = Table::new(
            self.say("Satisfaction (1–10) by way of relating", "Tevredenheid (1–10) naar manier van omgaan"),
            vec![
                Column::words(self.say("way of relating", "manier van omgaan")),
                Column::numbers("n"),
                Column::numbers(self.say("mean", "gemiddelde")),
                Column::numbers("95 %"),
                Column::drawings("1–10"),
                Column::numbers("8–10"),
                Column::numbers("95 %"),
            ],
        );
        let mut row = |name: Cell, n: Cell, mean: Option<Estimate>, satisfied: Option<Estimate>| {
            let drawn = mean.map_or_else(
                || Cell::text(""),
                |mean| Cell::Drawing(Drawing::on((1.0, 10.0), mean.value, Some((mean.low, mean.high)), None)),
            );
            table.row(vec![
                name,
                n,
                self.value(mean.map(|mean| mean.value), 1),
                self.ends(mean, 1, 1.0),
                drawn,
                Cell::Text(satisfied.map_or_else(|| "—".into(), |share| percent(share.value))),
                self.ends(satisfied, 0, 100.0),
            ]);
        };
        if let Some(found) = &self.report.experience.all.satisfaction {
            row(self.everybody(), Cell::Text(found.n.to_string()), found.mean, found.satisfied);
        }
        let satisfied = self.by_model(Outcome::Satisfied);
        for ((name, found), (_, share)) in self.by_model(Outcome::Satisfaction).into_iter().zip(satisfied) {
            row(name, self.worth(found), found.estimate, share.estimate);
        }
        table
    }

    /// Everything that is told apart by model: those who relate personally, those who relate businesslike, and the difference.
    fn told_apart(&self) -> Option<Table> {
        let name = |model| capital(&wording::model_plainly(model, self.language));
        let mut table = Table::new(
            self.say("Personal and businesslike", "Persoonlijk en zakelijk"),
            vec![
                Column::words(self.say("answer", "antwoord")),
                Column::numbers(name(RelationalModel::CommunalSharing)),
                Column::numbers("95 %"),
                Column::numbers(name(RelationalModel::MarketPricing)),
                Column::numbers("95 %"),
                Column::numbers(self.say("difference", "verschil")),
                Column::numbers("95 %"),
            ],
        );
        for line in &self.report.experience.outcomes {
            let is_share = line.range == (0.0, 1.0);
            let (times, decimals) = match line.outcome {
                Outcome::Nps => (1.0, 0),
                _ if is_share => (100.0, 0),
                _ => (1.0, 2),
            };
            let of = |model: RelationalModel| line.by_model.get(model.index()).copied();
            let (personal, business) =
                (of(RelationalModel::CommunalSharing)?, of(RelationalModel::MarketPricing)?);
            let unit = if is_share { " (%)" } else { "" };
            let mut row = vec![Cell::Text(format!("{}{unit}", words::outcome(line, self.language)))];
            for found in [personal, business, line.personal_minus_business] {
                row.push(match found.estimate {
                    Some(estimate) => self.value(Some(estimate.value * times), decimals),
                    None => Cell::Text(self.say("cannot be told", "niet te zeggen")),
                });
                row.push(match words::untold(found, self.language) {
                    Some(why) => Cell::Text(why),
                    None => self.ends(found.estimate, decimals, times),
                });
            }
            table.row(row);
        }
        (!self.report.experience.outcomes.is_empty()).then_some(table)
    }

    fn everybody(&self) -> Cell {
        Cell::Text(capital(&self.say("everybody", "iedereen")))
    }

    fn by_model(&self, outcome: Outcome) -> Vec<(Cell, Adjusted)> {
        let line = self.report.experience.outcomes.iter().find(|line| line.outcome == outcome);
        let found = line.map(|line| line.by_model.as_slice()).unwrap_or_default();
        let names = RelationalModel::ALL.into_iter().map(|model| Cell::Text(self.model_name(model)));
        names.zip(found.iter().copied()).collect()
    }

    fn worth(&self, found: Adjusted) -> Cell {
        Cell::Text(match words::untold(found, self.language) {
            Some(why) => why,
            None => self.decimal(found.worth, 0),
        })
    }

    /// The score, its interval, and both drawn.
    fn score(&self, found: Option<Estimate>) -> [Cell; 3] {
        let drawn = |score: Estimate| {
            Cell::Drawing(Drawing::on((-100.0, 100.0), score.value, Some((score.low, score.high)), Some(0.0)))
        };
        [
            Cell::Text(found.map_or_else(|| "—".into(), |score| self.signed(score.value, 0))),
            self.ends(found, 0, 1.0),
            found.map_or_else(|| Cell::text(""), drawn),
        ]
    }

    pub(super) fn leaving(&self) -> Option<Section> {
        let leaving = self.report.leaving.as_ref()?;
        let mut section =
            Section::public("leaving", self.say("Satisfied but leaving", "Tevreden, en toch weg"));
        let mut table = Table::new(
            format!("{} × {}", self.say("Satisfaction", "Tevredenheid"), leaving.staying.to_lowercase()),
            vec![
                Column::words(self.say("satisfaction", "tevredenheid")),
                Column::numbers(self.say("staying", "blijft")),
                Column::numbers(self.say("undecided", "weet het niet")),
                Column::numbers(self.say("leaving", "vertrekt")),
            ],
        );
        let rows = [
            self.say("Satisfied (8–10)", "Tevreden (8–10)"),
            self.say("In between (6–7)", "Ertussenin (6–7)"),
            self.say("Dissatisfied (1–5)", "Ontevreden (1–5)"),
        ];
        for (at, (name, cells)) in rows.into_iter().zip(&leaving.table).enumerate() {
            // The corner that the table is about.
            let corner = |place: usize| at == 0 && place + 1 == cells.len();
            let cell = |(place, cell): (usize, &analysis::Cell)| match count(*cell) {
                Cell::Text(text) if corner(place) => Cell::Leader(text),
                cell => cell,
            };
            let cells = std::iter::once(Cell::Text(name)).chain(cells.iter().enumerate().map(cell));
            table.row(cells.collect());
        }
        section.table(table);
        if let Some(share) = leaving.share {
            section.say(self.say(
                &format!(
                    "Of all who are satisfied, {} lean toward leaving (n = {} with both answers).",
                    percent_with_interval(share),
                    leaving.n
                ),
                &format!(
                    "Van wie tevreden is, neigt {} naar vertrekken (n = {} met beide antwoorden).",
                    percent_with_interval(share),
                    leaving.n
                ),
            ));
        }
        Some(section)
    }
}
