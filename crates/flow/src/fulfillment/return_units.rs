//! Units come back: to sale or to damaged, at a named place, with the refund that they are worth.
//!
//! Invariant: refunds of a line add up to no more than what was paid for it, to the last minor unit.

use crate::backorders;
use crate::call::What;
use crate::decide::begin;
use crate::id;
use crate::order::Document;
use crate::refused::{Refused, broken};
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::{Currency, Money};
use serde_json::json;
use store::orders::{Item, OrderRow, Stands};
use store::places::ProductKey;
use store::returns::ReturnRow;
use store::stock::{Entry, Moved, Movement, Shelf};
use store::{Tx, orders, returns, stock};

/// In what state units come back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Returned {
    Sellable,
    Damaged,
}

/// Units of a line come back.
#[derive(Clone, Debug)]
pub struct ReturnUnits {
    pub order_id: String,
    pub line: i64,
    pub sku: String,
    pub units: i64,
    /// Code of the place that has them now.
    pub at: String,
    pub condition: Returned,
    pub reason: String,
}

#[async_trait]
impl Verb for ReturnUnits {
    type Done = ReturnRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<ReturnRow, Refused> {
        let order = begin(tx, &scene.call, &self.order_id).await?;
        let product = self.product(scene)?;
        let place = scene.shop.network.location_by_code(&self.at);
        let place =
            place.ok_or_else(|| Refused::invalid("/at", format!("there is no location “{}”", self.at)))?;
        let items = orders::items(tx, &order.id).await?;
        let found = items.iter().find(|item| item.line == self.line && item.product == product);
        let item =
            *found.ok_or_else(|| Refused::invalid("/line", "the order has no such line with this SKU"))?;
        let back = item.stands.shipped - item.stands.returned;
        if !(1..=back).contains(&self.units) {
            let say = format!("{} is not possible; {back} units of this line can come back", self.units);
            return Err(Refused::invalid("/units", say));
        }
        let by = Stands { returned: self.units, ..Stands::default() };
        if !orders::move_units(tx, &order.id, (item.line, product), by).await? {
            return Err(broken(&"an order that was held has changed"));
        }
        let refund = refund(&order, &item, (&items, self.units))?;
        let row = self.row(scene, (product, scene.shop.location_key(place)), refund);
        self.restock(tx, scene, &row).await?;
        returns::insert(tx, &row).await?;
        let what = What { kind: "order.returned", subject: &row.id, order_id: Some(&order.id) };
        let facts = json!({
            "line": self.line, "sku": self.sku, "units": self.units, "at": self.at,
            "is_damaged": row.is_damaged, "refund_minor": row.refund_minor, "reason": self.reason,
        });
        scene.call.tell(tx, what, &facts).await?;
        Ok(row)
    }
}

impl ReturnUnits {
    fn product(&self, scene: &Scene) -> Result<ProductKey, Refused> {
        let id = scene.shop.network.product_by_sku(&self.sku);
        let say = || format!("there is no product “{}”", self.sku);
        id.map(|id| scene.shop.product_key(id)).ok_or_else(|| Refused::invalid("/sku", say()))
    }

    fn row(
        &self,
        scene: &Scene,
        (product, location): (ProductKey, store::places::LocationKey),
        refund_minor: i64,
    ) -> ReturnRow {
        ReturnRow {
            id: id::new("ret", scene.call.at_ms),
            order_id: self.order_id.clone(),
            line: self.line,
            product,
            location,
            units: self.units,
            is_damaged: self.condition == Returned::Damaged,
            refund_minor,
            reason: self.reason.clone(),
            created_at_ms: scene.call.at_ms,
        }
    }

    async fn restock(&self, tx: &mut Tx, scene: &Scene, row: &ReturnRow) -> Result<(), Refused> {
        let shelf = Shelf { product: row.product, location: row.location };
        let entry = Entry {
            at_ms: scene.call.at_ms,
            actor: scene.call.actor.id.clone(),
            reason: self.reason.clone(),
            document: row.id.clone(),
            source: None,
        };
        let movement = match self.condition {
            Returned::Sellable => Movement::Return { units: self.units },
            Returned::Damaged => Movement::ReturnDamaged { units: self.units },
        };
        // A place may get back what it never had.
        stock::open(tx, shelf).await?;
        match stock::change(tx, shelf, movement, &entry).await? {
            Moved::Done | Moved::Before => Ok(backorders::wake(tx, &scene.call, row.product).await?),
            Moved::Short { there } => Err(broken(&format!("a return to a shelf with {there:?}"))),
        }
    }
}

/// What these units are refunded: the share of the line's price that they bring the total to, less what was refunded for
/// the units before, so that all shares add up to the price of what was kept.
fn refund(order: &OrderRow, item: &Item, (items, units): (&[Item], i64)) -> Result<i64, Refused> {
    let document: Document = serde_json::from_str(&order.document).map_err(|error| broken(&error))?;
    let currency = Currency::from_code(&document.currency).unwrap_or(Currency::USD);
    let line = document.lines.iter().find(|line| i64::from(line.line) == item.line);
    let line = line.ok_or_else(|| broken(&format!("line {} is not in the document", item.line)))?;
    // The price of a bundle is shared by its components' units.
    let of_line: Vec<&Item> = items.iter().filter(|other| other.line == item.line).collect();
    let weights: Vec<u64> = of_line.iter().map(|other| other.per_unit.unsigned_abs()).collect();
    let shares = Money { minor: line.unit_price_minor, currency }.split(&weights);
    let at = of_line.iter().position(|other| other.product == item.product).unwrap_or(0);
    let share = shares.get(at).map_or(0, |money| money.minor);
    let up_to = |returned: i64| i128::from(share) * i128::from(returned) / i128::from(item.per_unit.max(1));
    let due = up_to(item.stands.returned + units) - up_to(item.stands.returned);
    i64::try_from(due).map_err(|error| broken(&error))
}
