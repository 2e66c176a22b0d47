//! The stage of a script: a shop from a scenario, commands, and what is told of them.

use crate::place::on_both;
use engine::scenario;
use flow::backorders::Around;
use flow::cancel_order::CancelOrder;
use flow::check_books::check_books;
use flow::edit_order::{EditOrder, Wanted};
use flow::fulfillment::{
    AcceptTask, Collect, ConfirmPicked, GiveUpPickup, HandOver, HoldTask, MarkDelivered, MarkReady, MoveTask,
    PackTask, RejectReason, RejectTask, ReleaseTask, ReportShort, ReturnUnits, Returned, ShortReason,
    StartPicking, UndoStep, pass_deadlines,
};
use flow::hold_order::{HoldOrder, LiftHold};
use flow::inventory::expire::expire_holds;
use flow::order::{Address, NewLine, NewOrder};
use flow::override_order::{RouteAgain, try_route};
use flow::setup::{Facts, Rows};
use flow::shop::Shop;
use flow::substitute::{Answer, AnswerOffer, lapse_overdue};
use flow::take_order::take_order;
use flow::{Actor, Baton, Call, Refused, Via};
use model::{LocationKind, Network, StockEntry, Timestamp};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use store::places::{LocationKey, ProductKey, add_location, add_product};
use store::stock::{Entry, Moved, Movement, Shelf};
use store::{Db, DbError, exceptions, fulfillments, orders, stock, substitutions};

/// Tuesday, 24 November 2026, ten o'clock UTC.
pub(crate) const OPENING: i64 = 20_781 * Timestamp::DAY_MS + 600 * Timestamp::MINUTE_MS;

/// Runs a script on both databases; what is told is the same on both. Lines that begin with `>` are done; the others set
/// the shop up, as a scenario of the engine does.
#[track_caller]
pub(crate) fn run(script: &str) -> String {
    let told: Arc<Mutex<Vec<String>>> = Arc::default();
    let keep = Arc::clone(&told);
    let script = script.to_owned();
    on_both(move |db| {
        let (keep, script) = (Arc::clone(&keep), script.clone());
        async move {
            let mut stage = Stage::open(db, &script).await;
            for line in script.lines().map(str::trim).filter_map(|line| line.strip_prefix("> ")) {
                stage.act(line).await;
            }
            stage.check_books().await;
            keep.lock().unwrap().push(stage.told);
        }
    });
    let told = told.lock().unwrap();
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]), "the databases differ: {told:#?}");
    told[0].clone()
}

#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) baton: Baton,
    shop: Arc<Shop>,
    pub(crate) at_ms: i64,
    /// What `baton` takes for the time.
    clock: Arc<AtomicI64>,
    pub(crate) told: String,
    to: Address,
    pub(crate) around: Arc<Around>,
    /// Ids of orders by the name of the script.
    ids: BTreeMap<String, String>,
    /// Ids of holds by the name of the cart.
    pub(crate) holds: BTreeMap<String, String>,
}

impl Stage {
    pub(crate) async fn open(db: Db, script: &str) -> Stage {
        let given: Vec<&str> = script.lines().map(str::trim).filter(|line| !line.starts_with('>')).collect();
        let sku = given.iter().find_map(|line| line.strip_prefix("stock ")?.split_whitespace().nth(1));
        let text = format!("{}\norder {} 1 to 97201\n", given.join("\n"), sku.expect("a script has stock"));
        let told = scenario::run(&text).expect("the shop of the script");
        let to = Address { postal: "97201".into(), ..Address::default() };
        let keys = fill(&db, &told.network, &told.stock).await;
        let facts = Arc::new(Facts::of_network(model::Day(20_781), told.network, keys));
        let shop = Arc::new(Shop::new(facts, Arc::new(told.rules)));
        let clock = Arc::new(AtomicI64::new(OPENING));
        let hand = Arc::clone(&clock);
        let baton = Baton::new(db, "test", Arc::new(move || hand.load(Ordering::SeqCst)))
            .with_shop(Shop::clone(&shop));
        let (around, told) = (Arc::default(), String::new());
        let (ids, holds) = (BTreeMap::new(), BTreeMap::new());
        Stage { baton, shop, at_ms: OPENING, clock, told, to, around, ids, holds }
    }

