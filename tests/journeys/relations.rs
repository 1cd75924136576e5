//! Relations from the command line: lenses in results and findings, one customer on one page, and the list of all.

use std::collections::BTreeSet;

use relata::instrument::{Instrument, shipped};

use super::support::{Place, Ran};

const LENSES: [&str; 8] = [
    "building-blocks",
    "building-blocks-account",
    "success-factors",
    "success-factors-account",
    "relational-relevance",
    "relational-relevance-account",
    "three-dimensions",
    "three-dimensions-account",
];

/// Tables of a Markdown page without a row, or with rows that contain only a name.
fn empty_tables(markdown: &str) -> Vec<String> {
    let lines: Vec<&str> = markdown.lines().collect();
    let is_rule = |line: &&str| line.starts_with("|---");
    let rules = lines.iter().enumerate().filter(|(_, line)| is_rule(line)).map(|(at, _)| at);
    rules
        .filter(|at| {
            let rows: Vec<&&str> = lines[at + 1..].iter().take_while(|line| line.starts_with('|')).collect();
            let nothing = |row: &&&str| {
                row.split('|').skip(2).all(|cell| matches!(cell.trim(), "" | "—" | "no profiles"))
            };
            rows.is_empty() || rows.iter().all(nothing)
        })
        .map(|at| lines[at - 1].to_owned())
        .collect()
}

#[test]
fn a_lens_opens_with_its_scales_and_prints_no_empty_table() {
    for name in LENSES {
        let place = Place::new();
        place.run(&["simulate", name, "--n", "12", "--seed", "3"]).ok();
        let one = place.run(&["report", "--respondent", "S3-001", "--lang", "en"]).ok();
        let first = one.lines().find(|line| line.starts_with("## ")).unwrap();
        let lens = ["Building blocks", "Success factors", "Relational relevance", "Three dimensions"];
        assert!(lens.iter().any(|lens| first == format!("## {lens}")), "{name}: {first}");
        assert!(!one.contains("No profile") && one.contains("Weakest link"), "{one}");
        assert_eq!(empty_tables(&one), [""; 0], "{name}");
        for lang in ["en", "nl"] {
            let all = place.run(&["report", "--lang", lang]).ok();
            assert_eq!(empty_tables(&all), [""; 0], "{name}");
            assert!(!all.contains("| 2012 |"), "{name}: nothing is said of models where none was asked for");
        }
        let html = place.run(&["report", "--format", "html", "--lang", "en"]).ok();
        assert!(html.contains("What goes with it"), "{name}");
    }
}

#[test]
fn the_balance_of_the_blocks_and_the_direction_are_findings_of_their_own() {
    let place = Place::new();
    place.run(&["simulate", "building-blocks", "--n", "1", "--seed", "3"]).ok();
    place.run(&["simulate", "three-dimensions-account", "--n", "1", "--seed", "4"]).ok();
    let blocks = place.run(&["report", "--respondent", "S3-001", "--lang", "en"]).ok();
    assert!(blocks.contains("Balance: **"), "{blocks}");
    let dimensions = place.run(&["report", "--respondent", "S4-001", "--lang", "nl"]).ok();
    assert!(dimensions.contains("Richting: **"), "{dimensions}");
}

/// Puts a simulated session under another code.
fn renamed(place: &Place, from: &str, to: &str) {
    let sessions = place.run(&["sessions", "--format", "json"]).json();
    let session = sessions.as_array().unwrap().iter().find(|one| one["respondent"] == from).unwrap();
    place.run(&["rename", session["session"].as_str().unwrap(), to, "--yes"]).ok();
}

#[test]
fn all_account_questionnaires_record_the_manager_s_own_view() {
    for name in LENSES.iter().filter(|name| name.ends_with("-account")) {
        let instrument: Instrument = shipped::read(name).unwrap().instrument.unwrap();
        let own =
            instrument.scales.iter().all(|scale| scale.perspective == relata::instrument::Perspective::Own);
        assert!(own && instrument.is_of_an_account(), "{name}");
    }
}

