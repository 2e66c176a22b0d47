//! How full the dispatches of each place are on its own today.
//!
//! Owns: which rows of loads belong to which cut-off. Refuses to know: how a parcel gets its dispatch.

use crate::Refused;
use crate::shop::Shop;
use model::{Day, LocationId, Timestamp};
use store::places::LocationKey;
use store::{Tx, decisions};

/// The parcels of a place today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfPlace {
    pub code: String,
    pub key: LocationKey,
    /// By the clock of the place.
    pub day: Day,
    pub parcels: i64,
    /// `None`: no limit.
    pub most: Option<u32>,
    /// In the order of the day; never empty.
    pub windows: Vec<Window>,
}

/// A dispatch, and the parcels that it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// `None`: at closing time.
    pub cutoff_minute: Option<u16>,
    pub parcels: i64,
    pub most: Option<u32>,
}

/// Every place, by code.
///
/// # Errors
/// The database's.
pub async fn loads(tx: &mut Tx, shop: &Shop, now_ms: i64) -> Result<Vec<OfPlace>, Refused> {
    let now = Timestamp(now_ms);
    // A place may be a day behind the shop's clock.
    let from = shop.network.settings.clock.day(now).0 - 1;
    let rows = decisions::loads(tx, i64::from(from)).await?;
    let of = |id: LocationId| {
        let (place, key) = (shop.network.location(id), shop.location_key(id));
        let day = place.calendar.clock().day(now);
        let parcels = |window: usize| {
            let of_window = rows.iter().filter(|row| row.location == key && row.day == i64::from(day.0));
            of_window.filter(|row| row.window == window as i64).map(|row| row.parcels).sum()
        };
        let mut windows: Vec<Window> = place
            .hours
            .windows
            .iter()
            .enumerate()
            .map(|(i, window)| Window {
                cutoff_minute: Some(window.cutoff_minute),
                parcels: parcels(i),
                most: window.capacity_parcels,
            })
            .collect();
        if windows.is_empty() {
            windows.push(Window { cutoff_minute: None, parcels: parcels(0), most: None });
        }
        OfPlace {
            code: place.code.clone(),
            key,
            day,
            parcels: windows.iter().map(|window| window.parcels).sum(),
            most: place.capacity_parcels_per_day,
            windows,
        }
    };
    Ok(shop.network.location_ids().map(of).collect())
}
