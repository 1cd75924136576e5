//! The map: what somebody says of a table where its own words do not tell. Owns its form, and the text of one that is written to be edited.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;

/// What a map says. Every part may be absent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// The program that wrote the table; what the table tells by itself counts otherwise.
    pub platform: Option<String>,
    /// What tells the ids of this survey from those of another one, where they are counted from 1.
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
    /// What the program calls the response.
    pub id: Option<String>,
    /// The respondent's code.
    pub respondent: Option<String>,
    /// When it began.
    pub begun: Option<String>,
    /// When it ended.
    pub ended: Option<String>,
    /// Whether it came to its end.
    pub finished: Option<String>,
    /// The language it was answered in.
    pub language: Option<String>,
    /// How days are written: `ymd`, `dmy` or `mdy`.
    pub dates: Option<DayOrder>,
    /// Minutes that the clock of the table is ahead of UTC.
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

impl Scalar {
    /// As a cell would hold it.
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
pub(super) struct Entry {
    pub key: String,
    /// The columns; none where none was found.
    pub columns: Vec<String>,
    /// What stands behind it.
    pub remark: String,
}

/// What a map to be edited says.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub platform: String,
    pub row: Vec<Entry>,
    pub fields: Vec<Entry>,
    pub columns: Vec<Entry>,
    pub left_out: Vec<String>,
    /// Values without a counterpart, by question.
    pub values: Vec<(String, Vec<String>, String)>,
    /// Questions whose numbers lie outside, with what they are and what they should be.
    pub ranges: Vec<(String, String)>,
}

impl Draft {
    /// The text of the map. What is not known stands behind a `#`.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing into a text cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "# A map for `relata import`. Change what is wrong, take away the # where a line shall count, and run again.\n"
        )?;
        writeln!(out, "platform = {}", quoted(&self.platform))?;
        writeln!(out, "# survey = \"wave-1\"   # where two surveys count their responses from 1")?;
        let left_out: Vec<String> = self.left_out.iter().map(|name| quoted(name)).collect();
        writeln!(out, "left_out = [{}]   # questions that the table does not hold\n", left_out.join(", "))?;
        writeln!(
            out,
            "# Columns about a whole response; `dates` is ymd, dmy or mdy, `utc_offset` is in minutes.\n[row]"
        )?;
        self.row.iter().try_for_each(|entry| line(out, entry))?;
        writeln!(out, "# dates = \"dmy\"\n# utc_offset = 60\n")?;
        if !self.fields.is_empty() {
            writeln!(out, "# The start form.\n[fields]")?;
            self.fields.iter().try_for_each(|entry| line(out, entry))?;
            writeln!(out)?;
        }
        writeln!(
            out,
            "# What is the same in every row: a field, or a question such as consent.\n[constants]"
        )?;
        for entry in self.fields.iter().chain(&self.columns).filter(|entry| entry.columns.is_empty()) {
            writeln!(out, "# {} = \"…\"", key(&entry.key))?;
        }
        writeln!(out, "\n# Texts and numbers that stand in place of an answer.\n[missing]")?;
        writeln!(out, "not_answered = []\ndeclined = []\ndont_know = []\n")?;
        writeln!(out, "# Each question, or each part of one, and its column.\n[columns]")?;
        self.columns.iter().try_for_each(|entry| line(out, entry))?;
        writeln!(
            out,
            "\n# What is added to every number of a question, so that it lies within its range.\n[offset]"
        )?;
        for (name, remark) in &self.ranges {
            writeln!(out, "# {} = 0   # {remark}", key(name))?;
        }
        for (name, values, expects) in &self.values {
            writeln!(
                out,
                "\n# What each value stands for; \"\" is no answer. Expected: {}\n[values.{}]",
                one_line(expects),
                key(name)
            )?;
            for value in values {
                writeln!(out, "# {} = \"\"", quoted(value))?;
            }
        }
        Ok(())
    }
}

fn line(out: &mut String, entry: &Entry) -> std::fmt::Result {
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
