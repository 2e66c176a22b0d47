//! The five numbers of the week, and the orders behind them.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use axum::extract::State;
use axum::http::StatusCode;
use flow::Refused;
use flow::measures::{
    self, Asked, Baseline, Behind, ChooseBaseline, MOST_WEEKS, Number, RecountMeasures, Value,
};
use flow::people::Scope;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

/// A quarter.
const USUAL_WEEKS: i32 = 13;

pub(crate) fn routes() -> Routes {
    let read = Policy::of(EVERYONE, Scope::ReportsRead);
    let write = Policy::of(MANAGERS, Scope::NetworkWrite);
    Routes::tagged("numbers")
        .add(read, routes!(get_numbers))
        .add(read, routes!(list_behind))
        .add(write, routes!(choose_baseline))
        .add(write, routes!(recount_numbers))
}

/// Which weeks, of what.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct WeeksWanted {
    /// This week and those before it.
    #[param(minimum = 1, maximum = 104, default = 13)]
    weeks: Option<i32>,
    /// Code of the location that sent the first part; left out: all. What is of no one place has no value then.
    location: Option<String>,
    /// `ship`, `pickup` or `local_delivery`; left out: all.
    lane: Option<String>,
}

/// A number of some days.
#[derive(Serialize, ToSchema)]
struct Rate {
    /// In the unit of the number; null: there is nothing to divide by.
    value: Option<i64>,
    numerator: i64,
    denominator: i64,
}

impl From<Value> for Rate {
    fn from(value: Value) -> Rate {
        let Value { share, rate } = value;
        Rate { value: rate, numerator: share.numerator, denominator: share.denominator }
    }
}

/// A number over the weeks.
#[derive(Serialize, ToSchema)]
struct NumberShown {
    /// `shipping_cost`, `split`, `fill_rate`, `late` or `labor`.
    code: &'static str,
    title: &'static str,
    /// What it is, and of which orders.
    formula: &'static str,
    /// `minor_per_order` (of the currency), `basis_points` (hundredths of a per cent) or `seconds_per_order`.
    unit: &'static str,
    /// `lower` or `higher`.
    better: &'static str,
    /// One for each of the weeks.
    weeks: Vec<Rate>,
    /// Null: there is nothing to compare with.
    baseline: Option<Rate>,
    /// By how much this week is above the baseline, in hundredths of a per cent of it.
    difference_bp: Option<i64>,
    /// `better`, `worse` or `level`: the last four whole weeks against the four before.
    trend: Option<&'static str>,
}

impl From<Number> for NumberShown {
    fn from(number: Number) -> NumberShown {
        NumberShown {
            code: number.measure.code,
            title: number.measure.title,
            formula: number.measure.formula,
            unit: number.measure.unit.code(),
            better: number.measure.better.code(),
            weeks: number.weeks.into_iter().map(Rate::from).collect(),
            baseline: number.baseline.map(Rate::from),
            difference_bp: number.difference_bp,
            trend: number.trend.map(measures::Trend::code),
        }
    }
}

/// How long orders took from being placed until their first part left.
#[derive(Serialize, ToSchema)]
struct TimeToLeave {
    orders: i64,
    /// Half of them left within so many minutes.
    p50_minutes: Option<i64>,
    /// Nine in ten did.
    p90_minutes: Option<i64>,
}

/// The four weeks that others are compared with.
#[derive(Serialize, ToSchema)]
struct BaselineShown {
    /// Its first day.
    from: String,
    /// The day after its last.
    to: String,
    /// Who chose it; null: nobody did, and it is the first four whole weeks in the books.
    chosen_by: Option<String>,
    chosen_at: Option<i64>,
}

impl From<Baseline> for BaselineShown {
    fn from(baseline: Baseline) -> BaselineShown {
        let (chosen_by, chosen_at) = baseline.chosen.unzip();
        BaselineShown { from: baseline.from.to_string(), to: baseline.to.to_string(), chosen_by, chosen_at }
    }
}

/// The numbers of the last weeks.
#[derive(Serialize, ToSchema)]
struct NumbersShown {
    /// By the shop's clock.
    today: String,
    /// The Mondays of the weeks, the first first. The last is this week's, which is not over.
    weeks: Vec<String>,
    /// Null: the books have nothing yet.
    baseline: Option<BaselineShown>,
    numbers: Vec<NumberShown>,
    /// One for each of the weeks.
    time_to_leave: Vec<TimeToLeave>,
    /// What happened up to then is counted; 0: nothing yet.
    counted_until: i64,
}

