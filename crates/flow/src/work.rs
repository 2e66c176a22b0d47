//! What there is to do, by name: what the first page counts and what lists of orders can be narrowed to.
//!
//! Owns: which states make which word. Each word is told of one kind of thing:
//!
//! | word | counts | is |
//! |---|---|---|
//! | `to_decide` | orders | held, or open with units that no decision has settled |
//! | `to_pick` | fulfillment orders | open, accepted, or picking with units left to pick; not held |
//! | `to_pack` | fulfillment orders | picking with every unit in hand; not held |
//! | `to_hand_over` | fulfillment orders | packed; not held |
//! | `waiting_for_pickup` | fulfillment orders | ready for pickup; not held |
//! | `late` | fulfillment orders | under way, not held, past its deadline |
//! | `needs_attention` | exceptions | open |
//! | `held` | orders | held |
//! | `backordered` | orders | with units that wait for stock |
//! | `split` | orders | with more than one fulfillment order that was not let go |
//!
//! A list of orders has those of which at least one fulfillment order, or exception, is so. One order can be under several
//! words. The deadline of late work is moved on whenever it is told, so that it is told again: work is past its deadline,
//! too, while a late pick or a late pickup is open about it.

use crate::refused::Refused;
use std::collections::BTreeMap;
use store::places::LocationKey;
pub use store::work::{Count, Over};
use store::{Tx, work};

/// What one place has to do.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct AtPlace {
    pub to_pick: Count,
    pub to_pack: Count,
    pub to_hand_over: Count,
    pub waiting_for_pickup: Count,
    pub late: Count,
    pub needs_attention: Count,
}

/// What there is to do.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ToDo {
    pub to_decide: Count,
    pub held: Count,
    pub backordered: Count,
    /// Of all places together.
    pub work: AtPlace,
    pub places: BTreeMap<LocationKey, AtPlace>,
}

/// Counts what there is to do, over all places or at one.
///
/// # Errors
/// The database's.
pub async fn to_do(tx: &mut Tx, over: Over, now_ms: i64) -> Result<ToDo, Refused> {
    let mut places: BTreeMap<LocationKey, AtPlace> = BTreeMap::new();
    for work::InState { location, state, is_held, due, overdue } in work::in_state(tx, over, now_ms).await? {
        let at = places.entry(location).or_default();
        if overdue > 0 && !is_held {
            at.late = at.late.and(Count { amount: overdue, first_ms: due.first_ms });
        }
        let step = match state.as_str() {
            // What is being picked is told apart below.
            _ if is_held => continue,
            "picking" => continue,
            "packed" => &mut at.to_hand_over,
            "ready_for_pickup" => &mut at.waiting_for_pickup,
            _ => &mut at.to_pick,
        };
        *step = step.and(due);
    }
    for work::Picking { location, is_whole, due } in work::picking(tx, over).await? {
        let at = places.entry(location).or_default();
        let step = if is_whole { &mut at.to_pack } else { &mut at.to_pick };
        *step = step.and(due);
    }
    for (location, late) in work::told_late(tx, over, now_ms).await? {
        let at = places.entry(location).or_default();
        at.late = at.late.and(late);
    }
    let mut nowhere = AtPlace::default();
    for (location, open) in work::exceptions(tx).await? {
        match location {
            LocationKey(0) if over == Over::All => nowhere.needs_attention = open,
            location if over.has(location) => places.entry(location).or_default().needs_attention = open,
            _ => {}
        }
    }
    let held = work::held(tx, over).await?;
    Ok(ToDo {
        to_decide: held.and(work::undecided(tx, over).await?),
        held,
        backordered: work::backordered(tx, over).await?,
        work: places.values().fold(nowhere, |all, at| all.and(*at)),
        places,
    })
}

impl AtPlace {
    /// Both together.
    fn and(self, other: AtPlace) -> AtPlace {
        AtPlace {
            to_pick: self.to_pick.and(other.to_pick),
            to_pack: self.to_pack.and(other.to_pack),
            to_hand_over: self.to_hand_over.and(other.to_hand_over),
            waiting_for_pickup: self.waiting_for_pickup.and(other.waiting_for_pickup),
            late: self.late.and(other.late),
            needs_attention: self.needs_attention.and(other.needs_attention),
        }
    }
}
