//! `baton import`: a folder into the books; published order histories as folders.

use crate::argument;
use crate::books::{self, Books, call};
use crate::commands::publish::{Published, publish};
use crate::fault::{Fault, Verdict, say};
use clap::{Args, Subcommand};
use connect::files::{OlistOptions, convert_olist};
use flow::Baton;
use flow::import::{Imported, import_folder};
use flow::rules::SaveRules;
use model::words::{count, counted, listed};
use serde_json::json;
use std::path::{Path, PathBuf};
use store::{DbError, rule_sets};

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton import folder --from shop\n  baton import olist --from data --to olist"
)]
pub(crate) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Bring places, products, stock and rules of a folder into the books
    #[command(after_help = "Examples:\n  baton import folder --from shop\n  \
            baton import folder --from shop --database postgres://baton@localhost/baton --json\n\n\
            All files are read before anything is written, and the same folder again changes nothing.\n            Its rules are published as version 1 where the books have none.")]
    Folder {
        /// Folder with locations.csv, products.csv, inventory.csv and the like
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
        #[command(flatten)]
        books: Books,
        /// Print what changed as JSON
        #[arg(long)]
        json: bool,
    },
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
        match self.what {
            What::Folder { from, books, json } => folder(&from, &books, json),
            What::Olist { from, to, locations, json } => olist((&from, &to), locations, json),
        }
    }
}

/// What came in, and the rules that hold since.
struct Came {
    imported: Imported,
    published: Option<Published>,
    /// Why the folder's rules do not hold.
    unpublished: Option<String>,
}

fn folder(from: &Path, books: &Books, is_json: bool) -> Result<Verdict, Fault> {
    let came = books::wait(async {
        let baton = books.open().await?;
        let came = bring_in(&baton, from).await;
        baton.db.close().await;
        came
    })?;
    match is_json {
        true => say(came.json())?,
        false => came.tell()?,
    }
    // A shelf that was left needs a count; rules that do not hold need a pen.
    let is_well = came.imported.left == 0 && came.unpublished.is_none();
    Ok(if is_well { Verdict::Fine } else { Verdict::LookAtIt })
}

impl Came {
    fn notes(&self) -> impl Iterator<Item = &String> {
        self.imported.notes.iter().chain(&self.unpublished)
    }

    fn json(&self) -> serde_json::Value {
        let Imported { locations, products, files, shelves, left, .. } = &self.imported;
        json!({
            "locations": locations, "products": products, "files": files, "shelves": shelves, "left": left,
            "notes": self.notes().collect::<Vec<_>>(),
            "rules_version": self.published.as_ref().map(|published| published.number),
        })
    }

    fn tell(&self) -> Result<(), Fault> {
        for note in self.notes() {
            say(format_args!("Note: {note}"))?;
        }
        let changed = [
            count(self.imported.locations as u64, "location"),
            count(self.imported.products as u64, "product"),
            counted(self.imported.shelves as u64, "shelf", "shelves"),
            count(self.imported.files as u64, "settings file"),
        ];
        say(format_args!("Added or changed: {}.", listed(&changed)))?;
        self.published.as_ref().map_or(Ok(()), Published::tell)
    }
}

async fn bring_in(baton: &Baton, from: &Path) -> Result<Came, Fault> {
    let call = call();
    let imported = import_folder(&baton.db, &call, from).await?;
    let mut came = Came { imported, published: None, unpublished: None };
    let Some((name, content)) = came.imported.rules.clone() else { return Ok(came) };
    let any =
        baton.db.read::<_, DbError>(|tx| Box::pin(async move { rule_sets::newest(tx, i64::MAX, 1).await }));
    if !any.await?.is_empty() {
        return Ok(came);
    }
    let rules = SaveRules { name: String::new(), content, comment: format!("{name} of the imported folder") };
    match publish(baton, &call, (rules, None)).await {
        Ok(published) => came.published = Some(published),
        Err(fault) => {
            let why = format!("{name} does not hold: {fault}. Mend it, and run baton rules publish");
            came.unpublished = Some(why);
        }
    }
    Ok(came)
}

fn olist((from, to): (&Path, &Path), locations: u16, is_json: bool) -> Result<Verdict, Fault> {
    let options = OlistOptions { locations: locations.into(), ..OlistOptions::default() };
    let summary = convert_olist(from, to, options)?;
    if is_json {
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
