//! Which names are of one customer because somebody said what it was called before. Looks names up by their stem and by the set that they
//! lie in, because hundreds of customers may stand under one code.

use std::collections::{BTreeMap, BTreeSet};

use super::Name;

/// Names that stand under one code, each once.
pub(super) struct Spelt<'a> {
    /// In the order in which they came.
    pub names: Vec<&'a Name>,
    by_stem: BTreeMap<&'a str, Vec<&'a Name>>,
}

impl<'a> Spelt<'a> {
    pub fn of(names: impl Iterator<Item = &'a Name>) -> Self {
        let mut seen = BTreeSet::new();
        let names: Vec<&Name> = names.filter(|name| seen.insert(*name)).collect();
        let mut by_stem: BTreeMap<&str, Vec<&Name>> = BTreeMap::new();
        names.iter().for_each(|name| by_stem.entry(&name.stem).or_default().push(name));
        Self { names, by_stem }
    }

    /// Those with the same words, whatever their legal form.
    fn with_stem(&self, stem: &str) -> &[&'a Name] {
        self.by_stem.get(stem).map(Vec::as_slice).unwrap_or_default()
    }

    /// Those that differ from a name at most by a legal form that one of them leaves out. Where there are two forms, a name without one is
    /// ambiguous, and a customer of its own.
    pub fn alike(&self, name: &Name) -> impl Iterator<Item = &'a Name> {
        let same = self.with_stem(&name.stem);
        let forms: BTreeSet<&str> =
            same.iter().map(|known| known.form.as_str()).filter(|form| !form.is_empty()).collect();
        let (several, form) = (forms.len() > 1, name.form.clone());
        same.iter().copied().filter(move |known| !several || known.form == form)
    }

    /// The name that is meant by the former one of `name`: as it was spelt, else with another legal form, else as the long or the short form of
    /// one alone. It may be none of them; nothing where two legal forms could be meant.
    fn meant(&self, former: &Name, name: &Name) -> Option<Name> {
        let is_one = |found: &[&Name]| found.iter().all(|one| found.iter().all(|other| one.is_same(other)));
        let first = |found: &[&Name]| found.first().map(|known| (*known).clone());
        let stem = self.with_stem(&former.stem);
        if stem.contains(&former) {
            return Some(former.clone());
        }
        let alike: Vec<&Name> = stem.iter().copied().filter(|known| known.is_same(former)).collect();
        if !alike.is_empty() {
            return first(&alike).filter(|_| is_one(&alike));
        }
        let is_akin = |known: &&Name| known.is_akin(former) && !known.is_same(name);
        let akin: Vec<&Name> = self.names.iter().copied().filter(is_akin).collect();
        first(&akin).filter(|_| is_one(&akin)).or_else(|| Some(former.clone()))
    }
}

/// Names in sets: each set holds what was joined, along however many others.
#[derive(Debug, Default)]
pub(super) struct Joined {
    places: BTreeMap<Name, usize>,
    /// By place, a place of the same set that is nearer to the one that stands for it, which is its own.
    nearer: Vec<usize>,
}

impl Joined {
    /// Each pair together, and with the names that are like its ends: a customer that was renamed may leave out its legal form, as any other.
    fn of<'a>(pairs: impl Iterator<Item = (&'a Name, &'a Name)>, all: &Spelt) -> Self {
        let mut joined = Self::default();
        for (former, name) in pairs {
            joined.join(former, name);
            [former, name]
                .into_iter()
                .for_each(|end| all.alike(end).for_each(|known| joined.join(end, known)));
        }
        joined
    }

    pub fn join(&mut self, one: &Name, other: &Name) {
        let (one, other) = (self.place(one), self.place(other));
        let (one, other) = (self.root(one), self.root(other));
        self.nearer[other] = one;
    }

    fn place(&mut self, name: &Name) -> usize {
        let next = self.nearer.len();
        let place = *self.places.entry(name.clone()).or_insert(next);
        if place == next {
            self.nearer.push(next);
        }
        place
    }

    /// Halves the way that it goes, so that no way gets long.
    fn root(&mut self, mut at: usize) -> usize {
        while self.nearer[at] != at {
            self.nearer[at] = self.nearer[self.nearer[at]];
            at = self.nearer[at];
        }
        at
    }

    /// The number of the set with this name; none where it was never joined.
    pub fn set(&self, name: &Name) -> Option<usize> {
        let mut at = *self.places.get(name)?;
        while self.nearer[at] != at {
            at = self.nearer[at];
        }
        Some(at)
    }

    /// Whether both are one name, or lie in one set.
    fn joins(&self, one: &Name, other: &Name) -> bool {
        one == other || self.set(one).is_some_and(|set| self.set(other) == Some(set))
    }
}

