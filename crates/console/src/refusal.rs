//! Refusals as people read them: what happened, what it means, what to do.
//!
//! Owns: the page of a refusal; the few lines beside a form that was not right; and that whoever is not signed in is led
//! to where they can be, and back.

use crate::answer::html_with;
use crate::frame::Frame;
use crate::look::Look;
use crate::visit::{SentBy, part};
use askama::Template;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use web::RefusedPage;

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage<'a> {
    f: Frame,
    detail: String,
    /// The same in the words of the program, where the reader's language has its own.
    original: String,
    faults: Vec<Fault<'a>>,
    request_id: &'a str,
}

/// Beside a form.
#[derive(Template)]
#[template(path = "ui/faults.html")]
struct Faults<'a> {
    f: Frame,
    detail: String,
    /// The same in the words of the program, where the reader's language has its own.
    original: String,
    faults: Vec<Fault<'a>>,
    needs_password: bool,
}

struct Fault<'a> {
    /// The name of its field.
    field: &'a str,
    /// What people call it.
    label: String,
    say: String,
}

/// Refusals that the console has words for in every language.
const OWN_WORDS: [&str; 2] = ["no_such_path", "password_needed"];

/// With a capital letter and a full stop, as a page has it.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// Writes a refusal for a person.
pub(crate) fn show(refused: &RefusedPage<'_>) -> Response {
    let sent_by = SentBy::of(refused.headers);
    if refused.problem.status == StatusCode::UNAUTHORIZED && refused.uri.path() != "/sign-in" {
        return to_sign_in(refused, sent_by);
    }
    // Before there is a location, most pages have nothing to show.
    if refused.problem.code == "no_setup" && sent_by == SentBy::Browser {
        return Redirect::to("/welcome").into_response();
    }
    let look = Look::of(refused.headers);
    let words = look.words(refused.headers);
    let problem = refused.problem;
    let id = format!("refusal-{}", problem.status.as_u16());
    let heading = words.maybe(&id).unwrap_or_else(|| words.t("refusal-other"));
    let f = Frame { is_demo: refused.is_demo, ..Frame::for_strangers((words, look), heading) };
    let faults = problem.errors.iter().map(|fault| Fault {
        field: fault.at.trim_start_matches('/'),
        label: label(&f, &fault.at),
        say: fault.say.clone(),
    });
    let faults: Vec<Fault<'_>> = faults.collect();
    // Where each fault is told at its field, what is common to all says nothing more.
    let original = sentence(&problem.detail);
    let detail = match problem.code {
        "password_needed" => words.t("password-again-why"),
        _ if !faults.is_empty() => words.t("refusal-422-fields"),
        "no_such_path" => words.t("refusal-404-words"),
        code => f.told("problem", code, &original),
    };
    let has_other_words =
        f.words.has_own() && faults.is_empty() && !OWN_WORDS.contains(&problem.code) && detail != original;
    let original = if has_other_words { original } else { String::new() };
    let html = match sent_by {
        SentBy::Script => {
            let needs_password = problem.code == "password_needed";
            Faults { f, detail, original, faults, needs_password }.render()
        }
        SentBy::Browser => {
            RefusalPage { f, detail, original, faults, request_id: refused.request_id }.render()
        }
    };
    // A page that cannot be written is told in one plain line.
    let mut response = html_with(problem.status, html.unwrap_or_else(|_| problem.detail.clone()));
    if let Some(seconds) = problem.retry_after_s {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// What people call a field: the message `field-…` of its name, else the name in words.
fn label(f: &Frame, at: &str) -> String {
    let name =
        at.rsplit('/').find(|part| !part.is_empty() && part.parse::<u32>().is_err()).unwrap_or_default();
    f.named("field", name)
}

fn to_sign_in(refused: &RefusedPage<'_>, sent_by: SentBy) -> Response {
    let back = refused.uri.path_and_query().map_or("/", |path| path.as_str());
    match sent_by {
        SentBy::Browser => Redirect::to(&format!("/sign-in?next={}", part(back))).into_response(),
        // The form is lost otherwise: whoever signs in comes back to the page it is on.
        SentBy::Script => {
            let way = HeaderValue::from_static("/sign-in");
            (StatusCode::UNAUTHORIZED, [(HeaderName::from_static("x-baton-go"), way)]).into_response()
        }
    }
}
