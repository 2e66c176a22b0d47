//! The one sum behind every promise: looked up, explained and held to by the same code.

use store::pools::Buffer;

/// What may be promised of what is available on the shelves that count: less what the channel is not offered, less
/// demand that is not routed yet. Never below zero.
pub fn promised(available: i64, buffer: Buffer, not_routed: i64) -> i64 {
    (available - buffer.of(available) - not_routed).max(0)
}

#[cfg(test)]
mod tests {
    use super::promised;
    use store::pools::Buffer;

    #[test]
    fn a_promise_is_what_is_left_and_never_below_none() {
        for (available, buffer, not_routed, expected) in [
            (10, Buffer::Units(0), 0, 10),
            (10, Buffer::Units(2), 3, 5),
            (10, Buffer::Percent(25), 0, 7),
            (1, Buffer::Percent(1), 0, 0),
            (2, Buffer::Units(3), 0, 0),
            (2, Buffer::Units(0), 5, 0),
            (0, Buffer::Percent(100), 0, 0),
        ] {
            assert_eq!(
                promised(available, buffer, not_routed),
                expected,
                "{available} {buffer:?} {not_routed}"
            );
        }
    }
}
