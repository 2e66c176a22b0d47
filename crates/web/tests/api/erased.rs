//! A shopper who is erased stands nowhere in the books any more, and nothing else is another than before.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::check_books::check_books;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::DbError;

/// Strange enough to be nowhere else, in small letters. The last is what was typed about the shopper without a name.
const PLANTED: [&str; 14] = [
    "zerelda",
    "quastenbrück",
    "quastenbr%c3%bcck",
    "fenwhistle",
    "quasten.example",
    "9715558642",
    "555-8642",
    "wobblethorpe",
    "gribblewick",
    "oldhamster",
    "97201-4410",
    "45.5123",
    "122.6587",
    "passport pigeon",
];

/// The address of somebody else, which ends as the shopper's.
const LONGER: &str = "jozerelda.q@quasten.example";

fn shopper(email: &str, phone: &str) -> Value {
    json!({ "name": "Zerelda Quastenbrück", "email": email, "phone": phone })
}

fn address(line1: &str) -> Value {
    json!({ "name": "Odalric Fenwhistle", "line1": line1, "line2": "Flat Gribblewick", "city": "Salem",
        "region": "OR", "postal": "97201-4410", "country": "US", "latitude": "45.5123", "longitude": "-122.6587" })
}

fn order(id: &str, sku: &str, customer: Value) -> Value {
    json!({ "channel": "web", "external_id": id, "name": format!("#{id}"), "customer": customer,
        "ship_to": address("77 Wobblethorpe Crescent"), "lines": [{ "sku": sku, "quantity": 2 }] })
}

/// One who asks the API.
struct Desk<'a> {
    shop: &'a Shop,
    owner: &'a str,
}

impl Desk<'_> {
    async fn post(&self, path: &str, body: Value) -> Value {
        let reply = self.shop.post(path).cookie(self.owner).json(&body).send().await;
        assert!(reply.status < 300, "{path}: {reply:?}");
        if reply.text.is_empty() { Value::Null } else { reply.json() }
    }

    async fn get(&self, path: &str) -> Value {
        self.shop.get(path).cookie(self.owner).expect(200).await.json()
    }

    async fn take(&self, body: Value) -> String {
        text(&self.post("/v1/orders", body).await["id"])
    }

    async fn order(&self, id: &str) -> Value {
        self.get(&format!("/v1/orders/{id}")).await
    }

    /// The work of an order that is not over.
    async fn task(&self, id: &str) -> String {
        let order = self.order(id).await;
        let tasks = order["fulfillments"].as_array().unwrap();
        text(&tasks.iter().find(|task| task["state"] == "open").unwrap()["id"])
    }

    async fn step(&self, task: &str, step: &str, body: Value) -> Value {
        self.post(&format!("/v1/fulfillments/{task}/{step}"), body).await
    }

    async fn send(&self, id: &str) -> String {
        let task = self.task(id).await;
        for step in ["accept", "start", "pack"] {
            self.step(&task, step, json!({})).await;
        }
        let parcel = json!({ "number": 1, "carrier": "ups", "tracking": "1Z77", "cost_minor": 500 });
        self.step(&task, "hand-over", json!({ "parcels": [parcel] })).await;
        task
    }

    async fn found(&self, text: &str) -> usize {
        self.get(&format!("/v1/orders?search={text}")).await["items"].as_array().unwrap().len()
    }

    async fn erase(&self, id: &str, body: Value) -> crate::client::Reply {
        let path = format!("/v1/orders/{id}/shopper/erase");
        self.shop.post(&path).cookie(self.owner).json(&body).send().await
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

async fn run(shop: &Shop, sql: &'static str) {
    let done = shop.db.write::<_, DbError>(move |tx| Box::pin(async move { tx.execute(sql, &[]).await }));
    assert!(done.await.unwrap() > 0, "{sql}");
}

/// Every row of the books, once all events are sealed.
async fn dumped(shop: &Shop) -> String {
    for _ in 0..2_000 {
        let open =
            shop.db.read::<_, DbError>(|tx| Box::pin(async move { store::events::is_unsealed(tx).await }));
        if !open.await.unwrap() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("books.ndjson");
    store::dump::write(&shop.db, &file, 0).await.unwrap();
    std::fs::read_to_string(&file).unwrap()
}

fn planted_in(dump: &str) -> BTreeSet<&'static str> {
    let low = dump.to_lowercase();
    PLANTED.into_iter().filter(|planted| low.contains(planted)).collect()
}

fn lines_with<'d>(dump: &'d str, texts: &[&str]) -> Vec<&'d str> {
    dump.lines().filter(|line| texts.iter().any(|text| line.contains(text))).collect()
}

