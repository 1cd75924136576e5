//! The full wording of the instrument: every item with what could be answered, in the language of the report.

use super::Writer;
use crate::dice::Dice;
use crate::instrument::kinds::{Key, Voice};
use crate::instrument::prompt::{Ask, Category, Choice, ScaleAsk, SortBlock};
use crate::instrument::{Item, Language, Text};
use crate::report::document::{Block, Cell, Column, Section, Table};
use crate::wording;

/// Texts as they are written, with `{names}` where a session fills something in.
struct Written<'a>(&'a Language);

impl Voice for Written<'_> {
    fn say(&self, text: &Text) -> String {
        text.raw(self.0)
    }

    fn dice(&self) -> Dice {
        // Orders are drawn for every session; here any order serves, and options are listed by name where it matters.
        Dice::new(0)
    }
}

/// Answers that take no more characters than this are repeated.
const SHORT: usize = 24;

impl Writer<'_> {
    pub(super) fn questions(&self) -> Section {
        let instrument = &self.provenance.instrument;
        let mut section = self.section("methods-questions", "questionnaire", "vragenlijst");
        let languages: Vec<&str> = instrument.languages.iter().map(Language::as_str).collect();
        let (name, version, hash) = (&instrument.name, &instrument.version, &instrument.hash);
        section.say(format!(
            "{} · {name} {version} · {}: {} · {} min",
            instrument.label.raw(self.language),
            self.say("languages", "talen"),
            languages.join(", "),
            instrument.minutes
        ));
        section.remark(format!("SHA-256 {hash}"));
        if let Some(about) = &instrument.about {
            section.say(about.raw(self.language));
        }
        section.remark(self.say(
            "Names in braces stand for what the start form or an earlier answer fills in.",
            "Namen tussen accolades staan voor wat het startformulier of een eerder antwoord invult.",
        ));
        for group in &instrument.groups {
            let mut notes = vec![wording::audience(group.audience, self.language)];
            if group.randomize {
                notes.push(self.say("random order", "volgorde geloot"));
            }
            if let Some(relevant) = &group.relevant {
                notes.push(format!("{} {}", self.say("if", "als"), relevant.source()));
            }
            section.heading(format!("{} ({})", group.label.raw(self.language), notes.join("; ")));
            let items = instrument.items.get(group.items.clone()).unwrap_or_default();
            let mut table = Table::new(
                group.label.raw(self.language),
                vec![
                    Column::words(self.say("name", "naam")),
                    Column::words(self.say("question", "vraag")),
                    Column::words(self.say("answers", "antwoorden")),
                    Column::words(self.say("feeds", "telt voor")),
                ],
            );
            table.quiet = true;
            let mut before = String::new();
            for item in items {
                let answers = self.possible(item);
                // A page of statements has one set of answers; it stands at the first of them.
                let shown = if answers == before && answers.chars().count() > SHORT {
                    self.say("as above", "als hierboven")
                } else {
                    answers.clone()
                };
                table.rows.push(self.item(item, shown));
                before = answers;
            }
            // A group without items is a heading and no more.
            if !table.rows.is_empty() {
                section.blocks.push(Block::Table(table));
            }
        }
        section
    }

    fn item(&self, item: &Item, answers: String) -> Vec<Cell> {
        let mut question = item.label.raw(self.language);
        if let Some(hint) = &item.hint {
            question += &format!(" ({})", hint.raw(self.language));
        }
        if let Some(relevant) = &item.relevant {
            question += &format!(" [{} {}]", self.say("if", "als"), relevant.source());
        }
        vec![Cell::text(&item.name), Cell::Text(question), Cell::Text(answers), Cell::Text(self.feeds(item))]
    }

    /// The kind of an item, and what can be answered.
    fn possible(&self, item: &Item) -> String {
        let step = item.question.ask(&[], &Written(self.language));
        let answers = step.map(|step| self.answers(&step.ask)).unwrap_or_default();
        if answers.is_empty() { item.kind.to_owned() } else { format!("{}: {answers}", item.kind) }
    }

    fn feeds(&self, item: &Item) -> String {
        let scales = &self.provenance.instrument.scales;
        let mut names: Vec<String> = Vec::new();
        for feed in item.question.feeds() {
            let Some(scale) = scales.get(feed.scale) else { continue };
            let reversed = matches!(feed.key, Key::Points { reverse: true, .. });
            let name = if reversed {
                format!("{} ({})", scale.name, self.say("reversed", "omgekeerd"))
            } else {
                scale.name.clone()
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    }

    fn answers(&self, ask: &Ask) -> String {
        let list = |choices: &[Choice]| {
            let mut choices: Vec<&Choice> = choices.iter().collect();
            // The order in which they are shown is drawn for each session.
            choices.sort_by(|a, b| a.name.cmp(&b.name));
            let each: Vec<String> =
                choices.iter().map(|one| format!("{} = {}", one.name, one.label)).collect();
            each.join("; ")
        };
        match ask {
            Ask::Note => String::new(),
            Ask::Pick { options, max, .. } => {
                let several = if *max > 1 {
                    self.say(&format!(" (at most {max})"), &format!(" (hoogstens {max})"))
                } else {
                    String::new()
                };
                format!("{}{several}", list(options))
            }
            Ask::Scale(scale) => points(scale),
            Ask::Number { min, max, unit, .. } => {
                let end = |bound: &Option<f64>| bound.map_or_else(|| "…".into(), |bound| bound.to_string());
                format!("{}–{} {}", end(min), end(max), unit.clone().unwrap_or_default())
            }
            Ask::Text(_) => self.say("in words", "in woorden"),
            Ask::Rank { options, places } => {
                format!(
                    "{} ({})",
                    list(options),
                    self.say(&format!("first {places}"), &format!("eerste {places}"))
                )
            }
            Ask::Allocate { parts, total } => {
                format!(
                    "{} ({})",
                    list(parts),
                    self.say(&format!("{total} points"), &format!("{total} punten"))
                )
            }
            Ask::Sort(block) => self.stimuli(block),
        }
    }

    fn stimuli(&self, block: &SortBlock) -> String {
        let of = |wanted: Category| {
            let mut words: Vec<&str> = block
                .trials
                .iter()
                .filter(|trial| trial.category == wanted)
                .map(|trial| trial.stimulus.as_str())
                .collect();
            words.sort_unstable();
            words.dedup();
            words.join(", ")
        };
        let [organisation, good, bad] = [Category::Organisation, Category::Good, Category::Bad].map(of);
        self.say(
            &format!("organisation: {organisation}; pleasant: {good}; unpleasant: {bad}"),
            &format!("organisatie: {organisation}; prettig: {good}; onprettig: {bad}"),
        )
    }
}

fn points(scale: &ScaleAsk) -> String {
    let points = if scale.points.is_empty() {
        format!("{} ({}) – {} ({})", scale.from, scale.low, scale.to, scale.high)
    } else {
        let labelled: Vec<String> =
            scale.values().zip(&scale.points).map(|(value, label)| format!("{value} = {label}")).collect();
        labelled.join("; ")
    };
    let rows: Vec<&str> =
        scale.rows.iter().map(|row| row.label.as_str()).filter(|row| !row.is_empty()).collect();
    if rows.is_empty() { points } else { format!("{points} — {}", rows.join("; ")) }
}
