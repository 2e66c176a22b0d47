//! Erasing a shopper: what stands elsewhere first, then the orders, a few in one transaction, and the order that was asked
//! for last.
//!
//! Invariant: whoever is told that a shopper is erased finds nothing of them in the books. Whatever breaks it off between
//! two transactions, the order that was asked for still tells who the shopper is, so that asking again goes on from there.
//! Money, units, stock and the sums of the ledger stay as they are: no statement here touches a number.

use super::facts::{reason, without};
use super::person::{Of, Person};
use super::{Found, OfShopper, found, read, traces};
use crate::baton::Baton;
use crate::call::{Call, What};
use crate::decide::begin;
use crate::find_orders::{identifier, of_person};
use crate::refused::{Refused, broken};
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::events::{self, Vouched};
use store::order_terms::Term;
use store::orders::OrderRow;
use store::stock::Shelf;
use store::{Tx, erasing, exceptions, fulfillments, order_terms, returns};

/// Orders of one transaction: who takes orders meanwhile waits no longer than that.
const AT_ONCE: usize = 20;
/// Rows of one order of a kind that are written over.
const MOST_ROWS: i64 = 10_000;
/// Events read at once.
const EVENTS_AT_ONCE: i64 = 500;

/// Why somebody is erased: a word, so that nobody types the person into the log again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    ShopperAsked,
    KeptLongEnough,
    TestOrder,
}

impl Why {
    pub const ALL: [Why; 3] = [Why::ShopperAsked, Why::KeptLongEnough, Why::TestOrder];

    pub fn code(self) -> &'static str {
        match self {
            Why::ShopperAsked => "shopper_asked",
            Why::KeptLongEnough => "kept_long_enough",
            Why::TestOrder => "test_order",
        }
    }

    pub fn of_code(code: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.code() == code)
    }
}

/// What is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    pub order_id: String,
    pub why: Why,
    /// What people call the order: said again, for there is no way back.
    pub confirm: String,
}

/// How far an erasure came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Erased {
    /// Orders that were written over now.
    pub orders: usize,
    /// Texts elsewhere that named the shopper.
    pub traces: usize,
    /// There are more orders: ask again.
    pub is_more: bool,
}

/// Erases the shopper of an order from the books; doing it again changes nothing.
///
/// # Errors
/// Orders are still on their way, or somebody works on a file that names the shopper; the name is another; there is no such
/// order; the database's.
pub async fn erase(baton: &Baton, call: &Call, asked: Asked) -> Result<Erased, Refused> {
    let found = found(baton, &asked.order_id).await?;
    must_be_meant(&found, &asked)?;
    let open: Vec<&OfShopper> = found.orders.iter().filter(|order| order.is_under_way()).collect();
    if let Some(first) = open.first() {
        return Err(under_way(open.len(), &first.row.name));
    }
    let person = Arc::new(Person::of(found.orders.iter().map(|order| &order.document)));
    let ids: Arc<BTreeSet<String>> =
        Arc::new(found.orders.iter().map(|order| order.row.id.clone()).collect());
    let traces = match found.is_erased() {
        true => 0,
        false => traces::erase(baton, call, (&asked.order_id, asked.why), (&person, &ids)).await?,
    };
    let orders = erase_orders(baton, call, (&found, asked.why), &person).await?;
    Ok(Erased { orders, traces, is_more: found.is_capped })
}

fn must_be_meant(found: &Found, asked: &Asked) -> Result<(), Refused> {
    let order = found.orders.iter().find(|order| order.row.id == found.asked);
    let name = order.map_or("", |order| order.row.name.as_str());
    if identifier(&asked.confirm) == identifier(name) {
        return Ok(());
    }
    Err(Refused::invalid(
        "/confirm",
        format!("is not {name}; write the number of the order, for there is no way back"),
    ))
}

fn under_way(count: usize, first: &str) -> Refused {
    let say = match count {
        1 => format!("{first} is still to be sent or collected; erase when it is, or cancel it"),
        _ => format!(
            "{first} and {} more orders are still to be sent or collected; erase when they are, or cancel them",
            count - 1
        ),
    };
    Refused::conflict("orders_under_way", say)
}

async fn erase_orders(
    baton: &Baton,
    call: &Call,
    (found, why): (&Found, Why),
    person: &Arc<Person>,
) -> Result<usize, Refused> {
    let mut ids: Vec<String> = found.orders.iter().map(|order| order.row.id.clone()).collect();
    ids.retain(|id| *id != found.asked);
    // While there are more it still tells who the shopper is.
    if !found.is_capped {
        ids.push(found.asked.clone());
    }
    let mut erased = 0;
    for some in ids.chunks(AT_ONCE) {
        let verb = EraseOrders { ids: some.to_vec(), why, person: Arc::clone(person) };
        erased += baton.perform(call, verb).await?;
    }
    Ok(erased)
}

/// Writes over some orders of one shopper; how many had not been.
struct EraseOrders {
    ids: Vec<String>,
    why: Why,
    person: Arc<Person>,
}

