//! Imports of tables over HTTP, and the tables that go out.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::Baton;
use flow::baton::{StopSwitch, stop};
use flow::people::Role;
use flow::sheet_import;
use flow::worker::{Pace, Worker};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

fn at_work(shop: &Shop) -> StopSwitch {
    let (switch, stop) = stop();
    let now_ms = shop.now_ms();
    let baton = Baton::new(shop.db.clone(), "worker", Arc::new(move || now_ms));
    let pace = Pace { look_every: Duration::from_millis(5), ..Pace::default() };
    tokio::spawn(Worker::new(baton, pace).does(sheet_import::job_kind()).run(stop));
    switch
}

async fn taken(shop: &Shop, (owner, query): (&str, &str), bytes: &[u8]) -> Value {
    let ask = shop.post(&format!("/v1/imports{query}")).cookie(owner).header("Content-Type", "text/csv");
    ask.raw(bytes).expect(201).await.json()
}

fn path_of(import: &Value) -> String {
    format!("/v1/imports/{}", import["id"].as_str().unwrap())
}

async fn done(shop: &Shop, owner: &str, path: &str, what: &str) -> Value {
    let asked = shop.post(&format!("{path}/{what}")).cookie(owner).expect(202).await;
    assert_eq!(asked.header("location"), Some(path));
    for _ in 0..4_000 {
        let import = shop.get(path).cookie(owner).expect(200).await.json();
        if !matches!(import["state"].as_str().unwrap(), "checking" | "running" | "reverting") {
            return import;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{path} does not end");
}

async fn on_hand(shop: &Shop, owner: &str, shelf: &str) -> i64 {
    let shelf = shop.get(&format!("/v1/stock/{shelf}")).cookie(owner).expect(200).await.json();
    shelf["units"]["on_hand"].as_i64().unwrap()
}

#[test]
fn a_file_is_mapped_tried_carried_out_and_taken_back() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        shop.wait(1_000);
        let text = "\u{feff}Ware;Laden;Menge\nMUG;mall;9\nTEE;pier;4\nHAT;pier;2\nTEE;mall;1,5\n";
        let import = taken(&shop, (&owner, "?kind=stock&name=bestand.csv"), text.as_bytes()).await;
        assert_eq!(
            (&import["encoding"], &import["separator"]),
            (&json!("utf-8-bom"), &json!(";")),
            "{import}"
        );
        assert_eq!(
            (&import["layout"], &import["needs"]),
            (&json!("unknown"), &json!(["sku", "units"])),
            "{import}"
        );
        assert_eq!(
            import["columns"][0],
            json!({ "index": 0, "name": "Ware", "samples": ["MUG", "TEE", "HAT"], "field": null })
        );
        let path = path_of(&import);
        shop.post(&format!("{path}/dry-run")).cookie(&owner).expect(422).await;
        let refused = json!({ "mapping": { "0": "colour" } });
        shop.ask("PATCH", &path).cookie(&owner).json(&refused).expect(422).await;
        let plan = json!({ "mapping": { "0": "sku", "1": "location", "2": "units" } });
        let import = shop.ask("PATCH", &path).cookie(&owner).json(&plan).expect(200).await.json();
        assert_eq!((&import["needs"], &import["mapped_by"]), (&json!([]), &json!("hand")));
        let _work = at_work(&shop);
        shop.post(&format!("{path}/confirm")).cookie(&owner).expect(409).await;
        let tried = done(&shop, &owner, &path, "dry-run").await;
        let result = &tried["result"];
        assert_eq!((&tried["state"], &result["bad"]), (&json!("checked"), &json!(2)), "{tried}");
        assert_eq!((&result["new"], &result["changed"]), (&json!(1), &json!(1)), "{result}");
        let largest = json!([{ "location": "mall", "sku": "MUG", "from": 3, "to": 9 },
            { "location": "pier", "sku": "TEE", "from": 0, "to": 4 }]);
        assert_eq!(result["stock"], json!({ "units_up": 10, "units_down": 0, "largest": largest }));
        assert_eq!(
            (&result["bad_rows"][0]["row"], &result["bad_rows"][0]["column"]),
            (&json!(4), &json!("Ware"))
        );
        assert_eq!(
            (&result["bad_rows"][1]["value"], &result["bad_rows"][1]["column"]),
            (&json!("1,5"), &json!("Menge"))
        );
        assert_eq!(on_hand(&shop, &owner, "mall/MUG").await, 3);
        let import = done(&shop, &owner, &path, "confirm").await;
        assert_eq!(import["tally"], json!({ "new": 1, "changed": 1, "bad": 2 }), "{import}");
        assert_eq!(on_hand(&shop, &owner, "mall/MUG").await, 9);
        let bad = shop.get(&format!("{path}/bad-rows.csv")).cookie(&owner).expect(200).await;
        let lines: Vec<&str> = bad.text.lines().collect();
        assert_eq!((lines.len(), lines[0]), (3, "Ware;Laden;Menge;reason"), "{bad:?}");
        assert!(lines[1].starts_with("HAT;pier;2;\"Ware: there is no product with this SKU;"), "{bad:?}");
        let import = done(&shop, &owner, &path, "revert").await;
        assert_eq!(
            (&import["state"], &import["tally"]["reverted"]),
            (&json!("reverted"), &json!(2)),
            "{import}"
        );
        assert_eq!(on_hand(&shop, &owner, "mall/MUG").await, 3);
        let conflicts = shop.get(&format!("{path}/conflicts")).cookie(&owner).expect(200).await.json();
        assert_eq!(conflicts["items"], json!([]));
        let list = shop.get("/v1/imports").cookie(&owner).expect(200).await.json();
        assert_eq!(
            (&list["items"][0]["name"], &list["items"][0]["state"]),
            (&json!("bestand.csv"), &json!("reverted"))
        );
    });
}

