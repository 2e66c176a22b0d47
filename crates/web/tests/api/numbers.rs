//! The numbers of the week: each is what its orders say, and kept as events come it is what it would be made from nothing.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::Baton;
use serde_json::{Value, json};
use std::sync::Arc;
use store::DbError;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;
/// Tests begin on a Tuesday.
const WEEK: &str = "2023-11-13";

fn baton(shop: &Arc<Shop>) -> Baton {
    let clock = Arc::clone(shop);
    Baton::new(shop.db.clone(), "nod_tests", Arc::new(move || clock.now_ms()))
}

/// Everything that happened has its place, and is counted.
async fn keep_up(shop: &Arc<Shop>) {
    loop {
        let sealed: Result<usize, DbError> =
            shop.db.write(|tx| Box::pin(async move { store::events::seal(tx, 1_000).await })).await;
        if sealed.unwrap() == 0 {
            break;
        }
    }
    flow::measures::keep_up(&baton(shop)).await.unwrap();
}

async fn order(shop: &Shop, owner: &str, (number, lines): (&str, Value)) -> Value {
    let body = json!({ "channel": "web", "external_id": number, "lines": lines,
        "ship_to": { "line1": "1 Main St", "city": "Portland", "region": "OR", "postal": "97209" } });
    shop.post("/v1/orders").cookie(owner).json(&body).expect(201).await.json()
}

/// Every part of it is picked and packed in so many minutes, and leaves at a cost.
async fn send(shop: &Shop, owner: &str, (order, minutes, cost): (&Value, i64, i64)) {
    for task in order["fulfillments"].as_array().unwrap() {
        let step = |step: &str| {
            shop.post(&format!("/v1/fulfillments/{}/{step}", task["id"].as_str().unwrap())).cookie(owner)
        };
        step("start").json(&json!({})).expect(200).await;
        shop.wait(minutes * MINUTE_MS);
        step("pack").json(&json!({})).expect(200).await;
        let parcels = json!([{ "number": 1, "carrier": "post", "tracking": "", "cost_minor": cost }]);
        step("hand-over").json(&json!({ "parcels": parcels })).expect(200).await;
    }
}

async fn numbers(shop: &Shop, owner: &str, query: &str) -> Value {
    shop.get(&format!("/v1/numbers{query}")).cookie(owner).expect(200).await.json()
}

/// Code, value, numerator and denominator of each number in the last of the weeks.
fn this_week(of: &Value) -> Vec<(String, Value, Value, Value)> {
    let numbers = of["numbers"].as_array().unwrap().iter();
    numbers
        .map(|number| {
            let week = number["weeks"].as_array().unwrap().last().unwrap();
            let part = |name: &str| week[name].clone();
            (number["code"].as_str().unwrap().into(), part("value"), part("numerator"), part("denominator"))
        })
        .collect()
}

fn row(code: &str, value: i64, numerator: i64, denominator: i64) -> (String, Value, Value, Value) {
    (code.into(), json!(value), json!(numerator), json!(denominator))
}

/// A shop with three mugs at one store and three at the other, and a week of orders: one whole, one split, one that waits.
async fn week(shop: &Arc<Shop>, owner: &str, each: impl AsyncFn()) {
    stocked(shop, owner).await;
    shop.wait(1_000);
    let rows = json!([{ "sku": "MUG", "location": "pier", "units": 3 }, { "sku": "TEE", "location": "pier", "units": 1 }]);
    shop.post("/v1/stock/feeds")
        .cookie(owner)
        .json(&json!({ "source": "till", "rows": rows }))
        .expect(200)
        .await;
    let whole = order(shop, owner, ("1", json!([{ "sku": "MUG", "quantity": 2 }]))).await;
    send(shop, owner, (&whole, 4, 700)).await;
    each().await;
    let split = order(shop, owner, ("2", json!([{ "sku": "MUG", "quantity": 4 }]))).await;
    assert_eq!(split["fulfillments"].as_array().unwrap().len(), 2, "{split}");
    each().await;
    send(shop, owner, (&split, 5, 800)).await;
    each().await;
    let waits = order(shop, owner, ("3", json!([{ "sku": "TEE", "quantity": 2 }]))).await;
    each().await;
    shop.wait(2 * DAY_MS);
    flow::fulfillment::pass_deadlines(&baton(shop), shop.now_ms()).await.unwrap();
    let id = waits["id"].as_str().unwrap();
    let owner = shop.signed_in("ana@example.com").await;
    let waits = shop.get(&format!("/v1/orders/{id}")).cookie(&owner).expect(200).await.json();
    let open: Vec<Value> = waits["fulfillments"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|task| task["state"] == "open")
        .cloned()
        .collect();
    send(shop, &owner, (&json!({ "fulfillments": open }), 1, 0)).await;
    each().await;
}

