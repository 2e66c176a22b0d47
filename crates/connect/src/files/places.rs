//! Where US postal codes lie: a built-in table of three-digit prefixes.
//!
//! Owns: reading ZIP codes as people and spreadsheets leave them. Refuses to know: other countries' codes.

use model::{Distance, Network, PlaceId, Point};
use std::sync::OnceLock;

/// Made by `cargo xtask facts`; its head names source and date.
const ZIP3_FACTS: &str = include_str!("../../facts/zip3.csv");

static POINTS: OnceLock<Vec<Option<Point>>> = OnceLock::new();

fn points() -> &'static [Option<Point>] {
    POINTS.get_or_init(|| {
        let mut points = vec![None; 1_000];
        for row in ZIP3_FACTS.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut cells = row.split(',');
            let index = cells.next().and_then(|zip3| zip3.parse::<usize>().ok());
            let mut degrees = cells.skip(1).map(|cell| cell.parse::<i32>().ok());
            let point = (degrees.next().flatten(), degrees.next().flatten());
            if let (Some(index), (Some(lat_e4), Some(lon_e4))) = (index, point)
                && let Some(slot) = points.get_mut(index)
            {
                *slot = Some(Point { lat_e4, lon_e4 });
            }
        }
        points
    })
}

/// Every known prefix with its latitude and longitude in 1/10,000 of a degree, ascending.
pub fn zip3_points() -> Vec<(u16, i32, i32)> {
    let known = points().iter().enumerate();
    known.filter_map(|(zip3, point)| point.map(|point| (zip3 as u16, point.lat_e4, point.lon_e4))).collect()
}

/// Where an address lies, as far as the network and its postal code tell: the network's own row, and a point.
pub fn whereabouts(network: &Network, postal: &str, country: &str) -> (Option<PlaceId>, Option<Point>) {
    let prefix = zip3(postal).filter(|_| is_us_post(country.trim()));
    let row = prefix.and_then(|zip3| network.place(zip3.as_str()));
    let own = || if postal.is_empty() { None } else { network.place(postal) };
    (row.or_else(own), prefix.and_then(point))
}

