//! A person decides where an order goes, after seeing what follows.

use super::why::{Decision, cost};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use model::Cost;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Head {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Told {
    outcome: String,
    decision: Decision,
}

#[derive(Template)]
#[template(path = "orders/reroute.html")]
struct ReroutePage {
    f: Frame,
    order: Head,
    /// Codes and names; the one that is looked at.
    places: Vec<(String, String)>,
    to: String,
    then: Option<Consequences>,
}

/// What would follow.
struct Consequences {
    outcome: String,
    before: String,
    after: String,
    by: String,
    parcels_before: usize,
    parcels_after: usize,
    arrives_before: String,
    arrives_after: String,
    leftovers: Vec<String>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/orders/{}", part(&id));
    let order: Head = visit.api.get(&path).await?;
    let to = visit.asked("to");
    let network = &visit.shop.network;
    let places = network.locations.iter().map(|place| (place.code.clone(), place.name.clone())).collect();
    let f = visit.frame(visit.words.a("reroute-title", &[("name", &order.name)]), "orders");
    let then = if visit.uri.query().is_some_and(|query| query.contains("to=")) {
        let reason = visit.t("reroute-looking");
        let to = Some(to.as_str()).filter(|to| !to.is_empty());
        let asked = json!({ "to": to, "reason": reason, "dry_run": true });
        let told: Told = visit.api.post(&format!("{path}/route"), &asked).await?.json()?;
        let before: Vec<Told> = visit.api.get(&format!("{path}/decisions")).await?;
        Some(consequences(&f, before.into_iter().next(), told))
    } else {
        None
    };
    page(&ReroutePage { f, order, places, to, then })
}

fn consequences(f: &Frame, before: Option<Told>, after: Told) -> Consequences {
    let before = before.map(|told| told.decision).unwrap_or_default();
    let difference = Cost(cost(&after.decision.landed_cost).0 - cost(&before.landed_cost).0);
    let arrives = |decision: &Decision| {
        decision
            .parcels
            .iter()
            .map(|parcel| parcel.arrives.as_str())
            .max()
            .map(|day| f.day(day))
            .unwrap_or_default()
    };
    let leftover = |left: &super::why::Leftover| {
        let units = f.number(&left.quantity);
        f.words.a(
            "why-leftover",
            &[("units", &units), ("sku", &left.sku), ("remedy", &f.named("remedy", &left.remedy))],
        )
    };
    Consequences {
        before: f.money.decimal(&before.landed_cost),
        after: f.money.decimal(&after.decision.landed_cost),
        by: f.money.difference(difference.round_to_money(f.money.currency).minor),
        parcels_before: before.parcels.len(),
        parcels_after: after.decision.parcels.len(),
        arrives_before: arrives(&before),
        arrives_after: arrives(&after.decision),
        leftovers: after.decision.leftovers.iter().map(leftover).collect(),
        outcome: after.outcome,
    }
}
