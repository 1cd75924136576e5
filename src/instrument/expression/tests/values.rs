//! Values: arithmetic, comparison and three-valued logic.

use super::*;

/// Answers of one respondent; what is not named here has none.
struct Answers;

impl Lookup for Answers {
    fn value(&self, name: &str) -> Value {
        match name {
            "." => Value::Number(7.0),
            "nps" => Value::Number(6.0),
            "matrix.own" => Value::Number(0.1),
            // A lookup that breaks its promise.
            "scale.trust" => Value::Number(f64::NAN),
            "matrix.other" => Value::Text("many".to_owned()),
            "consent" => Value::Bool(true),
            "detractor" => Value::Bool(false),
            "organisation" => Value::Text("Café Ørsted".to_owned()),
            "visit" => Value::Text("2026-01-31".to_owned()),
            "reason" | "second_reason" => Value::Text("price".to_owned()),
            "own.dominant" => Value::Text("CS".to_owned()),
            "worries" => Value::Set(options(&["price", "people"])),
            "images" => Value::Set(Vec::new()),
            _ => Value::Missing,
        }
    }

    fn is_answered(&self, name: &str) -> bool {
        self.value(name) != Value::Missing
    }
}

fn value(text: &str) -> Value {
    match Expression::parse(text, &Known) {
        Ok((expression, _)) => expression.evaluate(&Answers),
        Err(faults) => panic!("{text}: {faults:?}"),
    }
}

fn all_are(expected: &Value, texts: &[&str]) {
    for text in texts {
        assert_eq!(&value(text), expected, "{text}");
    }
}

#[test]
fn conditions_that_hold() {
    all_are(
        &Value::Bool(true),
        &[
            "true",
            "nps <= 6",
            "nps == 6",
            "nps != 7 and nps < 7 and nps > 5 and nps >= 6",
            ". > nps",
            ". >nps and.>6",
            "not nps = 7",
            "not not consent",
            "true or false and false",
            "(true or false) and not false",
            "nps in [1, 2 * 3]",
            "not (nps in [-6, 7])",
            "reason = 'price'",
            "'price' = reason",
            "reason in ['speed', \"price\"]",
            "reason = second_reason",
            "reason != 'speed'",
            "own.dominant = 'CS'",
            "organisation = 'Café Ørsted'",
            "visit = '2026-01-31'",
            "visit >= '2025-12-31'",
            "'2024-02-29' < visit",
            "visit in ['2026-01-30', '2026-01-31']",
            "consent != detractor",
            "count(worries) = 2",
            "count(images) = 0",
            "selected(worries, 'price')",
            "not selected(worries, 'delay')",
            "is_answered(worries) and is_answered(.)",
            "not is_answered(renewal)",
        ],
    );
}

