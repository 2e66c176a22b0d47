//! Bringing a file: dropped, chosen or pasted; and what was brought before.

use super::wire::{Full, Import, Listed};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::upload::{File, Upload};
use crate::visit::{Visit, part};
use askama::Template;
use axum::http::Method;
use web::{Problem, Question};

#[derive(Template)]
#[template(path = "imports/bring.html")]
struct BringPage {
    f: Frame,
    /// Nothing is sold here yet: that comes first.
    has_products: bool,
    has_places: bool,
    /// Chosen already; empty: what the columns say.
    kind: String,
    imports: Vec<Import>,
    next: Option<String>,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let listed: Listed = visit.api.get(&format!("/v1/imports?limit=20{after}")).await?;
    page(&BringPage {
        has_products: !visit.shop.network.products.is_empty(),
        has_places: !visit.shop.network.locations.is_empty(),
        kind: visit.asked("kind"),
        imports: listed.items,
        next: listed.next.map(|next| format!("/inventory/import?cursor={}", part(&next))),
        f: visit.frame(visit.t("imports-title"), "inventory"),
    })
}

/// Where nothing is left to be said of its columns, it is tried at once: that changes nothing.
pub(super) async fn take(visit: Visit, Upload { form, file }: Upload) -> Answered {
    let File { name, bytes } = file.or_else(|| pasted(&visit, &form)).ok_or_else(|| nothing(&visit))?;
    let kind = form.given("kind").map(|kind| format!("&kind={}", part(kind))).unwrap_or_default();
    let path = format!("/v1/imports?name={}{kind}", part(&name));
    let ask = Question {
        method: Method::POST,
        kind: "application/octet-stream",
        body: bytes.to_vec(),
        ..Question::get(&path)
    };
    let import: Full = visit.api.ask(ask).await?.json()?;
    if is_plain(&import) {
        super::act::try_it(&visit, &import.import.id).await?;
    }
    go(visit.sent_by, &format!("/inventory/import/{}", part(&import.import.id)))
}

/// Its columns are known, from where it comes or from the last time.
pub(super) fn is_plain(import: &Full) -> bool {
    let is_known = import.import.layout != "unknown" || import.mapped_by == "remembered";
    is_known && import.needs.is_empty()
}

fn pasted(visit: &Visit, form: &Form) -> Option<File> {
    let text = form.raw("pasted");
    let name = visit.t("imports-pasted-name");
    (!text.trim().is_empty()).then(|| File { name, bytes: text.to_owned().into() })
}

fn nothing(visit: &Visit) -> Problem {
    Problem::invalid("/file", visit.t("imports-nothing-chosen"))
}
