//! Decisions of every kind that are right: no finding.

use crate::fixture::*;
use model::*;

/// Everything that describes a plan, taken out.
fn unplaced(mut s: Scene, outcome: Outcome, remedy: Remedy) -> Scene {
    let applied = std::mem::take(&mut s.decision.applied);
    let lines = s.order.lines.iter().enumerate();
    let leftovers =
        lines.map(|(i, line)| Leftover { line: i as u16, quantity: line.quantity, remedy, cause: None });
    s.decision = Decision {
        decided_at: s.now,
        rule_set: 7,
        outcome,
        leftovers: leftovers.collect(),
        applied,
        ..Decision::default()
    };
    s
}

/// Two mugs that no place has: nothing is placed, and no receipt is known.
pub(crate) fn nothing() -> Scene {
    let mut s = delivery();
    s.order.lines[0].product = MUG;
    unplaced(s, Outcome::NotPlaced, Remedy::Backorder { expected: None })
}

/// The split order, held by a rule for its channel.
pub(crate) fn held() -> Scene {
    let mut s = split();
    s.order.channel = "b2b".into();
    unplaced(s, Outcome::Held(HoldReason::Rule(RuleRef::Rule(5))), Remedy::Hold)
}

/// The mall's parcel in two: 1 mug, and 2 mugs from the same record.
pub(crate) fn two_from_one_place() -> Scene {
    let mut s = split();
    let mugs = s.decision.placements[4].quantity;
    assert_eq!(mugs, 3);
    s.decision.placements[4].quantity = 1;
    let rest = Placement { quantity: 2, ..s.decision.placements[4] };
    s.decision.placements.push(rest);
    let mut second = Parcel { first_placement: 5, weight: Weight::from_grams(800), ..s.decision.parcels[1] };
    // Up to 1 kg: 6.00 each instead of 9.00 for both. The first takes the fifth last unit, free of depth.
    let first = [
        (CostPart::Postage, 60_000),
        (CostPart::Surcharge, 5_000),
        (CostPart::Packaging, 8_000),
        (CostPart::Labor, 19_000),
        (CostPart::Markdown, -1_000),
        (CostPart::Scarcity, 500),
    ];
    second.costs = costs(&[
        (CostPart::Postage, 60_000),
        (CostPart::Surcharge, 5_000),
        (CostPart::Packaging, 8_000),
        (CostPart::Labor, 23_000),
        (CostPart::Risk, 240),
        (CostPart::Opportunity, 15_000),
        (CostPart::Markdown, -2_000),
        (CostPart::Scarcity, 1_000),
    ]);
    s.decision.parcels[1].costs = costs(&first);
    s.decision.parcels[1].weight = Weight::from_grams(400);
    s.decision.parcels.push(second);
    // One more parcel of the mall at 1.50; the mugs alone are worth 15.00.
    s.decision.preference += Cost(15_000);
    s.rules.guardrails[3].then = Action::MinParcelValue(Cost(150_000));
    s.decision.costs = costs(&[(CostPart::Split, 30_000)]);
    for parcel in &s.decision.parcels {
        s.decision.costs.add_all(&parcel.costs);
    }
    s.decision.proof.bound = s.decision.costs.total() + s.decision.preference;
    s
}

/// The split order with a verdict on each place.
pub(crate) fn explained() -> Scene {
    let mut s = split();
    let verdicts = [Verdict::Chosen, Verdict::Chosen, Verdict::Out(Reason::LaneOff { lane: Lane::Ship })];
    let considered = |(i, verdict): (usize, Verdict)| Considered {
        location: LocationId(i as u16),
        verdict,
        distance: Distance(0),
        zone: None,
        alone: PartCosts::default(),
        alone_preference: Cost::ZERO,
        first_item_out: 0,
        item_out_count: 0,
    };
    s.decision.considered = verdicts.into_iter().enumerate().map(considered).collect();
    s
}

fn finds_nothing(scene: &Scene) {
    assert_eq!(scene.findings(), []);
}

#[test]
fn the_hand_made_decisions_are_right() {
    for start in [split, pickup, delivery, nothing, held, two_from_one_place, explained] {
        finds_nothing(&start());
    }
}

