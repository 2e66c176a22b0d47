//! What somebody chose to hear of, and when not.

use super::Topic;
use crate::call::What;
use crate::people::Role;
use crate::refused::{FieldFault, Refused, broken};
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Tx, notices};

/// Rules of one user: topics times a few places.
const MOST_RULES: usize = 200;
const DAY_MINUTES: i64 = 1_440;

/// Whether a topic is on, at one place or at all that have no rule of their own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rule {
    /// Code of a topic.
    pub topic: String,
    /// Code of a location; `None`: everywhere else.
    pub location: Option<String>,
    pub is_on: bool,
}

/// From a minute of the day to another, by the shop's clock; also past midnight.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Quiet {
    /// Minutes after midnight, 0 to 1,439.
    pub from_minute: i64,
    pub to_minute: i64,
}

impl Quiet {
    /// For how many minutes it goes on at a minute of the day; `None`: it is not quiet then.
    pub(super) fn left(self, minute: i64) -> Option<i64> {
        let length = (self.to_minute - self.from_minute).rem_euclid(DAY_MINUTES);
        let since = (minute - self.from_minute).rem_euclid(DAY_MINUTES);
        (since < length).then_some(length - since)
    }
}

/// What somebody chose.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Choices {
    pub rules: Vec<Rule>,
    /// `None`: never quiet.
    pub quiet: Option<Quiet>,
}

impl Choices {
    /// Whether a topic is on at a place.
    pub(super) fn has(&self, topic: Topic, location: Option<&str>, role: Role) -> bool {
        let of = |wanted: Option<&str>| {
            let rule = |rule: &&Rule| rule.topic == topic.code() && rule.location.as_deref() == wanted;
            self.rules.iter().find(rule).map(|rule| rule.is_on)
        };
        let here = location.and_then(|code| of(Some(code)));
        here.or_else(|| of(None)).unwrap_or_else(|| topic.is_on_for(role))
    }

    fn check(&self, scene: &Scene) -> Result<(), Refused> {
        let mut faults = Vec::new();
        let mut wrong = |at: String, say: &str| faults.push(FieldFault { at, say: say.to_owned() });
        if self.rules.len() > MOST_RULES {
            wrong("/rules".to_owned(), "are more than 200; leave out those that are as the role comes");
        }
        for (i, rule) in self.rules.iter().enumerate().take(MOST_RULES) {
            if Topic::from_code(&rule.topic).is_none() {
                wrong(format!("/rules/{i}/topic"), "is not a topic; take one of those that are listed");
            }
            let is_known = |code: &String| scene.shop.network.location_by_code(code).is_some();
            if !rule.location.as_ref().is_none_or(is_known) {
                wrong(format!("/rules/{i}/location"), "is not a location; write its code");
            }
            let is_same = |other: &Rule| other.topic == rule.topic && other.location == rule.location;
            if self.rules[..i].iter().any(is_same) {
                wrong(format!("/rules/{i}"), "says the same topic and location again; keep one of the two");
            }
        }
        let minutes = 0..DAY_MINUTES;
        if !self
            .quiet
            .is_none_or(|quiet| minutes.contains(&quiet.from_minute) && minutes.contains(&quiet.to_minute))
        {
            wrong("/quiet".to_owned(), "is not a time of day; write minutes after midnight, 0 to 1439");
        }
        if faults.is_empty() { Ok(()) } else { Err(Refused::Invalid(faults)) }
    }
}

/// What a user chose; nothing where they never did.
///
/// # Errors
/// The database's.
pub async fn choices(tx: &mut Tx, user_id: &str) -> Result<Choices, Refused> {
    match notices::settings(tx, user_id).await? {
        Some(text) => serde_json::from_str(&text).map_err(|error| broken(&error)),
        None => Ok(Choices::default()),
    }
}

/// Chooses what whoever asks hears of, from then on.
#[derive(Clone, Debug)]
pub struct ChooseNotices {
    pub choices: Choices,
}

#[async_trait]
impl Verb for ChooseNotices {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        let user = a_person(scene)?;
        self.choices.check(scene)?;
        let text = serde_json::to_string(&self.choices).map_err(|error| broken(&error))?;
        notices::set(tx, user, &text, scene.call.at_ms).await?;
        let what = What { kind: "notices.chosen", subject: user, order_id: None };
        Ok(scene.call.tell(tx, what, &self.choices).await?)
    }
}

/// Marks notices of whoever asks as read: those of one place of an event, or all up to it.
#[derive(Clone, Copy, Debug)]
pub struct ReadNotices {
    /// Places of events, both included.
    pub from: i64,
    pub to: i64,
}

#[async_trait]
impl Verb for ReadNotices {
    /// How many were not read yet.
    type Done = u64;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<u64, Refused> {
        let user = a_person(scene)?;
        let read = notices::read(tx, user, (self.from, self.to), scene.call.at_ms).await?;
        let what = What { kind: "notices.read", subject: user, order_id: None };
        scene.call.tell(tx, what, &json!({ "from": self.from, "to": self.to })).await?;
        Ok(read)
    }
}

/// Programs have no inbox.
fn a_person(scene: &Scene) -> Result<&str, Refused> {
    let id = scene.call.actor.id.as_str();
    match id.starts_with("usr_") {
        true => Ok(id),
        false => Err(Refused::conflict("not_a_person", "only people have notices; sign in as one")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_go_past_midnight_and_end() {
        let night = Quiet { from_minute: 22 * 60, to_minute: 7 * 60 };
        let left = [22 * 60, 0, 6 * 60 + 59, 7 * 60, 12 * 60].map(|minute| night.left(minute));
        assert_eq!(left, [Some(540), Some(420), Some(1), None, None]);
        assert_eq!(Quiet { from_minute: 60, to_minute: 60 }.left(60), None);
    }

    #[test]
    fn a_rule_of_the_place_goes_before_one_of_the_topic_and_that_before_the_role() {
        let rule = |location: Option<&str>, is_on| Rule {
            topic: "refusals".into(),
            location: location.map(str::to_owned),
            is_on,
        };
        let choices = Choices { rules: vec![rule(None, true), rule(Some("mall"), false)], quiet: None };
        let has = |topic, location| choices.has(topic, location, Role::Associate);
        assert!(!has(Topic::Refusals, Some("mall")) && has(Topic::Refusals, Some("pier")));
        assert!(has(Topic::Refusals, None) && has(Topic::Exceptions, None) && !has(Topic::People, None));
    }
}
