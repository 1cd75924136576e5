//! The values that an answer is compared with in an expression. Between two neighbouring values the result is the same for
//! every answer, so that a few answers represent all. Refuses an expression that calculates with the answer, because its
//! turning points lie elsewhere.

use super::tree::Expr;
use super::{Expression, Lookup, Value};

impl Expression {
    /// The values with which the answer, known by any of these `names`, is compared; `None` where it is used in another way.
    /// Comparisons that depend on names missing in `lookup` are left out.
    pub fn compared_with(&self, names: &[&str], lookup: &dyn Lookup) -> Option<Vec<Value>> {
        let mut found = Vec::new();
        self.root.compared_with(names, lookup, &mut found).then_some(found)
    }
}

impl Expr {
    fn compared_with(&self, names: &[&str], lookup: &dyn Lookup, found: &mut Vec<Value>) -> bool {
        let is_answer = |part: &Self| matches!(part, Self::Name(name) if names.contains(&name.as_str()));
        match self {
            Self::Not(inner) => inner.compared_with(names, lookup, found),
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().all(|part| part.compared_with(names, lookup, found))
            }
            Self::Compare(_, left, right) => {
                let other = match (is_answer(left), is_answer(right)) {
                    (true, false) => right,
                    (false, true) => left,
                    _ => return !self.mentions(names),
                };
                found.push(other.evaluate(lookup));
                !other.mentions(names)
            }
            Self::Within(value, list) if is_answer(value) => {
                found.extend(list.iter().map(|part| part.evaluate(lookup)));
                list.iter().all(|part| !part.mentions(names))
            }
            // An answer being tried counts as answered.
            Self::IsAnswered(_) => true,
            _ => !self.mentions(names),
        }
    }

    fn mentions(&self, names: &[&str]) -> bool {
        let mut all = std::collections::BTreeSet::new();
        self.collect_names(&mut all);
        names.iter().any(|name| all.contains(name))
    }
}
