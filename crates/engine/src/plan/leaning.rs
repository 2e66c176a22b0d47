//! Preferences that depend on what is in a parcel: those about some items only, or about stock.
//!
//! Where a preference sees all items of a location alike, it is part of the location's parcel cost or distance,
//! and nothing of it is here. Invariant: two parcels never lean less than one with the content of both, so that
//! merging parcels and the bounds below them stay right.

use super::Problem;
use super::score::Layout;

/// How a preference sees an item at a location.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum View {
    /// It is not about the item, or the location does not have it.
    Aside,
    Among,
    NotAmong,
}

/// What is added to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Digit {
    Cost,
    /// Kilometres of a tier.
    Tier(usize),
}

/// What one preference adds to a parcel from one location: `not_among` where it carries an item seen so, else
/// `among` where it carries an item that the preference is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaning {
    pub(crate) digit: Digit,
    pub(crate) among: i64,
    pub(crate) not_among: i64,
}

/// The leanings of a problem.
#[derive(Default)]
pub(crate) struct Leanings {
    all: Vec<Leaning>,
    /// By leaning and item.
    views: Vec<View>,
    /// Candidate of each leaning, ascending.
    candidates: Vec<u32>,
}

impl Leanings {
    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.views.clear();
        self.candidates.clear();
    }

    /// Adds a leaning of a candidate; candidates come in order.
    pub(crate) fn add(&mut self, candidate: usize, leaning: Leaning, views: &[View]) {
        self.all.push(leaning);
        self.views.extend_from_slice(views);
        self.candidates.push(candidate as u32);
    }

    /// The digits that a parcel with these units from a candidate adds to, and how much.
    fn of<'l>(
        &'l self,
        candidate: usize,
        counts: impl Fn(usize) -> u32 + 'l,
    ) -> impl Iterator<Item = (Digit, i64)> + 'l {
        let items = self.views.len() / self.all.len().max(1);
        let from = self.candidates.partition_point(|&of| (of as usize) < candidate);
        let to = self.candidates.partition_point(|&of| of as usize <= candidate);
        (from..to).map(move |i| {
            let Leaning { digit, among, not_among } = self.all[i];
            let views = &self.views[i * items..(i + 1) * items];
            let carries = |view| (0..items).any(|item| views[item] == view && counts(item) > 0);
            let added = if carries(View::NotAmong) {
                not_among
            } else if carries(View::Among) {
                among
            } else {
                0
            };
            (digit, added)
        })
    }

    /// Most that the leanings of one parcel add to the cost, and to the kilometres of a tier.
    pub(super) fn most(&self) -> (i64, u32) {
        let of = |is_cost: bool| {
            let all = self.all.iter().filter(move |leaning| matches!(leaning.digit, Digit::Cost) == is_cost);
            all.map(|leaning| leaning.among.abs().max(leaning.not_among.abs()))
        };
        (of(true).sum(), of(false).max().unwrap_or(0) as u32)
    }
}

impl Problem {
    /// Whether what a parcel adds to preferences depends on its content, for any candidate.
    #[inline]
    pub(super) fn has_leanings(&self) -> bool {
        !self.leanings.all.is_empty()
    }

    /// What preferences about its content add to the cost of a parcel.
    pub(crate) fn leaning_cost(&self, candidate: usize, counts: &[u32]) -> i64 {
        let leanings = self.leanings.of(candidate, |item| counts[item]);
        leanings.filter(|(digit, _)| matches!(digit, Digit::Cost)).map(|(_, added)| added).sum()
    }

    /// The same for the whole score.
    pub(super) fn leaning_score(
        &self,
        candidate: usize,
        counts: impl Fn(usize) -> u32,
        layout: &Layout,
    ) -> i128 {
        let scored = |(digit, added): (Digit, i64)| match digit {
            Digit::Cost => i128::from(added) * layout.cost,
            Digit::Tier(tier) => i128::from(added >> layout.distance_shift) * layout.tiers[tier],
        };
        self.leanings.of(candidate, counts).map(scored).sum()
    }
}
