//! What customers say they feel: emotions, recommendation, satisfaction, and who is satisfied and leaves all the same.

use super::{Teller, capital, count, percent, percent_with_interval};
use crate::analysis::ExperienceLine;
use crate::report::document::{Cell, Column, Drawing, Section, Table};

impl Teller<'_> {
    pub(super) fn emotions(&self) -> Option<Section> {
        let emotions = &self.report.emotions;
        let first = emotions.first()?;
        let (low, high) = first.range;
        let mut section = Section::new("emotions", self.say("Emotions", "Emoties"));
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
            table.rows.push(vec![
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
        let mut section = Section::new(
            "experience",
            self.say("Recommendation and satisfaction", "Aanbeveling en tevredenheid"),
        );
        let everybody = self.say("everybody", "iedereen");
        let name = |line: &ExperienceLine| match line.model {
            Some(model) => self.model_name(model),
            None => capital(&everybody),
        };
        let lines = || std::iter::once(&experience.all).chain(&experience.by_model);
        let mut nps = Table::new(
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
        let mut marks = Table::new(
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
        for line in lines() {
            if let Some(found) = &line.nps {
                let drawn = Drawing::on(
                    (-100.0, 100.0),
                    found.score.value,
                    Some((found.score.low, found.score.high)),
                    Some(0.0),
                );
                nps.rows.push(vec![
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
                marks.rows.push(vec![
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
            section.remark(self.say(
                &format!("Not shown, because too few or because others could be worked out from it: {held}."),
                &format!("Niet getoond, omdat het er te weinig zijn of omdat andere eruit af te leiden zijn: {held}."),
            ));
        }
        section.remark(self.say(
            "Every session counts in all four ways with its probability, so that n and counts are sums of probabilities, rounded. No session is certain, so the rows mix: real differences between ways of relating are probably larger than these, and the intervals are those of the mix. The classifier was never told what anybody feels: the differences are findings and not echoes.",
            "Elke sessie telt bij alle vier de manieren mee met haar kans; n en aantallen zijn dus sommen van kansen, afgerond. Geen sessie staat vast, dus de rijen lopen door elkaar: echte verschillen tussen manieren van omgaan zijn waarschijnlijk groter dan deze, en de intervallen horen bij het mengsel. Het model weet niets van wat iemand voelt: de verschillen zijn bevindingen en geen echo’s.",
        ));
        Some(section)
    }

    pub(super) fn leaving(&self) -> Option<Section> {
        let leaving = self.report.leaving.as_ref()?;
        let mut section = Section::new("leaving", self.say("Satisfied but leaving", "Tevreden, en toch weg"));
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
        for (name, cells) in rows.into_iter().zip(&leaving.table) {
            let cells = std::iter::once(Cell::Text(name)).chain(cells.iter().map(|cell| count(*cell)));
            table.rows.push(cells.collect());
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
