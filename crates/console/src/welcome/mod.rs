//! The first run: from an empty set of books to a shop that decides orders, in a few steps that can wait.
//!
//! Owns: the steps, in their order, and what counts as done. A step is done when the books say so, whoever did it and
//! where; so the way can be left and taken up again anywhere.

mod place;
mod rules;
mod shop;

use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use axum::http::Method;
use axum::routing::{get, post};
use flow::people::Scope;
use serde::Deserialize;
use web::{MANAGERS, Pages, Policy};

pub(crate) fn pages(pages: Pages) -> Pages {
    let network = Policy::of(MANAGERS, Scope::NetworkWrite);
    let of_rules = Policy::of(MANAGERS, Scope::RulesWrite);
    pages
        .add(Method::GET, "/welcome", (network, get(show)))
        .add(Method::GET, "/welcome/shop", (network, get(shop::show)))
        .add(Method::POST, "/welcome/shop", (network, post(shop::save)))
        .add(Method::GET, "/welcome/places", (network, get(place::show)))
        .add(Method::POST, "/welcome/places", (network, post(place::add)))
        .add(Method::GET, "/welcome/stock", (network, get(show_stock)))
        .add(Method::GET, "/welcome/rules", (of_rules, get(rules::show)))
        .add(Method::POST, "/welcome/rules", (of_rules, post(rules::publish)))
        .add(Method::GET, "/welcome/people", (network, get(show_people)))
        .add(Method::GET, "/welcome/orders", (network, get(show_orders)))
}

/// A step, and whether the books say that it is done.
pub(crate) struct Step {
    /// Also the id of its messages: `step-shop`, `step-shop-words`.
    pub(crate) name: &'static str,
    pub(crate) path: &'static str,
    pub(crate) is_done: bool,
}

#[derive(Deserialize)]
struct Listed {
    items: Vec<serde::de::IgnoredAny>,
}

/// How far the shop is. What whoever looks may not see counts as not done.
pub(crate) async fn steps(visit: &Visit) -> Vec<Step> {
    let network = &visit.shop.network;
    let count = async |path: &str| visit.api.get::<Listed>(path).await.map_or(0, |listed| listed.items.len());
    let published = count("/v1/rule-publications?limit=1").await;
    let people = count("/v1/users?limit=2").await;
    let orders = count("/v1/orders?limit=1").await;
    let step = |name, path, is_done| Step { name, path, is_done };
    vec![
        step("shop", "/welcome/shop", !network.locations.is_empty()),
        step("places", "/welcome/places", network.locations.len() > 1),
        step("stock", "/welcome/stock", !network.products.is_empty()),
        step("rules", "/welcome/rules", published > 0),
        step("people", "/welcome/people", people > 1),
        step("orders", "/welcome/orders", orders > 0),
    ]
}

#[derive(Template)]
#[template(path = "welcome/welcome.html")]
struct WelcomePage {
    f: Frame,
    steps: Vec<Step>,
}

impl WelcomePage {
    fn next(&self) -> &'static str {
        self.steps.iter().find(|step| !step.is_done).map_or("/", |step| step.path)
    }

    fn has_begun(&self) -> bool {
        self.steps.iter().any(|step| step.is_done)
    }
}

async fn show(visit: Visit) -> Answered {
    let f = visit.frame(visit.t("welcome-title"), "today");
    page(&WelcomePage { f, steps: steps(&visit).await })
}

/// A step that is done elsewhere: what it is for, and the way there.
#[derive(Template)]
#[template(path = "welcome/elsewhere.html")]
struct ElsewherePage {
    f: Frame,
    steps: Vec<Step>,
    name: &'static str,
    next: &'static str,
    /// Paths, and the ids of their messages.
    ways: &'static [(&'static str, &'static str)],
}

async fn show_stock(visit: Visit) -> Answered {
    let ways = &[
        ("/inventory/import", "step-stock-file"),
        ("/docs", "step-stock-api"),
        ("/inventory", "step-stock-later"),
    ];
    elsewhere(visit, ("stock", "/welcome/rules"), ways).await
}

async fn show_people(visit: Visit) -> Answered {
    elsewhere(visit, ("people", "/welcome/orders"), &[("/settings/people", "step-people-invite")]).await
}

async fn show_orders(visit: Visit) -> Answered {
    let ways = &[("/docs", "step-orders-api"), ("/demo", "step-orders-demo")];
    elsewhere(visit, ("orders", "/"), ways).await
}

async fn elsewhere(
    visit: Visit,
    (name, next): (&'static str, &'static str),
    ways: &'static [(&'static str, &'static str)],
) -> Answered {
    let f = visit.frame(visit.t(&format!("step-{name}")), "today");
    page(&ElsewherePage { f, steps: steps(&visit).await, name, next, ways })
}
