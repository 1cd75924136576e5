//! Timed sorting from the keys to the verdict: key presses in a block go through the block's course, the interview, a study
//! file and the program's report. Also measures how noise in the latencies affects D.

use std::collections::BTreeMap;
use std::sync::Arc;

use relata::classify::reference::Generator;
use relata::instrument::prompt::{
    Ask, Input, Pairing, Reply, Run, SortBlock, SortDisplay, SortKey, Sorted, Timing, WINDOW_MS,
};
use relata::instrument::{Instrument, Language, shipped};
use relata::interview::{Event, Interview, Stage, Stamped, Start, simulate};
use relata::measures::timed::{ErrorMethod, Trial, sc_iat};
use relata::psychometrics::descriptive::correlation;
use relata::rng::Rng;
use relata::store::{Mode, NewSession, SessionId, Study, Whole};
use serde_json::Value;

use crate::journeys::support::Place;

/// A key press with its time; `None` for no further press.
type Keys<'a> = &'a dyn Fn(&SortBlock) -> Vec<Option<(SortKey, f64)>>;

/// Goes through a block: at each stimulus the next of `presses`, this many milliseconds after it became visible.
fn sorted(block: &SortBlock, presses: &[Option<(SortKey, f64)>]) -> Sorted {
    let mut run = Run::new(block.clone());
    let (mut now, mut trial) = (0.0, 0);
    while run.moment() != SortDisplay::Over {
        run.shown(now);
        let until = run.until().unwrap();
        if let (SortDisplay::Stimulus(_), Some(press)) = (run.moment(), presses.get(trial)) {
            trial += 1;
            if let Some((side, ms)) = press
                && run.key(*side, now + ms, false)
            {
                now += ms;
                continue;
            }
        }
        assert!(run.pass(until));
        now = until;
    }
    run.sorted(Timing::default()).unwrap()
}

/// Goes through a block with a key held down from 500 ms on, on a keyboard that repeats it and a terminal that does not say so.
fn held(block: &SortBlock) -> Sorted {
    let mut run = Run::new(block.clone());
    let (mut now, mut next, mut pause) = (0.0, 500.0, 400.0);
    while run.moment() != SortDisplay::Over {
        run.shown(now);
        let until = run.until().unwrap();
        if next < until {
            now = next;
            next += std::mem::replace(&mut pause, 33.0);
            run.key(SortKey::Left, now, false);
        } else {
            assert!(run.pass(until));
            now = until;
        }
    }
    run.sorted(Timing::default()).unwrap()
}

fn instrument() -> Arc<Instrument> {
    Arc::new(shipped::read("customer-interview").unwrap().instrument.unwrap())
}

/// A simulated interview whose timed blocks are done by `sort`, kept in a study under `code`.
fn keep(study: &mut Study, code: &str, at: u8, sort: &dyn Fn(&SortBlock) -> Sorted) {
    let instrument = instrument();
    let mut rng = Rng::new(u64::from(at));
    let (persona, _) = Generator::default().persona(&mut rng);
    let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
    let start = Start { seed: 7, language: Language::new("en"), fields, at: 0, offset: None };
    let walk = simulate::walk(instrument.clone(), start.clone(), &persona).unwrap();
    let mut replies: BTreeMap<(String, usize), Reply> = BTreeMap::new();
    for stamped in &walk.events {
        if let Event::Answered { item, step, reply } = &stamped.event {
            replies.insert((item.clone(), *step), reply.clone());
        }
    }
    let mut interview = Interview::new(instrument.clone(), start.clone());
    let mut events = Vec::new();
    let mut blocks = 0;
    loop {
        let event = match interview.stage() {
            Stage::Ask(asked) => {
                let reply = match &asked.prompt.ask {
                    Ask::Sort(block) => {
                        blocks += 1;
                        Reply::Given(Input::Sorted(sort(block)))
                    }
                    _ => replies[&(asked.item.clone(), asked.step)].clone(),
                };
                Event::Answered { item: asked.item, step: asked.step, reply }
            }
            Stage::HandOver { to, .. } => Event::HandedOver { to },
            Stage::Review(_) => Event::Finished,
            _ => break,
        };
        interview.apply(0, event.clone()).unwrap();
        events.push(Stamped { at: 0, event });
    }
    assert_eq!(blocks, 4);
    let session = NewSession {
        id: SessionId::new(1_000 + i64::from(at), [at; 10]),
        start,
        respondent: code.to_owned(),
        interviewer: None,
        mode: Mode::Screen,
        test: false,
    };
    study.append_all(&instrument, [Whole { session, events, truth: None }]).unwrap();
}

