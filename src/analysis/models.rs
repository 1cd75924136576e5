//! How customers relate: the distribution over the four models, beside the published one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::clusters::{robust, robust_share};
use super::estimate::{cell, mean_of_measured, mean_share, no_surer_than_counted, share};
use super::measured::{Member, ModelCall};
use super::respondents::{numbers, people};
use super::sample::counts;
use super::{Count, IntervalEstimate, ShownCount};
use crate::classify::population::Population;
use crate::classify::session::{Evidence, population_of};
use crate::classify::strength::{Strength, Strengths};
use crate::instrument::{Party, Perspective, RelationalModel};
use crate::psychometrics::Interval;

/// How customers relate: their own perspective over the four models.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Models {
    /// Whether the instrument asks for norms at all; where it does not, nothing is said of models.
    pub asked: bool,
    /// Sessions with a profile.
    pub n: usize,
    /// Complete sessions without one.
    pub without: usize,
    /// One line a model, in the order CS, AR, EM, MP.
    pub lines: Vec<ModelLine>,
    /// The most that an estimated share moves when one model's items are taken to be half a point of seven easier or harder.
    pub moves: Option<f64>,
    /// Whether the estimated shares survive that, so that they are the ones to go by.
    pub holds: bool,
    /// Whether too many sessions would be left out of an estimate for there to be one of the study.
    pub partial: bool,
    /// Sessions whose answers tell none of the four apart. No line counts them.
    pub nothing: Option<ShownCount>,
    /// Sessions with informative answers that do not tell their first two models apart. The lines count them as well.
    pub uncertain: Option<ShownCount>,
    /// Sessions whose answers speak for one model where the assumed shares put another in front.
    pub by_rate: Option<ShownCount>,
    /// Whether the answers of more than half tell nothing apart: no shares can be told.
    pub untold: bool,
    /// Whether single sessions are read with an ease of the statements that the study's own answers taught, and not with the assumed one.
    pub learnt: bool,
    /// Sessions whose statements or choices put another model clearly above the one that all answers together speak for.
    pub parted: Option<ShownCount>,
    /// Sessions with little of a relation at all.
    pub low_engagement: Option<ShownCount>,
    /// Sessions whose ratings count in no profile, because a norm has too few of them.
    pub unrated: Option<ShownCount>,
    /// The norms that have too few somewhere.
    pub unrated_norms: Vec<RelationalModel>,
    /// Whether those who answered speak for the organisation, all of them, so that their relation is one to a client.
    pub managers: bool,
    /// What the profiles rest on, with the number of sessions.
    pub basis: Vec<Count>,
    /// Lowest and highest strength of a norm, where strengths are there.
    pub range: Option<(f64, f64)>,
}

/// A model's part in the study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelLine {
    /// The model.
    pub model: RelationalModel,
    /// Mean probability under the published rates; none where no session's answers tell anything.
    pub weighted: Option<IntervalEstimate>,
    /// The maximum likelihood estimate of the share from the answers of all sessions, without the published rates; none for fewer than
    /// thirty.
    pub estimated: Option<IntervalEstimate>,
    /// Sessions in which it leads under the published rates.
    pub count: ShownCount,
    /// Share of sessions in which it leads, with Wilson's interval; see [`Self::answers_share`].
    pub share: Option<IntervalEstimate>,
    /// Sessions whose answers alone speak most for it.
    pub answers: ShownCount,
    /// Of these, those whose answers do not tell their first two models apart.
    pub uncertain: ShownCount,
    /// Share of these sessions, with Wilson's interval. None where the ease of the statements was learnt from the same answers: sessions are
    /// then read with one error in common, and an interval that counts them one by one is too narrow. [`Models::answers_part`] has the share.
    pub answers_share: Option<IntervalEstimate>,
    /// How strongly its norm is held on average, on the answer scale; none without scales, or where they differ.
    pub strength: Option<IntervalEstimate>,
    /// Sessions behind that.
    pub rated: ShownCount,
    /// What the published study found, where it said so: .16 for communal sharing, .70 for market pricing.
    pub published: Option<f64>,
}

impl Models {
    /// The share of the sessions whose answers speak for the model of a line, among those whose answers tell something apart, or among all
    /// where the number of the others is held back.
    pub fn answers_part(&self, line: &ModelLine) -> Option<f64> {
        let told = self.n - self.nothing.and_then(ShownCount::count).unwrap_or(0);
        let speaking = line.answers.count().filter(|_| !self.untold && told > 0)?;
        Some(speaking as f64 / told as f64)
    }
}