#[async_trait]
impl Verb for EraseOrders {
    type Done = usize;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<usize, Refused> {
        events::hold(tx).await?;
        let mut erased = 0;
        for id in &self.ids {
            if read(tx, id).await?.document.erased_at_ms.is_none() {
                self.erase_order(tx, scene, id).await?;
                erased += 1;
            }
        }
        Ok(erased)
    }
}

impl EraseOrders {
    async fn erase_order(&self, tx: &mut Tx, scene: &Scene, id: &str) -> Result<(), Refused> {
        let row = begin(tx, &scene.call, id).await?;
        let document = serde_json::from_str(&row.document).map_err(|error| broken(&error))?;
        let order = OfShopper { row, document };
        if order.is_under_way() {
            return Err(under_way(1, &order.row.name));
        }
        self.erase_work(tx, id).await?;
        self.erase_exceptions(tx, id).await?;
        self.erase_returns(tx, id).await?;
        erasing::rewrite_batch_holds(tx, id, |text| reason(text, &self.person)).await?;
        self.erase_document(tx, scene, order).await?;
        let events = self.erase_events(tx, id).await?;
        let what = What { kind: events::ERASED, subject: id, order_id: Some(id) };
        Ok(scene.call.tell(tx, what, &json!({ "reason": self.why.code(), "events": events })).await?)
    }

    /// The order itself, and what it is found by.
    async fn erase_document(&self, tx: &mut Tx, scene: &Scene, order: OfShopper) -> Result<(), Refused> {
        let OfShopper { row, mut document } = order;
        let mut gone = of_person(&document);
        let (named, kept): (Vec<String>, Vec<String>) =
            document.tags.into_iter().partition(|tag| self.person.is_in(tag, Of::Shopper));
        gone.extend(named.iter().map(|tag| Term::tag(tag)));
        document.tags = kept;
        document.erase(scene.call.at_ms);
        let is_named = self.person.is_in(&row.name, Of::Shopper);
        if is_named {
            gone.push(Term::identifier(&identifier(&row.name)));
        }
        let name = if is_named { row.external_id.clone() } else { row.name };
        let hold = if row.hold.is_empty() { row.hold } else { reason(&row.hold, &self.person) };
        let document = serde_json::to_string(&document).map_err(|error| broken(&error))?;
        order_terms::remove(tx, (row.placed_at_ms, &row.id), &gone).await?;
        Ok(erasing::set_order(tx, &OrderRow { name, hold, document, ..row }).await?)
    }

    /// Who collected it, what the carrier's proof says, and why units were let go.
    async fn erase_work(&self, tx: &mut Tx, id: &str) -> Result<(), Refused> {
        for task in fulfillments::of_order(tx, id).await? {
            if let Some(facts) = without(&task.facts, &self.person) {
                erasing::set_task(tx, &task.id, &facts).await?;
            }
            let products: BTreeSet<_> =
                fulfillments::items(tx, &task.id).await?.iter().map(|item| item.product).collect();
            for product in products {
                let shelf = Shelf { product, location: task.location };
                self.rewrite_ledger(tx, (shelf, &task.id)).await?;
            }
        }
        Ok(())
    }

    async fn rewrite_ledger(&self, tx: &mut Tx, entries: (Shelf, &str)) -> Result<(), Refused> {
        Ok(erasing::rewrite_ledger(tx, entries, |text| reason(text, &self.person)).await?)
    }

    async fn erase_exceptions(&self, tx: &mut Tx, id: &str) -> Result<(), Refused> {
        for row in exceptions::of_order(tx, id, MOST_ROWS).await? {
            let facts = without(&row.facts, &self.person).unwrap_or_else(|| row.facts.clone());
            let resolution = reason(&row.resolution, &self.person);
            if (&facts, &resolution) != (&row.facts, &row.resolution) {
                erasing::set_exception(tx, &row.id, (&facts, &resolution)).await?;
            }
        }
        Ok(())
    }

    async fn erase_returns(&self, tx: &mut Tx, id: &str) -> Result<(), Refused> {
        for row in returns::of_order(tx, id, MOST_ROWS).await? {
            erasing::set_return(tx, &row.id, &reason(&row.reason, &self.person)).await?;
            let shelf = Shelf { product: row.product, location: row.location };
            self.rewrite_ledger(tx, (shelf, &row.id)).await?;
        }
        Ok(())
    }

    /// What happened to the order; the numbers and sums of the events that were written over.
    async fn erase_events(&self, tx: &mut Tx, id: &str) -> Result<Vec<Vouched>, Refused> {
        let (mut vouched, mut last) = (Vec::new(), 0);
        loop {
            let page = events::of_order(tx, id, last, EVENTS_AT_ONCE).await?;
            let Some(end) = page.last() else { return Ok(vouched) };
            last = end.number;
            for event in page.iter().filter(|event| event.kind != events::ERASED) {
                if let Some(facts) = without(&event.facts, &self.person) {
                    vouched.extend(events::erase(tx, event, &facts, id).await?);
                }
            }
        }
    }
}
