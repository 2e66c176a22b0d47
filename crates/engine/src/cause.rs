//! What keeps units back that are left over.
//!
//! Owns: telling a lack of stock from everything else that may hold units back. Only stock is waited for.
//! Refuses to know: which remedy is taken, and the words.

use crate::decide::Question;
use model::{
    Cause, Considered, CostPart, Decision, Lane, ProductId, Reason, SplitPolicy, UnfilledWeight, Verdict,
};

/// Records the cause of every leftover, from the locations that were recorded before.
pub(crate) fn record(question: &Question<'_>, decision: &mut Decision) {
    for i in 0..decision.leftovers.len() {
        let line = usize::from(decision.leftovers[i].line);
        let look = Look { question, decision };
        let cause = look.cause(question.facts.order.lines[line].product);
        decision.leftovers[i].cause = Some(cause);
    }
}

struct Look<'l> {
    question: &'l Question<'l>,
    decision: &'l Decision,
}

impl Look<'_> {
    /// Of a bundle: the first of its parts that is kept back.
    fn cause(&self, product: ProductId) -> Cause {
        let components = &self.question.facts.network.product(product).components;
        let block = match components.is_empty() {
            true => self.block(product),
            false => components.iter().find_map(|part| self.block(part.product)),
        };
        block.unwrap_or_else(|| self.unused())
    }

    /// What stands in the way of one product; `None`: nothing does, the plan leaves it.
    fn block(&self, product: ProductId) -> Option<Cause> {
        let order = self.question.facts.order;
        // A pickup comes from the customer's store alone: why the others are out is no matter.
        let store = order.pickup_at.filter(|_| order.lane == Lane::Pickup);
        let asked = |considered: &&Considered| store.is_none_or(|store| considered.location == store);
        let mut nearest: Option<Reason> = None;
        let mut is_mixed = false;
        let mut is_stocked = false;
        for considered in self.decision.considered.iter().filter(asked) {
            let reason = match self.reason(considered, product) {
                Some(reason) => reason,
                None => self.used_up(considered, product)?,
            };
            let Some(available) = self.available(considered, product) else { continue };
            is_stocked = true;
            if available <= 0 || matches!(reason, Reason::NoStock { .. }) {
                continue;
            }
            is_mixed |= nearest.is_some_and(|before| before.code() != reason.code());
            let is_nearer = nearest.is_none_or(|before| before.precedence() < reason.precedence());
            nearest = if is_nearer { Some(reason) } else { nearest };
        }
        Some(match nearest {
            Some(reason) if is_mixed => Cause::Nearest(reason),
            Some(reason) => Cause::Out(reason),
            None if is_stocked => Cause::NoStock,
            None => Cause::Out(Reason::NoStockRecord),
        })
    }

    /// What is on record there for anybody; `None`: it does not stock the product.
    fn available(&self, considered: &Considered, product: ProductId) -> Option<i32> {
        let stock = self.question.facts.stock;
        Some(stock.available(stock.record(product, considered.location)?))
    }

    /// Why none of a product comes from a location; `None` where some units can.
    fn reason(&self, considered: &Considered, product: ProductId) -> Option<Reason> {
        let outs = self.decision.item_outs_of(considered);
        match (outs.iter().find(|out| out.product == product), considered.verdict) {
            (Some(out), _) => Some(out.reason),
            (None, Verdict::Out(reason)) => Some(reason),
            (None, _) => None,
        }
    }

    /// What keeps a location from sending more, where what it can is sent, or nothing is as the order goes whole.
    fn used_up(&self, considered: &Considered, product: ProductId) -> Option<Reason> {
        let short = self.decision.item_shorts_of(considered).find(|short| short.product == product)?;
        let is_used = self.goes_whole() || self.is_sent_from(considered, product);
        is_used.then_some(short.reason)
    }

    fn is_sent_from(&self, considered: &Considered, product: ProductId) -> bool {
        let parcels = self.decision.parcels.iter().filter(|parcel| parcel.location == considered.location);
        parcels.flat_map(|parcel| self.decision.placements_of(parcel)).any(|sent| sent.product == product)
    }

    fn goes_whole(&self) -> bool {
        let order = self.question.facts.order;
        order.lane == Lane::Pickup || order.split != SplitPolicy::Allowed
    }

    /// Why the plan leaves what it could send.
    fn unused(&self) -> Cause {
        let settings = &self.question.facts.network.settings;
        let is_priced =
            settings.unfilled == UnfilledWeight::Priced && settings.parts.is_on(CostPart::Unfilled);
        match self.question.policy.parcel_limit {
            _ if self.goes_whole() => Cause::Whole,
            Some(rule) => Cause::NoParcelLeft { rule },
            None if is_priced => Cause::TooDear,
            None => Cause::NoPlan,
        }
    }
}
