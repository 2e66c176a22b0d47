//! Users and tokens.

use crate::place::on_both;
use flow::people::Role;
use serde_json::json;

#[test]
fn a_user_is_changed_by_whoever_has_seen_the_last_version() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let body = json!({ "name": "Ben", "email": "ben@example.com", "role": "viewer" });
        let made = shop.post("/v1/users").cookie(&owner).json(&body).expect(201).await;
        let (path, first) = (made.header("location").unwrap(), made.header("etag").unwrap());
        let change = |etag: Option<&str>, name: &str| {
            let ask = shop.ask("PATCH", path).cookie(&owner).json(&json!({ "name": name }));
            match etag {
                Some(etag) => ask.header("If-Match", etag),
                None => ask,
            }
        };
        assert_eq!(change(None, "Bo").expect(428).await.code(), "if_match_missing");
        let second = change(Some(first), "Bo").expect(200).await;
        assert_eq!(change(Some(first), "Bob").expect(412).await.code(), "stale");
        change(Some("\"nonsense\""), "Bob").expect(412).await;
        let etag = second.header("etag").unwrap();
        let shown = shop.get(path).cookie(&owner).expect(200).await;
        assert_eq!((shown.header("etag"), &shown.json()["name"]), (Some(etag), &json!("Bo")));
        let unchanged = shop.get(path).cookie(&owner).header("If-None-Match", etag).expect(304).await;
        assert_eq!(unchanged.text, "");
        shop.get(path).cookie(&owner).header("If-None-Match", first).expect(200).await;
    });
}

#[test]
fn two_who_change_at_the_same_time_do_not_both_win() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let body = json!({ "name": "Ben", "email": "ben@example.com", "role": "viewer" });
        let made = shop.post("/v1/users").cookie(&owner).json(&body).expect(201).await;
        let (path, etag) = (made.header("location").unwrap(), made.header("etag").unwrap());
        let asks = (0..16).map(|i| {
            let ask = shop.ask("PATCH", path).cookie(&owner).header("If-Match", etag);
            tokio::spawn(ask.json(&json!({ "name": format!("Ben {i}") })).send())
        });
        let mut won = 0;
        for ask in asks.collect::<Vec<_>>() {
            let status = ask.await.unwrap().status;
            assert!(matches!(status, 200 | 412), "{status}");
            won += usize::from(status == 200);
        }
        assert_eq!(won, 1);
    });
}

#[test]
fn an_email_belongs_to_one_user() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let body = json!({ "name": "Other", "email": "Ana@Example.com", "role": "viewer" });
        assert_eq!(shop.post("/v1/users").cookie(&owner).json(&body).expect(409).await.code(), "email_taken");
    });
}

#[test]
fn nobody_gives_more_than_they_have() {
    on_both(|shop| async move {
        shop.open_store("mall").await;
        shop.open_store("harbor").await;
        let owner = shop.owner().await;
        let manager = shop.hired("mia@example.com", Role::Manager, Some(&["mall"])).await;
        let add = |role: &str, n: i64| json!({ "name": "New", "email": format!("new{n}@example.com"), "role": role });
        shop.post("/v1/users").cookie(&manager).json(&add("owner", 1)).expect(403).await;
        shop.post("/v1/users").cookie(&manager).json(&add("manager", 1)).expect(403).await;
        let token = |role: &str, locations: &[&str]| json!({ "name": "shop", "role": role, "scopes": ["orders:read"], "locations": locations });
        let make = |body| shop.post("/v1/tokens").cookie(&manager).json(&body);
        make(token("owner", &["mall"])).expect(403).await;
        make(token("manager", &["harbor"])).expect(422).await;
        make(json!({ "name": "shop", "role": "manager", "scopes": ["orders:read"] })).expect(422).await;
        make(token("manager", &["mall"])).expect(201).await;
        let users = shop.get("/v1/users").cookie(&owner).expect(200).await.json();
        let ana =
            users["items"].as_array().unwrap().iter().find(|user| user["role"] == "owner").unwrap().clone();
        let path = format!("/v1/users/{}", ana["id"].as_str().unwrap());
        let change = shop.ask("PATCH", &path).cookie(&manager).header("If-Match", "\"1\"");
        change.json(&json!({ "is_disabled": true })).expect(403).await;
        shop.post(&format!("{path}/link")).cookie(&manager).expect(403).await;
    });
}

