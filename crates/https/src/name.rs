//! What a certificate is for: names and addresses.
//!
//! Owns: their form, and which this machine has. Refuses to know: who signs them. Nothing is sent to find them.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::str::FromStr;

/// The longest that a name may be (RFC 1035).
const LONGEST_NAME: usize = 253;
/// The longest part of it.
const LONGEST_PART: usize = 63;
/// An address of nobody (RFC 5737): the system tells which of ours would speak to it, and nothing is sent.
const NOBODY: (Ipv4Addr, u16) = (Ipv4Addr::new(192, 0, 2, 1), 9);

/// One name or address. Addresses come first in a list.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Name {
    Address(IpAddr),
    /// In small letters.
    Dns(String),
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Name, String> {
        let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Ok(Name::Address(address.to_canonical()));
        }
        let name = bare.trim_end_matches('.').to_ascii_lowercase();
        let is_part = |part: &str| {
            let inner = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            inner
                && !part.is_empty()
                && part.len() <= LONGEST_PART
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        match name.len() <= LONGEST_NAME && name.split('.').all(is_part) {
            true => Ok(Name::Dns(name)),
            false => Err(format!(
                "{text:?} is neither a name of a machine, such as shop.local, nor an address, such as 192.168.1.20"
            )),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Name::Address(address) => write!(f, "{address}"),
            Name::Dns(name) => f.write_str(name),
        }
    }
}

impl Name {
    /// As it stands in an address of a page.
    pub fn in_url(&self) -> String {
        match self {
            Name::Address(IpAddr::V6(v6)) => format!("[{v6}]"),
            other => other.to_string(),
        }
    }

    /// Whether a certificate that says `pattern` is for this one; `*.` stands for one part.
    pub(crate) fn is_covered_by(&self, pattern: &str) -> bool {
        let name = self.to_string();
        match (self, pattern.strip_prefix("*.")) {
            (Name::Dns(_), Some(rest)) => name.split_once('.').is_some_and(|(_, below)| below == rest),
            _ => name == pattern,
        }
    }
}

/// The names and addresses of this machine by which another in the same house can reach it, and those by which it reaches
/// itself.
pub fn own_names() -> BTreeSet<Name> {
    let mut names = BTreeSet::from([Name::Dns("localhost".to_owned())]);
    let addresses = if_addrs::get_if_addrs().unwrap_or_default();
    names.extend(addresses.into_iter().map(|of| of.ip()).filter(is_reachable).map(Name::Address));
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    if let Ok(Name::Dns(host)) = host.parse() {
        // Phones and computers find each other by this name without a server (RFC 6762).
        if !host.contains('.') {
            names.insert(Name::Dns(format!("{host}.local")));
        }
        names.insert(Name::Dns(host));
    }
    names
}

/// An address of version 6 that holds on one wire needs the name of that wire, which no certificate has.
fn is_reachable(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !v4.is_link_local() && !v4.is_unspecified(),
        IpAddr::V6(v6) => !v6.is_unicast_link_local() && !v6.is_unspecified(),
    }
}

/// The address of this machine that others in the house would see.
pub fn outward() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // Of a datagram socket this is a choice of a route, not a message.
    socket.connect(NOBODY).ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart_and_nonsense_is_refused() {
        let read = |text: &str| text.parse::<Name>().map(|name| name.in_url());
        assert_eq!(read("Shop.LOCAL."), Ok("shop.local".to_owned()));
        assert_eq!(read("192.168.1.20"), Ok("192.168.1.20".to_owned()));
        assert_eq!(read("[fd00::1]"), Ok("[fd00::1]".to_owned()));
        for text in ["", "a..b", "-a", "a_b", "https://shop", "shop:8443", "*.shop.example"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_star_stands_for_one_part_of_a_name_and_never_for_an_address() {
        let covers = |pattern: &str, name: &str| name.parse::<Name>().unwrap().is_covered_by(pattern);
        assert!(covers("*.shop.example", "pos.shop.example") && covers("shop.example", "shop.example"));
        assert!(!covers("*.shop.example", "shop.example") && !covers("*.shop.example", "a.b.shop.example"));
        assert!(!covers("*.168.1.20", "192.168.1.20"));
    }

    #[test]
    fn this_machine_knows_itself_by_more_than_one_name() {
        let names = own_names();
        assert!(names.contains(&Name::Dns("localhost".to_owned())));
        assert!(names.contains(&"127.0.0.1".parse().unwrap()), "{names:?}");
    }
}
