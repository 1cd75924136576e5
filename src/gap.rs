//! The gap between what is said and what is associated: explicit against indirect sentiment of one session.

use serde::Serialize;

/// Said against associated, both on −1…+1 with zero as neutral (a convention).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gap {
    /// Said.
    pub explicit: Option<Estimate>,
    /// Associated: the measure that leads.
    pub indirect: Option<Estimate>,
    /// Which measure leads: `association`.
    pub indirect_measure: Option<&'static str>,
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
    /// Why there is no verdict, or which interval holds zero.
    pub reason: Option<String>,
}

/// A value with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
}

impl Estimate {
    /// The 95 % interval.
    pub fn interval(self) -> (f64, f64) {
        (self.value - 1.96 * self.se, self.value + 1.96 * self.se)
    }

    /// +1 or −1 where the interval lies wholly on one side of zero, else 0.
    pub fn sign(self) -> i8 {
        let (low, high) = self.interval();
        i8::from(low > 0.0) - i8::from(high < 0.0)
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

/// The verdict on a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Says warm, associates cold.
    Masked,
    /// Says cold, associates warm.
    Latent,
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
    /// The word in files and advice rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Masked => "masked",
            Self::Latent => "latent",
            Self::AlignedPositive => "aligned_positive",
            Self::AlignedNegative => "aligned_negative",
            Self::Indeterminate => "indeterminate",
            Self::NoVerdict => "no_verdict",
        }
    }
}
