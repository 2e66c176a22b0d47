//! A replay as one HTML file: figures become the plain data that the report is laid out from.

mod causes;
mod look;
mod top;
mod why;

use crate::commands::basis::Grounds;
use crate::commands::figures::distance_unit;
use crate::commands::replay::is_missing;
use crate::fault::Fault;
use crate::source::Source;
use connect::files::OutFile;
use look::SecondLook;
use model::{Cost, CostPart, Currency, Day, LocationId, RuleRef, RuleSet, Shortfall};
use paper::report as page;
use replay::{Comparison, MovedOrder, Report, RuleWorth, Saving, VariantReport, shortfall};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// What a report is made from. The first variant is the baseline, the last is told about.
pub(crate) struct Made<'m> {
    /// The page's heading.
    pub(crate) title: &'m str,
    pub(crate) grounds: &'m Grounds<'m>,
    pub(crate) assumptions: &'m [page::Assumption],
    /// Of the last variant.
    pub(crate) rules: &'m RuleSet,
    /// As `--rules` named them; `None`: the folder's own.
    pub(crate) rules_asked: Option<&'m str>,
    /// Of the first variant, where rule sets are compared.
    pub(crate) base_rules: Option<&'m RuleSet>,
    /// The command that makes this report.
    pub(crate) again: String,
    /// Where it is written.
    pub(crate) out: &'m Path,
    pub(crate) worths: &'m [RuleWorth],
    /// Rules of which it is known what leaving them out does to the orders that are filled.
    pub(crate) measured: &'m [RuleWorth],
}

/// Lays the report out and writes it, whole or not at all.
pub(crate) fn write(path: &Path, made: &Made<'_>, lay_out: fn(&page::Report) -> String) -> Result<(), Fault> {
    let html = lay_out(&page_of(made)?);
    let mut file = OutFile::create(path, &[&made.grounds.source.dir])?;
    file.write_all(html.as_bytes()).map_err(|error| file.fault(&error))?;
    file.finish()?;
    Ok(())
}

