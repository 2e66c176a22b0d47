//! What a list of orders is narrowed by, in the words of who asks.

use super::MOST_COUNTED;
use super::reading::{LONGEST_SEARCH, search};
use crate::refused::Refused;
use crate::shop::Shop;
use model::Lane;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::order_list::{self, AtPlace, Question, Work};
use store::orders::OrderRow;
use store::{Db, Tx};
use utoipa::ToSchema;

/// Which orders; what is left out may be anything.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = OrderFilter)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// `open`, `held`, `fulfilled` or `cancelled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// What people call it, exactly: `#1043`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What somebody typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search: Option<String>,
    /// Code of a place that has some of it, or has handed it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// `ship`, `pickup` or `local_delivery`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Placed at this moment or later,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_from: Option<i64>,
    /// and before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_to: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// `to_decide`, `to_pick`, `to_pack`, `waiting_for_pickup`, `late`, `needs_attention` or `split`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
}

/// An order of a list, with what a list shows of it besides its row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    pub order: OrderRow,
    pub at: Vec<AtPlace>,
    pub needs_attention: bool,
}

const STATES: [&str; 4] = ["open", "held", "fulfilled", "cancelled"];

/// Orders before a moment and an id, the newest first; of one moment by id. At most `limit`.
///
/// # Errors
/// The filter asks for what there is not; the database's.
pub async fn find(
    db: &Db,
    (shop, filter, now_ms): (&Arc<Shop>, &Filter, i64),
    before: (i64, String),
    limit: i64,
) -> Result<Vec<Found>, Refused> {
    let asked = Arc::new((Arc::clone(shop), filter.clone(), before));
    let found = db.read::<_, Refused>(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move {
            let (shop, filter, (at_ms, id)) = &*asked;
            let question = filter.question(tx, shop, now_ms).await?;
            let page = order_list::page(tx, &question, (*at_ms, id), limit).await?;
            with_places(tx, page).await
        })
    });
    found.await
}

/// How many there are; [`MOST_COUNTED`]: so many, or more.
///
/// # Errors
/// As [`find`].
pub async fn count(db: &Db, (shop, filter, now_ms): (&Arc<Shop>, &Filter, i64)) -> Result<i64, Refused> {
    let asked = Arc::new((Arc::clone(shop), filter.clone()));
    let counted = db.read::<_, Refused>(move |tx| {
        let asked = Arc::clone(&asked);
        Box::pin(async move {
            let (shop, filter) = &*asked;
            let question = filter.question(tx, shop, now_ms).await?;
            Ok(order_list::count(tx, &question, MOST_COUNTED).await?)
        })
    });
    counted.await
}

async fn with_places(tx: &mut Tx, orders: Vec<OrderRow>) -> Result<Vec<Found>, Refused> {
    let ids: Vec<&str> = orders.iter().map(|order| order.id.as_str()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let at = order_list::at_places(tx, &ids).await?;
    let in_need: BTreeSet<String> = order_list::in_need(tx, &ids).await?.into_iter().collect();
    let found = |order: OrderRow| Found {
        at: at.iter().filter(|place| place.order_id == order.id).cloned().collect(),
        needs_attention: in_need.contains(&order.id),
        order,
    };
    Ok(orders.into_iter().map(found).collect())
}

impl Filter {
    /// Whether it narrows nothing.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// # Errors
    /// It asks for what there is not. The pointer is the name of the field.
    pub(crate) async fn question(&self, tx: &mut Tx, shop: &Shop, now_ms: i64) -> Result<Question, Refused> {
        one_of("/state", self.state.as_deref(), &STATES)?;
        one_of("/lane", self.lane.as_deref(), &Lane::ALL.map(Lane::code))?;
        one_of("/work", self.work.as_deref(), &Work::ALL.map(Work::code))?;
        for (at, text) in [("/name", &self.name), ("/channel", &self.channel), ("/tag", &self.tag)] {
            if text.as_ref().is_some_and(|text| text.len() > LONGEST_SEARCH) {
                let say = format!("is too long to be looked for; {LONGEST_SEARCH} bytes are the most");
                return Err(Refused::invalid(at, say));
            }
        }
        let place = |code: &String| match shop.network.location_by_code(code) {
            Some(id) => Ok(shop.location_key(id)),
            None => Err(Refused::invalid("/location", format!("there is no location “{code}”"))),
        };
        let typed = match &self.search {
            Some(text) => search(tx, shop, text).await?,
            None => None,
        };
        Ok(Question {
            search: typed,
            name: self.name.clone(),
            state: self.state.clone(),
            lane: self.lane.clone(),
            channel: self.channel.clone(),
            tag: self.tag.clone(),
            location: self.location.as_ref().map(place).transpose()?,
            work: self.work.as_deref().and_then(Work::from_code),
            from_ms: self.placed_from,
            to_ms: self.placed_to,
            now_ms,
        })
    }
}

fn one_of(at: &str, word: Option<&str>, words: &[&str]) -> Result<(), Refused> {
    match word.is_none_or(|word| words.contains(&word)) {
        true => Ok(()),
        false => Err(Refused::invalid(at, format!("is one of {}", words.join(", ")))),
    }
}
