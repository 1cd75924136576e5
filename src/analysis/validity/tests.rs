//! Small studies in which what can be told is known: who counts, what is compared, and what is imputed.

use std::collections::BTreeMap;

use super::super::digest::{Digest, Facts};
use super::super::missing::Gone;
use super::*;
use crate::instrument::{Party, Perspective, shipped};
use crate::interview::SessionState;
use crate::measures::Parts;
use crate::rng::Rng;

const DAY: i64 = 86_400_000;

fn instrument() -> Arc<Instrument> {
    Arc::new(shipped::read("customer-interview").unwrap().instrument.unwrap())
}

/// A customer whose norms are four factors, whose feelings share one, and whose answers are whole points.
fn customer(number: usize, main: &Arc<Instrument>, rng: &mut Rng) -> Member {
    let facts = Facts {
        id: format!("s{number:04}"),
        respondent: format!("R{number}"),
        interviewer: None,
        instrument: main.name.clone(),
        version: main.version.clone(),
        hash: main.hash.clone(),
        seed: number as u64,
        begun: 1_767_600_000_000 + number as i64 * 3_600_000,
        language: if number.is_multiple_of(2) { "en" } else { "nl" }.into(),
        mode: "screen".into(),
        state: SessionState::Finished,
        test: false,
        simulated: false,
        imported_from: None,
    };
    let (liking, yes) = (rng.normal(), 0.3 * rng.normal());
    let mut points = vec![Vec::new(); main.scales.len()];
    for (index, scale) in main.scales.iter().enumerate() {
        let Some((items, (low, high))) = super::super::points(main, index) else { continue };
        let own = rng.normal();
        let side = if scale.positive { 1.0 } else { -1.0 };
        let centre = f64::midpoint(low, high);
        let one = |rng: &mut Rng| {
            let common = match scale.construct {
                crate::instrument::Construct::Model(_) => 0.8 * own + yes,
                _ => side * 0.7 * liking + yes,
            };
            let value = centre + (high - low) / 5.0 * (common + 0.6 * rng.normal());
            Some(value.round().clamp(low, high))
        };
        points[index] = (0..items).map(|_| one(rng)).collect();
    }
    let digest = Digest { parts: Parts { points, ..Parts::default() }, ..Digest::default() };
    let (own, other, assigned, gap, organisation) = (None, None, None, None, Some("Acme".to_owned()));
    Member { facts, digest, own, other, assigned, gap, party: Party::Customer, organisation }
}

fn study(n: usize, change: impl Fn(usize, &Instrument, &mut Member)) -> Measured {
    let main = instrument();
    let mut rng = Rng::new(2026);
    let members = (0..n)
        .map(|number| {
            let mut member = customer(number, &main, &mut rng);
            change(number, &main, &mut member);
            member
        })
        .collect();
    let mut measured = Measured::of(
        Vec::new(),
        BTreeMap::from([(main.hash.clone(), main.clone())]),
        &mut |instrument, _, parts| super::super::Standards::of_parts(instrument, parts),
    );
    measured.members = members;
    measured
}

fn of(measured: &Measured) -> Validity {
    Validity::of(measured, &Filter::default(), &Language::new("en"), Some(1))
}

#[test]
fn the_structure_of_the_norms_and_of_both_languages() {
    let found = of(&study(240, |_, _, _| {}));
    let [structure] = &found.structures[..] else { panic!("{:?}", found.structures) };
    assert_eq!((structure.perspective, structure.cases, structure.incomplete), (Perspective::Own, 240, 0));
    let (fit, single) = (structure.fit.as_ref().unwrap(), structure.single.as_ref().unwrap());
    assert!(fit.indices().cfi > 0.95 && fit.indices().rmsea < 0.06 && !fit.is_improper(), "{fit:?}");
    assert!(single.indices().cfi < 0.7 && single.df == fit.df + 6);
    assert!(fit.solutions[0].loadings.iter().all(|loading| loading.value > 0.5));
    let languages = &structure.invariance.languages;
    assert_eq!(languages, &[("en".to_owned(), 120), ("nl".to_owned(), 120)]);
    let tongues = structure.invariance.tongues.as_ref().unwrap();
    assert_eq!(
        (&tongues.languages[..], tongues.steps.iter().flatten().count()),
        (&["en".to_owned(), "nl".to_owned()][..], 2)
    );
    let [metric, scalar] = tongues.steps.map(Option::unwrap);
    let items = structure.norms.iter().map(|norm| norm.items.len()).sum::<usize>();
    assert_eq!((metric.df, scalar.df), (items - 4, items - 4));
    assert!(metric.cfi > -0.02 && scalar.cfi > -0.02, "{metric:?} {scalar:?}");
}

