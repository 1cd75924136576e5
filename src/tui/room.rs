//! The screen of the person who leads a room: how phones join, how many people are in, and the few keys for running it.
//!
//! Owns the picture and the keys. Knows nothing of the server: everything goes through [`RoomBackend`].

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::TuiError;
use super::page::wrap;
use super::reader::{KeyReader, TerminalInput};
use super::terminal::Guard;
use super::theme::{Styles, Theme};
use crate::instrument::Language;
use crate::text;

/// How often the room is checked for changes.
const TICK: Duration = Duration::from_millis(400);
/// The quiet zone that cameras need around a QR code, in modules.
const MARGIN: usize = 2;
/// Black and white from the 256-colour palette, because themes change the named colours.
const INK: Color = Color::Indexed(16);
const PAPER: Color = Color::Indexed(231);

/// The state of a room at one moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoomMoment {
    /// Title of the instrument.
    pub title: String,
    /// The address that phones open.
    pub url: String,
    /// The modules of its QR code; true is dark.
    pub code: Vec<Vec<bool>>,
    /// The network interface that the address belongs to, its number, and how many there are.
    pub way: (String, usize, usize),
    /// The address of the projector page, if there is one.
    pub wall: Option<String>,
    /// People who joined, and of those the ones who have not begun, are answering and are done.
    pub people: (usize, usize, usize, usize),
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// Overall progress, between 0 and 1.
    pub progress: f64,
    /// Whether the room is locked for newcomers.
    pub locked: bool,
    /// How many people the results last shown to the room are based on.
    pub shown: Option<usize>,
    /// Whether those results are being computed.
    pub working: bool,
    /// Whether any phone has reached this machine.
    pub reached: bool,
    /// What is to be reported.
    pub troubles: Vec<String>,
}

/// What the screen needs from outside. Every error is a whole sentence.
pub trait RoomBackend {
    /// The language of the screen.
    fn language(&self) -> Language;

    /// Switches to the next language.
    fn next_language(&mut self);

    /// The current state of the room.
    fn moment(&mut self) -> RoomMoment;

    /// Switches to the next address of this machine, or the previous one.
    fn address(&mut self, back: bool);

    /// Locks the room for newcomers, or unlocks it.
    fn lock(&mut self) -> Result<(), String>;

    /// Begins to show the room its own results; they arrive in a later moment.
    fn show(&mut self);

    /// Removes the person with this word; returns whether there was one.
    fn remove(&mut self, word: &str) -> Result<bool, String>;

    /// Makes sure that what was answered is in a file, before the room is left.
    fn leave(&mut self) -> Result<(), String>;

