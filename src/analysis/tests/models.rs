//! Models one by one and together, and studies in which nothing can be told of them.

use super::*;
use crate::classify::features::RawParts;
use crate::classify::session::References;
use crate::instrument::Party;

#[test]
fn the_distribution_over_the_models() {
    let instrument = instrument();
    let calls = [uses(MP, 0.7, false), uses(MP, 0.4, true), uses(MP, 0.7, false), uses(CS, 0.7, false), None];
    let members =
        calls.into_iter().enumerate().map(|(number, own)| Member { own, ..customer(number, &instrument) });
    let models = report(members.collect(), &instrument).models;
    assert_eq!((models.n, models.without, models.uncertain), (4, 1, Some(ShownCount::Count(1))));
    assert_eq!(models.by_rate, Some(ShownCount::Count(0)));
    let business = &models.lines[MP.index()];
    assert_eq!((business.count, business.uncertain), (ShownCount::Count(2), ShownCount::Count(1)));
    // Wilson for 2 of 4, z = 1.959964: centre .5, half-width .349962.
    let share = business.share.unwrap();
    assert!((share.low - 0.150_038).abs() < 1e-5 && (share.high - 0.849_962).abs() < 1e-5, "{share:?}");
    // (.7 + .4 + .7 + .1) / 4.
    assert!((business.weighted.unwrap().value - 0.475).abs() < 1e-12);
    assert_eq!(
        models.lines.iter().map(|line| line.published).collect::<Vec<_>>(),
        [Some(0.16), None, None, Some(0.70)]
    );
}

#[test]
fn people_who_answer_alike_are_no_better_measured_for_it() {
    let instrument = instrument();
    let plan = FeaturePlan::customer_interview_like();
    for means in [[1.0, -1.0, 0.0, 1.0 / 3.0], [-1.0; 4], [0.0; 4]] {
        let held = Strengths::of(means.map(Some), plan.scales.as_ref().unwrap(), (1.0, 7.0)).unwrap();
        let evidence = Evidence {
            perspective: Perspective::Own,
            features: FeatureSet::default(),
            strengths: Some(held),
            plan: plan.clone(),
            heeds: 1.0,
            random: None,
        };
        for n in [5, 40, 275] {
            let members = (0..n).map(|number| {
                let mut member = customer(number, &instrument);
                member.digest.evidence = vec![evidence.clone()];
                Member { own: uses(MP, 0.9, false), ..member }
            });
            let lines = report(members.collect(), &instrument).models.lines;
            for (line, one) in lines.iter().zip(held.norms.into_iter().flatten()) {
                let found = line.strength.unwrap();
                assert!((found.value - one.value).abs() < 1e-12, "{n} {found:?} {one:?}");
                // The error of a mean of n measurements, on either side; wider where few may differ by more than they show.
                let root = (n as f64).sqrt();
                assert!(found.low <= one.value - (one.value - one.low) / root + 1e-12, "{n} {found:?}");
                assert!(found.high >= one.value + (one.high - one.value) / root - 1e-12, "{n} {found:?}");
                assert!((1.0..=7.0).contains(&found.low) && found.high <= 7.0, "{n} {found:?}");
                assert!(n < 40 || found.high - found.low < one.high - one.low, "{n} {found:?}");
            }
        }
    }
}

