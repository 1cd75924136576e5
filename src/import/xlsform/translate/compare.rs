//! Comparisons. XPath compares texts as texts and, where one side is a number, numbers; options are texts there, so that
//! `${x} > 2` asks for the options whose names are greater than two.

use std::collections::BTreeSet;

use super::super::names::{KnownName, NameKind};
use super::super::xpath::{Operator, XPathNode};
use super::{
    Ambiguity, Among, Carried, Constant, Ours, Precedence, holds, negated, numeric, quoted, settled,
};

pub(super) fn compares(operator: Operator) -> bool {
    use Operator::*;
    matches!(operator, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual)
}

fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::NotEqual => "!=",
        Operator::Less => "<",
        Operator::LessOrEqual => "<=",
        Operator::Greater => ">",
        Operator::GreaterOrEqual => ">=",
        _ => "=",
    }
}

fn turned(operator: Operator) -> Operator {
    match operator {
        Operator::Less => Operator::Greater,
        Operator::LessOrEqual => Operator::GreaterOrEqual,
        Operator::Greater => Operator::Less,
        Operator::GreaterOrEqual => Operator::LessOrEqual,
        other => other,
    }
}

/// Whether one condition is false exactly where the other one is true, and both are missing together.
pub(super) fn are_opposite(one: &XPathNode, other: &XPathNode) -> bool {
    use Operator::*;
    let (other, answered) = guarded(other);
    match (one, other) {
        (XPathNode::Binary(Or, a, b), XPathNode::Binary(And, c, d))
        | (XPathNode::Binary(And, a, b), XPathNode::Binary(Or, c, d)) => {
            answered.is_empty() && are_opposite(a, c) && are_opposite(b, d)
        }
        (XPathNode::Binary(operator, a, b), XPathNode::Binary(against, c, d)) => {
            let turned = match operator {
                Less => GreaterOrEqual,
                LessOrEqual => Greater,
                Greater => LessOrEqual,
                GreaterOrEqual => Less,
                Equal => NotEqual,
                _ => return false,
            };
            // In XPath an empty text differs from any other.
            let settled = turned != NotEqual || one.names().is_subset(&answered);
            turned == *against && a == c && b == d && settled
        }
        _ => false,
    }
}

/// A condition without those beside it that ask whether something was answered; and what they ask about.
fn guarded(node: &XPathNode) -> (&XPathNode, BTreeSet<&str>) {
    fn asked(node: &XPathNode) -> Option<BTreeSet<&str>> {
        match node {
            XPathNode::Binary(Operator::And, left, right) => {
                let (left, right) = (asked(left)?, asked(right)?);
                Some(left.into_iter().chain(right).collect())
            }
            XPathNode::Binary(Operator::NotEqual, name, text) => match (&**name, &**text) {
                (XPathNode::Name(name), XPathNode::Text(text)) if text.is_empty() => {
                    Some(BTreeSet::from([name.as_str()]))
                }
                _ => None,
            },
            _ => None,
        }
    }
    match node {
        XPathNode::Binary(Operator::And, left, right) => match asked(left) {
            Some(names) => (right, names),
            None => (node, BTreeSet::new()),
        },
        _ => (node, BTreeSet::new()),
    }
}

/// The error for a comparison with an option that is recorded as no answer.
pub(super) fn no_point(option: &str) -> String {
    format!("it asks for the choice `{}`, which is no point of its scale", super::shortened(option))
}

fn of_numbers(operator: Operator, left: f64, right: f64) -> bool {
    match operator {
        Operator::NotEqual => left != right,
        Operator::Less => left < right,
        Operator::LessOrEqual => left <= right,
        Operator::Greater => left > right,
        Operator::GreaterOrEqual => left >= right,
        _ => left == right,
    }
}

/// XPath's comparison of two known values. A text that is not a number is neither greater nor less than anything.
fn of_constants(operator: Operator, left: &Constant, right: &Constant) -> bool {
    let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
    match (left, right) {
        (Constant::Text(left), Constant::Text(right)) if equality => {
            (left == right) == (operator == Operator::Equal)
        }
        (Constant::Bool(_), _) | (_, Constant::Bool(_)) if equality => {
            (left.truth() == right.truth()) == (operator == Operator::Equal)
        }
        _ => match (left.number(), right.number()) {
            (Some(left), Some(right)) => of_numbers(operator, left, right),
            _ => operator == Operator::NotEqual,
        },
    }
}

