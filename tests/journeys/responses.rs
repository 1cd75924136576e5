//! One response that comes into several studies, or into one study in several ways, is one session after a merge.

use relata::coding::transcript::{Role, Speaker, Turn, turn_name};
use relata::coding::{Coding, Passage, PassageSource, Transcript};
use relata::instrument::RelationalModel;
use relata::instrument::RelationalModel::{CommunalSharing, MarketPricing};
use relata::store::{Code, CodeId, SessionId, Study};

use super::imports::{PLAIN, args, exported, place};
use super::support::Place;

/// A sheet with the rows of these people: each with a time, and an answer that tells them apart.
pub fn sheet(rows: &[(&str, &str, &str)]) -> String {
    let head = PLAIN.lines().next().unwrap();
    let row = |(who, begun, glow): &(&str, &str, &str)| {
        format!("{who},{begun},Acme,yes,4,{glow},price,,5,1,speed price,12,2020-01-31,Story of {glow}\n")
    };
    format!("{}\n{}", head.replacen("who,", "who,begun,", 1), rows.iter().map(row).collect::<String>())
}

/// Imports a sheet into a study.
pub fn import(place: &Place, study: &str, sheet: &str, map: &str) {
    place.write("answers.csv", sheet);
    place.write("map.toml", map);
    let said = place.run(&args(&["--map", "map.toml", "--study", study]));
    assert_eq!(said.code, 0, "{}", said.err);
}

