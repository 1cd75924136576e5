//! Recovery of findings: do the intervals that a report prints of outcomes by model hold what the simulation put in?
//!
//! Owns the experiment, not its printing: simulated people answer the whole questionnaire, their studies are analysed like any study, and
//! the findings are compared with those of a very large sample in which every model is known. It shows recovery, not validity.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::digest::{Digest, Facts};
use super::experience;
use super::measured::{Measured, Member};
use super::metadata::Metadata;
use super::{DistalOutcome, IntervalEstimate, Standards};
use crate::classify::misclassification::{Assignment, Misclassification};
use crate::classify::reference::Generator;
use crate::instrument::persona::Persona;
use crate::instrument::{Instrument, RelationalModel};
use crate::interview::{Refusal, SessionState, Start, simulate};
use crate::psychometrics::parallel;
use crate::rng::Rng;

pub mod study;
pub mod timed;

/// Simulated people behind the truth: the mean of a model that one in fourteen uses is known to a tenth of its interval.
pub const PEOPLE: usize = 20_000;
/// They are simulated in parts, which are forgotten one after the other.
const PART: usize = 1_000;
/// Simulated sessions begin here, for no reason but that they must begin: 2026-01-05, 08:00 UTC.
const FIRST_SESSION: i64 = 1_767_600_000_000;
const HOUR: i64 = 60 * 60 * 1000;

/// How much is simulated.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Studies.
    pub studies: usize,
    /// Sessions in each.
    pub sessions: usize,
    /// People behind the truth, in thousands that are full.
    pub people: usize,
    /// Equal seeds give equal tables.
    pub seed: u64,
    /// How people come in groups; none where each stands alone.
    pub groups: Option<Groups>,
}

/// People of one organisation who are more alike than others.
#[derive(Debug, Clone, Copy)]
pub struct Groups {
    /// Organisations in a study.
    pub organisations: usize,
    /// The share of variance in explicit and associated sentiment that lies between them.
    pub alike: f64,
}

/// What became of one estimate over all studies.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomePerformance {
    /// What is estimated.
    pub outcome: String,
    /// The model, or the two that are compared.
    pub of: String,
    /// What it is in the population.
    pub truth: f64,
    /// Mean error of the estimates, each against the value for the very people of its study with known models: sampling error is no bias of
    /// the estimate.
    pub bias: Option<f64>,
    /// Mean of the estimates, where there is one.
    pub estimated: Option<f64>,
    /// Share of intervals that hold the truth.
    pub coverage: Option<f64>,
    /// Their mean width.
    pub width: Option<f64>,
    /// Share of studies that cannot tell.
    pub untold: f64,
    /// Mean of how many people of a known model the estimates are worth.
    pub worth: Option<f64>,
    /// Mean of the estimates by the highest likelihood.
    pub likeliest: Option<f64>,
}

/// One estimate of one study.
#[derive(Debug, Clone, Copy, Default)]
struct StudyEstimate {
    estimate: Option<IntervalEstimate>,
    worth: Option<f64>,
    likeliest: Option<f64>,
    /// The value for the same people with known models.
    known: Option<f64>,
}

/// Estimates by outcome and model.
type Findings = BTreeMap<(usize, String, String), StudyEstimate>;

