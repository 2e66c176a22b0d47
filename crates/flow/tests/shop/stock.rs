//! Commands of a script that are about stock: carts, arrivals, counts, gates, and the jobs that follow.

use crate::stage::Stage;
use flow::baton::stop;
use flow::exception::{NewPolicy, change_policy};
use flow::inventory::At;
use flow::inventory::arrival::{Came, NewArrival, Receiving, UnitsOf, Whence, announce, receive};
use flow::inventory::available::{Scope, available};
use flow::inventory::correct::{Correcting, Correction, Forcing, correct_stock, force_stock};
use flow::inventory::count::{Device, NewScan, take_scans};
use flow::inventory::gate::{Overriding, override_gate};
use flow::inventory::hold::{HoldLine, NewHold, hold_cart, release_hold};
use flow::inventory::pool::{NewPool, save_pool};
use flow::inventory::review::{hand_in, post_count};
use flow::worker::{Pace, Worker};
use flow::{Refused, backorders, fulfillment};
use model::Timestamp;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Duration;
use store::DbError;
use store::counts::CountState;
use store::jobs::{Filter, State};
use store::pools::{Gate, SkuClass};

pub(crate) const COMMANDS: [&str; 13] = [
    "pool", "cart", "drop", "arrive", "correct", "count", "force", "gate", "atp", "work", "around", "events",
    "policy",
];

impl Stage {
    /// Does one line; the name of the order that it is about: none.
    pub(crate) async fn stock_command(&mut self, verb: &str, rest: &[&str]) -> Result<String, Refused> {
        match (verb, rest) {
            ("pool", locations) => self.pool(locations).await?,
            ("cart", [name, lines @ ..]) => self.cart(name, lines).await?,
            ("drop", [name]) => {
                release_hold(&self.baton.db, &self.call(), &self.holds[*name]).await?;
            }
            ("arrive", [location, sku, units]) => self.arrive(location, (sku, units)).await?,
            ("correct", [location, sku, by]) => {
                let by = by.parse().unwrap();
                let at = At { sku: (*sku).into(), location: (*location).into() };
                let correction = Correction::Adjust { by };
                let asked = Correcting { at, correction, reason: "found".into() };
                correct_stock(&self.baton.db, &self.call(), asked).await?;
            }
            ("force", [location, sku, on_hand]) => {
                let at = At { sku: (*sku).into(), location: (*location).into() };
                let asked = Forcing { at, on_hand: on_hand.parse().unwrap(), reason: "counted".into() };
                force_stock(&self.baton.db, &self.call(), asked).await?;
            }
            ("count", [location]) => self.tell_counts(location).await,
            ("count", [location, sku, units]) => self.count(location, (sku, units)).await?,
            ("gate", [location, gate]) => {
                let asked = Overriding {
                    location: (*location).into(),
                    class: SkuClass::default(),
                    channel: String::new(),
                    gate: if *gate == "open" { Gate::Open } else { Gate::Closed },
                    until_ms: self.at_ms + Timestamp::DAY_MS,
                    reason: "counted badly".into(),
                };
                override_gate(&self.baton.db, &self.call(), asked).await?;
            }
            ("atp", [sku]) => self.tell_available(sku).await?,
            ("work", []) => self.work().await,
            ("around", [products]) => {
                self.around.look_at(&self.baton, products.parse().unwrap()).await?;
            }
            ("policy", [kind, owner, minutes, escalation @ ..]) => {
                let new = NewPolicy {
                    owner: (*owner).into(),
                    minutes: minutes.parse().unwrap(),
                    escalation: escalation.iter().map(|step| (*step).to_owned()).collect(),
                    steps: None,
                    expected: None,
                };
                change_policy(&self.baton.db, &self.call(), kind, new).await?;
            }
            ("events", [kind]) => {
                let events = self.events().await;
                let amount = events.iter().filter(|event| event.kind == *kind).count();
                writeln!(self.told, "{amount} times").unwrap();
            }
            other => panic!("{other:?}"),
        }
        Ok(String::new())
    }

    pub(crate) async fn pool(&self, locations: &[&str]) -> Result<(), Refused> {
        let pool = NewPool {
            code: "all".into(),
            name: "all".into(),
            unproven: Gate::Open,
            locations: locations.iter().map(|code| (*code).to_owned()).collect(),
            classes: BTreeSet::new(),
        };
        save_pool(&self.baton.db, &self.call(), pool).await
    }

