//! How it stands with HTTPS, and what to do about it.

use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::show::{Markup, qr};
use crate::visit::Visit;
use askama::Template;
use axum::http::Method;
use axum::routing::get;
use flow::people::Scope;
use serde::Deserialize;
use web::{MANAGERS, Pages, Policy};

pub(crate) fn pages(pages: Pages) -> Pages {
    let read = Policy::of(MANAGERS, Scope::NetworkRead);
    pages.add(Method::GET, "/settings/https", (read, get(show)))
}

/// As `/v1/https` tells it.
#[derive(Deserialize)]
struct Stand {
    way: String,
    url: Option<String>,
    trust_url: Option<String>,
    names: Vec<String>,
    valid_until: Option<i64>,
    due: Option<i64>,
    ca_fingerprint: Option<String>,
    ca_valid_until: Option<i64>,
    failure: Option<Failure>,
}

#[derive(Deserialize)]
struct Failure {
    why: String,
    at: i64,
    again: i64,
}

impl Stand {
    /// In a word: `off`, `failing`, `waiting` or `well`.
    fn in_a_word(&self) -> &'static str {
        match (self.way.as_str(), &self.failure, self.valid_until) {
            ("off", _, _) => "off",
            (_, Some(_), _) => "failing",
            (_, None, None) => "waiting",
            (_, None, Some(_)) => "well",
        }
    }
}

#[derive(Template)]
#[template(path = "https.html")]
struct HttpsPage {
    f: Frame,
    stand: Stand,
    state: &'static str,
    qr: Option<Markup>,
}

async fn show(visit: Visit) -> Answered {
    let stand: Stand = visit.api.get("/v1/https").await?;
    let qr = stand.trust_url.as_ref().and_then(|url| qr(url, &visit.t("https-qr-says")));
    let f = visit.frame(visit.t("settings-https"), "settings");
    page(&HttpsPage { f, state: stand.in_a_word(), stand, qr })
}

#[cfg(test)]
mod tests {
    use super::Stand;

    #[test]
    fn a_failure_is_told_also_while_a_certificate_still_holds() {
        let stand = |json: &str| serde_json::from_str::<Stand>(json).unwrap().in_a_word();
        let failed = r#"{"way":"acme","names":[],"valid_until":5,"failure":{"why":"x","at":1,"again":2}}"#;
        assert_eq!(stand(failed), "failing");
        assert_eq!(stand(r#"{"way":"own","names":[],"valid_until":5}"#), "well");
        assert_eq!(stand(r#"{"way":"acme","names":[]}"#), "waiting");
        assert_eq!(stand(r#"{"way":"off","names":[]}"#), "off");
    }
}
