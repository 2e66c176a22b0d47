//! A link by which somebody chooses a password: told this once, as text and as a QR code.

use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::show::{self, Markup};
use crate::visit::{SentBy, Visit, part};
use askama::Template;
use axum::http::{HeaderMap, header};
use serde::Deserialize;
use web::Reply;

#[derive(Deserialize)]
struct Invited {
    user: Named,
    secret: String,
    expires_at: i64,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    name: String,
}

/// In the place of the form.
#[derive(Template)]
#[template(path = "settings/invitation.html")]
struct Part {
    f: Frame,
    id: String,
    link: String,
    qr: Option<Markup>,
    expires_at: i64,
}

#[derive(Template)]
#[template(path = "settings/invitation_page.html")]
struct Whole {
    f: Frame,
    id: String,
    link: String,
    qr: Option<Markup>,
    expires_at: i64,
}

pub(super) fn shown(visit: &Visit, headers: &HeaderMap, reply: &Reply) -> Answered {
    let invited: Invited = reply.json()?;
    let link = format!("{}/join?secret={}", address(headers), part(&invited.secret));
    let f = visit.frame(visit.words.a("invitation-title", &[("name", &invited.user.name)]), "settings");
    let (qr, id, expires_at) = (show::qr(&link, &f.t("invitation-qr")), invited.user.id, invited.expires_at);
    match visit.sent_by {
        SentBy::Script => page(&Part { f, id, link, qr, expires_at }),
        SentBy::Browser => page(&Whole { f, id, link, qr, expires_at }),
    }
}

/// As the browser that asks reaches this program: others reach it the same way.
fn address(headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match text(header::ORIGIN).filter(|origin| origin.starts_with("http")) {
        Some(origin) => origin.to_owned(),
        None => format!("http://{}", text(header::HOST).unwrap_or("localhost")),
    }
}

#[cfg(test)]
mod tests {
    use super::address;
    use axum::http::{HeaderMap, HeaderValue, header};

    #[test]
    fn a_link_leads_to_where_whoever_asked_for_it_is() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("10.0.0.4:8080"));
        assert_eq!(address(&headers), "http://10.0.0.4:8080");
        headers.insert(header::ORIGIN, HeaderValue::from_static("https://shop.example"));
        assert_eq!(address(&headers), "https://shop.example");
        headers.insert(header::ORIGIN, HeaderValue::from_static("null"));
        assert_eq!(address(&headers), "http://10.0.0.4:8080");
    }
}
