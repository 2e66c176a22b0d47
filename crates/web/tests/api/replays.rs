//! Replays of rule sets over HTTP: asked for, followed, read, cancelled, refused.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::baton::{StopSwitch, stop};
use flow::people::Role;
use flow::worker::{Pace, Worker};
use flow::{Baton, rule_replay};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

const RULES: &str = "Rules\nPrefer stores, worth $1 a parcel.";
const DAY_MS: i64 = 86_400_000;

/// Two stores, two versions of the rules, and some orders.
async fn history(shop: &Shop, owner: &str) {
    stocked(shop, owner).await;
    for content in [RULES, "Rules\nOnly from \"pier\"."] {
        shop.post("/v1/rule-sets").cookie(owner).json(&json!({ "content": content })).expect(201).await;
    }
    for number in 0..3 {
        shop.wait(60_000);
        let order = json!({ "channel": "web", "external_id": format!("{number}"), "name": format!("#{number}"),
            "ship_to": { "postal": "97201", "country": "US" }, "lines": [{ "sku": "MUG", "quantity": 1 }] });
        shop.post("/v1/orders").cookie(owner).json(&order).expect(201).await;
    }
    shop.wait(60_000);
}

fn at_work(shop: &Shop) -> StopSwitch {
    let (switch, stop) = stop();
    let now_ms = shop.now_ms();
    let baton = Baton::new(shop.db.clone(), "worker", Arc::new(move || now_ms));
    let pace = Pace { look_every: Duration::from_millis(5), ..Pace::default() };
    tokio::spawn(Worker::new(baton, pace).does(rule_replay::job_kind()).run(stop));
    switch
}

async fn over(shop: &Shop, (owner, path): (&str, &str)) -> Value {
    for _ in 0..2_000 {
        let replay = shop.get(path).cookie(owner).expect(200).await.json();
        if !matches!(replay["state"].as_str().unwrap(), "waiting" | "running") {
            return replay;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{path} does not end");
}

#[test]
fn a_version_is_replayed_over_the_orders_of_a_period() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        history(&shop, &owner).await;
        let ask = json!({ "against": 1, "worth": true });
        let asked = shop.post("/v1/rule-sets/2/replays").cookie(&owner).json(&ask).expect(202).await;
        let replay = asked.json();
        assert_eq!((&replay["state"], &replay["rule_set"]), (&json!("waiting"), &json!(2)));
        assert_eq!(replay["to"].as_i64().unwrap() - replay["from"].as_i64().unwrap(), 90 * DAY_MS);
        let path = asked.header("location").unwrap().to_owned();
        assert!(shop.get(&path).cookie(&owner).expect(200).await.json()["result"].is_null());
        let _work = at_work(&shop);
        let done = over(&shop, (&owner, &path)).await;
        assert_eq!((&done["state"], &done["failure"]), (&json!("done"), &Value::Null), "{done}");
        assert_eq!((&done["done"], &done["total"]), (&json!(6), &json!(6)));
        let result = &done["result"];
        assert_eq!((&result["orders"], &result["currency"]), (&json!(3), &json!("USD")));
        let [base, tried] = [0, 1].map(|at| result["variants"][at].clone());
        // All mugs are at the mall.
        assert_eq!((&base["units_filled"], &tried["units_filled"]), (&json!(3), &json!(0)));
        assert!(base["total_cost_minor"].as_i64().unwrap() > 0, "{base}");
        assert!(base["costs_minor"]["postage"].as_i64().unwrap() > 0, "{base}");
        let comparison = &result["comparisons"][0];
        assert_eq!(comparison["moved_orders"], 3);
        assert!(
            comparison["saved_total_minor"].is_i64() && comparison["sentence"].is_string(),
            "{comparison}"
        );
        let moved = &comparison["top_moved"][0];
        assert_eq!(
            (&moved["channel"], &moved["from"], &moved["to"]),
            (&json!("web"), &json!(["mall"]), &json!([]))
        );
        assert!(moved["name"].as_str().unwrap().starts_with('#'), "{moved}");
        assert!(moved["from_cost_minor"].as_i64().unwrap() > 0, "{moved}");
        assert_eq!(result["rule_worth"][0]["rule"], "rule 1");
        assert!(result["assumptions"].as_array().unwrap().len() > 3, "{result}");
        let list = shop.get("/v1/rule-replays").cookie(&owner).expect(200).await.json();
        assert_eq!(list["items"][0]["id"], done["id"]);
        assert!(list["items"][0].get("result").is_none(), "a list is short");
        let late = shop.post(&format!("{path}/cancel")).cookie(&owner).json(&json!({})).expect(409).await;
        assert_eq!(late.code(), "replay_over");
    });
}

