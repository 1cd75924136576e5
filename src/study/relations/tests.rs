//! Which sessions of a relation advise, and by what.

use super::*;
use crate::instrument::Family;

const DAY: i64 = 86_400_000;

fn score(value: f64) -> Option<LensScore> {
    let name = "staying".to_owned();
    Some(LensScore { label: name.clone(), name, member: String::new(), value, se: None, range: (1.0, 7.0) })
}

/// A client's session of this day with this wish to stay, by one questionnaire.
fn visit(day: i64, person: Option<&str>, wish: Option<f64>) -> Visit {
    Visit {
        session: day.to_string(),
        begun: day * DAY,
        party: Party::Customer,
        person: person.map(str::to_owned),
        instrument: "client-view".into(),
        title: "Client view".into(),
        led: false,
        pool: "browser",
        test: false,
        own: Side::default(),
        other: Side::default(),
        lenses: vec![Lens { family: Family::SuccessFactor, readings: Vec::new() }],
        satisfaction: None,
        staying: wish.and_then(score),
        gap: None,
        declined: false,
        asked: Arc::default(),
    }
}

#[test]
fn what_cannot_wait_is_not_hidden_by_a_colleague_who_answered_later() {
    use Scope::{Everything, Urgent, Wish};
    let told = |visits: &[Visit]| -> Vec<(i64, Scope)> {
        let relation = Relation::new("R1".into(), None, false, visits.to_vec());
        advising(&relation).into_iter().map(|(visit, scope)| (visit.begun / DAY, scope)).collect()
    };
    let (p1, p2) = (Some("p1"), Some("p2"));
    // Each without a code may be another person, and whoever has one speaks for themselves by the latest answer.
    let codeless = [visit(0, None, None), visit(1, None, None), visit(2, None, None)];
    assert_eq!(told(&codeless), [(2, Everything), (1, Urgent), (0, Urgent)]);
    let coded = [visit(0, p1, None), visit(1, p1, None), visit(2, p2, None)];
    assert_eq!(told(&coded), [(2, Everything), (1, Urgent)]);
    // After half a year nothing is pressing any more but that somebody would rather leave.
    let long_ago = [visit(0, None, None), visit(1, None, Some(2.0)), visit(200, None, Some(6.0))];
    assert_eq!(told(&long_ago), [(200, Everything), (1, Wish)]);
    let again = [visit(0, p1, Some(2.0)), visit(1, p1, Some(6.0)), visit(2, p2, None)];
    assert_eq!(told(&again), [(2, Everything), (1, Urgent)]);
}
