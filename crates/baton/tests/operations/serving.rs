//! The running program: starts, answers, stops.

use crate::place::{Server, ask, on_both, order};
use std::time::Duration;

/// As docs/operations.md promises.
const LONGEST_STOP: Duration = Duration::from_secs(10);

#[test]
fn serve_answers_and_stops_cleanly_when_it_is_told_to() {
    on_both(|place| {
        let place = place.with_shop();
        let token = place.token();
        let mut server = Server::start(&place.database);
        let get = |path: &str| ask(&server.address, "GET", path, Some((&token, ""))).unwrap();
        assert_eq!(get("/livez"), (200, "alive\n".to_owned()));
        assert_eq!(get("/readyz"), (200, "ready\n".to_owned()));
        assert!(get("/metrics").1.contains("baton_requests_total"));
        let taken = ask(&server.address, "POST", "/v1/orders", Some((&token, &order("1")))).unwrap();
        assert_eq!(taken.0, 201, "{}", taken.1);
        let (code, took) = server.stop();
        assert_eq!(code, Some(0));
        assert!(took < LONGEST_STOP, "{took:?}");
        assert_eq!(place.ok(&["export", "orders"]).lines().count(), 2);
    });
}

#[test]
fn serve_takes_its_settings_from_a_file_and_so_do_the_others() {
    let place = crate::place::Place::in_file().with_shop();
    let config =
        place.scratch.write("baton.toml", &format!("database = \"{}\"\nlog = \"json\"\n", place.database));
    let mut server = Server::start_with(&["--config", &config]);
    let checked = crate::scratch::baton(&["check", "--config", &config]);
    assert_eq!(checked.status.code(), Some(0), "{}", crate::scratch::err(&checked));
    assert_eq!(server.stop().0, Some(0));
    let slip = place.scratch.write("slip.toml", "databse = \"x\"\n");
    let refused = crate::scratch::baton(&["serve", "--config", &slip]);
    assert!(crate::scratch::err(&refused).contains("databse"), "{}", crate::scratch::err(&refused));
}
