//! `baton demo`: a demo retailer's folder, assessed.

use crate::commands::assess::Assess;
use crate::fault::{Fault, Verdict, plain_words, say};
use crate::numbers::whole;
use clap::{Args, Parser};
use connect::files::OutFile;
use replay::{Demo as Retailer, DemoPlan};
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "Examples:\n  baton demo\n  baton demo --dir shop --orders 20000\n\n\
    The retailer is made up: one warehouse, four stores, about 300 products, 90 days of orders.\n\
    The same seed gives the same files. Files of an earlier demo in the folder are replaced.")]
pub(crate) struct Demo {
    /// Folder to write
    #[arg(long, value_name = "DIR", default_value = "demo")]
    dir: PathBuf,
    /// Orders in the 90 days
    #[arg(long, default_value_t = 6_000, value_parser = |text: &str| whole::<u32>(text, 100..=1_000_000))]
    orders: u32,
    /// Another seed, another retailer
    #[arg(long, default_value_t = 1, value_parser = |text: &str| whole::<u64>(text, 0..=u64::MAX))]
    seed: u64,
}

/// Rules that the demo's team keeps: enough to see what a rule is worth.
const RULES: &str = "\
# The demo retailer's rules. Change a sentence, then:
#   baton rules check demo/rules.txt --data demo
#   baton replay --data demo --rules lowest-cost --rules demo/rules.txt --worth
Rule set: House rules

Guardrails
At most 3 parcels.

Rules
When the order is for shipping, keep at least 1 at stores.
When an item is fragile, prefer warehouses, worth $1.50 a parcel.
Flag low stock when fewer than 2 are left.
";

const ABOUT: &str = "\
# Demo retailer

Made by `baton demo`: the retailer is made up, the cities are real. `baton demo` replaces these files.
";

/// Marks a folder that the demo may write over.
const MARK: &str = "README.md";

impl Demo {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        self.make_room()?;
        let points = connect::files::zip3_points();
        let retailer = Retailer::build(
            &DemoPlan { orders: self.orders, seed: self.seed, ..DemoPlan::default() },
            &points,
        );
        let rules = ("rules.txt".to_owned(), RULES.to_owned());
        let mark = (MARK.to_owned(), ABOUT.to_owned());
        for (name, contents) in retailer.files().into_iter().chain([rules, mark]) {
            let path = self.dir.join(name);
            let mut file = OutFile::create(&path, &[])?;
            file.write_all(contents.as_bytes()).map_err(|error| file.fault(&error))?;
            file.finish()?;
        }
        say(format_args!(
            "The demo retailer is in {}. Assessing it: baton assess {}",
            self.dir.display(),
            self.dir.display()
        ))?;
        let report = self.dir.join("report.html");
        let arguments = ["assess".as_ref(), self.dir.as_os_str(), "--out".as_ref(), report.as_os_str()];
        AssessCommand::parse_from(arguments).assess.run()
    }

    /// The folder is made, or is an earlier demo's.
    fn make_room(&self) -> Result<(), Fault> {
        let is_ours = |dir: &Path| {
            std::fs::read_to_string(dir.join(MARK)).is_ok_and(|text| text.starts_with("# Demo retailer"))
        };
        let is_free = std::fs::read_dir(&self.dir).map_or(true, |mut entries| entries.next().is_none());
        if !is_free && !is_ours(&self.dir) {
            let dir = self.dir.display();
            return Err(Fault::Other(format!(
                "{dir} holds files that are not a demo's; name another folder with --dir"
            )));
        }
        std::fs::create_dir_all(&self.dir).map_err(|error| {
            Fault::Other(format!("{} cannot be made: {}", self.dir.display(), plain_words(&error)))
        })
    }
}

/// The defaults of `baton assess`, read from its own arguments.
#[derive(Parser)]
struct AssessCommand {
    #[command(flatten)]
    assess: Assess,
}
