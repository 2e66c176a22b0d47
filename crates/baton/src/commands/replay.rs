//! `baton replay`: the same orders under several rule sets, side by side.

use crate::argument;
use crate::commands::basis::{self, Base, Grounds};
use crate::commands::report::{self, Made, out_flag, quoted};
use crate::commands::{figures, shortfall};
use crate::fault::{Fault, Verdict, leave_output_to, say};
use crate::progress::Bar;
use crate::restock::{Purpose, Shelves, StockArgs};
use crate::rule_choice;
use crate::source::Source;
use ::replay::{
    Failure, Listeners, Orders, Policy, Progress, ReplayPlan, Report, RuleWorth, Sampling, Unfit, Watch,
    WatchDetail, replay, worth_of,
};
use clap::Args;
use connect::files::{OutFile, demand_different, is_standard_output};
use model::{Decision, Order, RuleRef, RuleSet, Stock};
use std::io::Write;
use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// One decision in so many is checked independently, unless somebody asks for others.
const USUAL_CHECK: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");

/// Orders that a page looks at, to tell what rules change from what follows of it.
const MOST_COMPARED: usize = 2_000;

#[derive(Args)]
#[command(after_help = "Examples:\n  baton replay --data shop --rules lowest-cost --rules nearest\n  \
    baton replay --data shop --rules rules.txt --rules new-rules.txt --out compare.html\n  \
    baton replay --data shop --rules rules.txt --worth\n\n\
    The first rule set is the base that the others are compared with. RULES is a file, or one of: starter,\n\
    lowest-cost, warehouse-first, nearest, ranked:CODE,CODE.")]
pub(crate) struct Replay {
    /// Folder with the retailer's files
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// A rule set; give it once for each
    #[arg(long = "rules", value_name = "RULES", long_help = rule_choice::HELP)]
    rules: Vec<String>,
    /// Measure what each rule of the last set is worth, by leaving it out
    #[arg(long)]
    worth: bool,
    #[command(flatten)]
    stock: StockArgs,
    /// Write the comparison as one HTML file; - is standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Every decision of the last set with its reasons, one JSON object per line
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// Check every n-th decision independently
    #[arg(long, value_name = "N", default_value_t = USUAL_CHECK, value_parser = argument::every)]
    audit_every: NonZeroU32,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

impl Replay {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        if self.worth {
            rule_choice::must_have_sentences(self.rules.last())?;
        }
        let results: Vec<&Path> = self.out.as_deref().into_iter().chain(self.decisions.as_deref()).collect();
        demand_different(&results)?;
        leave_output_to(&results);
        let mut source = Source::open(&self.data)?;
        let shelves = self.stock.settle(&mut source, Purpose::Compare)?;
        let sets = self.rule_sets(&source)?;
        let mut plan = ReplayPlan::new(&source.problem.network, &source.problem.stock, &shelves.replenish);
        plan.audit = Some(Sampling { every: self.audit_every });
        plan.unfit = Unfit::LeftOut;
        if self.out.is_some() {
            plan.top_moved = MOST_COMPARED;
        }
        for set in &sets {
            plan = plan.with(&set.name, Policy::Rules(set));
        }
        let report = self.replayed(&source, &plan, &sets)?;
        let worths = match sets.last() {
            Some(last) if self.worth => measure_worth(&source, &plan, (last, &all_of(last)))?,
            _ => Vec::new(),
        };
        // What differs between the sets is measured for the page, to say what it does to the orders that are filled.
        let measured = match (&self.out, sets.as_slice()) {
            (Some(_), [first, .., last]) if !self.worth => {
                measure_worth(&source, &plan, (last, &only_in(last, first)))?
            }
            _ => Vec::new(),
        };
        let grounds =
            Grounds { source: &source, shelves: &shelves, plan: &plan, report: &report, base: Base::RuleSet };
        let assumptions = basis::assumptions(&grounds);
        if let (Some(path), Some(last)) = (&self.out, sets.last()) {
            let made = Made {
                title: "What would these rules have changed?",
                grounds: &grounds,
                assumptions: &assumptions,
                rules: last,
                rules_asked: self.rules.last().map(String::as_str),
                base_rules: (sets.len() > 1).then(|| &sets[0]),
                again: self.again(&shelves, path),
                out: path,
                worths: &worths,
                measured: if self.worth { &worths } else { &measured },
            };
            report::write(path, &made, paper::report::comparison_html)?;
        }
        if self.json {
            say(figures::json((&source, &shelves), (&report, &worths), &assumptions))?;
        } else {
            figures::print(&source.problem.network, &report)?;
            basis::print(&assumptions)?;
            if let Some(last) = sets.last() {
                figures::print_worth(&source.problem.network, last, &worths)?;
                if self.worth && worths.is_empty() {
                    say(format_args!("{} has no rules to leave out.", last.name))?;
                }
            }
        }
        if let Some(path) = self.out.as_ref().filter(|path| !self.json && !is_standard_output(path)) {
            say(format_args!("The comparison is in {}.", path.display()))?;
        }
        figures::warn_of_findings(&report);
        Ok(shortfall::verdict(&report))
    }

