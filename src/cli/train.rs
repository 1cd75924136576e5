//! `relata train`: a model from a labelled table, with an honest evaluation inside.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::labelled::{TableArgs, TrainingArgs, counts};
use super::{Failure, remark};
use crate::classify::evaluate::{Division, judge};
use crate::classify::train::train;

/// Arguments of `train`.
#[derive(Debug, Args)]
pub(super) struct TrainArgs {
    #[command(flatten)]
    table: TableArgs,

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

pub(super) fn run(args: TrainArgs) -> Result<ExitCode, Failure> {
    // Before the work, not after it.
    refuse_existing(&args.out, args.force)?;
    let data = args.table.read(&[])?.data;
    let how = args.training.training("own table".into());
    let mut model = train(&data, &how)
        .map_err(|why| Failure::refused(format!("{}: {why}", args.table.input.display())))?;
    if args.folds > 0 {
        let judged = Division::stratified(&data, args.folds as usize, how.seed)
            .and_then(|division| judge(&data, division, &how, args.resamples as usize));
        match judged {
            Ok((judgement, _)) => model.evaluation = Some(Box::new(judgement)),
            // A table of five rows still makes a model; that nobody knows how good it is has to be said.
            Err(why) => remark(&format!("the model carries no evaluation: {why}")),
        }
    }
    let text = model.write().map_err(|why| Failure::refused(why.to_string()))?;
    write_whole(&args.out, text.as_bytes(), args.force)?;
    let strength = model.alpha.map(|alpha| format!(", strength {alpha}")).unwrap_or_default();
    remark(&format!(
        "{} rows ({}), {} features; {}{strength}, temperature {:.3}; written to {}",
        model.rows,
        counts(&data),
        model.feature_names.len(),
        model.learner,
        model.temperature,
        args.out.display()
    ));
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

/// Refuses a path that is taken, unless it may be written over.
pub(super) fn refuse_existing(path: &Path, force: bool) -> Result<(), Failure> {
    if path.exists() && !force {
        return Err(Failure::refused(format!("{} is there already", path.display()))
            .help("name another file, or write over it with --force"));
    }
    Ok(())
}

/// Writes a file whole or not at all: beside its place first, then moved there in one step.
pub(super) fn write_whole(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    refuse_existing(path, force)?;
    let failed =
        |why: std::io::Error| Failure::refused(format!("{} could not be written: {why}", path.display()));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(name);
    let written = std::fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&beside, path)).map_err(|why| {
        // What cannot be taken away again is a harmless leftover.
        let _ = std::fs::remove_file(&beside);
        failed(why)
    })
}
