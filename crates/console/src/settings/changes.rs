//! What an event changed, from what to what, and the page of the thing that it happened to.
//!
//! Owns: the forms that facts have: cells before and after, a thing from and to, files, or plain facts. Refuses to know: the
//! kinds of events.

use crate::frame::Frame;
use crate::visit::part;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Longest text of one value, in letters.
const MOST_LETTERS: usize = 200;
/// Lines of a file that are told to have changed.
const MOST_LINES: usize = 6;
/// Values of one event that are told.
const MOST_CHANGES: usize = 12;

/// One thing that is otherwise now, or a fact (`before` is empty).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Change {
    pub(super) name: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// Pairs of names of what was and what is.
const PAIRS: [(&str, &str); 2] = [("before", "after"), ("from", "to")];

pub(super) fn of(facts: &Value) -> Vec<Change> {
    let Value::Object(facts) = facts else { return Vec::new() };
    let pair =
        PAIRS.into_iter().find(|(before, after)| facts.contains_key(*before) && facts.contains_key(*after));
    let mut found = Vec::new();
    for (name, value) in facts {
        match (pair, value) {
            (Some((before, _)), _) if name == before => {}
            (Some((before, after)), _) if name == after => {
                between(&mut found, (name, facts.get(before).unwrap_or(&Value::Null), value));
            }
            (_, Value::Object(file)) if file.contains_key("before") && file.contains_key("after") => {
                between(&mut found, (name, &file["before"], &file["after"]));
            }
            _ => found.push(Change { name: name.clone(), before: String::new(), after: brief(value) }),
        }
    }
    found.truncate(MOST_CHANGES);
    found
}

fn between(found: &mut Vec<Change>, (name, before, after): (&str, &Value, &Value)) {
    let none = Map::new();
    if before.is_object() || after.is_object() {
        let (before, after) = (before.as_object().unwrap_or(&none), after.as_object().unwrap_or(&none));
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            let (was, is) =
                (before.get(name).unwrap_or(&Value::Null), after.get(name).unwrap_or(&Value::Null));
            if was != is {
                found.push(Change { name: name.clone(), before: brief(was), after: brief(is) });
            }
        }
        return;
    }
    let (was, is) = (before.as_str().unwrap_or_default(), after.as_str().unwrap_or_default());
    if was.contains('\n') || is.contains('\n') {
        let (before, after) = (lines_not_in(was, is), lines_not_in(is, was));
        found.push(Change { name: name.to_owned(), before, after });
    } else {
        found.push(Change { name: name.to_owned(), before: brief(before), after: brief(after) });
    }
}

/// The lines of a text that another lacks.
fn lines_not_in(text: &str, other: &str) -> String {
    let others: BTreeSet<&str> = other.lines().collect();
    let own: Vec<&str> =
        text.lines().filter(|line| !others.contains(line) && !line.trim().is_empty()).collect();
    let mut said = own.iter().take(MOST_LINES).copied().collect::<Vec<_>>().join("\n");
    if own.len() > MOST_LINES {
        said.push_str(&format!("\n… +{}", own.len() - MOST_LINES));
    }
    said
}

fn brief(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// What an event is about, in words, and its page; `None`: it has none.
pub(super) fn subject(subject: &str, order_id: Option<&str>, facts: &Value) -> (String, Option<String>) {
    let fact = |name: &str| facts.get(name).and_then(Value::as_str).map(str::to_owned);
    let code = fact("code").unwrap_or_default();
    let kind = subject.split('_').next().unwrap_or_default();
    let path = match kind {
        "ord" => Some(format!("/orders/{}", part(subject))),
        "usr" => Some(format!("/settings/people/{}", part(subject))),
        "tok" => Some("/settings/tokens".to_owned()),
        "exc" => Some(format!("/exceptions/{}", part(subject))),
        "loc" if !code.is_empty() => Some(format!("/locations/{}", part(&code))),
        "prd" if !code.is_empty() => Some(format!("/inventory/{}", part(&code))),
        "setup" => Some("/settings".to_owned()),
        _ => order_id.map(|id| format!("/orders/{}", part(id))),
    };
    let words = fact("name").or_else(|| fact("code")).unwrap_or_else(|| subject.to_owned());
    (words, path)
}

/// What a fact is called.
pub(super) fn name(f: &Frame, name: &str) -> String {
    if f.has("cell", name) { f.named("cell", name) } else { f.named("fact", name) }
}

#[cfg(test)]
mod tests {
    use super::{Change, of, subject};
    use serde_json::{Value, json};

    fn said(facts: &Value) -> Vec<(String, String, String)> {
        of(facts).into_iter().map(|Change { name, before, after }| (name, before, after)).collect()
    }

    fn one(name: &str, before: &str, after: &str) -> (String, String, String) {
        (name.into(), before.into(), after.into())
    }

    #[test]
    fn cells_that_differ_are_told_from_what_to_what() {
        let facts =
            json!({ "code": "mall", "before": { "wage": "20" }, "after": { "wage": "22", "city": "Salem" } });
        assert_eq!(
            said(&facts),
            [one("city", "", "Salem"), one("wage", "20", "22"), one("code", "", "mall")]
        );
    }

    #[test]
    fn somebody_who_was_changed_is_told_by_what_changed_of_them() {
        let facts = json!({ "from": { "role": "viewer", "name": "Ben" }, "to": { "role": "manager", "name": "Ben" } });
        assert_eq!(said(&facts), [one("role", "viewer", "manager")]);
    }

    #[test]
    fn of_a_file_the_lines_that_changed_are_told() {
        let facts = json!({ "settings.toml": { "before": "a = 1\nb = 2\n", "after": "a = 1\nb = 3\n" } });
        assert_eq!(said(&facts), [one("settings.toml", "b = 2", "b = 3")]);
    }

    #[test]
    fn a_thing_with_a_page_leads_there() {
        let facts = json!({ "code": "mall" });
        assert_eq!(subject("loc_3", None, &facts), ("mall".into(), Some("/locations/mall".into())));
        assert_eq!(
            subject("ful_1", Some("ord_1"), &json!({})),
            ("ful_1".into(), Some("/orders/ord_1".into()))
        );
        assert_eq!(subject("job_1", None, &json!({})).1, None);
    }
}
