//! Downloads of one survey come together as what they are, and nobody is lost who said what somebody else said.

use proptest::prelude::*;

use super::*;
use crate::instrument::code::made_code;
use crate::instrument::hash_of;
use crate::interview::Origin;

const BEGINNING: Instant = 1_773_483_693_000;
const MINUTE: Instant = 60_000;
const DAY: Instant = 86_400_000;

/// What a table has of a time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Clock {
    None,
    Days,
    Minutes,
    Seconds,
    Milliseconds,
    /// Seconds that are read as those of a zone an hour off.
    Ahead,
}

impl Clock {
    fn shows(self, at: Instant) -> Instant {
        match self {
            Self::None => 0,
            Self::Days => at - at % DAY,
            Self::Minutes => at - at % MINUTE,
            Self::Seconds => at - at % 1_000,
            Self::Milliseconds => at,
            Self::Ahead => at - at % 1_000 - 60 * MINUTE,
        }
    }
}

/// What somebody said, and when.
type Person = (usize, Instant);

/// A study with tables of these people, each called by its name.
fn file(tables: &[(&str, Clock, &[Person])]) -> File {
    let mut file = File::default();
    for (name, clock, people) in tables {
        for (row, (said, at)) in (2..).zip(*people) {
            let called = format!("{name}:{row}");
            let session = SessionId::of_row(clock.shows(*at), "visit", &called);
            let origin = Origin {
                platform: "plain".to_owned(),
                file: format!("{name}.csv"),
                hash: (*name).to_owned(),
                row,
                id: None,
                content: format!("{said:04}"),
            };
            let respondent = made_code(&hash_of(&[called.as_bytes()]));
            file.instruments.insert(session, "visit".to_owned());
            file.sessions.insert(session.to_string(), respondent.clone());
            file.imported.push(Imported { session, instrument: "visit".to_owned(), respondent, origin });
        }
    }
    file
}

/// How many people these files are, by what they said.
fn people(files: &[File]) -> BTreeMap<String, usize> {
    let copies = copies(files, Surveys::One).originals;
    let original =
        |session: SessionId| copies.get(&session.to_string()).cloned().unwrap_or(session.to_string());
    for file in files {
        let held: BTreeSet<String> = file.imported.iter().map(|one| original(one.session)).collect();
        assert_eq!(held.len(), file.imported.len(), "two people of one table became one");
    }
    let all = files.iter().flat_map(|file| &file.imported);
    let stay: BTreeMap<SessionId, &str> = all
        .filter(|one| !copies.contains_key(&one.session.to_string()))
        .map(|one| (one.session, one.origin.content.as_str()))
        .collect();
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    stay.into_values().for_each(|content| *said.entry(content.to_owned()).or_default() += 1);
    said
}

fn count(files: &[File]) -> usize {
    people(files).into_values().sum()
}

/// So many people who differ but for every tenth, who says what the one before said.
fn varied(number: usize) -> Vec<Person> {
    let said = |at: usize| if at > 0 && at.is_multiple_of(10) { at - 1 } else { at };
    (0..number).map(|at| (said(at), BEGINNING + at as Instant * (37 * MINUTE + 12_345))).collect()
}

/// People who said this, one a minute.
fn who_said(said: &[usize]) -> Vec<Person> {
    said.iter().enumerate().map(|(at, said)| (*said, BEGINNING + at as Instant * MINUTE)).collect()
}

/// From the one that tells least.
const CLOCKS: [Clock; 6] =
    [Clock::None, Clock::Days, Clock::Minutes, Clock::Ahead, Clock::Seconds, Clock::Milliseconds];

fn clock() -> impl Strategy<Value = Clock> {
    prop::sample::select(&CLOCKS[..])
}

proptest! {
    #[test]
    fn two_downloads_are_as_many_people_as_the_later_one(
        number in 12..40_usize,
        later in 0..6_usize,
        clocks in [clock(), clock()],
        is_turned: bool,
    ) {
        let all = varied(number);
        let mut turned = all.clone();
        if is_turned {
            turned.reverse();
        }
        let early = file(&[("early", clocks[0], &all[..number - later])]);
        let late = file(&[("late", clocks[1], &turned)]);
        prop_assert_eq!(count(&[early, late]), number);
        let early = file(&[("early", clocks[0], &all[..number - later])]);
        let late = file(&[("late", clocks[1], &turned)]);
        prop_assert_eq!(count(&[late, early]), number);
    }

    #[test]
    fn nobody_is_lost_of_tables_that_say_the_same(
        tables in prop::collection::vec(
            (
                prop::sample::select(vec![Clock::None, Clock::Days, Clock::Minutes]),
                prop::collection::vec((0..9_usize, 0..3 * 24 * 60_i64), 0..14),
            ),
            2..5,
        ),
    ) {
        let tables: Vec<(String, Clock, Vec<Person>)> = tables
            .into_iter()
            .enumerate()
            .map(|(name, (clock, people))| {
                let people = people.into_iter().map(|(said, at)| (said, BEGINNING + at * MINUTE)).collect();
                (format!("table {name}"), clock, people)
            })
            .collect();
        let files: Vec<File> =
            tables.iter().map(|(name, clock, people)| file(&[(name, *clock, people)])).collect();
        let left = people(&files);
        for (_, _, people) in &tables {
            for (said, _) in people {
                let here = people.iter().filter(|(other, _)| other == said).count();
                let said = format!("{said:04}");
                prop_assert!(left[&said] >= here, "{said}");
            }
        }
    }
}

