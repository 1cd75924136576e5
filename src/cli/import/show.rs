//! Output of `relata import`: what was found for each question, what is left out, and why nothing comes in.

use std::path::Path;

use super::super::table::{Format, Listing};
use super::super::{Failure, list, plural, print, remark};
use crate::import::answers::{ColumnRole, ImportPlan, ImportedRows, QuestionLine};
use crate::study::imports::SortedImport;
use crate::texts::remarks::{NAMED, some};

/// Most values without a counterpart that a line names.
const VALUES: usize = 6;

/// Lists every question with its column.
pub(super) fn lines(plan: &ImportPlan, taken: &ImportedRows, format: Format) -> Result<(), Failure> {
    shown(&plan.lines(taken), format)
}

/// The questions with values that have no counterpart.
pub(super) fn lines_with_faults(
    plan: &ImportPlan,
    taken: &ImportedRows,
    format: Format,
) -> Result<(), Failure> {
    let lines: Vec<QuestionLine> =
        plan.lines(taken).into_iter().filter(|line| !line.without.is_empty()).collect();
    if lines.is_empty() { Ok(()) } else { shown(&lines, format) }
}

fn shown(lines: &[QuestionLine], format: Format) -> Result<(), Failure> {
    let mut table = Listing::new(&[
        "question",
        "column",
        "found_by",
        "answers",
        "found",
        "expected",
        "without_counterpart",
    ]);
    for line in lines {
        let most = if format == Format::Table { VALUES } else { usize::MAX };
        let mut without: Vec<String> = line
            .without
            .iter()
            .take(most)
            .map(|strange| format!("{} ({}×)", strange.value, strange.rows))
            .collect();
        if line.without.len() > without.len() {
            without.push(format!("and {} more", line.without.len() - without.len()));
        }
        table.push(vec![
            line.item.clone().into(),
            line.column.clone().into(),
            line.found_by.into(),
            line.answers.into(),
            line.found.clone().into(),
            line.expected.clone().into(),
            without.join("; ").into(),
        ]);
    }
    print(&table.to_text(format)?)
}

/// Remarks on what was found in the file, and what is left out.
pub(super) fn told(plan: &ImportPlan, taken: &ImportedRows) {
    let roles = [
        (ColumnRole::Id, "each response is called by"),
        (ColumnRole::Respondent, "respondents are called by"),
        (ColumnRole::Begun, "begun is"),
        (ColumnRole::Ended, "ended is"),
        (ColumnRole::Finished, "finished is"),
        (ColumnRole::Language, "the language is"),
        (ColumnRole::Status, "what does not count there is told by"),
    ];
    let roles = roles.into_iter().filter_map(|(role, what)| Some(format!("{what} `{}`", plan.role(role)?)));
    let roles: Vec<String> = roles.collect();
    let roles = if roles.is_empty() { String::new() } else { format!("; {}", roles.join(", ")) };
    remark(&format!("{} of {}{roles}", plural(taken.rows, "row"), plan.platform()));
    if !plan.personal.is_empty() {
        remark(&format!("never read, because they tell who somebody is or was: {}", list(&plan.personal)));
    }
    if !plan.ignored.is_empty() {
        remark(&format!("columns that answer no question are left alone: {}", list(&plan.ignored)));
    }
    let timed = plan.timed();
    if !timed.is_empty() {
        remark(&format!("left out, because it has to be timed here: {}", list(&timed)));
    }
    let counted = [
        (&taken.empty, "without any answer: left out"),
        (
            &taken.set_aside,
            "of previews, tests, spam or what was not approved there: left out (status = \"\" under [row] takes them in)",
        ),
        (&taken.without_consent, "without the consent that is asked for: nothing of them is taken over"),
        (&taken.refused, "that did not consent: the refusal is kept, and no answer"),
        (&taken.undated, "without a time: dated by this import"),
        (&taken.unfinished, "not finished there: kept as sessions that are open"),
    ];
    for (rows, what) in counted.into_iter().filter(|(rows, _)| !rows.is_empty()) {
        remark(&format!("{} {what} ({})", plural(rows.len(), "row"), some(rows.iter(), NAMED)));
    }
    for caution in plan.cautions(taken) {
        remark(&caution);
    }
    for (item, rows) in &taken.not_asked {
        remark(&format!(
            "`{item}`: lost in {}, where it would not be asked here after the answers before it",
            plural(*rows, "row")
        ));
    }
}

