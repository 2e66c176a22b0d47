//! Replays with the real engine over five places.

use super::*;
use crate::fixture;
use crate::inspect::Sampling;
use crate::orders::ListedOrders;
use crate::plan::{Policy, Watch};
use crate::replenish::Replenish;
use crate::saving::Saving;
use model::{Decision, Order, Outcome, RuleSet, Stock};
use std::num::NonZeroU32;

const WEEKLY: Replenish = Replenish::ToStart { every_days: 7 };

fn cost_only() -> RuleSet {
    RuleSet { name: "Lowest cost".into(), ..RuleSet::default() }
}

fn run(plan: &ReplayPlan<'_>, orders: &[Order]) -> Report {
    replay(plan, &mut ListedOrders::new(orders), Listeners::default()).unwrap()
}

/// What a single router would decide, one order after another.
fn by_hand(network: &model::Network, stock: &Stock, orders: &[Order]) -> Vec<Decision> {
    let rules = cost_only();
    let mut router = engine::Router::new(network, &rules);
    let mut stock = stock.clone();
    let mut decisions = Vec::new();
    for order in orders {
        let decision = router.decide(&stock, order, order.placed_at).clone();
        engine::commit(&mut stock, &decision);
        decisions.push(decision);
    }
    decisions
}

#[test]
fn a_replay_decides_as_one_router_would_order_after_order() {
    let (network, stock) = fixture::five_places();
    let orders = fixture::orders(&network, 1_500, 100);
    let rules = cost_only();
    let plan = ReplayPlan::new(&network, &stock, &Replenish::Never).with("cost", Policy::Rules(&rules));
    let report = run(&plan, &orders);
    let decisions = by_hand(&network, &stock, &orders);
    let tally = &report.variants[0].tally;
    assert_eq!((report.orders, tally.orders), (1_500, 1_500));
    assert_eq!(tally.landed_cost(), decisions.iter().map(Decision::landed_cost).sum());
    assert_eq!(tally.parcels, decisions.iter().map(|decision| decision.parcels.len() as u64).sum::<u64>());
    let placed = decisions.iter().filter(|decision| decision.outcome == Outcome::Placed).count();
    assert_eq!(tally.outcomes.placed, placed as u64);
    assert!(placed > 400 && tally.outcomes.not_placed > 0, "{:?}", tally.outcomes);
    assert_eq!(report.days, Some((fixture::DAY, Day(fixture::DAY.0 + 14))));
}

#[test]
fn every_order_that_is_not_wholly_placed_has_one_reason() {
    let (network, stock) = fixture::five_places();
    let orders = fixture::orders(&network, 1_500, 100);
    let rules = cost_only();
    let plan = ReplayPlan::new(&network, &stock, &Replenish::Never).with("cost", Policy::Rules(&rules));
    let tally = run(&plan, &orders).variants.remove(0).tally;
    assert_eq!(tally.reasons.values().sum::<u64>(), tally.orders - tally.outcomes.placed);
    assert!(tally.reasons.keys().any(|why| why.code == "no_stock"), "{:?}", tally.reasons);
}

#[test]
fn shelves_that_are_restored_fill_more() {
    let (network, stock) = fixture::five_places();
    let orders = fixture::orders(&network, 2_000, 60);
    let rules = cost_only();
    let placed = |replenish: &Replenish| {
        let plan = ReplayPlan::new(&network, &stock, replenish).with("cost", Policy::Rules(&rules));
        run(&plan, &orders).variants[0].tally.units_placed
    };
    assert!(placed(&WEEKLY) > placed(&Replenish::Never) * 5 / 4);
}

fn nearest() -> RuleSet {
    crate::Baseline::NearestWithTwo.rule_set(&fixture::five_places().0)
}

