//! `relata agreement`: how well the coders of a study agree, what they confuse, and which sessions to discuss.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::rehearsals::RehearsalsArg;
use super::table::{Format, Listing, pretty_json};
use super::{Failure, StudyArg, plural, print, print_for_people, remark};
use crate::coding::Seen;
use crate::coding::agreement::{Agreement, Statistic};
use crate::coding::labels::CodersVerdict;
use crate::instrument::RelationalModel;
use crate::store::SessionHeader;
use crate::study::agreement::{AgreementScope, ComparedCodes};
use crate::study::codes::{CodeCounts, SessionCodes};

const EXAMPLES: &str = "Examples:
  relata agreement --study demo.relata
  relata agreement --part discuss --format csv
  relata agreement --latest

What is compared is the first code of every coder: given before they could have seen what others or the classifier said. Later codes and
consensus codes are kept and counted, and compared with --latest (the latest of every coder; a consensus is nobody's own code, ever).
At the published shares of 70, 16, 7 and 7 % two coders agree on .525 of the sessions by chance alone: read κ and raw agreement
together. α and AC1 take sessions that not everybody coded; Fleiss' κ only those that everybody did.";

/// Arguments of `agreement`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct AgreementArgs {
    /// The latest code of every coder instead of the first: as it is after they could see what others said
    #[arg(long)]
    latest: bool,

    /// The first code of every coder, which is what is compared anyway
    #[arg(long, hide = true, conflicts_with = "latest")]
    first: bool,

    /// Only codes that were made from this
    #[arg(long, value_enum, value_name = "WHAT")]
    seen: Option<SeenArg>,

    /// Only these coders (several: separate by commas)
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    coders: Vec<String>,

    /// Leave out sessions of simulated respondents, or take only these
    #[arg(long, value_enum, default_value_t = Who::Everybody)]
    respondents: Who,

    #[command(flatten)]
    rehearsals: RehearsalsArg,

    /// Which part a CSV holds
    #[arg(long, value_enum, default_value_t = AgreementTable::Statistics)]
    part: AgreementTable,

    /// Bootstrap samples behind the interval of α
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    resamples: u32,

    /// Equal seeds give equal intervals
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Who {
    Everybody,
    Real,
    Simulated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SeenArg {
    /// What was told in words alone
    Narrative,
    /// Every answer
    Whole,
    /// Nobody kept from what: codes from files, and older ones
    NotKept,
}

impl SeenArg {
    fn seen(self) -> Option<Seen> {
        match self {
            Self::Narrative => Some(Seen::Narrative),
            Self::Whole => Some(Seen::Whole),
            Self::NotKept => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AgreementTable {
    /// The coefficients
    Statistics,
    /// Who confuses what with what
    Confusion,
    /// Sessions to talk about
    Discuss,
}

/// A session that coders differ on.
#[derive(Debug, Serialize)]
struct Dispute {
    session: String,
    respondent: String,
    codes: BTreeMap<String, &'static str>,
    /// The label that training takes while nothing is settled: what most coders say; none without a majority.
    majority: Option<&'static str>,
}

#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    agreement: &'a Agreement,
    discuss: &'a [Dispute],
    settled: usize,
    changed: usize,
    compared_codes: &'static str,
    not_compared: usize,
    made: CodeCounts,
}

pub(super) fn run(study: &StudyArg, args: AgreementArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let scope = AgreementScope {
        latest: args.latest,
        seen: args.seen.map(SeenArg::seen),
        coders: args.coders,
        simulated: match args.respondents {
            Who::Everybody => None,
            Who::Real => Some(false),
            Who::Simulated => Some(true),
        },
        with_tests: args.rehearsals.with_tests,
    };
    let compared = ComparedCodes::of(&study, &super::input::hear, &scope)?;
    say_refused(compared.refused);
    args.rehearsals.say(compared.rehearsals);
    let ComparedCodes { changed, not_compared, .. } = compared;
    let (coded, made, table) = (&compared.sessions, compared.made(), compared.table());
    let agreement = table.agreement(args.resamples as usize, args.seed).map_err(|why| {
        Failure::refused(format!("there is no agreement to compute: {why}"))
            .help("two coders have to code the same sessions; `relata code list` shows who coded what")
    })?;
    let discuss: Vec<Dispute> =
        coded.iter().filter_map(|(header, standing)| dispute(header, standing, args.format)).collect();
    let settled = coded.iter().filter(|(_, standing)| standing.consensus.is_some()).count();
    match args.format {
        Format::Json => {
            let compared_codes = if args.latest { "latest" } else { "first" };
            let (agreement, discuss) = (&agreement, discuss.as_slice());
            let printed =
                Printed { agreement, discuss, settled, changed, compared_codes, not_compared, made };
            print(&pretty_json(&printed)?)?;
        }
        Format::Csv => {
            let table = match args.part {
                AgreementTable::Statistics => statistics(&agreement),
                AgreementTable::Confusion => confusions(&agreement),
                AgreementTable::Discuss => disputes(&discuss),
            };
            print(&table.to_text(Format::Csv)?)?;
        }
        Format::Table => print_for_people(&for_people(&agreement, &discuss, settled))?,
    }
    let simulated = coded.iter().filter(|(header, _)| header.simulated()).count();
    if simulated > 0 && simulated < coded.len() {
        remark(&format!(
            "{} of simulated respondents among them (--respondents real)",
            plural(simulated, "session")
        ));
    } else if simulated > 0 {
        remark("every respondent here is simulated");
    }
    remark(&which(args.latest, not_compared, changed));
    remark(&how_made(made));
    if made.is_mixed() {
        remark(
            "codes that were made from different things are compared with one another: --seen takes those of one kind",
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Says how many coded sessions count nowhere because consent was refused in them.
pub(super) fn say_refused(sessions: usize) {
    if sessions > 0 {
        remark(&format!("left out, because consent was refused: {}", plural(sessions, "coded session")));
    }
}

/// Which codes are compared, and what becomes of the others.
fn which(latest: bool, others: usize, changed: usize) -> String {
    let mut said = match latest {
        true => "compared: the latest code of every coder, given perhaps after talking".to_owned(),
        false => {
            "compared: the first code of every coder, given before they could see what others said".to_owned()
        }
    };
    if others > 0 {
        said += &format!(
            "; kept and not compared: {} (others of the same coders, consensus)",
            plural(others, "code")
        );
    }
    if changed > 0 {
        said += &format!(
            "; {} another model since",
            match changed {
                1 => "one coder has named".to_owned(),
                n => format!("{n} times a coder has named"),
            }
        );
        said += if latest { "" } else { " (--latest compares those)" };
    }
    said
}

/// How the codes that are compared were made.
fn how_made(made: CodeCounts) -> String {
    let kinds = [
        (made.narrative, "from what was told in words alone"),
        (made.whole, "from every answer"),
        (made.not_kept, "from what nobody kept (codes from files, and older ones)"),
    ];
    let kinds = kinds.into_iter().filter(|(count, _)| *count > 0);
    let kinds: Vec<String> = kinds.map(|(count, what)| format!("{} {what}", plural(count, "code"))).collect();
    let informed = match made.informed {
        0 => String::new(),
        n => format!("; {n} of them after the coder saw what others said"),
    };
    format!("made: {}{informed}", kinds.join(", "))
}

fn dispute(header: &SessionHeader, standing: &SessionCodes, format: Format) -> Option<Dispute> {
    let majority = match standing.verdict() {
        CodersVerdict::Majority { model, .. } => Some(model.abbreviation()),
        _ => None,
    };
    standing.to_discuss().then(|| Dispute {
        session: format.session(&header.id),
        respondent: header.respondent.clone(),
        codes: standing
            .coders
            .iter()
            .map(|code| (code.coder.clone(), code.coding.dominant.abbreviation()))
            .collect(),
        majority,
    })
}

fn statistics(agreement: &Agreement) -> Listing {
    let mut table = Listing::new(&["coders", "statistic", "value", "low", "high", "sessions", "note"]);
    let mut push = |coders: &str, statistic: &Statistic| {
        table.push(vec![
            coders.into(),
            statistic.name.into(),
            statistic.value.into(),
            statistic.low.into(),
            statistic.high.into(),
            statistic.sessions.into(),
            statistic.why.clone().unwrap_or_default().into(),
        ]);
    };
    agreement.statistics.iter().for_each(|statistic| push("all", statistic));
    if agreement.pairs.len() > 1 {
        for pair in &agreement.pairs {
            let coders = format!("{} {}", pair.first, pair.second);
            pair.statistics.iter().for_each(|statistic| push(&coders, statistic));
        }
    }
    table
}

fn confusions(agreement: &Agreement) -> Listing {
    let mut table = Listing::new(&["first", "second", "first_says", "second_says", "sessions"]);
    for pair in &agreement.pairs {
        for one in RelationalModel::ALL {
            for other in RelationalModel::ALL {
                table.push(vec![
                    pair.first.clone().into(),
                    pair.second.clone().into(),
                    one.abbreviation().into(),
                    other.abbreviation().into(),
                    pair.confusion[one.index()][other.index()].into(),
                ]);
            }
        }
    }
    table
}

fn disputes(discuss: &[Dispute]) -> Listing {
    let mut table = Listing::new(&["session", "respondent", "codes", "majority"]);
    for dispute in discuss {
        let codes: Vec<String> =
            dispute.codes.iter().map(|(coder, model)| format!("{coder} {model}")).collect();
        table.push(vec![
            dispute.session.clone().into(),
            dispute.respondent.clone().into(),
            codes.join(", ").into(),
            dispute.majority.into(),
        ]);
    }
    table
}

fn for_people(agreement: &Agreement, discuss: &[Dispute], settled: usize) -> String {
    let mut text = format!(
        "{} ({}); {} coded, {} by two coders or more, {} by all\n\n",
        plural(agreement.coders.len(), "coder"),
        agreement.coders.join(", "),
        plural(agreement.sessions, "session"),
        agreement.compared,
        agreement.complete,
    );
    text += &statistics(agreement).for_people();
    for pair in &agreement.pairs {
        text += &format!("\nrows {}, columns {}\n", pair.first, pair.second);
        text += "     CS   AR   EM   MP\n";
        for model in RelationalModel::ALL {
            let cells: Vec<String> =
                pair.confusion[model.index()].iter().map(|count| format!("{count:>5}")).collect();
            text += &format!("{}{}\n", model.abbreviation(), cells.concat());
        }
    }
    if discuss.is_empty() {
        text += "\nno session to discuss";
    } else {
        text += &format!("\nto discuss: {}\n", plural(discuss.len(), "session"));
        text += &disputes(discuss).for_people();
        text += "settle one with `relata code SESSION`, or `relata code settle SESSION MODEL --coder CODE`";
    }
    text + &format!("; settled: {settled}\n")
}
