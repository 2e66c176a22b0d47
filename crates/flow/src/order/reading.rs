//! An order as a channel sends it, and what must be right about it.
//!
//! Owns: every check that needs no stock. A fault names the field by a JSON pointer and says what to write there.

use super::document::{Address, Customer, Document, Line};
use crate::refused::{FieldFault, Refused};
use crate::shop::Shop;
use model::{Cost, Currency, Day, Lane, ServiceLevel, ShortChoice, SplitPolicy};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most lines that an order may be sent with.
pub const MAX_SENT_LINES: usize = model::order::MAX_LINES;
/// Longest text of a field: names and addresses are shorter, and pages show them whole.
const MAX_TEXT: usize = 300;
const MAX_TAGS: usize = 50;

/// An order as a channel sends it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// Where it was placed: `web`, `pos`, `shopify`.
    pub channel: String,
    /// Its id there. An order that comes twice is taken once.
    pub external_id: String,
    /// What people call it: `#1043`. Empty: its id.
    #[serde(default)]
    pub name: String,
    /// `ship`, `pickup` or `local_delivery`.
    #[serde(default)]
    pub lane: String,
    /// `standard`, `expedited`, `next_day` or `same_day`.
    #[serde(default)]
    pub service: String,
    /// `2026-11-27T09:30:00Z`. Empty: now.
    #[serde(default)]
    pub placed_at: String,
    /// Last day on which it may arrive: `2026-12-01`. Empty: as the settings promise.
    #[serde(default)]
    pub deliver_by: String,
    #[serde(default)]
    pub currency: String,
    #[serde(default)]
    pub customer: Customer,
    #[serde(default)]
    pub ship_to: Address,
    /// Code of the store, for pickup.
    #[serde(default)]
    pub pickup_at: String,
    /// `allowed`, `complete` or `one_place`.
    #[serde(default)]
    pub split: String,
    #[serde(default)]
    pub tags: Vec<String>,
    /// What the customer paid for shipping: `4.95`.
    #[serde(default)]
    pub shipping: String,
    /// Id of the cart whose hold this order takes over.
    #[serde(default)]
    pub cart: String,
    /// Version of the order at its channel: an older one never overwrites a newer one.
    #[serde(default)]
    pub source_version: i64,
    pub lines: Vec<NewLine>,
}

/// A line of an order as a channel sends it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLine {
    /// Its number; 0: by position, from 1.
    #[serde(default)]
    pub line: u32,
    pub sku: String,
    /// 1 to 10,000.
    pub quantity: u32,
    /// What the customer pays for one unit: `12.50`. Empty: the product's price.
    #[serde(default)]
    pub unit_price: String,
    /// `substitute`, `backorder`, `hold` or `cancel`. Empty: as the settings say.
    #[serde(default)]
    pub when_short: String,
}

/// Collects what is wrong.
struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, at: impl Into<String>, say: impl Into<String>) {
        self.0.push(FieldFault { at: at.into(), say: say.into() });
    }

    /// A text that is one of a few codes; empty is the first.
    fn code(&mut self, at: &str, text: &str, codes: &[&'static str]) -> String {
        match codes.iter().find(|code| **code == text) {
            Some(code) => (*code).to_owned(),
            None if text.is_empty() => codes[0].to_owned(),
            None => {
                self.add(at, format!("“{text}” is not known here; write {}", codes.join(", ")));
                String::new()
            }
        }
    }

    fn short_text(&mut self, at: &str, text: &str) {
        if text.len() > MAX_TEXT {
            self.add(at, format!("is {} bytes long; {MAX_TEXT} is the most", text.len()));
        }
    }

    fn address(&mut self, to: &Address) {
        let texts = [
            ("/ship_to/name", &to.name),
            ("/ship_to/line1", &to.line1),
            ("/ship_to/line2", &to.line2),
            ("/ship_to/city", &to.city),
            ("/ship_to/region", &to.region),
            ("/ship_to/postal", &to.postal),
            ("/ship_to/country", &to.country),
        ];
        for (at, text) in texts {
            self.short_text(at, text);
        }
        for (at, text, most) in
            [("/ship_to/latitude", &to.latitude, 90), ("/ship_to/longitude", &to.longitude, 180)]
        {
            if !text.is_empty() && degrees_e4(text, most).is_none() {
                self.add(at, format!("“{text}” is not in degrees; write it like 45.5231"));
            }
        }
    }

    fn needed(&mut self, at: &str, text: &str) {
        if text.trim().is_empty() {
            self.add(at, "is missing; every order needs one");
        }
        self.short_text(at, text);
    }

    fn minor(&mut self, at: &str, text: &str, currency: Currency) -> i64 {
        if text.is_empty() {
            return 0;
        }
        match Cost::from_decimal(text).filter(|cost| cost.0 >= 0) {
            Some(cost) => cost.round_to_money(currency).minor,
            None => {
                self.add(at, format!("“{text}” is not an amount; write it like 12.50"));
                0
            }
        }
    }
}

