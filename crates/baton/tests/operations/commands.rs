//! Every command on fresh books, in a file and on a server.

use crate::place::{PASSWORD, Place, Server, ServerDatabase, ask, on_both, order, run_sql};
use crate::scratch::{err, out};
use serde_json::{Value, json};
use std::fs;

#[test]
fn a_folder_comes_in_with_its_rules_and_the_same_again_changes_nothing() {
    on_both(|place| {
        place.scratch.write("shop/rules.txt", "Rules\nKeep at least 1 at stores.\n");
        let first = place.json(&["import", "folder", "--from", &place.shop]);
        assert_eq!(
            (&first["locations"], &first["products"], &first["shelves"], &first["rules_version"]),
            (&json!(2), &json!(2), &json!(3), &json!(1))
        );
        let again = place.json(&["import", "folder", "--from", &place.shop]);
        assert_eq!(
            (&again["locations"], &again["products"], &again["shelves"], &again["rules_version"]),
            (&json!(0), &json!(0), &json!(0), &Value::Null)
        );
        let rules = place.scratch.write("other.txt", "Rules\nAt most 2 parcels.\n");
        let told = place.ok(&["rules", "publish", &rules, "--comment", "fewer boxes"]);
        assert!(told.contains("as version 2"), "{told}");
        let later = ["rules", "publish", &rules, "--at", "2099-11-27T06:00:00-05:00"];
        let told = place.ok(&later);
        assert!(told.contains("holds from 2099-11-27T11:00:00"), "{told}");
        let past = place.run(&["rules", "publish", &rules, "--at", "2020-01-01T00:00:00Z"]);
        assert_eq!(past.status.code(), Some(2));
        assert!(err(&past).contains("lies in the past"), "{}", err(&past));
        let kinds = place.ok(&["export", "events"]);
        assert_eq!(kinds.matches("rules.published").count(), 3, "{kinds}");
        assert_eq!(kinds.matches("rules.saved").count(), 3, "nothing is kept of what is refused: {kinds}");
    });
}

#[test]
fn rules_that_do_not_hold_are_told_and_the_rest_of_the_folder_is_there() {
    let place = Place::in_file();
    place.scratch.write("shop/rules.txt", "Rules\nSend it somewhere nice.\n");
    let told = place.run(&["import", "folder", "--from", &place.shop]);
    assert_eq!(told.status.code(), Some(1), "{}", err(&told));
    assert!(out(&told).contains("rules.txt does not hold: line 2"), "{}", out(&told));
    assert_eq!(place.ok(&["export", "locations"]).lines().count(), 3);
}

#[test]
fn books_are_checked_and_damage_is_found() {
    on_both(|place| {
        let place = place.with_shop();
        assert_eq!(place.json(&["check"])["is_sound"], true);
        run_sql(&place.database, "update stock set on_hand = on_hand + 1".to_owned());
        let found = place.run(&["check"]);
        assert_eq!(found.status.code(), Some(1));
        assert!(
            out(&found).contains("MUG at mall: what stands there is not the sum of the ledger"),
            "{}",
            out(&found)
        );
        let doctor = place.run(&["doctor"]);
        assert_eq!(doctor.status.code(), Some(1));
        assert!(out(&doctor).contains("LOOK  books"), "{}", out(&doctor));
    });
}

#[test]
fn a_backup_is_made_while_the_shop_is_open_verified_and_put_back() {
    on_both(|place| {
        let place = place.with_shop();
        let (token, mut server) = (place.token(), Server::start(&place.database));
        let post =
            |id: &str| ask(&server.address, "POST", "/v1/orders", Some((&token, &order(id)))).unwrap().0;
        assert_eq!(post("early"), 201);
        let folder = place.scratch.path("kept");
        let made = place.json(&["backup", "--backups", &folder]);
        assert_eq!(post("late"), 201);
        assert_eq!(server.stop().0, Some(0));
        let file = made["written"].as_str().unwrap();
        assert_eq!(verified(file)["is_sound"], true);
        let target = ServerDatabase::make().filter(|_| place.database.starts_with("postgres://"));
        let target = target.as_ref().map_or(place.database.as_str(), |made| &made.place);
        let back = Place { database: target.to_owned(), ..Place::in_file() };
        back.ok(&["restore", file]);
        let orders = back.ok(&["export", "orders"]);
        assert!(orders.contains(",early,") && !orders.contains(",late,"), "{orders}");
        assert_eq!(back.json(&["check"])["is_sound"], true);
    });
}

