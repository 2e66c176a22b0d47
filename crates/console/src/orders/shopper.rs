//! What is held about the shopper of an order, and the way to erase it.

use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use serde::Deserialize;
use serde_json::json;

/// Why somebody is erased: the words of the API.
const REASONS: [&str; 3] = ["shopper_asked", "kept_long_enough", "test_order"];

#[derive(Deserialize)]
struct Order {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Shopper {
    names: Vec<String>,
    emails: Vec<String>,
    phones: Vec<String>,
    orders: i64,
    is_capped: bool,
    first_placed_at: i64,
    last_placed_at: i64,
    under_way: Vec<UnderWay>,
    under_way_count: i64,
    erased_at: Option<i64>,
}

#[derive(Deserialize)]
struct UnderWay {
    id: String,
    name: String,
}

/// How far an erasure came.
#[derive(Deserialize)]
struct Erased {
    is_more: bool,
}

#[derive(Template)]
#[template(path = "orders/shopper.html")]
struct ShopperPage {
    f: Frame,
    order: Order,
    shopper: Shopper,
    reasons: [&'static str; 3],
}

impl ShopperPage {
    /// Nothing is known by which other orders could be found.
    fn is_alone(&self) -> bool {
        self.shopper.emails.is_empty() && self.shopper.phones.is_empty()
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/orders/{}", part(&id));
    let order: Order = visit.api.get(&path).await?;
    let shopper: Shopper = visit.api.get(&format!("{path}/shopper")).await?;
    let title = visit.words.a("shopper-title", &[("name", &order.name)]);
    page(&ShopperPage { f: visit.frame(title, "orders"), order, shopper, reasons: REASONS })
}

pub(super) async fn erase(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let body = json!({ "reason": form.text("reason"), "confirm": form.text("confirm") });
    let reply = visit.api.post(&format!("/v1/orders/{}/shopper/erase", part(&id)), &body).await?;
    let erased: Erased = reply.json()?;
    let done = if erased.is_more { "shopper-more" } else { "shopper-erased" };
    go(visit.sent_by, &format!("/orders/{}/privacy?done={done}", part(&id)))
}
