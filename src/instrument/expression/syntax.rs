//! The tree that the parser builds: grammatical, with places, and not yet checked. Chains of one operator are one
//! node, so that the depth of a tree is bounded by the nesting that its author wrote and not by its length.

use super::Span;
use super::tree::{Arithmetic, Comparison};

/// A part of an expression and its place.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub span: Span,
    pub kind: NodeKind<'a>,
}

/// What a part is.
#[derive(Debug)]
pub(super) enum NodeKind<'a> {
    /// Something that has its fault already; its parts are still checked, each for itself.
    Broken(Vec<Node<'a>>),
    Number(f64),
    Text(&'a str),
    Bool(bool),
    Name(&'a str),
    Not(Box<Node<'a>>),
    Negate(Box<Node<'a>>),
    /// Joined by `and`.
    All(Vec<Node<'a>>),
    /// Joined by `or`.
    Any(Vec<Node<'a>>),
    /// Either sums and differences or products and quotients, from left to right.
    Arithmetic(Box<Node<'a>>, Vec<(Arithmetic, Node<'a>)>),
    Compare(Comparison, Box<Node<'a>>, Box<Node<'a>>),
    Within(Box<Node<'a>>, Vec<Node<'a>>),
    /// A function's name, its place, and what stands between the parentheses.
    Call(&'a str, Span, Vec<Node<'a>>),
}

impl Node<'_> {
    pub(super) fn broken(span: Span) -> Self {
        Self { span, kind: NodeKind::Broken(Vec::new()) }
    }

    pub(super) fn is_broken(&self) -> bool {
        matches!(self.kind, NodeKind::Broken(_))
    }
}
