//! People who answer more than once: who they are as a group, and how much is known of them.

use super::*;

/// Sessions, `each` of one respondent after the other, about as many organisations, with what the number of the person makes of each.
fn sessions(people: usize, each: usize, make: impl Fn(usize, &mut Member, &Instrument)) -> Vec<Member> {
    let instrument = instrument();
    let one = |number: usize| {
        let mut member = customer(number, &instrument);
        member.facts.respondent = format!("R{}", number / each);
        member.organisation = Some(format!("Organisation {}", number % each));
        make(number / each, &mut member, &instrument);
        member
    };
    (0..people * each).map(one).collect()
}

fn answering(person: usize, member: &mut Member, instrument: &Instrument) {
    says(member, instrument, "nps_score", &[(person % 11) as f64]);
    says(member, instrument, "csat", &[(1 + person % 10) as f64]);
    member.own = uses(MP, 0.9, false);
}

fn found(members: Vec<Member>) -> StudyReport {
    report(members, &instrument())
}

#[test]
fn sessions_of_a_few_people_are_no_group() {
    for (people, each) in [(2, 5), (5, 2), (9, 30)] {
        let whole = found(sessions(people, each, answering));
        let public = whole.publishable(Privacy::default());
        assert_eq!((public.sample.complete, public.too_few()), (people * each, Some(SMALL)));
        assert!(public.models.lines.is_empty() && public.emotions.is_empty() && public.scales.is_empty());
        assert!(public.experience.all.nps.is_none() && public.experience.all.satisfaction.is_none());
        assert!(whole.experience.all.small && whole.experience.all.nps.is_some());
        let said = whole.summary(&english()).join(" ");
        assert!(said.contains("too few") && said.contains(&format!("those of {people} people")), "{said}");
    }
    // Ten people are a group, however often they come, and five where five are enough.
    let ten = found(sessions(10, 2, answering)).publishable(Privacy::default());
    assert_eq!((ten.too_few(), ten.models.n), (None, 20));
    let five = found(sessions(5, 2, answering)).publishable(Privacy::at_least(5));
    assert_eq!((five.too_few(), five.models.n), (None, 10));
}

#[test]
fn groups_and_cells_of_few_people_are_held_back_however_many_their_sessions() {
    let make = |person: usize, member: &mut Member, instrument: &Instrument| {
        answering(person, member, instrument);
        let organisation = match person {
            0..6 => "Acme",
            6..12 => "Brill",
            _ => "Crown",
        };
        member.digest.fields = BTreeMap::from([("organisation".to_owned(), organisation.to_owned())]);
        // Two people use another model and say another word.
        let other = (20..22).contains(&person);
        member.own = uses(if other { CS } else { MP }, 0.97, false);
        let text = if other { "zebra" } else { "stone" }.to_owned();
        member.digest.words = vec![AssociatedWord { text, rank: 1, valence: Some(1.0) }];
    };
    let twice = found(sessions(40, 2, make));
    let shown = |report: &StudyReport| -> Vec<Option<usize>> {
        report.sample.organisations.iter().map(|group| group.complete.count()).collect()
    };
    let words = |report: &StudyReport| -> Vec<(String, Option<usize>)> {
        report.words.iter().map(|line| (line.word.clone(), line.n.count())).collect()
    };
    let communal = |report: &StudyReport| report.models.lines[CS.index()].answers.count();
    assert_eq!(shown(&twice), [Some(12), Some(12), Some(56)]);
    let small: Vec<bool> = twice.sample.organisations.iter().map(|group| group.small).collect();
    assert_eq!(small, [true, true, false]);
    assert_eq!(words(&twice), [("stone".to_owned(), Some(38)), ("zebra".to_owned(), Some(2))]);
    assert_eq!(twice.words_valence.map(|words| words.n), Some(ShownCount::Count(40)));
    let public = twice.publishable(Privacy::default());
    assert_eq!((shown(&public), communal(&public)), (vec![None, None, Some(56)], None));
    assert_eq!(words(&public), [("stone".to_owned(), Some(38))]);
    // The very same sessions of people who came once.
    let once: Vec<Member> = sessions(40, 2, make)
        .into_iter()
        .enumerate()
        .map(|(number, mut member)| {
            member.facts.respondent = format!("R{number}");
            member
        })
        .collect();
    let public = found(once).publishable(Privacy::default());
    assert_eq!((shown(&public), communal(&public)), (vec![Some(12), Some(12), Some(56)], Some(4)));
    assert_eq!(public.words.len(), 2);
}

