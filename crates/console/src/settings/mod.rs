//! Settings: people, programs, the log, work in the background, backups, diagnostics, rate cards, and every single setting.

mod audit;
mod backups;
mod changes;
mod connections;
mod diagnostics;
mod invitation;
mod jobs;
mod overview;
mod people;
mod person;
mod practice;
mod rates;
mod reach;
mod sessions;
mod size;
mod tokens;
mod view_as;

use axum::http::Method;
use axum::routing::{get, post};
use flow::people::Scope;
use web::{EVERYONE, MANAGERS, OWNERS, Pages, Policy};

/// A file of rates is pasted whole.
const RATES_BYTES: usize = 16 << 20;

/// The pages of the settings, in the order of their menu; each is also the message `settings-…` and the path behind it.
pub(crate) const PLACES: [(&str, &str); 13] = [
    ("all", "/settings"),
    ("people", "/settings/people"),
    ("tokens", "/settings/tokens"),
    ("rates", "/settings/rates"),
    ("connections", "/settings/connections"),
    ("jobs", "/settings/jobs"),
    ("audit", "/settings/audit"),
    ("backups", "/settings/backups"),
    ("diagnostics", "/settings/diagnostics"),
    ("https", "/settings/https"),
    ("practice", "/settings/practice"),
    ("notifications", "/settings/notifications"),
    ("sessions", "/settings/sessions"),
];

/// What everybody chooses for themselves.
pub(crate) fn is_ones_own(name: &str) -> bool {
    matches!(name, "notifications" | "sessions")
}

pub(crate) fn pages(pages: Pages) -> Pages {
    let read = Policy::of(MANAGERS, Scope::NetworkRead);
    let write = Policy::of(MANAGERS, Scope::NetworkWrite);
    let log = Policy::of(MANAGERS, Scope::EventsRead);
    let pages = pages
        .add(Method::GET, "/settings", (read, get(overview::show)))
        .add(Method::POST, "/settings/set", (write, post(overview::set)))
        .add(Method::GET, "/settings/rates", (read, get(rates::show)))
        .add(Method::POST, "/settings/rates", (write.with_body(RATES_BYTES), post(rates::save)))
        .add(Method::GET, "/settings/rates/{file}", (read, get(rates::download)))
        .add(
            Method::GET,
            "/settings/connections",
            (Policy::of(MANAGERS, Scope::PeopleRead), get(connections::show)),
        )
        .add(Method::GET, "/settings/practice", (read, get(practice::show)))
        .add(Method::GET, "/settings/audit", (log, get(audit::show)))
        .add(Method::GET, "/settings/jobs", (Policy::of(MANAGERS, Scope::WorkRead), get(jobs::show)))
        .add(
            Method::POST,
            "/settings/jobs/{id}/retry",
            (Policy::of(MANAGERS, Scope::WorkWrite), post(jobs::retry)),
        );
    with_people(with_backups(pages))
}

fn with_backups(pages: Pages) -> Pages {
    let read = Policy::of(MANAGERS, Scope::BackupsRead);
    let (make, take) = (Policy::of(OWNERS, Scope::BackupsWrite), Policy::of(OWNERS, Scope::BackupsRead));
    pages
        .add(Method::GET, "/settings/backups", (read, get(backups::show)))
        .add(Method::POST, "/settings/backups", (make, post(backups::make)))
        .add(Method::POST, "/settings/backups/{name}/verify", (make, post(backups::verify)))
        .add(Method::POST, "/settings/backups/{name}/download", (take, post(backups::download)))
        .add(
            Method::GET,
            "/settings/diagnostics",
            (Policy::of(MANAGERS, Scope::MetricsRead), get(diagnostics::show)),
        )
}

fn with_people(pages: Pages) -> Pages {
    let (read, write) = (Policy::of(MANAGERS, Scope::PeopleRead), Policy::of(MANAGERS, Scope::PeopleWrite));
    let me = Policy::of(EVERYONE, Scope::Me);
    pages
        .add(Method::GET, "/settings/people", (read, get(people::show)))
        .add(Method::GET, "/settings/people/new", (write, get(people::show_new)))
        .add(Method::POST, "/settings/people/new", (write, post(people::add)))
        .add(Method::GET, "/settings/people/{id}", (read, get(person::show)))
        .add(Method::POST, "/settings/people/{id}", (write, post(person::save)))
        .add(Method::POST, "/settings/people/{id}/disabled", (write, post(person::disable)))
        .add(Method::POST, "/settings/people/{id}/link", (write, post(person::link)))
        .add(Method::POST, "/settings/people/{id}/unlock", (write, post(person::unlock)))
        .add(Method::GET, "/settings/tokens", (read, get(tokens::show)))
        .add(Method::GET, "/settings/tokens/new", (write, get(tokens::show_new)))
        .add(Method::POST, "/settings/tokens/new", (write, post(tokens::make)))
        .add(Method::POST, "/settings/tokens/{id}/revoke", (write, post(tokens::revoke)))
        .add(Method::GET, "/settings/sessions", (me, get(sessions::show)))
        .add(Method::POST, "/settings/sessions/{id}/end", (me, post(sessions::end)))
        .add(Method::POST, "/view-as", (read, post(view_as::begin)))
        .add(Method::POST, "/view-as/end", (me.that_ends_viewing(), post(view_as::end)))
}
