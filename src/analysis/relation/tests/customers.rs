//! Whose sessions are those of one customer, and what their answers may be held against.

use super::*;

#[test]
fn a_person_is_one_however_the_code_is_spelt() {
    assert_eq!(comparable("P1"), comparable("p1 "));
    assert_eq!(comparable("P-1"), comparable("p 1"));
    assert_ne!(comparable("P1"), comparable("P2"));
    assert_eq!(comparable(" – "), None);
    let by = |code: Option<&str>| Visit {
        person: code.and_then(comparable),
        ..visit(Party::Customer, DAY, Side::default(), Side::default())
    };
    let people = |codes: &[Option<&str>]| {
        let visits = codes.iter().map(|code| by(*code)).collect();
        Relation::new("R1".into(), None, false, visits).people(Party::Customer)
    };
    // Whoever has no code may be one of those who have.
    assert_eq!(people(&[Some("P1"), Some("p 1"), None]), 1);
    assert_eq!(people(&[Some("P1"), Some("P2"), None]), 2);
}

#[test]
fn whoever_has_no_code_may_be_somebody_else_but_on_our_side() {
    let told = |party, codes: &[Option<&str>]| {
        let by = |code: &Option<&str>| Visit {
            person: code.map(str::to_owned),
            ..visit(party, DAY, Side::default(), Side::default())
        };
        let relation = Relation::new("R1".into(), None, false, codes.iter().map(by).collect());
        (relation.people(party), relation.codeless(party), relation.may_be_several(party))
    };
    use Party::{Customer, Organisation};
    assert_eq!(told(Customer, &[Some("p1"), None]), (1, 1, true));
    assert_eq!(told(Customer, &[Some("p1"), Some("p2"), None]), (2, 1, true));
    assert_eq!(told(Customer, &[Some("p1"), Some("p1")]), (1, 0, false));
    // Each without a code may be another person, and one alone is nobody else.
    assert_eq!(told(Customer, &[None, None]), (0, 2, true));
    assert_eq!(told(Customer, &[None]), (0, 1, false));
    // On our side that is whoever keeps the file.
    assert_eq!(told(Organisation, &[None, None]), (1, 0, false));
    assert_eq!(told(Organisation, &[Some("anna"), None]), (2, 0, true));
}

/// The customers with the numbers of their sessions.
fn sorted(found: Vec<OneCustomer<usize>>) -> Vec<(Option<String>, Vec<usize>)> {
    found.into_iter().map(|customer| (customer.name, customer.sessions)).collect()
}

fn field(party: Party) -> String {
    if party == Party::Organisation { CUSTOMER.to_owned() } else { CLIENT.to_owned() }
}

/// The customers of sessions that say who they are about and what that one was called before.
fn found(visits: &[(Party, &str, &str)]) -> Vec<OneCustomer<usize>> {
    let named = |(party, name, former): &(Party, &str, &str)| {
        let former = (FORMERLY.to_owned(), (*former).to_owned());
        NamedCustomer::of(*party, &[(field(*party), (*name).to_owned()), former].into())
    };
    by_customer(visits.iter().map(named).zip(0usize..).collect())
}

/// Their names, former names and sessions.
fn told(visits: &[(Party, &str, &str)]) -> Vec<(String, Vec<String>, Vec<usize>)> {
    let of = |one: OneCustomer<usize>| (one.name.unwrap_or_default(), one.formerly, one.sessions);
    found(visits).into_iter().map(of).collect()
}

fn one(name: &str, formerly: &[&str], sessions: &[usize]) -> (String, Vec<String>, Vec<usize>) {
    (name.to_owned(), formerly.iter().map(|name| (*name).to_owned()).collect(), sessions.to_vec())
}

