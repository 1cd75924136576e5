//! The result for a respondent follows from the answers, for complete respondents made by hand.

use super::*;
use crate::classify::model::Engagement;
use crate::instrument::shipped;

/// A respondent with this rating (−1…+1) of the statements of each model, and all choices and points for `first`; without a
/// `first`, choices and points are even.
fn person(plan: &FeaturePlan, ratings: [f64; 4], first: Option<RelationalModel>) -> Evidence {
    let even = |total: f64| ChoiceShares { by_model: [total / 4.0; 4], total };
    let chosen = |total: f64| {
        let mut by_model = [0.0; 4];
        if let Some(first) = first {
            by_model[first.index()] = total;
        }
        if first.is_some() { ChoiceShares { by_model, total } } else { even(total) }
    };
    let sets = plan.best_worst.len() as f64;
    let best_worst = |first: Option<RelationalModel>| {
        let score = |model: RelationalModel| match first {
            Some(first) if first == model => sets,
            Some(_) => -sets / 3.0,
            None => 0.0,
        };
        ChoiceShares { by_model: RelationalModel::ALL.map(score), total: sets }
    };
    let parts = RawParts {
        scale_means: plan.scales.as_ref().map(|_| ratings),
        vignettes: (!plan.vignettes.is_empty()).then(|| chosen(plan.vignettes.len() as f64)),
        best_worst: (!plan.best_worst.is_empty()).then(|| best_worst(first)),
        allocation: plan.allocation.as_ref().map(|plan| chosen(f64::from(plan.total))),
    };
    let features = FeatureSet::from_parts(&parts);
    Evidence {
        perspective: plan.perspective,
        heeds: if features.is_flat() { 0.0 } else { 1.0 },
        features,
        strengths: parts
            .scale_means
            .zip(plan.scales.as_ref())
            .and_then(|(means, ratings)| Strengths::of(means.map(Some), ratings, (1.0, 7.0))),
        plan: plan.clone(),
        random: None,
    }
}

/// Means of four norms that differ.
const RATINGS: [f64; 4] = [0.4, -0.2, -0.3, 0.2];

fn all_plans() -> Vec<(&'static str, FeaturePlan)> {
    let of = |name: &&'static str| {
        let instrument = Arc::new(shipped::read(name).unwrap().instrument.unwrap());
        plans(&instrument).into_iter().map(|plan| (*name, plan)).collect::<Vec<_>>()
    };
    shipped::NAMES.iter().flat_map(of).collect()
}

#[test]
fn somebody_whose_every_answer_is_of_one_model_is_told_that_model() {
    for (name, plan) in all_plans() {
        for model in RelationalModel::ALL {
            let mut ratings = [-1.0; 4];
            ratings[model.index()] = 1.0;
            let profile = References::default().profile(&person(&plan, ratings, Some(model))).unwrap();
            let what = format!("{name} {:?} {model}: {profile:?}", plan.perspective);
            assert_eq!((profile.answers.dominant, profile.dominant), (model, model), "{what}");
            assert!(profile.answers.probabilities[model.index()] >= 0.95, "{what}");
            assert!(profile.probabilities[model.index()] >= 0.80, "{what}");
            assert!(profile.answers.tell_apart() && !profile.uncertain, "{what}");
            assert_eq!(profile.engagement, Some(Engagement::Normal), "{what}");
        }
    }
}

#[test]
fn the_answers_of_somebody_flat_do_not_tell() {
    for (name, plan) in all_plans() {
        for rating in [-1.0, -0.34, 0.0, 0.34, 1.0] {
            let profile = References::default().profile(&person(&plan, [rating; 4], None)).unwrap();
            assert!(!profile.answers.tell_apart(), "{name} {rating}: {profile:?}");
            let engaged = rating >= 0.0;
            assert_eq!(profile.engagement == Some(Engagement::Normal), engaged, "{name} {rating}");
        }
    }
}

#[test]
fn nobody_is_told_a_model_that_only_the_rates_put_in_front() {
    // No business-like reaction, business-like the lowest scale, and still no other model far ahead.
    for (name, plan) in all_plans() {
        let profile = References::default().profile(&person(&plan, [0.2, 0.1, 0.0, -0.5], None)).unwrap();
        assert_ne!(profile.answers.dominant, RelationalModel::MarketPricing, "{name}");
        assert!(profile.answers.probabilities[3] < 0.25, "{name}: {profile:?}");
    }
}

