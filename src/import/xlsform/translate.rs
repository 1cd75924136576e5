//! From XPath to our expressions, with XPath's meaning: there an unanswered question is an empty text, here it has no value.
//! Where the two would differ, XPath's treatment of an empty text is written out.
//!
//! A condition without a value does not hold in either, so something only has to be added under a `not`, beside `!=` and
//! between two names.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::names::{FormNames, KnownName, NameKind};
use super::xpath::{Operator, XPathNode, shortened};

mod calls;
mod compare;

pub(super) use compare::is_day;

/// How tightly an expression of ours binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precedence {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Unary,
    Primary,
}

/// A value that doesn't depend on answers.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Constant {
    Number(f64),
    Text(String),
    Bool(bool),
}

impl Constant {
    fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
            Self::Bool(truth) => Some(f64::from(u8::from(*truth))),
        }
    }

    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bool(truth) => truth.to_string(),
        }
    }

    pub(super) fn truth(&self) -> bool {
        match self {
            Self::Number(number) => *number != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::Bool(truth) => *truth,
        }
    }
}

/// An expression of ours.
#[derive(Debug, Clone)]
pub(super) struct Ours {
    text: String,
    level: Precedence,
    pub kind: NameKind,
    /// Whether it may have no value, like an unanswered question.
    misses: bool,
    /// The name, if it is nothing else.
    name: Option<KnownName>,
    /// Whether it was converted to a number: without a value it is then NaN in XPath, which equals nothing, and not an empty
    /// text.
    computed: bool,
    pub constant: Option<Constant>,
}

impl Ours {
    fn made(text: String, level: Precedence, kind: NameKind, misses: bool) -> Self {
        Self { text, level, kind, misses, name: None, computed: false, constant: None }
    }

    fn call(text: String, kind: NameKind, misses: bool) -> Self {
        Self::made(text, Precedence::Primary, kind, misses)
    }

    fn truth(truth: bool) -> Self {
        Self::constant(Constant::Bool(truth))
    }

    fn constant(constant: Constant) -> Self {
        let (text, level, kind) = match &constant {
            Constant::Number(number) => {
                let level = if *number < 0.0 { Precedence::Unary } else { Precedence::Primary };
                (number.to_string(), level, NameKind::Number)
            }
            Constant::Text(text) => (quoted(text), Precedence::Primary, NameKind::Text),
            Constant::Bool(truth) => (truth.to_string(), Precedence::Primary, NameKind::Bool),
        };
        Self { text, level, kind, misses: false, name: None, computed: false, constant: Some(constant) }
    }

    /// The same as a calculated number.
    fn computed(self) -> Self {
        Self { name: None, computed: true, ..self }
    }

    fn is_empty_text(&self) -> bool {
        matches!(&self.constant, Some(Constant::Text(text)) if text.is_empty())
    }

    /// Its text inside an expression that binds as tightly as `level`.
    fn within(&self, level: Precedence) -> String {
        if self.level < level { format!("({})", self.text) } else { self.text.clone() }
    }

    /// Whether it is a truth that has a value whatever is open.
    pub fn is_settled(&self) -> bool {
        self.kind == NameKind::Bool && !self.misses
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A text in the quotes that it does not hold; one that holds both loses one kind.
fn quoted(text: &str) -> String {
    let text = text.replace(['\n', '\t'], " ");
    match (text.contains('\''), text.contains('"')) {
        (true, true) => format!("'{}'", text.replace('\'', "’")),
        (true, false) => format!("\"{text}\""),
        _ => format!("'{text}'"),
    }
}

/// Where the meaning of an expression is not the same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ambiguity {
    /// A calculation that is true or false stands beside a value. Enketo keeps such a calculation as a text, ODK Collect as a
    /// truth.
    TruthBeside { name: String, value: String, is_text: bool },
    /// It divides by what may be nought. In XPath that is infinite, here it has no value.
    Divides,
    /// By `once` it keeps its first value. Here it follows the answers.
    KeepsFirst,
}

/// The context in which an expression is read.
pub(super) struct Among<'a> {
    pub names: &'a FormNames,
    /// The question that it belongs to, by its name in the form.
    pub own: &'a str,
    /// The kind of `.`, in a constraint.
    pub answer: Option<&'a NameKind>,
    /// Whether it may refer to the rounds of a repeat, of which only the first exists here.
    pub rounds: bool,
    /// The columns of the choice, in a choice filter.
    pub columns: Option<&'a BTreeMap<String, String>>,
    /// Notes what has to be said about it.
    pub doubts: &'a RefCell<BTreeSet<Ambiguity>>,
}

