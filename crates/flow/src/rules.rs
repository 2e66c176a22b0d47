//! Rule sets of the shop: saved as versions that never change, tried, published, scheduled, rolled back.
//!
//! Rolling back is publishing an older version again: the history stays whole.

mod check;

pub use check::{Checked, Is, Line, LineRemark, Written, check, laid_sentence, lessons, tiles};
pub use engine::rules::{Laid, LaidPlaces, LaidSentence, TilePiece};

use crate::baton::Baton;
use crate::call::What;
use crate::decide::try_decide;
use crate::refused::{FieldFault, Refused};
use crate::setup::Facts;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use engine::rules::{RuleError, RuleFile, cost_only};
use model::{Currency, Network, RuleSet};
use serde_json::json;
use store::db::DbError;
use store::decisions::DecisionRow;
use store::rule_sets::{PublicationRow, RuleSetRow};
use store::{Tx, rule_sets, setup};

/// What the linter says of a set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// `error`, `warning` or `hint`.
    pub severity: &'static str,
    /// Stable.
    pub code: &'static str,
    /// `guardrail 2`, `rule 1`; `None`: the set as a whole.
    pub rule: Option<String>,
    pub say: String,
    pub remedy: String,
}

/// The rules that hold at a moment, and until when that is known to stay so.
pub(crate) async fn in_force(baton: &Baton, facts: &Facts, at_ms: i64) -> Result<(RuleSet, i64), Refused> {
    let read = baton.db.read(move |tx| {
        Box::pin(async move {
            let now = rule_sets::in_force(tx, at_ms).await?;
            let next = rule_sets::next(tx, at_ms).await?;
            let row = match now {
                Some(publication) => rule_sets::get(tx, publication.rule_set).await?,
                None => None,
            };
            Ok::<_, DbError>((row, next))
        })
    });
    let (row, next) = read.await?;
    let until_ms = next.map_or(i64::MAX, |publication| publication.live_from_ms);
    let Some(row) = row else { return Ok((cost_only(), until_ms)) };
    Ok((read_set(&row, facts.network.currency)?, until_ms))
}

/// A version as the engine reads it.
///
/// # Errors
/// It was saved by a program that knew other sentences.
pub fn read_set(row: &RuleSetRow, currency: Currency) -> Result<RuleSet, Refused> {
    let file = RuleFile::read(&row.content, currency).map_err(|errors| refused(&errors))?;
    let number = u32::try_from(row.number).unwrap_or(u32::MAX);
    Ok(RuleSet { number, name: row.name.clone(), ..file.set })
}

/// What the linter says, the gravest first as it has them.
pub fn remarks(set: &RuleSet, network: &Network) -> Vec<Remark> {
    let remark = |finding: engine::lint::Finding| Remark {
        severity: finding.severity.code(),
        code: finding.code,
        rule: finding.rule.map(engine::json::rule_code),
        say: finding.message,
        remedy: finding.remedy,
    };
    engine::lint::lint(set, network).into_iter().map(remark).collect()
}

fn refused(errors: &[RuleError]) -> Refused {
    let fault = |error: &RuleError| FieldFault { at: "/content".to_owned(), say: error.to_string() };
    Refused::Invalid(errors.iter().map(fault).collect())
}

/// The rules to begin with, as people write them.
pub fn starter(currency: Currency) -> String {
    engine::rules::starter().write(currency)
}

/// Saves rules as a new version. Nothing holds by it until it is published.
#[derive(Clone, Debug)]
pub struct SaveRules {
    pub name: String,
    /// Sentences, as people write them.
    pub content: String,
    pub comment: String,
}

#[async_trait]
impl Verb for SaveRules {
    type Done = RuleSetRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<RuleSetRow, Refused> {
        let currency = scene.shop.network.currency;
        let understood = RuleFile::understand(&self.content, currency).map_err(|errors| refused(&errors))?;
        let mut row = RuleSetRow {
            number: 0,
            name: if self.name.is_empty() { understood.file.set.name.clone() } else { self.name.clone() },
            content: understood.file.write(currency),
            author: scene.call.actor.id.clone(),
            comment: self.comment.clone(),
            created_at_ms: scene.call.at_ms,
        };
        row.number = match rule_sets::add(tx, &row).await {
            Err(DbError::Duplicate(_)) => {
                return Err(Refused::conflict(
                    crate::verb::TAKEN,
                    "somebody saved rules at the same moment; try again",
                ));
            }
            other => other?,
        };
        let subject = format!("rules {}", row.number);
        let what = What { kind: "rules.saved", subject: &subject, order_id: None };
        scene.call.tell(tx, what, &json!({ "name": row.name, "comment": row.comment })).await?;
        Ok(row)
    }
}

