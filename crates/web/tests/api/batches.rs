//! Batches of orders over HTTP: asked for, done once to each order, taken over, cancelled, taken back, refused.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::baton::{StopSwitch, stop};
use flow::people::Role;
use flow::worker::{Pace, Worker};
use flow::{Baton, order_batch};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use store::DbError;
use store::jobs::Claim;

/// So many orders of one mug each; their ids, the oldest first.
async fn orders(shop: &Shop, owner: &str, many: usize) -> Vec<String> {
    stocked(shop, owner).await;
    shop.wait(1_000);
    let rows = json!({ "source": "till", "rows": [{ "sku": "MUG", "location": "mall", "units": 500 }] });
    shop.post("/v1/stock/feeds").cookie(owner).json(&rows).expect(200).await;
    let mut ids = Vec::new();
    for number in 0..many {
        shop.wait(1_000);
        let order = json!({ "channel": "web", "external_id": format!("{number}"), "name": format!("#{number}"),
            "ship_to": { "postal": "97201", "country": "US" }, "lines": [{ "sku": "MUG", "quantity": 1 }] });
        let made = shop.post("/v1/orders").cookie(owner).json(&order).expect(201).await.json();
        ids.push(made["id"].as_str().unwrap().to_owned());
    }
    ids
}

fn at_work(shop: &Shop) -> StopSwitch {
    let (switch, stop) = stop();
    let now_ms = shop.now_ms();
    let baton = Baton::new(shop.db.clone(), "worker", Arc::new(move || now_ms));
    let pace = Pace { look_every: Duration::from_millis(5), ..Pace::default() };
    tokio::spawn(Worker::new(baton, pace).does(order_batch::job_kind()).run(stop));
    switch
}

async fn over(shop: &Shop, (owner, path): (&str, &str)) -> Value {
    for _ in 0..2_000 {
        let batch = shop.get(path).cookie(owner).expect(200).await.json();
        if !matches!(batch["state"].as_str().unwrap(), "waiting" | "running") {
            return batch;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("{path} does not end");
}

async fn asked(shop: &Shop, owner: &str, body: Value) -> String {
    let reply = shop.post("/v1/order-batches").cookie(owner).json(&body).expect(202).await;
    reply.header("location").unwrap().to_owned()
}

async fn holds(shop: &Shop, owner: &str, ids: &[String]) -> Vec<String> {
    let mut holds = Vec::new();
    for id in ids {
        let order = shop.get(&format!("/v1/orders/{id}")).cookie(owner).expect(200).await.json();
        holds.push(order["hold"].as_str().unwrap().to_owned());
    }
    holds
}

#[test]
fn a_batch_goes_on_past_what_is_refused_and_is_taken_back_order_by_order() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let ids = orders(&shop, &owner, 4).await;
        shop.post(&format!("/v1/orders/{}/hold", ids[1]))
            .cookie(&owner)
            .json(&json!({ "reason": "vip" }))
            .expect(200)
            .await;
        let named = json!([ids[0], ids[1], ids[2], ids[0], "ord_none"]);
        let path = asked(&shop, &owner, json!({ "action": "hold", "reason": "payment", "ids": named })).await;
        let waiting = shop.get(&path).cookie(&owner).expect(200).await.json();
        assert_eq!(
            (&waiting["state"], &waiting["total"], &waiting["where"]),
            (&json!("waiting"), &json!(4), &Value::Null)
        );
        let _work = at_work(&shop);
        let done = over(&shop, (&owner, &path)).await;
        assert_eq!(
            (&done["state"], &done["done"], &done["failed"]),
            (&json!("done"), &json!(2), &json!(2)),
            "{done}"
        );
        assert_eq!(holds(&shop, &owner, &ids).await, ["payment", "vip", "payment", ""]);
        let failed = shop.get(&format!("{path}/rows?outcome=failed")).cookie(&owner).expect(200).await.json();
        let of = |row: &Value| (row["number"].clone(), row["name"].clone(), row["reason"].clone());
        assert_eq!(
            of(&failed["items"][0]),
            (json!(2), json!("#1"), json!("the order is held already (vip); lift that hold first"))
        );
        assert_eq!(of(&failed["items"][1]), (json!(4), Value::Null, json!("there is no order ord_none")));
        let first = shop.get(&format!("{path}/rows?limit=3")).cookie(&owner).expect(200).await.json();
        assert_eq!(first["items"][0]["outcome"], "done");
        assert!(first["next"].is_string(), "{first}");

        // Somebody has another reason by now: that hold stays.
        shop.post(&format!("/v1/orders/{}/release", ids[2])).cookie(&owner).expect(200).await;
        shop.post(&format!("/v1/orders/{}/hold", ids[2]))
            .cookie(&owner)
            .json(&json!({ "reason": "address" }))
            .expect(200)
            .await;
        let back = shop.post(&format!("{path}/revert")).cookie(&owner).json(&json!({})).expect(202).await;
        let back = back.header("location").unwrap().to_owned();
        let taken = over(&shop, (&owner, &back)).await;
        assert_eq!(
            (&taken["action"], &taken["done"], &taken["failed"]),
            (&json!("release"), &json!(1), &json!(1))
        );
        assert_eq!(taken["reverts"], done["id"]);
        assert_eq!(holds(&shop, &owner, &ids).await, ["", "vip", "address", ""]);
        let twice = shop.post(&format!("{path}/revert")).cookie(&owner).json(&json!({})).expect(409).await;
        assert_eq!(twice.code(), "reverted_before");

        // What was released is held again, each as it was.
        let all = json!({ "action": "release", "where": { "state": "held" } });
        let path = asked(&shop, &owner, all).await;
        assert_eq!(over(&shop, (&owner, &path)).await["done"], 2);
        assert_eq!(holds(&shop, &owner, &ids).await, ["", "", "", ""]);
        let back = shop.post(&format!("{path}/revert")).cookie(&owner).json(&json!({})).expect(202).await;
        over(&shop, (&owner, back.header("location").unwrap())).await;
        assert_eq!(holds(&shop, &owner, &ids).await, ["", "vip", "address", ""]);
        let list = shop.get("/v1/order-batches?limit=2").cookie(&owner).expect(200).await.json();
        assert_eq!(list["items"][0]["action"], "hold");
        assert_eq!(list["items"][1]["reverted_by"], list["items"][0]["id"]);
    });
}

