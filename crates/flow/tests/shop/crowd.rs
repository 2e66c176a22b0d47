//! Many orders at the same time for few units.

use crate::place::on_both;
use crate::stage::Stage;
use flow::order::{NewLine, NewOrder};
use flow::take_order::take_order;
use std::sync::Arc;

const SHOP: &str = "location mall store\nlocation pier store\nstock mall MUG 6\nstock pier MUG 4\n";
const BUYERS: usize = 64;

#[test]
fn c3_c12_of_many_buyers_as_many_get_units_as_there_are_and_nobody_sees_an_error() {
    on_both(|db| async move {
        let stage = Arc::new(Stage::open(db, SHOP).await);
        let buyers: Vec<_> = (0..BUYERS).map(|i| tokio::spawn(buy(Arc::clone(&stage), i))).collect();
        let mut states = Vec::new();
        for buyer in buyers {
            states.push(buyer.await.unwrap());
        }
        let (mut committed, mut on_hand) = (0, 0);
        for place in ["mall", "pier"] {
            let units = stage.read_units(stage.shelf(place, "MUG")).await;
            committed += units.committed;
            on_hand += units.on_hand;
        }
        let held = states.iter().filter(|state| *state == "held").count() as i64;
        // Whoever lost every race waits for a person, and his unit stays free; nobody else goes without while units are there.
        assert!(committed <= 10 && committed + held >= 10, "{committed} committed, {held} held");
        assert_eq!(on_hand, 10);
        stage.check_books().await;
    });
}

async fn buy(stage: Arc<Stage>, i: usize) -> String {
    let mut sent: NewOrder = serde_json::from_value(
        serde_json::json!({ "channel": "web", "external_id": i.to_string(), "lines": [] }),
    )
    .unwrap();
    sent.ship_to.postal = "97201".into();
    let line = NewLine {
        line: 0,
        sku: "MUG".into(),
        quantity: 1,
        unit_price: String::new(),
        when_short: String::new(),
    };
    sent.lines.push(line);
    take_order(&stage.baton, &stage.call(), sent).await.unwrap().order.state
}
