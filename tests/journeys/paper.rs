//! Sheets of paper: printed, filled in by a simulated respondent, entered twice and compared, and the same sessions as typed
//! ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use relata::instrument::kinds::Datum;
use relata::instrument::persona::Persona;
use relata::instrument::prompt::{Ask, Choice, Input, Reply};
use relata::instrument::{Instrument, Language, PERSON, RelationalModel, shipped};
use relata::interview::simulate::walk;
use relata::interview::{Interview, Start};
use relata::paper::{OmissionReason, ResponseFormat, Sheet, SheetBlock, SheetNumber};
use relata::store::{Mode, Study};
use relata::study::Loader;
use relata::texts::number;

use super::support::{Place, Ran, Talk, somebody};

fn every_kind() -> Arc<Instrument> {
    let text = include_str!("../instruments/valid/every-kind.toml");
    Arc::new(Instrument::read_stored(text).instrument.unwrap())
}

/// A session answered on a screen.
fn typed(instrument: &Arc<Instrument>, language: &Language, persona: &Persona, seed: u64) -> Interview {
    // A respondent's code must be a code; other fields may hold any text.
    let value = |field: &str| if field == PERSON { format!("P{seed}") } else { format!("Acme {seed}") };
    let fields = instrument.fields.iter().map(|field| (field.name.clone(), value(&field.name)));
    let start = Start {
        seed,
        language: language.clone(),
        fields: fields.collect(),
        at: 1_770_000_000_000,
        offset: Some(60),
    };
    walk(instrument.clone(), start, persona).unwrap().interview
}

/// A simulated interview, replayed.
fn replayed(instrument: &Arc<Instrument>, language: &Language, seed: u64) -> Interview {
    let model = RelationalModel::ALL[seed as usize % 4];
    let persona = Persona { model, explicit: [-1.2, 0.1, 0.9][seed as usize % 3], ..somebody() };
    typed(instrument, language, &persona, seed)
}

fn position(name: &str, choices: &[Choice]) -> usize {
    choices.iter().position(|choice| choice.name == name).unwrap() + 1
}

/// One answer on the sheet, as a person types it.
fn line(input: &Input, ask: &Ask, language: &Language) -> String {
    match (input, ask) {
        (Input::Picked(names), Ask::Pick { options, .. }) if names.is_empty() => {
            assert!(!options.is_empty());
            "0".into()
        }
        (Input::Picked(names), Ask::Pick { options, .. }) => {
            names.iter().map(|name| position(name, options).to_string()).collect::<Vec<_>>().join(" ")
        }
        (Input::Rated(cells), _) => cells[0].point().map_or("-".into(), |point| point.to_string()),
        (Input::Number(value), _) => number(*value, language),
        (Input::Text(typed), _) => typed.text.replace('\n', " "),
        (Input::Ranked(names), Ask::Rank { options, .. }) => {
            let place = |option: &Choice| names.iter().position(|name| *name == option.name);
            let places =
                options.iter().map(|option| place(option).map_or("-".into(), |at| (at + 1).to_string()));
            places.collect::<Vec<String>>().join(" ")
        }
        (Input::Allocated(points), Ask::Allocate { parts, .. }) => {
            let points = parts.iter().map(|part| points.get(&part.name).copied().unwrap_or(0).to_string());
            points.collect::<Vec<String>>().join(" ")
        }
        other => panic!("{other:?}"),
    }
}

fn reason(reply: Option<&Reply>) -> String {
    match reply {
        None => "-".into(),
        Some(Reply::Declined) => ":declined".into(),
        Some(Reply::DontKnow) => "?".into(),
        Some(other) => panic!("{other:?}"),
    }
}

