//! Numbers in the columns of a table. The decimal sign is determined column by column: `812.5` has a point, `812,5` a comma,
//! `1.204.000` groups by points. `1.204` alone is ambiguous, and is refused where the rest of the column does not decide it.
//!
//! In a comma-separated file a point begins the decimals unless something contradicts it, as in every program. Elsewhere
//! `1.204` needs evidence.

use std::ops::ControlFlow;

use super::TableError;
use super::header::ColumnNames;
use super::missing::MissingTexts;
use crate::instrument::numeral::{Numeral, Sign, numeral};
use crate::texts::remarks::list;

/// How to fix a cell that is not a number.
pub const NUMBER_HELP: &str = "leave a cell empty where a value is missing, name the text with --missing, \
     or leave the column out with --ignore; --decimal point|comma says what 1.204 is";

/// Larger whole numbers may lose digits; see [`Numeral::keeps`].
const LONG: f64 = 9e15;

/// The first cell with some evidence.
type Seen = Option<(u64, String)>;

/// The evidence in the cells of a column.
#[derive(Debug, Clone, Default)]
pub struct UnitEvidence {
    decimal: [Seen; 2],
    grouping: [Seen; 2],
    /// Cells with a sign, each once, because some may turn out to mean a missing value.
    signed: Vec<(u64, String)>,
    gaps: bool,
}

/// The most such cells kept for a column.
const SIGNED: usize = 64;

fn place(sign: Sign) -> usize {
    match sign {
        Sign::Point => 0,
        Sign::Comma => 1,
    }
}

impl UnitEvidence {
    /// Examines a cell.
    pub fn see(&mut self, cell: &str, line: u64) {
        if let Some(Numeral::Sure { decimal, grouping, gaps, .. }) = numeral(cell) {
            self.gaps |= gaps;
            self.note(decimal, grouping, cell, line);
            let signed = decimal.is_some() || grouping.is_some();
            if signed && self.signed.len() < SIGNED && self.signed.iter().all(|(_, seen)| seen != cell) {
                self.signed.push((line, cell.to_owned()));
            }
        }
    }

    /// The same without cells that mean a missing value, because programs write -9 as -9.0, whatever the column's sign.
    fn without(self, missing: &MissingTexts) -> Self {
        if !self.signed.iter().any(|(_, cell)| missing.means(cell)) {
            return self;
        }
        let mut left = Self::default();
        for (line, cell) in self.signed.iter().filter(|(_, cell)| !missing.means(cell)) {
            if let Some(Numeral::Sure { decimal, grouping, .. }) = numeral(cell) {
                left.note(decimal, grouping, cell, *line);
            }
        }
        left
    }

    fn note(&mut self, decimal: Option<Sign>, grouping: Option<Sign>, cell: &str, line: u64) {
        for (sign, seen) in [(decimal, &mut self.decimal), (grouping, &mut self.grouping)] {
            if let Some(sign) = sign
                && seen[place(sign)].is_none()
            {
                seen[place(sign)] = Some((line, cell.to_owned()));
            }
        }
    }
}

/// Columns of numbers while they are read.
#[derive(Debug)]
pub struct Numbers {
    names: Vec<String>,
    seen: Vec<UnitEvidence>,
    /// Cells that were read with a decimal point although they could be thousands.
    open: Vec<Seen>,
    /// The sign that `--decimal` names.
    named: Option<Sign>,
    commas_separate: bool,
    /// Texts that mean "missing".
    pub missing: MissingTexts,
}

impl Numbers {
    /// # Errors
    /// Texts of --missing that cannot be read.
    pub fn new(
        header: &ColumnNames,
        columns: &[usize],
        seen: &[UnitEvidence],
        commas_separate: bool,
        named: Option<Sign>,
        missing: &[String],
    ) -> Result<Self, TableError> {
        let missing = MissingTexts::new(missing)?;
        let seen = columns.iter().map(|at| seen.get(*at).cloned().unwrap_or_default());
        Ok(Self {
            names: columns.iter().map(|at| header.name(*at)).collect(),
            seen: seen.map(|seen| seen.without(&missing)).collect(),
            open: vec![None; columns.len()],
            named,
            commas_separate,
            missing,
        })
    }

