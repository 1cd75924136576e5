//! AttemptLimits on what is tried at the door: by one device, so that it does not keep the others out, and by all together.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

use crate::interview::Instant;

const MINUTE: Instant = 60_000;

/// How often something may be tried.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttemptLimits {
    /// From one address in a minute, and in all.
    pub each: (usize, usize),
    /// From all addresses in a minute, and in all.
    pub together: (usize, usize),
}

/// What was tried so far, by the address from which it came. It bounds, and never tells who somebody is: many phones may share an address.
#[derive(Debug, Default)]
pub(in crate::server) struct Attempts {
    lately: VecDeque<(Instant, IpAddr)>,
    at_all: BTreeMap<IpAddr, usize>,
}

impl Attempts {
    /// Whether one more is within the bounds.
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

    /// How many there were from all addresses.
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
        // After a minute each may again, until it has tried too often in all, or all have.
        assert_eq!([takes(MINUTE + 3, one), takes(MINUTE + 4, two)], [true, false]);
        assert_eq!([takes(9 * MINUTE, one), takes(9 * MINUTE, three)], [false, false]);
    }
}
