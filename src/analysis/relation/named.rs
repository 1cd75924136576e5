//! Which customer the sessions under one code are about. Owns the customer's name, and never compares the answers of two customers.

use std::collections::{BTreeMap, BTreeSet};

use crate::instrument::Party;

/// The field of a start form in which the organisation's side names the customer.
pub const CUSTOMER: &str = "organisation";
/// The field in which the customer's side names itself.
pub const CLIENT: &str = "client";

/// The customer that a session names, and the side that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCustomer {
    /// Who answered.
    pub party: Party,
    /// What the customer is called there.
    pub name: Option<String>,
}

impl NamedCustomer {
    /// Our side names the customer in the field `organisation`, and their side, where it is asked, itself in `client`.
    pub fn of(party: Party, fields: &BTreeMap<String, String>) -> Self {
        let field = match party {
            Party::Organisation => CUSTOMER,
            Party::Customer => CLIENT,
        };
        Self { party, name: fields.get(field).filter(|name| !name.trim().is_empty()).cloned() }
    }
}

/// Words of a name that say what kind of company it is.
const LEGAL_FORMS: &[&str] = &[
    "bv",
    "nv",
    "vof",
    "cv",
    "bvba",
    "ltd",
    "limited",
    "plc",
    "llc",
    "llp",
    "lp",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "gmbh",
    "ag",
    "kg",
    "ohg",
    "ug",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "ab",
    "oy",
    "oyj",
    "aps",
    "pty",
];

/// A name as it is held against others: its words without case and signs, and its legal form by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    words: Vec<String>,
    form: String,
}

impl Name {
    fn of(name: &str) -> Self {
        let words = name.split_whitespace().map(folded).filter(|word| !word.is_empty());
        let (mut words, mut form): (Vec<String>, String) = (words.collect(), String::new());
        // "B. V." is one form in two words; a name that is nothing but a form is a name.
        while let Some(at) = (1..words.len().min(4))
            .map(|count| words.len() - count)
            .find(|at| LEGAL_FORMS.contains(&words[*at..].concat().as_str()))
        {
            form = words.split_off(at).concat() + &form;
        }
        Self { words, form }
    }

    fn stem(&self) -> String {
        self.words.concat()
    }

    /// Whether two name one customer: the legal form may be left out, and two of them are two.
    fn is_same(&self, other: &Self) -> bool {
        let forms = self.form == other.form || self.form.is_empty() || other.form.is_empty();
        self.stem() == other.stem() && forms
    }

    /// Whether one may be the short form of the other ("Jansen", "Jansen & Zn."): its words are among the other's, or are a prefix of it.
    fn is_akin(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        let within =
            !short.words.is_empty() && long.words.windows(short.words.len()).any(|run| run == short.words);
        let (one, two) = (self.stem(), other.stem());
        let begins = |long: &str, short: &str| short.chars().count() >= SHORTEST && long.starts_with(short);
        match one == two {
            true => self.is_same(other),
            false => within || begins(&one, &two) || begins(&two, &one),
        }
    }
}

/// Letters of a short form that may begin a longer word: with fewer, half of all names would match.
const SHORTEST: usize = 4;

/// Whether two spellings name one customer, regardless of case, spaces, punctuation and a missing legal form.
pub fn is_same_name(one: &str, other: &str) -> bool {
    is_spelt_alike(one, other) || Name::of(one).is_same(&Name::of(other))
}

