//! Changing an order: where it goes, how, and how many of what.
//!
//! What has not started is let go and decided again under the new words; what has started stays as it is.

use crate::call::What;
use crate::decide::{Asking, begin, decide_in};
use crate::exception;
use crate::find_orders;
use crate::fulfillment::{State, Task, release_all};
use crate::hold_order::{PICKUP_CHOICE, SETTLED};
use crate::order::{Address, Document, check_address};
use crate::order_state;
use crate::refused::{Refused, broken};
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use store::order_terms::Term;
use store::orders::{Item, OrderRow, Stands};
use store::places::ProductKey;
use store::{Tx, fulfillments, order_terms, orders};

/// A changed line: how many are wanted in all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    pub line: i64,
    /// 0 cancels the line.
    pub quantity: u32,
}

impl Wanted {
    /// Units of an item that are wanted in all.
    fn units(&self, item: &Item) -> i64 {
        i64::from(self.quantity) * item.per_unit
    }
}

/// Changes an order; what is `None` stays.
#[derive(Clone, Default, Debug)]
pub struct EditOrder {
    pub order_id: String,
    /// The version that the caller has seen; `None`: whatever it is.
    pub version: Option<i64>,
    /// The channel's version of this change: an older one than the last changes nothing.
    pub source_version: Option<i64>,
    pub ship_to: Option<Address>,
    /// `ship`, `pickup` or `local_delivery`: the customer changes his mind.
    pub lane: Option<String>,
    pub pickup_at: Option<String>,
    pub lines: Vec<Wanted>,
}

#[async_trait]
impl Verb for EditOrder {
    type Done = OrderRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<OrderRow, Refused> {
        let mut row = begin(tx, &scene.call, &self.order_id).await?;
        // `begin` has moved the version on by one.
        if self.version.is_some_and(|seen| seen != row.version - 1) {
            return Err(Refused::Stale { version: row.version - 1 });
        }
        if self.source_version.is_some_and(|version| version <= row.source_version) {
            return Ok(row);
        }
        if matches!(row.state.as_str(), "fulfilled" | "cancelled") {
            return Err(Refused::conflict("order_closed", format!("the order is {}", row.state)));
        }
        let mut document: Document = serde_json::from_str(&row.document).map_err(|error| broken(&error))?;
        let was = find_orders::of_person(&document);
        let is_elsewhere = self.apply(scene, &mut row, &mut document)?;
        let items = orders::items(tx, &row.id).await?;
        let is_more = |wanted: &Wanted| {
            let mut of_line = items.iter().filter(|item| item.line == wanted.line);
            of_line.any(|item| wanted.units(item) > item.wanted())
        };
        // More of it is decided together with what nobody has begun: perhaps one parcel does.
        if is_elsewhere || self.lines.iter().any(is_more) {
            let_go_of_what_has_not_started(tx, scene, &row.id, "the order was changed").await?;
        }
        for (i, wanted) in self.lines.iter().enumerate() {
            set_quantity(tx, scene, (&mut row, &mut document), (i, *wanted)).await?;
        }
        row.source_version = self.source_version.unwrap_or(row.source_version);
        row.document = serde_json::to_string(&document).map_err(|error| broken(&error))?;
        orders::set_document(tx, &row).await?;
        find_by(tx, &row, (was, find_orders::of_person(&document))).await?;
        let what = What { kind: "order.edited", subject: &row.id, order_id: Some(&row.id) };
        scene.call.tell(tx, what, &self.told()).await?;
        self.decide_again(tx, scene, &mut row).await?;
        Ok(row)
    }
}

impl EditOrder {
    /// Writes the new words; whether they change where things come from.
    fn apply(&self, scene: &Scene, row: &mut OrderRow, document: &mut Document) -> Result<bool, Refused> {
        let mut is_elsewhere = false;
        if let Some(to) = &self.ship_to {
            check_address(to)?;
            is_elsewhere |= document.ship_to.postal != to.postal || document.ship_to.country != to.country;
            document.ship_to.clone_from(to);
        }
        if let Some(lane) = &self.lane {
            let known = model::Lane::from_code(lane);
            let say = || format!("“{lane}” is not a lane; write ship, pickup or local_delivery");
            known.ok_or_else(|| Refused::invalid("/lane", say()))?;
            is_elsewhere |= row.lane != *lane;
            row.lane.clone_from(lane);
            if lane != "pickup" {
                document.pickup_at.clear();
            }
        }
        if let Some(store) = &self.pickup_at {
            let say = || format!("there is no location “{store}”");
            scene
                .shop
                .network
                .location_by_code(store)
                .ok_or_else(|| Refused::invalid("/pickup_at", say()))?;
            is_elsewhere |= document.pickup_at != *store;
            document.pickup_at.clone_from(store);
        }
        if row.lane == "pickup" && document.pickup_at.is_empty() {
            return Err(Refused::invalid("/pickup_at", "is missing; name the store that the customer chose"));
        }
        Ok(is_elsewhere)
    }

