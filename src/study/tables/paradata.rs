//! How a session went, as columns: who, when, with what, for how long, and what each item took.

use std::collections::BTreeMap;

use super::answers::{about, consent_version, field_label, yes_no as said};
use super::builder::{Builder, number, text};
use super::results::option;
use super::words::{options, yes_no};
use crate::export::{DataCell, ValueType, Variable, VariableGroup, Why};
use crate::instrument::prompt::Reply;
use crate::instrument::{FORMERLY, Instrument, Language};
use crate::interview::{Event, Instant, Interview, SessionState, Stamped};
use crate::store::{Mode, SessionHeader};
use crate::text;

/// What every row of every table begins with: enough to join them.
fn variables(tests: bool, language: &Language) -> Vec<Variable> {
    let text = |name: &str, label: String| text(name, label, VariableGroup::Identity);
    let flag =
        |name: &str, label: String| option(name.into(), label, yes_no(language), VariableGroup::Identity);
    let mut variables = vec![
        text("session", text!(language, "shared-session")),
        text("respondent", text!(language, "study-paradata-code-respondent")),
        text("instrument", text!(language, "shared-questionnaire")),
        flag("simulated", text!(language, "study-paradata-answers-program-not-person")),
    ];
    if tests {
        variables.push(flag("test", text!(language, "study-paradata-rehearsal-must-not-count")));
    }
    variables
}

/// Makes room for what a row is about, before an item of the same name takes it.
pub(super) fn declare(builder: &mut Builder, tests: bool, language: &Language) {
    variables(tests, language).into_iter().for_each(|variable| {
        builder.column(variable);
    });
}

/// Fills in what a row is about.
pub(super) fn identity(builder: &mut Builder, ids: &Ids, language: &Language) {
    for (variable, cell) in variables(ids.tests, language).into_iter().zip(&ids.cells) {
        builder.put(variable, cell.clone());
    }
}

/// What a row is about; its texts are shared by all rows of a session.
pub(super) struct Ids {
    cells: [DataCell; 5],
    /// Whether rehearsals were asked for: then every row says whether it is one.
    tests: bool,
}

impl Ids {
    pub fn of(header: &SessionHeader, tests: bool) -> Self {
        let cells = [
            DataCell::text(&header.id.to_string()),
            DataCell::text(&header.respondent),
            DataCell::text(&header.instrument.name),
            said(header.simulated()),
            said(header.test),
        ];
        Self { cells, tests }
    }
}