#[test]
fn equal_rows_are_the_more_of_two_tables_that_are_one() {
    let rows = |fives: usize| who_said(&[&(10..22).collect::<Vec<_>>()[..], &vec![5; fives]].concat());
    for clock in [Clock::None, Clock::Days] {
        let of = |name: &str, fives: usize| file(&[(name, clock, &rows(fives))]);
        let left = people(&[of("one", 4), of("other", 2)]);
        assert_eq!((left["0005"], left.len()), (4, 13), "{clock:?}");
        let left = people(&[of("one", 2), of("other", 4)]);
        assert_eq!((left["0005"], left.len()), (4, 13), "{clock:?}");
    }
}

#[test]
fn different_people_who_say_the_same_are_asked_about_and_stay_apart() {
    let short: Vec<usize> = (0..12).map(|at| at % 4).collect();
    let differ: Vec<usize> = (0..20).collect();
    let a_few_as_well: Vec<usize> = (15..35).collect();
    let many = [&(0..30).collect::<Vec<_>>()[..], &[99; 10]].concat();
    for (one, other) in [
        (&[5; 10][..], &[5; 10][..]),
        (&short, &short),
        (&differ, &a_few_as_well),
        (&many, &[99; 10]),
        (&[1, 2], &[2, 1]),
        (&[1], &[1]),
    ] {
        for clock in [Clock::None, Clock::Days] {
            let files =
                [file(&[("one", clock, &who_said(one))]), file(&[("other", clock, &who_said(other))])];
            let in_common = one.iter().collect::<BTreeSet<_>>().intersection(&other.iter().collect()).count();
            let unknown = copies(&files, Surveys::Unknown);
            assert!(unknown.inferred.len() >= in_common && in_common > 0, "{clock:?} {one:?} {other:?}");
            let apart = copies(&files, Surveys::Apart);
            assert_eq!((apart.inferred.len(), apart.originals.len()), (0, 0), "{clock:?} {one:?} {other:?}");
        }
    }
    // The minute tells those of a short questionnaire apart, and so does a month whoever answers again.
    let of = |name: &str, people: &[Person]| file(&[(name, Clock::Minutes, people)]);
    assert_eq!(count(&[of("one", &who_said(&short)), of("other", &who_said(&short))]), 12);
    let again: Vec<Person> = varied(20).into_iter().map(|(said, at)| (said, at + 30 * DAY)).collect();
    assert_eq!(count(&[of("one", &varied(20)), of("other", &again)]), 40);
    // Nor are people of one clock who say the same at other times a zone's change away, unless nobody else says so.
    let later: Vec<Person> = who_said(&short).into_iter().map(|(said, at)| (said, at + 7 * MINUTE)).collect();
    assert_eq!(count(&[of("one", &who_said(&[8, 9])), of("other", &later)]), 14);
}

#[test]
fn rows_that_were_edited_or_deleted_since_take_nothing_from_the_others() {
    let of = |name: &str, said: &[usize]| file(&[(name, Clock::Days, &who_said(said))]);
    assert_eq!(count(&[of("one", &[1, 2, 3]), of("other", &[1, 2, 3, 4])]), 4);
    let ten: Vec<usize> = (0..10).collect();
    assert_eq!(count(&[of("one", &ten), of("other", &[&ten[1..], &[10]].concat())]), 11);
    assert_eq!(count(&[of("one", &ten), of("other", &[&ten[2..], &[10, 11]].concat())]), 12);
    assert_eq!(count(&[of("one", &ten), of("other", &[&ten[8..], &[10, 11]].concat())]), 12);
}

#[test]
fn what_a_merged_file_has_of_two_downloads_is_known_in_a_third() {
    let all = varied(14);
    for clock in [Clock::None, Clock::Days, Clock::Minutes] {
        let team = file(&[("early", clock, &all[..12]), ("late", clock, &all[12..13])]);
        let third = file(&[("third", clock, &all)]);
        assert_eq!(count(&[team, third]), 14, "{clock:?}");
    }
}

