//! `relata agreement`: how well the coders of a study agree, what they confuse, and which sessions they have to talk about.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::Value;

use super::rehearsals::RehearsalsArg;
use super::table::{Format, Table};
use super::{Failure, StudyArg, plural, print, remark};
use crate::coding::agreement::{Agreement, CodeTable, Statistic};
use crate::coding::labels::Verdict;
use crate::instrument::RelationalModel;
use crate::store::{SessionHeader, SessionId, Study};
use crate::study::codes::{Standing, standings, without_refused};

const EXAMPLES: &str = "Examples:
  relata agreement --study demo.relata
  relata agreement --part discuss --format csv
  relata agreement --first

At the published shares of 70, 16, 7 and 7 % two coders agree on .525 of the sessions by chance alone: read κ and raw agreement
together. α and AC1 take sessions that not everybody coded; Fleiss' κ only those that everybody did.";

/// Arguments of `agreement`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct AgreementArgs {
    /// The first code of every coder instead of the latest: as it was before anybody could see what others said
    #[arg(long)]
    first: bool,

    /// Only these coders (several: separate by commas)
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    coders: Vec<String>,

    /// Leave out sessions of simulated respondents, or take only these
    #[arg(long, value_enum, default_value_t = Who::Everybody)]
    respondents: Who,

    #[command(flatten)]
    rehearsals: RehearsalsArg,

    /// Which part a CSV holds
    #[arg(long, value_enum, default_value_t = Part::Statistics)]
    part: Part,

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
enum Part {
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
}

