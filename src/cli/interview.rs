//! `relata interview`, `relata resume` and the home screen: joins a front-end, a running interview and the study.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::desk::{self, Wanted};
use super::input;
use super::report::of_session;
use super::{Failure, StudyArg, output, remark, result, shell};
use crate::instrument::{Audience, Instrument, Perspective, Scale};
use crate::interview::{Event, Interview, Live, Start, is_code};
use crate::plain::{Ending, Plain};
use crate::store::{Mode, NewSession, SessionHeader, SessionId, State, Study};
use crate::study::{Preparation, digests};
use crate::wording::{self, say};

const EXAMPLES: &str = "Examples:
  relata interview
  relata interview customer-interview --respondent R017 --interviewer ANNA --lang nl --set organisation=Acme
  relata interview my-questionnaire.toml --test
  relata interview workshop-pulse --plain --set organisation=Acme < answers.txt";

/// Arguments of `interview`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct InterviewArgs {
    /// A questionnaire that comes with relata, or a file
    #[arg(default_value = "account-self-assessment")]
    instrument: String,

    #[command(flatten)]
    form: FormArgs,

    /// Line by line instead of on screens
    #[arg(long)]
    plain: bool,
}

/// What fills the start form beforehand.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct FormArgs {
    /// Code of the respondent, never a name
    #[arg(long, value_name = "CODE")]
    pub respondent: Option<String>,

    /// Code of the interviewer
    #[arg(long, value_name = "CODE")]
    pub interviewer: Option<String>,

    /// Language to begin in
    #[arg(long)]
    pub lang: Option<String>,

    /// A field of the start form, such as organisation="Acme Ltd"
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = field)]
    pub fields: Vec<(String, String)>,

    /// The seed of every random order; drawn if not given
    #[arg(long)]
    pub seed: Option<u64>,

    /// A rehearsal: kept, and left out of every comparison
    #[arg(long)]
    pub test: bool,
}

/// Arguments of `resume`.
#[derive(Debug, Args)]
pub(super) struct ResumeArgs {
    /// The session, by its id or the end of it; without it, the one that was left last
    session: Option<String>,

    /// Line by line instead of on screens
    #[arg(long)]
    plain: bool,
}

fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write FIELD=VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Whether screens can be drawn.
pub(super) fn screens(plain: bool) -> bool {
    !plain && output::screens_possible()
}

/// Whether the answers come from elsewhere than a keyboard.
fn piped() -> bool {
    !std::io::stdin().is_terminal()
}

/// Begins a session and keeps its header.
pub(super) fn begin_session(
    study: &mut Study,
    instrument: &Arc<Instrument>,
    form: &Form,
    mode: Mode,
) -> Result<(SessionId, Live, Preparation), Failure> {
    let codes = [Some(form.respondent.as_str()), form.interviewer.as_deref().filter(|code| !code.is_empty())];
    if let Some(code) = codes.into_iter().flatten().find(|code| !is_code(code)) {
        let help = "a code, never a name: letters, digits, hyphens, underscores and dots";
        return Err(Failure::refused(format!("`{code}` is not a code")).help(help));
    }
    let at = input::now();
    let id = SessionId::new(at, input::random()?);
    let seed = match form.seed {
        Some(seed) => seed,
        None => u64::from_le_bytes(input::random()?),
    };
    let language = instrument.language(form.language.as_deref());
    let start = Start { seed, language, fields: form.fields.clone(), at, offset: Some(input::offset(at)) };
    let session = NewSession {
        id,
        start: start.clone(),
        respondent: form.respondent.clone(),
        interviewer: form.interviewer.clone().filter(|code| !code.is_empty()),
        mode,
        test: form.test,
    };
    study.begin(instrument, &session)?;
    let journal = study.journal(id, 0)?;
    let live = Live::new(Interview::new(instrument.clone(), start), Box::new(journal));
    Ok((id, live, prepare(study, instrument)?))
}

/// Begins to work out what the interview will be measured against.
fn prepare(study: &mut Study, instrument: &Arc<Instrument>) -> Result<Preparation, Failure> {
    let (preparation, fresh) = Preparation::begin(study, &input::hear, instrument)?;
    digests::keep(study, &fresh);
    Ok(preparation)
}

