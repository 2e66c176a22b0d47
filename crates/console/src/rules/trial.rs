//! What rules would make of one order, beside what was decided.

use super::versions::{Listed, RuleSet, sentences, version};
use crate::answer::{Answered, page};
use crate::frame::Frame;
use crate::orders::why::{Decision, Told, Why, cost};
use crate::visit::{Visit, part};
use askama::Template;
use axum::extract::Path;
use model::Cost;
use serde::Deserialize;
use serde_json::json;
use web::Problem;

/// Which rules are tried.
#[derive(Clone, Copy)]
pub(super) enum Tried {
    Content,
    Version(i64),
}

/// Both decisions about an order.
pub(super) struct Trial {
    pub(super) order: Option<Order>,
    /// What was typed, where no order is called so.
    pub(super) asked: String,
    pub(super) before: Option<Why>,
    pub(super) after: Option<Why>,
    /// What the order would cost more or less.
    pub(super) by: String,
    pub(super) is_same_place: bool,
}

#[derive(Clone, Deserialize)]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) name: String,
}

impl Trial {
    /// `None`: no order is named.
    pub(super) async fn of(
        visit: &Visit,
        (content, tried): (&str, Tried),
        name: &str,
    ) -> Result<Option<Trial>, Problem> {
        if name.is_empty() {
            return Ok(None);
        }
        let Some(order) = found(visit, name).await? else {
            let asked = name.to_owned();
            return Ok(Some(Trial {
                order: None,
                asked,
                before: None,
                after: None,
                by: String::new(),
                is_same_place: false,
            }));
        };
        let asked = match tried {
            Tried::Content => {
                ("/v1/rule-sets/try".to_owned(), json!({ "content": content, "order_id": order.id }))
            }
            Tried::Version(number) => {
                (format!("/v1/rule-sets/{number}/try"), json!({ "order_id": order.id }))
            }
        };
        let decision: Decision = visit.api.post(&asked.0, &asked.1).await?.json()?;
        let decisions: Vec<Told> =
            visit.api.get(&format!("/v1/orders/{}/decisions", part(&order.id))).await?;
        let before = decisions.into_iter().next();
        Ok(Some(both(visit, (order, content), (before, decision)).await))
    }
}

async fn both(
    visit: &Visit,
    (order, content): (Order, &str),
    (before, decision): (Option<Told>, Decision),
) -> Trial {
    let f = visit.frame(String::new(), "rules");
    let places = |decision: &Decision| -> Vec<String> {
        decision.parcels.iter().map(|parcel| parcel.location.clone()).collect()
    };
    let was = before.as_ref().map(|told| (cost(&told.decision.landed_cost), places(&told.decision)));
    let (by, is_same_place) = match &was {
        Some((before, from)) => {
            let difference = Cost(cost(&decision.landed_cost).0 - before.0);
            let minor = difference.round_to_money(f.money.currency).minor;
            (f.money.difference(minor), *from == places(&decision))
        }
        None => (String::new(), false),
    };
    let before = match before {
        Some(told) => {
            let rules = named(visit, told.rule_set).await;
            Some(Why::of(visit, &f, (told, &rules)))
        }
        None => None,
    };
    let told = Told { number: 0, decided_at: visit.now_ms, rule_set: 0, decision };
    let after = Some(Why::of(visit, &f, (told, &sentences_named(content))));
    Trial { asked: order.name.clone(), order: Some(order), before, after, by, is_same_place }
}

fn sentences_named(content: &str) -> Vec<String> {
    sentences(content).into_iter().map(|sentence| format!("{}: {}", sentence.name, sentence.text)).collect()
}

async fn named(visit: &Visit, number: i64) -> Vec<String> {
    let set = version(visit, number).await;
    set.map(|set| sentences_named(&set.content)).unwrap_or_default()
}

/// The order that is called so; else the one that is found first.
async fn found(visit: &Visit, name: &str) -> Result<Option<Order>, Problem> {
    let listed: Listed<Order> = visit.api.get(&format!("/v1/orders?limit=10&search={}", part(name))).await?;
    let plain = |name: &str| name.trim_start_matches('#').to_lowercase();
    let exact = listed.items.iter().find(|order| plain(&order.name) == plain(name)).cloned();
    Ok(exact.or_else(|| listed.items.into_iter().next()))
}

#[derive(Template)]
#[template(path = "rules/try.html")]
struct TryPage {
    f: Frame,
    set: RuleSet,
    order: String,
    trial: Option<Trial>,
}

pub(super) async fn show(visit: Visit, Path(number): Path<i64>) -> Answered {
    let set = version(&visit, number).await?;
    let order = visit.asked("order");
    let trial = Trial::of(&visit, (&set.content, Tried::Version(number)), &order).await?;
    let number = set.number.to_string();
    let f = visit.frame(visit.words.a("rules-try-title", &[("number", &number)]), "rules");
    page(&TryPage { f, set, order, trial })
}
