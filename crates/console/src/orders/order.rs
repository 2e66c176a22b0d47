//! One order: what was asked for, where it stands, why it is there, what happened, and what can be done.

use super::timeline::{self, Happened};
use super::why::{Told, Why};
use crate::answer::{Answered, page};
use crate::frame::{Frame, Undo};
use crate::show::Markup;
use crate::visit::{Visit, part};
use askama::Template;
use askama::filters::Safe;
use axum::extract::Path;
use paper::map::{Destination, Spot, of_ways};
use serde::Deserialize;
use web::Problem;

#[derive(Deserialize)]
struct Order {
    id: String,
    channel: String,
    external_id: String,
    name: String,
    state: String,
    hold: String,
    lane: String,
    placed_at: i64,
    service: String,
    deliver_by: String,
    pickup_at: String,
    tags: Vec<String>,
    customer: Customer,
    ship_to: Address,
    goes_to: Option<Point>,
    lines: Vec<Line>,
    fulfillments: Vec<Fulfillment>,
    exceptions: Vec<Exception>,
    substitutions: Vec<Offer>,
    returns: Vec<Return>,
    money: Money,
    shopper_erased_at: Option<i64>,
}

#[derive(Deserialize)]
struct Customer {
    name: String,
    email: String,
    phone: String,
}

#[derive(Deserialize)]
struct Address {
    name: String,
    line1: String,
    line2: String,
    city: String,
    region: String,
    postal: String,
    country: String,
}

impl Address {
    /// Above the city, as far as they were said.
    fn lines(&self) -> impl Iterator<Item = &String> {
        [&self.name, &self.line1, &self.line2].into_iter().filter(|line| !line.is_empty())
    }
}

#[derive(Deserialize)]
struct Point {
    lat_e4: i32,
    lon_e4: i32,
}

#[derive(Deserialize)]
struct Line {
    line: u32,
    sku: String,
    quantity: i64,
    unit_price_minor: i64,
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    open: i64,
    backordered: i64,
    allocated: i64,
    shipped: i64,
    cancelled: i64,
    returned: i64,
}

#[derive(Deserialize)]
struct Fulfillment {
    location: String,
    lane: String,
    state: String,
    is_held: bool,
    due_at: i64,
    service: String,
    arrives: String,
    pickup_code: String,
    units: Vec<Units>,
    parcels: Vec<Parcel>,
}

#[derive(Deserialize)]
struct Units {
    sku: String,
    title: String,
    quantity: i64,
    picked: i64,
}

#[derive(Deserialize)]
struct Parcel {
    number: i64,
    state: String,
    carrier: String,
    tracking: String,
    weight_g: i64,
    cost_minor: i64,
}

#[derive(Deserialize)]
struct Exception {
    id: String,
    kind: String,
    state: String,
    owner: String,
    due_at: i64,
}

#[derive(Deserialize)]
struct Offer {
    id: String,
    sku: String,
    substitute: String,
    units: i64,
    state: String,
    answer_by: i64,
}

#[derive(Deserialize)]
struct Return {
    sku: String,
    units: i64,
    at: String,
    is_damaged: bool,
    refund_minor: i64,
    created_at: i64,
}

#[derive(Deserialize)]
struct Money {
    goods_minor: i64,
    shipping_minor: i64,
    refunded_minor: i64,
}

#[derive(Template)]
#[template(path = "orders/order.html")]
struct OrderPage {
    map: Option<Markup>,
    f: Frame,
    titles: Vec<String>,
    places: Vec<String>,
    order: Order,
    why: Option<Why>,
    happened: Vec<Happened>,
    parcels_minor: i64,
    /// Where it is sent from elsewhere; empty where it is not.
    reroute: String,
    /// Numbers of earlier decisions, the newest first.
    earlier: Vec<i64>,
}

impl OrderPage {
    /// Something of it has not begun yet, so it can still be sent from elsewhere or called off.
    fn is_open(&self) -> bool {
        matches!(self.order.state.as_str(), "open" | "held")
    }

    fn title(&self, index: &usize) -> &str {
        self.titles.get(*index).map_or("", String::as_str)
    }

