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

/// Code of the refusal that asks for another try in the shop as it is now.
const MOVED: &str = "setup_moved";

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
            match self.try_once(&verb, scene).await {
                Err(Refused::Conflict { code: TAKEN, .. }) if tries < MOST_TRIES => tries += 1,
                Err(Refused::Conflict { code: MOVED, .. }) if moves < MOST_TRIES => {
                    moves += 1;
                    shop = self.shop(call.at_ms).await?;
                }
                other => return other,
            }
        }
    }

    async fn try_once<V: Verb>(&self, verb: &Arc<V>, scene: Arc<Scene>) -> Result<V::Done, Refused> {
        let (verb, is_fixed) = (Arc::clone(verb), self.has_fixed_shop());
        let work = self.db.write(move |tx| {
            let (verb, scene) = (Arc::clone(&verb), Arc::clone(&scene));
            Box::pin(async move {
                // Asked here rather than before: it costs less, and less can come between.
                if !is_fixed && setup::version(tx).await? != scene.shop.version {
                    let say = "the setup is being changed all the time; try again in a moment";
                    return Err(Refused::conflict(MOVED, say));
                }
                verb.run(tx, &scene).await
            })
        });
        work.await
    }
}
