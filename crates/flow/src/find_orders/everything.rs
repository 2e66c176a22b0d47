//! One search over everything that people look for: orders, products, places, open exceptions.
//!
//! Owns: what comes first, and how few are enough. Refuses to know: who may see which; who asks says what is looked for.

use super::filter::{Filter, find};
use super::fold::{fold, words};
use super::reading::products_of_code;
use crate::refused::Refused;
use crate::shop::Shop;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::exceptions::{self, ExceptionRow};
use store::places::LocationKey;
use store::{Db, orders};

/// Of each kind: a list that is read at a glance.
pub const MOST_OF_A_KIND: usize = 8;
/// Open exceptions that are looked through, those due first first.
const MOST_EXCEPTIONS: i64 = 500;

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Looked {
    pub orders: bool,
    pub network: bool,
    pub exceptions: Exceptions,
}

/// Whose exceptions are looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Exceptions {
    None,
    /// Of these places.
    At(Vec<LocationKey>),
    All,
}

/// Something that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// `order`, `product`, `location` or `exception`.
    pub kind: &'static str,
    /// The id of an order or exception, the SKU of a product, the code of a place.
    pub id: String,
    pub title: String,
    pub detail: String,
}

/// What a text leads to: orders first, then products, places and exceptions, each the likeliest first.
///
/// # Errors
/// The text is too long; the database's.
pub async fn everything(
    db: &Db,
    (shop, now_ms): (&Arc<Shop>, i64),
    text: &str,
    looked: Looked,
) -> Result<Vec<Hit>, Refused> {
    let text = text.trim();
    let mut hits = Vec::new();
    if text.is_empty() {
        return Ok(hits);
    }
    let mut found = BTreeSet::new();
    if looked.orders {
        let filter = Filter { search: Some(text.to_owned()), ..Filter::default() };
        let all = find(db, (shop, &filter, now_ms), (i64::MAX, String::new()), MOST_OF_A_KIND as i64).await?;
        found.extend(all.iter().map(|found| found.order.id.clone()));
        hits.extend(all.into_iter().map(|found| of_order(&found.order)));
    }
    if looked.network {
        hits.extend(products(db, shop, text).await?);
        hits.extend(places(shop, text));
    }
    if looked.exceptions != Exceptions::None {
        hits.extend(open_exceptions(db, shop, (text, &found, looked.exceptions)).await?);
    }
    Ok(hits)
}

fn of_order(row: &orders::OrderRow) -> Hit {
    let document: Option<crate::order::Document> = serde_json::from_str(&row.document).ok();
    let customer = document.map(|document| document.customer.name).unwrap_or_default();
    let state = if row.hold.is_empty() { row.state.clone() } else { format!("{} ({})", row.state, row.hold) };
    let detail = if customer.is_empty() { state } else { format!("{customer} · {state}") };
    Hit { kind: "order", id: row.id.clone(), title: row.name.clone(), detail }
}

/// By SKU or code first, then SKUs that begin so, then titles whose words do.
async fn products(db: &Db, shop: &Arc<Shop>, text: &str) -> Result<Vec<Hit>, Refused> {
    let asked = Arc::new((Arc::clone(shop), text.to_owned()));
    let same = db.read::<_, Refused>(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move { products_of_code(tx, &asked.0, &asked.1).await })
    });
    let same =
        same.await?.into_iter().filter_map(|key| shop.product_id(key)).map(|id| shop.network.product(id));
    let all = &shop.network.products;
    let beginning = all.iter().filter(|product| begins(&product.sku, text));
    let wanted = words(text);
    let named = all.iter().filter(|product| has_words(&product.title, &wanted));
    let mut seen = BTreeSet::new();
    let hits = same.chain(beginning.take(2 * MOST_OF_A_KIND)).chain(named.take(2 * MOST_OF_A_KIND));
    let hits = hits.filter(|product| seen.insert(product.sku.as_str())).take(MOST_OF_A_KIND);
    let hit = |product: &model::Product| Hit {
        kind: "product",
        id: product.sku.clone(),
        title: product.title.clone(),
        detail: product.sku.clone(),
    };
    Ok(hits.map(hit).collect())
}

fn places(shop: &Shop, text: &str) -> Vec<Hit> {
    let wanted = words(text);
    let places = shop.network.locations.iter();
    let found = places.filter(|place| begins(&place.code, text) || has_words(&place.name, &wanted));
    let hit = |place: &model::Location| Hit {
        kind: "location",
        id: place.code.clone(),
        title: place.name.clone(),
        detail: place.code.clone(),
    };
    found.take(MOST_OF_A_KIND).map(hit).collect()
}

fn begins(code: &str, text: &str) -> bool {
    code.as_bytes().get(..text.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(text.as_bytes()))
}

/// Whether each of these begins a word of the title.
fn has_words(title: &str, wanted: &[String]) -> bool {
    if wanted.is_empty() {
        return false;
    }
    let own = words(title);
    wanted.iter().all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
}

async fn open_exceptions(
    db: &Db,
    shop: &Arc<Shop>,
    (text, found, whose): (&str, &BTreeSet<String>, Exceptions),
) -> Result<Vec<Hit>, Refused> {
    let asked = Arc::new((Arc::clone(shop), fold(text), found.clone(), whose));
    let hits = db.read::<_, Refused>(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move {
            let (shop, text, found, whose) = &*asked;
            let open =
                exceptions::list(tx, exceptions::Wanted::default(), (i64::MIN, ""), MOST_EXCEPTIONS).await?;
            let meant = open.into_iter().filter(|row| whose.has(row) && is_meant(shop, row, (text, found)));
            let mut hits = Vec::new();
            for row in meant.take(MOST_OF_A_KIND) {
                let order = match &row.order_id {
                    Some(id) => orders::get(tx, id).await?.map(|order| order.name),
                    None => None,
                };
                hits.push(of_exception(shop, row, order));
            }
            Ok(hits)
        })
    });
    hits.await
}

impl Exceptions {
    fn has(&self, row: &ExceptionRow) -> bool {
        match self {
            Exceptions::None => false,
            Exceptions::All => true,
            Exceptions::At(places) => row.location.is_some_and(|place| places.contains(&place)),
        }
    }
}

fn is_meant(shop: &Shop, row: &ExceptionRow, (text, found): (&str, &BTreeSet<String>)) -> bool {
    let kind = row.kind.replace('_', " ");
    let is_of_order = row.order_id.as_ref().is_some_and(|id| found.contains(id));
    let is_of_place = row.location.is_some_and(|place| fold(shop.code(place)).starts_with(text));
    is_of_order
        || is_of_place
        || kind.starts_with(&text.replace('_', " "))
        || kind.split(' ').any(|word| word.starts_with(text))
        || row.id == text
        || fold(&row.subject).starts_with(text)
}

fn of_exception(shop: &Shop, row: ExceptionRow, order: Option<String>) -> Hit {
    let about = order.unwrap_or_else(|| row.subject.clone());
    let place = row.location.map(|place| format!(" · {}", shop.code(place))).unwrap_or_default();
    Hit { kind: "exception", title: row.kind, detail: format!("{about}{place}"), id: row.id }
}
