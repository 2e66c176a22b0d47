//! The playbook of each kind of exception: whose it is, until when, who hears of it next, and what people do.
//!
//! Owns: what a form means. Refuses to know: what happens by itself; the API says it.

use super::act::TICK;
use super::playbook_changes::{self, Change};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::{Frame, Undo};
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::Method;
use flow::exception::{Kind, MOST_STEP, MOST_STEPS, Owner};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use web::Question;

/// Everybody but the owner, at most.
const ESCALATIONS: usize = 3;
const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

#[derive(Deserialize)]
struct KindShown {
    kind: String,
    #[serde(flatten)]
    playbook: Playbook,
    default: Playbook,
}

/// What the shop wants of a kind, as the API reads and tells it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Playbook {
    pub(super) owner: String,
    pub(super) minutes: i64,
    pub(super) escalation: Vec<String>,
    pub(super) steps: Vec<String>,
}

impl KindShown {
    fn is_own(&self) -> bool {
        self.playbook != self.default
    }
}

/// A kind in the list.
struct Line {
    kind: KindShown,
    wait: String,
    /// Owner, then who gets it after them.
    chain: Vec<String>,
}

#[derive(Template)]
#[template(path = "exceptions/playbooks.html")]
struct ListPage {
    f: Frame,
    lines: Vec<Line>,
}

pub(super) async fn list(visit: Visit) -> Answered {
    let kinds: Vec<KindShown> = visit.api.get("/v1/exception-kinds").await?;
    let f = visit.frame(visit.t("exceptions-playbooks"), "exceptions");
    let line = |kind: KindShown| Line {
        wait: length(&f, kind.playbook.minutes),
        chain: chain(&f, &kind.playbook),
        kind,
    };
    let lines = kinds.into_iter().map(line).collect();
    page(&ListPage { lines, f })
}

fn chain(f: &Frame, playbook: &Playbook) -> Vec<String> {
    let all = [&playbook.owner].into_iter().chain(&playbook.escalation);
    all.map(|owner| f.named("owner", owner)).collect()
}

/// A length of time in the largest unit that it is whole in.
pub(crate) fn length(f: &Frame, minutes: i64) -> String {
    let (amount, unit) = in_units(minutes);
    f.n(&format!("span-{unit}"), &amount)
}

fn in_units(minutes: i64) -> (i64, &'static str) {
    match minutes {
        minutes if minutes > 0 && minutes % DAY == 0 => (minutes / DAY, "days"),
        minutes if minutes > 0 && minutes % HOUR == 0 => (minutes / HOUR, "hours"),
        minutes => (minutes, "minutes"),
    }
}

