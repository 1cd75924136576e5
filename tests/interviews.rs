//! Properties of every interview, for any instrument and any events: random instruments, random events.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use relata::instrument::kinds::{Datum, KINDS, Simulated, WhyMissing};
use relata::instrument::persona::Persona;
use relata::instrument::prompt::{
    Ask, Input, Missing, Pairing, Reply, ScaleReply, SortKey, Sorted, Timing, Typed,
};
use relata::instrument::{Audience, Instrument, LINTS, Language, RelationalModel, Severity};
use relata::interview::{Asked, Event, Interview, Refusal, Stage, Stamped, Start, simulate};
use relata::rng::Rng;

mod generator;

/// What a person at the keyboard might do, resolved against the current prompt.
#[derive(Debug, Clone)]
enum Move {
    Simulated,
    Declined,
    DontKnow,
    Nonsense(u8),
    Back,
    Forward,
    Jump(usize),
    Open(usize),
    Note(usize, bool),
    Field(bool),
    Language(bool),
    Pause,
    Resume,
    HandOver,
    HandOverTo(bool),
    Finish,
    Withdraw,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        24 => Just(Move::Simulated),
        4 => Just(Move::Declined),
        2 => Just(Move::DontKnow),
        6 => any::<u8>().prop_map(Move::Nonsense),
        6 => Just(Move::Back),
        4 => Just(Move::Forward),
        3 => any::<usize>().prop_map(Move::Jump),
        2 => any::<usize>().prop_map(Move::Open),
        2 => any::<(usize, bool)>().prop_map(|(at, some)| Move::Note(at, some)),
        1 => any::<bool>().prop_map(Move::Field),
        1 => any::<bool>().prop_map(Move::Language),
        1 => Just(Move::Pause),
        2 => Just(Move::Resume),
        6 => Just(Move::HandOver),
        1 => any::<bool>().prop_map(Move::HandOverTo),
        1 => Just(Move::Finish),
    ];
    (proptest::collection::vec(one, 0..60), proptest::bool::weighted(0.05)).prop_map(
        |(mut moves, withdraws)| {
            moves.extend(withdraws.then_some(Move::Withdraw));
            moves
        },
    )
}

fn persona() -> Persona {
    Persona {
        model: RelationalModel::CommunalSharing,
        other_model: RelationalModel::MarketPricing,
        norms: [0.9, 0.0, 0.1, -0.2],
        other_norms: [0.0, 0.1, 0.0, 0.9],
        ease: [0.0; 4],
        closeness: 0.2,
        acquiescence: 0.1,
        careless: true,
        explicit: 0.1,
        association: -0.1,
    }
}

fn start(seed: u64) -> Start {
    let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
    Start { seed, language: Language::new("nl"), fields, at: 1_000, offset: None }
}

/// A reply that most prompts refuse.
fn nonsense(gene: u8) -> Reply {
    let input = match gene % 14 {
        0 => Input::Seen,
        1 => Input::Picked(vec!["no".into()]),
        2 => Input::Picked(vec!["two".into(), "two".into()]),
        3 => Input::Rated(vec![ScaleReply::Point(3)]),
        4 => Input::Rated(vec![ScaleReply::Point(i64::MIN), ScaleReply::Missing(Missing::Declined)]),
        5 => Input::Rated(vec![]),
        6 => Input::Number(f64::INFINITY),
        7 => Input::Number(3.0),
        8 => Input::Text(Typed { text: "é".repeat(50), first_key_ms: Some(u64::MAX), enter_ms: None }),
        9 => Input::Text(Typed::default()),
        11 => Input::NotTimed,
        12 => Input::Sorted(Sorted {
            number: 1,
            test: false,
            pairing: Pairing::Good,
            organisation: SortKey::Left,
            trials: vec![],
            early: u32::MAX,
            repeats: 0,
            timing: Timing::default(),
        }),
        10 => Input::Ranked(vec!["three".into(), "one".into()]),
        _ => Input::Allocated(BTreeMap::from([("a".into(), i64::MAX), ("b".into(), i64::MAX)])),
    };
    Reply::Given(input)
}

fn simulated(interview: &Interview, asked: &Asked, rng: &mut Rng) -> Reply {
    let instrument = interview.instrument();
    let item = instrument.item(&asked.item).unwrap();
    let persona = persona();
    let mind = Rng::for_purpose(interview.start().seed, &item.name);
    let mut who = Simulated { persona: &persona, item: &item.name, scales: &instrument.scales, rng, mind };
    item.question.simulate(&asked.prompt.ask, &asked.earlier, &mut who)
}

