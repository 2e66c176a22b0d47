//! Versions of the rules and when each holds, as the API tells them, and who made them.

use crate::frame::Frame;
use crate::visit::Visit;
use serde::Deserialize;
use std::collections::BTreeMap;
use web::Problem;

#[derive(Deserialize)]
pub(super) struct Listed<T> {
    pub(super) items: Vec<T>,
    pub(super) next: Option<String>,
}

/// A version.
#[derive(Clone, Deserialize)]
pub(super) struct RuleSet {
    pub(super) number: i64,
    pub(super) name: String,
    pub(super) content: String,
    pub(super) author: String,
    pub(super) comment: String,
    pub(super) created_at: i64,
    /// None in a list.
    #[serde(default)]
    pub(super) remarks: Vec<super::words::Remark>,
}

impl RuleSet {
    pub(super) fn sentences(&self) -> Vec<Sentence> {
        sentences(&self.content)
    }
}

/// From a moment on, a version holds.
#[derive(Clone, Deserialize)]
pub(super) struct Publication {
    pub(super) number: i64,
    pub(super) rule_set: i64,
    pub(super) live_from: i64,
    pub(super) by: String,
    pub(super) comment: String,
    pub(super) is_withdrawn: bool,
}

/// One sentence of a set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sentence {
    pub(super) is_hard: bool,
    pub(super) text: String,
    /// `guardrail 1`, `rule 2`.
    pub(super) name: String,
}

/// The sentences of a text as it is kept, guardrails first.
pub(super) fn sentences(content: &str) -> Vec<Sentence> {
    let (mut is_hard, mut counts, mut found) = (false, [0, 0], Vec::new());
    for line in content.lines() {
        let line = without_comment(line).trim();
        match line {
            "" => {}
            "Guardrails" => is_hard = true,
            "Rules" => is_hard = false,
            name if name.starts_with("Rule set:") => {}
            text => {
                counts[usize::from(is_hard)] += 1;
                let kind = if is_hard { "guardrail" } else { "rule" };
                let name = format!("{kind} {}", counts[usize::from(is_hard)]);
                found.push(Sentence { is_hard, text: text.to_owned(), name });
            }
        }
    }
    found.sort_by_key(|sentence| !sentence.is_hard);
    found
}

/// A comment begins at a `#` outside of quotes.
fn without_comment(line: &str) -> &str {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, letter) in line.char_indices() {
        match letter {
            '#' if !is_quoted => return &line[..at],
            '"' if !is_escaped => is_quoted = !is_quoted,
            _ => {}
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    line
}

/// What holds, what will, and what was.
pub(super) struct InTime {
    pub(super) now: Option<Publication>,
    /// The next first.
    pub(super) scheduled: Vec<Publication>,
    /// Of each version the last moment from which it held.
    pub(super) published: BTreeMap<i64, i64>,
    /// What held before what holds now.
    pub(super) before: Option<Publication>,
}

impl InTime {
    pub(super) async fn read(visit: &Visit) -> Result<InTime, Problem> {
        let all: Listed<Publication> = visit.api.get("/v1/rule-publications?limit=250").await?;
        Ok(InTime::of(all.items, visit.now_ms))
    }

    fn of(all: Vec<Publication>, now_ms: i64) -> InTime {
        let mut all: Vec<Publication> = all.into_iter().filter(|one| !one.is_withdrawn).collect();
        all.sort_by_key(|one| (one.live_from, one.number));
        let mut held: Vec<Publication> = all.iter().filter(|one| one.live_from <= now_ms).cloned().collect();
        let published = held.iter().map(|one| (one.rule_set, one.live_from)).collect();
        let now = held.pop();
        let other = |one: &Publication| now.as_ref().is_none_or(|now| now.rule_set != one.rule_set);
        let before = held.into_iter().rev().find(other);
        let scheduled = all.into_iter().filter(|one| one.live_from > now_ms).collect();
        InTime { now, scheduled, published, before }
    }

    pub(super) fn in_force(&self) -> Option<i64> {
        self.now.as_ref().map(|now| now.rule_set)
    }

    pub(super) fn holds(&self, number: &i64) -> bool {
        self.in_force() == Some(*number)
    }
}

/// # Errors
/// There is no such version.
pub(super) async fn version(visit: &Visit, number: i64) -> Result<RuleSet, Problem> {
    visit.api.get(&format!("/v1/rule-sets/{number}")).await
}

/// People by their ids.
pub(super) struct People(BTreeMap<String, String>);

#[derive(Deserialize)]
struct Named {
    id: String,
    name: String,
}

impl People {
    /// None for those who may not see who works here.
    pub(super) async fn read(visit: &Visit) -> People {
        if !visit.may_manage() {
            return People(BTreeMap::new());
        }
        let listed = visit.api.get::<Listed<Named>>("/v1/users?limit=250").await;
        let names = listed.map(|listed| listed.items.into_iter().map(|one| (one.id, one.name)).collect());
        People(names.unwrap_or_default())
    }

    pub(super) fn name(&self, f: &Frame, id: &str) -> String {
        let found = self.0.get(id).cloned();
        found.unwrap_or_else(|| match id {
            id if id.starts_with("usr_") => f.t("somebody"),
            id if id.starts_with("tok_") => f.t("a-program"),
            "baton" => "Baton".to_owned(),
            other => other.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_without_their_comments_guardrails_first() {
        let text = "# why\nRule set: Spring\n\nRules\nPrefer stores, always.  # near\n  Hold because \"a # b\".\n\nGuardrails\n\
                    At most 3 parcels.\n";
        let found: Vec<String> = sentences(text)
            .into_iter()
            .map(|sentence| format!("{}: {}", sentence.name, sentence.text))
            .collect();
        assert_eq!(
            found,
            [
                "guardrail 1: At most 3 parcels.",
                "rule 1: Prefer stores, always.",
                "rule 2: Hold because \"a # b\"."
            ]
        );
    }

    #[test]
    fn what_holds_is_the_last_that_was_published_and_not_taken_back() {
        let publication = |number, rule_set, live_from| Publication {
            number,
            rule_set,
            live_from,
            by: String::new(),
            comment: String::new(),
            is_withdrawn: number == 3,
        };
        let all = [(1, 1, 10), (2, 2, 20), (3, 9, 25), (4, 2, 30), (5, 1, 50), (6, 3, 40)];
        let all = all.map(|(number, set, from)| publication(number, set, from)).to_vec();
        let time = InTime::of(all, 35);
        assert_eq!(time.in_force(), Some(2));
        assert_eq!(time.before.map(|one| one.rule_set), Some(1));
        assert_eq!(time.scheduled.iter().map(|one| one.number).collect::<Vec<_>>(), [6, 5]);
        assert_eq!(time.published, BTreeMap::from([(1, 10), (2, 30)]));
    }
}
