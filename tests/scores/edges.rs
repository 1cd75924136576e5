//! Where scoring lacks data: it must report that, and never invent certainty.

use std::collections::BTreeMap;

use relata::analysis::Standards;
use relata::gap::{self, GapReason, Verdict};
use relata::instrument::{Instrument, Severity};
use relata::interview::Interview;
use relata::measures::{self, Basis, Norms, Outcome, composite};
use relata::report::{Report, SessionFacts};

use super::support::{Replies, fixture, instrument, interview, kit_sessions};

const HEAD: &str = "format = 1\nname = \"edge\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"Edge\"\nminutes = 1\n\n\
                    [choices.seven]\nlabels = [\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\"]\n\n";
const GROUP: &str = "[[groups]]\nname = \"all\"\nlabel = \"All\"\n\n";

fn replies(json: &str) -> Replies {
    serde_json::from_str(json).unwrap()
}

/// An instrument of one scale and its items, answered.
fn answered(scales: &str, items: &str, json: &str) -> Interview {
    interview(&instrument(&format!("{HEAD}{scales}{GROUP}{items}")), &replies(json))
}

fn first(interview: &Interview) -> Outcome {
    measures::score(interview, 0, &Norms::none())[0].outcome.clone()
}

const FOUR_ROWS: &str = r#"
[[groups.items]]
name    = "m"
kind    = "matrix"
choices = "seven"
label   = "How much?"
rows    = [
  { name = "a", label = "a", scale = "effort" },
  { name = "b", label = "b", scale = "effort" },
  { name = "c", label = "c", scale = "effort" },
  { name = "d", label = "d", scale = "effort" },
]
"#;
const EFFORT: &str = "[scales.effort]\nconstruct = \"building_block.effort\"\nmethod = \"mean\"\n\n";

#[test]
fn half_of_a_matrix_is_half_of_its_rows() {
    let one = r#"{ "m": [{ "given": { "rated": [6, "declined", "declined", "declined"] } }] }"#;
    assert_eq!(first(&answered(EFFORT, FOUR_ROWS, one)), Outcome::TooFew { valid: 1, needed: 2 });
}

#[test]
fn two_rows_of_four_are_enough() {
    let two = r#"{ "m": [{ "given": { "rated": [6, "declined", 3, "declined"] } }] }"#;
    assert_eq!(first(&answered(EFFORT, FOUR_ROWS, two)), Outcome::Scored { value: 4.5, se: None, n: 2 });
}

const WORDS: &str =
    "[[groups.items]]\nname = \"words\"\nkind = \"association\"\nscale = \"words\"\nlabel = \"Words?\"\n\n";
const TWO_WORDS: &str = r#"{ "words": [
    { "given": { "text": { "text": "a" } } }, { "given": { "text": { "text": "b" } } },
    { "given": { "text": { "text": "" } } }, { "given": { "rated": [3, 3] } }] }"#;

#[test]
fn two_words_are_too_few() {
    let scale = "[scales.words]\nconstruct = \"indirect_sentiment\"\nmethod = \"association\"\n\n";
    assert_eq!(first(&answered(scale, WORDS, TWO_WORDS)), Outcome::TooFew { valid: 2, needed: 3 });
}

#[test]
fn no_instrument_can_score_two_words() {
    let scale =
        "[scales.words]\nconstruct = \"indirect_sentiment\"\nmethod = \"association\"\nmin_valid = 1\n\n";
    let text = format!("{HEAD}{scale}{GROUP}{WORDS}");
    let read = Instrument::read_stored(&text).instrument;
    assert!(read.is_none(), "an association needs three valued words, whatever `min_valid` says");
}

#[test]
fn what_the_other_side_is_thought_to_feel_is_not_said_by_oneself() {
    let scale = |name: &str, perspective: &str| {
        format!(
            "[scales.{name}]\nconstruct = \"explicit_sentiment\"\nmethod = \"mean\"\nperspective = \"{perspective}\"\n\n"
        )
    };
    let item = |name: &str, scale: &str| {
        format!(
            "[[groups.items]]\nname = \"{name}\"\nkind = \"likert\"\nchoices = \"seven\"\nscale = \"{scale}\"\nlabel = \"{name}\"\n\n"
        )
    };
    let scales = scale("mine", "own") + &scale("theirs", "other");
    let items: String = ["a", "b", "c", "d"].map(|name| item(name, "mine")).concat() + &item("e", "theirs");
    let point = |name: &str, point: u8| format!("\"{name}\": [{{ \"given\": {{ \"rated\": [{point}] }} }}]");
    let json = format!(
        "{{ {} }}",
        [point("a", 7), point("b", 7), point("c", 7), point("d", 7), point("e", 1)].join(", ")
    );
    let said = composite::score(&answered(&scales, &items, &json), &Norms::none());
    assert_eq!(said, Outcome::Scored { value: 1.0, se: None, n: 4 });
}

