//! `baton demo`: a demo retailer's folder, assessed.

use crate::argument;
use crate::commands::assess::Assess;
use crate::fault::{Fault, Verdict, say};
use clap::{Args, Parser};
use connect::files::{OutFile, plain_words};
use replay::{Demo as Retailer, DemoPlan};
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton demo\n  baton demo --dir shop --orders 20000\n  baton demo --json\n\n\
    The retailer is made up: one warehouse, four stores, about 300 products, 90 days of orders.\n\
    The same seed gives the same files. Files of an earlier demo in the folder are replaced, but for rules.txt\n\
    where somebody has changed it."
)]
pub(crate) struct Demo {
    /// Folder to write
    #[arg(long, value_name = "DIR", default_value = "demo")]
    dir: PathBuf,
    /// Orders in the 90 days
    #[arg(long, default_value_t = 6_000, value_parser = argument::whole::<u32>(100..=1_000_000))]
    orders: u32,
    /// Another seed, another retailer
    #[arg(long, default_value_t = 1, value_parser = argument::whole::<u64>(0..=u64::MAX))]
    seed: u64,
    /// Print the figures of the assessment as JSON
    #[arg(long)]
    json: bool,
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

const RULES_FILE: &str = "rules.txt";

const ABOUT: &str = "\
# Demo retailer

Made by `baton demo`: the retailer is made up, the cities are real. `baton demo` replaces these files, but for
rules.txt where somebody has changed it.
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
        let is_kept = self.has_own_rules();
        let rules = (!is_kept).then(|| (RULES_FILE.to_owned(), RULES.to_owned()));
        let mark = (MARK.to_owned(), ABOUT.to_owned());
        for (name, contents) in retailer.files().into_iter().chain(rules).chain([mark]) {
            let path = self.dir.join(name);
            let mut file = OutFile::create(&path, &[])?;
            file.write_all(contents.as_bytes()).map_err(|error| file.fault(&error))?;
            file.finish()?;
        }
        if !self.json {
            self.say_what_is_there(is_kept)?;
        }
        let report = self.dir.join("report.html");
        let mut arguments =
            vec!["assess".as_ref(), self.dir.as_os_str(), "--out".as_ref(), report.as_os_str()];
        arguments.extend(self.json.then_some(std::ffi::OsStr::new("--json")));
        AssessCommand::parse_from(arguments).assess.run()
    }

    /// The rules of an earlier demo were changed: somebody's work.
    fn has_own_rules(&self) -> bool {
        std::fs::read(self.dir.join(RULES_FILE)).is_ok_and(|text| text != RULES.as_bytes())
    }

    // tidy: allow bool — the caller has asked before the files were written, and cannot ask again
    fn say_what_is_there(&self, is_kept: bool) -> Result<(), Fault> {
        let dir = self.dir.display();
        say(format_args!("The demo retailer is in {dir}. Assessing it: baton assess {dir}"))?;
        if is_kept {
            let rules = self.dir.join(RULES_FILE);
            say(format_args!(
                "{} was changed and is kept; remove it to get the demo's own rules back.",
                rules.display()
            ))?;
        }
        Ok(())
    }

    /// The folder is made, or is an earlier demo's.
    fn make_room(&self) -> Result<(), Fault> {
        let is_ours = |dir: &Path| {
            std::fs::read_to_string(dir.join(MARK)).is_ok_and(|text| text.starts_with("# Demo retailer"))
        };
        if self.dir.exists() && !self.dir.is_dir() {
            let dir = self.dir.display();
            return Err(Fault::Other(format!("{dir} is a file; name a folder with --dir")));
        }
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