#[test]
fn one_relation_on_one_page_for_managers_and_with_numbers_for_researchers() {
    let place = Place::new();
    for (name, seed) in [("account-self-assessment", "5"), ("client-view", "6"), ("success-factors", "7")] {
        place.run(&["simulate", name, "--n", "1", "--seed", seed]).ok();
        renamed(&place, &format!("S{seed}-001"), "K-014");
    }
    let page = place.run(&["relation", "K-014", "--lang", "en"]).ok();
    for part in
        ["## In short", "## What to do", "Rests on their side", "## Through other lenses", "## Both sides"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("p, the same") && !page.contains("D²"), "{page}");
    let numbers = place.run(&["relation", "K-014", "--lang", "en", "--reader", "researcher"]).ok();
    assert!(numbers.contains("p, the same") && numbers.contains("JS distance"), "{numbers}");
    assert_eq!(empty_tables(&numbers), [""; 0]);
    let json = place.run(&["relation", "K-014", "--format", "json"]).json();
    assert!(!json["counsel"].as_array().unwrap().is_empty());
    assert!(json["counsel"][0]["advice"]["rests"].is_array());
}

#[test]
fn what_a_side_takes_the_other_for_wrongly_is_something_to_do() {
    let place = Place::new();
    place.run(&["simulate", "account-self-assessment", "--n", "6", "--seed", "5"]).ok();
    place.run(&["simulate", "client-view", "--n", "6", "--seed", "6"]).ok();
    let (mut mistaken, mut told) = (0, 0);
    for number in 1..=6 {
        let code = format!("K-{number}");
        renamed(&place, &format!("S5-00{number}"), &code);
        renamed(&place, &format!("S6-00{number}"), &code);
        let json = place.run(&["relation", &code, "--format", "json"]).json();
        let both_sides = json["both_sides"].as_array().unwrap();
        let our_picture = both_sides.iter().find(|one| one["pairing"] == "our_picture");
        let their_own = |model: usize| our_picture?["right"]["strengths"]["norms"][model]["value"].as_f64();
        let is_wrong = |compared: &serde_json::Value| {
            let of_a_picture = compared["pairing"] != "meant_and_used";
            // Nobody has to be shown more of what matters little to them.
            let counts = |(model, norm): (usize, &serde_json::Value)| match norm["reading"].as_str() {
                Some("higher") => true,
                Some("lower") => their_own(model).is_none_or(|own| own >= 4.0),
                _ => false,
            };
            of_a_picture && compared["norms"].as_array().unwrap().iter().enumerate().any(counts)
        };
        let wrong = both_sides.iter().filter(|one| is_wrong(one)).count();
        mistaken += usize::from(wrong > 0);
        for (lang, signs) in [
            ("en", ["than we think", "for more with us than we say", "for less with us than we say"]),
            ("nl", ["dan wij denken", "voor ons meer telt", "voor ons minder telt"]),
        ] {
            let page = place.run(&["relation", &code, "--lang", lang]).ok();
            let is_told = signs.iter().any(|sign| page.contains(sign));
            told += usize::from(is_told);
            // Urgent advice leaves out advice that can wait, such as that about a mistaken estimate.
            let presses = ["Do not wait", "Wacht niet"].iter().any(|sign| page.contains(sign));
            assert!(is_told == (wrong > 0) || presses, "{page}");
            assert!(wrong > 0 || !is_told, "{page}");
        }
        // A side that has answered is not advised by the other side's guess about it.
        assert!(
            json["counsel"]
                .as_array()
                .unwrap()
                .iter()
                .all(|one| one["advice"]["guesses"].as_array().unwrap().is_empty()),
            "{json}"
        );
    }
    assert!(mistaken > 1 && told > 1, "{mistaken} {told}");
}

