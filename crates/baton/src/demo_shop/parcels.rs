//! What a decision says of the parcels of a task: their weight, and what their labels cost.
//!
//! Owns: reading that, and made-up tracking numbers. Refuses to know: who packs.

use super::staff::Standing;
use flow::Refused;
use flow::fulfillment::{Packed, Sent};
use flow::shop::Shop;
use model::{Cost, Currency};
use serde::Deserialize;
use store::{Db, decisions};

/// Decisions of one order that are looked through.
const MOST_DECISIONS: i64 = 20;

/// A parcel as it was planned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Planned {
    weight_g: i64,
    postage_minor: i64,
}

/// Of a decision, what is read here.
#[derive(Deserialize)]
struct Told {
    parcels: Vec<ToldParcel>,
}

#[derive(Deserialize)]
struct ToldParcel {
    location: String,
    weight_g: i64,
    costs: Costs,
}

#[derive(Deserialize)]
struct Costs {
    #[serde(default)]
    postage: String,
}

/// The parcels that the decision behind a task gives to its place.
pub(super) async fn planned(db: &Db, (shop, task): (&Shop, &Standing)) -> Result<Vec<Planned>, Refused> {
    let order_id = task.row.order_id.clone();
    let rows = db.read(move |tx| {
        let order_id = order_id.clone();
        Box::pin(async move { decisions::of_order(tx, &order_id, MOST_DECISIONS).await })
    });
    let rows = rows.await?;
    let told = rows.iter().find(|row| row.number == task.row.attempt);
    let told: Option<Told> = told.and_then(|row| serde_json::from_str(&row.decision).ok());
    let code = shop.code(task.row.location);
    let planned = |parcel: &ToldParcel| Planned {
        weight_g: parcel.weight_g,
        postage_minor: minor(&parcel.costs.postage, shop.network.currency),
    };
    let parcels = told.map(|told| told.parcels).unwrap_or_default();
    Ok(parcels.iter().filter(|parcel| parcel.location == code).map(planned).collect())
}

fn minor(text: &str, currency: Currency) -> i64 {
    Cost::from_decimal(text).map_or(0, |cost| cost.round_to_money(currency).minor)
}

pub(super) fn packed(planned: &[Planned]) -> Vec<Packed> {
    planned.iter().map(|parcel| Packed { weight_g: parcel.weight_g }).collect()
}

pub(super) fn sent(planned: &[Planned], task: &Standing) -> Vec<Sent> {
    let is_brought = task.row.lane == "local_delivery";
    let carrier = if is_brought { "own van" } else { "demo carrier" };
    let tail = &task.row.id[task.row.id.len().saturating_sub(10)..];
    let one = |(number, parcel): (i64, &Planned)| Sent {
        number,
        carrier: carrier.to_owned(),
        tracking: if is_brought { String::new() } else { format!("DEMO{}{number}", tail.to_uppercase()) },
        cost_minor: parcel.postage_minor,
    };
    (1..).zip(planned).map(one).collect()
}
