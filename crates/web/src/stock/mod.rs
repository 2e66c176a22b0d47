//! Stock over HTTP: what can be promised and why, what is kept for carts, what stands where, and the work on it.
//!
//! Owns: how stock looks on the wire, and who reaches which shelf. Refuses to know: how units change.

mod availability;
mod holds;

use crate::app::App;
use crate::caller::Caller;
use crate::policy::{EVERYONE, MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use flow::Refused;
use flow::people::Scope;
use store::places::{self, LocationKey};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let read = Policy::of(EVERYONE, Scope::StockRead);
    let write = Policy::of(MANAGERS, Scope::StockWrite);
    Routes::tagged("stock")
        .add(read, routes!(availability::list_available))
        .add(read, routes!(availability::explain_available))
        .add(read, routes!(availability::promise))
        .add(read, routes!(availability::list_pickup_stores))
        .add(write, routes!(holds::hold_cart))
        .add(read, routes!(holds::get_hold))
        .add(write, routes!(holds::release_hold))
}

/// The location of a code, which the caller must reach.
async fn within_reach(app: &App, caller: &Caller, code: &str) -> Result<LocationKey, Problem> {
    let wanted = code.to_owned();
    let found = app.db.read::<_, Refused>(move |tx| {
        let code = wanted.clone();
        Box::pin(async move {
            let found = places::location(tx, code.trim()).await?;
            found.ok_or_else(|| Refused::not_found("location", &code))
        })
    });
    let location = found.await?;
    caller.must_reach(location)?;
    Ok(location)
}