#[test]
fn a_row_of_one_file_is_one_whatever_it_is_called() {
    let people = who_said(&[1, 2]);
    let one = file(&[("table", Clock::Days, &people)]);
    let mut named = file(&[]);
    for (number, row) in one.imported.iter().enumerate() {
        let id = format!("a{number}");
        let session = SessionId::of_row(row.session.at(), "visit", &id);
        let origin = Origin { id: Some(id), ..row.origin.clone() };
        named.instruments.insert(session, "visit".to_owned());
        named.imported.push(Imported { session, origin, ..row.clone() });
    }
    assert_eq!(count(&[one, named]), 2);
}

#[test]
fn of_two_downloads_the_response_stays_whose_clock_tells_more() {
    let all = varied(6);
    for (place, coarse) in CLOCKS.into_iter().enumerate() {
        for fine in &CLOCKS[place + 1..] {
            // Neither of two zones tells more than the other.
            if (coarse, *fine) == (Clock::Ahead, Clock::Seconds) {
                continue;
            }
            let of = |name: &str, clock: Clock| file(&[(name, clock, &all)]);
            let stays = |files: &[File], name: &str| {
                let found = copies(files, Surveys::One).originals;
                let of_table =
                    files.iter().flat_map(|file| &file.imported).filter(|one| one.origin.hash == name);
                of_table.filter(|one| !found.contains_key(&one.session.to_string())).count()
            };
            // The first file is that of a study which is made by the merge.
            for order in [[("one", coarse), ("other", *fine)], [("one", *fine), ("other", coarse)]] {
                let [one, other] = order.map(|(name, clock)| of(name, clock));
                let files = [File::default(), one, other];
                let (finer, coarser) = if order[0].1 == coarse { ("other", "one") } else { ("one", "other") };
                assert_eq!((stays(&files, finer), stays(&files, coarser)), (6, 0), "{order:?}");
            }
            // What a study has is called as it was.
            let files = [of("one", coarse), of("other", *fine)];
            assert_eq!((stays(&files, "one"), stays(&files, "other")), (6, 0), "{coarse:?} {fine:?}");
        }
    }
}

#[test]
fn whoever_may_have_been_erased_is_named_whatever_either_clock_tells() {
    let all = varied(5);
    for one in CLOCKS {
        for other in CLOCKS {
            let mut early = file(&[("early", one, &all[..4])]);
            let gone = early.imported.remove(2).session;
            early.instruments.remove(&gone);
            early.sessions.remove(&gone.to_string());
            early.erased.insert(gone.to_string(), "2026-04-01".to_owned());
            let late = file(&[("late", other, &all)]);
            let [back, new] = [2, 4].map(|at: usize| late.imported[at].session);
            let found = copies(&[early, late], Surveys::One);
            // The second itself tells, where both have it, and the day is that of the new one as well.
            let is_same_second = one == other && !matches!(one, Clock::None | Clock::Days | Clock::Minutes);
            let is_day = [one, other].iter().any(|clock| matches!(clock, Clock::None | Clock::Days));
            let named: BTreeSet<String> = match () {
                () if is_same_second => BTreeSet::new(),
                () if is_day => [back, new].map(|session| session.to_string()).into(),
                () => [back.to_string()].into(),
            };
            assert_eq!(found.perhaps_erased, named, "{one:?} {other:?}");
            let is_gone = found.originals.get(&back.to_string()) == Some(&gone.to_string());
            assert_eq!(is_gone, is_same_second, "{one:?} {other:?}");
        }
    }
}

#[test]
fn whoever_stands_beside_the_one_who_was_erased_is_not_named() {
    let all = varied(5);
    let mut one = file(&[("early", Clock::Days, &all[..4])]);
    let gone = one.imported.remove(2).session;
    one.instruments.remove(&gone);
    one.sessions.remove(&gone.to_string());
    one.erased.insert(gone.to_string(), "2026-04-01".to_owned());
    let team = file(&[("early", Clock::Days, &all[..4]), ("late", Clock::Days, &all[4..])]);
    let found = copies(&[one, team], Surveys::One);
    assert_eq!((found.perhaps_erased, found.originals), (BTreeSet::new(), BTreeMap::new()));
}

#[test]
fn a_row_with_the_number_of_somebody_who_was_erased_then_is_that_one() {
    let row = |at: Instant| SessionId::of_row(at, "visit", "1");
    let gone = row(BEGINNING - BEGINNING % DAY);
    for (at, is_gone) in [(BEGINNING, true), (0, true), (BEGINNING + 60 * DAY, false)] {
        let mut one = File::default();
        one.erased.insert(gone.to_string(), "2026-04-01".to_owned());
        let mut other = file(&[("table", Clock::Seconds, &[(1, at)])]);
        let known = other.imported.remove(0);
        let origin = Origin { id: Some("1".to_owned()), ..known.origin };
        other.imported.push(Imported { session: row(at), origin, ..known });
        let found = copies(&[one, other], Surveys::One);
        let original = found.originals.get(&row(at).to_string());
        assert_eq!(original == Some(&gone.to_string()), is_gone, "{at}");
        assert!(found.perhaps_erased.is_empty(), "{at}");
    }
}
