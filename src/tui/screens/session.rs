//! An interview going on: shows the view's stage, keeps what is being entered, and sends events.
//!
//! Owns which keys work where; what is entered is the business of `answers`. Refuses to know what comes next.

use std::collections::BTreeMap;
use std::time::{Duration, Instant as Clock};

use ratatui::layout::Rect;

use super::help::Help;
use super::message::MessageScreen;
use super::moment::ResultMoment;
use crate::instrument::{Address, Audience, Language};
use crate::interview::{Asked, Event, Live, ReviewLine, Stage, View};
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

/// Two clicks on the same answer within this time are one double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// What is entered is kept when entering pauses for so long …
const PAUSE: Duration = Duration::from_millis(400);
/// … and at the latest so long after its first letter, however fast somebody types.
const LATEST: Duration = Duration::from_millis(1_500);

/// An interview on the screen.
pub(crate) struct SessionScreen {
    id: String,
    /// Whether it is a rehearsal.
    rehearsal: bool,
    /// Whether the machine goes to somebody else afterwards.
    kiosk: bool,
    live: Live,
    view: View,
    /// What is being entered at the prompt on the screen.
    entry: Option<PromptEntry>,
    /// Whether it differs from the reply that stands in the interview.
    changed: bool,
    /// What was entered at other prompts and not answered, by item and step.
    aside: BTreeMap<(String, usize), PromptEntry>,
    pane: Option<Pane>,
    /// When the first and the last letter was typed that is not kept yet, of a note or at the prompt.
    unkept: Option<(Clock, Clock)>,
    /// What stands in the way, under the entry.
    trouble: Option<String>,
    /// Whether that is that something could not be kept.
    not_kept: Option<String>,
    /// Whether something is being kept because somebody paused in the middle of it.
    in_word: bool,
    /// The file in which it was saved when its own one was lost.
    live_place: String,
    /// First row of the card, where somebody scrolled.
    top: Option<usize>,
    /// Place in the review; none for what ends it, which stands above the answers.
    line: Option<usize>,
    /// The last click on an answer.
    clicked: Option<(Clock, Hit)>,
    /// When the last key came.
    acted_at: Option<Clock>,
    /// Whether this one came so soon after it that it was meant for what stood there then.
    hurried: bool,
    /// How far the prompt has been in sight.
    sight: Sight,
}

/// Nobody reads a box that has just opened in less time.
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
            live_place: String::new(),
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

    /// The same, said all along to be a rehearsal if it is one.
    pub fn rehearsal(self, rehearsal: bool) -> Self {
        Self { rehearsal, ..self }
    }

    /// The same on a machine that goes from hand to hand: nothing is shown at its end.
    pub fn at_a_kiosk(self) -> Self {
        Self { kiosk: true, ..self }
    }

    fn is_over(&self) -> bool {
        matches!(self.view.stage, Stage::Finished | Stage::Withdrawn)
    }

    /// Whether the interview would let this question stand as it is. Tried on a copy, so that the rule has one home.
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

    /// Whether this is the second half of a double click: what stands there now may be another question.
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

    /// Whether nothing has been entered here or before.
    fn is_untouched(&self) -> bool {
        self.live.interview().is_untouched() && !self.changed && self.aside.is_empty()
    }

    fn leads(&self) -> bool {
        self.live.interview().instrument().has_interviewer() && !self.view.locked
    }

    /// What comes next, unless somebody erased the interview meanwhile: then it is over, and that is said.
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
                // A block that is over answers as an Enter would.
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
                    // Whoever presses another key here should learn what is awaited.
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
        // Whoever has been told already, and ends it all the same, means it.
        let told = self.not_kept.is_some();
        !self.keep_typed(backend) && !told
    }

    fn leave(&mut self, backend: &mut dyn Backend) -> Option<ScreensEnd> {
        // What nobody has touched would only stand in the way of what can be continued.
        if self.is_untouched() && self.not_kept.is_none() && backend.forget(&self.id).is_ok() {
            return Some(ScreensEnd::Untouched);
        }
        self.if_ended()
    }

    fn commands(&self) -> Vec<Command> {
        // Whoever sorts against the clock must not leave it by a letter that was meant for a word.
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
        // Nobody is left to be asked where to, nor to wait until another program lets go of the file.
        if !self.is_over() && (self.not_kept.is_some() || self.live.check().is_err()) {
            let place = self.live.suggested_place();
            // What could not be kept before is kept there.
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
