//! `baton rules`: check, explain and test rule files.

use crate::commands::rule_cases;
use crate::fault::{Fault, Verdict, say};
use crate::rule_choice;
use crate::source::Source;
use clap::{Args, Subcommand};
use engine::lint::{Finding, Severity, lint};
use engine::rules::{RuleFile, starter};
use model::{Currency, RuleRef};
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton rules starter > rules.txt\n  baton rules check rules.txt --data shop\n  \
    baton rules explain rules.txt\n  baton rules test cases.txt --rules rules.txt --data shop\n  baton rules words"
)]
pub(crate) struct Rules {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Find contradictions, rules that never fire, orders that nobody may serve
    #[command(
        after_help = "Examples:\n  baton rules check rules.txt --data shop\n  baton rules check rules.txt --data shop --json"
    )]
    Check {
        /// The file of rules
        file: PathBuf,
        /// Folder with the locations and products that the rules are about
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// Print the findings as JSON
        #[arg(long)]
        json: bool,
    },
    /// The rules as plain sentences and as a decision tree
    #[command(
        after_help = "Examples:\n  baton rules explain rules.txt\n  baton rules explain rules.txt --currency EUR --json"
    )]
    Explain {
        /// The file of rules
        file: PathBuf,
        /// Currency of the amounts in the file
        #[arg(long, default_value = "USD")]
        currency: String,
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
            Verb::Check { file, data, json } => check(&file, &data, Form::of(json)),
            Verb::Explain { file, currency, json } => explain(&file, &currency, Form::of(json)),
            Verb::Test { cases, rules, data, json } => {
                let source = Source::open(&data)?;
                let rules = rule_choice::asked_or_own(rules.as_deref(), &source)?;
                rule_cases::test(&cases, &rules, &source, Form::of(json))
            }
            Verb::Starter { json } => print_text(&starter().write(Currency::USD), Form::of(json)),
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

fn check(file: &std::path::Path, data: &std::path::Path, form: Form) -> Result<Verdict, Fault> {
    let source = Source::open(data)?;
    let network = &source.problem.network;
    let rules = rule_choice::from_file(file, network.currency)?.set;
    let findings = lint(&rules, network);
    if form == Form::Json {
        say(serde_json::Value::from(findings.iter().map(finding_json).collect::<Vec<_>>()))?;
    } else {
        for finding in &findings {
            say(format_args!(
                "{}{}: {} {}",
                severity(finding),
                place(finding.rule),
                finding.message,
                finding.remedy
            ))?;
        }
        let sentences = rules.guardrails.len() + rules.rules.len();
        if findings.is_empty() {
            say(format_args!("{sentences} sentences, nothing to mend."))?;
        }
    }
    let is_bad = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if is_bad { Verdict::LookAtIt } else { Verdict::Fine })
}

fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

fn place(rule: Option<RuleRef>) -> String {
    rule.map_or(String::new(), |rule| format!(", {}", engine::json::rule_code(rule)))
}

fn finding_json(finding: &Finding) -> serde_json::Value {
    json!({
        "severity": severity(finding), "code": finding.code,
        "rule": finding.rule.map(engine::json::rule_code), "other": finding.other.map(engine::json::rule_code),
        "message": finding.message, "remedy": finding.remedy,
    })
}

fn explain(file: &std::path::Path, currency: &str, form: Form) -> Result<Verdict, Fault> {
    let currency = Currency::from_code(currency).ok_or_else(|| {
        Fault::Other(format!("'{currency}' is not a currency; write three capital letters such as USD"))
    })?;
    let rules: RuleFile = rule_choice::from_file(file, currency)?;
    if form == Form::Json {
        let sentences: Vec<String> = engine::tree::plain(&rules.set, currency);
        let tree = engine::tree::tree(&rules.set, currency);
        say(json!({"rule_set": rules.set.name, "lines": sentences, "tree": tree}))?;
        return Ok(Verdict::Fine);
    }
    for line in engine::tree::plain(&rules.set, currency) {
        say(line)?;
    }
    say("")?;
    say(engine::tree::tree(&rules.set, currency).trim_end())?;
    Ok(Verdict::Fine)
}
