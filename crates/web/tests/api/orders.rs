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

/// What a bulk request was answered, line by line.
async fn taken(shop: &Shop, owner: &str, (kind, body): (&str, &str)) -> Vec<Value> {
    let ask = shop.post("/v1/orders/bulk").cookie(owner).header("content-type", kind).raw(body.as_bytes());
    let told = ask.expect(200).await.text;
    told.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn many_orders_come_as_lines_or_as_csv_and_each_is_taken_once_or_refused_by_itself() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let order = |id: &str, sku: &str| {
            json!({ "channel": "web", "external_id": id, "lane": "pickup", "pickup_at": "mall",
                "lines": [{ "sku": sku, "quantity": 1 }] })
        };
        let lines = format!("{}\n\n{}\nnonsense\n", order("1", "MUG"), order("2", "NONE"));
        let told = taken(&shop, &owner, ("application/x-ndjson", &lines)).await;
        let (first, second, third) = (&told[0], &told[1], &told[2]);
        assert_eq!((&first["line"], &first["status"]), (&json!(1), &json!(201)));
        assert_eq!((&second["line"], &second["status"]), (&json!(3), &json!(422)));
        assert_eq!(second["errors"][0]["pointer"], "/lines/0/sku");
        assert_eq!((&third["line"], &third["status"]), (&json!(4), &json!(400)));

        let csv = "channel,external_id,lane,pickup_at,sku,quantity\nweb,1,pickup,mall,MUG,1\n\
            web,3,pickup,mall,MUG,1\nweb,3,,,MUG,2\nweb,4,pickup,mall,MUG,two\nweb,5,pickup,mall,MUG,1\nweb,5,ship,,MUG,1\n";
        let told = taken(&shop, &owner, ("text/csv", csv)).await;
        let of = |row: &Value| (row["line"].as_u64().unwrap(), row["status"].as_u64().unwrap());
        assert_eq!(told.iter().map(of).collect::<Vec<_>>(), [(2, 200), (3, 201), (5, 422), (6, 422)]);
        assert_eq!(told[0]["id"], first["id"]);
        assert_eq!(told[2]["errors"][0]["pointer"], "/lines/0/quantity");
        let path = format!("/v1/orders/{}", told[1]["id"].as_str().unwrap());
        let made = shop.get(&path).cookie(&owner).expect(200).await.json();
        assert_eq!(made["lines"].as_array().unwrap().len(), 2);

        let refused = |kind: &'static str, body: &'static str| {
            shop.post("/v1/orders/bulk").cookie(&owner).header("content-type", kind).raw(body.as_bytes())
        };
        assert_eq!(refused("text/csv", "channel,colour\n").expect(422).await.code(), "unknown_column");
        assert_eq!(refused("text/plain", "{}").expect(415).await.code(), "media_type");
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