#[test]
fn customers_under_one_code_are_never_taken_for_one_another() {
    let place = Place::new();
    place.run(&["simulate", "building-blocks-account", "--n", "6", "--seed", "5"]).ok();
    (1..=6).for_each(|number| renamed(&place, &format!("S5-00{number}"), "R001"));
    let listed = place.run(&["relations", "--format", "json"]).json();
    let names: BTreeSet<&str> =
        listed.as_array().unwrap().iter().filter_map(|relation| relation["customer"].as_str()).collect();
    // Each name once, under the one code.
    assert!(names.len() > 1 && names.len() == listed.as_array().unwrap().len(), "{listed}");
    for name in names {
        let page = place.run(&["relation", "R001", "--customer", name, "--lang", "en"]).ok();
        assert!(page.starts_with(&format!("# {name}\n")), "{page}");
    }
    assert!(place.run(&["relation", "R001", "--customer", "Initech"]).refused().contains("R001"));
}

#[test]
fn what_was_told_to_an_interviewer_reaches_an_account_manager_as_results_alone() {
    let place = Place::new();
    place.run(&["simulate", "customer-interview", "--n", "6", "--seed", "9"]).ok();
    place.run(&["simulate", "client-view", "--n", "6", "--seed", "6"]).ok();
    let (mut hidden, mut shown) = (0, 0);
    for number in 1..=6 {
        let json = |code: &str, reader: &str| {
            place.run(&["relation", code, "--format", "json", "--reader", reader]).json()
        };
        let rests = |json: &serde_json::Value| -> usize {
            let counsel = json["counsel"].as_array().unwrap().iter();
            counsel.map(|one| one["advice"]["rests"].as_array().unwrap().len()).sum()
        };
        let interview = format!("S9-00{number}");
        assert_eq!(rests(&json(&interview, "account")), 0);
        hidden += rests(&json(&interview, "researcher"));
        shown += rests(&json(&format!("S6-00{number}"), "account"));
        for lang in ["en", "nl"] {
            let page = place.run(&["relation", &interview, "--lang", lang]).ok();
            assert!(!page.lines().any(|line| line.starts_with("- “") || line.starts_with("- ‘")), "{page}");
            let told = ["Told to an interviewer", "Aan een interviewer verteld"];
            assert!(!told.iter().any(|title| page.contains(title)), "{page}");
        }
    }
    // Some answers were held back, and a client's own form is shown answer by answer.
    assert!(hidden > 0 && shown > 0, "{hidden} {shown}");
}

#[test]
fn a_form_of_a_client_says_that_its_answers_are_read() {
    for name in
        ["client-view", "building-blocks", "success-factors", "relational-relevance", "three-dimensions"]
    {
        let place = Place::new();
        let text = place.run(&["instruments", "show", name]).ok();
        let consent = text.split("kind    = \"consent\"").nth(1).unwrap().lines().nth(2).unwrap();
        assert!(
            consent.contains("read") && (consent.contains("lezen") || consent.contains("leest")),
            "{name}: {consent}"
        );
    }
}

#[test]
fn two_answers_of_a_customer_are_no_trend_and_both_keep_their_dates() {
    let place = Place::new();
    for seed in ["6", "7"] {
        place.run(&["simulate", "client-view", "--n", "1", "--seed", seed]).ok();
        renamed(&place, &format!("S{seed}-001"), "K-1");
    }
    for (lang, unknown, time) in [
        ("en", "it is not known whether the same person answered", "## Over time"),
        ("nl", "of dezelfde persoon antwoordde, is niet bekend", "## Verloop"),
    ] {
        let page = place.run(&["relation", "K-1", "--lang", lang]).ok();
        assert!(page.contains(unknown) && !page.contains(time), "{page}");
    }
    let json = place.run(&["relation", "K-1", "--format", "json"]).json();
    assert!(json["over_time"].as_array().unwrap().is_empty(), "{json}");
}

