//! The rules in force, those that will be, and every version there is.

use super::versions::{InTime, Listed, People, Publication, RuleSet, Sentence, version};
use crate::answer::{Answered, page};
use crate::frame::{Frame, Undo};
use crate::visit::{Visit, part};
use askama::Template;
use serde::Deserialize;
use serde_json::Value;
use web::Problem;

#[derive(Template)]
#[template(path = "rules/list.html")]
struct ListPage {
    f: Frame,
    now: Option<InForce>,
    time: InTime,
    /// Who scheduled each of those to come.
    by: Vec<String>,
    versions: Vec<VersionRow>,
    next: Option<String>,
    replays: Vec<ReplayRow>,
}

struct InForce {
    set: RuleSet,
    held: Publication,
    by: String,
    sentences: Vec<Valued>,
}

/// A sentence with what it is worth, where a replay has measured it.
pub(super) struct Valued {
    pub(super) sentence: Sentence,
    pub(super) worth: String,
}

struct VersionRow {
    set: RuleSet,
    by: String,
}

#[derive(Deserialize)]
pub(super) struct ReplayRow {
    pub(super) id: String,
    pub(super) rule_set: i64,
    pub(super) against: Option<i64>,
    pub(super) state: String,
    pub(super) asked_at: i64,
}

pub(super) async fn show(visit: Visit) -> Answered {
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let listed: Listed<RuleSet> = visit.api.get(&format!("/v1/rule-sets?limit=20{after}")).await?;
    let time = InTime::read(&visit).await?;
    let f = visit.frame(visit.t("rules-title"), "rules").undone_by(undo(&visit, &time));
    let people = People::read(&visit).await;
    let replays = replays(&visit).await;
    let now = match time.now.clone() {
        Some(held) => Some(in_force(&visit, (&f, &people), held, &replays).await?),
        None => None,
    };
    let by = time.scheduled.iter().map(|one| people.name(&f, &one.by)).collect();
    let row = |set: RuleSet| VersionRow { by: people.name(&f, &set.author), set };
    page(&ListPage {
        now,
        by,
        versions: listed.items.into_iter().map(row).collect(),
        next: listed.next.map(|next| format!("/rules?cursor={next}")),
        replays: replays.into_iter().take(5).collect(),
        time,
        f,
    })
}

async fn in_force(
    visit: &Visit,
    (f, people): (&Frame, &People),
    held: Publication,
    replays: &[ReplayRow],
) -> Result<InForce, Problem> {
    let set = version(visit, held.rule_set).await?;
    let sentences = valued(visit, &set, replays).await;
    Ok(InForce { by: people.name(f, &held.by), sentences, set, held })
}

/// Replays, the newest first; none for those who see one store alone.
pub(super) async fn replays(visit: &Visit) -> Vec<ReplayRow> {
    let listed = visit.api.get::<Listed<ReplayRow>>("/v1/rule-replays?limit=20").await;
    listed.map(|listed| listed.items).unwrap_or_default()
}

/// Whether there is any of that list.
pub(super) fn has(valued: &[Valued], is_hard: &bool) -> bool {
    valued.iter().any(|one| one.sentence.is_hard == *is_hard)
}

/// Each sentence with what the last replay says that it is worth.
pub(super) async fn valued(visit: &Visit, set: &RuleSet, replays: &[ReplayRow]) -> Vec<Valued> {
    let is_of_it = |replay: &&ReplayRow| replay.rule_set == set.number && replay.state == "done";
    let mut worths: Vec<(String, String)> = Vec::new();
    for replay in replays.iter().filter(is_of_it).take(3) {
        let Ok(told) = visit.api.get::<Value>(&format!("/v1/rule-replays/{}", part(&replay.id))).await else {
            continue;
        };
        worths = super::replayed::worths(visit, &told["result"]);
        if !worths.is_empty() {
            break;
        }
    }
    let worth = |name: &str| {
        let found = worths.iter().find(|(rule, _)| rule == name);
        found.map(|(_, worth)| worth.clone()).unwrap_or_default()
    };
    let sentences = set.sentences().into_iter();
    sentences.map(|sentence| Valued { worth: worth(&sentence.name), sentence }).collect()
}

/// The opposite of what was just done.
fn undo(visit: &Visit, time: &InTime) -> Option<Undo> {
    let reason = ("comment".to_owned(), visit.t("undo-reason"));
    match visit.asked("done").as_str() {
        "rules-in-force" => {
            let before = time.before.as_ref()?;
            let path = format!("/rules/{}/publish", before.rule_set);
            Some(Undo { path, fields: vec![reason] })
        }
        "rules-scheduled" => {
            let number = visit.asked("publication");
            number.parse::<i64>().ok()?;
            Some(Undo { path: format!("/rules/publications/{number}/withdraw"), fields: Vec::new() })
        }
        "rules-withdrawn" => {
            let (set, at) = (visit.asked("set"), visit.asked("at"));
            set.parse::<i64>().ok()?;
            let at = ("at_ms".to_owned(), at.parse::<i64>().ok()?.to_string());
            Some(Undo { path: format!("/rules/{set}/publish"), fields: vec![at, reason] })
        }
        _ => None,
    }
}
