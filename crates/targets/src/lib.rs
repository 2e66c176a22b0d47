//! Every parser of Baton by name, to be tried on bytes that nobody meant.
//!
//! Owns: the list, and what must hold whatever the bytes are: a reader may refuse them; it may not panic, hang,
//! or hand on an order that the engine cannot decide. Refuses to know: where the bytes come from. A fuzzer
//! brings them (`fuzz/`), or a test that spoils good files (`tests/spoiled.rs`).

mod files;
mod sheet;
mod text;

/// A parser.
pub struct Target {
    pub name: &'static str,
    input: Input,
}

enum Input {
    Text {
        check: fn(&str),
        good: &'static str,
    },
    /// A file of a Baton folder.
    File(&'static str),
    /// An export of Shopify.
    Export(&'static str),
    /// A file of Olist's order history.
    History(&'static str),
    /// A table that somebody brings.
    Sheet(&'static str),
}

impl Target {
    const fn text(name: &'static str, check: fn(&str), good: &'static str) -> Target {
        Target { name, input: Input::Text { check, good } }
    }

    const fn file(name: &'static str, file: &'static str) -> Target {
        Target { name, input: Input::File(file) }
    }

    const fn export(name: &'static str, file: &'static str) -> Target {
        Target { name, input: Input::Export(file) }
    }

    const fn history(name: &'static str, file: &'static str) -> Target {
        Target { name, input: Input::History(file) }
    }

    const fn sheet(name: &'static str, good: &'static str) -> Target {
        Target { name, input: Input::Sheet(good) }
    }

    /// An input that is read without complaint.
    pub fn good(&self) -> &'static str {
        match self.input {
            Input::Text { good, .. } => good,
            Input::File(file) => files::good_file(file),
            Input::Export(file) => files::good_export(file),
            Input::History(file) => files::good_history(file),
            Input::Sheet(good) => good,
        }
    }

    /// Tries the parser; panics where something does not hold.
    pub fn try_on(&self, bytes: &[u8]) {
        match self.input {
            Input::Text { check, .. } => {
                if let Ok(text) = std::str::from_utf8(bytes) {
                    check(text);
                }
            }
            Input::File(file) => files::folder_with(file, bytes),
            Input::Export(file) => files::exports_with(file, bytes),
            Input::History(file) => files::history_with(file, bytes),
            Input::Sheet(_) => sheet::brought(bytes),
        }
    }
}

pub const TARGETS: [Target; 31] = [
    Target::text("rule_file", text::rule_file, text::RULES),
    Target::text("rule_sentence", text::rule_sentence, text::SENTENCE),
    Target::text("rule_cases", text::rule_cases, text::CASES),
    Target::text("money", text::money, "-1234.5678"),
    Target::text("day", text::day, "2026-11-24"),
    Target::text("opening_hours", text::opening_hours, text::HOURS),
    Target::file("folder_actuals", "actuals.csv"),
    Target::file("folder_inventory", "inventory.csv"),
    Target::file("folder_locations", "locations.csv"),
    Target::file("folder_manifest", "manifest.json"),
    Target::file("folder_order_lines", "order_lines.csv"),
    Target::file("folder_orders", "orders.csv"),
    Target::file("folder_products", "products.csv"),
    Target::file("folder_rates", "rates.csv"),
    Target::file("folder_receipts", "receipts.csv"),
    Target::file("folder_services", "services.csv"),
    Target::file("folder_settings", "settings.toml"),
    Target::file("folder_surcharges", "surcharges.csv"),
    Target::file("folder_zone_pairs", "zone_pairs.csv"),
    Target::file("folder_zones", "zones.csv"),
    Target::history("olist_ceps", "br_cep5.csv"),
    Target::history("olist_customers", "olist_customers.csv"),
    Target::history("olist_items", "olist_order_items.csv"),
    Target::history("olist_orders", "olist_orders.csv"),
    Target::history("olist_products", "olist_products.csv"),
    Target::history("olist_sellers", "olist_sellers.csv"),
    Target::sheet("sheet_products", sheet::PRODUCTS),
    Target::sheet("sheet_stock", sheet::STOCK),
    Target::export("shopify_inventory", "inventory_export.csv"),
    Target::export("shopify_orders", "orders_export.csv"),
    Target::export("shopify_products", "products_export.csv"),
];

/// Tries the parser of this name.
///
/// # Panics
/// When there is none, or when something does not hold.
pub fn try_on(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    target.expect("the name is that of a target").try_on(bytes);
}
