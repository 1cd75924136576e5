//! A running interview: shows the view's stage, saves what is being entered, and sends events.
//!
//! Owns which keys work where; entering itself is in `answers`. The core decides what comes next.

use std::collections::BTreeMap;
use std::time::{Duration, Instant as Clock};

use ratatui::layout::Rect;

use super::help::Help;
use super::message::MessageScreen;
use super::moment::ResultMoment;
use crate::instrument::{Address, Audience, Language};
use crate::interview::{Asked, Event, Live, ReviewLine, SavedElsewhere, Stage, View};
use crate::tui::calibration::TerminalAnswer;
use crate::tui::entry::sort::Sort;
use crate::tui::entry::{Did, PromptEntry};
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Hit};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::theme::Theme;
use crate::tui::words::Words;
use crate::tui::{Backend, ScreensEnd};

mod acts;
mod answers;
mod draw;
mod panes;
mod review;
mod sight;

use panes::Pane;
use sight::Sight;

/// Two clicks on the same answer within this time are a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// Text is saved when typing pauses for this long …
const PAUSE: Duration = Duration::from_millis(400);
/// … and at the latest this long after the first unsaved letter, even if typing goes on.
const LATEST: Duration = Duration::from_millis(1_500);

/// An interview on the screen.
pub(crate) struct SessionScreen {
    id: String,
    /// Whether it is a rehearsal.
    rehearsal: bool,
    /// Whether the machine is shared and goes to the next person afterwards.
    kiosk: bool,
    live: Live,
    view: View,
    /// The entry at the prompt on the screen.
    entry: Option<PromptEntry>,
    /// Whether it differs from the reply in the interview.
    changed: bool,
    /// Unfinished entries of other prompts, by item and step.
    aside: BTreeMap<(String, usize), PromptEntry>,
    pane: Option<Pane>,
    /// When the first and the last unsaved letter of a note or an answer were typed.
    unkept: Option<(Clock, Clock)>,
    /// The problem shown under the entry.
    trouble: Option<String>,
    /// The message, if the problem is that something could not be saved.
    not_kept: Option<String>,
    /// Whether something is being saved because the user paused in the middle of it.
    in_word: bool,
    /// The file in which the interview was saved when its own file was lost.
    saved: Option<SavedElsewhere>,
    /// First row of the card to show, if it was scrolled.
    top: Option<usize>,
    /// Index in the review; `None` for the line above the answers that ends it.
    line: Option<usize>,
    /// The last click on an answer.
    clicked: Option<(Clock, Hit)>,
    /// When the last key came.
    acted_at: Option<Clock>,
    /// Whether this key came so soon after the last one that it was meant for what was shown then.
    hurried: bool,
    /// How far the prompt has been in sight.
    sight: Sight,
}

/// A box that has just opened cannot be read in less time.
const HURRY: Duration = Duration::from_millis(500);

impl SessionScreen {
    /// The screen of a running interview.
    pub fn new(id: String, live: Live) -> Self {
        let view = live.interview().view();
        let mut session = Self {
            id,
            rehearsal: false,
            kiosk: false,
            live,
            view,
            entry: None,
            changed: false,
            aside: BTreeMap::new(),
            pane: None,
            unkept: None,
            trouble: None,
            not_kept: None,
            in_word: false,
            saved: None,
            top: None,
            line: None,
            clicked: None,
            acted_at: None,
            hurried: false,
            sight: Sight::default(),
        };
        session.enter();
        session.mark_in_review();
        session
    }

    /// The same, marked as a rehearsal throughout if it is one.
    pub fn rehearsal(self, rehearsal: bool) -> Self {
        Self { rehearsal, ..self }
    }

    /// The same on a shared machine: no result is shown at the end.
    pub fn at_a_kiosk(self) -> Self {
        Self { kiosk: true, ..self }
    }

    fn is_over(&self) -> bool {
        matches!(self.view.stage, Stage::Finished | Stage::Withdrawn)
    }

    /// Whether the interview accepts leaving this question as it is. Tried on a copy, so that the rule is in one place.
    fn may_go_forward(&self) -> bool {
        let interview = self.live.interview();
        interview.clone().apply(interview.last_event_at(), Event::Forward).is_ok()
    }

    fn asked(&self) -> Option<&Asked> {
        match &self.view.stage {
            Stage::Ask(asked) => Some(asked),
            _ => None,
        }
    }

    fn key_of(view: &View) -> Option<(String, usize)> {
        match &view.stage {
            Stage::Ask(asked) => Some((asked.item.clone(), asked.step)),
            _ => None,
        }
    }

    fn look(&self) -> Look {
        Look {
            styles: Theme::NoColour.styles(),
            words: self.words(),
            language: self.view.language.clone(),
            now: 0,
            height: 0,
        }
    }

