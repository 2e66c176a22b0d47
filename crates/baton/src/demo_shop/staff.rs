//! The people of the demo's places: who accepts, picks, packs and hands over, how long it takes, and what goes wrong.
//!
//! Owns: which step of a task comes next, and when. Everything is done by the verbs that a real place uses. Refuses to
//! know: what day it is; a span of time is handed in, and what falls into it is done.

use super::{mark, parcels};
use flow::baton::Baton;
use flow::fulfillment::{
    AcceptTask, Collect, GiveUpPickup, HandOver, MarkDelivered, MarkReady, PackTask, RejectReason,
    RejectTask, ReportShort, ShortReason, StartPicking, State, Task,
};
use flow::shop::Shop;
use flow::{Call, Refused};
use model::{LocationKind, Timestamp};
use replay::chance::Chance;
use store::fulfillments::{self, FulfillmentItem, FulfillmentRow};
use store::places::LocationKey;
use tokio::task::JoinSet;

/// Tasks of one place in one state that a round looks at: what is left is next.
const MOST_IN_QUEUE: i64 = 500;
/// Tasks carried at once: as many as one flush of SQLite serves.
const AT_ONCE: usize = 64;
/// Steps of one task in one round: a task has no more.
const MOST_STEPS: usize = 12;

/// How long people take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tempo {
    /// As people do, in opening hours.
    Lifelike,
    /// So many times as fast, day and night.
    Faster(i64),
}

/// A span of time: after `from`, up to `until`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Window {
    pub(super) from: i64,
    pub(super) until: i64,
}

impl Window {
    /// When something is done that was due then; `None`: later.
    pub(super) fn when(self, due_ms: i64) -> Option<i64> {
        (due_ms <= self.until).then_some(due_ms.max(self.from))
    }
}

#[derive(Clone)]
pub(super) struct Staff {
    pub(super) baton: Baton,
    pub(super) seed: u64,
    pub(super) tempo: Tempo,
}

/// A task as it stands, and since when.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub(super) row: FulfillmentRow,
    pub(super) items: Vec<FulfillmentItem>,
    state: State,
    pub(super) since_ms: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    Accept,
    Reject(RejectReason),
    Start,
    Short(ShortReason),
    Pack,
    HandOver,
    Ready,
    Collect,
    GiveUp,
    Deliver,
}

/// What a round did.
#[derive(Default, Debug)]
pub(super) struct Worked {
    pub(super) steps: usize,
    /// Tasks whose customers have their goods now.
    pub(super) ended: Vec<Standing>,
}

const MINUTE_MS: i64 = Timestamp::MINUTE_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// In which a place that opens takes up what came overnight.
const FIRST_MINUTES_MS: i64 = 40 * MINUTE_MS;
/// Nobody comes for it any more.
const GIVEN_UP_AFTER_MS: i64 = 9 * Timestamp::DAY_MS;

impl Staff {
    /// Does everything that falls into a span, a task's steps one after the other; at most `most` tasks.
    pub(super) async fn work(
        &self,
        states: &[State],
        window: Window,
        most: usize,
    ) -> Result<Worked, Refused> {
        let shop = self.baton.shop(window.until).await?;
        let due = self.queue(&shop, states).await?;
        let mut due: Vec<Standing> =
            due.into_iter().filter(|task| self.due_in(&shop, task, window).is_some()).collect();
        due.sort_by(|one, other| (one.since_ms, &one.row.id).cmp(&(other.since_ms, &other.row.id)));
        due.truncate(most);
        let mut worked = Worked::default();
        let mut under_way = JoinSet::new();
        for task in due {
            if under_way.len() >= AT_ONCE {
                worked.add(under_way.join_next().await)?;
            }
            let staff = self.clone();
            under_way.spawn(async move { staff.carry(task, window).await });
        }
        while let Some(done) = under_way.join_next().await {
            worked.add(Some(done))?;
        }
        Ok(worked)
    }

    /// The tasks of every place, with their items where a step needs them.
    async fn queue(&self, shop: &Shop, states: &[State]) -> Result<Vec<Standing>, Refused> {
        let places: Vec<LocationKey> =
            shop.network.location_ids().map(|place| shop.location_key(place)).collect();
        let states = states.to_vec();
        let read = self.baton.db.read(move |tx| {
            let (places, states) = (places.clone(), states.clone());
            Box::pin(async move {
                let mut all = Vec::new();
                for &place in &places {
                    for &state in &states {
                        let begin = (i64::MIN, "");
                        let rows = fulfillments::at_location(tx, (place, state.code()), begin, MOST_IN_QUEUE)
                            .await?;
                        for row in rows.into_iter().filter(|row| !row.is_held) {
                            let items = match state {
                                State::Picking => fulfillments::items(tx, &row.id).await?,
                                _ => Vec::new(),
                            };
                            let since_ms = row.changed_at_ms;
                            all.push(Standing { row, items, state, since_ms });
                        }
                    }
                }
                Ok::<_, Refused>(all)
            })
        });
        read.await
    }