    /// Names of the columns.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number in a cell, without the spaces around it, of the column at `at`; none where it is missing.
    ///
    /// # Errors
    /// A cell that is not a number, or is ambiguous.
    pub fn read(&mut self, at: usize, cell: &str, line: u64) -> Result<Option<f64>, String> {
        // Fast path, because a file has millions of these.
        if let Some(value) = self.known(at, cell) {
            return Ok(value);
        }
        // Whether it is one of the named numbers is checked below, after parsing.
        if cell.is_empty() || self.missing.is_text(cell) {
            return Ok(None);
        }
        let value = match numeral(cell) {
            None => return Err(format!("`{cell}` is not a finite number")),
            // A missing value need not use the column's sign.
            Some(Numeral::Sure { value, .. }) if self.missing.is_value(value) => return Ok(None),
            Some(read @ Numeral::Sure { value, .. }) if !read.keeps(cell) => {
                return Err(format!(
                    "`{cell}` has more digits than a number keeps and would become {value}; if these are identifiers, the column is \
                     none of numbers"
                ));
            }
            Some(Numeral::Sure { value, decimal, grouping, gaps }) => {
                self.seen[at].gaps |= gaps;
                if let ControlFlow::Break(why) = self.fits(at, cell, decimal, grouping) {
                    return Err(why);
                }
                self.seen[at].note(decimal, grouping, cell, line);
                value
            }
            Some(Numeral::Either { sign, decimal, grouped }) => {
                self.either(at, cell, line, sign, decimal, grouped)?
            }
        };
        Ok(Some(value).filter(|value| !self.missing.is_value(*value)))
    }

    /// The result of [`Numbers::read`], where the cell gives no new evidence about its column; `None` where it might. A settled
    /// column stays settled until a cell is refused, so that many rows can be tried together, and the others read in order.
    pub fn known(&self, at: usize, cell: &str) -> Option<Option<f64>> {
        if self.missing.knows(cell)? {
            return Some(None);
        }
        let value = match numeral(cell)? {
            Numeral::Sure { gaps: true, .. } if !self.seen.get(at)?.gaps => return None,
            Numeral::Sure { value, .. } if value.abs() >= LONG => return None,
            Numeral::Sure { value, decimal: None, grouping: None, .. } => value,
            Numeral::Sure { value, decimal: Some(sign), grouping: None, .. } if self.is_settled(at, sign) => {
                value
            }
            Numeral::Either { sign, decimal, .. } if self.is_settled(at, sign) => decimal,
            _ => return None,
        };
        (!self.missing.holds(value)).then_some(Some(value))
    }

    /// Whether this sign begins the decimals of a column, without contrary evidence.
    fn is_settled(&self, at: usize, sign: Sign) -> bool {
        let seen = &self.seen[at];
        self.named == Some(sign)
            || self.named.is_none()
                && seen.decimal[place(sign)].is_some()
                && seen.decimal[place(sign.other())].is_none()
                && seen.grouping[place(sign)].is_none()
    }

