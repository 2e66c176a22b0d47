//! The shop itself: its name, its clock, its currency; and its first location, without which there is nothing to set.

use super::place::cells;
use super::{Step, steps};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use axum::http::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::{Problem, Question};

/// Currencies that come first; any other can be written.
const CURRENCIES: [&str; 10] = ["USD", "EUR", "GBP", "CAD", "AUD", "CHF", "JPY", "SEK", "BRL", "AED"];

#[derive(Deserialize, Default)]
struct Settings {
    files: BTreeMap<String, String>,
}

#[derive(Template)]
#[template(path = "welcome/shop.html")]
struct ShopPage {
    f: Frame,
    steps: Vec<Step>,
    has_place: bool,
    name: String,
    time_zone: String,
    currency: String,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let settings: Settings = visit.api.get("/v1/settings").await?;
    let manifest = manifest(&settings);
    let text = |name: &str| manifest.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let currency = Some(text("currency")).filter(|code| !code.is_empty());
    page(&ShopPage {
        f: visit.frame(visit.t("step-shop"), "today"),
        steps: steps(&visit).await,
        has_place: !visit.shop.network.locations.is_empty(),
        name: text("name"),
        time_zone: time_zone(&settings).to_owned(),
        currency: currency.unwrap_or_else(|| "USD".to_owned()),
    })
}

/// The first location comes before the settings: they are proven by building a network of both.
pub(super) async fn save(visit: Visit, form: Form) -> Answered {
    if visit.shop.network.locations.is_empty() {
        visit.api.post("/v1/locations", &json!({ "cells": cells(&visit, &form) })).await?;
    }
    let reply = visit.api.ask(Question::get("/v1/settings")).await?;
    let settings: Settings = reply.json()?;
    let mut manifest = manifest(&settings);
    for (name, field) in [("name", "shop_name"), ("currency", "currency")] {
        if let Some(text) = form.given(field) {
            manifest.insert(name.to_owned(), Value::from(text));
        }
    }
    let manifest = serde_json::to_string_pretty(&manifest)
        .map_err(|_| Problem::invalid("/shop_name", "cannot be kept; write it another way"))?;
    let files = json!({ "files": {
        "manifest.json": manifest,
        "settings.toml": with_time_zone(&settings, form.text("time_zone")),
    } });
    let change = Question::with(Method::PATCH, "/v1/settings", &files)?.if_match(reply.etag());
    visit.api.ask(change).await?;
    go(visit.sent_by, "/welcome/places?done=shop-saved")
}

fn manifest(settings: &Settings) -> serde_json::Map<String, Value> {
    let text = settings.files.get("manifest.json").map(String::as_str).unwrap_or_default();
    serde_json::from_str(text).unwrap_or_default()
}

fn zone_line(line: &str) -> bool {
    line.trim_start().strip_prefix("time_zone").is_some_and(|rest| rest.trim_start().starts_with('='))
}

fn time_zone(settings: &Settings) -> &str {
    let text = settings.files.get("settings.toml").map(String::as_str).unwrap_or_default();
    let line = text.lines().find(|line| zone_line(line)).unwrap_or_default();
    line.split('"').nth(1).unwrap_or_default()
}

/// The settings as they are, with another time zone.
fn with_time_zone(settings: &Settings, zone: &str) -> String {
    let text = settings.files.get("settings.toml").map(String::as_str).unwrap_or_default();
    let others: Vec<&str> = text.lines().filter(|line| !zone_line(line)).collect();
    if zone.is_empty() {
        return others.join("\n") + "\n";
    }
    // In front: what comes after a heading would be under it.
    format!("time_zone = {}\n{}\n", Value::from(zone), others.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{Settings, time_zone, with_time_zone};

    fn of(text: &str) -> Settings {
        Settings { files: [("settings.toml".to_owned(), text.to_owned())].into() }
    }

    #[test]
    fn another_time_zone_leaves_everything_else_as_it_is() {
        let settings = of("# ours\ntime_zone = \"Europe/Paris\"\nreplenish_days = 7\n");
        assert_eq!(time_zone(&settings), "Europe/Paris");
        let changed = with_time_zone(&settings, "Asia/Tokyo");
        assert_eq!(changed, "time_zone = \"Asia/Tokyo\"\n# ours\nreplenish_days = 7\n");
        assert_eq!(time_zone(&of(&changed)), "Asia/Tokyo");
        assert_eq!(with_time_zone(&Settings::default(), "UTC"), "time_zone = \"UTC\"\n\n");
    }
}
