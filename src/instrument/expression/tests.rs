//! Whole expressions: what they are worth, what is said about wrong ones, and that no text whatever does harm.

use super::*;

mod anything;
mod faults;
mod values;

fn options(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// An instrument's worth of names, one of every type at least.
struct Known;

impl Names for Known {
    fn type_of(&self, name: &str) -> Option<Type> {
        Some(match name {
            "." | "nps" | "visits" | "matrix.own" | "matrix.other" | "scale.trust" => Type::Number,
            "consent" | "detractor" | "other.uncertain" => Type::Bool,
            "remark" | "organisation" => Type::Text,
            "visit" | "renewal" => Type::Date,
            "reason" => Type::Option(options(&["price", "service", "speed"])),
            "second_reason" => Type::Option(options(&["price", "service", "nothing"])),
            "own.dominant" | "other.dominant" => Type::Option(options(&["CS", "AR", "EM", "MP"])),
            "worries" => Type::Options(options(&["price", "delay", "people"])),
            "images" => Type::Words,
            _ => return None,
        })
    }

    fn all(&self) -> Vec<String> {
        options(&[
            ".",
            "nps",
            "visits",
            "matrix.own",
            "matrix.other",
            "scale.trust",
            "consent",
            "detractor",
            "other.uncertain",
            "remark",
            "organisation",
            "visit",
            "renewal",
            "reason",
            "second_reason",
            "own.dominant",
            "other.dominant",
            "worries",
            "images",
        ])
    }
}

/// The same, outside a constraint.
struct NoAnswer;

impl Names for NoAnswer {
    fn type_of(&self, name: &str) -> Option<Type> {
        (name != ".").then(|| Known.type_of(name)).flatten()
    }

    fn all(&self) -> Vec<String> {
        Known.all()
    }
}

#[test]
fn the_result_has_a_type() {
    let kind = |text: &str| Expression::parse(text, &Known).map(|(_, kind)| kind);
    assert_eq!(kind("nps <= 6"), Ok(Type::Bool));
    assert_eq!(kind("count(worries)"), Ok(Type::Number));
    assert_eq!(kind("-nps * 2 + 1"), Ok(Type::Number));
    assert_eq!(kind("remark"), Ok(Type::Text));
    assert_eq!(kind("(visit)"), Ok(Type::Date));
    assert_eq!(kind("images"), Ok(Type::Words));
    assert_eq!(kind("reason"), Ok(Type::Option(options(&["price", "service", "speed"]))));
}

#[test]
fn it_names_what_it_mentions_once_and_keeps_its_text() {
    let text = " . > nps and (nps + matrix.own) in [1, visits]\n or is_answered(remark) \
                or selected(worries, 'price') or not detractor or -count(images) < 0";
    let (expression, _) = Expression::parse(text, &Known).unwrap();
    let names: Vec<&str> = expression.references().into_iter().collect();
    let expected = [".", "detractor", "images", "matrix.own", "nps", "remark", "visits", "worries"];
    assert_eq!(names, expected);
    assert_eq!(expression.source(), text);
}

#[test]
fn comparisons_say_whether_low_or_high_values_are_spoken_of() {
    let of = |text: &str| Expression::parse(text, &Known).unwrap().0.speaks_of_low("nps");
    for low in ["nps < 4 and visits > 2", "4 >= nps", "not (nps > 4)"] {
        assert_eq!(of(low), Some(true), "{low}");
    }
    for high in ["nps >= 5 or consent", "not coalesce(nps < 4, 1 = 2)"] {
        assert_eq!(of(high), Some(false), "{high}");
    }
    // That not all are high says of none that it is low.
    for neither in ["not (nps >= 5 and visits >= 5)", "nps > 2 and nps < 8", "nps = 3", "visits < 4"] {
        assert_eq!(of(neither), None, "{neither}");
    }
}

#[test]
fn what_it_prints_reads_back() {
    let (expression, _) = Expression::parse("not nps==-1 or remark = \"it's\" and consent", &Known).unwrap();
    let shown = expression.to_string();
    assert_eq!(shown, "(not (nps = (-1))) or ((remark = \"it's\") and consent)");
    let (again, _) = Expression::parse(&shown, &Known).unwrap();
    assert_eq!(again.root, expression.root);
}
