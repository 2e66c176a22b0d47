//! Rate cards: prices, zones and surcharges of carriers in force, and others in their place, checked before.

use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{SentBy, Visit};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use web::{Problem, Question};

const FILES: [&str; 5] = ["rates.csv", "zones.csv", "zone_pairs.csv", "services.csv", "surcharges.csv"];
/// Rows that are shown of a file.
const MOST_ROWS: usize = 100;
/// Rows that are told to come and to go.
const MOST_TOLD: usize = 20;

#[derive(Deserialize)]
struct Files {
    files: BTreeMap<String, String>,
}

/// A file as a table.
struct Card {
    name: &'static str,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    all_rows: i64,
}

impl Card {
    fn of(name: &'static str, text: &str) -> Card {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).map(cells);
        let head = lines.next().unwrap_or_default();
        let rows: Vec<Vec<String>> = lines.collect();
        Card { name, head, all_rows: rows.len() as i64, rows: rows.into_iter().take(MOST_ROWS).collect() }
    }
}

/// The cells of a line; quotes keep a comma.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut is_quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            _ => cells.iter_mut().last().into_iter().for_each(|cell| cell.push(letter)),
        }
    }
    cells
}

#[derive(Template)]
#[template(path = "settings/rates.html")]
struct RatesPage {
    f: Frame,
    version: String,
    cards: Vec<Card>,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let reply = visit.api.ask(Question::get("/v1/settings")).await?;
    let Files { files } = reply.json()?;
    let f = visit.frame(visit.t("settings-rates"), "settings");
    page(&RatesPage {
        cards: FILES.into_iter().filter_map(|name| Some(Card::of(name, files.get(name)?))).collect(),
        version: reply.etag().unwrap_or_default().to_owned(),
        f,
    })
}

/// What would be otherwise.
#[derive(Template)]
#[template(path = "settings/rates_checked.html")]
struct Checked {
    f: Frame,
    name: String,
    rows: i64,
    come: Vec<String>,
    go: Vec<String>,
    come_all: i64,
    go_all: i64,
}

/// Looks whether a file can be used and what it changes; or saves it.
pub(super) async fn save(visit: Visit, form: Form) -> Answered {
    let name = form.text("file");
    if !FILES.contains(&name) {
        return Err(Problem::invalid("/file", visit.t("rates-no-such")));
    }
    let content = form.given("content").map(|text| text.replace("\r\n", "\n"));
    if content.is_some() == form.is_ticked("remove") {
        // Nothing is taken away because somebody forgot to paste.
        return Err(Problem::invalid("/content", visit.t("rates-empty")));
    }
    let is_check = form.text("do") == "check";
    let mut change = json!({ "files": { name: content } });
    if is_check {
        change["dry_run"] = true.into();
    }
    let before: Files = visit.api.get("/v1/settings").await?;
    let question = Question::with(Method::PATCH, "/v1/settings", &change)?;
    visit.api.ask(question.if_match(form.given("version"))).await?;
    if !is_check || visit.sent_by == SentBy::Browser {
        let done = if is_check { "rates-checked" } else { "rates-saved" };
        return go(visit.sent_by, &format!("/settings/rates?done={done}"));
    }
    let old = before.files.get(name).map_or("", String::as_str);
    page(&checked(&visit, (name, old, content.as_deref().unwrap_or_default())))
}

fn checked(visit: &Visit, (name, old, new): (&str, &str, &str)) -> Checked {
    let rows = |text: &'_ str| {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let (before, after): (BTreeSet<String>, BTreeSet<String>) = (rows(old), rows(new));
    let (come, go): (Vec<&String>, Vec<&String>) =
        (after.difference(&before).collect(), before.difference(&after).collect());
    let told = |lines: &[&String]| lines.iter().take(MOST_TOLD).map(|line| (*line).clone()).collect();
    Checked {
        f: visit.frame(String::new(), "settings"),
        name: name.to_owned(),
        rows: after.len().saturating_sub(1) as i64,
        come: told(&come),
        go: told(&go),
        come_all: come.len() as i64,
        go_all: go.len() as i64,
    }
}

/// The file as it is in force.
pub(super) async fn download(visit: Visit, Path(file): Path<String>) -> Answered {
    let Files { files } = visit.api.get("/v1/settings").await?;
    let content = FILES.contains(&file.as_str()).then(|| files.get(&file).cloned()).flatten();
    let content = content.ok_or_else(|| Problem::of_status(StatusCode::NOT_FOUND))?;
    let name = HeaderValue::try_from(format!("attachment; filename=\"{file}\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, name.unwrap_or(HeaderValue::from_static("attachment"))),
    ];
    Ok((headers, content).into_response())
}

#[cfg(test)]
mod tests {
    use super::{Card, cells};

    #[test]
    fn a_comma_in_quotes_is_no_end_of_a_cell() {
        assert_eq!(cells("ground,\"1,5\",8.20"), ["ground", "1,5", "8.20"]);
    }

    #[test]
    fn a_card_has_its_head_and_counts_all_its_rows() {
        let text: String = (0..150).map(|i| format!("ground,{i},1\n")).collect();
        let card = Card::of("rates.csv", &format!("service,zone,price\n{text}"));
        assert_eq!((card.head.len(), card.rows.len(), card.all_rows), (3, 100, 150));
    }
}
