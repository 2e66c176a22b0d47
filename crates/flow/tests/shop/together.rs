//! S2: of two people who do something to the same order or shelf at the same moment, one is first, and the books are as
//! if they had come one after the other.

use crate::books;
use crate::model::{Model, Outcome};
use crate::place::on_both;
use crate::stage::{OPENING, Stage};
use store::Db;

const SHOP: &str = "location mall store lanes=ship,pickup\nlocation pier store lanes=ship,pickup\n\
    location depot warehouse far lanes=ship\nstock mall MUG 3\nstock pier MUG 1\nstock depot MUG 2\nstock mall TEE 2\n";

/// What is done before, and the two that come at the same moment.
const PAIRS: [(&[&str], [&str; 2]); 24] = [
    (&["take A MUG 1", "start A@mall.1", "pack A@mall.1"], ["cancel A", "ship A@mall.1"]),
    (&["take A MUG 2", "start A@mall.1"], ["short A@mall.1 1 MUG 1 not_found", "cancel A"]),
    (&["take A MUG 2", "start A@mall.1"], ["short A@mall.1 1 MUG 2 damaged", "pack A@mall.1"]),
    (&["take A MUG 3"], ["move A@mall.1 depot", "take B MUG 3"]),
    (&["take A MUG 1"], ["move A@mall.1 pier", "take B MUG 4"]),
    (&["take A MUG 1"], ["move A@mall.1 pier", "accept A@mall.1"]),
    (&["take A MUG 2"], ["edit A line 1 3", "reject A@mall.1 too_busy"]),
    (&["take A MUG 2"], ["edit A line 1 1", "start A@mall.1"]),
    (&["take A MUG 2"], ["edit A line 1 1", "edit A line 1 3"]),
    (
        &["take A MUG 1 pickup mall", "start A@mall.1", "pack A@mall.1", "ready A@mall.1"],
        ["collect A@mall.1 code", "giveup A@mall.1"],
    ),
    (
        &["take A MUG 1 pickup mall", "start A@mall.1", "pack A@mall.1", "ready A@mall.1"],
        ["collect A@mall.1 code", "cancel A"],
    ),
    (&["take A MUG 1"], ["accept A@mall.1", "accept A@mall.1"]),
    (&["take A MUG 1"], ["reject A@mall.1 not_found", "take B MUG 2"]),
    (&["take A MUG 1"], ["cancel A", "cancel A"]),
    (&[], ["take A MUG 4", "take B MUG 4"]),
    (&[], ["take A MUG 2 TEE 2", "take B TEE 2 MUG 2"]),
    (&[], ["take A MUG 1", "take A MUG 1"]),
    (&["take A MUG 3"], ["sell mall MUG 1", "cancel A"]),
    (&["take A MUG 8"], ["receive mall MUG 2", "cancel A"]),
    (&["take A MUG 2"], ["hold A fraud", "reject A@mall.1 closed"]),
    (&["take A MUG 2", "hold A fraud"], ["lift A", "cancel A"]),
    (&["take A MUG 2"], ["wait 70", "accept A@mall.1"]),
    (
        &["take A MUG 1", "start A@mall.1", "pack A@mall.1", "ship A@mall.1"],
        ["return A 1 MUG 1 mall", "return A 1 MUG 1 pier"],
    ),
    (&["take A MUG 1", "start A@mall.1", "pack A@mall.1"], ["undo A@mall.1", "ship A@mall.1"]),
];

/// Times that each pair meets.
const MEETINGS: usize = 8;

#[test]
fn s2_two_at_the_same_moment_are_one_after_the_other() {
    on_both(|db| async move {
        for (before, pair) in PAIRS {
            for _ in 0..MEETINGS {
                meet(&db, before, pair).await;
            }
        }
    });
}

async fn meet(db: &Db, before: &[&str], pair: [&'static str; 2]) {
    crate::differ::empty(db).await;
    let mut stage = Stage::open(db.clone(), SHOP).await;
    for line in before {
        stage.outcome(line).await.unwrap();
    }
    let hands = pair.map(|line| {
        let mut stage = stage.clone();
        tokio::spawn(async move { stage.outcome(line).await })
    });
    let mut outcomes = Vec::new();
    for hand in hands {
        outcomes.push(hand.await.unwrap());
    }
    stage.check_books().await;
    let seen = books::read(db, OPENING).await;
    let mut legal = Vec::new();
    for order in [[0, 1], [1, 0]] {
        let mut model = Model { decided: seen.decided.clone(), ..Model::of_shop(SHOP, OPENING) };
        before.iter().for_each(|line| model.act(line).unwrap());
        let at_ms = model.at_ms;
        let mut said: [Outcome; 2] = [Ok(()), Ok(())];
        for i in order {
            model.at_ms = at_ms;
            said[i] = model.act(pair[i]);
        }
        legal.push((said.to_vec(), model.told()));
    }
    let is_legal = legal.iter().any(|(said, told)| *said == outcomes && *told == seen.told);
    assert!(is_legal, "{before:?}, then at once {pair:?}: {outcomes:?}\n{:#?}\nlegal: {legal:#?}", seen.told);
}
