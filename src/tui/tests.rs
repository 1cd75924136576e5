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
use crate::classify::model::Profile;
use crate::instrument::shipped;
use crate::interview::{
    Begun, Event, Interview, Journal, NotKept, ReviewLine, SavedElsewhere, Stamped, Start,
};
use crate::study::coding::{GivenCode, ShownCall};

mod answers;
mod coding;
mod entries;
mod fake;
mod journeys;
mod keeping;
mod kiosk;
mod relations;
mod results;
mod screens;
mod sorting;
mod studies;
mod transcripts;

use fake::{FakeBackend, shipped_instrument};

struct Person {
    backend: FakeBackend,
    app: App,
    terminal: Terminal<TestBackend>,
    ended: Option<ScreensEnd>,
    /// Total time this person has waited without pressing a key.
    waited: Duration,
}

impl Person {
    fn at(mut backend: FakeBackend, open: Open, (width, height): (u16, u16)) -> Self {
        let screen = super::app::opened(&mut backend, open).unwrap();
        Self::showing(screen, backend, (width, height))
    }

    /// In front of a screen.
    fn showing(
        screen: Box<dyn super::screen::Screen>,
        backend: FakeBackend,
        (width, height): (u16, u16),
    ) -> Self {
        let app = App::showing(screen, Theme::NoColour);
        let terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let mut person = Self { backend, app, terminal, ended: None, waited: Duration::ZERO };
        person.look();
        person
    }

    /// In front of the first prompt of a shipped instrument, about Acme.
    fn interviewed(name: &str, language: &str, size: (u16, u16)) -> Self {
        Self::interviewed_with(shipped_instrument(name), language, size)
    }

    fn interviewed_with(instrument: Arc<Instrument>, language: &str, size: (u16, u16)) -> Self {
        let fields = instrument.fields.iter().map(|field| (field.name.clone(), "Acme".to_owned())).collect();
        let form = FormEntries {
            respondent: "R-001".into(),
            language: Some(Language::new(language)),
            fields,
            ..FormEntries::default()
        };
        let mut person = Self::at(FakeBackend::new(), Open::New { instrument, form }, SMALL);
        person.press("Enter");
        assert!(person.backend.begun.is_some());
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

    /// Draws the screen as it is at an instant.
    fn look_at(&mut self, at: Clock) {
        let now = self.backend.now;
        self.terminal.draw(|frame| self.app.draw(frame, now)).unwrap();
        self.app.shown(at, Duration::from_micros(300));
        let screen = self.screen();
        let last = screen.lines().last().unwrap_or_default().trim();
        let alone = ["? ", "F1 "].iter().any(|help| last.starts_with(help)) && last.split(' ').count() == 2;
        assert!(!alone, "the second line of the footer holds nothing but help\n{screen}");
        if self.app.work(&mut self.backend) {
            self.look();
        }
    }

    fn event(&mut self, event: Pressed) {
        match self.app.on(event, Clock::now() + self.waited, &mut self.backend) {
            Flow::Ended(outcome) => self.ended = Some(outcome),
            Flow::Same | Flow::Suspend => {}
            Flow::Changed => self.look(),
        }
    }

    /// Waits long enough to read the screen before the next key.
    fn reads(&mut self) -> &mut Self {
        self.waited += Duration::from_secs(1);
        self
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
        self.backend.events().last().cloned()
    }
}

fn screen_of(live: Live) -> Box<dyn super::screen::Screen> {
    Box::new(super::screens::session::SessionScreen::new("s-1".into(), live))
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

/// Snapshots the screen under the name of the test.
macro_rules! assert_screen {
    ($name:expr, $person:expr) => {
        insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!($name, $person.screen());
        });
    };
}
use assert_screen;
