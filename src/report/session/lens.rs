//! The relation through other frameworks: scales with their intervals, the weakest link, and satisfaction beside the wish to stay.

use super::SessionWriter;
use crate::report::document::{BarRow, Bars, Block, Conclusion, Section};
use crate::report::lens;
use crate::text;

impl SessionWriter<'_> {
    /// One section for each framework.
    pub(super) fn lenses(&self) -> Vec<Section> {
        let section = |found: &crate::analysis::lens::Lens| {
            let mut section = self.section(found.family.prefix(), lens::title(found.family, self.language));
            lens::verdicts(found, self.language)
                .into_iter()
                .for_each(|verdict| section.push(Block::Conclusion(verdict)));
            section.push(Block::Bars(lens::bars(found, self.language)));
            section.remark(text!(self.language, "report-lens-how-sure"));
            section
        };
        self.report.lenses.iter().map(section).collect()
    }

    /// Satisfaction beside the wish to stay.
    pub(super) fn standing(&self) -> Option<Section> {
        let standing = self.report.standing.as_ref()?;
        let mut section = self.section("standing", text!(self.language, "report-standing"));
        if let Some(sentence) = standing.at_odds(self.language) {
            section.push(Block::Conclusion(Conclusion { sentence, ..Conclusion::default() }));
        }
        let both = [&standing.satisfaction, &standing.staying];
        section.push(Block::Bars(Bars {
            caption: text!(self.language, "report-lens-scores-own-range"),
            rows_are: text!(self.language, "shared-scale"),
            columns: Vec::new(),
            rows: both
                .map(|reading| BarRow {
                    name: reading.label.clone(),
                    bars: vec![Some(lens::bar(reading, false, self.language))],
                })
                .into(),
        }));
        Some(section)
    }
}
