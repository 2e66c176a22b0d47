//! Every way to box up to so many units: the least score of each content in exactly 1, 2, … parcels.
//!
//! Worked out once for all that a location could send; every assignment then reads its own content off.

use crate::plan::score::Score;

/// Contents are numbered in mixed radix, the first item lowest.
#[derive(Default)]
pub(super) struct Boxes {
    items: usize,
    /// Number of contents; 0: nothing is worked out.
    ways: usize,
    /// By item: what one unit adds to a content's number.
    radix: Vec<usize>,
    /// By content and item: units.
    units: Vec<u32>,
    /// By content: it as one parcel that may stand beside others.
    alone: Vec<i128>,
    /// Contents that may be such a parcel.
    usable: Vec<u32>,
    /// Layers by number of parcels: the least score of each content, and its last parcel.
    layers: Vec<(i128, u32)>,
}

impl Boxes {
    pub(super) fn clear(&mut self) {
        self.ways = 0;
    }

    pub(super) fn is_ready(&self) -> bool {
        self.ways > 0
    }

    /// How many contents there are of up to so many units, if not more than `most`.
    pub(super) fn ways_of(counts: impl Iterator<Item = u32>, most: usize) -> Option<usize> {
        let mut counts = counts;
        counts.try_fold(1usize, |ways, units| {
            let next = ways * (units as usize + 1);
            (next <= most).then_some(next)
        })
    }

    /// Works out all contents of up to `counts` units, in up to `most` parcels each; returns the looks it took.
    /// `price` is the score of one parcel beside others, `None` where it may not be.
    pub(super) fn fill(
        &mut self,
        counts: impl Iterator<Item = u32>,
        most: usize,
        price: impl Fn(&[u32]) -> Option<i128>,
    ) -> usize {
        self.list(counts);
        self.alone.clear();
        self.usable.clear();
        self.layers.clear();
        for way in 0..self.ways {
            let alone = if way > 0 { price(self.units_of(way)) } else { None };
            self.alone.push(alone.unwrap_or(i128::INFINITE));
            self.layers.push((alone.unwrap_or(i128::INFINITE), way as u32));
            if alone.is_some() {
                self.usable.push(way as u32);
            }
        }
        let mut looks = self.ways * self.items;
        for _ in 1..most {
            looks += self.usable.len() * self.ways / 2 * self.items;
            if !self.add_layer() {
                break;
            }
        }
        looks
    }

    fn list(&mut self, counts: impl Iterator<Item = u32>) {
        self.radix.clear();
        self.ways = 1;
        for units in counts {
            self.radix.push(self.ways);
            self.ways *= units as usize + 1;
        }
        self.items = self.radix.len();
        self.units.clear();
        for way in 0..self.ways {
            let ends = self.radix[1..].iter().copied().chain([self.ways]);
            self.units.extend(self.radix.iter().zip(ends).map(|(radix, end)| (way % end / radix) as u32));
        }
    }

    /// Adds the layer of one more parcel; `false`: no content is cheaper in it than in fewer.
    fn add_layer(&mut self) -> bool {
        let ways = self.ways;
        let last = self.layers.len() - ways;
        self.layers.resize(self.layers.len() + ways, (i128::INFINITE, 0));
        let (before, layer) = self.layers.split_at_mut(last + ways);
        let mut is_better = false;
        for whole in 1..ways {
            let units = &self.units[whole * self.items..(whole + 1) * self.items];
            for &part in self.usable.iter().take_while(|&&part| (part as usize) < whole) {
                let at = part as usize;
                let taken = &self.units[at * self.items..(at + 1) * self.items];
                if taken.iter().zip(units).all(|(part, whole)| part <= whole) {
                    let score = before[last + whole - at].0.plus(self.alone[at]);
                    if score < layer[whole].0 {
                        layer[whole] = (score, part);
                    }
                }
            }
            let fewer = before.iter().skip(whole).step_by(ways).map(|fewer| fewer.0).min();
            is_better |= fewer.is_none_or(|fewer| layer[whole].0 < fewer);
        }
        is_better
    }

    /// Numbers of parcels that were worked out.
    pub(super) fn layers(&self) -> usize {
        self.layers.len() / self.ways
    }

    /// The number of a content.
    pub(super) fn way_of(&self, counts: &[u32]) -> usize {
        counts.iter().zip(&self.radix).map(|(&units, radix)| units as usize * radix).sum()
    }

    /// The least score of a content in exactly so many parcels.
    pub(super) fn score(&self, way: usize, parcels: usize) -> i128 {
        self.layers[(parcels - 1) * self.ways + way].0
    }

    pub(super) fn units_of(&self, way: usize) -> &[u32] {
        &self.units[way * self.items..(way + 1) * self.items]
    }

    /// The parcels of a content in exactly so many, one after the other, as contents.
    pub(super) fn parcels_of(&self, way: usize, parcels: usize) -> impl Iterator<Item = usize> + '_ {
        let mut left = way;
        (0..parcels).rev().map(move |layer| {
            let part = self.layers[layer * self.ways + left].1 as usize;
            left -= part;
            part
        })
    }
}
