//! Asking for a replay beside everything else, and taking that back.

use super::{Asked, job};
use crate::baton::Baton;
use crate::call::What;
use crate::id;
use crate::refused::Refused;
use crate::rules::read_set;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::{Currency, Timestamp};
use serde_json::json;
use std::sync::Arc;
use store::history::Period;
use store::rule_replays::{self, ReplayRow, State};
use store::{Db, Tx, rule_sets};

/// Days until now that are replayed where nobody says which.
pub const USUAL_DAYS: i64 = 90;
/// A year, and the same weeks of the year before it to compare with. Opening hours are known for twice as long.
pub const LONGEST_DAYS: i64 = 400;
/// Replays that may wait for their turn: each takes seconds to minutes. Of two that ask at the same moment both may be
/// the last.
pub const MOST_WAITING: i64 = 20;
/// Replays that are kept: whoever decides about rules compares with the last few.
pub const MOST_KEPT: i64 = 200;

/// Asks for a replay of a version. It is begun when those before it are over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AskReplay {
    /// The version that is tried.
    pub number: i64,
    /// The version that it is compared with; `None`: the one in force, or the lowest cost if none ever was.
    pub against: Option<i64>,
    /// `None`: [`USUAL_DAYS`] before the end.
    pub from_ms: Option<i64>,
    /// `None`, or a moment that is to come: now.
    pub to_ms: Option<i64>,
    /// Measure what each rule is worth.
    pub with_worth: bool,
}

impl AskReplay {
    /// What is asked, with everything said that was left out.
    ///
    /// # Errors
    /// There is no such version; the period is none; the database's.
    async fn settled(&self, tx: &mut Tx, (currency, now_ms): (Currency, i64)) -> Result<Asked, Refused> {
        let period = period((self.from_ms, self.to_ms), now_ms)?;
        let none = || Refused::not_found("rule set", &self.number.to_string());
        readable(tx, self.number, currency).await?.ok_or_else(none)?;
        let against = match self.against {
            Some(number) => {
                let none = || Refused::invalid("/against", format!("there is no rule set {number}"));
                readable(tx, number, currency).await?.ok_or_else(none)?;
                Some(number)
            }
            None => rule_sets::in_force(tx, now_ms).await?.map(|publication| publication.rule_set),
        };
        let (rule_set, with_worth) = (self.number, self.with_worth);
        Ok(Asked { rule_set, against, period, with_worth, threads: job::THREADS })
    }
}

/// What is to be replayed at once, with everything said that was left out.
///
/// # Errors
/// As when it is asked for; there is no network.
pub async fn settle(baton: &Baton, ask: AskReplay) -> Result<Asked, Refused> {
    let now_ms = baton.now_ms();
    let currency = baton.shop(now_ms).await?.network.currency;
    baton.db.read(move |tx| Box::pin(async move { ask.settled(tx, (currency, now_ms)).await })).await
}

#[async_trait]
impl Verb for AskReplay {
    type Done = ReplayRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<ReplayRow, Refused> {
        let now_ms = scene.call.at_ms;
        let asked = self.settled(tx, (scene.shop.network.currency, now_ms)).await?;
        if rule_replays::waiting(tx).await? >= MOST_WAITING {
            let say = format!("{MOST_WAITING} replays wait already; wait for one of them, or cancel it");
            return Err(Refused::conflict("too_many_waiting", say));
        }
        let row = ReplayRow {
            id: id::new("rep", now_ms),
            rule_set: asked.rule_set,
            against: asked.against,
            from_ms: asked.period.from_ms,
            to_ms: asked.period.to_ms,
            with_worth: asked.with_worth,
            state: State::Waiting,
            done: 0,
            total: 0,
            job_id: id::new("job", now_ms),
            fence: 0,
            asked_by: scene.call.actor.id.clone(),
            asked_at_ms: now_ms,
            started_at_ms: None,
            ended_at_ms: None,
            failure: String::new(),
        };
        rule_replays::add(tx, &row).await?;
        rule_replays::forget(tx, MOST_KEPT).await?;
        job::enqueue(tx, &row).await?;
        let what = What { kind: "rules.replay_asked", subject: &row.id, order_id: None };
        let facts = json!({ "rule_set": row.rule_set, "against": row.against, "from_ms": row.from_ms,
            "to_ms": row.to_ms, "worth": row.with_worth });
        scene.call.tell(tx, what, &facts).await?;
        Ok(row)
    }
}

/// `None`: there is no such version.
async fn readable(tx: &mut Tx, number: i64, currency: Currency) -> Result<Option<()>, Refused> {
    let Some(row) = rule_sets::get(tx, number).await? else { return Ok(None) };
    let unreadable = |_| {
        let say = format!("rule set {number} has sentences that this version of Baton does not know");
        Refused::conflict("rules_unreadable", say)
    };
    read_set(&row, currency).map_err(unreadable)?;
    Ok(Some(()))
}

