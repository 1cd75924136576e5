//! The keys of an interview: moving, pausing, handing over and ending.

use super::panes::Pane;
use super::{Help, MessageScreen, ResultMoment, SessionScreen};
use crate::instrument::Audience;
use crate::instrument::prompt::Reply;
use crate::interview::phrases;
use crate::interview::{Event, Stage};
use crate::tui::keys::Command;
use crate::tui::screen::{Next, Screen, UserAction, With};
use crate::tui::{Backend, ScreensEnd};

impl SessionScreen {
    pub(super) fn command(&mut self, command: Command, with: &mut With) -> Next {
        // Text typed at the prompt is sent before anything leaves the prompt.
        if matches!(
            command,
            Command::Back
                | Command::Forward
                | Command::Language
                | Command::Pause
                | Command::Note
                | Command::Sections
                | Command::Withdraw
                | Command::Leave
                | Command::Help
        ) && !self.keep_typed(&*with.backend)
            && self.pane.is_some()
        {
            return Next::Stay;
        }
        match command {
            Command::PageUp | Command::PageDown => {
                let rows = if command == Command::PageUp { -with.drawn.leap() } else { with.drawn.leap() };
                self.top = Some(with.drawn.scrolled(rows));
            }
            Command::Back | Command::EarlierWord => {
                self.send(with.backend, Event::Back);
            }
            Command::Forward => self.forward(with),
            Command::Language => self.next_language(with.backend),
            Command::Pause => {
                self.interrupted();
                self.send(with.backend, Event::Paused);
            }
            Command::Note => self.open_pane(Pane::note(self)),
            Command::Sections => self.open_pane(Pane::sections(&self.view)),
            Command::Withdraw => self.open_pane(Some(Pane::withdraw())),
            Command::Leave => {
                // The pane says what is saved, so save first.
                self.keep_typed(&*with.backend);
                match self.live.check() {
                    Err(why) if !self.is_over() => self.cannot_keep(why),
                    _ => self.open_pane(Some(Pane::Leave)),
                }
            }
            Command::Elsewhere => {
                let why = self.why_not_kept();
                self.open_elsewhere(why, false);
            }
            Command::Keyboard => {
                self.send(with.backend, Event::HandedOver { to: Audience::Interviewer });
            }
            Command::Help => {
                self.interrupted();
                let help = Help::in_interview(self.commands(), self.typing(), self.language());
                return Next::Push(Box::new(help.on_a_kiosk(self.kiosk)));
            }
            _ => return self.stage_command(command, with),
        }
        Next::Stay
    }

    /// Commands whose meaning depends on what is on the card.
    pub(super) fn stage_command(&mut self, command: Command, with: &mut With) -> Next {
        let stage = std::mem::discriminant(&self.view.stage);
        match (&self.view.stage, command) {
            (Stage::HandOver { to: Audience::Respondent, .. }, Command::Go) => {
                self.send(with.backend, Event::HandedOver { to: Audience::Respondent });
            }
            (Stage::Paused, Command::Go) => {
                self.send(with.backend, Event::Resumed);
            }
            (Stage::Review(_), _) => self.review_command(command, with),
            (Stage::Ask(_), _) => {
                let act = UserAction::Command(command);
                let taken = self.enter_act(&act, with);
                let reply = match command {
                    Command::Declined => Reply::Declined,
                    Command::DontKnow => Reply::DontKnow,
                    _ => return self.if_over(stage),
                };
                if !taken {
                    self.changed = true;
                    self.answer(with.backend, reply);
                }
            }
            _ => {}
        }
        self.if_over(stage)
    }

    /// The screen that follows if the interview has just ended.
    pub(super) fn if_over(&self, before: std::mem::Discriminant<Stage>) -> Next {
        if self.view.stage != Stage::Finished || std::mem::discriminant(&self.view.stage) == before {
            return Next::Stay;
        }
        let words = self.words();
        let outcome = ScreensEnd::Finished { session: self.id.clone() };
        let instrument = self.live.interview().instrument();
        // With an interviewer, the result is shown to the interviewer; otherwise to the respondent.
        let alone = !instrument.has_interviewer();
        let refused = self.live.interview().is_refused();
        if self.kiosk {
            let (title, said) = match refused {
                true => (words.refused_title, phrases::refused(&self.view.language)),
                false => (words.thanks_title, words.thanks_words.to_owned()),
            };
            return Next::Replace(Box::new(MessageScreen::hand_on(title, &said, &self.view.language)));
        }
        if !self.live.interview().will_show_result() {
            let said = || phrases::refused(&self.view.language);
            return Next::Replace(Box::new(MessageScreen {
                title: if refused { words.refused_title } else { words.thanks_title }.to_owned(),
                text: if refused { said() } else { words.thanks_words.to_owned() },
                small: words.any_enter.to_owned(),
                language: self.view.language.clone(),
                outcome: Some(outcome),
                top: None,
            }));
        }
        let reader = alone.then_some(Audience::Respondent);
        let (session, language) = (self.id.clone(), self.view.language.clone());
        Next::Replace(Box::new(ResultMoment { session, language, reader, outcome: Some(outcome) }))
    }

    /// Moves forward, sending what was entered if there is anything.
    pub(super) fn forward(&mut self, with: &With) {
        if self.changed && self.asked().is_some() {
            let many_lines = self.commands().contains(&Command::Done);
            let go = if many_lines { Command::Done } else { Command::Go };
            self.enter_act(&UserAction::Command(go), with);
        } else {
            self.send(&*with.backend, Event::Forward);
        }
    }

    pub(super) fn next_language(&mut self, backend: &dyn Backend) {
        self.interrupted();
        let languages = &self.live.interview().instrument().languages;
        let here = languages.iter().position(|language| *language == self.view.language).unwrap_or(0);
        if let Some(next) = languages.get((here + 1) % languages.len().max(1)).cloned() {
            self.send(backend, Event::Language { language: next });
        }
    }
}
