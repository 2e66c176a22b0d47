//! An order as a line that opens: its number and day, where it goes or why not, what it comes to, and its reasons.

use super::say;
use model::Day;

pub(super) struct OrderLine {
    pub(super) id: String,
    /// The whole number where `id` is only its beginning; else empty.
    pub(super) whole_id: String,
    pub(super) placed: String,
    /// From and to; or the one thing to know.
    pub(super) ways: Vec<String>,
    pub(super) amount: String,
    pub(super) sentences: Vec<String>,
}

/// What an order's line is made of.
pub(super) struct OrderFacts<'a> {
    pub(super) order_id: &'a str,
    pub(super) placed: Day,
    pub(super) ways: Vec<String>,
    pub(super) amount: String,
    pub(super) sentences: Vec<String>,
    /// What the places that it does not leave from have in common.
    pub(super) others: &'a [String],
}

pub(super) fn line(facts: OrderFacts<'_>) -> OrderLine {
    let id = say::short_id(facts.order_id);
    let mut sentences = facts.sentences;
    if !facts.others.is_empty() {
        sentences.push(format!("Of the other places, {}.", say::listed(facts.others)));
    }
    OrderLine {
        whole_id: if id == facts.order_id { String::new() } else { facts.order_id.to_owned() },
        id,
        placed: say::date(facts.placed),
        ways: facts.ways,
        amount: facts.amount,
        sentences,
    }
}
