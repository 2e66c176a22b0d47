//! Exceptions: the queue of what somebody must resolve, one of them, the playbook of each kind, and what one is told of.

mod act;
mod choices;
pub(crate) mod fix;
mod inbox;
mod one;
mod playbook_changes;
mod playbooks;
mod queue;
mod story;

pub(crate) use playbooks::{length, steps_in_words};

use axum::http::Method;
use axum::routing::{get, post};
use flow::people::Scope;
use web::{EVERYONE, MANAGERS, Pages, Policy, STAFF};

pub(crate) fn pages(pages: Pages) -> Pages {
    let (read, work) = (Policy::of(EVERYONE, Scope::WorkRead), Policy::of(STAFF, Scope::WorkWrite));
    let (change, me) = (Policy::of(MANAGERS, Scope::NetworkWrite), Policy::of(EVERYONE, Scope::Me));
    pages
        .add(Method::GET, "/exceptions", (read, get(queue::show)))
        .add(Method::POST, "/fix/{id}", (work, post(fix::send)))
        .add(Method::GET, "/exceptions/playbooks", (read, get(playbooks::list)))
        .add(Method::GET, "/exceptions/playbooks/{kind}", (read, get(playbooks::show)))
        .add(Method::POST, "/exceptions/playbooks/{kind}", (change, post(playbooks::save)))
        .add(Method::POST, "/exceptions/playbooks/{kind}/reset", (change, post(playbooks::reset)))
        .add(Method::GET, "/exceptions/{id}", (read, get(one::show)))
        .add(Method::POST, "/exceptions/{id}/assign", (work, post(act::assign)))
        .add(Method::POST, "/exceptions/{id}/snooze", (work, post(act::snooze)))
        .add(Method::POST, "/exceptions/{id}/note", (work, post(act::note)))
        .add(Method::POST, "/exceptions/{id}/step", (work, post(act::tick)))
        .add(Method::POST, "/exceptions/{id}/resolve", (work, post(act::resolve)))
        .add(Method::GET, "/inbox", (me, get(inbox::show)))
        .add(Method::POST, "/inbox/read", (me, post(inbox::read)))
        .add(Method::GET, "/settings/notifications", (me, get(choices::show)))
        .add(Method::POST, "/settings/notifications", (me, post(choices::save)))
}

#[cfg(test)]
mod tests;
