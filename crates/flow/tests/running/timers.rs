//! A periodic task is done by one node at a time, and again and again.

use crate::Hands;
use crate::place::on_both;
use flow::baton::stop;
use flow::timers::{Timer, keep, once, run};
use flow::worker::Trouble;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[test]
fn of_many_nodes_one_does_a_task_at_a_time() {
    on_both(|db| async move {
        let (under_way, runs) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let timer = {
            let (under_way, runs) = (Arc::clone(&under_way), Arc::clone(&runs));
            Timer::new("check", Duration::from_millis(20), move |_| {
                let (under_way, runs) = (Arc::clone(&under_way), Arc::clone(&runs));
                async move {
                    assert_eq!(under_way.fetch_add(1, Ordering::SeqCst), 0, "two at the same time");
                    tokio::time::sleep(Duration::from_millis(15)).await;
                    under_way.fetch_sub(1, Ordering::SeqCst);
                    runs.fetch_add(1, Ordering::SeqCst);
                    Ok(())
                }
            })
        };
        let (switch, stop) = stop();
        let nodes: Vec<_> = ["a", "b", "c"]
            .iter()
            .map(|name| {
                tokio::spawn(run(Hands::default().node(&db, name), vec![timer.clone()], stop.clone()))
            })
            .collect();
        crate::until("five runs", || async { runs.load(Ordering::SeqCst) >= 5 }).await;
        switch.ask();
        for node in nodes {
            node.await.unwrap();
        }
        let list = db.read(|tx| Box::pin(async move { store::timers::list(tx).await })).await.unwrap();
        assert_eq!(list[0].last_error, None);
    });
}

#[test]
fn a_task_that_fails_or_panics_says_why_and_is_done_again_soon() {
    on_both(|db| async move {
        let hands = Hands::default();
        let node = hands.node(&db, "a");
        let day = Duration::from_secs(86_400);
        let fails = Timer::new("fails", day, |_| async { Err(Trouble::Again("no paper".into())) });
        let panics = Timer::new("panics", day, |_| async { panic!("on purpose") });
        let hangs =
            Timer::new("hangs", day, |_| std::future::pending()).at_longest(Duration::from_millis(10));
        for timer in [&fails, &panics, &hangs] {
            keep(&node, timer).await.unwrap();
            assert_eq!((once(&node, timer).await, once(&node, timer).await), (Ok(true), Ok(false)));
        }
        let list = db.read(|tx| Box::pin(async move { store::timers::list(tx).await })).await.unwrap();
        let why: Vec<&str> = list.iter().filter_map(|timer| timer.last_error.as_deref()).collect();
        for (why, part) in why.iter().zip(["no paper", "longer", "on purpose"]) {
            assert!(why.contains(part), "{why} {part}");
        }
        assert_eq!(why.len(), 3);
        hands.advance(60_001);
        assert_eq!(once(&node, &fails).await, Ok(true));
    });
}
