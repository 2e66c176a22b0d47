//! Backups over HTTP: who makes, sees and takes them.

use crate::place::{PASSWORD, Shop, on_both_with};
use flow::Baton;
use flow::backups::{Backups, job_kind};
use flow::baton::{StopSwitch, stop};
use flow::people::Role;
use flow::worker::{Pace, Worker};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use web::Settings;

fn with_backups<F: Future<Output = ()>>(test: impl Fn(Arc<Shop>, Arc<Backups>) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("backups");
    let backups = Arc::new(Backups { folder: at, books: None, kept: 14, is_daily: false });
    let settings = Settings {
        requests_per_minute: None,
        tries_per_minute: None,
        backups: Some(Arc::clone(&backups)),
        ..Settings::default()
    };
    on_both_with(&settings, |shop| test(shop, Arc::clone(&backups)));
}

fn at_work(shop: &Shop, backups: &Arc<Backups>) -> StopSwitch {
    let (switch, stop) = stop();
    let now_ms = shop.now_ms();
    let baton = Baton::new(shop.db.clone(), "worker", Arc::new(move || now_ms));
    let pace = Pace { look_every: Duration::from_millis(5), ..Pace::default() };
    tokio::spawn(Worker::new(baton, pace).does(job_kind(Arc::clone(backups))).run(stop));
    switch
}

/// The newest backup, once nothing is under way.
async fn newest(shop: &Shop, cookie: &str) -> Value {
    for _ in 0..4_000 {
        let list = shop.get("/v1/backups").cookie(cookie).expect(200).await.json();
        if list["under_way"].is_null() {
            assert_eq!((&list["is_late"], &list["failure"]), (&json!(false), &Value::Null), "{list}");
            return list["items"][0].clone();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("it is not made");
}

async fn kinds(shop: &Shop, cookie: &str) -> Vec<String> {
    let log = shop.get("/v1/events?kind=backup.").cookie(cookie).expect(200).await.json();
    let items = log["items"].as_array().unwrap().iter();
    items.map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_owner_makes_one_and_takes_it_away_with_a_password_of_late_and_the_log_has_both() {
    with_backups(|shop, backups| async move {
        let owner = shop.owner().await;
        let _work = at_work(&shop, &backups);
        let asked = shop.post("/v1/backups").cookie(&owner).expect(202).await;
        assert_eq!(asked.header("location"), Some("/v1/backups"));
        let one = newest(&shop, &owner).await;
        assert_eq!((&one["is_good"], &one["made"]["by_name"]), (&json!(true), &json!("Ana")), "{one}");
        let path = format!("/v1/backups/{}/file", one["name"].as_str().unwrap());
        shop.wait(31 * 60 * 1_000);
        let refused = shop.get(&path).cookie(&owner).expect(403).await;
        assert_eq!(refused.code(), "password_needed");
        assert_eq!(kinds(&shop, &owner).await, ["backup.made", "backup.asked"]);
        let proof = json!({ "password": PASSWORD });
        shop.post("/v1/session/proof").cookie(&owner).json(&proof).expect(204).await;
        let file = shop.get(&path).cookie(&owner).expect(200).await;
        let shown = file.header("content-disposition").unwrap();
        let is_zip = one["form"] == "file";
        assert_eq!(shown.ends_with(".zip\""), is_zip, "{shown}");
        assert!(file.text.contains(if is_zip { "manifest.json" } else { "baton_books" }));
        assert_eq!(kinds(&shop, &owner).await[0], "backup.downloaded");
        std::fs::remove_dir_all(&backups.folder).unwrap();
    });
}

#[test]
fn a_manager_sees_them_and_neither_makes_nor_takes_one() {
    with_backups(|shop, backups| async move {
        let owner = shop.owner().await;
        let manager = shop.hired("mia@example.com", Role::Manager, None).await;
        let work = at_work(&shop, &backups);
        shop.post("/v1/backups").cookie(&manager).expect(403).await;
        shop.post("/v1/backups").cookie(&owner).expect(202).await;
        let name = newest(&shop, &manager).await["name"].as_str().unwrap().to_owned();
        shop.get(&format!("/v1/backups/{name}/file")).cookie(&manager).expect(403).await;
        shop.post(&format!("/v1/backups/{name}/verify")).cookie(&manager).expect(403).await;
        for name in ["none.sqlite", "..%2Fbooks.sqlite", "%2Fetc%2Fpasswd"] {
            shop.get(&format!("/v1/backups/{name}/file")).cookie(&owner).expect(404).await;
            shop.post(&format!("/v1/backups/{name}/verify")).cookie(&owner).expect(404).await;
        }
        drop(work);
        std::fs::remove_dir_all(&backups.folder).unwrap();
    });
}

#[test]
fn without_any_it_is_told_that_a_day_would_be_lost() {
    with_backups(|shop, _| async move {
        let owner = shop.owner().await;
        let list = shop.get("/v1/backups").cookie(&owner).expect(200).await.json();
        assert_eq!((&list["is_late"], &list["last_good_at"]), (&json!(true), &Value::Null));
    });
}
