//! Why this model: contributions of features put into words, each beside the respondent's own answers.

use std::collections::BTreeSet;

use super::EvidenceLine;
use super::advice::AdviceInputs;
use crate::analysis::relation::Followed;
use crate::classify::features::CLOSENESS;
use crate::classify::model::{Contribution, Engagement, Profile};
use crate::classify::session::{Against, Evidence};
use crate::classify::strength::Strengths;
use crate::instrument::expression::Expression;
use crate::instrument::kinds::{Datum, Key};
use crate::instrument::{Construct, Instrument, Language, Method, Perspective, RelationalModel};
use crate::interview::{Fed, Interview};
use crate::psychometrics::descriptive::mean;
use crate::text;
use crate::texts;

/// Answers shown beside one reason.
const ANSWERS: usize = 3;
/// Tied models are told from the others by all four of them, and a reader takes in this many reasons.
const REASONS: usize = 4;
/// Answers that an advice is traced to.
const RESTS: usize = 4;
/// A reason whose odds ratio is below 1.05 says nothing worth a line.
const WORTH_SAYING: f64 = 0.049;

/// The reasons for and against the leading model, or the tied ones, strongest first; none where the answers favour no model.
pub(super) fn evidence_lines(
    perspective: Perspective,
    profile: &Profile,
    interview: &Interview,
) -> Vec<EvidenceLine> {
    let language = interview.language();
    let (reasons, most) = match profile.answers.tell_apart() {
        true => (&profile.contributions, usize::MAX),
        false => (&profile.apart, REASONS),
    };
    let told = reasons.iter().filter(|c| c.weight.abs() >= WORTH_SAYING);
    let answered = told.filter_map(|contribution| {
        let (words, answers) = tell(contribution, perspective, interview, language)?;
        let (feature, weight) = (contribution.feature.clone(), contribution.weight);
        Some(EvidenceLine { feature, words, weight, answers })
    });
    let mut lines: Vec<EvidenceLine> = answered.collect();
    lines.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    lines.truncate(most);
    lines
}

/// Below this a centred mean prints as zero.
const AS_WELL: f64 = 0.005;

type Told = (String, Vec<(String, String)>);

fn tell(
    contribution: &Contribution,
    perspective: Perspective,
    interview: &Interview,
    language: &Language,
) -> Option<Told> {
    let value = contribution.value;
    let signed = texts::signed(value, 2, language);
    if contribution.feature == CLOSENESS {
        let words = text!(language, "report-evidence-agreement-all-statements-together", signed);
        return Some((words, Vec::new()));
    }
    let (block, abbreviation) = contribution.feature.rsplit_once('_')?;
    let model: RelationalModel = abbreviation.parse().ok()?;
    let plainly = model.plainly(language);
    let percent = (100.0 * value).round() as i64;
    match block {
        "centred" => {
            let words = if value.abs() < AS_WELL {
                text!(language, "report-evidence-statements-plainly-fit-well", plainly)
            } else if value > 0.0 {
                text!(language, "report-evidence-statements-plainly-fit-better", plainly, signed)
            } else {
                text!(language, "report-evidence-statements-plainly-fit-less", plainly, signed)
            };
            Some((words, scale_answers(model, perspective, value >= 0.0, interview, question_and_point)))
        }
        "vignette" => {
            let words = if value == 0.0 {
                text!(language, "report-evidence-reaction-never-plainly", plainly)
            } else {
                text!(language, "report-evidence-percent-percent-situations-reaction", percent, plainly)
            };
            Some((words, choices(model, perspective, interview)))
        }
        "best_worst" => {
            let words = text!(language, "report-evidence-chosen-most-less-how", plainly, signed);
            let of_model = |_: bool, tag: Option<RelationalModel>| tag == Some(model);
            Some((words, best_and_worst(of_model, perspective, interview)))
        }
        "allocation" => {
            let words = text!(language, "report-evidence-percent-percent-points-went", percent, plainly);
            Some((words, points(model, perspective, interview)))
        }
        _ => None,
    }
}

