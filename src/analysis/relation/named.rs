//! Which customer the sessions under one code are about, and whether it is a relation. Owns the customer's name and its former ones, and
//! never compares the answers of two customers.

use std::collections::{BTreeMap, BTreeSet};

use crate::instrument::{FORMERLY, Instrument, Language, Party};
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
    /// Earlier names that were given to another customer under this code as well, so that nobody knows whose they were.
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
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    words: Vec<String>,
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

/// Whether one spelling may be the long or the short form of the other.
pub fn is_akin_name(one: &str, other: &str) -> bool {
    Name::of(one).is_akin(&Name::of(other))
}

/// Whether two spellings differ in case, spaces and signs alone.
pub fn is_spelt_alike(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// The code of a person in the form in which codes are compared, by the rule for names of customers.
pub fn person(code: &str) -> Option<String> {
    Some(folded(code)).filter(|code| !code.is_empty())
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
    let all: Vec<&Name> = names.iter().flatten().collect();
    let renamed = Renamed::of(said.collect(), &all);
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
        if let Some(former) = named.formerly.take_if(|former| customers.renamed.is_disputed(former)) {
            groups[at].1.disputed.retain(|known| !is_same_name(known, &former));
            groups[at].1.disputed.push(former);
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

/// Which names are of one customer because somebody said what it was called before.
struct Renamed {
    /// Each former name with the one that took its place.
    pairs: Vec<(Name, Name)>,
    /// Former names, as they were given, that several customers are said to have had: whose they were is not known.
    disputed: Vec<Name>,
}

impl Renamed {
    /// `said`: each former name with the name that took its place; `all`: all names that stand under the code.
    fn of(said: Vec<(Name, Name)>, all: &[&Name]) -> Self {
        let of_two =
            |(former, name): &(Name, Name)| Some((former.clone(), (meant(former, name, all)?, name.clone())));
        let said: Vec<(Name, (Name, Name))> = said.iter().filter_map(of_two).collect();
        let pairs = |wanted: &dyn Fn(&Name) -> bool| {
            let pairs = said.iter().map(|(_, pair)| pair);
            pairs.filter(|(former, _)| wanted(former)).cloned().collect::<Vec<_>>()
        };
        let is_disputed = |former: &Name| {
            let claims = pairs(&|known| known.is_same(former));
            let others = Self::in_forms(pairs(&|known| !known.is_same(former)), all);
            let are_two = |one: &Name, other: &Name| !one.is_akin(other) && !others.joins(one, other);
            claims.iter().any(|(_, one)| claims.iter().any(|(_, other)| are_two(one, other)))
        };
        let disputed = said.iter().filter(|(_, (former, _))| is_disputed(former));
        let disputed = disputed.map(|(told, _)| told.clone()).collect();
        Self { disputed, ..Self::in_forms(pairs(&|former| !is_disputed(former)), all) }
    }

    /// The same with other legal forms: a customer that was renamed may leave out its own, as any other.
    fn in_forms(pairs: Vec<(Name, Name)>, all: &[&Name]) -> Self {
        let ends = pairs.iter().flat_map(|(former, name)| [former, name]);
        let in_forms = ends.flat_map(|end| {
            let alike = all.iter().filter(|known| **known != end && is_alike(known, end, all));
            alike.map(|known| (end.clone(), (*known).clone())).collect::<Vec<_>>()
        });
        let in_forms: Vec<(Name, Name)> = in_forms.collect();
        Self { pairs: [pairs, in_forms].concat(), disputed: Vec::new() }
    }

    fn is_disputed(&self, former: &str) -> bool {
        self.disputed.contains(&Name::of(former))
    }

    /// Whether both are names of one customer, along however many renamings.
    fn joins(&self, one: &Name, other: &Name) -> bool {
        self.all_of(one).contains(&other)
    }

    /// All names of the customer with this one.
    fn all_of<'a>(&'a self, one: &'a Name) -> Vec<&'a Name> {
        let mut reached = vec![one];
        let mut at = 0;
        while let Some(name) = reached.get(at).copied() {
            for (a, b) in &self.pairs {
                let next = if a == name { b } else { a };
                if (a == name || b == name) && !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        reached
    }
}

/// The name among `all` that is meant by the former one of `name`: as it was spelt, else with another legal form, else as the long or the short
/// form of one alone. It may be none of them; nothing where two legal forms could be meant.
fn meant(former: &Name, name: &Name, all: &[&Name]) -> Option<Name> {
    let found =
        |fits: &dyn Fn(&Name) -> bool| all.iter().copied().filter(|known| fits(known)).collect::<Vec<_>>();
    let is_one = |found: &[&Name]| found.iter().all(|one| found.iter().all(|other| one.is_same(other)));
    let first = |found: &[&Name]| found.first().map(|known| (*known).clone());
    if all.contains(&former) {
        return Some(former.clone());
    }
    let alike = found(&|known| known.is_same(former));
    if !alike.is_empty() {
        return first(&alike).filter(|_| is_one(&alike));
    }
    let akin = found(&|known| known.is_akin(former) && !known.is_same(name));
    first(&akin).filter(|_| is_one(&akin)).or_else(|| Some(former.clone()))
}

/// The customers that stand under one code, each by its names.
struct Customers {
    ours: Vec<Vec<Name>>,
    theirs: Vec<Vec<Name>>,
    renamed: Renamed,
}

impl Customers {
    fn of<'a>(named: impl Iterator<Item = (Party, &'a Option<Name>)> + Clone, renamed: Renamed) -> Self {
        let of = |wanted| {
            named.clone().filter(move |(party, _)| *party == wanted).filter_map(|(_, name)| name.as_ref())
        };
        let ours = told_apart(of(Party::Organisation), &renamed);
        let is_ours = |name: &&Name| ours.iter().flatten().any(|known| renamed.joins(known, name));
        let theirs = told_apart(of(Party::Customer).filter(|name| !is_ours(name)), &renamed);
        Self { ours, theirs, renamed }
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
        let known = |among: &[Vec<Name>]| {
            among.iter().position(|names| names.iter().any(|known| self.renamed.joins(known, name)))
        };
        if let Some(at) = known(&self.ours) {
            return Some(at);
        }
        // One of several whose names lie near each other is told by a name that fits it alone, be it one that the customer had before.
        let called = self.renamed.all_of(name);
        let meant = |fits: fn(&Name, &Name) -> bool| {
            let is_meant = |known: &Name| called.iter().any(|name| fits(known, name));
            let fit = self.ours.iter().enumerate().filter(|(_, names)| names.iter().any(is_meant));
            let mut fit = fit.map(|(at, _)| at);
            fit.next().filter(|_| fit.next().is_none())
        };
        let ours = (party == Party::Customer).then(|| meant(Name::is_same).or_else(|| meant(Name::is_akin)));
        ours.flatten().or_else(|| known(&self.theirs).map(|at| self.ours.len() + at))
    }
}

/// Whether two names differ at most by a legal form that one of them leaves out. Where `all` have two forms, a name without one is ambiguous,
/// and a customer of its own.
fn is_alike(one: &Name, other: &Name, all: &[&Name]) -> bool {
    let stem = one.stem();
    if other.stem() != stem {
        return false;
    }
    let same = all.iter().filter(|name| name.stem() == stem && !name.form.is_empty());
    let forms: BTreeSet<&str> = same.map(|name| name.form.as_str()).collect();
    forms.len() < 2 || one.form == other.form
}

/// Names of one side by customer; see [`is_alike`].
fn told_apart<'a>(names: impl Iterator<Item = &'a Name>, renamed: &Renamed) -> Vec<Vec<Name>> {
    let mut all: Vec<&Name> = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    let mut found: Vec<Vec<Name>> = Vec::new();
    for name in &all {
        let mine = |names: &Vec<Name>| {
            names.iter().any(|known| is_alike(known, name, &all) || renamed.joins(known, name))
        };
        // A name may be the link between several that stood apart so far.
        let mut linked = vec![(*name).clone()];
        let first = found.iter().position(mine);
        found.retain_mut(|names| {
            let is_mine = mine(names);
            if is_mine {
                linked.append(names);
            }
            !is_mine
        });
        found.insert(first.unwrap_or(found.len()), linked);
    }
    found
}
