//! `baton rules`: check, explain, test, replay and publish rules.

use crate::commands::publish::Publish;
use crate::commands::rule_cases;
use crate::commands::rule_replay::ReplayRules;
use crate::fault::{Fault, Verdict, say};
use crate::rule_check;
use crate::rule_choice::{self, Found};
use crate::source::Source;
use clap::{Args, Subcommand};
use connect::files::OutFile;
use engine::lint::{Finding, Severity, lint};
use engine::rules::starter;
use model::words::count;
use model::{Currency, RuleRef};
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton rules starter > rules.txt\n  baton rules check rules.txt --data shop\n  \
    baton rules explain rules.txt\n  baton rules test cases.txt --rules rules.txt --data shop\n  baton rules replay --number 3\n  baton rules words"
)]
pub(crate) struct Rules {
    #[command(subcommand)]
    verb: Verb,
}

/// Before the starter set: it is simple, not cheap.
const STARTER_NOTE: &str = "\
# A simple set for a team to start from: it can be read aloud and changed sentence by sentence.
# It is not the cheapest way: the nearest store comes first, whatever it costs. This tells what that costs
# beside the lowest cost, and what each sentence is worth:
#   baton replay --data DIR --rules lowest-cost --rules FILE --worth";

#[derive(Subcommand)]
enum Verb {
    /// Find contradictions, rules that never fire, orders that nobody may serve
    #[command(
        after_help = "Examples:\n  baton rules check rules.txt --data shop\n  baton rules check rules.txt --data shop --json"
    )]
    Check {
        /// A file of rules, or a named set
        #[arg(value_name = "RULES", long_help = rule_choice::HELP)]
        rules: String,
        /// Folder with the locations and products that the rules are about
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// Rewrite the file's sentences as they are kept: $3.00 becomes $3. Comments and blank lines stay
        #[arg(long)]
        fix: bool,
        /// Print the findings as JSON
        #[arg(long)]
        json: bool,
    },
    /// The rules as plain sentences and as a decision tree
    #[command(
        after_help = "Examples:\n  baton rules explain rules.txt\n  baton rules explain rules.txt --currency EUR --json"
    )]
    Explain {
        /// A file of rules, or a named set
        #[arg(value_name = "RULES", long_help = rule_choice::HELP)]
        rules: String,
        /// Currency of the amounts in the file; with --data the shop's own
        #[arg(long, default_value = "USD")]
        currency: String,
        /// Folder of the shop; sets that depend on its places need it
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// Print sentences and tree as JSON
        #[arg(long)]
        json: bool,
    },
    /// Decide named cases and compare with what is expected
    #[command(
        after_help = "Examples:\n  baton rules test cases.txt --rules rules.txt --data shop\n  baton rules test cases.txt --data shop --json"
    )]
    Test {
        /// The file of cases
        cases: PathBuf,
        /// The rules to test; without it the folder's own, else the lowest cost
        #[arg(long, value_name = "RULES", long_help = rule_choice::HELP)]
        rules: Option<String>,
        /// Folder with the locations, products and stock that the cases begin from
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// Print the results as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the starter set, to begin a file with
    #[command(after_help = "Example:\n  baton rules starter > rules.txt")]
    Starter {
        /// Print the text as JSON
        #[arg(long)]
        json: bool,
    },
    /// Put a file of rules into the books, to hold at once or from a moment on
    Publish(Publish),
    /// What a version would have made of the orders in the books
    Replay(ReplayRules),
    /// Every phrase that rules are made of, with an example
    #[command(after_help = "Example:\n  baton rules words")]
    Words {
        /// Print the text as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Rules {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        match self.verb {
            Verb::Check { rules, data, fix, json } => check(&rules, &data, (Form::of(json), Fix::of(fix))),
            Verb::Explain { rules, currency, data, json } => {
                explain(&rules, (&currency, data.as_deref()), Form::of(json))
            }
            Verb::Test { cases, rules, data, json } => {
                let source = Source::open(&data)?;
                let rules = rule_choice::asked_or_own(rules.as_deref(), &source)?;
                rule_cases::test(&cases, &rules, &source, Form::of(json))
            }
            Verb::Starter { json } => {
                let text = format!("{STARTER_NOTE}\n{}", starter().write(Currency::USD));
                print_text(&text, Form::of(json))
            }
            Verb::Publish(command) => command.run(),
            Verb::Replay(command) => command.run(),
            Verb::Words { json } => print_text(&engine::rules::manual(), Form::of(json)),
        }
    }
}

/// How results are printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Json,
}

/// What `rules check` mends by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fix {
    Nothing,
    Spelling,
}

