//! Backups that the program makes by itself: proved, told in the log, one at a time, and no more than are kept.

use crate::place::on_both;
use crate::{Hands, real_ms, until};
use flow::backups::{Ask, Backups, Form, Listed, ask, job_kind, listed, timer};
use flow::baton::{StopSwitch, stop};
use flow::shop::Shop;
use flow::timers::{keep, once};
use flow::worker::{Pace, Worker};
use flow::{Actor, Baton, Call, Refused, Via};
use std::fs;
use std::sync::Arc;
use std::time::Duration;
use store::Db;
use store::events::{NewEvent, append};
use tempfile::TempDir;

const DAY_MS: i64 = 86_400_000;

struct Kept {
    folder: TempDir,
    backups: Arc<Backups>,
}

fn kept() -> Kept {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("backups");
    Kept { folder, backups: Arc::new(Backups { folder: at, books: None, kept: 2, is_daily: true }) }
}

fn ana() -> Call {
    Call::new(Actor { id: "usr_ana".into(), via: Via::Page }, real_ms())
}

fn at_work(baton: &Baton, backups: &Arc<Backups>) -> StopSwitch {
    let (switch, stop) = stop();
    let pace = Pace {
        look_every: Duration::from_millis(5),
        first_delay: Duration::from_millis(5),
        ..Pace::default()
    };
    tokio::spawn(Worker::new(baton.clone(), pace).does(job_kind(Arc::clone(backups))).run(stop));
    switch
}

/// Asks for one and waits until nothing is under way any more.
async fn made(db: &Db, backups: &Arc<Backups>) -> Listed {
    ask(db, &ana(), backups, Ask::Make).await.unwrap();
    over(db, backups).await
}

async fn over(db: &Db, backups: &Arc<Backups>) -> Listed {
    until("the work on backups ends", || async { listed(db, backups).await.unwrap().work.is_none() }).await;
    listed(db, backups).await.unwrap()
}

#[test]
fn a_backup_is_made_and_proved_by_whoever_asks_and_the_log_says_so() {
    on_both(|db| async move {
        let Kept { folder, backups } = kept();
        let _work = at_work(&Hands::default().node(&db, "a"), &backups);
        let found = made(&db, &backups).await;
        let [one] = &found.items[..] else { panic!("{found:?}") };
        assert!(one.is_good() && found.failure.is_none(), "{found:?}");
        assert_eq!(found.last_good_ms, Some(one.kept.made_at_ms));
        let made = one.made.as_ref().unwrap();
        assert_eq!((made.by.as_str(), made.program.as_deref()), ("usr_ana", Some("0.1.0")));
        assert_eq!(one.kept.form, Form::of(&db));
        let again = one.kept.form.verify(&backups.path(&one.kept)).await.unwrap();
        assert!(again.rows() > 0);
        drop(folder);
    });
}

#[test]
fn a_second_one_waits_until_the_first_is_over() {
    on_both(|db| async move {
        let Kept { folder, backups } = kept();
        ask(&db, &ana(), &backups, Ask::Make).await.unwrap();
        let refused = ask(&db, &ana(), &backups, Ask::Make).await.unwrap_err();
        assert!(matches!(refused, Refused::Conflict { code: "backup_under_way", .. }), "{refused:?}");
        let _work = at_work(&Hands::default().node(&db, "a"), &backups);
        assert_eq!(over(&db, &backups).await.items.len(), 1);
        ask(&db, &ana(), &backups, Ask::Make).await.unwrap();
        drop(folder);
    });
}