    fn words(&self) -> &'static Words {
        Words::to(&self.view.language, self.live.interview().instrument().address)
    }

    /// The timed block that is running.
    fn sorting(&self) -> Option<&Sort> {
        self.entry.as_ref().filter(|_| self.pane.is_none()).and_then(PromptEntry::running)
    }

    /// Whether this is the second half of a double click, which could hit a different question.
    fn clicked_twice(&mut self, act: &UserAction, at: Clock) -> bool {
        let UserAction::Hit(hit) = act else { return false };
        let before = self.clicked.replace((at, *hit));
        before.is_some_and(|(then, same)| same == *hit && at.saturating_duration_since(then) < DOUBLE_CLICK)
    }

    fn open_pane(&mut self, pane: Option<Pane>) {
        self.interrupted();
        if pane.is_some() {
            self.pane = pane;
            self.trouble = None;
        }
    }

    fn review_lines(&self) -> &[ReviewLine] {
        match &self.view.stage {
            Stage::Review(lines) => lines,
            _ => &[],
        }
    }

    /// Whether nothing has ever been entered in this interview.
    fn is_untouched(&self) -> bool {
        self.live.interview().is_untouched() && !self.changed && self.aside.is_empty()
    }

    fn leads(&self) -> bool {
        self.live.interview().instrument().has_interviewer() && !self.view.locked
    }

    /// Returns `next`, unless the interview was erased in the meantime: then it is over, with a message.
    fn unless_erased(&self, next: Next) -> Next {
        let erased = self.live.erased();
        let Some(sentence) = erased.map(|why| why.in_words(&self.view.language).to_owned()) else {
            return next;
        };
        let outcome = Some(ScreensEnd::Erased { sentence: sentence.clone() });
        Next::Replace(Box::new(MessageScreen {
            outcome,
            ..MessageScreen::trouble(sentence, &self.view.language)
        }))
    }

    fn passed(&mut self, now: Clock, backend: &mut dyn Backend) -> Next {
        if self.typed_due().is_some_and(|due| due <= now) {
            self.in_word = true;
            self.keep_typed(backend);
            self.in_word = false;
            return Next::Stay;
        }
        let stage = std::mem::discriminant(&self.view.stage);
        let Some(entry) = &mut self.entry else { return Next::Same };
        match entry.pass(now) {
            Did::Nothing | Did::Early => Next::Same,
            did => {
                // A finished block answers like Enter.
                self.did(did, &UserAction::Command(Command::Go), backend);
                self.if_over(stage)
            }
        }
    }

    fn acted(&mut self, act: UserAction, with: &mut With) -> Next {
        if self.sorting().is_some() {
            return self.sort(&act, with.at);
        }
        if self.pane.is_some() {
            return self.pane_act(act, with);
        }
        let stage = std::mem::discriminant(&self.view.stage);
        match act {
            UserAction::Command(command) => self.command(command, with),
            act => {
                if self.asked().is_some() {
                    if self.clicked_twice(&act, with.at) {
                        return Next::Stay;
                    }
                    self.enter_act(&act, with);
                    return self.if_over(stage);
                }
                match (&self.view.stage, act) {
                    // Any other key explains what the screen is waiting for.
                    (Stage::HandOver { to: Audience::Interviewer, .. }, UserAction::Key(_)) => {
                        self.trouble = Some(self.words().back_enter.to_owned());
                    }
                    (Stage::Review(_), UserAction::Hit(hit)) => self.review_hit(hit, with),
                    _ => {}
                }
                Next::Stay
            }
        }
    }
}

impl Screen for SessionScreen {
    fn language(&self) -> Language {
        self.view.language.clone()
    }

    fn address(&self) -> Address {
        self.live.interview().instrument().address
    }

    fn typing(&self) -> bool {
        match &self.pane {
            Some(pane) => pane.typing(),
            None => self.entry.as_ref().is_some_and(PromptEntry::typing),
        }
    }

    fn has_clock(&self) -> bool {
        self.leads() && !self.is_over()
    }

    fn is_bare(&self) -> bool {
        self.sorting().is_some()
    }

    fn asks(&mut self) -> bool {
        self.pane.is_none() && self.entry.as_mut().is_some_and(PromptEntry::asks)
    }

    fn answered(&mut self, answer: Option<TerminalAnswer>) -> bool {
        let (Stage::Ask(asked), Some(entry)) = (&self.view.stage, &mut self.entry) else { return false };
        entry.answered(answer, &asked.prompt.ask)
    }

    fn deadline(&self) -> Option<Clock> {
        self.typed_due().or_else(|| self.entry.as_ref().and_then(PromptEntry::deadline))
    }

