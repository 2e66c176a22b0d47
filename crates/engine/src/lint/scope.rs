//! The orders that a rule is about, as ranges and sets: the conditions, worked out.
//!
//! Owns: whether conditions can hold at all, whether one rule's orders are all among another's, and whether
//! two rules can meet. Refuses to know: the network.

use model::{Compare, Condition, ItemTest, Lane, Product, ServiceLevel, Velocity};
use std::collections::BTreeSet;

/// Whole numbers from `least` to `most`, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Range {
    least: i64,
    most: i64,
}

impl Range {
    const fn from(least: i64) -> Range {
        Range { least, most: i64::MAX }
    }

    fn narrow(&mut self, than: Compare, limit: i64) {
        match than {
            Compare::Over => self.least = self.least.max(limit.saturating_add(1)),
            Compare::AtLeast => self.least = self.least.max(limit),
            Compare::Under => self.most = self.most.min(limit.saturating_sub(1)),
            Compare::AtMost => self.most = self.most.min(limit),
        }
    }

    fn is_empty(self) -> bool {
        self.least > self.most
    }

    fn covers(self, other: Range) -> bool {
        self.least <= other.least && self.most >= other.most
    }

    fn meets(self, other: Range) -> bool {
        self.least.max(other.least) <= self.most.min(other.most)
    }

    fn has(self, value: i64) -> bool {
        self.least <= value && value <= self.most
    }
}

/// One of these names. `None`: any.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
struct Choice<'a>(Option<BTreeSet<&'a str>>);

impl<'a> Choice<'a> {
    fn narrow(&mut self, names: impl IntoIterator<Item = &'a str>) {
        let names: BTreeSet<&str> = names.into_iter().collect();
        self.0 = Some(match &self.0 {
            None => names,
            Some(before) => before.intersection(&names).copied().collect(),
        });
    }

    fn is_empty(&self) -> bool {
        self.0.as_ref().is_some_and(BTreeSet::is_empty)
    }

    fn covers(&self, other: &Choice<'_>) -> bool {
        match (&self.0, &other.0) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(mine), Some(theirs)) => theirs.iter().all(|name| mine.contains(name)),
        }
    }

    fn meets(&self, other: &Choice<'_>) -> bool {
        match (&self.0, &other.0) {
            (Some(mine), Some(theirs)) => theirs.iter().any(|name| mine.contains(name)),
            _ => true,
        }
    }

    fn has(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(name))
    }
}

/// Begins with one of these. `None`: any.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
struct Prefixes<'a>(Option<Vec<&'a str>>);

impl<'a> Prefixes<'a> {
    fn narrow(&mut self, prefixes: &'a [String]) {
        let prefixes: Vec<&str> = prefixes.iter().map(String::as_str).collect();
        self.0 = Some(match &self.0 {
            None => prefixes,
            Some(before) => common(before, &prefixes),
        });
    }

    fn is_empty(&self) -> bool {
        self.0.as_ref().is_some_and(Vec::is_empty)
    }

    fn covers(&self, other: &Prefixes<'_>) -> bool {
        let begins = |theirs: &&str, mine: &[&str]| mine.iter().any(|mine| theirs.starts_with(mine));
        match (&self.0, &other.0) {
            (None, _) => true,
            (Some(mine), None) => mine.contains(&""),
            (Some(mine), Some(theirs)) => theirs.iter().all(|theirs| begins(theirs, mine)),
        }
    }

    fn meets(&self, other: &Prefixes<'_>) -> bool {
        match (&self.0, &other.0) {
            (Some(mine), Some(theirs)) => !common(mine, theirs).is_empty(),
            _ => true,
        }
    }
}

/// Of each two prefixes, one of which begins with the other, the longer.
fn common<'a>(left: &[&'a str], right: &[&'a str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for left in left {
        for right in right {
            if left.starts_with(right) {
                found.push(*left);
            } else if right.starts_with(left) {
                found.push(*right);
            }
        }
    }
    found
}

/// What must hold of one item.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct ItemScope<'a> {
    /// A bit for each handling need.
    needs: u8,
    category: Choice<'a>,
    tags: BTreeSet<&'a str>,
    velocity: Choice<'a>,
    sku: Choice<'a>,
    weight: Range,
    price: Range,
}

