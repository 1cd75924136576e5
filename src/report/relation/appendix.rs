//! What a page of a relation rests on, and the numbers that researchers need beside it.

use super::Teller;
use crate::analysis::relation::Compared;
use crate::instrument::Party;
use crate::report::dates::moment;
use crate::report::document::{Cell, Column, Reader, Readers, Section, Table, UNKNOWN};
use crate::text;
use crate::texts::{self, timestamp};

/// Draws for the agreement of two sides with identical norms.
const DRAWS: usize = 2_000;

impl Teller<'_> {
    pub(super) fn basis(&self) -> Section {
        let mut section = Section::new("basis", text!(self.language, "report-session-what-rests"));
        let mut sessions = Table::new(
            text!(self.language, "report-relation-sessions-of"),
            vec![
                Column::words(text!(self.language, "report-session-begun")),
                Column::words(text!(self.language, "report-relation-who")),
                Column::words(text!(self.language, "report-relation-questionnaire")),
                Column::words(text!(self.language, "report-relation-means")),
                Column::words(text!(self.language, "shared-session")),
            ],
        );
        for visit in self.relation.visits.iter().rev() {
            sessions.row(vec![
                Cell::Text(moment(&timestamp(visit.begun), self.language)),
                Cell::Text(self.party(visit.party)),
                Cell::text(&visit.title),
                Cell::Text(self.means(visit.pool)),
                Cell::text(&visit.session),
            ]);
        }
        section.table(sessions);
        section
    }

    /// By which means sessions with this pool were answered.
    fn means(&self, pool: &str) -> String {
        match pool {
            "terminal" => text!(self.language, "report-relation-at-terminal"),
            "browser" => text!(self.language, "study-paradata-in-browser"),
            "paper" => text!(self.language, "study-paradata-on-paper"),
            "imported" => text!(self.language, "study-paradata-imported"),
            "simulated" => text!(self.language, "study-paradata-simulated"),
            other => other.to_owned(),
        }
    }

    /// All means by which a side answered, the first one first.
    pub(super) fn means_of(&self, party: Party) -> String {
        let mut pools: Vec<&str> = Vec::new();
        for visit in self.relation.visits.iter().filter(|visit| visit.party == party) {
            if !pools.contains(&visit.pool) {
                pools.push(visit.pool);
            }
        }
        self.joined(&pools.into_iter().map(|pool| self.means(pool)).collect::<Vec<_>>())
    }

    /// The comparison of both sides in numbers, for researchers alone.
    pub(super) fn numbers(&self, both: &[Compared]) -> Option<Section> {
        let mut numbers = Table::new(
            text!(self.language, "report-relation-agreement"),
            vec![
                Column::words(text!(self.language, "report-relation-held-against")),
                Column::numbers("D²"),
                Column::numbers(text!(self.language, "report-relation-elevation")),
                Column::numbers(text!(self.language, "report-relation-scatter")),
                Column::numbers(text!(self.language, "report-relation-shape")),
                Column::numbers("ICC"),
                Column::numbers(text!(self.language, "report-relation-icc-same")),
                Column::numbers(text!(self.language, "report-relation-p-same")),
                Column::numbers(text!(self.language, "report-relation-distance")),
                Column::numbers(text!(self.language, "report-relation-distance-same")),
                Column::numbers(text!(self.language, "report-relation-p-same")),
            ],
        );
        for compared in both {
            let Some(found) = compared.together else { continue };
            let number = |value: f64| Cell::Text(texts::decimal(value, 2, self.language));
            let same = compared.if_same(DRAWS);
            let shown = |found: Option<String>| Cell::Text(found.unwrap_or_else(|| UNKNOWN.to_owned()));
            let decimal = |value: f64| texts::decimal(value, 2, self.language);
            let p = |value: f64| texts::p_value(value, self.language);
            numbers.row(vec![
                Cell::Text(self.pairing(compared.pairing)),
                number(found.squared),
                number(found.elevation),
                number(found.scatter),
                number(found.shape),
                number(found.icc),
                shown(same.map(|same| format!("{} … {}", decimal(same.icc.low), decimal(same.icc.high)))),
                Cell::Text(p(found.p_same)),
                shown(found.distance.map(decimal)),
                shown(same.map(|same| decimal(same.most_distance))),
                shown(same.and_then(|same| same.p_distance).map(p)),
            ]);
        }
        (!numbers.rows.is_empty()).then(|| {
            let mut section = Section::new("numbers", text!(self.language, "report-relation-agreement"))
                .open_to(Readers::default().and(Reader::Researcher));
            section.table(Table { quiet: true, ..numbers });
            section.remark(text!(self.language, "report-relation-formulas"));
            section
        })
    }
}
