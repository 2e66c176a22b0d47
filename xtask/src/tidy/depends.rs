//! Rules about which crate may depend on which. Arrows point one way, and Cargo keeps them.
//!
//! Dev-dependencies are free: a test of the engine may let the audit judge it.

use super::Finding;
use super::source::Source;

/// Each crate with the crates of this workspace it may use. A crate absent here is a finding.
const MAY_USE: [(&str, &[&str]); 14] = [
    ("model", &[]),
    ("engine", &["model"]),
    ("audit", &["model"]),
    ("replay", &["model", "engine", "audit"]),
    ("connect", &["model"]),
    ("paper", &["model"]),
    ("store", &["model"]),
    ("flow", &["model", "engine", "audit", "replay", "connect", "paper", "store"]),
    ("assets", &[]),
    ("https", &[]),
    ("web", &["model", "flow", "store", "https"]),
    ("console", &["model", "paper", "flow", "https", "web", "assets"]),
    ("targets", &["model", "engine", "connect"]),
    (
        "baton",
        &[
            "model", "engine", "audit", "replay", "connect", "paper", "store", "flow", "https", "web",
            "console", "assets",
        ],
    ),
];

/// The crates that everything rests on get by with almost nothing from outside.
const MAY_USE_OUTSIDE: [(&str, &[&str]); 2] = [("engine", &["serde"]), ("audit", &["serde"])];

pub(super) fn direction(source: &Source) -> Vec<Finding> {
    let Some((name, Some(allowed))) = crate_of(source).map(|name| (name, row(&MAY_USE, name))) else {
        return Vec::new();
    };
    let inner = dependencies(&source.text).into_iter().filter(|dependency| dependency.is_inner());
    inner
        .filter(|dependency| !allowed.contains(&dependency.name.as_str()))
        .map(|dependency| {
            let allowed = if allowed.is_empty() { "no other crate".to_string() } else { allowed.join(", ") };
            let other = dependency.name;
            let say = format!(
                "`{name}` may not use `{other}` (it may use {allowed}), move the code or pass a value"
            );
            Finding::new(dependency.line, say)
        })
        .collect()
}

pub(super) fn foreign(source: &Source) -> Vec<Finding> {
    let Some((name, Some(allowed))) = crate_of(source).map(|name| (name, row(&MAY_USE_OUTSIDE, name))) else {
        return Vec::new();
    };
    let outer = dependencies(&source.text).into_iter().filter(|dependency| !dependency.is_inner());
    outer
        .filter(|dependency| !allowed.contains(&dependency.name.as_str()))
        .map(|dependency| {
            let other = dependency.name;
            let allowed = allowed.join(", ");
            let say = format!(
                "`{name}` may not use the outside crate `{other}` (only {allowed}), do it in a crate above"
            );
            Finding::new(dependency.line, say)
        })
        .collect()
}

pub(super) fn unknown_crate(source: &Source) -> Vec<Finding> {
    let unknown = crate_of(source).filter(|name| row(&MAY_USE, name).is_none());
    let say =
        |name| format!("crate `{name}` has no row in xtask/src/tidy/depends.rs, say there what it may use");
    unknown.map(|name| vec![Finding::new(1, say(name))]).unwrap_or_default()
}

fn crate_of(source: &Source) -> Option<&str> {
    source.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml").filter(|name| !name.contains('/'))
}

fn row(table: &[(&str, &'static [&'static str])], name: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|(known, _)| *known == name).map(|(_, allowed)| *allowed)
}

/// One line of a manifest that makes a crate depend on another.
struct Dependency {
    line: usize,
    /// Without the `baton-` that our packages carry.
    name: String,
    lies_in_workspace: bool,
}

impl Dependency {
    fn is_inner(&self) -> bool {
        self.lies_in_workspace || MAY_USE.iter().any(|(known, _)| *known == self.name)
    }
}

