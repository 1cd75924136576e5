//! `relata train`: a model from a labelled table or from the coded sessions of a study, with an honest evaluation inside.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::coded::LearnArgs;
use super::labelled::{TrainingArgs, counts};
use super::{Failure, StudyArg, plural, remark};
use crate::classify::dataset::Dataset;
use crate::classify::evaluate::{Division, EvaluateError, Judgement, judge};
use crate::classify::model::{MissingPolicy, Model};
use crate::classify::pooling::Pooled;
use crate::classify::train::{Prior, Training, train};
use crate::files::{self, Beside};
use crate::instrument::RelationalModel;
use crate::study::learning::CodedStudy;

/// Arguments of `train`.
#[derive(Debug, Args)]
pub(super) struct TrainArgs {
    #[command(flatten)]
    from: LearnArgs,

    #[command(flatten)]
    training: TrainingArgs,

    /// Where the model goes
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Write over a file that is there already
    #[arg(long)]
    force: bool,

    /// Folds of the evaluation that the model file carries; 0 leaves it out
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=1000))]
    folds: u32,

    /// Bootstrap samples behind its intervals
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    resamples: u32,
}

pub(super) fn run(study: &StudyArg, args: TrainArgs) -> Result<ExitCode, Failure> {
    // Before the work, not after it.
    refuse_existing(&args.out, args.force)?;
    let (mut model, judged, labels) = match args.from.table(study)? {
        Some(table) => {
            refuse_input(&args.out, [table.input.as_path()])?;
            let data = table.read(&[])?.data;
            let how = args.training.training("own table".into());
            let model = train(&data, &how)
                .map_err(|why| Failure::refused(format!("{}: {why}", table.input.display())))?;
            let judged = (args.folds > 0).then(|| {
                Division::stratified(&data, args.folds as usize, how.seed)
                    .and_then(|division| judge(&data, division, &how, args.resamples as usize))
            });
            (model, judged.map(|judged| judged.map(|(judgement, _)| judgement)), counts(&data))
        }
        None => of_study(&args, &args.from.study(study)?)?,
    };
    match judged {
        Some(Ok(judgement)) => {
            let folds = judgement.division.names.len();
            if folds < args.folds as usize {
                remark(&format!(
                    "evaluated in {folds} folds instead of {}: there are too few rows of some label for more",
                    args.folds
                ));
            }
            model.evaluation = Some(Box::new(judgement));
        }
        // Five rows still make a model, but are too few to evaluate it.
        Some(Err(why)) => remark(&format!("the model carries no evaluation: {why}")),
        None => {}
    }
    let text = model.write().map_err(|why| Failure::refused(why.to_string()))?;
    write_whole(&args.out, text.as_bytes(), args.force)?;
    let strength = model.alpha.map(|alpha| format!(", strength {alpha}")).unwrap_or_default();
    remark(&format!(
        "{} ({labels}), {}; {}{strength}, temperature {:.3}; written to {}",
        plural(model.rows, "row"),
        plural(model.feature_names.len(), "feature"),
        model.learner,
        model.temperature,
        args.out.display()
    ));
    args.training.say_prior(&model.classes);
    if let Some(judged) = &model.evaluation {
        let number = |value: Option<f64>| value.map_or("–".into(), |value| format!("{value:.3}"));
        let (own, prior) = (&judged.evaluation, &judged.baselines.prior);
        remark(&format!(
            "out of fold: accuracy {} (baseline {}), balanced {} ({}), log loss {} ({})",
            number(own.accuracy.value),
            number(prior.accuracy.value),
            number(own.balanced_accuracy.value),
            number(prior.balanced_accuracy.value),
            number(own.log_loss.value),
            number(prior.log_loss.value),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

type Trained = (Model, Option<Result<Judgement, EvaluateError>>, String);

/// A model on the coded sessions of a study; only they are held out and scored.
fn of_study(args: &TrainArgs, coded: &CodedStudy) -> Result<Trained, Failure> {
    let refused = |why: String| Failure::refused(why);
    let pooled = &coded.pooled;
    let how = study_training(&args.training, pooled);
    let all: Dataset = pooled.all().map_err(|why| refused(why.to_string()))?;
    let model = train(&all, &how).map_err(|why| refused(format!("the coded sessions: {why}")))?;
    let judged = (args.folds > 0).then(|| coded.judge(args.folds as usize, &how, args.resamples as usize));
    let beside = pooled.beside.as_ref().map_or(0, Dataset::len);
    let coded_labels = format!("coded: {}", counts(&pooled.coded));
    let labels = if beside > 0 { format!("{coded_labels}; and {beside} simulated") } else { coded_labels };
    Ok((model, judged, labels))
}

/// How a study's model is trained. Sessions are complete; one that lacks a block gets another model. The shares of `--prior table` are
/// those of the coded sessions, without the reference sample.
pub(super) fn study_training(args: &TrainingArgs, pooled: &Pooled) -> Training {
    let how = Training { missing: MissingPolicy::Refuse, ..args.training(pooled.basis.to_string()) };
    let labels = pooled.coded.labels();
    let share = |model| labels.iter().filter(|label| **label == model).count() as f64;
    match how.prior {
        Prior::Table => Training { prior: Prior::Shares(RelationalModel::ALL.map(share)), ..how },
        _ => how,
    }
}

/// Refuses a path that is taken, unless it may be written over.
pub(super) fn refuse_existing(path: &Path, force: bool) -> Result<(), Failure> {
    if path.exists() && !force {
        return Err(Failure::refused(format!("{} is there already", path.display()))
            .help("name another file, or write over it with --force"));
    }
    if !files::is_place_for_a_file(path) {
        let no_file = format!("{} is a folder or a device, and no file", path.display());
        return Err(Failure::refused(no_file).help("name a file"));
    }
    // No flag is strong enough to replace people's answers by a result.
    if path.exists() && path.extension().is_some_and(|extension| extension == "relata") {
        return Err(Failure::refused(format!("{} is a study", path.display())).help("name another file"));
    }
    Ok(())
}

/// Refuses a path that one of the inputs has: no flag is strong enough to replace what a result was made of.
pub(super) fn refuse_input<'a>(
    path: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    match inputs.into_iter().any(|input| files::are_same(path, input)) {
        false => Ok(()),
        true => {
            let same = format!("{} is what is read here, and would be written over", path.display());
            Err(Failure::refused(same).help("name another file"))
        }
    }
}

/// Writes a file whole or not at all: beside its place first, then moved there in one step.
pub(super) fn write_whole(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    refuse_existing(path, force)?;
    let folder = files::folder_of(path);
    if !folder.is_dir() {
        let there =
            format!("{} could not be written: there is no folder {}", path.display(), folder.display());
        return Err(Failure::refused(there).help("make the folder first, or name another place"));
    }
    // The error names the temporary file, which the user never chose.
    let failed = |why: std::io::Error| {
        let why = files::in_words(&why);
        Failure::refused(format!("{} could not be written: {why}", path.display()))
    };
    let written = Beside::begin(path).and_then(|mut beside| {
        beside.file().write_all(bytes)?;
        beside.file().sync_all()?;
        beside.finish(force)
    });
    written.map_err(failed)
}
