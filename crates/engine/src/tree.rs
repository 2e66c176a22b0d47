//! A rule set for the wall of a shop: a decision tree in plain text, and its sentences with what they mean.
//!
//! Owns: their wording and layout. Refuses to know: how a rule is carried out.

use crate::rules::grammar::conditions::{phrases, question};
use crate::rules::{phrase, practice, sentence};
use model::words::capitalized;
use model::{Action, Condition, Currency, Rule, RuleRef, RuleSet, Strength};

/// The set as a decision tree that can be read aloud, in order: hard limits, rules, then cost.
///
/// ```text
/// An order comes in.
/// ├─ Hard limits hold whatever it costs.
/// │  └─ Is the order for shipping, and is an item fragile?
/// │     ├─ yes: only from warehouses, for such items
/// │     └─ either way: go on
/// ├─ 1. Prefer the nearest of stores with at least 2 on hand, always.
/// └─ Then the cheapest of what is left.
/// ```
pub fn tree(set: &RuleSet, currency: Currency) -> String {
    let mut steps = Vec::new();
    if !set.guardrails.is_empty() {
        let limits = set.guardrails.iter().map(|rule| step(rule, currency)).collect();
        steps.push(Node { says: "Hard limits hold whatever it costs.".to_owned(), below: limits });
    }
    for (i, rule) in set.rules.iter().enumerate() {
        let step = step(rule, currency);
        steps.push(Node { says: format!("{}. {}", i + 1, step.says), ..step });
    }
    let end = if steps.is_empty() {
        "The cheapest place that can serve it wins."
    } else {
        "Then the cheapest of what is left."
    };
    steps.push(Node { says: end.to_owned(), below: Vec::new() });
    let mut text = "An order comes in.\n".to_owned();
    draw(&steps, "", &mut text);
    text
}

struct Node {
    says: String,
    below: Vec<Node>,
}

impl Node {
    fn leaf(says: String) -> Node {
        Node { says, below: Vec::new() }
    }
}

/// A rule without conditions is a sentence; with conditions, a question and its two ways on.
fn step(rule: &Rule, currency: Currency) -> Node {
    if rule.when.is_empty() {
        return Node::leaf(sentence(rule, currency));
    }
    let questions: Vec<String> = phrases(&rule.when, currency).iter().map(|words| question(words)).collect();
    let says = capitalized(&format!("{}?", questions.join(", and ")));
    let on = if matches!(rule.then, Action::Hold { .. }) { "no: go on" } else { "either way: go on" };
    let yes = format!("yes: {}{}", phrase(&rule.then, currency), such_items(rule));
    Node { says, below: vec![Node::leaf(yes), Node::leaf(on.to_owned())] }
}

/// Rules about places, with conditions of an item, hold for the items that meet them.
fn such_items(rule: &Rule) -> &'static str {
    let is_about_places = matches!(
        rule.then,
        Action::Only(_)
            | Action::Never(_)
            | Action::Prefer(..)
            | Action::PreferNearest(..)
            | Action::Keep { .. }
            | Action::NeedOnHand { .. }
    );
    let asks_items = rule.when.iter().any(|condition| matches!(condition, Condition::Item(_)));
    if is_about_places && asks_items { ", for such items" } else { "" }
}

fn draw(nodes: &[Node], indent: &str, text: &mut String) {
    for (i, node) in nodes.iter().enumerate() {
        let (branch, below) = if i + 1 == nodes.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        text.push_str(&format!("{indent}{branch}{}\n", node.says));
        draw(&node.below, &format!("{indent}{below}"), text);
    }
}

/// The sentences, numbered and grouped, each followed by a line that says what it means in practice.
pub fn plain(set: &RuleSet, currency: Currency) -> Vec<String> {
    let mut lines = Vec::new();
    for (title, name, rules) in
        [("Hard limits", "Guardrail", &set.guardrails), ("Rules, in this order", "Rule", &set.rules)]
    {
        if rules.is_empty() {
            continue;
        }
        lines.push(title.to_owned());
        for (i, rule) in rules.iter().enumerate() {
            let sort = if name == "Guardrail" { "a hard limit" } else { sort(&rule.then) };
            lines.push(format!("{name} {}. {}", i + 1, sentence(rule, currency)));
            lines.push(format!("   This is {sort}: {}", uncapitalized(&practice(&rule.then, currency))));
        }
    }
    lines.push(match lines.is_empty() {
        true => "No rules: of all places that can serve an order, the cheapest wins.".to_owned(),
        false => "Of what all this leaves, the cheapest wins.".to_owned(),
    });
    lines
}

/// A sentence as it is taught.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lesson {
    pub rule: RuleRef,
    pub sentence: String,
    /// What is asked of an order, each as a question. None: it holds for every order.
    pub asks: Vec<String>,
    /// What is done then, without capital and full stop.
    pub does: String,
    /// `a hard limit`, `a preference before cost`.
    pub sort: &'static str,
    /// What it means in practice.
    pub practice: String,
    /// It ends the way: nothing after it is asked.
    pub is_stop: bool,
}