    fn pass(&mut self, now: Clock, backend: &mut dyn Backend) -> Next {
        let next = self.passed(now, backend);
        self.unless_erased(next)
    }

    fn handles_help(&self) -> bool {
        true
    }

    fn wheel_moves_lines(&self) -> bool {
        matches!(self.view.stage, Stage::Review(_)) || matches!(self.pane, Some(Pane::Sections { .. }))
    }

    fn if_ended(&self) -> Option<ScreensEnd> {
        (!self.is_over())
            .then(|| ScreensEnd::LeftOpen { session: self.id.clone(), unkept: self.not_kept.clone() })
    }

    fn has_to_tell(&mut self, backend: &mut dyn Backend) -> bool {
        // A user who was told already and still ends the program means it.
        let told = self.not_kept.is_some();
        !self.keep_typed(backend) && !told
    }

    fn leave(&mut self, backend: &mut dyn Backend) -> Option<ScreensEnd> {
        // An untouched session would only clutter the list of sessions to resume.
        if self.is_untouched() && self.not_kept.is_none() && backend.forget(&self.id).is_ok() {
            return Some(ScreensEnd::Untouched);
        }
        self.if_ended()
    }

    fn commands(&self) -> Vec<Command> {
        // A letter meant for a word must not end a timed block.
        if self.sorting().is_some() {
            return Vec::new();
        }
        if let Some(pane) = &self.pane {
            let mut commands = pane.commands();
            if self.not_kept.is_some() && matches!(pane, Pane::Note { .. } | Pane::Leave) {
                commands.insert(0, Command::Elsewhere);
            }
            return commands;
        }
        let mut commands = Vec::new();
        if self.not_kept.is_some() {
            commands.push(Command::Elsewhere);
        }
        let languages = self.live.interview().instrument().languages.len() > 1;
        match &self.view.stage {
            Stage::Ask(asked) => {
                if let Some(entry) = &self.entry {
                    commands.extend(entry.commands(&asked.prompt.ask));
                }
                if self.view.can_go_back {
                    commands.push(Command::Back);
                }
                if !matches!(self.entry, Some(PromptEntry::Note)) {
                    commands.push(Command::Declined);
                    commands.extend(asked.takes_dont_know.then_some(Command::DontKnow));
                }
                if self.may_go_forward() {
                    commands.push(Command::Forward);
                }
                if !self.view.locked {
                    commands.extend([Command::Note, Command::Sections]);
                }
            }
            Stage::HandOver { to: Audience::Respondent, .. } => {
                commands.extend([Command::Go, Command::Back]);
            }
            Stage::HandOver { to: Audience::Interviewer, .. } => commands.push(Command::Keyboard),
            Stage::Paused => commands.push(Command::Go),
            Stage::Review(_) => {
                let enter = if self.line.is_some() { Command::Open } else { Command::Go };
                commands.extend([enter, Command::Up, Command::Down, Command::Finish, Command::Back]);
            }
            Stage::Finished | Stage::Withdrawn => commands.push(Command::Leave),
        }
        if matches!(self.view.stage, Stage::Ask(_) | Stage::HandOver { .. } | Stage::Review(_)) {
            commands.extend(languages.then_some(Command::Language));
            commands.push(Command::Pause);
        }
        commands.extend([
            Command::PageDown,
            Command::PageUp,
            Command::Withdraw,
            Command::Leave,
            Command::Help,
        ]);
        commands
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        draw::draw(self, canvas, area, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        let before = self.acted_at.replace(with.at);
        self.hurried = before.is_some_and(|before| with.at.saturating_duration_since(before) < HURRY);
        self.see(with);
        let next = self.acted(act, with);
        self.unless_erased(next)
    }

    fn shown(&mut self, at: Clock, took: Duration) {
        self.sight.drawn = self.pane.is_none();
        if let (Some(entry), None) = (&mut self.entry, &self.pane) {
            entry.shown(at, took);
        }
    }

    fn put_down(&mut self, backend: &mut dyn Backend) {
        self.leave_elsewhere();
        self.keep_typed(backend);
        // There is no user left to ask for a path or to wait for another program to release the file.
        if !self.is_over() && (self.not_kept.is_some() || self.live.check().is_err()) {
            let place = self.live.suggested_place();
            // What could not be saved before is saved there.
            if self.save_in(&place, backend).is_none() {
                self.leave_elsewhere();
                self.unkept = self.acted_at.filter(|_| self.changed).map(|at| (at, at));
                self.keep_typed(backend);
            }
        }
    }

    fn interrupted(&mut self) {
        if let Some(entry) = &mut self.entry {
            entry.interrupted();
        }
    }
}
