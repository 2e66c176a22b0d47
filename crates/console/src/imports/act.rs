//! What is done with an import. The API does it; here is where one goes afterwards.

use super::wire::Full;
use super::{bring, columns};
use crate::answer::{Answered, go};
use crate::form::Form;
use crate::visit::{Visit, part};
use axum::extract::Path;
use axum::http::Method;
use serde_json::json;
use web::{Problem, Question};

fn page_of(id: &str) -> String {
    format!("/inventory/import/{}", part(id))
}

fn api_of(id: &str) -> String {
    format!("/v1/imports/{}", part(id))
}

async fn done(visit: &Visit, (id, verb): (&str, &str)) -> Answered {
    visit.api.post(&format!("{}/{verb}", api_of(id)), &json!({})).await?;
    go(visit.sent_by, &page_of(id))
}

pub(super) async fn try_it(visit: &Visit, id: &str) -> Result<(), Problem> {
    visit.api.post(&format!("{}/dry-run", api_of(id)), &json!({})).await.map(drop)
}

/// Says what the columns are, and tries it.
pub(super) async fn plan(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let import: Full = visit.api.get(&api_of(&id)).await?;
    let change = columns::change(&visit, (&import, &form))?;
    visit.api.ask(Question::with(Method::PATCH, &api_of(&id), &change)?).await?;
    try_it(&visit, &id).await?;
    go(visit.sent_by, &page_of(&id))
}

/// Its rows are something else: the columns are proposed anew.
pub(super) async fn change_kind(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let change = json!({ "kind": form.text("kind") });
    visit.api.ask(Question::with(Method::PATCH, &api_of(&id), &change)?).await?;
    go(visit.sent_by, &format!("{}?step=columns", page_of(&id)))
}

pub(super) async fn check(visit: Visit, Path(id): Path<String>) -> Answered {
    done(&visit, (&id, "dry-run")).await
}

pub(super) async fn confirm(visit: Visit, Path(id): Path<String>) -> Answered {
    done(&visit, (&id, "confirm")).await
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<String>) -> Answered {
    done(&visit, (&id, "cancel")).await
}

pub(super) async fn revert(visit: Visit, Path(id): Path<String>) -> Answered {
    done(&visit, (&id, "revert")).await
}

/// The same file once more, for the stock in it.
pub(super) async fn bring_stock(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/imports?kind=stock&from={}", part(&id));
    let import: Full = visit.api.post(&path, &json!({})).await?.json()?;
    if bring::is_plain(&import) {
        try_it(&visit, &import.import.id).await?;
    }
    go(visit.sent_by, &page_of(&import.import.id))
}