#[test]
fn the_table_of_stock_comes_in_again_with_nothing_to_map_and_nothing_to_change() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let cells =
            json!({ "cells": { "sku": "=1+1", "name": "Odd, \"one\"", "weight_g": "1", "price_usd": "1" } });
        shop.post("/v1/products").cookie(&owner).json(&cells).expect(201).await;
        let rows = json!([{ "sku": "=1+1", "location": "pier", "units": 7 }]);
        shop.wait(1_000);
        shop.post("/v1/stock/feeds")
            .cookie(&owner)
            .json(&json!({ "source": "till", "rows": rows }))
            .expect(200)
            .await;
        let table = shop.get("/v1/stock.csv").cookie(&owner).expect(200).await;
        assert!(table.header("content-type").unwrap().starts_with("text/csv"));
        assert!(table.text.contains("'=1+1,\"Odd, \"\"one\"\"\""), "{table:?}");
        shop.wait(1_000);
        let import = taken(&shop, (&owner, ""), unchunked(&table.text).as_bytes()).await;
        assert_eq!(
            (&import["layout"], &import["needs"]),
            (&json!("shopify_inventory"), &json!([])),
            "{import}"
        );
        let _work = at_work(&shop);
        let tried = done(&shop, &owner, &path_of(&import), "dry-run").await;
        let result = &tried["result"];
        assert_eq!((&result["same"], &result["changed"]), (&json!(2), &json!(0)), "{tried}");
        assert_eq!((&result["new"], &result["bad"]), (&json!(0), &json!(0)), "{tried}");
        let ledger = shop.get("/v1/ledger.csv?sku=MUG&location=mall").cookie(&owner).expect(200).await;
        assert_eq!(unchunked(&ledger.text).lines().count(), 2, "{ledger:?}");
        let orders = shop.get("/v1/orders.csv").cookie(&owner).expect(200).await;
        assert!(unchunked(&orders.text).starts_with("id,channel,"), "{orders:?}");
    });
}

#[test]
fn a_table_is_narrowed_as_its_list_is() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        for number in ["1", "2"] {
            let order = json!({
                "channel": "web", "external_id": number, "ship_to": { "postal": "97201", "country": "US" },
                "lines": [{ "sku": "MUG", "quantity": 1 }],
            });
            shop.post("/v1/orders").cookie(&owner).json(&order).expect(201).await;
        }
        let lines = |path: &'static str| {
            let asked = shop.get(path).cookie(&owner).expect(200);
            async move { unchunked(&asked.await.text).lines().skip(1).map(str::to_owned).collect::<Vec<_>>() }
        };
        assert_eq!(lines("/v1/orders.csv").await.len(), 2);
        let one = lines("/v1/orders.csv?search=2&lane=ship").await;
        assert!(one.len() == 1 && one[0].contains(",web,2,"), "{one:?}");
        assert_eq!(lines("/v1/orders.csv?lane=pickup").await, [""; 0]);
        shop.get("/v1/orders.csv?location=nowhere").cookie(&owner).expect(400).await;
        let taken = lines("/v1/events.csv?kind=order.taken").await;
        assert!(taken.len() == 2 && taken.iter().all(|line| line.contains(",order.taken,")), "{taken:?}");
        assert!(lines("/v1/events.csv").await.len() > 2);
    });
}

/// A table goes out in chunks, each with its length in front.
fn unchunked(text: &str) -> String {
    let (mut rest, mut whole) = (text, String::new());
    while let Some((length, after)) = rest.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        whole.push_str(&after[..length]);
        rest = after[length..].trim_start_matches("\r\n");
    }
    whole
}