#[test]
fn books_move_to_another_database_and_go_on_there() {
    let place = Place::in_file().with_shop();
    let server = ServerDatabase::make();
    let other = place.scratch.path("other.sqlite");
    let to = server.as_ref().map_or(other.as_str(), |server| &server.place);
    let copied = place.json(&["copy", "--to", to]);
    assert!(copied["rows"].as_u64().unwrap() > 10);
    let again = place.run(&["copy", "--to", to]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("choose an empty database"), "{}", err(&again));
    let there = Place { database: to.to_owned(), ..Place::in_file() };
    assert_eq!(there.ok(&["export", "stock"]), place.ok(&["export", "stock"]));
    there.ok(&["user", "add", "--email", "ben@example.com", "--name", "Ben", "--role", "viewer"]);
    let back = place.scratch.path("back.sqlite");
    there.ok(&["copy", "--to", &back]);
}

#[test]
fn a_text_is_taken_in_by_either_database() {
    on_both(|place| {
        let place = place.with_shop();
        let file = place.scratch.path("books.ndjson");
        place.ok(&["backup", "--text", "--out", &file]);
        assert_eq!(verified(&file)["is_sound"], true);
        let back = Place::in_file();
        back.ok(&["restore", &file]);
        assert_eq!(back.ok(&["export", "products"]), place.ok(&["export", "products"]));
        let over = back.run(&["restore", &file]);
        assert_eq!(over.status.code(), Some(2));
        assert!(err(&over).contains("a text goes into a new one"), "{}", err(&over));
    });
}

#[test]
fn steps_are_told_before_they_are_taken_and_serve_takes_them_by_itself_with_a_backup_before() {
    let place = Place::in_file();
    // Books of the version before: the file as its program left it.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let db = store::Db::open(&place.database).await.unwrap();
        store::migrations::migrate_to(&db, 6, 1).await.unwrap();
        db.close().await;
    });
    let refused = place.run(&["check"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("run baton migrate first"), "{}", err(&refused));
    let plan = place.json(&["migrate", "--dry-run"]);
    assert_eq!((&plan["from"], &plan["steps"][0]), (&json!(6), &json!("7 setup")));
    assert!(!fs::exists(format!("{}.at-step-6", place.database)).unwrap(), "nothing was done");
    let mut server = Server::start(&place.database);
    assert_eq!(server.stop().0, Some(0));
    assert_eq!(place.json(&["migrate", "--dry-run"])["steps"], json!([]));
    place.ok(&["check"]);
    let snapshot = format!("{}.at-step-6", place.database);
    let verified = crate::scratch::baton(&["verify", &snapshot]);
    assert_eq!(verified.status.code(), Some(0), "{}{}", out(&verified), err(&verified));
}

#[test]
fn migrate_begins_books_and_then_has_nothing_to_do() {
    on_both(|place| {
        let none = place.run(&["user", "list"]);
        assert!(err(&none).contains("or baton migrate"), "{}", err(&none));
        assert!(!place.json(&["migrate"])["steps"].as_array().unwrap().is_empty());
        place.ok(&["user", "list"]);
        assert_eq!(place.json(&["migrate"])["steps"], json!([]));
    });
}

