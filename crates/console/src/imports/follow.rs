//! One import, from its columns to its end: one page that shows the step it is at.

use super::columns::{Choice, choices, shown};
use super::wire::{Column, Conflicts, Delta, Found, Full, Import, Warning};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::visit::{Visit, part};
use crate::welcome;
use askama::Template;
use axum::extract::Path;

/// The step that is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Step {
    Columns,
    Wait,
    Result,
    Over,
}

impl Step {
    fn of(import: &Import, wants_columns: bool) -> Step {
        match import.state.as_str() {
            "draft" => Step::Columns,
            "checked" if wants_columns => Step::Columns,
            "checked" => Step::Result,
            _ if import.is_under_way() => Step::Wait,
            _ => Step::Over,
        }
    }
}

#[derive(Template)]
#[template(path = "imports/import.html")]
struct ImportPage {
    f: Frame,
    step: Step,
    full: Full,
    choices: Vec<Choice>,
    places: Vec<Choice>,
    as_of: String,
    conflicts: Conflicts,
    has_products: bool,
    /// It can still be taken back.
    can_revert: bool,
    /// Of the first run, what is left: path and id of its message.
    left: Option<(&'static str, &'static str)>,
}

impl ImportPage {
    fn import(&self) -> &Import {
        &self.full.import
    }

    /// Its path, for what its forms do.
    fn at(&self) -> String {
        format!("/inventory/import/{}", part(&self.full.import.id))
    }

    /// Nothing takes the place of a form that somebody fills in.
    fn is_being_written(&self) -> bool {
        self.step == Step::Columns
    }

    /// How many ended so, in digits.
    fn count(&self, end: &str) -> String {
        self.f.number(&self.import().of(end))
    }

    /// Where its headings are, and what is between its cells.
    fn how_it_was_read(&self) -> String {
        let (f, sign) = (&self.f, self.full.separator);
        let heading = f.a("imports-header-row", "row", &f.number(&self.full.header_row));
        let separated = match sign {
            '\t' => f.t("imports-separated-by-tabs"),
            sign => f.a("imports-separated-by", "sign", &sign.to_string()),
        };
        format!("{heading} {separated}")
    }

    fn is_stock(&self) -> bool {
        self.full.import.kind == "stock"
    }

    fn is_adding(&self) -> bool {
        self.full.mode == "add"
    }

    fn is_mapped(&self, column: &Column, code: &str) -> bool {
        column.field.as_deref() == Some(code)
    }

    fn warnings(&self, column: &Column) -> Vec<&Warning> {
        self.full.warnings.iter().filter(|warning| warning.column == column.name).collect()
    }

    fn needs_place(&self) -> bool {
        self.full.needs.iter().any(|need| need == "location")
    }

    /// What has to be said of the columns before it can be tried.
    fn missing(&self) -> Vec<&str> {
        self.full.needs.iter().map(String::as_str).filter(|need| *need != "location").collect()
    }

    fn place(&self, code: &str) -> String {
        let found = self.places.iter().find(|place| place.code == code);
        found.map_or_else(|| code.to_owned(), |place| place.name.clone())
    }

    fn is_place(&self, code: &str) -> bool {
        self.full.location.as_deref() == Some(code)
    }

    /// Rows that were cut off the list of bad cells.
    fn has_more_bad(&self, found: &Found) -> bool {
        let rows: std::collections::BTreeSet<i64> = found.bad_rows.iter().map(|bad| bad.row).collect();
        i64::try_from(rows.len()).unwrap_or(i64::MAX) < found.bad
    }

    fn moved(&self, delta: &Delta) -> String {
        let moved = delta.to - delta.from;
        if moved > 0 { format!("+{}", self.f.number(&moved)) } else { self.f.number(&moved) }
    }

    /// In hundredths, for those who hear it.
    fn percent(&self) -> i64 {
        let import = self.import();
        if import.total > 0 { (import.done * 100 / import.total).min(100) } else { 0 }
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answered {
    let path = format!("/v1/imports/{}", part(&id));
    let full: Full = visit.api.get(&path).await?;
    let step = Step::of(&full.import, visit.asked("step") == "columns");
    let network = &visit.shop.network;
    let places = network.locations.iter();
    let places: Vec<Choice> =
        places.map(|place| Choice { code: place.code.clone(), name: place.name.clone() }).collect();
    let f = visit.frame(full.import.name.clone(), "inventory");
    let is_over = step == Step::Over;
    let conflicts = match is_over && full.import.state == "reverted" {
        true => visit.api.get(&format!("{path}/conflicts?limit=100")).await?,
        false => Conflicts { items: Vec::new(), next: None },
    };
    let until = full.import.revertible_until;
    page(&ImportPage {
        choices: choices(&f, (&full, &places)),
        as_of: shown(&network.settings.clock, full.as_of),
        can_revert: is_over && until.is_some_and(|until| until > visit.now_ms),
        has_products: !network.products.is_empty(),
        left: if full.import.state == "done" { left(&visit).await } else { None },
        conflicts,
        places,
        step,
        full,
        f,
    })
}

/// The step of the first run after the stock, where it is not done yet.
async fn left(visit: &Visit) -> Option<(&'static str, &'static str)> {
    let steps = welcome::steps(visit).await;
    let left = steps.into_iter().find(|step| !step.is_done && step.name == "rules")?;
    Some((left.path, left.name))
}

#[cfg(test)]
mod tests {
    use super::{Import, Step};

    fn import(state: &str) -> Import {
        let text = format!(
            r#"{{"id":"imp_1","name":"a.csv","kind":"stock","state":"{state}","layout":"unknown","done":0,"total":9,
            "tally":{{}},"failure":null,"created_at":1,"started_at":null,"ended_at":null,"reverted_at":null,
            "revertible_until":null}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn the_page_shows_the_step_that_the_import_is_at() {
        let step = |state: &str| Step::of(&import(state), false);
        assert_eq!(
            (step("draft"), step("checking"), step("checked")),
            (Step::Columns, Step::Wait, Step::Result)
        );
        assert_eq!((step("running"), step("reverting")), (Step::Wait, Step::Wait));
        for state in ["done", "failed", "cancelled", "reverted"] {
            assert_eq!(step(state), Step::Over, "{state}");
        }
    }

    #[test]
    fn what_was_tried_can_go_back_to_its_columns_and_what_runs_cannot() {
        assert_eq!(Step::of(&import("checked"), true), Step::Columns);
        assert_eq!(Step::of(&import("running"), true), Step::Wait);
    }
}