#[test]
fn a_customer_that_is_called_otherwise_is_one_where_somebody_said_so() {
    use Party::{Customer, Organisation};
    // Nobody said it: it may be another client under a manager's own code.
    let silent = [(Organisation, "Acme", ""), (Organisation, "Nova", "")];
    assert_eq!(told(&silent), [one("Acme", &[], &[0]), one("Nova", &[], &[1])]);
    // The newest name is the title, whoever goes on saying the old one; what the client said under either is theirs.
    let said = [
        (Organisation, "Acme", ""),
        (Customer, "Acme Holding", ""),
        (Organisation, "Nova", "Acme"),
        (Customer, "Acme", ""),
        (Customer, "Nova", ""),
        (Organisation, "acme", ""),
        (Organisation, "Bakker", ""),
    ];
    assert_eq!(told(&said), [one("Nova", &["Acme"], &[0, 1, 2, 3, 4, 5]), one("Bakker", &[], &[6])]);
    // Twice, with another legal form than before; the client may be the one who says it.
    let twice = [
        (Organisation, "Acme B.V.", ""),
        (Customer, "Nova", "Acme"),
        (Organisation, "Zenith", "Nova"),
        (Organisation, "Zenith", "Nova"),
    ];
    assert_eq!(told(&twice), [one("Zenith", &["Nova", "Acme"], &[0, 1, 2, 3])]);
    // A new name is one with ours without its legal form, or as its long form, and so is the name before it.
    for (ours, new) in [("Zeta Ltd", "Zeta"), ("Zeta", "Zeta Ltd"), ("Zeta", "Zeta & Zn.")] {
        let three = [(Organisation, ours, ""), (Customer, "Qetta", ""), (Customer, new, "Qetta")];
        assert_eq!(told(&three), [one(new, &["Qetta"], &[0, 1, 2])]);
        let among_others = [&three[..], &[(Organisation, "Bakker", "")]].concat();
        assert_eq!(told(&among_others), [one(new, &["Qetta"], &[0, 1, 2]), one("Bakker", &[], &[3])]);
    }
    let ours = [(Organisation, "Zeta Ltd", ""), (Organisation, "Qetta", ""), (Organisation, "Zeta", "Qetta")];
    assert_eq!(told(&ours), [one("Zeta", &["Qetta"], &[0, 1, 2])]);
    // Which of two is meant, nobody knows.
    let either =
        [(Organisation, "Acme Ltd", ""), (Organisation, "Acme GmbH", ""), (Organisation, "Nova", "Acme")];
    assert_eq!(found(&either).len(), 3);
    // The same name is no former one, and a name that came back is no former one any more.
    assert_eq!(told(&[(Organisation, "Acme", "acme")]), [one("Acme", &[], &[0])]);
    let back = [(Organisation, "Acme", ""), (Organisation, "Nova", "Acme"), (Organisation, "Acme", "Nova")];
    assert_eq!(told(&back), [one("Acme", &["Nova"], &[0, 1, 2])]);
}

#[test]
fn a_former_name_that_two_claim_is_nobody_s_and_every_name_is_found() {
    use Party::{Customer, Organisation};
    let ours = |names: &[(&'static str, &'static str)]| {
        names.iter().map(|(name, former)| (Organisation, *name, *former)).collect::<Vec<_>>()
    };
    // Of two that are said to have had one name, nobody knows whose its sessions are.
    let two = ours(&[("Acme", ""), ("Nova", "Acme"), ("Vega", "Acme Ltd")]);
    assert_eq!(told(&two), [one("Acme", &[], &[0]), one("Nova", &[], &[1]), one("Vega", &[], &[2])]);
    let disputed: Vec<Vec<String>> = found(&two).into_iter().map(|one| one.disputed).collect();
    assert_eq!(disputed, [["Acme"], ["Acme"], ["Acme Ltd"]]);
    // Nor does a client's own word settle it, or that nobody answered under it.
    let theirs = [(Organisation, "Nova", "Acme"), (Customer, "Vega", "Acme"), (Organisation, "Nova", "")];
    assert_eq!(told(&theirs), [one("Nova", &[], &[0, 2]), one("Vega", &[], &[1])]);
    // One customer may say it twice, under a longer name or the name that it had in between.
    let again = ours(&[("Acme", ""), ("Nova", "Acme"), ("Nova Holding", "Acme")]);
    assert_eq!(told(&again), [one("Nova Holding", &["Acme"], &[0, 1, 2])]);
    let between = ours(&[("Acme", ""), ("Nova", "Acme"), ("Vega", "Nova"), ("Vega", "Acme")]);
    assert_eq!(told(&between), [one("Vega", &["Nova", "Acme"], &[0, 1, 2, 3])]);
    // Of a chain only what is disputed is parted, and a customer that went back to its name has it.
    let chain = ours(&[("Acme", ""), ("Nova", "Acme"), ("Zeta", "Nova"), ("Vega", "Acme")]);
    assert_eq!(
        told(&chain),
        [one("Acme", &[], &[0]), one("Zeta", &["Nova"], &[1, 2]), one("Vega", &[], &[3])]
    );
    let back = ours(&[("Acme", ""), ("Nova", "Acme"), ("Acme", "Nova"), ("Vega", "Acme")]);
    assert_eq!(told(&back), [one("Acme", &["Nova"], &[0, 1, 2]), one("Vega", &[], &[3])]);
    // A chain that is told in another order loses none of its names.
    let order = ours(&[("Acme", ""), ("Zeta", "Nova"), ("Nova", "Acme")]);
    assert_eq!(told(&order), [one("Zeta", &["Nova", "Acme"], &[0, 1, 2])]);
    // A former name may be the long or the short form of one alone, written out or not.
    for (before, former) in [("Jansen en Zonen", "Jansen & Zn."), ("Jansen & Zn.", "Jansen")] {
        let renamed = ours(&[(before, ""), ("Nova", former)]);
        let [customer] = found(&renamed).try_into().unwrap();
        assert_eq!(customer.sessions, [0, 1]);
        let relation = Relation {
            formerly: customer.formerly,
            ..Relation::new("R1".into(), customer.name, false, Vec::new())
        };
        assert!(["Nova", before, former].iter().all(|name| relation.is_called(name)), "{relation:?}");
    }
    let either = ours(&[("Bakker Noord", ""), ("Bakker Zuid", ""), ("Nova", "Bakker")]);
    assert_eq!(found(&either).len(), 3);
}

