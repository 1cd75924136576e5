//! Both sides over many relations: how well one knows the other, and what judgements follow, one sentence for each number.

use super::FindingsWriter;
use crate::analysis::relation::Contrast;
use crate::analysis::{Baseline, FEWEST_FOR_BASELINE, IntervalEstimate, Judged, PairFindings};
use crate::psychometrics::pair::FEWEST_PAIRS;
use crate::report::document::{Cell, Column, Section, Table};
use crate::report::relation::pairing_title;
use crate::text;
use crate::texts::decimals_of_ends;

impl FindingsWriter<'_> {
    /// Both sides; nothing where no relation has both.
    pub(super) fn pairs(&self) -> Option<Section> {
        let all = &self.report.pairs;
        let most = all.iter().map(|pairs| pairs.n).max()?;
        let mut section = Section::public("pairs", text!(self.language, "report-pairs"));
        section.say(text!(self.language, "report-pairs-n", n = most));
        for pairs in all {
            section.heading(pairing_title(pairs.pairing, self.language));
            if let Some(baseline) = &pairs.baseline {
                section.say(self.known(pairs.pairing, baseline));
            }
            pairs
                .judged
                .iter()
                .filter_map(|judged| self.follows(judged))
                .for_each(|sentence| section.say(sentence));
            section.table(self.agreement(pairs));
            section.table(self.judged(pairs));
        }
        if most < FEWEST_FOR_BASELINE {
            section.remark(text!(self.language, "report-pairs-few", baseline = FEWEST_FOR_BASELINE));
        } else if most < FEWEST_PAIRS {
            section.remark(text!(self.language, "report-pairs-fewer", fewest = FEWEST_PAIRS));
        }
        section.remark(text!(self.language, "report-pairs-how"));
        Some(section)
    }

    /// Whether more is known of this one than of all.
    fn known(&self, pairing: Contrast, baseline: &Baseline) -> String {
        let percent = format!("{:.0} %", 100.0 * baseline.percentile.value);
        let beyond = baseline.percentile.low > 0.5;
        match (pairing, beyond) {
            (Contrast::MeantAndUsed, true) => text!(self.language, "report-pairs-meant-beyond", percent),
            (Contrast::MeantAndUsed, false) => text!(self.language, "report-pairs-meant-no-more", percent),
            (Contrast::OurPicture | Contrast::TheirPicture, true) => {
                text!(self.language, "report-pairs-beyond", percent)
            }
            (Contrast::OurPicture | Contrast::TheirPicture, false) => {
                text!(self.language, "report-pairs-no-more", percent)
            }
        }
    }

    /// What judgements of a norm follow; nothing where they follow neither and are not off.
    fn follows(&self, judged: &Judged) -> Option<String> {
        let name = judged.model.plainly(self.language);
        let (truth, own) = (judged.truth.low > 0.0, judged.own.low > 0.0);
        let off = judged.bias.low > 0.0 || judged.bias.high < 0.0;
        let follows = match (truth, own) {
            (true, true) => text!(self.language, "report-pairs-truth-and-own", name),
            (true, false) => text!(self.language, "report-pairs-truth", name),
            (false, true) => text!(self.language, "report-pairs-own", name),
            (false, false) if off => text!(self.language, "report-pairs-neither", name),
            (false, false) => return None,
        };
        // A value that lies off by more than chance is not zero, and does not read as one.
        let points = self.signed(judged.bias.value, decimals_of_ends([judged.bias.value; 2], 1));
        Some(match off {
            true => text!(self.language, "report-pairs-off", follows, points),
            false => follows,
        })
    }

    fn agreement(&self, pairs: &PairFindings) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-pairs-agreement"),
            vec![
                Column::words(text!(self.language, "report-pairs-measure")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-mean")),
                Column::numbers("95 %"),
                Column::numbers(text!(self.language, "report-pairs-by-chance")),
            ],
        );
        let row = |name: String, found: Option<IntervalEstimate>, chance: String, signed: bool| {
            let shown = |value: f64| if signed { self.signed(value, 2) } else { self.decimal(value, 2) };
            found.map(|found| {
                let ends = format!("{} … {}", shown(found.low), shown(found.high));
                let value = Cell::Text(shown(found.value));
                vec![
                    Cell::Text(name),
                    Cell::Text(pairs.n.to_string()),
                    value,
                    Cell::Text(ends),
                    Cell::Text(chance),
                ]
            })
        };
        let baseline = pairs.baseline.as_ref();
        let pseudo = baseline.map_or_else(String::new, |found| self.signed(found.pseudo_icc, 2));
        let distance = pairs.distance.as_ref();
        let same = distance.map_or_else(String::new, |(_, same)| {
            text!(self.language, "report-pairs-if-same", value = self.decimal(*same, 2))
        });
        let rows = [
            row(text!(self.language, "report-pairs-icc"), pairs.icc, pseudo, true),
            row(
                text!(self.language, "report-pairs-distance"),
                distance.map(|(found, _)| *found),
                same,
                false,
            ),
            row(
                text!(self.language, "report-pairs-stereotyped"),
                baseline.and_then(|found| found.stereotyped),
                String::new(),
                true,
            ),
            row(
                text!(self.language, "report-pairs-distinctive"),
                baseline.and_then(|found| found.distinctive),
                self.decimal(0.0, 2),
                true,
            ),
            row(
                text!(self.language, "report-pairs-percentile"),
                baseline.map(|found| found.percentile),
                self.decimal(0.5, 2),
                false,
            ),
        ];
        rows.into_iter().flatten().for_each(|cells| table.row(cells));
        table
    }

    fn judged(&self, pairs: &PairFindings) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-pairs-truth-and-bias"),
            vec![
                Column::words(text!(self.language, "report-way-relating")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-pairs-bias")),
                Column::numbers("95 %"),
                Column::numbers(text!(self.language, "report-pairs-force")),
                Column::numbers("95 %"),
                Column::numbers(text!(self.language, "report-pairs-own-position")),
                Column::numbers("95 %"),
            ],
        );
        for judged in &pairs.judged {
            let mut row = vec![Cell::Text(self.model_name(judged.model)), Cell::Text(judged.n.to_string())];
            for found in [judged.bias, judged.truth, judged.own] {
                row.push(Cell::Text(self.signed(found.value, 2)));
                row.push(Cell::Text(format!(
                    "{} … {}",
                    self.signed(found.low, 2),
                    self.signed(found.high, 2)
                )));
            }
            table.row(row);
        }
        table
    }
}
