//! Simulated respondents: they walk the real interview, prompt by prompt, and leave a journal like anybody's.

use std::sync::Arc;

use super::{Event, Instant, Interview, Refusal, Stage, Stamped, Start};
use crate::dice::Dice;
use crate::instrument::Instrument;
use crate::instrument::kinds::Simulated;
use crate::instrument::persona::{Latency, Persona};
use crate::instrument::prompt::Reply;

/// A simulated session: its end state and the events that led there.
#[derive(Debug)]
pub struct Walk {
    /// The finished interview.
    pub interview: Interview,
    /// Everything that happened, in order.
    pub events: Vec<Stamped>,
}

/// Lets `persona` answer the whole of an instrument. Refusals cannot happen unless a kind simulates an answer that it
/// would not take, which the contract test of the kinds excludes.
pub fn walk(instrument: Arc<Instrument>, start: Start, persona: &Persona) -> Result<Walk, Refusal> {
    let mut dice = Dice::for_purpose(start.seed, "respondent");
    let mut now: Instant = start.at;
    let mut events = Vec::new();
    let mut interview = Interview::new(instrument, start);
    loop {
        let event = match interview.view().stage {
            Stage::Finished | Stage::Withdrawn => break,
            Stage::HandOver { to, .. } => Event::HandedOver { to },
            Stage::Paused => Event::Resumed,
            Stage::Review(_) => Event::Finished,
            Stage::Ask(asked) => {
                let instrument = interview.instrument().clone();
                let item =
                    instrument.item(&asked.item).ok_or_else(|| Refusal::Unknown(asked.item.clone()))?;
                let mut respondent =
                    Simulated { persona, item: &item.name, scales: &instrument.scales, dice: &mut dice };
                let reply = item.question.simulate(&asked.prompt.ask, &asked.earlier, &mut respondent);
                Event::Answered { item: asked.item, step: asked.step, reply }
            }
        };
        now += Latency::CLOSED_QUESTION.draw(&mut dice) as Instant;
        let taken = match (interview.apply(now, event.clone()), event) {
            (Ok(()), event) => event,
            // A simulated answer knows nothing of constraints; declining is always possible.
            (Err(Refusal::Constraint(_)), Event::Answered { item, step, .. }) => {
                let declined = Event::Answered { item, step, reply: Reply::Declined };
                interview.apply(now, declined.clone())?;
                declined
            }
            (Err(refusal), _) => return Err(refusal),
        };
        events.push(Stamped { at: now, event: taken });
    }
    Ok(Walk { interview, events })
}
