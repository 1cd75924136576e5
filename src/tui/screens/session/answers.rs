//! The way from an entry to an event: creating the entry, setting it aside, trying it and sending it.
//!
//! Owns when an entry is new and what happens to a reply. Validation is left to the interview.

use std::time::Instant as Clock;

use super::SessionScreen;
use super::sight::Sight;
use crate::instrument::prompt::{Ask, Input, Reply};
use crate::interview::{Empty, Event, NotDone, Refusal, Stage};
use crate::tui::Backend;
use crate::tui::entry::{Did, PromptEntry};
use crate::tui::keys::Command;
use crate::tui::screen::{Next, UserAction, With};

impl SessionScreen {
    /// Creates the entry for the current prompt: the one set aside earlier, else one with the earlier reply.
    pub(super) fn enter(&mut self) {
        let Some(asked) = self.asked() else {
            self.entry = None;
            return;
        };
        let key = (asked.item.clone(), asked.step);
        let default = asked.default.clone().map(Reply::Given);
        let (ask, reply) = (&asked.prompt.ask, asked.reply.as_ref().or(default.as_ref()));
        let fresh = PromptEntry::new(ask, reply);
        let text = matches!(ask, Ask::Text(_));
        let begun = self.live.begun(&key.0, key.1).map(|begun| PromptEntry::resumed(ask, reply, begun));
        // A word that was set aside does not fit if this step now asks for its valence.
        let kept =
            self.aside.remove(&key).filter(|kept| matches!(kept, PromptEntry::Text(_)) == text).or(begun);
        self.changed = kept.is_some();
        self.entry = Some(kept.unwrap_or(fresh));
    }

    /// Sends an event and returns whether it was accepted; otherwise the card says why not.
    pub(super) fn send(&mut self, backend: &dyn Backend, event: Event) -> bool {
        let answered = match &event {
            Event::Answered { item, step, .. } => Some((item.clone(), *step)),
            _ => None,
        };
        match self.live.apply(backend.now(), event) {
            Ok(()) => {
                (self.trouble, self.not_kept) = (None, None);
                // The later prompts of this item may be others now: a scale instead of a word, or a word with a new name.
                if let Some((item, step)) = &answered {
                    self.unkept = None;
                    let stays =
                        |at: &usize, entry: &PromptEntry| at < step || matches!(entry, PromptEntry::Text(_));
                    self.aside.retain(|(name, at), entry| name != item || stays(at, entry));
                }
                self.renew(answered.is_some());
                if matches!(self.view.stage, Stage::Review(_)) {
                    backend.review(self.live.interview());
                }
                true
            }
            Err(NotDone::Refused(refusal)) => {
                self.trouble = Some(refusal.in_words(&self.view.language));
                if let (Refusal::Unanswered(item), Stage::Review(lines)) = (&refusal, &self.view.stage) {
                    self.line = lines.iter().position(|line| line.item == *item).or(self.line);
                }
                // The refused word is cleared, so that the next one is not appended to it; a corrected word keeps its former text.
                if let (Refusal::WordAgain(_), Stage::Ask(asked)) = (&refusal, &self.view.stage) {
                    self.entry = Some(PromptEntry::new(&asked.prompt.ask, asked.reply.as_ref()));
                }
                false
            }
            Err(NotDone::NotKept(why)) => {
                self.cannot_keep(why);
                false
            }
        }
    }

    /// Takes over the current view, and sets aside what was entered at a prompt that is no longer shown.
    pub(super) fn renew(&mut self, answered: bool) {
        let before = Self::key_of(&self.view);
        let view = self.live.interview().view();
        if std::mem::replace(&mut self.view, view).language != self.view.language {
            self.sight = Sight::default();
        }
        let now = Self::key_of(&self.view);
        // The same prompt in another language or with a note keeps its entry.
        if self.entry.is_some() && before == now && !answered {
            return;
        }
        if let (Some(key), Some(mut entry), true) = (before, self.entry.take(), self.changed && !answered)
            && entry.can_wait()
        {
            entry.interrupted();
            self.aside.insert(key, entry);
        }
        (self.top, self.sight) = (None, Sight::default());
        self.enter();
        self.mark_in_review();
    }

    /// Handles a key of a running timed block. A key without effect draws nothing.
    pub(super) fn sort(&mut self, act: &UserAction, at: Clock) -> Next {
        let look = self.look();
        let (Stage::Ask(asked), Some(entry)) = (&self.view.stage, &mut self.entry) else { return Next::Same };
        match entry.on(act, at, &asked.prompt.ask, &look) {
            Did::Changed => Next::Stay,
            _ => Next::Same,
        }
    }

    /// Sends a reply, or moves on if it repeats the former one.
    pub(super) fn answer(&mut self, backend: &dyn Backend, reply: Reply) {
        let Some(asked) = self.asked() else { return };
        // An unchanged answer is not sent again, so that it keeps its times.
        if asked.reply.as_ref().is_some_and(|before| before.says_the_same(&reply)) {
            self.changed = false;
            self.send(backend, Event::Forward);
            return;
        }
        let empty = matches!(&reply, Reply::Given(Input::Text(typed))
            if typed.text.trim().is_empty());
        let (item, step) = (asked.item.clone(), asked.step);
        if empty && asked.empty == Empty::Pass {
            self.changed = false;
            self.send(backend, Event::Forward);
            return;
        }
        self.send(backend, Event::Answered { item, step, reply });
    }

    /// Passes an act to the entry.
    pub(super) fn enter_act(&mut self, act: &UserAction, with: &With) -> bool {
        let look = self.look();
        let (Stage::Ask(asked), Some(entry)) = (&self.view.stage, &mut self.entry) else { return false };
        // Enter leaves an optional question open if nothing was entered.
        if *act == UserAction::Command(Command::Go)
            && asked.empty == Empty::Pass
            && entry.is_blank(&asked.prompt.ask)
        {
            self.send(&*with.backend, Event::Forward);
            return true;
        }
        let did = entry.on(act, with.at, &asked.prompt.ask, &look);
        if let Did::Done(reply) = &did
            && self.agrees_unread(reply, with)
        {
            return true;
        }
        let (Stage::Ask(asked), Some(entry)) = (&self.view.stage, &self.entry) else { return false };
        if did == Did::Changed && entry.begun(&asked.prompt.ask).is_some() {
            self.typed(with.at);
        }
        self.did(did, act, &*with.backend)
    }

    /// Handles the outcome of an act at the entry; returns whether there was any effect.
    pub(super) fn did(&mut self, did: Did, act: &UserAction, backend: &dyn Backend) -> bool {
        match did {
            Did::Nothing => return false,
            Did::Early => return true,
            Did::Changed => {
                self.changed = true;
                // The message that something could not be saved stays until it is.
                if self.not_kept.is_none() {
                    self.trouble = None;
                }
            }
            Did::Stuck(why) => {
                self.trouble = match self.trouble.take().filter(|_| self.not_kept.is_some()) {
                    Some(said) if said.contains(&why) => Some(said),
                    Some(said) => Some(format!("{said} {why}")),
                    None => Some(why),
                }
            }
            Did::Done(reply) => {
                // A key that answers at once gives a new answer even if there was one.
                let by_itself = !matches!(act, UserAction::Command(Command::Go | Command::Done));
                self.changed |= by_itself;
                self.answer(backend, reply);
            }
        }
        self.top = None;
        true
    }
}
