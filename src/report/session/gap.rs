//! The gap: the verdict, the plane of said against associated, the numbers, and what was measured.

use super::SessionWriter;
use crate::gap::Verdict;
use crate::report::document::{Block, Conclusion, Part, Plane, Section};
use crate::report::said;
use crate::text;
use crate::texts;
use crate::texts::capital;

impl SessionWriter<'_> {
    pub(super) fn gap(&self) -> Section {
        let (report, gap) = (self.report, &self.report.gap);
        let mut section = self.section("gap", said::gap_title(self.language)).open_to(self.indirect);
        section.push(Block::Conclusion(self.gap_verdict()));
        let shown = |estimate| self.estimate(estimate);
        section.push(Block::Facts(vec![
            (text!(self.language, "report-said"), gap.explicit.map_or_else(|| self.not_measured(), shown)),
            (
                text!(self.language, "report-associated"),
                gap.indirect.map_or_else(|| self.not_measured(), shown),
            ),
        ]));
        report.gap_measures.iter().for_each(|sentence| section.say(sentence));
        let kept = |sentence| Part::to(self.kept, Block::Remark(sentence));
        section.blocks.extend(self.comparison().into_iter().map(kept));
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
        text!(self.language, "report-gap-not-measured")
    }

    fn gap_verdict(&self) -> Conclusion {
        let (title, sentence) = &self.report.gap_words;
        let zero = match self.report.gap.verdict {
            Verdict::Masked | Verdict::Latent => Some(text!(self.language, "report-gap-zero-holds")),
            Verdict::AlignedPositive | Verdict::AlignedNegative if !self.report.gap.leaning => {
                Some(text!(self.language, "report-gap-zero-holds"))
            }
            Verdict::AlignedPositive | Verdict::AlignedNegative => {
                Some(text!(self.language, "report-gap-zero-turns"))
            }
            // The sentence of a leaning verdict says it already.
            Verdict::LeaningMasked | Verdict::LeaningLatent | Verdict::Indeterminate | Verdict::NoVerdict => {
                None
            }
        };
        let open = matches!(
            self.report.gap.verdict,
            Verdict::Indeterminate | Verdict::NoVerdict | Verdict::LeaningMasked | Verdict::LeaningLatent
        );
        Conclusion {
            title: None,
            sentence: format!("{}.", capital(title)),
            open,
            more: std::iter::once(sentence.clone()).chain(zero).collect(),
            warnings: Vec::new(),
        }
    }

    fn plane(
        &self,
        cross: (crate::gap::Sentiment, crate::gap::Sentiment),
        beside: Vec<Part<Block>>,
    ) -> Plane {
        let (said, associated) = (self.estimate(cross.0), self.estimate(cross.1));
        let verdict = capital(&self.report.gap_words.0);
        Plane {
            title: text!(self.language, "report-gap-said-against-associated"),
            description: text!(self.language, "report-gap-plane-two-axes-minus1", said, associated, verdict),
            corners: said::corners(self.language),
            points: Vec::new(),
            cross: Some(cross),
            beside,
        }
    }

    /// The gap beside other people's: what the verdict does not rest on.
    fn comparison(&self) -> Vec<String> {
        let gap = &self.report.gap;
        let p = gap.p.map(|p| texts::p_value(p, self.language));
        let p = p.map(|p| text!(self.language, "report-gap-p-conflict-larger-two", p));
        let z = gap.z_gap.map(|z| {
            let z = texts::signed(z, 2, self.language);
            let yes_no = |yes: bool| {
                if yes { text!(self.language, "report-yes") } else { text!(self.language, "report-no") }
            };
            let (error, rare) = (yes_no(gap.reliable), yes_no(gap.rare));
            text!(self.language, "report-gap-gap-z-against-others", z, error, rare)
        });
        p.into_iter().chain(z).collect()
    }
}
