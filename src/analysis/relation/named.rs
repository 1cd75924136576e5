//! Whom the sessions under one code are about. Owns what a customer is called, and that nobody's words are held against another's.

use std::collections::BTreeMap;

use crate::instrument::Party;

/// The field of a start form in which the organisation's side names the customer.
pub const CUSTOMER: &str = "organisation";
/// The field in which a customer's form has the code of whoever answers.
pub const PERSON: &str = "person";
/// The field in which the customer's side names itself.
pub const CLIENT: &str = "client";

/// Whom a session names as the customer, and which side names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who answered.
    pub party: Party,
    /// What the customer is called there.
    pub name: Option<String>,
}

impl Named {
    /// Our side names the customer in the field `organisation`, and their side, where it is asked, itself in `client`.
    pub fn of(party: Party, fields: &BTreeMap<String, String>) -> Self {
        let field = match party {
            Party::Organisation => CUSTOMER,
            Party::Customer => CLIENT,
        };
        Self { party, name: fields.get(field).filter(|name| !name.trim().is_empty()).cloned() }
    }
}

/// Whether two spellings name one customer: case, spaces and signs tell nobody apart.
pub fn is_same_name(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// The code of a person as it is held against others: by the same rule as names of customers.
pub fn person(code: &str) -> Option<String> {
    Some(folded(code)).filter(|code| !code.is_empty())
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two names are of one customer, by whichever side: one may be the short form of the other ("Acme", "Acme Ltd").
fn is_akin(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    one.contains(&other) || other.contains(&one)
}

/// The sessions under one code by the customer that they name. A manager may answer about several customers under the code that is their own;
/// these are several relations. Where one alone is named, everything is that one's; where several are, what a customer says stands under its
/// own name, or by itself: it must never be held against what was said of another.
pub fn by_customer<T>(visits: Vec<(Named, T)>) -> Vec<(Option<String>, Vec<T>)> {
    let same = folded;
    let of = |party| {
        let named = visits.iter().filter(move |(named, _)| named.party == party);
        named.filter_map(|(named, _)| named.name.as_deref())
    };
    let several = {
        let first = of(Party::Organisation).chain(of(Party::Customer)).next();
        let another = |name: &str| first.is_some_and(|first| same(first) != same(name));
        // Of one customer, we may write the short form and they the long one.
        let stranger = |name: &str| first.is_some_and(|first| !is_akin(first, name));
        of(Party::Organisation).any(another) || of(Party::Customer).any(stranger)
    };
    let mut groups: Vec<(Option<String>, Vec<T>)> = Vec::new();
    // Sessions come in the order of time, and our latest spelling of a name counts.
    for (Named { party, name }, visit) in visits {
        let mine =
            |known: &Option<String>| !several || known.as_deref().map(same) == name.as_deref().map(same);
        match groups.iter_mut().find(|(known, _)| mine(known)) {
            Some((known, group)) => {
                if party == Party::Organisation || known.is_none() {
                    *known = name.or(known.take());
                }
                group.push(visit);
            }
            None => groups.push((name, vec![visit])),
        }
    }
    groups
}
