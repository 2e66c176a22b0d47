//! Rule sets: versions, what the linter says, trials, and which of them holds.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::page::{Listed, Page};
use crate::policy::{EVERYONE, MANAGERS, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use flow::Refused;
use flow::people::Scope;
use flow::rules::{self, PublishRules, SaveRules, Tried, TryRules, WithdrawRules, read_set, remarks};
use serde::{Deserialize, Serialize};
use store::rule_sets::{self, PublicationRow, RuleSetRow};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    let (read, write) = (Policy::of(EVERYONE, Scope::RulesRead), Policy::of(MANAGERS, Scope::RulesWrite));
    Routes::tagged("rules")
        .add(read, routes!(list_rule_sets))
        .add(write, routes!(save_rules))
        .add(read, routes!(starter_rules))
        .add(read, routes!(get_rule_set))
        .add(write, routes!(publish_rules))
        .add(read, routes!(try_rules))
        .add(read, routes!(list_publications))
        .add(write, routes!(withdraw_publication))
}

/// A version of the rules. It never changes.
#[derive(Serialize, ToSchema)]
struct RuleSet {
    number: i64,
    name: String,
    /// As people write it.
    content: String,
    author: String,
    comment: String,
    created_at: i64,
}

impl From<RuleSetRow> for RuleSet {
    fn from(row: RuleSetRow) -> RuleSet {
        RuleSet {
            number: row.number,
            name: row.name,
            content: row.content,
            author: row.author,
            comment: row.comment,
            created_at: row.created_at_ms,
        }
    }
}

/// Rules to begin with.
#[derive(Serialize, ToSchema)]
struct StarterRules {
    content: String,
}

/// The rules to begin with: not saved yet, and not in force.
#[utoipa::path(get, path = "/v1/rule-starter", responses((status = 200, body = StarterRules)))]
async fn starter_rules(State(app): State<App>, _caller: Caller) -> Answer<Json<StarterRules>> {
    let shop = app.baton.shop(app.now_ms()).await?;
    Ok(Json(StarterRules { content: rules::starter(shop.network.currency) }))
}

/// A version, with what the linter says of it in this shop.
#[derive(Serialize, ToSchema)]
struct LintedRuleSet {
    #[serde(flatten)]
    rule_set: RuleSet,
    remarks: Vec<RemarkShown>,
}

#[derive(Serialize, ToSchema)]
struct RemarkShown {
    /// `error`: it cannot be published. `warning` or `hint`: something to look at.
    severity: &'static str,
    code: &'static str,
    /// `guardrail 2`, `rule 1`; null: the set as a whole.
    rule: Option<String>,
    say: String,
    remedy: String,
}

/// From a moment on, a version holds.
#[derive(Serialize, ToSchema)]
struct Publication {
    number: i64,
    rule_set: i64,
    live_from: i64,
    by: String,
    comment: String,
    is_withdrawn: bool,
    created_at: i64,
}

impl From<PublicationRow> for Publication {
    fn from(row: PublicationRow) -> Publication {
        Publication {
            number: row.number,
            rule_set: row.rule_set,
            live_from: row.live_from_ms,
            by: row.by_whom,
            comment: row.comment,
            is_withdrawn: row.is_withdrawn,
            created_at: row.created_at_ms,
        }
    }
}

/// Lists versions, the newest first.
#[utoipa::path(get, path = "/v1/rule-sets", params(Page), responses((status = 200, body = Listed<RuleSet>)))]
async fn list_rule_sets(State(app): State<App>, _caller: Caller, page: Page) -> Answer<Listed<RuleSet>> {
    let (before, more) = (page.after()?.unwrap_or(i64::MAX), page.more());
    let rows = app.db.read::<_, Refused>(move |tx| {
        Box::pin(async move { Ok(rule_sets::newest(tx, before, more).await?) })
    });
    Ok(page.list(rows.await?, |row| row.number))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRules {
    #[serde(default)]
    name: String,
    /// Sentences under `Guardrails` and `Rules`, as docs/rules.md lists them.
    content: String,
    #[serde(default)]
    comment: String,
}

/// Saves rules as a new version. Nothing holds by it until it is published.
#[utoipa::path(post, path = "/v1/rule-sets", request_body = NewRules, responses((status = 201, body = LintedRuleSet)))]
async fn save_rules(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewRules>,
) -> Answer<(StatusCode, Json<LintedRuleSet>)> {
    caller.must_reach_all()?;
    let verb = SaveRules { name: new.name, content: new.content, comment: new.comment };
    let row = app.baton.perform(&caller.call, verb).await?;
    Ok((StatusCode::CREATED, Json(linted(&app, row).await?)))
}

/// One version, with what the linter says of it.
#[utoipa::path(get, path = "/v1/rule-sets/{number}", params(("number" = i64, Path)),
    responses((status = 200, body = LintedRuleSet)))]
