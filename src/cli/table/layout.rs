//! A listing as text for people: side by side where it fits, with words wrapped where a terminal is narrower. Where that is not enough, rows
//! that begin alike stand below what they begin with, remarks that are made again and again stand below them once, and what has no room
//! even so is a list of what each row says. A number, a code or a date is never broken. Where there is no terminal, nothing is fitted.

use unicode_width::UnicodeWidthStr;

use super::{Listing, one_line, rounded};
use crate::texts::{broken, unbroken};

/// What stands between two cells.
const GAP: &str = "  ";
/// What stands where there is no value.
pub(super) const NONE: &str = "–";
/// The most lines that a row may take side by side; a taller one is easier to read as a list.
const TALLEST: usize = 3;
/// A terminal that is narrower is written to as if it had so many columns.
const NARROWEST: usize = 20;

/// A table of Markdown as we write it, every line with its end, in `room` columns, if there are so few.
pub(in crate::cli) fn markdown_table(lines: &str, room: Option<usize>) -> String {
    Cells::of_markdown(lines).map_or_else(|| lines.to_owned(), |cells| cells.text(room))
}

/// The texts of a listing, each on one line.
#[derive(Clone)]
struct Cells {
    names: Vec<String>,
    numeric: Vec<bool>,
    rows: Vec<Vec<String>>,
}

/// The listing in `room` columns, if there are so few.
pub(super) fn text(listing: &Listing, room: Option<usize>) -> String {
    Cells::of(listing).text(room)
}

/// A row as a list of its values under their names, as many on a line as have room; what has no value is left out.
fn as_list(names: &[String], row: &[String], room: usize) -> String {
    let (mut text, mut line) = (String::new(), String::new());
    for (name, value) in names.iter().zip(row).filter(|(_, value)| says(value)) {
        let piece = if name.is_empty() { value.clone() } else { format!("{name}: {value}") };
        if !line.is_empty() && line.width() + GAP.len() + piece.width() > room {
            text += &(std::mem::take(&mut line) + "\n");
        }
        let before = if text.is_empty() && line.is_empty() { "" } else { GAP };
        line += &format!("{before}{piece}");
        if line.width() > room {
            let after = format!("{GAP}{GAP}");
            let options = words(room).initial_indent(before).subsequent_indent(&after);
            text += &(broken(&textwrap::fill(&unbroken(&piece), options)) + "\n");
            line.clear();
        }
    }
    if !line.is_empty() {
        text + &line + "\n"
    } else if text.is_empty() {
        format!("{NONE}\n")
    } else {
        text
    }
}

/// A row of a table that is written before its widest cell is known: at fixed widths, or as a list where that has no room.
pub(in crate::cli) fn streamed(names: &[String], row: &[String], room: Option<usize>) -> String {
    match room {
        Some(room) if [names, row].iter().any(|cells| at_fixed_widths(cells).width() > room) => {
            as_list(names, row, room.max(NARROWEST))
        }
        _ => at_fixed_widths(row) + "\n",
    }
}

/// The line of names above rows that are [`streamed`]; nothing where they are lists.
pub(in crate::cli) fn streamed_names(names: &[String], room: Option<usize>) -> String {
    let line = at_fixed_widths(names);
    if room.is_some_and(|room| line.width() > room) { String::new() } else { line + "\n" }
}

fn at_fixed_widths(cells: &[String]) -> String {
    let padded: Vec<String> = cells.iter().map(|cell| format!("{cell:<9}")).collect();
    padded.join(GAP).trim_end().to_owned()
}

/// Whether a cell holds anything.
fn says(cell: &str) -> bool {
    !matches!(cell, "" | NONE)
}

/// The width of cells of these widths side by side.
fn whole(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP.len() * widths.len().saturating_sub(1)
}

/// Breaks at blanks alone.
fn words(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
}

fn wrapped(cell: &str, width: usize) -> Vec<String> {
    if cell.width() <= width {
        return vec![cell.to_owned()];
    }
    textwrap::wrap(&unbroken(cell), words(width)).iter().map(|line| broken(line)).collect()
}

