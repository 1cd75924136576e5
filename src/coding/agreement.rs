//! How well coders agree: raw agreement and what chance alone would give, κ, α and AC1 with their intervals, who confuses what
//! with what, and which sessions to talk about.
//!
//! Owns which coefficient fits which table of codes; the formulas are `psychometrics`'. Refuses a coefficient without its raw
//! agreement beside it: at 70/16/7/7 two coders who never look at an interview agree on half of them.

use serde::Serialize;

use crate::instrument::RelationalModel;
use crate::psychometrics::agreement::{
    ScaleType, Spacing, Units, Weights, cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha,
    krippendorff_interval, raw_agreement,
};
use crate::psychometrics::{Estimate, Interval, LEVEL, NO_INTERVAL, Uncomputable};
use crate::rng::Rng;

/// The codes of a study: a row for each session that somebody coded, a column for each coder.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CodeTable {
    /// The coders, in the order of the columns.
    pub coders: Vec<String>,
    /// Dominant models; `None` where a coder has not coded the session.
    pub rows: Vec<Vec<Option<RelationalModel>>>,
}

/// Everything that is to be said about agreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The coders.
    pub coders: Vec<String>,
    /// Sessions with at least one code.
    pub sessions: usize,
    /// Sessions with at least two, which alone can be compared.
    pub compared: usize,
    /// Sessions that all coders coded.
    pub complete: usize,
    /// Raw agreement, κ, α, AC1, in this order, each with the sessions behind it.
    pub statistics: Vec<Statistic>,
    /// Pairs of codes of one session: rows the coder who comes first, columns the other, both in the order CS, AR, EM, MP.
    pub confusion: [[usize; 4]; 4],
    /// Every two coders by themselves.
    pub pairs: Vec<PairOfCoders>,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistic {
    /// Its name in files.
    pub name: &'static str,
    /// The value; none where there is no such number, and then `why` says why.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Sessions behind it.
    pub sessions: usize,
    /// Why there is no value, or no interval of it.
    pub why: Option<String>,
}

/// Two coders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairOfCoders {
    /// The first.
    pub first: String,
    /// The second.
    pub second: String,
    /// Raw agreement, the agreement that chance would give, Cohen's κ.
    pub statistics: Vec<Statistic>,
    /// Rows are the first coder's codes, columns the second's.
    pub confusion: [[usize; 4]; 4],
}

impl CodeTable {
    /// The agreement of the coders; `resamples` bootstrap samples stand behind the interval of α, decided by `seed`.
    ///
    /// # Errors
    /// Fewer than two coders, or no session that two of them coded.
    pub fn agreement(&self, resamples: usize, seed: u64) -> Result<Agreement, Uncomputable> {
        let units = Units::nominal(&self.rows, &RelationalModel::ALL)?;
        let compared = units.paired();
        let full: Vec<Vec<Option<RelationalModel>>> =
            self.rows.iter().filter(|row| row.iter().all(Option::is_some)).cloned().collect();
        let complete = full.len();
        let mut statistics = vec![
            Statistic::of("raw_agreement", compared, Ok(raw_agreement(&units, LEVEL))),
            Statistic::plain("chance_agreement", compared, pooled_chance(&self.rows)),
        ];
        if self.coders.len() == 2 {
            if let Some(statistic) = statistics.get_mut(1) {
                *statistic = Statistic::plain("chance_agreement", compared, chance_of_two(&self.rows));
            }
            let kappa = cohen_kappa(&units, Weights::Equal, Spacing::Places, LEVEL);
            statistics.push(Statistic::of("cohen_kappa", compared, kappa));
        } else {
            let kappa =
                Units::nominal(&full, &RelationalModel::ALL).and_then(|units| fleiss_kappa(&units, LEVEL));
            let mut fleiss = Statistic::of("fleiss_kappa", complete, kappa);
            if complete == 0 {
                fleiss.why = Some("no session was coded by all of them".to_owned());
            }
            statistics.push(fleiss);
        }
        let alpha = krippendorff_alpha(&units, ScaleType::Nominal).map(|value| {
            let mut rng = Rng::for_purpose(seed, "interval of agreement");
            let interval = krippendorff_interval(&units, ScaleType::Nominal, LEVEL, resamples, &mut rng).ok();
            Estimate { value, se: None, interval }
        });
        statistics.push(Statistic::of("krippendorff_alpha", compared, alpha));
        statistics.push(Statistic::of("gwet_ac1", compared, gwet_ac1(&units, LEVEL)));
        let pairs = self.pairs();
        let mut confusion = [[0; 4]; 4];
        for pair in &pairs {
            for (sums, row) in confusion.iter_mut().zip(&pair.confusion) {
                for (sum, count) in sums.iter_mut().zip(row) {
                    *sum += count;
                }
            }
        }
        let sessions = units.coded();
        Ok(Agreement {
            coders: self.coders.clone(),
            sessions,
            compared,
            complete,
            statistics,
            confusion,
            pairs,
        })
    }

