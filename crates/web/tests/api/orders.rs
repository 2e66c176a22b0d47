//! Orders in lists, and codes in paths.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use serde_json::{Value, json};

/// Orders of these names, a second apart; their ids.
async fn place(shop: &Shop, owner: &str, names: &[&str]) -> Vec<String> {
    let mut ids = Vec::new();
    for (n, name) in names.iter().enumerate() {
        shop.wait(1_000);
        let body = json!({
            "channel": "web", "external_id": format!("{n}"), "name": name, "lane": "pickup", "pickup_at": "mall",
            "lines": [{ "sku": "MUG", "quantity": 1 }],
        });
        let made = shop.post("/v1/orders").cookie(owner).json(&body).expect(201).await.json();
        ids.push(made["id"].as_str().unwrap().to_owned());
    }
    ids
}

/// All pages of a list, each of one row.
async fn walked(shop: &Shop, owner: &str, query: &str) -> Vec<String> {
    let (mut path, mut seen) = (format!("/v1/orders?limit=1&{query}"), Vec::new());
    loop {
        let page = shop.get(&path).cookie(owner).expect(200).await;
        let json = page.json();
        let rows: Vec<&Value> = json["items"].as_array().unwrap().iter().collect();
        assert!(rows.len() <= 1, "{json}");
        seen.extend(rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        let Some(link) = page.header("link") else { return seen };
        path = link.split_once('>').unwrap().0.trim_start_matches('<').to_owned();
        assert!(seen.len() < 20, "the list has no end: {seen:?}");
    }
}

#[test]
fn orders_of_a_name_come_page_by_page_and_in_the_state_that_is_asked_for() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let ids = place(&shop, &owner, &["#7", "#8", "#7", "#7"]).await;
        let newest_first = |which: &[usize]| which.iter().map(|i| ids[*i].clone()).collect::<Vec<_>>();
        assert_eq!(walked(&shop, &owner, "name=%237").await, newest_first(&[3, 2, 0]));
        let cancel = format!("/v1/orders/{}/cancel", ids[2]);
        shop.post(&cancel).cookie(&owner).json(&json!({ "reason": "twice" })).expect(200).await;
        assert_eq!(walked(&shop, &owner, "name=%237&state=cancelled").await, newest_first(&[2]));
        assert_eq!(walked(&shop, &owner, "name=%237&state=open").await, newest_first(&[3, 0]));
        assert_eq!(walked(&shop, &owner, "state=open").await, newest_first(&[3, 1, 0]));
        let refused = shop.get("/v1/orders?state=lost").cookie(&owner).expect(400).await;
        assert_eq!(refused.code(), "bad_query");
    });
}

#[test]
fn the_location_of_something_new_leads_to_it_whatever_its_code_is() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        for sku in ["Tee / blau 100%", "Würfel?#1"] {
            let cells = json!({ "cells": { "sku": sku, "name": "x", "weight_g": "10", "price_usd": "1" } });
            let made = shop.post("/v1/products").cookie(&owner).json(&cells).expect(201).await;
            let place = made.header("location").unwrap();
            assert!(place.bytes().all(|byte| byte.is_ascii_graphic()), "{place}");
            let found = shop.get(place).cookie(&owner).expect(200).await;
            assert_eq!(
                (&found.json()["cells"]["sku"], found.header("etag")),
                (&json!(sku), made.header("etag"))
            );
        }
    });
}

#[test]
fn if_match_is_an_etag_and_one_that_was_given() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let change = |etag: &str| {
            let ask = shop.ask("PATCH", "/v1/products/MUG").cookie(&owner).header("If-Match", etag);
            ask.json(&json!({ "cells": { "weight_g": "301" } }))
        };
        assert_eq!(change("").expect(428).await.code(), "if_match_missing");
        assert_eq!(change("1").expect(400).await.code(), "bad_if_match");
        for stale in ["\"0\"", "\"other\"", "\"99999999999999999999\""] {
            assert_eq!(change(stale).expect(412).await.code(), "stale", "{stale}");
        }
        change("\"1\"").expect(200).await;
    });
}
