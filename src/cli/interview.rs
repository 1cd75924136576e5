//! `relata interview`, `relata resume` and the home screen: joins a front-end, a running interview and the study.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;

use super::input;
use super::report::of_session;
use super::screens::{self, Wanted};
use super::{Failure, StudyArg, output, remark, result, shell};
use crate::analysis::relation::{CUSTOMER, field_of_customer};
use crate::instrument::{Audience, FORMERLY, Instrument};
use crate::interview::phrases;
use crate::interview::{Live, SavedElsewhere, SessionState, is_fit, is_new_code};
use crate::plain::{Ending, Plain};
use crate::store::{Mode, SessionHeader, SessionId, Study};
use crate::study::interviews::{self, Running, StartForm};
use crate::study::{Preparation, advised};
use crate::{text, tui};

const EXAMPLES: &str = "Examples:
  relata interview
  relata interview customer-interview --respondent R017 --interviewer ANNA --lang nl --set organisation=Acme
  relata interview my-questionnaire.toml --test
  relata interview client-view --respondent TRY --test --on 2026-01-31   # a first wave, to try what changes
  relata interview workshop-pulse --kiosk --set organisation=Acme
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

    /// Line by line instead of on screens. A line counts from Enter on; end it with \ to keep a paragraph and go on
    #[arg(long)]
    plain: bool,

    /// One machine goes from hand to hand: after the last answer comes the card for the next person, and a code alone leads out
    #[arg(long, conflicts_with_all = ["plain", "respondent", "interviewer", "seed"])]
    kiosk: bool,
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

    /// The day on which a rehearsal takes place, such as 2026-01-31: to try what two waves say; a real answer has the date on which it is given
    #[arg(long, value_name = "DAY", requires = "test", value_parser = a_day)]
    pub on: Option<Date>,
}

/// A code for somebody new.
pub(super) fn new_code(text: &str) -> Result<String, String> {
    match is_new_code(text) {
        true => Ok(text.to_owned()),
        false => {
            Err("a code has letters, digits, `-`, `_` and `.`, and begins with a letter or digit".into())
        }
    }
}

/// A day as it is written on a command line.
pub(super) fn a_day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day such as 2026-01-31".to_owned())
}

/// Arguments of `resume`.
#[derive(Debug, Args)]
pub(super) struct ResumeArgs {
    /// The session, by its id or the end of it; without it, the one that was left last
    session: Option<String>,

    /// Line by line instead of on screens. A line counts from Enter on; end it with \ to keep a paragraph and go on
    #[arg(long)]
    plain: bool,
}