#[test]
fn whoever_was_asked_once_in_a_survey_is_no_relation() {
    let found = |forms: &[&str]| {
        let named = |name: &&str| {
            NamedCustomer::in_form(&shipped::read(name).unwrap().instrument.unwrap(), &Default::default())
        };
        let customers = by_customer(forms.iter().map(named).zip(0usize..).collect());
        customers.iter().map(|customer| customer.is_relation).collect::<Vec<_>>()
    };
    assert_eq!(found(&["workshop-pulse"]), [false]);
    for relation in
        [&["account-self-assessment"][..], &["client-view"], &["customer-interview", "customer-interview"]]
    {
        assert_eq!(found(relation), [true], "{relation:?}");
    }
}

#[test]
fn a_refusal_stands_with_the_customer_that_it_names_and_makes_no_relation() {
    use Party::{Customer, Organisation};
    let named = |party, name: &str, is_refused| NamedCustomer {
        is_asked: true,
        is_refused,
        ..NamedCustomer::of(party, &[(field(party), name.to_owned())].into())
    };
    let visits = vec![
        (named(Organisation, "Acme", false), 0),
        (named(Customer, "acme", true), 1),
        (named(Customer, "Bakker", true), 2),
    ];
    let found = by_customer(visits);
    let told: Vec<_> =
        found.iter().map(|one| (one.is_relation, one.sessions.clone(), one.refusals.clone())).collect();
    assert_eq!(told, [(true, vec![0], vec![1]), (false, vec![], vec![2])]);
    assert_eq!(found[0].name.as_deref(), Some("Acme"));
}

#[test]
fn answers_of_one_day_are_no_change() {
    let of = |at: i64, value: f64| {
        visit(Party::Organisation, at, side([value, 3.0, 4.0, 5.0], 0.2), Side::default())
    };
    let relation = |visits: &[Visit]| Relation::new("R1".into(), None, false, visits.to_vec());
    let hour = DAY / 24;
    let one_day = relation(&[of(DAY, 2.0), of(DAY + 23 * hour, 6.0)]);
    assert!(one_day.over_time(Party::Organisation).is_empty());
    assert_eq!(one_day.parted_in_time(Party::Organisation), Some(Parted::OnOneDay));
    let rests = [Followed::Norm(Perspective::Own, RelationalModel::CommunalSharing).name()];
    let first = DAY.to_string();
    assert_eq!(one_day.since(&[(&first, &rests)]), Since::Parted(Parted::OnOneDay));
    // Two hours around midnight are two days, and so is a line with a later one.
    for visits in [
        vec![of(2 * DAY - hour, 2.0), of(2 * DAY + hour, 6.0)],
        vec![of(DAY, 2.0), of(DAY + hour, 3.0), of(90 * DAY, 6.0)],
    ] {
        let several = relation(&visits);
        let found = several.over_time(Party::Organisation);
        assert_eq!(found.iter().map(|time| time.measurements).collect::<Vec<_>>(), [visits.len()]);
        assert_eq!(several.parted_in_time(Party::Organisation), None);
    }
}

