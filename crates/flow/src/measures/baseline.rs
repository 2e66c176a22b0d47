//! What weeks are compared with: four weeks before a day.
//!
//! Owns: which those are. Somebody chooses the day, such as the one on which routing changed; until then it is as early as the
//! books allow: the first four whole weeks in them.

use super::weeks::monday;
use crate::call::What;
use crate::refused::Refused;
use crate::verb::{Scene, Verb};
use async_trait::async_trait;
use model::{Day, Timestamp};
use serde_json::json;
use store::Tx;
use store::measures::{self, BaselineRow};

/// Days of a baseline: four weeks even out a week with a holiday.
const DAYS: i32 = 28;

/// The days that weeks are compared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Baseline {
    pub from: Day,
    /// The day after its last.
    pub to: Day,
    /// Who chose it, and when; `None`: nobody did.
    pub chosen: Option<(String, i64)>,
}

impl Baseline {
    /// The one that holds; `None`: the books have nothing yet.
    pub(super) async fn read(tx: &mut Tx) -> Result<Option<Baseline>, Refused> {
        if let Some(row) = measures::baseline(tx).await? {
            let to = monday(Day(i32::try_from(row.before_day).unwrap_or_default()));
            return Ok(Some(Baseline { from: Day(to.0 - DAYS), to, chosen: Some((row.by, row.at_ms)) }));
        }
        let first = measures::first_day(tx).await?.and_then(|day| i32::try_from(day).ok());
        Ok(first.map(|first| {
            // A week that the books begin in the middle of is no whole one.
            let from = monday(Day(first + 6));
            Baseline { from, to: Day(from.0 + DAYS), chosen: None }
        }))
    }
}

/// Chooses the day before which the four weeks lie: those before its own week.
#[derive(Clone, Debug)]
pub struct ChooseBaseline {
    /// `2026-11-23`.
    pub before: String,
}

#[async_trait]
impl Verb for ChooseBaseline {
    type Done = ();

    async fn run(&self, tx: &mut Tx, scene: &Scene) -> Result<(), Refused> {
        let say = || format!("“{}” is not a day; write it like 2026-11-23", self.before);
        let day = Day::from_iso(&self.before).ok_or_else(|| Refused::invalid("/before", say()))?;
        if day > scene.shop.network.settings.clock.day(Timestamp(scene.call.at_ms)) {
            return Err(Refused::invalid("/before", "is still to come; choose a day that has begun"));
        }
        let row = BaselineRow {
            before_day: day.0.into(),
            by: scene.call.actor.id.clone(),
            at_ms: scene.call.at_ms,
        };
        measures::choose(tx, &row).await?;
        let what = What { kind: "numbers.baseline_chosen", subject: "numbers", order_id: None };
        Ok(scene.call.tell(tx, what, &json!({ "before": self.before })).await?)
    }
}