    pub(crate) fn pass(&mut self, ms: i64) {
        self.at_ms += ms;
        self.clock.store(self.at_ms, Ordering::SeqCst);
    }

    pub(crate) fn call(&self) -> Call {
        Call::new(Actor { id: "usr_test".into(), via: Via::Api }, self.at_ms)
    }

    pub(crate) fn shelf(&self, location: &str, sku: &str) -> Shelf {
        let network = &self.shop.network;
        Shelf {
            location: self.shop.location_key(network.location_by_code(location).expect(location)),
            product: self.shop.product_key(network.product_by_sku(sku).expect(sku)),
        }
    }

    async fn act(&mut self, line: &str) {
        self.pass(1);
        writeln!(self.told, "> {line}").unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        let done = self.command(&words).await;
        match done {
            Ok(name) => self.tell(&name).await,
            Err(Refused::Conflict { code, say }) => writeln!(self.told, "no ({code}): {say}").unwrap(),
            Err(Refused::Invalid(faults)) => {
                for fault in faults {
                    writeln!(self.told, "no: {} {}", fault.at, fault.say).unwrap();
                }
            }
            Err(other) => writeln!(self.told, "no: {other}").unwrap(),
        }
    }

    /// Does one line; the code of the refusal.
    pub(crate) async fn outcome(&mut self, line: &str) -> Result<(), String> {
        self.at_ms += 1;
        let words: Vec<&str> = line.split_whitespace().collect();
        match self.command(&words).await {
            Ok(_) => Ok(()),
            Err(Refused::Conflict { code, .. }) => Err(code.to_owned()),
            Err(Refused::Invalid(faults)) => Err(format!("invalid {}", faults[0].at)),
            Err(other) => Err(format!("error: {other}")),
        }
    }

    /// Does one line; the name of the order that it is about, empty for none.
    async fn command(&mut self, words: &[&str]) -> Result<String, Refused> {
        match words {
            ["take", name, rest @ ..] => {
                let sent = self.sent(name, rest);
                let taken = take_order(&self.baton, &self.call(), sent).await?;
                self.ids.insert((*name).to_owned(), taken.order.id);
                if taken.new.is_none() {
                    writeln!(self.told, "it was taken before").unwrap();
                }
                Ok((*name).to_owned())
            }
            ["wait", minutes] => {
                self.pass(minutes.parse::<i64>().unwrap() * Timestamp::MINUTE_MS);
                expire_holds(&self.baton.db, self.at_ms, 100).await?;
                pass_deadlines(&self.baton, self.at_ms).await?;
                lapse_overdue(&self.baton, self.at_ms).await?;
                flow::exception::escalate_overdue(&self.baton, self.at_ms).await?;
                Ok(String::new())
            }
            ["show", name] => Ok((*name).to_owned()),
            ["receive", location, sku, units] => {
                let units = units.parse().unwrap();
                self.stock((location, sku), Movement::Receive { units, expected: 0 }).await?;
                let product = self.shelf(location, sku).product;
                flow::backorders::release_backorders(&self.baton, &self.call(), product).await?;
                Ok(String::new())
            }
            ["sell", location, sku, units] => {
                self.stock((location, sku), Movement::Sell { units: units.parse().unwrap() }).await?;
                Ok(String::new())
            }
            ["adjust", location, sku, units] => {
                self.stock((location, sku), Movement::Adjust { units: units.parse().unwrap() }).await?;
                Ok(String::new())
            }
            ["shelf", location, sku] => {
                let shelf = self.shelf(location, sku);
                let units = self.read_units(shelf).await;
                let told = format!(
                    "{location} {sku}: {} on hand, {} committed, {} damaged, {} in quality control, {} available",
                    units.on_hand,
                    units.committed,
                    units.damaged,
                    units.quality_control,
                    units.available()
                );
                writeln!(self.told, "{told}").unwrap();
                Ok(String::new())
            }
            [verb, rest @ ..] if crate::stock::COMMANDS.contains(verb) => {
                self.stock_command(verb, rest).await
            }
            [verb, at, rest @ ..] if at.contains('@') => self.task_command(verb, at, rest).await,
            [verb, name, rest @ ..] => self.order_command(verb, name, rest).await,
            _ => panic!("{words:?}"),
        }
    }