/// What units and money add up to.
async fn sums(shop: &Shop) -> Vec<String> {
    const SUMS: &str = "select 'ledger ' || product_id || ' ' || location_id || ' ' || count(*) || ' ' || sum(on_hand) \
        || ' ' || sum(committed) || ' ' || sum(damaged) as told from ledger group by product_id, location_id \
        union all select 'stock ' || product_id || ' ' || location_id || ' ' || on_hand || ' ' || committed from stock \
        union all select 'item ' || order_id || ' ' || line || ' ' || shipped || ' ' || returned from order_items \
        union all select 'refund ' || id || ' ' || refund_minor from returns \
        union all select 'parcel ' || id || ' ' || cost_minor from parcels order by 1";
    let read = shop.db.read::<_, DbError>(|tx| {
        Box::pin(async move {
            let rows = tx.rows(SUMS, &[]).await?;
            rows.iter().map(|row| row.text("told").map(str::to_owned)).collect::<Result<Vec<_>, _>>()
        })
    });
    read.await.unwrap()
}

/// A pickup, an order that came in a file and one of the same number, with all that may be said about them.
async fn three_orders(desk: &Desk<'_>) -> [String; 3] {
    let shop = desk.shop;
    shop.wait(1_000);
    let rows: Vec<Value> = [("MUG", "mall"), ("MUG", "pier"), ("TEE", "mall")]
        .map(|(sku, location)| json!({ "sku": sku, "location": location, "units": 60 }))
        .into();
    desk.post("/v1/stock/feeds", json!({ "source": "till", "rows": rows })).await;

    let mut pickup = order("Z1", "MUG", shopper("Zerelda.Q@quasten.example", "+1 (971) 555-8642"));
    pickup["lane"] = "pickup".into();
    pickup["pickup_at"] = "mall".into();
    pickup["tags"] = json!(["gift", "for Zerelda"]);
    pickup["ship_to"] = address("5 Oldhamster Way");
    let ask = shop.post("/v1/orders").cookie(desk.owner).header("Idempotency-Key", "first");
    let first = text(&ask.json(&pickup).expect(201).await.json()["id"]);
    let ask =
        shop.ask("PATCH", &format!("/v1/orders/{first}")).cookie(desk.owner).header("If-Match", "\"1\"");
    let moved = json!({ "ship_to": address("77 Wobblethorpe Crescent") });
    ask.header("Idempotency-Key", "second").json(&moved).expect(200).await;

    let filed = order("Z2", "TEE", shopper("ZERELDA.Q@QUASTEN.EXAMPLE", "")).to_string();
    let ask = shop.post("/v1/orders/bulk").cookie(desk.owner).header("Content-Type", "application/x-ndjson");
    let told: Value = serde_json::from_str(ask.raw(filed.as_bytes()).expect(200).await.text.trim()).unwrap();
    let second = told["id"].as_str().or(told["order"]["id"].as_str()).unwrap_or_else(|| panic!("{told}"));

    let third = desk.take(order("Z3", "MUG", shopper("", "19715558642"))).await;
    [first, second.to_owned(), third]
}

