//! Orders of the made-up retailer as a channel sends them.
//!
//! Owns: the customers' names and streets. Refuses to know: when an order comes, and what becomes of it.

use flow::order::{Address, Customer, NewLine, NewOrder};
use model::{Day, Lane};
use replay::Demo as Retailer;
use replay::chance::Chance;

const GIVEN: [&str; 16] = [
    "Ada", "Ben", "Carla", "Dmitri", "Elena", "Farid", "Grace", "Hugo", "Ines", "Jamal", "Kira", "Leo",
    "Maya", "Nils", "Olga", "Priya",
];
const FAMILY: [&str; 16] = [
    "Abbott", "Baker", "Castillo", "Dunn", "Ellis", "Fischer", "Garcia", "Hale", "Iqbal", "Jensen",
    "Kowalski", "Lind", "Moreau", "Novak", "Okafor", "Park",
];
const STREETS: [&str; 8] =
    ["Maple St", "Oak Ave", "Cedar Ln", "River Rd", "Hill St", "Lake Dr", "Elm Ct", "Park Blvd"];

/// What the customer paid for shipping, by lane.
const SHIPPING: &str = "4.95";
const BROUGHT: &str = "6.00";

/// When an order is placed, and what it is called.
pub(super) struct Placed {
    pub(super) id: String,
    pub(super) day: Day,
    pub(super) at: String,
}

/// Order number `i` of the retailer, placed then.
pub(super) fn sent(retailer: &Retailer, i: usize, placed: Placed) -> NewOrder {
    let order = &retailer.orders[i];
    let mut chance = Chance::from_seed(retailer.plan.seed).apart(i as u64 + 1);
    let mut one_of = |names: &[&'static str]| names[chance.below(names.len() as u64) as usize];
    let (given, family, street) = (one_of(&GIVEN), one_of(&FAMILY), one_of(&STREETS));
    let name = format!("{given} {family}");
    let shipping = match order.lane {
        Lane::Ship => SHIPPING,
        Lane::LocalDelivery => BROUGHT,
        Lane::Pickup => "",
    };
    NewOrder {
        channel: order.channel.to_owned(),
        external_id: placed.id.clone(),
        name: placed.id,
        lane: order.lane.code().to_owned(),
        service: order.service.to_owned(),
        placed_at: placed.at,
        deliver_by: Day(placed.day.0 + i32::from(order.promise_days)).to_string(),
        currency: String::new(),
        customer: Customer {
            email: format!("{given}.{family}@example.com").to_lowercase(),
            name: name.clone(),
            phone: String::new(),
        },
        ship_to: Address {
            name,
            line1: format!("{} {street}", 1 + i % 900),
            region: order.state.to_owned(),
            postal: retailer.postal(i),
            country: "US".to_owned(),
            latitude: degrees(order.point.lat_e4),
            longitude: degrees(order.point.lon_e4),
            is_residential: order.lane != Lane::Pickup,
            ..Address::default()
        },
        pickup_at: order.pickup_at.map_or(String::new(), |site| retailer.sites[site].code.to_owned()),
        split: String::new(),
        tags: vec!["demo".to_owned()],
        shipping: shipping.to_owned(),
        cart: String::new(),
        source_version: 0,
        lines: order.lines.iter().map(|line| line_of(retailer, line)).collect(),
    }
}

fn line_of(retailer: &Retailer, line: &replay::demo::DemoLine) -> NewLine {
    NewLine {
        line: 0,
        sku: retailer.goods[line.good].sku.clone(),
        quantity: line.units,
        unit_price: String::new(),
        when_short: String::new(),
    }
}

fn degrees(e4: i32) -> String {
    let sign = if e4 < 0 { "-" } else { "" };
    format!("{sign}{}.{:04}", e4.unsigned_abs() / 10_000, e4.unsigned_abs() % 10_000)
}
