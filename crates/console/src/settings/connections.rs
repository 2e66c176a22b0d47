//! What is connected: programs with a token, channels of orders, feeds of stock, each with when it was heard last.

use super::tokens::{self, Token};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use serde::Deserialize;

#[derive(Deserialize, Default)]
struct Today {
    channels: Vec<Channel>,
    feeds: Vec<Feed>,
}

#[derive(Deserialize)]
struct Channel {
    channel: String,
    last_order_at: i64,
    today: i64,
}

#[derive(Deserialize)]
struct Feed {
    location: String,
    source: String,
    heard_at: i64,
    is_stale: Option<bool>,
}

#[derive(Template)]
#[template(path = "settings/connections.html")]
struct ConnectionsPage {
    f: Frame,
    tokens: Vec<Token>,
    channels: Vec<Channel>,
    feeds: Vec<Feed>,
    /// Of the feeds, in their order.
    places: Vec<String>,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let Today { channels, feeds } = visit.api.get("/v1/today").await.unwrap_or_default();
    let tokens: tokens::Listed = visit.api.get("/v1/tokens?limit=250").await?;
    let tokens = tokens.items.into_iter().filter(|token| token.is_alive(&visit.now_ms)).collect();
    let places = feeds.iter().map(|feed| visit.place_name(&feed.location)).collect();
    let f = visit.frame(visit.t("settings-connections"), "settings");
    page(&ConnectionsPage { f, tokens, channels, feeds, places })
}
