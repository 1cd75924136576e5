//! Calls: functions that take names and options here, those that take expressions in `functions`.

use super::super::fault::{ExpressionFault, nearest, quoted};
use super::super::functions::{FUNCTIONS, Signature, signature};
use super::super::syntax::{Node, NodeKind};
use super::super::tree::Expr;
use super::super::{Span, Type};
use super::{Checker, in_words};

pub(super) fn is_function(name: &str) -> bool {
    // Names take precedence: a form may well have a `number` or an `int`.
    matches!(name, "count" | "selected" | "is_answered" | "today")
}

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        function: &str,
        place: &Span,
        arguments: &[Node<'_>],
        span: &Span,
    ) -> Option<(Expr, Type)> {
        let Some(Signature { least, most, usage, function: applied, .. }) = signature(function) else {
            self.unknown_function(function, place);
            return self.each_alone(arguments);
        };
        if !(*least..=*most).contains(&arguments.len()) {
            let needed = match (least, most) {
                (0, _) => "no argument",
                (1, 1) => "one argument",
                (2, 2) => "two arguments",
                (1, 2) => "one or two arguments",
                (2, 3) => "two or three arguments",
                (1, _) => "one argument or more",
                _ => "two arguments or more",
            };
            let message = format!("`{function}` takes {needed}, not {}.", arguments.len());
            let fault = ExpressionFault::new("expr.arity", span.clone(), message);
            self.faults.push(fault.help(format!("write `{usage}`")));
            return self.each_alone(arguments);
        }
        match (function, arguments) {
            ("count", [set]) => self.count(set),
            ("selected", [set, option]) => self.selected(set, option),
            ("is_answered", [name]) => self.is_answered(name),
            ("today", []) => Some((Expr::Today, Type::Date)),
            ("choice_name", [name]) => self.choice_name(name),
            ("regex", [text, pattern]) => self.regex(text, pattern),
            _ => self.apply((*applied)?, arguments),
        }
    }

    /// Checks the arguments of an unknown function.
    fn each_alone(&mut self, arguments: &[Node<'_>]) -> Option<(Expr, Type)> {
        for argument in arguments {
            self.check(argument);
        }
        None
    }

    fn unknown_function(&mut self, function: &str, place: &Span) {
        let message = format!("There is no function `{}`.", self.shown(place));
        let fault = ExpressionFault::new("expr.unknown-function", place.clone(), message);
        let lower = function.to_lowercase();
        let part = |known: &&Signature| {
            lower.len() > 3
                && known.name.len() > 3
                && (lower.contains(known.name) || known.name.contains(lower.as_str()))
        };
        let near = nearest(function, FUNCTIONS.iter().map(|known| known.name));
        let usage = near.and_then(signature).or_else(|| FUNCTIONS.iter().find(part)).map(|found| found.usage);
        let help = match usage {
            Some(usage) => format!("did you mean `{usage}`?"),
            None => {
                let all: Vec<String> = FUNCTIONS.iter().map(|known| format!("`{}`", known.name)).collect();
                format!("the functions are {}", all.join(", "))
            }
        };
        self.faults.push(fault.help(help));
    }

    pub(super) fn argument_fault(&mut self, node: &Node<'_>, message: String, help: String) {
        let fault = ExpressionFault::new("expr.argument", node.span.clone(), message);
        self.faults.push(fault.help(help));
    }

    fn count(&mut self, set: &Node<'_>) -> Option<(Expr, Type)> {
        match self.check(set)? {
            (Expr::Name(name), Type::Options(_) | Type::Words) => Some((Expr::Count(name), Type::Number)),
            (_, kind) => {
                let (shown, words) = (self.shown(&set.span), in_words(&kind));
                let message = format!("`count` needs several things, and `{shown}` is {words}.");
                let help = "only items that take several options or words can be counted";
                self.argument_fault(set, message, help.to_owned());
                None
            }
        }
    }

    fn selected(&mut self, set: &Node<'_>, option: &Node<'_>) -> Option<(Expr, Type)> {
        let checked = self.check(set);
        let NodeKind::Text(text) = option.kind else {
            let beside = match &checked {
                // An option without quotes is told apart from a misspelt name by the options themselves.
                Some((_, Type::Options(options))) => Some(Type::Option(options.clone())),
                _ => None,
            };
            if self.check_beside(option, beside.as_ref()).is_some() {
                let shown = self.shown(&option.span);
                let message = format!("`selected` needs an option in quotes, not `{shown}`.");
                let help = match &beside {
                    Some(Type::Option(options)) if !options.is_empty() => {
                        format!("the options are {}", quoted(options))
                    }
                    _ => "write `selected(x, 'option')`".to_owned(),
                };
                self.argument_fault(option, message, help);
            }
            return None;
        };
        match checked? {
            (Expr::Name(name), Type::Options(options)) => {
                if let Some(fault) = self.option_fault(&options, set, text, &option.span) {
                    self.faults.push(fault);
                    return None;
                }
                Some((Expr::Selected(name, text.to_owned()), Type::Bool))
            }
            (_, kind) => {
                let (shown, words) = (self.shown(&set.span), in_words(&kind));
                let message = format!("`selected` needs a set of options; `{shown}` is {words}.");
                let help = match kind {
                    Type::Option(_) => {
                        format!("write `{shown} = {}`", self.shown(&option.span))
                    }
                    _ => "only items that take several options can be asked this".to_owned(),
                };
                self.argument_fault(set, message, help);
                None
            }
        }
    }

    fn is_answered(&mut self, name: &Node<'_>) -> Option<(Expr, Type)> {
        match self.check(name)? {
            (Expr::Name(name), _) => Some((Expr::IsAnswered(name), Type::Bool)),
            _ => {
                let shown = self.shown(&name.span);
                let message = format!("`is_answered` needs a name, not `{shown}`.");
                self.argument_fault(name, message, "write `is_answered(x)`".to_owned());
                None
            }
        }
    }
}
