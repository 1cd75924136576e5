//! One relation: a customer organisation with everything that was answered about it, on both sides and over time.
//!
//! Owns what is compared with what. The two sides: what one thinks of the other against what that one says, how the relation is meant
//! against how it is used. Two times: the latest two measurements of one side, and the slope from three on. It is worked out whenever it is
//! looked at and kept nowhere. Refuses to say what to do.

use serde::Serialize;

use crate::classify::model::Answers;
use crate::classify::strength::{Strength, Strengths};
use crate::dice::Dice;
use crate::gap::{Gap, Verdict};
use crate::instrument::{Party, Perspective, RelationalModel};
use crate::psychometrics::change::{self, Measurement, change};
use crate::psychometrics::descriptive::quantile;
use crate::psychometrics::distribution::chi_squared_above;
use crate::psychometrics::multiple::holm;
use crate::psychometrics::pair::nearness;
use crate::psychometrics::{Interval, normal};

/// At most so large a part of the answer scale lies between two that count as near: one point of seven. (assumed)
const NEAR: f64 = 1.0 / 6.0;
/// After correction for several comparisons a difference with a p of at most this is one.
const SIGNIFICANT: f64 = 0.05;
/// Draws that say what a correlation of two profiles is when they are the same.
const DRAWS: usize = 2_000;
/// Any fixed number serves: equal answers give equal intervals.
const DRAWS_SEED: u64 = 0x7061_6972;
/// Milliseconds of a year.
const YEAR: f64 = 365.25 * 24.0 * 3_600_000.0;

/// A session of a relation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Visit {
    /// The session's id.
    pub session: String,
    /// When it began, in milliseconds since 1970.
    pub begun: i64,
    /// Who answered.
    pub party: Party,
    /// The code of whoever led it, where there is one.
    pub interviewer: Option<String>,
    /// The name of the questionnaire.
    pub instrument: String,
    /// How answers came in, and from whom; only equals are compared over time.
    pub pool: &'static str,
    /// The respondent's own norms.
    pub own: Side,
    /// What the respondent thinks of the other side's.
    pub other: Side,
    /// Said against associated.
    #[serde(skip)]
    pub gap: Option<Gap>,
}

/// The norms of a side as one respondent tells them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Side {
    /// How strongly each is held; none without ratings.
    pub strengths: Option<Strengths>,
    /// Which is the strongest, by the answers alone; none without a profile.
    pub answers: Option<Answers>,
}

impl Side {
    /// The model that the answers tell from the next, where they do.
    pub fn leads(&self) -> Option<RelationalModel> {
        self.answers.filter(Answers::tell_apart).map(|answers| answers.dominant)
    }
}

impl Visit {
    /// Whether it tells how strongly anybody holds a norm.
    pub fn has_norms(&self) -> bool {
        [self.own, self.other].iter().any(|side| side.strengths.is_some() || side.answers.is_some())
    }

    fn side(&self, perspective: Perspective) -> &Side {
        match perspective {
            Perspective::Own => &self.own,
            Perspective::Other => &self.other,
        }
    }
}

/// A relation with its sessions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relation {
    /// The code under which all of its sessions stand.
    pub code: String,
    /// What the organisation's side calls the customer, where somebody filled that in.
    pub name: Option<String>,
    /// Whether programs gave the answers.
    pub simulated: bool,
    /// Its sessions, the earliest first.
    pub visits: Vec<Visit>,
}

/// What is held against what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pairing {
    /// What the organisation's side thinks of the customer, against what the customer says.
    OurPicture,
    /// What the customer thinks of the organisation, against what its side says.
    TheirPicture,
    /// How the organisation's side means the relation, against how the customer uses it.
    MeantAndUsed,
}

/// One set of norms held against another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// Which.
    pub pairing: Pairing,
    /// The judgement, or how it is meant.
    pub left: Side,
    /// What is judged, or how it is used.
    pub right: Side,
    /// Norm by norm: CS, AR, EM, MP.
    pub norms: [Option<Difference>; 4],
    /// All four together; none where one of them is missing.
    pub together: Option<Together>,
}

/// A difference of a norm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// The left less the right, in points of the answer scale.
    pub value: f64,
    /// The 95 % interval.
    pub interval: Interval,
    /// Two-sided p, corrected for all norms that are compared (Holm).
    pub p: f64,
    /// What it comes to.
    pub reading: Reading,
}

/// What a difference comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// The left is higher.
    Higher,
    /// The left is lower.
    Lower,
    /// The two lie near each other: the whole interval does.
    Near,
    /// The answers do not tell.
    Open,
}

