//! Rules while somebody writes them: the words that there are, what a draft says, and what it would decide.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use crate::policy::{EVERYONE, Policy};
use crate::problem::Problem;
use crate::routes::Routes;
use axum::extract::{Path, State};
use flow::Refused;
use flow::people::Scope;
use flow::rules::{Checked, Line, LineRemark, Tried, TryRules, Written, check, lessons, read_set, tiles};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::rule_sets;
use utoipa::ToSchema;
use utoipa_axum::routes;

/// Most bytes of a draft: a rule set at its longest, with its tiles around it.
const MOST_DRAFT: usize = 1 << 20;

pub(crate) fn routes() -> Routes {
    let read = Policy::of(EVERYONE, Scope::RulesRead);
    Routes::tagged("rules")
        .add(read, routes!(list_rule_words))
        .add(read.with_body(MOST_DRAFT), routes!(check_rules))
        .add(read.with_body(MOST_DRAFT), routes!(try_draft))
        .add(read, routes!(get_lessons))
}

/// Every phrase of the rule language.
#[derive(Serialize, ToSchema)]
struct RuleWords {
    /// Each with its `group` (`order`, `item`, `action`, `places`, `place_test`), its `pieces` (words, and typed places
    /// with their ranges), what it `means`, an `example`, and how it `begins` when somebody chooses it.
    tiles: Vec<Value>,
}

/// Lists the tiles that sentences are built of: each phrase with its typed places.
#[utoipa::path(get, path = "/v1/rule-words", responses((status = 200, body = RuleWords)))]
async fn list_rule_words(_caller: Caller) -> Answer<Json<RuleWords>> {
    let written = |tile| serde_json::to_value(tile).map_err(|error| Problem::defect(error.to_string()));
    Ok(Json(RuleWords { tiles: tiles().iter().map(written).collect::<Result<_, _>>()? }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RuleDraft {
    /// Sentences under `Guardrails` and `Rules`, as docs/rules.md lists them.
    content: Option<String>,
    /// The same as lines with tiles, as an answer has them. One of both.
    #[schema(value_type = Option<Vec<Value>>)]
    lines: Option<Vec<Line>>,
}

impl RuleDraft {
    fn written(self) -> Answer<Written> {
        match (self.content, self.lines) {
            (Some(content), None) => Ok(Written::Text(content)),
            (None, Some(lines)) => Ok(Written::Lines(lines)),
            _ => Err(Problem::invalid("/content", "send either content or lines")),
        }
    }
}

/// A draft as it would be kept, with what is to be said of it.
#[derive(Serialize, ToSchema)]
struct CheckedRules {
    /// As it would be kept; as it was written, where that is not understood.
    content: String,
    /// Each line: what it `is` (`note`, `name`, `heading`, `sentence`), its `text`, and the `tiles` of a sentence.
    #[schema(value_type = Vec<Value>)]
    lines: Vec<Line>,
    remarks: Vec<DraftRemark>,
    /// Whether every line is understood. It can be saved then.
    is_understood: bool,
    /// Whether there is no error. It can be published then.
    is_sound: bool,
}

/// Something to look at in a draft.
#[derive(Serialize, ToSchema)]
struct DraftRemark {
    /// From 1; null: the set as a whole.
    line: Option<usize>,
    column: Option<usize>,
    /// `error`: it cannot be published. `warning` or `hint`: something to look at.
    severity: &'static str,
    code: &'static str,
    /// `guardrail 2`, `rule 1`.
    rule: Option<String>,
    say: String,
    remedy: String,
}

impl From<LineRemark> for DraftRemark {
    fn from(remark: LineRemark) -> DraftRemark {
        let LineRemark { line, column, severity, code, rule, say, remedy } = remark;
        DraftRemark { line, column, severity, code, rule, say, remedy }
    }
}

impl From<Checked> for CheckedRules {
    fn from(checked: Checked) -> CheckedRules {
        let Checked { content, lines, remarks, is_understood } = checked;
        let is_sound = is_understood && remarks.iter().all(|remark| remark.severity != "error");
        let remarks = remarks.into_iter().map(DraftRemark::from).collect();
        CheckedRules { content, lines, remarks, is_understood, is_sound }
    }
}

/// Looks over rules that nobody has saved: what is not understood, what the linter says, and how they would be kept.
#[utoipa::path(post, path = "/v1/rule-sets/check", request_body = RuleDraft,
    responses((status = 200, body = CheckedRules)))]
async fn check_rules(
    State(app): State<App>,
    _caller: Caller,
    Json(draft): Json<RuleDraft>,
) -> Answer<Json<CheckedRules>> {
    let shop = app.baton.shop(app.now_ms()).await?;
    Ok(Json(check(draft.written()?, &shop).into()))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DraftTrial {
    content: String,
    order_id: String,
}

/// What rules that nobody has saved would decide about an order now; nothing is changed.
#[utoipa::path(post, path = "/v1/rule-sets/try", request_body = DraftTrial,
    responses((status = 200, body = serde_json::Value)))]
async fn try_draft(
    State(app): State<App>,
    caller: Caller,
    Json(trial): Json<DraftTrial>,
) -> Answer<Json<Value>> {
    caller.must_reach_all()?;
    let verb = TryRules { rules: Tried::Content(trial.content), order_id: trial.order_id };
    let row = app.baton.perform(&caller.call, verb).await?;
    Ok(Json(serde_json::from_str(&row.decision).unwrap_or_default()))
}

/// A version as it is taught: each sentence with what it asks, does and means, and the tree that they make.
#[utoipa::path(get, path = "/v1/rule-sets/{number}/lessons", params(("number" = i64, Path)),
    responses((status = 200, body = serde_json::Value)))]
async fn get_lessons(
    State(app): State<App>,
    _caller: Caller,
    Path(number): Path<i64>,
) -> Answer<Json<Value>> {
    let currency = app.baton.shop(app.now_ms()).await?.network.currency;
    let row = app.db.read::<_, Problem>(move |tx| {
        Box::pin(async move {
            let none = || Refused::not_found("rule set", &number.to_string());
            Ok(rule_sets::get(tx, number).await?.ok_or_else(none)?)
        })
    });
    Ok(Json(lessons(&read_set(&row.await?, currency)?, currency)))
}
