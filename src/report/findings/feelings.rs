//! Customers' explicit feelings: emotions, recommendation, satisfaction, and satisfied customers who lean toward leaving.

use super::{FindingsWriter, count, percent, percent_with_interval};
use crate::analysis::{self, Adjusted, DistalOutcome, IntervalEstimate, words};
use crate::instrument::RelationalModel;
use crate::report::document::{Cell, Column, Drawing, Section, Table};
use crate::text;
use crate::texts::capital;

impl FindingsWriter<'_> {
    pub(super) fn emotions(&self) -> Option<Section> {
        let emotions = &self.report.emotions;
        let first = emotions.first()?;
        let (low, high) = first.range;
        let mut section = Section::public("emotions", text!(self.language, "report-emotions"));
        let mut table = Table::new(
            text!(self.language, "report-feelings-emotions-strongest-first"),
            vec![
                Column::words(text!(self.language, "report-feelings-emotion")),
                Column::words(text!(self.language, "report-feelings-kind")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-mean")),
                Column::numbers("95 %"),
                Column::drawings(format!("{low}–{high}")),
            ],
        );
        for line in emotions {
            let kind = if line.positive {
                text!(self.language, "report-feelings-pleasant")
            } else {
                text!(self.language, "report-feelings-unpleasant")
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
            section.remark(text!(self.language, "report-feelings-among-three-strongest-study"));
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
            text!(self.language, "report-feelings-recommendation-satisfaction"),
        );
        section.table(self.recommendation());
        section.table(self.marks());
        if let Some(table) = self.told_apart() {
            let differences = table.rows.len();
            section.table(table);
            if differences > 1 {
                section.remark(text!(self.language, "report-feelings-many-differences", differences));
            }
        }
        if self.report.models.asked {
            section.remark(words::adjusted(self.language));
            section.remark(words::blind(self.language));
        }
        Some(section)
    }

    fn recommendation(&self) -> Table {
        let mut table = Table::new(
            match self.report.models.asked {
                true => text!(self.language, "report-feelings-recommendation-nps-way-relating"),
                false => text!(self.language, "report-feelings-recommendation-nps"),
            },
            vec![
                Column::words(text!(self.language, "report-way-relating")),
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
        for (name, found) in self.by_model(DistalOutcome::Nps) {
            let mut row = vec![name, self.worth(found)];
            row.extend(self.score(found.estimate));
            row.extend([Cell::text(""), Cell::text(""), Cell::text("")]);
            table.row(row);
        }
        table
    }

    fn marks(&self) -> Table {
        let mut table = Table::new(
            match self.report.models.asked {
                true => text!(self.language, "report-feelings-satisfaction-1-10-way"),
                false => text!(self.language, "report-feelings-satisfaction-1-10"),
            },
            vec![
                Column::words(text!(self.language, "report-way-relating")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-mean")),
                Column::numbers("95 %"),
                Column::drawings("1–10"),
                Column::numbers("8–10"),
                Column::numbers("95 %"),
            ],
        );
        let mut row = |name: Cell,
                       n: Cell,
                       mean: Option<IntervalEstimate>,
                       satisfied: Option<IntervalEstimate>| {
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
        let satisfied = self.by_model(DistalOutcome::Satisfied);
        for ((name, found), (_, share)) in
            self.by_model(DistalOutcome::Satisfaction).into_iter().zip(satisfied)
        {
            row(name, self.worth(found), found.estimate, share.estimate);
        }
        table
    }

    /// Every outcome by model: those who relate personally, those who relate businesslike, and the difference.
    fn told_apart(&self) -> Option<Table> {
        let name = |model: RelationalModel| capital(&model.plainly(self.language));
        let mut table = Table::new(
            text!(self.language, "report-feelings-personal-businesslike"),
            vec![
                Column::words(text!(self.language, "report-feelings-answer")),
                Column::numbers(name(RelationalModel::CommunalSharing)),
                Column::numbers("95 %"),
                Column::numbers(name(RelationalModel::MarketPricing)),
                Column::numbers("95 %"),
                Column::numbers(text!(self.language, "report-feelings-difference")),
                Column::numbers("95 %"),
            ],
        );
        for line in &self.report.experience.outcomes {
            let is_share = line.range == (0.0, 1.0);
            let (times, decimals) = match line.outcome {
                DistalOutcome::Nps => (1.0, 0),
                _ if is_share => (100.0, 0),
                _ => (1.0, 2),
            };
            let of = |model: RelationalModel| line.by_model.get(model.index()).copied();
            let (personal, business) =
                (of(RelationalModel::CommunalSharing)?, of(RelationalModel::MarketPricing)?);
            let unit = if is_share { ", %" } else { "" };
            let mut row = vec![Cell::Text(format!("{}{unit}", words::outcome(line, self.language)))];
            let found = [personal, business, line.personal_minus_business];
            if found.iter().all(|found| found.estimate.is_none()) {
                continue;
            }
            for found in found {
                row.push(self.value(found.estimate.map(|estimate| estimate.value * times), decimals));
                row.push(match words::untold(found, self.language) {
                    Some(why) => Cell::Text(why),
                    None => self.ends(found.estimate, decimals, times),
                });
            }
            table.row(row);
        }
        (!table.rows.is_empty()).then_some(table)
    }

    fn everybody(&self) -> Cell {
        Cell::Text(capital(&text!(self.language, "report-feelings-everybody")))
    }

    fn by_model(&self, outcome: DistalOutcome) -> Vec<(Cell, Adjusted)> {
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
    fn score(&self, found: Option<IntervalEstimate>) -> [Cell; 3] {
        let drawn = |score: IntervalEstimate| {
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
            Section::public("leaving", text!(self.language, "report-feelings-satisfied-but-leaving"));
        let mut table = Table::new(
            format!(
                "{} × {}",
                text!(self.language, "report-feelings-satisfaction"),
                leaving.staying.to_lowercase()
            ),
            vec![
                Column::words(text!(self.language, "report-feelings-satisfaction-2")),
                Column::numbers(text!(self.language, "report-feelings-staying")),
                Column::numbers(text!(self.language, "report-feelings-undecided")),
                Column::numbers(text!(self.language, "report-feelings-leaving")),
            ],
        );
        let rows = [
            text!(self.language, "report-feelings-satisfied-8-10"),
            text!(self.language, "report-feelings-between-6-7"),
            text!(self.language, "report-feelings-dissatisfied-1-5"),
        ];
        for (at, (name, cells)) in rows.into_iter().zip(&leaving.table).enumerate() {
            // The corner that the table is about.
            let corner = |place: usize| at == 0 && place + 1 == cells.len();
            let cell = |(place, cell): (usize, &analysis::ShownCount)| match count(*cell) {
                Cell::Text(text) if corner(place) => Cell::Leader(text),
                cell => cell,
            };
            let cells = std::iter::once(Cell::Text(name)).chain(cells.iter().enumerate().map(cell));
            table.row(cells.collect());
        }
        section.table(table);
        if let Some(share) = leaving.share {
            section.say(text!(
                self.language,
                "report-feelings-all-who-satisfied-share",
                share = percent_with_interval(share),
                n = leaving.satisfied,
                counted = self.report.respondents.counted()
            ));
        }
        Some(section)
    }
}
