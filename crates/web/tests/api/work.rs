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
        assert_eq!((&facts["before"]["minutes"], &facts["after"]), (&json!(60), &wanted));
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
