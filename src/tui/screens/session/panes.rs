//! Panes over an interview: the note of a question, the list of sections, withdrawing, and leaving.

use ratatui::text::Span;
use unicode_width::UnicodeWidthStr;

use super::{Clock, LATEST, PAUSE, SessionScreen};
use crate::interview::{Event, NotKept, SectionProgress, View};
use crate::text;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Hit, Page, PageRow, cut};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::screens::message::MessageScreen;
use crate::tui::{Backend, ScreensEnd};

/// Fewest lines of the box for a note.
const NOTE: usize = 8;

/// What lies over the card.
pub(crate) enum Pane {
    /// The note of an item.
    Note { item: String, editor: Editor },
    /// The sections, with the marked one.
    Sections { at: usize },
    /// Asks for the word that confirms the withdrawal; `unclear` after another word.
    Withdraw { editor: Editor, unclear: bool },
    /// Saving and leaving.
    Leave,
    /// Asks for another file because the interview cannot be saved in its own: the reason, and the pane that this one covers.
    /// `unread` until the first key that was not typed ahead.
    Elsewhere { editor: Editor, why: String, under: Option<Box<Pane>>, unread: bool },
}

impl Pane {
    /// The note of the item that is asked.
    pub fn note(session: &SessionScreen) -> Option<Self> {
        let asked = session.asked().filter(|_| !session.view.locked)?;
        let text = session.live.interview().note_of(&asked.item).unwrap_or_default();
        Some(Self::Note { item: asked.item.clone(), editor: Editor::new(text, true) })
    }

    /// The sections, the current one marked.
    pub fn sections(view: &View) -> Option<Self> {
        let at = view.sections.iter().position(|section| section.current).unwrap_or(0);
        (!view.locked && !view.sections.is_empty()).then_some(Self::Sections { at })
    }

    pub fn withdraw() -> Self {
        Self::Withdraw { editor: Editor::new("", false), unclear: false }
    }

    pub fn typing(&self) -> bool {
        matches!(self, Self::Note { .. } | Self::Withdraw { .. } | Self::Elsewhere { .. })
    }

    pub fn commands(&self) -> Vec<Command> {
        use Command::*;
        match self {
            Self::Note { .. } => vec![Close, Done, Note, Help],
            Self::Sections { .. } => vec![Open, Up, Down, Close, Help],
            Self::Withdraw { .. } => vec![Go, Stay, Help],
            Self::Elsewhere { .. } => vec![Go, Close, Help],
            Self::Leave => vec![StopNow, Stay, Help],
        }
    }

