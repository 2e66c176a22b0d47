//! Lists of inventory: what people look through before they open one thing of it.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::people::Role;
use serde_json::{Value, json};

async fn skus(shop: &Shop, cookie: &str, query: &str) -> Vec<String> {
    let path = format!("/v1/stock/products?{query}");
    let listed = shop.get(&path).cookie(cookie).expect(200).await.json();
    let items = listed["items"].as_array().unwrap();
    items.iter().map(|item| item["sku"].as_str().unwrap().to_owned()).collect()
}

/// `MUG`: 3 at the mall, nothing of it at the pier; `TEE` nowhere; and `RED-CAP`, which sells fast and has a code.
async fn with_a_cap(shop: &Shop, owner: &str) {
    stocked(shop, owner).await;
    let cells = json!({ "cells": { "sku": "RED-CAP", "name": "Red cap", "weight_g": "80", "price_usd": "20.00",
        "category": "Hats", "velocity": "a", "gtin": "4006381333931" } });
    shop.post("/v1/products").cookie(owner).json(&cells).expect(201).await;
    let found = json!({ "what": "adjust", "units": 2, "reason": "found" });
    shop.post("/v1/stock/pier/RED-CAP/corrections").cookie(owner).json(&found).expect(200).await;
}

#[test]
fn products_are_found_by_words_code_class_and_by_how_many_are_left() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        with_a_cap(&shop, &owner).await;
        for (query, expected) in [
            ("", vec!["MUG", "RED-CAP", "TEE"]),
            ("search=cap%20RED", vec!["RED-CAP"]),
            ("search=4006381333931", vec!["RED-CAP"]),
            ("search=hat", vec![]),
            ("category=Hats&velocity=A", vec!["RED-CAP"]),
            ("velocity=B", vec![]),
            ("like=stocked", vec!["MUG", "RED-CAP"]),
            ("like=low", vec!["RED-CAP"]),
            ("location=mall", vec!["MUG"]),
            ("sku=TEE", vec!["TEE"]),
        ] {
            assert_eq!(skus(&shop, &owner, query).await, expected, "{query}");
        }
        let safe = json!({ "what": "safety_stock", "units": 3, "reason": "busy" });
        shop.post("/v1/stock/mall/MUG/corrections").cookie(&owner).json(&safe).expect(200).await;
        assert_eq!(skus(&shop, &owner, "like=none").await, ["MUG"]);
        let safe = json!({ "what": "safety_stock", "units": 4, "reason": "busy" });
        shop.post("/v1/stock/mall/MUG/corrections").cookie(&owner).json(&safe).expect(200).await;
        assert_eq!(skus(&shop, &owner, "like=negative").await, ["MUG"]);
        assert_eq!(skus(&shop, &owner, "like=negative&location=pier").await, Vec::<String>::new());
        shop.get("/v1/stock/products?like=many").cookie(&owner).expect(400).await;
    });
}

#[test]
fn a_page_of_products_has_their_shelves_and_promises_and_goes_on_after_its_last_sku() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        with_a_cap(&shop, &owner).await;
        let first = shop.get("/v1/stock/products?pool=all&limit=2").cookie(&owner).expect(200).await.json();
        let mug = &first["items"][0];
        assert_eq!((&mug["promised"], &mug["shelves"][0]["location"]), (&json!(3), &json!("mall")));
        assert_eq!((&mug["shelves"][0]["units"]["on_hand"], &mug["shelves"][1]), (&json!(3), &Value::Null));
        let next = first["next"].as_str().unwrap();
        let path = format!("/v1/stock/products?pool=all&limit=2&cursor={next}");
        let second = shop.get(&path).cookie(&owner).expect(200).await.json();
        assert_eq!((&second["items"][0]["sku"], &second["next"]), (&json!("TEE"), &Value::Null));
        assert_eq!(second["items"][0]["promised"], 0);
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        let seen = shop.get("/v1/stock/products?sku=RED-CAP").cookie(&abe).expect(200).await.json();
        assert_eq!(seen["items"][0]["shelves"], json!([]), "the pier is not within reach");
        shop.get("/v1/stock/products?location=pier").cookie(&abe).expect(403).await;
    });
}

#[test]
fn who_counts_on_units_of_a_shelf_is_told() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let path = "/v1/stock/mall/MUG/commitments";
        assert_eq!(shop.get(path).cookie(&owner).expect(200).await.json(), json!([]));
        let lines = json!([{ "sku": "MUG", "units": 2 }]);
        let cart = json!({ "cart": "a", "pool": "all", "channel": "web", "lines": lines,
            "expires_at": shop.now_ms() + 60_000 });
        let hold = shop.post("/v1/holds").cookie(&owner).json(&cart).expect(201).await.json();
        let told = shop.get(path).cookie(&owner).expect(200).await.json();
        assert_eq!((&told[0]["document"], &told[0]["units"]), (&hold["id"], &json!(2)));
        assert_eq!(told[0]["order"], Value::Null);
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["pier"])).await;
        shop.get(path).cookie(&abe).expect(403).await;
    });
}

