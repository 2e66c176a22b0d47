//! The first owner.

use crate::place::{PASSWORD, on_both};
use flow::people;
use serde_json::{Value, json};

fn set_up(secret: &str, email: &str) -> Value {
    json!({ "secret": secret, "name": "Ana", "email": email, "password": PASSWORD })
}

#[test]
fn of_a_hundred_who_set_up_at_the_same_time_one_becomes_the_owner() {
    on_both(|shop| async move {
        let secret = people::make_setup_link(&shop.db, &shop.call()).await.unwrap();
        let asks = (0..100).map(|i| {
            let body = set_up(secret.reveal(), &format!("ana{i}@example.com"));
            tokio::spawn(shop.post("/v1/setup").json(&body).send())
        });
        let mut owners = 0;
        for ask in asks.collect::<Vec<_>>() {
            let reply = ask.await.unwrap();
            assert!(matches!(reply.status, 201 | 403), "{reply:?}");
            owners += usize::from(reply.status == 201);
        }
        assert_eq!(owners, 1);
        assert_eq!(people::users(&shop.db, "", 200).await.unwrap().len(), 1);
        let again = people::make_setup_link(&shop.db, &shop.call()).await.unwrap_err();
        assert!(matches!(again, flow::Refused::Conflict { code: "set_up_before", .. }), "{again:?}");
    });
}

#[test]
fn a_stranger_does_not_become_the_owner() {
    on_both(|shop| async move {
        shop.post("/v1/setup").json(&set_up("", "eve@example.com")).expect(403).await;
        let old = people::make_setup_link(&shop.db, &shop.call()).await.unwrap();
        let new = people::make_setup_link(&shop.db, &shop.call()).await.unwrap();
        shop.post("/v1/setup").json(&set_up(old.reveal(), "eve@example.com")).expect(403).await;
        shop.wait(people::LINK_LASTS_MS);
        shop.post("/v1/setup").json(&set_up(new.reveal(), "eve@example.com")).expect(403).await;
        assert_eq!(people::users(&shop.db, "", 9).await.unwrap(), []);
    });
}

#[test]
fn what_is_not_right_is_told_and_leaves_the_link_alive() {
    on_both(|shop| async move {
        let secret = people::make_setup_link(&shop.db, &shop.call()).await.unwrap();
        for (field, value) in
            [("password", "Password1234!"), ("password", "short"), ("email", "ana"), ("name", "  ")]
        {
            let mut body = set_up(secret.reveal(), "ana@example.com");
            body[field] = value.into();
            let reply = shop.post("/v1/setup").json(&body).expect(422).await;
            assert_eq!(reply.json()["errors"][0]["pointer"], format!("/{field}"));
        }
        shop.post("/v1/setup").json(&set_up(secret.reveal(), "ana@example.com")).expect(201).await;
    });
}
