//! The screen of whoever leads a room: how phones come in, who is here, and the few things that are theirs to do.
//!
//! Owns the picture and the keys. Refuses to know a server: everything comes through [`RoomBackend`].

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use super::TuiError;
use super::reader::{KeyReader, TerminalInput};
use super::terminal::Guard;
use super::theme::{Styles, Theme};
use crate::instrument::Language;
use crate::text;

/// How often it is looked whether somebody has come.
const TICK: Duration = Duration::from_millis(400);
/// Squares around a code that cameras need.
const MARGIN: usize = 2;
/// Black and white of the 256 colours: those with names are what a theme makes of them.
const INK: Color = Color::Indexed(16);
const PAPER: Color = Color::Indexed(231);

/// A room at one moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoomMoment {
    /// What is asked.
    pub title: String,
    /// Where phones go.
    pub url: String,
    /// The squares of its code; true is dark.
    pub code: Vec<Vec<bool>>,
    /// The way into the network that the address belongs to, its number, and how many there are.
    pub way: (String, usize, usize),
    /// The page for the wall, where there is one.
    pub wall: Option<String>,
    /// All who are here, those of them who have not begun, those who answer, and those who are done.
    pub people: (usize, usize, usize, usize),
    /// Whether it is a rehearsal.
    pub rehearsal: bool,
    /// How far all have come, between 0 and 1.
    pub progress: f64,
    /// Whether nobody else can come in.
    pub locked: bool,
    /// Of how many people the room has been shown to itself.
    pub shown: Option<usize>,
    /// Whether that is being worked out.
    pub working: bool,
    /// Whether any phone has reached this machine.
    pub reached: bool,
    /// What has to be said.
    pub trouble: Option<String>,
}

/// What the screen needs from outside. Every error is a whole sentence.
pub trait RoomBackend {
    /// The language of the screen.
    fn language(&self) -> Language;

    /// Another language from here on.
    fn next_language(&mut self);

    /// The room as it is.
    fn moment(&mut self) -> RoomMoment;

    /// Another address of this machine.
    fn address(&mut self, back: bool);

    /// Lets nobody else in, or others again.
    fn lock(&mut self) -> Result<(), String>;

    /// Begins to show the room to itself; what comes of it is in a later moment.
    fn show(&mut self);

    /// Takes somebody out by their word; whether there was anybody.
    fn remove(&mut self, word: &str) -> Result<bool, String>;

    /// Ends the room for good.
    fn end(&mut self) -> Result<(), String>;
}

/// What is being asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asking {
    Nothing,
    /// The page of the wall is shown.
    Wall,
    /// A word is typed.
    Word(String),
    /// Whether it is to end.
    End,
}

/// Shows the room until whoever leads it leaves, or ends it.
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
            (_, KeyCode::Char('q')) => return Ok(()),
            (_, KeyCode::Char('e')) => Asking::End,
            (_, KeyCode::Char('x')) => Asking::Word(String::new()),
            (Asking::Wall, KeyCode::Char('p')) => Asking::Nothing,
            (_, KeyCode::Char('p')) => Asking::Wall,
            (_, KeyCode::Char('l')) => {
                trouble = backend.lock().err();
                Asking::Nothing
            }
            // The projector’s page has `r` for it as well.
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

/// What is drawn.
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
        let [body, foot] = Layout::vertical([Constraint::Min(3), Constraint::Length(2)]).areas(frame.area());
        let side = self.moment.code.len() + 2 * MARGIN;
        let (wide, tall) = (side as u16, side.div_ceil(2) as u16);
        // Without colours a code may come out inverted, which many cameras do not read: then the address has to do.
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

    /// Two rows of squares in one row of cells.
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
            // One that was given by hand has no name, and where there is one there is nothing to choose.
            if *of > 1 {
                lines.push(Line::styled(text!(language, "tui-room-way", name, number, of), styles.dim));
            }
        }
        lines.push(Line::default());
        let reached = match moment.reached {
            true => Line::styled(text!(language, "tui-room-reached"), styles.good),
            false => Line::styled(text!(language, "tui-room-not-reached"), styles.dim),
        };
        lines.extend([reached, Line::default()]);
        // In the very words of the wall.
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
        for trouble in self.trouble.into_iter().chain(moment.trouble.as_deref()) {
            lines.extend([Line::default(), Line::styled(format!("! {trouble}"), styles.warn)]);
        }
        match self.asking {
            Asking::Nothing => {}
            Asking::Wall => {
                let wall = moment.wall.clone().unwrap_or_else(|| text!(language, "tui-room-no-wall"));
                lines.extend([Line::default(), Line::styled(text!(language, "tui-room-wall"), styles.dim)]);
                lines.push(Line::styled(wall, styles.accent));
            }
            Asking::Word(word) => {
                let asked = text!(language, "tui-room-which", word);
                lines.extend([Line::default(), Line::styled(asked, styles.accent)]);
            }
            Asking::End => {
                lines.extend([Line::default(), Line::styled(text!(language, "tui-room-sure"), styles.warn)]);
            }
        }
        lines
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
            // Whoever looks at this screen may be the whole room.
            assert!(!screen.contains("secret"), "{screen}");
        }
        assert!(drawn(&moment, &Asking::Wall, (120, 40), "en", true).contains("/p/secret"));
        let screen = drawn(&moment, &Asking::Nothing, (120, 40), "en", true);
        assert!(screen.contains("12 here · 1 not begun · 3 answering · 8 done"), "{screen}");
        assert!(!screen.contains("Rehearsal"), "{screen}");
        let rehearsal = RoomMoment { rehearsal: true, ..moment.clone() };
        assert!(drawn(&rehearsal, &Asking::Nothing, (80, 24), "en", true).contains("Rehearsal"));
        assert!(!drawn(&moment, &Asking::Nothing, (80, 24), "en", false).contains('▀'));
        let locked = RoomMoment { locked: true, ..moment };
        let screen = drawn(&locked, &Asking::Nothing, (80, 24), "en", true);
        assert!(!screen.contains("K7Q2") && !screen.contains('▀'), "{screen}");
    }
}
