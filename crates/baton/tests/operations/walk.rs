//! The script of `docs/api.md`: from the cart to the return, and a pickup to the counter.

use crate::place::{Server, is_postgres_required, on_both};
use std::process::Command;

const SCOPES: [&str; 7] =
    ["orders:read", "orders:write", "stock:read", "stock:write", "network:write", "work:read", "work:write"];

#[test]
fn the_walk_of_the_api_reaches_its_end_and_the_books_balance() {
    if Command::new("curl").arg("--version").output().is_err() {
        assert!(!is_postgres_required(), "there is no curl here, and everything is to be tried");
        eprintln!("there is no curl here: the walk is not tried");
        return;
    }
    on_both(|place| {
        place.ok(&["migrate"]);
        let owner =
            ["user", "add", "--email", "ana@example.com", "--name", "Ana", "--role", "owner", "--password"];
        let added = place.typed(&owner, "lantern moss ferry dice\n");
        assert_eq!(added.status.code(), Some(0), "{}", crate::scratch::err(&added));
        let scopes: Vec<&str> = SCOPES.iter().flat_map(|scope| ["--scope", scope]).collect();
        let made =
            place.json(&[&["token", "new", "--name", "walk", "--role", "owner"], &scopes[..]].concat());
        let mut server = Server::start(&place.database);
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/walk.sh");
        let walked = Command::new("sh")
            .arg(script)
            .env("BATON", format!("http://{}", server.address))
            .env("TOKEN", made["secret"].as_str().unwrap())
            .output()
            .unwrap();
        let told = crate::scratch::out(&walked);
        assert!(walked.status.success(), "{told}{}", crate::scratch::err(&walked));
        for word in [
            "the depot got ful_",
            "\"refund_minor\":",
            "fulfilled",
            "collected",
            "hold.confirmed",
            "order.returned",
        ] {
            assert!(told.contains(word), "{word} is not in: {told}");
        }
        assert_eq!(server.stop().0, Some(0));
        assert_eq!(place.json(&["check"])["is_sound"], true);
    });
}