    fn pairs(&self) -> Vec<PairOfCoders> {
        let mut pairs = Vec::new();
        for (at, first) in self.coders.iter().enumerate() {
            for (later, second) in self.coders.iter().enumerate().skip(at + 1) {
                let both = |row: &Vec<Option<RelationalModel>>| {
                    Some((row.get(at).copied().flatten()?, row.get(later).copied().flatten()?))
                };
                let codes: Vec<_> = self.rows.iter().filter_map(both).collect();
                if codes.is_empty() {
                    continue;
                }
                let mut confusion = [[0; 4]; 4];
                for (one, other) in &codes {
                    confusion[one.index()][other.index()] += 1;
                }
                let rows: Vec<Vec<Option<RelationalModel>>> =
                    codes.iter().map(|(one, other)| vec![Some(*one), Some(*other)]).collect();
                let n = rows.len();
                let units = Units::nominal(&rows, &RelationalModel::ALL);
                let raw = units.as_ref().map(|units| raw_agreement(units, LEVEL)).map_err(|why| *why);
                let kappa =
                    units.and_then(|units| cohen_kappa(&units, Weights::Equal, Spacing::Places, LEVEL));
                pairs.push(PairOfCoders {
                    first: first.clone(),
                    second: second.clone(),
                    statistics: vec![
                        Statistic::of("raw_agreement", n, raw),
                        Statistic::plain("chance_agreement", n, chance_of_two(&rows)),
                        Statistic::of("cohen_kappa", n, kappa),
                    ],
                    confusion,
                });
            }
        }
        pairs
    }
}

impl Statistic {
    fn of(name: &'static str, sessions: usize, found: Result<Estimate, Uncomputable>) -> Self {
        match found {
            Ok(estimate) => {
                let ends = |end: fn(&Interval) -> f64| estimate.interval.as_ref().map(end);
                let (low, high) = (ends(|interval| interval.low), ends(|interval| interval.high));
                let why = estimate.interval.is_none().then(|| NO_INTERVAL.to_owned());
                Self { name, value: Some(estimate.value), low, high, sessions, why }
            }
            Err(why) => {
                Self { name, value: None, low: None, high: None, sessions, why: Some(why.to_string()) }
            }
        }
    }

    fn plain(name: &'static str, sessions: usize, value: Option<f64>) -> Self {
        Self { name, value, low: None, high: None, sessions, why: None }
    }
}

/// How often two coders would agree by chance, each with their own shares: the p_e of Cohen's κ. Only sessions that both
/// coded count.
fn chance_of_two(rows: &[Vec<Option<RelationalModel>>]) -> Option<f64> {
    let both: Vec<(RelationalModel, RelationalModel)> =
        rows.iter().filter_map(|row| Some(((*row.first()?)?, (*row.get(1)?)?))).collect();
    let n = both.len() as f64;
    let chance = |model: RelationalModel| {
        let first = both.iter().filter(|(first, _)| *first == model).count() as f64;
        let second = both.iter().filter(|(_, second)| *second == model).count() as f64;
        first * second / (n * n)
    };
    (n > 0.0).then(|| RelationalModel::ALL.into_iter().map(chance).sum())
}

