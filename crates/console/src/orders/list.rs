//! The list of orders.

use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use serde::Deserialize;

/// What narrows the list; the names are those of the API.
const FILTERS: [&str; 7] = ["search", "state", "work", "location", "lane", "channel", "tag"];
const STATES: [&str; 4] = ["open", "held", "fulfilled", "cancelled"];
const LANES: [&str; 3] = ["ship", "pickup", "local_delivery"];
/// What waits for whom; the tabs above the list.
const WORK: [&str; 7] =
    ["to_decide", "to_pick", "to_pack", "waiting_for_pickup", "late", "needs_attention", "split"];

#[derive(Deserialize)]
struct Listed {
    items: Vec<Row>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    channel: String,
    name: String,
    state: String,
    hold: String,
    lane: String,
    placed_at: i64,
}

#[derive(Template)]
#[template(path = "orders/list.html")]
struct ListPage {
    f: Frame,
    rows: Vec<Row>,
    asked: Asked,
    places: Vec<(String, String)>,
    next: Option<String>,
    is_first: bool,
}

/// What the list is narrowed by, as it was asked for.
struct Asked(Vec<(&'static str, String)>);

impl Asked {
    fn of(visit: &Visit) -> Asked {
        Asked(FILTERS.into_iter().map(|name| (name, visit.asked(name))).collect())
    }

    fn is(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value)
    }

    fn says(&self, name: &str, value: &str) -> bool {
        self.is(name) == value
    }

    fn is_narrowed(&self) -> bool {
        self.0.iter().any(|(_, value)| !value.is_empty())
    }

    /// The query with one field said another way.
    fn with(&self, name: &str, value: &str) -> String {
        let others = self.0.iter().map(|(field, kept)| (*field, if *field == name { value } else { kept }));
        let pairs: Vec<String> = others
            .filter(|(_, value)| !value.is_empty())
            .map(|(field, value)| format!("{field}={}", part(value)))
            .collect();
        pairs.join("&")
    }

    fn query(&self) -> String {
        self.with("", "")
    }
}

pub(super) async fn show(visit: Visit) -> Answered {
    let asked = Asked::of(&visit);
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let listed: Listed = visit.api.get(&format!("/v1/orders?limit=50&{}{after}", asked.query())).await?;
    let network = &visit.shop.network;
    let places = network.locations.iter().map(|place| (place.code.clone(), place.name.clone())).collect();
    page(&ListPage {
        f: visit.frame(visit.t("orders-title"), "orders"),
        rows: listed.items,
        next: listed.next.map(|next| format!("/orders?{}&cursor={next}", asked.query())),
        asked,
        places,
        is_first: cursor.is_empty(),
    })
}
