//! Tells everybody in this process what happened, in one order and without a gap.
//!
//! Owns: sealing events soon after they were written, and handing sealed ones to listeners. A listener that is too slow,
//! or comes back with the place it had heard up to, reads what it missed from the books and then goes on live. Refuses to
//! know: who listens, and what he may hear.
//!
//! Writes of this process wake the sealer. On PostgreSQL other nodes write too: they are noticed by looking every 200 ms,
//! which is one read of an index and needs no connection of its own that could break unnoticed, as `LISTEN` would.

use crate::baton::{Baton, Stop};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::db::{DbError, Dialect};
use store::events::{self, Event, Filter};
use tokio::sync::broadcast::{self, error::RecvError};

/// Events that a listener may be behind before it reads from the books.
const MOST_WAITING: usize = 1_024;
/// Events sealed in one transaction: few, so that nobody waits for the writer meanwhile.
const SEALED_AT_ONCE: i64 = 200;
/// Events read from the books at once.
const READ_AT_ONCE: i64 = 500;
/// Writes that come in quick succession are sealed together.
const BREATH: Duration = Duration::from_millis(10);
const LOOK_EVERY: Duration = Duration::from_secs(1);
const LOOK_FOR_OTHER_NODES_EVERY: Duration = Duration::from_millis(200);

/// The live end of the log of events. Cheap to clone.
#[derive(Clone)]
pub struct Live {
    baton: Baton,
    sender: broadcast::Sender<Arc<Event>>,
    /// The last place that was told.
    told: Arc<AtomicI64>,
}

impl Live {
    /// Begins at the end of the log as it is now.
    ///
    /// # Errors
    /// The database's.
    pub async fn open(baton: Baton) -> Result<Live, DbError> {
        let head = baton.db.read(|tx| Box::pin(async move { events::head(tx).await })).await?;
        let (sender, _) = broadcast::channel(MOST_WAITING);
        Ok(Live { baton, sender, told: Arc::new(AtomicI64::new(head.place)) })
    }

    /// Hears everything that is sealed from now on.
    pub fn subscribe(&self) -> Listener {
        let receiver = self.sender.subscribe();
        // After subscribing: what is told in between comes twice, and the second is skipped.
        let place = self.told.load(Ordering::Acquire);
        Listener { baton: self.baton.clone(), receiver, place, missed: VecDeque::new(), is_behind: false }
    }

    /// Hears everything behind a place: what was missed first, then what comes.
    pub fn subscribe_after(&self, place: i64) -> Listener {
        Listener { place, is_behind: true, ..self.subscribe() }
    }

    /// Seals and tells until it is asked to stop.
    pub async fn run(self, mut stop: Stop) {
        let mut written = self.baton.db.written();
        let look_every = match self.baton.db.dialect() {
            Dialect::Sqlite => LOOK_EVERY,
            Dialect::Postgres => LOOK_FOR_OTHER_NODES_EVERY,
        };
        loop {
            // Where the database cannot be reached, the next look finds it again.
            let _ = self.tell_news().await;
            tokio::select! {
                () = stop.asked() => return,
                _ = written.changed() => tokio::time::sleep(BREATH).await,
                () = tokio::time::sleep(look_every) => {}
            }
        }
    }

    async fn tell_news(&self) -> Result<(), DbError> {
        let db = &self.baton.db;
        let mut is_more = db.read(|tx| Box::pin(async move { events::is_unsealed(tx).await })).await?;
        while is_more {
            let sealed =
                db.write(|tx| Box::pin(async move { events::seal(tx, SEALED_AT_ONCE).await })).await?;
            is_more = sealed as i64 == SEALED_AT_ONCE;
        }
        loop {
            let news = read_after(&self.baton, self.told.load(Ordering::Acquire)).await?;
            let is_last = (news.len() as i64) < READ_AT_ONCE;
            for event in news {
                let place = event.place.unwrap_or_default();
                // An error: nobody listens.
                let _ = self.sender.send(Arc::new(event));
                self.told.store(place, Ordering::Release);
            }
            if is_last {
                return Ok(());
            }
        }
    }
}

/// One who listens. What it hears has places without a gap.
pub struct Listener {
    baton: Baton,
    receiver: broadcast::Receiver<Arc<Event>>,
    /// The last place it has heard of.
    place: i64,
    missed: VecDeque<Arc<Event>>,
    is_behind: bool,
}

impl Listener {
    /// The next event; `None`: nobody tells any more.
    ///
    /// # Errors
    /// The database's, while it reads what was missed; the same may be called again.
    pub async fn next(&mut self) -> Result<Option<Arc<Event>>, DbError> {
        loop {
            if let Some(event) = self.missed.pop_front() {
                self.place = event.place.unwrap_or(self.place);
                return Ok(Some(event));
            }
            if self.is_behind {
                let missed = read_after(&self.baton, self.place).await?;
                self.is_behind = missed.len() as i64 == READ_AT_ONCE;
                self.missed = missed.into_iter().map(Arc::new).collect();
                continue;
            }
            match self.receiver.recv().await {
                Ok(event) if event.place == Some(self.place + 1) => {
                    self.place += 1;
                    return Ok(Some(event));
                }
                // Heard already, from the books.
                Ok(event) if event.place <= Some(self.place) => {}
                // A gap: it was too slow.
                Ok(_) | Err(RecvError::Lagged(_)) => self.is_behind = true,
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }

    /// The last place it has heard of: whoever comes back says it to [`Live::subscribe_after`].
    pub fn place(&self) -> i64 {
        self.place
    }
}

async fn read_after(baton: &Baton, place: i64) -> Result<Vec<Event>, DbError> {
    let db = &baton.db;
    db.read(move |tx| {
        Box::pin(async move { events::after(tx, place, Filter::default(), READ_AT_ONCE).await })
    })
    .await
}