/// Whether something was answered (or not, where `wanted` is false).
pub(super) fn is_something(ours: &Ours, wanted: bool) -> Ours {
    let plain = match &ours.name {
        // A constraint on `.` is only read where there is an answer.
        Some(known) if known.name == "." => return Ours::truth(wanted),
        // The text of a truth is never empty.
        _ if matches!(ours.kind, NameKind::Bool | NameKind::Truth) && !ours.misses => {
            return Ours::truth(wanted);
        }
        Some(known) if !known.calculated || !matches!(known.kind, NameKind::Text) => Some(known),
        _ if matches!(ours.kind, NameKind::Text) => None,
        _ => {
            let text = format!("concat({})", ours.text);
            let symbol = if wanted { "!=" } else { "=" };
            return Ours::made(format!("{text} {symbol} ''"), Precedence::Comparison, NameKind::Bool, false);
        }
    };
    match plain {
        Some(known) => {
            let answered = Ours::call(format!("is_answered({})", known.name), NameKind::Bool, false);
            if wanted { answered } else { negated(answered) }
        }
        None => {
            let text = if ours.misses {
                format!("coalesce({}, '')", ours.text)
            } else {
                ours.within(Precedence::Sum)
            };
            let symbol = if wanted { "!=" } else { "=" };
            Ours::made(format!("{text} {symbol} ''"), Precedence::Comparison, NameKind::Bool, false)
        }
    }
}

/// A comparison that has the value that XPath gives it where an answer is missing.
fn finished(ours: Ours, operator: Operator, exact: bool) -> Ours {
    if operator == Operator::NotEqual {
        settled(ours, true)
    } else if exact {
        settled(ours, false)
    } else {
        ours
    }
}

impl Among<'_> {
    pub(super) fn compare(
        &self,
        operator: Operator,
        left: &XPathNode,
        right: &XPathNode,
        exact: bool,
    ) -> Carried {
        let (left, right) = (self.value(left)?, self.value(right)?);
        let (operator, ours, constant) = match (&left.constant, &right.constant) {
            (Some(left), Some(right)) => return Ok(Ours::truth(of_constants(operator, left, right))),
            (Some(constant), None) => (turned(operator), &right, constant),
            (None, Some(constant)) => (operator, &left, constant),
            (None, None) => return of_two(operator, left, right, exact),
        };
        self.doubted(ours, constant);
        with_constant(operator, ours, constant, exact)
    }

    /// Notes a calculated truth beside a value for which the text `true` and a truth are not the same.
    fn doubted(&self, ours: &Ours, constant: &Constant) {
        let (Some(known), NameKind::Bool) = (&ours.name, &ours.kind) else { return };
        let (value, is_text) = match constant {
            Constant::Bool(_) => return,
            Constant::Text(text) if text == "true" => return,
            Constant::Text(text) => (quoted(&super::shortened(text)), true),
            Constant::Number(number) => (number.to_string(), false),
        };
        let doubt = Ambiguity::TruthBeside { name: known.name.clone(), value, is_text };
        self.doubts.borrow_mut().insert(doubt);
    }
}