/// What the published study found: "nearly 70 %" businesslike and "1 in 6" personal (The Customer Connection, 2012). It
/// reported nothing of the other two.
pub(super) const PUBLISHED: [Option<f64>; 4] = [Some(0.16), None, None, Some(0.70)];

/// The models of these sessions.
pub(super) fn models(complete: &[&Member]) -> Models {
    let cases: Vec<(&Member, &ModelCall)> =
        complete.iter().filter_map(|member| Some((*member, member.own.as_ref()?))).collect();
    let calls: Vec<&ModelCall> = cases.iter().map(|(_, call)| *call).collect();
    let n = calls.len();
    let told = calls.iter().filter(|call| !call.nothing).count();
    let evidence = evidence_of(complete, Perspective::Own);
    let (population, partial) = of_all(&evidence);
    let strengths: Vec<Strengths> = evidence.iter().filter_map(|(evidence, _)| evidence.strengths).collect();
    let incomplete = || strengths.iter().filter(|found| found.norms.iter().any(Option::is_none));
    let first = strengths.first().map(|found| found.range);
    let range = first.filter(|range| strengths.iter().all(|found| found.range == *range));
    let untold = are_untold(&calls);
    let telling = || cases.iter().filter(|(_, call)| !call.nothing);
    // Nothing is surer than if everybody had been counted once.
    let (answering, people_told) =
        (people(cases.iter().map(|(member, _)| *member)), people(telling().map(|(member, _)| *member)));
    let learnt = calls.iter().any(|call| call.learnt);
    let counted_alone = !untold && !learnt;
    let population = population.filter(|_| !untold);
    let line = |model: RelationalModel| {
        let speaking = calls.iter().filter(|call| call.speaks_for() == Some(model)).count();
        let rated: Vec<(&Member, IntervalEstimate)> = complete
            .iter()
            .filter_map(|member| {
                let found = member.digest.evidence_for(Perspective::Own)?.strengths?.norm(model)?;
                Some((*member, measured(found)))
            })
            .collect();
        let held: Vec<IntervalEstimate> = rated.iter().map(|(_, held)| *held).collect();
        let strength = range.and_then(|range| {
            let cases = rated.iter().map(|(member, held)| (*member, held.value, 1.0));
            Some(robust(mean_of_measured(&held, range)?, cases, range))
        });
        let leading = calls.iter().filter(|call| call.leads() == Some(model)).count();
        let weights: Vec<f64> = calls.iter().map(|call| call.probabilities[model.index()]).collect();
        let probabilities =
            || cases.iter().map(|(member, call)| (*member, call.probabilities[model.index()], 1.0));
        let grouped = mean_share(&weights).map(|found| robust(found, probabilities(), (0.0, 1.0)));
        let is =
            |of: &dyn Fn(&ModelCall) -> Option<RelationalModel>, call: &ModelCall| of(call) == Some(model);
        ModelLine {
            model,
            weighted: grouped
                .filter(|_| !untold)
                .map(|found| no_surer_than_counted(found, answering as f64, (0.0, 1.0))),
            // Its errors are those of a sandwich over respondents, and nothing says how other groups would widen them.
            estimated: population.as_ref().map(|found| estimated(found, model, people_told)),
            count: cell(leading),
            share: robust_share(
                share(leading, n).filter(|_| counted_alone),
                cases.iter().map(|(member, call)| (*member, is(&ModelCall::leads, call))),
            ),
            uncertain: cell(calls.iter().filter(|call| call.leans_to() == Some(model)).count()),
            answers: cell(speaking),
            answers_share: robust_share(
                share(speaking, told).filter(|_| counted_alone),
                telling().map(|(member, call)| (*member, is(&ModelCall::speaks_for, call))),
            ),
            rated: cell(held.len()),
            strength,
            published: PUBLISHED[model.index()],
        }
    };
    let mut basis = BTreeMap::new();
    calls.iter().for_each(|call| *basis.entry(call.basis.as_str()).or_insert(0) += 1);
    Models {
        asked: true,
        n,
        without: complete.len() - n,
        lines: RelationalModel::ALL.into_iter().map(line).collect(),
        moves: population.as_ref().map(|found| found.moves),
        partial,
        holds: !untold && population.as_ref().is_some_and(Population::is_steady),
        nothing: Some(cell(n - told)),
        uncertain: Some(cell(calls.iter().filter(|call| call.uncertain && !call.nothing).count())),
        by_rate: Some(cell(
            calls.iter().filter(|call| !call.uncertain && call.answers != call.dominant).count(),
        )),
        untold,
        learnt,
        unrated: Some(cell(incomplete().count())),
        unrated_norms: RelationalModel::ALL
            .into_iter()
            .filter(|model| incomplete().any(|found| found.norm(*model).is_none()))
            .collect(),
        // A respondent who left the other column out was asked about a client all the same.
        managers: cases.iter().all(|(member, _)| member.party == Party::Organisation)
            && cases.iter().any(|(member, _)| member.other.is_some()),
        parted: Some(cell(calls.iter().filter(|call| call.parted).count())),
        low_engagement: Some(cell(calls.iter().filter(|call| call.low).count())),
        basis: counts(basis),
        range,
    }
}

