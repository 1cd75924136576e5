//! Interviews answered through the public API: replies as in a journal, applied one by one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use relata::instrument::prompt::{Ask, Input, Reply};
use relata::instrument::{Instrument, Language};
use relata::interview::{Event, Interview, Stage, Start};
use serde_json::Value;

/// Replies by item, in the form of the journal.
pub type Replies = BTreeMap<String, Vec<Reply>>;

pub fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/scores").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// The instrument in `text`, which must read without errors.
pub fn instrument(text: &str) -> Arc<Instrument> {
    let reading = Instrument::read_stored(text);
    let findings = reading.findings;
    Arc::new(reading.instrument.unwrap_or_else(|| panic!("{findings:#?}")))
}

/// An interview with these replies, brought to its end. Every prompt needs its reply, and every reply its prompt.
pub fn interview(instrument: &Arc<Instrument>, replies: &Replies) -> Interview {
    let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
    let start = Start { seed: 1, language: Language::new("en"), fields, at: 0, offset: None };
    let mut interview = Interview::new(instrument.clone(), start);
    let mut taken = 0;
    loop {
        let event = match interview.stage() {
            Stage::Ask(asked) => {
                let reply = replies.get(&asked.item).and_then(|replies| replies.get(asked.step));
                let reply = reply.unwrap_or_else(|| panic!("nothing answers {} {}", asked.item, asked.step));
                taken += 1;
                Event::Answered { item: asked.item, step: asked.step, reply: reply.clone() }
            }
            Stage::HandOver { to, .. } => Event::HandedOver { to },
            Stage::Review(_) => Event::Finished,
            _ => break,
        };
        interview.apply(0, event).unwrap();
    }
    assert_eq!(taken, replies.values().map(Vec::len).sum::<usize>(), "a reply was never asked for");
    interview
}

/// The sessions of the kit by name.
pub fn kit_sessions() -> BTreeMap<String, Interview> {
    let kit = instrument(&fixture("kit.toml"));
    let sessions: BTreeMap<String, Replies> = serde_json::from_str(&fixture("sessions.json")).unwrap();
    sessions.into_iter().map(|(name, replies)| (name, interview(&kit, &replies))).collect()
}

/// The results of the independent computation.
pub fn expected() -> Value {
    serde_json::from_str(&fixture("expected.json")).unwrap()
}

/// Compares two numbers: sums of a dozen terms may only differ in their last digits.
#[track_caller]
pub fn same(found: Option<f64>, expected: &Value, tolerance: f64, what: &str) {
    match (found, expected.as_f64()) {
        (Some(found), Some(expected)) => {
            assert!((found - expected).abs() <= tolerance, "{what}: {found} instead of {expected}");
        }
        (found, expected) => assert_eq!(found, expected, "{what}"),
    }
}

/// What a person types in the plain mode to give these replies.
pub fn typed(instrument: &Arc<Instrument>, replies: &Replies) -> String {
    let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
    let start = Start { seed: 1, language: Language::new("en"), fields, at: 0, offset: None };
    let mut interview = Interview::new(instrument.clone(), start);
    let mut lines: Vec<String> = Vec::new();
    while let Stage::Ask(asked) = interview.stage() {
        let reply = replies[&asked.item][asked.step].clone();
        match (&reply, &asked.prompt.ask) {
            (Reply::Declined, _) => lines.push(":declined".into()),
            (Reply::DontKnow, _) => lines.push(":dontknow".into()),
            (Reply::Given(Input::Picked(names)), _) => lines.push(names.join(" ")),
            (Reply::Given(Input::Text(typed)), _) => lines.push(typed.text.clone()),
            (Reply::Given(Input::Rated(cells)), _) => {
                lines.extend(cells.iter().map(|cell| cell.point().unwrap().to_string()));
            }
            (Reply::Given(Input::Allocated(points)), Ask::Allocate { parts, .. }) => {
                lines.extend(parts.iter().map(|part| points[&part.name].to_string()));
            }
            other => panic!("{other:?}"),
        }
        interview.apply(0, Event::Answered { item: asked.item, step: asked.step, reply }).unwrap();
    }
    // The last Enter leaves the review.
    lines.join("\n") + "\n\n"
}
