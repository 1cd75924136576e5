//! Codes from a project of REFI-QDA. What comes over is kept together; what does not is said with its place.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::import::{CodeImportArgs, keep};
use super::{kept_as_draft, shown};
use crate::cli::{Failure, StudyArg, files, input, plural, print_for_people, remark};
use crate::coding;
use crate::coding::project::{Meaning, Project};
use crate::import::{refi, transcript};
use crate::instrument::{Language, RelationalModel, hash_of};
use crate::store::Study;
use crate::study::blind::{self, Blinding};
use crate::study::codes::{TakenOver, preview};
use crate::study::projects::taken::{Offer, ProjectImport, ProjectOptions, take};
use crate::study::projects::turns::written_from;

/// Arguments of `code import` that concern projects alone.
#[derive(Debug, Default, PartialEq, Args)]
pub(in crate::cli) struct ProjectArgs {
    /// Of a project: what a code of it means, a model such as MP, a model with a strength such as MP:2, or dominant=MP
    #[arg(long = "code", value_name = "NAME=MODEL", value_parser = meaning)]
    codes: Vec<(String, Meaning)>,

    /// Of a project: the code of the coder that a user of it is; never a name
    #[arg(long = "user", value_name = "NAME=CODE", value_parser = user)]
    users: Vec<(String, String)>,

    /// Of a project: attach texts that the study does not have as transcripts, where their case is a respondent with one session
    #[arg(long)]
    add_transcripts: bool,

    /// Of a project: say what would come in, and keep nothing
    #[arg(long)]
    dry_run: bool,
}

fn meaning(text: &str) -> Result<(String, Meaning), String> {
    let (name, rest) = text.split_once('=').ok_or("write NAME=MODEL, such as 'Price talk=MP'")?;
    let model = RelationalModel::typed(rest).map(Meaning::Passage);
    let meaning = model.or_else(|| rest.parse().ok());
    let meaning = meaning.ok_or_else(|| {
        format!("`{rest}` is no model (CS, AR, EM, MP), none with a strength (MP:2), and not dominant=MP")
    })?;
    Ok((name.to_owned(), meaning))
}

fn user(text: &str) -> Result<(String, String), String> {
    let (name, code) = text.rsplit_once('=').ok_or("write NAME=CODE, such as 'Jan de Vries=C1'")?;
    let code = coding::coder(code).map_err(|why| why.to_string())?;
    Ok((name.to_owned(), code))
}

/// The bytes of a file that is a container, and so no table; standard input is a table.
pub(super) fn container(file: &Path) -> Result<Option<Vec<u8>>, Failure> {
    if file == Path::new("-") || !file.metadata().is_ok_and(|found| found.is_file()) {
        return Ok(None);
    }
    let begins = files::beginning(file, 4).map_err(|why| not_taken(file, &why))?;
    match refi::is_container(&begins) {
        true => Ok(Some(files::whole(file, refi::FILE).map_err(|why| not_taken(file, &why))?)),
        false => Ok(None),
    }
}

fn not_taken(file: &Path, why: &str) -> Failure {
    Failure::refused(format!("{} could not be taken over: {why}", shown(file)))
}

