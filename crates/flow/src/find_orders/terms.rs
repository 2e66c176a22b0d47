//! What an order is found by.

use super::fold::{identifier, reversed_digits, words};
use super::reading::FEWEST_DIGITS;
use crate::order::Document;
use crate::shop::Shop;
use std::collections::BTreeSet;
use store::order_terms::Term;
use store::orders::{Item, OrderRow};
use store::places::LocationKey;

/// Words of names that one order is found by: names are shorter.
const MOST_WORDS: usize = 12;

/// All but the places it is given to.
pub(crate) fn of_order(shop: &Shop, row: &OrderRow, document: &Document, items: &[Item]) -> Vec<Term> {
    let mut terms: BTreeSet<Term> = of_person(document).into_iter().collect();
    let names = [&row.name, &row.external_id].map(|name| identifier(name));
    terms.extend(names.iter().filter(|name| !name.is_empty()).map(|name| Term::identifier(name)));
    terms.extend(items.iter().map(|item| Term::product(item.product)));
    // A bundle is found by its own SKU, too.
    let sold = document.lines.iter().filter_map(|line| shop.network.product_by_sku(&line.sku));
    terms.extend(sold.map(|id| Term::product(shop.product_key(id))));
    terms.extend(document.tags.iter().map(|tag| Term::tag(tag)));
    terms.into_iter().collect()
}

/// Those that tell who ordered, or who receives it.
pub(crate) fn of_person(document: &Document) -> Vec<Term> {
    let mut terms = BTreeSet::new();
    let names = [&document.customer.name, &document.ship_to.name];
    let all = names.into_iter().flat_map(|name| words(name)).take(MOST_WORDS);
    terms.extend(all.map(|word| Term::word(&word)));
    let email = document.customer.email.trim().to_lowercase();
    if !email.is_empty() {
        terms.insert(Term::email(&email));
    }
    let phone = reversed_digits(&document.customer.phone);
    if phone.len() >= FEWEST_DIGITS {
        terms.insert(Term::phone(&phone));
    }
    terms.into_iter().collect()
}

/// Those of places that are given some of an order. `is_split`: perhaps it is more than one.
pub(crate) fn given_to(places: impl Iterator<Item = LocationKey>, is_split: IsSplit) -> Vec<Term> {
    let places: BTreeSet<LocationKey> = places.collect();
    let mut terms: Vec<Term> = places.iter().map(|place| Term::location(*place)).collect();
    if is_split == IsSplit::Perhaps || places.len() > 1 {
        terms.push(Term::split());
    }
    terms
}

/// Whether places that are given some of an order may not be the only ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IsSplit {
    ByThese,
    Perhaps,
}