/// Which names are of one customer, and whose nobody knows.
pub(super) struct FormerNames {
    joined: Joined,
    /// The names of each set.
    sets: BTreeMap<usize, Vec<Name>>,
    /// Former names that several customers are said to have had, as they were given and as they were meant.
    disputed: BTreeSet<Name>,
}

impl FormerNames {
    /// `said`: each former name with the name that took its place; `all`: all names that stand under the code.
    pub fn of(said: Vec<(Name, Name)>, all: &Spelt) -> Self {
        // As it was given, as it was meant, and the name that took its place.
        let meant = |(former, name): (Name, Name)| Some((all.meant(&former, &name)?, former, name));
        let said: Vec<(Name, Name, Name)> = said.into_iter().filter_map(meant).collect();
        let pairs: BTreeSet<(&Name, &Name)> = said.iter().map(|(former, _, name)| (former, name)).collect();
        let claims = Claims::of(&pairs, all);
        let formers: BTreeSet<&Name> = pairs.iter().map(|(former, _)| *former).collect();
        let disputed: BTreeSet<&Name> =
            formers.into_iter().filter(|former| claims.are_of_two(former, all)).collect();
        let joined = Joined::of(pairs.iter().copied().filter(|(former, _)| !disputed.contains(former)), all);
        let mut sets: BTreeMap<usize, Vec<Name>> = BTreeMap::new();
        for name in joined.places.keys() {
            sets.entry(joined.set(name).unwrap_or_default()).or_default().push(name.clone());
        }
        let told = said.iter().filter(|(former, ..)| disputed.contains(former));
        let disputed = told.flat_map(|(former, told, _)| [former.clone(), told.clone()]).collect();
        Self { joined, sets, disputed }
    }

    pub fn is_disputed(&self, name: &str) -> bool {
        self.disputed.contains(&Name::of(name))
    }

    /// All names of the customer with this one, this among them.
    pub fn all_of<'a>(&'a self, name: &'a Name) -> Vec<&'a Name> {
        let set = self.joined.set(name).and_then(|set| self.sets.get(&set));
        set.map_or_else(|| vec![name], |names| names.iter().collect())
    }
}

/// Who is said to have had which name before.
struct Claims<'a> {
    /// Each former name with the name that took its place, by the stem of the former.
    by_stem: BTreeMap<&'a str, Vec<(&'a Name, &'a Name)>>,
    /// The same by the set in which they lie when all are taken together.
    by_set: BTreeMap<usize, Vec<(&'a Name, &'a Name)>>,
    joined: Joined,
}

impl<'a> Claims<'a> {
    fn of(pairs: &BTreeSet<(&'a Name, &'a Name)>, all: &Spelt) -> Self {
        let joined = Joined::of(pairs.iter().copied(), all);
        let (mut by_stem, mut by_set) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for pair in pairs {
            by_stem.entry(pair.0.stem.as_str()).or_default().push(*pair);
            by_set.entry(joined.set(pair.0).unwrap_or_default()).or_default().push(*pair);
        }
        Self { by_stem, by_set, joined }
    }

