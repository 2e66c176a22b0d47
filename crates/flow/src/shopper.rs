//! A shopper: what the books hold about them, and erasing it.
//!
//! Owns: who a shopper is, and that nobody is erased who still waits for something. A shopper is all orders with the same
//! e-mail address, or the same telephone number, as one order; an order with neither is a shopper of its own. Refuses to know:
//! who asks, and whether he may.
//!
//! `person` knows the shopper's words, `facts` what of an order's texts stays, `traces` looks through all other tables,
//! `erase` does it, `held` writes down what there is.

mod erase;
mod facts;
mod held;
mod person;
mod traces;

pub use erase::{Asked, Erased, Why, erase};
pub use held::export;
pub use person::MARK;
use person::is_of_one_person;

use crate::baton::Baton;
use crate::find_orders::{self, of_person, reversed_digits};
use crate::order::Document;
use crate::refused::{Refused, broken};
use std::collections::BTreeSet;
use store::order_terms::Term;
use store::orders::OrderRow;
use store::{Tx, order_terms, orders};

/// Orders of one shopper that are looked at and erased with one request. Who has more (a firm, a shop's own number) is erased
/// by asking again.
pub const MOST_ORDERS: usize = 500;
/// Orders that are older than their terms and get them now: new books have few, and whoever has more waits for the task.
const MOST_FILLED: i64 = 1_000;
/// Orders that are named, of those that are still on their way.
const MOST_NAMED: usize = 20;

/// An order of a shopper.
#[derive(Clone, Debug)]
pub(crate) struct OfShopper {
    pub(crate) row: OrderRow,
    pub(crate) document: Document,
}

/// What is held about a shopper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shopper {
    /// Names, addresses and numbers that their orders have, each once, the newest first.
    pub names: Vec<String>,
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    /// At most [`MOST_ORDERS`].
    pub orders: usize,
    /// There are more.
    pub is_capped: bool,
    pub first_ms: i64,
    pub last_ms: i64,
    /// Id and name of orders that are still to be sent or collected, and how many there are.
    pub under_way: Vec<(String, String)>,
    pub under_way_count: usize,
    /// When the shopper of this order was erased.
    pub erased_at_ms: Option<i64>,
}

/// What is held about the shopper of an order.
///
/// # Errors
/// There is no such order; the database's.
pub async fn shopper(baton: &Baton, order_id: &str) -> Result<Shopper, Refused> {
    Ok(Shopper::of(&found(baton, order_id).await?))
}

/// The orders of the shopper of one order.
///
/// # Errors
/// There is no such order, or older orders cannot be found yet; the database's.
pub(crate) async fn found(baton: &Baton, order_id: &str) -> Result<Found, Refused> {
    if !find_orders::fill(baton, MOST_FILLED).await? {
        let say = "older orders are still being made findable; ask again in some minutes";
        return Err(Refused::conflict("not_findable_yet", say));
    }
    let id = order_id.to_owned();
    let found = baton.db.read(move |tx| {
        let id = id.clone();
        Box::pin(async move { of_order(tx, &id).await })
    });
    found.await
}

impl Shopper {
    fn of(found: &Found) -> Shopper {
        let all = &found.orders;
        let each = |text: fn(&Document) -> &String| {
            let mut seen = BTreeSet::new();
            let texts = all.iter().map(|order| text(&order.document).trim()).filter(|text| !text.is_empty());
            texts.filter(|text| seen.insert(text.to_lowercase())).map(str::to_owned).collect()
        };
        let open: Vec<&OfShopper> = all.iter().filter(|order| order.is_under_way()).collect();
        let named = open.iter().take(MOST_NAMED).map(|order| (order.row.id.clone(), order.row.name.clone()));
        Shopper {
            names: each(|document| &document.customer.name),
            emails: each(|document| &document.customer.email),
            phones: each(|document| &document.customer.phone),
            orders: all.len(),
            is_capped: found.is_capped,
            first_ms: all.iter().map(|order| order.row.placed_at_ms).min().unwrap_or_default(),
            last_ms: all.iter().map(|order| order.row.placed_at_ms).max().unwrap_or_default(),
            under_way: named.collect(),
            under_way_count: open.len(),
            erased_at_ms: all.iter().find(|order| order.row.id == found.asked).and_then(OfShopper::erased_at),
        }
    }
}

impl OfShopper {
    /// Something of it is still to be sent or collected.
    pub(crate) fn is_under_way(&self) -> bool {
        matches!(self.row.state.as_str(), "open" | "held")
    }

    fn erased_at(&self) -> Option<i64> {
        self.document.erased_at_ms
    }
}

/// The orders of the shopper of one order.
pub(crate) struct Found {
    pub(crate) asked: String,
    /// The newest first; the one that was asked for is among them.
    pub(crate) orders: Vec<OfShopper>,
    pub(crate) is_capped: bool,
}

/// Finds the orders by what they are found by; what a term has cut off or left out, the documents say.
///
/// # Errors
/// There is no such order; the database's.
async fn of_order(tx: &mut Tx, id: &str) -> Result<Found, Refused> {
    let asked = read(tx, id).await?;
    let mut ids = BTreeSet::new();
    let phone = &asked.document.customer.phone;
    // Many have the same placeholder, and are strangers.
    let placeholder = (!is_of_one_person(phone)).then(|| Term::phone(&reversed_digits(phone)));
    let terms = of_person(&asked.document);
    let is_theirs = |term: &&Term| term.is_of_one_person() && Some(*term) != placeholder.as_ref();
    for term in terms.iter().filter(is_theirs) {
        ids.extend(order_terms::orders(tx, term, MOST_ORDERS as i64 + 1).await?);
    }
    ids.remove(id);
    let is_capped = ids.len() >= MOST_ORDERS;
    let mut orders = Vec::with_capacity(ids.len() + 1);
    // The newest, for those are on their way if any are.
    for other in ids.into_iter().rev().take(MOST_ORDERS - 1) {
        let other = read(tx, &other).await?;
        if is_same(&asked.document, &other.document) {
            orders.push(other);
        }
    }
    orders.push(asked);
    orders.sort_by(|a, b| (b.row.placed_at_ms, &b.row.id).cmp(&(a.row.placed_at_ms, &a.row.id)));
    Ok(Found { asked: id.to_owned(), orders, is_capped })
}

impl Found {
    /// Nothing is left of whoever placed the order.
    fn is_erased(&self) -> bool {
        self.orders.iter().all(|order| order.document.erased_at_ms.is_some())
    }
}

pub(crate) async fn read(tx: &mut Tx, id: &str) -> Result<OfShopper, Refused> {
    let row = orders::get(tx, id).await?.ok_or_else(|| Refused::not_found("order", id))?;
    let document = serde_json::from_str(&row.document).map_err(|error| broken(&error))?;
    Ok(OfShopper { row, document })
}

fn is_same(one: &Document, other: &Document) -> bool {
    let email = |document: &Document| document.customer.email.trim().to_lowercase();
    let phone = |document: &Document| {
        document.customer.phone.chars().filter(char::is_ascii_digit).collect::<String>()
    };
    let alike = |one: String, other: String| !one.is_empty() && one == other;
    let (email, phone) = ((email(one), email(other)), (phone(one), phone(other)));
    alike(email.0, email.1) || is_of_one_person(&phone.0) && alike(phone.0, phone.1)
}
