//! Screens as people see them, and keys as people press them: keystrokes in, screen or events out.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant as Clock};

use crossterm::event::{Event as Pressed, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::app::{App, Flow};
use super::*;
use crate::instrument::shipped;
use crate::interview::{Begun, Event, Interview, Journal, NotKept, Stamped, Start};

mod answers;
mod coding;
mod entries;
mod journeys;
mod keeping;
mod kiosk;
mod relations;
mod results;
mod screens;
mod sorting;
mod studies;

/// Everything that a session kept.
type Kept = Rc<RefCell<Vec<Stamped>>>;

/// What was begun and not answered.
type Beginnings = Rc<RefCell<crate::interview::Beginnings>>;

/// A journal in memory, whose place may go away.
struct Collector {
    kept: Kept,
    begun: Beginnings,
    gone: Rc<RefCell<bool>>,
    wiped: Rc<RefCell<bool>>,
}

impl Collector {
    fn place(&self) -> Result<(), NotKept> {
        if *self.wiped.borrow() {
            let sentence = "It was erased by another program.".to_owned();
            let mut why = NotKept::from(sentence);
            why.erased = true;
            return Err(why);
        }
        match *self.gone.borrow() {
            true => Err(NotKept::new(true, |_| "The file is not there any more.".into())),
            false => Ok(()),
        }
    }
}

impl Journal for Collector {
    fn keep(&mut self, at: Instant, event: &Event) -> Result<(), NotKept> {
        self.place()?;
        self.kept.borrow_mut().push(Stamped { at, event: event.clone() });
        self.begun.borrow_mut().retain(|(item, step), _| !event.settles(item, *step));
        Ok(())
    }

    fn keep_begun(&mut self, _: Instant, item: &str, step: usize, begun: &Begun) -> Result<(), NotKept> {
        self.place()?;
        self.begun.borrow_mut().insert((item.to_owned(), step), begun.clone());
        Ok(())
    }

    fn check(&mut self) -> Result<(), NotKept> {
        self.place()
    }

    fn suggested_place(&self) -> String {
        "study-s1.relata".into()
    }

    fn save_elsewhere(&mut self, place: &str) -> Result<String, NotKept> {
        if place.contains("nowhere") {
            return Err("There is no such folder.".to_owned().into());
        }
        *self.gone.borrow_mut() = false;
        Ok(place.to_owned())
    }
}

/// A desk that keeps everything in memory and whose clock stands still.
struct FakeDesk {
    now: Instant,
    language: Language,
    instruments: Vec<Arc<Instrument>>,
    sessions: Vec<SessionLine>,
    relations: Vec<RelationLine>,
    kept: Kept,
    beginnings: Beginnings,
    /// Whether the file went away while it was open.
    gone: Rc<RefCell<bool>>,
    /// Whether somebody erased the interview meanwhile.
    wiped: Rc<RefCell<bool>>,
    followed: Vec<String>,
    begun: Option<(Arc<Instrument>, Start)>,
    form: Form,
    report: Option<Report>,
    refusal: Option<String>,
    erased: Vec<String>,
    pages: Vec<String>,
    rehearsal: bool,
    reminder: Option<String>,
    reading: Option<Reading>,
    drafts: Vec<(bool, Draft)>,
    codes: Vec<GivenCode>,
    consensus: Option<GivenCode>,
    profile: Option<Profile>,
    measured: Option<crate::analysis::Measured>,
}

impl FakeDesk {
    fn new() -> Self {
        Self {
            now: 1_000_000,
            language: Language::new("en"),
            instruments: shipped::AT_HOME.iter().map(|name| shipped_instrument(name)).collect(),
            sessions: Vec::new(),
            relations: Vec::new(),
            kept: Kept::default(),
            beginnings: Beginnings::default(),
            gone: Rc::default(),
            wiped: Rc::default(),
            followed: Vec::new(),
            begun: None,
            form: Form { respondent: "R-001".into(), ..Form::default() },
            report: None,
            refusal: None,
            erased: Vec::new(),
            pages: Vec::new(),
            rehearsal: false,
            reminder: None,
            reading: None,
            drafts: Vec::new(),
            codes: Vec::new(),
            consensus: None,
            profile: None,
            measured: None,
        }
    }

    fn journal(&self) -> Collector {
        let (kept, begun, gone) = (self.kept.clone(), self.beginnings.clone(), self.gone.clone());
        Collector { kept, begun, gone, wiped: self.wiped.clone() }
    }

    fn events(&self) -> Vec<Event> {
        self.kept.borrow().iter().map(|stamped| stamped.event.clone()).collect()
    }
}

fn shipped_instrument(name: &str) -> Arc<Instrument> {
    Arc::new(shipped::read(name).unwrap().instrument.unwrap())
}

impl Desk for FakeDesk {
    fn now(&self) -> Instant {
        self.now
    }

    fn language(&self) -> Language {
        self.language.clone()
    }

    fn study(&self) -> Study {
        let place = "~/.local/share/relata/default.relata".into();
        Study { name: "default".into(), place, reminder: self.reminder.clone() }
    }

    fn instruments(&self) -> Vec<Arc<Instrument>> {
        self.instruments.clone()
    }

    fn sessions(&mut self) -> Result<Vec<SessionLine>, String> {
        self.refusal.clone().map_or_else(|| Ok(self.sessions.clone()), Err)
    }

    fn relations(&mut self) -> Vec<RelationLine> {
        self.relations.clone()
    }

    fn relation(&mut self, relation: &RelationLine, language: &Language) -> Result<Document, String> {
        if let Some(sentence) = &self.refusal {
            return Err(sentence.clone());
        }
        let visits = vec![relations::visit(crate::instrument::Party::Organisation)];
        let (code, name) = (relation.code.clone(), Some(relation.name.clone()));
        let relation = crate::analysis::relation::Relation::new(code, name, false, visits);
        let known = crate::report::relation::Known { relation, counsel: Vec::new(), before: Vec::new() };
        Ok(crate::report::relation::document(&known, language))
    }

    fn relation_place(&self, relation: &RelationLine) -> String {
        format!("{}.html", relation.code)
    }

    fn save_relation(
        &mut self,
        relation: &RelationLine,
        language: &Language,
        place: &str,
    ) -> Result<String, String> {
        self.pages.push(format!("{place} {language} {}", relation.code));
        Ok(place.to_owned())
    }

    fn next_assessment(&mut self, relation: &RelationLine) -> Result<(Arc<Instrument>, Form), String> {
        let fields = [("organisation".to_owned(), relation.name.clone())].into();
        let form = Form { respondent: relation.code.clone(), fields, ..Form::default() };
        Ok((shipped_instrument("account-self-assessment"), form))
    }

    fn prefilled(&mut self, _: &Instrument) -> Form {
        self.form.clone()
    }

    fn begin(&mut self, instrument: &Arc<Instrument>, form: &Form) -> Result<(String, Live), String> {
        if let Some(sentence) = &self.refusal {
            return Err(sentence.clone());
        }
        let language = form.language.clone().unwrap_or_else(|| self.language.clone());
        let start = Start { seed: 7, language, fields: form.fields.clone(), at: self.now, offset: None };
        self.begun = Some((instrument.clone(), start.clone()));
        self.rehearsal = form.test;
        let interview = Interview::new(instrument.clone(), start);
        Ok(("s-1".into(), Live::new(interview, Box::new(self.journal()))))
    }

    fn resume(&mut self, session: &str) -> Result<(String, Live), String> {
        let Some((instrument, start)) = self.begun.clone() else {
            return Err(format!("There is no session `{session}`."));
        };
        let events = self.kept.borrow().clone();
        let interview =
            Interview::replay(instrument, start, events).map_err(|refusal| refusal.to_string())?;
        let mut live = Live::new(interview, Box::new(self.journal()));
        live = live.with_begun(self.beginnings.borrow().clone());
        live.apply(self.now, Event::Resumed).map_err(|why| format!("{why:?}"))?;
        Ok((session.to_owned(), live))
    }

    fn forget(&mut self, session: &str) -> Result<(), String> {
        self.erased.push(session.to_owned());
        Ok(())
    }

    fn page_place(&self, session: &str) -> String {
        format!("/tmp/{session}.html")
    }

    fn save_page(
        &mut self,
        _: &str,
        language: &Language,
        reader: crate::instrument::Audience,
        place: &str,
    ) -> Result<String, String> {
        if let Some(sentence) = &self.refusal {
            return Err(sentence.clone());
        }
        self.pages.push(format!("{place} {language} {reader:?}"));
        Ok(place.to_owned())
    }

    fn report_command(&self, session: &str) -> String {
        format!("relata report --session {session}")
    }

    fn is_rehearsal(&self, _: &str) -> bool {
        self.rehearsal
    }

    fn follow(&mut self, place: &str) -> Result<(), String> {
        self.followed.push(place.to_owned());
        Ok(())
    }

    fn report(&mut self, session: &str, _: &Language) -> Result<Report, String> {
        self.report.clone().ok_or_else(|| format!("There is nothing to report about `{session}`."))
    }

    fn findings(&mut self, filter: &Filter, language: &Language, _: bool) -> Result<StudyReport, String> {
        let measured = self.measured.as_ref().ok_or_else(|| "There is no study to look at.".to_owned())?;
        Ok(StudyReport::build(measured, filter, language))
    }

    fn erase(&mut self, session: &str) -> Result<(), String> {
        self.erased.push(session.to_owned());
        Ok(())
    }

    fn coder(&self) -> String {
        String::new()
    }

    fn reading(
        &mut self,
        session: &str,
        coder: &str,
        consensus: bool,
        _: &Language,
    ) -> Result<Reading, String> {
        let reading =
            self.reading.clone().ok_or_else(|| format!("There is nothing to read of `{session}`."))?;
        let last = self.drafts.iter().rev().find(|(kind, _)| *kind == consensus);
        let saved = self.codes.iter().any(|code| code.coder == coder);
        Ok(Reading { draft: last.map(|(_, draft)| draft.clone()), saved, ..reading })
    }

    fn keep_draft(&mut self, _: &str, _: &str, consensus: bool, draft: &Draft) -> Result<(), NotKept> {
        if let Some(sentence) = &self.refusal {
            return Err(sentence.clone().into());
        }
        self.drafts.push((consensus, draft.clone()));
        Ok(())
    }

    fn rescue_place(&self, _: &str) -> String {
        "study-c.relata".into()
    }

    fn rescue(&mut self, _: &str, place: &str) -> Result<String, String> {
        if place.contains("nowhere") {
            return Err("There is no such folder.".into());
        }
        self.refusal = None;
        self.followed.push(place.to_owned());
        Ok(place.to_owned())
    }

    fn keep_code(&mut self, _: &str, coder: &str, consensus: bool, code: &Coding) -> Result<(), NotKept> {
        let given = GivenCode { coder: coder.to_owned(), coding: code.clone() };
        self.drafts.retain(|(kind, _)| *kind != consensus);
        if consensus {
            self.consensus = Some(given);
        } else {
            self.codes.retain(|code| code.coder != coder);
            self.codes.push(given);
        }
        Ok(())
    }

    fn compared(&mut self, _: &str, coder: &str, _: &Language) -> Result<Compared, String> {
        if self.codes.iter().all(|code| code.coder != coder) {
            return Err("Not before your own code is saved.".into());
        }
        let reading = self.reading.clone().ok_or_else(|| "nothing".to_owned())?;
        Ok(Compared {
            respondent: reading.respondent,
            about: reading.about,
            simulated: reading.simulated,
            codes: self.codes.clone(),
            consensus: self.consensus.clone(),
            profile: self.profile.clone(),
            questions: reading.answers.into_iter().map(|line| (line.item, line.question)).collect(),
        })
    }
}

/// Somebody at the keyboard.
struct Person {
    desk: FakeDesk,
    app: App,
    terminal: Terminal<TestBackend>,
    ended: Option<Outcome>,
}

impl Person {
    fn at(mut desk: FakeDesk, open: Open, (width, height): (u16, u16)) -> Self {
        let screen = super::app::opened(&mut desk, open).unwrap();
        Self::showing(screen, desk, (width, height))
    }

    /// In front of a screen.
    fn showing(screen: Box<dyn super::screen::Screen>, desk: FakeDesk, (width, height): (u16, u16)) -> Self {
        let app = App::showing(screen, Theme::NoColour);
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut person = Self { desk, app, terminal, ended: None };
        person.look();
        person
    }

    /// In front of the first prompt of a shipped instrument, about Acme.
    fn interviewed(name: &str, language: &str, size: (u16, u16)) -> Self {
        Self::interviewed_with(shipped_instrument(name), language, size)
    }

    fn interviewed_with(instrument: Arc<Instrument>, language: &str, size: (u16, u16)) -> Self {
        let fields = instrument.fields.iter().map(|field| (field.name.clone(), "Acme".to_owned())).collect();
        let form = Form {
            respondent: "R-001".into(),
            language: Some(Language::new(language)),
            fields,
            ..Form::default()
        };
        let mut person = Self::at(FakeDesk::new(), Open::New { instrument, form }, SMALL);
        person.press("Enter");
        assert!(person.desk.begun.is_some());
        person.resize(size);
        person
    }

    /// In front of the only prompt of an instrument with these items.
    fn asked(items: &str, size: (u16, u16)) -> Self {
        let text = format!(
            "format = 1\nname = \"test\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"Test\"\nminutes = 5\n\
             [choices.agree7]\nlabels = [\"Not at all\", \"Hardly\", \"A little\", \"Moderately\", \"Quite a bit\", \
             \"A lot\", \"Very much\"]\n{CHANNELS}[[groups]]\nname = \"g\"\nlabel = \"Group\"\n{items}"
        );
        let reading = Instrument::read("test.toml", &text, &|_| Err("no includes".into()));
        let found: Vec<_> = reading.findings.iter().map(|finding| &finding.message).collect();
        let instrument = reading.instrument.unwrap_or_else(|| panic!("{found:?}"));
        Self::interviewed_with(Arc::new(instrument), "en", size)
    }

    fn resize(&mut self, (width, height): (u16, u16)) {
        self.terminal.backend_mut().resize(width, height);
        self.event(Pressed::Resize(width, height));
    }

    fn look(&mut self) {
        self.look_at(Clock::now());
    }

    /// Sees what there is, at an instant.
    fn look_at(&mut self, at: Clock) {
        let now = self.desk.now;
        self.terminal.draw(|frame| self.app.draw(frame, now)).unwrap();
        self.app.shown(at, Duration::from_micros(300));
        let screen = self.screen();
        let last = screen.lines().last().unwrap_or_default().trim();
        let alone = ["? ", "F1 "].iter().any(|help| last.starts_with(help)) && last.split(' ').count() == 2;
        assert!(!alone, "the second line of the footer holds nothing but help\n{screen}");
        if self.app.work(&mut self.desk) {
            self.look();
        }
    }

    fn event(&mut self, event: Pressed) {
        match self.app.on(event, Clock::now(), &mut self.desk) {
            Flow::Ended(outcome) => self.ended = Some(outcome),
            Flow::Same | Flow::Suspend => {}
            Flow::Changed => self.look(),
        }
    }

    /// Presses keys, written with spaces between them: `3 Enter Down F3 Ctrl+S`.
    fn press(&mut self, keys: &str) -> &mut Self {
        for name in keys.split(' ') {
            self.event(Pressed::Key(key(name)));
        }
        self
    }

    fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.event(Pressed::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
        }
        self
    }

    fn screen(&self) -> String {
        let buffer = self.terminal.backend().buffer();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    fn sees(&self, text: &str) -> bool {
        self.screen().contains(text)
    }

    fn last_event(&self) -> Option<Event> {
        self.desk.events().last().cloned()
    }
}

fn screen_of(live: Live) -> Box<dyn super::screen::Screen> {
    Box::new(super::screens::session::Session::new("s-1".into(), live))
}

fn key(name: &str) -> KeyEvent {
    let (modifiers, name) = match name.split_once('+') {
        Some(("Ctrl", rest)) => (KeyModifiers::CONTROL, rest.to_lowercase()),
        Some(("Alt", rest)) => (KeyModifiers::ALT, rest.to_owned()),
        _ => (KeyModifiers::NONE, name.to_owned()),
    };
    let code = match name.as_str() {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "BackTab" => KeyCode::BackTab,
        "Backspace" => KeyCode::Backspace,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "Space" => KeyCode::Char(' '),
        name => match name.strip_prefix('F').and_then(|number| number.parse().ok()) {
            Some(number) => KeyCode::F(number),
            None => KeyCode::Char(name.chars().next().unwrap()),
        },
    };
    KeyEvent::new(code, modifiers)
}

/// Four named options, one of them long.
const CHANNELS: &str = "[[choices.channel]]\nname = \"phone\"\nlabel = \"Telephone\"\n[[choices.channel]]\nname = \"mail\"\n\
    label = \"E-mail\"\n[[choices.channel]]\nname = \"letter\"\nlabel = \"Letter\"\n[[choices.channel]]\n\
    name = \"person\"\nlabel = \"A conversation in person, at their place or at ours, with whoever happened to be there\"\n";

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);

/// What somebody sees, under the name of the test.
macro_rules! assert_screen {
    ($name:expr, $person:expr) => {
        insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $person.screen());
        });
    };
}
use assert_screen;
