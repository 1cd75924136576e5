//! The methods appendix of a study, written from the data itself: what was asked, of whom, how it was scored, and with what.
//!
//! Owns the sections of the appendix. Claims nothing that the data do not show, and says where something is unknown. Counts come from the
//! publishable [`StudyReport`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::dates::day;
use super::document::{Cell, Column, Section, Table};
use super::validity;
use crate::analysis::validity::Validity;
use crate::analysis::{Count, GroupCount, StudyReport};
use crate::classify::recovery::ModelPerformance;
use crate::instrument::kinds::DrawnOrder;
use crate::instrument::{Instrument, Language};
use crate::measures::Basis;
use crate::text;
use crate::texts;
use crate::texts::quoted;

mod coded;
mod intervals;
mod questions;
mod scoring;
mod study;

pub use coded::{CoderStatistic, CodingFacts, TeachingFacts};

/// What the appendix needs beside the findings.
#[derive(Debug, Clone)]
pub struct Provenance {
    /// The instrument that the findings are about, in the version of most sessions.
    pub instrument: Arc<Instrument>,
    /// Versions of relata that began the sessions that were asked here, with how many each.
    pub relata: Vec<(String, usize)>,
    /// How many different seeds the sessions have in which something is drawn.
    pub seeds: usize,
    /// Sessions behind those seeds: neither imported nor on paper.
    pub sessions: usize,
    /// Where measurement errors come from.
    pub norms: Basis,
    /// Shares of CS, AR, EM, MP that all profiles assumed.
    pub assumed: [f64; 4],
    /// How well the reference model recovers simulated codes from this instrument; empty where that is not known.
    pub recovery: Vec<ModelPerformance>,
    /// Seed behind that.
    pub recovery_seed: u64,
    /// What human coders said, once they have.
    pub coded: Option<CodingFacts>,
    /// What the study can say for its own measures.
    pub validity: Validity,
}

/// The sections of the appendix.
pub fn sections(report: &StudyReport, provenance: &Provenance) -> Vec<Section> {
    let language = Language::new(&report.language);
    let writer = MethodsWriter { report, provenance, language: &language };
    let mut sections: Vec<Section> = writer.study().into_iter().collect();
    sections.extend([writer.planned(), writer.sample(), writer.procedure(), writer.scoring()]);
    if report.models.asked {
        sections.push(writer.classifier());
    }
    sections.extend(writer.validity());
    sections.extend(writer.missing());
    sections.extend([writer.software(), writer.questions()]);
    sections
}

struct MethodsWriter<'a> {
    report: &'a StudyReport,
    provenance: &'a Provenance,
    language: &'a Language,
}