    /// Ends the room for good.
    fn end(&mut self) -> Result<(), String>;
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Asking {
    Nothing,
    /// The address of the projector page is shown.
    Wall,
    /// A word is being typed.
    Word(String),
    /// Asks whether to end the room.
    End,
}

/// Shows the room until its leader leaves or ends it.
pub fn run_room(backend: &mut dyn RoomBackend, theme: Theme) -> Result<(), TuiError> {
    let (mut asking, mut trouble, mut before) = (Asking::Nothing, None::<String>, None);
    let mut terminal = Guard::enter()?;
    let reader = KeyReader::start()?;
    loop {
        let language = backend.language();
        let moment = backend.moment();
        let now = (moment, asking.clone(), trouble.clone(), language.clone());
        if before.as_ref() != Some(&now) {
            let shown = RoomFrame {
                moment: &now.0,
                asking: &asking,
                trouble: trouble.as_deref(),
                language: &language,
                styles: theme.styles(),
                colour: theme != Theme::NoColour,
            };
            terminal.draw(|frame| shown.draw(frame))?;
            before = Some(now);
        }
        let key = match reader.inputs.recv_timeout(TICK) {
            Ok(TerminalInput::Event { event: Event::Key(key), .. }) if key.kind != KeyEventKind::Release => {
                key
            }
            Ok(TerminalInput::Event { .. } | TerminalInput::Answered(_)) => {
                before = None;
                continue;
            }
            Ok(TerminalInput::Continued) => {
                terminal.renew()?;
                before = None;
                continue;
            }
            Ok(TerminalInput::Failed(error)) => return Err(error.into()),
            Err(RecvTimeoutError::Timeout) => continue,
            Ok(TerminalInput::Terminated) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            match key.code {
                KeyCode::Char('c') => return Ok(()),
                KeyCode::Char('z') => {
                    terminal.suspend()?;
                    before = None;
                }
                _ => {}
            }
            continue;
        }
        trouble = None;
        asking = match (asking, key.code) {
            (Asking::Word(word), KeyCode::Enter) => {
                trouble = match backend.remove(&word) {
                    Ok(true) => Some(text!(&language, "tui-room-removed", word)),
                    Ok(false) => Some(text!(&language, "tui-room-nobody", word)),
                    Err(why) => Some(why),
                };
                Asking::Nothing
            }
            (asking, KeyCode::F(5)) => {
                backend.next_language();
                asking
            }
            (Asking::Word(_) | Asking::End | Asking::Wall, KeyCode::Esc) => Asking::Nothing,
            (Asking::Word(mut word), KeyCode::Backspace) => {
                word.pop();
                Asking::Word(word)
            }
            (Asking::Word(mut word), KeyCode::Char(letter)) => {
                word.extend(letter.to_uppercase());
                word.truncate(8);
                Asking::Word(word)
            }
            (Asking::Word(word), _) => Asking::Word(word),
            (Asking::End, KeyCode::Char('e') | KeyCode::Enter) => match backend.end() {
                Ok(()) => return Ok(()),
                Err(why) => {
                    trouble = Some(why);
                    Asking::Nothing
                }
            },
            (_, KeyCode::Char('q')) => match backend.leave() {
                Ok(()) => return Ok(()),
                Err(why) => {
                    trouble = Some(why);
                    Asking::Nothing
                }
            },
            (_, KeyCode::Char('e')) => Asking::End,
            (_, KeyCode::Char('x')) => Asking::Word(String::new()),
            (Asking::Wall, KeyCode::Char('p')) => Asking::Nothing,
            (_, KeyCode::Char('p')) => Asking::Wall,
            (_, KeyCode::Char('l')) => {
                trouble = backend.lock().err();
                Asking::Nothing
            }
            // The projector page offers `r` for this as well.
            (_, KeyCode::Char('s' | 'r')) => {
                backend.show();
                Asking::Nothing
            }
            (_, KeyCode::Left | KeyCode::Right) => {
                backend.address(key.code == KeyCode::Left);
                Asking::Nothing
            }
            (asking, _) => asking,
        };
    }
}

struct RoomFrame<'a> {
    moment: &'a RoomMoment,
    asking: &'a Asking,
    trouble: Option<&'a str>,
    language: &'a Language,
    styles: Styles,
    colour: bool,
}

