//! Sessions and events are read back as they were written, and a writer with an outdated state can't append.

use proptest::prelude::*;
use relata::instrument::prompt::{
    Category, Connection, Input, Missing, Pairing, Reply, ScaleReply, SortKey, Sorted, Sorting, Timing,
};
use relata::instrument::{Audience, Instrument, Language, RelationalModel, content_hash};
use relata::interview::{Begun, Event, Interview, Journal, Live, SessionState, Stamped};
use relata::store::{Mode, Problem, SessionId, Study, Truth, Whole};

use super::support::{answered, instrument, noted, place, session, walked};

#[test]
fn a_reopened_study_is_the_same() {
    let (_folder, path) = place();
    let path = path.with_file_name("deeper").join("and deeper").join("study.relata");
    let instrument = instrument();
    let (first, second) = (session(1), session(2));
    let events = walked(&instrument, &second);
    let mut study = Study::open(&path).unwrap();
    let name = study.study_id().to_owned();
    // Begun in the wrong order: the list goes by time.
    study.begin(&instrument, &second).unwrap();
    study.begin(&instrument, &first).unwrap();
    for (kept, stamped) in events.iter().enumerate() {
        study.append(&second.id, kept, stamped.at, &stamped.event).unwrap();
    }
    let before = study.sessions().unwrap();
    drop(study);

    for study in [Study::open_existing(&path).unwrap(), Study::open_read_only(&path).unwrap()] {
        assert_eq!(study.study_id(), name);
        assert_eq!(study.sessions().unwrap(), before);
        assert_eq!(study.events(&second.id).unwrap(), events);
        assert_eq!(study.events(&first.id).unwrap(), []);
    }
    let [one, two] = &before[..] else { panic!("two sessions") };
    assert_eq!((one.id, two.id), (first.id, second.id));
    assert_eq!((one.state, one.events, one.last_at), (SessionState::Open, 0, first.start.at));
    assert_eq!((two.state, two.events), (SessionState::Finished, events.len()));
    assert_eq!(two.last_at, events.last().unwrap().at);
    assert_eq!(two.start, second.start);
    assert_eq!((two.respondent.as_str(), two.interviewer.as_deref()), ("R2", Some("INT-1")));
    assert_eq!((two.mode, two.simulated(), two.test, one.test), (Mode::Screen, false, true, false));
    assert_eq!(two.instrument.hash, instrument.hash);
    let study = Study::open(&path).unwrap();
    assert_eq!(study.by_respondent("R2").unwrap(), before[1..]);
    assert_eq!(study.by_respondent("r2").unwrap(), []);
}

#[test]
fn the_instrument_is_kept_once_and_reads_back() {
    let (_folder, path) = place();
    let instrument = instrument();
    let mut study = Study::open(&path).unwrap();
    for n in 0..3 {
        study.begin(&instrument, &session(n)).unwrap();
    }
    let text = study.instrument_text(&instrument.hash).unwrap();
    assert_eq!(Instrument::read_stored(&text).instrument.unwrap().hash, instrument.hash);
    let unknown = content_hash("something else");
    assert_eq!(study.instrument_text(&unknown).unwrap_err().problem, Problem::NoInstrument(unknown));
    drop(study);
    let database = rusqlite::Connection::open(&path).unwrap();
    let count: i64 = database.query_row("SELECT count(*) FROM instruments", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 1);
}

#[test]
fn sessions_are_found_by_the_beginning_or_the_end_of_their_id() {
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    let (one, two) = (session(1), session(2));
    study.begin(&instrument(), &one).unwrap();
    study.begin(&instrument(), &two).unwrap();
    let whole = one.id.to_string();
    for part in [whole.clone(), whole.replace('-', "").to_uppercase(), one.id.short(), whole[..30].to_owned()]
    {
        assert_eq!(study.session(&part).unwrap().id, one.id, "{part}");
    }
    let shared = &whole[..6];
    let wrong = study.session(shared).unwrap_err();
    assert_eq!(wrong.problem, Problem::Ambiguous { wanted: shared.to_owned(), count: 2 });
    for nobody in ["", "-", "%", "zz", "00000000", &session(3).id.to_string()] {
        assert_eq!(study.session(nobody).unwrap_err().problem, Problem::NoSession(nobody.to_owned()));
    }
    let sentence = study.session("0000").unwrap_err().to_string();
    assert_eq!(sentence, format!("`{}` holds no session `0000`; check the id", path.display()));
    assert!(
        matches!(study.begin(&instrument(), &one).unwrap_err().problem, Problem::Exists(id) if id == one.id)
    );
}

