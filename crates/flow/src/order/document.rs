//! What is kept of an order besides its units: who ordered what, where to and for how much.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Everything that was said of an order, checked. Kept as JSON.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Document {
    /// `standard`, `expedited`, `next_day`, `same_day`.
    pub service: String,
    /// `2026-12-01`; empty: what the settings promise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub deliver_by: String,
    pub currency: String,
    pub customer: Customer,
    pub ship_to: Address,
    /// Code of the store of a pickup.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pickup_at: String,
    /// When the customer wants to collect or receive it, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot_ms: Option<(i64, i64)>,
    pub split: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    pub lines: Vec<Line>,
    /// What the customer paid for shipping, in minor units.
    pub shipping_minor: i64,
    /// When the shopper was erased; nothing of them came back since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at_ms: Option<i64>,
}

impl Document {
    /// Takes out who ordered, and where exactly it went. What a decision stood on stays: country, region, the first
    /// characters of the postal code, and whether it is a home.
    pub(crate) fn erase(&mut self, at_ms: i64) {
        self.customer = Customer::default();
        self.ship_to = Address {
            region: std::mem::take(&mut self.ship_to.region),
            country: std::mem::take(&mut self.ship_to.country),
            postal: prefix(&self.ship_to),
            is_residential: self.ship_to.is_residential,
            ..Address::default()
        };
        self.erased_at_ms = Some(at_ms);
    }
}

/// Characters of a postal code that stay: of US ZIP codes what zones are made of, and in most countries a whole district.
const POSTAL_PREFIX: usize = 3;

/// A shorter code has none: its beginning would be all of it.
fn prefix(to: &Address) -> String {
    let postal = to.postal.trim().trim_start_matches('\'');
    let is_us = matches!(to.country.trim(), "" | "US" | "us" | "USA");
    // `2139` is `02139`, whose zero a spreadsheet ate.
    let lost = is_us && postal.len() == 4 && postal.bytes().all(|byte| byte.is_ascii_digit());
    let postal = if lost { format!("0{postal}") } else { postal.to_owned() };
    if postal.chars().count() <= POSTAL_PREFIX {
        String::new()
    } else {
        postal.chars().take(POSTAL_PREFIX).collect()
    }
}

/// Who ordered.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub phone: String,
}

/// Where it goes.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Address {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub line1: String,
    #[serde(default)]
    pub line2: String,
    #[serde(default)]
    pub city: String,
    /// State or province code.
    #[serde(default)]
    pub region: String,
    #[serde(default)]
    pub postal: String,
    /// ISO 3166; empty: the United States.
    #[serde(default)]
    pub country: String,
    /// Degrees, as decimal text: `45.5231`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub latitude: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub longitude: String,
    #[serde(default)]
    pub is_residential: bool,
}

/// One line as it was ordered.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Line {
    pub line: u32,
    pub sku: String,
    pub quantity: u32,
    /// What the customer paid for one unit, in minor units.
    pub unit_price_minor: i64,
    /// `substitute`, `backorder`, `hold`, `cancel`; empty: as the settings say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when_short: String,
}