    /// Title and content.
    pub fn page(&self, session: &SessionScreen, width: usize, look: &Look) -> (&'static str, Page) {
        let words = look.words;
        let mut page = Page::default();
        let title = match self {
            Self::Note { editor, .. } => {
                page.rows.extend(editor.rows(width, look.box_height(NOTE), true, &look.styles));
                page.blank();
                let alone = !session.live.interview().instrument().has_interviewer();
                let whose = if alone { words.note_words_alone } else { words.note_words };
                page.text(whose, width, look.styles.dim);
                words.note_title
            }
            Self::Sections { at } => {
                for (index, section) in session.view.sections.iter().enumerate() {
                    let start = page.rows.len();
                    page.push(section_row(section, index == *at, width, look));
                    page.hit_from(start, Hit::Entry(index));
                    if index == *at {
                        page.focus_from(start);
                    }
                }
                words.sections_title
            }
            Self::Withdraw { editor, unclear } => {
                page.text(words.withdraw_words, width, look.styles.text);
                page.blank();
                for (word, about) in [
                    (words.withdraw_stop, words.withdraw_stop_words),
                    (words.withdraw_erase, words.withdraw_erase_words),
                ] {
                    let mark = Span::styled(format!("  {word:<8}"), look.styles.accent);
                    page.hanging(vec![mark], about, width, look.styles.text);
                }
                page.blank();
                page.rows.extend(editor.rows(width.min(24), 1, true, &look.styles));
                page.focus_from(page.rows.len() - 1);
                if *unclear {
                    let text = text!(
                        &look.language,
                        "tui-withdraw-which",
                        stop = words.withdraw_stop,
                        erase = words.withdraw_erase
                    );
                    page.warning(&text, width, &look.styles);
                }
                page.next(words.withdraw_cancel, width, look.styles.dim);
                words.withdraw_title
            }
            Self::Leave => {
                let (kiosk, call) =
                    (text!(&look.language, "tui-kiosk-leave"), text!(&look.language, "tui-kiosk-elsewhere"));
                if let Some(why) = &session.not_kept {
                    page.warning(why, width, &look.styles);
                    page.blank();
                }
                let kept = match (session.is_untouched(), session.kiosk) {
                    (_, true) if session.not_kept.is_some() => &call,
                    (_, false) if session.not_kept.is_some() => words.leave_unkept,
                    (true, _) => words.leave_untouched,
                    (false, true) => &kiosk,
                    (false, false) => words.leave_words,
                };
                page.text(kept, width, look.styles.text);
                page.next(words.leave_key, width, look.styles.dim);
                words.leave_title
            }
            Self::Elsewhere { editor, why, .. } => {
                page.warning(why, width, &look.styles);
                page.blank();
                if session.kiosk {
                    let call = text!(&look.language, "tui-kiosk-elsewhere");
                    page.text(&call, width, look.styles.text);
                    page.blank();
                }
                // Above the explanation, so that a small window shows the reason together with the input line.
                page.rows.extend(editor.rows(width, 1, true, &look.styles));
                page.focus_from(page.rows.len() - 1);
                page.blank();
                page.text(words.elsewhere_words, width, look.styles.text);
                page.next(words.elsewhere_cancel, width, look.styles.dim);
                words.elsewhere_title
            }
        };
        (title, page)
    }
}

fn section_row(section: &SectionProgress, here: bool, width: usize, look: &Look) -> PageRow {
    let progress = section.progress;
    let (symbol, style) = match progress.done {
        done if done >= progress.total => ("✓ ", look.styles.good),
        0 => ("○ ", look.styles.dim),
        _ => ("◐ ", look.styles.text),
    };
    let count = text!(&look.language, "tui-home-of", done = progress.done, of = progress.total);
    let count = if section.current { format!("{} · {count}", look.words.here) } else { count };
    let label = cut(&section.label, width.saturating_sub(count.width() + 6));
    let gap = width.saturating_sub(4 + label.width() + count.width());
    PageRow::of(vec![
        Span::styled(if here { "▸ " } else { "  " }, look.styles.accent),
        Span::styled(symbol, style),
        Span::styled(label, if here { look.styles.accent } else { look.styles.text }),
        Span::raw(" ".repeat(gap)),
        Span::styled(count, look.styles.dim),
    ])
}

impl SessionScreen {
    /// Lets the pane take an act.
    pub(super) fn pane_act(&mut self, act: UserAction, with: &mut With) -> Next {
        if act == UserAction::Command(Command::Help) {
            self.keep_typed(&*with.backend);
            let commands = self.commands();
            let help = super::Help::in_interview(commands, self.typing(), self.view.language.clone());
            return Next::Push(Box::new(help.on_a_kiosk(self.kiosk)));
        }
        if act == UserAction::Command(Command::Elsewhere) {
            let why = self.why_not_kept();
            self.open_elsewhere(why, false);
            return Next::Stay;
        }
        let Some(pane) = self.pane.take() else { return Next::Stay };
        match pane {
            Pane::Note { item, editor } => self.note_act(act, item, editor, with),
            Pane::Sections { at } => self.sections_act(act, at, with),
            Pane::Withdraw { editor, .. } => return self.withdraw_act(act, editor, with),
            // A fast typist may have answered the next question already, and an answer is not a file name.
            Pane::Elsewhere { unread: true, .. }
                if self.hurried && !matches!(act, UserAction::Command(Command::Close)) =>
            {
                self.pane = Some(pane);
            }
            Pane::Elsewhere { editor, why, under, .. } => self.elsewhere_act(act, editor, why, under, with),
            Pane::Leave => match act {
                UserAction::Command(Command::StopNow) => {
                    // Saving may be possible again.
                    if !self.keep_typed(&*with.backend) && self.pane.is_some() {
                        return Next::Stay;
                    }
                    let outcome = self.leave(with.backend);
                    return Next::End(outcome.unwrap_or(ScreensEnd::Closed));
                }
                UserAction::Command(Command::Stay) => {}
                _ => self.pane = Some(Pane::Leave),
            },
        }
        Next::Stay
    }

