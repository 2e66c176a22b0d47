//! The first few of many by rank, in memory that does not grow with them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What is kept: the largest ranks, of equals the first that was offered.
pub(super) struct Top<T> {
    most: usize,
    offered: u64,
    heap: BinaryHeap<Reverse<Ranked<T>>>,
}

struct Ranked<T> {
    rank: (u64, Reverse<u64>),
    value: T,
}

impl<T> PartialEq for Ranked<T> {
    fn eq(&self, other: &Ranked<T>) -> bool {
        self.rank == other.rank
    }
}
impl<T> Eq for Ranked<T> {}
impl<T> PartialOrd for Ranked<T> {
    fn partial_cmp(&self, other: &Ranked<T>) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Ranked<T> {
    fn cmp(&self, other: &Ranked<T>) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank)
    }
}

impl<T> Top<T> {
    pub(super) fn of(most: usize) -> Top<T> {
        Top { most, offered: 0, heap: BinaryHeap::new() }
    }

    /// Keeps a value where it is among the first; only then it is made.
    pub(super) fn offer(&mut self, rank: u64, value: impl FnOnce() -> T) {
        self.offered += 1;
        let rank = (rank, Reverse(self.offered));
        let is_full = self.heap.len() >= self.most;
        if is_full && self.heap.peek().is_none_or(|Reverse(least)| least.rank >= rank) {
            return;
        }
        if is_full {
            self.heap.pop();
        }
        self.heap.push(Reverse(Ranked { rank, value: value() }));
    }

    pub(super) fn into_sorted(self) -> Vec<T> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(ranked)| ranked.value).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_stay_and_of_equals_the_first() {
        let mut top = Top::of(3);
        for (rank, name) in [(2, "a"), (9, "b"), (2, "c"), (5, "d"), (2, "e")] {
            top.offer(rank, || name);
        }
        assert_eq!(top.into_sorted(), ["b", "d", "a"]);
    }
}