impl<'a> ItemScope<'a> {
    fn any() -> ItemScope<'a> {
        ItemScope {
            needs: 0,
            category: Choice::default(),
            tags: BTreeSet::new(),
            velocity: Choice::default(),
            sku: Choice::default(),
            weight: Range::from(0),
            price: Range::from(0),
        }
    }

    fn narrow(&mut self, test: &'a ItemTest) {
        match test {
            ItemTest::Needs(handling) => self.needs |= 1 << *handling as u8,
            ItemTest::Category(category) => self.category.narrow([category.as_str()]),
            ItemTest::Tag(tag) => {
                self.tags.insert(tag);
            }
            ItemTest::Velocity(velocity) => self.velocity.narrow([velocity.letter()]),
            ItemTest::Sku(sku) => self.sku.narrow([sku.as_str()]),
            ItemTest::Weight(than, weight) => self.weight.narrow(*than, weight.0),
            ItemTest::Price(than, price) => self.price.narrow(*than, price.0),
        }
    }

    fn empty_part(&self) -> Option<&'static str> {
        let parts = [
            (self.category.is_empty(), "the item's category"),
            (self.velocity.is_empty(), "the item's velocity class"),
            (self.sku.is_empty(), "the item's SKU"),
            (self.weight.is_empty(), "the item's weight"),
            (self.price.is_empty(), "the item's price"),
        ];
        parts.into_iter().find(|(is_empty, _)| *is_empty).map(|(_, part)| part)
    }

    fn covers(&self, other: &ItemScope<'_>) -> bool {
        self.needs & !other.needs == 0
            && self.category.covers(&other.category)
            && self.tags.iter().all(|tag| other.tags.contains(tag))
            && self.velocity.covers(&other.velocity)
            && self.sku.covers(&other.sku)
            && self.weight.covers(other.weight)
            && self.price.covers(other.price)
    }

    fn meets(&self, product: &Product) -> bool {
        let velocity = product.velocity.map_or("", Velocity::letter);
        self.needs & !product.needs.0 == 0
            && self.category.has(&product.category)
            && self.tags.iter().all(|tag| product.tags.iter().any(|known| known == tag))
            && self.velocity.has(velocity)
            && self.sku.has(&product.sku)
            && self.weight.has(product.weight.0)
            && self.price.has(product.price.0)
    }
}

/// What must hold of an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Scope<'a> {
    lanes: Choice<'a>,
    services: Choice<'a>,
    channel: Choice<'a>,
    tags: BTreeSet<&'a str>,
    value: Range,
    units: Range,
    lines: Range,
    weight: Range,
    regions: Choice<'a>,
    postal: Prefixes<'a>,
    minute: Range,
    weekdays: u8,
    /// `None`: no condition is about an item.
    pub(super) item: Option<ItemScope<'a>>,
}

const EVERY_DAY: u8 = 0x7f;
const LAST_MINUTE: i64 = 24 * 60 - 1;

impl<'a> Scope<'a> {
    pub(super) fn of(when: impl IntoIterator<Item = &'a Condition>) -> Scope<'a> {
        let mut scope = Scope {
            lanes: Choice(Some(Lane::ALL.map(Lane::code).into())),
            services: Choice(Some(ServiceLevel::ALL.map(ServiceLevel::code).into())),
            channel: Choice::default(),
            tags: BTreeSet::new(),
            value: Range::from(0),
            units: Range::from(1),
            lines: Range::from(1),
            weight: Range::from(0),
            regions: Choice::default(),
            postal: Prefixes::default(),
            minute: Range { least: 0, most: LAST_MINUTE },
            weekdays: EVERY_DAY,
            item: None,
        };
        when.into_iter().for_each(|condition| scope.narrow(condition));
        // Each line has a unit at least.
        scope.units.least = scope.units.least.max(scope.lines.least);
        scope.lines.most = scope.lines.most.min(scope.units.most);
        scope
    }

    fn narrow(&mut self, condition: &'a Condition) {
        match condition {
            Condition::Lane(lane) => self.lanes.narrow([lane.code()]),
            Condition::Service(level) => self.services.narrow([level.code()]),
            Condition::Channel(channel) => self.channel.narrow([channel.as_str()]),
            Condition::OrderTag(tag) => {
                self.tags.insert(tag);
            }
            Condition::Value(than, value) => self.value.narrow(*than, value.0),
            Condition::Units(than, units) => self.units.narrow(*than, i64::from(*units)),
            Condition::Lines(than, lines) => self.lines.narrow(*than, i64::from(*lines)),
            Condition::OrderWeight(than, weight) => self.weight.narrow(*than, weight.0),
            Condition::Region(regions) => self.regions.narrow(regions.iter().map(String::as_str)),
            Condition::Postal(prefixes) => self.postal.narrow(prefixes),
            Condition::PlacedAfter(minute) => self.minute.narrow(Compare::AtLeast, i64::from(*minute)),
            Condition::PlacedBefore(minute) => self.minute.narrow(Compare::Under, i64::from(*minute)),
            Condition::Weekday(days) => self.weekdays &= days,
            Condition::Item(test) => self.item.get_or_insert_with(ItemScope::any).narrow(test),
        }
    }

    /// What the conditions contradict each other about. `None`: some order meets them.
    pub(super) fn empty_part(&self) -> Option<&'static str> {
        let parts = [
            (self.lanes.is_empty(), "what the order is for"),
            (self.services.is_empty(), "the service"),
            (self.channel.is_empty(), "the channel"),
            (self.value.is_empty(), "what the order is worth"),
            (self.units.is_empty() || self.lines.is_empty(), "its units and lines"),
            (self.weight.is_empty(), "the order's weight"),
            (self.regions.is_empty(), "where the order goes"),
            (self.postal.is_empty(), "the postal code"),
            (self.minute.is_empty(), "the time of day"),
            (self.weekdays & EVERY_DAY == 0, "the weekday"),
        ];
        let part = parts.into_iter().find(|(is_empty, _)| *is_empty).map(|(_, part)| part);
        part.or_else(|| self.item.as_ref().and_then(ItemScope::empty_part))
    }

