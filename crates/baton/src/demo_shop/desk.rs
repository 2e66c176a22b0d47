//! Customer service and customers: what becomes of exceptions, who changes their mind, and who sends goods back.
//!
//! Owns: how each kind of exception is resolved in the demo, and after how long. Refuses to know: how exceptions come
//! about.

use super::mark;
use super::staff::{Staff, Standing, Tempo, Window};
use flow::cancel_order::CancelOrder;
use flow::edit_order::EditOrder;
use flow::exception::{Kind, ResolveException};
use flow::fulfillment::{ReturnUnits, Returned};
use flow::inventory::At;
use flow::inventory::correct::{Correcting, Correction, correct_stock};
use flow::{Call, Refused};
use model::Timestamp;
use replay::chance::Chance;
use serde::Deserialize;
use store::exceptions::{self, ExceptionRow};

/// Exceptions that a round looks at: what is left is next.
const MOST_AT_ONCE: i64 = 200;
/// Of 1,000 tasks that reached their customer, so many come back.
const RETURNED_PER_MILLE: u32 = 45;
/// Of 1,000 orders, so many are cancelled by who placed them.
const CANCELLED_PER_MILLE: u32 = 18;
const HOUR_MS: i64 = 60 * Timestamp::MINUTE_MS;

/// Resolves what people have had time for; how many those were.
pub(super) async fn resolve(staff: &Staff, window: Window, most: usize) -> Result<usize, Refused> {
    let open = staff.baton.db.read(|tx| {
        Box::pin(async move {
            exceptions::list(tx, exceptions::Wanted::default(), (i64::MIN, ""), MOST_AT_ONCE).await
        })
    });
    let open: Vec<ExceptionRow> = open.await?;
    let mut resolved = 0;
    for row in open {
        let Some(at_ms) = taken_up_ms(staff, &row).and_then(|due_ms| window.when(due_ms)) else { continue };
        if resolved == most {
            break;
        }
        resolved += 1;
        match settle(staff, &mark::call(at_ms), &row).await {
            // Somebody else has seen to it, or it cannot be done now: it comes up again.
            Ok(()) | Err(Refused::Conflict { .. } | Refused::NotFound { .. } | Refused::Invalid(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(resolved)
}

/// When somebody takes it up. `None`: it is over when the work is done.
fn taken_up_ms(staff: &Staff, row: &ExceptionRow) -> Option<i64> {
    let (least, most) = match Kind::from_code(&row.kind)? {
        Kind::LatePickup => return None,
        Kind::InventoryMismatch | Kind::Damaged => (2, 26),
        _ => (1, 9),
    };
    let wait_ms = luck(staff, row).between(least * HOUR_MS, most * HOUR_MS);
    let times = match staff.tempo {
        Tempo::Lifelike => 1,
        Tempo::Faster(times) => times.max(1),
    };
    Some(row.opened_at_ms + wait_ms / times)
}

fn luck(staff: &Staff, row: &ExceptionRow) -> Chance {
    Chance::from_seed(staff.seed ^ row.opened_at_ms as u64).apart(row.kind.len() as u64)
}

async fn settle(staff: &Staff, call: &Call, row: &ExceptionRow) -> Result<(), Refused> {
    let order_id = row.order_id.clone().unwrap_or_default();
    let how = match Kind::from_code(&row.kind) {
        Some(Kind::PickupChoice) if luck(staff, row).happens(550) => {
            let lane = Some("ship".to_owned());
            staff.baton.perform(call, EditOrder { order_id, lane, ..EditOrder::default() }).await?;
            return Ok(());
        }
        Some(Kind::PickupChoice | Kind::Unroutable | Kind::Oversold | Kind::AddressHold) => {
            let reason = "the customer did not want to wait".to_owned();
            staff.baton.perform(call, CancelOrder { order_id, lines: Vec::new(), reason }).await?;
            // Where nothing was left to let go, it is open still.
            "the rest was cancelled with the customer"
        }
        Some(Kind::InventoryMismatch) => {
            count(staff, call, row).await?;
            "the shelf was counted"
        }
        Some(Kind::Damaged) => {
            let discard = |shelf: &ShelfFacts| vec![Correction::Discard { units: shelf.units }];
            correct(staff, (call, row), discard).await?;
            "thrown away"
        }
        Some(Kind::LatePick) => "talked over with the store",
        _ => "the customer was told",
    };
    let resolved = staff.baton.perform(call, ResolveException { id: row.id.clone(), how: how.to_owned() });
    match resolved.await {
        Ok(_) | Err(Refused::Conflict { .. }) => Ok(()),
        Err(other) => Err(other),
    }
}

/// Facts of an exception about a shelf.
#[derive(Deserialize, Default)]
#[serde(default)]
struct ShelfFacts {
    sku: String,
    location: String,
    /// Taken off sale until they are counted.
    off_sale: i64,
    units: i64,
}

/// One unit is really gone, the others are found.
async fn count(staff: &Staff, call: &Call, row: &ExceptionRow) -> Result<(), Refused> {
    let found = |shelf: &ShelfFacts| {
        let mut done = Vec::new();
        if shelf.off_sale > 0 {
            done.push(Correction::PassQualityControl { units: shelf.off_sale });
            done.push(Correction::Adjust { by: -1 });
        }
        done
    };
    correct(staff, (call, row), found).await
}

async fn correct(
    staff: &Staff,
    (call, row): (&Call, &ExceptionRow),
    what: impl Fn(&ShelfFacts) -> Vec<Correction>,
) -> Result<(), Refused> {
    let facts: ShelfFacts = serde_json::from_str(&row.facts).unwrap_or_default();
    for correction in what(&facts) {
        let at = At { sku: facts.sku.clone(), location: facts.location.clone() };
        let reason = "counted after a pick that went wrong".to_owned();
        match correct_stock(&staff.baton.db, call, Correcting { at, correction, reason }).await {
            // The units have gone another way meanwhile.
            Ok(_) | Err(Refused::Conflict { .. } | Refused::Invalid(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// When the customer of this order changes their mind, if they do.
pub(super) fn cancelled_at(seed: u64, placed_ms: i64) -> Option<i64> {
    let mut luck = Chance::from_seed(seed ^ placed_ms as u64).apart(91);
    luck.happens(CANCELLED_PER_MILLE).then(|| placed_ms + luck.between(HOUR_MS / 6, 3 * HOUR_MS))
}

pub(super) async fn cancel(staff: &Staff, order_id: &str, at_ms: i64) -> Result<(), Refused> {
    let (order_id, reason) = (order_id.to_owned(), "the customer changed their mind".to_owned());
    let cancel = CancelOrder { order_id, lines: Vec::new(), reason };
    match staff.baton.perform(&mark::call(at_ms), cancel).await {
        // It has left already.
        Ok(_) | Err(Refused::Conflict { .. }) => Ok(()),
        Err(other) => Err(other),
    }
}

/// When goods of a task come back, if they do.
pub(super) fn returned_at(seed: u64, task: &Standing) -> Option<i64> {
    let mut luck = Chance::from_seed(seed ^ task.row.created_at_ms as u64).apart(92);
    let days = Timestamp::DAY_MS;
    luck.happens(RETURNED_PER_MILLE).then(|| task.since_ms + luck.between(2 * days, 12 * days))
}

/// One unit of the first line comes back to the place that sent it.
pub(super) async fn take_back(staff: &Staff, task: &Standing, at_ms: i64) -> Result<(), Refused> {
    let shop = staff.baton.shop(at_ms).await?;
    let Some(item) = task.items.iter().find(|item| item.shipped > 0) else { return Ok(()) };
    let is_damaged = Chance::from_seed(staff.seed ^ at_ms as u64).happens(150);
    let units = ReturnUnits {
        order_id: task.row.order_id.clone(),
        line: item.line,
        sku: shop.sku(item.product).to_owned(),
        units: 1,
        at: shop.code(task.row.location).to_owned(),
        condition: if is_damaged { Returned::Damaged } else { Returned::Sellable },
        reason: "not as expected".to_owned(),
    };
    match staff.baton.perform(&mark::call(at_ms), units).await {
        Ok(_) | Err(Refused::Conflict { .. } | Refused::Invalid(_)) => Ok(()),
        Err(other) => Err(other),
    }
}
