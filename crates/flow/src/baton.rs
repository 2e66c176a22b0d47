//! An open Baton: the books, the time, and the shop as it was last read.
//!
//! Owns: that one reading of the shop serves all who ask. The clock is a value, so that a test has its own.

use crate::call::Call;
use crate::refused::Refused;
use crate::rules;
use crate::setup::{Facts, Live, utc_day};
use crate::shop::Shop;
use std::sync::{Arc, PoisonError, RwLock};
use store::Db;
use tokio::sync::watch;

/// Milliseconds since 1970, UTC, whenever it is asked.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// One node of Baton: what every verb, and everything that runs by itself, is handed. Cheap to clone.
#[derive(Clone)]
pub struct Baton {
    pub db: Db,
    /// Its name among the nodes that share the books: it never comes twice at the same time.
    pub node: Arc<str>,
    clock: Clock,
    shops: Arc<Shops>,
}

/// The shop in force, kept while it stands.
#[derive(Default)]
struct Shops {
    live: Live,
    held: RwLock<Option<Held>>,
    /// A shop that stays whatever the books say.
    fixed: Option<Arc<Shop>>,
}

struct Held {
    facts: Arc<Facts>,
    shop: Arc<Shop>,
    /// When other rules are scheduled to hold.
    until_ms: i64,
}

impl Baton {
    pub fn new(db: Db, node: &str, clock: Clock) -> Baton {
        Baton { db, node: node.into(), clock, shops: Arc::default() }
    }

    /// One whose shop stays as it is given, whatever the books say: for trials on a shop that is not theirs.
    #[must_use]
    pub fn with_shop(self, shop: Shop) -> Baton {
        Baton { shops: Arc::new(Shops { fixed: Some(Arc::new(shop)), ..Shops::default() }), ..self }
    }

    pub fn now_ms(&self) -> i64 {
        (self.clock)()
    }

    /// A call of the program itself, now.
    pub fn call(&self) -> Call {
        Call::by_baton(self.now_ms())
    }

    /// The shop as it was last read, without asking whether it still stands: for who finds out himself.
    ///
    /// # Errors
    /// There are no locations yet; the database's.
    pub(crate) async fn held_shop(&self, at_ms: i64) -> Result<Arc<Shop>, Refused> {
        if let Some(held) = self.shops.held.read().unwrap_or_else(PoisonError::into_inner).as_ref()
            && held.facts.day == utc_day(at_ms)
            && at_ms < held.until_ms
        {
            return Ok(Arc::clone(&held.shop));
        }
        self.shop(at_ms).await
    }

    pub(crate) fn has_fixed_shop(&self) -> bool {
        self.shops.fixed.is_some()
    }

    /// The shop that stays whatever the books say, where there is one.
    pub(crate) fn fixed_shop(&self) -> Option<&Arc<Shop>> {
        self.shops.fixed.as_ref()
    }

    /// The shop as it stands.
    ///
    /// # Errors
    /// There are no locations yet; the database's.
    pub async fn shop(&self, at_ms: i64) -> Result<Arc<Shop>, Refused> {
        if let Some(shop) = &self.shops.fixed {
            return Ok(Arc::clone(shop));
        }
        let facts = self.shops.live.facts(&self.db, at_ms).await?;
        if let Some(held) = self.shops.held.read().unwrap_or_else(PoisonError::into_inner).as_ref()
            && Arc::ptr_eq(&held.facts, &facts)
            && at_ms < held.until_ms
        {
            return Ok(Arc::clone(&held.shop));
        }
        let (set, until_ms) = rules::in_force(self, &facts, at_ms).await?;
        let shop = Arc::new(Shop::new(Arc::clone(&facts), Arc::new(set)));
        let held = Held { facts, shop: Arc::clone(&shop), until_ms };
        *self.shops.held.write().unwrap_or_else(PoisonError::into_inner) = Some(held);
        Ok(shop)
    }
}

/// Asks everything that holds its [`Stop`] to stop: by a word, or by going away.
pub struct StopSwitch(watch::Sender<bool>);

/// Tells who runs that he is to stop. Cheap to clone.
#[derive(Clone)]
pub struct Stop(watch::Receiver<bool>);

pub fn stop() -> (StopSwitch, Stop) {
    let (switch, stop) = watch::channel(false);
    (StopSwitch(switch), Stop(stop))
}

impl StopSwitch {
    pub fn ask(&self) {
        self.0.send_replace(true);
    }
}

impl Stop {
    /// For work in pieces, which looks up between them.
    pub fn is_asked(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Returns when it is time to stop.
    pub async fn asked(&mut self) {
        // An error: the switch is gone, and with it whoever wanted this to run.
        let _ = self.0.wait_for(|is_asked| *is_asked).await;
    }
}
