//! The frameworks beside the four models on one map, as both sides see them: every scale on one range.

use super::Teller;
use crate::analysis::lens::{Extreme, Lens, LensScore};
use crate::instrument::{Family, Party};
use crate::report::document::{Bar, BarRow, Bars, Block, Conclusion, Drawing, Section};
use crate::report::lens;
use crate::text;
use crate::texts::{self, capital};

/// In the order of the page.
const FAMILIES: [Family; 4] =
    [Family::BuildingBlock, Family::SuccessFactor, Family::Relevance, Family::Dimension];

impl Teller<'_> {
    /// What each side saw through a framework, ours first.
    fn seen(&self, family: Family) -> [Option<&Lens>; 2] {
        [Party::Organisation, Party::Customer]
            .map(|party| self.relation.through(party, family).map(|(_, lens)| lens))
    }

    /// The weakest link of each framework by each side: the customer's first, of which ours is an estimate. Links that do not differ
    /// significantly from the others are hints, and come together.
    pub(super) fn weakest(&self) -> Vec<Conclusion> {
        let (mut verdicts, mut hints) = (Vec::new(), Vec::new());
        for family in FAMILIES {
            let [ours, theirs] = self.seen(family);
            let sides = [(theirs, Party::Customer), (ours, Party::Organisation)].into_iter();
            let found: Vec<(&Lens, Party, Extreme)> =
                sides.filter_map(|(lens, party)| Some((lens?, party, lens?.weakest()?))).collect();
            let title = lens::title(family, self.language);
            if found.iter().any(|(.., found)| found.clear) {
                let mut sentences = found.into_iter().map(|(lens, party, found)| {
                    let (side, sentence) = (self.party(party), lens::weak(lens, found, self.language));
                    text!(self.language, "report-relation-weakest", side, sentence)
                });
                verdicts.push(Conclusion {
                    title: Some(title),
                    sentence: sentences.next().unwrap_or_default(),
                    more: sentences.collect(),
                    ..Conclusion::default()
                });
            } else if !found.is_empty() {
                let sides = found.into_iter().map(|(lens, party, found)| self.hint(lens, party, found));
                let sentence = sides.collect::<Vec<_>>().join(", ");
                hints.push(text!(self.language, "report-relation-weakest", side = title, sentence));
            }
        }
        verdicts.extend((!hints.is_empty()).then(|| Conclusion {
            title: Some(text!(self.language, "report-relation-lowest")),
            sentence: format!("{}.", hints.join("; ")),
            open: true,
            more: vec![text!(self.language, "report-relation-lowest-open")],
            ..Conclusion::default()
        }));
        verdicts
    }

    /// "their side trust (2.6)".
    fn hint(&self, lens: &Lens, party: Party, found: Extreme) -> String {
        let (lowest, value) = lens::sharing(lens, found, self.language);
        let names = match lowest.len() == lens.compared().count() {
            true => text!(self.language, "report-relation-all-level"),
            false => self.joined(&lowest),
        };
        let high = texts::number(found.reading.range.1, self.language);
        text!(self.language, "report-relation-lowest-of", side = self.party(party), names, value, high)
    }

    pub(super) fn lenses(&self) -> Option<Section> {
        let mut section = Section::new("lenses", text!(self.language, "report-relation-lenses"));
        for family in FAMILIES {
            if let Some(bars) = self.map(family) {
                section.push(Block::Bars(bars));
            }
        }
        if section.blocks.is_empty() {
            return None;
        }
        let shared = if self.shared_range().is_some() { "yes" } else { "no" };
        let (low, high) = self.shared_range().unwrap_or((0.0, 1.0));
        let [low, high] = [low, high].map(|end| texts::number(end, self.language));
        section.remark(text!(self.language, "report-relation-lenses-how", shared, low, high));
        Some(section)
    }

    /// The range of all scales on the map, where they have one.
    fn shared_range(&self) -> Option<(f64, f64)> {
        let seen = FAMILIES.into_iter().flat_map(|family| self.seen(family)).flatten();
        let mut ranges = seen.flat_map(|lens| &lens.readings).map(|reading| reading.range);
        let first = ranges.next()?;
        ranges.all(|range| range == first).then_some(first)
    }

    fn map(&self, family: Family) -> Option<Bars> {
        let names = [
            text!(self.language, "report-relation-as-we-see-it"),
            text!(self.language, "report-relation-as-they-say"),
        ];
        let seen: Vec<(String, &Lens)> =
            names.into_iter().zip(self.seen(family)).filter_map(|(name, lens)| Some((name, lens?))).collect();
        let mut members: Vec<&LensScore> = Vec::new();
        for reading in seen.iter().flat_map(|(_, lens)| &lens.readings) {
            if members.iter().all(|known| known.member != reading.member) {
                members.push(reading);
            }
        }
        let shared = self.shared_range().is_some();
        let row = |reading: &&LensScore| BarRow {
            name: capital(&lens::name(family, reading, self.language)),
            bars: seen
                .iter()
                .map(|(_, lens)| {
                    let found = lens.readings.iter().find(|one| one.member == reading.member)?;
                    Some(self.bar(found, shared))
                })
                .collect(),
        };
        (!members.is_empty()).then(|| Bars {
            caption: lens::title(family, self.language),
            rows_are: text!(self.language, "shared-scale"),
            columns: seen.iter().map(|(name, _)| name.clone()).collect(),
            rows: members.iter().map(row).collect(),
        })
    }

    /// With the scale's own numbers where all scales have the same ones, so that a number is the one that the sentences name.
    fn bar(&self, reading: &LensScore, shared: bool) -> Bar {
        let interval = reading.interval();
        let drawing = Drawing::on(reading.range, reading.value, interval, None);
        let (value, interval, decimals) = match shared {
            true => (reading.value, interval, 1),
            false => (drawing.value, drawing.interval, 2),
        };
        let shown = |value: f64| texts::decimal(value, decimals, self.language);
        Bar {
            shown: shown(value),
            interval: interval.map(|(low, high)| format!("{}–{}", shown(low), shown(high))),
            drawing,
            leads: false,
        }
    }
}
