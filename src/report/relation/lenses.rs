//! The frameworks beside the four models on one map: every scale on the range that all have in common, as both sides see it.

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
        text!(self.language, "report-relation-lowest-of", side = self.party(party), names, value)
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
        section.remark(text!(self.language, "report-relation-lenses-how"));
        Some(section)
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
        let row = |reading: &&LensScore| BarRow {
            name: capital(&lens::name(family, reading, self.language)),
            bars: seen
                .iter()
                .map(|(_, lens)| {
                    let found = lens.readings.iter().find(|one| one.member == reading.member)?;
                    Some(self.on_common_range(found))
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

    fn on_common_range(&self, reading: &LensScore) -> Bar {
        let shown = |value: f64| texts::decimal(value, 2, self.language);
        let interval = reading.interval();
        let drawing = Drawing::on(reading.range, reading.value, interval, None);
        Bar {
            shown: shown(drawing.value),
            interval: drawing.interval.map(|(low, high)| format!("{}–{}", shown(low), shown(high))),
            drawing,
            leads: false,
        }
    }
}
