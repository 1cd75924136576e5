//! Pooling: who trains and who is scored.

use super::merit::CodesWorth;
use super::*;
use crate::classify::evaluate::{held_out, judge_beside};
use crate::classify::model::{MissingPolicy, Profile};
use crate::classify::reference::{BASE_RATES, Generator, REFERENCE_BASIS, REFERENCE_SEED, World, simulate};
use crate::classify::session::Evidence;
use crate::classify::train::{Prior, Training, train};
use crate::instrument::Perspective;
use RelationalModel::{CommunalSharing, EqualityMatching, MarketPricing};

pub(super) fn allocation() -> FeaturePlan {
    FeaturePlan { scales: None, vignettes: Vec::new(), ..FeaturePlan::customer_interview_like() }
}

/// Simulated sessions that stand in for a study; their labels are what fallible coders would say.
pub(super) fn study(plan: &FeaturePlan, generator: &Generator, n: usize, seed: u64) -> Vec<CodedSession> {
    let sample = simulate(plan, generator, n, seed).unwrap();
    let rows = sample.features().into_iter().zip(sample.coded).enumerate();
    rows.map(|(at, (features, label))| CodedSession {
        key: (at as u64, 0),
        respondent: format!("R{at:04}"),
        features,
        label,
    })
    .collect()
}

fn evidence(plan: &FeaturePlan, session: &CodedSession) -> Evidence {
    let features = session.features.clone();
    Evidence {
        perspective: plan.perspective,
        features,
        strengths: None,
        plan: plan.clone(),
        heeds: 1.0,
        random: None,
    }
}

/// The log loss of a world that the reference does not describe is lower without it; of one that it describes, with it.
#[test]
fn the_default_is_never_the_one_that_evaluates_worse() {
    let plan = allocation();
    let mut found = Vec::new();
    for (world, n) in [(World::Mixture, 150), (World::Mixture, 40), (World::ALL[0], 60), (World::ALL[0], 150)]
    {
        let coded = study(&plan, &world.generator(), n, 11);
        let sessions: Vec<&CodedSession> = coded.iter().collect();
        let names = coded[0].features.names();
        let people: Vec<String> = coded.iter().map(|session| session.respondent.clone()).collect();
        // As `relata evaluate --pool always` and `--pool never` have it, computed here anew.
        let loss = |pool: Pool| {
            let pooled = Pooled::of(&sessions, &plan, &names, pool, false).unwrap();
            let alone = pooled.beside.is_none();
            let division = divide(&people, pooled.coded.labels(), 10, 1, alone).ok()?;
            let prior = Prior::Shares(BASE_RATES);
            let how = Training { missing: MissingPolicy::Refuse, prior, ..Training::default() };
            let judged = judge_beside(&pooled.coded, pooled.beside.as_ref(), division, None, &how, 0).ok()?;
            judged.0.evaluation.log_loss.value
        };
        let (chosen, always, never) =
            (loss(Pool::Auto).unwrap(), loss(Pool::Always).unwrap(), loss(Pool::Never));
        assert!(chosen <= always && never.is_none_or(|never| chosen <= never), "{world:?} {n}");
        found.push(Pooled::of(&sessions, &plan, &names, Pool::Auto, false).unwrap().beside.is_none());
    }
    // Both are chosen somewhere: the test would see a rule that knows one answer.
    assert!(found.contains(&true) && found.contains(&false), "{found:?}");
}

#[test]
fn codes_alone_are_no_model_of_what_nobody_coded_twice() {
    let plan = allocation();
    let mut coded = study(&plan, &Generator::default(), 80, 1);
    for (at, session) in coded.iter_mut().enumerate() {
        session.label = if at == 0 { EqualityMatching } else { RelationalModel::ALL[[0, 1, 3][at % 3]] };
    }
    let sessions: Vec<&CodedSession> = coded.iter().collect();
    let names = coded[0].features.names();
    assert_eq!(choice::compared(&sessions, &plan, &names, false), None);
    assert!(Pooled::of(&sessions, &plan, &names, Pool::Auto, false).unwrap().beside.is_some());
}

