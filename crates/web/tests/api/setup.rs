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

#[test]
fn a_setting_tells_its_default_its_value_and_who_changed_it_last() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let described = async || shop.get("/v1/settings/described").cookie(&owner).expect(200).await.json();
        let setting = |all: &Value, key: &str| {
            let groups = all["groups"].as_array().unwrap().iter();
            let mut settings = groups.flat_map(|group| group["settings"].as_array().unwrap());
            settings.find(|setting| setting["key"] == key).unwrap().clone()
        };
        let first = setting(&described().await, "box_fill");
        assert_eq!(
            (&first["default"], &first["value"], &first["changed"]),
            (&json!("0.8"), &json!(null), &json!(null))
        );
        shop.wait(5_000);
        let cells =
            json!({ "cells": { "location_id": "mall", "name": "mall", "type": "store", "zip": "97201" } });
        shop.post("/v1/locations").cookie(&owner).json(&cells).expect(201).await;
        let files = json!({ "files": { "settings.toml": "box_fill = 0.7\npromise_days = 5\n" } });
        let version = described().await["version"].to_string();
        let patch =
            shop.ask("PATCH", "/v1/settings").cookie(&owner).header("If-Match", &format!("\"{version}\""));
        patch.json(&files).expect(200).await;
        let all = described().await;
        let (fill, days) = (setting(&all, "box_fill"), setting(&all, "promise_days"));
        assert_eq!((&fill["value"], &fill["is_changed"]), (&json!("0.7"), &json!(true)));
        assert_eq!(
            (&fill["changed"]["name"], &fill["changed"]["at"]),
            (&json!("Ana"), &json!(shop.now_ms()))
        );
        assert_eq!(
            (&days["value"], &days["is_changed"], &days["changed"]["name"]),
            (&json!("5"), &json!(false), &json!("Ana"))
        );
        assert_eq!(setting(&all, "promise_days_next_day")["changed"], json!(null));
    });
}
