//! Units that no place fills: what keeps them back, and what to do.
//!
//! Owns: what to say of each cause, and what to do. Refuses to know: how a cause is found.

use super::{Teller, lane_words};
use model::{Cause, Day, Lane, Leftover, Location, Reason, Remedy, RuleRef};

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
            Remedy::Backorder { expected } => self.waits(left, &what, expected),
            Remedy::Hold => format!("{what} cannot be filled and {is_or_are} kept for a person to decide."),
            Remedy::Cancel => format!("{what} cannot be filled and {is_or_are} cancelled."),
        }
    }

    fn waits(&self, left: &Leftover, what: &str, expected: Option<Day>) -> String {
        let (wait, stay, it) =
            if left.quantity == 1 { ("waits", "stays", "it") } else { ("wait", "stay", "them") };
        let receipt = match expected {
            Some(day) => format!("the next receipt is expected {}", self.day(day)),
            None => "no receipt is announced yet".to_owned(),
        };
        match left.cause {
            None => format!("{what} {wait}; {receipt}."),
            Some(Cause::NoStock) => format!("{what} {wait} for stock; {receipt}."),
            Some(Cause::Out(reason)) if reason.is_about_stock() => {
                format!("{what} {wait} for stock: {}; {receipt}.", self.lacks(&reason))
            }
            Some(Cause::Out(reason)) => format!("{what} {}", self.blocked(&reason)),
            Some(Cause::Mostly(reason)) => format!("{what} cannot go out now: {}", self.mostly(&reason)),
            Some(unused) => format!("{what} {stay} behind: {}", self.why_unused(unused, it)),
        }
    }

    /// Places are out for several reasons: what the team itself decided goes first.
    fn mostly(&self, reason: &Reason) -> String {
        match (reason.rule(), reason) {
            (Some(rule), Reason::ExcludedBy { .. }) => format!(
                "{} leaves out a place that could send it, and others are out for other reasons. Change it, or decide by hand.",
                self.rule(rule)
            ),
            (Some(rule), Reason::PromiseMissed { .. }) => format!(
                "{} leaves no place with it in time, and others are out for other reasons. Ask the customer for a later \
                 day, or change it.",
                self.rule(rule)
            ),
            (Some(rule), _) => format!(
                "{} keeps the last units back at one place, and others are out for other reasons.",
                self.rule(rule)
            ),
            (None, _) => {
                "the places that have any are out for several reasons. Someone has to look at it.".into()
            }
        }
    }

    /// The reason closest to sending, where stock is short.
    fn lacks(&self, reason: &Reason) -> String {
        match reason.rule() {
            Some(rule) => format!("{} keeps the last units back", self.rule(rule)),
            None => match self.order.pickup_at.filter(|_| self.order.lane == Lane::Pickup) {
                Some(store) => format!("{} does not stock it", self.name(store)),
                None => "no place stocks it".into(),
            },
        }
    }

    fn why_unused(&self, cause: Cause, it: &str) -> String {
        match cause {
            Cause::Whole if self.order.lane == Lane::Pickup => {
                "the order is handed over whole or not at all. Ask the customer whether a part will do."
                    .into()
            }
            Cause::Whole => {
                "the order goes out whole or not at all. Ask the customer whether a part will do.".into()
            }
            Cause::NoParcelLeft { rule } => {
                format!("{} leaves no parcel for {it}. Change that, or send {it} by hand.", self.rule(rule))
            }
            Cause::OnePlace => {
                "the order goes out from one place, and no place has all of it. Ask the customer whether a part will do."
                    .into()
            }
            Cause::Outweighed { rule } => format!(
                "{} counts for more than leaving {it}. Change that, or send {it} by hand.",
                self.rule(rule)
            ),
            Cause::TooDear => format!("sending {it} would cost more than leaving {it}."),
            _ => format!("no plan within the limits sends {it}. Someone has to look at it."),
        }
    }

    /// How the sentence ends where stock is not the cause: what is, and what to do.
    fn blocked(&self, reason: &Reason) -> String {
        let everybody = match self.order.pickup_at.filter(|_| self.order.lane == Lane::Pickup) {
            Some(store) => self.name(store),
            None => "every place that could send it",
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
            Reason::WindowFull { .. } => {
                "cannot go out before the next cut-off: all parcels of that packing window are taken. Decide again after \
                 it, or raise the capacity."
                    .into()
            }
            Reason::CapacityFull { .. } => {
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
            Reason::PromiseMissed { promised, rule, .. } => self.too_late(promised, rule),
            Reason::ExcludedBy { rule } => format!(
                "cannot go out: rules exclude every place that could send it, {} among them. Change them, or decide by hand.",
                self.rule(rule)
            ),
            Reason::NotCertified { .. } => {
                "cannot go out: no place that has it may handle it. Certify a place, or send it by hand.".into()
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

    fn too_late(&self, last: Day, rule: Option<RuleRef>) -> String {
        let day = self.day(last);
        let change = rule.map_or(String::new(), |rule| format!(", or change {}", self.rule(rule)));
        format!(
            "cannot arrive by {day} from any place that could send it. Ask the customer for a later day{change}."
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
            _ if nobody_does => {
                format!("cannot go out: no place offers {words}. Switch {words} on at a place.")
            }
            _ => format!(
                "cannot go out: no place that could send it offers {words}. Switch {words} on at one that has it."
            ),
        }
    }
}
