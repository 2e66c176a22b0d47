//! An order comes in: taken once, decided at once, all in one transaction.
//!
//! Invariant: whoever is told that an order is taken finds it in the books, whatever happens then; who sends it again
//! gets the same order.

use crate::Baton;
use crate::call::{Call, What};
use crate::decide::{Work, decide_new};
use crate::exception::{self, About, Kind};
use crate::find_orders;
use crate::hold_order::CONTENDED;
use crate::id;
use crate::inventory::hold;
use crate::order::{Document, NewOrder};
use crate::refused::{Refused, broken};
use crate::shop::Shop;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use jiff::Timestamp as Instant;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::orders::{Item, OrderRow, Stands};
use store::places::ProductKey;
use store::{Tx, order_terms, orders, promise};

/// How an order was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    pub order: OrderRow,
    /// `None`: its channel sent it before; nothing was changed.
    pub new: Option<New>,
}

/// What is known of an order that was taken now.
#[derive(Clone, Debug)]
pub struct New {
    /// The shop that it was decided in.
    pub shop: Arc<Shop>,
    pub document: Document,
    pub items: Vec<Item>,
    /// What places have to do.
    pub work: Vec<Work>,
}

/// Takes an order and decides it.
///
/// # Errors
/// A field is not right; the database's.
pub async fn take_order(baton: &Baton, call: &Call, sent: NewOrder) -> Result<Taken, Refused> {
    let placed_at_ms = placed_at(call, &sent)?;
    let held = baton.held_shop(call.at_ms).await?;
    let (version, document) = match sent.read(&held) {
        Ok(document) => (held.version, document),
        // Perhaps it names what was added since.
        Err(_) => {
            let shop = baton.shop(call.at_ms).await?;
            (shop.version, sent.read(&shop)?)
        }
    };
    baton.perform(call, TakeOrder { sent, placed_at_ms, version, document }).await
}

struct TakeOrder {
    sent: NewOrder,
    placed_at_ms: i64,
    /// Of the shop that the document was read in.
    version: i64,
    document: Document,
}

#[async_trait]
impl Verb for TakeOrder {
    type Done = Taken;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Taken, Refused> {
        let shop = &scene.shop;
        let document = match shop.version == self.version {
            true => self.document.clone(),
            false => self.sent.read(shop)?,
        };
        let items = items(shop, &document);
        if scene.tries > 1 {
            if let Some(order) = self.known(tx).await? {
                return Ok(Taken { order, new: None });
            }
            if !scene.is_last_try() {
                wait_in_line(tx, &items).await?;
            }
        }
        let mut row = self.row(scene, &document)?;
        // An order that came before is found out at the end, and answered on the next try: hardly any did.
        if scene.tries == 1 && tx.is_far() {
            orders::insert_new(tx, &row).await?;
        } else if !orders::insert(tx, &row).await? {
            let order = self.known(tx).await?.ok_or_else(|| broken(&"an order that was there is gone"))?;
            return Ok(Taken { order, new: None });
        }
        let what = What { kind: "order.taken", subject: &row.id, order_id: Some(&row.id) };
        let facts = json!({ "channel": row.channel, "external_id": row.external_id, "name": row.name });
        scene.call.tell(tx, what, &facts).await?;
        let terms = find_orders::of_order(shop, &row, &document, &items);
        order_terms::add(tx, (row.placed_at_ms, &row.id), &terms).await?;
        self.release_cart(tx, scene, &row).await?;
        let (items, work) = match scene.is_last_try() {
            false => decide_new(tx, scene, &mut row, (&document, items)).await?,
            true => (leave_to_a_person(tx, scene, &mut row, items).await?, Vec::new()),
        };
        Ok(Taken { order: row, new: Some(New { shop: Arc::clone(shop), document, items, work }) })
    }
}

/// Those who lost a race go one after the other. They would all run for the same next shelf, and all but one lose again,
/// until units stay that nobody got.
async fn wait_in_line(tx: &mut Tx, items: &[Item]) -> Result<(), Refused> {
    let products: BTreeSet<ProductKey> = items.iter().map(|item| item.product).collect();
    for product in products {
        promise::take_turn(tx, product).await?;
    }
    Ok(())
}

/// Others are always faster: a person decides, and nothing is lost.
async fn leave_to_a_person(
    tx: &mut Tx,
    scene: &Scene,
    row: &mut OrderRow,
    items: Vec<Item>,
) -> Result<Vec<Item>, Refused> {
    for item in &items {
        orders::add_item(tx, &row.id, item).await?;
    }
    row.attempts = 0;
    row.state = "held".to_owned();
    row.hold = CONTENDED.to_owned();
    orders::set_state(tx, row).await?;
    exception::open(tx, &scene.call, Kind::Oversold, &About::order(&row.id)).await?;
    Ok(items)
}

impl TakeOrder {
    /// The order takes over what its cart has held: released here, and decided in the same transaction, so that nobody
    /// gets between. A cart that holds nothing any more is no fault: the order takes what it finds.
    async fn release_cart(&self, tx: &mut Tx, scene: &Scene, row: &OrderRow) -> Result<(), Refused> {
        if !self.sent.cart.trim().is_empty() {
            hold::take_over_cart(tx, &scene.call, &self.sent.cart, &row.id).await?;
        }
        Ok(())
    }

    /// The order as its channel sent it before.
    async fn known(&self, tx: &mut Tx) -> Result<Option<OrderRow>, Refused> {
        let (channel, external_id) = (self.sent.channel.trim(), self.sent.external_id.trim());
        Ok(orders::by_external(tx, channel, external_id).await?)
    }

    /// The row, at the number of the decision that follows.
    fn row(&self, scene: &Scene, document: &Document) -> Result<OrderRow, Refused> {
        let (sent, at_ms) = (&self.sent, scene.call.at_ms);
        let name = if sent.name.is_empty() { &sent.external_id } else { &sent.name };
        Ok(OrderRow {
            id: id::new("ord", at_ms),
            channel: sent.channel.trim().to_owned(),
            external_id: sent.external_id.trim().to_owned(),
            name: name.clone(),
            state: "open".to_owned(),
            hold: String::new(),
            lane: sent.lane().code().to_owned(),
            placed_at_ms: self.placed_at_ms,
            document: serde_json::to_string(document).map_err(|error| broken(&error))?,
            source_version: sent.source_version,
            attempts: 1,
            version: 1,
            taken_at_ms: at_ms,
            changed_at_ms: at_ms,
        })
    }
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