#[test]
fn the_oldest_of_its_own_goes_after_a_newer_one_was_proved_and_none_made_by_hand() {
    on_both(|db| async move {
        let Kept { folder, backups } = kept();
        fs::create_dir_all(&backups.folder).unwrap();
        let form = Form::of(&db);
        let by_hand = backups.folder.join(form.name(1_000, ""));
        form.make(&db, &by_hand, 1_000).await.unwrap();
        let hands = Hands::default();
        let _work = at_work(&hands.node(&db, "a"), &backups);
        let mut names = Vec::new();
        for _ in 0..3 {
            hands.advance(1_000);
            names.push(made(&db, &backups).await.items[0].kept.name.clone());
        }
        until("the oldest goes", || async { listed(&db, &backups).await.unwrap().all == 3 }).await;
        let left = listed(&db, &backups).await.unwrap();
        let left: Vec<&str> = left.items.iter().map(|item| item.kept.name.as_str()).collect();
        let hand = by_hand.file_name().unwrap().to_str().unwrap();
        assert_eq!(left, [names[2].as_str(), names[1].as_str(), hand]);
        let beside = fs::read_dir(&backups.folder).unwrap().count();
        assert_eq!(beside, if form == Form::File { 6 } else { 3 }, "a manifest was left behind");
        drop(folder);
    });
}

#[test]
fn one_that_is_damaged_is_found_by_a_check_and_is_no_good_one_any_more() {
    on_both(|db| async move {
        let Kept { folder, backups } = kept();
        let _work = at_work(&Hands::default().node(&db, "a"), &backups);
        let name = made(&db, &backups).await.items[0].kept.name.clone();
        ask(&db, &ana(), &backups, Ask::Verify(name.clone())).await.unwrap();
        assert!(over(&db, &backups).await.items[0].is_good());
        let file = backups.folder.join(&name);
        let mut bytes = fs::read(&file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&file, bytes).unwrap();
        ask(&db, &ana(), &backups, Ask::Verify(name)).await.unwrap();
        let found = over(&db, &backups).await;
        assert!(!found.items[0].is_good() && found.last_good_ms.is_none(), "{found:?}");
        let none = ask(&db, &ana(), &backups, Ask::Verify("../books".into())).await.unwrap_err();
        assert!(matches!(none, Refused::NotFound { .. }), "{none:?}");
        drop(folder);
    });
}

#[test]
fn where_the_folder_cannot_be_made_whoever_asked_hears_why_and_nothing_is_left_under_way() {
    on_both(|db| async move {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "x").unwrap();
        let at = folder.path().join("file").join("backups");
        let backups = Arc::new(Backups { folder: at, books: None, kept: 2, is_daily: true });
        let _work = at_work(&Hands::default().node(&db, "a"), &backups);
        let found = made(&db, &backups).await;
        let why = found.failure.and_then(|failure| failure.failed).unwrap();
        assert!(why.contains("file/backups"), "{why}");
    });
}

/// Something happened in these books long ago.
async fn long_ago(db: &Db) {
    let told = db.write::<_, store::DbError>(|tx| {
        Box::pin(async move {
            let event = NewEvent {
                at_ms: real_ms() - 9 * DAY_MS,
                actor: "baton",
                via: "job",
                kind: "setup.imported",
                subject: "setup",
                order_id: None,
                facts: "{}",
            };
            append(tx, &event).await
        })
    });
    told.await.unwrap();
}

#[test]
fn one_is_made_every_day_in_books_that_are_older_than_a_day() {
    on_both(|db| async move {
        let Kept { folder, backups } = kept();
        let hands = Hands::default();
        // Noon: whenever this runs, its first looks are of one day of backups.
        hands.advance(DAY_MS + DAY_MS / 2 - real_ms() % DAY_MS);
        let node = hands.node(&db, "a").with_shop(Shop::without_places());
        let _work = at_work(&node, &backups);
        let daily = timer(Arc::clone(&backups));
        keep(&node, &daily).await.unwrap();
        let look = || async {
            hands.advance(900_001);
            assert_eq!(once(&node, &daily).await, Ok(true));
            over(&db, &backups).await.all
        };
        assert_eq!(look().await, 0, "new books have nothing to lose");
        long_ago(&db).await;
        assert_eq!(look().await, 1);
        assert_eq!(look().await, 1, "one a day is enough");
        hands.advance(DAY_MS);
        assert_eq!(look().await, 2);
        let by = &listed(&db, &backups).await.unwrap().items[0].made.clone().unwrap().by;
        assert_eq!(by, "baton");
        drop(folder);
    });
}
