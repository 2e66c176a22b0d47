//! How a fulfillment order looks on the wire.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::versions::Versioned;
use flow::Refused;
use flow::shop::Shop;
use serde::Serialize;
use std::sync::Arc;
use store::fulfillments::{FulfillmentItem, FulfillmentRow};
use store::parcels::ParcelRow;
use store::{Tx, fulfillments, parcels};
use utoipa::ToSchema;

/// The units that one place hands over for an order.
#[derive(Serialize, ToSchema)]
pub(crate) struct Fulfillment {
    #[schema(example = "ful_0192…")]
    pub(crate) id: String,
    order_id: String,
    /// Code of the place.
    location: String,
    lane: String,
    /// `open`, `accepted`, `picking`, `packed`, `ready_for_pickup`, `shipped`, `collected`, `delivered`, `rejected`,
    /// `expired`, `moved`, `cancelled` or `short`.
    state: String,
    is_held: bool,
    /// Number of the decision that made it.
    decision: i64,
    /// By when its next step is due.
    pub(crate) due_at: i64,
    service: String,
    /// `2026-11-27`.
    dispatch_day: String,
    arrives: String,
    /// What the customer shows; empty for other lanes.
    pickup_code: String,
    units: Vec<UnitsShown>,
    parcels: Vec<ParcelShown>,
    created_at: i64,
    changed_at: i64,
    version: i64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FulfillmentUnits)]
struct UnitsShown {
    line: i64,
    sku: String,
    title: String,
    quantity: i64,
    picked: i64,
    /// Still promised here.
    committed: i64,
    shipped: i64,
}

#[derive(Serialize, ToSchema)]
struct ParcelShown {
    id: String,
    number: i64,
    /// `packed`, `labeled`, `handed_over`, `delivered` or `void`.
    state: String,
    carrier: String,
    service: String,
    tracking: String,
    weight_g: i64,
    cost_minor: i64,
    manifest_id: Option<String>,
}

// A page hands its rows over as they are.
impl Fulfillment {
    pub(crate) fn of(
        shop: &Shop,
        row: &FulfillmentRow,
        (items, parcels): (Vec<FulfillmentItem>, Vec<ParcelRow>),
    ) -> Fulfillment {
        let units = |item: &FulfillmentItem| UnitsShown {
            line: item.line,
            sku: shop.sku(item.product).to_owned(),
            title: shop.product_id(item.product).map_or("", |id| &shop.network.product(id).title).to_owned(),
            quantity: item.quantity,
            picked: item.picked,
            committed: item.committed,
            shipped: item.shipped,
        };
        Fulfillment {
            id: row.id.clone(),
            order_id: row.order_id.clone(),
            location: shop.code(row.location).to_owned(),
            lane: row.lane.clone(),
            state: row.state.clone(),
            is_held: row.is_held,
            decision: row.attempt,
            due_at: row.due_at_ms,
            service: row.service.clone(),
            dispatch_day: day(row.dispatch_day),
            arrives: day(row.arrives_day),
            pickup_code: row.pickup_code.clone(),
            units: items.iter().map(units).collect(),
            parcels: parcels.into_iter().map(ParcelShown::from).collect(),
            created_at: row.created_at_ms,
            changed_at: row.changed_at_ms,
            version: row.version,
        }
    }
}

impl From<ParcelRow> for ParcelShown {
    fn from(row: ParcelRow) -> ParcelShown {
        ParcelShown {
            id: row.id,
            number: row.number,
            state: row.state,
            carrier: row.carrier,
            service: row.service,
            tracking: row.tracking,
            weight_g: row.weight_g,
            cost_minor: row.cost_minor,
            manifest_id: row.manifest_id,
        }
    }
}

fn day(day: i64) -> String {
    model::Day(i32::try_from(day).unwrap_or(0)).to_string()
}

pub(super) async fn read(tx: &mut Tx, shop: &Shop, row: &FulfillmentRow) -> Result<Fulfillment, Problem> {
    let items = fulfillments::items(tx, &row.id).await?;
    Ok(Fulfillment::of(shop, row, (items, parcels::of_fulfillment(tx, &row.id).await?)))
}

pub(super) async fn show(app: &App, id: &str) -> Answer<Versioned<Fulfillment>> {
    let shop = app.baton.shop(app.now_ms()).await?;
    let id = id.to_owned();
    let shown = app.db.read::<_, Problem>(move |tx| {
        let (id, shop) = (id.clone(), Arc::clone(&shop));
        Box::pin(async move {
            let row = fulfillments::get(tx, &id).await?;
            let row = row.ok_or_else(|| Refused::not_found("fulfillment order", &id))?;
            read(tx, &shop, &row).await
        })
    });
    let shown = shown.await?;
    Ok(Versioned { version: shown.version, body: shown })
}

/// # Errors
/// It is at a place that is not the caller's, or there is none.
pub(super) async fn within_reach(app: &App, caller: &Caller, id: &str) -> Result<(), Problem> {
    let id = id.to_owned();
    let place = app.db.read::<_, Problem>(move |tx| {
        let id = id.clone();
        Box::pin(async move {
            let row = fulfillments::get(tx, &id).await?;
            Ok(row.ok_or_else(|| Refused::not_found("fulfillment order", &id))?.location)
        })
    });
    caller.must_reach(place.await?)
}
