//! Reports of random figures: they never panic, are well-formed, and have a bounded size.

mod markup;

use model::{Cost, Currency, Day, LocationKind, Point};
use paper::report::{
    Assumption, Audit, Basis, ByRules, Command, DistanceUnit, Dot, Headline, Interval, LocationFigures,
    LocationWork, Move, MoveSums, MovedOrder, Report, RuleCost, RuleKind, RuleWorth, Unfilled, UnfilledOrder,
    VariantFigures, WeekPoint, assessment_html, comparison_html,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// The longest that a page may become whatever goes in.
const LARGEST_PAGE: usize = 2_000_000;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-zA-Z &<>\"']{0,40}",
        "\\PC{0,60}",
        Just("\u{0}<!-- ]]> {{ title }} {% raw %}".to_owned()),
        Just("𒐫".repeat(2_000)),
    ]
}

fn cost() -> impl Strategy<Value = Cost> {
    prop_oneof![
        (-1_000_000i64..1_000_000).prop_map(Cost),
        any::<i64>().prop_map(Cost),
        Just(Cost(i64::MIN)),
        Just(Cost(i64::MAX)),
    ]
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![0u64..5_000, any::<u64>()]
}

fn point() -> impl Strategy<Value = Point> {
    prop_oneof![(200_000i32..500_000, -1_250_000i32..-700_000), (any::<i32>(), any::<i32>()),]
        .prop_map(|(lat_e4, lon_e4)| Point { lat_e4, lon_e4 })
}

fn interval() -> impl Strategy<Value = Option<Interval>> {
    option::of((cost(), cost()).prop_map(|(low, high)| Interval { low, high }))
}

fn day() -> impl Strategy<Value = Day> {
    prop_oneof![20_000i32..21_000, any::<i32>()].prop_map(Day)
}

fn variant() -> impl Strategy<Value = VariantFigures> {
    let shares = (any::<u32>(), 0u32..10_000, 0u32..10_000, option::of(any::<u32>()));
    let costs = (cost(), cost(), cost());
    (text(), costs, vec((text(), cost()), 0..18), shares, (count(), count(), count(), count(), count()))
        .prop_map(|(name, costs, cost_parts, shares, counts)| VariantFigures {
            name,
            orders: counts.0,
            shipped_orders: counts.4,
            landed_cost_per_order: costs.0,
            unfilled_cost_per_order: costs.1,
            cost_per_order: costs.2,
            cost_parts,
            split_rate_bp: shares.0,
            unit_fill_bp: shares.1,
            order_fill_bp: shares.2,
            parcels: counts.1,
            parcel_m: counts.2,
            promise_kept_bp: shares.3,
            held: counts.3,
            unfilled_units: counts.4,
        })
}

fn location() -> impl Strategy<Value = LocationFigures> {
    let work = (count(), count(), count(), option::of(any::<u32>())).prop_map(
        |(orders, parcels, labor_minutes, busiest_day_bp)| LocationWork {
            orders,
            parcels,
            labor_minutes,
            busiest_day_bp,
        },
    );
    (0u8..40, text(), 0usize..3, option::of(point()), vec(work, 0..4)).prop_map(
        |(code, name, kind, point, work)| LocationFigures {
            code: code.to_string(),
            name,
            kind: LocationKind::ALL[kind],
            point,
            work,
        },
    )
}

fn codes() -> impl Strategy<Value = Vec<String>> {
    vec((0u8..40).prop_map(|code| code.to_string()), 0..3)
}

fn moved() -> impl Strategy<Value = MovedOrder> {
    (text(), day(), codes(), codes(), cost(), vec(text(), 0..15)).prop_map(
        |(order_id, placed, from, to, saved, sentences)| MovedOrder {
            order_id,
            placed,
            from,
            to,
            saved,
            cost_parts: vec![("shipping".into(), saved), ("lateness".into(), saved)],
            others: sentences.clone(),
            sentences,
        },
    )
}

fn one_move() -> impl Strategy<Value = Move> {
    (codes(), codes(), any::<bool>(), sums()).prop_map(|(from, to, is_same_cost, sums)| Move {
        from,
        to,
        is_same_cost,
        sums,
    })
}