    async fn carry(&self, mut task: Standing, window: Window) -> Result<(usize, Option<Standing>), Refused> {
        let shop = self.baton.shop(window.until).await?;
        for steps in 0..MOST_STEPS {
            let Some((step, at_ms)) = self.due_in(&shop, &task, window) else { return Ok((steps, None)) };
            match self.take(step, (&shop, &task), at_ms).await {
                Ok(done) => {
                    let Task { row, items, state, .. } = done;
                    task = Standing { row, items, state, since_ms: at_ms };
                }
                // Somebody was faster: a customer who cancels, a deadline that passes, a person who tries the demo.
                Err(Refused::Conflict { .. } | Refused::NotFound { .. } | Refused::Invalid(_)) => {
                    return Ok((steps, None));
                }
                Err(other) => return Err(other),
            }
            if matches!(task.state, State::Delivered | State::Collected) {
                return Ok((steps + 1, Some(task)));
            }
        }
        Ok((MOST_STEPS, None))
    }

    fn due_in(&self, shop: &Shop, task: &Standing, window: Window) -> Option<(Step, i64)> {
        let (step, due_ms) = self.next(shop, task)?;
        Some((step, window.when(due_ms)?))
    }

    /// Chance of one task in one state: the same whenever it is asked.
    fn luck(&self, task: &Standing) -> Chance {
        let of_task = task.row.created_at_ms as u64 ^ (task.row.location.0 as u64) << 48;
        Chance::from_seed(self.seed ^ of_task).apart(task.state as u64 + 1)
    }

    /// The next step of a task, and when somebody does it. `None`: nobody will.
    fn next(&self, shop: &Shop, task: &Standing) -> Option<(Step, i64)> {
        let place = shop.network.location(shop.location_id(task.row.location)?);
        let is_store = place.kind == LocationKind::Store;
        let mut luck = self.luck(task);
        // A warehouse does nothing else all day.
        let slips = |per_mille| if is_store { per_mille } else { 0 };
        let (step, wait_ms) = match task.state {
            // Forgotten: its deadline passes, and another place gets it.
            State::Open if luck.happens(slips(12)) => return None,
            State::Open if luck.happens(slips(25)) => {
                (Step::Reject(refusal(&mut luck)), minutes(&mut luck, 3, 20))
            }
            State::Open => (Step::Accept, minutes(&mut luck, 2, 14)),
            State::Accepted => (Step::Start, minutes(&mut luck, 3, 45)),
            State::Picking if is_whole(task) && luck.happens(slips(25)) => {
                (Step::Short(lack(&mut luck)), minutes(&mut luck, 2, 6))
            }
            State::Picking => (Step::Pack, work_ms(place, task) * luck.between(70, 150) / 100),
            State::Packed if task.row.lane == "pickup" => (Step::Ready, minutes(&mut luck, 1, 8)),
            State::Packed => (Step::HandOver, minutes(&mut luck, 10, 120)),
            State::ReadyForPickup if luck.happens(30) => {
                let over_ms = task.row.created_at_ms + GIVEN_UP_AFTER_MS;
                return Some((Step::GiveUp, over_ms.max(task.since_ms)));
            }
            State::ReadyForPickup => (Step::Collect, minutes(&mut luck, 20, 50 * 60)),
            State::Shipped if task.row.lane == "local_delivery" => {
                (Step::Deliver, minutes(&mut luck, 40, 240))
            }
            State::Shipped => return Some((Step::Deliver, brought_at(task, &mut luck))),
            _ => return None,
        };
        Some((step, self.after(place, task.since_ms, wait_ms)))
    }

    /// So long after, at this tempo; when the place is open.
    fn after(&self, place: &model::Location, since_ms: i64, wait_ms: i64) -> i64 {
        match self.tempo {
            Tempo::Faster(times) => since_ms + wait_ms / times.max(1),
            // Hours that are over are not in the calendar any more: only what is due is moved, never when it began.
            Tempo::Lifelike => {
                let due_ms = since_ms + wait_ms;
                let open = place.calendar.open_span_at_or_after(Timestamp(due_ms));
                match open.map(|span| span.from.0).filter(|from_ms| *from_ms > due_ms) {
                    None => due_ms,
                    Some(from_ms) => from_ms + wait_ms % FIRST_MINUTES_MS,
                }
            }
        }
    }

