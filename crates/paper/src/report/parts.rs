//! The parts of the landed cost, as an owner reads them: which are paid, which are estimates, what each means.
//!
//! Owns: the two groups, and one plain line for each part. A part is known by its words.

use model::CostPart;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Group {
    /// Somebody sends an invoice for it, or works for it.
    Cash,
    /// No invoice names it: it is worked out from what tends to happen.
    Estimate,
}

impl Group {
    pub(super) const ALL: [Group; 2] = [Group::Cash, Group::Estimate];

    pub(super) fn title(self) -> &'static str {
        match self {
            Group::Cash => "Cash: what you pay",
            Group::Estimate => "Estimated effects: what tends to follow",
        }
    }

    pub(super) fn total(self) -> &'static str {
        match self {
            Group::Cash => "Cash together",
            Group::Estimate => "Estimated effects together",
        }
    }
}

pub(super) fn part(words: &str) -> Option<CostPart> {
    CostPart::ALL.into_iter().find(|part| part.words() == words)
}

/// A part that this page does not know is taken for cash, the group without an excuse.
pub(super) fn group(words: &str) -> Group {
    match part(words) {
        Some(
            CostPart::Split
            | CostPart::Risk
            | CostPart::Opportunity
            | CostPart::Lateness
            | CostPart::Markdown
            | CostPart::Scarcity
            | CostPart::Unfilled,
        ) => Group::Estimate,
        _ => Group::Cash,
    }
}

/// A part that lowers the cost the larger it is.
pub(super) fn is_gain(words: &str) -> bool {
    part(words) == Some(CostPart::Markdown)
}

/// What a part stands for, in one line; nothing for a part that this page does not know.
pub(super) fn meaning(words: &str) -> &'static str {
    match part(words) {
        Some(CostPart::Postage) => "Postage of the parcels, by weight and distance.",
        Some(CostPart::Surcharge) => "What the carrier adds for large or awkward parcels.",
        Some(CostPart::Packaging) => "Box, tape and filling.",
        Some(CostPart::Labor) => "Picking and packing, at your wages.",
        Some(CostPart::Split) => {
            "What a second parcel does to the customer and to your desk; its postage is counted above."
        }
        Some(CostPart::Risk) => {
            "The last units on a shelf are sometimes not there: the chance, times the trouble it makes."
        }
        Some(CostPart::Opportunity) => {
            "The margin you lose when a unit sent from a store would have sold over its counter."
        }
        Some(CostPart::Lateness) => "A price for each day that a parcel arrives after the promised day.",
        Some(CostPart::Markdown) => {
            "A gain, so it is below zero: goods that lie long are marked down in the end; selling them now saves that."
        }
        Some(CostPart::Scarcity) => "Stock that later orders will want more.",
        Some(CostPart::Unfilled) => "What it costs you not to send what was ordered.",
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_group_and_a_meaning() {
        for part in CostPart::ALL {
            assert!(!meaning(part.words()).is_empty(), "{}", part.words());
        }
        assert_eq!((group("shipping"), group("lateness")), (Group::Cash, Group::Estimate));
        assert_eq!((group("gift wrap"), meaning("gift wrap")), (Group::Cash, ""));
        assert!(is_gain("markdown avoided") && !is_gain("labor"));
    }
}
