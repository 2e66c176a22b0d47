//! Units that no place fills: what keeps them back, and what to do.
//!
//! Owns: telling a lack of stock from everything else that may hold units back. Only stock is waited for.
//! Refuses to know: which remedy is taken.

use super::{Teller, lane_words};
use model::{
    Action, Considered, Day, Lane, Leftover, Location, ProductId, Reason, Remedy, RuleRef, SplitPolicy,
    Verdict,
};

/// What keeps units back.
enum Cause {
    /// What there is is spoken for or sent.
    Stock,
    /// A place has units that the plan does not take.
    Unused,
    /// Every place is out, all for this sort of reason.
    Blocked(Reason),
    /// Places are out for several reasons.
    Several,
    /// The places were not recorded.
    Untold,
}

impl Teller<'_> {
    pub(super) fn leftover(&self, left: &Leftover) -> String {
        let line = &self.order.lines[usize::from(left.line)];
        let what = self.units(left.quantity, line.product);
        let is_or_are = if left.quantity == 1 { "is" } else { "are" };
        match left.remedy {
            Remedy::Substitute { product, location } => format!(
                "{what} cannot be filled: offer {} instead, which {} has.",
                self.product(product),
                self.name(location)
            ),
            Remedy::Backorder { expected } => self.waits(left, (&what, line.product), expected),
            Remedy::Hold => format!("{what} cannot be filled and {is_or_are} kept for a person to decide."),
            Remedy::Cancel => format!("{what} cannot be filled and {is_or_are} cancelled."),
        }
    }

    fn waits(&self, left: &Leftover, (what, product): (&str, ProductId), expected: Option<Day>) -> String {
        let (wait, stay) = if left.quantity == 1 { ("waits", "stays") } else { ("wait", "stay") };
        let receipt = match expected {
            Some(day) => format!("the next receipt is expected {}", self.day(day)),
            None => "no receipt is announced yet".to_owned(),
        };
        match self.cause(product) {
            Cause::Stock => format!("{what} {wait} for stock; {receipt}."),
            Cause::Untold => format!("{what} {wait}; {receipt}."),
            Cause::Unused => format!("{what} {stay} behind: {}", self.why_unused()),
            Cause::Blocked(reason) => format!("{what} {}", self.blocked(&reason)),
            Cause::Several => format!(
                "{what} cannot go out now: every place is out or has none left, as told below. Someone has to look at it."
            ),
        }
    }

    /// Of a bundle: the first of its parts that is kept back.
    fn cause(&self, product: ProductId) -> Cause {
        if self.decision.considered.is_empty() {
            return Cause::Untold;
        }
        let components = &self.network.product(product).components;
        if components.is_empty() {
            return self.cause_of(product);
        }
        let mut causes = components.iter().map(|part| self.cause_of(part.product));
        causes.find(|cause| !matches!(cause, Cause::Unused)).unwrap_or(Cause::Unused)
    }

    fn cause_of(&self, product: ProductId) -> Cause {
        let mut is_short = false;
        let mut others: Vec<Reason> = Vec::new();
        // A pickup comes from the customer's store alone: why the others are out is no matter.
        let store = self.order.pickup_at.filter(|_| self.order.lane == Lane::Pickup);
        let asked = |considered: &&Considered| store.is_none_or(|store| considered.location == store);
        for considered in self.decision.considered.iter().filter(asked) {
            match self.block(considered, product) {
                None if self.is_used_up(considered, product) => is_short = true,
                None => return Cause::Unused,
                // What is not stocked there would not have come from there.
                Some(Reason::NotChosenStore | Reason::NoStockRecord) => {}
                Some(reason) if is_about_stock(&reason) => is_short = true,
                Some(reason) => others.push(reason),
            }
        }
        match others.first() {
            None => Cause::Stock,
            Some(first) if !is_short && others.iter().all(|other| other.code() == first.code()) => {
                Cause::Blocked(*first)
            }
            Some(_) => Cause::Several,
        }
    }

    /// Why none of a product comes from a location; `None` where some units can.
    fn block(&self, considered: &Considered, product: ProductId) -> Option<Reason> {
        let outs = self.decision.item_outs_of(considered);
        match (outs.iter().find(|out| out.product == product), considered.verdict) {
            (Some(out), _) => Some(out.reason),
            (None, Verdict::Out(reason)) => Some(reason),
            (None, _) => None,
        }
    }

    fn is_sent_from(&self, considered: &Considered, product: ProductId) -> bool {
        let parcels = self.decision.parcels.iter().filter(|parcel| parcel.location == considered.location);
        parcels.flat_map(|parcel| self.decision.placements_of(parcel)).any(|sent| sent.product == product)
    }

    /// The location has too few, and what it has is sent, or nothing is as the order goes whole.
    fn is_used_up(&self, considered: &Considered, product: ProductId) -> bool {
        let is_whole = self.order.lane == Lane::Pickup || self.order.split != SplitPolicy::Allowed;
        let is_short = self.decision.item_shorts_of(considered).any(|short| short.product == product);
        is_short && (is_whole || self.is_sent_from(considered, product))
    }

    fn why_unused(&self) -> String {
        if self.order.lane == Lane::Pickup {
            return "the order is handed over whole or not at all. Ask the customer whether a part will do."
                .into();
        }
        if self.order.split != SplitPolicy::Allowed {
            return "the order goes out whole or not at all. Ask the customer whether a part will do.".into();
        }
        let limits = |rule: &&RuleRef| {
            let action = self.rules.get(**rule).map(|rule| &rule.then);
            matches!(action, Some(Action::MaxParcels(_) | Action::MinParcelValue(_)))
        };
        match self.decision.applied.iter().find(limits) {
            Some(rule) => {
                format!("{} leaves no parcel for it. Change that, or send it by hand.", self.rule(*rule))
            }
            None => "no plan within the limits sends it. Someone has to look at it.".into(),
        }
    }

    /// How the sentence ends where stock is not the cause: what is, and what to do.
    fn blocked(&self, reason: &Reason) -> String {
        let everybody = match self.order.pickup_at.filter(|_| self.order.lane == Lane::Pickup) {
            Some(store) => self.name(store),
            None => "every place that could have it",
        };
        match *reason {
            Reason::LaneOff { lane } => self.lane_off(lane),
            Reason::Closed => format!("cannot go out: {everybody} is closed. Check the opening hours."),
            Reason::Paused => format!("cannot go out: {everybody} is paused. Switch one on again."),
            Reason::RejectedBefore => {
                format!("cannot go out: {everybody} refused the order. Someone has to look at it.")
            }
            Reason::SlotMissed { .. } => {
                "cannot be ready within the time that the customer chose. Ask for a later time.".into()
            }
            Reason::AccuracyGate { .. } => format!(
                "cannot go out: the stock records of {everybody} are wrong too often. Count the shelves, or lower the gate."
            ),
            Reason::StaleFeed { .. } => format!(
                "cannot go out: the stock of {everybody} was reported too long ago. Bring the stock up to date."
            ),
            Reason::CapacityFull { .. } | Reason::WindowFull { .. } => {
                "cannot go out today: all parcels are taken. It can go out on the next day with room, or raise the capacity."
                    .into()
            }
            Reason::TooFar { .. } => {
                "cannot be delivered: the customer is farther away than any place delivers. Offer shipping or pickup."
                    .into()
            }
            Reason::NoService => {
                "cannot be sent: no carrier goes to the customer. Add rates, or send it by hand.".into()
            }
            Reason::PromiseMissed { promised, .. } => self.too_late(promised),
            Reason::ExcludedBy { rule } => format!(
                "cannot go out: rules exclude every place, {} among them. Change them, or decide by hand.",
                self.rule(rule)
            ),
            Reason::NotCertified { .. } => {
                "cannot go out: no place may handle it. Certify a place, or send it by hand.".into()
            }
            Reason::TooHeavy { .. } => {
                "cannot be sent: it is too heavy or too large for every carrier. Send it as freight.".into()
            }
            Reason::NotChosenStore
            | Reason::NoStockRecord
            | Reason::NoStock { .. }
            | Reason::KeptBack { .. }
            | Reason::TooFewOnHand { .. } => "cannot go out. Someone has to look at it.".into(),
        }
    }

    fn too_late(&self, last: Day) -> String {
        let day = self.day(last);
        let change =
            self.limit_on_days(last).map_or(String::new(), |rule| format!(", or change {}", self.rule(rule)));
        format!(
            "cannot arrive by {day} from any place that could have it. Ask the customer for a later day{change}."
        )
    }

    fn lane_off(&self, lane: Lane) -> String {
        let offers = |location: &Location| location.lanes.has(lane);
        let nobody_does = !self.network.locations.iter().any(offers);
        let words = lane_words(lane);
        match (lane, self.order.pickup_at) {
            (Lane::Pickup, Some(store)) if !nobody_does => format!(
                "cannot be collected: {} does not offer pickup. Switch pickup on there, or ask the customer for another \
                 store or an address.",
                self.name(store)
            ),
            (Lane::Pickup, _) => {
                "cannot be collected: no place offers pickup. Switch pickup on at a store, or ask the customer for an address."
                    .into()
            }
            _ => format!("cannot go out: no place offers {words}. Switch {words} on at a place."),
        }
    }
}

fn is_about_stock(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::NoStockRecord
            | Reason::NoStock { .. }
            | Reason::KeptBack { .. }
            | Reason::TooFewOnHand { .. }
    )
}
