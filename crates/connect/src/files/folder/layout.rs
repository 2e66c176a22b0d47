//! The layout of the Baton folder: every file and column, as data.
//!
//! Owns: names, aliases, defaults, units and meanings. The readers use these names, and the documents
//! are printed from them. Refuses to know: how a cell is read.

pub(crate) use super::layout_carriers::{RATES, SERVICES, SURCHARGES, ZONE_PAIRS, ZONES};
pub(crate) use super::layout_orders::{
    ACTUALS, HISTORY_LINES, HISTORY_ORDERS, ORDER_LINES, ORDERS, RECEIPTS,
};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    Required,
    Optional,
}

/// A column of a file (or a key of `manifest.json`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    pub name: &'static str,
    /// Other names that are read as this one. A name is also read with or without `_usd`, in any case,
    /// and with blanks or hyphens for `_`.
    pub aliases: &'static [&'static str],
    pub need: Need,
    /// What an empty cell or an absent column means.
    pub default: &'static str,
    pub unit: &'static str,
    pub meaning: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FileLayout {
    pub file: &'static str,
    pub need: Need,
    pub meaning: &'static str,
    pub columns: &'static [Column],
}

pub(crate) const fn required(name: &'static str, unit: &'static str, meaning: &'static str) -> Column {
    Column { name, aliases: &[], need: Need::Required, default: "", unit, meaning }
}

pub(crate) const fn optional(
    name: &'static str,
    default: &'static str,
    unit: &'static str,
    meaning: &'static str,
) -> Column {
    Column { name, aliases: &[], need: Need::Optional, default, unit, meaning }
}

impl Column {
    pub(crate) const fn or(mut self, aliases: &'static [&'static str]) -> Column {
        self.aliases = aliases;
        self
    }
}

pub(crate) static MANIFEST: FileLayout = FileLayout {
    file: "manifest.json",
    need: Need::Optional,
    meaning: "what the folder is",
    columns: &[
        optional("format", "baton-1", "", "layout of the folder: baton-1 or oobench-1"),
        optional("name", "", "", "what people call the data"),
        optional("currency", "USD", "ISO 4217", "currency of every amount in the folder"),
        optional(
            "split_penalty_usd_per_extra_parcel",
            "1.50",
            "money",
            "price of each parcel beyond an order's first",
        ),
        optional(
            "zone_band_upper_miles",
            "50, 150, 300, 600, 1000, 1400, 1800",
            "miles",
            "upper bound of each zone, for zones by distance; `zone_band_upper_km` in kilometres",
        )
        .or(&["zone_band_upper_km"]),
        optional("parcel_max_weight_oz", "heaviest rate", "oz", "heaviest parcel that any service takes"),
        optional(
            "handling_class_needs",
            "every class needs its can_ship column",
            "",
            "which column of locations.csv a handling class needs",
        ),
        optional("services", "in the order of rates.csv", "", "services of rates.csv, with notes"),
        optional(
            "price_tier",
            "the only one there is",
            "",
            "price_tier of rates.csv that counts, such as commercial",
        ),
    ],
};