/// Everything that people write down while they work on these orders.
async fn work_on(desk: &Desk<'_>, [first, second, third]: &[String; 3]) {
    let at = |id: &str, what: &str| format!("/v1/orders/{id}/{what}");
    desk.post(&at(second, "hold"), json!({ "reason": "Zerelda Quastenbrück rang, passport pigeon" })).await;
    desk.post(&at(second, "release"), json!({})).await;
    desk.post(&at(third, "hold"), json!({ "reason": "payment" })).await;
    let exception = text(&desk.order(third).await["exceptions"][0]["id"]);
    let exception = |what: &str| format!("/v1/exceptions/{exception}/{what}");
    desk.post(&exception("note"), json!({ "text": "passport pigeon of Zerelda" })).await;
    desk.post(&exception("resolve"), json!({ "resolution": "Zerelda has paid" })).await;
    desk.post(&at(third, "release"), json!({})).await;

    let refused = json!({ "reason": "too_busy", "note": "not Zerelda again" });
    desk.step(&desk.task(third).await, "reject", refused).await;
    desk.send(third).await;
    let sent = desk.send(second).await;
    desk.step(&sent, "deliver", json!({ "proof": "left with Fenwhistle, passport pigeon" })).await;
    let back =
        json!({ "line": 1, "sku": "TEE", "units": 1, "at": "mall", "reason": "Zerelda did not like it" });
    desk.post(&at(second, "returns"), back).await;

    let task = desk.task(first).await;
    for step in ["accept", "start", "pack", "ready"] {
        desk.step(&task, step, json!({})).await;
    }
    let collected = json!({ "by": "Odalric Fenwhistle", "known_by": "passport pigeon" });
    desk.step(&task, "collect", collected).await;
}

/// What names the shopper without being about one of their orders.
async fn traces(desk: &Desk<'_>) {
    let view = json!({ "page": "orders", "name": "Zerelda Quastenbrück",
        "query": "search=Zerelda.Q%40quasten.example&state=open" });
    desk.post("/v1/views", view).await;
    let view = json!({ "page": "orders", "name": "hers", "query": "search=Zerelda+Quastenbr%C3%BCck" });
    desk.post("/v1/views", view).await;
    let batch = json!({ "action": "hold", "reason": "Zerelda Quastenbrück asked for it",
        "where": { "search": "zerelda.q@quasten.example" } });
    let batch = text(&desk.post("/v1/order-batches", batch).await["id"]);
    desk.post(&format!("/v1/order-batches/{batch}/cancel"), json!({})).await;
    let count = json!({ "location": "mall", "kind": "spot", "skus": ["MUG"],
        "reason": "Odalric Fenwhistle found none on the shelf" });
    desk.post("/v1/counts", count).await;
    let correction = json!({ "what": "damage", "units": 1, "reason": "Odalric Fenwhistle broke it" });
    desk.post("/v1/stock/mall/MUG/corrections", correction).await;
    let file = "sku,location,units,note\nMUG,mall,9,ask Zerelda.Q@quasten.example\n";
    let path = "/v1/imports?kind=stock&name=zerelda%20quastenbr%C3%BCck.csv";
    let ask = desk.shop.post(path).cookie(desk.owner).header("Content-Type", "text/csv");
    ask.raw(file.as_bytes()).expect(201).await;
    run(
        desk.shop,
        "insert into sheet_bad_rows (import_id, line, number, column_name, value, say) \
        select id, 2, 1, 'units', 'for Zerelda Quastenbrück', 'is no number' from sheet_imports",
    )
    .await;
    run(
        desk.shop,
        "insert into jobs (id, kind, subject, payload, key, due_at, state, attempts, most_attempts, fence, \
        last_error, created_at) values ('job_x', 'mail', 'x', '{\"to\":\"zerelda.q@quasten.example\"}', null, 0, \
        'dead', 1, 1, 1, 'no such box: Zerelda.Q@quasten.example', 0)",
    )
    .await;
}