#[test]
fn an_advice_for_everybody_cannot_lean_on_the_score_that_is_kept_from_them() {
    let scale = "[scales.words]\nconstruct = \"indirect_sentiment\"\nmethod = \"association\"\n\n";
    let advice =
        |rule: &str| format!("[[advice]]\nname = \"tell\"\nwhen = \"{rule}\"\ntitle = \"t\"\ntext = \"t\"\n");
    let codes = |rule: &str| -> Vec<&str> {
        let text = format!("{HEAD}{scale}{GROUP}{WORDS}{}", advice(rule));
        let findings = Instrument::read_stored(&text).findings;
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
        errors.map(|finding| finding.code).filter(|code| *code != "definition.unused").collect()
    };
    assert_eq!(codes("gap.indirect < 0"), ["advice.reveals"]);
    // A scale of associations has no name in advice at all.
    assert_eq!(codes("scale.words < 0"), ["expr.unknown-name"]);
}

/// Two blocks of four rows each; the second is asked of those who have something to say about it.
fn two_blocks() -> String {
    let block = |name: &str, more: &str| {
        let rows: Vec<String> = ["a", "b", "c", "d"]
            .map(|row| format!("{{ name = \"{row}\", label = \"{row}\", scale = \"{name}\" }}"))
            .into();
        format!(
            "[[groups.items]]\nname = \"m_{name}\"\nkind = \"matrix\"\nchoices = \"seven\"\nlabel = \"How much?\"\n{more}rows = [{}]\n\n",
            rows.join(", ")
        )
    };
    let scale =
        |name: &str| format!("[scales.{name}]\nconstruct = \"building_block.{name}\"\nmethod = \"mean\"\n\n");
    let gate =
        "[[groups.items]]\nname = \"gate\"\nkind = \"likert\"\nchoices = \"seven\"\nlabel = \"Ever?\"\n\n";
    let advice =
        "[[advice]]\nname = \"all_low\"\nwhen = \"own.low_building_block\"\ntitle = \"t\"\ntext = \"t\"\n";
    let (blocks, gated) = ([scale("trust"), scale("intensity"), scale("time")], "relevant = \"gate > 1\"\n");
    let items = [gate.to_owned(), block("trust", ""), block("intensity", ""), block("time", gated)];
    format!("{HEAD}{}{GROUP}{}{advice}", blocks.concat(), items.concat())
}

#[test]
fn all_is_low_only_where_everything_that_was_asked_has_a_score() {
    let instrument = instrument(&two_blocks());
    let facts = SessionFacts { id: "1".into(), respondent: "R1".into(), simulated: false, test: false };
    let mut standards = Standards::of_parts(&instrument, &[]);
    let rated = |points: [&str; 4]| format!("[{{ \"given\": {{ \"rated\": [{}] }} }}]", points.join(", "));
    let mut said = |gate: u8, time: Option<[&str; 4]>| {
        let low = rated(["1"; 4]);
        let time = time.map_or_else(String::new, |points| format!(", \"m_time\": {}", rated(points)));
        let json = format!(
            "{{ \"gate\": [{{ \"given\": {{ \"rated\": [{gate}] }} }}], \"m_trust\": {low}, \"m_intensity\": {low}{time} }}"
        );
        let report = Report::build(&interview(&instrument, &replies(&json)), &facts, &mut standards);
        report.advice.iter().any(|advice| advice.name == "all_low")
    };
    let declined = "\"declined\"";
    assert!(said(7, Some(["1"; 4])), "all three are low");
    assert!(!said(7, Some(["7"; 4])), "one is high");
    assert!(!said(7, Some([declined; 4])), "what was declined may be high");
    assert!(!said(7, Some(["1", declined, declined, declined])), "one answer of four is no score");
    assert!(said(1, None), "what was not asked is nothing that is left open");
}

#[test]
fn without_norms_there_is_a_score_and_no_verdict() {
    let sessions = kit_sessions();
    let (gap, reason) = gap::compare(&sessions["masked"], &Norms::none());
    assert_eq!((gap.verdict, reason), (Verdict::NoVerdict, Some(GapReason::NoNorms)));
    assert_eq!((gap.explicit, gap.indirect, gap.p, gap.z_gap), (None, None, None, None));
}

