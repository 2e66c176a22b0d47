//! The nearest known word: "did you mean …?".
//!
//! Owns: what counts as a slip of the finger. Refuses to know: where the words come from.

/// The known word that takes the fewest slips to write as `written`, when so few slips are likely: one in
/// words of three or four letters, two up to eight, then three. Ties go to the first.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = match written.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    nearest_within(most, written, known)
}

/// The same of at most so many slips.
pub fn nearest_within<'a>(
    most: usize,
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    let near = known.into_iter().filter_map(|word| {
        let is_near_in_length = word.chars().count().abs_diff(length) <= most;
        let slips = is_near_in_length.then(|| slips(&written, &word.to_lowercase()))?;
        (slips <= most && slips < length).then_some((slips, word))
    });
    near.min_by_key(|(slips, _)| *slips).map(|(_, word)| word)
}

/// Letters added, left out, changed or swapped with their neighbour (optimal string alignment distance).
fn slips(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for i in 1..=left.len() {
        let mut next = vec![i];
        for j in 1..=right.len() {
            let changed = row[j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut least = changed.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_found() {
        let known = ["stores", "warehouses", "vendors"];
        assert_eq!(nearest("warehuses", known), Some("warehouses"));
        assert_eq!(nearest("Sotres", known), Some("stores"));
        assert_eq!(nearest("vendor", known), Some("vendors"));
        assert_eq!(nearest("shops", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("CA", ["WA"]), None);
        assert_eq!(nearest("promisedays", ["order_id", "promise_days"]), Some("promise_days"));
        assert_eq!(nearest("colour", ["order_id", "promise_days"]), None);
    }

    #[test]
    fn a_swap_is_one_slip() {
        assert_eq!(slips("form", "from"), 1);
        assert_eq!(slips("", "abc"), 3);
        assert_eq!(slips("kitten", "sitting"), 3);
    }
}