    fn told(&self) -> serde_json::Value {
        let lines: Vec<_> = self.lines.iter().map(|wanted| (wanted.line, wanted.quantity)).collect();
        json!({
            "address_changed": self.ship_to.is_some(), "lane": self.lane, "pickup_at": self.pickup_at, "lines": lines,
        })
    }

    /// A hold that waited for these words is over; any other stays.
    async fn decide_again(&self, tx: &mut Tx, scene: &Scene, row: &mut OrderRow) -> Result<(), Refused> {
        let is_answered = match row.hold.as_str() {
            PICKUP_CHOICE => self.lane.is_some() || self.pickup_at.is_some(),
            "address" | "address_unknown" => self.ship_to.is_some(),
            _ => false,
        };
        if is_answered {
            row.state = "open".to_owned();
            row.hold.clear();
            exception::settled(tx, &scene.call, &SETTLED, &row.id).await?;
        }
        match row.state.as_str() {
            "open" => decide_in(tx, scene, row, Asking::Everyone).await,
            _ => order_state::settle(tx, row).await,
        }
    }
}

/// The order is found by who receives it now, and not by who was to receive it before.
async fn find_by(tx: &mut Tx, row: &OrderRow, (was, is): (Vec<Term>, Vec<Term>)) -> Result<(), Refused> {
    let order = (row.placed_at_ms, row.id.as_str());
    let gone: Vec<Term> = was.iter().filter(|term| !is.contains(term)).cloned().collect();
    let new: Vec<Term> = is.into_iter().filter(|term| !was.contains(term)).collect();
    order_terms::remove(tx, order, &gone).await?;
    Ok(order_terms::add_missing(tx, order, &new).await?)
}

/// Lets go of tasks that nobody has begun.
pub(crate) async fn let_go_of_what_has_not_started(
    tx: &mut Tx,
    scene: &Scene,
    order_id: &str,
    reason: &str,
) -> Result<(), Refused> {
    for row in fulfillments::of_order(tx, order_id).await? {
        let mut task = Task::begin(tx, scene, &row.id).await?;
        if State::NOT_STARTED.contains(&task.state) && !task.row.is_held {
            release_all(tx, scene, &task, reason).await?;
            task.set(tx, scene, State::Cancelled, &json!({ "reason": reason })).await?;
        }
    }
    Ok(())
}

/// Orders more units of a line, or cancels what is too much of it: open and backordered units first, then work that nobody
/// has begun.
async fn set_quantity(
    tx: &mut Tx,
    scene: &Scene,
    (row, document): (&mut OrderRow, &mut Document),
    (i, wanted): (usize, Wanted),
) -> Result<(), Refused> {
    let line = document.lines.iter_mut().find(|line| i64::from(line.line) == wanted.line);
    let no_line = || Refused::invalid(&format!("/lines/{i}/line"), "the order has no such line");
    let line = line.ok_or_else(no_line)?;
    if wanted.quantity > model::order::MAX_UNITS {
        let say = format!("{} is too many; {} is the most", wanted.quantity, model::order::MAX_UNITS);
        return Err(Refused::invalid(&format!("/lines/{i}/quantity"), say));
    }
    for item in orders::items(tx, &row.id).await?.iter().filter(|item| item.line == wanted.line) {
        let key = (item.line, item.product);
        let units = wanted.units(item) - item.wanted();
        if units > 0 {
            orders::order_more(tx, &row.id, key, units).await?;
            let ordered = (item.ordered + units) / item.per_unit;
            line.quantity = line.quantity.max(u32::try_from(ordered).unwrap_or(u32::MAX));
        } else if units < 0 {
            take_out(tx, scene, &row.id, (key, -units)).await?;
        }
    }
    Ok(())
}

async fn take_out(
    tx: &mut Tx,
    scene: &Scene,
    order_id: &str,
    (key, units): ((i64, ProductKey), i64),
) -> Result<(), Refused> {
    let waiting = |items: Vec<Item>| {
        let found = items.into_iter().find(|item| (item.line, item.product) == key);
        found.map_or((0, 0), |item| (item.stands.open, item.stands.backordered))
    };
    let (open, backordered) = waiting(orders::items(tx, order_id).await?);
    if open + backordered < units {
        let_go_of_what_has_not_started(tx, scene, order_id, "the order was changed").await?;
    }
    let (open, backordered) = waiting(orders::items(tx, order_id).await?);
    if open + backordered < units {
        let say = format!("only {} of its units have not been started", open + backordered);
        return Err(Refused::conflict("already_started", say));
    }
    let from_open = open.min(units);
    let by =
        Stands { open: -from_open, backordered: -(units - from_open), cancelled: units, ..Stands::default() };
    orders::move_units(tx, order_id, key, by).await?;
    Ok(())
}
