//! Explicit against associated sentiment over a whole study: points, quadrants, conflicts by direction, and how many of them chance alone
//! would give.

use std::collections::BTreeMap;

use serde::Serialize;

use super::clusters::{robust_correlation, robust_share};
use super::estimate::{Uncorrelated, cell, fisher, share};
use super::measured::Member;
use super::quality::in_common;
use super::respondents::people;
use super::sample::counts;
use super::{Count, IntervalEstimate, ShownCount};

use crate::gap::{self, Gap, IndirectMeasure, Verdict};
use crate::instrument::{Language, RelationalModel};
use crate::measures::composite::ZERO_MOVED;
use crate::psychometrics::multiple::benjamini_hochberg;
use crate::psychometrics::normal;

/// Said against associated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gaps {
    /// Sessions with both sides.
    pub n: usize,
    /// Whose these are.
    #[serde(skip)]
    pub(super) people: usize,
    /// Whether too few of those who were asked have both sides for anything to be shown.
    pub too_few: bool,
    /// Every session with both sides; in a published report the middle of each square with three or more.
    pub points: Vec<GapPoint>,
    /// Points by the signs of their two values, whatever their intervals: warm or cold said × warm or cold associated.
    pub quadrants: Quadrants,
    /// Verdicts, in which the intervals count.
    pub verdicts: Vec<VerdictLine>,
    /// Why sessions have no verdict, with how many.
    pub no_verdict: Vec<Count>,
    /// Which indirect measure led, with how many.
    pub measures: Vec<(IndirectMeasure, ShownCount)>,
    /// Conflicts: says warm and associates cold.
    pub masked: Conflicts,
    /// Conflicts: says cold and associates warm.
    pub latent: Conflicts,
    /// Correlation of the two sides, with Fisher's interval.
    pub correlation: Option<IntervalEstimate>,
    /// Why there is none.
    pub uncorrelated: Option<Uncorrelated>,
    /// What studies of this kind find on average: .24 (Hofmann and others 2005).
    pub published_correlation: f64,
}

/// A session on the two axes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GapPoint {
    /// The session's id; empty where it may not be shown.
    pub session: String,
    /// The respondent's code; empty where it may not be shown.
    pub respondent: String,
    /// Said, −1…+1.
    pub said: f64,
    /// Associated, −1…+1.
    pub associated: f64,
    /// The verdict; none where it may not be shown.
    pub verdict: Option<Verdict>,
    /// The leading model; none without a profile, or where it may not be shown.
    pub model: Option<RelationalModel>,
    /// How many sessions it stands for: one, or as many as share its square of a published chart.
    pub weight: usize,
}

/// Points by the signs of their values; zero counts as cold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quadrants {
    /// Both warm.
    pub both_warm: ShownCount,
    /// Says warm, associates cold.
    pub says_warm: ShownCount,
    /// Says cold, associates warm.
    pub associates_warm: ShownCount,
    /// Both cold.
    pub both_cold: ShownCount,
}

/// How many sessions have a verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VerdictLine {
    /// The verdict.
    pub verdict: Verdict,
    /// How many.
    pub n: ShownCount,
    /// Their share of the sessions with both sides.
    pub share: Option<IntervalEstimate>,
}

/// Conflicts of one direction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Conflicts {
    /// Sessions whose two 95 % intervals lie on opposite sides of zero in this direction.
    pub found: ShownCount,
    /// Their share of the sessions with both sides.
    pub share: Option<IntervalEstimate>,
    /// How many of them stay when the share of false ones is held at 5 % (Benjamini and Hochberg 1995).
    pub discoveries: ShownCount,
    /// How many measurement error alone would give at most, without any true conflict: .025 of all who speak in this direction.
    pub by_error: Option<f64>,
    /// How many there would be if what people say had nothing to do with what they associate.
    pub if_unrelated: Option<f64>,
}

/// What studies of explicit and implicit measures find on average (Hofmann, Gawronski and others 2005).
const PUBLISHED_CORRELATION: f64 = 0.24;
/// The share of false conflicts that is accepted among those that stay.
const FALSE_DISCOVERIES: f64 = 0.05;
/// The end of a 95 % interval, in standard errors.
const BOUND: f64 = 1.96;

const VERDICTS: [Verdict; 7] = [
    Verdict::AlignedPositive,
    Verdict::Masked,
    Verdict::Latent,
    Verdict::LeaningMasked,
    Verdict::LeaningLatent,
    Verdict::AlignedNegative,
    Verdict::Indeterminate,
];