    fn place(&self, index: &usize) -> &str {
        self.places.get(*index).map_or("", String::as_str)
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    shown(visit, &id, None).await
}

/// The same with an earlier decision.
pub(super) async fn show_why(visit: Visit, Path((id, number)): Path<(String, i64)>) -> Answered {
    shown(visit, &id, Some(number)).await
}

async fn shown(visit: Visit, id: &str, number: Option<i64>) -> Answered {
    let id = part(id);
    let order: Order = visit.api.get(&format!("/v1/orders/{id}")).await?;
    let title = visit.words.a("order-title", &[("name", &order.name)]);
    let f = visit.frame(title, "orders").undone_by(undo(&visit, &order.id));
    let decisions: Vec<Told> = visit.api.get(&format!("/v1/orders/{id}/decisions")).await?;
    let numbers: Vec<i64> = decisions.iter().map(|told| told.number).collect();
    let told = decisions.into_iter().find(|told| number.is_none_or(|number| told.number == number));
    let why = match told {
        Some(told) => {
            let rules = rules(&visit, told.rule_set).await;
            Some(Why::of(&visit, &f, (told, &rules)))
        }
        None if number.is_some() => {
            return Err(Problem::new(axum::http::StatusCode::NOT_FOUND, "not_found", visit.t("why-no-such")));
        }
        None => None,
    };
    let shown = why.as_ref().map(|why| why.number);
    let is_open = matches!(order.state.as_str(), "open" | "held");
    let reroute = if is_open && visit.may_manage() { format!("/orders/{id}/reroute") } else { String::new() };
    page(&OrderPage {
        reroute,
        titles: order.lines.iter().map(|line| product(&visit, &line.sku)).collect(),
        places: order.fulfillments.iter().map(|task| visit.place_name(&task.location)).collect(),
        happened: timeline::of_order(&visit, &f, &id).await?,
        parcels_minor: order
            .fulfillments
            .iter()
            .flat_map(|task| &task.parcels)
            .map(|parcel| parcel.cost_minor)
            .sum(),
        earlier: numbers.into_iter().filter(|number| Some(*number) != shown).collect(),
        map: map(&visit, &f, &order, why.as_ref()),
        f,
        order,
        why,
    })
}

/// The locations, and the ways from those that send it to where it goes. `None`: where that is is not known.
fn map(visit: &Visit, f: &Frame, order: &Order, why: Option<&Why>) -> Option<Markup> {
    let Point { lat_e4, lon_e4 } = order.goes_to.as_ref().filter(|_| order.lane != "pickup")?;
    let senders: Vec<&str> = order.fulfillments.iter().map(|task| task.location.as_str()).collect();
    let network = &visit.shop.network;
    let sends = |place: &model::Location| senders.contains(&place.code.as_str());
    let mut places: Vec<&model::Location> = network.locations.iter().collect();
    // Those that send it are named first.
    places.sort_by_key(|place| !sends(place));
    let cost = |place: &model::Location| {
        let mut candidates = why.into_iter().flat_map(|why| &why.candidates);
        candidates.find(|candidate| candidate.code == place.code)?.cost.clone()
    };
    let spot = |place: &&model::Location| {
        Some(Spot {
            point: place.point?,
            name: place.name.clone(),
            kind: place.kind,
            tip: cost(place).map_or_else(|| place.name.clone(), |cost| format!("{}: {cost}", place.name)),
            path: format!("/locations/{}", part(&place.code)),
            is_resting: !sends(place),
        })
    };
    let to = Destination {
        point: model::Point { lat_e4: *lat_e4, lon_e4: *lon_e4 },
        tip: format!("{} {}", order.ship_to.region, order.ship_to.postal).trim().to_owned(),
        from: places.iter().filter(|place| sends(place)).filter_map(|place| place.point).collect(),
    };
    let spots: Vec<Spot> = places.iter().filter_map(spot).collect();
    of_ways(&spots, Some(&to), &f.t("order-map")).map(Safe)
}

/// The opposite of what was just done.
fn undo(visit: &Visit, id: &str) -> Option<Undo> {
    let (verb, fields) = match visit.asked("done").as_str() {
        "order-hold" => ("release", Vec::new()),
        "order-release" => ("hold", vec![("reason".to_owned(), visit.t("undo-reason"))]),
        _ => return None,
    };
    Some(Undo { path: format!("/orders/{}/{verb}", part(id)), fields })
}

fn product(visit: &Visit, sku: &str) -> String {
    let network = &visit.shop.network;
    network.product_by_sku(sku).map_or_else(String::new, |id| network.product(id).title.clone())
}

#[derive(Deserialize)]
struct RuleSet {
    content: String,
}

/// The sentences of a rule set, each after its name: `rule 1: Ship from …`. None where it is not at hand.
async fn rules(visit: &Visit, number: i64) -> Vec<String> {
    let Ok(set) = visit.api.get::<RuleSet>(&format!("/v1/rule-sets/{number}")).await else {
        return Vec::new();
    };
    let (mut kind, mut count, mut named) = ("rule", 0, Vec::new());
    for line in set.content.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line {
            "Guardrails" | "Rules" => (kind, count) = (if line == "Rules" { "rule" } else { "guardrail" }, 0),
            sentence if sentence.ends_with('.') => {
                count += 1;
                named.push(format!("{kind} {count}: {sentence}"));
            }
            _ => {}
        }
    }
    named
}
