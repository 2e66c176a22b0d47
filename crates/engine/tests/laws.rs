//! What holds of every decision, on random problems.

mod problems;

use engine::{Router, decision_json};
use model::{
    Action, Cause, Condition, Cost, CostPart, Decision, HoldReason, ItemTest, Leftover, LocationId, Outcome,
    PlaceKind, ProductId, Rule, RuleRef,
};
use problems::{Built, Case, NOW, Size, draw};
use std::collections::BTreeMap;

const CASES: u64 = 4_000;

fn explain(case: &Case, built: &Built) -> Decision {
    Router::new(&built.network, &case.rules).explain(&built.stock, &built.order, NOW).clone()
}

fn json(case: &Case) -> String {
    let built = case.build();
    decision_json(&built.network, &case.rules, &built.order, &explain(case, &built))
}

/// The law holds of every small case; one that breaks it is made smaller and printed.
#[track_caller]
fn check(law: &dyn Fn(&Case) -> Result<(), String>) {
    for seed in 0..CASES {
        let case = draw(Size::Small, seed);
        if law(&case).is_err() {
            let small = case.shrink(&|smaller| law(smaller).is_err());
            panic!("case {seed}: {}\n{small}", law(&small).err().unwrap_or_default());
        }
    }
}

fn same(one: &str, other: &str) -> Result<(), String> {
    if one == other { Ok(()) } else { Err(format!("{one}\nand\n{other}")) }
}

#[test]
fn placed_and_left_over_add_up_to_what_is_ordered() {
    check(&|case| {
        let built = case.build();
        let decision = explain(case, &built);
        for (i, line) in case.order.lines.iter().enumerate() {
            let of_line = |index: u16| usize::from(index) == i;
            let units: u32 = decision.placements.iter().filter(|p| of_line(p.line)).map(|p| p.quantity).sum();
            let parts: u32 =
                built.network.product(line.product).components.iter().map(|part| part.quantity).sum();
            if !units.is_multiple_of(parts.max(1)) {
                return Err(format!("line {i}: {units} units placed of bundles of {parts}"));
            }
            let placed = units / parts.max(1);
            let left: u32 = decision.leftovers.iter().filter(|l| of_line(l.line)).map(|l| l.quantity).sum();
            if placed + left != line.quantity {
                return Err(format!("line {i}: {placed} placed, {left} left of {}", line.quantity));
            }
        }
        Ok(())
    });
}

#[test]
fn the_order_in_which_places_and_stock_are_listed_changes_nothing() {
    check(&|case| {
        let mut turned = case.clone();
        turned.sites.reverse();
        turned.sites.iter_mut().for_each(|site| site.shelf.reverse());
        same(&json(case), &json(&turned))
    });
}

/// Another name that sorts as the old one does.
fn renamed(name: &str) -> String {
    format!("Z{name}")
}

/// The same case in which every place and product is called something else.
fn with_other_names(case: &Case) -> Case {
    let mut other = case.clone();
    for site in &mut other.sites {
        site.location.code = renamed(&site.location.code);
        site.location.name = renamed(&site.location.name);
    }
    other.products.iter_mut().for_each(|product| product.sku = renamed(&product.sku));
    for rule in other.rules.guardrails.iter_mut().chain(&mut other.rules.rules) {
        for condition in &mut rule.when {
            if let Condition::Item(ItemTest::Sku(sku)) = condition {
                *sku = renamed(sku);
            }
        }
        if let Action::Only(places)
        | Action::Never(places)
        | Action::Keep { places, .. }
        | Action::NeedOnHand { places, .. }
        | Action::Prefer(places, _)
        | Action::PreferNearest(places, _) = &mut rule.then
            && let PlaceKind::Named(codes) = &mut places.kind
        {
            codes.iter_mut().for_each(|code| *code = renamed(code));
        }
    }
    other
}

#[test]
fn other_names_in_the_same_order_change_only_the_names() {
    check(&|case| {
        let old_names = |text: String| {
            let names = case.sites.iter().map(|site| &site.location.code);
            let names = names.chain(case.products.iter().map(|product| &product.sku));
            names.fold(text, |text, name| text.replace(&renamed(name), name))
        };
        same(&json(case), &old_names(json(&with_other_names(case))))
    });
}