    async fn order_command(&mut self, verb: &str, name: &str, rest: &[&str]) -> Result<String, Refused> {
        let call = self.call();
        let order_id = self.ids.get(name).expect(name).clone();
        match (verb, rest) {
            ("cancel", lines) => {
                let lines = lines.iter().map(|line| line.parse().unwrap()).collect();
                self.baton.perform(&call, CancelOrder { order_id, lines, reason: "asked".into() }).await?;
            }
            ("hold", [reason]) => {
                let reason = (*reason).to_owned();
                self.baton.perform(&call, HoldOrder { order_id, reason }).await?;
            }
            ("lift", []) => {
                self.baton.perform(&call, LiftHold { order_id }).await?;
            }
            ("edit", words) => self.edit(order_id, words).await?,
            ("route", to) => {
                let to = to.first().map(|code| (*code).to_owned());
                self.baton.perform(&call, RouteAgain { order_id, to, reason: "by hand".into() }).await?;
            }
            ("try", [to]) => {
                let verb = RouteAgain { order_id, to: Some((*to).to_owned()), reason: "by hand".into() };
                let decision = try_route(&self.baton, &call, verb).await?;
                let told: serde_json::Value = serde_json::from_str(&decision.decision).unwrap();
                writeln!(self.told, "it would be {} for {}", decision.outcome, told["landed_cost"]).unwrap();
            }
            ("answer", [answer]) => {
                let answer = if *answer == "yes" { Answer::Accept } else { Answer::Decline };
                let offer_id = self.offer(&order_id).await;
                self.baton.perform(&call, AnswerOffer { offer_id, answer }).await?;
            }
            ("return", [line, sku, units, location, condition @ ..]) => {
                let verb = ReturnUnits {
                    order_id,
                    line: line.parse().unwrap(),
                    sku: (*sku).to_owned(),
                    units: units.parse().unwrap(),
                    at: (*location).to_owned(),
                    condition: if condition.is_empty() { Returned::Sellable } else { Returned::Damaged },
                    reason: "too large".into(),
                };
                let row = self.baton.perform(&call, verb).await?;
                writeln!(self.told, "refund {}", row.refund_minor).unwrap();
            }
            other => panic!("{other:?}"),
        }
        Ok(name.to_owned())
    }

    async fn edit(&self, order_id: String, words: &[&str]) -> Result<(), Refused> {
        let wanted = |line: &str, quantity: &str| {
            vec![Wanted { line: line.parse().unwrap(), quantity: quantity.parse().unwrap() }]
        };
        let same = EditOrder { order_id, ..EditOrder::default() };
        let verb = match words {
            ["line", line, quantity] => EditOrder { lines: wanted(line, quantity), ..same },
            ["pickup", store] => {
                let (lane, pickup_at) = (Some("pickup".to_owned()), Some((*store).to_owned()));
                EditOrder { lane, pickup_at, ..same }
            }
            ["ship"] => EditOrder { lane: Some("ship".to_owned()), ship_to: Some(self.to.clone()), ..same },
            ["latitude", latitude] => {
                let ship_to = Some(Address { latitude: (*latitude).to_owned(), ..self.to.clone() });
                EditOrder { ship_to, ..same }
            }
            ["version", version, "line", line, quantity] => {
                let source_version = Some(version.parse().unwrap());
                EditOrder { lines: wanted(line, quantity), source_version, ..same }
            }
            other => panic!("{other:?}"),
        };
        self.baton.perform(&self.call(), verb).await.map(drop)
    }