#[test]
fn yes_saying_is_part_of_the_fit_where_it_can_be_told() {
    // Everybody's own readiness moves all statements alike, whichever way they are put.
    let found = of(&study(240, |number, main, member| {
        let readiness = 1.2 * Rng::new(number as u64 + 1).normal();
        for (index, scale) in main.scales.iter().enumerate() {
            let crate::instrument::Construct::Model(_) = scale.construct else { continue };
            let columns = super::super::reliability::item_columns(main, index);
            for (point, (_, _, turned)) in member.digest.parts.points[index].iter_mut().zip(columns) {
                let moved = if turned { -readiness } else { readiness };
                *point = point.map(|value| (value + moved).round().clamp(1.0, 7.0));
            }
        }
    }));
    let structure = &found.structures[0];
    let fit = structure.fit.as_ref().unwrap();
    let YesSaying::Found(Some(without)) = &structure.yes_saying else { panic!("{structure:?}") };
    assert_eq!((fit.df, structure.reversed), (without.df - 1, 4));
    assert!(without.chi_squared > fit.chi_squared + 50.0, "{} {}", without.chi_squared, fit.chi_squared);
    let share = fit.solutions[0].random_intercept.unwrap();
    assert!((0.15..0.5).contains(&share.value), "{share:?}");
    assert!(structure.single.as_ref().unwrap().solutions[0].random_intercept.is_some());
    let tongues = structure.invariance.tongues.as_ref().unwrap();
    assert!(tongues.yes_saying);
    assert_eq!(tongues.configural.as_ref().unwrap().df, 2 * fit.df);
    // Where its variance comes out at zero or below, there is none.
    assert!(structure::has_yes_saying(fit));
    for value in [0.0, -0.01] {
        let mut fit = fit.clone();
        fit.solutions[0].random_intercept = Some(crate::psychometrics::Estimate { value, ..share });
        assert!(!structure::has_yes_saying(&fit), "{value}");
    }
}

#[test]
fn languages_that_answer_otherwise_are_found() {
    let found = of(&study(300, |number, main, member| {
        // Two statements sound stronger in one of the languages.
        let index = main.scales.iter().position(|scale| scale.name == "market_pricing").unwrap();
        for point in member.digest.parts.points[index].iter_mut().take(2).filter(|_| number % 2 == 1) {
            *point = point.map(|value| (value - 1.5).max(1.0));
        }
    }));
    let tongues = found.structures[0].invariance.tongues.clone().unwrap();
    let [metric, scalar] = tongues.steps.map(Option::unwrap);
    assert!(scalar.cfi < -0.01 && scalar.p < 0.001, "{metric:?} {scalar:?}");
}

#[test]
fn what_there_is_too_little_for_says_how_much_it_takes() {
    let found = of(&study(40, |_, _, _| {}));
    assert_eq!(found.structures[0].fit, Err(Unavailable::TooFew { found: 40, needed: 100 }));
    assert_eq!(found.structures[0].invariance.tongues, None);
    assert!(!found.retest.told() && found.common.lines.is_empty());
    assert!(found.structures.iter().all(|structure| structure.fit.is_err()));
    let equal = of(&study(120, |_, main, member| {
        let index = main.scales.iter().position(|scale| scale.name == "market_pricing").unwrap();
        member.digest.parts.points[index][1] = Some(4.0);
    }));
    assert_eq!(equal.structures[0].fit, Err(Unavailable::NoVariance));
    let same = of(&study(120, |_, main, member| {
        let index = main.scales.iter().position(|scale| scale.name == "market_pricing").unwrap();
        member.digest.parts.points[index][1] = member.digest.parts.points[index][0];
    }));
    assert_eq!(same.structures[0].fit, Err(Unavailable::Singular));
}

#[test]
fn who_came_again_is_compared_and_counts_once_elsewhere() {
    // The second sixty are the first sixty, thirty days later; their answers are moved by a point at most.
    let main = instrument();
    let mut rng = Rng::new(5);
    let first: Vec<Member> = (0..60).map(|number| customer(number, &main, &mut rng)).collect();
    let mut measured = study(0, |_, _, _| {});
    for member in first {
        let mut again = customer(0, &main, &mut rng);
        again.facts = Facts {
            id: format!("{}b", member.facts.id),
            begun: member.facts.begun + 30 * DAY,
            ..member.facts.clone()
        };
        again.digest = member.digest.clone();
        for point in again.digest.parts.points.iter_mut().flatten() {
            let moved = if rng.chance(0.5) { 0.0 } else { 0.5 };
            *point = point.map(|value| value + moved);
        }
        measured.members.extend([again, member]);
    }
    let found = of(&measured);
    assert_eq!((found.sessions, found.cases, found.retest.people), (120, 60, 60));
    assert_eq!((found.common.cases, found.sensitivity.sessions), (60, 60));
    assert_eq!(found.structures[0].fit, Err(Unavailable::TooFew { found: 60, needed: 100 }));
    assert_eq!(found.retest.days, Some((30.0, 30.0, 30.0)));
    let line = found.retest.lines.iter().find(|line| line.scale == "market_pricing").unwrap();
    let (agreement, consistency) = (line.agreement.unwrap(), line.consistency.unwrap());
    assert_eq!(line.pairs, 60);
    // All moved the same way: the order holds better than the value.
    assert!(consistency.value > agreement.value && agreement.value > 0.7, "{line:?}");
    assert!((line.means.1 - line.means.0 - 0.25).abs() < 0.08, "{line:?}");
    let interval = agreement.interval.unwrap();
    assert!(interval.0 < agreement.value && agreement.value < interval.1);
    // Twelve people who tell of five organisations each, twice, are twelve cases and too few for a retest.
    for (number, member) in measured.members.iter_mut().enumerate() {
        member.facts.respondent = format!("R{}", number / 2 % 12);
        member.organisation = Some(format!("O{}", number / 24));
    }
    let found = of(&measured);
    assert_eq!((found.sessions, found.cases, found.common.cases), (120, 12, 12));
    assert_eq!((found.sensitivity.sessions, found.retest.people), (60, 12));
    assert!(!found.retest.told());
}