/// Where an order that is changed goes from now on.
///
/// # Errors
/// Every field that is not right.
pub(crate) fn check_address(to: &Address) -> Result<(), Refused> {
    let mut faults = Faults(Vec::new());
    faults.address(to);
    if faults.0.is_empty() { Ok(()) } else { Err(Refused::Invalid(faults.0)) }
}

impl NewOrder {
    /// What is kept of it.
    ///
    /// # Errors
    /// Every field that is not right.
    pub fn read(&self, shop: &Shop) -> Result<Document, Refused> {
        let mut faults = Faults(Vec::new());
        self.check_names(&mut faults);
        let currency = self.currency(shop, &mut faults);
        let lane = faults.code("/lane", &self.lane, &codes(&Lane::ALL, Lane::code));
        let document = Document {
            service: faults.code("/service", &self.service, &codes(&ServiceLevel::ALL, ServiceLevel::code)),
            deliver_by: self.day(&mut faults),
            currency: currency.code().to_owned(),
            customer: self.customer.clone(),
            ship_to: self.ship_to.clone(),
            pickup_at: self.pickup_at(shop, &lane, &mut faults),
            slot_ms: None,
            split: faults.code("/split", &self.split, &codes(&SplitPolicy::ALL, SplitPolicy::code)),
            tags: self.tags.clone(),
            lines: self.lines(shop, currency, &mut faults),
            shipping_minor: faults.minor("/shipping", &self.shipping, currency),
            erased_at_ms: None,
        };
        if faults.0.is_empty() { Ok(document) } else { Err(Refused::Invalid(faults.0)) }
    }

    pub fn lane(&self) -> Lane {
        Lane::from_code(&self.lane).unwrap_or(Lane::Ship)
    }

    fn check_names(&self, faults: &mut Faults) {
        faults.needed("/channel", &self.channel);
        faults.needed("/external_id", &self.external_id);
        let texts = [
            ("/name", &self.name),
            ("/cart", &self.cart),
            ("/customer/name", &self.customer.name),
            ("/customer/email", &self.customer.email),
            ("/customer/phone", &self.customer.phone),
        ];
        for (at, text) in texts {
            faults.short_text(at, text);
        }
        faults.address(&self.ship_to);
        if self.tags.len() > MAX_TAGS {
            faults.add("/tags", format!("has {} tags; {MAX_TAGS} is the most", self.tags.len()));
        }
        for (i, tag) in self.tags.iter().enumerate().take(MAX_TAGS) {
            faults.short_text(&format!("/tags/{i}"), tag);
        }
    }

    fn currency(&self, shop: &Shop, faults: &mut Faults) -> Currency {
        let own = shop.network.currency;
        if !self.currency.is_empty() && self.currency != own.code() {
            let say = format!("“{}” is not the shop's currency, which is {}", self.currency, own.code());
            faults.add("/currency", say);
        }
        own
    }

