//! Counts that shops, tills and files bring, and what happens at counters.

use super::within_reach;
use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::problem::Problem;
use axum::extract::State;
use flow::inventory::At;
use flow::inventory::feed::{self, AtCounter, Feed, FeedRow, RowEnd};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::feeds::{Outside, Taken};
use utoipa::ToSchema;

/// Rows of a feed in JSON: larger ones come as lines.
const MOST_ROWS: usize = 5_000;

/// Counts of many shelves.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewFeed {
    /// Who counts; stays the same.
    #[schema(example = "square:main")]
    source: String,
    /// When the counts were true; left out: now.
    #[serde(default)]
    as_of: Option<i64>,
    rows: Vec<NewRow>,
}

/// One count: units on hand, the promised ones among them. What is none, such as one below 0, ends as `no_count`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRow {
    sku: String,
    /// Code of the location.
    location: String,
    units: i64,
    /// Where it differs from the feed's.
    #[serde(default)]
    as_of: Option<i64>,
}

impl From<NewRow> for FeedRow {
    fn from(row: NewRow) -> FeedRow {
        let at = At { sku: row.sku, location: row.location };
        FeedRow { at, units: row.units, as_of_ms: row.as_of }
    }
}

/// How a row ended.
#[derive(Serialize, ToSchema)]
pub(super) struct RowShown {
    /// From 1: of the rows, or of the lines of a file.
    pub(super) row: usize,
    /// `applied`, `unchanged`, `older`, `short`, `unknown_sku`, `unknown_location`, `no_count` or `not_read`.
    pub(super) end: &'static str,
    /// By how much on hand changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<i64>,
    /// The newer count that stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    than: Option<i64>,
    /// Units that are promised and not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<i64>,
    /// What is wrong with a line that cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

impl RowShown {
    pub(super) fn of(row: usize, end: &RowEnd) -> RowShown {
        let (mut moved, mut than, mut missing) = (None, None, None);
        match end {
            RowEnd::Applied { moved: by } => moved = Some(*by),
            RowEnd::Older { than_ms } => than = Some(*than_ms),
            RowEnd::Short(short) => missing = Some(short.missing),
            RowEnd::UnknownSku | RowEnd::UnknownLocation | RowEnd::NoCount => {}
        }
        RowShown { row, end: end.code(), moved, than, missing, detail: None }
    }

    pub(super) fn not_read(row: usize, detail: String) -> RowShown {
        RowShown { row, end: "not_read", moved: None, than: None, missing: None, detail: Some(detail) }
    }
}

/// How a feed was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedTaken {
    /// How many rows ended how.
    #[schema(value_type = BTreeMap<String, u64>)]
    ends: BTreeMap<&'static str, usize>,
    rows: Vec<RowShown>,
}

/// Takes counts of many shelves, each by itself; the answer tells how each ended. Sent again, nothing changes.
#[utoipa::path(post, path = "/v1/stock/feeds", request_body = NewFeed, responses((status = 200, body = FeedTaken)))]
pub(crate) async fn take_feed(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewFeed>,
) -> Answer<Json<FeedTaken>> {
    caller.must_reach_all()?;
    if new.rows.len() > MOST_ROWS {
        let say =
            format!("{} rows are more than {MOST_ROWS}; send them to /v1/stock/feeds/bulk", new.rows.len());
        return Err(Problem::invalid("/rows", say));
    }
    let feed = Feed { source: new.source, as_of_ms: new.as_of.unwrap_or(caller.call.at_ms) };
    let mut rows = Vec::with_capacity(new.rows.len());
    let given = new.rows.into_iter().map(FeedRow::from);
    let tell = |_: &FeedRow, end: &RowEnd| rows.push(RowShown::of(rows.len() + 1, end));
    let ends = feed::take_feed(&app.db, &caller.call, (feed, given), tell).await?;
    Ok(Json(FeedTaken { ends, rows }))
}

/// A sale or a return over a counter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCounterSale {
    /// The till's own id of it: it is counted once.
    source: String,
    sku: String,
    /// Code of the location.
    location: String,
    #[schema(minimum = 1, maximum = 1_000_000)]
    units: i64,
    /// `sold` or `returned`; left out: sold.
    #[serde(default)]
    what: CounterWhat,
    /// By the till's clock; left out: now.
    #[serde(default)]
    happened_at: Option<i64>,
}

#[derive(Deserialize, ToSchema, Default, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum CounterWhat {
    #[default]
    Sold,
    Returned,
}

/// How it was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct CounterTaken {
    /// `done`; `known`: a count that is in the books has seen it; `before`: it was told before.
    end: &'static str,
    /// By how much on hand changed.
    moved: i64,
    /// Units that are promised and not there.
    missing: i64,
}

/// Takes a sale or a return over a counter, early or late, once.
#[utoipa::path(post, path = "/v1/stock/counter-sales", request_body = NewCounterSale,
    responses((status = 200, body = CounterTaken)))]
pub(crate) async fn take_counter_sale(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewCounterSale>,
) -> Answer<Json<CounterTaken>> {
    within_reach(&app, &caller, &new.location).await?;
    let units = new.units;
    let sale = AtCounter {
        at: At { sku: new.sku, location: new.location },
        what: match new.what {
            CounterWhat::Sold => Outside::Sold { units },
            CounterWhat::Returned => Outside::Returned { units },
        },
        happened_at_ms: new.happened_at.unwrap_or(caller.call.at_ms),
        source: new.source,
    };
    let (taken, _) = feed::take_from_counter(&app.db, &caller.call, sale).await?;
    let (end, moved, missing) = match taken {
        Taken::Done { moved, missing } => ("done", moved, missing),
        Taken::Known => ("known", 0, 0),
        Taken::Before | Taken::NotStocked => ("before", 0, 0),
    };
    Ok(Json(CounterTaken { end, moved, missing }))
}
