//! The findings of a study put into words and tables: a document that a page and a text file are made from.
//!
//! Owns the wording of findings and their order. Computes nothing: every number comes from the [`StudyReport`], from which the caller has
//! removed what may not be shown.

use super::dates::day;
use super::document::{Cell, Document, Fact, Part, Reader, Readers, Section, Shown};
use super::said;
use crate::analysis::metadata::{Author, Field};
use crate::analysis::{self, IntervalEstimate, Privacy, StudyReport};
use crate::instrument::Language;
use crate::text;
use crate::texts;

mod feelings;
mod gaps;
mod lenses;
mod models;
mod pairs;
mod quality;
pub mod room;

/// The report of a study for all readers: its findings, then `methods`. `report` is the publishable one.
pub fn document(report: &StudyReport, methods: Vec<Section>) -> Shown {
    let mut document = findings(report);
    document.sections.extend(methods);
    document.shown_to(Reader::Public)
}

/// The findings of a study with the readers of each part.
pub fn findings(report: &StudyReport) -> Document {
    let teller = FindingsWriter { report, language: &Language::new(&report.language) };
    let sample = &report.sample;
    let own = report.metadata.get(Field::Title).map(str::to_owned);
    let title = own.or_else(|| sample.instrument.as_ref().map(|(_, _, title)| title.clone()));
    let mut sections = Vec::new();
    // A study that is too small to be shown has nothing but a sample to tell of.
    if report.models.asked && !report.models.lines.is_empty() {
        sections.push(teller.models());
    }
    sections.extend(teller.lenses());
    sections.extend(teller.emotions());
    sections.extend(teller.experience());
    sections.extend(teller.gaps());
    sections.extend(teller.paradoxes());
    sections.extend(teller.pairs());
    sections.extend(teller.leaving());
    sections.extend(teller.words());
    sections.extend(teller.scales());
    sections.push(teller.quality());
    Document {
        language: report.language.clone(),
        kicker: text!(teller.language, "report-findings-report-study"),
        title: title.unwrap_or_else(|| text!(teller.language, "report-findings-study-without-sessions")),
        about: Vec::new(),
        simulated: report.simulated,
        facts: public(teller.facts()),
        lead: public(teller.lead()),
        sections,
    }
}

fn public<T>(parts: Vec<T>) -> Vec<Part<T>> {
    parts.into_iter().map(|it| Part::to(Readers::ALL, it)).collect()
}

/// The publishable findings. The cross table of how the relation is meant and used has such small cells that protecting them would hide the
/// leading models as well; these are worth more, so that the cross table goes first.
pub fn publishable(report: &StudyReport, privacy: Privacy) -> StudyReport {
    let with_tables = report.publishable(privacy);
    let held =
        |report: &StudyReport| report.models.lines.iter().filter(|line| line.count.count().is_none()).count();
    if held(&with_tables) == 0 {
        return with_tables;
    }
    let mut without = report.clone();
    for paradox in &mut without.paradoxes {
        paradox.table = None;
    }
    let without = without.publishable(privacy);
    if held(&without) < held(&with_tables) { without } else { with_tables }
}

/// A report and the language of its texts.
struct FindingsWriter<'a> {
    report: &'a StudyReport,
    language: &'a Language,
}

impl FindingsWriter<'_> {
    /// The findings in short, in the sentences that the study screen says too.
    fn lead(&self) -> Vec<String> {
        let (report, n) = (self.report, self.report.sample.complete);
        if let Some(least) = report.too_few() {
            let counted = report.respondents.counted();
            let few = text!(self.language, "report-findings-study-n-finished-sessions", n, least, counted);
            return std::iter::once(few).chain(report.of_sessions(self.language)).collect();
        }
        let mut lines = report.summary(self.language);
        // The sentence of the screen needs both directions; where one is too small to be shown, the other still counts.
        let (masked, latent) = (&report.gaps.masked, &report.gaps.latent);
        if let (Some(found), Some(share), None) = (masked.found.count(), masked.share, latent.found.count()) {
            let (n, share) = (report.gaps.n, percent_with_interval(share));
            // A count of conflicts means nothing without what error alone makes of people who have none.
            let by_error = masked
                .by_error
                .map(|error| crate::analysis::words::at_most(error, self.language))
                .map_or_else(String::new, |n| {
                    text!(self.language, "report-findings-measurement-error-alone-would", n)
                });
            let counted = report.respondents.counted();
            lines.push(text!(
                self.language,
                "report-findings-found-n-say-warm",
                found,
                n,
                share,
                by_error,
                counted
            ));
        }
        lines.push(text!(self.language, "report-findings-about-group-no-decision"));
        lines
    }

    /// A number with the decimal sign of the language.
    fn decimal(&self, value: f64, decimals: usize) -> String {
        texts::decimal(value, decimals, self.language)
    }

    /// With plus or minus.
    fn signed(&self, value: f64, decimals: usize) -> String {
        texts::signed(value, decimals, self.language)
    }

    /// "7.1 (95 %: 6.9 … 7.3)".
    fn with_interval(&self, estimate: IntervalEstimate, decimals: usize) -> String {
        let ends = [estimate.value, estimate.low, estimate.high];
        said::with_interval(ends, decimals, |value, decimals| self.decimal(value, decimals))
    }

    /// The ends of an interval, for a column of their own.
    fn ends(&self, estimate: Option<IntervalEstimate>, decimals: usize, times: f64) -> Cell {
        Cell::Text(estimate.map_or_else(String::new, |found| {
            let [low, high] = [found.low, found.high].map(|v| self.decimal(v * times, decimals));
            format!("{low} … {high}")
        }))
    }

    fn value(&self, value: Option<f64>, decimals: usize) -> Cell {
        Cell::Text(value.map_or_else(|| "—".into(), |v| self.decimal(v, decimals)))
    }

    fn facts(&self) -> Vec<Fact> {
        let (report, sample) = (self.report, &self.report.sample);
        let authors: Vec<String> = report.metadata.authors().iter().map(Author::in_full).collect();
        let mut facts = Vec::new();
        if !authors.is_empty() {
            facts.push((Field::Authors.label(self.language), authors.join(", ")));
        }
        facts.push((text!(self.language, "report-findings-finished-sessions"), sample.complete.to_string()));
        if let Some(people) = report.respondents.fewer() {
            facts.push((text!(self.language, "report-findings-respondents"), people.to_string()));
        }
        if let Some((first, last)) = &sample.days {
            let [first, last] = [first, last].map(|at| day(at, self.language));
            let days = if first == last { first } else { format!("{first} – {last}") };
            facts.push((text!(self.language, "report-findings-period"), days));
        }
        if let Some((name, version, _)) = &sample.instrument {
            facts.push((text!(self.language, "report-findings-questionnaire"), format!("{name} {version}")));
        }
        if let Some(least) = report.least {
            let what = text!(self.language, "report-findings-held-back-what", least);
            facts.push((text!(self.language, "report-findings-held-back"), what));
        }
        let chosen = said::chosen(&report.filter, self.language);
        if !chosen.is_empty() {
            facts.push((text!(self.language, "report-findings-selection"), chosen.join(" · ")));
        }
        facts
    }
}

/// "68 %".
fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// "68 % (95 %: 62–73 %)".
fn percent_with_interval(share: IntervalEstimate) -> String {
    format!("{} (95 %: {:.0}–{:.0} %)", percent(share.value), 100.0 * share.low, 100.0 * share.high)
}

fn count(cell: analysis::ShownCount) -> Cell {
    Cell::Text(cell.to_string())
}
