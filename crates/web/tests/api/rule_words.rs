//! Rules while they are written: their words, what is to be said of a draft, and what it would decide.

use crate::place::on_both;
use crate::stock::stocked;
use serde_json::{Value, json};

const DRAFT: &str = "# why\nRule set: Spring\n\nGuardrails\nAt most 1 parcel.  # few\n\nRules\n\
                     Prefer the nearest of stores with at least 2 on hand, always.\n";

#[test]
fn the_words_say_what_can_stand_where() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let words = shop.get("/v1/rule-words").cookie(&owner).expect(200).await.json();
        let tile = |code: &str| -> Value {
            let tiles = words["tiles"].as_array().unwrap();
            tiles.iter().find(|tile| tile["code"] == code).unwrap_or_else(|| panic!("{code}")).clone()
        };
        let most = tile("at_most_parcels");
        assert_eq!((&most["group"], &most["can_be_hard"]), (&json!("action"), &json!(true)));
        assert_eq!(most["pieces"][1], json!({ "is": "number", "of": "parcels", "least": 1, "most": 100 }));
        assert_eq!(tile("prefer_always")["can_be_hard"], false);
        assert_eq!(tile("the_order_is_worth")["begins"]["values"], json!([["over"], ["500"]]));
        assert_eq!(tile("the_order_is_placed_on")["pieces"][1]["options"][6], "Sunday");
    });
}

#[test]
fn a_draft_comes_back_as_tiles_and_the_tiles_as_the_same_draft() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let check = |draft: Value| shop.post("/v1/rule-sets/check").cookie(&owner).json(&draft).expect(200);
        let checked = check(json!({ "content": DRAFT })).await.json();
        assert_eq!((&checked["content"], &checked["is_understood"]), (&json!(DRAFT), &json!(true)));
        let mut lines = checked["lines"].clone();
        let again = check(json!({ "lines": lines })).await.json();
        assert_eq!(again["content"], DRAFT);
        lines[4]["tiles"]["then"]["values"] = json!([["3"]]);
        let changed = check(json!({ "lines": lines })).await.json();
        assert_eq!(changed["content"], DRAFT.replace("1 parcel", "3 parcels"));
        lines[4]["tiles"]["then"]["values"] = json!([[""]]);
        let bad = check(json!({ "lines": lines })).await.json();
        assert_eq!((&bad["is_sound"], &bad["remarks"][0]["line"]), (&json!(false), &json!(5)));
        assert_eq!(bad["lines"], lines);
    });
}

#[test]
fn what_is_odd_in_a_draft_is_told_with_its_line() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let text = "Rules\nonly from \"nowhere\"\nPrefer stores, always.\nPrefer stores, always.\n";
        let draft = json!({ "content": text });
        let checked = shop.post("/v1/rule-sets/check").cookie(&owner).json(&draft).expect(200).await.json();
        let said: Vec<String> = checked["remarks"].as_array().unwrap().iter().map(short).collect();
        assert!(said.contains(&"2 error unknown_location".to_owned()), "{said:?}");
        assert!(said.contains(&"2 hint respelled".to_owned()), "{said:?}");
        assert!(said.iter().any(|said| said.starts_with("4 ")), "{said:?}");
        assert_eq!(checked["is_sound"], false);
        let both = json!({ "content": "", "lines": [] });
        shop.post("/v1/rule-sets/check").cookie(&owner).json(&both).expect(422).await;
    });
}

fn short(remark: &Value) -> String {
    let text = |name: &str| remark[name].as_str().unwrap_or_default().to_owned();
    format!("{} {} {}", remark["line"], text("severity"), text("code"))
}

#[test]
fn a_draft_is_tried_on_an_order_and_taught_once_it_is_saved() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let order = json!({ "channel": "web", "external_id": "1", "ship_to": { "postal": "97201", "country": "US" },
            "lines": [{ "sku": "MUG", "quantity": 1 }] });
        let order = shop.post("/v1/orders").cookie(&owner).json(&order).expect(201).await.json();
        let trial = |content: &str| json!({ "content": content, "order_id": order["id"] });
        // The pier has none of it.
        for (place, outcome) in [("mall", "placed"), ("pier", "not_placed")] {
            let draft = trial(&format!("Only from \"{place}\"."));
            let tried = shop.post("/v1/rule-sets/try").cookie(&owner).json(&draft).expect(200).await.json();
            assert_eq!(tried["outcome"], outcome, "{tried}");
        }
        shop.post("/v1/rule-sets/try").cookie(&owner).json(&trial("Sell all.")).expect(422).await;
        let new = json!({ "content": DRAFT });
        shop.post("/v1/rule-sets").cookie(&owner).json(&new).expect(201).await;
        let taught = shop.get("/v1/rule-sets/1/lessons").cookie(&owner).expect(200).await.json();
        assert_eq!(taught["lessons"][0]["practice"], "The order is never split.");
        assert_eq!(taught["lessons"][1]["rule"], "rule 1");
        shop.get("/v1/rule-sets/9/lessons").cookie(&owner).expect(404).await;
    });
}
