//! Views that people keep of the lists they look at: made, changed and removed.
//!
//! Owns: whose view is whose, and who may share one. Refuses to know: what a query asks for.

use crate::call::{Call, What};
use crate::id;
use crate::people::{Role, Who};
use crate::refused::{FieldFault, Refused};
use async_trait::async_trait;
use serde_json::json;
use std::sync::Arc;
use store::views::{self, ViewRow};
use store::{Db, Tx};

/// Pages that have views.
pub const PAGES: [&str; 3] = ["orders", "inventory", "exceptions"];
/// Views that one person keeps: they are listed whole.
pub const MOST_OWN: i64 = 100;
/// Views that are shared.
pub const MOST_SHARED: i64 = 100;
const LONGEST_NAME: usize = 80;
const LONGEST_QUERY: usize = 2_000;

/// Who asks, as far as views go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keeper {
    pub id: String,
    /// May share views, and change those of others that are shared.
    pub may_share: bool,
}

impl Keeper {
    pub fn of(who: &Who) -> Keeper {
        Keeper { id: who.id.clone(), may_share: matches!(who.role, Role::Owner | Role::Manager) }
    }

    fn must_share(&self) -> Result<(), Refused> {
        match self.may_share {
            true => Ok(()),
            false => {
                let say = "views are shared by managers; keep it as your own".to_owned();
                Err(Refused::Forbidden { say })
            }
        }
    }
}

/// Keeps a new view.
#[derive(Clone, Debug)]
pub struct KeepView {
    pub by: Keeper,
    pub page: String,
    pub name: String,
    pub query: String,
    pub is_shared: bool,
}

/// Changes a view; what is `None` stays.
#[derive(Clone, Debug)]
pub struct ChangeView {
    pub by: Keeper,
    pub id: String,
    pub name: Option<String>,
    pub query: Option<String>,
    pub is_shared: Option<bool>,
}

/// Removes a view.
#[derive(Clone, Debug)]
pub struct RemoveView {
    pub by: Keeper,
    pub id: String,
}

/// A change of views. It needs no shop: views are kept before there is one.
#[async_trait]
pub trait OfViews: Send + Sync + 'static {
    type Done: Send + 'static;

    /// # Errors
    /// What it refuses; the database's.
    async fn run(&self, tx: &mut Tx, call: &Call) -> Result<Self::Done, Refused>;
}

/// Does all of a change, or nothing.
///
/// # Errors
/// What it refuses; the database's.
pub async fn keep<C: OfViews>(db: &Db, call: &Call, change: C) -> Result<C::Done, Refused> {
    let work = Arc::new((call.clone(), change));
    let done = db.write::<_, Refused>(move |tx| {
        let work = Arc::clone(&work);
        Box::pin(async move { work.1.run(tx, &work.0).await })
    });
    done.await
}

#[async_trait]
impl OfViews for KeepView {
    type Done = ViewRow;

    async fn run(&self, tx: &mut Tx, call: &Call) -> Result<ViewRow, Refused> {
        let at_ms = call.at_ms;
        let row = ViewRow {
            id: id::new("viw", at_ms),
            page: self.page.clone(),
            name: self.name.trim().to_owned(),
            query: plain(&self.query),
            is_shared: self.is_shared,
            owner: self.by.id.clone(),
            created_at_ms: at_ms,
            changed_at_ms: at_ms,
        };
        check(&row)?;
        must_have_room(tx, (&self.by, row.is_shared, 1)).await?;
        views::insert(tx, &row).await?;
        tell(tx, call, ("view.kept", &row)).await?;
        Ok(row)
    }
}

#[async_trait]
impl OfViews for ChangeView {
    type Done = ViewRow;