#[test]
fn users_are_added_listed_unlocked_and_invited_and_no_secret_is_an_argument() {
    on_both(|place| {
        let place = place.with_shop();
        let add = ["user", "add", "--email", "ben@example.com", "--name", "Ben", "--role", "associate"];
        let added = place.json(&[&add[..], &["--location", "mall"]].concat());
        assert!(added["secret"].as_str().unwrap().starts_with("join_"));
        place.ok(&["user", "unlock", "ana@example.com"]);
        assert!(place.ok(&["user", "link", "ben@example.com"]).contains("join_"));
        let all = place.json(&["user", "list"]);
        let shown =
            |i: usize| (all[i]["email"].clone(), all[i]["has_password"].clone(), all[i]["locations"].clone());
        assert_eq!(shown(0), (json!("ana@example.com"), json!(true), Value::Null));
        assert_eq!(shown(1), (json!("ben@example.com"), json!(false), json!(["mall"])));
        let short =
            ["user", "add", "--email", "eve@example.com", "--name", "Eve", "--role", "viewer", "--password"];
        let refused = place.typed(&short, "short");
        assert_eq!(refused.status.code(), Some(2));
        assert!(err(&refused).contains("choose one with 12 or more"), "{}", err(&refused));
        let twice = place.run(&add);
        assert!(err(&twice).contains("every user needs their own"), "{}", err(&twice));
        let nobody = place.run(&["user", "unlock", "nobody@example.com"]);
        assert_eq!(
            (nobody.status.code(), err(&nobody).trim()),
            (Some(2), "there is no user nobody@example.com")
        );
        assert!(!place.ok(&["export", "events"]).contains(PASSWORD));
    });
}

#[test]
fn a_token_opens_the_api_until_it_is_revoked() {
    on_both(|place| {
        let place = place.with_shop();
        let made = place.json(&["token", "new", "--name", "till", "--scope", "orders:read", "--days", "30"]);
        let (id, secret) = (made["id"].as_str().unwrap(), made["secret"].as_str().unwrap());
        let orders = || {
            let mut server = Server::start(&place.database);
            let answer = ask(&server.address, "GET", "/v1/orders", Some((secret, ""))).unwrap().0;
            server.stop();
            answer
        };
        assert_eq!(orders(), 200);
        let listed = place.ok(&["token", "list"]);
        assert!(listed.contains("orders:read") && !listed.contains(secret), "{listed}");
        place.ok(&["token", "revoke", id]);
        assert_eq!(orders(), 401);
        assert!(place.ok(&["token", "list"]).contains("revoked"));
    });
}

#[test]
fn jobs_that_were_given_up_are_listed_and_tried_again() {
    on_both(|place| {
        let place = place.with_shop();
        assert_eq!(place.ok(&["jobs", "list"]).trim(), "No job waits, and none was given up.");
        for id in ["job_1", "job_2", "job_3"] {
            let dead = format!(
                "insert into jobs (id, kind, subject, payload, due_at, state, attempts, most_attempts, fence, \
                last_error, created_at) values ('{id}', 'mail', 'ord_1', '{{}}', 1, 'dead', 1, 1, 1, 'no host', 1)"
            );
            run_sql(&place.database, dead);
        }
        let told = place.ok(&["jobs", "list"]);
        assert_eq!(told.matches("given up: no host").count(), 3, "{told}");
        assert_eq!(place.json(&["jobs", "retry", "job_2"])["retried"], json!(["job_2"]));
        let again = place.run(&["jobs", "retry", "job_2"]);
        assert_eq!(again.status.code(), Some(2));
        assert!(err(&again).contains("only a job that was given up"), "{}", err(&again));
        let states = |listed: Value| -> Vec<(String, String)> {
            let of = |job: &Value, name: &str| job[name].as_str().unwrap().to_owned();
            listed.as_array().unwrap().iter().map(|job| (of(job, "id"), of(job, "state"))).collect()
        };
        let pair = |id: &str, state: &str| (id.to_owned(), state.to_owned());
        let expected = [pair("job_3", "dead"), pair("job_1", "dead"), pair("job_2", "ready")];
        assert_eq!(states(place.json(&["jobs", "list"])), expected);
        assert_eq!(place.json(&["jobs", "retry", "--all"])["retried"], json!(["job_3", "job_1"]));
        assert_eq!(place.ok(&["jobs", "retry", "--all"]).trim(), "No job was given up.");
        assert_eq!(place.ok(&["export", "events"]).matches("job.retried").count(), 3);
    });
}

