//! All routes, each with its policy.
//!
//! Owns: the list, the description made of it, and the layers around it. Invariant: a route comes in through
//! [`Routes::add`] alone, so none is without a policy; the guard looks it up by the same table that the matrix of roles
//! is tested with, and refuses what is not in it.

use crate::app::App;
use crate::guard::{Guard, guard};
use crate::pages::{ApiRouter, Pages};
use crate::policy::{Access, Policy};
use crate::problem::{Problem, Written};
use crate::{
    backups, demo_shop, diagnostics, events, exception_kinds, exceptions, exports, finish, fulfillments,
    https_state, imports, inbox, jobs, me, network, numbers, order_batches, orders, palette, plain_http,
    rule_replays, rule_words, rules, sessions, settings_described, setup, stock, stream, system, today,
    tokens, users, views,
};
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::{Extension, Router};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use tower_http::compression::CompressionLayer;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, ResponseBuilder, Schema,
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// Routes of one subject.
pub(crate) struct Routes {
    tag: &'static str,
    router: OpenApiRouter<App>,
    table: Vec<Entry>,
    /// Every schema that a route brings, under its name.
    schemas: Vec<Named>,
}

type Named = (String, RefOr<Schema>);

/// One route, and who may use it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub method: Method,
    /// With its parts in braces: `/v1/users/{id}`.
    pub path: String,
    pub policy: Policy,
}

/// A line for each module.
fn all() -> Routes {
    Routes::tagged("all")
        .and(system::routes())
        .and(setup::routes())
        .and(sessions::routes())
        .and(demo_shop::routes())
        .and(me::routes())
        .and(users::routes())
        .and(tokens::routes())
        .and(events::routes())
        .and(network::routes())
        .and(orders::routes())
        .and(order_batches::routes())
        .and(palette::routes())
        .and(views::routes())
        .and(fulfillments::routes())
        .and(exceptions::routes())
        .and(exception_kinds::routes())
        .and(jobs::routes())
        .and(backups::routes())
        .and(diagnostics::routes())
        .and(rules::routes())
        .and(rule_words::routes())
        .and(rule_replays::routes())
        .and(stream::routes())
        .and(stock::routes())
        .and(today::routes())
        .and(inbox::routes())
        .and(settings_described::routes())
        .and(https_state::routes())
        .and(numbers::routes())
        .and(imports::routes())
        .and(exports::routes())
}

impl Routes {
    /// `tag` is the heading under which the routes are described.
    pub(crate) fn tagged(tag: &'static str) -> Routes {
        Routes { tag, router: OpenApiRouter::new(), table: Vec::new(), schemas: Vec::new() }
    }

    /// Adds `routes!(handler)`, or several of one path, for those whom the policy lets in.
    pub(crate) fn add(mut self, policy: Policy, mut routes: UtoipaMethodRouter<App>) -> Routes {
        for (path, item) in &mut routes.1.paths {
            for (method, operation) in operations(item) {
                self.table.push(Entry { method, path: path.clone(), policy });
                describe(operation, self.tag, policy);
            }
        }
        self.schemas.extend(routes.0.iter().cloned());
        self.router = self.router.routes(routes);
        self
    }

    /// These routes behind the guard, over these books, and pages beside them.
    pub(crate) fn over(self, app: App, pages: Option<Pages>) -> Router {
        let Routes { router, table, .. } = self;
        let (router, openapi) = router.split_for_parts();
        app.description.get_or_init(|| described(openapi).to_json().unwrap_or_default());
        let app = App { show_refusal: pages.as_ref().map(|pages| pages.show_refusal), ..app };
        let api = guarded(router, table, &app);
        let pages = match pages {
            None => Router::new(),
            Some(pages) => {
                let inside = ApiRouter(api.clone().with_state(app.clone()));
                let router = guarded(pages.router, pages.table, &app).layer(Extension(inside));
                // A page is a fifth of its size on the way to a phone. Files are sent as they were packed when built.
                router.layer(CompressionLayer::new()).merge(pages.open)
            }
        };
        api.merge(pages)
            .merge(system::docs())
            .fallback(async || Problem::of_status(StatusCode::NOT_FOUND))
            .layer(from_fn_with_state(app.clone(), plain_http::send_on))
            .layer(from_fn_with_state(app.clone(), finish::finish))
            .with_state(app)
    }

    pub(crate) fn and(mut self, other: Routes) -> Routes {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self.schemas.extend(other.schemas);
        self
    }
}

/// Every route with its policy, sorted by path and method.
pub fn table() -> Vec<Entry> {
    let mut table = all().table;
    table.sort_by(|one, other| (&one.path, one.method.as_str()).cmp(&(&other.path, other.method.as_str())));
    table
}

