//! Transcripts, from another program's file to evidence in a code; and which coders may not see them.

use relata::coding::transcript::Turn;
use relata::coding::{Draft, Passage, PassageSource, Transcript};
use relata::instrument::RelationalModel;
use relata::store::Study;
use serde_json::Value;

use super::coding::told;
use super::support::{Place, Ran};

const SAID: &str = "I: How likely are you to recommend us?\nR: A nine, I would say.\nI: And why?\nR: They share the risk, nobody counts.\n";

fn transcript(place: &Place, args: &[&str]) -> Ran {
    place.run(&[&["study", "transcript"][..], args].concat())
}

fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// A study of two respondents with answers in words, the first of them with a transcript of this name.
fn with_transcript() -> (Place, Vec<String>, String) {
    let place = Place::new();
    let ids = told(&place, 2);
    place.write("R1.txt", SAID);
    let added = transcript(
        &place,
        &["add", "R1.txt", "R1", "--speaker", "R=respondent", "--speaker", "I=interviewer"],
    );
    assert_eq!(added.code, 0, "{} {}", added.out, added.err);
    let listed = json(&transcript(&place, &["list", "--format", "json"]));
    let id = listed[0]["transcript"].as_str().unwrap().to_owned();
    (place, ids, id)
}

#[test]
fn what_comes_in_is_counted_and_what_does_not_is_named() {
    let place = Place::new();
    let ids = told(&place, 1);
    let fixture = format!("{}/tests/fixtures/transcripts/interview.vtt", env!("CARGO_MANIFEST_DIR"));
    let dry = transcript(&place, &["add", &fixture, "R1", "--dry-run", "--format", "csv"]);
    assert_eq!(dry.out, "speaker,turns,words\nAnna,3,12\nKlant 1,2,12\n,1,1\n", "{}", dry.err);
    assert!(dry.err.contains("WebVTT: 6 turns, 2 speakers, 1:30"), "{}", dry.err);
    assert!(dry.err.contains("line 26: `nine --> ten` is not two times"), "{}", dry.err);
    assert!(
        dry.err.contains("nothing was kept") && dry.err.contains("called as in the file: `Anna`"),
        "{}",
        dry.err
    );
    assert_eq!(json(&transcript(&place, &["list", "--format", "json"])), Value::Array(Vec::new()));
    let speakers = ["--speaker", "Anna=interviewer", "--speaker", "Klant 1=R1"];
    let added = transcript(&place, &[&["add", &fixture, &ids[0]][..], &speakers].concat());
    assert!(added.code == 0 && added.err.contains("attached to session"), "{}", added.err);
    let shown = transcript(&place, &["show", "R1"]).ok();
    assert!(shown.starts_with("Interviewer · 0:01\n  Welcome. How is it going & who decides?\n"), "{shown}");
    assert!(!shown.contains("Anna") && shown.contains("R1 · 0:04"), "{shown}");
    let listed = &json(&transcript(&place, &["list", "--format", "json"]))[0];
    assert_eq!((&listed["turns"], &listed["minutes"]), (&6.into(), &1.5.into()));
    assert_eq!((&listed["speakers"], &listed["no_ratings"]), (&"interviewer, R1".into(), &false.into()));
    // Adding the same file again changes nothing.
    let again = transcript(&place, &["add", &fixture, "R1"]);
    assert!(again.code == 0 && again.err.contains("attached to the session already"), "{}", again.err);
    assert_eq!(json(&transcript(&place, &["list", "--format", "json"])).as_array().unwrap().len(), 1);
    let info = place.run(&["study", "info", "--format", "json"]).json();
    assert_eq!(info["transcripts"], 1);
}