/// The timed score as the program reports it, and what it says in words.
fn reported(place: &Place, code: &str) -> (Value, String) {
    let report = place.run(&["report", "--respondent", code, "--format", "json"]).json();
    let scale = report["scales"].as_array().unwrap().iter().find(|scale| scale["name"] == "timed_sorting");
    let words = report["gap_measures"].as_array().unwrap().iter().filter_map(Value::as_str);
    (scale.unwrap().clone(), words.collect::<Vec<_>>().join("\n"))
}

fn honest(block: &SortBlock) -> Vec<Option<(SortKey, f64)>> {
    let slower = if block.pairing == Pairing::Bad { 80.0 } else { 0.0 };
    let press = |(at, trial): (usize, &relata::instrument::prompt::SortTrial)| {
        let key = if at % 15 == 14 { trial.key.other() } else { trial.key };
        Some((key, 450.0 + (at * 37 % 300) as f64 + slower))
    };
    block.trials.iter().enumerate().map(press).collect()
}

#[test]
fn who_does_not_sort_is_excluded_with_the_right_reason_in_the_report() {
    let place = Place::new();
    let mut study = Study::open(&place.study()).unwrap();
    let one_key: Keys =
        &|block| honest(block).into_iter().map(|press| press.map(|(_, ms)| (SortKey::Left, ms))).collect();
    let never: Keys = &|block| vec![None; block.trials.len()];
    let at_once: Keys =
        &|block| honest(block).into_iter().map(|press| press.map(|(key, _)| (key, 150.0))).collect();
    let slowly: Keys =
        &|block| honest(block).into_iter().map(|press| press.map(|(key, _)| (key, WINDOW_MS))).collect();
    let honestly: Keys = &honest;
    for (at, (code, keys)) in [
        ("HONEST", honestly),
        ("ONE-KEY", one_key),
        ("NEVER", never),
        ("AT-ONCE", at_once),
        ("SLOWLY", slowly),
    ]
    .into_iter()
    .enumerate()
    {
        keep(&mut study, code, at as u8, &|block| sorted(block, &keys(block)));
    }
    keep(&mut study, "HELD", 9, &held);
    drop(study);

    let (scale, _) = reported(&place, "HONEST");
    assert!(scale["value"].as_f64().is_some_and(|d| d > 0.5), "{scale}");
    assert_eq!(scale["n"], 144);
    // A respondent who uses all the available time has sorted, too.
    let (scale, _) = reported(&place, "SLOWLY");
    assert_eq!((&scale["value"], &scale["n"]), (&Value::Null, &Value::from(0)), "all latencies are equal");
    for (code, reason) in
        [("ONE-KEY", "too many mistakes"), ("NEVER", "too few"), ("AT-ONCE", "too few"), ("HELD", "too few")]
    {
        let (scale, words) = reported(&place, code);
        assert_eq!((&scale["value"], &scale["se"]), (&Value::Null, &Value::Null), "{code}: {scale}");
        let said = scale["reason"].as_str().unwrap().to_lowercase();
        assert!(said.contains(reason), "{code}: {said}");
        // The other measure leads then, and the report says why.
        assert!(words.to_lowercase().contains(reason), "{code}: {words}");
        assert!(words.contains("“Associated” comes from: free association"), "{code}: {words}");
    }
}

