//! Sentences that explain an export: what it holds, what it leaves out, what its numbers rest on.

use super::Scope;
use std::sync::Arc;

use crate::analysis::Source;
use crate::instrument::{Instrument, Language};
use crate::interview::SessionState;
use crate::store::SessionHeader;
use crate::text;
use crate::texts::timestamp;

/// Sessions that are in the study and not in the export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ExcludedSessions {
    withdrawn: usize,
    /// Those in which consent was refused, which only their answers tell.
    pub refused: usize,
    pub open: usize,
    tests: usize,
    /// Those that are not of the one source that was taken.
    pub others: Option<(Source, usize)>,
}

impl ExcludedSessions {
    pub fn of(headers: &[SessionHeader], scope: Scope) -> Self {
        let count = |of: &dyn Fn(&SessionHeader) -> bool| headers.iter().filter(|header| of(header)).count();
        Self {
            withdrawn: count(&|header| !scope.stopped && header.state == SessionState::Withdrawn),
            refused: 0,
            open: count(&|header| !scope.open && header.state == SessionState::Open),
            tests: count(&|header| !scope.with_tests && header.test && scope.takes(header.state)),
            others: None,
        }
    }

    /// What was left out, if anything was.
    pub fn sentence(&self, language: &Language) -> Option<String> {
        let parts = [
            (self.withdrawn, text!(language, "study-about-stopped-respondent")),
            (self.refused, text!(language, "study-consent-refused")),
            (self.open, text!(language, "study-not-finished")),
            (self.tests, text!(language, "study-left-out-rehearsals", tests = self.tests)),
            match self.others {
                Some((Source::Simulated, real)) => (real, text!(language, "study-about-of-people")),
                Some((Source::Real, simulated)) => (simulated, text!(language, "study-about-of-programs")),
                None => (0, String::new()),
            },
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        (!parts.is_empty()).then(|| text!(language, "study-about-sessions-left-out") + &parts.join(", "))
    }
}

/// What is known of an export.
pub(super) struct ExportFacts<'a> {
    pub study: &'a str,
    pub sessions: &'a [(SessionHeader, Arc<Instrument>)],
    pub left_out: &'a ExcludedSessions,
    /// Sessions that have a row without answers.
    pub without_consent: usize,
    pub without_text: bool,
    pub made: i64,
}

impl ExportFacts<'_> {
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
        let version = env!("CARGO_PKG_VERSION");
        let (study, n) = (self.study, self.sessions.len());
        let at = timestamp(self.made);
        let mut sentences =
            vec![text!(language, "study-about-exported-relata-version-study", version, at, study, n)];
        sentences.extend(self.warnings(language));
        sentences.push(text!(language, "study-about-probabilities-four-models-rest"));
        sentences.push(text!(language, "study-about-times-utc-seconds-item"));
        sentences
    }

    /// What a reader must not overlook.
    pub fn warnings(&self, language: &Language) -> Vec<String> {
        let count = |of: &dyn Fn(&SessionHeader) -> bool| {
            self.sessions.iter().filter(|(header, _)| of(header)).count()
        };
        let mut warnings = Vec::new();
        let simulated = count(&|header| header.simulated());
        if simulated > 0 {
            warnings.push(text!(language, "study-about-simulated-nobody-gave-answers", simulated));
        }
        let tests = count(&|header| header.test);
        if tests > 0 {
            warnings.push(text!(language, "study-about-tests-rehearsals-variable-test", tests));
        }
        let bare = self.without_consent;
        if bare > 0 {
            warnings.push(text!(language, "study-about-rows-without-consent", bare));
        }
        warnings.extend(self.left_out.sentence(language).map(|sentence| {
            let mut letters = sentence.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
            format!("{first}{}.", letters.as_str())
        }));
        warnings.push(if self.without_text {
            text!(language, "study-about-free-texts-answers-words")
        } else {
            text!(language, "study-about-free-texts-stand-typed")
        });
        warnings
    }
}
