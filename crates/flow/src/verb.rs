//! A verb: something that is done to the books, in one transaction, on facts of one version.

use crate::baton::Baton;
use crate::call::Call;
use crate::refused::Refused;
use crate::shop::Shop;
use async_trait::async_trait;
use std::sync::Arc;
use store::{Tx, setup};

/// How often a verb is tried because somebody took its units at the same time. Orders that lost once go one after the
/// other, and run only against those who have just come: of single units in a hundred places, with 64 asking at once, one
/// order in 200 lost the first five times.
pub const MOST_TRIES: u32 = 10;

/// Code of the refusal that asks for another try on fresh facts.
pub(crate) const TAKEN: &str = "units_taken_meanwhile";

/// Who asks, and what he sees.
#[derive(Clone, Debug)]
pub struct Scene {
    pub call: Call,
    pub shop: Arc<Shop>,
    /// From 1. On the last try a verb may choose to wait rather than to lose again.
    pub tries: u32,
}

impl Scene {
    pub fn is_last_try(&self) -> bool {
        self.tries >= MOST_TRIES
    }
}

/// Something that is done to the books. Its future is boxed, so that only this crate compiles it.
#[async_trait]
pub trait Verb: Send + Sync + 'static {
    type Done: Send + 'static;

    /// Does all of it, or refuses and leaves no trace. It may run again, so it must not act on the world outside.
    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<Self::Done, Refused>;
}

impl Baton {
    /// Carries a verb out: one transaction, tried again a few times when somebody was faster.
    ///
    /// # Errors
    /// What the verb refuses; the database's.
    pub async fn perform<V: Verb>(&self, call: &Call, verb: V) -> Result<V::Done, Refused> {
        let verb = Arc::new(verb);
        let mut shop = self.held_shop(call.at_ms).await?;
        let (mut tries, mut moves) = (1, 0);
        loop {
            let scene = Arc::new(Scene { call: call.clone(), shop: Arc::clone(&shop), tries });
            let outcome = self.try_once(&verb, scene).await;
            let Err(refused) = outcome else { return outcome };
            // It may be done all the same.
            if matches!(refused, Refused::Database(_)) {
                return Err(refused);
            }
            // Whatever is refused may have been refused by the rules of yesterday.
            let now = self.shop(call.at_ms).await?;
            match refused {
                Refused::Conflict { code: TAKEN, .. } if tries < MOST_TRIES => tries += 1,
                _ if now.version != shop.version && moves < MOST_TRIES => moves += 1,
                refused => return Err(refused),
            }
            shop = now;
        }
    }

    async fn try_once<V: Verb>(&self, verb: &Arc<V>, scene: Arc<Scene>) -> Result<V::Done, Refused> {
        let (verb, is_fixed) = (Arc::clone(verb), self.has_fixed_shop());
        let work = self.db.write(move |tx| {
            let (verb, scene) = (Arc::clone(&verb), Arc::clone(&scene));
            Box::pin(async move {
                // Asked with the work rather than before it: it costs less, and less can come between.
                if !is_fixed {
                    setup::must_be_of(tx, scene.shop.version).await?;
                }
                verb.run(tx, &scene).await
            })
        });
        work.await
    }
}
