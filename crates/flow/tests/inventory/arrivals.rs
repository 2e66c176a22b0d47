//! Units on their way are in the books all the time, once.

use crate::place::on_both;
use crate::shop::{NOON, at, call, hold, shop, sound, units};
use flow::Refused;
use flow::inventory::arrival::{
    Came, NewArrival, Received, Receiving, UnitsOf, Whence, announce, cancel_transfer, close_arrival,
    on_its_way, receive, send_transfer,
};
use flow::inventory::correct::{Correcting, Correction, correct_stock};
use store::arrivals::ArrivalState;
use store::db::Db;
use store::stock::Units;

/// Units as `MUG 2, TEE 1`.
fn lines(text: &str) -> Vec<UnitsOf> {
    let read = |line: &str| {
        let (sku, units) = line.trim().split_once(' ').unwrap();
        UnitsOf { sku: sku.into(), units: units.parse().unwrap() }
    };
    text.split(',').map(read).collect()
}

fn new(from: Whence, text: &str) -> NewArrival {
    NewArrival {
        from,
        to: "mall".into(),
        lines: lines(text),
        due_at_ms: Some(NOON),
        reason: "restock".into(),
    }
}

async fn transfer(db: &Db, text: &str) -> String {
    announce(db, &call(NOON), new(Whence::Location("depot".into()), text)).await.unwrap()
}

/// A piece as `MUG 2, TEE 3 damaged 1`.
async fn unpack(db: &Db, id: &str, client_id: &str, text: &str) -> Result<Received, Refused> {
    let read = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |i: usize| words.get(i).map_or(0, |word: &&str| word.parse().unwrap());
        Came { sku: words[0].into(), units: number(1), damaged: number(3) }
    };
    let lines = text.split(',').map(read).collect();
    let piece = Receiving { arrival: id.into(), client_id: client_id.into(), lines };
    receive(db, &call(NOON), piece).await
}

fn on_hand(on_hand: i64) -> Units {
    Units { on_hand, ..Units::default() }
}

#[test]
fn a_transfer_is_at_its_origin_then_on_its_way_then_at_its_target() {
    on_both(|db| async move {
        shop(&db, "depot MUG 5, mall TEE 1").await;
        let id = transfer(&db, "MUG 2, MUG 1").await;
        assert_eq!(units(&db, "depot", "MUG").await, on_hand(5), "a draft moves nothing");
        send_transfer(&db, &call(NOON), &id).await.unwrap();
        assert_eq!(units(&db, "depot", "MUG").await, on_hand(2));
        assert_eq!(units(&db, "mall", "MUG").await, Units { incoming: 3, ..Units::default() });
        assert_eq!(on_its_way(&db, ("mall", ""), 10).await.unwrap().len(), 1);
        sound(&db).await;
        let part = unpack(&db, &id, "a", "MUG 1").await.unwrap();
        assert_eq!((part.state, part.lines[0].outstanding()), (ArrivalState::Sent, 2));
        assert_eq!(units(&db, "mall", "MUG").await, Units { incoming: 2, ..on_hand(1) });
        sound(&db).await;
        let whole = unpack(&db, &id, "b", "MUG 2").await.unwrap();
        assert_eq!((whole.state, whole.discrepancies().count()), (ArrivalState::Closed, 0));
        assert_eq!(units(&db, "mall", "MUG").await, on_hand(3));
        sound(&db).await;
    });
}

#[test]
fn discrepancies_of_every_kind_are_told_and_the_books_balance() {
    on_both(|db| async move {
        shop(&db, "depot MUG 5, depot TEE 5, mall HAT 0, mall RUG 0").await;
        let id = announce(&db, &call(NOON), new(Whence::Supplier("Potters".into()), "MUG 4, TEE 2, HAT 1"))
            .await
            .unwrap();
        assert_eq!(units(&db, "mall", "MUG").await.incoming, 4);
        // One mug too few, one tee too many and broken, a rug that nobody announced.
        let part = unpack(&db, &id, "a", "MUG 3, TEE 3 damaged 1, RUG 1").await.unwrap();
        assert_eq!(part.state, ArrivalState::Sent);
        sound(&db).await;
        assert!(matches!(close_arrival(&db, &call(NOON), (&id, "")).await, Err(Refused::Invalid(_))));
        let closed = close_arrival(&db, &call(NOON), (&id, "short shipped")).await.unwrap();
        let told: Vec<_> = closed
            .discrepancies()
            .map(|line| (line.sku.as_str(), line.announced, line.received, line.damaged))
            .collect();
        assert_eq!(told, [("MUG", 4, 3, 0), ("TEE", 2, 3, 1), ("HAT", 1, 0, 0), ("RUG", 0, 1, 0)]);
        assert_eq!(units(&db, "mall", "MUG").await, on_hand(3));
        assert_eq!(units(&db, "mall", "TEE").await, Units { damaged: 1, ..on_hand(3) });
        assert_eq!(units(&db, "mall", "HAT").await, on_hand(0));
        sound(&db).await;
        // What turns up after all is received, and nothing is incoming twice.
        assert_eq!(unpack(&db, &id, "late", "MUG 1").await.unwrap().state, ArrivalState::Closed);
        assert_eq!(units(&db, "mall", "MUG").await, on_hand(4));
        sound(&db).await;
    });
}

