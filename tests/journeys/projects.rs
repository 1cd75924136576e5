//! Projects of qualitative analysis (REFI-QDA): exported to other programs, and imported from them.

use std::io::{Cursor, Read, Write};
use std::process::Command;

use relata::coding::Coding;
use relata::store::Study;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::coding::told;
use super::support::{Place, python_with};

/// A file with a byte order mark, Windows line ends, and letters that are more than one unit in UTF-16.
const SAID: &str = "\u{feff}I: How likely are you to recommend us? 👩‍👩‍👧\r\nR: A nine 😀, I would say.\r\nI: And why?\r\nR: They share the risk, één voor allen.\r\nNobody counts.\r\n";

/// A study of two respondents that coders read whole, the first of them with a transcript; their sessions, and the transcript's
/// name.
fn study() -> (Place, Vec<String>, String) {
    let place = Place::new();
    let ids = told(&place, 2);
    place.write("R1.txt", SAID);
    let speakers = ["--speaker", "R=respondent", "--speaker", "I=interviewer"];
    place.run(&[&["study", "transcript", "add", "R1.txt", "R1"][..], &speakers].concat()).ok();
    place.run(&["study", "coding", "--blind", "whole"]).ok();
    let listed = place.run(&["study", "transcript", "list", "--format", "json"]).json();
    let transcript = listed[0]["transcript"].as_str().unwrap().to_owned();
    (place, ids, transcript)
}

/// Two coders, and a session that is settled.
fn coded() -> (Place, Vec<String>, String) {
    let (place, ids, turn) = study();
    std::fs::copy(place.study(), place.path("bare.relata")).unwrap();
    let (one, two) = (&ids[0], &ids[1]);
    place.write(
        "codes.csv",
        &format!(
            "session,coder,dominant,second,confidence,note,evidence,passages\n\
             {one},C1,MP,CS,4,price first,nps=MP:2 {turn}#4=CS:3,why@5-19=MP {turn}#4@0-19=CS {turn}#2@7-8=EM\n\
             {one},C2,CS,,,,why=CS:0,{turn}#4@24-51=CS\n\
             {two},C1,AR,,1,,,\n"
        ),
    );
    place.run(&["code", "import", "codes.csv"]).ok();
    place.run(&["code", "settle", one, "CS", "--second", "MP", "--coder", "C9", "--note", "talked"]).ok();
    (place, ids, turn)
}

fn codes(place: &Place) -> Vec<(String, String, bool, Coding)> {
    let codes = Study::open(&place.study()).unwrap().all_codes().unwrap();
    let bare = |coding| Coding { seen: None, blind: None, ..coding };
    let mut codes: Vec<_> = codes
        .into_iter()
        .map(|code| (code.session.to_string(), code.coder, code.consensus, bare(code.coding)))
        .collect();
    codes.sort_by_key(|(session, coder, consensus, _)| (session.clone(), coder.clone(), *consensus));
    codes
}

/// The order of marking is not part of a project.
fn sorted(coding: &mut Coding) {
    coding.evidence.sort_by_key(ToString::to_string);
    coding.passages.sort_by_key(ToString::to_string);
}

/// Names of the parts of a project, and their text.
type Parts = Vec<(String, String)>;

