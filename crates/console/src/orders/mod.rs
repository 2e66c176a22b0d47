//! Orders: the list, one order with why it is where it is, and what can be done with it.

mod act;
mod batch;
mod list;
mod order;
mod reroute;
mod shopper;
pub(crate) mod timeline;
mod verdict;
pub(crate) mod why;

use axum::http::Method;
use axum::routing::{get, post};
use flow::people::Scope;
use web::{EVERYONE, MANAGERS, Pages, Policy};

pub(crate) fn pages(pages: Pages) -> Pages {
    let (read, write) = (Policy::of(EVERYONE, Scope::OrdersRead), Policy::of(MANAGERS, Scope::OrdersWrite));
    let of_shoppers = Policy::of(MANAGERS, Scope::OrdersRead);
    pages
        .add(Method::GET, "/orders", (read, get(list::show)))
        .add(Method::POST, "/orders/views", (read, post(list::keep_view)))
        .add(Method::POST, "/orders/views/{id}/drop", (read, post(list::drop_view)))
        .add(Method::GET, "/orders/batches", (read, get(batch::list)))
        .add(Method::POST, "/orders/batches", (write, post(batch::ask)))
        .add(Method::GET, "/orders/batches/{id}", (read, get(batch::show)))
        .add(Method::POST, "/orders/batches/{id}/cancel", (write, post(batch::cancel)))
        .add(Method::POST, "/orders/batches/{id}/again", (write, post(batch::again)))
        .add(Method::POST, "/orders/batches/{id}/revert", (write, post(batch::revert)))
        .add(Method::GET, "/orders/{id}", (read, get(order::show)))
        .add(Method::GET, "/orders/{id}/why/{number}", (read, get(order::show_why)))
        .add(Method::GET, "/orders/{id}/reroute", (write, get(reroute::show)))
        .add(Method::GET, "/orders/{id}/privacy", (of_shoppers, get(shopper::show)))
        .add(Method::POST, "/orders/{id}/privacy/erase", (write, post(shopper::erase)))
        .add(Method::POST, "/orders/{id}/hold", (write, post(act::hold)))
        .add(Method::POST, "/orders/{id}/release", (write, post(act::release)))
        .add(Method::POST, "/orders/{id}/cancel", (write, post(act::cancel)))
        .add(Method::POST, "/orders/{id}/route", (write, post(act::route)))
        .add(Method::POST, "/orders/{id}/answer/{offer}", (write, post(act::answer_offer)))
}
