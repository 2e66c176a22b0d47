//! What whoever looks wants to hear of, where, and when not.

use super::act::minute;
use super::story;
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use axum::http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use web::{Problem, Question};

/// Topics whose events happen at one place, so that one can want them from some places alone.
const AT_PLACES: [&str; 2] = ["exceptions", "refusals"];

#[derive(Deserialize)]
struct Choices {
    topics: Vec<Topic>,
    rules: Vec<Rule>,
    quiet: Option<Quiet>,
}

#[derive(Deserialize)]
struct Topic {
    topic: String,
    is_on_by_default: bool,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Rule {
    topic: String,
    location: Option<String>,
    is_on: bool,
}

#[derive(Deserialize)]
struct Quiet {
    from_minute: i64,
    to_minute: i64,
}

/// What is chosen in one place: `on`, `off`, or empty where nothing is.
struct Choice {
    /// Of its field: `topic/code`.
    field: String,
    name: String,
    chosen: &'static str,
}

struct Line {
    topic: Topic,
    everywhere: Choice,
    places: Vec<Choice>,
    /// Places that have a choice of their own.
    own: i64,
}

#[derive(Template)]
#[template(path = "exceptions/choices.html")]
struct ChoicesPage {
    f: Frame,
    lines: Vec<Line>,
    is_quiet: bool,
    from: String,
    to: String,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let Choices { topics, rules, quiet } = visit.api.get("/v1/me/notifications").await?;
    let places = story::places(&visit);
    let f = visit.frame(visit.t("notices-title"), "settings");
    let hour = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    let (from, to) = quiet.as_ref().map_or((22 * 60, 7 * 60), |quiet| (quiet.from_minute, quiet.to_minute));
    page(&ChoicesPage {
        lines: topics.into_iter().map(|topic| line((&f, &places), topic, &rules)).collect(),
        is_quiet: quiet.is_some(),
        from: hour(from),
        to: hour(to),
        f,
    })
}

fn line((f, places): (&Frame, &[(String, String)]), topic: Topic, rules: &[Rule]) -> Line {
    let chosen = |place: Option<&str>| {
        let rule = rules.iter().find(|rule| rule.topic == topic.topic && rule.location.as_deref() == place);
        rule.map_or("", |rule| if rule.is_on { "on" } else { "off" })
    };
    let of = |place: Option<&str>, name: String| Choice {
        field: format!("{}/{}", topic.topic, place.unwrap_or_default()),
        name,
        chosen: chosen(place),
    };
    let is_at_places = AT_PLACES.contains(&&*topic.topic);
    let shown = places.iter().filter(|(code, _)| is_at_places || !chosen(Some(code)).is_empty());
    let places: Vec<Choice> = shown.map(|(code, name)| of(Some(code), name.clone())).collect();
    Line {
        own: i64::try_from(places.iter().filter(|place| !place.chosen.is_empty()).count()).unwrap_or(0),
        everywhere: of(None, f.named("topic", &topic.topic)),
        places,
        topic,
    }
}

pub(super) async fn save(visit: Visit, form: Form) -> Answered {
    let body = json!({ "rules": rules(&form), "quiet": quiet(&visit, &form)? });
    visit.api.ask(Question::with(Method::PUT, "/v1/me/notifications", &body)?).await?;
    go(visit.sent_by, "/settings/notifications?done=notices-saved")
}

/// Fields are called `topic/code of a location`, and `topic/` for all that have none of their own.
fn rules(form: &Form) -> Vec<Rule> {
    let rule = |(field, value): (&str, &str)| {
        let (topic, code) = field.split_once('/')?;
        let is_on = match value {
            "on" => true,
            "off" => false,
            _ => return None,
        };
        let location = Some(code.to_owned()).filter(|code| !code.is_empty());
        Some(Rule { topic: topic.to_owned(), location, is_on })
    };
    form.fields().filter_map(rule).collect()
}

fn quiet(visit: &Visit, form: &Form) -> Result<Option<Value>, Problem> {
    if !form.is_ticked("is_quiet") {
        return Ok(None);
    }
    let at = |name: &str| {
        minute(form.text(name))
            .ok_or_else(|| Problem::invalid(&format!("/{name}"), visit.t("notices-quiet-when")))
    };
    Ok(Some(json!({ "from_minute": at("from_minute")?, "to_minute": at("to_minute")? })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_of_a_topic_everywhere_or_at_one_place_and_the_rest_is_left_to_the_role() {
        let form =
            Form::read(b"exceptions%2F=on&exceptions%2Fmall=off&holds%2F=&is_quiet=on&from_minute=22%3A00");
        let rule = |location: Option<&str>, is_on| Rule {
            topic: "exceptions".to_owned(),
            location: location.map(str::to_owned),
            is_on,
        };
        assert_eq!(rules(&form), [rule(None, true), rule(Some("mall"), false)]);
    }
}
