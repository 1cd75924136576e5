//! The gap: the verdict, the plane of said against associated, the numbers, and what was measured.

use super::Teller;
use crate::gap::Verdict as Of;
use crate::report::document::{Block, Part, Plane, Section, Verdict};
use crate::report::said;
use crate::wording::{self, capital};

impl Teller<'_> {
    pub(super) fn gap(&self) -> Section {
        let (report, gap) = (self.report, &self.report.gap);
        let mut section = self.section("gap", said::gap_title(self.language)).open_to(self.indirect);
        section.push(Block::Verdict(self.gap_verdict()));
        let shown = |estimate| self.estimate(estimate);
        section.push(Block::Facts(vec![
            (self.say("said", "gezegd"), gap.explicit.map_or_else(|| self.not_measured(), shown)),
            (self.say("associated", "geassocieerd"), gap.indirect.map_or_else(|| self.not_measured(), shown)),
        ]));
        report.gap_measures.iter().for_each(|sentence| section.say(sentence));
        self.comparison().into_iter().for_each(|sentence| section.remark(sentence));
        if let Some(cross) = gap.explicit.zip(gap.indirect) {
            let beside = std::mem::take(&mut section.blocks);
            section.push(Block::Plane(self.plane(cross, beside)));
        }
        if !report.indirect_print.is_empty() {
            section.push(Block::Print(report.indirect_print.clone()));
        }
        section
    }

    fn not_measured(&self) -> String {
        self.say("not measured", "niet gemeten")
    }

    fn gap_verdict(&self) -> Verdict {
        let (title, sentence) = &self.report.gap_words;
        Verdict {
            title: None,
            sentence: format!("{}.", capital(title)),
            open: matches!(self.report.gap.verdict, Of::Indeterminate | Of::NoVerdict),
            more: vec![sentence.clone()],
            warnings: Vec::new(),
        }
    }

    fn plane(&self, cross: (crate::gap::Estimate, crate::gap::Estimate), beside: Vec<Part<Block>>) -> Plane {
        let (said, associated) = (self.estimate(cross.0), self.estimate(cross.1));
        let verdict = capital(&self.report.gap_words.0);
        Plane {
            title: self.say("Said against associated", "Gezegd tegenover geassocieerd"),
            description: self.say(
                &format!("A plane with two axes from −1 to +1. Said: {said}. Associated: {associated}. {verdict}."),
                &format!("Een vlak met twee assen van −1 tot +1. Gezegd: {said}. Geassocieerd: {associated}. {verdict}."),
            ),
            corners: said::corners(self.language),
            points: Vec::new(),
            cross: Some(cross),
            beside,
        }
    }

    /// The gap beside other people's: what the verdict does not rest on.
    fn comparison(&self) -> Vec<String> {
        let gap = &self.report.gap;
        let p = gap.p.map(|p| wording::p_value(p, self.language));
        let p = p.map(|p| {
            self.say(
                &format!("p of a conflict (the larger of two one-sided p): {p}."),
                &format!("p van een conflict (de grootste van twee eenzijdige p): {p}."),
            )
        });
        let z = gap.z_gap.map(|z| {
            let z = wording::signed(z, 2, self.language);
            let yes_no = |yes: bool| if yes { self.say("yes", "ja") } else { self.say("no", "nee") };
            let (error, rare) = (yes_no(gap.reliable), yes_no(gap.rare));
            self.say(
                &format!(
                    "Gap in z, against others: {z}. More than measurement error: {error}; rare: {rare}."
                ),
                &format!("Kloof in z, tegenover anderen: {z}. Meer dan meetfout: {error}; zeldzaam: {rare}."),
            )
        });
        p.into_iter().chain(z).collect()
    }
}
