//! People of one store before the things of another: they are refused, and nothing changes.
//!
//! Every route is either asked for here, or listed with the reason why no store is hidden by it: a new one is not
//! forgotten.

use crate::client::Ask;
use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::people::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Routes that tell everybody the same, or are about whoever asks.
const NOT_OF_A_STORE: &[&str] = &[
    // For anybody.
    "GET /livez",
    "GET /readyz",
    "GET /openapi.json",
    "POST /v1/session",
    "POST /v1/session/proof",
    "POST /v1/setup",
    "POST /v1/join",
    // About the caller.
    "GET /v1/me",
    "GET /v1/me/inbox",
    "GET /v1/me/inbox/unread",
    "POST /v1/me/inbox/read",
    "GET /v1/me/notifications",
    "PUT /v1/me/notifications",
    "DELETE /v1/session",
    "GET /v1/sessions",
    "DELETE /v1/sessions/{id}",
    // What customers may hear of every store, too.
    "GET /v1/availability",
    "GET /v1/promise",
    "GET /v1/pickup-stores",
    // How the shop as a whole is set up, to read.
    "GET /v1/locations",
    "GET /v1/locations/{code}",
    "GET /v1/products",
    "GET /v1/products/{sku}",
    "GET /v1/pools",
    "GET /v1/pools/{code}/buffers/{channel}",
    "GET /v1/settings",
    "GET /v1/settings/described",
    "GET /v1/rule-sets",
    "GET /v1/rule-sets/{number}",
    "GET /v1/rule-starter",
    "GET /v1/rule-words",
    "GET /v1/rule-sets/{number}/lessons",
    "POST /v1/rule-sets/check",
    "GET /v1/rule-publications",
    "GET /v1/exception-kinds",
    "GET /v1/exception-kinds/{kind}",
    "GET /v1/pools/{code}/buffers",
    // One's own views, and those of everybody.
    "GET /v1/views",
    "POST /v1/views",
    "PATCH /v1/views/{id}",
    "DELETE /v1/views/{id}",
    // What tells each of their own places alone: see `found.rs` and `inventory.rs`.
    "GET /v1/search",
    "GET /v1/stock/products",
    // How the program speaks HTTPS.
    "GET /v1/https",
    // The demo shop is nobody's store.
    "GET /v1/demo-shop",
    "POST /v1/demo-shop",
    "DELETE /v1/demo-shop",
    "POST /v1/demo-shop/session",
    "DELETE /v1/demo-shop/session",
    "GET /metrics",
    // Narrowed to the places of whoever asks: `operate.rs`.
    "GET /v1/locations/loads",
    // Colleagues; whom a manager of some stores may add or change is in `people.rs`.
    "GET /v1/users",
    "GET /v1/users/{id}",
    "POST /v1/users",
    "PATCH /v1/users/{id}",
    "POST /v1/users/{id}/link",
    "POST /v1/users/{id}/unlock",
    "GET /v1/tokens",
    "POST /v1/tokens",
];

/// What belongs to `pier`, and one fulfillment order of `mall`.
struct Things {
    order: String,
    task: String,
    own_task: String,
    count: String,
    transfer: String,
    delivery: String,
    exception: String,
    hold: String,
    token: String,
}

async fn made(shop: &Shop, owner: &str, path: &str, body: &Value) -> Value {
    let reply = shop.post(path).cookie(owner).json(body).send().await;
    assert!(matches!(reply.status, 200 | 201), "{path}: {reply:?}");
    reply.json()
}

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap_or_else(|| panic!("{of}")).to_owned()
}

/// A pickup at a store: the order, and its fulfillment order there.
async fn pickup(shop: &Shop, owner: &str, (number, store): (&str, &str)) -> (String, String) {
    let body = json!({
        "channel": "web", "external_id": number, "lane": "pickup", "pickup_at": store,
        "lines": [{ "sku": "MUG", "quantity": 1 }],
    });
    let order = made(shop, owner, "/v1/orders", &body).await;
    let task = order["fulfillments"].as_array().unwrap().iter().find(|task| task["location"] == store);
    (id(&order), id(task.unwrap_or_else(|| panic!("{order}"))))
}