#[test]
fn what_is_done_is_told_as_done_by_whoever_asked() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let ids = orders(&shop, &owner, 3).await;
        let me = shop.get("/v1/me").cookie(&owner).expect(200).await.json();
        let path = asked(
            &shop,
            &owner,
            json!({ "action": "cancel", "reason": "twice", "where": { "channel": "web" } }),
        )
        .await;
        let _work = at_work(&shop);
        let done = over(&shop, (&owner, &path)).await;
        assert_eq!((&done["done"], &done["where"]), (&json!(3), &json!({ "channel": "web" })));
        let told = events(&shop, "order.cancelled").await;
        assert_eq!(told.len(), 3);
        assert!(told.iter().all(|event| me["id"] == event.actor.as_str() && event.via == "job"), "{told:?}");
        assert!(told.iter().all(|event| event.facts.contains("twice")), "{told:?}");
        assert!(ids.iter().all(|id| told.iter().any(|event| event.subject == *id)));
        assert_eq!(events(&shop, "order_batch.asked").await.len(), 1);
        assert_eq!(events(&shop, "order_batch.done").await.len(), 1);
        let back = shop.post(&format!("{path}/revert")).cookie(&owner).json(&json!({})).expect(409).await;
        assert_eq!(back.code(), "not_reversible");
    });
}

async fn events(shop: &Shop, kind: &str) -> Vec<store::events::Event> {
    let all = shop.db.read(|tx| Box::pin(async move { store::events::newest(tx, i64::MAX, 500).await }));
    let all: Result<Vec<_>, DbError> = all.await;
    all.unwrap().into_iter().filter(|event| event.kind == kind).collect()
}

/// Another node takes the job, begins it, does some, and is never heard of again.
async fn begun_elsewhere(shop: &Shop, batch: &str) {
    let (batch, now_ms) = (batch.to_owned(), shop.now_ms());
    let begun: Result<(), DbError> = shop
        .db
        .write(move |tx| {
            let batch = batch.clone();
            Box::pin(async move {
                let claim = Claim { owner: "gone", kinds: &["order_batch"], now_ms, lease_ms: -1, limit: 1 };
                let job = store::jobs::claim(tx, &claim).await?.remove(0);
                assert!(store::order_batches::begin(tx, (&batch, job.fence), now_ms).await?);
                Ok(())
            })
        })
        .await;
    begun.unwrap();
}