    /// Whether a sure number agrees with what is known of its column.
    fn fits(
        &self,
        at: usize,
        cell: &str,
        decimal: Option<Sign>,
        grouping: Option<Sign>,
    ) -> ControlFlow<String> {
        let seen = &self.seen[at];
        let against = |what: &str, other: &Seen| match other {
            Some((line, text)) if text != cell => {
                ControlFlow::Break(format!("`{cell}` {what}, and `{text}` in line {line} says otherwise"))
            }
            _ => ControlFlow::Continue(()),
        };
        if let Some(named) = self.named {
            let wrong = decimal.is_some_and(|sign| sign != named) || grouping == Some(named);
            if wrong {
                return ControlFlow::Break(format!("`{cell}` does not go with --decimal {}", word(named)));
            }
            return ControlFlow::Continue(());
        }
        if let Some(sign) = decimal {
            let what = format!("has a decimal {}", word(sign));
            against(&what, &seen.decimal[place(sign.other())])?;
            against(&what, &seen.grouping[place(sign)])?;
            if sign == Sign::Comma
                && let Some((line, text)) = &self.open[at]
            {
                return ControlFlow::Break(format!(
                    "`{cell}` {what}, so that `{text}` in line {line} may be a thousand"
                ));
            }
        }
        if let Some(sign) = grouping {
            let what = format!("has {}s between thousands", word(sign));
            against(&what, &seen.decimal[place(sign)])?;
            if sign == Sign::Point
                && let Some((line, text)) = &self.open[at]
            {
                return ControlFlow::Break(format!(
                    "`{cell}` {what}, so that `{text}` in line {line} may be one, too"
                ));
            }
        }
        ControlFlow::Continue(())
    }

    /// How a cell such as `1.204` is read in its column.
    fn either(
        &mut self,
        at: usize,
        cell: &str,
        line: u64,
        sign: Sign,
        decimal: f64,
        grouped: f64,
    ) -> Result<f64, String> {
        if let Some(named) = self.named {
            return Ok(if sign == named { decimal } else { grouped });
        }
        let seen = &self.seen[at];
        let doubt = || format!("`{cell}` may be {grouped} or {decimal}");
        let (own, other) = (place(sign), place(sign.other()));
        match (&seen.decimal[own], &seen.grouping[own]) {
            (Some(_), None) => return Ok(decimal),
            (None, Some(_)) => return Ok(grouped),
            (Some((one, _)), Some((two, _))) => {
                return Err(format!("{}: lines {one} and {two} say different things", doubt()));
            }
            (None, None) => {}
        }
        if let Some((there, text)) = &seen.decimal[other] {
            let what = word(sign.other());
            return Err(format!("{}, and `{text}` in line {there} has a decimal {what}", doubt()));
        }
        if seen.grouping[other].is_some() {
            return Ok(decimal);
        }
        if self.commas_separate && sign == Sign::Point {
            self.open[at].get_or_insert_with(|| (line, cell.to_owned()));
            return Ok(decimal);
        }
        Err(format!("{}, and nothing in the column says which", doubt()))
    }

    /// Whether no later cell can change how a number so far is read.
    pub fn are_settled(&self) -> bool {
        self.doubts().next().is_none()
    }

    /// Columns with a cell that was read with a decimal point, although it could be thousands and nothing in the column
    /// contradicts that.
    fn doubts(&self) -> impl Iterator<Item = (&String, &(u64, String))> {
        self.names
            .iter()
            .zip(&self.seen)
            .zip(&self.open)
            .filter(|((_, seen), _)| seen.decimal[0].is_none() && seen.grouping[1].is_none())
            .filter_map(|((name, _), open)| Some((name, open.as_ref()?)))
    }

