//! Dividing points over parts.

use std::collections::BTreeMap;

use crossterm::event::KeyCode;
use ratatui::text::Span;

use super::{Did, digit, given, moved};
use crate::instrument::prompt::{Choice, Input, Reply};
use crate::text;
use crate::tui::keys::Command;
use crate::tui::page::{Hit, Page, PageRow, right, wrap};
use crate::tui::screen::{Look, UserAction};
use crate::tui::widgets::bars;

pub(super) const COMMANDS: &[Command] = &[
    Command::Up,
    Command::Down,
    Command::Digits,
    Command::Higher,
    Command::Lower,
    Command::Rest,
    Command::TakeBack,
    Command::Go,
];

/// Points that `+` and `−` move at once.
const STEP: i64 = 5;
const BAR: usize = 20;

/// Points by part, and where the marker is.
pub(crate) struct Allocate {
    points: Vec<i64>,
    at: usize,
    /// Whether the next digit starts a new number.
    fresh: bool,
}

impl Allocate {
    pub fn new(parts: &[Choice], reply: Option<&Reply>) -> Self {
        let before = match reply {
            Some(Reply::Given(Input::Allocated(points))) => points.clone(),
            _ => BTreeMap::new(),
        };
        let points = parts.iter().map(|part| before.get(&part.name).copied().unwrap_or(0)).collect();
        Self { points, at: 0, fresh: true }
    }

    pub fn begun(&self, parts: &[Choice]) -> BTreeMap<String, i64> {
        parts.iter().map(|part| part.name.clone()).zip(self.points.iter().copied()).collect()
    }

    fn sum(&self) -> i64 {
        self.points.iter().sum()
    }

    pub fn on(&mut self, act: &UserAction, parts: &[Choice], total: i64) -> Did {
        let left = total - self.sum();
        let Some(points) = self.points.get_mut(self.at) else { return Did::Nothing };
        if let Some(digit) = digit(act) {
            let begun = if self.fresh { 0 } else { *points };
            // A number beyond the total is a typing slip; the digit starts a new one.
            let typed = begun.saturating_mul(10).saturating_add(i64::from(digit));
            *points = if typed > total { i64::from(digit).min(total) } else { typed };
            self.fresh = false;
            return Did::Changed;
        }
        self.fresh = true;
        match act {
            UserAction::Command(Command::Up) => {
                self.at = moved(Some(self.at), false, parts.len()).unwrap_or(0)
            }
            UserAction::Command(Command::Down) => {
                self.at = moved(Some(self.at), true, parts.len()).unwrap_or(0)
            }
            UserAction::Command(Command::Higher) => *points = (*points + STEP.min(left.max(0))).min(total),
            UserAction::Command(Command::Lower) => *points = (*points - STEP).max(0),
            UserAction::Command(Command::Rest) => *points = (*points + left).clamp(0, total),
            UserAction::Command(Command::TakeBack) => *points /= 10,
            UserAction::Command(Command::Go) => return self.take(parts),
            UserAction::Key(event) if event.code == KeyCode::Delete => *points = 0,
            UserAction::Hit(Hit::Entry(at)) if *at < parts.len() => self.at = *at,
            _ => return Did::Nothing,
        }
        Did::Changed
    }

    fn take(&self, parts: &[Choice]) -> Did {
        given(Input::Allocated(self.begun(parts)))
    }

    pub fn page(&self, parts: &[Choice], total: i64, width: usize, look: &Look) -> Page {
        let mut page = Page::default();
        let digits = total.to_string().len();
        let label_width = width.saturating_sub(2 + 2 + digits + 2 + BAR);
        for (at, (part, points)) in parts.iter().zip(&self.points).enumerate() {
            let here = self.at == at;
            let style = if here { look.styles.strong } else { look.styles.text };
            let start = page.rows.len();
            let lines = wrap(&part.label, label_width);
            for (index, line) in lines.iter().enumerate() {
                let mark = if here && index == 0 { "▸ " } else { "  " };
                let mut spans = vec![Span::styled(mark, look.styles.accent)];
                spans.push(Span::styled(crate::tui::page::fit(line, label_width), style));
                if index == 0 {
                    let number = right(&points.to_string(), digits);
                    let number_style = if here { look.styles.chosen } else { look.styles.text };
                    spans.push(Span::raw("  "));
                    spans.push(Span::styled(number, number_style));
                    spans.push(Span::raw("  "));
                    let share = if total > 0 { *points as f64 / total as f64 } else { 0.0 };
                    spans.extend(bars::thick(share, BAR, &look.styles, here));
                }
                page.push(PageRow::of(spans));
            }
            page.hit_from(start, Hit::Entry(at));
            if here {
                page.focus_from(start);
            }
        }
        let left = total - self.sum();
        let (amount, all) = (left.abs(), total);
        let (text, style) = match left {
            0 => (text!(&look.language, "tui-points-done", all), look.styles.good),
            1.. => (text!(&look.language, "tui-points-left", left = amount, of = all), look.styles.strong),
            _ => (text!(&look.language, "tui-points-over", over = amount, of = all), look.styles.warn),
        };
        page.next(&text, width, style);
        page
    }
}