#[test]
fn variants_side_by_side_get_the_same_figures_as_alone_on_any_number_of_threads() {
    let (network, stock) = fixture::five_places();
    let orders = fixture::orders(&network, 3_000, 80);
    let (cost, nearest) = (cost_only(), nearest());
    let plan = |threads| {
        let plan = ReplayPlan::new(&network, &stock, &WEEKLY);
        ReplayPlan { threads, ..plan }
            .with("cost", Policy::Rules(&cost))
            .with("nearest", Policy::Rules(&nearest))
            .with("cost again", Policy::Rules(&cost))
    };
    let shown = |report: &Report| {
        let tallies: Vec<String> = report.variants.iter().map(|v| format!("{:?}", v.figures)).collect();
        (tallies, format!("{:?}", report.comparisons))
    };
    let on_two = run(&plan(2), &orders);
    assert_eq!(shown(&run(&plan(1), &orders)), shown(&on_two));
    assert_eq!(shown(&run(&plan(8), &orders)), shown(&on_two));
    let alone = ReplayPlan::new(&network, &stock, &WEEKLY).with("nearest", Policy::Rules(&nearest));
    assert_eq!(run(&alone, &orders).variants[0].figures, on_two.variants[1].figures);
    let same = &on_two.comparisons[1];
    assert_eq!((same.moved.orders, same.cost, same.orders), (0, model::Cost::ZERO, 3_000));
    let differs = &on_two.comparisons[0];
    let whole = |at: usize| on_two.variants[at].tally.cost_with_unfilled();
    let between = whole(1) - whole(0);
    assert_eq!(differs.cost, between);
    assert!(differs.moved.orders > 100);
    let by_day: model::Cost = on_two.variants[1].days.iter().map(|day| day.sum).sum();
    assert_eq!(by_day, whole(1));
    let saving = Saving::of(&on_two, differs);
    assert_eq!((saving.total, saving.orders), (-between, 3_000));
    assert_eq!(saving.share_bp, Some((-between.0 * 10_000 + whole(0).0 / 2).div_euclid(whole(0).0)));
}

#[test]
fn all_decisions_pass_the_audit() {
    let (network, stock) = fixture::five_places();
    let orders = fixture::orders(&network, 1_200, 80);
    let (cost, nearest) = (cost_only(), nearest());
    let audit = NonZeroU32::new(1).map(|every| Sampling { every });
    let plan = ReplayPlan { audit, ..ReplayPlan::new(&network, &stock, &WEEKLY) }
        .with("cost", Policy::Rules(&cost))
        .with("nearest", Policy::Rules(&nearest));
    for variant in run(&plan, &orders).variants {
        assert_eq!(variant.findings.decisions_checked, 1_200);
        let codes: std::collections::BTreeSet<_> =
            variant.findings.kept.iter().map(|k| k.finding.code).collect();
        assert_eq!(variant.findings.fatal, 0, "{codes:?} {:?}", variant.findings);
    }
}

#[test]
fn a_watcher_sees_every_decision_of_its_variant_in_order_before_it_is_committed() {
    let (network, stock) = fixture::five_places();
    let orders = fixture::orders(&network, 1_100, 100);
    let (cost, nearest) = (cost_only(), nearest());
    let plan = ReplayPlan::new(&network, &stock, &Replenish::Never)
        .with("nearest", Policy::Rules(&nearest))
        .with("cost", Policy::Rules(&cost));
    let mut seen = Vec::new();
    let mut each = |stock: &Stock, order: &Order, decision: &Decision| {
        let had = |p: &model::Placement| stock.available(p.record) >= p.quantity as i32;
        assert!(decision.placements.iter().all(had));
        assert!(!decision.considered.is_empty());
        seen.push((order.id.clone(), decision.placements.clone()));
        Ok(())
    };
    let watch = Watch { variant: 1, detail: WatchDetail::Explained, each: &mut each };
    let listeners = Listeners { watch: Some(watch), ..Listeners::default() };
    replay(&plan, &mut ListedOrders::new(&orders), listeners).unwrap();
    let expected = by_hand(&network, &stock, &orders);
    assert_eq!(seen.len(), expected.len());
    for ((id, placements), (order, decision)) in seen.iter().zip(orders.iter().zip(&expected)) {
        assert_eq!((id, placements), (&order.id, &decision.placements));
    }
}

