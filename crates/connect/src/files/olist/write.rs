//! The Baton folder of the history, file by file.
//!
//! Owns: the bytes. Refuses to know: how they were chosen.

use super::mapping::Mapped;
use super::rate_card::{BANDS_KM, MIN_SAMPLES, RateCard, STEPS_G, ZONES, zone};
use super::source::History;
use super::{OlistOptions, ZONE};
use crate::files::bad_input::{BadInput, BadInputs, plain_words};
use crate::files::out_file::OutFile;
use model::{Cost, Point};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

pub(super) struct Written<'a> {
    pub(super) history: &'a History,
    pub(super) mapped: &'a Mapped,
    pub(super) card: &'a RateCard,
    pub(super) options: OlistOptions,
}

type Fill<'a> = fn(&Written<'a>, &mut OutFile) -> io::Result<()>;

pub(super) fn folder(written: &Written<'_>, to: &Path) -> Result<(), BadInputs> {
    fs::create_dir_all(to).map_err(|error| {
        let shown = to.display().to_string();
        let problem = format!("cannot be made: {}", plain_words(&error));
        BadInput::of_file(&shown, problem, "name a folder that can be written")
    })?;
    let files: [(&str, Fill<'_>); 11] = [
        ("locations.csv", locations),
        ("products.csv", products),
        ("inventory.csv", inventory),
        ("rates.csv", rates),
        ("zones.csv", zones),
        ("orders.csv", orders),
        ("order_lines.csv", lines),
        ("actuals.csv", actuals),
        ("settings.toml", settings),
        ("MAPPING.md", mapping),
        ("manifest.json", manifest),
    ];
    for (name, fill) in files {
        let mut out = OutFile::create(&to.join(name), &[])?;
        fill(written, &mut out).map_err(|error| out.fault(&error))?;
        out.finish()?;
    }
    Ok(())
}

fn manifest(_: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    let bands = BANDS_KM.map(|km| km.to_string()).join(", ");
    writeln!(
        out,
        "{{\n  \"format\": \"baton-1\",\n  \"name\": \"Olist 2016-2018\",\n  \"currency\": \"BRL\",\n  \"zone_band_upper_km\": [{bands}]\n}}"
    )
}

fn settings(_: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    writeln!(out, "# The clock of the history's times.\ntime_zone = \"{ZONE}\"")?;
    out.write_all(
        b"# No handling costs are known; a second parcel costs its own freight alone.\nsplit_penalty = 0\n",
    )?;
    out.write_all(b"# Modelled: real orders did arrive late, so lateness has a price (BRL per parcel and day).\nlateness_per_day = 5\n")
}

/// Degrees with four decimals.
fn degrees(e4: i32) -> String {
    Cost(i64::from(e4)).decimal()
}

fn locations(written: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    writeln!(out, "location_id,name,type,city,state,lat_deg,lon_deg,handling_days")?;
    for (i, city) in written.mapped.cities.iter().enumerate() {
        let kind = if i == 0 { "warehouse" } else { "store" };
        let (lat, lon) = (degrees(city.point.lat_e4), degrees(city.point.lon_e4));
        let (name, state, days) = (cell(&city.name), &city.state, city.handling_days);
        writeln!(out, "{},{name},{kind},{name},{state},{lat},{lon},{days}", cell(&city.code))?;
    }
    Ok(())
}

fn products(written: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    let mut prices: BTreeMap<usize, Cost> = BTreeMap::new();
    for line in written.mapped.sales.iter().flat_map(|i| &written.history.sales[*i].lines) {
        prices.insert(line.product, line.price);
    }
    writeln!(out, "sku,category,weight_g,length_cm,width_cm,height_cm,price")?;
    for product in &written.mapped.products {
        let good = &written.history.products[*product];
        let weight = if good.weight_g > 0 { good.weight_g.to_string() } else { String::new() };
        let sides = if good.sides_cm.iter().any(String::is_empty) {
            ",,".to_owned()
        } else {
            good.sides_cm.join(",")
        };
        let price = prices.get(product).copied().unwrap_or_default().decimal();
        writeln!(out, "{},{},{weight},{sides},{price}", cell(&good.id), cell(&good.category))?;
    }
    Ok(())
}

fn inventory(written: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    writeln!(out, "location_id,sku,on_hand_units")?;
    for ((city, product), units) in &written.mapped.stock {
        let code = cell(&written.mapped.cities[*city].code);
        writeln!(out, "{code},{},{units}", cell(&written.history.products[*product].id))?;
    }
    Ok(())
}

fn rates(written: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    writeln!(out, "service,zone,max_weight_g,rate,transit_days")?;
    for zone in 0..ZONES {
        for (grams, rate) in STEPS_G.iter().zip(written.card.rates[zone]) {
            let days = written.card.transit_days[zone];
            writeln!(out, "post,{},{grams},{},{days}", zone + 1, rate.decimal())?;
        }
    }
    Ok(())
}

fn zones(written: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    let mut places: BTreeMap<&str, Point> = BTreeMap::new();
    for sale in written.mapped.sales.iter().map(|i| &written.history.sales[*i]) {
        places.extend(sale.to.map(|point| (sale.cep.as_str(), point)));
    }
    writeln!(out, "location_id,place,distance_km,zone")?;
    for city in &written.mapped.cities {
        for (cep, point) in &places {
            let way = city.point.distance_to(*point);
            let (km, metres) = (way.0 / 1_000, way.0 % 1_000);
            writeln!(out, "{},{cep},{km}.{metres:03},{}", cell(&city.code), zone(way.km()) + 1)?;
        }
    }
    Ok(())
}

fn orders(written: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    writeln!(out, "order_id,placed_at,deliver_by,dest_zip,place,dest_state,country")?;
    let clock = super::clock();
    for sale in written.mapped.sales.iter().map(|i| &written.history.sales[*i]) {
        let by = sale.estimated.map(|day| day.to_string()).unwrap_or_default();
        let (id, placed, cep, state) =
            (cell(&sale.id), clock.show(sale.placed_at), cell(&sale.cep), cell(&sale.state));
        writeln!(out, "{id},{placed},{by},{cep},{cep},{state},BR")?;
    }
    Ok(())
}

fn lines(written: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    writeln!(out, "order_id,line,sku,qty,unit_price")?;
    for sale in written.mapped.sales.iter().map(|i| &written.history.sales[*i]) {
        for line in &sale.lines {
            let sku = cell(&written.history.products[line.product].id);
            writeln!(out, "{},{},{sku},1,{}", cell(&sale.id), line.number, line.price.decimal())?;
        }
    }
    Ok(())
}

fn actuals(written: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    writeln!(out, "order_id,line,sku,qty,location_id,shipping_cost")?;
    for sale in written.mapped.sales.iter().map(|i| &written.history.sales[*i]) {
        for line in &sale.lines {
            let Some(city) = written.mapped.city_of[line.seller] else { continue };
            let sku = cell(&written.history.products[line.product].id);
            let (city, freight) = (cell(&written.mapped.cities[city].code), line.freight.decimal());
            writeln!(out, "{},{},{sku},1,{city},{freight}", cell(&sale.id), line.number)?;
        }
    }
    Ok(())
}

/// In quotes where it must be.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn mapping(written: &Written<'_>, out: &mut OutFile) -> io::Result<()> {
    let summary = written.mapped.summary();
    let options = written.options;
    let (cities, parcels) = (summary.locations, written.card.parcels);
    let left_out = match summary.left_out.is_empty() {
        true => "nothing".to_owned(),
        false => summary.left_out.join("\n- "),
    };
    let (bands, steps) =
        (BANDS_KM.map(|km| km.to_string()).join(", "), STEPS_G.map(|g| g.to_string()).join(", "));
    let (safety, share) = (options.safety_percent, options.warehouse_percent);
    let (orders, lines, records) = (summary.orders, summary.lines, summary.stock_records);
    write!(
        out,
        "# How this folder was made from the Olist history\n\n\
         Source: Brazilian e-commerce public dataset by Olist; points of postal prefixes are medians of Olist's\n\
         own geolocation table. {orders} orders, {lines} lines, {cities} places, {records} stock records.\n\n\
         ## Data\n\n\
         - Orders: delivered or shipped orders, all of whose lines were sold from the {cities} cities below. Each\n\
           item is a line of one unit. Times name no zone and are taken for São Paulo's, summer time included.\n\
         - Destination: the customer's five-digit postal prefix. `deliver_by`: the estimated day that was told.\n\
         - Places: the {cities} seller cities that shipped most lines, at the point of their busiest seller.\n\
         - Handling days: median of whole days from purchase to the carrier, by city.\n\
         - Products: weight and sides as listed; price as last paid.\n\
         - `actuals.csv`: the city that really shipped each line, and the freight that was really charged for it.\n\n\
         ## Fitted from the data\n\n\
         - `rates.csv`: the median freight of {parcels} real parcels (one seller's lines of one order) by distance\n\
           (up to {bands} km, and beyond) and weight (up to {steps} g); cells of fewer than {MIN_SAMPLES} parcels, and those\n\
           below a lighter or nearer one, take that price. Freight is what customers were charged.\n\
         - Transit days: median of days from the carrier to the door, by distance.\n\n\
         ## Modelled: not data\n\n\
         - Stock. Olist has none. Each city holds, from the first day, the units that it sold in these orders plus\n\
           {safety} % of them, one at least. Only where a city really sold a product can it ship it, but for the next point.\n\
         - The largest city is called a warehouse, the others stores. It also holds {share} % of what all cities sold of\n\
           the best-selling products that make half of all units.\n\
         - All sellers of a city are one place, and one owner of the stock.\n\
         - Lateness costs 5 BRL per parcel and day; labor, packaging and margins are unknown and count as nothing.\n\
         - No limits on parcels per day, no opening hours.\n\n\
         ## Left out\n\n- {left_out}\n"
    )
}
