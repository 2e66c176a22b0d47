//! The house rules, as far as a machine can read them. STYLE.md gives the reasons.
//!
//! Owns: which files are read, which rules look at them, how a finding is printed. Each rule is a function
//! from one file to its findings; it sees nothing else and changes nothing.
//!
//! Two rules can be lifted for one function, with a reason: `// tidy: allow bool — …` and
//! `// tidy: allow params — …`, above the function or beside its parameters.

mod depends;
mod functions;
mod names;
mod purity;
mod source;
mod text;

use std::path::Path;
use std::process::Command;

use source::Source;

/// What is wrong at one line (from 1), and what to do about it.
struct Finding {
    line: usize,
    say: String,
}

impl Finding {
    fn new(line: usize, say: impl Into<String>) -> Finding {
        Finding { line, say: say.into() }
    }
}

type Rule = fn(&Source) -> Vec<Finding>;

const RULES: [Rule; 16] = [
    text::long_file,
    text::missing_module_doc,
    text::unfinished,
    text::machine_path,
    text::lock_names_a_host,
    names::vague_file,
    names::hollow_type,
    functions::long_function,
    functions::many_parameters,
    functions::bool_parameter,
    purity::unsafe_code,
    purity::float,
    purity::outside_world,
    depends::direction,
    depends::foreign,
    depends::unknown_crate,
];

/// Checks every file that git knows or would add.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let mut files = 0_usize;
    let mut findings = Vec::new();
    for path in paths(root)? {
        let Ok(bytes) = std::fs::read(root.join(&path)) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        files += 1;
        findings.extend(look(&Source::new(path, text)));
    }
    for finding in &findings {
        println!("{finding}");
    }
    println!("tidy: {files} files checked, {} findings", findings.len());
    if findings.is_empty() { Ok(()) } else { Err(String::new()) }
}

/// What all rules find in one file, in the order of its lines.
fn look(source: &Source) -> Vec<String> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(source)).collect();
    findings.sort_by(|left, right| (left.line, &left.say).cmp(&(right.line, &right.say)));
    findings.iter().map(|finding| format!("{}:{}: {}", source.path, finding.line, finding.say)).collect()
}

/// Paths from the root, with `/`, sorted. What git ignores is not ours to judge.
fn paths(root: &Path) -> Result<Vec<String>, String> {
    let args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = Command::new("git").current_dir(root).args(args).output();
    let listed = listed.map_err(|error| format!("tidy asks git for the files: {error}"))?;
    if !listed.status.success() {
        return Err(format!(
            "tidy asks git for the files: {}",
            String::from_utf8_lossy(&listed.stderr).trim()
        ));
    }
    let listed = String::from_utf8_lossy(&listed.stdout);
    let mut paths: Vec<String> =
        listed.split('\0').filter(|path| !path.is_empty()).map(str::to_string).collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}

/// For the tests of the rules: the findings of one rule as `line: words`.
#[cfg(test)]
#[track_caller]
fn check(rule: Rule, path: &str, text: &str, expect: &[(usize, &str)]) {
    let findings = rule(&Source::new(path.to_string(), text.to_string()));
    let found: Vec<(usize, &str)> =
        findings.iter().map(|finding| (finding.line, finding.say.as_str())).collect();
    assert_eq!(found.len(), expect.len(), "{path}: {found:?}");
    for ((line, say), (expected_line, words)) in found.iter().zip(expect) {
        assert_eq!(line, expected_line, "{path}: {found:?}");
        assert!(say.contains(words), "`{say}` lacks `{words}`");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_printed_with_its_place() {
        let source = Source::new("crates/engine/src/cost.rs".to_string(), "fn f(x: f64) {}\n".to_string());
        let found = look(&source);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("crates/engine/src/cost.rs:1: "), "{found:?}");
    }
}
