//! Counts: what is to be counted, what devices scan, and what becomes of it.

use super::pools::Class;
use super::within_reach;
use crate::answer::{Answer, Created};
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::problem::Problem;
use crate::words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use flow::Refused;
use flow::inventory::count::{self, Device, MOST_AT_ONCE, NewScan, SheetLine};
use flow::inventory::review::{self, Variance};
use flow::shop::Shop;
use model::Cost;
use serde::{Deserialize, Serialize};
use store::counts::{self, Count, CountKind, CountState, Progress, View};
use store::places::ProductKey;
use store::pools::SkuClass;
use utoipa::openapi::Schema;
use utoipa::{IntoParams, ToSchema};

/// A count that is to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCount {
    /// Code of the location.
    location: String,
    /// `cycle` (some SKUs), `full` (everything) or `spot` (one SKU).
    #[schema(schema_with = kinds)]
    kind: String,
    /// `blind`: who counts does not see what the books say; or `open`. Left out: blind.
    #[serde(default)]
    #[schema(schema_with = views)]
    view: Option<String>,
    /// Units by which a line may differ and still be right.
    #[serde(default)]
    tolerance: i64,
    reason: String,
    /// What to count; none for a full count.
    #[serde(default)]
    skus: Vec<String>,
    /// In place of SKUs, for a cycle count: everything of a class that the location stocks. An empty category is every
    /// category, an empty velocity every velocity.
    #[serde(default)]
    class: Option<Class>,
    /// Who is to count it; left out: whoever comes.
    #[serde(default)]
    assignee: String,
}

/// A count.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountShown {
    #[schema(example = "cnt_0192…")]
    id: String,
    location: String,
    kind: &'static str,
    view: &'static str,
    /// `open`, `review`, `posted` or `cancelled`.
    state: &'static str,
    tolerance: i64,
    reason: String,
    opened_by: String,
    at: i64,
    ended_at: Option<i64>,
}

impl From<Count> for CountShown {
    fn from(count: Count) -> CountShown {
        CountShown {
            id: count.id,
            location: count.location_code,
            kind: count.kind.code(),
            view: count.view.code(),
            state: count.state.code(),
            tolerance: count.tolerance,
            reason: count.reason,
            opened_by: count.opened_by,
            at: count.at_ms,
            ended_at: count.ended_at_ms,
        }
    }
}

const KINDS: [&str; 3] = ["cycle", "full", "spot"];
const VIEWS: [&str; 2] = ["blind", "open"];
const STATES: [&str; 4] = ["open", "review", "posted", "cancelled"];

fn kinds() -> Schema {
    words::schema(KINDS)
}

fn views() -> Schema {
    words::schema(VIEWS)
}

fn states() -> Schema {
    words::schema(STATES)
}

/// Opens a count.
#[utoipa::path(post, path = "/v1/counts", request_body = NewCount, responses((status = 201, body = CountShown)))]
pub(crate) async fn open_count(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewCount>,
) -> Answer<Created<CountShown>> {
    within_reach(&app, &caller, &new.location).await?;
    let asked = count::NewCount {
        kind: words::in_body("/kind", &new.kind, (|kind: &str| CountKind::from_code(kind).ok(), &KINDS))?,
        view: match &new.view {
            Some(view) => words::in_body("/view", view, (|view: &str| View::from_code(view).ok(), &VIEWS))?,
            None => View::Blind,
        },
        location: new.location,
        tolerance: new.tolerance,
        reason: new.reason,
        skus: new.skus,
        class: new.class.map(SkuClass::from),
        assignee: new.assignee,
    };
    let id = count::open_count(&app.db, &caller.call, asked).await?;
    Ok(Created::without_version(format!("/v1/counts/{id}"), find(&app, &id).await?.into()))
}

async fn find(app: &App, id: &str) -> Result<Count, Problem> {
    let wanted = id.to_owned();
    let found = app.db.read::<_, Refused>(move |tx| {
        let id = wanted.clone();
        Box::pin(async move { counts::find(tx, &id).await?.ok_or_else(|| Refused::not_found("count", &id)) })
    });
    Ok(found.await?)
}

