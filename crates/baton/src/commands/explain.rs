//! `baton explain`: one order, and why it goes where it goes.

use crate::commands::basis;
use crate::commands::route::each_decision;
use crate::fault::{Fault, Verdict, say};
use crate::restock::{Purpose, StockArgs};
use crate::source::Source;
use crate::{places, rule_choice};
use clap::Args;
use model::{Decision, LocationId, Order, RuleSet, Stock};
use replay::WatchDetail;
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
#[command(
    override_usage = "baton explain <ORDER> --data <DIR> [OPTIONS]",
    after_help = "Examples:\n  baton explain O00000011 --data shop\n  baton explain '#1043' --data exports\n  \
    baton explain 1043 --data exports --why-not 'Pearl District'\n  baton explain 1043 --data exports --json\n\n\
    A '#' begins a comment in most shells: put such an id in quotes, or leave the '#' out.\n\n\
    The orders before it are decided first, so that it meets the stock that they leave: the answer is the same,\n\
    to the byte, as the line that `baton route --decisions` writes. A report says which --restock, --opening-stock\n\
    and --rules tell of its decisions."
)]
pub(crate) struct Explain {
    /// The order's id, as in the file; with or without a leading '#'
    order: Option<String>,
    /// Folder with the retailer's files
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A file of rules, or a named set
    #[arg(long, value_name = "RULES", long_help = rule_choice::HELP)]
    rules: Option<String>,
    /// Tell only why this place did not get the order; its code, its name or a word of it
    #[arg(long, value_name = "PLACE")]
    why_not: Option<String>,
    #[command(flatten)]
    stock: StockArgs,
    /// Print the decision as JSON; with --why-not the answer
    #[arg(long)]
    json: bool,
}

/// What the shell makes of `baton explain #1043 --data shop`: nothing behind the '#' arrives.
const QUOTES: &str = "name an order and a folder: baton explain '#1043' --data shop\n\
    A '#' begins a comment in most shells: put such an id in quotes, or leave the '#' out.";

impl Explain {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let (Some(asked), Some(data)) = (&self.order, &self.data) else {
            return Err(Fault::Other(QUOTES.to_owned()));
        };
        let mut source = Source::open(data)?;
        let shelves = self.stock.settle(&mut source, Purpose::Decide)?;
        let rules = rule_choice::asked_or_own(self.rules.as_deref(), &source)?;
        let why_not = self.why_not.as_deref();
        let place = why_not.map(|place| places::called(&source.problem.network, place)).transpose()?;
        let Some(id) = id_of(&source, asked)? else { return self.not_routed(&source, asked) };
        let mut told: Option<Vec<String>> = None;
        let mut findings = Vec::new();
        let network = &source.problem.network;
        let mut each = |stock: &Stock, order: &Order, decision: &Decision| {
            if order.id != id {
                return Ok(());
            }
            let facts = audit::Facts { network, stock, rules: &rules, order, now: order.placed_at };
            findings = audit::check(&facts, decision);
            told = Some(self.tell((&source, &rules), (order, decision), place));
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
                for finding in &findings {
                    eprintln!("the check found: {}", finding.message);
                }
                let is_wrong = findings.iter().any(audit::Finding::is_fatal);
                Ok(if is_wrong { Verdict::LookAtIt } else { Verdict::Fine })
            }
            (None, Err(fault)) => Err(fault),
            (None, Ok(_)) => Err(not_found(&source, asked)),
        }
    }

    /// The order is not among those that are routed: it may have been left out.
    fn not_routed(&self, source: &Source, asked: &str) -> Result<Verdict, Fault> {
        let Some((id, reason)) = source.left_out().find(|(id, _)| bare(id) == bare(asked)) else {
            return Err(not_found(source, asked));
        };
        match self.json {
            true => say(json!({"order": id, "left_out": reason.words()}))?,
            false => say(format_args!("Order {id} is left out: {}.", reason.words()))?,
        }
        Ok(Verdict::Fine)
    }

    fn tell(
        &self,
        (source, rules): (&Source, &RuleSet),
        (order, decision): (&Order, &Decision),
        place: Option<LocationId>,
    ) -> Vec<String> {
        let network = &source.problem.network;
        let Some(place) = place else {
            return match self.json {
                true => vec![engine::decision_json(network, rules, order, decision)],
                false => engine::sentences(network, rules, order, decision),
            };
        };
        let why = engine::tell::why_not(network, rules, (order, decision), place);
        if !self.json {
            return vec![why];
        }
        let considered = decision.considered.iter().find(|considered| considered.location == place);
        let verdict = considered.map(|considered| considered.verdict.code());
        let code = &network.location(place).code;
        let answer = json!({
            "order": order.id, "outcome": decision.outcome.code(), "location": code, "verdict": verdict, "answer": why,
        });
        vec![answer.to_string()]
    }
}

/// An id as people say it.
fn bare(id: &str) -> String {
    id.trim().trim_start_matches('#').trim_start().to_lowercase()
}

/// The id of the order that is asked for: exactly so, else whatever its capitals and a leading '#'.
fn id_of(source: &Source, asked: &str) -> Result<Option<String>, Fault> {
    let wanted = bare(asked);
    let mut like_it = None;
    let mut orders = source.orders()?;
    let mut order = Order::empty();
    while orders.next(&mut order).map_err(replay::ReplayError::Reader)? {
        if order.id == asked {
            return Ok(Some(order.id));
        }
        if like_it.is_none() && bare(&order.id) == wanted {
            like_it = Some(order.id.clone());
        }
    }
    Ok(like_it)
}

/// No order of this id is in the data.
fn not_found(source: &Source, asked: &str) -> Fault {
    Fault::Other(format!(
        "no order '{asked}' is in {}; ids are those of the column order_id, or of Name in a Shopify export",
        source.dir.display()
    ))
}
