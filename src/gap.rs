//! The gap between what is said and what is associated: explicit against indirect sentiment of one session.

use serde::Serialize;

use crate::instrument::{Instrument, Reads};
use crate::interview::Interview;
use crate::measures::composite::ZERO_MOVED;
use crate::measures::norms::{IndirectNorm, Norm};
use crate::measures::timed::{BlockSide, Exclusion};
use crate::measures::{Basis, Norms, Outcome, Parts, association};
use crate::psychometrics::normal;

mod words;

/// Said against associated, both on −1…+1 with zero as neutral (a convention).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gap {
    /// Said.
    pub explicit: Option<Sentiment>,
    /// Associated: the measure that leads.
    pub indirect: Option<Sentiment>,
    /// Which measure leads: a valid timed one always, else free association.
    pub indirect_measure: Option<IndirectMeasure>,
    /// What the instrument's other indirect measure gives.
    pub beside: Option<SecondMeasure>,
    /// Whether both intervals lie wholly on opposite sides of zero.
    pub sign_conflict: bool,
    /// Larger of the two one-sided p values of a conflict.
    pub p: Option<f64>,
    /// Difference of the two z scores within the study or the reference sample.
    pub z_gap: Option<f64>,
    /// Whether the z gap is more than measurement error.
    pub reliable: bool,
    /// Whether so large a z gap is rare.
    pub rare: bool,
    /// Reliable and rare without a conflict.
    pub relative_gap: Option<RelativeGap>,
    /// What the relative gap was compared with.
    pub norm: &'static str,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether the verdict turns when the zero of either side moves by a tenth of the range, which is no more than a convention.
    pub leaning: bool,
    /// Why there is no verdict, or which interval holds zero.
    pub reason: Option<String>,
}

/// An indirect measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IndirectMeasure {
    /// Timed sorting: the single-category implicit association test.
    ScIat,
    /// Free association.
    Association,
}

impl IndirectMeasure {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::ScIat => "sc_iat",
            Self::Association => "association",
        }
    }
}

/// The indirect measure that does not lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SecondMeasure {
    /// Which one.
    pub measure: IndirectMeasure,
    /// Its value on −1…+1.
    pub estimate: Option<Sentiment>,
    /// Why there is none.
    pub reason: Option<String>,
    /// The same, for whoever puts it into words.
    #[serde(skip)]
    pub why: Option<GapReason>,
}

impl SecondMeasure {
    fn of(measure: IndirectMeasure, outcome: Result<Sentiment, GapReason>) -> Self {
        let why = outcome.err();
        Self { measure, estimate: outcome.ok(), reason: why.map(|why| why.to_string()), why }
    }
}

/// A value with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Sentiment {
    /// The value.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
}

impl Sentiment {
    /// The 95 % interval, as far as the axis goes.
    pub fn interval(self) -> (f64, f64) {
        ((self.value - 1.96 * self.se).max(-1.0), (self.value + 1.96 * self.se).min(1.0))
    }

    /// +1 or −1 where the interval lies wholly on one side of zero, else 0.
    pub fn sign(self) -> i8 {
        self.sign_from(0.0)
    }

    /// The same against another zero.
    pub fn sign_from(self, zero: f64) -> i8 {
        let (low, high) = self.interval();
        i8::from(low > zero) - i8::from(high < zero)
    }
}

/// The direction of a relative gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RelativeGap {
    /// Says it warmer than others who associate like this.
    High,
    /// Says it colder.
    Low,
}

impl RelativeGap {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Low => "low",
        }
    }
}

/// The verdict on a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Says warm, associates cold.
    Masked,
    /// Says cold, associates warm.
    Latent,
    /// As masked, and only with zero just where it is.
    LeaningMasked,
    /// As latent, and only with zero just where it is.
    LeaningLatent,
    /// Both warm.
    AlignedPositive,
    /// Both cold.
    AlignedNegative,
    /// An interval holds zero.
    Indeterminate,
    /// One of the two is missing.
    NoVerdict,
}

impl Verdict {
    /// All of them, in an order that exports count by: what is new comes last.
    pub const ALL: [Self; 8] = [
        Self::Masked,
        Self::Latent,
        Self::AlignedPositive,
        Self::AlignedNegative,
        Self::Indeterminate,
        Self::NoVerdict,
        Self::LeaningMasked,
        Self::LeaningLatent,
    ];

