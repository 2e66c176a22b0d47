//! A version begins to hold, now or from a moment on; and one that is scheduled is taken back.

use super::difference::{Change, changes, is_same};
use super::versions::{InTime, Publication, RuleSet, version};
use crate::answer::{Answered, go, page};
use crate::form::Form;
use crate::frame::Frame;
use crate::visit::Visit;
use askama::Template;
use axum::extract::Path;
use axum::http::Method;
use model::{Day, Timestamp, WallClock};
use serde_json::json;
use web::{Problem, Question};

#[derive(Template)]
#[template(path = "rules/publish.html")]
struct PublishPage {
    f: Frame,
    set: RuleSet,
    time: InTime,
    changes: Vec<Change>,
    is_same: bool,
    errors: Vec<String>,
    /// By the shop's clock.
    today: String,
}

impl PublishPage {
    /// It held before, and another does now.
    fn is_rollback(&self) -> bool {
        self.time.published.contains_key(&self.set.number) && !self.time.holds(&self.set.number)
    }
}

pub(super) async fn show(visit: Visit, Path(number): Path<i64>) -> Answered {
    let set = version(&visit, number).await?;
    let time = InTime::read(&visit).await?;
    let before = match time.in_force() {
        Some(before) => version(&visit, before).await?.sentences(),
        None => Vec::new(),
    };
    let changes = changes(&before, &set.sentences());
    let number = set.number.to_string();
    let f = visit.frame(visit.words.a("rules-publish-title", &[("number", &number)]), "rules");
    let errors = set.remarks.iter().filter(|remark| remark.severity == "error");
    page(&PublishPage {
        errors: errors.map(|remark| format!("{} {}", remark.say, remark.remedy)).collect(),
        today: f.clock.wall.day(Timestamp(visit.now_ms)).to_string(),
        is_same: is_same(&changes),
        changes,
        set,
        time,
        f,
    })
}

pub(super) async fn publish(visit: Visit, Path(number): Path<i64>, form: Form) -> Answered {
    let live_from = moment(&form, &visit.shop.network.settings.clock)?;
    let asked = json!({ "live_from": live_from, "comment": form.text("comment") });
    let published: Publication =
        visit.api.post(&format!("/v1/rule-sets/{number}/publish"), &asked).await?.json()?;
    match live_from {
        None => go(visit.sent_by, "/rules?done=rules-in-force"),
        Some(_) => {
            go(visit.sent_by, &format!("/rules?done=rules-scheduled&publication={}", published.number))
        }
    }
}

pub(super) async fn withdraw(visit: Visit, Path(number): Path<i64>) -> Answered {
    let time = InTime::read(&visit).await?;
    let path = format!("/v1/rule-publications/{number}");
    let question = Question { method: Method::DELETE, ..Question::get(&path) };
    visit.api.ask(question).await?;
    let was = time.scheduled.into_iter().find(|one| one.number == number);
    let undo = was.map(|one| format!("&set={}&at={}", one.rule_set, one.live_from)).unwrap_or_default();
    go(visit.sent_by, &format!("/rules?done=rules-withdrawn{undo}"))
}

/// `None`: at once. A day and an hour are those that the shop's clock shows.
fn moment(form: &Form, clock: &WallClock) -> Result<Option<i64>, Problem> {
    if let Some(at_ms) = form.given("at_ms") {
        return Ok(at_ms.parse().ok());
    }
    if form.text("when") != "later" {
        return Ok(None);
    }
    let day = Day::from_iso(form.text("date"));
    let day = day.ok_or_else(|| Problem::invalid("/date", "say on which day"))?;
    let minute =
        minute(form.text("time")).ok_or_else(|| Problem::invalid("/time", "say at what time, as 09:30"))?;
    Ok(Some(at(clock, (day, minute))))
}

fn minute(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (hour.parse::<i64>().ok()?, minute.parse::<i64>().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
}

/// The moment at which a clock shows this; of two the later, of none the one an hour on.
fn at(clock: &WallClock, (day, minute): (Day, i64)) -> i64 {
    let shown = day.start_utc().0 + minute * 60_000;
    let offset = |at: i64| i64::from(clock.offset_s(Timestamp(at))) * 1_000;
    let guess = shown - offset(shown);
    shown - offset(guess)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_an_hour_are_those_of_the_shops_clock() {
        let clock = WallClock::of_zone("America/Los_Angeles").unwrap();
        let form = |sent: &str| Form::read(sent.as_bytes());
        let winter = moment(&form("when=later&date=2026-12-01&time=09%3A30"), &clock).unwrap();
        assert_eq!(winter, Timestamp::from_rfc3339("2026-12-01T17:30:00Z").map(|at| at.0));
        let summer = moment(&form("when=later&date=2026-07-01&time=00%3A05"), &clock).unwrap();
        assert_eq!(summer, Timestamp::from_rfc3339("2026-07-01T07:05:00Z").map(|at| at.0));
        assert_eq!(moment(&form("when=now&date=2026-07-01"), &clock), Ok(None));
        for bad in ["when=later", "when=later&date=2026-07-01&time=24%3A00", "when=later&time=10%3A00"] {
            assert!(moment(&form(bad), &clock).is_err(), "{bad}");
        }
    }
}
