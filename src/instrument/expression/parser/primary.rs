//! Single values, calls and parentheses, and what is said where a value is missing or a bracket belongs to nothing.

use super::Parser;
use crate::instrument::expression::fault::ExpressionFault;
use crate::instrument::expression::lexer::Token;
use crate::instrument::expression::syntax::{Node, NodeKind};

impl<'a> Parser<'a> {
    pub(super) fn primary(&mut self) -> Node<'a> {
        let kind = match self.peek() {
            Token::Number(number) => NodeKind::Number(number),
            Token::Text(text) => NodeKind::Text(text),
            Token::Bool(truth) => return self.truth(truth),
            Token::Name(name) if name != "." && self.peek_second() == Token::Open => {
                return self.call(name);
            }
            Token::Name(name) => NodeKind::Name(name),
            Token::Open => return self.parentheses(),
            Token::ListOpen => return self.stray_list(),
            Token::Broken => NodeKind::Broken(Vec::new()),
            _ => return self.missing(),
        };
        let span = self.bump();
        Node { span, kind }
    }

    /// `true`, and `true()` as XPath writes it.
    fn truth(&mut self, truth: bool) -> Node<'a> {
        let mut span = self.bump();
        let after = self.lexemes.get(self.at + 1).map(|l| l.token);
        if self.peek() == Token::Open && after == Some(Token::Close) {
            self.bump();
            span.end = self.bump().end;
            let message = format!("`{truth}` is a value here, not a function.");
            let fault = ExpressionFault::new("expr.foreign-function", span.clone(), message);
            self.report(fault.help(format!("write `{truth}`")));
        }
        let kind = NodeKind::Bool(truth);
        Node { span, kind }
    }

    fn call(&mut self, name: &'a str) -> Node<'a> {
        let name_span = self.bump();
        let opening = self.bump();
        let arguments = self.items(Token::Close, &opening);
        Node {
            span: name_span.start..self.end_of_previous(),
            kind: NodeKind::Call(name, name_span, arguments),
        }
    }

    fn parentheses(&mut self) -> Node<'a> {
        let opening = self.bump();
        let mut node = self.deeper(Self::several);
        self.close(Token::Close, &opening);
        // The parentheses of an operation belong to its place, so that a help that repeats the text stays right.
        if !matches!(node.kind, NodeKind::Name(_) | NodeKind::Number(_) | NodeKind::Text(_)) {
            node.span = opening.start..self.end_of_previous();
        }
        node
    }

    fn stray_list(&mut self) -> Node<'a> {
        let opening = self.bump();
        let items = self.items(Token::ListClose, &opening);
        let message = "A list stands only behind `in`.";
        let fault = ExpressionFault::new("expr.list", opening.clone(), message);
        self.report(fault.help("write `x in ['a', 'b']`"));
        Node { span: opening.start..self.end_of_previous(), kind: NodeKind::Broken(items) }
    }

    /// There is an operator, a closing bracket or the end where a value should be. Nothing is taken.
    fn missing(&mut self) -> Node<'a> {
        let here = self.span();
        let (span, message) = match (self.peek(), self.previous()) {
            (Token::End, Some(before)) => {
                let span = before.span.clone();
                let message = format!("A value is missing after `{}`.", self.shown(&span));
                self.unclosed = true;
                (span, message)
            }
            _ => {
                let message = format!("A value is missing before `{}`.", self.shown(&here));
                (here.clone(), message)
            }
        };
        let fault = ExpressionFault::new("expr.missing-value", span, message);
        self.report(fault.help("a value is a name, a number, a text in quotes, `true` or `false`"));
        Node::broken(here)
    }

    /// A bracket or comma that belongs to nothing.
    pub(super) fn report_stray(&mut self) {
        let span = self.span();
        let before = self.previous().map(|l| (l.token, l.span.clone()));
        let fault = match (self.peek(), before, self.peek_second()) {
            (Token::Broken, ..) => return,
            (Token::Comma, Some((Token::Number(_), first)), Token::Number(_)) => {
                let second = self.lexemes.get(self.at + 1);
                let end = second.map_or(span.end, |l| l.span.end);
                let (whole, fraction) = (self.shown(&first), self.shown(&(span.end..end)));
                ExpressionFault::new(
                    "expr.decimal-comma",
                    first.start..end,
                    "A decimal is written with a point.",
                )
                .help(format!("write `{whole}.{}`", fraction.trim()))
            }
            (Token::Close | Token::ListClose, ..) => {
                let shown = self.shown(&span);
                ExpressionFault::new("expr.unopened", span, format!("This `{shown}` closes nothing."))
                    .help("take it out, or open it earlier")
            }
            _ => {
                let shown = self.shown(&span);
                ExpressionFault::new("expr.misplaced", span, format!("`{shown}` has no place here."))
                    .help("commas stand in lists and between the arguments of a function only")
            }
        };
        if !self.misplaced {
            self.misplaced = true;
            self.report(fault);
        }
    }
}
