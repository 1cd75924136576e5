//! The relation through other frameworks: scales with their intervals, the weakest link, and satisfaction beside the wish to stay.

use std::cmp::Ordering;

use super::Teller;
use crate::analysis::{contentment, stays};
use crate::report::document::{BarRow, Bars, Block, Section, Verdict};
use crate::report::{Standing, lens};
use crate::text;
use crate::texts;

impl Teller<'_> {
    /// One section for each framework.
    pub(super) fn lenses(&self) -> Vec<Section> {
        let section = |found: &crate::analysis::lens::Lens| {
            let mut section = self.section(found.family.prefix(), lens::title(found.family, self.language));
            lens::verdicts(found, self.language)
                .into_iter()
                .for_each(|verdict| section.push(Block::Verdict(verdict)));
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
        if let Some(sentence) = self.at_odds(standing) {
            section.push(Block::Verdict(Verdict {
                title: None,
                sentence,
                open: false,
                more: Vec::new(),
                warnings: Vec::new(),
            }));
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

    /// That satisfaction and staying do not go together, where it is so.
    fn at_odds(&self, standing: &Standing) -> Option<String> {
        let (mark, wish) = (&standing.satisfaction, &standing.staying);
        let (satisfied, staying) = (contentment(mark.value), stays(wish.value, wish.range));
        let of = |reading: &crate::analysis::lens::Reading| {
            let high = texts::number(reading.range.1, self.language);
            text!(
                self.language,
                "report-standing-of",
                value = lens::shown(reading.value, self.language),
                high
            )
        };
        let (mark, wish) = (of(mark), of(wish));
        match (satisfied, staying) {
            (Ordering::Greater, Ordering::Less) => {
                Some(text!(self.language, "report-standing-satisfied-leaving", mark, wish))
            }
            (Ordering::Less, Ordering::Greater) => {
                Some(text!(self.language, "report-standing-dissatisfied-staying", mark, wish))
            }
            _ => None,
        }
    }
}