/// Names that more than one schema has. The description would keep one of them, and say it of both types.
pub fn schema_clashes() -> Vec<String> {
    let mut schemas = all().schemas;
    schemas.push(("Problem".to_owned(), Written::schema()));
    Written::schemas(&mut schemas);
    clashes(&schemas)
}

fn clashes(schemas: &[Named]) -> Vec<String> {
    let mut first: BTreeMap<&str, &RefOr<Schema>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for (name, schema) in schemas {
        if *first.entry(name).or_insert(schema) != schema {
            found.insert(name.clone());
        }
    }
    found.into_iter().collect()
}

/// The description of the API: OpenAPI 3.1.
pub fn description() -> OpenApi {
    described(all().router.into_openapi())
}

/// The whole API over these books.
pub fn router(app: App) -> Router {
    all().over(app, None)
}

/// The same with pages.
pub fn router_with(app: App, pages: Pages) -> Router {
    all().over(app, Some(pages))
}

fn guarded(router: Router<App>, table: Vec<Entry>, app: &App) -> Router<App> {
    let mut policies: HashMap<String, Vec<(Method, Policy)>> = HashMap::new();
    for Entry { method, path, policy } in table {
        policies.entry(path).or_default().push((method, policy));
    }
    let at_the_gate = Arc::new(Guard { app: app.clone(), policies });
    // A router without a route takes no layer.
    if at_the_gate.policies.is_empty() {
        router
    } else {
        router.route_layer(from_fn_with_state(at_the_gate, guard))
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut Operation)> {
    let all = [
        (Method::GET, item.get.as_mut()),
        (Method::PUT, item.put.as_mut()),
        (Method::POST, item.post.as_mut()),
        (Method::DELETE, item.delete.as_mut()),
        (Method::PATCH, item.patch.as_mut()),
        (Method::HEAD, item.head.as_mut()),
        (Method::OPTIONS, item.options.as_mut()),
        (Method::TRACE, item.trace.as_mut()),
    ];
    all.into_iter().filter_map(|(method, operation)| operation.map(|operation| (method, operation)))
}

/// What every route has in common is said in its description by itself.
fn describe(operation: &mut Operation, tag: &str, policy: Policy) {
    operation.tags = Some(vec![tag.to_owned()]);
    let own = operation.description.take().filter(|text| !text.is_empty());
    operation.description = Some(own.into_iter().chain([policy.in_words()]).collect::<Vec<_>>().join("\n\n"));
    operation.security = Some(match policy.access {
        Access::Open | Access::Guessed => vec![SecurityRequirement::default()],
        Access::Only { .. } => vec![
            SecurityRequirement::new("token", Vec::<String>::new()),
            SecurityRequirement::new("session", Vec::<String>::new()),
        ],
    });
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let refusal = ResponseBuilder::new()
        .description("It was refused, and nothing was done.")
        .content("application/problem+json", content);
    operation.responses.responses.insert("default".to_owned(), refusal.build().into());
}

fn described(mut openapi: OpenApi) -> OpenApi {
    let words = "Order orchestration for small retailers. Send a token as `Authorization: Bearer baton_…`. A POST, PUT, \
                 PATCH or DELETE with an `Idempotency-Key` is done once, however often it is sent. Times are \
                 milliseconds since 1970, UTC. Lists come a page at a time: follow `Link: …; rel=\"next\"`.";
    let info = InfoBuilder::new()
        .title("Baton")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(words))
        .license(Some(utoipa::openapi::License::new("Apache-2.0 OR MIT")))
        .build();
    let mut components = openapi.components.take().unwrap_or_default();
    components.schemas.insert("Problem".to_owned(), Written::schema());
    let mut parts = Vec::new();
    Written::schemas(&mut parts);
    components.schemas.extend(parts);
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("token", SecurityScheme::Http(token));
    let cookie = ApiKey::Cookie(ApiKeyValue::new("__Host-baton"));
    components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
    OpenApiBuilder::new().info(info).paths(openapi.paths).components(Some(components)).build()
}

#[cfg(test)]
mod tests {
    use super::clashes;
    use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

    fn of(name: &str, kind: Type) -> (String, RefOr<Schema>) {
        (name.to_owned(), Schema::from(ObjectBuilder::new().schema_type(kind).build()).into())
    }

    #[test]
    fn a_name_with_two_schemas_is_found_and_one_that_comes_twice_is_not() {
        let schemas = [of("Order", Type::Object), of("Line", Type::String), of("Order", Type::Object)];
        assert_eq!(clashes(&schemas), Vec::<String>::new());
        let schemas = [of("Line", Type::Object), of("Order", Type::Object), of("Line", Type::String)];
        assert_eq!(clashes(&schemas), ["Line"]);
    }
}
