//! What is done with an exception. The API does it; here is where one goes afterwards, and what a form means.

use crate::answer::{Answered, go};
use crate::form::Form;
use crate::visit::{Visit, part};
use axum::extract::Path;
use model::{Day, Timestamp, WallClock};
use serde_json::{Value, json};
use web::Problem;

const HOUR_MS: i64 = 60 * Timestamp::MINUTE_MS;
/// When a day begins for those who put something off until tomorrow.
const MORNING_MINUTE: i64 = 9 * 60;
/// Before the text of a step that somebody has done.
pub(super) const TICK: &str = "✓ ";

/// Asks for `/v1/exceptions/{id}/{verb}`, and goes back to the exception. What was before goes along, to undo it.
async fn done(visit: &Visit, id: &str, (verb, body): (&str, Value), was: &str) -> Answered {
    visit.api.post(&format!("/v1/exceptions/{}/{verb}", part(id)), &body).await?;
    let was = if was.is_empty() { String::new() } else { format!("&was={}", part(was)) };
    go(visit.sent_by, &format!("/exceptions/{}?done=exceptions-{verb}{was}", part(id)))
}

pub(super) async fn assign(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let body = json!({ "owner": form.text("owner") });
    done(&visit, &id, ("assign", body), form.text("was")).await
}

pub(super) async fn snooze(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    let wall = &visit.shop.network.settings.clock;
    // Who writes a time means it, whatever is chosen beside it.
    let until = form.given("at").map_or(form.text("until"), |_| "other");
    let until = until_ms((wall, visit.now_ms), until, form.text("at"));
    let until = until.ok_or_else(|| Problem::invalid("/at", visit.t("exceptions-snooze-when")))?;
    done(&visit, &id, ("snooze", json!({ "until": until })), form.text("was")).await
}

pub(super) async fn note(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    done(&visit, &id, ("note", json!({ "text": form.text("text") })), "").await
}

/// A step of the playbook is done: it is noted, so that everybody sees it.
pub(super) async fn tick(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    done(&visit, &id, ("note", json!({ "text": format!("{TICK}{}", form.text("step")) })), "").await
}

pub(super) async fn resolve(visit: Visit, Path(id): Path<String>, form: Form) -> Answered {
    done(&visit, &id, ("resolve", json!({ "resolution": form.text("resolution") })), "").await
}

/// Until when something is put off, by the clock of the shop: `hour`, `tomorrow`, `other` with a time as a browser writes
/// it, or an instant. `None`: that is no time.
fn until_ms((wall, now_ms): (&WallClock, i64), until: &str, at: &str) -> Option<i64> {
    match until {
        "hour" => Some(now_ms + HOUR_MS),
        "tomorrow" => {
            let tomorrow = Day(wall.day(Timestamp(now_ms)).0 + 1);
            Some(wall.instant(tomorrow, MORNING_MINUTE).0)
        }
        "other" => {
            let (day, hour) = at.split_once('T')?;
            Some(wall.instant(Day::from_iso(day)?, minute(hour)?).0)
        }
        instant => instant.parse().ok(),
    }
}

/// Minutes after midnight of `09:30`, also with seconds behind.
pub(super) fn minute(hour: &str) -> Option<i64> {
    let (hours, minutes) = hour.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.get(..2)?.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_put_off_by_the_clock_of_the_shop() {
        let at = |text: &str| Timestamp::from_rfc3339(text).unwrap().0;
        let wall = WallClock::of_zone("America/Los_Angeles").unwrap();
        let now = at("2026-11-27T20:00:00Z");
        let until = |until, at| until_ms((&wall, now), until, at);
        assert_eq!(until("hour", ""), Some(at("2026-11-27T21:00:00Z")));
        assert_eq!(until("tomorrow", ""), Some(at("2026-11-28T17:00:00Z")));
        assert_eq!(until("other", "2026-12-01T08:30"), Some(at("2026-12-01T16:30:00Z")));
        assert_eq!(until("1796000000000", ""), Some(1_796_000_000_000));
        for (choice, time) in [("other", ""), ("other", "2026-12-01T25:00"), ("soon", ""), ("", "")] {
            assert_eq!(until(choice, time), None, "{choice} {time}");
        }
    }
}
