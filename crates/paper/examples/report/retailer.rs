//! A made-up retailer with made-up numbers: seven stores and a warehouse in the United States.

use model::{Cost, Currency, Day, LocationKind, Point};
use paper::report::{
    Assumption, Audit, Basis, Command, DistanceUnit, Headline, Interval, LocationFigures, LocationWork, Move,
    MoveSums, MovedOrder, Report, RuleKind, RuleWorth, Unfilled, UnfilledOrder, VariantFigures, WeekPoint,
};

use crate::towns::{UNITED_STATES, destinations};

fn cost(decimal: &str) -> Cost {
    Cost::from_decimal(decimal).unwrap_or_default()
}

pub(crate) fn day(iso: &str) -> Day {
    Day::from_iso(iso).unwrap_or_default()
}

pub(crate) fn report() -> Report {
    Report {
        title: "What would Baton have saved?".into(),
        retailer: "Harbor & Pine Outfitters".into(),
        made_for_period: (day("2026-07-01"), day("2026-09-30")),
        currency: Currency::USD,
        distance_unit: DistanceUnit::Miles,
        warnings: Vec::new(),
        headline: Headline {
            baseline_name: "Today".into(),
            candidate_name: "With Baton".into(),
            saved_total: cost("18424.98"),
            saved_per_order: cost("0.98"),
            saved_share_bp: 1_084,
            interval: Some(Interval { low: cost("0.71"), high: cost("1.25") }),
            orders: 18_801,
        },
        variants: variants(),
        part_changes: part_changes(),
        by_week: weeks(),
        locations: locations(),
        destinations: destinations(UNITED_STATES),
        moved: moved(),
        all_moved: MoveSums { orders: 4_213, saved: cost("18400.10") },
        by_rules: None,
        moved_at_same_cost: 32,
        moves: moves(),
        rule_worth: rules(),
        unfilled: unfilled(),
        costs_most_orders: None,
        unfilled_orders: vec![UnfilledOrder {
            order_id: "#104991".into(),
            placed: day("2026-09-21"),
            cost: cost("38.20"),
            because: "not enough was left where it could come from".into(),
            sentences: vec!["2 × LAMP-4 wait for stock; the next receipt is expected Mon 5 Oct.".into()],
            others: vec!["4 do not stock it".into()],
        }],
        rule_sets: None,
        assumptions: assumptions(),
        next_steps: [
            "Read the five orders that changed most. Do the reasons convince you?",
            "Count ten items in Mall Road and in Lakeside. If more than one count is off, start with another store.",
            "Let Baton run beside today's process for two weeks. It changes nothing; it only shows what it would do.",
        ]
        .map(str::to_owned)
        .into(),
        commands: vec![
            command("Make this report again:", "baton assess --orders orders.csv --stock stock.csv --locations locations.csv --report report.html"),
            command("Read why one order moved:", "baton why 104233 --orders orders.csv --stock stock.csv"),
            command("Run beside today's process:", "baton serve --mode shadow"),
        ],
        audit: Audit { decisions_checked: 37_602, findings: 0 },
    }
}

fn command(what: &str, command: &str) -> Command {
    Command { what: what.into(), command: command.into() }
}

fn variants() -> Vec<VariantFigures> {
    let parts = |costs: [&str; 8]| {
        let names = [
            "shipping",
            "surcharges",
            "packaging",
            "labor",
            "extra parcels",
            "risk of a failed pick",
            "lost counter sales",
            "markdown avoided",
        ];
        names.into_iter().map(str::to_owned).zip(costs.into_iter().map(cost)).collect()
    };
    vec![
        VariantFigures {
            name: "Today".into(),
            orders: 18_801,
            shipped_orders: 18_779,
            landed_cost_per_order: cost("8.92"),
            unfilled_cost_per_order: cost("0.12"),
            cost_per_order: cost("9.04"),
            cost_parts: parts(["6.03", "0.44", "0.81", "1.12", "0.21", "0.19", "0.24", "-0.12"]),
            split_rate_bp: 1_420,
            unit_fill_bp: 9_868,
            order_fill_bp: 9_721,
            parcels: 21_710,
            parcel_m: 41_717_415_000,
            promise_kept_bp: Some(9_590),
            held: 22,
            unfilled_units: 412,
        },
        VariantFigures {
            name: "With Baton".into(),
            orders: 18_801,
            shipped_orders: 18_770,
            landed_cost_per_order: cost("7.94"),
            unfilled_cost_per_order: cost("0.12"),
            cost_per_order: cost("8.06"),
            cost_parts: parts(["4.82", "0.36", "0.77", "1.35", "0.12", "0.16", "0.58", "-0.22"]),
            split_rate_bp: 810,
            unit_fill_bp: 9_911,
            order_fill_bp: 9_804,
            parcels: 20_390,
            parcel_m: 23_560_796_000,
            promise_kept_bp: Some(9_740),
            held: 31,
            unfilled_units: 279,
        },
    ]
}

