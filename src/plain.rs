//! The line-by-line mode, for screen readers, pipes and terminals without drawing.
//!
//! Owns how a prompt is written and how a line is read; all rules of the interview are in the core. One line is one answer. A line
//! that starts with `:` is a command, so that letters are always answers.

use std::io::{BufRead, Write};

use crate::instrument::prompt::{Ask, Input, Invalid, Reply};
use crate::instrument::{Audience, Language};
use crate::interview::{
    Asked, Begun, Empty, Event, Instant, Interview, Live, NotDone, Refusal, ReviewLine, SavedElsewhere, Stage,
};

mod coding;
mod command;
mod entering;
mod finding;
mod keep;
mod lines;
mod read;
mod rows;
mod show;

use crate::interview::phrases;
use crate::text;
pub use coding::{Coded, Drafts};
use command::LineCommand;
pub use entering::{Entering, Sitting};
use keep::Lines;

/// How a run of the plain mode ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The interview is finished.
    Finished,
    /// The respondent withdrew.
    Withdrawn {
        /// Whether the answers are to be erased.
        erase: bool,
    },
    /// The user asked to leave. Everything answered is kept.
    Left,
    /// The input ended before the interview did. Everything answered is kept.
    OutOfInput,
    /// A file of answers has a line that does not answer the question at its place, so that the lines after it would answer the
    /// wrong questions. Everything answered is kept.
    OutOfStep,
}

/// Why a run could not go on.
#[derive(Debug, thiserror::Error)]
pub enum PlainError {
    /// The terminal, pipe or file could not be read or written.
    #[error("the conversation broke off: {0}")]
    Io(#[from] std::io::Error),
    /// An event could not be kept.
    #[error("{0}")]
    NotKept(String),
    /// The session was erased in the meantime, so that nothing of it may be kept.
    #[error("{0}")]
    Erased(String),
    /// A file of codes has a line that means nothing at its place.
    #[error("nothing more is read")]
    OutOfStep,
    /// The user stopped when something could not be kept; by now everything is kept, perhaps in another file.
    #[error("it was stopped; everything that was entered is kept")]
    Stopped,
}

/// A conversation over one input and one output.
pub struct Plain<'a, R, W> {
    input: R,
    out: W,
    clock: &'a dyn Fn() -> Instant,
    /// Whether input lines are written to the output, because no terminal shows what was typed.
    echo: bool,
    /// The current language.
    language: Language,
    /// Where the interview was saved when its own file was lost.
    saved: Option<SavedElsewhere>,
    /// How many lines were read.
    lines: usize,
    /// The name of the current question.
    question: Option<String>,
}

impl<R, W> std::fmt::Debug for Plain<'_, R, W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plain").finish_non_exhaustive()
    }
}

/// What to do after a prompt.
enum Next {
    Go,
    End(Ending),
}

impl<'a, R: BufRead, W: Write> Plain<'a, R, W> {
    /// `clock` returns the current instant; `echo` writes input lines to the output, for input that no terminal shows.
    pub fn new(input: R, out: W, clock: &'a dyn Fn() -> Instant, echo: bool) -> Self {
        Self { input, out, clock, echo, language: Language::new("en"), saved: None, lines: 0, question: None }
    }

    /// The language in which lines outside an interview are asked.
    pub fn speak(&mut self, language: &Language) {
        self.language.clone_from(language);
    }

    /// Asks for one line outside an interview; `None` at the end of the input. An empty line takes the default.
    pub fn ask_line(&mut self, label: &str, default: Option<&str>) -> Result<Option<String>, PlainError> {
        match default.filter(|default| !default.is_empty()) {
            Some(default) => write!(self.out, "{label} [{default}] ")?,
            None => write!(self.out, "{label} ")?,
        }
        self.out.flush()?;
        let line = self.line()?;
        Ok(line.map(
            |line| if line.trim().is_empty() { default.unwrap_or("").into() } else { line.trim().into() },
        ))
    }

