//! Writing rules: as tiles or as a text, looked over as one writes.
//!
//! Owns: one form for both, which comes back with every change until it is saved. Refuses to know: whether a sentence is
//! right: the API says so.

use super::draft::Draft;
use super::fields::{Block, Shower, known};
use super::trial::{Trial, Tried};
use super::versions::{InTime, Sentence, sentences, version};
use super::words::{Checked, Line, Remark, Tile, Words};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{SentBy, Visit};
use askama::Template;
use axum::http::StatusCode;
use model::rules::RULE_BUDGET;
use serde::Deserialize;
use serde_json::{Value, json};
use web::Problem;

#[derive(Template)]
#[template(path = "rules/edit.html")]
struct EditPage {
    f: Frame,
    from: i64,
    is_text: bool,
    /// As a text, as it was typed.
    content: String,
    name: String,
    comment: String,
    blocks: Vec<Block>,
    remarks: Vec<Said>,
    reads: Vec<Sentence>,
    is_sound: bool,
    rules: i64,
    is_over_budget: bool,
    known: Vec<(String, Vec<String>)>,
    order: String,
    orders: Vec<String>,
    trial: Option<Trial>,
}

/// A remark with the sentence that it is about.
struct Said {
    remark: Remark,
    about: String,
}

/// What the form holds.
struct Written {
    is_text: bool,
    content: String,
    draft: Draft,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let from = match visit.asked("from").parse::<i64>() {
        Ok(from) => from,
        Err(_) => InTime::read(&visit).await?.in_force().unwrap_or(0),
    };
    let content = match from {
        1.. => version(&visit, from).await?.content,
        _ => visit.api.get::<Starter>("/v1/rule-starter").await?.content,
    };
    let checked = check_text(&visit, &content).await?;
    let is_text = !checked.is_understood || visit.asked("mode") == "text";
    let written = Written { is_text, draft: Draft::of(checked.lines.clone()), content };
    let form = Form::read(format!("from={from}").as_bytes());
    let tiles = tiles(&visit).await?;
    shown(&visit, &form, (written, checked, &tiles), None).await
}

/// What a button of the form does; any other way of sending it looks the draft over.
pub(super) async fn change(visit: Visit, form: Form) -> Answered {
    let tiles = tiles(&visit).await?;
    let said = form.text("do").to_owned();
    let mut written = Written {
        is_text: form.text("mode") == "text",
        content: form.raw("content").replace("\r\n", "\n"),
        draft: Draft::read(&form, &tiles),
    };
    written.draft.act(&said, &tiles);
    let checked = match written.is_text {
        true => check_text(&visit, &written.content).await?,
        false => check_lines(&visit, &written.draft).await?,
    };
    let mut trial = None;
    match said.as_str() {
        "save" if checked.is_sound => return save(&visit, &form, &checked).await,
        "save" if visit.sent_by == SentBy::Script => return Err(unsound(&checked)),
        "text" => (written.is_text, written.content) = (true, checked.content.clone()),
        "tiles" if checked.is_understood => {
            (written.is_text, written.draft) = (false, Draft::of(checked.lines.clone()));
        }
        "try" if checked.is_understood => {
            trial = Trial::of(&visit, (&checked.content, Tried::Content), form.text("order")).await?;
        }
        _ => {}
    }
    shown(&visit, &form, (written, checked, &tiles), trial).await
}

/// What a shop without rules begins with.
#[derive(Deserialize)]
struct Starter {
    content: String,
}

async fn tiles(visit: &Visit) -> Result<Vec<Tile>, Problem> {
    Ok(visit.api.get::<Words>("/v1/rule-words").await?.tiles)
}

async fn check_text(visit: &Visit, content: &str) -> Result<Checked, Problem> {
    check(visit, &json!({ "content": content })).await
}

async fn check_lines(visit: &Visit, draft: &Draft) -> Result<Checked, Problem> {
    let lines: Vec<Line> = draft.lines().into_iter().map(Line::sent).collect();
    check(visit, &json!({ "lines": lines })).await
}

async fn check(visit: &Visit, written: &Value) -> Result<Checked, Problem> {
    visit.api.post("/v1/rule-sets/check", written).await?.json()
}

fn unsound(checked: &Checked) -> Problem {
    let errors = checked.remarks.iter().filter(|remark| remark.severity == "error");
    let said: Vec<String> = errors.map(|remark| format!("{} {}", remark.say, remark.remedy)).collect();
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "rules_unsound", said.join(" "))
}

#[derive(Deserialize)]
struct Saved {
    number: i64,
}

/// As a new version; what says the same as the version it began from is that version.
async fn save(visit: &Visit, form: &Form, checked: &Checked) -> Answered {
    let from: i64 = form.text("from").parse().unwrap_or(0);
    if from > 0 && version(visit, from).await?.content == checked.content {
        return go(visit.sent_by, &format!("/rules/{from}"));
    }
    let new = json!({ "content": checked.content, "comment": form.text("comment") });
    let saved: Saved = visit.api.post("/v1/rule-sets", &new).await?.json()?;
    go(visit.sent_by, &format!("/rules/{}?done=rules-saved", saved.number))
}

#[derive(Deserialize)]
struct Latest {
    items: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// Orders that somebody may want to try.
async fn latest(visit: &Visit) -> Vec<String> {
    let listed = visit.api.get::<Latest>("/v1/orders?limit=8").await;
    listed.map(|listed| listed.items.into_iter().map(|order| order.name).collect()).unwrap_or_default()
}

async fn shown(
    visit: &Visit,
    form: &Form,
    (written, checked, tiles): (Written, Checked, &[Tile]),
    trial: Option<Trial>,
) -> Answered {
    let f = visit.frame(visit.t("rules-edit-title"), "rules");
    let blocks = match written.is_text {
        true => Vec::new(),
        false => Shower { visit, f: &f, tiles }.blocks(&written.draft),
    };
    let reads = sentences(&checked.content);
    let rules = reads.iter().filter(|sentence| !sentence.is_hard).count();
    let name = written.draft.rows.iter().find(|row| row.line.is == "name");
    page(&EditPage {
        from: form.text("from").parse().unwrap_or(0),
        is_text: written.is_text,
        name: name.map(|row| row.line.text.clone()).unwrap_or_default(),
        comment: form.text("comment").to_owned(),
        remarks: checked.remarks.iter().map(|remark| said(remark, &checked.content)).collect(),
        is_sound: checked.is_sound,
        rules: i64::try_from(rules).unwrap_or(i64::MAX),
        is_over_budget: rules > RULE_BUDGET,
        known: known(visit),
        order: form.text("order").to_owned(),
        orders: latest(visit).await,
        content: written.content,
        blocks,
        reads,
        trial,
        f,
    })
}

fn said(remark: &Remark, content: &str) -> Said {
    let line = remark.line.and_then(|line| content.lines().nth(line - 1)).unwrap_or_default();
    Said { about: line.trim().to_owned(), remark: remark.clone() }
}
