//! Who asks.

use crate::problem::Problem;
use crate::view_as::Viewing;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use flow::Call;
use flow::people::{Places, Who};
use store::places::LocationKey;

/// Somebody signed in, or a program with a token, whom the policy of the route lets in.
#[derive(Clone, Debug)]
pub struct Caller {
    pub who: Who,
    /// For the verb.
    pub call: Call,
    /// They look as somebody else: `who` is narrowed already.
    pub viewing: Option<Viewing>,
}

impl Caller {
    /// # Errors
    /// The caller is limited to other locations.
    pub fn must_reach(&self, location: LocationKey) -> Result<(), Problem> {
        match self.who.places.has(location) {
            true => Ok(()),
            false => Err(Problem::forbidden("this is at a location that is not one of yours")),
        }
    }

    /// # Errors
    /// The caller is limited to some locations, and this is about all.
    pub fn must_reach_all(&self) -> Result<(), Problem> {
        match self.who.places {
            Places::All => Ok(()),
            Places::Listed(_) => {
                Err(Problem::forbidden("this is about all locations, and yours are some of them"))
            }
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Caller, Problem> {
        let caller = parts.extensions.get::<Caller>().cloned();
        caller.ok_or_else(|| Problem::defect("a handler asks for the caller on a route that is open"))
    }
}

/// Somebody who has not said who they are, on a route that is open.
#[derive(Clone, Debug)]
pub struct Guest {
    /// Tells the way and the time; the verb finds out who acts.
    pub call: Call,
}

impl<S: Sync> FromRequestParts<S> for Guest {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Guest, Problem> {
        let guest = parts.extensions.get::<Guest>().cloned();
        guest.ok_or_else(|| Problem::defect("a handler asks for a guest on a route that is not open"))
    }
}