    /// Every order, and every item of it, that meets `other` meets this too.
    pub(super) fn covers(&self, other: &Scope<'_>) -> bool {
        let covers_item = match (&self.item, &other.item) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(mine), Some(theirs)) => mine.covers(theirs),
        };
        covers_item && self.covers_orders(other)
    }

    /// As [`Scope::covers`], whatever is asked of items.
    pub(super) fn covers_orders(&self, other: &Scope<'_>) -> bool {
        self.lanes.covers(&other.lanes)
            && self.services.covers(&other.services)
            && self.channel.covers(&other.channel)
            && self.tags.iter().all(|tag| other.tags.contains(tag))
            && self.value.covers(other.value)
            && self.units.covers(other.units)
            && self.lines.covers(other.lines)
            && self.weight.covers(other.weight)
            && self.regions.covers(&other.regions)
            && self.postal.covers(&other.postal)
            && self.minute.covers(other.minute)
            && other.weekdays & !self.weekdays == 0
    }

    /// Some order may meet both.
    pub(super) fn overlaps(&self, other: &Scope<'_>) -> bool {
        let least_units = self.lines.least.max(other.lines.least);
        let most_units = self.units.most.min(other.units.most);
        self.lanes.meets(&other.lanes)
            && self.services.meets(&other.services)
            && self.channel.meets(&other.channel)
            && self.value.meets(other.value)
            && self.units.meets(other.units)
            && self.lines.meets(other.lines)
            && least_units <= most_units
            && self.weight.meets(other.weight)
            && self.regions.meets(&other.regions)
            && self.postal.meets(&other.postal)
            && self.minute.meets(other.minute)
            && self.weekdays & other.weekdays & EVERY_DAY != 0
    }

    /// The lanes that the conditions allow.
    pub(super) fn lanes(&self) -> Vec<Lane> {
        Lane::ALL.into_iter().filter(|lane| self.lanes.has(lane.code())).collect()
    }

    /// The product passes every test of an item.
    pub(super) fn meets(&self, product: &Product) -> bool {
        self.item.as_ref().is_none_or(|item| item.meets(product))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::read_sentence;
    use model::Currency;

    fn when(text: &str) -> Vec<Condition> {
        let sentence = if text.is_empty() {
            "At most 1 parcel.".to_owned()
        } else {
            format!("When {text}, at most 1 parcel.")
        };
        read_sentence(&sentence, Currency::USD).unwrap_or_else(|error| panic!("{text}: {error}")).when
    }

    #[track_caller]
    fn check_empty(text: &str, part: Option<&str>) {
        assert_eq!(Scope::of(&when(text)).empty_part(), part, "{text}");
    }

    #[test]
    fn conditions_that_exclude_each_other_are_found() {
        check_empty("", None);
        check_empty(
            "the order is worth over $500 and the order is worth under $100",
            Some("what the order is worth"),
        );
        check_empty(
            "the order is worth over $5 and the order is worth at most $5",
            Some("what the order is worth"),
        );
        check_empty("the order is worth at least $5 and the order is worth at most $5", None);
        check_empty("the order is for pickup and the order is for shipping", Some("what the order is for"));
        check_empty(
            "the order has at least 5 lines and the order has under 3 units",
            Some("its units and lines"),
        );
        check_empty("the order goes to OR and the order goes to WA or CA", Some("where the order goes"));
        check_empty(
            "the postal code begins with 97 and the postal code begins with 98",
            Some("the postal code"),
        );
        check_empty("the postal code begins with 97 and the postal code begins with 98 or 972", None);
        check_empty("the order is placed before 00:00", Some("the time of day"));
        check_empty("the order is placed on Monday and the order is placed on Friday", Some("the weekday"));
        check_empty(
            "an item is in velocity class A and the item is in velocity class B",
            Some("the item's velocity class"),
        );
        check_empty("an item is fragile and the item is hazmat", None);
    }

    #[track_caller]
    fn check_covers(wide: &str, narrow: &str) {
        let (wide, narrow) = (when(wide), when(narrow));
        let (wide, narrow) = (Scope::of(&wide), Scope::of(&narrow));
        assert!(wide.covers(&narrow) && wide.overlaps(&narrow) && !narrow.covers(&wide));
    }

    #[test]
    fn fewer_conditions_cover_more_orders() {
        check_covers("", "an item is fragile");
        check_covers("an item is fragile", "an item is fragile and the item is priced over $5");
        check_covers(
            "the order is worth over $100",
            "the order is worth at least $200 and the order is for pickup",
        );
        check_covers("the order goes to OR or WA", "the order goes to WA");
        check_covers("the postal code begins with 97 or 1", "the postal code begins with 972");
        check_covers("the order is placed on Monday or Friday", "the order is placed on Friday");
        check_covers("the order has over 1 unit", "the order has at least 2 lines");
        check_covers("the order is tagged \"a\"", "the order is tagged \"b\" and the order is tagged \"a\"");
    }
}
