//! Whether people who answered twice answered alike.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::IntervalEstimate;
use super::super::measured::Member;
use super::super::reliability::indirect;
use super::super::respondents::by_subject;
use super::{FEWEST_FOR_RETEST, Ground};
use crate::instrument::Perspective;
use crate::psychometrics::descriptive::{mean, quantile};
use crate::psychometrics::icc::icc;
use crate::psychometrics::{Estimate, LEVEL, Uncomputable};

/// A day, in milliseconds.
const DAY: f64 = 86_400_000.0;

/// Who came twice.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Retest {
    /// People who answered the questionnaire twice about the same organisation. Of more sessions, and of several organisations, the first two about the one that was answered about twice first.
    pub people: usize,
    /// Days between the two: lower quartile, median, upper quartile.
    pub days: Option<(f64, f64, f64)>,
    /// Scales that enough of them have twice.
    pub lines: Vec<RetestLine>,
}

impl Retest {
    /// Whether there are enough to tell anything.
    pub fn told(&self) -> bool {
        !self.lines.is_empty()
    }
}

/// A scale over the two occasions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RetestLine {
    /// Its name.
    pub scale: String,
    /// Its title.
    pub label: String,
    /// Whose norms.
    pub perspective: Perspective,
    /// People with both scores.
    pub pairs: usize,
    /// Days between them: the median.
    pub days: f64,
    /// Means of the first and of the second occasion.
    pub means: (f64, f64),
    /// ICC(A,1): absolute agreement.
    pub agreement: Option<RetestValue>,
    /// ICC(C,1): consistency of order, regardless of level.
    pub consistency: Option<RetestValue>,
}

/// A coefficient, with its interval where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RetestValue {
    /// The coefficient.
    pub value: f64,
    /// Its interval.
    pub interval: Option<(f64, f64)>,
}

impl RetestValue {
    fn of(form: Result<Estimate, Uncomputable>) -> Option<Self> {
        let form = form.ok()?;
        Some(Self { value: form.value, interval: form.interval.map(|ends| (ends.low, ends.high)) })
    }

    /// As an estimate, where there is an interval.
    pub fn estimate(self) -> Option<IntervalEstimate> {
        self.interval.map(|(low, high)| IntervalEstimate { value: self.value, low, high })
    }
}

pub(super) fn retest(ground: &Ground) -> Retest {
    let place: BTreeMap<&str, usize> =
        ground.complete.iter().enumerate().map(|(at, member)| (member.facts.id.as_str(), at)).collect();
    let first_two = |all: Vec<&Member>| {
        let at = |number: usize| place.get(all.get(number)?.facts.id.as_str()).copied();
        Some([at(0)?, at(1)?])
    };
    let mut pairs: Vec<[usize; 2]> = by_subject(&ground.complete).into_iter().filter_map(first_two).collect();
    pairs.sort_by_key(|[_, second]| ground.complete[*second].moment());
    let mut people = BTreeSet::new();
    pairs.retain(|[first, _]| people.insert(ground.complete[*first].who()));
    let between = |[first, second]: &[usize; 2]| {
        (ground.complete[*second].facts.begun - ground.complete[*first].facts.begun) as f64 / DAY
    };
    let mut found = Retest { people: pairs.len(), ..Retest::default() };
    if pairs.len() < FEWEST_FOR_RETEST {
        return found;
    }
    let days: Vec<f64> = pairs.iter().map(between).collect();
    found.days = match [0.25, 0.5, 0.75].map(|p| quantile(&days, p)) {
        [Ok(lower), Ok(median), Ok(upper)] => Some((lower, median, upper)),
        _ => None,
    };
    for (index, scale) in ground.main.scales.iter().enumerate() {
        let score = |at: usize| -> Option<f64> {
            match (scale.method.is_of_points(), scale.method.is_indirect()) {
                (true, _) => ground.answers.score(ground.main, index, at),
                (_, true) => {
                    let alone: [&Member; 1] = [ground.complete[at]];
                    indirect(ground.measured, scale.method, &alone).first().map(|(value, _)| *value)
                }
                _ => None,
            }
        };
        let scored = |pair: &[usize; 2]| Some((pair.map(score), between(pair)));
        let both: Vec<([f64; 2], f64)> = pairs
            .iter()
            .filter_map(scored)
            .filter_map(|([first, second], days)| Some(([first?, second?], days)))
            .collect();
        if both.len() < FEWEST_FOR_RETEST {
            continue;
        }
        let occasion = |which: usize| mean(&both.iter().map(|(pair, _)| pair[which]).collect::<Vec<_>>());
        let days = quantile(&both.iter().map(|(_, days)| *days).collect::<Vec<_>>(), 0.5);
        let (Ok(first), Ok(second), Ok(days)) = (occasion(0), occasion(1), days) else { continue };
        let rows: Vec<Vec<Option<f64>>> = both.iter().map(|(pair, _)| pair.map(Some).to_vec()).collect();
        let forms = icc(&rows, LEVEL).ok();
        found.lines.push(RetestLine {
            scale: scale.name.clone(),
            label: ground.label(index),
            perspective: scale.perspective,
            pairs: both.len(),
            days,
            means: (first, second),
            agreement: forms.and_then(|forms| RetestValue::of(forms.icc2)),
            consistency: forms.and_then(|forms| RetestValue::of(forms.icc3)),
        });
    }
    found
}
