//! The layout of the files of the Baton folder that tell what happens: orders, receipts, what was done.
//!
//! Owns: their columns. Refuses to know: everything else, as [`super::layout`] does.

use super::layout::{Column, FileLayout, Need, optional, required};

const ORDER_COLUMNS: &[Column] = &[
    required("order_id", "", "id of the order, unique").or(&["order", "id"]),
    optional(
        "day",
        "see placed_at",
        "day, or days from day 0",
        "the shop's day of the order; day 0 is any day",
    ),
    optional("placed_minute", "0", "minutes", "minute of that day, by the shop's clock"),
    optional("placed_at", "see day", "time", "when it was placed; replaces day and placed_minute")
        .or(&["created_at"]),
    optional("promise_days", "settings.toml", "days", "days after its day in which it must arrive"),
    optional("deliver_by", "by promise_days", "day", "last day on which it may arrive"),
    optional("dest_zip", "", "", "postal code").or(&["zip", "postal_code", "zip_code"]),
    optional("dest_zip3", "beginning of dest_zip", "", "destination as zones.csv names it").or(&["place"]),
    optional("dest_state", "", "", "code of state or province").or(&["state", "region", "province"]),
    optional("dest_lat_deg", "unknown", "degrees", "latitude, WGS 84"),
    optional("dest_lon_deg", "unknown", "degrees", "longitude, WGS 84"),
    optional("country", "US", "ISO 3166", "country; postal codes are looked up for US alone"),
    optional("residential", "0", "0/1", "delivered to a home, for surcharges"),
    optional("lane", "ship", "", "ship, pickup or local_delivery"),
    optional("pickup_at", "", "", "place where the customer collects it").or(&["store"]),
    optional("service", "standard", "", "standard, expedited, next_day or same_day"),
    optional("slot_from", "", "time", "earliest time that the customer chose"),
    optional("slot_to", "", "time", "latest time that the customer chose"),
    optional("channel", "", "", "where it was placed, for rules"),
    optional("split", "allowed", "", "allowed, complete or one_place"),
    optional("tags", "", "list by ;", "own labels, for rules"),
];

const LINE_COLUMNS: &[Column] = &[
    required("order_id", "", "order").or(&["order"]),
    optional("line", "1, 2, … within the order", "", "number of the line"),
    required("sku", "", "product").or(&["product", "product_id"]),
    required("qty", "units", "1 to 10,000").or(&["quantity", "units"]),
    optional("unit_price_usd", "the product's price", "money", "what the customer paid for one unit"),
    optional("when_short", "settings.toml", "", "substitute, backorder, hold or cancel"),
];

pub(crate) static ORDERS: FileLayout = FileLayout {
    file: "orders.csv",
    need: Need::Optional,
    meaning: "orders, in the order in which they are decided",
    columns: ORDER_COLUMNS,
};

pub(crate) static ORDER_LINES: FileLayout = FileLayout {
    file: "order_lines.csv",
    need: Need::Optional,
    meaning: "what was ordered",
    columns: LINE_COLUMNS,
};

pub(crate) static HISTORY_ORDERS: FileLayout = FileLayout {
    file: "history_orders.csv",
    need: Need::Optional,
    meaning: "orders of earlier days, for learning how fast things sell",
    columns: ORDER_COLUMNS,
};

pub(crate) static HISTORY_LINES: FileLayout = FileLayout {
    file: "history_order_lines.csv",
    need: Need::Optional,
    meaning: "what was ordered then",
    columns: LINE_COLUMNS,
};

pub(crate) static RECEIPTS: FileLayout = FileLayout {
    file: "receipts.csv",
    need: Need::Optional,
    meaning: "units that arrived while the orders came, for replay",
    columns: &[
        required("day", "day, or days from day 0", "when they arrived").or(&["date"]),
        required("location_id", "", "place").or(&["location"]),
        required("sku", "", "product").or(&["product", "product_id"]),
        required("units", "units", "how many").or(&["qty", "quantity"]),
    ],
};

pub(crate) static ACTUALS: FileLayout = FileLayout {
    file: "actuals.csv",
    need: Need::Optional,
    meaning: "what was really done, for comparison",
    columns: &[
        required("order_id", "", "order").or(&["order"]),
        required("line", "", "number of the line"),
        required("sku", "", "product").or(&["product", "product_id"]),
        required("qty", "units", "units shipped from there").or(&["quantity", "units"]),
        required("location_id", "", "place that shipped them").or(&["location"]),
        optional("shipping_cost_usd", "unknown", "money", "what the carrier was paid for them; not used"),
    ],
};