pub(super) fn run(study: &StudyArg, args: AgreementArgs) -> Result<ExitCode, Failure> {
    let study = study.look()?;
    let mut standings = standings(&study)?;
    if args.first {
        first_codes(&study, &mut standings)?;
    }
    if !args.coders.is_empty() {
        let all: Vec<&String> =
            standings.values().flat_map(|s| s.coders.iter().map(|code| &code.coder)).collect();
        if let Some(unknown) = args.coders.iter().find(|coder| !all.contains(coder)) {
            return Err(Failure::refused(format!("no code of `{unknown}` is in the study"))
                .help("`relata code list` shows who coded what"));
        }
        for standing in standings.values_mut() {
            standing.coders.retain(|code| args.coders.contains(&code.coder));
        }
    }
    let headers = super::input::sessions(&study)?;
    say_refused(without_refused(&study, &headers, &mut standings)?);
    let wanted = |header: &&SessionHeader| match args.respondents {
        Who::Everybody => true,
        Who::Real => !header.simulated(),
        Who::Simulated => header.simulated(),
    };
    let mut coded: Vec<(&SessionHeader, &Standing)> = headers
        .iter()
        .filter(wanted)
        .filter_map(|header| Some((header, standings.get(&header.id)?)))
        .filter(|(_, standing)| !standing.coders.is_empty())
        .collect();
    let rehearsals = coded.iter().filter(|(header, _)| header.test).count();
    if !args.rehearsals.with_tests {
        coded.retain(|(header, _)| !header.test);
    }
    args.rehearsals.say(rehearsals);
    let changed = changed(&study, &coded)?;
    let table = code_table(&coded);
    let agreement = table.agreement(args.resamples as usize, args.seed).map_err(|why| {
        Failure::refused(format!("there is no agreement to compute: {why}"))
            .help("two coders have to code the same sessions; `relata code list` shows who coded what")
    })?;
    let discuss: Vec<Dispute> =
        coded.iter().filter_map(|(header, standing)| dispute(header, standing, args.format)).collect();
    let settled = coded.iter().filter(|(_, standing)| standing.consensus.is_some()).count();
    match args.format {
        Format::Json => {
            let printed = Printed { agreement: &agreement, discuss: &discuss, settled, changed };
            let text = serde_json::to_string_pretty(&printed)
                .map_err(|why| Failure::refused(format!("no JSON could be made: {why}")))?;
            print(&(text + "\n"))?;
        }
        Format::Csv => {
            let table = match args.part {
                Part::Statistics => statistics(&agreement),
                Part::Confusion => confusions(&agreement),
                Part::Discuss => disputes(&discuss),
            };
            print(&table.to_text(Format::Csv)?)?;
        }
        Format::Table => print(&for_people(&agreement, &discuss, settled)?)?,
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
    if changed > 0 && !args.first {
        remark(&format!(
            "{} changed after it was first saved, perhaps after talking: --first compares the first codes",
            plural(changed, "code")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Says how many coded sessions count nowhere because consent was refused in them.
pub(super) fn say_refused(sessions: usize) {
    if sessions > 0 {
        remark(&format!("left out, because consent was refused: {}", plural(sessions, "coded session")));
    }
}

/// How often a coder changed the model of one of these sessions after the first code.
fn changed(study: &Study, coded: &[(&SessionHeader, &Standing)]) -> Result<usize, Failure> {
    let compared: BTreeSet<SessionId> = coded.iter().map(|(header, _)| header.id).collect();
    let mut models: BTreeMap<(SessionId, String), Vec<RelationalModel>> = BTreeMap::new();
    let codes = study.all_codes()?.into_iter();
    for code in codes.filter(|code| !code.consensus && compared.contains(&code.session)) {
        models.entry((code.session, code.coder)).or_default().push(code.coding.dominant);
    }
    Ok(models.values().filter(|given| given.first() != given.last()).count())
}

/// Puts every coder's first code in place of the latest.
fn first_codes(study: &Study, standings: &mut BTreeMap<SessionId, Standing>) -> Result<(), Failure> {
    for code in study.all_codes()?.into_iter().rev().filter(|code| !code.consensus) {
        let standing = standings.entry(code.session).or_default();
        if let Some(later) = standing.coders.iter_mut().find(|later| later.coder == code.coder) {
            *later = code;
        }
    }
    Ok(())
}

/// The codes of these sessions as a table: a row each, a column for every coder.
pub(super) fn code_table(coded: &[(&SessionHeader, &Standing)]) -> CodeTable {
    let all = coded.iter().flat_map(|(_, standing)| standing.coders.iter().map(|code| code.coder.clone()));
    let mut coders: Vec<String> = all.collect();
    coders.sort();
    coders.dedup();
    let of = |standing: &Standing, coder: &String| {
        let code = standing.coders.iter().find(|code| code.coder == *coder);
        code.map(|code| code.coding.dominant)
    };
    let rows =
        coded.iter().map(|(_, standing)| coders.iter().map(|coder| of(standing, coder)).collect()).collect();
    CodeTable { coders, rows }
}

fn dispute(header: &SessionHeader, standing: &Standing, format: Format) -> Option<Dispute> {
    let majority = match standing.verdict() {
        Verdict::Majority { model, .. } => Some(model.abbreviation()),
        _ => None,
    };
    standing.to_discuss().then(|| Dispute {
        session: if format == Format::Table { header.id.short() } else { header.id.to_string() },
        respondent: header.respondent.clone(),
        codes: standing
            .coders
            .iter()
            .map(|code| (code.coder.clone(), code.coding.dominant.abbreviation()))
            .collect(),
        majority,
    })
}

fn statistics(agreement: &Agreement) -> Table {
    let mut table = Table::new(&["coders", "statistic", "value", "low", "high", "sessions", "note"]);
    let mut push = |coders: &str, statistic: &Statistic| {
        let number = |value: Option<f64>| value.map_or(Value::Null, Value::from);
        table.push(vec![
            coders.into(),
            statistic.name.into(),
            number(statistic.value),
            number(statistic.low),
            number(statistic.high),
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

fn confusions(agreement: &Agreement) -> Table {
    let mut table = Table::new(&["first", "second", "first_says", "second_says", "sessions"]);
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

fn disputes(discuss: &[Dispute]) -> Table {
    let mut table = Table::new(&["session", "respondent", "codes", "majority"]);
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

fn for_people(agreement: &Agreement, discuss: &[Dispute], settled: usize) -> Result<String, Failure> {
    let mut text = format!(
        "{} ({}); {} coded, {} by two coders or more, {} by all\n\n",
        plural(agreement.coders.len(), "coder"),
        agreement.coders.join(", "),
        plural(agreement.sessions, "session"),
        agreement.compared,
        agreement.complete,
    );
    text += &statistics(agreement).to_text(Format::Table)?;
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
        text += &disputes(discuss).to_text(Format::Table)?;
        text += "settle one with `relata code SESSION`, or `relata code settle SESSION MODEL --coder CODE`";
    }
    text += &format!("; settled: {settled}\n");
    Ok(text)
}