#[test]
fn what_cannot_be_taken_over_is_refused_with_the_reason() {
    let (place, _, _) = with_transcript();
    place.write("a.pdf", "%PDF-1.7");
    place.write("empty.txt", "\n");
    place.write("one.txt", "X: yes\nX: no\n");
    let cases: [(&[&str], &str); 9] = [
        (&["add", "absent.txt", "R1"], "there is no such file"),
        (&["add", "a.pdf", "R1"], "it is a PDF"),
        (&["add", "empty.txt", "R1"], "nothing is said in it"),
        (&["add", "one.txt", "R9"], "R9"),
        (&["add", "one.txt", "R1", "--speaker", "Y=respondent"], "its speakers are: `X`"),
        (&["set", "R1", "--speaker", "X=respondent"], "nobody in it is called `X`"),
        (&["show", "R2"], "has no transcript"),
        (&["show", "R1", "--transcript", "00000000"], "has no such transcript"),
        (&["remove", "R1"], "--yes"),
    ];
    for (args, why) in cases {
        let ran = transcript(&place, args);
        assert!(ran.code == 1 && ran.err.contains(why), "{args:?}: {}", ran.err);
    }
    for args in [&["set", "R1"][..], &["add", "one.txt", "R1", "--speaker", "X=Jan de Vries"]] {
        assert_eq!(transcript(&place, args).code, 2, "{args:?}");
    }
    assert_eq!(json(&transcript(&place, &["list", "--format", "json"])).as_array().unwrap().len(), 1);
}

#[test]
fn coders_who_see_no_rating_see_a_transcript_only_where_somebody_vouched_for_it() {
    let (place, ids, id) = with_transcript();
    let read = || place.feed(&["code", &ids[0], "--plain", "--coder", "C1"], "\n\n\n\n\n\n:quit\n");
    let hidden = read();
    assert!(hidden.err.contains("A transcript is not shown"), "{}", hidden.err);
    for telling in ["A nine", "share the risk", "Interviewer"] {
        assert!(!hidden.out.contains(telling), "{telling}: {}", hidden.out);
    }
    assert_eq!(transcript(&place, &["set", "R1", "--no-ratings"]).code, 0);
    let vouched = read();
    assert!(
        vouched.out.contains("share the risk") && !vouched.err.contains("is not shown"),
        "{}",
        vouched.err
    );
    let took_back = transcript(&place, &["set", "R1", "--ratings"]);
    assert!(took_back.code == 0 && took_back.err.contains("coders are not shown it"), "{}", took_back.err);
    assert!(!read().out.contains("share the risk"));
    // A coder who sees every answer sees the transcript, too.
    assert_eq!(place.run(&["study", "coding", "--blind", "whole"]).code, 0);
    assert!(read().out.contains("A nine"));
    // Evidence from it in a file of codes is compared with its words, and kept like that of answers.
    let rows = |range: &str| format!("session,coder,dominant,passages\n{},C1,CS,{id}#4@{range}=CS\n", ids[0]);
    place.write("codes.csv", &rows("0-400"));
    assert!(place.run(&["code", "import", "codes.csv"]).refused().contains("no words stand there"));
    place.write("codes.csv", &rows("0-19"));
    assert_eq!(place.run(&["code", "import", "codes.csv"]).code, 0);
    let codes = Study::open(&place.study()).unwrap().all_codes().unwrap();
    assert_eq!(codes[0].coding.passages[0].quote, "They share the risk");
}

