//! What keeps units back that are left over.
//!
//! Owns: telling a lack of stock from everything else that may hold units back, by counting: what places could still
//! send, what places hold that are out, and what is nowhere. The largest of the three is the cause; what places could
//! send, [`relaxed`] asks about. Refuses to know: which remedy is taken, and the words.

mod relaxed;

use crate::decide::{Question, Work};
use crate::demand::Item;
use model::{
    Cause, Considered, Decision, HandlingSet, Lane, Leftover, LocationId, Outcome, ProductId, Reason,
    SplitPolicy, Verdict,
};

/// Records the cause of every leftover, from the locations that were recorded before. A hold has its own reason.
pub(crate) fn record(question: &Question<'_>, work: &mut Work, decision: &mut Decision) {
    if matches!(decision.outcome, Outcome::Held(_)) {
        return;
    }
    let is_incomplete = Look { question, decision }.is_incomplete();
    for i in 0..decision.leftovers.len() {
        let look = Look { question, decision };
        let cause = look.cause(&decision.leftovers[i], is_incomplete);
        decision.leftovers[i].cause = cause;
    }
    relaxed::record(question, work, decision);
}

struct Look<'l> {
    question: &'l Question<'l>,
    decision: &'l Decision,
}

/// Units of one product, by where they are.
#[derive(Default)]
struct Shelves {
    /// Places could still send these.
    free: u32,
    /// At places that are out, or kept back by a rule: by the reason's precedence, and one reason of each.
    held: [(u32, Option<Reason>); Reason::CODES.len()],
    is_stocked: bool,
}

impl Shelves {
    fn hold(&mut self, units: u32, reason: Reason) {
        let (held, of) = &mut self.held[reason.precedence()];
        *held = held.saturating_add(units);
        *of = of.or(Some(reason));
    }

    /// The reason that holds most; of equals a rule, which the team can change, then what came nearest to sending.
    fn held_by(&self) -> Option<Cause> {
        let reasons = self.held.iter().filter_map(|&(units, reason)| Some((units, reason?)));
        let most =
            reasons.max_by_key(|(units, reason)| (*units, reason.rule().is_some(), reason.precedence()));
        let is_mixed = self.held.iter().filter(|(_, reason)| reason.is_some()).count() > 1;
        most.map(|(_, reason)| if is_mixed { Cause::Mostly(reason) } else { Cause::Out(reason) })
    }

    /// What keeps `left` units back; `None`: most of them could go.
    fn keep(&self, left: u32) -> Option<Cause> {
        let free = self.free.min(left);
        let held = self.held.iter().fold(0u32, |sum, (units, _)| sum.saturating_add(*units)).min(left - free);
        let nowhere = left - free - held;
        match self.held_by() {
            _ if free > 0 && free >= held.max(nowhere) => None,
            Some(held_by) if held >= nowhere => Some(held_by),
            _ if self.is_stocked => Some(Cause::NoStock),
            _ => Some(Cause::Out(Reason::NoStockRecord)),
        }
    }
}

