//! An interview going on: shows the view's stage, keeps what is being entered, and sends events.
//!
//! Owns what has been entered but not yet answered; refuses to know what comes next.

use std::collections::BTreeMap;
use std::time::Instant as Clock;

use ratatui::layout::Rect;

use super::help::Help;
use super::message::Message;
use super::result::ResultScreen;
use crate::instrument::prompt::Reply;
use crate::instrument::{Audience, Feedback, Language};
use crate::interview::{Asked, Event, Live, NotDone, Refusal, ReviewLine, Stage, View};
use crate::tui::entry::{Did, Entry};
use crate::tui::keys::Command;
use crate::tui::page::Canvas;
use crate::tui::screen::{Act, Look, Next, Screen, With};
use crate::tui::theme::Theme;
use crate::tui::words::Words;
use crate::tui::{Desk, Outcome};
use crate::wording;

mod draw;
mod panes;
mod review;

use panes::Pane;

/// An interview on the screen.
pub(crate) struct Session {
    id: String,
    live: Live,
    view: View,
    /// What is being entered at the prompt on the screen.
    entry: Option<Entry>,
    /// Whether it differs from the reply that stands in the interview.
    changed: bool,
    /// What was entered at other prompts and not answered, by item and step.
    aside: BTreeMap<(String, usize), Entry>,
    pane: Option<Pane>,
    /// What stands in the way, under the entry.
    trouble: Option<String>,
    /// First row of the card, where somebody scrolled.
    top: Option<usize>,
    /// Place in the review.
    line: usize,
}

impl Session {
    /// The screen of a running interview.
    pub fn new(id: String, live: Live) -> Self {
        let view = live.interview().view();
        let mut session = Self {
            id,
            live,
            view,
            entry: None,
            changed: false,
            aside: BTreeMap::new(),
            pane: None,
            trouble: None,
            top: None,
            line: 0,
        };
        session.enter();
        session
    }