#[test]
fn a_manager_of_some_stores_adds_nobody_beyond_them() {
    on_both(|shop| async move {
        shop.open_store("mall").await;
        shop.open_store("harbor").await;
        shop.owner().await;
        let manager = shop.hired("mia@example.com", Role::Manager, Some(&["mall"])).await;
        let add = |locations| {
            let body = json!({ "name": "New", "email": "new@example.com", "role": "associate", "locations": locations });
            shop.post("/v1/users").cookie(&manager).json(&body)
        };
        assert_eq!(add(json!(["harbor"])).expect(422).await.json()["errors"][0]["pointer"], "/locations");
        add(json!(null)).expect(422).await;
        let made = add(json!(["mall"])).expect(201).await;
        let change = shop.ask("PATCH", made.header("location").unwrap()).cookie(&manager);
        let wider = json!({ "locations": ["mall", "harbor"] });
        change.header("If-Match", made.header("etag").unwrap()).json(&wider).expect(422).await;
    });
}

#[test]
fn the_last_owner_stays_also_when_two_leave_at_the_same_time() {
    on_both(|shop| async move {
        let ana = shop.owner().await;
        let bo = shop.hired("bo@example.com", Role::Owner, None).await;
        let users = shop.get("/v1/users").cookie(&ana).expect(200).await.json();
        let leave = |i: usize| {
            let user = &users["items"][i];
            let ask = shop.ask("PATCH", &format!("/v1/users/{}", user["id"].as_str().unwrap()));
            let ask = ask.header("If-Match", &format!("\"{}\"", user["version"]));
            ask.cookie(if user["name"] == "Ana" { &bo } else { &ana }).json(&json!({ "role": "viewer" }))
        };
        let (one, other) = tokio::join!(leave(0).send(), leave(1).send());
        let mut ends = [one.status, other.status];
        ends.sort_unstable();
        assert_eq!(ends[0], 200, "{one:?} {other:?}");
        assert!(matches!(ends[1], 403 | 409), "{one:?} {other:?}");
        let left = flow::people::users(&shop.db, "", 9).await.unwrap();
        assert_eq!(left.iter().filter(|user| user.role == Role::Owner).count(), 1);
    });
}

#[test]
fn a_token_does_what_it_was_made_for_until_it_is_revoked_or_ends() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let ends = shop.now_ms() + 60_000;
        let body = json!({ "name": "shop", "role": "manager", "scopes": ["people:read", "people:write"], "expires_at": ends });
        let secret = shop.token(&owner, &body).await;
        shop.get("/v1/users").bearer(&secret).expect(200).await;
        shop.get("/v1/events").bearer(&secret).expect(403).await;
        shop.post("/v1/tokens").bearer(&secret).json(&body).expect(403).await;
        let tokens = shop.get("/v1/tokens").cookie(&owner).expect(200).await;
        assert!(!tokens.text.contains(&secret));
        assert_eq!(tokens.json()["items"][0]["used_at"], shop.now_ms());
        shop.wait(60_000);
        shop.get("/v1/users").bearer(&secret).expect(401).await;
        let body = json!({ "name": "shop", "role": "manager", "scopes": ["people:read"] });
        let made = shop.post("/v1/tokens").cookie(&owner).json(&body).expect(201).await.json();
        let secret = made["secret"].as_str().unwrap();
        shop.get("/v1/users").bearer(secret).expect(200).await;
        let path = format!("/v1/tokens/{}", made["token"]["id"].as_str().unwrap());
        shop.ask("DELETE", &path).cookie(&owner).expect(204).await;
        shop.ask("DELETE", &path).cookie(&owner).expect(204).await;
        shop.get("/v1/users").bearer(secret).expect(401).await;
    });
}

#[test]
fn every_change_of_people_is_in_the_log_and_no_secret_is() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let body = json!({ "name": "Ben", "email": "ben@example.com", "role": "viewer" });
        let invited = shop.post("/v1/users").cookie(&owner).json(&body).expect(201).await.json();
        let link = invited["secret"].as_str().unwrap().to_owned();
        let body = json!({ "name": "shop", "role": "viewer", "scopes": ["me"] });
        let token = shop.token(&owner, &body).await;
        let log = shop.get("/v1/events?limit=250").cookie(&owner).expect(200).await;
        for secret in [&link, &token, "lantern", "argon2", owner.split('=').nth(1).unwrap()] {
            assert!(!log.text.contains(secret), "{secret}");
        }
        let kinds: Vec<String> = log.json()["items"]
            .as_array()
            .unwrap()
            .iter()
            .rev()
            .map(|event| event["kind"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(kinds, ["setup.link_made", "user.added", "user.signed_in", "user.added", "token.made"]);
    });
}
