//! A model's result for one row: probabilities, the call, and the evidence for it.

use serde::{Deserialize, Serialize};

use super::{FeatureSet, MIN_LEAD, MIN_TOP, MissingPolicy, Model, ModelError};
use crate::classify::features::CLOSENESS;
use crate::classify::strength::Strengths;
use crate::instrument::construct::RelationalModel;

/// A model's result for one session and perspective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Probabilities of CS, AR, EM, MP; 0 for a model that the classifier does not know.
    pub probabilities: [f64; 4],
    /// The most probable model.
    pub dominant: RelationalModel,
    /// The second.
    pub second: RelationalModel,
    /// Lead of the first over the second.
    pub margin: f64,
    /// Whether the answers don't distinguish their first two models, see [`Answers::tell_apart`]. Both are shown then.
    pub uncertain: bool,
    /// The evidence of the answers alone, without base rates.
    pub answers: Answers,
    /// Mean of the four scale means on −1…+1; absent without scales.
    pub closeness: Option<f64>,
    /// Absent without scales.
    pub engagement: Option<Engagement>,
    /// What each answer adds to the leader from the answers against the next, strongest first.
    pub contributions: Vec<Contribution>,
    /// Where several are level: what each answer adds to them together against the rest, in means of log-odds. Empty where one
    /// leads alone, and where the answers distinguish nothing.
    pub apart: Vec<Contribution>,
    /// Log-odds of the leader from the answers against the next for an average row. With the contributions it sums to
    /// ln([`Answers::ratio`]).
    pub head_start: f64,
    /// What the model rests on.
    pub basis: String,
    /// Number of sessions of the same study whose answers, without codes, showed how easily people agree with each model's
    /// statements; absent where the ease was assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learnt: Option<usize>,
}

/// The model that the answers alone indicate: probabilities of being the strongest when no model is more common than another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// CS, AR, EM, MP; 0 for a model that the classifier does not know.
    pub probabilities: [f64; 4],
    /// The model that the answers speak for.
    pub dominant: RelationalModel,
    /// The next.
    pub second: RelationalModel,
    /// How many times likelier the first is than the next, at most a million.
    pub ratio: f64,
}

/// A ratio below this doesn't distinguish two models.
pub const MIN_RATIO: f64 = 3.0;

/// Whether probabilities put the first model in front of the second by enough to tell them apart.
pub fn is_clear(probabilities: &[f64; 4], first: RelationalModel, second: RelationalModel) -> bool {
    probabilities[first.index()] >= MIN_RATIO * probabilities[second.index()]
}
/// Ratios are capped here, because no answers to a questionnaire are more certain than that.
pub const MOST: f64 = 1e6;

impl Profile {
    /// Whether the probabilities with the published rates distinguish the first from the next.
    pub fn rates_tell(&self) -> bool {
        is_clear(&self.probabilities, self.dominant, self.second)
    }

    /// This profile with the engagement that follows from the strengths of the norms, whose errors are known.
    pub fn with_strengths(self, strengths: Option<Strengths>) -> Self {
        let engagement = strengths.and_then(|strengths| strengths.engagement()).or(self.engagement);
        Self { engagement, ..self }
    }

    /// This profile with the answers of `alone`, a profile that assumes equal shares.
    pub(in crate::classify) fn with_answers_of(self, alone: Self) -> Self {
        let Self { answers, contributions, apart, head_start, .. } = alone;
        Self { uncertain: !answers.tell_apart(), answers, contributions, apart, head_start, ..self }
    }
}

impl Profile {
    /// The same, where the answers of this many sessions of the study contributed.
    pub(in crate::classify) fn learnt_from(self, learnt: Option<usize>) -> Self {
        Self { learnt, ..self }
    }
}

impl Answers {
    fn of(call: Call, probabilities: [f64; 4]) -> Self {
        let mut answers = Self { probabilities, dominant: call.dominant, second: call.second, ratio: MOST };
        answers.ratio = answers.over(call.second);
        answers
    }

    /// Whether the answers distinguish the first from the next.
    pub fn tell_apart(&self) -> bool {
        self.ratio >= MIN_RATIO
    }

    /// The models that are level, the most likely first: the leader, and all that the answers don't distinguish from it.
    pub fn level(&self) -> Vec<RelationalModel> {
        let p = |model: RelationalModel| self.probabilities[model.index()];
        let mut level = vec![self.dominant];
        if !self.tell_apart() {
            level.push(self.second);
            let near = |model: &RelationalModel| p(*model) > 0.0 && self.over(*model) < MIN_RATIO;
            let others = RelationalModel::ALL.into_iter().filter(|model| !level.contains(model));
            let mut others: Vec<RelationalModel> = others.filter(near).collect();
            others.sort_by(|a, b| p(*b).total_cmp(&p(*a)));
            level.extend(others);
        }
        level
    }