/// D of a person's two test blocks, `noise` added to every latency.
fn d(blocks: &[Sorted], mut noise: impl FnMut() -> f64) -> Option<f64> {
    let mut trials = |pairing| -> Vec<Trial> {
        let block = blocks.iter().find(|block| block.test && block.pairing == pairing).unwrap();
        let trial = |trial: &relata::instrument::prompt::Sorting| match trial.ms {
            Some(ms) => Trial::answered((ms + noise()).max(0.0), trial.correct()),
            None => Trial::unanswered(),
        };
        block.trials.iter().map(trial).collect()
    };
    let (good, bad) = (trials(Pairing::Good), trials(Pairing::Bad));
    sc_iat::clean(&good, &bad).score(ErrorMethod::None).outcome().ok().map(|estimate| estimate.d)
}

/// The documented effect of noise in the timestamps: how well D with it agrees with D without.
#[test]
fn jitter_of_some_milliseconds_hardly_moves_d() {
    let mut rng = Rng::new(11);
    let generator = Generator::default();
    let (mut clean, mut noisy, mut late) = (Vec::new(), Vec::new(), Vec::new());
    let start =
        Start { seed: 3, language: Language::new("en"), fields: BTreeMap::new(), at: 0, offset: None };
    let interview = Interview::new(instrument(), start);
    let blocks = task(&interview);
    for _ in 0..1_500 {
        let (persona, _) = generator.persona(&mut rng);
        let sorted: Vec<Sorted> = blocks
            .iter()
            .map(|block| {
                let press = |trial: &relata::instrument::prompt::SortTrial| {
                    let (ms, right) = persona.sort(&mut rng, block.pairing);
                    (ms <= WINDOW_MS).then_some((if right { trial.key } else { trial.key.other() }, ms))
                };
                let pressed: Vec<_> = block.trials.iter().map(press).collect();
                block.sorted(pressed)
            })
            .collect();
        let with_17 = d(&sorted, || 17.0 * rng.normal());
        let lag_40 = d(&sorted, || 40.0 + 30.0 * rng.normal());
        if let (Some(none), Some(noise), Some(lag)) = (d(&sorted, || 0.0), with_17, lag_40) {
            clean.push(none);
            noisy.push(noise);
            late.push(lag);
        }
    }
    assert!(clean.len() > 1_300, "{}", clean.len());
    let (noisy, late) = (correlation(&clean, &noisy).unwrap(), correlation(&clean, &late).unwrap());
    // At least as well as documented, and not so well that there was no noise.
    assert!((0.998..0.9999).contains(&noisy), "17 ms: {noisy}");
    assert!((0.993..0.999).contains(&late), "40 ms late, 30 ms of jitter: {late}");
}

/// The two test blocks of an interview's timed task.
fn task(interview: &Interview) -> Vec<SortBlock> {
    let mut interview = interview.clone();
    let mut blocks = Vec::new();
    loop {
        let event = match interview.stage() {
            Stage::Ask(asked) => {
                let reply = match &asked.prompt.ask {
                    Ask::Sort(block) => {
                        blocks.push(block.clone());
                        Reply::Given(Input::Sorted(sorted(block, &honest(block))))
                    }
                    _ => Reply::Declined,
                };
                let reply = if asked.required { agreed(&asked.prompt.ask, reply) } else { reply };
                Event::Answered { item: asked.item, step: asked.step, reply }
            }
            Stage::HandOver { to, .. } => Event::HandedOver { to },
            _ => break,
        };
        interview.apply(0, event).unwrap();
    }
    blocks.retain(|block| block.test);
    assert_eq!(blocks.len(), 2);
    blocks
}

/// A reply that a question takes which cannot be declined.
fn agreed(ask: &Ask, reply: Reply) -> Reply {
    match ask {
        Ask::Pick { options, .. } => Reply::Given(Input::Picked(
            options.first().map(|option| option.name.clone()).into_iter().collect(),
        )),
        Ask::Note => Reply::Given(Input::Seen),
        _ => reply,
    }
}