pub(super) fn field(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write FIELD=VALUE, such as organisation=Acme")?;
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

/// The start form as the flags fill it, with a code that is free for the respondent.
pub(super) fn prefilled(args: &FormArgs, study: &Study) -> Result<StartForm, Failure> {
    let respondent = match &args.respondent {
        Some(code) => code.clone(),
        None => study.free_code()?,
    };
    Ok(StartForm {
        respondent,
        interviewer: args.interviewer.clone(),
        language: args.lang.clone().or_else(input::language),
        fields: args.fields.iter().cloned().collect(),
        seed: args.seed,
        test: args.test,
    })
}

/// Refuses fields that the instrument does not have.
pub(super) fn check_fields(fields: &[(String, String)], instrument: &Instrument) -> Result<(), Failure> {
    if let Some((name, _)) = fields.iter().find(|(_, value)| value.chars().any(char::is_control)) {
        return Err(Failure::refused(format!("the value of `{name}` holds a control character")));
    }
    let is_named = field_of_customer(instrument).is_some();
    let known = |name: &String| {
        instrument.fields.iter().any(|field| field.name == *name) || (is_named && name == FORMERLY)
    };
    match fields.iter().find(|(name, _)| !known(name)) {
        None => {
            let given: BTreeMap<String, String> = fields.iter().cloned().collect();
            Ok(interviews::check_codes(instrument, &given)?)
        }
        Some((name, _)) => {
            let fields: Vec<&str> = instrument.fields.iter().map(|field| field.name.as_str()).collect();
            Err(Failure::refused(format!("{} has no field `{name}`", instrument.name))
                .help(format!("its fields are: {}", fields.join(", "))))
        }
    }
}

pub(super) fn begin(study: &StudyArg, args: InterviewArgs) -> Result<ExitCode, Failure> {
    let instrument = input::instrument(&args.instrument)?;
    check_fields(&args.form.fields, &instrument)?;
    crate::study::check_language(&instrument, args.form.lang.as_deref())?;
    args.form.on.map_or(Ok(()), input::take_place_on)?;
    if args.kiosk {
        return kiosk(study, &args.form, instrument);
    }
    let mut opened = study.open()?;
    if screens(args.plain) {
        return screens::show(opened, &args.form, study, Wanted::New(instrument));
    }
    let form = prefilled(&args.form, &opened)?;
    let clock = input::now;
    let mut plain = Plain::new(tui::standard_lines(!piped())?, output::wrapped(), &clock, piped());
    say_rehearsal(form.test);
    let Some(mut form) = fill(&mut plain, &instrument, form)? else {
        return Err(Failure::refused("it ended before the interview began; nothing was kept"));
    };
    let customer = form.fields.get(CUSTOMER).cloned().unwrap_or_default();
    let before = match args.form.respondent {
        Some(_) => None,
        None => {
            let code_of = |name: &str| interviews::code_of(&opened, &input::hear, &instrument, name);
            match (code_of(&customer)?, form.fields.get(FORMERLY)) {
                (None, Some(former)) => code_of(former)?,
                (code, _) => code,
            }
        }
    };
    if let Some(code) = before {
        let language = instrument.language(form.language.as_deref());
        let free = &form.respondent;
        remark(&text!(&language, "cli-interview-code-before", customer, code = &code, free));
        form.respondent = code;
    }
    let moment = input::moment()?;
    let begun = interviews::begin(&mut opened, &input::hear, &instrument, &form, Mode::Plain, moment)?;
    let Running { id, mut live, preparation } = begun;
    converse(&mut plain, &mut live, &preparation, opened, (id, true), study)
}

/// A machine that goes from hand to hand.
fn kiosk(study: &StudyArg, form: &FormArgs, instrument: Arc<Instrument>) -> Result<ExitCode, Failure> {
    if !screens(false) {
        return Err(Failure::Usage("--kiosk shows screens, and those need a terminal".into()));
    }
    let defaults =
        instrument.fields.iter().filter_map(|field| Some((field.name.clone(), field.default.clone()?)));
    let fields = defaults.chain(form.fields.iter().cloned()).collect();
    interviews::for_everybody(&instrument, &fields)?;
    screens::show(study.open()?, form, study, Wanted::Kiosk(instrument))
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
    mut form: StartForm,
) -> Result<Option<StartForm>, Failure> {
    let language = instrument.language(form.language.as_deref());
    plain.speak(&language);
    for field in &instrument.fields {
        if form.fields.get(&field.name).is_some_and(|value| !value.is_empty() || !field.required) {
            continue;
        }
        let label = field.label.raw(&language);
        let label = match &field.hint {
            Some(hint) => format!("{}\n{label}", hint.raw(&language)),
            None => label,
        };
        loop {
            let Some(value) = plain.ask_value(&label, field.default.as_deref())? else { return Ok(None) };
            if value.is_empty() && field.required {
                let needed = text!(&language, "cli-interview-needed-begin");
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
            if !is_fit(&value, field, instrument) {
                let code = text!(&language, "tui-form-code-only");
                if piped() {
                    return Err(Failure::refused(format!(
                        "`{}` takes a code, never a name: {code}",
                        field.name
                    )));
                }
                remark(&code);
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
        None => left_last(opened.sessions()?)?,
    };
    if screens(args.plain) {
        return screens::show(opened, &FormArgs::default(), study, Wanted::Resume(header.id));
    }
    let running = interviews::resume(&mut opened, &input::hear, &header, input::now())?;
    let Running { mut live, preparation, .. } = running;
    say_rehearsal(header.test);
    let clock = input::now;
    let mut plain = Plain::new(tui::standard_lines(!piped())?, output::wrapped(), &clock, piped());
    converse(&mut plain, &mut live, &preparation, opened, (header.id, false), study)
}

/// The session that was left last. One without any answer may be open in another process right now, so that it counts only where no other
/// session is open.
fn left_last(mut sessions: Vec<SessionHeader>) -> Result<SessionHeader, Failure> {
    let language = crate::instrument::Language::or_fallback(input::language().as_deref());
    sessions.retain(|header| header.state == SessionState::Open && header.mode != Mode::Imported);
    let touched = sessions.iter().filter(|header| header.touched).max_by_key(|header| header.last_at);
    match (touched, sessions.as_slice()) {
        (Some(header), _) | (None, [header]) => Ok(header.clone()),
        (None, []) => {
            let why = Failure::refused(text!(&language, "cli-resume-none"));
            Err(why.help(text!(&language, "cli-resume-none-help")))
        }
        (None, several) => {
            let ids: Vec<String> = several.iter().map(|header| header.id.short()).collect();
            let why = Failure::refused(text!(&language, "cli-resume-several", n = ids.len()));
            Err(why.help(text!(&language, "cli-resume-several-help", ids = ids.join(", "))))
        }
    }
}

/// The home screen.
pub(super) fn home(study: &StudyArg) -> Result<ExitCode, Failure> {
    if !screens(false) {
        return Err(Failure::Usage(
            "screens need a terminal; name a command, or use `relata interview --plain`".into(),
        ));
    }
    screens::show(study.open()?, &FormArgs::default(), study, Wanted::Home)
}

fn converse<R: std::io::BufRead, W: std::io::Write>(
    plain: &mut Plain<R, W>,
    live: &mut Live,
    preparation: &Preparation,
    study: Study,
    session: (SessionId, bool),
    arg: &StudyArg,
) -> Result<ExitCode, Failure> {
    let ended = led(plain, live, preparation, study, session, arg)?;
    without_loss(plain.saved_elsewhere(), live.interview().language())?;
    Ok(ended)
}

/// Fails where the study was lost and other sessions of it could not be taken along, however well what went on ended.
pub(super) fn without_loss(
    saved: Option<&SavedElsewhere>,
    language: &crate::instrument::Language,
) -> Result<(), Failure> {
    match saved.filter(|saved| saved.left > 0) {
        Some(saved) => Err(Failure::refused(saved.others_in_words(language))),
        None => Ok(()),
    }
}

fn led<R: std::io::BufRead, W: std::io::Write>(
    plain: &mut Plain<R, W>,
    live: &mut Live,
    preparation: &Preparation,
    mut study: Study,
    (id, begun_here): (SessionId, bool),
    arg: &StudyArg,
) -> Result<ExitCode, Failure> {
    let ending = plain.run(live, &|interview| preparation.review(interview));
    let language = live.interview().language().clone();
    // Where its own file was lost, the interview lies in another one now.
    let place = plain.saved_elsewhere().map(|saved| saved.place.as_str());
    let moved = place.map(StudyArg::at);
    if let Some(place) = place {
        study = Study::open_again(std::path::Path::new(place))?;
    }
    let arg = moved.as_ref().unwrap_or(arg);
    // The answers may be in another file than the one that was asked for.
    let place = place.map(|place| text!(&language, "cli-interview-kept-in", place));
    let and_where = |sentence: String| {
        [Some(sentence), place.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let ending = match ending {
        Ok(ending) => ending,
        Err(error) => {
            // Whatever ended it, the way back is said where there is one; but not that the last answer is kept.
            if live.check().is_ok() {
                remark(&go_on(&id, arg, &language));
            }
            return Err(error.into());
        }
    };
    match ending {
        Ending::Left | Ending::OutOfInput | Ending::OutOfStep
            if begun_here && live.interview().is_untouched() && study.forget_untouched(&id)? =>
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
            remark(&if erase { withdrawn(erase, &language) } else { and_where(withdrawn(erase, &language)) });
            Ok(ExitCode::SUCCESS)
        }
        Ending::Finished => {
            let instrument = live.interview().instrument().clone();
            let reader =
                if instrument.has_interviewer() { Audience::Interviewer } else { Audience::Respondent };
            if live.interview().is_refused() {
                remark(&and_where(phrases::refused(&language)));
                return Ok(ExitCode::SUCCESS);
            }
            if !instrument.shows_result() {
                remark(&and_where(phrases::thanks(&language, instrument.address)));
                return Ok(ExitCode::SUCCESS);
            }
            let header = study.session(&id.to_string())?;
            let report = of_session(&study, &header, Some(language.as_str()))?;
            let mut out = output::wrapped();
            write!(out, "\n{}", report.to_markdown(reader))?;
            out.flush()?;
            let shown = advised::of_result(&header, &report, reader.into(), input::now());
            result::keep_advice(&study, shown, &language);
            let closing = result::closing(&header, &instrument, arg, &language);
            closing.into_iter().for_each(|sentence| remark(&sentence));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The sentence for leaving before the end.
pub(super) fn left(id: &SessionId, study: &StudyArg, language: &crate::instrument::Language) -> String {
    let kept = text!(language, "cli-interview-every-answer-kept");
    format!("{kept}\n{}", go_on(id, study, language))
}

/// How to go on with an interview.
pub(super) fn go_on(id: &SessionId, study: &StudyArg, language: &crate::instrument::Language) -> String {
    let command = format!("relata resume {}{}", id.short(), shell::study_flag(study));
    text!(language, "cli-interview-go-command", command)
}

/// The sentence for leaving without an answer.
pub(super) fn untouched(language: &crate::instrument::Language) -> String {
    text!(language, "cli-interview-nothing-answered-so-nothing")
}

pub(super) fn withdrawn(erase: bool, language: &crate::instrument::Language) -> String {
    if erase {
        text!(language, "cli-interview-stopped-all-answers-erased")
    } else {
        text!(language, "cli-interview-stopped-answers-given-so")
    }
}