/// The answers that a condition reads, those of the name that stands first in it first: question and answer.
pub(super) fn rests(
    when: &Expression,
    interview: &Interview,
    profiles: &[(Evidence, Profile)],
    seen: AdviceInputs,
) -> Vec<(String, String)> {
    let mut names: Vec<&str> = when.references().into_iter().collect();
    names.sort_by_key(|name| when.source().find(name));
    let mut found: Vec<(String, String)> = Vec::new();
    for answer in names.into_iter().flat_map(|name| behind(name, when, interview, profiles, seen)) {
        if !found.contains(&answer) {
            found.push(answer);
        }
    }
    found.truncate(RESTS);
    found
}

/// What a condition reads that is followed over time, by the names that it is remembered by.
pub(super) fn follows(when: &Expression, instrument: &Instrument, seen: AdviceInputs) -> Vec<String> {
    let scales = |names: &[&str]| {
        let wanted = instrument.scales.iter().filter(|scale| names.contains(&scale.name.as_str()));
        wanted.flat_map(Followed::names_of).collect::<Vec<_>>()
    };
    let behind = |name: &str| match name.split_once('.') {
        Some(("own", what)) => match seen.scales(what) {
            Some(found) => scales(&found.into_iter().map(|(scale, _)| scale).collect::<Vec<_>>()),
            None => Followed::norms_of(Perspective::Own),
        },
        Some(("other", _)) => Followed::norms_of(Perspective::Other),
        Some(("scale", scale)) => scales(&[scale]),
        Some(("gap", _)) => [Followed::Said, Followed::Associated].map(|what| what.name()).to_vec(),
        _ => {
            let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
            let item = instrument.item_index(stem).and_then(|index| instrument.items.get(index));
            let fed = item.into_iter().flat_map(|item| item.question.feeds());
            let names = fed.filter_map(|feed| Some(instrument.scales.get(feed.scale)?.name.as_str()));
            scales(&names.collect::<Vec<_>>())
        }
    };
    let found: BTreeSet<String> = when.references().into_iter().flat_map(behind).collect();
    found.into_iter().collect()
}

/// The leading models: one, the two that lead by different kinds of answers, or all tied ones. Where nothing is settled, no single model is
/// borne out by the answers.
fn spoken_for(evidence: &Evidence, profile: &Profile) -> Vec<RelationalModel> {
    let answers = &profile.answers;
    match evidence.against(answers.dominant).filter(|_| answers.tell_apart()) {
        Some(Against::Rated(other, _) | Against::Chosen(other)) => vec![answers.dominant, other],
        Some(Against::PassedOver) => RelationalModel::ALL.to_vec(),
        None => answers.level(),
    }
}

/// Whether the statements put any norm above another. Where they do not, a profile rests on choices and points alone.
fn tells_norms_apart(strengths: Option<Strengths>) -> bool {
    let norms = strengths.map(|strengths| strengths.norms).unwrap_or_default();
    let held = norms.into_iter().flatten().map(|norm| norm.value);
    let (low, high) = held.fold((f64::MAX, f64::MIN), |(low, high), held| (low.min(held), high.max(held)));
    high - low > 1e-9
}

/// The choices and points that speak for a model: what it was called most like, what was called least like instead of it, the reactions that
/// were chosen and the points that were given.
fn chosen_for(model: RelationalModel, side: Perspective, interview: &Interview) -> Vec<(String, String)> {
    let most = best_and_worst(|best, tag| best && tag == Some(model), side, interview);
    let least = best_and_worst(|best, tag| !best && tag != Some(model), side, interview);
    let given = |(_, points): &(String, String)| !points.starts_with("0/");
    let points = points(model, side, interview).into_iter().filter(given);
    // One of each first, so that what was turned down stands beside what was chosen.
    let mut found: Vec<(String, String)> = Vec::new();
    if !most.is_empty() {
        let mut least = least.into_iter();
        for chosen in most {
            found.push(chosen);
            found.extend(least.next());
        }
    }
    found.extend(choices(model, side, interview));
    found.extend(points);
    found
}