fn longest_word(cell: &str) -> usize {
    unbroken(cell).split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0)
}

impl Cells {
    fn of(listing: &Listing) -> Self {
        let row = |row: &Vec<_>| row.iter().map(|value| one_line(&rounded(value))).collect();
        let numeric = |column: usize| listing.rows.iter().any(|row| row[column].is_number());
        Self {
            names: listing.columns.iter().map(|name| one_line(name)).collect(),
            numeric: (0..listing.columns.len()).map(numeric).collect(),
            rows: listing.rows.iter().map(row).collect(),
        }
    }

    /// None if there is no line of names with a rule below it and as many cells in every row.
    fn of_markdown(lines: &str) -> Option<Self> {
        // A bar in a cell stands behind a backslash.
        let cells = |line: &str| -> Option<Vec<String>> {
            let inside = line.strip_prefix('|')?.strip_suffix('|')?;
            let ends =
                inside.match_indices('|').map(|(at, _)| at).filter(|at| !inside[..*at].ends_with('\\'));
            let starts = std::iter::once(0).chain(ends.clone().map(|at| at + 1));
            let cells = starts.zip(ends.chain([inside.len()])).map(|(start, end)| inside[start..end].trim());
            Some(cells.map(str::to_owned).collect())
        };
        let mut lines = lines.lines();
        let names = cells(lines.next()?)?;
        let rules: Vec<&str> = lines.next()?.strip_prefix('|')?.strip_suffix('|')?.split('|').collect();
        let rows: Vec<Vec<String>> = lines.map(cells).collect::<Option<_>>()?;
        let is_whole =
            rules.len() == names.len() && rows.iter().all(|row: &Vec<String>| row.len() == names.len());
        let numeric = rules.iter().map(|rule| rule.ends_with(':')).collect();
        is_whole.then_some(Self { names, numeric, rows })
    }

    fn text(self, room: Option<usize>) -> String {
        let longest = self.widths(UnicodeWidthStr::width);
        let Some(room) = room.map(|room| room.max(NARROWEST)).filter(|room| whole(&longest) > *room) else {
            return self.side_by_side(&longest);
        };
        let told = self.without_empty_columns();
        told.side_by_side_in(room).unwrap_or_else(|| match told.by_first_column() {
            Some(parts) => {
                let part = |(name, rows): (String, Self)| format!("{name}\n{}", rows.in_room(room));
                parts.into_iter().map(part).collect::<Vec<_>>().join("\n")
            }
            None => told.in_room(room),
        })
    }

    /// The largest measure of each column, its name among them.
    fn widths(&self, measure: fn(&str) -> usize) -> Vec<usize> {
        let of_column = |(column, name): (usize, &String)| {
            self.rows.iter().map(|row| measure(&row[column])).max().unwrap_or(0).max(measure(name))
        };
        self.names.iter().enumerate().map(of_column).collect()
    }

    /// Without the columns in which no row says anything, for which a narrow terminal has no room.
    fn without_empty_columns(self) -> Self {
        let is_told =
            |column: &usize| self.rows.is_empty() || self.rows.iter().any(|row| says(&row[*column]));
        let kept: Vec<usize> = (0..self.names.len()).filter(is_told).collect();
        let pick = |row: &Vec<String>| kept.iter().map(|&column| row[column].clone()).collect();
        Self {
            names: pick(&self.names),
            numeric: kept.iter().map(|&column| self.numeric[column]).collect(),
            rows: self.rows.iter().map(pick).collect(),
        }
    }

    fn side_by_side_in(&self, room: usize) -> Option<String> {
        Some(self.side_by_side(&self.fitted(room)?))
    }

