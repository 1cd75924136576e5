//! `relata plan`: how many interviews a study takes for intervals of a wanted width, by simulation with its own questionnaire.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::output::{progress, progress_over};
use super::recovery::GroupArgs;
use super::table::{Format, Listing};
use super::train::{refuse_existing, write_whole};
use super::{Failure, input, print, remark};
use crate::analysis::recovery::study::{self, Figure, Widths};
use crate::classify::reference::World;
use crate::instrument::Language;
use crate::report::html::to_html;
use crate::report::plan::{PlanAbout, decimals, document};

const EXAMPLES: &str = "Examples:
  relata plan
  relata plan customer-interview --sizes 60,120,275,600 --studies 40
  relata plan --width satisfaction=0.8 --width 'Cohen κ=0.2'
  relata plan --organisations 6 --alike 0.1
  relata plan --out plan.html

Simulated people answer the questionnaire, and each of their studies goes the way of every study: shown is how wide the 95 %
intervals of its report are (the median over studies), at how many interviews. A half of the width is what people mean by ±.";

/// The share of studies that may leave a figure untold at a size that is recommended for it.
const UNTOLD: f64 = 0.1;

/// Arguments of `plan`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct PlanArgs {
    /// A questionnaire that comes with relata, or a file
    #[arg(default_value = "customer-interview")]
    instrument: String,

    /// Numbers of interviews to try, with commas between them
    #[arg(long, value_delimiter = ',', default_values_t = [40, 80, 150, 275, 500], value_parser = clap::value_parser!(u32).range(10..=5_000))]
    sizes: Vec<u32>,

    /// Simulated studies of each size
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(2..=1_000))]
    studies: u32,

    /// Say how many interviews a figure needs for an interval of this width; can be given several times
    #[arg(long, value_name = "FIGURE=WIDTH", value_parser = wanted)]
    width: Vec<(String, f64)>,

    /// Every figure of the report, not only those that most plans are about
    #[arg(long)]
    all: bool,

    /// The world that makes the answers, such as "reference" or "even shares"
    #[arg(long, default_value = "reference", value_parser = super::recovery::world)]
    world: World,

    #[command(flatten)]
    groups: GroupArgs,

    /// Equal seeds give equal tables
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Language of the figures and of the page
    #[arg(long)]
    lang: Option<String>,

    /// Write a page with curves, too
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Replace the page that is there already
    #[arg(long)]
    force: bool,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

fn wanted(text: &str) -> Result<(String, f64), String> {
    let (figure, width) = text.rsplit_once('=').ok_or("write FIGURE=WIDTH, such as satisfaction=0.8")?;
    let width: f64 = width.trim().parse().map_err(|_| "the width is a number such as 0.2".to_owned())?;
    let fits = width.is_finite() && width > 0.0;
    fits.then(|| (figure.trim().to_owned(), width)).ok_or_else(|| "the width is above 0".to_owned())
}

