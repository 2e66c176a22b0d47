//! The words of a reason: as the end of "mall is out: …", and short, in brackets behind an item.
//!
//! Owns: both wordings of every reason. Refuses to know: which places they are told of.

use super::{Teller, count, lane_words};
use crate::words;
use model::{Day, Handling, HandlingSet, LocationId, Reason, RuleRef, Weight};

impl Teller<'_> {
    /// `items` stands for what was ordered: `it`, or `them` where several items are out for one reason.
    pub(super) fn reason(&self, location: LocationId, reason: &Reason, items: &str) -> String {
        match *reason {
            Reason::Paused => "it is paused".into(),
            Reason::RejectedBefore => "it refused this order before".into(),
            Reason::LaneOff { lane } => format!("it does not offer {}", lane_words(lane)),
            Reason::NotChosenStore => "the customer chose another store".into(),
            Reason::Closed => "it is closed".into(),
            Reason::SlotMissed { ready_at } => {
                let ready = self.time(location, ready_at);
                format!("it would be ready {ready} only, after the time the customer chose")
            }
            Reason::AccuracyGate { accuracy, need } => {
                format!("its stock records are right {accuracy} of the time, and {need} are needed")
            }
            Reason::StaleFeed { age_minutes, limit_minutes } => {
                let (age, limit) = (
                    model::words::count(age_minutes.into(), "minute"),
                    model::words::count(limit_minutes.into(), "minute"),
                );
                format!("its stock was last reported {age} ago, and {limit} at most are allowed")
            }
            Reason::CapacityFull { capacity } => taken(capacity, "for the day"),
            Reason::WindowFull { capacity } => taken(capacity, "of its packing window"),
            Reason::TooFar { distance, limit } => format!(
                "the customer is {} away, and it delivers within {}",
                words::way(distance),
                words::way(limit)
            ),
            Reason::NoService => "no carrier goes from there to the customer".into(),
            Reason::PromiseMissed { earliest, promised, rule } => self.late(earliest, (promised, rule)),
            Reason::ExcludedBy { rule } => format!("{} excludes it", self.rule(rule)),
            Reason::NotCertified { missing } => may_not_handle("it may", missing),
            Reason::TooHeavy { weight, limit } => self.untaken(weight, limit),
            Reason::NoStockRecord => format!("it does not stock {items}"),
            Reason::NoStock { on_hand } if on_hand > 0 => {
                format!("it has none left: all of its {on_hand} are for other orders or kept back")
            }
            Reason::NoStock { .. } => "it has none left".into(),
            Reason::KeptBack { rule, keep, available } => {
                format!("it has {available}, and {} keeps {keep} there", self.rule(rule))
            }
            Reason::TooFewOnHand { rule, need, available } => {
                format!("it has {available}, and {} asks for {need} at least", self.rule(rule))
            }
        }
    }

    /// In brackets behind an item: `0 left`.
    pub(super) fn short(&self, location: LocationId, reason: &Reason) -> String {
        let code = crate::json::rule_code;
        match *reason {
            Reason::NoStockRecord => "not stocked".into(),
            Reason::NoStock { on_hand: 1.. } => "0 left, all for other orders".into(),
            Reason::NoStock { .. } => "0 left".into(),
            Reason::KeptBack { rule, keep, available } => {
                format!("{available} left, {} keeps {keep}", code(rule))
            }
            Reason::TooFewOnHand { rule, need, available } => {
                format!("{available} left, {} asks for {need}", code(rule))
            }
            Reason::ExcludedBy { rule } => format!("{} excludes it", code(rule)),
            Reason::NotCertified { missing } => may_not_handle("may", missing),
            Reason::TooHeavy { weight, limit } if weight > limit => "too heavy".into(),
            Reason::TooHeavy { .. } => "too large".into(),
            Reason::NoService => "no carrier takes it there".into(),
            Reason::PromiseMissed { earliest, .. } => {
                format!("would arrive {} at the earliest", self.day(earliest))
            }
            _ => self.reason(location, reason, "it"),
        }
    }

    /// What a rule keeps of an item that is sent in part: `, rule 1 keeps 2`.
    pub(super) fn kept_back(&self, reason: &Reason) -> String {
        match *reason {
            Reason::KeptBack { rule, keep, .. } => {
                format!(", {} keeps {keep}", crate::json::rule_code(rule))
            }
            _ => String::new(),
        }
    }

    fn late(&self, earliest: Day, (promised, rule): (Day, Option<RuleRef>)) -> String {
        let (earliest, last) = (self.day(earliest), self.day(promised));
        let would = format!("it would arrive {earliest} at the earliest");
        match rule {
            Some(rule) => format!("{would}, and {} asks for {last} at the latest", self.rule(rule)),
            None => format!("{would}, and {last} is promised"),
        }
    }

    fn untaken(&self, weight: Weight, limit: Weight) -> String {
        if weight <= limit {
            return "one unit is larger than the carriers there take".into();
        }
        let told = |weight| words::weight(weight, self.currency());
        format!("one unit weighs {}, and no carrier there takes more than {}", told(weight), told(limit))
    }
}

fn taken(capacity: u32, when: &str) -> String {
    match capacity {
        0 => format!("it takes no parcels {when}"),
        1 => format!("its one parcel {when} is taken"),
        _ => format!("its {} {when} are taken", count(capacity as usize, "parcel")),
    }
}

fn may_not_handle(may: &str, missing: HandlingSet) -> String {
    let names: Vec<&str> = missing.iter().map(Handling::words).collect();
    format!("{may} not handle {} items", names.join(" and "))
}