#[test]
fn a_piece_that_is_sent_again_is_received_once() {
    on_both(|db| async move {
        shop(&db, "depot MUG 5, mall TEE 1").await;
        let id = transfer(&db, "MUG 4").await;
        send_transfer(&db, &call(NOON), &id).await.unwrap();
        let pieces = (0..8).map(|i| {
            let (db, id) = (db.clone(), id.clone());
            let client_id = if i % 2 == 0 { "one" } else { "two" };
            tokio::spawn(async move { unpack(&db, &id, client_id, "MUG 1").await.map(drop) })
        });
        for piece in pieces.collect::<Vec<_>>() {
            assert_eq!(piece.await.unwrap(), Ok(()));
        }
        assert_eq!(units(&db, "mall", "MUG").await, Units { incoming: 2, ..on_hand(2) });
        sound(&db).await;
    });
}

#[test]
fn what_is_promised_is_not_sent_away() {
    on_both(|db| async move {
        shop(&db, "depot MUG 3, depot TEE 9, mall HAT 1").await;
        hold(&db, "cart", "MUG 2").await.unwrap();
        let id = transfer(&db, "TEE 1, MUG 2").await;
        let refused = send_transfer(&db, &call(NOON), &id).await;
        let say = "too few can be taken away (MUG: 1 left, 2 wanted); send fewer";
        assert_eq!(refused, Err(Refused::conflict("short_stock", say)));
        assert_eq!(units(&db, "depot", "TEE").await, on_hand(9), "all or nothing");
        sound(&db).await;
    });
}

#[test]
fn a_transfer_is_sent_once_and_cancelled_only_before() {
    on_both(|db| async move {
        shop(&db, "depot MUG 9, mall TEE 1").await;
        let id = transfer(&db, "MUG 3").await;
        let here = call(NOON);
        let (a, b) = tokio::join!(send_transfer(&db, &here, &id), send_transfer(&db, &here, &id));
        assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1);
        assert_eq!(units(&db, "depot", "MUG").await, on_hand(6));
        let late = cancel_transfer(&db, &here, &id).await;
        assert!(matches!(late, Err(Refused::Conflict { code: "wrong_state", .. })), "{late:?}");
        let draft = transfer(&db, "MUG 3").await;
        cancel_transfer(&db, &here, &draft).await.unwrap();
        assert!(send_transfer(&db, &here, &draft).await.is_err());
        assert!(unpack(&db, &draft, "x", "MUG 1").await.is_err());
        assert!(matches!(send_transfer(&db, &here, "trf_x").await, Err(Refused::NotFound { .. })));
        sound(&db).await;
    });
}

#[test]
fn lines_that_are_none_are_named() {
    on_both(|db| async move {
        shop(&db, "depot MUG 9, mall TEE 1").await;
        let from = Whence::Location("depot".into());
        for (text, at) in [("MUG 0", "/lines/0/units"), ("MUG 1, CAP 1", "/lines/1/sku")] {
            let refused = announce(&db, &call(NOON), new(from.clone(), text)).await;
            let Err(Refused::Invalid(faults)) = refused else { panic!("{refused:?}") };
            assert_eq!(faults[0].at, at);
        }
        let home = announce(&db, &call(NOON), new(Whence::Location("mall".into()), "MUG 1")).await;
        assert!(matches!(home, Err(Refused::Invalid(_))), "{home:?}");
        // A correction of a shelf that only expects units finds nothing to take.
        let id = transfer(&db, "MUG 3").await;
        send_transfer(&db, &call(NOON), &id).await.unwrap();
        let correction = Correction::Adjust { by: -1 };
        let asked = Correcting { at: at("MUG", "mall"), correction, reason: "gone".into() };
        assert!(matches!(correct_stock(&db, &call(NOON), asked).await, Err(Refused::Conflict { .. })));
    });
}
