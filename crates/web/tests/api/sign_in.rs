//! Signing in and out.

use crate::place::{PASSWORD, on_both, on_both_with};
use flow::people::{self, IDLE_MS, Role, SESSION_LASTS_MS};
use serde_json::{Value, json};
use web::Settings;

fn credentials(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

#[test]
fn a_cookie_is_for_this_host_alone_and_ends_with_signing_out() {
    on_both(|shop| async move {
        shop.owner().await;
        let body = credentials(" ANA@example.com ", PASSWORD);
        let reply = shop.post("/v1/session").json(&body).expect(200).await;
        let cookie = reply.header("set-cookie").unwrap();
        assert!(cookie.starts_with("__Host-baton=session_"), "{cookie}");
        for part in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let cookie = cookie.split(';').next().unwrap();
        assert_eq!(shop.get("/v1/me").cookie(cookie).expect(200).await.json()["name"], "Ana");
        shop.ask("DELETE", "/v1/session").cookie(cookie).expect(204).await;
        shop.get("/v1/me").cookie(cookie).expect(401).await;
    });
}

#[test]
fn a_wrong_password_and_an_unknown_email_get_the_same_answer() {
    on_both(|shop| async move {
        shop.owner().await;
        let ask = |email, password| shop.post("/v1/session").json(&credentials(email, password)).expect(401);
        let mut wrong = ask("ana@example.com", "not the right one").await.json();
        let mut unknown = ask("eve@example.com", "not the right one").await.json();
        wrong["instance"] = Value::Null;
        unknown["instance"] = Value::Null;
        assert_eq!(wrong, unknown);
    });
}

#[test]
fn after_five_wrong_passwords_even_the_right_one_waits_and_the_wait_doubles() {
    on_both(|shop| async move {
        shop.owner().await;
        let ask = |password| shop.post("/v1/session").json(&credentials("ana@example.com", password));
        for _ in 0..6 {
            ask("guess after guess").expect(401).await;
        }
        let reply = ask(PASSWORD).expect(429).await;
        assert_eq!((reply.code().as_str(), reply.header("retry-after")), ("too_soon", Some("1")));
        shop.wait(1_000);
        ask("guess after guess").expect(401).await;
        shop.wait(1_999);
        ask(PASSWORD).expect(429).await;
        shop.wait(1);
        ask(PASSWORD).expect(200).await;
        ask("guess after guess").expect(401).await;
        ask(PASSWORD).expect(200).await;
    });
}

#[test]
fn guesses_at_the_same_time_do_not_slip_through_together() {
    on_both(|shop| async move {
        shop.owner().await;
        let body = credentials("ana@example.com", "guess after guess");
        let asks = (0..30).map(|_| tokio::spawn(shop.post("/v1/session").json(&body).send()));
        let mut looked_at = 0;
        for ask in asks.collect::<Vec<_>>() {
            looked_at += usize::from(ask.await.unwrap().status == 401);
        }
        assert_eq!(looked_at, 6, "five are free, and the sixth begins the wait");
    });
}

#[test]
fn ten_thousand_guesses_take_more_than_a_day_and_the_owner_is_let_in_by_whoever_runs_the_program() {
    on_both(|shop| async move {
        shop.owner().await;
        let (mut tried, started) = (0, shop.now_ms());
        let ana = people::users(&shop.db, "", 1).await.unwrap().remove(0);
        while tried < 400 {
            let (id, at_ms) = (ana.id.clone(), shop.now_ms());
            let slowing =
                store::people::Slowing { free_tries: 5, first_wait_ms: 1_000, longest_wait_ms: 900_000 };
            let tried_now = shop.db.write::<bool, store::DbError>(move |tx| {
                let id = id.clone();
                Box::pin(async move { store::people::begin_try(tx, &id, at_ms, slowing).await })
            });
            tried += i64::from(tried_now.await.unwrap());
            shop.wait(450_000);
        }
        let each = (shop.now_ms() - started) / tried;
        assert!(each * 10_000 > 24 * 3_600_000, "{each} ms for each");
        people::unlock_user(&shop.db, &shop.call(), "Ana@example.com").await.unwrap();
        shop.signed_in("ana@example.com").await;
    });
}

#[test]
fn half_an_hour_after_the_password_giving_others_access_asks_for_it_again() {
    on_both(|shop| async move {
        let ana = shop.owner().await;
        let new = json!({ "name": "till", "role": "viewer", "scopes": ["orders:read"] });
        let make = || shop.post("/v1/tokens").cookie(&ana).json(&new);
        shop.wait(30 * 60 * 1_000 - 1);
        let made = make().expect(201).await.json();
        shop.wait(1);
        assert_eq!(make().expect(403).await.code(), "password_needed");
        let path = format!("/v1/tokens/{}", made["token"]["id"].as_str().unwrap());
        assert_eq!(shop.ask("DELETE", &path).cookie(&ana).expect(403).await.code(), "password_needed");
        // What gives nobody access goes on.
        shop.get("/v1/tokens").cookie(&ana).expect(200).await;
        let prove = |password: &str| {
            shop.post("/v1/session/proof").cookie(&ana).json(&json!({ "password": password }))
        };
        prove("not the right one").expect(422).await;
        assert_eq!(make().expect(403).await.code(), "password_needed");
        let with_key = prove(PASSWORD).header("idempotency-key", "once").expect(400).await;
        assert_eq!(with_key.code(), "key_not_taken");
        prove(PASSWORD).expect(204).await;
        make().expect(201).await;
        shop.ask("DELETE", &path).cookie(&ana).expect(204).await;
        for _ in 0..6 {
            prove("guess after guess").expect(422).await;
        }
        assert_eq!(prove(PASSWORD).expect(429).await.code(), "too_soon");
    });
}

#[test]
fn a_session_ends_when_nobody_uses_it_and_after_thirty_days_anyway() {
    on_both(|shop| async move {
        let first = shop.owner().await;
        shop.wait(IDLE_MS - 1);
        shop.get("/v1/me").cookie(&first).expect(200).await;
        shop.wait(IDLE_MS);
        shop.get("/v1/me").cookie(&first).expect(401).await;
        let second = shop.signed_in("ana@example.com").await;
        let mut left = SESSION_LASTS_MS;
        while left > 0 {
            shop.get("/v1/me").cookie(&second).expect(200).await;
            let step = left.min(IDLE_MS / 2);
            shop.wait(step);
            left -= step;
        }
        shop.get("/v1/me").cookie(&second).expect(401).await;
        assert_eq!(people::forget_old(&shop.db, shop.now_ms()).await, Ok(2));
    });
}

#[test]
fn who_is_disabled_is_out_at_once_and_does_not_come_in() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let ben = shop.hired("ben@example.com", Role::Viewer, None).await;
        let id = shop.get("/v1/me").cookie(&ben).expect(200).await.json()["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/users/{id}");
        let etag = shop.get(&path).cookie(&owner).expect(200).await.header("etag").unwrap().to_owned();
        let change = shop.ask("PATCH", &path).cookie(&owner).header("If-Match", &etag);
        change.json(&json!({ "is_disabled": true })).expect(200).await;
        shop.get("/v1/me").cookie(&ben).expect(401).await;
        shop.post("/v1/session").json(&credentials("ben@example.com", PASSWORD)).expect(401).await;
    });
}

