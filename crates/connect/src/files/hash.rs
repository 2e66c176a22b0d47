//! Hashes of short texts: has this been seen, and where does this name stand.
//!
//! Owns: a compact set of 64-bit hashes and an index of names. Refuses to know: what the texts mean.
//! Unkeyed: whoever writes the file can make it slow, but only for himself.

/// 64 bits of a text, well mixed (the multiply-and-fold step of wyhash).
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    const A: u64 = 0x9e37_79b9_7f4a_7c15;
    const B: u64 = 0xa076_1d64_78bd_642f;
    let fold = |x: u64, y: u64| {
        let product = u128::from(x) * u128::from(y);
        (product as u64) ^ (product >> 64) as u64
    };
    let mut state = A ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
        state = fold(state ^ word, B);
    }
    let rest = chunks.remainder().iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
    fold(fold(state ^ rest, B) ^ A, B)
}

/// A set of hashes: 16 bytes or less for each, no text kept.
///
/// Two of a million different texts share a hash once in 37 million files.
#[derive(Default)]
pub(crate) struct Seen {
    /// Power of two long; 0 is a free slot.
    slots: Vec<u64>,
    count: usize,
}

impl Seen {
    /// `false` when it was there already.
    pub(crate) fn insert(&mut self, hash: u64) -> bool {
        if (self.count + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let hash = hash.max(1);
        let fresh = place(&mut self.slots, hash);
        self.count += usize::from(fresh);
        fresh
    }

    pub(crate) fn has(&self, hash: u64) -> bool {
        let hash = hash.max(1);
        let Some(mask) = self.slots.len().checked_sub(1) else { return false };
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                0 => return false,
                found if found == hash => return true,
                _ => at = (at + 1) & mask,
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    fn grow(&mut self) {
        let mut larger = vec![0; (self.slots.len() * 2).max(1_024)];
        for &hash in self.slots.iter().filter(|&&hash| hash != 0) {
            place(&mut larger, hash);
        }
        self.slots = larger;
    }
}

fn place(slots: &mut [u64], hash: u64) -> bool {
    let mask = slots.len() - 1;
    let mut at = hash as usize & mask;
    loop {
        match slots[at] {
            0 => {
                slots[at] = hash;
                return true;
            }
            found if found == hash => return false,
            _ => at = (at + 1) & mask,
        }
    }
}

/// Positions of names that somebody else keeps.
#[derive(Default)]
pub(crate) struct NameIndex {
    /// Power of two long; a position of `u32::MAX` is a free slot.
    slots: Vec<(u64, u32)>,
}

impl NameIndex {
    /// Names must differ; of equal ones the first is found.
    pub(crate) fn new<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> NameIndex {
        let size = (names.len() * 2).next_power_of_two().max(2);
        let mut slots = vec![(0, u32::MAX); size];
        for (position, name) in names.enumerate() {
            let hash = hash(name.as_bytes());
            let mut at = hash as usize & (size - 1);
            while slots[at].1 != u32::MAX {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (hash, position as u32);
        }
        NameIndex { slots }
    }

    /// The position of a name; `is_it` says whether a position bears it.
    pub(crate) fn find(&self, name: &str, is_it: impl Fn(usize) -> bool) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let wanted = hash(name.as_bytes());
        let mut at = wanted as usize & mask;
        loop {
            let (hash, position) = self.slots[at];
            if position == u32::MAX {
                return None;
            }
            if hash == wanted && is_it(position as usize) {
                return Some(position);
            }
            at = (at + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_new_once() {
        let mut seen = Seen::default();
        assert!(!seen.has(hash(b"O1")));
        for n in 0..100_000 {
            assert!(seen.insert(hash(format!("O{n}").as_bytes())), "{n}");
        }
        assert!(seen.has(hash(b"O99999")) && !seen.has(hash(b"O100000")));
        assert!(!seen.insert(hash(b"O1")));
        assert_eq!(seen.len(), 100_000);
        assert!(seen.insert(0) && !seen.insert(1));
    }

    #[test]
    fn names_are_found_where_they_stand() {
        let names: Vec<String> = (0..1_000).map(|n| format!("SKU-{n}")).collect();
        let index = NameIndex::new(names.iter().map(String::as_str));
        for (i, name) in names.iter().enumerate() {
            assert_eq!(index.find(name, |at| names[at] == *name), Some(i as u32));
        }
        assert_eq!(index.find("SKU-1000", |at| names[at] == "SKU-1000"), None);
        assert_eq!(NameIndex::default().find("", |_| true), None);
    }
}
