//! The expression language of instruments: `relevant`, `constraint`, calculations and the `when` of advice.
//!
//! This room turns the text of one expression into a checked [`Expression`] and evaluates it. Every name in it is known, every
//! option exists and every comparison is between matching types, so a slip of the pen is an [`ExpressionFault`] when the file
//! is read, and never a silent false in the middle of an interview. The room knows nothing of items or answers: the caller
//! provides the names ([`Names`]) and their values ([`Lookup`]). It refuses to guess: where the text follows the habit of
//! another language (`&&`, `${name}`), the fault says what to write instead, but the expression is not accepted.
//!
//! ```text
//! or         = and { "or" and }
//! and        = not { "and" not }
//! not        = "not" not | comparison
//! comparison = sum [ ("=" | "==" | "!=" | "<" | "<=" | ">" | ">=") sum | "in" "[" sum { "," sum } "]" ]
//! sum        = product { ("+" | "-") product }
//! product    = unary { ("*" | "/") unary }
//! unary      = "-" unary | primary
//! primary    = number | text | "true" | "false" | name | "." | call | "(" or ")"
//! call       = name "(" [ sum-or-condition { "," sum-or-condition } ] ")"
//! ```
//!
//! The functions are listed in `functions`.
//!
//! The stages are one file each: `lexer` (text to tokens), `parser` (tokens to a tree with places, `syntax`), `check`
//! (that tree to a typed one without places, `tree`) and `evaluate`.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

mod against;
mod check;
mod evaluate;
mod fault;
mod functions;
mod lexer;
mod parser;
mod pattern;
mod spoken;
mod syntax;
#[cfg(test)]
mod tests;
mod tree;
mod xpath;

pub use fault::ExpressionFault;
pub use spoken::{Spoken, SpokenCondition};
pub use xpath::{Foreign, XPathValue, single_spaced};

/// The static type of a name or an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A finite number.
    Number,
    /// True or false.
    Bool,
    /// Any text.
    Text,
    /// A day; its value is the text `YYYY-MM-DD`.
    Date,
    /// One of these options.
    Option(Vec<String>),
    /// A set of these options.
    Options(Vec<String>),
    /// Free words, which can be counted and nothing else.
    Words,
}

/// What the checker asks about names.
pub trait Names {
    /// The type of `name`, or `None` if there is no such name. `"."` is the answer just given; it has a type only
    /// where there is such an answer, in a constraint.
    fn type_of(&self, name: &str) -> Option<Type>;

    /// Every known name, for suggestions; called only when a fault needs one.
    fn all(&self) -> Vec<String>;
}

/// A value while an interview runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No answer: not asked yet, declined, not known, or the result of computing with such a value.
    Missing,
    /// A number; results are always finite.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A text, the name of an option, or a date as `YYYY-MM-DD`.
    Text(String),
    /// Chosen options, or free words.
    Set(Vec<String>),
}

/// What names hold while an expression is evaluated.
pub trait Lookup {
    /// The value of `name`; `"."` is the answer just given.
    fn value(&self, name: &str) -> Value;

    /// Whether `name` has an answer, for `is_answered`.
    fn is_answered(&self, name: &str) -> bool;

    /// The labels of the options chosen under `name`, as the respondent reads them; missing without an answer.
    fn choice_name(&self, name: &str) -> Value {
        let _ = name;
        Value::Missing
    }

    /// The day on which the interview began; missing where there is none.
    fn today(&self) -> Value {
        Value::Missing
    }
}

/// A checked expression. Two are equal if they were written alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    source: String,
    root: tree::Expr,
}

impl Expression {
    /// Reads and checks one expression.
    ///
    /// The time it takes grows linearly with the text, and no text overflows the stack: nesting ends at
    /// 64 levels with a fault.
    ///
    /// # Errors
    /// All faults that can be told apart, in the order of their places; a fault that only follows from another one is
    /// left out.
    pub fn parse(text: &str, names: &dyn Names) -> Result<(Self, Type), Vec<ExpressionFault>> {
        let (node, mut faults) = parser::parse(text);
        let checked = check::check(text, &node, names, &mut faults);
        faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
        match checked {
            Some((root, kind)) if faults.is_empty() => {
                let source = text.to_owned();
                Ok((Self { source, root }, kind))
            }
            _ => Err(faults),
        }
    }

    /// The text as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Every name that the expression mentions, each once, including `"."` if the answer just given is used.
    pub fn references(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.root.collect_names(&mut names);
        names
    }

    /// Whether it compares the answer to `own`, or how many options were chosen there, with nothing but what is written out.
    pub fn limits(&self, own: &str) -> bool {
        let compares = |part: &tree::Expr| matches!(part, tree::Expr::Compare(..));
        let alone = self.references().into_iter().all(|name| name == "." || name == own);
        alone
            && match &self.root {
                tree::Expr::All(parts) => parts.iter().all(compares),
                one => compares(one),
            }
    }

    /// Every name in it, and whether more than its being answered is used.
    pub fn asks_of(&self) -> BTreeSet<(&str, bool)> {
        let mut names = BTreeSet::new();
        self.root.each_name(&mut |name, value| {
            names.insert((name, value));
        });
        names
    }

    /// Whether it speaks of low values of a number, or of high ones, by the comparisons that it stands in; none where by both, or by neither.
    pub fn speaks_of_low(&self, name: &str) -> Option<bool> {
        let mut found = BTreeSet::new();
        self.root.each_order(false, &mut |known, low| {
            if known == name {
                found.insert(low);
            }
        });
        found.first().copied().filter(|_| found.len() == 1)
    }

    /// The value, in Kleene's three-valued logic with [`Value::Missing`] as the third value: comparing or computing
    /// with a missing value is missing, `not` of it is missing, `false and` missing is false and `true or` missing is
    /// true. Dividing by zero and leaving the range of numbers is missing too.
    ///
    /// Numbers are compared as people type them: `0.1 + 0.2 = 0.3` holds. Two numbers count as equal if they differ by
    /// at most 1e-9 of the larger one, or by at most 1e-12, so that a difference that should be zero is; `<` and `>`
    /// exclude what counts as equal, `<=` and `>=` include it.
    ///
    /// A lookup that returns another type than was promised to the checker gives a missing value.
    pub fn evaluate(&self, lookup: &dyn Lookup) -> Value {
        self.root.evaluate(lookup)
    }
}

/// The expression as relata reads it, with every nested operation in parentheses.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

/// A place in the text of an expression, in bytes, always on character boundaries.
type Span = Range<usize>;