    async fn run(&self, tx: &mut Tx, call: &Call) -> Result<ViewRow, Refused> {
        let before = own(tx, &self.by, &self.id).await?;
        let row = ViewRow {
            name: self.name.as_ref().map_or(before.name.clone(), |name| name.trim().to_owned()),
            query: self.query.as_ref().map_or(before.query.clone(), |query| plain(query)),
            is_shared: self.is_shared.unwrap_or(before.is_shared),
            changed_at_ms: call.at_ms,
            ..before.clone()
        };
        check(&row)?;
        if row.is_shared && !before.is_shared {
            must_have_room(tx, (&self.by, true, 0)).await?;
        }
        views::set(tx, &row).await?;
        tell(tx, call, ("view.changed", &row)).await?;
        Ok(row)
    }
}

#[async_trait]
impl OfViews for RemoveView {
    type Done = ();

    async fn run(&self, tx: &mut Tx, call: &Call) -> Result<(), Refused> {
        let row = own(tx, &self.by, &self.id).await?;
        views::remove(tx, &row.id).await?;
        tell(tx, call, ("view.removed", &row)).await
    }
}

/// Views that somebody sees: his own and the shared ones, of one page or of all, by name.
///
/// # Errors
/// The database's.
pub async fn seen_by(db: &Db, who: &str, page: Option<&str>) -> Result<Vec<ViewRow>, Refused> {
    let (who, page) = (who.to_owned(), page.map(str::to_owned));
    let rows = db.read::<_, Refused>(move |tx| {
        let who = who.clone();
        Box::pin(async move { Ok(views::seen_by(tx, &who, MOST_OWN + MOST_SHARED).await?) })
    });
    let mut rows = rows.await?;
    rows.retain(|row| page.as_ref().is_none_or(|page| row.page == *page));
    rows.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    Ok(rows)
}

/// A view that somebody may change: his own, or a shared one for those who share. Of those of others nothing is said.
async fn own(tx: &mut Tx, by: &Keeper, id: &str) -> Result<ViewRow, Refused> {
    let row = views::get(tx, id).await?.filter(|row| row.is_shared || row.owner == by.id);
    let row = row.ok_or_else(|| Refused::not_found("view", id))?;
    if row.is_shared {
        by.must_share()?;
    }
    Ok(row)
}

async fn must_have_room(tx: &mut Tx, (by, is_shared, new): (&Keeper, bool, i64)) -> Result<(), Refused> {
    if is_shared {
        by.must_share()?;
    }
    let (own, shared) = views::amounts(tx, &by.id).await?;
    if own + new > MOST_OWN {
        let say = format!("you keep {MOST_OWN} views, the most; remove one first");
        return Err(Refused::conflict("too_many_views", say));
    }
    if is_shared && shared >= MOST_SHARED {
        let say = format!("{MOST_SHARED} views are shared, the most; remove one of them first");
        return Err(Refused::conflict("too_many_views", say));
    }
    Ok(())
}

fn check(row: &ViewRow) -> Result<(), Refused> {
    let mut faults = Vec::new();
    let mut add = |at: &str, say: String| faults.push(FieldFault { at: at.to_owned(), say });
    if !PAGES.contains(&row.page.as_str()) {
        add("/page", format!("“{}” has no views; write {}", row.page, PAGES.join(", ")));
    }
    if row.name.is_empty() || row.name.len() > LONGEST_NAME {
        add("/name", format!("is empty or too long; 1 to {LONGEST_NAME} bytes are a name"));
    }
    if row.query.len() > LONGEST_QUERY || row.query.chars().any(char::is_control) {
        add("/query", format!("is no query of at most {LONGEST_QUERY} bytes"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Refused::Invalid(faults)) }
}

/// Without the question mark that it stands behind.
fn plain(query: &str) -> String {
    query.trim().trim_start_matches('?').to_owned()
}

async fn tell(tx: &mut Tx, call: &Call, (kind, row): (&str, &ViewRow)) -> Result<(), Refused> {
    let what = What { kind, subject: &row.id, order_id: None };
    let facts = json!({ "page": row.page, "name": row.name, "query": row.query, "is_shared": row.is_shared });
    Ok(call.tell(tx, what, &facts).await?)
}