    async fn cart(&mut self, name: &str, lines: &[&str]) -> Result<(), Refused> {
        let line =
            |pair: &[&str]| HoldLine { sku: pair[0].into(), units: pair[1].parse().unwrap(), location: None };
        let asked = NewHold {
            cart: name.into(),
            pool: "all".into(),
            channel: "web".into(),
            lines: lines.chunks(2).map(line).collect(),
            expires_at_ms: self.at_ms + 15 * Timestamp::MINUTE_MS,
        };
        let held = hold_cart(&self.baton.db, &self.call(), asked).await?;
        self.holds.insert(name.into(), held.id);
        Ok(())
    }

    async fn arrive(&self, location: &str, (sku, units): (&str, &str)) -> Result<(), Refused> {
        let (db, call, units) = (&self.baton.db, self.call(), units.parse().unwrap());
        let lines = vec![UnitsOf { sku: sku.into(), units }];
        let (from, to) = (Whence::Supplier("pottery".into()), location.to_owned());
        let new = NewArrival { from, to, lines, due_at_ms: None, reason: String::new() };
        let arrival = announce(db, &call, new).await?;
        let lines = vec![Came { sku: sku.into(), units, damaged: 0 }];
        receive(db, &call, Receiving { arrival, client_id: "1".into(), lines }).await.map(drop)
    }

    /// Open counts of a location, and which of its units they say are there.
    async fn open_counts(&self, location: &str) -> Vec<store::counts::Count> {
        let location = location.to_owned();
        let read = self.baton.db.read(move |tx| {
            let location = location.clone();
            Box::pin(async move {
                let key = store::places::location(tx, &location).await?.unwrap();
                store::counts::at(tx, (key, CountState::Open), "", 10).await
            })
        });
        read.await.unwrap()
    }

    async fn tell_counts(&mut self, location: &str) {
        let counts = self.open_counts(location).await;
        let told: Vec<String> = counts.iter().map(|c| format!("{}: {}", c.kind.code(), c.reason)).collect();
        writeln!(self.told, "{} open counts {}", told.len(), told.join("; ")).unwrap();
    }

    async fn count(&mut self, location: &str, (sku, units): (&str, &str)) -> Result<(), Refused> {
        let (db, call) = (self.baton.db.clone(), self.call());
        let id = self.open_counts(location).await.remove(0).id;
        let device = Device { count: id.clone(), location: location.into(), device: "phone".into() };
        let scan = NewScan { client_id: "1".into(), sku: sku.into(), units: units.parse().unwrap() };
        take_scans(&db, &call, (device, vec![scan])).await?;
        hand_in(&db, &call, &id).await?;
        let sum = post_count(&db, &call, (&id, None)).await?;
        let short = sum.short.iter().map(|(_, short)| short.missing).sum::<i64>();
        writeln!(self.told, "{} posted, {} differ, {short} missing", sum.posted, sum.variances).unwrap();
        Ok(())
    }

    async fn tell_available(&mut self, sku: &str) -> Result<(), Refused> {
        let scope = Scope { pool: "all".into(), channel: "web".into(), at_ms: self.at_ms };
        let units = available(&self.baton.db, scope, vec![sku.into()]).await?[0].units;
        writeln!(self.told, "{} may be promised", units.unwrap()).unwrap();
        Ok(())
    }

    /// Does the jobs that are due, until there are none; how many there were.
    async fn work(&mut self) {
        let (switch, stopping) = stop();
        let pace = Pace { look_every: Duration::from_millis(5), ..Pace::default() };
        let worker = Worker::new(self.baton.clone(), pace);
        let worker = worker.does(backorders::job_kind()).does(fulfillment::look_again());
        let running = tokio::spawn(worker.run(stopping));
        let mut tries = 0;
        while self.jobs(State::Ready).await + self.jobs(State::Leased).await > 0 {
            tries += 1;
            assert!(tries < 2_000, "the jobs do not end");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        switch.ask();
        running.await.unwrap();
        assert_eq!(self.jobs(State::Dead).await, 0);
    }

    async fn events(&self) -> Vec<store::events::Event> {
        let read = self
            .baton
            .db
            .read(|tx| Box::pin(async move { store::events::newest(tx, i64::MAX, 1_000).await }));
        read.await.unwrap()
    }

    async fn jobs(&self, state: State) -> usize {
        let filter = Filter { kind: None, state: Some(state) };
        let read = self.baton.db.read(move |tx| {
            Box::pin(async move { Ok::<_, DbError>(store::jobs::list(tx, filter, None, 1_000).await?.len()) })
        });
        read.await.unwrap()
    }
}
