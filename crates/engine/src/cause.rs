//! What keeps units back that are left over.
//!
//! Owns: telling a lack of stock from everything else that may hold units back, by counting: what places could still
//! send, what places hold that are out, and what is nowhere. The largest of the three is the cause of a line.
//! Refuses to know: which remedy is taken, and the words.

use crate::decide::Question;
use crate::screen::Blocked;
use model::{
    Cause, Considered, Cost, CostPart, Decision, Lane, Leftover, LocationId, Outcome, ProductId, Reason,
    SplitPolicy, UnfilledWeight, Verdict,
};

/// Records the cause of every leftover, from the locations that were recorded before. A hold has its own reason.
pub(crate) fn record(question: &Question<'_>, decision: &mut Decision) {
    if matches!(decision.outcome, Outcome::Held(_)) {
        return;
    }
    let is_incomplete = Look { question, decision }.is_incomplete();
    for i in 0..decision.leftovers.len() {
        let look = Look { question, decision };
        let cause = look.cause(&decision.leftovers[i], is_incomplete);
        decision.leftovers[i].cause = Some(cause);
    }
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
    /// At places that are out, or kept back by a rule.
    held: u32,
    /// Why they are held, where that came nearest to sending them.
    nearest: Option<Reason>,
    /// They are held for several reasons.
    is_mixed: bool,
    is_stocked: bool,
}

impl Shelves {
    fn hold(&mut self, units: u32, reason: Reason) {
        self.held += units;
        self.is_mixed |= self.nearest.is_some_and(|before| before.code() != reason.code());
        if self.nearest.is_none_or(|before| before.precedence() < reason.precedence()) {
            self.nearest = Some(reason);
        }
    }

    fn held_by(&self) -> Cause {
        match self.nearest {
            Some(reason) if self.is_mixed => Cause::Nearest(reason),
            Some(reason) => Cause::Out(reason),
            None if self.is_stocked => Cause::NoStock,
            None => Cause::Out(Reason::NoStockRecord),
        }
    }

    /// What keeps `left` units back; `None`: most of them could go.
    fn keep(&self, left: u32) -> Option<Cause> {
        let free = self.free.min(left);
        let held = self.held.min(left - free);
        let nowhere = left - free - held;
        match () {
            () if free > 0 && free >= held.max(nowhere) => None,
            () if held >= nowhere => Some(self.held_by()),
            () if self.is_stocked => Some(Cause::NoStock),
            () => Some(Cause::Out(Reason::NoStockRecord)),
        }
    }
}

