//! Notes and the explanation: what is told beside the plan agrees with it.

use crate::Finding;
use crate::case::{Case, Taken};
use model::{Action, LocationId, Note, RecordId, Verdict};

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for note in &case.decision.notes {
        if let Note::LowStock { record, left, below, .. } = *note {
            check_low_stock(case, record, (left, below), findings);
        }
    }
    for active in case.rules.iter().filter(|active| active.holds.is_yes()) {
        let Action::FlagLowStock { below } = active.rule.then else { continue };
        for (&record, taken) in case.taken.iter().filter(|(_, taken)| active.covers(taken.product).is_yes()) {
            check_said(case, (record, taken), below, findings);
        }
    }
    if !case.is_held() {
        check_verdicts(case, findings);
    }
}

fn left(case: &Case<'_>, record: RecordId) -> i64 {
    let taken = case.taken.get(&record).map_or(0, |taken| taken.units);
    i64::from(case.stock.available(record)) - taken
}

fn check_low_stock(
    case: &Case<'_>,
    record: RecordId,
    (stated, below): (u32, u32),
    findings: &mut Vec<Finding>,
) {
    let known = case.stock.record_count();
    if record.0 as usize >= known {
        let message = format!("low stock is noted for record {}, there are {known}", record.0);
        findings.push(Finding::suspect("low_stock_note", message));
        return;
    }
    let left = left(case, record);
    if i64::from(stated) != left || stated >= below {
        let message = format!("record {} has {left} left, {stated} (below {below}) are noted", record.0);
        findings.push(Finding::suspect("low_stock_note", message));
    }
}

fn check_said(case: &Case<'_>, (record, taken): (RecordId, &Taken), below: u32, findings: &mut Vec<Finding>) {
    let left = left(case, record);
    let is_noted = |note: &Note| matches!(note, Note::LowStock { record: noted, .. } if *noted == record);
    if left < i64::from(below) && !case.decision.notes.iter().any(is_noted) {
        let (sku, code) = (case.sku(taken.product), case.code(taken.location));
        let message = format!("{left} {sku} are left at {code}, below {below}, and no note says so");
        findings.push(Finding::suspect("low_stock_unsaid", message));
    }
}

/// Every location once, by code; chosen are those that send a parcel.
fn check_verdicts(case: &Case<'_>, findings: &mut Vec<Finding>) {
    let considered = &case.decision.considered;
    if considered.is_empty() {
        return;
    }
    let locations: Vec<LocationId> = considered.iter().map(|one| one.location).collect();
    if !case.network.location_ids().eq(locations.iter().copied()) {
        let (told, known) = (locations.len(), case.network.locations.len());
        let message = format!("{told} locations are explained out of order or in part, there are {known}");
        findings.push(Finding::suspect("considered_differs", message));
        return;
    }
    for one in considered {
        let parcels = case.by_location.get(&one.location).map_or(0, Vec::len);
        if (one.verdict == Verdict::Chosen) != (parcels > 0) {
            let (code, verdict) = (case.code(one.location), one.verdict.code());
            let message = format!("{code} is explained as {verdict}, it sends {parcels} parcels");
            findings.push(Finding::suspect("considered_differs", message));
        }
    }
}
