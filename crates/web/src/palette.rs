//! One search over everything, for whoever knows a few letters of what he wants.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::orders::{in_query, shop};
use crate::policy::{EVERYONE, Policy};
use crate::routes::Routes;
use axum::extract::State;
use flow::find_orders::{Exceptions, Hit, Looked, everything};
use flow::people::{Places, Scope};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("search").add(Policy::of(EVERYONE, Scope::OrdersRead), routes!(search))
}

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// A few letters: what finds an order in the list, how a SKU or the code of a place begins, words of a title or name,
    /// a GTIN, a kind of exception.
    q: String,
}

/// Something that was found.
#[derive(Serialize, ToSchema)]
struct SearchHit {
    /// `order`, `product`, `location` or `exception`.
    kind: &'static str,
    /// The id of an order or exception, the SKU of a product, the code of a place.
    id: String,
    title: String,
    detail: String,
}

impl From<Hit> for SearchHit {
    fn from(hit: Hit) -> SearchHit {
        SearchHit { kind: hit.kind, id: hit.id, title: hit.title, detail: hit.detail }
    }
}

/// Searches orders, products, places and open exceptions, up to 8 of each. Each kind is shown to those who may read it:
/// tokens by their scopes; whoever is limited to stores sees no orders, and the exceptions of these stores.
#[utoipa::path(get, path = "/v1/search", params(Wanted), responses((status = 200, body = Vec<SearchHit>)))]
async fn search(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Vec<SearchHit>>> {
    let now_ms = app.now_ms();
    let Some(shop) = shop(&app, now_ms).await? else { return Ok(Json(Vec::new())) };
    let exceptions = match (&caller.who.places, caller.who.has_scope(Scope::WorkRead)) {
        (_, false) => Exceptions::None,
        (Places::All, true) => Exceptions::All,
        (Places::Listed(places), true) => Exceptions::At(places.iter().map(|place| place.key).collect()),
    };
    let looked = Looked {
        orders: caller.must_reach_all().is_ok(),
        network: caller.who.has_scope(Scope::NetworkRead),
        exceptions,
    };
    let hits = everything(&app.db, (&shop, now_ms), &wanted.q, looked).await.map_err(in_query)?;
    Ok(Json(hits.into_iter().map(SearchHit::from).collect()))
}