/// The three-digit prefix of a US ZIP code: `97201`, `97201-1234`, `'97201`, or `2139`, whose zero a
/// spreadsheet ate. `None` for everything else.
pub(crate) fn zip3(postal: &str) -> Option<Zip3> {
    let text = postal.trim().trim_start_matches('\'').trim();
    let (first, rest) = text.split_once('-').unwrap_or((text, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(first) || !is_number(rest) || !matches!(rest.len(), 0 | 4) {
        return None;
    }
    let digits = match (first.len(), first.as_bytes()) {
        (5 | 9, [a, b, c, ..]) => [*a, *b, *c],
        (4, [b, c, ..]) => [b'0', *b, *c],
        _ => return None,
    };
    Some(Zip3(digits))
}

/// A US ZIP code whose leading zeros a spreadsheet ate: `901` and `2139` are `00901` and `02139`. `None` for all others.
pub(crate) fn padded(postal: &str) -> Option<String> {
    let (first, rest) = postal.split_once('-').unwrap_or((postal, ""));
    let is_short = matches!(first.len(), 3 | 4) && first.bytes().all(|byte| byte.is_ascii_digit());
    let padded = format!("{first:0>5}{}{rest}", if rest.is_empty() { "" } else { "-" });
    (is_short && zip3(&padded).is_some()).then_some(padded)
}

/// A prefix of military post (APO, FPO, DPO): its mail is handed over at a gateway, and no table says where.
pub(crate) fn is_military(zip3: Zip3) -> bool {
    matches!(zip3.index(), 90..=98 | 340 | 962..=966)
}

/// A prefix whose places lie too far apart for its middle to tell much: Alaska's, that of Hawaii's islands, which holds
/// American Samoa, and Guam's, which holds the Northern Marianas, Palau, Micronesia and the Marshall Islands.
pub(crate) fn is_vast(zip3: Zip3) -> bool {
    matches!(zip3.index(), 967 | 969 | 995..=999)
}

/// Countries whose post is that of the United States, as exports write them: the States, and their territories.
pub(crate) fn is_us_post(country: &str) -> bool {
    let known = [
        "",
        "US",
        "USA",
        "UNITED STATES",
        "PR",
        "PUERTO RICO",
        "VI",
        "U.S. VIRGIN ISLANDS",
        "GU",
        "GUAM",
        "MP",
        "NORTHERN MARIANA ISLANDS",
        "AS",
        "AMERICAN SAMOA",
    ];
    known.iter().any(|name| country.eq_ignore_ascii_case(name))
}

/// Three digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Zip3([u8; 3]);

impl Zip3 {
    /// Reads exactly three digits.
    pub(crate) fn from_digits(text: &[u8]) -> Option<Zip3> {
        let digits: [u8; 3] = text.try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(Zip3(digits))
    }

    /// 000 to 999.
    pub(crate) fn all() -> impl Iterator<Item = Zip3> {
        (0..1_000u16).map(|n| Zip3([n / 100, n / 10 % 10, n % 10].map(|digit| b'0' + digit as u8)))
    }

    /// 0 to 999.
    pub(crate) fn index(self) -> usize {
        self.0.iter().fold(0, |index, digit| index * 10 + usize::from(digit - b'0'))
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

/// Where a prefix lies. `None`: no such prefix is in use.
pub(crate) fn point(zip3: Zip3) -> Option<Point> {
    points().get(zip3.index()).copied().flatten()
}

/// First and last prefix of each state, as the Postal Service hands them out. Single prefixes that lie among those of
/// a neighbour are left out: this table serves to tell far from near.
const STATES: [(&str, u16, u16); 54] = [
    ("AK", 995, 999),
    ("AL", 350, 369),
    ("AR", 716, 729),
    ("AZ", 850, 865),
    ("CA", 900, 961),
    ("CO", 800, 816),
    ("CT", 60, 69),
    ("DC", 200, 205),
    ("DE", 197, 199),
    ("FL", 320, 349),
    ("GA", 300, 319),
    ("GU", 969, 969),
    ("HI", 967, 968),
    ("IA", 500, 528),
    ("ID", 832, 838),
    ("IL", 600, 629),
    ("IN", 460, 479),
    ("KS", 660, 679),
    ("KY", 400, 427),
    ("LA", 700, 714),
    ("MA", 10, 27),
    ("MD", 206, 219),
    ("ME", 39, 49),
    ("MI", 480, 499),
    ("MN", 550, 567),
    ("MO", 630, 658),
    ("MS", 386, 397),
    ("MT", 590, 599),
    ("NC", 270, 289),
    ("ND", 580, 588),
    ("NE", 680, 693),
    ("NH", 30, 38),
    ("NJ", 70, 89),
    ("NM", 870, 884),
    ("NV", 889, 898),
    ("NY", 100, 149),
    ("OH", 430, 459),
    ("OK", 730, 749),
    ("OR", 970, 979),
    ("PA", 150, 196),
    ("PR", 6, 9),
    ("RI", 28, 29),
    ("SC", 290, 299),
    ("SD", 570, 577),
    ("TN", 370, 385),
    ("TX", 750, 799),
    ("UT", 840, 847),
    ("VA", 220, 246),
    ("VI", 8, 8),
    ("VT", 50, 59),
    ("WA", 980, 994),
    ("WI", 530, 549),
    ("WV", 247, 268),
    ("WY", 820, 831),
];

/// How far a point is from the nearest prefix of a state. `None` where there is no such state.
pub(crate) fn from_state(point: Point, state: &str) -> Option<Distance> {
    let (_, first, last) = STATES.iter().find(|(code, ..)| code.eq_ignore_ascii_case(state.trim()))?;
    let known = points().get(usize::from(*first)..=usize::from(*last))?.iter().flatten();
    known.map(|of_state| point.distance_to(*of_state)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zip_codes_are_read_as_people_leave_them() {
        let read = |text: &str| zip3(text).map(|zip3| zip3.as_str().to_owned());
        for (text, expect) in [
            ("97201", Some("972")),
            ("97201-1234", Some("972")),
            ("972011234", Some("972")),
            ("'02139", Some("021")),
            (" 2139 ", Some("021")),
            ("972", None),
            ("'560029", None),
            ("SW1A 1AA", None),
            ("9720-1", None),
            ("", None),
        ] {
            assert_eq!(read(text).as_deref(), expect, "{text}");
        }
    }

    #[test]
    fn zeros_that_a_spreadsheet_ate_come_back() {
        let padded = |text: &str| padded(text);
        assert_eq!(padded("901").as_deref(), Some("00901"));
        assert_eq!(padded("2139").as_deref(), Some("02139"));
        assert_eq!(padded("2139-1234").as_deref(), Some("02139-1234"));
        for other in ["97201", "90", "K1A", "9720-1", ""] {
            assert_eq!(padded(other), None, "{other}");
        }
    }

    #[test]
    fn the_territories_are_known_and_military_post_is_not() {
        let at =
            |zip: &str| zip3(zip).and_then(point).map(|point| (point.lat_e4 / 10_000, point.lon_e4 / 10_000));
        assert_eq!(at("00901"), Some((18, -66)), "San Juan, Puerto Rico");
        assert_eq!(at("00680"), Some((18, -66)), "Mayagüez, Puerto Rico");
        assert_eq!(at("00802"), Some((17, -64)), "the Virgin Islands");
        assert_eq!(at("96910"), Some((13, 144)), "Guam");
        for military in ["09012", "09731", "34002", "96201", "96601"] {
            assert_eq!(at(military), None, "{military}");
            assert!(is_military(zip3(military).unwrap()), "{military}");
        }
        assert!(!is_military(zip3("96799").unwrap()), "American Samoa lies in Hawaii's prefix");
    }

    #[test]
    fn every_state_has_prefixes_and_lies_where_they_do() {
        let boston = zip3("02139").and_then(point).unwrap();
        for (state, first, _) in STATES {
            assert!(from_state(boston, state).is_some(), "{state} begins at {first}");
        }
        let km = |state: &str| from_state(boston, state).map(Distance::km);
        assert_eq!((km("ma"), km("XX"), km("")), (Some(0), None, None));
        assert!((50..100).contains(&km("RI").unwrap()) && (3_500..4_500).contains(&km("CA").unwrap()));
    }

    #[test]
    fn the_built_in_table_knows_every_prefix_in_use() {
        assert!(Zip3::all().filter_map(point).count() > 900);
        let boston = zip3("02139").and_then(point).unwrap();
        assert!((420_000..428_000).contains(&boston.lat_e4) && (-716_000..-708_000).contains(&boston.lon_e4));
    }
}
