//! What was really done: which place gave which units of which order.
//!
//! Owns: looking it up. Refuses to know: what it cost; see [`crate::priced`].

use model::LocationId;
use std::collections::HashMap;

/// Units of one order line that one place gave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Assigned {
    /// The line's own number, [`model::OrderLine::number`].
    pub line: u32,
    pub location: LocationId,
    /// Units of the line, or bundles.
    pub quantity: u32,
}

/// Assignments by order id.
#[derive(Clone, Debug, Default)]
pub struct ActualBook {
    by_order: HashMap<String, Vec<Assigned>>,
}

impl ActualBook {
    pub fn add(&mut self, order_id: &str, assigned: Assigned) {
        match self.by_order.get_mut(order_id) {
            Some(known) => known.push(assigned),
            None => {
                self.by_order.insert(order_id.to_owned(), vec![assigned]);
            }
        }
    }

    /// Notes that an order is known though nothing of it was sent.
    pub fn add_unfilled(&mut self, order_id: &str) {
        self.by_order.entry(order_id.to_owned()).or_default();
    }

    /// `None`: nothing is known of the order. Empty: nothing of it was sent.
    pub fn of_order(&self, order_id: &str) -> Option<&[Assigned]> {
        self.by_order.get(order_id).map(Vec::as_slice)
    }
}
