//! Which rules hold for the order, and for which of its items.
//!
//! An item is a product that is picked: the line's own, or each component of a bundle. Order conditions must
//! all hold; item conditions narrow the rule to the items that meet every one of them.

use crate::Facts;
use crate::units;
use model::{Condition, ItemTest, Order, Product, ProductId, Rule, RuleRef, Timestamp};
use std::collections::BTreeMap;

/// What the facts say about a test. Of many that must all hold the least answer counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Answer {
    No,
    /// Two readings of the facts disagree, or a fact is missing: nothing is blamed on it.
    Unclear,
    Yes,
}

impl Answer {
    pub(crate) fn is_yes(self) -> bool {
        self == Answer::Yes
    }

    /// The answer that two readings share.
    fn shared(mut readings: impl Iterator<Item = bool>) -> Answer {
        let Some(first) = readings.next() else { return Answer::Unclear };
        if readings.all(|reading| reading == first) { Answer::from(first) } else { Answer::Unclear }
    }
}

impl From<bool> for Answer {
    fn from(holds: bool) -> Answer {
        if holds { Answer::Yes } else { Answer::No }
    }
}

/// A rule as it bears on one order.
pub(crate) struct Active<'a> {
    pub(crate) reference: RuleRef,
    pub(crate) rule: &'a Rule,
    /// Whether its conditions hold for the order.
    pub(crate) holds: Answer,
    /// `None`: it bears on every item.
    pub(crate) items: Option<BTreeMap<ProductId, Answer>>,
}

impl Active<'_> {
    /// Whether the rule bears on this item.
    pub(crate) fn covers(&self, product: ProductId) -> Answer {
        let item = match &self.items {
            None => Answer::Yes,
            Some(items) => items.get(&product).copied().unwrap_or(Answer::No),
        };
        self.holds.min(item)
    }

    /// As people number it: `guardrail 1`, `rule 3`.
    pub(crate) fn name(&self) -> String {
        match self.reference {
            RuleRef::Guardrail(i) => format!("guardrail {}", u32::from(i) + 1),
            RuleRef::Rule(i) => format!("rule {}", u32::from(i) + 1),
        }
    }
}

/// Every rule of the set, in its order.
pub(crate) fn read<'a>(facts: &Facts<'a>) -> Vec<Active<'a>> {
    let active = |(reference, rule): (RuleRef, &'a Rule)| {
        let order_level = rule.when.iter().map(|condition| order_answer(facts, condition));
        let order_level = order_level.min().unwrap_or(Answer::Yes);
        let items = items(facts, rule);
        let any_item = items.as_ref().map(|items| items.values().copied().max().unwrap_or(Answer::No));
        let holds = order_level.min(any_item.unwrap_or(Answer::Yes));
        Active { reference, rule, holds, items }
    };
    facts.rules.all().map(active).collect()
}

fn order_answer(facts: &Facts<'_>, condition: &Condition) -> Answer {
    let order = facts.order;
    let units = order.lines.iter().map(|line| u64::from(line.quantity)).sum::<u64>();
    Answer::from(match condition {
        Condition::Lane(lane) => order.lane == *lane,
        Condition::Service(service) => order.service == *service,
        Condition::Channel(channel) => order.channel == *channel,
        Condition::OrderTag(tag) => order.tags.contains(tag),
        Condition::Value(compare, limit) => compare.holds(value(order), i128::from(limit.0)),
        Condition::Units(compare, limit) => compare.holds(units, u64::from(*limit)),
        Condition::Lines(compare, limit) => compare.holds(order.lines.len() as u64, u64::from(*limit)),
        Condition::OrderWeight(compare, limit) => {
            return Answer::shared(weights(facts).iter().map(|&w| compare.holds(w, i128::from(limit.0))));
        }
        Condition::Region(regions) => regions.contains(&order.destination.region),
        Condition::Postal(prefixes) => {
            prefixes.iter().any(|prefix| order.destination.postal.starts_with(prefix.as_str()))
        }
        Condition::PlacedAfter(minute) => minute_of_day(facts) >= i64::from(*minute),
        Condition::PlacedBefore(minute) => minute_of_day(facts) < i64::from(*minute),
        Condition::Weekday(days) => days >> facts.network.settings.clock.weekday(order.placed_at) & 1 == 1,
        Condition::Item(_) => true,
    })
}

