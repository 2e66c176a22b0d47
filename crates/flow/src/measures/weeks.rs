//! The numbers of weeks, beside what they are compared with.
//!
//! Owns: adding days up to weeks, from Monday to Sunday by the shop's clock, and comparing them. Refuses to know: how days
//! come to their sums.

use super::baseline::Baseline;
use super::rate::{Better, Measure, Share};
use super::{FIVE, time_to_leave};
use crate::refused::Refused;
use crate::shop::Shop;
use model::{Day, Timestamp};
use std::collections::BTreeMap;
use store::Tx;
use store::measures::{self, DaySum, Progress, Slice};
use store::places::LocationKey;

/// Two years.
pub const MOST_WEEKS: i32 = 104;
/// Weeks on each side of a trend.
const TREND_WEEKS: usize = 4;
/// What counts as no change, in basis points: weeks are never alike.
const LEVEL_BP: i64 = 200;

/// What is wanted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    /// This week and those before it; from 1.
    pub weeks: i32,
    /// `None`: all together.
    pub location: Option<LocationKey>,
    pub lane: Option<String>,
}

/// A rate, and what it is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Value {
    pub share: Share,
    /// `None`: there is nothing to divide by.
    pub rate: Option<i64>,
}

/// Where it has gone lately: the last four whole weeks against the four before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trend {
    Better,
    Worse,
    Level,
}

impl Trend {
    pub fn code(self) -> &'static str {
        match self {
            Trend::Better => "better",
            Trend::Worse => "worse",
            Trend::Level => "level",
        }
    }
}

/// One number over the weeks.
#[derive(Clone, Debug)]
pub struct Number {
    pub measure: &'static Measure,
    /// As many as weeks.
    pub weeks: Vec<Value>,
    /// `None`: there is nothing to compare with.
    pub baseline: Option<Value>,
    /// By how much this week is above the baseline, in basis points of it.
    pub difference_bp: Option<i64>,
    pub trend: Option<Trend>,
}

/// How long orders took to leave in a week, in minutes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quantiles {
    pub orders: i64,
    pub p50: Option<i64>,
    pub p90: Option<i64>,
}

/// The numbers.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// Mondays, the first first; the last is this week's, which is not over.
    pub weeks: Vec<Day>,
    pub today: Day,
    pub baseline: Option<Baseline>,
    pub numbers: Vec<Number>,
    /// As many as weeks.
    pub time_to_leave: Vec<Quantiles>,
    /// Up to which event it is counted.
    pub progress: Progress,
}

/// The Monday on which the week of a day begins.
pub(super) fn monday(day: Day) -> Day {
    Day(day.0 - i32::from(day.weekday()))
}

/// The Monday that is written so; `None`: it is none.
pub fn week_of(text: &str) -> Option<Day> {
    Day::from_iso(text).filter(|day| day.weekday() == 0)
}

/// Reads the numbers of the last weeks.
///
/// # Errors
/// The database's.
pub async fn numbers(tx: &mut Tx, shop: &Shop, asked: &Asked, now_ms: i64) -> Result<Numbers, Refused> {
    let today = shop.network.settings.clock.day(Timestamp(now_ms));
    let last = monday(today);
    // A trend looks further back than a page shows.
    let read = asked.weeks.max(2 * TREND_WEEKS as i32 + 1);
    let all: Vec<Day> = (0..read).rev().map(|back| Day(last.0 - 7 * back)).collect();
    let first = all.first().copied().unwrap_or(last);
    let slice = Slice { location: asked.location, lane: asked.lane.as_deref() };
    let sums = measures::sums(tx, (first.0.into(), i64::from(last.0) + 7), slice).await?;
    let baseline = Baseline::read(tx).await?;
    let before = match &baseline {
        Some(span) => measures::sums(tx, (span.from.0.into(), span.to.0.into()), slice).await?,
        None => Vec::new(),
    };
    let shown = all.len() - usize::try_from(asked.weeks).unwrap_or(0).min(all.len());
    let numbers = FIVE.map(|measure| number(measure, (&all, shown), (&sums, &before)));
    Ok(Numbers {
        numbers: numbers.into(),
        time_to_leave: all[shown..].iter().map(|week| quantiles(&sums, *week)).collect(),
        weeks: all[shown..].to_vec(),
        today,
        baseline,
        progress: measures::progress(tx).await?,
    })
}

