//! Each thing that is looked at.

use super::{BooksLook, Checkup, Look};
use crate::backups::{is_late, newest_in};
use crate::check_books::{self, check_books};
use crate::people::{Person, Role, everybody};
use crate::refused::Refused;
use model::Timestamp;
use model::words::{count, listed};
use std::path::Path;
use store::durability::{Durability, durability};
use store::jobs::{self, Filter, State};
use store::timers::{self, Timer};
use store::{Db, DbError, events, migrations};

/// A clock that differs by more shifts deadlines in a way that people notice.
const MOST_DIFFERENCE_MS: i64 = 5_000;
/// Before this program was written: 2026-01-01.
const EARLIEST_MS: i64 = 1_767_225_600_000;
/// A backup and an upgrade each need as much room again as the books.
const COPIES: u64 = 2;
const MEGABYTE: u64 = 1 << 20;
/// Dead jobs whose reasons are told.
const MOST_REASONS: i64 = 3;

pub(super) async fn all(checkup: &Checkup, db: &Db, now_ms: i64) -> Result<Vec<Look>, DbError> {
    let durable = durability(db).await?;
    let mut looks = vec![Look::well("database", "it opens and answers").impersonal(), durable_look(&durable)];
    let at = migrations::reached(db).await?;
    let schema = schema_look(at);
    let is_current = schema.is_well();
    looks.extend([schema, disk_look(checkup)]);
    looks.extend(checkup.backups.as_deref().map(|folder| backup_look(folder, now_ms)));
    // What follows reads tables as this version has them.
    if is_current {
        looks.push(clock_look(db, &durable, now_ms).await?);
        looks.push(owner_look(&people(db).await?));
        looks.push(jobs_look(db).await?);
        looks.extend(own_work(checkup.look, db).await?);
    }
    Ok(looks)
}

async fn people(db: &Db) -> Result<Vec<Person>, DbError> {
    everybody(db).await.map_err(|refused| match refused {
        Refused::Database(error) => error,
        other => DbError::Broken(other.to_string()),
    })
}

/// Periodic tasks, and what they found of the books.
async fn own_work(look: BooksLook, db: &Db) -> Result<Vec<Look>, DbError> {
    let all = db.read::<_, DbError>(|tx| Box::pin(async move { timers::list(tx).await })).await?;
    let is_of_books = |timer: &&Timer| timer.name == check_books::TIMER;
    Ok(match look {
        BooksLook::Now => vec![timers_look(&all), books_look(db).await?],
        BooksLook::ByTheHour => {
            let books = found_look(all.iter().find(is_of_books));
            let rest: Vec<Timer> = all.iter().filter(|timer| !is_of_books(timer)).cloned().collect();
            vec![timers_look(&rest), books]
        }
    })
}

fn durable_look(durable: &Durability) -> Look {
    let settings: Vec<String> =
        durable.settings.iter().map(|(name, value)| format!("{name} {value}")).collect();
    match durable.flaws.is_empty() {
        true => Look::well(
            "safety",
            format!("what is confirmed survives a loss of power ({})", settings.join(", ")),
        ),
        false => {
            Look::broken("safety", durable.flaws.join("; "), "set it so on the server, and start that again")
        }
    }
    .impersonal()
}

fn schema_look(at: i64) -> Look {
    let latest = migrations::latest();
    let seen =
        format!("the books are of step {at} of the schema; this version of Baton works on step {latest}");
    match at.cmp(&latest) {
        std::cmp::Ordering::Equal => Look::well("version", seen),
        std::cmp::Ordering::Less => Look::broken("version", seen, "run baton migrate, or start baton serve"),
        std::cmp::Ordering::Greater => Look::broken("version", seen, "use the newer version of Baton"),
    }
    .impersonal()
}

/// Where the books are on a server, the disk of the backups is looked at.
fn disk_look(checkup: &Checkup) -> Look {
    let file = checkup.books.as_deref().filter(|file| file.is_file());
    let folder = file.map_or(checkup.backups.as_deref(), Path::parent);
    let folder = folder.filter(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let size = file.and_then(|file| std::fs::metadata(file).ok()).map_or(0, |data| data.len());
    let needed = (size * COPIES).max(u64::from(checkup.least_free) * MEGABYTE);
    match rustix::fs::statvfs(folder) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let seen = format!("{} free", megabytes(free));
            let remedy =
                format!("free some room: {} are needed for a backup and an upgrade", megabytes(needed));
            let look =
                if free < needed { Look::needed("disk", seen, remedy) } else { Look::well("disk", seen) };
            look.impersonal()
        }
        Err(error) => {
            Look::needed("disk", format!("its room is not known: {error}"), "check the folder of the books")
        }
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", model::words::grouped(bytes / MEGABYTE))
}

