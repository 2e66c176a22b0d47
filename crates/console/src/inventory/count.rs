//! One count: its sheet while it is open, its differences when it is handed in, and what becomes of it.

use super::counts::{Person, Progress, people};
use super::{may_work, place_name, title};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use serde::Deserialize;
use serde_json::{Value, json};
use web::Problem;

#[derive(Deserialize)]
struct Sheet {
    count: Count,
    progress: Progress,
    lines: Lines,
}

#[derive(Deserialize)]
struct Count {
    id: String,
    location: String,
    kind: String,
    view: String,
    state: String,
    tolerance: i64,
    reason: String,
    at: i64,
    ended_at: Option<i64>,
}

#[derive(Deserialize)]
struct Lines {
    items: Vec<Line>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    sku: String,
    assignee: String,
    counted: Option<i64>,
    books: Option<i64>,
}

#[derive(Deserialize)]
struct Variances {
    items: Vec<Variance>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Variance {
    sku: String,
    round: i64,
    counted: Option<i64>,
    expected: Option<i64>,
    differs: Option<i64>,
    value_minor: Option<i64>,
    is_within: Option<bool>,
    is_disturbed: bool,
    is_posted: bool,
}

#[derive(Template)]
#[template(path = "inventory/count.html")]
struct CountPage {
    f: Frame,
    count: Count,
    progress: Progress,
    /// Lines that nobody has counted.
    left: i64,
    lines: Vec<Line>,
    /// For managers, when it is handed in.
    variances: Option<Vec<Variance>>,
    titles: Vec<String>,
    sum: Sum,
    next: Option<String>,
    is_first: bool,
    people: Vec<Person>,
    may_work: bool,
    /// Names this sending, so that a form that is sent twice is counted once.
    sending: String,
}

/// Of the lines of this page.
#[derive(Default)]
struct Sum {
    differ: i64,
    units: i64,
    value_minor: i64,
}

impl Sum {
    fn of(variances: &[Variance]) -> Sum {
        variances.iter().fold(Sum::default(), |sum, one| Sum {
            differ: sum.differ + i64::from(one.is_within == Some(false)),
            units: sum.units + one.differs.unwrap_or(0),
            value_minor: sum.value_minor + one.value_minor.unwrap_or(0),
        })
    }
}

impl CountPage {
    fn is(&self, state: &str) -> bool {
        self.count.state == state
    }

    fn title(&self, index: &usize) -> &str {
        self.titles.get(*index).map_or("", String::as_str)
    }

    fn signed(&self, units: &i64) -> String {
        if *units > 0 { format!("+{}", self.f.number(units)) } else { self.f.number(units) }
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/counts/{}", part(&id));
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let sheet: Sheet = visit.api.get(&format!("{path}?limit=100{after}")).await?;
    let (mut lines, mut next) = (sheet.lines.items, sheet.lines.next);
    let mut variances = None;
    if visit.may_manage() && matches!(&*sheet.count.state, "review" | "posted") {
        let found: Variances = visit.api.get(&format!("{path}/variances?limit=250{after}")).await?;
        (lines, next, variances) = (Vec::new(), found.next, Some(found.items));
    }
    let of_review = variances.iter().flatten().map(|one| &*one.sku);
    let titles = lines.iter().map(|line| &*line.sku).chain(of_review).map(|sku| title(&visit, sku)).collect();
    let place = place_name(&visit, &sheet.count.location);
    let heading = visit.words.a(&format!("count-heading-{}", sheet.count.kind), &[("place", &place)]);
    page(&CountPage {
        f: visit.frame(heading, "inventory"),
        left: sheet.progress.lines - sheet.progress.counted,
        progress: sheet.progress,
        sum: variances.as_deref().map(Sum::of).unwrap_or_default(),
        lines,
        variances,
        titles,
        next: next.map(|next| format!("/inventory/counts/{}?cursor={next}", part(&id))),
        is_first: cursor.is_empty(),
        people: people(&visit).await,
        may_work: may_work(&visit),
        sending: format!("page-{}", visit.now_ms),
        count: sheet.count,
    })
}

async fn done(visit: &Visit, id: &str, (verb, body): (&str, Value)) -> Answered {
    visit.api.post(&format!("/v1/counts/{}/{verb}", part(id)), &body).await?;
    go(visit.sent_by, &format!("/inventory/counts/{}?done=count-{verb}", part(id)))
}

/// What was counted at a desk, from a sheet of paper or by looking.
pub(super) async fn write_down(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let mut scans = Vec::new();
    for sku in form.all("sku") {
        let field = format!("counted:{sku}");
        if form.given(&field).is_some() {
            let client_id = format!("{}:{sku}", form.text("sending"));
            scans.push(json!({ "client_id": client_id, "sku": sku, "units": form.whole(&field)? }));
        }
    }
    if let Some(sku) = form.given("other_sku") {
        let client_id = format!("{}:+{sku}", form.text("sending"));
        scans.push(json!({ "client_id": client_id, "sku": sku, "units": form.whole("other_units")? }));
    }
    if scans.is_empty() {
        return Err(Problem::invalid("", visit.t("count-nothing-written")));
    }
    let body = json!({ "location": form.text("location"), "device": "console", "scans": scans });
    let path = format!("/v1/counts/{}/scans", part(&id));
    let ends: Vec<Ended> = visit.api.post(&path, &body).await?.json()?;
    let refused = ends.iter().zip(&scans).filter(|(end, _)| !matches!(&*end.end, "taken" | "before"));
    let faults: Vec<(String, String)> = refused
        .map(|(end, scan)| (scan["sku"].as_str().unwrap_or_default().to_owned(), end.end.clone()))
        .collect();
    match faults.first() {
        None => go(visit.sent_by, &format!("/inventory/counts/{}?done=count-written", part(&id))),
        Some((sku, end)) => {
            let say = visit.words.a(&format!("scan-{}", end.replace('_', "-")), &[("sku", sku)]);
            Err(Problem::invalid("", say))
        }
    }
}

#[derive(Deserialize)]
struct Ended {
    end: String,
}

fn ticked(visit: &Visit, form: &Form) -> Result<Vec<String>, Problem> {
    let skus: Vec<String> = form.all("line").map(str::to_owned).collect();
    if skus.is_empty() { Err(Problem::invalid("", visit.t("count-nothing-ticked"))) } else { Ok(skus) }
}

pub(super) async fn assign(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let skus = ticked(&visit, &form)?;
    done(&visit, &id, ("assign", json!({ "skus": skus, "assignee": form.text("assignee") }))).await
}

pub(super) async fn hand_in(visit: Visit, Path(id): Path<String>) -> Answered {
    done(&visit, &id, ("hand-in", json!({}))).await
}

pub(super) async fn recount(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let skus = ticked(&visit, &form)?;
    done(&visit, &id, ("recount", json!({ "skus": skus }))).await
}

/// All that was counted, or the lines that are ticked.
pub(super) async fn post(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let body = match form.text("which") {
        "ticked" => json!({ "skus": ticked(&visit, &form)? }),
        _ => json!({}),
    };
    done(&visit, &id, ("post", body)).await
}

pub(super) async fn cancel(visit: Visit, Path(id): Path<String>) -> Answered {
    done(&visit, &id, ("cancel", json!({}))).await
}
