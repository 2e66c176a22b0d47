//! The demo shop beside a shop's own books: made, entered, taken up again and removed, and the books are as they were.

use crate::place::{PASSWORD, Place, Server, on_both, order};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use store::{Db, DbError, tables};

/// Longer than any machine takes to make a small demo.
const LONGEST: Duration = Duration::from_secs(300);
/// What the running program writes by itself: turns, when somebody was seen, and what it has counted or told so far.
const BY_ITSELF: [&str; 9] = [
    "timers",
    "sessions",
    "event_head",
    "events",
    "measure_baselines",
    "measure_days",
    "measure_progress",
    "notice_progress",
    // When each was used last: the test asks with one.
    "tokens",
];

/// An answer: its status, its headers as they came, its body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    /// The cookies that a browser keeps of it, as it sends them back.
    fn cookies(&self) -> Vec<String> {
        let set = self.head.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
        set.filter_map(|cookie| cookie.split(';').next()).map(str::to_owned).collect()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// A browser, or a program with a token.
struct Asker<'a> {
    server: &'a Server,
    headers: String,
}

impl Asker<'_> {
    fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.server.address).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}Content-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.server.address,
            self.headers,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    #[track_caller]
    fn wants(&self, status: u16, (method, path): (&str, &str), body: &str) -> Answer {
        let answer = self.ask(method, path, body);
        assert_eq!(answer.status, status, "{method} {path}: {}\n{}", answer.head, answer.body);
        answer
    }

    fn orders(&self) -> usize {
        let listed = self.wants(200, ("GET", "/v1/orders?limit=50"), "").json();
        listed["items"].as_array().unwrap().len()
    }

    /// Waits until the demo shop is there.
    fn wait_for_demo(&self) {
        let began = Instant::now();
        loop {
            let state = self.wants(200, ("GET", "/v1/demo-shop"), "").json();
            match state["state"].as_str().unwrap() {
                "ready" => return,
                "making" => assert!(began.elapsed() < LONGEST, "it is not made: {state}"),
                _ => panic!("it is not made: {state}"),
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

fn with<'a>(server: &'a Server, cookies: &[&str]) -> Asker<'a> {
    Asker { server, headers: format!("Cookie: {}\r\n", cookies.join("; ")) }
}

fn start(place: &Place) -> Server {
    let file = place.scratch.path("beside.sqlite");
    Server::start_with(&["--database", &place.database, "--demo-books", &file, "--demo-orders", "100"])
}

/// What every table holds, and how many events there are.
fn held(place: &Place) -> BTreeMap<String, String> {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let db = Db::open_beside(&place.database).await.unwrap();
        let sums = db.read::<_, DbError>(|tx| Box::pin(tables::sums(tx))).await.unwrap();
        db.close().await;
        let mut held = BTreeMap::new();
        for sum in sums {
            if sum.table == "events" {
                held.insert("number of events".to_owned(), sum.rows.to_string());
            }
            if !BY_ITSELF.contains(&sum.table.as_str()) {
                held.insert(sum.table, sum.sha256);
            }
        }
        assert!(held.len() > 30, "{held:?}");
        held
    })
}

