//! Where people live: states of ZIP prefixes, and how much the larger metro areas weigh.

use super::ZipPoint;
use super::sites::Site;
use model::Point;

/// First prefix of each run that belongs to one state, by the postal service's allocation; an empty state is
/// left out: islands, Alaska, military post, prefixes not in use.
const STATES: [(u16, &str); 72] = [
    (0, ""),
    (5, "NY"),
    (6, ""),
    (10, "MA"),
    (28, "RI"),
    (30, "NH"),
    (39, "ME"),
    (50, "VT"),
    (55, "MA"),
    (56, "VT"),
    (60, "CT"),
    (70, "NJ"),
    (90, ""),
    (100, "NY"),
    (150, "PA"),
    (197, "DE"),
    (200, "DC"),
    (206, "MD"),
    (220, "VA"),
    (247, "WV"),
    (270, "NC"),
    (290, "SC"),
    (300, "GA"),
    (320, "FL"),
    (340, ""),
    (341, "FL"),
    (350, "AL"),
    (370, "TN"),
    (386, "MS"),
    (398, "GA"),
    (400, "KY"),
    (430, "OH"),
    (460, "IN"),
    (480, "MI"),
    (500, "IA"),
    (530, "WI"),
    (550, "MN"),
    (569, ""),
    (570, "SD"),
    (580, "ND"),
    (590, "MT"),
    (600, "IL"),
    (630, "MO"),
    (660, "KS"),
    (680, "NE"),
    (694, ""),
    (700, "LA"),
    (715, ""),
    (716, "AR"),
    (730, "OK"),
    (733, "TX"),
    (734, "OK"),
    (750, "TX"),
    (800, "CO"),
    (817, ""),
    (820, "WY"),
    (832, "ID"),
    (839, ""),
    (840, "UT"),
    (848, ""),
    (850, "AZ"),
    (866, ""),
    (870, "NM"),
    (885, "TX"),
    (886, ""),
    (889, "NV"),
    (899, ""),
    (900, "CA"),
    (962, ""),
    (970, "OR"),
    (980, "WA"),
    (995, ""),
];

/// Prefixes of large metro areas with about as many thousand people as live there; for a demonstration only.
const METROS: [(u16, u64); 58] = [
    (21, 1_500),
    (22, 700),
    (70, 1_400),
    (74, 700),
    (76, 900),
    (88, 800),
    (100, 1_600),
    (104, 1_400),
    (112, 2_600),
    (113, 1_300),
    (114, 800),
    (117, 1_900),
    (191, 1_600),
    (190, 1_300),
    (200, 700),
    (208, 700),
    (209, 500),
    (212, 900),
    (222, 300),
    (282, 900),
    (276, 700),
    (303, 1_200),
    (300, 2_200),
    (328, 1_100),
    (331, 2_100),
    (336, 800),
    (372, 600),
    (402, 600),
    (432, 1_000),
    (441, 900),
    (452, 800),
    (462, 900),
    (481, 1_300),
    (482, 700),
    (532, 700),
    (554, 1_100),
    (606, 2_700),
    (600, 1_800),
    (631, 900),
    (641, 500),
    (700, 500),
    (750, 1_800),
    (752, 1_300),
    (770, 2_900),
    (782, 1_500),
    (787, 1_200),
    (802, 1_100),
    (841, 700),
    (850, 1_700),
    (852, 1_300),
    (891, 1_500),
    (900, 2_400),
    (917, 1_800),
    (921, 1_400),
    (941, 900),
    (945, 1_500),
    (972, 1_000),
    (981, 1_000),
];
/// What a prefix that is not listed weighs.
const ELSEWHERE: u64 = 220;
/// So much more often people order who live within reach of a store.
const NEAR_FACTOR: u64 = 4;
const NEAR_M: u32 = 40_000;

/// A destination with its weight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Town {
    pub(super) zip3: u16,
    pub(super) state: &'static str,
    pub(super) point: Point,
    pub(super) weight: u64,
    /// The nearest store and the metres to it.
    pub(super) store: (usize, u32),
}

/// The state of a prefix; empty where the retailer does not ship.
pub(super) fn state_of(zip3: u16) -> &'static str {
    let after = STATES.partition_point(|run| run.0 <= zip3);
    after.checked_sub(1).map_or("", |run| STATES[run].1)
}

/// Towns in the order of their prefixes, each prefix once.
pub(super) fn towns(zips: &[ZipPoint], sites: &[Site]) -> Vec<Town> {
    let mut towns: Vec<Town> = zips.iter().filter_map(|zip| town(zip, sites)).collect();
    towns.sort_by_key(|town| town.zip3);
    towns.dedup_by_key(|town| town.zip3);
    towns
}

fn town(&(zip3, lat_e4, lon_e4): &ZipPoint, sites: &[Site]) -> Option<Town> {
    let state = state_of(zip3);
    let point = Point { lat_e4, lon_e4 };
    let stores = sites.iter().enumerate().filter(|(_, site)| !site.is_warehouse);
    let store =
        stores.map(|(i, site)| (i, site.point.distance_to(point).0)).min_by_key(|(i, way)| (*way, *i))?;
    let people = METROS.iter().find(|metro| metro.0 == zip3).map_or(ELSEWHERE, |metro| metro.1);
    let weight = people * if store.1 <= NEAR_M { NEAR_FACTOR } else { 1 };
    (!state.is_empty()).then_some(Town { zip3, state, point, weight, store })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_know_their_state() {
        let known = [
            (5, "NY"),
            (21, "MA"),
            (63, "CT"),
            (88, "NJ"),
            (112, "NY"),
            (432, "OH"),
            (606, "IL"),
            (733, "TX"),
            (735, "OK"),
            (787, "TX"),
            (802, "CO"),
            (885, "TX"),
            (945, "CA"),
            (972, "OR"),
            (9, ""),
            (967, ""),
            (995, ""),
            (340, ""),
        ];
        for (zip3, state) in known {
            assert_eq!(state_of(zip3), state, "{zip3}");
        }
    }
}