#[test]
fn no_group_makes_norms_of_nothing() {
    let sessions = kit_sessions();
    assert_eq!(Norms::of([], Basis::None), Norms::none());
    // One person has a spread of words and none among persons.
    let one = Norms::of([&sessions["warm"]], Basis::Study(1));
    assert_eq!((one.explicit, one.association), (None, None));
    // 3 2 3 2 3 around 2.6: squares .16·3 + .36·2 = 1.2 over four degrees of freedom.
    assert!((one.within_sd.unwrap() - 0.3_f64.sqrt()).abs() < 1e-12);
    // The same person twice has no variance to divide by.
    let twice = Norms::of([&sessions["warm"], &sessions["warm"]], Basis::Study(2));
    assert_eq!((twice.explicit, twice.association), (None, None));
}

#[test]
fn items_that_run_against_each_other_are_not_reliable_at_all() {
    let text = format!(
        "{HEAD}{EFFORT}{GROUP}{}",
        ["a", "b"].map(|name| format!(
            "[[groups.items]]\nname = \"{name}\"\nkind = \"likert\"\nchoices = \"seven\"\nscale = \"effort\"\nlabel = \"{name}\"\n\n"
        )).concat()
    );
    let instrument = instrument(&text);
    let session = |a: u8, b: u8| {
        let json = format!(
            r#"{{ "a": [{{ "given": {{ "rated": [{a}] }} }}], "b": [{{ "given": {{ "rated": [{b}] }} }}] }}"#
        );
        interview(&instrument, &replies(&json))
    };
    let group = [session(1, 6), session(4, 4), session(7, 1), session(6, 3)];
    let norms = Norms::of(&group, Basis::Study(4));
    // Alpha is below zero and counts as none, so that the error is the SD of the means: 3.5, 4, 4, 4.5.
    assert!((norms.scale_se("effort").unwrap() - (0.5_f64 / 3.0).sqrt()).abs() < 1e-12);
}

#[test]
fn an_instrument_without_associations_says_that_it_has_none() {
    let kit = fixture("kit.toml");
    let item = kit.find("[[groups.items]]\nname  = \"words\"").unwrap();
    let next = item + 1 + kit[item + 1..].find("[[groups.items]]").unwrap();
    let without = format!("{}{}", &kit[..item], &kit[next..])
        .replace("[scales.words]\nconstruct = \"indirect_sentiment\"\nmethod    = \"association\"\n", "");
    let instrument = instrument(&without);
    let sessions: BTreeMap<String, Replies> = serde_json::from_str(&fixture("sessions.json")).unwrap();
    let interviews: Vec<Interview> = sessions
        .into_values()
        .map(|mut replies| {
            replies.remove("words");
            interview(&instrument, &replies)
        })
        .collect();
    let norms = Norms::of(&interviews, Basis::Study(13));
    let (gap, reason) = gap::compare(&interviews[0], &norms);
    assert_eq!((gap.verdict, reason), (Verdict::NoVerdict, Some(GapReason::NoIndirectMeasure)));
    assert!(gap.explicit.is_some(), "what was said is still known");
}

#[test]
fn thirty_times_the_same_person_are_no_norm() {
    let sessions = kit_sessions();
    let norms = Norms::of((0..30).map(|_| &sessions["warm"]), Basis::Study(30));
    assert_eq!((norms.explicit, norms.association), (None, None));
}

#[test]
fn equal_words_never_look_certain() {
    let kit = instrument(&fixture("kit.toml"));
    let sessions: BTreeMap<String, Replies> = serde_json::from_str(&fixture("sessions.json")).unwrap();
    let equal = |name: &str, valence: i8| {
        let mut replies = sessions[name].clone();
        let words = format!(
            r#"{{ "words": [{{ "given": {{ "text": {{ "text": "a" }} }} }}, {{ "given": {{ "text": {{ "text": "b" }} }} }},
            {{ "given": {{ "text": {{ "text": "c" }} }} }}, {{ "given": {{ "text": {{ "text": "" }} }} }},
            {{ "given": {{ "rated": [{valence}, {valence}, {valence}] }} }}] }}"#
        );
        replies.extend(self::replies(&words));
        interview(&kit, &replies)
    };
    let group = [equal("warm", 2), equal("cold", -1), equal("mild", 1), equal("fond", 3)];
    let (gap, _) = gap::compare(&group[1], &Norms::of(&group, Basis::Study(4)));
    assert!(gap.indirect.is_none_or(|estimate| estimate.se > 0.0), "{gap:?}");
}
