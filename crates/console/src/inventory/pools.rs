//! Pools: which locations promise together, of which classes, and what a channel is not offered.

use super::{Place, categories, places};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use axum::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Problem, Question};

#[derive(Deserialize)]
struct Listed {
    items: Vec<Pool>,
}

#[derive(Deserialize)]
struct Pool {
    code: String,
    name: String,
    unproven: String,
    locations: Vec<String>,
    classes: Vec<Class>,
}

#[derive(Deserialize, Clone, PartialEq, Eq, Debug)]
struct Class {
    category: String,
    velocity: String,
}

#[derive(Deserialize)]
struct Buffers {
    items: Vec<Buffer>,
}

#[derive(Deserialize)]
struct Buffer {
    channel: String,
    units: Option<i64>,
    percent: Option<i64>,
}

/// A pool with what is kept back of it.
struct Shown {
    pool: Pool,
    buffers: Vec<Buffer>,
}

#[derive(Template)]
#[template(path = "inventory/pools.html")]
struct PoolsPage {
    f: Frame,
    places: Vec<Place>,
    categories: Vec<String>,
    pools: Vec<Shown>,
}

impl Shown {
    fn has(&self, code: &str) -> bool {
        self.pool.locations.iter().any(|own| own == code)
    }

    fn title(&self) -> &str {
        if self.pool.name.is_empty() { &self.pool.code } else { &self.pool.name }
    }

    /// As the form has them: one a line.
    fn classes(&self) -> String {
        let written = self.pool.classes.iter().map(write_class);
        written.collect::<Vec<_>>().join("\n")
    }
}

fn write_class(class: &Class) -> String {
    if class.velocity.is_empty() {
        class.category.clone()
    } else {
        format!("{} / {}", class.category, class.velocity)
    }
}

/// `Mugs`, or `Mugs / A`.
fn read_class(line: &str) -> Class {
    let parts = line.rsplit_once('/').map(|(category, velocity)| (category.trim(), velocity.trim()));
    match parts {
        Some((category, velocity @ ("A" | "B" | "C" | "a" | "b" | "c"))) => {
            Class { category: category.to_owned(), velocity: velocity.to_uppercase() }
        }
        _ => Class { category: line.trim().to_owned(), velocity: String::new() },
    }
}

pub(super) async fn show(visit: Visit) -> Answered {
    let listed: Listed = visit.api.get("/v1/pools?limit=250").await?;
    let mut pools = Vec::new();
    for pool in listed.items {
        let path = format!("/v1/pools/{}/buffers?limit=250", part(&pool.code));
        let buffers: Buffers = visit.api.get(&path).await?;
        pools.push(Shown { pool, buffers: buffers.items });
    }
    page(&PoolsPage {
        f: visit.frame(visit.t("pools-title"), "inventory"),
        places: places(&visit),
        categories: categories(&visit),
        pools,
    })
}

pub(super) async fn save(visit: Visit, form: Form) -> Answered {
    let lines = form.raw("classes").lines().map(str::trim).filter(|line| !line.is_empty());
    let classes: Vec<Value> = lines
        .map(read_class)
        .map(|class| json!({ "category": class.category, "velocity": class.velocity }))
        .collect();
    let body = json!({
        "name": form.text("name"),
        "unproven": form.text("unproven"),
        "locations": form.all("place").collect::<Vec<_>>(),
        "classes": classes,
    });
    let code = match form.text("code") {
        "" => return Err(Problem::invalid("/code", visit.t("pool-needs-code"))),
        code => code,
    };
    let path = format!("/v1/pools/{}", part(code));
    visit.api.ask(Question::with(Method::PUT, &path, &body)?).await?;
    go(visit.sent_by, "/inventory/pools?done=pool-saved")
}

pub(super) async fn keep_back(visit: Visit, Path(code): Path<String>, form: Form) -> Answered {
    let channel = form.text("channel");
    if channel.is_empty() {
        return Err(Problem::invalid("/channel", visit.t("pool-needs-channel")));
    }
    let body = match form.text("kind") {
        "none" => json!({}),
        "percent" => json!({ "percent": form.whole("amount")? }),
        _ => json!({ "units": form.whole("amount")? }),
    };
    let path = format!("/v1/pools/{}/buffers/{}", part(&code), part(channel));
    visit.api.ask(Question::with(Method::PUT, &path, &body)?).await?;
    go(visit.sent_by, "/inventory/pools?done=buffer-saved")
}

#[cfg(test)]
mod tests {
    use super::{Class, read_class, write_class};

    #[test]
    fn a_class_is_read_as_it_is_written() {
        let of =
            |category: &str, velocity: &str| Class { category: category.into(), velocity: velocity.into() };
        for class in [of("Mugs", "A"), of("Mugs", ""), of("Bed/Bath", "")] {
            assert_eq!(read_class(&write_class(&class)), class);
        }
        assert_eq!(read_class("Mugs/b"), of("Mugs", "B"));
    }
}
