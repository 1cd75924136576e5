//! Results that a questionnaire announces but can never give: a profile of a side that lacks models, a verdict with too few
//! explicit questions, and advice that depends on one of the two. These are warnings, because the author may not be done yet.

use super::can_be_true;
use crate::instrument::construct::{FEWEST_INDICATORS, RelationalModel};
use crate::instrument::finding::Fault;
use crate::instrument::kinds::Key;
use crate::instrument::{Construct, Instrument, Method, Perspective, RESULT_NAMES, Reads, Scale};

/// The two sides with the word of each in advice rules.
const SIDES: [(Perspective, &str); 2] = [(Perspective::Own, "own"), (Perspective::Other, "other")];

/// The models that a side has no scale for, in words; none if nothing is missing for a profile, or nothing is there.
fn missing_models(instrument: &Instrument, side: Perspective) -> Option<Vec<&'static str>> {
    let of_side = || instrument.scales.iter().filter(move |scale| scale.perspective == side);
    if of_side().any(|scale| scale.method.reads() == Reads::Choices) {
        return None;
    }
    let has = |model: &RelationalModel| {
        of_side().any(|scale| scale.method == Method::Mean && scale.construct == Construct::Model(*model))
    };
    let missing: Vec<&str> =
        RelationalModel::ALL.iter().filter(|model| !has(model)).map(|model| model.name()).collect();
    (!missing.is_empty()).then_some(missing)
}

/// How many questions ask for explicit sentiment. Emotions of only one sign don't count, because nothing balances them.
fn indicators(instrument: &Instrument) -> usize {
    let own = |scale: &Scale| scale.composite && scale.perspective == Perspective::Own;
    let feelings = |pleasant| {
        instrument.scales.iter().any(|scale| own(scale) && scale.is_feeling() && scale.positive == pleasant)
    };
    let weighed = feelings(true) && feelings(false);
    let counts = |scale: &Scale| own(scale) && (weighed || !scale.is_feeling());
    let feeds = instrument.items.iter().flat_map(|item| item.question.feeds());
    let points = feeds.filter(|feed| matches!(feed.key, Key::Points { .. }));
    points.filter(|feed| instrument.scales.get(feed.scale).is_some_and(counts)).count()
}

fn indirect(instrument: &Instrument) -> Option<&Scale> {
    instrument.scales.iter().find(|scale| scale.method.is_indirect())
}

/// A side with some of the four models and no way to a profile.
pub(super) fn profiles(instrument: &Instrument, out: &mut Vec<Fault>) {
    for (side, word) in SIDES {
        let first = instrument
            .scales
            .iter()
            .find(|scale| scale.perspective == side && matches!(scale.construct, Construct::Model(_)));
        let (Some(first), Some(missing)) = (first, missing_models(instrument, side)) else { continue };
        let message = format!(
            "there is never a profile of the side `{word}`: it takes means of all four models, and none is there for {}",
            missing.join(", ")
        );
        let help = "add the scales that are missing, or a scale of the method \"share\"".to_owned();
        out.push(Fault::warning("profile.never", first.span.clone(), message).help(help));
    }
}

/// Something said, and too little of it for the number that the gap is made of.
pub(super) fn verdicts(instrument: &Instrument, out: &mut Vec<Fault>) {
    let said = indicators(instrument);
    let explicit =
        instrument.scales.iter().find(|scale| scale.composite && scale.perspective == Perspective::Own);
    if let Some(scale) = indirect(instrument).or(explicit).filter(|_| said < FEWEST_INDICATORS) {
        let message = format!(
            "there is never a verdict on the gap: what is said takes {FEWEST_INDICATORS} indicators, and there {} {said}",
            if said == 1 { "is" } else { "are" }
        );
        let help =
            "ask more about satisfaction, trust or emotions, in scales that count as explicit sentiment"
                .to_owned();
        out.push(Fault::warning("gap.never", scale.span.clone(), message).help(help));
    }
}

/// Advice that reads a result which the questionnaire never has.
pub(super) fn advice(instrument: &Instrument, out: &mut Vec<Fault>) {
    let (no_said, no_indirect) = (indicators(instrument) < FEWEST_INDICATORS, indirect(instrument).is_none());
    let never = |name: &str| match name.split_once('.') {
        Some(("own", what)) if RESULT_NAMES.iter().all(|(known, _)| *known != what) => false,
        Some(("gap", "explicit")) => no_said,
        Some(("gap", "indirect")) => no_indirect,
        Some(("gap", _)) => no_said || no_indirect,
        Some((side, _)) => {
            let known = SIDES.iter().find(|(_, word)| *word == side);
            known.is_some_and(|(side, _)| missing_models(instrument, *side).is_some())
        }
        None => false,
    };
    for advice in &instrument.advice {
        let reads: Vec<String> = advice
            .when
            .references()
            .into_iter()
            .filter(|name| never(name))
            .map(|name| format!("`{name}`"))
            .collect();
        if !reads.is_empty() {
            let message = format!(
                "advice `{}` reads {}, which this questionnaire never comes to",
                advice.name,
                reads.join(" and ")
            );
            out.push(Fault::warning("advice.never", advice.span.clone(), message));
        } else if can_be_true(instrument, &advice.when) == Some(false) {
            let message = format!("advice `{}` is never given: no answer makes its `when` true", advice.name);
            out.push(Fault::warning("advice.never", advice.span.clone(), message));
        }
    }
}