#[test]
fn the_reference_trains_beside_the_codes_or_not_at_all() {
    let plan = allocation();
    let mut coded = study(&plan, &Generator::default(), 80, 1);
    for (at, session) in coded.iter_mut().enumerate() {
        session.label = RelationalModel::ALL[at % 4];
    }
    let names = coded[0].features.names();
    let of = |sessions: &[CodedSession], pool| {
        let sessions: Vec<&CodedSession> = sessions.iter().collect();
        Pooled::of(&sessions, &plan, &names, pool, false).unwrap()
    };
    let own = of(&coded, Pool::Never);
    assert_eq!((own.beside, own.basis), (None, TrainingBasis::Own { coded: 80, simulated: false }));
    assert_eq!(own.coded.weights(), None);
    coded[0].label = MarketPricing;
    let pooled = of(&coded, Pool::Always);
    assert_eq!(pooled.basis, TrainingBasis::Pooled { coded: 80, simulated: false });
    let all = pooled.all().unwrap();
    assert_eq!(all.len(), 80 + pooled.beside.as_ref().unwrap().len());
    let weights = all.weights().unwrap();
    assert_eq!((weights[0], weights[79], weights[80]), (CODE_COUNTS, CODE_COUNTS, 1.0));
    assert!(of(&coded, Pool::Never).beside.is_none());
    assert!(of(&coded[1..], Pool::Always).beside.is_some());
}

#[test]
fn respondents_stay_together_and_the_order_of_interviews_does_not_matter() {
    let people: Vec<String> = (0..24).map(|at| format!("R{}", at % 12)).collect();
    let labels: Vec<RelationalModel> =
        (0..24).map(|at| if at % 12 < 6 { MarketPricing } else { CommunalSharing }).collect();
    let division = divide(&people, &labels, 10, 1, true).unwrap();
    assert_eq!(division.names.len(), 6);
    for at in 0..12 {
        assert_eq!(division.part[at], division.part[at + 12]);
    }
    let reversed: Vec<String> = people.iter().rev().cloned().collect();
    let back: Vec<RelationalModel> = labels.iter().rev().copied().collect();
    let mut other = divide(&reversed, &back, 10, 1, true).unwrap().part;
    other.reverse();
    assert_eq!(other, division.part);
}

#[test]
fn too_few_to_divide_is_said_and_the_reference_helps() {
    let people: Vec<String> = (0..5).map(|at| format!("R{at}")).collect();
    let labels = [MarketPricing, MarketPricing, MarketPricing, MarketPricing, EqualityMatching];
    let lone = divide(&people, &labels, 10, 1, true).unwrap_err();
    assert!(matches!(lone, EvaluateError::TooFew { class: EqualityMatching, rarest: 1, .. }), "{lone}");
    assert_eq!(divide(&people, &[MarketPricing; 5], 10, 1, true).unwrap_err(), EvaluateError::OneClass);
    assert_eq!(divide(&people, &labels, 10, 1, false).unwrap().names.len(), 5);
    assert_eq!(divide(&people[..1], &labels[..1], 10, 1, false).unwrap_err(), EvaluateError::OnePart);
}

#[test]
fn only_coded_rows_are_scored_and_the_reference_never_is() {
    let plan = allocation();
    let coded = study(&plan, &Generator::default(), 30, 5);
    let sessions: Vec<&CodedSession> = coded.iter().collect();
    let names = coded[0].features.names();
    let pooled = Pooled::of(&sessions, &plan, &names, Pool::Always, false).unwrap();
    let people: Vec<String> = coded.iter().map(|session| session.respondent.clone()).collect();
    let division = divide(&people, pooled.coded.labels(), 3, 1, false).unwrap();
    let how = Training { alpha: Some(1.0), ..Training::default() };
    let (judgement, predictions) =
        judge_beside(&pooled.coded, pooled.beside.as_ref(), division.clone(), None, &how, 20).unwrap();
    assert_eq!(predictions.truth, pooled.coded.labels());
    assert_eq!(judgement.division.part.len(), 30);
    // A held-out session is predicted by the reference and the other coded ones.
    let inside: Vec<usize> = (0..30).filter(|&row| division.part[row] != division.part[7]).collect();
    let model = train(&pooled.training(&inside).unwrap(), &how).unwrap();
    let own = held_out(&model, &[coded[7].features.clone()], &[coded[7].label]).unwrap();
    let pairs = own.probabilities.unwrap()[0].into_iter().zip(predictions.probabilities.unwrap()[7]);
    // Many rows at once and one alone are summed in another order.
    assert!(pairs.into_iter().all(|(one, many)| (one - many).abs() < 1e-12));
}

/// A study whose codes teach, because they call each model by the name of another: as many of each as asked for.
fn teaching(plan: &FeaturePlan, each: usize) -> Vec<CodedSession> {
    let mut taken = [0; 4];
    let mut wanted = |session: &CodedSession| {
        let of = &mut taken[session.label.index()];
        *of += 1;
        *of <= each
    };
    let mut coded = study(plan, &Generator::default(), 1_500, 11);
    coded
        .iter_mut()
        .for_each(|session| session.label = RelationalModel::ALL[(session.label.index() + 1) % 4]);
    coded.retain(|session| wanted(session));
    coded
}

