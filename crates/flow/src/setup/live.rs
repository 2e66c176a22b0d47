//! The network in force, kept until the setup or the day changes.
//!
//! Owns: that it is built once for all who ask. Refuses to know: how it is built.

use super::{Books, Facts, utc_day};
use crate::Refused;
use model::Day;
use std::sync::{Arc, PoisonError, RwLock};
use store::db::{Db, DbError};
use store::setup;

/// The network in force. One for each process; cheap to share.
#[derive(Default, Debug)]
pub struct Live {
    held: RwLock<Option<Arc<Facts>>>,
    /// Held by whoever builds, so that the others wait for what he builds.
    building: tokio::sync::Mutex<()>,
}

impl Live {
    pub fn new() -> Live {
        Live::default()
    }

    /// The network of the books as they are.
    ///
    /// # Errors
    /// There is no place yet, or no network can be built; the database's.
    pub async fn facts(&self, db: &Db, at_ms: i64) -> Result<Arc<Facts>, Refused> {
        let day = utc_day(at_ms);
        let version = db.read::<_, DbError>(|tx| Box::pin(setup::version(tx))).await?;
        if let Some(facts) = self.held(version, day) {
            return Ok(facts);
        }
        let _one = self.building.lock().await;
        if let Some(facts) = self.held(version, day) {
            return Ok(facts);
        }
        let books = db.read::<_, DbError>(|tx| Box::pin(Books::read(tx))).await?;
        let facts = Arc::new(off_the_way(move || Facts::of(&books, day)).await??);
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some(facts.clone());
        Ok(facts)
    }

    /// A newer one than asked for is as good: the question was read before it.
    fn held(&self, version: i64, day: Day) -> Option<Arc<Facts>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.clone().filter(|facts| facts.version >= version && facts.day == day)
    }
}

/// Runs long work where it keeps nobody waiting.
pub(crate) async fn off_the_way<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refused> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| DbError::Broken(format!("the work was broken off: {error}")).into())
}