pub(super) fn run(study: &StudyArg, args: &CodeImportArgs, bytes: &[u8]) -> Result<ExitCode, Failure> {
    let wishes = &args.project;
    if args.consensus {
        return Err(Failure::Usage(
            "a project has codes of its own for what is settled; --consensus is for tables".into(),
        ));
    }
    let project = refi::read(bytes).map_err(|why| not_taken(&args.file, &why))?;
    let mut study = if wishes.dry_run { study.look()? } else { study.existing()? };
    let mut taken = read(&study, &project, wishes)?;
    let adds = wishes.add_transcripts && !taken.offers.is_empty();
    if adds {
        attach(&mut study, &taken.offers, wishes.dry_run)?;
        if !wishes.dry_run {
            taken = read(&study, &project, wishes)?;
        }
    }
    for loss in &taken.losses {
        print_for_people(&format!("{}: {}\n", loss.place, loss.reason))?;
    }
    taken.remarks.iter().for_each(|said| remark(said));
    if !taken.losses.is_empty() {
        remark(&format!("{} above did not come over", plural(taken.losses.len(), "thing")));
    }
    remark(&format!("{} of the project found a place in the study", plural(taken.placed, "coding")));
    if wishes.dry_run {
        let coders: BTreeSet<&str> = coders(&taken).collect();
        let coders: Vec<&str> = coders.into_iter().collect();
        let coders = if coders.is_empty() { "nobody".to_owned() } else { coders.join(", ") };
        let outcome = outcome(&taken, adds);
        let TakenOver { fresh, same, replaced, .. } = preview(&study, taken.codes, args.again)?;
        remark(&format!(
            "nothing was kept (--dry-run); {} and {} would be, of: {coders}; {same} there already, {replaced} changed since by the coder",
            plural(fresh, "code"),
            plural(taken.begun.len(), "begun code"),
        ));
        return Ok(outcome);
    }
    for (session, coder, draft) in &taken.begun {
        blind::begin(&mut study)?;
        study.keep_draft(session, coder, false, input::now(), draft)?;
    }
    if !taken.begun.is_empty() {
        remark(&format!(
            "{} and no dominant model: kept as begun; whoever coded finishes them",
            match taken.begun.len() {
                1 => "1 code has evidence".to_owned(),
                many => format!("{many} codes have evidence"),
            }
        ));
    }
    if let [(session, coder, _)] = taken.begun.as_slice() {
        let arg = StudyArg::at(study.path());
        remark(&kept_as_draft(session, coder, &arg, &Language::fallback()));
    }
    let outcome = outcome(&taken, adds);
    let fresh = keep(&mut study, taken.codes, "code", args.again)?;
    if fresh > 0 {
        remark(
            "what another program shows its coders nobody knows: what is new says neither from what it was made nor that it was blind",
        );
    }
    Ok(outcome)
}

fn coders(taken: &ProjectImport) -> impl Iterator<Item = &str> {
    let begun = taken.begun.iter().map(|(_, coder, _)| coder.as_str());
    taken.codes.iter().map(|code| code.coder.as_str()).chain(begun)
}

/// Fails where nothing of a project could be taken over.
fn outcome(taken: &ProjectImport, adds: bool) -> ExitCode {
    if taken.placed == 0 && !adds && !taken.losses.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn read(study: &Study, project: &Project, args: &ProjectArgs) -> Result<ProjectImport, Failure> {
    let wishes = ProjectOptions { codes: args.codes.clone(), coders: args.users.clone() };
    let headers = input::sessions(study)?;
    Ok(take(&mut input::loader(study), &headers, project, &wishes)?)
}

/// Attaches texts as transcripts of the sessions that their cases name.
fn attach(study: &mut Study, offers: &[Offer], dry_run: bool) -> Result<(), Failure> {
    for Offer { name, text, session } in offers {
        let place = format!("source `{name}`");
        let ours = written_from(name, text).map(|transcript| (transcript, Vec::new()));
        let read = || transcript::read(text.as_bytes(), &[], hash_of(&[text.as_bytes()]));
        let read = || read().map(|taken| (taken.transcript, taken.remarks));
        let (transcript, remarks) = match ours.map_or_else(read, Ok) {
            Ok(taken) => taken,
            Err(why) => {
                remark(&format!("{place} is no transcript: {why}"));
                continue;
            }
        };
        let what = format!("{} of {}", plural(transcript.turns.len(), "turn"), session.respondent);
        remarks.iter().for_each(|said| remark(&format!("{place}: {said}")));
        if dry_run {
            remark(&format!("{place} would be attached as a transcript: {what}"));
            continue;
        }
        let id = study.attach(&session.id, &transcript, input::now())?;
        remark(&format!("{place} is attached as transcript {id}: {what}"));
        if !Blinding::of(study)?.shows(&transcript) {
            remark(&format!(
                "coders are not shown it, so that nothing that was coded in it comes over: read it, and if nobody says a rating aloud, `relata study transcript set {} --no-ratings`",
                session.id.short()
            ));
        }
    }
    Ok(())
}