fn number(
    measure: &'static Measure,
    (all, shown): (&[Day], usize),
    (sums, before): (&[DaySum], &[DaySum]),
) -> Number {
    let weeks: Vec<Share> = all.iter().map(|week| sum(sums, measure.code, |day| is_in(*week, day))).collect();
    let value = |share: Share| Value { share, rate: measure.unit.rate(share) };
    let baseline = Some(value(sum(before, measure.code, |_| true))).filter(|value| value.rate.is_some());
    let now = weeks.last().copied().and_then(|share| measure.unit.rate(share));
    let difference_bp = now.zip(baseline.and_then(|value| value.rate)).and_then(above_bp);
    let trend = trend(measure, &weeks);
    Number {
        measure,
        weeks: weeks[shown..].iter().copied().map(value).collect(),
        baseline,
        difference_bp,
        trend,
    }
}

fn is_in(week: Day, day: i64) -> bool {
    (i64::from(week.0)..i64::from(week.0) + 7).contains(&day)
}

fn sum(sums: &[DaySum], code: &str, is_wanted: impl Fn(i64) -> bool) -> Share {
    let wanted = sums.iter().filter(|sum| sum.measure == code && is_wanted(sum.day));
    wanted.fold(Share { numerator: 0, denominator: 0 }, |all, day| Share {
        numerator: all.numerator + day.numerator,
        denominator: all.denominator + day.denominator,
    })
}

/// By how much the first is above the second, in basis points of it; `None`: the second is nothing.
fn above_bp((value, of): (i64, i64)) -> Option<i64> {
    let above = (i128::from(value) - i128::from(of)) * 10_000;
    if of == 0 { None } else { i64::try_from(above / i128::from(of)).ok() }
}

/// This week is not over, and is left out.
fn trend(measure: &Measure, weeks: &[Share]) -> Option<Trend> {
    let whole = &weeks[..weeks.len().saturating_sub(1)];
    let later = whole.len().checked_sub(TREND_WEEKS)?;
    let earlier = later.checked_sub(TREND_WEEKS)?;
    let rate = |weeks: &[Share]| {
        let (numerator, denominator) =
            (weeks.iter().map(|week| week.numerator), weeks.iter().map(|week| week.denominator));
        measure.unit.rate(Share { numerator: numerator.sum(), denominator: denominator.sum() })
    };
    let (now, before) = (rate(&whole[later..])?, rate(&whole[earlier..later])?);
    let above = above_bp((now, before)).unwrap_or(if now == before { 0 } else { i64::MAX });
    Some(match above {
        above if above.abs() < LEVEL_BP => Trend::Level,
        above if (above < 0) == (measure.better == Better::Lower) => Trend::Better,
        _ => Trend::Worse,
    })
}

fn quantiles(sums: &[DaySum], week: Day) -> Quantiles {
    let mut steps: BTreeMap<i64, i64> = BTreeMap::new();
    for sum in sums.iter().filter(|sum| is_in(week, sum.day)) {
        if let Some(end) = time_to_leave::end_of(&sum.measure) {
            *steps.entry(end).or_default() += sum.numerator;
        }
    }
    let steps: Vec<(i64, i64)> = steps.into_iter().collect();
    Quantiles {
        orders: steps.iter().map(|(_, orders)| orders).sum(),
        p50: time_to_leave::quantile(&steps, 50),
        p90: time_to_leave::quantile(&steps, 90),
    }
}
