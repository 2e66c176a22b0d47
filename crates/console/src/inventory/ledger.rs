//! The ledger of a shelf as people read it, and the opposite of a correction.

use super::document_path;
use crate::frame::{Frame, Undo};
use crate::visit::{Visit, part};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(super) struct Shelf {
    pub(super) units: Units,
    pub(super) missing: i64,
    pub(super) ledger: Ledger,
}

#[derive(Deserialize)]
pub(super) struct Ledger {
    pub(super) items: Vec<Entry>,
    pub(super) next: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    at: i64,
    movement: String,
    by: Units,
    actor: String,
    reason: String,
    document: String,
}

/// Units by state, or by how much each changes.
#[derive(Deserialize, Clone, Copy, Default)]
pub(super) struct Units {
    pub(super) on_hand: i64,
    pub(super) committed: i64,
    pub(super) safety_stock: i64,
    pub(super) damaged: i64,
    pub(super) quality_control: i64,
    pub(super) showroom: i64,
    pub(super) incoming: i64,
}

impl Units {
    /// On hand, and what of it cannot be promised.
    pub(super) fn before_available(&self) -> [(&'static str, i64); 6] {
        let [on_hand, committed, safety_stock, damaged, quality_control, showroom, _] = self.named();
        [on_hand, committed, safety_stock, damaged, quality_control, showroom]
    }

    fn named(&self) -> [(&'static str, i64); 7] {
        [
            ("on_hand", self.on_hand),
            ("committed", self.committed),
            ("safety_stock", self.safety_stock),
            ("damaged", self.damaged),
            ("quality_control", self.quality_control),
            ("showroom", self.showroom),
            ("incoming", self.incoming),
        ]
    }
}

/// One line of it.
pub(super) struct Line {
    pub(super) at: i64,
    pub(super) movement: String,
    /// By how much which state changed: `+2`, `On hand`.
    pub(super) changes: Vec<(String, String)>,
    pub(super) who: String,
    pub(super) reason: String,
    pub(super) document: String,
    /// Empty: the document has no page.
    pub(super) path: String,
}

/// People by their ids, for those who may see them.
#[derive(Deserialize)]
struct People {
    items: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    id: String,
    name: String,
}

/// What people are called, by their ids.
pub(super) type Names = BTreeMap<String, String>;

/// Of whoever looks, and of these where whoever looks may see who works here.
pub(super) async fn names(visit: &Visit, actors: impl Iterator<Item = &str>) -> Names {
    let mut names = Names::from([(visit.who.id.clone(), visit.who.name.clone())]);
    let mut others = actors.filter(|actor| actor.starts_with("usr_") && *actor != visit.who.id);
    if others.next().is_some()
        && let Ok(people) = visit.api.get::<People>("/v1/users?limit=250").await
    {
        names.extend(people.items.into_iter().map(|one| (one.id, one.name)));
    }
    names
}

/// What somebody is called.
pub(super) fn who(f: &Frame, names: &Names, actor: &str) -> String {
    names.get(actor).cloned().unwrap_or_else(|| match actor {
        actor if actor.starts_with("usr_") => f.t("somebody"),
        actor if actor.starts_with("tok_") => f.t("a-program"),
        "baton" => "Baton".to_owned(),
        other => other.to_owned(),
    })
}

pub(super) async fn lines(visit: &Visit, f: &Frame, entries: &[Entry]) -> Vec<Line> {
    let names = names(visit, entries.iter().map(|entry| &*entry.actor)).await;
    entries.iter().map(|entry| line(f, &names, entry)).collect()
}

fn line(f: &Frame, names: &Names, entry: &Entry) -> Line {
    let changes = entry.by.named().into_iter().filter(|(_, by)| *by != 0);
    let signed = |by: i64| if by > 0 { format!("+{}", f.number(&by)) } else { f.number(&by) };
    Line {
        at: entry.at,
        movement: f.named("movement", &entry.movement),
        changes: changes.map(|(state, by)| (signed(by), f.named("units", state))).collect(),
        who: who(f, names, &entry.actor),
        reason: f.told("ledger-reason", &entry.reason, &entry.reason.replace('_', " ")),
        path: document_path(&entry.document),
        document: entry.document.clone(),
    }
}

/// The opposite of the newest entry, where it is a correction by whoever looks, and one step takes it back.
pub(super) fn undo(visit: &Visit, (sku, location): (&str, &str), shelf: &Shelf) -> Option<Undo> {
    let newest = shelf.ledger.items.first()?;
    if !newest.document.starts_with("cor_") || newest.actor != visit.who.id {
        return None;
    }
    let (what, units) = opposite(&newest.movement, &newest.by, &shelf.units)?;
    let fields = [
        ("location", location.to_owned()),
        ("what", what.to_owned()),
        ("units", units.to_string()),
        ("reason", visit.t("undo-reason")),
    ];
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Some(Undo { path: format!("/inventory/{}/correct", part(sku)), fields })
}

fn opposite(movement: &str, by: &Units, now: &Units) -> Option<(&'static str, i64)> {
    match movement {
        "adjust" => Some(("adjust", -by.on_hand)),
        "damage" => Some(("repair", by.damaged)),
        "repair" => Some(("damage", -by.damaged)),
        "quality_control" if by.quality_control > 0 => Some(("pass_quality_control", by.quality_control)),
        "quality_control" => Some(("to_quality_control", -by.quality_control)),
        "showroom" if by.showroom > 0 => Some(("from_showroom", by.showroom)),
        "showroom" => Some(("to_showroom", -by.showroom)),
        "keep_safe" => Some(("safety_stock", now.safety_stock - by.safety_stock)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Units, opposite};

    #[test]
    fn a_correction_is_taken_back_by_its_opposite() {
        let now = Units { safety_stock: 5, ..Units::default() };
        let check = |movement: &str, by: Units| opposite(movement, &by, &now);
        assert_eq!(check("adjust", Units { on_hand: -3, ..Units::default() }), Some(("adjust", 3)));
        assert_eq!(check("damage", Units { damaged: 2, ..Units::default() }), Some(("repair", 2)));
        let passed = Units { quality_control: -1, ..Units::default() };
        assert_eq!(check("quality_control", passed), Some(("to_quality_control", 1)));
        assert_eq!(
            check("keep_safe", Units { safety_stock: 2, ..Units::default() }),
            Some(("safety_stock", 3))
        );
        assert_eq!(check("discard", Units { damaged: -1, on_hand: -1, ..Units::default() }), None);
    }
}
