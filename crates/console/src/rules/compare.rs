//! Two versions beside each other, sentence by sentence.

use super::difference::{Change, changes, is_same};
use super::versions::{Listed, RuleSet, version};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "rules/compare.html")]
struct ComparePage {
    f: Frame,
    from: RuleSet,
    to: RuleSet,
    /// To choose from: numbers and names.
    versions: Vec<(i64, String)>,
    changes: Vec<Change>,
    is_same: bool,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let listed: Listed<RuleSet> = visit.api.get("/v1/rule-sets?limit=100").await?;
    let newest = listed.items.first().map_or(1, |set| set.number);
    let asked = |name: &str, otherwise: i64| visit.asked(name).parse::<i64>().unwrap_or(otherwise);
    let to = asked("to", newest);
    let (from, to) = (version(&visit, asked("from", (to - 1).max(1))).await?, version(&visit, to).await?);
    let changes = changes(&from.sentences(), &to.sentences());
    let numbers = [("from", from.number.to_string()), ("to", to.number.to_string())];
    let title = numbers.each_ref().map(|(name, number)| (*name, number.as_str()));
    page(&ComparePage {
        f: visit.frame(visit.words.a("rules-compare-title", &title), "rules"),
        versions: listed.items.into_iter().map(|set| (set.number, set.name)).collect(),
        is_same: is_same(&changes),
        changes,
        from,
        to,
    })
}
