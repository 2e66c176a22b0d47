//! Refusals, and what all answers have in common.

use crate::client::Reply;
use crate::place::{on_both, on_both_with};
use serde_json::json;
use web::Settings;

#[track_caller]
fn must_be_a_problem(reply: &Reply, code: &str) {
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{reply:?}");
    let problem = reply.json();
    assert_eq!((&problem["status"], &problem["code"]), (&json!(reply.status), &json!(code)), "{problem}");
    assert_eq!(problem["type"], format!("/problems/{code}"));
    let id = reply.header("x-request-id").unwrap();
    assert_eq!(problem["instance"], format!("urn:request:{id}"));
    for part in ["title", "detail"] {
        assert!(!problem[part].as_str().unwrap().is_empty(), "{problem}");
    }
}

#[test]
fn whatever_is_refused_is_a_problem() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let add = || shop.post("/v1/users").cookie(&owner);
        must_be_a_problem(&shop.get("/v1/nothing").expect(404).await, "no_such_path");
        must_be_a_problem(&shop.get("/v1/users/usr_1").cookie(&owner).expect(404).await, "not_found");
        let allow = shop.ask("PUT", "/v1/users").cookie(&owner).expect(405).await;
        must_be_a_problem(&allow, "method_not_allowed");
        assert!(allow.header("allow").unwrap().contains("GET"), "{allow:?}");
        must_be_a_problem(&add().raw(b"{}").expect(415).await, "media_type");
        let json = |body: &[u8]| add().header("Content-Type", "application/json; charset=utf-8").raw(body);
        must_be_a_problem(&json(b"{").expect(400).await, "not_json");
        must_be_a_problem(&json(b"\xff\xfe").expect(400).await, "not_json");
        let wrong = json(br#"{"name":"Ben","email":"b@example.com","role":"king"}"#).expect(422).await;
        must_be_a_problem(&wrong, "invalid");
        assert_eq!(wrong.json()["errors"][0]["pointer"], "/role");
        must_be_a_problem(&json(&vec![b' '; (1 << 20) + 1]).expect(413).await, "body_too_large");
        must_be_a_problem(&shop.get("/v1/users").expect(401).await, "not_signed_in");
        must_be_a_problem(&shop.get("/v1/users").bearer("baton_x").expect(401).await, "not_signed_in");
        must_be_a_problem(
            &shop.get("/v1/users").header("Authorization", "Basic x").expect(401).await,
            "not_signed_in",
        );
        must_be_a_problem(&shop.get("/docs/nothing").expect(404).await, "no_such_path");
    });
}

#[test]
fn no_other_site_makes_a_browser_do_anything() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let add = || {
            let body = json!({ "name": "Ben", "email": "ben@example.com", "role": "viewer" });
            shop.post("/v1/users").cookie(&owner).json(&body)
        };
        for (name, value) in [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
        ] {
            must_be_a_problem(&add().header(name, value).expect(403).await, "cross_site");
        }
        let body = json!({ "email": "ana@example.com", "password": "x" });
        shop.post("/v1/session").json(&body).header("Sec-Fetch-Site", "cross-site").expect(403).await;
        shop.get("/v1/me").cookie(&owner).header("Sec-Fetch-Site", "cross-site").expect(200).await;
        add().header("Sec-Fetch-Site", "same-origin").expect(201).await;
    });
}

#[test]
fn every_answer_is_dressed() {
    on_both(|shop| async move {
        for path in ["/livez", "/v1/nothing", "/v1/me", "/openapi.json", "/docs/"] {
            let reply = shop.get(path).send().await;
            assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{reply:?}");
            assert!(reply.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
            assert!(reply.header("x-request-id").unwrap().starts_with("req_"));
            assert_eq!(reply.header("access-control-allow-origin"), None);
        }
    });
}

#[test]
fn who_asks_too_often_waits_and_is_told_how_long() {
    let settings = Settings { requests_per_minute: Some(2), ..Settings::default() };
    on_both_with(&settings, |shop| async move {
        let owner = shop.owner().await;
        let first = shop.get("/v1/me").cookie(&owner).expect(200).await;
        assert_eq!(first.header("ratelimit-policy"), Some("\"caller\";q=2;w=60"));
        assert_eq!(first.header("ratelimit"), Some("\"caller\";r=1;t=30"));
        shop.get("/v1/me").cookie(&owner).expect(200).await;
        let third = shop.get("/v1/me").cookie(&owner).expect(429).await;
        must_be_a_problem(&third, "too_many_requests");
        assert_eq!(third.header("retry-after"), Some("30"));
        shop.wait(30_000);
        shop.get("/v1/me").cookie(&owner).expect(200).await;
    });
}

#[test]
fn health_is_told_to_anybody_and_counts_to_those_who_may() {
    on_both(|shop| async move {
        assert_eq!(shop.get("/livez").expect(200).await.text, "alive\n");
        assert_eq!(shop.get("/readyz").expect(200).await.text, "ready\n");
        shop.get("/metrics").expect(401).await;
        let owner = shop.owner().await;
        let body = json!({ "name": "prometheus", "role": "manager", "scopes": ["metrics:read"] });
        let token = shop.token(&owner, &body).await;
        shop.get("/v1/users/usr_secret").cookie(&owner).expect(404).await;
        let metrics = shop.get("/metrics").bearer(&token).expect(200).await.text;
        let line = "baton_requests_total{route=\"/livez\",method=\"GET\",status=\"200\"} 1\n";
        assert!(metrics.contains(line), "{metrics}");
        assert!(metrics.contains("route=\"/v1/users/{id}\",method=\"GET\",status=\"404\"} 1\n"), "{metrics}");
        assert!(metrics.contains("baton_request_seconds_bucket{"), "{metrics}");
        assert!(metrics.contains("baton_jobs{state=\"dead\"} 0\n"), "{metrics}");
        assert!(metrics.contains("baton_exceptions_open{kind=\"unroutable\"} 0\n"), "{metrics}");
        assert!(!metrics.contains("usr_secret"));
    });
}