fn with_constant(operator: Operator, ours: &Ours, constant: &Constant, exact: bool) -> Carried {
    let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
    // A truth makes one of what stands beside it; one that has a name may be compared as a text.
    let one_is_a_truth = match ours.kind {
        NameKind::Bool => ours.name.is_none() || !matches!(constant, Constant::Text(_)),
        _ => matches!(constant, Constant::Bool(_)),
    };
    if equality && one_is_a_truth {
        return as_truths(operator, ours, constant, exact);
    }
    if equality && matches!(constant, Constant::Text(text) if text.is_empty()) {
        if ours.computed {
            return Ok(Ours::truth(operator == Operator::NotEqual));
        }
        return Ok(is_something(ours, operator == Operator::NotEqual));
    }
    let compared = |left: &str, right: &str, misses: bool| {
        Ours::made(
            format!("{left} {} {right}", symbol(operator)),
            Precedence::Comparison,
            NameKind::Bool,
            misses,
        )
    };
    let as_numbers = |ours: Ours| -> Carried {
        let Some(number) = constant.number() else {
            return Ok(Ours::truth(operator == Operator::NotEqual));
        };
        let left = numeric(ours)?;
        let made = compared(&left.within(Precedence::Sum), &number.to_string(), left.misses);
        Ok(finished(made, operator, exact))
    };
    match &ours.kind {
        NameKind::Bool if equality => of_truth(operator, ours, constant, exact),
        NameKind::Bool => as_numbers(ours.clone()),
        NameKind::Number if equality && constant.text() == "NaN" => {
            Err("it asks whether something is no number by `NaN`".into())
        }
        NameKind::Number => as_numbers(ours.clone()),
        NameKind::Truth => of_truth(operator, ours, constant, exact),
        NameKind::Date => match constant {
            Constant::Text(text) if is_day(text) => Ok(finished(
                compared(&ours.within(Precedence::Sum), &quoted(text), ours.misses),
                operator,
                exact,
            )),
            _ => Err(format!("it compares a day with `{}`", super::shortened(&constant.text()))),
        },
        NameKind::Text => match constant {
            Constant::Text(text) if equality => Ok(finished(
                compared(&ours.within(Precedence::Sum), &quoted(text), ours.misses),
                operator,
                exact,
            )),
            _ => as_numbers(ours.clone()),
        },
        NameKind::One(options) => {
            let holds = |(name, _): &&(String, String)| {
                of_constants(operator, &Constant::Text(name.clone()), constant)
            };
            let (kept, left_out): (Vec<_>, Vec<_>) = options.iter().partition(holds);
            Ok(among(ours, (&kept, &left_out), |(_, ours)| quoted(ours), operator, exact))
        }
        NameKind::Points(points) => {
            let holds = |name: &str| of_constants(operator, &Constant::Text(name.to_owned()), constant);
            // Here it is no answer, which the others may stand apart from; what holds for it cannot be told.
            let unlike = operator == Operator::NotEqual;
            let told = |(name, point): &&(String, Option<i64>)| point.is_none() && holds(name) != unlike;
            if let Some((name, _)) = points.iter().find(told) {
                return Err(no_point(name));
            }
            let points: Vec<(&str, i64)> =
                points.iter().filter_map(|(name, point)| Some((name.as_str(), (*point)?))).collect();
            let (kept, left_out): (Vec<_>, Vec<_>) = points.iter().partition(|(name, _)| holds(name));
            Ok(among(ours, (&kept, &left_out), |(_, point)| point.to_string(), operator, exact))
        }
        // Several options are one text there, with spaces between them: only one of them alone can be it.
        NameKind::Many(options) if equality => {
            let same = |(name, _): &&(String, String)| {
                of_constants(Operator::Equal, &Constant::Text(name.clone()), constant)
            };
            if constant.text().split_whitespace().count() > 1 {
                return Err("it compares several options at once".into());
            }
            let Some((_, option)) = options.iter().find(same) else {
                return Ok(Ours::truth(operator == Operator::NotEqual));
            };
            let text = format!("selected({0}, {1}) and count({0}) = 1", ours.text, quoted(option));
            let alone = Ours::made(text, Precedence::And, NameKind::Bool, ours.misses);
            if operator == Operator::Equal {
                return Ok(if exact { settled(alone, false) } else { alone });
            }
            Ok(negated(settled(alone, false)))
        }
        NameKind::Many(_) => Err("it compares several options at once".into()),
        NameKind::Nothing => Ok(Ours::truth(operator == Operator::NotEqual)),
    }
}

/// Two values as truths: a text and an option hold where there is one, a number where it is not nought.
fn as_truths(operator: Operator, ours: &Ours, constant: &Constant, exact: bool) -> Carried {
    let holds = holds(ours.clone())?;
    let wanted = constant.truth() == (operator == Operator::Equal);
    Ok(match wanted {
        true if !exact => holds,
        true => settled(holds, false),
        false => negated(settled(holds, false)),
    })
}