fn signed_in(server: &Server) -> String {
    let credentials = format!(r#"{{"email":"ana@example.com","password":"{PASSWORD}"}}"#);
    let nobody = Asker { server, headers: String::new() };
    nobody.wants(200, ("POST", "/v1/session"), &credentials).cookies().remove(0)
}

/// Takes an order over whatever the shop sells first.
fn take_order(asker: &Asker<'_>) {
    let products = asker.wants(200, ("GET", "/v1/products?limit=1"), "").json();
    let sku = products[0]["cells"]["sku"].as_str().unwrap().to_owned();
    asker.wants(201, ("POST", "/v1/orders"), &order("1").replace("MUG", &sku));
}

/// Neither opens what the other opens, whatever the cookie is called.
fn rights_do_not_leak(server: &Server, (own, demo): (&str, &str)) {
    let value = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let posing = with(server, &[&format!("__Host-baton={}", value(demo))]);
    assert_eq!(posing.wants(401, ("GET", "/v1/orders"), "").json()["code"], "not_signed_in");
    let other = with(server, &["baton-shop=demo", &format!("__Host-baton-demo={}", value(own))]);
    assert_eq!(other.wants(409, ("GET", "/v1/orders"), "").json()["code"], "demo_over");
    // Having been told to look there is no key.
    let nobody = with(server, &["baton-shop=demo"]);
    assert_eq!(nobody.wants(409, ("GET", "/v1/orders"), "").json()["code"], "demo_over");
}

#[test]
fn a_demo_shop_is_made_entered_and_removed_and_the_books_are_as_they_were() {
    on_both(|place| {
        let place = place.with_shop();
        let token = format!("Authorization: Bearer {}\r\n", place.token());
        let mut server = start(&place);
        let own = signed_in(&server);
        let ana = with(&server, &[&own]);
        assert_eq!(ana.wants(200, ("GET", "/v1/demo-shop"), "").json()["state"], "absent");
        assert_eq!(ana.wants(409, ("POST", "/v1/demo-shop/session"), "").json()["code"], "no_demo_shop");
        server.stop();
        let (before, files) = (held(&place), place.scratch.names());

        let mut server = start(&place);
        let ana = with(&server, &[&own]);
        let begun = ana.wants(202, ("POST", "/v1/demo-shop"), "").json();
        assert_eq!((&begun["state"], &begun["total"]), (&Value::from("making"), &Value::from(90)));
        ana.wait_for_demo();
        let cookies = ana.wants(204, ("POST", "/v1/demo-shop/session"), "").cookies();
        let [demo, shop] = &cookies[..] else { panic!("{cookies:?}") };
        assert_eq!(shop, "baton-shop=demo");
        let inside = with(&server, &[&own, demo, shop]);
        assert_eq!(inside.orders(), 50);
        take_order(&inside);
        let program = Asker { server: &server, headers: format!("{}{token}", inside.headers) };
        assert_eq!((program.orders(), ana.orders()), (0, 0), "a token means the shop's own books");
        rights_do_not_leak(&server, (&own, demo));
        let (code, took) = server.stop();
        assert_eq!(code, Some(0), "{took:?}");

        let mut server = start(&place);
        with(&server, &[&own]).wait_for_demo();
        let inside = with(&server, &[&own, demo, shop]);
        assert_eq!(inside.orders(), 50, "it is taken up again");
        inside.wants(204, ("DELETE", "/v1/demo-shop"), "");
        assert_eq!(inside.wants(409, ("GET", "/v1/orders"), "").json()["code"], "demo_over");
        let page = Asker { server: &server, headers: format!("{}Accept: text/html\r\n", inside.headers) };
        let led = page.wants(303, ("GET", "/orders"), "");
        assert!(led.head.contains("location: /demo") && led.head.contains("baton-shop=; "), "{}", led.head);
        server.stop();
        assert_eq!((held(&place), place.scratch.names()), (before, files));
    });
}

#[test]
fn making_a_demo_shop_can_be_broken_off_and_what_no_demo_made_is_left_alone() {
    let place = Place::in_file().with_shop();
    let files = place.scratch.names();
    let mut server = start(&place);
    let own = signed_in(&server);
    let ana = with(&server, &[&own]);
    ana.wants(202, ("POST", "/v1/demo-shop"), "");
    ana.wants(204, ("DELETE", "/v1/demo-shop"), "");
    assert_eq!(ana.wants(200, ("GET", "/v1/demo-shop"), "").json()["state"], "absent");
    server.stop();
    assert_eq!(place.scratch.names(), files);

    place.scratch.write("beside.sqlite", "");
    crate::place::run_sql(&place.scratch.path("beside.sqlite"), "create table mine (n integer)".to_owned());
    let server = start(&place);
    let ana = with(&server, &[&own]);
    let began = Instant::now();
    let state = loop {
        let state = ana.wants(200, ("GET", "/v1/demo-shop"), "").json();
        if state["state"] != "making" {
            break state;
        }
        assert!(began.elapsed() < LONGEST, "{state}");
    };
    assert_eq!(state["state"], "unavailable", "{state}");
    for method in ["POST", "DELETE"] {
        assert_eq!(ana.wants(409, (method, "/v1/demo-shop"), "").json()["code"], "no_demo_shop");
    }
    assert!(place.scratch.names().contains(&"beside.sqlite".to_owned()));
}
