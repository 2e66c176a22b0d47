//! An edit of the setup: made upon the newest one, proven by building the network, and told.
//!
//! Owns: that no setup is written of which no network can be built, and that of two edits at the same time none is
//! lost. Refuses to know: what an edit is for.

use super::books::Keys;
use super::live::off_the_way;
use super::{Books, described, utc_day};
use crate::call::What;
use crate::{Call, FieldFault, Refused};
use async_trait::async_trait;
use connect::files::{BadInput, BadInputs, Cells, Setup};
use serde_json::Value;
use std::sync::Arc;
use store::db::{Db, DbError};
use store::{Tx, setup};

/// How often an edit is made again because others changed the setup meanwhile.
const MOST_TRIES: usize = 5;

/// What an edit does, for those who hear of it.
pub(crate) struct Edit<T> {
    pub(crate) told: Told,
    /// What faults are told of.
    pub(crate) touched: Touched,
    /// For whoever asked for it.
    pub(crate) out: T,
}

pub(crate) struct Told {
    pub(crate) kind: &'static str,
    pub(crate) subject: Subject,
    pub(crate) facts: Value,
}

/// What an event is about, by its position in the setup.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Subject {
    Row(Kind, usize),
    Setup,
}

/// Where a fault points to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Touched {
    Row(Kind, usize),
    /// Many products: each is named by its SKU.
    Products,
    Files,
}

/// What is written in the transaction of an edit, beside it.
#[async_trait]
pub(crate) trait Beside<T>: Send + Sync + 'static {
    async fn write(&self, tx: &mut Tx, keys: &Keys, out: &T) -> Result<(), Refused>;
}

/// Rows of a setup.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Location,
    Product,
}

impl Kind {
    pub(super) fn what(self) -> &'static str {
        match self {
            Kind::Location => "location",
            Kind::Product => "product",
        }
    }

    /// The column of its code.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Kind::Location => "location_id",
            Kind::Product => "sku",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Kind::Location => "locations.csv",
            Kind::Product => "products.csv",
        }
    }

    pub(crate) fn rows(self, setup: &mut Setup) -> &mut Vec<Cells> {
        match self {
            Kind::Location => &mut setup.locations,
            Kind::Product => &mut setup.products,
        }
    }

    pub(super) fn find(self, setup: &mut Setup, code: &str) -> Option<usize> {
        self.rows(setup).iter().position(|cells| cells.get(self.column()).is_some_and(|known| known == code))
    }

    pub(super) fn version(self, keys: &Keys, at: usize) -> i64 {
        let version = match self {
            Kind::Location => keys.locations.get(at).map(|(_, version)| *version),
            Kind::Product => keys.products.get(at).map(|(_, version)| *version),
        };
        version.unwrap_or_default()
    }

    /// Its id in events; it stays when the code changes.
    fn id(self, keys: &Keys, at: usize) -> String {
        match self {
            Kind::Location => format!("loc_{}", keys.locations.get(at).map_or(0, |(key, _)| key.0)),
            Kind::Product => format!("prd_{}", keys.products.get(at).map_or(0, |(key, _)| key.0)),
        }
    }
}

/// A setup as it was read, as it is to be, and what is done to it.
struct Made<T> {
    before: Books,
    after: Books,
    edit: Edit<T>,
}

/// Makes an edit upon the newest setup, where a network can be built with it. Made again when others were faster; one
/// that changes nothing writes nothing.
pub(crate) async fn edit<T: Clone + Send + Sync + 'static>(
    db: &Db,
    call: &Call,
    work: impl Fn(&mut Books) -> Result<Edit<T>, Refused> + Send + Sync + 'static,
) -> Result<(Keys, T), Refused> {
    edit_and(db, call, work, None).await
}

/// [`edit`], and something beside it in the same transaction, also where the setup stays as it is.
pub(crate) async fn edit_and<T: Clone + Send + Sync + 'static>(
    db: &Db,
    call: &Call,
    work: impl Fn(&mut Books) -> Result<Edit<T>, Refused> + Send + Sync + 'static,
    beside: Option<Arc<dyn Beside<T>>>,
) -> Result<(Keys, T), Refused> {
    let (work, day) = (Arc::new(work), utc_day(call.at_ms));
    for _ in 0..MOST_TRIES {
        let before = db.read::<_, DbError>(|tx| Box::pin(Books::read(tx))).await?;
        let work = work.clone();
        let make = move || {
            let mut after = before.clone();
            let edit = work(&mut after)?;
            if after.setup != before.setup {
                let built = after.setup.network(day);
                built.map_err(|faults| refused(faults, (edit.touched, &after.setup)))?;
            }
            Ok::<_, Refused>(Arc::new(Made { before, after, edit }))
        };
        let made = off_the_way(make).await??;
        let keys = match (made.before.setup == made.after.setup, &beside) {
            (true, None) => Some(made.before.keys.clone()),
            (true, Some(beside)) => {
                write_beside(db, made.clone(), Arc::clone(beside)).await?;
                Some(made.before.keys.clone())
            }
            (false, _) => write(db, call, (made.clone(), beside.clone())).await?,
        };
        if let Some(keys) = keys {
            return Ok((keys, made.edit.out.clone()));
        }
    }
    let say = "others are changing the setup at this moment; try again";
    Err(Refused::conflict("setup_busy", say))
}

