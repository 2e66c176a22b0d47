//! `baton export`: the books as files that programs and people read.
//!
//! Owns: what is asked for, and where it goes. Products, locations and stock have the columns of a Baton folder, so that
//! they may be brought in again.

mod pages;
mod sheet;

use crate::books::{self, Books};
use crate::fault::{Fault, Verdict, leave_output_to, say};
use clap::{Args, ValueEnum};
use connect::files::is_standard_output;
use model::words::counted;
use serde_json::json;
use sheet::{Form, Sheet};
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton export orders --out orders.csv\n  baton export events --format ndjson --out log.ndjson\n  \
    baton export stock > inventory.csv\n\n\
    It may run while baton serve does. A text that a program for tables could take for a formula gets a ' in front; Baton \
    takes that away when it reads the file."
)]
pub(crate) struct Export {
    /// What is written
    #[arg(value_enum, value_name = "WHAT")]
    what: What,
    #[command(flatten)]
    books: Books,
    /// The file to write; - is standard output
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
    /// A table, or an object in each line
    #[arg(long, value_enum, value_name = "FORM", default_value = "csv")]
    format: Form,
    /// Print as JSON how much was written
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum What {
    /// Orders, the newest first
    Orders,
    /// Units of each product at each place, as inventory.csv
    Stock,
    /// What happened and who did it, the newest first
    Events,
    /// Products, as products.csv
    Products,
    /// Locations, as locations.csv
    Locations,
}

impl Export {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        leave_output_to(&[&self.out]);
        let rows = books::wait(async {
            let db = self.books.look().await?;
            let mut sheet = Sheet::create(&self.out, self.format, pages::columns(self.what))?;
            pages::write(&db, self.what, &mut sheet).await?;
            db.close().await;
            sheet.finish()
        })?;
        let file = match is_standard_output(&self.out) {
            true => "standard output".to_owned(),
            false => self.out.display().to_string(),
        };
        match self.json {
            true => say(json!({ "out": file, "rows": rows }))?,
            false => say(format_args!("{} written to {file}.", counted(rows, "row", "rows")))?,
        }
        Ok(Verdict::Fine)
    }
}
