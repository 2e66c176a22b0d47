//! What whoever asks is told of, and what they want to hear of.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::{Json, Query};
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use axum::extract::State;
use axum::http::StatusCode;
use flow::Refused;
use flow::notices::{Choices, ChooseNotices, Quiet, ReadNotices, Rule, Topic, choices};
use flow::people::Scope;
use serde::{Deserialize, Serialize};
use store::notices::{self, Notice, Which};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let me = Policy::of(EVERYONE, Scope::Me);
    Routes::tagged("people")
        .add(me, routes!(get_choices))
        .add(me, routes!(set_choices))
        .add(me, routes!(list_inbox))
        .add(me, routes!(count_unread))
        .add(me, routes!(read_inbox))
}

/// Whether a topic is on.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RuleOfNotices {
    #[schema(example = "exceptions")]
    topic: String,
    /// Code of a location; null: everywhere that has no rule of its own.
    location: Option<String>,
    is_on: bool,
}

/// From a time of day to another, by the shop's clock; also past midnight.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuietHours {
    /// Minutes after midnight.
    #[schema(minimum = 0, maximum = 1_439, example = 1_320)]
    from_minute: i64,
    #[schema(minimum = 0, maximum = 1_439, example = 420)]
    to_minute: i64,
}

/// What one wants to hear of.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewChoices {
    /// Where nothing is said, it is as the role comes. At most 200.
    #[schema(max_items = 200)]
    rules: Vec<RuleOfNotices>,
    /// Notices of these hours are shown when they are over; null: never quiet.
    quiet: Option<QuietHours>,
}

/// Something that one can hear of.
#[derive(Serialize, ToSchema)]
struct TopicShown {
    topic: &'static str,
    /// What is told, in one sentence.
    explanation: &'static str,
    /// As the role of whoever asks comes.
    is_on_by_default: bool,
}

/// What one can hear of, and what one wants to.
#[derive(Serialize, ToSchema)]
struct ChoicesShown {
    topics: Vec<TopicShown>,
    rules: Vec<RuleOfNotices>,
    quiet: Option<QuietHours>,
}

/// What the caller wants to hear of.
#[utoipa::path(get, path = "/v1/me/notifications", responses((status = 200, body = ChoicesShown)))]
async fn get_choices(State(app): State<App>, caller: Caller) -> Answer<Json<ChoicesShown>> {
    let id = caller.who.id.clone();
    let chosen = app.db.read::<_, Refused>(move |tx| {
        let id = id.clone();
        Box::pin(async move { choices(tx, &id).await })
    });
    let Choices { rules, quiet } = chosen.await?;
    let topic = |topic: Topic| TopicShown {
        topic: topic.code(),
        explanation: topic.explanation(),
        is_on_by_default: topic.is_on_for(caller.who.role),
    };
    let rule = |rule: Rule| RuleOfNotices { topic: rule.topic, location: rule.location, is_on: rule.is_on };
    Ok(Json(ChoicesShown {
        topics: Topic::ALL.map(topic).into(),
        rules: rules.into_iter().map(rule).collect(),
        quiet: quiet.map(|quiet| QuietHours { from_minute: quiet.from_minute, to_minute: quiet.to_minute }),
    }))
}

/// Chooses what the caller hears of, from then on. People only.
#[utoipa::path(put, path = "/v1/me/notifications", request_body = NewChoices, responses((status = 204)))]
async fn set_choices(
    State(app): State<App>,
    caller: Caller,
    Json(sent): Json<NewChoices>,
) -> Answer<StatusCode> {
    let rule = |rule: RuleOfNotices| Rule { topic: rule.topic, location: rule.location, is_on: rule.is_on };
    let quiet = sent.quiet.map(|quiet| Quiet { from_minute: quiet.from_minute, to_minute: quiet.to_minute });
    let choices = Choices { rules: sent.rules.into_iter().map(rule).collect(), quiet };
    app.baton.perform(&caller.call, ChooseNotices { choices }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Something that the caller is told of.
#[derive(Serialize, ToSchema)]
struct NoticeShown {
    /// Its event's place in the log; the newest has the largest.
    place: i64,
    topic: String,
    at: i64,
    /// Null: not read yet.
    read_at: Option<i64>,
    /// Of the event.
    #[schema(example = "exception.opened")]
    kind: String,
    actor: String,
    subject: String,
    order_id: Option<String>,
    /// What people call that order: `#1043`.
    order_name: Option<String>,
    location: Option<String>,
    facts: serde_json::Value,
}

impl From<Notice> for NoticeShown {
    fn from(notice: Notice) -> NoticeShown {
        NoticeShown {
            place: notice.place,
            topic: notice.topic,
            at: notice.at_ms,
            read_at: notice.read_at_ms,
            kind: notice.kind,
            actor: notice.actor,
            subject: notice.subject,
            order_id: notice.order_id,
            order_name: notice.order_name,
            location: notice.location,
            facts: serde_json::from_str(&notice.facts).unwrap_or_default(),
        }
    }
}

/// Which notices are listed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct InboxWanted {
    /// `true`: only those that were not read yet.
    unread: Option<bool>,
}

/// Lists what the caller is told of, the newest first. It is kept for 30 days.
#[utoipa::path(get, path = "/v1/me/inbox", params(InboxWanted, Page),
    responses((status = 200, body = Listed<NoticeShown>)))]
async fn list_inbox(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<InboxWanted>,
    page: Page,
) -> Answer<Listed<NoticeShown>> {
    let which = if wanted.unread == Some(true) { Which::Unread } else { Which::All };
    let (before, more, now_ms) = (page.after()?.unwrap_or(i64::MAX), page.more(), app.now_ms());
    let rows = app.db.read::<_, Refused>(move |tx| {
        let id = caller.who.id.clone();
        Box::pin(async move { Ok(notices::list(tx, (&id, now_ms), (which, before), more).await?) })
    });
    Ok(page.list(rows.await?, |notice| notice.place))
}

/// How many notices are not read.
#[derive(Serialize, ToSchema)]
struct UnreadCount {
    unread: i64,
}

/// How many notices of the caller are not read.
#[utoipa::path(get, path = "/v1/me/inbox/unread", responses((status = 200, body = UnreadCount)))]
async fn count_unread(State(app): State<App>, caller: Caller) -> Answer<Json<UnreadCount>> {
    let now_ms = app.now_ms();
    let unread = app.db.read::<_, Refused>(move |tx| {
        let id = caller.who.id.clone();
        Box::pin(async move { Ok(notices::unread(tx, &id, now_ms).await?) })
    });
    Ok(Json(UnreadCount { unread: unread.await? }))
}

/// Which notices are read now: one of the two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReadSent {
    /// The notice of this place alone.
    #[serde(default)]
    place: Option<i64>,
    /// That of this place, and every older one.
    #[serde(default)]
    up_to: Option<i64>,
}

/// Marks notices of the caller as read. People only.
#[utoipa::path(post, path = "/v1/me/inbox/read", request_body = ReadSent, responses((status = 204)))]
async fn read_inbox(
    State(app): State<App>,
    caller: Caller,
    Json(sent): Json<ReadSent>,
) -> Answer<StatusCode> {
    let (from, to) = match (sent.place, sent.up_to) {
        (Some(place), None) => (place, place),
        (None, Some(to)) => (0, to),
        _ => return Err(Problem::invalid("/place", "write either place or up_to".to_owned())),
    };
    app.baton.perform(&caller.call, ReadNotices { from, to }).await?;
    Ok(StatusCode::NO_CONTENT)
}
