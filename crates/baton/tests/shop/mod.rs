//! Folders that go when a test ends, and the command run on them.

#![allow(dead_code)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder that goes when the test ends.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Scratch {
        let dir = std::env::temp_dir().join(format!("baton-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Scratch(dir)
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn baton(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_baton")).args(arguments).output().unwrap()
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub(crate) fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A depot and a mall, a kilometre from each other, that sell mugs at $20.00 of which $8.00 is margin; so many on
/// their shelves.
pub(crate) fn two_places(scratch: &Scratch, (depot, mall): (u32, u32)) {
    scratch.write(
        "locations.csv",
        "location_id,type,zip,lat_deg,lon_deg\nDEPOT,warehouse,43004,40.0,-83.0\nMALL,store,43004,40.0,-83.0\n",
    );
    scratch.write("products.csv", "sku,weight_oz,price_usd,gross_margin_usd\nMUG,12,20,8\n");
    scratch.write(
        "inventory.csv",
        &format!("location_id,sku,on_hand_units\nDEPOT,MUG,{depot}\nMALL,MUG,{mall}\n"),
    );
}

/// One mug for the neighbourhood, on each of these days of November 2026.
pub(crate) fn orders(scratch: &Scratch, days: &[u8]) {
    let mut orders = "order_id,placed_at,dest_zip\n".to_owned();
    let mut lines = "order_id,line,sku,qty\n".to_owned();
    for (number, day) in (1..).zip(days) {
        orders.push_str(&format!("O{number},2026-11-{day:02} 12:00,43004\n"));
        lines.push_str(&format!("O{number},1,MUG,1\n"));
    }
    scratch.write("orders.csv", &orders);
    scratch.write("order_lines.csv", &lines);
}

/// Where each of the orders shipped from.
pub(crate) fn actuals(scratch: &Scratch, places: &[&str]) {
    let mut rows = "order_id,line,sku,qty,location_id\n".to_owned();
    for (number, place) in (1..).zip(places) {
        rows.push_str(&format!("O{number},1,MUG,1,{place}\n"));
    }
    scratch.write("actuals.csv", &rows);
}
