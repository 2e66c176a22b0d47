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
    sentences: Vec<Offered>,
}

/// A sentence to begin with.
struct Offered {
    sentence: String,
    /// Why it cannot hold in this shop yet; empty: it can.
    why_not: String,
}

#[derive(Deserialize)]
struct Checked {
    remarks: Vec<Remark>,
}

#[derive(Deserialize)]
struct Remark {
    severity: String,
    code: String,
    line: Option<usize>,
    say: String,
}

fn is_sentence(line: &str) -> bool {
    line.ends_with('.') && !line.starts_with('#')
}

pub(super) async fn show(visit: Visit) -> Answered {
    let starter: Starter = visit.api.get("/v1/rule-starter").await?;
    let checked = json!({ "content": starter.content });
    let checked: Checked = visit.api.post("/v1/rule-sets/check", &checked).await?.json()?;
    let words = |remark: &Remark| {
        let said = visit.words.maybe(&format!("step-rules-not-{}", remark.code));
        said.unwrap_or_else(|| visit.words.a("step-rules-not-yet", &[("why", &remark.say)]))
    };
    let sentences = offered(&starter.content, &checked.remarks, words);
    page(&RulesPage { f: visit.frame(visit.t("step-rules"), "today"), steps: steps(&visit).await, sentences })
}

/// What a shop has nothing for yet is offered with the reason: a shop without a warehouse sends nothing from warehouses.
fn offered(content: &str, remarks: &[Remark], words: impl Fn(&Remark) -> String) -> Vec<Offered> {
    let why_not = |number: usize| {
        let mut errors = remarks.iter().filter(|remark| remark.severity == "error");
        errors.find(|remark| remark.line == Some(number)).map(&words).unwrap_or_default()
    };
    let lines = content.lines().zip(1..).filter(|(line, _)| is_sentence(line));
    lines.map(|(line, number)| Offered { sentence: line.to_owned(), why_not: why_not(number) }).collect()
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

#[cfg(test)]
mod tests {
    use super::{Remark, offered};

    #[test]
    fn a_sentence_that_cannot_hold_yet_is_offered_with_the_reason() {
        let remark = |severity: &str, line| Remark {
            severity: severity.to_owned(),
            code: String::new(),
            line,
            say: "no place".to_owned(),
        };
        let remarks = [remark("error", Some(2)), remark("hint", Some(3)), remark("error", None)];
        let content = "Guardrails\nOnly from warehouses.\nFlag low stock when fewer than 2 are left.\n";
        let sentences = offered(content, &remarks, |remark| remark.say.clone());
        let told: Vec<_> =
            sentences.iter().map(|one| (one.sentence.as_str(), one.why_not.as_str())).collect();
        let flag = "Flag low stock when fewer than 2 are left.";
        assert_eq!(told, [("Only from warehouses.", "no place"), (flag, "")]);
    }
}
