//! The instruments that come with relata, built into the program so that it runs from anywhere.

use super::{Instrument, Reading};

/// Name and text of every file below `questionnaires`.
const FILES: &[(&str, &str)] = &[
    ("account-self-assessment.toml", include_str!("../../questionnaires/account-self-assessment.toml")),
    ("building-blocks.toml", include_str!("../../questionnaires/building-blocks.toml")),
    ("building-blocks-account.toml", include_str!("../../questionnaires/building-blocks-account.toml")),
    ("customer-interview.toml", include_str!("../../questionnaires/customer-interview.toml")),
    ("success-factors.toml", include_str!("../../questionnaires/success-factors.toml")),
    ("success-factors-account.toml", include_str!("../../questionnaires/success-factors-account.toml")),
    ("workshop-pulse.toml", include_str!("../../questionnaires/workshop-pulse.toml")),
    ("client-view.toml", include_str!("../../questionnaires/client-view.toml")),
    ("relational-relevance.toml", include_str!("../../questionnaires/relational-relevance.toml")),
    (
        "relational-relevance-account.toml",
        include_str!("../../questionnaires/relational-relevance-account.toml"),
    ),
    ("three-dimensions.toml", include_str!("../../questionnaires/three-dimensions.toml")),
    ("three-dimensions-account.toml", include_str!("../../questionnaires/three-dimensions-account.toml")),
    ("shared/agree.toml", include_str!("../../questionnaires/shared/agree.toml")),
    ("shared/best-worst.toml", include_str!("../../questionnaires/shared/best-worst.toml")),
    ("shared/best-worst-account.toml", include_str!("../../questionnaires/shared/best-worst-account.toml")),
    ("shared/best-worst-client.toml", include_str!("../../questionnaires/shared/best-worst-client.toml")),
    ("shared/building-blocks.toml", include_str!("../../questionnaires/shared/building-blocks.toml")),
    (
        "shared/building-blocks-account.toml",
        include_str!("../../questionnaires/shared/building-blocks-account.toml"),
    ),
    (
        "shared/building-blocks-advice.toml",
        include_str!("../../questionnaires/shared/building-blocks-advice.toml"),
    ),
    ("shared/emotions.toml", include_str!("../../questionnaires/shared/emotions.toml")),
    ("shared/judgement.toml", include_str!("../../questionnaires/shared/judgement.toml")),
    ("shared/judgement-account.toml", include_str!("../../questionnaires/shared/judgement-account.toml")),
    ("shared/models.toml", include_str!("../../questionnaires/shared/models.toml")),
    ("shared/sentiment.toml", include_str!("../../questionnaires/shared/sentiment.toml")),
    ("shared/short-form.toml", include_str!("../../questionnaires/shared/short-form.toml")),
    ("shared/staying.toml", include_str!("../../questionnaires/shared/staying.toml")),
    ("shared/staying-account.toml", include_str!("../../questionnaires/shared/staying-account.toml")),
    ("shared/success-factors.toml", include_str!("../../questionnaires/shared/success-factors.toml")),
    (
        "shared/success-factors-account.toml",
        include_str!("../../questionnaires/shared/success-factors-account.toml"),
    ),
    (
        "shared/success-factors-advice.toml",
        include_str!("../../questionnaires/shared/success-factors-advice.toml"),
    ),
    ("shared/dimensions.toml", include_str!("../../questionnaires/shared/dimensions.toml")),
    ("shared/dimensions-account.toml", include_str!("../../questionnaires/shared/dimensions-account.toml")),
    ("shared/relevance.toml", include_str!("../../questionnaires/shared/relevance.toml")),
    ("shared/relevance-account.toml", include_str!("../../questionnaires/shared/relevance-account.toml")),
];

/// Names of the shipped instruments, the one for a first try first.
pub const NAMES: &[&str] = &[
    "account-self-assessment",
    "customer-interview",
    "workshop-pulse",
    "building-blocks",
    "building-blocks-account",
    "success-factors",
    "success-factors-account",
    "client-view",
    "relational-relevance",
    "relational-relevance-account",
    "three-dimensions",
    "three-dimensions-account",
];

