//! What was said to be kept is kept, though the program is killed at any moment.

use crate::place::{scratch, server_database};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use store::check::breaches;
use store::db::{Db, DbError};
use store::events::{self, Filter, Head, Walk};

/// How often the program is killed on each database; the full run has 1,000.
const KILLS: &str = "BATON_TEST_KILLS";

fn kills() -> u64 {
    std::env::var(KILLS).ok().and_then(|text| text.parse().ok()).unwrap_or(20)
}

/// The example that makes promises; Cargo builds it beside the tests.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).unwrap();
    folder.join("examples").join("promises")
}

/// Starts the program, kills it after a while, and gives back the numbers that it said.
fn killed_run(place: &str, first: i64, after: Duration) -> Vec<i64> {
    let mut child = Command::new(program())
        .args([place, &first.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the example `promises` is built with the tests");
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().and_then(Result::ok).as_deref(), Some("ready"), "it starts again");
    let listening = std::thread::spawn(move || {
        // A last line that was cut off was not said.
        lines.map_while(Result::ok).filter_map(|line| line.parse().ok()).collect()
    });
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    listening.join().unwrap()
}

/// How often each promise is in the books.
async fn kept(db: &Db) -> BTreeMap<i64, usize> {
    let mut kept = BTreeMap::new();
    let mut place = 0;
    loop {
        let some = db.read(move |tx| {
            Box::pin(async move { events::after(tx, place, Filter::default(), 1_000).await })
        });
        let some = some.await.unwrap();
        let Some(last) = some.last() else { return kept };
        place = last.place.unwrap();
        for event in &some {
            *kept.entry(event.at_ms).or_default() += 1;
        }
    }
}

async fn is_sound(db: &Db) -> bool {
    let looked = db.read(|tx| {
        Box::pin(async move {
            let mut walk = Walk::Further(Head::default());
            while let Walk::Further(from) = &walk {
                walk = events::verify(tx, &from.clone(), 1_000).await?;
            }
            Ok::<_, DbError>((breaches(tx).await?, walk))
        })
    });
    let (breaches, walk) = looked.await.unwrap();
    breaches.is_empty() && matches!(walk, Walk::Sound(_))
}

fn promises_survive(place: &str) {
    let mut said = Vec::new();
    for kill in 0..kills() {
        let first = i64::try_from(kill).unwrap() * 1_000_000;
        let after = Duration::from_millis(kill * 37 % 120);
        said.extend(killed_run(place, first, after));
    }
    assert!(!said.is_empty(), "nothing was promised");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let db = Db::open(place).await.unwrap();
        let kept = kept(&db).await;
        let lost: Vec<&i64> = said.iter().filter(|number| !kept.contains_key(number)).collect();
        assert!(lost.is_empty(), "said and lost: {lost:?}");
        let doubled: Vec<_> = kept.iter().filter(|(_, times)| **times != 1).collect();
        assert!(doubled.is_empty(), "kept twice: {doubled:?}");
        assert!(is_sound(&db).await);
        db.close().await;
    });
    eprintln!("{} kills, {} promises said, all of them kept once", kills(), said.len());
}

#[test]
fn what_was_promised_survives_kills_on_sqlite() {
    let file = scratch();
    promises_survive(file.to_str().unwrap());
}

#[test]
fn what_was_promised_survives_kills_on_postgresql() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let Some(database) = runtime.block_on(server_database()) else { return };
    promises_survive(&database.place);
    runtime.block_on(database.remove());
}