/// How near two profiles of four norms are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Together {
    /// Sum of the squared differences (Cronbach and Gleser 1953), in its three parts.
    pub squared: f64,
    /// The part that comes from one being higher throughout.
    pub elevation: f64,
    /// The part that comes from one being more pronounced.
    pub scatter: f64,
    /// The part that comes from peaks in other places.
    pub shape: f64,
    /// Intraclass correlation of the two profiles, −1…+1.
    pub icc: f64,
    /// Where it lies for 95 of 100 pairs who hold the very same profile, because of the errors of all eight means.
    pub icc_if_same: Interval,
    /// p of the two profiles being the same (χ² over the four differences in units of their errors).
    pub p_same: f64,
}

/// Something that is followed over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Followed {
    /// How strongly a norm is held.
    Norm(Perspective, RelationalModel),
    /// What is said, −1…+1.
    Said,
    /// What is associated, −1…+1.
    Associated,
}

/// What became of it between the latest two measurements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// What.
    pub what: Followed,
    /// The value before.
    pub from: f64,
    /// The value now.
    pub to: f64,
    /// The 95 % interval of the difference.
    pub interval: Interval,
    /// The least difference that is more than measurement error.
    pub detectable: f64,
    /// Two-sided p, corrected for everything that is followed (Holm).
    pub p: f64,
    /// Slope a year with its standard error, from three measurements on.
    pub slope: Option<(f64, f64)>,
}

impl Changed {
    /// Whether it is more than error.
    pub fn is_reliable(&self) -> bool {
        self.p <= SIGNIFICANT
    }
}

/// One side over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverTime {
    /// Which side.
    pub party: Party,
    /// When the two measurements began that are compared.
    pub between: (i64, i64),
    /// How many there are in all.
    pub measurements: usize,
    /// Everything that was measured both times.
    pub changes: Vec<Changed>,
}

impl Relation {
    /// A relation with its sessions in the order of time.
    pub fn new(code: String, name: Option<String>, simulated: bool, mut visits: Vec<Visit>) -> Self {
        visits.sort_by(|a, b| (a.begun, &a.session).cmp(&(b.begun, &b.session)));
        Self { code, name, simulated, visits }
    }

    /// The latest session of a side that tells of its norms.
    pub fn latest(&self, party: Party) -> Option<&Visit> {
        self.visits.iter().rfind(|visit| visit.party == party && visit.has_norms())
    }

    /// When somebody last answered.
    pub fn last_seen(&self) -> Option<i64> {
        self.visits.last().map(|visit| visit.begun)
    }

    /// The latest sessions of both sides held against each other; nothing where one side has not answered.
    pub fn both_sides(&self) -> Vec<Compared> {
        let (Some(ours), Some(theirs)) = (self.latest(Party::Organisation), self.latest(Party::Customer))
        else {
            return Vec::new();
        };
        [
            (Pairing::OurPicture, ours.other, theirs.own),
            (Pairing::TheirPicture, theirs.other, ours.own),
            (Pairing::MeantAndUsed, ours.own, theirs.own),
        ]
        .into_iter()
        .filter_map(|(pairing, left, right)| compared(pairing, left, right))
        .collect()
    }

    /// A side over time; none from fewer than two comparable sessions.
    pub fn over_time(&self, party: Party) -> Option<OverTime> {
        let last = self.latest(party)?;
        let same = |visit: &&Visit| {
            visit.party == party && visit.instrument == last.instrument && visit.pool == last.pool
        };
        let visits: Vec<&Visit> = self.visits.iter().filter(same).collect();
        let [.., before, now] = visits.as_slice() else { return None };
        let mut found: Vec<Changed> = followed()
            .filter_map(|what| {
                let (from, to) = (what.of(before)?, what.of(now)?);
                let changed = change(from, to)?;
                let all: Vec<Measurement> = visits.iter().filter_map(|visit| what.of(visit)).collect();
                Some(Changed {
                    what,
                    from: from.value,
                    to: to.value,
                    interval: changed.interval,
                    detectable: changed.detectable,
                    p: changed.p,
                    slope: change::slope(&all),
                })
            })
            .collect();
        let adjusted = holm(&found.iter().map(|changed| changed.p).collect::<Vec<_>>());
        found.iter_mut().zip(adjusted).for_each(|(changed, p)| changed.p = p);
        (!found.is_empty()).then_some(OverTime {
            party,
            between: (before.begun, now.begun),
            measurements: visits.len(),
            changes: found,
        })
    }

    /// The verdict on the gap of the latest session that has one.
    pub fn gap(&self) -> Option<Verdict> {
        let mut gaps = self.visits.iter().rev().filter_map(|visit| visit.gap.as_ref());
        gaps.find(|gap| gap.verdict != Verdict::NoVerdict).map(|gap| gap.verdict)
    }
}