pub(crate) static LOCATIONS: FileLayout = FileLayout {
    file: "locations.csv",
    need: Need::Required,
    meaning: "the places that hold stock",
    columns: &[
        required("location_id", "", "code of the place, unique").or(&["location", "code", "id"]),
        optional("name", "the code", "", "what people call it").or(&["location_name"]),
        optional("type", "store", "", "store, warehouse or vendor").or(&["kind"]),
        optional("store_class", "", "", "own class of store, such as hub").or(&["class"]),
        optional("tags", "", "list by ;", "own labels, for rules"),
        optional("city", "", "", "city"),
        optional("state", "", "", "code of state or province").or(&["region", "province"]),
        optional("zip", "", "", "postal code; gives the coordinates where lat_deg and lon_deg are empty")
            .or(&["postal_code", "zip_code", "postal"]),
        optional("lat_deg", "from zip, else unknown", "degrees", "latitude, WGS 84").or(&["lat", "latitude"]),
        optional("lon_deg", "from zip, else unknown", "degrees", "longitude, WGS 84").or(&[
            "lon",
            "lng",
            "longitude",
        ]),
        optional("lanes", "ship", "list by ;", "ship, pickup, local_delivery"),
        optional("ships_online", "1", "0/1", "0: does not ship, whatever lanes says"),
        optional("paused", "0", "0/1", "1: takes no orders for now").or(&["is_paused"]),
        optional("can_ship_fragile", "1", "0/1", "may handle fragile goods"),
        optional("can_ship_hazmat", "1", "0/1", "may handle hazardous goods"),
        optional("can_ship_oversize", "1", "0/1", "may handle oversized goods").or(&["can_ship_oversized"]),
        optional("can_ship_age_restricted", "1", "0/1", "may handle age-restricted goods"),
        optional("can_ship_perishable", "1", "0/1", "may handle perishable goods"),
        optional("handling_days", "0", "working days", "between cut-off and handing over"),
        optional("capacity_parcels_per_day", "no limit", "parcels", "most parcels in a day")
            .or(&["capacity"]),
        optional("time_zone", "the shop's", "IANA name", "such as America/New_York").or(&["timezone"]),
        optional("hours", "always open", "opening_hours", "such as Mo-Fr 09:00-18:00; Sa 10:00-14:00")
            .or(&["opening_hours"]),
        optional("cutoffs", "closing time", "list of HH:MM by ;", "orders decided before it leave with it"),
        optional("window_capacities", "no limit", "list of parcels by ;", "most parcels for each cut-off"),
        optional("holidays", "", "list of days by ;", "days on which the place is closed"),
        optional("wage_usd_per_hour", "0", "money", "wage of whoever picks and packs").or(&["wage"]),
        optional("pick_minutes_per_unit", "0", "minutes", "work for one unit"),
        optional("pack_minutes_per_parcel", "0", "minutes", "work for one parcel"),
        optional("packaging_usd_per_parcel", "0", "money", "box, tape, filling"),
        optional(
            "handling_usd_per_parcel",
            "wage × packing minutes + packaging",
            "money",
            "labor and packaging of one parcel",
        ),
        optional("pick_usd_per_unit", "wage × picking minutes", "money", "labor of one unit"),
        optional("record_accuracy", "unknown", "share or %", "stock records that match the shelf")
            .or(&["accuracy"]),
        optional("feed_as_of", "unknown", "time", "when its stock was last reported"),
        optional("pickup_minutes", "120", "minutes", "of opening time, from decision to ready for pickup"),
        optional("local_delivery_radius_km", "15", "km", "farthest local delivery"),
        optional("local_delivery_radius_miles", "see _km", "miles", "the same in miles"),
        optional("local_delivery_fee_usd", "5", "money", "each local delivery"),
        optional("local_delivery_usd_per_km", "0.50", "money", "each kilometre of it"),
        optional("back_room_m2", "unknown", "m²", "back-room space").or(&["back_room_m²"]),
        optional("staff_turnover", "unknown", "share or %", "staff who left in the last 12 months"),
        optional("foot_traffic_per_hour", "unknown", "visitors", "visitors in an hour"),
        optional("shrink", "unknown", "share or %", "stock lost without a sale"),
        optional("adjustments_per_month", "unknown", "corrections", "manual stock corrections in a month"),
    ],
};

pub(crate) static PRODUCTS: FileLayout = FileLayout {
    file: "products.csv",
    need: Need::Required,
    meaning: "what is sold",
    columns: &[
        required("sku", "", "code of the product, unique, compared exactly").or(&["product", "product_id"]),
        optional("name", "the SKU", "", "what people call it").or(&["title"]),
        optional("gtin", "", "", "the code under its bars, as it is scanned: GTIN, EAN or UPC")
            .or(&["barcode"]),
        optional("category", "", "", "own category, for rules"),
        optional(
            "handling_class",
            "standard",
            "list by ;",
            "fragile, oversize, hazmat, age_restricted, perishable or standard",
        ),
        optional("weight_oz", "16, and counted in the assumptions", "oz", "weight of one unit"),
        optional("weight_lb", "see weight_oz", "lb", "the same in pounds"),
        optional("weight_g", "see weight_oz", "g", "the same in grams").or(&["weight_grams", "grams"]),
        optional("weight_kg", "see weight_oz", "kg", "the same in kilograms"),
        optional("length_in", "not measured", "in", "longest side of one unit"),
        optional("width_in", "not measured", "in", "second side"),
        optional("height_in", "not measured", "in", "third side"),
        optional("length_mm", "not measured", "mm", "the same in millimetres"),
        optional("width_mm", "not measured", "mm", "the same in millimetres"),
        optional("height_mm", "not measured", "mm", "the same in millimetres"),
        optional("length_cm", "not measured", "cm", "the same in centimetres"),
        optional("width_cm", "not measured", "cm", "the same in centimetres"),
        optional("height_cm", "not measured", "cm", "the same in centimetres"),
        optional("price_usd", "0", "money", "price of one unit"),
        optional("cost_usd", "unknown", "money", "what one unit was bought for").or(&["cost_per_item"]),
        optional(
            "gross_margin_usd",
            "price − cost, else 0",
            "money",
            "earned on one unit before fulfillment",
        ),
        optional(
            "cancel_penalty_usd_per_unit",
            "gross margin",
            "money",
            "what one unit that nobody fills costs",
        )
        .or(&["unfilled_cost"]),
        optional("velocity", "unknown", "A/B/C", "how fast it sells"),
        optional("tags", "", "list by ;", "own labels, for rules"),
        optional("substitutes", "", "list of SKUs by ;", "what may be offered instead, best first"),
        optional("components", "", "list of SKU*n by ;", "a bundle: what it is made of"),
    ],
};

