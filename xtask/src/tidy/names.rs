//! Rules about names: a name says what a thing is, not that it is some thing.

use super::Finding;
use super::source::Source;

const VAGUE: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "part2"];

pub(super) fn vague_file(source: &Source) -> Vec<Finding> {
    let parts = source.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
    let found = parts.filter(|part| VAGUE.contains(part));
    found
        .map(|part| Finding::new(1, format!("`{part}` says nothing, name the noun or rule inside")))
        .collect()
}

/// A bare `Service` stays legal: it is the carriers' own word for what one buys of them.
const HOLLOW_ENDINGS: [&str; 5] = ["Manager", "Service", "Processor", "Handler", "Impl"];

pub(super) fn hollow_type(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before = "";
    for (at, word) in source.words() {
        let names_a_type = matches!(before, "struct" | "enum" | "trait" | "union" | "type");
        let ending = HOLLOW_ENDINGS.iter().find(|ending| word.ends_with(**ending));
        if let Some(ending) = ending.filter(|_| names_a_type && word != "Service") {
            let say = format!("`{word}` ends in `{ending}`, name the thing it is or the verb it does");
            findings.push(Finding::new(source.line_at(at), say));
        }
        before = word;
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::*;

    #[test]
    fn a_vague_file_or_folder_is_found() {
        check(vague_file, "crates/model/src/utils.rs", "", &[(1, "`utils`")]);
        check(vague_file, "crates/baton/tests/common/mod.rs", "", &[(1, "`common`")]);
        check(vague_file, "web/src/cart.part2.js", "", &[]);
        check(vague_file, "crates/model/src/commons.rs", "", &[]);
    }

    #[test]
    fn a_hollow_type_name_is_found() {
        check(hollow_type, "a.rs", "pub struct StockManager;\nenum Verdict {}", &[(1, "`StockManager`")]);
        check(hollow_type, "a.rs", "trait A {}\ntype B = CImpl;\nstruct DImpl;", &[(3, "`DImpl`")]);
        check(hollow_type, "a.rs", "enum Service { Ground }\nenum RateService {}", &[(2, "`RateService`")]);
        check(hollow_type, "a.rs", "// struct EventHandler\nlet x = OrderProcessor::new();", &[]);
    }
}
