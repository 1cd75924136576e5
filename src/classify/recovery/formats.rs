//! What question formats gain for the time that they take: ratings, situations, points and best–worst sets, in every mixture.

use serde::{Deserialize, Serialize};

use super::{RecoveryError, strengths};
use crate::classify::evaluate::held_out;
use crate::classify::metrics::evaluate;
use crate::classify::reference::{
    AllocationPlan, BASE_RATES, FeaturePlan, Generator, World, fitted, simulate,
};
use crate::instrument::persona::Rating;
use crate::instrument::{Perspective, RelationalModel};
use crate::rng::Rng;

/// Seconds that one statement takes to be read and rated. (assumed: some fifteen words at four words a second, and a key)
pub const RATING_SECONDS: f64 = 6.0;
/// Seconds of a situation with its four reactions. (assumed: some fifty words, and a choice between four)
pub const SITUATION_SECONDS: f64 = 18.0;
/// Seconds of dividing points over four reasons. (assumed: some thirty words, and four numbers that must add up)
pub const POINTS_SECONDS: f64 = 40.0;
/// Seconds of a set of four statements with the one most and the one least like it. (assumed: some forty-five words, and two choices)
pub const SET_SECONDS: f64 = 20.0;

/// A way of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionFormat {
    /// Statements rated for each model.
    pub ratings: usize,
    /// Situations.
    pub situations: usize,
    /// Whether points are divided.
    pub points: bool,
    /// Best–worst sets.
    pub sets: usize,
}

impl QuestionFormat {
    /// Seconds that it takes.
    pub fn seconds(self) -> f64 {
        4.0 * self.ratings as f64 * RATING_SECONDS
            + self.situations as f64 * SITUATION_SECONDS
            + f64::from(u8::from(self.points)) * POINTS_SECONDS
            + self.sets as f64 * SET_SECONDS
    }

    fn plan(self) -> FeaturePlan {
        let all = RelationalModel::ALL.map(Some).to_vec();
        let ratings = vec![Rating { points: 7, reverse: false }; self.ratings];
        FeaturePlan {
            perspective: Perspective::Own,
            scales: (self.ratings > 0).then(|| std::array::from_fn(|_| ratings.clone())),
            vignettes: vec![all.clone(); self.situations],
            best_worst: vec![all.clone(); self.sets],
            allocation: self.points.then_some(AllocationPlan { total: 100, parts: all }),
        }
    }
}

/// The formats that are compared: first what two questionnaires ask without best–worst sets, each followed by others that take as
/// long, within a few seconds; then what six sets add.
pub const FORMATS: [QuestionFormat; 10] = [
    QuestionFormat { ratings: 5, situations: 4, points: true, sets: 0 },
    QuestionFormat { ratings: 5, situations: 0, points: false, sets: 6 },
    QuestionFormat { ratings: 3, situations: 3, points: false, sets: 6 },
    QuestionFormat { ratings: 0, situations: 0, points: false, sets: 12 },
    QuestionFormat { ratings: 5, situations: 8, points: true, sets: 0 },
    QuestionFormat { ratings: 5, situations: 3, points: false, sets: 6 },
    QuestionFormat { ratings: 5, situations: 2, points: true, sets: 6 },
    QuestionFormat { ratings: 3, situations: 4, points: true, sets: 6 },
    QuestionFormat { ratings: 5, situations: 4, points: true, sets: 6 },
    QuestionFormat { ratings: 5, situations: 8, points: true, sets: 6 },
];

/// One format in one world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormatPerformance {
    /// The world that made the answers.
    pub world: World,
    /// The way of asking.
    pub format: QuestionFormat,
    /// Seconds that it takes.
    pub seconds: f64,
    /// Balanced accuracy of the reference model against the truth.
    pub balanced_accuracy: f64,
    /// Its log loss.
    pub log_loss: f64,
    /// Share of 95 % intervals of strengths that hold the truth; none without ratings.
    pub coverage: Option<f64>,
    /// Their mean half width, in points of seven.
    pub half_width: Option<f64>,
}

/// Every format in every world.
///
/// # Errors
/// A fit that failed.
pub fn formats(sessions: usize, seed: u64) -> Result<Vec<FormatPerformance>, RecoveryError> {
    let mut lines = Vec::new();
    for format in FORMATS {
        let plan = format.plan();
        let model = fitted(&plan, &Generator::with_shares(BASE_RATES))?;
        for world in World::ALL {
            let generator = world.generator();
            let sample = simulate(&plan, &generator, sessions, seed)?;
            let predicted = held_out(&model, &sample.features(), &sample.truth)?;
            let judged = evaluate(&predicted, 0, &mut Rng::new(seed));
            let strengths = strengths::line(&plan, &generator, &sample);
            lines.push(FormatPerformance {
                world,
                format,
                seconds: format.seconds(),
                balanced_accuracy: judged.balanced_accuracy.value.unwrap_or(0.0),
                log_loss: judged.log_loss.value.unwrap_or(0.0),
                coverage: strengths.map(|(coverage, _)| coverage.iter().sum::<f64>() / 4.0),
                half_width: strengths.map(|(_, width)| width),
            });
        }
    }
    lines.sort_by_key(|line| World::ALL.iter().position(|world| *world == line.world));
    Ok(lines)
}
