//! Tables without ids of their own: whether they are downloads of one survey, or of different people, is the user's word.

use super::imports::{exported, place};
use super::responses::{FIRST, NAMELESS, import, people, sheet};

#[test]
fn nobody_is_taken_for_somebody_else_unless_it_was_said() {
    let place = place();
    import(&place, "one.relata", &sheet(&FIRST), NAMELESS);
    let later = [&FIRST[..], &[("", "2026-03-16 12:00:01", "3")]].concat();
    import(&place, "two.relata", &sheet(&later), NAMELESS);
    let merge = ["merge", "one.relata", "two.relata", "--out", "team.relata"];
    let why = place.run(&merge).refused();
    assert!(why.contains("would have 3 imported responses") && why.contains("--surveys apart"), "{why}");
    assert!(why.contains("(answers.csv)"), "{why}");
    assert!(!place.path("team.relata").exists());
    let of = |how: &str| {
        let out = format!("merged-{how}.relata");
        place.run(&["merge", "one.relata", "two.relata", "--out", &out, "--surveys", how]).ok();
        people(&place, &out)
    };
    assert_eq!(of("one"), ["-3", "1", "2", "3"]);
    assert_eq!(of("apart"), ["-3", "-3", "1", "1", "2", "2", "3"]);
    // A row of one and the same file is one in any case.
    import(&place, "same.relata", &sheet(&FIRST), NAMELESS);
    place.run(&["merge", "one.relata", "same.relata", "--out", "certain.relata"]).ok();
    assert_eq!(people(&place, "certain.relata").len(), 3);
}

#[test]
fn somebody_of_another_survey_is_not_erased_for_beginning_at_one_second() {
    let place = place();
    import(&place, "one.relata", &sheet(&FIRST), NAMELESS);
    import(&place, "two.relata", &sheet(&[FIRST[0], ("", FIRST[2].1, "0")]), NAMELESS);
    let gone = exported(&place, "one.relata", "sessions-visit").into_iter().find(|row| row["glow"] == "2");
    place.run(&["--study", "one.relata", "erase", "--session", &gone.unwrap()["session"], "--yes"]).ok();
    place.run(&["merge", "one.relata", "two.relata", "--out", "team.relata"]).refused();
    place.run(&["merge", "one.relata", "two.relata", "--out", "team.relata", "--surveys", "apart"]).ok();
    assert_eq!(people(&place, "team.relata"), ["-3", "-3", "0", "1"]);
}

#[test]
fn two_surveys_that_count_from_one_lose_nobody() {
    let place = place();
    let numbered = "[row]\nid = \"who\"\nbegun = \"begun\"\n";
    let day = "2026-03-14";
    import(&place, "one.relata", &sheet(&[("1", day, "-3"), ("2", day, "1")]), numbered);
    let other = sheet(&[("1", day, "2"), ("2", day, "3"), ("3", day, "0")]);
    import(&place, "two.relata", &other, numbered);
    let merge = |how: &[&str]| {
        place.run(&[&["merge", "one.relata", "two.relata", "--out", "team.relata"], how].concat()).refused()
    };
    assert!(merge(&[]).contains("would have 2 imported responses"));
    let why = merge(&["--surveys", "apart"]);
    assert!(why.contains("`survey = \"…\"` at the top of its map"), "{why}");
    // With a name of its own, the second survey has ids of its own.
    import(&place, "named.relata", &other, &format!("survey = \"spring\"\n{numbered}"));
    place.run(&["merge", "one.relata", "named.relata", "--out", "team.relata"]).ok();
    assert_eq!(people(&place, "team.relata"), ["-3", "0", "1", "2", "3"]);
}