    /// The word in files and advice rules.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Masked => "masked",
            Self::Latent => "latent",
            Self::LeaningMasked => "leaning_masked",
            Self::LeaningLatent => "leaning_latent",
            Self::AlignedPositive => "aligned_positive",
            Self::AlignedNegative => "aligned_negative",
            Self::Indeterminate => "indeterminate",
            Self::NoVerdict => "no_verdict",
        }
    }
}

/// Why there is no verdict, or none that says more than "open".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GapReason {
    /// Too few answers about satisfaction, trust and emotions.
    #[error("too few answers for the explicit composite: {valid} of at least {needed}")]
    TooFewSaid {
        /// Valid indicators.
        valid: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Too few associations.
    #[error("too few valued associations: {valid} of at least {needed}")]
    TooFewAssociations {
        /// Words with a valence.
        valid: usize,
        /// How many it takes.
        needed: usize,
    },
    /// The timed task could not be timed.
    #[error("timed sorting was left out: it could not be timed")]
    NotTimed,
    /// The timed task was not done, or not to its end.
    #[error("timed sorting was not done: {blocks} of {needed} test blocks")]
    NotSorted {
        /// Test blocks that are there.
        blocks: usize,
        /// How many it takes.
        needed: usize,
    },
    /// A rule of scoring excludes the timed task.
    #[error("{}", timed_sentence(*.0))]
    Excluded(Exclusion),
    /// The instrument has neither of the two.
    #[error("the instrument has no indirect measure")]
    NoIndirectMeasure,
    /// No norms, so no errors.
    #[error("there is nothing to estimate the measurement error from")]
    NoNorms,
    /// The interval of what is said holds zero.
    #[error("the interval of what is said holds zero")]
    SaidHoldsZero,
    /// The interval of what is associated holds zero.
    #[error("the interval of what is associated holds zero")]
    AssociatedHoldsZero,
    /// Both intervals hold zero.
    #[error("both intervals hold zero")]
    BothHoldZero,
}

/// Compares what is said in an interview with what is associated.
pub fn compare(interview: &Interview, norms: &Norms) -> (Gap, Option<GapReason>) {
    of_parts(interview.instrument(), &Parts::of(interview), norms)
}

/// The same from the parts of an interview of this instrument.
pub fn of_parts(instrument: &Instrument, parts: &Parts, norms: &Norms) -> (Gap, Option<GapReason>) {
    let explicit =
        estimate(&parts.said.outcome(norms), |valid, needed| GapReason::TooFewSaid { valid, needed });
    let (measure, indirect, beside) = indirect(instrument, parts, norms);
    let mut gap = Gap {
        explicit: explicit.ok(),
        indirect: indirect.ok(),
        indirect_measure: indirect.ok().map(|_| measure),
        beside,
        sign_conflict: false,
        p: None,
        z_gap: None,
        reliable: false,
        rare: false,
        relative_gap: None,
        norm: match norms.basis {
            Basis::Reference => "reference sample, simulated",
            Basis::Study(_) => "this study",
            Basis::None => "none",
        },
        verdict: Verdict::NoVerdict,
        leaning: false,
        reason: None,
    };
    let reason = match (explicit, indirect) {
        (Ok(e), Ok(i)) => {
            let (verdict, leaning, reason) = verdict(e, i);
            gap.verdict = verdict;
            gap.leaning = leaning;
            gap.sign_conflict = e.sign() * i.sign() < 0;
            gap.p = Some(conflict_p(e, i));
            let norm = match measure {
                IndirectMeasure::ScIat => norms.sorting.map(halved),
                IndirectMeasure::Association => norms.association,
            };
            relative(&mut gap, e, i, (norms.explicit, norm));
            reason
        }
        (Err(reason), _) | (_, Err(reason)) => Some(reason),
    };
    gap.reason = reason.map(|reason| reason.to_string());
    (gap, reason)
}

/// What an outcome says, with why it says nothing where too little was answered.
fn estimate(outcome: &Outcome, too_few: fn(usize, usize) -> GapReason) -> Result<Sentiment, GapReason> {
    match *outcome {
        Outcome::Scored { value, se: Some(se), .. } => Ok(Sentiment { value, se }),
        Outcome::Scored { se: None, .. } => Err(GapReason::NoNorms),
        Outcome::TooFew { valid, needed } => Err(too_few(valid, needed)),
        Outcome::Excluded(why) => Err(GapReason::Excluded(why)),
        Outcome::NotTimed => Err(GapReason::NotTimed),
    }
}

