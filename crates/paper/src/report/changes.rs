//! What differs between two rule sets: sentences taken out, put in, and changed word by word.
//!
//! Owns: matching sentences that say nearly the same, and marking the words that differ.

use askama::Template;

use super::bounds::Bounded;
use super::{Subject, render, say};

#[derive(Template)]
#[template(path = "report/changes.html")]
struct ChangesSection {
    lead: String,
    changes: Vec<Change>,
}

struct Change {
    /// `changed`, `removed` or `added`.
    kind: &'static str,
    words: Vec<Word>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Word {
    mark: Mark,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Kept,
    Removed,
    Added,
}

/// Of the words of two sentences, the share that must be common for one to be a change of the other, in percent.
const ALIKE_FROM: usize = 55;

/// Only where rules are compared: what a shop does today is not written in sentences of its own.
pub(super) fn section(bounded: &Bounded, subject: Subject) -> Option<String> {
    if subject != Subject::Rules {
        return None;
    }
    let [before, after] = bounded.report.rule_sets.as_ref()?;
    let (baseline, candidate) = (bounded.baseline()?, bounded.candidate()?);
    let changes = changes(before, after);
    let (from, to) = (say::name(&baseline.name), say::name(&candidate.name));
    let lead = match changes.len() as u64 {
        0 => format!("“{from}” and “{to}” hold the same sentences."),
        n => format!("From “{from}” to “{to}”: {}.", say::count(n, "difference")),
    };
    Some(render(&ChangesSection { lead, changes }))
}

fn changes(before: &[String], after: &[String]) -> Vec<Change> {
    let mut gone: Vec<&String> = before.iter().filter(|sentence| !after.contains(sentence)).collect();
    let new = after.iter().filter(|sentence| !before.contains(sentence));
    let mut changed = Vec::new();
    let mut added = Vec::new();
    for sentence in new {
        let nearest =
            gone.iter().enumerate().max_by_key(|(i, other)| (alike(other, sentence), usize::MAX - i));
        match nearest {
            Some((at, other)) if alike(other, sentence) >= ALIKE_FROM => {
                changed.push(Change { kind: "changed", words: difference(other, sentence) });
                gone.remove(at);
            }
            _ => added.push(Change { kind: "added", words: whole(sentence, Mark::Added) }),
        }
    }
    let removed =
        gone.iter().map(|sentence| Change { kind: "removed", words: whole(sentence, Mark::Removed) });
    changed.into_iter().chain(removed).chain(added).collect()
}

fn whole(sentence: &str, mark: Mark) -> Vec<Word> {
    vec![Word { mark, text: sentence.to_owned() }]
}

/// Percent of the words that both have in the same order.
fn alike(a: &str, b: &str) -> usize {
    let kept =
        difference(a, b).iter().filter(|word| word.mark == Mark::Kept).map(|word| count(&word.text)).sum();
    let kept: usize = kept;
    200 * kept / (count(a) + count(b)).max(1)
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The words of both sentences, those in common once; neighbours of one mark are joined.
fn difference(before: &str, after: &str) -> Vec<Word> {
    let (a, b): (Vec<&str>, Vec<&str>) =
        (before.split_whitespace().collect(), after.split_whitespace().collect());
    let common = common(&a, &b);
    let (mut i, mut j, mut words) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            push(&mut words, Mark::Kept, a[i]);
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || common[i + 1][j] >= common[i][j + 1]) {
            push(&mut words, Mark::Removed, a[i]);
            i += 1;
        } else {
            push(&mut words, Mark::Added, b[j]);
            j += 1;
        }
    }
    words
}

/// Longest common subsequences of all ends of both.
fn common(a: &[&str], b: &[&str]) -> Vec<Vec<usize>> {
    let mut lengths = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i][j] = if a[i] == b[j] {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    lengths
}

fn push(words: &mut Vec<Word>, mark: Mark, text: &str) {
    match words.last_mut() {
        Some(last) if last.mark == mark => {
            last.text.push(' ');
            last.text.push_str(text);
        }
        _ => words.push(Word { mark, text: text.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &[&str], after: &[&str]) -> Vec<String> {
        let owned = |set: &[&str]| set.iter().map(|&s| s.to_owned()).collect::<Vec<_>>();
        let say = |change: &Change| {
            let words = change.words.iter().map(|word| match word.mark {
                Mark::Kept => word.text.clone(),
                Mark::Removed => format!("[-{}-]", word.text),
                Mark::Added => format!("[+{}+]", word.text),
            });
            format!("{}: {}", change.kind, words.collect::<Vec<_>>().join(" "))
        };
        changes(&owned(before), &owned(after)).iter().map(say).collect()
    }

    #[test]
    fn sentences_are_removed_added_or_changed() {
        let before =
            ["At most 3 parcels.", "Keep at least 1 at stores.", "Prefer warehouses, worth $1.50 a parcel."];
        let after = ["At most 3 parcels.", "Keep at least 2 at stores.", "Ship within 2 days."];
        assert_eq!(
            told(&before, &after),
            [
                "changed: Keep at least [-1-] [+2+] at stores.",
                "removed: [-Prefer warehouses, worth $1.50 a parcel.-]",
                "added: [+Ship within 2 days.+]",
            ]
        );
    }

    #[test]
    fn equal_sets_have_no_difference() {
        assert!(told(&["At most 3 parcels."], &["At most 3 parcels."]).is_empty());
    }
}
