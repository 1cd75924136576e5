//! The result of a statistic in three forms: for people, as CSV with a line for each number, as one JSON object in full precision.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use crate::cli::Failure;
use crate::cli::output::{print, print_for_people};
use crate::cli::table::{Format, Listing, plain, pretty_json};
use crate::psychometrics::{Estimate, Interval, NO_INTERVAL, Uncomputable};

/// Facts, numbers and tables under their names, in the order in which they are printed.
#[derive(Debug, Default)]
pub(super) struct StatisticsOutput {
    facts: Vec<(&'static str, Value)>,
    numbers: Vec<(&'static str, Number)>,
    tables: Vec<(&'static str, Listing)>,
}

#[derive(Debug)]
struct Number {
    value: Option<f64>,
    /// Why it has no value, or no interval.
    reason: Option<String>,
    /// None: a number that has no interval by its nature. Some(None): one whose interval could not be had.
    interval: Option<Option<Interval>>,
    se: Option<f64>,
}

impl StatisticsOutput {
    /// Something to know about the numbers: a count, a kind, a seed.
    pub fn fact(&mut self, name: &'static str, value: impl Into<Value>) {
        self.facts.push((name, value.into()));
    }

    /// A number without an interval.
    pub fn number(&mut self, name: &'static str, value: Result<f64, Uncomputable>) {
        self.number_because(name, value, None);
    }

    /// A number without an interval, with a reason that says more where it has no value.
    pub fn number_because(
        &mut self,
        name: &'static str,
        value: Result<f64, Uncomputable>,
        reason: Option<String>,
    ) {
        let reason = value.err().map(|why| reason.unwrap_or_else(|| why.to_string()));
        self.numbers.push((name, Number { value: value.ok(), reason, interval: None, se: None }));
    }

    /// A number with an interval.
    pub fn estimate(&mut self, name: &'static str, found: Result<Estimate, Uncomputable>) {
        self.estimate_because(name, found, None);
    }

    /// A number with an interval, with a reason that says more where it has no value, or a value and no interval.
    pub fn estimate_because(
        &mut self,
        name: &'static str,
        found: Result<Estimate, Uncomputable>,
        reason: Option<String>,
    ) {
        let lacking = match &found {
            Err(why) => Some(why.to_string()),
            Ok(found) if found.interval.is_none() => Some(NO_INTERVAL.to_owned()),
            Ok(_) => None,
        };
        let number = Number {
            value: found.as_ref().ok().map(|found| found.value),
            reason: lacking.map(|lacking| reason.unwrap_or(lacking)),
            interval: Some(found.as_ref().ok().and_then(|found| found.interval)),
            se: found.ok().and_then(|found| found.se),
        };
        self.numbers.push((name, number));
    }

    /// A table beside the numbers; its first column says what a row is about.
    pub fn table(&mut self, name: &'static str, table: Listing) {
        self.tables.push((name, table));
    }

    pub fn print(&self, format: Format) -> Result<(), Failure> {
        let text = self.to_text(format)?;
        if format == Format::Table { print_for_people(&text) } else { print(&text) }
    }

    fn to_text(&self, format: Format) -> Result<String, Failure> {
        match format {
            Format::Json => pretty_json(self),
            Format::Csv => self.long().to_text(Format::Csv),
            Format::Table => Ok(self.for_people()),
        }
    }

    fn for_people(&self) -> String {
        let mut text = String::new();
        if !self.numbers.is_empty() {
            let any_reason = self.numbers.iter().any(|(_, number)| number.reason.is_some());
            let mut columns = vec!["statistic", "value", "low", "high"];
            columns.extend(any_reason.then_some("reason"));
            let mut table = Listing::new(&columns);
            for (name, number) in &self.numbers {
                let mut row = vec![Value::from(*name)];
                row.extend(number.cells());
                row.truncate(columns.len());
                table.push(row);
            }
            text += &table.for_people();
        }
        for (name, table) in &self.tables {
            text += &format!("\n{}\n{}", name.replace('_', " "), table.for_people());
        }
        if !self.facts.is_empty() {
            text += "\n";
        }
        for (name, value) in &self.facts {
            text += &format!("{}: {}\n", name.replace('_', " "), plain(value));
        }
        text.trim_start_matches('\n').to_owned()
    }

    /// Long form: one line for each number.
    fn long(&self) -> Listing {
        let mut long = Listing::new(&["statistic", "of", "value", "low", "high", "reason"]);
        for (name, number) in &self.numbers {
            let mut row = vec![Value::from(*name), Value::from("")];
            row.extend(number.cells());
            long.push(row);
        }
        for (name, table) in &self.tables {
            let labels =
                table.rows().first().map_or(1, |row| row.iter().take_while(|cell| cell.is_string()).count());
            for row in table.rows() {
                let of: Vec<String> = row.iter().take(labels.max(1)).map(plain).collect();
                for (column, value) in table.columns().iter().zip(row).skip(labels.max(1)) {
                    let (statistic, of) = (format!("{name}.{column}"), of.join(" / "));
                    let none = Value::Null;
                    long.push(vec![
                        statistic.into(),
                        of.into(),
                        value.clone(),
                        none.clone(),
                        none.clone(),
                        none,
                    ]);
                }
            }
        }
        for (name, value) in &self.facts {
            let none = Value::Null;
            long.push(vec![(*name).into(), "".into(), value.clone(), none.clone(), none.clone(), none]);
        }
        long
    }
}

impl Number {
    /// Value, low, high, reason.
    fn cells(&self) -> Vec<Value> {
        let interval = self.interval.flatten();
        vec![
            self.value.into(),
            interval.map(|interval| interval.low).into(),
            interval.map(|interval| interval.high).into(),
            self.reason.as_deref().into(),
        ]
    }

    fn json(&self) -> Value {
        if let (Some(value), None) = (self.value, self.interval) {
            return json!(value);
        }
        let (low, high) = self.interval.flatten().unzip_ends();
        let mut all = json!({ "value": self.value, "low": low, "high": high });
        if let Some(se) = self.se {
            all["se"] = se.into();
        }
        if let Some(reason) = &self.reason {
            all["reason"] = reason.as_str().into();
        }
        all
    }
}

trait Ends {
    fn unzip_ends(self) -> (Option<f64>, Option<f64>);
}

impl Ends for Option<Interval> {
    fn unzip_ends(self) -> (Option<f64>, Option<f64>) {
        (self.map(|interval| interval.low), self.map(|interval| interval.high))
    }
}

impl Serialize for StatisticsOutput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, number) in &self.numbers {
            map.serialize_entry(name, &number.json())?;
        }
        for (name, value) in &self.facts {
            map.serialize_entry(name, value)?;
        }
        for (name, table) in &self.tables {
            map.serialize_entry(name, table)?;
        }
        map.end()
    }
}

