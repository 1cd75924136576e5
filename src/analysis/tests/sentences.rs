//! What the sentences of a study may say, and how surely.

use super::*;

/// Twelve customers, and what was found of them.
fn twelve() -> StudyReport {
    let instrument = instrument();
    let customers =
        (0..12).map(|number| Member { own: uses(MP, 0.9, false), ..customer(number, &instrument) });
    report(customers.collect(), &instrument)
}

fn felt(means: [(f64, f64); 4]) -> [String; 2] {
    let line = |(name, (value, half)): (&str, (f64, f64))| EmotionLine {
        name: name.to_owned(),
        label: name.to_owned(),
        positive: true,
        n: ShownCount::Count(60),
        mean: Some(IntervalEstimate { value, low: value - half, high: value + half }),
        range: (1.0, 4.0),
        published_top: false,
    };
    let names = ["optimism", "excitement", "love", "joy"];
    let report = StudyReport { emotions: names.into_iter().zip(means).map(line).collect(), ..twelve() };
    ["en", "nl"].map(|tag| {
        let all = report.summary(&Language::new(tag));
        all.into_iter().find(|line| line.contains("optimism")).unwrap_or_default()
    })
}

#[test]
fn feelings_that_chance_could_put_in_another_order_are_no_ranking() {
    let [english, dutch] = felt([(2.94, 0.1), (2.88, 0.1), (2.86, 0.1), (2.81, 0.1)]);
    assert!(
        english.contains("joy comes behind them may be chance") && !english.contains("are optimism"),
        "{english}"
    );
    assert!(dutch.contains("dat joy daarachter komt, kan toeval zijn"), "{dutch}");
    let [english, dutch] = felt([(3.4, 0.1), (3.3, 0.1), (3.2, 0.1), (2.8, 0.1)]);
    assert!(english.starts_with("The strongest feelings are optimism, excitement and love"), "{english}");
    assert!(!dutch.contains("toeval"), "{dutch}");
    // The first of three may lie less surely above the others than the third.
    let [english, _] = felt([(3.4, 0.7), (3.3, 0.1), (3.2, 0.1), (2.8, 0.1)]);
    assert!(english.contains("joy comes behind them may be chance"), "{english}");
    // Which of equals comes third is not said at all.
    assert_eq!(felt([(3.4, 0.1), (3.3, 0.1), (2.8, 0.1), (2.8, 0.1)]), [""; 2].map(str::to_owned));
}

#[test]
fn what_is_at_most_so_much_is_never_rounded_down() {
    let at_most = |value: f64| words::at_most(value, &english());
    assert_eq!([0.0, 0.03, 0.4, 2.41, 9.91, 12.2].map(at_most), ["0.0", "0.1", "0.4", "2.5", "10.0", "13"]);
    assert_eq!(words::at_most(0.4, &Language::new("nl")), "0,4");
}

#[test]
fn whoever_leans_toward_leaving_is_not_said_to_go() {
    let instrument = instrument();
    let members = (0..12).map(|number| {
        let mut member = customer(number, &instrument);
        says(&mut member, &instrument, "csat", &[if number < 11 { 9.0 } else { 5.0 }]);
        says(&mut member, &instrument, "staying", &[if number < 4 { 3.5 } else { 6.0 }; 2]);
        member
    });
    let report = report(members.collect(), &instrument);
    // The n beside the share is that of its interval.
    let leaving = report.leaving.as_ref().unwrap();
    assert_eq!((leaving.n, leaving.satisfied), (12, ShownCount::Count(11)));
    let said = |tag: &str| report.summary(&Language::new(tag)).join(" ");
    assert!(
        said("en").contains("leaning toward leaving: 4 of those who give an 8 or more"),
        "{}",
        said("en")
    );
    assert!(said("nl").contains("geneigd te vertrekken: 4 van wie een 8 of meer geeft"), "{}", said("nl"));
    assert!(!said("en").contains("would rather go") && !said("nl").contains("zou liever vertrekken"));
}

/// Estimated shares lean on no groups. Where groups make the strengths of norms less sure, the headline says what its intervals assume.
#[test]
fn the_headline_says_what_its_intervals_assume_where_groups_are_alike() {
    let share = |value: f64| Some(IntervalEstimate { value, low: value - 0.1, high: value + 0.1 });
    let headline = |widen_norms: bool| {
        let mut report = twelve();
        report.models.asked = true;
        report.models.holds = true;
        for line in &mut report.models.lines {
            line.estimated = share(if line.model == MP { 0.7 } else { 0.15 });
        }
        report.clusters.widen_norms = widen_norms;
        report.summary(&english())[0].clone()
    };
    assert!(headline(true).contains("assume that interviews about one organisation"), "{}", headline(true));
    assert!(
        headline(false).contains("business-like") && !headline(false).contains("assume"),
        "{}",
        headline(false)
    );
}

/// Another program asked without the timed task, in an order of its own.
#[test]
fn what_was_imported_is_not_told_as_asked_here() {
    let instrument = instrument();
    let of = |imported: usize| {
        let members = (0..12).map(|number| {
            let mut member = customer(number, &instrument);
            member.digest.parts.timed = Some(crate::measures::Timed::NotTimed);
            if number < imported {
                member.facts.mode = "imported".into();
                member.facts.imported_from = Some("answers.csv".into());
            }
            member
        });
        let report = report(members.collect(), &instrument);
        (report.sample.asked_here(), report.quality.timed.of, report.quality.timed.not_timed.count())
    };
    assert_eq!(of(0), ("all", 12, Some(12)));
    assert_eq!(of(5), ("some", 7, Some(7)));
    assert_eq!(of(12), ("none", 0, Some(0)));
}

/// The shortest and the longest session are those of one person each.
#[test]
fn how_long_sessions_took_is_told_without_the_ends() {
    let instrument = instrument();
    let members = (0..12).map(|number| {
        let mut member = customer(number, &instrument);
        member.digest.minutes = if number == 0 { 1.0 } else { 10.0 + (number % 3) as f64 };
        member
    });
    let [lower, median, upper] = report(members.collect(), &instrument).quality.minutes.unwrap();
    assert!(lower >= 10.0 && (10.0..=12.0).contains(&median) && upper <= 12.0, "{lower} {median} {upper}");
}

#[test]
fn nobody_is_told_of_where_the_other_number_is_held_back() {
    let instrument = instrument();
    let lead = |told: Option<f64>| {
        let members = (0..30).map(|number| {
            let mut member = customer(number, &instrument);
            member.own = uses(if number < 12 { CS } else { MP }, 0.9, false);
            member
        });
        let mut report = report(members.collect(), &instrument);
        report.models.holds = false;
        // As if the number of the business-like were held back.
        let business = &mut report.models.lines[MP.index()];
        (business.answers, business.answers_share) = (ShownCount::Hidden, None);
        let personal = &mut report.models.lines[CS.index()];
        if told == Some(0.0) {
            personal.answers = ShownCount::Count(0);
        }
        let [english, dutch] = ["en", "nl"].map(|tag| report.summary(&Language::new(tag)).join(" "));
        [
            english.contains("speak for"),
            english.contains("“as one of us”"),
            dutch.contains("‘als een van ons’"),
        ]
    };
    assert_eq!((lead(None), lead(Some(0.0))[0]), ([true; 3], false));
}