/// Whether two spellings differ in case, spaces and signs alone.
pub fn is_spelt_alike(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// The code of a person in the form in which codes are compared, by the rule for names of customers.
pub fn person(code: &str) -> Option<String> {
    Some(folded(code)).filter(|code| !code.is_empty())
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The sessions under one code by the customer that they name. A manager may answer about several customers under their own code; these are
/// several relations. With one name, all sessions are of that customer. With several, a customer's session goes under its own name, else
/// under the only one of ours that may be its long or short form, else by itself: it must never be compared with answers about another
/// customer.
pub fn by_customer<T>(visits: Vec<(NamedCustomer, T)>) -> Vec<(Option<String>, Vec<T>)> {
    let names: Vec<Option<Name>> =
        visits.iter().map(|(named, _)| named.name.as_deref().map(Name::of)).collect();
    let customers = Customers::of(visits.iter().map(|(named, _)| named.party).zip(&names));
    let mut groups: Vec<(Option<usize>, Option<String>, Vec<T>)> = Vec::new();
    // Sessions come in the order of time, and our latest spelling of a name counts.
    for ((NamedCustomer { party, name }, visit), parts) in visits.into_iter().zip(&names) {
        let whose = parts.as_ref().and_then(|name| customers.whose(party, name));
        match groups.iter_mut().find(|(known, ..)| !customers.are_several() || *known == whose) {
            Some((_, known, group)) => {
                if party == Party::Organisation || known.is_none() {
                    *known = name.or(known.take());
                }
                group.push(visit);
            }
            None => groups.push((whose, name, vec![visit])),
        }
    }
    groups.into_iter().map(|(_, name, group)| (name, group)).collect()
}

/// The customers that stand under one code, each by its names.
struct Customers {
    ours: Vec<Vec<Name>>,
    theirs: Vec<Vec<Name>>,
}

impl Customers {
    fn of<'a>(named: impl Iterator<Item = (Party, &'a Option<Name>)> + Clone) -> Self {
        let of = |wanted| {
            named.clone().filter(move |(party, _)| *party == wanted).filter_map(|(_, name)| name.as_ref())
        };
        let ours = told_apart(of(Party::Organisation));
        let is_ours = |name: &&Name| ours.iter().flatten().any(|known| known == *name);
        let theirs = told_apart(of(Party::Customer).filter(|name| !is_ours(name)));
        Self { ours, theirs }
    }

    /// Whether there are several customers: ours have different names, or one of theirs matches none of ours.
    fn are_several(&self) -> bool {
        let first = self.ours.iter().chain(&self.theirs).flatten().next();
        let is_stranger = |name: &Name| first.is_some_and(|first| !first.is_akin(name));
        self.ours.len() > 1 || self.theirs.iter().flatten().any(is_stranger)
    }

    /// The number of the customer that this side means by a name.
    fn whose(&self, party: Party, name: &Name) -> Option<usize> {
        let known = |among: &[Vec<Name>]| among.iter().position(|names| names.contains(name));
        if let Some(at) = known(&self.ours) {
            return Some(at);
        }
        // One of several whose names lie near each other is told by a name that fits it alone.
        let meant = |fits: fn(&Name, &Name) -> bool| {
            let fit =
                self.ours.iter().enumerate().filter(|(_, names)| names.iter().any(|known| fits(known, name)));
            let mut fit = fit.map(|(at, _)| at);
            fit.next().filter(|_| fit.next().is_none())
        };
        let ours = (party == Party::Customer).then(|| meant(Name::is_same).or_else(|| meant(Name::is_akin)));
        ours.flatten().or_else(|| known(&self.theirs).map(|at| self.ours.len() + at))
    }
}

/// Names of one side by customer. Names that differ by a legal form alone are one customer, unless there are two forms: a name without one
/// is then ambiguous, and a customer of its own.
fn told_apart<'a>(names: impl Iterator<Item = &'a Name>) -> Vec<Vec<Name>> {
    let mut all: Vec<&Name> = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    let has_two_forms = |stem: &str| {
        let forms: BTreeSet<&str> = all
            .iter()
            .filter(|name| name.stem() == stem && !name.form.is_empty())
            .map(|name| name.form.as_str())
            .collect();
        forms.len() > 1
    };
    let mut found: Vec<Vec<Name>> = Vec::new();
    for name in &all {
        let stem = name.stem();
        let strict = has_two_forms(&stem);
        let mine = |names: &&mut Vec<Name>| {
            names.iter().any(|known| known.stem() == stem && (!strict || known.form == name.form))
        };
        match found.iter_mut().find(mine) {
            Some(names) => names.push((*name).clone()),
            None => found.push(vec![(*name).clone()]),
        }
    }
    found
}
