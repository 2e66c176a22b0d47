//! All routes, each with its policy.
//!
//! Owns: the list, the description made of it, and the layers around it. Invariant: a route comes in through
//! [`Routes::add`] alone, so none is without a policy; the guard looks it up by the same table that the matrix of roles
//! is tested with, and refuses what is not in it.

use crate::app::App;
use crate::guard::{Guard, guard};
use crate::pages::{ApiRouter, Pages};
use crate::policy::{Access, Policy};
use crate::problem::{Problem, Written};
use crate::{
    https_state, plain_http,
