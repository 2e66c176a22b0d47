//! Products with what each location has of them: a page of a list that people look through.
//!
//! Owns: what narrows the list, and its order, which is that of SKUs. Refuses to know: how much of it may be promised, which
//! is `available`'s.

use super::available::{Scope, look};
use crate::refused::Refused;
use crate::shop::Shop;
use model::{Product, ProductId};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::Tx;
use store::db::Db;
use store::places::{self, LocationKey, ProductKey};
use store::shelves::{self, Like, MOST_PRODUCTS, Stocked};

/// Products whose shelves are looked at for one page: where few are as wanted the page is short, and goes on from there.
pub const MOST_LOOKED_AT: usize = 10_000;
/// Products with one code under their bars.
const MOST_OF_ONE_CODE: i64 = 8;
/// Longest text that is looked for, in bytes.
const LONGEST_SEARCH: usize = 200;

/// Which products are wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Words, each of them in the SKU or the title; or the code under the bars. Empty: all.
    pub search: String,
    /// This one alone; empty: all.
    pub sku: String,
    /// Empty: every category.
    pub category: String,
    /// `A`, `B` or `C`; empty: every velocity.
    pub velocity: String,
    /// Of shelves like that; `None`: of whatever shelves, or none.
    pub like: Option<Like>,
    /// Whose shelves are to be like that; `None`: all together.
    pub location: Option<LocationKey>,
    /// Whose promise is shown; `None`: nobody's.
    pub scope: Option<Scope>,
}

/// A product and its shelves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InStock {
    pub product: ProductId,
    /// `None`: no pool was asked for.
    pub promised: Option<i64>,
    /// By location.
    pub shelves: Vec<Stocked>,
}

/// A page of products, and the SKU after which the next one begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    pub rows: Vec<InStock>,
    /// `None`: there are no more.
    pub next: Option<String>,
}

/// Products after the SKU `after`, by SKU, at most `limit`, which is no more than 250.
///
/// # Errors
/// A text that is too long; there is no such pool; the database's.
pub async fn products_in_stock(
    db: &Db,
    shop: Arc<Shop>,
    wanted: Wanted,
    (after, limit): (String, usize),
) -> Result<Found, Refused> {
    if wanted.search.len() > LONGEST_SEARCH {
        return Err(Refused::invalid("/search", format!("write at most {LONGEST_SEARCH} letters")));
    }
    let asked = Arc::new((shop, wanted, after));
    db.read(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move {
            let (shop, wanted, after) = &*asked;
            let scanned = scanned(tx, shop, &wanted.search).await?;
            let candidates = candidates(shop, wanted, (after, &scanned));
            let (page, next) = choose(tx, (shop, wanted), candidates, limit.min(MOST_PRODUCTS)).await?;
            let next = next.map(|id| shop.network.product(id).sku.clone());
            Ok(Found { rows: read(tx, (shop, wanted), page).await?, next })
        })
    })
    .await
}

/// Products with this code under their bars.
async fn scanned(tx: &mut Tx, shop: &Shop, code: &str) -> Result<Vec<ProductId>, Refused> {
    let code = code.trim();
    if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    let keys = places::products_of_gtin(tx, code, MOST_OF_ONE_CODE).await?;
    Ok(keys.into_iter().filter_map(|key| shop.product_id(key)).collect())
}

/// Products that may be wanted, as far as their names and classes tell.
fn candidates(shop: &Shop, wanted: &Wanted, (after, scanned): (&str, &[ProductId])) -> Vec<ProductId> {
    let products = &shop.network.products;
    let first = products.partition_point(|product| !after.is_empty() && product.sku.as_str() <= after);
    let words: Vec<String> = wanted.search.split_whitespace().map(str::to_lowercase).collect();
    if !wanted.sku.is_empty() {
        return shop
            .network
            .product_by_sku(&wanted.sku)
            .into_iter()
            .filter(|id| id.index() >= first)
            .collect();
    }
    let ids = (first..products.len()).filter_map(|i| u32::try_from(i).ok()).map(ProductId);
    ids.filter(|id| {
        let product = &products[id.index()];
        is_of_class(product, wanted) && (is_named(product, &words) || scanned.contains(id))
    })
    .collect()
}

fn is_of_class(product: &Product, wanted: &Wanted) -> bool {
    let velocity = product.velocity.map_or("", model::Velocity::letter);
    (wanted.category.is_empty() || product.category == wanted.category)
        && (wanted.velocity.is_empty() || velocity == wanted.velocity)
}

fn is_named(product: &Product, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let (sku, title) = (product.sku.to_lowercase(), product.title.to_lowercase());
    words.iter().all(|word| sku.contains(word) || title.contains(word))
}

/// Those of a page, and the last one that was looked at where there may be more.
async fn choose(
    tx: &mut Tx,
    (shop, wanted): (&Shop, &Wanted),
    candidates: Vec<ProductId>,
    limit: usize,
) -> Result<(Vec<ProductId>, Option<ProductId>), Refused> {
    let like = wanted.like.or(wanted.location.map(|_| Like::Stocked));
    let Some(like) = like else {
        let next = candidates.get(limit).and(candidates.get(limit.wrapping_sub(1))).copied();
        return Ok((candidates.into_iter().take(limit).collect(), next));
    };
    let mut page = Vec::new();
    for some in candidates[..candidates.len().min(MOST_LOOKED_AT)].chunks(MOST_PRODUCTS) {
        let keys: Vec<ProductKey> = some.iter().map(|id| shop.product_key(*id)).collect();
        let found = shelves::like(tx, (like, wanted.location), &keys).await?;
        let found: HashSet<ProductKey> = found.into_iter().collect();
        page.extend(some.iter().filter(|id| found.contains(&shop.product_key(**id))));
        if page.len() > limit {
            page.truncate(limit);
            let last = page.last().copied();
            return Ok((page, last));
        }
    }
    let next = if candidates.len() > MOST_LOOKED_AT { candidates.get(MOST_LOOKED_AT - 1) } else { None };
    Ok((page, next.copied()))
}

async fn read(
    tx: &mut Tx,
    (shop, wanted): (&Shop, &Wanted),
    page: Vec<ProductId>,
) -> Result<Vec<InStock>, Refused> {
    let keys: Vec<ProductKey> = page.iter().map(|id| shop.product_key(*id)).collect();
    let mut of: HashMap<ProductKey, Vec<Stocked>> = HashMap::new();
    for stocked in shelves::of_products(tx, &keys).await? {
        of.entry(stocked.shelf.product).or_default().push(stocked);
    }
    let skus: Vec<String> = page.iter().map(|id| shop.network.product(*id).sku.clone()).collect();
    let promised: Vec<Option<i64>> = match &wanted.scope {
        Some(scope) => look(tx, scope, &skus).await?.into_iter().map(|one| one.units).collect(),
        None => vec![None; page.len()],
    };
    let rows = page.into_iter().zip(promised).map(|(product, promised)| {
        let shelves = of.remove(&shop.product_key(product)).unwrap_or_default();
        InStock { product, promised, shelves }
    });
    Ok(rows.collect())
}
