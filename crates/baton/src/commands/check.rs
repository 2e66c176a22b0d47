//! `baton check`: whether the books add up, and nobody changed the log of events.

use crate::books::{self, Books};
use crate::fault::{Fault, Verdict, say};
use clap::Args;
use flow::check_books::check_books;
use model::words::count;
use serde_json::json;

#[derive(Args)]
#[command(after_help = "Examples:\n  baton check\n  baton check --database shop.sqlite --json\n\n\
    It only reads, also while baton serve runs; that looks by itself every hour.")]
pub(crate) struct Check {
    #[command(flatten)]
    books: Books,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let findings = books::wait(async { Ok(check_books(&self.books.look().await?).await?) })?;
        let sentences = findings.sentences();
        if self.json {
            say(
                json!({ "is_sound": findings.are_none(), "events": findings.head.place, "findings": sentences }),
            )?;
        } else if findings.are_none() {
            let events = count(findings.head.place.unsigned_abs(), "sealed event");
            say(format_args!("The books are sound: stock adds up, and the log of {events} is unbroken."))?;
        } else {
            for sentence in &sentences {
                say(sentence)?;
            }
            say(
                "Keep these books as they are, go on from the last good backup (baton restore), and report this.",
            )?;
        }
        Ok(if findings.are_none() { Verdict::Fine } else { Verdict::LookAtIt })
    }
}