fn backup_look(folder: &Path, now_ms: i64) -> Look {
    let (name, newest) = (folder.display(), newest_in(folder));
    let seen = match newest {
        None => format!("there is none in {name}"),
        Some(at) => format!("the newest in {name} is of {}", Timestamp(at)),
    };
    match is_late(newest, now_ms) {
        true => Look::needed("backup", seen, "run baton backup, and have the machine run it every night"),
        false => Look::well("backup", seen),
    }
}

async fn clock_look(db: &Db, durable: &Durability, now: i64) -> Result<Look, DbError> {
    let newest = db.read::<_, DbError>(|tx| Box::pin(async move { events::newest(tx, i64::MAX, 1).await }));
    let last = newest.await?.first().map_or(0, |event| event.at_ms);
    let remedy = "have the machine set its clock by NTP";
    let differs = durable.server_ms.map_or(0, |server| (server - now).abs());
    let told = Timestamp(now);
    let look = if now < EARLIEST_MS || last > now + MOST_DIFFERENCE_MS {
        let seen = format!("it is {told} here, and the last event is of {}", Timestamp(last));
        Look::needed("clock", seen, remedy)
    } else if differs > MOST_DIFFERENCE_MS {
        Look::needed(
            "clock",
            format!("it differs from the database server's by {} s", differs / 1_000),
            remedy,
        )
    } else {
        Look::well("clock", format!("it is {told}"))
    };
    Ok(look.impersonal())
}

fn owner_look(everybody: &[Person]) -> Look {
    let owners = everybody.iter().filter(|person| person.role == Role::Owner);
    let able = owners.filter(|person| person.has_password && person.disabled_at_ms.is_none()).count();
    match able {
        0 => Look::broken(
            "owner",
            "no owner can sign in",
            "run baton user add --role owner --password, or baton user link EMAIL for one who has no password",
        ),
        able => Look::well("owner", format!("{} can sign in", count(able as u64, "owner"))),
    }
    .impersonal()
}

async fn jobs_look(db: &Db) -> Result<Look, DbError> {
    let read = db.read::<_, DbError>(|tx| {
        Box::pin(async move {
            let dead = Filter { kind: None, state: Some(State::Dead) };
            Ok((jobs::counts(tx).await?, jobs::list(tx, dead, None, MOST_REASONS).await?))
        })
    });
    let (counts, some) = read.await?;
    let of =
        |state| counts.iter().filter(move |count| count.state == state).map(|count| count.jobs).sum::<i64>();
    let (dead, ready) = (of(State::Dead).unsigned_abs(), of(State::Ready).unsigned_abs());
    if dead == 0 {
        return Ok(Look::well("jobs", format!("none was given up, {} waiting", count(ready, "job"))));
    }
    let why = |job: &jobs::Job| {
        format!(
            "{} of {}: {}",
            job.kind,
            job.subject,
            job.last_error.as_deref().unwrap_or("no reason is known")
        )
    };
    let reasons: Vec<String> = some.iter().map(why).collect();
    let seen = format!("{} given up; the last: {}", count(dead, "job"), reasons.join("; "));
    Ok(Look::needed(
        "jobs",
        seen,
        "mend the cause that each names, then run baton jobs retry --all: by itself none is tried again",
    ))
}

fn timers_look(all: &[Timer]) -> Look {
    let failed =
        all.iter().filter_map(|timer| Some(format!("{}: {}", timer.name, timer.last_error.as_ref()?)));
    let failed: Vec<String> = failed.collect();
    match failed.is_empty() {
        true => Look::well("timers", format!("none of {} failed", count(all.len() as u64, "periodic task"))),
        false => Look::needed(
            "timers",
            format!("failed the last time: {}", listed(&failed)),
            "each is tried again within a minute while baton serve runs; mend what it names if it stays",
        ),
    }
}

const BOOKS_REMEDY: &str =
    "keep these books as they are, go on from the last good backup with baton restore, and report this";

async fn books_look(db: &Db) -> Result<Look, DbError> {
    let findings = check_books(db).await?;
    Ok(match findings.are_none() {
        true => Look::well("books", "stock adds up, and the log of events is unbroken"),
        false => Look::broken("books", findings.sentences().join("; "), BOOKS_REMEDY),
    })
}

const FOUND_REMEDY: &str = "run baton check; where it finds the same, keep these books as they are, go on from the last \
    good backup with baton restore, and report this";

/// As the periodic task found them. What it says may also be that it could not look.
fn found_look(timer: Option<&Timer>) -> Look {
    let last_error = timer.and_then(|timer| timer.last_error.as_deref());
    match (last_error, timer.and_then(|timer| timer.last_done_at_ms)) {
        (Some(error), _) => Look::broken("books", error, FOUND_REMEDY),
        (None, Some(at)) => {
            let seen = format!("stock added up at {}, and the log of events was unbroken", Timestamp(at));
            Look::well("books", seen)
        }
        (None, None) => Look::well("books", "they are looked at every hour, and were not yet"),
    }
}
