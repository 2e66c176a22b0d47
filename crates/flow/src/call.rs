//! Who asks for something, by which way, and when.

use serde::Serialize;
use store::db::DbError;
use store::once::{self, Once};
use store::{Tx, events};

/// The way by which somebody acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Via {
    Api,
    Page,
    File,
    Job,
    Command,
}

impl Via {
    pub fn code(self) -> &'static str {
        match self {
            Via::Api => "api",
            Via::Page => "page",
            Via::File => "file",
            Via::Job => "job",
            Via::Command => "command",
        }
    }
}

/// Who acts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// `usr_…`, `tok_…`; `baton` for what the program does by itself.
    pub id: String,
    pub via: Via,
}

impl Actor {
    /// The program itself.
    pub fn baton() -> Actor {
        Actor { id: "baton".to_owned(), via: Via::Job }
    }
}

/// One request for a verb: who asks, and when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    pub actor: Actor,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// The request's own key, where its sender gave one: what it asks for happens once, however often it comes.
    pub once: Option<Once>,
}

impl Call {
    pub fn new(actor: Actor, at_ms: i64) -> Call {
        Call { actor, at_ms, once: None }
    }

    pub fn by_baton(at_ms: i64) -> Call {
        Call::new(Actor::baton(), at_ms)
    }

    /// Writes down what happened, and with it that the request is carried out. A verb that changes something tells at
    /// least one event in the transaction of the change: that is what makes a repeated request harmless.
    ///
    /// # Errors
    /// The database's.
    pub async fn tell(&self, tx: &mut Tx, what: What<'_>, facts: &impl Serialize) -> Result<(), DbError> {
        let facts = serde_json::to_string(facts).map_err(|error| DbError::Broken(error.to_string()))?;
        let event = events::NewEvent {
            at_ms: self.at_ms,
            actor: &self.actor.id,
            via: self.actor.via.code(),
            kind: what.kind,
            subject: what.subject,
            order_id: what.order_id,
            facts: &facts,
        };
        events::append(tx, &event).await?;
        match &self.once {
            Some(once) => once::mark(tx, once, what.subject).await,
            None => Ok(()),
        }
    }
}

/// What an event is, and what it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct What<'a> {
    /// Stable, dotted: `order.taken`.
    pub kind: &'a str,
    /// The id of what it happened to.
    pub subject: &'a str,
    pub order_id: Option<&'a str>,
}
