//! Given plans priced beside the engine's own decisions.

use super::*;
use crate::fixture;
use model::{CostPart, Lateness, RuleSet};

/// The assignments that a decision amounts to; orders have one line per product.
fn write(book: &mut ActualBook, order: &Order, decision: &Decision) {
    book.add_unfilled(&order.id);
    for parcel in &decision.parcels {
        for placement in decision.placements_of(parcel) {
            let line = order.lines[usize::from(placement.line)].number;
            book.add(&order.id, Assigned { line, location: parcel.location, quantity: placement.quantity });
        }
    }
}

/// Decides orders by the engine and prices the same places; both must tell the same parcels and costs.
fn agree(network: &Network, stock: &Stock) {
    let orders = fixture::orders(network, 800, 60);
    let rules = RuleSet::default();
    let mut router = engine::Router::new(network, &rules);
    let mut stock = stock.clone();
    for order in &orders {
        let decided = router.decide(&stock, order, order.placed_at).clone();
        let mut book = ActualBook::default();
        write(&mut book, order, &decided);
        let mut pricer = Pricer::new(network, &book);
        let priced = pricer.decide(&stock, order, order.placed_at);
        assert_eq!(priced.costs, decided.costs, "{}", order.id);
        assert_eq!(priced.outcome, decided.outcome, "{}", order.id);
        assert_eq!(priced.placements.len(), decided.placements.len(), "{}", order.id);
        for (mine, theirs) in priced.parcels.iter().zip(&decided.parcels) {
            let route = |p: &Parcel| (p.location, p.service, p.zone, p.distance, p.weight);
            assert_eq!(route(mine), route(theirs), "{}", order.id);
            assert_eq!(
                (mine.dispatch, mine.arrives, mine.ready_at),
                (theirs.dispatch, theirs.arrives, theirs.ready_at)
            );
        }
        let mut beside = stock.clone();
        engine::commit(&mut stock, &decided);
        assert_eq!(take(&mut beside, priced), 0);
        assert_eq!(format!("{beside:?}"), format!("{stock:?}"));
    }
}

fn five_places_with(change: impl FnOnce(&mut Network)) -> (Network, Stock) {
    let (mut network, stock) = fixture::five_places();
    network.settings.parcels = ParcelsPerLocation::One;
    change(&mut network);
    (network, stock)
}

#[test]
fn the_same_places_cost_the_same() {
    let (network, stock) = five_places_with(|_| {});
    agree(&network, &stock);
}

#[test]
fn the_same_places_cost_the_same_when_units_left_over_are_priced() {
    let (network, stock) = five_places_with(|network| network.settings.unfilled = UnfilledWeight::Priced);
    agree(&network, &stock);
}

#[test]
fn the_same_places_cost_the_same_when_lateness_is_priced_and_services_compete() {
    let (network, stock) = five_places_with(|network| {
        network.settings.lateness = Lateness::Priced { per_day: Cost(20_000) };
        network.rates.choice = model::ServiceChoice::Cheapest;
    });
    agree(&network, &stock);
}

#[test]
fn the_same_places_cost_the_same_with_parts_switched_off() {
    let (network, stock) = five_places_with(|network| {
        let parts = network.settings.parts;
        network.settings.parts = parts.without(CostPart::Labor).without(CostPart::Split);
    });
    agree(&network, &stock);
}

fn book(rows: &[(u32, u16, u32)]) -> ActualBook {
    let mut book = ActualBook::default();
    for &(line, location, quantity) in rows {
        book.add("T1", Assigned { line, location: LocationId(location), quantity });
    }
    book
}

fn shipped(units: &[u32]) -> Order {
    Order { destination: fixture::order(&[1], None).destination, ..fixture::order(units, None) }
}

#[test]
fn an_unknown_order_is_not_placed_and_counted() {
    let (network, stock) = fixture::one_shelf(5);
    let empty = ActualBook::default();
    let mut pricer = Pricer::new(&network, &empty);
    let decision = pricer.decide(&stock, &shipped(&[2]), Timestamp(0));
    assert_eq!((decision.outcome, decision.leftovers.len()), (Outcome::NotPlaced, 1));
    assert!(!pricer.is_known());
}

#[test]
fn units_that_the_records_do_not_have_are_sent_all_the_same_and_counted() {
    let (network, mut stock) = fixture::one_shelf(1);
    let book = book(&[(1, 0, 3), (2, 1, 1)]);
    let mut pricer = Pricer::new(&network, &book);
    let decision = pricer.decide(&stock, &shipped(&[3, 1]), Timestamp(0));
    assert_eq!((decision.outcome, decision.parcels.len()), (Outcome::Placed, 2));
    // Two of three at the first place; the second place has no record of it at all.
    assert_eq!(take(&mut stock, decision), 3);
    assert_eq!(stock.available(RecordId(0)), 0);
    assert_eq!((stock.load(LocationId(0)).day_parcels, stock.load(LocationId(1)).day_parcels), (1, 1));
}

#[test]
fn more_than_was_ordered_and_unknown_lines_are_left_out() {
    let (network, stock) = fixture::one_shelf(9);
    let book = book(&[(1, 0, 5), (7, 0, 1)]);
    let mut pricer = Pricer::new(&network, &book);
    let decision = pricer.decide(&stock, &shipped(&[2, 1]), Timestamp(0));
    assert_eq!(decision.placements.iter().map(|p| p.quantity).sum::<u32>(), 2);
    assert_eq!((decision.outcome, decision.leftovers[0].line), (Outcome::PartlyPlaced, 1));
}

#[test]
fn a_parcel_that_was_late_took_the_fastest_service() {
    let (network, stock) = fixture::five_places();
    let book = book(&[(1, 0, 1)]);
    let mut order = shipped(&[1]);
    order.destination.place = network.place("7");
    let transit = |order: &Order| {
        let mut pricer = Pricer::new(&network, &book);
        let decision = pricer.decide(&stock, order, order.placed_at);
        let parcel = decision.parcels[0];
        (parcel.service.map(|service| service.0), parcel.arrives.0 - parcel.dispatch.day.0)
    };
    assert_eq!(transit(&order), (Some(0), 5));
    order.deliver_by = Some(model::Day(fixture::DAY.0));
    assert_eq!(transit(&order), (Some(1), 1));
}

#[test]
fn what_is_too_heavy_for_one_parcel_goes_in_several() {
    let (mut network, stock) = fixture::one_shelf(20);
    // Rates end at 40 lb.
    network.products[0].weight = model::Weight(15 * model::Weight::POUND);
    let book = book(&[(1, 0, 5)]);
    let mut pricer = Pricer::new(&network, &book);
    let decision = pricer.decide(&stock, &shipped(&[5]), Timestamp(0));
    let contents = decision.parcels.iter().map(|parcel| decision.placements_of(parcel)[0].quantity);
    assert_eq!(contents.collect::<Vec<_>>(), [2, 2, 1]);
    assert!(decision.parcels.iter().all(|parcel| parcel.service.is_some()));
    assert_eq!(decision.costs.get(CostPart::Split), Cost(30_000));
}