/// Minutes since the midnight of the shop at which the order was placed, by the shop's wall.
fn minute_of_day(facts: &Facts<'_>) -> i64 {
    let placed_ms = facts.order.placed_at.0;
    let ahead_ms = i64::from(facts.network.settings.clock.offset_s(facts.order.placed_at)) * 1_000;
    placed_ms.saturating_add(ahead_ms).rem_euclid(Timestamp::DAY_MS) / Timestamp::MINUTE_MS
}

fn value(order: &Order) -> i128 {
    order.lines.iter().map(|line| i128::from(line.unit_price.0) * i128::from(line.quantity)).sum()
}

/// The order's weight, bundles weighed as their own product and as their components.
fn weights(facts: &Facts<'_>) -> [i128; 2] {
    let mut weights = [0, 0];
    for line in &facts.order.lines {
        let product = facts.network.product(line.product);
        let own = i128::from(product.weight.0);
        let picked = units::picked(facts.network, line.product);
        let packed =
            picked.iter().map(|(&part, &n)| i128::from(facts.network.product(part).weight.0) * i128::from(n));
        weights[0] += own * i128::from(line.quantity);
        weights[1] += packed.sum::<i128>() * i128::from(line.quantity);
    }
    weights
}

/// How each item of the order fares under the rule's item conditions; `None` when it has none.
fn items(facts: &Facts<'_>, rule: &Rule) -> Option<BTreeMap<ProductId, Answer>> {
    let tests: Vec<&ItemTest> = rule.when.iter().filter_map(item_test).collect();
    if tests.is_empty() {
        return None;
    }
    let mut answers = BTreeMap::new();
    for line in &facts.order.lines {
        for &product in units::picked(facts.network, line.product).keys() {
            let answer = tests.iter().map(|test| item_answer(facts, test, product)).min();
            answers.insert(product, answer.unwrap_or(Answer::Yes));
        }
    }
    Some(answers)
}

fn item_test(condition: &Condition) -> Option<&ItemTest> {
    match condition {
        Condition::Item(test) => Some(test),
        _ => None,
    }
}

fn item_answer(facts: &Facts<'_>, test: &ItemTest, id: ProductId) -> Answer {
    let product: &Product = facts.network.product(id);
    Answer::from(match test {
        ItemTest::Needs(handling) => product.needs.has(*handling),
        ItemTest::Category(category) => product.category == *category,
        ItemTest::Tag(tag) => product.tags.contains(tag),
        ItemTest::Velocity(velocity) => product.velocity == Some(*velocity),
        ItemTest::Sku(sku) => product.sku == *sku,
        ItemTest::Weight(compare, limit) => compare.holds(product.weight, *limit),
        ItemTest::Price(compare, limit) => {
            let paid = facts.order.lines.iter().filter(|line| line.product == id).map(|line| line.unit_price);
            let prices = std::iter::once(product.price).chain(paid);
            return Answer::shared(prices.map(|price| compare.holds(price, *limit)));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_answer_counts_and_readings_must_agree() {
        assert_eq!([Answer::Yes, Answer::Unclear].into_iter().min(), Some(Answer::Unclear));
        assert_eq!([Answer::No, Answer::Unclear].into_iter().min(), Some(Answer::No));
        assert_eq!(Answer::shared([true, true].into_iter()), Answer::Yes);
        assert_eq!(Answer::shared([true, false].into_iter()), Answer::Unclear);
        assert_eq!(Answer::shared([false, false].into_iter()), Answer::No);
    }
}