    /// The same for a value of a start form, which is not a command; also `None` if the user leaves.
    pub fn ask_value(&mut self, label: &str, default: Option<&str>) -> Result<Option<String>, PlainError> {
        loop {
            let Some(line) = self.ask_line(label, default)? else { return Ok(None) };
            match LineCommand::read(&line) {
                // Two colons start a text that begins with one.
                None if line.starts_with("::") => return Ok(Some(line[1..].to_owned())),
                None => return Ok(Some(line)),
                Some(LineCommand::Quit) => return Ok(None),
                Some(LineCommand::Help) => show::help(&mut self.out, &self.language)?,
                Some(_) => {
                    let sentence = text!(&self.language, "plain-no-command-here");
                    self.tell(&sentence)?;
                    // In a file the next line belongs to the next question.
                    if self.echo {
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// Leads the interview to its end or to the end of the input. `reviewed` is called when all questions are answered.
    pub fn run(&mut self, live: &mut Live, reviewed: &dyn Fn(&Interview)) -> Result<Ending, PlainError> {
        let language = live.interview().language().clone();
        writeln!(self.out, "{}", text!(&language, "plain-one-line-one-answer"))?;
        let mut section = String::new();
        loop {
            let view = live.interview().view();
            self.question = None;
            let language = view.language.clone();
            self.language.clone_from(&language);
            let next = match view.stage {
                Stage::Finished => {
                    self.make_sure(live, &language)?;
                    return Ok(Ending::Finished);
                }
                Stage::Withdrawn => return Ok(Ending::Withdrawn { erase: false }),
                Stage::Paused => self.wait(live, &language)?,
                Stage::HandOver { to, section } => self.hand_over(live, to, &section, &language)?,
                Stage::Review(lines) => {
                    reviewed(live.interview());
                    self.review(live, &lines, &language)?
                }
                Stage::Ask(asked) => {
                    self.question = Some(asked.item.clone());
                    if asked.section != section {
                        let progress = view.progress;
                        writeln!(self.out, "\n== {} ({}/{})", asked.section, progress.done, progress.total)?;
                        section.clone_from(&asked.section);
                    }
                    self.ask(live, &asked, &language)?
                }
            };
            if let Next::End(ending) = next {
                if !matches!(ending, Ending::Withdrawn { .. }) {
                    self.make_sure(live, &language)?;
                }
                return Ok(ending);
            }
        }
    }

    fn show_echo(&mut self, line: &str) -> Result<(), PlainError> {
        if self.echo {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    fn ask(&mut self, live: &mut Live, asked: &Asked, language: &Language) -> Result<Next, PlainError> {
        show::prompt(&mut self.out, asked, language)?;
        let event = match &asked.prompt.ask {
            Ask::Scale(scale) if scale.rows.len() > 1 => self.rows(live, asked, language)?,
            Ask::Allocate { .. } => self.parts(live, asked, language)?,
            Ask::Note
            | Ask::Pick { .. }
            | Ask::Scale(_)
            | Ask::Number { .. }
            | Ask::Text(_)
            | Ask::Rank { .. }
            | Ask::Sort(_) => match self.text(live, asked, language)? {
                Lines::Ended => return self.out_of_input(),
                Lines::Whole(line) => Entered::of(&line, asked, language),
            },
        };
        match event {
            Entered::Nothing => self.out_of_input(),
            Entered::Stopped(ending) => Ok(Next::End(ending)),
            Entered::NoAnswer(line) => self.out_of_step(&line, language),
            Entered::Invalid(why) => self.complain(&why.in_words(language)),
            Entered::LineCommand(command) => self.obey(live, command, Some(asked), language),
            Entered::Forward => self.apply(live, Event::Forward, language),
            Entered::Reply(reply) => {
                if let (Ask::Scale(scale), Reply::Given(Input::Rated(cells))) = (&asked.prompt.ask, &reply)
                    && let [cell] = cells.as_slice()
                {
                    show::kept(&mut self.out, *cell, scale)?;
                }
                let event = Event::Answered { item: asked.item.clone(), step: asked.step, reply };
                self.apply(live, event, language)
            }
        }
    }

    fn hand_over(
        &mut self,
        live: &mut Live,
        to: Audience,
        section: &str,
        language: &Language,
    ) -> Result<Next, PlainError> {
        show::hand_over(&mut self.out, to, section, language)?;
        let Some(line) = self.line()? else { return self.out_of_input() };
        // Handing back to the interviewer takes a word, so that an extra Enter does not reveal the notes.
        let agreed = match to {
            Audience::Respondent => line.trim().is_empty(),
            Audience::Interviewer => line.trim().eq_ignore_ascii_case("interviewer"),
        };
        if agreed {
            return self.apply(live, Event::HandedOver { to }, language);
        }
        match LineCommand::read(&line) {
            Some(command) => self.obey(live, command, None, language),
            None => self.complain(&Refusal::HandOverFirst.in_words(language)),
        }
    }

    fn wait(&mut self, live: &mut Live, language: &Language) -> Result<Next, PlainError> {
        let paused = text!(language, "plain-paused-enter-goes");
        writeln!(self.out, "\n{paused}")?;
        match self.line()? {
            None => self.out_of_input(),
            Some(line) if !line.trim().is_empty() => self.out_of_step(&line, language),
            Some(_) => self.apply(live, Event::Resumed, language),
        }
    }

    fn review(
        &mut self,
        live: &mut Live,
        lines: &[ReviewLine],
        language: &Language,
    ) -> Result<Next, PlainError> {
        let end = phrases::at_the_end(live.interview().will_show_result(), language);
        show::review(&mut self.out, lines, (live.interview().is_refused(), &end), language)?;
        let Some(line) = self.line()? else { return self.out_of_input() };
        if line.trim().is_empty() {
            let first_open = lines.iter().find(|line| line.open);
            let event = match first_open {
                Some(open) => Event::Opened { item: open.item.clone() },
                None => Event::Finished,
            };
            return self.apply(live, event, language);
        }
        if let Some(command) = LineCommand::read(&line) {
            return self.obey(live, command, None, language);
        }
        let number = line.trim().parse::<usize>().ok().and_then(|number| lines.get(number.checked_sub(1)?));
        match number {
            Some(line) => self.apply(live, Event::Opened { item: line.item.clone() }, language),
            None => self.complain(&(Invalid::NoSuchOption(line.trim().into())).in_words(language)),
        }
    }

    fn obey(
        &mut self,
        live: &mut Live,
        command: LineCommand,
        asked: Option<&Asked>,
        language: &Language,
    ) -> Result<Next, PlainError> {
        let missing = |reply| asked.map(|a| Event::Answered { item: a.item.clone(), step: a.step, reply });
        let event = match command {
            LineCommand::Help => {
                show::help(&mut self.out, language)?;
                return Ok(Next::Go);
            }
            LineCommand::Quit => return Ok(Next::End(Ending::Left)),
            LineCommand::Unknown(word) => {
                let sentence = text!(language, "plain-no-command-word-help", word);
                return self.complain(&sentence);
            }
            LineCommand::Sections => {
                show::sections(&mut self.out, &live.interview().view().sections)?;
                return Ok(Next::Go);
            }
            LineCommand::Withdraw => return self.withdraw(live, language),
            LineCommand::Clear => {
                if let Some(asked) = asked {
                    self.begin(live, asked, &Begun::Typed(String::new()), language)?;
                }
                return Ok(Next::Go);
            }
            LineCommand::Back => Some(Event::Back),
            LineCommand::Forward => Some(Event::Forward),
            LineCommand::Declined => missing(Reply::Declined),
            LineCommand::DontKnow if asked.is_some_and(|asked| !asked.takes_dont_know) => {
                return self.complain(&phrases::yes_or_no(language));
            }
            LineCommand::DontKnow => missing(Reply::DontKnow),
            LineCommand::Pause => Some(Event::Paused),
            LineCommand::Language(tag) => Some(Event::Language { language: Language::new(&tag) }),
            LineCommand::Jump(group) => Some(Event::Jumped { group }),
            LineCommand::Note(text) if text.is_empty() && asked.is_some_and(|asked| asked.note.is_none()) => {
                return self.complain(&text!(language, "plain-note-empty"));
            }
            LineCommand::Note(text) => asked.map(|asked| Event::Noted { item: asked.item.clone(), text }),
        };
        match event {
            Some(event) => self.apply(live, event, language),
            None => self.complain(&Refusal::NotAsked(String::new()).in_words(language)),
        }
    }

    fn withdraw(&mut self, live: &mut Live, language: &Language) -> Result<Next, PlainError> {
        let question = text!(language, "plain-withdraw-type-stop-stop");
        writeln!(self.out, "{question}")?;
        let Some(line) = self.line()? else { return self.out_of_input() };
        let erase = match line.trim().to_uppercase().as_str() {
            "STOP" => false,
            "ERASE" | "WISSEN" => true,
            // A file with an answer here is out of step with the questions.
            word if self.echo && !word.is_empty() => return self.complain(&question),
            _ => return Ok(Next::Go),
        };
        self.apply(live, Event::Withdrawn, language)?;
        Ok(Next::End(Ending::Withdrawn { erase }))
    }

    fn apply(&mut self, live: &mut Live, event: Event, language: &Language) -> Result<Next, PlainError> {
        loop {
            match live.apply((self.clock)(), event.clone()) {
                Ok(()) => return Ok(Next::Go),
                Err(NotDone::Refused(refusal)) => {
                    return self.complain(&refusal.in_words(language));
                }
                Err(NotDone::NotKept(why)) => {
                    if let Err(ended) = self.another_place(live, why, language) {
                        let again = || match live.apply((self.clock)(), event) {
                            Ok(()) => Ok(()),
                            Err(NotDone::NotKept(why)) => Err(why),
                            Err(NotDone::Refused(refusal)) => Err(refusal.in_words(language).into()),
                        };
                        return Err(self.ended(ended, again, language));
                    }
                }
            }
        }
    }

    /// Reports what is wrong with the last line. On a terminal the user types it again; a file is read no further, because its next
    /// line would answer this question, and every line after it the wrong one.
    fn complain(&mut self, sentence: &str) -> Result<Next, PlainError> {
        self.tell(sentence)?;
        if !self.echo {
            return Ok(Next::Go);
        }
        let no_further = text!(&self.language, "plain-line-nothing-more-read");
        self.tell(&format!("{} {no_further}", self.line_not_kept()))?;
        Ok(Next::End(Ending::OutOfStep))
    }

    /// The position in the input file of the line that could not be kept.
    fn line_not_kept(&self) -> String {
        let line = self.lines;
        match self.question.clone() {
            Some(question) => text!(&self.language, "plain-line-not-kept-at", line, question),
            None => text!(&self.language, "plain-line-not-kept", line),
        }
    }

    /// Writes a message on a line of its own.
    fn tell(&mut self, sentence: &str) -> Result<(), PlainError> {
        Ok(writeln!(self.out, "! {sentence}")?)
    }

    /// Reports a line that should have been empty.
    fn out_of_step(&mut self, line: &str, language: &Language) -> Result<Next, PlainError> {
        let line = line.trim();
        let sentence = text!(language, "plain-nothing-answered-here-so", line);
        self.complain(&sentence)
    }

    fn out_of_input(&mut self) -> Result<Next, PlainError> {
        writeln!(self.out)?;
        Ok(Next::End(Ending::OutOfInput))
    }
}

/// The outcome of the lines for one prompt.
enum Entered {
    /// The input ended.
    Nothing,
    Reply(Reply),
    Forward,
    LineCommand(LineCommand),
    /// The prompt was left for good.
    Stopped(Ending),
    /// A line where no answer is expected.
    NoAnswer(String),
    Invalid(Invalid),
}

impl Entered {
    fn of(line: &str, asked: &Asked, language: &Language) -> Self {
        if let Some(command) = LineCommand::read(line) {
            return Self::LineCommand(command);
        }
        let line = line.strip_prefix(':').filter(|rest| rest.starts_with(':')).unwrap_or(line);
        if line.trim().is_empty() {
            // An empty line keeps the earlier answer, ends a list of words, or skips an optional question.
            return match &asked.empty {
                Empty::Reply(reply) => Self::Reply(reply.clone()),
                Empty::Keep | Empty::Pass => Self::Forward,
                Empty::Needed => Self::Invalid(Invalid::Empty),
            };
        }
        if matches!(asked.prompt.ask, Ask::Note | Ask::Sort(_)) {
            return Self::NoAnswer(line.to_owned());
        }
        match read::input(line, &asked.prompt.ask, language) {
            Ok(input) => Self::Reply(Reply::Given(input)),
            Err(why) => Self::Invalid(why),
        }
    }
}
