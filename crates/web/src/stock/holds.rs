//! Units kept for carts.

use crate::answer::{Answer, Created};
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use flow::inventory::hold::{self, HoldRefused, NewHold, ShortSku};
use flow::shop::Shop;
use flow::{FieldFault, Refused};
use serde::{Deserialize, Serialize};
use store::holds::{self, HoldState};
use store::stock::Shelf;
use utoipa::ToSchema;

/// What is to be kept, and for whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCartHold {
    /// Id of the cart. What is kept for it before is let go when this is kept.
    cart: String,
    /// Code of the pool.
    pool: String,
    #[serde(default)]
    channel: String,
    lines: Vec<CartLine>,
    /// Later than now and within 7 days.
    expires_at: i64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CartLine {
    sku: String,
    #[schema(minimum = 1, maximum = 1_000_000)]
    units: i64,
    /// Code of the location that is to have them: pickup. Left out: any of the pool.
    #[serde(default)]
    location: Option<String>,
}

/// Units kept for a cart.
#[derive(Serialize, ToSchema)]
pub(crate) struct CartHold {
    #[schema(example = "hld_0192…")]
    id: String,
    cart: String,
    channel: String,
    /// `open`, `confirmed`, `released` or `expired`.
    state: &'static str,
    at: i64,
    expires_at: i64,
    ended_at: Option<i64>,
    /// The order that took its units over.
    order_id: Option<String>,
    /// Where the units are, or were.
    units: Vec<Kept>,
}

#[derive(Serialize, ToSchema)]
struct Kept {
    sku: String,
    location: String,
    units: i64,
}

impl CartHold {
    fn of(shop: &Shop, hold: holds::Hold, units: Vec<(Shelf, i64)>) -> CartHold {
        let state = hold.state.code();
        let (order_id, ended_at) = match hold.state {
            HoldState::Open => (None, None),
            HoldState::Confirmed { order_id, at_ms } => (Some(order_id), Some(at_ms)),
            HoldState::Released { at_ms } | HoldState::Expired { at_ms } => (None, Some(at_ms)),
        };
        let kept = |(shelf, units): (Shelf, i64)| Kept {
            sku: shop.sku(shelf.product).to_owned(),
            location: shop.code(shelf.location).to_owned(),
            units,
        };
        CartHold {
            id: hold.id,
            cart: hold.cart,
            channel: hold.channel,
            state,
            at: hold.at_ms,
            expires_at: hold.expires_at_ms,
            ended_at,
            order_id,
            units: units.into_iter().map(kept).collect(),
        }
    }
}

/// Keeps all lines of a cart, or none, in the place of what was kept for it before. Where there are too few, 409 names
/// each SKU that is short and what is left of it, and nothing is changed.
#[utoipa::path(post, path = "/v1/holds", request_body = NewCartHold, responses((status = 201, body = CartHold)))]
pub(crate) async fn hold_cart(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewCartHold>,
) -> Answer<Created<CartHold>> {
    caller.must_reach_all()?;
    let skus: Vec<String> = new.lines.iter().map(|line| line.sku.trim().to_owned()).collect();
    let line = |line: CartLine| hold::HoldLine { sku: line.sku, units: line.units, location: line.location };
    let asked = NewHold {
        cart: new.cart,
        pool: new.pool,
        channel: new.channel,
        lines: new.lines.into_iter().map(line).collect(),
        expires_at_ms: new.expires_at,
    };
    let held = hold::hold_cart(&app.db, &caller.call, asked).await.map_err(|refused| match refused {
        HoldRefused::Short(short) => too_few(&skus, &short),
        HoldRefused::Other(refused) => refused.into(),
    })?;
    let hold = read(&app, &held.id).await?;
    Ok(Created::without_version(format!("/v1/holds/{}", hold.id), hold))
}

fn too_few(skus: &[String], short: &[ShortSku]) -> Problem {
    let fault = |short: &ShortSku| FieldFault {
        at: skus
            .iter()
            .position(|sku| *sku == short.sku)
            .map_or_else(|| "/lines".to_owned(), |line| format!("/lines/{line}/units")),
        say: format!("{}: {} left, {} wanted", short.sku, short.left, short.wanted),
    };
    let detail = "there are too few of what the errors name; nothing is kept, ask for fewer";
    let problem = Problem::new(StatusCode::CONFLICT, "short_stock", detail);
    Problem { errors: short.iter().map(fault).collect(), ..problem }
}

async fn read(app: &App, id: &str) -> Result<CartHold, Problem> {
    let wanted = id.to_owned();
    let found = app.db.read::<_, Refused>(move |tx| {
        let id = wanted.clone();
        Box::pin(async move {
            let hold = holds::find(tx, &id).await?.ok_or_else(|| Refused::not_found("hold", &id))?;
            Ok((hold, holds::units(tx, &id).await?))
        })
    });
    let (hold, units) = found.await?;
    let shop = app.baton.shop(app.now_ms()).await?;
    Ok(CartHold::of(&shop, hold, units))
}

/// One hold, with the shelves of its units.
#[utoipa::path(get, path = "/v1/holds/{id}", params(("id" = String, Path)), responses((status = 200, body = CartHold)))]
pub(crate) async fn get_hold(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<CartHold>> {
    caller.must_reach_all()?;
    Ok(Json(read(&app, &id).await?))
}

/// Gives the units of a hold back. Given up twice is given up; what an order has taken over is not given back.
#[utoipa::path(delete, path = "/v1/holds/{id}", params(("id" = String, Path)), responses((status = 204)))]
pub(crate) async fn release_hold(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    caller.must_reach_all()?;
    hold::release_hold(&app.db, &caller.call, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
