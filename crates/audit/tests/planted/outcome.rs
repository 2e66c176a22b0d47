//! Outcome, holds, proof, leftovers, notes and the explanation.

use crate::fixture::*;
use crate::right::{explained, held, nothing};
use model::*;

fn remedy(remedy: Remedy) -> impl FnOnce(&mut Scene) {
    move |s| s.decision.leftovers[0].remedy = remedy
}

#[test]
fn an_outcome_that_its_units_deny_is_found() {
    assert_eq!(codes(split, |s| s.decision.outcome = Outcome::Placed), "outcome_differs");
    assert_eq!(codes(split, |s| s.decision.outcome = Outcome::NotPlaced), "outcome_differs");
    assert_eq!(codes(pickup, |s| s.decision.outcome = Outcome::PartlyPlaced), "outcome_differs");
    assert_eq!(codes(nothing, |s| s.decision.outcome = Outcome::PartlyPlaced), "outcome_differs");
}

#[test]
fn a_held_order_with_parcels_is_found() {
    let found = codes(split, |s| s.decision.outcome = Outcome::Held(HoldReason::Empty));
    assert_eq!(found, "hold_unfounded? outcome_differs");
}

#[test]
fn a_held_order_that_forgets_a_line_is_found() {
    assert_eq!(codes(held, |s| s.decision.leftovers.truncate(2)), "units_do_not_add_up");
}

#[test]
fn a_hold_without_its_reason_is_suspect() {
    let wrong = [
        HoldReason::AddressUnknown,
        HoldReason::TooLarge,
        HoldReason::Empty,
        HoldReason::NoStoreChosen,
        HoldReason::Rule(RuleRef::Rule(0)),
        HoldReason::Rule(RuleRef::Guardrail(40)),
        HoldReason::MarginTooLow { rule: RuleRef::Guardrail(2), margin: 200_000, need: 200_000 },
        HoldReason::MarginTooLow { rule: RuleRef::Guardrail(2), margin: 1, need: 2 },
        HoldReason::MarginTooLow { rule: RuleRef::Guardrail(0), margin: 1, need: 2 },
    ];
    for reason in wrong {
        let found = codes(held, |s| s.decision.outcome = Outcome::Held(reason));
        assert_eq!(found, "hold_unfounded?", "{reason:?}");
    }
    let low = HoldReason::MarginTooLow { rule: RuleRef::Guardrail(2), margin: 1, need: 200_000 };
    assert_eq!(codes(held, |s| s.decision.outcome = Outcome::Held(low)), "");
}

#[test]
fn an_order_without_units_is_found() {
    let found = codes(nothing, |s| {
        let line = OrderLine { quantity: 0, ..s.order.lines[0].clone() };
        s.order.lines.push(line);
    });
    assert_eq!(found, "order_empty");
}

#[test]
fn an_order_too_large_is_found() {
    let found = codes(nothing, |s| {
        s.order.lines[0].quantity = order::MAX_UNITS + 1;
        s.order.lines[0].unit_price = Cost(1);
        s.decision.leftovers[0].quantity = order::MAX_UNITS + 1;
    });
    assert_eq!(found, "order_too_large");
}

#[test]
fn an_order_to_nowhere_is_found() {
    assert_eq!(codes(nothing, |s| s.order.destination.place = None), "address_unknown");
    assert_eq!(codes(nothing, |s| s.order.destination.place = Some(PlaceId(1))), "address_unknown");
    assert_eq!(codes(pickup, |s| s.order.destination.place = None), "");
}

#[test]
fn a_pickup_at_no_store_is_found() {
    assert_eq!(codes(pickup, |s| s.order.pickup_at = None), "no_store_chosen not_chosen_store");
}

#[test]
fn another_rule_set_or_time_is_found() {
    assert_eq!(codes(split, |s| s.decision.rule_set = 6), "rule_set_differs");
    assert_eq!(codes(split, |s| s.decision.decided_at = at(17)), "time_differs");
}

#[test]
fn a_proof_that_does_not_prove_is_found() {
    assert_eq!(codes(split, |s| s.decision.proof.bound += Cost(1)), "proof_bound");
    let found = codes(split, |s| {
        s.decision.proof.gap = Cost(-5);
        s.decision.proof.bound += Cost(5);
    });
    assert_eq!(found, "proof_gap");
}

#[test]
fn a_gap_is_explained_by_the_limit_of_the_search() {
    let gap = |s: &mut Scene| {
        s.decision.proof.gap = Cost(5);
        s.decision.proof.bound -= Cost(5);
    };
    assert_eq!(codes(split, gap), "gap_unexplained?");
    let noted = |s: &mut Scene| {
        gap(s);
        s.decision.notes.push(Note::SearchLimit);
    };
    assert_eq!(codes(split, noted), "");
}

