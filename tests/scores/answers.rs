//! Known answers: thirteen sessions of a small instrument, scored by relata and by an independent script. Inputs, outputs and
//! the script are in `tests/fixtures/scores`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use relata::analysis::Standards;
use relata::classify::session::evidence;
use relata::gap;
use relata::instrument::{Method, Perspective, RelationalModel};
use relata::interview::Interview;
use relata::measures::share::ChoiceCounts;
use relata::measures::{self, Basis, Norms, Outcome, Parts, composite};
use relata::report::{Report, SessionFacts};
use serde_json::{Value, json};

use super::support::{expected, kit_sessions, same};

const EXACT: f64 = 1e-12;
/// statrs carries the error function to about ten digits.
const NORMAL: f64 = 1e-9;

fn sessions() -> &'static BTreeMap<String, Interview> {
    static SESSIONS: OnceLock<BTreeMap<String, Interview>> = OnceLock::new();
    SESSIONS.get_or_init(kit_sessions)
}

/// The norms of a group of the fixture.
fn norms(group: &Value) -> Norms {
    let members = group["members"].as_array().unwrap();
    let members = members.iter().map(|name| &sessions()[name.as_str().unwrap()]);
    Norms::of(members, Basis::Study(13))
}

fn groups() -> serde_json::Map<String, Value> {
    expected()["groups"].as_object().unwrap().clone()
}

#[track_caller]
fn same_outcome(found: &Outcome, expected: &Value, what: &str) {
    match found {
        Outcome::Scored { value, se, n } => {
            same(Some(*value), &expected["value"], EXACT, what);
            // An error of zero counts as none: identical choices give no estimate of it.
            let error = Some(&expected["se"]).filter(|se| se.as_f64() != Some(0.0)).unwrap_or(&Value::Null);
            same(*se, error, EXACT, &format!("{what}, its error"));
            assert_eq!(json!(n), expected["n"], "{what}, its answers");
        }
        Outcome::TooFew { valid, needed } => {
            assert_eq!(json!({ "too_few": [valid, needed] }), *expected, "{what}");
        }
        Outcome::Excluded(_) | Outcome::NotTimed => panic!("nothing is timed here: {what}"),
    }
}

#[test]
fn every_scale_scores_as_computed_apart() {
    for (group_name, group) in groups() {
        let norms = norms(&group);
        for (name, interview) in sessions() {
            let wanted = &group["sessions"][name]["scores"];
            let mut met = 0;
            for index in 0..interview.instrument().scales.len() {
                for score in measures::score(interview, index, &norms) {
                    let what = format!("{group_name}, {name}, {}", score.name);
                    same_outcome(&score.outcome, &wanted[&score.name], &what);
                    met += 1;
                }
            }
            assert_eq!(met, wanted.as_object().unwrap().len(), "{name}");
            let wanted = &group["sessions"][name]["composite"];
            same_outcome(
                &composite::score(interview, &norms),
                wanted,
                &format!("{group_name}, {name}, said"),
            );
        }
    }
}

#[test]
fn norms_are_those_of_the_group() {
    for (name, group) in groups() {
        let (norms, wanted) = (norms(&group), &group["norms"]);
        let said = norms.explicit.unwrap();
        let associated = norms.association.map(|of| of.norm).unwrap();
        let pairs = [
            (said.mean, &wanted["explicit"]["mean"]),
            (said.sd, &wanted["explicit"]["sd"]),
            (said.reliability, &wanted["explicit"]["reliability"]),
            (said.se(), &wanted["explicit"]["se"]),
            (associated.mean, &wanted["indirect"]["mean"]),
            (associated.sd, &wanted["indirect"]["sd"]),
            (associated.reliability, &wanted["indirect"]["reliability"]),
            (norms.within_sd.unwrap(), &wanted["within_sd"]),
            (norms.association.and_then(|of| of.correlation).unwrap(), &wanted["correlation"]),
        ];
        for (at, (found, wanted)) in pairs.into_iter().enumerate() {
            same(Some(found), wanted, EXACT, &format!("{name}, {at}"));
        }
        for scale in &sessions()["warm"].instrument().scales {
            let points = matches!(scale.method, Method::Mean | Method::Sum);
            let wanted = if points { &wanted["scales"][&scale.name]["se"] } else { &Value::Null };
            same(norms.scale_se(&scale.name), wanted, EXACT, &format!("{name}, {}", scale.name));
        }
    }
}