/// From a moment on, a version holds.
#[derive(Clone, Debug)]
pub struct PublishRules {
    pub number: i64,
    /// `None`: at once.
    pub live_from_ms: Option<i64>,
    pub comment: String,
}

#[async_trait]
impl Verb for PublishRules {
    type Done = PublicationRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<PublicationRow, Refused> {
        let none = || Refused::not_found("rule set", &self.number.to_string());
        let row = rule_sets::get(tx, self.number).await?.ok_or_else(none)?;
        let set = read_set(&row, scene.shop.network.currency)?;
        let errors: Vec<String> = remarks(&set, &scene.shop.network)
            .into_iter()
            .filter(|remark| remark.severity == "error")
            .map(|remark| remark.say)
            .collect();
        if !errors.is_empty() {
            return Err(Refused::conflict("rules_unsound", errors.join(" ")));
        }
        let live_from_ms = self.live_from_ms.unwrap_or(scene.call.at_ms);
        if live_from_ms < scene.call.at_ms {
            let say = "lies in the past; leave it out to publish at once";
            return Err(Refused::invalid("/live_from", say));
        }
        let mut publication = PublicationRow {
            number: 0,
            rule_set: self.number,
            live_from_ms,
            by_whom: scene.call.actor.id.clone(),
            comment: self.comment.clone(),
            created_at_ms: scene.call.at_ms,
            is_withdrawn: false,
        };
        publication.number = rule_sets::publish(tx, &publication).await?;
        shop_has_changed(tx).await?;
        let subject = format!("rules {}", self.number);
        let what = What { kind: "rules.published", subject: &subject, order_id: None };
        scene.call.tell(tx, what, &json!({ "live_from_ms": live_from_ms, "comment": self.comment })).await?;
        Ok(publication)
    }
}

/// Takes back a publication that does not hold yet.
#[derive(Clone, Debug)]
pub struct WithdrawRules {
    pub publication: i64,
}

#[async_trait]
impl Verb for WithdrawRules {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        if !rule_sets::withdraw(tx, self.publication, scene.call.at_ms).await? {
            let say =
                "it holds already, was taken back, or was never scheduled; publish another version instead";
            return Err(Refused::conflict("not_scheduled", say));
        }
        shop_has_changed(tx).await?;
        let subject = format!("publication {}", self.publication);
        let what = What { kind: "rules.withdrawn", subject: &subject, order_id: None };
        Ok(scene.call.tell(tx, what, &json!({})).await?)
    }
}

/// Whoever holds the shop reads it again.
async fn shop_has_changed(tx: &mut Tx) -> Result<(), Refused> {
    let version = setup::version(tx).await?;
    if setup::move_on(tx, version).await? {
        return Ok(());
    }
    Err(Refused::conflict(crate::verb::TAKEN, "somebody changed the setup at the same moment; try again"))
}

/// What rules would decide about an order now; nothing is changed.
#[derive(Clone, Debug)]
pub struct TryRules {
    pub rules: Tried,
    pub order_id: String,
}

/// Which rules are tried.
#[derive(Clone, Debug)]
pub enum Tried {
    Version(i64),
    /// Sentences that nobody has saved yet.
    Content(String),
}

#[async_trait]
impl Verb for TryRules {
    type Done = DecisionRow;

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<DecisionRow, Refused> {
        let currency = scene.shop.network.currency;
        let set = match &self.rules {
            Tried::Version(number) => {
                let none = || Refused::not_found("rule set", &number.to_string());
                read_set(&rule_sets::get(tx, *number).await?.ok_or_else(none)?, currency)?
            }
            Tried::Content(content) => {
                RuleFile::understand(content, currency).map_err(|errors| refused(&errors))?.file.set
            }
        };
        try_decide(tx, (&scene.call, &scene.shop.under(set)), &self.order_id).await
    }
}
