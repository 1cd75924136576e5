//! Timed sorting: the card that explains a block, and the block while it runs. The core ([`Run`]) decides what a key means and when
//! a stimulus times out; this file adds a clock, two keys and a picture.
//!
//! While a block runs, nothing else is on the screen, nothing is written to disk, and a frame is drawn only when the stimulus
//! changes. A block that was set aside starts again from the beginning.

use std::time::{Duration, Instant as Clock};

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Padding, Paragraph, Widget};

use unicode_width::UnicodeWidthStr;

use super::{Did, given};
use crate::instrument::prompt::{Input, Reply, Run, SortBlock, SortDisplay, SortKey, Timing};
use crate::text;
use crate::tui::calibration::{self, TerminalAnswer};
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page, PageRow, cut, fit, right, wrap};
use crate::tui::screen::{Look, UserAction};

/// Lines of the frame in which the words appear.
const FRAME: u16 = 7;
/// Columns between the two keys' categories.
const GAP: usize = 4;
/// Most lines for the categories of a key on the card before a block.
const NAME_ON_CARD: usize = 6;

/// A block on the screen.
pub(crate) struct Sort {
    /// The existing reply: a block that was sorted is not sorted again.
    done: Option<Reply>,
    /// Whether the block was interrupted, which the card mentions.
    broken_off: bool,
    asked: TerminalProbe,
    running: Option<Running>,
}

/// Whether the terminal was probed for its speed. That happens while the card is read, so that it does not delay the keys of a
/// block.
#[derive(Clone, Copy)]
enum TerminalProbe {
    Not,
    /// No answer yet; `begin` starts the block once it arrives.
    Waiting {
        begin: bool,
    },
    Heard(Option<TerminalAnswer>),
}

struct Running {
    run: Run,
    /// The origin of all times, which are in milliseconds.
    zero: Clock,
    flushes: Vec<Duration>,
    timing: Timing,
}

impl Running {
    fn milliseconds(&self, at: Clock) -> f64 {
        at.saturating_duration_since(self.zero).as_secs_f64() * 1e3
    }

    fn done(&self) -> Option<Did> {
        let flush_us = calibration::median(&self.flushes).map(|flush| flush.as_secs_f64() * 1e6);
        let sorted = self.run.sorted(Timing { flush_us, ..self.timing })?;
        Some(given(Input::Sorted(sorted)))
    }
}

impl Sort {
    /// The card before a block, or the one that says it is done.
    pub fn new(reply: Option<&Reply>) -> Self {
        let done = reply.filter(|reply| matches!(reply.input(), Some(Input::Sorted(_)))).cloned();
        Self { done, broken_off: false, asked: TerminalProbe::Not, running: None }
    }

    /// Whether the terminal must be probed now; true once.
    pub fn asks(&mut self) -> bool {
        let asks = matches!(self.asked, TerminalProbe::Not) && self.done.is_none() && self.running.is_none();
        if asks {
            self.asked = TerminalProbe::Waiting { begin: false };
        }
        asks
    }

    /// Handles the terminal's answer, `None` if it gave none; returns whether the block begins now.
    pub fn answered(&mut self, answer: Option<TerminalAnswer>, block: &SortBlock) -> bool {
        let begins = matches!(self.asked, TerminalProbe::Waiting { begin: true });
        self.asked = TerminalProbe::Heard(answer);
        if begins {
            self.begin(block);
        }
        begins
    }

    fn begin(&mut self, block: &SortBlock) {
        let answer = match self.asked {
            TerminalProbe::Waiting { .. } => {
                self.asked = TerminalProbe::Waiting { begin: true };
                return;
            }
            TerminalProbe::Not => None,
            TerminalProbe::Heard(answer) => answer,
        };
        let timing = calibration::quick(answer);
        let run = Run::new(block.clone());
        self.running = Some(Running { run, zero: Clock::now(), flushes: Vec::new(), timing });
    }

    /// Whether the block runs.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// Handles an act that was read at `at`.
    pub fn on(&mut self, act: &UserAction, at: Clock, block: &SortBlock) -> Did {
        if let Some(running) = &mut self.running {
            return match act {
                UserAction::Key(key) if key.code == KeyCode::Esc => {
                    self.interrupted();
                    Did::Changed
                }
                UserAction::Key(key) => match side(*key) {
                    Some(side) => {
                        let now = running.milliseconds(at);
                        let changed = running.run.key(side, now, key.kind == KeyEventKind::Repeat);
                        if changed { Did::Changed } else { Did::Early }
                    }
                    None => Did::Early,
                },
                UserAction::Command(_) | UserAction::Paste(_) | UserAction::Hit(_) => Did::Early,
            };
        }
        match (act, &self.done) {
            (UserAction::Command(Command::Go), Some(done)) => Did::Done(done.clone()),
            (UserAction::Command(Command::Go), None) => {
                self.begin(block);
                Did::Changed
            }
            _ => Did::Nothing,
        }
    }

