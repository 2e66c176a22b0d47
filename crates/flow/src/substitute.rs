//! Another product for units that no place has: offered, then accepted, declined, or not answered.

use crate::Baton;
use crate::call::{Call, What};
use crate::decide::{Asking, begin, decide_in};
use crate::exception::{self, About, Kind};
use crate::id;
use crate::order::{Document, Line};
use crate::order_state;
use crate::pass::{MOST_PAGES, PAGE, Pass};
use crate::refused::{Refused, broken};
use crate::shop::Shop;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::{Money, Timestamp};
use serde_json::json;
use store::order_terms::Term;
use store::orders::{Item, OrderRow, Stands};
use store::places::ProductKey;
use store::substitutions::OfferRow;
use store::{Tx, order_terms, orders, substitutions};

/// Minutes that a customer has to answer.
const ANSWER_MINUTES: i64 = 24 * 60;
/// Most offers that an order is asked about.
pub const MOST_OFFERS: i64 = 100;

/// What a customer says to an offer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    Accept,
    Decline,
    /// Nobody said anything in time.
    Lapse,
}

impl Answer {
    fn state(self) -> &'static str {
        match self {
            Answer::Accept => "accepted",
            Answer::Decline => "declined",
            Answer::Lapse => "lapsed",
        }
    }
}

/// Offers a substitute for open units of a line; they stay open until the answer.
pub(crate) async fn offer(
    tx: &mut Tx,
    call: &Call,
    order_id: &str,
    (key, substitute, units): ((i64, ProductKey), ProductKey, i64),
) -> Result<(), Refused> {
    let known = substitutions::of_order(tx, order_id, MOST_OFFERS).await?;
    let is_asked =
        |offer: &OfferRow| offer.line == key.0 && offer.product == key.1 && offer.state == "offered";
    if known.iter().any(is_asked) {
        return Ok(());
    }
    let row = OfferRow {
        id: id::new("sub", call.at_ms),
        order_id: order_id.to_owned(),
        line: key.0,
        product: key.1,
        substitute,
        units,
        state: "offered".to_owned(),
        answer_by_ms: call.at_ms + ANSWER_MINUTES * Timestamp::MINUTE_MS,
        created_at_ms: call.at_ms,
    };
    substitutions::insert(tx, &row).await?;
    let what = What { kind: "substitution.offered", subject: &row.id, order_id: Some(order_id) };
    call.tell(tx, what, &json!({ "line": key.0, "units": units })).await?;
    exception::open(tx, call, Kind::Substitution, &About::order(order_id)).await
}

/// Takes the customer's answer. Accepted, the units are ordered as the other product, at no more than the price agreed
/// for the first, and decided; declined or not answered, they are backordered.
#[derive(Clone, Debug)]
pub struct AnswerOffer {
    pub offer_id: String,
    pub answer: Answer,
}

#[async_trait]
impl Verb for AnswerOffer {
    type Done = OrderRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<OrderRow, Refused> {
        let (call, id) = (&scene.call, self.offer_id.as_str());
        let found = substitutions::get(tx, id).await?;
        let offer = found.ok_or_else(|| Refused::not_found("offer of a substitute", id))?;
        let mut row = begin(tx, call, &offer.order_id).await?;
        if !substitutions::answer(tx, id, self.answer.state(), call.at_ms).await? {
            return Err(Refused::conflict("already_answered", "this offer was answered already"));
        }
        let what = What { kind: "substitution.answered", subject: id, order_id: Some(&row.id) };
        call.tell(tx, what, &json!({ "line": offer.line, "answer": self.answer.state() })).await?;
        if !is_any_offered(tx, &row.id).await? {
            exception::settled(tx, call, &[Kind::Substitution], &row.id).await?;
        }
        if self.answer == Answer::Accept {
            replace(tx, &scene.shop, &mut row, &offer).await?;
        } else {
            let by = Stands { open: -offer.units, backordered: offer.units, ..Stands::default() };
            // Units that were cancelled or placed in between are not there to be backordered.
            orders::move_units(tx, &row.id, (offer.line, offer.product), by).await?;
        }
        match row.state.as_str() {
            "open" => decide_in(tx, scene, &mut row, Asking::Everyone).await?,
            _ => order_state::settle(tx, &mut row).await?,
        }
        Ok(row)
    }
}

/// The customer still has an offer of this order to answer.
async fn is_any_offered(tx: &mut Tx, order_id: &str) -> Result<bool, Refused> {
    let offers = substitutions::of_order(tx, order_id, MOST_OFFERS).await?;
    Ok(offers.iter().any(|offer| offer.state == "offered"))
}

/// The units become a line of their own, of the other product.
async fn replace(tx: &mut Tx, shop: &Shop, row: &mut OrderRow, offer: &OfferRow) -> Result<(), Refused> {
    let mut document: Document = serde_json::from_str(&row.document).map_err(|error| broken(&error))?;
    let cancel = Stands { open: -offer.units, cancelled: offer.units, ..Stands::default() };
    if !orders::move_units(tx, &row.id, (offer.line, offer.product), cancel).await? {
        return Err(Refused::conflict("units_not_open", "these units are not open any more"));
    }
    let old = document.lines.iter().find(|line| i64::from(line.line) == offer.line);
    let price = old.map_or(0, |line| line.unit_price_minor);
    let own = shop.product_id(offer.substitute).map(|id| {
        let price = shop.network.product(id).price.round_to_money(shop.network.currency);
        let Money { minor, .. } = price;
        minor
    });
    let number = document.lines.iter().map(|line| line.line).max().unwrap_or(0) + 1;
    document.lines.push(Line {
        line: number,
        sku: shop.sku(offer.substitute).to_owned(),
        quantity: u32::try_from(offer.units).unwrap_or(u32::MAX),
        // Nobody pays more for what he did not choose.
        unit_price_minor: own.map_or(price, |own| own.min(price)),
        when_short: "backorder".to_owned(),
    });
    let stands = Stands { open: offer.units, ..Stands::default() };
    let line = i64::from(number);
    let item = Item { line, product: offer.substitute, per_unit: 1, ordered: offer.units, stands };
    orders::add_item(tx, &row.id, &item).await?;
    let term = Term::product(offer.substitute);
    order_terms::add_missing(tx, (row.placed_at_ms, &row.id), &[term]).await?;
    row.document = serde_json::to_string(&document).map_err(|error| broken(&error))?;
    Ok(orders::set_document(tx, row).await?)
}

/// Lets offers lapse that nobody has answered; how many those were.
///
/// # Errors
/// The first that one of them met; the others have lapsed all the same.
pub async fn lapse_overdue(baton: &Baton, at_ms: i64) -> Result<usize, Refused> {
    let (mut pass, mut after) = (Pass::default(), (i64::MIN, String::new()));
    for _ in 0..MOST_PAGES {
        let from = after.clone();
        let overdue = baton.db.read::<_, Refused>(move |tx| {
            let from = from.clone();
            Box::pin(async move { Ok(substitutions::overdue(tx, at_ms, (from.0, &from.1), PAGE).await?) })
        });
        let overdue = overdue.await?;
        let Some(last) = overdue.last() else { break };
        after = (last.answer_by_ms, last.id.clone());
        for offer in overdue {
            let verb = AnswerOffer { offer_id: offer.id, answer: Answer::Lapse };
            pass.note(baton.perform(&Call::by_baton(at_ms), verb).await);
        }
    }
    pass.end()
}
