//! A backup is whole and sound, or it is refused; what is put back is never mixed with what was there.

use crate::place::{must, on_both, scratch};
use crate::stock::{entry, shelf};
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use store::backup::{BackupError, make, restore, verify};
use store::db::{Db, DbError};
use store::durability::durability;
use store::events::{self, NewEvent};
use store::migrations::{latest, migrate, migrate_to, missing, reached, snapshot_of};
use store::places::{LocationKey, location};
use store::stock::{self, Movement};
use store::tables::sums;

fn run<F: Future<Output = ()>>(test: impl FnOnce(PathBuf) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let file = scratch();
    runtime.block_on(test(file.to_path_buf()));
}

async fn open(file: &Path) -> Db {
    let db = Db::open(file.to_str().unwrap()).await.unwrap();
    migrate(&db, 0).await.unwrap();
    db
}

async fn tell(db: &Db) {
    must(db, |tx| {
        Box::pin(async move {
            let event = NewEvent {
                at_ms: 1,
                actor: "usr_1",
                via: "page",
                kind: "stock.counted",
                subject: "loc_1",
                order_id: None,
                facts: "{}",
            };
            events::append(tx, &event).await?;
            events::seal(tx, 10).await.map(drop)
        })
    })
    .await;
}

async fn has(db: &Db, code: &'static str) -> bool {
    let found: Option<LocationKey> =
        db.read(move |tx| Box::pin(async move { location(tx, code).await })).await.unwrap();
    found.is_some()
}

#[test]
fn a_backup_made_while_others_write_is_sound_and_comes_back_as_it_was() {
    run(|file| async move {
        let db = open(&file).await;
        let shelf = shelf(&db, "LAMP", 100_000).await;
        tell(&db).await;
        let (backup, writers) = (file.with_extension("backup"), db.clone());
        let writing = tokio::spawn(async move {
            for number in 0..2_000 {
                must(&writers, move |tx| {
                    Box::pin(async move {
                        let entry = entry(&format!("order {number}"));
                        stock::change(tx, shelf, Movement::Commit { units: 1 }, &entry).await.map(drop)
                    })
                })
                .await;
            }
        });
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        let manifest = make(&db, &backup, 77).await.unwrap();
        writing.abort();
        assert_eq!(verify(&backup).await, Ok(manifest.clone()));
        assert_eq!((manifest.made_at_ms, manifest.schema), (77, latest()));
        let again = make(&db, &backup, 78).await;
        assert!(matches!(again, Err(BackupError::File { .. })), "never over another: {again:?}");
        db.close().await;
        assert_eq!(restore(&backup, &file).await, Ok(manifest.clone()));
        let db = open(&file).await;
        let there = db.read(|tx| Box::pin(async move { sums(tx).await })).await.unwrap();
        assert_eq!(there, manifest.tables);
        db.close().await;
    });
}

#[test]
fn a_backup_with_one_byte_changed_is_refused() {
    run(|file| async move {
        let db = open(&file).await;
        shelf(&db, "LAMP", 9).await;
        tell(&db).await;
        let backup = file.with_extension("backup");
        make(&db, &backup, 1).await.unwrap();
        let manifest = file.with_extension("backup.manifest.json");
        for (file, places) in [(&backup, 100), (&manifest, 40)] {
            let whole = fs::read(file).unwrap();
            for place in 0..places {
                let at = place * whole.len() / places;
                let mut changed = whole.clone();
                changed[at] ^= 1 << (place % 8);
                fs::write(file, changed).unwrap();
                assert!(verify(&backup).await.is_err(), "byte {at} of {}", file.display());
            }
            fs::write(file, &whole[..whole.len() - 1]).unwrap();
            assert!(verify(&backup).await.is_err(), "cut short");
            fs::write(file, whole).unwrap();
        }
        assert!(verify(&backup).await.is_ok());
        db.close().await;
    });
}

#[test]
fn books_that_are_not_sound_make_no_backup() {
    run(|file| async move {
        let db = open(&file).await;
        shelf(&db, "LAMP", 9).await;
        must(&db, |tx| {
            Box::pin(async move { tx.execute("update stock set on_hand = 10", &[]).await.map(drop) })
        })
        .await;
        let made = make(&db, &file.with_extension("backup"), 1).await;
        assert!(matches!(&made, Err(BackupError::Unsound { why, .. }) if why.contains("LAMP")), "{made:?}");
        assert!(!file.with_extension("backup").exists());
        db.close().await;
    });
}

#[test]
fn books_that_are_open_are_not_exchanged() {
    run(|file| async move {
        let db = open(&file).await;
        let backup = file.with_extension("backup");
        make(&db, &backup, 1).await.unwrap();
        let refused = restore(&backup, &file).await;
        assert!(matches!(refused, Err(BackupError::Database(DbError::Unavailable(_)))), "{refused:?}");
        db.close().await;
    });
}

