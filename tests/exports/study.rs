//! A study with answers that are hard to export.

use std::collections::BTreeMap;
use std::sync::Arc;

use relata::instrument::prompt::{Input, Missing, Reply, ScaleReply, Typed};
use relata::instrument::{Instrument, Language};
use relata::interview::{Event, Instant, Interview, Stage, Stamped, Start};
use relata::store::{Mode, NewSession, SessionId, Study, Whole};

use crate::journeys::support::Place;

pub const BEGUN: Instant = 1_767_600_000_000;

/// A text that SPSS keeps in many pieces, with characters of one to four bytes at every place.
pub fn long_story() -> String {
    (0..900).map(|n| ["a", "é", "√", "😀", " ", "\"", ",", "'"][n % 8].to_owned() + &n.to_string()).collect()
}

pub fn text(words: &str) -> Reply {
    Reply::Given(Input::Text(Typed { text: words.into(), first_key_ms: Some(900), enter_ms: Some(2_500) }))
}

pub fn picked(names: &[&str]) -> Reply {
    Reply::Given(Input::Picked(names.iter().map(|name| (*name).to_owned()).collect()))
}

pub fn rated(cells: &[ScaleReply]) -> Reply {
    Reply::Given(Input::Rated(cells.to_vec()))
}

fn number(number: f64) -> Reply {
    Reply::Given(Input::Number(number))
}

/// Answers by item: one reply for each of its prompts. A missing item is declined.
type Answers = BTreeMap<&'static str, Vec<Reply>>;

fn first() -> Answers {
    BTreeMap::from([
        ("story", vec![text(&long_story())]),
        ("agree", vec![rated(&[ScaleReply::Point(3)])]),
        ("temperature", vec![number(-992.5)]),
        ("day", vec![text("1899-12-31")]),
        ("session", vec![picked(&["an_option_name_of_thirty_tw_bye"])]),
        ("an_item_name_of_thirty_two_bytes", vec![picked(&["price", "with"])]),
        (
            "words",
            vec![
                text("=cmd|' /C calc'!A0"),
                text("naïef 😀"),
                text("'-quoted"),
                rated(&[ScaleReply::Point(-3), ScaleReply::Missing(Missing::DontKnow), ScaleReply::Point(3)]),
            ],
        ),
        ("hidden", vec![rated(&[ScaleReply::Point(-10)])]),
    ])
}

fn second() -> Answers {
    BTreeMap::from([
        ("story", vec![text("Two\nlines, \"quoted\"\tand a tab\r\nand a carriage return; NA")]),
        ("agree", vec![rated(&[ScaleReply::Point(1)])]),
        ("temperature", vec![Reply::DontKnow]),
        ("day", vec![text("2024-02-29")]),
        ("session", vec![picked(&["price"])]),
        ("an_item_name_of_thirty_two_bytes", vec![picked(&[])]),
        ("words", vec![text("only one"), text(""), rated(&[ScaleReply::Point(0)])]),
    ])
}

/// Keeps four sessions in the study of `place`: two with answers, one that declines everything, and a rehearsal.
pub fn keep(place: &Place) {
    let text = include_str!("../fixtures/export/nasty.toml");
    let reading = Instrument::read("nasty.toml", text, &|_| Err("includes nothing".into()));
    let instrument = Arc::new(reading.instrument.unwrap_or_else(|| panic!("{:#?}", reading.findings)));
    let declines = BTreeMap::new();
    let sessions =
        [("R=1", first(), false), ("R2", second(), false), ("R3", declines, false), ("T1", second(), true)];
    let whole = |(n, (respondent, answers, test)): (usize, (&str, Answers, bool))| {
        let start = Start {
            seed: n as u64,
            language: Language::new("en"),
            fields: BTreeMap::from([("organisation".to_owned(), "+31 Bakkerij ’t Hoekje".to_owned())]),
            at: BEGUN + n as i64 * 3_600_250,
            offset: None,
        };
        let events = walk(&instrument, &start, &answers);
        let session = NewSession {
            id: SessionId::new(start.at, [n as u8 + 1; 10]),
            start,
            respondent: respondent.into(),
            interviewer: None,
            mode: Mode::Plain,
            test,
        };
        Whole { session, events, truth: None }
    };
    let batch: Vec<Whole> = sessions.into_iter().enumerate().map(whole).collect();
    Study::open(&place.study()).unwrap().append_all(&instrument, batch).unwrap();
}

/// Walks through an interview at two seconds a prompt.
fn walk(instrument: &Arc<Instrument>, start: &Start, answers: &Answers) -> Vec<Stamped> {
    let mut interview = Interview::new(instrument.clone(), start.clone());
    let (mut at, mut events) = (start.at, Vec::new());
    loop {
        let event = match interview.view().stage {
            Stage::Ask(asked) => {
                let reply =
                    answers.get(asked.item.as_str()).and_then(|replies| replies.get(asked.step)).cloned();
                Event::Answered {
                    item: asked.item,
                    step: asked.step,
                    reply: reply.unwrap_or(Reply::Declined),
                }
            }
            Stage::Review(_) => Event::Finished,
            Stage::Finished => return events,
            other => panic!("{other:?}"),
        };
        at += 2_000;
        interview.apply(at, event.clone()).unwrap_or_else(|why| panic!("{event:?}: {why}"));
        events.push(Stamped { at, event });
    }
}
