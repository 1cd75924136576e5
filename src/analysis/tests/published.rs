//! What a published study tells of single people.

use std::collections::BTreeSet;

use super::*;

#[test]
fn what_is_published_names_nobody_and_shows_no_small_group() {
    let instrument = instrument();
    let members: Vec<Member> = (0..40)
        .map(|number| {
            let mut member = customer(number, &instrument);
            let organisation = if number < 4 { "Small" } else { "Large" };
            member.digest.fields = BTreeMap::from([("organisation".to_owned(), organisation.to_owned())]);
            says(&mut member, &instrument, "nps_score", &[(number % 11) as f64]);
            let text =
                if number < 36 { format!("word {}", number % 10) } else { format!("rare {}", number % 2) };
            member.digest.words = vec![AssociatedWord { text, rank: 1, valence: None }];
            // All four who name the first place it, and one of those who name the second.
            if number % 10 == 0 || number == 1 {
                member.digest.words[0].valence = Some(-2.0);
            }
            let model = if number == 0 {
                CS
            } else if number < 12 {
                EM
            } else {
                MP
            };
            member.own = uses(model, 0.97, false);
            member.digest.seen = Some(if number % 5 == 0 { CS } else { MP });
            let side = if number % 2 == 0 { 0.5 } else { -0.5 };
            Member { gap: Some((gap(side, -side * f64::from(u8::from(number < 2)), 0.01), None)), ..member }
        })
        .collect();
    let whole = report(members, &instrument);
    let public = whole.publishable(Privacy::default());
    let text = serde_json::to_string(&public).unwrap();
    for code in ["\"s1\"", "\"R1\"", "s12", "R12"] {
        assert!(!text.contains(code), "{code}");
    }
    // One person of communal sharing is held back, and a second model with that one, in every table of the same people.
    assert_eq!(public.models.lines[CS.index()].count.count(), None);
    assert!(public.models.lines.iter().filter(|line| line.count.count().is_none()).count() >= 2);
    // What they add up to in probabilities would say the same.
    let probable = public.models.lines.iter().filter(|line| line.weighted.is_some()).count();
    assert!(probable <= 2 && public.models.lines[CS.index()].weighted.is_none(), "{:?}", public.models.lines);
    assert!(public.experience.outcomes.iter().all(|line| line.by_model[CS.index()].estimate.is_none()));
    assert!(public.sample.organisations.iter().all(|group| group.complete == ShownCount::Hidden));
    assert_eq!((whole.words.len(), public.words.len()), (12, 10));
    assert!(public.words.iter().all(|word| word.n.count().unwrap() >= 3));
    let valence =
        |report: &StudyReport, of: &str| report.words.iter().find(|word| word.word == of).unwrap().valence;
    assert_eq!((valence(&public, "word 0"), valence(&public, "word 1")), (Some(-2.0), None));
    assert_eq!(valence(&whole, "word 1"), Some(-2.0));
    // Five people placed a word, who are no group by themselves.
    assert_eq!(whole.words_valence.map(|words| words.n), Some(ShownCount::Count(5)));
    assert_eq!(public.words_valence, None);
    assert!(public.gaps.points.iter().all(|point| point.weight >= 3 && point.model.is_none()));
    for (line, other) in public.models.lines.iter().zip(&public.paradoxes[0].used) {
        assert_eq!(line.count.count().is_none(), other.n.count().is_none(), "{:?}", line.model);
    }
    // The researcher's own report hides nothing.
    assert_eq!(whole.models.lines[CS.index()].count, ShownCount::Count(1));
    assert_eq!(whole.gaps.points.len(), 40);
}

/// A study in which everybody gives this answer to a question and has no model.
fn marks(instrument: &Arc<Instrument>, scale: &str, marks: &[f64]) -> StudyReport {
    let members = marks.iter().enumerate().map(|(number, mark)| {
        let mut member = customer(number, instrument);
        says(&mut member, instrument, scale, &[*mark]);
        member
    });
    report(members.collect(), instrument)
}

#[test]
fn a_score_does_not_tell_how_many_gave_the_rarest_answer() {
    let instrument = instrument();
    let answers = |promoters: usize, passives: usize, detractors: usize| {
        [vec![10.0; promoters], vec![7.0; passives], vec![3.0; detractors]].concat()
    };
    let public = |answers: &[f64]| {
        let whole = marks(&instrument, "nps_score", answers);
        whole.publishable(Privacy::default()).experience.all.nps
    };
    // Nothing small: everything to the last digit.
    let open = public(&answers(30, 20, 10)).unwrap();
    assert_eq!(open.detractors, ShownCount::Count(10));
    assert!((open.score.value - 100.0 / 3.0).abs() < 1e-9);
    // One detractor in four hundred: whole points, in which one more or less cannot be seen.
    let large = public(&answers(250, 149, 1)).unwrap();
    assert_eq!(
        (large.promoters, large.passives, large.detractors),
        (ShownCount::Hidden, ShownCount::Hidden, ShownCount::Hidden)
    );
    assert_eq!((large.score.value, large.score.value.fract()), (62.0, 0.0));
    // One in a dozen: 83 of 12 can be nothing but eleven and one or ten and none, and the interval says which.
    assert_eq!(public(&answers(11, 0, 1)), None);
}

