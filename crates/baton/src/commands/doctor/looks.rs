//! Each thing that is looked at.

use super::Look;
use crate::books::now_ms;
use crate::commands::backup::made_at;
use crate::commands::user::everybody;
use crate::fault::Fault;
use flow::check_books::check_books;
use flow::people::{Person, Role};
use model::Timestamp;
use model::words::{count, listed};
use std::path::Path;
use store::durability::{Durability, durability};
use store::jobs::{self, Filter, State};
use store::{Db, DbError, events, migrations, timers};

/// A shop's day is lost with an older backup.
const OLDEST_BACKUP_MS: i64 = 2 * 24 * 60 * 60 * 1_000;
/// Files of a folder that are looked at for backups.
const MOST_FILES: usize = 10_000;
/// A clock that differs by more shifts deadlines in a way that people notice.
const MOST_DIFFERENCE_MS: i64 = 5_000;
/// Before this program was written: 2026-01-01.
const EARLIEST_MS: i64 = 1_767_225_600_000;
/// A backup and an upgrade each need as much room again as the books.
const COPIES: u64 = 2;
const MEGABYTE: u64 = 1 << 20;
/// Dead jobs whose reasons are told.
const MOST_REASONS: i64 = 3;

/// Looks at everything that can be looked at.
pub(super) async fn all(db: &Db, place: &str, backups: &Path, least_free: u32) -> Result<Vec<Look>, Fault> {
    let durable = durability(db).await?;
    let mut looks = vec![Look::well("database", "it opens and answers"), durable_look(&durable)];
    let at = migrations::reached(db).await?;
    let schema = schema_look(at);
    let is_current = schema.remedy.is_none();
    looks.extend([schema, disk_look(place, backups, least_free), backup_look(backups)]);
    // What follows reads tables as this version has them.
    if is_current {
        looks.push(clock_look(db, &durable).await?);
        looks.push(owner_look(&everybody(db).await?));
        looks.push(jobs_look(db).await?);
        looks.push(timers_look(db).await?);
        looks.push(books_look(db).await?);
    }
    Ok(looks)
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
            Look::needed("safety", durable.flaws.join("; "), "set it so on the server, and start that again")
        }
    }
}

fn schema_look(at: i64) -> Look {
    let latest = migrations::latest();
    let seen =
        format!("the books are of step {at} of the schema; this version of Baton works on step {latest}");
    match at.cmp(&latest) {
        std::cmp::Ordering::Equal => Look::well("version", seen),
        std::cmp::Ordering::Less => Look::needed("version", seen, "run baton migrate, or start baton serve"),
        std::cmp::Ordering::Greater => Look::needed("version", seen, "use the newer version of Baton"),
    }
}

/// Where the books are on a server, the disk of the backups is looked at. `least_free` in megabytes.
fn disk_look(place: &str, backups: &Path, least_free: u32) -> Look {
    let file = Path::new(place);
    let folder = if file.is_file() { file.parent() } else { Some(backups) };
    let folder = folder.filter(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let size = std::fs::metadata(file).map_or(0, |data| data.len());
    let needed = (size * COPIES).max(u64::from(least_free) * MEGABYTE);
    match rustix::fs::statvfs(folder) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            let seen = format!("{} free", megabytes(free));
            let remedy =
                format!("free some room: {} are needed for a backup and an upgrade", megabytes(needed));
            if free < needed { Look::needed("disk", seen, remedy) } else { Look::well("disk", seen) }
        }
        Err(error) => {
            Look::needed("disk", format!("its room is not known: {error}"), "check the folder of the books")
        }
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", model::words::grouped(bytes / MEGABYTE))
}

fn backup_look(folder: &Path) -> Look {
    let name = folder.display();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_FILES);
    let newest = entries.filter_map(|entry| made_at(&entry.path())).max();
    let remedy = "run baton backup, and have the machine run it every night";
    match newest {
        None => Look::needed("backup", format!("there is none in {name}"), remedy),
        Some(at) if now_ms() - at > OLDEST_BACKUP_MS => {
            Look::needed("backup", format!("the newest in {name} is of {}", Timestamp(at)), remedy)
        }
        Some(at) => Look::well("backup", format!("the newest in {name} is of {}", Timestamp(at))),
    }
}

async fn clock_look(db: &Db, durable: &Durability) -> Result<Look, Fault> {
    let newest = db.read::<_, DbError>(|tx| Box::pin(async move { events::newest(tx, i64::MAX, 1).await }));
    let last = newest.await?.first().map_or(0, |event| event.at_ms);
    let (now, remedy) = (now_ms(), "have the machine set its clock by NTP");
    let differs = durable.server_ms.map_or(0, |server| (server - now).abs());
    let told = Timestamp(now);
    Ok(if now < EARLIEST_MS || last > now + MOST_DIFFERENCE_MS {
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
    })
}

fn owner_look(everybody: &[Person]) -> Look {
    let owners = everybody.iter().filter(|person| person.role == Role::Owner);
    let able = owners.filter(|person| person.has_password && person.disabled_at_ms.is_none()).count();
    match able {
        0 => Look::needed(
            "owner",
            "no owner can sign in",
            "run baton user add --role owner --password, or baton user link EMAIL for one who has no password",
        ),
        able => Look::well("owner", format!("{} can sign in", count(able as u64, "owner"))),
    }
}

async fn jobs_look(db: &Db) -> Result<Look, Fault> {
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

async fn timers_look(db: &Db) -> Result<Look, Fault> {
    let all = db.read::<_, DbError>(|tx| Box::pin(async move { timers::list(tx).await })).await?;
    let failed =
        all.iter().filter_map(|timer| Some(format!("{}: {}", timer.name, timer.last_error.as_ref()?)));
    let failed: Vec<String> = failed.collect();
    Ok(match failed.is_empty() {
        true => Look::well("timers", format!("none of {} failed", count(all.len() as u64, "periodic task"))),
        false => Look::needed(
            "timers",
            format!("failed the last time: {}", listed(&failed)),
            "each is tried again within a minute while baton serve runs; mend what it names if it stays",
        ),
    })
}

async fn books_look(db: &Db) -> Result<Look, Fault> {
    let findings = check_books(db).await?;
    Ok(match findings.are_none() {
        true => Look::well("books", "stock adds up, and the log of events is unbroken"),
        false => Look::needed(
            "books",
            findings.sentences().join("; "),
            "keep these books as they are, go on from the last good backup with baton restore, and report this",
        ),
    })
}