    /// Whether two that are not one, be it by the other renamings, are said to have had this name.
    fn are_of_two(&self, former: &Name, all: &Spelt) -> bool {
        let claims = self.by_stem.get(former.stem.as_str()).into_iter().flatten();
        let claims: Vec<&(&Name, &Name)> = claims.filter(|(known, _)| known.is_same(former)).collect();
        let names: BTreeSet<&Name> = claims.iter().map(|(_, name)| *name).collect();
        if names.len() < 2 {
            return false;
        }
        // What joins two of them lies in their set.
        let sets: BTreeSet<usize> = names.iter().filter_map(|name| self.joined.set(name)).collect();
        let near = sets.iter().filter_map(|set| self.by_set.get(set)).flatten().copied();
        let others = Joined::of(near.filter(|(known, _)| !known.is_same(former)), all);
        let are_two = |one: &Name, other: &Name| !one.is_akin(other) && !others.joins(one, other);
        names.iter().any(|one| names.iter().any(|other| are_two(one, other)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [&str; 9] = [
        "Acme",
        "Acme Ltd",
        "Acme GmbH",
        "Nova",
        "Nova BV",
        "Vega",
        "Vega Holding",
        "Jansen",
        "Jansen & Zn.",
    ];

    fn is_alike(one: &Name, other: &Name, all: &[&Name]) -> bool {
        let same = all.iter().filter(|name| name.stem == one.stem && !name.form.is_empty());
        let forms: BTreeSet<&str> = same.map(|name| name.form.as_str()).collect();
        one.stem == other.stem && (forms.len() < 2 || one.form == other.form)
    }

    /// With the names that are like one of each pair.
    fn in_forms(pairs: Vec<(Name, Name)>, all: &[&Name]) -> Vec<(Name, Name)> {
        let ends = pairs.iter().flat_map(|(former, name)| [former, name]);
        let alike = ends.flat_map(|end| {
            let known = all.iter().filter(|known| is_alike(known, end, all));
            known.map(|known| (end.clone(), (*known).clone())).collect::<Vec<_>>()
        });
        let alike: Vec<(Name, Name)> = alike.collect();
        [pairs, alike].concat()
    }

    /// Whether one leads to the other, pair by pair.
    fn leads(pairs: &[(Name, Name)], one: &Name, other: &Name) -> bool {
        let mut reached = vec![one];
        let mut at = 0;
        while let Some(name) = reached.get(at).copied() {
            for (a, b) in pairs {
                let next = if a == name { b } else { a };
                if (a == name || b == name) && !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        reached.contains(&other)
    }

    proptest! {
        /// What is looked up is what the definition says, which asks every name about every other.
        #[test]
        fn names_are_joined_and_disputed_as_defined(
            visits in prop::collection::vec((0..NAMES.len(), prop::option::of(0..NAMES.len())), 1..10),
        ) {
            let names = NAMES.map(Name::of);
            let all: Vec<&Name> = visits.iter().map(|(at, _)| &names[*at]).collect();
            let said = visits.iter().filter_map(|(at, former)| Some((names[(*former)?].clone(), names[*at].clone())));
            let said: Vec<(Name, Name)> = said.collect();
            let spelt = Spelt::of(all.iter().copied());
            let renamed = FormerNames::of(said.clone(), &spelt);
            let meant = said.iter().filter_map(|(told, name)| Some((told, (spelt.meant(told, name)?, name.clone()))));
            let meant: Vec<(&Name, (Name, Name))> = meant.collect();
            let pairs = |wanted: &dyn Fn(&Name) -> bool| {
                let pairs = meant.iter().map(|(_, pair)| pair).filter(|(former, _)| wanted(former));
                pairs.cloned().collect::<Vec<_>>()
            };
            let is_disputed = |former: &Name| {
                let claims = pairs(&|known| known.is_same(former));
                let others = in_forms(pairs(&|known| !known.is_same(former)), &all);
                let are_two = |one: &Name, other: &Name| !one.is_akin(other) && !leads(&others, one, other);
                claims.iter().any(|(_, one)| claims.iter().any(|(_, other)| are_two(one, other)))
            };
            let disputed = meant.iter().filter(|(_, (former, _))| is_disputed(former));
            let disputed: BTreeSet<Name> =
                disputed.flat_map(|(told, (former, _))| [(*told).clone(), former.clone()]).collect();
            prop_assert_eq!(&renamed.disputed, &disputed);
            let kept = in_forms(pairs(&|former| !is_disputed(former)), &all);
            for one in &names {
                for other in &names {
                    prop_assert_eq!(renamed.joined.joins(one, other), leads(&kept, one, other), "{:?} {:?}", one, other);
                }
            }
        }
    }
}