#[test]
fn a_portfolio_and_what_is_said_about_it_follow_the_language() {
    let place = Place::new();
    place.run(&["simulate", "account-self-assessment", "--n", "1", "--seed", "5"]).ok();
    renamed(&place, "S5-001", "K-1");
    place.run(&["simulate", "building-blocks", "--n", "1", "--seed", "6"]).ok();
    let dutch = |args: &[&str]| Ran::of(place.command(args).env("LANG", "nl_NL.UTF-8").output().unwrap());
    let list = dutch(&["relations"]).ok();
    for part in ["klant", "onze kant", "aan de beurt", "opnieuw beoordelen", "(geen naam)"] {
        assert!(list.contains(part), "{part}: {list}");
    }
    assert!(place.run(&["relations"]).ok().contains("assess again"));
    // A correlation is for researchers: it stands in what programs read, and in the appendix of a page.
    assert!(!list.contains("ICC"), "{list}");
    // Words meant for programs are the same in every language.
    let csv = dutch(&["relations", "--format", "csv"]).ok();
    let head = csv.lines().next().unwrap();
    assert!(head.starts_with("code,customer,ours,") && head.ends_with(",simulated,icc,formerly"), "{head}");
    assert!(dutch(&["relation", "K-2"]).refused().contains("onder `K-2` staat geen afgerond gesprek"));
    assert!(dutch(&["resume"]).refused().contains("staat geen gesprek open"));
    let page = dutch(&["relation", "S6-001"]).ok();
    assert!(page.contains("nog geen naam"), "{page}");
}

/// The id of the only session of a respondent.
fn session_of(place: &Place, respondent: &str) -> String {
    let sessions = place.run(&["sessions", "--format", "json"]).json();
    let of = |one: &&serde_json::Value| one["respondent"] == respondent;
    sessions.as_array().unwrap().iter().find(of).unwrap()["session"].as_str().unwrap().to_owned()
}

fn titles(json: &serde_json::Value) -> BTreeSet<String> {
    json.as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_was_advised_is_what_somebody_was_shown_and_goes_with_its_session() {
    let place = Place::new();
    place.run(&["simulate", "account-self-assessment", "--n", "120", "--seed", "5"]).ok();
    let sessions = place.run(&["sessions", "--format", "json"]).json();
    let mut about: Vec<(String, String)> = sessions
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["about"] == "Organisation B")
        .map(|one| (one["begun"].to_string(), one["respondent"].as_str().unwrap().to_owned()))
        .collect();
    about.sort();
    // One per day, because answers of the same day are no change.
    about.dedup_by_key(|(begun, _)| begun[..11].to_owned());
    // For one customer, each later than the one before.
    let mut next = about.into_iter().map(|(_, respondent)| respondent);
    let mut account = |code: &str| renamed(&place, &next.next().unwrap(), code);
    let json = |code: &str| place.run(&["relation", code, "--format", "json", "--lang", "en"]).json();
    account("K-1");
    let first = session_of(&place, "K-1");
    let shown = titles(&json("K-1")["to_do"]);
    assert!(!shown.is_empty());
    // Viewing it again, in another language, is not another advice.
    place.run(&["relation", "K-1", "--lang", "nl"]).ok();
    account("K-1");
    let now = json("K-1");
    assert_eq!(titles(&now["before"]), shown);
    // Each reader sees it in their own language, whatever it was shown in.
    let dutch = place.run(&["relation", "K-1", "--format", "json", "--lang", "nl"]).json();
    let dutch = titles(&dutch["before"]);
    assert!(dutch.len() == shown.len() && dutch.is_disjoint(&shown), "{dutch:?}");
    for (lang, before, asked, read) in [
        ("en", "Advised before:", "Asked again on", &shown),
        ("nl", "Eerder geadviseerd:", "Opnieuw gevraagd op", &dutch),
    ] {
        let page = place.run(&["relation", "K-1", "--lang", lang]).ok();
        assert!(page.contains(before) && page.contains(asked), "{page}");
        assert!(read.iter().all(|title| page.contains(title.as_str())), "{page}");
    }
    // Answers whose results nobody has viewed have no advice, and none is made up.
    account("K-2");
    account("K-2");
    let page = place.run(&["relation", "K-2", "--lang", "en"]).ok();
    assert!(page.contains("Nothing is kept of what was advised on earlier answers"), "{page}");
    assert!(!page.contains("Advised before"), "{page}");
    // Advice shown in a result counts as shown.
    account("K-3");
    place.run(&["report", "--respondent", "K-3", "--lang", "en"]).ok();
    account("K-3");
    let page = place.run(&["relation", "K-3", "--lang", "en"]).ok();
    assert!(page.contains("in the result of a session: “"), "{page}");
    place.run(&["erase", "--session", &first, "--yes"]).ok();
    assert!(titles(&json("K-1")["before"]).is_empty());
}

