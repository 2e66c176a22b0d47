//! An order comes in: taken once, decided at once, all in one transaction.
//!
//! Invariant: whoever is told that an order is taken finds it in the books, whatever happens then; who sends it again
//! gets the same order.

use crate::Baton;
use crate::call::{Call, What};
use crate::decide::{Asking, decide_in};
use crate::exception::{self, About, Kind};
use crate::id;
use crate::inventory::hold;
use crate::order::{Document, NewOrder};
use crate::order_state;
use crate::refused::{Refused, broken};
use crate::shop::Shop;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use jiff::Timestamp as Instant;
use serde_json::json;
use store::orders::{Item, OrderRow, Stands};
use store::places::ProductKey;
use store::{Tx, orders};

/// How an order was taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    pub order: OrderRow,
    /// `false`: its channel sent it before; nothing was changed.
    pub is_new: bool,
}

/// Takes an order and decides it.
///
/// # Errors
/// A field is not right; the database's.
pub async fn take_order(baton: &Baton, call: &Call, sent: &NewOrder) -> Result<Taken, Refused> {
    let shop = baton.shop(call.at_ms).await?;
    let document = sent.read(&shop)?;
    let row = row(call, sent, &document)?;
    baton.perform(call, TakeOrder { row, document, cart: sent.cart.clone() }).await
}

struct TakeOrder {
    row: OrderRow,
    document: Document,
    cart: String,
}

#[async_trait]
impl Verb for TakeOrder {
    type Done = Taken;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Taken, Refused> {
        let mut row = self.row.clone();
        if !orders::insert(tx, &row).await? {
            let known = orders::by_external(tx, &row.channel, &row.external_id).await?;
            let order = known.ok_or_else(|| broken(&"an order that was there is gone"))?;
            return Ok(Taken { order, is_new: false });
        }
        for item in items(&scene.shop, &self.document) {
            orders::add_item(tx, &row.id, &item).await?;
        }
        let what = What { kind: "order.taken", subject: &row.id, order_id: Some(&row.id) };
        let facts = json!({ "channel": row.channel, "external_id": row.external_id, "name": row.name });
        scene.call.tell(tx, what, &facts).await?;
        self.release_cart(tx, scene, &row).await?;
        if scene.is_last_try() {
            // Others are always faster: a person decides, and nothing is lost.
            row.state = "held".to_owned();
            row.hold = "contended".to_owned();
            exception::open(tx, &scene.call, Kind::Oversold, &About::order(&row.id)).await?;
            order_state::settle(tx, &mut row).await?;
        } else {
            decide_in(tx, scene, &mut row, Asking::Everyone).await?;
        }
        Ok(Taken { order: row, is_new: true })
    }
}

impl TakeOrder {
    /// The order takes over what its cart has held: released here, and decided in the same transaction, so that nobody
    /// gets between. A cart that holds nothing any more is no fault: the order takes what it finds.
    async fn release_cart(&self, tx: &mut Tx, scene: &Scene, row: &OrderRow) -> Result<(), Refused> {
        if !self.cart.trim().is_empty() {
            hold::take_over_cart(tx, &scene.call, &self.cart, &row.id).await?;
        }
        Ok(())
    }
}

fn row(call: &Call, sent: &NewOrder, document: &Document) -> Result<OrderRow, Refused> {
    let text = serde_json::to_string(document).map_err(|error| broken(&error))?;
    let name = if sent.name.is_empty() { &sent.external_id } else { &sent.name };
    Ok(OrderRow {
        id: id::new("ord", call.at_ms),
        channel: sent.channel.trim().to_owned(),
        external_id: sent.external_id.trim().to_owned(),
        name: name.clone(),
        state: "open".to_owned(),
        hold: String::new(),
        lane: sent.lane().code().to_owned(),
        placed_at_ms: placed_at(call, sent)?,
        document: text,
        source_version: sent.source_version,
        attempts: 0,
        version: 1,
        taken_at_ms: call.at_ms,
        changed_at_ms: call.at_ms,
    })
}

fn placed_at(call: &Call, sent: &NewOrder) -> Result<i64, Refused> {
    if sent.placed_at.is_empty() {
        return Ok(call.at_ms);
    }
    let say = || format!("“{}” is not a time; write it like 2026-11-27T09:30:00Z", sent.placed_at);
    let at: Instant = sent.placed_at.parse().map_err(|_| Refused::invalid("/placed_at", say()))?;
    Ok(at.as_millisecond())
}

/// The rows of the books for what was ordered: a bundle has one for each component.
pub(crate) fn items(shop: &Shop, document: &Document) -> Vec<Item> {
    let mut items = Vec::with_capacity(document.lines.len());
    for line in &document.lines {
        let Some(id) = shop.network.product_by_sku(&line.sku) else { continue };
        let product = shop.network.product(id);
        let mut add = |key: ProductKey, per_unit: i64| {
            let ordered = per_unit * i64::from(line.quantity);
            let stands = Stands { open: ordered, ..Stands::default() };
            items.push(Item { line: i64::from(line.line), product: key, per_unit, ordered, stands });
        };
        if product.components.is_empty() {
            add(shop.product_key(id), 1);
        }
        for part in &product.components {
            add(shop.product_key(part.product), i64::from(part.quantity));
        }
    }
    items
}
