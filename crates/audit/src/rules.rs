//! Guardrails and rules: what each hard action asks of the plan.
//!
//! `only`, `never`, `keep` and `need on hand` are asked of each stock record that the plan draws on, for the
//! items that the rule bears on. `at most N parcels`, `parcel value` and `deliver within` are asked of the
//! parcels that carry such an item. Margin and hold concern the whole order.

use crate::Finding;
use crate::case::{Case, Taken, show};
use crate::conditions::{Active, Answer};
use crate::places::fits;
use crate::units::{picked, placed_of};
use model::{Action, CostPart, Day, Parcel, RecordId};
use std::collections::BTreeMap;

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for active in case.rules.iter().filter(|active| active.holds.is_yes()) {
        for (&record, taken) in &case.taken {
            if active.covers(taken.product).is_yes() {
                check_record(case, active, (record, taken), findings);
            }
        }
        check_order(case, active, findings);
    }
    check_applied(case, findings);
}

fn check_record(
    case: &Case<'_>,
    active: &Active<'_>,
    (record, taken): (RecordId, &Taken),
    findings: &mut Vec<Finding>,
) {
    let (sku, code, name) = (case.sku(taken.product), case.code(taken.location), active.name());
    let available = i64::from(case.stock.available(record));
    let left = available - taken.units;
    let fit = |places| fits(case, places, taken.location, Some(taken.product));
    let broken = match &active.rule.then {
        Action::Only(places) if fit(places) == Answer::No => {
            ("only_ignored", format!("{name} allows 0 {sku} from {code}, {} are taken", taken.units))
        }
        Action::Never(places) if fit(places).is_yes() => {
            ("never_ignored", format!("{name} allows 0 {sku} from {code}, {} are taken", taken.units))
        }
        Action::Keep { units, places } if left < i64::from(*units) && fit(places).is_yes() => {
            ("keep_ignored", format!("{name} keeps {units} {sku} at {code}, {left} would be left"))
        }
        Action::NeedOnHand { units, places } if available < i64::from(*units) && fit(places).is_yes() => (
            "on_hand_ignored",
            format!("{name} needs {units} {sku} at {code} before the order, {available} are available"),
        ),
        _ => return,
    };
    findings.push(Finding::fatal(broken.0, broken.1));
}

fn check_order(case: &Case<'_>, active: &Active<'_>, findings: &mut Vec<Finding>) {
    let name = active.name();
    match &active.rule.then {
        Action::MaxParcels(most) => {
            let parcels = carrying(case, active).count();
            if parcels > *most as usize {
                let message = format!("{name} allows {most} parcels, the plan has {parcels}");
                findings.push(Finding::fatal("too_many_parcels", message));
            }
        }
        Action::MinParcelValue(least) if case.decision.parcels.len() > 1 => {
            for parcel in carrying(case, active) {
                let (value, code) = (value_of(case, parcel), case.code(parcel.location));
                if value < i128::from(least.0) {
                    let (least, value) = (least.decimal(), show(value));
                    let message = format!("{name} needs parcels of {least}, that of {code} is worth {value}");
                    findings.push(Finding::fatal("parcel_value_too_low", message));
                }
            }
        }
        Action::DeliverWithin { days } => {
            let last = last_day(case, *days);
            for parcel in carrying(case, active).filter(|parcel| parcel.arrives > last) {
                let (code, arrives) = (case.code(parcel.location), parcel.arrives);
                let message = format!("{name} asks for {last}, the parcel of {code} arrives {arrives}");
                findings.push(Finding::fatal("delivered_too_late", message));
            }
        }
        Action::MinMargin(least) if !case.decision.parcels.is_empty() => {
            let margin = margin(case);
            if margin < i128::from(least.0) {
                let message =
                    format!("{name} needs a margin of {}, {} is left", least.decimal(), show(margin));
                findings.push(Finding::fatal("margin_too_low", message));
            }
        }
        Action::Hold { .. } if !case.is_held() || !case.decision.parcels.is_empty() => {
            let (outcome, parcels) = (case.decision.outcome.code(), case.decision.parcels.len());
            let message = format!("{name} holds the order, the outcome is {outcome} with {parcels} parcels");
            findings.push(Finding::fatal("hold_ignored", message));
        }
        _ => {}
    }
}