    /// The stimulus was visible from `at` on; drawing the frame took `took`.
    pub fn shown(&mut self, at: Clock, took: Duration) {
        if let Some(running) = &mut self.running {
            let now = running.milliseconds(at);
            running.run.shown(now);
            running.flushes.push(took);
        }
    }

    /// When the display changes on its own.
    pub fn deadline(&self) -> Option<Clock> {
        let running = self.running.as_ref()?;
        // One nanosecond extra, because rounding must not make the deadline early.
        let until = Duration::from_secs_f64(running.run.until()?.max(0.0) / 1e3) + Duration::from_nanos(1);
        Some(running.zero + until)
    }

    /// Handles the passing of time.
    pub fn pass(&mut self, now: Clock) -> Did {
        let Some(running) = &mut self.running else { return Did::Nothing };
        let now = running.milliseconds(now);
        if !running.run.pass(now) {
            return Did::Nothing;
        }
        running.done().unwrap_or(Did::Changed)
    }

    /// Something interrupted the block: it starts again from its card.
    pub fn interrupted(&mut self) {
        self.broken_off |= self.running.take().is_some();
        if let TerminalProbe::Waiting { begin } = &mut self.asked {
            *begin = false;
        }
    }

    /// The card before a block, or the one that says it is done.
    pub fn page(&self, block: &SortBlock, width: usize, look: &Look) -> Page {
        let words = look.words;
        let mut page = Page::default();
        if self.done.is_some() {
            page.text(words.sort_done, width, look.styles.good);
            return page;
        }
        let heads = [
            text!(&look.language, "tui-sort-left", key = "E"),
            text!(&look.language, "tui-sort-right", key = "I"),
        ];
        // Long names are written in full: the page scrolls, and what to do next stays visible.
        let rows = beside(block, &heads, width, NAME_ON_CARD, false, look);
        rows.unwrap_or_else(|| below(block, &heads, width, look)).into_iter().for_each(|row| page.push(row));
        page.blank();
        page.text(words.sort_how, width, look.styles.text);
        page.blank();
        let round = text!(
            &look.language,
            "tui-sort-round",
            round = block.number,
            of = block.of,
            words = block.trials.len()
        );
        page.text(&round, width, look.styles.dim);
        if self.broken_off {
            page.text(words.sort_again, width, look.styles.warn);
        }
        page.next(words.sort_begin, width, look.styles.accent);
        page
    }

    /// The running block: the categories in the upper corners, and the stimulus in the middle.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let Some(running) = &self.running else { return };
        let block = running.run.block();
        let width = area.width.min(76);
        let area = Rect { x: area.x + (area.width - width) / 2, width, ..area };
        // The frame is the same for every stimulus, so that only the words in it change; it starts below the longest names.
        let height = FRAME.min(area.height);
        let room = usize::from(area.height.saturating_sub(height + 2));
        let rows =
            rule(block, &["E", "I"].map(str::to_owned), usize::from(width), room.saturating_sub(3), look);
        for (y, row) in (area.y + 1..).zip(&rows) {
            canvas.line(area.x, y, width, &row.line);
        }
        let words = look.words;
        let (text, style) = match running.run.moment() {
            SortDisplay::Stimulus(trial) => (trial.stimulus.clone(), look.styles.strong),
            SortDisplay::Feedback(true) => (words.sort_right_answer.to_owned(), look.styles.good),
            SortDisplay::Feedback(false) => (words.sort_wrong_answer.to_owned(), look.styles.warn),
            SortDisplay::Faster => (words.sort_faster.to_owned(), look.styles.warn),
            SortDisplay::Over => return,
        };
        let wide = 44.min(width);
        let below = u16::try_from(rows.len()).unwrap_or(0) + 2;
        let middle = (area.height - height) / 2;
        let place = Rect {
            x: area.x + (width - wide) / 2,
            y: area.y + middle.max(below).min(area.height - height),
            width: wide,
            height,
        };
        let frame = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(look.styles.frame)
            .padding(Padding::horizontal(1));
        let inside = frame.inner(place);
        frame.render(place, canvas.buffer);
        let style = style.add_modifier(Modifier::BOLD);
        let lines = shortened(&text, usize::from(inside.width), usize::from(inside.height));
        let above = inside.height.saturating_sub(lines.len() as u16) / 2;
        let inside = Rect { y: inside.y + above, height: inside.height - above, ..inside };
        let lines: Vec<Line> = lines.into_iter().map(|line| Line::styled(line, style)).collect();
        Paragraph::new(lines).alignment(Alignment::Center).render(inside, canvas.buffer);
    }
}

