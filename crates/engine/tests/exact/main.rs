//! The plan search against every plan there is, on random problems.
//!
//! A failing case is made smaller and printed whole.

mod brute;
mod order;
#[path = "../problems/mod.rs"]
mod problems;
mod published;
mod reading;

use brute::Brute;
use engine::Router;
use model::{Cost, Decision};
use problems::{Built, Case, NOW, Size, draw};
use reading::Reading;

/// `Err` tells how the engine's plan differs from the best plan.
fn compare(case: &Case) -> Result<usize, String> {
    let built = case.build();
    let reading = Reading::new(case, &built);
    let brute = Brute::new(&reading);
    let mut router = Router::new(&built.network, &case.rules);
    let decision = router.decide(&built.stock, &built.order, NOW);
    let parcels = parcels_of(&built, &reading, decision);
    let told = format!("{parcels:?}, cost {:?}, gap {:?}", decision.landed_cost(), decision.proof.gap);
    let score = brute.score_of(&parcels).map_err(|fault| format!("not legal: {fault}\n{told}"))?;
    let best = brute.best();
    let cost = decision.landed_cost() + decision.preference;
    if cost != Cost(score[5]) {
        return Err(format!("it tells a cost of {cost:?}, and it costs {}\n{told}", score[5]));
    }
    if score != best {
        return Err(format!("scored {score:?}, the best is {best:?}\n{told}"));
    }
    let left: u32 = decision.leftovers.iter().map(|left| left.quantity).sum();
    if reading.counts_unfilled() && i64::from(left) != score[0] {
        return Err(format!("{left} units are told as left over, and {} are\n{told}", score[0]));
    }
    let facts = built.facts(&case.rules);
    if let Some(finding) = audit::check(&facts, decision).iter().find(|finding| finding.is_fatal()) {
        return Err(format!("the check finds {}: {}\n{told}", finding.code, finding.message));
    }
    if decision.proof.gap != Cost::ZERO {
        return Err(format!("the plan is best and not proven\n{told}"));
    }
    Ok(brute.size())
}

/// The decision as location and units by item of each parcel.
fn parcels_of(built: &Built, reading: &Reading<'_>, decision: &Decision) -> Vec<(usize, Vec<u32>)> {
    let units = |parcel| {
        let mut counts = vec![0; reading.items.len()];
        for placement in decision.placements_of(parcel) {
            let item = reading.items.iter().position(|item| item.product == placement.product);
            counts[item.expect("only what was ordered is placed")] += placement.quantity;
            let own = built.stock.record(placement.product, parcel.location);
            assert_eq!(own, Some(placement.record), "a placement takes from the parcel's own place");
        }
        counts
    };
    decision.parcels.iter().map(|parcel| (parcel.location.index(), units(parcel))).collect()
}

#[track_caller]
fn check(size: Size, seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let case = draw(size, seed);
        let Err(fault) = compare(&case) else { continue };
        let small = case.shrink(&|smaller| compare(smaller).is_err());
        let why = compare(&small).err().unwrap_or_default();
        panic!("{size:?} case {seed}: {fault}\n\nsmaller:\n{small}\n{why}");
    }
}

#[test]
fn small_orders_get_the_best_of_all_plans() {
    check(Size::Small, 0..30_000);
}

#[test]
fn orders_of_many_lines_get_the_best_of_all_plans() {
    check(Size::ManyLines, 0..400);
}

#[test]
fn orders_of_many_units_get_the_best_of_all_plans() {
    check(Size::ManyUnits, 0..400);
}

#[test]
fn whole_orders_that_no_place_has_get_the_best_of_all_plans() {
    check(Size::Apart, 0..400);
}

#[test]
fn large_cases_are_beyond_the_listing_of_patterns() {
    for size in [Size::ManyLines, Size::ManyUnits] {
        let patterns = compare(&draw(size, 1)).expect("it is among the cases above");
        assert!(patterns > 256, "{size:?}: {patterns}");
    }
}