#[test]
fn a_session_is_never_classified_by_a_model_that_learnt_its_own_code() {
    let plan = allocation();
    let coded = teaching(&plan, 40);
    let sessions: Vec<&CodedSession> = coded.iter().collect();
    let pool = Pooled::of(&sessions, &plan, &coded[0].features.names(), Pool::Auto, false).unwrap();
    let people: Vec<String> = coded.iter().map(|session| session.respondent.clone()).collect();
    let alone = pool.beside.is_none();
    let part = divide(&people, pool.coded.labels(), 10, REFERENCE_SEED, alone).unwrap().part;
    let prior = Prior::Shares(BASE_RATES);
    let how = Training { seed: REFERENCE_SEED, missing: MissingPolicy::Refuse, prior, ..Training::default() };
    let trained_on = |rows: Vec<usize>| {
        let model = train(&pool.training(&rows).unwrap(), &how).unwrap();
        model.predict(&coded[3].features).unwrap().probabilities
    };
    let mut models = StudyModels::new(coded.clone(), false);
    let own = models.profile(&evidence(&plan, &coded[3]), coded[3].key).unwrap();
    let others: Vec<usize> = (0..160).filter(|&row| part[row] != part[3]).collect();
    assert_eq!(own.basis, TrainingBasis::of(others.len(), !alone, false).to_string());
    assert_eq!(own.probabilities, trained_on(others));
    let stranger = models.profile(&evidence(&plan, &coded[3]), (99, 99)).unwrap();
    assert_eq!(stranger.probabilities, trained_on((0..160).collect()));
    assert_ne!(stranger.probabilities, own.probabilities);
    assert_eq!(models.unused(), None);
}

#[test]
fn whom_somebody_chose_to_code_does_not_become_what_is_assumed_of_others() {
    // Forty of each model were coded: a quarter each, which no study has.
    let plan = allocation();
    let coded = teaching(&plan, 40);
    let stranger = evidence(&plan, &coded[3]);
    let profile = |mut models: StudyModels| models.profile(&stranger, (99, 99)).unwrap();
    let plain = profile(StudyModels::new(coded.clone(), false));
    // Codes that contradict the reference sample are learnt without it, so that both models learn from the same rows.
    let own = TrainingBasis::Own { coded: 160, simulated: false };
    assert_eq!(TrainingBasis::parse(&plain.basis), Some(own), "{}", plain.basis);
    let even = profile(StudyModels::new(coded, false).under([0.25; 4]));
    // The odds of two models move by the odds of what is assumed, .70 against .16.
    let odds = |profile: &Profile| profile.probabilities[MarketPricing.index()] / profile.probabilities[0];
    let moved = odds(&plain) / odds(&even) / (0.70 / 0.16);
    assert!((moved - 1.0).abs() < 1e-6, "{plain:?} {even:?}");
}

#[test]
fn the_other_side_an_uncoded_study_and_codes_that_teach_nothing_are_left_to_the_reference() {
    let mut plan = allocation();
    let mut coded = study(&plan, &Generator::default(), 90, 2);
    let own = evidence(&plan, &coded[0]);
    assert!(StudyModels::default().profile(&own, (1, 1)).is_none());
    assert_eq!(StudyModels::default().unused(), None);
    let few = |n: usize| {
        let mut models = StudyModels::new(coded[..n].to_vec(), false);
        (models.profile(&own, (777, 0)).is_none(), models.unused())
    };
    assert_eq!(few(4), (true, Some(CodesWorth::TooFew { people: 4 })));
    // Somebody who names the models in turn, whatever was said.
    for (at, session) in coded.iter_mut().enumerate() {
        session.label = RelationalModel::ALL[at % 4];
    }
    let mut guessed = StudyModels::new(coded.clone(), false);
    assert!(guessed.profile(&own, (777, 0)).is_none());
    assert!(matches!(guessed.unused(), Some(CodesWorth::Compared(_))), "{:?}", guessed.unused());
    assert_eq!(TrainingBasis::Reference.to_string(), REFERENCE_BASIS);
    plan.perspective = Perspective::Other;
    let other = evidence(&plan, &coded[0]);
    assert!(StudyModels::new(coded, false).profile(&other, (1, 1)).is_none());
}
