//! A pass over rows that each stand for themselves: one that cannot be done does not keep the others from being done.

use crate::refused::Refused;

/// Rows that a pass reads at once.
pub(crate) const PAGE: i64 = 200;
/// Pages of a pass: what is left is next. Rows that can never be done are behind it after the first.
pub(crate) const MOST_PAGES: usize = 50;

/// How a pass goes: how many rows are done, and the first error.
#[derive(Default)]
pub(crate) struct Pass {
    done: usize,
    first: Option<Refused>,
}

impl Pass {
    /// Takes down how one row went. A conflict is no error: somebody was faster, or the row can wait.
    pub(crate) fn note<T>(&mut self, outcome: Result<T, Refused>) {
        match outcome {
            Ok(_) => self.done += 1,
            Err(Refused::Conflict { .. }) => {}
            Err(error) => drop(self.first.get_or_insert(error)),
        }
    }

    /// How many were done, once all were tried.
    ///
    /// # Errors
    /// The first one.
    pub(crate) fn end(self) -> Result<usize, Refused> {
        self.first.map_or(Ok(self.done), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_does_not_stop_the_others_and_the_first_one_is_told() {
        let mut pass = Pass::default();
        pass.note(Ok(()));
        pass.note::<()>(Err(Refused::not_found("order", "first")));
        pass.note::<()>(Err(Refused::not_found("order", "second")));
        pass.note::<()>(Err(Refused::conflict("taken", "somebody was faster")));
        pass.note(Ok(()));
        assert_eq!(pass.done, 2);
        assert_eq!(pass.end(), Err(Refused::not_found("order", "first")));
    }
}
