//! The files of the history, read into memory: at most a few million rows.
//!
//! Owns: joining orders, items, customers, sellers and products. Refuses to know: what becomes of them.

use crate::files::bad_input::{BadInput, BadInputs, Faults};
use crate::files::cell::Whole;
use crate::files::folder::layout::{Column, optional, required};
use crate::files::folder::{LATITUDE, LONGITUDE};
use crate::files::table::Table;
use model::{Cost, Day, Point, Timestamp};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Most rows of any of the files.
const MAX_ROWS: usize = 5_000_000;
const NUMBER: Whole = Whole::new("a number", 0, 1_000_000);

static ORDERS: &[Column] = &[
    required("order_id", "", ""),
    required("customer_id", "", ""),
    required("order_status", "", ""),
    required("order_purchase_timestamp", "", ""),
    optional("order_approved_at", "", "", ""),
    required("order_delivered_carrier_date", "", ""),
    required("order_delivered_customer_date", "", ""),
    required("order_estimated_delivery_date", "", ""),
];
static ITEMS: &[Column] = &[
    required("order_id", "", ""),
    required("order_item_id", "", ""),
    required("product_id", "", ""),
    required("seller_id", "", ""),
    optional("shipping_limit_date", "", "", ""),
    required("price", "", ""),
    required("freight_value", "", ""),
];
static CUSTOMERS: &[Column] = &[
    required("customer_id", "", ""),
    required("customer_zip_code_prefix", "", ""),
    required("customer_state", "", ""),
];
static SELLERS: &[Column] = &[
    required("seller_id", "", ""),
    required("seller_zip_code_prefix", "", ""),
    required("seller_city", "", ""),
    required("seller_state", "", ""),
];
static PRODUCTS: &[Column] = &[
    required("product_id", "", ""),
    optional("product_category_name", "", "", ""),
    required("product_weight_g", "", ""),
    optional("product_length_cm", "", "", ""),
    optional("product_width_cm", "", "", ""),
    optional("product_height_cm", "", "", ""),
];
static CEPS: &[Column] = &[required("cep5", "", ""), required("lat", "", ""), required("lng", "", "")];

pub(super) struct Line {
    pub(super) number: u32,
    /// Positions in [`History::products`] and [`History::sellers`].
    pub(super) product: usize,
    pub(super) seller: usize,
    pub(super) price: Cost,
    pub(super) freight: Cost,
}

/// An order that was shipped.
pub(super) struct Sale {
    pub(super) id: String,
    pub(super) placed_at: Timestamp,
    pub(super) carried: Option<Timestamp>,
    pub(super) delivered: Option<Timestamp>,
    pub(super) estimated: Option<Day>,
    pub(super) cep: String,
    pub(super) state: String,
    pub(super) to: Option<Point>,
    pub(super) lines: Vec<Line>,
}

pub(super) struct Seller {
    pub(super) city: String,
    pub(super) state: String,
    pub(super) point: Option<Point>,
}

pub(super) struct Good {
    pub(super) id: String,
    pub(super) category: String,
    /// 0: not known.
    pub(super) weight_g: i64,
    pub(super) sides_cm: [String; 3],
}

pub(super) struct History {
    /// By time and id.
    pub(super) sales: Vec<Sale>,
    pub(super) sellers: Vec<Seller>,
    pub(super) products: Vec<Good>,
    /// Orders that never left, or have no lines.
    pub(super) not_shipped: usize,
}

pub(super) fn read(dir: &Path) -> Result<History, BadInputs> {
    let dir = &Folders::of(dir);
    let points = read_ceps(dir)?;
    let (sellers, seller_ids) = read_sellers(dir, &points)?;
    let (products, product_ids) = read_products(dir)?;
    let customers = read_customers(dir)?;
    let (mut sales, mut not_shipped) = read_orders(dir, &customers, &points)?;
    read_items(dir, &mut sales, (&product_ids, &seller_ids))?;
    let before = sales.len();
    sales.retain(|sale| !sale.lines.is_empty());
    not_shipped += before - sales.len();
    for sale in &mut sales {
        sale.lines.sort_by_key(|line| line.number);
    }
    sales.sort_by(|a, b| (a.placed_at, &a.id).cmp(&(b.placed_at, &b.id)));
    Ok(History { sales, sellers, products, not_shipped })
}

/// Where the files of a history lie.
struct Folders {
    olist: PathBuf,
    /// Where the points of postal prefixes are looked for: they are not Olist's.
    geo: Vec<PathBuf>,
}

impl Folders {
    /// `dir` is the folder of Olist's files, with `geo/` beside it, or the folder that holds `olist/` and `geo/`.
    fn of(dir: &Path) -> Folders {
        let inner = dir.join("olist");
        let (olist, beside) =
            if inner.is_dir() { (inner, dir.join("geo")) } else { (dir.to_owned(), dir.join("../geo")) };
        Folders { geo: vec![olist.clone(), beside], olist }
    }

    fn find(&self, begins: &str) -> Result<PathBuf, BadInput> {
        let remedy = "add the file of Olist's history, or name the folder that holds it with --from";
        find(std::slice::from_ref(&self.olist), begins, remedy)
    }
}

/// The file of a folder whose name begins so.
fn find(dirs: &[PathBuf], begins: &str, remedy: &str) -> Result<PathBuf, BadInput> {
    let is_it = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(begins) && (name.ends_with(".csv") || name.ends_with(".csv.zst"))
    };
    for dir in dirs {
        let entries = fs::read_dir(dir).into_iter().flatten().flatten();
        if let Some(first) = entries.map(|entry| entry.path()).filter(is_it).min() {
            return Ok(first);
        }
    }
    let looked: Vec<String> = dirs.iter().map(|dir| dir.display().to_string()).collect();
    let problem = format!("no such file, .csv or .csv.zst, is in {}", looked.join(" or "));
    Err(BadInput::of_file(&format!("{begins}…"), problem, remedy))
}

