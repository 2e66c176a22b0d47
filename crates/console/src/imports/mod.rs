//! Bringing in files of products and stock: from dropping one to taking it back.
//!
//! Owns: the steps as people take them: bring, say what the columns are, try, confirm, follow, take back. Refuses to know:
//! how a file is read, and what it changes.

mod act;
mod bring;
mod columns;
mod follow;
mod wire;

use crate::upload::AROUND_A_FILE;
use axum::http::Method;
use axum::routing::{get, post};
use flow::people::Scope;
use flow::sheet_import::MOST_BYTES;
use web::{MANAGERS, Pages, Policy};

pub(crate) fn pages(pages: Pages) -> Pages {
    let write = Policy::of(MANAGERS, Scope::StockWrite);
    let with_file = write.with_body(MOST_BYTES + AROUND_A_FILE);
    pages
        .add(Method::GET, "/inventory/import", (write, get(bring::show)))
        .add(Method::POST, "/inventory/import", (with_file, post(bring::take)))
        .add(Method::GET, "/inventory/import/{id}", (write, get(follow::show)))
        .add(Method::POST, "/inventory/import/{id}/plan", (write, post(act::plan)))
        .add(Method::POST, "/inventory/import/{id}/kind", (write, post(act::change_kind)))
        .add(Method::POST, "/inventory/import/{id}/check", (write, post(act::check)))
        .add(Method::POST, "/inventory/import/{id}/confirm", (write, post(act::confirm)))
        .add(Method::POST, "/inventory/import/{id}/cancel", (write, post(act::cancel)))
        .add(Method::POST, "/inventory/import/{id}/revert", (write, post(act::revert)))
        .add(Method::POST, "/inventory/import/{id}/stock", (write, post(act::bring_stock)))
}
