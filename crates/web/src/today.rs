//! The first page: what there is to do, and whether everybody outside was heard.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::exceptions::Exception;
use crate::json::{Json, Query};
use crate::policy::{EVERYONE, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use axum::extract::State;
use flow::Refused;
use flow::people::Scope;
use flow::today::{self, Feed, Place, Today};
use flow::work::{AtPlace, Count, Over};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::work::Channel;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("today").add(Policy::of(EVERYONE, Scope::WorkRead), routes!(get_today))
}

/// Of which place.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct At {
    /// Code of the location; left out: all of them together.
    location: Option<String>,
}

/// How many there are.
#[derive(Serialize, ToSchema)]
struct Counted {
    count: i64,
    /// Of work and exceptions the earliest deadline, of orders when the first was placed; null: there is none.
    oldest: Option<i64>,
}

impl From<Count> for Counted {
    fn from(count: Count) -> Counted {
        Counted { count: count.amount, oldest: count.first_ms }
    }
}

/// What there is to do. An order or its work can be under several of them.
#[derive(Serialize, ToSchema)]
struct CountsShown {
    /// Orders that are held, or open with units that no decision has settled.
    to_decide: Counted,
    /// Orders that are held: some of those to decide.
    held: Counted,
    /// Orders with units that wait for stock.
    backordered: Counted,
    #[serde(flatten)]
    work: WorkShown,
}

/// What places have to do, counted in fulfillment orders. What is held is in none of them.
#[derive(Serialize, ToSchema)]
struct WorkShown {
    /// Open, accepted, or picking with units left to pick.
    to_pick: Counted,
    /// Picking with every unit in hand.
    to_pack: Counted,
    /// Packed.
    to_hand_over: Counted,
    waiting_for_pickup: Counted,
    /// Past its deadline, in whichever step; it is counted there, too.
    late: Counted,
    /// Open exceptions.
    needs_attention: Counted,
}

impl From<AtPlace> for WorkShown {
    fn from(work: AtPlace) -> WorkShown {
        WorkShown {
            to_pick: work.to_pick.into(),
            to_pack: work.to_pack.into(),
            to_hand_over: work.to_hand_over.into(),
            waiting_for_pickup: work.waiting_for_pickup.into(),
            late: work.late.into(),
            needs_attention: work.needs_attention.into(),
        }
    }
}

/// A place, and what it has to do.
#[derive(Serialize, ToSchema)]
struct PlaceShown {
    code: String,
    name: String,
    is_paused: bool,
    is_open: bool,
    /// When it closes, or, while it is closed, opens; null: it is always open.
    turns_at: Option<i64>,
    /// Orders decided before it leave with the next dispatch.
    cutoff_at: Option<i64>,
    work: WorkShown,
}

impl From<Place> for PlaceShown {
    fn from(place: Place) -> PlaceShown {
        PlaceShown {
            code: place.code,
            name: place.name,
            is_paused: place.is_paused,
            is_open: place.is_open,
            turns_at: place.turns_at_ms,
            cutoff_at: place.cutoff_ms,
            work: place.work.into(),
        }
    }
}

/// The last word of a feed about a place.
#[derive(Serialize, ToSchema)]
struct FeedHeard {
    location: String,
    source: String,
    /// When what it says was true.
    as_of: i64,
    heard_at: i64,
    /// Milliseconds since `as_of`.
    age_ms: i64,
    /// Older than `feed_max_age_minutes` of the settings; null: the shop sets no limit.
    is_stale: Option<bool>,
}

impl From<Feed> for FeedHeard {
    fn from(feed: Feed) -> FeedHeard {
        FeedHeard {
            location: feed.heard.location,
            source: feed.heard.source,
            as_of: feed.heard.as_of_ms,
            heard_at: feed.heard.heard_at_ms,
            age_ms: feed.age_ms,
            is_stale: feed.is_stale,
        }
    }
}

/// What was heard of a channel.
#[derive(Serialize, ToSchema)]
struct ChannelHeard {
    channel: String,
    /// When its last order was taken.
    last_order_at: i64,
    /// Orders taken since midnight by the shop's clock.
    today: i64,
}

impl From<Channel> for ChannelHeard {
    fn from(channel: Channel) -> ChannelHeard {
        ChannelHeard { channel: channel.code, last_order_at: channel.last_ms, today: channel.since }
    }
}

/// The first page.
#[derive(Serialize, ToSchema)]
struct TodayShown {
    /// When it was looked at.
    at: i64,
    /// When the day began by the shop's clock.
    midnight: i64,
    counts: CountsShown,
    /// By code.
    locations: Vec<PlaceShown>,
    feeds: Vec<FeedHeard>,
    channels: Vec<ChannelHeard>,
    /// The five open exceptions that are due first.
    exceptions: Vec<Exception>,
}

/// What there is to do now.
///
/// With a location its own work is counted, of orders those of which it has, or had, a part. Channels are those of the shop.
#[utoipa::path(get, path = "/v1/today", params(At), responses((status = 200, body = TodayShown)))]
async fn get_today(State(app): State<App>, caller: Caller, Query(at): Query<At>) -> Answer<Json<TodayShown>> {
    let now_ms = app.now_ms();
    let shop = app.baton.shop(now_ms).await?;
    let over = match &at.location {
        None => {
            caller.must_reach_all()?;
            Over::All
        }
        Some(code) => {
            let id = shop.network.location_by_code(code);
            let key = shop.location_key(id.ok_or_else(|| Refused::not_found("location", code))?);
            caller.must_reach(key)?;
            Over::One(key)
        }
    };
    let asked = Arc::clone(&shop);
    let today = app.db.read::<_, Problem>(move |tx| {
        let shop = Arc::clone(&asked);
        Box::pin(async move { Ok(today::today(tx, &shop, over, now_ms).await?) })
    });
    let Today { to_do, places, feeds, channels, exceptions } = today.await?;
    Ok(Json(TodayShown {
        at: now_ms,
        midnight: today::midnight_ms(&shop, now_ms),
        counts: CountsShown {
            to_decide: to_do.to_decide.into(),
            held: to_do.held.into(),
            backordered: to_do.backordered.into(),
            work: to_do.work.into(),
        },
        locations: places.into_iter().map(PlaceShown::from).collect(),
        feeds: feeds.into_iter().map(FeedHeard::from).collect(),
        channels: channels.into_iter().map(ChannelHeard::from).collect(),
        exceptions: exceptions.iter().map(|row| Exception::of(&shop, row)).collect(),
    }))
}
