//! `relata agreement`: how well the coders of a study agree, what they confuse, and which sessions they have to talk about.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;
use serde_json::Value;

use super::rehearsals::RehearsalsArg;
use super::table::{Format, Listing, pretty_json};
use super::{Failure, StudyArg, plural, print, remark};
use crate::coding::Seen;
use crate::coding::agreement::{Agreement, CodeTable, Statistic};
use crate::coding::labels::CodersVerdict;
use crate::instrument::RelationalModel;
use crate::store::{Code, SessionHeader, SessionId, Study};
use crate::study::codes::{CodeCounts, SessionCodes, independent, standings, without_refused};

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
    fn is_of(self, code: &Code) -> bool {
        let wanted = match self {
            Self::Narrative => Some(Seen::Narrative),
            Self::Whole => Some(Seen::Whole),
            Self::NotKept => None,
        };
        code.coding.seen == wanted
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
    let mut standings = if args.latest { standings(&study)? } else { independent(&study)? };
    if let Some(seen) = args.seen {
        standings.values_mut().for_each(|standing| standing.coders.retain(|code| seen.is_of(code)));
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
    let mut coded: Vec<(&SessionHeader, &SessionCodes)> = headers
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
    let made = CodeCounts::of(coded.iter().flat_map(|(_, standing)| &standing.coders));
    let not_compared = not_compared(&study, &coded)?;
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

/// How often a coder changed the model of one of these sessions after the first code.
fn changed(study: &Study, coded: &[(&SessionHeader, &SessionCodes)]) -> Result<usize, Failure> {
    let compared: BTreeSet<SessionId> = coded.iter().map(|(header, _)| header.id).collect();
    let mut models: BTreeMap<(SessionId, String), Vec<RelationalModel>> = BTreeMap::new();
    let codes = study.all_codes()?.into_iter();
    for code in codes.filter(|code| !code.consensus && compared.contains(&code.session)) {
        models.entry((code.session, code.coder)).or_default().push(code.coding.dominant);
    }
    Ok(models.values().filter(|given| given.first() != given.last()).count())
}

/// Codes of these sessions that are not among those that are compared.
fn not_compared(study: &Study, coded: &[(&SessionHeader, &SessionCodes)]) -> Result<usize, Failure> {
    let compared: BTreeSet<SessionId> = coded.iter().map(|(header, _)| header.id).collect();
    let all = study.all_codes()?.iter().filter(|code| compared.contains(&code.session)).count();
    let taken: usize = coded.iter().map(|(_, standing)| standing.coders.len()).sum();
    Ok(all.saturating_sub(taken))
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

/// The codes of these sessions as a table: a row each, a column for every coder.
pub(super) fn code_table(coded: &[(&SessionHeader, &SessionCodes)]) -> CodeTable {
    let all = coded.iter().flat_map(|(_, standing)| standing.coders.iter().map(|code| code.coder.clone()));
    let mut coders: Vec<String> = all.collect();
    coders.sort();
    coders.dedup();
    let of = |standing: &SessionCodes, coder: &String| {
        let code = standing.coders.iter().find(|code| code.coder == *coder);
        code.map(|code| code.coding.dominant)
    };
    let rows =
        coded.iter().map(|(_, standing)| coders.iter().map(|coder| of(standing, coder)).collect()).collect();
    CodeTable { coders, rows }
}

fn dispute(header: &SessionHeader, standing: &SessionCodes, format: Format) -> Option<Dispute> {
    let majority = match standing.verdict() {
        CodersVerdict::Majority { model, .. } => Some(model.abbreviation()),
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

fn statistics(agreement: &Agreement) -> Listing {
    let mut table = Listing::new(&["coders", "statistic", "value", "low", "high", "sessions", "note"]);
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
