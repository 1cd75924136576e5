//! A confusion matrix and a reliability diagram in plain characters, for the screen and for the model card. Owns the drawing;
//! refuses to compute.

use std::fmt::Write as _;

use super::metrics::{Bin, Evaluation};
use crate::instrument::construct::RelationalModel;

/// Width of the bars of the reliability diagram, which stands in eighty columns.
const BAR: usize = 38;

/// Rows are labels, columns are predictions; each cell has its count, and in brackets its share of the row.
pub fn confusion(evaluation: &Evaluation) -> String {
    let mut text = format!("{:<6}", "");
    for model in RelationalModel::ALL {
        let _ = write!(text, "{:>14}", model.abbreviation());
    }
    text.push('\n');
    for (model, counts) in RelationalModel::ALL.iter().zip(&evaluation.confusion) {
        let row: usize = counts.iter().sum();
        if row == 0 {
            continue;
        }
        let _ = write!(text, "{:<6}", model.abbreviation());
        for count in counts {
            let _ =
                write!(text, "{:>7} {:>6}", count, format!("({:.0}%)", 100.0 * *count as f64 / row as f64));
        }
        text.push('\n');
    }
    text
}

/// One line a bin: the bar is the share that is right, the mark where it would be if confidence were right.
pub fn reliability(bins: &[Bin]) -> String {
    let number = |value: Option<f64>| value.map_or("–".into(), |value| format!("{value:.3}"));
    let mut text = format!("{:<12}{:>7}{:>12}{:>8}\n", "confidence", "n", "mean", "right");
    for bin in bins.iter().filter(|bin| bin.n > 0) {
        let place = |share: Option<f64>| (share.unwrap_or(0.0) * BAR as f64).round() as usize;
        let (right, mark) = (place(bin.accuracy), place(bin.confidence).min(BAR - 1));
        let bar: String = (0..BAR)
            .map(|at| match (at == mark, at < right) {
                (true, _) => '|',
                (false, true) => '=',
                (false, false) => ' ',
            })
            .collect();
        let line = format!(
            "{:<12}{:>7}{:>12}{:>8}  {bar}",
            format!("{:.1}–{:.1}", bin.low, bin.high),
            bin.n,
            number(bin.confidence),
            number(bin.accuracy)
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text + "= share that is right, | where it would be if confidence were right\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::metrics::{Predictions, evaluate};
    use crate::rng::Rng;
    use RelationalModel::{CommunalSharing, MarketPricing};

    #[test]
    fn counts_shares_and_bars_where_they_belong() {
        let truth = vec![CommunalSharing, CommunalSharing, CommunalSharing, MarketPricing];
        let called = vec![CommunalSharing, MarketPricing, CommunalSharing, MarketPricing];
        let predictions = Predictions { truth, called, probabilities: None };
        let text = confusion(&evaluate(&predictions, 0, &mut Rng::new(1)));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "a label that nobody has is left out: {text}");
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words(lines[1]), ["CS", "2", "(67%)", "0", "(0%)", "0", "(0%)", "1", "(33%)"]);
        assert_eq!(words(lines[2]), ["MP", "0", "(0%)", "0", "(0%)", "0", "(0%)", "1", "(100%)"]);
        let bin = Bin { low: 0.5, high: 0.6, n: 8, confidence: Some(0.55), accuracy: Some(0.25) };
        let empty = Bin { n: 0, confidence: None, accuracy: None, ..bin };
        let drawn = reliability(&[empty, bin]);
        let line = drawn.lines().nth(1).unwrap();
        assert!(line.ends_with(&format!("  {}{}|", "=".repeat(10), " ".repeat(11))), "{drawn}");
        assert_eq!(drawn.lines().count(), 3);
    }
}