/// The rule of a block in at most `most` lines below its heads: in two columns if every name fits in full, else one key below the
/// other, else in two columns with the longest names cut. Names are cut only here, and the card has shown them in full.
fn rule(block: &SortBlock, heads: &[String; 2], width: usize, most: usize, look: &Look) -> Vec<PageRow> {
    let whole = || beside(block, heads, width, most, false, look);
    let stacked = || Some(below(block, heads, width, look)).filter(|rows| rows.len() <= most + 1);
    let cut = || beside(block, heads, width, most, true, look);
    whole().or_else(stacked).or_else(cut).unwrap_or_default()
}

/// The categories under the head of each key, in two columns. Names are wrapped; with cutting allowed, a name that takes more than
/// `most` lines loses its end, so that the key's other name still fits.
fn beside(
    block: &SortBlock,
    heads: &[String; 2],
    width: usize,
    most: usize,
    may_cut: bool,
    look: &Look,
) -> Option<Vec<PageRow>> {
    let half = width.saturating_sub(GAP) / 2;
    let column = |side: SortKey, head: &String| {
        let names = block.names(side);
        let room = most.saturating_sub(names.len().saturating_sub(1));
        let share = (room / names.len().max(1)).max(1);
        let needs: Vec<usize> = names.iter().map(|name| wrap(name, half).len()).collect();
        let mut lines = vec![head.clone()];
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                lines.push(look.words.sort_or.trim().to_owned());
            }
            // Lines that the key's other names do not need.
            let others: usize =
                needs.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, need)| *need.min(&share)).sum();
            let room = room.saturating_sub(others).max(share);
            if needs.get(at).is_some_and(|need| *need > room) && !may_cut {
                return None;
            }
            lines.extend(shortened(name, half, room));
        }
        // Names that fit on one line share it.
        let joined = names.join(look.words.sort_or);
        if joined.width() <= half {
            lines.truncate(1);
            lines.push(joined);
        }
        Some(lines)
    };
    let [left, with] = heads;
    let (left, with) = (column(SortKey::Left, left)?, column(SortKey::Right, with)?);
    let line = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    let rows = (0..left.len().max(with.len())).map(|at| {
        PageRow::of(vec![
            Span::styled(fit(&line(&left, at), half), look.styles.accent),
            Span::styled(right(&line(&with, at), width - half), look.styles.accent),
        ])
    });
    Some(rows.collect())
}

/// One key below the other, each aligned to its side, with every name in full.
fn below(block: &SortBlock, heads: &[String; 2], width: usize, look: &Look) -> Vec<PageRow> {
    let mut rows = Vec::new();
    for (side, head) in [SortKey::Left, SortKey::Right].into_iter().zip(heads) {
        let mut lines = vec![head.clone()];
        for (at, name) in block.names(side).iter().enumerate() {
            if at > 0 {
                lines.push(look.words.sort_or.trim().to_owned());
            }
            lines.extend(wrap(name, width));
        }
        let shown = |line: &String| if side == SortKey::Left { line.clone() } else { right(line, width) };
        rows.extend(
            lines.iter().map(|line| PageRow::of(vec![Span::styled(shown(line), look.styles.accent)])),
        );
    }
    rows
}

/// A text in at most `most` lines of `width` columns, with an ellipsis where it is longer.
fn shortened(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(text, width);
    if lines.len() > most.max(1) {
        let rest = lines.split_off(most.max(1) - 1).join(" ");
        lines.push(cut(&rest, width));
    }
    lines
}

fn side(key: KeyEvent) -> Option<SortKey> {
    match key.code {
        KeyCode::Char('e' | 'E') => Some(SortKey::Left),
        KeyCode::Char('i' | 'I') => Some(SortKey::Right),
        _ => None,
    }
}