/// Parcels that carry an item on which the rule bears.
fn carrying<'a>(case: &'a Case<'a>, active: &'a Active<'a>) -> impl Iterator<Item = &'a Parcel> {
    let bears = |parcel: &&Parcel| {
        case.placements(parcel).iter().any(|placement| active.covers(placement.product).is_yes())
    };
    case.decision.parcels.iter().filter(bears)
}

fn last_day(case: &Case<'_>, days: u8) -> Day {
    let placed = case.network.settings.clock.day(case.order.placed_at);
    Day(placed.0.saturating_add(i32::from(days)))
}

/// The earliest last day that a promise, or any rule that may hold, sets. `None`: there is none.
pub(crate) fn strictest_day(case: &Case<'_>) -> Option<Day> {
    let within = case.rules.iter().filter(|active| active.holds != Answer::No);
    let days = within.filter_map(|active| match active.rule.then {
        Action::DeliverWithin { days } => Some(last_day(case, days)),
        _ => None,
    });
    days.chain(case.order.deliver_by).min()
}

/// What the customer paid for the goods in a parcel. A bundle that is packed in part counts as whole, so that
/// no way of sharing its price is blamed.
fn value_of(case: &Case<'_>, parcel: &Parcel) -> i128 {
    let mut bundles: BTreeMap<u16, i64> = BTreeMap::new();
    let mut units: BTreeMap<(u16, model::ProductId), i64> = BTreeMap::new();
    for placement in case.placements(parcel) {
        *units.entry((placement.line, placement.product)).or_insert(0) += i64::from(placement.quantity);
    }
    for (&(line, product), &units) in &units {
        let per_bundle = picked(case.network, case.line(line).product).get(&product).copied().unwrap_or(1);
        let begun = bundles.entry(line).or_insert(0);
        *begun = (*begun).max((units + per_bundle - 1) / per_bundle);
    }
    bundles.iter().map(|(&line, &n)| i128::from(case.line(line).unit_price.0) * i128::from(n)).sum()
}

/// Gross margin of what is placed, less the landed cost without unfilled units. Bundles earn their own
/// margin or that of their components, whichever is more.
fn margin(case: &Case<'_>) -> i128 {
    let margin_of = |product| i128::from(case.network.product(product).gross_margin.0);
    let mut earned = 0;
    for (index, line) in case.order.lines.iter().enumerate() {
        let placed = placed_of(case, index as u16);
        let whole = |(part, per_unit)| placed.get(&part).copied().unwrap_or(0) / per_unit;
        let own = picked(case.network, line.product).into_iter().map(whole).min().unwrap_or(0);
        let parts: i128 = placed.iter().map(|(&part, &units)| margin_of(part) * i128::from(units)).sum();
        earned += parts.max(margin_of(line.product) * i128::from(own));
    }
    let costs = CostPart::ALL.into_iter().filter(|&part| part != CostPart::Unfilled);
    earned - costs.map(|part| i128::from(case.decision.costs.get(part).0)).sum::<i128>()
}

/// The decision names the rules whose conditions held. Held orders are left out: they may stop early.
fn check_applied(case: &Case<'_>, findings: &mut Vec<Finding>) {
    if case.is_held() {
        return;
    }
    let has_bundles = case.order.lines.iter().any(|line| case.network.product(line.product).is_bundle());
    for active in case.rules.iter().filter(|active| active.items.is_none() || !has_bundles) {
        let times = case.decision.applied.iter().filter(|&&rule| rule == active.reference).count();
        let due = match active.holds {
            Answer::Yes => 1,
            Answer::No => 0,
            Answer::Unclear => times.min(1),
        };
        if times != due {
            let message = format!("{} is named {times} times as applied, {due} is due", active.name());
            findings.push(Finding::suspect("applied_differs", message));
        }
    }
    let known = case.rules.len();
    let named = case.decision.applied.iter();
    let strangers = named.filter(|rule| !case.rules.iter().any(|active| active.reference == **rule)).count();
    if strangers > 0 {
        let message = format!("{strangers} applied rules are not among the set's {known}");
        findings.push(Finding::suspect("applied_differs", message));
    }
}
