//! Simulated respondents: they go through the real interview prompt by prompt and leave an ordinary journal.

use std::sync::Arc;

use super::{Event, Instant, Interview, Refusal, Stage, Stamped, Start};
use crate::instrument::Instrument;
use crate::instrument::kinds::Simulated;
use crate::instrument::persona::{Latency, Persona};
use crate::instrument::prompt::{FEEDBACK_MS, Input, Invalid, Reply, Typed, WINDOW_MS};
use crate::rng::Rng;

/// A simulated session: its end state and the events that led there.
#[derive(Debug)]
pub struct SimulatedInterview {
    /// The finished interview.
    pub interview: Interview,
    /// Everything that happened, in order.
    pub events: Vec<Stamped>,
}

/// Lets `persona` answer a complete instrument. A refusal can only happen if a kind simulates an answer it would not accept, which
/// the contract test of the kinds rules out.
pub fn walk(
    instrument: Arc<Instrument>,
    start: Start,
    persona: &Persona,
) -> Result<SimulatedInterview, Refusal> {
    let seed = start.seed;
    let mut rng = Rng::for_purpose(seed, "respondent");
    let mut now: Instant = start.at;
    let mut events = Vec::new();
    let mut interview = Interview::new(instrument, start);
    loop {
        let event = match interview.stage() {
            Stage::Finished | Stage::Withdrawn => break,
            Stage::HandOver { to, .. } => Event::HandedOver { to },
            Stage::Paused => Event::Resumed,
            Stage::Review(_) => Event::Finished,
            Stage::Ask(asked) => {
                let instrument = interview.instrument().clone();
                let item =
                    instrument.item(&asked.item).ok_or_else(|| Refusal::Unknown(asked.item.clone()))?;
                let mut respondent = Simulated {
                    persona,
                    item: &item.name,
                    scales: &instrument.scales,
                    rng: &mut rng,
                    mind: Rng::for_purpose(seed, &format!("respondent {}", item.name)),
                };
                let reply = item.question.simulate(&asked.prompt.ask, &asked.earlier, &mut respondent);
                Event::Answered { item: asked.item, step: asked.step, reply }
            }
        };
        now += Latency::CLOSED_QUESTION.draw(&mut rng) as Instant;
        now += sorting_time(&event);
        let event = no_later_than_today(&interview, now, event);
        let taken = match (interview.apply(now, event.clone()), event) {
            (Ok(()), event) => event,
            // Simulated answers ignore constraints; declining is always possible.
            (Err(Refusal::Constraint(_) | Refusal::Invalid(_)), Event::Answered { item, step, .. }) => {
                let declined = Event::Answered { item, step, reply: Reply::Declined };
                interview.apply(now, declined.clone())?;
                declined
            }
            (Err(refusal), _) => return Err(refusal),
        };
        events.push(Stamped { at: now, event: taken });
    }
    Ok(SimulatedInterview { interview, events })
}

/// Simulated dates ignore the clock, so a date in the future becomes today.
fn no_later_than_today(interview: &Interview, now: Instant, event: Event) -> Event {
    match (interview.admits(now, &event), event) {
        (Err(Refusal::Invalid(Invalid::InFuture { today })), Event::Answered { item, step, .. }) => {
            let typed = Typed { text: today.to_string(), ..Typed::default() };
            Event::Answered { item, step, reply: Reply::Given(Input::Text(typed)) }
        }
        (_, event) => event,
    }
}

/// Milliseconds that a timed block takes.
fn sorting_time(event: &Event) -> Instant {
    let Event::Answered { reply: Reply::Given(Input::Sorted(sorted)), .. } = event else { return 0 };
    sorted.trials.iter().map(|trial| trial.ms.unwrap_or(WINDOW_MS) + FEEDBACK_MS).sum::<f64>() as Instant
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::instrument::{Language, RelationalModel, shipped};

    fn persona(careless: bool) -> Persona {
        Persona {
            model: RelationalModel::MarketPricing,
            other_model: RelationalModel::CommunalSharing,
            norms: [-0.5, 0.0, 0.0, 1.0],
            other_norms: [1.0, 0.0, 0.0, -0.5],
            ease: [0.0; 4],
            closeness: 0.2,
            acquiescence: 0.0,
            careless,
            explicit: 0.5,
            association: -0.5,
        }
    }

    #[test]
    fn every_shipped_instrument_can_be_walked_to_its_end_and_replayed() {
        for name in shipped::NAMES {
            let instrument = Arc::new(shipped::read(name).unwrap().instrument.unwrap());
            for seed in 0..40 {
                let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
                let start = Start { seed, language: Language::new("nl"), fields, at: 1_000, offset: None };
                let walk = walk(instrument.clone(), start.clone(), &persona(seed % 2 == 0)).unwrap();
                assert!(walk.interview.is_finished());
                let replayed = Interview::replay(instrument.clone(), start, walk.events).unwrap();
                assert_eq!(replayed.view(), walk.interview.view());
                assert_eq!(replayed.elapsed(0), walk.interview.elapsed(0));
            }
        }
    }
}
