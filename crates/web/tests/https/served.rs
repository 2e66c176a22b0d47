//! What is answered, and to whom.

use crate::client::{Client, NEW, OLD, ask_plainly, get};
use crate::place::{NOW_MS, names, with_own};
use flow::people::{self, NewOwner};
use flow::{Actor, Call, Via};
use https::{Ca, Folder};
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

const DAY_MS: i64 = 86_400_000;

#[test]
fn who_trusts_the_ca_is_answered_in_both_versions_of_tls_at_either_port() {
    with_own(|shop| async move {
        for versions in [NEW, OLD] {
            for to in [shop.secure, shop.plain] {
                let answer = shop.trusting().speaking(versions).ask(to, &get("/livez")).await;
                assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("alive\n"), "{answer}");
            }
        }
    });
}

#[test]
fn who_trusts_another_ca_asks_for_another_name_or_lives_too_late_gets_no_connection() {
    with_own(|shop| async move {
        let dir = tempfile::tempdir().unwrap();
        let other = Ca::open(&Folder(dir.path().to_owned()), &names(&["shop-pc"]), NOW_MS).unwrap();
        let refused = |error: std::io::Error| error.to_string();
        let why = Client::trusting(other.pem()).open(shop.secure, "localhost").await.map_err(refused);
        // Both CAs are called alike, so it is the signature that gives it away.
        let is_strange = |why: &String| why.contains("UnknownIssuer") || why.contains("BadSignature");
        assert!(why.as_ref().is_err_and(is_strange), "{why:?}");
        let why = shop.trusting().open(shop.secure, "other.local").await.map_err(refused);
        assert!(why.as_ref().is_err_and(|why| why.contains("not valid for name")), "{why:?}");
        let why =
            shop.trusting().at(NOW_MS + 91 * DAY_MS).open(shop.secure, "localhost").await.map_err(refused);
        assert!(why.as_ref().is_err_and(|why| why.contains("expired")), "{why:?}");
        assert!(shop.trusting().open(shop.secure, "shop-pc").await.is_ok());
    });
}

#[test]
fn a_certificate_that_is_renewed_is_shown_to_the_next_who_comes() {
    with_own(|shop| async move {
        let later = NOW_MS + 80 * DAY_MS;
        shop.https.tend(later).await;
        let answer = shop.trusting().at(later + 60 * DAY_MS).ask(shop.secure, &get("/livez")).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    });
}

#[test]
fn over_plain_http_there_is_the_way_to_https_and_nothing_else() {
    with_own(|shop| async move {
        for from in [shop.plain, shop.secure] {
            let answer = ask_plainly(from, &get("/v1/orders?state=open")).await;
            assert!(answer.starts_with("HTTP/1.1 307"), "{answer}");
            let there = format!("location: https://localhost:{}/v1/orders?state=open", shop.secure.port());
            assert!(answer.contains(&there), "{answer}");
        }
        let sign_in = "POST /v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        let answer = ask_plainly(shop.plain, sign_in).await;
        assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("plain_http"), "{answer}");
        let answer = ask_plainly(shop.plain, &get("/livez")).await;
        assert!(answer.ends_with("alive\n"), "{answer}");
        for path in ["/livezz", "/trusted", "/.well-known/acme-challenge/x/../../../v1/orders"] {
            let answer = ask_plainly(shop.plain, &get(path)).await;
            assert!(!answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        }
    });
}

/// The cookie of the first owner.
async fn owner(shop: &crate::place::Shop) -> String {
    let call = Call::new(Actor { id: "tests".into(), via: Via::Command }, NOW_MS);
    let secret = people::make_setup_link(&shop.db, &call).await.unwrap();
    let (name, email, password) = ("Ana".into(), "ana@example.com".into(), "lantern moss ferry dice".into());
    let new = NewOwner { secret: secret.reveal().into(), name, email, password };
    people::set_up_owner(&shop.db, &call, new).await.unwrap();
    let body = json!({ "email": "ana@example.com", "password": "lantern moss ferry dice" }).to_string();
    let request = format!(
        "POST /v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    let answer = shop.trusting().ask(shop.secure, &request).await;
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect(&answer);
    assert!(cookie.starts_with("__Host-baton=") && cookie.contains("Secure"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

#[test]
fn events_are_told_live_over_tls_and_the_state_of_https_to_managers() {
    with_own(|shop| async move {
        let cookie = owner(&shop).await;
        let request = format!(
            "GET /v1/https HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        );
        let state = shop.trusting().ask(shop.secure, &request).await;
        let fingerprint = &shop.https.ca().unwrap().facts.fingerprint;
        assert!(state.contains(r#""way":"own""#) && state.contains(fingerprint), "{state}");
        assert!(!state.contains("PRIVATE"), "{state}");
        let mut stream = shop.trusting().open(shop.secure, "localhost").await.unwrap();
        let request =
            format!("GET /v1/events/stream HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut lines = BufReader::new(stream).lines();
        let mut next = async || lines.next_line().await.unwrap().expect("the stream ended");
        while !next().await.is_empty() {}
        let call = Call::new(Actor { id: "tests".into(), via: Via::Command }, NOW_MS);
        let new = people::NewUser {
            name: "Ben".into(),
            email: "ben@example.com".into(),
            role: people::Role::Viewer,
            reach: people::ReachChoice(None),
        };
        people::add_user(&shop.db, &call, &people::By::the_house(), new).await.unwrap();
        while !next().await.contains("user.") {}
    });
}
