//! The five places of the demonstration.

use model::Point;

/// A warehouse or store. Amounts are in cents.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    pub code: &'static str,
    pub name: &'static str,
    pub is_warehouse: bool,
    pub city: &'static str,
    pub state: &'static str,
    pub zip: &'static str,
    pub point: Point,
    pub time_zone: &'static str,
    pub hours: &'static str,
    /// `HH:MM`, separated by `;`.
    pub cutoffs: &'static str,
    pub lanes: &'static str,
    pub ships_fragile: bool,
    pub ships_oversized: bool,
    pub capacity: u32,
    pub wage_cents: i64,
    /// Tenths of a minute.
    pub pick_tenths: i64,
    pub pack_tenths: i64,
    pub packaging_cents: i64,
    /// Share of stock records that match the shelf, in percent.
    pub accuracy_percent: u8,
    pub pickup_minutes: u32,
    /// Weekday of the weekly delivery, Monday 0.
    pub delivery_weekday: u8,
    /// Units sold over the counter in ten days, all goods together.
    pub counter_units_in_10_days: u32,
}

/// Holidays of the season, on which every place is closed.
pub(super) const HOLIDAYS: &str = "2026-09-07;2026-11-26;2026-12-25";

const STORE_HOURS: &str = "Mo-Sa 10:00-19:00; Su 11:00-17:00";
const ALL_LANES: &str = "ship;pickup;local_delivery";

pub(super) fn all() -> Vec<Site> {
    vec![warehouse(), portland(), denver(), austin(), brooklyn()]
}

fn warehouse() -> Site {
    Site {
        code: "COLUMBUS",
        name: "Columbus warehouse",
        is_warehouse: true,
        city: "Columbus",
        state: "OH",
        zip: "43228",
        point: Point { lat_e4: 399_536, lon_e4: -831_252 },
        time_zone: "America/New_York",
        hours: "Mo-Fr 08:00-18:00",
        cutoffs: "12:00;16:00",
        lanes: "ship",
        ships_fragile: true,
        ships_oversized: true,
        capacity: 260,
        wage_cents: 2_150,
        pick_tenths: 4,
        pack_tenths: 22,
        packaging_cents: 75,
        accuracy_percent: 99,
        pickup_minutes: 120,
        delivery_weekday: 1,
        counter_units_in_10_days: 0,
    }
}

/// What the stores have in common.
fn store() -> Site {
    Site {
        is_warehouse: false,
        hours: STORE_HOURS,
        cutoffs: "15:30",
        lanes: ALL_LANES,
        ships_fragile: false,
        ships_oversized: false,
        capacity: 60,
        pick_tenths: 18,
        pack_tenths: 40,
        packaging_cents: 90,
        ..warehouse()
    }
}

fn portland() -> Site {
    Site {
        code: "PEARL",
        name: "Pearl District",
        city: "Portland",
        state: "OR",
        zip: "97209",
        point: Point { lat_e4: 455_311, lon_e4: -1_226_838 },
        time_zone: "America/Los_Angeles",
        ships_fragile: true,
        wage_cents: 1_950,
        accuracy_percent: 95,
        pickup_minutes: 90,
        delivery_weekday: 3,
        counter_units_in_10_days: 320,
        ..store()
    }
}

fn denver() -> Site {
    Site {
        code: "HIGHLAND",
        name: "Highland",
        city: "Denver",
        state: "CO",
        zip: "80211",
        point: Point { lat_e4: 397_668, lon_e4: -1_050_205 },
        time_zone: "America/Denver",
        ships_oversized: true,
        wage_cents: 1_980,
        accuracy_percent: 91,
        delivery_weekday: 2,
        counter_units_in_10_days: 260,
        ..store()
    }
}

fn austin() -> Site {
    Site {
        code: "CONGRESS",
        name: "South Congress",
        city: "Austin",
        state: "TX",
        zip: "78704",
        point: Point { lat_e4: 302_428, lon_e4: -977_658 },
        time_zone: "America/Chicago",
        capacity: 40,
        wage_cents: 1_720,
        accuracy_percent: 86,
        delivery_weekday: 4,
        counter_units_in_10_days: 300,
        ..store()
    }
}

fn brooklyn() -> Site {
    Site {
        code: "PARKSLOPE",
        name: "Park Slope",
        city: "Brooklyn",
        state: "NY",
        zip: "11215",
        point: Point { lat_e4: 406_679, lon_e4: -739_845 },
        ships_fragile: true,
        capacity: 80,
        wage_cents: 2_200,
        accuracy_percent: 93,
        pickup_minutes: 60,
        delivery_weekday: 2,
        counter_units_in_10_days: 420,
        ..store()
    }
}
