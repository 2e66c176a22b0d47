//! The layouts of what carriers charge and where their zones lie: the part of [`super::layout`] about carriers.
//!
//! Owns: their columns. Refuses to know: how a cell is read.

use super::layout::{FileLayout, Need, optional, required};

pub(crate) static RATES: FileLayout = FileLayout {
    file: "rates.csv",
    need: Need::Optional,
    meaning: "parcel rates, own or as a carrier publishes them; without the file: the built-in USPS tariff",
    columns: &[
        required("service", "", "name of the service"),
        optional("price_tier", "", "", "price list that the row belongs to, such as retail"),
        required("zone", "from 1", "zone of the way"),
        optional("max_weight_oz", "one of the six", "oz", "heaviest parcel of the step, included"),
        optional("max_weight_lb", "one of the six", "lb", "the same in pounds"),
        optional("max_weight_g", "one of the six", "g", "the same in grams"),
        optional("max_weight_kg", "one of the six", "kg", "the same in kilograms"),
        optional("weight_lb", "one of the six", "lb", "the same in pounds, in a published table"),
        optional(
            "weight_not_over",
            "one of the six",
            "weight_unit",
            "the same in a published table; or oversized",
        ),
        optional("weight_unit", "", "oz, lb, g or kg", "unit of weight_not_over"),
        required("rate_usd", "money", "price of the parcel").or(&["rate", "price_usd"]),
        optional(
            "transit_days",
            "services.csv, else assumed by zone",
            "days",
            "from handing over to the door",
        ),
    ],
};

pub(crate) static SERVICES: FileLayout = FileLayout {
    file: "services.csv",
    need: Need::Optional,
    meaning: "what a service says of size and days, beside its prices",
    columns: &[
        required("service", "", "service, as in rates.csv"),
        optional("dim_in3_per_lb", "no dimensional weight", "in³", "volume billed as one pound, such as 139")
            .or(&["dim_divisor", "dimensional_divisor"]),
        optional("dim_over_in3", "0", "in³", "larger parcels alone have dimensional weight"),
        optional(
            "dim_cm3_per_kg",
            "see dim_in3_per_lb",
            "cm³",
            "volume billed as one kilogram, such as 5000",
        ),
        optional("dim_over_cm3", "0", "cm³", "see dim_over_in3"),
        optional("max_longest_in", "no limit", "in", "longest side that is taken"),
        optional("max_longest_cm", "no limit", "cm", "the same in centimetres"),
        optional("max_length_plus_girth_in", "no limit", "in", "longest side and the way around the others"),
        optional("max_length_plus_girth_cm", "no limit", "cm", "the same in centimetres"),
        optional(
            "transit_days",
            "assumed by zone",
            "days, list by ;",
            "one number, or one for each zone from 1; the last holds beyond",
        ),
    ],
};

pub(crate) static SURCHARGES: FileLayout = FileLayout {
    file: "surcharges.csv",
    need: Need::Optional,
    meaning: "what comes on top of the rate; all rows that are due are added up",
    columns: &[
        required("service", "", "service, as in rates.csv"),
        required("when", "", "longest_side, volume, weight, residential or always"),
        optional("over", "", "unit", "due above this side, volume or weight"),
        optional("up_to", "no limit", "unit", "and up to this, included; for longest_side alone"),
        optional(
            "unit",
            "",
            "",
            "in, cm or mm for a side; in3, ft3 or cm3 for a volume; oz, lb, g or kg for a weight",
        ),
        optional("zone_from", "1", "from 1", "first zone in which it is due"),
        optional("zone_to", "the service's last", "from 1", "last zone in which it is due"),
        required("amount_usd", "money", "what it costs for one parcel").or(&["price_usd", "surcharge_usd"]),
    ],
};

pub(crate) static ZONES: FileLayout = FileLayout {
    file: "zones.csv",
    need: Need::Optional,
    meaning: "ways from each place to each destination; without the file: by coordinates, zone_pairs.csv and bands",
    columns: &[
        required("location_id", "", "place").or(&["location"]),
        required("dest_zip3", "", "destination, as orders.csv names it").or(&["dest", "place"]),
        optional("distance_miles", "unknown", "miles", "length of the way"),
        optional("distance_km", "see distance_miles", "km", "the same in kilometres"),
        optional("zone", "zone_pairs.csv, else by distance and bands", "from 1", "the carrier's zone"),
    ],
};

pub(crate) static ZONE_PAIRS: FileLayout = FileLayout {
    file: "zone_pairs.csv",
    need: Need::Optional,
    meaning: "a carrier's zones between ZIP prefixes; what is not in it follows from distance and bands",
    columns: &[
        required("origin_zip3", "", "first three digits of a location's ZIP code").or(&["origin"]),
        required("dest_zip3", "", "first three digits of a destination's ZIP code").or(&["dest"]),
        required("zone", "from 1", "the carrier's zone"),
    ],
};