fn event(what: &Move, interview: &Interview, rng: &mut Rng) -> Event {
    let instrument = interview.instrument();
    let item = |at: usize| instrument.items[at % instrument.items.len()].name.clone();
    let stage = interview.view().stage;
    let answer = |reply: Reply| match &stage {
        Stage::Ask(asked) => Event::Answered { item: asked.item.clone(), step: asked.step, reply },
        // Nothing is being asked, which must be said.
        _ => Event::Answered { item: item(0), step: 0, reply },
    };
    match what {
        Move::Simulated => match &stage {
            Stage::Ask(asked) => answer(simulated(interview, asked, rng)),
            Stage::HandOver { to, .. } => Event::HandedOver { to: *to },
            Stage::Paused => Event::Resumed,
            _ => answer(Reply::Declined),
        },
        Move::Declined => answer(Reply::Declined),
        Move::DontKnow => answer(Reply::DontKnow),
        Move::Nonsense(gene) if gene % 3 == 0 => Event::Answered {
            item: item(usize::from(*gene)),
            step: usize::from(gene % 7),
            reply: nonsense(*gene),
        },
        Move::Nonsense(gene) => answer(nonsense(*gene)),
        Move::Back => Event::Back,
        Move::Forward => Event::Forward,
        Move::Jump(at) => {
            Event::Jumped { group: instrument.groups[at % instrument.groups.len()].name.clone() }
        }
        Move::Open(at) => Event::Opened { item: item(*at) },
        Move::Note(at, some) => {
            Event::Noted { item: item(*at), text: if *some { "nervous".into() } else { " ".into() } }
        }
        Move::Field(known) => Event::Field {
            name: if *known { "organisation".into() } else { item(0) },
            value: if *known { "Bolt".into() } else { "3".into() },
        },
        Move::Language(known) => {
            Event::Language { language: Language::new(if *known { "en" } else { "fr" }) }
        }
        Move::Pause => Event::Paused,
        Move::Resume => Event::Resumed,
        Move::HandOver => match stage {
            Stage::HandOver { to, .. } => Event::HandedOver { to },
            _ => Event::HandedOver { to: Audience::Respondent },
        },
        Move::HandOverTo(interviewer) => {
            Event::HandedOver { to: if *interviewer { Audience::Interviewer } else { Audience::Respondent } }
        }
        Move::Finish => Event::Finished,
        Move::Withdraw => Event::Withdrawn,
    }
}

/// Everything that is visible of an interview from outside.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    view: relata::interview::View,
    elapsed: i64,
    last: i64,
    data: Vec<Vec<Datum>>,
    notes: Vec<Option<String>>,
    fields: BTreeMap<String, String>,
    fed: Vec<relata::interview::Fed>,
}

fn seen(interview: &Interview) -> Seen {
    let instrument = interview.instrument();
    let items = 0..instrument.items.len();
    Seen {
        view: interview.view(),
        elapsed: interview.elapsed(interview.last_event_at()),
        last: interview.last_event_at(),
        data: items.clone().map(|index| interview.data(index)).collect(),
        notes: items
            .map(|index| interview.note_of(&instrument.items[index].name).map(str::to_owned))
            .collect(),
        fields: interview.fields().clone(),
        fed: (0..instrument.scales.len()).flat_map(|scale| interview.fed(scale)).collect(),
    }
}

fn check_moment(interview: &Interview) {
    // A remote front-end gets all of it, and what it may do with an empty entry is what the interview accepts.
    let view = interview.view();
    assert!(serde_json::to_string(&view).unwrap().len() > 20);
    if let Stage::Ask(asked) = &view.stage {
        let passed = asked.empty.event(asked);
        let taken = passed.as_ref().map(|event| interview.after(interview.last_event_at(), event).is_ok());
        assert_ne!(taken, Some(false), "{asked:?}");
        assert!(taken.is_some() || asked.reply.is_none(), "{asked:?}");
    }
    let instrument = interview.instrument();
    let view = interview.view();
    let share = view.progress.share();
    assert!((0.0..=1.0).contains(&share), "{share}");
    for section in &view.sections {
        assert!(section.progress.done <= section.progress.total);
    }
    for (index, item) in instrument.items.iter().enumerate() {
        let data = interview.data(index);
        assert_eq!(data.len(), item.question.columns().len(), "{}", item.name);
        let not_asked = data.iter().all(|datum| *datum == Datum::Missing(WhyMissing::NotAsked));
        assert_eq!(interview.replies(index).is_none() && !data.is_empty(), not_asked && !data.is_empty());
    }
    if view.locked {
        match &view.stage {
            Stage::Ask(asked) => {
                assert!(asked.guidance.is_empty() && asked.probes.is_empty() && asked.note.is_none());
                let group = instrument.group_of(instrument.item(&asked.item).unwrap());
                assert_eq!(group.audience, Audience::Respondent);
            }
            Stage::Review(_) => panic!("a locked view shows all answers"),
            _ => {}
        }
        for group in &instrument.groups {
            let jump = interview
                .clone()
                .apply(interview.last_event_at(), Event::Jumped { group: group.name.clone() });
            let over = interview.is_finished() || interview.is_withdrawn();
            let wanted = if over {
                Refusal::Over
            } else if view.stage == Stage::Paused {
                Refusal::Paused
            } else {
                Refusal::NotYours
            };
            assert_eq!(jump, Err(wanted));
        }
    }
}

