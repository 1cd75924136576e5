//! The addresses of this machine, ordered by how likely a phone in the same room can reach them.

use std::net::{IpAddr, Ipv4Addr};

/// An address of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalAddress {
    /// The system's name of the network interface.
    pub name: String,
    /// The address.
    pub ip: IpAddr,
}

/// Name prefixes of interfaces that lead to virtual machines, containers or tunnels, and not into the room.
const NOT_THE_ROOM: [&str; 12] =
    ["docker", "veth", "br-", "virbr", "utun", "tun", "tap", "wg", "tailscale", "zt", "vmnet", "vbox"];

/// The addresses to offer to phones, most likely first; the loopback address if there is no other.
pub fn places() -> Vec<LocalAddress> {
    let found = if_addrs::get_if_addrs().unwrap_or_default();
    let mut places: Vec<LocalAddress> = found
        .into_iter()
        .map(|way| LocalAddress { ip: way.ip(), name: way.name })
        .filter(|place| rank(place).is_some())
        .collect();
    places.sort_by_key(|place| (rank(place), place.name.clone(), place.ip));
    if places.is_empty() {
        places.push(LocalAddress { name: "lo".into(), ip: Ipv4Addr::LOCALHOST.into() });
    }
    places
}

/// The rank of an address, lower is better; `None` if no phone can reach it.
fn rank(place: &LocalAddress) -> Option<u8> {
    let IpAddr::V4(ip) = place.ip else { return None };
    if ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() {
        return None;
    }
    let [first, second, ..] = ip.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let elsewhere = NOT_THE_ROOM.iter().any(|start| place.name.to_lowercase().starts_with(start));
    Some(match (elsewhere || shared, ip.is_private()) {
        (false, true) => 0,
        (false, false) => 1,
        (true, _) => 2,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, ip: [u8; 4]) -> LocalAddress {
        LocalAddress { name: name.into(), ip: IpAddr::V4(ip.into()) }
    }

    #[test]
    fn the_network_of_the_room_comes_first() {
        assert_eq!(rank(&place("wlan0", [192, 168, 178, 23])), Some(0));
        assert_eq!(rank(&place("en0", [10, 0, 0, 7])), Some(0));
        assert_eq!(rank(&place("eth0", [145, 1, 2, 3])), Some(1));
        for (name, ip) in
            [("docker0", [172, 17, 0, 1]), ("utun3", [10, 8, 0, 2]), ("tailscale0", [100, 100, 1, 1])]
        {
            assert_eq!(rank(&place(name, ip)), Some(2), "{name}");
        }
        for ip in [[127, 0, 0, 1], [169, 254, 3, 4]] {
            assert_eq!(rank(&place("x", ip)), None);
        }
        assert!(!places().is_empty());
    }
}