/// Fills in the circumstances of a session and what stood on the start form.
pub(super) fn circumstances(
    builder: &mut Builder,
    header: &SessionHeader,
    interview: &Interview,
    language: &Language,
) {
    let section = VariableGroup::Identity;
    let words = |word: &str| DataCell::text(word);
    let label = text!(language, "study-paradata-code-interviewer");
    let interviewer = header.interviewer.as_deref().map_or(DataCell::Missing(Why::NotAsked), words);
    builder.put(text("interviewer", label, section), interviewer);
    for field in &interview.instrument().fields {
        let label = field_label(interview.instrument(), &field.name, language);
        let value = interview.fields().get(&field.name).filter(|value| !value.is_empty());
        builder.put(
            text(&field.name, label, section),
            value.map_or(DataCell::Missing(Why::NotAnswered), |value| words(value)),
        );
    }
    // The former name of a customer stands beside the form, which has no field for it.
    if let Some(former) = interview.start().fields.get(FORMERLY).filter(|name| !name.is_empty()) {
        let label = text!(language, "study-paradata-formerly");
        builder.put(text(FORMERLY, label, section), words(former));
    }
    let section = VariableGroup::Paradata;
    let instant = |name: &str, label: String| Variable::new(name, label, ValueType::Instant, section);
    builder.put(
        instant("begun", text!(language, "study-paradata-begin-utc")),
        DataCell::Instant(header.start.at),
    );
    builder.put(
        instant("last_event", text!(language, "study-paradata-last-event-utc")),
        DataCell::Instant(header.last_at),
    );
    let elapsed = interview.elapsed(interview.last_event_at()) as f64 / 60_000.0;
    let known = interview.sheet().is_none().then_some(elapsed);
    let label = text!(language, "study-paradata-minutes-pauses-left-out");
    builder.put(number("minutes", label, section), DataCell::number(known, Why::NotTimed));
    let states = options(&[
        ("open", text!(language, "study-not-finished")),
        ("finished", text!(language, "study-paradata-finished")),
        ("withdrawn", text!(language, "study-paradata-stopped-respondent-answers-kept")),
        ("refused", text!(language, "study-consent-refused")),
    ]);
    let state =
        option("state".into(), text!(language, "study-paradata-where-session-stands"), states, section);
    let word = match header.state {
        SessionState::Withdrawn => "withdrawn",
        _ if interview.is_refused() => "refused",
        SessionState::Open => "open",
        SessionState::Finished => "finished",
    };
    let code = state.code_of(word);
    builder.put(state, DataCell::number(code, Why::NotAsked));
    let modes = Mode::ALL.map(|(mode, name)| {
        let label = match mode {
            Mode::Screen => text!(language, "study-paradata-on-screens"),
            Mode::Plain => text!(language, "study-paradata-line-line"),
            Mode::Simulated => text!(language, "study-paradata-simulated"),
            Mode::Browser => text!(language, "study-paradata-in-browser"),
            Mode::Paper => text!(language, "study-paradata-on-paper"),
            Mode::Imported => text!(language, "study-paradata-imported"),
        };
        (name, label)
    });
    let mode =
        option("mode".into(), text!(language, "study-paradata-how-answers-came"), options(&modes), section);
    let code = mode.code_of(header.mode.name());
    builder.put(mode, DataCell::number(code, Why::NotAsked));
    if let Some(origin) = interview.origin() {
        let label = text!(language, "study-paradata-imported-from");
        builder.put(text("imported_from", label, section), words(&origin.file));
        let label = text!(language, "study-paradata-imported-row");
        builder.put(number("imported_row", label, section), DataCell::Number(origin.row as f64));
    }
    if let Some(sheet) = interview.sheet() {
        let label = text!(language, "study-paradata-sheet");
        builder.put(text("sheet", label, section), words(&sheet.number));
    }
    let label = text!(language, "study-paradata-language-end");
    builder.put(text("language", label, section), words(interview.language().as_str()));
    let label = text!(language, "study-paradata-version-consent-text-agreed");
    let recorded = interview.instrument().item("consent").is_some_and(|item| item.kind == "consent");
    if !recorded {
        let version = consent_version(interview);
        let cell = version.map_or(DataCell::Missing(Why::NotAsked), |version| DataCell::text(&version));
        builder.put(text("consent_version", label, section), cell);
    }
    let label = text!(language, "study-paradata-version-questionnaire");
    builder.put(text("instrument_version", label, section), words(&header.instrument.version));
    let label = text!(language, "study-paradata-sha-256-questionnaire");
    builder.put(text("instrument_hash", label, section), words(&header.instrument.hash));
    builder.put(
        text("relata_version", text!(language, "study-paradata-version-relata"), section),
        words(&header.relata),
    );
    let label = text!(language, "study-paradata-seed-every-random-order");
    builder.put(text("seed", label, section), words(&header.start.seed.to_string()));
    builder.put(
        number("events", text!(language, "study-paradata-events"), section),
        DataCell::Number(header.events as f64),
    );
}

/// What an item took.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Took {
    /// From the prompt before it (or the event before it) to its replies, milliseconds.
    ms: Instant,
    /// Replies that replaced another one.
    changes: usize,
    /// How many items of its group were answered for the first time before it, and this one.
    place: usize,
}

