//! Lists of orders: whatever they are narrowed by, they show what a look at every order finds, page by page.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::{Baton, find_orders};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::DbError;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

const ORDERS: usize = 48;
const QUESTIONS: usize = 160;
const NAMES: [&str; 6] =
    ["José Núñez", "Ana O'Brien", "jose martin", "Jean-Luc Müller", "Łucja Anastasi", "Li M"];
const CHANNELS: [&str; 3] = ["web", "till", "market"];
const TAGS: [&str; 3] = ["gift", "vip", "50% off"];

async fn fill(shop: &Shop, owner: &str, dice: &mut Dice) -> Vec<String> {
    stocked(shop, owner).await;
    let gtin = json!({ "cells": { "gtin": "4006381333931" } });
    let change = shop.ask("PATCH", "/v1/products/TEE").cookie(owner).header("If-Match", "\"1\"");
    change.json(&gtin).expect(200).await;
    shop.wait(1_000);
    let rows = json!([{ "sku": "MUG", "location": "mall", "units": 60 }, { "sku": "TEE", "location": "pier", "units": 60 }]);
    let body = json!({ "source": "till", "rows": rows });
    shop.post("/v1/stock/feeds").cookie(owner).json(&body).expect(200).await;
    let mut ids = Vec::new();
    for n in 0..ORDERS {
        shop.wait([0, 700][dice.below(2)]);
        let made = shop.post("/v1/orders").cookie(owner).json(&order(n, dice)).expect(201).await.json();
        ids.push(made["id"].as_str().unwrap().to_owned());
    }
    for id in &ids {
        go_on(shop, owner, (id, dice)).await;
    }
    shop.wait(3_600_000);
    ids
}

fn order(n: usize, dice: &mut Dice) -> Value {
    let mut lines = vec![json!({ "sku": dice.of(&["MUG", "TEE"]), "quantity": 1 + dice.below(2) })];
    if dice.below(3) == 0 {
        lines = vec![json!({ "sku": "MUG", "quantity": 1 }), json!({ "sku": "TEE", "quantity": 1 })];
    }
    let tags: Vec<&str> = TAGS.into_iter().filter(|_| dice.below(3) == 0).collect();
    let is_pickup = dice.below(4) == 0;
    let mut order = json!({
        "channel": dice.of(&CHANNELS), "external_id": format!("E-{n}"), "name": format!("#{}", 1_000 + n % 30),
        "customer": { "name": dice.of(&NAMES), "email": format!("user{}@example.com", dice.below(9)),
            "phone": format!("+1 503 555 01{:02}", dice.below(12)) },
        "ship_to": { "name": dice.of(&NAMES), "postal": "97201", "country": "US" }, "tags": tags, "lines": lines,
    });
    if is_pickup {
        order["lane"] = json!("pickup");
        order["pickup_at"] = json!("mall");
        order["lines"] = json!([{ "sku": "MUG", "quantity": 1 }]);
    }
    order
}

/// Some are cancelled, some are held, and of some the work goes on for a while.
async fn go_on(shop: &Shop, owner: &str, (id, dice): (&str, &mut Dice)) {
    let post = async |path: String, body: Value| shop.post(&path).cookie(owner).json(&body).send().await;
    match dice.below(8) {
        0 => drop(post(format!("/v1/orders/{id}/cancel"), json!({})).await),
        1 => drop(
            post(format!("/v1/orders/{id}/hold"), json!({ "reason": dice.of(&["payment", "gift"]) })).await,
        ),
        _ => {
            let order = shop.get(&format!("/v1/orders/{id}")).cookie(owner).expect(200).await.json();
            for task in order["fulfillments"].as_array().unwrap() {
                let steps = if order["lane"] == "pickup" {
                    ["accept", "start", "pack", "ready"]
                } else {
                    ["accept", "start", "pack", "hand-over"]
                };
                for step in steps.into_iter().take(dice.below(5)) {
                    let body = match step {
                        "hand-over" => json!({ "parcels": [{ "number": 1, "carrier": "ups",
                            "tracking": format!("1Z{}", &id[id.len() - 6..]).to_uppercase(), "cost_minor": 500 }] }),
                        _ => json!({}),
                    };
                    let path = format!("/v1/fulfillments/{}/{step}", task["id"].as_str().unwrap());
                    let reply = post(path, body).await;
                    assert_eq!(reply.status, 200, "{step}: {reply:?}");
                }
            }
        }
    }
}

