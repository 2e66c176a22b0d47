//! A small shop whose days are made by verbs: three places, three products, orders and deliveries by chance.

use flow::baton::Stop;
use flow::fulfillment::{AcceptTask, ConfirmPicked, HandOver, PackTask, StartPicking};
use flow::order::NewOrder;
use flow::rule_replay::{Asked, Period, Reached, Replayed, run_seen};
use flow::rules::{PublishRules, SaveRules};
use flow::setup::{add_location, add_product};
use flow::take_order::take_order;
use flow::worker::{Pace, Worker};
use flow::{Actor, Baton, Call, Via, rule_replay};
use model::Timestamp;
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use store::db::{Db, DbError};
use store::stock::{self, Entry, Moved, Movement, Shelf, Units};
use store::{fulfillments, orders, places};

/// Tuesday, 24 November 2026, ten o'clock UTC.
pub(crate) const OPENING: i64 = 20_781 * Timestamp::DAY_MS + 600 * Timestamp::MINUTE_MS;
pub(crate) const PLACES: [&str; 3] = ["depot", "harbor", "hill"];
pub(crate) const PRODUCTS: [&str; 3] = ["MUG", "RUG", "TEE"];
const POSTALS: [&str; 5] = ["97201", "10001", "60601", "94103", "97301"];

/// Units by place and SKU.
pub(crate) type Given = BTreeMap<(String, String), i64>;

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    pub(crate) fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len() as u64) as usize]
    }
}

#[derive(Clone)]
pub(crate) struct Shop {
    pub(crate) baton: Baton,
    clock: Arc<AtomicI64>,
    shelves: Arc<HashMap<(&'static str, &'static str), Shelf>>,
}

impl Shop {
    /// Places and products are there, and plenty in the depot.
    pub(crate) async fn open(db: Db) -> Shop {
        let clock = Arc::new(AtomicI64::new(OPENING));
        let hand = Arc::clone(&clock);
        let baton = Baton::new(db, "test", Arc::new(move || hand.load(Ordering::SeqCst)));
        let mut shop = Shop { baton, clock, shelves: Arc::default() };
        shop.furnish().await;
        for sku in PRODUCTS {
            shop.moves(("depot", sku), Movement::Receive { units: 5_000, expected: 0 }).await;
            shop.moves(("harbor", sku), Movement::Receive { units: 4, expected: 0 }).await;
        }
        shop
    }

