//! Carriers' tables in a folder: published prices, terms, surcharges and zones between ZIP prefixes.

mod beside;
mod scratch;

use beside::shared;
use connect::files::Folder;
use model::{Dimensions, Network, ParcelFacts, Service, Weight, Zone};
use scratch::Scratch;
use std::fs;

/// A shop in San Francisco, one in Bellevue and a warehouse without a ZIP code.
const SHOP: [(&str, &str); 3] = [
    ("locations.csv", "location_id,zip,lat_deg,lon_deg\nbay,94103,,\nsound,98004,,\nfield,,40.0,-83.0\n"),
    ("products.csv", "sku,weight_oz\nMUG,12\n"),
    ("inventory.csv", "location_id,sku,on_hand_units\nbay,MUG,2\n"),
];

/// What Notice 123 of 5 October 2025 says beside its prices.
const USPS_SERVICES: &str = "service,dim_in3_per_lb,dim_over_in3,max_length_plus_girth_in\n\
    ground_advantage,166,1728,108\n\
    ground_advantage_oversized,,,130\n\
    priority_mail,166,1728,108\n";
const USPS_SURCHARGES: &str = "service,when,over,up_to,unit,amount_usd\n\
    ground_advantage,longest_side,22,30,in,4.00\n\
    ground_advantage,longest_side,30,,in,8.40\n\
    ground_advantage,volume,2,,ft3,18.00\n\
    priority_mail,longest_side,22,30,in,4.00\n\
    priority_mail,longest_side,30,,in,18.00\n\
    priority_mail,volume,2,,ft3,30.00\n";

fn written(files: &[(&str, &str)]) -> Scratch {
    let dir = Scratch::new();
    for (name, text) in SHOP.iter().chain(files) {
        dir.write(name, text.as_bytes());
    }
    dir
}

/// The network of the shop with these files beside it, and what was assumed.
fn read(files: &[(&str, &str)]) -> (Network, Vec<String>) {
    let dir = written(files);
    let problem = Folder::open(dir.path()).unwrap_or_else(|faults| panic!("{faults}")).problem;
    assert!(problem.unknown_columns.iter().all(|column| column.starts_with("zone_pairs")));
    (problem.network, problem.assumptions)
}

fn service<'n>(network: &'n Network, code: &str) -> &'n Service {
    network.rates.services.iter().find(|service| service.code == code).unwrap()
}

/// What a parcel costs: rate and surcharges together.
#[track_caller]
fn check_price(service: &Service, zone: u8, parcel: ParcelFacts, expect: &str) {
    let quote = service.quote(Zone(zone), &parcel);
    assert_eq!(quote.map(|quote| quote.total().decimal()).as_deref().unwrap_or("not taken"), expect);
}

fn ounces(ounces: i64) -> ParcelFacts {
    ParcelFacts { weight: Weight::from_ounces(ounces), ..ParcelFacts::default() }
}

/// A box with sides in inches, to a home.
fn boxed(pounds: i64, [a, b, c]: [u32; 3]) -> ParcelFacts {
    let mm = |inches: u32| (inches * 254 + 5) / 10;
    let sides = Dimensions::new(mm(a), mm(b), mm(c));
    ParcelFacts {
        weight: Weight(pounds * Weight::POUND),
        volume_mm3: sides.volume_mm3(),
        longest_mm: sides.longest_mm(),
        length_plus_girth_mm: sides.length_plus_girth_mm(),
        is_residential: true,
    }
}

fn zone(network: &Network, from: &str, to: &str) -> u8 {
    let location = network.location_by_code(from).unwrap();
    network.ways(network.place(to).unwrap()).zones[location.index()].0
}