/// What a crash leaves: a log beside the file that was never folded into it.
#[test]
fn a_log_that_was_left_behind_never_meets_the_file_put_back() {
    run(|file| async move {
        let db = open(&file).await;
        shelf(&db, "EARLY", 1).await;
        let backup = file.with_extension("backup");
        make(&db, &backup, 1).await.unwrap();
        shelf(&db, "LATE", 1).await;
        let left: Vec<(PathBuf, Vec<u8>)> = ["sqlite-wal", "sqlite-shm"]
            .map(|ending| file.with_extension(ending))
            .map(|log| (log.clone(), fs::read(&log).unwrap()))
            .into();
        db.close().await;
        for (log, bytes) in &left {
            fs::write(log, bytes).unwrap();
        }
        restore(&backup, &file).await.unwrap();
        let back = open(&file).await;
        assert_eq!((has(&back, "EARLY").await, has(&back, "LATE").await), (true, false));
        back.close().await;
        let aside = open(&file.with_extension("sqlite.before-restore")).await;
        assert!(has(&aside, "LATE").await, "what was there is kept");
        aside.close().await;
    });
}

#[test]
fn a_backup_is_put_back_where_there_was_nothing() {
    run(|file| async move {
        let db = open(&file).await;
        shelf(&db, "LAMP", 1).await;
        let (backup, elsewhere) = (file.with_extension("backup"), file.with_extension("new"));
        make(&db, &backup, 1).await.unwrap();
        restore(&backup, &elsewhere).await.unwrap();
        let other = open(&elsewhere).await;
        assert!(has(&other, "LAMP").await);
        other.close().await;
        db.close().await;
    });
}

#[test]
fn books_of_an_earlier_version_are_backed_up_before_they_go_on() {
    run(|file| async move {
        let db = Db::open(file.to_str().unwrap()).await.unwrap();
        assert_eq!(migrate_to(&db, 2, 0).await, Ok(2));
        must(&db, |tx| {
            let old = "insert into locations (code, name, kind) values ('depot', '', 'warehouse')";
            Box::pin(async move { tx.execute(old, &[]).await.map(drop) })
        })
        .await;
        assert!(migrate(&db, 5).await.is_ok_and(|steps| steps > 0));
        assert_eq!(migrate(&db, 6).await, Ok(0), "nothing to do, and no second backup");
        let snapshot = snapshot_of(&file, 2);
        let manifest = verify(&snapshot).await.unwrap();
        assert_eq!((manifest.schema, manifest.made_at_ms), (2, 5));
        assert!(has(&db, "depot").await, "what was there is there still");
        let tables: Vec<&str> = manifest.tables.iter().map(|sum| sum.table.as_str()).collect();
        assert!(tables.contains(&"ledger") && !tables.contains(&"jobs"), "{tables:?}");
        db.close().await;
    });
}

#[test]
fn a_program_beside_the_one_that_writes_looks_and_makes_a_backup_and_changes_nothing() {
    run(|file| async move {
        let db = open(&file).await;
        let shelf = shelf(&db, "LAMP", 9).await;
        let beside = Db::open_beside(file.to_str().unwrap()).await.unwrap();
        let sell = |number: i64| {
            must(&db, move |tx| {
                Box::pin(async move {
                    let entry = entry(&format!("order {number}"));
                    stock::change(tx, shelf, Movement::Commit { units: 1 }, &entry).await.map(drop)
                })
            })
        };
        sell(1).await;
        assert!(has(&beside, "LAMP").await);
        let made = make(&beside, &file.with_extension("backup"), 5).await.unwrap();
        let there = db.read(|tx| Box::pin(async move { sums(tx).await })).await.unwrap();
        assert_eq!(made.tables, there, "what was written last is in it");
        sell(2).await;
        let change = beside.write(|tx| Box::pin(async move { tx.execute("delete from ledger", &[]).await }));
        assert!(matches!(change.await, Err(DbError::NoRoom(_))));
        assert_eq!(reached(&beside).await, Ok(latest()));
        assert_eq!(missing(&beside).await, Ok(Vec::new()));
        beside.close().await;
        let nowhere = Db::open_beside(file.with_extension("none").to_str().unwrap()).await;
        assert!(nowhere.is_err() && !file.with_extension("none").exists(), "nothing is made");
        db.close().await;
    });
}

#[test]
fn steps_that_are_missing_are_told_before_they_are_taken() {
    on_both(|db| async move {
        assert_eq!(missing(&db).await, Ok(Vec::new()));
        assert_eq!(reached(&db).await, Ok(latest()));
        let looked = durability(&db).await.unwrap();
        assert!(looked.flaws.is_empty() && !looked.settings.is_empty(), "{looked:?}");
    });
    run(|file| async move {
        let db = Db::open(file.to_str().unwrap()).await.unwrap();
        assert_eq!(missing(&db).await.map(|steps| steps.len()), Ok(latest() as usize));
        assert_eq!(reached(&db).await, Ok(0));
        migrate_to(&db, 2, 0).await.unwrap();
        assert_eq!(missing(&db).await.map(|steps| steps[0]), Ok((3, "orders")));
        assert_eq!(reached(&db).await, Ok(2), "a look takes no step");
        db.close().await;
    });
}