#[test]
fn two_clients_never_come_under_one_code_because_one_is_offered() {
    let place = Place::new();
    let begun = |client: &str| {
        let client = format!("organisation={client}");
        let args = ["interview", "building-blocks-account", "--plain", "--lang", "en", "--set", &client];
        // A refused consent, which ends it.
        place.feed(&args, "2\n\n")
    };
    let codes = || {
        let sessions = place.run(&["sessions", "--format", "json"]).json();
        let code = |one: &serde_json::Value| {
            (one["about"].as_str().unwrap().to_owned(), one["respondent"].as_str().unwrap().to_owned())
        };
        sessions.as_array().unwrap().iter().map(code).collect::<BTreeSet<_>>()
    };
    begun("Acme");
    begun("Globex");
    assert_eq!(codes().iter().map(|(_, code)| code).collect::<BTreeSet<_>>().len(), 2, "{:?}", codes());
    // The same client again, however spelt, continues under its own code, and that is reported.
    let again = begun("ACME");
    let (_, acme) = codes().into_iter().find(|(name, _)| name == "Acme").unwrap();
    assert!(again.err.contains(&format!("ACME stands under {acme} already")), "{}", again.err);
    let of_acme = codes().into_iter().filter(|(name, _)| name.to_lowercase() == "acme");
    assert_eq!(of_acme.map(|(_, code)| code).collect::<BTreeSet<_>>().len(), 1, "{:?}", codes());
}

#[test]
fn a_list_and_a_page_say_the_same_of_each_side() {
    let place = Place::new();
    place.run(&["simulate", "client-view", "--n", "60", "--seed", "6"]).ok();
    let listed = place.run(&["relations", "--format", "json"]).json();
    let mut seen = BTreeSet::new();
    for relation in listed.as_array().unwrap() {
        let (code, says) = (relation["code"].as_str().unwrap(), relation["they_relate"].as_str().unwrap());
        let kind = if ["not told apart", "point apart", "hardly a relation", "as random"].contains(&says) {
            says
        } else {
            "told"
        };
        // One of each kind is enough.
        if !seen.insert(kind.to_owned()) {
            continue;
        }
        assert_eq!(place.run(&["relation", code, "--format", "json"]).json()["they_relate"], says);
        let page = place.run(&["relation", code, "--lang", "en"]).ok();
        let sentence = match kind {
            "told" => "The answers speak ",
            "point apart" => "The answers point apart: together they speak for ",
            "hardly a relation" => "Hardly a relation: ",
            "as random" => "The ratings of statements about one and the same way contradict ",
            _ => "The answers do not tell ",
        };
        assert!(page.contains(&format!("How they relate to us: **{sentence}")), "{kind}: {page}");
    }
    assert!(seen.contains("told") && seen.contains("as random"), "{seen:?}");
}

