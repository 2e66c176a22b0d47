//! Inventory: what stands where and why, and the work that keeps it right.

mod accuracy;
mod arrival;
mod arrivals;
mod asked;
mod count;
mod counts;
mod grid;
mod ledger;
mod lines;
mod pools;
mod product;
mod shelf;

use crate::answer::{Answered, go};
use crate::visit::{Visit, part};
use axum::extract::Path;
use axum::http::Method;
use axum::routing::{get, post};
use flow::people::{Places, Role, Scope};
use serde::Deserialize;
use web::{EVERYONE, MANAGERS, Pages, Policy, STAFF};

pub(crate) fn pages(pages: Pages) -> Pages {
    let read = Policy::of(EVERYONE, Scope::StockRead);
    let work = Policy::of(STAFF, Scope::StockWrite);
    let lead = Policy::of(MANAGERS, Scope::StockWrite);
    let pages = pages
        .add(Method::GET, "/inventory", (read, get(grid::show)))
        .add(Method::GET, "/inventory/{sku}", (read, get(product::show)))
        .add(Method::POST, "/inventory/{sku}/correct", (work, post(shelf::correct)))
        .add(Method::POST, "/inventory/{sku}/count", (work, post(shelf::count)))
        .add(Method::GET, "/inventory/documents/{id}", (read, get(document)));
    let pages = moving(pages, (read, work, lead));
    let pages = counting(pages, (read, work, lead));
    trusting(pages, (read, lead))
}

fn moving(pages: Pages, (read, work, lead): (Policy, Policy, Policy)) -> Pages {
    pages
        .add(Method::GET, "/inventory/transfers", (read, get(arrivals::show_transfers)))
        .add(Method::GET, "/inventory/deliveries", (read, get(arrivals::show_deliveries)))
        .add(Method::GET, "/inventory/transfers/new", (lead, get(arrivals::new_transfer)))
        .add(Method::GET, "/inventory/deliveries/new", (lead, get(arrivals::new_delivery)))
        .add(Method::POST, "/inventory/transfers", (lead, post(arrivals::announce_transfer)))
        .add(Method::POST, "/inventory/deliveries", (lead, post(arrivals::announce_delivery)))
        .add(Method::GET, "/inventory/arrivals/{id}", (read, get(arrival::show)))
        .add(Method::POST, "/inventory/arrivals/{id}/send", (work, post(arrival::send)))
        .add(Method::POST, "/inventory/arrivals/{id}/cancel", (lead, post(arrival::cancel)))
        .add(Method::POST, "/inventory/arrivals/{id}/receive", (work, post(arrival::receive)))
        .add(Method::POST, "/inventory/arrivals/{id}/close", (work, post(arrival::close)))
}

fn counting(pages: Pages, (read, work, lead): (Policy, Policy, Policy)) -> Pages {
    pages
        .add(Method::GET, "/inventory/counts", (read, get(counts::show)))
        .add(Method::GET, "/inventory/counts/new", (work, get(counts::new)))
        .add(Method::POST, "/inventory/counts", (work, post(counts::open)))
        .add(Method::GET, "/inventory/counts/{id}", (read, get(count::show)))
        .add(Method::POST, "/inventory/counts/{id}/scans", (work, post(count::write_down)))
        .add(Method::POST, "/inventory/counts/{id}/assign", (lead, post(count::assign)))
        .add(Method::POST, "/inventory/counts/{id}/hand-in", (work, post(count::hand_in)))
        .add(Method::POST, "/inventory/counts/{id}/recount", (lead, post(count::recount)))
        .add(Method::POST, "/inventory/counts/{id}/post", (lead, post(count::post)))
        .add(Method::POST, "/inventory/counts/{id}/cancel", (lead, post(count::cancel)))
}

fn trusting(pages: Pages, (read, lead): (Policy, Policy)) -> Pages {
    pages
        .add(Method::GET, "/inventory/accuracy", (read, get(accuracy::show)))
        .add(Method::GET, "/inventory/accuracy/lines", (read, get(accuracy::show_lines)))
        .add(Method::POST, "/inventory/accuracy/override", (lead, post(accuracy::say_otherwise)))
        .add(Method::POST, "/inventory/accuracy/end-override", (lead, post(accuracy::end)))
        .add(Method::GET, "/inventory/pools", (read, get(pools::show)))
        .add(Method::POST, "/inventory/pools", (lead, post(pools::save)))
        .add(Method::POST, "/inventory/pools/{code}/buffers", (lead, post(pools::keep_back)))
}

/// A location within reach of whoever looks.
pub(crate) struct Place {
    pub(crate) code: String,
    pub(crate) name: String,
}

/// Those within reach, by code.
fn places(visit: &Visit) -> Vec<Place> {
    let network = &visit.shop.network;
    let reached = network.locations.iter().filter(|place| {
        let id = network.location_by_code(&place.code);
        id.is_some_and(|id| visit.who.places.has(visit.shop.location_key(id)))
    });
    reached.map(|place| Place { code: place.code.clone(), name: place.name.clone() }).collect()
}

/// What a place is called.
fn place_name(visit: &Visit, code: &str) -> String {
    let network = &visit.shop.network;
    network.location_by_code(code).map_or_else(|| code.to_owned(), |id| network.location(id).name.clone())
}

/// What a product is called; empty where it is not known.
fn title(visit: &Visit, sku: &str) -> String {
    let network = &visit.shop.network;
    network.product_by_sku(sku).map_or_else(String::new, |id| network.product(id).title.clone())
}

fn reaches_all(visit: &Visit) -> bool {
    visit.who.places == Places::All
}

/// Who works with goods.
fn may_work(visit: &Visit) -> bool {
    visit.who.role != Role::Viewer
}

/// The location that was asked for; of those who do not reach all, else their first.
fn asked_place(visit: &Visit, places: &[Place]) -> String {
    let asked = visit.asked("location");
    match places.first() {
        Some(first) if asked.is_empty() && !reaches_all(visit) => first.code.clone(),
        _ => asked,
    }
}

/// The retailer's categories, sorted.
fn categories(visit: &Visit) -> Vec<String> {
    let all = visit.shop.network.products.iter().map(|product| product.category.as_str());
    let all: std::collections::BTreeSet<&str> = all.filter(|category| !category.is_empty()).collect();
    all.into_iter().map(str::to_owned).collect()
}

/// Where the document of an entry is looked at; empty where it has no page.
pub(crate) fn document_path(id: &str) -> String {
    let kind = id.split('_').next().unwrap_or_default();
    match kind {
        "cnt" => format!("/inventory/counts/{}", part(id)),
        "trf" | "rcp" => format!("/inventory/arrivals/{}", part(id)),
        "ful" => format!("/inventory/documents/{}", part(id)),
        "ord" => format!("/orders/{}", part(id)),
        _ => String::new(),
    }
}

#[derive(Deserialize)]
struct Task {
    order_id: String,
}

/// The order behind a fulfillment order.
async fn document(visit: Visit, Path(id): Path<String>) -> Answered {
    let task: Task = visit.api.get(&format!("/v1/fulfillments/{}", part(&id))).await?;
    go(visit.sent_by, &format!("/orders/{}", part(&task.order_id)))
}

#[cfg(test)]
mod tests {
    use super::document_path;

    #[test]
    fn a_document_leads_to_its_page_where_it_has_one() {
        assert_eq!(document_path("cnt_1"), "/inventory/counts/cnt_1");
        assert_eq!(document_path("trf_1"), "/inventory/arrivals/trf_1");
        assert_eq!(document_path("ful_1"), "/inventory/documents/ful_1");
        assert_eq!(document_path("start"), "");
    }
}
