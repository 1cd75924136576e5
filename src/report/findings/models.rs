//! How customers relate, and how the relation is meant: the tables over the four models.

use super::{FindingsWriter, count, percent};
use crate::analysis::{IntervalEstimate, Paradox, ParadoxBasis, PartLine, ShownCount, words};
use crate::instrument::RelationalModel;
use crate::report::document::{Cell, Column, Drawing, Section, Table};
use crate::text;
use crate::texts::capital;

impl FindingsWriter<'_> {
    pub(super) fn model_name(&self, model: RelationalModel) -> String {
        capital(&model.plainly(self.language))
    }

    /// The names that the tables use, once beside those of the theory.
    fn in_theory(&self) -> String {
        let both = |model: RelationalModel| words::model(model, self.language);
        let names = RelationalModel::ALL.map(both).join(" · ");
        text!(self.language, "report-models-in-theory", names)
    }

    pub(super) fn models(&self) -> Section {
        let models = &self.report.models;
        let mut section = Section::public("models", text!(self.language, "report-ways-relating"));
        section.say(text!(
            self.language,
            "report-models-leading-way-relating-n",
            n = models.n,
            without = models.without
        ));
        let told = !models.untold;
        self.report.untold(self.language).into_iter().for_each(|sentence| section.say(sentence));
        let mut table = Table::new(
            text!(self.language, "report-models-shares-four-ways-relating"),
            vec![
                Column::words(text!(self.language, "report-way-relating")),
                Column::numbers(text!(self.language, "report-models-estimated-share")),
                Column::numbers("95 %"),
                Column::drawings("0–100 %"),
                Column::numbers("2012"),
                Column::numbers(text!(self.language, "report-models-mean-probability-rates")),
                Column::numbers(text!(self.language, "report-models-answers-speak-most-n")),
                Column::numbers(text!(self.language, "report-models-these-not-told-apart")),
            ],
        );
        let shown = |share: Option<f64>| Cell::Text(share.map_or_else(|| "—".into(), percent));
        for line in &models.lines {
            table.row(vec![
                Cell::text(self.model_name(line.model)),
                shown(line.estimated.map(|share| share.value)),
                self.ends(line.estimated, 0, 100.0),
                share_drawn(line.estimated, line.published),
                Cell::Text(line.published.map(percent).unwrap_or_default()),
                shown(line.weighted.map(|share| share.value)),
                count(line.answers),
                count(line.uncertain),
            ]);
        }
        // Without profiles every cell would be empty.
        if models.n == 0 {
            return section;
        }
        section.table(table);
        section.remark(self.in_theory());
        section.remark(text!(self.language, "report-models-estimated-share-shares-under"));
        section.remark(text!(self.language, "report-published-rates"));
        if let Some(why) = self.report.no_estimate(self.language) {
            section.say(why);
        }
        if let Some(moves) = models.moves.filter(|_| told && !models.holds) {
            let points = format!("{:.0}", 100.0 * moves);
            section.say(text!(self.language, "report-models-estimate-does-not-hold", points));
        }
        if let Some(held) = self.report.strengths(self.language) {
            section.say(held);
        }
        let some = |cell: &ShownCount| *cell != ShownCount::Count(0);
        if let Some(uncertain) = models.uncertain.filter(some) {
            section.say(text!(self.language, "report-models-answers-uncertain-sessions-do", uncertain));
        }
        if let Some(low) = models.low_engagement.filter(some) {
            let who = self.report.who();
            section.say(text!(self.language, "report-models-low-engagement", low, who));
        }
        if let Some(parted) = self.report.parted(self.language) {
            section.say(parted);
        }
        if let Some(unrated) = self.report.unrated(self.language) {
            section.say(unrated);
        }
        if let Some(by_rate) = models.by_rate.filter(some).filter(|_| told) {
            section.say(text!(self.language, "report-models-led-by-rates", by_rate));
        }
        if let Some(basis) = self.report.basis(self.language) {
            section.remark(format!("{}: {basis}.", text!(self.language, "report-basis")));
        }
        section
    }

    pub(super) fn paradoxes(&self) -> Option<Section> {
        let mut section =
            Section::public("paradox", text!(self.language, "report-models-how-relation-meant-how"));
        for paradox in &self.report.paradoxes {
            section.say(self.where_from(paradox));
            section.table(self.meant_and_used(paradox));
            let from_profiles = is_estimated(&paradox.used) || is_estimated(&paradox.meant);
            section.remark(match from_profiles {
                true => text!(self.language, "report-models-compare-shares-estimated-share"),
                false => text!(self.language, "report-models-counted-shares"),
            });
            if let Some(untold) = words::left_out(paradox, self.language) {
                section.remark(untold);
            }
            if let Some(told) = words::agreement(paradox, self.language) {
                section.say(told);
            }
            if let Some(cells) = &paradox.table {
                section.table(self.crossed(paradox, cells));
            }
        }
        (!section.blocks.is_empty()).then_some(section)
    }

    fn where_from(&self, paradox: &Paradox) -> String {
        match paradox.basis {
            ParadoxBasis::Customers => text!(self.language, "report-models-how-customers-relate-against"),
            ParadoxBasis::Managers => text!(self.language, "report-models-how-account-managers-relate"),
            ParadoxBasis::BothSides => {
                text!(self.language, "report-models-how-account-managers-relate-against")
            }
        }
    }

    fn meant_and_used(&self, paradox: &Paradox) -> Table {
        let counted = paradox.respondents.counted();
        // Counts of leading ways and estimated shares do not divide into each other, so that their names must differ.
        let side = |side: String, n: usize, lines: &[PartLine], said: bool| {
            let count = match said {
                true => text!(self.language, "report-models-said-by", counted),
                false => text!(self.language, "report-models-leads-in"),
            };
            let share = match is_estimated(lines) {
                true => text!(self.language, "report-models-estimated-share"),
                false => text!(self.language, "report-share"),
            };
            [
                Column::numbers(format!("{side}: {count} (n = {n})")),
                Column::numbers(format!("{side}: {share}")),
                Column::drawings("0–100 %"),
            ]
        };
        let said = paradox.basis == ParadoxBasis::Customers;
        let mut columns = vec![Column::words(text!(self.language, "report-way-relating"))];
        columns.extend(side(
            text!(self.language, "report-models-meant"),
            paradox.n_meant,
            &paradox.meant,
            said,
        ));
        columns.extend(side(
            text!(self.language, "report-models-used"),
            paradox.n_used,
            &paradox.used,
            false,
        ));
        let mut table = Table::new(text!(self.language, "report-models-meant-used"), columns);
        // Where a side comes from profiles, the share without what the classifier assumes is the one to compare.
        let best = |line: &PartLine| line.estimated.or(line.share);
        let share =
            |line: &PartLine| Cell::Text(best(line).map_or_else(|| "—".into(), |share| percent(share.value)));
        for (meant, used) in paradox.meant.iter().zip(&paradox.used) {
            table.row(vec![
                Cell::Text(capital(&meant.model.plainly(self.language))),
                count(meant.n),
                share(meant),
                share_drawn(best(meant), None),
                count(used.n),
                share(used),
                share_drawn(best(used), None),
            ]);
        }
        table
    }

    fn crossed(&self, paradox: &Paradox, cells: &[Vec<crate::analysis::ShownCount>]) -> Table {
        let plainly = |line: &PartLine| line.model.plainly(self.language);
        let mut columns = vec![Column::words(text!(self.language, "report-models-meant-used-2"))];
        columns.extend(paradox.used.iter().map(|line| Column::numbers(plainly(line))));
        let mut table = Table::new(text!(self.language, "report-models-session-session"), columns);
        for (line, row) in paradox.meant.iter().zip(cells) {
            let cells = std::iter::once(Cell::Text(capital(&plainly(line))))
                .chain(row.iter().map(|cell| count(*cell)));
            table.row(cells.collect());
        }
        table
    }
}

/// Whether a side comes from profiles, whose shares are estimated.
fn is_estimated(lines: &[PartLine]) -> bool {
    lines.iter().any(|line| line.estimated.is_some())
}

fn share_drawn(share: Option<IntervalEstimate>, mark: Option<f64>) -> Cell {
    share.map_or_else(
        || Cell::text(""),
        |share| Cell::Drawing(Drawing::on((0.0, 1.0), share.value, Some((share.low, share.high)), mark)),
    )
}