impl MethodsWriter<'_> {
    fn decimal(&self, value: f64, decimals: usize) -> String {
        texts::decimal(value, decimals, self.language)
    }

    /// "Methods: …", so that a table of contents shows where the appendix begins.
    fn section(&self, id: &'static str, about: String) -> Section {
        Section::public(id, text!(self.language, "report-methods-methods-about", about))
    }

    fn sample(&self) -> Section {
        let sample = &self.report.sample;
        let mut section = self.section("methods-sample", text!(self.language, "report-methods-sample"));
        if let Some((first, last)) = &sample.days {
            let [first, last] = [first, last].map(|at| day(at, self.language));
            section.say(text!(self.language, "report-methods-first-complete-session-began", first, last));
        }
        let mut table = Table::new(
            text!(self.language, "report-methods-sessions-what-became"),
            vec![
                Column::words(text!(self.language, "report-sessions")),
                Column::numbers("n"),
                Column::words(text!(self.language, "report-methods-in-the-tables")),
            ],
        );
        let (yes, no) = (text!(self.language, "report-yes"), text!(self.language, "report-no"));
        let other = if self.report.simulated {
            text!(self.language, "report-methods-real-respondents")
        } else {
            text!(self.language, "report-methods-simulated-respondents")
        };
        let complete = if self.report.simulated {
            text!(self.language, "report-methods-complete-simulated")
        } else {
            text!(self.language, "report-methods-complete")
        };
        let rows = [
            (complete, sample.complete, &yes),
            (text!(self.language, "report-methods-earlier"), sample.earlier, &no),
            (text!(self.language, "report-methods-still-open"), sample.open, &no),
            (text!(self.language, "report-methods-withdrawn-respondent"), sample.withdrawn, &no),
            (text!(self.language, "report-methods-consent-refused"), sample.refused, &no),
            (text!(self.language, "report-methods-rehearsals-test-flag"), sample.tests, &no),
            (other, sample.other_source, &no),
            (text!(self.language, "report-methods-other-questionnaires"), sample.other_instruments, &no),
            (text!(self.language, "report-methods-left-out-selection"), sample.filtered_out, &no),
        ];
        for (name, n, shown) in rows {
            table.row(vec![Cell::Text(name), Cell::Text(n.to_string()), Cell::text(shown)]);
        }
        section.table(table);
        let grouped =
            sample.grouped_by.clone().unwrap_or_else(|| text!(self.language, "report-methods-group"));
        self.groups(&mut section, grouped.trim_end_matches('?'), &sample.organisations);
        self.groups(&mut section, &text!(self.language, "report-methods-interviewer"), &sample.interviewers);
        self.groups(
            &mut section,
            &text!(self.language, "report-methods-version-questionnaire"),
            &sample.versions,
        );
        if let Some(least) = self.report.least {
            section.remark(text!(self.language, "report-methods-no-figures-groups-below", least));
        }
        section
    }

    /// What the study can say for its own measures; none where it can say nothing, or is too small to be shown.
    fn validity(&self) -> Option<Section> {
        let said = validity::in_short(&self.provenance.validity, self.language);
        if said.is_empty() || self.report.too_few().is_some() {
            return None;
        }
        let mut section = self.section("methods-validity", text!(self.language, "report-methods-validity"));
        said.into_iter().for_each(|sentence| section.say(sentence));
        section.remark(text!(self.language, "report-methods-validity-more"));
        Some(section)
    }

    fn groups(&self, section: &mut Section, name: &str, groups: &[GroupCount]) {
        // A group of one says nothing that the total does not say.
        if groups.len() < 2 {
            return;
        }
        let mut table = Table::new(
            name,
            vec![
                Column::words(text!(self.language, "report-methods-group-2")),
                Column::numbers(text!(self.language, "report-methods-complete")),
                Column::numbers(text!(self.language, "report-methods-open")),
            ],
        );
        for group in groups {
            let name = if group.name.is_empty() { "—" } else { &group.name };
            table.row(vec![
                Cell::text(name),
                Cell::Text(group.complete.to_string()),
                Cell::Text(group.open.to_string()),
            ]);
        }
        section.table(table);
    }

    fn procedure(&self) -> Section {
        let sample = &self.report.sample;
        let instrument = &self.provenance.instrument;
        let mut section = self.section("methods-procedure", text!(self.language, "report-methods-procedure"));
        let counts = |found: &[Count], in_words: &dyn Fn(&str) -> String| {
            let each: Vec<String> =
                found.iter().map(|one| format!("{} ({})", in_words(&one.name), one.n)).collect();
            each.join(", ")
        };
        let way = |mode: &str| text!(self.language, "report-methods-way", mode);
        let tongue = |tag: &str| text!(self.language, "report-methods-tongue", tag);
        if sample.modes.is_empty() {
            section.say(text!(self.language, "report-methods-no-session-complete-yet"));
        } else {
            section.say(text!(
                self.language,
                "report-methods-mode-modes-languages-languages",
                modes = counts(&sample.modes, &way),
                languages = counts(&sample.languages, &tongue)
            ));
        }
        let pools: BTreeSet<&str> =
            sample.modes.iter().map(|mode| crate::analysis::pool(&mode.name)).collect();
        if pools.len() > 1 {
            section.say(text!(self.language, "report-methods-ways-never-pooled"));
        }
        let here = sample.asked_here();
        if here != "all" {
            section.say(text!(self.language, "report-methods-imported", here));
        }
        if here == "none" {
            return section;
        }
        if sample.modes.iter().any(|mode| mode.name == "paper") {
            section.say(text!(self.language, "report-methods-on-paper"));
        }
        let random: Vec<String> = instrument
            .groups
            .iter()
            .filter(|group| group.randomize)
            .map(|group| quoted(&group.label.raw(self.language)))
            .collect();
        let fixed = text!(self.language, "report-methods-sections-come-order-questionnaire");
        let order = if random.is_empty() {
            text!(self.language, "report-methods-so-do-their-questions")
        } else {
            let random = texts::listed(&random, self.language);
            text!(self.language, "report-methods-order-questions-drawn-anew", random)
        };
        section.say(format!("{fixed} {order}"));
        section.say(self.drawn());
        section.say(text!(self.language, "report-methods-order-effects"));
        section.say(text!(self.language, "report-methods-every-question-could-declined"));
        section
    }

    /// What within a question comes in a drawn order: each sort of it that the questionnaire has, with its questions.
    fn drawn(&self) -> String {
        let mut found: BTreeMap<DrawnOrder, Vec<&str>> = BTreeMap::new();
        for item in &self.provenance.instrument.items {
            if let Some(drawn) = item.question.drawn() {
                found.entry(drawn).or_default().push(&item.name);
            }
        }
        if found.is_empty() {
            return text!(self.language, "report-methods-within-question-everything-stands");
        }
        let each = found.into_iter().map(|(drawn, names)| {
            let what = match drawn {
                DrawnOrder::Ranks => text!(self.language, "report-methods-options-ranked"),
                DrawnOrder::Parts => text!(self.language, "report-methods-parts-get-points"),
                DrawnOrder::Reactions => text!(self.language, "report-methods-reactions-situations"),
                DrawnOrder::Statements => text!(self.language, "report-methods-statements-one-most-one"),
                DrawnOrder::Rows => text!(self.language, "report-methods-rows-one-card"),
                DrawnOrder::Sorting => text!(self.language, "report-methods-two-stages-timed-sorting"),
            };
            format!("{what} ({})", names.join(", "))
        });
        let each = each.collect::<Vec<_>>().join("; ");
        text!(self.language, "report-methods-within-question-these-orders", each)
    }

    /// What became of questions; none where the study is too small to be shown, of which nothing is known to be complete.
    fn missing(&self) -> Option<Section> {
        if self.report.too_few().is_some() {
            return None;
        }
        let mut section =
            self.section("methods-missing", text!(self.language, "report-methods-missing-data"));
        if self.report.missing.is_empty() {
            section.say(text!(self.language, "report-methods-no-complete-session-lacks"));
            return Some(section);
        }
        let mut table = Table::new(
            text!(self.language, "report-methods-complete-sessions-what-became"),
            vec![
                Column::words(text!(self.language, "shared-item")),
                Column::numbers(text!(self.language, "shared-answered")),
                Column::numbers(text!(self.language, "report-methods-declined")),
                Column::numbers(text!(self.language, "report-dont-know")),
                Column::numbers(text!(self.language, "report-passed-over")),
                Column::numbers(text!(self.language, "report-methods-did-not-apply")),
            ],
        );
        for line in &self.report.missing {
            let counts = [line.answered, line.declined, line.dont_know, line.passed, line.not_asked];
            let counts = counts.into_iter().map(|cell| Cell::Text(cell.to_string()));
            table.row(std::iter::once(Cell::text(&line.item)).chain(counts).collect());
        }
        section.table(table);
        section.remark(text!(self.language, "report-methods-items-everybody-answered-left"));
        Some(section)
    }

    fn software(&self) -> Section {
        let provenance = self.provenance;
        let mut section =
            self.section("methods-software", text!(self.language, "report-methods-software-seeds"));
        let versions: Vec<String> =
            provenance.relata.iter().map(|(version, n)| format!("{version} ({n})")).collect();
        let held = (!versions.is_empty()).then(|| {
            text!(
                self.language,
                "report-methods-sessions-held-relata-versions",
                versions = versions.join(", ")
            )
        });
        let this = env!("CARGO_PKG_VERSION");
        let written = text!(self.language, "report-methods-report-written", this);
        section.say(held.into_iter().chain([written]).collect::<Vec<_>>().join(" "));
        let (seeds, sessions) = (provenance.seeds, provenance.sessions);
        let drawn = (sessions > 0)
            .then(|| text!(self.language, "report-methods-every-session-seed-own", seeds, sessions));
        let fixed = text!(self.language, "report-methods-reference-seed");
        section.say(drawn.into_iter().chain([fixed]).collect::<Vec<_>>().join(" "));
        section
    }
}
