//! The queue of exceptions: whose, what is due first, and one button for each.

use super::fix::{Button, Fix};
use super::story::{self, About};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use askama::Template;
use flow::exception::{Kind, Owner};
use flow::people::Role;
use serde::Deserialize;
use serde_json::Value;

const STATES: [&str; 2] = ["open", "resolved"];
/// In the address: exceptions of every owner.
const ALL: &str = "all";

#[derive(Deserialize)]
struct Listed {
    items: Vec<Row>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    kind: String,
    order_id: Option<String>,
    order_name: Option<String>,
    location: Option<String>,
    owner: String,
    due_at: i64,
    escalations: i64,
    facts: Value,
    resolution: String,
    opened_at: i64,
    fix: Option<Fix>,
}

#[derive(Default, Deserialize)]
struct Counts {
    open: i64,
    kinds: Vec<Count>,
}

#[derive(Deserialize)]
struct Count {
    kind: String,
    owner: String,
    open: i64,
    overdue: i64,
}

/// What the queue is narrowed by.
#[derive(Clone, Default)]
struct Asked {
    state: String,
    kind: String,
    /// Empty: of every owner.
    owner: String,
    location: String,
    is_overdue: bool,
}

impl Asked {
    /// Also whose by default: one's own where there are any, else everybody's.
    fn of(visit: &Visit, places: &[(String, String)]) -> Asked {
        let mut location = visit.asked("location");
        // Who reaches some places alone sees one at a time.
        if location.is_empty() && visit.who.places.codes().is_some() {
            location = places.first().map(|(code, _)| code.clone()).unwrap_or_default();
        }
        let state = visit.asked("state");
        Asked {
            state: if state == STATES[1] { state } else { STATES[0].to_owned() },
            kind: visit.asked("kind"),
            owner: visit.asked("owner"),
            location,
            is_overdue: visit.asked("overdue") == "true",
        }
    }

    fn is_open(&self) -> bool {
        self.state == STATES[0]
    }

    fn is_narrowed(&self) -> bool {
        !self.kind.is_empty() || self.is_overdue || !self.is_open()
    }

    /// As the API is asked.
    fn question(&self) -> String {
        let overdue = if self.is_overdue { "true" } else { "" };
        let fields = [
            ("kind", &*self.kind),
            ("owner", &self.owner),
            ("location", &self.location),
            ("overdue", overdue),
        ];
        let said = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let said: String = said.map(|(name, value)| format!("&{name}={}", part(value))).collect();
        format!("state={}{said}", self.state)
    }

    /// As an address of this page, with another owner.
    fn path(&self, owner: &str) -> String {
        let question = Asked { owner: owner.to_owned(), ..self.clone() }.question();
        format!("/exceptions?{question}")
    }

    fn with_kind(&self, kind: &str) -> Asked {
        // Chosen again it is let go.
        let kind = if self.kind == kind { String::new() } else { kind.to_owned() };
        Asked { kind, ..self.clone() }
    }

    fn shown_owner(&self) -> &str {
        if self.owner.is_empty() { ALL } else { &self.owner }
    }
}

/// Exceptions of one owner, or of all.
struct Tab {
    name: String,
    path: String,
    open: i64,
    is_shown: bool,
}

/// Open exceptions of one kind.
struct KindCount {
    name: String,
    path: String,
    open: i64,
    overdue: i64,
    is_shown: bool,
}

struct Line {
    row: Row,
    sentence: String,
    /// What the link to the order says; empty: it is about none.
    order_words: String,
    button: Option<Button>,
    is_overdue: bool,
}

#[derive(Template)]
#[template(path = "exceptions/queue.html")]
struct QueuePage {
    f: Frame,
    asked: Asked,
    tabs: Vec<Tab>,
    kinds: Vec<KindCount>,
    lines: Vec<Line>,
    places: Vec<(String, String)>,
    next: Option<String>,
    is_first: bool,
    reaches_all: bool,
    /// Open ones at the place that is asked for, of whichever kind and owner.
    open: i64,
}

/// Whose exceptions are one's own.
fn mine(role: Role) -> Option<Owner> {
    match role {
        Role::Owner => Some(Owner::Owner),
        Role::Manager => Some(Owner::Manager),
        Role::Associate => Some(Owner::Store),
        Role::Viewer => None,
    }
}

fn sum(counts: &Counts, is_meant: impl Fn(&Count) -> bool) -> (i64, i64) {
    let meant = counts.kinds.iter().filter(|count| is_meant(count));
    meant.fold((0, 0), |(open, overdue), count| (open + count.open, overdue + count.overdue))
}

