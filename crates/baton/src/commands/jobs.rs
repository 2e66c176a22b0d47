//! `baton jobs`: work that waits, and work that was given up.

use crate::books::{self, Asked, call};
use crate::fault::{Fault, Verdict, say};
use clap::{Args, Subcommand};
use flow::jobs::{jobs_in, retry_job};
use model::Timestamp;
use model::words::count;
use serde_json::{Value, json};
use store::Db;
use store::jobs::{Job, State};

#[derive(Args)]
#[command(after_help = "Examples:\n  baton jobs list\n  baton jobs retry job_0193\n  baton jobs retry --all")]
pub(crate) struct Jobs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Every job that was given up, and why; and those that wait or are being done
    #[command(after_help = "Examples:\n  baton jobs list\n  baton jobs list --json")]
    List(Asked),
    /// Have jobs that were given up tried again, once what stopped them is mended
    #[command(after_help = "Examples:\n  baton jobs retry job_0193\n  baton jobs retry --all --json")]
    Retry {
        /// The job's id, as the list has it
        #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
        id: Option<String>,
        /// Every job that was given up
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        asked: Asked,
    },
}

/// What the list shows, what needs somebody first.
const LISTED: [State; 3] = [State::Dead, State::Leased, State::Ready];
/// Jobs of one state that are listed: where there are more, the newest tell enough.
const MOST_LISTED: i64 = 200;
/// Jobs that are read at once to be tried again.
const PAGE: i64 = 200;

impl Jobs {
    pub(crate) fn run(self) -> Result<Verdict, Fault> {
        books::wait(async {
            match self.verb {
                Verb::List(asked) => list(asked).await,
                Verb::Retry { id, asked, .. } => retry(id, asked).await,
            }
        })?;
        Ok(Verdict::Fine)
    }
}

async fn list(asked: Asked) -> Result<(), Fault> {
    let db = asked.books.look().await?;
    let mut all: Vec<Job> = Vec::new();
    for state in LISTED {
        all.extend(jobs_in(&db, state, None, MOST_LISTED).await?);
    }
    if asked.json {
        return say(all.iter().map(shown).collect::<Value>());
    }
    for job in &all {
        let state = match job.state {
            State::Dead => format!("given up: {}", job.last_error.as_deref().unwrap_or("no reason is known")),
            State::Leased => format!("is being done, until {} at most", Timestamp(job.due_at_ms)),
            State::Ready | State::Done => format!("waits until {}", Timestamp(job.due_at_ms)),
        };
        say(format_args!("{}  {}  {}  {state}", job.id, job.kind, job.subject))?;
    }
    if all.is_empty() { say("No job waits, and none was given up.") } else { Ok(()) }
}

fn shown(job: &Job) -> Value {
    json!({
        "id": job.id, "kind": job.kind, "subject": job.subject, "state": job.state.code(),
        "attempts": job.attempts, "most_attempts": job.most_attempts,
        "due_at": Timestamp(job.due_at_ms).to_string(), "last_error": job.last_error,
        "created_at": Timestamp(job.created_at_ms).to_string(),
    })
}

async fn retry(id: Option<String>, asked: Asked) -> Result<(), Fault> {
    let baton = asked.books.open_current().await?;
    let ids = match id {
        Some(id) => vec![id],
        None => given_up(&baton.db).await?,
    };
    for id in &ids {
        retry_job(&baton.db, &call(), id).await?;
    }
    baton.db.close().await;
    if asked.json {
        return say(json!({ "retried": ids }));
    }
    match ids.len() as u64 {
        0 => say("No job was given up."),
        jobs => say(format_args!("baton serve tries {} again.", count(jobs, "job"))),
    }
}

/// All of them, the newest first.
async fn given_up(db: &Db) -> Result<Vec<String>, Fault> {
    let mut ids: Vec<String> = Vec::new();
    loop {
        let page = jobs_in(db, State::Dead, ids.last().map(String::as_str), PAGE).await?;
        let is_last = (page.len() as i64) < PAGE;
        ids.extend(page.into_iter().map(|job| job.id));
        if is_last {
            return Ok(ids);
        }
    }
}
