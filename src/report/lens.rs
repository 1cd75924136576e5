//! Other frameworks in words: names of scales, the weakest link, and the balance of the building blocks, in the same sentences for a
//! session, a relation and a study. Computes nothing.

use std::cmp::Ordering;

use super::Loyalty;
use super::document::{Bar, BarRow, Bars, Conclusion, Drawing};
use crate::analysis::lens::{Direction, Evenness, Extreme, Lens, LensScore};
use crate::analysis::{contentment, stays};
use crate::instrument::{Family, Language};
use crate::text;
use crate::texts::{self, capital, listed};

/// What a framework is called.
pub fn title(family: Family, language: &Language) -> String {
    match family {
        Family::BuildingBlock => text!(language, "report-lens-building-blocks"),
        Family::SuccessFactor => text!(language, "report-lens-success-factors"),
        Family::Relevance => text!(language, "report-lens-relevance"),
        Family::Dimension => text!(language, "report-lens-dimensions"),
        Family::Emotion => text!(language, "report-emotions"),
    }
}

/// The short name of a scale, alike in every questionnaire; the questionnaire's own title for scales that we do not know.
pub(super) fn name(family: Family, reading: &LensScore, language: &Language) -> String {
    name_of(family, &reading.member, &reading.label, language)
}

/// The name of a scale: what it measures, else its own title.
pub(super) fn name_of(family: Family, member: &str, label: &str, language: &Language) -> String {
    match (family, member) {
        (Family::BuildingBlock, "trust") => text!(language, "report-lens-trust"),
        (Family::BuildingBlock, "reciprocity") => text!(language, "report-lens-reciprocity"),
        (Family::BuildingBlock, "intensity") => text!(language, "report-lens-intensity"),
        (Family::BuildingBlock, "time") => text!(language, "report-lens-time"),
        (Family::BuildingBlock, "trust_between_customers") => text!(language, "report-lens-customers"),
        (Family::SuccessFactor, "togetherness") => text!(language, "report-lens-togetherness"),
        (Family::SuccessFactor, "respect") => text!(language, "report-lens-respect"),
        (Family::SuccessFactor, "conflict") => text!(language, "report-lens-conflict"),
        (Family::SuccessFactor, "self_image") => text!(language, "report-lens-self-image"),
        (Family::SuccessFactor, "attraction") => text!(language, "report-lens-attraction"),
        (Family::Relevance, "identification") => text!(language, "report-lens-identification"),
        (Family::Relevance, "experience") => text!(language, "report-lens-experience"),
        (Family::Relevance, "participation") => text!(language, "report-lens-participation"),
        (Family::Relevance, "appreciation") => text!(language, "report-lens-appreciation"),
        (Family::Relevance, "sensation") => text!(language, "report-lens-sensation"),
        (Family::Dimension, "emotional") => text!(language, "report-lens-emotional"),
        (Family::Dimension, "instrumental") => text!(language, "report-lens-instrumental"),
        (Family::Dimension, "relational_relevant") => text!(language, "report-lens-contact-relevant"),
        (Family::Dimension, "relational_effortless") => text!(language, "report-lens-contact-effortless"),
        (Family::Dimension, "relational_proactive") => text!(language, "report-lens-contact-proactive"),
        _ => label.to_owned(),
    }
}

/// "3.2", in the scale's own points.
pub(super) fn shown(value: f64, language: &Language) -> String {
    texts::decimal(value, 1, language)
}

/// A score with its interval on the range of its own scale.
pub(super) fn bar(reading: &LensScore, leads: bool, language: &Language) -> Bar {
    let interval = reading.interval();
    Bar {
        drawing: Drawing::on(reading.range, reading.value, interval, None),
        shown: shown(reading.value, language),
        interval: interval.map(|(low, high)| format!("{}–{}", shown(low, language), shown(high, language))),
        leads,
    }
}

/// The scales of a framework with their intervals.
pub(super) fn bars(lens: &Lens, language: &Language) -> Bars {
    let strongest = lens.strongest().filter(|found| found.clear).map(|found| &found.reading.name);
    let row = |reading: &LensScore| BarRow {
        name: capital(&name(lens.family, reading, language)),
        bars: vec![Some(bar(reading, strongest == Some(&reading.name), language))],
    };
    let (low, high) = lens.readings.first().map_or((0.0, 1.0), |reading| reading.range);
    Bars {
        caption: match lens.readings.iter().all(|reading| reading.range == (low, high)) {
            true => text!(
                language,
                "report-lens-scores",
                low = texts::number(low, language),
                high = texts::number(high, language)
            ),
            false => text!(language, "report-lens-scores-own-range"),
        },
        rows_are: text!(language, "shared-scale"),
        columns: Vec::new(),
        rows: lens.readings.iter().map(row).collect(),
    }
}

