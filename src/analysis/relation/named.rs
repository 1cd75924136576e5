//! Which customer the sessions under one code are about, and whether it is a relation. Owns the customer's name and its former ones, and
//! never compares the answers of two customers.

use std::collections::BTreeMap;

mod former;

use former::{FormerNames, Joined, Spelt};

use crate::instrument::{FORMERLY, Instrument, Language, PERSON, Party};
use crate::text;

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
    /// What the same customer was called before, where somebody said so.
    pub formerly: Option<String>,
    /// Whether the start form asks which customer it is.
    pub is_asked: bool,
    /// Whether consent was refused, so that it is known of the session that it took place, and nothing else.
    pub is_refused: bool,
}

impl NamedCustomer {
    /// Our side names the customer in the field `organisation`, and their side, where it is asked, itself in `client`.
    pub fn of(party: Party, fields: &BTreeMap<String, String>) -> Self {
        let value = |name: &str| fields.get(name).filter(|value| !value.trim().is_empty()).cloned();
        let name = value(field_of(party));
        let is_other = |former: &String| name.as_ref().is_some_and(|name| !is_same_name(name, former));
        let formerly = value(FORMERLY).filter(is_other);
        Self { party, name, formerly, is_asked: false, is_refused: false }
    }

    /// The same of a session with this questionnaire.
    pub fn in_form(instrument: &Instrument, fields: &BTreeMap<String, String>) -> Self {
        let is_asked = field_of_customer(instrument).is_some();
        Self { is_asked, ..Self::of(instrument.respondents, fields) }
    }
}

/// The field of a start form that names the customer; none where it is not asked which one it is.
pub fn field_of_customer(instrument: &Instrument) -> Option<&'static str> {
    let field = field_of(instrument.respondents);
    instrument.fields.iter().any(|known| known.name == field).then_some(field)
}

fn field_of(party: Party) -> &'static str {
    match party {
        Party::Organisation => CUSTOMER,
        Party::Customer => CLIENT,
    }
}

/// The sessions that are about one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct OneCustomer<T> {
    /// What it is called, the newest name before those that it had.
    pub name: Option<String>,
    /// What it was called before, the latest name first.
    pub formerly: Vec<String>,
    /// Names that several customers under this code are said to have had before, so that nobody knows whose they were: its earlier ones, and
    /// its own.
    pub disputed: Vec<String>,
    /// Whether it is one among the relations of a study: our side answered about it, or the form of the customer's side asks which
    /// customer it is, or there are several sessions. Whoever was asked once in a survey or in a room is a respondent and no relation.
    pub is_relation: bool,
    /// Its sessions, in the order of time; none where all that is known is that somebody refused.
    pub sessions: Vec<T>,
    /// Those in which consent was refused.
    pub refusals: Vec<T>,
}

/// What a customer was called before, in words; none where it always had one name.
pub fn before(formerly: &[String], language: &Language) -> Option<String> {
    (!formerly.is_empty()).then(|| text!(language, "relation-formerly", names = formerly.join(", ")))
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

/// Words between two others that some write as a sign, which counts for nothing.
const CONJUNCTIONS: &[&str] = &["and", "en", "und"];

/// Words that some write out and others shorten, each with the one that stands for all of them.
const SHORTENED: &[(&str, &str)] =
    &[("zn", "zonen"), ("znn", "zonen"), ("zoon", "zonen"), ("gebr", "gebroeders"), ("bros", "brothers")];

/// A name as it is held against others: its words written out, without case, signs and conjunctions, and its legal form by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    words: Vec<String>,
    /// The words as one.
    stem: String,
    form: String,
}

impl Name {
    fn of(name: &str) -> Self {
        let words = name.split_whitespace().map(folded).filter(|word| !word.is_empty());
        let (mut words, mut form): (Vec<String>, String) = (words.collect(), String::new());
        let last = words.len().saturating_sub(1);
        let is_between = |at: usize, word: &str| at > 0 && at < last && CONJUNCTIONS.contains(&word);
        words = words
            .into_iter()
            .enumerate()
            .filter(|(at, word)| !is_between(*at, word))
            .map(|(_, word)| written_out(word))
            .collect();
        // "B. V." is one form in two words; a name that is nothing but a form is a name.
        while let Some(at) = (1..words.len().min(4))
            .map(|count| words.len() - count)
            .find(|at| LEGAL_FORMS.contains(&words[*at..].concat().as_str()))
        {
            form = words.split_off(at).concat() + &form;
        }
        Self { stem: words.concat(), words, form }
    }

    /// Whether two name one customer: the legal form may be left out, and two of them are two.
    fn is_same(&self, other: &Self) -> bool {
        let forms = self.form == other.form || self.form.is_empty() || other.form.is_empty();
        self.stem == other.stem && forms
    }