/// The measure that leads with what it gives, and the other one, where the instrument has both.
fn indirect(
    instrument: &Instrument,
    parts: &Parts,
    norms: &Norms,
) -> (IndirectMeasure, Result<Sentiment, GapReason>, Option<SecondMeasure>) {
    use IndirectMeasure::{Association, ScIat};
    let timed = parts.timed.map(|timed| {
        let sorted = |blocks, needed| GapReason::NotSorted { blocks, needed };
        estimate(&timed.outcome(), sorted).map(|d| half(d.value, d.se))
    });
    let words = parts.words.as_ref().map(|words| {
        let scale = instrument.scales.iter().find(|scale| scale.method.reads() == Reads::Words);
        let needed = scale.map_or(1, |scale| scale.min_valid);
        let named = |valid, needed| GapReason::TooFewAssociations { valid, needed };
        estimate(&association::outcome(words, needed, norms), named)
    });
    match (timed, words) {
        (Some(timed), Some(words)) => {
            // What could not be timed at all is no reason: the words could have told.
            if timed.is_err() && words.is_ok() || matches!(timed, Err(GapReason::NotTimed)) {
                return (Association, words, Some(SecondMeasure::of(ScIat, timed)));
            }
            (ScIat, timed, Some(SecondMeasure::of(Association, words)))
        }
        (Some(timed), None) => (ScIat, timed, None),
        (None, Some(words)) => (Association, words, None),
        (None, None) => (Association, Err(GapReason::NoIndirectMeasure), None),
    }
}

fn timed_sentence(why: Exclusion) -> String {
    why.sentence(|place| match place.side {
        BlockSide::A => "the block with pleasant words".into(),
        BlockSide::B => "the block with unpleasant words".into(),
    })
}

/// D runs over about −2…+2, and the axes over half of that.
fn half(d: f64, se: f64) -> Sentiment {
    Sentiment { value: (d / 2.0).clamp(-1.0, 1.0), se: se / 2.0 }
}

fn halved(norm: IndirectNorm) -> IndirectNorm {
    let Norm { mean, sd, reliability } = norm.norm;
    IndirectNorm { norm: Norm { mean: mean / 2.0, sd: sd / 2.0, reliability }, ..norm }
}

/// The verdict, whether it turns when a zero moves, and why it is open.
fn verdict(explicit: Sentiment, indirect: Sentiment) -> (Verdict, bool, Option<GapReason>) {
    let moved = [(ZERO_MOVED, 0.0), (-ZERO_MOVED, 0.0), (0.0, ZERO_MOVED), (0.0, -ZERO_MOVED)];
    let signs = (explicit.sign(), indirect.sign());
    let firm = moved
        .iter()
        .all(|(said, associated)| (explicit.sign_from(*said), indirect.sign_from(*associated)) == signs);
    let (verdict, reason) = match signs {
        (1, -1) if firm => (Verdict::Masked, None),
        (-1, 1) if firm => (Verdict::Latent, None),
        (1, -1) => (Verdict::LeaningMasked, None),
        (-1, 1) => (Verdict::LeaningLatent, None),
        (1, 1) => (Verdict::AlignedPositive, None),
        (-1, -1) => (Verdict::AlignedNegative, None),
        (0, 0) => (Verdict::Indeterminate, Some(GapReason::BothHoldZero)),
        (0, _) => (Verdict::Indeterminate, Some(GapReason::SaidHoldsZero)),
        _ => (Verdict::Indeterminate, Some(GapReason::AssociatedHoldsZero)),
    };
    (verdict, reason.is_none() && !firm, reason)
}

/// The p of a conflict in the likelier direction: the larger of the two one-sided p values, because a conflict needs both
/// signs. Below .025 where both 95 % intervals lie on opposite sides of zero, up to the rounding of 1.96.
fn conflict_p(explicit: Sentiment, indirect: Sentiment) -> f64 {
    let below = |estimate: Sentiment| normal::cdf(-estimate.value / estimate.se.max(f64::MIN_POSITIVE));
    let (e_cold, i_cold) = (below(explicit), below(indirect));
    let masked = e_cold.max(1.0 - i_cold);
    let latent = (1.0 - e_cold).max(i_cold);
    masked.min(latent)
}

