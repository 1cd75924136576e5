//! Codebooks beside exports: what a reader of the data needs to know about every question.

use relata::instrument::kinds::Key;
use relata::instrument::{Instrument, Language, Text};
use relata::interview::Interview;

use super::support::Place;

const EVERY_KIND: &str = include_str!("../instruments/valid/every-kind.toml");

/// The text as it stands between tags.
fn xml(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&apos;")
}

/// The element of a variable.
fn element<'a>(ddi: &'a str, name: &str) -> &'a str {
    let from = ddi.find(&format!(" name=\"{name}\" files=")).unwrap_or_else(|| panic!("no {name}"));
    let rest = &ddi[from..];
    &rest[..rest.find("</var>").unwrap()]
}

#[test]
fn a_codebook_tells_how_every_answer_came_about() {
    let place = Place::new();
    place.write("every-kind.toml", EVERY_KIND);
    place.run(&["simulate", "every-kind.toml", "--n", "6", "--seed", "4"]).ok();
    place.run(&["export", "--format", "csv", "--out", "out", "--lang", "en"]).ok();
    let read = |name: &str| std::fs::read_to_string(place.path("out").join(name)).unwrap();
    let (ddi, markdown) = (read("codebook-csv.xml"), read("codebook-csv.md").replace('\\', ""));
    let markdown = markdown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let instrument = Instrument::read_stored(EVERY_KIND).instrument.unwrap();
    let language = Language::new("en");
    let raw = |text: &Text| text.raw(&language);
    for item in &instrument.items {
        let group = instrument.group_of(item);
        for (at, column) in item.question.columns().iter().enumerate() {
            let variable = element(&ddi, &column.name);
            let begins = format!("| `{}` |", column.name);
            let line = markdown.lines().find(|line| line.starts_with(&begins)).unwrap();
            let own = item.question.question_of(at);
            let question = format!("<qstnLit>{}</qstnLit>", xml(&raw(own.as_ref().unwrap_or(&item.label))));
            assert!(variable.contains(&question), "{variable}");
            for condition in [&group.relevant, &item.relevant].into_iter().flatten() {
                assert!(variable.contains(&xml(condition.source())), "{variable}");
                assert!(line.contains(condition.source()), "{line}");
            }
            assert!(variable.contains("<universe clusion=\"I\">"), "{variable}");
            let audience = group.audience.in_words(&language);
            assert!(variable.contains(&format!("<respUnit>{audience}<")), "{variable}");
            let told = group.guidance.iter().chain(&item.guidance).chain(&item.probes);
            for text in told.chain(item.hint.as_ref().filter(|_| own.is_none())) {
                assert!(
                    variable.contains(&xml(&raw(text))) && line.contains(&raw(text)),
                    "{line}\n{variable}"
                );
            }
            if let Some(bounds) = item.question.bounds() {
                for end in [&bounds.min, &bounds.max].into_iter().flatten() {
                    assert!(
                        variable.contains(end.as_str()) && line.contains(end.as_str()),
                        "{line}\n{variable}"
                    );
                }
                for unit in bounds.unit.iter().map(&raw) {
                    assert!(variable.contains(&xml(&unit)) && line.contains(&unit), "{line}\n{variable}");
                }
            }
            if let Some(constraint) = item.constraint.as_ref().filter(|_| own.is_none()) {
                assert!(
                    variable.contains(&xml(constraint.source())) && line.contains(constraint.source()),
                    "{line}"
                );
            }
            for feed in item.question.feeds().iter().filter(|feed| feed.column == at) {
                let scale = &instrument.scales[feed.scale].name;
                assert!(variable.contains(&format!("counts for: {scale}")) && line.contains(scale), "{line}");
                if let Key::Points { min, max, reverse: true } = feed.key {
                    let reversed = format!("{scale} (reversed: {} − value)", min + max);
                    assert!(variable.contains(&reversed) && line.contains(&reversed), "{line}\n{variable}");
                }
            }
        }
    }
    for scale in &instrument.scales {
        assert!(ddi.contains(&format!("type=\"analysis\" name=\"{}\"", scale.name)), "{}", scale.name);
        for name in scale.score_names() {
            let variable = element(&ddi, &format!("scale_{}", name.replace('.', "_")));
            assert!(variable.contains(&format!("<drvdesc>{}, ", scale.method.name())), "{variable}");
        }
    }
    let named =
        ddi.split("<var ").skip(1).filter_map(|variable| variable.split("name=\"").nth(1)?.split('"').next());
    let worked_out: Vec<&str> =
        named.filter(|name| name.starts_with("profile_") || name.starts_with("gap_")).collect();
    assert!(worked_out.len() > 12, "{worked_out:?}");
    for name in worked_out {
        assert!(element(&ddi, name).contains("<drvdesc>"), "{name} does not say what it is worked out from");
    }
    assert!(element(&ddi, "scale_satisfaction").contains("satisfied; annoyed (reversed: 6 − value)"));
}

#[test]
fn an_export_holds_the_order_in_which_drawn_options_were_shown() {
    let place = Place::new();
    place.write("every-kind.toml", EVERY_KIND);
    place.run(&["simulate", "every-kind.toml", "--n", "8", "--seed", "4"]).ok();
    place.run(&["export", "--format", "csv", "--out", "out", "--lang", "en"]).ok();
    let instrument = std::sync::Arc::new(Instrument::read_stored(EVERY_KIND).instrument.unwrap());
    let mut reader =
        csv::ReaderBuilder::new().from_path(place.path("out").join("sessions-every-kind.csv")).unwrap();
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head.trim_start_matches('\u{feff}') == name).unwrap();
    let mut orders = std::collections::BTreeSet::new();
    for row in reader.records() {
        let row = row.unwrap();
        let start = relata::interview::Start {
            seed: row[at("seed")].parse().unwrap(),
            language: Language::new("en"),
            fields: std::collections::BTreeMap::new(),
            at: 0,
            offset: None,
        };
        let interview = Interview::new(instrument.clone(), start);
        for name in ["order", "points", "late", "fits", "share"] {
            let shown = interview.order_shown(instrument.item_index(name).unwrap()).unwrap();
            assert_eq!(row[at(&format!("{name}_order"))], shown.join(" "), "{name}");
            orders.insert(shown);
        }
    }
    assert!(orders.len() > 8, "{orders:?}");
}