/// Whether an order is meant.
type Holds = Box<dyn Fn(&Value) -> bool>;

/// What somebody asks for: the query, and whether an order is meant.
struct Asked {
    query: Vec<(&'static str, String)>,
    holds: Vec<Holds>,
}

fn asked(dice: &mut Dice, all: &[Value], now: i64) -> Asked {
    let mut asked = Asked { query: Vec::new(), holds: Vec::new() };
    let mut add = |name: &'static str, text: String, holds: Holds| {
        if asked.query.iter().all(|(other, _)| *other != name) {
            asked.query.push((name, text));
            asked.holds.push(holds);
        }
    };
    for _ in 0..1 + dice.below(3) {
        let some = &all[dice.below(all.len())];
        match dice.below(9) {
            0 => {
                let state = dice.of(&["open", "held", "fulfilled", "cancelled"]);
                add("state", state.into(), Box::new(move |order| order["state"] == state));
            }
            1 => {
                let lane = dice.of(&["ship", "pickup", "local_delivery"]);
                add("lane", lane.into(), Box::new(move |order| order["lane"] == lane));
            }
            2 => {
                let channel = dice.of(&["web", "till", "market", "none"]);
                add("channel", channel.into(), Box::new(move |order| order["channel"] == channel));
            }
            3 => {
                let tag = dice.of(&["gift", "vip", "50% off", "GIFT"]);
                add("tag", tag.into(), Box::new(move |order| has(&order["tags"], |own| own == tag)));
            }
            4 | 5 => {
                let at = some["placed_at"].as_i64().unwrap();
                let is_placed = move |order: &Value| order["placed_at"].as_i64().unwrap();
                let holds: [Holds; 2] = [
                    Box::new(move |order| is_placed(order) >= at),
                    Box::new(move |order| is_placed(order) < at),
                ];
                let [from, to] = holds;
                match dice.below(2) {
                    0 => add("placed_from", at.to_string(), from),
                    _ => add("placed_to", at.to_string(), to),
                }
            }
            6 => {
                let name = some["name"].as_str().unwrap().to_owned();
                add("name", name.clone(), Box::new(move |order| order["name"] == name.as_str()));
            }
            7 => {
                let (text, holds) = typed(dice, some);
                add("search", text, holds);
            }
            _ => {
                let (place, work) = (dice.of(&["", "mall", "pier"]), dice.of(&WORKS));
                if !place.is_empty() {
                    add("location", place.into(), Box::new(|_| true));
                }
                if !work.is_empty() {
                    add("work", work.into(), Box::new(|_| true));
                }
                let part = |name: &str| {
                    let found = asked.query.iter().find(|(other, _)| *other == name);
                    found.map(|(_, text)| text.clone()).unwrap_or_default()
                };
                let (place, work) = (part("location"), part("work"));
                asked.holds.push(Box::new(move |order| has_work(order, (&place, &work), now)));
                return asked;
            }
        }
    }
    asked
}

const WORKS: [&str; 8] =
    ["", "to_decide", "to_pick", "to_pack", "waiting_for_pickup", "late", "needs_attention", "split"];

fn has(list: &Value, what: impl FnMut(&Value) -> bool) -> bool {
    list.as_array().unwrap().iter().any(what)
}