fn sums() -> impl Strategy<Value = MoveSums> {
    (count(), cost()).prop_map(|(orders, saved)| MoveSums { orders, saved })
}

fn rule() -> impl Strategy<Value = RuleWorth> {
    (text(), any::<bool>(), cost(), interval(), count()).prop_map(
        |(sentence, is_hard, per_order, interval, orders_moved)| RuleWorth {
            sentence,
            kind: if is_hard { RuleKind::Guardrail } else { RuleKind::Rule },
            per_order,
            interval,
            orders_moved,
            flags: orders_moved,
        },
    )
}

fn headline() -> impl Strategy<Value = Headline> {
    (text(), text(), cost(), cost(), any::<i32>(), interval(), count()).prop_map(
        |(baseline_name, candidate_name, saved_total, saved_per_order, saved_share_bp, interval, orders)| {
            Headline {
                baseline_name,
                candidate_name,
                saved_total,
                saved_per_order,
                saved_share_bp,
                interval,
                orders,
            }
        },
    )
}

fn report() -> impl Strategy<Value = Report> {
    let week = (day(), vec(option::of(cost()), 0..4))
        .prop_map(|(week_start, cost_per_order)| WeekPoint { week_start, cost_per_order });
    let dot = (point(), count()).prop_map(|(point, orders)| Dot { point, orders });
    let lists = (vec(variant(), 0..9), vec(week, 0..130), vec(location(), 0..60), vec(dot, 0..300));
    let orders = (vec(moved(), 0..60), vec(one_move(), 0..20), vec(rule(), 0..120), vec(text(), 0..50));
    let currency = prop_oneof![Just("USD"), Just("BRL"), Just("JPY"), Just("KWD"), Just("XYZ")];
    (headline(), lists, orders, (day(), day()), currency, (count(), count(), sums())).prop_map(
        |(headline, lists, orders, made_for_period, currency, counts)| Report {
            title: headline.candidate_name.clone(),
            retailer: headline.baseline_name.clone(),
            made_for_period,
            currency: Currency::from_code(currency).unwrap(),
            distance_unit: DistanceUnit::Miles,
            warnings: orders.3.clone(),
            part_changes: orders.3.iter().map(|s| (s.clone(), counts.2.saved)).collect(),
            headline,
            variants: lists.0,
            by_week: lists.1,
            locations: lists.2,
            destinations: lists.3,
            moved: orders.0,
            all_moved: counts.2,
            by_rules: Some(ByRules { orders: counts.1, of: counts.0 }),
            moved_at_same_cost: counts.0,
            moves: orders.1,
            rule_worth: orders.2,
            unfilled: orders
                .3
                .iter()
                .map(|s| Unfilled {
                    because: s.clone(),
                    rule: Some(s.clone()),
                    orders: counts.1,
                    filled_without: Some(counts.0 as i64),
                    is_kept_for_later: true,
                })
                .collect(),
            costs_most_orders: orders.3.first().map(|s| RuleCost { sentence: s.clone(), orders: counts.1 }),
            unfilled_orders: orders
                .3
                .iter()
                .map(|s| UnfilledOrder {
                    order_id: s.clone(),
                    placed: Day(20_000),
                    cost: Cost(i64::MAX),
                    because: s.clone(),
                    sentences: orders.3.clone(),
                    others: orders.3.clone(),
                })
                .collect(),
            rule_sets: Some([orders.3.clone(), orders.3.iter().rev().skip(3).cloned().collect()]),
            assumptions: orders
                .3
                .iter()
                .map(|s| Assumption { basis: Basis::Assumed, sentence: s.clone() })
                .collect(),
            commands: orders.3.iter().map(|s| Command { what: s.clone(), command: s.clone() }).collect(),
            next_steps: orders.3,
            audit: Audit { decisions_checked: counts.0, findings: counts.1 },
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_report_becomes_a_sound_page(report in report()) {
        for html in [assessment_html(&report), comparison_html(&report)] {
            prop_assert!(html.len() < LARGEST_PAGE, "{} bytes", html.len());
            prop_assert!(html.ends_with("</html>"));
            prop_assert_eq!(markup::faults(&html), Vec::<String>::new());
            prop_assert!(!html.contains("=\"NaN") && !html.contains("=\"inf"));
        }
    }
}