impl RoomFrame<'_> {
    fn draw(&self, frame: &mut Frame) {
        // In rows of its own, because what is above may be more than the screen holds, and nobody types blindly whom to erase.
        let asked = self.asked(frame.area().width);
        let rows = [Constraint::Min(3), Constraint::Length(asked.len() as u16), Constraint::Length(2)];
        let [body, ask, foot] = Layout::vertical(rows).areas(frame.area());
        frame.render_widget(Paragraph::new(asked), ask);
        let side = self.moment.code.len() + 2 * MARGIN;
        let (wide, tall) = (side as u16, side.div_ceil(2) as u16);
        // Without colours the code may come out inverted, which many cameras cannot read; then the address has to do.
        let fits = self.colour
            && !self.moment.code.is_empty()
            && !self.moment.locked
            && body.width >= wide + 36
            && body.height >= tall;
        let words = if fits {
            let [left, right] =
                Layout::horizontal([Constraint::Length(wide + 2), Constraint::Min(30)]).areas(body);
            let place = Rect { width: wide, height: tall, ..left };
            frame.render_widget(Paragraph::new(self.code()), place);
            right
        } else {
            body
        };
        frame.render_widget(Paragraph::new(self.words()).wrap(Wrap { trim: false }), words);
        let keys = Paragraph::new(Line::styled(self.keys(), self.styles.dim)).wrap(Wrap { trim: true });
        frame.render_widget(keys, foot);
    }

    /// Two modules per character cell, one above the other.
    fn code(&self) -> Vec<Line<'static>> {
        let rows = &self.moment.code;
        let side = rows.len() + 2 * MARGIN;
        let dark = |x: usize, y: usize| {
            let place = |at: usize| at.checked_sub(MARGIN);
            let square = place(y).zip(place(x)).and_then(|(y, x)| rows.get(y)?.get(x));
            square.copied().unwrap_or(false)
        };
        let shade = |dark: bool| if dark { INK } else { PAPER };
        let cell = |x: usize, y: usize| {
            Span::styled("▀", Style::default().fg(shade(dark(x, y))).bg(shade(dark(x, y + 1))))
        };
        (0..side).step_by(2).map(|y| Line::from((0..side).map(|x| cell(x, y)).collect::<Vec<_>>())).collect()
    }

    fn words(&self) -> Vec<Line<'static>> {
        let (moment, language, styles) = (self.moment, self.language, &self.styles);
        let (joined, waiting, answering, finished) = moment.people;
        let mut lines = vec![Line::styled(moment.title.clone(), styles.strong)];
        if moment.rehearsal {
            lines.push(Line::styled(text!(language, "tui-form-rehearsal"), styles.warn));
        }
        lines.push(Line::default());
        if moment.locked {
            lines.push(Line::styled(text!(language, "tui-room-locked"), styles.warn));
        } else {
            lines.push(Line::styled(moment.url.clone(), styles.accent));
            let (name, number, of) = &moment.way;
            // An address given by hand has no interface name, and with a single one there is nothing to choose.
            if *of > 1 {
                lines.push(Line::styled(text!(language, "tui-room-way", name, number, of), styles.dim));
            }
        }
        lines.push(Line::default());
        let reached = match (moment.reached, joined) {
            (true, _) => Line::styled(text!(language, "tui-room-reached"), styles.good),
            (false, 0) => Line::styled(text!(language, "tui-room-not-reached"), styles.dim),
            // Who is here came in before the room was opened again.
            (false, _) => Line::styled(text!(language, "tui-room-not-reached-again"), styles.dim),
        };
        lines.extend([reached, Line::default()]);
        // The same wording as on the projector page.
        let people = [
            (joined, text!(language, "server-wall-joined")),
            (waiting, text!(language, "server-wall-waiting")),
            (answering, text!(language, "server-wall-answering")),
            (finished, text!(language, "server-wall-finished")),
        ];
        let people = people.map(|(number, label)| format!("{number} {label}")).join(" · ");
        lines.push(Line::styled(people, styles.strong));
        let share = format!("{:.0}", 100.0 * moment.progress);
        lines.push(Line::styled(text!(language, "tui-room-progress", share), styles.text));
        lines.push(Line::default());
        lines.push(match (moment.working, moment.shown) {
            (true, _) => Line::styled(text!(language, "tui-room-working"), styles.accent),
            (false, Some(people)) => Line::styled(text!(language, "tui-room-shown", people), styles.good),
            (false, None) => Line::styled(text!(language, "tui-room-hidden"), styles.dim),
        });
        for trouble in self.trouble.into_iter().chain(moment.troubles.iter().map(String::as_str)) {
            lines.extend([Line::default(), Line::styled(format!("! {trouble}"), styles.warn)]);
        }
        lines
    }

    /// What is asked, or was asked for, in rows of this width.
    fn asked(&self, width: u16) -> Vec<Line<'static>> {
        let (language, styles) = (self.language, &self.styles);
        let rows = |text: String, style| {
            wrap(&text, width.into()).into_iter().map(move |row| Line::styled(row, style))
        };
        match self.asking {
            Asking::Nothing => Vec::new(),
            Asking::Wall => {
                let wall = self.moment.wall.clone().unwrap_or_else(|| text!(language, "tui-room-no-wall"));
                rows(text!(language, "tui-room-wall"), styles.dim).chain(rows(wall, styles.accent)).collect()
            }
            Asking::Word(word) => rows(text!(language, "tui-room-which", word), styles.accent).collect(),
            Asking::End => rows(text!(language, "tui-room-sure"), styles.warn).collect(),
        }
    }

    fn keys(&self) -> String {
        match self.asking {
            Asking::Nothing | Asking::Wall => text!(self.language, "tui-room-keys"),
            Asking::Word(_) => text!(self.language, "tui-room-keys-word"),
            Asking::End => text!(self.language, "tui-room-keys-end"),
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    fn drawn(moment: &RoomMoment, asking: &Asking, size: (u16, u16), language: &str, colour: bool) -> String {
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let styles = Theme::Auto.styles();
        let language = &Language::new(language);
        let shown = RoomFrame { moment, asking, trouble: None, language, styles, colour };
        terminal.draw(|frame| shown.draw(frame)).unwrap();
        terminal.backend().to_string()
    }

    #[test]
    fn the_address_stands_in_words_beside_its_code() {
        let moment = RoomMoment {
            title: "Workshop pulse".into(),
            url: "http://192.168.178.23:7878/K7Q2".into(),
            code: vec![vec![true; 25]; 25],
            way: ("wlan0".into(), 1, 2),
            wall: Some("http://192.168.178.23:7878/p/secret".into()),
            people: (12, 1, 3, 8),
            progress: 0.5,
            ..RoomMoment::default()
        };
        for (size, language) in [((80, 24), "en"), ((80, 24), "nl"), ((120, 40), "en")] {
            let screen = drawn(&moment, &Asking::Nothing, size, language, true);
            assert!(screen.contains("192.168.178.23:7878/K7Q2") && screen.contains("12"), "{screen}");
            assert!(screen.contains('▀'), "{screen}");
            // The whole room may see this screen.
            assert!(!screen.contains("secret"), "{screen}");
        }
        assert!(drawn(&moment, &Asking::Wall, (120, 40), "en", true).contains("/p/secret"));
        let screen = drawn(&moment, &Asking::Nothing, (120, 40), "en", true);
        assert!(screen.contains("12 here · 1 not begun · 3 answering · 8 done"), "{screen}");
        assert!(screen.contains("since it was opened") && !screen.contains("has come yet"), "{screen}");
        let empty = RoomMoment { people: (0, 0, 0, 0), ..moment.clone() };
        assert!(drawn(&empty, &Asking::Nothing, (120, 40), "en", true).contains("no phone has come yet"));
        assert!(!screen.contains("Rehearsal"), "{screen}");
        let rehearsal = RoomMoment { rehearsal: true, ..moment.clone() };
        assert!(drawn(&rehearsal, &Asking::Nothing, (80, 24), "en", true).contains("Rehearsal"));
        assert!(!drawn(&moment, &Asking::Nothing, (80, 24), "en", false).contains('▀'));
        let locked = RoomMoment { locked: true, ..moment };
        let screen = drawn(&locked, &Asking::Nothing, (80, 24), "en", true);
        assert!(!screen.contains("K7Q2") && !screen.contains('▀'), "{screen}");
    }

    #[test]
    fn what_is_asked_is_seen_below_whatever_is_reported() {
        let trouble = "The study is lost, and nothing that is answered can be saved: `/home/somebody/studies/study-saved.relata` cannot be \
                       made, because a file lies where its folder should be. The next answer tries again, and so does q.";
        let moment = RoomMoment {
            title: "Workshop pulse".into(),
            url: "http://192.168.178.23:7878/K7Q2".into(),
            code: vec![vec![true; 29]; 29],
            way: ("wlan0".into(), 1, 2),
            wall: Some("http://192.168.178.23:7878/p/0123456789abcdef".into()),
            rehearsal: true,
            troubles: vec![trouble.into(); 3],
            ..RoomMoment::default()
        };
        for (asking, language, seen) in [
            (Asking::Word("KQXZ".into()), "en", "Their word: KQXZ"),
            (Asking::Word("KQXZ".into()), "nl", "KQXZ"),
            (Asking::End, "en", "End the room for good?"),
            (Asking::Wall, "en", "/p/0123456789abcdef"),
        ] {
            let screen = drawn(&moment, &asking, (80, 24), language, true);
            assert!(screen.contains(seen), "{screen}");
            // The code for phones stays, and so does what comes first.
            assert!(screen.contains('▀') && screen.contains("! The study is lost"), "{screen}");
        }
    }
}
