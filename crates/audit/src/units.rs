//! Conservation: per line, placed + left over = ordered. Bundles are placed component by component, and whole.

use crate::Finding;
use crate::case::Case;
use model::{Network, OrderLine, Placement, ProductId};
use std::collections::BTreeMap;

pub(crate) fn check(case: &Case<'_>, findings: &mut Vec<Finding>) {
    for (index, line) in case.order.lines.iter().enumerate() {
        let index = index as u16;
        if case.network.product(line.product).is_bundle() {
            check_bundle(case, (index, line), findings);
        } else {
            let placed = placed_of(case, index).values().sum();
            check_sum(case, (index, line), placed, findings);
        }
    }
    for placement in &case.decision.placements {
        check_placement(case, placement, findings);
    }
    for leftover in case.decision.leftovers.iter().filter(|leftover| leftover.quantity == 0) {
        let line = case.line(leftover.line);
        if line.quantity > 0 {
            let message = format!("line {} leaves 0 units over, at least 1 is due", line.number);
            findings.push(Finding::fatal("zero_quantity", message));
        }
    }
}

/// Units placed of each product for a line.
pub(crate) fn placed_of(case: &Case<'_>, index: u16) -> BTreeMap<ProductId, i64> {
    let mut placed = BTreeMap::new();
    for placement in case.decision.placements.iter().filter(|placement| placement.line == index) {
        *placed.entry(placement.product).or_insert(0) += i64::from(placement.quantity);
    }
    placed
}

/// What is picked for one unit of a line's product: itself, or the components of a bundle.
pub(crate) fn picked(network: &Network, product: ProductId) -> BTreeMap<ProductId, i64> {
    let mut picked = BTreeMap::new();
    for component in &network.product(product).components {
        *picked.entry(component.product).or_insert(0) += i64::from(component.quantity.max(1));
    }
    if picked.is_empty() {
        picked.insert(product, 1);
    }
    picked
}

fn check_bundle(case: &Case<'_>, (index, line): (u16, &OrderLine), findings: &mut Vec<Finding>) {
    let placed = placed_of(case, index);
    let bundles = i64::from(line.quantity) - case.left_over(index);
    let mut first = None;
    for (product, per_bundle) in picked(case.network, line.product) {
        let units = placed.get(&product).copied().unwrap_or(0);
        let whole = *first.get_or_insert(units / per_bundle);
        if units != whole * per_bundle {
            let (sku, due) = (case.sku(product), whole * per_bundle);
            let message =
                format!("line {}: {units} {sku} placed for its bundles, {due} are due", line.number);
            findings.push(Finding::fatal("bundle_broken", message));
            return;
        }
    }
    if let Some(whole) = first.filter(|&whole| whole != bundles) {
        check_sum(case, (index, line), whole, findings);
    }
}

fn check_sum(case: &Case<'_>, (index, line): (u16, &OrderLine), placed: i64, findings: &mut Vec<Finding>) {
    let left = case.left_over(index);
    if placed + left != i64::from(line.quantity) {
        let sku = case.sku(line.product);
        let message = format!(
            "line {}: {placed} {sku} placed and {left} left over are {}, {} were ordered",
            line.number,
            placed + left,
            line.quantity
        );
        findings.push(Finding::fatal("units_do_not_add_up", message));
    }
}

fn check_placement(case: &Case<'_>, placement: &Placement, findings: &mut Vec<Finding>) {
    let line = case.line(placement.line);
    let (sku, ordered) = (case.sku(placement.product), case.sku(line.product));
    if placement.quantity == 0 {
        let message = format!("line {}: a placement takes 0 {sku}, at least 1 is due", line.number);
        findings.push(Finding::fatal("zero_quantity", message));
    }
    let components = &case.network.product(line.product).components;
    let is_due = match components.as_slice() {
        [] => placement.product == line.product,
        _ => components.iter().any(|component| component.product == placement.product),
    };
    if !is_due {
        let message = format!("line {}: {sku} is placed, {ordered} was ordered", line.number);
        findings.push(Finding::fatal("wrong_product", message));
    }
}
