//! Somebody before a page: who they are, what they like, which shop it is, and the API as it answers them.

use crate::form::Form;
use crate::frame::Frame;
use crate::look::Look;
use crate::words::Words;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use flow::Refused;
use flow::people::{Role, Who};
use flow::shop::Shop;
use serde::Deserialize;
use std::sync::Arc;
use web::view_as::Viewing;
use web::{Api, App, Caller, Line, Problem};

/// One look at a page, or one form sent from it.
pub(crate) struct Visit {
    pub(crate) who: Who,
    pub(crate) api: Api,
    pub(crate) shop: Arc<Shop>,
    /// It is the demo shop.
    pub(crate) is_demo: bool,
    pub(crate) look: Look,
    pub(crate) words: Words,
    pub(crate) now_ms: i64,
    pub(crate) uri: Uri,
    pub(crate) sent_by: SentBy,
    pub(crate) line: Line,
    /// Notices that were not read yet; `None`: nobody has asked, as no whole page is shown.
    pub(crate) unread: Option<i64>,
    /// They look as somebody else: `who` has what is left of their rights.
    pub(crate) viewing: Option<Viewing>,
}

/// Whether a script waits for the answer, or the browser itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SentBy {
    Script,
    Browser,
}

impl SentBy {
    pub(crate) fn of(headers: &HeaderMap) -> SentBy {
        if headers.contains_key("x-baton-form") { SentBy::Script } else { SentBy::Browser }
    }
}

impl Visit {
    /// The frame of a page; `place` is its entry in the menu.
    pub(crate) fn frame(&self, title: String, place: &'static str) -> Frame {
        Frame::new(self, title, place)
    }

    pub(crate) fn t(&self, id: &str) -> String {
        self.words.t(id)
    }

    /// What people call a place.
    pub(crate) fn place_name(&self, code: &str) -> String {
        let found = self.shop.network.location_by_code(code);
        found.map_or_else(|| code.to_owned(), |id| self.shop.network.location(id).name.clone())
    }

    /// Who changes things other than goods in a store.
    pub(crate) fn may_manage(&self) -> bool {
        matches!(self.who.role, Role::Owner | Role::Manager)
    }

    /// What gives others access needs the password of late: a form that was refused for it comes again with it.
    ///
    /// # Errors
    /// It is not the password.
    pub(crate) async fn prove(&mut self, form: &Form) -> Result<(), Problem> {
        match form.raw("password_again") {
            "" => Ok(()),
            password => self.api.prove(password).await.map_err(asked_again),
        }
    }

    /// A field of the query, decoded.
    pub(crate) fn asked(&self, name: &str) -> String {
        asked(&self.uri, name)
    }
}

/// Of a wrong password it is told at the field for it, which is there to be filled in again.
fn asked_again(problem: Problem) -> Problem {
    if problem.status != StatusCode::UNPROCESSABLE_ENTITY {
        return problem;
    }
    let say = problem.errors.first().map_or_else(|| problem.detail.clone(), |fault| fault.say.clone());
    Problem { code: "password_needed", ..Problem::invalid("/password_again", say) }
}

pub(crate) fn asked(uri: &Uri, name: &str) -> String {
    let query = uri.query().unwrap_or_default();
    let mut fields = form_urlencoded::parse(query.as_bytes());
    fields.find(|(field, _)| field == name).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

/// A path of this site and no other: where somebody is sent after a form.
pub(crate) fn here_only(path: &str) -> String {
    let is_here = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if is_here { path.to_owned() } else { "/".to_owned() }
}

/// A text as a part of a path or a query.
pub(crate) fn part(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

impl FromRequestParts<App> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visit, Problem> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let api = Api::from_request_parts(parts, app).await?;
        let Ok(line) = Line::from_request_parts(parts, app).await;
        let now_ms = app.now_ms();
        let look = Look::of(&parts.headers);
        let unread = if is_whole_page(parts) { unread(&api).await } else { None };
        Ok(Visit {
            who: caller.who,
            viewing: caller.viewing,
            api,
            line,
            shop: shop(app, now_ms).await?,
            is_demo: app.is_demo(),
            look,
            words: look.words(&parts.headers),
            now_ms,
            uri: parts.uri.clone(),
            sent_by: SentBy::of(&parts.headers),
            unread,
        })
    }
}

/// Neither a form nor a part of a page that a script asks for again.
fn is_whole_page(parts: &Parts) -> bool {
    parts.method == Method::GET && !parts.headers.contains_key("hx-request")
}

#[derive(Deserialize)]
struct Unread {
    unread: i64,
}

/// One count in an index, for the bell above each page; a page is whole without it.
async fn unread(api: &Api) -> Option<i64> {
    api.get::<Unread>("/v1/me/inbox/unread").await.ok().map(|count| count.unread)
}

/// The shop as it stands; before it has a place, one without any.
async fn shop(app: &App, now_ms: i64) -> Result<Arc<Shop>, Problem> {
    match app.baton.shop(now_ms).await {
        Ok(shop) => Ok(shop),
        Err(Refused::Conflict { code: "no_setup", .. }) => Ok(Arc::new(Shop::without_places())),
        Err(other) => Err(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::{here_only, part};

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(here_only("/orders?state=open"), "/orders?state=open");
        for path in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nx: y"] {
            assert_eq!(here_only(path), "/", "{path}");
        }
    }

    #[test]
    fn what_has_a_meaning_in_a_path_is_written_as_its_bytes() {
        assert_eq!(part("A/b #1?"), "A%2Fb%20%231%3F");
    }
}