/// What the study has of the file already.
pub(super) fn sorted(sorted: &SortedImport) {
    if sorted.same > 0 {
        remark(&format!("{} in the study already", plural(sorted.same, "row")));
    }
    if sorted.own > 0 {
        remark(&format!(
            "{} of sessions that this study has, in an export of it: they stay as they are, and what the file says of them is not read",
            plural(sorted.own, "row")
        ));
    }
    if sorted.copied > 0 {
        remark(&format!(
            "{} in the study already, as copies that came in with an export of another study: they stay as they are, and what the file says of them \
             is not read",
            plural(sorted.copied, "row")
        ));
    }
    if !sorted.completed.is_empty() {
        remark(&format!(
            "{} in the study as not finished: finished there since, and here with that",
            plural(sorted.completed.len(), "row")
        ));
    }
    if sorted.erased > 0 {
        remark(&format!(
            "{} of sessions that were erased from the study: left out for good",
            plural(sorted.erased, "row")
        ));
    }
    if !sorted.known.is_empty() {
        remark(&format!(
            "{} with other answers in the study already; these come in as further ones of theirs: {}",
            plural(sorted.known.len(), "respondent"),
            some(sorted.known.iter(), NAMED)
        ));
    }
    for (row, session) in &sorted.beside_open {
        remark(&format!(
            "row {row} was not finished when it came in, as session {}, and has other answers now: it comes in as a session of its own, and that \
             one stays open and counts nowhere",
            session.short()
        ));
    }
    for (row, session) in &sorted.changed {
        remark(&format!(
            "row {row} is in the study with other answers, as session {}, and stays as it is: what a study has is never replaced",
            session.short()
        ));
    }
    if !sorted.perhaps_of_another.is_empty() {
        remark(&format!(
            "{} of an earlier table ({}): where they are of another survey, which counts from 1 as well, write a name for it at the top of the map, \
             such as survey = \"spring\", and they come in",
            match sorted.perhaps_of_another.len() {
                1 => "1 row has the id of a row".to_owned(),
                rows => format!("{rows} rows have the ids of rows"),
            },
            some(sorted.perhaps_of_another.iter(), NAMED)
        ));
    }
}

/// Why nothing comes in.
pub(super) fn refusal(
    path: &Path,
    plan: &ImportPlan,
    taken: &ImportedRows,
    sorted: &SortedImport,
    again: bool,
) -> Option<Failure> {
    let mut faults = plan.faults.clone();
    for line in plan.lines(taken).iter().filter(|line| !line.without.is_empty()) {
        let rows: usize = line.without.iter().map(|strange| strange.rows).sum();
        let first = line.without.iter().min_by_key(|strange| strange.line);
        let (value, at) = first.map(|first| (first.value.as_str(), first.line)).unwrap_or_default();
        let found = if line.found.is_empty() {
            String::new()
        } else {
            format!(" (found {}, expected {})", line.found, line.expected)
        };
        faults.push(format!(
            "`{}`: {} in {} without a counterpart, the first is `{value}` in line {at}{found}",
            line.item,
            plural(line.without.len(), "value"),
            plural(rows, "row"),
        ));
    }
    faults.extend(taken.some_faults());
    for (first, second) in &sorted.twice {
        faults.push(format!(
            "rows {first} and {second} are called alike by `{}`",
            plan.role(ColumnRole::Id).unwrap_or_default()
        ));
    }
    if let (Some((first, second)), false) = (sorted.repeated.first(), again) {
        faults.push(format!(
            "{} an earlier one of the same respondent or instant, as row {second} repeats row {first}: leave them out, or say --again if they \
             are answers of their own",
            if sorted.repeated.len() == 1 { "1 row repeats".to_owned() } else { format!("{} rows repeat", sorted.repeated.len()) }
        ));
    }
    if !sorted.perhaps_erased.is_empty() && !again {
        faults.push(format!(
            "{} began when a session began that was erased, and nothing tells whether it is that one ({}): take whose answers were erased out \
             of the file, then say --again",
            plural(sorted.perhaps_erased.len(), "row"),
            some(sorted.perhaps_erased.iter(), NAMED)
        ));
    }
    if let (Some((row, session)), false) = (sorted.perhaps_changed.first(), again) {
        faults.push(format!(
            "{} at the day or the minute of a row that is in the study and no longer in the file, the first is row {row} and session {}: it may be \
             that one with other answers, or somebody else; leave it out of the file, or say --again if these are other people; a file of \
             which everybody is somebody else comes into a study of its own, and both together with `relata merge --surveys apart`",
            if sorted.perhaps_changed.len() == 1 { "1 row began".to_owned() } else { format!("{} rows began", sorted.perhaps_changed.len()) },
            session.short()
        ));
    }
    for (file, rows) in sorted.reread.iter().filter(|_| !again) {
        faults.push(format!(
            "{} what rows of `{file}` said, which are in the study, at other times or under other ids: it may be the same download \
             read otherwise ([row], survey and utc_offset of the map say how it was); say --again if these are other people",
            if *rows == 1 { "1 row says".to_owned() } else { format!("{rows} rows say") }
        ));
    }
    if let (Some((row, file)), false) = (sorted.alike.first(), again) {
        faults.push(format!(
            "{} what rows of `{file}` said, which are in the study, the first is row {row}: say --again if these are other \
             people (a file of which everybody is somebody else comes into a study of its own, and both together with `relata merge --surveys \
             apart`); else erase those that came in without an id, and name the column that tells responses apart as id under [row]",
            if sorted.alike.len() == 1 { "1 row says".to_owned() } else { format!("{} rows say", sorted.alike.len()) }
        ));
    }
    if faults.is_empty() {
        return None;
    }
    let count = plural(faults.len(), "fault");
    let failure = Failure::refused(format!(
        "{} has {count}, and nothing was taken over\n  {}",
        path.display(),
        faults.join("\n  ")
    ));
    Some(failure.help("--write-map MAP.toml writes a map to be edited: [values] says what a value stands for, [missing] which mean none, [offset] moves a scale; --decimal point|comma says what 1.204 is"))
}
