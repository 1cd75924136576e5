//! The key table. Footer, help and dispatch all read it, so that every key that works is shown and every key shown works.
//!
//! Owns which key means what. When a command is available is up to the screen, which lists the commands that work now.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::words::Words;

/// Something that a key can ask a screen to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    Go,
    Done,
    Digits,
    Up,
    Down,
    Higher,
    Lower,
    SlideUp,
    SlideDown,
    Negative,
    Positive,
    EarlierWord,
    Toggle,
    Models,
    Strength,
    Sure,
    Passage,
    Search,
    Find,
    NextHit,
    PreviousHit,
    NextWord,
    PreviousWord,
    Grow,
    OtherWords,
    Rest,
    TakeBack,
    Declined,
    DontKnow,
    AllDeclined,
    AllDontKnow,
    Back,
    Forward,
    Finish,
    Note,
    Sections,
    Pause,
    Language,
    Keyboard,
    Withdraw,
    Elsewhere,
    Rehearsal,
    NextField,
    PreviousField,
    NextTab,
    PreviousTab,
    Expand,
    SaveCode,
    Settle,
    Recode,
    Open,
    Code,
    Study,
    Filter,
    Show,
    NextChoice,
    PreviousChoice,
    Clear,
    Close,
    LineUp,
    LineDown,
    PageUp,
    PageDown,
    Help,
    Leave,
    StopWithCode,
    Quit,
    StopNow,
    Stay,
    SavePage,
    Again,
}

type Key = (KeyCode, KeyModifiers);

const NONE: KeyModifiers = KeyModifiers::NONE;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;

const fn key(code: KeyCode) -> Key {
    (code, NONE)
}

const fn letter(letter: char) -> Key {
    (KeyCode::Char(letter), NONE)
}

const fn ctrl(letter: char) -> Key {
    (KeyCode::Char(letter), CTRL)
}

/// The keys of a command.
pub(crate) struct Binding {
    /// What they do.
    pub command: Command,
    /// Keys that also work while text is typed.
    pub everywhere: &'static [Key],
    /// Keys that work only where no text is typed.
    pub outside_text: &'static [Key],
    /// How to write the keys if their names would not do, as for pairs of keys and digits.
    pub written: Option<&'static str>,
    /// Its label in the footer; empty if the footer does not show it.
    pub label: fn(&Words) -> &'static str,
    /// Its description in the help.
    pub about: fn(&Words) -> &'static str,
}

macro_rules! table {
    ($($command:ident [$($everywhere:expr),*] [$($outside:expr),*] $written:expr, $label:ident, $about:ident;)*) => {
        /// Every command with its keys, in the order of the help.
        pub(crate) static TABLE: &[Binding] = &[$(Binding {
            command: Command::$command,
            everywhere: &[$($everywhere),*],
            outside_text: &[$($outside),*],
            written: $written,
            label: |words| words.$label,
            about: |words| words.$about,
        },)*];
    };
}

