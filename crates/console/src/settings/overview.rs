//! Every setting: what it does, what it is set to, its default, and who changed it; and the way to every page of settings.

use super::PLACES;
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::{Frame, id};
use crate::visit::Visit;
use askama::Template;
use axum::http::Method;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use web::Question;

const FILE: &str = "settings.toml";

#[derive(Deserialize)]
struct Described {
    version: i64,
    groups: Vec<Group>,
    files: Vec<SetupFile>,
    program: Vec<Program>,
}

#[derive(Deserialize)]
struct Group {
    group: String,
    settings: Vec<Setting>,
}

#[derive(Deserialize)]
struct Setting {
    key: String,
    explanation: String,
    unit: String,
    range: String,
    default: String,
    example: String,
    value: Option<String>,
    is_changed: bool,
    changed: Option<ChangedBy>,
}

impl Setting {
    fn default_words(&self, f: &Frame) -> String {
        f.words.told(&format!("{}-default", id("setting", &self.key)), &self.default)
    }

    fn range_words(&self, f: &Frame) -> String {
        f.words.told(&format!("{}-range", id("setting", &self.key)), &self.range)
    }
}

#[derive(Deserialize)]
struct ChangedBy {
    id: String,
    name: Option<String>,
    at: i64,
}

impl ChangedBy {
    fn who(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

#[derive(Deserialize)]
struct SetupFile {
    name: String,
    meaning: String,
    bytes: Option<i64>,
    changed: Option<ChangedBy>,
}

#[derive(Deserialize)]
struct Program {
    name: String,
    value: String,
    default: String,
    source: String,
    explanation: String,
}

#[derive(Template)]
#[template(path = "settings/overview.html")]
struct OverviewPage {
    f: Frame,
    q: String,
    only_changed: bool,
    version: i64,
    groups: Vec<Group>,
    files: Vec<SetupFile>,
    program: Vec<Program>,
    /// Pages of the settings that are looked for: name, path.
    pages: Vec<(&'static str, &'static str)>,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let Described { version, groups, files, program } = visit.api.get("/v1/settings/described").await?;
    let f = visit.frame(visit.t("menu-settings"), "settings");
    let (q, only_changed) = (visit.asked("q"), visit.asked("changed") == "1");
    let wanted = q.to_lowercase();
    let has = |texts: &[&str]| texts.iter().any(|text| text.to_lowercase().contains(&wanted));
    let kept = |group: Group| {
        let settings = group.settings.into_iter().filter(|one| {
            (!only_changed || one.is_changed)
                && has(&[
                    &one.key,
                    &one.key.replace('_', " "),
                    &f.told("setting", &one.key, &one.explanation),
                    &f.told("setting-group", &group.group, &group.group),
                ])
        });
        Some(Group { settings: settings.collect(), group: group.group })
            .filter(|group| !group.settings.is_empty())
    };
    let page_is = |(name, _): &(&'static str, &'static str)| {
        *name != "all" && has(&[&f.named("settings", name), &f.named("settings-words", name)])
    };
    page(&OverviewPage {
        groups: groups.into_iter().filter_map(kept).collect(),
        files: files
            .into_iter()
            .filter(|file| {
                !only_changed && has(&[&file.name, &f.told("setup-file", &file.name, &file.meaning)])
            })
            .collect(),
        program: program
            .into_iter()
            .filter(|one| !only_changed && has(&[&one.name, &f.told("program", &one.name, &one.explanation)]))
            .collect(),
        pages: PLACES.into_iter().filter(page_is).filter(|_| !only_changed).collect(),
        q,
        only_changed,
        version,
        f,
    })
}

#[derive(Deserialize)]
struct Files {
    files: BTreeMap<String, String>,
}

/// Sets one key, or takes it away, so that its default holds.
pub(super) async fn set(visit: Visit, form: Form) -> Answered {
    let Files { files } = visit.api.get("/v1/settings").await?;
    let text = files.get(FILE).map_or("", String::as_str);
    let changed = with(text, form.text("key"), form.given("value"));
    let change = json!({ "files": { FILE: changed } });
    let version = format!("\"{}\"", form.text("version"));
    let question = Question::with(Method::PATCH, "/v1/settings", &change)?.if_match(Some(&version));
    visit.api.ask(question).await?;
    go(visit.sent_by, "/settings?done=setting-saved")
}

/// The text of the file with one key set to what is written; without it where nothing is.
fn with(text: &str, key: &str, value: Option<&str>) -> String {
    let is_of_key = |line: &str| {
        line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let line = value.map(|value| format!("{key} = {value}"));
    let (mut lines, mut open, mut is_said) = (Vec::new(), 0, false);
    for old in text.lines() {
        if open > 0 || is_of_key(old) {
            // A list may go over more lines.
            open += old.matches('[').count() as i32 - old.matches(']').count() as i32;
            if !is_said {
                lines.extend(line.clone());
                is_said = true;
            }
        } else {
            lines.push(old.to_owned());
        }
    }
    if !is_said {
        lines.extend(line);
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn one_key_is_set_where_it_stands_and_the_rest_stays() {
        let text = "# ours\nbox_fill = 0.8\nparts_off = [\n  \"risk\",\n]\nbox = 1\n";
        let set = with(text, "box_fill", Some("0.9"));
        assert_eq!(set, "# ours\nbox_fill = 0.9\nparts_off = [\n  \"risk\",\n]\nbox = 1\n");
        assert_eq!(with(text, "parts_off", None), "# ours\nbox_fill = 0.8\nbox = 1\n");
        assert_eq!(with("a = 1", "b", Some("[\"x\"]")), "a = 1\nb = [\"x\"]\n");
        assert_eq!(with("", "b", None), "");
    }
}
