//! Sums, differences, products and quotients; and days: the difference of two days is a number of days, and a day with a
//! number of days added or taken away is a day.

use super::super::syntax::Node;
use super::super::tree::{Arithmetic, Expr};
use super::{Checker, Type};

impl Checker<'_> {
    pub(super) fn arithmetic(
        &mut self,
        first: &Node<'_>,
        rest: &[(Arithmetic, Node<'_>)],
    ) -> Option<(Expr, Type)> {
        let start = self.check(first);
        let parts: Vec<_> = rest.iter().map(|(_, part)| self.check(part)).collect();
        let dated = |part: &Option<(Expr, Type)>| matches!(part, Some((_, Type::Date)));
        let sums =
            rest.iter().all(|(operation, _)| matches!(operation, Arithmetic::Plus | Arithmetic::Minus));
        if sums && (dated(&start) || parts.iter().any(dated)) {
            return self.days((first, start), rest, parts);
        }
        let symbol = rest.first().map_or("+", |(operation, _)| operation.symbol());
        let first = self.as_number(first, start, symbol);
        let numbers: Vec<_> = rest
            .iter()
            .zip(parts)
            .map(|((operation, node), part)| {
                Some((*operation, self.as_number(node, part, operation.symbol())?))
            })
            .collect();
        let numbers = numbers.into_iter().collect::<Option<Vec<_>>>()?;
        Some((Expr::Arithmetic(Box::new(first?), numbers), Type::Number))
    }

    fn as_number(&mut self, node: &Node<'_>, part: Option<(Expr, Type)>, symbol: &str) -> Option<Expr> {
        let (expr, kind) = part?;
        if kind == Type::Number {
            return Some(expr);
        }
        self.no_number(node, &kind, symbol);
        None
    }

    fn days(
        &mut self,
        (first, start): (&Node<'_>, Option<(Expr, Type)>),
        rest: &[(Arithmetic, Node<'_>)],
        parts: Vec<Option<(Expr, Type)>>,
    ) -> Option<(Expr, Type)> {
        let counted = |(expr, kind): (Expr, Type)| match kind {
            Type::Date => Expr::DayNumber(Box::new(expr)),
            _ => expr,
        };
        let mut left = start?;
        for ((operation, node), part) in rest.iter().zip(parts) {
            let part = part?;
            let minus = *operation == Arithmetic::Minus;
            let kind = match (&left.1, &part.1) {
                (Type::Number, Type::Number) => Type::Number,
                (Type::Date, Type::Date) if minus => Type::Number,
                (Type::Date, Type::Number) => Type::Date,
                (Type::Number, Type::Date) if !minus => Type::Date,
                (Type::Number | Type::Date, other) => {
                    let other = other.clone();
                    self.no_number(node, &other, operation.symbol());
                    return None;
                }
                (other, _) => {
                    let other = other.clone();
                    self.no_number(first, &other, operation.symbol());
                    return None;
                }
            };
            let sum = Expr::Arithmetic(Box::new(counted(left)), vec![(*operation, counted(part))]);
            let sum = if kind == Type::Date { Expr::Day(Box::new(sum)) } else { sum };
            left = (sum, kind);
        }
        Some(left)
    }
}