/// Those that the home screen offers: the full list would push a returning user's own studies out of a small window.
pub const AT_HOME: &[&str] =
    &["account-self-assessment", "client-view", "customer-interview", "workshop-pulse"];

/// The text of a shipped file.
pub fn file(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(name, _)| *name == path).map(|(_, text)| *text)
}

/// Reads the shipped instrument called `name`.
pub fn read(name: &str) -> Option<Reading> {
    let path = format!("{name}.toml");
    let text = NAMES.contains(&name).then(|| file(&path)).flatten()?;
    let fetch =
        |part: &str| file(part).map(str::to_owned).ok_or_else(|| "it is not shipped with relata".into());
    Some(Instrument::read(&path, text, &fetch))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Address, Construct};

    #[test]
    fn every_shipped_instrument_reads_without_a_single_finding() {
        for name in NAMES {
            let reading = read(name).unwrap();
            let found: Vec<String> = reading
                .findings
                .iter()
                .map(|f| format!("{}:{}:{} {} {}", f.file, f.line, f.column, f.code, f.message))
                .collect();
            assert!(found.is_empty(), "{}", found.join("\n"));
            assert_eq!(reading.instrument.unwrap().name, *name);
        }
    }

    /// A minimal instrument around one shared group, for groups that no shipped instrument includes.
    fn alone(part: &str) -> crate::instrument::Instrument {
        // Those about a client are for account managers, who are addressed informally.
        let address =
            if part.contains("-") && part != "shared/best-worst.toml" { "informal" } else { "formal" };
        let text = format!(
            "format = 1\naddress = \"{address}\"\nname = \"n\"\nversion = \"1\"\nlanguages = [\"en\", \"nl\"]\nlabel = {{ en = \"L\", nl = \"L\" }}\nminutes = 4\n\
             [fields.organisation]\nlabel = {{ en = \"W\", nl = \"W\" }}\n[[groups]]\ninclude = \"{part}\"\n"
        );
        let fetch = |part: &str| file(part).map(str::to_owned).ok_or_else(|| "not shipped".into());
        let reading = Instrument::read(part, &text, &fetch);
        assert!(reading.findings.is_empty(), "{:?}", reading.findings);
        reading.instrument.unwrap()
    }

    #[test]
    fn statements_of_a_set_are_alike_in_length_and_stand_in_one_set_only() {
        let mut seen = std::collections::BTreeSet::new();
        for part in ["", "-account", "-client"] {
            let instrument = alone(&format!("shared/best-worst{part}.toml"));
            assert_eq!(instrument.items.len(), 6);
            for item in &instrument.items {
                let columns = item.question.columns();
                assert_eq!(columns[0].values.len(), 4);
                for language in &instrument.languages {
                    let said = columns[0].values.iter().map(|(_, label)| label.raw(language));
                    let said: Vec<String> = said.collect();
                    let lengths = said.iter().map(|said| said.chars().count());
                    let (short, long) = (lengths.clone().min().unwrap(), lengths.max().unwrap());
                    assert!(long * 10 <= short * 14, "{} ({language}): {short} to {long} letters", item.name);
                    assert!(said.into_iter().all(|said| seen.insert(said)), "{}", item.name);
                }
            }
        }
    }

    /// An instrument with further modules added, as an author would make it to get all lenses at once.
    #[test]
    fn modules_about_the_relation_go_into_any_questionnaire_of_their_side() {
        for (name, side) in [("customer-interview", ""), ("account-self-assessment", "-account")] {
            let parts = ["building-blocks", "success-factors", "relevance", "dimensions"]
                .map(|part| format!("shared/{part}{side}.toml"));
            let includes: Vec<String> =
                parts.iter().map(|part| format!("[[groups]]\ninclude = \"{part}\"\n")).collect();
            let text = format!("{}\n{}", file(&format!("{name}.toml")).unwrap(), includes.concat());
            let fetch = |part: &str| file(part).map(str::to_owned).ok_or_else(|| "not shipped".into());
            let reading = Instrument::read(name, &text, &fetch);
            assert!(reading.findings.is_empty(), "{name}: {:?}", reading.findings);
            for part in parts {
                let scales = file(&part).unwrap().matches("[scales.").count();
                assert!(scales >= 5 && reading.instrument.as_ref().unwrap().scales.len() > scales, "{part}");
            }
        }
    }

    /// Answers may be laid side by side only if the same was asked.
    #[test]
    fn a_statement_of_one_side_is_worded_alike_in_every_questionnaire_of_that_side() {
        let mut seen = std::collections::BTreeMap::new();
        let words = [
            "satisfaction",
            "nps",
            "trust_word",
            "trust_honest",
            "trust_open",
            "stay_year",
            "stay_easy",
            "stay_swap",
        ];
        for name in NAMES {
            let instrument = read(name).unwrap().instrument.unwrap();
            for item in instrument.items.iter().filter(|item| words.contains(&item.name.as_str())) {
                for language in &instrument.languages {
                    let label = item.label.raw(language);
                    let side = instrument.address == Address::Informal;
                    let first =
                        seen.entry((side, item.name.clone(), language.clone())).or_insert(label.clone());
                    assert_eq!(*first, label, "{name}, {}", item.name);
                }
            }
        }
        assert!(seen.len() >= 2 * 12, "{seen:?}");
    }

    /// Both sides answer statements of the same names on scales of the same names, so that they can be laid side by side.
    #[test]
    fn both_versions_about_the_relation_have_the_same_statements() {
        for name in ["building-blocks", "success-factors", "relational-relevance", "three-dimensions"] {
            let [customer, account] = [name.to_owned(), format!("{name}-account")]
                .map(|name| read(&name).unwrap().instrument.unwrap());
            let fed = |instrument: &Instrument| -> Vec<String> {
                let of = |construct: &Construct| matches!(construct, Construct::Family(..));
                let keyed = instrument.items.iter().flat_map(|item| {
                    item.question
                        .feeds()
                        .into_iter()
                        .map(|feed| (item.name.clone(), feed.scale, feed.key.clone()))
                });
                let keyed = keyed.filter(|(_, scale, _)| of(&instrument.scales[*scale].construct));
                keyed
                    .map(|(item, scale, key)| format!("{item} {} {key:?}", instrument.scales[scale].name))
                    .collect()
            };
            assert_eq!(fed(&customer), fed(&account), "{name}");
            assert!(fed(&customer).len() >= 20, "{name}");
        }
    }

    /// Statement by statement and side by side: what one says of themselves, the other guesses.
    #[test]
    fn a_client_is_asked_the_norms_that_an_account_manager_is_asked() {
        let [client, account] =
            ["client-view", "account-self-assessment"].map(|name| read(name).unwrap().instrument.unwrap());
        assert!(account.is_of_an_account() && !client.is_of_an_account());
        let norms = |instrument: &Instrument| -> Vec<String> {
            let of_norms = instrument.items.iter().filter(|item| instrument.group_of(item).name == "norms");
            let told = of_norms.map(|item| {
                let fed = item.question.feeds().into_iter().map(|feed| {
                    let scale = &instrument.scales[feed.scale];
                    format!("{:?} {:?}", scale.construct, scale.perspective)
                });
                let fed: Vec<String> = fed.collect();
                let columns: Vec<String> =
                    item.question.columns().into_iter().map(|column| column.name).collect();
                format!("{columns:?} {} {fed:?}", item.label.raw(&instrument.languages[0]))
            });
            told.collect()
        };
        assert_eq!(norms(&client), norms(&account));
        assert_eq!(norms(&client).len(), 20);
    }

    #[test]
    fn a_shipped_instrument_reads_back_from_its_own_self_contained_text() {
        for name in NAMES {
            let shipped = read(name).unwrap().instrument.unwrap();
            let again = Instrument::read_stored(&shipped.text).instrument.unwrap();
            assert_eq!(again.hash, shipped.hash);
            assert_eq!(again.items.len(), shipped.items.len());
        }
    }
}
