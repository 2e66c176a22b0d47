//! `baton explain`: one order, and why it goes where it goes.

use crate::commands::basis;
use crate::commands::route::each_decision;
use crate::fault::{Fault, Verdict, say};
use crate::restock::{Purpose, StockArgs};
use crate::rule_choice;
use crate::source::Source;
use clap::Args;
use model::{Decision, Order, Stock};
use replay::WatchDetail;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "Examples:\n  baton explain O00000011 --data shop\n  \
    baton explain 1043 --data shop --why-not mall\n  baton explain 1043 --data shop --json\n\n\
    The orders before it are decided first, so that it meets the stock that they leave: the answer is the same,\n\
    to the byte, as the line that `baton route --decisions` writes. A report says which --restock, --opening-stock\n\
    and --rules tell of its decisions.")]
pub(crate) struct Explain {
    /// The order's id, as in the file
    order: String,
    /// Folder with the retailer's files
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// A file of rules, or a named set
    #[arg(long, value_name = "RULES", long_help = rule_choice::HELP)]
    rules: Option<String>,
    /// Tell only why this location did not get the order
    #[arg(long, value_name = "LOCATION")]
    why_not: Option<String>,
    #[command(flatten)]
    stock: StockArgs,
    /// Print the decision as JSON
    #[arg(long)]
    json: bool,
}

impl Explain {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let mut source = Source::open(&self.data)?;
        let shelves = self.stock.settle(&mut source, Purpose::Decide)?;
        let rules = rule_choice::asked_or_own(self.rules.as_deref(), &source)?;
        let network = &source.problem.network;
        if let Some(location) = self.why_not.as_ref().filter(|code| network.location_by_code(code).is_none())
        {
            return Err(Fault::Other(format!(
                "'{location}' is not a location; use a code from locations.csv"
            )));
        }
        let mut told: Option<Vec<String>> = None;
        let mut each = |_: &Stock, order: &Order, decision: &Decision| {
            if order.id != self.order {
                return Ok(());
            }
            told = Some(if self.json {
                vec![engine::decision_json(network, &rules, order, decision)]
            } else if let Some(location) = &self.why_not {
                let why = engine::tell::why_not(network, &rules, (order, decision), location);
                vec![why.unwrap_or_else(|| format!("{location} did get the order, or nothing was decided."))]
            } else {
                engine::sentences(network, &rules, order, decision)
            });
            Err("nothing after it is of interest".into())
        };
        let outcome = each_decision((&source, &shelves), &rules, (WatchDetail::Explained, &mut each));
        match (told, outcome) {
            (Some(lines), _) => {
                for line in lines {
                    say(line)?;
                }
                let stock = basis::shelves(&source, &shelves);
                // One answer stays one line, and JSON is JSON.
                if self.json || self.why_not.is_some() {
                    stock.iter().for_each(|told| eprintln!("{}: {}", basis::word(told.basis), told.sentence));
                } else {
                    basis::print(&stock)?;
                }
                Ok(Verdict::Fine)
            }
            (None, Err(fault)) => Err(fault),
            (None, Ok(_)) => Err(Fault::Other(format!(
                "no order '{}' is in {}; ids are those of the column order_id, or of Name in a Shopify export",
                self.order,
                self.data.display()
            ))),
        }
    }
}