async fn things(shop: &Shop, owner: &str) -> Things {
    stocked(shop, owner).await;
    let cells =
        json!({ "location_id": "hill", "name": "hill", "type": "store", "zip": "97401", "lanes": "ship" });
    made(shop, owner, "/v1/locations", &json!({ "cells": cells })).await;
    shop.wait(1_000);
    let rows = json!([{ "sku": "MUG", "location": "pier", "units": 9 }, { "sku": "TEE", "location": "pier", "units": 9 }]);
    made(shop, owner, "/v1/stock/feeds", &json!({ "source": "till", "rows": rows })).await;
    let (order, task) = pickup(shop, owner, ("1", "pier")).await;
    let (_, own_task) = pickup(shop, owner, ("2", "mall")).await;
    let (_, rejected) = pickup(shop, owner, ("3", "pier")).await;
    let reject = format!("/v1/fulfillments/{rejected}/reject");
    made(shop, owner, &reject, &json!({ "reason": "not_found" })).await;
    let open = shop.get("/v1/exceptions").cookie(owner).expect(200).await.json();
    let of_pier = open["items"].as_array().unwrap().iter().find(|row| row["location"] == "pier");
    let count = json!({ "location": "pier", "kind": "cycle", "reason": "monthly", "skus": ["TEE"] });
    let lines = json!([{ "sku": "TEE", "units": 1 }]);
    let transfer = json!({ "from": "pier", "to": "hill", "lines": lines });
    let delivery = json!({ "supplier": "pottery", "to": "pier", "lines": lines });
    let cart = json!({
        "cart": "c", "pool": "all", "expires_at": shop.now_ms() + 60_000,
        "lines": [{ "sku": "TEE", "units": 1, "location": "pier" }],
    });
    let token =
        json!({ "name": "pier's till", "role": "associate", "scopes": ["me"], "locations": ["pier"] });
    Things {
        order,
        task,
        own_task,
        count: id(&made(shop, owner, "/v1/counts", &count).await),
        transfer: id(&made(shop, owner, "/v1/transfers", &transfer).await),
        delivery: id(&made(shop, owner, "/v1/deliveries", &delivery).await),
        exception: id(of_pier.unwrap_or_else(|| panic!("{open}"))),
        hold: id(&made(shop, owner, "/v1/holds", &cart).await),
        token: id(&made(shop, owner, "/v1/tokens", &token).await["token"]),
    }
}