/// Orders of other people, and the work of two of them: what an erasure leaves as it is.
async fn neighbours(desk: &Desk<'_>) -> [String; 4] {
    // Somebody else of the same house and name of the street.
    let mut other = order("N1", "MUG", json!({ "name": "Bert Nabour", "email": "bert@nabour.example" }));
    other["ship_to"]["name"] = "Bert Nabour".into();
    let other = desk.take(other).await;
    let their_task = desk.send(&other).await;

    // Somebody whose e-mail address ends as theirs, and somebody in whose order they are named.
    let mut longer = order("N2", "MUG", json!({ "name": "Ada Jolly", "email": LONGER }));
    longer["ship_to"] = json!({ "name": "Ada Jolly", "line1": "1 Elm", "city": "Salem", "region": "OR",
        "postal": "97301", "country": "US" });
    let longer = desk.take(longer).await;
    let longer_task = desk.send(&longer).await;
    let mut naming = order("N3", "MUG", json!({ "name": "Cal Ender", "email": "cal@ender.example" }));
    naming["ship_to"] = json!({ "name": "Cal Ender", "line1": "2 Elm", "city": "Salem", "region": "OR",
        "postal": "97301", "country": "US" });
    let naming = desk.take(naming).await;
    let reason = json!({ "reason": "Cal says zerelda.q@quasten.example pays" });
    desk.post(&format!("/v1/orders/{naming}/hold"), reason).await;
    [other, their_task, longer, longer_task]
}

#[test]
fn an_erased_shopper_is_nowhere_in_the_books_and_all_else_is_as_it_was() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let desk = Desk { shop: &shop, owner: &owner };
        let ids = three_orders(&desk).await;
        traces(&desk).await;
        work_on(&desk, &ids).await;
        let lines_of = neighbours(&desk).await;
        // Something is on its way still.
        let open = desk.take(order("Z4", "MUG", shopper("zerelda.q@quasten.example", ""))).await;
        let held = desk.get(&format!("/v1/orders/{}/shopper", ids[2])).await;
        assert_eq!((&held["orders"], &held["under_way_count"]), (&json!(2), &json!(0)), "{held}");
        let held = desk.get(&format!("/v1/orders/{}/shopper", ids[0])).await;
        assert_eq!((&held["orders"], &held["under_way"][0]["name"]), (&json!(4), &json!("#Z4")), "{held}");
        let asked = json!({ "reason": "shopper_asked", "confirm": "#Z1" });
        let refused = desk.erase(&ids[0], asked.clone()).await;
        assert_eq!((refused.status, refused.code()), (409, "orders_under_way".to_owned()));
        assert!(refused.text.contains("#Z4"), "{refused:?}");
        let cancel = json!({ "reason": "Zerelda changed her mind" });
        desk.post(&format!("/v1/orders/{open}/cancel"), cancel).await;

        let wrong = desk.erase(&ids[0], json!({ "reason": "shopper_asked", "confirm": "#Z2" })).await;
        assert_eq!(wrong.json()["errors"][0]["pointer"], "/confirm", "{wrong:?}");
        let wrong = desk.erase(&ids[0], json!({ "reason": "Zerelda asked", "confirm": "#Z1" })).await;
        assert_eq!(wrong.json()["errors"][0]["pointer"], "/reason", "{wrong:?}");

        let before = dumped(&shop).await;
        assert_eq!(planted_in(&before), BTreeSet::from(PLANTED), "all of it was planted");
        let (sums_before, money) = (sums(&shop).await, desk.order(&ids[1]).await["money"].clone());
        let told = desk.get(&format!("/v1/orders/{}/shopper.json", ids[0])).await;
        assert_eq!(told["orders"].as_array().unwrap().len(), 4);
        let told = told.to_string().to_lowercase();
        for text in PLANTED.into_iter().filter(|text| *text != "oldhamster") {
            assert!(told.contains(text), "{text} is not told: {told}");
        }
        for text in ["nabour", LONGER, "cal says"] {
            assert!(!told.contains(text), "{text} is of somebody else: {told}");
        }

        let erased = desk.erase(&ids[0], asked.clone()).await;
        assert_eq!((erased.status, &erased.json()["orders"]), (200, &json!(4)), "{erased:?}");
        let after = dumped(&shop).await;
        let lines_of = lines_of.each_ref().map(String::as_str);
        let left: Vec<_> = after
            .lines()
            .filter(|line| !lines_of.iter().any(|id| line.contains(id)) && !planted_in(line).is_empty())
            .collect();
        assert_eq!(left, Vec::<&str>::new());
        assert_eq!(lines_with(&after, &lines_of), lines_with(&before, &lines_of));
        assert_eq!(sums(&shop).await, sums_before);
        assert_eq!(desk.order(&ids[1]).await["money"], money);
        for text in ["zerelda", "fenwhistle", "zerelda.q@quasten.example", "8642"] {
            assert_eq!(desk.found(text).await, 0, "{text}");
        }
        assert_eq!((desk.found("%23Z1").await, desk.found("nabour").await), (1, 1));

        let order = desk.order(&ids[0]).await;
        let to = &order["ship_to"];
        assert_eq!(
            (&to["postal"], &to["region"], &to["country"]),
            (&json!("972"), &json!("OR"), &json!("US"))
        );
        assert_eq!((&order["tags"], &to["latitude"]), (&json!(["gift"]), &Value::Null), "{order}");
        assert!(order["shopper_erased_at"].is_i64(), "{order}");
        who_did_it(&desk, &ids).await;
        nothing_comes_back(&desk, (&ids, &asked), &after).await;
        check(&shop).await;
    });
}

