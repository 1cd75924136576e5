//! Any text as an expression over a small table of names: reading must not panic, faults must point into the text, and a valid
//! expression must evaluate to a value of its type, and parse again when printed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use relata::instrument::expression::{Expression, Lookup, Names, Type, Value};

struct Table;

fn options(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

impl Names for Table {
    fn type_of(&self, name: &str) -> Option<Type> {
        Some(match name {
            "." | "n" | "m.a" | "m.b" => Type::Number,
            "b" => Type::Bool,
            "t" => Type::Text,
            "d" => Type::Date,
            "o" => Type::Option(options(&["x", "y"])),
            "s" => Type::Options(options(&["x", "z"])),
            "w" => Type::Words,
            _ => return None,
        })
    }

    fn all(&self) -> Vec<String> {
        options(&[".", "n", "m.a", "m.b", "b", "t", "d", "o", "s", "w"])
    }
}

struct Answers(bool);

impl Lookup for Answers {
    fn value(&self, name: &str) -> Value {
        match name {
            "n" => Value::Number(-3.5),
            "m.a" => Value::Number(7.0),
            "." | "m.b" if self.0 => Value::Number(1e300),
            "b" => Value::Bool(true),
            "t" => Value::Text("één".into()),
            "d" => Value::Text("2026-01-31".into()),
            "o" => Value::Text("x".into()),
            "s" => Value::Set(options(&["z"])),
            "w" if self.0 => Value::Set(options(&["a", "b"])),
            _ => Value::Missing,
        }
    }

    fn is_answered(&self, name: &str) -> bool {
        self.value(name) != Value::Missing
    }
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Expression::parse(text, &Table) {
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(text.get(fault.span.clone()).is_some(), "{fault:?} is outside of the text");
            }
        }
        Ok((expression, kind)) => {
            for everything in [false, true] {
                let fits = match (expression.evaluate(&Answers(everything)), &kind) {
                    (Value::Missing, _) => true,
                    (Value::Number(number), Type::Number) => number.is_finite(),
                    (Value::Bool(_), Type::Bool) => true,
                    (Value::Text(_), Type::Text | Type::Date | Type::Option(_)) => true,
                    (Value::Set(_), Type::Options(_) | Type::Words) => true,
                    _ => false,
                };
                assert!(fits, "a value of another type than {kind:?}");
            }
            let printed = expression.to_string();
            // A print has more parentheses than the text, and may therefore be too deep to read.
            if let Ok((again, again_kind)) = Expression::parse(&printed, &Table) {
                assert_eq!(again_kind, kind);
                assert_eq!(again.to_string(), printed);
                assert_eq!(again.evaluate(&Answers(true)), expression.evaluate(&Answers(true)));
            }
        }
    }
});
