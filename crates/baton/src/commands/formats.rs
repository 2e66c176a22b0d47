//! `baton formats`: the files and columns that are read.

use crate::fault::{Fault, Verdict, say};
use clap::Args;
use connect::files::{Need, layout};
use serde_json::json;

#[derive(Args)]
#[command(after_help = "Examples:\n  baton formats\n  baton formats orders.csv\n  baton formats --json")]
pub(crate) struct Formats {
    /// Only this file
    file: Option<String>,
    /// Print the files and columns as JSON
    #[arg(long)]
    json: bool,
}

impl Formats {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        let files: Vec<_> = layout()
            .into_iter()
            .filter(|file| self.file.as_ref().is_none_or(|wanted| file.file == wanted))
            .collect();
        if files.is_empty() {
            return Err(Fault::Other("no such file is read; `baton formats` lists all".into()));
        }
        if self.json {
            let column = |c: &connect::files::Column| json!({"column": c.name, "needed": needed(c.need), "default": c.default, "unit": c.unit, "meaning": c.meaning});
            let file = |f: &connect::files::FileLayout| json!({"file": f.file, "needed": needed(f.need), "meaning": f.meaning, "columns": f.columns.iter().map(column).collect::<Vec<_>>()});
            say(serde_json::Value::from(files.iter().map(file).collect::<Vec<_>>()))?;
            return Ok(Verdict::Fine);
        }
        for file in files {
            say(format_args!("{} ({}): {}", file.file, needed(file.need), file.meaning))?;
            for column in file.columns {
                let default = if column.default.is_empty() {
                    String::new()
                } else {
                    format!(", default {}", column.default)
                };
                let unit = if column.unit.is_empty() { String::new() } else { format!(" [{}]", column.unit) };
                say(format_args!(
                    "  {:<34} {}{default}{unit}: {}",
                    column.name,
                    needed(column.need),
                    column.meaning
                ))?;
            }
            say("")?;
        }
        Ok(Verdict::Fine)
    }
}

fn needed(need: Need) -> &'static str {
    match need {
        Need::Required => "required",
        Need::Optional => "optional",
    }
}
