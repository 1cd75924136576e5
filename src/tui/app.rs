//! The stack of screens, and the loop that reads, answers and draws.

use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant as Clock};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::calibration::TerminalAnswer;
use super::keys::{self, Command};
use super::page::{Canvas, Drawn, Hit, Page};
use super::reader::{KeyReader, TerminalInput};
use super::screen::{Look, Next, Screen, UserAction, With};
use super::screens::coding::{self, who::Who};
use super::screens::help::Help;
use super::screens::{
    form::FormScreen, home::Home, kiosk::Kiosk, result::ResultScreen, session::SessionScreen,
    study::StudyMoment,
};
use super::terminal::Guard;
use super::theme::{Styles, Theme};
use super::widgets::card::WIDEST;
use super::widgets::footer;
use super::words::Words;
use super::{Backend, Open, ScreensEnd, TuiError};
use crate::text;

/// Smallest usable window: one row less than the smallest common one, to allow for a status line.
const SMALLEST: (u16, u16) = (80, 22);
/// Tallest area used: in a taller window the keys would be too far from the card.
const TALLEST: u16 = 48;
/// How often a screen that shows the time is drawn again.
const TICK: Duration = Duration::from_secs(1);

/// Shows the screens until the user leaves them. The terminal is restored afterwards, whatever happens.
pub fn run(backend: &mut dyn Backend, open: Open, theme: Theme) -> Result<ScreensEnd, TuiError> {
    let mut app = App::showing(opened(backend, open)?, theme);
    let mut terminal = Guard::enter()?;
    let reader = KeyReader::start()?;
    let mut changed = true;
    let mut held = None;
    loop {
        if changed {
            let now = backend.now();
            terminal.report_repeats(app.wants_repeats())?;
            let begun = Clock::now();
            terminal.draw(|frame| app.draw(frame, now))?;
            let at = Clock::now();
            app.shown(at, at - begun);
            if app.work(backend) {
                continue;
            }
            if app.asks() && !reader.ask() {
                app.answered(None);
            }
        }
        // Input that was already read is handled before a deadline: a key that was in time must not count as late.
        let input = match (held.take(), app.wait(Clock::now())) {
            (Some(held), _) => Some(held),
            (None, None) => reader.inputs.recv().ok(),
            (None, Some(wait)) => match reader.inputs.recv_timeout(wait) {
                Err(RecvTimeoutError::Timeout) => match app.pass(Clock::now(), backend) {
                    Flow::Ended(outcome) => return Ok(outcome),
                    flow => {
                        changed = flow != Flow::Same;
                        continue;
                    }
                },
                other => other.ok(),
            },
        };
        if input.as_ref().is_some_and(TerminalInput::is_resize) {
            held = reader.after_resizes();
        }
        match input {
            Some(TerminalInput::Event { at, event }) => match app.on(event, at, backend) {
                Flow::Same => changed = false,
                Flow::Changed => changed = true,
                Flow::Suspend => {
                    app.interrupted();
                    app.put_down(backend);
                    terminal.suspend()?;
                    changed = true;
                }
                Flow::Ended(outcome) => return Ok(outcome),
            },
            Some(TerminalInput::Answered(answer)) => changed = app.answered(answer) == Flow::Changed,
            Some(TerminalInput::Continued) => {
                app.interrupted();
                terminal.renew()?;
                changed = true;
            }
            // The program is asked to end or the terminal is gone; everything is saved already.
            Some(TerminalInput::Terminated) | None => {
                return Ok(app.end(backend));
            }
            Some(TerminalInput::Failed(error)) => {
                app.put_down(backend);
                return Err(error.into());
            }
        }
    }
}