/// The parts of a project, to be changed.
fn parts(place: &Place, name: &str) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(std::fs::read(place.path(name)).unwrap())).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn pack(place: &Place, name: &str, parts: &[(String, String)]) {
    let mut zip = ZipWriter::new(std::fs::File::create(place.path(name)).unwrap());
    for (part, text) in parts {
        zip.start_file(part.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

/// A project of another program with one text, made by hand.
fn project(codes: &str, case: &str, source: &str, text: &str) -> Parts {
    let guid = |number: u32| format!("{{ABCDEF00-0000-0000-0000-{number:012}}}");
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"p\">\
         <Users><User guid=\"{user}\" name=\"Jan de Vries\"/></Users><CodeBook><Codes>{codes}</Codes></CodeBook>\
         <Cases><Case guid=\"{}\" name=\"{case}\"><SourceRef targetGUID=\"{text_guid}\"/></Case></Cases>\
         <Sources><TextSource guid=\"{text_guid}\" name=\"interview\" plainTextPath=\"internal://T.txt\" creatingUser=\"{user}\">{source}</TextSource></Sources></Project>",
        guid(3),
        user = guid(1),
        text_guid = guid(2),
    );
    vec![("Project.qde".into(), xml), ("Sources/t.txt".into(), text.to_owned())]
}

/// A coded passage; codes are numbered.
fn selection(start: usize, end: usize, code: u32) -> String {
    let (guid, code) = (format!("00000000-0000-0000-0001-{start:06}{end:06}"), code_guid(code));
    format!(
        "<PlainTextSelection guid=\"{guid}\" startPosition=\"{start}\" endPosition=\"{end}\"><Coding guid=\"{guid}\" creatingUser=\"abcdef00-0000-0000-0000-000000000001\"><CodeRef targetGUID=\"{code}\"/></Coding></PlainTextSelection>"
    )
}

fn code_guid(number: u32) -> String {
    format!("00000000-0000-0000-0002-{number:012}")
}

fn code(number: u32, name: &str) -> String {
    format!("<Code guid=\"{}\" name=\"{name}\" isCodable=\"true\"/>", code_guid(number))
}

#[test]
#[expect(clippy::print_stderr, reason = "a comparison that was left out has to say so")]
fn an_independent_reader_finds_every_place_by_code_points() {
    let (place, _, _) = coded();
    let ran = place.run(&["code", "export", "--out", "one.qdpx", "--lang", "en"]);
    assert!(
        ran.code == 0 && ran.err.contains("3 texts written") && ran.err.contains("3 coders"),
        "{}",
        ran.err
    );
    place.run(&["code", "export", "--out", "two.qdpx", "--lang", "en"]).ok();
    let read = |name: &str| std::fs::read(place.path(name)).unwrap();
    assert_eq!(read("one.qdpx"), read("two.qdpx"));
    assert!(place.run(&["code", "export", "--out", "two.qdpx"]).refused().contains("there already"));
    let Some(python) = python_with("zipfile, xml.etree.ElementTree") else {
        eprintln!("NOT READ BACK: no Python was found");
        return;
    };
    let script = format!("{}/tests/fixtures/export/read_qdpx.py", env!("CARGO_MANIFEST_DIR"));
    for (language, models) in [
        ("en", ["market pricing", "communal sharing", "equality matching", "evidence"]),
        ("nl", ["markt en prijs", "gemeenschappelijk delen", "gelijk oversteken", "aanwijzing"]),
    ] {
        let name = format!("{language}.qdpx");
        place.run(&["code", "export", "--out", &name, "--lang", language]).ok();
        let output = Command::new(&python).arg(&script).arg(place.path(&name)).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let found = found.as_array().unwrap();
        let kind = |row: &Value| row[1].as_str().unwrap().to_lowercase().starts_with("trans");
        let has = |transcript: bool, words: &str, coder: &str, code: &str| {
            let there = found.iter().any(|row| {
                kind(row) == transcript
                    && row[0] == "R1"
                    && row[2] == words
                    && row[3] == coder
                    && row[4] == code
            });
            assert!(there, "{words} {coder} {code}: {found:#?}");
        };
        let [mp, cs, em, evidence] = models;
        let turn = "They share the risk, één voor allen.\nNobody counts.";
        has(true, "They share the risk", "C1", cs);
        has(true, "😀", "C1", em);
        has(true, turn, "C1", &format!("{evidence} CS 3"));
        has(true, " voor allen.\nNobody counts.", "C2", cs);
        has(false, "compare prices", "C1", mp);
        has(false, "4 (0–10)", "C1", &format!("{evidence} MP 2"));
        has(false, "they compare prices", "C2", &format!("{evidence} CS 0"));
        let whole: Vec<&Value> = found.iter().filter(|row| row[2].is_null()).collect();
        // Both texts of the first session say what three people said of it, and the note is there once.
        assert_eq!(whole.len(), 2 * (3 + 1 + 2) + 2, "{whole:#?}");
        let noted: Vec<&&Value> = whole.iter().filter(|row| row[5] == "price first").collect();
        assert_eq!((noted.len(), &noted[0][3]), (1, &json!("C1")));
    }
}

#[test]
fn a_project_brings_every_code_back_and_a_second_time_changes_nothing() {
    let (place, ids, _) = coded();
    place.run(&["code", "export", "--out", "out.qdpx", "--lang", "nl"]).ok();
    let before = codes(&place);
    // Into the study as it was before coding.
    std::fs::rename(place.study(), place.path("coded.relata")).unwrap();
    std::fs::copy(place.path("bare.relata"), place.study()).unwrap();
    assert!(codes(&place).is_empty());
    let back = place.run(&["code", "import", "out.qdpx"]);
    assert!(back.code == 0 && back.out.is_empty(), "{} {}", back.out, back.err);
    let mut expected = before.clone();
    expected.iter_mut().for_each(|(.., coding)| sorted(coding));
    let mut brought = codes(&place);
    brought.iter_mut().for_each(|(.., coding)| sorted(coding));
    assert_eq!(brought, expected);
    std::fs::rename(place.path("coded.relata"), place.study()).unwrap();
    let again = place.run(&["code", "import", "out.qdpx"]);
    assert!(again.code == 0 && again.out.is_empty(), "{} {}", again.out, again.err);
    assert!(again.err.contains("nothing changed: 4 codes there already"), "{}", again.err);
    assert_eq!(codes(&place), before);

    // Passages marked or removed elsewhere are imported, and nothing else.
    let mut changed = parts(&place, "out.qdpx");
    let description = &mut changed[0].1;
    let start = description.find("<PlainTextSelection").unwrap();
    let end =
        start + description[start..].find("</PlainTextSelection>").unwrap() + "</PlainTextSelection>".len();
    let taken = description[start..end].to_owned();
    description.replace_range(start..end, "");
    pack(&place, "changed.qdpx", &changed);
    let dry = place.run(&["code", "import", "changed.qdpx", "--dry-run"]);
    assert!(dry.code == 0 && dry.err.contains("nothing was kept"), "{}", dry.err);
    assert_eq!(codes(&place), before);
    place.run(&["code", "import", "changed.qdpx"]).ok();
    let now = codes(&place);
    assert_eq!(now.len(), before.len() + 1, "{taken}");
    let marks = |codes: &[(String, String, bool, Coding)]| -> usize {
        codes.iter().map(|(.., coding)| coding.evidence.len() + coding.passages.len()).max().unwrap()
    };
    assert!(marks(&now) == marks(&before) && now.iter().any(|code| !before.contains(code)));
    // An older file does not undo it by itself.
    let old = place.run(&["code", "import", "out.qdpx"]);
    assert!(old.err.contains("left alone: 1 code") && codes(&place) == now, "{}", old.err);
    assert!(place.run(&["code", "list", "--format", "csv"]).ok().contains(&ids[0]));
}

#[test]
fn another_program_may_write_other_line_ends_names_and_guids() {
    let (place, ids, turn) = study();
    place.run(&["code", "export", "--out", "out.qdpx", "--coder", "C1"]).ok();
    let ours = parts(&place, "out.qdpx");
    let (_, text) = ours.iter().find(|(_, text)| text.contains("share the risk")).unwrap();
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let letters: Vec<char> = windows.trim_start_matches('\u{feff}').chars().collect();
    let at = |words: &str| {
        let words: Vec<char> = words.chars().collect();
        let start = letters.windows(words.len()).position(|window| window == words).unwrap();
        (start, start + words.len())
    };
    let (share, over) = (at("share the risk"), (at("I would say").0, at("They share").1));
    let book = [code(1, "Market pricing"), code(2, "Price talk"), code(3, "Weather")].concat();
    let places =
        [selection(share.0, share.1, 1), selection(over.0, over.1, 2), selection(share.0, share.1, 3)];
    let nowhere = selection(1, share.1, 1).replace("startPosition=\"1\"", "startPosition=\"one\"");
    let source = format!("{}{}{nowhere}", places.concat(), selection(0, 100_000, 1));
    pack(&place, "theirs.qdpx", &project(&book, "R1", &source, &windows));
    let refused = place.run(&["code", "import", "theirs.qdpx"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.out.contains("user `Jan de Vries`: a coder needs a code"), "{}", refused.out);
    let mut one_word = project(&book, "R1", &source, &windows);
    one_word[0].1 = one_word[0].1.replace("Jan de Vries", "Jan");
    pack(&place, "jan.qdpx", &one_word);
    let refused = place.run(&["code", "import", "jan.qdpx"]);
    assert!(
        refused.code == 1 && refused.out.contains("it may be a name; --user 'Jan=CODE'"),
        "{}",
        refused.out
    );
    let args = ["code", "import", "theirs.qdpx", "--user", "Jan de Vries=C7", "--code", "Price talk=MP"];
    let ran = place.run(&args);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("code `Weather` is none of the four models"), "{}", ran.out);
    assert!(ran.out.contains("0-100000: no words") && ran.out.contains("0-0: no words"), "{}", ran.out);
    assert!(ran.err.contains("1 place lies over several turns"), "{}", ran.err);
    assert!(ran.err.contains("no dominant model") && ran.err.contains("--coder C7"), "{}", ran.err);
    assert!(codes(&place).is_empty());
    let draft = Study::open(&place.study()).unwrap();
    let draft = draft.draft(&ids[0].parse().unwrap(), "C7", false).unwrap().unwrap();
    let passages: Vec<String> = draft.passages.iter().map(ToString::to_string).collect();
    let quotes: Vec<&str> = draft.passages.iter().map(|passage| passage.quote.as_str()).collect();
    assert_eq!(quotes, ["share the risk", "I would say.", "And why?", "They share"]);
    assert_eq!(passages[0], format!("{turn}#4@5-19=MP"));
    // Importing again duplicates nothing; the coder can then finish it.
    place.run(&args).ok();
    let again = Study::open(&place.study()).unwrap().draft(&ids[0].parse().unwrap(), "C7", false).unwrap();
    assert_eq!(again.unwrap(), draft);
    let done = place.feed(&["code", &ids[0], "--coder", "C7", "--plain"], ":code\nMP\n\n\n\n");
    assert_eq!(done.code, 0, "{} {}", done.out, done.err);
    assert_eq!(codes(&place)[0].3.passages.len(), 4);
    place.run(&args).ok();
    assert_eq!(codes(&place).len(), 1);
    // Changed words are not found in the study.
    let mut edited = project(&book, "R1", &source, &windows.replace("risk", "cost"));
    edited[0].1 = edited[0].1.replace("R1", "nobody");
    pack(&place, "edited.qdpx", &edited);
    let ran = place.run(&["code", "import", "edited.qdpx"]);
    assert!(ran.code == 1 && ran.out.contains("it is no text of the study"), "{} {}", ran.out, ran.err);
    for wrong in [["--code", "Other=MP"], ["--user", "Piet=C1"]] {
        let ran = place.run(&[&["code", "import", "theirs.qdpx"][..], &wrong].concat());
        assert!(ran.refused().contains("of the project is called"), "{wrong:?}");
    }
}

#[test]
fn a_text_that_the_study_does_not_have_is_offered_as_a_transcript() {
    let (place, ids, _) = study();
    let text = "I: What of it?\nR: We take turns 😀, always.\n";
    let book = code(1, "EM");
    let start = text.chars().collect::<Vec<_>>().iter().position(|letter| *letter == 'W').unwrap();
    let start = text.chars().skip(start + 1).collect::<String>().find("We").unwrap() + start + 1;
    pack(&place, "new.qdpx", &project(&book, "R2", &selection(start, start + 15, 1), text));
    let user = ["--user", "Jan de Vries=C1"];
    let told = place.run(&[&["code", "import", "new.qdpx"][..], &user].concat());
    assert!(told.code == 1 && told.out.contains("--add-transcripts"), "{} {}", told.out, told.err);
    let added = place.run(&[&["code", "import", "new.qdpx", "--add-transcripts"][..], &user].concat());
    assert!(
        added.code == 0 && added.err.contains("is attached as transcript"),
        "{} {}",
        added.out,
        added.err
    );
    let draft =
        Study::open(&place.study()).unwrap().draft(&ids[1].parse().unwrap(), "C1", false).unwrap().unwrap();
    assert_eq!(draft.passages[0].quote, "We take turns 😀");
    let listed = place.run(&["study", "transcript", "list", "--format", "json"]).json();
    assert_eq!(listed.as_array().unwrap().len(), 2);
}

#[test]
fn a_transcript_of_our_own_project_is_attached_as_it_was() {
    let place = Place::new();
    let ids = told(&place, 2);
    std::fs::copy(place.study(), place.path("told.relata")).unwrap();
    place.run(&["study", "coding", "--blind", "whole"]).ok();
    std::fs::copy(place.study(), place.path("bare.relata")).unwrap();
    place.write(
        "R1.txt",
        "[0:01] I: How is it?\n[0:05] R: They share the risk.\nNobody counts.\n[1:02] I: And why?\n",
    );
    let speakers = ["--speaker", "R=respondent", "--speaker", "I=interviewer"];
    place.run(&[&["study", "transcript", "add", "R1.txt", "R1"][..], &speakers].concat()).ok();
    let session = ids[0].parse().unwrap();
    let attached = |file: &str| {
        let all = Study::open(&place.path(file)).unwrap().transcripts(&session).unwrap();
        all.into_iter().map(|(id, (_, transcript))| (id, transcript)).next().unwrap()
    };
    let (turn, ours) = attached("study.relata");
    let session = &ids[0];
    let rows =
        format!("session,coder,dominant,evidence,passages\n{session},C1,CS,{turn}#2=CS:2,{turn}#2@5-19=CS\n");
    place.write("codes.csv", &rows);
    place.run(&["code", "import", "codes.csv"]).ok();
    place.run(&["code", "export", "--out", "out.qdpx"]).ok();
    let args = ["code", "import", "out.qdpx", "--add-transcripts", "--study"];
    let ran = place.run(&[&args[..], &["bare.relata"]].concat());
    assert!(ran.code == 0 && ran.err.contains(": 3 turns of R1"), "{} {}", ran.out, ran.err);
    assert!(
        !ran.out.contains("is no text of the study") && !ran.err.contains("--speaker"),
        "{} {}",
        ran.out,
        ran.err
    );
    let (id, theirs) = attached("bare.relata");
    assert_eq!((&theirs.speakers, &theirs.turns), (&ours.speakers, &ours.turns));
    let coded = Study::open(&place.path("bare.relata")).unwrap().all_codes().unwrap();
    assert_eq!(coded[0].coding.passages[0].to_string(), format!("{id}#2@5-19=CS"));
    assert_eq!(coded[0].coding.evidence[0].item, format!("{id}#2"));
    // Where coders are not shown what was attached, that is why nothing coded in it comes over.
    for _ in 0..2 {
        let ran = place.run(&[&args[..], &["told.relata"]].concat());
        assert!(ran.out.contains("coders of the study are not shown"), "{} {}", ran.out, ran.err);
        assert!(!ran.out.contains("is no text of the study"), "{}", ran.out);
    }
}

#[test]
fn what_is_said_of_a_session_is_taken_where_it_is_said_in_one_way() {
    let (place, ids, _) = study();
    let of_all = |number: u32| {
        let guid = format!("00000000-0000-0000-0003-{number:012}");
        format!("<Coding guid=\"{guid}\"><CodeRef targetGUID=\"{}\"/></Coding>", code_guid(number))
    };
    let names = ["dominant: communal sharing", "Dominant: markt en prijs", "confidence 4", "CS"];
    let book: String = (1..).zip(names).map(|(number, name)| code(number, name)).collect();
    let text = SAID.trim_start_matches('\u{feff}');
    // The only user is meant where none is named; a code of a passage says nothing about the whole text.
    let source = [of_all(1), of_all(3), of_all(4)].concat();
    pack(&place, "one.qdpx", &project(&book, "R1", &source, text));
    let args = ["--user", "Jan de Vries=C1"];
    let ran = place.run(&[&["code", "import", "one.qdpx"][..], &args].concat());
    assert!(
        ran.code == 0 && ran.out.contains("`CS` of a whole text is no evidence"),
        "{} {}",
        ran.out,
        ran.err
    );
    let taken = codes(&place);
    let (session, coder, _, coding) = &taken[0];
    assert_eq!((taken.len(), session, coder.as_str()), (1, &ids[0], "C1"));
    assert_eq!((coding.dominant.abbreviation(), coding.confidence), ("CS", Some(4)));
    let kept = Study::open(&place.study()).unwrap().all_codes().unwrap().remove(0).coding;
    assert_eq!((kept.seen, kept.blind), (None, None));
    // In two ways it is not: the coder's own code stays.
    pack(&place, "two.qdpx", &project(&book, "R1", &[of_all(1), of_all(2)].concat(), text));
    let ran = place.run(&[&["code", "import", "two.qdpx"][..], &args].concat());
    assert!(
        ran.out.contains("two codes for the dominant model: neither is taken"),
        "{} {}",
        ran.out,
        ran.err
    );
    assert_eq!(codes(&place), taken);
    // The same words in two sessions, without anything that identifies the session.
    let (same, case) = ("I: Yes?\nR: Well, yes.\n", "somebody");
    place.write("same.txt", same);
    for respondent in ["R1", "R2"] {
        place.run(&["study", "transcript", "add", "same.txt", respondent]).ok();
    }
    pack(&place, "same.qdpx", &project(&book, case, &of_all(1), same));
    let ran = place.run(&[&["code", "import", "same.qdpx"][..], &args].concat());
    assert!(
        ran.code == 1 && ran.out.contains("several sessions of the study have this very text"),
        "{}",
        ran.out
    );
}

#[test]
fn whoever_opens_a_project_reads_no_more_than_a_coder_of_the_study() {
    let (place, ids, turn) = coded();
    place.run(&["code", "export", "--out", "whole.qdpx"]).ok();
    place.run(&["study", "coding", "--blind", "narrative"]).ok();
    let ran = place.run(&["code", "export", "--out", "told.qdpx"]);
    assert!(ran.code == 0 && ran.err.contains("1 transcript is not in it"), "{}", ran.err);
    assert!(ran.err.contains("marks and passages are not in it"), "{}", ran.err);
    let text: String = parts(&place, "told.qdpx").into_iter().map(|(_, text)| text).collect();
    assert!(text.contains("compare prices") && text.contains("You gave …"), "{text}");
    for telling in ["recommend", "A nine", "share the risk", "You gave 4"] {
        assert!(!text.contains(telling), "{telling}");
    }
    // A text that is not shown to the coder takes no evidence, and what was marked there before stays.
    let before = codes(&place);
    let ran = place.run(&["code", "import", "whole.qdpx"]);
    assert!(ran.out.contains("coders are shown") || ran.out.contains("of the study"), "{}", ran.out);
    assert_eq!(codes(&place), before, "{}", ran.err);
    // One coder's project does not contain the others' codes.
    place.run(&["code", "export", "--out", "mine.qdpx", "--coder", "C3"]).ok();
    let mine = &parts(&place, "mine.qdpx")[0].1;
    assert!(!mine.contains("C1") && !mine.contains("creatingUser"), "{mine}");
    // Refused consent, removed transcripts and erased respondents are in no project.
    place.run(&["study", "coding", "--blind", "whole"]).ok();
    place.run(&["study", "transcript", "remove", "R1", "--yes"]).ok();
    place.run(&["erase", "--respondent", "R2", "--yes"]).ok();
    let ran = place.run(&["code", "export", "--out", "less.qdpx"]);
    let text: String = parts(&place, "less.qdpx").into_iter().map(|(_, text)| text).collect();
    assert!(!text.contains("share the risk") && !text.contains(&ids[1]) && !text.contains(&turn), "{text}");
    assert!(ran.err.contains("1 text written"), "{}", ran.err);
}

#[test]
fn what_is_no_project_is_refused_with_a_sentence() {
    let (place, _, _) = study();
    let good = project(&code(1, "CS"), "R1", "", "x");
    let with = |change: &dyn Fn(&mut Parts)| {
        let mut parts = good.clone();
        change(&mut parts);
        parts
    };
    let bomb = " ".repeat(140 << 20);
    let doctype = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>";
    let cases: [(Parts, &str); 8] = [
        (with(&|parts| parts[0].0 = "other.txt".into()), "no project of REFI-QDA"),
        (
            with(&|parts| parts[0].1 = parts[0].1.replace("project:1.0", "codebook:1.0")),
            "no project of REFI-QDA",
        ),
        (
            with(&|parts| parts[0].1 = parts[0].1.replace("<Project", &format!("{doctype}<Project"))),
            "a document type",
        ),
        (with(&|parts| parts[0].1 = parts[0].1.replace("</Project>", "")), "it breaks off"),
        (with(&|parts| parts[0].1 = parts[0].1.replace("interview", "&b;")), "cannot be read"),
        (with(&|parts| parts[1].0 = "Sources/../../t.txt".into()), "which lies outside of it"),
        (with(&|parts| parts[1].0 = "/tmp/t.txt".into()), "which lies outside of it"),
        (with(&|parts| parts[1].1.clone_from(&bomb)), "larger than 128 MB"),
    ];
    for (parts, why) in cases {
        pack(&place, "bad.qdpx", &parts);
        let said = place.run(&["code", "import", "bad.qdpx"]).refused();
        assert!(said.contains(why), "{why}: {said}");
    }
    pack(
        &place,
        "far.qdpx",
        &with(&|parts| parts[0].1 = parts[0].1.replace("internal://T.txt", "relative:///etc/passwd")),
    );
    let far = place.run(&["code", "import", "far.qdpx"]);
    assert!(
        far.code == 1 && far.out.contains("its text lies outside of the file"),
        "{} {}",
        far.out,
        far.err
    );
    std::fs::write(place.path("cut.qdpx"), b"PK\x03\x04 and no more").unwrap();
    assert!(place.run(&["code", "import", "cut.qdpx"]).refused().contains("damaged"));
    place.write("codes.csv", "session,coder,dominant\n");
    assert_eq!(place.run(&["code", "import", "codes.csv", "--dry-run"]).code, 2);
}
