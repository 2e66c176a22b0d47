//! The database goes away and comes back while orders come in: a blip, after which everything goes on by itself.

use crate::cluster::Cluster;
use crate::place::{Place, Server, order};
use crate::wire::{Answer, Line};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How often the database restarts, one time politely and one time as after a crash; the full run has 200.
const RESTARTS: &str = "BATON_RESTARTS";
/// Who send orders at the same time.
const SENDERS: u64 = 8;
/// Orders confirmed between a restart and the next.
const BETWEEN: u64 = 50;
/// Nothing takes longer, on whatever machine.
const LONGEST: Duration = Duration::from_secs(60);
/// A sender looks again after this.
const BREATH: Duration = Duration::from_millis(20);

fn restarts() -> u64 {
    std::env::var(RESTARTS).ok().and_then(|text| text.parse().ok()).unwrap_or(4)
}

/// What the senders heard.
#[derive(Default)]
struct Heard {
    confirmed: Mutex<BTreeMap<String, String>>,
    count: AtomicU64,
    /// Refused for the moment, with 503 and a time after which to come again.
    refused: AtomicU64,
    wrong: Mutex<Vec<String>>,
    is_over: AtomicBool,
}

impl Heard {
    /// Sends orders, each until it is confirmed.
    fn send(&self, line: &mut Line, sender: u64) {
        let mut number = 0;
        while !self.is_over.load(Ordering::Relaxed) {
            number += 1;
            let id = format!("{sender}-{number}");
            while !self.is_confirmed(line, &id) {
                std::thread::sleep(BREATH);
            }
        }
    }

    fn is_confirmed(&self, line: &mut Line, id: &str) -> bool {
        match line.send("POST", "/v1/orders", &order(id)) {
            Some(Answer { status: 200 | 201, body, .. }) => {
                let answer: Value = serde_json::from_str(&body).unwrap();
                let known = answer["id"].as_str().unwrap().to_owned();
                self.confirmed.lock().unwrap().insert(id.to_owned(), known);
                self.count.fetch_add(1, Ordering::Relaxed);
                return true;
            }
            Some(Answer { status: 503, retry_after_s: Some(_), .. }) => {
                self.refused.fetch_add(1, Ordering::Relaxed);
                return false;
            }
            Some(answer) => self.wrong.lock().unwrap().push(format!("{} {}", answer.status, answer.body)),
            // The program itself goes on: it never hangs up.
            None => self.wrong.lock().unwrap().push("no answer".to_owned()),
        }
        self.is_over.store(true, Ordering::Relaxed);
        true
    }

    /// Waits until so many more orders are confirmed; how long the first of them took.
    fn wait_for(&self, more: u64) -> Duration {
        let (began, before) = (Instant::now(), self.count.load(Ordering::Relaxed));
        let mut first = None;
        loop {
            let gained = self.count.load(Ordering::Relaxed) - before;
            if gained > 0 {
                first.get_or_insert_with(|| began.elapsed());
            }
            if gained >= more || self.is_over.load(Ordering::Relaxed) {
                return first.unwrap_or_default();
            }
            if began.elapsed() > LONGEST {
                self.wrong.lock().unwrap().push(format!("{gained} orders in {LONGEST:?}"));
                self.is_over.store(true, Ordering::Relaxed);
            }
            std::thread::sleep(BREATH);
        }
    }
}

/// Restarts the database again and again while orders come in; how long each time until an order was confirmed.
fn restart_under_load(cluster: &Cluster, (server, token): (&Server, &str), heard: &Heard) -> Vec<Duration> {
    std::thread::scope(|scope| {
        for sender in 0..SENDERS {
            let mut line = Line::to(&server.address, token);
            scope.spawn(move || heard.send(&mut line, sender));
        }
        let mut blips = Vec::new();
        heard.wait_for(BETWEEN);
        for number in 0..restarts() {
            cluster.restart(if number % 2 == 0 { "fast" } else { "immediate" });
            blips.push(heard.wait_for(BETWEEN));
        }
        heard.is_over.store(true, Ordering::Relaxed);
        blips
    })
}

#[test]
fn a_restart_of_the_database_is_a_blip() {
    let Some(cluster) = Cluster::start() else { return };
    let place = Place { database: cluster.place.clone(), ..Place::in_file() };
    let many = "location_id,sku,on_hand_units\nmall,MUG,100000\ndepot,MUG,100000\ndepot,TEE,0\n";
    place.scratch.write("shop/inventory.csv", many);
    let place = place.with_shop();
    let token = place.owner_token();
    let mut server = Server::start(&place.database);
    let mut line = Line::to(&server.address, &token);
    let waiting = order("waits").replace("MUG", "TEE");
    let id = line.send("POST", "/v1/orders", &waiting).unwrap().json()["id"].as_str().unwrap().to_owned();

    let heard = Heard::default();
    let mut blips = restart_under_load(&cluster, (&server, &token), &heard);
    assert_eq!(*heard.wrong.lock().unwrap(), Vec::<String>::new());

    // What runs by itself has come back, too: a job routes the order that waited.
    let feed = json!({ "source": "tests", "rows": [{ "sku": "TEE", "location": "depot", "units": 1 }] });
    assert_eq!(line.post("/v1/stock/feeds", &feed).unwrap().status, 200);
    let began = Instant::now();
    let is_routed = |line: &mut Line| {
        let order = line.send("GET", &format!("/v1/orders/{id}"), "").unwrap().json();
        order["lines"][0]["items"][0]["allocated"] == 1
    };
    while !is_routed(&mut line) {
        assert!(began.elapsed() < LONGEST, "no job has routed the order that waited");
        std::thread::sleep(BREATH);
    }
    assert_eq!(server.stop().0, Some(0));

    let mut confirmed = std::mem::take(&mut *heard.confirmed.lock().unwrap());
    confirmed.insert("waits".to_owned(), id);
    assert_eq!(place.orders(), confirmed.into_iter().map(|(external, id)| (external, vec![id])).collect());
    assert_eq!(place.json(&["check"])["is_sound"], true);
    blips.sort_unstable();
    eprintln!(
        "{} restarts, {} orders confirmed, all there once; {} answers were 503; after the database was there again, an \
         order was confirmed within {:.2?} in the middle, {:.2?} at most",
        blips.len(),
        heard.count.into_inner(),
        heard.refused.into_inner(),
        blips[blips.len() / 2],
        blips[blips.len() - 1]
    );
}
