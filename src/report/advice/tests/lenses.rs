//! Advice on the frameworks beside the models asks their verdicts, which take the errors into account.

use super::*;
use crate::analysis::lens::{Lens, LensScore};
use crate::instrument::{AdviceRule, Language};

/// Whether a framework's advice names a weakest link follows from the very verdict that stands in short, and from no distance of its own.
#[test]
fn lens_advice_judges_by_measurement_error() {
    for (name, lowest, advice) in [
        (
            "building-blocks",
            "own.lowest_building_block",
            [("trust", "weak_trust"), ("trust+time", "low_trust_time")],
        ),
        (
            "success-factors",
            "own.lowest_success_factor",
            [("conflict", "weak_conflict"), ("respect+conflict", "low_respect_conflict")],
        ),
        (
            "relational-relevance",
            "own.lowest_relevance",
            [("experience", "weak_experience"), ("none", "no_weakest")],
        ),
        (
            "three-dimensions",
            "own.lowest_contact",
            [("relational_proactive", "part_proactive"), ("relational_relevant", "part_relevant")],
        ),
    ] {
        for name in [name.to_owned(), format!("{name}-account")] {
            let instrument = shipped::read(&name).unwrap().instrument.unwrap();
            // Two scales far apart are no weakest link by themselves.
            let steps = ["+ 0.5", "+ 0.75"];
            let fixed = instrument
                .advice
                .iter()
                .find(|one| steps.iter().any(|step| one.when.source().contains(step)));
            assert!(fixed.is_none(), "{name}: {fixed:?}");
            for (found, advice) in advice {
                let scales = instrument.scales.iter().map(|scale| format!("scale.{}", scale.name));
                let mut known: Vec<(String, Value)> =
                    scales.map(|scale| (scale, Value::Number(4.0))).collect();
                known.push((lowest.to_owned(), Value::Text(found.into())));
                known.push(("own.worn".into(), Value::Bool(false)));
                known.push((lowest.replace("lowest", "low"), Value::Bool(false)));
                let found = Found(known.into_iter().map(|(name, value)| (&*name.leak(), value)).collect());
                let holds =
                    instrument.advice.iter().filter(|one| one.when.evaluate(&found) == Value::Bool(true));
                let named: Vec<&str> = holds.map(|one| one.name.as_str()).collect();
                assert!(named.contains(&advice), "{name}: {named:?}");
            }
        }
    }
}

