//! The first page: every word counts what it says, at the place where it is.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::Baton;
use flow::people::Role;
use serde_json::{Value, json};
use std::sync::Arc;

const DAY_MS: i64 = 86_400_000;

async fn today(shop: &Shop, cookie: &str, query: &str) -> Value {
    shop.get(&format!("/v1/today{query}")).cookie(cookie).expect(200).await.json()
}

/// How many of each there are: those that are not none.
fn counts(of: &Value) -> Value {
    let some = of.as_object().unwrap().iter().filter(|(_, counted)| counted["count"] != json!(0));
    some.map(|(word, counted)| (word.clone(), counted["count"].clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// An order, and its fulfillment orders.
async fn order(shop: &Shop, owner: &str, (number, units): (&str, i64)) -> (String, Vec<String>) {
    let body = json!({ "channel": "web", "external_id": number, "lines": [{ "sku": "MUG", "quantity": units }],
        "ship_to": { "line1": "1 Main St", "city": "Portland", "region": "OR", "postal": "97209" } });
    let order = shop.post("/v1/orders").cookie(owner).json(&body).expect(201).await.json();
    let tasks = order["fulfillments"].as_array().unwrap().iter();
    (order["id"].as_str().unwrap().into(), tasks.map(|task| task["id"].as_str().unwrap().into()).collect())
}

async fn step(shop: &Shop, owner: &str, (task, step): (&str, &str), body: Value) {
    let path = format!("/v1/fulfillments/{task}/{step}");
    shop.post(&path).cookie(owner).json(&body).expect(200).await;
}

fn baton(shop: &Arc<Shop>) -> Baton {
    let clock = Arc::clone(shop);
    Baton::new(shop.db.clone(), "nod_tests", Arc::new(move || clock.now_ms()))
}

#[test]
fn work_is_counted_at_its_step_and_its_place() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        assert_eq!(counts(&today(&shop, &owner, "").await["counts"]), json!({}));
        let (_, tasks) = order(&shop, &owner, ("1", 2)).await;
        let task = tasks[0].as_str();
        let first = today(&shop, &owner, "").await;
        assert_eq!(counts(&first["counts"]), json!({ "to_pick": 1 }));
        assert!(first["counts"]["to_pick"]["oldest"].as_i64().unwrap() > shop.now_ms());
        step(&shop, &owner, (task, "start"), json!({})).await;
        step(&shop, &owner, (task, "pick"), json!({ "line": 1, "sku": "MUG", "units": 1 })).await;
        assert_eq!(counts(&today(&shop, &owner, "").await["counts"]), json!({ "to_pick": 1 }));
        step(&shop, &owner, (task, "pick"), json!({ "line": 1, "sku": "MUG", "units": 1 })).await;
        let whole = today(&shop, &owner, "").await["counts"].clone();
        assert_eq!((counts(&whole), &whole["to_pick"]["oldest"]), (json!({ "to_pack": 1 }), &Value::Null));
        step(&shop, &owner, (task, "pack"), json!({})).await;
        let told = today(&shop, &owner, "").await;
        assert_eq!(counts(&told["counts"]), json!({ "to_hand_over": 1 }));
        let codes: Vec<&Value> =
            told["locations"].as_array().unwrap().iter().map(|place| &place["code"]).collect();
        assert_eq!(codes, ["mall", "pier"]);
        assert_eq!(counts(&told["locations"][0]["work"]), json!({ "to_hand_over": 1 }));
        assert_eq!(counts(&told["locations"][1]["work"]), json!({}));
        assert_eq!(counts(&today(&shop, &owner, "?location=pier").await["counts"]), json!({}));
        step(&shop, &owner, (task, "hold"), json!({ "reason": "box torn" })).await;
        assert_eq!(counts(&today(&shop, &owner, "").await["counts"]), json!({}));
    });
}

#[test]
fn work_stays_late_when_its_deadline_is_moved_on_and_told() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let (_, tasks) = order(&shop, &owner, ("1", 1)).await;
        step(&shop, &owner, (&tasks[0], "accept"), json!({})).await;
        assert_eq!(counts(&today(&shop, &owner, "").await["counts"]), json!({ "to_pick": 1 }));
        shop.wait(30 * DAY_MS);
        let owner = shop.signed_in("ana@example.com").await;
        assert_eq!(counts(&today(&shop, &owner, "").await["counts"]), json!({ "to_pick": 1, "late": 1 }));
        flow::fulfillment::pass_deadlines(&baton(&shop), shop.now_ms()).await.unwrap();
        let told = today(&shop, &owner, "?location=mall").await;
        assert_eq!(counts(&told["counts"]), json!({ "to_pick": 1, "late": 1, "needs_attention": 1 }));
        assert_eq!(told["exceptions"][0]["kind"], "late_pick");
        step(&shop, &owner, (&tasks[0], "start"), json!({})).await;
        step(&shop, &owner, (&tasks[0], "pack"), json!({})).await;
        step(&shop, &owner, (&tasks[0], "hand-over"), json!({})).await;
        assert_eq!(counts(&today(&shop, &owner, "").await["counts"]), json!({}));
    });
}

#[test]
fn orders_that_wait_and_channels_and_feeds_are_told() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let (held, _) = order(&shop, &owner, ("1", 1)).await;
        shop.post(&format!("/v1/orders/{held}/hold"))
            .cookie(&owner)
            .json(&json!({ "reason": "payment" }))
            .expect(200)
            .await;
        order(&shop, &owner, ("2", 5)).await;
        let told = today(&shop, &owner, "").await;
        let (counts, words) =
            (counts(&told["counts"]), ["to_decide", "held", "backordered", "needs_attention"]);
        assert_eq!(words.map(|word| counts[word].clone()), [1, 1, 1, 1].map(Value::from), "{counts}");
        assert_eq!(told["counts"]["to_decide"]["oldest"], json!(shop.now_ms()));
        assert_eq!(
            told["channels"],
            json!([{ "channel": "web", "last_order_at": shop.now_ms(), "today": 2 }])
        );
        let feed = &told["feeds"][0];
        assert_eq!(
            (&feed["location"], &feed["source"], &feed["is_stale"]),
            (&json!("mall"), &json!("till"), &Value::Null)
        );
        let limit = json!({ "files": { "settings.toml": "feed_max_age_minutes = 60\n" } });
        let version =
            shop.get("/v1/settings").cookie(&owner).expect(200).await.header("etag").unwrap().to_owned();
        shop.ask("PATCH", "/v1/settings")
            .cookie(&owner)
            .header("If-Match", &version)
            .json(&limit)
            .expect(200)
            .await;
        assert_eq!(today(&shop, &owner, "").await["feeds"][0]["is_stale"], json!(false));
        shop.wait(DAY_MS / 12);
        let told = today(&shop, &owner, "").await;
        assert_eq!(
            (&told["feeds"][0]["is_stale"], &told["feeds"][0]["age_ms"]),
            (&json!(true), &json!(DAY_MS / 12))
        );
        let bea = shop.hired("bea@example.com", Role::Associate, Some(&["pier"])).await;
        let told = today(&shop, &bea, "?location=pier").await;
        assert_eq!((&told["feeds"], told["locations"].as_array().unwrap().len()), (&json!([]), 1));
        shop.get("/v1/today?location=nowhere").cookie(&owner).expect(404).await;
    });
}
