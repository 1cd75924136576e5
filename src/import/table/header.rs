//! The columns of a table and how a command line names them: by name, by place (`#3`), in a list with commas and quotes. Owns
//! every error about names; refuses a name that two columns share where either could be meant.

use std::path::{Path, PathBuf};

use super::{OnRemark, TableError};
use crate::instrument::numeral::numeral;
use crate::texts::remarks::{list, plural};

/// Names of columns in their order.
#[derive(Debug, Clone)]
pub struct ColumnNames {
    path: PathBuf,
    on_remark: OnRemark,
    /// As they stand in the file, without the spaces around them.
    names: Vec<String>,
}

impl ColumnNames {
    /// # Errors
    /// No column has a name.
    pub fn new(path: &Path, names: Vec<String>, on_remark: OnRemark) -> Result<Self, TableError> {
        if names.iter().all(String::is_empty) {
            return Err(TableError::new(format!("{} has no header", path.display()))
                .help("the first line has to name the columns, separated by commas, semicolons or tabs"));
        }
        Ok(Self { path: path.to_owned(), on_remark, names })
    }

    /// How many columns there are.
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// A name as it stands in the file, without the spaces around it.
    pub fn raw(&self, at: usize) -> &str {
        self.names.get(at).map_or("", String::as_str)
    }

    /// Whether every name is a number, as it is where a file has no header.
    pub fn all_numbers(&self) -> bool {
        self.names.iter().all(|name| numeral(name).is_some())
    }

    /// A column's name in messages and results: its name, its place if it has none, both if the name is shared.
    pub fn name(&self, at: usize) -> String {
        let name = self.names.get(at).map_or("", String::as_str);
        match (name.is_empty(), self.names.iter().filter(|known| *known == name).count()) {
            (true, _) => format!("#{}", at + 1),
            (false, 1) => name.to_owned(),
            (false, _) => format!("{name} #{}", at + 1),
        }
    }

    /// All names as messages show them.
    pub fn shown(&self) -> Vec<String> {
        (0..self.count()).map(|at| self.name(at)).collect()
    }

    /// Columns that have a name, none of them twice.
    ///
    /// # Errors
    /// Two columns of one name, apart from those `left` out.
    pub fn named(&self, left: &[usize]) -> Result<Vec<usize>, TableError> {
        let found: Vec<usize> =
            (0..self.count()).filter(|at| !left.contains(at) && !self.names[*at].is_empty()).collect();
        for (place, &at) in found.iter().enumerate() {
            if let Some(&other) = found[..place].iter().find(|&&other| self.names[other] == self.names[at]) {
                return Err(self.twice(&self.names[at], other, at));
            }
        }
        Ok(found)
    }

    /// Places of columns without a name.
    pub fn nameless(&self) -> Vec<usize> {
        (0..self.count()).filter(|at| self.names[*at].is_empty()).collect()
    }

    /// The column of exactly this name, if there is one.
    ///
    /// # Errors
    /// Two of them.
    pub fn exactly(&self, name: &str) -> Result<Option<usize>, TableError> {
        let name = name.trim();
        let mut found = (0..self.count()).filter(|at| !name.is_empty() && self.names[*at] == name);
        match (found.next(), found.next()) {
            (Some(first), Some(second)) => Err(self.twice(name, first, second)),
            (first, _) => Ok(first),
        }
    }

    /// The column that the user typed: its name, plain or in quotes, or its place.
    ///
    /// # Errors
    /// There is none, or there are two.
    pub fn column(&self, typed: &str) -> Result<usize, TableError> {
        let placed = typed.trim().strip_prefix('#').and_then(|place| place.parse::<usize>().ok());
        if let Some(at) = self.exactly(typed)? {
            if placed.is_some_and(|place| place != at + 1 && place <= self.count()) {
                let typed = typed.trim();
                (self.on_remark)(&format!(
                    "`{typed}` is taken for the column of that name, in place {}, and not for a place",
                    at + 1
                ));
            }
            return Ok(at);
        }
        if let Some(place) = placed {
            let there = place.checked_sub(1).filter(|at| *at < self.count());
            return there.ok_or_else(|| {
                TableError::new(format!("{} has no column {place}", self.path.display()))
                    .help(format!("it has {}", plural(self.count(), "column")))
            });
        }
        if typed.trim().starts_with('"')
            && let [quoted] = texts(typed)?.as_slice()
            && quoted != typed.trim()
        {
            return self.column(quoted);
        }
        Err(self.unknown(typed.trim()))
    }

    /// The columns of a flag that may be repeated and may list several.
    ///
    /// # Errors
    /// One that is not there, or a list that is also a name.
    pub fn columns(&self, typed: &[String]) -> Result<Vec<usize>, TableError> {
        let mut found = Vec::new();
        for value in typed {
            let parts = texts(value);
            let whole = self.exactly(value)?;
            let each = |parts: &[String]| parts.iter().map(|part| self.column(part)).collect();
            let each: Result<Vec<usize>, TableError> = parts.and_then(|parts| each(&parts));
            match (whole, each) {
                (Some(_), Ok(each)) if each.len() > 1 => {
                    return Err(TableError::new(format!(
                        "`{value}` is the name of one column and a list of others"
                    ))
                    .help(format!("write '\"{value}\"' for the one, or places such as #2 for the others")));
                }
                (Some(one), _) => found.push(one),
                (None, each) => found.extend(each?),
            }
        }
        Ok(found)
    }