/// That all is low is advised by the verdict that takes the errors into account, and by no mean alone.
#[test]
fn all_is_low_only_where_the_intervals_say_so() {
    let text = |word: &str| Value::Text(word.to_owned());
    let cases: [(&str, &str, &[&str], &str, &str); 4] = [
        (
            "building-blocks",
            "building_block",
            &["block_trust", "block_reciprocity", "block_intensity", "block_time"],
            "blocks_thin",
            "blocks_even",
        ),
        (
            "success-factors",
            "success_factor",
            &[
                "factor_togetherness",
                "factor_respect",
                "factor_conflict",
                "factor_self_image",
                "factor_attraction",
            ],
            "factors_thin",
            "factors_even",
        ),
        (
            "relational-relevance",
            "relevance",
            &["identification", "experience", "participation", "appreciation", "sensation"],
            "little_relevance",
            "no_weakest",
        ),
        (
            "three-dimensions",
            "dimension",
            &["emotional", "instrumental", "contact_relevant", "contact_effortless", "contact_proactive"],
            "all_weak",
            "no_direction",
        ),
    ];
    for (of, family, scales, thin, even) in cases {
        for name in [of.to_owned(), format!("{of}-account")] {
            let told = |low: bool| {
                let mut known: Vec<(String, Value)> =
                    scales.iter().map(|scale| (format!("scale.{scale}"), Value::Number(3.0))).collect();
                known.push((format!("own.lowest_{family}"), text("none")));
                known.push((format!("own.level_{family}"), text("even")));
                known.push(("own.direction".into(), text("none")));
                known.push((format!("own.low_{family}"), Value::Bool(low)));
                known.push((format!("own.high_{family}"), Value::Bool(false)));
                let known: Vec<(&'static str, Value)> =
                    known.into_iter().map(|(name, value)| (&*name.leak(), value)).collect();
                let told = advised(&name, &known);
                [thin, even].map(|advice| told.iter().any(|one| one == advice))
            };
            assert_eq!((told(true), told(false)), ([true, false], [false, true]), "{name}");
        }
    }
}

/// What is said of one scale holds where its interval does not hold the middle.
#[test]
fn one_scale_is_low_or_high_only_where_its_interval_says_so() {
    let reading = |value: f64, se: Option<f64>| {
        let member = "reciprocity".to_owned();
        let (name, label) = ("block_reciprocity".to_owned(), member.clone());
        let lens = Lens {
            family: Family::BuildingBlock,
            readings: vec![LensScore { name, label, member, value, se, range: (1.0, 7.0) }],
        };
        let seen = AdviceInputs { lenses: &[lens], open: &[], standing: None, mark: None };
        ["low_building_block_reciprocity", "high_building_block_reciprocity", "low_building_block_trust"]
            .map(|name| seen.value(name).unwrap())
    };
    let said = |low, high| [Value::Bool(low), Value::Bool(high), Value::Missing];
    // 3.0 + 1.96 · .5 = 3.98, and the middle is 4.
    assert_eq!(reading(3.0, Some(0.5)), said(true, false));
    assert_eq!(reading(3.0, Some(0.52)), said(false, false));
    assert_eq!(reading(5.0, Some(0.5)), said(false, true));
    assert_eq!(reading(1.0, None), [Value::Missing, Value::Missing, Value::Missing]);
}

/// What is said of all scales of a framework is said where all that were asked have a score.
#[test]
fn nothing_is_said_of_all_scales_where_one_was_left_open() {
    let reading = |(member, value): (&str, f64)| {
        let [name, label, member] = [member; 3].map(str::to_owned);
        LensScore { name, label, member, value, se: Some(0.3), range: (1.0, 7.0) }
    };
    let of = |values: [(&'static str, f64); 4], open: &[Family]| {
        let readings = values.map(reading).to_vec();
        let lenses = [Lens { family: Family::SuccessFactor, readings }];
        let seen = AdviceInputs { lenses: &lenses, open, standing: None, mark: None };
        ["level_success_factor", "low_success_factor", "high_success_factor"]
            .map(|name| seen.value(name).unwrap())
    };
    let four = ["respect", "conflict", "service", "initiative"];
    let values = |values: [f64; 4]| [0, 1, 2, 3].map(|at| (four[at], values[at]));
    let (apart, low) = (values([2.0, 3.0, 4.0, 5.0]), values([2.0; 4]));
    let [no, yes] = [false, true].map(Value::Bool);
    assert_eq!(of(apart, &[]), [Value::Text("uneven".into()), no.clone(), no.clone()]);
    assert_eq!(of(low, &[]), [Value::Text("even".into()), yes, no]);
    for values in [apart, low] {
        assert_eq!(of(values, &[Family::SuccessFactor]), [const { Value::Missing }; 3]);
    }
}

/// No mean alone brings this advice, and the verdict on the scales does.
#[test]
fn advice_on_one_scale_rests_on_its_interval() {
    let number = Value::Number;
    let yes = |name: &'static str| (name, Value::Bool(true));
    let means = |names: &[&'static str], value: f64| {
        names.iter().map(|name| (*name, number(value))).collect::<Vec<_>>()
    };
    let ours = |name: &'static str| [name.to_owned(), format!("{name}-account")];
    let told = |name: &str, known: &[(&'static str, Value)], more: &[(&'static str, Value)], advice: &str| {
        advised(name, &[known, more].concat()).iter().any(|one| one == advice)
    };
    let blocks = means(&["scale.block_peers", "scale.block_reciprocity", "scale.block_intensity"], 3.0);
    let blocks = [blocks, means(&["nps"], 9.0), means(&["scale.staying"], 6.0)].concat();
    for name in ours("building-blocks") {
        for (advice, verdict) in [
            ("customers_closed", "own.low_building_block_trust_between_customers"),
            ("recommended_one_way", "own.low_building_block_reciprocity"),
            ("staying_unmissed", "own.low_building_block_intensity"),
        ] {
            assert!(
                !told(&name, &blocks, &[], advice) && told(&name, &blocks, &[yes(verdict)], advice),
                "{name}"
            );
        }
    }
    for name in ours("success-factors") {
        let known = [means(&["nps"], 6.0), means(&["scale.factor_attraction"], 5.0)].concat();
        let verdict = [yes("own.high_success_factor_attraction")];
        let advice = "liked_not_recommended";
        assert!(!told(&name, &known, &[], advice) && told(&name, &known, &verdict, advice), "{name}");
    }
    for name in ours("relational-relevance") {
        let low = ["scale.participation", "scale.appreciation", "scale.sensation"];
        let known = [means(&["scale.experience"], 5.0), means(&low, 3.0)].concat();
        let verdicts = [
            yes("own.high_relevance_experience"),
            yes("own.low_relevance_participation"),
            yes("own.low_relevance_appreciation"),
            yes("own.low_relevance_sensation"),
        ];
        let advice = "good_without_meaning";
        assert!(!told(&name, &known, &verdicts[..3], advice), "{name}");
        assert!(told(&name, &known, &verdicts, advice), "{name}");
    }
    let known = [means(&["scale.instrumental"], 3.0), vec![yes("own.satisfied")]].concat();
    let verdict = [yes("own.low_dimension_instrumental")];
    let told = |more: &[(&'static str, Value)]| told("three-dimensions", &known, more, "satisfied_unused");
    assert!(!told(&[]) && told(&verdict));
}

/// What was done is headed by what all answers have in common that bring the advice: a recommendation is no defence, who took part may have
/// had no idea, and a mark is no recommendation that was made.
#[test]
fn a_title_says_no_more_than_each_answer_that_leads_to_it() {
    let titled = |name: &str, known: &[(&'static str, Value)]| -> Vec<[String; 2]> {
        let told = advised(name, known);
        let instrument = shipped::read(name).unwrap().instrument.unwrap();
        let title = |one: &AdviceRule| ["en", "nl"].map(|tag| one.title.raw(&Language::new(tag)));
        instrument.advice.iter().filter(|one| told.contains(&one.name)).map(title).collect()
    };
    let did = |what: &str| [("did", Value::Set(vec![what.to_owned()]))];
    for name in ["relational-relevance", "relational-relevance-account"] {
        for (one, other, words) in [
            ("recommended", "defended", [["spoken up", "stood up"], ["opgenomen", "aanbevolen"]]),
            ("idea", "joined", [["think", "idea"], ["denk", "idee"]]),
        ] {
            let told = titled(name, &did(one));
            assert!(told.len() == 1 && told == titled(name, &did(other)), "{name}: {told:?}");
            let more = told[0]
                .iter()
                .zip(words)
                .find(|(title, words)| words.iter().any(|word| title.contains(word)));
            assert_eq!(more, None, "{name}");
        }
    }
    let marked = [("nps", Value::Number(9.0)), ("own.low_building_block_reciprocity", Value::Bool(true))];
    for name in ["building-blocks", "building-blocks-account"] {
        let told = titled(name, &marked);
        let made = |[english, dutch]: &[String; 2]| {
            english.contains("Recommended")
                || english.contains("you recommend")
                || dutch.contains("anbevolen")
        };
        assert!(!told.is_empty() && !told.iter().any(made), "{name}: {told:?}");
    }
}
