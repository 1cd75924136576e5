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
        let error = (!self.is_to_respondent()).then(|| "± SE".to_owned());
        let mut columns = vec![Column::words(text!(self.language, "shared-scale"))];
        let numbers = [text!(self.language, "report-scales-score")].into_iter().chain(error);
        let numbers = numbers.chain(["n".into(), text!(self.language, "report-scales-range")]);
        columns.extend(numbers.map(Column::numbers));
        Table { narrow: true, ..Table::new(title, columns) }
    }

    fn score(&self, scale: &ScaleScore) -> Part<Vec<Cell>> {
        let (mut cells, n) = (vec![Cell::text(&scale.label)], Cell::Text(scale.n.to_string()));
        match scale.value {
            Some(value) => {
                cells.push(Cell::Text(texts::on_scale(value, 2, scale.range.0, self.language)));
                let se = scale.se.map(|se| texts::decimal(se, 2, self.language));
                cells.extend((!self.is_to_respondent()).then(|| Cell::Text(se.unwrap_or_default())));
                cells.push(n);
            }
            // It stands across two columns.
            None => {
                cells.push(Cell::Instead(scale.reason.clone().unwrap_or_else(|| "—".into())));
                cells.extend((!self.is_to_respondent()).then_some(n));
            }
        }
        cells.push(Cell::Text(texts::ends(scale.range, self.language)));
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
