//! R: CSV files and a script that reads them with base R alone.
//!
//! Every table becomes a data frame: options are factors, points are numbers with their words in the attribute `labels`, days are `Date`,
//! instants `POSIXct` in UTC, and every column has its label in the attribute `label`. What is missing is `NA`; a second
//! data frame of the same shape says why.

use std::io::{self, Write};

use super::csv::{REASONS, reasons, values};
use super::folder::put;
use super::names::{self, fitting};
use super::{DataTable, Export, Exporter, Folder, NotWritten, ValueType, Variable, Why};
use crate::instrument::kinds::Level;

pub(super) struct R;

/// The script.
const SCRIPT: &str = "read.R";

/// What the script does before it reads the first table. A text that was given an apostrophe against spreadsheets loses it here.
const PREAMBLE: &str = r##"
relata_folder <- local({
  sourced <- Filter(Negate(is.null), lapply(sys.frames(), function(frame) frame$ofile))
  called <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
  if (length(sourced) > 0) dirname(sourced[[length(sourced)]])
  else if (length(called) > 0) dirname(called[[1]])
  else "."
})

relata_cells <- function(file) {
  read.csv(file.path(relata_folder, file), colClasses = "character", na.strings = "",
           check.names = FALSE, encoding = "UTF-8", comment.char = "")
}

relata_column <- function(cells, kind, label, codes = NULL, labels = NULL) {
  column <- switch(kind,
    number = as.numeric(cells),
    option = factor(cells, levels = codes, labels = labels),
    day = as.Date(cells),
    instant = as.POSIXct(cells, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC"),
    text = sub("^'(?='*[=+@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20-])", "", cells, perl = TRUE)
  )
  if (kind == "number" && !is.null(codes)) attr(column, "labels") <- setNames(codes, labels)
  attr(column, "label") <- label
  column
}
"##;

impl Exporter for R {
    fn id(&self) -> &'static str {
        "r"
    }

    fn about(&self) -> &'static str {
        "R: CSV files and read.R, which makes labelled data frames with base R alone"
    }

    fn extension(&self) -> &'static str {
        "r.csv"
    }

    fn names(&self, table: &DataTable) -> Vec<String> {
        fitting(table.variables.iter().map(|variable| variable.name.as_str()), names::R)
    }

    fn missing(&self, table: &DataTable, why: Why) -> String {
        format!("`NA`; `{}` in the data frame `{}_missing`", why.name(), frame(table))
    }

    fn write(&self, export: &Export, folder: &mut Folder) -> Result<(), NotWritten> {
        for table in &export.tables {
            let names = self.names(table);
            folder.file(&format!("{}.r.csv", table.name), |out| values(out, table, &names))?;
            folder.file(&format!("{}{REASONS}.r.csv", table.name), |out| reasons(out, table, &names))?;
        }
        folder.file(SCRIPT, |out| script(out, export, |table| self.names(table)))
    }
}

/// The name of a table's data frame.
fn frame(table: &DataTable) -> String {
    fitting([table.name.as_str()], names::R).pop().unwrap_or_default()
}

fn script(
    out: &mut impl Write,
    export: &Export,
    names: impl Fn(&DataTable) -> Vec<String>,
) -> io::Result<()> {
    writeln!(out, "# {}", one_line(&export.title))?;
    for sentence in &export.about {
        writeln!(out, "# {}", one_line(sentence))?;
    }
    writeln!(out, "# Read it with source(\"{SCRIPT}\"); it needs no package.")?;
    put(out, PREAMBLE.as_bytes())?;
    for table in &export.tables {
        let frame = frame(table);
        writeln!(out, "\n# {}", one_line(&table.label))?;
        writeln!(out, "{frame} <- relata_cells({})", quoted(&format!("{}.r.csv", table.name)))?;
        for (variable, name) in table.variables.iter().zip(names(table)) {
            let column = format!("{frame}[[{}]]", quoted(&name));
            write!(out, "{column} <- relata_column({column}, ")?;
            write!(out, "\"{}\", {}", kind(variable), quoted(&variable.label))?;
            if !variable.values.is_empty() {
                let list = |of: &dyn Fn(usize) -> String| {
                    (0..variable.values.len()).map(of).collect::<Vec<_>>().join(", ")
                };
                let code = |at: usize| match (&variable.values[at].name, is_factor(variable)) {
                    (Some(name), true) => quoted(name),
                    (None, true) => quoted(&variable.values[at].code.to_string()),
                    (_, false) => variable.values[at].code.to_string(),
                };
                let label = |at: usize| quoted(&distinct(variable, at));
                write!(out, ",\n  codes = c({}),\n  labels = c({})", list(&code), list(&label))?;
            }
            writeln!(out, ")")?;
        }
        writeln!(out, "attr({frame}, \"label\") <- {}", quoted(&table.label))?;
        writeln!(
            out,
            "{frame}_missing <- relata_cells({})",
            quoted(&format!("{}{REASONS}.r.csv", table.name))
        )?;
    }
    Ok(())
}

/// Options have no order and no distance: a factor. Points keep their numbers.
fn is_factor(variable: &Variable) -> bool {
    !variable.values.is_empty()
        && (variable.level == Level::Nominal || variable.values.iter().any(|value| value.name.is_some()))
}

fn kind(variable: &Variable) -> &'static str {
    match variable.kind {
        _ if is_factor(variable) => "option",
        ValueType::Number => "number",
        ValueType::Text => "text",
        ValueType::Day => "day",
        ValueType::Instant => "instant",
    }
}

/// The label of a value; a factor takes two levels of one name for one, so the second says its code too.
fn distinct(variable: &Variable, at: usize) -> String {
    let value = &variable.values[at];
    let again = variable.values[..at].iter().any(|other| other.label == value.label);
    match &value.name {
        Some(name) if again => format!("{} ({name})", value.label),
        None if again => format!("{} ({})", value.label, value.code),
        _ => value.label.clone(),
    }
}

/// A text as R writes it. Characters beyond ASCII stay as they are, except that the script must read alike in every
/// locale, so they are written by their numbers.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // R has no zero in a text.
            '\0' => {}
            ' '..='~' => quoted.push(c),
            c => quoted += &format!("\\U{:08x}", c as u32),
        }
    }
    quoted.push('"');
    quoted
}

/// A comment stands on one line, in ASCII.
fn one_line(text: &str) -> String {
    let ascii = |c: char| match c {
        '–' | '—' | '−' => '-',
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        c if c.is_ascii() => c,
        _ => '?',
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(ascii).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_quotes() {
        assert_eq!(quoted("a\"; q() #\\"), "\"a\\\"; q() #\\\\\"");
        assert_eq!(quoted("één\n😀"), "\"\\U000000e9\\U000000e9n\\n\\U0001f600\"");
        assert_eq!(one_line("naïef\nq()"), "na?ef q()");
    }

    #[test]
    fn two_options_of_one_label_stay_two() {
        let mut variable = Variable::new("x", "X", ValueType::Number, crate::export::VariableGroup::Answers);
        let value = |code: f64, name: &str| crate::export::ValueLabel {
            code,
            name: Some(name.into()),
            label: "same".into(),
        };
        variable.values = vec![value(1.0, "a"), value(2.0, "b")];
        assert_eq!([distinct(&variable, 0), distinct(&variable, 1)], ["same", "same (b)"]);
    }
}
