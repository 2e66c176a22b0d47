//! What differs between two rule sets, sentence by sentence.
//!
//! Owns: matching the sentences of two texts. Refuses to know: what a sentence says.

use super::versions::Sentence;

/// One sentence of either.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Change {
    /// `kept`, `added`, `removed`, `moved` or `changed`.
    pub(super) kind: &'static str,
    pub(super) is_hard: bool,
    /// As it was; empty where it is new.
    pub(super) before: String,
    /// As it will be; empty where it goes.
    pub(super) after: String,
}

impl Change {
    pub(super) fn icon(&self) -> &'static str {
        match self.kind {
            "added" => "plus",
            "removed" => "minus",
            "moved" => "arrows-sort",
            "changed" => "pencil",
            _ => "check",
        }
    }
}

/// Every sentence of both, in the order of the later; what goes stands where it stood.
pub(super) fn changes(before: &[Sentence], after: &[Sentence]) -> Vec<Change> {
    let mut all = Vec::new();
    for is_hard in [true, false] {
        let of = |all: &[Sentence]| -> Vec<String> {
            all.iter().filter(|one| one.is_hard == is_hard).map(|one| one.text.clone()).collect()
        };
        let found = of_list(&of(before), &of(after));
        all.extend(found.into_iter().map(|(kind, before, after)| Change { kind, is_hard, before, after }));
    }
    all
}

/// Whether there is any of that list.
pub(super) fn has(changes: &[Change], is_hard: &bool) -> bool {
    changes.iter().any(|change| change.is_hard == *is_hard)
}

/// Whether nothing but the words around the sentences differs.
pub(super) fn is_same(changes: &[Change]) -> bool {
    changes.iter().all(|change| change.kind == "kept")
}

type Found = (&'static str, String, String);

fn of_list(before: &[String], after: &[String]) -> Vec<Found> {
    let kept = longest_common(before, after);
    let (mut found, mut from, mut to) = (Vec::new(), 0, 0);
    for (there, here) in kept.into_iter().chain([(before.len(), after.len())]) {
        found.extend(between(&before[from..there], &after[to..here], (before, after)));
        if let Some(text) = after.get(here) {
            found.push(("kept", text.clone(), text.clone()));
        }
        (from, to) = (there + 1, here + 1);
    }
    found
}

/// What stands between two sentences that both have: one that both have elsewhere has moved, others pair up.
fn between(gone: &[String], come: &[String], (before, after): (&[String], &[String])) -> Vec<Found> {
    let mut gone: Vec<&String> = gone.iter().filter(|text| !after.contains(text)).collect();
    let mut found = Vec::new();
    for text in come {
        if before.contains(text) {
            found.push(("moved", text.clone(), text.clone()));
        } else if gone.is_empty() {
            found.push(("added", String::new(), text.clone()));
        } else {
            found.push(("changed", gone.remove(0).clone(), text.clone()));
        }
    }
    found.extend(gone.into_iter().map(|text| ("removed", text.clone(), String::new())));
    found
}

/// Positions of the longest run of sentences that both have in the same order.
fn longest_common(before: &[String], after: &[String]) -> Vec<(usize, usize)> {
    let mut lengths = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for from in (0..before.len()).rev() {
        for to in (0..after.len()).rev() {
            lengths[from][to] = if before[from] == after[to] {
                lengths[from + 1][to + 1] + 1
            } else {
                lengths[from + 1][to].max(lengths[from][to + 1])
            };
        }
    }
    let (mut from, mut to, mut pairs) = (0, 0, Vec::new());
    while from < before.len() && to < after.len() {
        if before[from] == after[to] {
            pairs.push((from, to));
            (from, to) = (from + 1, to + 1);
        } else if lengths[from + 1][to] >= lengths[from][to + 1] {
            from += 1;
        } else {
            to += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::super::versions::sentences;
    use super::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let of = |text: &str| sentences(&text.replace(" / ", "\n"));
        let said = |change: Change| format!("{} {}|{}", change.kind, change.before, change.after);
        changes(&of(before), &of(after)).into_iter().map(said).collect()
    }

    #[test]
    fn sentences_are_added_removed_changed_and_moved() {
        assert_eq!(told("A. / B.", "A. / B. / C."), ["kept A.|A.", "kept B.|B.", "added |C."]);
        assert_eq!(told("A. / B.", "B."), ["removed A.|", "kept B.|B."]);
        assert_eq!(told("A. / B. / C.", "A. / X. / C."), ["kept A.|A.", "changed B.|X.", "kept C.|C."]);
        assert_eq!(told("A. / B. / C.", "C. / A. / B."), ["moved C.|C.", "kept A.|A.", "kept B.|B."]);
        assert_eq!(told("", "A."), ["added |A."]);
        assert!(told("", "").is_empty());
    }

    #[test]
    fn a_sentence_that_becomes_a_guardrail_goes_from_one_list_to_the_other() {
        assert_eq!(told("Rules / A.", "Guardrails / A."), ["added |A.", "removed A.|"]);
    }
}
