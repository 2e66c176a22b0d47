//! The list of orders: what narrows it, and views that are kept.

use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::Method;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use web::Question;

/// What narrows the list; the names are those of the API.
const FILTERS: [&str; 9] =
    ["search", "state", "work", "location", "lane", "channel", "tag", "placed_from", "placed_to"];
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
    customer: String,
    units: i64,
    goods_minor: i64,
    at: Vec<At>,
    needs_attention: bool,
}

#[derive(Deserialize)]
struct At {
    location: String,
    state: String,
}

#[derive(Deserialize)]
struct Counted {
    count: i64,
    is_capped: bool,
}

#[derive(Deserialize)]
struct View {
    id: String,
    name: String,
    query: String,
    is_shared: bool,
    owner: String,
}

#[derive(Template)]
#[template(path = "orders/list.html")]
struct ListPage {
    f: Frame,
    rows: Vec<Row>,
    asked: Asked,
    count: Option<Counted>,
    places: Vec<(String, String)>,
    views: Vec<View>,
    next: Option<String>,
    is_first: bool,
    me: String,
}

impl ListPage {
    fn place(&self, code: &str) -> String {
        let found = self.places.iter().find(|(known, _)| known == code);
        found.map_or_else(|| code.to_owned(), |(_, name)| name.clone())
    }

    /// How many a batch would be about that means all of them.
    fn matching(&self) -> Option<i64> {
        self.count.as_ref().map(|counted| counted.count)
    }

    /// The view that is shown now.
    fn is_shown(&self, view: &View) -> bool {
        view.query == self.asked.query()
    }

    fn is_kept(&self) -> bool {
        self.views.iter().any(|view| self.is_shown(view))
    }

    fn may_drop(&self, view: &View) -> bool {
        view.owner == self.me || (view.is_shared && self.f.may_manage())
    }
}

/// What the list is narrowed by, as it was asked for.
pub(super) struct Asked(Vec<(&'static str, String)>);

impl Asked {
    fn of(visit: &Visit) -> Asked {
        Asked(FILTERS.into_iter().map(|name| (name, visit.asked(name))).collect())
    }

    pub(super) fn of_query(query: &str) -> Asked {
        let given: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let value = |name: &str| {
            given.iter().find(|(field, _)| field == name).map(|(_, value)| value.trim().to_owned())
        };
        Asked(FILTERS.into_iter().map(|name| (name, value(name).unwrap_or_default())).collect())
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

    fn query(&self) -> String {
        let said = self.0.iter().filter(|(_, value)| !value.is_empty());
        said.map(|(field, value)| format!("{field}={}", part(value))).collect::<Vec<_>>().join("&")
    }

    /// As a batch asks for them.
    pub(super) fn filter(&self) -> Map<String, Value> {
        let said = self.0.iter().filter(|(_, value)| !value.is_empty());
        let typed = |field: &str, value: &str| match field {
            "placed_from" | "placed_to" => {
                value.parse::<i64>().map_or_else(|_| Value::from(value), Value::from)
            }
            _ => Value::from(value),
        };
        said.map(|(field, value)| ((*field).to_owned(), typed(field, value))).collect()
    }
}

pub(super) async fn show(visit: Visit) -> Answered {
    let asked = Asked::of(&visit);
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let query = asked.query();
    let listed: Listed = visit.api.get(&format!("/v1/orders?limit=50&{query}{after}")).await?;
    let network = &visit.shop.network;
    let places = network.locations.iter().map(|place| (place.code.clone(), place.name.clone())).collect();
    let f = visit.frame(visit.t("orders-title"), "orders");
    page(&ListPage {
        count: visit.api.get(&format!("/v1/orders/count?{query}")).await.ok(),
        views: visit.api.get("/v1/views?page=orders").await.unwrap_or_default(),
        rows: listed.items,
        next: listed.next.map(|next| format!("/orders?{query}&cursor={next}")),
        asked,
        places,
        is_first: cursor.is_empty(),
        me: visit.who.id.clone(),
        f,
    })
}

/// Keeps what the list is narrowed by under a name.
pub(super) async fn keep_view(visit: Visit, form: Form) -> Answered {
    let query = Asked::of_query(form.raw("query")).query();
    let new = json!({
        "page": "orders", "name": form.text("name"), "query": query, "is_shared": form.is_ticked("is_shared"),
    });
    visit.api.post("/v1/views", &new).await?;
    go(visit.sent_by, &format!("/orders?{query}&done=view-kept"))
}

pub(super) async fn drop_view(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/views/{}", part(&id));
    visit.api.ask(Question { method: Method::DELETE, ..Question::get(&path) }).await?;
    go(visit.sent_by, "/orders?done=view-dropped")
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn what_narrows_the_list_is_kept_and_nothing_else() {
        let asked = Asked::of_query("search=Mug%20%26%20co&done=x&state=open&cursor=5b&placed_from=12");
        assert_eq!(asked.query(), "search=Mug%20%26%20co&state=open&placed_from=12");
        assert_eq!(asked.filter()["placed_from"], 12);
        assert!(!Asked::of_query("").is_narrowed());
    }
}