impl Fix {
    fn of(is_asked: bool) -> Fix {
        if is_asked { Fix::Spelling } else { Fix::Nothing }
    }
}

impl Form {
    fn of(is_json: bool) -> Form {
        if is_json { Form::Json } else { Form::Text }
    }
}

fn print_text(text: &str, form: Form) -> Result<Verdict, Fault> {
    match form {
        Form::Text => say(text.trim_end())?,
        Form::Json => say(json!({"text": text}))?,
    }
    Ok(Verdict::Fine)
}

fn check(choice: &str, data: &Path, (form, fix): (Form, Fix)) -> Result<Verdict, Fault> {
    let source = Source::open(data)?;
    let network = &source.problem.network;
    let mut found = rule_choice::find(choice, network)?;
    let mut rewritten = 0;
    if fix == Fix::Spelling && !found.respelled.is_empty() {
        rewrite(Path::new(choice), &found.kept)?;
        rewritten = std::mem::take(&mut found.respelled).len();
    }
    let findings = lint(&found.file.set, network);
    match form {
        Form::Json => say(json_of(&found, &findings))?,
        Form::Text => print(&found, &findings, rewritten)?,
    }
    let is_bad = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if is_bad { Verdict::LookAtIt } else { Verdict::Fine })
}

/// Replaces a file by its text as it is kept.
fn rewrite(path: &Path, text: &str) -> Result<(), Fault> {
    let mut file = OutFile::create(path, &[])?;
    file.write_all(text.as_bytes()).map_err(|error| file.fault(&error))?;
    file.finish()?;
    Ok(())
}

fn print(found: &Found, findings: &[Finding], rewritten: usize) -> Result<(), Fault> {
    for finding in findings {
        say(rule_check::line(found, finding))?;
    }
    for respelled in &found.respelled {
        say(format_args!("{}, {respelled}", found.name))?;
    }
    if !found.respelled.is_empty() {
        say("--fix spells them so. Whatever runs meanwhile takes them as they are understood, and says so.")?;
    }
    if rewritten > 0 {
        let were = if rewritten == 1 { "was rewritten as it is" } else { "were rewritten as they are" };
        say(format_args!("{} of {} {were} kept.", count(rewritten as u64, "line"), found.name))?;
    }
    match rule_check::nothing(found) {
        Some(nothing) => say(nothing),
        None if findings.is_empty() && found.respelled.is_empty() => {
            say(format_args!("{}, nothing to mend.", count(found.sentences() as u64, "sentence")))
        }
        None => Ok(()),
    }
}

/// Findings of the linter, and after them the lines that are spelled otherwise than they are kept.
fn json_of(found: &Found, findings: &[Finding]) -> serde_json::Value {
    let line = |rule: Option<RuleRef>| rule.and_then(|rule| found.file.line_of(rule));
    let of_linter = findings.iter().map(|finding| {
        json!({
            "severity": finding.severity.code(), "code": finding.code, "line": line(finding.rule),
            "rule": finding.rule.map(engine::json::rule_code), "other": finding.other.map(engine::json::rule_code),
            "message": finding.message, "remedy": finding.remedy,
        })
    });
    let of_spelling = found.respelled.iter().map(|error| {
        json!({
            "severity": "hint", "code": "spelling", "line": error.line, "rule": null, "other": null,
            "message": error.problem, "remedy": error.remedy,
        })
    });
    of_linter.chain(of_spelling).collect()
}

fn explain(choice: &str, (currency, data): (&str, Option<&Path>), form: Form) -> Result<Verdict, Fault> {
    let currency = Currency::from_code(currency).ok_or_else(|| {
        Fault::Other(format!("'{currency}' is not a currency; write three capital letters such as USD"))
    })?;
    let (found, currency) = match data {
        Some(data) => {
            let source = Source::open(data)?;
            let network = &source.problem.network;
            let found = rule_choice::find(choice, network)?;
            rule_check::look_over(&found, network)?;
            (found, network.currency)
        }
        None => (rule_choice::find_without_shop(choice, currency)?, currency),
    };
    if form == Form::Json {
        let sentences: Vec<String> = engine::tree::plain(&found.file.set, currency);
        let tree = engine::tree::tree(&found.file.set, currency);
        say(json!({"rule_set": found.file.set.name, "lines": sentences, "tree": tree}))?;
        return Ok(Verdict::Fine);
    }
    for line in engine::tree::plain(&found.file.set, currency) {
        say(line)?;
    }
    say("")?;
    say(engine::tree::tree(&found.file.set, currency).trim_end())?;
    Ok(Verdict::Fine)
}
