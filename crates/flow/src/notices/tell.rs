//! Telling: events become notices of those who want to hear of them.

use super::{Choices, Topic, choices};
use crate::baton::Baton;
use crate::people::{Person, users};
use crate::refused::Refused;
use crate::shop::Shop;
use crate::timers::Timer;
use model::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use store::notices::{self, Heard, NewNotice};

/// Events of one round.
const EVENTS_AT_ONCE: i64 = 1_000;
/// Rounds of one run: what is left is next.
const MOST_ROUNDS: usize = 50;
/// Users who are told; a retailer of this size has fewer.
const MOST_USERS: i64 = 1_000;
/// Notices that are older are forgotten.
const KEPT_MS: i64 = 30 * Timestamp::DAY_MS;
const EVERY: Duration = Duration::from_secs(15);

/// The task that tells.
pub fn timer() -> Timer {
    Timer::new("tell_notices", EVERY, |baton: Baton| async move {
        tell_all(&baton).await?;
        Ok(())
    })
}

/// Somebody who is told.
type Listener = (Person, Choices);

/// Makes notices of the events since the last run; how many. The first run of all only finds out where it begins. May run
/// twice.
///
/// # Errors
/// The database's.
pub async fn tell_all(baton: &Baton) -> Result<usize, Refused> {
    let mut told = 0;
    for _ in 0..MOST_ROUNDS {
        let stretch = baton.db.read::<_, Refused>(|tx| {
            Box::pin(async move {
                let from = notices::progress(tx).await?;
                if from == 0 {
                    return Ok(Some((0, notices::newest(tx).await?)).filter(|(_, to)| *to > 0));
                }
                Ok(notices::next(tx, from, EVENTS_AT_ONCE).await?.map(|to| (from, to)))
            })
        });
        let Some((from, to)) = stretch.await? else { break };
        let made = if from == 0 { Vec::new() } else { made(baton, (from, to)).await? };
        told += made.len();
        let (made, before_ms) = (Arc::new(made), baton.now_ms() - KEPT_MS);
        let moved = baton.db.write::<_, Refused>(move |tx| {
            let made = Arc::clone(&made);
            Box::pin(async move {
                if !notices::move_on(tx, from, to).await? {
                    return Ok(false);
                }
                for notice in made.iter() {
                    notices::add(tx, notice).await?;
                }
                notices::forget(tx, before_ms).await?;
                Ok(true)
            })
        });
        if !moved.await? {
            break;
        }
    }
    Ok(told)
}

async fn made(baton: &Baton, stretch: (i64, i64)) -> Result<Vec<NewNotice>, Refused> {
    let heard = baton
        .db
        .read::<_, Refused>(move |tx| Box::pin(async move { Ok(notices::heard(tx, stretch).await?) }));
    let heard: Vec<(Topic, Heard)> =
        heard.await?.into_iter().filter_map(|event| Some((Topic::of_event(&event.kind)?, event))).collect();
    if heard.is_empty() {
        return Ok(Vec::new());
    }
    let listeners = listeners(baton).await?;
    let shop = baton.shop(baton.now_ms()).await?;
    let of = |(topic, event): &(Topic, Heard)| {
        let wants = listeners.iter().filter(|listener| wants(listener, &shop, (*topic, event)));
        wants.map(|(person, choices)| notice(&shop, (person, choices), (*topic, event))).collect::<Vec<_>>()
    };
    Ok(heard.iter().flat_map(of).collect())
}

async fn listeners(baton: &Baton) -> Result<Vec<Listener>, Refused> {
    let people = users(&baton.db, "", MOST_USERS).await?;
    let people: Arc<Vec<Person>> =
        Arc::new(people.into_iter().filter(|person| person.disabled_at_ms.is_none()).collect());
    baton
        .db
        .read::<_, Refused>(move |tx| {
            let people = Arc::clone(&people);
            Box::pin(async move {
                let mut listeners = Vec::with_capacity(people.len());
                for person in people.iter() {
                    listeners.push((person.clone(), choices(tx, &person.id).await?));
                }
                Ok(listeners)
            })
        })
        .await
}

/// What happened at no one place is for those who reach all.
fn wants((person, choices): &Listener, shop: &Shop, (topic, event): (Topic, &Heard)) -> bool {
    let reaches = match event.location {
        Some(location) => person.places.has(location),
        None => person.places.codes().is_none(),
    };
    let code = event.location.map(|key| shop.code(key));
    reaches && event.actor != person.id && choices.has(topic, code, person.role)
}

fn notice(shop: &Shop, (person, choices): (&Person, &Choices), (topic, event): (Topic, &Heard)) -> NewNotice {
    let minute = i64::from(shop.network.settings.clock.minute(Timestamp(event.at_ms)));
    let wait = choices.quiet.and_then(|quiet| quiet.left(minute)).unwrap_or_default();
    NewNotice {
        user_id: person.id.clone(),
        place: event.place,
        topic: topic.code(),
        at_ms: event.at_ms,
        due_at_ms: event.at_ms + wait * Timestamp::MINUTE_MS,
    }
}