/// One thing that somebody of `mall` tries: the route, what stands for its braces or follows it, the body.
type Try = (&'static str, String, Value);

fn of_orders(of: &Things) -> Vec<Try> {
    let order = || of.order.clone();
    let back = |at: &str| json!({ "line": 1, "sku": "MUG", "units": 1, "at": at });
    let new = json!({ "channel": "web", "external_id": "9", "lines": [{ "sku": "MUG", "quantity": 1 }] });
    vec![
        ("GET /v1/orders", String::new(), json!({})),
        ("GET /v1/orders/count", String::new(), json!({})),
        ("POST /v1/order-batches", String::new(), json!({ "action": "cancel", "ids": [of.order] })),
        ("GET /v1/order-batches", String::new(), json!({})),
        ("GET /v1/order-batches/{id}", "bat_1".into(), json!({})),
        ("GET /v1/order-batches/{id}/rows", "bat_1".into(), json!({})),
        ("POST /v1/order-batches/{id}/cancel", "bat_1".into(), json!({})),
        ("POST /v1/order-batches/{id}/revert", "bat_1".into(), json!({})),
        ("POST /v1/orders", String::new(), new.clone()),
        ("POST /v1/orders/bulk", String::new(), new),
        ("GET /v1/orders/{id}", order(), json!({})),
        ("PATCH /v1/orders/{id}", order(), json!({ "lines": [{ "line": 1, "quantity": 0 }] })),
        ("GET /v1/orders/{id}/decisions", order(), json!({})),
        ("GET /v1/orders/{id}/timeline", order(), json!({})),
        ("POST /v1/orders/{id}/hold", order(), json!({ "reason": "payment" })),
        ("POST /v1/orders/{id}/release", order(), json!({})),
        ("POST /v1/orders/{id}/cancel", order(), json!({})),
        ("POST /v1/orders/{id}/route", order(), json!({ "to": "mall" })),
        ("POST /v1/orders/{id}/returns", order(), back("pier")),
        // Nothing of it was ever at the mall.
        ("POST /v1/orders/{id}/returns", order(), back("mall")),
        ("POST /v1/substitutions/{id}/answer", "sub_1".into(), json!({ "accept": true })),
        ("POST /v1/rule-sets/{number}/try", "1".into(), json!({ "order_id": of.order })),
        ("POST /v1/rule-sets/try", String::new(), json!({ "content": "", "order_id": of.order })),
    ]
}

fn of_work(of: &Things) -> Vec<Try> {
    let task = || of.task.clone();
    let unit = json!({ "line": 1, "sku": "MUG", "units": 1 });
    let mut short = unit.clone();
    short["reason"] = "damaged".into();
    vec![
        ("GET /v1/fulfillments", "?location=pier".into(), json!({})),
        ("GET /v1/fulfillments/{id}", task(), json!({})),
        ("POST /v1/fulfillments/{id}/accept", task(), json!({})),
        ("POST /v1/fulfillments/{id}/reject", task(), json!({ "reason": "damaged" })),
        ("POST /v1/fulfillments/{id}/start", task(), json!({})),
        ("POST /v1/fulfillments/{id}/pick", task(), unit),
        ("POST /v1/fulfillments/{id}/short", task(), short),
        ("POST /v1/fulfillments/{id}/pack", task(), json!({})),
        ("POST /v1/fulfillments/{id}/hand-over", task(), json!({})),
        ("POST /v1/fulfillments/{id}/ready", task(), json!({})),
        ("POST /v1/fulfillments/{id}/collect", task(), json!({ "by": "A. Buyer", "known_by": "passport" })),
        ("POST /v1/fulfillments/{id}/give-up", task(), json!({})),
        ("POST /v1/fulfillments/{id}/deliver", task(), json!({})),
        ("POST /v1/fulfillments/{id}/undo", task(), json!({})),
        ("POST /v1/fulfillments/{id}/hold", task(), json!({})),
        ("POST /v1/fulfillments/{id}/release", task(), json!({})),
        ("POST /v1/fulfillments/{id}/move", task(), json!({ "to": "mall" })),
        // Their own work does not become the work of others.
        ("POST /v1/fulfillments/{id}/move", of.own_task.clone(), json!({ "to": "pier" })),
        ("POST /v1/fulfillments/{id}/labor", task(), json!({ "step": "pick", "clock": "start" })),
        ("POST /v1/manifests", String::new(), json!({ "location": "pier" })),
        ("GET /v1/today", String::new(), json!({})),
        ("GET /v1/today", "?location=pier".into(), json!({})),
        ("GET /v1/exceptions", String::new(), json!({})),
        ("GET /v1/exceptions", "?location=pier".into(), json!({})),
        ("GET /v1/exceptions/counts", "?location=pier".into(), json!({})),
        ("GET /v1/exceptions/{id}", of.exception.clone(), json!({})),
        ("POST /v1/exceptions/{id}/assign", of.exception.clone(), json!({ "owner": "owner" })),
        ("POST /v1/exceptions/{id}/snooze", of.exception.clone(), json!({ "until": 1 })),
        ("POST /v1/exceptions/{id}/note", of.exception.clone(), json!({ "text": "seen" })),
        ("POST /v1/exceptions/{id}/resolve", of.exception.clone(), json!({ "resolution": "found" })),
    ]
}

fn of_shelves(of: &Things) -> Vec<Try> {
    let row = json!({ "sku": "MUG", "location": "pier", "units": 1 });
    let sale = json!({ "source": "t:1", "sku": "MUG", "location": "pier", "units": 1 });
    let correction = json!({ "what": "adjust", "units": 1, "reason": "found" });
    let cart =
        json!({ "cart": "d", "pool": "all", "expires_at": 1, "lines": [{ "sku": "TEE", "units": 1 }] });
    let gate = json!({ "location": "pier", "class": {}, "gate": "closed", "until": 1, "reason": "flood" });
    vec![
        ("GET /v1/stock", "?location=pier".into(), json!({})),
        ("GET /v1/stock", "?sku=MUG".into(), json!({})),
        ("GET /v1/stock/{location}/{sku}", "pier/MUG".into(), json!({})),
        ("GET /v1/stock/{location}/{sku}/commitments", "pier/MUG".into(), json!({})),
        ("POST /v1/stock/{location}/{sku}/corrections", "pier/MUG".into(), correction),
        (
            "POST /v1/stock/{location}/{sku}/forced-corrections",
            "pier/MUG".into(),
            json!({ "on_hand": 1, "reason": "flood" }),
        ),
        ("POST /v1/stock/feeds", String::new(), json!({ "source": "x", "rows": [row] })),
        ("POST /v1/stock/feeds/bulk", "?source=x".into(), row),
        ("POST /v1/stock/counter-sales", String::new(), sale),
        ("GET /v1/availability/{sku}/why", "MUG/why?pool=all".into(), json!({})),
        ("POST /v1/holds", String::new(), cart),
        ("GET /v1/holds/{id}", of.hold.clone(), json!({})),
        ("DELETE /v1/holds/{id}", of.hold.clone(), json!({})),
        ("GET /v1/gates", String::new(), json!({})),
        ("GET /v1/gates/evidence", "?location=pier".into(), json!({})),
        ("POST /v1/gates/override", String::new(), gate),
        ("DELETE /v1/gates/override", "?location=pier".into(), json!({})),
        ("GET /v1/locations/{code}/suitability", "pier".into(), json!({})),
    ]
}

fn of_moves_and_counts(of: &Things) -> Vec<Try> {
    let (count, lines) = (|| of.count.clone(), json!([{ "sku": "TEE", "units": 1 }]));
    let piece = json!({ "client_id": "1", "lines": lines });
    let scans = json!({ "location": "pier", "device": "d", "scans": [{ "client_id": "1", "sku": "TEE", "units": 1 }] });
    vec![
        ("POST /v1/transfers", String::new(), json!({ "from": "pier", "to": "mall", "lines": lines })),
        ("POST /v1/transfers/{id}/send", of.transfer.clone(), json!({})),
        ("POST /v1/transfers/{id}/cancel", of.transfer.clone(), json!({})),
        (
            "POST /v1/deliveries",
            String::new(),
            json!({ "supplier": "pottery", "to": "pier", "lines": lines }),
        ),
        ("GET /v1/arrivals", "?location=pier".into(), json!({})),
        ("GET /v1/arrivals/{id}", of.delivery.clone(), json!({})),
        ("GET /v1/arrivals/{id}", of.transfer.clone(), json!({})),
        ("POST /v1/arrivals/{id}/receive", of.delivery.clone(), piece),
        ("POST /v1/arrivals/{id}/close", of.delivery.clone(), json!({ "reason": "lost" })),
        ("POST /v1/counts", String::new(), json!({ "location": "pier", "kind": "full", "reason": "x" })),
        ("GET /v1/counts", "?location=pier".into(), json!({})),
        ("GET /v1/counts/{id}", count(), json!({})),
        ("POST /v1/counts/{id}/scans", count(), scans),
        ("POST /v1/counts/{id}/assign", count(), json!({ "skus": ["TEE"], "assignee": "abe" })),
        ("POST /v1/counts/{id}/hand-in", count(), json!({})),
        ("GET /v1/counts/{id}/variances", count(), json!({})),
        ("POST /v1/counts/{id}/recount", count(), json!({ "skus": ["TEE"] })),
        ("POST /v1/counts/{id}/post", count(), json!({})),
        ("POST /v1/counts/{id}/cancel", count(), json!({})),
    ]
}

fn of_the_whole(of: &Things) -> Vec<Try> {
    let cells = |cells: Value| json!({ "cells": cells });
    vec![
        ("POST /v1/locations", String::new(), cells(json!({ "location_id": "new", "type": "store" }))),
        ("PATCH /v1/locations/{code}", "pier".into(), cells(json!({ "name": "ours" }))),
        // Also their own: where orders go is decided for all stores together.
        ("PATCH /v1/locations/{code}", "mall".into(), cells(json!({ "name": "ours" }))),
        ("POST /v1/locations/{code}/pause", "pier".into(), json!({})),
        ("POST /v1/locations/{code}/resume", "pier".into(), json!({})),
        ("POST /v1/products", String::new(), cells(json!({ "sku": "NEW" }))),
        ("PATCH /v1/products/{sku}", "MUG".into(), cells(json!({ "name": "x" }))),
        ("PATCH /v1/settings", String::new(), json!({ "files": {} })),
        ("PUT /v1/pools/{code}", "all".into(), json!({ "unproven": "open", "locations": ["mall"] })),
        ("PUT /v1/pools/{code}/buffers/{channel}", "all/buffers/web".into(), json!({ "units": 1 })),
        ("POST /v1/rule-sets", String::new(), json!({ "content": "" })),
        ("POST /v1/rule-sets/{number}/publish", "1".into(), json!({})),
        ("DELETE /v1/rule-publications/{number}", "1".into(), json!({})),
        // What it tells is of all stores.
        ("POST /v1/rule-sets/{number}/replays", "1".into(), json!({})),
        ("GET /v1/rule-replays", String::new(), json!({})),
        ("GET /v1/rule-replays/{id}", "rep_1".into(), json!({})),
        ("POST /v1/rule-replays/{id}/cancel", "rep_1".into(), json!({})),
        // A file may have rows of any store.
        ("POST /v1/imports", String::new(), json!({})),
        ("GET /v1/imports", String::new(), json!({})),
        ("GET /v1/imports/{id}", "imp_1".into(), json!({})),
        ("PATCH /v1/imports/{id}", "imp_1".into(), json!({})),
        ("POST /v1/imports/{id}/dry-run", "imp_1".into(), json!({})),
        ("POST /v1/imports/{id}/confirm", "imp_1".into(), json!({})),
        ("POST /v1/imports/{id}/cancel", "imp_1".into(), json!({})),
        ("POST /v1/imports/{id}/revert", "imp_1".into(), json!({})),
        ("GET /v1/imports/{id}/conflicts", "imp_1".into(), json!({})),
        ("GET /v1/imports/{id}/bad-rows.csv", "imp_1".into(), json!({})),
        ("GET /v1/stock.csv", String::new(), json!({})),
        ("GET /v1/stock.csv", "?location=pier".into(), json!({})),
        ("GET /v1/ledger.csv", "?location=pier".into(), json!({})),
        ("GET /v1/orders.csv", String::new(), json!({})),
        ("GET /v1/events.csv", String::new(), json!({})),
        ("GET /v1/events", String::new(), json!({})),
        ("GET /v1/events/stream", String::new(), json!({})),
        ("GET /v1/jobs", String::new(), json!({})),
        ("GET /v1/periodic-tasks", String::new(), json!({})),
        ("POST /v1/jobs/{id}/retry", "job_1".into(), json!({})),
        (
            "PUT /v1/exception-kinds/{kind}",
            "damaged".into(),
            json!({ "owner": "store", "minutes": 5, "escalation": [] }),
        ),
        ("GET /v1/backups", String::new(), json!({})),
        ("POST /v1/backups", String::new(), json!({})),
        ("GET /v1/backups/{name}/file", "baton-1".into(), json!({})),
        ("POST /v1/backups/{name}/verify", "baton-1".into(), json!({})),
        ("GET /v1/diagnostics", String::new(), json!({})),
        ("GET /v1/diagnostics/support-file", String::new(), json!({})),
        ("GET /v1/orders/{id}/shopper", of.order.clone(), json!({})),
        ("GET /v1/orders/{id}/shopper.json", of.order.clone(), json!({})),
        (
            "POST /v1/orders/{id}/shopper/erase",
            of.order.clone(),
            json!({ "reason": "shopper_asked", "confirm": "1" }),
        ),
        ("GET /v1/numbers", String::new(), json!({})),
        ("GET /v1/numbers", "?location=pier".into(), json!({})),
        ("GET /v1/numbers/orders", "?measure=split&week=2023-11-13".into(), json!({})),
        ("PUT /v1/numbers/baseline", String::new(), json!({ "before": "2023-11-13" })),
        ("POST /v1/numbers/recount", String::new(), json!({})),
        ("GET /v1/exception-kinds/{kind}/history", "damaged".into(), json!({})),
        ("DELETE /v1/tokens/{id}", of.token.clone(), json!({})),
    ]
}

fn ask(shop: &Shop, (route, fill, body): &Try) -> Ask {
    let (method, path) = route.split_once(' ').unwrap();
    let method = ["GET", "PUT", "POST", "PATCH", "DELETE"].into_iter().find(|own| *own == method).unwrap();
    let path = match (path.find('{'), path.rfind('}')) {
        (Some(from), Some(to)) => {
            let rest = &path[to + 1..];
            // What is filled in may bring the rest along, with a query behind it.
            let rest = if fill.contains(rest) { "" } else { rest };
            format!("{}{fill}{rest}", &path[..from])
        }
        _ => format!("{path}{fill}"),
    };
    shop.ask(method, &path).header("If-Match", "\"1\"").json(body)
}

/// Everything that was ever done, and what stands where.
async fn books(shop: &Shop, owner: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for path in ["/v1/events?limit=250", "/v1/stock?location=pier", "/v1/stock?location=mall", "/v1/orders"] {
        all.push(shop.get(path).cookie(owner).expect(200).await.json());
    }
    all
}

#[test]
fn nobody_of_one_store_sees_or_changes_what_is_of_another() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let things = things(&shop, &owner).await;
        let mia = shop.hired("mia@example.com", Role::Manager, Some(&["mall"])).await;
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        let tries = [of_orders, of_work, of_shelves, of_moves_and_counts, of_the_whole];
        let tries: Vec<Try> = tries.into_iter().flat_map(|of| of(&things)).collect();
        let before = books(&shop, &owner).await;
        let mut wrong = Vec::new();
        for (who, cookie) in [("manager", &mia), ("associate", &abe)] {
            for one in &tries {
                let reply = ask(&shop, one).cookie(cookie).send().await;
                if reply.status != 403 {
                    wrong.push(format!("{} {} by the {who}: {} {}", one.0, one.1, reply.status, reply.text));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(books(&shop, &owner).await, before);
        // Their own store's work is theirs: it is not the gate that refuses all.
        let accept = format!("/v1/fulfillments/{}/accept", things.own_task);
        shop.post(&accept).cookie(&abe).expect(200).await;
    });
}

#[test]
fn every_route_is_tried_or_said_to_hide_no_store() {
    let nothing = || "x".to_owned();
    let things = Things {
        order: nothing(),
        task: nothing(),
        own_task: nothing(),
        count: nothing(),
        transfer: nothing(),
        delivery: nothing(),
        exception: nothing(),
        hold: nothing(),
        token: nothing(),
    };
    let tries = [of_orders, of_work, of_shelves, of_moves_and_counts, of_the_whole];
    let tried: BTreeSet<&str> = tries.into_iter().flat_map(|of| of(&things)).map(|one| one.0).collect();
    let open: BTreeSet<&str> = NOT_OF_A_STORE.iter().copied().collect();
    let all: BTreeSet<String> =
        web::table().iter().map(|entry| format!("{} {}", entry.method, entry.path)).collect();
    let known: BTreeSet<String> = tried.union(&open).map(|&route| route.to_owned()).collect();
    assert_eq!(known, all);
    assert_eq!(tried.intersection(&open).count(), 0);
}

#[test]
fn both_ends_of_a_transfer_see_it() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let mia = shop.hired("mia@example.com", Role::Manager, Some(&["mall"])).await;
        let bea = shop.hired("bea@example.com", Role::Associate, Some(&["pier"])).await;
        let new = json!({ "from": "mall", "to": "pier", "lines": [{ "sku": "MUG", "units": 1 }] });
        let sent = shop.post("/v1/transfers").cookie(&mia).json(&new).expect(201).await;
        for end in [&mia, &bea] {
            shop.get(sent.header("location").unwrap()).cookie(end).expect(200).await;
        }
    });
}
