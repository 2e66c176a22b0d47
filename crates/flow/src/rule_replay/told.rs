//! What is told of a replay: its figures as JSON, and the sentences that they rest on.
//!
//! Owns: what a replay of the books assumes, in plain words. Refuses to know: what a figure is called; the replay does.

use super::past::Past;
use super::{Asked, Decided, Replayed};
use crate::baton::Baton;
use crate::refused::Refused;
use ::replay::json::Amounts;
use ::replay::{Report, told};
use model::words::counted;
use model::{RuleSet, Timestamp};
use serde_json::{Map, Value, json};
use std::sync::Arc;
use store::db::DbError;
use store::orders;

/// Something that the figures rest on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assumed {
    /// `data`: it is in the books. `calculated`: it follows from them. `assumed`: nobody knows.
    pub basis: &'static str,
    pub sentence: String,
}

/// A set as people tell it from its other versions.
pub(super) fn name(set: &RuleSet) -> String {
    let name = if set.name.is_empty() { "Rules" } else { &set.name };
    if set.number == 0 { name.to_owned() } else { format!("{name} (version {})", set.number) }
}

/// Adds to what was decided how it is told.
pub(super) async fn tell(
    baton: &Baton,
    (past, asked): (&Past, Asked),
    Decided { base, candidate, report, worths }: Decided,
) -> Result<Replayed, Refused> {
    let network = Arc::clone(&past.facts.network);
    let assumptions = assumptions(past, &report);
    let amounts = Amounts::Minor(network.currency);
    let mut told = ::replay::json::report((&network, amounts), (&report, &worths));
    let list = |assumed: &Assumed| json!({ "basis": assumed.basis, "sentence": assumed.sentence });
    told.insert("assumptions".to_owned(), assumptions.iter().map(list).collect());
    told.insert("from".to_owned(), json!(asked.period.from_ms));
    told.insert("to".to_owned(), json!(asked.period.to_ms));
    told.insert("rule_set".to_owned(), json!(asked.rule_set));
    told.insert("against".to_owned(), json!(asked.against));
    let sentences = worths.iter().map(|worth| told::worth(&candidate, worth, network.currency));
    for (rule, sentence) in items(&mut told, "rule_worth").zip(sentences) {
        rule.insert("sentence".to_owned(), json!(sentence));
    }
    for comparison in items(&mut told, "comparisons") {
        for moved in items(comparison, "top_moved") {
            name_order(baton, moved).await?;
        }
    }
    let told = Value::Object(told);
    Ok(Replayed { network, base, candidate, report, worths, assumptions, told })
}

/// The objects of a list.
fn items<'m>(of: &'m mut Map<String, Value>, list: &str) -> impl Iterator<Item = &'m mut Map<String, Value>> {
    let list = of.get_mut(list).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}

/// Adds what its channel and people call an order.
async fn name_order(baton: &Baton, moved: &mut Map<String, Value>) -> Result<(), DbError> {
    let id: Arc<str> = moved.get("order").and_then(Value::as_str).unwrap_or_default().into();
    let found = baton.db.read::<_, DbError>(move |tx| {
        let id = Arc::clone(&id);
        Box::pin(async move { orders::get(tx, &id).await })
    });
    if let Some(row) = found.await? {
        moved.insert("channel".to_owned(), json!(row.channel));
        moved.insert("external_id".to_owned(), json!(row.external_id));
        moved.insert("name".to_owned(), json!(row.name));
        moved.insert("placed_at".to_owned(), json!(row.placed_at_ms));
    }
    Ok(())
}

fn assumptions(past: &Past, report: &Report) -> Vec<Assumed> {
    let data = |sentence: String| Assumed { basis: "data", sentence };
    let assumed = |sentence: &str| Assumed { basis: "assumed", sentence: sentence.to_owned() };
    let mut told = vec![
        data(
            "Orders are as their channels asked for them, with what was changed since; where they stood at the first \
             moment, and what came and went otherwise, is in the ledger."
                .to_owned(),
        ),
        assumed(
            "Places, products, rates and settings are as they are today, also on days when they were others.",
        ),
        assumed(
            "Each order is decided once, at the time its channel says it was placed, also where it came later. What happened to it later (rejections, short picks, edits, \
             cancellations, overrides by hand, units that came for a backorder) is left out on both sides: what it was \
             given stays given.",
        ),
        assumed(
            "What was received, counted, sold over the counter, sent to another store or brought back happened when it \
             did, whatever the rules. A taking of more than is left takes what is left.",
        ),
        assumed("At the first moment no place has parcels for its next dispatch yet."),
    ];
    if let Some(at) = past.begins_ms {
        told.push(data(format!(
            "The ledger begins at {}: before that all shelves are empty, and orders placed then find nothing.",
            Timestamp(at)
        )));
    }
    if past.gated > 0 {
        told.push(Assumed {
            basis: "assumed",
            sentence: counted(
                past.gated,
                "shelf whose gate is closed today counts as empty for the whole period.",
                "shelves whose gates are closed today count as empty for the whole period.",
            ),
        });
    }
    told.extend(told::left_out(report).into_iter().map(data));
    told.push(Assumed {
        basis: "calculated",
        sentence: "Postage, work and the other parts of cost follow from the rates, wages and settings of the shop, \
                   or the defaults that `baton formats` lists."
            .to_owned(),
    });
    let defaults = told::lateness(&past.facts.network).into_iter();
    let defaults = defaults.chain(told::defaults_of_cost(&past.facts.network));
    told.extend(defaults.map(|sentence| Assumed { basis: "assumed", sentence }));
    told
}