async fn write_beside<T: Send + Sync + 'static>(
    db: &Db,
    made: Arc<Made<T>>,
    beside: Arc<dyn Beside<T>>,
) -> Result<(), Refused> {
    db.write(move |tx| {
        let (made, beside) = (made.clone(), Arc::clone(&beside));
        Box::pin(async move { beside.write(tx, &made.before.keys, &made.edit.out).await })
    })
    .await
}

/// What is written in the transaction of an edit, too; `None`: nothing.
type Besides<T> = Option<Arc<dyn Beside<T>>>;

/// As [`edit`], and nothing is written: whether it could be.
pub(crate) async fn try_edit<T: Send + 'static>(
    db: &Db,
    at_ms: i64,
    work: impl Fn(&mut Books) -> Result<Edit<T>, Refused> + Send + Sync + 'static,
) -> Result<T, Refused> {
    let (day, mut books) = (utc_day(at_ms), db.read::<_, DbError>(|tx| Box::pin(Books::read(tx))).await?);
    off_the_way(move || {
        let edit = work(&mut books)?;
        let built = books.setup.network(day);
        built.map_err(|faults| refused(faults, (edit.touched, &books.setup)))?;
        Ok(edit.out)
    })
    .await?
}

/// `None`: the setup was changed since it was read.
async fn write<T: Send + Sync + 'static>(
    db: &Db,
    call: &Call,
    (made, beside): (Arc<Made<T>>, Besides<T>),
) -> Result<Option<Keys>, Refused> {
    let call = call.clone();
    db.write(move |tx| {
        let (made, call, beside) = (made.clone(), call.clone(), beside.clone());
        Box::pin(async move {
            let Made { before, after, edit } = &*made;
            if !setup::move_on(tx, before.keys.version).await? {
                return Ok(None);
            }
            let keys = after.write(tx, before).await?;
            described::mark(tx, &call, before, after).await?;
            if let Some(beside) = &beside {
                beside.write(tx, &keys, &edit.out).await?;
            }
            let subject = match edit.told.subject {
                Subject::Row(kind, at) => kind.id(&keys, at),
                Subject::Setup => "setup".to_owned(),
            };
            let what = What { kind: edit.told.kind, subject: &subject, order_id: None };
            call.tell(tx, what, &edit.told.facts).await?;
            Ok(Some(keys))
        })
    })
    .await
}

/// Faults of many products, each by its SKU.
pub(crate) fn refused_products(faults: BadInputs, setup: &Setup) -> Refused {
    refused(faults, (Touched::Products, setup))
}

/// Faults of the row that was changed, where there are any: others only follow from them.
fn refused(BadInputs(faults): BadInputs, (touched, setup): (Touched, &Setup)) -> Refused {
    let of_row = |fault: &&BadInput| match touched {
        Touched::Row(kind, at) => fault.file == kind.file() && Setup::position(fault) == Some(at),
        Touched::Products | Touched::Files => false,
    };
    let own: Vec<FieldFault> = faults.iter().filter(of_row).map(of_cell).collect();
    if !own.is_empty() {
        return Refused::Invalid(own);
    }
    Refused::Invalid(faults.iter().map(|fault| of_file(fault, (touched, setup))).collect())
}

fn of_cell(fault: &BadInput) -> FieldFault {
    let column = fault.column.as_deref().map(|column| format!("/{}", pointed(column)));
    FieldFault {
        at: format!("/cells{}", column.unwrap_or_default()),
        say: format!("{}; {}", fault.problem, fault.remedy),
    }
}

fn of_file(fault: &BadInput, (touched, setup): (Touched, &Setup)) -> FieldFault {
    let product = Setup::position(fault).and_then(|at| setup.products.get(at)?.get("sku"));
    match touched {
        Touched::Products if fault.file == Kind::Product.file() && product.is_some() => {
            let at = format!("/products/{}", pointed(product.map_or("", String::as_str)));
            FieldFault { at, say: format!("{}; {}", fault.problem, fault.remedy) }
        }
        Touched::Row(..) => FieldFault { at: "/cells".to_owned(), say: fault.to_string() },
        Touched::Products | Touched::Files => {
            FieldFault { at: format!("/files/{}", pointed(&fault.file)), say: fault.to_string() }
        }
    }
}

/// A name within a JSON pointer.
pub(crate) fn pointed(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
