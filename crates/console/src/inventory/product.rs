//! One product: its units by location and state, why so much may be promised, the ledger, and what can be done.

use super::grid::{Pool, Pools};
use super::ledger::{self, Line, Shelf, Units};
use super::{Place, may_work, place_name, places, reaches_all};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::show::Markup;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Deserialize;
use web::Problem;

/// What can be said of units on a shelf; the names are those of the API, but for `set`, `more` and `fewer`.
const CORRECTIONS: [&str; 12] = [
    "set",
    "more",
    "fewer",
    "damage",
    "repair",
    "discard",
    "to_quality_control",
    "pass_quality_control",
    "fail_quality_control",
    "to_showroom",
    "from_showroom",
    "safety_stock",
];

#[derive(Deserialize)]
struct Listed {
    items: Vec<Product>,
}

#[derive(Deserialize)]
struct Product {
    title: String,
    category: String,
    velocity: String,
    shelves: Vec<OfPlace>,
}

#[derive(Deserialize)]
struct OfPlace {
    location: String,
    units: Units,
    available: i64,
}

#[derive(Deserialize)]
struct Explained {
    promised: i64,
    available: i64,
    kept: i64,
    not_routed: i64,
    locations: Vec<Adding>,
}

#[derive(Deserialize)]
struct Adding {
    location: String,
    name: String,
    adds: i64,
    reason: String,
    gate_reason: Option<String>,
    held: i64,
    missing: i64,
    age_ms: Option<i64>,
}

#[derive(Deserialize)]
struct Commitment {
    document: String,
    units: i64,
    since: i64,
    order: Option<Order>,
}

#[derive(Deserialize)]
struct Order {
    id: String,
    name: String,
}

#[derive(Template)]
#[template(path = "inventory/product.html")]
struct ProductPage {
    f: Frame,
    sku: String,
    product: Product,
    places: Vec<Place>,
    sum: Units,
    sum_available: i64,
    pools: Vec<Pool>,
    pool: String,
    channel: String,
    why: Option<Explained>,
    /// Whose ledger is shown; empty: nobody has ever stocked it.
    at: String,
    at_name: String,
    shelf: Option<Shelf>,
    lines: Vec<Line>,
    next: Option<String>,
    is_first: bool,
    commitments: Vec<Commitment>,
    may_work: bool,
}

impl ProductPage {
    fn place(&self, code: &str) -> String {
        let place = self.places.iter().find(|place| place.code == code);
        place.map_or_else(|| code.to_owned(), |place| place.name.clone())
    }

    fn units(&self, code: &str) -> Option<&OfPlace> {
        self.product.shelves.iter().find(|shelf| shelf.location == code)
    }

    /// Units of a shelf that nobody may buy.
    fn not_for_sale(&self, units: &Units) -> String {
        self.f.number(&(units.damaged + units.quality_control + units.showroom))
    }

    /// When the newest word about a shelf came.
    fn heard(&self, age_ms: &i64) -> Markup {
        self.f.ago(&(self.f.clock.now_ms - age_ms))
    }

    fn pool_name(&self) -> &str {
        let pool = self.pools.iter().find(|pool| pool.code == self.pool);
        pool.map_or("", |pool| if pool.name.is_empty() { &pool.code } else { &pool.name })
    }
}

pub(super) async fn show(visit: Visit, Path(sku): Path<String>) -> Answered {
    let product = read(&visit, &sku).await?;
    let at = match visit.asked("at") {
        asked if !asked.is_empty() => asked,
        _ => product.shelves.first().map(|shelf| shelf.location.clone()).unwrap_or_default(),
    };
    let cursor = visit.asked("cursor");
    let shelf = shelf(&visit, (&sku, &at), &cursor).await?;
    let pools = Pools::read(&visit).await?;
    let pool = match visit.asked("pool") {
        asked if !asked.is_empty() => asked,
        _ => pools.first().map(|pool| pool.code.clone()).unwrap_or_default(),
    };
    let channel = visit.asked("channel");
    let why = why(&visit, &sku, (&pool, &channel)).await?;
    let title = if product.title.is_empty() { sku.clone() } else { product.title.clone() };
    let mut f = visit.frame(title, "inventory");
    let (mut lines, mut next, mut commitments) = (Vec::new(), None, Vec::new());
    if let Some(shelf) = &shelf {
        f = f.undone_by(ledger::undo(&visit, (&sku, &at), shelf));
        lines = ledger::lines(&visit, &f, &shelf.ledger.items).await;
        let here = format!("/inventory/{}?at={}", part(&sku), part(&at));
        next = shelf.ledger.next.as_ref().map(|next| format!("{here}&cursor={next}#ledger"));
        let path = format!("/v1/stock/{}/{}/commitments", part(&at), part(&sku));
        commitments = if shelf.units.committed > 0 { visit.api.get(&path).await? } else { Vec::new() };
    }
    page(&ProductPage {
        f,
        sum: sum(&product.shelves),
        sum_available: product.shelves.iter().map(|shelf| shelf.available.max(0)).sum(),
        sku,
        product,
        at_name: place_name(&visit, &at),
        places: places(&visit),
        pools,
        pool,
        channel,
        why,
        at,
        shelf,
        lines,
        next,
        is_first: cursor.is_empty(),
        commitments,
        may_work: may_work(&visit),
    })
}

async fn read(visit: &Visit, sku: &str) -> Result<Product, Problem> {
    let found: Listed = visit.api.get(&format!("/v1/stock/products?sku={}", part(sku))).await?;
    let none = || Problem::new(StatusCode::NOT_FOUND, "not_found", visit.t("inventory-no-product"));
    found.items.into_iter().next().ok_or_else(none)
}

/// `None`: it has never been stocked there.
async fn shelf(visit: &Visit, (sku, at): (&str, &str), cursor: &str) -> Result<Option<Shelf>, Problem> {
    if at.is_empty() {
        return Ok(None);
    }
    let mut path = format!("/v1/stock/{}/{}?limit=25", part(at), part(sku));
    if !cursor.is_empty() {
        path.push_str(&format!("&cursor={}", part(cursor)));
    }
    match visit.api.get(&path).await {
        Ok(shelf) => Ok(Some(shelf)),
        Err(problem) if problem.status == StatusCode::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// The reasons name every shelf: they are for those who reach all.
async fn why(visit: &Visit, sku: &str, (pool, channel): (&str, &str)) -> Result<Option<Explained>, Problem> {
    if pool.is_empty() || !reaches_all(visit) {
        return Ok(None);
    }
    let path = format!("/v1/availability/{}/why?pool={}&channel={}", part(sku), part(pool), part(channel));
    visit.api.get(&path).await.map(Some)
}

fn sum(shelves: &[OfPlace]) -> Units {
    shelves.iter().fold(Units::default(), |sum, shelf| Units {
        on_hand: sum.on_hand + shelf.units.on_hand,
        committed: sum.committed + shelf.units.committed,
        safety_stock: sum.safety_stock + shelf.units.safety_stock,
        damaged: sum.damaged + shelf.units.damaged,
        quality_control: sum.quality_control + shelf.units.quality_control,
        showroom: sum.showroom + shelf.units.showroom,
        incoming: sum.incoming + shelf.units.incoming,
    })
}
