//! One relation in its two comparisons, on answers made by hand and by chance.

use super::compared::compared;
use super::*;
use crate::classify::features::{FeatureSet, RawParts};
use crate::classify::reference::FeaturePlan;
use crate::classify::strength::Strength;
use crate::instrument::{FORMERLY, Instrument, shipped};
use crate::rng::Rng;

mod customers;

fn strengths(values: [f64; 4], se: f64) -> Strengths {
    let norm = |value: f64| Some(Strength { value, se, low: value - 1.96 * se, high: value + 1.96 * se });
    Strengths { norms: values.map(norm), range: (1.0, 7.0) }
}

fn side(values: [f64; 4], se: f64) -> Side {
    Side { strengths: Some(strengths(values, se)), ..Side::default() }
}

fn visit(party: Party, begun: i64, own: Side, other: Side) -> Visit {
    let instrument = if party == Party::Customer { "client-view" } else { "account-self-assessment" };
    Visit {
        session: format!("{begun}"),
        begun,
        party,
        person: None,
        instrument: instrument.into(),
        title: instrument.into(),
        led: false,
        pool: "terminal",
        test: false,
        own,
        other,
        lenses: Vec::new(),
        satisfaction: None,
        staying: None,
        gap: None,
        declined: false,
        asked: std::sync::Arc::default(),
    }
}

#[test]
fn the_latest_of_both_sides_are_held_against_each_other() {
    let ours =
        visit(Party::Organisation, 2 * DAY, side([6.0, 2.0, 4.0, 3.0], 0.3), side([5.5, 3.0, 4.0, 5.0], 0.3));
    let old = visit(Party::Organisation, DAY, side([1.0; 4], 0.3), side([1.0; 4], 0.3));
    let theirs = visit(Party::Customer, DAY, side([3.0, 3.0, 4.1, 6.6], 0.3), Side::default());
    let relation =
        Relation::new("R1".into(), Some("Acme".into()), false, vec![ours.clone(), theirs.clone(), old]);
    assert_eq!(relation.latest(Party::Organisation), Some(&ours));
    let both = relation.both_sides();
    let pairings: Vec<Contrast> = both.iter().map(|compared| compared.pairing).collect();
    // The customer was not asked what they think of us.
    assert_eq!(pairings, [Contrast::OurPicture, Contrast::MeantAndUsed]);
    let readings: Vec<DifferenceReading> = both[0].norms.iter().map(|found| found.unwrap().reading).collect();
    assert_eq!(
        readings,
        [
            DifferenceReading::Higher,
            DifferenceReading::Near,
            DifferenceReading::Near,
            DifferenceReading::Lower
        ]
    );
    // z = 2.5 / .3√2: far beyond any correction.
    assert!(both[0].norms[0].unwrap().p < 1e-6);
    assert!(both[0].together.unwrap().p_same < 1e-6);
}

#[test]
fn uncertain_answers_are_neither_near_nor_apart() {
    let ours = visit(Party::Organisation, DAY, Side::default(), side([5.0, 3.0, 4.0, 5.0], 0.8));
    let theirs = visit(Party::Customer, DAY, side([3.8, 3.0, 4.0, 5.5], 0.8), Side::default());
    let both = Relation::new("R1".into(), None, false, vec![ours, theirs]).both_sides();
    // A point of seven is near as far as that is told, and more is open.
    let readings = both[0].norms.map(|found| found.unwrap().reading);
    assert_eq!(
        readings,
        [
            DifferenceReading::Open,
            DifferenceReading::Close,
            DifferenceReading::Close,
            DifferenceReading::Close
        ]
    );
    let together = both[0].together.unwrap();
    let same = both[0].if_same(2_000).unwrap();
    assert!(together.p_same > 0.5 && same.icc.low < together.icc, "{together:?}");
    // People who answer with error lie apart though they hold the same.
    assert!(same.mean_distance > 0.0 && same.p_distance.unwrap() > 0.3, "{same:?}");
}

/// Two who hold the same and answer with error: seldom are they told apart, norm by norm or together.
#[test]
fn people_who_agree_are_seldom_told_apart() {
    let mut rng = Rng::new(5);
    let mut told = [0; 2];
    for _ in 0..400 {
        let mut drawn = || [5.0, 3.0, 4.0, 5.0].map(|value| value + 0.4 * rng.normal());
        let (left, right) = (side(drawn(), 0.4), side(drawn(), 0.4));
        let found = compared(Contrast::OurPicture, left, right).unwrap();
        told[0] += usize::from(found.norms.iter().flatten().any(|found| found.p <= SIGNIFICANT));
        told[1] += usize::from(found.together.unwrap().p_same <= SIGNIFICANT);
    }
    assert!(told.iter().all(|told| (6..=36).contains(told)), "{told:?}");
}