    fn note_act(&mut self, act: UserAction, item: String, mut editor: Editor, with: &mut With) {
        match act {
            UserAction::Command(Command::Close | Command::Done | Command::Note) => {
                self.pane = Some(Pane::Note { item, editor });
                // A note that could not be saved stays open with its text, and the card says why.
                if self.keep_typed(&*with.backend) {
                    self.pane = None;
                }
                return;
            }
            act => editor.on(act),
        }
        self.typed(with.at);
        self.pane = Some(Pane::Note { item, editor });
    }

    /// Something was typed at this instant and has to be saved soon.
    pub(super) fn typed(&mut self, at: Clock) {
        let first = self.unkept.map_or(at, |(first, _)| first);
        self.unkept = Some((first, at));
    }

    /// When the typed text must be saved.
    pub(super) fn typed_due(&self) -> Option<Clock> {
        let (first, last) = self.unkept?;
        Some((last + PAUSE).min(first + LATEST))
    }

    /// Saves the note or answer being typed as it is, and returns whether that worked. The pane stays open.
    pub(super) fn keep_typed(&mut self, backend: &dyn Backend) -> bool {
        // After a failure the timer waits for the next key: the problem is shown, and retrying on a full disk without end is
        // pointless.
        let unkept = self.unkept.take().is_some() || self.not_kept.is_some();
        if let Some(Pane::Note { item, editor }) = &self.pane {
            let text = editor.text().trim_end().to_owned();
            if self.live.interview().note_of(item).unwrap_or_default() == text {
                return true;
            }
            let item = item.clone();
            return self.send(backend, Event::Noted { item, text });
        }
        let Some((asked, entry)) = self.asked().zip(self.entry.as_ref()).filter(|_| unkept) else {
            return true;
        };
        let Some(begun) = entry.begun(&asked.prompt.ask) else { return true };
        let (item, step) = (asked.item.clone(), asked.step);
        match self.live.keep_begun(backend.now(), &item, step, begun) {
            Ok(()) => {
                self.kept_again();
                true
            }
            Err(why) => {
                self.cannot_keep(why);
                false
            }
        }
    }

    /// Clears the message that something could not be saved.
    pub(super) fn kept_again(&mut self) {
        if self.not_kept.take().is_some() {
            self.trouble = None;
        }
    }

    /// Reports why something could not be saved. If the file is gone, the interview stops until there is another one; the pane for
    /// it opens at once, or in the middle of a word with the next key that is not a letter.
    pub(super) fn cannot_keep(&mut self, why: NotKept) {
        let sentence = why.in_words(&self.view.language).to_owned();
        self.not_kept = Some(sentence.clone());
        self.trouble = Some(match why.place_is_gone {
            // In the middle of a word no pane opens, so that it takes no letters away.
            true if self.in_word => text!(&self.view.language, "tui-elsewhere-hint", why = sentence),
            true => return self.open_elsewhere(sentence, true),
            false => sentence,
        });
    }

    /// Why another file is asked for.
    pub(super) fn why_not_kept(&mut self) -> String {
        let gone = self.live.check().err().map(|why| why.in_words(&self.view.language).to_owned());
        gone.or_else(|| self.not_kept.clone()).unwrap_or_default()
    }

    /// Asks for another file.
    pub(super) fn open_elsewhere(&mut self, why: String, unread: bool) {
        self.interrupted();
        self.trouble = None;
        let under = match self.pane.take() {
            Some(Pane::Elsewhere { under, .. }) => under,
            Some(pane @ Pane::Note { .. }) => Some(Box::new(pane)),
            _ => None,
        };
        let editor = Editor::new(&self.live.suggested_place(), false);
        self.pane = Some(Pane::Elsewhere { editor, why, under, unread });
    }