/// Every sentence as it is taught, guardrails first.
pub fn lessons(set: &RuleSet, currency: Currency) -> Vec<Lesson> {
    let asks = |rule: &Rule| {
        let asked = phrases(&rule.when, currency);
        asked.iter().map(|words| format!("{}?", capitalized(&question(words)))).collect()
    };
    let lesson = |(reference, rule): (RuleRef, &Rule)| Lesson {
        rule: reference,
        sentence: sentence(rule, currency),
        asks: asks(rule),
        does: format!("{}{}", phrase(&rule.then, currency), such_items(rule)),
        sort: if matches!(reference, RuleRef::Guardrail(_)) { "a hard limit" } else { sort(&rule.then) },
        practice: practice(&rule.then, currency),
        is_stop: matches!(rule.then, Action::Hold { .. }),
    };
    set.all().map(lesson).collect()
}

/// What sort of rule it is, outside of the guardrails.
fn sort(action: &Action) -> &'static str {
    match action {
        Action::Prefer(_, Strength::Always) | Action::PreferNearest(_, Strength::Always) => {
            "a preference before cost"
        }
        Action::Prefer(_, Strength::Worth(_)) | Action::PreferNearest(_, Strength::Worth(_)) => {
            "a preference with a price"
        }
        Action::Hold { .. } => "a stop",
        Action::FlagLowStock { .. } => "a notice",
        _ => "a limit",
    }
}

fn uncapitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{KINDS, RuleFile, cost_only, read_sentence, starter};

    const USD: Currency = Currency::USD;

    #[test]
    fn the_starter_set_is_a_tree_to_read_aloud() {
        let expect = "\
An order comes in.
├─ Hard limits hold whatever it costs.
│  └─ Is the order for shipping, and is an item fragile?
│     ├─ yes: only from warehouses, for such items
│     └─ either way: go on
├─ 1. Is the order for pickup, and is the order same-day?
│  ├─ yes: only from the chosen store
│  └─ either way: go on
├─ 2. Prefer the nearest of stores with at least 2 on hand, always.
├─ 3. Flag low stock when fewer than 2 are left.
└─ Then the cheapest of what is left.
";
        assert_eq!(tree(&starter().set, USD), expect);
    }

    #[test]
    fn without_rules_the_cheapest_wins() {
        assert_eq!(
            tree(&cost_only(), USD),
            "An order comes in.\n└─ The cheapest place that can serve it wins.\n"
        );
        assert_eq!(plain(&cost_only(), USD).len(), 1);
    }

    #[test]
    fn a_hold_ends_the_way() {
        let text =
            "When the order weighs over 40 lb and the order goes to AK, hold because \"ask for a rate\".\n";
        let file = RuleFile::read(text, USD).unwrap();
        let expect = "\
An order comes in.
├─ 1. Does the order weigh over 40 lb, and does the order go to AK?
│  ├─ yes: hold because \"ask for a rate\"
│  └─ no: go on
└─ Then the cheapest of what is left.
";
        assert_eq!(tree(&file.set, USD), expect);
    }

    #[test]
    fn each_sentence_says_what_it_means() {
        let expect = [
            "Hard limits",
            "Guardrail 1. When the order is for shipping and an item is fragile, only from warehouses.",
            "   This is a hard limit: every place but warehouses is left out, whatever it would cost.",
            "Rules, in this order",
            "Rule 1. When the order is for pickup and the order is same-day, only from the chosen store.",
            "   This is a limit: every place but the chosen store is left out, whatever it would cost.",
            "Rule 2. Prefer the nearest of stores with at least 2 on hand, always.",
            "   This is a preference before cost: the shortest way from stores with at least 2 on hand wins, whatever it \
             costs.",
            "Rule 3. Flag low stock when fewer than 2 are left.",
            "   This is a notice: the order goes out; where fewer than 2 are left, somebody is told.",
            "Of what all this leaves, the cheapest wins.",
        ];
        assert_eq!(plain(&starter().set, USD), expect);
    }

    #[test]
    fn a_lesson_asks_says_what_is_done_and_what_that_means() {
        let lessons = lessons(&starter().set, USD);
        let first = &lessons[0];
        assert_eq!(first.asks, ["Is the order for shipping?", "Is an item fragile?"]);
        assert_eq!(
            (first.does.as_str(), first.sort),
            ("only from warehouses, for such items", "a hard limit")
        );
        assert_eq!(
            lessons[2].practice,
            "The shortest way from stores with at least 2 on hand wins, whatever it costs."
        );
        assert!(lessons.iter().all(|lesson| !lesson.is_stop) && lessons.len() == 4);
    }

    #[test]
    fn every_kind_of_rule_can_be_told() {
        for kind in KINDS {
            let rule = read_sentence(kind.example, USD).unwrap();
            let set = RuleSet { rules: vec![rule], ..RuleSet::default() };
            assert_eq!(plain(&set, USD).len(), 4);
            assert!(tree(&set, USD).lines().count() >= 3);
        }
    }
}