pub(super) async fn show(visit: Visit) -> Answered {
    let places = story::places(&visit);
    let mut asked = Asked::of(&visit, &places);
    let at = if asked.location.is_empty() {
        String::new()
    } else {
        format!("?location={}", part(&asked.location))
    };
    let counts: Counts = visit.api.get(&format!("/v1/exceptions/counts{at}")).await?;
    asked.owner = owner(&visit, &asked, &counts);
    let cursor = visit.asked("cursor");
    let after = if cursor.is_empty() { String::new() } else { format!("&cursor={}", part(&cursor)) };
    let path = format!("/v1/exceptions?limit=50&{}{after}", asked.question());
    let listed: Listed = visit.api.get(&path).await?;
    let f = visit.frame(visit.t("menu-exceptions"), "exceptions");
    let here = asked.path(asked.shown_owner());
    page(&QueuePage {
        tabs: tabs(&visit, &f, (&asked, &counts)),
        kinds: kinds(&f, (&asked, &counts)),
        lines: listed.items.into_iter().map(|row| line(&visit, &f, row)).collect(),
        next: listed.next.map(|next| format!("{here}&cursor={next}")),
        is_first: cursor.is_empty(),
        reaches_all: visit.who.places.codes().is_none(),
        open: counts.open,
        places,
        asked,
        f,
    })
}

/// Whose are shown; empty: everybody's.
fn owner(visit: &Visit, asked: &Asked, counts: &Counts) -> String {
    let mine = mine(visit.who.role).map(Owner::code);
    match asked.owner.as_str() {
        ALL => String::new(),
        "" => mine
            .filter(|mine| asked.is_open() && sum(counts, |count| count.owner == *mine).0 > 0)
            .unwrap_or_default()
            .to_owned(),
        other => other.to_owned(),
    }
}

/// One's own first, everybody's last.
fn tabs(visit: &Visit, f: &Frame, (asked, counts): (&Asked, &Counts)) -> Vec<Tab> {
    let mine = mine(visit.who.role);
    let others = Owner::ALL.into_iter().filter(|owner| Some(*owner) != mine);
    let owners = mine.into_iter().chain(others).map(Owner::code);
    let of = |owner: &str, name: String| {
        let is_meant = |count: &Count| {
            (owner == ALL || count.owner == owner) && (asked.kind.is_empty() || count.kind == asked.kind)
        };
        Tab {
            name,
            path: asked.path(owner),
            open: sum(counts, is_meant).0,
            is_shown: asked.shown_owner() == owner,
        }
    };
    let name = |owner: &str| match mine {
        Some(mine) if mine.code() == owner => f.a("exceptions-mine", "owner", &f.named("owner", owner)),
        _ => f.named("owner", owner),
    };
    owners.map(|owner| of(owner, name(owner))).chain([of(ALL, f.t("exceptions-all"))]).collect()
}

/// Kinds of which some are open with the owner that is shown.
fn kinds(f: &Frame, (asked, counts): (&Asked, &Counts)) -> Vec<KindCount> {
    let of = |kind: Kind| {
        let is_meant = |count: &Count| {
            count.kind == kind.code() && (asked.owner.is_empty() || count.owner == asked.owner)
        };
        let (open, overdue) = sum(counts, is_meant);
        let is_shown = asked.kind == kind.code();
        (open > 0 || is_shown).then(|| KindCount {
            name: f.named("exception", kind.code()),
            path: asked.with_kind(kind.code()).path(asked.shown_owner()),
            open,
            overdue,
            is_shown,
        })
    };
    if asked.is_open() { Kind::ALL.into_iter().filter_map(of).collect() } else { Vec::new() }
}

fn line(visit: &Visit, f: &Frame, row: Row) -> Line {
    let about = About {
        kind: &row.kind,
        facts: &row.facts,
        location: row.location.as_deref(),
        order_name: row.order_name.as_deref(),
    };
    let button = row.fix.as_ref().map(|fix| Button::of(f, (&row.id, row.order_id.as_deref()), fix));
    let sentence = about.sentence(visit, f);
    Line {
        order_words: order_words(f, &row, &sentence),
        sentence,
        button,
        is_overdue: row.due_at <= visit.now_ms && row.resolution.is_empty(),
        row,
    }
}

/// The number, unless the sentence beside it has told it.
fn order_words(f: &Frame, row: &Row, sentence: &str) -> String {
    match (&row.order_id, &row.order_name) {
        (None, _) => String::new(),
        (Some(_), Some(name)) if !sentence.contains(name.as_str()) => f.a("exceptions-order", "order", name),
        _ => f.t("fix-open-order"),
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn what_narrows_the_queue_is_kept_when_the_owner_changes() {
        let asked =
            Asked { state: "open".into(), kind: "late_pick".into(), is_overdue: true, ..Asked::default() };
        assert_eq!(asked.path("all"), "/exceptions?state=open&kind=late_pick&owner=all&overdue=true");
        assert_eq!(asked.question(), "state=open&kind=late_pick&overdue=true");
        assert_eq!(asked.with_kind("late_pick").kind, "");
        assert_eq!(asked.with_kind("damaged").kind, "damaged");
    }
}
