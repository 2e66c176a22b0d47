//! How the best plan moves when the facts move: more stock never makes a decision worse, a further guardrail
//! never makes it better. "Better" is the order in which plans are compared, so it covers units left over,
//! tiers, cost, parcels and kilometres.

use crate::brute::{Brute, Score};
use crate::parcels_of;
use crate::problems::{Case, NOW, Size, draw};
use crate::reading::Reading;
use engine::Router;
use model::{Action, Cost, PlaceKind, PlaceTest, Places, ProductId, Rule, ServiceChoice, StockLevel};

/// The engine's decision as a score. An order that goes whole or not at all is placed when it can be, whatever
/// that costs: not placing it ranks last.
fn score(case: &Case) -> (bool, Score) {
    let built = case.build();
    let reading = Reading::new(case, &built);
    let mut router = Router::new(&built.network, &case.rules);
    let parcels = parcels_of(&built, &reading, router.decide(&built.stock, &built.order, NOW));
    let score = Brute::new(&reading).score_of(&parcels).expect("the engine's plans are legal");
    (reading.is_whole() && parcels.is_empty(), score)
}

/// Rules that look at stock ("keep 2 where there are at least 2") may turn against a place that has more; that
/// is no matter of better or worse plans.
fn has_fixed_rules(case: &Case) -> bool {
    let looks_at_stock = |places: &Places| {
        let of_stock =
            |test: &PlaceTest| matches!(test, PlaceTest::OnHandAtLeast(_) | PlaceTest::AgedAtLeast(_));
        places.tests.iter().any(of_stock)
    };
    case.rules.all().all(|(_, rule)| match &rule.then {
        Action::Prefer(places, _)
        | Action::PreferNearest(places, _)
        | Action::Never(places)
        | Action::Only(places)
        | Action::Keep { places, .. }
        | Action::NeedOnHand { places, .. } => !looks_at_stock(places),
        _ => true,
    })
}

/// What must hold of the outcomes of a case and of the same case with something changed.
type Law = dyn Fn(&(bool, Score), &(bool, Score)) -> bool;

/// Tries a law; counts the cases that it was tried on.
#[track_caller]
fn check(change: &dyn Fn(&Case, u64) -> Option<Case>, law: &Law) {
    let mut tried = 0;
    for seed in 0..6_000 {
        let case = draw(Size::Small, seed);
        let fails = |case: &Case| {
            let changed = if has_fixed_rules(case) { change(case, seed) } else { None };
            changed.map(|changed| !law(&score(case), &score(&changed)))
        };
        let Some(failed) = fails(&case) else { continue };
        tried += 1;
        if failed {
            let small = case.shrink(&|smaller| fails(smaller) == Some(true));
            let changed = change(&small, seed).expect("it could be changed before");
            panic!("case {seed}: {:?}, then {:?}\n{small}\nthen\n{changed}", score(&small), score(&changed));
        }
    }
    assert!(tried > 2_000, "only {tried} cases could be changed");
}

#[test]
fn one_unit_more_on_a_shelf_never_makes_a_decision_worse() {
    let richer = |case: &Case, seed: u64| {
        let mut richer = case.clone();
        let shelves = richer.sites.len().max(1) as u64;
        let shelf = &mut richer.sites.get_mut((seed % shelves) as usize)?.shelf;
        let level = (seed / shelves) as usize % shelf.len().max(1);
        shelf.get_mut(level)?.1.on_hand += 1;
        Some(richer)
    };
    check(&richer, &|before, after| after <= before);
}

#[test]
fn a_product_that_a_further_place_stocks_never_makes_a_decision_worse() {
    let wider = |case: &Case, seed: u64| {
        let mut wider = case.clone();
        let products = case.products.iter().filter(|product| !product.is_bundle()).count() as u64;
        let product = ProductId((seed % products) as u32);
        let without = |site: &&mut crate::problems::Site| site.shelf.iter().all(|(has, _)| *has != product);
        let site = wider.sites.iter_mut().find(without)?;
        site.shelf.push((product, StockLevel { on_hand: 3, ..StockLevel::default() }));
        Some(wider)
    };
    check(&wider, &|before, after| after <= before);
}

#[test]
fn a_further_guardrail_never_makes_a_decision_better() {
    let stricter = |case: &Case, seed: u64| {
        let somewhere = Places { kind: PlaceKind::Stores, tests: Vec::new() };
        let then = match seed % 6 {
            0 => Action::MaxParcels(1 + (seed / 6 % 2) as u32),
            1 => Action::Never(somewhere),
            2 => Action::Keep { units: 1, places: somewhere },
            3 => Action::NeedOnHand { units: 2, places: somewhere },
            4 => Action::MinParcelValue(Cost(120_000)),
            // Services taken in a given order may turn cheaper when the first is too slow.
            _ if case.rates.choice == ServiceChoice::InOrder => return None,
            _ => Action::DeliverWithin { days: 1 + (seed / 6 % 3) as u8 },
        };
        let mut stricter = case.clone();
        stricter.rules.guardrails.push(Rule { when: Vec::new(), then });
        Some(stricter)
    };
    check(&stricter, &|before, after| before <= after);
}
