//! The home screen: what can be continued, what can be begun, what is finished.

mod find;

use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use find::{HomeLine, HomePart};

use super::coding::who::Who;
use super::form::FormScreen;
use super::message::MessageScreen;
use super::moment::ResultMoment;
use super::relation::RelationMoment;
use super::session::SessionScreen;
use super::study::StudyMoment;
use crate::analysis::relation::before;
use crate::instrument::{Audience, Instrument, Language};
use crate::interview::SessionState;
use crate::text;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Hit, Page, PageRow, cut, fit};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, WIDEST, inner_width};
use crate::tui::{Backend, FormEntries, RelationLine, ScreensEnd, SessionLine, StudyLine};

/// The home screen.
pub(crate) struct Home {
    study: StudyLine,
    /// The instruments offered first.
    instruments: Vec<Arc<Instrument>>,
    /// All others, once they were asked for.
    further: Option<Vec<Arc<Instrument>>>,
    /// Open ones first.
    sessions: Vec<SessionLine>,
    relations: Vec<RelationLine>,
    trouble: Option<String>,
    language: Language,
    /// The search text.
    find: Option<Editor>,
    at: usize,
}

impl Home {
    /// The home screen of the backend's study.
    pub fn new(backend: &mut dyn Backend) -> Self {
        let mut home = Self {
            study: backend.study(),
            instruments: backend.instruments(),
            further: None,
            sessions: Vec::new(),
            relations: Vec::new(),
            trouble: None,
            language: backend.language(),
            find: None,
            at: 0,
        };
        home.load(backend);
        home
    }

    fn load(&mut self, backend: &mut dyn Backend) {
        match backend.sessions() {
            Ok(mut sessions) => {
                sessions.sort_by_key(|session| !session.state.is_open());
                self.sessions = sessions;
                self.trouble = None;
            }
            Err(sentence) => {
                self.sessions.clear();
                self.trouble = Some(sentence);
            }
        }
        self.relations = backend.relations();
        self.at = self.at.min(self.lines().len().saturating_sub(1));
    }

    fn open(&self) -> usize {
        self.sessions.iter().filter(|session| session.state.is_open()).count()
    }

    /// The marked session, if it can be coded.
    fn codable(&self) -> Option<&SessionLine> {
        match self.marked()? {
            HomeLine::Session(session) if session.state == SessionState::Finished && !session.refused => {
                Some(session)
            }
            _ => None,
        }
    }

    fn code(&self, backend: &mut dyn Backend) -> Next {
        let Some(session) = self.codable() else { return Next::Stay };
        Next::Push(Box::new(Who::new(session.id.clone(), backend, self.language.clone())))
    }

    fn marked(&self) -> Option<HomeLine<'_>> {
        self.lines().into_iter().nth(self.at).map(|(_, line)| line)
    }

    fn enter(&mut self, backend: &mut dyn Backend) -> Next {
        let trouble = |sentence| Next::Push(Box::new(MessageScreen::trouble(sentence, &self.language)));
        match self.marked() {
            None => Next::Stay,
            Some(HomeLine::More) => {
                self.further = Some(backend.further_instruments());
                Next::Stay
            }
            Some(HomeLine::Instrument(instrument)) => {
                // A language chosen here also applies to the next screen.
                let form =
                    FormEntries { language: Some(self.language.clone()), ..backend.prefilled(instrument) };
                Next::Push(Box::new(FormScreen::new(instrument.clone(), form, &self.language)))
            }
            Some(HomeLine::Relation(relation)) => {
                let (relation, language) = ((*relation).clone(), self.language.clone());
                Next::Push(Box::new(RelationMoment { relation, language }))
            }
            Some(HomeLine::Session(session)) if session.state.is_open() => {
                match backend.resume(&session.id) {
                    Ok((id, live)) => {
                        let rehearsal = backend.is_rehearsal(&id);
                        Next::Push(Box::new(SessionScreen::new(id, live).rehearsal(rehearsal)))
                    }
                    Err(sentence) => trouble(sentence),
                }
            }
            Some(HomeLine::Session(session)) => {
                // Other people may use this screen by now, so the result is shown as the respondent saw it.
                let reader = session.alone.then_some(Audience::Respondent);
                let (session, language) = (session.id.clone(), self.language.clone());
                Next::Push(Box::new(ResultMoment { session, language, reader, outcome: None }))
            }
        }
    }
}

impl Screen for Home {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn typing(&self) -> bool {
        self.find.is_some()
    }

    fn commands(&self) -> Vec<Command> {
        use Command::*;
        if self.find.is_some() {
            return vec![Go, NextHit, PreviousHit, PageDown, PageUp, Close, Help];
        }
        let mut commands = vec![Open];
        if self.codable().is_some() {
            commands.push(Code);
        }
        commands.extend([Up, Down]);
        if !self.sessions.is_empty() {
            commands.push(Study);
        }
        commands.extend([Find, Language, PageDown, PageUp, Help, Quit]);
        commands
    }

