//! What may be compared with what.

use super::super::fault::{ExpressionFault, nearest, quoted};
use super::super::syntax::{Node, NodeKind};
use super::super::tree::Comparison;
use super::super::{Span, Type};
use super::{Checker, in_words};

/// One side of a comparison.
type Side<'a> = (&'a Node<'a>, &'a Type);

impl Checker<'_> {
    /// Checks that two sides may be compared; `None` if not, after saying why.
    pub(super) fn pair(&mut self, comparison: Comparison, left: Side<'_>, right: Side<'_>) -> Option<()> {
        let fault = match (left.1, right.1) {
            (Type::Options(_) | Type::Words, _) => Some(self.set_fault(left.0, left.1)),
            (_, Type::Options(_) | Type::Words) => Some(self.set_fault(right.0, right.1)),
            (Type::Number, Type::Number) | (Type::Date, Type::Date) => None,
            (Type::Date, Type::Text) => self.date(left, right),
            (Type::Text, Type::Date) => self.date(right, left),
            (Type::Bool, Type::Bool) | (Type::Text, Type::Text) => self.order(comparison, left),
            (Type::Option(options), Type::Text) => {
                self.order(comparison, left).or_else(|| self.option(options, left.0, right.0))
            }
            (Type::Text, Type::Option(options)) => {
                self.order(comparison, right).or_else(|| self.option(options, right.0, left.0))
            }
            (Type::Option(ours), Type::Option(theirs)) => {
                self.order(comparison, left).or_else(|| self.shared(ours, theirs, left.0, right.0))
            }
            _ => Some(self.mismatch(left, right)),
        };
        let fine = fault.is_none();
        self.faults.extend(fault);
        fine.then_some(())
    }

    /// A set where a single value is needed.
    pub(super) fn set_fault(&self, node: &Node<'_>, kind: &Type) -> ExpressionFault {
        let shown = self.shown(&node.span);
        let message = format!("`{shown}` is {} and can't be compared.", in_words(kind));
        let help = match kind {
            Type::Options(options) if !options.is_empty() => {
                format!("write `selected({shown}, 'x')` with one of {}, or `count({shown})`", quoted(options))
            }
            _ => format!("write `count({shown})` for how many there are"),
        };
        ExpressionFault::new("expr.set", node.span.clone(), message).help(help)
    }

    /// `<` and its like, on something that has no order.
    fn order(&self, comparison: Comparison, side: Side<'_>) -> Option<ExpressionFault> {
        if !comparison.orders() {
            return None;
        }
        let (node, kind) = side;
        let (symbol, shown) = (comparison.symbol(), self.shown(&node.span));
        let words = in_words(kind);
        let message = format!("`{symbol}` needs numbers or dates, and `{shown}` is {words}.");
        let fault = ExpressionFault::new("expr.no-order", node.span.clone(), message);
        Some(fault.help("use `=`, `!=` or `in [...]`"))
    }

    /// A date beside a text, which must be a date written out.
    fn date(&self, date: Side<'_>, other: Side<'_>) -> Option<ExpressionFault> {
        let NodeKind::Text(text) = other.0.kind else {
            return Some(self.mismatch(date, other));
        };
        if is_date(text) {
            return None;
        }
        let message = format!("`{}` is no date.", self.shown(&other.0.span));
        let fault = ExpressionFault::new("expr.date", other.0.span.clone(), message);
        Some(fault.help("write an existing day as `'2026-01-31'`"))
    }

    /// An option beside a text; a text that is written out must be one of the options.
    fn option(&self, options: &[String], owner: &Node<'_>, other: &Node<'_>) -> Option<ExpressionFault> {
        match other.kind {
            NodeKind::Text(text) => self.option_fault(options, owner, text, &other.span),
            _ => None,
        }
    }

    /// A fault if `text` is none of the options.
    pub(super) fn option_fault(
        &self,
        options: &[String],
        owner: &Node<'_>,
        text: &str,
        span: &Span,
    ) -> Option<ExpressionFault> {
        if options.iter().any(|option| option == text) {
            return None;
        }
        let (owner, shown) = (self.shown(&owner.span), self.shown(span));
        let message = format!("`{owner}` has no option {shown}.");
        let fault = ExpressionFault::new("expr.unknown-option", span.clone(), message);
        Some(match nearest(text, options.iter().map(String::as_str)) {
            Some(near) => fault.help(format!("did you mean `'{near}'`?")),
            None if options.is_empty() => fault.help("it has no options at all"),
            None => fault.help(format!("its options are {}", quoted(options))),
        })
    }

    fn shared(
        &self,
        ours: &[String],
        theirs: &[String],
        left: &Node<'_>,
        right: &Node<'_>,
    ) -> Option<ExpressionFault> {
        if ours.iter().any(|option| theirs.contains(option)) {
            return None;
        }
        let span = left.span.start..right.span.end;
        let (left, right) = (self.shown(&left.span), self.shown(&right.span));
        let message = format!("`{left}` and `{right}` have no option in common.");
        let fault = ExpressionFault::new("expr.unknown-option", span, message);
        let (ours, theirs) = (quoted(ours), quoted(theirs));
        Some(fault.help(format!("`{left}` has {ours}; `{right}` has {theirs}")))
    }

    fn mismatch(&self, left: Side<'_>, right: Side<'_>) -> ExpressionFault {
        let span = left.0.span.start.min(right.0.span.start)..left.0.span.end.max(right.0.span.end);
        // Told in the order of the text, whatever the order in which the sides came.
        let (left, right) =
            if left.0.span.start <= right.0.span.start { (left, right) } else { (right, left) };
        let (first, second) = (self.shown(&left.0.span), self.shown(&right.0.span));
        let message = format!(
            "`{first}` is {} and `{second}` is {}; they can't be compared.",
            in_words(left.1),
            in_words(right.1),
        );
        let fault = ExpressionFault::new("expr.type-mismatch", span, message);
        let help = hint(left, right, &first).or_else(|| hint(right, left, &second));
        fault.help(help.unwrap_or_else(|| "compare numbers with numbers and texts with texts".to_owned()))
    }
}

/// What to write instead of comparing `side` (shown as `shown`) with `other`.
fn hint(side: Side<'_>, other: Side<'_>, shown: &str) -> Option<String> {
    match (side.1, other.1, &other.0.kind) {
        (Type::Number, Type::Text, NodeKind::Text(text)) => {
            let number = text.trim().parse::<f64>().ok();
            number
                .filter(|number| number.is_finite())
                .map(|number| format!("write the number without quotes: `{number}`"))
        }
        (Type::Bool, ..) if matches!(side.0.kind, NodeKind::Name(_)) => {
            Some(format!("write `{shown}` or `not {shown}`"))
        }
        (Type::Date, ..) => Some("write dates in quotes, as in `'2026-01-31'`".to_owned()),
        (Type::Option(options), ..) if !options.is_empty() => {
            Some(format!("`{shown}` is one of {}", quoted(options)))
        }
        _ => None,
    }
}

/// Whether a text is an existing day of the Gregorian calendar, written `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(position, byte)| match position {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    let (true, Some(year), Some(month), Some(day)) = (shaped, part(0..4), part(5..7), part(8..10)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}