#[test]
fn what_an_earlier_version_asked_otherwise_is_no_change() {
    let text = shipped::file("account-self-assessment.toml").unwrap();
    let part = |name: &str| shipped::file(name).map(str::to_owned).ok_or_else(|| name.to_owned());
    let asked = |text: &str| {
        Arc::new(MeasureColumns::of(&Instrument::read("account.toml", text, &part).instrument.unwrap()))
    };
    let renamed = text.replace("cs_worry", "cs_fret");
    // A comma is no other question, and the opposite is.
    let [mended, turned] = [
        "What keeps the other side awake at night, concerns you too.",
        "What keeps the other side awake is theirs.",
    ]
    .map(|words| text.replace("What keeps the other side awake at night concerns you too.", words));
    assert!(mended != text && turned != text);
    assert_ne!(renamed, text);
    let at = |begun, held, asked| Visit {
        asked,
        ..visit(Party::Organisation, begun, side([held, held, 4.0, 5.0], 0.3), Side::default())
    };
    let relation = |before: &Arc<MeasureColumns>| {
        let visits = vec![at(0, 4.0, before.clone()), at(180 * DAY, 6.0, asked(text))];
        Relation::new("R1".into(), None, false, visits)
    };
    let over_time =
        |before: &Arc<MeasureColumns>| relation(before).over_time(Party::Organisation).pop().unwrap();
    let moved = |time: &OverTime| -> Vec<Followed> {
        let reliable = time.changes.iter().filter(|changed| changed.is_reliable());
        reliable.map(|changed| changed.what.clone()).collect()
    };
    let [cs, ar] = [RelationalModel::CommunalSharing, RelationalModel::AuthorityRanking]
        .map(|model| Followed::Norm(Perspective::Own, model));
    for alike in [text, &mended] {
        let same = over_time(&asked(alike));
        assert_eq!((moved(&same), same.asked_otherwise.as_slice()), (vec![cs.clone(), ar.clone()], &[][..]));
    }
    // Nor can anything be said of what advice rested on it.
    assert_eq!(relation(&asked(&turned)).since(&[("0", &[cs.name()])]), Since::AskedDifferently);
    for changed in [renamed, turned] {
        let other = over_time(&asked(&changed));
        assert_eq!((moved(&other), other.asked_otherwise), (vec![ar.clone()], vec![cs.clone()]));
    }
}

#[test]
fn change_is_what_is_more_than_the_errors_of_both_measurements() {
    let first = visit(Party::Organisation, 0, side([4.0, 3.0, 4.0, 5.0], 0.3), Side::default());
    let second = visit(Party::Organisation, 180 * DAY, side([6.0, 3.2, 4.0, 5.0], 0.3), Side::default());
    let alone = Relation::new("R1".into(), None, false, vec![first.clone()]);
    assert!(alone.over_time(Party::Organisation).is_empty());
    let two = Relation::new("R1".into(), None, false, vec![second.clone(), first.clone()]);
    let found = two.over_time(Party::Organisation).pop().unwrap();
    let reliable: Vec<bool> = found.changes.iter().map(Changed::is_reliable).collect();
    assert_eq!((reliable, found.measurements), (vec![true, false, false, false], 2));
    // 1.96 · √2 · .3.
    assert!((found.changes[0].detectable - 0.831_541_5).abs() < 1e-4 && found.changes[0].slope.is_none());
    let third = visit(Party::Organisation, 360 * DAY, side([6.1, 3.0, 4.0, 5.0], 0.3), Side::default());
    let three = Relation::new("R1".into(), None, false, vec![first, second, third]);
    let found = three.over_time(Party::Organisation).pop().unwrap();
    // A line through all three, and no chain of pairs: the last two alone are level.
    assert!(found.changes[0].is_reliable() && found.changes[0].slope.unwrap().0 > 2.0);
    assert_eq!((found.measurements, found.between), (3, (0, 360 * DAY)));
    assert_eq!(three.parted_in_time(Party::Organisation), None);
    // Another way of answering and another person are nothing to compare with.
    let mut paper = three.clone();
    paper.visits[2].pool = "paper";
    let mut colleague = three;
    colleague.visits[2].person = Some("BEN".into());
    for (apart, why) in [(paper, Parted::ByMeans), (colleague, Parted::ByOthers)] {
        let found = apart.over_time(Party::Organisation);
        assert_eq!(found.iter().map(|found| found.measurements).collect::<Vec<_>>(), [2]);
        assert_eq!(apart.parted_in_time(Party::Organisation), Some(why));
    }
}