/// Whether most of these sessions do not tell any two models apart, so that nothing can be said of them by model.
pub(super) fn are_untold(calls: &[&ModelCall]) -> bool {
    2 * calls.iter().filter(|call| call.nothing).count() > calls.len()
}

/// The evidence of sessions, each beside a number for its respondent.
pub(super) fn evidence_of<'a>(
    members: &[&'a Member],
    perspective: Perspective,
) -> Vec<(&'a Evidence, usize)> {
    let known = members.iter().filter_map(|member| Some((*member, member.digest.evidence_for(perspective)?)));
    let (members, evidence): (Vec<&Member>, Vec<&Evidence>) = known.unzip();
    evidence.into_iter().zip(numbers(members)).collect()
}

/// The population estimated from the answers of all these sessions; or none, and whether that is because more than one in twenty lacks a
/// kind of question that most have: an estimate over the others would not describe all.
pub(super) fn of_all(evidence: &[(&Evidence, usize)]) -> (Option<Population>, bool) {
    let found = population_of(evidence);
    // Who rates everything nearly alike teaches nothing, and left nothing out.
    let told = evidence.iter().filter(|(evidence, _)| evidence.teaches()).count();
    let partial = found.as_ref().is_some_and(|found| 20 * found.n < 19 * told);
    (found.filter(|_| !partial), partial)
}

fn measured(strength: Strength) -> IntervalEstimate {
    IntervalEstimate::of(strength.value, Interval { low: strength.low, high: strength.high })
}

/// The estimated share of a model, where so many people told something.
pub(super) fn estimated(population: &Population, model: RelationalModel, told: usize) -> IntervalEstimate {
    let found = IntervalEstimate::of(population.shares[model.index()], population.interval(model));
    no_surer_than_counted(found, population.n.min(told) as f64, (0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Digest;
    use crate::classify::reference::Generator;
    use crate::instrument::{Language, shipped};
    use crate::interview::{Start, simulate};
    use crate::rng::Rng;

    fn evidence(questionnaire: &str, n: u64) -> Vec<Evidence> {
        let instrument = Arc::new(shipped::read(questionnaire).unwrap().instrument.unwrap());
        let mut people = Rng::for_purpose(n, "people");
        let walk = |seed| {
            let (persona, _) = Generator::default().persona(&mut people);
            let language = Language::new("en");
            let fields = [("organisation".to_owned(), "Acme".to_owned())].into();
            let start = Start { seed, language, fields, at: 1_767_600_000_000, offset: None };
            let walk = simulate::walk(instrument.clone(), start, &persona).unwrap();
            Digest::of(&walk.interview, &walk.events).evidence_for(Perspective::Own).cloned().unwrap()
        };
        (1..=n).map(walk).collect()
    }

    #[test]
    fn an_estimate_of_some_is_none_of_all() {
        let whole = evidence("account-self-assessment", 40);
        let shorter = evidence("workshop-pulse", 3);
        let of = |shorter: &[Evidence]| {
            let (found, partial) = of_all(&whole.iter().chain(shorter).zip(0..).collect::<Vec<_>>());
            (found.map(|found| found.n), partial)
        };
        assert_eq!(of(&[]), (Some(40), false));
        assert_eq!(of(&shorter[..2]), (Some(40), false));
        assert_eq!(of(&shorter), (None, true));
    }

    #[test]
    fn an_estimate_is_no_surer_for_people_who_answer_again() {
        let whole = evidence("account-self-assessment", 40);
        let again = |of: fn(usize) -> usize| {
            let each = whole.iter().flat_map(|evidence| [evidence, evidence]).zip((0..).map(of));
            of_all(&each.collect::<Vec<_>>()).0.unwrap()
        };
        let (once, twice) = (again(|number| number), again(|number| number / 2));
        assert_eq!((once.n, twice.n, once.shares), (80, 80, twice.shares));
        let width = |found: &Population| found.intervals.iter().map(|(low, high)| high - low).sum::<f64>();
        assert!(width(&twice) > 1.1 * width(&once), "{} {}", width(&twice), width(&once));
    }
}