    async fn task_command(&mut self, verb: &str, at: &str, rest: &[&str]) -> Result<String, Refused> {
        let call = self.call();
        let (name, place) = at.split_once('@').unwrap();
        let id = self.task(name, place).await;
        let baton = &self.baton;
        match (verb, rest) {
            ("accept", []) => drop(baton.perform(&call, AcceptTask { id }).await?),
            ("start", []) => drop(baton.perform(&call, StartPicking { id }).await?),
            ("pick", [line, sku, units]) => {
                let verb = ConfirmPicked {
                    id,
                    line: line.parse().unwrap(),
                    sku: (*sku).to_owned(),
                    units: units.parse().unwrap(),
                };
                drop(baton.perform(&call, verb).await?);
            }
            ("pack", []) => drop(baton.perform(&call, PackTask { id, parcels: vec![] }).await?),
            ("ship", from) => {
                let from = from.first().map(|code| (*code).to_owned()).unwrap_or_default();
                drop(baton.perform(&call, HandOver { id, from, parcels: vec![] }).await?);
            }
            ("ready", []) => drop(baton.perform(&call, MarkReady { id }).await?),
            ("collect", ["code"]) => {
                let code = self.code(&id).await.to_lowercase();
                let verb = Collect { id, code, by: "the customer".into(), known_by: String::new() };
                drop(baton.perform(&call, verb).await?);
            }
            ("collect", [code]) => {
                let verb =
                    Collect { id, code: (*code).to_owned(), by: "someone".into(), known_by: String::new() };
                drop(baton.perform(&call, verb).await?);
            }
            ("giveup", []) => {
                drop(baton.perform(&call, GiveUpPickup { id, reason: "no show".into() }).await?);
            }
            ("deliver", []) => drop(baton.perform(&call, MarkDelivered { id, proof: "porch".into() }).await?),
            ("parcels", []) => {
                let states = self.parcels(&id).await.join(", ");
                writeln!(self.told, "{states}").unwrap();
                return Ok(String::new());
            }
            ("hold", []) => drop(baton.perform(&call, HoldTask { id, reason: "asked".into() }).await?),
            ("release", []) => drop(baton.perform(&call, ReleaseTask { id }).await?),
            ("undo", []) => drop(baton.perform(&call, UndoStep { id }).await?),
            ("move", [to]) => {
                let verb = MoveTask { id, to: (*to).to_owned(), reason: "asked".into() };
                drop(baton.perform(&call, verb).await?);
            }
            ("reject", [reason, skus @ ..]) => {
                let reason = RejectReason::from_code(reason).expect(reason);
                let skus = skus.iter().map(|sku| (*sku).to_owned()).collect();
                drop(baton.perform(&call, RejectTask { id, reason, skus, note: String::new() }).await?);
            }
            ("short", [line, sku, units, reason]) => {
                let verb = ReportShort {
                    id,
                    line: line.parse().unwrap(),
                    sku: (*sku).to_owned(),
                    units: units.parse().unwrap(),
                    reason: ShortReason::from_code(reason).expect(reason),
                };
                drop(baton.perform(&call, verb).await?);
            }
            other => panic!("{other:?}"),
        }
        Ok(name.to_owned())
    }

    fn sent(&self, name: &str, rest: &[&str]) -> NewOrder {
        let mut sent: NewOrder =
            serde_json::from_value(serde_json::json!({ "channel": "web", "external_id": name, "lines": [] }))
                .unwrap();
        sent.ship_to = self.to.clone();
        let mut rest = rest.iter();
        while let Some(word) = rest.next() {
            let mut value = || (*rest.next().expect("a value")).to_owned();
            match *word {
                "pickup" => {
                    sent.lane = "pickup".into();
                    sent.pickup_at = value();
                }
                "split" => sent.split = value(),
                "cart" => sent.cart = value(),
                "short" => sent.lines.last_mut().expect("a line").when_short = value(),
                "price" => sent.lines.last_mut().expect("a line").unit_price = value(),
                "nowhere" => sent.ship_to = Address::default(),
                sku => sent.lines.push(NewLine {
                    line: 0,
                    sku: sku.to_owned(),
                    quantity: value().parse().unwrap(),
                    unit_price: String::new(),
                    when_short: String::new(),
                }),
            }
        }
        sent
    }

