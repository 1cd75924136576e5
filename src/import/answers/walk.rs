//! Replays one row through a respondent's interview: each question is answered from the row, and answers to questions that are
//! not asked are counted.

use std::sync::Arc;

use super::matching::ImportPlan;
use super::rows::{ImportedRows, Row};
use super::targets::AnswerKind;
use crate::instrument::kinds::Datum;
use crate::instrument::prompt::{Input, Reply};
use crate::instrument::{Instrument, Language};
use crate::interview::{Event, Instant, Interview, Origin, Refusal, Stamped, Start, Waits};

/// One row on its way through the interview.
pub(super) struct RowReplay<'a> {
    pub instrument: &'a Arc<Instrument>,
    pub plan: &'a ImportPlan,
    pub answers: &'a [Vec<Reply>],
    pub constants: &'a [bool],
    pub ended_at: Instant,
    pub finished: bool,
}

impl RowReplay<'_> {
    pub fn events(
        &self,
        start: &Start,
        origin: &Origin,
        row: &Row,
        taken: &mut ImportedRows,
    ) -> Option<Vec<Stamped>> {
        let mut interview = Interview::new(self.instrument.clone(), start.clone());
        let mut events = Vec::with_capacity(self.answers.len() + 2);
        let mut used = vec![false; self.answers.len()];
        let mut at = start.at;
        let mut next = Event::Imported(origin.clone());
        loop {
            let stamped = Stamped { at, event: next };
            // Only words and dates can be rejected on entry.
            let is_text =
                matches!(&stamped.event, Event::Answered { reply: Reply::Given(Input::Text(_)), .. });
            let admitted = if is_text { interview.admits(at, &stamped.event) } else { Ok(()) };
            if let Err(refusal) = admitted.and_then(|()| interview.apply(at, stamped.event.clone())) {
                let item = match &stamped.event {
                    Event::Answered { item, .. } => item.clone(),
                    _ => String::new(),
                };
                self.refuse(&item, &refusal, row, taken);
                return None;
            }
            events.push(stamped);
            at = self.ended_at;
            next = match interview.waits_for() {
                Waits::Nothing => break,
                Waits::HandOver(to) => Event::HandedOver { to },
                Waits::Finish if self.finished => Event::Finished,
                Waits::Finish => break,
                Waits::Reply { item, step } => {
                    used[item] = true;
                    let asked = &self.instrument.items[item];
                    let reply = match self.plan.targets[item].form {
                        AnswerKind::Nothing => Some(crate::interview::seen()),
                        AnswerKind::Timed => Some(Reply::Given(Input::NotTimed)),
                        _ => self.answers[item].get(step).cloned(),
                    };
                    // Without consent, the respondent and the whole row are left out.
                    let needs_consent =
                        asked.question.consent().is_some() && asked.question.ends(&[Reply::Declined]);
                    if needs_consent && reply.is_none() {
                        taken.without_consent.push(row.row);
                        return None;
                    }
                    match reply {
                        Some(reply) => Event::Answered { item: asked.name.clone(), step, reply },
                        None => Event::Forward,
                    }
                }
            };
        }
        if interview.is_refused() {
            taken.refused.push(row.row);
        } else {
            for (item, _) in used.iter().enumerate().filter(|(_, used)| !**used) {
                if !self.answers[item].is_empty() && !self.constants[item] {
                    *taken.not_asked.entry(self.plan.targets[item].name.clone()).or_default() += 1;
                }
            }
        }
        debug_assert!(self.says_the_same(&interview, &used));
        Some(events)
    }

    fn refuse(&self, item: &str, refusal: &Refusal, row: &Row, taken: &mut ImportedRows) {
        let why = match refusal {
            Refusal::Constraint(Some(message)) => {
                format!("the questionnaire does not allow this answer: {message}")
            }
            other => format!(
                "the questionnaire does not allow this answer: {}",
                other.in_words(&Language::new("en"))
            ),
        };
        let target = self.plan.targets.iter().position(|target| target.name == item);
        let column = target
            .and_then(|target| self.plan.of(target).next())
            .map(|found| &self.plan.head.names[found.column]);
        taken.fault(row.line, column.map_or(item, String::as_str), &why);
    }

    /// Whether the interview records what the row says, so that a kind that reads its replies differently fails every test.
    fn says_the_same(&self, interview: &Interview, used: &[bool]) -> bool {
        (0..used.len()).filter(|item| used[*item] && !self.answers[*item].is_empty()).all(|item| {
            let recorded = interview.data(item);
            let given = self.answers[item].iter().any(|reply| reply.input().is_some());
            !given || recorded.iter().any(|datum| !matches!(datum, Datum::Missing(_))) || recorded.is_empty()
        })
    }
}