pub(super) fn run(args: PlanArgs) -> Result<ExitCode, Failure> {
    let instrument = input::instrument(&args.instrument)?;
    let language = Language::or_fallback(args.lang.clone().or_else(input::language).as_deref());
    let mut sizes: Vec<usize> = args.sizes.iter().map(|n| *n as usize).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let studies = args.studies as usize;
    let (generator, groups) = (args.world.generator(), args.groups.groups());
    let simulated = |sizes: &[usize], studies| {
        let found =
            study::widths(&instrument, &generator, sizes, (studies, args.seed, groups), &language, &progress);
        progress_over();
        found.map_err(|refusal| Failure::refused(format!("a simulated respondent got stuck: {refusal}")))
    };
    // What cannot be written, and a figure that is not there, is said before anything takes its time.
    if let Some(path) = &args.out {
        refuse_existing(path, args.force)?;
    }
    if let (false, Some(most)) = (args.width.is_empty(), sizes.last()) {
        let known = simulated(&[*most], 1)?;
        args.width.iter().try_for_each(|(name, _)| meant(&known, name, &language).map(|_| ()))?;
    }
    let each: Vec<String> = sizes.iter().map(usize::to_string).collect();
    remark(&format!(
        "simulating {studies} studies each of {} interviews: this takes minutes (fewer with --studies and --sizes) …",
        each.join(", ")
    ));
    let mut widths = simulated(&sizes, studies)?;
    let asked = needed(&widths, &args.width, &language)?;
    widths.retain(|figure, _| args.all || figure.is_main());
    if widths.is_empty() {
        return Err(Failure::refused(format!("the report of {} has no interval to plan", instrument.name)));
    }
    remark(&format!(
        "Simulated, not measured: {studies} studies of each size, seed {}, world {}, {}; people answer as relata's own assumptions say.",
        args.seed,
        args.world.name(),
        args.groups.in_words()
    ));
    if groups.is_none() {
        remark(
            "people of one organisation who are alike make intervals wider: see --organisations and --alike",
        );
    }
    let table = match args.format {
        Format::Table => across(&widths, &sizes, &language),
        Format::Csv | Format::Json => long(&widths, &language),
    };
    print(&table.to_text(args.format)?)?;
    if args.format == Format::Table && widths.values().flatten().any(|width| width.untold > 0.0) {
        remark(
            "untold: in so many of the studies the figure cannot be told; the width is that of the others, and there is none (–) where \
             most cannot tell it",
        );
    }
    asked.iter().for_each(|sentence| remark(sentence));
    if let Some(path) = &args.out {
        let world = args.world.name();
        let about = PlanAbout { instrument: &instrument, studies, seed: args.seed, world, groups };
        write_whole(path, to_html(&document(&widths, about, &language)).as_bytes(), args.force)?;
        remark(&format!("the page is in {}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The figure of that name, in the language of the plan or in English. A prefix is enough; of several matches, the shortest is meant.
fn meant<'a>(known: &'a Widths, name: &str, language: &Language) -> Result<&'a Figure, Failure> {
    let wanted = name.to_lowercase();
    let in_language = |language: &Language| {
        let begins = |figure: &&Figure| figure.name(language).to_lowercase().starts_with(&wanted);
        known.keys().filter(begins).min_by_key(|figure| figure.name(language).chars().count())
    };
    in_language(language).or_else(|| in_language(&Language::new("en"))).ok_or_else(|| {
        let names: Vec<String> =
            known.keys().filter(|figure| figure.is_main()).map(|figure| figure.name(language)).collect();
        Failure::refused(format!("the report has no figure called `{name}`"))
            .help(format!("such as: {}; see all with --all", names.join("; ")))
    })
}

/// One sentence for each wanted width.
fn needed(widths: &Widths, wanted: &[(String, f64)], language: &Language) -> Result<Vec<String>, Failure> {
    let sentence = |(name, width): &(String, f64)| {
        let figure = meant(widths, name, language)?;
        let told = widths[figure].iter().filter(|found| found.untold <= UNTOLD);
        let told: Vec<(usize, f64)> = told.filter_map(|found| Some((found.n, found.median?))).collect();
        let most = widths[figure].last().map_or(0, |found| found.n);
        let figure = figure.name(language);
        Ok(match study::needed(&told, *width) {
            Some(n) => format!("{figure}: an interval of {width} takes about {n} interviews"),
            None if told.is_empty() => {
                format!(
                    "{figure}: up to {most} interviews, more than one study in ten cannot tell it; try larger --sizes"
                )
            }
            None => format!(
                "{figure}: an interval of {width} takes more than {most} interviews; try larger --sizes"
            ),
        })
    };
    wanted.iter().map(sentence).collect()
}

/// For people: a row a figure, a column a size.
fn across(figures: &Widths, sizes: &[usize], language: &Language) -> Listing {
    let columns: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    let mut columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    columns.insert(0, "width of the interval of");
    let mut table = Listing::new(&columns);
    for (figure, widths) in figures {
        let mut row: Vec<Value> = vec![figure.name(language).into()];
        let decimals = decimals(widths);
        for n in sizes {
            let found = widths.iter().find(|width| width.n == *n);
            let width = found.and_then(|found| found.median).map(|width| format!("{width:.decimals$}"));
            let untold = found.map_or(0.0, |found| found.untold);
            let untold =
                if untold > 0.0 { format!(" ({:.0} % untold)", 100.0 * untold) } else { String::new() };
            row.push((width.unwrap_or_else(|| "–".to_owned()) + &untold).into());
        }
        table.push(row);
    }
    table
}

/// For programs: a row a figure and size.
fn long(figures: &Widths, language: &Language) -> Listing {
    let mut table =
        Listing::new(&["figure", "interviews", "width", "width_of_nine_in_ten", "cannot_be_told"]);
    for (figure, width) in figures.iter().flat_map(|(figure, widths)| widths.iter().map(move |w| (figure, w)))
    {
        table.push(vec![
            figure.name(language).into(),
            width.n.into(),
            width.median.into(),
            width.ninth.into(),
            width.untold.into(),
        ]);
    }
    table
}