    async fn furnish(&mut self) {
        let cells = |cells: serde_json::Value| serde_json::from_value(cells).unwrap();
        for (code, kind, zip) in
            [("depot", "warehouse", "60601"), ("harbor", "store", "97201"), ("hill", "store", "94103")]
        {
            let mut place = json!({ "location_id": code, "type": kind, "zip": zip, "lanes": "ship" });
            if code == "hill" {
                place["hours"] = "Mo-Sa 09:00-18:00".into();
                place["capacity_parcels_per_day"] = "3".into();
            }
            add_location(&self.baton.db, &self.call(), cells(place)).await.unwrap();
        }
        for (sku, grams) in [("MUG", "400"), ("RUG", "3000"), ("TEE", "200")] {
            let product = json!({ "sku": sku, "weight_g": grams, "price_usd": "20", "cost_usd": "8" });
            add_product(&self.baton.db, &self.call(), cells(product)).await.unwrap();
        }
        let opened = self.baton.db.write::<_, DbError>(|tx| {
            Box::pin(async move {
                let mut shelves = HashMap::new();
                for place in PLACES {
                    for sku in PRODUCTS {
                        let location = places::location(tx, place).await?.unwrap();
                        let product = places::product(tx, sku).await?.unwrap();
                        let shelf = Shelf { product, location };
                        stock::open(tx, shelf).await?;
                        shelves.insert((place, sku), shelf);
                    }
                }
                Ok(shelves)
            })
        });
        self.shelves = Arc::new(opened.await.unwrap());
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub(crate) fn pass(&self, minutes: u64) {
        self.clock.fetch_add(minutes as i64 * Timestamp::MINUTE_MS + 1, Ordering::SeqCst);
    }

    pub(crate) fn call(&self) -> Call {
        Call::new(Actor { id: "usr_test".into(), via: Via::Api }, self.now_ms())
    }

    /// Saves rules and has them hold; their number.
    pub(crate) async fn rules(&self, content: &str) -> i64 {
        let number = self.draft(content).await;
        let verb = PublishRules { number, live_from_ms: None, comment: String::new() };
        self.baton.perform(&self.call(), verb).await.unwrap();
        self.pass(1);
        number
    }

    /// Saves rules; their number.
    pub(crate) async fn draft(&self, content: &str) -> i64 {
        let save = SaveRules { name: String::new(), content: content.to_owned(), comment: String::new() };
        self.baton.perform(&self.call(), save).await.unwrap().number
    }

    pub(crate) async fn moves(&self, (place, sku): (&str, &str), movement: Movement) -> Moved {
        let (_, &shelf) = self.shelves.iter().find(|(key, _)| **key == (place, sku)).unwrap();
        let entry = Entry {
            at_ms: self.now_ms(),
            actor: "usr_test".into(),
            reason: "because".into(),
            document: "paper".into(),
            source: None,
        };
        let entry = Arc::new(entry);
        let moved = self.baton.db.write::<_, DbError>(move |tx| {
            let entry = Arc::clone(&entry);
            Box::pin(async move { stock::change(tx, shelf, movement, &entry).await })
        });
        moved.await.unwrap()
    }

    pub(crate) async fn order(&self, name: &str, (lines, postal): (&[(&str, u64)], &str)) -> String {
        let lines: Vec<_> =
            lines.iter().map(|(sku, quantity)| json!({ "sku": sku, "quantity": quantity })).collect();
        let sent = json!({ "channel": "web", "external_id": name, "lines": lines,
            "ship_to": { "postal": postal, "country": "US" } });
        let sent: NewOrder = serde_json::from_value(sent).unwrap();
        take_order(&self.baton, &self.call(), sent).await.unwrap().order.id
    }

    /// An order by chance.
    pub(crate) async fn some_order(&self, name: &str, dice: &mut Dice) -> String {
        let mut lines = vec![(dice.one_of(&PRODUCTS), 1 + dice.below(3))];
        if dice.below(3) == 0 {
            let other = dice.one_of(&PRODUCTS);
            if other != lines[0].0 {
                lines.push((other, 1 + dice.below(2)));
            }
        }
        self.order(name, (&lines, dice.one_of(&POSTALS))).await
    }

    /// The places hand over what an order had them do.
    pub(crate) async fn send(&self, order_id: &str) {
        for (task, place, items) in self.work(order_id).await {
            let (baton, call, id) = (&self.baton, self.call(), || task.clone());
            baton.perform(&call, AcceptTask { id: id() }).await.unwrap();
            baton.perform(&call, StartPicking { id: id() }).await.unwrap();
            for (line, sku, units) in items {
                baton.perform(&call, ConfirmPicked { id: id(), line, sku, units }).await.unwrap();
            }
            baton.perform(&call, PackTask { id: id(), parcels: Vec::new() }).await.unwrap();
            let hand_over = HandOver { id: id(), from: place, parcels: Vec::new() };
            baton.perform(&call, hand_over).await.unwrap();
        }
    }

    /// What places were given of an order: task, place, and line, SKU and units of its items.
    async fn work(&self, order_id: &str) -> Vec<(String, String, Vec<(i64, String, i64)>)> {
        let shop = self.baton.shop(self.now_ms()).await.unwrap();
        let id: Arc<str> = order_id.into();
        let read = self.baton.db.read::<_, DbError>(move |tx| {
            let id = Arc::clone(&id);
            Box::pin(async move {
                let mut all = Vec::new();
                for row in fulfillments::of_order(tx, &id).await? {
                    let items = fulfillments::items(tx, &row.id).await?;
                    all.push((row, items));
                }
                Ok(all)
            })
        });
        let named = |(row, items): (fulfillments::FulfillmentRow, Vec<fulfillments::FulfillmentItem>)| {
            let items =
                items.iter().map(|item| (item.line, shop.sku(item.product).to_owned(), item.quantity));
            (row.id, shop.code(row.location).to_owned(), items.collect())
        };
        read.await.unwrap().into_iter().map(named).collect()
    }

    /// What really became of every order, by the channel's name of it.
    pub(crate) async fn really(&self, orders: &BTreeMap<String, String>) -> BTreeMap<String, Given> {
        let mut all = BTreeMap::new();
        for (name, id) in orders {
            let mut given = Given::new();
            for (_, place, items) in self.work(id).await {
                for (_, sku, units) in items {
                    *given.entry((place.clone(), sku)).or_default() += units;
                }
            }
            all.insert(name.clone(), given);
        }
        all
    }

    pub(crate) async fn units(&self, place: &str, sku: &str) -> Units {
        let (_, &shelf) = self.shelves.iter().find(|(key, _)| **key == (place, sku)).unwrap();
        let read = self
            .baton
            .db
            .read::<_, DbError>(move |tx| Box::pin(async move { stock::units(tx, shelf).await }));
        read.await.unwrap().unwrap()
    }

    pub(crate) fn shelf(&self, place: &str, sku: &str) -> Shelf {
        *self.shelves.iter().find(|(key, _)| **key == (place, sku)).unwrap().1
    }

    /// Replays, and what the version makes of each order, by the channel's name of it.
    pub(crate) async fn replay(&self, asked: Asked) -> (Replayed, BTreeMap<String, Given>) {
        let seen: Arc<Mutex<Vec<(String, Given)>>> = Arc::default();
        let keep = Arc::clone(&seen);
        let each = move |network: &model::Network, order: &model::Order, decision: &model::Decision| {
            let mut given = Given::new();
            for parcel in &decision.parcels {
                let place = network.location(parcel.location).code.clone();
                for placement in decision.placements_of(parcel) {
                    let sku = network.product(placement.product).sku.clone();
                    *given.entry((place.clone(), sku)).or_default() += i64::from(placement.quantity);
                }
            }
            keep.lock().unwrap().push((order.id.clone(), given));
        };
        let reached = Arc::new(Reached::default());
        let done = run_seen(&self.baton, asked, (&reached, Box::new(each))).await.unwrap();
        let mut named = BTreeMap::new();
        let seen = std::mem::take(&mut *seen.lock().unwrap());
        for (id, given) in seen {
            let id: Arc<str> = id.into();
            let row = self.baton.db.read::<_, DbError>(move |tx| {
                let id = Arc::clone(&id);
                Box::pin(async move { orders::get(tx, &id).await })
            });
            named.insert(row.await.unwrap().unwrap().external_id, given);
        }
        (done.expect("nobody stopped it"), named)
    }

    /// Replays a version against itself from a moment until now.
    pub(crate) fn since(&self, rule_set: i64, from_ms: i64) -> Asked {
        let period = Period { from_ms, to_ms: self.now_ms() + 1 };
        Asked { rule_set, against: Some(rule_set), period, with_worth: false, threads: 2 }
    }

    /// What does the replays that are asked for, until it is told to stop.
    pub(crate) async fn work_on(self, pace: Pace, stop: Stop) {
        Worker::new(self.baton.clone(), pace).does(rule_replay::job_kind()).run(stop).await;
    }
}