    /// A short description of what was inferred; empty where every number was plain.
    ///
    /// # Errors
    /// A column read with decimal points that the rest of the file contradicts.
    pub fn inferred(&self, path: &str) -> Result<Vec<String>, TableError> {
        let with = |of: &dyn Fn(&UnitEvidence) -> bool| -> Vec<String> {
            let pairs = self.names.iter().zip(&self.seen);
            pairs.filter(|(_, seen)| of(seen)).map(|(name, _)| name.clone()).collect()
        };
        let commas = with(&|seen| seen.decimal[1].is_some());
        let open: Vec<(&String, &(u64, String))> = self.doubts().collect();
        if let (Some((name, (line, text))), Some(other)) = (open.first(), commas.first()) {
            return Err(TableError::new(format!(
                "{path}, line {line}, column `{name}`: `{text}` may be a thousand, for `{other}` has decimal commas"
            ))
            .help("say which with --decimal comma or --decimal point"));
        }
        let mut found = Vec::new();
        let mut add = |what: &str, names: Vec<String>| {
            if !names.is_empty() {
                found.push(format!("{what} in {}", list(&names)));
            }
        };
        if self.named.is_none() {
            add("decimal commas", commas.clone());
            if !commas.is_empty() {
                add("decimal points", with(&|seen| seen.decimal[0].is_some()));
            }
        }
        add("points between thousands", with(&|seen| seen.grouping[0].is_some()));
        add("commas between thousands", with(&|seen| seen.grouping[1].is_some()));
        add("spaces or apostrophes between thousands", with(&|seen| seen.gaps));
        for (name, (line, text)) in open {
            found.push(format!(
                "`{text}` (`{name}`, line {line}) and its like with a decimal point (--decimal comma makes them thousands)"
            ));
        }
        Ok(found)
    }
}