pub(super) fn gaps(complete: &[&Member], language: &Language) -> Gaps {
    let gaps: Vec<(&Member, &Gap)> = complete
        .iter()
        .filter_map(|member| Some((*member, &member.gap.as_ref()?.0)))
        .filter(|(_, gap)| gap.explicit.is_some() && gap.indirect.is_some())
        .collect();
    let n = gaps.len();
    let (drawn, points): (Vec<&Member>, Vec<GapPoint>) =
        gaps.iter().filter_map(|(member, gap)| Some((*member, point(member, gap)?))).unzip();
    let quadrant = |warm: bool, associates: bool| {
        cell(points.iter().filter(|p| (p.said > 0.0) == warm && (p.associated > 0.0) == associates).count())
    };
    let count = |verdict| gaps.iter().filter(|(_, gap)| gap.verdict == verdict).count();
    let (said, associated): (Vec<f64>, Vec<f64>) = points.iter().map(|p| (p.said, p.associated)).unzip();
    let adjusted = benjamini_hochberg(&gaps.iter().map(|(_, gap)| gap.p.unwrap_or(1.0)).collect::<Vec<_>>());
    let mut reasons = BTreeMap::new();
    for (gap, reason) in complete.iter().filter_map(|member| member.gap.as_ref()) {
        if gap.explicit.is_none() || gap.indirect.is_none() {
            let reason = reason.map(|reason| in_common(reason, language)).unwrap_or_default();
            *reasons.entry(reason).or_insert(0) += 1;
        }
    }
    let led = |measure| gaps.iter().filter(|(_, gap)| gap.indirect_measure == Some(measure)).count();
    let measures = [IndirectMeasure::ScIat, IndirectMeasure::Association];
    let conflicts = |verdict| conflicts(&gaps, &adjusted, verdict);
    Gaps {
        too_few: false,
        n,
        people: people(gaps.iter().map(|(member, _)| *member)),
        quadrants: Quadrants {
            both_warm: quadrant(true, true),
            says_warm: quadrant(true, false),
            associates_warm: quadrant(false, true),
            both_cold: quadrant(false, false),
        },
        verdicts: VERDICTS
            .into_iter()
            .map(|verdict| VerdictLine {
                verdict,
                n: cell(count(verdict)),
                share: robust_share(
                    share(count(verdict), n),
                    gaps.iter().map(|(member, gap)| (*member, gap.verdict == verdict)),
                ),
            })
            .collect(),
        no_verdict: counts(reasons),
        measures: measures
            .into_iter()
            .map(|m| (m, led(m)))
            .filter(|m| m.1 > 0)
            .map(|m| (m.0, cell(m.1)))
            .collect(),
        masked: conflicts(Verdict::Masked),
        latent: conflicts(Verdict::Latent),
        correlation: robust_correlation(fisher(&said, &associated), &drawn, &said, &associated),
        uncorrelated: Uncorrelated::of(&said, &associated),
        published_correlation: PUBLISHED_CORRELATION,
        points,
    }
}

fn point(member: &Member, gap: &Gap) -> Option<GapPoint> {
    Some(GapPoint {
        session: member.facts.id.clone(),
        respondent: member.facts.respondent.clone(),
        said: gap.explicit?.value,
        associated: gap.indirect?.value,
        verdict: Some(gap.verdict),
        weight: 1,
        model: member.own.as_ref().map(|call| call.dominant),
    })
}

fn conflicts(gaps: &[(&Member, &Gap)], adjusted: &[f64], verdict: Verdict) -> Conflicts {
    let n = gaps.len();
    let of_verdict = |gap: &Gap| gap.verdict == verdict;
    let found = gaps.iter().filter(|(_, gap)| of_verdict(gap)).count();
    let stays = |((_, gap), p): &(&(&Member, &Gap), &f64)| of_verdict(gap) && **p <= FALSE_DISCOVERIES;
    let discoveries = gaps.iter().zip(adjusted).filter(stays).count();
    let says: i8 = if verdict == Verdict::Masked { 1 } else { -1 };
    // With no true association, error alone puts a respondent clearly on the far side this often; it is the worst case.
    let by_error = |gap: &Gap| {
        let (said, associated) = (gap.explicit?, gap.indirect?);
        let speaks = (said.value > 0.0) == (says > 0);
        speaks.then(|| normal::cdf(-BOUND - ZERO_MOVED / associated.se.max(f64::MIN_POSITIVE)))
    };
    let clear = |estimate: Option<gap::Sentiment>, wanted: i8| {
        estimate.is_some_and(|estimate| estimate.sign_from(f64::from(wanted) * ZERO_MOVED) == wanted)
    };
    let said = gaps.iter().filter(|(_, gap)| clear(gap.explicit, says)).count();
    let associated = gaps.iter().filter(|(_, gap)| clear(gap.indirect, -says)).count();
    let nobody = n == 0;
    Conflicts {
        found: cell(found),
        share: robust_share(share(found, n), gaps.iter().map(|(member, gap)| (*member, of_verdict(gap)))),
        discoveries: cell(discoveries),
        by_error: (!nobody).then(|| gaps.iter().filter_map(|(_, gap)| by_error(gap)).sum::<f64>() + 0.0),
        if_unrelated: (!nobody).then(|| said as f64 * associated as f64 / n as f64),
    }
}