#[derive(Template)]
#[template(path = "exceptions/playbook.html")]
struct OnePage {
    f: Frame,
    kind: KindShown,
    version: String,
    amount: i64,
    unit: &'static str,
    wait: String,
    chain: Vec<String>,
    /// Steps in the language of whoever reads.
    steps: Vec<String>,
    /// Who gets it first, second and third after the owner; empty: nobody.
    after: [String; ESCALATIONS],
    owners: [&'static str; 4],
    changes: Vec<Change>,
    most_steps: usize,
    most_step: usize,
}

pub(super) async fn show(visit: Visit, Path(code): Path<String>) -> Answered {
    let path = format!("/v1/exception-kinds/{}", part(&code));
    let reply = visit.api.ask(Question::get(&path)).await?;
    let version = reply.etag().unwrap_or_default().to_owned();
    let kind: KindShown = reply.json()?;
    let events = if visit.may_manage() { playbook_changes::events(&visit, &path).await } else { Vec::new() };
    let undo =
        playbook_changes::before(&events).and_then(|before| undo(&visit, (&kind.kind, &version), before));
    let f =
        visit.frame(visit.t(&format!("exception-{}", code.replace('_', "-"))), "exceptions").undone_by(undo);
    let (amount, unit) = in_units(kind.playbook.minutes);
    let after = |at: usize| kind.playbook.escalation.get(at).cloned().unwrap_or_default();
    page(&OnePage {
        wait: length(&f, kind.playbook.minutes),
        chain: chain(&f, &kind.playbook),
        steps: steps_in_words(&f, &kind.kind, &kind.playbook.steps),
        after: std::array::from_fn(after),
        owners: Owner::ALL.map(Owner::code),
        changes: playbook_changes::told(&visit, &f, events).await,
        most_steps: MOST_STEPS,
        most_step: MOST_STEP,
        version,
        amount,
        unit,
        kind,
        f,
    })
}

/// Baton's own steps in the language of whoever reads; a shop's own as they were written.
pub(crate) fn steps_in_words(f: &Frame, kind: &str, steps: &[String]) -> Vec<String> {
    let own = Kind::from_code(kind).map_or(&[][..], Kind::default_steps);
    if steps != own {
        return steps.to_vec();
    }
    let id = |at: usize| format!("exceptions-step-{}-{at}", kind.replace('_', "-"));
    (1..=own.len()).map(|at| f.t(&id(at))).collect()
}

/// Saves what the form says.
pub(super) async fn save(visit: Visit, Path(code): Path<String>, form: Form) -> Answered {
    let f = visit.frame(String::new(), "");
    let own = Kind::from_code(&code).map_or(&[][..], Kind::default_steps);
    let own: Vec<String> = own.iter().map(|&step| step.to_owned()).collect();
    let playbook = json!({
        "owner": form.text("owner"),
        "minutes": minutes(&form)?,
        "escalation": given(&form, "escalation"),
        "steps": sent_steps(given(&form, "step"), &steps_in_words(&f, &code, &own)),
    });
    put(&visit, (&code, form.raw("version")), &playbook).await?;
    go(visit.sent_by, &format!("/exceptions/playbooks/{}?done=exceptions-playbook-saved", part(&code)))
}

/// As Baton comes.
pub(super) async fn reset(visit: Visit, Path(code): Path<String>, form: Form) -> Answered {
    let kind: KindShown = visit.api.get(&format!("/v1/exception-kinds/{}", part(&code))).await?;
    let playbook = json!(Playbook { steps: Vec::new(), ..kind.default });
    put(&visit, (&code, form.raw("version")), &playbook).await?;
    go(visit.sent_by, &format!("/exceptions/playbooks/{}?done=exceptions-playbook-reset", part(&code)))
}

async fn put(visit: &Visit, (code, version): (&str, &str), playbook: &Value) -> Result<(), web::Problem> {
    let path = format!("/v1/exception-kinds/{}", part(code));
    let question = Question::with(Method::PUT, &path, playbook)?.if_match(Some(version));
    visit.api.ask(question).await.map(drop)
}

/// Those of equal fields that say something.
fn given(form: &Form, name: &str) -> Vec<String> {
    form.all(name).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

fn minutes(form: &Form) -> Result<i64, web::Problem> {
    let amount = form.whole("minutes")?;
    Ok(match form.text("unit") {
        "days" => amount.saturating_mul(DAY),
        "hours" => amount.saturating_mul(HOUR),
        _ => amount,
    })
}

/// Baton's own steps are not written down as the shop's: then they come in everybody's language.
fn sent_steps(steps: Vec<String>, own: &[String]) -> Vec<String> {
    // What marks a step as done cannot begin one.
    let steps: Vec<String> =
        steps.iter().map(|step| step.trim_start_matches(TICK.trim()).trim().to_owned()).collect();
    if steps == own { Vec::new() } else { steps }
}

/// The way back to what was before the last change.
fn undo(visit: &Visit, (kind, version): (&str, &str), before: Playbook) -> Option<Undo> {
    if !visit.asked("done").starts_with("exceptions-playbook-") {
        return None;
    }
    let mut fields = vec![
        ("version".to_owned(), version.to_owned()),
        ("owner".to_owned(), before.owner),
        ("minutes".to_owned(), before.minutes.to_string()),
    ];
    fields.extend(before.escalation.into_iter().map(|owner| ("escalation".to_owned(), owner)));
    fields.extend(before.steps.into_iter().map(|step| ("step".to_owned(), step)));
    Some(Undo { path: format!("/exceptions/playbooks/{}", part(kind)), fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_told_in_the_largest_unit_that_it_is_whole_in() {
        let told = [0, 45, 90, 120, 1_440, 1_500].map(in_units);
        let expected =
            [(0, "minutes"), (45, "minutes"), (90, "minutes"), (2, "hours"), (1, "days"), (25, "hours")];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_a_form_says_is_read_in_minutes_and_empty_lines_are_left_out() {
        let form = Form::read(b"minutes=2&unit=hours&step=a&step=&step=+b+&escalation=&escalation=owner");
        assert_eq!(minutes(&form), Ok(120));
        assert_eq!(given(&form, "step"), ["a", "b"]);
        assert_eq!(given(&form, "escalation"), ["owner"]);
        assert_eq!(minutes(&Form::read(b"minutes=x")).unwrap_err().errors[0].at, "/minutes");
    }

    #[test]
    fn batons_own_steps_stay_batons_own() {
        let own = ["Count.".to_owned(), "Post.".to_owned()];
        assert!(sent_steps(own.to_vec(), &own).is_empty());
        assert_eq!(sent_steps(vec!["Post.".to_owned()], &own), ["Post."]);
    }
}