    /// The models that the answers distinguish from all that are level.
    pub fn behind(&self) -> Vec<RelationalModel> {
        let level = self.level();
        let p = |model: RelationalModel| self.probabilities[model.index()];
        let least = level.iter().map(|model| p(*model)).fold(f64::INFINITY, f64::min);
        let behind = |model: &RelationalModel| !level.contains(model) && least >= MIN_RATIO * p(*model);
        RelationalModel::ALL.into_iter().filter(behind).collect()
    }

    /// How many times likelier the first is than `model`, at most a million.
    pub fn over(&self, model: RelationalModel) -> f64 {
        let [first, other] = [self.dominant, model].map(|model| self.probabilities[model.index()]);
        if other > 0.0 { (first / other).min(MOST) } else { MOST }
    }

    /// Whether the answers distinguish nothing: all four are level.
    pub fn tell_nothing(&self) -> bool {
        self.level().len() == RelationalModel::ALL.len()
    }
}

/// Whether there is a relation, and not merely a supplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engagement {
    /// No norm reaches the middle of the answer scale: "no relation, only a supplier".
    Low,
    /// Undecided: the interval of the strongest norm contains the middle.
    Unclear,
    /// Anything else.
    Normal,
}

impl Engagement {
    /// From four scale means, −1…+1, with unknown errors. A single norm at the middle or above is enough.
    pub fn of(means: [f64; 4]) -> Self {
        if means.iter().any(|mean| *mean >= 0.0) { Self::Normal } else { Self::Low }
    }

    /// The word in files and rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Unclear => "unclear",
            Self::Normal => "normal",
        }
    }
}

/// What one feature adds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// The feature.
    pub feature: String,
    /// Its value in this session, not standardised; the training mean where it is missing, 1 or 0 for an indicator.
    pub value: f64,
    /// Log-odds added for the leader from the answers against the next, compared with an average row; of trees, by its splits on the
    /// way of this row.
    pub weight: f64,
}

/// The call that probabilities lead to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Call {
    /// The most probable model.
    pub dominant: RelationalModel,
    /// The second.
    pub second: RelationalModel,
    /// Lead of the first over the second.
    pub margin: f64,
    /// Whether the call is open: top below [`MIN_TOP`] or lead below [`MIN_LEAD`].
    pub uncertain: bool,
}

impl Model {
    /// The profile of a session. Features that the model does not know are ignored.
    ///
    /// # Errors
    /// A feature that is missing (if the model refuses that) or not finite, or a model that does not pass [`Model::check`].
    pub fn predict(&self, features: &FeatureSet) -> Result<Profile, ModelError> {
        self.check()?;
        let values = self.values(features)?;
        Ok(self.profile(&values, features))
    }

    /// The probabilities alone, as [`Self::predict`] gives them.
    ///
    /// # Errors
    /// As [`Self::predict`].
    pub fn probabilities(&self, features: &FeatureSet) -> Result<[f64; 4], ModelError> {
        let mut columns = Vec::with_capacity(self.encoding.width());
        self.encoding.encode(&self.values(features)?, &mut columns);
        Ok(self.shared(|class| self.form.score(class, &columns) / self.temperature + self.shift(class)))
    }

    /// The call for probabilities of CS, AR, EM, MP. Ties keep the order of the classes, on every machine.
    pub fn call(&self, probabilities: &[f64; 4]) -> Call {
        let mut best = (0, 1);
        let p = |place: usize| probabilities[self.classes[place].index()];
        if p(1) > p(0) {
            best = (1, 0);
        }
        for place in 2..self.classes.len() {
            if p(place) > p(best.0) {
                best = (place, best.0);
            } else if p(place) > p(best.1) {
                best.1 = place;
            }
        }
        let margin = p(best.0) - p(best.1);
        Call {
            dominant: self.classes[best.0],
            second: self.classes[best.1],
            margin,
            uncertain: p(best.0) < MIN_TOP || margin < MIN_LEAD,
        }
    }