/// The log says that it was done, and by whom; and not to whom.
async fn who_did_it(desk: &Desk<'_>, ids: &[String; 3]) {
    let me = desk.get("/v1/me").await;
    for id in ids {
        let told = desk.get(&format!("/v1/orders/{id}/timeline?limit=250")).await;
        let told = told["items"].as_array().unwrap();
        let erased = told.iter().find(|event| event["kind"] == "shopper.erased").unwrap();
        assert_eq!((&erased["actor"], &erased["facts"]["reason"]), (&me["id"], &json!("shopper_asked")));
    }
    let told = desk.get(&format!("/v1/orders/{}/timeline?limit=250", ids[0])).await;
    let told = told["items"].as_array().unwrap();
    let exported = told.iter().find(|event| event["kind"] == "shopper.exported").unwrap();
    assert_eq!((&exported["actor"], &exported["facts"]), (&me["id"], &json!({ "orders": 4 })));
}

/// Asking again, and whatever the channel sends, changes nothing.
async fn nothing_comes_back(desk: &Desk<'_>, (ids, asked): (&[String; 3], &Value), after: &str) {
    let again = desk.erase(&ids[0], asked.clone()).await;
    assert_eq!((again.status, &again.json()["orders"]), (200, &json!(0)), "{again:?}");
    let mut sent = order("Z1", "MUG", shopper("zerelda.q@quasten.example", ""));
    sent["source_version"] = 9.into();
    let answered = desk.post("/v1/orders", sent).await;
    assert_eq!((&answered["id"], &answered["customer"]["name"]), (&json!(ids[0]), &json!("")));
    let path = format!("/v1/orders/{}", ids[0]);
    let edit = desk.shop.ask("PATCH", &path).cookie(desk.owner).header("If-Match", "\"1\"");
    let edit = edit.json(&json!({ "ship_to": address("77 Wobblethorpe Crescent") })).send().await;
    assert!(matches!(edit.status, 409 | 412), "{edit:?}");
    assert_eq!(dumped(desk.shop).await, after);
}

/// The sealed log is sound, and shows whoever changes what an erasure left.
async fn check(shop: &Shop) {
    let sound = check_books(&shop.db).await.unwrap();
    assert!(sound.are_none(), "{sound:?}");
    run(
        shop,
        "update events set facts = '{}' where number = (select max(number) from events where erased_by is not null \
        and facts <> '{}')",
    )
    .await;
    let changed = check_books(&shop.db).await.unwrap();
    assert!(changed.log.is_some(), "{changed:?}");
}
