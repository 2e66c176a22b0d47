//! Rules while somebody writes them: as sentences or as tiles, with what is to be said of each line.
//!
//! Owns: that a text and its tiles are the same, to the last comment. Refuses to know: the words of the language; the
//! engine's registry has them.

use crate::shop::Shop;
use engine::rules::{FileLine, LaidSentence, RuleError, RuleFile, Tile, Understood, lay, read_sentence, say};
use engine::tree::Lesson;
use model::{Currency, Network, RuleRef, RuleSet};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Is {
    /// A comment or a blank line.
    #[default]
    Note,
    /// The name of the set.
    Name,
    /// Above the guardrails, or above the rules.
    Heading,
    Sentence,
}

/// One line of a rule set.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    pub is: Is,
    /// Of a note as it stands, of a name the name, of a sentence the sentence. Where there are tiles, they count.
    pub text: String,
    /// Of a heading and a sentence: it is about guardrails.
    pub is_hard: bool,
    /// Spaces before it.
    pub before: String,
    /// Spaces and a comment after it.
    pub after: String,
    /// Of a sentence.
    pub tiles: Option<LaidSentence>,
}

/// Rules as somebody writes them.
#[derive(Clone, Debug)]
pub enum Written {
    Text(String),
    Lines(Vec<Line>),
}

/// Something to be said of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineRemark {
    /// From 1. `None`: of the set as a whole.
    pub line: Option<usize>,
    /// In characters, from 1, where the line is not understood.
    pub column: Option<usize>,
    /// `error`, `warning` or `hint`.
    pub severity: &'static str,
    /// Stable.
    pub code: &'static str,
    pub rule: Option<String>,
    pub say: String,
    pub remedy: String,
}

/// What was written, as it would be kept.
#[derive(Clone, Debug)]
pub struct Checked {
    /// As it would be kept; as it was written, where that is not understood.
    pub content: String,
    /// Every line of it. Empty where a text is not understood.
    pub lines: Vec<Line>,
    pub remarks: Vec<LineRemark>,
    pub is_understood: bool,
}

/// Looks rules over, in this shop.
pub fn check(written: Written, shop: &Shop) -> Checked {
    let network = &shop.network;
    let content = match &written {
        Written::Text(text) => text.clone(),
        Written::Lines(lines) => {
            lines.iter().map(|line| typed(line, network.currency)).collect::<Vec<_>>().join("\n")
        }
    };
    match RuleFile::understand(&content, network.currency) {
        Ok(understood) => kept(&understood, network, matches!(written, Written::Text(_))),
        Err(errors) => Checked {
            content,
            lines: match written {
                Written::Lines(lines) => lines,
                Written::Text(_) => Vec::new(),
            },
            remarks: errors.iter().map(not_understood).collect(),
            is_understood: false,
        },
    }
}

/// A sentence as tiles. `None`: it is not understood.
pub fn laid_sentence(text: &str, currency: Currency) -> Option<LaidSentence> {
    read_sentence(text, currency).ok().map(|rule| lay(&rule, currency))
}

/// A line as a text has it. It stays one line, whatever came.
fn typed(line: &Line, currency: Currency) -> String {
    let Line { text, before, after, .. } = line;
    let whole = match line.is {
        Is::Note => text.clone(),
        Is::Name => format!("Rule set: {text}"),
        Is::Heading => format!("{before}{}{after}", if line.is_hard { "Guardrails" } else { "Rules" }),
        Is::Sentence => {
            let said = line.tiles.as_ref().map_or_else(|| text.clone(), |tiles| say(tiles, currency));
            format!("{before}{said}{after}")
        }
    };
    whole.replace(['\n', '\r'], " ")
}

fn kept(understood: &Understood, network: &Network, was_typed: bool) -> Checked {
    let file = &understood.file;
    let respelled = understood.respelled.iter().filter(|_| was_typed).map(|error| LineRemark {
        severity: "hint",
        code: "respelled",
        ..not_understood(error)
    });
    let remarks = engine::lint::lint(&file.set, network).into_iter().map(|finding| LineRemark {
        line: finding.rule.and_then(|rule| file.line_of(rule)),
        column: None,
        severity: finding.severity.code(),
        code: finding.code,
        rule: finding.rule.map(engine::json::rule_code),
        say: finding.message,
        remedy: finding.remedy,
    });
    Checked {
        content: file.write(network.currency),
        lines: file.lines().into_iter().map(|line| laid(line, network.currency)).collect(),
        remarks: remarks.chain(respelled).collect(),
        is_understood: true,
    }
}

fn laid(line: FileLine<'_>, currency: Currency) -> Line {
    let around = |is: Is, is_hard: bool, (before, after): (String, String)| Line {
        is,
        is_hard,
        before,
        after,
        ..Line::default()
    };
    match line {
        FileLine::Note(text) => Line { text, ..Line::default() },
        FileLine::Name(text) => Line { is: Is::Name, text, ..Line::default() },
        FileLine::Heading { is_hard, around: sides } => around(Is::Heading, is_hard, sides),
        FileLine::Sentence { is_hard, rule, around: sides } => Line {
            text: engine::rules::sentence(rule, currency),
            tiles: Some(lay(rule, currency)),
            ..around(Is::Sentence, is_hard, sides)
        },
    }
}

fn not_understood(error: &RuleError) -> LineRemark {
    LineRemark {
        line: Some(error.line),
        column: Some(error.column),
        severity: "error",
        code: "not_understood",
        rule: None,
        say: error.problem.clone(),
        remedy: error.remedy.clone(),
    }
}

/// Every tile of the language.
pub fn tiles() -> &'static [Tile] {
    engine::rules::tiles()
}

/// A rule set as it is taught: its sentences with what they ask and mean, and the tree that they make.
pub fn lessons(set: &RuleSet, currency: Currency) -> Value {
    let lesson = |lesson: Lesson| {
        json!({
            "rule": engine::json::rule_code(lesson.rule), "is_hard": matches!(lesson.rule, RuleRef::Guardrail(_)),
            "sentence": lesson.sentence, "asks": lesson.asks, "does": lesson.does, "sort": lesson.sort,
            "practice": lesson.practice, "is_stop": lesson.is_stop,
        })
    };
    let lessons: Vec<Value> = engine::tree::lessons(set, currency).into_iter().map(lesson).collect();
    json!({ "name": set.name, "lessons": lessons, "tree": engine::tree::tree(set, currency) })
}
