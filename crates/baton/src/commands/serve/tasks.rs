//! What runs by itself beside the answers: jobs, periodic tasks, and the log of events.

use crate::fault::Fault;
use flow::Baton;
use flow::backups::{self, Backups};
use flow::baton::Stop;
use flow::live::Live;
use flow::timers::{self, Timer};
use flow::worker::{Pace, Worker};
use flow::{
    backorders, check_books, exception, find_orders, fulfillment, inventory, measures, notices, order_batch,
    people, rule_replay, sheet_import, substitute,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Starts everything that runs until it is asked to stop; where events are told live. `kept`: where backups lie, if any
/// are made.
pub(super) async fn start(
    own: &mut JoinSet<()>,
    baton: &Baton,
    kept: Option<&Arc<Backups>>,
    stop: &Stop,
) -> Result<Live, Fault> {
    let live = Live::open(baton.clone()).await?;
    own.spawn(live.clone().run(stop.clone()));
    let mut worker = Worker::new(baton.clone(), Pace::default())
        .does(backorders::job_kind())
        .does(fulfillment::look_again())
        .does(order_batch::job_kind())
        .does(rule_replay::job_kind())
        .does(sheet_import::job_kind());
    let mut timers = all();
    if let Some(kept) = kept {
        worker = worker.does(backups::job_kind(Arc::clone(kept)));
        timers.extend(kept.is_daily.then(|| backups::timer(Arc::clone(kept))));
    }
    own.spawn(worker.run(stop.clone()));
    own.spawn(timers::run(baton.clone(), timers, stop.clone()));
    Ok(live)
}

/// Each finds by itself what is due, and may run twice.
fn all() -> Vec<Timer> {
    let every = Duration::from_secs;
    let mut all = inventory::timers();
    all.extend([
        Timer::new("pass_deadlines", every(15), |baton: Baton| async move {
            fulfillment::pass_deadlines(&baton, baton.now_ms()).await?;
            Ok(())
        }),
        Timer::new("escalate_exceptions", every(30), |baton: Baton| async move {
            exception::escalate_overdue(&baton, baton.now_ms()).await?;
            Ok(())
        }),
        Timer::new("lapse_offers", every(60), |baton: Baton| async move {
            substitute::lapse_overdue(&baton, baton.now_ms()).await?;
            Ok(())
        }),
        people::forget_timer(),
        check_books::timer(),
        find_orders::timer(),
        order_batch::timer(),
        rule_replay::timer(),
        measures::timer(),
        notices::timer(),
    ]);
    all.extend(sheet_import::timers());
    all
}