#[test]
fn open_sessions_of_one_person_are_one_person() {
    let unfinished = |is_one: bool| {
        let make = |person: usize, member: &mut Member, instrument: &Instrument| {
            answering(person, member, instrument);
            let organisation = if person < 24 { "Acme" } else { "Brill" };
            member.digest.fields = BTreeMap::from([("organisation".to_owned(), organisation.to_owned())]);
            if person < 4 {
                member.facts.state = SessionState::Open;
                member.facts.respondent = if is_one { "R0".into() } else { format!("R{person}") };
            }
        };
        let public = found(sessions(44, 1, make)).publishable(Privacy::default());
        let groups = public.sample.organisations.iter();
        groups.map(|group| (group.complete.count(), group.open.count())).collect::<Vec<_>>()
    };
    assert_eq!(unfinished(false), [(Some(20), Some(4)), (Some(20), Some(0))]);
    // What is not open elsewhere would tell how many are open here.
    assert_eq!(unfinished(true), [(Some(20), None), (Some(20), None)]);
}

#[test]
fn of_what_one_person_says_of_one_organisation_the_last_counts() {
    let instrument = instrument();
    let again = |number: usize, organisation: &str| {
        let mut member = customer(number, &instrument);
        member.facts.respondent = format!("R{}", number % 20);
        member.organisation = Some(organisation.to_owned());
        (member.digest.seen, member.own) = (Some(CS), uses(MP, 0.9, false));
        // Satisfied at first, and not later.
        says(&mut member, &instrument, "csat", &[if number < 20 { 10.0 } else { 2.0 }]);
        member
    };
    // The order in which sessions are read does not matter, nor how a name is spelt.
    let all: Vec<Member> = (0..40)
        .rev()
        .map(|number| again(number, if number < 20 { "Acme B.V." } else { "acme bv" }))
        .collect();
    let found = report(all.clone(), &instrument);
    assert_eq!((found.sample.complete, found.sample.earlier, found.respondents.fewer()), (20, 20, None));
    let sides = |report: &StudyReport| {
        let paradox = &report.paradoxes[0];
        (paradox.n_meant, paradox.n_used, paradox.respondents.counted())
    };
    assert_eq!(sides(&found), (20, 20, "people"));
    let mark = |report: &StudyReport| report.experience.all.satisfaction.clone().unwrap().mean.unwrap().value;
    assert_eq!(mark(&found), 2.0);
    let said = |report: &StudyReport| report.summary(&english()).join(" ");
    assert!(said(&found).contains("20 earlier sessions") && !said(&found).contains("These 20"));
    // Whoever is left by a filter counts as they were by then.
    let before = Filter { to: Some("2026-01-24".into()), ..Filter::default() };
    let first = StudyReport::build(&super::study(all, &instrument), &before, &english());
    assert_eq!((first.sample.complete, first.sample.earlier, mark(&first)), (20, 0, 10.0));
    // Another organisation is another session of the same person.
    let two = (0..40).map(|number| again(number, if number < 20 { "Acme" } else { "Brill" })).collect();
    let two = report(two, &instrument);
    assert_eq!((two.sample.complete, two.sample.earlier, two.respondents.fewer()), (40, 0, Some(20)));
    assert_eq!(sides(&two), (40, 40, "sessions"));
    // Clients that answer under one code are others, each by its own name, however it is spelt.
    let client = |number: usize, name: &str| {
        let mut member = again(number, "Our own");
        member.digest.fields = BTreeMap::from([("client".to_owned(), name.to_owned())]);
        member
    };
    let of_clients = |second: &str| {
        let all = (0..40).map(|number| client(number, if number < 20 { "Acme" } else { second })).collect();
        report(all, &instrument).sample.complete
    };
    assert_eq!([of_clients("Brill"), of_clients("Acme Ltd")], [40, 20]);
    // Colleagues on our side who answer for one customer are not one another.
    let ours = |number: usize, by: &str| {
        let mut member = again(number, "Acme");
        member.party = crate::instrument::Party::Organisation;
        member.facts.interviewer = Some(by.to_owned());
        member
    };
    let colleagues = (0..40).map(|number| ours(number, if number < 20 { "M1" } else { "M2" })).collect();
    assert_eq!(report(colleagues, &instrument).sample.complete, 40);
    let herself = (0..40).map(|number| ours(number, if number < 20 { "M1" } else { "m-1" })).collect();
    assert_eq!(report(herself, &instrument).sample.complete, 20);
}

