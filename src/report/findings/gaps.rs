//! Explicit against associated sentiment, over all sessions.

use super::{FindingsWriter, count, percent};
use crate::analysis::Conflicts;
use crate::report::document::{Block, Cell, Column, Plane, Section, Table};
use crate::report::said;
use crate::text;
use crate::texts::capital;

impl FindingsWriter<'_> {
    pub(super) fn gaps(&self) -> Option<Section> {
        let gaps = &self.report.gaps;
        let mut section = self.both_sides()?;
        if gaps.too_few {
            return Some(section);
        }
        section.push(Block::Plane(self.plane()));
        section.table(self.verdicts());
        section.table(self.conflicts());
        section.remark(text!(self.language, "report-gaps-error-alone-most-if"));
        if let Some(correlation) = gaps.correlation {
            let (r, published) =
                (self.with_interval(correlation, 2), self.decimal(gaps.published_correlation, 2));
            section.say(text!(self.language, "report-gaps-said-associated-correlate-r", r, published));
        }
        if let Some(why) = gaps.uncorrelated {
            section.say(said::uncorrelated(why, self.language));
        }
        let led: Vec<String> = gaps
            .measures
            .iter()
            .map(|(measure, n)| format!("{} ({n})", measure.in_words(self.language)))
            .collect();
        if !led.is_empty() {
            section.remark(format!(
                "{}: {}.",
                text!(self.language, "report-gaps-associated-comes"),
                led.join(", ")
            ));
        }
        if !gaps.no_verdict.is_empty() {
            let mut table = Table::new(
                text!(self.language, "report-gaps-sessions-without-verdict"),
                vec![Column::words(text!(self.language, "report-gaps-reason")), Column::numbers("n")],
            );
            for found in &gaps.no_verdict {
                table.row(vec![Cell::text(&found.name), count(found.n)]);
            }
            section.table(table);
        }
        section.remark(text!(self.language, "report-gaps-indirect-measure-shows-how"));
        Some(section)
    }

    /// How many have both sides, or that they are too few; none where nobody has.
    pub(super) fn both_sides(&self) -> Option<Section> {
        let gaps = &self.report.gaps;
        let mut section = Section::public("gaps", said::gap_title(self.language));
        match (gaps.n, gaps.too_few.then_some(self.report.least).flatten()) {
            (0, Some(least)) => section.say(text!(self.language, "report-gaps-too-few", least)),
            (0, None) => return None,
            (n, _) => section.say(text!(self.language, "report-gaps-n-sessions-both-sides", n)),
        }
        Some(section)
    }

    pub(super) fn plane(&self) -> Plane {
        let gaps = &self.report.gaps;
        let four = gaps.quadrants;
        let counts = text!(
            self.language,
            "report-gaps-signs-alone-warm-both",
            both_warm = four.both_warm,
            says_warm = four.says_warm,
            associates_warm = four.associates_warm,
            both_cold = four.both_cold
        );
        let together = gaps.points.iter().any(|point| point.weight > 1);
        let drawn = match (gaps.points.is_empty(), together) {
            (true, _) => String::new(),
            (false, true) => text!(self.language, "report-gaps-each-circle-square-plane"),
            (false, false) => text!(self.language, "report-gaps-each-dot-session"),
        };
        Plane {
            title: text!(self.language, "report-gaps-said-against-associated-all"),
            description: format!("{counts} {drawn}").trim_end().to_owned(),
            corners: said::corners(self.language),
            points: gaps.points.clone(),
            cross: None,
            beside: Vec::new(),
        }
    }

    pub(super) fn verdicts(&self) -> Table {
        let mut table = Table::new(
            text!(self.language, "report-gaps-verdicts-intervals-count"),
            vec![
                Column::words(text!(self.language, "report-gaps-verdict")),
                Column::numbers("n"),
                Column::numbers(text!(self.language, "report-share")),
                Column::numbers("95 %"),
            ],
        );
        for line in &self.report.gaps.verdicts {
            let (name, _) = line.verdict.in_words(None, self.language);
            table.row(vec![
                Cell::text(capital(&name)),
                count(line.n),
                Cell::Text(line.share.map_or_else(|| "—".into(), |share| percent(share.value))),
                self.ends(line.share, 0, 100.0),
            ]);
        }
        table
    }

    fn conflicts(&self) -> Table {
        let gaps = &self.report.gaps;
        let mut table = Table::new(
            text!(self.language, "report-gaps-conflicts-direction-what-chance"),
            vec![
                Column::words(text!(self.language, "report-gaps-direction")),
                Column::numbers(text!(self.language, "report-gaps-found")),
                Column::numbers(text!(self.language, "report-gaps-held-up")),
                Column::numbers(text!(self.language, "report-gaps-error-alone")),
                Column::numbers(text!(self.language, "report-gaps-if-unrelated")),
            ],
        );
        let expected =
            |number: Option<f64>| Cell::Text(number.map_or_else(|| "—".into(), |n| self.decimal(n, 1)));
        let mut push = |name: String, found: &Conflicts| {
            table.row(vec![
                Cell::Text(name),
                count(found.found),
                count(found.discoveries),
                expected(found.by_error),
                expected(found.if_unrelated),
            ]);
        };
        let [latent, .., masked] = said::corners(self.language);
        push(capital(&masked), &gaps.masked);
        push(capital(&latent), &gaps.latent);
        table
    }
}