/// A cell of a table: the number, or nothing where there is none.
pub(super) fn cell(value: Result<f64, Uncomputable>) -> Value {
    value.map_or(Value::Null, Value::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings() -> StatisticsOutput {
        let mut findings = StatisticsOutput::default();
        let interval = Some(Interval { low: 0.1, high: 0.3 });
        findings.estimate("alpha", Ok(Estimate { value: 0.2, se: None, interval }));
        findings.estimate("omega_total", Err(Uncomputable::NoVariance));
        findings.number("split_half", Ok(1.0 / 3.0));
        findings.estimate("pearson", Ok(Estimate { value: 1.0, se: None, interval: None }));
        findings.fact("n", 3);
        let mut table = Listing::new(&["item", "mean"]);
        table.push(vec!["a".into(), 2.5.into()]);
        findings.table("items", table);
        findings
    }

    #[test]
    fn one_finding_in_three_forms() {
        let json: Value = serde_json::from_str(&findings().to_text(Format::Json).unwrap()).unwrap();
        assert_eq!(json["alpha"], json!({ "value": 0.2, "low": 0.1, "high": 0.3 }));
        assert_eq!(json["omega_total"]["reason"], "there is no variance");
        assert_eq!(json["split_half"], json!(1.0 / 3.0));
        let reason = "no interval: there is too little to estimate an error from";
        assert_eq!(json["pearson"], json!({ "value": 1.0, "low": null, "high": null, "reason": reason }));
        assert_eq!(json["items"][0]["mean"], 2.5);
        let csv = findings().to_text(Format::Csv).unwrap();
        assert!(csv.contains("alpha,,0.2,0.1,0.3,\n") && csv.contains("items.mean,a,2.5,,,\n"), "{csv}");
        assert!(csv.contains("omega_total,,,,,there is no variance\n"), "{csv}");
        assert!(csv.contains("pearson,,1.0,,,no interval: "), "{csv}");
        let text = findings().to_text(Format::Table).unwrap();
        assert!(
            text.contains("0.333") && text.contains("there is no variance") && text.contains("n: 3"),
            "{text}"
        );
    }
}
