//! Replays that are asked for are done beside everything else, once, and end whatever happens.

use crate::place::on_both;
use crate::shop::{Dice, Shop};
use flow::Refused;
use flow::baton::{StopSwitch, stop};
use flow::rule_replay::{AskReplay, CancelReplay, MOST_KEPT, MOST_WAITING, replay, replays};
use flow::worker::Pace;
use std::time::Duration;
use store::db::DbError;
use store::events;
use store::jobs::{self, Claim};
use store::rule_replays::{self, ReplayRow, State};

const RULES: &str = "Rules\nPrefer warehouses, worth $2 a parcel.";

fn ask(number: i64) -> AskReplay {
    AskReplay { number, against: None, from_ms: None, to_ms: None, with_worth: false }
}

fn pace() -> Pace {
    let short = Duration::from_millis;
    Pace { lease: Duration::from_secs(2), look_every: short(5), to_stop: short(0), ..Pace::default() }
}

async fn open(db: store::Db, orders: usize) -> (Shop, i64) {
    let shop = Shop::open(db).await;
    let number = shop.draft(RULES).await;
    let mut dice = Dice(5);
    for order in 0..orders {
        shop.some_order(&format!("{order}"), &mut dice).await;
        shop.pass(30);
    }
    (shop, number)
}

async fn asked(shop: &Shop, ask: AskReplay) -> ReplayRow {
    shop.baton.perform(&shop.call(), ask).await.unwrap()
}

fn at_work(shop: &Shop) -> StopSwitch {
    let (switch, stop) = stop();
    tokio::spawn(shop.clone().work_on(pace(), stop));
    switch
}