/// The lowest rating of each norm.
fn low_ratings(side: Perspective, interview: &Interview) -> Vec<(String, String)> {
    let lowest = |model| scale_answers(model, side, false, interview, question_and_own_point);
    in_turn(RelationalModel::ALL.map(lowest).into())
}

/// The answers of a scale that is said to be low, or high, without those that say the contrary.
fn supporting(mut fed: Vec<Fed>, low: bool) -> Vec<Fed> {
    let middle = fed.iter().find_map(|fed| match fed.key {
        Key::Points { min, max, .. } => Some(f64::midpoint(min, max)),
        _ => None,
    });
    let keyed: Vec<f64> = fed.iter().filter_map(Fed::keyed).collect();
    if let Some(middle) = middle
        && let Ok(mean) = mean(&keyed)
    {
        // A scale may be the lowest of several, and high.
        let (most, least) = (mean.max(middle) + 1e-9, mean.min(middle) - 1e-9);
        let supports = |value: f64| if low { value <= most } else { value >= least };
        fed.retain(|fed| fed.keyed().is_none_or(supports));
    }
    fed
}

/// The first of each, then the second of each, and so on.
fn in_turn<T>(lists: Vec<Vec<T>>) -> Vec<T> {
    let mut lists: Vec<_> = lists.into_iter().map(Vec::into_iter).collect();
    let mut found = Vec::new();
    loop {
        let before = found.len();
        found.extend(lists.iter_mut().filter_map(Iterator::next));
        if found.len() == before {
            return found;
        }
    }
}

/// The answers behind one name of a condition.
fn behind(
    name: &str,
    when: &Expression,
    interview: &Interview,
    profiles: &[(Evidence, Profile)],
    seen: AdviceInputs,
) -> Vec<(String, String)> {
    let of_scale = |scale: &str, low: Option<bool>| {
        let fed = fed_by(interview, |known| known.name == scale);
        let fed = if let Some(low) = low { supporting(fed, low) } else { fed };
        fed.iter().filter_map(|fed| question_and_own_point(fed, interview)).collect::<Vec<_>>()
    };
    let of_side = |side: Perspective, what: &str| {
        let found = profiles.iter().find(|(evidence, _)| evidence.perspective == side);
        // That no norm is held is said by ratings, and by no choice between ways of relating.
        let is_low = found.is_some_and(|(_, profile)| profile.engagement == Some(Engagement::Low));
        if is_low && what == "engagement" {
            return low_ratings(side, interview);
        }
        let models = found.map(|(evidence, profile)| spoken_for(evidence, profile)).unwrap_or_default();
        let each = RESTS / models.len().max(1);
        let rated = found.is_some_and(|(evidence, _)| tells_norms_apart(evidence.strengths));
        let of_model = |model: RelationalModel| {
            let answers = match rated {
                true => scale_answers(model, side, true, interview, question_and_own_point),
                false => chosen_for(model, side, interview),
            };
            answers.into_iter().take(each)
        };
        models.into_iter().flat_map(of_model).collect()
    };
    match name.split_once('.') {
        Some(("own", what)) => match seen.scales(what) {
            Some(scales) => in_turn(scales.into_iter().map(|(scale, low)| of_scale(scale, low)).collect()),
            None => of_side(Perspective::Own, what),
        },
        Some(("other", what)) => of_side(Perspective::Other, what),
        Some(("scale", scale)) => of_scale(scale, when.speaks_of_low(name)),
        _ => {
            let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
            let answer = interview.instrument().item_index(stem).and_then(|index| {
                let (item, voice) = (&interview.instrument().items[index], interview.voice());
                let replies = interview.replies(index).filter(|replies| !replies.is_empty())?;
                Some((voice.text(&item.label), item.question.summary(replies, &voice)))
            });
            answer.into_iter().collect()
        }
    }
}

/// Everything that feeds the scales which `wanted` picks, with the scale's keyed direction.
fn fed_by(interview: &Interview, wanted: impl Fn(&crate::instrument::Scale) -> bool) -> Vec<Fed> {
    let scales = interview.instrument().scales.iter().enumerate();
    scales.filter(|(_, scale)| wanted(scale)).flat_map(|(index, _)| interview.fed(index)).collect()
}

