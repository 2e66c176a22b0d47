//! All of the books as lines of text with the names of the script, and what was decided.

use crate::model::{Chosen, Decided, Left};
use std::collections::BTreeMap;
use store::db::Row;
use store::{Db, DbError, Tx};

const SHELVES: &str = "select 'shelf ' || l.code || ' ' || p.sku || ': ' || on_hand || ' ' || committed || ' ' || \
    safety_stock || ' ' || damaged || ' ' || quality_control as told from stock s \
    join products p on p.id = s.product_id join locations l on l.id = s.location_id";
const ORDERS: &str = "select id, external_id as name, 'order ' || external_id || ': ' || state || ' (' || hold || ') ' || \
    lane || ' ' || attempts || ' ' || source_version as told from orders";
const ITEMS: &str = "select 'item ' || o.external_id || ' ' || line || ' ' || p.sku || ': ' || ordered || ' of ' || \
    per_unit || ' = ' || open || ' ' || backordered || ' ' || allocated || ' ' || shipped || ' ' || cancelled || \
    ', ' || returned || ' back' as told \
    from order_items i join orders o on o.id = i.order_id join products p on p.id = i.product_id";
const TASKS: &str = "select f.id as id, o.external_id || '@' || l.code as name, ': ' || f.state || ' ' || f.lane || \
    ' held ' || is_held || ' due ' || due_at || ' attempt ' || attempt || ' parcels ' || parcels || ', ' as told, \
    f.order_id as order_id, attempt, due_at, dispatch_day, dispatch_window, f.facts as facts \
    from fulfillments f join orders o on o.id = f.order_id join locations l on l.id = f.location_id order by f.id";
const PARCELS: &str = "select fulfillment_id as id, \
    cast(sum(case when state in ('packed', 'labeled') then 1 else 0 end) as bigint) as here, \
    cast(sum(case when state in ('handed_over', 'delivered') then 1 else 0 end) as bigint) as gone, \
    cast(sum(case when state = 'void' then 1 else 0 end) as bigint) as void from parcels group by fulfillment_id";
const UNITS: &str = "select fulfillment_id as id, ' ' || line || ' ' || p.sku || ': ' || quantity || ' ' || picked || \
    ' ' || committed || ' ' || shipped as told from fulfillment_items i join products p on p.id = i.product_id";
const LOADS: &str = "select 'load ' || l.code || ' ' || day || ' ' || dispatch_window || ': ' || parcels as told \
    from loads join locations l on l.id = loads.location_id where parcels <> 0 \
    and dispatch_window >= 0";
const EXCEPTIONS: &str = "select kind, subject from exceptions where state = 'open'";
const DECISIONS: &str = "select o.external_id as name, d.order_id as order_id, d.number as number, d.decision as decision \
    from decisions d join orders o on o.id = d.order_id where d.decided_at >= $1";

/// What the books say, sorted, and the decisions that were made at or after a moment.
#[derive(Clone, PartialEq, Default, Debug)]
pub(crate) struct Books {
    pub(crate) told: Vec<String>,
    pub(crate) decided: BTreeMap<(String, i64), Decided>,
}

pub(crate) async fn read(db: &Db, since_ms: i64) -> Books {
    db.read(move |tx| Box::pin(read_in(tx, since_ms))).await.unwrap()
}