/// Going back and forth again shows the same, wherever all earlier prompts have been dealt with.
fn check_back_and_forth(interview: &Interview) {
    let mut there = interview.clone();
    let at = there.last_event_at();
    let before = there.view().stage;
    if !matches!(before, Stage::Ask(_) | Stage::HandOver { .. } | Stage::Review(_)) {
        return;
    }
    match there.apply(at, Event::Back) {
        Ok(()) => assert!(interview.view().can_go_back),
        Err(refusal) => {
            assert_eq!(refusal, Refusal::AtStart);
            assert!(!interview.view().can_go_back);
            return;
        }
    }
    match there.apply(at, Event::Forward) {
        Ok(()) => match (there.view().stage, before) {
            // Skipping an optional question records that it was skipped, which the review may show.
            (Stage::Review(after), Stage::Review(before)) => assert_eq!(after.len(), before.len()),
            (after, before) => assert_eq!(after, before),
        },
        // What was jumped over needs its answer first.
        Err(refusal) => assert!(matches!(refusal, Refusal::NeedsReply | Refusal::HandOverFirst), "{refusal}"),
    }
}

/// Answers (or declines) every prompt until the interview is over.
fn walk_on(mut interview: Interview, declining: bool, rng: &mut Rng) -> Interview {
    let at = interview.last_event_at();
    let bound = 20 + 14 * interview.instrument().items.len();
    for _ in 0..bound {
        let event = match interview.view().stage {
            Stage::Finished | Stage::Withdrawn => return interview,
            Stage::Paused => Event::Resumed,
            Stage::HandOver { to, .. } => Event::HandedOver { to },
            Stage::Ask(asked) => {
                let reply = if declining { Reply::Declined } else { simulated(&interview, &asked, rng) };
                Event::Answered { item: asked.item, step: asked.step, reply }
            }
            Stage::Review(_) => match interview.clone().apply(at, Event::Finished) {
                Err(Refusal::Unanswered(item)) => Event::Opened { item },
                _ => Event::Finished,
            },
        };
        match (interview.apply(at, event.clone()), event) {
            (Ok(()), _) => {}
            (Err(Refusal::Constraint(_)), Event::Answered { item, step, .. }) => {
                interview.apply(at, Event::Answered { item, step, reply: Reply::Declined }).unwrap();
            }
            (Err(refusal), event) => panic!("a dead end: {event:?}: {refusal}"),
        }
    }
    panic!("no end in {bound} steps, at {:?}", interview.view().stage);
}