/// The statements of a model, those answered most in the direction of the evidence first.
fn scale_answers(
    model: RelationalModel,
    perspective: Perspective,
    high: bool,
    interview: &Interview,
    told: impl Fn(&Fed, &Interview) -> Option<(String, String)>,
) -> Vec<(String, String)> {
    let of_model = |scale: &crate::instrument::Scale| {
        scale.construct == Construct::Model(model) && scale.perspective == perspective
    };
    let mut answered: Vec<(f64, Fed)> =
        fed_by(interview, of_model).into_iter().filter_map(|fed| Some((fed.keyed()?, fed))).collect();
    answered.sort_by(|a, b| if high { b.0.total_cmp(&a.0) } else { a.0.total_cmp(&b.0) });
    answered.into_iter().take(ANSWERS).filter_map(|(_, fed)| told(&fed, interview)).collect()
}

/// [`question_and_point`] for a page that names the respondent, where answers about oneself need no "(Me)".
fn question_and_own_point(fed: &Fed, interview: &Interview) -> Option<(String, String)> {
    let instrument = interview.instrument();
    let item = instrument.items.get(fed.item)?;
    let feeds = item.question.feeds();
    let side = |scale: usize| instrument.scales.get(scale).map(|scale| scale.perspective);
    let is_own = |at: usize| {
        feeds.iter().any(|feed| feed.column == at && side(feed.scale) == Some(Perspective::Own))
            && feeds.iter().any(|feed| side(feed.scale) == Some(Perspective::Other))
    };
    let (question, answer) = question_and_point(fed, interview)?;
    Some((if is_own(fed.column) { interview.voice().text(&item.label) } else { question }, answer))
}

fn question_and_point(fed: &Fed, interview: &Interview) -> Option<(String, String)> {
    let item = interview.instrument().items.get(fed.item)?;
    let voice = interview.voice();
    let point = fed.datum.number()?;
    let column = item.question.columns().into_iter().nth(fed.column)?;
    let label = column.values.iter().find(|(value, _)| value.number() == Some(point));
    let answer = match label {
        Some((_, label)) => format!("{point} · {}", voice.text(label)),
        None => point.to_string(),
    };
    // One statement may be answered about several people, so that the answer needs the column's label.
    let question = match &column.label {
        Some(label) => format!("{} ({})", voice.text(&item.label), voice.text(label)),
        None => voice.text(&item.label),
    };
    Some((question, answer))
}

fn choices(model: RelationalModel, perspective: Perspective, interview: &Interview) -> Vec<(String, String)> {
    let voice = interview.voice();
    let chosen = |fed: &Fed| {
        let (Key::Reaction(tags), Datum::Text(name)) = (&fed.key, &fed.datum) else { return None };
        tags.iter().find(|(known, tag)| known == name && *tag == Some(model))?;
        let item = interview.instrument().items.get(fed.item)?;
        let replies = interview.replies(fed.item)?;
        Some((voice.text(&item.label), item.question.summary(replies, &voice)))
    };
    let shares =
        |scale: &crate::instrument::Scale| scale.method == Method::Share && scale.perspective == perspective;
    fed_by(interview, shares).iter().filter_map(chosen).take(ANSWERS).collect()
}

/// What was called most or least like it, as far as it is wanted: whether most, and of which model.
fn best_and_worst(
    wanted: impl Fn(bool, Option<RelationalModel>) -> bool,
    perspective: Perspective,
    interview: &Interview,
) -> Vec<(String, String)> {
    let voice = interview.voice();
    let chosen = |fed: &Fed| {
        let (Key::Best(tags) | Key::Worst(tags), Datum::Text(name)) = (&fed.key, &fed.datum) else {
            return None;
        };
        let is_best = matches!(fed.key, Key::Best(_));
        tags.iter().find(|(known, tag)| known == name && wanted(is_best, *tag))?;
        let item = interview.instrument().items.get(fed.item)?;
        let column = item.question.columns().into_iter().nth(fed.column)?;
        let value = column.values.iter().find(|(value, _)| *value == fed.datum);
        let question = column.label.as_ref().map_or_else(String::new, |label| voice.text(label));
        Some((question, value.map_or_else(|| name.clone(), |(_, label)| voice.text(label))))
    };
    let sets = |scale: &crate::instrument::Scale| {
        scale.method == Method::BestWorst && scale.perspective == perspective
    };
    fed_by(interview, sets).iter().filter_map(chosen).take(ANSWERS).collect()
}

