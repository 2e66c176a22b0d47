//! `baton route`: orders in, assignments and decisions out.

use crate::commands::replay::{Look, Seen, run};
use crate::commands::{basis, shortfall};
use crate::fault::{Fault, Verdict, leave_output_to, say};
use crate::restock::{Purpose, Restock, Shelves, StockArgs};
use crate::rule_choice;
use crate::source::Source;
use ::replay::{Policy, ReplayPlan, Report, Tally, WatchDetail};
use clap::Args;
use connect::files::{Assignments, OutFile, demand_different, is_standard_output};
use model::words::count;
use model::{Cost, Decision, Order, RuleSet, Stock};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "Examples:\n  baton route --data shop --out assignments.csv\n  \
    baton route --data shop --out assignments.csv --decisions decisions.ndjson --json\n  \
    baton route --data shop --rules my-rules.txt --out assignments.csv\n\n\
    Orders are decided in the order of the file, which must be that of their times; each takes its units from the\n\
    stock of those after it.")]
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
    #[command(flatten)]
    stock: StockArgs,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// What the tally does not count.
#[derive(Default)]
struct Summary {
    /// Decisions whose search stopped at its limit.
    not_proven: u64,
    /// All that the check found, and the first of it in words.
    found: u64,
    /// Some of it is fatal: the decision breaks a fact or a limit.
    is_wrong: bool,
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
        let mut source = Source::open(&self.data)?;
        let shelves = self.stock.settle(&mut source, Purpose::Decide)?;
        let rules = rule_choice::asked_or_own(self.rules.as_deref(), &source)?;
        let inputs = [self.data.as_path()];
        let mut assignments = Assignments::create(&self.out, &inputs)?;
        let mut decisions = match &self.decisions {
            Some(path) => Some(OutFile::create(path, &inputs)?),
            None => None,
        };
        let network = &source.problem.network;
        let mut summary = Summary::default();
        let detail = if decisions.is_some() { WatchDetail::Explained } else { WatchDetail::Plan };
        let mut each = |stock: &Stock, order: &Order, decision: &Decision| {
            let facts = audit::Facts { network, stock, rules: &rules, order, now: order.placed_at };
            summary.add(audit::check(&facts, decision), order, decision);
            assignments.write(network, order, decision)?;
            if let Some(file) = &mut decisions {
                let line = engine::decision_json(network, &rules, order, decision);
                writeln!(file, "{line}").map_err(|error| file.fault(&error))?;
            }
            Ok(())
        };
        let report = each_decision((&source, &shelves), &rules, (detail, &mut each))?;
        if let Some(file) = decisions {
            file.finish()?;
        }
        assignments.finish()?;
        self.tell((&source, &shelves), &rules, (&summary, &report))
    }

    fn tell(
        &self,
        (source, shelves): (&Source, &Shelves),
        rules: &RuleSet,
        (summary, report): (&Summary, &Report),
    ) -> Result<Verdict, Fault> {
        let tally = &report.variants[0].tally;
        if self.json {
            say(summary.json((rules, shelves), tally))?;
        } else {
            let currency = source.problem.network.currency;
            let warnings = ::replay::shortfall::warnings(report);
            for warning in &warnings {
                say(warning)?;
            }
            say(format_args!(
                "{}: {} placed, {} in part, {} not placed, {} held; {}, landed cost {}.",
                count(tally.orders, "order"),
                tally.outcomes.placed,
                tally.outcomes.partly_placed,
                tally.outcomes.not_placed,
                tally.outcomes.held,
                count(tally.parcels, "parcel"),
                tally.landed_cost().show(currency)
            ))?;
            // A warning has said why.
            if let Some(why) = ::replay::shortfall::reasons(tally).filter(|_| warnings.is_empty()) {
                say(format_args!("Not wholly placed: {why}."))?;
            }
            basis::print(&basis::shelves(source, shelves))?;
            if let Some(remark) = never_refilled(shelves, report) {
                say(remark)?;
            }
            if !is_standard_output(&self.out) {
                say(format_args!("Assignments are in {}.", self.out.display()))?;
            }
        }
        for finding in &summary.findings {
            eprintln!("the check found: {finding}");
        }
        Ok(if !summary.is_wrong { shortfall::verdict(report) } else { Verdict::LookAtIt })
    }
}

/// From so many days on, a shop would have had deliveries.
const MANY_DAYS: i32 = 7;

/// What to do where shelves run empty because nothing ever comes in.
fn never_refilled(shelves: &Shelves, report: &Report) -> Option<String> {
    let (first, last) = report.days?;
    let days = last.0 - first.0 + 1;
    let outcomes = &report.variants[0].tally.outcomes;
    let is_short = outcomes.not_placed + outcomes.partly_placed > 0;
    (shelves.restock == Restock::Never && days > MANY_DAYS && is_short).then(|| {
        format!(
            "The shelves are never refilled over these {days} days. Say what came in with receipts.csv, or give \
             --restock 7 to take them to be full again every 7 days."
        )
    })
}

impl Summary {
    fn add(&mut self, findings: Vec<audit::Finding>, order: &Order, decision: &Decision) {
        self.not_proven += u64::from(decision.proof.gap > Cost::ZERO);
        self.found += findings.len() as u64;
        self.is_wrong |= findings.iter().any(audit::Finding::is_fatal);
        let told = findings
            .into_iter()
            .map(|finding| format!("order {}: {}: {}", order.id, finding.code, finding.message));
        self.findings.extend(told.take(SHOWN_FINDINGS - self.findings.len()));
    }

    fn json(&self, (rules, shelves): (&RuleSet, &Shelves), tally: &Tally) -> serde_json::Value {
        let outcomes = &tally.outcomes;
        json!({
            "orders": tally.orders, "placed": outcomes.placed, "partly_placed": outcomes.partly_placed,
            "not_placed": outcomes.not_placed, "held": outcomes.held, "parcels": tally.parcels,
            "total_cost": tally.landed_cost().decimal(), "not_proven_best": self.not_proven,
            "rule_set": rules.name, "restock": shelves.restock.to_string(),
            "stock_records_raised": shelves.raised, "reasons": ::replay::shortfall::reasons_json(tally),
            "audit_findings": self.found,
        })
    }
}

/// Decides every order in turn over stock that is consumed and refilled, by the code that replays. `each` sees the
/// stock before its decision is committed.
pub(crate) fn each_decision(
    (source, shelves): (&Source, &Shelves),
    rules: &RuleSet,
    (detail, each): (WatchDetail, &mut Seen<'_>),
) -> Result<Report, Fault> {
    let plan = ReplayPlan::new(&source.problem.network, &source.problem.stock, &shelves.replenish)
        .with(&rules.name, Policy::Rules(rules));
    run(source, &plan, Some(Look { variant: 0, detail, each }))
}
