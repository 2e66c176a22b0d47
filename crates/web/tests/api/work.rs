//! What must be dealt with: policies of exceptions, and jobs that were given up.

use crate::place::{Shop, on_both};
use serde_json::{Value, json};
use store::DbError;
use store::jobs::{Claim, NewJob};

async fn events(shop: &Shop, kind: &str) -> Vec<store::events::Event> {
    let all = shop.db.read(|tx| Box::pin(async move { store::events::newest(tx, i64::MAX, 500).await }));
    let all: Result<Vec<_>, DbError> = all.await;
    all.unwrap().into_iter().filter(|event| event.kind == kind).collect()
}

#[test]
fn a_policy_is_read_changed_and_told_and_nobody_overwrites_another() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let path = "/v1/exception-kinds/late_pick";
        let first = shop.get(path).cookie(&owner).expect(200).await;
        assert_eq!(first.header("etag"), Some("\"0\""));
        let kind = first.json();
        assert_eq!(
            (&kind["owner"], &kind["minutes"], &kind["escalation"]),
            (&json!("store"), &json!(60), &json!(["manager", "owner"]))
        );
        let own = &kind["default"];
        assert_eq!((&own["owner"], &own["steps"]), (&json!("store"), &kind["steps"]));
        let wanted = json!({ "owner": "manager", "minutes": 15, "escalation": ["owner"] });
        let put = |etag: &str, body: &Value| {
            shop.ask("PUT", path).cookie(&owner).header("If-Match", etag).json(body)
        };
        let changed = put("\"0\"", &wanted).expect(200).await;
        assert_eq!((changed.header("etag"), &changed.json()["minutes"]), (Some("\"1\""), &json!(15)));
        put("\"0\"", &wanted).expect(412).await;
        let wrong =
            put("\"1\"", &json!({ "owner": "boss", "minutes": 0, "escalation": [] })).expect(422).await;
        assert_eq!(wrong.json()["errors"].as_array().unwrap().len(), 2, "{wrong:?}");
        let listed = shop.get("/v1/exception-kinds").cookie(&owner).expect(200).await.json();
        let listed = listed.as_array().unwrap().iter().find(|kind| kind["kind"] == "late_pick").unwrap();
        assert_eq!((&listed["owner"], &listed["version"]), (&json!("manager"), &json!(1)));
        let told = events(&shop, "exception_policy.changed").await;
        assert_eq!((told.len(), told[0].subject.as_str()), (1, "late_pick"));
        assert!(told[0].actor.starts_with("usr_"), "{told:?}");
        let facts: Value = serde_json::from_str(&told[0].facts).unwrap();
        let after =
            json!({ "owner": "manager", "minutes": 15, "escalation": ["owner"], "steps": kind["steps"] });
        assert_eq!((&facts["before"]["minutes"], &facts["after"]), (&json!(60), &after));
        let steps = |steps: Value| {
            let mut body = wanted.clone();
            body["steps"] = steps;
            body
        };
        let own = put("\"1\"", &steps(json!(["Call the store.", " Move it. "]))).expect(200).await.json();
        assert_eq!(own["steps"], json!(["Call the store.", "Move it."]));
        assert_eq!(own["automatic"]["code"], "route_elsewhere");
        put("\"2\"", &steps(json!(vec!["x"; 13]))).expect(422).await;
        let back = put("\"2\"", &steps(json!([]))).expect(200).await.json();
        assert_eq!(back["steps"], kind["steps"]);
        let history = shop.get(&format!("{path}/history")).cookie(&owner).expect(200).await.json();
        assert_eq!(history["items"].as_array().unwrap().len(), 3);
    });
}

/// An order that waits for its payment, and its exception.
async fn unpaid(shop: &Shop, owner: &str) -> (String, Value) {
    let body = json!({ "channel": "web", "external_id": "1", "lines": [{ "sku": "MUG", "quantity": 1 }],
        "ship_to": { "line1": "1 Main St", "city": "Portland", "region": "OR", "postal": "97209" } });
    let order = shop.post("/v1/orders").cookie(owner).json(&body).expect(201).await.json();
    let id = order["id"].as_str().unwrap().to_owned();
    let hold = format!("/v1/orders/{id}/hold");
    shop.post(&hold).cookie(owner).json(&json!({ "reason": "payment" })).expect(200).await;
    let open = shop.get("/v1/exceptions?kind=payment_hold").cookie(owner).expect(200).await.json();
    (id, open["items"][0].clone())
}