/// Merges, where tables without ids are downloads of one survey.
fn merge(place: &Place, files: &[&str], out: &str) -> String {
    let said = place.run(&[&["merge"], files, &["--out", out, "--surveys", "one"]].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    said.err
}

pub fn people(place: &Place, study: &str) -> Vec<String> {
    let mut found: Vec<String> =
        exported(place, study, "sessions-visit").iter().map(|row| row["glow"].clone()).collect();
    found.sort();
    found
}

pub const NAMELESS: &str = "[row]\nbegun = \"begun\"\n";
pub const FIRST: [(&str, &str, &str); 3] =
    [("", "2026-03-14 10:21:33", "-3"), ("", "2026-03-14 10:21:33", "1"), ("", "2026-03-15 11:00:07", "2")];

#[test]
fn two_downloads_of_one_survey_are_not_twice_as_many_people() {
    let place = place();
    import(&place, "one.relata", &sheet(&FIRST), NAMELESS);
    let later = [&FIRST[..], &[("", "2026-03-16 12:00:01", "3")]].concat();
    import(&place, "two.relata", &sheet(&later), NAMELESS);
    let said = merge(&place, &["one.relata", "two.relata"], "team.relata");
    assert_eq!(people(&place, "team.relata"), ["-3", "1", "2", "3"], "{said}");
    assert!(said.contains("each under another id"), "{said}");
    merge(&place, &["two.relata", "one.relata"], "turned.relata");
    assert_eq!(people(&place, "turned.relata").len(), 4);
    // Who was erased in one of them is gone from both, and the other one of that second is not.
    let first = exported(&place, "one.relata", "sessions-visit").into_iter().find(|row| row["glow"] == "-3");
    let erased = first.unwrap()["session"].clone();
    place.run(&["--study", "one.relata", "erase", "--session", &erased, "--yes"]).ok();
    let said = merge(&place, &["one.relata", "two.relata"], "without.relata");
    assert_eq!(people(&place, "without.relata"), ["1", "2", "3"], "{said}");
    // It goes from a file that has taken both in as well.
    let said = merge(&place, &["turned.relata", "one.relata"], "turned.relata");
    assert!(said.contains("3 sessions in turned.relata"), "{said}");
}

#[test]
fn a_table_without_times_comes_together_from_two_studies() {
    let place = place();
    let rows = [("R1", "", "-3"), ("R2", "", "1")];
    let map = "[row]\nrespondent = \"who\"\n";
    import(&place, "one.relata", &sheet(&rows), map);
    import(&place, "two.relata", &sheet(&rows), map);
    merge(&place, &["one.relata", "two.relata"], "team.relata");
    assert_eq!(people(&place, "team.relata"), ["-3", "1"]);
}

#[test]
fn an_id_tells_a_response_whatever_its_time_is_taken_for() {
    let place = place();
    let rows = [
        ("a1", "2026-03-14 10:21:33", "-3"),
        ("a2", "2026-03-15 11:00:07", "2"),
        ("a3", "2026-03-15 11:30:07", "3"),
    ];
    let map = "[row]\nid = \"who\"\nbegun = \"begun\"\n";
    import(&place, "one.relata", &sheet(&rows), map);
    // Another zone, and one response that was edited on the server and got another id.
    let mut edited = rows;
    edited[1] = ("a9", "2026-03-15 11:00:07", "0");
    import(&place, "two.relata", &sheet(&rows), &format!("{map}utc_offset = 60\n"));
    import(&place, "three.relata", &sheet(&edited), map);
    merge(&place, &["one.relata", "two.relata"], "zones.relata");
    assert_eq!(people(&place, "zones.relata").len(), 3);
    let said = merge(&place, &["one.relata", "three.relata"], "edited.relata");
    assert_eq!(people(&place, "edited.relata").len(), 3, "{said}");
    assert!(said.contains("keeps with other answers"), "{said}");
}

#[test]
fn whoever_erases_a_copy_has_erased_the_original() {
    let place = place();
    import(&place, "one.relata", &sheet(&FIRST), NAMELESS);
    place.run(&["--study", "one.relata", "export", "--format", "csv", "--out", "out"]).ok();
    let export = place.path("out/sessions-visit.csv").display().to_string();
    place.run(&["import", &export, "--instrument", "visit.toml", "--study", "copy.relata"]).ok();
    let copy = exported(&place, "copy.relata", "sessions-visit").into_iter().find(|row| row["glow"] == "2");
    place.run(&["--study", "copy.relata", "erase", "--session", &copy.unwrap()["session"], "--yes"]).ok();
    let said = merge(&place, &["one.relata", "copy.relata"], "team.relata");
    assert_eq!(people(&place, "team.relata"), ["-3", "1"], "{said}");
}

#[test]
fn on_a_clock_of_days_a_new_person_is_no_edited_one() {
    let place = place();
    import(
        &place,
        "study.relata",
        &sheet(&[("", "2026-03-14", "-3"), ("", "2026-03-15", "1"), ("", "2026-03-15", "2")]),
        NAMELESS,
    );
    // One of them was deleted there, and somebody else of that day came.
    place.write(
        "answers.csv",
        &sheet(&[("", "2026-03-14", "-3"), ("", "2026-03-15", "2"), ("", "2026-03-15", "3")]),
    );
    let refused = place.run(&args(&["--map", "map.toml"])).refused();
    assert!(refused.contains("1 row began at the day or the minute of a row"), "{refused}");
    place.run(&args(&["--map", "map.toml", "--again"])).ok();
    assert_eq!(people(&place, "study.relata"), ["-3", "1", "2", "3"]);
}

#[test]
fn who_began_at_one_second_in_another_room_is_no_edited_row() {
    let place = place();
    let one = [("", "2026-03-14 10:00:01", "-3"), ("", "2026-03-14 10:00:09", "1")];
    let other = [("", "2026-03-14 10:00:01", "2"), ("", "2026-03-14 10:04:30", "3")];
    import(&place, "both.relata", &sheet(&one), NAMELESS);
    import(&place, "both.relata", &sheet(&other), NAMELESS);
    assert_eq!(people(&place, "both.relata"), ["-3", "1", "2", "3"]);
}

#[test]
fn of_equal_rows_of_a_day_the_edited_one_is_named() {
    let place = place();
    let day = |said: &[&str]| at_times(said, |_| "2026-03-14".to_owned());
    import(&place, "one.relata", &day(&["3", "3", "3", "2"]), NAMELESS);
    place.write("answers.csv", &day(&["3", "3", "1", "2"]));
    let refused = place.run(&args(&["--map", "map.toml", "--study", "one.relata"])).refused();
    assert!(refused.contains("1 row began at the day or the minute of a row"), "{refused}");
    assert_eq!(people(&place, "one.relata").len(), 4);
}

#[test]
fn a_download_that_is_read_otherwise_is_known_when_a_row_is_gone() {
    let place = place();
    let times = ["2026-03-14 10:21:33", "2026-03-14 10:40:05", "2026-03-15 11:00:07", "2026-03-16 12:00:01"];
    let rows: Vec<(&str, &str, &str)> = ["w1", "w2", "w3", "w4"]
        .into_iter()
        .zip(times)
        .zip(["-3", "-1", "0", "2"])
        .map(|((who, at), glow)| (who, at, glow))
        .collect();
    import(&place, "study.relata", &sheet(&rows), "[row]\nid = \"who\"\nbegun = \"begun\"\n");
    place.write("answers.csv", &sheet(&rows[1..]));
    place.write("map.toml", "[row]\nbegun = \"begun\"\nutc_offset = 60\n");
    let refused = place.run(&args(&["--map", "map.toml"])).refused();
    assert!(refused.contains("3 rows say what rows of `answers.csv` said"), "{refused}");
}

#[test]
fn three_downloads_are_one_survey_in_any_order() {
    let place = place();
    let times = ["10:21:33", "10:40:05", "11:00:07", "12:00:01", "13:30:59"];
    let at: Vec<String> = times.iter().map(|time| format!("2026-03-14 {time}")).collect();
    let rows: Vec<(&str, &str, &str)> =
        at.iter().zip(["-3", "-1", "0", "2", "3"]).map(|(at, glow)| ("", at.as_str(), glow)).collect();
    import(&place, "one.relata", &sheet(&rows[..3]), NAMELESS);
    import(&place, "two.relata", &sheet(&rows[..4]), NAMELESS);
    // In between an answer was edited.
    let mut edited = rows.clone();
    edited[1].2 = "1";
    import(&place, "three.relata", &sheet(&edited), NAMELESS);
    let files = ["one.relata", "two.relata", "three.relata"];
    for (number, order) in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]].iter().enumerate() {
        let out = format!("team-{number}.relata");
        let said = merge(&place, &order.map(|at| files[at]), &out);
        assert_eq!(people(&place, &out).len(), 5, "{order:?} {said}");
    }
    // With ids in one download and none in another, and without times.
    let named = |rows: &[(&'static str, &'static str, &'static str)]| sheet(rows);
    let ids = [("a1", "2026-03-14 10:21:33", "-3"), ("a2", "2026-03-14 10:40:05", "-1")];
    import(&place, "ids.relata", &named(&ids), "[row]\nid = \"who\"\nbegun = \"begun\"\n");
    merge(&place, &["one.relata", "ids.relata"], "with-ids.relata");
    assert_eq!(people(&place, "with-ids.relata").len(), 3);
    let timeless: Vec<(&str, &str, &str)> = rows.iter().map(|(who, _, glow)| (*who, "", *glow)).collect();
    import(&place, "timeless.relata", &sheet(&timeless[..4]), "");
    import(&place, "later.relata", &sheet(&timeless), "");
    merge(&place, &["timeless.relata", "later.relata"], "timeless-team.relata");
    assert_eq!(people(&place, "timeless-team.relata").len(), 5);
}

#[test]
fn rows_of_two_surveys_that_count_from_one_are_different_people() {
    let place = place();
    let map = "[row]\nid = \"who\"\nbegun = \"begun\"\n";
    let first = [("1", "2026-03-14 10:21:33", "-3"), ("2", "2026-03-15 11:00:07", "2")];
    let second = [("1", "2026-05-14 09:00:12", "1"), ("2", "2026-05-15 09:30:47", "3")];
    import(&place, "one.relata", &sheet(&first), map);
    import(&place, "two.relata", &sheet(&second), map);
    let session = exported(&place, "one.relata", "sessions-visit")[0]["session"].clone();
    place.run(&["--study", "one.relata", "erase", "--session", &session, "--yes"]).ok();
    let said = merge(&place, &["one.relata", "two.relata"], "team.relata");
    assert_eq!(people(&place, "team.relata").len(), 3, "{said}");
}

#[test]
fn people_of_two_tables_who_began_at_one_second_are_two() {
    let place = place();
    let one = [("", "2026-03-14 10:21:33", "-3"), ("", "2026-03-15 11:00:07", "2")];
    let other = [("", "2026-03-14 10:21:33", "1"), ("", "2026-05-15 09:30:47", "3")];
    import(&place, "one.relata", &sheet(&one), NAMELESS);
    import(&place, "two.relata", &sheet(&other), NAMELESS);
    let said = merge(&place, &["one.relata", "two.relata"], "team.relata");
    assert_eq!(people(&place, "team.relata").len(), 4, "{said}");
    let row = exported(&place, "one.relata", "sessions-visit").into_iter().find(|row| row["glow"] == "-3");
    place.run(&["--study", "one.relata", "erase", "--session", &row.unwrap()["session"], "--yes"]).ok();
    let said = merge(&place, &["one.relata", "two.relata"], "without.relata");
    assert_eq!(people(&place, "without.relata").len(), 3, "{said}");
}

const ANSWERS: [&str; 5] = ["-3", "-1", "0", "2", "3"];

/// A sheet of people who gave these answers, each at a time of its own on this clock, the first at 10:21:33.
fn at_times(answers: &[&str], clock: impl Fn(usize) -> String) -> String {
    let times: Vec<String> = (0..answers.len()).map(clock).collect();
    let rows: Vec<(&str, &str, &str)> =
        answers.iter().zip(&times).map(|(answer, at)| ("", at.as_str(), *answer)).collect();
    sheet(&rows)
}

/// What a table has of the time at which somebody began.
type Clock = fn(usize) -> String;
const NONE: Clock = |_| String::new();
const DAY: Clock = |_| "2026-03-14".to_owned();
const MINUTE: Clock = |at| format!("2026-03-14 1{at}:21");
const ZONE: Clock = |at| format!("2026-03-14 1{at}:21+01:00");
const SECOND: Clock = |at| format!("2026-03-14 1{at}:21:33");
const MILLI: Clock = |at| format!("2026-03-14 1{at}:21:33.{at}47");
const CLOCKS: [(&str, Clock, Clock); 8] = [
    ("days", DAY, DAY),
    ("minutes", MINUTE, MINUTE),
    ("a day and a minute", DAY, MINUTE),
    ("a zone", MINUTE, ZONE),
    ("a zone and seconds", ZONE, SECOND),
    ("milliseconds", SECOND, MILLI),
    ("milliseconds and none", NONE, MILLI),
    ("none and days", DAY, NONE),
];

#[test]
fn two_downloads_on_coarse_or_different_clocks_are_one_survey() {
    for (name, one, other) in CLOCKS {
        let place = place();
        // An earlier download has fewer rows.
        import(&place, "one.relata", &at_times(&ANSWERS[..4], one), NAMELESS);
        import(&place, "two.relata", &at_times(&ANSWERS, other), NAMELESS);
        for order in [["one.relata", "two.relata"], ["two.relata", "one.relata"]] {
            let out = format!("team-{}", order[0]);
            let said = merge(&place, &order, &out);
            assert_eq!(people(&place, &out).len(), 5, "{name}: {said}");
        }
    }
}

#[test]
fn what_a_team_has_of_earlier_downloads_is_known_in_the_next() {
    let place = place();
    let day = |_: usize| "2026-03-14".to_owned();
    for (number, file) in (3..).zip(["one.relata", "two.relata", "three.relata"]) {
        import(&place, file, &at_times(&ANSWERS[..number], day), NAMELESS);
    }
    merge(&place, &["one.relata", "two.relata"], "team.relata");
    let said = merge(&place, &["team.relata", "three.relata"], "later.relata");
    assert_eq!(people(&place, "later.relata").len(), 5, "{said}");
    let said = merge(&place, &["later.relata", "two.relata", "one.relata"], "all.relata");
    assert_eq!(people(&place, "all.relata").len(), 5, "{said}");
}

#[test]
fn people_of_two_groups_who_said_the_same_that_day_stay_where_that_is_said() {
    let day = |_: usize| "2026-03-14".to_owned();
    for (one, other, survey) in [
        // Everybody said the same; a few said what a few of the others said.
        (&["3"; 6][..], &["3"; 6][..], 6),
        (&["-3", "-2", "-1", "0"], &["-1", "0", "1", "2"], 6),
        // Twice the same in one table, three times in the other, and all the rest: the more of both.
        (&["-3", "-2", "-1", "0", "1", "3", "3"], &["-3", "-2", "-1", "0", "1", "3", "3", "3"], 8),
    ] {
        let place = place();
        import(&place, "one.relata", &at_times(one, day), NAMELESS);
        // Two groups have two files, even where they said the very same.
        import(&place, "two.relata", &at_times(other, day).replace('\n', "\r\n"), NAMELESS);
        place.run(&["merge", "one.relata", "two.relata", "--out", "unknown.relata"]).refused();
        let said = merge(&place, &["one.relata", "two.relata"], "one-survey.relata");
        assert_eq!(people(&place, "one-survey.relata").len(), survey, "{one:?} {other:?} {said}");
        place.run(&["merge", "one.relata", "two.relata", "--out", "both.relata", "--surveys", "apart"]).ok();
        assert_eq!(people(&place, "both.relata").len(), one.len() + other.len(), "{one:?} {other:?}");
    }
}

#[test]
fn of_an_edited_response_the_version_of_the_file_that_is_named_first_stays() {
    let place = place();
    let rows = [FIRST[0], FIRST[1], FIRST[2], ("", "2026-03-16 12:00:01", "3")];
    let mut edited = rows;
    edited[2].2 = "0";
    import(&place, "one.relata", &sheet(&rows), NAMELESS);
    import(&place, "two.relata", &sheet(&edited), NAMELESS);
    merge(&place, &["one.relata", "two.relata"], "team.relata");
    assert_eq!(people(&place, "team.relata"), ["-3", "1", "2", "3"]);
    merge(&place, &["two.relata", "one.relata"], "turned.relata");
    assert_eq!(people(&place, "turned.relata"), ["-3", "0", "1", "3"]);
}

/// The session of somebody in a study.
fn session_of(place: &Place, study: &str, glow: &str) -> SessionId {
    let folder = format!("of-{study}-{glow}");
    place.run(&["--study", study, "export", "--format", "csv", "--out", &folder]).ok();
    let text = place.read(&format!("{folder}/sessions-visit.csv"));
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|known| known == name).unwrap();
    let found = reader.records().map(Result::unwrap).find(|row| &row[at("glow")] == glow);
    found.unwrap()[at("session")].parse().unwrap()
}

