//! Rules over the orders in the books: by a command beside the program that serves them, and by that program.

use crate::place::{Place, Server, ask, on_both, order};
use crate::scratch::err;
use serde_json::Value;
use std::time::Duration;

fn asked(server: &Server, (method, path): (&str, &str), token: &str, body: &str) -> Value {
    let (status, body) = ask(&server.address, method, path, Some((token, body))).unwrap();
    assert!(matches!(status, 200..=202), "{path}: {status} {body}");
    serde_json::from_str(&body).unwrap()
}

fn done(server: &Server, (path, token): (&str, &str)) -> Value {
    for _ in 0..300 {
        let replay = asked(server, ("GET", path), token, "");
        if replay["state"] != "waiting" && replay["state"] != "running" {
            return replay;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{path} does not end");
}

fn with_rules(place: Place) -> Place {
    let place = place.with_shop();
    let first = place.scratch.write("first.txt", "Rules\nPrefer stores, worth $1 a parcel.\n");
    let second = place.scratch.write("second.txt", "Rules\nKeep at least 1 at stores.\n");
    place.ok(&["rules", "publish", &first]);
    place.ok(&["rules", "publish", &second, "--at", "2099-11-27T06:00:00-05:00"]);
    place
}

#[test]
fn a_command_beside_the_server_and_the_server_itself_tell_the_same() {
    on_both(|place| {
        let place = with_rules(place);
        let scopes = ["--scope", "orders:write", "--scope", "rules:read", "--scope", "rules:write"];
        let made =
            place.json(&[&["token", "new", "--name", "tests", "--role", "owner"], &scopes[..]].concat());
        let token = made["secret"].as_str().unwrap();
        let mut server = Server::start(&place.database);
        for id in ["one", "two", "three"] {
            asked(&server, ("POST", "/v1/orders"), token, &order(id));
        }
        // Orders of this very moment are before the end of the period.
        std::thread::sleep(Duration::from_millis(5));
        let told = place.json(&["rules", "replay", "--number", "2", "--worth"]);
        assert_eq!((&told["orders"], &told["rule_set"], &told["against"]), (&3.into(), &2.into(), &1.into()));
        let replay = asked(&server, ("POST", "/v1/rule-sets/2/replays"), token, r#"{"worth":true}"#);
        let path = format!("/v1/rule-replays/{}", replay["id"].as_str().unwrap());
        let replay = done(&server, (&path, token));
        assert_eq!(replay["state"], "done", "{replay}");
        for same in ["variants", "comparisons", "rule_worth", "assumptions", "orders", "days"] {
            assert_eq!(told[same], replay["result"][same], "{same}");
        }
        assert_eq!(server.stop().0, Some(0));
        let printed = place.ok(&["rules", "replay", "--number", "2", "--days", "7"]);
        for part in ["3 orders", "(version 1)", "(version 2)", "landed cost per order", "Assumed: "] {
            assert!(printed.contains(part), "{part}:\n{printed}");
        }
        assert_eq!(place.json(&["check"])["is_sound"], true);
    });
}

#[test]
fn what_cannot_be_replayed_is_told_in_words() {
    let place = with_rules(Place::in_file());
    for (arguments, says) in [
        (&["--number", "9"][..], "there is no rule set 9"),
        (&["--number", "1", "--against", "9"], "there is no rule set 9"),
        (&["--number", "1", "--days", "401"], "from 1 to 400"),
        (&["--number", "1", "--from", "2026-09-01"], "--to"),
        (&["--number", "1", "--from", "2026-09-02", "--to", "2026-09-01"], "the period has no moment"),
        (&["--number", "1", "--from", "1.9.2026", "--to", "2026-09-01"], "write a day such as 2026-09-01"),
    ] {
        let refused = place.run(&[&["rules", "replay"], arguments].concat());
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(err(&refused).contains(says), "{arguments:?}: {}", err(&refused));
    }
}
