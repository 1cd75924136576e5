//! All scores, each in the table of its kind.

use super::SessionWriter;
use crate::instrument::{Construct, Family, Perspective};
use crate::report::ScaleScore;
use crate::report::document::{Cell, Column, Part, Section, Table};
use crate::text;
use crate::texts;

/// Whether a scale belongs in a table.
type Belongs = fn(&ScaleScore) -> bool;

impl SessionWriter<'_> {
    pub(super) fn scales(&self) -> Section {
        let mut section = self.section("scales", text!(self.language, "report-scales-all-scores"));
        for (title, belongs) in self.kinds_of_scales() {
            let mut table = self.score_table(title);
            let scales = self.report.scales.iter().filter(|scale| belongs(scale));
            table.rows.extend(scales.map(|scale| self.score(scale)));
            section.table(table);
        }
        section
    }

    /// Every scale is in exactly one of these.
    fn kinds_of_scales(&self) -> [(String, Belongs); 4] {
        [
            (text!(self.language, "report-ways-relating"), |scale| {
                of_a_model(scale) && scale.perspective == Perspective::Own
            }),
            (text!(self.language, "report-scales-estimate-other"), |scale| {
                of_a_model(scale) && scale.perspective == Perspective::Other
            }),
            (text!(self.language, "report-emotions"), of_emotion),
            (text!(self.language, "report-scales-sentiment-other"), |scale| {
                !of_a_model(scale) && !of_emotion(scale)
            }),
        ]
    }

    fn score_table(&self, title: String) -> Table {
        let names = [
            text!(self.language, "report-scales-score"),
            "± SE".into(),
            "n".into(),
            text!(self.language, "report-scales-range"),
        ];
        let first = Column::words(text!(self.language, "shared-scale"));
        let columns = std::iter::once(first).chain(names.map(Column::numbers)).collect();
        Table { narrow: true, ..Table::new(title, columns) }
    }

    fn score(&self, scale: &ScaleScore) -> Part<Vec<Cell>> {
        let mut cells = vec![Cell::text(&scale.label)];
        match scale.value {
            Some(value) => {
                let se = scale.se.map(|se| texts::decimal(se, 2, self.language));
                cells.extend(
                    [texts::on_scale(value, 2, scale.range.0, self.language), se.unwrap_or_default()]
                        .map(Cell::Text),
                );
            }
            None => cells.push(Cell::Instead(scale.reason.clone().unwrap_or_else(|| "—".into()))),
        }
        cells.extend([scale.n.to_string(), texts::ends(scale.range, self.language)].map(Cell::Text));
        let indirect = scale.construct == Construct::IndirectSentiment;
        Part::to(if indirect { self.indirect } else { self.said }, cells)
    }
}

/// Whether it is of the four models.
pub(super) fn of_a_model(scale: &ScaleScore) -> bool {
    matches!(scale.construct, Construct::Model(_) | Construct::Models)
}

fn of_emotion(scale: &ScaleScore) -> bool {
    matches!(scale.construct, Construct::Family(Family::Emotion, _))
}