type Carried = Result<Ours, String>;

impl Among<'_> {
    /// A converted condition; `constant` marks one that no answer can change.
    pub fn condition(&self, node: &XPathNode) -> Carried {
        self.truth(node, false)
    }

    /// The same, with a value even where an answer that it uses is missing.
    pub fn requirement(&self, node: &XPathNode) -> Carried {
        self.truth(node, true)
    }

    /// A truth that the form writes as a text: the conditions for `true`, and for `false`.
    pub fn told(&self, holds: &XPathNode, fails: Option<&XPathNode>) -> Carried {
        let ours = match fails {
            None => self.truth(holds, true)?,
            Some(fails) if compare::are_opposite(holds, fails) => self.truth(holds, false)?,
            Some(fails) => {
                let (holds, fails) = (self.truth(holds, false)?, self.truth(fails, false)?);
                let text = format!("if({}, true, if({}, false))", holds.text, fails.text);
                Ours::call(text, NameKind::Bool, true)
            }
        };
        Ok(Ours { kind: NameKind::Truth, ..ours })
    }

    /// A condition. An `exact` one always has a value.
    fn truth(&self, node: &XPathNode, exact: bool) -> Carried {
        let found = match node {
            XPathNode::Binary(Operator::And, left, right) => self.joined((left, right), exact, false)?,
            XPathNode::Binary(Operator::Or, left, right) => self.joined((left, right), exact, true)?,
            XPathNode::Binary(operator, left, right) if compare::compares(*operator) => {
                return self.compare(*operator, left, right, exact);
            }
            XPathNode::Call(name, arguments) if name == "not" => {
                let [inner] = arguments.as_slice() else { return Err("`not` takes one condition".into()) };
                negated(self.truth(inner, true)?)
            }
            XPathNode::Call(name, arguments) if name == "boolean" => {
                let [inner] = arguments.as_slice() else { return Err("`boolean` takes one value".into()) };
                self.truth(inner, exact)?
            }
            XPathNode::Call(name, arguments) if name == "if" && arguments.len() == 3 => {
                let condition = self.truth(&arguments[0], false)?;
                let (yes, no) = (self.truth(&arguments[1], exact)?, self.truth(&arguments[2], exact)?);
                branched(condition, yes, no)
            }
            other => holds(self.value(other)?)?,
        };
        Ok(if exact { settled(found, false) } else { found })
    }

    /// Two conditions joined by `or` (`decisive` true) or by `and`.
    fn joined(&self, (left, right): (&XPathNode, &XPathNode), exact: bool, decisive: bool) -> Carried {
        Ok(both(self.truth(left, exact)?, self.truth(right, exact)?, decisive))
    }

    /// A value of any kind.
    pub fn value(&self, node: &XPathNode) -> Carried {
        match node {
            XPathNode::Number(number) => Ok(Ours::constant(Constant::Number(*number))),
            XPathNode::Text(text) => Ok(Ours::constant(Constant::Text(text.clone()))),
            XPathNode::Dot => self.answer_itself(),
            XPathNode::Name(name) if name == self.own && self.answer.is_some() => self.answer_itself(),
            XPathNode::Name(name) => self.name(name),
            XPathNode::Bare(word) => self.bare(word),
            XPathNode::Negate(inner) => {
                let inner = numeric(self.value(inner)?)?;
                let text = format!("-{}", inner.within(Precedence::Unary));
                Ok(Ours::made(text, Precedence::Unary, NameKind::Number, inner.misses).computed())
            }
            XPathNode::Binary(operator, left, right) => match operator {
                Operator::And | Operator::Or => self.truth(node, false),
                operator if compare::compares(*operator) => self.truth(node, false),
                operator => self.arithmetic(*operator, left, right),
            },
            XPathNode::Call(name, arguments) => self.called(name, arguments),
        }
    }

    /// A value that is given a name or passed on. There a truth has one even where an answer that it uses is missing.
    pub fn kept(&self, node: &XPathNode) -> Carried {
        let ours = self.value(node)?;
        Ok(if ours.kind == NameKind::Bool && node.is_worked_out() { settled(ours, false) } else { ours })
    }

    fn answer_itself(&self) -> Carried {
        let kind = self.answer.ok_or("`.` stands where there is no answer to speak of")?;
        let known = KnownName { name: ".".into(), kind: kind.clone(), calculated: false, settled: false };
        Ok(Ours { name: Some(known), ..Ours::made(".".into(), Precedence::Primary, kind.clone(), false) })
    }

    fn name(&self, name: &str) -> Carried {
        let known = self
            .names
            .get(name)
            .ok_or_else(|| format!("`{}` is not the name of anything in the form", shortened(name)))?;
        if known.kind == NameKind::Nothing {
            return Ok(Ours::constant(Constant::Text(String::new())));
        }
        let ours = Ours::made(known.name.clone(), Precedence::Primary, known.kind.clone(), !known.settled);
        Ok(Ours { name: Some(known.clone()), ..ours })
    }

    fn bare(&self, word: &str) -> Carried {
        if let Some(columns) = self.columns {
            let cell = columns
                .get(word)
                .ok_or_else(|| format!("the choices have no column `{}`", shortened(word)))?;
            return Ok(Ours::constant(Constant::Text(cell.clone())));
        }
        match word.to_ascii_lowercase().as_str() {
            "true" | "yes" => Ok(Ours::truth(true)),
            "false" | "no" => Ok(Ours::truth(false)),
            _ => Err(format!("`{}` is a bare word; names stand in `${{…}}`", shortened(word))),
        }
    }

    fn arithmetic(&self, operator: Operator, left: &XPathNode, right: &XPathNode) -> Carried {
        let (left, right) = (self.value(left)?, self.value(right)?);
        let misses = left.misses || right.misses;
        let dated = |ours: &Ours| ours.kind == NameKind::Date;
        let (symbol, level) = match operator {
            Operator::Plus => ("+", Precedence::Sum),
            Operator::Minus => ("-", Precedence::Sum),
            Operator::Times => ("*", Precedence::Product),
            Operator::Over => ("/", Precedence::Product),
            _ => {
                let (left, right) = (numeric(left)?, numeric(right)?);
                let text = format!("mod({}, {})", left.text, right.text);
                return Ok(Ours::call(text, NameKind::Number, true).computed());
            }
        };
        if level == Precedence::Sum && (dated(&left) || dated(&right)) {
            let kind = match (dated(&left), dated(&right), operator) {
                (true, true, Operator::Minus) => NameKind::Number,
                (true, true, _) | (false, true, Operator::Minus) => {
                    return Err("it computes with days in a way that has no meaning here".into());
                }
                _ => NameKind::Date,
            };
            let part = |ours: Ours| if dated(&ours) { Ok(ours) } else { numeric(ours) };
            let (left, right) = (part(left)?, part(right)?);
            let text =
                format!("{} {symbol} {}", left.within(Precedence::Sum), right.within(Precedence::Product));
            return Ok(Ours::made(text, level, kind, misses));
        }
        let (left, right) = (numeric(left)?, numeric(right)?);
        if let (Some(one), Some(other)) = (
            left.constant.as_ref().and_then(Constant::number),
            right.constant.as_ref().and_then(Constant::number),
        ) {
            let result = match operator {
                Operator::Plus => one + other,
                Operator::Minus => one - other,
                Operator::Times => one * other,
                _ => one / other,
            };
            if result.is_finite() {
                return Ok(Ours::constant(Constant::Number(result)));
            }
        }
        let divisor = right.constant.as_ref().and_then(Constant::number);
        if operator == Operator::Over && divisor.is_none_or(|divisor| divisor == 0.0) {
            self.doubts.borrow_mut().insert(Ambiguity::Divides);
        }
        let tighter = if level == Precedence::Sum { Precedence::Product } else { Precedence::Unary };
        let text = format!("{} {symbol} {}", left.within(level), right.within(tighter));
        Ok(Ours::made(text, level, NameKind::Number, misses || operator == Operator::Over).computed())
    }
}