#[test]
fn gaps_are_those_of_the_rules() {
    for (group_name, group) in groups() {
        let norms = norms(&group);
        let mut seen = Vec::new();
        for (name, interview) in sessions() {
            let wanted = &group["sessions"][name]["gap"];
            let (found, _) = gap::compare(interview, &norms);
            let what = format!("{group_name}, {name}");
            assert_eq!(json!(found.verdict), wanted["verdict"], "{what}");
            assert_eq!(json!(found.reason), wanted["reason"], "{what}");
            seen.push(found.verdict.name());
            for (side, estimate) in [("explicit", found.explicit), ("indirect", found.indirect)] {
                same(estimate.map(|estimate| estimate.value), &wanted[side][0], EXACT, &what);
                same(estimate.map(|estimate| estimate.se), &wanted[side][1], EXACT, &what);
            }
            if found.verdict == gap::Verdict::NoVerdict {
                assert_eq!((found.p, found.z_gap, found.relative_gap), (None, None, None), "{what}");
                continue;
            }
            same(found.p, &wanted["p"], NORMAL, &what);
            same(found.z_gap, &wanted["z_gap"], EXACT, &what);
            assert_eq!(json!(found.sign_conflict), wanted["sign_conflict"], "{what}");
            assert_eq!(json!(found.reliable), wanted["reliable"], "{what}");
            assert_eq!(json!(found.rare), wanted["rare"], "{what}");
            assert_eq!(json!(found.relative_gap), wanted["relative_gap"], "{what}");
        }
        for verdict in
            ["masked", "latent", "aligned_positive", "aligned_negative", "indeterminate", "no_verdict"]
        {
            assert!(seen.contains(&verdict), "the sessions of {group_name} should show {verdict}");
        }
    }
    let relative = |group: &str, name: &str| {
        expected()["groups"][group]["sessions"][name]["gap"]["relative_gap"].clone()
    };
    assert_eq!(relative("without_conflict", "glowing"), "high", "the fixture should hold both directions");
    assert_eq!(relative("without_conflict", "grudging"), "low", "the fixture should hold both directions");
    assert_eq!(relative("without_conflict", "masked"), Value::Null, "a conflict is no relative gap besides");
}

#[test]
fn features_are_centred_within_the_person() {
    for (name, interview) in sessions() {
        let wanted = expected()["features"][name].as_object().unwrap().clone();
        let found = evidence(interview, Perspective::Own).map(|evidence| evidence.features.values);
        let found = found.unwrap_or_default();
        assert_eq!(found.len(), wanted.len(), "{name}: {found:?}");
        for (feature, value) in found {
            same(Some(value), &wanted[&feature], EXACT, &format!("{name}, {feature}"));
        }
        assert!(evidence(interview, Perspective::Other).is_none(), "nothing is asked of the other side");
    }
}

#[test]
fn counts_by_hand() {
    let counts = |name: &str, scale: &str| {
        let interview = &sessions()[name];
        let index = interview.instrument().scales.iter().position(|known| known.name == scale).unwrap();
        ChoiceCounts::of(&interview.fed(index))
    };
    // even, even, none of this, declined: the reaction without a model counts as a choice, the declined one does not.
    let latent = ChoiceCounts { by_model: [0.0, 0.0, 2.0, 0.0], total: 3.0, answered: 3, choices: true };
    assert_eq!(counts("latent", "situations"), Some(latent));
    // 10, 60, 15, 15 of 100 and 15 people, 15 price, 30 habit of 60: habit stands for no model.
    let masked =
        ChoiceCounts { by_model: [25.0, 60.0, 15.0, 30.0], total: 160.0, answered: 2, choices: false };
    assert_eq!(counts("masked", "reasons"), Some(masked));
    // The first allocation was declined, so nothing of its hundred points counts.
    let silent = ChoiceCounts { by_model: [20.0, 0.0, 0.0, 20.0], total: 60.0, answered: 1, choices: false };
    assert_eq!(counts("silent", "reasons"), Some(silent));
    assert_eq!(counts("thin", "reasons"), None);
}