#[test]
fn a_batch_that_is_taken_over_does_each_order_once_and_the_earlier_holder_nothing_more() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        orders(&shop, &owner, 6).await;
        let path =
            asked(&shop, &owner, json!({ "action": "hold", "reason": "gift", "where": { "state": "open" } }))
                .await;
        let id = path.rsplit('/').next().unwrap().to_owned();
        begun_elsewhere(&shop, &id).await;
        shop.wait(60_000);
        let _work = at_work(&shop);
        let done = over(&shop, (&owner, &path)).await;
        assert_eq!((&done["done"], &done["failed"]), (&json!(6), &json!(0)), "{done}");
        assert_eq!(events(&shop, "order.held").await.len(), 6);
        // The fence of the one that is gone counts for nothing.
        let counted: Result<bool, DbError> = shop
            .db
            .write(move |tx| {
                let id = id.clone();
                Box::pin(async move {
                    store::order_batches::count(tx, (&id, 1), order_batch::Outcome::Done).await
                })
            })
            .await;
        assert_eq!(counted, Ok(false));
    });
}

#[test]
fn a_batch_that_is_cancelled_before_its_turn_does_nothing() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let ids = orders(&shop, &owner, 2).await;
        let path = asked(&shop, &owner, json!({ "action": "hold", "reason": "gift", "ids": ids })).await;
        let cancel = || shop.post(&format!("{path}/cancel")).cookie(&owner).json(&json!({}));
        assert_eq!(cancel().expect(200).await.json()["state"], "cancelled");
        assert_eq!(cancel().expect(409).await.code(), "batch_over");
        let back = shop.post(&format!("{path}/revert")).cookie(&owner).json(&json!({})).expect(409).await;
        assert_eq!(back.code(), "nothing_to_revert");
        let _work = at_work(&shop);
        let next = asked(&shop, &owner, json!({ "action": "route", "ids": ids })).await;
        assert_eq!(over(&shop, (&owner, &next)).await["done"], 2);
        assert_eq!(holds(&shop, &owner, &ids).await, ["", ""]);
        let rows = shop.get(&format!("{path}/rows?outcome=waiting")).cookie(&owner).expect(200).await.json();
        assert_eq!(rows["items"].as_array().unwrap().len(), 2);
    });
}

#[test]
fn what_means_no_order_or_every_order_is_refused() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let ids = orders(&shop, &owner, 1).await;
        for (body, at) in [
            (json!({ "action": "burn", "ids": ids }), "/action"),
            (json!({ "action": "hold", "ids": ids }), "/reason"),
            (json!({ "action": "hold", "reason": "contended", "ids": ids }), "/reason"),
            (json!({ "action": "cancel" }), "/ids"),
            (json!({ "action": "cancel", "ids": [] }), "/ids"),
            (json!({ "action": "cancel", "ids": ids, "where": { "state": "open" } }), "/ids"),
            (json!({ "action": "cancel", "where": {} }), "/where"),
            (json!({ "action": "cancel", "where": { "state": "held" } }), "/where"),
            (json!({ "action": "cancel", "where": { "state": "lost" } }), "/where/state"),
            (json!({ "action": "cancel", "where": { "stat": "open" } }), "/where/stat"),
            (json!({ "action": "cancel", "where": { "location": "moon" } }), "/where/location"),
        ] {
            let refused = shop.post("/v1/order-batches").cookie(&owner).json(&body).expect(422).await;
            assert_eq!(refused.json()["errors"][0]["pointer"], at, "{body}: {refused:?}");
        }
        let viewer = shop.hired("vic@example.com", Role::Viewer, None).await;
        let body = json!({ "action": "cancel", "ids": ids });
        shop.post("/v1/order-batches").cookie(&viewer).json(&body).expect(403).await;
        for _ in 0..order_batch::MOST_WAITING {
            asked(&shop, &owner, body.clone()).await;
        }
        let refused = shop.post("/v1/order-batches").cookie(&owner).json(&body).expect(409).await;
        assert_eq!(refused.code(), "too_many_waiting");
        shop.get("/v1/order-batches/bat_1/rows").cookie(&viewer).expect(404).await;
    });
}