#[test]
fn nothing_is_appended_to_a_session_that_was_continued_elsewhere() {
    let (_folder, path) = place();
    let mut here = Study::open(&path).unwrap();
    let id = here.begin(&instrument(), &session(1)).unwrap();
    let mut journal = here.journal(id, 0).unwrap();
    journal.keep(1, &noted("here")).unwrap();
    let mut there = Study::open(&path).unwrap();
    there.append(&id, 1, 2, &noted("there")).unwrap();

    let sentence = journal.keep(3, &noted("here again")).unwrap_err();
    assert!(sentence.to_string().contains("continued elsewhere"), "{sentence}");
    let wrong = here.append(&id, 5, 3, &noted("a gap")).unwrap_err();
    assert_eq!(wrong.problem, Problem::Overtaken { session: id, kept: 2, expected: 5 });
    assert!(matches!(here.journal(id, 1).unwrap_err().problem, Problem::Overtaken { .. }));
    let events: Vec<Event> = here.events(&id).unwrap().into_iter().map(|stamped| stamped.event).collect();
    assert_eq!(events, [noted("here"), noted("there")]);
}

#[test]
fn whoever_answers_first_keeps_a_session_that_somebody_else_only_looked_into() {
    let (_folder, path) = place();
    let mut here = Study::open(&path).unwrap();
    let id = here.begin(&instrument(), &session(1)).unwrap();
    let mut journal = here.journal(id, 0).unwrap();
    // Another process resumes it, as `relata resume` does with the only open session, and answers nothing.
    let mut there = Study::open(&path).unwrap().journal(id, 0).unwrap();
    there.keep(1, &Event::Resumed).unwrap();
    journal.keep(2, &noted("here")).unwrap();
    journal.keep(3, &noted("here again")).unwrap();
    let why = there.keep(4, &noted("there")).unwrap_err();
    assert!(why.to_string().contains("continued elsewhere"), "{why}");
    let events: Vec<Event> = here.events(&id).unwrap().into_iter().map(|stamped| stamped.event).collect();
    assert_eq!(events, [Event::Resumed, noted("here"), noted("here again")]);
    assert_eq!(here.changed().unwrap(), []);
    // All of it goes along when the file is lost.
    drop(here);
    std::fs::remove_file(&path).unwrap();
    let place = path.with_file_name("saved.relata");
    journal.save_elsewhere(&place.display().to_string()).unwrap();
    assert_eq!(Study::open_read_only(&place).unwrap().events(&id).unwrap().len(), 3);
}

#[test]
fn a_session_that_is_over_takes_nothing_more() {
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    for (n, (end, state)) in
        [(Event::Finished, SessionState::Finished), (Event::Withdrawn, SessionState::Withdrawn)]
            .into_iter()
            .enumerate()
    {
        let id = study.begin(&instrument(), &session(n as u64)).unwrap();
        study.append(&id, 0, 1, &end).unwrap();
        let wrong = study.append(&id, 1, 2, &noted("late")).unwrap_err();
        assert_eq!(wrong.problem, Problem::Over { session: id, state });
        assert_eq!(study.session(&id.to_string()).unwrap().state, state);
    }
    let nobody = session(9).id;
    let wrong = study.append(&nobody, 0, 1, &Event::Back).unwrap_err();
    assert_eq!(wrong.problem, Problem::NoSession(nobody.to_string()));
    assert_eq!(study.events(&nobody).unwrap_err().problem, Problem::NoSession(nobody.to_string()));
}

#[test]
fn what_would_not_read_back_is_refused() {
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    let id = study.begin(&instrument(), &session(1)).unwrap();
    for number in [f64::NAN, f64::INFINITY] {
        let wrong = study.append(&id, 0, 1, &answered(number)).unwrap_err();
        assert!(matches!(wrong.problem, Problem::Unkeepable(_)), "{wrong}");
    }
    assert_eq!(study.events(&id).unwrap(), []);
}

#[test]
fn the_file_itself_refuses_to_edit_the_journal() {
    let (_folder, path) = place();
    super::support::study_with_notes(&path, 2);
    let database = rusqlite::Connection::open(&path).unwrap();
    for edit in ["UPDATE events SET at = 0", "UPDATE sessions SET respondent = 'somebody else'"] {
        assert!(database.execute(edit, []).unwrap_err().to_string().contains("never edited"));
    }
}