#[test]
fn a_study_whose_answers_tell_nothing_leads_with_that() {
    let instrument = instrument();
    let flat = |number: usize, nothing: bool| {
        let call = uses(MP, 0.66, true).map(|call| ModelCall { nothing, answers: CS, ..call });
        let mut member = customer(number, &instrument);
        says(&mut member, &instrument, "csat", &[7.0]);
        Member { own: call, assigned: taken([0.07, 0.07, 0.2, 0.66]), ..member }
    };
    let all = report((0..40).map(|number| flat(number, true)).collect(), &instrument);
    for (lang, begins) in [
        ("en", "Of 40 sessions, the answers of 40 do not"),
        ("nl", "Van 40 sessies houden de antwoorden van 40"),
    ] {
        assert!(all.summary(&Language::new(lang))[0].starts_with(begins));
    }
    // Nothing that only the rates made stands there as a number of these people.
    assert!(all.models.untold && !all.models.holds);
    assert!(all.models.lines.iter().all(|line| line.weighted.is_none() && line.answers_share.is_none()));
    assert!(all.summary(&english()).iter().all(|line| !line.contains('%')), "{:?}", all.summary(&english()));
    // Everybody would count as somebody of each model.
    let marks = of(&all, DistalOutcome::Satisfaction);
    assert!(marks.by_model.iter().all(|found| *found == Adjusted::none(Untold::NotSeparated)), "{marks:?}");
    // A few sessions that tell something are no study; half of them are, and the others are counted for nobody.
    let few = report((0..40).map(|number| flat(number, number > 3)).collect(), &instrument);
    assert!(few.models.untold && few.models.lines.iter().all(|line| line.answers_share.is_none()));
    let some = report((0..40).map(|number| flat(number, number >= 20)).collect(), &instrument);
    assert!(!some.models.untold && some.untold(&english()).unwrap().contains("counted for none"));
    assert!(some.models.lines[MP.index()].weighted.is_some());
    // Where the answers tell nothing, what the rates put in front is counted for nobody.
    let by_rates = (0..40).map(|number| {
        let member = flat(number, true);
        Member { own: member.own.map(|call| ModelCall { rates_tell: true, ..call }), ..member }
    });
    let by_rates = report(by_rates.collect(), &instrument);
    assert!(by_rates.models.lines.iter().all(|line| line.count == ShownCount::Count(0)));
    // Two that lie level speak for neither, whichever is a hair in front; nor does one lead because the rates leave them level, too.
    let (level, first) = (&some.models.lines[CS.index()], &some.models.lines[MP.index()]);
    assert_eq!(
        (level.answers, level.uncertain, level.count),
        (ShownCount::Count(0), ShownCount::Count(20), ShownCount::Count(0))
    );
    assert_eq!(
        (first.answers, first.count, level.answers_share.unwrap().value),
        (ShownCount::Count(0), ShownCount::Count(0), 0.0)
    );
    let by_model = |few: usize| {
        let members = (0..40).map(|number| {
            let told = Member { own: uses(MP, 0.9, false), ..flat(number, false) };
            if number < few { told } else { flat(number, true) }
        });
        of(&report(members.collect(), &instrument), DistalOutcome::Satisfaction).by_model.clone()
    };
    assert!(by_model(19).iter().all(|found| *found == Adjusted::none(Untold::NotSeparated)));
    assert!(by_model(20).iter().any(|found| *found != Adjusted::none(Untold::NotSeparated)));
}

#[test]
fn ratings_that_count_in_no_profile_are_told() {
    let instrument = instrument();
    let plan = FeaturePlan::customer_interview_like();
    let members = |missing: bool, manager: bool| -> Vec<Member> {
        let means = [Some(0.2), Some(-0.4), (!missing).then_some(0.1), Some(0.9)];
        let strengths = Strengths::of(means, plan.scales.as_ref().unwrap(), (1.0, 7.0));
        let evidence = Evidence {
            perspective: Perspective::Own,
            features: FeatureSet::default(),
            strengths,
            plan: plan.clone(),
            heeds: 1.0,
            random: None,
        };
        let one = |number| {
            let mut member = customer(number, &instrument);
            member.digest.evidence = vec![evidence.clone()];
            // One of them says nothing of the client.
            let other = if manager && number > 0 { uses(CS, 0.9, false) } else { None };
            let party = if manager { Party::Organisation } else { Party::Customer };
            Member { own: uses(MP, 0.9, false), other, party, ..member }
        };
        (0..12).map(one).collect()
    };
    let whole = report(members(false, false), &instrument);
    assert_eq!((whole.models.unrated, whole.unrated(&english())), (Some(ShownCount::Count(0)), None));
    let lacking = report(members(true, true), &instrument);
    let told = lacking.unrated(&english()).unwrap();
    assert!(told.starts_with("In 12 sessions the ratings count in no profile"), "{told}");
    assert!(told.contains(&EM.plainly(&english())), "{told}");
    let dutch = lacking.unrated(&Language::new("nl")).unwrap();
    assert!(dutch.starts_with("In 12 sessies tellen de beoordelingen in geen profiel mee"), "{dutch}");
    // Whose answers these are.
    assert_eq!((whole.who(), lacking.who()), ("customers", "managers"));
}

