//! How an order looks on the wire.

use crate::answer::Answer;
use crate::app::App;
use crate::exceptions::Exception;
use crate::fulfillments::Fulfillment;
use flow::Refused;
use flow::order::{Address, Customer, Document};
use flow::shop::Shop;
use flow::take_order::New;
use model::Point;
use serde::Serialize;
use std::sync::Arc;
use store::exceptions::ExceptionRow;
use store::fulfillments::{FulfillmentItem, FulfillmentRow};
use store::orders::{Item, OrderRow};
use store::parcels::ParcelRow;
use store::returns::ReturnRow;
use store::substitutions::OfferRow;
use store::{Tx, exceptions, fulfillments, orders, parcels, returns, substitutions};
use utoipa::ToSchema;

/// Exceptions, offers and returns of one order that are shown.
const MOST_SHOWN: i64 = 100;

/// An order in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderInList {
    #[schema(example = "ord_0192…")]
    pub(super) id: String,
    channel: String,
    external_id: String,
    name: String,
    /// `open`, `held`, `fulfilled` or `cancelled`.
    state: String,
    /// Why it is held; empty while it is not.
    hold: String,
    lane: String,
    placed_at: i64,
    changed_at: i64,
    pub(super) version: i64,
}

impl From<OrderRow> for OrderInList {
    fn from(row: OrderRow) -> OrderInList {
        OrderInList {
            id: row.id,
            channel: row.channel,
            external_id: row.external_id,
            name: row.name,
            state: row.state,
            hold: row.hold,
            lane: row.lane,
            placed_at: row.placed_at_ms,
            changed_at: row.changed_at_ms,
            version: row.version,
        }
    }
}

/// An order, and everything about it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Order {
    #[serde(flatten)]
    pub(super) head: OrderInList,
    service: String,
    deliver_by: String,
    pickup_at: String,
    split: String,
    tags: Vec<String>,
    customer: Customer,
    ship_to: Address,
    /// Where that is, as far as the address or the beginning of its postal code tells; null: that is not known.
    goes_to: Option<PointShown>,
    lines: Vec<LineShown>,
    fulfillments: Vec<Fulfillment>,
    exceptions: Vec<Exception>,
    substitutions: Vec<Offer>,
    returns: Vec<ReturnShown>,
    money: MoneyShown,
    /// Number of the last decision; 0: none yet.
    decisions: i64,
    taken_at: i64,
    /// When its shopper was erased; null: not.
    shopper_erased_at: Option<i64>,
}

/// A point on the globe.
#[derive(Serialize, ToSchema)]
#[schema(as = Point)]
struct PointShown {
    /// Degrees north times 10,000.
    #[schema(example = 455_200)]
    lat_e4: i32,
    /// Degrees east times 10,000.
    #[schema(example = -1_226_800)]
    lon_e4: i32,
}

/// A line, and where its units stand.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderLine)]
struct LineShown {
    line: u32,
    sku: String,
    quantity: u32,
    unit_price_minor: i64,
    /// One for the line's product, or one for each component of its bundle, in units of it. Invariant: ordered = open +
    /// backordered + allocated + shipped + cancelled.
    items: Vec<ItemShown>,
}

#[derive(Serialize, ToSchema)]
struct ItemShown {
    sku: String,
    ordered: i64,
    open: i64,
    backordered: i64,
    allocated: i64,
    shipped: i64,
    cancelled: i64,
    returned: i64,
}

/// A substitute that the customer is asked about.
#[derive(Serialize, ToSchema)]
#[schema(as = SubstituteOffer)]
struct Offer {
    id: String,
    line: i64,
    sku: String,
    substitute: String,
    units: i64,
    /// `offered`, `accepted`, `declined` or `lapsed`.
    state: String,
    answer_by: i64,
}

/// Units that came back, and what they are refunded.
#[derive(Serialize, ToSchema)]
pub(super) struct ReturnShown {
    id: String,
    line: i64,
    sku: String,
    units: i64,
    at: String,
    is_damaged: bool,
    refund_minor: i64,
    reason: String,
    created_at: i64,
}

/// Amounts in minor units.
#[derive(Serialize, ToSchema)]
struct MoneyShown {
    currency: String,
    goods_minor: i64,
    shipping_minor: i64,
    refunded_minor: i64,
}

/// A decision as it was told when it was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct Decision {
    /// From 1.
    number: i64,
    decided_at: i64,
    /// Version of the rules.
    rule_set: i64,
    /// Version of locations, products, rates and settings.
    network_version: i64,
    outcome: String,
    /// The whole of it, as docs/formats.md describes it.
    decision: serde_json::Value,
    /// What it was made from.
    inputs: serde_json::Value,
}

impl From<store::decisions::DecisionRow> for Decision {
    fn from(row: store::decisions::DecisionRow) -> Decision {
        Decision {
            number: row.number,
            decided_at: row.decided_at_ms,
            rule_set: row.rule_set,
            network_version: row.network_version,
            outcome: row.outcome,
            decision: serde_json::from_str(&row.decision).unwrap_or_default(),
            inputs: serde_json::from_str(&row.inputs).unwrap_or_default(),
        }
    }
}

