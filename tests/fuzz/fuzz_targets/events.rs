//! Any journal over a fixed instrument with every kind: one JSON event per line, each with its instant. Events are accepted or
//! refused without a panic; refusals change nothing; accepted events replay; and from any end of the journal, declining
//! everything reaches the end.

#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use relata::instrument::Instrument;
use relata::instrument::prompt::Reply;
use relata::interview::{Event, Interview, Stage, Stamped};

static INSTRUMENT: LazyLock<Arc<Instrument>> = LazyLock::new(|| {
    let text = include_str!("../../instruments/valid/every-kind.toml");
    let reading = Instrument::read_stored(text);
    Arc::new(reading.instrument.unwrap_or_else(|| panic!("{:?}", reading.findings)))
});

/// A line is an event as in a journal, or a word for one that fits the current prompt.
fn event(line: &str, interview: &Interview, at: i64) -> Option<Stamped> {
    let reply = |reply| match interview.view().stage {
        Stage::Ask(asked) => Some(Event::Answered { item: asked.item, step: asked.step, reply }),
        _ => None,
    };
    let event = match line {
        "d" => reply(Reply::Declined)?,
        "k" => reply(Reply::DontKnow)?,
        "b" => Event::Back,
        "f" => Event::Forward,
        "h" => match interview.view().stage {
            Stage::HandOver { to, .. } => Event::HandedOver { to },
            _ => return None,
        },
        _ => match serde_json::from_str::<Reply>(line) {
            Ok(given) => reply(given)?,
            Err(_) => match serde_json::from_str::<Event>(line) {
                Ok(event) => event,
                Err(_) => return serde_json::from_str(line).ok(),
            },
        },
    };
    Some(Stamped { at, event })
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let start = relata_fuzz::start(u64::from(data.first().copied().unwrap_or(0)), "en");
    let mut interview = Interview::new(INSTRUMENT.clone(), start.clone());
    let mut taken = Vec::new();
    for (number, line) in text.lines().take(200).enumerate() {
        let Some(stamped) = event(line, &interview, 1_000 + 500 * number as i64) else { continue };
        let written = serde_json::to_string(&stamped).expect("an event can be written");
        assert_eq!(serde_json::from_str::<Stamped>(&written).expect("and read again"), stamped);
        let before = interview.view();
        let elapsed = interview.elapsed(stamped.at);
        match interview.apply(stamped.at, stamped.event.clone()) {
            Ok(()) => taken.push(stamped),
            Err(_) => {
                assert_eq!(interview.view(), before, "a refused event changed something");
                assert_eq!(interview.elapsed(stamped.at), elapsed);
            }
        }
        let share = interview.view().progress.share();
        assert!((0.0..=1.0).contains(&share));
    }
    let replayed = Interview::replay(INSTRUMENT.clone(), start, taken).expect("what was taken replays");
    assert_eq!(replayed.view(), interview.view());
    assert_eq!(replayed.elapsed(0), interview.elapsed(0));
    for index in 0..INSTRUMENT.items.len() {
        let item = &INSTRUMENT.items[index];
        assert_eq!(item.question.columns().len(), interview.data(index).len(), "{}", item.name);
        assert_eq!(interview.data(index), replayed.data(index));
    }
    decline_to_the_end(interview);
});

fn decline_to_the_end(mut interview: Interview) {
    let at = interview.last_event_at();
    for _ in 0..500 {
        let event = match interview.view().stage {
            Stage::Finished | Stage::Withdrawn => return,
            Stage::Paused => Event::Resumed,
            Stage::HandOver { to, .. } => Event::HandedOver { to },
            Stage::Ask(asked) => Event::Answered { item: asked.item, step: asked.step, reply: Reply::Declined },
            Stage::Review(lines) => match lines.into_iter().find(|line| line.open) {
                Some(open) => Event::Opened { item: open.item },
                None => match interview.apply(at, Event::Finished) {
                    Ok(()) => return,
                    Err(relata::interview::Refusal::Unanswered(item)) => Event::Opened { item },
                    Err(refusal) => panic!("the review leads nowhere: {refusal}"),
                },
            },
        };
        if let Err(refusal) = interview.apply(at, event.clone()) {
            panic!("{event:?} was refused: {refusal}");
        }
    }
    panic!("declining everything does not end");
}
