//! What people do about each kind of exception, and what Baton itself has done already.
//!
//! Owns: the steps that Baton comes with, and which steps can be. Refuses to know: whose an exception is (`policy`).

use super::Kind;
use crate::refused::FieldFault;

/// More steps than that nobody goes through in a store.
pub const MOST_STEPS: usize = 12;
/// Longest sentence of a step, in letters.
pub const MOST_STEP: usize = 200;

/// What Baton does when an exception of a kind is opened, without being asked. Codes are permanent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Automatic {
    pub code: &'static str,
    pub sentence: &'static str,
}

const fn does(code: &'static str, sentence: &'static str) -> Option<Automatic> {
    Some(Automatic { code, sentence })
}

impl Kind {
    /// What is done by itself; `None`: it waits for somebody.
    pub fn automatic(self) -> Option<Automatic> {
        match self {
            Kind::InventoryMismatch => does(
                "take_off_sale",
                "takes what the books still offer off sale there, and opens a spot count",
            ),
            Kind::Damaged => does("take_off_sale", "takes the damaged units off sale"),
            Kind::ShortPick => does("route_elsewhere", "routes the missing units elsewhere"),
            Kind::LatePick => does("route_elsewhere", "gives work that nobody accepted to another place"),
            Kind::PickupChoice => does("hold_order", "holds the order until the customer has chosen"),
            Kind::Substitution => does("lapse_offer", "lets the offer lapse and backorders the units"),
            Kind::AddressHold | Kind::PaymentHold => does("hold_order", "holds the order"),
            Kind::LatePickup
            | Kind::SplitThreshold
            | Kind::Unroutable
            | Kind::Oversold
            | Kind::CarrierFailure
            | Kind::ConnectorFailure => None,
        }
    }

    /// What to do, in turn, where the shop says nothing else.
    pub fn default_steps(self) -> &'static [&'static str] {
        match self {
            Kind::InventoryMismatch => &[
                "Look on the shelf, in the back room and where returns lie.",
                "Count what is there, and hand the count in.",
                "If units are gone, post the count so that nobody is promised them again.",
            ],
            Kind::Damaged => &[
                "Put the units aside, where nobody picks them.",
                "Decide whether they can be sold again, go back to the supplier or are written off.",
                "Correct the stock to match.",
            ],
            Kind::ShortPick => &[
                "See whether the missing units have found another place.",
                "If they have not, route the order again, or offer the customer something else.",
                "Count the shelf.",
            ],
            Kind::LatePick => &[
                "Ask the store whether somebody is on it.",
                "If nobody is, route the order again or move it to another store.",
                "If many are late, pause the store until it has caught up.",
            ],
            Kind::LatePickup => &[
                "Call or write to the customer.",
                "Agree on a day, or give the pickup up so that the units are for sale again.",
            ],
            Kind::PickupChoice => &[
                "Tell the customer that the store cannot hand it over.",
                "Offer another store, shipping, something else, or the money back.",
                "Change the order to what was chosen, and route it.",
            ],
            Kind::Substitution => &[
                "Ask the customer whether the substitute is welcome.",
                "Enter the answer before the offer lapses.",
            ],
            Kind::SplitThreshold => &[
                "Look at what the parts cost, and at what waiting would.",
                "Let it go in parts, send all from one place, or wait for stock.",
            ],
            Kind::Unroutable => &[
                "Read why no place can take it.",
                "Change what keeps it: a rule, a pause, an address, or stock that was not counted.",
                "Route it again, or cancel it and tell the customer.",
            ],
            Kind::Oversold => &[
                "Find out which orders count on the missing units.",
                "Route them again, the newest first.",
                "Count the shelf, and look at the buffer of the channel.",
            ],
            Kind::AddressHold => {
                &["Ask the customer for the right address.", "Correct the order, then lift the hold."]
            }
            Kind::PaymentHold => &[
                "See whether the payment has come in.",
                "Lift the hold, or cancel the order and tell the customer.",
            ],
            Kind::CarrierFailure => &[
                "Take another service or carrier for the parcel.",
                "If none works, write the label by hand and enter its number.",
            ],
            Kind::ConnectorFailure => &[
                "See whether the other side can be reached.",
                "Renew its key if it was refused.",
                "Until then, bring orders and counts as files.",
            ],
        }
    }
}

/// Steps as somebody writes them, without blanks around them.
pub(super) fn read(steps: &[String], faults: &mut Vec<FieldFault>) -> Vec<String> {
    if steps.len() > MOST_STEPS {
        let say = format!("has {} steps; {MOST_STEPS} is the most", steps.len());
        faults.push(FieldFault { at: "/steps".to_owned(), say });
    }
    let mut read = Vec::new();
    for (i, step) in steps.iter().enumerate().take(MOST_STEPS) {
        let (step, at) = (step.trim(), format!("/steps/{i}"));
        match step.chars().count() {
            0 => faults.push(FieldFault { at, say: "is empty; say what to do, or leave it out".to_owned() }),
            letters if letters > MOST_STEP => {
                let say = format!("has {letters} letters; {MOST_STEP} is the most");
                faults.push(FieldFault { at, say });
            }
            _ => read.push(step.to_owned()),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_baton_comes_with_can_be_written_back() {
        for kind in Kind::ALL {
            let (steps, mut faults) = (kind.default_steps(), Vec::new());
            let written: Vec<String> = steps.iter().map(|&step| step.to_owned()).collect();
            assert_eq!(read(&written, &mut faults), steps, "{kind:?}");
            assert!(!steps.is_empty() && faults.is_empty(), "{kind:?}: {faults:?}");
        }
    }

    #[test]
    fn a_step_that_is_empty_or_too_long_is_told_by_its_place() {
        let mut faults = Vec::new();
        let steps = ["call them".to_owned(), " ".to_owned(), "x".repeat(MOST_STEP + 1)];
        assert_eq!(read(&steps, &mut faults), ["call them"]);
        let at: Vec<&str> = faults.iter().map(|fault| fault.at.as_str()).collect();
        assert_eq!(at, ["/steps/1", "/steps/2"]);
        faults.clear();
        read(&vec!["x".to_owned(); MOST_STEPS + 1], &mut faults);
        assert_eq!(faults[0].at, "/steps");
    }
}