#[test]
fn an_edited_row_with_a_running_number_comes_together_where_the_survey_is_one() {
    let place = place();
    let numbered = "[row]\nid = \"who\"\nbegun = \"begun\"\n";
    let timeless = "[row]\nid = \"who\"\n";
    for (name, map) in [("timed", numbered), ("timeless", timeless)] {
        let [one, two] = ["one", "two"].map(|which| format!("{name}-{which}.relata"));
        let day = if name == "timed" { "2026-03-14" } else { "" };
        import(&place, &one, &sheet(&[("1", day, "-3"), ("2", day, "1"), ("3", day, "2")]), map);
        import(&place, &two, &sheet(&[("1", day, "-3"), ("2", day, "1"), ("3", day, "0")]), map);
        place.run(&["merge", &one, &two, "--out", &one]).refused();
        place.run(&["merge", &one, &two, "--out", &one, "--surveys", "one"]).ok();
        assert_eq!(people(&place, &one), ["-3", "1", "2"], "{name}");
    }
}

#[test]
fn nobody_is_erased_for_the_number_of_somebody_of_another_survey() {
    let place = place();
    let numbered = "[row]\nid = \"who\"\nbegun = \"begun\"\n";
    let day = "2026-03-14";
    import(&place, "one.relata", &sheet(&[("1", day, "-3"), ("2", day, "1")]), numbered);
    let gone = exported(&place, "one.relata", "sessions-visit").into_iter().find(|row| row["glow"] == "1");
    place.run(&["--study", "one.relata", "erase", "--session", &gone.unwrap()["session"], "--yes"]).ok();
    import(&place, "two.relata", &sheet(&[("2", day, "3")]), numbered);
    let merge = ["merge", "one.relata", "two.relata", "--out", "team.relata"];
    assert!(place.run(&merge).refused().contains("would have 1 imported response"));
    let apart = place.run(&[&merge[..], &["--surveys", "apart"]].concat()).refused();
    assert!(apart.contains("two.relata") && apart.contains("survey ="), "{apart}");
    place.run(&[&merge[..], &["--surveys", "one"]].concat()).ok();
    assert_eq!(people(&place, "team.relata"), ["-3"]);
}

#[test]
fn equal_tables_of_two_rooms_are_named() {
    let place = place();
    for study in ["one.relata", "two.relata"] {
        import(&place, study, &sheet(&FIRST), NAMELESS);
    }
    let out = ["--out", "team.relata", "--surveys", "apart"];
    let merged = place.run(&[&["merge", "one.relata", "two.relata"][..], &out[..]].concat());
    assert!(
        merged.err.contains("the very same table `answers.csv`: 3 rows of it count once"),
        "{}",
        merged.err
    );
}

#[test]
fn running_numbers_tell_a_response_on_clocks_of_any_kind() {
    let place = place();
    let numbered = "[row]\nid = \"who\"\nbegun = \"begun\"\n";
    let rows = |clock: &[&'static str; 3]| {
        sheet(&[("1", clock[0], "-3"), ("2", clock[1], "1"), ("3", clock[2], "2")])
    };
    import(
        &place,
        "one.relata",
        &rows(&["2026-03-14 10:21:33", "2026-03-14 10:21:33", "2026-03-15 11:00:07"]),
        numbered,
    );
    for (name, clock) in [
        ("minutes", ["2026-03-14 10:21", "2026-03-14 10:21", "2026-03-15 11:00"]),
        ("days", ["2026-03-14", "2026-03-14", "2026-03-15"]),
        ("none", [""; 3]),
    ] {
        let two = format!("{name}.relata");
        import(&place, &two, &rows(&clock), numbered);
        for order in [["one.relata", &two], [&two, "one.relata"]] {
            let team = format!("{name}-after-{}", order[0]);
            let merge = [&["merge"][..], &order[..], &["--out", &team][..]].concat();
            assert!(place.run(&merge).refused().contains("would have 3"), "{name}");
            place.run(&[&merge[..], &["--surveys", "one"][..]].concat()).ok();
            assert_eq!(people(&place, &team), ["-3", "1", "2"], "{name}");
        }
    }
}