    /// Closes the pane that asks for another file and restores the one below it.
    pub(super) fn leave_elsewhere(&mut self) {
        self.pane = match self.pane.take() {
            Some(Pane::Elsewhere { under, .. }) => under.map(|pane| *pane),
            other => other,
        };
    }

    fn elsewhere_act(
        &mut self,
        act: UserAction,
        mut editor: Editor,
        why: String,
        under: Option<Box<Pane>>,
        with: &mut With,
    ) {
        match act {
            UserAction::Command(Command::Close) => {
                self.pane = under.map(|pane| *pane);
                self.trouble = Some(why);
                return;
            }
            UserAction::Command(Command::Go) => {
                let place = editor.text().trim().to_owned();
                match self.save_in(&place, with.backend) {
                    Some(why) => self.pane = Some(Pane::Elsewhere { editor, why, under, unread: false }),
                    None => {
                        self.pane = under.map(|pane| *pane);
                        self.typed(with.at);
                        if self.keep_typed(&*with.backend) {
                            self.trouble =
                                self.saved.as_ref().map(|saved| saved.in_words(&self.view.language));
                        }
                    }
                }
                return;
            }
            act => editor.on(act),
        }
        self.pane = Some(Pane::Elsewhere { editor, why, under, unread: false });
    }

    /// Saves the interview in another file and continues there; returns the reason if that fails.
    pub(super) fn save_in(&mut self, place: &str, backend: &mut dyn Backend) -> Option<String> {
        let saved = self.live.save_elsewhere(place);
        let saved = saved.map_err(|why| why.in_words(&self.view.language).to_owned()).and_then(|saved| {
            backend.follow(&saved)?;
            Ok(saved)
        });
        match saved {
            Ok(saved) => {
                (self.saved, self.not_kept) = (Some(saved), None);
                None
            }
            Err(why) => Some(why),
        }
    }

    fn sections_act(&mut self, act: UserAction, at: usize, with: &mut With) {
        let last = self.view.sections.len().saturating_sub(1);
        let to = match act {
            UserAction::Command(Command::Close) => return,
            UserAction::Command(Command::Open) => Some(at),
            UserAction::Hit(Hit::Entry(to)) => Some(to),
            UserAction::Command(Command::Up) => {
                self.pane = Some(Pane::Sections { at: at.saturating_sub(1) });
                return;
            }
            UserAction::Command(Command::Down) => {
                self.pane = Some(Pane::Sections { at: (at + 1).min(last) });
                return;
            }
            _ => None,
        };
        match to.and_then(|to| self.view.sections.get(to)) {
            Some(section) => {
                let group = section.name.clone();
                self.send(&*with.backend, Event::Jumped { group });
            }
            None => self.pane = Some(Pane::Sections { at }),
        }
    }

    fn withdraw_act(&mut self, act: UserAction, mut editor: Editor, with: &mut With) -> Next {
        let words = self.words();
        match act {
            UserAction::Command(Command::Stay) => return Next::Stay,
            UserAction::Command(Command::Go) => {
                let typed = editor.text().trim().to_lowercase();
                let erase = typed == words.withdraw_erase;
                if !erase && typed != words.withdraw_stop {
                    self.pane = Some(Pane::Withdraw { editor, unclear: true });
                    return Next::Stay;
                }
                if !self.send(&*with.backend, Event::Withdrawn) {
                    return Next::Stay;
                }
                return self.withdrawn(erase, with);
            }
            act => editor.on(act),
        }
        self.pane = Some(Pane::Withdraw { editor, unclear: false });
        Next::Stay
    }

    fn withdrawn(&mut self, erase: bool, with: &mut With) -> Next {
        let words = self.words();
        let done = if erase { with.backend.erase(&self.id) } else { Ok(()) };
        let erased = erase && done.is_ok();
        let text = match done {
            Err(sentence) => sentence,
            Ok(()) if erased => words.erased_words.to_owned(),
            Ok(()) => words.withdrawn_words.to_owned(),
        };
        Next::Replace(Box::new(MessageScreen {
            title: words.withdrawn_title.to_owned(),
            text,
            small: words.any_enter.to_owned(),
            language: self.view.language.clone(),
            outcome: Some(ScreensEnd::Withdrawn { session: self.id.clone(), erased }),
            top: None,
        }))
    }
}