async fn get_rule_set(
    State(app): State<App>,
    _caller: Caller,
    Path(number): Path<i64>,
) -> Answer<Json<LintedRuleSet>> {
    let row = app.db.read::<_, Problem>(move |tx| {
        Box::pin(async move {
            let none = || Refused::not_found("rule set", &number.to_string());
            Ok(rule_sets::get(tx, number).await?.ok_or_else(none)?)
        })
    });
    Ok(Json(linted(&app, row.await?).await?))
}

async fn linted(app: &App, row: RuleSetRow) -> Answer<LintedRuleSet> {
    let shop = app.baton.shop(app.now_ms()).await?;
    let set = read_set(&row, shop.network.currency)?;
    let shown = |remark: flow::rules::Remark| RemarkShown {
        severity: remark.severity,
        code: remark.code,
        rule: remark.rule,
        say: remark.say,
        remedy: remark.remedy,
    };
    let remarks = remarks(&set, &shop.network).into_iter().map(shown).collect();
    Ok(LintedRuleSet { rule_set: row.into(), remarks })
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Publish {
    /// Milliseconds since 1970; left out: at once.
    live_from: Option<i64>,
    #[serde(default)]
    comment: String,
}

/// Publishes a version, at once or from a moment on. To roll back, publish an older one.
#[utoipa::path(post, path = "/v1/rule-sets/{number}/publish", params(("number" = i64, Path)), request_body = Publish,
    responses((status = 200, body = Publication)))]
async fn publish_rules(
    State(app): State<App>,
    caller: Caller,
    Path(number): Path<i64>,
    Json(sent): Json<Publish>,
) -> Answer<Json<Publication>> {
    caller.must_reach_all()?;
    let verb = PublishRules { number, live_from_ms: sent.live_from, comment: sent.comment };
    Ok(Json(app.baton.perform(&caller.call, verb).await?.into()))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Trial {
    order_id: String,
}

/// What a version would decide about an order now; nothing is changed.
#[utoipa::path(post, path = "/v1/rule-sets/{number}/try", params(("number" = i64, Path)), request_body = Trial,
    responses((status = 200, body = serde_json::Value)))]
async fn try_rules(
    State(app): State<App>,
    caller: Caller,
    Path(number): Path<i64>,
    Json(trial): Json<Trial>,
) -> Answer<Json<serde_json::Value>> {
    caller.must_reach_all()?;
    let verb = TryRules { rules: Tried::Version(number), order_id: trial.order_id };
    let row = app.baton.perform(&caller.call, verb).await?;
    Ok(Json(serde_json::from_str(&row.decision).unwrap_or_default()))
}

/// Lists which version held from when on, the newest first.
#[utoipa::path(get, path = "/v1/rule-publications", params(Page), responses((status = 200, body = Listed<Publication>)))]
async fn list_publications(
    State(app): State<App>,
    _caller: Caller,
    page: Page,
) -> Answer<Listed<Publication>> {
    let (before, more) = (page.after()?.unwrap_or(i64::MAX), page.more());
    let rows = app.db.read::<_, Refused>(move |tx| {
        Box::pin(async move { Ok(rule_sets::publications(tx, before, more).await?) })
    });
    Ok(page.list(rows.await?, |row| row.number))
}

/// Takes a publication back that does not hold yet.
#[utoipa::path(delete, path = "/v1/rule-publications/{number}", params(("number" = i64, Path)),
    responses((status = 204)))]
async fn withdraw_publication(
    State(app): State<App>,
    caller: Caller,
    Path(publication): Path<i64>,
) -> Answer<StatusCode> {
    caller.must_reach_all()?;
    app.baton.perform(&caller.call, WithdrawRules { publication }).await?;
    Ok(StatusCode::NO_CONTENT)
}
