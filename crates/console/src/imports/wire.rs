//! Imports as the API tells them.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(super) struct Listed {
    pub(super) items: Vec<Import>,
    pub(super) next: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Import {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) state: String,
    pub(super) layout: String,
    pub(super) done: i64,
    pub(super) total: i64,
    tally: BTreeMap<String, i64>,
    pub(super) failure: Option<String>,
    pub(super) created_at: i64,
    pub(super) started_at: Option<i64>,
    pub(super) ended_at: Option<i64>,
    pub(super) reverted_at: Option<i64>,
    pub(super) revertible_until: Option<i64>,
}

impl Import {
    /// How many ended so.
    pub(super) fn of(&self, end: &str) -> i64 {
        self.tally.get(end).copied().unwrap_or_default()
    }

    /// Somebody works on it now.
    pub(super) fn is_under_way(&self) -> bool {
        matches!(self.state.as_str(), "checking" | "running" | "reverting")
    }

    /// Its rows may say how many there are, beside what is sold.
    pub(super) fn may_have_stock(&self) -> bool {
        let has = ["shopify_products", "shopify_products_new", "square_items", "woocommerce_products"];
        self.kind == "products" && has.contains(&self.layout.as_str())
    }
}

#[derive(Deserialize)]
pub(super) struct Full {
    #[serde(flatten)]
    pub(super) import: Import,
    pub(super) separator: char,
    pub(super) header_row: i64,
    pub(super) columns: Vec<Column>,
    pub(super) fields: Vec<String>,
    pub(super) needs: Vec<String>,
    pub(super) mapped_by: String,
    pub(super) location: Option<String>,
    pub(super) as_of: i64,
    pub(super) mode: String,
    pub(super) warnings: Vec<Warning>,
    pub(super) result: Option<Found>,
}

#[derive(Deserialize)]
pub(super) struct Column {
    pub(super) index: usize,
    pub(super) name: String,
    pub(super) samples: Vec<String>,
    pub(super) field: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Warning {
    pub(super) column: String,
    pub(super) rows: i64,
    pub(super) sample: String,
    pub(super) say: String,
}

/// What the dry run found.
#[derive(Deserialize)]
pub(super) struct Found {
    pub(super) new: i64,
    pub(super) changed: i64,
    pub(super) same: i64,
    pub(super) bad: i64,
    pub(super) skipped: i64,
    pub(super) warnings: Vec<FoundWarning>,
    pub(super) bad_rows: Vec<Bad>,
    pub(super) stock: Option<Stock>,
}

impl Found {
    pub(super) fn changes_something(&self) -> bool {
        self.new + self.changed > 0
    }
}

#[derive(Deserialize)]
pub(super) struct FoundWarning {
    pub(super) code: String,
    pub(super) say: String,
}

#[derive(Deserialize)]
pub(super) struct Bad {
    pub(super) row: i64,
    pub(super) column: String,
    pub(super) value: String,
    pub(super) say: String,
}

#[derive(Deserialize)]
pub(super) struct Stock {
    pub(super) units_up: i64,
    pub(super) units_down: i64,
    pub(super) largest: Vec<Delta>,
}

#[derive(Deserialize)]
pub(super) struct Delta {
    pub(super) location: String,
    pub(super) sku: String,
    pub(super) from: i64,
    pub(super) to: i64,
}

#[derive(Deserialize)]
pub(super) struct Conflicts {
    pub(super) items: Vec<Conflict>,
    pub(super) next: Option<String>,
}

/// A shelf that was left as it is.
#[derive(Deserialize)]
pub(super) struct Conflict {
    pub(super) sku: String,
    pub(super) location: String,
    pub(super) moved: i64,
    pub(super) why: String,
}
