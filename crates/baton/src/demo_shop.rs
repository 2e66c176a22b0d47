//! The demo shop: a made-up retailer's books, with the whole of its past, and the life that goes on in them.
//!
//! Owns: making books a demo's, from the retailer's files to its owner; everything is done by verbs, as `demo`. Refuses to
//! know: who looks at them. `baton demo` serves such books alone, `baton serve` keeps them beside a shop's own.

mod desk;
mod folder;
mod history;
mod life;
mod mark;
mod orders;
mod owner;
mod parcels;
mod staff;
mod supply;

use crate::fault::Fault;
use flow::import::import_folder;
use flow::rules::{PublishRules, SaveRules};
use flow::{Baton, Refused};
use model::{Day, Timestamp};
use replay::{Demo as Retailer, DemoPlan};
use staff::{Staff, Tempo};
use std::ops::ControlFlow;
use std::sync::Arc;

pub(crate) use folder::{Folder, forget_books};
pub(crate) use history::DAYS;
pub(crate) use life::Life;
pub(crate) use mark::{Mark, read as read_mark};
pub(crate) use owner::{Keys, make as make_owner};

/// Usual life is so many times as fast as a shop's: something happens every few seconds.
const USUAL_TIMES: i64 = 60;

/// What a demo is made from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) orders: u32,
    pub(crate) first_day: Day,
}

impl Plan {
    /// A past that ends now.
    pub(crate) fn until(now_ms: i64, (seed, orders): (u64, u32)) -> Plan {
        let today = replay::demo::clock().day(Timestamp(now_ms));
        Plan { seed, orders, first_day: Day(today.0 + 1 - i32::from(DemoPlan::default().days)) }
    }

    pub(crate) fn build(self) -> Retailer {
        let Plan { seed, orders, first_day } = self;
        let plan = DemoPlan { seed, orders, first_day, ..DemoPlan::default() };
        Retailer::build(&plan, &connect::files::zip3_points())
    }

    fn begin_ms(self) -> i64 {
        replay::demo::clock().instant(self.first_day, 0).0
    }
}

/// Marks empty books as a demo's that is being made.
pub(crate) async fn begin(baton: &Baton, plan: Plan) -> Result<(), Fault> {
    mark::begin(&baton.db, plan, plan.begin_ms()).await
}

/// Marks them as made.
pub(crate) async fn finish(baton: &Baton, plan: Plan) -> Result<(), Fault> {
    mark::finish(&baton.db, plan, baton.now_ms()).await
}

/// Brings the folder and everything that happened until now into the books. `tell` hears how many days of how many are
/// done, and may break it off.
pub(crate) async fn bring(
    baton: &Baton,
    (folder, retailer): (&Folder, &Arc<Retailer>),
    plan: Plan,
    tell: impl FnMut(u32) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Fault> {
    set_up(baton, folder, plan.begin_ms()).await?;
    let staff = Staff { baton: baton.clone(), seed: plan.seed, tempo: Tempo::Lifelike };
    let history = history::History::new(staff, Arc::clone(retailer));
    Ok(history.bring(baton.now_ms(), tell).await?)
}

/// What goes on in the books from now on, so many times as fast as usual.
pub(crate) fn life(baton: &Baton, (seed, retailer): (u64, Arc<Retailer>), pace: u32) -> Life {
    let pace = i64::from(pace);
    let staff = Staff { baton: baton.clone(), seed, tempo: Tempo::Faster(USUAL_TIMES * pace) };
    let now_ms = baton.now_ms();
    let until_now = (0..retailer.orders.len())
        .find(|i| history::placed_ms(&retailer, *i).is_none_or(|at_ms| at_ms > now_ms));
    Life::new((staff, retailer), pace, until_now.unwrap_or_default())
}

/// The folder's places, products, stock and rules, as of the first day.
async fn set_up(baton: &Baton, folder: &Folder, at_ms: i64) -> Result<(), Refused> {
    let call = mark::call(at_ms);
    let imported = import_folder(&baton.db, &call, &folder.0).await?;
    let Some((_, content)) = imported.rules else { return Ok(()) };
    let comment = "of the demo's folder".to_owned();
    let rules = SaveRules { name: String::new(), content, comment: comment.clone() };
    let saved = baton.perform(&call, rules).await?;
    baton.perform(&call, PublishRules { number: saved.number, live_from_ms: None, comment }).await?;
    Ok(())
}