    fn day(&self, faults: &mut Faults) -> String {
        if !self.deliver_by.is_empty() && Day::from_iso(&self.deliver_by).is_none() {
            faults
                .add("/deliver_by", format!("“{}” is not a day; write it like 2026-12-01", self.deliver_by));
        }
        self.deliver_by.clone()
    }

    fn pickup_at(&self, shop: &Shop, lane: &str, faults: &mut Faults) -> String {
        let is_pickup = lane == Lane::Pickup.code();
        match (is_pickup, self.pickup_at.is_empty()) {
            (true, true) => faults.add("/pickup_at", "is missing; name the store that the customer chose"),
            (_, false) if shop.network.location_by_code(&self.pickup_at).is_none() => {
                faults.add("/pickup_at", format!("there is no location “{}”", self.pickup_at));
            }
            (false, false) => {
                faults.add("/pickup_at", "is only for orders whose lane is pickup; leave it out");
            }
            _ => {}
        }
        self.pickup_at.clone()
    }

    fn lines(&self, shop: &Shop, currency: Currency, faults: &mut Faults) -> Vec<Line> {
        if self.lines.is_empty() {
            faults.add("/lines", "is empty; an order needs at least one line");
        }
        if self.lines.len() > MAX_SENT_LINES {
            faults.add("/lines", format!("has {} lines; {MAX_SENT_LINES} is the most", self.lines.len()));
            return Vec::new();
        }
        let mut lines = Vec::with_capacity(self.lines.len());
        for (i, sent) in self.lines.iter().enumerate() {
            let number = if sent.line == 0 { i as u32 + 1 } else { sent.line };
            if lines.iter().any(|line: &Line| line.line == number) {
                faults
                    .add(format!("/lines/{i}/line"), format!("{number} comes twice; give each line its own"));
            }
            lines.push(Line { line: number, ..sent.read(shop, currency, (i, faults)) });
        }
        lines
    }
}

impl NewLine {
    fn read(&self, shop: &Shop, currency: Currency, (i, faults): (usize, &mut Faults)) -> Line {
        let at = |field: &str| format!("/lines/{i}/{field}");
        let sku = self.sku.trim();
        let product = shop.network.product_by_sku(sku);
        if product.is_none() {
            faults.add(at("sku"), format!("there is no product “{sku}”; add it first, or mend the SKU"));
        }
        if self.quantity == 0 || self.quantity > model::order::MAX_UNITS {
            let most = model::order::MAX_UNITS;
            faults.add(at("quantity"), format!("{} is not a quantity; write 1 to {most}", self.quantity));
        }
        let price = match (self.unit_price.is_empty(), product) {
            (true, Some(id)) => shop.network.product(id).price.round_to_money(currency).minor,
            _ => faults.minor(&at("unit_price"), &self.unit_price, currency),
        };
        let known = ShortChoice::from_code(&self.when_short).is_some() || self.when_short.is_empty();
        if !known {
            let codes = codes(&ShortChoice::ALL, ShortChoice::code).join(", ");
            faults.add(at("when_short"), format!("“{}” is not known here; write {codes}", self.when_short));
        }
        Line {
            line: 0,
            sku: sku.to_owned(),
            quantity: self.quantity,
            unit_price_minor: price,
            when_short: self.when_short.clone(),
        }
    }
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|&one| code(one)).collect()
}

/// Degrees in 1/10,000, from decimal text. `None`: no number, or beyond ±`most`.
pub(super) fn degrees_e4(text: &str, most: i64) -> Option<i32> {
    let value = Cost::from_decimal(truncated(text))?.0;
    (value.abs() <= most * Cost::PER_MAJOR).then_some(value as i32)
}

/// Four decimals, about 11 m, are all that distances need.
fn truncated(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, rest)) if rest.len() > 4 && rest.bytes().all(|byte| byte.is_ascii_digit()) => {
            &text[..whole.len() + 5]
        }
        _ => text,
    }
}