#[test]
fn relations_that_one_way_of_answering_makes_go_with_it() {
    let found = of(&study(150, |_, _, _| {}));
    assert_eq!(found.common.cases, 150);
    let line = &found.common.lines[0];
    assert!(line.n == 150 && line.items >= 6);
    let (before, after, (xg, yg)) = (line.before.unwrap(), line.after.unwrap(), line.general.unwrap());
    let xy = before.value;
    let by_hand = (xy - xg * yg) / ((1.0 - xg * xg) * (1.0 - yg * yg)).sqrt();
    assert!((after.value - by_hand).abs() < 1e-12);
    assert!(after.low < after.value && after.value < after.high);
}

#[test]
fn what_is_the_same_for_everybody_goes_with_nothing_and_that_is_said() {
    let found = of(&study(80, |_, main, member| {
        let index = main.scales.iter().position(|scale| scale.name == "csat").unwrap();
        member.digest.parts.points[index] = vec![Some(7.0)];
    }));
    let title = |line: &&CommonLine| line.said.contains("satisfaction");
    let lines: Vec<&CommonLine> = found.common.lines.iter().filter(title).collect();
    assert_eq!(lines.len(), 4, "{:?}", found.common.lines);
    assert!(lines.iter().all(|line| line.before.is_none() && line.after.is_none() && line.n == 80));
    assert!(found.common.lines.iter().filter(|line| !title(line)).all(|line| line.before.is_some()));
    let page = format!("{:?}", crate::report::validity::document(&found));
    assert!(page.contains("the same for everybody here"), "{page}");
}

#[test]
fn only_what_was_asked_and_not_answered_is_imputed() {
    let measured = study(80, |number, main, member| {
        let index = main.scales.iter().position(|scale| scale.name == "market_pricing").unwrap();
        let items: Vec<usize> =
            super::super::reliability::item_columns(main, index).iter().map(|it| it.0).collect();
        // Twelve do not know the first statement, seven were never asked the second.
        if number < 12 {
            member.digest.parts.points[index][0] = None;
            member.digest.missing.push((items[0], Gone::DontKnow));
        } else if number < 19 {
            member.digest.parts.points[index][1] = None;
            member.digest.missing.push((items[1], Gone::NotAsked));
        }
    });
    let found = of(&measured).sensitivity;
    assert_eq!((found.gone, found.imputed, found.not_asked, found.with_gaps), (12, 12, 7, 12));
    assert_eq!(found, of(&measured).sensitivity);
    let mean = found
        .lines
        .iter()
        .find(|line| matches!(&line.what, SensitivityFigure::Mean(label) if line.pooled.unwrap().between > 0.0 && !label.is_empty()))
        .unwrap();
    let pooled = mean.pooled.unwrap();
    assert!(pooled.missing > 0.0 && pooled.missing < 0.3 && mean.moves.unwrap().abs() < 1.0, "{mean:?}");
    // What a table of another program does not hold was not asked.
    let lacking = study(80, |number, main, member| {
        if number >= 40 {
            let index = main.scales.iter().position(|scale| scale.name == "market_pricing").unwrap();
            member.facts.imported_from = Some("wave.csv".into());
            member.digest.parts.points[index][0] = None;
        }
    });
    let lacking = of(&lacking).sensitivity;
    assert_eq!((lacking.gone, lacking.not_asked), (0, 40));
    // Where nothing of a figure is missing it stays as it is.
    let nps = found.lines.iter().find(|line| line.what == SensitivityFigure::Nps).unwrap();
    let (without, with) = (nps.without.unwrap(), nps.with.unwrap());
    assert!((without.0 - with.0).abs() < 1e-9 && (without.1 - with.1).abs() < 1e-9, "{nps:?}");
    let nothing = of(&study(80, |_, _, _| {})).sensitivity;
    assert_eq!((nothing.gone, nothing.lines.len()), (0, 0));
}
