//! People and programs: who they are, how they prove it, what they may do.
//!
//! Owns: roles, scopes, passwords, and the verbs of signing in and of managing users and tokens. Refuses to know: cookies
//! and headers. Invariant: no secret and no hash of one is in an event, an error or a log.

mod add_user;
mod change_user;
mod choose_password;
mod common_passwords;
mod enter_demo;
mod make_setup_link;
mod make_token;
mod password;
mod reach;
mod revoke_token;
mod role;
mod secret;
mod sessions;
mod set_up_owner;
mod sign_in;
mod unlock_user;
mod users;
mod who_is;

pub use add_user::{Invited, NewUser, add_user, make_join_link};
pub use change_user::{UserChange, change_user};
pub use choose_password::choose_password;
pub use enter_demo::enter_demo;
pub use make_setup_link::{LINK_LASTS_MS, make_setup_link};
pub use make_token::{MadeToken, NewToken, make_token};
pub use password::{LONGEST_PASSWORD, SHORTEST_PASSWORD};
pub use reach::{By, Places, ReachChoice};
pub use revoke_token::{revoke_token, tokens};
pub use role::{Role, Scope};
pub use secret::Secret;
pub use sessions::{end_session, forget_old, forget_timer, sessions, sign_out};
pub use set_up_owner::{NewOwner, set_up_owner};
pub use sign_in::{SESSION_LASTS_MS, SignIn, SignedIn, prove_again, sign_in};
pub use unlock_user::{unlock_user, unlock_user_by};
pub use users::{Person, everybody, user, user_by_email, users};
pub use who_is::{IDLE_MS, Proof, Who, who_is};
