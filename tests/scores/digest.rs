//! The content of a digest, compared word for word under the number of its form. Digests are kept in study files: one from an
//! older program must never be taken for what the current one would compute from the same answers.

use std::collections::BTreeMap;

use relata::analysis::digest::{Digest, FORM};
use relata::classify::reference::Generator;
use relata::instrument::Language;
use relata::interview::{Start, simulate};
use relata::rng::Rng;
use serde_json::Value;

use super::support::{fixture, instrument};

/// What the scoring kit lacks: a timed block, a ranking about the other side, and a skipped question.
const MORE: &str = r#"
[scales.timed]
construct = "indirect_sentiment"
method    = "sc_iat"

[[choices.seen_as]]
name  = "person"
label = "A person"
model = "communal_sharing"

[[choices.seen_as]]
name  = "payer"
label = "A payer"
model = "market_pricing"

[[groups]]
name  = "more"
label = "More"

[[groups.items]]
name         = "sorting"
kind         = "sc_iat"
scale        = "timed"
form         = "short"
label        = "Sort"
category     = "Acme"
organisation = ["Acme", "at Acme"]
good         = ["joy", "love"]
bad          = ["war", "hate"]

[[groups.items]]
name    = "seen"
kind    = "rank"
choices = "seen_as"
label   = "How are you seen?"

[[groups.items]]
name     = "never"
kind     = "text"
label    = "Never asked"
relevant = "csat = 1"
"#;

/// Numbers to nine decimals: the last digits of a logarithm differ between machines.
fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            number.as_f64().map_or(Value::Null, |number| Value::from((number * 1e9).round() / 1e9))
        }
        Value::Array(values) => values.into_iter().map(rounded).collect(),
        Value::Object(values) => values.into_iter().map(|(name, value)| (name, rounded(value))).collect(),
        other => other,
    }
}

/// If this fails and the digest was meant to change: raise `FORM` first, then accept the new snapshot under its new name and
/// delete the old one. If only the simulated answers changed, accepting is enough.
#[test]
fn a_digest_keeps_its_form() {
    let instrument = instrument(&(fixture("kit.toml") + MORE));
    let (persona, _) = Generator::default().persona(&mut Rng::new(7));
    let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
    let start = Start { seed: 7, language: Language::new("en"), fields, at: 1_772_359_200_000, offset: None };
    let walk = simulate::walk(instrument, start, &persona).unwrap();
    let digest = Digest::of(&walk.interview, &walk.events);
    assert!(digest.timed().is_some() && digest.seen.is_some() && !digest.missing.is_empty(), "{digest:?}");
    let digest = rounded(serde_json::to_value(&digest).unwrap());
    let text = serde_json::to_string_pretty(&digest).unwrap();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("digest-of-form-{FORM}"), text);
    });
}
