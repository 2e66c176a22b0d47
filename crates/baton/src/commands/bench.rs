//! `baton bench`: how fast, how large, how exact.

use crate::argument;
use crate::commands::oracle;
use crate::fault::{Fault, Verdict, say};
use crate::progress::Bar;
use crate::rule_choice;
use crate::source::Source;
use clap::Args;
use engine::Router;
use model::words::count;
use model::{Cost, Order, RuleSet};
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton bench --data shop\n  baton bench --data shop --json --rounds 51\n\n\
    Times are the least of all rounds for each order, so that other work on the machine counts little.\n\
    Exactness: where a place sends one parcel per order, unfilled units are priced and there are no rules,\n    every order with few enough ways to place it is compared with trying them all."
)]
pub(crate) struct Bench {
    /// Folder with the retailer's files
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// A file of rules, or a named set; without it the folder's own, else the lowest cost
    #[arg(long, value_name = "RULES", long_help = rule_choice::HELP)]
    rules: Option<String>,
    /// Rounds over all orders; the fastest counts
    #[arg(long, default_value_t = 11, value_parser = argument::whole::<u32>(1..=1_000))]
    rounds: u32,
    /// Print one JSON object, in nanoseconds and bytes
    #[arg(long)]
    json: bool,
}

/// Most orders that are kept in memory to be timed.
const MAX_ORDERS: usize = 200_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Decide,
    Explain,
}

impl Bench {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let source = Source::open(&self.data)?;
        let rules = rule_choice::asked_or_own(self.rules.as_deref(), &source)?;
        let orders = read_orders(&source)?;
        let decide = self.time((&source, &rules), &orders, Way::Decide);
        let explain = self.time((&source, &rules), &orders, Way::Explain);
        let exactness = oracle::compare(&source, &rules, &orders);
        let result = json!({
            "orders": orders.len(),
            "decide_ns_mean": mean(&decide.0), "decide_ns_p50": quantile(&decide.0, 50), "decide_ns_p99": quantile(&decide.0, 99),
            "decisions_per_second": 1_000_000_000 / mean(&decide.0).max(1),
            "explain_ns_mean": mean(&explain.0), "explain_ns_p50": quantile(&explain.0, 50), "explain_ns_p99": quantile(&explain.0, 99),
            "total_cost": decide.1.decimal(),
            "peak_rss_bytes": peak_rss_bytes(),
            "brute_force_orders": exactness.compared, "brute_force_wrong": exactness.wrong.len(),
            "decisions_checked": exactness.checked, "findings": exactness.findings.len(),
        });
        if self.json {
            say(&result)?;
        } else {
            say(format_args!(
                "{}, landed cost {}",
                count(orders.len() as u64, "order"),
                decide.1.show(source.problem.network.currency)
            ))?;
            let unread = if source.receipts.is_empty() { "" } else { " (receipts.csv is not used)" };
            say(format_args!(
                "Stock as it is counted, never refilled{unread}: baton route --restock never decides the same."
            ))?;
            for (name, (times, _)) in [("decide", &decide), ("decide and explain", &explain)] {
                let (typical, slow) = (microseconds(quantile(times, 50)), microseconds(quantile(times, 99)));
                let each = microseconds(mean(times));
                let per_second = 1_000_000_000 / mean(times).max(1);
                say(format_args!(
                    "{name}: {each} an order on average, {typical} for the middle one, {slow} for the slowest of a hundred; {per_second} a second"
                ))?;
            }
            match peak_rss_bytes() {
                0 => {}
                bytes => say(format_args!("memory: {} MB at most", bytes.div_ceil(1_000_000)))?,
            }
            say(format_args!(
                "independent check: {} looked at, {} refused",
                count(exactness.checked, "decision"),
                exactness.findings.len()
            ))?;
            match exactness.compared {
                0 => say("brute force: not possible for these files and rules")?,
                compared => say(format_args!(
                    "brute force: {} compared, {} wrong",
                    count(compared, "order"),
                    exactness.wrong.len()
                ))?,
            }
        }
        for finding in exactness.findings.iter().take(5) {
            eprintln!("the check found: {finding}");
        }
        for wrong in exactness.wrong.iter().take(5) {
            eprintln!("{wrong}");
        }
        let is_right = exactness.wrong.is_empty() && exactness.findings.is_empty();
        Ok(if is_right { Verdict::Fine } else { Verdict::LookAtIt })
    }

    /// The least time of each order over the rounds, and the day's cost.
    fn time(&self, (source, rules): (&Source, &RuleSet), orders: &[Order], way: Way) -> (Vec<u64>, Cost) {
        let mut least = vec![u64::MAX; orders.len()];
        let mut total = Cost::ZERO;
        let bar = Bar::new(if way == Way::Decide { "deciding" } else { "explaining" });
        for round in 0..self.rounds {
            let mut stock = source.problem.stock.clone();
            let mut router = Router::new(&source.problem.network, rules);
            total = Cost::ZERO;
            for (order, least) in orders.iter().zip(&mut least) {
                let begun = Instant::now();
                let decision = match way {
                    Way::Decide => router.decide(&stock, order, order.placed_at),
                    Way::Explain => router.explain(&stock, order, order.placed_at),
                };
                *least = (*least).min(begun.elapsed().as_nanos() as u64);
                total += decision.landed_cost();
                engine::commit(&mut stock, decision);
            }
            bar.show(u64::from(round) + 1, u64::from(self.rounds));
        }
        least.sort_unstable();
        (least, total)
    }
}

fn read_orders(source: &Source) -> Result<Vec<Order>, Fault> {
    let mut orders = Vec::new();
    let mut feed = source.orders()?;
    let mut order = Order::empty();
    while orders.len() < MAX_ORDERS && feed.next(&mut order).map_err(replay::ReplayError::Reader)? {
        orders.push(order.clone());
    }
    if orders.is_empty() {
        return Err(Fault::Other("there are no orders to time".into()));
    }
    Ok(orders)
}

/// With one decimal where it tells something.
fn microseconds(ns: u64) -> String {
    match ns {
        0..10_000 => format!("{}.{} µs", ns / 1_000, ns % 1_000 / 100),
        10_000..10_000_000 => format!("{} µs", ns / 1_000),
        _ => format!("{} ms", ns / 1_000_000),
    }
}

fn mean(sorted: &[u64]) -> u64 {
    sorted.iter().sum::<u64>() / sorted.len().max(1) as u64
}

fn quantile(sorted: &[u64], percent: usize) -> u64 {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

/// The most memory that this process has held, where the system tells (Linux); else 0.
fn peak_rss_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1_024
}
