//! The rule sets that come with the program.
//!
//! Owns: the four sentences to start with, and the set without any.

use super::file::RuleFile;
use model::{
    Action, Condition, Handling, ItemTest, Lane, PlaceKind, PlaceTest, Places, Rule, RuleSet, ServiceLevel,
    Strength,
};

/// The set to start with: fragile goods ship only from warehouses; same-day pickup is served by the store
/// that the customer chose; the nearest store with at least two on hand comes first; low stock becomes an
/// exception.
///
/// The guardrail is about shipping: a fragile item that the customer collects is not shipped at all.
pub fn starter() -> RuleFile {
    let fragile = Rule {
        when: vec![Condition::Lane(Lane::Ship), Condition::Item(ItemTest::Needs(Handling::Fragile))],
        then: Action::Only(Places { kind: PlaceKind::Warehouses, tests: Vec::new() }),
    };
    let same_day = Rule {
        when: vec![Condition::Lane(Lane::Pickup), Condition::Service(ServiceLevel::SameDay)],
        then: Action::Only(Places { kind: PlaceKind::ChosenStore, tests: Vec::new() }),
    };
    let deep_stores = Places { kind: PlaceKind::Stores, tests: vec![PlaceTest::OnHandAtLeast(2)] };
    let nearest = Rule { when: Vec::new(), then: Action::PreferNearest(deep_stores, Strength::Always) };
    let low_stock = Rule { when: Vec::new(), then: Action::FlagLowStock { below: 2 } };
    RuleFile::new(RuleSet {
        name: "Starter set".to_owned(),
        number: 0,
        guardrails: vec![fragile],
        rules: vec![same_day, nearest, low_stock],
    })
}

/// No rules: the lowest landed cost wins.
pub fn cost_only() -> RuleSet {
    RuleSet { name: "Lowest cost".to_owned(), ..RuleSet::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Currency;

    #[test]
    fn the_starter_set_is_four_sentences() {
        let text = "\
Rule set: Starter set

Guardrails
When the order is for shipping and an item is fragile, only from warehouses.

Rules
When the order is for pickup and the order is same-day, only from the chosen store.
Prefer the nearest of stores with at least 2 on hand, always.
Flag low stock when fewer than 2 are left.
";
        assert_eq!(starter().write(Currency::USD), text);
        assert_eq!(RuleFile::read(text, Currency::USD), Ok(starter()));
    }

    #[test]
    fn the_lowest_cost_needs_no_rules() {
        let file = RuleFile::new(cost_only());
        assert_eq!(file.write(Currency::USD), "Rule set: Lowest cost\n");
        assert_eq!(RuleFile::read("Rule set: Lowest cost\n", Currency::USD), Ok(file));
    }
}