/// A truth that is written as a text, compared with one; an unanswered one is unlike both.
fn of_truth(operator: Operator, ours: &Ours, constant: &Constant, exact: bool) -> Carried {
    let equal = match operator {
        Operator::Equal => true,
        Operator::NotEqual => false,
        _ => return Err("it compares a truth as if it was a number".into()),
    };
    let truth = match constant.text().as_str() {
        "true" => true,
        "false" => false,
        _ => return Ok(Ours::truth(!equal)),
    };
    let plain = Ours { kind: NameKind::Bool, ..ours.clone() };
    let asked = match truth == equal {
        true => plain,
        false => Ours { misses: ours.misses, ..negated(plain) },
    };
    Ok(finished(asked, operator, exact))
}

/// Whether one of the options in `kept` was chosen, written as shortly as can be.
fn among<T>(
    ours: &Ours,
    (kept, left_out): (&[&T], &[&T]),
    written: impl Fn(&T) -> String,
    operator: Operator,
    exact: bool,
) -> Ours {
    let list = |options: &[&T]| options.iter().map(|option| written(option)).collect::<Vec<_>>().join(", ");
    let made = |text: String, misses: bool| Ours::made(text, Precedence::Comparison, NameKind::Bool, misses);
    let name = ours.within(Precedence::Sum);
    // Without an answer `!=` holds, and nothing else does.
    let unlike = operator == Operator::NotEqual;
    match (kept, left_out) {
        ([], _) => {
            if unlike && ours.misses {
                is_something(ours, false)
            } else {
                Ours::truth(false)
            }
        }
        (_, []) => {
            if unlike || !ours.misses {
                Ours::truth(true)
            } else {
                is_something(ours, true)
            }
        }
        ([only], _) if !unlike => {
            finished(made(format!("{name} = {}", written(only)), ours.misses), operator, exact)
        }
        (_, [only]) => finished(made(format!("{name} != {}", written(only)), ours.misses), operator, exact),
        _ => finished(made(format!("{name} in [{}]", list(kept)), ours.misses), operator, exact),
    }
}

fn of_two(operator: Operator, left: Ours, right: Ours, exact: bool) -> Carried {
    let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
    let shares = |ours: &[(String, String)], theirs: &[(String, String)]| {
        // Lists that were renamed apart would compare names that are not the same any more.
        let same =
            |(from, to): &(String, String)| theirs.iter().any(|(other, there)| other == from && there == to);
        ours.iter().any(same)
    };
    let is_truth = |ours: &Ours| ours.kind == NameKind::Bool;
    if equality && (is_truth(&left) || is_truth(&right)) {
        let named = |ours: &Ours| is_truth(ours) && ours.name.is_some();
        if is_truth(&left) != is_truth(&right) && (named(&left) || named(&right)) {
            return Err(
                "it compares a calculation that is true or false with something that is neither".into()
            );
        }
        let (left, right) = (settled(holds(left)?, false), settled(holds(right)?, false));
        let text = format!(
            "{} {} {}",
            left.within(Precedence::Sum),
            symbol(operator),
            right.within(Precedence::Sum)
        );
        return Ok(Ours::made(text, Precedence::Comparison, NameKind::Bool, false));
    }
    let (left, right) = match (&left.kind, &right.kind) {
        (NameKind::Date, NameKind::Date) => (left, right),
        (NameKind::Text, NameKind::Text) if equality => (left, right),
        (NameKind::One(ours), NameKind::One(theirs)) if equality => {
            if !shares(ours, theirs) {
                return Ok(Ours::truth(operator == Operator::NotEqual));
            }
            (left, right)
        }
        (NameKind::One(_), NameKind::Text) | (NameKind::Text, NameKind::One(_)) if equality => (left, right),
        (NameKind::Date, _) | (_, NameKind::Date) => {
            return Err("it compares a day with something that is none".into());
        }
        _ => (numeric(left)?, numeric(right)?),
    };
    let text =
        format!("{} {} {}", left.within(Precedence::Sum), symbol(operator), right.within(Precedence::Sum));
    let misses = left.misses || right.misses;
    let made = Ours::made(text, Precedence::Comparison, NameKind::Bool, misses);
    if !equality || !misses {
        return Ok(if exact { settled(made, false) } else { made });
    }
    // Two empty texts are the same, and one is not the same as anything else.
    let named = |ours: &Ours| match &ours.name {
        Some(KnownName { name, .. }) if name == "." => Some("true".to_owned()),
        Some(KnownName { name, .. }) => Some(format!("is_answered({name})")),
        None => None,
    };
    match (named(&left), named(&right)) {
        (Some(one), Some(other)) => {
            let text = format!("coalesce({}, {one} {} {other})", made.text, symbol(operator));
            Ok(Ours::call(text, NameKind::Bool, false))
        }
        _ => Ok(finished(made, operator, exact)),
    }
}

