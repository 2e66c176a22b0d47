//! Stock over HTTP.

use crate::place::{Shop, on_both};
use flow::people::Role;
use serde_json::{Value, json};

/// Two stores and two products, known to the network, with the pool `all` of both stores.
pub(crate) async fn stocked(shop: &Shop, owner: &str) {
    for (code, zip) in [("mall", "97201"), ("pier", "97301")] {
        let cells = json!({ "cells": {
            "location_id": code, "name": code, "type": "store", "zip": zip, "lanes": "ship;pickup",
        } });
        shop.post("/v1/locations").cookie(owner).json(&cells).expect(201).await;
    }
    for sku in ["MUG", "TEE"] {
        let cells = json!({ "cells": { "sku": sku, "name": sku, "weight_g": "300", "price_usd": "12.00" } });
        shop.post("/v1/products").cookie(owner).json(&cells).expect(201).await;
    }
    let pool = json!({ "name": "all", "unproven": "open", "locations": ["mall", "pier"] });
    shop.ask("PUT", "/v1/pools/all").cookie(owner).json(&pool).expect(200).await;
    feed(shop, owner, &json!([{ "sku": "MUG", "location": "mall", "units": 3 }])).await;
}

async fn feed(shop: &Shop, owner: &str, rows: &Value) -> Value {
    // A count of a moment knows all before it.
    shop.wait(1_000);
    let body = json!({ "source": "till", "rows": rows });
    shop.post("/v1/stock/feeds").cookie(owner).json(&body).expect(200).await.json()
}

fn cart(cart: &str, units: i64, shop: &Shop) -> Value {
    let lines = json!([{ "sku": "MUG", "units": units }]);
    json!({ "cart": cart, "pool": "all", "channel": "web", "lines": lines, "expires_at": shop.now_ms() + 60_000 })
}

#[test]
fn a_cart_is_kept_or_told_what_is_left_and_a_look_says_the_same() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let made = shop.post("/v1/holds").cookie(&owner).json(&cart("a", 2, &shop)).expect(201).await;
        let path = made.header("location").unwrap().to_owned();
        assert_eq!(made.json()["units"], json!([{ "sku": "MUG", "location": "mall", "units": 2 }]));
        let look =
            shop.get("/v1/availability?sku=MUG,HAT&pool=all&channel=web").cookie(&owner).expect(200).await;
        assert_eq!(look.json(), json!([{ "sku": "MUG", "units": 1 }, { "sku": "HAT", "units": null }]));
        let refused = shop.post("/v1/holds").cookie(&owner).json(&cart("b", 2, &shop)).expect(409).await;
        assert_eq!(refused.code(), "short_stock");
        assert_eq!(refused.json()["errors"][0]["pointer"], "/lines/0/units");
        assert_eq!(refused.json()["errors"][0]["detail"], "MUG: 1 left, 2 wanted");
        let why = shop.get("/v1/availability/MUG/why?pool=all").cookie(&owner).expect(200).await.json();
        assert_eq!((&why["promised"], &why["locations"][0]["held"]), (&json!(1), &json!(2)));
        assert_eq!(why["locations"][1]["reason"], "not_stocked");
        shop.ask("DELETE", &path).cookie(&owner).expect(204).await;
        shop.ask("DELETE", &path).cookie(&owner).expect(204).await;
        assert_eq!(shop.get(&path).cookie(&owner).expect(200).await.json()["state"], "released");
    });
}