/// The gap relative to others: g = z_e − z_i, S = √(2 − r_ee − r_ii); rare beyond 1.645·√(2 − 2r_ei).
fn relative(
    gap: &mut Gap,
    explicit: Sentiment,
    indirect: Sentiment,
    (said, associated): (Option<Norm>, Option<IndirectNorm>),
) {
    let (Some(e), Some(IndirectNorm { norm: i, correlation: Some(r) })) = (said, associated) else { return };
    if e.sd <= 0.0 || i.sd <= 0.0 {
        return;
    }
    let g = (explicit.value - e.mean) / e.sd - (indirect.value - i.mean) / i.sd;
    let error = (2.0 - e.reliability - i.reliability).sqrt();
    gap.z_gap = Some(g);
    gap.reliable = g.abs() > 1.96 * error;
    gap.rare = g.abs() > 1.645 * (2.0 - 2.0 * r).max(0.0).sqrt();
    if gap.reliable && gap.rare && !gap.sign_conflict {
        gap.relative_gap = Some(if g > 0.0 { RelativeGap::High } else { RelativeGap::Low });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::Timed;

    fn at(value: f64, se: f64) -> Sentiment {
        Sentiment { value, se }
    }

    #[test]
    fn what_could_not_be_timed_is_no_reason_where_words_could_have_told() {
        let instrument = crate::instrument::shipped::read("customer-interview").unwrap().instrument.unwrap();
        let why = |timed| {
            let parts = Parts { timed: Some(timed), words: Some(vec![(1, 2.0)]), ..Parts::default() };
            indirect(&instrument, &parts, &Norms::none()).1
        };
        assert_eq!(why(Timed::NotTimed), Err(GapReason::TooFewAssociations { valid: 1, needed: 3 }));
        assert_eq!(why(Timed::TooFew(1, 2)), Err(GapReason::NotSorted { blocks: 1, needed: 2 }));
    }

    #[test]
    fn a_conflict_needs_both_intervals_clear_of_zero_wherever_zero_is_by_convention() {
        let of = |e: (f64, f64), i: (f64, f64)| verdict(at(e.0, e.1), at(i.0, i.1));
        assert_eq!(of((0.7, 0.2), (-0.7, 0.2)), (Verdict::Masked, false, None));
        assert_eq!(of((-0.7, 0.2), (0.7, 0.2)), (Verdict::Latent, false, None));
        assert_eq!(of((0.5, 0.2), (-0.7, 0.2)), (Verdict::LeaningMasked, true, None));
        assert_eq!(of((0.7, 0.2), (-0.5, 0.2)), (Verdict::LeaningMasked, true, None));
        assert_eq!(of((-0.5, 0.2), (0.7, 0.2)), (Verdict::LeaningLatent, true, None));
        let open = |reason| (Verdict::Indeterminate, false, Some(reason));
        assert_eq!(of((0.5, 0.2), (-0.3, 0.2)), open(GapReason::AssociatedHoldsZero));
        assert_eq!(of((0.3, 0.2), (-0.7, 0.2)), open(GapReason::SaidHoldsZero));
        assert_eq!(of((0.3, 0.2), (-0.3, 0.2)), open(GapReason::BothHoldZero));
        assert_eq!(of((0.5, 0.2), (0.7, 0.2)), (Verdict::AlignedPositive, true, None));
        assert_eq!(of((0.7, 0.2), (0.7, 0.2)), (Verdict::AlignedPositive, false, None));
        assert_eq!(of((-0.7, 0.2), (-0.5, 0.2)), (Verdict::AlignedNegative, true, None));
    }

    #[test]
    fn p_falls_below_025_just_where_the_verdict_turns_to_conflict() {
        for step in 0..200 {
            let i = at(-f64::from(step) / 100.0, 0.4);
            let e = at(0.9, 0.2);
            let conflict = matches!(verdict(e, i).0, Verdict::Masked | Verdict::LeaningMasked);
            // 1.96 is 1.959964 rounded; between the two the answers may differ, and no step lies there.
            assert_eq!(conflict_p(e, i) < 0.025, conflict, "{step}");
        }
    }

    #[test]
    fn an_interval_ends_where_the_axis_does() {
        assert_eq!(at(0.8, 0.2).interval(), (0.8 - 1.96 * 0.2, 1.0));
        assert_eq!(at(-0.9, 0.2).interval().0, -1.0);
    }

    #[test]
    fn p_is_the_larger_one_sided_p() {
        // z = 2.5 and 2: 1 − Φ(2) = .0227501.
        assert!((conflict_p(at(0.5, 0.2), at(-0.4, 0.2)) - 0.022_750_131_948_179_2).abs() < 1e-9);
    }
}