/// Two conditions of ours joined by `or` (`decisive` true) or by `and`.
fn both(left: Ours, right: Ours, decisive: bool) -> Ours {
    for (one, other) in [(&left, &right), (&right, &left)] {
        if let Some(constant) = &one.constant {
            return if constant.truth() == decisive { Ours::truth(decisive) } else { other.clone() };
        }
    }
    let (word, level) = if decisive { ("or", Precedence::Or) } else { ("and", Precedence::And) };
    let text = format!("{} {word} {}", left.within(level), right.within(level));
    Ours::made(text, level, NameKind::Bool, left.misses || right.misses)
}

/// One of two conditions, as a third one decides.
fn branched(condition: Ours, yes: Ours, no: Ours) -> Ours {
    let known = |ours: &Ours| ours.constant.as_ref().map(Constant::truth);
    match (known(&condition), known(&yes), known(&no)) {
        (Some(true), ..) => yes,
        (Some(false), ..) => no,
        (None, Some(true), _) => both(condition, no, true),
        (None, _, Some(false)) => both(condition, yes, false),
        (None, Some(false), _) => both(negated(settled(condition, false)), no, false),
        (None, _, Some(true)) => both(negated(settled(condition, false)), yes, true),
        _ => {
            let text = format!("if({}, {}, {})", condition.text, yes.text, no.text);
            Ours::call(text, NameKind::Bool, yes.misses || no.misses)
        }
    }
}