/// Over all orders, so that they add up to the headline.
fn part_changes() -> Vec<(String, Cost)> {
    let changes = [
        ("shipping", "-22747.50"),
        ("surcharges", "-1504.08"),
        ("packaging", "-752.04"),
        ("labor", "4324.23"),
        ("extra parcels", "-1692.09"),
        ("risk of a failed pick", "-564.03"),
        ("lost counter sales", "6392.34"),
        ("markdown avoided", "-1880.10"),
        ("units not filled", "-1.71"),
    ];
    changes.into_iter().map(|(name, change)| (name.to_owned(), cost(change))).collect()
}

fn weeks() -> Vec<WeekPoint> {
    let figures = [
        ("8.71", "7.90"),
        ("8.84", "7.81"),
        ("8.66", "7.95"),
        ("9.02", "7.99"),
        ("8.91", "7.70"),
        ("8.77", "7.82"),
        ("9.10", "8.11"),
        ("8.83", "8.90"),
        ("9.24", "8.12"),
        ("9.05", "7.92"),
        ("8.95", "7.88"),
        ("9.12", "8.01"),
        ("8.90", "7.73"),
    ];
    let first = day("2026-06-29");
    let week = |(i, (a, b)): (usize, &(&str, &str))| WeekPoint {
        week_start: Day(first.0 + 7 * i as i32),
        cost_per_order: vec![Some(cost(a)), Some(cost(b))],
    };
    figures.iter().enumerate().map(week).collect()
}

/// Code, name, latitude and longitude in 1/10,000 degrees, then orders, hours and busiest day before and after.
type Row = (&'static str, &'static str, i32, i32, [u64; 2], [u64; 2], [u32; 2]);

const ROWS: [Row; 8] = [
    ("DEPOT", "Reno Warehouse", 395_296, -1_198_138, [15_102, 11_240], [1_860, 1_384], [9_240, 7_110]),
    ("MALL", "Mall Road", 455_152, -1_226_784, [1_320, 2_410], [212, 388], [5_400, 8_830]),
    ("LAKE", "Lakeside", 418_781, -876_298, [480, 2_010], [84, 331], [2_100, 9_610]),
    ("PEACH", "Peach Street", 337_490, -843_880, [402, 1_240], [66, 206], [1_900, 6_020]),
    ("CANAL", "Canal Walk", 407_128, -740_060, [350, 905], [61, 158], [1_500, 10_840]),
    ("MESA", "Mesa Plaza", 334_484, -1_120_740, [610, 512], [98, 82], [3_300, 2_800]),
    ("UNION", "Union Depot", 397_392, -1_049_903, [537, 484], [85, 77], [3_120, 2_950]),
    ("TRAIL", "Trailhead Supply (vendor)", 449_778, -932_650, [0, 0], [0, 0], [0, 0]),
];

fn locations() -> Vec<LocationFigures> {
    let location = |&(code, name, lat_e4, lon_e4, orders, hours, busiest): &Row| LocationFigures {
        code: code.into(),
        name: name.into(),
        kind: match code {
            "DEPOT" => LocationKind::Warehouse,
            "TRAIL" => LocationKind::Vendor,
            _ => LocationKind::Store,
        },
        point: Some(Point { lat_e4, lon_e4 }),
        work: (0..2)
            .map(|i| LocationWork {
                orders: orders[i],
                parcels: orders[i] * 11 / 10,
                labor_minutes: hours[i] * 60,
                busiest_day_bp: (code != "TRAIL").then_some(busiest[i]),
            })
            .collect(),
    };
    ROWS.iter().map(location).collect()
}

fn moves() -> Vec<Move> {
    let one = |from: &[&str], to: &[&str], orders: u64, saved: &str| Move {
        from: from.iter().map(|&c| c.to_owned()).collect(),
        to: to.iter().map(|&c| c.to_owned()).collect(),
        is_same_cost: saved == "0",
        sums: MoveSums { orders, saved: cost(saved) },
    };
    vec![
        one(&["DEPOT"], &["LAKE"], 1_410, "8122.40"),
        one(&["DEPOT"], &["MALL"], 1_102, "3420.10"),
        one(&["DEPOT"], &["PEACH"], 796, "3904.00"),
        one(&["DEPOT"], &["CANAL"], 511, "2210.75"),
        one(&["DEPOT", "MESA"], &["DEPOT"], 188, "611.20"),
        one(&["MESA"], &["DEPOT"], 96, "120.04"),
        one(&["UNION"], &["DEPOT"], 61, "84.10"),
        one(&["DEPOT"], &[], 9, "-47.61"),
        one(&["DEPOT"], &["CANAL"], 30, "0"),
    ]
}