    fn twice(&self, name: &str, first: usize, second: usize) -> TableError {
        let (first, second) = (first + 1, second + 1);
        TableError::new(format!("{} has two columns called `{name}`", self.path.display()))
            .help(format!("name the one you mean by its place, #{first} or #{second}, or leave one out with --ignore #{second}"))
    }

    fn unknown(&self, name: &str) -> TableError {
        let failure = TableError::new(format!("{} has no column called `{name}`", self.path.display()));
        let likeness = |known: &String| strsim::jaro_winkler(&known.to_lowercase(), &name.to_lowercase());
        let near = self.names.iter().map(|known| (likeness(known), known)).max_by(|a, b| a.0.total_cmp(&b.0));
        let whole = |known: &String| known.split(',').any(|part| part.trim() == name);
        match near {
            Some((likeness, known)) if likeness > 0.8 || whole(known) => {
                let quotes = if known.contains(',') { " (in double quotes, for it has a comma)" } else { "" };
                failure.help(format!("did you mean `{known}`{quotes}?"))
            }
            _ => failure.help(format!("its columns are {}", list(&self.shown()))),
        }
    }
}

/// The texts of a flag's value: between commas, in double quotes where a text holds a comma. A quote inside quotes is doubled, as in CSV;
/// inside a text that does not begin with one it is a sign like any other.
///
/// # Errors
/// Quotes that do not close.
pub fn texts(value: &str) -> Result<Vec<String>, TableError> {
    let (mut found, mut rest) = (Vec::new(), value.trim());
    loop {
        let Some(mut quoted) = rest.strip_prefix('"') else {
            match rest.split_once(',') {
                Some((text, more)) => {
                    found.push(text.trim().to_owned());
                    rest = more.trim_start();
                }
                None => {
                    found.push(rest.trim().to_owned());
                    return Ok(found);
                }
            }
            continue;
        };
        let mut text = String::new();
        let after = loop {
            let Some((part, after)) = quoted.split_once('"') else {
                return Err(TableError::typed(format!("`{value}` has a quote that does not close")));
            };
            text += part;
            match after.strip_prefix('"') {
                Some(more) => {
                    text.push('"');
                    quoted = more;
                }
                None => break after.trim_start(),
            }
        };
        found.push(text.trim().to_owned());
        match after.strip_prefix(',') {
            Some(more) => rest = more.trim_start(),
            None if after.is_empty() => return Ok(found),
            None => {
                return Err(TableError::typed(format!(
                    "`{value}` goes on behind a quote: commas stand between texts"
                )));
            }
        }
    }
}

/// All texts of a flag that may be repeated.
///
/// # Errors
/// As [`texts`].
pub fn all_texts(values: &[String]) -> Result<Vec<String>, TableError> {
    let found = values.iter().map(|value| texts(value)).collect::<Result<Vec<_>, _>>()?;
    Ok(found.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> ColumnNames {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        ColumnNames::new(Path::new("t.csv"), names, |_| ()).unwrap()
    }

    fn typed(header: &ColumnNames, values: &[&str]) -> Result<Vec<usize>, String> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        header.columns(&values).map_err(|failure| failure.to_string())
    }

    #[test]
    fn every_column_can_be_named() {
        let header = header(&["How happy, all in all?", "", "a", "x \"y\"", "-9", "#7"]);
        for (values, places) in [
            (&["How happy, all in all?"][..], &[0][..]),
            (&["\"How happy, all in all?\",a"], &[0, 2]),
            (&["a, \"How happy, all in all?\""], &[2, 0]),
            (&["How happy, all in all?", "a"], &[0, 2]),
            (&["#1,#2", "#3"], &[0, 1, 2]),
            (&["x \"y\"", "-9", "#7"], &[3, 4, 5]),
        ] {
            assert_eq!(typed(&header, values), Ok(places.to_vec()), "{values:?}");
        }
        let why = typed(&header, &["How happy"]).unwrap_err();
        assert!(why.contains("did you mean `How happy, all in all?` (in double quotes"), "{why}");
        assert!(typed(&header, &["#0"]).is_err() && typed(&header, &["#9"]).is_err());
    }

    #[test]
    fn what_could_be_two_columns_is_refused() {
        let shared = header(&["a", "b", "a"]);
        assert!(
            typed(&shared, &["a"])
                .unwrap_err()
                .contains("two columns called `a` (name the one you mean by its place, #1 or #3")
        );
        assert_eq!(typed(&shared, &["#3"]), Ok(vec![2]));
        assert_eq!(shared.name(2), "a #3");
        assert!(shared.named(&[]).is_err() && shared.named(&[2]).is_ok());
        let list = header(&["a,b", "a", "b"]);
        assert!(typed(&list, &["a,b"]).unwrap_err().contains("one column and a list"));
        assert_eq!(typed(&list, &["\"a,b\""]), Ok(vec![0]));
    }

    #[test]
    fn texts_in_a_list() {
        assert_eq!(texts("NA,-9").unwrap(), ["NA", "-9"]);
        assert_eq!(texts("\"n,a\", none").unwrap(), ["n,a", "none"]);
        assert_eq!(texts("\"say \"\"n,a\"\"\",x \"y\"").unwrap(), ["say \"n,a\"", "x \"y\""]);
        assert_eq!(texts("").unwrap(), [""]);
        assert!(texts("\"a").is_err() && texts("\"a\"b").is_err());
    }
}