#[test]
fn the_hand_made_split_costs_what_it_costs() {
    let s = split();
    assert_eq!(s.decision.parcels[0].costs.total(), Cost(269_520));
    assert_eq!(s.decision.parcels[1].costs.total(), Cost(143_740));
    assert_eq!(s.decision.costs.total(), Cost(428_260));
    assert_eq!(s.decision.proof.bound, Cost(443_260));
}

#[test]
fn a_way_by_coordinates_is_right() {
    let mut s = delivery();
    let here = Point { lat_e4: 455_152, lon_e4: -1_226_784 };
    let there = Point { lat_e4: 455_592, lon_e4: -1_226_784 };
    s.network.locations[PIER.index()].point = Some(here);
    s.order.destination = Destination { point: Some(there), ..Destination::default() };
    // 0.044° of latitude: 4.89 km, five begun kilometres.
    assert_eq!(here.distance_to(there), Distance(4_890));
    s.decision.parcels[0].distance = Distance(4_890);
    s.charge(0, CostPart::Postage, -3 * 5_000);
    finds_nothing(&s);
}

#[test]
fn express_for_a_promise_that_ground_misses_is_right() {
    let mut s = split();
    s.order.deliver_by = Some(day("2026-11-26"));
    let depot = &mut s.decision.parcels[0];
    (depot.service, depot.arrives) = (Some(ServiceId(1)), day("2026-11-26"));
    // Express has no dimensional weight and no surcharges: 3.4 kg to zone 1 is 25.00.
    s.charge(0, CostPart::Postage, 50_000);
    s.charge(0, CostPart::Surcharge, -45_000);
    finds_nothing(&s);
}

#[test]
fn a_pickup_may_wait_for_the_days_of_handling_or_not() {
    let mut s = pickup();
    s.network.locations[PIER.index()].handling_days = 1;
    finds_nothing(&s);
    s.decision.parcels[0].dispatch.day = day("2026-11-25");
    finds_nothing(&s);
}

#[test]
fn work_that_ends_at_closing_is_ready_then_or_at_the_next_opening() {
    let mut s = pickup();
    s.network.locations[PIER.index()].pickup_minutes = 8 * 60;
    s.decision.parcels[0].ready_at = Some(at(26));
    s.decision.parcels[0].arrives = day("2026-11-24");
    finds_nothing(&s);
    s.decision.parcels[0].ready_at = Some(at(42));
    s.decision.parcels[0].arrives = day("2026-11-25");
    finds_nothing(&s);
}

#[test]
fn work_goes_on_when_the_doors_open_again() {
    let mut s = pickup();
    s.network.locations[PIER.index()].pickup_minutes = 9 * 60;
    s.decision.parcels[0].ready_at = Some(at(43));
    s.decision.parcels[0].arrives = day("2026-11-25");
    finds_nothing(&s);
}

#[test]
fn a_receipt_that_has_passed_does_not_count() {
    let mut s = split();
    let record = s.record(LAMP, MALL);
    let level = StockLevel { next_receipt: Some(day("2026-11-01")), ..*s.stock.level(record) };
    s.stock.set_level(record, level);
    s.decision.leftovers[0].remedy = Remedy::Backorder { expected: Some(day("2026-12-01")) };
    finds_nothing(&s);
}

#[test]
fn preferences_that_were_set_aside_may_cost_nothing() {
    let mut s = split();
    s.decision.notes.push(Note::PreferencesSetAside { guardrail: RuleRef::Guardrail(2) });
    s.prefer(1, -15_000);
    finds_nothing(&s);
}

#[test]
fn a_held_order_may_leave_out_what_unfilled_units_cost() {
    let mut s = held();
    s.network.settings.unfilled = UnfilledWeight::Priced;
    finds_nothing(&s);
    // 4 × 5.00 + 12.00 + 2 × 20.00.
    s.charge_order(CostPart::Unfilled, 720_000);
    finds_nothing(&s);
}

#[test]
fn a_whole_bundle_left_over_is_right() {
    let mut s = split();
    s.order.lines[1].quantity = 3;
    s.decision.leftovers.push(Leftover { line: 1, quantity: 2, remedy: Remedy::Cancel, cause: None });
    finds_nothing(&s);
}