#[test]
fn what_a_customer_says_is_held_against_nobody_elses_picture() {
    use Party::{Customer, Organisation};
    let named = |party, name: &str| {
        let field = if party == Organisation { "organisation" } else { "client" };
        // A customer's own form names us in the other field.
        let us = (if party == Organisation { "client" } else { "organisation" }).to_owned();
        NamedCustomer::of(party, &[(field.to_owned(), name.to_owned()), (us, "Us".to_owned())].into())
    };
    let groups = |visits: &[(Party, &str)]| {
        let visits = visits.iter().enumerate().map(|(at, (party, name))| (named(*party, name), at)).collect();
        let mut found = sorted(by_customer(visits));
        found.sort();
        found
    };
    let of = |name: &str| Some(name.to_owned());
    // One customer alone: however they spell it, and whether they say it or not.
    assert_eq!(
        groups(&[(Customer, "Jansen & Zn."), (Organisation, "Jansen"), (Customer, " ")]),
        [(of("Jansen"), vec![0, 1, 2])]
    );
    // Who answers under another name is another customer, though our side has named one alone.
    assert_eq!(
        groups(&[(Organisation, "Jansen"), (Customer, "Bakker"), (Customer, "Bakker")]),
        [(of("Bakker"), vec![1, 2]), (of("Jansen"), vec![0])]
    );
    // Two under a manager's code: each has what was said under its name, and the rest stands by itself.
    let two = [(Organisation, "Jansen"), (Organisation, "Bakker"), (Customer, "bakker"), (Customer, "")];
    assert_eq!(groups(&two), [(None, vec![3]), (of("Bakker"), vec![1, 2]), (of("Jansen"), vec![0])]);
}

#[test]
fn a_long_and_a_short_form_of_a_name_are_one_customer_among_several() {
    use Party::{Customer, Organisation};
    let groups = |visits: &[(Party, &str)]| {
        let named = |(party, name): &(Party, &str)| {
            NamedCustomer::of(*party, &[(field(*party), (*name).to_owned())].into())
        };
        let visits = visits.iter().map(named).zip(0..).collect();
        let mut found = sorted(by_customer(visits));
        found.sort();
        found
    };
    let of = |name: &str| Some(name.to_owned());
    let several = [
        (Organisation, "Bakker"),
        (Organisation, "Jansen"),
        (Organisation, "Bakker B.V."),
        (Customer, "BAKKER b. v."),
        (Customer, "Jansen & Zn."),
    ];
    assert_eq!(groups(&several), [(of("Bakker B.V."), vec![0, 2, 3]), (of("Jansen"), vec![1, 4])]);
    // Of one alone it is no second customer, either.
    assert_eq!(groups(&[(Organisation, "Acme"), (Organisation, "Acme Ltd")]), [(of("Acme Ltd"), vec![0, 1])]);
    // Two companies of one name are two, and nobody knows which of them is meant without the form.
    let two = [
        (Organisation, "Acme Ltd"),
        (Organisation, "Acme GmbH"),
        (Organisation, "Acme"),
        (Customer, "Acme Ltd."),
    ];
    assert_eq!(
        groups(&two),
        [(of("Acme"), vec![2]), (of("Acme GmbH"), vec![1]), (of("Acme Ltd"), vec![0, 3])]
    );
    // What only sounds alike is somebody else, and so is what could be either.
    assert_eq!(
        groups(&[(Organisation, "Koning"), (Customer, "ING")]),
        [(of("ING"), vec![1]), (of("Koning"), vec![0])]
    );
    let either = [(Organisation, "Bakker Noord"), (Organisation, "Bakker Zuid"), (Customer, "Bakker")];
    assert_eq!(groups(&either).len(), 3);
    assert!(is_same_name("Bakker", "bakker B.V.") && !is_same_name("Acme Ltd", "Acme GmbH"));
    let same = ["Zeta & Sons", "ZETA and sons", "Zeta+Sons", "Zeta en Sons Ltd", "zeta und sons"];
    assert!(same.iter().all(|one| same.iter().all(|other| is_same_name(one, other))));
    assert!(!is_same_name("And Sons", "Sons") && !is_same_name("Rolling and", "Rolling"));
    assert_eq!(groups(&[(Organisation, "Jansen en Zn."), (Organisation, "Jansen & Zn.")]).len(), 1);
    assert!(!is_spelt_alike("Bakker", "Bakker B.V.") && !is_same_name("BV", "Bakker"));
}