#[test]
fn whoever_comes_twice_is_no_second_person() {
    let twice = found(sessions(60, 2, answering));
    let once =
        found(sessions(120, 1, |number, member, instrument| answering(number / 2, member, instrument)));
    let marks = |report: &StudyReport| {
        let (nps, mark) = (report.experience.all.nps.clone(), report.experience.all.satisfaction.clone());
        [
            nps.unwrap().score,
            mark.clone().and_then(|mark| mark.mean).unwrap(),
            mark.unwrap().satisfied.unwrap(),
        ]
    };
    for (wide, narrow) in marks(&twice).into_iter().zip(marks(&once)) {
        assert_eq!(wide.value, narrow.value);
        // As if sixty had answered: wider by the root of two.
        let wider = (wide.high - wide.low) / (narrow.high - narrow.low);
        assert!((1.3..1.55).contains(&wider), "{wider}");
    }
    let line = |report: &StudyReport| report.models.lines[MP.index()].weighted.unwrap();
    assert!(line(&twice).low < line(&once).low, "no share is surer than if sixty had been counted");
    let groups = twice.clusters.respondents.unwrap();
    assert_eq!((groups.groups, groups.robust, once.clusters.respondents), (60, true, None));
    assert!(!twice.clusters.widen_norms && !twice.experience.all.small);
    for tag in ["en", "nl"] {
        let language = Language::new(tag);
        let [twice, once] = [&twice, &once].map(|report| report.summary(&language));
        let added = |line: &&String| line.contains("120 ses") && line.contains("60 ");
        assert_eq!(twice.iter().filter(added).count(), 1, "{twice:?}");
        assert!(!once.iter().any(|line| added(&line)), "{once:?}");
        assert!(!twice.iter().any(|line| line.contains("respondent")), "{twice:?}");
    }
    assert_eq!((twice.respondents.counted(), once.respondents.counted()), ("sessions", "people"));
}

#[test]
fn a_published_share_is_no_surer_than_its_people() {
    // Four hundred sessions with one mark of 0, or with two by one person.
    let study = |each: usize| {
        let make = move |person: usize, member: &mut Member, instrument: &Instrument| {
            let mark = match person * each {
                0 => 0.0,
                1..=250 => 10.0,
                _ => 7.0,
            };
            says(member, instrument, "nps_score", &[mark]);
            member.own = uses(MP, 0.9, false);
        };
        let whole = found(sessions(400 / each, each, make));
        (whole.publishable(Privacy::default()), whole)
    };
    let ((public, once), (few, twice)) = (study(1), study(2));
    assert!(public.experience.all.nps.is_some(), "in whole points");
    assert_eq!(few.experience.all.nps, None);
    // All speak for one model: a count of people, not of sessions.
    let speaking = |report: &StudyReport| report.models.lines[MP.index()].answers_share.unwrap();
    assert!((speaking(&once).low - share_of_all(400)).abs() < 1e-12);
    assert!((speaking(&twice).low - share_of_all(200)).abs() < 1e-12);
    assert_eq!((speaking(&public), speaking(&few)), (speaking(&once), speaking(&twice)));
}

#[test]
fn an_estimate_by_model_is_worth_people() {
    let study = |each: usize| {
        let make = |person: usize, member: &mut Member, instrument: &Instrument| {
            answering(person, member, instrument);
            member.assigned = taken([0.9, 0.02, 0.03, 0.05]);
            if person >= 15 {
                member.assigned = taken([0.05, 0.02, 0.03, 0.9]);
            }
        };
        found(sessions(60, each, make))
    };
    let line = |report: &StudyReport| of(report, DistalOutcome::Satisfaction).clone();
    let (once, twice) = (line(&study(1)), line(&study(2)));
    for (one, two) in once.by_model.iter().zip(&twice.by_model) {
        // Sixty people, whether they tell of one organisation or of two.
        assert!((one.worth - two.worth).abs() < 1e-9 && one.untold == two.untold, "{one:?} {two:?}");
    }
    assert!(twice.by_model[MP.index()].estimate.is_some() && twice.by_model[MP.index()].worth < 60.0);
    // And so it is published as a number of people.
    let worth =
        |report: StudyReport| line(&report.publishable(Privacy::default())).by_model[MP.index()].worth;
    assert!(worth(study(2)) >= SMALL as f64, "{twice:?}");
}

/// The lower end of Wilson's interval where all of so many are counted: n/(n + z²).
fn share_of_all(n: usize) -> f64 {
    let z = crate::psychometrics::normal::critical(crate::psychometrics::LEVEL);
    n as f64 / (n as f64 + z * z)
}

#[test]
fn both_sides_of_a_relation_are_two_people_under_one_code() {
    let client = sessions(1, 1, answering).remove(0);
    let manager = Member { party: crate::instrument::Party::Organisation, ..client.clone() };
    assert_eq!(Respondents::of_members(&[&client, &manager]).fewer(), None);
    assert_eq!(Respondents::of_members(&[&client, &manager, &client]).fewer(), Some(2));
}