#[test]
fn line_by_line_a_word_is_found_and_marked_and_no_page_or_export_holds_the_transcript() {
    let (place, ids, id) = with_transcript();
    assert_eq!(place.run(&["study", "coding", "--blind", "whole"]).code, 0);
    let lines = "/COUNTS\nCS \"nobody counts\"\nCS 2\nCS\n\n4\nthey share\n";
    let ran = place.feed(&["code", &ids[0], "--plain", "--coder", "C1"], lines);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("“COUNTS” stands in 1 place:"), "{}", ran.out);
    assert!(ran.out.contains("They share the risk, nobody [counts]."), "{}", ran.out);
    let coding = Study::open(&place.study()).unwrap().all_codes().unwrap().remove(0).coding;
    let marks: Vec<String> = coding.evidence.iter().map(ToString::to_string).collect();
    assert_eq!(marks, [format!("{id}#4=CS:2")]);
    assert_eq!(coding.passages[0].to_string(), format!("{id}#4@21-34=CS"));

    // Coders' quotations remain; no other word of the transcript is in a report, page or export.
    let quiet = "share the risk";
    for args in [
        &["report", "--session", &ids[0], "--format", "html"][..],
        &["report", "--session", &ids[0], "--format", "md"],
        &["report", "--format", "html"],
        &["study", "--format", "json"],
        &["study", "show", "--public", "--format", "json"],
        &["classify", "--format", "json"],
        &["audit", "--all", "--format", "json"],
    ] {
        let ran = place.run(args);
        assert!(!ran.out.contains(quiet) && !ran.out.contains("A nine"), "{args:?}: {}", ran.out);
    }
    assert_eq!(place.run(&["export", "--format", "csv", "--out", "out"]).code, 0);
    for entry in std::fs::read_dir(place.path("out")).unwrap() {
        let text = String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap()).into_owned();
        assert!(!text.contains(quiet) && !text.contains("A nine"), "{text}");
    }

    // After removal its words remain only in codes, and that is reported.
    let said = transcript(&place, &["remove", "R1"]).refused();
    assert!(said.contains("1 passage that coders marked in it stay"), "{said}");
    assert_eq!(transcript(&place, &["remove", "R1", "--yes"]).code, 0);
    let bytes = std::fs::read(place.study()).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|piece| piece == text.as_bytes());
    assert!(!holds(quiet) && holds("nobody counts"));
}

#[test]
fn what_was_said_is_not_shown_once_consent_is_refused() {
    let place = Place::new();
    let begin = ["interview", "workshop-pulse", "--plain", "--lang", "en", "--respondent", "R1"];
    place.feed(&[&begin[..], &["--set", "organisation=Acme"]].concat(), "2\n\n");
    let mut study = Study::open(&place.study()).unwrap();
    let session = study.sessions().unwrap()[0].id;
    // As where an interviewer goes back to the question later.
    let turn = Turn { speaker: None, start: None, end: None, text: "They share the risk.".into() };
    let said =
        Transcript { source: "f".repeat(64), no_ratings: true, speakers: Vec::new(), turns: vec![turn] };
    study.attach(&session, &said, 1).unwrap();
    drop(study);
    let listed = transcript(&place, &["list", "--format", "json"]);
    assert!(listed.err.contains("consent was refused or withdrawn"), "{}", listed.err);
    let row = &json(&listed)[0];
    assert_eq!((&row["refused"], &row["shown_to_coders"]), (&true.into(), &false.into()));
    let shown = transcript(&place, &["show", "R1"]);
    assert!(shown.code == 1 && !shown.out.contains("share"), "{}", shown.out);
    assert!(shown.err.contains("withdrew or refused consent"), "{}", shown.err);
    assert_eq!(transcript(&place, &["remove", "R1", "--yes"]).code, 0);
}

#[test]
fn a_file_that_is_of_another_session_already_is_said() {
    let (place, ids, _) = with_transcript();
    let added = transcript(&place, &["add", "R1.txt", "R2", "--dry-run"]);
    let short = &ids[0][ids[0].len() - 8..];
    assert_eq!(added.code, 0, "{}", added.err);
    assert!(added.err.contains(&format!("the same file is attached to session {short}")), "{}", added.err);
    let again = transcript(&place, &["add", "R1.txt", "R1"]);
    assert!(again.code == 0 && !again.err.contains("the same file is attached"), "{}", again.err);
}