    /// The command that makes the same comparison.
    fn again(&self, shelves: &Shelves, out: &Path) -> String {
        let mut command = format!("baton replay --data {}", quoted(&self.data.display().to_string()));
        for rules in &self.rules {
            command += &format!(" --rules {}", quoted(rules));
        }
        if self.worth {
            command += " --worth";
        }
        if self.audit_every != USUAL_CHECK {
            command += &format!(" --audit-every {}", self.audit_every);
        }
        command + &shelves.flags() + &out_flag(out)
    }

    fn rule_sets(&self, source: &Source) -> Result<Vec<RuleSet>, Fault> {
        if self.rules.is_empty() {
            return Ok(vec![rule_choice::asked_or_own(None, source)?]);
        }
        let mut sets: Vec<RuleSet> = Vec::new();
        for choice in &self.rules {
            let mut set = rule_choice::rule_set(choice, &source.problem.network)?;
            if sets.iter().any(|other| other.name == set.name) {
                set.name = format!("{} ({choice})", set.name);
            }
            sets.push(set);
        }
        Ok(sets)
    }

    fn replayed(&self, source: &Source, plan: &ReplayPlan<'_>, sets: &[RuleSet]) -> Result<Report, Fault> {
        let Some(path) = &self.decisions else { return run(source, plan, None) };
        let network = &source.problem.network;
        let last = &sets[sets.len() - 1];
        let mut file = OutFile::create(path, &[&self.data])?;
        let mut write = |_: &Stock, order: &Order, decision: &Decision| {
            let line = engine::decision_json(network, last, order, decision);
            writeln!(file, "{line}").map_err(|error| file.fault(&error).into())
        };
        let look = Look { variant: sets.len() - 1, detail: WatchDetail::Explained, each: &mut write };
        let report = run(source, plan, Some(look))?;
        file.finish()?;
        Ok(report)
    }
}

/// Shows a decision of one variant: with the stock it was made from.
pub(crate) type Seen<'s> = dyn FnMut(&Stock, &Order, &Decision) -> Result<(), Failure> + Send + 's;

/// Who looks at the decisions of one variant, and how closely.
pub(crate) struct Look<'l, 's> {
    /// Position among the variants.
    pub(crate) variant: usize,
    pub(crate) detail: WatchDetail,
    pub(crate) each: &'l mut Seen<'s>,
}

/// Replays with a progress bar.
pub(crate) fn run(
    source: &Source,
    plan: &ReplayPlan<'_>,
    look: Option<Look<'_, '_>>,
) -> Result<Report, Fault> {
    let mut orders: Box<dyn Orders + '_> = source.orders()?;
    let bar = Bar::new("replaying");
    let mut show = |progress: Progress| {
        bar.show(progress.done, progress.total);
        ControlFlow::Continue(())
    };
    let Some(Look { variant, detail, each: see }) = look else {
        return Ok(replay(plan, orders.as_mut(), Listeners { progress: Some(&mut show), watch: None })?);
    };
    let mut each = |stock: &Stock, order: &Order, decision: &Decision| see(stock, order, decision);
    let watch = Some(Watch { variant, detail, each: &mut each });
    Ok(replay(plan, orders.as_mut(), Listeners { progress: Some(&mut show), watch })?)
}

/// Rules that are measured because they differ between two sets; more than these take too long.
const MOST_MEASURED: usize = 5;

pub(crate) fn all_of(rules: &RuleSet) -> Vec<RuleRef> {
    rules.all().map(|(rule, _)| rule).collect()
}

/// Whether no rule of a set is just like this one.
pub(crate) fn is_missing(rule: &model::Rule, other: &RuleSet) -> bool {
    other.all().all(|(_, other)| other != rule)
}

/// Rules of a set that the other has not.
fn only_in(rules: &RuleSet, other: &RuleSet) -> Vec<RuleRef> {
    rules
        .all()
        .filter(|(_, rule)| is_missing(rule, other))
        .map(|(rule, _)| rule)
        .take(MOST_MEASURED)
        .collect()
}

/// What these rules of a set are worth.
pub(crate) fn measure_worth(
    source: &Source,
    plan: &ReplayPlan<'_>,
    (rules, some): (&RuleSet, &[RuleRef]),
) -> Result<Vec<RuleWorth>, Fault> {
    if some.is_empty() {
        return Ok(Vec::new());
    }
    let mut orders = source.orders()?;
    let bar = Bar::new("leaving out one rule at a time");
    let mut show = |progress: Progress| {
        bar.show(progress.done, progress.total);
        ControlFlow::Continue(())
    };
    let listeners = Listeners { progress: Some(&mut show), watch: None };
    Ok(worth_of(plan, (rules, some), orders.as_mut(), listeners)?.rules)
}
