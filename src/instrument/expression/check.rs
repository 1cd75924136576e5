//! Types: every name exists, every option too, like is compared with like. It turns the parser's tree into a checked
//! one, or into faults; a part whose fault was reported is passed over, so that no fault is reported twice.

use super::fault::{ExpressionFault, excerpt, nearest, quoted};
use super::syntax::{Node, NodeKind};
use super::tree::{Comparison, Expr};
use super::{Names, Span, Type};

mod calls;
mod days;
mod functions;
mod pairs;

/// Checks a tree. `None` means that there are faults.
pub(super) fn check(
    text: &str,
    node: &Node<'_>,
    names: &dyn Names,
    faults: &mut Vec<ExpressionFault>,
) -> Option<(Expr, Type)> {
    let mut checker = Checker { text, names, all: None, faults };
    checker.check(node)
}

struct Checker<'a> {
    text: &'a str,
    names: &'a dyn Names,
    /// Every known name, once a fault needed them.
    all: Option<Vec<String>>,
    faults: &'a mut Vec<ExpressionFault>,
}

/// A type in words.
fn in_words(kind: &Type) -> &'static str {
    match kind {
        Type::Number => "a number",
        Type::Bool => "true or false",
        Type::Text => "a text",
        Type::Date => "a date",
        Type::Option(_) => "a choice of one option",
        Type::Options(_) => "a set of options",
        Type::Words => "a set of words",
    }
}

