//! Books that move to another database are the same there, and go on.

use crate::place::{Scratch, ServerDatabase, must, scratch, server_database};
use crate::stock::{entry, shelf};
use std::sync::Mutex;
use store::backup::BackupError;
use store::copy::{Copy, CopyError, Progress, copy, copy_watched};
use store::db::{Db, DbError};
use store::dump;
use store::events::{self, NewEvent};
use store::migrations::{migrate, migrate_to};
use store::stock::{self, Movement};
use store::tables::{Sum, sums};

fn run<F: Future<Output = ()>>(test: F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(test);
}

async fn open(place: &str) -> Db {
    let db = Db::open(place).await.unwrap();
    migrate(&db, 0).await.unwrap();
    db
}

/// Two files of SQLite, or a file and a database on a server where there is one.
struct Two {
    file: Scratch,
    source: Db,
    target: Db,
    server: Option<ServerDatabase>,
}

impl Two {
    async fn make() -> Two {
        let (file, server) = (scratch(), server_database().await);
        let source = open(file.to_str().unwrap()).await;
        let other = file.with_extension("other");
        let place = server.as_ref().map_or(other.to_str().unwrap(), |server| &server.place);
        let target = open(place).await;
        fill(&source, 700).await;
        Two { file, source, target, server }
    }

    async fn remove(self) {
        self.source.close().await;
        self.target.close().await;
        if let Some(server) = self.server {
            server.remove().await;
        }
    }
}

/// More than one batch of entries and events, with texts of every kind and nulls.
async fn fill(db: &Db, changes: i64) {
    let shelf = shelf(db, "Tür-Ω ☂", 10_000).await;
    must(db, move |tx| {
        Box::pin(async move {
            for number in 0..changes {
                let source = (number % 2 == 0).then(|| format!("pos:{number}"));
                let entry = stock::Entry { source, ..entry(&format!("'{number}\"\\\n")) };
                stock::change(tx, shelf, Movement::Commit { units: 1 }, &entry).await?;
                let event = NewEvent {
                    at_ms: number,
                    actor: "usr_1",
                    via: "page",
                    kind: "order.taken",
                    subject: "ord_1",
                    order_id: (number % 3 == 0).then_some("ord_1"),
                    facts: r#"{"why":"☂"}"#,
                };
                events::append(tx, &event).await?;
            }
            events::seal(tx, changes / 2).await.map(drop)
        })
    })
    .await;
}

async fn all(db: &Db) -> Vec<Sum> {
    db.read(|tx| Box::pin(async move { sums(tx).await })).await.unwrap()
}

fn from_shop() -> Copy {
    Copy { source: "shop".into(), now_ms: 5 }
}

/// Another change of the same shelf: numbers go on, and nothing stands in the way.
async fn goes_on(db: &Db) {
    must(db, |tx| {
        Box::pin(async move {
            let event = NewEvent {
                at_ms: 1,
                actor: "usr_1",
                via: "page",
                kind: "k",
                subject: "s",
                order_id: None,
                facts: "{}",
            };
            events::append(tx, &event).await?;
            events::seal(tx, 1_000).await.map(drop)
        })
    })
    .await;
    shelf(db, "another", 1).await;
}

#[test]
fn copied_books_are_the_same_and_go_on() {
    run(async {
        let two = Two::make().await;
        let told = Mutex::new(Vec::new());
        let watch = |progress: Progress| told.lock().unwrap().push(progress);
        let copied = copy_watched(&two.source, &two.target, from_shop(), &watch).await.unwrap();
        assert_eq!(copied, all(&two.source).await);
        let (told, rows) = (told.into_inner().unwrap(), copied.iter().map(|sum| sum.rows as u64).sum());
        assert_eq!((told[0].done, told.last().unwrap().done, told[0].all), (0, rows, rows));
        let ledger = copied.iter().find(|sum| sum.table == "ledger").unwrap();
        assert_eq!(ledger.rows, 701);
        goes_on(&two.target).await;
        two.remove().await;
    });
}

