//! `baton rules publish`: rules of a file into the books, as a new version that holds at once or from a moment on.

use crate::books::{self, Books, call};
use crate::fault::{Fault, Verdict, say};
use clap::Args;
use flow::rules::{PublishRules, Remark, SaveRules, read_set, remarks};
use flow::{Baton, Call};
use model::Timestamp;
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton rules publish rules.txt --comment 'fragile from the warehouse only'\n  \
    baton rules publish rules.txt --at 2026-11-27T06:00:00-05:00\n  baton rules publish rules.txt --json\n\nEarlier versions stay; publishing one of them again rolls back."
)]
pub(crate) struct Publish {
    /// A file of rules
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Why, for whoever reads the history
    #[arg(long, value_name = "TEXT", default_value = "")]
    comment: String,
    /// From when on it holds, such as 2026-11-27T06:00:00-05:00; without it, at once
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<Timestamp>,
    #[command(flatten)]
    books: Books,
    /// Print the version and what the linter says as JSON
    #[arg(long)]
    json: bool,
}

fn time(text: &str) -> Result<Timestamp, String> {
    let say = "write a time with its offset, such as 2026-11-27T06:00:00-05:00 or 2026-11-27T11:00:00Z";
    Timestamp::from_rfc3339(text).ok_or_else(|| say.to_owned())
}

/// A version that holds, or will.
pub(crate) struct Published {
    pub(crate) number: i64,
    name: String,
    /// `None`: it holds now.
    at: Option<Timestamp>,
    remarks: Vec<Remark>,
}

impl Published {
    /// What the linter says, and what holds.
    pub(crate) fn tell(&self) -> Result<(), Fault> {
        for remark in &self.remarks {
            say(format_args!("{}: {} {}", remark.severity, remark.say, remark.remedy))?;
        }
        let from = self.at.map_or("now".to_owned(), |at| at.to_string());
        say(format_args!("{} holds from {from} on, as version {}.", self.name, self.number))
    }
}

impl Publish {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let content = std::fs::read_to_string(&self.file).map_err(|error| {
            let why = connect::files::plain_words(&error);
            Fault::Other(format!("{} cannot be read: {why}", self.file.display()))
        })?;
        let call = call();
        // Before the rules are saved: a version that nobody wanted to keep would stay.
        if self.at.is_some_and(|at| at.0 < call.at_ms) {
            return Err(Fault::Other("--at lies in the past; leave it out to publish at once".to_owned()));
        }
        let published = books::wait(async {
            let baton = self.books.open_current().await?;
            let rules = SaveRules { name: String::new(), content, comment: self.comment.clone() };
            let published = publish(&baton, &call, (rules, self.at)).await;
            baton.db.close().await;
            published
        })?;
        if self.json {
            let remarks = published.remarks.iter().map(|remark| {
                json!({ "severity": remark.severity, "code": remark.code, "rule": remark.rule, "message": remark.say,
                    "remedy": remark.remedy })
            });
            say(json!({ "version": published.number, "name": published.name,
                "live_from": published.at.map(|at| at.to_string()), "remarks": remarks.collect::<Vec<_>>() }))?;
            return Ok(Verdict::Fine);
        }
        published.tell()?;
        Ok(Verdict::Fine)
    }
}

/// Saves rules and has them hold from a moment on; `None`: at once.
pub(crate) async fn publish(
    baton: &Baton,
    call: &Call,
    (rules, at): (SaveRules, Option<Timestamp>),
) -> Result<Published, Fault> {
    let comment = rules.comment.clone();
    let row = baton.perform(call, rules).await?;
    let shop = baton.shop(call.at_ms).await?;
    let set = read_set(&row, shop.network.currency)?;
    baton
        .perform(call, PublishRules { number: row.number, live_from_ms: at.map(|at| at.0), comment })
        .await?;
    Ok(Published { number: row.number, name: row.name, at, remarks: remarks(&set, &shop.network) })
}
