//! Bounds what base rates may do to the answers. Owns one rule: a more common model gains at least as much from the rates as a
//! rarer one.
//!
//! The posterior of the reference world obeys it anyway. A fitted learner may not, where answers lie far from its training
//! sample: two norms level at the ends of the scales came out in favour of the rarer one. Violations are pooled, as in isotonic
//! regression (Ayer, Brunk, Ewing, Reid and Silverman 1955): models in the wrong order share what they were given together in
//! the proportions of the answers alone.

/// Probabilities under `rates`, corrected by those of the answers alone.
pub(super) fn in_order(rates: [f64; 4], under: [f64; 4], alone: [f64; 4]) -> [f64; 4] {
    let mut order = [0, 1, 2, 3];
    order.sort_by(|&a, &b| rates[a].total_cmp(&rates[b]));
    let mut pools: Vec<Pool> = Vec::new();
    for model in order.into_iter().filter(|&model| alone[model] > 0.0) {
        let own = Pool { models: vec![model], under: under[model], alone: alone[model] };
        // Where rates are equal, only the answers can distinguish two models.
        match pools.last_mut().filter(|before| before.has_rate(rates[model], &rates)) {
            Some(before) => before.take(own),
            None => pools.push(own),
        }
    }
    let mut at = 1;
    while at < pools.len() {
        if pools[at - 1].gains() > pools[at].gains() {
            let rarer = pools.remove(at - 1);
            pools[at - 1].take(rarer);
            at = at.saturating_sub(1).max(1);
        } else {
            at += 1;
        }
    }
    let mut found = under;
    for pool in pools.iter().filter(|pool| pool.models.len() > 1) {
        for &model in &pool.models {
            found[model] = alone[model] * pool.gains();
        }
    }
    found
}

/// Models with the same gain.
struct Pool {
    models: Vec<usize>,
    under: f64,
    alone: f64,
}

impl Pool {
    fn gains(&self) -> f64 {
        self.under / self.alone
    }

    fn has_rate(&self, rate: f64, rates: &[f64; 4]) -> bool {
        self.models.iter().all(|&model| (rates[model] - rate).abs() < 1e-12)
    }

    fn take(&mut self, other: Self) {
        self.models.extend(other.models);
        self.under += other.under;
        self.alone += other.alone;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::reference::{BASE_RATES, EVEN};

    fn near(found: [f64; 4], wanted: [f64; 4]) {
        let far = found.iter().zip(wanted).any(|(a, b)| (a - b).abs() > 1e-12);
        assert!(!far && (found.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{found:?} {wanted:?}");
    }

    #[test]
    fn what_obeys_the_rule_stays_as_it_is() {
        let under = [0.2, 0.05, 0.05, 0.7];
        near(in_order(BASE_RATES, under, [0.3, 0.1, 0.1, 0.5]), under);
    }

    #[test]
    fn no_rarer_model_gains_more() {
        // Level by the answers alone, and the rarer one in front with the rates.
        near(
            in_order(BASE_RATES, [0.57, 0.02, 0.02, 0.39], [0.48, 0.02, 0.02, 0.48]),
            [0.48, 0.02, 0.02, 0.48],
        );
    }

    #[test]
    fn equal_rates_leave_it_to_the_answers() {
        let found = in_order(BASE_RATES, [0.01, 0.57, 0.38, 0.04], [0.01, 0.48, 0.48, 0.03]);
        assert!((found[1] - found[2]).abs() < 1e-12 && found[3] == 0.04, "{found:?}");
        // Also where both are more common than a third that they have to be pooled with.
        let found = in_order([0.07, 0.16, 0.16, 0.61], [0.02, 0.39, 0.51, 0.08], [0.01, 0.69, 0.27, 0.03]);
        assert!((found[1] / found[2] - 0.69 / 0.27).abs() < 1e-9, "{found:?}");
        near(in_order(EVEN, [0.4, 0.3, 0.2, 0.1], [0.1, 0.2, 0.3, 0.4]), [0.1, 0.2, 0.3, 0.4]);
    }

    #[test]
    fn a_model_that_is_not_known_stays_out() {
        near(
            in_order([0.2, 0.0, 0.0, 0.8], [0.3, 0.0, 0.0, 0.7], [0.2, 0.0, 0.0, 0.8]),
            [0.2, 0.0, 0.0, 0.8],
        );
    }
}
