//! Chance that repeats: numbers that look random and are the same on every machine.
//!
//! Owns: a generator (splitmix64; Steele, Lea, Flood, 2014) and draws from it, in integers.
//! Refuses to know: seeds from the outside world.

#[derive(Clone, Debug)]
pub struct Chance {
    state: u64,
}

impl Chance {
    pub fn from_seed(seed: u64) -> Chance {
        Chance { state: seed }
    }

    /// A generator of its own for one purpose, so that drawing more here moves nothing there.
    pub fn apart(&self, purpose: u64) -> Chance {
        let mut fork = Chance { state: self.state ^ purpose.wrapping_mul(0xd134_2543_de82_ef95) };
        Chance { state: fork.draw() }
    }

    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `limit` − 1; 0 when `limit` is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.draw()) * u128::from(limit)) >> 64) as u64
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low).max(0) as u64 + 1) as i64
    }

    /// True in `per_mille` of 1,000 draws.
    pub fn happens(&mut self, per_mille: u32) -> bool {
        self.below(1_000) < u64::from(per_mille)
    }

    /// Position of a share among `shares`, in proportion to them. An empty list gives 0.
    pub fn pick(&mut self, shares: &[u32]) -> usize {
        let total: u64 = shares.iter().map(|&share| u64::from(share)).sum();
        let mut left = self.below(total);
        for (i, &share) in shares.iter().enumerate() {
            if left < u64::from(share) {
                return i;
            }
            left -= u64::from(share);
        }
        0
    }
}

/// Many choices with given weights, drawn by bisection.
#[derive(Clone, Debug)]
pub struct Weighted {
    running: Vec<u64>,
}

impl Weighted {
    pub fn new(weights: impl Iterator<Item = u64>) -> Weighted {
        let mut total = 0;
        let add = |weight: u64| {
            total += weight;
            total
        };
        Weighted { running: weights.map(add).collect() }
    }

    /// Falls with rank like 1 ÷ (rank + 3), shuffled by `chance` so that the first ids are not the best sellers.
    pub fn by_popularity(count: usize, chance: &mut Chance) -> Weighted {
        let mut ranks: Vec<u64> = (0..count as u64).collect();
        for i in (1..count).rev() {
            ranks.swap(i, chance.below(i as u64 + 1) as usize);
        }
        Weighted::new(ranks.into_iter().map(|rank| 1_000_000_000 / (rank + 3)))
    }

    pub fn pick(&self, chance: &mut Chance) -> usize {
        let at = chance.below(self.running.last().copied().unwrap_or(0));
        self.running.partition_point(|&upper| upper <= at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        // First outputs for seed 1234567, as published with the reference code.
        let mut chance = Chance::from_seed(1_234_567);
        assert_eq!(chance.draw(), 6_457_827_717_110_365_317);
        assert_eq!(chance.draw(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn draws_stay_within_their_limits_and_reach_both_ends() {
        let mut chance = Chance::from_seed(1);
        let drawn: Vec<i64> = (0..1_000).map(|_| chance.between(-2, 2)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&-2), Some(&2)));
        assert_eq!(chance.below(0), 0);
        assert!(!chance.happens(0) && chance.happens(1_000));
    }

    #[test]
    fn shares_are_drawn_in_proportion() {
        let mut chance = Chance::from_seed(2);
        let weighted = Weighted::new([1, 0, 3].into_iter());
        let mut seen = [[0u32; 3]; 2];
        for _ in 0..40_000 {
            seen[0][chance.pick(&[1, 0, 3])] += 1;
            seen[1][weighted.pick(&mut chance)] += 1;
        }
        for counts in seen {
            assert!(counts[1] == 0 && (9_500..10_500).contains(&counts[0]), "{counts:?}");
        }
    }

    #[test]
    fn a_fork_does_not_disturb_its_origin() {
        let mut plain = Chance::from_seed(3);
        let mut forked = Chance::from_seed(3);
        let _ = forked.apart(7).draw();
        assert_eq!(plain.draw(), forked.draw());
        assert_ne!(Chance::from_seed(3).apart(1).draw(), Chance::from_seed(3).apart(2).draw());
    }
}
