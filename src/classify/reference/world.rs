//! The population of simulated respondents and coders, and the other worlds that the reference model is tried in.
//!
//! Owns the latent states and the two labels. Every number is given here with its reason, fixed before any fit, and recovery is
//! reported as it comes out.

use serde::{Deserialize, Serialize};

use super::shares::means_for;
use crate::instrument::construct::RelationalModel;
use crate::instrument::persona::{Persona, ResponseModel};
use crate::rng::Rng;

/// Shares of CS, AR, EM, MP: nearly 70 % businesslike and about one in six personal (The Customer Connection, 2012, 275
/// customers of six service providers); the other two share what is left (assumed).
pub const BASE_RATES: [f64; 4] = [0.16, 0.07, 0.07, 0.70];
/// Shares under which the answers alone decide.
pub const EVEN: [f64; 4] = [0.25; 4];
/// SD of the error with which a coder sees each of the four norms, in SD of a norm between people: solved so that coders name
/// another model than the one in use in [`CODER_ERROR`] of the sessions of the reference world.
const CODER_SD: f64 = 0.337;
/// Share of sessions of the reference world in which a coder names another model than the one in use. (assumed)
pub const CODER_ERROR: f64 = 0.12;
/// Share of respondents who answer without reading. (assumed)
pub const CARELESS: f64 = 0.05;
/// SD of yes-saying between respondents, in SD of a response. (assumed)
pub const ACQUIESCENCE_SD: f64 = 0.3;
/// How much warmer personal-model customers are, in SD, said and associated: the study found a clearly better
/// experience; the size is (assumed).
const PERSONAL_WARMTH: f64 = 0.5;
/// Correlation of said and associated sentiment over all respondents (Hofmann et al. 2005, meta-analytic mean).
pub const EXPLICIT_INDIRECT: f64 = 0.24;
/// Correlation, norm by norm, of one's own strengths with the estimate of the other side's: people assume that others see
/// things as they do. (assumed)
const ASSUMED_SIMILARITY: f64 = 0.5;
/// How much easier to agree with the items of one model are in the world that asks what this does, in SD of a response.
pub const EASIER: f64 = 0.5;
/// In the mixture: how far the mean of the norm in use stands above the means of the other three, in SD.
const MIXTURE_SEPARATION: f64 = 0.8;
/// Correlations between norms in the world where they have some, CS–EM, CS–MP and AR–MP; all others 0.
const CORRELATIONS: [(usize, usize, f64); 3] = [(0, 2, 0.3), (0, 3, -0.3), (1, 3, -0.2)];

/// A world with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum World {
    /// What the reference model is fitted on: the norm held strongest is the model in use, at the published shares.
    Reference,
    /// Norms that correlate.
    Correlated,
    /// Weaker items and choices, no general factor, no yes-saying.
    WeakItems,
    /// Communal items that are easier to agree with.
    EasierItems,
    /// The four models are in use equally often.
    EvenShares,
    /// The model in use only lifts one of four independent norms; it need not be the strongest.
    Mixture,
}

impl World {
    /// All of them, the reference first.
    pub const ALL: [Self; 6] = [
        Self::Reference,
        Self::Correlated,
        Self::WeakItems,
        Self::EasierItems,
        Self::EvenShares,
        Self::Mixture,
    ];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Correlated => "correlated",
            Self::WeakItems => "weak items",
            Self::EasierItems => "easier items",
            Self::EvenShares => "even shares",
            Self::Mixture => "mixture",
        }
    }

    /// Its population.
    pub fn generator(self) -> Generator {
        let reference = Generator::default();
        match self {
            Self::Reference => reference,
            Self::Correlated => Generator { correlated: true, ..reference },
            Self::WeakItems => {
                Generator { response: ResponseModel::MISSPECIFIED, acquiescence_sd: 0.0, ..reference }
            }
            Self::EasierItems => reference.with_easier(RelationalModel::CommunalSharing, EASIER),
            Self::EvenShares => Generator::with_shares(EVEN),
            Self::Mixture => Generator { labels: Labels::Shifted, means: [0.0; 4], ..reference },
        }
    }
}

/// What makes a model the one in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Labels {
    /// Its norm is held strongest (dominance).
    Strongest,
    /// It was drawn by the published shares and lifts its norm by .8 SD.
    Shifted,
}

/// How much easier than assumed the items of each model are to agree with, in SD of a response, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Offsets {
    /// For CS, AR, EM, MP.
    pub mean: [f64; 4],
    /// A square root of the covariance of their errors, lower triangle.
    pub root: [[f64; 4]; 4],
}

