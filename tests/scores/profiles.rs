//! Profiles for tied answers and for missing answers.

use std::fmt::Write as _;
use std::sync::Arc;

use relata::analysis::Standards;
use relata::instrument::{Audience, Instrument, Language};
use relata::report::{Report, SessionFacts};
use serde_json::json;

use super::support::{Replies, instrument, interview};

const MODELS: [(&str, &str); 4] = [
    ("cs", "communal_sharing"),
    ("ar", "authority_ranking"),
    ("em", "equality_matching"),
    ("mp", "market_pricing"),
];

/// Five statements per norm, with this many situations (four are needed) and sets (half are needed).
fn questions(situations: usize, sets: usize) -> Arc<Instrument> {
    let mut text = String::from(
        "format = 1\nname = \"ties\"\nversion = \"1\"\nlanguages = [\"en\", \"nl\"]\nlabel = \"Ties\"\nminutes = 5\n\n\
         [choices.seven]\nlabels = [\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\"]\n\n",
    );
    for (short, model) in MODELS {
        writeln!(text, "[scales.{short}]\nconstruct = \"relational_model.{model}\"\nmethod = \"mean\"\n")
            .unwrap();
    }
    for (name, method, n) in
        [("situations", "share\"\nmin_valid = \"4", situations), ("sets", "best_worst", sets)]
    {
        if n > 0 {
            let method = method.replace("\"4", "4");
            let end = if method.contains("min_valid") { "" } else { "\"" };
            writeln!(text, "[scales.{name}]\nconstruct = \"relational_model\"\nmethod = \"{method}{end}\n")
                .unwrap();
        }
    }
    text.push_str("[[groups]]\nname = \"all\"\nlabel = \"All\"\n\n");
    let mut item = |name: String, kind: &str, scale: &str, more: &str| {
        writeln!(
            text,
            "[[groups.items]]\nname = \"{name}\"\nkind = \"{kind}\"\nscale = \"{scale}\"\nlabel = \"{name}\"\n{more}\n"
        )
        .unwrap();
    };
    for (short, _) in MODELS {
        (0..5).for_each(|at| item(format!("{short}{at}"), "likert", short, "choices = \"seven\""));
    }
    let options = MODELS
        .map(|(short, model)| format!("{{ name = \"{short}\", label = \"{short}\", model = \"{model}\" }}"));
    let options = options.join(",\n");
    for at in 0..situations {
        item(format!("v{at}"), "vignette", "situations", &format!("reactions = [\n{options}\n]"));
    }
    for at in 0..sets {
        let more = format!("least = \"least {at}\"\nstatements = [\n{options}\n]");
        item(format!("b{at}"), "best_worst", "sets", &more);
    }
    instrument(&text)
}

/// A respondent with the same answer to all statements of a norm; `None` if all were declined.
fn statements(points: [Option<u8>; 4]) -> Replies {
    let mut replies = Replies::new();
    for ((short, _), point) in MODELS.into_iter().zip(points) {
        for at in 0..5 {
            let reply = point.map_or(json!("declined"), |point| json!({ "given": { "rated": [point] } }));
            replies.insert(format!("{short}{at}"), serde_json::from_value(json!([reply])).unwrap());
        }
    }
    replies
}

/// Choices by name, the options picked one after the other; `None` if declined.
fn choose(replies: &mut Replies, name: &str, picked: &[Option<&str>]) {
    let one = |option: &Option<&str>| {
        option.map_or(json!("declined"), |option| json!({ "given": { "picked": [option] } }))
    };
    let all: Vec<_> = picked.iter().map(one).collect();
    replies.insert(name.to_owned(), serde_json::from_value(json!(all)).unwrap());
}

fn report(instrument: &Arc<Instrument>, replies: &Replies, lang: &str) -> Report {
    let mut interview = interview(instrument, replies);
    interview.speak(&Language::new(lang));
    let mut standards = Standards::of_parts(instrument, &[]);
    let facts = SessionFacts { id: "1".into(), respondent: "R1".into(), simulated: false, test: false };
    Report::build(&interview, &facts, &mut standards)
}

fn markdown(report: &Report) -> String {
    report.to_markdown(Audience::Interviewer).replace('\\', "")
}

