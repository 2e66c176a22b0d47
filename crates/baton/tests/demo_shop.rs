//! `baton demo` as a shop that is served: its past is sound, orders come in while it runs, and it goes away whole.

mod scratch;

use scratch::{Scratch, baton, err, out};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store::Db;

/// Longer than any machine takes to make the books of a small demo.
const LONGEST: Duration = Duration::from_secs(300);

/// A demo that runs, and the address at which it answers.
struct Running {
    child: Child,
    address: String,
    said: String,
}

impl Running {
    fn start(dir: &str, more: &[&str]) -> Running {
        let fixed = ["demo", "--dir", dir, "--orders", "200", "--listen", "127.0.0.1:0"];
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
        command.args(fixed).args(more).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut said = String::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            said.push_str(&line);
            said.push('\n');
            if let Some((_, rest)) = line.split_once("The demo answers at http://") {
                let address = rest.split(';').next().unwrap().to_owned();
                return Running { child, address, said };
            }
        }
        let mut why = String::new();
        child.stderr.take().unwrap().read_to_string(&mut why).unwrap();
        child.wait().unwrap();
        panic!("it ended: {why}\n{said}");
    }

    /// The body of an answer.
    fn get(&self, path: &str, token: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// Asks it to stop, and waits until it has.
    fn stop(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0), "it stops cleanly");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Where a test failed, nothing of it goes on.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// How many places, products and orders the books have, and what kinds of events; that nothing is wrong with them.
fn look(file: &str) -> (usize, usize, i64, BTreeSet<String>) {
    wait(async {
        let db = Db::open(file).await.unwrap();
        while db.write(|tx| Box::pin(store::events::seal(tx, 1_000))).await.unwrap() == 1_000 {}
        let findings = flow::check_books::check_books(&db).await.unwrap();
        assert!(findings.are_none(), "{:?}", findings.sentences());
        let counts = db.read(|tx| {
            Box::pin(async move {
                let places = store::places::locations(tx).await?.len();
                let products = store::places::products(tx).await?.len();
                let mut kinds = BTreeSet::new();
                let (mut place, mut first) = (0, i64::MAX);
                loop {
                    let events =
                        store::events::after(tx, place, store::events::Filter::default(), 1_000).await?;
                    let Some(last) = events.last() else { break };
                    place = last.place.unwrap();
                    first = events.iter().map(|event| event.at_ms).fold(first, i64::min);
                    kinds.extend(events.into_iter().map(|event| event.kind));
                }
                Ok::<_, store::DbError>((places, products, first, kinds))
            })
        });
        let counts = counts.await.unwrap();
        db.close().await;
        counts
    })
}

#[test]
fn the_demo_serves_a_past_that_is_sound_takes_orders_while_it_runs_and_goes_away_whole() {
    let scratch = Scratch::new();
    let (dir, file) = (scratch.path("demo"), scratch.path("demo/demo.sqlite"));
    let demo = Running::start(&dir, &["--still"]);
    assert!(demo.said.contains("Sign in as demo@example.com with the password "), "{}", demo.said);
    let token = scratch.read("demo/token.txt").trim().to_owned();
    let before = demo.get("/v1/orders?limit=50", &token);
    assert!(before.contains("\"D00"), "{before}");
    assert!(demo.get("/v1/me", &token).contains("owner"));
    demo.stop();

    let (places, products, first_ms, kinds) = look(&file);
    assert_eq!(places, 5);
    assert!(products > 250, "{products}");
    let now_ms =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    assert!((85..=91).contains(&((now_ms - first_ms) / 86_400_000)), "three months until today");
    for kind in [
        "order.taken",
        "order.decided",
        "fulfillment.accepted",
        "fulfillment.packed",
        "fulfillment.delivered",
    ] {
        assert!(kinds.contains(kind), "{kind} is missing in {kinds:?}");
    }
    for kind in [
        "fulfillment.collected",
        "order.returned",
        "order.cancelled",
        "arrival.received",
        "exception.resolved",
    ] {
        assert!(kinds.contains(kind), "{kind} is missing in {kinds:?}");
    }

    // Taken up again, it lives.
    let demo = Running::start(&dir, &["--pace", "60"]);
    assert!(!demo.said.contains("Assessing it"), "what is there is taken up: {}", demo.said);
    let begin = Instant::now();
    while !demo.get("/v1/orders?limit=50", &token).contains("\"L") {
        assert!(begin.elapsed() < LONGEST, "no order comes in");
        std::thread::sleep(Duration::from_millis(100));
    }
    let running = baton(&["demo", "--dir", &dir, "--remove"]);
    assert!(err(&running).contains("is running; stop it first"), "{}", err(&running));
    demo.stop();
    look(&file);

    scratch.write("demo/notes.txt", "mine");
    let removed = baton(&["demo", "--dir", &dir, "--remove"]);
    assert_eq!(removed.status.code(), Some(0), "{}", err(&removed));
    assert!(out(&removed).contains("what it did not make is still there"), "{}", out(&removed));
    let left: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["notes.txt"]);
}

#[cfg(unix)]
#[test]
fn the_token_and_the_password_of_the_demo_are_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    let demo = Running::start(&scratch.path("demo"), &["--still"]);
    for secret in ["demo/token.txt", "demo/README.md"] {
        let kept = fs::metadata(scratch.folder().join(secret)).unwrap();
        assert_eq!(kept.permissions().mode() & 0o777, 0o600, "{secret}");
    }
    let token = scratch.read("demo/token.txt").trim().to_owned();
    assert!(demo.get("/v1/me", &token).contains("owner"));
    let about = scratch.read("demo/README.md");
    assert!(about.contains("password: ") && about.contains("demo@example.com"), "{about}");
    demo.stop();
}

#[test]
fn a_demo_leaves_books_alone_that_no_demo_made() {
    let scratch = Scratch::new();
    let dir = scratch.path("demo");
    assert_eq!(baton(&["demo", "--files-only", "--dir", &dir, "--orders", "100"]).status.code(), Some(0));
    let file = scratch.path("demo/demo.sqlite");
    wait(async {
        let db = Db::open(&file).await.unwrap();
        store::migrations::migrate(&db, 0).await.unwrap();
        flow::people::make_setup_link(&db, &flow::Call::by_baton(0)).await.unwrap();
        db.close().await;
    });
    for arguments in [["--listen", "127.0.0.1:0"].as_slice(), &["--remove"]] {
        let refused = baton(&[["demo", "--dir", &dir].as_slice(), arguments].concat());
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains("holds books that no demo made"), "{}", err(&refused));
    }
    assert!(fs::exists(&file).unwrap());
}

#[test]
fn only_a_demo_is_removed() {
    let scratch = Scratch::new();
    scratch.write("letter.txt", "dear");
    let refused = baton(&["demo", "--remove", "--dir", &scratch.folder().display().to_string()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("holds no demo"), "{}", err(&refused));
    assert_eq!(scratch.names(), ["letter.txt"]);
}

#[test]
fn rules_that_somebody_changed_outlive_the_removal_of_a_demo() {
    let scratch = Scratch::new();
    let dir = scratch.path("demo");
    assert_eq!(baton(&["demo", "--files-only", "--dir", &dir, "--orders", "100"]).status.code(), Some(0));
    let own = "Rules\nKeep at least 3 at stores.\n";
    scratch.write("demo/rules.txt", own);
    assert_eq!(baton(&["demo", "--dir", &dir, "--remove"]).status.code(), Some(0));
    assert_eq!(scratch.read("demo/rules.txt"), own);
    let left: Vec<_> = fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["rules.txt"]);
}