/// Whether a text is a day, `YYYY-MM-DD`.
pub(in crate::import) fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::super::{Ambiguity, Among};
    use super::are_opposite;
    use crate::import::xlsform::names::{FormNames, KnownName, NameKind};
    use crate::import::xlsform::xpath::parse;

    #[test]
    fn a_calculated_truth_is_noted_where_a_text_and_a_truth_part() {
        let known =
            |kind: NameKind, calculated| KnownName { name: "x".into(), kind, calculated, settled: false };
        let names = FormNames::from([
            ("k".to_owned(), known(NameKind::Bool, true)),
            ("n".to_owned(), known(NameKind::Number, false)),
        ]);
        let read = |text: &str| {
            let doubts = RefCell::default();
            let among =
                Among { names: &names, own: "", answer: None, rounds: false, columns: None, doubts: &doubts };
            let ours = among.condition(&parse(text).unwrap()).unwrap();
            (ours.text().to_owned(), doubts.into_inner().into_iter().collect::<Vec<_>>())
        };
        let beside = |value: &str, is_text| {
            vec![Ambiguity::TruthBeside { name: "x".into(), value: value.into(), is_text }]
        };
        assert_eq!(read("${k} = 'true'"), ("x".into(), Vec::new()));
        assert_eq!(read("${k} = true()"), ("x".into(), Vec::new()));
        assert_eq!(read("${k} = 'false'"), ("not x".into(), beside("'false'", true)));
        assert_eq!(read("0 = ${k}"), ("not coalesce(x, false)".into(), beside("0", false)));
        assert_eq!(read("${k} = 'x'"), ("false".into(), beside("'x'", true)));
        assert_eq!(read("${n} = true()"), ("x != 0".into(), Vec::new()));
        assert_eq!(read("${n} div 2 > 1").1, Vec::new());
        assert_eq!(read("2 div ${n} > 1").1, vec![Ambiguity::Divides]);
        assert_eq!(read("once(${n}) > 1").1, vec![Ambiguity::KeepsFirst]);
        assert_eq!(read("once(2) > 1").1, Vec::new());
    }

    #[test]
    fn opposites_leave_out_where_an_answer_is_missing() {
        for (one, other, opposite) in [
            ("${a} <= 6", "${a} > 6", true),
            ("${a} <= 6", "${a} >= 6", false),
            ("${a} = 'x'", "${a} != '' and ${a} != 'x'", true),
            ("${a} = 'x'", "${a} != 'x'", false),
            ("${a} = ${b}", "(${a} != '') and (${b} != '') and ${a} != ${b}", true),
            ("${a} = ${b}", "${a} != '' and ${a} != ${b}", false),
            ("${a} != 'x'", "${a} = 'x'", false),
            ("${a} > 1 and ${b} > 2", "(${a} <= 1) or (${b} <= 2)", true),
            ("${a} > 1 and ${b} > 2", "(${a} <= 1) and (${b} <= 2)", false),
        ] {
            assert_eq!(
                are_opposite(&parse(one).unwrap(), &parse(other).unwrap()),
                opposite,
                "{one}, {other}"
            );
        }
    }
}
