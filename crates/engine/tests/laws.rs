//! What holds of every decision, on random problems.

mod problems;

use engine::{Router, decision_json};
use model::{Decision, LocationId};
use problems::{Built, Case, NOW, Size, draw};

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

#[test]
fn other_names_in_the_same_order_change_only_the_names() {
    check(&|case| {
        let mut renamed = case.clone();
        renamed.sites.iter_mut().for_each(|site| site.location.name = format!("shop {}", site.location.code));
        same(&json(case), &json(&renamed))
    });
}

#[test]
fn deciding_and_explaining_give_the_same_plan() {
    check(&|case| {
        let built = case.build();
        let explained = explain(case, &built);
        let mut router = Router::new(&built.network, &case.rules);
        let decided = router.decide(&built.stock, &built.order, NOW);
        let told = Decision { considered: Vec::new(), item_outs: Vec::new(), ..explained };
        same(&format!("{decided:?}"), &format!("{told:?}"))
    });
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    check(&|case| same(&json(case), &json(case)));
}

#[test]
fn the_checker_finds_nothing_fatal_in_any_decision() {
    check(&|case| {
        let built = case.build();
        let facts = audit::Facts {
            network: &built.network,
            stock: &built.stock,
            rules: &case.rules,
            order: &built.order,
            now: NOW,
        };
        let findings = audit::check(&facts, &explain(case, &built));
        findings.iter().find(|finding| finding.is_fatal()).map_or(Ok(()), |f| Err(format!("{f:?}")))
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