#[test]
fn a_model_gains_no_less_by_the_rates_than_a_rarer_one() {
    let [cs, ar, em, mp] = [0, 1, 2, 3];
    let at = |held: [usize; 2], height: f64| {
        let mut ratings = [-1.0; 4];
        held.into_iter().for_each(|model| ratings[model] = height);
        ratings
    };
    for (name, plan) in all_plans() {
        let levels = [[cs, mp], [ar, em], [ar, mp], [cs, em]].into_iter();
        for ratings in levels.flat_map(|held| [1.0, 0.5, 0.0].map(|height| at(held, height))) {
            let profile = References::default().profile(&person(&plan, ratings, None)).unwrap();
            let gain = |model: usize| profile.probabilities[model] / profile.answers.probabilities[model];
            let what = format!("{name} {:?} {ratings:?} {profile:?}", plan.perspective);
            assert!(gain(mp) >= gain(cs) - 1e-9 && gain(cs) >= gain(ar) - 1e-9, "{what}");
            assert!((gain(ar) - gain(em)).abs() < 1e-9, "{what}");
        }
        // Where no model is more common, the rates add nothing.
        let person = person(&plan, at([cs, mp], 1.0), None);
        let profile = References::default().under(EVEN).profile(&person).unwrap();
        let apart = profile.probabilities.iter().zip(profile.answers.probabilities);
        assert!(apart.into_iter().all(|(with, alone)| (with - alone).abs() < 1e-9), "{name}");
    }
}

#[test]
fn what_a_study_learnt_moves_profiles_and_the_assumed_shares_do_not_move_the_answers() {
    let (_, plan) = all_plans().remove(0);
    let evidence = person(&plan, [0.4, -0.2, -0.3, 0.2], None);
    let plain = References::default().profile(&evidence).unwrap();
    let even = References::default().under([0.25; 4]).profile(&evidence).unwrap();
    assert_eq!(plain.answers, even.answers);
    assert_ne!(plain.probabilities, even.probabilities);
    // A study whose respondents all find the communal statements easy to agree with.
    let generator = Generator::default().with_easier(RelationalModel::CommunalSharing, 0.8);
    let sample = crate::classify::reference::simulate(&plan, &generator, 200, 3).unwrap();
    let sessions: Vec<Evidence> =
        sample.features().into_iter().map(|features| Evidence { features, ..evidence.clone() }).collect();
    let learnt = References::default().learnt(&sessions.iter().collect::<Vec<_>>());
    assert!(learnt.population(plan.perspective).unwrap().offsets.mean[0] > 0.4);
    let told = learnt.profile(&evidence).unwrap();
    assert!(told.answers.probabilities[0] < plain.answers.probabilities[0] - 0.1, "{told:?} {plain:?}");
}

#[test]
fn both_columns_are_read_with_one_ruler_and_ratings_that_are_all_alike_with_none() {
    let instrument = shipped::read("account-self-assessment").unwrap().instrument.unwrap();
    let plans = plans(&Arc::new(instrument));
    let [own, other] = &plans[..] else { panic!("{plans:?}") };
    assert!(
        other.vignettes.is_empty() && other.best_worst.is_empty(),
        "ratings alone cannot teach: {other:?}"
    );
    let generator = Generator::default().with_easier(RelationalModel::CommunalSharing, 1.0);
    let sessions = |plan: &FeaturePlan| -> Vec<Evidence> {
        let sample = crate::classify::reference::simulate(plan, &generator, 200, 3).unwrap();
        let of = |features| Evidence { features, ..person(plan, RATINGS, None) };
        sample.features().into_iter().map(of).collect()
    };
    let both: Vec<Evidence> = sessions(own).into_iter().chain(sessions(other)).collect();
    let learnt = References::default().learnt(&both.iter().collect::<Vec<_>>());
    assert!(learnt.population(own.perspective).is_some() && learnt.population(other.perspective).is_none());
    let lead = |references: &References, plan: &FeaturePlan, ratings| {
        references.profile(&person(plan, ratings, None)).unwrap()
    };
    let plain = References::default();
    for plan in [own, other] {
        let (taught, assumed) = (lead(&learnt, plan, RATINGS), lead(&plain, plan, RATINGS));
        let fell = assumed.answers.probabilities[0] - taught.answers.probabilities[0];
        assert!(fell > 0.1 && taught.learnt.is_some(), "{:?}: {taught:?} {assumed:?}", plan.perspective);
        assert_eq!(lead(&learnt, plan, [0.3; 4]), lead(&plain, plan, [0.3; 4]));
        // A respondent with nearly uniform ratings gets only a part of the learnt ease.
        let nearly = Evidence { heeds: 0.25, ..person(plan, RATINGS, None) };
        let partly = learnt.profile(&nearly).unwrap().answers.probabilities[0];
        assert!(taught.answers.probabilities[0] < partly && partly < assumed.answers.probabilities[0]);
    }
    // Where one side is asked what the other is, the same answers tell the same.
    let asked_alike = FeaturePlan { perspective: Perspective::Own, ..other.clone() };
    assert_eq!(lead(&plain, &asked_alike, RATINGS), lead(&plain, other, RATINGS));
}