impl Look<'_> {
    // tidy: allow bool — asked once for all lines
    fn cause(&self, left: &Leftover, is_incomplete: bool) -> Cause {
        let line = &self.question.facts.order.lines[usize::from(left.line)];
        let components = &self.question.facts.network.product(line.product).components;
        let kept = match components.is_empty() {
            true => self.block(line.product, (left.quantity, 1)),
            // Of a bundle: the first of its parts that is kept back.
            false => components
                .iter()
                .find_map(|part| self.block(part.product, (part.quantity * left.quantity, part.quantity))),
        };
        match kept {
            Some(cause) => cause,
            None if is_incomplete => Cause::Whole,
            None if self.needs_several_places() => Cause::OnePlace,
            None => self.unused(left),
        }
    }

    /// What stands in the way of so many units, given so many at a time; `None`: nothing does, the plan leaves them.
    fn block(&self, product: ProductId, (left, at_once): (u32, u32)) -> Option<Cause> {
        let mut shelves = self.shelves(product);
        if shelves.free < at_once {
            shelves.free = 0;
        }
        let Some(wanted) = self.wanted(product).filter(|_| self.goes_whole()) else {
            return shelves.keep(left);
        };
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
                Some(reason) if available > 0 => shelves.hold(available, reason),
                Some(_) => {}
                None => {
                    let (usable, reason) = self.usable(considered, product);
                    shelves.free += usable - self.sent_from(considered.location, product).min(usable);
                    if let Some(reason) = reason.filter(|reason| reason.rule().is_some()) {
                        let kept = available.saturating_sub(usable);
                        shelves.hold(kept, reason);
                    }
                }
            }
        }
        shelves
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
        let items = &self.question.demand.items;
        items.iter().find(|item| item.product == product).map(|item| item.quantity)
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
        let is_lacking = |item: &crate::demand::Item| self.block(item.product, (item.quantity, 1)).is_some();
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

    /// Why the plan leaves what it could send.
    fn unused(&self, left: &Leftover) -> Cause {
        let settings = &self.question.facts.network.settings;
        let is_priced =
            settings.unfilled == UnfilledWeight::Priced && settings.parts.is_on(CostPart::Unfilled);
        if let Some(rule) = self.parcel_limit(left) {
            Cause::NoParcelLeft { rule }
        } else if let Some(reason) = self.full(left) {
            Cause::Out(reason)
        } else if !is_priced {
            Cause::NoPlan
        } else {
            match self.question.policy.preference().filter(|_| self.is_worth_sending(left)) {
                Some(rule) => Cause::Outweighed { rule },
                None => Cause::TooDear,
            }
        }
    }

    /// The rule that leaves no parcel for it: all are used, or one more would be worth too little. Of an order that
    /// goes whole no parcel is there to count.
    fn parcel_limit(&self, left: &Leftover) -> Option<model::RuleRef> {
        let policy = self.question.policy;
        let parcels = self.decision.parcels.len();
        let is_used = |(_, most): &(model::RuleRef, u32)| self.goes_whole() || parcels >= *most as usize;
        let line = &self.question.facts.order.lines[usize::from(left.line)];
        let value = line.unit_price.0 * i64::from(left.quantity);
        let is_worthless =
            |(_, least): &(model::RuleRef, i64)| self.goes_whole() || parcels > 0 && value < *least;
        let most = policy.max_parcels_by.filter(is_used).map(|(rule, _)| rule);
        most.or_else(|| policy.min_parcel_value_by.filter(is_worthless).map(|(rule, _)| rule))
    }

    /// Every place that could still send it has no parcel left.
    fn full(&self, left: &Leftover) -> Option<Reason> {
        let facts = self.question.facts;
        let mut reason = None;
        for considered in self.asked().filter(|considered| self.has_free(considered, left)) {
            let standing = facts.screen(considered.location).ok()?;
            let from_there = |parcel: &&model::Parcel| parcel.location == considered.location;
            let used = self.decision.parcels.iter().filter(from_there).count();
            if used < standing.capacity as usize {
                return None;
            }
            let site = facts.tables.site(considered.location);
            let blocked = match site.window_capacity < site.capacity {
                true => Blocked::WindowFull,
                false => Blocked::DayFull,
            };
            reason = reason.or(Some(facts.reason(considered.location, blocked)));
        }
        reason
    }

    /// The location could send more of what is left, or of one of its parts.
    fn has_free(&self, considered: &Considered, left: &Leftover) -> bool {
        let line = &self.question.facts.order.lines[usize::from(left.line)];
        let components = &self.question.facts.network.product(line.product).components;
        let free = |product: ProductId| {
            self.reason(considered, product).is_none()
                && self.usable(considered, product).0 > self.sent_from(considered.location, product)
        };
        free(line.product) && components.is_empty() || components.iter().any(|part| free(part.product))
    }

    /// Some place would send all that it can for less than it costs to leave this.
    fn is_worth_sending(&self, left: &Leftover) -> bool {
        let line = &self.question.facts.order.lines[usize::from(left.line)];
        let each: Cost = self.question.facts.network.product(line.product).unfilled_cost;
        let leaving = each.times(i64::from(left.quantity));
        self.asked().any(|considered| self.has_free(considered, left) && considered.alone.total() < leaving)
    }
}
