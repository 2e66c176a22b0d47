//! Kinds of exceptions, and the shop's policy for each.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::events::Event;
use crate::exceptions::Playbook;
use crate::json::Json;
use crate::page::{Listed, Page};
use crate::policy::{self, EVERYONE, MANAGERS};
use crate::routes::Routes;
use crate::versions::{IfMatch, Versioned};
use axum::extract::{Path, State};
use flow::Refused;
use flow::exception::{InForce, Kind, NewPolicy, Owner, Policy, change_policy, policies};
use flow::people::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::routes;

pub(crate) fn routes() -> Routes {
    Routes::tagged("exceptions")
        .add(policy::Policy::of(EVERYONE, Scope::WorkRead), routes!(list_kinds))
        .add(policy::Policy::of(EVERYONE, Scope::WorkRead), routes!(get_kind))
        .add(policy::Policy::of(MANAGERS, Scope::NetworkWrite), routes!(set_policy))
        .add(policy::Policy::of(MANAGERS, Scope::NetworkRead), routes!(list_changes))
}

/// A kind of exception, and what happens with it.
#[derive(Serialize, ToSchema)]
struct KindShown {
    #[schema(example = "late_pick")]
    kind: &'static str,
    /// Whose it is: `store`, `customer_service`, `manager` or `owner`.
    owner: &'static str,
    /// Minutes until it is passed on, each time.
    minutes: u32,
    /// Who gets it after its owner, in turn; the last one keeps it.
    #[schema(value_type = Vec<String>)]
    escalation: Vec<&'static str>,
    /// What happens by itself.
    by_itself: &'static str,
    #[serde(flatten)]
    playbook: Playbook,
    /// How often the policy was changed; 0: as Baton comes.
    version: i64,
    /// As Baton comes.
    default: DefaultShown,
}

/// What Baton comes with for a kind of exception.
#[derive(Serialize, ToSchema)]
struct DefaultShown {
    owner: &'static str,
    minutes: u32,
    #[schema(value_type = Vec<String>)]
    escalation: Vec<&'static str>,
    #[schema(value_type = Vec<String>)]
    steps: &'static [&'static str],
}

impl DefaultShown {
    fn of(kind: Kind) -> DefaultShown {
        let Policy { owner, minutes, escalation } = kind.default_policy();
        DefaultShown {
            owner: owner.code(),
            minutes,
            escalation: escalation.into_iter().map(Owner::code).collect(),
            steps: kind.default_steps(),
        }
    }
}

impl KindShown {
    fn of(kind: Kind, in_force: &InForce) -> KindShown {
        let InForce { policy, version, .. } = in_force;
        KindShown {
            kind: kind.code(),
            owner: policy.owner.code(),
            minutes: policy.minutes,
            escalation: policy.escalation.iter().map(|step| step.code()).collect(),
            by_itself: kind.by_itself(),
            playbook: Playbook::of(kind, in_force),
            version: *version,
            default: DefaultShown::of(kind),
        }
    }
}

/// Lists the kinds of exceptions with their policies.
#[utoipa::path(get, path = "/v1/exception-kinds", responses((status = 200, body = Vec<KindShown>)))]
async fn list_kinds(State(app): State<App>, _caller: Caller) -> Answer<Json<Vec<KindShown>>> {
    let policies = policies(&app.db).await?;
    Ok(Json(policies.iter().map(|(kind, in_force)| KindShown::of(*kind, in_force)).collect()))
}

/// One kind of exception.
#[utoipa::path(get, path = "/v1/exception-kinds/{kind}", params(("kind" = String, Path)),
    responses((status = 200, body = KindShown)))]
async fn get_kind(
    State(app): State<App>,
    _caller: Caller,
    Path(kind): Path<String>,
) -> Answer<Versioned<KindShown>> {
    let none = || Refused::not_found("kind of exception", &kind);
    let kind = Kind::from_code(&kind).ok_or_else(none)?;
    let policies = policies(&app.db).await?;
    Ok(versioned(kind, &policies[&kind]))
}

/// What the shop wants of a kind of exception.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PolicySent {
    /// `store`, `customer_service`, `manager` or `owner`.
    #[schema(example = "store")]
    owner: String,
    /// 1 to 43,200: 30 days.
    #[schema(minimum = 1, maximum = 43_200)]
    minutes: i64,
    /// Who gets it after its owner, in turn; nobody twice. Empty: the owner keeps it.
    #[schema(max_items = 3)]
    escalation: Vec<String>,
    /// What people do, in turn: at most 12 sentences of 200 letters. Left out: as it is; empty: as Baton comes.
    #[serde(default)]
    #[schema(max_items = 12)]
    steps: Option<Vec<String>>,
}

/// Changes the policy of a kind of exception.
///
/// It holds for exceptions that are opened or passed on from then on.
#[utoipa::path(put, path = "/v1/exception-kinds/{kind}",
    params(("kind" = String, Path), IfMatch),
    request_body = PolicySent, responses((status = 200, body = KindShown)))]
async fn set_policy(
    State(app): State<App>,
    caller: Caller,
    (Path(code), IfMatch(version)): (Path<String>, IfMatch),
    Json(sent): Json<PolicySent>,
) -> Answer<Versioned<KindShown>> {
    caller.must_reach_all()?;
    let PolicySent { owner, minutes, escalation, steps } = sent;
    let new = NewPolicy { owner, minutes, escalation, steps, expected: Some(version) };
    let none = || Refused::not_found("kind of exception", &code);
    let kind = Kind::from_code(&code).ok_or_else(none)?;
    Ok(versioned(kind, &change_policy(&app.db, &caller.call, &code, new).await?))
}

fn versioned(kind: Kind, in_force: &InForce) -> Versioned<KindShown> {
    Versioned { version: in_force.version, body: KindShown::of(kind, in_force) }
}

/// Who changed the policy of a kind of exception, when, from what to what; the oldest first.
#[utoipa::path(get, path = "/v1/exception-kinds/{kind}/history", params(("kind" = String, Path), Page),
    responses((status = 200, body = Listed<Event>)))]
async fn list_changes(
    State(app): State<App>,
    caller: Caller,
    Path(code): Path<String>,
    page: Page,
) -> Answer<Listed<Event>> {
    caller.must_reach_all()?;
    Kind::from_code(&code).ok_or_else(|| Refused::not_found("kind of exception", &code))?;
    let (after, more) = (page.after()?.unwrap_or(0), page.more());
    let rows = app.db.read::<_, Refused>(move |tx| {
        let code = code.clone();
        Box::pin(async move { Ok(store::events::of_subject(tx, &code, after, more).await?) })
    });
    Ok(page.list(rows.await?, |event| event.number))
}