#[test]
fn sessions_that_rate_nearly_everything_alike_teach_nothing() {
    let (_, plan) = all_plans().remove(0);
    let sample = crate::classify::reference::simulate(&plan, &Generator::default(), 60, 4).unwrap();
    let of = |(features, heeds)| Evidence { features, heeds, ..person(&plan, RATINGS, None) };
    let people: Vec<Evidence> = sample.features().into_iter().map(|set| of((set, 1.0))).collect();
    let straight: Vec<Evidence> = sample.features().into_iter().map(|set| of((set, 0.25))).collect();
    let found = |sessions: Vec<&Evidence>| population(&sessions);
    assert!(found(people.iter().collect()).is_some() && found(straight.iter().collect()).is_none());
    assert_eq!(found(people.iter().chain(&straight).collect()), found(people.iter().collect()));
}

#[test]
fn what_a_study_teaches_is_settled_before_the_last_answer() {
    assert_eq!(
        [29, 30, 31, 40, 41, 275, 300, 301, 401].map(settled),
        [0, 30, 30, 30, 40, 270, 290, 300, 400]
    );
    // A newly finished session changes what the models have learnt only at every tenth.
    let changes = (31..300).filter(|n| settled(*n) != settled(n + 1)).count();
    assert_eq!(changes, 26);
}

#[test]
fn what_was_not_answered_is_not_counted_on() {
    let instrument =
        Arc::new(crate::instrument::shipped::read("customer-interview").unwrap().instrument.unwrap());
    let start = Start {
        seed: 3,
        language: instrument.language(None),
        fields: BTreeMap::default(),
        at: 0,
        offset: None,
    };
    let (persona, _) = Generator::default().persona(&mut Rng::new(3));
    let walk = simulate::walk(instrument.clone(), start, &persona).unwrap();
    let mut whole = walk.interview.fed_by_scale();
    let of = |fed: &[Vec<Fed>]| evidence_of(&instrument, fed, Perspective::Own).unwrap();
    let communal = |scale: &Scale| {
        scale.construct == Construct::Model(RelationalModel::CommunalSharing)
            && scale.perspective == Perspective::Own
            && scale.method == Method::Mean
    };
    let at = instrument.scales.iter().position(communal).unwrap();
    let answers = whole[at].len();
    // The middle of the scale, so that the two differ in nothing but their number.
    whole[at].iter_mut().for_each(|fed| fed.datum = Datum::Number(4.0));
    let without = |left_out: usize| {
        let mut fed = whole.clone();
        for fed in fed[at].iter_mut().take(left_out) {
            fed.datum = Datum::Missing(crate::instrument::kinds::WhyMissing::Declined);
        }
        fed
    };
    let error = |evidence: &Evidence| evidence.strengths.unwrap().norms[0].unwrap().se;
    let (all, fewer) = (of(&whole), of(&without(2)));
    assert_eq!(fewer.plan.scales.as_ref().unwrap()[0].len(), answers - 2);
    assert_eq!(all.plan.scales.as_ref().unwrap()[0].len(), answers);
    assert!(error(&fewer) > error(&all) * 1.05, "{} {}", error(&fewer), error(&all));
    assert_eq!(left_out(&instrument, &whole, Perspective::Own), []);
    // With too few answers to one of the four no rating is a feature, and that is said; the others are known all the same.
    let none = without(answers);
    assert!(of(&none).plan.scales.is_none());
    let few = TooFew { valid: 0, of: answers, needed: instrument.scales[at].min_valid };
    assert_eq!(
        left_out(&instrument, &none, Perspective::Own),
        [UncountedAnswers::Statements(vec![(RelationalModel::CommunalSharing, few)])]
    );
    let norms = of(&none).strengths.unwrap().norms;
    assert_eq!(norms.map(|norm| norm.is_some()), [false, true, true, true]);
    assert_eq!(norms[1..], of(&whole).strengths.unwrap().norms[1..]);
}
