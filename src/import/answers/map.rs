//! The map: the user's description of a table, where the table doesn't describe itself. Owns its format, and writes one for
//! editing.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

/// The contents of a map. Every part may be absent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// The program that wrote the table; detected from the table if absent.
    pub platform: Option<String>,
    /// Distinguishes this survey's ids from another survey's, where both are counted from 1.
    pub survey: Option<String>,
    /// Which columns are about a whole response.
    pub row: RowColumns,
    /// The column of each field of the start form.
    pub fields: BTreeMap<String, String>,
    /// The column of each question, or of each part of one.
    pub columns: BTreeMap<String, OneOrMore>,
    /// Answers that are the same in every row, of questions and fields.
    pub constants: BTreeMap<String, Scalar>,
    /// Questions that the table does not hold.
    pub left_out: Vec<String>,
    /// Texts in place of an answer.
    pub missing: Codes,
    /// What the values of a question stand for.
    pub values: BTreeMap<String, BTreeMap<String, Scalar>>,
    /// What has to be added to the numbers of a question.
    pub offset: BTreeMap<String, i64>,
    /// Questions whose numbers run the other way round.
    pub reversed: Vec<String>,
}

/// Columns about a whole response.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RowColumns {
    /// The program's id of the response.
    pub id: Option<String>,
    /// The respondent's code.
    pub respondent: Option<String>,
    /// When it began.
    pub begun: Option<String>,
    /// When it ended.
    pub ended: Option<String>,
    /// Whether it was completed.
    pub finished: Option<String>,
    /// The language it was answered in.
    pub language: Option<String>,
    /// The program's status of the response: a preview, a test, spam or rejected.
    pub status: Option<String>,
    /// How days are written: `ymd`, `dmy` or `mdy`.
    pub dates: Option<DayOrder>,
    /// Minutes by which the table's clock is ahead of UTC.
    pub utc_offset: Option<i32>,
}

/// Which part of a day comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayOrder {
    /// 2026-03-14
    Ymd,
    /// 14-03-2026
    Dmy,
    /// 03/14/2026
    Mdy,
}

/// One column, or several: one for each place of a rank.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several.
    More(Vec<String>),
}

/// Texts in place of an answer.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Codes {
    /// Seen and passed over.
    pub not_answered: Vec<Scalar>,
    /// Would rather not say.
    pub declined: Vec<Scalar>,
    /// Does not know.
    pub dont_know: Vec<Scalar>,
}

/// A text or a number.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// A number.
    Whole(i64),
    /// A number with decimals.
    Number(f64),
    /// A text.
    Text(String),
    /// Yes or no.
    Bool(bool),
}

impl DayOrder {
    /// The word in a map.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }
}

impl Scalar {
    /// In the syntax of a map.
    fn written(&self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Bool(yes) => yes.to_string(),
            Self::Text(text) => quoted(text),
        }
    }

    /// In the form of a cell.
    pub fn text(&self) -> String {
        match self {
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        }
    }
}

/// One entry of a map that is written.
#[derive(Debug, Clone, Default)]
pub(super) struct MapEntry {
    pub key: String,
    /// The columns; empty where none was found.
    pub columns: Vec<String>,
    /// The comment behind it.
    pub remark: String,
}

/// The content of a map that is written for editing.
#[derive(Debug, Default)]
pub(super) struct MapDraft {
    pub platform: String,
    pub row: Vec<MapEntry>,
    pub fields: Vec<MapEntry>,
    pub columns: Vec<MapEntry>,
    pub left_out: Vec<String>,
    /// Values without a counterpart, by question.
    pub values: Vec<(String, Vec<String>, String)>,
    /// Questions whose numbers lie outside, with the actual and the expected range.
    pub ranges: Vec<(String, String)>,
    /// The map given before, which is kept.
    pub before: Map,
}