/// Reads `[dependencies]` and `[build-dependencies]`, also `[dependencies.name]` and those of one target.
fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = Vec::new();
    let mut section = Section::Other;
    for (at, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            section = read_header(header.trim_end_matches(']').trim());
            if let Section::One(name) = &section {
                found.push(dependency(at + 1, name, ""));
            }
            continue;
        }
        let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with('#')) else { continue };
        match &section {
            Section::Table => {
                let name = key.split('.').next().unwrap_or(key);
                found.push(dependency(at + 1, name, value));
            }
            Section::One(name) => {
                let detail = dependency(at + 1, name, &format!("{key} = {value}"));
                if let Some(last) = found.last_mut() {
                    last.name = detail.name;
                    last.lies_in_workspace |= detail.lies_in_workspace;
                }
            }
            Section::Other => {}
        }
    }
    found
}

enum Section {
    /// Each line names a dependency.
    Table,
    /// The header names it, the lines give its details.
    One(String),
    Other,
}

fn read_header(header: &str) -> Section {
    const TABLES: [&str; 2] = ["dependencies", "build-dependencies"];
    // `target.'cfg(…)'.dependencies` holds the table's name last; a target may hold dots itself.
    let header = match header.strip_prefix("target.") {
        Some(target) => {
            TABLES.iter().find_map(|table| target.rfind(&format!(".{table}")).map(|at| &target[at + 1..]))
        }
        None => Some(header),
    };
    let Some(header) = header else { return Section::Other };
    match header.split_once('.') {
        None if TABLES.contains(&header) => Section::Table,
        Some((table, name)) if TABLES.contains(&table) => Section::One(name.to_string()),
        _ => Section::Other,
    }
}

fn dependency(line: usize, name: &str, value: &str) -> Dependency {
    let renamed = value.split_once("package").and_then(|(_, rest)| rest.split('"').nth(1));
    let name = renamed.unwrap_or(name).trim().trim_matches('"');
    let lies_in_workspace = value.contains("path =") || value.contains("path=");
    Dependency { line, name: name.strip_prefix("baton-").unwrap_or(name).to_string(), lies_in_workspace }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    const ENGINE: &str = "crates/engine/Cargo.toml";

    #[test]
    fn arrows_point_down() {
        check(direction, ENGINE, "[dependencies]\nmodel.workspace = true\nserde.workspace = true\n", &[]);
        check(direction, ENGINE, "[dependencies]\nreplay.workspace = true\n", &[(2, "may not use `replay`")]);
        let model = "crates/model/Cargo.toml";
        check(direction, model, "[dependencies]\nengine = { workspace = true }\n", &[(2, "no other crate")]);
        check(direction, "xtask/Cargo.toml", "[dependencies]\nengine.workspace = true\n", &[]);
    }

    #[test]
    fn a_crate_is_known_under_any_name() {
        let renamed = "[dependencies]\nold = { path = \"../replay\", package = \"baton-replay\" }\n";
        check(direction, ENGINE, renamed, &[(2, "`replay`")]);
        check(direction, ENGINE, "[dependencies.baton-audit]\nworkspace = true\n", &[(1, "`audit`")]);
        check(direction, ENGINE, "[target.'cfg(unix)'.dependencies]\npaper = \"0.1\"\n", &[(2, "`paper`")]);
        check(direction, ENGINE, "[dependencies]\nfork = { path = \"../../fork\" }\n", &[(2, "`fork`")]);
    }

    #[test]
    fn the_engine_brings_almost_nothing_from_outside() {
        let clock = "[dependencies]\nmodel.workspace = true\nserde.workspace = true\njiff.workspace = true\n";
        check(foreign, ENGINE, clock, &[(4, "outside crate `jiff`")]);
        check(foreign, "crates/audit/Cargo.toml", "[dependencies]\nrayon = \"1\"\n", &[(2, "`rayon`")]);
        check(foreign, "crates/model/Cargo.toml", clock, &[]);
        check(foreign, ENGINE, "[dev-dependencies]\nproptest.workspace = true\n[features]\na = []\n", &[]);
    }

    #[test]
    fn a_new_crate_needs_a_row() {
        check(unknown_crate, "crates/attic/Cargo.toml", "", &[(1, "crate `attic`")]);
        check(unknown_crate, ENGINE, "", &[]);
    }
}
