//! Outcomes by model, with classifiers whose errors are known, and the agreement of two models beside what rates give.

use super::*;

/// The same of a classifier that never errs.
fn known(model: RelationalModel) -> Option<Assignment> {
    let rows = std::array::from_fn(|s| std::array::from_fn(|t| f64::from(u8::from(s == t))));
    let probabilities = rows[model.index()];
    Some(Assignment {
        probabilities,
        errors: Arc::new(Misclassification { rows, covariance: [[[0.0; 4]; 4]; 4] }),
    })
}

/// Customers who gave this answer and are taken for this.
fn taken_for(
    instrument: &Arc<Instrument>,
    scale: &str,
    rows: impl Iterator<Item = (f64, Option<Assignment>)>,
) -> Vec<Member> {
    rows.enumerate()
        .map(|(number, (answer, assigned))| {
            let mut member = customer(number, instrument);
            says(&mut member, instrument, scale, &[answer]);
            Member { assigned, ..member }
        })
        .collect()
}

#[test]
fn a_model_that_is_known_has_the_mean_and_the_interval_of_its_people() {
    let instrument = instrument();
    let rows = || (0..40).map(|number| ((number % 11) as f64, known(if number < 15 { CS } else { MP })));
    let found = report(taken_for(&instrument, "nps_score", rows()), &instrument);
    let all = found.experience.all.nps.as_ref().unwrap();
    assert_eq!(all.n, 40);
    let line = of(&found, DistalOutcome::Nps);
    let personal = line.by_model[CS.index()];
    // 0…10 and 0…3: two promoters and eleven detractors of fifteen.
    assert!((personal.estimate.unwrap().value + 60.0).abs() < 1e-9 && (personal.worth - 15.0).abs() < 1e-9);
    let sides: Vec<f64> = (0..15)
        .map(|number| match number % 11 {
            9.. => 100.0,
            7 | 8 => 0.0,
            _ => -100.0,
        })
        .collect();
    assert_eq!(personal.estimate, estimate::mean(&sides, (-100.0, 100.0)));
    // Nobody uses these.
    for model in [RelationalModel::AuthorityRanking, EM] {
        let none = line.by_model[model.index()];
        assert_eq!((none.estimate, none.worth, none.untold), (None, 0.0, Some(Untold::TooFew)));
    }
    assert!(line.by_likelihood.is_some());
}

#[test]
fn errors_are_taken_out_of_what_those_who_use_a_model_say() {
    let instrument = instrument();
    // Of a hundred personal with an 8 and as many businesslike with a 6, what is assigned just as the errors say.
    let certain = |model: usize| std::array::from_fn(|k| if k == model { 1.0 } else { 0.0 });
    let of_model = |model: usize, mark: f64| {
        (0..4).flat_map(move |taken_as: usize| {
            let times = if taken_as == model { 240 } else { 20 };
            (0..times).map(move |_| (mark, taken(certain(taken_as))))
        })
    };
    let rows = of_model(CS.index(), 8.0).chain(of_model(MP.index(), 6.0));
    let found = report(taken_for(&instrument, "csat", rows), &instrument);
    let line = of(&found, DistalOutcome::Satisfaction);
    let mean = |model: RelationalModel| line.by_model[model.index()].estimate.unwrap();
    assert!((mean(CS).value - 8.0).abs() < 1e-9 && (mean(MP).value - 6.0).abs() < 1e-9, "{line:?}");
    let difference = line.personal_minus_business.estimate.unwrap();
    assert!((difference.value - 2.0).abs() < 1e-9 && difference.low > 1.5, "{difference:?}");
    assert!((line.by_likelihood.unwrap() - 2.0).abs() < 0.2, "{line:?}");
    // As many as were taken rightly would know more than three hundred with errors do.
    assert!(line.by_model[CS.index()].worth < 240.0);
    // Nobody uses the other two, and that is what is found.
    assert_eq!(line.by_model[EM.index()].untold, Some(Untold::TooFew));
    let told = found.summary(&english()).join(" ");
    assert!(told.contains("The difference of 2.0"), "{told}");
}

#[test]
fn what_cannot_be_told_says_why() {
    let instrument = instrument();
    let none = |rows: Vec<(f64, Option<Assignment>)>| {
        let found = report(taken_for(&instrument, "csat", rows.into_iter()), &instrument);
        let told = found.summary(&english()).join(" ");
        assert!(told.contains("cannot be told") || found.sample.complete < SMALL, "{told}");
        let line = of(&found, DistalOutcome::Satisfaction).clone();
        assert_eq!(line.personal_minus_business.estimate, None);
        assert_eq!(line.by_likelihood, None);
        line.personal_minus_business.untold
    };
    assert_eq!(none(vec![(7.0, None); 40]), Some(Untold::NoProfiles));
    let few = (0..40).map(|number| (7.0, known(if number < 5 { CS } else { MP })));
    assert_eq!(none(few.collect()), Some(Untold::TooFew));
    let rows = [[0.25; 4]; 4];
    let errors = Arc::new(Misclassification { rows, covariance: [[[0.0; 4]; 4]; 4] });
    let blind = Assignment { probabilities: [0.25; 4], errors };
    assert_eq!(none(vec![(7.0, Some(blind)); 40]), Some(Untold::NotSeparated));
}