    fn wheel_moves_lines(&self) -> bool {
        true
    }

    fn uncovered(&mut self, backend: &mut dyn Backend) {
        self.load(backend);
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = inner_width(area, WIDEST);
        let mut page = Page::default();
        page.text(look.words.home_lead, width, look.styles.dim);
        page.blank();
        if let Some(reminder) = &self.study.reminder {
            page.hanging(vec![Span::styled("! ", look.styles.warn)], reminder, width, look.styles.warn);
            page.blank();
        }
        if let Some(sentence) = &self.trouble {
            page.hanging(vec![Span::styled("! ", look.styles.warn)], sentence, width, look.styles.warn);
            page.blank();
        } else if self.sessions.is_empty() {
            page.text(look.words.home_first, width, look.styles.text);
            page.blank();
        }
        if let Some(find) = &self.find {
            page.text(look.words.home_find, width, look.styles.text);
            page.rows.extend(find.rows(width.min(50), 1, true, &look.styles));
            page.blank();
        }
        let lines = self.lines();
        if lines.is_empty() && self.find.is_some() {
            page.text(look.words.home_not_found, width, look.styles.dim);
        }
        let mut before = None;
        for (at, (part, line)) in lines.iter().enumerate() {
            if before.replace(*part) != Some(*part) {
                if at > 0 {
                    page.blank();
                }
                let heading = match part {
                    HomePart::Continue => look.words.home_continue,
                    HomePart::New => look.words.home_new,
                    HomePart::Relations => look.words.home_relations,
                    HomePart::Done => look.words.home_done,
                };
                page.text(heading, width, look.styles.strong);
            }
            let start = page.rows.len();
            match line {
                HomeLine::Session(session) => self.session(session, at, width, look, &mut page),
                HomeLine::Instrument(instrument) => self.instrument(instrument, at, width, look, &mut page),
                HomeLine::More => {
                    let style = if at == self.at { look.styles.accent } else { look.styles.dim };
                    let said = cut(look.words.home_more, width.saturating_sub(2));
                    page.push(PageRow::of(vec![self.mark(at, look), Span::styled(said, style)]));
                }
                HomeLine::Relation(relation) => self.relation(relation, at, width, look, &mut page),
            }
            page.hit_from(start, Hit::Entry(at));
            if at == self.at {
                page.focus_from(start);
            }
        }
        if self.instruments.is_empty() {
            page.blank();
            page.text(look.words.home_no_instruments, width, look.styles.dim);
        }
        page.blank();
        let study = format!("{} {}  ", look.words.home_study, self.study.name);
        let place = cut(&self.study.place, width.saturating_sub(study.width()));
        page.push(PageRow::of(vec![
            Span::styled(study, look.styles.dim),
            Span::styled(place, look.styles.dim),
        ]));
        let card = Card { title: "relata", page: &page, top: None, tall: false, widest: WIDEST };
        card.draw(canvas, area, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        let last = self.lines().len().saturating_sub(1);
        match act {
            UserAction::Command(Command::Quit) => return Next::End(ScreensEnd::Closed),
            UserAction::Command(Command::Open | Command::Go) => return self.enter(with.backend),
            UserAction::Command(Command::Code) => return self.code(with.backend),
            UserAction::Command(Command::Study) => {
                return Next::Push(Box::new(StudyMoment::new(self.language.clone())));
            }
            UserAction::Command(Command::Up | Command::PreviousHit) => self.at = self.at.saturating_sub(1),
            UserAction::Command(Command::Down | Command::NextHit) => self.at = (self.at + 1).min(last),
            UserAction::Command(Command::PageUp) => self.at = self.at.saturating_sub(8),
            UserAction::Command(Command::PageDown) => self.at = (self.at + 8).min(last),
            UserAction::Command(Command::Language) => {
                self.language = self.language.next();
            }
            UserAction::Command(Command::Find) => {
                // The search may be for a questionnaire that is not among the first.
                self.further.get_or_insert_with(|| with.backend.further_instruments());
                (self.find, self.at) = (Some(Editor::new("", false)), 0);
            }
            UserAction::Command(Command::Close) => (self.find, self.at) = (None, 0),
            UserAction::Key(event) if self.find.as_mut().is_some_and(|find| find.key(event)) => self.at = 0,
            UserAction::Paste(text) => {
                if let Some(find) = &mut self.find {
                    find.paste(text.trim());
                    self.at = 0;
                }
            }
            UserAction::Hit(Hit::Entry(at)) => {
                // The first click marks, the second opens.
                if at == self.at {
                    return self.enter(with.backend);
                }
                self.at = at.min(last);
            }
            _ => {}
        }
        Next::Stay
    }
}

impl Home {
    fn mark(&self, at: usize, look: &Look) -> Span<'static> {
        Span::styled(if at == self.at { "▸ " } else { "  " }, look.styles.accent)
    }

