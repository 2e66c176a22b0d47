//! One version: its sentences, what is to be said of them, and what can be done with it.

use super::list::{Valued, replays, valued};
use super::versions::{InTime, People, RuleSet, version};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use axum::extract::Path;

#[derive(Template)]
#[template(path = "rules/set.html")]
struct SetPage {
    f: Frame,
    set: RuleSet,
    by: String,
    time: InTime,
    sentences: Vec<Valued>,
    has_errors: bool,
}

pub(super) async fn show(visit: Visit, Path(number): Path<i64>) -> Answered {
    let set = version(&visit, number).await?;
    let title = title(&visit, &set);
    let f = visit.frame(title, "rules");
    let replays = replays(&visit).await;
    page(&SetPage {
        by: People::read(&visit).await.name(&f, &set.author),
        time: InTime::read(&visit).await?,
        sentences: valued(&visit, &set, &replays).await,
        has_errors: set.remarks.iter().any(|remark| remark.severity == "error"),
        f,
        set,
    })
}

/// `Version 3: Spring pilot`
pub(super) fn title(visit: &Visit, set: &RuleSet) -> String {
    let number = set.number.to_string();
    match set.name.as_str() {
        "" => visit.words.a("rules-version", &[("number", &number)]),
        name => visit.words.a("rules-version-named", &[("number", &number), ("name", name)]),
    }
}
