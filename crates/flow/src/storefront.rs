//! What a shop can tell before anybody orders: from when something can be had, by which lane and service, at what cost.
//!
//! Owns: asking the engine about an order that nobody has placed, on the same facts and by the same rules as a real one,
//! so that what is told can be had. Refuses to know: how an order is decided. Nothing is written.

use crate::Baton;
use crate::decide::gather;
use crate::order::{Address, Asked, Customer, NewLine, NewOrder};
use crate::refused::Refused;
use crate::shop::Shop;
use crate::take_order;
use model::{
    Cost, Day, Decision, Distance, Lane, LocationId, Order, Outcome, ServiceLevel, Stock, Timestamp,
};
use std::sync::Arc;
use store::db::Db;
use store::orders::OrderRow;

/// Stores that are told of one place: nobody reads more.
pub const MOST_STORES: usize = 50;

/// What somebody looks at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Looking {
    pub sku: String,
    pub quantity: u32,
    pub postal: String,
    /// ISO 3166; empty: the United States.
    pub country: String,
    pub channel: String,
}

/// One way to have all of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    pub lane: Lane,
    pub service: ServiceLevel,
    /// Codes of the places that it comes from; of a pickup: where it is.
    pub from: Vec<String>,
    /// Ordered before this instant.
    pub order_by: Timestamp,
    /// When it is with the customer, or ready for pickup.
    pub arrives: Day,
    /// Of a pickup.
    pub ready_at: Option<Timestamp>,
    /// What it costs the shop, landed.
    pub cost: Cost,
}

/// A store that has all of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PickupStore {
    pub code: String,
    pub name: String,
    /// `None`: not known.
    pub distance: Option<Distance>,
    pub ready_at: Option<Timestamp>,
    pub cost: Cost,
}

/// Every way to have all of it, by lane and service: shipped, collected at the nearest store that has it, and delivered
/// by a store. A way that cannot be is left out.
///
/// # Errors
/// There is no such product; the quantity is none; the database's.
pub async fn promise(baton: &Baton, at_ms: i64, looking: &Looking) -> Result<Vec<Offer>, Refused> {
    let window = Window::open(baton, at_ms, looking).await?;
    let mut offers = Vec::new();
    for service in ServiceLevel::ALL {
        offers.extend(window.offer(Lane::Ship, service, None));
    }
    if let Some((id, _)) = window.pickups().next() {
        offers.extend(window.offer(Lane::Pickup, ServiceLevel::Standard, Some(id)));
    }
    offers.extend(window.offer(Lane::LocalDelivery, ServiceLevel::Standard, None));
    Ok(offers)
}

/// The stores where all of it can be collected, the nearest first; of unknown distance last, then by code.
///
/// # Errors
/// There is no such product; the quantity is none; the database's.
pub async fn pickup_stores(
    baton: &Baton,
    at_ms: i64,
    looking: &Looking,
) -> Result<Vec<PickupStore>, Refused> {
    let window = Window::open(baton, at_ms, looking).await?;
    let network = &window.shop.network;
    let shown = |(id, decision): (LocationId, Decision)| {
        let parcel = decision.parcels.first()?;
        let place = network.location(id);
        Some(PickupStore {
            code: place.code.clone(),
            name: place.name.clone(),
            distance: Some(window.distance(id)).filter(|distance| distance.is_known()),
            ready_at: parcel.ready_at,
            cost: decision.landed_cost(),
        })
    };
    Ok(window.pickups().filter_map(shown).take(MOST_STORES).collect())
}

/// The facts of one look.
struct Window {
    shop: Arc<Shop>,
    stock: Stock,
    order: Order,
    now: Timestamp,
}

impl Window {
    async fn open(baton: &Baton, at_ms: i64, looking: &Looking) -> Result<Window, Refused> {
        let shop = baton.shop(at_ms).await?;
        let asked = asked(&shop, at_ms, looking)?;
        let now = Timestamp(at_ms);
        let (stock, order) = read(&baton.db, &shop, (asked, now)).await?;
        Ok(Window { shop, stock, order, now })
    }

