//! What the stock does by itself, again and again. Each may run twice and anywhere.

use super::expire::expire_holds;
use super::gate::{Levels, end_overdue_overrides, judge_gates};
use crate::backorders;
use crate::baton::Baton;
use crate::timers::Timer;
use std::time::Duration;

/// Holds that one piece of a round ends.
const MOST_HOLDS: usize = 500;
/// Pieces of one round: what is left is next.
const MOST_PIECES: usize = 20;

/// Ends holds, judges gates, takes back overrides that are over, and looks for orders that wait though there is something.
pub fn timers() -> Vec<Timer> {
    let every = Duration::from_secs;
    vec![
        Timer::new("expire_holds", every(15), |baton: Baton| async move {
            for _ in 0..MOST_PIECES {
                if expire_holds(&baton.db, baton.now_ms(), MOST_HOLDS).await? < MOST_HOLDS {
                    break;
                }
            }
            Ok(())
        }),
        Timer::new("judge_gates", every(86_400), |baton: Baton| async move {
            judge_gates(&baton.db, &baton.call(), Levels::default()).await?;
            Ok(())
        }),
        Timer::new("end_overrides", every(300), |baton: Baton| async move {
            end_overdue_overrides(&baton.db, &baton.call()).await?;
            Ok(())
        }),
        backorders::timer(),
    ]
}