#[test]
fn a_step_up_to_an_ounce_below_the_pound_and_the_pound_are_two() {
    let rates = "service,price_tier,weight_not_over,weight_unit,zone,price_usd\n\
        mail,retail,15.999,oz,1,4\nmail,retail,1,lb,1,5\nmail,retail,2,LB,1,6\n";
    let (network, assumptions) = read(&[("rates.csv", rates)]);
    let mail = service(&network, "mail");
    check_price(mail, 1, ounces(15), "4.0000");
    check_price(mail, 1, ounces(16), "5.0000");
    check_price(mail, 1, ounces(17), "6.0000");
    check_price(mail, 1, ounces(33), "not taken");
    assert_eq!(mail.zones[0][0].transit_days, 2);
    assert!(
        assumptions
            .contains(&"transit days are assumed by zone 1 to 8: mail 2, 2, 3, 3, 4, 4, 5, 5".to_owned()),
        "{assumptions:?}"
    );
}

#[test]
fn the_chosen_tier_counts_and_so_do_rows_without_one() {
    let rates = "service,price_tier,max_weight_lb,zone,rate_usd\n\
        mail,Retail,5,1,9\nmail,Commercial,5,1,7\nbike,,5,1,3\n";
    let (network, _) = read(&[("rates.csv", rates), ("manifest.json", "{\"price_tier\": \"commercial\"}")]);
    check_price(service(&network, "mail"), 1, ounces(16), "7.0000");
    check_price(service(&network, "bike"), 1, ounces(16), "3.0000");
}

#[test]
fn days_come_from_the_row_then_from_the_service_then_by_assumption() {
    let rates = "service,max_weight_lb,zone,rate_usd,transit_days\n\
        van,5,1,9,1\nvan,5,2,9,\nvan,5,3,9,\nvan,5,4,9,\npriority,5,2,9,\n";
    let services = "service,transit_days\nvan,2|3|6\n";
    let (network, assumptions) = read(&[("rates.csv", rates), ("services.csv", services)]);
    let days = |code, zone: usize| service(&network, code).zones[zone - 1][0].transit_days;
    assert_eq!([1, 2, 3, 4].map(|zone| days("van", zone)), [1, 3, 6, 6]);
    assert_eq!(days("priority", 2), 2);
    assert!(service(&network, "priority").zones[0].is_empty(), "a plain table says which zones there are");
    assert!(
        assumptions
            .contains(&"transit days are assumed by zone 1 to 8: priority 1, 2, 2, 2, 3, 3, 3, 3".to_owned()),
        "{assumptions:?}"
    );
}

#[test]
fn the_built_in_tariff_takes_terms_and_surcharges_too() {
    let services = "service,transit_days\nground_advantage,4\npriority_mail,2\n";
    let surcharges = "service,when,amount_usd\npriority_mail,residential,1.25\n";
    let (network, assumptions) = read(&[("services.csv", services), ("surcharges.csv", surcharges)]);
    assert_eq!(service(&network, "ground_advantage").zones[7][0].transit_days, 4);
    let priority = service(&network, "priority_mail");
    let home = ParcelFacts { is_residential: true, ..ounces(4) };
    let more = priority.quote(Zone(1), &home).unwrap().total()
        - priority.quote(Zone(1), &ounces(4)).unwrap().total();
    assert_eq!(more.decimal(), "1.2500");
    assert!(!assumptions.iter().any(|sentence| sentence.contains("transit days")), "{assumptions:?}");
}

#[test]
fn metric_terms_are_read() {
    let rates = "service,max_weight_kg,zone,rate_usd\npaket,2,1,5\npaket,30,1,12\n";
    let services = "service,dim_cm3_per_kg,dim_over_cm3,max_longest_cm,max_length_plus_girth_cm\n\
        paket,5000,1000,120,300\n";
    let surcharges = "service,when,over,up_to,unit,zone_from,zone_to,amount_usd\n\
        paket,longest_side,60,100,cm,,,2\npaket,weight,20,,kg,1,1,3\npaket,always,,,,,,0.50\n";
    let (network, _) =
        read(&[("rates.csv", rates), ("services.csv", services), ("surcharges.csv", surcharges)]);
    let paket = service(&network, "paket");
    let parcel = |grams, volume_cm3: i64, longest_mm| ParcelFacts {
        weight: Weight::from_grams(grams),
        volume_mm3: volume_cm3 * 1_000,
        longest_mm,
        ..ParcelFacts::default()
    };
    check_price(paket, 1, parcel(1_000, 10_000, 300), "5.5000");
    check_price(paket, 1, parcel(1_000, 10_001, 300), "12.5000");
    check_price(paket, 1, parcel(1_000, 9_000, 601), "7.5000");
    check_price(paket, 1, parcel(20_001, 9_000, 300), "15.5000");
    check_price(paket, 1, parcel(1_000, 9_000, 1_201), "not taken");
}

