//! What a newcomer reads: who got the order, what others would cost, weights and addresses in the words of the shop.

use crate::scenario::{Told, run};
use crate::tell::{sentences, why_not};
use model::Currency;

fn told(text: &str) -> Told {
    run(text).unwrap_or_else(|why| panic!("{why}"))
}

fn why(told: &Told, code: &str) -> String {
    let location = told.network.location_by_code(code).unwrap();
    why_not(&told.network, &told.rules, (&told.order, &told.decision), location)
}

const TWO: &str = "location depot warehouse far name=Depot\nlocation mall store name=Mall_Road\n\
                   stock depot MUG 5\nstock mall MUG 5\n";

#[test]
fn a_place_that_got_the_order_is_told_to_have_it_and_another_what_it_would_cost() {
    let told = told(&format!("{TWO}order MUG 1 to 97201"));
    let got = why(&told, "mall");
    assert!(got.starts_with("Mall Road did get order 1. Mall Road sends 1 × MUG by GROUND"), "{got}");
    assert_eq!(why(&told, "depot"), "Depot would cost $4.00 more than Mall Road: shipping +$4.00.");
}

#[test]
fn of_an_order_that_is_held_no_place_is_asked() {
    let told = told(&format!("{TWO}address unknown\norder MUG 1 to 97201"));
    let held = why(&told, "mall");
    assert!(held.starts_with("Order 1 is held: ") && held.ends_with("So no place got it."), "{held}");
}

#[test]
fn weights_are_in_kilograms_where_the_shop_does_not_count_dollars() {
    let mut heavy = told(
        "location depot warehouse\nproduct ANVIL ounces=400\nstock depot ANVIL 5\norder ANVIL 1 to 97201",
    );
    heavy.network.currency = Currency::from_code("EUR").unwrap();
    let text = sentences(&heavy.network, &heavy.rules, &heavy.order, &heavy.decision).join("\n");
    assert!(
        text.contains("one unit weighs 11.34 kg, and no carrier there takes more than 4.536 kg"),
        "{text}"
    );
}

#[test]
fn an_unknown_address_of_a_shop_that_counts_in_another_currency_is_not_called_abroad() {
    let mut away = told("location mall store\nstock mall MUG 1\naddress unknown in BR\norder MUG 1 to 97201");
    away.network.currency = Currency::from_code("BRL").unwrap();
    let text = sentences(&away.network, &away.rules, &away.order, &away.decision).join("\n");
    assert!(text.contains("its address in BR lies in no zone that is known"), "{text}");
}

#[test]
fn an_order_to_military_post_is_not_blamed_on_its_postal_code() {
    let mut held = told(&format!("{TWO}address unknown\norder MUG 1 to 97201"));
    let mut said = |country: &str, region: &str, postal: &str| {
        let to = &mut held.order.destination;
        (to.country, to.region, to.postal) = (country.into(), region.into(), postal.into());
        sentences(&held.network, &held.rules, &held.order, &held.decision)[0].clone()
    };
    let military = "Order 1 is held: it goes to military post, whose zones are not known. Add zones for its prefix, or send \
                    it by hand.";
    for (country, region, postal) in [
        ("US", "AE", "09021"),
        ("", "ap", "96201"),
        ("USA", "AA", ""),
        ("US", "", "34002-1234"),
        ("US", "", "9021"),
    ] {
        assert_eq!(said(country, region, postal), military, "{country} {region} {postal}");
    }
    assert!(said("IN", "AP", "517501").contains("it goes abroad (IN)"), "Andhra Pradesh");
    assert!(said("US", "OR", "97999").contains("its postal code is not known. Check it in the order."));
}
