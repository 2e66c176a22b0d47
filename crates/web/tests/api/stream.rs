//! Events as they happen.

use crate::place::{Shop, on_both};
use flow::people::Role;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Longer than anything here takes: what does not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(60);

/// One who listens, over a connection of its own.
struct Listening {
    lines: BufReader<TcpStream>,
    head: String,
}

/// An event as it was heard.
#[derive(PartialEq, Debug)]
struct Heard {
    place: i64,
    kind: String,
}

impl Listening {
    async fn begin(shop: &Shop, path: &str, headers: &str) -> Listening {
        let mut stream = TcpStream::connect(shop.address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", shop.address);
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut listening = Listening { lines: BufReader::new(stream), head: String::new() };
        loop {
            let line = listening.line().await.expect("no answer");
            if line.is_empty() {
                return listening;
            }
            listening.head.push_str(&line);
            listening.head.push('\n');
        }
    }

    /// The next line; `None`: the answer ended, as it should or not.
    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = timeout(PATIENCE, self.lines.read_line(&mut line)).await.expect("nothing more comes");
        (read.unwrap_or(0) > 0).then(|| line.trim_end().to_owned())
    }

    /// The next event. The sizes of chunks, empty lines and comments in between say nothing.
    async fn next(&mut self) -> Heard {
        let mut place = None;
        loop {
            let line = self.line().await.expect("the stream ended");
            if let Some(id) = line.strip_prefix("id: ") {
                place = Some(id.parse().unwrap());
            }
            if let Some(data) = line.strip_prefix("data: ") {
                let told: Value = serde_json::from_str(data).unwrap();
                let kind = told["kind"].as_str().unwrap().to_owned();
                return Heard {
                    place: place.unwrap_or_else(|| panic!("an event without an id: {line}")),
                    kind,
                };
            }
        }
    }

    /// Whether the answer ends whole: with its last, empty chunk.
    async fn ends_whole(&mut self) -> bool {
        let mut is_last = false;
        while let Some(line) = self.line().await {
            is_last |= line == "0";
        }
        is_last
    }
}

async fn hire(shop: &Shop, owner: &str, n: usize) {
    let body = json!({ "name": "Ben", "email": format!("ben{n}@example.com"), "role": "viewer" });
    shop.post("/v1/users").cookie(owner).json(&body).expect(201).await;
}

fn cookie(cookie: &str) -> String {
    format!("Cookie: {cookie}\r\n")
}

#[test]
fn events_arrive_and_who_comes_back_misses_none_and_hears_none_twice() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let mut first = Listening::begin(&shop, "/v1/events/stream", &cookie(&owner)).await;
        assert!(first.head.contains("text/event-stream"), "{}", first.head);
        hire(&shop, &owner, 0).await;
        // What happened before somebody listens may still be sealed while they do.
        let mut heard = first.next().await;
        while heard.kind != "user.added" {
            heard = first.next().await;
        }
        drop(first);
        for n in 1..4 {
            hire(&shop, &owner, n).await;
        }
        let back = format!("{}Last-Event-ID: {}\r\n", cookie(&owner), heard.place);
        let mut again = Listening::begin(&shop, "/v1/events/stream?kind=user.", &back).await;
        hire(&shop, &owner, 4).await;
        for n in 1..5 {
            let expected = Heard { place: heard.place + n, kind: "user.added".to_owned() };
            assert_eq!(again.next().await, expected);
        }
    });
}

#[test]
fn only_the_kinds_that_are_asked_for_are_told() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let from = format!("{}Last-Event-ID: 0\r\n", cookie(&owner));
        let mut listening = Listening::begin(&shop, "/v1/events/stream?kind=token.", &from).await;
        hire(&shop, &owner, 0).await;
        shop.token(&owner, &json!({ "name": "till", "role": "viewer", "scopes": ["me"] })).await;
        assert_eq!(listening.next().await.kind, "token.made");
    });
}

#[test]
fn who_is_limited_to_a_store_does_not_hear_of_the_others() {
    on_both(|shop| async move {
        shop.open_store("mall").await;
        shop.owner().await;
        let mia = shop.hired("mia@example.com", Role::Manager, Some(&["mall"])).await;
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        for limited in [mia, abe] {
            let refused = shop.get("/v1/events/stream").cookie(&limited).expect(403).await;
            assert_eq!(refused.code(), "forbidden");
        }
        shop.get("/v1/events/stream").expect(401).await;
    });
}

#[test]
fn a_server_that_stops_ends_the_streams_and_waits_for_nobody() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let from = format!("{}Last-Event-ID: 0\r\n", cookie(&owner));
        let mut listening = Listening::begin(&shop, "/v1/events/stream", &from).await;
        listening.next().await;
        shop.stop();
        assert!(listening.ends_whole().await, "it was cut off");
    });
}

#[test]
fn when_all_places_are_taken_the_next_is_told_when_to_come() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let mut listening = Vec::new();
        let refused = loop {
            assert!(listening.len() < 1_000, "there is no limit");
            let next = Listening::begin(&shop, "/v1/events/stream", &cookie(&owner)).await;
            if next.head.starts_with("HTTP/1.1 503") {
                break next;
            }
            listening.push(next);
        };
        assert!(refused.head.to_lowercase().contains("retry-after: "), "{}", refused.head);
        assert!(listening.len() > 10, "{} may listen", listening.len());
        shop.get("/v1/me").cookie(&owner).expect(200).await;
    });
}