/// What a coder says of a session, with a passage in a turn or an answer.
fn code(session: SessionId, coder: &str, dominant: RelationalModel, item: &str) -> Code {
    let passage = Passage::of(item, PassageSource::Answer, "Very warm", (0, 4), dominant);
    let coding = Coding {
        dominant,
        second: None,
        confidence: None,
        evidence: Vec::new(),
        note: "as they said".to_owned(),
        passages: passage.into_iter().collect(),
        seen: None,
        blind: None,
    };
    let mut random = [7; 10];
    random[0] = coder.bytes().last().unwrap_or_default();
    let id = CodeId::new(1_773_500_000_000, random);
    Code { id, session, coder: coder.to_owned(), at: 1_773_500_000_000, consensus: false, coding }
}

#[test]
fn what_was_coded_of_a_copy_goes_along_to_the_response_that_stays() {
    let place = place();
    import(&place, "one.relata", &sheet(&FIRST), NAMELESS);
    let later = [&FIRST[..], &[("", "2026-03-16 12:00:01", "3")]].concat();
    import(&place, "two.relata", &sheet(&later), NAMELESS);
    let [kept, also_kept] = ["-3", "1"].map(|glow| session_of(&place, "one.relata", glow));
    let [copy, also_copied] = ["-3", "1"].map(|glow| session_of(&place, "two.relata", glow));
    let open = |study: &str| Study::open(&place.path(study)).unwrap();
    let transcript = Transcript {
        source: "a".repeat(64),
        no_ratings: true,
        speakers: vec![Speaker::Role(Role::Respondent)],
        turns: vec![Turn { speaker: Some(0), start: None, end: None, text: "Very warm.".to_owned() }],
    };
    {
        let mut two = open("two.relata");
        let id = two.attach(&copy, &transcript, 10).unwrap();
        two.add_code(&code(copy, "C1", CommunalSharing, &turn_name(&id, 1))).unwrap();
        two.add_code(&code(also_copied, "C2", CommunalSharing, "story")).unwrap();
        // The same coder has read the same answers in the other study as well.
        open("one.relata").add_code(&code(also_kept, "C2", MarketPricing, "story")).unwrap();
    }
    for _ in 0..2 {
        let said = merge(&place, &["one.relata", "two.relata"], "one.relata");
        assert!(said.contains(&format!("is with session {kept} now")), "{said}");
        let stays = format!("what was coded of session {also_copied} in ");
        assert!(said.contains(&stays) && said.contains("stays in that file"), "{said}");
        let one = open("one.relata");
        assert_eq!((one.lost().unwrap(), one.unsound().unwrap()), (vec![], vec![]));
        let codes = one.codes().unwrap();
        assert_eq!(one.all_codes().unwrap().len(), 2);
        assert_eq!(codes[&also_kept][0].coding.dominant, MarketPricing);
        let of = |session: SessionId| one.transcripts(&session).unwrap();
        let id = transcript.id(&kept.to_string());
        let taken = &codes[&kept][0];
        assert_eq!((taken.coder.as_str(), taken.coding.dominant), ("C1", CommunalSharing));
        assert_eq!(taken.coding.passages[0].item, turn_name(&id, 1));
        assert_eq!(of(kept)[&id].1, transcript);
        assert!(of(also_kept).is_empty());
    }
}

