//! Advice follows the results, rests on what was said, and never contradicts itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::instrument::{Priority, STANDINGS, shipped};
use crate::interview::Start;

mod lenses;

/// One result that somebody can have.
struct Found(BTreeMap<&'static str, Value>);

impl Lookup for Found {
    fn value(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or(Value::Missing)
    }

    fn is_answered(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn today(&self) -> Value {
        Value::Missing
    }
}

/// Every set of advice that a result can bring.
fn every_set(questionnaire: &str) -> BTreeSet<Vec<String>> {
    let instrument = shipped::read(questionnaire).unwrap().instrument.unwrap();
    let text = |word: &str| Value::Text(word.to_owned());
    let models = ["CS", "AR", "EM", "MP"].map(text);
    let truths = [Value::Bool(false), Value::Bool(true)];
    let engaged = ["low", "unclear", "normal"].map(text);
    let verdicts =
        ["masked", "latent", "aligned_positive", "aligned_negative", "indeterminate", "no_verdict"];
    let [words, sorting] = MEASURES;
    let grid: Vec<(&'static str, Vec<Value>)> = vec![
        ("own.dominant", models.to_vec()),
        ("other.dominant", models.to_vec()),
        ("own.uncertain", truths.to_vec()),
        ("other.uncertain", truths.to_vec()),
        ("own.parted", truths.to_vec()),
        ("other.parted", truths.to_vec()),
        ("own.engagement", engaged.to_vec()),
        ("other.engagement", engaged.to_vec()),
        ("gap.verdict", verdicts.map(text).to_vec()),
        ("gap.measure", vec![text(words), text(sorting)]),
        ("own.standing", STANDINGS.map(text).to_vec()),
        ("feels.anger", [1.0, 4.0].map(Value::Number).to_vec()),
    ];
    let all: usize = grid.iter().map(|(_, values)| values.len()).product();
    let result = |mut at: usize| {
        let mut found = BTreeMap::new();
        for (name, values) in &grid {
            found.insert(*name, values[at % values.len()].clone());
            at /= values.len();
        }
        for (parted, uncertain, dominant) in [
            ("own.parted", "own.uncertain", "own.dominant"),
            ("other.parted", "other.uncertain", "other.dominant"),
        ] {
            if found[uncertain] == Value::Bool(true) {
                found.insert(parted, Value::Bool(false));
            } else if found[parted] == Value::Bool(true) {
                found.remove(dominant);
            }
        }
        Found(found)
    };
    let chosen = |found: &Found| {
        let holds =
            instrument.advice.iter().filter(|advice| advice.when.evaluate(found) == Value::Bool(true));
        holds.map(|advice| advice.name.clone()).collect::<Vec<_>>()
    };
    (0..all).map(|at| chosen(&result(at))).collect()
}

/// What a condition of a shipped questionnaire guesses at.
fn guessed_in(questionnaire: &str, when: &str) -> Vec<Guess> {
    let instrument = shipped::read(questionnaire).unwrap().instrument.unwrap();
    when.split(' ').flat_map(|name| guessed(name, &instrument)).collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn every_column_in_which_one_side_answers_for_the_other_is_a_guess() {
    use Family::{BuildingBlock, Dimension, Relevance};
    for (questionnaire, when, guesses) in [
        // The manager's row of the client, by its side, its scale and its column; the whole matrix holds it too.
        ("account-self-assessment", "other.dominant", vec![Guess::Norms]),
        ("account-self-assessment", "scale.client_market_pricing", vec![Guess::Norms]),
        ("account-self-assessment", "mp_agree.other", vec![Guess::Norms]),
        ("account-self-assessment", "mp_agree.own own.dominant gap.verdict scale.csat feels.anger", vec![]),
        // Through a framework a manager answers for both: scales, their questions, and what is asked beside them.
        ("building-blocks-account", "scale.block_trust", vec![Guess::Lens(BuildingBlock)]),
        ("building-blocks-account", "own.lowest_building_block own.worn", vec![Guess::Lens(BuildingBlock)]),
        ("building-blocks-account", "own.standing own.satisfied", vec![]),
        ("building-blocks", "own.lowest_building_block", vec![]),
        ("building-blocks-account", "trust_speak", vec![Guess::Lens(BuildingBlock)]),
        ("relational-relevance-account", "last_felt", vec![Guess::Lens(Relevance)]),
        ("three-dimensions-account", "scale.csat contact_problem", vec![Guess::Lens(Dimension)]),
        ("building-blocks-account", "scale.csat scale.staying nps", vec![]),
        // A customer speaks for themselves.
        ("building-blocks", "scale.block_trust trust_speak contact_wanted", vec![]),
        ("client-view", "other.dominant", vec![Guess::Norms]),
    ] {
        assert_eq!(guessed_in(questionnaire, when), guesses, "{questionnaire}: {when}");
    }
}

#[test]
fn no_result_brings_advice_that_contradicts_itself() {
    const PATTERNS: &[&str] = &[
        "one_of_us_meets_business",
        "business_meets_one_of_us",
        "rank_and_turns",
        "turns_meet_business",
        "business_meets_turns",
        "one_of_us_and_turns",
        "rank_and_one_of_us",
        "rank_and_business",
        "same_pattern",
    ];
    const TALKS: &[&str] =
        &["talk_one_of_us", "talk_lead", "talk_balance", "talk_value", "talk_mixed", "talk_distance"];
    const CLIENTS: &[&str] = &[
        "client_one_of_us",
        "client_lead",
        "client_balance",
        "client_value",
        "client_untold",
        "client_at_a_distance",
    ];
    const SEEN: &[&str] = &["seen_as_business", "seen_as_close", "seen_otherwise", "seen_alike"];
    // Of each group one at most; of each pair of groups, advice of one alone.
    const GROUPS: &[(&str, &[&str])] = &[
        ("account-self-assessment", PATTERNS),
        ("workshop-pulse", TALKS),
        ("client-view", CLIENTS),
        ("client-view", SEEN),
        ("client-view", &["yours_to_compare", "yours_to_say"]),
        ("customer-interview", &["said_warm", "said_cold"]),
    ];
    const PAIRS: &[(&str, &[&str], &[&str])] = &[
        // Which pattern rubs, and that there is hardly a relation, or that no pattern can be told.
        ("account-self-assessment", PATTERNS, &["client_at_a_distance", "i_keep_my_distance", "hunch"]),
        // A short meeting that forces nothing, and half an hour on what is wrong.
        ("account-self-assessment", &["client_at_a_distance"], &["cold_all_round"]),
        // A good mark, and a harsh judgement.
        (
            "account-self-assessment",
            &["satisfied_and_leaving"],
            &["cool_words_warm_thoughts", "cool_words_warm_sorting", "cold_all_round"],
        ),
        // Much in common, and that it is not going well, or that one wants to go.
        ("account-self-assessment", &["same_pattern"], &["cold_all_round", "satisfied_and_leaving"]),
        ("client-view", &["seen_alike"], &["satisfied_leaver", "angry_or_worried"]),
        ("client-view", SEEN, &["client_at_a_distance"]),
        // A short meeting that forces nothing, and a call at once.
        ("client-view", &["client_at_a_distance", "seen_as_close"], &["angry_or_worried"]),
        ("customer-interview", &["satisfied_leaver"], &["said_cold"]),
        ("customer-interview", &["unsatisfied_stayer"], &["said_warm"]),
    ];
    for name in ["account-self-assessment", "client-view", "customer-interview", "workshop-pulse"] {
        let sets = every_set(name);
        let of =
            |set: &[String], names: &[&str]| set.iter().filter(|name| names.contains(&name.as_str())).count();
        for set in &sets {
            for (_, group) in GROUPS.iter().filter(|(of, _)| *of == name) {
                assert!(of(set, group) <= 1, "{name}: {set:?}");
            }
            for (_, one, other) in PAIRS.iter().filter(|(of, ..)| *of == name) {
                assert!(of(set, one) == 0 || of(set, other) == 0, "{name}: {set:?}");
            }
        }
        // Each comes up for somebody.
        let known = GROUPS.iter().filter(|(of, _)| *of == name).flat_map(|(_, group)| *group);
        let known = known.chain(
            PAIRS.iter().filter(|(of, ..)| *of == name).flat_map(|(_, one, other)| one.iter().chain(*other)),
        );
        for advice in known {
            assert!(sets.iter().any(|set| set.iter().any(|name| name == advice)), "{name}: {advice}");
        }
    }
}

/// What is advised where these are known, and nothing else.
fn advised(questionnaire: &str, known: &[(&'static str, Value)]) -> Vec<String> {
    let found = Found(known.iter().cloned().collect());
    let instrument = shipped::read(questionnaire).unwrap().instrument.unwrap();
    let holds = instrument.advice.iter().filter(|one| one.when.evaluate(&found) == Value::Bool(true));
    holds.map(|one| one.name.clone()).collect()
}

#[test]
fn nothing_is_advised_about_what_nobody_answered() {
    for name in shipped::NAMES {
        assert_eq!(advised(name, &[]), <[&str; 0]>::default(), "{name}");
    }
}

#[test]
fn who_has_nothing_to_use_is_told_nothing_of_use() {
    for name in ["three-dimensions", "three-dimensions-account"] {
        let speaks_of_use = |direction: &str, used: bool| {
            let mut known = vec![
                ("own.direction", Value::Text(direction.to_owned())),
                ("scale.emotional", Value::Number(4.0)),
            ];
            for part in ["scale.contact_relevant", "scale.contact_effortless", "scale.contact_proactive"] {
                known.push((part, Value::Number(4.0)));
            }
            match used {
                true => known.push(("scale.instrumental", Value::Number(4.0))),
                false => known.push(("use_four_weeks", Value::Text("nothing".into()))),
            }
            let advised = advised(name, &known);
            let directions = advised.into_iter().filter(|advice| advice.contains("direction"));
            directions.collect::<Vec<_>>()
        };
        assert_eq!(speaks_of_use("emotional", false), ["direction_emotional_unused"], "{name}");
        assert_eq!(speaks_of_use("relational", false), ["direction_relational_unused"], "{name}");
        assert_eq!(speaks_of_use("none", false), ["no_direction_unused"], "{name}");
        assert_eq!(speaks_of_use("emotional", true), ["direction_emotional"], "{name}");
        assert_eq!(speaks_of_use("relational", true), ["direction_relational"], "{name}");
        assert_eq!(speaks_of_use("instrumental", true), ["direction_instrumental"], "{name}");
        assert_eq!(speaks_of_use("none", true), ["no_direction"], "{name}");
    }
}

#[test]
fn strong_all_over_is_not_said_beside_what_is_wrong() {
    let strong = |names: &[&'static str], more: &[(&'static str, Value)]| -> Vec<(&'static str, Value)> {
        let high = names.iter().map(|name| (*name, Value::Number(6.0)));
        high.chain(more.iter().cloned()).collect()
    };
    let scales: [(&str, &[&str]); 2] = [
        (
            "relational-relevance",
            &[
                "scale.identification",
                "scale.experience",
                "scale.participation",
                "scale.appreciation",
                "scale.sensation",
            ],
        ),
        (
            "three-dimensions",
            &[
                "scale.emotional",
                "scale.instrumental",
                "scale.contact_relevant",
                "scale.contact_effortless",
                "scale.contact_proactive",
            ],
        ),
    ];
    let number = Value::Number;
    let wrong: [&[(&str, Value)]; 4] = [
        &[("own.standing", Value::Text("satisfied_leaving".into()))],
        &[("wrong_now", Value::Text("open".into()))],
        &[("last_felt", number(2.0))],
        &[("contact_problem", number(3.0)), ("contact_by_me", number(4.0)), ("contact_by_them", number(4.0))],
    ];
    for ((of, names), troubles) in scales.into_iter().zip([[0, 1, 2], [0, 3, 3]]) {
        for name in [of.to_owned(), format!("{of}-account")] {
            let told = |more: &[(&'static str, Value)]| advised(&name, &strong(names, more));
            assert!(told(&[]).contains(&"all_strong".to_owned()), "{name}");
            for trouble in troubles {
                assert!(!told(wrong[trouble]).contains(&"all_strong".to_owned()), "{name}: {trouble}");
            }
        }
    }
}

/// What was answered outright beats what a scale suggests, and nobody is sent two ways at once.
#[test]
fn lens_advice_agrees_with_what_was_said_outright() {
    let number = Value::Number;
    let text = |word: &str| Value::Text(word.to_owned());
    for name in ["building-blocks", "building-blocks-account"] {
        let instrument = shipped::read(name).unwrap().instrument.unwrap();
        let act = |name: &str| instrument.advice.iter().find(|one| one.name == name).and_then(|one| one.act);
        for lowest in ["trust", "reciprocity", "intensity", "time", "intensity+time", "none"] {
            for worn in [true, false] {
                for (wanted, intrudes) in
                    [(2.0, 2.0), (2.0, 6.0), (3.0, 2.0), (3.0, 6.0), (4.0, 2.0), (5.0, 6.0)]
                {
                    let mut known = vec![
                        ("own.lowest_building_block", text(lowest)),
                        ("own.highest_building_block", text("time")),
                        ("own.level_building_block", text("uneven")),
                        ("own.worn", Value::Bool(worn)),
                        ("own.low_building_block_intensity", Value::Bool(true)),
                        ("own.high_building_block_time", Value::Bool(true)),
                        ("contact_wanted", number(wanted)),
                        ("time_intrudes", number(intrudes)),
                    ];
                    for block in ["scale.block_trust", "scale.block_reciprocity", "scale.block_time"] {
                        known.push((block, number(5.0)));
                    }
                    known.push(("scale.block_intensity", number(3.0)));
                    let told = advised(name, &known);
                    let has = |advice: &str| told.iter().any(|one| one == advice);
                    let case = format!("{name}: {known:?}: {told:?}");
                    let (less, more) = (wanted <= 2.0 || intrudes >= 5.0, wanted >= 4.0);
                    assert_eq!(has("more_contact"), more && !less && !worn, "{case}");
                    assert_eq!(has("contact_at_odds"), more && less && !worn, "{case}");
                    assert_eq!(has("less_contact"), less && !more, "{case}");
                    assert_eq!(has("strong_time"), !less && !worn, "{case}");
                    if lowest == "intensity" {
                        assert_eq!(has("weak_intensity"), !less && !worn, "{case}");
                        assert_eq!(has("weak_intensity_sparing"), less && !worn, "{case}");
                    }
                    let acts: Vec<_> = told.iter().filter_map(|one| act(one)).collect();
                    let contrary = acts.iter().any(|one| acts.iter().any(|other| one.contradicts(*other)));
                    assert!(!contrary, "{case}");
                }
            }
        }
    }
    for (name, ours, theirs) in [
        ("three-dimensions", "contact_by_them", "contact_by_me"),
        ("three-dimensions-account", "contact_by_me", "contact_by_them"),
    ] {
        let told = |times: f64, used: &str| {
            let known = [
                ("scale.contact_proactive", number(6.0)),
                ("scale.instrumental", number(6.0)),
                (ours, number(times)),
                (theirs, number(3.0)),
                ("use_four_weeks", text(used)),
            ];
            advised(name, &known)
        };
        assert_eq!(told(2.0, "weekly"), ["strong_instrumental", "strong_proactive"], "{name}");
        assert_eq!(told(0.0, "not"), ["never_first"], "{name}");
    }
    for name in ["success-factors", "success-factors-account"] {
        let told = |after: f64| {
            let known = [
                ("own.highest_success_factor", text("conflict")),
                ("own.high_success_factor_conflict", Value::Bool(true)),
                ("conflict_any", text("yes")),
                ("conflict_after", number(after)),
            ];
            advised(name, &known)
        };
        assert_eq!(told(2.0), ["complaint_left"], "{name}");
        assert!(told(3.0).contains(&"strong_conflict".to_owned()), "{name}");
    }
    for name in ["relational-relevance", "relational-relevance-account"] {
        let told = advised(name, &[("scale.experience", number(6.0)), ("wrong_now", text("open"))]);
        assert_eq!(told, ["left_open"], "{name}");
    }
}

/// A client who would rather leave is something that cannot wait, whatever the mark, and it needs no answer to be said.
#[test]
fn who_would_rather_leave_cannot_wait() {
    let standing = |word: &str| ("own.standing", Value::Text(word.to_owned()));
    for name in [
        "building-blocks",
        "client-view",
        "customer-interview",
        "relational-relevance",
        "success-factors",
        "three-dimensions",
    ] {
        let instrument = Arc::new(shipped::read(name).unwrap().instrument.unwrap());
        let urgent = |known: &[(&'static str, Value)]| {
            let told = advised(name, known);
            let urgent = instrument.advice.iter().filter(|one| one.priority == Priority::Urgent);
            urgent.filter(|one| told.contains(&one.name)).count()
        };
        let wish = |wish: f64| ("scale.staying", Value::Number(wish));
        assert_eq!(urgent(&[wish(2.0)]), 1, "{name}: without a mark");
        assert_eq!(urgent(&[wish(2.0), standing("together")]), 1, "{name}: with a low one");
        assert_eq!(urgent(&[wish(2.0), standing("satisfied_leaving")]), 1, "{name}: with a high one");
        assert_eq!(urgent(&[wish(4.0), standing("together")]), 0, "{name}");
        let language = instrument.language(Some("nl"));
        let start = Start { seed: 1, language, fields: BTreeMap::new(), at: 0, offset: None };
        // Nothing of what is urgent is left without words where it may quote no answer.
        for advice in instrument.advice.iter().filter(|one| one.priority == Priority::Urgent) {
            let interview = Interview::new(instrument.clone(), start.clone());
            assert!(interview.voice().unquoted(&advice.text).len() > 40, "{name}: {}", advice.name);
            assert_eq!(advice.title.piped().count(), 0, "{name}: {}", advice.name);
        }
    }
}

#[test]
fn a_customer_s_session_advises_whoever_serves() {
    let interviewer = Some(Audience::Interviewer);
    // Our side: what is for an interviewer beside us is not for us.
    assert!(is_for_the_account(None, true, true) && !is_for_the_account(interviewer, true, true));
    // Their side: what is for the interviewer is for us, and what they read themselves is for them.
    assert!(is_for_the_account(interviewer, false, true) && !is_for_the_account(None, false, true));
    // A questionnaire that does not tell them apart speaks to whoever serves.
    assert!(is_for_the_account(None, false, false));
}
