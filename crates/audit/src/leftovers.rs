//! Leftovers: each remedy is one that the line or the settings allow, and its promise is true.
//!
//! A line that says hold or cancel gets that. One that asks for a substitute or a backorder may fall back on
//! the settings. A person may always look at what is held, and at what no choice but cancelling was left for.

use crate::Finding;
use crate::case::Case;
use model::{Day, Leftover, LocationId, OrderLine, ProductId, Remedy, ShortChoice};

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for leftover in &case.decision.leftovers {
        let line = case.line(leftover.line);
        if !is_allowed(case, line, leftover) {
            let (remedy, choice) =
                (leftover.remedy.code(), line.when_short.map_or("none", ShortChoice::code));
            let message = format!("line {} gets {remedy}, its own choice is {choice}", line.number);
            findings.push(Finding::fatal("remedy_not_allowed", message));
        }
        match leftover.remedy {
            Remedy::Substitute { product, location } => {
                check_substitute(case, line, (product, location), findings);
            }
            Remedy::Backorder { expected } => check_backorder(case, line, expected, findings),
            Remedy::Hold | Remedy::Cancel => {}
        }
    }
}

fn choice_of(remedy: Remedy) -> ShortChoice {
    match remedy {
        Remedy::Substitute { .. } => ShortChoice::Substitute,
        Remedy::Backorder { .. } => ShortChoice::Backorder,
        Remedy::Hold => ShortChoice::Hold,
        Remedy::Cancel => ShortChoice::Cancel,
    }
}

fn is_allowed(case: &Case<'_>, line: &OrderLine, leftover: &Leftover) -> bool {
    let choice = choice_of(leftover.remedy);
    if choice == ShortChoice::Hold && case.is_held() || line.when_short == Some(choice) {
        return true;
    }
    if matches!(line.when_short, Some(ShortChoice::Hold | ShortChoice::Cancel)) {
        return false;
    }
    let settings = &case.network.settings.when_short;
    settings.contains(&choice) || choice == ShortChoice::Hold && !settings.contains(&ShortChoice::Cancel)
}

fn check_substitute(
    case: &Case<'_>,
    line: &OrderLine,
    (product, location): (ProductId, LocationId),
    findings: &mut Vec<Finding>,
) {
    let (sku, code) = (case.sku(product), case.code(location));
    let ordered = case.network.product(line.product);
    if !ordered.substitutes.contains(&product) {
        let message = format!("line {}: {sku} is not a substitute for {}", line.number, ordered.sku);
        findings.push(Finding::fatal("substitute_unlisted", message));
    }
    let record = case.stock.record(product, location);
    let available = record.map_or(0, |record| case.stock.available(record));
    if available < 1 {
        let message =
            format!("line {}: {available} {sku} are available at {code}, 1 is the least", line.number);
        findings.push(Finding::fatal("substitute_unavailable", message));
    }
}

/// The earliest receipt anywhere after the day of the decision. Bundles have no receipts of their own, and how
/// their components' dates combine is not judged.
fn check_backorder(case: &Case<'_>, line: &OrderLine, stated: Option<Day>, findings: &mut Vec<Finding>) {
    if case.network.product(line.product).is_bundle() {
        return;
    }
    let records = case.stock.records(line.product);
    let levels = records.map(|record| case.stock.level(model::RecordId(record as u32)));
    let receipts: Vec<Day> = levels.filter_map(|level| level.next_receipt).collect();
    let today = case.network.settings.clock.day(case.now);
    let to_come = receipts.iter().filter(|&&day| day > today).min().copied();
    if stated != to_come {
        let shown = |day: Option<Day>| day.map_or("no day".to_owned(), |day| day.to_string());
        let (sku, stated, due) = (case.sku(line.product), shown(stated), shown(to_come));
        let message = format!("line {}: {sku} is expected on {stated}, its receipts say {due}", line.number);
        findings.push(Finding::fatal("backorder_date", message));
    }
}