#[test]
fn an_interview_goes_on_from_its_journal() {
    let (_folder, path) = place();
    let instrument = instrument();
    let new = session(1);
    let events = walked(&instrument, &new);
    let half = events.len() / 2;
    let mut study = Study::open(&path).unwrap();
    study.begin(&instrument, &new).unwrap();
    let mut live = Live::new(
        Interview::new(instrument.clone(), new.start.clone()),
        Box::new(study.journal(new.id, 0).unwrap()),
    );
    for stamped in &events[..half] {
        live.apply(stamped.at, stamped.event.clone()).unwrap();
    }
    let view = live.interview().view();
    drop((live, study));

    let study = Study::open(&path).unwrap();
    let header = study.session(&new.id.short()).unwrap();
    let kept = study.events(&header.id).unwrap();
    let stored = Instrument::read_stored(&study.instrument_text(&header.instrument.hash).unwrap());
    let interview = Interview::replay(stored.instrument.unwrap().into(), header.start, kept.clone()).unwrap();
    assert_eq!(interview.view(), view);
    let mut live = Live::new(interview, Box::new(study.journal(header.id, kept.len()).unwrap()));
    for stamped in &events[half..] {
        live.apply(stamped.at, stamped.event.clone()).unwrap();
    }
    assert!(live.interview().is_finished());
    assert_eq!(study.events(&new.id).unwrap(), events);
    assert_eq!(study.session(&new.id.short()).unwrap().state, SessionState::Finished);
}

#[test]
fn a_batch_is_kept_whole_or_not_at_all() {
    let (_folder, path) = place();
    let instrument = instrument();
    let truth = Truth {
        model: RelationalModel::MarketPricing,
        other_model: RelationalModel::CommunalSharing,
        code: RelationalModel::EqualityMatching,
    };
    let whole = |n| {
        let session = relata::store::NewSession { mode: Mode::Simulated, ..session(n) };
        Whole { events: walked(&instrument, &session), session, truth: (n != 3).then_some(truth) }
    };
    let mut study = Study::open(&path).unwrap();
    study.append_all(&instrument, (0..5).map(whole)).unwrap();
    // The last of these is there already.
    let wrong = study.append_all(&instrument, [whole(7), whole(8), whole(2)]).unwrap_err();
    assert_eq!(wrong.problem, Problem::Exists(session(2).id));

    assert_eq!(study.sessions().unwrap().len(), 5);
    assert!(
        study
            .sessions()
            .unwrap()
            .iter()
            .all(|header| header.simulated() && header.state == SessionState::Finished)
    );
    assert_eq!(study.events(&session(4).id).unwrap(), whole(4).events);
    let truths = study.truths().unwrap();
    assert_eq!(truths.len(), 4);
    assert_eq!(truths.get(&session(1).id), Some(&truth));
    let other = Truth { code: RelationalModel::AuthorityRanking, ..truth };
    study.set_truth(&session(1).id, &other).unwrap();
    assert_eq!(study.truths().unwrap().get(&session(1).id), Some(&other));
    assert!(matches!(study.set_truth(&session(8).id, &other).unwrap_err().problem, Problem::NoSession(_)));
}

fn words() -> impl Strategy<Value = String> {
    // Whatever a keyboard or a clipboard can hold, the null character included.
    proptest::collection::vec(any::<char>(), 0..12).prop_map(String::from_iter)
}

fn input() -> impl Strategy<Value = Input> {
    let cell = prop_oneof![
        any::<i64>().prop_map(ScaleReply::Point),
        Just(ScaleReply::Missing(Missing::Declined)),
        Just(ScaleReply::Missing(Missing::DontKnow)),
    ];
    prop_oneof![
        Just(Input::Seen),
        proptest::collection::vec(words(), 0..3).prop_map(Input::Picked),
        proptest::collection::vec(cell, 0..4).prop_map(Input::Rated),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Input::Number),
        proptest::collection::vec(words(), 0..3).prop_map(Input::Ranked),
        proptest::collection::btree_map(words(), any::<i64>(), 0..3).prop_map(Input::Allocated),
        sorted().prop_map(Input::Sorted),
        Just(Input::NotTimed),
    ]
}

fn sorted() -> impl Strategy<Value = Sorted> {
    let side = || prop_oneof![Just(SortKey::Left), Just(SortKey::Right)];
    let category = prop_oneof![Just(Category::Organisation), Just(Category::Good), Just(Category::Bad)];
    let trial = (words(), category, side(), proptest::option::of((side(), 0.0..1_500.0))).prop_map(
        |(stimulus, category, right, pressed)| Sorting {
            stimulus,
            category,
            right,
            key: pressed.map(|(key, _)| key),
            ms: pressed.map(|(_, ms)| ms),
        },
    );
    let connection = prop_oneof![Just(Connection::Local), Just(Connection::Remote)];
    let timing = (proptest::option::of(0.0..1e6), connection).prop_map(|(flush_us, connection)| Timing {
        flush_us,
        wake_us: None,
        reply_us: None,
        connection,
        clock: None,
    });
    (proptest::collection::vec(trial, 0..4), side(), any::<(bool, u32)>(), timing).prop_map(
        |(trials, organisation, (test, early), timing)| Sorted {
            number: 3,
            test,
            pairing: Pairing::Bad,
            organisation,
            trials,
            early,
            repeats: early,
            timing,
        },
    )
}