fn has_work(order: &Value, (place, work): (&str, &str), now: i64) -> bool {
    let tasks = order["fulfillments"].as_array().unwrap();
    let is_there = |task: &Value| place.is_empty() || task["location"] == place;
    let state = |task: &Value| task["state"].as_str().unwrap().to_owned();
    let keeps = |task: &Value| {
        !["rejected", "expired", "moved", "cancelled", "short"].contains(&state(task).as_str())
    };
    let is_under_way = |task: &Value| {
        ["open", "accepted", "picking", "packed", "ready_for_pickup"].contains(&state(task).as_str())
    };
    let is_held = |task: &Value| task["is_held"] == true;
    let left_to_pick = |task: &Value| {
        has(&task["units"], |item| item["committed"].as_i64().unwrap() > item["picked"].as_i64().unwrap())
    };
    let any = |what: &dyn Fn(&Value) -> bool| tasks.iter().any(|task| is_there(task) && what(task));
    let has_some = place.is_empty() || any(&|task| keeps(task));
    match work {
        "" => has_some,
        "to_decide" => {
            let is_open = |item: &Value| item["open"].as_i64() > Some(0);
            has_some
                && (order["state"] == "held" || has(&order["lines"], |line| has(&line["items"], is_open)))
        }
        "to_pick" => any(&|task| {
            let is_begun = state(task) == "picking" && left_to_pick(task);
            !is_held(task) && (is_begun || ["open", "accepted"].contains(&state(task).as_str()))
        }),
        "to_pack" => any(&|task| state(task) == "picking" && !is_held(task) && !left_to_pick(task)),
        "waiting_for_pickup" => any(&|task| state(task) == "ready_for_pickup" && !is_held(task)),
        "late" => any(&|task| {
            let told = |exception: &Value| {
                let is_of_it = exception["subject"] == task["id"] && exception["state"] == "open";
                is_of_it && ["late_pick", "late_pickup"].iter().any(|kind| exception["kind"] == *kind)
            };
            let is_due = task["due_at"].as_i64() <= Some(now) || has(&order["exceptions"], told);
            is_under_way(task) && !is_held(task) && is_due
        }),
        "needs_attention" => has_some && has(&order["exceptions"], |exception| exception["state"] == "open"),
        "split" => has_some && tasks.iter().filter(|task| keeps(task)).count() > 1,
        other => panic!("{other}"),
    }
}

/// Something that leads to an order, and what else it leads to.
fn typed(dice: &mut Dice, some: &Value) -> (String, Holds) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    match dice.below(8) {
        0 => {
            let name = text(&some["name"]);
            let typed =
                if dice.below(2) == 0 { name.clone() } else { name.trim_start_matches('#').to_owned() };
            let tail = name.trim_start_matches('#').to_owned();
            (typed, Box::new(move |order| order["name"] == name.as_str() || phone(order).ends_with(&tail)))
        }
        1 => {
            let id = text(&some["external_id"]);
            (id.to_lowercase(), Box::new(move |order| order["external_id"] == id.as_str()))
        }
        2 => {
            let sku = dice.of(&["MUG", "TEE", "4006381333931"]);
            let wanted = if sku == "MUG" { "MUG" } else { "TEE" };
            (sku.to_lowercase(), Box::new(move |order| has(&order["lines"], |line| line["sku"] == wanted)))
        }
        3 => {
            let digits = phone(some);
            let tail = digits[digits.len() - 4 - dice.below(4)..].to_owned();
            let name = format!("#{tail}");
            (
                tail.clone(),
                Box::new(move |order| phone(order).ends_with(&tail) || order["name"] == name.as_str()),
            )
        }
        4 => {
            let mail = text(&some["customer"]["email"]);
            let begin = mail[..mail.len() - dice.below(4)].to_uppercase();
            (
                begin.clone(),
                Box::new(move |order| text(&order["customer"]["email"]).starts_with(&begin.to_lowercase())),
            )
        }
        5 => typed_tracking(&text(&some["id"])),
        _ => typed_words(dice),
    }
}