impl Offsets {
    fn draw(&self, rng: &mut Rng) -> [f64; 4] {
        let noise: [f64; 4] = std::array::from_fn(|_| rng.normal());
        std::array::from_fn(|k| {
            self.mean[k] + self.root[k].iter().zip(noise).map(|(a, b)| a * b).sum::<f64>()
        })
    }
}

/// A population of simulated respondents and their coders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Generator {
    /// What makes a model the one in use.
    pub labels: Labels,
    /// Mean strength of the four norms, CS, AR, EM, MP.
    pub means: [f64; 4],
    /// SD of a norm between people; 1 in the reference world.
    pub spread: f64,
    /// Whether norms correlate.
    pub correlated: bool,
    /// How much easier the items of each model are than assumed; drawn anew for every respondent.
    pub offsets: Offsets,
    /// How answers reflect the latent state.
    pub response: ResponseModel,
    /// SD of yes-saying.
    pub acquiescence_sd: f64,
    /// SD of a coder's error about one norm, in SD of a norm.
    pub coder_sd: f64,
    /// See [`CARELESS`].
    pub careless: f64,
}

impl Default for Generator {
    fn default() -> Self {
        Self::with_shares(BASE_RATES)
    }
}

impl Generator {
    /// The reference world with other shares of the four models.
    pub fn with_shares(shares: [f64; 4]) -> Self {
        Self {
            labels: Labels::Strongest,
            means: means_for(shares),
            spread: 1.0,
            correlated: false,
            offsets: Offsets::default(),
            response: ResponseModel::REFERENCE,
            acquiescence_sd: ACQUIESCENCE_SD,
            coder_sd: CODER_SD,
            careless: CARELESS,
        }
    }

    /// The same shares with another spread of norms between people, and items that are easier or harder than assumed.
    pub fn observed(self, spread: f64, offsets: Offsets) -> Self {
        // Shares depend on means in units of the spread.
        Self { means: self.means.map(|mean| mean / self.spread * spread), spread, offsets, ..self }
    }

    /// The same where only this share, 0…1, of the items' ease is taken into account.
    pub(in crate::classify) fn heeding(mut self, part: f64) -> Self {
        let offsets = &mut self.offsets;
        offsets.mean = offsets.mean.map(|ease| part * ease);
        offsets.root = offsets.root.map(|row| row.map(|error| part * error));
        self
    }

    /// The same with the items of one model easier by so many SD of a response.
    pub fn with_easier(mut self, model: RelationalModel, by: f64) -> Self {
        self.offsets.mean[model.index()] += by;
        self
    }

    /// A respondent, and the model that a coder names for the respondent's own side.
    pub fn persona(&self, rng: &mut Rng) -> (Persona, RelationalModel) {
        let own = self.norms(rng, None);
        let other = self.norms(rng, Some(&own.deviations));
        let coded = self.code(&own, rng);
        let personal = f64::from(own.model == RelationalModel::CommunalSharing);
        let closeness = rng.normal();
        let acquiescence = self.acquiescence_sd * rng.normal();
        let careless = rng.chance(self.careless);
        let (explicit, association) = sentiment(personal, rng);
        let persona = Persona {
            model: own.model,
            other_model: other.model,
            norms: own.strengths,
            other_norms: other.strengths,
            ease: self.offsets.draw(rng),
            closeness,
            acquiescence,
            careless,
            explicit,
            association,
        };
        (persona, coded)
    }

    /// The code that a coder gives for these norms: the strongest of the four as the coder sees them, with an error, so that
    /// coders err where models lie close together. In the mixture errors don't depend on the norms.
    fn code(&self, held: &Norms, rng: &mut Rng) -> RelationalModel {
        let noise: [f64; 4] = std::array::from_fn(|_| self.coder_sd * rng.normal());
        match self.labels {
            Labels::Strongest => {
                // Coders know how common each model is: without the factor in front of the means, their errors would make
                // common models rarer among codes than they are.
                let known = (1.0 + self.coder_sd * self.coder_sd).sqrt();
                strongest(&std::array::from_fn(|k| known * self.means[k] + held.deviations[k] + noise[k]))
            }
            Labels::Shifted => {
                // The share of guesses is set so that codes are wrong in the same share of sessions: a guess can hit.
                let by_chance: f64 = BASE_RATES.iter().map(|rate| rate * rate).sum();
                let guesses = rng.chance(CODER_ERROR / (1.0 - by_chance));
                let guess = by_base_rates(rng);
                if guesses { guess } else { held.model }
            }
        }
    }

