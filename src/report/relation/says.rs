//! What each side says by itself: the model that it uses in a sentence, the strengths of all four in bars.

use super::Teller;
use crate::analysis::relation::{Says, Side};
use crate::classify::strength::Strengths;
use crate::instrument::{Party, RelationalModel};
use crate::report::document::{Bar, BarRow, Bars, Block, Conclusion, Drawing, Part, Section};
use crate::report::said;
use crate::text;
use crate::texts::{self, capital};

impl Teller<'_> {
    /// The conclusion on one side's answers.
    pub(super) fn says(&self, title: String, side: &Side) -> Option<Conclusion> {
        let (says, language) = (side.says()?, self.language);
        if says == Says::Random {
            return Some(Conclusion {
                title: Some(title),
                sentence: text!(language, "report-relation-random"),
                open: true,
                ..Conclusion::default()
            });
        }
        let answers = side.answers?;
        let engagement = side.strengths.and_then(|strengths| strengths.engagement());
        let engaged = engagement.and_then(|found| said::hardly_engaged(found, language));
        let headline = said::headline(&answers, language);
        let (sentence, more, warnings) = match says {
            Says::Model(_) | Says::Level => (headline, None, engaged),
            Says::Parted(model, against) => (said::point_apart(model, against, language), None, engaged),
            Says::Low | Says::Random => (engaged.unwrap_or_default(), Some(headline), None),
        };
        Some(Conclusion {
            title: Some(title),
            sentence,
            open: !matches!(says, Says::Model(_)),
            more: more.into_iter().collect(),
            warnings: warnings.into_iter().collect(),
        })
    }

    pub(super) fn sides(&self) -> Vec<Section> {
        let (ours, theirs) =
            (self.relation.latest(Party::Organisation), self.relation.latest(Party::Customer));
        let heading = match (ours, theirs) {
            (Some(_), None) => capital(&self.party(Party::Organisation)),
            (None, Some(_)) => capital(&self.party(Party::Customer)),
            _ => text!(self.language, "report-relation-sides"),
        };
        let mut section = Section::new("sides", heading);
        let told = [
            (
                text!(self.language, "report-relation-customer-norms"),
                (text!(self.language, "report-relation-as-we-see-it"), ours.map(|visit| visit.other)),
                (text!(self.language, "report-relation-as-they-say"), theirs.map(|visit| visit.own)),
            ),
            (
                text!(self.language, "report-relation-our-norms"),
                (text!(self.language, "report-relation-as-we-say"), ours.map(|visit| visit.own)),
                (text!(self.language, "report-relation-as-they-see-it"), theirs.map(|visit| visit.other)),
            ),
        ];
        for (caption, ours, theirs) in told {
            section
                .blocks
                .extend(self.bars(&caption, [ours, theirs]).map(|bars| Part::new(Block::Bars(bars))));
        }
        if section.blocks.is_empty() { Vec::new() } else { vec![section] }
    }

    fn bars(&self, caption: &str, told: [(String, Option<Side>); 2]) -> Option<Bars> {
        let told: Vec<(String, Side, Strengths)> =
            told.into_iter().filter_map(|(name, side)| Some((name, side?, side?.strengths?))).collect();
        let range = told.first()?.2.range;
        let shown = |value: f64| texts::decimal(value, 1, self.language);
        let row = |model: RelationalModel| BarRow {
            name: capital(&model.plainly(self.language)),
            bars: told
                .iter()
                .map(|(_, side, strengths)| {
                    let found = strengths.norm(model)?;
                    Some(Bar {
                        drawing: Drawing::on(
                            strengths.range,
                            found.value,
                            Some((found.low, found.high)),
                            None,
                        ),
                        shown: shown(found.value),
                        interval: Some(format!("{}–{}", shown(found.low), shown(found.high))),
                        leads: side.leads() == Some(model),
                    })
                })
                .collect(),
        };
        Some(Bars {
            caption: text!(
                self.language,
                "report-relation-norms",
                caption,
                low = texts::number(range.0, self.language),
                high = texts::number(range.1, self.language)
            ),
            rows_are: text!(self.language, "report-way-relating"),
            columns: told.iter().map(|(name, ..)| name.clone()).collect(),
            rows: RelationalModel::ALL.map(row).to_vec(),
        })
    }
}