fn word(sign: Sign) -> &'static str {
    match sign {
        Sign::Point => "point",
        Sign::Comma => "comma",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::path::Path;

    /// Every way in which a cell can speak about its column, and some that say nothing.
    const CELLS: [&str; 14] = [
        "3",
        "812.5",
        "812,5",
        "1.204",
        "1,204",
        "1.204.000",
        "1,204,000",
        "1.204,5",
        "1,204.5",
        "1 204",
        "",
        "-9",
        "-9.0",
        "none",
    ];

    /// Reads one column, the first `known` cells of which were seen beforehand.
    fn column(cells: &[&str], commas_separate: bool, told: Option<Sign>) -> Result<Vec<f64>, String> {
        let header = ColumnNames::new(Path::new("t.csv"), vec!["x".into()], |_| ()).unwrap();
        let mut seen = UnitEvidence::default();
        cells.iter().zip(2..).for_each(|(cell, line)| seen.see(cell, line));
        let mut numbers = Numbers::new(&header, &[0], &[seen], commas_separate, told, &["-9".into()])
            .map_err(|f| f.to_string())?;
        let read = cells.iter().zip(2..).map(|(cell, line)| numbers.read(0, cell, line));
        let read =
            read.map(|value| value.map(|value| value.unwrap_or(f64::NAN))).collect::<Result<_, _>>()?;
        numbers.inferred("t.csv").map(|_| read).map_err(|failure| failure.to_string())
    }

    #[test]
    fn a_column_decides_what_its_signs_are() {
        for (cells, commas, values) in [
            (&["812,5", "3"][..], false, &[812.5, 3.0][..]),
            (&["1.204", "812.5"], false, &[1.204, 812.5]),
            (&["1.204", "1.204.000"], false, &[1204.0, 1_204_000.0]),
            (&["812,5", "1.204", "2.310,75"], false, &[812.5, 1204.0, 2310.75]),
            (&["1,204", "2,310.75"], true, &[1204.0, 2310.75]),
            (&["1.204", "2.310"], true, &[1.204, 2.31]),
            (&["1 204", "812,5"], false, &[1204.0, 812.5]),
        ] {
            assert_eq!(column(cells, commas, None), Ok(values.to_vec()), "{cells:?}");
        }
        assert!(column(&["-9.0", "-9"], true, None).unwrap().iter().all(|value| value.is_nan()));
        for cells in
            [["812,5", "-9.0", "2.310,75"], ["-9.0", "812,5", "2.310,75"], ["-9,00", "812,5", "2.310,75"]]
        {
            for told in [None, Some(Sign::Comma)] {
                let read = column(&cells, false, told).unwrap();
                let there: Vec<f64> = read.into_iter().filter(|value| !value.is_nan()).collect();
                assert_eq!(there, [812.5, 2310.75], "{cells:?}");
            }
        }
        // What is missing in a column of points, written with a comma, and the other way round for what is not.
        assert_eq!(column(&["812.5", "-9,0"], false, None).unwrap()[0], 812.5);
        assert!(column(&["812,5", "-8.0"], false, None).is_err());
    }

    #[test]
    fn what_could_be_two_numbers_is_refused_until_somebody_says_which() {
        for (cells, commas, why) in [
            (
                &["812,5", "1.204"][..],
                false,
                "`1.204` may be 1204 or 1.204, and `812,5` in line 2 has a decimal comma",
            ),
            (&["1.204", "812,5"], true, "`1.204` may be 1204 or 1.204, and `812,5` in line 3"),
            (&["1.204", "3"], false, "nothing in the column says which"),
            (&["1,204", "3"], true, "nothing in the column says which"),
            (&["1,204", "812.5"], true, "has a decimal point"),
            (&["812,5", "812.5"], false, "`812,5` has a decimal comma, and `812.5` in line 3 says otherwise"),
            (&["1.204.000", "812.5"], false, "says otherwise"),
        ] {
            let said = column(cells, commas, None).unwrap_err();
            assert!(said.contains(why), "{cells:?}: {said}");
        }
        assert_eq!(column(&["812,5", "1.204"], false, Some(Sign::Comma)), Ok(vec![812.5, 1204.0]));
        assert_eq!(column(&["1,204", "812.5"], true, Some(Sign::Point)), Ok(vec![1204.0, 812.5]));
        assert!(column(&["812,5"], false, Some(Sign::Point)).is_err());
    }

    proptest! {
        /// Cells that are asked about together, and the rest in its order, are what they are one after the other.
        #[test]
        fn many_cells_together_are_what_they_are_alone(
            cells in prop::collection::vec(0..CELLS.len(), 1..30),
            together in 1..8_usize,
            commas: bool,
            told in prop::option::of(prop::sample::select(vec![Sign::Point, Sign::Comma])),
        ) {
            let header = ColumnNames::new(Path::new("t.csv"), vec!["x".into()], |_| ()).unwrap();
            let missing = ["-9".to_owned(), "none".to_owned()];
            let new = || Numbers::new(&header, &[0], &[], commas, told, &missing).unwrap();
            let (mut alone, mut many) = (new(), new());
            let cells: Vec<(&str, u64)> = cells.iter().map(|at| CELLS[*at]).zip(2..).collect();
            let one: Result<Vec<_>, _> = cells.iter().map(|(cell, line)| alone.read(0, cell, *line)).collect();
            let mut all = Ok(Vec::new());
            'rows: for block in cells.chunks(together) {
                let known: Vec<_> = block.iter().map(|(cell, _)| many.known(0, cell)).collect();
                for ((cell, line), known) in block.iter().zip(known) {
                    match (known.map_or_else(|| many.read(0, cell, *line), Ok), &mut all) {
                        (Ok(value), Ok(values)) => values.push(value),
                        (Err(why), _) => { all = Err(why); break 'rows }
                        (Ok(_), Err(_)) => {}
                    }
                }
            }
            prop_assert_eq!(&one, &all);
            if one.is_ok() {
                prop_assert_eq!(format!("{alone:?}"), format!("{many:?}"), "what was learnt on the way");
            }
        }
    }

    #[test]
    fn evidence_that_comes_late_is_not_overlooked() {
        let header = ColumnNames::new(Path::new("t.csv"), vec!["x".into(), "y".into()], |_| ()).unwrap();
        let mut numbers = Numbers::new(&header, &[0, 1], &[], true, None, &[]).unwrap();
        assert_eq!(numbers.read(0, "1.204", 2), Ok(Some(1.204)));
        assert!(numbers.read(0, "812,5", 9).unwrap_err().contains("`1.204` in line 2 may be a thousand"));
        assert_eq!(numbers.read(1, "812,5", 9), Ok(Some(812.5)));
        assert!(numbers.inferred("t.csv").unwrap_err().to_string().contains("line 2, column `x`: `1.204`"));
    }
}