/// The lines of a question in the order of its places.
fn lines_of(block: &SheetBlock, replies: &[Reply], language: &Language) -> Vec<String> {
    let line = |input: &Input, ask: &Ask| line(input, ask, language);
    let first = replies.first();
    match (&block.form, first) {
        (ResponseFormat::Note, _) => Vec::new(),
        (ResponseFormat::One(ask), Some(Reply::Given(input))) => vec![line(input, ask)],
        (ResponseFormat::Grid(scale), Some(Reply::Given(Input::Rated(cells)))) => {
            let ask = Ask::Scale(scale.clone());
            cells.iter().map(|cell| line(&Input::Rated(vec![*cell]), &ask)).collect()
        }
        (ResponseFormat::Grid(scale), other) => vec![reason(other); scale.rows.len()],
        (ResponseFormat::MostLeast { statements, .. }, Some(Reply::Given(most))) => {
            let ask = Ask::Pick { options: statements.clone(), min: 1, max: 1 };
            let least = match replies.get(1) {
                Some(Reply::Given(least)) => line(least, &ask),
                other => reason(other),
            };
            vec![line(most, &ask), least]
        }
        (ResponseFormat::Words { most, word, .. }, Some(Reply::Given(_))) => {
            let texts: Vec<&Input> = replies
                .iter()
                .filter_map(Reply::input)
                .filter(|input| matches!(input, Input::Text(typed) if !typed.text.trim().is_empty()))
                .collect();
            let cells = replies.iter().find_map(|reply| match reply {
                Reply::Given(Input::Rated(cells)) => Some(cells.clone()),
                _ => None,
            });
            let cells = cells.unwrap_or_default();
            let ask = Ask::Text(word.clone());
            let mut lines: Vec<String> = texts
                .iter()
                .zip(&cells)
                .flat_map(|(text, cell)| [line(text, &ask), line(&Input::Rated(vec![*cell]), &ask)])
                .collect();
            if texts.len() < *most {
                lines.push("-".into());
            }
            lines
        }
        (_, other) => vec![reason(other)],
    }
}

/// Everything that a person types from this sheet, except its number.
fn lines(sheet: &Sheet, interview: &Interview, respondent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for head in &sheet.head {
        lines.push(match head.holds.as_str() {
            ".respondent" => respondent.to_owned(),
            ".day" => "2026-02-02".to_owned(),
            ".interviewer" => "INT-1".to_owned(),
            field => interview.start().fields[field].clone(),
        });
    }
    for block in sheet.parts.iter().flat_map(|part| &part.blocks) {
        if let Some(replies) = interview.replies(block.item) {
            lines.extend(lines_of(block, replies, &sheet.language));
        }
    }
    lines
}

fn enter(place: &Place, instrument: &str, by: &str, input: &str) -> Ran {
    place.feed(&["enter", instrument, "--by", by], input)
}

fn input(number: &SheetNumber, lines: &[String]) -> String {
    format!("{number}\n{}\n\n", lines.join("\n"))
}

/// The data of everything that paper can record, without times.
fn data(interview: &Interview, sheet: &Sheet) -> Vec<(String, Datum)> {
    let instrument = interview.instrument();
    let mut found = Vec::new();
    for (index, item) in instrument.items.iter().enumerate() {
        if sheet.left_out.iter().any(|left| left.item == item.name) {
            continue;
        }
        let columns = item.question.columns();
        for (column, datum) in columns.into_iter().zip(interview.data(index)) {
            let timed = ["_key", "_ms"].iter().any(|what| {
                let stem = format!("{}{what}", item.name);
                column.name.starts_with(&stem)
            });
            if !timed {
                found.push((column.name, datum));
            }
        }
    }
    found
}

