//! Functions of expressions: what each needs, and what it gives.

use super::super::Type;
use super::super::evaluate::in_figures;
use super::super::fault::ExpressionFault;
use super::super::functions::Function;
use super::super::pattern::Pattern;
use super::super::syntax::{Node, NodeKind};
use super::super::tree::Expr;
use super::{Checker, in_words};

/// Something to write with: anything but words, which have no order to be read in.
fn is_readable(kind: &Type) -> bool {
    !matches!(kind, Type::Words)
}

fn is_text(kind: &Type) -> bool {
    matches!(kind, Type::Text | Type::Option(_) | Type::Number | Type::Date)
}

impl Checker<'_> {
    pub(super) fn apply(&mut self, function: Function, arguments: &[Node<'_>]) -> Option<(Expr, Type)> {
        use Function::*;
        let checked: Vec<_> = arguments.iter().map(|argument| self.check(argument)).collect();
        let checked = checked.into_iter().collect::<Option<Vec<_>>>()?;
        let needed: fn(usize, &Type) -> Option<&'static str> = match function {
            If => |at, kind| (at == 0 && *kind != Type::Bool).then_some("a condition"),
            Coalesce => |_, _| None,
            Number => |_, kind| {
                let spells = matches!(kind, Type::Number | Type::Text | Type::Option(_) | Type::Bool);
                (!spells).then_some("a text or an option")
            },
            Round | Int | Abs | Min | Max | Power | Modulo => {
                |_, kind| (*kind != Type::Number).then_some("numbers")
            }
            Concat => |_, kind| (!is_readable(kind)).then_some("texts"),
            StringLength | NormalizeSpace | Contains | StartsWith | EndsWith => {
                |_, kind| (!is_text(kind)).then_some("a text")
            }
            Substr => |at, kind| match at {
                0 => (!is_text(kind)).then_some("a text"),
                _ => (*kind != Type::Number).then_some("a number for the place"),
            },
            FormatDate => |at, kind| match at {
                0 => (*kind != Type::Date).then_some("a date"),
                _ => None,
            },
        };
        for (at, (node, (_, kind))) in arguments.iter().zip(&checked).enumerate() {
            if let Some(needed) = needed(at, kind) {
                let (shown, words) = (self.shown(&node.span), in_words(kind));
                let message = format!("`{}` needs {needed}, and `{shown}` is {words}.", function.name());
                self.argument_fault(node, message, "see what it takes in the manual of the format".into());
                return None;
            }
        }
        if function == FormatDate {
            self.figures(arguments.get(1)?)?;
        }
        let (exprs, kinds): (Vec<Expr>, Vec<Type>) = checked.into_iter().unzip();
        let kind = match function {
            If => self.common(arguments, kinds.get(1..)?, 1)?,
            Coalesce => self.common(arguments, &kinds, 0)?,
            Number | Round | Int | Abs | Min | Max | Power | Modulo | StringLength => Type::Number,
            NormalizeSpace | Concat | Substr | FormatDate => Type::Text,
            Contains | StartsWith | EndsWith => Type::Bool,
        };
        Some((Expr::Apply(function, exprs), kind))
    }

    /// The one type that several values have, of which any may come out.
    fn common(&mut self, arguments: &[Node<'_>], kinds: &[Type], from: usize) -> Option<Type> {
        let mut common = kinds.first()?.clone();
        for (at, kind) in kinds.iter().enumerate().skip(1) {
            let Some(joined) = joined(&common, kind) else {
                let (first, node) = (arguments.get(from)?, arguments.get(from + at)?);
                let message = format!(
                    "`{}` is {} and `{}` is {}; one of the two could come out.",
                    self.shown(&first.span),
                    in_words(&common),
                    self.shown(&node.span),
                    in_words(kind)
                );
                let help = "give both the same type; `number(x)` and `concat(x)` turn one into the other";
                self.argument_fault(node, message, help.to_owned());
                return None;
            };
            common = joined;
        }
        Some(common)
    }

    fn figures(&mut self, pattern: &Node<'_>) -> Option<()> {
        let readable = match pattern.kind {
            NodeKind::Text(text) => in_figures(jiff::civil::date(2026, 1, 31), text).is_some(),
            _ => false,
        };
        if !readable {
            let message = "`format_date` writes a day by a pattern in quotes.".to_owned();
            self.argument_fault(pattern, message, "it knows `%Y %y %m %n %d %e`, as in `'%Y-%m'`".into());
        }
        readable.then_some(())
    }

    pub(super) fn choice_name(&mut self, name: &Node<'_>) -> Option<(Expr, Type)> {
        match self.check(name)? {
            (Expr::Name(known), Type::Option(_) | Type::Options(_)) if known != "." => {
                Some((Expr::ChoiceName(known), Type::Text))
            }
            (_, kind) => {
                let (shown, words) = (self.shown(&name.span), in_words(&kind));
                let message = format!("`choice_name` needs the name of a choice, and `{shown}` is {words}.");
                self.argument_fault(name, message, "write `choice_name(x)`".to_owned());
                None
            }
        }
    }

    pub(super) fn regex(&mut self, text: &Node<'_>, pattern: &Node<'_>) -> Option<(Expr, Type)> {
        let checked = self.check(text);
        let NodeKind::Text(source) = pattern.kind else {
            let message = "`regex` needs a pattern in quotes.".to_owned();
            self.argument_fault(pattern, message, "write `regex(x, '[a-z]+')`".to_owned());
            return None;
        };
        let read = match Pattern::read(source) {
            Ok(pattern) => Some(pattern),
            Err(why) => {
                let message = format!("This pattern cannot be read: {why}.");
                self.faults.push(ExpressionFault::new("expr.pattern", pattern.span.clone(), message));
                None
            }
        };
        let (expr, kind) = checked?;
        if !is_text(&kind) {
            let (shown, words) = (self.shown(&text.span), in_words(&kind));
            let message = format!("`regex` needs a text, and `{shown}` is {words}.");
            self.argument_fault(text, message, "only texts, options and numbers have a pattern".to_owned());
            return None;
        }
        Some((Expr::Regex(Box::new(expr), read?), Type::Bool))
    }
}

/// The type of what may be either of two.
fn joined(one: &Type, other: &Type) -> Option<Type> {
    match (one, other) {
        _ if one == other => Some(one.clone()),
        (Type::Option(ours), Type::Option(theirs)) => {
            let more = theirs.iter().filter(|name| !ours.contains(name));
            Some(Type::Option(ours.iter().chain(more).cloned().collect()))
        }
        (Type::Option(_) | Type::Date, Type::Text) | (Type::Text, Type::Option(_) | Type::Date) => {
            Some(Type::Text)
        }
        _ => None,
    }
}