    /// The code of a further, independent coder for a respondent's own side.
    pub fn coded(&self, persona: &Persona, rng: &mut Rng) -> RelationalModel {
        self.code_of(&persona.norms, persona.model, rng)
    }

    /// The code of the side that is estimated, from its simulated strengths.
    pub(super) fn code_of(
        &self,
        strengths: &[f64; 4],
        model: RelationalModel,
        rng: &mut Rng,
    ) -> RelationalModel {
        let deviations = std::array::from_fn(|k| strengths[k] - self.means[k]);
        self.code(&Norms { model, strengths: *strengths, deviations }, rng)
    }

    /// One side's norms; like those of `near`, where there are any.
    fn norms(&self, rng: &mut Rng, near: Option<&[f64; 4]>) -> Norms {
        let drawn: [f64; 4] = std::array::from_fn(|_| rng.normal());
        let mixed = if self.correlated { correlate(drawn) } else { drawn };
        let r = ASSUMED_SIMILARITY;
        let mut deviations: [f64; 4] = std::array::from_fn(|k| match near {
            Some(near) => r * near[k] + (1.0 - r * r).sqrt() * self.spread * mixed[k],
            None => self.spread * mixed[k],
        });
        let model = match self.labels {
            Labels::Strongest => strongest(&std::array::from_fn(|k| self.means[k] + deviations[k])),
            Labels::Shifted => {
                let model = by_base_rates(rng);
                deviations[model.index()] += MIXTURE_SEPARATION;
                model
            }
        };
        Norms { model, strengths: std::array::from_fn(|k| self.means[k] + deviations[k]), deviations }
    }
}

/// One side's norms and the model that follows.
struct Norms {
    model: RelationalModel,
    strengths: [f64; 4],
    deviations: [f64; 4],
}

fn strongest(strengths: &[f64; 4]) -> RelationalModel {
    let mut best = RelationalModel::ALL[0];
    for model in RelationalModel::ALL {
        if strengths[model.index()] > strengths[best.index()] {
            best = model;
        }
    }
    best
}

/// Independent unit normals made to correlate as [`CORRELATIONS`] say: the Cholesky factor of that matrix, row by row.
fn correlate(drawn: [f64; 4]) -> [f64; 4] {
    let mut root = [[0.0; 4]; 4];
    for row in 0..4 {
        for column in 0..=row {
            let wanted = if row == column {
                1.0
            } else {
                let pair = CORRELATIONS.iter().find(|(a, b, _)| (*a, *b) == (column, row));
                pair.map_or(0.0, |(_, _, r)| *r)
            };
            let known: f64 = (0..column).map(|k| root[row][k] * root[column][k]).sum();
            root[row][column] =
                if row == column { (wanted - known).sqrt() } else { (wanted - known) / root[column][column] };
        }
    }
    std::array::from_fn(|k| root[k].iter().zip(drawn).map(|(a, b)| a * b).sum())
}

fn by_base_rates(rng: &mut Rng) -> RelationalModel {
    RelationalModel::ALL[rng.weighted(&BASE_RATES)]
}

