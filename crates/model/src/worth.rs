//! What one unit on a shelf is worth to the place that holds it: the parts of landed cost that depend on
//! stock alone.
//!
//! - Lost counter sales: gross margin × P(D ≥ n) for the n-th last unit, D Poisson with mean
//!   (counter sales per day × days until the next receipt). Source: newsvendor marginal analysis.
//! - Risk of a failed pick: (1 − accuracy) × P(record error takes the n-th last unit) × cost of a failed pick.
//! - Markdown avoided: price × share by age.
//!
//! All in integers; e⁻ˣ is computed in fixed point, so every machine gets the same cost.

use crate::amount::Cost;
use crate::calendar::Day;
use crate::location::BasisPoints;
use crate::network::Network;
use crate::settings::{CostPart, Settings};
use crate::stock::StockEntry;
use std::collections::HashMap;

/// What taking a unit of a record costs or saves, apart from labor and postage.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct UnitWorth {
    /// Markdown avoided per unit, in cost units; not negative.
    pub markdown: i32,
    /// Price of scarcity per unit; 0 unless a caller looks ahead.
    pub scarcity: i32,
    /// Where the costs of the last units stand; see [`crate::Stock::depth_cost`].
    pub depth_start: u32,
    pub depth_len: u16,
}

/// Deepest unit whose loss is priced: beyond it the chance rounds to nothing.
const MAX_DEPTH: usize = 40;
/// Highest mean demand that is distinguished; above it the first 40 units are as good as sold.
const MAX_MEAN_MILLI: u64 = 100_000;

/// Cost units kept in 32 bits: up to 214,748 of the currency's major unit.
pub fn narrow(cost: Cost) -> i32 {
    cost.0.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
}

/// Builds [`UnitWorth`]s, remembering demand tables that recur.
pub(crate) struct Tables<'a> {
    settings: &'a Settings,
    tails: HashMap<u64, Vec<u32>>,
}