/// The count, at a location within reach.
async fn reached(app: &App, caller: &Caller, id: &str) -> Result<Count, Problem> {
    let count = find(app, id).await?;
    caller.must_reach(count.location)?;
    Ok(count)
}

async fn shown(app: &App, id: &str) -> Answer<Json<CountShown>> {
    Ok(Json(find(app, id).await?.into()))
}

/// Whose counts are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Code of the location; left out: everywhere, for those who reach all locations.
    location: Option<String>,
    /// Left out: open.
    #[param(schema_with = states)]
    state: Option<String>,
}

/// How far a count is.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountProgress {
    lines: i64,
    /// Counted in their round, or posted.
    counted: i64,
}

impl From<Progress> for CountProgress {
    fn from(progress: Progress) -> CountProgress {
        CountProgress { lines: progress.lines, counted: progress.counted }
    }
}

/// A count, and how far it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct CountInList {
    #[serde(flatten)]
    count: CountShown,
    progress: CountProgress,
}

impl From<(Count, Progress)> for CountInList {
    fn from((count, progress): (Count, Progress)) -> CountInList {
        CountInList { count: count.into(), progress: progress.into() }
    }
}

/// Lists counts in one state, the newest first.
#[utoipa::path(get, path = "/v1/counts", params(Wanted, Page), responses((status = 200, body = Listed<CountInList>)))]
pub(crate) async fn list_counts(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
    page: Page,
) -> Answer<Listed<CountInList>> {
    let location = match &wanted.location {
        Some(code) => Some(within_reach(&app, &caller, code).await?),
        None => caller.must_reach_all().map(|()| None)?,
    };
    words::in_query("state", wanted.state.as_deref(), STATES)?;
    let state = CountState::from_code(wanted.state.as_deref().unwrap_or("open"))?;
    let (before, more) = (page.after::<String>()?.unwrap_or_default(), page.more());
    let found = app.db.read::<_, Refused>(move |tx| {
        let before = before.clone();
        Box::pin(async move { Ok(counts::newest(tx, (location, state), &before, more).await?) })
    });
    Ok(page.list(found.await?, |(count, _)| count.id.clone()))
}

/// A count and a page of what is to be counted.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sheet {
    count: CountShown,
    progress: CountProgress,
    lines: Listed<SheetLineShown>,
}

/// A line as who counts may see it.
#[derive(Serialize, ToSchema)]
pub(crate) struct SheetLineShown {
    sku: String,
    /// Empty: whoever comes.
    assignee: String,
    /// Null: not counted yet.
    counted: Option<i64>,
    /// What the books said; null in a blind count.
    books: Option<i64>,
}

impl From<SheetLine> for SheetLineShown {
    fn from(line: SheetLine) -> SheetLineShown {
        SheetLineShown { sku: line.sku, assignee: line.assignee, counted: line.counted, books: line.books }
    }
}

/// One count with its sheet.
#[utoipa::path(get, path = "/v1/counts/{id}", params(("id" = String, Path), Page), responses((status = 200, body = Sheet)))]
pub(crate) async fn get_count(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    page: Page,
) -> Answer<Json<Sheet>> {
    reached(&app, &caller, &id).await?;
    let after = ProductKey(page.after()?.unwrap_or(0));
    let (count, lines) = count::count_sheet(&app.db, (&id, after), page.more()).await?;
    let lines = page.list(lines, |line| line.product.0);
    let progress = app.db.read::<_, Refused>(move |tx| {
        let id = id.clone();
        Box::pin(async move { Ok(counts::progress(tx, &id).await?) })
    });
    Ok(Json(Sheet { count: count.into(), progress: progress.await?.into(), lines }))
}

