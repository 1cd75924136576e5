//! The full wording of the instrument: every item with what could be answered, in the language of the report.

use std::fmt::Display;

use super::MethodsWriter;
use crate::instrument::expression::Expression;
use crate::instrument::kinds::{AsWritten, DrawnOrder, Key};
use crate::instrument::prompt::{
    self, Ask, Category, Choice, Input, Reply, ScaleAsk, SortBlock, TextAsk, TextForm, Typed,
};
use crate::instrument::{Item, Language};
use crate::report::document::{Cell, Column, Section, Table};
use crate::text;
use crate::texts::quoted;

/// Answers that take no more characters than this are repeated.
const SHORT: usize = 24;

impl MethodsWriter<'_> {
    pub(super) fn questions(&self) -> Section {
        let instrument = &self.provenance.instrument;
        let mut section = self.section("methods-questions", text!(self.language, "shared-questionnaire"));
        let languages: Vec<&str> = instrument.languages.iter().map(Language::as_str).collect();
        let (name, version, hash) = (&instrument.name, &instrument.version, &instrument.hash);
        section.say(format!(
            "{} · {name} {version} · {}: {} · {} min",
            instrument.label.raw(self.language),
            text!(self.language, "report-questions-languages"),
            languages.join(", "),
            instrument.minutes
        ));
        section.remark(format!("SHA-256 {hash}"));
        if let Some(about) = &instrument.about {
            section.say(about.raw(self.language));
        }
        section.remark(text!(self.language, "report-questions-names-braces-stand-what"));
        for group in &instrument.groups {
            let mut notes = vec![group.audience.in_words(self.language)];
            if group.randomize {
                notes.push(text!(self.language, "report-questions-random-order"));
            }
            if let Some(relevant) = &group.relevant {
                notes.push(format!("{} {}", text!(self.language, "shared-if"), relevant.source()));
            }
            section.heading(format!("{} ({})", group.label.raw(self.language), notes.join("; ")));
            if let Some(guidance) = &group.guidance {
                let guidance = guidance.raw(self.language);
                section.remark(format!(
                    "{}: {guidance}",
                    text!(self.language, "report-questions-for-the-interviewer")
                ));
            }
            let items = instrument.items.get(group.items.clone()).unwrap_or_default();
            let mut table = Table::new(
                group.label.raw(self.language),
                vec![
                    Column::words(text!(self.language, "shared-name")),
                    Column::words(text!(self.language, "report-questions-question")),
                    Column::words(text!(self.language, "report-answers")),
                    Column::words(text!(self.language, "report-questions-feeds")),
                ],
            );
            table.quiet = true;
            let mut before = String::new();
            for item in items {
                let answers = self.possible(item);
                // A page of statements has one set of answers; it stands at the first of them.
                let shown = if answers == before && answers.chars().count() > SHORT {
                    text!(self.language, "report-questions-as-above")
                } else {
                    answers.clone()
                };
                table.row(self.item(item, shown));
                before = answers;
            }
            // A group without items is a heading and no more.
            if !table.rows.is_empty() {
                section.table(table);
            }
        }
        let calculation = |(name, how): &(String, Expression)| format!("{name} = {}", how.source());
        let calculations: Vec<String> = instrument.calculations.iter().map(calculation).collect();
        if !calculations.is_empty() {
            let calculations = calculations.join("; ");
            section.remark(text!(self.language, "report-questions-calculations", calculations));
        }
        section
    }

    fn item(&self, item: &Item, answers: String) -> Vec<Cell> {
        let mut question = item.label.raw(self.language);
        if let Some(hint) = &item.hint {
            question += &format!(" ({})", hint.raw(self.language));
        }
        if let Some(relevant) = &item.relevant {
            question += &format!(" [{} {}]", text!(self.language, "shared-if"), relevant.source());
        }
        let probes: Vec<String> = item.probes.iter().map(|probe| probe.raw(self.language)).collect();
        for (what, texts) in [
            (text!(self.language, "report-questions-probes"), probes),
            (
                text!(self.language, "report-questions-for-the-interviewer"),
                item.guidance.iter().map(|text| text.raw(self.language)).collect(),
            ),
        ] {
            if !texts.is_empty() {
                question += &format!(" — {what}: {}", texts.join(" "));
            }
        }
        vec![Cell::text(&item.name), Cell::Text(question), Cell::Text(answers), Cell::Text(self.feeds(item))]
    }

    /// The kind of an item, and what can be answered; the further questions of an item that has several.
    fn possible(&self, item: &Item) -> String {
        let mut said = Vec::new();
        let mut given = Vec::new();
        while let Some(step) = item.question.ask(&given, &AsWritten(self.language)) {
            let answers = match &step.ask {
                Ask::Pick { .. } if !given.is_empty() => text!(self.language, "report-questions-one-others"),
                ask => self.answers(ask),
            };
            match step.text {
                Some(text) if !given.is_empty() => said.push(format!("{} {answers}", quoted(&text))),
                _ if given.is_empty() => said.push(answers),
                // A question that repeats, as for each word of an association, is listed once.
                _ => {}
            }
            given.push(any_reply(&step.ask));
        }
        said.retain(|answers| !answers.is_empty());
        let mut kind = item.kind.to_owned();
        if item.question.drawn().is_some_and(|drawn| drawn != DrawnOrder::Sorting) {
            kind += &format!(" ({})", text!(self.language, "report-questions-order-drawn"));
        }
        let options = item.question.options();
        for (name, condition) in &item.offered {
            let label = options
                .iter()
                .find(|option| option.name == *name)
                .map(|option| option.label.raw(self.language));
            let (label, condition) = (label.unwrap_or_default(), condition.source());
            said.push(format!("[{}]", text!(self.language, "study-answers-offered-if", label, condition)));
        }
        if let Some(default) = &item.default {
            let shown = item.question.summary(&[Reply::Given(default.clone())], &AsWritten(self.language));
            said.push(format!("[{}]", text!(self.language, "study-answers-default", shown)));
        }
        if let Some(constraint) = &item.constraint {
            said.push(format!(
                "[{} {}]",
                text!(self.language, "report-questions-must-hold"),
                constraint.source()
            ));
        }
        if said.is_empty() { kind } else { format!("{kind}: {}", said.join(" ")) }
    }

    /// Which scales it counts for and how; by its rows or parts, where these count for different ones.
    fn feeds(&self, item: &Item) -> String {
        let scales = &self.provenance.instrument.scales;
        let columns = item.question.columns();
        let feeds = item.question.feeds();
        let mut told: Vec<(String, String)> = Vec::new();
        for feed in &feeds {
            let Some(scale) = scales.get(feed.scale) else { continue };
            let counts = feed.key.counts_for(&scale.name, self.language);
            let part = columns.get(feed.column).and_then(|column| column.label.as_ref());
            let part = part.filter(|_| matches!(feed.key, Key::Points { .. } | Key::Part(..)));
            let part = part.map(|part| part.raw(self.language)).unwrap_or_default();
            if !told.contains(&(part.clone(), counts.clone())) {
                told.push((part, counts));
            }
        }
        let each = told.into_iter().map(|(part, counts)| match part.as_str() {
            "" => counts,
            part => format!("{part}: {counts}"),
        });
        each.collect::<Vec<_>>().join("; ")
    }

    fn answers(&self, ask: &Ask) -> String {
        let list = |choices: &[Choice]| {
            let each: Vec<String> =
                choices.iter().map(|one| format!("{} = {}", one.name, one.label)).collect();
            each.join("; ")
        };
        match ask {
            Ask::Note => String::new(),
            Ask::Pick { options, min, max } => {
                let several = match (min, max) {
                    (1, 1) => String::new(),
                    (0, max) => text!(self.language, "report-questions-most-max", max),
                    (min, max) => text!(self.language, "report-questions-min-max", min, max),
                };
                format!("{}{several}", list(options))
            }
            Ask::Scale(scale) => points(scale),
            Ask::Number { min, max, unit, .. } => {
                format!("{} … {} {}", end(min), end(max), unit.clone().unwrap_or_default()).trim().to_owned()
            }
            Ask::Text(TextAsk { form: TextForm::Date { min, max, future }, .. }) => {
                let come = text!(self.language, "report-questions-not-after-day-answer");
                let come = if *future { String::new() } else { come };
                format!("{} … {}{come}", end(min), end(max)).trim().to_owned()
            }
            Ask::Text(_) => text!(self.language, "report-questions-in-words"),
            Ask::Rank { options, places } => {
                format!(
                    "{} ({})",
                    list(options),
                    text!(self.language, "report-questions-first-places", places)
                )
            }
            Ask::Allocate { parts, total } => {
                format!("{} ({})", list(parts), text!(self.language, "report-questions-total-points", total))
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
        text!(
            self.language,
            "report-questions-organisation-organisation-pleasant-good",
            organisation,
            good,
            bad
        )
    }
}

/// Placeholder for a word that the respondent names.
const ANY_WORD: &str = "…";

/// One end of what is taken.
fn end<T: Display>(bound: &Option<T>) -> String {
    bound.as_ref().map_or_else(String::new, T::to_string)
}

/// A reply that lets the next question of an item follow, if there is one.
fn any_reply(ask: &Ask) -> Reply {
    Reply::Given(match ask {
        Ask::Pick { options, .. } => {
            Input::Picked(options.first().map(|option| option.name.clone()).into_iter().collect())
        }
        Ask::Text(_) => Input::Text(Typed { text: ANY_WORD.into(), ..Typed::default() }),
        Ask::Scale(scale) => Input::Rated(vec![prompt::ScaleReply::Point(scale.from); scale.rows.len()]),
        Ask::Sort(_) => Input::NotTimed,
        // Their items have one question.
        Ask::Note | Ask::Number { .. } | Ask::Rank { .. } | Ask::Allocate { .. } => Input::Seen,
    })
}

fn points(scale: &ScaleAsk) -> String {
    let points = if scale.points.is_empty() {
        let end = |point: i64, label: &str| match label {
            "" => scale.written(point),
            label => format!("{} ({label})", scale.written(point)),
        };
        format!("{} – {}", end(scale.from, &scale.low), end(scale.to, &scale.high))
    } else {
        let labelled: Vec<String> = scale
            .values()
            .zip(&scale.points)
            .map(|(value, label)| format!("{} = {label}", scale.written(value)))
            .collect();
        labelled.join("; ")
    };
    let rows: Vec<&str> = scale
        .rows
        .iter()
        .map(|row| row.label.as_str())
        .filter(|row| !row.is_empty() && *row != ANY_WORD)
        .collect();
    if rows.is_empty() { points } else { format!("{points} — {}", rows.join("; ")) }
}
