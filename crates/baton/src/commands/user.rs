//! `baton user`: who may use the books.

use crate::ask;
use crate::books::{self, Asked, call};
use crate::fault::{Fault, Verdict, say};
use clap::{Args, Subcommand};
use flow::people::{
    By, Invited, NewUser, Person, ReachChoice, Role, add_user, choose_password, everybody, make_join_link,
    unlock_user, user_by_email,
};
use model::Timestamp;
use serde_json::{Value, json};

#[derive(Args)]
#[command(after_help = "Examples:\n  baton user list\n  \
    baton user add --email ana@example.com --name 'Ana Lima' --role owner --password\n  baton user unlock ana@example.com")]
pub(crate) struct User {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Everybody, with role and locations
    #[command(after_help = "Examples:\n  baton user list\n  baton user list --json")]
    List(Asked),
    /// Add somebody, with a password or with a link to choose one
    #[command(
        after_help = "Examples:\n  baton user add --email ben@example.com --name Ben --role associate --location MALL\n  \
        baton user add --email ana@example.com --name 'Ana Lima' --role owner --password"
    )]
    Add(Add),
    /// Let somebody try to sign in who has to wait after wrong guesses
    #[command(after_help = "Example:\n  baton user unlock ana@example.com")]
    Unlock(Named),
    /// Make a new link for choosing a password; an earlier one is dead
    #[command(after_help = "Example:\n  baton user link ana@example.com")]
    Link(Named),
}

#[derive(Args)]
struct Add {
    /// What they sign in with
    #[arg(long, value_name = "EMAIL")]
    email: String,
    /// What others call them
    #[arg(long, value_name = "NAME")]
    name: String,
    /// owner, manager, associate or viewer
    #[arg(long, value_parser = role)]
    role: Role,
    /// A location that they work at; several may be given. Without one: all
    #[arg(long = "location", value_name = "CODE")]
    locations: Vec<String>,
    /// Ask for their password now; from a pipe, its first line
    #[arg(long)]
    password: bool,
    #[command(flatten)]
    asked: Asked,
}

#[derive(Args)]
struct Named {
    /// What they sign in with
    #[arg(value_name = "EMAIL")]
    email: String,
    #[command(flatten)]
    asked: Asked,
}

pub(crate) fn role(text: &str) -> Result<Role, String> {
    let codes: Vec<String> = Role::ALL.iter().map(|role| role.code().to_owned()).collect();
    Role::of_code(text).ok_or_else(|| format!("write one of {}", codes.join(", ")))
}

/// The locations that are listed, or all.
pub(crate) fn reach(codes: Vec<String>) -> ReachChoice {
    ReachChoice((!codes.is_empty()).then_some(codes))
}

impl User {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        books::wait(async {
            match self.verb {
                Verb::List(asked) => list(asked).await,
                Verb::Add(add) => added(add).await,
                Verb::Unlock(named) => unlock(named).await,
                Verb::Link(named) => link(named).await,
            }
        })?;
        Ok(Verdict::Fine)
    }
}

async fn list(asked: Asked) -> Result<(), Fault> {
    let all = everybody(&asked.books.look().await?).await?;
    if asked.json {
        return say(all.iter().map(shown).collect::<Value>());
    }
    for person in &all {
        let state = match (person.disabled_at_ms, person.has_password) {
            (Some(_), _) => "may not sign in any more",
            (None, false) => "has not chosen a password yet",
            (None, true) => "",
        };
        let places = person.places.codes().map_or("all locations".to_owned(), |codes| codes.join(", "));
        let line = format!("{}  {}  {}  {places}  {state}", person.email, person.name, person.role.code());
        say(line.trim_end())?;
    }
    if all.is_empty() { say("There are no users yet.") } else { Ok(()) }
}

fn shown(person: &Person) -> Value {
    json!({
        "id": person.id, "email": person.email, "name": person.name, "role": person.role.code(),
        "locations": person.places.codes(), "has_password": person.has_password,
        "is_disabled": person.disabled_at_ms.is_some(),
    })
}

async fn added(add: Add) -> Result<(), Fault> {
    let baton = add.asked.books.open_current().await?;
    let password = add.password.then(|| ask::secret("Password")).transpose()?;
    let new = NewUser { name: add.name, email: add.email, role: add.role, reach: reach(add.locations) };
    let invited = add_user(&baton.db, &call(), &By::the_house(), new).await?;
    let told = match password {
        None => tell_link(&invited, add.asked.json),
        Some(password) => {
            let chosen = choose_password(&baton.db, &call(), invited.link.reveal(), &password).await;
            let person = chosen.map_err(|refused| {
                let again = format!("baton user link {}", invited.person.email);
                Fault::Other(format!(
                    "{refused}. The user was added without a password; {again} makes a link"
                ))
            })?;
            match add.asked.json {
                true => say(shown(&person)),
                false => say(format_args!("{} may sign in as {} now.", person.name, person.email)),
            }
        }
    };
    baton.db.close().await;
    told
}

async fn unlock(named: Named) -> Result<(), Fault> {
    let baton = named.asked.books.open_current().await?;
    unlock_user(&baton.db, &call(), &named.email).await?;
    baton.db.close().await;
    match named.asked.json {
        true => say(json!({ "unlocked": named.email })),
        false => say(format_args!("{} may try to sign in now.", named.email)),
    }
}

async fn link(named: Named) -> Result<(), Fault> {
    let baton = named.asked.books.open_current().await?;
    let person = user_by_email(&baton.db, &named.email).await?;
    let invited = make_join_link(&baton.db, &call(), &By::the_house(), &person.id).await?;
    baton.db.close().await;
    tell_link(&invited, named.asked.json)
}

/// The secret is told this once.
fn tell_link(invited: &Invited, is_json: bool) -> Result<(), Fault> {
    let (person, until) = (&invited.person, Timestamp(invited.link_expires_at_ms));
    if is_json {
        let mut told = shown(person);
        told["secret"] = invited.link.reveal().into();
        told["secret_expires_at"] = until.to_string().into();
        return say(told);
    }
    say(format_args!(
        "{} chooses a password by sending this secret to POST /v1/join until {until}; it is not shown again:\n{}",
        person.name,
        invited.link.reveal()
    ))
}