table! {
    Go          [key(KeyCode::Enter)] [] None, key_go, help_go;
    Done        [ctrl('s'), key(KeyCode::F(10)), (KeyCode::Enter, KeyModifiers::ALT)] [] None, key_done, help_done;
    Digits      [] [] Some("0–9"), key_digits, help_digits;
    Up          [] [key(KeyCode::Up)] Some("↑ ↓"), key_choose, help_choose;
    Down        [] [key(KeyCode::Down)] None, nothing, nothing;
    Higher      [] [letter('+'), letter('=')] Some("+ −"), key_move, help_move;
    Lower       [] [letter('-'), letter('_')] None, nothing, nothing;
    SlideUp     [] [key(KeyCode::Right), letter('+'), letter('=')] Some("← →"), key_move, help_slide;
    SlideDown   [] [key(KeyCode::Left), letter('-'), letter('_')] None, nothing, nothing;
    Negative    [] [letter('-'), letter('−')] None, key_negative, help_negative;
    Positive    [] [letter('+')] None, nothing, nothing;
    EarlierWord [key(KeyCode::Up)] [] None, key_earlier, help_earlier;
    Toggle      [] [letter(' ')] None, key_toggle, help_toggle;
    Models      [] [] Some("c a e m"), key_models, help_models;
    Strength    [] [] Some("0–3"), key_strength, help_strength;
    Sure        [] [] Some("1–5"), key_sure, help_sure;
    Passage     [] [letter('p')] None, key_passage, help_passage;
    Search      [] [letter('/')] None, key_search, help_search;
    Find        [] [letter('/')] None, key_find, help_find;
    NextHit     [key(KeyCode::Down)] [] Some("↑ ↓"), key_choose, help_choose;
    PreviousHit [key(KeyCode::Up)] [] None, nothing, nothing;
    NextWord    [] [key(KeyCode::Right)] Some("← →"), key_word, help_word;
    PreviousWord [] [key(KeyCode::Left)] None, nothing, nothing;
    Grow        [] [letter(' ')] None, key_grow, help_grow;
    OtherWords  [] [key(KeyCode::Tab)] None, key_other_words, help_other_words;
    Rest        [] [letter('r')] None, key_rest, help_rest;
    TakeBack    [] [key(KeyCode::Backspace)] None, key_take_back, help_take_back;
    Declined    [key(KeyCode::F(3))] [letter('d')] None, key_declined, help_declined;
    DontKnow    [key(KeyCode::F(4))] [letter('k')] None, key_dont_know, help_dont_know;
    AllDeclined [] [letter('D')] None, nothing, help_all_declined;
    AllDontKnow [] [letter('K')] None, nothing, help_all_dont_know;
    Back        [key(KeyCode::BackTab)] [key(KeyCode::Left)] None, key_back, help_back;
    Forward     [key(KeyCode::Tab)] [key(KeyCode::Right)] None, key_forward, help_forward;
    Finish      [key(KeyCode::F(10))] [letter('f')] None, key_finish, help_finish;
    Note        [key(KeyCode::F(2))] [letter('n')] None, key_note, help_note;
    Sections    [key(KeyCode::F(6))] [letter('s')] None, key_sections, help_sections;
    Pause       [key(KeyCode::F(7))] [letter('p')] None, key_pause, help_pause;
    Language    [key(KeyCode::F(5))] [letter('l')] None, key_language, help_language;
    Keyboard    [key(KeyCode::F(8)), ctrl('t')] [] None, key_keyboard, help_keyboard;
    Withdraw    [key(KeyCode::F(9))] [] None, key_withdraw, help_withdraw;
    Elsewhere   [key(KeyCode::F(12)), ctrl('o')] [] None, key_elsewhere, help_save_elsewhere;
    Rehearsal   [key(KeyCode::F(8))] [] None, key_rehearsal, help_rehearsal;
    NextField   [key(KeyCode::Tab), key(KeyCode::Down)] [] Some("↑ ↓"), key_field, help_field;
    PreviousField [key(KeyCode::BackTab), key(KeyCode::Up)] [] None, nothing, nothing;
    NextTab     [] [key(KeyCode::Tab), key(KeyCode::Right)] Some("← →"), key_tab, help_tab;
    PreviousTab [] [key(KeyCode::BackTab), key(KeyCode::Left)] None, nothing, nothing;
    Expand      [] [letter('e')] None, key_expand, help_expand;
    SaveCode    [ctrl('s'), key(KeyCode::F(10))] [] None, key_save_code, help_save_code;
    Settle      [] [letter('s')] None, key_settle, help_settle;
    Recode      [] [letter('r')] None, key_recode, help_recode;
    Open        [] [key(KeyCode::Enter)] None, key_open, help_open;
    Code        [] [letter('c')] None, key_code, help_code;
    Study       [] [letter('s')] None, key_study, help_study;
    Filter      [] [letter('f')] None, key_filter, help_filter;
    Show        [] [key(KeyCode::Enter)] None, key_show, help_show;
    NextChoice  [] [key(KeyCode::Right)] Some("← →"), key_change, help_change;
    PreviousChoice [] [key(KeyCode::Left)] None, nothing, nothing;
    Clear       [] [letter('c')] None, key_clear, help_clear;
    Close       [key(KeyCode::Esc)] [] None, key_close, help_close;
    LineDown    [] [key(KeyCode::Down)] Some("↑ ↓"), key_scroll, help_scroll;
    LineUp      [] [key(KeyCode::Up)] None, nothing, nothing;
    PageDown    [key(KeyCode::PageDown)] [] Some("PgUp PgDn"), key_leap, help_leap;
    PageUp      [key(KeyCode::PageUp)] [] None, nothing, nothing;
    Help        [key(KeyCode::F(1)), ctrl('g')] [letter('?')] None, key_help, help_help;
    Leave       [ctrl('q'), ctrl('c')] [] None, key_leave, help_leave;
    StopWithCode [ctrl('q'), ctrl('c')] [] None, key_stop_with_code, help_quit;
    StopNow     [ctrl('q'), ctrl('c')] [key(KeyCode::Enter)] None, key_stop, help_leave;
    Stay        [key(KeyCode::Esc)] [] None, key_stay, help_stay;
    SavePage    [] [letter('s'), letter('w')] None, key_save_page, help_save_page;
    Again       [] [letter('n')] None, key_again, help_again;
    Quit        [ctrl('q'), ctrl('c')] [letter('q')] None, key_quit, help_quit;
}