pub(super) fn opened(backend: &mut dyn Backend, open: Open) -> Result<Box<dyn Screen>, TuiError> {
    let language = backend.language();
    Ok(match open {
        Open::Home => Box::new(Home::new(backend)),
        Open::New { instrument, form } => Box::new(FormScreen::new(instrument, form, &language)),
        Open::Kiosk { instrument, code, test } => Box::new(Kiosk::new(instrument, code, test, &language)),
        Open::Resume { session } => {
            let (id, live) = backend.resume(&session).map_err(TuiError::Cannot)?;
            let rehearsal = backend.is_rehearsal(&id);
            Box::new(SessionScreen::new(id, live).rehearsal(rehearsal))
        }
        Open::Code { session, coder } => match coder {
            Some(coder) => coding::begin(backend, &session, &coder, &language).map_err(TuiError::Cannot)?,
            None => Box::new(Who::new(session, backend, language)),
        },
        Open::Study => Box::new(StudyMoment::new(language)),
        Open::Result { session } => {
            Box::new(ResultScreen::of(backend, &session, &language, None).map_err(TuiError::Cannot)?)
        }
    })
}

#[derive(Debug, PartialEq)]
pub(super) enum Flow {
    Same,
    Changed,
    Suspend,
    Ended(ScreensEnd),
}

/// The stack of screens; the last one is on top.
pub(super) struct App {
    stack: Vec<Box<dyn Screen>>,
    styles: Styles,
    drawn: Drawn,
    too_small: bool,
    /// Whether the terminal can report repeated keys.
    reports_repeats: bool,
    /// The outcome of the last screen that was closed.
    outcome: ScreensEnd,
}

impl App {
    /// A stack of one screen.
    pub fn showing(screen: Box<dyn Screen>, theme: Theme) -> Self {
        Self {
            stack: vec![screen],
            styles: theme.styles(),
            drawn: Drawn::default(),
            too_small: false,
            reports_repeats: false,
            outcome: ScreensEnd::Closed,
        }
    }

    /// How long to wait for input before the screen changes on its own; `None` waits indefinitely.
    fn wait(&self, now: Clock) -> Option<Duration> {
        let screen = self.stack.last()?;
        let due = screen.deadline().map(|deadline| deadline.saturating_duration_since(now));
        due.or_else(|| screen.has_clock().then_some(TICK))
    }

    /// Handles a timeout.
    pub fn pass(&mut self, now: Clock, backend: &mut dyn Backend) -> Flow {
        match self.stack.last_mut() {
            Some(screen) if screen.deadline().is_some() => {
                let next = screen.pass(now, backend);
                self.follow(next, backend)
            }
            _ => Flow::Changed,
        }
    }

    /// Whether the terminal must be probed; true once per occasion.
    pub fn asks(&mut self) -> bool {
        self.stack.last_mut().is_some_and(|screen| screen.asks())
    }

    /// Handles the terminal's answer. It is offered to the whole stack, because a help screen may cover the screen that asked.
    pub fn answered(&mut self, answer: Option<TerminalAnswer>) -> Flow {
        self.reports_repeats |= answer.is_some_and(|answer| answer.reports_repeats);
        // Every screen hears it: the one on top may not be the first that it concerns.
        let changed = self.stack.iter_mut().fold(false, |changed, screen| screen.answered(answer) | changed);
        if changed { Flow::Changed } else { Flow::Same }
    }

    /// Whether the terminal should report repeated keys, which only timed blocks need.
    fn wants_repeats(&self) -> bool {
        self.reports_repeats && self.stack.last().is_some_and(|screen| screen.is_bare())
    }

    /// When the screen changes by itself.
    #[cfg(test)]
    pub fn deadline(&self) -> Option<Clock> {
        self.stack.last().and_then(|screen| screen.deadline())
    }

    /// The program was suspended in the meantime.
    pub fn interrupted(&mut self) {
        if let Some(screen) = self.stack.last_mut() {
            screen.interrupted();
        }
    }

    /// Saves everything typed so far, because the program may end now.
    pub fn put_down(&mut self, backend: &mut dyn Backend) {
        self.stack.iter_mut().for_each(|screen| screen.put_down(backend));
    }

    /// Everything drawn was visible at this instant.
    pub fn shown(&mut self, at: Clock, took: Duration) {
        match self.stack.last_mut() {
            Some(screen) if self.too_small => screen.interrupted(),
            Some(screen) => screen.shown(at, took),
            None => {}
        }
    }

