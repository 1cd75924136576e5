//! The lines of the home screen and the search among them. Owns their order.

use std::sync::Arc;

use super::Home;
use crate::instrument::Instrument;
use crate::tui::{RelationLine, SessionLine};

/// A line that can be opened.
pub(super) enum HomeLine<'a> {
    Session(&'a SessionLine),
    Instrument(&'a Arc<Instrument>),
    /// Opens the list of further questionnaires.
    More,
    Relation(&'a RelationLine),
}

/// A part of the screen with a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HomePart {
    Continue,
    New,
    Relations,
    Done,
}

impl Home {
    /// Open sessions, instruments, relations and finished sessions, limited to those that match the search.
    pub(super) fn lines(&self) -> Vec<(HomePart, HomeLine<'_>)> {
        let (open, over) = self.sessions.split_at(self.open());
        let looking = self.find.is_some();
        let instruments = self.instruments.iter().chain(self.further.iter().flatten());
        let more = (self.further.is_none() && !self.instruments.is_empty()).then_some(HomeLine::More);
        let mut lines: Vec<(HomePart, HomeLine<'_>)> = Vec::new();
        lines.extend(open.iter().map(|session| (HomePart::Continue, HomeLine::Session(session))));
        lines.extend(instruments.map(|instrument| (HomePart::New, HomeLine::Instrument(instrument))));
        lines.extend(more.filter(|_| !looking).map(|more| (HomePart::New, more)));
        lines.extend(
            self.relations.iter().map(|relation| (HomePart::Relations, HomeLine::Relation(relation))),
        );
        lines.extend(over.iter().map(|session| (HomePart::Done, HomeLine::Session(session))));
        if let Some(find) = &self.find {
            let wanted = find.text().to_lowercase();
            lines.retain(|(_, line)| {
                let said = self.said(line);
                wanted.split_whitespace().all(|word| said.contains(word))
            });
        }
        lines
    }

    /// The searchable text of a line, in lower case.
    fn said(&self, line: &HomeLine) -> String {
        let parts = match line {
            HomeLine::Session(session) => [
                &session.respondent,
                &session.about,
                &session.customer,
                &session.instrument,
                &session.begun,
                &session.interviewer,
            ]
            .map(String::as_str)
            .join("\n"),
            HomeLine::Instrument(instrument) => {
                [instrument.label.raw(&self.language), instrument.name.clone()].join("\n")
            }
            HomeLine::Relation(relation) => {
                let said =
                    [&relation.code, &relation.name, &relation.last].into_iter().chain(&relation.formerly);
                said.map(String::as_str).collect::<Vec<_>>().join("\n")
            }
            HomeLine::More => String::new(),
        };
        parts.to_lowercase()
    }
}
