//! Orders that were confirmed are there, once, though the program is killed at any moment.

use crate::place::{Place, Server, ask, on_both, order};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often the program is killed on each database; the full run has 1,000.
const KILLS: &str = "BATON_KILLS";
/// Who send orders at the same time.
const SENDERS: u64 = 4;
/// Times between a start and its kill are spread over so many milliseconds.
const SPREAD_MS: u64 = 300;

fn kills() -> u64 {
    std::env::var(KILLS).ok().and_then(|text| text.parse().ok()).unwrap_or(10)
}

/// What a sender heard of its orders.
#[derive(Default)]
struct Heard {
    /// Confirmed, with the order's id.
    confirmed: BTreeMap<String, String>,
    /// No answer came: it is sent again after the next start.
    unanswered: Vec<String>,
}

impl Heard {
    fn send(&mut self, address: &str, (token, id): (&str, &str)) -> bool {
        match ask(address, "POST", "/v1/orders", Some((token, &order(id)))) {
            Some((200 | 201, body)) => {
                let answer: Value = serde_json::from_str(&body).unwrap();
                let was = self.confirmed.insert(id.to_owned(), answer["id"].as_str().unwrap().to_owned());
                assert!(was.is_none_or(|was| was == answer["id"]), "{id} has another id now");
                true
            }
            Some((status, body)) => panic!("{id}: {status} {body}"),
            None => {
                self.unanswered.push(id.to_owned());
                false
            }
        }
    }
}

/// Sends orders from several sides until the program is killed.
fn round(server: &mut Server, token: &str, (number, heard): (u64, &[Mutex<Heard>])) {
    let (address, is_over) = (server.address.clone(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        for (sender, heard) in heard.iter().enumerate() {
            let (address, is_over) = (&address, &is_over);
            scope.spawn(move || {
                let mut heard = heard.lock().unwrap();
                for id in std::mem::take(&mut heard.unanswered) {
                    heard.send(address, (token, &id));
                }
                let mut count = 0;
                while !is_over.load(Ordering::Relaxed) {
                    count += 1;
                    if !heard.send(address, (token, &format!("{number}-{sender}-{count}"))) {
                        break;
                    }
                }
            });
        }
        std::thread::sleep(Duration::from_millis(20 + number * 37 % SPREAD_MS));
        server.kill();
        is_over.store(true, Ordering::Relaxed);
    });
}

fn confirmed_orders_survive(place: Place) {
    let place = place.with_shop();
    let token = place.token();
    let heard: Vec<Mutex<Heard>> = (0..SENDERS).map(|_| Mutex::default()).collect();
    let mut took = Vec::new();
    for number in 0..kills() {
        let mut server = Server::start(&place.database);
        took.push(server.took);
        round(&mut server, &token, (number, &heard));
    }
    let mut server = Server::start(&place.database);
    for sender in &heard {
        let mut sender = sender.lock().unwrap();
        for id in std::mem::take(&mut sender.unanswered) {
            assert!(sender.send(&server.address, (&token, &id)));
        }
    }
    assert_eq!(server.stop().0, Some(0));
    let confirmed: BTreeMap<String, Vec<String>> = heard
        .iter()
        .flat_map(|sender| std::mem::take(&mut sender.lock().unwrap().confirmed))
        .map(|(external_id, id)| (external_id, vec![id]))
        .collect();
    assert!(confirmed.len() as u64 > kills(), "too few orders were confirmed to prove anything");
    // Each that was sent was confirmed in the end: nothing else may be there, nothing less, and nothing twice.
    assert_eq!(place.orders(), confirmed);
    assert_eq!(place.json(&["check"])["is_sound"], true);
    took.sort();
    let (middle, last) = (took[took.len() / 2], took[took.len() - 1]);
    eprintln!(
        "{} kills, {} orders confirmed, all there once; ready after {middle:?} in the middle, {last:?} at most",
        kills(),
        confirmed.len()
    );
}

#[test]
fn confirmed_orders_survive_kills() {
    on_both(confirmed_orders_survive);
}