    /// Whether this is a shared machine on which nothing else may be seen.
    fn is_kiosk(&self) -> bool {
        self.stack.first().is_some_and(|screen| screen.is_kiosk())
    }

    /// Ends from outside, such as by a signal, and returns the outcome.
    fn end(&mut self, backend: &mut dyn Backend) -> ScreensEnd {
        self.put_down(backend);
        let outcome = self.stack.iter_mut().rev().find_map(|screen| screen.leave(backend));
        outcome.unwrap_or_else(|| self.outcome.clone())
    }

    /// What `end` would return.
    #[cfg(test)]
    pub fn left(&self) -> ScreensEnd {
        self.stack.iter().rev().find_map(|screen| screen.if_ended()).unwrap_or_else(|| self.outcome.clone())
    }

    /// Draws the top of the stack and the keys that work there.
    pub fn draw(&mut self, frame: &mut Frame, now: crate::interview::Instant) {
        let area = frame.area();
        let Some(screen) = self.stack.last() else { return };
        let language = screen.language();
        let words = Words::to(&language, screen.address());
        let look = Look { styles: self.styles, words, language, now, height: area.height };
        let mut canvas = Canvas { buffer: frame.buffer_mut(), drawn: Drawn::default() };
        self.too_small = area.width < SMALLEST.0 || area.height < SMALLEST.1;
        if self.too_small {
            too_small(&mut canvas, area, &look);
        } else if screen.is_bare() {
            screen.draw(&mut canvas, area, &look);
        } else {
            // Leave the top of a large window empty, so that the card is at eye level.
            let height = area.height.min(TALLEST);
            let margin = height.saturating_sub(26) / 5;
            let top = area.y + margin + (area.height - height) / 3;
            let body = Rect { y: top, height: height - margin - footer::HEIGHT, ..area };
            screen.draw(&mut canvas, body, &look);
            // The keys are below the card and as wide, because a key at the far edge of a large window is overlooked.
            let width = area.width.min(WIDEST);
            let usual = Rect { x: area.x + (area.width - width) / 2, width, ..body };
            let card = canvas.drawn.card.unwrap_or(usual);
            let foot = Rect { x: card.x, y: body.bottom(), width: card.width, height: footer::HEIGHT };
            footer::draw(&mut canvas, foot, &look, &screen.commands(), screen.typing());
        }
        self.drawn = canvas.drawn;
    }

