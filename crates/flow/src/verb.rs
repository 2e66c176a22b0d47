//! A verb: something that is done to the books, in one transaction, on facts of one version.

use crate::baton::Baton;
use crate::call::Call;
use crate::refused::Refused;
use crate::shop::Shop;
use async_trait::async_trait;
use std::sync::Arc;
use store::Tx;

/// How often a verb is tried again because somebody took its units at the same time.
pub const MOST_TRIES: u32 = 5;

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
        let mut tries = 0;
        loop {
            tries += 1;
            let shop = self.shop(call.at_ms).await?;
            let scene = Arc::new(Scene { call: call.clone(), shop, tries });
            let verb = Arc::clone(&verb);
            let done = self
                .db
                .write(move |tx| {
                    let (verb, scene) = (Arc::clone(&verb), Arc::clone(&scene));
                    Box::pin(async move { verb.run(tx, &scene).await })
                })
                .await;
            match done {
                Err(Refused::Conflict { code: TAKEN, .. }) if tries < MOST_TRIES => {}
                other => return other,
            }
        }
    }
}