#[test]
fn no_interval_leaves_what_is_possible_or_is_a_point() {
    let instrument = instrument();
    let ends = [1.0, 10.0];
    for code in 0..2_usize.pow(6) {
        let rows = (0..60).map(|number| {
            let group = number % 6;
            let personal = [0.9, 0.7, 0.4, 0.1, 0.2, 0.05][group];
            let probabilities = [personal, 0.02, 0.03, 0.95 - personal];
            (ends[code / 2_usize.pow(group as u32) % 2], taken(probabilities))
        });
        let found = report(taken_for(&instrument, "csat", rows), &instrument);
        for outcome in [DistalOutcome::Satisfaction, DistalOutcome::Satisfied] {
            let line = of(&found, outcome);
            let (low, high) = line.range;
            for adjusted in line.by_model.iter().filter_map(|found| found.estimate) {
                assert!(low <= adjusted.low && adjusted.low <= adjusted.value, "{code} {adjusted:?}");
                assert!(adjusted.value <= adjusted.high && adjusted.high <= high, "{code} {adjusted:?}");
                assert!(adjusted.high - adjusted.low > 0.005 * (high - low), "{code} {adjusted:?}");
            }
            let difference = line.personal_minus_business.estimate.unwrap();
            assert!(low - high <= difference.low && difference.high <= high - low, "{difference:?}");
        }
    }
    // Student's interval would be 9.5 ± 12.706·.5.
    let two = estimate::mean(&[9.0, 10.0], (1.0, 10.0)).unwrap();
    assert!((two.low - 2.756).abs() < 1e-3 && (two.high - 9.992).abs() < 1e-3, "{two:?}");
}

#[test]
fn a_difference_is_held_back_with_either_of_its_two() {
    let instrument = instrument();
    let rows = |personal: usize| {
        (0..60).map(move |number| (6.0 + (number % 3) as f64, known(if number < personal { CS } else { MP })))
    };
    let public = |personal: usize| {
        report(taken_for(&instrument, "csat", rows(personal)), &instrument).publishable(Privacy::default())
    };
    let shown = public(30);
    assert!(of(&shown, DistalOutcome::Satisfaction).personal_minus_business.estimate.is_some());
    // Eight are a mean for the researcher and no group for a reader.
    let held = public(8);
    let line = of(&held, DistalOutcome::Satisfaction);
    assert_eq!(line.by_model[CS.index()].untold, Some(Untold::Held));
    assert_eq!(line.personal_minus_business, Adjusted::none(Untold::Held));
    assert!(!held.summary(&english()).join(" ").contains("Estimated, and adjusted"));
}

#[test]
fn being_the_same_is_held_against_what_the_rates_give() {
    let instrument = &instrument();
    // Everybody uses one of two models; what they say of the organisation goes with it, or has nothing to do with it.
    let members = |goes_along: bool| {
        (0..200).map(move |number| {
            let mut member = customer(number, instrument);
            let used = if number % 4 == 0 { CS } else { MP };
            let other = if number / 4 % 4 == 0 { CS } else { MP };
            member.digest.seen = Some(if goes_along { used } else { other });
            Member { own: uses(used, 0.9, false), assigned: known(used), ..member }
        })
    };
    let found =
        |goes_along: bool| report(members(goes_along).collect(), instrument).paradoxes[0].agreement.unwrap();
    let (along, apart) = (found(true), found(false));
    assert!((along.same.value - 1.0).abs() < 1e-9 && along.is_more());
    // A quarter of a quarter and three of three quarters.
    assert!((along.by_rates - 0.625).abs() < 0.01 && (apart.by_rates - 0.625).abs() < 0.01);
    assert!((apart.same.value - 0.625).abs() < 0.02 && !apart.is_more(), "{apart:?}");
    let told = words::agreement(&report(members(false).collect(), instrument).paradoxes[0], &english());
    assert!(told.unwrap().contains("no more than the rates give"));
    // Where a number of one side is held back, what the rates give would help to work it out.
    let public = |rare: usize| {
        let mut members: Vec<Member> = members(false).collect();
        members[..rare].iter_mut().for_each(|member| member.digest.seen = Some(EM));
        report(members, instrument).publishable(Privacy::default()).paradoxes.remove(0)
    };
    assert!(public(0).agreement.is_some());
    assert!(public(2).meant.iter().any(|line| line.n.count().is_none()) && public(2).agreement.is_none());
}
