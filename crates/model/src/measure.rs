//! Weight, length, volume and distance, as integers.
//!
//! Owns: exact units. One gram and one ounce are both whole numbers of [`Weight`]'s unit, so that a parcel
//! weighed in ounces meets an ounce limit exactly, and one weighed in grams a gram limit.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// A weight, in units of 625 nanograms: the largest unit in which a gram (1,600,000) and an international
/// avoirdupois ounce (28.349523125 g = 45,359,237) are both whole.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Weight(pub i64);

impl Weight {
    pub const GRAM: i64 = 1_600_000;
    pub const OUNCE: i64 = 45_359_237;
    pub const POUND: i64 = 16 * Weight::OUNCE;
    /// Heaviest weight that is accepted anywhere, 10 tonnes: keeps every sum far from overflow.
    pub const MAX: Weight = Weight(10_000_000 * Weight::GRAM);

    pub fn from_grams(grams: i64) -> Weight {
        Weight(grams * Weight::GRAM)
    }

    pub fn from_ounces(ounces: i64) -> Weight {
        Weight(ounces * Weight::OUNCE)
    }

    /// Whole grams, rounded up: what a scale or a carrier would book.
    pub fn grams_up(self) -> i64 {
        self.0.div_euclid(Weight::GRAM) + i64::from(self.0.rem_euclid(Weight::GRAM) != 0)
    }

    /// Whole ounces, rounded up.
    pub fn ounces_up(self) -> i64 {
        self.0.div_euclid(Weight::OUNCE) + i64::from(self.0.rem_euclid(Weight::OUNCE) != 0)
    }

    pub fn times(self, count: i64) -> Weight {
        Weight(self.0 * count)
    }
}

impl Add for Weight {
    type Output = Weight;
    fn add(self, other: Weight) -> Weight {
        Weight(self.0 + other.0)
    }
}
impl AddAssign for Weight {
    fn add_assign(&mut self, other: Weight) {
        self.0 += other.0;
    }
}
impl Sum for Weight {
    fn sum<I: Iterator<Item = Weight>>(weights: I) -> Weight {
        weights.fold(Weight(0), Add::add)
    }
}

/// A box: three sides in millimetres, longest first. All zero means that nobody measured it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Dimensions {
    sides_mm: [u32; 3],
}

impl Dimensions {
    pub fn new(a_mm: u32, b_mm: u32, c_mm: u32) -> Dimensions {
        let mut sides_mm = [a_mm, b_mm, c_mm];
        sides_mm.sort_unstable_by(|a, b| b.cmp(a));
        Dimensions { sides_mm }
    }

    pub fn is_known(&self) -> bool {
        self.sides_mm[2] > 0
    }

    pub fn longest_mm(&self) -> u32 {
        self.sides_mm[0]
    }

    pub fn sides_mm(&self) -> [u32; 3] {
        self.sides_mm
    }

    /// Cubic millimetres.
    pub fn volume_mm3(&self) -> i64 {
        self.sides_mm.iter().map(|&s| i64::from(s)).product()
    }

    /// Longest side plus the way around the other two: the carriers' "length plus girth".
    pub fn length_plus_girth_mm(&self) -> u32 {
        self.sides_mm[0] + 2 * (self.sides_mm[1] + self.sides_mm[2])
    }
}

/// A place on the globe, in 1/10,000 of a degree (about 11 m of latitude). WGS 84.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Point {
    pub lat_e4: i32,
    pub lon_e4: i32,
}

/// A way, in metres. [`Distance::UNKNOWN`] is longer than any way on Earth and so ranks last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Distance(pub u32);

impl Distance {
    pub const UNKNOWN: Distance = Distance(40_075_000);
    /// Metres in an international mile, times 1,000.
    const MILE_E3: u64 = 1_609_344;

    pub fn is_known(self) -> bool {
        self < Distance::UNKNOWN
    }

    pub fn from_tenth_miles(tenths: u64) -> Distance {
        Distance(((tenths * Distance::MILE_E3 + 5_000) / 10_000).min(u64::from(u32::MAX)) as u32)
    }

    /// Whole miles, rounded to the nearest.
    pub fn miles(self) -> u32 {
        ((u64::from(self.0) * 1_000 + Distance::MILE_E3 / 2) / Distance::MILE_E3) as u32
    }

    /// Whole kilometres, rounded to the nearest.
    pub fn km(self) -> u32 {
        (self.0 + 500) / 1_000
    }
}

/// Mean radius of the Earth (IUGG), in metres.
const EARTH_RADIUS_M: f64 = 6_371_008.8;

impl Point {
    /// Great-circle way by the haversine formula (Sinnott, 1984), rounded to 10 m.
    ///
    /// The functions come from a pure-Rust mathematics library, so that every machine gets the same metres.
    pub fn distance_to(self, other: Point) -> Distance {
        let radians = |e4: i32| f64::from(e4) / 10_000.0 * std::f64::consts::PI / 180.0;
        let (lat_a, lat_b) = (radians(self.lat_e4), radians(other.lat_e4));
        let half_lat = libm::sin((lat_b - lat_a) / 2.0);
        let half_lon = libm::sin((radians(other.lon_e4) - radians(self.lon_e4)) / 2.0);
        let h = half_lat * half_lat + libm::cos(lat_a) * libm::cos(lat_b) * half_lon * half_lon;
        let way_m = 2.0 * EARTH_RADIUS_M * libm::asin(libm::sqrt(h.clamp(0.0, 1.0)));
        Distance((way_m / 10.0 + 0.5) as u32 * 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_ounces_are_exactly_a_pound_and_a_thousand_grams_a_kilogram() {
        assert_eq!(Weight::from_ounces(1).times(16), Weight(Weight::POUND));
        assert_eq!(Weight::from_grams(1).times(1_000), Weight::from_grams(1_000));
        assert_eq!(Weight::from_ounces(1).grams_up(), 29);
        assert_eq!(Weight::from_grams(28).ounces_up(), 1);
        assert_eq!(Weight::from_grams(29).ounces_up(), 2);
    }

    #[test]
    fn portland_to_boston_is_about_4080_km() {
        let portland = Point { lat_e4: 455_152, lon_e4: -1_226_784 };
        let boston = Point { lat_e4: 423_601, lon_e4: -710_589 };
        let way = portland.distance_to(boston);
        assert_eq!(way, boston.distance_to(portland));
        assert!((4_070..4_090).contains(&way.km()), "{} km", way.km());
        assert_eq!(portland.distance_to(portland), Distance(0));
    }

    #[test]
    fn miles_and_metres_agree() {
        assert_eq!(Distance::from_tenth_miles(10), Distance(1_609));
        assert_eq!(Distance::from_tenth_miles(25_575).miles(), 2_557);
        assert!(!Distance::UNKNOWN.is_known());
    }

    #[test]
    fn sides_are_sorted_and_girth_goes_around_the_short_ones() {
        let tall = Dimensions::new(100, 300, 200);
        assert_eq!(tall.longest_mm(), 300);
        assert_eq!(tall.length_plus_girth_mm(), 900);
        assert_eq!(tall.volume_mm3(), 6_000_000);
        assert!(!Dimensions::default().is_known());
    }
}
