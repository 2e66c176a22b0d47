//! A shelf of the books as the engine reads it, and back.
//!
//! Owns: which facts of a stock record the books keep besides its units, and how. Refuses to know: how units change.

use model::{Day, LocationId, ProductId, StockEntry, StockLevel};
use serde::{Deserialize, Serialize};
use store::db::DbError;
use store::shelves::Stocked;
use store::stock::Units;

/// Most units of one state that the engine hears of: sums of all states stay far from overflow.
const MOST_UNITS: i64 = 100_000_000;

/// What the books keep of a shelf besides its units, as JSON. Days count from 1970.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct ShelfFacts {
    /// Since which day the units are here: their age grows by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub here_since: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_receipt: Option<i32>,
    #[serde(skip_serializing_if = "is_zero")]
    pub sales_per_1000_days: u32,
    /// Stated by the retailer, in cost units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<i32>,
    /// Stated by the retailer, in cost units: of the last unit, the second last, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opportunity: Option<[i32; 4]>,
    /// Units promised to orders that Baton does not know, as last brought in.
    #[serde(skip_serializing_if = "is_no_unit")]
    pub promised_elsewhere: i64,
}

// serde hands references.
fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn is_no_unit(units: &i64) -> bool {
    *units == 0
}

impl ShelfFacts {
    /// What a stock record says besides units.
    pub fn of(level: &StockLevel, today: Day) -> ShelfFacts {
        ShelfFacts {
            here_since: (level.age_days > 0).then(|| today.0.saturating_sub_unsigned(level.age_days)),
            next_receipt: level.next_receipt.map(|day| day.0),
            sales_per_1000_days: level.sales_per_1000_days,
            markdown: level.stated_markdown,
            opportunity: level.stated_opportunity,
            promised_elsewhere: 0,
        }
    }

    /// # Errors
    /// What the books hold is no such JSON.
    pub fn read(facts: Option<&str>) -> Result<ShelfFacts, DbError> {
        let Some(text) = facts else { return Ok(ShelfFacts::default()) };
        serde_json::from_str(text).map_err(|error| DbError::Broken(format!("the facts of a shelf: {error}")))
    }

    /// As the books keep it; `None` where there is nothing to keep.
    ///
    /// # Errors
    /// None that is known of.
    pub fn write(&self) -> Result<Option<String>, DbError> {
        if *self == ShelfFacts::default() {
            return Ok(None);
        }
        serde_json::to_string(self).map(Some).map_err(|error| DbError::Broken(error.to_string()))
    }
}

/// The stock record of a shelf, for `model::Stock::new`.
///
/// # Errors
/// The facts that the books hold cannot be read.
pub fn entry(
    stocked: &Stocked,
    (product, location): (ProductId, LocationId),
    today: Day,
) -> Result<StockEntry, DbError> {
    Ok(StockEntry { product, location, level: level(&stocked.units, stocked.facts.as_deref(), today)? })
}

/// Units and facts as the engine reads them.
///
/// # Errors
/// The facts cannot be read.
pub fn level(units: &Units, facts: Option<&str>, today: Day) -> Result<StockLevel, DbError> {
    let facts = ShelfFacts::read(facts)?;
    let count = |units: i64| units.clamp(0, MOST_UNITS) as i32;
    let age = facts.here_since.map_or(0, |since| today.0.saturating_sub(since).max(0));
    Ok(StockLevel {
        on_hand: count(units.on_hand),
        committed: count(units.committed),
        safety_stock: count(units.safety_stock),
        damaged: count(units.damaged),
        quality_control: count(units.quality_control),
        showroom: count(units.showroom),
        incoming: count(units.incoming),
        next_receipt: facts.next_receipt.map(Day),
        age_days: age.unsigned_abs(),
        sales_per_1000_days: facts.sales_per_1000_days,
        stated_markdown: facts.markdown,
        stated_opportunity: facts.opportunity,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day(20_668);

    fn full() -> StockLevel {
        StockLevel {
            on_hand: 9,
            committed: 1,
            safety_stock: 2,
            damaged: 1,
            quality_control: 1,
            showroom: 1,
            incoming: 6,
            next_receipt: Some(Day(20_670)),
            age_days: 100,
            sales_per_1000_days: 250,
            stated_markdown: Some(5_000),
            stated_opportunity: Some([9, 5, 2, 0]),
        }
    }

    fn units(level: &StockLevel) -> Units {
        Units {
            on_hand: level.on_hand.into(),
            committed: level.committed.into(),
            safety_stock: level.safety_stock.into(),
            damaged: level.damaged.into(),
            quality_control: level.quality_control.into(),
            showroom: level.showroom.into(),
            incoming: level.incoming.into(),
        }
    }

    #[test]
    fn a_stock_record_comes_back_from_the_books_as_it_went_in() {
        for record in [full(), StockLevel { on_hand: 3, ..StockLevel::default() }] {
            let kept = ShelfFacts::of(&record, TODAY).write().unwrap();
            assert_eq!(level(&units(&record), kept.as_deref(), TODAY), Ok(record));
        }
        assert_eq!(ShelfFacts::of(&StockLevel::default(), TODAY).write(), Ok(None));
    }

    #[test]
    fn units_grow_older_day_by_day() {
        let kept = ShelfFacts::of(&full(), TODAY).write().unwrap();
        let later = level(&units(&full()), kept.as_deref(), Day(TODAY.0 + 7)).unwrap();
        assert_eq!(later.age_days, 107);
    }

    #[test]
    fn facts_that_cannot_be_read_are_a_defect_and_no_guess() {
        assert!(matches!(level(&Units::default(), Some("{"), TODAY), Err(DbError::Broken(_))));
    }
}