/// Conclusions on a framework: the weakest link first, then the strongest, the balance and the direction.
pub(super) fn verdicts(lens: &Lens, language: &Language) -> Vec<Conclusion> {
    let mut verdicts = Vec::new();
    if let (Some(weakest), Some(strongest)) = (lens.weakest(), lens.strongest()) {
        verdicts.push(Conclusion {
            title: Some(text!(language, "report-lens-weakest-link")),
            sentence: weak(lens, weakest, language),
            open: !weakest.clear,
            more: strong(lens, strongest, language).into_iter().collect(),
            ..Conclusion::default()
        });
    }
    verdicts.extend(balance(lens, language));
    verdicts.extend(lens.direction().map(|(direction, clear)| Conclusion {
        title: Some(text!(language, "report-lens-direction")),
        sentence: to_develop(direction, clear, language),
        open: !clear,
        ..Conclusion::default()
    }));
    verdicts
}

/// Names of the scales that share the lowest or highest place: those whose displayed number is the same.
pub(super) fn sharing(lens: &Lens, found: Extreme, language: &Language) -> (Vec<String>, String) {
    let value = shown(found.reading.value, language);
    let shares =
        |other: &&LensScore| other.range == found.reading.range && shown(other.value, language) == value;
    (lens.compared().filter(shares).map(|other| name(lens.family, other, language)).collect(), value)
}

pub(super) fn weak(lens: &Lens, found: Extreme, language: &Language) -> String {
    let (name, value) = named(lens, found, language);
    let (lowest, _) = sharing(lens, found, language);
    match (found.clear, lowest.as_slice()) {
        (true, _) => text!(language, "report-lens-weakest", name, value),
        (false, all) if all.len() == lens.compared().count() => {
            text!(language, "report-lens-all-level", value)
        }
        (false, several) if several.len() > 1 => {
            text!(language, "report-lens-lowest-shared", names = listed(several, language), value)
        }
        (false, _) => text!(language, "report-lens-lowest", name, value),
    }
}

/// The strongest scale; none where all are even, which another sentence says.
fn strong(lens: &Lens, found: Extreme, language: &Language) -> Option<String> {
    let (highest, value) = sharing(lens, found, language);
    let name = listed(&highest, language);
    match found.clear {
        true => Some(text!(language, "report-lens-strongest", name, value)),
        false => (highest.len() < lens.compared().count())
            .then(|| text!(language, "report-lens-highest", name, value)),
    }
}

fn named(lens: &Lens, found: Extreme, language: &Language) -> (String, String) {
    (name(lens.family, found.reading, language), shown(found.reading.value, language))
}

fn balance(lens: &Lens, language: &Language) -> Option<Conclusion> {
    let balance = lens.balance()?;
    let [(high, above), (low, below)] = [balance.highest, balance.lowest].map(|reading| {
        let (names, _) = sharing(lens, Extreme { reading, clear: false }, language);
        (listed(&names, language), names.len())
    });
    let apart = shown(balance.apart, language);
    Some(Conclusion {
        title: Some(text!(language, "report-lens-balance")),
        sentence: match balance.verdict {
            Evenness::Even => {
                text!(language, "report-lens-even", within = shown(balance.within, language))
            }
            Evenness::Uneven => text!(language, "report-lens-uneven", high, above, low, below, apart),
            Evenness::Open => text!(language, "report-lens-open", apart),
        },
        open: balance.verdict == Evenness::Open,
        more: balance.worn.then(|| text!(language, "report-lens-worn")).into_iter().collect(),
        ..Conclusion::default()
    })
}

fn to_develop(direction: Direction, clear: bool, language: &Language) -> String {
    if !clear {
        let lowest = match direction {
            Direction::Emotional => text!(language, "report-lens-lags-emotional"),
            Direction::Instrumental => text!(language, "report-lens-lags-instrumental"),
            Direction::Relational => text!(language, "report-lens-lags-relational"),
        };
        return text!(language, "report-lens-no-direction", lowest);
    }
    match direction {
        Direction::Emotional => text!(language, "report-lens-to-emotional"),
        Direction::Instrumental => text!(language, "report-lens-to-instrumental"),
        Direction::Relational => text!(language, "report-lens-to-relational"),
    }
}

/// "2.5 of 7".
pub(super) fn of_its_range(reading: &LensScore, language: &Language) -> String {
    let high = texts::number(reading.range.1, language);
    text!(language, "report-standing-of", value = shown(reading.value, language), high)
}

impl Loyalty {
    /// That satisfaction and staying do not go together, where it is so.
    pub fn at_odds(&self, language: &Language) -> Option<String> {
        let (mark, wish) = (&self.satisfaction, &self.staying);
        let (satisfied, staying) = (contentment(mark.value), stays(wish.value, wish.range));
        let [mark, wish] = [mark, wish].map(|reading| of_its_range(reading, language));
        let party = self.party.name();
        match (satisfied, staying) {
            (Ordering::Greater, Ordering::Less) => {
                Some(text!(language, "report-standing-satisfied-leaving", party, mark, wish))
            }
            (Ordering::Less, Ordering::Greater) => {
                Some(text!(language, "report-standing-dissatisfied-staying", party, mark, wish))
            }
            _ => None,
        }
    }
}
