//! Rule sets as the command line names them.

use crate::fault::Fault;
use crate::source::Source;
use connect::files::{BadInput, plain_words};
use engine::rules::{RuleFile, cost_only, starter};
use model::{Currency, Network, RuleSet};
use replay::Baseline;
use std::path::Path;

/// What `--rules` takes, for help texts.
pub(crate) const HELP: &str =
    "a file of rules, or one of: starter, lowest-cost, warehouse-first, nearest, ranked:CODE,CODE";

/// Reads a rule set by its name or from its file.
pub(crate) fn rule_set(choice: &str, network: &Network) -> Result<RuleSet, Fault> {
    match choice {
        "starter" => Ok(starter().set),
        "lowest-cost" => Ok(cost_only()),
        "warehouse-first" => Ok(Baseline::WarehouseFirst.rule_set(network)),
        "nearest" => Ok(Baseline::NearestWithTwo.rule_set(network)),
        _ => match choice.strip_prefix("ranked:") {
            Some(codes) => ranked(codes, network),
            None => from_file(Path::new(choice), network.currency).map(|file| file.set),
        },
    }
}

fn ranked(codes: &str, network: &Network) -> Result<RuleSet, Fault> {
    let codes: Vec<String> = codes.split(',').map(|code| code.trim().to_owned()).collect();
    match codes.iter().find(|code| network.location_by_code(code).is_none()) {
        Some(unknown) => {
            Err(Fault::Other(format!("ranked: '{unknown}' is not a location; use codes from locations.csv")))
        }
        None => Ok(Baseline::Ranked(codes).rule_set(network)),
    }
}

/// Reads a file of rules; its name stands in for a missing `Rules:` line.
pub(crate) fn from_file(path: &Path, currency: Currency) -> Result<RuleFile, Fault> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| {
        let problem = format!("the rules cannot be read: {}", plain_words(&error));
        BadInput::of_file(&name, problem, format!("give {HELP}"))
    })?;
    read(&name, &text, currency)
}

fn read(name: &str, text: &str, currency: Currency) -> Result<RuleFile, Fault> {
    let mut file = RuleFile::read(text, currency).map_err(|errors| Fault::Rules(name.to_owned(), errors))?;
    if file.set.name.is_empty() {
        file.set.name =
            Path::new(name).file_stem().map_or(name.to_owned(), |stem| stem.to_string_lossy().into_owned());
    }
    Ok(file)
}

/// The rules asked for; else the folder's own; else none, so that the lowest cost decides.
pub(crate) fn asked_or_own(asked: Option<&str>, source: &Source) -> Result<RuleSet, Fault> {
    match (asked, &source.problem.rules_text) {
        (Some(choice), _) => rule_set(choice, &source.problem.network),
        (None, Some((name, text))) => read(name, text, source.problem.network.currency).map(|file| file.set),
        (None, None) => Ok(cost_only()),
    }
}
