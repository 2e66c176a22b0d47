//! What happened, as one plain sentence for each kind of exception, with the numbers that it comes with.
//!
//! Owns: which facts a sentence may use, and which are listed beside it. Refuses to know: how an exception comes about.

use crate::frame::Frame;
use crate::visit::{Visit, part};
use fluent_bundle::{FluentArgs, FluentValue};
use serde_json::Value;

/// What an exception is about, as the API tells it.
pub(super) struct About<'a> {
    pub(super) kind: &'a str,
    pub(super) facts: &'a Value,
    /// Code of a location.
    pub(super) location: Option<&'a str>,
    pub(super) order_name: Option<&'a str>,
}

/// Numbers that a sentence may use; those that are not known are 0.
const NUMBERS: [&str; 4] = ["units", "off_sale", "books_say", "missing"];

impl About<'_> {
    fn text(&self, name: &str) -> &str {
        self.facts[name].as_str().unwrap_or_default()
    }

    fn number(&self, name: &str) -> i64 {
        self.facts[name].as_i64().unwrap_or(0)
    }

    /// Code of the place where it is; empty: at none.
    fn place(&self) -> &str {
        self.location.unwrap_or_else(|| self.text("location"))
    }

    /// What happened.
    pub(super) fn sentence(&self, visit: &Visit, f: &Frame) -> String {
        let mut said = FluentArgs::new();
        for name in NUMBERS {
            said.set(name, FluentValue::from(self.number(name)));
        }
        let promised = self.facts["promised_to"].as_array().map_or(0, Vec::len);
        said.set("promised", FluentValue::from(promised));
        let sku = self.text("sku");
        let title = product(visit, sku);
        said.set("product", if title.is_empty() { sku.to_owned() } else { title });
        said.set(
            "place",
            if self.place().is_empty() { f.t("exceptions-a-place") } else { visit.place_name(self.place()) },
        );
        said.set("order", self.order_name.map_or_else(|| f.t("exceptions-an-order"), str::to_owned));
        said.set("state", self.text("state").to_owned());
        let id = format!("exceptions-story-{}", self.kind.replace('_', "-"));
        f.words.say(&id, &said)
    }

    /// What is known of it, for a list beside the sentence.
    pub(super) fn facts(&self, visit: &Visit, f: &Frame) -> Vec<Fact> {
        let sku = self.text("sku");
        let mut facts = Vec::new();
        if !sku.is_empty() {
            let title = product(visit, sku);
            let value = if title.is_empty() { sku.to_owned() } else { format!("{sku} · {title}") };
            facts.push(Fact { label: f.t("product"), value, way: Some(format!("/inventory/{}", part(sku))) });
        }
        for name in NUMBERS {
            if self.facts[name].is_i64() {
                let (label, value) = (f.named("exceptions-fact", name), f.number(&self.number(name)));
                facts.push(Fact { label, value, way: None });
            }
        }
        if let Some(promised) = self.facts["promised_to"].as_array() {
            let value = f.number(&i64::try_from(promised.len()).unwrap_or(i64::MAX));
            facts.push(Fact { label: f.t("exceptions-fact-promised-to"), value, way: None });
        }
        for (name, kind) in [("reason", "exceptions-short"), ("state", "state")] {
            if !self.text(name).is_empty() {
                let value = f.named(kind, self.text(name));
                facts.push(Fact { label: f.named("exceptions-fact", name), value, way: None });
            }
        }
        facts
    }
}

/// One thing that is known.
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
    pub(super) way: Option<String>,
}

/// What a product is called; empty where it is not known.
pub(super) fn product(visit: &Visit, sku: &str) -> String {
    let network = &visit.shop.network;
    network.product_by_sku(sku).map_or_else(String::new, |id| network.product(id).title.clone())
}

/// The locations that somebody reaches: code and name.
pub(super) fn places(visit: &Visit) -> Vec<(String, String)> {
    let reached = visit.who.places.codes();
    let is_reached = |code: &str| reached.as_ref().is_none_or(|codes| codes.contains(&code));
    let all = visit.shop.network.locations.iter().filter(|place| is_reached(&place.code));
    all.map(|place| (place.code.clone(), place.name.clone())).collect()
}
