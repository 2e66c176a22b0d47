//! `baton token`: what programs may do.

use crate::books::{self, Asked, call};
use crate::commands::user::{reach, role};
use crate::fault::{Fault, Verdict, say};
use clap::{Args, Subcommand};
use flow::people::{
    By, NewToken, Person, Role, Scope, Who, everybody, make_token, revoke_token, tokens, user_by_email,
};
use model::Timestamp;
use serde_json::{Value, json};
use store::Db;
use store::proofs::Token as Kept;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  baton token new --name till --scope orders:write --scope orders:read\n  \
    baton token list\n  baton token revoke tok_0193"
)]
pub(crate) struct Token {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Make a token for a program, and print its secret once
    #[command(
        after_help = "Examples:\n  baton token new --name till --scope orders:write --scope orders:read\n  \
        baton token new --name prometheus --scope metrics:read --days 365 --json"
    )]
    New(New),
    /// Every token, without its secret
    #[command(after_help = "Examples:\n  baton token list\n  baton token list --json")]
    List(Asked),
    /// Have a token do nothing any more, at once and for good
    #[command(after_help = "Example:\n  baton token revoke tok_0193")]
    Revoke {
        /// The token's id, as the list has it
        #[arg(value_name = "ID")]
        id: String,
        #[command(flatten)]
        asked: Asked,
    },
}

#[derive(Args)]
struct New {
    /// What it is for
    #[arg(long, value_name = "NAME")]
    name: String,
    /// What it may do, such as orders:read; several may be given
    #[arg(long = "scope", value_name = "SCOPE", value_parser = scope, required = true)]
    scopes: Vec<Scope>,
    /// Whose rights it has at most: owner, manager, associate or viewer
    #[arg(long, value_parser = role, default_value = "manager")]
    role: Role,
    /// A location that it reaches; several may be given. Without one: all
    #[arg(long = "location", value_name = "CODE")]
    locations: Vec<String>,
    /// Days until it ends by itself; without them it does not
    #[arg(long, value_name = "DAYS", value_parser = crate::argument::whole::<u16>(1..=3_650))]
    days: Option<u16>,
    /// The user who answers for it; without one, the first owner
    #[arg(long, value_name = "EMAIL")]
    by: Option<String>,
    #[command(flatten)]
    asked: Asked,
}

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Tokens that are listed with one read.
const PAGE: i64 = 200;

fn scope(text: &str) -> Result<Scope, String> {
    let codes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.code()).collect();
    Scope::of_code(text).ok_or_else(|| format!("write one of {}", codes.join(", ")))
}

impl Token {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        books::wait(async {
            match self.verb {
                Verb::New(new) => made(new).await,
                Verb::List(asked) => list(asked).await,
                Verb::Revoke { id, asked } => revoke(&id, asked).await,
            }
        })?;
        Ok(Verdict::Fine)
    }
}

async fn made(new: New) -> Result<(), Fault> {
    let baton = new.asked.books.open_current().await?;
    let by = who_answers(&baton.db, new.by.as_deref()).await?;
    let call = call();
    let wanted = NewToken {
        name: new.name,
        role: new.role,
        scopes: new.scopes,
        reach: reach(new.locations),
        expires_at_ms: new.days.map(|days| call.at_ms + i64::from(days) * DAY_MS),
    };
    let made = make_token(&baton.db, &call, &Who::of(&by), wanted).await?;
    baton.db.close().await;
    if new.asked.json {
        let mut told = shown(&made.token);
        told["secret"] = made.secret.reveal().into();
        return say(told);
    }
    say(format_args!("The token {} is made; its secret is not shown again:", made.token.id))?;
    say(made.secret.reveal())
}

async fn who_answers(db: &Db, email: Option<&str>) -> Result<Person, Fault> {
    if let Some(email) = email {
        return Ok(user_by_email(db, email).await?);
    }
    let is_owner = |person: &Person| person.role == Role::Owner && person.disabled_at_ms.is_none();
    let owner = everybody(db).await?.into_iter().find(is_owner);
    owner.ok_or_else(|| {
        let say =
            "a user answers for each token, and there is none yet; begin with baton user add --role owner";
        Fault::Other(say.to_owned())
    })
}

async fn list(asked: Asked) -> Result<(), Fault> {
    let db = asked.books.look().await?;
    let mut all: Vec<Kept> = Vec::new();
    loop {
        let after = all.last().map_or(String::new(), |token| token.id.clone());
        let page = tokens(&db, &after, PAGE).await?;
        let is_last = (page.len() as i64) < PAGE;
        all.extend(page);
        if is_last {
            break;
        }
    }
    if asked.json {
        return say(all.iter().map(shown).collect::<Value>());
    }
    for token in &all {
        let end = match (token.revoked_at_ms, token.expires_at_ms) {
            (Some(at), _) => format!("  revoked {}", Timestamp(at)),
            (None, Some(at)) => format!("  until {}", Timestamp(at)),
            (None, None) => String::new(),
        };
        say(format_args!("{}  {}  {}  {}{end}", token.id, token.name, token.role, token.scopes))?;
    }
    if all.is_empty() { say("There are no tokens yet.") } else { Ok(()) }
}

fn shown(token: &Kept) -> Value {
    let time = |at: Option<i64>| at.map(|at| Timestamp(at).to_string());
    json!({
        "id": token.id, "name": token.name, "role": token.role,
        "scopes": token.scopes.split(' ').collect::<Vec<_>>(), "made_by": token.made_by,
        "made_at": time(Some(token.made_at_ms)), "expires_at": time(token.expires_at_ms),
        "revoked_at": time(token.revoked_at_ms), "used_at": time(token.used_at_ms),
    })
}

async fn revoke(id: &str, asked: Asked) -> Result<(), Fault> {
    let baton = asked.books.open_current().await?;
    revoke_token(&baton.db, &call(), &By::the_house(), id).await?;
    baton.db.close().await;
    match asked.json {
        true => say(json!({ "revoked": id })),
        false => say(format_args!("The token {id} does nothing any more.")),
    }
}
