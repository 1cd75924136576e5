//! Comparisons and membership, and what people write when they chain them.

use super::Parser;
use crate::instrument::expression::fault::{ExpressionFault, is_short};
use crate::instrument::expression::lexer::Token;
use crate::instrument::expression::syntax::{Node, NodeKind};
use crate::instrument::expression::tree::Comparison;

impl<'a> Parser<'a> {
    fn comparison_ahead(&self) -> Option<Comparison> {
        Some(match self.peek() {
            Token::Equal => Comparison::Equal,
            Token::NotEqual => Comparison::NotEqual,
            Token::Less => Comparison::Less,
            Token::LessOrEqual => Comparison::LessOrEqual,
            Token::Greater => Comparison::Greater,
            Token::GreaterOrEqual => Comparison::GreaterOrEqual,
            _ => return None,
        })
    }

    pub(super) fn comparison(&mut self) -> Node<'a> {
        let left = self.sum();
        let node = self.compared(left);
        if self.comparison_follows() { self.chained(node) } else { node }
    }

    fn comparison_follows(&self) -> bool {
        self.comparison_ahead().is_some()
            || self.peek() == Token::In
            || self.peek() == Token::Not && self.peek_second() == Token::In
    }

    /// `left` with one comparison behind it, or `left` itself if none follows.
    fn compared(&mut self, left: Node<'a>) -> Node<'a> {
        let start = left.span.start;
        let kind = if let Some(comparison) = self.comparison_ahead() {
            self.bump();
            let right = self.operand();
            NodeKind::Compare(comparison, Box::new(left), Box::new(right))
        } else if self.comparison_follows() {
            let at = self.span().start;
            let negated = self.take(Token::Not);
            self.bump();
            if negated {
                let span = at..self.end_of_previous();
                let fault = ExpressionFault::new("expr.not-in", span, "`not` stands before a condition.");
                self.report(fault.help("write `not (x in [...])`"));
            }
            NodeKind::Within(Box::new(left), self.list())
        } else {
            return left;
        };
        Node { span: start..self.end_of_previous(), kind }
    }

    /// The right side of a comparison, where a `not` needs parentheses.
    fn operand(&mut self) -> Node<'a> {
        if self.peek() != Token::Not {
            return self.sum();
        }
        let span = self.span();
        let node = self.deeper(Self::negation);
        let fault =
            ExpressionFault::new("expr.bare-not", span, "`not` needs parentheses behind a comparison.");
        self.report(fault.help("write `(not ...)`"));
        node
    }

    /// More comparisons behind a complete one: a fault, with what was probably meant.
    fn chained(&mut self, first: Node<'a>) -> Node<'a> {
        let (start, place) = (first.span.start, self.span());
        let begin = self.at;
        let middle = match &first.kind {
            NodeKind::Compare(_, _, right) => Some(right.span.clone()),
            _ => None,
        };
        // In `a > > b` nothing is chained: a value is missing, and that was said.
        let missing = matches!(&first.kind, NodeKind::Compare(_, _, right) if right.is_broken());
        let mut parts = vec![first];
        let mut second = None;
        while self.comparison_follows() {
            if self.comparison_ahead().is_some() {
                self.bump();
                parts.push(self.operand());
                second.get_or_insert(self.end_of_previous());
            } else {
                self.take(Token::Not);
                self.bump();
                parts.extend(self.list());
            }
        }
        let simple = !matches!(self.lexemes.get(begin).map(|l| l.token), Some(Token::In | Token::Not) | None)
            && !matches!(parts.get(1).map(|part| &part.kind), Some(NodeKind::Not(_)));
        let help = match (middle, second) {
            (Some(middle), Some(end)) if simple && is_short(self.text, &(start..end)) => {
                let left = self.shown(&(start..middle.end));
                let right = self.shown(&(middle.start..end));
                format!("write `{left} and {right}`")
            }
            _ => "join two comparisons with `and`".to_owned(),
        };
        if !missing {
            let message = "Comparisons can't be chained.";
            self.report(ExpressionFault::new("expr.chained-comparison", place, message).help(help));
        }
        Node { span: start..self.end_of_previous(), kind: NodeKind::Broken(parts) }
    }

    /// What stands behind `in`.
    fn list(&mut self) -> Vec<Node<'a>> {
        let opening = self.span();
        let closer = match self.peek() {
            Token::ListOpen => Token::ListClose,
            Token::Open => Token::Close,
            _ => {
                let fault = ExpressionFault::new(
                    "expr.list",
                    self.previous().map_or(opening, |l| l.span.clone()),
                    "`in` needs a list in square brackets.",
                );
                self.report(fault.help("write `x in ['a', 'b']`"));
                let item = self.operand();
                return vec![item];
            }
        };
        self.bump();
        if closer == Token::Close {
            let message = "A list stands in square brackets.";
            let fault = ExpressionFault::new("expr.list", opening.clone(), message);
            self.report(fault.help("write `x in ['a', 'b']`"));
        }
        let items = self.items(closer, &opening);
        if items.is_empty() {
            let span = opening.start..self.end_of_previous();
            let fault = ExpressionFault::new("expr.list", span, "This list is empty, so nothing is in it.");
            self.report(fault.help("write `x in ['a', 'b']`"));
        }
        items
    }
}