    /// Side by side, else with remarks below, else as lists.
    fn in_room(&self, room: usize) -> String {
        let below = || {
            let (rows, remarks) = self.with_remarks_below()?;
            let mut text = rows.side_by_side_in(room)?;
            for (at, remark) in remarks.iter().enumerate() {
                let begin = format!("{}{GAP}", at + 1);
                let options = words(room).initial_indent(&begin).subsequent_indent(GAP);
                text += &(broken(&textwrap::fill(&unbroken(remark), options)) + "\n");
            }
            Some(text)
        };
        self.side_by_side_in(room).or_else(below).unwrap_or_else(|| match self.rows.is_empty() {
            true => textwrap::fill(&self.names.join(GAP), words(room)) + "\n",
            false => self.rows.iter().map(|row| as_list(&self.names, row, room)).collect(),
        })
    }

    /// Rows that begin alike, without what they begin with; none where rows mostly begin each in its own way.
    fn by_first_column(&self) -> Option<Vec<(String, Self)>> {
        let runs: Vec<&[Vec<String>]> = self.rows.chunk_by(|one, next| one.first() == next.first()).collect();
        if self.rows.is_empty() || self.names.len() < 3 || self.numeric[0] || 2 * runs.len() > self.rows.len()
        {
            return None;
        }
        let rest = |rows: &[Vec<String>]| Self {
            names: self.names[1..].to_vec(),
            numeric: self.numeric[1..].to_vec(),
            rows: rows.iter().map(|row| row[1..].to_vec()).collect(),
        };
        Some(runs.iter().map(|rows| (rows[0][0].clone(), rest(rows).without_empty_columns())).collect())
    }

    /// With numbers in place of what the last column says, and what they stand for; none where it is mostly another thing in each row.
    fn with_remarks_below(&self) -> Option<(Self, Vec<String>)> {
        let mut remarks: Vec<String> = Vec::new();
        let mut told = self.clone();
        let mut said = 0;
        for cell in told.rows.iter_mut().filter_map(|row| row.last_mut()).filter(|cell| says(cell)) {
            let at = remarks.iter().position(|remark| remark == cell).unwrap_or_else(|| {
                remarks.push(cell.clone());
                remarks.len() - 1
            });
            *cell = (at + 1).to_string();
            said += 1;
        }
        (!*self.numeric.last()? && 2 * remarks.len() <= said).then_some((told, remarks))
    }

    /// The widths at which the cells fit side by side: the wide columns of words become equally narrow. None where a word, a number or the
    /// height of a row forbids it.
    fn fitted(&self, room: usize) -> Option<Vec<usize>> {
        let (longest, word) = (self.widths(UnicodeWidthStr::width), self.widths(longest_word));
        let at = |most: usize| -> Vec<usize> {
            let ends = longest.iter().zip(&word).zip(&self.numeric);
            ends.map(
                |((&longest, &word), numeric)| if *numeric { longest } else { longest.min(most).max(word) },
            )
            .collect()
        };
        let widths = (1..=room).rev().map(at).find(|widths| whole(widths) <= room)?;
        let is_low = |row: &Vec<String>| {
            row.iter().zip(&widths).all(|(cell, width)| wrapped(cell, *width).len() <= TALLEST)
        };
        self.rows.iter().all(is_low).then_some(widths)
    }