    /// What would be decided of the order by this lane and service, where all of it is placed.
    fn decide(&self, lane: Lane, service: ServiceLevel, at: Option<LocationId>) -> Option<Decision> {
        let settings = &self.shop.network.settings;
        let day = settings.clock.day(self.now);
        let deliver_by = settings.days_promised(service).map(|days| Day(day.0 + i32::from(days)));
        let order = Order { lane, service, pickup_at: at, deliver_by, ..self.order.clone() };
        let decision = self.shop.decide(&self.stock, &order, self.now);
        (decision.outcome == Outcome::Placed).then_some(decision)
    }

    fn offer(&self, lane: Lane, service: ServiceLevel, at: Option<LocationId>) -> Option<Offer> {
        let decision = self.decide(lane, service, at)?;
        let network = &self.shop.network;
        let mut from: Vec<String> =
            decision.parcels.iter().map(|parcel| network.location(parcel.location).code.clone()).collect();
        from.dedup();
        Some(Offer {
            lane,
            service,
            from,
            order_by: decision.parcels.iter().map(|parcel| parcel.dispatch.cutoff).min()?,
            arrives: decision.parcels.iter().map(|parcel| parcel.arrives).max()?,
            ready_at: decision.parcels.iter().filter_map(|parcel| parcel.ready_at).max(),
            cost: decision.landed_cost(),
        })
    }

    /// Every store where all of it can be collected, the nearest first.
    fn pickups(&self) -> impl Iterator<Item = (LocationId, Decision)> {
        let network = &self.shop.network;
        let offers = |id: &LocationId| network.location(*id).lanes.has(Lane::Pickup);
        let mut ids: Vec<LocationId> = network.location_ids().filter(offers).collect();
        ids.sort_by_key(|&id| {
            let distance = self.distance(id);
            (!distance.is_known(), distance, network.location(id).code.clone())
        });
        ids.into_iter()
            .filter_map(|id| Some((id, self.decide(Lane::Pickup, ServiceLevel::Standard, Some(id))?)))
    }

    fn distance(&self, id: LocationId) -> Distance {
        let to = &self.order.destination;
        let network = &self.shop.network;
        let point = to.point.or_else(|| to.place.and_then(|place| network.place_point(place)));
        point.map_or(Distance::UNKNOWN, |point| network.way(network.location(id), point).1)
    }
}

async fn read(
    db: &Db,
    shop: &Arc<Shop>,
    (asked, now): (Asked, Timestamp),
) -> Result<(Stock, Order), Refused> {
    let given = Arc::new((Arc::clone(shop), asked));
    let read = db.read(move |tx| {
        let given = Arc::clone(&given);
        Box::pin(async move {
            let facts = gather(tx, &given.0, &given.1, now).await?;
            Ok::<_, Refused>((facts.stock, given.1.order.clone()))
        })
    });
    read.await
}

/// The order that somebody could send.
fn asked(shop: &Shop, at_ms: i64, looking: &Looking) -> Result<Asked, Refused> {
    let sku = looking.sku.trim();
    if shop.network.product_by_sku(sku).is_none() {
        return Err(Refused::not_found("product", sku));
    }
    let (unit_price, when_short) = (String::new(), String::new());
    let sent = NewOrder {
        channel: looking.channel.clone(),
        external_id: "a look".to_owned(),
        ship_to: Address {
            postal: looking.postal.clone(),
            country: looking.country.clone(),
            ..Address::default()
        },
        lines: vec![NewLine {
            line: 1,
            sku: sku.to_owned(),
            quantity: looking.quantity,
            unit_price,
            when_short,
        }],
        name: String::new(),
        lane: String::new(),
        service: String::new(),
        placed_at: String::new(),
        deliver_by: String::new(),
        currency: String::new(),
        customer: Customer::default(),
        pickup_at: String::new(),
        split: String::new(),
        tags: Vec::new(),
        shipping: String::new(),
        cart: String::new(),
        source_version: 0,
    };
    let document = sent.read(shop)?;
    let row = OrderRow {
        id: String::new(),
        channel: sent.channel.trim().to_owned(),
        external_id: sent.external_id,
        name: String::new(),
        state: "open".to_owned(),
        hold: String::new(),
        lane: Lane::Ship.code().to_owned(),
        placed_at_ms: at_ms,
        document: String::new(),
        source_version: 0,
        attempts: 0,
        version: 0,
        taken_at_ms: at_ms,
        changed_at_ms: at_ms,
    };
    Ok(Asked::of(shop, &row, &document, &take_order::items(shop, &document)))
}