/// Replays a session and joins it with its journal; the time since it was left does not count.
pub(super) fn resume_session(
    study: &mut Study,
    header: &SessionHeader,
) -> Result<(Live, Preparation), Failure> {
    match header.state {
        State::Open => {}
        State::Finished => {
            return Err(Failure::refused(format!("session {} is finished", header.id))
                .help(format!("see it with `relata report --session {}`", header.id.short())));
        }
        State::Withdrawn => {
            return Err(Failure::refused(format!("the respondent of session {} withdrew", header.id)));
        }
    }
    let (interview, kept) = input::loader(study).interview(header)?;
    let preparation = prepare(study, interview.instrument())?;
    let journal = study.journal(header.id, kept)?;
    let mut live = Live::new(interview, Box::new(journal)).with_begun(study.begun(&header.id)?);
    live.apply(input::now(), Event::Resumed)
        .map_err(|why| Failure::refused(format!("session {} cannot go on: {why}", header.id)))?;
    Ok((live, preparation))
}

/// The start form, filled.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    pub respondent: String,
    pub interviewer: Option<String>,
    pub language: Option<String>,
    pub fields: BTreeMap<String, String>,
    pub seed: Option<u64>,
    pub test: bool,
}

impl Form {
    /// What the flags say, and a code that is free for the respondent.
    pub fn prefilled(args: &FormArgs, study: &Study) -> Result<Self, Failure> {
        let respondent = match &args.respondent {
            Some(code) => code.clone(),
            None => free_code(study)?,
        };
        Ok(Self {
            respondent,
            interviewer: args.interviewer.clone(),
            language: args.lang.clone().or_else(input::language),
            fields: args.fields.iter().cloned().collect(),
            seed: args.seed,
            test: args.test,
        })
    }
}

/// Refuses fields that the instrument does not have.
fn check_fields(fields: &[(String, String)], instrument: &Instrument) -> Result<(), Failure> {
    if let Some((name, _)) = fields.iter().find(|(_, value)| value.chars().any(char::is_control)) {
        return Err(Failure::refused(format!("the value of `{name}` holds a control character")));
    }
    let known = |name: &String| instrument.fields.iter().any(|field| field.name == *name);
    match fields.iter().find(|(name, _)| !known(name)) {
        None => Ok(()),
        Some((name, _)) => {
            let fields: Vec<&str> = instrument.fields.iter().map(|field| field.name.as_str()).collect();
            Err(Failure::refused(format!("{} has no field `{name}`", instrument.name))
                .help(format!("its fields are: {}", fields.join(", "))))
        }
    }
}

/// The next code in the study's own series, such as `K4P-001`: the mark in front comes from the identity of the study, so
/// that two laptops which each begin one do not call two people by one code. A study whose codes are numbered `R017`, by hand
/// or by an older relata, goes on like that.
fn free_code(study: &Study) -> Result<String, Failure> {
    let known = study.respondent_codes()?;
    let codes = || known.iter().map(String::as_str);
    let mark = mark(study.study_id());
    Ok(next_in(codes(), &mark).or_else(|| next_in(codes(), "R")).unwrap_or_else(|| format!("{mark}001")))
}

/// The first code of a series after the highest in use; none if the series is not in use.
fn next_in<'a>(codes: impl Iterator<Item = &'a str>, mark: &str) -> Option<String> {
    let digits =
        |code: &'a str| code.strip_prefix(mark).filter(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    // A number that has no next one, and one whose next is taken, is not where a series goes on.
    let codes: Vec<&str> = codes.collect();
    let next = |code: &&'a str| {
        let next = digits(code)?.parse::<u32>().ok()?.checked_add(1)?;
        let code = format!("{mark}{next:03}");
        (!codes.contains(&code.as_str())).then_some((next, code))
    };
    codes.iter().filter_map(next).max().map(|(_, code)| code)
}

/// A consonant, a digit, a consonant and a hyphen: 3,200 marks, none of them a word, and none with a letter that is taken
/// for another one or for a digit.
fn mark(study: &str) -> String {
    const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";
    const DIGITS: &[u8; 8] = b"23456789";
    // FNV-1a: all that is wanted is that identities spread.
    let hash = study.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let pick = |from: &[u8], shift: u32| char::from(from[((hash >> shift) % from.len() as u64) as usize]);
    format!("{}{}{}-", pick(LETTERS, 8), pick(DIGITS, 24), pick(LETTERS, 40))
}

/// The code under which the same person answered this instrument before, where it asks about the other side: whoever does that has
/// several clients, and is one respondent with all of them.
pub(super) fn code_before(study: &Study, instrument: &Instrument) -> Result<Option<String>, Failure> {
    let knows_the_other = |scale: &Scale| scale.perspective == Perspective::Other;
    if instrument.has_interviewer() || !instrument.scales.iter().any(knows_the_other) {
        return Ok(None);
    }
    let same = |header: &SessionHeader| {
        header.instrument.name == instrument.name && !header.simulated() && !header.test
    };
    Ok(study.sessions()?.into_iter().rfind(same).map(|header| header.respondent))
}

