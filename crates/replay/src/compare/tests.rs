//! Comparisons of outcomes written by hand.

use super::*;
use crate::fixture;
use crate::stats::Basis;
use model::ProductId;

fn share(line: u16, location: u16, units: u32) -> Share {
    Share { line, product: ProductId(u32::from(line)), location: LocationId(location), units }
}

fn outcome(cost: i64, shares: &[Share]) -> OrderOutcome {
    let mut outcome = OrderOutcome { shares: shares.to_vec(), ..OrderOutcome::default() };
    outcome.costs.add(CostPart::Postage, Cost(cost));
    outcome
}

/// Routes as `from>to units`, `-` for no place.
fn routes(base: &[Share], other: &[Share]) -> Vec<String> {
    let mut shifts = Shifts::default();
    shifts.find(base, other);
    let name = |place: Option<LocationId>| place.map_or("-".to_owned(), |id| id.0.to_string());
    shifts.routes.iter().map(|((from, to), units)| format!("{}>{} {units}", name(*from), name(*to))).collect()
}

#[test]
fn units_are_followed_line_by_line() {
    assert_eq!(routes(&[share(0, 1, 2)], &[share(0, 2, 2)]), ["1>2 2"]);
    assert_eq!(routes(&[share(0, 1, 3)], &[share(0, 1, 1), share(0, 2, 2)]), ["1>2 2"]);
    // Two lines that change places are two routes, though the same locations serve the order.
    assert_eq!(
        routes(&[share(0, 1, 1), share(1, 2, 1)], &[share(0, 2, 1), share(1, 1, 1)]),
        ["1>2 1", "2>1 1"]
    );
}

#[test]
fn units_that_gain_or_lose_their_place_have_one_end() {
    assert_eq!(routes(&[], &[share(0, 1, 2), share(1, 1, 1)]), ["->1 3"]);
    assert_eq!(routes(&[share(0, 1, 2)], &[]), ["1>- 2"]);
    assert_eq!(routes(&[share(0, 1, 1), share(2, 3, 1)], &[share(1, 2, 1)]), ["1>- 1", "->2 1", "3>- 1"]);
    assert_eq!(routes(&[share(0, 1, 3)], &[share(0, 2, 1)]), ["1>2 1", "1>- 2"]);
}

#[test]
fn lines_that_go_the_same_way_go_together() {
    assert_eq!(routes(&[share(0, 1, 1), share(1, 1, 4)], &[share(0, 2, 1), share(1, 2, 4)]), ["1>2 5"]);
}

fn compare(days: i32, top: usize) -> Comparison {
    let mut pairing = Pairing::new(0, 1, top);
    for number in 0..days as u64 {
        let mut order = fixture::order(&[1], None);
        order.id = format!("R{number}");
        let base = outcome(100_000, &[share(0, 1, 1)]);
        // Every other order moves and saves as many dollars as its number.
        let other = match number % 2 {
            0 => base.clone(),
            _ => outcome(100_000 - number as i64 * 10_000, &[share(0, 2, 1)]),
        };
        pairing.add((&order, Day(number as i32), number), [&base, &other]);
    }
    pairing.finish([Figures::default(); 2])
}

#[test]
fn differences_are_other_less_base_and_their_parts_add_up() {
    let found = compare(10, 3);
    assert_eq!((found.orders, found.moved.orders, found.cheaper_orders, found.dearer_orders), (10, 5, 5, 0));
    assert_eq!(found.cost, Cost(-250_000));
    assert_eq!(found.parts.total(), found.cost);
    assert_eq!(found.cost_per_order.estimate, Cost(-25_000));
    assert_eq!(found.cost_per_order.basis, Basis::DayBlocks { days: 10 });
    assert_eq!(found.moves.len(), 1);
    assert_eq!((found.moves[0].sums.orders, found.moves[0].sums.units), (5, 5));
}

#[test]
fn the_orders_that_moved_most_come_first_and_are_no_more_than_asked_for() {
    let found = compare(10, 3);
    let ids: Vec<&str> = found.top.iter().map(|moved| moved.order_id.as_str()).collect();
    assert_eq!(ids, ["R9", "R7", "R5"]);
    assert_eq!(found.top[0].cost_change(), Cost(-90_000));
    assert_eq!(found.top[0].change.total(), Cost(-90_000));
    assert_eq!((found.top[0].from[0].0, found.top[0].to[0].0), (LocationId(1), LocationId(2)));
    assert!(compare(10, 0).top.is_empty());
    assert_eq!(compare(4, 9).top.len(), 2);
}

#[test]
fn of_equal_changes_the_earliest_orders_are_kept() {
    let mut pairing = Pairing::new(0, 1, 2);
    for number in 0..6 {
        let mut order = fixture::order(&[1], None);
        order.id = format!("R{number}");
        let [base, other] = [outcome(10, &[share(0, 1, 1)]), outcome(20, &[share(0, 2, 1)])];
        pairing.add((&order, Day(0), number), [&base, &other]);
    }
    let top = pairing.finish([Figures::default(); 2]).top;
    assert_eq!(top.iter().map(|moved| moved.order_id.as_str()).collect::<Vec<_>>(), ["R0", "R1"]);
}