#[test]
fn the_five_numbers_are_what_the_orders_of_the_week_say() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        week(&shop, &owner, async || ()).await;
        keep_up(&shop).await;
        let owner = shop.signed_in("ana@example.com").await;
        let told = numbers(&shop, &owner, "").await;
        assert_eq!((told["weeks"].as_array().unwrap().len(), &told["weeks"][12]), (13, &json!(WEEK)));
        let expected = [
            row("shipping_cost", 1_150, 2_300, 2),
            row("split", 5_000, 1, 2),
            row("fill_rate", 8_571, 6, 7),
            row("late", 0, 0, 2),
            row("labor", 420, 840, 2),
        ];
        assert_eq!(this_week(&told), expected);
        assert_eq!(told["time_to_leave"][12], json!({ "orders": 2, "p50_minutes": 15, "p90_minutes": 15 }));
        assert_eq!(told["counted_until"].as_i64().map(|at| at <= shop.now_ms()), Some(true));
    });
}

#[test]
fn numbers_kept_as_events_come_are_those_made_from_nothing() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let kept = Arc::clone(&shop);
        week(&shop, &owner, async || keep_up(&kept).await).await;
        keep_up(&shop).await;
        let owner = shop.signed_in("ana@example.com").await;
        let told = async |query: &str| {
            let mut told = numbers(&shop, &owner, query).await;
            told["counted_until"] = Value::Null;
            told
        };
        let before = told("?weeks=2").await;
        assert_eq!(this_week(&before)[1], row("split", 5_000, 1, 2));
        shop.post("/v1/numbers/recount").cookie(&owner).json(&json!({})).expect(204).await;
        assert_eq!(this_week(&told("?weeks=2").await)[1].1, Value::Null, "nothing is counted yet");
        keep_up(&shop).await;
        assert_eq!(told("?weeks=2").await, before);
        keep_up(&shop).await;
        assert_eq!(told("?weeks=2").await, before);
    });
}

#[test]
fn a_number_opens_to_its_orders_and_is_compared_with_the_weeks_before_a_day() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        week(&shop, &owner, async || ()).await;
        let waits = 7 * DAY_MS;
        keep_up(&shop).await;
        let owner = shop.signed_in("ana@example.com").await;
        let behind = async |measure: &str, rest: &str| {
            let path = format!("/v1/numbers/orders?measure={measure}&week={WEEK}{rest}");
            shop.get(&path).cookie(&owner).expect(200).await.json()
        };
        let names = |of: &Value| {
            let names = of["items"].as_array().unwrap().iter().map(|order| order["name"].clone());
            names.collect::<Vec<Value>>()
        };
        assert_eq!(names(&behind("split", "").await), ["2"]);
        assert_eq!(names(&behind("fill_rate", "").await), ["3"]);
        let first = behind("labor", "&limit=1").await;
        assert_eq!((names(&first), &first["items"][0]["numerator"]), (vec![json!("1")], &json!(240)));
        let second = behind("labor", &format!("&limit=1&cursor={}", first["next"].as_str().unwrap())).await;
        assert_eq!((names(&second), &second["next"]), (vec![json!("2")], &Value::Null));
        shop.get("/v1/numbers/orders?measure=joy&week=2023-11-13").cookie(&owner).expect(400).await;
        shop.get("/v1/numbers/orders?measure=split&week=2023-11-14").cookie(&owner).expect(400).await;
        // A week later the week is past, and with it what others are compared with.
        shop.wait(waits);
        let owner = shop.signed_in("ana@example.com").await;
        let choose = |day: &str| {
            shop.ask("PUT", "/v1/numbers/baseline").cookie(&owner).json(&json!({ "before": day }))
        };
        choose("2033-01-01").expect(422).await;
        choose("soon").expect(422).await;
        choose("2023-11-22").expect(204).await;
        let told = numbers(&shop, &owner, "?weeks=1").await;
        assert_eq!(
            (&told["baseline"]["from"], &told["baseline"]["to"]),
            (&json!("2023-10-23"), &json!("2023-11-20"))
        );
        assert!(told["baseline"]["chosen_by"].as_str().unwrap().starts_with("usr_"));
        let split = &told["numbers"][1];
        assert_eq!((&split["baseline"]["value"], &split["weeks"][0]["value"]), (&json!(5_000), &Value::Null));
        let at = numbers(&shop, &owner, "?weeks=2&location=mall&lane=ship").await;
        assert_eq!(
            at["numbers"][1]["weeks"][0]["denominator"].as_i64().map(|orders| orders <= 2),
            Some(true)
        );
    });
}
