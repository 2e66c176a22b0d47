//! Locations: where they are, how they stand at this moment, what they are set to, and changing that.

mod act;
mod cells;
mod edit;
mod hours;
mod list;
mod now;
mod place;

use axum::http::Method;
use axum::routing::{get, post};
use flow::people::Scope;
use web::{EVERYONE, MANAGERS, Pages, Policy};

pub(crate) fn pages(pages: Pages) -> Pages {
    let (read, write) = (Policy::of(EVERYONE, Scope::NetworkRead), Policy::of(MANAGERS, Scope::NetworkWrite));
    pages
        .add(Method::GET, "/locations", (read, get(list::show)))
        .add(Method::GET, "/locations/new", (write, get(edit::show_new)))
        .add(Method::POST, "/locations/new", (write, post(edit::add)))
        .add(Method::GET, "/locations/{code}", (read, get(place::show)))
        .add(Method::GET, "/locations/{code}/edit", (write, get(edit::show)))
        .add(Method::POST, "/locations/{code}/edit", (write, post(edit::save)))
        .add(Method::POST, "/locations/{code}/pause", (write, post(act::pause)))
        .add(Method::POST, "/locations/{code}/resume", (write, post(act::resume)))
}

/// Messages of what is often the reason for a pause.
pub(crate) const PAUSE_REASONS: [&str; 4] = [
    "location-pause-reason-1",
    "location-pause-reason-2",
    "location-pause-reason-3",
    "location-pause-reason-4",
];
