//! Programs that may use the API: the list, a new one, and taking it back.

use super::reach::{Choice, chosen};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{SentBy, Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::Method;
use flow::people::Scope;
use model::Day;
use serde::Deserialize;
use serde_json::json;
use web::{Problem, Question};

#[derive(Deserialize)]
pub(super) struct Listed {
    pub(super) items: Vec<Token>,
}

#[derive(Deserialize)]
pub(super) struct Token {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) scopes: Vec<String>,
    pub(super) made_at: i64,
    pub(super) expires_at: Option<i64>,
    pub(super) revoked_at: Option<i64>,
    pub(super) used_at: Option<i64>,
}

impl Token {
    fn state(&self, now_ms: &i64) -> &'static str {
        match (self.revoked_at, self.expires_at) {
            (Some(_), _) => "revoked",
            (None, Some(end)) if end <= *now_ms => "expired",
            _ => "active",
        }
    }

    pub(super) fn is_alive(&self, now_ms: &i64) -> bool {
        self.state(now_ms) == "active"
    }
}

#[derive(Template)]
#[template(path = "settings/tokens.html")]
struct TokensPage {
    f: Frame,
    tokens: Vec<Token>,
    now_ms: i64,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let mut listed: Listed = visit.api.get("/v1/tokens?limit=250").await?;
    // Those that work first, the newest of them before the others.
    listed.items.sort_by_key(|token| (!token.is_alive(&visit.now_ms), -token.made_at));
    let f = visit.frame(visit.t("settings-tokens"), "settings");
    page(&TokensPage { f, tokens: listed.items, now_ms: visit.now_ms })
}

#[derive(Template)]
#[template(path = "settings/token_new.html")]
struct NewPage {
    f: Frame,
    choice: Choice,
    scopes: Vec<(&'static str, String)>,
}

pub(super) async fn show_new(visit: Visit) -> Answered {
    let f = visit.frame(visit.t("tokens-new-title"), "settings");
    let scopes = Scope::ALL.map(|scope| (scope.code(), f.named("scope", &scope.code().replace(':', "-"))));
    let mut choice = Choice::of(&visit, Some(visit.who.role.code()), None);
    // A token may always do what whoever makes it may do.
    if choice.roles.iter().all(|(code, _)| *code != visit.who.role.code()) {
        choice.roles.insert(0, (visit.who.role.code(), true));
    }
    page(&NewPage { choice, scopes: scopes.to_vec(), f })
}

#[derive(Deserialize)]
struct Made {
    token: Token,
    secret: String,
}

/// In the place of the form.
#[derive(Template)]
#[template(path = "settings/token_made.html")]
struct Part {
    f: Frame,
    secret: String,
}

#[derive(Template)]
#[template(path = "settings/token_made_page.html")]
struct Whole {
    f: Frame,
    secret: String,
}

pub(super) async fn make(mut visit: Visit, form: Form) -> Answered {
    visit.prove(&form).await?;
    let scopes: Vec<&str> = form.all("scopes").collect();
    let new = json!({
        "name": form.text("name"), "role": form.text("role"), "scopes": scopes, "locations": chosen(&form),
        "expires_at": end_of_day(&visit, form.text("expires_at"))?,
    });
    let made: Made = visit.api.post("/v1/tokens", &new).await?.json()?;
    let f = visit.frame(visit.words.a("token-made-title", &[("name", &made.token.name)]), "settings");
    match visit.sent_by {
        SentBy::Script => page(&Part { f, secret: made.secret }),
        SentBy::Browser => page(&Whole { f, secret: made.secret }),
    }
}

/// The end of a day by the clock of the shop; `None`: none was chosen.
fn end_of_day(visit: &Visit, iso: &str) -> Result<Option<i64>, Problem> {
    if iso.is_empty() {
        return Ok(None);
    }
    let day = Day::from_iso(iso).ok_or_else(|| Problem::invalid("/expires_at", visit.t("not-a-day")))?;
    Ok(Some(visit.shop.network.settings.clock.instant(Day(day.0 + 1), 0).0))
}

pub(super) async fn revoke(mut visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    visit.prove(&form).await?;
    let path = format!("/v1/tokens/{}", part(&id));
    visit.api.ask(Question { method: Method::DELETE, ..Question::get(&path) }).await?;
    go(visit.sent_by, "/settings/tokens?done=token-revoked")
}
