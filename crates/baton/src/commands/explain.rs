//! `baton explain`: one order, and why it goes where it goes.

use crate::commands::route::{Detail, each_decision};
use crate::fault::{Fault, Verdict, say};
use crate::rule_choice;
use crate::source::Source;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "Examples:\n  baton explain O00000011 --data shop\n  \
    baton explain 1043 --data shop --why-not mall\n  baton explain 1043 --data shop --json\n\n\
    The orders before it are decided first, so that it meets the stock that they leave: the answer is the same,\n\
    to the byte, as the line that `baton route --decisions` writes.")]
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
    /// Print the decision as JSON
    #[arg(long)]
    json: bool,
}

impl Explain {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let source = Source::open(&self.data)?;
        let rules = rule_choice::asked_or_own(self.rules.as_deref(), &source)?;
        let network = &source.problem.network;
        if let Some(location) = self.why_not.as_ref().filter(|code| network.location_by_code(code).is_none())
        {
            return Err(Fault::Other(format!(
                "'{location}' is not a location; use a code from locations.csv"
            )));
        }
        let mut told: Option<Vec<String>> = None;
        let outcome = each_decision(&source, &rules, Detail::Explained, |_, order, decision| {
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
            // Nothing after it is of interest.
            Err(Fault::Closed)
        });
        match (told, outcome) {
            (Some(lines), _) => {
                for line in lines {
                    say(line)?;
                }
                Ok(Verdict::Fine)
            }
            (None, Err(fault)) => Err(fault),
            (None, Ok(())) if source.left_out(&self.order).is_some() => self.say_left_out(&source),
            (None, Ok(())) => Err(Fault::Other(format!(
                "no order '{}' is in {}; ids are those of the column order_id, or of Name in a Shopify export",
                self.order,
                self.data.display()
            ))),
        }
    }

    fn say_left_out(&self, source: &Source) -> Result<Verdict, Fault> {
        let reason = source.left_out(&self.order).map_or("", |reason| reason.words());
        if self.json {
            say(serde_json::json!({"order": self.order, "left_out": reason}))?;
        } else {
            say(format_args!("Order {} is left out: {reason}.", self.order))?;
        }
        Ok(Verdict::Fine)
    }
}
