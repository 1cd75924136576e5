//! A model as one SQL query: the rows of a table with four probability columns.
//!
//! The inner query gives every class its score, the outer one turns scores into shares. NULL and NaN are missing. A column of
//! the table with the same name as one of ours would be ambiguous and must be renamed by the user.

use std::fmt::Write as _;

use super::constant;
use crate::classify::form::{Discriminant, Tree};
use crate::classify::model::{MissingPolicy, Model, ModelError};
use crate::instrument::construct::RelationalModel;

/// Whose SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// PostgreSQL.
    Postgres,
    /// Apache Spark SQL, 3.2 or later.
    Spark,
}

/// Logits this far apart have a share of 10⁻³⁰⁴; larger distances would over- or underflow, which is an error in PostgreSQL.
const FURTHEST: f64 = 700.0;

/// The query that scores the rows of `table`, which has a column for each feature. Under a model that refuses missing
/// values their probabilities are NULL.
///
/// # Errors
/// A model that does not pass its check.
pub fn sql(model: &Model, dialect: Dialect, table: &str) -> Result<String, ModelError> {
    model.check()?;
    let scores: Vec<String> = (0..model.classes.len()).map(|class| score(model, dialect, class)).collect();
    let name = |class: usize| format!("relata_{}", model.classes[class].abbreviation().to_lowercase());
    let named: Vec<String> =
        scores.iter().enumerate().map(|(class, score)| format!("    {score} AS {}", name(class))).collect();
    let share = |label: &RelationalModel| {
        let column = format!("p_{}", label.abbreviation().to_lowercase());
        let Some(class) = model.classes.iter().position(|known| known == label) else {
            return format!("  {} AS {column}", number(dialect, 0.0));
        };
        let others = (0..model.classes.len()).filter(|&other| other != class).map(|other| {
            let gap = format!("relata_scores.{} - relata_scores.{}", name(other), name(class));
            let (low, high) = (number(dialect, -FURTHEST), number(dialect, FURTHEST));
            format!("exp(greatest(least({gap}, {high}), {low}))")
        });
        let sum = others.collect::<Vec<_>>().join(" + ");
        let share = format!("{one} / ({one} + {sum})", one = number(dialect, 1.0));
        match model.missing {
            MissingPolicy::Mean => format!("  {share} AS {column}"),
            // `least` and `greatest` pass over NULL, so it has to be kept by hand.
            MissingPolicy::Refuse => {
                let score = format!("relata_scores.{}", name(class));
                format!("  CASE WHEN {score} IS NULL THEN NULL ELSE {share} END AS {column}")
            }
        }
    };
    let shares: Vec<String> = RelationalModel::ALL.iter().map(share).collect();
    let (shares, named) = (shares.join(",\n"), named.join(",\n"));
    let table = table.split('.').map(|part| quoted(dialect, part)).collect::<Vec<_>>().join(".");
    let head = format!("-- relata model, training table SHA-256 {}\n", model.fingerprint);
    Ok(head
        + &match dialect {
            Dialect::DuckDb => {
                let inner: Vec<String> = (0..model.classes.len()).map(name).collect();
                format!(
                    "SELECT relata_scores.* EXCLUDE ({}),\n{shares}\nFROM (\n  SELECT relata_rows.*,\n{named}\n  FROM {table} AS relata_rows\n) AS relata_scores;\n",
                    inner.join(", ")
                )
            }
            Dialect::Postgres | Dialect::Spark => format!(
                "SELECT relata_rows.*,\n{shares}\nFROM {table} AS relata_rows\nCROSS JOIN LATERAL (\n  SELECT\n{named}\n) AS relata_scores;\n"
            ),
        })
}

/// The logit of a class.
fn score(model: &Model, dialect: Dialect, class: usize) -> String {
    if let Discriminant::Trees { trees } = &model.form {
        return leaf(model, dialect, &trees[class], model.shift(class));
    }
    let mut sum = String::new();
    let _ = write!(sum, "{}", number(dialect, constant(model, class)));
    for (feature, raw) in model.feature_names.iter().enumerate() {
        let present = term(model, dialect, class, feature, &standard(model, dialect, feature));
        let absent = match model.missing {
            MissingPolicy::Refuse => "NULL".to_owned(),
            MissingPolicy::Mean => term(model, dialect, class, feature, &number(dialect, 0.0)),
        };
        let missing = missing(dialect, raw);
        let _ = write!(sum, "\n      + CASE WHEN {missing} THEN {absent} ELSE {present} END");
    }
    for (place, indicator) in model.encoding.indicators.iter().enumerate() {
        let column = model.feature_names.len() + place;
        let of = |missing| term(model, dialect, class, column, &number(dialect, indicator.standard(missing)));
        let missing = missing(dialect, &model.feature_names[indicator.feature]);
        let _ = write!(sum, "\n      + CASE WHEN {missing} THEN {} ELSE {} END", of(true), of(false));
    }
    sum
}

