//! Trusting the shop's own CA: a page that a device opens over plain HTTP, before it can open any other.
//!
//! Owns: the steps on each device. Refuses to know: the CA; what is given away here is public, and nothing of the shop is.

use crate::answer::{Answered, page};
use crate::entry::Stranger;
use crate::frame::Frame;
use crate::show::{Markup, qr};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use https::Https;
use web::{App, Pages, Policy, Problem};

pub(crate) fn pages(pages: Pages) -> Pages {
    pages
        .add(Method::GET, "/trust", (Policy::OPEN, get(show)))
        .add(Method::GET, "/trust/ca.crt", (Policy::OPEN, get(certificate)))
        .add(Method::GET, "/trust/baton.mobileconfig", (Policy::OPEN, get(profile)))
}

/// Each is also the messages `trust-…` and `trust-…-1` to `-4`, and the id of its part of the page.
const DEVICES: [Device; 4] = [
    Device { name: "iphone", icon: "device-mobile", file: "/trust/baton.mobileconfig" },
    Device { name: "android", icon: "device-mobile", file: "/trust/ca.crt" },
    Device { name: "windows", icon: "device-desktop", file: "/trust/ca.crt" },
    Device { name: "mac", icon: "device-laptop", file: "/trust/ca.crt" },
];
const STEPS: [&str; 4] = ["1", "2", "3", "4"];

struct Device {
    name: &'static str,
    icon: &'static str,
    file: &'static str,
}

impl Device {
    fn steps<'a>(&'a self, f: &'a Frame) -> impl Iterator<Item = String> + 'a {
        STEPS.iter().map(|step| f.t(&format!("trust-{}-{step}", self.name)))
    }
}

#[derive(Template)]
#[template(path = "trust.html")]
struct TrustPage {
    f: Frame,
    fingerprint: String,
    url: Option<String>,
    qr: Option<Markup>,
    trust_url: Option<String>,
}

impl TrustPage {
    fn devices(&self) -> &'static [Device] {
        &DEVICES
    }
}

async fn show(State(app): State<App>, stranger: Stranger) -> Answered {
    let state = of(&app)?.state();
    let ca = state.ca.ok_or_else(none)?;
    let qr = state.trust_url.as_ref().and_then(|url| qr(url, &stranger.words.t("https-qr-says")));
    page(&TrustPage {
        f: stranger.frame("trust-title"),
        fingerprint: ca.fingerprint,
        url: state.url,
        qr,
        trust_url: state.trust_url,
    })
}

async fn certificate(State(app): State<App>) -> Answered {
    let ca = of(&app)?.ca().ok_or_else(none)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/x-x509-ca-cert")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"baton-ca.crt\"")),
    ];
    Ok((headers, ca.der().to_vec()).into_response())
}

async fn profile(State(app): State<App>) -> Answered {
    let profile = https::profile(of(&app)?.ca().ok_or_else(none)?);
    // Shown by the device itself only when it is no attachment.
    let kind = HeaderValue::from_static("application/x-apple-aspen-config");
    Ok(([(header::CONTENT_TYPE, kind)], profile).into_response())
}

fn of(app: &App) -> Result<&Https, Problem> {
    app.https.as_ref().ok_or_else(none)
}

fn none() -> Problem {
    let detail = "this shop has no certificates of its own, so there is nothing to trust; open the console at its usual address";
    Problem::new(StatusCode::NOT_FOUND, "not_found", detail)
}