#[test]
fn costs_beyond_all_bounds_are_found_without_failing() {
    let found = codes(split, |s| {
        s.decision.costs.add(CostPart::Scarcity, Cost(i64::MAX - 10_000));
        s.decision.parcels[0].preference = Cost(i64::MAX);
    });
    assert_eq!(found, "cost_order margin_too_low preference_differs? preference_sum proof_bound");
    let found = codes(nothing, |s| s.decision.proof.gap = Cost(i64::MIN));
    assert_eq!(found, "proof_bound proof_gap");
}

#[test]
fn a_remedy_that_nobody_allowed_is_found() {
    assert_eq!(codes(split, remedy(Remedy::Hold)), "remedy_not_allowed");
    assert_eq!(codes(split, remedy(Remedy::Cancel)), "");
    assert_eq!(
        codes(split, |s| s.order.lines[2].when_short = Some(ShortChoice::Cancel)),
        "remedy_not_allowed"
    );
    assert_eq!(codes(split, |s| s.order.lines[2].when_short = Some(ShortChoice::Hold)), "remedy_not_allowed");
    assert_eq!(codes(split, |s| s.order.lines[2].when_short = Some(ShortChoice::Substitute)), "");
}

#[test]
fn a_substitute_that_is_none_is_found() {
    let offer = |product, location| {
        move |s: &mut Scene| {
            s.network.settings.when_short = vec![ShortChoice::Substitute, ShortChoice::Cancel];
            s.decision.leftovers[0].remedy = Remedy::Substitute { product, location };
        }
    };
    assert_eq!(codes(nothing, offer(CUP, PIER)), "");
    assert_eq!(codes(nothing, offer(TEE, PIER)), "substitute_unlisted");
    assert_eq!(codes(nothing, offer(CUP, MALL)), "substitute_unavailable");
}

#[test]
fn a_substitute_that_has_sold_out_is_found() {
    let found = codes(nothing, |s| {
        s.relevel(CUP, PIER, 0);
        s.order.lines[0].when_short = Some(ShortChoice::Substitute);
        s.decision.leftovers[0].remedy = Remedy::Substitute { product: CUP, location: PIER };
    });
    assert_eq!(found, "substitute_unavailable");
}

#[test]
fn a_backorder_of_another_day_is_found() {
    let expected = |iso| Remedy::Backorder { expected: Some(day(iso)) };
    assert_eq!(codes(split, remedy(expected("2026-12-01"))), "backorder_date");
    assert_eq!(codes(split, remedy(Remedy::Backorder { expected: None })), "backorder_date");
    assert_eq!(codes(nothing, remedy(expected("2026-12-01"))), "backorder_date");
}

#[test]
fn low_stock_that_is_told_wrongly_is_suspect() {
    let note = |note: Note| move |s: &mut Scene| s.decision.notes.push(note);
    let low = |record, left| Note::LowStock {
        record: RecordId(record),
        location: MALL,
        product: MUG,
        left,
        below: 2,
    };
    // The mall's mugs are record 4: two are left.
    assert_eq!(split().record(MUG, MALL), RecordId(4));
    assert_eq!(codes(split, note(low(4, 1))), "low_stock_note?");
    assert_eq!(codes(split, note(low(4, 2))), "low_stock_note?");
    assert_eq!(codes(split, note(low(99, 0))), "low_stock_note?");
}

#[test]
fn low_stock_that_is_not_told_is_suspect() {
    assert_eq!(codes(split, |s| s.decision.notes.truncate(1)), "low_stock_unsaid?");
}

#[test]
fn an_explanation_that_the_plan_denies_is_suspect() {
    let verdict = |i: usize, verdict| move |s: &mut Scene| s.decision.considered[i].verdict = verdict;
    assert_eq!(codes(explained, verdict(1, Verdict::Out(Reason::Paused))), "considered_differs?");
    assert_eq!(codes(explained, verdict(2, Verdict::Chosen)), "considered_differs?");
    assert_eq!(codes(explained, |s| s.decision.considered.swap(0, 1)), "considered_differs?");
    assert_eq!(codes(explained, |s| s.decision.considered.truncate(2)), "considered_differs?");
}

#[test]
fn a_finding_names_the_place_the_sku_and_both_numbers() {
    let mut scene = split();
    scene.relevel(MUG, MALL, 2);
    let findings = scene.findings();
    let overdrawn = findings.iter().find(|finding| finding.code == "overdrawn").unwrap();
    assert!(overdrawn.is_fatal());
    assert_eq!(overdrawn.message, "3 MUG are taken at MALL, 2 are available");
}
