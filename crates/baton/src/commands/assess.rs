//! `baton assess`: what would Baton have saved?

use crate::commands::basis::{self, Base, Grounds};
use crate::commands::replay::{all_of, measure_worth, run};
use crate::commands::report::{self, Made, out_flag, quoted};
use crate::commands::{figures, shortfall};
use crate::fault::{Fault, Verdict, leave_output_to, say};
use crate::restock::{Purpose, Shelves, StockArgs};
use crate::rule_choice;
use crate::source::Source;
use clap::Args;
use connect::files::is_standard_output;
use model::words::{count, grouped};
use model::{Cost, Effect, RuleSet};
use replay::{Policy, ReplayPlan, Report, Sampling, Saving, Unfit};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "Examples:\n  baton assess shop\n  baton assess exports --today nearest\n  \
    baton assess shop --rules rules.txt --out report.html\n\n\
    DIR is a Baton folder (see `baton formats`), or holds Shopify exports of orders, inventory and products.\n\
    Where actuals.csv says where orders really shipped from, that is the baseline; else today's way is modelled.")]
pub(crate) struct Assess {
    /// Folder with the retailer's files
    #[arg(value_name = "DIR")]
    data: PathBuf,
    /// How orders are placed today: actual, warehouse-first, nearest, ranked:CODE,CODE, or a file of rules
    /// [default: actual where the files say so, else warehouse-first]
    #[arg(long, value_name = "RULES")]
    today: Option<String>,
    /// The rules to assess; without it the folder's own, else the lowest cost
    #[arg(long, value_name = "RULES", long_help = rule_choice::HELP)]
    rules: Option<String>,
    /// The report; - is standard output
    #[arg(long, value_name = "FILE", default_value = "baton-report.html")]
    out: PathBuf,
    #[command(flatten)]
    stock: StockArgs,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

/// One decision in so many is checked independently.
const CHECK_EVERY: NonZeroU32 = NonZeroU32::new(5).expect("five is not zero");

impl Assess {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        leave_output_to(&[&self.out]);
        let mut source = Source::read(&self.data)?;
        let shelves = self.stock.settle(&mut source, Purpose::Compare)?;
        let rules = rule_choice::asked_or_own(self.rules.as_deref(), &source)?;
        let today = self.todays_way(&source)?;
        let mut plan = ReplayPlan::new(&source.problem.network, &source.problem.stock, &shelves.replenish);
        plan.audit = Some(Sampling { every: CHECK_EVERY });
        plan.unfit = Unfit::LeftOut;
        plan = match (&today, &source.actual) {
            (Some(today), _) => plan.with(&format!("Today ({})", today.name), Policy::Rules(today)),
            (None, Some(actual)) => plan.with("Today", Policy::Actual(actual)),
            (None, None) => plan,
        };
        plan = plan.with(&format!("With Baton ({})", rules.name), Policy::Rules(&rules));
        let report = run(&source, &plan, None)?;
        if report.orders == 0 && report.left_out.is_empty() {
            return Err(source.no_orders());
        }
        let worths = measure_worth(&source, &plan, (&rules, &all_of(&rules)))?;
        let grounds =
            Grounds { source: &source, shelves: &shelves, plan: &plan, report: &report, base: Base::Today };
        let assumptions = basis::assumptions(&grounds);
        let made = Made {
            title: "What would Baton have saved?",
            grounds: &grounds,
            assumptions: &assumptions,
            rules: &rules,
            rules_asked: self.rules.as_deref(),
            base_rules: None,
            again: self.again(&shelves),
            out: &self.out,
            worths: &worths,
            measured: &worths,
        };
        report::write(&self.out, &made, paper::report::assessment_html)?;
        if self.json {
            source.warn();
            say(figures::json((&source, &shelves), (&report, &worths), &assumptions))?;
        } else {
            self.print(&source, &report)?;
            basis::print(&assumptions)?;
            figures::print_worth(&source.problem.network, &rules, &worths)?;
            say_where(&self.out)?;
        }
        figures::warn_of_findings(&report);
        Ok(shortfall::verdict(&report))
    }

    /// The rules that stand for today's way; `None`: what was really done.
    fn todays_way(&self, source: &Source) -> Result<Option<RuleSet>, Fault> {
        match self.today.as_deref() {
            Some("actual") if source.actual.is_none() => Err(Fault::Other(
                "the files do not say where orders shipped from; add actuals.csv, or choose --today nearest"
                    .into(),
            )),
            Some("actual") => Ok(None),
            Some(choice) => rule_choice::rule_set(choice, &source.problem.network).map(Some),
            None if source.actual.is_some() => Ok(None),
            None => rule_choice::rule_set("warehouse-first", &source.problem.network).map(Some),
        }
    }

    /// The command that makes the same report.
    fn again(&self, shelves: &Shelves) -> String {
        let mut command = format!("baton assess {}", quoted(&self.data.display().to_string()));
        for (flag, value) in [("--today", &self.today), ("--rules", &self.rules)] {
            if let Some(value) = value {
                command += &format!(" {flag} {}", quoted(value));
            }
        }
        command + &shelves.flags() + &out_flag(&self.out)
    }

    fn print(&self, source: &Source, report: &Report) -> Result<(), Fault> {
        let currency = source.problem.network.currency;
        for note in &source.problem.notes {
            say(format_args!("Note: {note}"))?;
        }
        figures::print(&source.problem.network, report)?;
        let Some(comparison) = report.comparisons.last() else { return Ok(()) };
        if !::replay::shortfall::warnings(report).is_empty() {
            // Figures that say little are no answer.
            return Ok(());
        }
        let saving = Saving::of(report, comparison);
        let size = |cost: Cost| Cost(cost.0.abs()).show(currency).to_string();
        let (total, each) = (size(saving.total), size(saving.per_order));
        match saving.effect(currency) {
            Effect::Unclear => {
                say("There is not enough data to say whether Baton would have saved anything.")?;
            }
            Effect::TooSmall => {
                say(format_args!("Baton would have changed next to nothing: {total} in all."))?;
            }
            Effect::Saves => say(format_args!("Baton would have saved {total}: {each} per order."))?,
            Effect::Costs => {
                say(format_args!("Baton would NOT have paid: {total} more, {each} more per order."))?;
            }
        }
        let (base, last) = (&report.variants[0].tally, &report.variants[comparison.other].tally);
        if last.units_placed < base.units_placed {
            say(format_args!(
                "Mind that {} fewer of {} found a place; what found none is counted at what an unfilled unit costs.",
                grouped(base.units_placed - last.units_placed),
                count(base.units, "unit")
            ))?;
        }
        Ok(())
    }
}

/// Says where the report is, as a path that a browser opens.
pub(crate) fn say_where(path: &Path) -> Result<(), Fault> {
    if is_standard_output(path) {
        return Ok(());
    }
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    say(format_args!("The report is {}; open it in a browser.", whole.display()))
}