#[test]
fn a_watcher_that_fails_ends_the_replay_and_its_failure_is_told() {
    let (network, stock) = fixture::five_places();
    let orders = fixture::orders(&network, 5_000, 100);
    let rules = cost_only();
    let plan = ReplayPlan::new(&network, &stock, &WEEKLY)
        .with("a", Policy::Rules(&rules))
        .with("b", Policy::Rules(&rules));
    let mut count = 0;
    let mut each = |_: &Stock, _: &Order, _: &Decision| {
        count += 1;
        if count > 700 { Err("disk full".into()) } else { Ok(()) }
    };
    let watch = Watch { variant: 1, detail: WatchDetail::Plan, each: &mut each };
    let listeners = Listeners { watch: Some(watch), ..Listeners::default() };
    let error = replay(&plan, &mut ListedOrders::new(&orders), listeners).unwrap_err();
    assert!(matches!(&error, ReplayError::Watcher(failure) if failure.to_string() == "disk full"));
    assert_eq!(count, 701);
}

#[test]
fn orders_out_of_time_order_end_the_replay() {
    let (network, stock) = fixture::five_places();
    let mut orders = fixture::orders(&network, 1_000, 100);
    orders.swap(10, 700);
    let rules = cost_only();
    let plan = ReplayPlan::new(&network, &stock, &WEEKLY).with("a", Policy::Rules(&rules));
    let error = replay(&plan, &mut ListedOrders::new(&orders), Listeners::default()).unwrap_err();
    let say = error.to_string();
    assert!(say.contains(&orders[10].id) && say.contains(&orders[11].id), "{say}");
}

/// Two orders, then a failure.
struct Broken(u32);

impl Orders for Broken {
    fn next(&mut self, order: &mut Order) -> Result<bool, Failure> {
        self.0 += 1;
        order.clone_from(&fixture::order(&[1], None));
        if self.0 > 2 { Err("line 4: no such SKU".into()) } else { Ok(true) }
    }

    fn progress(&self) -> (u64, u64) {
        (0, 0)
    }
}

#[test]
fn a_reader_that_fails_and_a_plan_without_variants_are_errors() {
    let (network, stock) = fixture::one_shelf(3);
    let rules = cost_only();
    let plan = ReplayPlan::new(&network, &stock, &Replenish::Never);
    let nothing = replay(&plan, &mut Broken(0), Listeners::default());
    assert!(matches!(nothing, Err(ReplayError::NothingToReplay)));
    let broken = replay(&plan.with("a", Policy::Rules(&rules)), &mut Broken(0), Listeners::default());
    assert!(matches!(broken, Err(ReplayError::Reader(failure)) if failure.to_string().contains("line 4")));
}

#[test]
fn a_listener_that_says_stop_gets_a_report_of_what_was_done() {
    let (network, stock) = fixture::five_places();
    // Without the stop this would run for hours.
    let plan = crate::large::LargePlan { orders: u64::MAX, orders_per_day: 500, ..Default::default() };
    let mut endless = crate::large::LargeOrders::new(&network, plan);
    let rules = cost_only();
    let plan = ReplayPlan::new(&network, &stock, &WEEKLY).with("a", Policy::Rules(&rules));
    let mut told = 0;
    let mut stop = |progress: Progress| {
        told = progress.orders_done;
        if told >= 2_000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let listeners = Listeners { progress: Some(&mut stop), watch: None };
    let report = replay(&plan, &mut endless, listeners).unwrap();
    assert!(report.is_stopped_early && report.orders >= told && told >= 2_000);
    assert_eq!(report.variants[0].tally.orders, report.orders);
}

#[test]
fn no_orders_give_an_empty_report() {
    let (network, stock) = fixture::one_shelf(3);
    let rules = cost_only();
    let plan = ReplayPlan::new(&network, &stock, &Replenish::Never)
        .with("a", Policy::Rules(&rules))
        .with("b", Policy::Rules(&rules));
    let report = run(&plan, &[]);
    assert_eq!((report.orders, report.days, report.comparisons.len()), (0, None, 1));
    assert!(!report.is_stopped_early);
}