    fn side_by_side(&self, widths: &[usize]) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.names).chain(&self.rows) {
            let cells: Vec<Vec<String>> =
                row.iter().zip(widths).map(|(cell, width)| wrapped(cell, *width)).collect();
            for at in 0..cells.iter().map(Vec::len).max().unwrap_or(1) {
                let padded = cells.iter().zip(widths).zip(&self.numeric).map(|((lines, width), numeric)| {
                    let line = lines.get(at).map_or("", String::as_str);
                    let blank = " ".repeat(width.saturating_sub(line.width()));
                    if *numeric { format!("{blank}{line}") } else { format!("{line}{blank}") }
                });
                text += padded.collect::<Vec<_>>().join(GAP).trim_end();
                text.push('\n');
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn listing() -> Listing {
        let mut listing = Listing::new(&["model", "n", "never", "value", "note"]);
        listing.push(vec!["as one of us".into(), 40.into(), Value::Null, (-0.153_4).into(), "".into()]);
        let note = "published study 0.16; no shares assumed";
        listing.push(vec!["business-like".into(), 1_234.into(), Value::Null, 0.5.into(), note.into()]);
        listing
    }

    #[test]
    fn where_it_fits_or_no_terminal_is_nothing_is_fitted() {
        let wide = "model             n  never   value  note\n\
                    as one of us     40  –      -0.153\n\
                    business-like  1234  –       0.500  published study 0.16; no shares assumed\n";
        assert_eq!(text(&listing(), None), wide);
        assert_eq!(text(&listing(), Some(75)), wide);
        assert_ne!(text(&listing(), Some(74)), wide);
    }

    #[test]
    fn words_wrap_and_an_empty_column_makes_room() {
        assert_eq!(
            text(&listing(), Some(50)),
            "model             n   value  note\n\
             as one of us     40  -0.153\n\
             business-like  1234   0.500  published study 0.16;\n                             no shares assumed\n"
        );
    }

    #[test]
    fn what_does_not_fit_is_a_list() {
        assert_eq!(
            text(&listing(), Some(32)),
            "model: as one of us  n: 40\n  value: -0.153\n\
             model: business-like  n: 1234\n  value: 0.500\n  note: published study 0.16; no\n    shares assumed\n"
        );
        let empty = as_list(&["a".into(), "b".into()], &["".into(), NONE.into()], 40);
        assert_eq!(empty, "–\n", "a row that says nothing is a row all the same");
    }

    #[test]
    fn rows_that_begin_alike_stand_below_that_and_equal_remarks_stand_once() {
        let mut listing = Listing::new(&["table", "row", "value", "note"]);
        let note = "adjusted for misclassification; n is its worth in people";
        for (table, row, value, note) in [
            ("sample", "complete", 120.into(), ""),
            ("sample", "open", 3.into(), ""),
            ("by model", "as one of us", 0.5.into(), note),
            ("by model", "by rank", 0.25.into(), note),
            ("by model", "in balance", Value::Null, ""),
        ] {
            listing.push(vec![table.into(), row.into(), value, note.into()]);
        }
        assert_eq!(
            text(&listing, Some(30)),
            "sample\n\
             row       value\n\
             complete    120\n\
             open          3\n\
             \n\
             by model\n\
             row           value  note\n\
             as one of us  0.500  1\n\
             by rank       0.250  1\n\
             in balance        –\n\
             1  adjusted for\n  misclassification; n is its\n  worth in people\n"
        );
    }

    #[test]
    fn rows_whose_widths_are_not_known_are_lists_where_their_columns_have_no_room() {
        let (names, row) = (["id", "p_cs"].map(str::to_owned), ["R1", "0.123"].map(str::to_owned));
        let both = |room| streamed_names(&names, room) + &streamed(&names, &row, room);
        assert_eq!(both(None), "id         p_cs\nR1         0.123\n");
        assert_eq!(both(Some(16)), both(None));
        assert_eq!(both(Some(14)), "id: R1  p_cs: 0.123\n");
        let long = ["an id of many letters".to_owned(), "0.123".to_owned()];
        assert_eq!(streamed(&names, &long, Some(24)), "id: an id of many\n    letters\n  p_cs: 0.123\n");
    }

    #[test]
    fn nothing_but_blanks_is_broken_at_any_width() {
        let shown = text(&listing(), None);
        let told: Vec<&str> =
            shown.split_whitespace().filter(|word| says(word) && *word != "never").collect();
        for room in 1..=80 {
            let text = text(&listing(), Some(room));
            for word in &told {
                let is_it = |found: &str| found == *word || found.strip_suffix(':') == Some(*word);
                assert!(text.split_whitespace().any(is_it), "{room}: {word} is broken in\n{text}");
            }
            let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap();
            assert!(widest <= room.max(NARROWEST), "{room}: {text}");
        }
    }

    #[test]
    fn a_listing_without_rows_shows_its_columns() {
        let text = text(&Listing::new(&["figure", "interviews", "width", "cannot be told"]), Some(24));
        assert_eq!(text, "figure  interviews\nwidth  cannot be told\n");
    }
}