impl Checker<'_> {
    fn shown(&self, span: &Span) -> String {
        excerpt(self.text, span)
    }

    fn check(&mut self, node: &Node<'_>) -> Option<(Expr, Type)> {
        match &node.kind {
            NodeKind::Broken(parts) => {
                for part in parts {
                    self.check(part);
                }
                None
            }
            NodeKind::Number(number) => Some((Expr::Number(*number), Type::Number)),
            NodeKind::Text(text) => Some((Expr::Text((*text).to_owned()), Type::Text)),
            NodeKind::Bool(truth) => Some((Expr::Bool(*truth), Type::Bool)),
            NodeKind::Name(name) => {
                let kind = self.name(name, &node.span, None)?;
                Some((Expr::Name((*name).to_owned()), kind))
            }
            NodeKind::Not(inner) => {
                let inner = self.truth(inner, "not", None)?;
                Some((Expr::Not(Box::new(inner)), Type::Bool))
            }
            NodeKind::Negate(inner) => {
                let inner = self.number(inner, "-")?;
                Some((Expr::Negate(Box::new(inner)), Type::Number))
            }
            NodeKind::All(parts) => Some((Expr::All(self.truths(parts, "and")?), Type::Bool)),
            NodeKind::Any(parts) => Some((Expr::Any(self.truths(parts, "or")?), Type::Bool)),
            NodeKind::Arithmetic(first, rest) => self.arithmetic(first, rest),
            NodeKind::Compare(comparison, left, right) => self.compare(*comparison, left, right),
            NodeKind::Within(value, list) => self.within(value, list),
            NodeKind::Call(function, place, arguments) => self.call(function, place, arguments, &node.span),
        }
    }

    /// The type of a name. `beside` is what it is compared with, where that is known.
    fn name(&mut self, name: &str, span: &Span, beside: Option<&Type>) -> Option<Type> {
        let kind = self.names.type_of(name);
        if kind.is_none() {
            let fault = self.unknown_name(name, span, beside);
            self.faults.push(fault);
        }
        kind
    }

    fn unknown_name(&mut self, name: &str, span: &Span, beside: Option<&Type>) -> ExpressionFault {
        let code = "expr.unknown-name";
        if name == "." {
            let message = "`.` is the answer just given; there is none here.";
            return ExpressionFault::new(code, span.clone(), message)
                .help("use `.` in a `constraint` only, and names elsewhere");
        }
        let message = format!("Nothing here is named `{}`.", excerpt(name, &(0..name.len())));
        let fault = ExpressionFault::new(code, span.clone(), message);
        if let Some(Type::Option(options)) = beside
            && options.iter().any(|option| option == name)
        {
            return fault.help(format!("options stand in quotes: write `'{name}'`"));
        }
        if calls::is_function(name) {
            return fault.help(format!("`{name}` is a function: write `{name}(...)`"));
        }
        let names = self.names;
        let all = self.all.get_or_insert_with(|| {
            let mut all = names.all();
            all.retain(|known| known != ".");
            all.sort();
            all
        });
        let part =
            all.iter().find(|known| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
        if let Some(part) = part {
            return fault.help(format!("it has parts: name one of them, such as `{part}`"));
        }
        match nearest(name, all.iter().map(String::as_str)) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.help("texts and options stand in single quotes"),
        }
    }

    /// Checks parts that must all be true or false.
    fn truths(&mut self, parts: &[Node<'_>], joint: &str) -> Option<Vec<Expr>> {
        let mut before = None;
        let mut checked = Vec::new();
        for part in parts {
            checked.push(self.truth(part, joint, before));
            before = Some(part);
        }
        checked.into_iter().collect()
    }

    /// Checks a part of `and`, `or` or `not`; `before` is the part in front of it.
    fn truth(&mut self, node: &Node<'_>, joint: &str, before: Option<&Node<'_>>) -> Option<Expr> {
        let (checked, kind) = self.check(node)?;
        if kind == Type::Bool {
            return Some(checked);
        }
        let shown = self.shown(&node.span);
        let words = in_words(&kind);
        let message = format!("`{joint}` needs conditions, and `{shown}` is {words}.");
        let help = match (&node.kind, before.map(|before| &before.kind)) {
            (NodeKind::Text(_) | NodeKind::Number(_), Some(NodeKind::Compare(comparison, left, _))) => {
                let left = self.shown(&left.span);
                let symbol = comparison.symbol();
                format!("repeat the comparison: `{left} {symbol} {shown}`")
            }
            _ => condition_for(&kind, &shown),
        };
        let fault = ExpressionFault::new("expr.not-a-condition", node.span.clone(), message);
        self.faults.push(fault.help(help));
        None
    }

    fn number(&mut self, node: &Node<'_>, symbol: &str) -> Option<Expr> {
        let (checked, kind) = self.check(node)?;
        if kind == Type::Number {
            return Some(checked);
        }
        self.no_number(node, &kind, symbol);
        None
    }

    fn no_number(&mut self, node: &Node<'_>, kind: &Type, symbol: &str) {
        let shown = self.shown(&node.span);
        let words = in_words(kind);
        let message = format!("`{symbol}` needs numbers, and `{shown}` is {words}.");
        let help = match kind {
            Type::Options(_) | Type::Words => format!("count them: `count({shown})`"),
            _ => "only numbers can be computed with".to_owned(),
        };
        let fault = ExpressionFault::new("expr.not-a-number", node.span.clone(), message);
        self.faults.push(fault.help(help));
    }

    fn compare(&mut self, comparison: Comparison, left: &Node<'_>, right: &Node<'_>) -> Option<(Expr, Type)> {
        // An unknown name on the left is checked after the right side, because it may be an option without quotes.
        let left_unknown = matches!(left.kind, NodeKind::Name(name) if self.names.type_of(name).is_none());
        let (first, second) = if left_unknown {
            let second = self.check(right);
            let kind = second.as_ref().map(|(_, kind)| kind);
            (self.check_beside(left, kind), second)
        } else {
            let first = self.check(left);
            let kind = first.as_ref().map(|(_, kind)| kind);
            let second = self.check_beside(right, kind);
            (first, second)
        };
        let (first, first_kind) = first?;
        let (second, second_kind) = second?;
        self.pair(comparison, (left, &first_kind), (right, &second_kind))?;
        let expr = Expr::Compare(comparison, Box::new(first), Box::new(second));
        Some((expr, Type::Bool))
    }

    fn within(&mut self, value: &Node<'_>, list: &[Node<'_>]) -> Option<(Expr, Type)> {
        let checked = self.check(value);
        let kind = checked.as_ref().map(|(_, kind)| kind);
        let mut items = Vec::new();
        for item in list {
            let found = self.check_beside(item, kind);
            // A value that can't be compared at all is reported once and not for every item.
            let comparable = !matches!(kind, Some(Type::Options(_) | Type::Words));
            items.push(match (found, kind) {
                (Some((expr, item_kind)), Some(kind)) if comparable => {
                    self.pair(Comparison::Equal, (value, kind), (item, &item_kind)).map(|()| expr)
                }
                _ => None,
            });
        }
        let (checked, kind) = checked?;
        if matches!(kind, Type::Options(_) | Type::Words) {
            let fault = self.set_fault(value, &kind);
            self.faults.push(fault);
            return None;
        }
        let items = items.into_iter().collect::<Option<Vec<_>>>()?;
        Some((Expr::Within(Box::new(checked), items), Type::Bool))
    }

    /// Checks what is compared with something of type `beside`.
    fn check_beside(&mut self, node: &Node<'_>, beside: Option<&Type>) -> Option<(Expr, Type)> {
        if let NodeKind::Name(name) = &node.kind {
            let kind = self.name(name, &node.span, beside)?;
            return Some((Expr::Name((*name).to_owned()), kind));
        }
        self.check(node)
    }
}

/// Suggests the condition that was probably meant where the value is not true or false.
fn condition_for(kind: &Type, shown: &str) -> String {
    match kind {
        Type::Number => format!("compare it, as in `{shown} > 0`"),
        Type::Option(options) => match options.first() {
            Some(option) => format!("compare it, as in `{shown} = '{option}'`"),
            None => "compare it with an option".to_owned(),
        },
        Type::Options(options) if !options.is_empty() => {
            format!("ask for one of {}, as in `selected({shown}, 'x')`", quoted(options))
        }
        Type::Options(_) | Type::Words => format!("count them, as in `count({shown}) > 0`"),
        Type::Date => format!("compare it, as in `{shown} >= '2026-01-31'`"),
        Type::Text | Type::Bool => "compare it with `=` or `!=`".to_owned(),
    }
}
