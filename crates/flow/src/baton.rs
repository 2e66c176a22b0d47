//! An open Baton: the books, and the shop as it was last read.

use crate::refused::Refused;
use crate::shop::Shop;
use std::sync::{Arc, PoisonError, RwLock};
use store::Db;

/// What every verb is handed. Cheap to clone.
#[derive(Clone)]
pub struct Baton {
    pub db: Db,
    shop: Arc<RwLock<Arc<Shop>>>,
}

impl Baton {
    pub fn new(db: Db, shop: Shop) -> Baton {
        Baton { db, shop: Arc::new(RwLock::new(Arc::new(shop))) }
    }

    /// The shop as it stands.
    ///
    /// # Errors
    /// The database's.
    pub async fn shop(&self, _at_ms: i64) -> Result<Arc<Shop>, Refused> {
        Ok(Arc::clone(&self.shop.read().unwrap_or_else(PoisonError::into_inner)))
    }
}
