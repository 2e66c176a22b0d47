//! How full the dispatches of each place are.

use crate::answer::Answer;
use crate::app::App;
use crate::caller::Caller;
use crate::json::Json;
use axum::extract::State;
use flow::Refused;
use flow::loads::{OfPlace, Window, loads};
use serde::Serialize;
use utoipa::ToSchema;

/// A dispatch, and the parcels that it has.
#[derive(Serialize, ToSchema)]
struct DispatchShown {
    /// By the clock of the place: orders decided before it leave with it. Null: at closing time.
    #[schema(example = "14:00")]
    cutoff: Option<String>,
    parcels: i64,
    /// Null: no limit.
    most: Option<u32>,
}

impl From<Window> for DispatchShown {
    fn from(window: Window) -> DispatchShown {
        let cutoff = window.cutoff_minute.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60));
        DispatchShown { cutoff, parcels: window.parcels, most: window.most }
    }
}

/// The parcels of a place on its own today.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoadShown {
    /// Code of the location.
    location: String,
    /// What events call it: it stays when the code changes.
    #[schema(example = "loc_3")]
    id: String,
    #[schema(example = "2026-11-27")]
    day: String,
    parcels: i64,
    /// Null: no limit.
    most: Option<u32>,
    dispatches: Vec<DispatchShown>,
}

impl From<OfPlace> for LoadShown {
    fn from(place: OfPlace) -> LoadShown {
        LoadShown {
            location: place.code,
            id: format!("loc_{}", place.key.0),
            day: place.day.to_string(),
            parcels: place.parcels,
            most: place.most,
            dispatches: place.windows.into_iter().map(DispatchShown::from).collect(),
        }
    }
}

/// Lists how full today's dispatches of each location within reach are, by code.
#[utoipa::path(get, path = "/v1/locations/loads", responses((status = 200, body = Vec<LoadShown>)))]
pub(crate) async fn list_loads(State(app): State<App>, caller: Caller) -> Answer<Json<Vec<LoadShown>>> {
    let now_ms = app.now_ms();
    let shop = app.baton.shop(now_ms).await?;
    let of_all = app.db.read::<_, Refused>(move |tx| {
        let shop = shop.clone();
        Box::pin(async move { loads(tx, &shop, now_ms).await })
    });
    let own = of_all.await?.into_iter().filter(|place| caller.who.places.has(place.key));
    Ok(Json(own.map(LoadShown::from).collect()))
}
