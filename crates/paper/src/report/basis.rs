//! What is data, what is assumed, and the second look at every decision.

use askama::Template;

use super::bounds::Bounded;
use super::input::Basis;
use super::{render, say};

#[derive(Template)]
#[template(path = "report/basis.html")]
struct BasisSection {
    groups: Vec<Group>,
    audit: String,
    mark: &'static str,
}

struct Group {
    title: &'static str,
    hint: &'static str,
    sentences: Vec<String>,
}

const GROUPS: [(Basis, &str, &str); 3] = [
    (Basis::Data, "Data", "Read from your files."),
    (Basis::Modelled, "Calculated", "Worked out from your data."),
    (Basis::Assumed, "Assumed", "A guess until you tell us better."),
];

pub(super) fn section(bounded: &Bounded) -> Option<String> {
    let audit = audit(bounded);
    let group = |(basis, title, hint)| {
        let of_group = bounded.report.assumptions.iter().filter(|a| a.basis == basis);
        Group { title, hint, sentences: of_group.map(|a| a.sentence.clone()).collect() }
    };
    let groups: Vec<Group> = GROUPS.into_iter().map(group).filter(|g| !g.sentences.is_empty()).collect();
    if groups.is_empty() && audit.is_empty() {
        return None;
    }
    let mark = if bounded.report.audit.findings == 0 { "✓" } else { "!" };
    Some(render(&BasisSection { groups, audit, mark }))
}

fn audit(bounded: &Bounded) -> String {
    let audit = bounded.report.audit;
    let checked = say::count(audit.decisions_checked, "decision");
    match (audit.decisions_checked, audit.findings) {
        (0, _) => String::new(),
        (_, 0) => format!(
            "A separate program checked {checked} against your data and your rules. It found nothing wrong."
        ),
        (_, found) => format!(
            "A separate program checked {checked} against your data and your rules. It has {}: read them before you trust these figures.",
            say::count(found, "objection")
        ),
    }
}