/// Said and associated sentiment, each with mean 0 and SD 1 over everybody, correlated as published; part of the
/// correlation is that personal-model customers are warmer on both.
fn sentiment(personal: f64, rng: &mut Rng) -> (f64, f64) {
    let share = BASE_RATES[RelationalModel::CommunalSharing.index()];
    let between = PERSONAL_WARMTH.powi(2) * share * (1.0 - share);
    let within_sd = (1.0 - between).sqrt();
    let within_r = (EXPLICIT_INDIRECT - between) / (1.0 - between);
    let warmth = PERSONAL_WARMTH * (personal - share);
    let (a, b) = (rng.normal(), rng.normal());
    let explicit = warmth + within_sd * a;
    let association = warmth + within_sd * (within_r * a + (1.0 - within_r * within_r).sqrt() * b);
    (explicit, association)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::psychometrics::descriptive::{correlation, sd};

    fn people(generator: &Generator, n: usize, seed: u64) -> Vec<(Persona, RelationalModel)> {
        let mut rng = Rng::new(seed);
        (0..n).map(|_| generator.persona(&mut rng)).collect()
    }

    #[test]
    fn truth_and_code_keep_the_base_rates_and_coders_err_in_12_percent() {
        let n = 40_000;
        let people = people(&Generator::default(), n, 1);
        let share = |hits: usize| hits as f64 / n as f64;
        for (model, rate) in RelationalModel::ALL.into_iter().zip(BASE_RATES) {
            let coded = people.iter().filter(|(_, code)| *code == model).count();
            let own = people.iter().filter(|(p, _)| p.model == model).count();
            let other = people.iter().filter(|(p, _)| p.other_model == model).count();
            // Four standard errors of a share at n = 40,000 are at most .0092.
            for found in [coded, own, other] {
                assert!((share(found) - rate).abs() < 0.0092, "{model}: {}", share(found));
            }
        }
        let errors = people.iter().filter(|(p, code)| p.model != *code).count();
        assert!((share(errors) - CODER_ERROR).abs() < 0.0066, "{errors}");
        let careless = people.iter().filter(|(p, _)| p.careless).count();
        assert!((share(careless) - CARELESS).abs() < 0.0044);
    }

    #[test]
    fn the_strongest_norm_is_the_model_in_use_but_in_the_mixture() {
        for world in World::ALL {
            let people = people(&world.generator(), 4_000, 3);
            let strongest = people.iter().filter(|(p, _)| strongest(&p.norms) == p.model).count();
            if world == World::Mixture {
                assert!((1_500..2_500).contains(&strongest), "{strongest}");
            } else {
                assert_eq!(strongest, people.len(), "{}", world.name());
            }
        }
    }

    #[test]
    fn worlds_differ_in_what_their_names_say() {
        let even = people(&World::EvenShares.generator(), 20_000, 5);
        for model in RelationalModel::ALL {
            let hits = even.iter().filter(|(p, _)| p.model == model).count();
            assert!((hits as f64 / 20_000.0 - 0.25).abs() < 0.0125);
        }
        let correlated = people(&World::Correlated.generator(), 20_000, 5);
        for (a, b, r) in CORRELATIONS {
            let norms = |k: usize| correlated.iter().map(|(p, _)| p.norms[k]).collect::<Vec<f64>>();
            assert!((correlation(&norms(a), &norms(b)).unwrap() - r).abs() < 0.03);
        }
        let easier = people(&World::EasierItems.generator(), 10, 5);
        assert!(easier.iter().all(|(p, _)| p.ease == [EASIER, 0.0, 0.0, 0.0]));
        let wide = people(&Generator::default().observed(0.7, Offsets::default()), 20_000, 6);
        let business: Vec<f64> = wide.iter().map(|(p, _)| p.norms[3]).collect();
        assert!((sd(&business).unwrap() - 0.7).abs() < 0.02);
        let hits = wide.iter().filter(|(p, _)| p.model == RelationalModel::MarketPricing).count();
        assert!((hits as f64 / 20_000.0 - 0.7).abs() < 0.013, "the shares stay: {hits}");
    }

    #[test]
    fn what_is_estimated_of_the_other_side_looks_like_ones_own() {
        let people = people(&Generator::default(), 20_000, 7);
        for k in 0..4 {
            let (own, other): (Vec<f64>, Vec<f64>) =
                people.iter().map(|(p, _)| (p.norms[k], p.other_norms[k])).unzip();
            assert!((correlation(&own, &other).unwrap() - ASSUMED_SIMILARITY).abs() < 0.02);
            assert!((sd(&other).unwrap() - 1.0).abs() < 0.02);
        }
    }

    #[test]
    fn sentiments_correlate_as_published_and_personal_customers_are_warmer() {
        let people = people(&Generator::default(), 30_000, 2);
        let said: Vec<f64> = people.iter().map(|(p, _)| p.explicit).collect();
        let meant: Vec<f64> = people.iter().map(|(p, _)| p.association).collect();
        assert!((correlation(&said, &meant).unwrap() - EXPLICIT_INDIRECT).abs() < 0.02);
        for latent in [&said, &meant] {
            let mean = |personal: bool| {
                let of = people
                    .iter()
                    .zip(latent)
                    .filter(|((p, _), _)| (p.model == RelationalModel::CommunalSharing) == personal);
                let values: Vec<f64> = of.map(|(_, value)| *value).collect();
                values.iter().sum::<f64>() / values.len() as f64
            };
            assert!((mean(true) - mean(false) - PERSONAL_WARMTH).abs() < 0.07);
            assert!((sd(latent).unwrap() - 1.0).abs() < 0.02);
        }
    }
}
