//! Whoever listens hears everything, once and in order.

use crate::Hands;
use crate::place::{must, on_both};
use flow::baton::stop;
use flow::live::{Listener, Live};
use std::time::{Duration, Instant};
use store::Db;
use store::events::{NewEvent, append};

async fn tell(db: &Db, subject: &'static str, events: usize) {
    must(db, move |tx| {
        Box::pin(async move {
            for _ in 0..events {
                let event = NewEvent {
                    at_ms: 1,
                    actor: "usr_1",
                    via: "page",
                    kind: "order.taken",
                    subject,
                    order_id: None,
                    facts: "{}",
                };
                append(tx, &event).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn hear(listener: &mut Listener, events: i64) -> Vec<i64> {
    let mut places = Vec::new();
    for _ in 0..events {
        let next = tokio::time::timeout(Duration::from_secs(20), listener.next()).await;
        let event = next.expect("it comes").unwrap().expect("somebody tells");
        places.push(event.place.unwrap());
    }
    places
}

/// Listens from there on: whoever reads back may be a moment ahead of who tells.
async fn once_told(live: &Live, place: i64) -> Listener {
    let told = async {
        loop {
            let listener = live.subscribe();
            if listener.place() >= place {
                return listener;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), told).await.expect("it is told")
}

#[test]
fn a_listener_hears_what_many_write_without_a_gap() {
    on_both(|db| async move {
        tell(&db, "before", 3).await;
        let live = Live::open(Hands::default().node(&db, "a")).await.unwrap();
        let (mut all, mut from_two) = (live.subscribe_after(0), live.subscribe_after(2));
        let (_switch, stop) = stop();
        tokio::spawn(live.clone().run(stop));
        let tellers = (0..6).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                for _ in 0..20 {
                    tell(&db, "while", 3).await;
                }
            })
        });
        let tellers: Vec<_> = tellers.collect();
        assert_eq!(hear(&mut all, 363).await, (1..=363).collect::<Vec<_>>());
        assert_eq!(hear(&mut from_two, 361).await, (3..=363).collect::<Vec<_>>());
        for teller in tellers {
            teller.await.unwrap();
        }
        let mut late = once_told(&live, 363).await;
        tell(&db, "after", 1).await;
        assert_eq!((hear(&mut late, 1).await, late.place()), (vec![364], 364), "only what is new");
    });
}

#[test]
fn a_listener_that_is_too_slow_reads_what_it_missed() {
    on_both(|db| async move {
        let live = Live::open(Hands::default().node(&db, "a")).await.unwrap();
        let (mut slow, mut quick) = (live.subscribe(), live.subscribe());
        let (_switch, stop) = stop();
        tokio::spawn(live.clone().run(stop));
        for _ in 0..13 {
            tell(&db, "many", 100).await;
            hear(&mut quick, 100).await;
        }
        assert_eq!(hear(&mut slow, 1_300).await, (1..=1_300).collect::<Vec<_>>());
        tell(&db, "one more", 1).await;
        assert_eq!(hear(&mut slow, 1).await, [1_301]);
    });
}

/// The best of several: a machine that is busy with other tests is slow now and then.
#[test]
fn an_event_is_heard_within_fifty_milliseconds() {
    on_both(|db| async move {
        let live = Live::open(Hands::default().node(&db, "a")).await.unwrap();
        let mut listener = live.subscribe();
        let (_switch, stop) = stop();
        tokio::spawn(live.clone().run(stop));
        let mut best = Duration::MAX;
        for _ in 0..10 {
            tell(&db, "now", 1).await;
            let written = Instant::now();
            hear(&mut listener, 1).await;
            best = best.min(written.elapsed());
        }
        assert!(best <= Duration::from_millis(50), "{best:?}");
    });
}
