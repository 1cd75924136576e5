//! The study's metadata and its frozen plan: printed as written, and compared with what was done.

use super::MethodsWriter;
use crate::analysis::Filter;
use crate::analysis::metadata::Field;
use crate::analysis::plan::{Check, Dated, Plan, PlanPart};
use crate::report::dates::moment;
use crate::report::document::{Cell, Column, Section, Table};
use crate::report::said;
use crate::text;
use crate::texts::{listed, timestamp};

impl MethodsWriter<'_> {
    /// Title, authors and so on; none where nothing is said.
    pub(super) fn study(&self) -> Option<Section> {
        let metadata = &self.report.metadata;
        if metadata.is_empty() {
            return None;
        }
        let mut section = self.section("methods-study", text!(self.language, "report-study-the-study"));
        let mut table = Table::new(
            text!(self.language, "report-study-what-said"),
            vec![
                Column::words(text!(self.language, "report-study-field")),
                Column::words(text!(self.language, "report-study-text")),
            ],
        );
        for (field, text) in metadata.iter() {
            let text = if field == Field::Authors {
                let names: Vec<String> = metadata.authors().iter().map(|author| author.in_full()).collect();
                names.join(", ")
            } else {
                text.to_owned()
            };
            table.row(vec![Cell::Name(field.label(self.language)), Cell::Text(text)]);
        }
        section.table(table);
        Some(section)
    }

    /// What was decided beforehand, and what kept to it.
    pub(super) fn planned(&self) -> Section {
        let planned = &self.report.planned;
        let mut section =
            self.section("methods-plan", text!(self.language, "report-study-decided-beforehand"));
        let Some(in_force) = planned.plans.last() else {
            section.say(text!(self.language, "report-study-nothing-frozen"));
            return section;
        };
        for dated in &planned.plans {
            section.say(self.dated(dated));
        }
        self.in_words(&mut section, &in_force.frozen.plan);
        let mut table = Table::new(
            text!(self.language, "report-study-kept-to"),
            vec![
                Column::words(text!(self.language, "report-study-part")),
                Column::words(text!(self.language, "report-study-kept")),
                Column::words(text!(self.language, "report-study-found")),
            ],
        );
        for check in &planned.checks {
            let kept = if check.kept {
                text!(self.language, "report-yes")
            } else {
                text!(self.language, "report-no")
            };
            let (part, found) = self.check(&check.check);
            table.row([part, kept, found].map(Cell::Text).to_vec());
        }
        section.table(table);
        if in_force.frozen.plan.selection.is_narrow() {
            section.remark(text!(self.language, "report-study-counted-in-selection"));
        }
        section.remark(text!(self.language, "report-study-what-is-not-checked"));
        section
    }

    /// When a plan was frozen, and what it changed.
    fn dated(&self, dated: &Dated) -> String {
        let on = moment(&timestamp(dated.frozen.at), self.language);
        let id: String = dated.frozen.id.chars().take(8).collect();
        let frozen = text!(self.language, "report-study-frozen-on", on, id, before = dated.before);
        if dated.changed.is_empty() {
            return frozen;
        }
        let parts: Vec<String> = dated.changed.iter().map(|part| self.part(*part)).collect();
        format!("{frozen} {}", text!(self.language, "report-study-changed", parts = parts.join(", ")))
    }

    /// Hypotheses, exclusions and scales, one paragraph each.
    fn in_words(&self, section: &mut Section, plan: &Plan) {
        let (name, version) = (&plan.instrument, &plan.version);
        let hash: String = plan.hash.chars().take(12).collect();
        section.say(text!(self.language, "report-study-for-questionnaire", name, version, hash));
        for (at, hypothesis) in plan.hypotheses.iter().enumerate() {
            section.say(text!(self.language, "report-study-hypothesis", number = at + 1, hypothesis));
        }
        for exclusion in &plan.exclusions {
            section.say(text!(self.language, "report-study-exclusion", exclusion));
        }
        if !plan.measures.is_empty() {
            let measures = listed(&plan.measures, self.language);
            section.say(text!(self.language, "report-study-rests-on", measures));
        }
        if plan.selection.is_narrow() {
            let selection = self.selection(&plan.selection);
            section.say(text!(self.language, "report-study-selection-planned", selection));
        }
    }

    /// A selection in words.
    fn selection(&self, filter: &Filter) -> String {
        match said::chosen(filter, self.language) {
            all if all.is_empty() => text!(self.language, "report-study-selection-all"),
            chosen => chosen.join(" · "),
        }
    }

    fn part(&self, part: PlanPart) -> String {
        match part {
            PlanPart::Instrument => text!(self.language, "report-study-part-questionnaire"),
            PlanPart::Relata => text!(self.language, "report-study-part-relata"),
            PlanPart::Hypotheses => text!(self.language, "report-study-part-hypotheses"),
            PlanPart::Measures => text!(self.language, "report-study-part-scales"),
            PlanPart::Exclusions => text!(self.language, "report-study-part-exclusions"),
            PlanPart::Sessions => text!(self.language, "report-study-part-sessions"),
            PlanPart::Selection => text!(self.language, "report-study-part-selection"),
        }
    }

    /// What was checked, and what was found.
    fn check(&self, check: &Check) -> (String, String) {
        match check {
            Check::Beforehand { before, all } => (
                text!(self.language, "report-study-part-beforehand"),
                text!(self.language, "report-study-begun-before", before, all),
            ),
            Check::Instrument { other, all } => {
                (self.part(PlanPart::Instrument), text!(self.language, "report-study-other-text", other, all))
            }
            Check::Relata { planned, now } => (
                self.part(PlanPart::Relata),
                text!(self.language, "report-study-relata-then-now", planned, now),
            ),
            Check::Sessions { planned, found } => (
                self.part(PlanPart::Sessions),
                text!(self.language, "report-study-planned-found", planned, found),
            ),
            Check::Selection { same, planned, found } => {
                let found = if *same {
                    text!(self.language, "report-study-selection-same")
                } else {
                    let [planned, found] = [planned, found].map(|filter| self.selection(filter));
                    text!(self.language, "report-study-selection-other", planned, found)
                };
                (self.part(PlanPart::Selection), found)
            }
            Check::Measures { missing, beyond } => {
                let missing = if missing.is_empty() {
                    text!(self.language, "report-study-all-scored")
                } else {
                    text!(self.language, "report-study-not-scored", scales = missing.join(", "))
                };
                let beyond = (!beyond.is_empty())
                    .then(|| text!(self.language, "report-study-beyond", scales = beyond.join(", ")));
                let found = std::iter::once(missing).chain(beyond).collect::<Vec<_>>().join(" ");
                (self.part(PlanPart::Measures), found)
            }
        }
    }
}