/// The number of a parcel of this order, with a blank in it.
fn typed_tracking(id: &str) -> (String, Holds) {
    let number = format!("1Z{}", &id[id.len() - 6..]).to_uppercase();
    let spaced = format!("{} {}", &number[..3], &number[3..]).to_lowercase();
    let is_own = move |parcel: &Value| parcel["tracking"] == number.as_str();
    (spaced, Box::new(move |order| has(&order["fulfillments"], |task| has(&task["parcels"], &is_own))))
}

/// Words of names.
fn typed_words(dice: &mut Dice) -> (String, Holds) {
    let typed =
        dice.of(&["jose", "JOSÉ nuñ", "obrien", "an", "luc jean", "jean-luc", "m", "lucja", "mull ana"]);
    (
        typed.to_owned(),
        Box::new(move |order| {
            let names = [&order["customer"]["name"], &order["ship_to"]["name"]]
                .map(|name| words(name.as_str().unwrap()));
            let all: BTreeSet<&str> = names.iter().flatten().copied().collect();
            typed.split(' ').all(|word| is_any(word, &all))
        }),
    )
}

fn is_any(word: &str, all: &BTreeSet<&str>) -> bool {
    let word = match word {
        "JOSÉ" => "jose",
        "nuñ" => "nun",
        "jean-luc" => "jeanluc",
        "m" => return all.contains("m"),
        other => other,
    };
    all.iter().any(|own| own.starts_with(word))
}

/// The words of the names above, by hand.
fn words(name: &str) -> Vec<&'static str> {
    match name {
        "José Núñez" => vec!["jose", "nunez"],
        "Ana O'Brien" => vec!["ana", "obrien"],
        "jose martin" => vec!["jose", "martin"],
        "Jean-Luc Müller" => vec!["jeanluc", "jean", "luc", "muller"],
        "Łucja Anastasi" => vec!["lucja", "anastasi"],
        "Li M" => vec!["li", "m"],
        other => panic!("{other}"),
    }
}

fn phone(order: &Value) -> String {
    order["customer"]["phone"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect()
}

fn in_url(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn a_list_shows_what_a_look_at_every_order_finds() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let mut dice = Dice(7);
        let ids = fill(&shop, &owner, &mut dice).await;
        let mut all = Vec::new();
        for id in &ids {
            all.push(shop.get(&format!("/v1/orders/{id}")).cookie(&owner).expect(200).await.json());
        }
        let key =
            |order: &Value| (order["placed_at"].as_i64().unwrap(), order["id"].as_str().unwrap().to_owned());
        all.sort_by_key(|order| std::cmp::Reverse(key(order)));
        let (mut hits, mut empty) = (0, 0);
        for _ in 0..QUESTIONS {
            let Asked { query, holds } = asked(&mut dice, &all, shop.now_ms());
            let meant = all.iter().filter(|order| holds.iter().all(|holds| holds(order)));
            let meant: Vec<String> = meant.map(|order| key(order).1).collect();
            let query: Vec<String> =
                query.iter().map(|(name, text)| format!("{name}={}", in_url(text))).collect();
            let query = query.join("&");
            let shown = walked(&shop, &owner, &query).await;
            assert_eq!(shown, meant, "{query}");
            let path = format!("/v1/orders/count?{query}");
            let count = shop.get(&path).cookie(&owner).expect(200).await.json();
            assert_eq!(count, json!({ "count": meant.len(), "is_capped": false }), "{query}");
            if meant.is_empty() { empty += 1 } else { hits += 1 }
        }
        assert!(hits > QUESTIONS / 4 && empty > QUESTIONS / 20, "{hits} with orders, {empty} without");
    });
}