#[test]
fn two_people_of_one_customer_are_no_trend() {
    let of = |at, person: Option<&str>| Visit {
        person: person.map(str::to_owned),
        ..visit(
            Party::Customer,
            at,
            side([2.0 + at as f64 / DAY as f64, 3.0, 4.0, 5.0], 0.2),
            Side::default(),
        )
    };
    let told = |persons: [Option<&str>; 2]| {
        let visits = persons.into_iter().zip([0, 4 * DAY]).map(|(person, at)| of(at, person)).collect();
        let relation = Relation::new("R1".into(), None, false, visits);
        (relation.over_time(Party::Customer).len(), relation.parted_in_time(Party::Customer))
    };
    assert_eq!(told([None, None]), (0, Some(Parted::ByWhomIsUnknown)));
    assert_eq!(told([Some("p1"), None]), (0, Some(Parted::ByWhomIsUnknown)));
    assert_eq!(told([Some("p1"), Some("p2")]), (0, Some(Parted::ByOthers)));
    assert_eq!(told([Some("p1"), Some("p1")]), (1, None));
}

#[test]
fn what_something_rested_on_is_held_against_what_was_answered_since() {
    let theirs = |at: i64, person: &str, own: [f64; 4]| Visit {
        person: Some(person.to_owned()),
        ..visit(Party::Customer, at * DAY, side(own, 0.2), Side::default())
    };
    let ours =
        |at: i64| visit(Party::Organisation, at * DAY, side([5.0; 4], 0.2), side([6.0, 3.0, 4.0, 3.0], 0.2));
    let name = |side, model| Followed::Norm(side, model).name();
    let business = [name(Perspective::Own, RelationalModel::MarketPricing)];
    let (ours_of, unfollowed) =
        ([name(Perspective::Other, RelationalModel::MarketPricing)], ["scale.csat".to_owned()]);
    let first = vec![ours(0), theirs(1, "p1", [3.0, 3.0, 3.0, 6.0])];
    let since = |more: &[Visit], rests: &[Rests]| {
        Relation::new("R1".into(), None, false, [first.clone(), more.to_vec()].concat()).since(rests)
    };
    let day = |day: i64| (day * DAY).to_string();
    let (zero, one) = (day(0), day(1));
    let told = |found: Since| match found {
        Since::Measured { again, changed } => {
            (again, changed.iter().map(|(_, one)| one.to - one.from).collect::<Vec<_>>())
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(since(&[], &[(&one, &business)]), Since::NotAsked);
    let same = theirs(5, "p1", [3.0, 6.0, 3.0, 6.1]);
    // Another norm moved far, and that is not what it rested on.
    assert_eq!(
        told(since(std::slice::from_ref(&same), &[(&one, &business)])),
        (vec![(Party::Customer, 5 * DAY)], vec![])
    );
    let fell = theirs(5, "p1", [3.0, 3.0, 3.0, 2.0]);
    let rests: [Rests; 2] = [(&zero, &ours_of), (&one, &business)];
    assert_eq!(
        told(since(std::slice::from_ref(&fell), &rests)),
        (vec![(Party::Customer, 5 * DAY)], vec![-4.0])
    );
    let both = since(&[ours(4), fell.clone()], &rests);
    assert_eq!(told(both), (vec![(Party::Organisation, 4 * DAY), (Party::Customer, 5 * DAY)], vec![-4.0]));
    let other = Visit { person: Some("p2".to_owned()), ..fell.clone() };
    let of_whom = Visit { person: None, ..fell.clone() };
    assert_eq!(since(&[other], &[(&one, &business)]), Since::Parted(Parted::ByOthers));
    assert_eq!(since(&[of_whom], &[(&one, &business)]), Since::Parted(Parted::ByWhomIsUnknown));
    assert_eq!(since(&[fell], &[(&one, &unfollowed)]), Since::NotFollowed);
}

#[test]
fn a_line_through_several_waves_ends_where_the_scale_does() {
    let of = |at: i64, value: f64| {
        visit(Party::Organisation, at * DAY, side([value, 3.0, 4.0, 5.0], 0.3), Side::default())
    };
    let found = |last: i64| {
        let visits = vec![of(0, 7.0), of(last / 2, 7.0), of(last, 4.0)];
        let relation = Relation::new("R1".into(), None, false, visits);
        relation.over_time(Party::Organisation).pop().unwrap().changes.remove(0)
    };
    let year = found(360);
    // The line itself goes from 7.5 to 4.5.
    assert_eq!((year.from, year.to), (7.0, 4.5));
    let (value, interval) = (year.to - year.from, year.interval);
    assert!(interval.low <= value && value <= interval.high && year.is_reliable(), "{year:?}");
    // A slope a year is drawn out beyond nothing, and is no steeper than the scale is long.
    let (slope, around) = year.slope.unwrap();
    assert!((-3.5..-2.5).contains(&slope) && around.low >= -6.0 && around.high <= 6.0, "{year:?}");
    assert!(found(30).slope.is_none());
}

/// Of many waves without any true change at most one in twenty is called changed anywhere.
#[test]
fn without_true_change_at_most_one_in_twenty_is_called_changed() {
    let mut rng = Rng::new(11);
    let mut called = 0;
    let waves = 2_000;
    for _ in 0..waves {
        let mut drawn = || side([4.0, 3.0, 4.0, 5.0].map(|value| value + 0.4 * rng.normal()), 0.4);
        let (own, other) = ([drawn(), drawn()], [drawn(), drawn()]);
        let visits = [0, 1].map(|at| Visit {
            staying: wish(4.5 + 0.4 * rng.normal()),
            ..visit(Party::Organisation, 180 * DAY * at as i64, own[at], other[at])
        });
        let relation = Relation::new("R1".into(), None, false, visits.into());
        let found = relation.over_time(Party::Organisation).pop().unwrap();
        called += usize::from(found.changes.iter().any(Changed::is_reliable));
    }
    assert!(called as f64 <= 0.06 * f64::from(waves), "{called} of {waves}");
}

fn wish(value: f64) -> Option<LensScore> {
    let (name, label) = ("staying".into(), "Wish to stay".into());
    Some(LensScore { name, label, member: String::new(), value, se: Some(0.4), range: (1.0, 7.0) })
}

#[test]
fn a_wish_to_stay_is_followed_with_everything_else() {
    let of = |at: i64, value: f64| Visit {
        person: Some("p1".into()),
        staying: wish(value),
        ..visit(Party::Customer, at * DAY, side([4.0, 3.0, 4.0, 5.0], 0.3), Side::default())
    };
    let relation = |values: [f64; 2]| {
        Relation::new("R1".into(), None, false, vec![of(0, values[0]), of(180, values[1])])
    };
    let turned = relation([2.0, 5.5]);
    let found = turned.over_time(Party::Customer).pop().unwrap();
    let is_wish = |changed: &&Changed| changed.what == Followed::Staying { name: "staying".into() };
    let changed = found.changes.iter().find(is_wish).unwrap();
    // z = 3.5 / (.4 √2), Holm over four norms and the wish; 1.96 √2 · .4 is the least that counts alone.
    assert!((changed.p / 3.062_416e-9 - 1.0).abs() < 1e-3, "{changed:?}");
    assert!((changed.detectable - 1.108_723).abs() < 1e-5 && changed.is_reliable());
    assert_eq!(changed.stays, Some([Stays::Leaving, Stays::Staying]));
    assert!(found.changes.iter().filter(|changed| !is_wish(changed)).all(|changed| changed.stays.is_none()));
    assert_eq!(turned.stays(), Some((Party::Customer, Stays::Staying)));
    // From rather not to rather yes within error is no change.
    let found = relation([3.8, 4.3]).over_time(Party::Customer).pop().unwrap();
    assert!(!found.changes.iter().any(Changed::is_reliable));
    // What rested on the wish was measured again.
    let rests = ["scale.staying".to_owned()];
    let Since::Measured { changed, .. } = turned.since(&[("0", &rests)]) else { panic!("not measured") };
    assert_eq!(changed.len(), 1);
}

#[test]
fn whoever_would_rather_leave_is_not_hidden_by_a_colleague() {
    let of = |party, at: i64, person: Option<&str>, value: f64| Visit {
        person: person.map(str::to_owned),
        staying: wish(value),
        ..visit(party, at * DAY, Side::default(), Side::default())
    };
    for (party, other) in [(Party::Customer, None), (Party::Organisation, Some("bob"))] {
        let relation = |visits: &[(i64, Option<&str>, f64)]| {
            let visits = visits.iter().map(|(at, person, value)| of(party, *at, *person, *value));
            Relation::new("R1".into(), None, false, visits.collect())
        };
        let two = relation(&[(0, Some("p1"), 1.0), (1, Some("p2"), 7.0), (2, other, 4.0)]);
        assert_eq!(two.stays(), Some((party, Stays::Leaving)));
        let order: Vec<_> = two.wishes(party).iter().filter_map(|visit| visit.stays()).collect();
        assert_eq!(order, [Stays::Leaving, Stays::Undecided, Stays::Staying]);
        // The latest answer of the same person counts, and what rested on the one before is past.
        let again = relation(&[(0, Some("p1"), 1.0), (1, Some("p1"), 4.0)]);
        assert_eq!(again.stays(), Some((party, Stays::Undecided)));
        let names = ["scale.csat".to_owned(), "scale.staying".to_owned()];
        let [before, now] = [0, 1].map(|at| again.rests_on_a_past_wish(&again.visits[at], &names));
        assert!(before && !now);
        assert!(!again.rests_on_a_past_wish(&again.visits[0], &names[..1]));
    }
}

#[test]
fn what_answers_come_to_is_one_rule() {
    use RelationalModel::{CommunalSharing, MarketPricing};
    let answers = |ratio: f64| {
        let rest = 1.0 / (ratio + 3.0);
        Answers {
            probabilities: [rest, rest, rest, ratio * rest],
            dominant: MarketPricing,
            second: CommunalSharing,
            ratio,
        }
    };
    let above = Strength { value: 6.5, se: 0.2, low: 6.1, high: 6.9 };
    let of = |ratio: f64, values: [f64; 4], against: Option<Against>| Side {
        answers: Some(answers(ratio)),
        against,
        ..side(values, 0.2)
    };
    let against = Against::Rated(CommunalSharing, above);
    for (found, says, leads) in [
        (of(100.0, [3.0, 3.0, 3.0, 6.0], None), Says::Model(MarketPricing), Some(MarketPricing)),
        (of(2.0, [3.0, 3.0, 3.0, 6.0], None), Says::Level, None),
        (of(100.0, [6.5, 3.0, 3.0, 4.0], Some(against)), Says::Parted(MarketPricing, against), None),
        // What is told by nobody points nowhere.
        (of(2.0, [6.5, 3.0, 3.0, 4.0], Some(against)), Says::Level, None),
        (of(100.0, [1.5, 1.5, 1.5, 2.0], None), Says::Low, None),
    ] {
        assert_eq!((found.says(), found.leads()), (Some(says), leads));
    }
    assert_eq!(side([3.0; 4], 0.2).says(), None);
}

#[test]
fn answers_like_random_ones_are_told_of_neither_side_and_held_against_nothing() {
    let evidence = |random| Evidence {
        perspective: Perspective::Own,
        features: FeatureSet::from_parts(&RawParts {
            scale_means: Some([1.0, -1.0, -1.0, -1.0]),
            vignettes: None,
            best_worst: None,
            allocation: None,
        }),
        strengths: Some(strengths([6.5, 2.0, 2.0, 2.0], 0.3)),
        plan: FeaturePlan::customer_interview_like(),
        heeds: 1.0,
        random,
    };
    let [read, careless] = [Some(false), Some(true)].map(|random| Side::of(Some(&evidence(random)), None));
    assert_eq!((read.random, read.strengths.is_some()), (false, true));
    assert_eq!((careless.says(), careless.leads(), careless.strengths), (Some(Says::Random), None, None));

    let random = Side { random: true, ..Side::default() };
    let ours = visit(Party::Organisation, DAY, side([6.0, 2.0, 4.0, 3.0], 0.3), Side::default());
    let read = visit(Party::Customer, DAY, side([3.0, 3.0, 4.1, 6.6], 0.3), Side::default());
    let careless = visit(Party::Customer, 2 * DAY, random, random);
    let of = |visits: &[&Visit]| {
        Relation::new("R1".into(), None, false, visits.iter().copied().cloned().collect())
    };
    let alone = of(&[&ours, &careless]);
    assert_eq!((alone.latest(Party::Customer), alone.random_since(Party::Customer)), (Some(&careless), None));
    assert!(alone.both_sides().is_empty());
    // What was told before is told still, and that there is something later is told as well.
    let again = of(&[&ours, &read, &careless]);
    assert_eq!(again.latest(Party::Customer), Some(&read));
    assert_eq!(again.random_since(Party::Customer), Some(&careless));
    assert_eq!(again.both_sides().len(), 1);
    let later = visit(Party::Customer, 3 * DAY, read.own, read.other);
    assert_eq!(of(&[&ours, &careless, &later]).random_since(Party::Customer), None);
}

#[test]
fn nothing_else_of_a_session_answered_at_random_is_told_or_compared() {
    let of = |at: i64, own: Side, value: f64| Visit {
        person: Some("p1".into()),
        staying: wish(value),
        satisfaction: wish(value),
        ..visit(Party::Customer, at * DAY, own, Side::default())
    };
    let rated = side([4.0, 3.0, 4.0, 5.0], 0.3);
    let careless = of(180, Side { random: true, ..Side::default() }, 1.0);
    let relation = |visits: &[&Visit]| {
        Relation::new("R1".into(), None, false, visits.iter().copied().cloned().collect())
    };
    let (first, later) = (of(0, rated, 6.5), of(360, rated, 2.0));
    let turned = relation(&[&first, &careless]);
    assert_eq!(turned.stays(), Some((Party::Customer, Stays::Staying)));
    assert!(turned.over_time(Party::Customer).is_empty());
    assert_eq!((turned.parted_in_time(Party::Customer), turned.is_answered_again("0")), (None, false));
    assert_eq!(turned.visits[1].satisfaction, None);
    assert_eq!(relation(&[&careless]).stays(), None);
    // What comes after it is held against what came before.
    let found = relation(&[&first, &careless, &later]).over_time(Party::Customer).pop().unwrap();
    assert_eq!((found.measurements, found.between), (2, (0, 360 * DAY)));
    assert!(found.changes.iter().any(|changed| changed.is_reliable() && changed.stays.is_some()));
}

#[test]
fn whoever_would_rather_not_answer_is_not_asked_again_and_hides_nobody() {
    let theirs = |at: i64, person: &str, own: Side, declined: bool| Visit {
        person: Some(person.to_owned()),
        declined,
        ..visit(Party::Customer, at * DAY, own, Side::default())
    };
    let ours = visit(Party::Organisation, 0, side([4.0; 4], 0.3), side([4.0; 4], 0.3));
    let silent = theirs(2, "p2", Side::default(), true);
    let relation = |visits: &[&Visit], refusals: &[&Visit]| {
        let of = |visits: &[&Visit]| visits.iter().copied().cloned().collect::<Vec<Visit>>();
        let (sessions, refusals) = (of(visits), of(refusals));
        let (formerly, disputed) = (Vec::new(), Vec::new());
        let one = OneCustomer { name: None, formerly, disputed, is_relation: true, sessions, refusals };
        Relation::of("R1".into(), one, false)
    };
    let day = |one: &Relation| one.has_declined(Party::Customer).map(|one| one.begun / DAY);
    // All declined, and without consent, which is no session of the relation.
    for found in [relation(&[&ours, &silent], &[]), relation(&[&ours], &[&silent])] {
        assert_eq!((day(&found), found.latest(Party::Customer)), (Some(2), None));
    }
    let rated = |at| theirs(at, "p1", side([4.0, 3.0, 4.0, 5.0], 0.3), false);
    let (before, after) = (rated(1), rated(3));
    let found = relation(&[&ours, &before, &silent], &[]);
    assert_eq!((day(&found), found.latest(Party::Customer)), (Some(2), Some(&before)));
    assert!(!found.is_answered_again(&before.session) && found.usable().count() == 2);
    assert_eq!(day(&relation(&[&ours, &after], &[&silent])), None);
    // A list says no model of a side that has declined since; the colleague who answered is still to be asked.
    assert_eq!(found.relates(Party::Customer).map(Relates::name), Some("declined"));
    let (now, none) = (200 * DAY, relation(&[&ours], &[&silent]));
    let fresh = |one: Relation| Relation {
        visits: one
            .visits
            .into_iter()
            .map(|visit| match visit.party {
                Party::Organisation => Visit { begun: now, ..visit },
                Party::Customer => visit,
            })
            .collect(),
        ..one
    };
    assert!(found.may_ask_customer() && !none.may_ask_customer());
    assert_eq!(fresh(found).due(now, Due::DAYS), Some(Due::TheirSide));
    assert_eq!(fresh(none).due(now, Due::DAYS), None);
}
