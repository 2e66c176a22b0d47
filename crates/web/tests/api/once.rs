//! Requests that are sent again.

use crate::place::{PASSWORD, Shop, on_both};
use flow::Refused;
use flow::people::{self, Role};
use serde_json::{Value, json};
use store::once::{self, Once};

fn ben() -> Value {
    json!({ "name": "Ben", "email": "ben@example.com", "role": "viewer" })
}

/// Changes the name of the only user; done twice it would be refused as stale.
fn rename(shop: &Shop, cookie: &str, id: &str, name: &str) -> crate::client::Ask {
    let ask = shop.ask("PATCH", &format!("/v1/users/{id}")).cookie(cookie).header("If-Match", "\"1\"");
    ask.json(&json!({ "name": name }))
}

async fn first_user(shop: &Shop) -> people::Person {
    people::users(&shop.db, "", 1).await.unwrap().remove(0)
}

#[test]
fn of_a_hundred_twins_one_has_an_effect_and_all_get_its_answer() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let id = first_user(&shop).await.id;
        let twin = || rename(&shop, &owner, &id, "Ana Lima").header("Idempotency-Key", "k1");
        let asks: Vec<_> = (0..100).map(|_| tokio::spawn(twin().send())).collect();
        for ask in asks {
            let reply = ask.await.unwrap();
            match reply.status {
                200 => assert_eq!(reply.json()["name"], "Ana Lima"),
                409 => {
                    assert_eq!(
                        (reply.code().as_str(), reply.header("retry-after")),
                        ("in_flight", Some("1"))
                    );
                }
                _ => panic!("{reply:?}"),
            }
        }
        assert_eq!(first_user(&shop).await.version, 2);
        let (one, other) = (twin().expect(200).await, twin().expect(200).await);
        assert_eq!((&one.text, one.header("etag")), (&other.text, other.header("etag")));
        assert_eq!((one.header("idempotent-replayed"), one.header("etag")), (Some("true"), Some("\"2\"")));
        assert_eq!(one.header("content-type"), Some("application/json"));
        shop.wait(23 * 3_600_000 / 2);
        let password = json!({ "password": PASSWORD });
        shop.post("/v1/session/proof").cookie(&owner).json(&password).expect(204).await;
        twin().expect(200).await;
    });
}

#[test]
fn a_key_is_of_one_request_and_of_one_sender() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let id = first_user(&shop).await.id;
        rename(&shop, &owner, &id, "One").header("Idempotency-Key", "k1").expect(200).await;
        let other = rename(&shop, &owner, &id, "Other").header("Idempotency-Key", "k1").expect(422).await;
        assert_eq!(other.code(), "key_of_another_request");
        let mia = shop.hired("mia@example.com", Role::Owner, None).await;
        rename(&shop, &mia, &id, "One").header("Idempotency-Key", "k1").expect(412).await;
        for key in ["", &"k".repeat(257)] {
            let refused = rename(&shop, &owner, &id, "One").header("Idempotency-Key", key).expect(400).await;
            assert_eq!(refused.code(), "bad_idempotency_key");
        }
        rename(&shop, &owner, &id, "One").header("Idempotency-Key", &"k".repeat(256)).expect(412).await;
    });
}

#[test]
fn a_refusal_did_nothing_so_its_key_is_free_again() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let add =
            |body: &Value| shop.post("/v1/users").cookie(&owner).json(body).header("Idempotency-Key", "k1");
        let mut wrong = ben();
        wrong["email"] = "ben".into();
        add(&wrong).expect(422).await;
        add(&ben()).expect(201).await;
    });
}

#[test]
fn an_answer_with_a_secret_is_not_kept_and_the_deed_is_not_repeated() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let add = || shop.post("/v1/users").cookie(&owner).json(&ben()).header("Idempotency-Key", "k1");
        let made = add().expect(201).await;
        let again = add().expect(409).await;
        assert_eq!(again.code(), "done_before");
        assert!(again.text.contains(made.header("location").unwrap()), "{again:?}");
        assert!(!again.text.contains(made.json()["secret"].as_str().unwrap()));
    });
}

/// A process that claimed a request and died: before the deed, or after it and before the answer.
async fn dead_process(shop: &Shop, owner: &str, is_done: bool) -> Once {
    let id = first_user(shop).await.id;
    // A live request tells what the fingerprint is.
    rename(shop, owner, &id, "Ana").header("Idempotency-Key", "k1").expect(200).await;
    let once = Once { scope: id.clone(), key: "k1".into(), claim: "dead".into() };
    let (given, at_ms) = (once.clone(), shop.now_ms());
    let replaced = shop.db.write::<(), Refused>(move |tx| {
        let (once, id) = (given.clone(), id.clone());
        Box::pin(async move {
            let earlier = once::earlier(tx, &once).await?.unwrap();
            once::forget(tx, i64::MAX).await?;
            assert!(once::claim(tx, &once, &earlier.fingerprint, at_ms).await?);
            if is_done {
                once::mark(tx, &once, &id).await?;
            }
            Ok(())
        })
    });
    replaced.await.unwrap();
    once
}

#[test]
fn what_a_dead_process_did_not_do_is_done_by_the_next_and_never_by_both() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let once = dead_process(&shop, &owner, false).await;
        let again = || rename(&shop, &owner, &once.scope, "Ana").header("Idempotency-Key", "k1");
        assert_eq!(again().expect(409).await.code(), "in_flight");
        shop.wait(60_000);
        // The name was changed by the first request of this test, so that the version tells that the deed is tried now.
        assert_eq!(again().expect(412).await.code(), "stale");
        let mark = once.clone();
        let stale = shop.db.write::<(), store::DbError>(move |tx| {
            let once = mark.clone();
            Box::pin(async move { once::mark(tx, &once, "late").await })
        });
        assert!(matches!(stale.await, Err(store::DbError::Refused(_))), "the dead process came back");
    });
}

#[test]
fn what_a_dead_process_did_is_not_done_again() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let once = dead_process(&shop, &owner, true).await;
        shop.wait(60_000);
        let again =
            rename(&shop, &owner, &once.scope, "Ana").header("Idempotency-Key", "k1").expect(409).await;
        assert_eq!(again.code(), "done_before");
        assert!(again.text.contains(&once.scope));
    });
}

#[test]
fn an_answer_that_streams_is_not_kept_so_its_route_takes_no_key() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        crate::stock::stocked(&shop, &owner).await;
        shop.wait(1_000);
        let send = || {
            let ask = shop.post("/v1/stock/feeds/bulk?source=till").cookie(&owner);
            ask.header("Content-Type", "text/csv").raw(b"sku,location,units\nMUG,mall,5\n")
        };
        let refused = send().header("Idempotency-Key", "k1").expect(400).await;
        assert_eq!(refused.code(), "key_not_taken");
        let shelf = shop.get("/v1/stock/mall/MUG").cookie(&owner).expect(200).await.json();
        assert_eq!(shelf["units"]["on_hand"], 3, "it was refused and done");
        for _ in 0..2 {
            send().expect(200).await;
        }
        // The key is free: nobody waits for a request that was never carried out.
        let id = first_user(&shop).await.id;
        rename(&shop, &owner, &id, "Ana Lima").header("Idempotency-Key", "k1").expect(200).await;
    });
}
