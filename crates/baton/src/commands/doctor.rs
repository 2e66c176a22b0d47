//! `baton doctor`: what needs a look before it hurts, and what to do about each.
//!
//! Owns: the list of looks and their order. Refuses to know: how anything is mended; it only reads.

mod certificates;
mod looks;

use crate::books::{self, Books};
use crate::commands::backup::Backups;
use crate::commands::serve::Looked;
use crate::fault::{Fault, Verdict, say};
use clap::Args;
use serde_json::{Value, json};

/// Megabytes.
const LEAST_FREE: u32 = 1_024;

#[derive(Args)]
#[command(after_help = "Examples:\n  baton doctor\n  baton doctor --backups /srv/backups --json\n\n\
    It only reads, also while baton serve runs. Exit code 1: something needs a look.")]
pub(crate) struct Doctor {
    #[command(flatten)]
    books: Books,
    #[command(flatten)]
    backups: Backups,
    #[command(flatten)]
    https: Looked,
    /// Megabytes that should stay free on the disk, at least
    #[arg(long, value_name = "MB", env = "BATON_LEAST_FREE", default_value_t = LEAST_FREE)]
    least_free: u32,
    /// Print the looks as JSON
    #[arg(long)]
    json: bool,
}

/// One thing that was looked at.
struct Look {
    of: &'static str,
    /// What was seen.
    seen: String,
    /// What to do; `None`: nothing, it is well.
    remedy: Option<String>,
}

impl Look {
    fn well(of: &'static str, seen: impl Into<String>) -> Look {
        Look { of, seen: seen.into(), remedy: None }
    }

    fn needed(of: &'static str, seen: impl Into<String>, remedy: impl Into<String>) -> Look {
        Look { of, seen: seen.into(), remedy: Some(remedy.into()) }
    }

    fn json(&self) -> Value {
        json!({ "of": self.of, "is_well": self.remedy.is_none(), "seen": self.seen, "remedy": self.remedy })
    }
}

impl Doctor {
    fn certificates(&self, place: &str) -> Result<Vec<Look>, Fault> {
        let in_file: Looked =
            self.books.config.as_deref().map(books::settings).transpose()?.unwrap_or_default();
        let Looked { https_folder, certificate, key } = self.https.clone();
        let looked = Looked {
            https_folder: https_folder.or(in_file.https_folder),
            certificate: certificate.or(in_file.certificate),
            key: key.or(in_file.key),
        };
        Ok(certificates::all(&looked, place, books::now_ms()))
    }

    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        // A file of settings that cannot be read is a fault; a database that cannot be opened is a finding.
        let place = self.books.place()?;
        let certificates = self.certificates(&place)?;
        let mut looks = books::wait(async {
            match self.books.look_at_any().await {
                Ok(db) => looks::all(&db, &place, &self.backups.backups, self.least_free).await,
                Err(fault) => Ok(vec![Look::needed(
                    "database",
                    fault.to_string(),
                    "check the path or the address, that the server runs, and that this user may read it",
                )]),
            }
        })?;
        looks.extend(certificates);
        let is_well = looks.iter().all(|look| look.remedy.is_none());
        match self.json {
            true => {
                let looks: Vec<Value> = looks.iter().map(Look::json).collect();
                say(json!({ "is_well": is_well, "looks": looks }))?;
            }
            false => print(&looks, is_well)?,
        }
        Ok(if is_well { Verdict::Fine } else { Verdict::LookAtIt })
    }
}

fn print(looks: &[Look], is_well: bool) -> Result<(), Fault> {
    for look in looks {
        let state = if look.remedy.is_none() { "well" } else { "LOOK" };
        say(format_args!("{state}  {:<9} {}", look.of, look.seen))?;
        if let Some(remedy) = &look.remedy {
            say(format_args!("      → {remedy}"))?;
        }
    }
    if is_well { say("All is well.") } else { Ok(()) }
}
