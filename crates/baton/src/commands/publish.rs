//! `baton rules publish`: rules of a file into the books, as a new version that holds at once.

use crate::books::{self, Books, call};
use crate::fault::{Fault, Verdict, say};
use clap::Args;
use flow::rules::{PublishRules, Remark, SaveRules, read_set, remarks};
use flow::{Baton, Call};
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton rules publish rules.txt --comment 'fragile from the warehouse only'\n  \
    baton rules publish rules.txt --json\n\nEarlier versions stay; publishing one of them again rolls back."
)]
pub(crate) struct Publish {
    /// A file of rules
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Why, for whoever reads the history
    #[arg(long, value_name = "TEXT", default_value = "")]
    comment: String,
    #[command(flatten)]
    books: Books,
    /// Print the version and what the linter says as JSON
    #[arg(long)]
    json: bool,
}

/// A version that holds now.
pub(crate) struct Published {
    pub(crate) number: i64,
    name: String,
    remarks: Vec<Remark>,
}

impl Published {
    /// What the linter says, and what holds.
    pub(crate) fn tell(&self) -> Result<(), Fault> {
        for remark in &self.remarks {
            say(format_args!("{}: {} {}", remark.severity, remark.say, remark.remedy))?;
        }
        say(format_args!("{} holds from now on, as version {}.", self.name, self.number))
    }
}

impl Publish {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let content = std::fs::read_to_string(&self.file).map_err(|error| {
            let why = connect::files::plain_words(&error);
            Fault::Other(format!("{} cannot be read: {why}", self.file.display()))
        })?;
        let published = books::wait(async {
            let baton = self.books.open_current().await?;
            let rules = SaveRules { name: String::new(), content, comment: self.comment.clone() };
            let published = publish(&baton, &call(), rules).await;
            baton.db.close().await;
            published
        })?;
        if self.json {
            let remarks = published.remarks.iter().map(|remark| {
                json!({ "severity": remark.severity, "code": remark.code, "rule": remark.rule, "message": remark.say,
                    "remedy": remark.remedy })
            });
            say(json!({ "version": published.number, "name": published.name,
                "remarks": remarks.collect::<Vec<_>>() }))?;
            return Ok(Verdict::Fine);
        }
        published.tell()?;
        Ok(Verdict::Fine)
    }
}

/// Saves rules and has them hold at once.
pub(crate) async fn publish(baton: &Baton, call: &Call, rules: SaveRules) -> Result<Published, Fault> {
    let comment = rules.comment.clone();
    let row = baton.perform(call, rules).await?;
    let shop = baton.shop(call.at_ms).await?;
    let set = read_set(&row, shop.network.currency)?;
    baton.perform(call, PublishRules { number: row.number, live_from_ms: None, comment }).await?;
    Ok(Published { number: row.number, name: row.name, remarks: remarks(&set, &shop.network) })
}