/// Ids of all pages of a list, each of seven rows.
async fn walked(shop: &Shop, owner: &str, query: &str) -> Vec<String> {
    let (mut path, mut seen) = (format!("/v1/orders?limit=7&{query}"), Vec::new());
    loop {
        let page = shop.get(&path).cookie(owner).expect(200).await;
        let json = page.json();
        seen.extend(
            json["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()),
        );
        let Some(link) = page.header("link") else { return seen };
        path = link.split_once('>').unwrap().0.trim_start_matches('<').to_owned();
        assert!(seen.len() <= ORDERS, "the list has no end: {seen:?}");
    }
}

async fn names_found(shop: &Shop, owner: &str, text: &str) -> Vec<String> {
    let page =
        shop.get(&format!("/v1/orders?search={}", in_url(text))).cookie(owner).expect(200).await.json();
    page["items"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

async fn run(shop: &Shop, sql: &'static str) {
    let done: Result<u64, DbError> =
        shop.db.write(move |tx| Box::pin(async move { tx.execute(sql, &[]).await })).await;
    done.unwrap();
}

#[test]
fn orders_that_are_older_than_their_terms_get_them_bit_by_bit() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        fill(&shop, &owner, &mut Dice(11)).await;
        let texts = ["jose", "#1003", "1003", "e-7", "mug", "user3@", "0105", "4006381333931"];
        let mut before = Vec::new();
        for text in texts {
            before.push(names_found(&shop, &owner, text).await);
        }
        assert!(before.iter().all(|names| !names.is_empty()), "{before:?}");
        run(&shop, "delete from order_terms").await;
        run(&shop, "update order_terms_filled set placed_at = -1, order_id = '', is_done = 0").await;
        assert_eq!(names_found(&shop, &owner, "jose").await, Vec::<String>::new());
        let now_ms = shop.now_ms();
        let baton = Baton::new(shop.db.clone(), "filler", Arc::new(move || now_ms));
        while !find_orders::fill(&baton, 1).await.unwrap() {}
        assert!(find_orders::fill(&baton, 1).await.unwrap());
        for (text, before) in texts.iter().zip(&before) {
            assert_eq!(names_found(&shop, &owner, text).await, *before, "{text}");
        }
        for query in ["tag=gift", "location=mall", "work=split"] {
            assert!(!walked(&shop, &owner, query).await.is_empty(), "{query}");
        }
    });
}

#[test]
fn an_order_whose_address_changes_is_found_by_who_receives_it_now() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let body = json!({ "channel": "web", "external_id": "1", "name": "#1", "customer": { "name": "Ana Berg" },
            "ship_to": { "name": "Berg Oslo", "postal": "97201", "country": "US" },
            "lines": [{ "sku": "MUG", "quantity": 1 }] });
        let made = shop.post("/v1/orders").cookie(&owner).json(&body).expect(201).await;
        let path = format!("/v1/orders/{}", made.json()["id"].as_str().unwrap());
        let edit = json!({ "ship_to": { "name": "Ida Lund", "postal": "97201", "country": "US" } });
        let ask = shop.ask("PATCH", &path).cookie(&owner).header("If-Match", made.header("etag").unwrap());
        ask.json(&edit).expect(200).await;
        for (text, is_found) in [("lund", true), ("oslo", false), ("berg", true), ("ana ida", true)] {
            assert_eq!(names_found(&shop, &owner, text).await.len(), usize::from(is_found), "{text}");
        }
    });
}

#[test]
fn what_cannot_be_looked_for_is_refused_by_name() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let empty = shop.get("/v1/orders?location=mall").cookie(&owner).expect(200).await.json();
        assert_eq!(empty, json!({ "items": [], "next": null }));
        stocked(&shop, &owner).await;
        for query in [
            "state=lost",
            "lane=air",
            "work=lazy",
            "location=moon",
            "placed_from=today",
            "search=a+b+c+d+e+f+g",
        ] {
            for path in [format!("/v1/orders?{query}"), format!("/v1/orders/count?{query}")] {
                let refused = shop.get(&path).cookie(&owner).expect(400).await;
                assert_eq!(refused.code(), "bad_query", "{path}");
                let part = query.split('=').next().unwrap();
                assert!(refused.text.contains(part), "{refused:?}");
            }
        }
        let all = shop.get("/v1/orders?search=+").cookie(&owner).expect(200).await.json();
        assert_eq!(all["items"], json!([]));
    });
}