    /// The profile of raw values in the order of the features, NaN where one is missing. The model was checked.
    fn profile(&self, values: &[f64], features: &FeatureSet) -> Profile {
        let mut columns = Vec::with_capacity(self.encoding.width());
        self.encoding.encode(values, &mut columns);
        let score = |class: usize| self.form.score(class, &columns) / self.temperature;
        let probabilities = self.shared(|class| score(class) + self.shift(class));
        let alone = self.shared(|class| score(class) - self.margins[class].ln());
        let (call, own) = (self.call(&probabilities), self.call(&alone));
        let answers = Answers::of(own, alone);
        let start = |model: RelationalModel| {
            let class = self.place(model);
            self.form.start(class) / self.temperature - self.margins[class].ln()
        };
        Profile {
            probabilities,
            dominant: call.dominant,
            second: call.second,
            margin: call.margin,
            uncertain: !answers.tell_apart(),
            answers,
            closeness: features.get(CLOSENESS).filter(|value| value.is_finite()),
            engagement: features
                .scale_means()
                .filter(|means| means.iter().all(|mean| mean.is_finite()))
                .map(Engagement::of),
            contributions: self.contributions(values, &columns, [&[own.dominant], &[own.second]]),
            apart: self.apart(values, &columns, &answers),
            head_start: start(own.dominant) - start(own.second),
            basis: self.basis.clone(),
            learnt: None,
        }
    }

    /// Probabilities of CS, AR, EM, MP from the logits of the classes.
    fn shared(&self, logit: impl Fn(usize) -> f64) -> [f64; 4] {
        let logits: Vec<f64> = (0..self.classes.len()).map(logit).collect();
        let mut probabilities = [0.0; 4];
        for (class, share) in self.classes.iter().zip(softmax(&logits)) {
            probabilities[class.index()] = share;
        }
        probabilities
    }

    /// Raw values in the order of the features.
    fn values(&self, features: &FeatureSet) -> Result<Vec<f64>, ModelError> {
        let mut values = Vec::with_capacity(self.feature_names.len());
        let mut missing = Vec::new();
        for name in &self.feature_names {
            match features.get(name) {
                Some(value) if value.is_finite() => values.push(value),
                Some(value) if value.is_infinite() || self.missing == MissingPolicy::Refuse => {
                    return Err(ModelError::NotFinite(name.clone()));
                }
                None if self.missing == MissingPolicy::Refuse => missing.push(name.clone()),
                _ => values.push(f64::NAN),
            }
        }
        if missing.is_empty() { Ok(values) } else { Err(ModelError::MissingFeatures(missing)) }
    }

    /// The prior's part in a logit. It is added after the temperature, because it is a share and not a score.
    pub(in crate::classify) fn shift(&self, class: usize) -> f64 {
        (self.prior[class] / self.margins[class]).ln()
    }

    fn place(&self, model: RelationalModel) -> usize {
        self.classes.iter().position(|class| *class == model).unwrap_or(0)
    }

    /// What distinguishes the level models from the rest.
    fn apart(&self, values: &[f64], columns: &[f64], answers: &Answers) -> Vec<Contribution> {
        let (level, mut rest) = (answers.level(), answers.behind());
        rest.retain(|model| self.classes.contains(model));
        if level.len() < 2 || rest.is_empty() {
            return Vec::new();
        }
        self.contributions(values, columns, [&level, &rest])
    }

    /// What each column adds to some models against others. Strongest first, equals in the order of the columns.
    fn contributions(
        &self,
        values: &[f64],
        columns: &[f64],
        sides: [&[RelationalModel]; 2],
    ) -> Vec<Contribution> {
        let raw = |column: usize| match values.get(column) {
            Some(value) if value.is_nan() => self.encoding.means[column],
            Some(value) => *value,
            None => {
                let indicator = self.encoding.indicators.get(column - values.len());
                let missing = indicator.and_then(|found| values.get(found.feature));
                f64::from(missing.is_some_and(|value| value.is_nan()))
            }
        };
        let part = |side: &[RelationalModel], column: usize| {
            let parts = side.iter().map(|model| self.form.part(self.place(*model), column, columns));
            parts.sum::<f64>() / side.len() as f64
        };
        let mut contributions: Vec<Contribution> = self
            .encoding
            .names(&self.feature_names)
            .into_iter()
            .enumerate()
            .map(|(column, feature)| Contribution {
                feature,
                value: raw(column),
                weight: (part(sides[0], column) - part(sides[1], column)) / self.temperature,
            })
            .collect();
        contributions.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        contributions
    }
}

/// Shares proportional to the exponentials.
pub(super) fn softmax(logits: &[f64]) -> Vec<f64> {
    let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raised: Vec<f64> = logits.iter().map(|logit| (logit - highest).exp()).collect();
    let sum: f64 = raised.iter().sum();
    raised.iter().map(|value| value / sum).collect()
}