#[test]
fn the_order_of_lines_changes_no_parcel() {
    check(&|case| {
        let mut turned = case.clone();
        turned.order.lines.reverse();
        let parcels = |case: &Case| {
            let built = case.build();
            let decision = explain(case, &built);
            let content = |parcel| {
                let mut units: BTreeMap<ProductId, u32> = BTreeMap::new();
                for placement in decision.placements_of(parcel) {
                    *units.entry(placement.product).or_default() += placement.quantity;
                }
                format!("{:?} {:?} {units:?} {:?}", parcel.location, parcel.service, parcel.costs)
            };
            let parcels: Vec<String> = decision.parcels.iter().map(content).collect();
            format!("{parcels:?} {:?} {:?}", decision.costs, decision.outcome)
        };
        same(&parcels(case), &parcels(&turned))
    });
}

#[test]
fn deciding_and_explaining_give_the_same_plan() {
    check(&|case| {
        let built = case.build();
        let explained = explain(case, &built);
        let mut router = Router::new(&built.network, &case.rules);
        let decided = router.decide(&built.stock, &built.order, NOW);
        let mut told =
            Decision { considered: Vec::new(), item_outs: Vec::new(), item_shorts: Vec::new(), ..explained };
        told.leftovers.iter_mut().for_each(|left| left.cause = None);
        same(&format!("{decided:?}"), &format!("{told:?}"))
    });
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    check(&|case| same(&json(case), &json(case)));
}

#[test]
fn the_checker_finds_nothing_fatal_and_no_wrong_preference_in_any_decision() {
    check(&|case| {
        let built = case.build();
        let facts = built.facts(&case.rules);
        let findings = audit::check(&facts, &explain(case, &built));
        let is_blamed =
            |finding: &&audit::Finding| finding.is_fatal() || finding.code == "preference_differs";
        findings.iter().find(is_blamed).map_or(Ok(()), |f| Err(format!("{f:?}")))
    });
}

#[test]
fn without_rules_more_stock_never_leaves_more_units_over() {
    check(&|case| {
        let mut richer = case.clone();
        for (_, level) in richer.sites.iter_mut().flat_map(|site| &mut site.shelf) {
            level.on_hand += 1;
        }
        let left = |case: &Case| -> u32 {
            let built = case.build();
            explain(case, &built).leftovers.iter().map(|left| left.quantity).sum()
        };
        let is_plain = case.rules.all().next().is_none();
        let is_counted = is_plain && case.settings.unfilled == model::UnfilledWeight::FewestFirst;
        let (before, after) = (left(case), left(&richer));
        if is_counted && after > before { Err(format!("{before} left, then {after}")) } else { Ok(()) }
    });
}

#[test]
fn every_place_is_told_once() {
    check(&|case| {
        let built = case.build();
        let told: Vec<LocationId> = explain(case, &built).considered.iter().map(|c| c.location).collect();
        let all: Vec<LocationId> = built.network.location_ids().collect();
        same(&format!("{told:?}"), &format!("{all:?}"))
    });
}

/// The same rules without some.
fn without(case: &Case, is_dropped: fn(&Action) -> bool) -> Case {
    let mut fewer = case.clone();
    fewer.rules.rules.retain(|rule| !is_dropped(&rule.then));
    fewer.rules.guardrails.retain(|rule| !is_dropped(&rule.then));
    fewer
}

fn is_margin(action: &Action) -> bool {
    matches!(action, Action::MinMargin(_))
}

fn is_preference(action: &Action) -> bool {
    matches!(action, Action::Prefer(..) | Action::PreferNearest(..))
}

/// What the placed units earn after all that placing them costs.
fn margin(built: &Built, decision: &Decision) -> Cost {
    let earned = |placement: &model::Placement| {
        built.network.product(placement.product).gross_margin.times(i64::from(placement.quantity))
    };
    let earned: Cost = decision.placements.iter().map(earned).sum();
    earned - (decision.costs.total() - decision.costs.get(CostPart::Unfilled))
}

