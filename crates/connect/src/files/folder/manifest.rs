//! `manifest.json`: what the folder is.
//!
//! Owns: the format's name, the currency, zone bands and handling needs. Refuses to know: any table.

use super::super::bad_input::{BadInput, quoted};
use super::super::cell::scaled;
use super::super::dir::Dir;
use super::layout::MANIFEST;
use model::nearest::nearest;
use model::{Cost, Currency, Distance, Handling, HandlingSet, Weight};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Most zone bands.
const MAX_BANDS: usize = model::rates::MAX_ZONES - 1;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Format {
    Baton,
    /// The bench's own cost of a placement; see [`super::settings::bench`].
    Bench,
}

pub(super) struct Manifest {
    pub(super) format: Format,
    pub(super) currency: Currency,
    pub(super) split_penalty: Option<Cost>,
    pub(super) bands: Vec<Distance>,
    pub(super) parcel_max: Option<Weight>,
    /// Handling classes that need something of a place.
    needs: Option<BTreeMap<String, Handling>>,
    /// Services in their order, where the manifest names them in a list.
    pub(super) services: Vec<String>,
    /// The price list of `rates.csv` that counts.
    pub(super) price_tier: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wire {
    format: Option<String>,
    currency: Option<String>,
    #[serde(alias = "split_penalty_per_extra_parcel")]
    split_penalty_usd_per_extra_parcel: Option<serde_json::Number>,
    zone_band_upper_miles: Option<Vec<serde_json::Number>>,
    zone_band_upper_km: Option<Vec<serde_json::Number>>,
    parcel_max_weight_oz: Option<serde_json::Number>,
    handling_class_needs: Option<BTreeMap<String, String>>,
    services: serde_json::Value,
    price_tier: Option<String>,
}

/// Zone bands of the built-in tariff, in miles.
const USPS_BANDS: [u64; 7] = [50, 150, 300, 600, 1_000, 1_400, 1_800];

/// Reads the manifest of a folder; without one the folder is `baton-1` in US dollars.
pub(super) fn read(dir: &Dir, assumptions: &mut Vec<String>) -> Result<Manifest, BadInput> {
    let Some(text) = dir.read_small(MANIFEST.file)? else {
        assumptions.push("no manifest.json: read as baton-1, amounts in USD".to_owned());
        return manifest(Wire::default());
    };
    let wire: Wire = serde_json::from_str(&text).map_err(|error| {
        fault(&format!("cannot be read: {error}"), "correct the JSON there").at_row(error.line() as u64)
    })?;
    manifest(wire)
}

fn fault(problem: &str, remedy: &str) -> BadInput {
    BadInput::of_file(MANIFEST.file, problem, remedy)
}

fn manifest(wire: Wire) -> Result<Manifest, BadInput> {
    let format = match wire.format.as_deref() {
        None | Some("baton-1") => Format::Baton,
        Some("oobench-1") => Format::Bench,
        Some(other) => {
            let problem = format!("format {} is not known", quoted(other));
            return Err(fault(&problem, "write baton-1 or oobench-1").in_column("format"));
        }
    };
    let code = wire.currency.as_deref().unwrap_or("USD");
    let currency = Currency::from_code(code).ok_or_else(|| {
        let problem = format!("{} is not a currency", quoted(code));
        fault(&problem, "write three capitals of ISO 4217, such as USD").in_column("currency")
    })?;
    let split_penalty = wire.split_penalty_usd_per_extra_parcel.as_ref().map(split_penalty).transpose()?;
    let parcel_max = wire.parcel_max_weight_oz.as_ref().map(parcel_max).transpose()?;
    Ok(Manifest {
        format,
        currency,
        split_penalty,
        bands: bands(&wire)?,
        parcel_max,
        needs: wire.handling_class_needs.map(needs).transpose()?,
        services: services(&wire.services),
        price_tier: wire.price_tier.map(|tier| tier.trim().to_owned()).filter(|tier| !tier.is_empty()),
    })
}

fn number(value: &serde_json::Number, scale: u32, key: &str) -> Result<i64, BadInput> {
    let text = value.to_string();
    let read = scaled(text.as_bytes(), scale, b'.').filter(|(value, is_exact)| *is_exact && *value >= 0);
    read.map(|(value, _)| value).ok_or_else(|| {
        let problem = format!("{} cannot be read exactly", quoted(&text));
        fault(&problem, &format!("write a number of 0 or more with at most {scale} decimals")).in_column(key)
    })
}

fn split_penalty(value: &serde_json::Number) -> Result<Cost, BadInput> {
    number(value, 4, "split_penalty_usd_per_extra_parcel").map(Cost)
}

fn parcel_max(value: &serde_json::Number) -> Result<Weight, BadInput> {
    let ounces = number(value, 0, "parcel_max_weight_oz")?;
    let heaviest = Weight::MAX.0 / Weight::OUNCE;
    if ounces > heaviest {
        let remedy = format!("write at most {heaviest} ounces");
        return Err(fault("is heavier than any parcel", &remedy).in_column("parcel_max_weight_oz"));
    }
    Ok(Weight::from_ounces(ounces))
}

fn bands(wire: &Wire) -> Result<Vec<Distance>, BadInput> {
    let (key, values) = match (&wire.zone_band_upper_miles, &wire.zone_band_upper_km) {
        (None, None) => {
            return Ok(USPS_BANDS.map(|miles| Distance::from_tenth_miles(miles * 10)).to_vec());
        }
        (Some(miles), None) => ("zone_band_upper_miles", miles),
        (None, Some(km)) => ("zone_band_upper_km", km),
        (Some(_), Some(_)) => {
            return Err(fault("gives zone bands in miles and in km", "keep one of the two lists"));
        }
    };
    let one = |value| {
        let tenths = number(value, 1, key)?.min(400_750) as u64;
        Ok(match key {
            "zone_band_upper_km" => Distance((tenths * 100) as u32),
            _ => Distance::from_tenth_miles(tenths),
        })
    };
    let bands: Vec<Distance> = values.iter().take(MAX_BANDS + 1).map(one).collect::<Result<_, BadInput>>()?;
    if bands.len() > MAX_BANDS || bands.windows(2).any(|pair| pair[0] >= pair[1]) {
        let remedy = format!("write at most {MAX_BANDS} distances, each longer than the one before");
        return Err(fault("zone bands do not rise", &remedy).in_column(key));
    }
    Ok(bands)
}

fn needs(wire: BTreeMap<String, String>) -> Result<BTreeMap<String, Handling>, BadInput> {
    let one = |(class, column): (String, String)| {
        let handling = column.strip_prefix("can_ship_").and_then(Handling::from_code);
        let handling = handling.ok_or_else(|| {
            let remedy = "write can_ship_fragile, can_ship_hazmat, can_ship_oversize, can_ship_age_restricted or can_ship_perishable";
            fault(&format!("{} is no column of abilities", quoted(&column)), remedy)
                .in_column("handling_class_needs")
        })?;
        Ok((class, handling))
    };
    wire.into_iter().map(one).collect()
}

fn services(value: &serde_json::Value) -> Vec<String> {
    let names = value.as_array().map(|list| list.iter().filter_map(|name| name.as_str()).map(str::to_owned));
    names.map(|names| names.take(model::rates::MAX_SERVICES).collect()).unwrap_or_default()
}

impl Manifest {
    /// What one handling class needs of a place; `Err` with the nearest class when it is not known.
    pub(super) fn handling(&self, class: &str) -> Result<HandlingSet, Option<&'static str>> {
        if let Some(needs) = &self.needs {
            let named = needs.get(class).map(|&handling| HandlingSet::of(&[handling]));
            if named.is_some() || self.format == Format::Bench {
                return Ok(named.unwrap_or(HandlingSet::NONE));
            }
        }
        let plain = class.to_lowercase();
        match Handling::from_code(&plain) {
            Some(handling) => Ok(HandlingSet::of(&[handling])),
            None if plain == "standard" => Ok(HandlingSet::NONE),
            None => Err(nearest(&plain, Handling::ALL.iter().map(|handling| handling.code()))),
        }
    }
}