#[test]
fn numbers_follow_the_usual_ranks() {
    let number = |text: &str| match value(text) {
        Value::Number(number) => number,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(number("1 + 2 * 3 - 4 / 2"), 5.0);
    assert_eq!(number("10 - 4 - 3"), 3.0);
    assert_eq!(number("8 / 4 / 2"), 1.0);
    assert_eq!(number("(1 + 2) * -3"), -9.0);
    assert_eq!(number("2--2"), 4.0);
    assert_eq!(number("- -nps"), 6.0);
    assert_eq!(number("count(worries) / 4"), 0.5);
    assert!(number("0 * -1").is_sign_positive());
}

#[test]
fn decimals_compare_as_they_are_typed() {
    all_are(
        &Value::Bool(true),
        &[
            "0.1 + 0.2 = 0.3",
            "matrix.own + 0.2 <= 0.3",
            "0.1 + 0.2 - 0.3 = 0",
            "0.1 + 0.2 in [0.3]",
            "100.1 - 100 = 0.1",
            "1 / 3 * 3 = 1",
            "1000000000000.1 - 0.1 = 1000000000000",
            "0.0000001 > 0",
            "1.0000001 > 1",
        ],
    );
    all_are(
        &Value::Bool(false),
        &["0.1 + 0.2 > 0.3", "0.1 + 0.2 != 0.3", "0.3 < 0.1 + 0.2", "0.3 = 0.3000001"],
    );
}

#[test]
fn what_has_no_answer_has_no_value() {
    all_are(
        &Value::Missing,
        &[
            "visits",
            "visits > 0",
            "visits = visits",
            "visits + 1",
            "-visits",
            "0 * visits",
            "not (visits > 0)",
            "not other.uncertain",
            "remark = 'x'",
            "other.dominant = 'CS'",
            "renewal > visit",
            "nps in [1, visits]",
            "visits in [1]",
            "scale.trust",
            "matrix.other > 1",
        ],
    );
    all_are(&Value::Bool(true), &["nps in [visits, 6]"]);
}

#[test]
fn what_cannot_be_computed_is_missing() {
    let huge = format!("1{}", "0".repeat(300));
    all_are(
        &Value::Missing,
        &[
            "1 / 0",
            "0 / 0",
            "nps / (nps - 6) > 1",
            "1 / (1 / 0)",
            &format!("{huge} * {huge}"),
            &format!("1 / ({huge} * {huge})"),
            &format!("-{huge} * {huge} + {huge} * {huge}"),
        ],
    );
}

#[test]
fn logic_is_kleenes() {
    const OPEN: &str = "other.uncertain";
    let truth = |value: Option<bool>| value.map_or(Value::Missing, Value::Bool);
    let spelled = |value: Option<bool>| match value {
        Some(true) => "consent",
        Some(false) => "detractor",
        None => OPEN,
    };
    let all = [Some(true), Some(false), None];
    for left in all {
        for right in all {
            let and = match (left, right) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
            let or = match (left, right) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
            let (left, right) = (spelled(left), spelled(right));
            assert_eq!(value(&format!("{left} and {right}")), truth(and), "{left} and {right}");
            assert_eq!(value(&format!("{left} or {right}")), truth(or), "{left} or {right}");
        }
        let not = left.map(|left| !left);
        assert_eq!(value(&format!("not {}", spelled(left))), truth(not));
    }
}

#[test]
fn functions_of_texts_numbers_and_days() {
    all_are(
        &Value::Bool(true),
        &[
            "if(nps > 5, 1, 2) = 1",
            "if(visits > 5, 1, 2) = 2",
            "coalesce(visits, nps) = 6",
            "coalesce(visits > 3, true)",
            "number(concat('1', '2')) = 12",
            "round(2.5) = 3 and round(-2.5) = -3 and round(1.25, 1) = 1.3 and int(-2.7) = -2",
            "abs(-3) = 3 and min(3, 1, 2) = 1 and max(3, 1, 2) = 3 and pow(2, 10) = 1024 and mod(7, 4) = 3",
            "string_length(organisation) = 11",
            "string_length(normalize_space('  a   b ')) = 3 and normalize_space(concat(remark, '  ')) = ''",
            "concat(organisation, ' ', nps, remark) = 'Café Ørsted 6'",
            "contains(organisation, 'Ørs') and starts_with(organisation, 'Café') and ends_with(organisation, 'sted')",
            "substr(organisation, 0, 4) = 'Café' and substr(organisation, 5) = 'Ørsted' and substr(organisation, 9, 2) = ''",
            "regex(organisation, 'Caf. .*') and not regex(organisation, 'Caf')",
            "regex(nps, '[0-9]')",
            "visit + 1 > visit and visit + 28 = '2026-02-28' and visit - 31 = '2025-12-31'",
            "visit + 1 - visit = 1",
            "format_date(visit, '%d.%n.%y %%') = '31.1.26 %'",
        ],
    );
    all_are(
        &Value::Missing,
        &[
            "string_length(remark)",
            "normalize_space(remark)",
            "regex(remark, 'a*')",
            "if(visits > 5, 1)",
            "number(organisation)",
            "mod(1, 0)",
            "pow(10, 400)",
            "renewal - visit",
            "visit + 10000000",
            "choice_name(reason)",
        ],
    );
}

#[test]
fn functions_print_as_they_are_read() {
    for text in
        ["if((nps > 5), (1 + 2), 3)", "visit + 1 - visit", "regex(remark, 'it.s')", "choice_name(reason)"]
    {
        let (expression, _) = Expression::parse(text, &Known).unwrap();
        let (again, _) = Expression::parse(&expression.to_string(), &Known).unwrap();
        assert_eq!(again.root, expression.root, "{text}");
    }
}