    /// Whether one may be the short form of the other ("Jansen", "Jansen & Zn."): its words are among the other's, or are a prefix of it.
    fn is_akin(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        let within =
            !short.words.is_empty() && long.words.windows(short.words.len()).any(|run| run == short.words);
        let (one, two) = (&self.stem, &other.stem);
        let begins = |long: &str, short: &str| short.chars().count() >= SHORTEST && long.starts_with(short);
        match one == two {
            true => self.is_same(other),
            false => within || begins(one, two) || begins(two, one),
        }
    }
}

/// Letters of a short form that may begin a longer word: with fewer, half of all names would match.
const SHORTEST: usize = 4;

/// Whether two spellings name one customer, regardless of case, spaces, punctuation and a missing legal form.
pub fn is_same_name(one: &str, other: &str) -> bool {
    is_spelt_alike(one, other) || Name::of(one).is_same(&Name::of(other))
}

/// Whether one spelling may be the long or the short form of the other.
pub fn is_akin_name(one: &str, other: &str) -> bool {
    Name::of(one).is_akin(&Name::of(other))
}

/// Whether two spellings differ in case, spaces and signs alone.
pub fn is_spelt_alike(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// A name or a code in the form in which they are compared, regardless of case, spaces and signs; none of nothing.
pub fn comparable(name: &str) -> Option<String> {
    Some(folded(name)).filter(|name| !name.is_empty())
}

/// The code of the very person who answered, where there is one: on our side of whoever asks, of a customer as the start form has it.
pub fn answered_by(
    party: Party,
    interviewer: Option<&str>,
    fields: &BTreeMap<String, String>,
) -> Option<String> {
    let code = match party {
        Party::Organisation => interviewer,
        Party::Customer => fields.get(PERSON).map(String::as_str),
    };
    code.and_then(comparable)
}

fn written_out(word: String) -> String {
    let known = SHORTENED.iter().find(|(short, _)| *short == word);
    known.map_or(word, |(_, whole)| (*whole).to_owned())
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The sessions under one code by the customer that they name. A manager may answer about several customers under their own code; these are
/// several relations. With one name, all sessions are of that customer. With several, a customer's session goes under its own name, else
/// under the only one of ours that may be its long or short form, else by itself: it must never be compared with answers about another
/// customer. Two names are of one customer where somebody said that it was called so formerly, and nowhere else; a former name that several
/// claim is nobody's but its own.
pub fn by_customer<T>(visits: Vec<(NamedCustomer, T)>) -> Vec<OneCustomer<T>> {
    let names: Vec<Option<Name>> =
        visits.iter().map(|(named, _)| named.name.as_deref().map(Name::of)).collect();
    let former = visits.iter().map(|(named, _)| named.formerly.as_deref().map(Name::of));
    let said = former.zip(&names).filter_map(|(former, name)| former.zip(name.clone()));
    let renamed = FormerNames::of(said.collect(), &Spelt::of(names.iter().flatten()));
    let customers = Customers::of(visits.iter().map(|(named, _)| named.party).zip(&names), renamed);
    let mut groups: Vec<(Option<usize>, OneCustomer<T>)> = Vec::new();
    // Sessions come in the order of time, and our latest spelling of a name counts.
    for ((mut named, visit), parts) in visits.into_iter().zip(&names) {
        let whose = parts.as_ref().and_then(|name| customers.whose(named.party, name));
        let at = groups.iter().position(|(known, _)| !customers.are_several() || *known == whose);
        let at = at.unwrap_or_else(|| {
            groups.push((whose, OneCustomer::new()));
            groups.len() - 1
        });
        let is_disputed = |name: &str| customers.renamed.is_disputed(name);
        let former = named.formerly.take_if(|former| is_disputed(former));
        let own = named.name.clone().filter(|name| is_disputed(name));
        for name in [former, own].into_iter().flatten() {
            groups[at].1.disputed.retain(|known| !is_same_name(known, &name));
            groups[at].1.disputed.push(name);
        }
        groups[at].1.take(named, visit);
    }
    groups.into_iter().map(|(_, customer)| customer).collect()
}

impl<T> OneCustomer<T> {
    fn new() -> Self {
        let (formerly, disputed, sessions, refusals) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { name: None, formerly, disputed, is_relation: false, sessions, refusals }
    }

    fn take(&mut self, named: NamedCustomer, session: T) {
        if named.is_refused {
            self.refusals.push(session);
            return;
        }
        let is_ours = named.party == Party::Organisation;
        self.is_relation |= is_ours || named.is_asked || !self.sessions.is_empty();
        self.sessions.push(session);
        let Some(name) = named.name else { return };
        let is_past = self.had(&name);
        if let Some(former) = named.formerly {
            let is_now = |name: &str| self.name.as_ref().is_some_and(|known| is_same_name(known, name));
            match self.had(&former) {
                true if is_now(&name) => {
                    self.name = Some(name);
                    return;
                }
                known if is_past && !is_now(&former) => {
                    // What an earlier name was before that.
                    self.formerly.extend((!known).then_some(former));
                    return;
                }
                _ => {}
            }
            let left = self.name.replace(name.clone());
            self.formerly.retain(|known| !is_same_name(known, &former) && !is_same_name(known, &name));
            self.formerly.insert(0, former);
            // A name under which something was answered is found, whatever the new name is said to have replaced.
            let is_lost = |left: &String| !self.had(left) && !is_akin_name(left, &name);
            self.formerly.extend(left.filter(is_lost));
        } else if (is_ours || self.name.is_none()) && !is_past {
            self.name = Some(name);
        }
    }

    /// Whether this is one of its former names.
    fn had(&self, name: &str) -> bool {
        self.formerly.iter().any(|known| is_same_name(known, name))
    }
}

/// The customers that stand under one code, each by its names.
struct Customers {
    ours: Vec<Vec<Name>>,
    theirs: Vec<Vec<Name>>,
    /// The number of the customer of each name, ours before theirs.
    numbers: BTreeMap<Name, usize>,
    renamed: FormerNames,
}

impl Customers {
    fn of<'a>(named: impl Iterator<Item = (Party, &'a Option<Name>)> + Clone, renamed: FormerNames) -> Self {
        let of = |wanted| {
            named.clone().filter(move |(party, _)| *party == wanted).filter_map(|(_, name)| name.as_ref())
        };
        let ours = told_apart(of(Party::Organisation), &renamed);
        let mut numbers = numbered(&ours, 0, &renamed);
        let is_theirs = |name: &&Name| !numbers.contains_key(*name);
        let theirs = told_apart(of(Party::Customer).filter(is_theirs), &renamed);
        numbers.extend(numbered(&theirs, ours.len(), &renamed));
        Self { ours, theirs, numbers, renamed }
    }

    /// Whether there are several customers: ours have different names, or one of theirs matches none of ours.
    fn are_several(&self) -> bool {
        let first = self.ours.iter().chain(&self.theirs).next();
        let is_stranger = |names: &Vec<Name>| {
            let is_known =
                |name: &Name| first.is_some_and(|first| first.iter().any(|known| known.is_akin(name)));
            !names.iter().any(is_known)
        };
        self.ours.len() > 1 || self.theirs.iter().any(is_stranger)
    }

    /// The number of the customer that this side means by a name.
    fn whose(&self, party: Party, name: &Name) -> Option<usize> {
        let known = self.numbers.get(name).copied();
        if party == Party::Organisation || known.is_some_and(|at| at < self.ours.len()) {
            return known;
        }
        // One of several whose names lie near each other is told by a name that fits it alone, be it one that the customer had before.
        let called = self.renamed.all_of(name);
        let meant = |fits: fn(&Name, &Name) -> bool| {
            let is_meant = |known: &Name| called.iter().any(|name| fits(known, name));
            let fit = self.ours.iter().enumerate().filter(|(_, names)| names.iter().any(is_meant));
            let mut fit = fit.map(|(at, _)| at);
            fit.next().filter(|_| fit.next().is_none())
        };
        meant(Name::is_same).or_else(|| meant(Name::is_akin)).or(known)
    }
}