async fn read_in(tx: &mut Tx, since_ms: i64) -> Result<Books, DbError> {
    let mut told = Vec::new();
    for plain in [SHELVES, ITEMS, LOADS] {
        told.extend(texts(&tx.rows(plain, &[]).await?, "told")?);
    }
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for row in tx.rows(ORDERS, &[]).await? {
        told.push(row.text("told")?.to_owned());
        names.insert(row.text("id")?.to_owned(), row.text("name")?.to_owned());
    }
    let tasks = tx.rows(TASKS, &[]).await?;
    let mut parcels: BTreeMap<String, String> = BTreeMap::new();
    for row in tx.rows(PARCELS, &[]).await? {
        let (here, gone, void) = (row.int("here")?, row.int("gone")?, row.int("void")?);
        parcels.insert(row.text("id")?.to_owned(), format!("{here} here {gone} gone {void} void"));
    }
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    for row in &tasks {
        let (id, at) = (row.text("id")?, row.text("name")?);
        let number = counted.entry(at.to_owned()).or_default();
        *number += 1;
        let name = format!("{at}.{number}");
        let packed = parcels.get(id).map_or("0 here 0 gone 0 void", String::as_str);
        told.push(format!("task {name}{}{packed}", row.text("told")?));
        names.insert(id.to_owned(), name);
    }
    for row in tx.rows(UNITS, &[]).await? {
        told.push(format!("units {}{}", names[row.text("id")?], row.text("told")?));
    }
    for row in tx.rows(EXCEPTIONS, &[]).await? {
        let subject = row.text("subject")?;
        let name = names.get(subject).map_or(subject, String::as_str);
        told.push(format!("open {}: {name}", row.text("kind")?));
    }
    told.sort();
    let mut decided = BTreeMap::new();
    for row in tx.rows(DECISIONS, &[since_ms.into()]).await? {
        let (order_id, number) = (row.text("order_id")?, row.int("number")?);
        let of = |task: &&Row| {
            task.text("order_id").unwrap() == order_id && task.int("attempt").unwrap() == number
        };
        let given: Vec<&Row> = tasks.iter().filter(of).collect();
        let json = serde_json::from_str(row.text("decision")?).unwrap();
        decided.insert((row.text("name")?.to_owned(), number), decision(&json, &given));
    }
    Ok(Books { told, decided })
}

fn texts(rows: &[Row], column: &str) -> Result<Vec<String>, DbError> {
    rows.iter().map(|row| Ok(row.text(column)?.to_owned())).collect()
}

fn text(json: &serde_json::Value, key: &str) -> String {
    json[key].as_str().unwrap_or_default().to_owned()
}

fn number(json: &serde_json::Value, key: &str) -> i64 {
    json[key].as_i64().unwrap_or_default()
}

fn decision(json: &serde_json::Value, tasks: &[&Row]) -> Decided {
    let hold = json.get("hold").map(|hold| text(hold, "reason"));
    let mut chosen: Vec<Chosen> = Vec::new();
    for parcel in json["parcels"].as_array().unwrap() {
        let place = text(parcel, "location");
        if chosen.last().is_none_or(|last| last.place != place) {
            let task = tasks.get(chosen.len()).expect("what was decided was not given: its check failed");
            let facts: serde_json::Value = serde_json::from_str(task.text("facts").unwrap()).unwrap();
            chosen.push(Chosen {
                place,
                parcels: 0,
                units: BTreeMap::new(),
                due: task.int("due_at").unwrap(),
                ready_by: number(&facts, "ready_by_ms"),
                dispatch: (task.int("dispatch_day").unwrap(), task.int("dispatch_window").unwrap()),
            });
        }
        let last = chosen.last_mut().unwrap();
        last.parcels += 1;
        for placed in parcel["units"].as_array().unwrap() {
            let key = (number(placed, "line"), text(placed, "sku"));
            *last.units.entry(key).or_default() += number(placed, "quantity");
        }
    }
    let left = json["leftovers"].as_array().unwrap().iter().map(left).collect();
    Decided { hold, chosen, left }
}

fn left(json: &serde_json::Value) -> Left {
    const OF_STOCK: [&str; 4] = ["no_stock", "no_stock_record", "kept_back", "too_few_on_hand"];
    let cause = text(json, "cause");
    let is_mixed = json.get("others_differ").is_some();
    Left {
        line: number(json, "line"),
        sku: text(json, "sku"),
        units: number(json, "quantity"),
        remedy: text(json, "remedy"),
        is_about_stock: cause.is_empty() || (OF_STOCK.contains(&cause.as_str()) && !is_mixed),
    }
}