pub(super) fn begin(study: &StudyArg, args: InterviewArgs) -> Result<ExitCode, Failure> {
    let instrument = input::instrument(&args.instrument)?;
    check_fields(&args.form.fields, &instrument)?;
    crate::study::check_language(&instrument, args.form.lang.as_deref())?;
    let mut opened = study.open()?;
    if screens(args.plain) {
        return desk::show(opened, &args.form, study, Wanted::New(instrument));
    }
    let form = Form::prefilled(&args.form, &opened)?;
    let clock = input::now;
    let (stdin, stdout) = (std::io::stdin().lock(), output::wrapped());
    let mut plain = Plain::new(stdin, stdout, &clock, piped());
    say_rehearsal(form.test);
    let Some(form) = fill(&mut plain, &instrument, form)? else {
        return Err(Failure::refused("the input ended before the interview began; nothing was kept"));
    };
    let (id, mut live, preparation) = begin_session(&mut opened, &instrument, &form, Mode::Plain)?;
    converse(&mut plain, &mut live, &preparation, opened, id, study)
}

/// What the screens show all along is said once here.
fn say_rehearsal(test: bool) {
    if test {
        remark("this is a rehearsal: kept, marked, and left out of every result");
    }
}

/// Asks line by line for the fields that have no value yet.
fn fill<R: std::io::BufRead, W: std::io::Write>(
    plain: &mut Plain<R, W>,
    instrument: &Instrument,
    mut form: Form,
) -> Result<Option<Form>, Failure> {
    let language = instrument.language(form.language.as_deref());
    for field in &instrument.fields {
        if form.fields.get(&field.name).is_some_and(|value| !value.is_empty() || !field.required) {
            continue;
        }
        loop {
            let label = field.label.raw(&language);
            let Some(value) = plain.ask_line(&label, field.default.as_deref())? else { return Ok(None) };
            if value.is_empty() && field.required {
                let needed = say(&language, "This is needed to begin.", "Dit is nodig om te beginnen.");
                if piped() {
                    // The next line of a file is the answer to the next question.
                    return Err(Failure::refused(format!(
                        "`{}` is empty: {needed} Nothing was kept",
                        field.name
                    )));
                }
                remark(&needed);
                continue;
            }
            form.fields.insert(field.name.clone(), value);
            break;
        }
    }
    Ok(Some(form))
}

pub(super) fn resume(study: &StudyArg, args: ResumeArgs) -> Result<ExitCode, Failure> {
    let mut opened = study.existing()?;
    let header = match &args.session {
        Some(id) => opened.session(id)?,
        None => {
            let open =
                opened.sessions()?.into_iter().filter(|header| header.state == State::Open && header.touched);
            open.max_by_key(|header| header.last_at).ok_or_else(|| {
                Failure::refused("no session of this study is open").help("begin one with `relata interview`")
            })?
        }
    };
    if screens(args.plain) {
        return desk::show(opened, &FormArgs::default(), study, Wanted::Resume(header.id));
    }
    let (mut live, preparation) = resume_session(&mut opened, &header)?;
    say_rehearsal(header.test);
    let clock = input::now;
    let mut plain = Plain::new(std::io::stdin().lock(), output::wrapped(), &clock, piped());
    converse(&mut plain, &mut live, &preparation, opened, header.id, study)
}

/// The home screen.
pub(super) fn home(study: &StudyArg) -> Result<ExitCode, Failure> {
    if !screens(false) {
        return Err(Failure::Usage(
            "screens need a terminal; name a command, or use `relata interview --plain`".into(),
        ));
    }
    desk::show(study.open()?, &FormArgs::default(), study, Wanted::Home)
}

