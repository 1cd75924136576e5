//! One trial, sixteen bytes of it. Refuses latencies that no clock gives.

/// The longest latency that is one, in milliseconds: eleven days.
const LONGEST_MS: f64 = 1e9;

/// What happened in one trial.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// NaN when there was no answer: an `Option` would make the trial half as large again, and files hold millions.
    latency_ms: f64,
    correct: bool,
}

impl Trial {
    /// An answer after `latency_ms` milliseconds. What is not a latency (negative, not finite, longer than eleven days) is
    /// no answer.
    pub fn answered(latency_ms: f64, correct: bool) -> Self {
        if (0.0..=LONGEST_MS).contains(&latency_ms) {
            Self { latency_ms, correct }
        } else {
            Self::unanswered()
        }
    }

    /// No answer within the window.
    pub fn unanswered() -> Self {
        Self { latency_ms: f64::NAN, correct: false }
    }

    /// Milliseconds from onset to the key; `None` when there was no answer.
    pub fn latency_ms(self) -> Option<f64> {
        (!self.latency_ms.is_nan()).then_some(self.latency_ms)
    }

    /// Whether the answer was right; false when there was none.
    pub fn correct(self) -> bool {
        self.correct
    }

    /// Whether it was answered in less than `ms` milliseconds.
    pub(super) fn faster_than(self, ms: f64) -> bool {
        // A comparison with NaN is false: no answer is not a fast one.
        self.latency_ms < ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_is_small_and_holds_what_went_in() {
        assert_eq!(size_of::<Trial>(), 16);
        let trial = Trial::answered(512.25, true);
        assert_eq!((trial.latency_ms(), trial.correct()), (Some(512.25), true));
    }

    #[test]
    fn what_is_no_latency_is_no_answer() {
        for latency in [f64::NAN, f64::INFINITY, -1.0, 1e10] {
            let trial = Trial::answered(latency, true);
            assert_eq!((trial.latency_ms(), trial.correct()), (None, false));
            assert!(!trial.faster_than(300.0));
        }
        assert!(Trial::answered(0.0, true).faster_than(300.0));
    }
}
