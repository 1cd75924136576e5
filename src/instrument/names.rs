//! The names that expressions and pipes may use, with their types: fields, items and their parts, calculations, and for
//! advice what the result holds.

use std::collections::BTreeMap;

use super::expression::{Names, Type};

/// Names that only advice rules may use, with what each is.
pub const RESULT_NAMES: &[(&str, &str)] = &[
    ("dominant", "the model that the answers speak for, whatever is common: 'CS', 'AR', 'EM' or 'MP'"),
    ("second", "the model that comes next"),
    ("uncertain", "whether the answers do not tell these two apart (less than 3 to 1)"),
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

/// What the indirect side of the gap rests on, as advice rules write it.
pub const MEASURES: [&str; 2] = ["words", "sorting"];

/// A table of names. Cheap to clone and to add to, because advice and constraints each know a few more.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameTable(BTreeMap<String, Type>);

impl NameTable {
    pub fn add(&mut self, name: impl Into<String>, kind: Type) {
        self.0.insert(name.into(), kind);
    }

    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Adds what advice rules know about the result.
    pub fn add_results(&mut self, scales: impl Iterator<Item = String>) {
        let options = |names: &[&str]| Type::Option(names.iter().map(|&name| name.to_owned()).collect());
        for perspective in ["own", "other"] {
            for (name, _) in RESULT_NAMES {
                let kind = match *name {
                    "dominant" | "second" => options(&["CS", "AR", "EM", "MP"]),
                    "uncertain" => Type::Bool,
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
