//! What the figures rest on: read from files, worked out, or assumed. One list for terminal, report and JSON.
//!
//! Owns: the sentences, which follow from what was used and not from what usually is. Refuses to know: where they
//! are shown.

use crate::fault::{Fault, say};
use crate::restock::{OpeningStock, Restock, Shelves};
use crate::source::Source;
use model::words::{self, count, counted, part_of};
use paper::report::{Assumption, Basis};
use replay::{Policy, ReplayPlan, Report, told};

/// What the first variant stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    /// What the shop does today.
    Today,
    /// One rule set among others.
    RuleSet,
}

/// Everything that sentences follow from.
pub(crate) struct Grounds<'g> {
    pub(crate) source: &'g Source,
    pub(crate) shelves: &'g Shelves,
    pub(crate) plan: &'g ReplayPlan<'g>,
    pub(crate) report: &'g Report,
    pub(crate) base: Base,
}

fn data(sentence: &str) -> Assumption {
    Assumption { basis: Basis::Data, sentence: sentence.to_owned() }
}

fn modelled(sentence: String) -> Assumption {
    Assumption { basis: Basis::Modelled, sentence }
}

fn assumed(sentence: String) -> Assumption {
    Assumption { basis: Basis::Assumed, sentence }
}

/// The whole list.
pub(crate) fn assumptions(grounds: &Grounds<'_>) -> Vec<Assumption> {
    let source = grounds.source;
    let read = words::capitalized(&source.read_things());
    let mut told = vec![data(&format!("{read} are read from your files."))];
    if source.problem.stock.record_count() == 0 {
        told.push(assumed("No stock is stated: every place counts as empty.".to_owned()));
    }
    told.extend(first_way(grounds));
    told.extend(shelves(source, grounds.shelves));
    if grounds.report.receipts_left_out > 0 {
        told.push(assumed(counted(
            grounds.report.receipts_left_out,
            "receipt is for a product that its place has no stock record of; it is left out.",
            "receipts are for products that their place has no stock record of; they are left out.",
        )));
    }
    told.extend(told::left_out(grounds.report).iter().map(|sentence| data(sentence)));
    told.push(modelled(
        "Postage, work and the other parts of cost follow from the rates, wages and settings in your files, or the \
         defaults that `baton formats` lists."
            .to_owned(),
    ));
    told.extend(told::lateness(&source.problem.network).map(assumed));
    told.extend(told::defaults_of_cost(&source.problem.network).into_iter().map(assumed));
    let stated = source.problem.notes.iter().chain(&source.problem.assumptions);
    told.extend(stated.map(|sentence| assumed(words::sentence(sentence))));
    told
}

/// How the first variant places orders: as was done, as is modelled, or by rules.
fn first_way(grounds: &Grounds<'_>) -> Vec<Assumption> {
    let Some(first) = grounds.report.variants.first() else { return Vec::new() };
    let is_actual = matches!(grounds.plan.variants.first().map(|v| v.policy), Some(Policy::Actual(_)));
    if !is_actual {
        return match (grounds.base, &grounds.source.actual) {
            (Base::RuleSet, _) => Vec::new(),
            (Base::Today, None) => vec![modelled(format!(
                "Your files do not say where each order shipped from, so today's way is modelled: {}.",
                first.name
            ))],
            (Base::Today, Some(_)) => vec![modelled(format!(
                "Today's way is modelled, as asked: {}. What actuals.csv says of it is not used.",
                first.name
            ))],
        };
    }
    let mut told = vec![data(
        "Where orders really shipped from is read from actuals.csv; its cost is worked out with the same rates.",
    )];
    if grounds.source.has_shipping_cost {
        told.push(assumed(
            "What the carriers were paid (shipping_cost_usd in actuals.csv) is not used: both ways are priced with the \
             same rates."
                .to_owned(),
        ));
    }
    if first.orders_without_actual > 0 {
        told.push(assumed(part_of(
            (first.orders_without_actual, grounds.report.orders),
            "order",
            (
                "is not in actuals.csv; it counts as not filled today.",
                "are not in actuals.csv; they count as not filled today.",
            ),
        )));
    }
    if first.units_beyond_records > 0 {
        let units = counted(
            first.units_beyond_records,
            "unit was sent that the stock records do not show; it counts as sent.",
            "units were sent that the stock records do not show; they count as sent.",
        );
        told.push(assumed(format!("Today {units}")));
    }
    told
}

/// What stands on the shelves, and how it comes back.
pub(crate) fn shelves(source: &Source, shelves: &Shelves) -> Vec<Assumption> {
    let has_receipts = !source.receipts.is_empty();
    let unread = if has_receipts { ", as asked; receipts.csv is not used" } else { "" };
    let unknown = if has_receipts || shelves.is_restock_asked {
        ""
    } else {
        "Your files do not say what came in (there is no receipts.csv): "
    };
    let mut told = vec![match shelves.restock {
        Restock::Receipts => data("What came in is read from receipts.csv."),
        Restock::Never => assumed(words::capitalized(&format!(
            "{unknown}nothing comes in during the period, what is sold is gone{unread}."
        ))),
        Restock::EveryDays(days) => assumed(words::capitalized(&format!(
            "{unknown}every {} all shelves are taken to be as full again as at the start{unread}.",
            if days == 1 { "day".to_owned() } else { count(days.into(), "day") }
        ))),
    }];
    if shelves.raised > 0 {
        told.push(assumed(counted(
            shelves.raised,
            "stock record was raised to what its place is known to have sent (actuals.csv).",
            "stock records were raised to what their place is known to have sent (actuals.csv).",
        )));
    }
    if shelves.opening == OpeningStock::Counted && shelves.is_opening_asked {
        told.push(data(
            "Stock at the start is as inventory.csv counts it, whatever places are known to have sent.",
        ));
    }
    told
}

/// Prints what the report lists.
pub(crate) fn print(assumptions: &[Assumption]) -> Result<(), Fault> {
    for told in assumptions {
        say(format_args!("{}: {}", word(told.basis), told.sentence))?;
    }
    Ok(())
}

/// The word for a basis, in terminal and JSON.
pub(crate) fn word(basis: Basis) -> &'static str {
    match basis {
        Basis::Data => "Data",
        Basis::Modelled => "Calculated",
        Basis::Assumed => "Assumed",
    }
}

/// The basis for a word of JSON.
pub(crate) fn of_word(wanted: &str) -> Basis {
    let all = [Basis::Data, Basis::Modelled, Basis::Assumed];
    all.into_iter().find(|basis| word(*basis).eq_ignore_ascii_case(wanted)).unwrap_or(Basis::Assumed)
}
