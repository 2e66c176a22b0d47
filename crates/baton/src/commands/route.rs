//! `baton route`: orders in, assignments and decisions out.

use crate::fault::{Fault, Verdict, leave_output_to, say};
use crate::progress::Bar;
use crate::rule_choice;
use crate::source::Source;
use clap::Args;
use connect::files::{Assignments, OutFile, demand_different, is_standard_output};
use engine::Router;
use model::{Cost, Decision, Order, Outcome, RuleSet, Stock};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "Examples:\n  baton route --data shop --out assignments.csv\n  \
    baton route --data shop --out assignments.csv --decisions decisions.ndjson --json\n  \
    baton route --data shop --rules my-rules.txt --out assignments.csv\n\n\
    Orders are decided in the order of the file; each takes its units from the stock of those after it.")]
pub(crate) struct Route {
    /// Folder with the retailer's files
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Where each unit ships from, as CSV: order_id, line, sku, qty, location_id; - is standard output
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Every decision with its reasons, one JSON object per line
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// A file of rules, or a named set; without it the folder's own rules, else the lowest cost
    #[arg(long, value_name = "RULES", long_help = rule_choice::HELP)]
    rules: Option<String>,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// What came of it.
#[derive(Default)]
struct Summary {
    orders: u64,
    placed: u64,
    partly_placed: u64,
    not_placed: u64,
    held: u64,
    parcels: u64,
    cost: Cost,
    /// Decisions whose search stopped at its limit.
    not_proven: u64,
    findings: Vec<String>,
}

/// Findings that are printed.
const SHOWN_FINDINGS: usize = 10;

impl Route {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let results: Vec<&Path> =
            std::iter::once(self.out.as_path()).chain(self.decisions.as_deref()).collect();
        demand_different(&results)?;
        leave_output_to(&results);
        let source = Source::open(&self.data)?;
        let rules = rule_choice::asked_or_own(self.rules.as_deref(), &source)?;
        let inputs = [self.data.as_path()];
        let mut assignments = Assignments::create(&self.out, &inputs)?;
        let mut decisions = match &self.decisions {
            Some(path) => Some(OutFile::create(path, &inputs)?),
            None => None,
        };
        let network = &source.problem.network;
        let mut summary = Summary::default();
        each_decision(&source, &rules, Detail::of(decisions.is_some()), |stock, order, decision| {
            summary.add(
                audit::check(
                    &audit::Facts { network, stock, rules: &rules, order, now: order.placed_at },
                    decision,
                ),
                order,
                decision,
            );
            assignments.write(network, order, decision)?;
            if let Some(file) = &mut decisions {
                let line = engine::decision_json(network, &rules, order, decision);
                writeln!(file, "{line}").map_err(|error| file.fault(&error))?;
            }
            Ok(())
        })?;
        if let Some(file) = decisions {
            file.finish()?;
        }
        assignments.finish()?;
        self.report(&source, &rules, &summary)
    }

    fn report(&self, source: &Source, rules: &RuleSet, summary: &Summary) -> Result<Verdict, Fault> {
        if self.json {
            say(summary.json(rules))?;
        } else {
            let currency = source.problem.network.currency;
            say(format_args!(
                "{} orders: {} placed, {} in part, {} not placed, {} held; {} parcels, landed cost {}.",
                summary.orders,
                summary.placed,
                summary.partly_placed,
                summary.not_placed,
                summary.held,
                summary.parcels,
                summary.cost.show(currency)
            ))?;
            if !is_standard_output(&self.out) {
                say(format_args!("Assignments are in {}.", self.out.display()))?;
            }
        }
        for finding in summary.findings.iter().take(SHOWN_FINDINGS) {
            eprintln!("the check found: {finding}");
        }
        Ok(if summary.findings.is_empty() { Verdict::Fine } else { Verdict::LookAtIt })
    }
}

impl Summary {
    fn add(&mut self, findings: Vec<audit::Finding>, order: &Order, decision: &Decision) {
        self.orders += 1;
        self.parcels += decision.parcels.len() as u64;
        self.cost += decision.landed_cost();
        self.not_proven += u64::from(decision.proof.gap > Cost::ZERO);
        match decision.outcome {
            Outcome::Placed => self.placed += 1,
            Outcome::PartlyPlaced => self.partly_placed += 1,
            Outcome::NotPlaced => self.not_placed += 1,
            Outcome::Held(_) => self.held += 1,
        }
        let told = findings
            .into_iter()
            .map(|finding| format!("order {}: {}: {}", order.id, finding.code, finding.message));
        self.findings.extend(told.take(SHOWN_FINDINGS));
    }

    fn json(&self, rules: &RuleSet) -> serde_json::Value {
        json!({
            "orders": self.orders, "placed": self.placed, "partly_placed": self.partly_placed,
            "not_placed": self.not_placed, "held": self.held, "parcels": self.parcels,
            "total_cost": self.cost.decimal(), "not_proven_best": self.not_proven,
            "rule_set": rules.name, "audit_findings": self.findings.len(),
        })
    }
}

/// Whether decisions come with the reasons of every location.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    Plan,
    Explained,
}

impl Detail {
    fn of(is_explained: bool) -> Detail {
        if is_explained { Detail::Explained } else { Detail::Plan }
    }
}

/// Decides every order in turn over stock that is consumed. `each` sees the stock before its decision is
/// committed.
pub(crate) fn each_decision(
    source: &Source,
    rules: &RuleSet,
    detail: Detail,
    mut each: impl FnMut(&Stock, &Order, &Decision) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let network = &source.problem.network;
    let mut stock = source.problem.stock.clone();
    let mut router = Router::new(network, rules);
    let mut orders = source.orders()?;
    let bar = Bar::new("deciding");
    let mut order = Order::empty();
    let mut count = 0u64;
    while orders.next(&mut order).map_err(replay::ReplayError::Reader)? {
        let decision = match detail {
            Detail::Plan => router.decide(&stock, &order, order.placed_at),
            Detail::Explained => router.explain(&stock, &order, order.placed_at),
        };
        each(&stock, &order, decision)?;
        engine::commit(&mut stock, decision);
        count += 1;
        if count.is_multiple_of(1_000) {
            let (done, total) = orders.progress();
            bar.show(done, total);
        }
    }
    Ok(())
}