    pub(crate) async fn stock(
        &self,
        (location, sku): (&str, &str),
        movement: Movement,
    ) -> Result<(), Refused> {
        let shelf = self.shelf(location, sku);
        let entry = Entry {
            at_ms: self.at_ms,
            actor: "usr_test".into(),
            reason: "script".into(),
            document: "script".into(),
            source: None,
        };
        let moved = self
            .baton
            .db
            .write(move |tx| {
                let entry = entry.clone();
                Box::pin(async move {
                    stock::open(tx, shelf).await?;
                    Ok::<_, Refused>(stock::change(tx, shelf, movement, &entry).await?)
                })
            })
            .await?;
        match moved {
            Moved::Short { .. } => Err(Refused::conflict("too_few", "there are too few")),
            _ => Ok(()),
        }
    }

    pub(crate) async fn read_units(&self, shelf: Shelf) -> stock::Units {
        let read = self.baton.db.read(move |tx| {
            Box::pin(async move { Ok::<_, DbError>(stock::units(tx, shelf).await?.unwrap_or_default()) })
        });
        read.await.unwrap()
    }

    /// The last offer that waits for its answer; where none does, the last one.
    async fn offer(&self, order_id: &str) -> String {
        let id = order_id.to_owned();
        let read = self.baton.db.read(move |tx| {
            let id = id.clone();
            Box::pin(async move { substitutions::of_order(tx, &id, 10).await })
        });
        let offers: Vec<substitutions::OfferRow> = read.await.unwrap();
        let waiting = offers.iter().rev().find(|offer| offer.state == "offered");
        waiting.or(offers.last()).expect("an offer").id.clone()
    }

    async fn parcels(&self, id: &str) -> Vec<String> {
        let id = id.to_owned();
        let read = self.baton.db.read(move |tx| {
            let id = id.clone();
            Box::pin(async move { store::parcels::of_fulfillment(tx, &id).await })
        });
        let rows: Vec<store::parcels::ParcelRow> = read.await.unwrap();
        rows.into_iter().map(|row| row.state).collect()
    }

    async fn code(&self, id: &str) -> String {
        let id = id.to_owned();
        let read = self.baton.db.read(move |tx| {
            let id = id.clone();
            Box::pin(async move { Ok::<_, DbError>(fulfillments::get(tx, &id).await?.unwrap().pickup_code) })
        });
        read.await.unwrap()
    }

    /// The last task of an order at a place; `mall.1`: the first there.
    pub(crate) async fn task(&self, name: &str, place: &str) -> String {
        let order_id = self.ids.get(name).expect(name).clone();
        let (place, number) = place.split_once('.').map_or((place, None), |(place, n)| (place, Some(n)));
        let location = self.shop.location_key(self.shop.network.location_by_code(place).expect(place));
        let read = self.baton.db.read(move |tx| {
            let order_id = order_id.clone();
            Box::pin(async move { fulfillments::of_order(tx, &order_id).await })
        });
        let mut rows: Vec<fulfillments::FulfillmentRow> = read.await.unwrap();
        rows.retain(|row| row.location == location);
        let at = number.map_or(rows.len(), |number| number.parse().unwrap());
        assert!(at > 0 && at <= rows.len(), "{name} has nothing at {place}");
        rows.swap_remove(at - 1).id
    }