#[test]
fn a_storefront_hears_what_can_be_had_and_nothing_is_kept() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let token =
            shop.token(&owner, &json!({ "name": "web", "role": "viewer", "scopes": ["stock:read"] })).await;
        let get = |path: &str| shop.get(path).bearer(&token);
        let stores = get("/v1/pickup-stores?sku=MUG&quantity=3&postal=97201").expect(200).await.json();
        assert_eq!((stores.as_array().unwrap().len(), &stores[0]["location"]), (1, &json!("mall")));
        assert!(stores[0]["ready_at"].as_i64().unwrap() > shop.now_ms());
        let offers = get("/v1/promise?sku=MUG&quantity=3&postal=97201").expect(200).await.json();
        let lanes: Vec<&str> =
            offers.as_array().unwrap().iter().map(|offer| offer["lane"].as_str().unwrap()).collect();
        assert!(lanes.contains(&"pickup"), "{offers}");
        let none = get("/v1/promise?sku=MUG&quantity=4&postal=97201").expect(200).await.json();
        assert_eq!(none, json!([]));
        get("/v1/promise?sku=HAT&postal=97201").expect(404).await;
        get("/v1/promise?sku=MUG&quantity=0&postal=97201").expect(422).await;
        let shelf = get("/v1/stock/mall/MUG").expect(200).await.json();
        assert_eq!((&shelf["available"], &shelf["units"]["committed"]), (&json!(3), &json!(0)));
    });
}

#[test]
fn an_associate_corrects_the_shelves_of_their_own_location_and_no_others() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        let damage = json!({ "what": "damage", "units": 1, "reason": "dropped" });
        let done = shop.post("/v1/stock/mall/MUG/corrections").cookie(&abe).json(&damage).expect(200).await;
        assert_eq!((&done.json()["units"]["damaged"], &done.json()["available"]), (&json!(1), &json!(2)));
        shop.post("/v1/stock/pier/MUG/corrections").cookie(&abe).json(&damage).expect(403).await;
        shop.get("/v1/stock/pier/MUG").cookie(&abe).expect(403).await;
        shop.get("/v1/stock?location=pier").cookie(&abe).expect(403).await;
        let few = json!({ "what": "adjust", "units": -9, "reason": "gone" });
        let refused = shop.post("/v1/stock/mall/MUG/corrections").cookie(&abe).json(&few).expect(409).await;
        assert_eq!(refused.code(), "too_few_units");
        let shelf = shop.get("/v1/stock/mall/MUG").cookie(&abe).expect(200).await.json();
        let entries = shelf["ledger"]["items"].as_array().unwrap();
        assert_eq!(
            (entries[0]["movement"].as_str(), entries[0]["reason"].as_str()),
            (Some("damage"), Some("dropped"))
        );
    });
}

#[test]
fn a_forced_correction_tells_a_manager_whose_promises_it_hits() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let held = shop.post("/v1/holds").cookie(&owner).json(&cart("a", 2, &shop)).expect(201).await.json();
        let gone = json!({ "on_hand": 1, "reason": "water" });
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        let path = "/v1/stock/mall/MUG/forced-corrections";
        shop.post(path).cookie(&abe).json(&gone).expect(403).await;
        let forced = shop.post(path).cookie(&owner).json(&gone).expect(200).await.json();
        assert_eq!(forced["short"]["missing"], 1);
        assert_eq!(forced["short"]["commitments"][0]["document"], held["id"]);
    });
}

