//! What is wrong or odd in rules, as lines for a terminal, and which of it stops a run.
//!
//! Owns: the line of a finding. Refuses to know: what counts as wrong, which the engine's linter says.

use crate::fault::Fault;
use crate::rule_choice::{Found, Origin};
use engine::lint::{Finding, Severity, lint};
use model::Network;

/// Most lines of one sort that a run prints.
const MAX_SHOWN: usize = 10;

/// Looks over rules that a command is about to run. A contradiction or an unknown place stops; the rest is told on
/// standard error, also that a line was understood although it is not spelled as it is kept.
pub(crate) fn look_over(found: &Found, network: &Network) -> Result<(), Fault> {
    if found.origin == Origin::Made {
        return Ok(());
    }
    let findings = lint(&found.file.set, network);
    let stops = |finding: &&Finding| {
        found.origin == Origin::File && finding.severity == Severity::Error && finding.rule.is_some()
    };
    let lines: Vec<String> = findings.iter().filter(stops).map(|finding| line(found, finding)).collect();
    if !lines.is_empty() {
        return Err(Fault::Other(lines.join("\n")));
    }
    let is_told = |finding: &&Finding| finding.severity != Severity::Hint && !stops(finding);
    for finding in findings.iter().filter(is_told).take(MAX_SHOWN) {
        eprintln!("{}", line(found, finding));
    }
    for respelled in found.respelled.iter().take(MAX_SHOWN) {
        eprintln!("{}, {respelled}", found.name);
    }
    if !found.respelled.is_empty() {
        eprintln!("{}: `baton rules check {} --data DIR --fix` spells it so", found.name, found.name);
    }
    if let Some(nothing) = nothing(found) {
        eprintln!("{nothing}");
    }
    Ok(())
}

/// That a file says nothing.
pub(crate) fn nothing(found: &Found) -> Option<String> {
    let is_empty = found.origin == Origin::File && found.sentences() == 0;
    is_empty.then(|| {
        format!(
            "{}: warning: no sentence stands in it, so the lowest cost alone decides. `baton rules starter` prints a set \
             to begin with.",
            found.name
        )
    })
}

/// `rules.txt, line 7, rule 2: warning: Rule 2 … Take it out.`
pub(crate) fn line(found: &Found, finding: &Finding) -> String {
    let place = match finding.rule {
        Some(rule) => {
            let code = engine::json::rule_code(rule);
            let line = found.file.line_of(rule).filter(|_| found.origin == Origin::File);
            line.map_or(format!(", {code}"), |line| format!(", line {line}, {code}"))
        }
        None => String::new(),
    };
    format!("{}{place}: {}: {} {}", found.name, finding.severity.code(), finding.message, finding.remedy)
}