fn run(instrument: &Arc<Instrument>, seed: u64, moves: &[Move]) {
    let mut rng = Rng::new(seed);
    let mut interview = Interview::new(instrument.clone(), start(seed));
    let mut journal = Vec::new();
    let mut kept: Vec<Option<Vec<Datum>>> = vec![None; instrument.items.len()];
    for (number, what) in moves.iter().enumerate() {
        let at = 2_000 + 300 * number as i64;
        let event = event(what, &interview, &mut rng);
        let stamped = Stamped { at, event: event.clone() };
        // JSON has no infinite numbers, and no front-end can enter one.
        if !matches!(&event, Event::Answered { reply: Reply::Given(Input::Number(n)), .. } if !n.is_finite())
        {
            let written = serde_json::to_string(&stamped).unwrap();
            assert_eq!(serde_json::from_str::<Stamped>(&written).unwrap(), stamped);
        }
        let before = seen(&interview);
        let asked = match &before.view.stage {
            Stage::Ask(asked) => Some(asked.item.clone()),
            _ => None,
        };
        match interview.apply(at, event) {
            Ok(()) => journal.push(stamped),
            Err(refusal) => {
                assert_eq!(seen(&interview), before, "a refused event changed something");
                let simulated = matches!(what, Move::Simulated) && asked.is_some();
                assert!(!simulated || matches!(refusal, Refusal::Constraint(_)), "{refusal} for {stamped:?}");
            }
        }
        // An item that becomes irrelevant and relevant again keeps its answers.
        for (index, kept) in kept.iter_mut().enumerate() {
            let data = interview.data(index);
            if interview.replies(index).is_none() {
                let answered_now = asked.as_deref() == Some(&instrument.items[index].name);
                if !answered_now && kept.is_none() && before.data[index] != data {
                    *kept = Some(before.data[index].clone());
                }
            } else if let Some(earlier) = kept.take() {
                assert_eq!(data, earlier, "{} lost its answer", instrument.items[index].name);
            }
        }
        check_moment(&interview);
        check_back_and_forth(&interview);
    }
    let replayed = Interview::replay(instrument.clone(), start(seed), journal).unwrap();
    assert_eq!(seen(&replayed), seen(&interview));
    assert_eq!(replayed.elapsed(i64::MAX), interview.elapsed(i64::MAX));
    for declining in [true, false] {
        let end = walk_on(interview.clone(), declining, &mut rng);
        check_moment(&end);
        assert!(end.is_finished() || end.is_withdrawn());
        if end.is_finished() {
            assert_eq!(end.view().progress.share(), 1.0, "{:?}", end.view().sections);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 65_536, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_an_interview_stays_whole(
        spec in generator::instrument(),
        seed in any::<u64>(),
        moves in moves(),
    ) {
        let text = spec.text();
        let reading = Instrument::read("random.toml", &text, &|_| Err("nothing to include".into()));
        let errors: Vec<_> = reading.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        // Random conditions may contradict themselves; the reader is right to refuse those.
        prop_assume!(errors.is_empty() || errors.iter().any(|finding| finding.code != "flow.unreachable"));
        prop_assert!(errors.is_empty(), "{text}\n{errors:#?}");
        let instrument = Arc::new(reading.instrument.unwrap());
        run(&instrument, seed, &moves);
    }

    #[test]
    fn simulated_respondents_reach_the_end_of_any_instrument(spec in generator::instrument(), seed in any::<u64>()) {
        let reading = Instrument::read_stored(&spec.text());
        let Some(instrument) = reading.instrument else { return Ok(()) };
        let instrument = Arc::new(instrument);
        let walk = simulate::walk(instrument.clone(), start(seed), &persona()).unwrap();
        prop_assert!(walk.interview.is_finished());
        prop_assert_eq!(walk.interview.view().progress.share(), 1.0);
        let replayed = Interview::replay(instrument, start(seed), walk.events).unwrap();
        prop_assert_eq!(seen(&replayed), seen(&walk.interview));
    }

    #[test]
    fn journeys_through_every_kind_stay_whole(seed in any::<u64>(), moves in moves()) {
        run(&every_kind(), seed, &moves);
    }
}

fn every_kind() -> Arc<Instrument> {
    let reading = Instrument::read_stored(include_str!("instruments/valid/every-kind.toml"));
    Arc::new(reading.instrument.expect("it reads"))
}

#[test]
fn the_fixture_called_every_kind_has_every_kind() {
    let instrument = every_kind();
    for kind in KINDS {
        assert!(instrument.items.iter().any(|item| item.kind == kind.id), "{}", kind.id);
        assert!(
            include_str!("interviews/generator.rs").contains(&format!("(\"{}\"", kind.id)),
            "{}",
            kind.id
        );
    }
}

#[test]
fn instants_at_the_ends_of_time_are_taken() {
    let mut interview = Interview::new(every_kind(), Start { at: i64::MIN, ..start(1) });
    for at in [i64::MAX, i64::MIN, 0] {
        interview.apply(at, Event::Paused).unwrap();
        interview.apply(at, Event::Resumed).unwrap();
    }
    assert_eq!(interview.elapsed(i64::MIN), interview.elapsed(i64::MAX));
}

#[test]
fn a_field_of_the_start_that_nobody_asked_for_stands_before_no_item() {
    let fields = BTreeMap::from([("years".to_owned(), "Acme".to_owned())]);
    let interview = Interview::new(every_kind(), Start { fields, ..start(1) });
    assert_eq!(interview.piped("years"), None);
    assert!(interview.fields().is_empty());
}

#[test]
fn declining_to_associate_is_no_answer_to_count() {
    let text = "format = 1\nname = \"n\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"L\"\nminutes = 1\n\
        [[groups]]\nname = \"g\"\nlabel = \"G\"\n\
        [[groups.items]]\nname = \"w\"\nkind = \"association\"\nlabel = \"W\"\n\
        [[groups.items]]\nname = \"few\"\nkind = \"note\"\nlabel = \"F\"\nrelevant = \"count(w) < 3\"\n";
    let instrument = Arc::new(Instrument::read_stored(text).instrument.unwrap());
    let mut interview = Interview::new(instrument, start(1));
    interview.apply(2_000, Event::Answered { item: "w".into(), step: 0, reply: Reply::Declined }).unwrap();
    assert!(matches!(interview.view().stage, Stage::Review(_)), "an item without an answer has no value");
}

fn picked(name: &str) -> Reply {
    Reply::Given(Input::Picked(vec![name.to_owned()]))
}

#[test]
fn a_changed_most_takes_the_least_along_only_where_they_clash() {
    let text = "format = 1\nname = \"n\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"L\"\nminutes = 1\n\
        [[groups]]\nname = \"g\"\nlabel = \"G\"\n\
        [[groups.items]]\nname = \"s\"\nkind = \"best_worst\"\nlabel = \"Most?\"\nleast = \"Least?\"\n\
        statements = [{ name = \"a\", label = \"A\" }, { name = \"b\", label = \"B\" }, { name = \"c\", label = \"C\" }, { name = \"d\", label = \"D\" }]\n";
    let instrument = Arc::new(Instrument::read_stored(text).instrument.unwrap());
    let mut interview = Interview::new(instrument, start(3));
    let answer = |interview: &mut Interview, step, reply| {
        interview.apply(2_000, Event::Answered { item: "s".into(), step, reply })
    };
    let offered = |interview: &Interview| match interview.view().stage {
        Stage::Ask(asked) => match asked.prompt.ask {
            Ask::Pick { options, .. } => options.into_iter().map(|option| option.name).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let data = |interview: &Interview| interview.data(0);
    let said = |name: &str| Datum::Text(name.to_owned());
    let first = offered(&interview);
    assert_eq!(first.len(), 4);
    answer(&mut interview, 0, picked("b")).unwrap();
    // The same order without the chosen one.
    let rest: Vec<String> = first.iter().filter(|name| *name != "b").cloned().collect();
    assert_eq!(offered(&interview), rest);
    assert!(answer(&mut interview, 1, picked("b")).is_err());
    assert_eq!(data(&interview), [said("b"), Datum::Missing(WhyMissing::NotAnswered)]);
    answer(&mut interview, 1, picked("c")).unwrap();
    assert_eq!(data(&interview), [said("b"), said("c")]);

    let back_to_the_first = |interview: &mut Interview| {
        interview.apply(2_000, Event::Back).unwrap();
        interview.apply(2_000, Event::Back).unwrap();
    };
    // Another most that is not the least: the least stays, and is shown again as it was.
    back_to_the_first(&mut interview);
    answer(&mut interview, 0, picked("a")).unwrap();
    assert_eq!(data(&interview), [said("a"), said("c")]);
    let Stage::Ask(asked) = interview.view().stage else { panic!() };
    assert_eq!((asked.step, asked.reply), (1, Some(picked("c"))));
    // The least becomes the most: it cannot be both.
    interview.apply(2_000, Event::Back).unwrap();
    answer(&mut interview, 0, picked("c")).unwrap();
    assert_eq!(data(&interview), [said("c"), Datum::Missing(WhyMissing::NotAnswered)]);
    // Without a most there is no second question, and both say why.
    interview.apply(2_000, Event::Back).unwrap();
    answer(&mut interview, 0, Reply::DontKnow).unwrap();
    assert!(matches!(interview.view().stage, Stage::Review(_)));
    assert_eq!(
        data(&interview),
        [Datum::Missing(WhyMissing::DontKnow), Datum::Missing(WhyMissing::DontKnow)]
    );
}

#[test]
fn lints_are_documented_and_have_codes_of_their_own() {
    for (index, lint) in LINTS.iter().enumerate() {
        assert!(lint.about.len() > 10, "{}", lint.code);
        assert!(LINTS[..index].iter().all(|other| other.code != lint.code), "{}", lint.code);
    }
}