/// What a device saw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scans {
    /// Code of the location that the device is set to: a count takes scans of its own location alone.
    location: String,
    device: String,
    scans: Vec<ScanSent>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ScanSent {
    /// Given by the device: sent again, it is the same scan.
    client_id: String,
    sku: String,
    /// 0: looked, and there are none. Others than 0 to 1,000,000 end as `no_count`.
    units: i64,
}

/// How a scan ended.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScanEnded {
    client_id: String,
    /// `taken`, `before`, `unknown_sku`, `not_in_count` or `no_count`.
    end: &'static str,
}

/// Takes what a device saw, each scan once; at most 500.
#[utoipa::path(post, path = "/v1/counts/{id}/scans", params(("id" = String, Path)), request_body = Scans,
    responses((status = 200, body = Vec<ScanEnded>)))]
pub(crate) async fn take_scans(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Scans>,
) -> Answer<Json<Vec<ScanEnded>>> {
    reached(&app, &caller, &id).await?;
    let ids: Vec<String> = sent.scans.iter().map(|scan| scan.client_id.clone()).collect();
    let scan = |scan: ScanSent| NewScan { client_id: scan.client_id, sku: scan.sku, units: scan.units };
    let device = Device { count: id, location: sent.location, device: sent.device };
    let scans = sent.scans.into_iter().map(scan).collect();
    let ends = count::take_scans(&app.db, &caller.call, (device, scans)).await?;
    let told = ids.into_iter().zip(ends).map(|(client_id, end)| ScanEnded { client_id, end: end.code() });
    Ok(Json(told.collect()))
}

/// Some SKUs of a count.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Skus {
    skus: Vec<String>,
}

fn few(skus: &[String]) -> Result<(), Problem> {
    match (1..=MOST_AT_ONCE).contains(&skus.len()) {
        true => Ok(()),
        false => Err(Problem::invalid("/skus", format!("name between 1 and {MOST_AT_ONCE} SKUs"))),
    }
}

/// To whom lines are given.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assignment {
    skus: Vec<String>,
    /// Empty: to whoever comes.
    assignee: String,
}

/// Gives lines of a count to somebody.
#[utoipa::path(post, path = "/v1/counts/{id}/assign", params(("id" = String, Path)), request_body = Assignment,
    responses((status = 204)))]
pub(crate) async fn assign_lines(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Assignment>,
) -> Answer<StatusCode> {
    reached(&app, &caller, &id).await?;
    few(&sent.skus)?;
    count::assign_lines(&app.db, &caller.call, (&id, &sent.skus, &sent.assignee)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hands a count in: counting is over, and its variances wait for review.
#[utoipa::path(post, path = "/v1/counts/{id}/hand-in", params(("id" = String, Path)),
    responses((status = 200, body = CountShown)))]
pub(crate) async fn hand_in_count(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<CountShown>> {
    reached(&app, &caller, &id).await?;
    review::hand_in(&app.db, &caller.call, &id).await?;
    shown(&app, &id).await
}

/// A line as a manager sees it.
#[derive(Serialize, ToSchema)]
pub(crate) struct VarianceShown {
    sku: String,
    assignee: String,
    /// From 1; a recount begins another.
    round: i64,
    /// Null: not counted.
    counted: Option<i64>,
    /// What the books should have had.
    expected: Option<i64>,
    /// Counted less expected.
    differs: Option<i64>,
    /// What the difference was bought for, in minor units.
    value_minor: Option<i64>,
    is_within: Option<bool>,
    /// The shelf changed between the first and the last scan: better counted again.
    is_disturbed: bool,
    is_posted: bool,
}

impl VarianceShown {
    fn of(shop: &Shop, variance: Variance) -> VarianceShown {
        let currency = shop.network.currency;
        let product = shop.product_id(variance.line.product).map(|id| shop.network.product(id));
        let one = product.map_or(Cost::ZERO, |product| Cost(product.price.0 - product.gross_margin.0));
        let value = |units: i64| Cost(one.0.saturating_mul(units)).round_to_money(currency).minor;
        let Variance { line, expected, differs, is_within } = variance;
        VarianceShown {
            counted: line.posted.map(|(counted, _)| counted).or(line.seen.map(|seen| seen.units)),
            is_disturbed: line.seen.is_some_and(|seen| seen.is_disturbed),
            is_posted: line.posted.is_some(),
            sku: line.sku,
            assignee: line.assignee,
            round: line.round,
            value_minor: differs.map(value),
            expected,
            differs,
            is_within,
        }
    }
}

/// Lists by how much what was counted differs, in the order in which products were added.
#[utoipa::path(get, path = "/v1/counts/{id}/variances", params(("id" = String, Path), Page),
    responses((status = 200, body = Listed<VarianceShown>)))]
