//! The state of an order, as the places of its units have it.
//!
//! Invariant: an order is `fulfilled` or `cancelled` exactly when none of its units is open, backordered or allocated.

use crate::refused::Refused;
use store::orders::{Item, OrderRow};
use store::{Tx, orders};

/// Why nothing more is done with an order that is not open, and what helps.
pub(crate) fn why_not_open(row: &OrderRow) -> String {
    match row.state.as_str() {
        "held" => format!("the order is held already ({}); lift that hold first", row.hold),
        "fulfilled" => "the order is fulfilled: all of it has left, and nothing is left to do".to_owned(),
        state => format!("the order is {state}: nothing of it is left"),
    }
}

/// Brings the state of the row up to where its units stand, and writes it. A hold stays until somebody lifts it.
///
/// # Errors
/// The database's.
pub(crate) async fn settle(tx: &mut Tx, row: &mut OrderRow) -> Result<(), Refused> {
    let items = orders::items(tx, &row.id).await?;
    bring_up(row, &items);
    Ok(orders::set_state(tx, row).await?)
}

/// The state that an order has with its units where they stand.
pub(crate) fn bring_up(row: &mut OrderRow, items: &[Item]) {
    let waiting: i64 =
        items.iter().map(|item| item.stands.open + item.stands.backordered + item.stands.allocated).sum();
    let shipped: i64 = items.iter().map(|item| item.stands.shipped).sum();
    if waiting == 0 {
        row.state = if shipped > 0 { "fulfilled" } else { "cancelled" }.to_owned();
        row.hold.clear();
    } else if row.state != "held" {
        row.state = "open".to_owned();
    }
}