impl MapDraft {
    /// The text of the map. Unknown entries are written as comments.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing into a text cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let before = &self.before;
        writeln!(
            out,
            "# A map for `relata import`. Change what is wrong, take away the # where a line shall count, and run again.\n"
        )?;
        writeln!(out, "platform = {}", quoted(&self.platform))?;
        match &before.survey {
            Some(survey) => writeln!(out, "survey = {}", quoted(survey))?,
            None => {
                writeln!(out, "# survey = \"wave-1\"   # where two surveys count their responses from 1")?
            }
        }
        writeln!(out, "left_out = {}   # questions that the table does not hold", list(&self.left_out))?;
        writeln!(
            out,
            "reversed = {}   # questions whose numbers run the other way round\n",
            list(&before.reversed)
        )?;
        writeln!(
            out,
            "# Columns about a whole response; `dates` is ymd, dmy or mdy, `utc_offset` is in minutes.\n[row]"
        )?;
        self.row.iter().try_for_each(|entry| line(out, entry))?;
        match before.row.dates {
            Some(order) => writeln!(out, "dates = {}", quoted(order.name()))?,
            None => writeln!(out, "# dates = \"dmy\"")?,
        }
        match before.row.utc_offset {
            Some(minutes) => writeln!(out, "utc_offset = {minutes}\n")?,
            None => writeln!(out, "# utc_offset = 60\n")?,
        }
        if !self.fields.is_empty() {
            writeln!(out, "# The start form.\n[fields]")?;
            self.fields.iter().try_for_each(|entry| line(out, entry))?;
            writeln!(out)?;
        }
        writeln!(
            out,
            "# What is the same in every row: a field, or a question such as consent.\n[constants]"
        )?;
        for (name, value) in &before.constants {
            writeln!(out, "{} = {}", key(name), value.written())?;
        }
        let absent = self.fields.iter().chain(&self.columns).filter(|entry| entry.columns.is_empty());
        for entry in absent.filter(|entry| !before.constants.contains_key(&entry.key)) {
            writeln!(out, "# {} = \"…\"", key(&entry.key))?;
        }
        writeln!(out, "\n# Texts and numbers that stand in place of an answer.\n[missing]")?;
        let codes = &before.missing;
        for (name, codes) in [
            ("not_answered", &codes.not_answered),
            ("declined", &codes.declined),
            ("dont_know", &codes.dont_know),
        ] {
            let codes: Vec<String> = codes.iter().map(Scalar::written).collect();
            writeln!(out, "{name} = [{}]", codes.join(", "))?;
        }
        writeln!(out, "\n# Each question, or each part of one, and its column.\n[columns]")?;
        self.columns.iter().try_for_each(|entry| line(out, entry))?;
        writeln!(
            out,
            "\n# What is added to every number of a question, so that it lies within its range.\n[offset]"
        )?;
        for (name, offset) in &before.offset {
            writeln!(out, "{} = {offset}", key(name))?;
        }
        for (name, remark) in self.ranges.iter().filter(|(name, _)| !before.offset.contains_key(name)) {
            writeln!(out, "# {} = 0   # {}", key(name), one_line(remark))?;
        }
        let names = before.values.keys().chain(self.values.iter().map(|(name, ..)| name));
        for name in names.collect::<std::collections::BTreeSet<_>>() {
            let strange = self.values.iter().find(|(known, ..)| known == name);
            let expected = strange.map(|(.., expects)| format!(" Expected: {}", one_line(expects)));
            let expected = expected.unwrap_or_default();
            writeln!(
                out,
                "\n# What each value stands for; \"\" is no answer.{expected}\n[values.{}]",
                key(name)
            )?;
            for (value, stands) in before.values.get(name).into_iter().flatten() {
                writeln!(out, "{} = {}", quoted(value), stands.written())?;
            }
            for value in strange.map(|(_, values, _)| values.as_slice()).unwrap_or_default() {
                writeln!(out, "# {} = \"\"", quoted(value))?;
            }
        }
        Ok(())
    }
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

fn line(out: &mut String, entry: &MapEntry) -> std::fmt::Result {
    let columns: Vec<String> = entry.columns.iter().map(|column| quoted(column)).collect();
    let (off, value) = match columns.as_slice() {
        [] => ("# ", "\"\"".to_owned()),
        [one] => ("", one.clone()),
        several => ("", format!("[{}]", several.join(", "))),
    };
    let remark =
        if entry.remark.is_empty() { String::new() } else { format!("   # {}", one_line(&entry.remark)) };
    writeln!(out, "{off}{} = {value}{remark}", key(&entry.key))
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    if bare { name.to_owned() } else { quoted(name) }
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}
