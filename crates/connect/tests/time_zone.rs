//! Whose clock is the shop's, and what it does to days and times.

mod scratch;

use connect::files::{Folder, Problem};
use model::{Order, Timestamp};
use scratch::Scratch;

const PLACES: &str = "location_id,time_zone\nmall,America/Los_Angeles\ndepot,America/Los_Angeles\n";
/// Half past five on Friday, 30 October, in Portland: Saturday in UTC.
const FRIDAY: &str = "order_id,placed_at,promise_days\nO1,2026-10-31T00:30:00Z,4\n";

fn open(settings: Option<&str>, places: &str, orders: &str) -> (Problem, Vec<Order>) {
    let dir = Scratch::new();
    dir.write("manifest.json", b"{\"format\": \"baton-1\"}");
    dir.write("locations.csv", places.as_bytes());
    dir.write("products.csv", b"sku\nMUG\n");
    dir.write("inventory.csv", b"location_id,sku,on_hand_units\nmall,MUG,2\n");
    dir.write("orders.csv", orders.as_bytes());
    dir.write("order_lines.csv", b"order_id,sku,qty\nO1,MUG,1\n");
    if let Some(text) = settings {
        dir.write("settings.toml", text.as_bytes());
    }
    let folder = Folder::open(dir.path()).unwrap();
    let mut orders = Vec::new();
    let mut order = Order::empty();
    let mut feed = folder.orders(&folder.problem.network).unwrap();
    while feed.next(&mut order).unwrap() {
        orders.push(order.clone());
    }
    drop(feed);
    (folder.problem, orders)
}

/// What the shop's clock shows when the order is placed, the day of the promise, and what is told of the clock.
#[track_caller]
fn check(settings: Option<&str>, places: &str, shown: &str) {
    let (problem, orders) = open(settings, places, FRIDAY);
    let told = problem.assumptions.iter().filter(|sentence| sentence.contains("time_zone"));
    let told: Vec<&str> = told.map(|sentence| sentence.split(": ").next().unwrap()).collect();
    let by_wall = problem.network.settings.clock.show(orders[0].placed_at);
    let promised = orders[0].deliver_by.unwrap();
    assert_eq!(format!("{by_wall}, by {promised}, {}", told.join("; ")), shown);
}

#[test]
fn the_zone_that_all_places_share_is_the_shops() {
    check(None, PLACES, "2026-10-30T17:30:00-07:00, by 2026-11-03, ");
    let with_silent = format!("{PLACES}attic,\n");
    check(None, &with_silent, "2026-10-30T17:30:00-07:00, by 2026-11-03, ");
}

#[test]
fn of_several_zones_that_of_most_places_is_the_shops_and_that_is_told() {
    let three = format!("{PLACES}pier,America/New_York\n");
    check(None, &three, "2026-10-30T17:30:00-07:00, by 2026-11-03, the places are in 2 time zones");
    // Chicago comes before Los Angeles.
    let tie = "location_id,time_zone\nmall,America/Los_Angeles\ndepot,America/Chicago\n";
    check(None, tie, "2026-10-30T19:30:00-05:00, by 2026-11-03, the places are in 2 time zones");
}

#[test]
fn without_any_zone_it_is_utc_and_that_is_told() {
    let none = "location_id\nmall\ndepot\n";
    check(None, none, "2026-10-31T00:30:00Z, by 2026-11-04, no place names a time zone");
}

#[test]
fn settings_come_before_the_places() {
    let stated = Some("time_zone = \"America/New_York\"\n");
    check(stated, PLACES, "2026-10-30T20:30:00-04:00, by 2026-11-03, ");
    check(stated, "location_id\nmall\n", "2026-10-30T20:30:00-04:00, by 2026-11-03, ");
}

#[test]
fn the_first_day_is_a_day_of_the_shop() {
    let (problem, _) = open(None, PLACES, FRIDAY);
    assert_eq!(problem.first_day.to_string(), "2026-10-30");
}

#[test]
fn day_and_minute_are_those_of_the_shop() {
    // Day 20,756 is Friday, 30 October 2026.
    let orders = "order_id,day,placed_minute,promise_days\nO1,20756,1050,4\n";
    let (problem, orders) = open(None, PLACES, orders);
    assert_eq!(orders[0].placed_at.to_string(), "2026-10-31T00:30:00Z");
    assert_eq!(orders[0].deliver_by.unwrap().to_string(), "2026-11-03");
    assert_eq!(problem.first_day.to_string(), "2026-10-30");
}

#[test]
fn a_place_without_a_zone_follows_the_shop_and_one_with_a_zone_does_not() {
    let places = "location_id,time_zone,hours\nmall,America/New_York,Mo-Su 09:00-17:00\nattic,,Mo-Su 09:00-17:00\n\
                  shed,,\n";
    let (problem, orders) = open(Some("time_zone = \"America/Los_Angeles\"\n"), places, FRIDAY);
    let place = |code: &str| problem.network.location(problem.network.location_by_code(code).unwrap());
    let opens = |code: &str| {
        place(code).calendar.open_span_at_or_after(orders[0].placed_at).map(|span| span.from.to_string())
    };
    assert_eq!(opens("mall"), Some("2026-10-31T13:00:00Z".into()));
    assert_eq!(opens("attic"), Some("2026-10-31T16:00:00Z".into()));
    // Always open: it sends until midnight in Los Angeles.
    assert_eq!(opens("shed"), Some(Timestamp::MIN.to_string()));
    let (dispatch, _) = place("shed").calendar.dispatch_after(orders[0].placed_at, 0).unwrap();
    let shown = format!("{} until {}", dispatch.day, dispatch.cutoff);
    assert_eq!(shown, "2026-10-30 until 2026-10-31T07:00:00Z");
}
