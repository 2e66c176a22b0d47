//! Is it alive, is it ready, what does it do, and how is it described.

use crate::answer::Answer;
use crate::app::App;
use crate::metrics::Gauge;
use crate::policy::{MANAGERS, Policy};
use crate::routes::Routes;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use flow::Refused;
use flow::exception::Kind;
use flow::people::Scope;
use store::{exceptions, jobs};
use utoipa_axum::routes;
use utoipa_swagger_ui::{Config, SwaggerUi};

pub(crate) fn routes() -> Routes {
    Routes::tagged("system")
        .add(Policy::OPEN, routes!(is_alive))
        .add(Policy::OPEN, routes!(is_ready))
        .add(Policy::OPEN, routes!(openapi))
        .add(Policy::of(MANAGERS, Scope::MetricsRead), routes!(metrics))
}

/// Whether the program answers at all.
#[utoipa::path(get, path = "/livez", responses((status = 200, body = String, content_type = "text/plain")))]
async fn is_alive() -> &'static str {
    "alive\n"
}

/// Whether it can work: the database answers.
#[utoipa::path(get, path = "/readyz", responses((status = 200, body = String, content_type = "text/plain")))]
async fn is_ready(State(app): State<App>) -> Answer<&'static str> {
    app.db.read::<(), Refused>(|tx| Box::pin(async move { Ok(store::events::is_there(tx).await?) })).await?;
    Ok("ready\n")
}

/// Requests and their times, jobs that wait or were given up, and open exceptions, as Prometheus reads them.
#[utoipa::path(get, path = "/metrics", responses((status = 200, body = String, content_type = "text/plain")))]
async fn metrics(State(app): State<App>) -> Answer<Response> {
    let counts = app.db.read::<_, Refused>(|tx| {
        Box::pin(async move { Ok((jobs::counts(tx).await?, exceptions::counts(tx).await?)) })
    });
    let (jobs, exceptions) = counts.await?;
    let kind = HeaderValue::from_static("text/plain; version=0.0.4");
    let gauges = [jobs_by_state(&jobs), open_exceptions(&exceptions)];
    Ok(([(header::CONTENT_TYPE, kind)], app.metrics.written(&gauges)).into_response())
}

/// Every state has its line, also at 0: an alert on a line that is missing never comes.
fn jobs_by_state(counts: &[jobs::Count]) -> Gauge {
    let of = |state: jobs::State| {
        let many = counts.iter().filter(|count| count.state == state).map(|count| count.jobs).sum();
        (format!("{{state=\"{}\"}}", state.code()), many)
    };
    Gauge {
        name: "baton_jobs",
        help: "Jobs that wait, are under way, or were given up.",
        of: [jobs::State::Ready, jobs::State::Leased, jobs::State::Dead].map(of).to_vec(),
    }
}

fn open_exceptions(counts: &[(String, i64)]) -> Gauge {
    let of = |kind: Kind| {
        let many = counts.iter().filter(|(code, _)| code == kind.code()).map(|(_, many)| many).sum();
        (format!("{{kind=\"{}\"}}", kind.code()), many)
    };
    Gauge {
        name: "baton_exceptions_open",
        help: "Exceptions that nobody has resolved.",
        of: Kind::ALL.map(of).to_vec(),
    }
}

/// This description.
#[utoipa::path(get, path = "/openapi.json", responses((status = 200, body = serde_json::Value)))]
async fn openapi(State(app): State<App>) -> Response {
    let kind = HeaderValue::from_static("application/json");
    let description = app.description.get().cloned().unwrap_or_default();
    ([(header::CONTENT_TYPE, kind)], description).into_response()
}

/// The page that shows the description, with all it needs in the program: nothing is loaded from elsewhere.
pub(crate) fn docs() -> Router<App> {
    let page = SwaggerUi::new("/docs").config(Config::new(["/openapi.json"]).validator_url("none"));
    Router::from(page).layer(map_response(|mut response: Response| async {
        // The page draws its own styles into itself; scripts come from here alone.
        let policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; \
                      frame-ancestors 'none'";
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        response
    }))
}
