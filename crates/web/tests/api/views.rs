//! Views that people keep, and the one search over everything.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::people::Role;
use serde_json::{Value, json};

async fn kept(shop: &Shop, who: &str, body: &Value, status: u16) -> Value {
    shop.post("/v1/views").cookie(who).json(body).expect(status).await.json()
}

async fn names(shop: &Shop, who: &str, query: &str) -> Vec<String> {
    let all = shop.get(&format!("/v1/views{query}")).cookie(who).expect(200).await.json();
    all.as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn everybody_keeps_views_and_managers_share_them() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        shop.open_store("mall").await;
        let viewer = shop.hired("vic@example.com", Role::Viewer, None).await;
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        let late = json!({ "page": "orders", "name": " Late ", "query": "?work=late" });
        let own = kept(&shop, &viewer, &late, 201).await;
        assert_eq!(
            (&own["name"], &own["query"], &own["is_shared"]),
            (&json!("Late"), &json!("work=late"), &json!(false))
        );
        let shared = json!({ "page": "inventory", "name": "Low", "query": "low=1", "is_shared": true });
        kept(&shop, &viewer, &shared, 403).await;
        let shared = kept(&shop, &owner, &shared, 201).await;
        assert_eq!(names(&shop, &viewer, "").await, ["Late", "Low"]);
        assert_eq!(names(&shop, &viewer, "?page=orders").await, ["Late"]);
        assert_eq!(names(&shop, &abe, "").await, ["Low"]);
        shop.get("/v1/views?page=moon").cookie(&abe).expect(400).await;

        let path = |view: &Value| format!("/v1/views/{}", view["id"].as_str().unwrap());
        let change =
            |who: &str, view: &Value, body: Value| shop.ask("PATCH", &path(view)).cookie(who).json(&body);
        change(&viewer, &own, json!({ "name": "Later" })).expect(200).await;
        change(&viewer, &own, json!({ "is_shared": true })).expect(403).await;
        change(&viewer, &shared, json!({ "name": "Mine" })).expect(403).await;
        // What others keep for themselves is not there.
        change(&owner, &own, json!({ "name": "Seen" })).expect(404).await;
        shop.ask("DELETE", &path(&own)).cookie(&abe).expect(404).await;
        shop.ask("DELETE", &path(&shared)).cookie(&abe).expect(403).await;
        change(&owner, &shared, json!({ "is_shared": false })).expect(200).await;
        assert_eq!(names(&shop, &viewer, "").await, ["Later"]);
        shop.ask("DELETE", &path(&own)).cookie(&viewer).expect(204).await;
        assert_eq!(names(&shop, &viewer, "").await, Vec::<String>::new());
    });
}

#[test]
fn views_have_limits_and_what_is_none_is_refused_where_it_stands() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        for (body, at) in [
            (json!({ "page": "moon", "name": "x", "query": "" }), "/page"),
            (json!({ "page": "orders", "name": " ", "query": "" }), "/name"),
            (json!({ "page": "orders", "name": "x".repeat(81), "query": "" }), "/name"),
            (json!({ "page": "orders", "name": "x", "query": "y".repeat(2_001) }), "/query"),
        ] {
            let refused = kept(&shop, &owner, &body, 422).await;
            assert_eq!(refused["errors"][0]["pointer"], at, "{refused}");
        }
        let view = json!({ "page": "orders", "name": "x", "query": "" });
        for _ in 0..flow::views::MOST_OWN {
            kept(&shop, &owner, &view, 201).await;
        }
        assert_eq!(kept(&shop, &owner, &view, 409).await["code"], "too_many_views");
    });
}

async fn found(shop: &Shop, who: &str, text: &str) -> Vec<(String, String)> {
    let hits = shop.get(&format!("/v1/search?q={text}")).cookie(who).expect(200).await.json();
    let of =
        |hit: &Value| (hit["kind"].as_str().unwrap().to_owned(), hit["title"].as_str().unwrap().to_owned());
    hits.as_array().unwrap().iter().map(of).collect()
}

#[test]
fn one_search_finds_orders_products_places_and_exceptions_for_those_who_may_read_them() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        assert_eq!(found(&shop, &owner, "mug").await, []);
        stocked(&shop, &owner).await;
        let cells = json!({ "cells": { "sku": "MALLET", "name": "Große Säge", "gtin": "4006381333931" } });
        shop.post("/v1/products").cookie(&owner).json(&cells).expect(201).await;
        for (id, name) in [("1", "Mallory"), ("2", "Zoë Ng")] {
            let order = json!({ "channel": "web", "external_id": id, "name": format!("#{id}00"),
                "customer": { "name": name }, "lane": "pickup", "pickup_at": "mall",
                "lines": [{ "sku": "MUG", "quantity": 1 }] });
            shop.post("/v1/orders").cookie(&owner).json(&order).expect(201).await;
        }
        let orders = shop.get("/v1/orders?search=zoe").cookie(&owner).expect(200).await.json();
        let hold = format!("/v1/orders/{}/hold", orders["items"][0]["id"].as_str().unwrap());
        shop.post(&hold).cookie(&owner).json(&json!({ "reason": "payment" })).expect(200).await;
        let pair = |kind: &str, title: &str| (kind.to_owned(), title.to_owned());
        assert_eq!(
            found(&shop, &owner, "mall").await,
            [pair("order", "#100"), pair("product", "Große Säge"), pair("location", "mall")]
        );
        assert_eq!(
            found(&shop, &owner, "zoe").await,
            [pair("order", "#200"), pair("exception", "payment_hold")]
        );
        assert_eq!(found(&shop, &owner, "4006381333931").await, [pair("product", "Große Säge")]);
        assert_eq!(found(&shop, &owner, "saege").await, []);
        assert_eq!(found(&shop, &owner, "sag%20gro").await, [pair("product", "Große Säge")]);
        assert_eq!(found(&shop, &owner, "payment").await, [pair("exception", "payment_hold")]);
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        assert_eq!(
            found(&shop, &abe, "mall").await,
            [pair("product", "Große Säge"), pair("location", "mall")]
        );
        assert_eq!(found(&shop, &abe, "payment").await, []);
        shop.get(&format!("/v1/search?q={}", "x".repeat(300))).cookie(&owner).expect(400).await;
    });
}
