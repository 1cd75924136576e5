//! A width is found between sizes that were tried, more people narrow it, groups widen it, and intervals hold what was simulated.

use std::sync::Mutex;

use super::*;
use crate::instrument::shipped;

#[test]
fn a_width_is_found_between_the_sizes_that_were_tried() {
    // Widths that fall as one over the root: .2 at 100 is .1 at 400.
    let widths: Vec<(usize, f64)> = [25, 100, 900].iter().map(|n| (*n, 2.0 / (*n as f64).sqrt())).collect();
    assert_eq!(needed(&widths, 0.1), Some(400));
    assert_eq!((needed(&widths, 0.5), needed(&widths, 0.05)), (Some(25), None));
    assert_eq!(needed(&[], 0.1), None);
}

#[test]
fn more_interviews_make_narrower_intervals_of_everything_that_a_plan_shows() {
    let instrument = Arc::new(shipped::read("customer-interview").unwrap().instrument.unwrap());
    let language = Language::new("en");
    let heard = Mutex::new(Vec::new());
    let hear = |share: f64| heard.lock().unwrap().push(share);
    let found =
        widths(&instrument, &Generator::default(), &[60, 240], (3, 1, None), &language, &hear).unwrap();
    let mut heard = heard.into_inner().unwrap();
    heard.sort_by(f64::total_cmp);
    assert_eq!(
        (heard.len(), heard.last()),
        (6, Some(&1.0)),
        "every study is heard of once, the last at the end"
    );
    // Sixty people seldom tell a difference between two models.
    let main: Vec<&Vec<Width>> = found
        .iter()
        .filter(|(figure, _)| figure.is_main() && figure.kind() != FigureKind::Difference)
        .map(|(_, widths)| widths)
        .collect();
    assert_eq!(main.len(), 8, "{main:?}");
    for pair in main {
        let (few, many) = (pair[0].median.unwrap(), pair[1].median.unwrap());
        // A fourth of the people would halve them exactly.
        assert!(many < 0.75 * few && many > 0.3 * few, "{pair:?}");
    }
}

/// A plan that takes everybody for somebody alone promises more than a report of six organisations keeps.
#[test]
fn people_who_come_in_organisations_take_wider_intervals() {
    let instrument = Arc::new(shipped::read("customer-interview").unwrap().instrument.unwrap());
    let language = Language::new("en");
    let width = |groups| {
        let extent = (4, 1, groups);
        let found = widths(&instrument, &Generator::default(), &[90], extent, &language, &|_| ()).unwrap();
        found[&Figure::Satisfaction][0].median.unwrap()
    };
    let (alone, grouped) = (width(None), width(Some(Groups { organisations: 6, alike: 0.3 })));
    assert!(grouped > 1.4 * alone, "{grouped} beside {alone}");
}

#[test]
fn what_a_report_prints_holds_what_was_simulated_in_groups_too() {
    let instrument = Arc::new(shipped::read("customer-interview").unwrap().instrument.unwrap());
    let language = Language::new("en");
    let groups = Some(Groups { organisations: 8, alike: 0.2 });
    let extent = Extent { studies: 6, sessions: 120, people: 2_000, seed: 2, groups };
    let lines = coverage(&instrument, &Generator::default(), extent, &language).unwrap();
    let of = |figure: &Figure| lines.iter().find(|line| line.figure == *figure).unwrap();
    let share = of(&Figure::Share(RelationalModel::MarketPricing));
    assert!((share.truth - 0.7).abs() < 0.03, "{share:?}");
    let satisfaction =
        ComparedOutcome { outcome: DistalOutcome::Satisfaction, name: "Satisfaction, 1–10".into() };
    let personal = of(&Figure::Of(satisfaction.clone(), RelationalModel::CommunalSharing));
    let business = of(&Figure::Of(satisfaction.clone(), RelationalModel::MarketPricing));
    let difference = of(&Figure::Difference(satisfaction));
    assert!((personal.truth - business.truth - difference.truth).abs() < 1e-9 && difference.truth > 0.3);
    let sentiment: Vec<f64> = lines
        .iter()
        .filter(|line| {
            matches!(line.figure, Figure::Nps | Figure::Satisfaction | Figure::Satisfied | Figure::Feeling(_))
        })
        .filter_map(|line| line.coverage)
        .collect();
    let mean = sentiment.iter().sum::<f64>() / sentiment.len() as f64;
    assert!(sentiment.len() > 10 && mean > 0.8, "{sentiment:?}");
}