#[test]
fn a_copy_that_was_cut_off_goes_on_where_it_stood() {
    run(async {
        let two = Two::make().await;
        for rows in [1, 400, 900] {
            let far_enough = tokio::sync::Notify::new();
            let watch = |progress: Progress| {
                if progress.done >= rows {
                    far_enough.notify_one();
                }
            };
            tokio::select! {
                // Cut off right after a batch, or a little later: whatever is under way then is lost.
                biased;
                () = far_enough.notified() => {}
                done = copy_watched(&two.source, &two.target, from_shop(), &watch) => panic!("{done:?}"),
            }
        }
        let other = copy(&two.source, &two.target, Copy { source: "other".into(), now_ms: 5 }).await;
        assert!(matches!(other, Err(CopyError::NotEmpty { .. })), "{other:?}");
        copy(&two.source, &two.target, from_shop()).await.unwrap();
        assert_eq!(all(&two.target).await, all(&two.source).await);
        two.remove().await;
    });
}

#[test]
fn a_target_with_books_of_its_own_is_left_alone() {
    run(async {
        let two = Two::make().await;
        shelf(&two.target, "own", 3).await;
        let before = all(&two.target).await;
        let refused = copy(&two.source, &two.target, from_shop()).await;
        assert!(matches!(refused, Err(CopyError::NotEmpty { .. })), "{refused:?}");
        assert_eq!(all(&two.target).await, before);
        two.remove().await;
    });
}

#[test]
fn a_copy_that_differs_is_not_said_to_be_done() {
    run(async {
        let two = Two::make().await;
        copy(&two.source, &two.target, from_shop()).await.unwrap();
        must(&two.target, |tx| {
            Box::pin(async move {
                tx.execute("update copies set done_at = null", &[]).await?;
                tx.execute("update events set facts = '{}' where number = 5", &[]).await.map(drop)
            })
        })
        .await;
        let differs = copy(&two.source, &two.target, from_shop()).await;
        assert_eq!(differs, Err(CopyError::Differs { tables: vec!["events".into()] }));
        two.remove().await;
    });
}

#[test]
fn books_of_different_versions_are_not_copied() {
    run(async {
        let two = Two::make().await;
        let file = two.file.with_extension("old");
        let old = Db::open(file.to_str().unwrap()).await.unwrap();
        migrate_to(&old, 2, 0).await.unwrap();
        let refused = copy(&old, &two.target, from_shop()).await;
        assert!(matches!(refused, Err(CopyError::Versions { source: 2, .. })), "{refused:?}");
        old.close().await;
        two.remove().await;
    });
}

#[test]
fn books_written_as_text_come_back_the_same_in_either_database() {
    run(async {
        let two = Two::make().await;
        let text = two.file.with_extension("ndjson");
        let dumped = dump::write(&two.source, &text, 9).await.unwrap();
        assert_eq!(dump::verify(&text).await, Ok(dumped.clone()));
        assert_eq!(dump::restore(&two.target, &text).await, Ok(dumped.clone()));
        assert_eq!(all(&two.target).await, dumped.tables);
        goes_on(&two.target).await;
        let twice = dump::restore(&two.target, &text).await;
        assert!(matches!(twice, Err(BackupError::Database(DbError::Refused(_)))), "{twice:?}");
        let (back, third) = (two.file.with_extension("back"), two.file.with_extension("third"));
        let dumped = dump::write(&two.target, &back, 10).await.unwrap();
        let third = open(third.to_str().unwrap()).await;
        dump::restore(&third, &back).await.unwrap();
        assert_eq!(all(&third).await, dumped.tables);
        third.close().await;
        two.remove().await;
    });
}

#[test]
fn a_text_with_one_byte_changed_or_cut_short_is_refused() {
    run(async {
        let two = Two::make().await;
        let text = two.file.with_extension("ndjson");
        dump::write(&two.source, &text, 9).await.unwrap();
        let whole = std::fs::read(&text).unwrap();
        let spread = (0..60).map(|place| place * whole.len() / 60);
        let (begin, end) = (0..40, whole.len() - 120..whole.len());
        for (place, at) in spread.chain(begin).chain(end).enumerate() {
            let mut changed = whole.clone();
            changed[at] ^= 1 << (place % 8);
            std::fs::write(&text, changed).unwrap();
            assert!(dump::verify(&text).await.is_err(), "byte {at}");
        }
        for length in [0, 10, whole.len() / 2, whole.len() - 1] {
            std::fs::write(&text, &whole[..length]).unwrap();
            let refused = dump::restore(&two.target, &text).await;
            assert!(matches!(refused, Err(BackupError::Unsound { .. })), "{length} bytes: {refused:?}");
        }
        two.remove().await;
    });
}