#[test]
fn a_file_of_counts_is_taken_row_by_row_and_each_row_is_told_of() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        shop.wait(1_000);
        let send = |kind: &str, body: &str| {
            let ask = shop.post("/v1/stock/feeds/bulk?source=till").cookie(&owner);
            ask.header("Content-Type", kind).raw(body.as_bytes())
        };
        let csv = "sku,location,units\nMUG,mall,5\nHAT,mall,1\nTEE,pier,2\nTEE,pier,many\n";
        let reply = send("text/csv", csv).expect(200).await;
        for told in [
            r#"{"row":2,"end":"applied","moved":2}"#,
            r#"{"row":3,"end":"unknown_sku"}"#,
            r#"{"row":4,"end":"applied","moved":2}"#,
            r#""row":5,"end":"not_read""#,
            r#"{"ends":{"applied":2,"unknown_sku":1}}"#,
        ] {
            assert!(reply.text.contains(told), "{told}: {reply:?}");
        }
        shop.wait(1_000);
        let lines = "{\"sku\":\"MUG\",\"location\":\"mall\",\"units\":4}\n\n{\"sku\":\"MUG\"}\n";
        let reply = send("application/x-ndjson", lines).expect(200).await;
        assert!(reply.text.contains(r#"{"row":1,"end":"applied","moved":-1}"#), "{reply:?}");
        assert!(reply.text.contains(r#""row":3,"end":"not_read""#), "{reply:?}");
        send("text/plain", "x").expect(415).await;
        let listed = shop.get("/v1/stock?sku=TEE").cookie(&owner).expect(200).await.json();
        assert_eq!(
            (&listed["items"][0]["location"], &listed["items"][0]["available"]),
            (&json!("pier"), &json!(2))
        );
    });
}

#[test]
fn a_sale_over_the_counter_is_counted_once() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        shop.wait(1_000);
        let sale = json!({ "source": "till-1:77", "sku": "MUG", "location": "mall", "units": 1 });
        let sell = || shop.post("/v1/stock/counter-sales").cookie(&owner).json(&sale);
        assert_eq!(sell().expect(200).await.json(), json!({ "end": "done", "moved": -1, "missing": 0 }));
        assert_eq!(sell().expect(200).await.json()["end"], "before");
    });
}

#[test]
fn a_transfer_is_on_its_way_until_it_is_received_where_it_was_sent() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let bea = shop.hired("bea@example.com", Role::Associate, Some(&["pier"])).await;
        let new = json!({ "from": "mall", "to": "pier", "lines": [{ "sku": "MUG", "units": 2 }] });
        let made = shop.post("/v1/transfers").cookie(&owner).json(&new).expect(201).await.json();
        let id = made["id"].as_str().unwrap();
        assert_eq!((made["state"].as_str(), made["from"].as_str()), (Some("draft"), Some("mall")));
        shop.post(&format!("/v1/transfers/{id}/send")).cookie(&bea).expect(403).await;
        shop.post(&format!("/v1/transfers/{id}/send")).cookie(&owner).expect(200).await;
        let coming = shop.get("/v1/arrivals?location=pier").cookie(&bea).expect(200).await.json();
        assert_eq!(coming["items"][0]["lines"][0]["outstanding"], 2);
        let piece = |client: &str, units: i64| {
            let lines = json!([{ "sku": "MUG", "units": units, "damaged": 0 }]);
            let ask = shop.post(&format!("/v1/arrivals/{id}/receive")).cookie(&bea);
            ask.json(&json!({ "client_id": client, "lines": lines }))
        };
        piece("1", 1).expect(200).await;
        assert_eq!(
            piece("1", 1).expect(200).await.json()["lines"][0]["received"],
            1,
            "sent again it is the same"
        );
        let close = |reason: &str| {
            shop.post(&format!("/v1/arrivals/{id}/close")).cookie(&bea).json(&json!({ "reason": reason }))
        };
        close("").expect(422).await;
        assert_eq!(close("lost on the way").expect(200).await.json()["state"], "closed");
        let shelf = shop.get("/v1/stock/pier/MUG").cookie(&bea).expect(200).await.json();
        assert_eq!((&shelf["units"]["on_hand"], &shelf["units"]["incoming"]), (&json!(1), &json!(0)));
        let delivery =
            json!({ "supplier": "pottery", "to": "pier", "lines": [{ "sku": "TEE", "units": 4 }] });
        let made = shop.post("/v1/deliveries").cookie(&owner).json(&delivery).expect(201).await.json();
        assert_eq!((made["state"].as_str(), made["supplier"].as_str()), (Some("sent"), Some("pottery")));
    });
}

