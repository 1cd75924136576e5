//! No text does harm: not a random one, not a deep one, not a long one; and every tree reads back from its print.

use proptest::prelude::*;

use super::super::tree::{Arithmetic, Comparison, Expr};
use super::*;

struct Nothing;

impl Lookup for Nothing {
    fn value(&self, _: &str) -> Value {
        Value::Missing
    }

    fn is_answered(&self, _: &str) -> bool {
        false
    }
}

/// Reads, walks and prints a text, and checks what a reader of faults relies on.
fn survives(text: &str) {
    match Expression::parse(text, &Known) {
        Ok((expression, _)) => {
            expression.evaluate(&Nothing);
            let shown = expression.to_string();
            assert!(!expression.references().contains(""), "{text:?}");
            // Its parentheses may nest deeper than an author may, so only shallow prints must read back.
            if let Ok((again, _)) = Expression::parse(&shown, &Known) {
                assert_eq!(again.root, expression.root, "{text:?}");
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "{text:?}");
            for fault in &faults {
                assert!(text.get(fault.span.clone()).is_some(), "{text:?}: {fault:?}");
                assert!(fault.code.starts_with("expr."), "{fault:?}");
                assert!(fault.message.ends_with('.'), "{fault:?}");
                assert!(!fault.message.contains(char::is_control), "{fault:?}");
                assert!(fault.help.is_some(), "{fault:?}");
            }
            assert!(faults.is_sorted_by_key(|fault| fault.span.start), "{text:?}");
        }
    }
}

/// Pieces of which random expressions are made: all that the lexer knows and a good deal that it does not.
const PIECES: &[&str] = &[
    "nps",
    "reason",
    "worries",
    "images",
    "visit",
    "remark",
    "consent",
    "own.dominant",
    "own",
    ".",
    "..",
    "unknown",
    "'price'",
    "'2026-01-31'",
    "'",
    "\"",
    "‘",
    "’",
    "0",
    "0.1",
    ".5",
    "1.",
    "1e9",
    "and",
    "or",
    "not",
    "in",
    "true",
    "AND",
    "div",
    "count",
    "selected",
    "is_answered",
    "(",
    ")",
    "[",
    "]",
    ",",
    "=",
    "==",
    "===",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "=>",
    "+",
    "-",
    "*",
    "/",
    "&&",
    "|",
    "!",
    "<>",
    ":=",
    "${nps}",
    "${",
    "{",
    "}",
    "#",
    "é",
    "e\u{301}",
    "😀",
    "\u{202e}",
    "\0",
    "\n",
    "\u{a0}",
    "count-selected",
    "%",
    "–",
    "≤",
];

proptest! {
    #[test]
    fn any_text_survives(text in any::<String>()) {
        survives(&text);
    }

    #[test]
    fn any_row_of_pieces_survives(
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..30),
        space in prop_oneof![Just(" "), Just("")],
    ) {
        survives(&pieces.join(space));
    }

    #[test]
    fn every_tree_reads_back_from_its_print(tree in condition()) {
        let shown = tree.to_string();
        let again = Expression::parse(&shown, &Known);
        prop_assert_eq!(again.map(|(expression, _)| expression.root), Ok(tree));
    }
}

fn number() -> BoxedStrategy<Expr> {
    let simple = prop_oneof![
        (0.0..1e6).prop_map(Expr::Number),
        (0..100_u8).prop_map(|number| Expr::Number(f64::from(number))),
        proptest::sample::select(vec!["nps", ".", "matrix.own"]).prop_map(|name| Expr::Name(name.to_owned())),
        proptest::sample::select(vec!["worries", "images"]).prop_map(|name| Expr::Count(name.to_owned())),
    ];
    let operation = |first, second| proptest::sample::select(vec![first, second]);
    simple
        .prop_recursive(3, 20, 4, move |inner| {
            let chain = move |first, second| {
                let rest = (operation(first, second), inner.clone());
                (inner.clone(), proptest::collection::vec(rest, 1..4))
                    .prop_map(|(first, rest)| Expr::Arithmetic(Box::new(first), rest))
            };
            prop_oneof![
                chain(Arithmetic::Plus, Arithmetic::Minus),
                chain(Arithmetic::Times, Arithmetic::Over),
                chain(Arithmetic::Plus, Arithmetic::Minus).prop_map(|inner| Expr::Negate(Box::new(inner))),
            ]
        })
        .boxed()
}

fn condition() -> BoxedStrategy<Expr> {
    let comparisons = vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
    ];
    let remark = || Box::new(Expr::Name("remark".to_owned()));
    let simple = prop_oneof![
        any::<bool>().prop_map(Expr::Bool),
        (proptest::sample::select(comparisons), number(), number())
            .prop_map(|(how, left, right)| Expr::Compare(how, Box::new(left), Box::new(right))),
        (number(), proptest::collection::vec(number(), 1..4))
            .prop_map(|(value, list)| Expr::Within(Box::new(value), list)),
        "[^']*|[^\"]*"
            .prop_map(move |text| { Expr::Compare(Comparison::Equal, remark(), Box::new(Expr::Text(text))) }),
        proptest::sample::select(options(&["price", "delay"]))
            .prop_map(|option| Expr::Selected("worries".to_owned(), option)),
        proptest::sample::select(options(&["visit", ".", "own.dominant"])).prop_map(Expr::IsAnswered),
    ];
    simple
        .prop_recursive(4, 30, 4, |inner| {
            let several = proptest::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                inner.prop_map(|inner| Expr::Not(Box::new(inner))),
                several.clone().prop_map(Expr::All),
                several.prop_map(Expr::Any),
            ]
        })
        .boxed()
}

#[test]
fn sixty_four_levels_are_read_and_no_more() {
    let nested = |open: &str, close: &str, depth: usize| {
        format!("{}consent{}", open.repeat(depth), close.repeat(depth))
    };
    for (open, close, levels) in [("(", ")", 64), ("not ", "", 64), ("(not ", ")", 32)] {
        assert!(Expression::parse(&nested(open, close, levels), &Known).is_ok(), "{open}");
        for depth in [levels + 1, 200_000] {
            let faults = Expression::parse(&nested(open, close, depth), &Known).unwrap_err();
            let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
            assert_eq!(codes, ["expr.too-deep"], "{open}");
        }
    }
    for open in ["-", "[", "count(", "nps in [", "nps = not ", "nps in ", "${", "{", "‘", "!", "1."] {
        survives(&open.repeat(100_000));
    }
}

#[test]
fn length_costs_its_share_and_no_stack() {
    let long = |piece: &str| format!("nps = 1{}", piece.repeat(20_000));
    for piece in [" and consent", " or consent", " and nps + 1 - 2 < 3"] {
        assert!(Expression::parse(&long(piece), &Known).is_ok(), "{piece}");
    }
    let sum = format!("0{}", " + 1".repeat(20_000));
    let (expression, _) = Expression::parse(&sum, &Known).unwrap();
    assert_eq!(expression.evaluate(&Nothing), Value::Number(20_000.0));
    for piece in [" < 2", " = 'a", " )", " # ", " in [1]", ",2", " unknown", "{ nps", "$"] {
        survives(&long(piece));
    }
}