/// The five numbers of the last weeks, beside what they are compared with.
#[utoipa::path(get, path = "/v1/numbers", params(WeeksWanted), responses((status = 200, body = NumbersShown)))]
async fn get_numbers(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<WeeksWanted>,
) -> Answer<Json<NumbersShown>> {
    let (now_ms, weeks) = (app.now_ms(), wanted.weeks.unwrap_or(USUAL_WEEKS));
    if !(1..=MOST_WEEKS).contains(&weeks) {
        return Err(Problem::bad_request("bad_query", format!("weeks is a number from 1 to {MOST_WEEKS}")));
    }
    let shop = app.baton.shop(now_ms).await?;
    let location = match &wanted.location {
        None => {
            caller.must_reach_all()?;
            None
        }
        Some(code) => {
            let id = shop.network.location_by_code(code);
            let key = shop.location_key(id.ok_or_else(|| Refused::not_found("location", code))?);
            caller.must_reach(key)?;
            Some(key)
        }
    };
    let asked = Arc::new(Asked { weeks, location, lane: wanted.lane });
    let numbers = app.db.read::<_, Refused>(move |tx| {
        let (asked, shop) = (Arc::clone(&asked), Arc::clone(&shop));
        Box::pin(async move { measures::numbers(tx, &shop, &asked, now_ms).await })
    });
    let numbers = numbers.await?;
    let time = |week: measures::Quantiles| TimeToLeave {
        orders: week.orders,
        p50_minutes: week.p50,
        p90_minutes: week.p90,
    };
    Ok(Json(NumbersShown {
        today: numbers.today.to_string(),
        weeks: numbers.weeks.iter().map(ToString::to_string).collect(),
        baseline: numbers.baseline.map(BaselineShown::from),
        numbers: numbers.numbers.into_iter().map(NumberShown::from).collect(),
        time_to_leave: numbers.time_to_leave.into_iter().map(time).collect(),
        counted_until: numbers.progress.at_ms,
    }))
}

/// Which number of which week.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct BehindWanted {
    /// Code of the number.
    #[param(example = "split")]
    measure: String,
    /// Its Monday.
    #[param(example = "2026-11-23")]
    week: String,
}

/// An order behind a number.
#[derive(Serialize, ToSchema)]
struct OrderBehind {
    #[schema(example = "ord_0192…")]
    id: String,
    name: String,
    /// The lane of its first part.
    lane: String,
    /// The place that sent its first part; null: the number is of no one place.
    location: Option<String>,
    placed_at: i64,
    /// When its first part left; null: the number is of orders placed.
    left_at: Option<i64>,
    /// What it adds to the number.
    numerator: i64,
    denominator: i64,
}

impl From<Behind> for OrderBehind {
    fn from(order: Behind) -> OrderBehind {
        OrderBehind {
            id: order.order_id,
            name: order.name,
            lane: order.lane,
            location: Some(order.location).filter(|code| !code.is_empty()),
            placed_at: order.placed_at_ms,
            left_at: order.left_at_ms,
            numerator: order.share.numerator,
            denominator: order.share.denominator,
        }
    }
}

/// The orders behind a number, the first first: of shares those above the line, such as the split ones (of the fill rate, those
/// that were not filled), of averages all.
#[utoipa::path(get, path = "/v1/numbers/orders", params(BehindWanted, Page),
    responses((status = 200, body = Listed<OrderBehind>)))]
async fn list_behind(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<BehindWanted>,
    page: Page,
) -> Answer<Listed<OrderBehind>> {
    caller.must_reach_all()?;
    let measure = measures::of_code(&wanted.measure).ok_or_else(|| {
        let codes = measures::FIVE.map(|measure| measure.code).join(", ");
        Problem::bad_request("bad_query", format!("measure is one of {codes}"))
    })?;
    let week = measures::week_of(&wanted.week).ok_or_else(|| {
        Problem::bad_request("bad_query", "week is the day of a Monday, such as 2026-11-23")
    })?;
    let (after, more) = (Arc::new(page.after::<(i64, String)>()?), page.more());
    let shop = app.baton.shop(app.now_ms()).await?;
    let rows = app.db.read::<_, Refused>(move |tx| {
        let (shop, after) = (Arc::clone(&shop), Option::clone(&after));
        Box::pin(async move { measures::behind(tx, (&shop, measure, week), after, more).await })
    });
    Ok(page.list(rows.await?, |order| (order.at_ms(), order.order_id.clone())))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BaselineSent {
    /// A day that has begun: the four weeks before its own are the baseline.
    #[schema(example = "2026-11-23")]
    before: String,
}

/// Chooses what weeks are compared with.
#[utoipa::path(put, path = "/v1/numbers/baseline", request_body = BaselineSent, responses((status = 204)))]
async fn choose_baseline(
    State(app): State<App>,
    caller: Caller,
    Json(sent): Json<BaselineSent>,
) -> Answer<StatusCode> {
    caller.must_reach_all()?;
    app.baton.perform(&caller.call, ChooseBaseline { before: sent.before }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Has every number made from nothing, such as after the shop's clock was changed. They come back within minutes.
#[utoipa::path(post, path = "/v1/numbers/recount", responses((status = 204)))]
async fn recount_numbers(State(app): State<App>, caller: Caller) -> Answer<StatusCode> {
    caller.must_reach_all()?;
    app.baton.perform(&caller.call, RecountMeasures).await?;
    Ok(StatusCode::NO_CONTENT)
}