impl Binding {
    /// The names of the keys, those that work now first. A key that currently belongs to another command is left out.
    pub fn names(&self, typing: bool, available: &[Command], words: &Words) -> Vec<String> {
        if let Some(written) = self.written {
            return vec![written.to_owned()];
        }
        let outside: &[Key] = if typing { &[] } else { self.outside_text };
        let is_ours = |(code, modifiers): &&Key| {
            let means = command(KeyEvent::new(*code, *modifiers), typing, available);
            means.is_none_or(|means| means == self.command)
        };
        outside.iter().chain(self.everywhere).filter(is_ours).map(|key| name(*key, words)).collect()
    }

    /// Whether it is used in interviews; the help for respondents leaves out the keys for coding and studies.
    pub fn is_of_interviews(&self) -> bool {
        use Command::*;
        let others = [
            Code,
            Filter,
            Grow,
            Models,
            NextHit,
            NextWord,
            OtherWords,
            Passage,
            PreviousHit,
            PreviousWord,
            Recode,
            SaveCode,
            Search,
            Settle,
            Strength,
            Study,
            Sure,
        ];
        !others.contains(&self.command)
    }
}

pub(crate) fn binding(command: Command) -> Option<&'static Binding> {
    TABLE.iter().find(|binding| binding.command == command)
}

/// The command that `event` stands for, given those in `available`.
pub(crate) fn command(event: KeyEvent, typing: bool, available: &[Command]) -> Option<Command> {
    // Terminals differ in whether they report Shift with a capital letter; the letter alone is enough.
    let mut modifiers = event.modifiers;
    if matches!(event.code, KeyCode::Char(_) | KeyCode::BackTab) {
        modifiers.remove(KeyModifiers::SHIFT);
    }
    let pressed = (event.code, modifiers);
    let means = |command: &&Command| {
        binding(**command).is_some_and(|binding| {
            binding.everywhere.contains(&pressed) || (!typing && binding.outside_text.contains(&pressed))
        })
    };
    available.iter().find(means).copied()
}

fn name((code, modifiers): Key, words: &Words) -> String {
    let plain = match code {
        KeyCode::Enter => "Enter".to_owned(),
        KeyCode::Esc => "Esc".to_owned(),
        KeyCode::Tab => "Tab".to_owned(),
        KeyCode::BackTab => "Shift+Tab".to_owned(),
        KeyCode::Backspace => "Backspace".to_owned(),
        KeyCode::Left => "←".to_owned(),
        KeyCode::Right => "→".to_owned(),
        KeyCode::Up => "↑".to_owned(),
        KeyCode::Down => "↓".to_owned(),
        KeyCode::PageUp => "PgUp".to_owned(),
        KeyCode::PageDown => "PgDn".to_owned(),
        KeyCode::F(number) => format!("F{number}"),
        KeyCode::Char(' ') => words.space_bar.to_owned(),
        KeyCode::Char(letter) if modifiers.contains(CTRL) => letter.to_uppercase().to_string(),
        KeyCode::Char(letter) => letter.to_string(),
        _ => String::new(),
    };
    if modifiers.contains(CTRL) {
        format!("Ctrl+{plain}")
    } else if modifiers.contains(KeyModifiers::ALT) {
        format!("Alt+{plain}")
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Language;

    fn press(code: KeyCode, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(code, modifiers)
    }

    #[test]
    fn every_command_has_one_line_in_the_table_and_a_key_that_has_a_name() {
        for (index, binding) in TABLE.iter().enumerate() {
            assert!(TABLE[..index].iter().all(|other| other.command != binding.command));
            let names = binding.names(false, &[], Words::of(&Language::fallback()));
            assert!(names.iter().all(|name| !name.is_empty()), "{:?}", binding.command);
        }
    }

    #[test]
    fn a_key_is_called_what_its_language_calls_it() {
        let toggle = binding(Command::Toggle).unwrap();
        let called = |tag| toggle.names(false, &[], Words::of(&Language::new(tag)));
        assert_eq!((called("en"), called("nl")), (vec!["Space".to_owned()], vec!["spatie".to_owned()]));
    }

    #[test]
    fn letters_are_text_while_text_is_typed() {
        let available = [Command::Declined, Command::Help];
        let d = press(KeyCode::Char('d'), NONE);
        assert_eq!(command(d, false, &available), Some(Command::Declined));
        assert_eq!(command(d, true, &available), None);
        assert_eq!(command(press(KeyCode::F(3), NONE), true, &available), Some(Command::Declined));
        // A question mark needs Shift on most keyboards.
        assert_eq!(
            command(press(KeyCode::Char('?'), KeyModifiers::SHIFT), false, &available),
            Some(Command::Help)
        );
    }

    #[test]
    fn only_what_works_now_is_understood() {
        assert_eq!(command(press(KeyCode::F(2), NONE), false, &[Command::Go]), None);
    }
}