fn period((from_ms, to_ms): (Option<i64>, Option<i64>), now_ms: i64) -> Result<Period, Refused> {
    // A clock that runs ahead asks for a moment that is to come, and means now.
    let to_ms = to_ms.map_or(now_ms, |to| to.min(now_ms));
    if to_ms <= 0 {
        return Err(Refused::invalid("/to", "the period ends before 1970"));
    }
    let from_ms = from_ms.unwrap_or_else(|| (to_ms - USUAL_DAYS * Timestamp::DAY_MS).max(0));
    if from_ms < 0 {
        return Err(Refused::invalid("/from", "the period begins before 1970"));
    }
    if from_ms >= to_ms {
        return Err(Refused::invalid("/from", "the period has no moment: it ends when it begins, or before"));
    }
    if to_ms - from_ms > LONGEST_DAYS * Timestamp::DAY_MS {
        let say = format!("the period is longer than {LONGEST_DAYS} days; ask for a shorter one");
        return Err(Refused::invalid("/from", say));
    }
    Ok(Period { from_ms, to_ms })
}

/// Takes a replay back: it ends at its next step, or is never begun.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CancelReplay {
    pub id: String,
}

#[async_trait]
impl Verb for CancelReplay {
    type Done = ReplayRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<ReplayRow, Refused> {
        let none = || Refused::not_found("replay", &self.id);
        let is_cancelled = rule_replays::cancel(tx, &self.id, scene.call.at_ms).await?;
        let row = rule_replays::get(tx, &self.id).await?.ok_or_else(none)?;
        if !is_cancelled {
            let say = format!("it is {}; only one that waits or runs is cancelled", row.state.code());
            return Err(Refused::conflict("replay_over", say));
        }
        let what = What { kind: "rules.replay_cancelled", subject: &row.id, order_id: None };
        scene.call.tell(tx, what, &json!({ "rule_set": row.rule_set })).await?;
        Ok(row)
    }
}

/// Replays, the newest first, older than the replay `before`, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn replays(db: &Db, before: Option<&str>, limit: i64) -> Result<Vec<ReplayRow>, Refused> {
    let before = before.map(str::to_owned);
    db.read(move |tx| {
        let before = before.clone();
        Box::pin(async move { Ok(rule_replays::newest(tx, before.as_deref(), limit).await?) })
    })
    .await
}

/// One of them, with its result where it has one.
///
/// # Errors
/// There is none; the database's.
pub async fn replay(db: &Db, id: &str) -> Result<(ReplayRow, Option<String>), Refused> {
    let id: Arc<str> = id.into();
    db.read(move |tx| {
        let id = Arc::clone(&id);
        Box::pin(async move {
            let row = rule_replays::get(tx, &id).await?;
            let row = row.ok_or_else(|| Refused::not_found("replay", &id))?;
            let result = rule_replays::result(tx, &id).await?;
            Ok::<_, Refused>((row, result))
        })
    })
    .await
}

impl From<&ReplayRow> for Asked {
    fn from(row: &ReplayRow) -> Asked {
        Asked {
            rule_set: row.rule_set,
            against: row.against,
            period: Period { from_ms: row.from_ms, to_ms: row.to_ms },
            with_worth: row.with_worth,
            threads: job::THREADS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 20_781 * Timestamp::DAY_MS;
    const DAY: i64 = Timestamp::DAY_MS;

    fn of(from_ms: Option<i64>, to_ms: Option<i64>) -> Result<(i64, i64), String> {
        let period = period((from_ms, to_ms), NOW);
        period.map(|period| (period.from_ms, period.to_ms)).map_err(|refused| refused.to_string())
    }

    #[test]
    fn a_period_ends_now_and_is_ninety_days_long_unless_somebody_says_otherwise() {
        assert_eq!(of(None, None), Ok((NOW - 90 * DAY, NOW)));
        assert_eq!(of(None, Some(NOW - DAY)), Ok((NOW - 91 * DAY, NOW - DAY)));
        assert_eq!(of(Some(NOW - 400 * DAY), Some(NOW + DAY)), Ok((NOW - 400 * DAY, NOW)));
        assert_eq!(of(None, Some(5)), Ok((0, 5)));
    }

    #[test]
    fn a_period_that_is_empty_the_wrong_way_round_or_too_long_is_refused() {
        for (from, to) in [
            (Some(NOW), Some(NOW)),
            (Some(NOW - DAY), Some(NOW - 2 * DAY)),
            (Some(NOW + DAY), None),
            (Some(NOW - 400 * DAY - 1), None),
            (Some(-1), Some(5)),
            (Some(i64::MIN), None),
            (None, Some(i64::MIN)),
        ] {
            let say = of(from, to).unwrap_err();
            assert!(say.starts_with("/from: ") || say.starts_with("/to: "), "{from:?} {to:?}: {say}");
        }
    }
}