fn rows(
    path: &Path,
    columns: &'static [Column],
    mut row: impl FnMut(&Table) -> Result<(), BadInput>,
) -> Result<(), BadInputs> {
    let mut table = Table::open(path, columns)?;
    let mut faults = Faults::default();
    let mut count = 0;
    while table.next_row(&mut faults)? {
        faults.keep(row(&table))?;
        count += 1;
        if count > MAX_ROWS {
            let problem = format!("is beyond the {MAX_ROWS} rows that are read");
            return Err(table.row_fault_of(&problem, "use a shorter history").into());
        }
    }
    faults.into_result()
}

fn read_ceps(dir: &Folders) -> Result<HashMap<String, Point>, BadInputs> {
    let remedy =
        "add the table of points of Brazil's postal prefixes there; it has the columns cep5, lat and lng";
    let path = find(&dir.geo, "br_cep5", remedy)?;
    let mut points = HashMap::new();
    rows(&path, CEPS, |table| {
        let point = Point {
            lat_e4: table.get("lat").degrees(&LATITUDE)?,
            lon_e4: table.get("lng").degrees(&LONGITUDE)?,
        };
        points.insert(table.get("cep5").text().to_owned(), point);
        Ok(())
    })?;
    Ok(points)
}

type Ids = HashMap<String, usize>;

fn read_sellers(dir: &Folders, points: &HashMap<String, Point>) -> Result<(Vec<Seller>, Ids), BadInputs> {
    let path = dir.find("olist_sellers")?;
    let (mut sellers, mut ids) = (Vec::new(), HashMap::new());
    rows(&path, SELLERS, |table| {
        let text = |name| table.get(name).text().to_owned();
        ids.insert(text("seller_id"), sellers.len());
        let point = points.get(table.get("seller_zip_code_prefix").text()).copied();
        sellers.push(Seller { city: text("seller_city"), state: text("seller_state"), point });
        Ok(())
    })?;
    Ok((sellers, ids))
}

fn read_products(dir: &Folders) -> Result<(Vec<Good>, Ids), BadInputs> {
    let path = dir.find("olist_products")?;
    let (mut products, mut ids) = (Vec::new(), HashMap::new());
    rows(&path, PRODUCTS, |table| {
        let text = |name| table.get(name).text().to_owned();
        let weight = table.get("product_weight_g").filled();
        ids.insert(text("product_id"), products.len());
        products.push(Good {
            id: text("product_id"),
            category: text("product_category_name"),
            weight_g: weight.map(|cell| cell.whole(&NUMBER)).transpose()?.unwrap_or(0),
            sides_cm: ["product_length_cm", "product_width_cm", "product_height_cm"].map(text),
        });
        Ok(())
    })?;
    Ok((products, ids))
}

fn read_customers(dir: &Folders) -> Result<HashMap<String, (String, String)>, BadInputs> {
    let path = dir.find("olist_customers")?;
    let mut customers = HashMap::new();
    rows(&path, CUSTOMERS, |table| {
        let text = |name| table.get(name).text().to_owned();
        customers.insert(text("customer_id"), (text("customer_zip_code_prefix"), text("customer_state")));
        Ok(())
    })?;
    Ok(customers)
}

fn read_orders(
    dir: &Folders,
    customers: &HashMap<String, (String, String)>,
    points: &HashMap<String, Point>,
) -> Result<(Vec<Sale>, usize), BadInputs> {
    let path = dir.find("olist_orders")?;
    let clock = super::clock();
    let (mut sales, mut not_shipped) = (Vec::new(), 0);
    rows(&path, ORDERS, |table| {
        if !matches!(table.get("order_status").text(), "delivered" | "shipped") {
            not_shipped += 1;
            return Ok(());
        }
        let shown = |name| table.get(name).filled().map(|cell| cell.instant()).transpose();
        let instant = |name| Ok(shown(name)?.map(|at| clock.instant_showing(at)));
        let (cep, state) = customers.get(table.get("customer_id").text()).cloned().unwrap_or_default();
        sales.push(Sale {
            id: table.get("order_id").text().to_owned(),
            placed_at: clock.instant_showing(table.get("order_purchase_timestamp").instant()?),
            carried: instant("order_delivered_carrier_date")?,
            delivered: instant("order_delivered_customer_date")?,
            estimated: shown("order_estimated_delivery_date")?.map(Timestamp::utc_day),
            to: points.get(&cep).copied(),
            cep,
            state,
            lines: Vec::new(),
        });
        Ok(())
    })?;
    Ok((sales, not_shipped))
}

fn read_items(dir: &Folders, sales: &mut [Sale], (products, sellers): (&Ids, &Ids)) -> Result<(), BadInputs> {
    let path = dir.find("olist_order_items")?;
    let orders: HashMap<String, usize> =
        sales.iter().enumerate().map(|(i, sale)| (sale.id.clone(), i)).collect();
    rows(&path, ITEMS, |table| {
        let Some(order) = orders.get(table.get("order_id").text()) else { return Ok(()) };
        let known = |ids: &Ids, name, file: &str| {
            let cell = table.get(name);
            ids.get(cell.text())
                .copied()
                .ok_or_else(|| cell.is_not(&format!("in {file}"), "use files of one version"))
        };
        sales[*order].lines.push(Line {
            number: table.get("order_item_id").whole(&NUMBER)? as u32,
            product: known(products, "product_id", "olist_products")?,
            seller: known(sellers, "seller_id", "olist_sellers")?,
            price: table.get("price").price()?,
            freight: table.get("freight_value").price()?,
        });
        Ok(())
    })
}
