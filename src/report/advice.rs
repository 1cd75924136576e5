//! The advice that an instrument's rules select, with the result among the names that they may use.

use super::AdviceLine;
use super::evidence::rests;
use crate::classify::model::{Engagement, Profile};
use crate::classify::session::Evidence;
use crate::gap::{Gap, IndirectMeasure};
use crate::instrument::MEASURES;
use crate::instrument::expression::{Lookup, Value};
use crate::instrument::{Perspective, RelationalModel};
use crate::interview::Interview;
use crate::measures::{self, Norms};

struct Results<'a> {
    interview: &'a Interview,
    profiles: &'a [(Evidence, Profile)],
    gap: &'a Gap,
    norms: &'a Norms,
}

/// The advice of which the condition holds, in the order of the file.
pub(super) fn chosen_advice(
    interview: &Interview,
    profiles: &[(Evidence, Profile)],
    gap: &Gap,
    norms: &Norms,
) -> Vec<AdviceLine> {
    // Nothing is advised about somebody who would not be asked.
    if interview.is_refused() {
        return Vec::new();
    }
    let results = Results { interview, profiles, gap, norms };
    let voice = interview.voice();
    let advice = interview.instrument().advice.iter();
    advice
        .filter(|advice| advice.when.evaluate(&results) == Value::Bool(true))
        .map(|advice| AdviceLine {
            name: advice.name.clone(),
            title: voice.text(&advice.title),
            text: voice.text(&advice.text),
            audience: advice.audience,
            priority: advice.priority,
            is_guess: advice.when.references().iter().any(|name| name.starts_with("other.")),
            rests: rests(&advice.when, interview, profiles),
        })
        .collect()
}

impl Results<'_> {
    fn result(&self, name: &str) -> Option<Value> {
        let (room, what) = name.split_once('.')?;
        match room {
            "own" => Some(self.of_profile(Perspective::Own, what)),
            "other" => Some(self.of_profile(Perspective::Other, what)),
            "gap" => Some(match what {
                "verdict" => Value::Text(self.gap.verdict.name().to_owned()),
                "measure" => self.gap.indirect_measure.map_or(Value::Missing, |measure| {
                    let [words, sorting] = MEASURES;
                    Value::Text(
                        match measure {
                            IndirectMeasure::Association => words,
                            IndirectMeasure::ScIat => sorting,
                        }
                        .to_owned(),
                    )
                }),
                "explicit" => number(self.gap.explicit.map(|estimate| estimate.value)),
                _ => number(self.gap.indirect.map(|estimate| estimate.value)),
            }),
            "scale" => {
                let scales = &self.interview.instrument().scales;
                let index = scales.iter().position(|scale| scale.name == what)?;
                let scores = measures::score(self.interview, index, self.norms);
                Some(number(scores.first().and_then(|score| score.outcome.value())))
            }
            _ => None,
        }
    }

    fn of_profile(&self, perspective: Perspective, what: &str) -> Value {
        let found = self.profiles.iter().find(|(evidence, _)| evidence.perspective == perspective);
        let Some((evidence, profile)) = found else { return Value::Missing };
        let abbreviation = |model: RelationalModel| Value::Text(model.abbreviation().to_owned());
        match what {
            "parted" => Value::Bool(evidence.is_parted(profile)),
            // Nobody is advised by a model that some of their own answers speak against.
            "dominant" if !evidence.bears_out(profile.answers.dominant) => Value::Missing,
            // Advice follows the answers, never a model that is in front only because it is common.
            "dominant" => abbreviation(profile.answers.dominant),
            "second" => abbreviation(profile.answers.second),
            "uncertain" => Value::Bool(profile.uncertain),
            "ratio" => Value::Number(profile.answers.ratio),
            // Who rated nothing has not said that no norm is held.
            "engagement" => Value::Text(profile.engagement.unwrap_or(Engagement::Normal).name().to_owned()),
            _ => {
                let of = |name: &str| name.parse::<RelationalModel>().ok().map(RelationalModel::index);
                number(match what.strip_prefix("strength_") {
                    Some(name) => of(name)
                        .zip(evidence.strengths)
                        .and_then(|(at, strengths)| Some(strengths.norms[at]?.value)),
                    None => of(what).map(|at| profile.answers.probabilities[at]),
                })
            }
        }
    }
}

fn number(value: Option<f64>) -> Value {
    value.map_or(Value::Missing, Value::Number)
}

impl Lookup for Results<'_> {
    fn value(&self, name: &str) -> Value {
        // An item may have parts too, so the interview answers whatever is no result.
        self.result(name).unwrap_or_else(|| self.interview.value(name))
    }

    fn is_answered(&self, name: &str) -> bool {
        self.interview.is_answered(name) || self.value(name) != Value::Missing
    }

    fn today(&self) -> Value {
        self.interview.today()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::instrument::shipped;

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
            ("scale.csat", [3.0, 8.0].map(Value::Number).to_vec()),
            ("scale.staying", [2.0, 6.0].map(Value::Number).to_vec()),
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
            ("client-view", &["client_at_a_distance"], &["angry_or_worried"]),
            ("customer-interview", &["satisfied_leaver"], &["said_cold"]),
            ("customer-interview", &["unsatisfied_stayer"], &["said_warm"]),
        ];
        for name in ["account-self-assessment", "client-view", "customer-interview", "workshop-pulse"] {
            let sets = every_set(name);
            let of = |set: &[String], names: &[&str]| {
                set.iter().filter(|name| names.contains(&name.as_str())).count()
            };
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
                PAIRS
                    .iter()
                    .filter(|(of, ..)| *of == name)
                    .flat_map(|(_, one, other)| one.iter().chain(*other)),
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
            let speaks_of_use = |emotional: f64, relational: f64, used: Option<f64>| {
                let mut known = vec![("scale.emotional", Value::Number(emotional))];
                for part in ["scale.contact_relevant", "scale.contact_effortless", "scale.contact_proactive"]
                {
                    known.push((part, Value::Number(relational)));
                }
                match used {
                    Some(used) => known.push(("scale.instrumental", Value::Number(used))),
                    None => known.push(("use_four_weeks", Value::Text("nothing".into()))),
                }
                let advised = advised(name, &known);
                let directions = advised.into_iter().filter(|advice| advice.contains("direction"));
                directions.collect::<Vec<_>>()
            };
            assert_eq!(speaks_of_use(3.0, 5.0, None), ["direction_emotional_unused"], "{name}");
            assert_eq!(speaks_of_use(5.0, 3.0, None), ["direction_relational_unused"], "{name}");
            assert_eq!(speaks_of_use(4.0, 4.0, None), ["no_direction_unused"], "{name}");
            assert_eq!(speaks_of_use(3.0, 5.0, Some(5.0)), ["direction_emotional"], "{name}");
            assert_eq!(speaks_of_use(5.0, 3.0, Some(5.0)), ["direction_relational"], "{name}");
            assert_eq!(speaks_of_use(5.0, 5.0, Some(3.0)), ["direction_instrumental"], "{name}");
            assert_eq!(speaks_of_use(4.0, 4.0, Some(4.0)), ["no_direction"], "{name}");
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
            &[("scale.csat", number(8.0)), ("scale.staying", number(2.0))],
            &[("wrong_now", Value::Text("open".into()))],
            &[("last_felt", number(2.0))],
            &[
                ("contact_problem", number(3.0)),
                ("contact_by_me", number(4.0)),
                ("contact_by_them", number(4.0)),
            ],
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
}
