//! The grid: a row for each product, with what may be promised of it and what each location has.

use super::asked::Asked;
use super::{Place, categories, may_work, places};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use serde::Deserialize;

const FILTERS: [&str; 6] = ["search", "location", "category", "velocity", "like", "pool"];
const LIKES: [&str; 4] = ["stocked", "low", "none", "negative"];
const VELOCITIES: [&str; 3] = ["A", "B", "C"];
/// Up to so many units are few, as the API has it.
const FEW_UNITS: i64 = 2;

#[derive(Deserialize)]
struct Listed {
    items: Vec<Product>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Product {
    sku: String,
    title: String,
    category: String,
    velocity: String,
    promised: Option<i64>,
    shelves: Vec<Shelf>,
}

#[derive(Deserialize)]
struct Shelf {
    location: String,
    units: Units,
    available: i64,
}

#[derive(Deserialize)]
struct Units {
    on_hand: i64,
    incoming: i64,
}

#[derive(Deserialize)]
pub(super) struct Pools {
    pub(super) items: Vec<Pool>,
}

#[derive(Deserialize)]
pub(super) struct Pool {
    pub(super) code: String,
    pub(super) name: String,
}

impl Pools {
    pub(super) async fn read(visit: &Visit) -> Result<Vec<Pool>, web::Problem> {
        Ok(visit.api.get::<Pools>("/v1/pools?limit=250").await?.items)
    }
}

#[derive(Template)]
#[template(path = "inventory/grid.html")]
struct GridPage {
    f: Frame,
    asked: Asked,
    columns: Vec<Place>,
    places: Vec<Place>,
    pools: Vec<Pool>,
    /// Whose promise is shown; empty: there is no pool.
    pool: String,
    categories: Vec<String>,
    /// Somebody has said how fast products sell.
    has_velocities: bool,
    rows: Vec<Row>,
    next: Option<String>,
    is_first: bool,
    may_work: bool,
}

struct Row {
    sku: String,
    title: String,
    category: String,
    velocity: String,
    /// What the pool can promise; where there is no pool, what all locations have available.
    together: i64,
    cells: Vec<Cell>,
}

/// What a location has of a product. `None`: it does not stock it.
struct Cell {
    place: usize,
    shelf: Option<Shown>,
}

struct Shown {
    available: i64,
    on_hand: i64,
    incoming: i64,
}

impl Cell {
    /// Also the end of its class: `cell-low`.
    fn mark(&self) -> &'static str {
        self.shelf.as_ref().map_or("absent", |shelf| mark(shelf.available))
    }
}

/// How many is that.
fn mark(available: i64) -> &'static str {
    match available {
        ..0 => "negative",
        0 => "none",
        1..=FEW_UNITS => "low",
        _ => "enough",
    }
}

impl GridPage {
    /// The message that names the number of all locations.
    fn together_id(&self) -> &'static str {
        if self.pool.is_empty() { "inventory-together" } else { "inventory-promised" }
    }

    fn mark(&self, available: &i64) -> &'static str {
        mark(*available)
    }

    fn place(&self, cell: &Cell) -> &Place {
        &self.columns[cell.place]
    }
}

pub(super) async fn show(visit: Visit) -> Answered {
    let asked = Asked::of(&visit, &FILTERS);
    let pools = Pools::read(&visit).await?;
    let pool = match asked.is("pool") {
        "" => pools.first().map(|pool| pool.code.clone()).unwrap_or_default(),
        asked => asked.to_owned(),
    };
    let cursor = visit.asked("cursor");
    let mut path = format!("/v1/stock/products?limit=50&{}", asked.query());
    if asked.is("pool").is_empty() && !pool.is_empty() {
        path.push_str(&format!("pool={}&", part(&pool)));
    }
    if !cursor.is_empty() {
        path.push_str(&format!("cursor={}", part(&cursor)));
    }
    let listed: Listed = visit.api.get(path.trim_end_matches('&')).await?;
    let all = places(&visit);
    let is_shown = |place: &Place| asked.is("location").is_empty() || asked.says("location", &place.code);
    let columns: Vec<Place> = places(&visit).into_iter().filter(is_shown).collect();
    let rows = listed.items.into_iter().map(|product| row(product, &columns)).collect();
    page(&GridPage {
        f: visit.frame(visit.t("inventory-title"), "inventory"),
        next: listed.next.map(|next| format!("/inventory?{}cursor={next}", asked.query())),
        asked,
        columns,
        places: all,
        pools,
        pool,
        categories: categories(&visit),
        has_velocities: visit.shop.network.products.iter().any(|product| product.velocity.is_some()),
        rows,
        is_first: cursor.is_empty(),
        may_work: may_work(&visit),
    })
}

fn row(product: Product, columns: &[Place]) -> Row {
    let cells = columns.iter().enumerate().map(|(place, column)| {
        let shelf = product.shelves.iter().find(|shelf| shelf.location == column.code);
        let shelf = shelf.map(|shelf| Shown {
            available: shelf.available,
            on_hand: shelf.units.on_hand,
            incoming: shelf.units.incoming,
        });
        Cell { place, shelf }
    });
    let cells = cells.collect();
    let available = product.shelves.iter().map(|shelf| shelf.available.max(0)).sum();
    let together = product.promised.unwrap_or(available);
    let Product { sku, title, category, velocity, .. } = product;
    Row { sku, title, category, velocity, together, cells }
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn few_none_and_less_than_none_are_marked() {
        assert_eq!([-1, 0, 1, 2, 3].map(mark), ["negative", "none", "low", "low", "enough"]);
    }
}
