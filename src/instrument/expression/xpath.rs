//! The same expression as XPath, for programs that read XLSForm. There, an unanswered question is an empty text and a condition
//! is true or false; here, a missing answer makes the condition missing, and it does not hold. So a condition is written twice,
//! as what must be true for it to hold and for it not to hold, so that a `not` never makes a missing value true.

use std::collections::BTreeSet;

use super::Expression;
use super::functions::Function;
use super::tree::{Arithmetic, Comparison, Expr};

/// How names are written in XPath.
pub trait Foreign {
    /// What is written for the value of a name, such as `${nps}`; none if it has no counterpart.
    fn reference(&self, name: &str) -> Option<String>;

    /// What is true there where a name that is true or false holds.
    fn holds(&self, name: &str) -> Option<String>;

    /// What is true there where it has a value and does not hold.
    fn fails(&self, name: &str) -> Option<String>;
}

/// A text with one space wherever XPath knows several, and none at its ends: what `normalize-space` makes of it.
pub fn single_spaced(text: &str) -> String {
    text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

impl Expression {
    /// This expression as XPath, with what its value is there. A truth is the text `true` or `false`, and empty where it has no
    /// value.
    ///
    /// # Errors
    /// In a few words, what has no counterpart there.
    pub fn to_xpath(&self, foreign: &dyn Foreign) -> Result<XPathValue, String> {
        let writer = XPathWriter { foreign };
        let is_truth = writer.is_condition(&self.root);
        let text = if is_truth { writer.truth(&self.root)? } else { writer.value(&self.root)? };
        Ok(XPathValue { text, is_truth })
    }

    /// What is true there where this condition holds.
    ///
    /// # Errors
    /// In a few words, what has no counterpart there.
    pub fn to_xpath_condition(&self, foreign: &dyn Foreign) -> Result<String, String> {
        XPathWriter { foreign }.holds(&self.root)
    }
}

/// An expression as it is written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XPathValue {
    /// The expression.
    pub text: String,
    /// Whether it is true or false here.
    pub is_truth: bool,
}

struct XPathWriter<'a> {
    foreign: &'a dyn Foreign,
}

type XPathResult = Result<String, String>;

fn quoted(text: &str) -> XPathResult {
    match (text.contains('\''), text.contains('"')) {
        (true, true) => Err("a text in it holds both kinds of quotes".into()),
        (true, false) => Ok(format!("\"{text}\"")),
        _ => Ok(format!("'{text}'")),
    }
}

fn is_literal(expr: &Expr) -> bool {
    matches!(expr, Expr::Number(_) | Expr::Text(_) | Expr::Negate(_) | Expr::Today)
}

/// Adds the names without whose answers an expression has no value here. Some have one whatever is open.
fn needed<'a>(expr: &'a Expr, names: &mut BTreeSet<&'a str>) {
    match expr {
        Expr::IsAnswered(_) | Expr::Apply(Function::Concat, _) => {}
        Expr::Regex(inner, _) => needed(inner, names),
        // Where the condition has no value, the second branch is taken.
        Expr::Apply(Function::If, parts) if parts.len() == 3 => {
            parts.iter().skip(1).for_each(|branch| needed(branch, names));
        }
        Expr::Apply(Function::Coalesce, parts) => {
            let each = parts.iter().map(|part| {
                let mut names = BTreeSet::new();
                needed(part, &mut names);
                names
            });
            let each: Vec<BTreeSet<&str>> = each.collect();
            if each.iter().all(|names| !names.is_empty()) {
                names.extend(each.into_iter().flatten());
            }
        }
        Expr::Apply(_, parts) => parts.iter().for_each(|part| needed(part, names)),
        other => other.collect_names(names),
    }
}

fn joined(parts: Vec<String>, word: &str) -> String {
    match parts.as_slice() {
        [only] => only.clone(),
        _ => parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(&format!(" {word} ")),
    }
}

