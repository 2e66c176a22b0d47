//! How a place fared, in a sentence, and what would change it.
//!
//! Owns: the messages for each verdict (`verdict-…`) and each remedy (`change-…`), with their numbers. Refuses to know: why
//! a verdict came about.

use super::why::{Considered, cost};
use crate::frame::Frame;
use crate::visit::Visit;
use fluent_bundle::{FluentArgs, FluentValue};
use model::{Cost, Reason};
use serde_json::{Map, Value};

pub(super) const CHOSEN: u8 = 0;
pub(super) const LOST: u8 = 1;
const PART: u8 = 2;
pub(super) const OUT: u8 = 3;

/// How a place fared.
pub(crate) struct Verdict {
    pub(crate) sentence: String,
    /// What would have to be another; empty where nothing need be.
    pub(crate) change: String,
    /// Chosen, lost, part, out: in this order.
    pub(crate) rank: u8,
    /// How much dearer it is.
    pub(crate) by: Cost,
}

/// Tells verdicts of one shop in one language.
pub(super) struct Teller<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) f: &'a Frame,
    /// Sentences of the rule set, as `guardrail 1` and `rule 1` name them.
    pub(crate) rules: &'a [String],
}

impl Teller<'_> {
    /// What people call a place.
    pub(super) fn place(&self, code: &str) -> String {
        self.visit.place_name(code)
    }

    /// The sentence that `rule 2` stands for; the name itself where the rules are not at hand.
    pub(super) fn rule(&self, name: &str) -> String {
        let found = self.rules.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        found.map_or_else(|| name.to_owned(), |sentence| self.f.rule(sentence))
    }

    pub(super) fn verdict(&self, place: &Considered) -> Verdict {
        let by = place.facts.get("by").and_then(Value::as_str).map_or(Cost(0), cost);
        let rank = match place.verdict.as_str() {
            "chosen" => CHOSEN,
            "lost" => LOST,
            "part" => PART,
            _ => OUT,
        };
        let kind = match (rank, by > Cost(0)) {
            (LOST, false) => "tied".to_owned(),
            _ => place.verdict.replace('_', "-"),
        };
        let said = self.said(&place.facts);
        let words = self.f.words;
        let change = match words.maybe(&format!("change-{kind}")) {
            Some(_) => words.say(&format!("change-{kind}"), &said),
            None => String::new(),
        };
        Verdict { sentence: words.say(&format!("verdict-{kind}"), &said), change, rank, by }
    }

    /// The facts of a verdict as a message takes them: amounts with their sign, rules as their sentences, lengths in km.
    fn said(&self, facts: &Map<String, Value>) -> FluentArgs<'static> {
        let mut said = FluentArgs::new();
        for (name, value) in facts {
            match (name.as_str(), value) {
                ("by" | "margin" | "need_margin", Value::String(text)) => {
                    said.set(name.clone(), self.f.money.decimal(text));
                }
                ("rule", Value::String(rule)) => said.set(name.clone(), self.rule(rule)),
                ("lane", Value::String(lane)) => said.set(name.clone(), self.f.named("lane", lane)),
                ("earliest" | "promised", Value::String(day)) => said.set(name.clone(), self.f.day(day)),
                ("limit_m", Value::Number(metres)) => {
                    said.set("limit_km", FluentValue::from(metres.as_i64().unwrap_or(0) / 1_000));
                }
                (_, Value::Number(number)) => {
                    said.set(name.clone(), FluentValue::from(number.as_i64().unwrap_or(0)));
                }
                (_, Value::String(text)) => said.set(name.clone(), text.clone()),
                (_, Value::Array(list)) => {
                    let words =
                        list.iter().filter_map(Value::as_str).map(|word| self.f.named("certified", word));
                    said.set(name.clone(), words.collect::<Vec<_>>().join(self.f.locale().comma));
                }
                _ => {}
            }
        }
        said
    }

    /// Checks in their order, up to the one that a place failed; all where it failed none.
    pub(super) fn passed(&self, verdict: &str) -> Vec<String> {
        let passed = Reason::CODES.into_iter().take_while(|code| *code != verdict);
        passed.map(|code| self.f.named("check", code)).collect()
    }
}