impl<'a> Tables<'a> {
    pub(crate) fn new(settings: &'a Settings) -> Tables<'a> {
        Tables { settings, tails: HashMap::new() }
    }

    /// Appends the record's depth costs to the two pools (all, and the risk within; the second stays empty
    /// while risk is switched off).
    pub(crate) fn unit_worth(
        &mut self,
        network: &Network,
        entry: &StockEntry,
        today: Day,
        (depth, depth_risk): (&mut Vec<i32>, &mut Vec<i32>),
    ) -> UnitWorth {
        let depth_start = depth.len();
        let lost = self.lost_sales(network, entry, today);
        let risks = self.risks(network.location(entry.location).accuracy);
        let len = lost.len().max(risks.len());
        for n in 0..len {
            let risk = risks.get(n).copied().unwrap_or(0);
            depth.push(lost.get(n).copied().unwrap_or(0).saturating_add(risk));
            if self.settings.parts.is_on(CostPart::Risk) {
                depth_risk.push(risk);
            }
        }
        while depth.len() > depth_start && depth.last() == Some(&0) {
            depth.pop();
        }
        if self.settings.parts.is_on(CostPart::Risk) {
            depth_risk.truncate(depth.len());
        }
        UnitWorth {
            markdown: self.markdown(network, entry),
            scarcity: 0,
            depth_start: depth_start as u32,
            depth_len: (depth.len() - depth_start) as u16,
        }
    }

    fn markdown(&self, network: &Network, entry: &StockEntry) -> i32 {
        if !self.settings.parts.is_on(CostPart::Markdown) {
            return 0;
        }
        if let Some(stated) = entry.level.stated_markdown {
            return stated;
        }
        let step = self.settings.markdown.iter().rev().find(|step| entry.level.age_days >= step.after_days);
        let share = step.map_or(0, |step| i64::from(step.share.0));
        narrow(Cost(network.product(entry.product).price.0 * share / 10_000))
    }

    fn lost_sales(&mut self, network: &Network, entry: &StockEntry, today: Day) -> Vec<i32> {
        if !self.settings.parts.is_on(CostPart::Opportunity) {
            return Vec::new();
        }
        if let Some(stated) = entry.level.stated_opportunity {
            return stated.to_vec();
        }
        let wait = match entry.level.next_receipt {
            Some(day) if day > today => (day.0 - today.0) as u64,
            Some(_) => 0,
            None => u64::from(self.settings.replenish_days),
        };
        let mean_milli = (u64::from(entry.level.sales_per_1000_days) * wait).min(MAX_MEAN_MILLI);
        let margin = network.product(entry.product).gross_margin.0.max(0);
        if mean_milli == 0 || margin == 0 {
            return Vec::new();
        }
        let tail = self.tails.entry(mean_milli).or_insert_with(|| poisson_tail_ppm(mean_milli));
        let lost = |&ppm: &u32| narrow(Cost((i128::from(margin) * i128::from(ppm) / 1_000_000) as i64));
        tail.iter().map(lost).collect()
    }

    fn risks(&self, accuracy: Option<BasisPoints>) -> Vec<i32> {
        let Some(accuracy) = accuracy.filter(|_| self.settings.parts.is_on(CostPart::Risk)) else {
            return Vec::new();
        };
        let wrong = 10_000 - i64::from(accuracy.0.min(10_000));
        let cost = |tail: &BasisPoints| {
            narrow(Cost(self.settings.failed_pick.0 * wrong / 10_000 * i64::from(tail.0) / 10_000))
        };
        self.settings.record_error_tail.iter().map(cost).collect()
    }
}

/// P(D ≥ n) for n = 1, 2, … in parts per million, D Poisson of mean `mean_milli`/1,000; ends where it falls
/// below 100 ppm, at most 40 long.
fn poisson_tail_ppm(mean_milli: u64) -> Vec<u32> {
    const ONE: u128 = 1 << 100;
    // e^(-1/1000) in units of 2^-100: the series 1 - x + x²/2 - x³/6 + … at x = 1/1000.
    let mut step: u128 = ONE;
    let mut term: u128 = ONE;
    for n in 1..14u128 {
        term = term / 1_000 / n;
        step = if n % 2 == 1 { step - term } else { step + term };
    }
    let mut point = power(step, mean_milli);
    let mut below = point;
    let mut tail = Vec::new();
    for n in 1..=MAX_DEPTH as u128 {
        let ppm = (((ONE - below.min(ONE)) >> 40) * 1_000_000) >> 60;
        if ppm < 100 {
            break;
        }
        tail.push(ppm as u32);
        point = ((point >> 20) * u128::from(mean_milli) / (1_000 * n)) << 20;
        below += point;
    }
    tail
}

/// `base`^`exponent` with `base` ≤ 1 in units of 2^-100.
fn power(mut base: u128, mut exponent: u64) -> u128 {
    let times = |a: u128, b: u128| ((a >> 38) * (b >> 38)) >> 24;
    let mut result: u128 = 1 << 100;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poisson_tails_match_the_textbook() {
        // Mean 1: 0.632121, 0.264241, 0.080301, 0.018988, 0.003660, 0.000594; mean 3: 0.950213, 0.800852, 0.576810.
        assert_eq!(poisson_tail_ppm(1_000), [632_120, 264_241, 80_301, 18_988, 3_659, 594]);
        assert_eq!(&poisson_tail_ppm(3_000)[..3], [950_212, 800_851, 576_809]);
        assert_eq!(poisson_tail_ppm(1), [999]);
        assert_eq!(poisson_tail_ppm(100_000).len(), MAX_DEPTH);
        assert!(poisson_tail_ppm(100_000).iter().all(|&ppm| ppm > 999_000));
    }

    #[test]
    fn tails_fall_with_depth_and_rise_with_demand() {
        for mean in [10u64, 500, 2_000, 9_999, 40_000] {
            let tail = poisson_tail_ppm(mean);
            assert!(tail.windows(2).all(|pair| pair[0] >= pair[1]), "mean {mean}");
            let more = poisson_tail_ppm(mean + 100);
            assert!(tail.iter().zip(&more).all(|(less, more)| less <= more), "mean {mean}");
        }
    }
}