#[test]
fn an_order_that_earns_too_little_is_made_again_without_preferences_then_held() {
    check(&|case| {
        let need = Cost(case.products[0].price.0 / 10);
        let mut case = case.clone();
        case.rules.guardrails.push(Rule { when: Vec::new(), then: Action::MinMargin(need) });
        let built = case.build();
        let decision = explain(&case, &built);
        let plain = without(&case, is_margin);
        let indifferent = without(&plain, is_preference);
        let enough = |case: &Case| {
            let other = explain(case, &built);
            let earns = other.placements.is_empty() || margin(&built, &other) >= need;
            earns.then_some(other)
        };
        match enough(&plain).or_else(|| enough(&indifferent)) {
            Some(other) => same(&format!("{:?}", decision.placements), &format!("{:?}", other.placements)),
            None if matches!(decision.outcome, Outcome::Held(HoldReason::MarginTooLow { .. })) => Ok(()),
            None => Err(format!("it is not held: {:?}", decision.outcome)),
        }
    });
}

/// The same with so many more units on every shelf that is there.
fn with_more(case: &Case, of: impl Fn(ProductId) -> bool, more: i32) -> Case {
    let mut fuller = case.clone();
    for (product, level) in fuller.sites.iter_mut().flat_map(|site| &mut site.shelf) {
        level.on_hand += if of(*product) { more } else { 0 };
    }
    fuller
}

#[test]
fn what_waits_for_stock_goes_when_stock_comes() {
    let told = std::cell::Cell::new(0);
    check(&|case| {
        let built = case.build();
        let decision = explain(case, &built);
        for left in decision.leftovers.iter().filter(|left| left.cause == Some(Cause::NoStock)) {
            told.set(told.get() + 1);
            let product = case.order.lines[usize::from(left.line)].product;
            let components = &built.network.product(product).components;
            let is_of_it = |id| id == product || components.iter().any(|part| part.product == id);
            let fuller = with_more(case, is_of_it, 1_000);
            let after = explain(&fuller, &fuller.build());
            let causes: Vec<_> = after.leftovers.iter().filter(|l| l.line == left.line).collect();
            let is_still_blamed = causes.iter().any(|left| left.cause == Some(Cause::NoStock));
            if is_still_blamed {
                return Err(format!("line {} waits for stock that is there: {causes:?}", left.line));
            }
        }
        Ok(())
    });
    assert!(told.get() > 500, "{} leftovers waited for stock", told.get());
}

#[test]
fn every_leftover_of_an_order_that_is_not_held_has_a_cause_and_no_other_has() {
    check(&|case| {
        let decision = explain(case, &case.build());
        let is_held = matches!(decision.outcome, Outcome::Held(_));
        match decision.leftovers.iter().all(|left| left.cause.is_some() != is_held) {
            true => Ok(()),
            false => Err(format!("{:?} {:?}", decision.outcome, decision.leftovers)),
        }
    });
}

#[test]
fn without_the_rule_that_leaves_no_parcel_or_outweighs_more_is_sent() {
    let told = std::cell::Cell::new(0);
    check(&|case| {
        let decision = explain(case, &case.build());
        for left in &decision.leftovers {
            let (Some(Cause::NoParcelLeft { rule }) | Some(Cause::Outweighed { rule })) = left.cause else {
                continue;
            };
            let kind = |rule: &Rule| std::mem::discriminant(&rule.then);
            let alike = |other: &Rule| case.rules.get(rule).is_some_and(|rule| kind(rule) == kind(other));
            if case.rules.all().filter(|(_, other)| alike(other)).count() > 1 {
                continue;
            }
            told.set(told.get() + 1);
            let mut fewer = case.clone();
            match rule {
                RuleRef::Guardrail(i) => drop(fewer.rules.guardrails.remove(usize::from(i))),
                RuleRef::Rule(i) => drop(fewer.rules.rules.remove(usize::from(i))),
            }
            let after = explain(&fewer, &fewer.build());
            let product = |left: &Leftover| case.order.lines[usize::from(left.line)].product;
            let units = |decision: &Decision| -> u32 {
                let of_it = decision.leftovers.iter().filter(|other| product(other) == product(left));
                of_it.map(|other| other.quantity).sum()
            };
            let is_held = matches!(after.outcome, Outcome::Held(_));
            if !is_held && units(&after) >= units(&decision) {
                return Err(format!("{:?} is blamed, and without it {:?}", left.cause, after.leftovers));
            }
        }
        Ok(())
    });
    assert!(told.get() > 50, "{} rules were blamed", told.get());
}
