//! Products and units as people write or paste them: one a line.
//!
//! Owns: reading the lines, and telling what is wrong with one at its text. Refuses to know: which products there are.

use serde_json::{Value, json};
use web::Problem;

/// Lines of one text.
const MOST_LINES: usize = 5_000;

/// What one line says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    pub(super) sku: String,
    /// 1 where none was written.
    pub(super) units: i64,
}

/// Reads `MUG 2`, `MUG, 2`, `MUG;2`, or with a tab between, as a spreadsheet gives it. Blank lines are none.
pub(super) fn read(text: &str) -> Vec<Line> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.take(MOST_LINES).map(read_line).collect()
}

fn read_line(line: &str) -> Line {
    let cut = |at: usize| (line[..at].trim(), line[at + 1..].trim());
    let last = line.rfind(['\t', ';', ',']).or_else(|| line.rfind(' '));
    let parts = last.map(cut).and_then(|(sku, units)| Some((sku, units.parse::<i64>().ok()?)));
    match parts {
        Some((sku, units)) => Line { sku: sku.trim_end_matches([',', ';']).trim().to_owned(), units },
        None => Line { sku: line.trim_end_matches([',', ';']).trim().to_owned(), units: 1 },
    }
}

pub(super) fn as_json(lines: &[Line]) -> Vec<Value> {
    lines.iter().map(|line| json!({ "sku": line.sku, "units": line.units })).collect()
}

/// What is wrong with a line, told at the field of all of them, with the SKU it is about.
pub(super) fn told(problem: Problem, lines: &[Line]) -> Problem {
    let mut problem = problem;
    for fault in &mut problem.errors {
        let number = fault.at.strip_prefix("/lines/").and_then(|rest| rest.split('/').next()?.parse().ok());
        let line = number.and_then(|number: usize| lines.get(number));
        if let Some(line) = line {
            fault.say = format!("{}: {}", line.sku, fault.say);
            "/lines".clone_into(&mut fault.at);
        }
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::{read, told};
    use web::Problem;

    #[test]
    fn a_line_is_read_however_it_is_parted() {
        let text = "MUG 2\nTEE,3\n\n CAP\t12 \nRED MUG; 4\nHAT\nBIG HAT\n";
        let lines: Vec<(String, i64)> = read(text).into_iter().map(|line| (line.sku, line.units)).collect();
        let is = |sku: &str, units| (sku.to_owned(), units);
        assert_eq!(
            lines,
            [is("MUG", 2), is("TEE", 3), is("CAP", 12), is("RED MUG", 4), is("HAT", 1), is("BIG HAT", 1)]
        );
    }

    #[test]
    fn what_is_wrong_with_a_line_names_its_sku() {
        let told = told(Problem::invalid("/lines/1/sku", "there is none"), &read("MUG 1\nTEE 2"));
        assert_eq!((&*told.errors[0].at, &*told.errors[0].say), ("/lines", "TEE: there is none"));
    }
}
