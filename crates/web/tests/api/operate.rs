//! What the console asks for beside the work itself: how full days are, what was done, who looks as whom.

use crate::place::on_both;
use crate::stock::stocked;
use flow::people::Role;
use serde_json::json;

#[test]
fn a_pause_tells_why_and_the_log_is_searched_for_it() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let why = json!({ "reason": "water in the cellar" });
        shop.post("/v1/locations/mall/pause").cookie(&owner).json(&why).expect(200).await;
        // Without a word it is paused, too.
        shop.post("/v1/locations/pier/pause").cookie(&owner).expect(200).await;
        let loads = shop.get("/v1/locations/loads").cookie(&owner).expect(200).await.json();
        assert_eq!((&loads[0]["location"], &loads[0]["parcels"]), (&json!("mall"), &json!(0)));
        let id = loads[0]["id"].as_str().unwrap();
        let path = format!("/v1/events?kind=location.&subject={id}&limit=2");
        let found = shop.get(&path).cookie(&owner).expect(200).await.json();
        assert_eq!(found["items"][0]["facts"]["reason"], "water in the cellar");
        assert_eq!(found["items"][1]["kind"], "location.added");
        let long = json!({ "reason": "x".repeat(201) });
        shop.post("/v1/locations/mall/pause").cookie(&owner).json(&long).expect(422).await;
    });
}

#[test]
fn the_log_is_narrowed_by_who_and_when() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let manager = shop.hired("mia@example.com", Role::Manager, None).await;
        let me = shop.get("/v1/me").cookie(&manager).expect(200).await.json();
        shop.wait(10_000);
        let since = shop.now_ms();
        shop.post("/v1/locations/mall/pause").cookie(&manager).expect(200).await;
        shop.post("/v1/locations/pier/pause").cookie(&owner).expect(200).await;
        let kinds = |query: String| {
            let ask = shop.get(&format!("/v1/events?{query}")).cookie(&owner);
            async move {
                let items = ask.expect(200).await.json()["items"].as_array().unwrap().clone();
                items.iter().map(|event| event["facts"]["code"].clone()).collect::<Vec<_>>()
            }
        };
        assert_eq!(kinds(format!("from={since}")).await, [json!("pier"), json!("mall")]);
        let of_mia = format!("kind=location.&actor={}", me["id"].as_str().unwrap());
        assert_eq!(kinds(of_mia).await, [json!("mall")]);
        assert_eq!(kinds(format!("from={since}&to={since}")).await, Vec::<serde_json::Value>::new());
    });
}

#[test]
fn somebody_of_one_store_hears_how_full_that_one_is() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let associate = shop.hired("abe@example.com", Role::Associate, Some(&["pier"])).await;
        let loads = shop.get("/v1/locations/loads").cookie(&associate).expect(200).await.json();
        let codes: Vec<_> = loads.as_array().unwrap().iter().map(|load| &load["location"]).collect();
        assert_eq!(codes, [&json!("pier")]);
    });
}

#[test]
fn a_file_of_the_setup_is_tried_without_being_changed() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let seen = shop.get("/v1/settings").cookie(&owner).expect(200).await;
        let etag = seen.header("etag").unwrap().to_owned();
        let change = |text: &str| {
            let body = json!({ "files": { "settings.toml": text }, "dry_run": true });
            shop.ask("PATCH", "/v1/settings").cookie(&owner).header("If-Match", &etag).json(&body)
        };
        change("box_fill = 0.9\n").expect(200).await;
        let refused = change("box_fill = 9\n").expect(422).await.json();
        assert_eq!(refused["errors"][0]["pointer"], "/files/settings.toml");
        let after = shop.get("/v1/settings").cookie(&owner).expect(200).await;
        assert_eq!((after.header("etag"), after.json()), (Some(etag.as_str()), seen.json()));
    });
}

#[test]
fn who_is_locked_out_is_let_try_again_by_those_who_manage_them() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        shop.hired("abe@example.com", Role::Associate, None).await;
        let manager = shop.hired("mia@example.com", Role::Manager, None).await;
        let users = shop.get("/v1/users").cookie(&owner).expect(200).await.json();
        let id = |name: &str| {
            let of = |user: &&serde_json::Value| user["name"] == name;
            users["items"].as_array().unwrap().iter().find(of).unwrap()["id"].as_str().unwrap().to_owned()
        };
        let wrong = json!({ "email": "abe@example.com", "password": "not this one at all" });
        for _ in 0..7 {
            shop.post("/v1/session").json(&wrong).send().await;
        }
        let right = json!({ "email": "abe@example.com", "password": crate::place::PASSWORD });
        shop.post("/v1/session").json(&right).expect(429).await;
        shop.post(&format!("/v1/users/{}/unlock", id("abe"))).cookie(&manager).expect(204).await;
        shop.post("/v1/session").json(&right).expect(200).await;
        shop.post(&format!("/v1/users/{}/unlock", id("Ana"))).cookie(&manager).expect(403).await;
    });
}

/// The cookies of somebody who looks as somebody else.
async fn looking(shop: &crate::place::Shop, cookie: &str, as_whom: &str) -> String {
    let sessions = shop.get("/v1/sessions").cookie(cookie).expect(200).await.json();
    format!("{cookie}; baton-view-as={}.{as_whom}", sessions["items"][0]["id"].as_str().unwrap())
}

#[test]
fn who_looks_as_somebody_else_has_less_and_changes_nothing() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let as_viewer = looking(&shop, &owner, "viewer").await;
        assert_eq!(shop.get("/v1/me").cookie(&as_viewer).expect(200).await.json()["role"], "viewer");
        shop.get("/v1/events").cookie(&as_viewer).expect(403).await;
        shop.post("/v1/locations/mall/pause").cookie(&as_viewer).expect(403).await;
        let as_manager = looking(&shop, &owner, "manager").await;
        shop.get("/v1/events").cookie(&as_manager).expect(200).await;
        let refused = shop.post("/v1/locations/mall/pause").cookie(&as_manager).expect(403).await;
        assert_eq!(refused.code(), "viewing_as");
        // Signing out is never kept from anybody.
        shop.ask("DELETE", "/v1/session").cookie(&as_manager).expect(204).await;
    });
}

#[test]
fn looking_as_somebody_never_gives_what_one_does_not_have() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let manager = shop.hired("mia@example.com", Role::Manager, Some(&["mall"])).await;
        let role = |cookies: String| {
            let ask = shop.get("/v1/me").cookie(&cookies);
            async move { ask.expect(200).await.json() }
        };
        let as_owner = role(looking(&shop, &manager, "owner").await).await;
        assert_eq!((&as_owner["role"], &as_owner["locations"]), (&json!("viewer"), &json!(["mall"])));
        // Of another's locations, those are left that are one's own.
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall", "pier"])).await;
        let id = shop.get("/v1/me").cookie(&abe).expect(200).await.json()["id"].as_str().unwrap().to_owned();
        let as_abe = role(looking(&shop, &manager, &id).await).await;
        assert_eq!((&as_abe["role"], &as_abe["locations"]), (&json!("associate"), &json!(["mall"])));
        // It counts in the session it was made in, and for nobody else.
        let other = shop.signed_in("mia@example.com").await;
        let of_another = looking(&shop, &manager, "viewer").await.replace(&manager, &other);
        assert_eq!(role(of_another).await["role"], "manager");
        assert_eq!(role(looking(&shop, &abe, "owner").await).await["role"], "associate");
    });
}
