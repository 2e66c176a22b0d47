//! The first page: what there is to do, what each place has of it, and whether everybody outside was heard.
//!
//! Owns: putting it together from one state of the books. Refuses to know: what a word counts (`work`).

use crate::refused::Refused;
use crate::shop::Shop;
use crate::work::{AtPlace, Over, ToDo, to_do};
use model::{Location, Timestamp};
use store::Tx;
use store::exceptions::{self, ExceptionRow, Wanted};
use store::feeds::{self, Age};
use store::places::LocationKey;
use store::work::{self, Channel};

/// Exceptions that the first page shows: the next to fall due.
const MOST_EXCEPTIONS: i64 = 5;
/// More feeds than that are no longer looked at one by one.
const MOST_FEEDS: i64 = 1_000;
/// A channel is a shop, a till or a market place: a retailer has a few.
const MOST_CHANNELS: i64 = 100;

/// What the first page says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Today {
    pub to_do: ToDo,
    /// By code.
    pub places: Vec<Place>,
    pub feeds: Vec<Feed>,
    pub channels: Vec<Channel>,
    /// Open ones, what is due first.
    pub exceptions: Vec<ExceptionRow>,
}

/// A place, and what it has to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub code: String,
    pub name: String,
    pub is_paused: bool,
    pub is_open: bool,
    /// When it closes, or, while it is closed, opens; `None`: it is always open, or never again.
    pub turns_at_ms: Option<i64>,
    /// Until when an order leaves with its next dispatch.
    pub cutoff_ms: Option<i64>,
    pub work: AtPlace,
}

/// The last word of a feed about a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Feed {
    pub heard: Age,
    /// How old what it says is.
    pub age_ms: i64,
    /// Older than the shop allows; `None`: the shop sets no limit.
    pub is_stale: Option<bool>,
}

/// Reads it, over all places or at one.
///
/// # Errors
/// The database's.
pub async fn today(tx: &mut Tx, shop: &Shop, over: Over, now_ms: i64) -> Result<Today, Refused> {
    let to_do = to_do(tx, over, now_ms).await?;
    let places = places(shop, over, (&to_do, now_ms));
    let location = match over {
        Over::All => None,
        Over::One(location) => Some(location),
    };
    let open = Wanted { state: "open", location, ..Wanted::default() };
    Ok(Today {
        places,
        feeds: feeds_of(tx, shop, over, now_ms).await?,
        channels: work::channels(tx, midnight_ms(shop, now_ms), MOST_CHANNELS).await?,
        exceptions: exceptions::list(tx, open, (i64::MIN, ""), MOST_EXCEPTIONS).await?,
        to_do,
    })
}

/// When the day began by the shop's clock.
pub fn midnight_ms(shop: &Shop, now_ms: i64) -> i64 {
    let clock = &shop.network.settings.clock;
    clock.instant(clock.day(Timestamp(now_ms)), 0).0
}

fn places(shop: &Shop, over: Over, (to_do, now_ms): (&ToDo, i64)) -> Vec<Place> {
    let of = |(id, location): (_, &Location)| {
        let key = shop.location_key(id);
        let work = to_do.places.get(&key).copied().unwrap_or_default();
        over.has(key).then(|| place(location, work, Timestamp(now_ms)))
    };
    shop.network.location_ids().zip(&shop.network.locations).filter_map(of).collect()
}

fn place(location: &Location, work: AtPlace, now: Timestamp) -> Place {
    let span = location.calendar.open_span_at_or_after(now);
    let is_open = span.is_some_and(|span| span.contains(now));
    let turn = span.map(|span| if is_open { span.to } else { span.from });
    Place {
        code: location.code.clone(),
        name: location.name.clone(),
        is_paused: location.is_paused,
        is_open,
        turns_at_ms: turn.filter(|at| *at != Timestamp::MAX).map(|at| at.0),
        cutoff_ms: location.calendar.dispatch_after(now, 0).map(|(dispatch, _)| dispatch.cutoff.0),
        work,
    }
}

async fn feeds_of(tx: &mut Tx, shop: &Shop, over: Over, now_ms: i64) -> Result<Vec<Feed>, Refused> {
    let limit = shop.network.settings.feed_max_age_minutes;
    let limit_ms = limit.map(|minutes| i64::from(minutes) * Timestamp::MINUTE_MS);
    let is_here = |heard: &Age| key_of(shop, &heard.location).is_some_and(|key| over.has(key));
    let heard = feeds::ages(tx, ("", ""), MOST_FEEDS).await?;
    let of = |heard: Age| {
        let age_ms = (now_ms - heard.as_of_ms).max(0);
        Feed { heard, age_ms, is_stale: limit_ms.map(|limit_ms| age_ms > limit_ms) }
    };
    Ok(heard.into_iter().filter(is_here).map(of).collect())
}

fn key_of(shop: &Shop, code: &str) -> Option<LocationKey> {
    shop.network.location_by_code(code).map(|id| shop.location_key(id))
}
