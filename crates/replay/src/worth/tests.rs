//! Rules left out one at a time, over five places.

use super::*;
use crate::fixture;
use crate::orders::ListedOrders;
use crate::replenish::Replenish;
use model::rules::{Action, ItemTest, PlaceKind, Places, Rule, Strength};
use model::{Condition, Cost};

fn rule(then: Action) -> Rule {
    Rule { when: Vec::new(), then }
}

fn all_of(kind: PlaceKind) -> Places {
    Places { kind, tests: Vec::new() }
}

#[test]
fn each_rule_is_left_out_once_and_costs_what_it_costs() {
    let (network, stock) = fixture::five_places();
    let orders = fixture::orders(&network, 2_000, 100);
    let never_asked = Rule {
        when: vec![Condition::Item(ItemTest::Sku("NONE".into()))],
        then: Action::Never(all_of(PlaceKind::Anywhere)),
    };
    let rules = RuleSet {
        name: "Set".into(),
        number: 3,
        guardrails: vec![never_asked],
        rules: vec![
            rule(Action::PreferNearest(all_of(PlaceKind::Anywhere), Strength::Always)),
            rule(Action::Keep { units: 3, places: all_of(PlaceKind::Stores) }),
        ],
    };
    let replenish = Replenish::ToStart { every_days: 7 };
    let plan = ReplayPlan::new(&network, &stock, &replenish);
    let found = worth(&plan, &rules, &mut ListedOrders::new(&orders), Listeners::default()).unwrap();
    assert_eq!(found.report.variants.len(), 4);
    let refs: Vec<RuleRef> = found.rules.iter().map(|worth| worth.rule).collect();
    assert_eq!(refs, [RuleRef::Guardrail(0), RuleRef::Rule(0), RuleRef::Rule(1)]);
    let [idle, nearest, keep] = found.rules.as_slice() else { panic!("three rules") };
    assert!(idle.is_idle() && idle.cost_per_order.estimate == Cost::ZERO);
    // Nearest first costs money: without it orders are cheaper.
    assert!(nearest.cost_per_order.estimate < Cost::ZERO && nearest.cost_per_order.is_clear());
    // Keeping units back leaves orders unfilled: without it fewer are.
    assert!(keep.unfilled_units < 0 && keep.moved_orders > 0);
    assert!(!keep.is_idle());
}

#[test]
fn leaving_out_one_keeps_all_others() {
    let hold = |why: &str| rule(Action::Hold { why: why.into() });
    let set = RuleSet {
        name: "Set".into(),
        number: 1,
        guardrails: vec![hold("a"), hold("b")],
        rules: vec![hold("c")],
    };
    let left = without(&set, RuleRef::Guardrail(0));
    assert_eq!((left.guardrails, left.rules), (vec![hold("b")], vec![hold("c")]));
    assert_eq!(left.name, "without guardrail 1");
    assert!(without(&set, RuleRef::Rule(0)).rules.is_empty());
}

#[test]
fn a_set_without_rules_has_no_worth_to_tell() {
    let (network, stock) = fixture::five_places();
    let orders = fixture::orders(&network, 50, 100);
    let plan = ReplayPlan::new(&network, &stock, &Replenish::Never);
    let rules = RuleSet::default();
    let found = worth(&plan, &rules, &mut ListedOrders::new(&orders), Listeners::default()).unwrap();
    assert!(found.rules.is_empty());
    assert_eq!(found.report.orders, 50);
}