#[test]
fn all_that_tie_are_named_and_reasons_tell_them_from_the_rest() {
    let scales = questions(0, 0);
    for (points, en, nl, why) in [
        (
            [7, 7, 7, 1],
            "The answers do not tell “as one of us”, “in balance” and “by rank” apart",
            "De antwoorden houden ‘als een van ons’, ‘in balans’ en ‘naar rang’ niet uit elkaar",
            Some("and not “business-like”?"),
        ),
        (
            [7, 1, 1, 7],
            "The answers do not tell “as one of us” and “business-like” apart",
            "De antwoorden houden ‘als een van ons’ en ‘zakelijk’ niet uit elkaar",
            Some(", and not “by rank” or “in balance”?"),
        ),
        (
            [4, 4, 4, 4],
            "The answers do not tell the four ways of relating apart.",
            "De antwoorden houden de vier manieren van omgaan niet uit elkaar.",
            None,
        ),
    ] {
        let replies = statements(points.map(Some));
        let report_en = report(&scales, &replies, "en");
        let said = &report_en.profiles[0].headline;
        let alike = |said: &str, wanted: &str| {
            // Ties are in an order that the last digit decides.
            let names = |text: &str| {
                let mut names: Vec<&str> = text.split(['“', '”', '‘', '’']).skip(1).step_by(2).collect();
                names.sort_unstable();
                names.join("|")
            };
            names(said) == names(wanted)
        };
        assert!(alike(said, en), "{said}");
        let said = &report(&scales, &replies, "nl").profiles[0].headline;
        assert!(alike(said, nl), "{said}");
        let text = markdown(&report_en);
        match why {
            Some(why) => {
                assert!(
                    text.lines().any(|line| line.starts_with("### Why") && line.ends_with(why)),
                    "{text}"
                );
                assert!(text.contains("- for (+"), "{text}");
            }
            None => assert!(!text.contains("### Why"), "{text}"),
        }
    }
}

#[test]
fn evidence_that_is_left_out_is_named_beside_the_profile() {
    let whole = questions(6, 6);
    let mut replies = statements([Some(6), Some(3), Some(3), Some(3)]);
    for at in 0..6 {
        choose(&mut replies, &format!("v{at}"), &[(at < 3).then_some("cs")]);
        // Two sets with both, two with most alone, two with nothing: three are needed.
        let set: &[Option<&str>] = match at {
            0..2 => &[Some("cs"), Some("mp")],
            2..4 => &[Some("cs"), None],
            // Without a "most" choice, "least" is not asked.
            _ => &[None],
        };
        choose(&mut replies, &format!("b{at}"), set);
    }
    let [en, nl] = ["en", "nl"].map(|lang| report(&whole, &replies, lang));
    assert_eq!(
        en.profiles[0].left_out,
        [
            "The situations are left out: answered 3 of 6, needed 4.",
            "The sets of most and least are left out: 2 of 6 complete, 3 needed."
        ]
    );
    assert_eq!(
        nl.profiles[0].left_out[0],
        "De situaties blijven buiten beschouwing: 3 van 6 beantwoord, 4 nodig."
    );
    assert!(en.profiles[0].evidence.iter().all(|line| !line.feature.starts_with("best_worst")));
    for sentence in &en.profiles[0].left_out {
        assert!(markdown(&en).contains(sentence) && en.to_html(Audience::Interviewer).contains(sentence));
    }
    // One more of each: both count, and sets with only a "most" choice are reported.
    choose(&mut replies, "v3", &[Some("cs")]);
    choose(&mut replies, "b2", &[Some("cs"), Some("mp")]);
    let more = report(&whole, &replies, "en");
    assert_eq!(more.profiles[0].left_out, ["One set is left out: of most and least only one was chosen."]);
    assert!(more.profiles[0].answers.ratio > en.profiles[0].answers.ratio);
}

#[test]
fn a_norm_without_answers_leaves_the_strengths_of_the_others() {
    let missing = [Some(6), Some(3), None, Some(2)];
    // Without situations there is no profile, with them there is one without ratings.
    for situations in [0, 6] {
        let whole = questions(situations, 0);
        let mut replies = statements(missing);
        (0..situations).for_each(|at| choose(&mut replies, &format!("v{at}"), &[Some("cs")]));
        let said = report(&whole, &replies, "en");
        let text = markdown(&said);
        assert_eq!(said.profiles.len(), usize::from(situations > 0), "{text}");
        assert!(
            text.contains("The statements are left out: on “in balance” 0 of 5 answered, 3 needed."),
            "{text}"
        );
        let row = |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
        assert!(row("As one of us").contains("6.0 ("), "{text}");
        assert!(row("By rank").contains("3.0 (") && row("Business-like").contains("2.0 ("), "{text}");
        assert!(row("In balance").ends_with('—'), "{text}");
        let page = said.to_html(Audience::Interviewer);
        assert!(page.contains("6.0") && page.contains("0 of 5 answered, 3 needed."));
        let dutch = markdown(&report(&whole, &replies, "nl"));
        assert!(dutch.contains("over ‘in balans’ 0 van 5 beantwoord, 3 nodig."), "{dutch}");
    }
    // Without any answers there is still no profile.
    let nobody = report(&questions(0, 0), &statements([None; 4]), "en");
    assert!(nobody.strengths.is_empty() && nobody.profiles.is_empty());
    assert!(nobody.no_profile.unwrap().kept.starts_with("There are too few answers"));
}