#[test]
fn a_newcomer_who_says_what_somebody_else_said_at_another_second_stays() {
    let place = place();
    let early = [
        ("", "2026-03-14 09:31:23", "3"),
        ("", "2026-03-14 09:37:00", "1"),
        ("", "2026-03-14 09:29:41", "-2"),
    ];
    let later = [early[0], early[1], early[2], ("", "2026-03-14 09:53:19", "3")];
    import(&place, "one.relata", &sheet(&early), NAMELESS);
    import(&place, "two.relata", &sheet(&later), NAMELESS);
    let gone = exported(&place, "two.relata", "sessions-visit")
        .into_iter()
        .find(|row| row["glow"] == "3" && row["begun"].contains("09:31:23"));
    place.run(&["--study", "two.relata", "erase", "--session", &gone.unwrap()["session"], "--yes"]).ok();
    for order in [["one.relata", "two.relata"], ["two.relata", "one.relata"]] {
        let out = format!("team-{}", order[0]);
        place.run(&[&["merge"][..], &order[..], &["--out", &out, "--surveys", "one"][..]].concat()).ok();
        let left = exported(&place, &out, "sessions-visit");
        let begun: Vec<&str> =
            left.iter().filter(|row| row["glow"] == "3").map(|row| row["begun"].as_str()).collect();
        assert!(left.len() == 3 && begun.len() == 1 && begun[0].contains("09:53:19"), "{begun:?}");
    }
}

#[test]
fn people_with_ids_of_their_own_who_began_at_one_second_are_two() {
    let place = place();
    let named = "[row]\nid = \"who\"\nbegun = \"begun\"\n";
    // A pilot that both studies have, and a room of its own in each.
    let later = [&FIRST[..], &[("", "2026-03-16 12:00:01", "3")]].concat();
    for (study, pilot, who, said) in
        [("one.relata", &FIRST[..], "R_3fK2aAAA", "-1"), ("two.relata", &later[..], "R_9xQ7bBBB", "0")]
    {
        import(&place, study, &sheet(pilot), NAMELESS);
        import(&place, study, &sheet(&[(who, "2026-03-20 09:00:05", said)]), named);
    }
    place.run(&["merge", "one.relata", "two.relata", "--out", "team.relata", "--surveys", "one"]).ok();
    assert_eq!(people(&place, "team.relata"), ["-1", "-3", "0", "1", "2", "3"]);
}

#[test]
fn whoever_was_erased_is_gone_though_somebody_else_said_the_same_in_another_minute() {
    let place = place();
    let at =
        |clock: [&'static str; 3]| sheet(&[("", clock[0], "3"), ("", clock[1], "3"), ("", clock[2], "-1")]);
    let seconds = ["2026-03-14 10:00:05", "2026-03-14 10:01:15", "2026-03-14 10:02:25"];
    import(&place, "one.relata", &at(seconds), NAMELESS);
    for (name, clock) in [
        ("minutes", ["2026-03-14 10:00", "2026-03-14 10:01", "2026-03-14 10:02"]),
        ("days", ["2026-03-14"; 3]),
    ] {
        let two = format!("{name}.relata");
        import(&place, &two, &at(clock), NAMELESS);
        let row =
            exported(&place, &two, "sessions-visit").into_iter().find(|row| row["glow"] == "3").unwrap();
        place.run(&["--study", &two, "erase", "--session", &row["session"], "--yes"]).ok();
        let team = format!("team-{name}.relata");
        let merged = place.run(&["merge", "one.relata", &two, "--out", &team, "--surveys", "one"]);
        assert_eq!(merged.code, 0, "{}", merged.err);
        let named =
            merged.err.lines().find(|line| line.contains("may be of somebody whom another file has erased"));
        // A minute tells the two apart, and a day does not.
        let equal = if name == "minutes" { "1 session may be" } else { "2 sessions may be" };
        assert!(named.is_some_and(|line| line.contains(equal)), "{name}: {}", merged.err);
    }
}
