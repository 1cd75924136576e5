//! A study through other frameworks than the four models: means of scales, the order of organisations, and correlations.

use super::FindingsWriter;
use crate::analysis::lens::LensScore;
use crate::analysis::{Correlate, IntervalEstimate, LensFindings, LensScale};
use crate::instrument::RelationalModel;
use crate::report::document::{Cell, Column, Drawing, Section, Table, UNKNOWN};
use crate::report::lens;
use crate::text;
use crate::texts::{self, capital};

impl FindingsWriter<'_> {
    /// One section for each framework.
    pub(super) fn lenses(&self) -> Vec<Section> {
        self.report.lenses.iter().map(|found| self.lens(found)).collect()
    }

    fn lens(&self, found: &LensFindings) -> Section {
        let mut section = Section::public(found.family.prefix(), lens::title(found.family, self.language));
        if let Some(lowest) = self.lowest(found) {
            section.say(lowest);
        }
        section.table(self.heights(found));
        section.remark(text!(self.language, "report-lens-how-sure"));
        section.table(self.ranked(found));
        if !found.organisations.is_empty() {
            section.remark(text!(self.language, "report-lenses-ranked-by"));
        }
        if found.held > 0 {
            section.remark(text!(
                self.language,
                "report-lenses-held",
                n = found.held,
                least = self.report.least.unwrap_or(0)
            ));
        }
        let related = self.related(found);
        if !related.rows.is_empty() {
            section.table(related);
            section.remark(text!(self.language, "report-lenses-related-how"));
        }
        if found.related.iter().any(|one| one.r.is_none()) {
            section.remark(text!(self.language, "report-undefined-coefficient"));
        }
        section
    }

    fn scale_name(&self, found: &LensFindings, scale: &LensScale) -> String {
        let reading = LensScore {
            name: scale.name.clone(),
            label: scale.label.clone(),
            member: scale.member.clone(),
            value: scale.range.0,
            se: None,
            range: scale.range,
        };
        lens::name(found.family, &reading, self.language)
    }

    fn lowest(&self, found: &LensFindings) -> Option<String> {
        let (name, clear) = found.lowest.as_ref()?;
        let scale = found.scales.iter().find(|scale| scale.name == *name)?;
        let value = self.decimal(scale.mean?.value, 1);
        let (name, n) = (self.scale_name(found, scale), found.n);
        Some(match clear {
            true => text!(self.language, "report-lenses-lowest", name, value, n),
            false => text!(self.language, "report-lenses-lowest-open", name, value, n),
        })
    }

    fn drawn(&self, mean: Option<IntervalEstimate>, range: (f64, f64)) -> Cell {
        mean.map_or_else(
            || Cell::text(""),
            |mean| Cell::Drawing(Drawing::on(range, mean.value, Some((mean.low, mean.high)), None)),
        )
    }

    /// Reliability is shown beside the mean, because a scale that measures nothing has a mean too.
    fn heights(&self, found: &LensFindings) -> Table {
        let range = found.scales.first().map_or((0.0, 1.0), |scale| scale.range);
        let mut table = Table::new(
            text!(self.language, "report-lenses-scales"),
            vec![
                Column::words(text!(self.language, "shared-scale")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-mean")),
                Column::numbers("95 %"),
                Column::drawings(texts::ends(range, self.language)),
                Column::numbers("α"),
                Column::numbers("ω"),
            ],
        );
        for scale in found.scales.iter().filter(|scale| scale.mean.is_some()) {
            let line = self.report.scales.iter().find(|line| line.name == scale.name);
            table.row(vec![
                Cell::Text(capital(&self.scale_name(found, scale))),
                Cell::Text(scale.n.to_string()),
                self.value(scale.mean.map(|mean| mean.value), 2),
                self.ends(scale.mean, 2, 1.0),
                self.drawn(scale.mean, scale.range),
                self.value(line.and_then(|line| line.alpha), 2),
                self.value(line.and_then(|line| line.omega), 2),
            ]);
        }
        table
    }

    fn ranked(&self, found: &LensFindings) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-lenses-organisations"),
            vec![
                Column::words(text!(self.language, "report-lenses-organisation")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-mean")),
                Column::numbers("95 %"),
                Column::drawings("0–100"),
                Column::words(text!(self.language, "report-quality-remark")),
            ],
        );
        for one in found.organisations.iter().filter(|one| one.mean.is_some()) {
            table.row(vec![
                Cell::text(&one.organisation),
                Cell::Text(one.n.to_string()),
                Cell::Text(one.mean.map_or_else(String::new, |mean| self.decimal(100.0 * mean.value, 0))),
                self.ends(one.mean, 0, 100.0),
                self.drawn(one.mean, (0.0, 1.0)),
                Cell::Text(if one.small {
                    text!(self.language, "report-lenses-small")
                } else {
                    String::new()
                }),
            ]);
        }
        table
    }

    fn related(&self, found: &LensFindings) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-lenses-related"),
            vec![
                Column::words(text!(self.language, "report-lenses-with")),
                Column::words(text!(self.language, "shared-scale")),
                Column::numbers("n"),
                Column::numbers("r"),
                Column::numbers("95 %"),
                Column::drawings("−1 … +1"),
            ],
        );
        for one in &found.related {
            let name = one.scale.as_ref().and_then(|name| {
                let scale = found.scales.iter().find(|scale| scale.name == *name)?;
                Some(self.scale_name(found, scale))
            });
            let mut row = vec![
                Cell::Text(self.with(one.with)),
                Cell::Text(name.unwrap_or_else(|| text!(self.language, "report-lenses-all"))),
                Cell::Text(one.n.to_string()),
            ];
            row.extend(match one.r {
                Some(r) => [
                    Cell::Text(self.signed(r.value, 2)),
                    Cell::Text(format!("{} … {}", self.signed(r.low, 2), self.signed(r.high, 2))),
                    Cell::Drawing(Drawing::on((-1.0, 1.0), r.value, Some((r.low, r.high)), Some(0.0))),
                ],
                None => [UNKNOWN, UNKNOWN, ""].map(|text| Cell::Text(text.into())),
            });
            table.row(row);
        }
        table
    }

    fn with(&self, with: Correlate) -> String {
        let norm = |model: RelationalModel| model.plainly(self.language);
        match with {
            Correlate::Recommendation => text!(self.language, "report-lenses-recommendation"),
            Correlate::Satisfaction => text!(self.language, "report-lenses-satisfaction"),
            Correlate::Staying => text!(self.language, "report-lenses-staying"),
            Correlate::Norm(model) => text!(self.language, "report-lenses-norm", name = norm(model)),
        }
    }
}