/// What a column of the encoding adds to the logit, without the constant.
fn term(model: &Model, dialect: Dialect, class: usize, column: usize, z: &str) -> String {
    match &model.form {
        Discriminant::Linear { coefficients, .. } => {
            format!("{} * {z}", number(dialect, coefficients[class][column] / model.temperature))
        }
        Discriminant::Gaussian { means, variances, .. } => {
            let distance = format!("({z} - {})", number(dialect, means[class][column]));
            let factor = number(dialect, -0.5 / (variances[class][column] * model.temperature));
            format!("{factor} * {distance} * {distance}")
        }
        // A tree's columns are not additive, so `leaf` writes it.
        Discriminant::Trees { .. } => number(dialect, 0.0),
    }
}

/// The logit at the leaf of a tree.
fn leaf(model: &Model, dialect: Dialect, tree: &Tree, shift: f64) -> String {
    let whole = branch(model, dialect, tree, 0, shift);
    match model.missing {
        MissingPolicy::Mean => whole,
        // A row that lacks any feature has no probability, even if its path doesn't use that feature.
        MissingPolicy::Refuse => {
            let lacks: Vec<String> = model.feature_names.iter().map(|raw| missing(dialect, raw)).collect();
            format!("CASE WHEN {} THEN NULL ELSE {whole} END", lacks.join(" OR "))
        }
    }
}

/// A node and what is under it. The model was checked: children stand after their parent, and none is deeper than a check allows.
fn branch(model: &Model, dialect: Dialect, tree: &Tree, place: usize, shift: f64) -> String {
    let node = &tree.nodes[place];
    let Some(split) = node.split else {
        return number(dialect, node.log_share / model.temperature + shift);
    };
    let features = model.feature_names.len();
    let column = match split.column.checked_sub(features).and_then(|at| model.encoding.indicators.get(at)) {
        Some(indicator) => {
            let lacks = missing(dialect, &model.feature_names[indicator.feature]);
            let of = |missing| number(dialect, indicator.standard(missing));
            format!("CASE WHEN {lacks} THEN {} ELSE {} END", of(true), of(false))
        }
        None => {
            let lacks = missing(dialect, &model.feature_names[split.column]);
            let present = standard(model, dialect, split.column);
            format!("CASE WHEN {lacks} THEN {} ELSE {present} END", number(dialect, 0.0))
        }
    };
    let threshold = number(dialect, split.threshold);
    let (below, above) =
        (branch(model, dialect, tree, split.below, shift), branch(model, dialect, tree, split.above, shift));
    format!("CASE WHEN {column} <= {threshold}\n      THEN {below}\n      ELSE {above} END")
}

/// A feature in units of its column, where it is not missing.
fn standard(model: &Model, dialect: Dialect, feature: usize) -> String {
    let value = value(dialect, &model.feature_names[feature]);
    let mean = number(dialect, model.encoding.means[feature]);
    let scale = number(dialect, model.encoding.scales[feature]);
    format!("(({value} - {mean}) / {scale})")
}

fn value(dialect: Dialect, name: &str) -> String {
    format!("CAST(relata_rows.{} AS {})", quoted(dialect, name), double(dialect))
}

fn missing(dialect: Dialect, name: &str) -> String {
    let value = value(dialect, name);
    match dialect {
        // Spark calls isnan(NULL) false, so both have to be asked.
        Dialect::DuckDb | Dialect::Spark => format!("({value} IS NULL OR isnan({value}))"),
        Dialect::Postgres => format!("({value} IS NULL OR {value} = 'NaN'::double precision)"),
    }
}

fn double(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::DuckDb | Dialect::Spark => "DOUBLE",
        Dialect::Postgres => "DOUBLE PRECISION",
    }
}

/// A number that every engine reads as a double and not as a decimal. Negative ones are in parentheses, because two minus signs
/// would begin a comment.
fn number(dialect: Dialect, value: f64) -> String {
    let text = match dialect {
        Dialect::DuckDb => format!("{value:e}"),
        Dialect::Postgres => format!("'{value:e}'::double precision"),
        Dialect::Spark => format!("{value:e}D"),
    };
    if value.is_sign_negative() { format!("({text})") } else { text }
}

fn quoted(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::DuckDb | Dialect::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        Dialect::Spark => format!("`{}`", name.replace('`', "``")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_doubles_and_names_are_quoted() {
        assert_eq!(number(Dialect::DuckDb, -0.1), "(-1e-1)");
        assert_eq!(number(Dialect::Spark, 0.1 + 0.2), "3.0000000000000004e-1D");
        assert_eq!(number(Dialect::Postgres, 2.0), "'2e0'::double precision");
        assert_eq!(quoted(Dialect::Postgres, "a\"; DROP"), "\"a\"\"; DROP\"");
        assert_eq!(quoted(Dialect::Spark, "a`b"), "`a``b`");
    }
}