impl Look<'_> {
    /// `None`: nothing of these stands in the way, the plan leaves it.
    // tidy: allow bool — asked once for all lines
    fn cause(&self, left: &Leftover, is_incomplete: bool) -> Option<Cause> {
        let line = &self.question.facts.order.lines[usize::from(left.line)];
        let components = &self.question.facts.network.product(line.product).components;
        let kept = match components.is_empty() {
            true => self.block(line.product, 1),
            // Of a bundle: the first of its parts that is kept back.
            false => components.iter().find_map(|part| self.block(part.product, part.quantity)),
        };
        kept.or_else(|| is_incomplete.then_some(Cause::Whole))
            .or_else(|| self.needs_several_places().then_some(Cause::OnePlace))
    }

    /// What stands in the way of what the order leaves over of a product, given so many units at a time; `None`:
    /// nothing does.
    fn block(&self, product: ProductId, at_once: u32) -> Option<Cause> {
        let mut shelves = self.shelves(product);
        if shelves.free < at_once {
            shelves.free = 0;
        }
        let wanted = self.wanted(product).unwrap_or(0);
        if !self.goes_whole() {
            return shelves.keep(wanted - self.sent(product).min(wanted));
        }
        // Nothing of it is sent: it lacks what all places together cannot send.
        let lacking = wanted - shelves.free.min(wanted);
        shelves.free = 0;
        if lacking > 0 { shelves.keep(lacking) } else { None }
    }

    fn shelves(&self, product: ProductId) -> Shelves {
        let mut shelves = Shelves::default();
        for considered in self.asked() {
            let Some(available) = self.available(considered.location, product) else { continue };
            shelves.is_stocked = true;
            let available = available.max(0) as u32;
            match self.reason(considered, product) {
                Some(reason) if available > 0 => {
                    shelves.hold(available, self.beyond_rules(considered.location, product, reason));
                }
                Some(_) => {}
                None => {
                    let (usable, reason) = self.usable(considered, product);
                    shelves.free += usable - self.sent_from(considered.location, product).min(usable);
                    let kept = available.saturating_sub(usable);
                    if let Some(reason) = reason.filter(|reason| reason.rule().is_some() && kept > 0) {
                        shelves.hold(kept, reason);
                    }
                }
            }
        }
        shelves
    }

    /// Where a place could not send it without the rule either, that is not the rule's doing.
    fn beyond_rules(&self, location: LocationId, product: ProductId, reason: Reason) -> Reason {
        let facts = self.question.facts;
        let (Some(item), Some(_)) = (self.item(product), reason.rule()) else { return reason };
        let missing = HandlingSet(item.needs & !facts.tables.site(location).certified);
        if missing != HandlingSet::NONE {
            return Reason::NotCertified { missing };
        }
        let standing = facts.screen(location).ok();
        standing.and_then(|standing| facts.unsendable(item, &standing)).unwrap_or(reason)
    }

    /// A pickup comes from the customer's store alone: why the others are out is no matter.
    fn asked(&self) -> impl Iterator<Item = &Considered> {
        let order = self.question.facts.order;
        let store = order.pickup_at.filter(|_| order.lane == Lane::Pickup);
        let is_asked = move |considered: &&Considered| store.is_none_or(|store| considered.location == store);
        self.decision.considered.iter().filter(is_asked)
    }

    /// What is on record there for anybody; `None`: it does not stock the product.
    fn available(&self, location: LocationId, product: ProductId) -> Option<i32> {
        let stock = self.question.facts.stock;
        Some(stock.available(stock.record(product, location)?))
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

    /// Units of the demand that an open location can send, and what keeps it from more.
    fn usable(&self, considered: &Considered, product: ProductId) -> (u32, Option<Reason>) {
        let mut shorts = self.decision.item_shorts_of(considered);
        match shorts.find(|short| short.product == product) {
            Some(short) => (short.units, Some(short.reason)),
            None => (self.wanted(product).unwrap_or(0), None),
        }
    }

    /// Units of the whole order.
    fn wanted(&self, product: ProductId) -> Option<u32> {
        self.item(product).map(|item| item.quantity)
    }

    fn item(&self, product: ProductId) -> Option<&Item> {
        self.question.demand.items.iter().find(|item| item.product == product)
    }

    fn sent(&self, product: ProductId) -> u32 {
        let of_product = self.decision.placements.iter().filter(|sent| sent.product == product);
        of_product.map(|sent| sent.quantity).sum()
    }

    fn sent_from(&self, location: LocationId, product: ProductId) -> u32 {
        let parcels = self.decision.parcels.iter().filter(|parcel| parcel.location == location);
        let placements = parcels.flat_map(|parcel| self.decision.placements_of(parcel));
        placements.filter(|sent| sent.product == product).map(|sent| sent.quantity).sum()
    }

    fn goes_whole(&self) -> bool {
        let order = self.question.facts.order;
        order.lane == Lane::Pickup || order.split != SplitPolicy::Allowed
    }

    /// The order goes whole, and something of it is lacking or held.
    fn is_incomplete(&self) -> bool {
        let is_lacking = |item: &Item| self.block(item.product, 1).is_some();
        self.goes_whole() && self.question.demand.items.iter().any(is_lacking)
    }

    /// The order comes from one place, and no one place has all of it.
    fn needs_several_places(&self) -> bool {
        let items = &self.question.demand.items;
        let has_all = |considered: &Considered| {
            items.iter().all(|item| {
                self.reason(considered, item.product).is_none()
                    && self.usable(considered, item.product).0 >= item.quantity
            })
        };
        self.question.facts.order.split == SplitPolicy::OnePlace && !self.asked().any(has_all)
    }
}