/// The number of each customer, from `first` on, by all names that it has or had.
fn numbered(customers: &[Vec<Name>], first: usize, renamed: &FormerNames) -> BTreeMap<Name, usize> {
    let mut numbers = BTreeMap::new();
    for (at, names) in customers.iter().enumerate() {
        for name in names {
            if !numbers.contains_key(name) {
                numbers.extend(renamed.all_of(name).into_iter().map(|name| (name.clone(), first + at)));
            }
        }
    }
    numbers
}

/// Names of one side by customer: those that differ by a legal form that one leaves out, and those that took each other's place.
fn told_apart<'a>(names: impl Iterator<Item = &'a Name>, renamed: &FormerNames) -> Vec<Vec<Name>> {
    let all = Spelt::of(names);
    let mut joined = Joined::default();
    for name in &all.names {
        // Of those that belong together each finds the same first one.
        let first_renamed = renamed.all_of(name).into_iter().take(1);
        all.alike(name).take(1).chain(first_renamed).for_each(|other| joined.join(name, other));
    }
    let mut found: Vec<Vec<Name>> = Vec::new();
    let mut places: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for name in &all.names {
        let at = *places.entry(joined.set(name)).or_insert_with(|| {
            found.push(Vec::new());
            found.len() - 1
        });
        found[at].push((*name).clone());
    }
    found
}
