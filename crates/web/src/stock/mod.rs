//! Stock over HTTP: what can be promised and why, what is kept for carts, what stands where, and the work on it.
//!
//! Owns: how stock looks on the wire, and who reaches which shelf. Refuses to know: how units change.

mod arrivals;
mod availability;
mod bulk;
mod correct;
mod counts;
mod feeds;
mod gates;
mod holds;
mod pools;
mod products;
mod shelves;

use crate::app::App;
use crate::caller::Caller;
use crate::policy::{EVERYONE, MANAGERS, Policy, STAFF};
use crate::problem::Problem;
use crate::routes::Routes;
use flow::Refused;
use flow::people::Scope;
use store::places::{self, LocationKey};
use utoipa_axum::routes;

/// A file of counts in one request.
const BULK_BYTES: usize = 32 << 20;

pub(crate) fn routes() -> Routes {
    let read = Policy::of(EVERYONE, Scope::StockRead);
    let work = Policy::of(STAFF, Scope::StockWrite);
    let lead = Policy::of(MANAGERS, Scope::StockWrite);
    Routes::tagged("stock")
        .add(read, routes!(availability::list_available))
        .add(read, routes!(availability::explain_available))
        .add(read, routes!(availability::promise))
        .add(read, routes!(availability::list_pickup_stores))
        .add(lead, routes!(holds::hold_cart))
        .add(read, routes!(holds::get_hold))
        .add(lead, routes!(holds::release_hold))
        .add(read, routes!(shelves::list_stock))
        .add(read, routes!(products::list_products_in_stock))
        .add(read, routes!(shelves::get_shelf))
        .add(read, routes!(shelves::list_commitments))
        .add(work, routes!(correct::correct_stock))
        .add(lead, routes!(correct::force_stock))
        .add(lead, routes!(feeds::take_feed))
        .add(lead.with_body(BULK_BYTES).without_key(), routes!(bulk::take_file))
        .add(work, routes!(feeds::take_counter_sale))
        .and(moving(read, work, lead))
        .and(counting(read, work, lead))
        .and(trusting(read, lead))
}

/// What is on its way.
fn moving(read: Policy, work: Policy, lead: Policy) -> Routes {
    Routes::tagged("stock")
        .add(lead, routes!(arrivals::announce_transfer))
        .add(lead, routes!(arrivals::announce_delivery))
        .add(read, routes!(arrivals::list_arrivals))
        .add(read, routes!(arrivals::get_arrival))
        .add(work, routes!(arrivals::send_transfer))
        .add(lead, routes!(arrivals::cancel_transfer))
        .add(work, routes!(arrivals::receive))
        .add(work, routes!(arrivals::close_arrival))
}

/// Associates count; managers say what becomes of it.
fn counting(read: Policy, work: Policy, lead: Policy) -> Routes {
    Routes::tagged("counts")
        .add(work, routes!(counts::open_count))
        .add(read, routes!(counts::list_counts))
        .add(read, routes!(counts::get_count))
        .add(work, routes!(counts::take_scans))
        .add(lead, routes!(counts::assign_lines))
        .add(work, routes!(counts::hand_in_count))
        .add(Policy::of(MANAGERS, Scope::StockRead), routes!(counts::list_variances))
        .add(lead, routes!(counts::recount))
        .add(lead, routes!(counts::post_count))
        .add(lead, routes!(counts::cancel_count))
}

/// Which books are trusted, and which shelves are promised together.
fn trusting(read: Policy, lead: Policy) -> Routes {
    Routes::tagged("stock")
        .add(read, routes!(gates::list_gates))
        .add(read, routes!(gates::list_evidence))
        .add(lead, routes!(gates::override_gate))
        .add(lead, routes!(gates::end_override))
        .add(read, routes!(gates::get_suitability))
        .add(read, routes!(pools::list_pools))
        .add(lead, routes!(pools::save_pool))
        .add(read, routes!(pools::list_buffers))
        .add(read, routes!(pools::get_buffer))
        .add(lead, routes!(pools::set_buffer))
}

/// The location of a code, which the caller must reach.
pub(crate) async fn within_reach(app: &App, caller: &Caller, code: &str) -> Result<LocationKey, Problem> {
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