#[test]
fn pairs_give_zones_where_they_have_one_and_rows_of_zones_come_first() {
    let pairs = "origin_zip3,dest_zip3,zone,same_ndc\n941,100,7,no\n941,5,6,no\n980,100,5,no\n700,100,2,no\n";
    let (network, assumptions) = read(&[("zone_pairs.csv", pairs)]);
    assert_eq!((zone(&network, "bay", "100"), zone(&network, "sound", "100")), (7, 5));
    assert_eq!(zone(&network, "bay", "005"), 6, "a spreadsheet ate the zeros");
    assert_eq!(zone(&network, "bay", "101"), 8, "not in the pairs: by distance");
    assert_eq!(zone(&network, "field", "100"), 4, "no ZIP code: by distance");
    assert!(
        assumptions.iter().any(|sentence| sentence.contains("zone_pairs.csv does not have")),
        "{assumptions:?}"
    );

    let zones = "location_id,dest_zip3,distance_miles,zone\nbay,100,2570,3\nsound,100,2400,\n";
    let (network, _) = read(&[("zone_pairs.csv", pairs), ("zones.csv", zones)]);
    assert_eq!((zone(&network, "bay", "100"), zone(&network, "sound", "100")), (3, 5));
    assert_eq!(zone(&network, "bay", "005"), 6, "other prefixes are destinations as well");
}

#[test]
fn the_published_usps_table_and_its_notes_are_the_built_in_tariff() {
    let Some(table) = shared("data/carriers/usps_rates_2025-10-05.csv") else { return };
    let rates = fs::read_to_string(table).unwrap();
    let (published, _) = read(&[
        ("manifest.json", "{\"price_tier\": \"commercial\"}"),
        ("rates.csv", &rates),
        ("services.csv", USPS_SERVICES),
        ("surcharges.csv", USPS_SURCHARGES),
    ]);
    let (built_in, _) = read(&[]);
    for expect in &built_in.rates.services {
        assert!(service(&published, &expect.code) == expect, "{} differs", expect.code);
    }
    assert_eq!(published.rates.services.len(), 3);
}

#[test]
fn usps_retail_prices_are_those_of_the_notice() {
    let Some(table) = shared("data/carriers/usps_rates_2025-10-05.csv") else { return };
    let rates = fs::read_to_string(table).unwrap();
    let (network, _) = read(&[
        ("manifest.json", "{\"price_tier\": \"retail\"}"),
        ("rates.csv", &rates),
        ("services.csv", USPS_SERVICES),
        ("surcharges.csv", USPS_SURCHARGES),
    ]);
    let ground = service(&network, "ground_advantage");
    check_price(ground, 1, ounces(4), "7.2000");
    check_price(ground, 8, ounces(9), "11.1000");
    check_price(ground, 5, ounces(16), "10.6500");
    check_price(ground, 5, ounces(17), "12.8000");
    check_price(service(&network, "priority_mail"), 8, ounces(5 * 16), "34.2500");
    // 40 inches and 2 × (18 + 17) around: 110 inches. Too large for the steps by weight.
    let large = boxed(12, [40, 18, 17]);
    check_price(ground, 4, large, "not taken");
    check_price(service(&network, "ground_advantage_oversized"), 4, large, "154.6500");
    check_price(service(&network, "ground_advantage_oversized"), 4, boxed(71, [40, 18, 17]), "not taken");
}