#[test]
fn a_share_of_one_or_two_people_is_held_back() {
    let instrument = instrument();
    let share = |rows: &[f64]| {
        let public = marks(&instrument, "csat", rows).publishable(Privacy::default());
        public.experience.all.satisfaction.unwrap().satisfied
    };
    assert_eq!(share(&[vec![9.0; 1], vec![6.0; 39]].concat()), None);
    assert_eq!(share(&[vec![9.0; 38], vec![6.0; 2]].concat()), None);
    assert!(share(&[vec![9.0; 20], vec![6.0; 20]].concat()).is_some());
}

#[test]
fn sums_that_other_tables_publish_do_not_open_a_cell() {
    let instrument = instrument();
    // Satisfied: 30 stay and one leaves, 31 in all, as the share of marks from 8 says. The smallest cell of the whole table
    // stands in another row and would not protect the one.
    let groups = [(9.0, 6.0, 30), (9.0, 2.0, 1), (6.0, 6.0, 12), (6.0, 2.0, 4), (3.0, 2.0, 8)];
    let mut members = Vec::new();
    for (mark, stays, people) in groups {
        for _ in 0..people {
            let mut member = customer(members.len(), &instrument);
            says(&mut member, &instrument, "csat", &[mark]);
            says(&mut member, &instrument, "staying", &[stays, stays]);
            // Says warm and associates cold is as rare among those who speak warmly.
            let said = if mark > 5.0 { 0.5 } else { -0.5 };
            let associated = if (mark, stays) == (9.0, 2.0) || mark < 5.0 { -0.5 } else { 0.5 };
            members.push(Member { gap: Some((gap(said, associated, 0.5), None)), ..member });
        }
    }
    let public = report(members, &instrument).publishable(Privacy::default());
    let leaving = public.leaving.unwrap();
    assert!(leaving.table[0].iter().filter(|cell| cell.count().is_none()).count() > 1, "{leaving:?}");
    let four = public.gaps.quadrants;
    assert_eq!((four.both_warm, four.says_warm), (ShownCount::Hidden, ShownCount::Hidden));
    assert_eq!((four.associates_warm, four.both_cold), (ShownCount::Count(0), ShownCount::Count(8)));
    // No square says how many a quadrant that is held back holds at least.
    assert!(public.gaps.points.iter().all(|point| point.said < 0.0), "{:?}", public.gaps.points);
}

#[test]
fn a_study_below_the_least_keeps_its_counts_and_nothing_else() {
    let instrument = instrument();
    let members = (0..6).map(|number| {
        let mut member = customer(number, &instrument);
        says(&mut member, &instrument, "nps_score", &[9.0]);
        Member { own: uses(MP, 0.9, false), ..member }
    });
    let whole = report(members.collect(), &instrument);
    let public = whole.publishable(Privacy::default());
    assert_eq!((public.sample.complete, public.models.n), (6, 0));
    assert!(public.experience.all.nps.is_none() && public.scales.is_empty() && public.paradoxes.is_empty());
    // Five is the least that can be asked for.
    assert_eq!(whole.publishable(Privacy::at_least(1)).least, Some(5));
    assert_eq!(whole.publishable(Privacy::at_least(5)).models.n, 6);
}

#[test]
fn a_second_publication_tells_no_more_of_those_who_came_than_one_of_their_own() {
    let instrument = instrument();
    // Ten, then ten more: one of these says "zebra" and is of communal sharing, three say "stone".
    let people = |numbers: std::ops::Range<usize>, alike: bool| -> Vec<Member> {
        let one = |number: usize| {
            let mut member = customer(number, &instrument);
            let (text, valence) = match number {
                0..3 => ("zebra", 3.0),
                10 => ("Zebra", -3.0),
                3..6 | 11..14 => ("stone", 1.0),
                _ => ("other", 0.0),
            };
            member.digest.words =
                vec![AssociatedWord { text: text.to_owned(), rank: 1, valence: Some(valence) }];
            member.own = uses(if number == 10 && !alike { CS } else { MP }, 0.97, false);
            member
        };
        numbers.map(one).collect()
    };
    let published = |alike: bool| {
        let mut public = report(people(0..20, alike), &instrument).publishable(Privacy::default());
        let came = report(people(10..20, alike), &instrument);
        public.hide_beside(&came, Privacy::default());
        public
    };
    let words = |report: &StudyReport| -> BTreeSet<String> {
        report.words.iter().map(|line| line.word.clone()).collect()
    };
    let told = published(false);
    assert_eq!(words(&told), BTreeSet::from(["other".to_owned(), "stone".to_owned()]));
    assert!(told.models.lines.iter().all(|line| line.answers.count().is_none() && line.share.is_none()));
    // Ten who are all alike are a group by themselves.
    let counts: Vec<_> = published(true).models.lines.iter().map(|line| line.answers.count()).collect();
    assert_eq!(counts[MP.index()], Some(20));
    // Of those whose answers are gone nothing is known, so that no count is shown beside the earlier one.
    let mut public = report(people(0..20, true), &instrument).publishable(Privacy::default());
    public.hide_beside(&report(Vec::new(), &instrument), Privacy::default());
    assert!(public.words.is_empty() && public.models.lines.iter().all(|line| line.answers.count().is_none()));
}
