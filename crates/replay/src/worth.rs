//! Each rule's worth: what the period would have cost without it.
//!
//! Owns: leaving out one guardrail or rule at a time. Refuses to know: whether a rule should stay.

use crate::compare::Comparison;
use crate::orders::Orders;
use crate::plan::{Listeners, Policy, ReplayError, ReplayPlan};
use crate::replay::{Report, replay};
use crate::stats::{Basis, CostInterval};
use model::{Action, Currency, Effect, RuleRef, RuleSet};

/// What leaving out one rule changes: without it, less with it. A positive cost is what the rule saves.
#[derive(Clone, Debug)]
pub struct RuleWorth {
    pub rule: RuleRef,
    pub cost_per_order: CostInterval,
    /// The same with units left over priced: a rule that keeps orders from being sent looks cheap without it.
    pub cost_with_unfilled: CostInterval,
    pub split_rate: f64,
    /// Units without a place.
    pub unfilled_units: i64,
    /// Orders that are not filled in full.
    pub unfilled_orders: i64,
    /// How often it flagged low stock, where that is what it does.
    pub flags: u64,
    pub moved_orders: u64,
    /// Everything else that changes.
    pub comparison: Comparison,
}

impl RuleWorth {
    /// What it is worth can be said.
    pub fn effect(&self, currency: Currency) -> Effect {
        let found = &self.cost_with_unfilled;
        let interval = (found.basis != Basis::Nothing).then_some((found.low, found.high));
        Effect::of(found.estimate, interval, currency)
    }

    /// The period is the same with and without it.
    pub fn is_idle(&self) -> bool {
        self.flags == 0
            && self.moved_orders == 0
            && self.comparison.dearer_orders + self.comparison.cheaper_orders == 0
    }
}

/// The period under all rules, and each rule's worth in the order of [`RuleSet::all`].
#[derive(Clone, Debug)]
pub struct WorthReport {
    pub report: Report,
    pub rules: Vec<RuleWorth>,
}

/// Replays once with all rules and once without each, in one pass over the orders, on the plan's threads.
/// The plan's own variants are not used.
///
/// # Errors
/// As [`replay`].
pub fn worth(
    plan: &ReplayPlan<'_>,
    rules: &RuleSet,
    orders: &mut dyn Orders,
    listeners: Listeners<'_>,
) -> Result<WorthReport, ReplayError> {
    let all: Vec<RuleRef> = rules.all().map(|(rule, _)| rule).collect();
    worth_of(plan, (rules, &all), orders, listeners)
}

/// The same of some of the rules.
///
/// # Errors
/// As [`replay`].
pub fn worth_of(
    plan: &ReplayPlan<'_>,
    (rules, some): (&RuleSet, &[RuleRef]),
    orders: &mut dyn Orders,
    listeners: Listeners<'_>,
) -> Result<WorthReport, ReplayError> {
    let left_out: Vec<(RuleRef, RuleSet)> = some.iter().map(|&rule| (rule, without(rules, rule))).collect();
    let mut runs =
        ReplayPlan { variants: Vec::new(), ..plan.clone() }.with("all rules", Policy::Rules(rules));
    for (_, fewer) in &left_out {
        runs = runs.with(&fewer.name, Policy::Rules(fewer));
    }
    let report = replay(&runs, orders, listeners)?;
    let unfilled = |at: usize| {
        let tally = &report.variants[at].tally;
        let units = tally.units as i64 - tally.units_placed as i64;
        (units, tally.orders as i64 - tally.outcomes.placed as i64)
    };
    let flags = |at: usize| {
        let below = model::Note::LOW_STOCK;
        report.variants[at].tally.notes.get(below).copied().unwrap_or_default()
    };
    let worths = left_out.iter().zip(&report.comparisons).map(|((rule, _), comparison)| RuleWorth {
        rule: *rule,
        cost_per_order: comparison.cost_per_order,
        cost_with_unfilled: comparison.cost_with_unfilled,
        split_rate: comparison.figures.split_rate,
        unfilled_units: unfilled(comparison.other).0 - unfilled(comparison.base).0,
        unfilled_orders: unfilled(comparison.other).1 - unfilled(comparison.base).1,
        flags: match rules.get(*rule).map(|rule| &rule.then) {
            Some(Action::FlagLowStock { .. }) => {
                flags(comparison.base).saturating_sub(flags(comparison.other))
            }
            _ => 0,
        },
        moved_orders: comparison.moved.orders,
        comparison: comparison.clone(),
    });
    let rules = worths.collect();
    Ok(WorthReport { report, rules })
}

/// The rule set less one. What comes after it moves up by one place.
pub fn without(rules: &RuleSet, left_out: RuleRef) -> RuleSet {
    let mut fewer = rules.clone();
    let say = match left_out {
        RuleRef::Guardrail(i) => {
            fewer.guardrails.remove(usize::from(i));
            format!("without guardrail {}", u32::from(i) + 1)
        }
        RuleRef::Rule(i) => {
            fewer.rules.remove(usize::from(i));
            format!("without rule {}", u32::from(i) + 1)
        }
    };
    fewer.name = say;
    fewer
}

#[cfg(test)]
mod tests;