#[test]
fn passages_of_codes_that_are_not_saved_are_counted_before_a_transcript_goes() {
    let (place, _, id) = with_transcript();
    let mut study = Study::open(&place.study()).unwrap();
    let session = *study.all_transcripts().unwrap().keys().next().unwrap();
    let words = "They share the risk, nobody counts.";
    let model = RelationalModel::CommunalSharing;
    let passage = Passage::of(&format!("{id}#4"), PassageSource::Answer, words, (0, 19), model).unwrap();
    let draft = Draft { passages: vec![passage], ..Draft::default() };
    study.keep_draft(&session, "C1", false, 1, &draft).unwrap();
    drop(study);
    let said = transcript(&place, &["remove", "R1"]).refused();
    assert!(said.contains("1 passage marked in it stay"), "{said}");
    assert!(!said.contains("that coders marked"), "{said}");
}

#[test]
fn what_was_marked_in_a_transcript_that_is_gone_stays_and_can_be_taken_back() {
    let (place, ids, id) = with_transcript();
    let table = |name: &str, coder: &str, evidence: &str, seen: &str| {
        let head = "session,coder,dominant,evidence,passages,seen";
        place.write(name, &format!("{head}\n{},{coder},CS,{evidence},{id}#4@0-19=CS,{seen}\n", ids[0]));
        place.run(&["code", "import", name])
    };
    // In a study that shows coders only the narrative, they see neither the transcript nor ratings.
    assert_eq!(place.run(&["study", "coding", "--blind", "narrative"]).code, 0);
    let refused = table("codes.csv", "C1", "nps=CS:2", "").refused();
    for item in ["nps", &format!("{id}#4")] {
        assert!(refused.contains(&format!("`{item}` is not shown to coders of this study")), "{refused}");
    }
    assert_eq!(table("codes.csv", "C1", "nps=CS:2", "whole").code, 0);
    assert_eq!(transcript(&place, &["remove", "R1", "--yes"]).code, 0);
    // The same file is the same code; a coder who did not mark the passage before can't do so now, and the rest is accepted.
    let again = place.run(&["code", "import", "codes.csv"]);
    assert!(again.code == 0 && again.err.contains("1 code there already"), "{}", again.err);
    let other = table("other.csv", "C2", &format!("{id}#1=EM:1"), "whole");
    assert!(other.code == 0 && other.err.contains("1 code of 1 row taken over"), "{}", other.err);
    assert!(other.err.contains(&format!("line 2: `{id}#1=EM:1` is in no transcript")), "{}", other.err);
    let passages = |coder: &str| {
        let codes = Study::open(&place.study()).unwrap().all_codes().unwrap();
        codes.into_iter().rfind(|code| code.coder == coder).unwrap().coding.passages.len()
    };
    assert_eq!((passages("C1"), passages("C2")), (1, 1));
    // A respondent's code leads to the session, too.
    let lines = "\nCS \"They share the risk\"\n:code\n\n\n\n\n";
    let ran = place.feed(&["code", "R1", "--plain", "--coder", "C1"], lines);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("== Marked before; not shown any more"), "{}", ran.out);
    assert_eq!((passages("C1"), passages("C2")), (0, 1));
}

#[test]
fn whoever_vouches_for_a_transcript_leaves_that_in_the_audit() {
    let (place, _, id) = with_transcript();
    let audit = |all: &[&str]| {
        place.run(&[&["audit", "--respondent", "R1", "--format", "csv"][..], all].concat()).ok()
    };
    assert!(!audit(&[]).contains(&id) && audit(&["--all"]).contains("ratings may be said aloud"));
    assert_eq!(transcript(&place, &["set", "R1", "--no-ratings"]).code, 0);
    let said = audit(&[]);
    assert!(said.contains(&id) && said.contains("no rating is said aloud"), "{said}");
    let set = ["study", "about", "--set", "title=What they say"];
    assert!(place.run(&set).err.contains("1 field changed"));
    assert!(place.run(&set).err.contains("nothing was changed"));
}
