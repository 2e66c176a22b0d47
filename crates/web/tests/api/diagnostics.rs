//! What is looked at, and the file for strangers who help.

use crate::place::{on_both, on_both_with};
use crate::stock::stocked;
use serde_json::json;
use web::{ProgramSetting, Settings};

/// Planted where a support file could pick it up; each must not be in it.
const PLANTED: [&str; 12] = [
    "Zelda Quimby",
    "zelda@quimby.example",
    "17 Lantern Steps",
    "97209",
    "+1 503 555 0142",
    "leave it with the neighbour",
    "hush-hush-password",
    "postgres://",
    "Mall of Quimby",
    "/srv/zelda",
    "Europe/Berlin",
    "MUG",
];

#[test]
fn a_support_file_has_no_word_that_anybody_wrote() {
    let program = |name, value: &str| ProgramSetting {
        name,
        value: value.to_owned(),
        default: String::new(),
        source: "file",
        explanation: "",
    };
    let settings = Settings {
        requests_per_minute: None,
        tries_per_minute: None,
        program: vec![
            program("backups", "/srv/zelda/backups"),
            program("demo_books", "postgres://zelda:hush-hush-password@h/x"),
            program("log", "json"),
            program("proxies", "2"),
        ],
        ..Settings::default()
    };
    on_both_with(&settings, |shop| async move {
        let owner = shop.owner().await;
        stocked(&shop, &owner).await;
        let etag = shop.get("/v1/settings").cookie(&owner).expect(200).await;
        let change =
            json!({ "files": { "settings.toml": "time_zone = \"Europe/Berlin\"\nbox_fill = 0.75\n" } });
        let change = shop.ask("PATCH", "/v1/settings").cookie(&owner).json(&change);
        change.header("If-Match", etag.header("etag").unwrap()).expect(200).await;
        let order = json!({
            "channel": "web", "external_id": "7", "name": "Mall of Quimby", "lane": "ship",
            "ship_to": { "name": "Zelda Quimby", "line1": "17 Lantern Steps", "city": "Portland",
                         "postal": "97209", "country": "US" },
            "customer": {
                "name": "Zelda Quimby", "email": "zelda@quimby.example", "phone": "+1 503 555 0142",
            },
            "tags": ["leave it with the neighbour"],
            "lines": [{ "sku": "MUG", "quantity": 1 }],
        });
        shop.post("/v1/orders").cookie(&owner).json(&order).expect(201).await;
        plant(&shop).await;
        let reply = shop.get("/v1/diagnostics/support-file").cookie(&owner).expect(200).await;
        let file = reply.json();
        for word in PLANTED {
            assert!(!reply.text.contains(word), "{word} is in {file:#}");
        }
        // What helps is there.
        assert_eq!(file["rows"]["jobs"], 1);
        assert_eq!(file["jobs"][0], json!({ "kind": "look_again", "state": "dead", "jobs": 1 }));
        let setting = |key: &str| {
            file["settings"].as_array().unwrap().iter().find(|one| one["key"] == key).unwrap().clone()
        };
        assert_eq!(setting("box_fill")["value"], "0.75");
        assert_eq!(
            (&setting("time_zone")["value"], &setting("time_zone")["is_changed"]),
            (&json!(null), &json!(true))
        );
        assert_eq!(
            (&file["program"][2]["value"], &file["program"][3]["value"]),
            (&json!("json"), &json!("2"))
        );
        let looks = file["looks"].as_array().unwrap();
        assert!(looks.iter().any(|look| look["of"] == "jobs" && look["state"] == "look"), "{file:#}");
    });
}

/// A job and a periodic task that failed, and say why in the words of somebody else.
async fn plant(shop: &crate::place::Shop) {
    use store::jobs::{Claim, Held, NewJob, claim, enqueue, fail};
    use store::timers::{Candidate, End, done, keep, take};
    let now_ms = shop.now_ms();
    let why = "hush-hush-password for Zelda Quimby, 17 Lantern Steps, in /srv/zelda";
    let planted = shop.db.write::<(), store::DbError>(move |tx| {
        Box::pin(async move {
            let job = NewJob {
                id: "job_1",
                kind: "look_again",
                subject: "Zelda Quimby",
                payload: "{}",
                key: None,
                due_at_ms: now_ms,
                most_attempts: 1,
                created_at_ms: now_ms,
            };
            enqueue(tx, &job).await?;
            let claimed = Claim { owner: "a", kinds: &["look_again"], now_ms, lease_ms: 1_000, limit: 1 };
            let job = claim(tx, &claimed).await?.remove(0);
            let _ = fail(tx, Held { id: &job.id, fence: job.fence }, why, None).await?;
            keep(tx, "tell_notices", 1_000, now_ms).await?;
            let who = Candidate { owner: "a", now_ms, lease_ms: 1_000 };
            let fence = take(tx, "tell_notices", who).await?.unwrap();
            let end = End { at_ms: now_ms, next_at_ms: now_ms + 1_000, error: Some(why) };
            done(tx, "tell_notices", fence, end).await.map(drop)
        })
    });
    planted.await.unwrap();
}

#[test]
fn what_needs_a_look_is_told_with_what_to_do() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        let seen = shop.get("/v1/diagnostics").cookie(&owner).expect(200).await.json();
        let of = |seen: &serde_json::Value, name: &str| {
            seen["looks"].as_array().unwrap().iter().find(|look| look["of"] == name).unwrap().clone()
        };
        assert_eq!(
            (of(&seen, "owner")["state"].as_str(), of(&seen, "jobs")["state"].as_str()),
            (Some("good"), Some("good"))
        );
        assert!(seen["database_bytes"].as_i64().unwrap() > 10_000, "{seen}");
        plant(&shop).await;
        let seen = shop.get("/v1/diagnostics").cookie(&owner).expect(200).await.json();
        assert_eq!(
            (&of(&seen, "timers")["state"], &of(&seen, "jobs")["state"]),
            (&json!("look"), &json!("look"))
        );
        assert!(of(&seen, "jobs")["remedy"].as_str().unwrap().contains("baton jobs retry"), "{seen}");
        assert_eq!(seen["queues"][0]["state"], "dead");
        assert_ne!(seen["state"], "good");
    });
}