/// What studies of an instrument in a population come to.
///
/// # Errors
/// A simulated respondent who got stuck.
pub fn outcomes(
    instrument: &Arc<Instrument>,
    generator: &Generator,
    extent: Extent,
) -> Result<Vec<OutcomePerformance>, Refusal> {
    let truth = truth(instrument, generator, extent)?;
    let studies = parallel::map((0..extent.studies).collect(), |study| {
        let mut rng = Rng::for_purpose(extent.seed, &format!("study {study}"));
        let people = people(instrument, generator, extent.sessions, extent.groups, &mut rng)?;
        let known = where_known(instrument, &people);
        let sessions = people.into_iter().map(|person| (person.facts, person.digest)).collect();
        let instruments = BTreeMap::from([(instrument.hash.clone(), instrument.clone())]);
        let mut make = |of: &Arc<Instrument>, _, parts: &[&_]| Standards::of_parts(of, parts);
        let mut found = findings(instrument, &Measured::of(sessions, instruments, &mut make));
        for (key, estimate) in &mut found {
            estimate.known = known.get(key).and_then(|known| Some(known.estimate?.value));
        }
        Ok(found)
    });
    let studies: Vec<Findings> = studies.into_iter().collect::<Result<_, Refusal>>()?;
    let line = |(key, truth): (&(usize, String, String), &f64)| {
        let found: Vec<&StudyEstimate> = studies.iter().filter_map(|study| study.get(key)).collect();
        let mean = |pick: &dyn Fn(&StudyEstimate) -> Option<f64>| {
            let picked: Vec<f64> = found.iter().filter_map(|found| pick(found)).collect();
            (!picked.is_empty()).then(|| picked.iter().sum::<f64>() / picked.len() as f64)
        };
        let told = found.iter().filter(|found| found.estimate.is_some()).count();
        let holds = |found: &StudyEstimate| {
            found.estimate.map(|found| f64::from(u8::from((found.low..=found.high).contains(truth))))
        };
        OutcomePerformance {
            outcome: key.1.clone(),
            of: key.2.clone(),
            truth: *truth,
            estimated: mean(&|found| found.estimate.map(|found| found.value)),
            bias: mean(&|found| Some(found.estimate?.value - found.known?)),
            coverage: mean(&holds),
            width: mean(&|found| found.estimate.map(|found| found.high - found.low)),
            untold: 1.0 - told as f64 / extent.studies.max(1) as f64,
            worth: mean(&|found| found.worth),
            likeliest: mean(&|found| found.likeliest),
        }
    };
    Ok(truth.iter().map(line).collect())
}

/// A simulated respondent.
struct Person {
    facts: Facts,
    digest: Digest,
    persona: Persona,
    /// The model that a coder names.
    code: RelationalModel,
}

/// People who answered.
fn people(
    instrument: &Arc<Instrument>,
    generator: &Generator,
    n: usize,
    groups: Option<Groups>,
    rng: &mut Rng,
) -> Result<Vec<Person>, Refusal> {
    // The shared part of a group, explicit and associated, on top of individual differences.
    let common: Vec<[f64; 2]> = groups.map_or_else(Vec::new, |groups| {
        let sd = (groups.alike / (1.0 - groups.alike)).sqrt();
        (0..groups.organisations).map(|_| [sd * rng.normal(), sd * rng.normal()]).collect()
    });
    let one = |number: usize| {
        let (mut persona, code) = generator.persona(rng);
        let mut fields = BTreeMap::default();
        if let (false, Some(first)) = (common.is_empty(), instrument.fields.first()) {
            let group = rng.below(common.len());
            persona.explicit += common[group][0];
            persona.association += common[group][1];
            fields.insert(first.name.clone(), format!("Organisation {}", group + 1));
        }
        let language = instrument.language(None);
        let begun = FIRST_SESSION + HOUR * number as i64;
        let start = Start { seed: rng.bits(), language, fields, at: begun, offset: None };
        let (seed, language) = (start.seed, start.language.to_string());
        let walk = simulate::walk(instrument.clone(), start, &persona)?;
        let facts = Facts {
            id: number.to_string(),
            respondent: number.to_string(),
            interviewer: None,
            instrument: instrument.name.clone(),
            version: instrument.version.clone(),
            hash: instrument.hash.clone(),
            begun,
            seed,
            language,
            mode: "simulated".to_owned(),
            state: SessionState::Finished,
            test: false,
            simulated: true,
            imported_from: None,
        };
        let digest = Digest::of(&walk.interview, &walk.events);
        Ok(Person { facts, digest, persona, code })
    };
    (0..n).map(one).collect()
}

/// The findings with known models.
fn where_known(instrument: &Arc<Instrument>, people: &[Person]) -> Findings {
    let unit = std::array::from_fn(|a| std::array::from_fn(|b| f64::from(u8::from(a == b))));
    let errors = Arc::new(Misclassification { rows: unit, covariance: [[[0.0; 4]; 4]; 4] });
    let known = |person: &Person| {
        let probabilities = unit[person.persona.model.index()];
        Member {
            facts: person.facts.clone(),
            digest: person.digest.clone(),
            own: None,
            other: None,
            assigned: Some(Assignment { probabilities, errors: errors.clone() }),
            gap: None,
            party: crate::instrument::Party::Customer,
            organisation: None,
        }
    };
    let members = people.iter().map(known).collect();
    let instruments = BTreeMap::from([(instrument.hash.clone(), instrument.clone())]);
    let (metadata, plans) = (Metadata::default(), Vec::new());
    let (norms, assumed) = (BTreeMap::new(), [0.25; 4]);
    findings(instrument, &Measured { instruments, members, norms, assumed, metadata, plans })
}