#[test]
fn what_cannot_be_replayed_is_refused() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        history(&shop, &owner).await;
        let now = shop.now_ms();
        let ask = async |path: &str, body: Value, status: u16| {
            shop.post(path).cookie(&owner).json(&body).expect(status).await
        };
        let replays = "/v1/rule-sets/1/replays";
        ask("/v1/rule-sets/9/replays", json!({}), 404).await;
        for (body, at) in [
            (json!({ "against": 9 }), "/against"),
            (json!({ "from": now, "to": now }), "/from"),
            (json!({ "from": now, "to": now - 1 }), "/from"),
            (json!({ "from": now + 1 }), "/from"),
            (json!({ "from": now - 400 * DAY_MS - 1 }), "/from"),
            (json!({ "from": -1 }), "/from"),
            (json!({ "to": 0 }), "/to"),
            (json!({ "days": 90 }), "/days"),
            (json!({ "worth": "yes" }), "/worth"),
        ] {
            let refused = ask(replays, body.clone(), 422).await;
            assert_eq!(refused.json()["errors"][0]["pointer"], at, "{body}: {refused:?}");
        }
        for _ in 0..rule_replay::MOST_WAITING {
            ask(replays, json!({}), 202).await;
        }
        assert_eq!(ask(replays, json!({}), 409).await.code(), "too_many_waiting");
        let page = shop.get("/v1/rule-replays?limit=15").cookie(&owner).expect(200).await.json();
        let rest = format!("/v1/rule-replays?cursor={}", page["next"].as_str().unwrap());
        let rest = shop.get(&rest).cookie(&owner).expect(200).await.json();
        assert_eq!(rest["items"].as_array().unwrap().len(), 5);
        let first = format!("/v1/rule-replays/{}/cancel", page["items"][0]["id"].as_str().unwrap());
        assert_eq!(ask(&first, json!({}), 200).await.json()["state"], "cancelled");
        ask(replays, json!({}), 202).await;
        shop.get("/v1/rule-replays/rep_1").cookie(&owner).expect(404).await;
        ask("/v1/rule-replays/rep_1/cancel", json!({}), 404).await;
    });
}

#[test]
fn whoever_reads_rules_reads_replays_and_managers_ask_for_them() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        history(&shop, &owner).await;
        let viewer = shop.hired("vic@example.com", Role::Viewer, None).await;
        let manager = shop.hired("mia@example.com", Role::Manager, None).await;
        let path = "/v1/rule-sets/1/replays";
        shop.post(path).cookie(&viewer).json(&json!({})).expect(403).await;
        let asked = shop.post(path).cookie(&manager).json(&json!({})).expect(202).await;
        shop.get(asked.header("location").unwrap()).cookie(&viewer).expect(200).await;
        // The same request with the same key is one replay.
        let keyed = || shop.post(path).cookie(&manager).header("Idempotency-Key", "once").json(&json!({}));
        let (first, second) = (keyed().expect(202).await.json(), keyed().expect(202).await.json());
        assert_eq!(first["id"], second["id"]);
        let list = shop.get("/v1/rule-replays").cookie(&viewer).expect(200).await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 2);
    });
}
