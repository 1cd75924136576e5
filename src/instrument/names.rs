//! The names that expressions and pipes may use, with their types: fields, items and their parts, calculations, and for
//! advice what the result holds.

use std::collections::BTreeMap;

use super::Family;
use super::expression::{Names, Type};

/// How satisfaction and the wish to stay go together, as advice rules write it.
pub const STANDINGS: [&str; 3] = ["satisfied_leaving", "dissatisfied_staying", "together"];

/// Names that only advice rules may use, with what each is.
pub const RESULT_NAMES: &[(&str, &str)] = &[
    ("dominant", "the model that the answers speak for, whatever is common: 'CS', 'AR', 'EM' or 'MP'"),
    ("second", "the model that comes next"),
    ("uncertain", "whether the answers do not tell these two apart (less than 3 to 1)"),
    (
        "parted",
        "whether they do, and statements or choices put another model clearly above it; `dominant` has no value then",
    ),
    ("ratio", "how many times likelier the first is than the next"),
    (
        "engagement",
        "'low' where no norm reaches the middle of the answer scale, 'unclear' where the intervals do not tell, else 'normal'",
    ),
    ("cs", "probability that communal sharing is the strongest, from the answers alone"),
    ("ar", "the same of authority ranking"),
    ("em", "the same of equality matching"),
    ("mp", "the same of market pricing"),
    ("strength_cs", "how strongly the norms of communal sharing are held, on the answer scale"),
    ("strength_ar", "the same of authority ranking"),
    ("strength_em", "the same of equality matching"),
    ("strength_mp", "the same of market pricing"),
];

/// Names that only advice rules may use, each after `own.`, for every framework that the questionnaire has scales of
/// (`building_block`, `success_factor`, `relevance`, `dimension`, in place of the star). Each takes measurement error into
/// account.
pub const LENS_NAMES: &[(&str, &str)] = &[
    (
        "lowest_*",
        "which scale lies below all others: 'trust', or 'trust+time' where two share the place, or 'none'",
    ),
    ("highest_*", "which scale lies above all others, or 'none'"),
    (
        "level_*",
        "'even' where all lie within a point of seven, 'uneven' where they lie further apart than error makes them, else 'open'",
    ),
    (
        "low_*",
        "whether all lie below the middle of their scale; 'low_relevance_experience' and so on of one of them",
    ),
    ("high_*", "whether all, or the one named behind, lie above the middle of their scale"),
    ("worn", "whether the building block time lies above intensity"),
    (
        "direction",
        "which of the three dimensions lies below the others: 'emotional', 'instrumental', 'relational' or 'none'",
    ),
    (
        "lowest_contact",
        "which side of contact lies below the others: 'relational_relevant' and so on, or 'none'",
    ),
    ("satisfied", "whether the mark of satisfaction is 8 or more"),
    (
        "standing",
        "'satisfied_leaving', 'dissatisfied_staying' or 'together'; a wish to stay is read against the middle of its scale",
    ),
];

/// Names that only a room's discussion questions may use, each after `room.`, with its meaning. A name whose value may not be
/// shown has none.
pub const ROOM_NAMES: &[(&str, &str)] = &[
    ("n", "how many have finished"),
    ("dominant", "the model whose norms the room holds most strongly: 'CS', 'AR', 'EM' or 'MP'"),
    ("second", "the model that comes next"),
    ("divided", "the name of the scale on which the room differs most"),
    ("masked", "share of those who say warm and associate cold, 0–1"),
    ("latent", "share of those who say cold and associate warm, 0–1"),
    ("same", "share of those in whom how it is meant and how it is used are the same, 0–1"),
    ("nps", "the Net Promoter Score, −100…+100"),
    ("words", "how pleasant the words are on average that came to more than two people's minds, −3…+3"),
];

/// The verdicts on the gap, as advice rules and reports write them.
pub const VERDICTS: &[&str] = &[
    "masked",
    "latent",
    "leaning_masked",
    "leaning_latent",
    "aligned_positive",
    "aligned_negative",
    "indeterminate",
    "no_verdict",
];