#[test]
fn who_answers_at_random_is_counted_among_those_of_whom_it_can_be_told() {
    let instrument = instrument();
    let members =
        [Some(true), Some(false), None, Some(true)].into_iter().enumerate().map(|(number, random)| {
            let mut member = customer(number, &instrument);
            member.digest.evidence = vec![Evidence {
                perspective: Perspective::Own,
                features: FeatureSet::default(),
                strengths: None,
                plan: FeaturePlan::customer_interview_like(),
                heeds: 1.0,
                random,
            }];
            member
        });
    let found = report(members.collect(), &instrument);
    assert_eq!((found.quality.random, found.quality.random_of), (ShownCount::Count(2), 3));
    assert_eq!(found.publishable(Privacy::default()).quality.random, ShownCount::Hidden);
}

#[test]
fn random_answers_are_counted_for_no_model() {
    let asked = FeaturePlan::customer_interview_like();
    let plan = FeaturePlan { vignettes: Vec::new(), best_worst: Vec::new(), allocation: None, ..asked };
    let means = [1.0, -1.0, -1.0, -1.0];
    let parts = RawParts { scale_means: Some(means), vignettes: None, best_worst: None, allocation: None };
    let speaks_for = |random| {
        let evidence = Evidence {
            perspective: Perspective::Own,
            features: FeatureSet::from_parts(&parts),
            strengths: Strengths::of(means.map(Some), plan.scales.as_ref().unwrap(), (1.0, 7.0)),
            plan: plan.clone(),
            heeds: 1.0,
            random,
        };
        let call = ModelCall::of(References::default().profile(&evidence).unwrap(), &evidence);
        assert_eq!(call.nothing, random == Some(true));
        call.speaks_for()
    };
    assert_eq!([None, Some(false), Some(true)].map(speaks_for), [Some(CS), Some(CS), None]);
}

#[test]
fn who_tells_nothing_cannot_be_worked_out_from_those_who_tell_something() {
    let instrument = instrument();
    let nothing =
        |call: Option<ModelCall>| call.map(|call| ModelCall { nothing: true, uncertain: true, ..call });
    let mut calls = vec![nothing(uses(MP, 0.3, true))];
    for (model, n) in [(CS, 44), (EM, 13), (MP, 139)] {
        calls.extend(vec![uses(model, 0.9, false); n]);
    }
    calls.extend(vec![uses(RelationalModel::AuthorityRanking, 0.9, false); 25]);
    calls.extend(vec![uses(MP, 0.4, true); 30]);
    let members =
        calls.into_iter().enumerate().map(|(number, own)| Member { own, ..customer(number, &instrument) });
    let public = report(members.collect(), &instrument).publishable(Privacy::default()).models;
    assert_eq!(public.nothing, Some(ShownCount::Hidden));
    // Of everybody, because a share of those who tell something would say how many do not.
    let share = public.lines[MP.index()].answers_share.unwrap().value;
    assert!((share - 139.0 / 252.0).abs() < 1e-12, "{share}");
    let hidden = public.lines.iter().filter(|line| line.answers.count().is_none()).count();
    assert_eq!(hidden, 1, "{:?}", public.lines);
    assert_eq!(public.lines.iter().filter(|line| line.weighted.is_none()).count(), 2, "{:?}", public.lines);
}

#[test]
fn a_mean_that_counts_people_is_held_back_with_their_number() {
    let instrument = instrument();
    // Eleven business-like people and a personal one, and the mean of one norm as each of them rates it.
    let mean = |personal: f64, others: [f64; 2]| {
        let members = (0..12).map(|number| {
            let (model, rating) = if number == 0 { (CS, personal) } else { (MP, others[number % 2]) };
            let mut member = Member { own: uses(model, 0.9, false), ..customer(number, &instrument) };
            says(&mut member, &instrument, "communal_sharing", &[rating; 5]);
            member
        });
        let public = report(members.collect(), &instrument).publishable(Privacy::default());
        assert!(public.models.lines[CS.index()].answers.count().is_none(), "{:?}", public.models.lines);
        public.scales.into_iter().find(|scale| scale.name == "communal_sharing").unwrap().mean
    };
    assert_eq!(mean(7.0, [1.0, 1.0]), None);
    assert_eq!(mean(7.0, [3.0, 4.0]).map(|mean| (12.0 * mean).round()), Some(46.0));
}