#[test]
fn a_change_of_cost_without_a_move_counts_as_cost_alone() {
    let mut pairing = Pairing::new(0, 1, 5);
    let order = fixture::order(&[1], None);
    let [base, other] = [outcome(10, &[share(0, 1, 1)]), outcome(30, &[share(0, 1, 1)])];
    pairing.add((&order, Day(0), 0), [&base, &other]);
    let found = pairing.finish([Figures::default(); 2]);
    assert_eq!((found.moved.orders, found.dearer_orders, found.cost), (0, 1, Cost(20)));
    assert!(found.top.is_empty() && found.moves.is_empty());
}

#[test]
fn an_order_that_one_side_does_not_send_saves_nothing() {
    let mut pairing = Pairing::new(0, 1, 5);
    let order = fixture::order(&[1], None);
    let placed = |cost| OrderOutcome { is_placed: true, ..outcome(cost, &[share(0, 1, 1)]) };
    let unsent = OrderOutcome { unfilled_cost: Cost(90_000), ..OrderOutcome::default() };
    for day in 0..10 {
        pairing.add((&order, Day(day), 2 * day as u64), [&placed(50_000), &placed(60_000)]);
        pairing.add((&order, Day(day), 2 * day as u64 + 1), [&placed(50_000), &unsent]);
    }
    let found = pairing.finish([Figures::default(); 2]);
    // By landed cost alone the other side looks cheaper: it sent half as much.
    assert_eq!(found.cost_per_order.estimate, Cost(-20_000));
    assert_eq!(found.cost_with_unfilled.estimate, Cost(25_000));
    assert_eq!((found.cost_both_placed.estimate, found.both_placed_orders), (Cost(10_000), 10));
    assert_eq!((found.only_base_placed, found.only_other_placed), (10, 0));
}

/// Compares pairs of base and other, one order each.
fn compare_pairs(pairs: &[[OrderOutcome; 2]]) -> Comparison {
    let mut pairing = Pairing::new(0, 1, 9);
    for (number, [base, other]) in (0..).zip(pairs) {
        let mut order = fixture::order(&[1], None);
        order.id = format!("R{number}");
        pairing.add((&order, Day(0), number), [base, other]);
    }
    pairing.finish([Figures::default(); 2])
}

fn unsent(unfilled: i64) -> OrderOutcome {
    OrderOutcome { unfilled_cost: Cost(unfilled), ..OrderOutcome::default() }
}

/// Moves as `from>to orders cost`, `-` for no place, `=` where they cost the same.
fn moves(found: &Comparison) -> Vec<String> {
    let places = |ends: &Ends| -> String {
        let names = ends.iter().map(|end| end.map_or("-".to_owned(), |id| id.0.to_string()));
        names.collect::<Vec<_>>().join("+")
    };
    let say = |one: &Move| {
        let mark = if one.is_same_cost { " =" } else { "" };
        let MoveSums { orders, cost, .. } = one.sums;
        format!("{}>{} {orders} {}{mark}", places(&one.from), places(&one.to), cost.0)
    };
    found.moves.iter().map(say).collect()
}

#[test]
fn an_order_that_finds_no_place_is_no_saving_and_one_that_is_rescued_no_loss() {
    let sent = |cost| outcome(cost, &[share(0, 1, 1)]);
    let found = compare_pairs(&[[sent(50_000), unsent(130_000)], [unsent(900_000), sent(783_300)]]);
    let changes: Vec<i64> = found.top.iter().map(|moved| moved.cost_change().0).collect();
    assert_eq!(changes, [-116_700, 80_000]);
    assert_eq!(found.top[0].change.total(), Cost(-116_700));
    assert_eq!((found.dearer_orders, found.cheaper_orders), (1, 1));
    assert_eq!(found.cost, Cost(-36_700));
    assert_eq!(moves(&found), ["->1 1 -116700", "1>- 1 80000"]);
}

#[test]
fn an_order_counts_in_one_move_and_moves_add_up_to_all_that_moved() {
    let two = |a: u16, b: u16, cost| outcome(cost, &[share(0, a, 1), share(1, b, 1)]);
    let found = compare_pairs(&[
        [two(1, 2, 50), two(3, 3, 20)],
        [two(1, 1, 50), two(1, 3, 20)],
        [two(1, 1, 60), two(3, 3, 20)],
        [two(1, 1, 60), outcome(20, &[share(0, 3, 1)])],
    ]);
    assert_eq!(moves(&found), ["1>3 2 -70", "1>-+3 1 -40", "1+2>3 1 -30"]);
    let sum = found.moves.iter().fold((0, 0), |sum, one| (sum.0 + one.sums.orders, sum.1 + one.sums.cost.0));
    assert_eq!(sum, (found.moved.orders, found.moved.cost.0));
}

#[test]
fn a_move_that_costs_the_same_is_counted_apart() {
    let at = |place, cost| outcome(cost, &[share(0, place, 1)]);
    let found = compare_pairs(&[[at(1, 50), at(2, 50)], [at(1, 50), at(2, 50)], [at(1, 50), at(2, 40)]]);
    assert_eq!(moves(&found), ["1>2 2 0 =", "1>2 1 -10"]);
    assert_eq!((found.same_cost.orders, found.moved.orders), (2, 3));
    let changes: Vec<i64> = found.top.iter().map(|moved| moved.cost_change().0).collect();
    assert_eq!(changes, [-10, 0, 0], "those that cost the same come last");
}
