//! The tree of a checked expression: no places, nothing that could be of a wrong type, arguments reduced to the names
//! and options that they must be. It prints itself so that reading the print gives the same tree.

use std::collections::BTreeSet;
use std::fmt;

use super::functions::Function;
use super::pattern::Pattern;

/// A checked expression or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Number(f64),
    Text(String),
    Bool(bool),
    Name(String),
    Not(Box<Expr>),
    Negate(Box<Expr>),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Arithmetic(Box<Expr>, Vec<(Arithmetic, Expr)>),
    Compare(Comparison, Box<Expr>, Box<Expr>),
    Within(Box<Expr>, Vec<Expr>),
    /// How many of a set there are.
    Count(String),
    /// Whether a set holds this option.
    Selected(String, String),
    IsAnswered(String),
    /// The day on which the interview began.
    Today,
    /// What the chosen options are called.
    ChoiceName(String),
    /// Whether a text is all of this pattern.
    Regex(Box<Expr>, Pattern),
    Apply(Function, Vec<Expr>),
    /// The number of a day, counted from a fixed one, so that days can be added and taken away.
    DayNumber(Box<Expr>),
    /// The day that has this number.
    Day(Box<Expr>),
}

/// The four operations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Plus,
    Minus,
    Times,
    Over,
}

/// The six comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Arithmetic {
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
        }
    }
}

impl Comparison {
    /// What holds where this does not, although both sides have values.
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }

    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether it needs an order, and not only equality.
    pub(super) fn orders(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

impl Expr {
    /// Adds every name in this part.
    pub(super) fn collect_names<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        self.each_name(&mut |name, _| {
            names.insert(name);
        });
    }

    /// Hands over every name in this part, and whether more is asked of it than that it was answered.
    pub(super) fn each_name<'a>(&'a self, take: &mut dyn FnMut(&'a str, bool)) {
        match self {
            Self::Number(_) | Self::Text(_) | Self::Bool(_) | Self::Today => {}
            Self::IsAnswered(name) => take(name, false),
            Self::Name(name) | Self::Count(name) | Self::Selected(name, _) | Self::ChoiceName(name) => {
                take(name, true);
            }
            Self::Not(inner)
            | Self::Negate(inner)
            | Self::DayNumber(inner)
            | Self::Day(inner)
            | Self::Regex(inner, _) => inner.each_name(take),
            Self::All(parts) | Self::Any(parts) | Self::Apply(_, parts) => {
                parts.iter().for_each(|part| part.each_name(take));
            }
            Self::Arithmetic(first, rest) => {
                first.each_name(take);
                rest.iter().for_each(|(_, part)| part.each_name(take));
            }
            Self::Compare(_, left, right) => {
                left.each_name(take);
                right.each_name(take);
            }
            Self::Within(value, list) => {
                value.each_name(take);
                list.iter().for_each(|part| part.each_name(take));
            }
        }
    }

    /// Hands over every name that is held against a number, and whether it is its low values that are spoken of. `negated`: whether this part
    /// stands within a `not`. That several do not hold together says of none of them which way it is.
    pub(super) fn each_order<'a>(&'a self, negated: bool, take: &mut dyn FnMut(&'a str, bool)) {
        match self {
            Self::Compare(comparison, left, right) if comparison.orders() => {
                let low = matches!(comparison, Comparison::Less | Comparison::LessOrEqual) != negated;
                left.each_name(&mut |name, _| take(name, low));
                right.each_name(&mut |name, _| take(name, !low));
            }
            Self::Not(inner) => inner.each_order(!negated, take),
            Self::All(_) if negated => {}
            Self::All(parts) | Self::Any(parts) | Self::Apply(_, parts) => {
                parts.iter().for_each(|part| part.each_order(negated, take));
            }
            _ => {}
        }
    }

    fn is_simple(&self) -> bool {
        matches!(
            self,
            Self::Number(_)
                | Self::Text(_)
                | Self::Bool(_)
                | Self::Name(_)
                | Self::Count(_)
                | Self::Selected(..)
                | Self::IsAnswered(_)
                | Self::Today
                | Self::ChoiceName(_)
                | Self::Regex(..)
                | Self::Apply(..)
        )
    }
}

/// A part inside another one.
struct Nested<'a>(&'a Expr);

impl fmt::Display for Nested<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Expr::DayNumber(inner) | Expr::Day(inner) => Nested(inner).fmt(f),
            simple if simple.is_simple() => simple.fmt(f),
            other => write!(f, "({other})"),
        }
    }
}

/// A text in the quotes that it does not contain; what was read contains at most one kind.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quote = if self.0.contains('\'') { '"' } else { '\'' };
        write!(f, "{quote}{}{quote}", self.0)
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expr], separator: &str) -> fmt::Result {
    for (position, part) in parts.iter().enumerate() {
        if position > 0 {
            f.write_str(separator)?;
        }
        write!(f, "{}", Nested(part))?;
    }
    Ok(())
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "{}", Quoted(text)),
            Self::Bool(truth) => write!(f, "{truth}"),
            Self::Name(name) => f.write_str(name),
            Self::Not(inner) => write!(f, "not {}", Nested(inner)),
            Self::Negate(inner) => write!(f, "-{}", Nested(inner)),
            Self::All(parts) => joined(f, parts, " and "),
            Self::Any(parts) => joined(f, parts, " or "),
            Self::Arithmetic(first, rest) => {
                write!(f, "{}", Nested(first))?;
                for (operation, part) in rest {
                    write!(f, " {} {}", operation.symbol(), Nested(part))?;
                }
                Ok(())
            }
            Self::Compare(comparison, left, right) => {
                let symbol = comparison.symbol();
                write!(f, "{} {symbol} {}", Nested(left), Nested(right))
            }
            Self::Within(value, list) => {
                write!(f, "{} in [", Nested(value))?;
                joined(f, list, ", ")?;
                f.write_str("]")
            }
            Self::Count(name) => write!(f, "count({name})"),
            Self::Selected(name, option) => write!(f, "selected({name}, {})", Quoted(option)),
            Self::IsAnswered(name) => write!(f, "is_answered({name})"),
            Self::Today => f.write_str("today()"),
            Self::ChoiceName(name) => write!(f, "choice_name({name})"),
            Self::Regex(text, pattern) => write!(f, "regex({text}, {})", Quoted(pattern.source())),
            Self::Apply(function, arguments) => {
                write!(f, "{}(", function.name())?;
                for (position, argument) in arguments.iter().enumerate() {
                    let comma = if position > 0 { ", " } else { "" };
                    write!(f, "{comma}{argument}")?;
                }
                f.write_str(")")
            }
            // The origin for counting days is not printed, because it follows from the types.
            Self::DayNumber(inner) | Self::Day(inner) => inner.fmt(f),
        }
    }
}
