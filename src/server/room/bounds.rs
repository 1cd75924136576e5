//! Limits on attempts to join: per address, so that one device does not keep the others out, and for all addresses together.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

use crate::interview::Instant;

/// In milliseconds.
pub(super) const MINUTE: Instant = 60_000;

/// How often something may be tried.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttemptLimits {
    /// From one address: per minute, and in total.
    pub each: (usize, usize),
    /// From all addresses: per minute, and in total.
    pub together: (usize, usize),
}

/// The attempts so far by address. Used only for limits and never for identity, because many phones may share an address.
#[derive(Debug, Default)]
pub(in crate::server) struct Attempts {
    lately: VecDeque<(Instant, IpAddr)>,
    at_all: BTreeMap<IpAddr, usize>,
}

impl Attempts {
    /// Whether one more attempt is allowed.
    pub fn may(&mut self, now: Instant, from: IpAddr, bounds: AttemptLimits) -> bool {
        self.lately.retain(|(at, _)| now - at < MINUTE);
        let lately = self.lately.iter().filter(|(_, other)| *other == from).count();
        let at_all = self.at_all.get(&from).copied().unwrap_or(0);
        lately < bounds.each.0
            && at_all < bounds.each.1
            && self.lately.len() < bounds.together.0
            && self.at_all() < bounds.together.1
    }

    pub fn note(&mut self, now: Instant, from: IpAddr) {
        self.lately.push_back((now, from));
        *self.at_all.entry(from).or_default() += 1;
    }

    /// The total number from all addresses.
    pub fn at_all(&self) -> usize {
        self.at_all.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_keeps_no_other_out() {
        let bounds = AttemptLimits { each: (2, 3), together: (4, 5) };
        let [one, two, three] = [[10, 0, 0, 1], [10, 0, 0, 2], [10, 0, 0, 3]].map(IpAddr::from);
        let mut tried = Attempts::default();
        let mut takes = |at, from| {
            let may = tried.may(at, from, bounds);
            if may {
                tried.note(at, from);
            }
            may
        };
        assert_eq!([takes(0, one), takes(1, one), takes(2, one)], [true, true, false]);
        assert_eq!([takes(3, two), takes(4, two), takes(5, three)], [true, true, false]);
        // After a minute each address may try again, until its own total or the common total is reached.
        assert_eq!([takes(MINUTE + 3, one), takes(MINUTE + 4, two)], [true, false]);
        assert_eq!([takes(9 * MINUTE, one), takes(9 * MINUTE, three)], [false, false]);
    }
}
