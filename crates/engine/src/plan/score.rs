//! Scores: one integer for the whole order of preference between plans.
//!
//! From the highest digit down: units left over (where fewest come first), tiers in order, cost, parcels,
//! kilometres. Digits are as wide as the order at hand needs, so adding scores never carries from one into
//! the next, and comparing two scores compares the plans.

use model::rules::MAX_TIERS;
use std::ops::{Add, AddAssign, Sub};

/// Kilometres by which a place of unknown distance ranks last; more than any way on Earth.
pub(crate) const FARTHEST_KM: u32 = 40_075;

/// An integer wide enough for an order's scores. Two widths, because the narrow one is much faster.
pub(crate) trait Score:
    Copy + Ord + Add<Output = Self> + Sub<Output = Self> + AddAssign + Default
{
    /// Above every score; twice of it still fits.
    const INFINITE: Self;
    fn narrow(value: i128) -> Self;
    fn wide(self) -> i128;
    /// `cost` in the digit whose weight is given.
    fn of_cost(cost: i64, weight: Self) -> Self;

    /// The sum, where both are possible: an impossible score stays impossible whatever is taken off it.
    #[inline]
    fn plus(self, other: Self) -> Self {
        if self >= Self::INFINITE || other >= Self::INFINITE { Self::INFINITE } else { self + other }
    }

    #[inline]
    fn capped(self) -> Self {
        self.min(Self::INFINITE)
    }
}

impl Score for i64 {
    const INFINITE: i64 = 1 << 61;
    #[inline]
    fn narrow(value: i128) -> i64 {
        value as i64
    }
    #[inline]
    fn wide(self) -> i128 {
        i128::from(self)
    }
    #[inline]
    fn of_cost(cost: i64, weight: i64) -> i64 {
        cost * weight
    }
}

impl Score for i128 {
    const INFINITE: i128 = 1 << 125;
    #[inline]
    fn narrow(value: i128) -> i128 {
        value
    }
    #[inline]
    fn wide(self) -> i128 {
        self
    }
    #[inline]
    fn of_cost(cost: i64, weight: i128) -> i128 {
        i128::from(cost) * weight
    }
}

/// What the digits must be able to hold.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Ranges {
    pub(crate) units: u32,
    /// No plan's cost is farther from zero.
    pub(crate) cost: i64,
    /// No place is farther, and no parcel adds more kilometres to a tier.
    pub(crate) farthest_km: u32,
    pub(crate) farthest_tier_km: u32,
    /// Tiers in use; a tier counts units, or kilometres of parcels.
    pub(crate) tiers: usize,
    pub(crate) tier_is_distance: [bool; MAX_TIERS],
    pub(crate) has_unfilled_digit: bool,
}

/// The weight of each digit.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Layout {
    pub(crate) cost: i128,
    pub(crate) parcel: i128,
    pub(crate) tiers: [i128; MAX_TIERS],
    /// 0 where unfilled units are priced.
    pub(crate) unfilled: i128,
    /// Kilometres are counted in steps of 2 to this power: 0 but for enormous orders with many tiers.
    pub(crate) distance_shift: u32,
    pub(crate) bits: u32,
}

/// Bits that every score of the wide kind fits in.
const WIDE_BITS: u32 = 123;
/// Bits that every score of the narrow kind fits in.
pub(crate) const NARROW_BITS: u32 = 59;

impl Layout {
    pub(crate) fn new(ranges: &Ranges) -> Layout {
        let mut layout = Layout::with_shift(ranges, 0);
        while layout.bits > WIDE_BITS && layout.distance_shift < 16 {
            layout = Layout::with_shift(ranges, layout.distance_shift + 4);
        }
        layout
    }

    fn with_shift(ranges: &Ranges, distance_shift: u32) -> Layout {
        let bits_for = |value: u64| 64 - value.leading_zeros();
        let unit_bits = bits_for(u64::from(ranges.units));
        let distance_bits = |km: u32| unit_bits + bits_for(u64::from(km >> distance_shift));
        let tier_km_bits = distance_bits(ranges.farthest_tier_km);
        let mut used = distance_bits(ranges.farthest_km);
        let mut digit = |bits: u32| {
            let weight = 1i128 << used.min(126);
            used += bits;
            weight
        };
        let parcel = digit(unit_bits);
        // Twice the range, for the sign.
        let cost = digit(bits_for(ranges.cost.unsigned_abs()) + 2);
        let mut tiers = [0; MAX_TIERS];
        for tier in (0..ranges.tiers).rev() {
            tiers[tier] = digit(if ranges.tier_is_distance[tier] { tier_km_bits } else { unit_bits });
        }
        let unfilled = if ranges.has_unfilled_digit { digit(unit_bits) } else { 0 };
        Layout { cost, parcel, tiers, unfilled, distance_shift, bits: used }
    }

    pub(crate) fn is_narrow(&self) -> bool {
        self.bits <= NARROW_BITS
    }
}