#[test]
fn a_new_link_ends_the_old_password_and_every_session() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let ben = shop.hired("ben@example.com", Role::Associate, None).await;
        let id = shop.get("/v1/me").cookie(&ben).expect(200).await.json()["id"].as_str().unwrap().to_owned();
        let made = shop.post(&format!("/v1/users/{id}/link")).cookie(&owner).expect(200).await.json();
        let body = json!({ "secret": made["secret"], "password": "nettle okra quartz nine" });
        shop.post("/v1/join").json(&body).expect(200).await;
        shop.post("/v1/join").json(&body).expect(403).await;
        shop.get("/v1/me").cookie(&ben).expect(401).await;
        shop.post("/v1/session").json(&credentials("ben@example.com", PASSWORD)).expect(401).await;
        let body = credentials("ben@example.com", "nettle okra quartz nine");
        shop.post("/v1/session").json(&body).expect(200).await;
    });
}

#[test]
fn a_phone_of_a_store_reaches_that_store_alone_whoever_signs_in() {
    on_both(|shop| async move {
        shop.open_store("mall").await;
        shop.open_store("harbor").await;
        shop.owner().await;
        let mut body = credentials("ana@example.com", PASSWORD);
        body["location"] = "mall".into();
        let reply = shop.post("/v1/session").json(&body).expect(200).await;
        let cookie = reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let me = shop.get("/v1/me").cookie(&cookie).expect(200).await.json();
        assert_eq!(me["locations"], json!(["mall"]));
        shop.get("/v1/events").cookie(&cookie).expect(403).await;
        shop.hired("ben@example.com", Role::Associate, Some(&["harbor"])).await;
        body["email"] = "ben@example.com".into();
        let reply = shop.post("/v1/session").json(&body).expect(422).await;
        assert_eq!(reply.json()["errors"][0]["pointer"], "/location");
    });
}

#[test]
fn a_session_is_seen_and_ended_from_another_one() {
    on_both(|shop| async move {
        let phone = shop.owner().await;
        shop.wait(5);
        let desk = shop.signed_in("ana@example.com").await;
        let listed = shop.get("/v1/sessions").cookie(&desk).expect(200).await.json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        let path = format!("/v1/sessions/{}", listed["items"][0]["id"].as_str().unwrap());
        let ben = shop.hired("ben@example.com", Role::Manager, None).await;
        shop.ask("DELETE", &path).cookie(&ben).expect(404).await;
        shop.ask("DELETE", &path).cookie(&desk).expect(204).await;
        shop.get("/v1/me").cookie(&phone).expect(401).await;
        shop.get("/v1/me").cookie(&desk).expect(200).await;
    });
}

#[test]
fn an_address_that_tries_too_often_waits() {
    let settings = Settings { tries_per_minute: Some(3), ..Settings::default() };
    on_both_with(&settings, |shop| async move {
        let ask = || shop.post("/v1/session").json(&credentials("eve@example.com", "guess after guess"));
        for left in ["2", "1", "0"] {
            let reply = ask().expect(401).await;
            assert!(reply.header("ratelimit").unwrap().starts_with(&format!("\"tries\";r={left};")));
        }
        let reply = ask().expect(429).await;
        assert_eq!(reply.header("retry-after"), Some("20"));
        let forged = ask().header("X-Forwarded-For", "203.0.113.7");
        forged.expect(429).await;
        shop.wait(20_000);
        ask().expect(401).await;
    });
}
