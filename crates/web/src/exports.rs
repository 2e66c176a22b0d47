//! Tables of stock, orders, the ledger and the log, to be read by people; those of stock come in again, too.
//!
//! Owns: their columns. Refuses to know: how rows go out, which is `lines`'.

mod events;
mod lines;
mod orders;
mod stock;

pub(crate) use lines::Told;

use crate::app::App;
use crate::policy::{EVERYONE, MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use flow::people::Scope;
use model::Timestamp;
use std::collections::HashMap;
use store::db::DbError;
use store::places::{self, LocationKey, ProductKey};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let stock = Policy::of(EVERYONE, Scope::StockRead);
    let orders = Policy::of(EVERYONE, Scope::OrdersRead);
    let log = Policy::of(MANAGERS, Scope::EventsRead);
    Routes::tagged("exports")
        .add(stock, routes!(stock::export_stock))
        .add(stock, routes!(stock::export_ledger))
        .add(orders, routes!(orders::export_orders))
        .add(log, routes!(events::export_events))
}

/// Codes, SKUs and titles by the keys of their rows.
#[derive(Default)]
struct Names {
    places: HashMap<LocationKey, String>,
    products: HashMap<ProductKey, (String, String)>,
}

impl Names {
    async fn read(app: &App) -> Result<Names, Problem> {
        let read = app.db.read::<_, DbError>(|tx| {
            Box::pin(async move { Ok((places::locations(tx).await?, places::products(tx).await?)) })
        });
        let (locations, products) = read.await?;
        Ok(Names {
            places: locations.into_iter().map(|kept| (kept.key, kept.row.code)).collect(),
            products: products.into_iter().map(|kept| (kept.key, (kept.row.sku, kept.row.title))).collect(),
        })
    }

    fn place(&self, key: LocationKey) -> &str {
        self.places.get(&key).map_or("", String::as_str)
    }

    /// `None`: it was added since.
    fn product(&self, key: ProductKey) -> Option<(&str, &str)> {
        self.products.get(&key).map(|(sku, title)| (sku.as_str(), title.as_str()))
    }
}

fn time(at_ms: i64) -> String {
    Timestamp(at_ms).to_string()
}
