//! Names in rules that the network does not know.
//!
//! Owns: which names are looked up where, and the nearest known one. Channels, tags of orders and places that
//! orders go to come from outside: nothing here knows them all.

use super::{Finding, Known, Severity};
use crate::rules::grammar::nearest::nearest;
use crate::rules::grammar::regions::code_of;
use model::{Condition, ItemTest, Network, PlaceKind, PlaceTest};
use std::collections::BTreeSet;

/// Most known names that a remedy lists.
const MAX_LISTED: usize = 8;

/// A name in a rule, and what it should be one of.
struct Asked<'a> {
    code: &'static str,
    /// `a location`.
    what: &'static str,
    name: &'a str,
    known: BTreeSet<&'a str>,
}

pub(super) fn look(rule: &Known<'_>, network: &Network) -> Vec<Finding> {
    let mut asked = Vec::new();
    if !network.locations.is_empty() {
        ask_places(rule, network, &mut asked);
    }
    ask_destinations(rule, network, &mut asked);
    if !network.products.is_empty() {
        for condition in &rule.rule.when {
            if let Condition::Item(test) = condition {
                asked.extend(ask_item(test, network));
            }
        }
    }
    let unknown = asked.into_iter().filter(|asked| !asked.known.contains(asked.name));
    unknown.map(|asked| say(rule, &asked, network)).collect()
}

/// Orders may go anywhere, so of all names only that of a state is certainly a slip: orders carry its code.
fn ask_destinations<'a>(rule: &Known<'a>, network: &'a Network, asked: &mut Vec<Asked<'a>>) {
    let known: BTreeSet<&str> = network.locations.iter().map(|location| location.region.as_str()).collect();
    for condition in &rule.rule.when {
        let Condition::Region(names) = condition else { continue };
        asked.extend(names.iter().filter(|name| code_of(name).is_some()).map(|name| Asked {
            code: "unknown_region",
            what: "a code that orders carry",
            name,
            known: known.clone(),
        }));
    }
}

fn ask_places<'a>(rule: &Known<'a>, network: &'a Network, asked: &mut Vec<Asked<'a>>) {
    let Some(places) = super::places_of(&rule.rule.then) else { return };
    let locations = &network.locations;
    if let PlaceKind::Named(codes) = &places.kind {
        let known: BTreeSet<&str> = locations.iter().map(|location| location.code.as_str()).collect();
        asked.extend(codes.iter().map(|name| Asked {
            code: "unknown_location",
            what: "a location",
            name,
            known: known.clone(),
        }));
    }
    for test in &places.tests {
        match test {
            PlaceTest::Class(name) => {
                let known = locations.iter().map(|location| location.class.as_str()).collect();
                asked.push(Asked { code: "unknown_class", what: "the class of a location", name, known });
            }
            PlaceTest::Tag(name) => {
                let tags = locations.iter().flat_map(|location| &location.tags);
                let known = tags.map(String::as_str).collect();
                asked.push(Asked { code: "unknown_tag", what: "the tag of a location", name, known });
            }
            PlaceTest::Region(regions) => {
                let known: BTreeSet<&str> =
                    locations.iter().map(|location| location.region.as_str()).collect();
                asked.extend(regions.iter().map(|name| Asked {
                    code: "unknown_region",
                    what: "the region of a location",
                    name,
                    known: known.clone(),
                }));
            }
            _ => {}
        }
    }
}

fn ask_item<'a>(test: &'a ItemTest, network: &'a Network) -> Option<Asked<'a>> {
    let products = network.products.iter();
    match test {
        ItemTest::Category(name) => {
            let known = products.map(|product| product.category.as_str()).collect();
            Some(Asked { code: "unknown_category", what: "the category of a product", name, known })
        }
        ItemTest::Tag(name) => {
            let known = products.flat_map(|product| &product.tags).map(String::as_str).collect();
            Some(Asked { code: "unknown_tag", what: "the tag of a product", name, known })
        }
        ItemTest::Sku(name) => {
            let known = products.map(|product| product.sku.as_str()).collect();
            Some(Asked { code: "unknown_sku", what: "the SKU of a product", name, known })
        }
        ItemTest::Needs(_) | ItemTest::Velocity(_) | ItemTest::Weight(..) | ItemTest::Price(..) => None,
    }
}

/// What the name was surely meant for: a location called by its name, a state by its name.
fn meant<'a>(asked: &Asked<'_>, network: &'a Network) -> Option<&'a str> {
    let is_same = |name: &str| name.to_lowercase() == asked.name.to_lowercase();
    match asked.code {
        "unknown_location" => {
            let mut called = network.locations.iter().filter(|location| is_same(&location.name));
            called.next().filter(|_| called.next().is_none()).map(|location| location.code.as_str())
        }
        "unknown_region" => code_of(asked.name),
        _ => None,
    }
}

fn say(rule: &Known<'_>, asked: &Asked<'_>, network: &Network) -> Finding {
    let severity = if asked.code == "unknown_location" { Severity::Error } else { Severity::Warning };
    let message = format!("{} speaks of '{}', which is not {}.", rule.name(), asked.name, asked.what);
    let known: Vec<&str> = asked.known.iter().copied().filter(|name| !name.is_empty()).collect();
    let near = meant(asked, network).or_else(|| nearest(asked.name, known.iter().copied()));
    let remedy = match near {
        Some(near) => format!("Did you mean '{near}'?"),
        None if known.is_empty() => {
            "None is in use yet: add it to the network, or say it differently.".to_owned()
        }
        None => {
            let more = if known.len() > MAX_LISTED { ", …" } else { "" };
            format!("Known are: {}{more}.", known[..known.len().min(MAX_LISTED)].join(", "))
        }
    };
    rule.finding(severity, asked.code, (message, remedy))
}