#[test]
fn transfers_are_listed_by_state_at_both_of_their_ends_the_newest_first() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        let mut made = Vec::new();
        for units in [1, 2] {
            shop.wait(1_000);
            let new = json!({ "from": "mall", "to": "pier", "lines": [{ "sku": "MUG", "units": units }] });
            let transfer = shop.post("/v1/transfers").cookie(&owner).json(&new).expect(201).await.json();
            made.insert(0, transfer["id"].clone());
        }
        let drafts = |query: &str| shop.get(&format!("/v1/arrivals?kind=transfer&state=draft{query}"));
        for query in ["", "&location=pier", "&location=mall"] {
            let listed = drafts(query).cookie(&owner).expect(200).await.json();
            let ids: Vec<&Value> = listed["items"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
            assert_eq!(ids, made.iter().collect::<Vec<_>>(), "{query}");
        }
        let first = drafts("&limit=1").cookie(&owner).expect(200).await.json();
        let next = format!("&limit=1&cursor={}", first["next"].as_str().unwrap());
        assert_eq!(drafts(&next).cookie(&owner).expect(200).await.json()["items"][0]["id"], made[1]);
        drafts("").cookie(&abe).expect(403).await;
        drafts("&location=mall").cookie(&abe).expect(200).await;
        shop.get("/v1/arrivals").cookie(&owner).expect(400).await;
        let none = shop.get("/v1/arrivals?kind=delivery").cookie(&owner).expect(200).await.json();
        assert_eq!(none["items"], json!([]));
    });
}

#[test]
fn a_class_is_counted_and_its_progress_and_the_value_of_its_differences_are_told() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        with_a_cap(&shop, &owner).await;
        let new =
            |class: Value| json!({ "location": "pier", "kind": "cycle", "reason": "weekly", "class": class });
        let none = new(json!({ "category": "Boots" }));
        shop.post("/v1/counts").cookie(&owner).json(&none).expect(422).await;
        let hats = new(json!({ "category": "Hats", "velocity": "A" }));
        let made = shop.post("/v1/counts").cookie(&owner).json(&hats).expect(201).await.json();
        let path = format!("/v1/counts/{}", made["id"].as_str().unwrap());
        let listed = shop.get("/v1/counts").cookie(&owner).expect(200).await.json();
        assert_eq!(listed["items"][0]["progress"], json!({ "lines": 1, "counted": 0 }));
        let scans = json!([{ "client_id": "s1", "sku": "RED-CAP", "units": 1 }]);
        let body = json!({ "location": "pier", "device": "desk", "scans": scans });
        shop.post(&format!("{path}/scans")).cookie(&owner).json(&body).expect(200).await;
        let sheet = shop.get(&path).cookie(&owner).expect(200).await.json();
        assert_eq!(sheet["progress"], json!({ "lines": 1, "counted": 1 }));
        shop.post(&format!("{path}/hand-in")).cookie(&owner).expect(200).await;
        let differ = shop.get(&format!("{path}/variances")).cookie(&owner).expect(200).await.json();
        assert_eq!(differ["items"][0]["differs"], -1);
        assert!(differ["items"][0]["value_minor"].as_i64().unwrap() <= 0, "{differ}");
        shop.post(&format!("{path}/post")).cookie(&owner).json(&json!({})).expect(200).await;
        let query = "location=pier&category=Hats&velocity=A";
        let lines = shop.get(&format!("/v1/gates/evidence?{query}")).cookie(&owner).expect(200).await.json();
        assert_eq!(lines["items"][0]["counted"], 1, "a class of the setup is one of the gates");
    });
}

#[test]
fn gates_of_one_location_are_for_those_who_reach_it_and_buffers_of_a_pool_are_listed() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        let gate = json!({ "location": "mall", "class": {}, "gate": "closed", "reason": "moving",
            "until": shop.now_ms() + 60_000 });
        shop.post("/v1/gates/override").cookie(&owner).json(&gate).expect(204).await;
        let gates = |query: &str| shop.get(&format!("/v1/gates{query}")).cookie(&abe);
        let here = gates("?location=mall").expect(200).await.json();
        assert_eq!(here["items"][0]["gate"], "closed");
        gates("?location=pier").expect(403).await;
        gates("").expect(403).await;
        for (channel, buffer) in [("web", json!({ "units": 2 })), ("app", json!({ "percent": 10 }))] {
            let path = format!("/v1/pools/all/buffers/{channel}");
            shop.ask("PUT", &path).cookie(&owner).json(&buffer).expect(200).await;
        }
        let buffers = shop.get("/v1/pools/all/buffers").cookie(&owner).expect(200).await.json();
        let app = json!({ "channel": "app", "units": null, "percent": 10 });
        assert_eq!((&buffers["items"][0], &buffers["items"][1]["units"]), (&app, &json!(2)));
    });
}
