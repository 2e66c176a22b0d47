//! Rules to begin with: a few sentences, of which a shop takes those it means.

use super::{Step, steps};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Starter {
    content: String,
}

#[derive(Deserialize)]
struct Saved {
    number: i64,
}

#[derive(Template)]
#[template(path = "welcome/rules.html")]
struct RulesPage {
    f: Frame,
    steps: Vec<Step>,
    sentences: Vec<String>,
}

fn is_sentence(line: &str) -> bool {
    line.ends_with('.') && !line.starts_with('#')
}

pub(super) async fn show(visit: Visit) -> Answered {
    let starter: Starter = visit.api.get("/v1/rule-starter").await?;
    let sentences = starter.content.lines().filter(|line| is_sentence(line)).map(str::to_owned).collect();
    page(&RulesPage { f: visit.frame(visit.t("step-rules"), "today"), steps: steps(&visit).await, sentences })
}

/// Saves the ticked sentences, in their order, and puts them in force.
pub(super) async fn publish(visit: Visit, form: Form) -> Answered {
    let starter: Starter = visit.api.get("/v1/rule-starter").await?;
    let wanted: Vec<&str> = form.all("sentence").collect();
    let kept = starter.content.lines().filter(|line| !is_sentence(line) || wanted.contains(line));
    let content = kept.collect::<Vec<_>>().join("\n") + "\n";
    let comment = visit.t("step-rules-comment");
    let new = json!({ "name": visit.t("step-rules-name"), "content": content, "comment": comment });
    let saved: Saved = visit.api.post("/v1/rule-sets", &new).await?.json()?;
    let path = format!("/v1/rule-sets/{}/publish", saved.number);
    visit.api.post(&path, &json!({ "comment": comment })).await?;
    go(visit.sent_by, "/welcome/people?done=rules-published")
}
