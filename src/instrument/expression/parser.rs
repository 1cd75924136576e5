//! From tokens to a tree, by recursive descent. After a fault it goes on wherever the meaning is still plain, so that
//! one reading reports all faults; what it could not read becomes a broken node that the checker passes over in silence.
//! It knows nothing of names and types.

use super::Span;
use super::fault::{ExpressionFault, excerpt};
use super::lexer::{Lexed, Lexeme, Token, lex};
use super::syntax::{Node, NodeKind};
use super::tree::Arithmetic;

mod comparison;
mod primary;

/// The deepest nesting of parentheses, `not` and signs: far more than anyone can read, and little enough for a thread's stack,
/// in the parser and in everything that walks the tree.
const DEEPEST: usize = 64;

/// Reads one expression. The tree is complete if there are no faults.
pub(super) fn parse(text: &str) -> (Node<'_>, Vec<ExpressionFault>) {
    let Lexed { lexemes, faults, swallowed } = lex(text);
    let mut parser = Parser {
        text,
        lexemes,
        at: 0,
        depth: 0,
        faults,
        misplaced: swallowed,
        unclosed: swallowed,
        gave_up: false,
    };
    let node = parser.top();
    (node, parser.faults)
}

struct Parser<'a> {
    text: &'a str,
    /// Ends with [`Token::End`].
    lexemes: Vec<Lexeme<'a>>,
    at: usize,
    depth: usize,
    faults: Vec<ExpressionFault>,
    /// A misplaced token was reported, or would mean nothing. One report is enough: in prose every word would be one.
    misplaced: bool,
    /// A missing bracket was reported, or means nothing.
    unclosed: bool,
    /// Nesting went too deep; nothing more is read or reported.
    gave_up: bool,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Token<'a> {
        self.lexemes.get(self.at).map_or(Token::End, |l| l.token)
    }

    fn peek_second(&self) -> Token<'a> {
        let next = self.lexemes.get(self.at + 1);
        next.map_or(Token::End, |l| l.token)
    }

    fn span(&self) -> Span {
        let end = self.text.len();
        self.lexemes.get(self.at).map_or(end..end, |l| l.span.clone())
    }

    fn previous(&self) -> Option<&Lexeme<'a>> {
        self.lexemes.get(self.at.checked_sub(1)?)
    }

    /// Where the last token that was taken ends.
    fn end_of_previous(&self) -> usize {
        self.previous().map_or(0, |l| l.span.end)
    }

    fn bump(&mut self) -> Span {
        let span = self.span();
        if self.at + 1 < self.lexemes.len() {
            self.at += 1;
        }
        span
    }

    fn take(&mut self, token: Token<'_>) -> bool {
        let found = self.peek() == token;
        if found {
            self.bump();
        }
        found
    }

    fn shown(&self, span: &Span) -> String {
        excerpt(self.text, span)
    }

    fn report(&mut self, fault: ExpressionFault) {
        if !self.gave_up {
            self.faults.push(fault);
        }
    }

    /// Everything up to the end of the text.
    fn top(&mut self) -> Node<'a> {
        if self.peek() == Token::End {
            let fault =
                ExpressionFault::new("expr.empty", 0..self.text.len(), "There is no expression here.");
            self.report(fault.help("write a condition such as `nps <= 6`, or leave the key out"));
            return Node::broken(0..self.text.len());
        }
        let first = self.several();
        if self.peek() == Token::End {
            return first;
        }
        let mut parts = vec![first];
        while self.peek() != Token::End {
            self.report_stray();
            self.bump();
            if self.peek() != Token::End {
                parts.push(self.several());
            }
        }
        Node { span: 0..self.text.len(), kind: NodeKind::Broken(parts) }
    }

    /// One expression, and any that follow it without an operator between them, which is a fault.
    fn several(&mut self) -> Node<'a> {
        let first = self.any();
        if !self.starts_value() {
            return first;
        }
        let start = first.span.start;
        let mut parts = vec![first];
        while self.starts_value() {
            // `Broken` is consumed here, so that every round of this loop makes progress.
            if self.peek() == Token::Broken {
                self.bump();
                continue;
            }
            let after_broken = self.previous().is_some_and(|l| l.token == Token::Broken);
            if !self.misplaced && !after_broken {
                self.misplaced = true;
                let span = self.span();
                let message = format!("An operator is missing before `{}`.", self.shown(&span));
                let fault = ExpressionFault::new("expr.misplaced", span, message);
                let help = "join two conditions with `and` or `or`; write texts in single quotes";
                self.report(fault.help(help));
            }
            parts.push(self.any());
        }
        Node { span: start..self.end_of_previous(), kind: NodeKind::Broken(parts) }
    }

    fn starts_value(&self) -> bool {
        matches!(
            self.peek(),
            Token::Number(_)
                | Token::Text(_)
                | Token::Bool(_)
                | Token::Name(_)
                | Token::Not
                | Token::Open
                | Token::ListOpen
                | Token::Broken
        )
    }

    /// Parts joined by one keyword; a single part stands for itself.
    fn chain(
        &mut self,
        joint: Token<'_>,
        part: fn(&mut Self) -> Node<'a>,
        join: fn(Vec<Node<'a>>) -> NodeKind<'a>,
    ) -> Node<'a> {
        let first = part(self);
        if self.peek() != joint {
            return first;
        }
        let start = first.span.start;
        let mut parts = vec![first];
        while self.take(joint) {
            parts.push(part(self));
        }
        Node { span: start..self.end_of_previous(), kind: join(parts) }
    }

    fn any(&mut self) -> Node<'a> {
        self.chain(Token::Or, Self::all, NodeKind::Any)
    }

    fn all(&mut self) -> Node<'a> {
        self.chain(Token::And, Self::negation, NodeKind::All)
    }

    fn negation(&mut self) -> Node<'a> {
        if self.peek() != Token::Not {
            return self.comparison();
        }
        let start = self.bump().start;
        let inner = self.deeper(Self::negation);
        Node { span: start..self.end_of_previous(), kind: NodeKind::Not(Box::new(inner)) }
    }

    /// Runs `part` one level further in.
    fn deeper(&mut self, part: fn(&mut Self) -> Node<'a>) -> Node<'a> {
        if self.depth >= DEEPEST {
            let span = self.span();
            let message = format!("This is nested more than {DEEPEST} levels deep.");
            let fault = ExpressionFault::new("expr.too-deep", span.clone(), message);
            self.report(fault.help("split it into calculations and use their names"));
            self.gave_up = true;
            self.at = self.lexemes.len().saturating_sub(1);
            return Node::broken(span);
        }
        self.depth += 1;
        let node = part(self);
        self.depth -= 1;
        node
    }

    /// Expressions with commas between them up to `closer`.
    fn items(&mut self, closer: Token<'_>, opening: &Span) -> Vec<Node<'a>> {
        let mut items = Vec::new();
        if self.peek() != closer {
            items.push(self.deeper(Self::several));
            while self.take(Token::Comma) {
                items.push(self.deeper(Self::several));
            }
        }
        self.close(closer, opening);
        items
    }

    fn close(&mut self, closer: Token<'_>, opening: &Span) {
        if self.take(closer) || self.unclosed {
            return;
        }
        self.unclosed = true;
        let (symbol, what) = if closer == Token::ListClose { ("]", "list") } else { (")", "parenthesis") };
        let message = format!("This {what} is never closed.");
        let fault = ExpressionFault::new("expr.unclosed", opening.clone(), message);
        self.report(fault.help(format!("add the missing `{symbol}`")));
    }

    /// Operands joined by operators of one rank, from left to right.
    fn arithmetic(
        &mut self,
        operator: fn(&mut Self) -> Option<Arithmetic>,
        part: fn(&mut Self) -> Node<'a>,
    ) -> Node<'a> {
        let first = part(self);
        let start = first.span.start;
        let mut rest = Vec::new();
        while let Some(operation) = operator(self) {
            self.bump();
            rest.push((operation, part(self)));
        }
        if rest.is_empty() {
            return first;
        }
        Node { span: start..self.end_of_previous(), kind: NodeKind::Arithmetic(Box::new(first), rest) }
    }

    fn sum(&mut self) -> Node<'a> {
        let operator = |parser: &mut Self| match parser.peek() {
            Token::Plus => Some(Arithmetic::Plus),
            Token::Minus => Some(Arithmetic::Minus),
            _ => None,
        };
        self.arithmetic(operator, Self::product)
    }

    fn product(&mut self) -> Node<'a> {
        let operator = |parser: &mut Self| match parser.peek() {
            Token::Times => Some(Arithmetic::Times),
            Token::Over => Some(Arithmetic::Over),
            // XPath's word, which XLSForm inherits; a name can't stand here.
            Token::Name("div") => {
                let message = "`div` is written `/` here.";
                let fault = ExpressionFault::new("expr.foreign-operator", parser.span(), message);
                parser.report(fault.help("write `/`"));
                Some(Arithmetic::Over)
            }
            _ => None,
        };
        self.arithmetic(operator, Self::unary)
    }

    fn unary(&mut self) -> Node<'a> {
        if self.peek() != Token::Minus {
            return self.primary();
        }
        let start = self.bump().start;
        let inner = self.deeper(Self::unary);
        Node { span: start..self.end_of_previous(), kind: NodeKind::Negate(Box::new(inner)) }
    }
}