/// No parcel takes the oversized price because it is cheaper, whatever surcharges it saves.
#[test]
fn oversized_is_always_the_dearest() {
    let Some(table) = shared("data/carriers/usps_rates_2025-10-05.csv") else { return };
    let rates = fs::read_to_string(table).unwrap();
    for tier in ["retail", "commercial"] {
        let manifest = format!("{{\"price_tier\": \"{tier}\"}}");
        let (network, _) = read(&[("manifest.json", &manifest), ("rates.csv", &rates)]);
        let (ground, oversized) =
            (service(&network, "ground_advantage"), service(&network, "ground_advantage_oversized"));
        for (steps, large) in ground.zones.iter().zip(&oversized.zones) {
            let dearest = steps.last().unwrap();
            assert_eq!(large[0].max_weight, dearest.max_weight);
            assert!(large[0].rate.0 > dearest.rate.0 + 84_000 + 180_000);
        }
    }
}

#[test]
fn fedex_bills_by_volume_and_takes_more_at_homes() {
    let Some(table) = shared("data/carriers/fedex_ground_list_rates_2025-01-06.csv") else { return };
    let rates = fs::read_to_string(table).unwrap();
    let (network, assumptions) = read(&[
        ("rates.csv", &rates),
        (
            "services.csv",
            "service,dim_divisor,max_longest_in,max_length_plus_girth_in,transit_days\nfedex_ground,139,108,165,1;2;3;4;5\n",
        ),
        (
            "surcharges.csv",
            "service,when,over,up_to,unit,zone_from,zone_to,amount_usd\n\
             fedex_ground,residential,,,,,,5.95\n\
             fedex_ground,weight,50,,lb,2,2,43.50\n\
             fedex_ground,weight,50,,lb,3,4,47.50\n",
        ),
    ]);
    let ground = service(&network, "fedex_ground");
    // 18 × 14 × 12 inches are 3,024 cubic inches, by 139 are 21.8 pounds: the step of 22 costs 26.81 in zone 5.
    check_price(ground, 5, boxed(5, [18, 14, 12]), "32.7600");
    check_price(ground, 5, ParcelFacts { is_residential: false, ..boxed(5, [18, 14, 12]) }, "26.8100");
    // 10 × 8 × 6 are 3.5 pounds: the scale's 5 pounds count.
    check_price(ground, 5, boxed(5, [10, 8, 6]), "23.5100");
    // The nearest zone has the number 2; 27.68 + 43.50 + 5.95.
    check_price(ground, 1, boxed(51, [10, 8, 6]), "77.1300");
    check_price(ground, 2, boxed(51, [10, 8, 6]), "77.1300");
    check_price(ground, 3, boxed(51, [10, 8, 6]), "88.0700");
    check_price(ground, 9, boxed(5, [10, 8, 6]), "not taken");
    check_price(ground, 5, boxed(5, [109, 4, 4]), "not taken");
    assert_eq!(ground.zones[7][0].transit_days, 5);
    assert!(assumptions.iter().any(|sentence| sentence.contains("no zone 1")), "{assumptions:?}");
}

#[test]
fn true_zones_come_before_bands() {
    let Some(table) = shared("data/carriers/usps_zone_pairs_zip3_2018.csv") else { return };
    let pairs = fs::read_to_string(table).unwrap();
    let start = std::time::Instant::now();
    let (network, assumptions) = read(&[("zone_pairs.csv", &pairs)]);
    println!("{:?} for {} bytes: {assumptions:#?}", start.elapsed(), pairs.len());
    let (banded, _) = read(&[]);
    // 91 miles, but USPS calls it zone 1; military post to Japan has a zone, though nobody knows its distance.
    assert_eq!((zone(&network, "bay", "939"), zone(&banded, "bay", "939")), (1, 2));
    assert_eq!((zone(&network, "sound", "963"), banded.place("963")), (5, None));
    let to = network.place("939").unwrap();
    assert_eq!(network.ways(to).distances, banded.ways(banded.place("939").unwrap()).distances);
    let by_distance = |to| (zone(&network, "field", to), zone(&banded, "field", to));
    for to in ["939", "100", "021"] {
        assert_eq!(by_distance(to).0, by_distance(to).1);
    }
}
