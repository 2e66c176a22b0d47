//! Users, as others see them.

use super::reach::Places;
use super::role::Role;
use crate::Refused;
use store::people::{self, User};
use store::{Db, Tx};

/// Somebody who uses the books. Nothing here is secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub places: Places,
    pub has_password: bool,
    pub created_at_ms: i64,
    pub disabled_at_ms: Option<i64>,
    pub version: i64,
}

impl Person {
    pub(super) async fn of(tx: &mut Tx, user: &User) -> Result<Person, Refused> {
        Ok(Person {
            id: user.id.clone(),
            name: user.name.clone(),
            email: user.email.clone(),
            role: role_of(&user.role)?,
            places: Places::of(tx, &user.id, &user.reach).await?,
            has_password: user.password.is_some(),
            created_at_ms: user.created_at_ms,
            disabled_at_ms: user.disabled_at_ms,
            version: user.version,
        })
    }
}

/// # Errors
/// The database's; there is no such user.
pub async fn user(db: &Db, id: &str) -> Result<Person, Refused> {
    let id = id.to_owned();
    db.read(move |tx| {
        let id = id.clone();
        Box::pin(async move {
            match people::by_id(tx, &id).await? {
                Some(user) => Person::of(tx, &user).await,
                None => Err(Refused::not_found("user", &id)),
            }
        })
    })
    .await
}

/// Somebody by what they sign in with.
///
/// # Errors
/// The database's; there is no such user.
pub async fn user_by_email(db: &Db, email: &str) -> Result<Person, Refused> {
    let email = email.trim().to_lowercase();
    db.read(move |tx| {
        let email = email.clone();
        Box::pin(async move {
            match people::by_email(tx, &email).await? {
                Some(user) => Person::of(tx, &user).await,
                None => Err(Refused::not_found("user", &email)),
            }
        })
    })
    .await
}

/// Users after `after`, in the order in which they were added.
///
/// # Errors
/// The database's.
pub async fn users(db: &Db, after: &str, limit: i64) -> Result<Vec<Person>, Refused> {
    let after = after.to_owned();
    db.read(move |tx| {
        let after = after.clone();
        Box::pin(async move {
            let mut all = Vec::new();
            for user in people::list(tx, &after, limit).await? {
                all.push(Person::of(tx, &user).await?);
            }
            Ok(all)
        })
    })
    .await
}

/// Users that are read at once.
const PAGE: i64 = 200;

/// Every user, in the order in which they were added.
///
/// # Errors
/// The database's.
pub async fn everybody(db: &Db) -> Result<Vec<Person>, Refused> {
    let mut all: Vec<Person> = Vec::new();
    loop {
        let after = all.last().map_or(String::new(), |person| person.id.clone());
        let page = users(db, &after, PAGE).await?;
        let is_last = (page.len() as i64) < PAGE;
        all.extend(page);
        if is_last {
            return Ok(all);
        }
    }
}

pub(super) fn role_of(code: &str) -> Result<Role, Refused> {
    let broken = || store::DbError::Broken(format!("no role is called {code}"));
    Ok(Role::of_code(code).ok_or_else(broken)?)
}

const LONGEST_NAME: usize = 100;
/// As mail servers have it.
const LONGEST_EMAIL: usize = 254;

/// Trimmed; never empty.
pub(super) fn checked_name(at: &str, name: &str) -> Result<String, Refused> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Refused::invalid(at, format!("write a name of 1 to {LONGEST_NAME} letters")));
    }
    Ok(name.to_owned())
}

/// In lower case. Whether mail arrives there, only mail can tell.
pub(super) fn checked_email(at: &str, email: &str) -> Result<String, Refused> {
    let email = email.trim().to_lowercase();
    let is_whole = email.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.len() > 1);
    let is_odd =
        email.chars().any(|c| c.is_whitespace() || c.is_control()) || email.matches('@').count() != 1;
    if !is_whole || is_odd || email.len() > LONGEST_EMAIL {
        return Err(Refused::invalid(at, "this is not an e-mail address; write one such as ana@example.com"));
    }
    Ok(email)
}

pub(super) fn email_taken(email: &str) -> Refused {
    let say = format!("{email} is used by somebody already; every user needs their own");
    Refused::conflict("email_taken", say)
}
