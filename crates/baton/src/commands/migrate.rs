//! `baton migrate`: the books at the version of this program.

use crate::books::{self, Books, now_ms};
use crate::fault::{Fault, Verdict, say};
use clap::Args;
use model::words::count;
use serde_json::json;
use std::path::{Path, PathBuf};
use store::db::is_postgres;
use store::migrations::{migrate, missing, reached, snapshot_of};

#[derive(Args)]
#[command(after_help = "Examples:\n  baton migrate --dry-run\n  baton migrate --database shop.sqlite\n\n\
    baton serve does the same when it starts. Before books in a file are changed, a backup of them is made beside it.")]
pub(crate) struct Migrate {
    #[command(flatten)]
    books: Books,
    /// Say what would be done, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Print the steps as JSON
    #[arg(long)]
    json: bool,
}

/// What was done, or would be.
struct Done {
    from: i64,
    steps: Vec<(i64, &'static str)>,
    snapshot: Option<PathBuf>,
}

impl Migrate {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let done =
            books::wait(async { if self.dry_run { self.plan().await } else { self.carry_out().await } })?;
        let names: Vec<String> = done.steps.iter().map(|(number, name)| format!("{number} {name}")).collect();
        if self.json {
            say(json!({
                "dry_run": self.dry_run, "from": done.from, "steps": names,
                "backup": done.snapshot.map(|file| file.display().to_string()),
            }))?;
            return Ok(Verdict::Fine);
        }
        if names.is_empty() {
            say(format_args!("The books are of the newest version (step {}).", done.from))?;
            return Ok(Verdict::Fine);
        }
        let steps = format!("{}: {}", count(names.len() as u64, "step"), names.join(", "));
        let backup =
            done.snapshot.map(|file| format!(" A backup of the books before is {}.", file.display()));
        match self.dry_run {
            true => say(format_args!("Nothing was changed. baton migrate would take {steps}."))?,
            false => say(format_args!("Took {steps}.{}", backup.unwrap_or_default()))?,
        }
        Ok(Verdict::Fine)
    }

    async fn plan(&self) -> Result<Done, Fault> {
        let db = self.books.look_at_any().await?;
        Ok(Done { from: reached(&db).await?, steps: missing(&db).await?, snapshot: None })
    }

    async fn carry_out(&self) -> Result<Done, Fault> {
        let place = self.books.place()?;
        let db = books::opened(&place).await?;
        let (from, steps) = (reached(&db).await?, missing(&db).await?);
        migrate(&db, now_ms()).await?;
        db.close().await;
        let has_snapshot = from > 0 && !steps.is_empty() && !is_postgres(&place);
        let snapshot = has_snapshot.then(|| snapshot_of(Path::new(&place), from));
        Ok(Done { from, steps, snapshot })
    }
}
