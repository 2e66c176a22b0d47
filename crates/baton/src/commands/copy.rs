//! `baton copy`: whole books to another database, from SQLite to PostgreSQL or back.

use crate::books::{self, Books, now_ms, opened};
use crate::fault::{Fault, Verdict, say};
use crate::progress::Bar;
use clap::Args;
use model::words::{count, grouped};
use serde_json::json;
use std::fs;
use store::copy::{Copy as Source, CopyError, copy_watched};
use store::db::is_postgres;
use store::migrations;
use store::tables::Sum;

#[derive(Args)]
#[command(after_help = "Examples:\n  baton copy --to postgres://baton@localhost/baton\n  \
    baton copy --database postgres://baton@localhost/baton --to shop.sqlite\n\n\
    Stop baton serve first. A copy that was cut off goes on where it stood when the same command is given again. At the \
    end every table of both is compared, cell by cell.")]
pub(crate) struct Copy {
    #[command(flatten)]
    books: Books,
    /// An empty database: a file of SQLite, or postgres://user@host/name
    #[arg(long, env = "BATON_COPY_TO", value_name = "PLACE", hide_env_values = true)]
    to: String,
    /// Print what was copied as JSON
    #[arg(long)]
    json: bool,
}

impl Copy {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let from = self.books.place()?;
        if name(&from) == name(&self.to) {
            return Err(Fault::Other("both are the same database; name another one with --to".to_owned()));
        }
        let copied = books::wait(async {
            let source = self.books.open_current().await?.db;
            let target = opened(&self.to).await?;
            migrations::migrate(&target, now_ms()).await?;
            let bar = Bar::new("copying");
            let asked = Source { source: name(&from), now_ms: now_ms() };
            let copied = copy_watched(&source, &target, asked, &|rows| bar.show(rows.done, rows.all)).await;
            target.close().await;
            source.close().await;
            Ok(copied)
        })?;
        match copied {
            Ok(tables) => self.tell(&tables),
            Err(CopyError::Database(error)) => Err(error.into()),
            Err(differs @ CopyError::Differs { .. }) => {
                say(differs)?;
                Ok(Verdict::LookAtIt)
            }
            Err(other) => Err(Fault::Other(other.to_string())),
        }
    }

    fn tell(&self, tables: &[Sum]) -> Result<Verdict, Fault> {
        let rows: i64 = tables.iter().map(|sum| sum.rows).sum();
        match self.json {
            true => say(json!({ "to": name(&self.to), "rows": rows, "tables": tables }))?,
            false => say(format_args!(
                "Copied {} rows in {}, and both hold the same. Next: baton serve with the new database.",
                grouped(rows.unsigned_abs()),
                count(tables.len() as u64, "table")
            ))?,
        }
        Ok(Verdict::Fine)
    }
}

/// What a database is called without its password, and a file wherever one stands.
fn name(place: &str) -> String {
    if !is_postgres(place) {
        let whole = fs::canonicalize(place);
        return whole.map_or_else(|_| place.to_owned(), |whole| whole.display().to_string());
    }
    let (_, rest) = place.split_once("://").unwrap_or(("", place));
    let rest = rest.split('?').next().unwrap_or(rest);
    rest.rsplit_once('@').map_or(rest, |(_, host)| host).to_owned()
}