/// Anything but an end, after which nothing could follow.
fn event() -> impl Strategy<Value = Event> {
    let reply = prop_oneof![
        3 => input().prop_map(Reply::Given),
        1 => Just(Reply::Declined),
        1 => Just(Reply::DontKnow),
    ];
    prop_oneof![
        (words(), 0..9_usize, reply).prop_map(|(item, step, reply)| Event::Answered { item, step, reply }),
        Just(Event::Back),
        Just(Event::Forward),
        words().prop_map(|group| Event::Jumped { group }),
        words().prop_map(|item| Event::Opened { item }),
        (words(), words()).prop_map(|(item, text)| Event::Noted { item, text }),
        (words(), words()).prop_map(|(name, value)| Event::Field { name, value }),
        words().prop_map(|tag| Event::Language { language: Language::new(&tag) }),
        Just(Event::Paused),
        Just(Event::Resumed),
        Just(Event::HandedOver { to: Audience::Respondent }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_events_of_interleaved_sessions_read_back_equal(
        steps in proptest::collection::vec((0..3_usize, any::<i64>(), event()), 0..40),
        seeds in any::<[u64; 3]>(),
        // Without a code, the next free one is given.
        codes in [words(), words(), words()].prop_map(|codes| codes.map(|code| code + "-")),
    ) {
        let (_folder, path) = place();
        let instrument = instrument();
        let mut expected: Vec<Vec<Stamped>> = vec![Vec::new(); 3];
        let mut ids: Vec<SessionId> = Vec::new();
        let mut study = Study::open(&path).unwrap();
        for (n, seed) in seeds.into_iter().enumerate() {
            let mut new = session(n as u64);
            new.start.seed = seed;
            new.respondent = codes[n].clone();
            ids.push(study.begin(&instrument, &new).unwrap());
        }
        for (number, (which, at, event)) in steps.into_iter().enumerate() {
            if number % 15 == 14 {
                study = Study::open(&path).unwrap();
            }
            study.append(&ids[which], expected[which].len(), at, &event).unwrap();
            expected[which].push(Stamped { at, event });
        }
        let study = Study::open_read_only(&path).unwrap();
        for n in 0..3 {
            prop_assert_eq!(&study.events(&ids[n]).unwrap(), &expected[n]);
            let header = study.session(&ids[n].to_string()).unwrap();
            prop_assert_eq!(header.start.seed, seeds[n]);
            prop_assert_eq!(&header.respondent, &codes[n]);
            prop_assert_eq!(header.events, expected[n].len());
        }
    }
}

/// Two processes in one study: one removes its session because nothing was answered, or another one erases it by mistake.
#[test]
fn a_session_that_was_taken_for_empty_comes_back_with_its_first_answer_and_an_erased_one_does_not() {
    let (_folder, path) = place();
    let (instrument, entered, begun) = (instrument(), session(1), session(2));
    let mut study = Study::open(&path).unwrap();
    let header = |study: &Study, id: &SessionId| study.session(&id.to_string()).unwrap();
    study.begin(&instrument, &entered).unwrap();
    let before = header(&study, &entered.id);
    let mut journal = study.journal(entered.id, 0).unwrap();
    assert!(Study::open_again(&path).unwrap().forget_untouched(&entered.id).unwrap());
    assert_eq!(study.sessions().unwrap(), []);
    journal.keep(1, &answered(40.0)).unwrap();
    journal.keep(2, &answered(41.0)).unwrap();
    let after = header(&study, &entered.id);
    assert_eq!((after.events, after.touched), (2, true));
    assert_eq!(
        (after.respondent, after.start, after.relata),
        (before.respondent, before.start, before.relata)
    );

    // Half-typed text restores it, too.
    study.begin(&instrument, &begun).unwrap();
    let mut journal = study.journal(begun.id, 0).unwrap();
    assert!(study.forget_untouched(&begun.id).unwrap());
    journal.keep_begun(3, "words", 0, &Begun::Typed("half".into())).unwrap();
    assert_eq!(study.begun(&begun.id).unwrap().len(), 1);
    study.erase_session(&begun.id, 4).unwrap();
    assert!(journal.keep(5, &answered(40.0)).unwrap_err().to_string().contains("erased"));

    // Another process that resumed the session is still in it.
    let other = session(3);
    study.begin(&instrument, &other).unwrap();
    study.append(&other.id, 0, 1, &Event::Paused).unwrap();
    study.append(&other.id, 1, 2, &Event::Resumed).unwrap();
    study.append(&other.id, 2, 3, &Event::Resumed).unwrap();
    assert!(!study.forget_untouched(&other.id).unwrap());
    assert_eq!(header(&study, &other.id).events, 3);
}