/// The same where several coders take turns: the shares of all codes of compared sessions, squared.
fn pooled_chance(rows: &[Vec<Option<RelationalModel>>]) -> Option<f64> {
    let compared = rows.iter().filter(|row| row.iter().flatten().count() >= 2);
    let codes: Vec<RelationalModel> = compared.flatten().flatten().copied().collect();
    let n = codes.len() as f64;
    let share = |model: RelationalModel| codes.iter().filter(|code| **code == model).count() as f64 / n;
    (n > 0.0).then(|| RelationalModel::ALL.into_iter().map(|model| share(model).powi(2)).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use RelationalModel::{
        AuthorityRanking as AR, CommunalSharing as CS, EqualityMatching as EM, MarketPricing as MP,
    };

    fn table(coders: usize, rows: Vec<Vec<Option<RelationalModel>>>) -> CodeTable {
        CodeTable { coders: (1..=coders).map(|at| format!("C{at}")).collect(), rows }
    }

    fn value(agreement: &Agreement, name: &str) -> f64 {
        let found = agreement.statistics.iter().find(|statistic| statistic.name == name);
        found.and_then(|statistic| statistic.value).unwrap()
    }

    /// Cohen's 1960 example, [88 14 18; 10 40 10; 2 6 12]: κ = .492, with .70 raw and .41 by chance.
    #[test]
    fn two_coders_get_cohens_kappa_beside_raw_and_chance() {
        let counts = [[88, 14, 18], [10, 40, 10], [2, 6, 12]];
        let models = [CS, AR, EM];
        let mut rows = Vec::new();
        for (one, counts) in models.into_iter().zip(counts) {
            for (other, count) in models.into_iter().zip(counts) {
                rows.extend(vec![vec![Some(one), Some(other)]; count]);
            }
        }
        let found = table(2, rows).agreement(200, 1).unwrap();
        assert!((value(&found, "cohen_kappa") - 0.492).abs() < 5e-4);
        assert!((value(&found, "raw_agreement") - 0.70).abs() < 1e-12);
        assert!((value(&found, "chance_agreement") - 0.41).abs() < 1e-12);
        assert_eq!(found.confusion[0], [88, 14, 18, 0]);
        assert_eq!(found.pairs.len(), 1);
        for statistic in &found.statistics {
            let has_interval = statistic.low.is_some() && statistic.high.is_some();
            assert_eq!(has_interval, statistic.name != "chance_agreement", "{}", statistic.name);
        }
    }

    /// At the published base rates two coders who do not look agree on .525, and κ is 0.
    #[test]
    fn agreement_by_chance_at_the_base_rates() {
        let shares = [(CS, 16), (AR, 7), (EM, 7), (MP, 70)];
        let mut rows = Vec::new();
        for (one, n) in shares {
            for (other, m) in shares {
                rows.extend(vec![vec![Some(one), Some(other)]; n * m]);
            }
        }
        let found = table(2, rows).agreement(0, 1).unwrap();
        assert!((value(&found, "chance_agreement") - 0.5254).abs() < 1e-12);
        assert!((value(&found, "raw_agreement") - 0.5254).abs() < 1e-12);
        assert!(value(&found, "cohen_kappa").abs() < 1e-12);
    }

    #[test]
    fn three_coders_get_fleiss_on_what_all_of_them_coded() {
        let rows = vec![
            vec![Some(MP), Some(MP), Some(MP)],
            vec![Some(CS), Some(CS), Some(MP)],
            vec![Some(MP), Some(MP), None],
            vec![Some(CS), None, None],
        ];
        let found = table(3, rows).agreement(100, 1).unwrap();
        assert_eq!((found.sessions, found.compared, found.complete), (4, 3, 2));
        let kappa = found.statistics.iter().find(|statistic| statistic.name == "fleiss_kappa").unwrap();
        assert_eq!(kappa.sessions, 2);
        // Fleiss by hand: p_o = (1 + 1/3)/2 = 2/3, π = 2/6 and 4/6, p_e = 5/9, κ = (2/3 − 5/9)/(4/9) = 1/4.
        assert!((kappa.value.unwrap() - 0.25).abs() < 1e-12);
        assert_eq!(found.pairs.len(), 3);
        assert_eq!(found.confusion[0][3], 2);
    }

    #[test]
    fn one_coder_or_no_common_session_is_no_agreement() {
        assert!(table(1, vec![vec![Some(MP)]]).agreement(10, 1).is_err());
        assert!(table(2, vec![vec![Some(MP), None], vec![None, Some(CS)]]).agreement(10, 1).is_err());
        assert!(table(0, Vec::new()).agreement(10, 1).is_err());
    }

    #[test]
    fn everybody_says_the_same_and_kappa_says_why_it_is_silent() {
        let found = table(2, vec![vec![Some(MP), Some(MP)]; 5]).agreement(10, 1).unwrap();
        assert_eq!(value(&found, "raw_agreement"), 1.0);
        let kappa = found.statistics.iter().find(|statistic| statistic.name == "cohen_kappa").unwrap();
        assert!(kappa.value.is_none() && kappa.why.is_some());
    }
}