#[test]
fn of_what_one_coder_said_of_two_copies_the_latest_goes_along_in_any_order() {
    let place = place();
    import(&place, "one.relata", &sheet(&FIRST), NAMELESS);
    let kept = session_of(&place, "one.relata", "-3");
    let said_at = |session: SessionId, at: i64, dominant: RelationalModel| {
        let id = CodeId::new(at, [7; 10]);
        Code { id, at, ..code(session, "C1", dominant, "story") }
    };
    let open = |study: &str| Study::open(&place.path(study)).unwrap();
    let mut copies = Vec::new();
    for (study, begun, at, dominant) in [
        ("two.relata", "2026-03-16 12:00:01", 1_773_500_000_000, CommunalSharing),
        ("three.relata", "2026-03-17 13:30:02", 1_773_600_000_000, MarketPricing),
    ] {
        let later = [&FIRST[..], &[("", begun, "3")]].concat();
        import(&place, study, &sheet(&later), NAMELESS);
        let copy = session_of(&place, study, "-3");
        open(study).add_code(&said_at(copy, at, dominant)).unwrap();
        copies.push(copy);
    }
    let [stays, goes] = copies[..] else { panic!("{copies:?}") };
    let is_told = |said: &str, session: SessionId, what: &str| {
        said.lines().any(|line| {
            line.contains(&format!("what was coded of session {session} in ")) && line.contains(what)
        })
    };
    for (number, order) in [["two.relata", "three.relata"], ["three.relata", "two.relata"]].iter().enumerate()
    {
        let team = format!("team-{number}.relata");
        std::fs::copy(place.path("one.relata"), place.path(&team)).unwrap();
        let again = || merge(&place, &[team.as_str(), order[0], order[1]], &team);
        for _ in 0..2 {
            let said = again();
            let codes = open(&team).all_codes().unwrap();
            let codes: Vec<_> = codes.iter().map(|code| (code.session, code.coding.dominant)).collect();
            assert_eq!(codes, [(kept, MarketPricing)], "{order:?} {said}");
            assert!(is_told(&said, stays, "stays in that file"), "{order:?} {said}");
            assert!(is_told(&said, goes, "is with session"), "{order:?} {said}");
        }
        // What is here already does not stay there, even where the coder has said something else since.
        open(&team).add_code(&said_at(kept, 1_773_700_000_000, CommunalSharing)).unwrap();
        let said = again();
        assert!(is_told(&said, goes, "is with session"), "{order:?} {said}");
        assert!(is_told(&said, stays, "stays in that file"), "{order:?} {said}");
        assert_eq!(open(&team).all_codes().unwrap().len(), 2);
    }
}

