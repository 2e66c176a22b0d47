//! When a job that failed is tried again.

use super::Pace;
use super::lease::delay;
use std::time::Duration;
use store::jobs::{Job, State};

fn job(id: &str, attempts: i64) -> Job {
    Job {
        id: id.into(),
        kind: "mail".into(),
        subject: String::new(),
        payload: String::new(),
        key: None,
        due_at_ms: 0,
        state: State::Leased,
        attempts,
        most_attempts: 99,
        lease_owner: None,
        fence: 1,
        last_error: None,
        created_at_ms: 0,
        done_at_ms: None,
    }
}

#[test]
fn each_wait_is_twice_as_long_up_to_a_limit() {
    let pace = Pace {
        first_delay: Duration::from_secs(1),
        longest_delay: Duration::from_secs(60),
        ..Pace::default()
    };
    for (attempts, most) in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (8, 60), (5_000, 60)] {
        for id in ["job_a", "job_b", "job_c"] {
            let (delay, most) = (delay(&pace, &job(id, attempts)), Duration::from_secs(most));
            assert!(most / 2 <= delay && delay <= most, "{id} {attempts}: {delay:?}");
        }
    }
}

#[test]
fn what_failed_together_does_not_come_back_together() {
    let delays = (0..100).map(|number| delay(&Pace::default(), &job(&format!("job_{number}"), 5)));
    let mut delays: Vec<Duration> = delays.collect();
    delays.sort();
    delays.dedup();
    assert!(delays.len() > 80, "{} different delays", delays.len());
}