/// The findings with known models: means of the parts, weighted by their numbers of people.
fn truth(
    instrument: &Arc<Instrument>,
    generator: &Generator,
    Extent { people: many, seed, groups, .. }: Extent,
) -> Result<BTreeMap<(usize, String, String), f64>, Refusal> {
    let parts = parallel::map((0..many.div_ceil(PART)).collect(), |part| {
        let mut rng = Rng::for_purpose(seed, &format!("truth {part}"));
        let people = people(instrument, generator, PART, groups, &mut rng)?;
        Ok(where_known(instrument, &people))
    });
    let mut sums: BTreeMap<(usize, String, String), (f64, f64)> = BTreeMap::new();
    for part in parts {
        for (key, found) in part? {
            if let Some(estimate) = found.estimate {
                let worth = found.worth.unwrap_or(PART as f64);
                let sum = sums.entry(key).or_default();
                *sum = (sum.0 + worth * estimate.value, sum.1 + worth);
            }
        }
    }
    let mut truth: BTreeMap<_, f64> = sums.into_iter().map(|(key, (sum, n))| (key, sum / n)).collect();
    // A difference is that of the two means, each over all people of its model.
    let differences: Vec<_> = truth.keys().filter(|key| key.2 == DIFFERENCE).cloned().collect();
    for key in differences {
        let of = |model: RelationalModel| {
            truth.get(&(key.0, key.1.clone(), model.abbreviation().to_owned())).copied()
        };
        if let (Some(up), Some(down)) =
            (of(RelationalModel::CommunalSharing), of(RelationalModel::MarketPricing))
        {
            truth.insert(key, up - down);
        }
    }
    Ok(truth)
}

/// The name of a difference in the column of models.
pub const DIFFERENCE: &str = "CS − MP";

fn findings(instrument: &Instrument, measured: &Measured) -> Findings {
    let complete: Vec<&Member> = measured.members.iter().filter(|member| member.counts()).collect();
    let language = instrument.language(None);
    let found = experience::experience(measured, instrument, &complete, &language);
    let mut findings = Findings::new();
    for (place, line) in found.outcomes.iter().enumerate() {
        let name = if line.outcome == DistalOutcome::Feeling { &line.name } else { name(line.outcome) };
        let mut keep = |of: &str, found: StudyEstimate| {
            findings.insert((place, name.to_owned(), of.to_owned()), found);
        };
        for (model, adjusted) in RelationalModel::ALL.into_iter().zip(&line.by_model) {
            let (estimate, worth) = (adjusted.estimate, Some(adjusted.worth));
            keep(model.abbreviation(), StudyEstimate { estimate, worth, likeliest: None, known: None });
        }
        let difference = line.personal_minus_business;
        keep(
            DIFFERENCE,
            StudyEstimate {
                estimate: difference.estimate,
                worth: Some(difference.worth),
                likeliest: line.by_likelihood,
                known: None,
            },
        );
    }
    findings
}