fn points(model: RelationalModel, perspective: Perspective, interview: &Interview) -> Vec<(String, String)> {
    let voice = interview.voice();
    let given = |fed: &Fed| {
        let Key::Part(tag, total) = fed.key else { return None };
        let points = fed.datum.number().filter(|_| tag == Some(model))?;
        let item = interview.instrument().items.get(fed.item)?;
        let part = item.question.columns().into_iter().nth(fed.column)?.label?;
        Some((voice.text(&part), format!("{points}/{total}")))
    };
    let shares =
        |scale: &crate::instrument::Scale| scale.method == Method::Share && scale.perspective == perspective;
    fed_by(interview, shares).iter().filter_map(given).take(ANSWERS).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::classify::reference::Generator;
    use crate::classify::strength::Strength;
    use crate::instrument::persona::Persona;
    use crate::instrument::shipped;
    use crate::interview::{Start, simulate};
    use crate::rng::Rng;

    #[test]
    fn that_no_norm_is_held_is_told_by_the_lowest_rating_of_each() {
        let instrument = Arc::new(shipped::read("account-self-assessment").unwrap().instrument.unwrap());
        let fields = instrument.fields.iter().map(|field| (field.name.clone(), "Acme".to_owned())).collect();
        let start = Start { seed: 3, language: instrument.language(None), fields, at: 0, offset: None };
        let persona = Persona {
            norms: [-9.0; 4],
            other_norms: [-9.0; 4],
            careless: false,
            ..Generator::default().persona(&mut Rng::new(1)).0
        };
        let walk = simulate::walk(instrument, start, &persona).unwrap();
        for side in [Perspective::Own, Perspective::Other] {
            let told = low_ratings(side, &walk.interview);
            let questions: BTreeSet<&String> = told.iter().map(|(question, _)| question).collect();
            assert!(told.len() >= RESTS && questions.len() == told.len(), "{told:?}");
            assert!(told.iter().all(|(_, answer)| answer.starts_with('1')), "{told:?}");
        }
    }

    #[test]
    fn an_answer_that_says_the_contrary_supports_nothing() {
        let fed = |(value, reverse): (f64, bool)| Fed {
            item: 0,
            column: 0,
            datum: Datum::Number(value),
            key: Key::Points { min: 1.0, max: 7.0, reverse },
            sorted: None,
        };
        let told = |answers: &[(f64, bool)], low: bool| -> Vec<f64> {
            let fed = answers.iter().copied().map(fed).collect();
            supporting(fed, low).iter().filter_map(|fed| fed.datum.number()).collect()
        };
        // A statement the other way round, and disagreed with, is favourable.
        assert_eq!(told(&[(2.0, false), (3.0, false), (1.0, true)], true), [2.0, 3.0]);
        assert_eq!(told(&[(6.0, false), (3.0, false), (2.0, true)], false), [6.0, 2.0]);
        // The lowest of several may lie high.
        assert_eq!(told(&[(5.0, false), (6.0, false), (1.0, true)], true), [5.0, 6.0]);
        assert_eq!(in_turn(vec![vec![1, 2], vec![3], vec![4, 5]]), [1, 3, 4, 2, 5]);
    }

    #[test]
    fn statements_that_were_all_rated_alike_tell_no_norms_apart() {
        let rated = |values: [f64; 4]| {
            let norm = |value: f64| Some(Strength { value, se: 0.4, low: value - 0.8, high: value + 0.8 });
            tells_norms_apart(Some(Strengths { norms: values.map(norm), range: (1.0, 7.0) }))
        };
        assert_eq!([[4.0; 4], [4.0, 4.0, 4.2, 4.0]].map(rated), [false, true]);
        assert!(!tells_norms_apart(None), "nothing was rated");
    }
}