    async fn take(&self, step: Step, of: (&Shop, &Standing), at_ms: i64) -> Result<Task, Refused> {
        let (baton, call, id) = (&self.baton, mark::call(at_ms), of.1.row.id.clone());
        match step {
            Step::Accept => baton.perform(&call, AcceptTask { id }).await,
            Step::Reject(reason) => {
                let note = "demo".to_owned();
                baton.perform(&call, RejectTask { id, reason, skus: Vec::new(), note }).await
            }
            Step::Start => baton.perform(&call, StartPicking { id }).await,
            Step::Short(reason) => self.report(&call, of, reason).await,
            Step::Pack => {
                let parcels = parcels::packed(&parcels::planned(&baton.db, of).await?);
                baton.perform(&call, PackTask { id, parcels }).await
            }
            Step::HandOver => {
                let parcels = parcels::sent(&parcels::planned(&baton.db, of).await?, of.1);
                baton.perform(&call, HandOver { id, from: String::new(), parcels }).await
            }
            Step::Ready => baton.perform(&call, MarkReady { id }).await,
            Step::Collect => {
                let code = of.1.row.pickup_code.clone();
                let (by, known_by) = ("the customer".to_owned(), String::new());
                baton.perform(&call, Collect { id, code, by, known_by }).await
            }
            Step::GiveUp => {
                baton.perform(&call, GiveUpPickup { id, reason: "nobody came for it".to_owned() }).await
            }
            Step::Deliver => {
                baton.perform(&call, MarkDelivered { id, proof: "at the door".to_owned() }).await
            }
        }
    }

    /// One unit of the first line is not there.
    async fn report(
        &self,
        call: &Call,
        (shop, task): (&Shop, &Standing),
        reason: ShortReason,
    ) -> Result<Task, Refused> {
        let item = task.items.iter().find(|item| item.committed > 0);
        let item = item.ok_or_else(|| Refused::conflict("nothing_left", "nothing of it is left"))?;
        let (id, line, sku) = (task.row.id.clone(), item.line, shop.sku(item.product).to_owned());
        self.baton.perform(call, ReportShort { id, line, sku, units: 1, reason }).await
    }
}

impl Worked {
    fn add(&mut self, done: Option<Done>) -> Result<(), Refused> {
        let Some(done) = done else { return Ok(()) };
        let broken = |error: tokio::task::JoinError| store::DbError::Broken(error.to_string());
        let (steps, ended) = done.map_err(broken)??;
        self.steps += steps;
        self.ended.extend(ended);
        Ok(())
    }
}

/// How a task that was carried came back.
type Done = Result<Result<(usize, Option<Standing>), Refused>, tokio::task::JoinError>;

fn minutes(luck: &mut Chance, least: i64, most: i64) -> i64 {
    luck.between(least * MINUTE_MS, most * MINUTE_MS)
}

/// What the place's own figures say of picking and packing.
fn work_ms(place: &model::Location, task: &Standing) -> i64 {
    let units: i64 = task.items.iter().map(|item| item.committed).sum();
    let pick = i64::from(place.labor.pick_seconds_per_unit) * units;
    (pick + i64::from(place.labor.pack_seconds_per_parcel)).max(60) * 1_000
}

/// In the middle of its day: where, nobody asks.
fn brought_at(task: &Standing, luck: &mut Chance) -> i64 {
    let at_ms = task.row.arrives_day * Timestamp::DAY_MS + 15 * HOUR_MS + minutes(luck, 0, 7 * 60);
    at_ms.max(task.since_ms + HOUR_MS)
}

/// Nothing of it was let go yet: a task falls short once.
fn is_whole(task: &Standing) -> bool {
    task.items.iter().all(|item| item.committed == item.quantity)
}

fn refusal(luck: &mut Chance) -> RejectReason {
    const REASONS: [RejectReason; 4] =
        [RejectReason::NotFound, RejectReason::TooBusy, RejectReason::Damaged, RejectReason::Other];
    REASONS[luck.pick(&[500, 300, 120, 80])]
}

fn lack(luck: &mut Chance) -> ShortReason {
    const REASONS: [ShortReason; 3] = [ShortReason::NotFound, ShortReason::Damaged, ShortReason::WrongItem];
    REASONS[luck.pick(&[600, 280, 120])]
}
