//! The advice that an instrument's rules select, with the result among the names that they may use.

use std::collections::BTreeSet;

use super::evidence::{follows, rests};
use super::{AdviceLine, Guess};
use crate::classify::model::{Engagement, Profile};
use crate::classify::session::Evidence;
use crate::gap::{Gap, IndirectMeasure};
use crate::instrument::expression::{Expression, Lookup, Value};
use crate::instrument::{
    Audience, Construct, Family, Instrument, MEASURES, Party, Perspective, RelationalModel, Scale, Text,
};
use crate::interview::Interview;
use crate::measures::{self, Norms};

mod seen;

pub(super) use seen::{AdviceInputs, left_open};

struct Results<'a> {
    seen: AdviceInputs<'a>,
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
    seen: AdviceInputs,
) -> Vec<AdviceLine> {
    // Without consent there is no advice.
    if interview.is_refused() {
        return Vec::new();
    }
    let results = Results { seen, interview, profiles, gap, norms };
    let voice = interview.voice();
    let instrument = interview.instrument();
    let apart = instrument.advice.iter().any(|one| one.audience == Some(Audience::Interviewer));
    let ours = instrument.respondents == Party::Organisation;
    let is_field = |name: &str| instrument.fields.iter().any(|field| field.name == name);
    let quotes = |text: &Text| text.piped().any(|name| !is_field(name));
    let advice = instrument.advice.iter();
    advice
        .filter(|advice| advice.when.evaluate(&results) == Value::Bool(true))
        .map(|advice| AdviceLine {
            name: advice.name.clone(),
            title: voice.text(&advice.title),
            text: voice.grounded(&advice.text),
            audience: advice.audience,
            priority: advice.priority,
            act: advice.act,
            guesses: guesses(&advice.when, instrument),
            quotes: quotes(&advice.title) || quotes(&advice.text),
            unquoted: (!quotes(&advice.title)).then(|| voice.unquoted(&advice.text)),
            rests: rests(&advice.when, interview, profiles, seen),
            follows: follows(&advice.when, instrument, seen),
            for_account: is_for_the_account(advice.audience, ours, apart),
        })
        .collect()
}

/// The heading of an advice of this name, whether it is given today or not.
pub fn titled(interview: &Interview, name: &str) -> Option<String> {
    let advice = interview.instrument().advice.iter().find(|advice| advice.name == name)?;
    Some(interview.voice().text(&advice.title))
}

/// Whether an advice addresses the account manager. `ours`: whether our side answered; `apart`: whether the questionnaire separates advice
/// for the interviewer from advice for the respondent.
fn is_for_the_account(audience: Option<Audience>, ours: bool, apart: bool) -> bool {
    match audience {
        Some(Audience::Interviewer) => !ours,
        Some(Audience::Respondent) => ours,
        None => ours || !apart,
    }
}

/// Names in a condition that the respondent can only guess. In a framework our side answers for both: except for its own feelings and
/// intentions, its answers are estimates, and so is every question outside the scales.
fn guesses(when: &Expression, instrument: &Instrument) -> BTreeSet<Guess> {
    when.references().into_iter().flat_map(|name| guessed(name, instrument)).collect()
}

fn guessed(name: &str, instrument: &Instrument) -> Vec<Guess> {
    let (stem, part) = name.split_once('.').map_or((name, None), |(stem, part)| (stem, Some(part)));
    match stem {
        "other" => vec![Guess::Norms],
        "own" if instrument.is_of_an_account() => {
            part.and_then(seen::family).map(Guess::Lens).into_iter().collect()
        }
        "scale" => {
            let scale = instrument.scales.iter().find(|scale| Some(scale.name.as_str()) == part);
            scale.and_then(|scale| guessed_by(scale, instrument)).into_iter().collect()
        }
        _ => {
            let Some(item) = instrument.item_index(stem).map(|index| &instrument.items[index]) else {
                return Vec::new();
            };
            let columns = item.question.columns();
            let column = part
                .and_then(|part| columns.iter().position(|column| column.name == format!("{stem}_{part}")));
            let feeds = item.question.feeds();
            if feeds.is_empty() && instrument.is_of_an_account() {
                return instrument.scales.iter().filter_map(|scale| guessed_by(scale, instrument)).collect();
            }
            let read = feeds.iter().filter(|feed| column.is_none_or(|column| column == feed.column));
            read.filter_map(|feed| guessed_by(instrument.scales.get(feed.scale)?, instrument)).collect()
        }
    }
}

fn guessed_by(scale: &Scale, instrument: &Instrument) -> Option<Guess> {
    match (&scale.construct, scale.perspective) {
        (Construct::Family(Family::Emotion, _), Perspective::Own) => None,
        (Construct::Family(family, _), Perspective::Own) => {
            instrument.is_of_an_account().then_some(Guess::Lens(*family))
        }
        (Construct::Family(family, _), Perspective::Other) if *family != Family::Emotion => {
            Some(Guess::Lens(*family))
        }
        (_, Perspective::Own) => None,
        (_, Perspective::Other) => Some(Guess::Norms),
    }
}

impl Results<'_> {
    fn result(&self, name: &str) -> Option<Value> {
        let (room, what) = name.split_once('.')?;
        match room {
            "own" => Some(self.seen.value(what).unwrap_or_else(|| self.of_profile(Perspective::Own, what))),
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
        // Answers as inconsistent as random ones are no ground for advice.
        let random = evidence.random == Some(true);
        match what {
            "parted" if random => Value::Bool(false),
            "uncertain" if random => Value::Bool(true),
            "dominant" | "second" if random => Value::Missing,
            "engagement" if random => Value::Text(Engagement::Unclear.name().to_owned()),
            "parted" => Value::Bool(evidence.is_parted(profile)),
            // A model that some of the answers contradict is no ground for advice.
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
mod tests;
