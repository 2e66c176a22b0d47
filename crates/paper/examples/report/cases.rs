//! The same retailer in worse weather: every edge that the page must survive.

use model::{Cost, Currency, LocationKind, Point};
use paper::report::{
    DistanceUnit, Interval, LocationFigures, LocationWork, Move, MoveSums, Report, RuleKind, RuleWorth,
    VariantFigures,
};

use crate::retailer::report;
use crate::towns::{BRAZIL, destinations};

type Case = (&'static str, fn() -> Report);

pub(crate) const CASES: &[Case] = &[
    ("saves", report),
    ("costs", costs),
    ("unclear", unclear),
    ("nothing_moves", nothing_moves),
    ("one_place", one_place),
    ("thousand_places", thousand_places),
    ("no_coordinates", no_coordinates),
    ("one_variant", one_variant),
    ("four_variants", four_variants),
    ("long_names", long_names),
    ("fifty_rules", fifty_rules),
    ("brazil", brazil),
    ("empty", empty),
];

fn costs() -> Report {
    let mut report = report();
    report.headline.saved_total = Cost(-58_283_100);
    report.headline.saved_per_order = Cost(-3_100);
    report.headline.saved_share_bp = -348;
    report.headline.interval = Some(Interval { low: Cost(-4_900), high: Cost(-1_200) });
    report.variants[1].cost_parts[0].1 = Cost(61_100);
    report.part_changes[0].1 = Cost(15_057_900);
    report.variants[1].landed_cost_per_order = Cost(92_300);
    report.variants[1].cost_per_order = Cost(93_500);
    report.variants[1].unit_fill_bp = 9_700;
    report.variants[1].split_rate_bp = 1_830;
    report
}

fn unclear() -> Report {
    let mut report = report();
    report.headline.orders = 94;
    report.headline.saved_total = Cost(112_800);
    report.headline.saved_per_order = Cost(1_200);
    report.headline.saved_share_bp = 134;
    report.headline.interval = Some(Interval { low: Cost(-5_100), high: Cost(7_400) });
    report.variants[1].promise_kept_bp = None;
    report
}

fn nothing_moves() -> Report {
    let mut report = report();
    report.moved.clear();
    report.moves.clear();
    report.all_moved = MoveSums::default();
    report.moved_at_same_cost = 0;
    report
}

fn one_place() -> Report {
    let mut report = nothing_moves();
    report.locations.truncate(1);
    report.destinations.clear();
    report
}

fn thousand_places() -> Report {
    let mut report = report();
    report.locations = (0..1_000u64).map(place).collect();
    report.moves[0] = Move { from: vec!["P999".into()], to: vec!["P990".into()], ..report.moves[0].clone() };
    report
}

fn place(i: u64) -> LocationFigures {
    let (row, column) = ((i / 40) as i32, (i % 40) as i32);
    let point = Point { lat_e4: 300_000 + row * 6_000, lon_e4: -1_200_000 + column * 12_000 };
    let work = |parcels: u64| LocationWork {
        orders: parcels,
        parcels,
        labor_minutes: parcels * 6,
        busiest_day_bp: None,
    };
    LocationFigures {
        code: format!("P{i:03}"),
        name: format!("Place number {i}"),
        kind: LocationKind::ALL[(i % 3) as usize],
        point: Some(point),
        work: vec![work(i), work(i + 20)],
    }
}

fn no_coordinates() -> Report {
    let mut report = report();
    report.destinations.clear();
    for location in &mut report.locations {
        location.point = None;
    }
    report
}

fn one_variant() -> Report {
    let mut report = report();
    report.variants.truncate(1);
    report
}

fn four_variants() -> Report {
    let mut report = report();
    for (name, factor) in [("Warehouse only", 12), ("Nearest store first", 9)] {
        let mut variant: VariantFigures = report.variants[0].clone();
        variant.name = name.into();
        for (_, cost) in &mut variant.cost_parts {
            *cost = Cost(cost.0 * factor / 10);
        }
        variant.landed_cost_per_order = variant.cost_parts.iter().map(|part| part.1).sum();
        variant.cost_per_order = variant.landed_cost_per_order + variant.unfilled_cost_per_order;
        report.variants.push(variant);
        for week in &mut report.by_week {
            let cost = week.cost_per_order[0].map(|cost| Cost(cost.0 * factor / 10));
            week.cost_per_order.push(cost);
        }
        for location in &mut report.locations {
            let work = location.work[0];
            location.work.push(work);
        }
    }
    report
}

fn long_names() -> Report {
    let mut report = report();
    let names = [
        "The Old Harbour Warehouse of the Northern Outfitting and Provisioning Company, Building 14, Dock B",
        "מחסן מרכזי תל אביב",
        "متجر الرياض الرئيسي في شارع الملك فهد",
        "🏪 Emoji Corner 🎒⛺",
        "東京都渋谷区道玄坂本店アウトドア用品売場",
        "Supercalifragilisticexpialidociousstorewithoutanyspacewhatsoeverinitsname",
        "<script>alert(1)</script> & \"Sons\"",
        "",
    ];
    for (location, name) in report.locations.iter_mut().zip(names) {
        location.name = name.into();
    }
    report.retailer = "Ünïcödé & Söhne \"<b>\" — متجر".into();
    report.variants[0].name = "What the team does today with the spreadsheet and the phone".into();
    report.headline.baseline_name = report.variants[0].name.clone();
    report.moved[0].order_id = "\"><img src=x onerror=alert(1)>\u{202e}evil".into();
    report
}

fn fifty_rules() -> Report {
    let mut report = report();
    let rule = |i: i64| RuleWorth {
        sentence: format!(
            "Rule {i}: prefer the nearest store with at least {i} on hand, worth ${i}.50, in the north."
        ),
        kind: if i % 3 == 0 { RuleKind::Guardrail } else { RuleKind::Rule },
        per_order: Cost((i - 25) * 137),
        interval: (i % 7 != 0)
            .then_some(Interval { low: Cost((i - 25) * 137 - 900), high: Cost((i - 25) * 137 + 900) }),
        orders_moved: i.unsigned_abs() * 13,
        flags: 0,
    };
    report.rule_worth = (0..50).map(rule).collect();
    report
}

fn brazil() -> Report {
    let mut report = report();
    report.retailer = "Loja Exemplo".into();
    report.currency = Currency::from_code("BRL").unwrap_or(Currency::USD);
    report.distance_unit = DistanceUnit::Kilometers;
    report.destinations = destinations(BRAZIL);
    let points = [
        (-235_505, -466_333),
        (-299_500, -511_900),
        (-80_500, -349_000),
        (-129_700, -385_000),
        (-199_200, -439_400),
        (-157_900, -478_900),
        (-31_200, -600_200),
        (-254_300, -492_700),
    ];
    let names = [
        "Centro de Distribuição",
        "Porto Alegre",
        "Recife",
        "Salvador",
        "Belo Horizonte",
        "Brasília",
        "Manaus",
        "Curitiba",
    ];
    for (location, ((lat_e4, lon_e4), name)) in report.locations.iter_mut().zip(points.into_iter().zip(names))
    {
        location.point = Some(Point { lat_e4, lon_e4 });
        location.name = name.into();
    }
    report
}

fn empty() -> Report {
    let mut report = report();
    report.variants.clear();
    report.by_week.clear();
    report.locations.clear();
    report.destinations.clear();
    report.moved.clear();
    report.moves.clear();
    report.rule_worth.clear();
    report.assumptions.clear();
    report.next_steps.clear();
    report.commands.clear();
    report.headline.interval = None;
    report.headline.orders = 0;
    report
}