impl XPathWriter<'_> {
    fn is_condition(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Bool(_)
            | Expr::Not(_)
            | Expr::All(_)
            | Expr::Any(_)
            | Expr::Compare(..)
            | Expr::Within(..)
            | Expr::Selected(..)
            | Expr::IsAnswered(_)
            | Expr::Regex(..)
            | Expr::Apply(Function::Contains | Function::StartsWith | Function::EndsWith, _) => true,
            Expr::Name(name) => self.foreign.holds(name).is_some(),
            Expr::Apply(Function::If, parts) => parts.iter().skip(1).any(|part| self.is_condition(part)),
            Expr::Apply(Function::Coalesce, parts) => parts.iter().any(|part| self.is_condition(part)),
            _ => false,
        }
    }

    fn name(&self, name: &str) -> XPathResult {
        self.foreign.reference(name).ok_or_else(|| format!("`{name}` is not asked there"))
    }

    /// A condition that everything in it was answered.
    fn answered(&self, parts: &[&Expr]) -> Result<Option<String>, String> {
        let mut names = BTreeSet::new();
        parts.iter().for_each(|part| needed(part, &mut names));
        let named = names.into_iter().filter(|name| *name != ".");
        let each = named
            .map(|name| Ok(format!("{} != ''", self.name(name)?)))
            .collect::<Result<Vec<_>, String>>()?;
        Ok((!each.is_empty()).then(|| joined(each, "and")))
    }

    fn guarded(&self, parts: &[&Expr], condition: String) -> XPathResult {
        Ok(match self.answered(parts)? {
            Some(answered) => format!("{answered} and {condition}"),
            None => condition,
        })
    }

    fn each(&self, parts: &[Expr], of: impl Fn(&Expr) -> XPathResult) -> Result<Vec<String>, String> {
        parts.iter().map(of).collect()
    }

    /// What is true where this holds, and only there.
    fn holds(&self, expr: &Expr) -> XPathResult {
        match expr {
            Expr::Bool(truth) => Ok(format!("{truth}()")),
            Expr::Name(name) => {
                self.foreign.holds(name).ok_or_else(|| format!("`{name}` is not asked there"))
            }
            Expr::Not(inner) => self.fails(inner),
            Expr::All(parts) => Ok(joined(self.each(parts, |part| self.holds(part))?, "and")),
            Expr::Any(parts) => Ok(joined(self.each(parts, |part| self.holds(part))?, "or")),
            Expr::Compare(comparison, left, right) => self.compared(*comparison, left, right),
            Expr::Within(value, list) => {
                let each = self.each(list, |part| self.compared(Comparison::Equal, value, part))?;
                Ok(joined(each, "or"))
            }
            Expr::Selected(name, option) => {
                Ok(format!("selected({}, {})", self.name(name)?, quoted(option)?))
            }
            Expr::IsAnswered(name) => Ok(format!("{} != ''", self.name(name)?)),
            Expr::Regex(text, pattern) => {
                self.guarded(&[text], format!("regex({}, {})", self.value(text)?, quoted(pattern.source())?))
            }
            Expr::Apply(Function::If, parts) => match parts.as_slice() {
                [condition, yes] => Ok(format!("({}) and ({})", self.holds(condition)?, self.holds(yes)?)),
                [condition, yes, no] => {
                    Ok(format!("if({}, {}, {})", self.holds(condition)?, self.holds(yes)?, self.holds(no)?))
                }
                _ => Err("an `if` in it has no branches".into()),
            },
            Expr::Apply(Function::Coalesce, parts) => {
                let [first, rest @ ..] = parts.as_slice() else { return Ok("false()".into()) };
                let mut written = self.holds(first)?;
                for (at, other) in rest.iter().enumerate() {
                    let before: Vec<&Expr> = parts[..=at].iter().collect();
                    let known = self.answered(&before)?.unwrap_or_else(|| "true()".into());
                    written = format!("({written}) or (not({known}) and ({}))", self.holds(other)?);
                }
                Ok(written)
            }
            Expr::Apply(function, parts) => {
                let arguments = self.each(parts, |part| self.value(part))?.join(", ");
                let name = match function {
                    Function::Contains => "contains",
                    Function::StartsWith => "starts-with",
                    _ => "ends-with",
                };
                let all: Vec<&Expr> = parts.iter().collect();
                self.guarded(&all, format!("{name}({arguments})"))
            }
            _ => Err("a part of it is no condition there".into()),
        }
    }

    /// What is true where this does not hold although it has a value.
    fn fails(&self, expr: &Expr) -> XPathResult {
        match expr {
            Expr::Bool(truth) => Ok(format!("{}()", !truth)),
            Expr::Name(name) => {
                self.foreign.fails(name).ok_or_else(|| format!("`{name}` is not asked there"))
            }
            Expr::Not(inner) => self.holds(inner),
            Expr::All(parts) => Ok(joined(self.each(parts, |part| self.fails(part))?, "or")),
            Expr::Any(parts) => Ok(joined(self.each(parts, |part| self.fails(part))?, "and")),
            Expr::Compare(comparison, left, right) => self.compared(comparison.opposite(), left, right),
            Expr::IsAnswered(name) => Ok(format!("{} = ''", self.name(name)?)),
            Expr::Apply(Function::If, parts) => match parts.as_slice() {
                [condition, yes] => Ok(format!("({}) and ({})", self.holds(condition)?, self.fails(yes)?)),
                [condition, yes, no] => {
                    Ok(format!("if({}, {}, {})", self.holds(condition)?, self.fails(yes)?, self.fails(no)?))
                }
                _ => Err("an `if` in it has no branches".into()),
            },
            // These always have a value.
            Expr::Apply(Function::Coalesce, _) => Ok(format!("not({})", self.holds(expr)?)),
            _ => self.guarded(&[expr], format!("not({})", self.holds(expr)?)),
        }
    }

    /// A truth as a text, empty where it has no value, so that a `not` does not make it true.
    fn truth(&self, expr: &Expr) -> XPathResult {
        if let Expr::Bool(truth) = expr {
            return Ok(format!("'{truth}'"));
        }
        let (holds, fails) = (self.holds(expr)?, self.fails(expr)?);
        Ok(match fails == format!("not({holds})") {
            true => format!("if({holds}, 'true', 'false')"),
            false => format!("if({holds}, 'true', if({fails}, 'false', ''))"),
        })
    }

    /// Two truths that are the same, or not.
    fn alike(&self, same: bool, left: &Expr, right: &Expr) -> XPathResult {
        let (holds, fails) = (self.holds(right)?, self.fails(right)?);
        let (beside, against) = if same { (holds, fails) } else { (fails, holds) };
        let (left, not_left) = (self.holds(left)?, self.fails(left)?);
        Ok(format!("(({left}) and ({beside})) or (({not_left}) and ({against}))"))
    }

    fn compared(&self, comparison: Comparison, left: &Expr, right: &Expr) -> XPathResult {
        if self.is_condition(left) && self.is_condition(right) {
            return self.alike(comparison == Comparison::Equal, left, right);
        }
        let side = |expr: &Expr| match expr {
            Expr::Text(text) if text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok() => {
                Ok(format!("date('{text}')"))
            }
            other => self.value(other),
        };
        let written = format!("{} {} {}", side(left)?, comparison.symbol(), side(right)?);
        // In XPath two empty texts are equal, and an empty one differs from any other.
        let safe = match comparison {
            Comparison::NotEqual => false,
            Comparison::Equal => is_literal(left) || is_literal(right),
            _ => true,
        };
        if safe { Ok(written) } else { self.guarded(&[left, right], written) }
    }

    fn value(&self, expr: &Expr) -> XPathResult {
        match expr {
            Expr::Number(number) => Ok(number.to_string()),
            Expr::Text(text) => quoted(text),
            Expr::Name(name) => self.name(name),
            Expr::Negate(inner) => Ok(format!("-({})", self.value(inner)?)),
            Expr::Arithmetic(first, rest) => {
                let mut written = format!("({})", self.value(first)?);
                for (operation, part) in rest {
                    let symbol = match operation {
                        Arithmetic::Over => "div",
                        other => other.symbol(),
                    };
                    written = format!("{written} {symbol} ({})", self.value(part)?);
                }
                Ok(written)
            }
            Expr::Count(name) => Ok(format!("count-selected({})", self.name(name)?)),
            Expr::Today => Ok("today()".into()),
            Expr::ChoiceName(name) => {
                let reference = self.name(name)?;
                Ok(format!("jr:choice-name({reference}, '{reference}')"))
            }
            Expr::DayNumber(day) => Ok(format!("decimal-date-time({})", self.value(day)?)),
            Expr::Day(number) => Ok(format!("date({})", self.value(number)?)),
            Expr::Apply(Function::If, parts) if !self.is_condition(expr) => match parts.as_slice() {
                [condition, yes] => Ok(format!("if({}, {}, '')", self.holds(condition)?, self.value(yes)?)),
                [condition, yes, no] => {
                    Ok(format!("if({}, {}, {})", self.holds(condition)?, self.value(yes)?, self.value(no)?))
                }
                _ => Err("an `if` in it has no branches".into()),
            },
            Expr::Apply(Function::Coalesce, parts) if !self.is_condition(expr) => {
                let each = self.each(parts, |part| self.value(part))?;
                let nested =
                    each.into_iter().rev().reduce(|after, part| format!("coalesce({part}, {after})"));
                nested.ok_or_else(|| "a `coalesce` in it is empty".into())
            }
            Expr::Apply(function, parts) if !self.is_condition(expr) => {
                let mut each = self.each(parts, |part| self.value(part))?;
                let name = match function {
                    Function::Number => "number",
                    Function::Round => {
                        if each.len() == 1 {
                            each.push("0".into());
                        }
                        "round"
                    }
                    Function::Int => "int",
                    Function::Abs => "abs",
                    Function::Min => "min",
                    Function::Max => "max",
                    Function::Power => "pow",
                    Function::StringLength => "string-length",
                    Function::NormalizeSpace => "normalize-space",
                    Function::Concat => "concat",
                    Function::Substr => "substr",
                    Function::FormatDate => "format-date",
                    Function::Modulo => return Ok(format!("({})", each.join(") mod ("))),
                    _ => return Err("a function in it has no counterpart".into()),
                };
                Ok(format!("{name}({})", each.join(", ")))
            }
            condition => self.truth(condition),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::expression::{Names, Type};

    struct Form;

    impl Names for Form {
        fn type_of(&self, name: &str) -> Option<Type> {
            Some(match name {
                "n" | "." => Type::Number,
                "yes" => Type::Bool,
                "one" => Type::Option(vec!["a".into(), "b".into()]),
                "many" => Type::Options(vec!["a".into(), "b".into()]),
                "day" => Type::Date,
                _ => return None,
            })
        }

        fn all(&self) -> Vec<String> {
            Vec::new()
        }
    }

    impl Foreign for Form {
        fn reference(&self, name: &str) -> Option<String> {
            Some(if name == "." { ".".into() } else { format!("${{{name}}}") })
        }

        fn holds(&self, name: &str) -> Option<String> {
            (name == "yes").then(|| format!("${{{name}}} = 'yes'"))
        }

        fn fails(&self, name: &str) -> Option<String> {
            (name == "yes").then(|| format!("${{{name}}} = 'no'"))
        }
    }

    #[test]
    fn a_condition_holds_there_where_it_holds_here() {
        for (here, there) in [
            ("n <= 6", "${n} <= 6"),
            ("not (n <= 6)", "${n} > 6"),
            ("one != 'a'", "${one} != '' and ${one} != 'a'"),
            ("not (one in ['a', 'b'])", "${one} != '' and not((${one} = 'a') or (${one} = 'b'))"),
            (
                "not selected(many, 'a') and yes",
                "(${many} != '' and not(selected(${many}, 'a'))) and (${yes} = 'yes')",
            ),
            ("count(many) / 2 > . ", "(count-selected(${many})) div (2) > ."),
            ("day > '2026-01-31'", "${day} > date('2026-01-31')"),
            (
                "coalesce(one != 'a', true)",
                "(${one} != '' and ${one} != 'a') or (not(${one} != '') and (true()))",
            ),
            ("regex(concat(one), 'a*')", "regex(concat(${one}), 'a*')"),
            ("not regex(concat(one), '^a$')", "not(regex(concat(${one}), '^a$'))"),
            ("not contains(concat(one), 'a')", "not(contains(concat(${one}), 'a'))"),
            ("string_length(concat(one)) != 1", "string-length(concat(${one})) != 1"),
            ("normalize_space(concat(one)) = 'a b'", "normalize-space(concat(${one})) = 'a b'"),
            ("coalesce(n, 0) != 5", "coalesce(${n}, 0) != 5"),
            ("if(n > 1, 'a', 'b') != 'a'", "if(${n} > 1, 'a', 'b') != 'a'"),
            ("yes", "${yes} = 'yes'"),
            ("not yes", "${yes} = 'no'"),
            ("if(n > 1, yes, not yes)", "if(${n} > 1, ${yes} = 'yes', ${yes} = 'no')"),
            ("not if(n > 1, yes)", "(${n} > 1) and (${yes} = 'no')"),
        ] {
            let (expression, _) = Expression::parse(here, &Form).unwrap();
            assert_eq!(expression.to_xpath_condition(&Form).as_deref(), Ok(there), "{here}");
        }
    }

    #[test]
    fn a_value_is_written_as_it_is_there_and_a_truth_as_a_text() {
        for (here, there, is_truth) in [
            ("if(yes, n, 0)", "if(${yes} = 'yes', ${n}, 0)", false),
            ("choice_name(one)", "jr:choice-name(${one}, '${one}')", false),
            ("n <= 6", "if(${n} <= 6, 'true', if(${n} > 6, 'false', ''))", true),
            ("yes", "if(${yes} = 'yes', 'true', if(${yes} = 'no', 'false', ''))", true),
            ("is_answered(n)", "if(${n} != '', 'true', if(${n} = '', 'false', ''))", true),
        ] {
            let (expression, _) = Expression::parse(here, &Form).unwrap();
            let found = expression.to_xpath(&Form).unwrap();
            assert_eq!(found.is_truth, is_truth, "{here}");
            assert_eq!(found.text, there, "{here}");
        }
    }
}
