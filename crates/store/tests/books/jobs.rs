//! A job is done once, whoever takes it and however often its holders stop.

use crate::place::{must, on_both};
use model::LocationKind;
use store::db::{Db, DbError};
use store::jobs::{self, Claim, Failed, Filter, Held, Job, NewJob, Said, State};
use store::places::add_location;

const LEASE_MS: i64 = 1_000;

fn new<'a>(id: &'a str, kind: &'a str) -> NewJob<'a> {
    NewJob {
        id,
        kind,
        subject: "ord_1",
        payload: "{}",
        key: None,
        due_at_ms: 10,
        most_attempts: 3,
        created_at_ms: 10,
    }
}

async fn enqueue(db: &Db, job: NewJob<'static>) -> bool {
    must(db, move |tx| {
        let job = job.clone();
        Box::pin(async move { jobs::enqueue(tx, &job).await })
    })
    .await
}

async fn claim(db: &Db, owner: &'static str, now_ms: i64, limit: i64) -> Vec<Job> {
    must(db, move |tx| {
        Box::pin(async move {
            jobs::claim(tx, &Claim { owner, kinds: &["decide", "mail"], now_ms, lease_ms: LEASE_MS, limit })
                .await
        })
    })
    .await
}

async fn take_one(db: &Db, owner: &'static str, now_ms: i64) -> Job {
    claim(db, owner, now_ms, 1).await.pop().expect("a job is due")
}

/// What the holder of a job says of it.
#[derive(Clone, Copy)]
enum Word {
    Renew(i64),
    Finish(i64),
    Release(i64),
}

async fn say(db: &Db, job: &Job, word: Word) -> Said {
    let (id, fence) = (job.id.clone(), job.fence);
    must(db, move |tx| {
        let id = id.clone();
        Box::pin(async move {
            let held = Held { id: &id, fence };
            match word {
                Word::Renew(until) => jobs::renew(tx, held, until).await,
                Word::Finish(now) => jobs::finish(tx, held, now).await,
                Word::Release(now) => jobs::release(tx, held, now).await,
            }
        })
    })
    .await
}

async fn fail(db: &Db, job: &Job, next_due_ms: Option<i64>) -> Failed {
    let (id, fence) = (job.id.clone(), job.fence);
    must(db, move |tx| {
        let id = id.clone();
        Box::pin(
            async move { jobs::fail(tx, Held { id: &id, fence }, "the carrier is down", next_due_ms).await },
        )
    })
    .await
}

async fn look(db: &Db, id: &'static str) -> Job {
    must(db, move |tx| Box::pin(async move { jobs::job(tx, id).await })).await.expect("the job is there")
}

#[test]
fn a_job_asked_for_twice_with_one_key_is_there_once() {
    on_both(|db| async move {
        assert!(enqueue(&db, NewJob { key: Some("k"), ..new("job_1", "mail") }).await);
        assert!(!enqueue(&db, NewJob { key: Some("k"), ..new("job_2", "mail") }).await);
        assert!(enqueue(&db, NewJob { key: Some("k"), ..new("job_3", "decide") }).await, "another kind");
        assert!(
            enqueue(&db, new("job_4", "mail")).await && enqueue(&db, new("job_5", "mail")).await,
            "no key"
        );
        let two_words =
            db.write(|tx| Box::pin(async move { jobs::enqueue(tx, &new("job_6", "two words")).await })).await;
        assert!(matches!(two_words, Err(DbError::Refused(_))), "{two_words:?}");
    });
}

#[test]
fn a_job_waits_until_it_is_due_and_is_taken_by_one() {
    on_both(|db| async move {
        enqueue(&db, new("job_1", "mail")).await;
        enqueue(&db, new("job_2", "unknown_here")).await;
        assert_eq!(claim(&db, "a", 9, 5).await, [], "too early");
        let due = |now| db.read(move |tx| Box::pin(async move { jobs::is_due(tx, &["mail"], now).await }));
        assert_eq!((due(9).await, due(10).await), (Ok(false), Ok(true)));
        let (a, b) = tokio::join!(claim(&db, "a", 10, 5), claim(&db, "b", 10, 5));
        let taken: Vec<&str> = a.iter().chain(&b).map(|job| job.id.as_str()).collect();
        assert_eq!(taken, ["job_1"], "a kind that nobody here does is left alone");
        assert_eq!(due(10).await, Ok(false));
    });
}

