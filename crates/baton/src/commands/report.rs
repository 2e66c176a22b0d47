//! A replay as one HTML file: figures become the plain data that the report is laid out from.

mod why;

use crate::commands::replay::run;
use crate::fault::Fault;
use crate::source::Source;
use connect::files::OutFile;
use model::{Cost, CostPart, Day, Decision, Order, Point, RuleRef, RuleSet, Stock};
use paper::report as page;
use replay::{Comparison, ReplayPlan, Report, RuleWorth, VariantReport};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;
use why::{Told, Why};

/// What a report is made from. The first variant is the baseline, the last is told about.
pub(crate) struct Made<'m> {
    /// The page's heading.
    pub(crate) title: &'m str,
    pub(crate) source: &'m Source,
    pub(crate) plan: &'m ReplayPlan<'m>,
    /// Of the last variant.
    pub(crate) rules: &'m RuleSet,
    pub(crate) report: &'m Report,
    pub(crate) worths: &'m [RuleWorth],
}

/// What a second look at the last variant gathers.
#[derive(Default)]
struct SecondLook {
    dots: BTreeMap<Point, u64>,
    weeks: BTreeMap<Day, (u64, Cost)>,
    /// Of the orders that moved most: what is told of them, and the parts of their cost.
    told: HashMap<String, (Why, Vec<(String, Cost)>)>,
    /// Orders by the main reason for which they are not filled.
    unfilled: BTreeMap<(&'static str, Option<RuleRef>), u64>,
}

/// Lays the report out and writes it, whole or not at all.
pub(crate) fn write(path: &Path, made: &Made<'_>, lay_out: fn(&page::Report) -> String) -> Result<(), Fault> {
    let html = lay_out(&page_of(made)?);
    let mut file = OutFile::create(path, &[&made.source.dir])?;
    file.write_all(html.as_bytes()).map_err(|error| file.fault(&error))?;
    file.finish()?;
    Ok(())
}

fn page_of(made: &Made<'_>) -> Result<page::Report, Fault> {
    let look = second_look(made)?;
    let report = made.report;
    let comparison = report.comparisons.last();
    let network = &made.source.problem.network;
    let uses_miles = ["USD", "GBP"].contains(&network.currency.code());
    let today = made.source.today();
    Ok(page::Report {
        title: made.title.to_owned(),
        retailer: retailer(made.source),
        made_for_period: report.days.unwrap_or((today, today)),
        currency: network.currency,
        distance_unit: if uses_miles { page::DistanceUnit::Miles } else { page::DistanceUnit::Kilometers },
        headline: headline(report, comparison),
        variants: report.variants.iter().map(variant).collect(),
        by_week: weeks(&look, comparison),
        locations: locations(made),
        destinations: look.dots.iter().map(|(&point, &orders)| page::Dot { point, orders }).collect(),
        moved: comparison.map_or(Vec::new(), |comparison| moved(made, comparison, &look)),
        moved_count: comparison.map_or(0, |comparison| comparison.moved_orders),
        moves: comparison.map_or(Vec::new(), |comparison| moves(made, comparison)),
        unfilled: unfilled(made, &look),
        rule_sets: rule_sets(made),
        rule_worth: made.worths.iter().map(|worth| rule_worth(made, worth)).collect(),
        assumptions: assumptions(made),
        next_steps: next_steps(report),
        commands: commands(made.source),
        audit: page::Audit {
            decisions_checked: report.variants.iter().map(|variant| variant.findings.decisions_checked).sum(),
            findings: report.variants.iter().map(|variant| variant.findings.fatal).sum(),
        },
    })
}

fn retailer(source: &Source) -> String {
    let dir = source.dir.canonicalize().unwrap_or_else(|_| source.dir.clone());
    dir.file_name().map_or("Your shop".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Runs the last variant once more: for the map, the weeks, and the reasons of the orders that moved most.
fn second_look(made: &Made<'_>) -> Result<SecondLook, Fault> {
    let network = &made.source.problem.network;
    let top = made.report.comparisons.last().map_or(&[][..], |comparison| &comparison.top);
    let wanted: HashMap<&str, &replay::MovedOrder> =
        top.iter().map(|moved| (moved.order_id.as_str(), moved)).collect();
    let mut look = SecondLook::default();
    let mut see = |stock: &Stock, order: &Order, decision: &Decision| {
        let place = order.destination.place.and_then(|place| network.place_point(place));
        if let Some(point) = order.destination.point.or(place) {
            *look.dots.entry(point).or_default() += 1;
        }
        let day = order.placed_at.utc_day();
        let week = look.weeks.entry(Day(day.0 - i32::from(day.weekday()))).or_default();
        week.0 += 1;
        week.1 += decision.landed_cost();
        let told = Told { network, rules: made.rules, order, decision };
        if let Some(reason) = told.unfilled(stock) {
            *look.unfilled.entry(reason).or_default() += 1;
        }
        if let Some(moved) = wanted.get(order.id.as_str()) {
            let before: Vec<model::LocationId> = moved.from.iter().map(|(place, _)| *place).collect();
            let parts = decision.costs.iter().map(|(part, cost)| (part.words().to_owned(), cost)).collect();
            look.told.insert(order.id.clone(), (told.why(&before), parts));
        }
        Ok(())
    };
    let mut plan = made.plan.clone();
    plan.audit = None;
    plan.variants.drain(..plan.variants.len() - 1);
    run(made.source, &plan, Some((0, &mut see)))?;
    Ok(look)
}

fn headline(report: &Report, comparison: Option<&Comparison>) -> page::Headline {
    let (base, last) = (&report.variants[0], &report.variants[report.variants.len() - 1]);
    let orders = report.orders.max(1) as i64;
    let fair = comparison.map(|comparison| crate::commands::figures::fair_interval(report, comparison));
    let saved_per_order = fair.map_or(Cost::ZERO, |interval| -interval.estimate);
    let base_per_order = (base.tally.landed_cost().0 / orders).max(1);
    let interval = fair.filter(|interval| interval.basis != replay::Basis::Nothing);
    page::Headline {
        baseline_name: base.name.clone(),
        candidate_name: last.name.clone(),
        saved_total: saved_per_order.times(orders),
        saved_per_order,
        saved_share_bp: (i128::from(saved_per_order.0) * 10_000 / i128::from(base_per_order)) as i32,
        interval: interval.map(|i| page::Interval { low: -i.high, high: -i.low }),
        orders: report.orders,
    }
}

fn variant(variant: &VariantReport) -> page::VariantFigures {
    let tally = &variant.tally;
    let per_order = |cost: Cost| Cost(cost.0 / tally.orders.max(1) as i64);
    let share = |rate: f64| (rate * 10_000.0).round() as u32;
    page::VariantFigures {
        name: variant.name.clone(),
        orders: tally.orders,
        landed_cost_per_order: per_order(tally.landed_cost()),
        cost_parts: CostPart::ALL
            .into_iter()
            .filter(|part| tally.costs.get(*part) != Cost::ZERO)
            .map(|part| (part.words().to_owned(), per_order(tally.costs.get(part))))
            .collect(),
        split_rate_bp: share(variant.figures.split_rate),
        unit_fill_bp: share(variant.figures.unit_fill_rate),
        order_fill_bp: share(variant.figures.order_fill_rate),
        parcels: tally.parcels,
        parcel_miles: (u128::from(tally.parcel_m) * 1_000 / 1_609_344) as u64,
        promise_kept_bp: (tally.promised_orders > 0).then(|| share(variant.figures.promise_kept_rate)),
        held: tally.outcomes.held + tally.outcomes.not_placed,
        unfilled_units: tally.units - tally.units_placed,
    }
}

/// The last variant's cost by week as seen, the first's from the differences by day.
fn weeks(look: &SecondLook, comparison: Option<&Comparison>) -> Vec<page::WeekPoint> {
    let mut changes: BTreeMap<Day, Cost> = BTreeMap::new();
    for day in comparison.map_or(&[][..], |comparison| &comparison.days) {
        *changes.entry(Day(day.day.0 - i32::from(day.day.weekday()))).or_default() += day.sum;
    }
    let point = |(&week_start, &(orders, cost)): (&Day, &(u64, Cost))| {
        let per_order = |cost: Cost| (orders > 0).then(|| Cost(cost.0 / orders as i64));
        let mut cost_per_order = vec![per_order(cost)];
        if comparison.is_some_and(|comparison| comparison.other == 1) {
            let change = changes.get(&week_start).copied().unwrap_or_default();
            cost_per_order.insert(0, per_order(cost - change));
        }
        page::WeekPoint { week_start, cost_per_order }
    };
    if comparison.is_some_and(|comparison| comparison.other != 1) {
        Vec::new()
    } else {
        look.weeks.iter().map(point).collect()
    }
}

fn locations(made: &Made<'_>) -> Vec<page::LocationFigures> {
    let network = &made.source.problem.network;
    let work = |index: usize| {
        made.report.variants.iter().map(move |variant| {
            let work = &variant.tally.locations[index];
            page::LocationWork {
                orders: work.orders,
                parcels: work.parcels,
                labor_minutes: work.labor_seconds / 60,
                busiest_day_bp: work.busiest_share.map(|share| u32::from(share.0)),
            }
        })
    };
    let figures = |(index, location): (usize, &model::Location)| page::LocationFigures {
        code: location.code.clone(),
        name: location.name.clone(),
        kind: location.kind,
        point: location.point,
        work: work(index).collect(),
    };
    network.locations.iter().enumerate().map(figures).collect()
}

fn moved(made: &Made<'_>, comparison: &Comparison, look: &SecondLook) -> Vec<page::MovedOrder> {
    let network = &made.source.problem.network;
    let codes = |places: &[(model::LocationId, u32)]| -> Vec<String> {
        places.iter().map(|(location, _)| network.location(*location).code.clone()).collect()
    };
    let order = |moved: &replay::MovedOrder| {
        let (why, cost_parts) = look.told.get(&moved.order_id).cloned().unwrap_or_default();
        let others = why.others.into_iter().map(|(code, places)| page::Others { code: code.into(), places });
        page::MovedOrder {
            order_id: moved.order_id.clone(),
            placed: moved.placed_at.utc_day(),
            from: codes(&moved.from),
            to: codes(&moved.to),
            saved: -moved.cost_change(),
            cost_parts,
            sentences: why.sentences,
            others: others.collect(),
        }
    };
    comparison.top.iter().map(order).collect()
}

/// Most orders first.
fn unfilled(made: &Made<'_>, look: &SecondLook) -> Vec<page::Unfilled> {
    let currency = made.source.problem.network.currency;
    let sentence = |rule: RuleRef| Some(engine::rules::sentence(made.rules.get(rule)?, currency));
    let one = |(&(code, rule), &orders): (&(&str, Option<RuleRef>), &u64)| page::Unfilled {
        code: code.to_owned(),
        rule: rule.and_then(sentence),
        orders,
    };
    let mut all: Vec<page::Unfilled> = look.unfilled.iter().map(one).collect();
    all.sort_by_key(|reason| std::cmp::Reverse(reason.orders));
    all
}

/// The sentences of the first and the last variant, where both are rule sets.
fn rule_sets(made: &Made<'_>) -> Option<[Vec<String>; 2]> {
    let currency = made.source.problem.network.currency;
    let told = |set: &RuleSet| set.all().map(|(_, rule)| engine::rules::sentence(rule, currency)).collect();
    match made.plan.variants.as_slice() {
        [first, .., last] => match (first.policy, last.policy) {
            (replay::Policy::Rules(before), replay::Policy::Rules(after)) => {
                Some([told(before), told(after)])
            }
            _ => None,
        },
        _ => None,
    }
}

/// The commonest ways that units moved.
fn moves(made: &Made<'_>, comparison: &Comparison) -> Vec<page::Move> {
    let network = &made.source.problem.network;
    let code = |location: Option<model::LocationId>| {
        location.map(|id| network.location(id).code.clone()).into_iter().collect()
    };
    let route = |route: &replay::Route| page::Move {
        from: code(route.from),
        to: code(route.to),
        orders: route.orders,
        saved: -route.cost,
    };
    comparison.routes.iter().take(12).map(route).collect()
}

fn rule_worth(made: &Made<'_>, worth: &RuleWorth) -> page::RuleWorth {
    let currency = made.source.problem.network.currency;
    let interval = crate::commands::figures::fair_worth(worth);
    page::RuleWorth {
        sentence: made
            .rules
            .get(worth.rule)
            .map_or(String::new(), |rule| engine::rules::sentence(rule, currency)),
        kind: match worth.rule {
            RuleRef::Guardrail(_) => page::RuleKind::Guardrail,
            RuleRef::Rule(_) => page::RuleKind::Rule,
        },
        per_order: interval.estimate,
        interval: (interval.basis != replay::Basis::Nothing)
            .then_some(page::Interval { low: interval.low, high: interval.high }),
        orders_moved: worth.moved_orders,
    }
}

fn assumptions(made: &Made<'_>) -> Vec<page::Assumption> {
    let say = |basis, sentence: String| page::Assumption { basis, sentence };
    let mut told = vec![say(
        page::Basis::Data,
        "Orders, stock, locations and products are read from your files.".into(),
    )];
    told.push(match (&made.source.actual, made.plan.variants.first().map(|v| v.policy)) {
        (Some(_), Some(replay::Policy::Actual(_))) => {
            say(page::Basis::Data, "Where orders really shipped from is read from actuals.csv; its cost is worked out with the same rates.".into())
        }
        _ => say(
            page::Basis::Modelled,
            format!("Your files do not say where each order shipped from, so today's way is modelled: {}.", made.report.variants[0].name),
        ),
    });
    told.push(match made.plan.replenish {
        replay::Replenish::Never => say(page::Basis::Assumed, "Nothing comes in during the period: what is sold is gone.".into()),
        replay::Replenish::Daily(_) => say(page::Basis::Data, "Deliveries to the locations are read from receipts.csv.".into()),
        replay::Replenish::ToStart { every_days } => say(
            page::Basis::Assumed,
            format!("Your files do not say what came in, so all shelves are taken to be as full as today every {every_days} days."),
        ),
    });
    told.push(say(page::Basis::Modelled, "Postage, work and the other parts of cost follow from the rates, wages and settings in your files, or the defaults that `baton formats` lists.".into()));
    told.extend(
        made.source.problem.assumptions.iter().map(|sentence| say(page::Basis::Assumed, sentence.clone())),
    );
    told
}

fn next_steps(report: &Report) -> Vec<String> {
    let mut steps = vec![
        "Read the orders that changed most, and ask your team whether the new place makes sense.".to_owned(),
        "Check what is assumed above: your own rates, wages and stock counts make the figures yours."
            .to_owned(),
        "Write down one rule that your shop keeps, and replay with it.".to_owned(),
    ];
    if report
        .variants
        .iter()
        .any(|variant| variant.tally.outcomes.held + variant.tally.outcomes.not_placed > 0)
    {
        steps.push("Look at the orders that are not filled, and why.".into());
    }
    steps
}

fn commands(source: &Source) -> Vec<page::Command> {
    let dir = source.dir.display();
    let command = |what: &str, command: String| page::Command { what: what.into(), command };
    vec![
        command("Why one order goes where it goes", format!("baton explain ORDER --data {dir}")),
        command("Start a file of rules", "baton rules starter > rules.txt".into()),
        command("Check your rules", format!("baton rules check rules.txt --data {dir}")),
        command(
            "See what your rules change",
            format!("baton replay --data {dir} --rules lowest-cost --rules rules.txt --out compare.html"),
        ),
        command("What each rule is worth", format!("baton replay --data {dir} --rules rules.txt --worth")),
    ]
}
