//! A version over the orders of the last weeks: asked for, followed, read, called off.

use super::replayed::{Moved, Outcome, Row, csv};
use super::versions::{InTime, Sentence, version};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::json;
use web::Problem;

const DAY_MS: i64 = 86_400_000;

#[derive(Deserialize)]
struct Replay {
    id: String,
    rule_set: i64,
    against: Option<i64>,
    from: i64,
    to: i64,
    state: String,
    done: i64,
    total: i64,
    failure: Option<String>,
    result: Option<Outcome>,
}

#[derive(Template)]
#[template(path = "rules/replay.html")]
struct ReplayPage {
    f: Frame,
    replay: Replay,
    /// In hundredths.
    share: i64,
    is_over: bool,
    verdict: String,
    rows: Vec<Row>,
    worths: Vec<(Sentence, String, i64)>,
    in_force: Option<i64>,
}

impl ReplayPage {
    fn moved(&self) -> &[Moved] {
        let comparison = self.replay.result.as_ref().and_then(Outcome::comparison);
        comparison.map_or(&[], |comparison| &comparison.top_moved)
    }

    fn is_in_force(&self) -> bool {
        self.in_force == Some(self.replay.rule_set)
    }
}

#[derive(Deserialize)]
struct Asked {
    id: String,
}

pub(super) async fn ask(visit: Visit, Path(number): Path<i64>, form: Form) -> Answered {
    let days: i64 = form.text("days").parse().unwrap_or(90);
    let time = InTime::read(&visit).await?;
    // What holds is compared with what held before: with itself nothing differs.
    let against = time.before.filter(|_| time.now.is_some_and(|now| now.rule_set == number));
    let asked = json!({
        "from": visit.now_ms - days.clamp(1, 400) * DAY_MS,
        "to": visit.now_ms,
        "against": against.map(|before| before.rule_set),
        "worth": form.is_ticked("worth"),
    });
    let asked: Asked = visit.api.post(&format!("/v1/rule-sets/{number}/replays"), &asked).await?.json()?;
    go(visit.sent_by, &format!("/rules/replays/{}", part(&asked.id)))
}

async fn read(visit: &Visit, id: &str) -> Result<Replay, Problem> {
    visit.api.get(&format!("/v1/rule-replays/{}", part(id))).await
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    let replay = read(&visit, &id).await?;
    let number = replay.rule_set.to_string();
    let f = visit.frame(visit.words.a("rules-replay-title", &[("number", &number)]), "rules");
    let sentences = version(&visit, replay.rule_set).await?.sentences();
    let outcome = replay.result.as_ref();
    let worth = |sentence: &Sentence| {
        let found = outcome?.rule_worth.iter().find(|worth| worth.rule == sentence.name)?;
        Some((sentence.clone(), found.said(&f), found.moved_orders))
    };
    page(&ReplayPage {
        share: if replay.total > 0 { (replay.done * 100 / replay.total).min(100) } else { 0 },
        is_over: !matches!(replay.state.as_str(), "waiting" | "running"),
        verdict: outcome.map(|outcome| outcome.verdict(&f)).unwrap_or_default(),
        rows: outcome.map(|outcome| outcome.rows(&f)).unwrap_or_default(),
        worths: sentences.iter().filter_map(worth).collect(),
        in_force: InTime::read(&visit).await?.in_force(),
        replay,
        f,
    })
}

pub(super) async fn moved(visit: Visit, Path(id): Path<String>) -> Answered {
    let replay = read(&visit, &id).await?;
    let comparison = replay.result.as_ref().and_then(Outcome::comparison);
    let text = csv(comparison.map_or(&[], |found| &found.top_moved), visit.shop.network.currency);
    let name = format!("attachment; filename=\"moved-orders-version-{}.csv\"", replay.rule_set);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("attachment")),
        ),
    ];
    Ok((headers, text).into_response())
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<String>) -> Answered {
    visit.api.post(&format!("/v1/rule-replays/{}/cancel", part(&id)), &json!({})).await?;
    go(visit.sent_by, &format!("/rules/replays/{}?done=rules-replay-cancelled", part(&id)))
}