#[test]
fn what_was_coded_of_other_answers_stays_where_it_is() {
    let place = place();
    import(&place, "one.relata", &sheet(&FIRST), NAMELESS);
    let mut edited = FIRST;
    edited[2].2 = "0";
    import(&place, "two.relata", &sheet(&edited), NAMELESS);
    let copy = session_of(&place, "two.relata", "0");
    Study::open(&place.path("two.relata"))
        .unwrap()
        .add_code(&code(copy, "C1", MarketPricing, "story"))
        .unwrap();
    let said = merge(&place, &["one.relata", "two.relata"], "one.relata");
    assert!(said.contains(&format!("what was coded of session {copy} in ")), "{said}");
    assert!(Study::open(&place.path("one.relata")).unwrap().all_codes().unwrap().is_empty());
}

/// The sessions that a merge says may be somebody who was erased in another file.
fn perhaps_erased(said: &str) -> &str {
    let line = said.lines().find(|line| line.contains("may be of somebody whom another file has erased"));
    line.unwrap_or_default()
}

#[test]
fn on_a_clock_of_days_whoever_may_have_been_erased_is_named() {
    let place = place();
    import(&place, "one.relata", &at_times(&ANSWERS[..4], DAY), NAMELESS);
    import(&place, "two.relata", &at_times(&ANSWERS, DAY), NAMELESS);
    let gone = session_of(&place, "one.relata", "0").to_string();
    place.run(&["--study", "one.relata", "erase", "--session", &gone, "--yes"]).ok();
    let said = merge(&place, &["one.relata", "two.relata"], "team.relata");
    // Of the two who are not in the first study any more or not yet, nothing tells which was erased.
    assert_eq!(people(&place, "team.relata").len(), 5, "{said}");
    assert!(perhaps_erased(&said).contains("2 sessions may be"), "{said}");
    let unknown = ["0", "3"].map(|glow| session_of(&place, "two.relata", glow).to_string());
    assert!(unknown.iter().all(|session| perhaps_erased(&said).contains(session)), "{said}");
    place.run(&["--study", "two.relata", "erase", "--session", &unknown[0], "--yes"]).ok();
    let said = merge(&place, &["one.relata", "two.relata"], "without.relata");
    assert_eq!(people(&place, "without.relata"), ["-1", "-3", "2", "3"], "{said}");
}