#[test]
fn scores_by_hand() {
    let score = |name: &str, scale: &str| {
        let interview = &sessions()[name];
        let index = interview.instrument().scales.iter().position(|known| known.name == scale).unwrap();
        measures::score(interview, index, &Norms::none())[0].outcome.clone()
    };
    let of = |value: f64, n: usize| Outcome::Scored { value, se: None, n };
    // 6, 8 − 2, 5, 8 − 4, 3.
    assert_eq!(score("warm", "effort"), of((6.0 + 6.0 + 5.0 + 4.0 + 3.0) / 5.0, 5));
    // 6, 8 − 3 and 5 are there, two are missing: three of five are enough for half.
    assert_eq!(score("gaps", "effort"), of((6.0 + 5.0 + 5.0) / 3.0, 3));
    assert_eq!(score("thin", "effort"), Outcome::TooFew { valid: 2, needed: 3 });
    // On 0–4: 3, 4 − 1, and one missing that counts as their mean.
    assert_eq!(score("latent", "count"), of(9.0, 2));
    assert_eq!(score("thin", "count"), Outcome::TooFew { valid: 1, needed: 2 });
    assert_eq!(score("latent", "recommend"), of(2.0, 1));
    // trust2 is not known: one of two is enough for half.
    assert_eq!(score("gaps", "trust"), of(6.0, 1));
    // CSAT 9 of 1–10, NPS 10 of 0–10, trust 7 and 8 − 1 of 1–7, joy 4 less anger 1 of 1–4.
    let said = composite::score(&sessions()["warm"], &Norms::none());
    let by_hand = ((2.0 * 8.0 / 9.0 - 1.0) + 1.0 + 1.0 + (1.0 - 0.0)) / 4.0;
    let Outcome::Scored { value, se: None, n: 6 } = said else { panic!("{said:?}") };
    assert!((value - by_hand).abs() < EXACT, "{value} instead of {by_hand}");
}

#[test]
fn advice_follows_the_result() {
    let instrument = sessions()["warm"].instrument().clone();
    let everyone: Vec<&Interview> = sessions().values().collect();
    // Thirteen sessions are too few for a study's own norms; three times the same are enough, with nearly the same norms.
    let thrice: Vec<Parts> = (0..3).flat_map(|_| everyone.iter().map(|session| Parts::of(session))).collect();
    let mut standards = Standards::of_parts(&instrument, &thrice.iter().collect::<Vec<_>>());
    assert_eq!(standards.norms().basis, Basis::Study(39));
    let wanted = &expected()["groups"]["everyone"]["sessions"];
    let models = RelationalModel::ALL.map(|model| model.abbreviation().to_lowercase());
    for (name, interview) in sessions() {
        let facts = SessionFacts { id: "s".into(), respondent: "R1".into(), simulated: false, test: false };
        let report = Report::build(interview, &facts, &mut standards);
        let names: Vec<&str> = report.advice.iter().map(|advice| advice.name.as_str()).collect();
        let (of_models, of_rules): (Vec<&str>, Vec<&str>) =
            names.into_iter().partition(|name| models.iter().any(|model| model == name));
        assert_eq!(json!(of_rules), wanted[name]["advice"], "{name}");
        let dominant: Vec<String> =
            report.profiles.iter().map(|line| line.answers.dominant.abbreviation().to_lowercase()).collect();
        assert_eq!(of_models, dominant, "{name}");
        assert_eq!(report.profiles.is_empty(), expected()["features"][name] == json!({}), "{name}");
    }
}