#[test]
fn what_is_exported_comes_back_and_no_cell_is_a_formula() {
    on_both(|place| {
        place.scratch.write(
            "shop/products.csv",
            "sku,name,weight_oz,price_usd\nMUG,\"'=HYPERLINK(\"\"x\"\")\",12,9.50\nTEE,+tee,6,20\n",
        );
        place.ok(&["import", "folder", "--from", &place.shop]);
        for what in ["locations", "products", "stock"] {
            let file = place
                .scratch
                .path(&format!("again/{}.csv", if what == "stock" { "inventory" } else { what }));
            fs::create_dir_all(place.scratch.path("again")).unwrap();
            place.ok(&["export", what, "--out", &file]);
        }
        let products = place.scratch.read("again/products.csv");
        assert!(products.contains("'=HYPERLINK") && products.contains("'+tee"), "{products}");
        let again = place.json(&["import", "folder", "--from", &place.scratch.path("again")]);
        assert_eq!(
            (&again["locations"], &again["products"], &again["shelves"]),
            (&json!(0), &json!(0), &json!(0)),
            "{again}"
        );
        let lines = place.ok(&["export", "products", "--format", "ndjson"]);
        let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!((&first["sku"], &first["name"]), (&json!("MUG"), &json!("=HYPERLINK(\"x\")")));
        let written = place.json(&["export", "events", "--out", &place.scratch.path("events.csv")]);
        assert!(written["rows"].as_u64().unwrap() > 0);
    });
}

#[test]
fn the_doctor_says_what_to_do_and_is_quiet_when_all_is_well() {
    on_both(|place| {
        place.ok(&["import", "folder", "--from", &place.shop]);
        let folder = place.scratch.path("kept");
        let seen = place.run(&["doctor", "--backups", &folder]);
        assert_eq!(seen.status.code(), Some(1));
        let told = out(&seen);
        for remedy in ["run baton backup", "run baton user add --role owner"] {
            assert!(told.contains(remedy), "{told}");
        }
        let place = place.with_shop();
        place.ok(&["backup", "--backups", &folder]);
        let most = u32::MAX.to_string();
        let told = out(&place.run(&["doctor", "--backups", &folder, "--least-free", &most]));
        assert!(told.contains("free some room: 4,294,967,295 MB are needed"), "{told}");
        // Whoever runs the tests may have a full disk.
        let seen = place.json(&["doctor", "--backups", &folder, "--least-free", "0"]);
        assert_eq!(seen["is_well"], true, "{seen}");
        let failed = "insert into timers (name, every_ms, next_at, fence, lease_until, last_error) \
            values ('check_books', 1, 1, 1, 0, 'it broke')";
        run_sql(&place.database, failed.to_owned());
        let dead = "insert into jobs (id, kind, subject, payload, due_at, state, attempts, most_attempts, fence, \
            last_error, created_at) values ('job_1', 'mail', 'ord_1', '{}', 1, 'dead', 1, 1, 1, 'no such host', 1)";
        run_sql(&place.database, dead.to_owned());
        let told = out(&place.run(&["doctor", "--backups", &folder]));
        assert!(
            told.contains("check_books: it broke") && told.contains("mail of ord_1: no such host"),
            "{told}"
        );
    });
}

fn verified(file: &str) -> Value {
    let verified = crate::scratch::baton(&["verify", file, "--json"]);
    serde_json::from_str(&out(&verified)).unwrap()
}
