//! One exception: what happened, what it means, what to do about it, and what was done.

use super::act::TICK;
use super::fix::{Button, Fix, may_work};
use super::playbooks::steps_in_words;
use super::story::{About, Fact};
use crate::answer::{Answered, page};
use crate::frame::{Frame, Undo};
use crate::orders::timeline::{self, Event, Happened};
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use flow::exception::Owner;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Exception {
    id: String,
    kind: String,
    state: String,
    order_id: Option<String>,
    order_name: Option<String>,
    location: Option<String>,
    owner: String,
    due_at: i64,
    escalations: i64,
    facts: Value,
    resolution: String,
    opened_at: i64,
    actions: Vec<Fix>,
    playbook: Playbook,
    history: Vec<Event>,
}

#[derive(Deserialize)]
struct Playbook {
    steps: Vec<String>,
    automatic: Option<Automatic>,
}

#[derive(Deserialize)]
struct Automatic {}

/// What is shown of the order that it is about.
#[derive(Deserialize)]
struct Order {
    state: String,
    hold: String,
    customer: Customer,
}

#[derive(Deserialize)]
struct Customer {
    name: String,
    email: String,
    phone: String,
}

/// A step of the playbook.
struct Step {
    /// As the API has it: so it is noted.
    text: String,
    /// In the language of whoever reads.
    words: String,
    is_done: bool,
}

#[derive(Template)]
#[template(path = "exceptions/one.html")]
struct OnePage {
    f: Frame,
    one: Exception,
    sentence: String,
    facts: Vec<Fact>,
    place: Option<String>,
    order: Option<Order>,
    steps: Vec<Step>,
    buttons: Vec<Button>,
    happened: Vec<Happened>,
    owners: [&'static str; 4],
    is_open: bool,
    is_overdue: bool,
    may_work: bool,
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    let mut one: Exception = visit.api.get(&format!("/v1/exceptions/{}", part(&id))).await?;
    let title = visit.t(&format!("exception-{}", one.kind.replace('_', "-")));
    let f = visit.frame(title, "exceptions").undone_by(undo(&visit, &one));
    let steps = steps(&f, &one);
    let order = match &one.order_id {
        Some(order) => visit.api.get::<Order>(&format!("/v1/orders/{}", part(order))).await.ok(),
        None => None,
    };
    let happened = timeline::told(&visit, &f, std::mem::take(&mut one.history)).await;
    let about = About {
        kind: &one.kind,
        facts: &one.facts,
        location: one.location.as_deref(),
        order_name: one.order_name.as_deref(),
    };
    page(&OnePage {
        sentence: about.sentence(&visit, &f),
        facts: about.facts(&visit, &f),
        place: one.location.as_deref().map(|code| visit.place_name(code)),
        buttons: buttons(&f, &one),
        owners: Owner::ALL.map(Owner::code),
        is_open: one.state == "open",
        is_overdue: one.state == "open" && one.due_at <= visit.now_ms,
        may_work: may_work(visit.who.role),
        order,
        steps,
        happened,
        f,
        one,
    })
}

/// What can be done, each once: several of the API's may lead to the same page. Saying that it is dealt with has a form of
/// its own.
fn buttons(f: &Frame, one: &Exception) -> Vec<Button> {
    let mut buttons: Vec<Button> = Vec::new();
    for fix in one.actions.iter().filter(|fix| fix.verb != "resolve") {
        let button = Button::of(f, (&one.id, one.order_id.as_deref()), fix);
        let is_there = |other: &Button| other.way.is_some() && other.way == button.way;
        if !buttons.iter().any(is_there) {
            buttons.push(Button { is_first: buttons.is_empty(), ..button });
        }
    }
    buttons
}

/// A step is done where somebody has noted it.
fn steps(f: &Frame, one: &Exception) -> Vec<Step> {
    let is_done = |text: &str| {
        let noted = |event: &Event| {
            event.facts["text"].as_str().and_then(|said| said.strip_prefix(TICK)) == Some(text)
        };
        one.history.iter().any(noted)
    };
    let words = steps_in_words(f, &one.kind, &one.playbook.steps);
    let all = one.playbook.steps.iter().zip(words);
    all.map(|(text, words)| Step { is_done: is_done(text), text: text.clone(), words }).collect()
}

/// The opposite of what was just done, where there is one.
fn undo(visit: &Visit, one: &Exception) -> Option<Undo> {
    let was = visit.asked("was");
    let here = format!("/exceptions/{}", part(&one.id));
    match visit.asked("done").as_str() {
        "exceptions-assign" if !was.is_empty() => {
            let fields = vec![("owner".to_owned(), was), ("was".to_owned(), one.owner.clone())];
            Some(Undo { path: format!("{here}/assign"), fields })
        }
        // A deadline that is past by now cannot be set again.
        "exceptions-snooze" if was.parse::<i64>().is_ok_and(|at| at > visit.now_ms) => {
            let fields = vec![("until".to_owned(), was), ("was".to_owned(), one.due_at.to_string())];
            Some(Undo { path: format!("{here}/snooze"), fields })
        }
        "fix-release" if visit.may_manage() => {
            let reason = match one.kind.as_str() {
                "payment_hold" => "payment".to_owned(),
                "address_hold" => "address".to_owned(),
                _ => visit.t("undo-reason"),
            };
            let path = format!("/orders/{}/hold", part(one.order_id.as_deref()?));
            Some(Undo { path, fields: vec![("reason".to_owned(), reason)] })
        }
        _ => None,
    }
}