pub(crate) async fn list_variances(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    page: Page,
) -> Answer<Listed<VarianceShown>> {
    reached(&app, &caller, &id).await?;
    let after = ProductKey(page.after()?.unwrap_or(0));
    let found = review::variances(&app.db, (&id, after), page.more()).await?;
    let shop = app.baton.shop(app.now_ms()).await?;
    let shown: Vec<_> = found.into_iter().map(|one| (one.line.product.0, one)).collect();
    let listed: Listed<(i64, Variance)> = page.list(shown, |(product, _)| *product);
    Ok(listed.map(|(_, variance)| VarianceShown::of(&shop, variance)))
}

/// Has lines counted again, from none.
#[utoipa::path(post, path = "/v1/counts/{id}/recount", params(("id" = String, Path)), request_body = Skus,
    responses((status = 200, body = CountShown)))]
pub(crate) async fn recount(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Skus>,
) -> Answer<Json<CountShown>> {
    reached(&app, &caller, &id).await?;
    few(&sent.skus)?;
    review::count_again(&app.db, &caller.call, (&id, &sent.skus)).await?;
    shown(&app, &id).await
}

/// Which lines are posted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Posting {
    /// Left out: all that were counted.
    #[serde(default)]
    skus: Option<Vec<String>>,
}

/// What posting did.
#[derive(Serialize, ToSchema)]
pub(crate) struct PostedShown {
    posted: usize,
    /// Of them: lines that differed by more than the tolerance.
    variances: usize,
    /// Of them: a newer count is in the books, which stay.
    outdated: usize,
    not_counted: usize,
    /// Shelves with fewer units than they have promised.
    short: Vec<ShortLine>,
}

#[derive(Serialize, ToSchema)]
struct ShortLine {
    sku: String,
    missing: i64,
    /// Fulfillment orders and holds that count on the shelf, the newest first.
    documents: Vec<String>,
}

/// Posts what was counted: the books become right, and whatever was put aside until it is counted is settled.
#[utoipa::path(post, path = "/v1/counts/{id}/post", params(("id" = String, Path)), request_body = Posting,
    responses((status = 200, body = PostedShown)))]
pub(crate) async fn post_count(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(sent): Json<Posting>,
) -> Answer<Json<PostedShown>> {
    reached(&app, &caller, &id).await?;
    if let Some(skus) = &sent.skus {
        few(skus)?;
    }
    let sum = review::post_count(&app.db, &caller.call, (&id, sent.skus.as_deref())).await?;
    let short = sum.short.into_iter().map(|(at, short)| ShortLine {
        sku: at.sku,
        missing: short.missing,
        documents: short.commitments.into_iter().map(|promise| promise.document).collect(),
    });
    Ok(Json(PostedShown {
        posted: sum.posted,
        variances: sum.variances,
        outdated: sum.outdated,
        not_counted: sum.not_counted,
        short: short.collect(),
    }))
}

/// Cancels a count; the books stay as they are.
#[utoipa::path(post, path = "/v1/counts/{id}/cancel", params(("id" = String, Path)),
    responses((status = 200, body = CountShown)))]
pub(crate) async fn cancel_count(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<Json<CountShown>> {
    reached(&app, &caller, &id).await?;
    review::cancel_count(&app.db, &caller.call, &id).await?;
    shown(&app, &id).await
}