#[test]
fn many_who_claim_at_the_same_time_never_take_the_same() {
    on_both(|db| async move {
        must(&db, |tx| {
            Box::pin(async move {
                for number in 0..120 {
                    jobs::enqueue(tx, &new(&format!("job_{number:03}"), "mail")).await?;
                }
                Ok(())
            })
        })
        .await;
        let claimers = (0..8).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    let jobs = claim(&db, "a", 10, 7).await;
                    if jobs.is_empty() {
                        return taken;
                    }
                    taken.extend(jobs.into_iter().map(|job| job.id));
                }
            })
        });
        let mut all = Vec::new();
        for claimer in claimers.collect::<Vec<_>>() {
            all.extend(claimer.await.unwrap());
        }
        all.sort();
        let expected: Vec<String> = (0..120).map(|number| format!("job_{number:03}")).collect();
        assert_eq!(all, expected);
    });
}

#[test]
fn what_a_holder_says_whose_lease_another_has_taken_does_not_count() {
    on_both(|db| async move {
        enqueue(&db, new("job_1", "mail")).await;
        let first = take_one(&db, "a", 10).await;
        assert_eq!(claim(&db, "b", 10 + LEASE_MS - 1, 1).await, [], "a still holds it");
        let second = take_one(&db, "b", 10 + LEASE_MS).await;
        assert!(second.fence > first.fence);
        for word in [Word::Renew(99_999), Word::Finish(20), Word::Release(20)] {
            assert_eq!(say(&db, &first, word).await, Said::Stale);
        }
        assert_eq!(fail(&db, &first, Some(20)).await, Failed::Stale);
        assert_eq!(fail(&db, &first, None).await, Failed::Stale);
        assert_eq!(look(&db, "job_1").await, second, "nothing changed");
        assert_eq!(say(&db, &second, Word::Finish(2_000)).await, Said::Counts);
        assert_eq!(say(&db, &second, Word::Finish(2_001)).await, Said::Stale, "it is over");
    });
}

#[test]
fn a_lease_that_is_renewed_is_not_taken() {
    on_both(|db| async move {
        enqueue(&db, new("job_1", "mail")).await;
        let job = take_one(&db, "a", 10).await;
        assert_eq!(say(&db, &job, Word::Renew(5_000)).await, Said::Counts);
        assert_eq!(claim(&db, "b", 4_999, 1).await, []);
        assert_eq!(take_one(&db, "b", 5_000).await.attempts, 2);
    });
}

#[test]
fn the_effect_of_a_stale_holder_does_not_stay() {
    on_both(|db| async move {
        enqueue(&db, new("job_1", "mail")).await;
        let first = take_one(&db, "a", 10).await;
        let second = take_one(&db, "b", 9_000).await;
        let carry = |job: Job| {
            db.write::<(), DbError>(move |tx| {
                let job = job.clone();
                Box::pin(async move {
                    add_location(tx, &format!("made at lease {}", job.fence), "", LocationKind::Store)
                        .await?;
                    match jobs::finish(tx, job.held(), 9_001).await? {
                        Said::Counts => Ok(()),
                        Said::Stale => Err(DbError::Conflict),
                    }
                })
            })
        };
        let (stale, sound) = tokio::join!(carry(first), carry(second));
        assert_eq!((stale, sound), (Err(DbError::Conflict), Ok(())));
        let made = |code: &'static str| {
            db.read(move |tx| Box::pin(async move { store::places::location(tx, code).await }))
        };
        assert!(made("made at lease 1").await.unwrap().is_none());
        assert!(made("made at lease 2").await.unwrap().is_some());
    });
}