/// A negated condition; it always has a value.
fn negated(inner: Ours) -> Ours {
    if let Some(constant) = &inner.constant {
        return Ours::truth(!constant.truth());
    }
    match inner.text.strip_prefix("not ") {
        Some(rest) if inner.level == Precedence::Not => {
            Ours::made(rest.to_owned(), Precedence::Not, NameKind::Bool, false)
        }
        _ => Ours::made(
            format!("not {}", inner.within(Precedence::Not)),
            Precedence::Not,
            NameKind::Bool,
            false,
        ),
    }
}

/// A condition that has a value even where an answer is missing.
fn settled(ours: Ours, otherwise: bool) -> Ours {
    if !ours.misses {
        return ours;
    }
    Ours::call(format!("coalesce({}, {otherwise})", ours.text), NameKind::Bool, false)
}

/// Whether a value is non-empty, like XPath's `boolean`.
fn holds(ours: Ours) -> Carried {
    if let Some(constant) = &ours.constant {
        return Ok(Ours::truth(constant.truth()));
    }
    match ours.kind {
        NameKind::Bool => Ok(ours),
        NameKind::Number => {
            let text = format!("{} != 0", ours.within(Precedence::Sum));
            Ok(Ours::made(text, Precedence::Comparison, NameKind::Bool, ours.misses))
        }
        _ => Ok(compare::is_something(&ours, true)),
    }
}

/// A value as a number, like XPath's `number`.
fn numeric(ours: Ours) -> Carried {
    if let Some(constant) = &ours.constant {
        return match constant.number() {
            Some(number) => Ok(Ours::constant(Constant::Number(number))),
            None => Err(format!("it computes with `{}`, which is no number", shortened(&constant.text()))),
        };
    }
    match &ours.kind {
        NameKind::Number => Ok(ours),
        NameKind::Text | NameKind::One(_) => {
            Ok(Ours::call(format!("number({})", ours.text), NameKind::Number, true))
        }
        NameKind::Bool => Ok(Ours::call(format!("if({}, 1, 0)", ours.text), NameKind::Number, false)),
        NameKind::Truth => Err("it computes with a truth that is written as a text".into()),
        NameKind::Points(points)
            if points.iter().all(|(name, point)| point.is_some() && name.parse().ok() == *point) =>
        {
            Ok(Ours { kind: NameKind::Number, ..ours })
        }
        NameKind::Points(_) => Err("it computes with options that are recorded as points".into()),
        NameKind::Date => Err("it computes with a day as if it was a number".into()),
        NameKind::Many(_) => Err("it computes with several options at once".into()),
        NameKind::Nothing => Err("it computes with something that has no value".into()),
    }
}
