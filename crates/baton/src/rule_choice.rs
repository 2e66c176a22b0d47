//! Rule sets as the command line names them, each looked over before anything is run by it.

use crate::fault::Fault;
use crate::rule_check;
use crate::source::Source;
use connect::files::{BadInput, plain_words};
use engine::rules::{RuleError, RuleFile, Understood, cost_only, starter};
use model::{Currency, Network, RuleSet};
use replay::Baseline;
use std::path::Path;

/// What `--rules` takes, for help texts.
pub(crate) const HELP: &str =
    "a file of rules, or one of: starter, lowest-cost, warehouse-first, nearest, ranked:CODE,CODE";

/// Rules as they were found, before they are looked over.
pub(crate) struct Found {
    /// As the command line or the folder calls them.
    pub(crate) name: String,
    pub(crate) file: RuleFile,
    /// Lines that are not spelled as they are kept.
    pub(crate) respelled: Vec<RuleError>,
    /// The whole text as it is kept, comments and blank lines where they stood.
    pub(crate) kept: String,
    pub(crate) origin: Origin,
}

/// Where rules come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Origin {
    /// A file of the shop's own: what is wrong in it, its team can mend.
    File,
    /// The set to begin with: what does not suit the shop is worth a word.
    Starter,
    /// A usual way, written by the program.
    Made,
}

/// Reads a rule set by its name or from its file, and looks it over: what is wrong stops, what is odd is told.
pub(crate) fn rule_set(choice: &str, network: &Network) -> Result<RuleSet, Fault> {
    looked_over(find(choice, network)?, network)
}

/// The rules asked for; else the folder's own; else none, so that the lowest cost decides.
pub(crate) fn asked_or_own(asked: Option<&str>, source: &Source) -> Result<RuleSet, Fault> {
    let network = &source.problem.network;
    match (asked, &source.problem.rules_text) {
        (Some(choice), _) => rule_set(choice, network),
        (None, Some((name, text))) => looked_over(understand(name, text, network)?, network),
        (None, None) => Ok(cost_only()),
    }
}

fn looked_over(found: Found, network: &Network) -> Result<RuleSet, Fault> {
    rule_check::look_over(&found, network)?;
    let number = engine::rules::fingerprint(&found.file.set, network.currency);
    Ok(RuleSet { number, ..found.file.set })
}

/// Reads rules by their name or from their file, as they are.
pub(crate) fn find(choice: &str, network: &Network) -> Result<Found, Fault> {
    let made = match choice {
        "warehouse-first" => Baseline::WarehouseFirst.rule_set(network),
        "nearest" => Baseline::NearestWithTwo.rule_set(network),
        _ => match choice.strip_prefix("ranked:") {
            Some(codes) => ranked(codes, network)?,
            None => return find_unplaced(choice, network),
        },
    };
    Ok(Found::made(choice, RuleFile::new(made), Origin::Made))
}

/// Rules that need no network to be read: the starter set, none at all, or a file.
fn find_unplaced(choice: &str, network: &Network) -> Result<Found, Fault> {
    match choice {
        "starter" => Ok(Found::made(choice, starter(), Origin::Starter)),
        "lowest-cost" => Ok(Found::made(choice, RuleFile::new(cost_only()), Origin::Made)),
        file => understand(file, &text_of(Path::new(file))?, network),
    }
}

/// As [`find`], where no shop's folder is at hand.
pub(crate) fn find_without_shop(choice: &str, currency: Currency) -> Result<Found, Fault> {
    if matches!(choice, "warehouse-first" | "nearest") || choice.starts_with("ranked:") {
        return Err(Fault::Other(format!("'{choice}' depends on the shop's places; add --data DIR")));
    }
    let nowhere = Network::new(model::NetworkParts {
        currency,
        locations: Vec::new(),
        products: Vec::new(),
        rates: model::RateBook {
            services: Vec::new(),
            choice: model::ServiceChoice::Cheapest,
            band_upper: Vec::new(),
        },
        settings: model::Settings::default(),
    });
    find_unplaced(choice, &nowhere)
}

/// Refuses to measure what the sentences of a ranking are worth: they are its works, not anybody's rules.
pub(crate) fn must_have_sentences(choice: Option<&String>) -> Result<(), Fault> {
    match choice.filter(|choice| choice.starts_with("ranked:")) {
        Some(choice) => Err(Fault::Other(format!(
            "{choice} is an order of places and has no sentences to leave out; give --worth a file of rules, \
             or leave --worth out"
        ))),
        None => Ok(()),
    }
}

impl Found {
    fn made(name: &str, file: RuleFile, origin: Origin) -> Found {
        Found { name: name.to_owned(), file, respelled: Vec::new(), kept: String::new(), origin }
    }

    pub(crate) fn sentences(&self) -> usize {
        self.file.set.all().count()
    }
}

fn ranked(codes: &str, network: &Network) -> Result<RuleSet, Fault> {
    let codes: Vec<String> = codes.split(',').map(|code| code.trim().to_owned()).collect();
    match codes.iter().find(|code| network.location_by_code(code).is_none()) {
        Some(unknown) => Err(Fault::Other(format!(
            "ranked: '{unknown}' is not a location; {}",
            crate::places::known(network)
        ))),
        None => Ok(Baseline::Ranked(codes).rule_set(network)),
    }
}

fn text_of(path: &Path) -> Result<String, Fault> {
    let fault = |error| {
        BadInput::of_file(
            &path.display().to_string(),
            format!("the rules cannot be read: {}", plain_words(&error)),
            format!("give {HELP}"),
        )
    };
    Ok(std::fs::read_to_string(path).map_err(fault)?)
}

/// Reads a text of rules; its name stands in for a missing `Rule set:` line.
fn understand(name: &str, text: &str, network: &Network) -> Result<Found, Fault> {
    let Understood { mut file, respelled } =
        RuleFile::understand(text, network.currency).map_err(|errors| {
            let errors = errors.into_iter().map(|error| with_place(error, text, network)).collect();
            Fault::Rules(name.to_owned(), errors)
        })?;
    let kept = file.write(network.currency);
    if file.set.name.is_empty() {
        file.set.name =
            Path::new(name).file_stem().map_or(name.to_owned(), |stem| stem.to_string_lossy().into_owned());
    }
    Ok(Found { name: name.to_owned(), file, respelled, kept, origin: Origin::File })
}

/// `Never from Pearl District.` means the place of that name, which rules call by its code.
fn with_place(error: RuleError, text: &str, network: &Network) -> RuleError {
    if !error.problem.ends_with("is not a place") {
        return error;
    }
    let line = text.trim_start_matches('\u{feff}').split('\n').nth(error.line - 1).unwrap_or("");
    let rest: String = line.chars().skip(error.column - 1).collect::<String>().to_lowercase();
    let begins = |name: &str| {
        let name = name.to_lowercase();
        let after = rest.strip_prefix(name.as_str()).filter(|_| !name.is_empty());
        after.is_some_and(|after| !after.starts_with(char::is_alphanumeric)).then_some(name.len())
    };
    let meant = network.locations.iter().filter_map(|location| {
        let length = begins(&location.name).into_iter().chain(begins(&location.code)).max()?;
        Some((length, &location.code))
    });
    match meant.max_by_key(|(length, _)| *length) {
        Some((_, code)) => RuleError {
            remedy: format!("did you mean the location? write its code in quotes: \"{code}\""),
            ..error
        },
        None => error,
    }
}