async fn over(shop: &Shop, id: &str) -> (ReplayRow, Option<String>) {
    for _ in 0..3_000 {
        let (row, result) = replay(&shop.baton.db, id).await.unwrap();
        if row.state.is_over() {
            return (row, result);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it does not end");
}

/// How often an event of this kind is told.
async fn told(shop: &Shop, kind: &str) -> usize {
    let read = shop
        .baton
        .db
        .read::<_, DbError>(|tx| Box::pin(async move { events::newest(tx, i64::MAX, 1_000).await }));
    read.await.unwrap().iter().filter(|event| event.kind == kind).count()
}

#[test]
fn a_replay_is_done_and_told() {
    on_both(|db| async move {
        let (shop, number) = open(db, 40).await;
        let row = asked(&shop, AskReplay { with_worth: true, ..ask(number) }).await;
        assert_eq!((row.state, row.against), (State::Waiting, None));
        let _work = at_work(&shop);
        let (row, result) = over(&shop, &row.id).await;
        assert_eq!((row.state, row.failure.as_str()), (State::Done, ""));
        // Each order is read twice where rules are measured.
        assert_eq!((row.done, row.total), (80, 80));
        let result: serde_json::Value = serde_json::from_str(&result.unwrap()).unwrap();
        assert_eq!(result["orders"], 40);
        assert_eq!(result["rule_worth"].as_array().unwrap().len(), 1);
        let names: Vec<&str> =
            result["variants"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names[0], "Lowest cost");
        assert!(names[1].ends_with("(version 1)"), "{names:?}");
        assert!(result["variants"][0]["total_cost_minor"].is_i64());
        assert_eq!((told(&shop, "rules.replay_asked").await, told(&shop, "rules.replay_done").await), (1, 1));
    });
}

#[test]
fn one_that_is_broken_off_begins_again_and_what_its_first_holder_brings_does_not_count() {
    on_both(|db| async move {
        let (shop, number) = open(db, 30).await;
        let row = asked(&shop, ask(number)).await;
        // A node takes it, begins it, and is not heard of again.
        let now_ms = shop.now_ms();
        let taken = shop.baton.db.write::<_, DbError>(move |tx| {
            Box::pin(async move {
                let claim =
                    Claim { owner: "gone", kinds: &["replay_rules"], now_ms, lease_ms: 1_000, limit: 1 };
                jobs::claim(tx, &claim).await
            })
        });
        let job = taken.await.unwrap().pop().unwrap();
        let (id, fence) = (row.id.clone(), job.fence);
        let begun = shop.baton.db.write::<_, DbError>(move |tx| {
            let id = id.clone();
            Box::pin(async move {
                let begun = rule_replays::begin(tx, &id, fence, now_ms).await?;
                let is_told = rule_replays::reached(tx, (&id, fence), (7, 30)).await?;
                Ok((begun.is_some(), is_told))
            })
        });
        assert_eq!(begun.await.unwrap(), (true, true));
        shop.pass(1);
        let work = at_work(&shop);
        let (row, result) = over(&shop, &row.id).await;
        assert_eq!((row.state, row.done, row.total), (State::Done, 30, 30));
        assert!(row.fence > fence);
        drop(work);
        // The first holder comes back.
        let id = row.id.clone();
        let late = shop.baton.db.write::<_, DbError>(move |tx| {
            let id = id.clone();
            Box::pin(async move {
                Ok([
                    rule_replays::begin(tx, &id, fence, 0).await?.is_some(),
                    rule_replays::reached(tx, (&id, fence), (8, 30)).await?,
                    rule_replays::finish(tx, (&id, fence), ("{}", 30), 0).await?,
                    rule_replays::fail(tx, (&id, fence), "late", 0).await?,
                ])
            })
        });
        assert_eq!(late.await.unwrap(), [false; 4]);
        assert_eq!(replay(&shop.baton.db, &row.id).await.unwrap(), (row, result));
        assert_eq!(told(&shop, "rules.replay_done").await, 1);
    });
}

#[test]
fn one_that_nobody_wants_any_more_is_not_done() {
    on_both(|db| async move {
        let (shop, number) = open(db, 10).await;
        let waiting = asked(&shop, ask(number)).await;
        shop.baton.perform(&shop.call(), CancelReplay { id: waiting.id.clone() }).await.unwrap();
        let again = shop.baton.perform(&shop.call(), CancelReplay { id: waiting.id.clone() }).await;
        assert!(matches!(again, Err(Refused::Conflict { code: "replay_over", .. })), "{again:?}");
        let next = asked(&shop, ask(number)).await;
        let _work = at_work(&shop);
        assert_eq!(over(&shop, &next.id).await.0.state, State::Done);
        let (row, result) = replay(&shop.baton.db, &waiting.id).await.unwrap();
        assert_eq!((row.state, result), (State::Cancelled, None));
        assert_eq!(told(&shop, "rules.replay_done").await, 1);
        assert_eq!(told(&shop, "rules.replay_cancelled").await, 1);
    });
}

#[test]
fn whoever_works_on_a_cancelled_one_hears_of_it_and_brings_nothing() {
    on_both(|db| async move {
        let (shop, number) = open(db, 1).await;
        let row = asked(&shop, ask(number)).await;
        let id = row.id.clone();
        let begun = shop.baton.db.write::<_, DbError>(move |tx| {
            let id = id.clone();
            Box::pin(async move {
                let begun = rule_replays::begin(tx, &id, 1, 0).await?;
                Ok((begun.is_some(), rule_replays::reached(tx, (&id, 1), (0, 1)).await?))
            })
        });
        assert_eq!(begun.await.unwrap(), (true, true));
        shop.baton.perform(&shop.call(), CancelReplay { id: row.id.clone() }).await.unwrap();
        let id = row.id.clone();
        let late = shop.baton.db.write::<_, DbError>(move |tx| {
            let id = id.clone();
            Box::pin(async move {
                Ok([
                    rule_replays::reached(tx, (&id, 1), (1, 1)).await?,
                    rule_replays::finish(tx, (&id, 1), ("{}", 1), 0).await?,
                ])
            })
        });
        assert_eq!(late.await.unwrap(), [false; 2]);
        let (row, result) = replay(&shop.baton.db, &row.id).await.unwrap();
        assert_eq!((row.state, row.ended_at_ms, result), (State::Cancelled, Some(shop.now_ms()), None));
    });
}

#[test]
fn a_replay_that_is_stopped_ends_without_a_result() {
    on_both(|db| async move {
        let (shop, number) = open(db, 10).await;
        let reached = std::sync::Arc::new(flow::rule_replay::Reached::default());
        reached.stop();
        let asked = flow::rule_replay::settle(&shop.baton, ask(number)).await.unwrap();
        let done = flow::rule_replay::run(&shop.baton, asked, &reached).await.unwrap();
        assert!(done.is_none());
    });
}

#[test]
fn what_cannot_be_replayed_is_refused_and_so_is_one_too_many() {
    on_both(|db| async move {
        let (shop, number) = open(db, 1).await;
        let refused = async |ask: AskReplay| shop.baton.perform(&shop.call(), ask).await.unwrap_err();
        assert!(matches!(refused(ask(9)).await, Refused::NotFound { .. }));
        assert!(matches!(refused(AskReplay { against: Some(9), ..ask(1) }).await, Refused::Invalid(_)));
        assert!(matches!(
            refused(AskReplay { from_ms: Some(i64::MAX), ..ask(1) }).await,
            Refused::Invalid(_)
        ));
        for _ in 0..MOST_WAITING {
            asked(&shop, ask(number)).await;
        }
        let one_more = refused(ask(number)).await;
        assert!(matches!(one_more, Refused::Conflict { code: "too_many_waiting", .. }), "{one_more:?}");
        assert_eq!(replays(&shop.baton.db, None, 100).await.unwrap().len() as i64, MOST_WAITING);
    });
}

#[test]
fn the_newest_are_kept_and_those_that_are_not_over() {
    on_both(|db| async move {
        let (shop, number) = open(db, 0).await;
        let waits = asked(&shop, ask(number)).await;
        for _ in 0..MOST_KEPT + 5 {
            let row = asked(&shop, ask(number)).await;
            shop.baton.perform(&shop.call(), CancelReplay { id: row.id }).await.unwrap();
        }
        let kept = replays(&shop.baton.db, None, 1_000).await.unwrap();
        // The newest of those that were over when the last one was asked for, and the one that waits.
        assert_eq!(kept.len() as i64, MOST_KEPT + 1);
        assert_eq!(kept.last().unwrap().id, waits.id);
    });
}

#[test]
fn one_whose_job_was_given_up_has_failed() {
    on_both(|db| async move {
        let (shop, number) = open(db, 1).await;
        let row = asked(&shop, ask(number)).await;
        let (job_id, now_ms) = (row.job_id.clone(), shop.now_ms());
        let buried = shop.baton.db.write::<_, DbError>(move |tx| {
            let job_id = job_id.clone();
            Box::pin(async move {
                let claim =
                    Claim { owner: "gone", kinds: &["replay_rules"], now_ms, lease_ms: 1_000, limit: 1 };
                let job = jobs::claim(tx, &claim).await?.pop().unwrap();
                assert_eq!(job.id, job_id);
                let _: jobs::Failed = jobs::fail(tx, job.held(), "it broke", None).await?;
                rule_replays::give_up(tx, "nobody came back", now_ms).await
            })
        });
        assert_eq!(buried.await.unwrap().len(), 1);
        let (row, _) = replay(&shop.baton.db, &row.id).await.unwrap();
        assert_eq!((row.state, row.failure.as_str()), (State::Failed, "nobody came back"));
        // Once what stopped it is mended its job is tried again, and so is the replay.
        flow::jobs::retry_job(&shop.baton.db, &shop.call(), &row.job_id).await.unwrap();
        let _work = at_work(&shop);
        for _ in 0..3_000 {
            if replay(&shop.baton.db, &row.id).await.unwrap().0.state == State::Done {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("it is not done");
    });
}