/// What the indirect side of the gap is based on, as advice rules write it.
pub const MEASURES: [&str; 2] = ["words", "sorting"];

/// A table of names. Cheap to clone and to extend, because advice and constraints each add a few.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameTable(BTreeMap<String, Type>);

impl NameTable {
    pub fn add(&mut self, name: impl Into<String>, kind: Type) {
        self.0.insert(name.into(), kind);
    }

    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Adds the names that a room's discussion questions may use.
    pub fn add_room(&mut self, scales: impl Iterator<Item = String>) {
        let options = |names: Vec<String>| Type::Option(names.into_iter().collect());
        let models = || ["CS", "AR", "EM", "MP"].map(str::to_owned).to_vec();
        let scales: Vec<String> = scales.collect();
        for (name, _) in ROOM_NAMES {
            let kind = match *name {
                "dominant" | "second" => options(models()),
                "divided" => options(scales.clone()),
                _ => Type::Number,
            };
            self.add(format!("room.{name}"), kind);
        }
    }

    /// Adds the frameworks' names for advice rules, from the scales that measure them.
    pub fn add_lenses<'a>(&mut self, scales: impl Iterator<Item = (Family, &'a str)>) {
        let options = |names: Vec<String>| Type::Option(names.into_iter().collect());
        let words = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let mut families: BTreeMap<Family, Vec<&str>> = BTreeMap::new();
        for (family, member) in scales.filter(|(family, _)| *family != Family::Emotion) {
            for verdict in ["low", "high"] {
                self.add(format!("own.{verdict}_{}_{member}", family.prefix()), Type::Bool);
            }
            if family.compares(member) {
                families.entry(family).or_default().push(member);
            }
        }
        for (family, members) in families {
            let prefix = family.prefix();
            let one = || words(&members).into_iter().chain(words(&["none"]));
            let two = members.iter().enumerate();
            let two =
                two.flat_map(|(at, one)| members[at + 1..].iter().map(move |two| format!("{one}+{two}")));
            self.add(format!("own.lowest_{prefix}"), options(one().chain(two).collect()));
            self.add(format!("own.highest_{prefix}"), options(one().collect()));
            self.add(format!("own.level_{prefix}"), options(words(&["even", "uneven", "open"])));
            self.add(format!("own.low_{prefix}"), Type::Bool);
            self.add(format!("own.high_{prefix}"), Type::Bool);
            match family {
                Family::BuildingBlock => self.add("own.worn", Type::Bool),
                Family::Dimension => {
                    self.add(
                        "own.direction",
                        options(words(&["emotional", "instrumental", "relational", "none"])),
                    );
                    self.add("own.lowest_contact", options(one().collect()));
                }
                _ => {}
            }
        }
        self.add("own.satisfied", Type::Bool);
        self.add("own.standing", options(words(&STANDINGS)));
    }

    /// Adds the result's names for advice rules.
    pub fn add_results(&mut self, scales: impl Iterator<Item = String>) {
        let options = |names: &[&str]| Type::Option(names.iter().map(|&name| name.to_owned()).collect());
        for perspective in ["own", "other"] {
            for (name, _) in RESULT_NAMES {
                let kind = match *name {
                    "dominant" | "second" => options(&["CS", "AR", "EM", "MP"]),
                    "uncertain" | "parted" => Type::Bool,
                    "engagement" => options(&["low", "unclear", "normal"]),
                    _ => Type::Number,
                };
                self.add(format!("{perspective}.{name}"), kind);
            }
        }
        self.add("gap.verdict", options(VERDICTS));
        self.add("gap.measure", options(&MEASURES));
        self.add("gap.explicit", Type::Number);
        self.add("gap.indirect", Type::Number);
        for scale in scales {
            self.add(format!("scale.{scale}"), Type::Number);
        }
    }
}

impl Names for NameTable {
    fn type_of(&self, name: &str) -> Option<Type> {
        self.0.get(name).cloned()
    }

    fn all(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}