fn sessions(place: &Place) -> Vec<(String, Interview)> {
    let study = Study::look(&place.study()).unwrap();
    let mut loader = Loader::new(&study, &|notice| panic!("{notice}"));
    let headers = study.sessions().unwrap();
    let mut found: Vec<(String, Interview)> = headers
        .iter()
        .map(|header| {
            assert_eq!((header.mode, header.mode.pool()), (Mode::Paper, "paper"));
            (header.respondent.clone(), loader.interview(header).unwrap().0)
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn sheets_entered_twice_give_the_sessions_that_typing_gives() {
    let mut all: Vec<(String, Arc<Instrument>)> = shipped::NAMES
        .iter()
        .map(|name| ((*name).to_owned(), Arc::new(shipped::read(name).unwrap().instrument.unwrap())))
        .collect();
    let own = Place::new();
    let path = own.write("every.toml", &every_kind().text).display().to_string();
    all.push((path, every_kind()));
    for (name, instrument) in all {
        let place = Place::new();
        let language =
            Language::new(if instrument.languages.contains(&Language::new("nl")) { "nl" } else { "en" });
        let sheet = Sheet::of(&instrument, &language, &BTreeMap::new());
        let mut expected = Vec::new();
        let mut whole = String::new();
        for n in 1..=3_u32 {
            let interview = replayed(&instrument, &language, u64::from(n));
            let respondent = format!("R{n}");
            whole += &input(
                &SheetNumber::new(&instrument, &language, "7KQ4", n),
                &lines(&sheet, &interview, &respondent),
            );
            expected.push((respondent, interview));
        }
        let first = enter(&place, &name, "M1", &whole);
        assert_eq!(first.code, 0, "{name}: {}\n{}", first.out, first.err);
        // Entered once, it is a draft and not counted anywhere.
        assert_eq!(place.run(&["sessions", "--format", "json"]).json(), serde_json::json!([]), "{name}");
        assert_eq!(place.run(&["study", "info", "--format", "json"]).json()["sessions"], 0);
        let second = enter(&place, &name, "M2", &whole);
        assert_eq!(second.code, 0, "{name}: {}\n{}", second.out, second.err);
        let entered = sessions(&place);
        assert_eq!(entered.len(), expected.len(), "{name}: {}", second.out);
        for ((code, paper), (respondent, screen)) in entered.iter().zip(&expected) {
            assert_eq!(code, respondent);
            assert!(paper.is_finished());
            assert_eq!(paper.start().fields, screen.start().fields, "{name}");
            assert_eq!(data(paper, &sheet), data(screen, &sheet), "{name} {code}");
            let from = paper.sheet().unwrap();
            assert_eq!((from.entered_by.join(" "), from.decided.len()), ("M1 M2".to_owned(), 0));
        }
        // Nothing is pending any more, and a sheet can't be entered a third time.
        assert_eq!(place.run(&["enter", &name, "--list", "--format", "json"]).json(), serde_json::json!([]));
        let number = SheetNumber::new(&instrument, &language, "7KQ4", 1);
        let again = enter(&place, &name, "M3", &format!("{number}\n"));
        assert!(again.code == 1 && again.out.contains("already"), "{}", again.out);
    }
}

/// A questionnaire with one rule, for tests of single lines.
const SHORT: &str = r#"
format = 1
name = "short"
version = "1"
languages = ["en"]
label = "Short"
minutes = 1
[choices.agree]
labels = ["no", "so so", "yes"]
[[choices.reason]]
name = "price"
label = "Price"
[[choices.reason]]
name = "people"
label = "The people"
[[groups]]
name = "all"
label = "All"
[[groups.items]]
name = "again"
kind = "nps"
label = "Would you come again?"
[[groups.items]]
name = "why"
kind = "select_one"
choices = "reason"
relevant = "again <= 6"
label = "Why not?"
[[groups.items]]
name = "kept"
kind = "likert"
choices = "agree"
label = "They kept their word."
[[groups.items]]
name = "words"
kind = "text"
required = false
label = "Anything else?"
"#;

fn short() -> (Place, Arc<Instrument>, Vec<SheetNumber>) {
    let place = Place::new();
    place.write("short.toml", SHORT);
    let instrument = Arc::new(Instrument::read_stored(SHORT).instrument.unwrap());
    let numbers =
        (1..=3).map(|n| SheetNumber::new(&instrument, &Language::new("en"), "7KQ4", n)).collect::<Vec<_>>();
    (place, instrument, numbers)
}

#[test]
fn what_differs_is_decided_before_anything_counts() {
    let (place, instrument, numbers) = short();
    let first = format!("{}\nR1\n-\n3\n1\n2\nfine\n\n", numbers[0]);
    enter(&place, "short.toml", "M1", &first).ok();
    // The second entry is blind: nothing of the first is shown.
    let second = format!("{}\nR1\n-\n4\n1\n+\nfine indeed\n", numbers[0]);
    let blind = enter(&place, "short.toml", "M2", &second).ok();
    assert!(!blind.contains("[3]") && !blind.contains("[fine"), "{blind}");
    let closed = enter(&place, "short.toml", "M2", &format!("{}\n\n", numbers[0])).ok();
    assert!(closed.contains("The entries differ at 3 places."), "{closed}");
    assert!(closed.contains("a (M1): 3") && closed.contains("b (M2): 4"), "{closed}");
    assert_eq!(place.run(&["sessions", "--format", "json"]).json(), serde_json::json!([]));
    let listed = place.run(&["enter", "short.toml", "--list", "--format", "json"]).json();
    assert_eq!((listed[0]["whole"].as_u64(), listed[0]["differ"].as_u64()), (Some(2), Some(3)));
    // One sheet is decided and kept, and another person continues.
    enter(&place, "short.toml", "M3", &format!("{}\n:note smudged\na\n", numbers[0])).ok();
    let listed = place.run(&["enter", "short.toml", "--list", "--format", "json"]).json();
    assert_eq!(listed[0]["differ"].as_u64(), Some(2));
    let done = enter(&place, "short.toml", "M3", &format!("{}\nb\nfine, indeed\n", numbers[0])).ok();
    assert!(done.contains("of R1"), "{done}");
    let [(code, session)] = &sessions(&place)[..] else { panic!() };
    assert_eq!(code, "R1");
    assert_eq!(session.sheet().unwrap().decided, ["A1", "A3", "A4"]);
    assert_eq!(session.note_of("again"), Some("smudged"));
    let at = |name: &str| instrument.item_index(name).unwrap();
    assert_eq!(session.data(at("again")), [Datum::Number(3.0)]);
    assert_eq!(serde_json::to_value(session.data(at("kept"))).unwrap(), serde_json::json!(["two_ticked"]));
    assert_eq!(session.data(at("words")), [Datum::Text("fine, indeed".into())]);
    let audit = place.run(&["audit", "--all", "--format", "csv"]).ok();
    assert!(audit.contains("entered from paper") && audit.contains("A1 A3 A4"), "{audit}");
    // The reason is one of the exports, too.
    place.run(&["export", "--format", "csv", "--out", "out"]).ok();
    let answers = std::fs::read_dir(place.path("out")).unwrap();
    let text: String = answers.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    assert!(text.contains("two_ticked") && text.contains("paper"), "{text}");
}

#[test]
fn what_was_not_to_be_answered_is_left_out_and_said() {
    let (place, instrument, numbers) = short();
    // A returning customer is not asked why not, but ticked an answer anyway.
    let lines = format!("{}\n-\n-\nwhy=2\n9\n3\n~\n\n", numbers[1]);
    enter(&place, "short.toml", "M1", &lines).ok();
    let said = enter(&place, "short.toml", "M1", &lines).ok();
    assert!(said.contains("Left out, because it was not to be answered: A2."), "{said}");
    let [(code, session)] = &sessions(&place)[..] else { panic!() };
    assert_eq!(code, "7KQ4-002", "the number of the sheet is the code where it bears none");
    let at = |name: &str| instrument.item_index(name).unwrap();
    assert_eq!(serde_json::to_value(session.data(at("why"))).unwrap(), serde_json::json!(["not_asked"]));
    assert_eq!(serde_json::to_value(session.data(at("words"))).unwrap(), serde_json::json!(["illegible"]));
    assert_eq!(session.sheet().unwrap().not_asked, ["A2"]);
}

#[test]
fn a_line_that_means_nothing_ends_a_file_and_a_number_that_is_none_too() {
    let (place, _, numbers) = short();
    let number = &numbers[0];
    for (input, said) in [
        (format!("{number}\nR1\n-\n11\n"), "between 0 and 10"),
        (format!("{number}\nAnna Bos\n"), "never a name"),
        (format!("{number}\nR1\n2999-01-01\n"), "has not come yet"),
        (format!("{number}\nR1\n-\n\n"), "Nothing was typed"),
        (format!("{number}\nR1\n-\nZ9=3\n"), "There is no Z9"),
        (format!("{number}\nR1\n:what\n"), "no command :what"),
        ("EN-7KQ4-001-2\n".to_owned(), "no sheet of short"),
        ("hello\n".to_owned(), "not the number of a sheet"),
        ("12M\n".to_owned(), "the end of a number only"),
    ] {
        let place = Place::new();
        place.write("short.toml", SHORT);
        let ran = enter(&place, "short.toml", "M1", &input);
        assert!(ran.code == 1 && ran.out.contains(said), "{input}: {}\n{}", ran.out, ran.err);
    }
    assert!(place.run(&["enter", "short.toml", "--by", "Anna Bos"]).refused().contains("is not a code"));
}

#[test]
fn whoever_enters_reads_one_language_to_the_end() {
    let (place, _, numbers) = short();
    let dutch = |by: &str, input: &str| {
        let mut command = place.command(&["enter", "short.toml", "--by", by]);
        let mut talk = Talk::with(command.env("LANG", "nl_NL.UTF-8"));
        talk.say(input);
        talk.end()
    };
    let sheet = |number: &SheetNumber| format!("{number}\nR1\n-\n9\n3\nfijn\n\n");
    let both = sheet(&numbers[0]) + &sheet(&numbers[1]);
    let once = dutch("M1", &both);
    assert_eq!(once.code, 0, "{once:?}");
    assert!(once.err.contains("2 formulieren zijn één keer ingevoerd"), "{once:?}");
    assert!(
        once.err.contains("2 formulieren tellen nog nergens mee; `relata enter short.toml --list --study "),
        "{once:?}"
    );
    let twice = dutch("M2", &sheet(&numbers[0]));
    assert!(twice.err.contains("1 formulier is een sessie geworden"), "{twice:?}");
    for (input, said) in [
        ("hallo\n".to_owned(), "`hallo` is geen formuliernummer; het staat op elke bladzijde"),
        ("12M\n".to_owned(), "alleen het einde van een nummer; typ het eerste nummer"),
        ("EN-7KQ4-001-2\n".to_owned(), "is geen formulier van short"),
    ] {
        let ran = dutch("M3", &input);
        assert!(ran.code == 1 && ran.out.contains(said), "{ran:?}");
        assert!(ran.err.contains("alles tot aan die regel is bewaard"), "{ran:?}");
    }
}

#[test]
fn a_study_that_is_not_there_is_begun_by_its_sheets_and_says_what_it_does_not_tell() {
    let place = Place::new();
    let print = |out: &str| {
        place.run(&["instruments", "print", "workshop-pulse", "--out", out, "--study", "fresh.relata"])
    };
    let first = print("a.html");
    assert!(first.code == 0 && first.err.contains("fresh.relata is a new study"), "{first:?}");
    assert!(Study::open_existing(&place.path("fresh.relata")).unwrap().sessions().unwrap().is_empty());
    let again = print("b.html");
    assert!(again.code == 0 && !again.err.contains("new study"), "{again:?}");
    // Without the name of a study none is created.
    let other = Place::new();
    other.run(&["instruments", "print", "workshop-pulse", "--out", "c.html"]).ok();
    assert!(!other.study().exists());
}

#[test]
fn questions_in_one_table_are_entered_on_one_line() {
    let place = Place::new();
    let quick = "name = \"quick\"\nkind = \"likert\"\nchoices = \"agree\"\nlabel = \"They were quick.\"\n";
    let words = "[[groups.items]]\nname = \"words\"";
    let text = SHORT.replace(words, &format!("[[groups.items]]\n{quick}{words}"));
    place.write("short.toml", &text);
    let instrument = Instrument::read_stored(&text).instrument.unwrap();
    let number = SheetNumber::new(&instrument, &Language::new("en"), "7KQ4", 1);
    for by in ["M1", "M2"] {
        enter(&place, "short.toml", by, &format!("{number}\nR1\n-\n9\n2 3\nfine\n\n")).ok();
    }
    let (_, interview) = sessions(&place).pop().unwrap();
    let points: Vec<i64> = (0..instrument.items.len())
        .filter_map(|at| match interview.replies(at)? {
            [Reply::Given(Input::Rated(cells))] => cells[0].point(),
            _ => None,
        })
        .collect();
    assert_eq!(points, [9, 2, 3]);
}

#[test]
fn entering_goes_on_after_a_kill() {
    let (place, _, numbers) = short();
    let mut talk = place.talk(&["enter", "short.toml", "--by", "M1"]);
    talk.say(format!("{}\nR1\n-\n3\n1\n", numbers[0]));
    // The question after the last line: that line is kept.
    talk.hear("They kept their word.");
    talk.kill();
    let listed = place.run(&["enter", "short.toml", "--list", "--format", "json"]).json();
    assert_eq!((listed[0]["whole"].as_u64(), listed[0]["begun"].as_u64()), (Some(0), Some(1)));
    let on = enter(&place, "short.toml", "M1", &format!("{}\n2\n-\n\n", numbers[0])).ok();
    assert!(on.contains("goes on") && on.contains("A3 They kept") && !on.contains("A1 Would"), "{on}");
    enter(&place, "short.toml", "M2", &format!("{}\nR1\n-\n3\n1\n2\n-\n\n", numbers[0])).ok();
    assert_eq!(sessions(&place).len(), 1);
}

#[test]
fn two_machines_enter_one_sheet_and_a_merge_lays_both_beside_each_other() {
    let (here, _, numbers) = short();
    let there = Place::new();
    there.write("short.toml", SHORT);
    let lines = format!("{}\nR1\n-\n3\n1\n2\n-\n\n", numbers[0]);
    enter(&here, "short.toml", "M1", &lines).ok();
    enter(&there, "short.toml", "M2", &lines).ok();
    let (a, b) = (here.study().display().to_string(), there.study().display().to_string());
    for (first, second, out) in [(&a, &b, "ab.relata"), (&b, &a, "ba.relata")] {
        here.run(&["merge", first, second, "--out", out]).ok();
        let listed = here.run(&["enter", "short.toml", "--list", "--format", "json", "--study", out]).json();
        assert_eq!(
            (listed[0]["whole"].as_u64(), listed[0]["differ"].as_u64()),
            (Some(2), Some(0)),
            "{listed}"
        );
        // Both are complete and agree: the number is enough.
        here.feed(&["enter", "short.toml", "--study", out], &format!("{}\n", numbers[0])).ok();
        let sessions = here.run(&["sessions", "--format", "json", "--study", out]).json();
        assert_eq!(sessions.as_array().map(Vec::len), Some(1), "{sessions}");
        // A copy that still has the drafts does not bring them back.
        here.run(&["merge", out, first, "--out", &format!("again-{out}")]).ok();
        let again = format!("again-{out}");
        let listed =
            here.run(&["enter", "short.toml", "--list", "--format", "json", "--study", &again]).json();
        assert_eq!(listed, serde_json::json!([]));
    }
}

#[test]
fn whoever_is_erased_is_in_no_draft_and_no_merge_brings_them_back() {
    let (place, _, numbers) = short();
    let lines = format!("{}\nR77secret\n-\n3\n1\n2\nunforgettable words\n\n", numbers[0]);
    enter(&place, "short.toml", "M1", &lines).ok();
    std::fs::copy(place.study(), place.path("copy.relata")).unwrap();
    place.run(&["erase", "--respondent", "R77secret", "--yes"]).ok();
    let bytes = std::fs::read(place.study()).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!holds("unforgettable") && !holds("R77secret"));
    place.run(&["merge", "study.relata", "copy.relata", "--out", "all.relata"]).ok();
    let listed =
        place.run(&["enter", "short.toml", "--list", "--format", "json", "--study", "all.relata"]).json();
    assert_eq!(listed, serde_json::json!([]));
    let again = enter(&place, "short.toml", "M1", &format!("{}\n", numbers[0]));
    assert!(again.code == 1 && again.out.contains("was erased on"), "{}", again.out);
    // The entry of a sheet can be discarded, and entered again.
    enter(&place, "short.toml", "M1", &format!("{}\nR2\n", numbers[1])).ok();
    let number = numbers[1].to_string();
    place.run(&["enter", "short.toml", "--discard", &number]).refused();
    place.run(&["enter", "short.toml", "--discard", &number, "--yes"]).ok();
    place.run(&["enter", "short.toml", "--discard", &number, "--yes"]).refused();
}

#[test]
fn a_sheet_says_its_rules_and_what_is_not_on_it() {
    let place = Place::new();
    let ran = place.run(&[
        "instruments",
        "print",
        "account-self-assessment",
        "--language",
        "nl",
        "--sheets",
        "3",
        "--out",
        "s.html",
        "--set",
        "organisation=Bakkerij <’t Hoekje>",
        "--batch",
        "7kq4",
        "--first",
        "4",
        "--respondent",
        "KLANT-7",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("`sorting` is not on paper: it has to be timed"), "{}", ran.err);
    assert!(ran.err.contains("`sorting_wanted` is not on paper"), "{}", ran.err);
    let page = std::fs::read_to_string(place.path("s.html")).unwrap();
    // The relation's code is printed on each of them.
    assert_eq!(page.matches("KLANT-7").count(), 3);
    let instrument = shipped::read("account-self-assessment").unwrap().instrument.unwrap();
    for n in 4..7 {
        let number = SheetNumber::new(&instrument, &Language::new("nl"), "7KQ4", n).to_string();
        assert!(page.matches(&number).count() >= 3 && ran.err.contains("NL-7KQ4-004-"), "{number}");
    }
    assert!(page.contains("Bakkerij &lt;’t Hoekje&gt;") && page.contains("één vaste volgorde"));
    assert!(page.contains("De sorteertaak staat niet op papier") && page.contains(&instrument.hash[..16]));
    for outside in ["<script", "http://", "https://", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    // An existing file is never overwritten.
    place.run(&["instruments", "print", "workshop-pulse", "--out", "s.html"]).refused();
    place.run(&["instruments", "print", "workshop-pulse", "--language", "fr"]).refused();

    let instrument = Instrument::read_stored(SHORT).instrument.unwrap();
    let sheet = Sheet::of(&instrument, &Language::new("en"), &BTreeMap::new());
    let why = &sheet.parts[0].blocks[1];
    let rule = "Only if the answer to A1 (“Would you come again?”) is 6 or lower.";
    assert_eq!((why.code.as_str(), why.rule.as_deref()), ("A2", Some(rule)));
    let codes: Vec<String> = sheet.slots().into_iter().map(|slot| slot.code).collect();
    assert_eq!(codes, ["1", "2", "A1", "A2", "A3", "A4"]);

    let every = Sheet::of(&every_kind(), &Language::new("en"), &BTreeMap::new());
    assert!(every.left_out.iter().any(|left| left.why == OmissionReason::Timed));
    let mut codes: Vec<String> = every.slots().into_iter().map(|slot| slot.code).collect();
    let all = codes.len();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), all, "every place has a code of its own");
}

#[test]
fn sheets_say_between_which_days_an_answer_lies() {
    let place = Place::new();
    let day = |name: &str, bounds: &str| {
        format!("\n[[groups.items]]\nname = \"{name}\"\nkind = \"date\"\n{bounds}label = \"When?\"\n")
    };
    let days = [
        day("both", "min = 2020-01-31\nmax = 2026-12-31\n"),
        day("first", "min = 2020-01-31\n"),
        day("last", "max = 2026-12-31\n"),
        day("any", ""),
    ];
    let head = "format = 1\nname = \"days\"\nversion = \"1\"\nlanguages = [\"en\", \"nl\"]\nlabel = \"Days\"\nminutes = 1\n\n\
                [[groups]]\nname = \"all\"\nlabel = \"All\"\n";
    place.write("days.toml", &format!("{head}{}", days.concat()));
    for (language, form, bounds) in [
        (
            "en",
            "year-month-day, such as 2026-03-31",
            ["from 2020-01-31 to 2026-12-31", "from 2020-01-31 on", "up to 2026-12-31"],
        ),
        (
            "nl",
            "jaar-maand-dag, zoals 2026-03-31",
            ["van 2020-01-31 tot en met 2026-12-31", "vanaf 2020-01-31", "tot en met 2026-12-31"],
        ),
    ] {
        let out = format!("{language}.html");
        place.run(&["instruments", "print", "days.toml", "--language", language, "--out", &out]).ok();
        let page = place.read(&out);
        for bounds in bounds {
            assert!(page.contains(&format!("{form} · {bounds}<")), "{language}: {bounds}");
        }
        assert!(page.contains(&format!("{form}<")), "{language}");
    }
}