#[test]
fn an_exception_is_given_put_off_noted_and_its_fix_resolves_it() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        crate::stock::stocked(&shop, &owner).await;
        let (order, open) = unpaid(&shop, &owner).await;
        let order_name =
            &shop.get(&format!("/v1/orders/{order}")).cookie(&owner).expect(200).await.json()["name"];
        assert!(order_name.is_string() && open["order_name"] == *order_name, "{open}");
        let path = format!("/v1/exceptions/{}", open["id"].as_str().unwrap());
        let post = |step: &str, body: Value| shop.post(&format!("{path}/{step}")).cookie(&owner).json(&body);
        let given = post("assign", json!({ "owner": "manager" })).expect(200).await.json();
        assert_eq!(
            (&given["owner"], &given["due_at"], &given["version"]),
            (&json!("manager"), &open["due_at"], &json!(2))
        );
        post("assign", json!({ "owner": "boss" })).expect(422).await;
        let until = shop.now_ms() + 60_000;
        assert_eq!(post("snooze", json!({ "until": until })).expect(200).await.json()["due_at"], until);
        post("snooze", json!({ "until": shop.now_ms() })).expect(422).await;
        post("note", json!({ "text": "the bank is asked" })).expect(200).await;
        post("note", json!({ "text": " " })).expect(422).await;
        let list = async |query: &str| {
            let listed = shop.get(&format!("/v1/exceptions{query}")).cookie(&owner).expect(200).await.json();
            listed["items"].as_array().unwrap().len()
        };
        assert_eq!(
            (list("?owner=manager").await, list("?owner=store").await, list("?overdue=true").await),
            (1, 0, 0)
        );
        assert_eq!((list("?location=mall").await, list("?kind=late_pick").await), (0, 0));
        shop.get("/v1/exceptions?kind=boredom").cookie(&owner).expect(400).await;
        shop.wait(60_000);
        assert_eq!((list("?overdue=true").await, list("?state=resolved").await), (1, 0));
        let counts = shop.get("/v1/exceptions/counts").cookie(&owner).expect(200).await.json();
        let kind = json!([{ "kind": "payment_hold", "owner": "manager", "open": 1, "overdue": 1, "first_due": until }]);
        assert_eq!((&counts["open"], &counts["overdue"], &counts["kinds"]), (&json!(1), &json!(1), &kind));
        let whole = shop.get(&path).cookie(&owner).expect(200).await.json();
        let kinds: Vec<&Value> =
            whole["history"].as_array().unwrap().iter().map(|event| &event["kind"]).collect();
        assert_eq!(kinds, ["exception.opened", "exception.assigned", "exception.snoozed", "exception.noted"]);
        assert!(!whole["playbook"]["steps"].as_array().unwrap().is_empty());
        let fix = &whole["fix"];
        assert_eq!(
            (&fix["verb"], &fix["settles"], fix),
            (&json!("release"), &json!(true), &whole["actions"][0])
        );
        assert_eq!(fix["path"], format!("/v1/orders/{order}/release"));
        shop.post(fix["path"].as_str().unwrap()).cookie(&owner).json(&fix["body"]).expect(200).await;
        let after = shop.get(&path).cookie(&owner).expect(200).await.json();
        assert_eq!(
            (&after["state"], &after["fix"], &after["actions"]),
            (&json!("resolved"), &Value::Null, &json!([]))
        );
        post("snooze", json!({ "until": shop.now_ms() + 1 })).expect(409).await;
        shop.get("/v1/exceptions/exc_0").cookie(&owner).expect(404).await;
    });
}

#[test]
fn a_job_that_was_given_up_is_listed_and_tried_again_once() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        give_up_a_job(&shop).await;
        let listed = shop.get("/v1/jobs?state=dead").cookie(&owner).expect(200).await.json();
        assert_eq!(
            (&listed["items"][0]["id"], &listed["items"][0]["last_error"]),
            (&json!("job_1"), &json!("no such host"))
        );
        let retry = || shop.post("/v1/jobs/job_1/retry").cookie(&owner).json(&json!({}));
        let job = retry().expect(200).await.json();
        assert_eq!((&job["state"], &job["attempts"]), (&json!("ready"), &json!(0)));
        assert_eq!(retry().expect(409).await.code(), "not_given_up");
        let waiting = shop.get("/v1/jobs?state=ready").cookie(&owner).expect(200).await.json();
        assert_eq!(waiting["items"].as_array().unwrap().len(), 1);
        shop.get("/v1/jobs?state=tired").cookie(&owner).expect(400).await;
        let told = events(&shop, "job.retried").await;
        assert_eq!((told.len(), told[0].subject.as_str()), (1, "job_1"));
        assert!(told[0].actor.starts_with("usr_"), "{told:?}");
    });
}

/// A worker takes a job and cannot do it.
async fn give_up_a_job(shop: &Shop) {
    let done: Result<(), DbError> = shop
        .db
        .write(|tx| {
            Box::pin(async move {
                let job = NewJob {
                    id: "job_1",
                    kind: "mail",
                    subject: "ord_1",
                    payload: "{}",
                    key: None,
                    due_at_ms: 0,
                    most_attempts: 3,
                    created_at_ms: 0,
                };
                store::jobs::enqueue(tx, &job).await?;
                let claim = Claim { owner: "node", kinds: &["mail"], now_ms: 1, lease_ms: 1_000, limit: 1 };
                let taken = store::jobs::claim(tx, &claim).await?;
                let failed = store::jobs::fail(tx, taken[0].held(), "no such host", None).await?;
                assert_eq!(failed, store::jobs::Failed::Dead);
                Ok(())
            })
        })
        .await;
    done.unwrap();
}