fn name(outcome: DistalOutcome) -> &'static str {
    match outcome {
        DistalOutcome::Nps => "NPS",
        DistalOutcome::Satisfaction => "satisfaction",
        DistalOutcome::Satisfied => "satisfied (8-10)",
        DistalOutcome::Staying => "staying",
        DistalOutcome::Leaving => "leaning to leave",
        DistalOutcome::Feeling => "feeling",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::privacy::Privacy;
    use crate::analysis::{Filter, StudyReport};
    use crate::instrument::shipped;

    /// Every number that stands under one of these names, wherever it stands.
    fn numbers(of: &serde_json::Value, names: &[&str], found: &mut Vec<f64>) {
        match of {
            serde_json::Value::Object(map) => map.iter().for_each(|(name, value)| {
                found.extend(value.as_f64().filter(|_| names.contains(&name.as_str())));
                numbers(value, names, found);
            }),
            serde_json::Value::Array(all) => all.iter().for_each(|value| numbers(value, names, found)),
            _ => {}
        }
    }

    /// Six organisations of ten people, as a study of sixty has them: were an interval the range of their means, whoever reads its ends would
    /// read what one organisation said that is too small to be shown.
    #[test]
    fn no_end_of_a_published_interval_is_what_a_hidden_organisation_said() {
        let instrument = Arc::new(shipped::read("customer-interview").unwrap().instrument.unwrap());
        let language = instrument.language(None);
        let (mut hidden, mut known, mut ends) = (0, 0, 0);
        for seed in 0..3 {
            let groups = Some(Groups { organisations: 6, alike: 0.05 });
            let people = people(&instrument, &Generator::default(), 60, groups, &mut Rng::new(seed)).unwrap();
            let sessions = people.into_iter().map(|person| (person.facts, person.digest)).collect();
            let instruments = BTreeMap::from([(instrument.hash.clone(), instrument.clone())]);
            let mut make = |of: &Arc<Instrument>, _, parts: &[&_]| Standards::of_parts(of, parts);
            let measured = Measured::of(sessions, instruments, &mut make);
            let report = |filter: &Filter| StudyReport::build(&measured, filter, &language);
            let public = report(&Filter::default()).publishable(Privacy::default());
            let mut published = Vec::new();
            numbers(&serde_json::to_value(&public).unwrap(), &["low", "high"], &mut published);
            // The ends of a scale are the same for everybody.
            published.retain(|end| end.fract() != 0.0);
            ends += published.len();
            let field = &instrument.fields[0].name;
            for organisation in 1..=6 {
                let name = format!("Organisation {organisation}");
                let filter = Filter { fields: BTreeMap::from([(field.clone(), name)]), ..Filter::default() };
                let own = report(&filter);
                if own.sample.complete >= Privacy::default().least() {
                    continue;
                }
                hidden += 1;
                let mut means = Vec::new();
                numbers(&serde_json::to_value(&own).unwrap(), &["value", "mean"], &mut means);
                known += means.len();
                let told = |mean: &&f64| published.iter().any(|end| (end - **mean).abs() < 1e-9);
                assert_eq!(means.iter().find(told), None, "an organisation of {}", own.sample.complete);
            }
        }
        assert!(hidden > 3 && known > 100 && ends > 100, "{hidden} {known} {ends}");
    }

    #[test]
    fn intervals_hold_what_was_simulated_and_differences_are_not_half_of_it() {
        let instrument = Arc::new(shipped::read("customer-interview").unwrap().instrument.unwrap());
        let extent = Extent { studies: 6, sessions: 275, people: 6_000, seed: 5, groups: None };
        let lines = outcomes(&instrument, &Generator::default(), extent).unwrap();
        let differences: Vec<&OutcomePerformance> =
            lines.iter().filter(|line| line.of == DIFFERENCE).collect();
        assert!(differences.len() > 15);
        let told = |line: &&&OutcomePerformance| line.coverage.is_some();
        let of_business: Vec<&OutcomePerformance> = lines.iter().filter(|line| line.of == "MP").collect();
        for lines in [&differences, &of_business] {
            let held: f64 = lines.iter().filter_map(|line| line.coverage).sum();
            let held = held / lines.iter().filter(told).count() as f64;
            // Means weighted by probabilities held the truth in none of twenty. Six studies of answers that go together are few.
            assert!(held > 0.8, "{held}");
        }
        // Of the size that differences have. Means weighted by probabilities came to an eighth of it; one outcome of six studies says
        // little by itself.
        let sizes = || differences.iter().filter_map(|line| Some(line.estimated? / line.truth));
        let size = sizes().sum::<f64>() / sizes().count() as f64;
        assert!(size > 0.4 && size < 1.4, "{size}");
        let satisfaction = differences.iter().find(|line| line.outcome == "satisfaction").unwrap();
        let (found, checked) = (satisfaction.estimated.unwrap(), satisfaction.likeliest.unwrap());
        assert!((found - checked).abs() < 0.3, "{satisfaction:?}");
        // What two of thirty do is not told.
        let extent = Extent { studies: 2, sessions: 30, people: 1_000, seed: 5, groups: None };
        let few = outcomes(&instrument, &Generator::default(), extent).unwrap();
        assert!(few.iter().filter(|line| line.of == "EM").all(|line| line.untold > 0.4));
    }
}
