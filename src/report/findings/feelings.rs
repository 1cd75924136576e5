//! What customers say they feel: emotions, recommendation, satisfaction, and who is satisfied and leaves all the same.

use super::{Teller, count, percent, percent_with_interval};
use crate::analysis::{self, ExperienceLine};
use crate::report::document::{Cell, Column, Drawing, Section, Table};
use crate::text;
use crate::texts::capital;

impl Teller<'_> {
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
        let everybody = text!(self.language, "report-feelings-everybody");
        let name = |line: &ExperienceLine| match line.model {
            Some(model) => self.model_name(model),
            None => capital(&everybody),
        };
        let lines = || std::iter::once(&experience.all).chain(&experience.by_model);
        let mut nps = Table::new(
            text!(self.language, "report-feelings-recommendation-nps-way-relating"),
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
        let mut marks = Table::new(
            text!(self.language, "report-feelings-satisfaction-1-10-way"),
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
        for line in lines() {
            if let Some(found) = &line.nps {
                let drawn = Drawing::on(
                    (-100.0, 100.0),
                    found.score.value,
                    Some((found.score.low, found.score.high)),
                    Some(0.0),
                );
                nps.row(vec![
                    Cell::Text(name(line)),
                    Cell::Text(found.n.to_string()),
                    Cell::Text(self.signed(found.score.value, 0)),
                    self.ends(Some(found.score), 0, 1.0),
                    Cell::Drawing(drawn),
                    count(found.promoters),
                    count(found.passives),
                    count(found.detractors),
                ]);
            }
            if let Some(found) = &line.satisfaction {
                let drawn = found.mean.map_or_else(
                    || Cell::text(""),
                    |mean| {
                        Cell::Drawing(Drawing::on((1.0, 10.0), mean.value, Some((mean.low, mean.high)), None))
                    },
                );
                marks.row(vec![
                    Cell::Text(name(line)),
                    Cell::Text(found.n.to_string()),
                    self.value(found.mean.map(|mean| mean.value), 1),
                    self.ends(found.mean, 1, 1.0),
                    drawn,
                    Cell::Text(found.satisfied.map_or_else(|| "—".into(), |share| percent(share.value))),
                    self.ends(found.satisfied, 0, 100.0),
                ]);
            }
        }
        section.table(nps);
        section.table(marks);
        let held =
            experience.by_model.iter().filter(|line| line.nps.is_none() && line.satisfaction.is_none());
        let held: Vec<String> = held.map(name).collect();
        if !held.is_empty() {
            let held = held.join(", ");
            section.remark(text!(self.language, "report-feelings-not-shown-because-too", held));
        }
        section.remark(text!(self.language, "report-feelings-every-session-counts-all"));
        Some(section)
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
            let cell = |(place, cell): (usize, &analysis::Cell)| match count(*cell) {
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
                n = leaving.n
            ));
        }
        Some(section)
    }
}