fn page_of(made: &Made<'_>) -> Result<page::Report, Fault> {
    let look = look::again(made)?;
    let report = made.grounds.report;
    let comparison = report.comparisons.last();
    let network = &made.grounds.source.problem.network;
    let today = made.grounds.source.today();
    Ok(page::Report {
        title: made.title.to_owned(),
        retailer: retailer(made.grounds.source),
        made_for_period: report.days.unwrap_or((today, today)),
        currency: network.currency,
        distance_unit: distance_unit(network),
        warnings: shortfall::warnings(report),
        headline: headline(report, comparison),
        variants: report.variants.iter().map(variant).collect(),
        part_changes: comparison.map_or(Vec::new(), part_changes),
        by_week: weeks(report),
        locations: locations(made),
        destinations: look.dots.iter().map(|(&point, &orders)| page::Dot { point, orders }).collect(),
        moved: comparison.map_or(Vec::new(), |comparison| moved(made, comparison, &look)),
        all_moved: comparison.map_or(page::MoveSums::default(), |comparison| sums(&comparison.moved)),
        by_rules: by_rules(made, &look),
        moved_at_same_cost: comparison.map_or(0, |comparison| comparison.same_cost.orders),
        moves: comparison.map_or(Vec::new(), |comparison| moves(made, comparison)),
        unfilled: unfilled(made),
        costs_most_orders: costs_most_orders(made),
        unfilled_orders: look
            .unfilled
            .into_sorted()
            .into_iter()
            .map(|order| unfilled_order(made, order))
            .collect(),
        rule_sets: rule_sets(made),
        rule_worth: made.worths.iter().map(|worth| rule_worth(made, worth)).collect(),
        assumptions: made.assumptions.to_vec(),
        next_steps: next_steps(report),
        commands: commands(made),
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

fn headline(report: &Report, comparison: Option<&Comparison>) -> page::Headline {
    let (base, last) = (&report.variants[0], &report.variants[report.variants.len() - 1]);
    let saving = comparison.map(|comparison| Saving::of(report, comparison));
    let share_bp = saving.and_then(|saving| saving.share_bp).unwrap_or(0);
    page::Headline {
        baseline_name: base.name.clone(),
        candidate_name: last.name.clone(),
        saved_total: saving.map_or(Cost::ZERO, |saving| saving.total),
        saved_per_order: saving.map_or(Cost::ZERO, |saving| saving.per_order),
        saved_share_bp: i32::try_from(share_bp).unwrap_or(i32::MIN),
        interval: saving.and_then(|saving| saving.interval).map(|(low, high)| page::Interval { low, high }),
        orders: report.orders,
    }
}

/// Parts of the landed cost: what units left over cost stands apart, as most settings do not price it.
fn landed_parts() -> impl Iterator<Item = CostPart> {
    CostPart::ALL.into_iter().filter(|part| *part != CostPart::Unfilled)
}

fn variant(variant: &VariantReport) -> page::VariantFigures {
    let tally = &variant.tally;
    let each = |cost: Cost| cost.per(tally.orders);
    let share = |rate: f64| (rate * 10_000.0).round() as u32;
    page::VariantFigures {
        name: variant.name.clone(),
        orders: tally.orders,
        shipped_orders: tally.shipped_orders,
        landed_cost_per_order: each(tally.cost_with_unfilled() - tally.unfilled_cost),
        unfilled_cost_per_order: each(tally.unfilled_cost),
        cost_per_order: each(tally.cost_with_unfilled()),
        cost_parts: landed_parts()
            .filter(|part| tally.costs.get(*part) != Cost::ZERO)
            .map(|part| (part.words().to_owned(), each(tally.costs.get(part))))
            .collect(),
        split_rate_bp: share(variant.figures.split_rate),
        unit_fill_bp: share(variant.figures.unit_fill_rate),
        order_fill_bp: share(variant.figures.order_fill_rate),
        parcels: tally.parcels,
        parcel_m: tally.parcel_m,
        promise_kept_bp: (tally.promised_orders > 0).then(|| share(variant.figures.promise_kept_rate)),
        held: tally.outcomes.held + tally.outcomes.not_placed,
        unfilled_units: tally.units - tally.units_placed,
    }
}

/// What each part changes over all orders, by the words of [`page::VariantFigures::cost_parts`].
fn part_changes(comparison: &Comparison) -> Vec<(String, Cost)> {
    let change = |part: CostPart| (part.words().to_owned(), comparison.parts.get(part));
    landed_parts().chain([CostPart::Unfilled]).map(change).collect()
}

/// Orders and cost of every variant by week.
fn weeks(report: &Report) -> Vec<page::WeekPoint> {
    let mut weeks: BTreeMap<Day, Vec<(u64, Cost)>> = BTreeMap::new();
    for (at, variant) in report.variants.iter().enumerate() {
        for day in &variant.days {
            let monday = Day(day.day.0 - i32::from(day.day.weekday()));
            let sums = weeks.entry(monday).or_insert_with(|| vec![(0, Cost::ZERO); report.variants.len()]);
            sums[at].0 += day.orders;
            sums[at].1 += day.sum;
        }
    }
    let each = |&(orders, cost): &(u64, Cost)| (orders > 0).then(|| cost.per(orders));
    let point = |(week_start, sums): (Day, Vec<(u64, Cost)>)| page::WeekPoint {
        week_start,
        cost_per_order: sums.iter().map(each).collect(),
    };
    weeks.into_iter().map(point).collect()
}

fn locations(made: &Made<'_>) -> Vec<page::LocationFigures> {
    let network = &made.grounds.source.problem.network;
    let work = |index: usize| {
        made.grounds.report.variants.iter().map(move |variant| {
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

/// Half a cent, where amounts are told to the cent.
const TOLD: i64 = 50;

/// What an order cost before and costs now, and the parts of the difference, the largest first.
fn before_and_now(moved: &MovedOrder, currency: Currency) -> String {
    let mut parts: Vec<(CostPart, Cost)> =
        moved.change.iter().filter(|(_, cost)| cost.0.abs() >= TOLD).collect();
    parts.sort_by_key(|&(part, cost)| (std::cmp::Reverse(cost.0.abs()), part as usize));
    let signed = |&(part, cost): &(CostPart, Cost)| {
        let sign = if cost > Cost::ZERO { "+" } else { "" };
        format!("{} {sign}{}", part.words(), cost.show(currency))
    };
    let told: Vec<String> = parts.iter().map(signed).collect();
    let parts = if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) };
    let (before, now) = (moved.base_cost.show(currency), moved.other_cost.show(currency));
    format!("In all it cost {before} before, and costs {now} now{parts}.")
}

/// Orders that are told of, of those that changed most.
const MOST_TOLD: usize = 20;

/// Those that changed most; where rule sets are compared, those first that the rules themselves send elsewhere.
fn moved(made: &Made<'_>, comparison: &Comparison, look: &SecondLook) -> Vec<page::MovedOrder> {
    let by_rules = |moved: &MovedOrder| look.told.get(&moved.order_id).is_some_and(|told| told.is_by_rules);
    let mut first: Vec<&MovedOrder> = comparison.top.iter().collect();
    first.sort_by_key(|moved| !by_rules(moved));
    let told = |moved: &MovedOrder| look.told.get(&moved.order_id).cloned().unwrap_or_default();
    first.into_iter().take(MOST_TOLD).map(|moved| moved_order(made, moved, told(moved))).collect()
}

/// Where rule sets are compared: of how many that changed most, how many are the rules' own doing.
fn by_rules(made: &Made<'_>, look: &SecondLook) -> Option<page::ByRules> {
    made.base_rules?;
    let orders = look.told.values().filter(|told| told.is_by_rules).count() as u64;
    Some(page::ByRules { orders, of: look.told.len() as u64 })
}

fn moved_order(made: &Made<'_>, moved: &MovedOrder, told: look::Moved) -> page::MovedOrder {
    let network = &made.grounds.source.problem.network;
    let codes = |places: &[(LocationId, u32)], is_whole: bool| -> Vec<String> {
        let known = places.iter().map(|(location, _)| network.location(*location).code.clone());
        // An empty code: some units found no place.
        known.chain((!is_whole).then(String::new)).collect()
    };
    let first = before_and_now(moved, network.currency);
    let sentences = [first].into_iter().chain(told.causes).chain(told.why.sentences).chain(told.of_base);
    page::MovedOrder {
        order_id: moved.order_id.clone(),
        placed: network.settings.clock.day(moved.placed_at),
        from: codes(&moved.from, moved.is_whole[0]),
        to: codes(&moved.to, moved.is_whole[1]),
        saved: -moved.cost_change(),
        cost_parts: told.cost_parts,
        sentences: sentences.collect(),
        others: in_common(told.why.others),
    }
}

/// What the places that an order does not leave from have in common, by their number.
fn in_common(others: BTreeMap<&'static str, u64>) -> Vec<String> {
    others.into_iter().map(|(code, places)| engine::tell::in_common(code, places)).collect()
}

/// Most orders first.
fn unfilled(made: &Made<'_>) -> Vec<page::Unfilled> {
    let currency = made.grounds.source.problem.network.currency;
    let sentence = |rule: RuleRef| Some(engine::rules::sentence(made.rules.get(rule)?, currency));
    let worth = |rule: RuleRef| made.measured.iter().find(|worth| worth.rule == rule);
    let one = |(why, orders): (Shortfall, u64)| page::Unfilled {
        because: engine::tell::because(why.code).to_owned(),
        rule: why.rule.and_then(sentence),
        orders,
        filled_without: why.rule.and_then(worth).map(|worth| -worth.unfilled_orders),
        is_kept_for_later: ["kept_back", "too_few_on_hand"].contains(&why.code),
    };
    let last = made.grounds.report.variants.last();
    last.map_or(Vec::new(), |last| last.tally.commonest_reasons().into_iter().map(one).collect())
}

/// Of the rules that tell the two ways apart, the one without which most more orders would be filled.
fn costs_most_orders(made: &Made<'_>) -> Option<page::RuleCost> {
    let currency = made.grounds.source.problem.network.currency;
    let is_told = |worth: &&RuleWorth| {
        let tells_apart = |rule: &model::Rule| made.base_rules.is_none_or(|base| is_missing(rule, base));
        worth.unfilled_orders < 0 && made.rules.get(worth.rule).is_some_and(tells_apart)
    };
    let most = made.measured.iter().filter(is_told).min_by_key(|worth| worth.unfilled_orders)?;
    let sentence = engine::rules::sentence(made.rules.get(most.rule)?, currency);
    Some(page::RuleCost { sentence, orders: most.unfilled_orders.unsigned_abs() })
}

fn unfilled_order(made: &Made<'_>, order: look::UnfilledOrder) -> page::UnfilledOrder {
    page::UnfilledOrder {
        order_id: order.order_id,
        placed: made.grounds.source.problem.network.settings.clock.day(order.placed_at),
        cost: order.cost,
        because: order.because.to_owned(),
        sentences: order.why.sentences,
        others: in_common(order.why.others),
    }
}

/// The sentences of the first and the last variant, where both are rule sets.
fn rule_sets(made: &Made<'_>) -> Option<[Vec<String>; 2]> {
    let currency = made.grounds.source.problem.network.currency;
    let told = |set: &RuleSet| set.all().map(|(_, rule)| engine::rules::sentence(rule, currency)).collect();
    match made.grounds.plan.variants.as_slice() {
        [first, .., last] => match (first.policy, last.policy) {
            (replay::Policy::Rules(before), replay::Policy::Rules(after)) => {
                Some([told(before), told(after)])
            }
            _ => None,
        },
        _ => None,
    }
}

/// The commonest ways that orders moved.
fn moves(made: &Made<'_>, comparison: &Comparison) -> Vec<page::Move> {
    let network = &made.grounds.source.problem.network;
    let code = |location: &Option<LocationId>| {
        location.map_or(String::new(), |id| network.location(id).code.clone())
    };
    let one = |one: &replay::Move| page::Move {
        from: one.from.iter().map(code).collect(),
        to: one.to.iter().map(code).collect(),
        is_same_cost: one.is_same_cost,
        sums: sums(&one.sums),
    };
    comparison.moves.iter().map(one).collect()
}

fn sums(sums: &replay::MoveSums) -> page::MoveSums {
    page::MoveSums { orders: sums.orders, saved: -sums.cost }
}

fn rule_worth(made: &Made<'_>, worth: &RuleWorth) -> page::RuleWorth {
    let currency = made.grounds.source.problem.network.currency;
    let interval = &worth.cost_with_unfilled;
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
        flags: worth.flags,
    }
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

/// Commands that meet the stock and the rules of this report, so that they tell of the same decisions.
fn commands(made: &Made<'_>) -> Vec<page::Command> {
    let source = made.grounds.source;
    let dir = quoted(&source.dir.display().to_string());
    let stock = made.grounds.shelves.flags();
    let asked = made.rules_asked.map_or(String::new(), |rules| format!(" --rules {}", quoted(rules)));
    let in_use = match (made.rules_asked, &source.problem.rules_text) {
        (Some(asked), _) => asked.to_owned(),
        (None, Some((name, _))) => source.dir.join(name).display().to_string(),
        (None, None) => "lowest-cost".to_owned(),
    };
    // Another name than that of the rules in use and of this page, so that a trial leaves both as they are.
    let beside = |name: String| quoted(&source.dir.join(name).display().to_string());
    let trial = beside(next_name(&in_use, ("try", "txt")));
    let compare = beside(next_name(&made.out.display().to_string(), ("compare", "html")));
    let (what, copy) = match Path::new(&in_use).is_file() {
        true => (
            "Copy your rules, and change a sentence in the copy",
            format!("cp -n {} {trial}", quoted(&in_use)),
        ),
        false => {
            ("Start a file of rules, and make its sentences yours", format!("baton rules starter > {trial}"))
        }
    };
    let in_use = quoted(&in_use);
    let command = |what: &str, command: String| page::Command { what: what.into(), command };
    vec![
        command("Make this report again", made.again.clone()),
        command(
            "Why one order goes where it goes",
            format!("baton explain ORDER --data {dir}{asked}{stock}"),
        ),
        command(what, copy),
        command("Check what you changed", format!("baton rules check {trial} --data {dir}")),
        command(
            "See what it changes",
            format!("baton replay --data {dir} --rules {in_use} --rules {trial}{stock} --out {compare}"),
        ),
        command(
            "What each rule is worth",
            format!("baton replay --data {dir} --rules {trial}{stock} --worth"),
        ),
    ]
}

/// `try.txt`, or where that is the name of what is there `try-2.txt`, and so on.
fn next_name(there: &str, (stem, ending): (&str, &str)) -> String {
    let name = Path::new(there).file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let number = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(ending)?.strip_suffix('.'));
    match number.map(|number| (number, number.strip_prefix('-').and_then(|n| n.parse::<u32>().ok()))) {
        Some(("", _)) => format!("{stem}-2.{ending}"),
        Some((_, Some(number))) => format!("{stem}-{}.{ending}", number.saturating_add(1)),
        _ => format!("{stem}.{ending}"),
    }
}

/// As a shell takes it for one word.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./,:=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Where the report was written, as it was asked for.
pub(crate) fn out_flag(out: &Path) -> String {
    format!(" --out {}", quoted(&out.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_never_has_the_name_of_what_is_tried() {
        let next = |there: &str| next_name(there, ("try", "txt"));
        assert_eq!((next("demo/rules.txt"), next("lowest-cost")), ("try.txt".into(), "try.txt".into()));
        assert_eq!((next("try.txt"), next("shop/try-2.txt")), ("try-2.txt".into(), "try-3.txt".into()));
        assert_eq!(next("try-house.txt"), "try.txt");
    }

    #[test]
    fn a_shell_takes_a_quoted_word_for_one() {
        assert_eq!((quoted("shop/a.csv"), quoted("")), ("shop/a.csv".into(), "''".into()));
        assert_eq!(quoted("it's a dir"), r"'it'\''s a dir'");
    }
}
