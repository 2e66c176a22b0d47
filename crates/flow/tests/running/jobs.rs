//! No job is lost and no effect is doubled, whoever stops and whatever the clocks say.

use crate::place::{must, on_both};
use crate::{Dice, Hands, until};
use flow::baton::stop;
use flow::worker::{Ended, Kind, Pace, Trouble, Worker, finish};
use flow::{Baton, Refused};
use model::LocationKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::Db;
use store::jobs::{Filter, Job, NewJob, State};
use store::places::{add_location, add_product};
use store::stock::{self, Entry, Movement, Shelf};

/// How many jobs the test with killed workers carries: more, more kills.
const JOBS: &str = "BATON_TEST_JOBS";

fn pace() -> Pace {
    Pace { lease: Duration::from_secs(5), look_every: Duration::from_millis(5), ..Pace::default() }
}

async fn enqueue(db: &Db, kind: &'static str, jobs: usize) {
    must(db, move |tx| {
        Box::pin(async move {
            for number in 0..jobs {
                let job = NewJob {
                    id: &format!("job_{kind}_{number:05}"),
                    kind,
                    subject: "loc_1",
                    payload: "{}",
                    key: None,
                    due_at_ms: 0,
                    most_attempts: 100_000,
                    created_at_ms: 0,
                };
                store::jobs::enqueue(tx, &job).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn in_state(db: &Db, state: State) -> Vec<Job> {
    let filter = Filter { kind: None, state: Some(state) };
    db.read(move |tx| Box::pin(async move { store::jobs::list(tx, filter, None, 1_000).await }))
        .await
        .unwrap()
}

async fn are_done(db: &Db, jobs: usize) -> bool {
    in_state(db, State::Done).await.len() == jobs
}

async fn shelf(db: &Db) -> Shelf {
    must(db, |tx| {
        Box::pin(async move {
            let location = add_location(tx, "loc", "", LocationKind::Store).await?;
            let shelf = Shelf { product: add_product(tx, "LAMP", "").await?, location };
            stock::open(tx, shelf).await?;
            Ok(shelf)
        })
    })
    .await
}

async fn on_hand(db: &Db, shelf: Shelf) -> i64 {
    let units = db.read(move |tx| Box::pin(async move { stock::units(tx, shelf).await })).await.unwrap();
    units.unwrap().on_hand
}

/// Receives one unit for each job: a sum that shows what is lost or doubled.
fn receive(shelf: Shelf) -> Kind {
    Kind::new("receive", move |baton, job| async move {
        tokio::time::sleep(Duration::from_millis(job.id.len() as u64 % 3 + 1)).await;
        receive_one(&baton, shelf, job).await?;
        tokio::time::sleep(Duration::from_millis(1)).await;
        Ok(Ended::WithItsEffect)
    })
}

async fn receive_one(baton: &Baton, shelf: Shelf, job: Arc<Job>) -> Result<(), Refused> {
    let now_ms = baton.now_ms();
    let received = baton.db.write(move |tx| {
        let job = Arc::clone(&job);
        Box::pin(async move {
            let entry = Entry {
                at_ms: 1,
                actor: "baton".into(),
                reason: "received".into(),
                document: job.id.clone(),
                source: None,
            };
            stock::change(tx, shelf, Movement::Receive { units: 1, expected: 0 }, &entry).await?;
            finish(tx, &job, now_ms).await
        })
    });
    received.await
}

/// A worker that runs until the answer is dropped or aborted.
fn start(worker: Worker) -> (tokio::task::JoinHandle<()>, flow::baton::StopSwitch) {
    let (switch, stop) = stop();
    (tokio::spawn(worker.run(stop)), switch)
}

#[test]
fn workers_killed_in_the_middle_of_jobs_lose_none_and_double_no_effect() {
    let jobs = std::env::var(JOBS).ok().and_then(|text| text.parse().ok()).unwrap_or(120);
    on_both(|db| async move {
        let (shelf, hands, mut dice) = (shelf(&db).await, Hands::default(), Dice(7));
        enqueue(&db, "receive", jobs).await;
        let mut kills = 0;
        while !are_done(&db, jobs).await {
            let worker = Worker::new(hands.node(&db, &format!("node {kills}")), pace()).does(receive(shelf));
            let (run, _switch) = start(worker);
            tokio::time::sleep(Duration::from_millis(dice.below(14))).await;
            run.abort();
            // As after a crash: nobody lets go of anything, and time passes.
            hands.advance(5_001);
            kills += 1;
        }
        assert!(kills > 5, "{kills} kills");
        assert_eq!(on_hand(&db, shelf).await, jobs as i64);
        assert!(in_state(&db, State::Dead).await.is_empty());
    });
}

#[test]
fn of_two_nodes_whose_clocks_differ_by_an_hour_one_does_the_effect() {
    on_both(|db| async move {
        let shelf = shelf(&db).await;
        enqueue(&db, "receive", 150).await;
        let (right, ahead) = (Hands::default(), Hands::default());
        ahead.advance(3_600_000);
        let nodes = [right.node(&db, "right"), ahead.node(&db, "ahead")];
        let running = nodes.map(|node| start(Worker::new(node, pace()).does(receive(shelf))));
        until("all done", || are_done(&db, 150)).await;
        // A jump back: what comes now is done all the same, for it is due by any clock.
        ahead.advance(-7_200_000);
        must(&db, |tx| {
            Box::pin(async move {
                let job = NewJob {
                    id: "job_last",
                    kind: "receive",
                    subject: "",
                    payload: "",
                    key: None,
                    due_at_ms: 0,
                    most_attempts: 5,
                    created_at_ms: 0,
                };
                store::jobs::enqueue(tx, &job).await.map(drop)
            })
        })
        .await;
        until("the last one done", || are_done(&db, 151)).await;
        assert_eq!(on_hand(&db, shelf).await, 151);
        for (run, switch) in running {
            switch.ask();
            run.await.unwrap();
        }
    });
}

#[test]
fn a_job_that_takes_longer_than_its_lease_is_not_taken_over() {
    on_both(|db| async move {
        enqueue(&db, "long", 1).await;
        let begun = Arc::new(AtomicUsize::new(0));
        let running: Vec<_> = ["a", "b"]
            .iter()
            .map(|name| {
                let begun = Arc::clone(&begun);
                let long = Kind::new("long", move |_, _| {
                    begun.fetch_add(1, Ordering::SeqCst);
                    async {
                        tokio::time::sleep(Duration::from_millis(1_500)).await;
                        Ok(Ended::Outside)
                    }
                });
                let pace = Pace { lease: Duration::from_millis(600), ..pace() };
                start(Worker::new(Hands::default().node(&db, name), pace).does(long))
            })
            .collect();
        until("done", || are_done(&db, 1)).await;
        assert_eq!(begun.load(Ordering::SeqCst), 1);
        drop(running);
    });
}

#[test]
fn a_panic_or_an_endless_attempt_fails_one_job_and_no_other() {
    on_both(|db| async move {
        for kind in ["panics", "hangs", "fine", "never"] {
            enqueue(&db, kind, 1).await;
        }
        let worker = Worker::new(Hands::default().node(&db, "a"), pace())
            .does(Kind::new("panics", |_, _| async { panic!("on purpose") }))
            .does(Kind::new("hangs", |_, _| std::future::pending()).at_longest(Duration::from_millis(20)))
            .does(Kind::new("fine", |_, _| async { Ok(Ended::Outside) }))
            .does(Kind::new("never", |_, _| async { Err(Trouble::Never("no such address".into())) }));
        let (_run, _switch) = start(worker);
        until("the fine one done", || are_done(&db, 1)).await;
        until("the others failed", || async {
            let ready = in_state(&db, State::Ready).await;
            ready.iter().filter(|job| job.last_error.is_some() && job.attempts == 1).count() == 2
        })
        .await;
        let ready = in_state(&db, State::Ready).await;
        let why: Vec<&str> = ready.iter().filter_map(|job| job.last_error.as_deref()).collect();
        assert!(why.iter().any(|why| why.contains("on purpose")), "{why:?}");
        assert!(why.iter().any(|why| why.contains("took longer")), "{why:?}");
        let dead = in_state(&db, State::Dead).await;
        assert_eq!(dead[0].last_error.as_deref(), Some("no such address"));
    });
}

#[test]
fn a_kind_that_hangs_leaves_room_for_the_others() {
    on_both(|db| async move {
        enqueue(&db, "hangs", 30).await;
        enqueue(&db, "zips", 5).await;
        let hangs = Kind::new("hangs", |_, _| std::future::pending());
        let zips = Kind::new("zips", |_, _| async { Ok(Ended::Outside) });
        let worker = Worker::new(Hands::default().node(&db, "a"), Pace { at_once: 4, ..pace() })
            .does(hangs.at_once(3))
            .does(zips);
        let (_run, _switch) = start(worker);
        until("the others done", || are_done(&db, 5)).await;
        assert_eq!(in_state(&db, State::Leased).await.len(), 3);
    });
}

#[test]
fn a_write_wakes_the_worker() {
    on_both(|db| async move {
        let asleep = Pace { look_every: Duration::from_secs(3_600), ..pace() };
        let worker = Worker::new(Hands::default().node(&db, "a"), asleep)
            .does(Kind::new("zips", |_, _| async { Ok(Ended::Outside) }));
        let (_run, _switch) = start(worker);
        tokio::time::sleep(Duration::from_millis(50)).await;
        enqueue(&db, "zips", 1).await;
        until("done", || are_done(&db, 1)).await;
    });
}

#[test]
fn a_worker_that_stops_ends_what_ends_soon_and_lets_go_of_the_rest() {
    on_both(|db| async move {
        enqueue(&db, "short", 1).await;
        enqueue(&db, "hangs", 1).await;
        let pace = Pace { to_stop: Duration::from_millis(400), ..pace() };
        let worker = Worker::new(Hands::default().node(&db, "a"), pace)
            .does(Kind::new("hangs", |_, _| std::future::pending()))
            .does(Kind::new("short", |_, _| async {
                tokio::time::sleep(Duration::from_millis(100)).await;
                Ok(Ended::Outside)
            }));
        let (run, switch) = start(worker);
        until("both taken", || async { in_state(&db, State::Ready).await.is_empty() }).await;
        switch.ask();
        run.await.unwrap();
        assert!(are_done(&db, 1).await);
        let ready = in_state(&db, State::Ready).await;
        assert_eq!((ready[0].kind.as_str(), ready[0].attempts), ("hangs", 0));
    });
}
