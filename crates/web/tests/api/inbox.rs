//! The inbox: everybody hears of what is theirs, once, and not in quiet hours.

use crate::place::{Shop, on_both};
use crate::stock::stocked;
use flow::Baton;
use flow::people::Role;
use serde_json::{Value, json};
use std::sync::Arc;
use store::DbError;

const HOUR_MS: i64 = 3_600_000;

/// Everything that happened has its place, and is told.
async fn tell(shop: &Shop) {
    loop {
        let sealed: Result<usize, DbError> =
            shop.db.write(|tx| Box::pin(async move { store::events::seal(tx, 1_000).await })).await;
        if sealed.unwrap() == 0 {
            break;
        }
    }
    let now = shop.now_ms();
    flow::notices::tell_all(&Baton::new(shop.db.clone(), "nod_tests", Arc::new(move || now))).await.unwrap();
}

/// A pickup at a store, which the store refuses: an exception there.
async fn refused(shop: &Shop, owner: &str, number: &str) {
    let body = json!({ "channel": "web", "external_id": number, "lane": "pickup", "pickup_at": "mall",
        "lines": [{ "sku": "MUG", "quantity": 1 }] });
    let order = shop.post("/v1/orders").cookie(owner).json(&body).expect(201).await.json();
    let task = order["fulfillments"][0]["id"].as_str().unwrap().to_owned();
    let reject = format!("/v1/fulfillments/{task}/reject");
    shop.post(&reject).cookie(owner).json(&json!({ "reason": "too_busy" })).expect(200).await;
}

async fn inbox(shop: &Shop, cookie: &str, query: &str) -> Vec<Value> {
    let listed = shop.get(&format!("/v1/me/inbox{query}")).cookie(cookie).expect(200).await.json();
    listed["items"].as_array().unwrap().clone()
}

fn kinds(of: &[Value]) -> Vec<&str> {
    of.iter().map(|notice| notice["kind"].as_str().unwrap()).collect()
}

#[test]
fn everybody_hears_of_what_is_theirs_once_and_reads_it() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let mia = shop.hired("mia@example.com", Role::Manager, None).await;
        let abe = shop.hired("abe@example.com", Role::Associate, Some(&["mall"])).await;
        let bea = shop.hired("bea@example.com", Role::Associate, Some(&["pier"])).await;
        tell(&shop).await;
        assert!(inbox(&shop, &mia, "").await.is_empty(), "what was before is not told");
        let on =
            json!({ "rules": [{ "topic": "refusals", "location": "mall", "is_on": true }], "quiet": null });
        shop.ask("PUT", "/v1/me/notifications").cookie(&abe).json(&on).expect(204).await;
        refused(&shop, &owner, "1").await;
        tell(&shop).await;
        tell(&shop).await;
        let heard = inbox(&shop, &mia, "").await;
        assert_eq!(kinds(&heard), ["exception.opened", "fulfillment.rejected"]);
        assert_eq!(heard[1]["location"], "mall");
        assert!(heard[1]["order_name"].is_string(), "{heard:?}");
        assert_eq!(kinds(&inbox(&shop, &abe, "").await), ["fulfillment.rejected"]);
        assert!(inbox(&shop, &bea, "").await.is_empty(), "another store's work");
        assert!(inbox(&shop, &owner, "").await.is_empty(), "what one did oneself");
        let unread =
            async || shop.get("/v1/me/inbox/unread").cookie(&mia).expect(200).await.json()["unread"].clone();
        assert_eq!(unread().await, 2);
        let read = |body: Value| shop.post("/v1/me/inbox/read").cookie(&mia).json(&body);
        read(json!({ "place": heard[0]["place"] })).expect(204).await;
        assert_eq!(kinds(&inbox(&shop, &mia, "?unread=true").await), ["fulfillment.rejected"]);
        read(json!({ "up_to": heard[0]["place"] })).expect(204).await;
        assert_eq!((unread().await, inbox(&shop, &mia, "").await.len()), (json!(0), 2));
        read(json!({})).expect(422).await;
    });
}

#[test]
fn in_quiet_hours_a_notice_waits_for_their_end_and_a_topic_can_be_off() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let mia = shop.hired("mia@example.com", Role::Manager, None).await;
        tell(&shop).await;
        let put = |body: Value| shop.ask("PUT", "/v1/me/notifications").cookie(&mia).json(&body);
        // Tests begin at 22:13 by the clock of the shop, which is UTC or the zone of its stores: all day but an hour is quiet.
        let minute = |at_ms: i64| at_ms / 60_000 % 1_440;
        let zone = json!({ "files": { "settings.toml": "time_zone = \"UTC\"\n" } });
        let etag =
            shop.get("/v1/settings").cookie(&owner).expect(200).await.header("etag").unwrap().to_owned();
        shop.ask("PATCH", "/v1/settings")
            .cookie(&owner)
            .header("If-Match", &etag)
            .json(&zone)
            .expect(200)
            .await;
        tell(&shop).await;
        let end = minute(shop.now_ms() + HOUR_MS);
        let quiet = json!({ "from_minute": minute(shop.now_ms()), "to_minute": end });
        let off = json!([{ "topic": "refusals", "location": null, "is_on": false }]);
        put(json!({ "rules": off, "quiet": quiet })).expect(204).await;
        put(json!({ "rules": [{ "topic": "joy", "location": "nowhere", "is_on": true }], "quiet": null }))
            .expect(422)
            .await;
        let chosen = shop.get("/v1/me/notifications").cookie(&mia).expect(200).await.json();
        assert_eq!(
            (&chosen["rules"], &chosen["quiet"], &chosen["topics"][0]["topic"]),
            (&off, &quiet, &json!("exceptions"))
        );
        let before = inbox(&shop, &mia, "").await.len();
        refused(&shop, &owner, "1").await;
        tell(&shop).await;
        assert_eq!(inbox(&shop, &mia, "").await.len(), before, "it is quiet");
        shop.wait(HOUR_MS);
        assert_eq!(
            kinds(&inbox(&shop, &mia, "").await)[..inbox(&shop, &mia, "").await.len() - before],
            ["exception.opened"]
        );
    });
}