    /// Answers an event of the terminal that was read at `at`.
    pub fn on(&mut self, event: Event, at: Clock, backend: &mut dyn Backend) -> Flow {
        let act = match event {
            Event::Resize(..) | Event::FocusGained => return Flow::Changed,
            Event::FocusLost => return Flow::Same,
            Event::Key(key) if is_suspend(key) => {
                return if cfg!(unix) && !self.is_kiosk() { Flow::Suspend } else { Flow::Same };
            }
            _ if self.too_small => match event {
                // A user who cannot enlarge the window must still be able to quit.
                Event::Key(key)
                    if !self.is_kiosk() && keys::command(key, true, &[Command::Leave]).is_some() =>
                {
                    return Flow::Ended(self.end(backend));
                }
                _ => return Flow::Same,
            },
            Event::Key(key) if self.ends(key) => {
                if self.is_kiosk() {
                    return Flow::Same;
                }
                if self.stack.last_mut().is_some_and(|screen| screen.has_to_tell(backend)) {
                    return Flow::Changed;
                }
                return Flow::Ended(self.end(backend));
            }
            Event::Key(key) => self.key(key),
            Event::Paste(text) => UserAction::Paste(text),
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => match self.drawn.at(mouse.column, mouse.row) {
                    Some(Hit::Command(command)) => UserAction::Command(command),
                    Some(hit) => UserAction::Hit(hit),
                    None => return Flow::Same,
                },
                MouseEventKind::ScrollUp => self.wheel([Command::Up, Command::LineUp, Command::PageUp]),
                MouseEventKind::ScrollDown => {
                    self.wheel([Command::Down, Command::LineDown, Command::PageDown])
                }
                _ => return Flow::Same,
            },
        };
        self.act(act, at, backend)
    }

    /// Whether a key that quits programs everywhere has no other meaning on this screen.
    fn ends(&self, key: KeyEvent) -> bool {
        let understood =
            |screen: &dyn Screen| keys::command(key, screen.typing(), &screen.commands()).is_some();
        keys::command(key, true, &[Command::Leave]).is_some()
            && !self.stack.last().is_some_and(|screen| understood(screen.as_ref()))
    }

    fn key(&self, key: KeyEvent) -> UserAction {
        let Some(screen) = self.stack.last() else { return UserAction::Key(key) };
        match keys::command(key, screen.typing(), &screen.commands()) {
            Some(command) => UserAction::Command(command),
            None => UserAction::Key(key),
        }
    }

    /// The wheel moves through a list or scrolls; it never answers a question.
    fn wheel(&self, keys: [Command; 3]) -> UserAction {
        let available =
            self.stack.last().filter(|screen| screen.wheel_moves_lines()).map(|screen| screen.commands());
        let by_line =
            available.and_then(|available| keys.into_iter().find(|command| available.contains(command)));
        UserAction::Command(by_line.unwrap_or(keys[2]))
    }

    fn act(&mut self, act: UserAction, at: Clock, backend: &mut dyn Backend) -> Flow {
        let kiosk = self.is_kiosk();
        let Some(screen) = self.stack.last_mut() else { return Flow::Ended(self.outcome.clone()) };
        if act == UserAction::Command(Command::Help) && !screen.handles_help() {
            let help = Help::new(screen.commands(), screen.typing(), screen.language()).on_a_kiosk(kiosk);
            self.stack.push(Box::new(help));
            return Flow::Changed;
        }
        let next = screen.on(act, &mut With { backend, at, drawn: &self.drawn });
        self.follow(next, backend)
    }

    /// Does slow work; returns whether there was any, so that the screen has changed.
    pub fn work(&mut self, backend: &mut dyn Backend) -> bool {
        let next = self.stack.last_mut().filter(|_| !self.too_small).and_then(|screen| screen.work(backend));
        next.map(|next| self.follow(next, backend)).is_some()
    }

    fn follow(&mut self, next: Next, backend: &mut dyn Backend) -> Flow {
        match next {
            Next::Stay => {}
            Next::Same => return Flow::Same,
            Next::Push(screen) => self.stack.push(screen),
            Next::Replace(screen) => {
                self.stack.pop();
                self.stack.push(screen);
            }
            Next::Pop(outcome) => {
                self.stack.pop();
                if let Some(outcome) = outcome {
                    self.outcome = outcome;
                }
                match self.stack.last_mut() {
                    Some(screen) => screen.uncovered(backend),
                    None => return Flow::Ended(self.outcome.clone()),
                }
            }
            // On a shared machine, leaving ends the interview of this person only.
            Next::End(_) if self.is_kiosk() && self.stack.len() > 1 => {
                self.stack.truncate(1);
                self.stack.iter_mut().for_each(|screen| screen.uncovered(backend));
            }
            Next::End(outcome) => return Flow::Ended(outcome),
        }
        Flow::Changed
    }
}

fn is_suspend(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('z') && key.modifiers == KeyModifiers::CONTROL
}

fn too_small(canvas: &mut Canvas, area: Rect, look: &Look) {
    let size = text!(
        &look.language,
        "tui-too-small-size",
        width = area.width,
        height = area.height,
        least_width = SMALLEST.0,
        least_height = SMALLEST.1
    );
    let width = usize::from(area.width);
    let mut page = Page::default();
    page.text(look.words.too_small, width, look.styles.strong);
    page.text(&size, width, look.styles.text);
    let height = u16::try_from(page.rows.len()).unwrap_or(u16::MAX).min(area.height);
    let y = area.y + (area.height - height) / 2;
    for (row, y) in page.rows.iter().zip(y..area.bottom()) {
        let text_width = u16::try_from(row.line.width()).unwrap_or(u16::MAX).min(area.width);
        let x = area.x + (area.width - text_width) / 2;
        canvas.line(x, y, text_width, &Line::from(row.line.spans.clone()));
    }
}