    fn instrument(&self, instrument: &Instrument, at: usize, width: usize, look: &Look, page: &mut Page) {
        let here = at == self.at;
        let minutes = text!(&look.language, "tui-about-minutes", minutes = instrument.minutes);
        let label = cut(&instrument.label.raw(&look.language), width.saturating_sub(minutes.width() + 4));
        let gap = width.saturating_sub(2 + label.width() + minutes.width());
        let style = if here { look.styles.accent } else { look.styles.text };
        page.push(PageRow::of(vec![
            self.mark(at, look),
            Span::styled(label, style),
            Span::raw(" ".repeat(gap)),
            Span::styled(minutes, look.styles.dim),
        ]));
        // Only the marked instrument shows its description, because three paragraphs at once are too much text.
        if let Some(about) = instrument.about.as_ref().filter(|_| here) {
            page.hanging(vec![Span::raw("  ")], &about.raw(&look.language), width, look.styles.dim);
        }
    }

    fn relation(&self, relation: &RelationLine, at: usize, width: usize, look: &Look, page: &mut Page) {
        let due = relation.due.map_or_else(String::new, |due| due.in_words(&look.language));
        let (code, last, due_width) = (14, 10, 19);
        let rest = width.saturating_sub(2 + code + 2 + 2 + last + 2 + due_width);
        let mark = relation.simulated.then_some(look.words.home_simulated);
        let name: Vec<&str> = [Some(relation.name.as_str()), mark]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        let name = name.join(" · ");
        let style = if at == self.at { look.styles.accent } else { look.styles.text };
        page.push(PageRow::of(vec![
            self.mark(at, look),
            Span::styled(fit(&relation.code, code), style),
            Span::styled(format!("  {}", fit(&name, rest)), look.styles.text),
            Span::styled(format!("  {}", fit(&relation.last, last)), look.styles.dim),
            Span::styled(format!("  {}", cut(&due, due_width)), look.styles.warn),
        ]));
        if at == self.at {
            let (ours, theirs) = relation.sessions;
            let sessions = text!(&look.language, "report-relation-sessions", ours, theirs);
            let before = before(&relation.formerly, &look.language);
            let details = [before, Some(sessions)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            page.hanging(vec![Span::raw(" ".repeat(18))], &details, width, look.styles.dim);
        }
    }

    fn session(&self, session: &SessionLine, at: usize, width: usize, look: &Look, page: &mut Page) {
        let state = match session.state {
            // An unfinished session can still get consent, and its remaining questions do not count.
            SessionState::Open if session.refused => text!(&look.language, "tui-home-no-consent"),
            SessionState::Open => {
                let (done, total) = session.progress;
                text!(&look.language, "tui-home-of", done, of = total)
            }
            SessionState::Finished if session.refused => format!("× {}", look.words.state_refused),
            SessionState::Finished => format!("✓ {}", look.words.state_finished),
            SessionState::Withdrawn => format!("× {}", look.words.state_withdrawn),
        };
        let (code, begun, state_width) = (14, 16, 13);
        let rest = width.saturating_sub(2 + code + 2 + 2 + begun + 2 + state_width);
        let about = [&session.customer, &session.about, &session.instrument];
        let about = about.into_iter().find(|said| !said.is_empty()).unwrap_or(&session.instrument);
        let marks = [(session.test, look.words.rehearsal), (session.simulated, look.words.home_simulated)];
        let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark);
        let what = marks.chain([about.as_str()]).collect::<Vec<_>>().join(" · ");
        let style = if at == self.at { look.styles.accent } else { look.styles.text };
        page.push(PageRow::of(vec![
            self.mark(at, look),
            Span::styled(fit(&session.respondent, code), style),
            Span::styled(format!("  {}", fit(&what, rest)), look.styles.text),
            Span::styled(format!("  {}", fit(&session.begun, begun)), look.styles.dim),
            Span::styled(format!("  {}", cut(&state, state_width)), look.styles.dim),
        ]));
        // Details are shown for the marked session only.
        if at == self.at {
            let mut details =
                vec![&session.customer, &session.about, &session.interviewer, &session.instrument];
            details.dedup();
            // What the row says in full is not said again.
            let told = (what.width() <= rest).then_some(about);
            details.retain(|detail| !detail.is_empty() && Some(*detail) != told);
            let details: Vec<&str> = details.into_iter().map(String::as_str).collect();
            page.hanging(vec![Span::raw(" ".repeat(18))], &details.join(" · "), width, look.styles.dim);
        }
    }
}