#[test]
fn products_are_added_and_changed_and_taken_back_where_nothing_names_them() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let text = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Price,Type\n\
                    cap,Cap,Color,Red,CAP-R,120,15.00,Hats\ncap,,Color,Blue,CAP-B,120,15.00,\n\
                    mug,Mug,,,MUG,340,12.50,Kitchen\nbad,Bad,,,BAD,heavy,1.00,\n";
        let import = taken(&shop, (&owner, ""), text.as_bytes()).await;
        assert_eq!(
            (&import["kind"], &import["layout"]),
            (&json!("products"), &json!("shopify_products")),
            "{import}"
        );
        let path = path_of(&import);
        let _work = at_work(&shop);
        let tried = done(&shop, &owner, &path, "dry-run").await;
        let result = &tried["result"];
        assert_eq!(
            (&result["new"], &result["changed"], &result["bad"]),
            (&json!(2), &json!(1), &json!(1)),
            "{tried}"
        );
        let import = done(&shop, &owner, &path, "confirm").await;
        assert_eq!(import["tally"], json!({ "new": 2, "changed": 1, "bad": 1 }), "{import}");
        let again = format!("?kind=stock&from={}", import["id"].as_str().unwrap());
        let stock = taken(&shop, (&owner, &again), b"").await;
        assert_eq!(
            (&stock["kind"], &stock["name"], &stock["needs"]),
            (&json!("stock"), &import["name"], &json!(["units"])),
            "{stock}"
        );
        let cap = shop.get("/v1/products/CAP-B").cookie(&owner).expect(200).await.json();
        assert_eq!(
            (&cap["cells"]["name"], &cap["cells"]["category"]),
            (&json!("Cap - Blue"), &json!("Hats")),
            "{cap}"
        );
        let rows = json!([{ "sku": "CAP-R", "location": "mall", "units": 2 }]);
        shop.post("/v1/stock/feeds")
            .cookie(&owner)
            .json(&json!({ "source": "till", "rows": rows }))
            .expect(200)
            .await;
        let import = done(&shop, &owner, &path, "revert").await;
        assert_eq!(import["tally"]["reverted"], 2, "{import}");
        assert_eq!(import["tally"]["conflicts"], 1, "{import}");
        shop.get("/v1/products/CAP-B").cookie(&owner).expect(404).await;
        shop.get("/v1/products/CAP-R").cookie(&owner).expect(200).await;
        let mug = shop.get("/v1/products/MUG").cookie(&owner).expect(200).await.json();
        assert_eq!(
            (&mug["cells"]["weight_g"], &mug["cells"]["price_usd"]),
            (&json!("300"), &json!("12.00")),
            "{mug}"
        );
    });
}

#[test]
fn what_is_no_table_is_refused_with_the_row_and_others_may_only_look() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let ask = || shop.post("/v1/imports?name=x.csv").cookie(&owner).header("Content-Type", "text/csv");
        let refused = ask().raw(b"sku,units\nMUG,\"3\n").expect(422).await.json();
        assert!(
            refused["errors"][0]["detail"].as_str().unwrap().starts_with("x.csv, row 2: a quote opens"),
            "{refused}"
        );
        ask().raw(b"").expect(422).await;
        let import = taken(&shop, (&owner, ""), b"sku,location,units\nMUG,mall,4.01E+12\n").await;
        let viewer = shop.hired("vic@example.com", Role::Viewer, None).await;
        shop.get(&path_of(&import)).cookie(&viewer).expect(200).await;
        shop.post(&format!("{}/dry-run", path_of(&import))).cookie(&viewer).expect(403).await;
        let token = json!({ "name": "stock", "role": "manager", "scopes": ["stock:write"] });
        let secret = shop.token(&owner, &token).await;
        let products = taken(&shop, (&owner, "?kind=products"), b"sku,name\nCAP,Cap\n").await;
        let refused = shop.post(&format!("{}/dry-run", path_of(&products))).bearer(&secret).expect(403).await;
        assert_eq!(refused.code(), "forbidden");
    });
}

#[test]
fn a_file_of_several_megabytes_comes_in_whole() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let mut text = "sku,location,units,note\n".to_owned();
        for row in 0..40_000 {
            text.push_str(&format!("SKU-{row},mall,1,{:0>60}\n", row));
        }
        assert!(text.len() > 2 << 20);
        let import = taken(&shop, (&owner, "?name=large.csv"), text.as_bytes()).await;
        assert_eq!(import["total"], 40_000, "{import}");
    });
}