#[test]
fn a_page_without_a_name_says_how_to_give_one_without_marks_of_a_shell() {
    let place = Place::new();
    place.run(&["simulate", "client-view", "--n", "1", "--seed", "6"]).ok();
    for (lang, how) in [("en", "(--set client=NAME)"), ("nl", "(--set client=NAAM)")] {
        for format in ["md", "html"] {
            let page = place.run(&["relation", "S6-001", "--lang", lang, "--format", format]).ok();
            assert!(page.contains(how) && !page.contains("`--set") && !page.contains("\\`"), "{page}");
        }
    }
}

/// Answers for the lens of an account manager who disagrees with everything, on a day on which it is rehearsed.
fn rehearsed(place: &Place, more: &[&str]) -> Ran {
    let common =
        ["interview", "building-blocks-account", "--plain", "--lang", "en", "--set", "organisation=Acme"];
    place.feed(
        &[&common[..], &["--respondent", "TRY"], more].concat(),
        &("1\ndear\n\n".to_owned() + &"1\n".repeat(30) + "\n"),
    )
}

#[test]
fn a_wave_on_an_earlier_day_is_a_rehearsal_and_never_stands_beside_real_answers() {
    let place = Place::new();
    let refused = rehearsed(&place, &["--on", "2026-01-31"]);
    assert!(refused.code != 0 && refused.err.contains("--test"), "{refused:?}");
    assert!(rehearsed(&place, &["--test", "--on", "2999-01-31"]).refused().contains("a day to come"));
    rehearsed(&place, &["--test", "--on", "2026-01-31"]).ok();
    let sessions = place.run(&["sessions", "--format", "json"]).json();
    let begun = sessions[0]["begun"].to_string();
    assert!(begun.contains("2026-01-31"), "{sessions}");
    let page = place.run(&["relation", "TRY", "--with-tests", "--lang", "en"]).ok();
    assert!(page.contains("REHEARSAL: one session here") && page.contains("31 January 2026"), "{page}");
    // The second wave is today, and the advice that was read in between is followed up.
    rehearsed(&place, &["--test"]).ok();
    let page = place.run(&["relation", "TRY", "--with-tests", "--lang", "en"]).ok();
    assert!(page.contains("REHEARSAL: 2 sessions here") && page.contains("Over time, our side"), "{page}");
    assert!(page.contains("Advised before:") && page.contains("Asked again on"), "{page}");
    let without = place.run(&["relation", "TRY"]);
    assert!(without.code != 0 && without.err.contains("--with-tests"), "{without:?}");
    let count = |args: &[&str]| place.run(args).json().as_array().unwrap().len();
    assert_eq!(count(&["relations", "--format", "json"]), 0);
    assert_eq!(count(&["relations", "--format", "json", "--with-tests"]), 1);
}

/// A client without consent, ended or left before that, and one who declines every question.
#[test]
fn a_client_who_would_rather_not_answer_is_not_asked_again() {
    let declines = "1\n".to_owned() + &":declined\n".repeat(99);
    for answers in ["2\n\n", "2\n", &declines] {
        let place = Place::new();
        let ours = ["interview", "building-blocks-account", "--plain", "--set", "organisation=Acme"];
        let disagrees = "1\ndear\n\n".to_owned() + &"1\n".repeat(30) + "\n";
        place.feed(&[&ours[..], &["--respondent", "R001", "--lang", "en"]].concat(), &disagrees).ok();
        let listed = || place.run(&["relations", "--format", "json"]).json();
        assert_eq!(listed()[0]["due"], "their_side");
        let theirs = ["interview", "client-view", "--plain", "--respondent", "R001", "--lang", "en"];
        let set = ["--set", "organisation=Us", "--set", "client=Acme", "--set", "person=P1"];
        place.feed(&[&theirs[..], &set].concat(), answers);
        // What is declined to the end has its answers looked over before it is finished.
        if answers.contains("declined") {
            place.feed(&["resume", "--plain"], "\n\n").ok();
        }
        let page = place.run(&["relation", "R001", "--lang", "en"]).ok();
        assert!(page.contains("declined to answer (P1)") && !page.contains("the client view"), "{page}");
        let page = place.run(&["relation", "R001", "--lang", "nl"]).ok();
        assert!(page.contains("niet antwoorden (P1)") && !page.contains("de klantversie"), "{page}");
        let listed = listed();
        assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
        assert!(listed[0]["due"].is_null() && listed[0]["they_relate"] == "declined", "{listed}");
        // Until it is answered otherwise, where the interview can still be gone on with.
        if answers == "2\n" {
            place.feed(&["resume", "--plain"], "1\n1\n");
            assert_eq!(place.run(&["relations", "--format", "json"]).json()[0]["due"], "their_side");
        }
    }
}

