//! Rules: which hold, writing them, trying them on an order and on the past, publishing them, and teaching them.

mod cards;
mod compare;
mod difference;
mod draft;
mod edit;
mod fields;
mod list;
mod publish;
mod reading;
mod replay;
mod replayed;
mod set;
mod trial;
mod versions;
mod words;

pub(crate) use reading::{read_rule, words_around};

use axum::http::Method;
use axum::routing::{get, post};
use flow::people::Scope;
use web::{EVERYONE, MANAGERS, Pages, Policy};

/// Most bytes of a draft in a form: a rule set at its longest, with its tiles around it.
const MOST_DRAFT: usize = 1 << 20;

pub(crate) fn pages(pages: Pages) -> Pages {
    let (read, write) = (Policy::of(EVERYONE, Scope::RulesRead), Policy::of(MANAGERS, Scope::RulesWrite));
    pages
        .add(Method::GET, "/rules", (read, get(list::show)))
        .add(Method::GET, "/rules/edit", (write, get(edit::show)))
        .add(Method::POST, "/rules/edit", (write.with_body(MOST_DRAFT), post(edit::change)))
        .add(Method::GET, "/rules/compare", (read, get(compare::show)))
        .add(Method::GET, "/rules/{number}", (read, get(set::show)))
        .add(Method::GET, "/rules/{number}/try", (read, get(trial::show)))
        .add(Method::GET, "/rules/{number}/cards", (read, get(cards::show)))
        .add(Method::GET, "/rules/{number}/publish", (write, get(publish::show)))
        .add(Method::POST, "/rules/{number}/publish", (write, post(publish::publish)))
        .add(Method::POST, "/rules/publications/{number}/withdraw", (write, post(publish::withdraw)))
        .add(Method::POST, "/rules/{number}/replay", (write, post(replay::ask)))
        .add(Method::GET, "/rules/replays/{id}", (read, get(replay::show)))
        .add(Method::GET, "/rules/replays/{id}/moved.csv", (read, get(replay::moved)))
        .add(Method::POST, "/rules/replays/{id}/cancel", (write, post(replay::cancel)))
}
