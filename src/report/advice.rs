//! The advice that an instrument's rules select, with the result among the names that they may use.

use super::AdviceLine;
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
