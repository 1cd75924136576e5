//! What must be known to read an export, as sentences: what it holds, what it leaves out, what its numbers rest on.

use super::Scope;
use std::sync::Arc;

use crate::instrument::{Instrument, Language};
use crate::store::{SessionHeader, State};
use crate::wording::timestamp;
use crate::wording::{plural, say};

/// Sessions that are in the study and not in the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeftOut {
    withdrawn: usize,
    open: usize,
    tests: usize,
}

impl LeftOut {
    pub fn of(headers: &[SessionHeader], scope: Scope) -> Self {
        let count = |of: &dyn Fn(&SessionHeader) -> bool| headers.iter().filter(|header| of(header)).count();
        Self {
            withdrawn: count(&|header| !scope.stopped && header.state == State::Withdrawn),
            open: count(&|header| !scope.open && header.state == State::Open),
            tests: count(&|header| !scope.with_tests && header.test && scope.takes(header.state)),
        }
    }

    /// What was left out, if anything was.
    pub fn sentence(&self, language: &Language) -> Option<String> {
        let say = |en: &str, nl: &str| say(language, en, nl);
        let parts = [
            (self.withdrawn, say("stopped by the respondent", "door de respondent gestopt")),
            (self.open, say("not finished", "niet af")),
            (
                self.tests,
                say(
                    if self.tests == 1 { "rehearsal" } else { "rehearsals" },
                    if self.tests == 1 { "proefsessie" } else { "proefsessies" },
                ),
            ),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        (!parts.is_empty()).then(|| say("sessions left out: ", "weggelaten sessies: ") + &parts.join(", "))
    }
}

/// What is known of an export.
pub(super) struct Facts<'a> {
    pub study: &'a str,
    pub sessions: &'a [(SessionHeader, Arc<Instrument>)],
    pub left_out: &'a LeftOut,
    pub without_text: bool,
    pub made: i64,
}

impl Facts<'_> {
    /// A title: what was asked.
    pub fn title(&self, language: &Language) -> String {
        let mut titles: Vec<String> = Vec::new();
        for (_, instrument) in self.sessions {
            let title = instrument.label.raw(language);
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        titles.join(" + ")
    }

    /// Everything that a reader must know.
    pub fn sentences(&self, language: &Language) -> Vec<String> {
        let say = |en: &str, nl: &str| say(language, en, nl);
        let version = env!("CARGO_PKG_VERSION");
        let mut sentences = vec![say(
            &format!(
                "Exported by relata {version} on {} from study {}: {}.",
                timestamp(self.made),
                self.study,
                plural(self.sessions.len(), "session")
            ),
            &format!(
                "Geëxporteerd door relata {version} op {} uit onderzoek {}: {} sessies.",
                timestamp(self.made),
                self.study,
                self.sessions.len()
            ),
        )];
        sentences.extend(self.warnings(language));
        sentences.push(say(
            "Probabilities of the four models rest on a simulated reference sample, not on coded interviews.",
            "De kansen op de vier modellen berusten op een gesimuleerde referentiegroep, niet op gecodeerde interviews.",
        ));
        sentences.push(say(
            "Times are UTC. Seconds of an item run from the event before it to its answers; pauses are left out.",
            "Tijden zijn UTC. De seconden van een vraag lopen van de gebeurtenis ervoor tot de antwoorden; pauzes tellen niet mee.",
        ));
        sentences
    }

    /// What a reader must not overlook.
    pub fn warnings(&self, language: &Language) -> Vec<String> {
        let say = |en: &str, nl: &str| say(language, en, nl);
        let count = |of: &dyn Fn(&SessionHeader) -> bool| {
            self.sessions.iter().filter(|(header, _)| of(header)).count()
        };
        let mut warnings = Vec::new();
        let simulated = count(&|header| header.simulated());
        if simulated > 0 {
            warnings.push(say(
                &format!("SIMULATED: nobody gave the answers of {}; a program did.", plural(simulated, "session")),
                &format!("GESIMULEERD: de antwoorden van {simulated} sessies komen van een programma, niet van een mens."),
            ));
        }
        let tests = count(&|header| header.test);
        if tests > 0 {
            warnings.push(say(
                &format!("With {}; the variable `test` says which.", plural(tests, "rehearsal")),
                &format!(
                    "Met {tests} {}; de variabele `test` zegt welke.",
                    if tests == 1 { "proefsessie" } else { "proefsessies" }
                ),
            ));
        }
        warnings.extend(self.left_out.sentence(language).map(|sentence| {
            let mut letters = sentence.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
            format!("{first}{}.", letters.as_str())
        }));
        warnings.push(if self.without_text {
            say(
                "Free texts (answers, words, notes) were left out; the fields of the start form are there.",
                "Vrije teksten (antwoorden, woorden, notities) zijn weggelaten; de velden van het startformulier staan erin.",
            )
        } else {
            say(
                "Free texts stand in it as they were typed; they may hold personal data (leave them out with --without-text).",
                "Vrije teksten staan erin zoals ze zijn getypt; ze kunnen persoonsgegevens bevatten (weglaten met --without-text).",
            )
        });
        warnings
    }
}