fn followed() -> impl Iterator<Item = Followed> {
    let norms = [Perspective::Own, Perspective::Other]
        .into_iter()
        .flat_map(|side| RelationalModel::ALL.into_iter().map(move |model| Followed::Norm(side, model)));
    norms.chain([Followed::Said, Followed::Associated])
}

impl Followed {
    fn of(self, visit: &Visit) -> Option<Measurement> {
        let (value, se) = match self {
            Self::Norm(side, model) => {
                let found = visit.side(side).strengths?.norm(model)?;
                (found.value, found.se)
            }
            Self::Said => visit.gap.as_ref()?.explicit.map(|found| (found.value, found.se))?,
            Self::Associated => visit.gap.as_ref()?.indirect.map(|found| (found.value, found.se))?,
        };
        Some(Measurement { at: visit.begun as f64 / YEAR, value, se })
    }
}

fn compared(pairing: Pairing, left: Side, right: Side) -> Option<Compared> {
    let (judged, truth) = (left.strengths?, right.strengths?);
    if judged.range != truth.range {
        return None;
    }
    let near = NEAR * (judged.range.1 - judged.range.0);
    let pairs: Vec<(RelationalModel, Strength, Strength)> = RelationalModel::ALL
        .into_iter()
        .filter_map(|model| Some((model, judged.norm(model)?, truth.norm(model)?)))
        .collect();
    let p = |(_, left, right): &(RelationalModel, Strength, Strength)| {
        let error = left.se.hypot(right.se).max(f64::MIN_POSITIVE);
        2.0 * normal::cdf(-((left.value - right.value) / error).abs())
    };
    let adjusted = holm(&pairs.iter().map(p).collect::<Vec<_>>());
    let mut norms = [None; 4];
    for ((model, left, right), p) in pairs.iter().zip(adjusted) {
        let (value, reach) = (left.value - right.value, normal::critical(0.95) * left.se.hypot(right.se));
        let interval = Interval { low: value - reach, high: value + reach };
        let reading = match value {
            _ if p <= SIGNIFICANT && value > 0.0 => Reading::Higher,
            _ if p <= SIGNIFICANT => Reading::Lower,
            _ if interval.low >= -near && interval.high <= near => Reading::Near,
            _ => Reading::Open,
        };
        norms[model.index()] = Some(Difference { value, interval, p, reading });
    }
    let values = |side: fn(&(RelationalModel, Strength, Strength)) -> Strength| -> Vec<Strength> {
        pairs.iter().map(side).collect()
    };
    let together = together(&values(|pair| pair.1), &values(|pair| pair.2));
    (!pairs.is_empty()).then_some(Compared { pairing, left, right, norms, together })
}

fn together(left: &[Strength], right: &[Strength]) -> Option<Together> {
    if left.len() < RelationalModel::ALL.len() {
        return None;
    }
    let values = |side: &[Strength]| side.iter().map(|found| found.value).collect::<Vec<f64>>();
    let found = nearness(&values(left), &values(right)).ok()?;
    let error = |at: usize| left[at].se.hypot(right[at].se).max(f64::MIN_POSITIVE);
    let squares = (0..left.len()).map(|at| ((left[at].value - right[at].value) / error(at)).powi(2));
    let p_same = chi_squared_above(squares.sum(), left.len() as f64)?;
    // What both would hold if they held the same: the mean of the two, the surer one counting for more.
    let same: Vec<f64> = left
        .iter()
        .zip(right)
        .map(|(left, right)| {
            let [a, b] = [left.se, right.se].map(|se| 1.0 / se.max(f64::MIN_POSITIVE).powi(2));
            (a * left.value + b * right.value) / (a + b)
        })
        .collect();
    let mut dice = Dice::for_purpose(DRAWS_SEED, "icc");
    let mut drawn = |side: &[Strength]| -> Vec<f64> {
        same.iter().zip(side).map(|(value, found)| value + found.se * dice.normal()).collect()
    };
    let mut iccs: Vec<f64> = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        let (left, right) = (drawn(left), drawn(right));
        iccs.extend(nearness(&left, &right).ok().map(|found| found.icc));
    }
    let end = |share: f64| quantile(&iccs, share).ok();
    Some(Together {
        squared: found.squared,
        elevation: found.elevation,
        scatter: found.scatter,
        shape: found.shape,
        icc: found.icc,
        icc_if_same: Interval { low: end(0.025)?, high: end(0.975)? },
        p_same,
    })
}

#[cfg(test)]
mod tests;
