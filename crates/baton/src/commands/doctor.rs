//! `baton doctor`: what needs a look before it hurts, and what to do about each.
//!
//! Owns: what is asked and how it is printed. Refuses to know: what is looked at, which `flow::doctor` knows; certificates are
//! looked at here, for the books know nothing of them.

mod certificates;

use crate::books::{self, Books};
use crate::commands::backup::Kept;
use crate::commands::serve::Looked;
use crate::fault::{Fault, Verdict, say};
use clap::Args;
use flow::doctor::{BooksLook, Checkup, LEAST_FREE, Look, MoreLooks};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use store::db::is_postgres;

#[derive(Args)]
#[command(after_help = "Examples:\n  baton doctor\n  baton doctor --backups /srv/backups --json\n\n\
    It only reads, also while baton serve runs. Exit code 1: something needs a look.")]
pub(crate) struct Doctor {
    #[command(flatten)]
    books: Books,
    #[command(flatten)]
    kept: Kept,
    #[command(flatten)]
    https: Looked,
    /// Megabytes that should stay free on the disk, at least
    #[arg(long, value_name = "MB", env = "BATON_LEAST_FREE", default_value_t = LEAST_FREE)]
    least_free: u32,
    /// Print the looks as JSON
    #[arg(long)]
    json: bool,
}

/// Looks at certificates and their keys, for books at this place.
pub(crate) fn certificates(looked: Looked, place: &str) -> MoreLooks {
    let place = place.to_owned();
    Arc::new(move |now_ms| certificates::all(&looked, &place, now_ms))
}

fn shown(look: &Look) -> Value {
    json!({
        "of": look.of, "is_well": look.is_well(), "state": look.state.code(), "seen": look.seen,
        "remedy": look.remedy,
    })
}

impl Doctor {
    fn checkup(&self, place: &str) -> Result<Checkup, Fault> {
        let in_file: Looked =
            self.books.config.as_deref().map(books::settings).transpose()?.unwrap_or_default();
        let Looked { https_folder, certificate, key } = self.https.clone();
        let looked = Looked {
            https_folder: https_folder.or(in_file.https_folder),
            certificate: certificate.or(in_file.certificate),
            key: key.or(in_file.key),
        };
        Ok(Checkup {
            books: (!is_postgres(place)).then(|| PathBuf::from(place)),
            backups: Some(self.kept.folder(&self.books)?),
            least_free: self.least_free,
            look: BooksLook::Now,
            more: certificates(looked, place),
        })
    }

    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        // A file of settings that cannot be read is a fault; a database that cannot be opened is a finding.
        let checkup = self.checkup(&self.books.place()?)?;
        let now_ms = books::now_ms();
        let looks = books::wait(async {
            Ok(match self.books.look_at_any().await {
                Ok(db) => checkup.looks(&db, now_ms).await?,
                Err(fault) => checkup.looks_without_books(&fault.to_string(), now_ms),
            })
        })?;
        let is_well = looks.iter().all(Look::is_well);
        match self.json {
            true => {
                let looks: Vec<Value> = looks.iter().map(shown).collect();
                say(json!({ "is_well": is_well, "looks": looks }))?;
            }
            false => print(&looks, is_well)?,
        }
        Ok(if is_well { Verdict::Fine } else { Verdict::LookAtIt })
    }
}

fn print(looks: &[Look], is_well: bool) -> Result<(), Fault> {
    for look in looks {
        let state = if look.is_well() { "well" } else { "LOOK" };
        say(format_args!("{state}  {:<9} {}", look.of, look.seen))?;
        if let Some(remedy) = &look.remedy {
            say(format_args!("      → {remedy}"))?;
        }
    }
    if is_well { say("All is well.") } else { Ok(()) }
}