#[test]
fn a_job_that_fails_too_often_is_given_up_until_somebody_asks_again() {
    on_both(|db| async move {
        enqueue(&db, new("job_1", "mail")).await;
        for (now, expected) in [(10, Failed::Again), (100, Failed::Again), (1_000, Failed::Dead)] {
            let job = take_one(&db, "a", now).await;
            assert_eq!(fail(&db, &job, Some(now * 10)).await, expected);
        }
        assert_eq!(claim(&db, "a", 1_000_000, 1).await, []);
        let dead = look(&db, "job_1").await;
        assert_eq!((dead.state, dead.attempts), (State::Dead, 3));
        assert_eq!(dead.last_error.as_deref(), Some("the carrier is down"));
        let retry =
            || must(&db, |tx| Box::pin(async move { jobs::retry_dead(tx, "job_1", 2_000_000).await }));
        assert!(retry().await);
        assert!(!retry().await, "it is no longer given up");
        assert_eq!(take_one(&db, "a", 2_000_000).await.attempts, 1);
    });
}

#[test]
fn a_job_that_stops_every_holder_is_given_up_too() {
    on_both(|db| async move {
        enqueue(&db, new("job_1", "mail")).await;
        for attempt in 1..=3 {
            assert_eq!(take_one(&db, "a", attempt * 10_000).await.attempts, attempt);
        }
        assert_eq!(claim(&db, "a", 90_000, 1).await, []);
        let dead = look(&db, "job_1").await;
        assert_eq!(dead.state, State::Dead);
        assert!(dead.last_error.is_some_and(|why| why.contains("stopped before it was done")));
    });
}

#[test]
fn a_job_that_cannot_succeed_is_given_up_at_once_and_one_let_go_loses_no_attempt() {
    on_both(|db| async move {
        enqueue(&db, new("job_1", "mail")).await;
        let job = take_one(&db, "a", 10).await;
        assert_eq!(say(&db, &job, Word::Release(11)).await, Said::Counts);
        let job = take_one(&db, "a", 11).await;
        assert_eq!((job.attempts, job.fence), (1, 2));
        assert_eq!(fail(&db, &job, None).await, Failed::Dead);
    });
}

#[test]
fn jobs_are_counted_listed_page_by_page_and_forgotten_when_old() {
    on_both(|db| async move {
        for id in ["job_1", "job_2", "job_3", "job_4", "job_5"] {
            enqueue(&db, new(id, if id == "job_3" { "decide" } else { "mail" })).await;
        }
        let job = take_one(&db, "a", 10).await;
        assert_eq!(say(&db, &job, Word::Finish(50)).await, Said::Counts);
        let page = |filter, before| {
            let found = db.read(move |tx| Box::pin(async move { jobs::list(tx, filter, before, 2).await }));
            async { found.await.unwrap().into_iter().map(|job| job.id).collect::<Vec<_>>() }
        };
        assert_eq!(page(Filter::default(), None).await, ["job_5", "job_4"]);
        assert_eq!(page(Filter::default(), Some("job_4")).await, ["job_3", "job_2"]);
        let ready_mail = Filter { kind: Some("mail"), state: Some(State::Ready) };
        assert_eq!(page(ready_mail, Some("job_4")).await, ["job_2"]);
        let counts = db.read(|tx| Box::pin(async move { jobs::counts(tx).await })).await.unwrap();
        let counts: Vec<_> =
            counts.iter().map(|count| (count.kind.as_str(), count.state, count.jobs)).collect();
        assert_eq!(
            counts,
            [("decide", State::Ready, 1), ("mail", State::Done, 1), ("mail", State::Ready, 3)]
        );
        let forget =
            |before| must(&db, move |tx| Box::pin(async move { jobs::forget(tx, before, 10).await }));
        assert_eq!((forget(50).await, forget(51).await), (0, 1));
    });
}