/// Reads an order from one state of the books.
pub(crate) async fn order(app: &App, id: &str) -> Answer<Order> {
    let shop = app.baton.shop(app.now_ms()).await?;
    let id = id.to_owned();
    let read = app.db.read::<_, Refused>(move |tx| {
        let (id, shop) = (id.clone(), Arc::clone(&shop));
        Box::pin(async move { read(tx, &shop, &id).await })
    });
    Ok(read.await?)
}

/// An order that was taken just now: what is known of it is not read again, unless something is wrong with it.
pub(super) async fn new_order(app: &App, row: OrderRow, new: New) -> Answer<Order> {
    let is_all_placed = row.state == "open" && new.items.iter().all(|item| item.stands.open == 0);
    if !is_all_placed {
        return order(app, &row.id).await;
    }
    let work = new.work.into_iter().map(|work| (work.row, work.items, Vec::new())).collect();
    let parts =
        Parts { items: new.items, work, exceptions: Vec::new(), offers: Vec::new(), returns: Vec::new() };
    Ok(parts.order(&new.shop, row, new.document, 0))
}

async fn read(tx: &mut Tx, shop: &Shop, id: &str) -> Result<Order, Refused> {
    let row = orders::get(tx, id).await?.ok_or_else(|| Refused::not_found("order", id))?;
    let document: Document = serde_json::from_str(&row.document)
        .map_err(|error| store::DbError::Broken(format!("the document of {id}: {error}")))?;
    let mut work = Vec::new();
    for task in fulfillments::of_order(tx, id).await? {
        let (items, parcels) =
            (fulfillments::items(tx, &task.id).await?, parcels::of_fulfillment(tx, &task.id).await?);
        work.push((task, items, parcels));
    }
    let parts = Parts {
        items: orders::items(tx, id).await?,
        work,
        exceptions: exceptions::of_order(tx, id, MOST_SHOWN).await?,
        offers: substitutions::of_order(tx, id, MOST_SHOWN).await?,
        returns: returns::of_order(tx, id, MOST_SHOWN).await?,
    };
    let refunded = returns::refunded(tx, id).await?;
    Ok(parts.order(shop, row, document, refunded))
}

/// The rows around an order.
struct Parts {
    items: Vec<Item>,
    work: Vec<(FulfillmentRow, Vec<FulfillmentItem>, Vec<ParcelRow>)>,
    exceptions: Vec<ExceptionRow>,
    offers: Vec<OfferRow>,
    returns: Vec<ReturnRow>,
}

impl Parts {
    fn order(self, shop: &Shop, row: OrderRow, document: Document, refunded_minor: i64) -> Order {
        let Parts { items, work, exceptions, offers, returns } = self;
        let goes_to = flow::order::goes_to(shop, &document)
            .map(|Point { lat_e4, lon_e4 }| PointShown { lat_e4, lon_e4 });
        let goods = document.lines.iter().map(|line| line.unit_price_minor * i64::from(line.quantity)).sum();
        Order {
            lines: lines(shop, &document, &items),
            fulfillments: work
                .into_iter()
                .map(|(row, items, parcels)| Fulfillment::of(shop, &row, (items, parcels)))
                .collect(),
            exceptions: exceptions.iter().map(|row| Exception::of(shop, row)).collect(),
            substitutions: offers.iter().map(|row| offer(shop, row)).collect(),
            returns: returns.iter().map(|row| returned(shop, row)).collect(),
            money: MoneyShown {
                currency: document.currency,
                goods_minor: goods,
                shipping_minor: document.shipping_minor,
                refunded_minor,
            },
            service: document.service,
            deliver_by: document.deliver_by,
            pickup_at: document.pickup_at,
            split: document.split,
            tags: document.tags,
            customer: document.customer,
            goes_to,
            ship_to: document.ship_to,
            decisions: row.attempts,
            taken_at: row.taken_at_ms,
            shopper_erased_at: document.erased_at_ms,
            head: row.into(),
        }
    }
}

fn lines(shop: &Shop, document: &Document, items: &[Item]) -> Vec<LineShown> {
    let item = |item: &Item| ItemShown {
        sku: shop.sku(item.product).to_owned(),
        ordered: item.ordered,
        open: item.stands.open,
        backordered: item.stands.backordered,
        allocated: item.stands.allocated,
        shipped: item.stands.shipped,
        cancelled: item.stands.cancelled,
        returned: item.stands.returned,
    };
    let line = |line: &flow::order::Line| LineShown {
        line: line.line,
        sku: line.sku.clone(),
        quantity: line.quantity,
        unit_price_minor: line.unit_price_minor,
        items: items.iter().filter(|row| row.line == i64::from(line.line)).map(item).collect(),
    };
    document.lines.iter().map(line).collect()
}

fn offer(shop: &Shop, row: &OfferRow) -> Offer {
    Offer {
        id: row.id.clone(),
        line: row.line,
        sku: shop.sku(row.product).to_owned(),
        substitute: shop.sku(row.substitute).to_owned(),
        units: row.units,
        state: row.state.clone(),
        answer_by: row.answer_by_ms,
    }
}

pub(super) fn returned(shop: &Shop, row: &ReturnRow) -> ReturnShown {
    ReturnShown {
        id: row.id.clone(),
        line: row.line,
        sku: shop.sku(row.product).to_owned(),
        units: row.units,
        at: shop.code(row.location).to_owned(),
        is_damaged: row.is_damaged,
        refund_minor: row.refund_minor,
        reason: row.reason.clone(),
        created_at: row.created_at_ms,
    }
}