    async fn tell(&mut self, name: &str) {
        let Some(id) = self.ids.get(name).cloned() else { return };
        let shop = Arc::clone(&self.shop);
        let told = self.baton.db.read(move |tx| {
            let (id, shop) = (id.clone(), Arc::clone(&shop));
            Box::pin(async move {
                let row = orders::get(tx, &id).await?.unwrap();
                let mut told = row.state.clone();
                if !row.hold.is_empty() {
                    write!(told, " ({})", row.hold).unwrap();
                }
                for item in orders::items(tx, &id).await? {
                    let s = item.stands;
                    let counts = [
                        (s.open, "open"),
                        (s.backordered, "backordered"),
                        (s.allocated, "allocated"),
                        (s.shipped, "shipped"),
                        (s.cancelled, "cancelled"),
                        (s.returned, "returned"),
                    ];
                    let counts: Vec<String> = counts
                        .iter()
                        .filter(|(n, _)| *n > 0)
                        .map(|(n, word)| format!("{n} {word}"))
                        .collect();
                    write!(told, " | {} {}", shop.sku(item.product), counts.join(", ")).unwrap();
                }
                for task in fulfillments::of_order(tx, &id).await? {
                    let held = if task.is_held { ", held" } else { "" };
                    write!(told, " / {} {}{held}", shop.code(task.location), task.state).unwrap();
                }
                let open = exceptions::of_order(tx, &id, 50).await?;
                let mut open: Vec<String> = open
                    .iter()
                    .filter(|row| row.state == "open")
                    .map(|row| format!("{}:{}", row.kind, row.owner))
                    .collect();
                open.sort();
                if !open.is_empty() {
                    write!(told, " ! {}", open.join(" ")).unwrap();
                }
                Ok::<_, DbError>(told)
            })
        });
        let told = told.await.unwrap();
        writeln!(self.told, "{name} {told}").unwrap();
    }

    /// The books balance, whatever the script did.
    pub(crate) async fn check_books(&self) {
        let found = check_books(&self.baton.db).await.unwrap();
        assert!(found.are_none(), "the books do not balance: {:#?}", found.sentences());
    }
}

/// Writes the shop of a scenario into the books.
async fn fill(db: &Db, network: &Network, held: &model::Stock) -> Rows {
    let places: Vec<(String, LocationKind)> =
        network.locations.iter().map(|place| (place.code.clone(), place.kind)).collect();
    let skus: Vec<String> = network.products.iter().map(|product| product.sku.clone()).collect();
    let entries = entries(network, held);
    let write = db.write(move |tx| {
        let (places, skus, entries) = (places.clone(), skus.clone(), entries.clone());
        Box::pin(async move {
            let mut keys = Rows::default();
            for (code, kind) in &places {
                keys.locations.push(add_location(tx, code, code, *kind).await?);
            }
            for sku in &skus {
                keys.products.push(add_product(tx, sku, sku).await?);
            }
            for entry in &entries {
                bring(
                    tx,
                    (keys.products[entry.product.index()], keys.locations[entry.location.index()]),
                    entry,
                )
                .await?;
            }
            Ok::<_, DbError>(keys)
        })
    });
    write.await.unwrap()
}

fn entries(network: &Network, held: &model::Stock) -> Vec<StockEntry> {
    let products = 0..network.products.len() as u32;
    products
        .map(model::ProductId)
        .flat_map(|product| {
            let records = held.records(product);
            let locations = held.locations(records.clone()).to_vec();
            records.zip(locations).map(move |(record, location)| {
                let level = *held.level(model::RecordId(record as u32));
                StockEntry { product, location, level }
            })
        })
        .collect()
}

async fn bring(
    tx: &mut store::Tx,
    (product, location): (ProductKey, LocationKey),
    entry: &StockEntry,
) -> Result<(), DbError> {
    let shelf = Shelf { product, location };
    let say = Entry {
        at_ms: 0,
        actor: "start".into(),
        reason: "start".into(),
        document: "start".into(),
        source: None,
    };
    stock::open(tx, shelf).await?;
    let level = &entry.level;
    if level.on_hand > 0 {
        let units = i64::from(level.on_hand);
        stock::change(tx, shelf, Movement::Receive { units, expected: 0 }, &say).await?;
    }
    if level.safety_stock > 0 {
        stock::change(tx, shelf, Movement::KeepSafe { units: i64::from(level.safety_stock) }, &say).await?;
    }
    if level.damaged > 0 {
        stock::change(tx, shelf, Movement::Damage { units: i64::from(level.damaged) }, &say).await?;
    }
    Ok(())
}