#[test]
fn a_count_is_scanned_by_an_associate_and_posted_by_a_manager() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        let bea = shop.hired("bea@example.com", Role::Associate, Some(&["pier"])).await;
        let new = json!({ "location": "mall", "kind": "spot", "reason": "looks empty", "skus": ["MUG"] });
        let made = shop.post("/v1/counts").cookie(&abe).json(&new).expect(201).await.json();
        let path = format!("/v1/counts/{}", made["id"].as_str().unwrap());
        let post = |what: &str| shop.post(&format!("{path}/{what}"));
        let scan = |location: &str| {
            let scans = json!([{ "client_id": "s1", "sku": "MUG", "units": 2 }]);
            json!({ "location": location, "device": "phone", "scans": scans })
        };
        post("scans").cookie(&bea).json(&scan("mall")).expect(403).await;
        assert_eq!(post("scans").cookie(&abe).json(&scan("pier")).expect(409).await.code(), "other_location");
        for end in ["taken", "before"] {
            let told = post("scans").cookie(&abe).json(&scan("mall")).expect(200).await.json();
            assert_eq!(told, json!([{ "client_id": "s1", "end": end }]));
        }
        let sheet = shop.get(&path).cookie(&abe).expect(200).await.json();
        assert_eq!(
            (&sheet["lines"]["items"][0]["counted"], &sheet["lines"]["items"][0]["books"]),
            (&json!(2), &Value::Null)
        );
        post("hand-in").cookie(&abe).expect(200).await;
        post("post").cookie(&abe).json(&json!({})).expect(403).await;
        let differ = shop.get(&format!("{path}/variances")).cookie(&owner).expect(200).await.json();
        assert_eq!(differ["items"][0]["differs"], -1);
        let posted = post("post").cookie(&owner).json(&json!({})).expect(200).await.json();
        assert_eq!((&posted["posted"], &posted["variances"]), (&json!(1), &json!(1)));
        assert_eq!(
            shop.get("/v1/counts?location=mall&state=posted").cookie(&owner).expect(200).await.json()["items"]
                [0]["id"],
            made["id"]
        );
        let suited = shop.get("/v1/locations/mall/suitability").cookie(&owner).expect(200).await.json();
        assert!(
            suited["parts"][0]["reason"].as_str().unwrap().starts_with("0 of 1 counted lines"),
            "{suited}"
        );
    });
}

#[test]
fn a_gate_is_overridden_with_a_reason_until_a_date_and_a_channel_is_offered_less() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let left = async || {
            let look = shop.get("/v1/availability?sku=MUG&pool=all&channel=web").cookie(&owner);
            look.expect(200).await.json()[0]["units"].clone()
        };
        let mut said =
            json!({ "location": "mall", "class": {}, "gate": "closed", "until": shop.now_ms() + 60_000 });
        shop.post("/v1/gates/override").cookie(&owner).json(&said).expect(422).await;
        said["reason"] = "flooded".into();
        shop.post("/v1/gates/override").cookie(&owner).json(&said).expect(204).await;
        assert_eq!(left().await, 0);
        let gates = shop.get("/v1/gates").cookie(&owner).expect(200).await.json();
        let gate = &gates["items"][0];
        assert_eq!(
            (gate["gate"].as_str(), gate["overridden"]["reason"].as_str()),
            (Some("closed"), Some("flooded"))
        );
        shop.ask("DELETE", "/v1/gates/override?location=mall").cookie(&owner).expect(204).await;
        assert_eq!(left().await, 3);
        let path = "/v1/pools/all/buffers/web";
        shop.ask("PUT", path).cookie(&owner).json(&json!({ "units": 2 })).expect(200).await;
        assert_eq!(left().await, 1);
        assert_eq!(shop.get(path).cookie(&owner).expect(200).await.json()["units"], 2);
        let pools = shop.get("/v1/pools").cookie(&owner).expect(200).await.json();
        assert_eq!(pools["items"][0]["locations"], json!(["mall", "pier"]));
    });
}
