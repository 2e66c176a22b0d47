//! Is it alive, is it ready, what does it do, and how is it described.

use crate::answer::Answer;
use crate::app::App;
use crate::policy::{MANAGERS, Policy};
use crate::routes::Routes;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use flow::Refused;
use flow::people::Scope;
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

/// Requests and their times, as Prometheus reads them.
#[utoipa::path(get, path = "/metrics", responses((status = 200, body = String, content_type = "text/plain")))]
async fn metrics(State(app): State<App>) -> Response {
    let kind = HeaderValue::from_static("text/plain; version=0.0.4");
    ([(header::CONTENT_TYPE, kind)], app.metrics.written()).into_response()
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
