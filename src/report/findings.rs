//! The findings of a study put into words and tables: a document that a page and a text file are made from.
//!
//! Owns what is said of a finding, in English and Dutch, and in what order. Refuses to compute: every number comes from the
//! [`StudyReport`] as it is handed in, so that what may not be shown is gone before anything is written.

use super::document::{Cell, Document, Section};
use super::html::day;
use crate::analysis::{self, Estimate, Privacy, StudyReport};
use crate::instrument::Language;
use crate::wording::say;

mod feelings;
mod gaps;
mod models;
mod quality;

/// The report of a study: its findings, then `methods`.
pub fn document(report: &StudyReport, methods: Vec<Section>) -> Document {
    let teller = Teller { report, language: &Language::new(&report.language) };
    let sample = &report.sample;
    let title = sample.instrument.as_ref().map(|(_, _, title)| title.clone());
    let mut sections = Vec::new();
    // A study that is too small to be shown has nothing but a sample to tell of.
    if !report.models.lines.is_empty() {
        sections.push(teller.models());
    }
    sections.extend(teller.emotions());
    sections.extend(teller.experience());
    sections.extend(teller.gaps());
    sections.extend(teller.paradoxes());
    sections.extend(teller.leaving());
    sections.extend(teller.words());
    sections.extend(teller.scales());
    sections.push(teller.quality());
    sections.extend(methods);
    Document {
        language: report.language.clone(),
        kicker: teller.say("Report of a study", "Rapport van een onderzoek"),
        title: title
            .unwrap_or_else(|| teller.say("A study without sessions", "Een onderzoek zonder sessies")),
        simulated: report.simulated,
        facts: teller.facts(),
        lead: teller.lead(),
        sections,
    }
}

/// The findings as they may leave the researcher's desk. A table that crosses how the relation is meant with how it is used
/// has cells so small that hiding them would hide the leading ways of relating as well; those are worth more, so that the
/// crossed table goes first.
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

/// A report with the language in which it is told.
struct Teller<'a> {
    report: &'a StudyReport,
    language: &'a Language,
}

impl Teller<'_> {
    fn say(&self, en: &str, nl: &str) -> String {
        say(self.language, en, nl)
    }

    /// The findings in short, in the sentences that the study screen says too.
    fn lead(&self) -> Vec<String> {
        let (report, n) = (self.report, self.report.sample.complete);
        if let Some(least) = report.least.filter(|least| n < *least) {
            return vec![self.say(
                &format!("The study has {n} finished sessions. Findings are shown from {least} on, so that nobody can be recognised."),
                &format!("Het onderzoek heeft {n} afgeronde sessies. Bevindingen verschijnen vanaf {least}, zodat niemand te herkennen is."),
            )];
        }
        let mut lines = report.summary(self.language);
        // The sentence of the screen needs both directions; where one is too small to be shown, the other still counts.
        let (masked, latent) = (&report.gaps.masked, &report.gaps.latent);
        if let (Some(found), Some(share), None) = (masked.found.count(), masked.share, latent.found.count()) {
            let (n, share) = (report.gaps.n, percent_with_interval(share));
            // A count of conflicts means nothing without what error alone makes of people who have none.
            let by_error =
                masked.by_error.map(|error| self.decimal(error, 0)).map_or_else(String::new, |n| {
                    self.say(
                        &format!("; measurement error alone would give at most {n}"),
                        &format!("; meetfout alleen zou er hoogstens {n} geven"),
                    )
                });
            lines.push(self.say(
                &format!("{found} of {n} say warm things and associate cold ones: {share}{by_error}."),
                &format!("{found} van {n} zeggen iets warms en associëren iets kouds: {share}{by_error}."),
            ));
        }
        lines.push(self.say(
            "This is about the group: no decision about a person may rest on it.",
            "Dit gaat over de groep: er mag geen beslissing over een persoon op berusten.",
        ));
        lines
    }

    /// A number with the decimal sign of the language.
    fn decimal(&self, value: f64, decimals: usize) -> String {
        crate::wording::decimal(value, decimals, self.language)
    }

    /// The same with its sign.
    fn signed(&self, value: f64, decimals: usize) -> String {
        let text = self.decimal(value, decimals);
        if value > 0.0 && !text.starts_with('−') { format!("+{text}") } else { text }
    }

    /// "7.1 (95 %: 6.9 … 7.3)", with so many decimals.
    fn with_interval(&self, estimate: Estimate, decimals: usize) -> String {
        let [value, low, high] =
            [estimate.value, estimate.low, estimate.high].map(|v| self.decimal(v, decimals));
        format!("{value} (95 %: {low} … {high})")
    }

    /// The ends of an interval, for a column of their own.
    fn ends(&self, estimate: Option<Estimate>, decimals: usize, times: f64) -> Cell {
        Cell::Text(estimate.map_or_else(String::new, |found| {
            let [low, high] = [found.low, found.high].map(|v| self.decimal(v * times, decimals));
            format!("{low} … {high}")
        }))
    }

    fn value(&self, value: Option<f64>, decimals: usize) -> Cell {
        Cell::Text(value.map_or_else(|| "—".into(), |v| self.decimal(v, decimals)))
    }

    fn facts(&self) -> Vec<(String, String)> {
        let (report, sample) = (self.report, &self.report.sample);
        let mut facts =
            vec![(self.say("Finished sessions", "Afgeronde sessies"), sample.complete.to_string())];
        if let Some((first, last)) = &sample.days {
            let [first, last] = [first, last].map(|at| day(at, self.language));
            let days = if first == last { first } else { format!("{first} – {last}") };
            facts.push((self.say("Period", "Periode"), days));
        }
        if let Some((name, version, _)) = &sample.instrument {
            facts.push((self.say("Questionnaire", "Vragenlijst"), format!("{name} {version}")));
        }
        if let Some(least) = report.least {
            facts.push((
                self.say("Smallest group shown", "Kleinste groep die getoond wordt"),
                least.to_string(),
            ));
        }
        let filter = &report.filter;
        let mut chosen: Vec<String> =
            filter.fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        chosen.extend(
            filter
                .interviewer
                .iter()
                .map(|code| format!("{}: {code}", self.say("interviewer", "interviewer"))),
        );
        chosen.extend(filter.from.iter().map(|at| format!("{} {at}", self.say("from", "vanaf"))));
        chosen.extend(filter.to.iter().map(|at| format!("{} {at}", self.say("until", "tot en met"))));
        if !chosen.is_empty() {
            facts.push((self.say("Selection", "Selectie"), chosen.join(" · ")));
        }
        facts
    }
}

/// "68 %".
fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// "68 % (95 %: 62–73 %)".
fn percent_with_interval(share: Estimate) -> String {
    format!("{} (95 %: {:.0}–{:.0} %)", percent(share.value), 100.0 * share.low, 100.0 * share.high)
}

fn count(cell: analysis::Cell) -> Cell {
    Cell::Text(cell.to_string())
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
