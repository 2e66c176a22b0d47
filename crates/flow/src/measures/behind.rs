//! The orders behind a number.
//!
//! Owns: which those are: for a share, the orders above the line (the split ones, the late ones, those not filled); for an
//! average, all that count.

use super::keep::bounds_ms;
use super::rate::{Better, Measure, Of, Share, Unit};
use crate::refused::Refused;
use crate::shop::Shop;
use model::Day;
use store::Tx;
use store::measures;

/// Orders that are read at once.
const PAGE: i64 = 500;
/// Pages that one look reads: a week of a retailer of this size has fewer orders.
const MOST_PAGES: usize = 200;

/// An order behind a number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Behind {
    pub order_id: String,
    pub name: String,
    pub lane: String,
    /// Code of the place that sent its first part; empty: of no one place.
    pub location: String,
    pub placed_at_ms: i64,
    /// When its first part left; `None`: the number is of orders placed.
    pub left_at_ms: Option<i64>,
    /// What it adds to the number.
    pub share: Share,
}

impl Behind {
    /// What the list is ordered by, besides its id.
    pub fn at_ms(&self) -> i64 {
        self.left_at_ms.unwrap_or(self.placed_at_ms)
    }
}

/// Orders behind the number of a week, the first first: those after the pair `after`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn behind(
    tx: &mut Tx,
    (shop, measure, week): (&Shop, &Measure, Day),
    after: Option<(i64, String)>,
    limit: i64,
) -> Result<Vec<Behind>, Refused> {
    let (from_ms, _) = bounds_ms(shop, week);
    let (_, to_ms) = bounds_ms(shop, Day(week.0 + 6));
    let mut after = after.unwrap_or((from_ms, String::new()));
    let most = usize::try_from(limit).unwrap_or(0);
    let mut found = Vec::new();
    for _ in 0..MOST_PAGES {
        let (read, last) = page(tx, (shop, measure), (&after, to_ms)).await?;
        found.extend(read.into_iter().filter(|order| is_behind(measure, order.share)));
        let Some(last) = last else { break };
        if found.len() >= most {
            break;
        }
        after = last;
    }
    found.truncate(most);
    Ok(found)
}

/// The next orders that count, and the last that was read.
async fn page(
    tx: &mut Tx,
    (shop, measure): (&Shop, &Measure),
    (after, to_ms): (&(i64, String), i64),
) -> Result<(Vec<Behind>, Option<(i64, String)>), Refused> {
    match measure.of {
        Of::Sent(of) => {
            let rows = measures::sent(tx, (after.0, &after.1), to_ms, PAGE).await?;
            let last = rows.last().map(|row| (row.left_at_ms, row.order_id.clone()));
            let counts = rows.into_iter().filter_map(|row| {
                let share = of(&row)?;
                Some(Behind {
                    location: shop.code(row.location).to_owned(),
                    order_id: row.order_id,
                    name: row.name,
                    lane: row.lane,
                    placed_at_ms: row.placed_at_ms,
                    left_at_ms: Some(row.left_at_ms),
                    share,
                })
            });
            Ok((counts.collect(), last))
        }
        Of::Placed(of) => {
            let rows = measures::placed(tx, (after.0, &after.1), to_ms, PAGE).await?;
            let last = rows.last().map(|row| (row.placed_at_ms, row.order_id.clone()));
            let counts = rows.into_iter().filter_map(|row| {
                let share = of(&row)?;
                Some(Behind {
                    location: String::new(),
                    order_id: row.order_id,
                    name: row.name,
                    lane: row.lane,
                    placed_at_ms: row.placed_at_ms,
                    left_at_ms: None,
                    share,
                })
            });
            Ok((counts.collect(), last))
        }
    }
}

fn is_behind(measure: &Measure, share: Share) -> bool {
    match (measure.unit, measure.better) {
        (Unit::BasisPoints, Better::Lower) => share.numerator > 0,
        // Of a share that should be whole, those that are not.
        (Unit::BasisPoints, Better::Higher) => share.numerator < share.denominator,
        (Unit::MinorPerOrder | Unit::SecondsPerOrder, _) => true,
    }
}