#[test]
fn whoever_was_erased_comes_back_without_a_word_on_no_clock() {
    for (name, one, other) in CLOCKS {
        for [one, other] in [[one, other], [other, one]] {
            let place = place();
            import(&place, "one.relata", &at_times(&ANSWERS[..4], one), NAMELESS);
            import(&place, "two.relata", &at_times(&ANSWERS, other), NAMELESS);
            let gone = session_of(&place, "one.relata", "0").to_string();
            place.run(&["--study", "one.relata", "erase", "--session", &gone, "--yes"]).ok();
            let back = session_of(&place, "two.relata", "0").to_string();
            let said = merge(&place, &["one.relata", "two.relata"], "team.relata");
            assert!(perhaps_erased(&said).contains(&back), "{name}: {said}");
        }
    }
}

#[test]
fn of_two_downloads_the_response_with_the_true_time_stays() {
    for (name, one, other) in [("none", NONE, MILLI), ("days", DAY, SECOND)] {
        let place = place();
        import(&place, "one.relata", &at_times(&ANSWERS, one), NAMELESS);
        import(&place, "two.relata", &at_times(&ANSWERS, other), NAMELESS);
        let begun = |study: &str| -> Vec<String> {
            exported(&place, study, "sessions-visit").iter().map(|row| row["begun"].clone()).collect()
        };
        let (coarse, fine) = (begun("one.relata"), begun("two.relata"));
        for order in [["one.relata", "two.relata"], ["two.relata", "one.relata"]] {
            let out = format!("team-{}", order[0]);
            let said = merge(&place, &order, &out);
            assert_eq!(begun(&out), fine, "{name}: {said}");
        }
        // What a study has keeps its id, and with it its time.
        std::fs::copy(place.path("one.relata"), place.path("kept.relata")).unwrap();
        let said = merge(&place, &["kept.relata", "two.relata"], "kept.relata");
        assert_eq!(begun("kept.relata"), coarse, "{name}: {said}");
    }
}