pub(crate) static INVENTORY: FileLayout = FileLayout {
    file: "inventory.csv",
    need: Need::Required,
    meaning: "units of each product at each place, when the first order comes",
    columns: &[
        required("location_id", "", "place").or(&["location"]),
        required("sku", "", "product").or(&["product", "product_id"]),
        required("on_hand_units", "units", "on the shelf").or(&["on_hand", "qty", "quantity"]),
        optional("min_stock_floor_units", "0", "units", "kept for the counter: safety stock")
            .or(&["safety_stock", "safety_stock_units"]),
        optional("committed_units", "0", "units", "promised to other orders").or(&["committed"]),
        optional("damaged_units", "0", "units", "damaged").or(&["damaged"]),
        optional("quality_control_units", "0", "units", "under inspection").or(&["quality_control"]),
        optional("showroom_units", "0", "units", "for show").or(&["showroom"]),
        optional("incoming_units", "0", "units", "on the way here").or(&["incoming"]),
        optional("next_receipt", "unknown", "day", "when they come"),
        optional("age_days", "0", "days", "how long the units have been here"),
        optional("sales_per_day", "0", "units", "sold over this counter in a day"),
        optional(
            "markdown_credit_usd_per_unit",
            "by age and settings",
            "money",
            "markdown avoided by a sale",
        ),
        optional(
            "opp_cost_last1_usd",
            "by sales_per_day and margin",
            "money",
            "lost by taking the last unit",
        ),
        optional("opp_cost_last2_usd", "0 where last1 is stated", "money", "… the second last"),
        optional("opp_cost_last3_usd", "0 where last1 is stated", "money", "… the third last"),
        optional("opp_cost_last4_usd", "0 where last1 is stated", "money", "… the fourth last"),
    ],
};

pub(crate) static SETTINGS: FileLayout = FileLayout {
    file: "settings.toml",
    need: Need::Optional,
    meaning: "the shop's clock and how costs count; one `key = value` in a line",
    columns: &[
        optional(
            "time_zone",
            "that of most places, else UTC",
            "IANA name",
            "the shop's clock: days, weekdays and times of day of orders",
        ),
        optional("parts_off", "[]", "list", "cost parts that do not count, such as \"risk\""),
        optional("split_penalty", "1.50", "money", "price of each parcel beyond an order's first"),
        optional("lateness_per_day", "\"never\"", "money", "price of a parcel's day after the promise"),
        optional("promise_days", "5", "days", "promise of orders that state none; \"none\": no promise"),
        optional(
            "promise_days_expedited",
            "3",
            "days",
            "the same where the customer paid for express or priority",
        ),
        optional("promise_days_next_day", "1", "days", "the same for overnight and next day"),
        optional("promise_days_same_day", "0", "days", "the same for same day"),
        optional("transit_weekdays", "all", "list", "days on which carriers move, such as \"Mo\""),
        optional("transit_holidays", "[]", "list of days", "days on which they do not"),
        optional("failed_pick", "8.00", "money", "what one failed pick costs"),
        optional(
            "record_error_tail",
            "[0.75, 0.3, 0.1]",
            "shares",
            "how often a wrong record lacks the n-th last unit",
        ),
        optional("replenish_days", "7", "days", "until the next receipt where none is known"),
        optional(
            "markdown",
            "5 % after 90 days, 12 % after 180",
            "list",
            "steps { after_days = 90, share = 0.05 }",
        ),
        optional(
            "unfilled",
            "\"fewest_first\"",
            "",
            "fewest_first, or priced: weighed with every other cost",
        ),
        optional("parcels_per_location", "\"many\"", "", "one or many, for one order"),
        optional("box_fill", "0.8", "share", "of a box that goods fill"),
        optional("accuracy_gate", "off", "share", "places whose records are right less often are left out"),
        optional(
            "feed_max_age_minutes",
            "off",
            "minutes",
            "places whose stock was reported earlier are left out",
        ),
        optional(
            "when_short",
            "[\"backorder\", \"cancel\"]",
            "list",
            "substitute, backorder, hold, cancel; best first",
        ),
        optional("search_limit", "20000000", "steps", "after which the best plan so far is taken"),
    ],
};

/// Every file of the folder but its rules, in the order in which one fills them.
pub fn layout() -> Vec<FileLayout> {
    let files = [
        &MANIFEST,
        &SETTINGS,
        &LOCATIONS,
        &PRODUCTS,
        &INVENTORY,
        &RATES,
        &SERVICES,
        &SURCHARGES,
        &ZONES,
        &ZONE_PAIRS,
        &ORDERS,
        &ORDER_LINES,
        &HISTORY_ORDERS,
        &HISTORY_LINES,
        &RECEIPTS,
        &ACTUALS,
    ];
    files.into_iter().copied().collect()
}