fn moved() -> Vec<MovedOrder> {
    let order = |id: &str, placed: &str, to: &str, saved: &str, sentences: &[&str]| MovedOrder {
        order_id: id.into(),
        placed: day(placed),
        from: vec!["DEPOT".into()],
        to: vec![to.into()],
        saved: cost(saved),
        cost_parts: vec![("shipping".into(), cost("9.10")), ("markdown avoided".into(), cost("-12.40"))],
        sentences: sentences.iter().map(|&s| s.to_owned()).collect(),
        others: vec!["4 do not stock it".into()],
    };
    vec![
        order(
            "#104233",
            "2026-08-11",
            "LAKE",
            "21.40",
            &[
                "Reno Warehouse would cost $21.40 more than Lakeside: shipping +$22.85, labor −$1.45.",
                "Canal Walk would cost $3.10 more than Lakeside: shipping +$3.10.",
                "Mall Road was left out: it had 1 of 2 tents.",
            ],
        ),
        order(
            "#101876",
            "2026-07-19",
            "PEACH",
            "18.05",
            &[
                "Reno Warehouse would cost $18.05 more than Peach Street: shipping +$19.60, labor −$1.55.",
                "Lakeside was left out: it was closed until after the last dispatch that keeps the promise.",
            ],
        ),
        order(
            "#107710",
            "2026-09-22",
            "CANAL",
            "16.92",
            &["Reno Warehouse would cost $16.92 more than Canal Walk: shipping +$18.02, labor −$1.10."],
        ),
        order(
            "#103318",
            "2026-08-02",
            "MALL",
            "14.77",
            &["Reno Warehouse would cost $14.77 more than Mall Road: extra parcels +$14.77."],
        ),
        order(
            "#105960",
            "2026-09-03",
            "LAKE",
            "-6.20",
            &["Lakeside cost $6.20 more, but only Lakeside could keep the promised day."],
        ),
    ]
}

fn unfilled() -> Vec<Unfilled> {
    let one = |because: &str, rule: Option<&str>, orders| Unfilled {
        because: because.into(),
        rule: rule.map(str::to_owned),
        orders,
        filled_without: rule.map(|_| 12),
        is_kept_for_later: true,
    };
    vec![
        one("nothing was left anywhere", None, 96),
        one("a rule keeps the last units back", Some("Keep at least 2 of every item in each store."), 61),
        one("it would have arrived after the promised day", None, 20),
    ]
}

fn rules() -> Vec<RuleWorth> {
    let rule = |sentence: &str, kind, figures: [&str; 3], orders_moved| RuleWorth {
        sentence: sentence.into(),
        kind,
        per_order: cost(figures[1]),
        interval: Some(Interval { low: cost(figures[0]), high: cost(figures[2]) }),
        orders_moved,
        flags: 0,
    };
    vec![
        rule("Prefer one parcel over two, worth $1.50.", RuleKind::Rule, ["0.19", "0.27", "0.35"], 1_204),
        rule(
            "Fragile goods ship only from the warehouse.",
            RuleKind::Guardrail,
            ["-0.22", "-0.16", "-0.11"],
            611,
        ),
        rule("Keep at least 2 of every item in each store.", RuleKind::Rule, ["0.04", "0.11", "0.19"], 902),
        rule("Never deliver after the promised day.", RuleKind::Guardrail, ["-0.11", "-0.07", "-0.03"], 344),
        rule(
            "Orders above $400 ship only from the warehouse.",
            RuleKind::Guardrail,
            ["-0.05", "-0.01", "0.02"],
            58,
        ),
    ]
}

fn assumptions() -> Vec<Assumption> {
    let line = |basis, sentence: &str| Assumption { basis, sentence: sentence.into() };
    vec![
        line(Basis::Data, "18,801 orders with their lines, addresses and days."),
        line(Basis::Data, "Stock of each place on 30 June, and every receipt after it."),
        line(Basis::Data, "Parcel rates from your carrier's rate table of 2026."),
        line(Basis::Modelled, "Distances are straight lines between places and postcodes."),
        line(
            Basis::Modelled,
            "Where today's place was not in your file, the nearest place with stock was taken.",
        ),
        line(Basis::Assumed, "An hour of work costs $21.50 in every store."),
        line(Basis::Assumed, "Packing takes 4 minutes a parcel and picking 40 seconds a unit."),
    ]
}
