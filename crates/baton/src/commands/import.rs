//! `baton import`: published order histories as Baton folders.

use crate::argument;
use crate::fault::{Fault, Verdict, say};
use clap::{Args, Subcommand};
use connect::files::{OlistOptions, convert_olist};
use model::words::count;
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "Example:\n  baton import olist --from data --to olist && baton assess olist\n\n\
    The folder gets a MAPPING.md that says what is data and what is modelled.")]
pub(crate) struct Import {
    #[command(subcommand)]
    history: History,
}

#[derive(Subcommand)]
enum History {
    /// The Olist order history of Brazil, 2016-2018: cities of sellers become locations
    #[command(after_help = "Examples:\n  baton import olist --from data --to olist\n  \
            baton import olist --from data/olist --to olist --locations 10 --json")]
    Olist {
        /// Folder that holds olist/ and geo/ (br_cep5.csv), or the olist folder with geo/ beside it
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
        /// Folder to write
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// Cities that become locations
        #[arg(long, default_value_t = 25, value_parser = argument::whole::<u16>(2..=200))]
        locations: u16,
        /// Print what was written as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Import {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let History::Olist { from, to, locations, json } = self.history;
        let options = OlistOptions { locations: locations.into(), ..OlistOptions::default() };
        let summary = convert_olist(&from, &to, options)?;
        if json {
            say(json!({
                "folder": to.display().to_string(), "orders": summary.orders, "lines": summary.lines,
                "locations": summary.locations, "products": summary.products,
                "stock_records": summary.stock_records, "left_out": summary.left_out,
            }))?;
            return Ok(Verdict::Fine);
        }
        say(format_args!(
            "{} with {}, {}, {}, {}.",
            count(summary.orders as u64, "order"),
            count(summary.lines as u64, "line"),
            count(summary.locations as u64, "location"),
            count(summary.products as u64, "product"),
            count(summary.stock_records as u64, "stock record")
        ))?;
        for left_out in &summary.left_out {
            say(format_args!("Left out: {left_out}."))?;
        }
        say(format_args!(
            "The folder is {}; read its MAPPING.md. Next: baton assess {}",
            to.display(),
            to.display()
        ))?;
        Ok(Verdict::Fine)
    }
}