#[test]
fn former_names_and_notes_stand_in_every_form_and_two_successors_stay_two() {
    let place = Place::new();
    let assessed = |set: &[&str]| {
        let ours =
            ["interview", "building-blocks-account", "--plain", "--lang", "en", "--respondent", "R001"];
        let answers = "1\n:note Ask Jan\ndear\n\n".to_owned() + &"1\n".repeat(30) + "\n";
        place.feed(&[&ours[..], set].concat(), &answers).ok();
    };
    let page = |more: &[&str]| place.run(&[&["relation", "R001", "--lang", "en"][..], more].concat()).ok();
    let json = |args: &[&str]| place.run(&[args, &["--format", "json"]].concat()).json();
    assessed(&["--set", "organisation=Acme"]);
    assessed(&["--set", "formerly=Acme", "--set", "organisation=Nova"]);
    for told in [page(&[]), page(&["--format", "html"])] {
        for part in ["Called before", "Acme", "Ask Jan"] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
    let told = json(&["relation", "R001"]);
    assert_eq!(
        (&told["relation"]["formerly"][0], &told["told"][0]["notes"][0][1]),
        (&"Acme".into(), &"Ask Jan".into())
    );
    assert_eq!(json(&["relations"])[0]["formerly"], serde_json::json!(["Acme"]));
    let csv = place.run(&["relations", "--format", "csv"]).ok();
    assert!(csv.lines().next().unwrap().ends_with(",formerly") && csv.trim_end().ends_with(",Acme"), "{csv}");
    place.run(&["export", "--format", "csv", "--out", "out", "--sessions-only"]).ok();
    let exported = place.path("out").join("sessions-building-blocks-account.csv");
    let mut table = csv::Reader::from_path(exported).unwrap();
    let at = table.headers().unwrap().iter().position(|name| name == "formerly").unwrap();
    let former: Vec<String> = table.records().map(|row| row.unwrap()[at].to_owned()).collect();
    assert!(former.len() == 2 && former.contains(&"Acme".to_owned()), "{former:?}");
    // Whose name it was, nobody can tell any more.
    assessed(&["--set", "formerly=Acme", "--set", "organisation=Vega"]);
    for name in ["Acme", "Nova", "Vega"] {
        let page = page(&["--customer", name]);
        assert!(page.starts_with(&format!("# {name}\n")) && !page.contains("Called before"), "{page}");
        // What was said already and settled nothing is not advised again.
        assert!(page.contains("are said to have been called Acme before"), "{page}");
        assert!(page.contains("are one after all") && !page.contains("the new name of another"), "{page}");
    }
    // A name that was given as the present one may be disputed beside a former one: each has its own sentence.
    for name in ["Orion", "Lyra"] {
        assessed(&["--set", "formerly=Nova", "--set", &format!("organisation={name}")]);
    }
    let told = page(&["--customer", "Nova"]);
    for name in ["Acme", "Nova"] {
        assert!(told.contains(&format!("have been called {name} before, so")), "{name}: {told}");
    }
    assert_eq!(told.matches("are one after all").count(), 1, "{told}");
}
