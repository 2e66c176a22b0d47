//! `baton import`: published order histories as Baton folders.

use crate::fault::{Fault, Verdict, say};
use clap::{Args, Subcommand};
use connect::files::{OlistOptions, convert_olist};
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
    Olist {
        /// Folder that holds olist/ and geo/
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
        /// Folder to write
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// Cities that become locations
        #[arg(long, default_value_t = 25, value_parser = |text: &str| crate::numbers::whole::<u16>(text, 2..=200))]
        locations: u16,
    },
}

impl Import {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let History::Olist { from, to, locations } = self.history;
        let options = OlistOptions { locations: locations.into(), ..OlistOptions::default() };
        let summary = convert_olist(&from, &to, options)?;
        say(format_args!(
            "{} orders with {} lines, {} locations, {} products, {} stock records.",
            summary.orders, summary.lines, summary.locations, summary.products, summary.stock_records
        ))?;
        for left_out in &summary.left_out {
            say(left_out)?;
        }
        say(format_args!(
            "The folder is {}; read its MAPPING.md. Next: baton assess {}",
            to.display(),
            to.display()
        ))?;
        Ok(Verdict::Fine)
    }
}