/// The time that each answered item took. Time that ends with going back, jumping, a note or a hand-over belongs to no item; nor does a
/// pause.
fn took(begun: Instant, events: &[Stamped], instrument: &Instrument) -> BTreeMap<String, Took> {
    let mut all: BTreeMap<String, Took> = BTreeMap::new();
    let mut replies: BTreeMap<(&str, usize), &Reply> = BTreeMap::new();
    let mut answered_in: BTreeMap<usize, usize> = BTreeMap::new();
    let mut last = begun;
    for Stamped { at, event } in events {
        if let Event::Answered { item, step, reply } = event {
            let took = all.entry(item.clone()).or_insert_with(|| {
                let group = instrument.item(item).map_or(usize::MAX, |item| item.group);
                let place = answered_in.entry(group).or_default();
                *place += 1;
                Took { place: *place, ..Took::default() }
            });
            took.ms += at.saturating_sub(last).max(0);
            if replies.insert((item, *step), reply).is_some_and(|before| before != reply) {
                took.changes += 1;
            }
        }
        last = last.max(*at);
    }
    all
}

/// Fills in what each item took, and the notes that were made at it.
pub(super) fn items(
    builder: &mut Builder,
    interview: &Interview,
    events: &[Stamped],
    language: &Language,
    without_text: bool,
) {
    let instrument = interview.instrument();
    // Another program says when everything ended, and of no single answer; a sheet of paper says nothing of it.
    let imported = interview.origin().is_some() || interview.sheet().is_some();
    let took = if imported { BTreeMap::new() } else { took(interview.start().at, events, instrument) };
    let untold = if imported { Why::NotTimed } else { Why::NotAnswered };
    for (index, item) in instrument.items.iter().enumerate() {
        let found = took.get(&item.name);
        let mut put = |what: &str, words: String, of: &dyn Fn(&Took) -> f64| {
            let label = || about(&words, &item.label.raw(language));
            let cell = found.map_or(DataCell::Missing(untold), |took| DataCell::Number(of(took)));
            builder.put_number(VariableGroup::Paradata, &format!("{}_{what}", item.name), label, cell);
        };
        put("seconds", text!(language, "study-paradata-seconds"), &|took| took.ms as f64 / 1_000.0);
        put("changes", text!(language, "study-paradata-changed-answers"), &|took| took.changes as f64);
        if instrument.group_of(item).randomize {
            put("place", text!(language, "study-paradata-place-section"), &|took| took.place as f64);
        }
        if let Some(order) = interview.order_shown(index) {
            let label = about(&text!(language, "study-paradata-order-shown"), &item.label.raw(language));
            let cell = match found {
                Some(_) => DataCell::text(&order.join(" ")),
                None if interview.replies(index).is_none() => DataCell::Missing(Why::NotAsked),
                None => DataCell::Missing(untold),
            };
            builder.put(text(format!("{}_order", item.name), label, VariableGroup::Paradata), cell);
        }
        if let Some(note) = interview.note_of(&item.name).filter(|_| !without_text) {
            let label = about(&text!(language, "shared-note"), &item.label.raw(language));
            let variable = Variable {
                free: true,
                ..text(format!("{}_note", item.name), label, VariableGroup::Paradata)
            };
            builder.put(variable, DataCell::text(note));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::prompt::Input;
    use crate::instrument::shipped;

    #[test]
    fn time_and_changes_are_told_from_the_journal() {
        let instrument = shipped::read("workshop-pulse").unwrap().instrument.unwrap();
        let answer = |item: &str, number: f64| Event::Answered {
            item: item.into(),
            step: 0,
            reply: Reply::Given(Input::Number(number)),
        };
        let events = [
            (1_000, answer("a", 1.0)),
            (1_500, Event::Back),
            (3_000, answer("a", 2.0)),
            (3_000, Event::Paused),
            (90_000, Event::Resumed),
            (91_000, answer("b", 2.0)),
            (90_500, answer("b", 2.0)),
        ];
        let events: Vec<Stamped> = events.into_iter().map(|(at, event)| Stamped { at, event }).collect();
        let took = took(0, &events, &instrument);
        assert_eq!(took["a"], Took { ms: 2_500, changes: 1, place: 1 });
        assert_eq!(took["b"], Took { ms: 1_000, changes: 0, place: 2 });
    }
}