fn converse<R: std::io::BufRead, W: std::io::Write>(
    plain: &mut Plain<R, W>,
    live: &mut Live,
    preparation: &Preparation,
    mut study: Study,
    id: SessionId,
    arg: &StudyArg,
) -> Result<ExitCode, Failure> {
    let ending = plain.run(live, &|interview| preparation.review(interview));
    let language = live.interview().language().clone();
    // Where its own file was lost, the interview lies in another one now.
    let moved = plain.place().map(|place| StudyArg { study: Some(place.into()) });
    if let Some(place) = plain.place() {
        study = Study::open_again(std::path::Path::new(place))?;
    }
    let arg = moved.as_ref().unwrap_or(arg);
    let ending = match ending {
        Ok(ending) => ending,
        Err(error) => {
            // Whatever ended it, the way back is said; but not that the last answer is kept.
            remark(&go_on(&id, arg, &language));
            return Err(error.into());
        }
    };
    match ending {
        Ending::Left | Ending::OutOfInput | Ending::OutOfStep
            if live.interview().is_untouched() && study.forget_untouched(&id)? =>
        {
            remark(&untouched(&language));
            Ok(ExitCode::from(u8::from(ending != Ending::Left)))
        }
        Ending::Left | Ending::OutOfInput | Ending::OutOfStep => {
            remark(&left(&id, arg, &language));
            Ok(ExitCode::from(u8::from(ending != Ending::Left)))
        }
        Ending::Withdrawn { erase } => {
            if erase {
                study.erase_session(&id, input::now())?;
            }
            remark(&withdrawn(erase, &language));
            Ok(ExitCode::SUCCESS)
        }
        Ending::Finished => {
            let instrument = live.interview().instrument().clone();
            let reader =
                if instrument.has_interviewer() { Audience::Interviewer } else { Audience::Respondent };
            if live.interview().is_refused() {
                remark(&wording::refused(&language));
                return Ok(ExitCode::SUCCESS);
            }
            if !instrument.shows_result() {
                remark(&wording::thanks(&language, instrument.address));
                return Ok(ExitCode::SUCCESS);
            }
            let header = study.session(&id.to_string())?;
            let report = of_session(&study, &header, Some(language.as_str()))?;
            let mut out = output::wrapped();
            write!(out, "\n{}", report.to_markdown(&language, reader))?;
            out.flush()?;
            let closing = result::closing(&header, &instrument, arg, &language);
            closing.into_iter().for_each(|sentence| remark(&sentence));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// What is said when somebody leaves before the end.
pub(super) fn left(id: &SessionId, study: &StudyArg, language: &crate::instrument::Language) -> String {
    let kept = say(language, "Every answer is kept.", "Elk antwoord is bewaard.");
    format!("{kept} {}", go_on(id, study, language))
}

/// How to go on with an interview.
fn go_on(id: &SessionId, study: &StudyArg, language: &crate::instrument::Language) -> String {
    let command = format!("relata resume {}{}", id.short(), shell::study_flag(study));
    say(language, &format!("Go on with: {command}"), &format!("Ga verder met: {command}"))
}

/// What is said where nothing was answered.
pub(super) fn untouched(language: &crate::instrument::Language) -> String {
    say(
        language,
        "Nothing was answered, so nothing was kept.",
        "Er is niets geantwoord; er is dus niets bewaard.",
    )
}

pub(super) fn withdrawn(erase: bool, language: &crate::instrument::Language) -> String {
    if erase {
        say(language, "Stopped. All answers are erased.", "Gestopt. Alle antwoorden zijn gewist.")
    } else {
        say(
            language,
            "Stopped. The answers given so far stay in the study and count nowhere.",
            "Gestopt. De antwoorden tot nu toe blijven in het onderzoek en tellen nergens mee.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_goes_on_and_no_code_comes_twice() {
        let next = |codes: &[&str], mark: &str| next_in(codes.iter().copied(), mark);
        assert_eq!(next(&["R001", "R017", "Rosa", "R+5"], "R").as_deref(), Some("R018"));
        assert_eq!(next(&["R999", "K4P-002"], "R").as_deref(), Some("R1000"));
        assert_eq!(next(&["R999", "K4P-002"], "K4P-").as_deref(), Some("K4P-003"));
        assert_eq!(next(&["anna"], "R"), None);
        // The largest number there is has no next one, and the one before it has.
        assert_eq!(next(&["R4294967295", "R003"], "R").as_deref(), Some("R004"));
        assert_eq!(next(&["R4294967294"], "R").as_deref(), Some("R4294967295"));
        assert_eq!(next(&["R4294967294", "R4294967295"], "R"), None);
        assert_eq!(next(&["R99999999999999999999"], "R"), None);
    }

    #[test]
    fn marks_spread_and_are_codes() {
        let marks: std::collections::BTreeSet<String> =
            (0..2_000).map(|n| mark(&format!("study {n}"))).collect();
        // Of 2,000 draws out of 3,200 about 1,490 differ.
        assert!(marks.len() > 1_400, "{}", marks.len());
        assert!(marks.iter().all(|mark| is_code(&format!("{mark}001")) && mark.len() == 4));
    }
}