    fn is_over(&self) -> bool {
        matches!(self.view.stage, Stage::Finished | Stage::Withdrawn)
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

    /// Makes the entry for what is asked now: one that was put aside, else one with the reply given before.
    fn enter(&mut self) {
        let Some(asked) = self.asked() else {
            self.entry = None;
            return;
        };
        let key = (asked.item.clone(), asked.step);
        let fresh = Entry::new(&asked.prompt.ask, asked.reply.as_ref());
        let kept = self.aside.remove(&key);
        self.changed = kept.is_some();
        self.entry = Some(kept.unwrap_or(fresh));
    }

    /// Sends an event; whether it happened. What stands in the way is said on the card.
    fn send(&mut self, desk: &dyn Desk, event: Event) -> bool {
        let answered = matches!(event, Event::Answered { .. });
        match self.live.apply(desk.now(), event) {
            Ok(()) => {
                self.trouble = None;
                self.renew(answered);
                true
            }
            Err(NotDone::Refused(refusal)) => {
                self.trouble = Some(wording::refusal(&refusal, &self.view.language));
                if let (Refusal::Unanswered(item), Stage::Review(lines)) = (&refusal, &self.view.stage) {
                    self.line = lines.iter().position(|line| line.item == *item).unwrap_or(self.line);
                }
                false
            }
            Err(NotDone::NotKept(sentence)) => {
                self.trouble = Some(sentence);
                false
            }
        }
    }

    /// Takes the view as it is now, and puts aside what was entered at a prompt that has gone.
    fn renew(&mut self, answered: bool) {
        let before = Self::key_of(&self.view);
        let prompt_before = self.asked().map(|asked| asked.prompt.ask.clone());
        self.view = self.live.interview().view();
        let now = Self::key_of(&self.view);
        // A prompt whose options changed under the same name is another prompt; a translated one is the same.
        let fits = self.entry.is_some() && before == now && !answered;
        if fits {
            return;
        }
        if let (Some(key), Some(entry), true) = (before, self.entry.take(), self.changed && !answered)
            && !entry.is_timed()
            && prompt_before.is_some()
        {
            self.aside.insert(key, entry);
        }
        self.top = None;
        self.enter();
    }

    fn look(&self) -> Look {
        Look {
            styles: Theme::NoColour.styles(),
            words: Words::of(&self.view.language),
            language: self.view.language.clone(),
            now: 0,
        }
    }

    /// An answer left its entry.
    fn answer(&mut self, desk: &dyn Desk, reply: Reply) {
        let Some(asked) = self.asked() else { return };
        // Enter on what stood here already goes on without answering again, so that its times stay what they were.
        if !self.changed && asked.reply.is_some() && reply.input().is_some() {
            self.send(desk, Event::Forward);
            return;
        }
        let empty = matches!(&reply, Reply::Given(crate::instrument::prompt::Input::Text(typed))
            if typed.text.trim().is_empty());
        let (item, step, required) = (asked.item.clone(), asked.step, asked.required);
        if empty && !required && asked.reply.is_none() && step == 0 {
            self.changed = false;
            self.send(desk, Event::Forward);
            return;
        }
        self.send(desk, Event::Answered { item, step, reply });
    }

    /// Lets the entry take an act.
    fn enter_act(&mut self, act: &Act, with: &With) -> bool {
        let look = self.look();
        let (Stage::Ask(asked), Some(entry)) = (&self.view.stage, &mut self.entry) else { return false };
        match entry.on(act, with.at, &asked.prompt.ask, &look) {
            Did::Nothing => return false,
            Did::Changed => {
                self.changed = true;
                self.trouble = None;
            }
            Did::Stuck(why) => self.trouble = Some(why),
            Did::Done(reply) => {
                // A key that answers at once is a new answer even where an old one stood.
                let by_itself = !matches!(act, Act::Command(Command::Go | Command::Done));
                self.changed |= by_itself;
                self.answer(&*with.desk, reply);
            }
        }
        self.top = None;
        true
    }

    fn command(&mut self, command: Command, with: &mut With) -> Next {
        match command {
            Command::PageUp | Command::PageDown => {
                let rows = if command == Command::PageUp { -with.drawn.leap() } else { with.drawn.leap() };
                self.top = Some(with.drawn.scrolled(rows));
            }
            Command::Back => {
                self.send(with.desk, Event::Back);
            }
            Command::Forward => self.forward(with),
            Command::Language => self.next_language(with.desk),
            Command::Pause => {
                self.interrupted();
                self.send(with.desk, Event::Paused);
            }
            Command::Note => self.open_pane(Pane::note(self)),
            Command::Sections => self.open_pane(Pane::sections(&self.view)),
            Command::Withdraw => self.open_pane(Some(Pane::withdraw())),
            Command::Leave => self.open_pane(Some(Pane::Leave)),
            Command::Keyboard => {
                self.send(with.desk, Event::HandedOver { to: Audience::Interviewer });
            }
            Command::Help => {
                self.interrupted();
                return Next::Push(Box::new(Help::new(self.commands(), self.typing(), self.language())));
            }
            _ => return self.stage_command(command, with),
        }
        Next::Stay
    }

    /// Commands whose meaning depends on what is on the card.
    fn stage_command(&mut self, command: Command, with: &mut With) -> Next {
        let stage = std::mem::discriminant(&self.view.stage);
        match (&self.view.stage, command) {
            (Stage::HandOver { to: Audience::Respondent, .. }, Command::Go) => {
                self.send(with.desk, Event::HandedOver { to: Audience::Respondent });
            }
            (Stage::Paused, Command::Go) => {
                self.send(with.desk, Event::Resumed);
            }
            (Stage::Review(_), _) => self.review_command(command, with),
            (Stage::Ask(_), _) => {
                let act = Act::Command(command);
                let taken = self.enter_act(&act, with);
                let reply = match command {
                    Command::Declined => Reply::Declined,
                    Command::DontKnow => Reply::DontKnow,
                    _ => return self.if_over(with, stage),
                };
                if !taken {
                    self.changed = true;
                    self.answer(with.desk, reply);
                }
            }
            _ => {}
        }
        self.if_over(with, stage)
    }

    /// Where the interview came to its end, what follows it.
    fn if_over(&mut self, with: &mut With, before: std::mem::Discriminant<Stage>) -> Next {
        if self.view.stage != Stage::Finished || std::mem::discriminant(&self.view.stage) == before {
            return Next::Stay;
        }
        let words = Words::of(&self.view.language);
        let outcome = Outcome::Finished { session: self.id.clone() };
        let instrument = self.live.interview().instrument();
        // An interview that somebody leads ends in that person's hands; alone, the respondent is the one who reads.
        let alone = !instrument.has_interviewer();
        if alone && instrument.feedback == Feedback::None {
            return Next::Replace(Box::new(Message {
                title: words.thanks_title.to_owned(),
                text: words.thanks_words.to_owned(),
                small: words.any_enter.to_owned(),
                language: self.view.language.clone(),
                outcome: Some(outcome),
            }));
        }
        let reader = alone.then_some(Audience::Respondent);
        match ResultScreen::of(with.desk, &self.id, &self.view.language, reader) {
            Ok(result) => Next::Replace(Box::new(result.with_outcome(outcome))),
            Err(sentence) => {
                let mut message = Message::trouble(sentence, &self.view.language);
                message.outcome = Some(outcome);
                Next::Replace(Box::new(message))
            }
        }
    }

    /// On, with what has been entered if something has.
    fn forward(&mut self, with: &With) {
        if self.changed && self.asked().is_some() {
            let many_lines = self.commands().contains(&Command::Done);
            let go = if many_lines { Command::Done } else { Command::Go };
            self.enter_act(&Act::Command(go), with);
        } else {
            self.send(&*with.desk, Event::Forward);
        }
    }

    fn next_language(&mut self, desk: &dyn Desk) {
        self.interrupted();
        let languages = &self.live.interview().instrument().languages;
        let here = languages.iter().position(|language| *language == self.view.language).unwrap_or(0);
        if let Some(next) = languages.get((here + 1) % languages.len().max(1)).cloned() {
            self.send(desk, Event::Language { language: next });
        }
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

    fn leads(&self) -> bool {
        self.live.interview().instrument().has_interviewer() && !self.view.locked
    }
}

impl Screen for Session {
    fn language(&self) -> Language {
        self.view.language.clone()
    }

    fn typing(&self) -> bool {
        match &self.pane {
            Some(pane) => pane.typing(),
            None => self.entry.as_ref().is_some_and(Entry::typing),
        }
    }

    fn has_clock(&self) -> bool {
        self.leads() && !self.is_over()
    }

    fn handles_help(&self) -> bool {
        true
    }

    fn wheel_moves_lines(&self) -> bool {
        matches!(self.view.stage, Stage::Review(_)) || matches!(self.pane, Some(Pane::Sections { .. }))
    }

    fn if_ended(&self) -> Option<Outcome> {
        (!self.is_over()).then(|| Outcome::LeftOpen { session: self.id.clone() })
    }

    fn commands(&self) -> Vec<Command> {
        if let Some(pane) = &self.pane {
            return pane.commands();
        }
        let mut commands = Vec::new();
        let languages = self.live.interview().instrument().languages.len() > 1;
        match &self.view.stage {
            Stage::Ask(asked) => {
                if let Some(entry) = &self.entry {
                    commands.extend(entry.commands(&asked.prompt.ask));
                }
                if self.view.can_go_back {
                    commands.push(Command::Back);
                }
                if !matches!(self.entry, Some(Entry::Note)) {
                    commands.extend([Command::Declined, Command::DontKnow]);
                }
                if asked.reply.is_some() || !asked.required {
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
                commands.extend([Command::Open, Command::Up, Command::Down, Command::Finish, Command::Back]);
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

    fn on(&mut self, act: Act, with: &mut With) -> Next {
        if self.pane.is_some() {
            return self.pane_act(act, with);
        }
        let stage = std::mem::discriminant(&self.view.stage);
        match act {
            Act::Command(command) => self.command(command, with),
            act => {
                if self.asked().is_some() {
                    self.enter_act(&act, with);
                    return self.if_over(with, stage);
                }
                match (&self.view.stage, act) {
                    // Whoever presses another key here should learn what is awaited.
                    (Stage::HandOver { to: Audience::Interviewer, .. }, Act::Key(_)) => {
                        self.trouble = Some(Words::of(&self.view.language).back_enter.to_owned());
                    }
                    (Stage::Review(_), Act::Hit(hit)) => self.review_hit(hit, with),
                    _ => {}
                }
                Next::Stay
            }
        }
    }

    fn shown(&mut self, at: Clock) {
        if let (Some(entry), None) = (&mut self.entry, &self.pane) {
            entry.shown(at);
        }
    }

    fn interrupted(&mut self) {
        if let Some(entry) = &mut self.entry {
            entry.interrupted();
        }
    }
}
