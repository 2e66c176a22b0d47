//! Lists.

use crate::place::{Shop, on_both};
use flow::people::{self, By, NewUser, ReachChoice, Role};

async fn add(shop: &Shop, n: usize) {
    shop.wait(1);
    let email = format!("u{n:03}@example.com");
    let new = NewUser { name: format!("User {n}"), email, role: Role::Viewer, reach: ReachChoice(None) };
    people::add_user(&shop.db, &shop.call(), &By::the_house(), new).await.unwrap();
}

#[test]
fn a_walk_misses_nobody_and_sees_nobody_twice_while_others_are_added() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        for n in 0..7 {
            add(&shop, n).await;
        }
        let (mut path, mut seen, mut added) = ("/v1/users?limit=3&x=1".to_owned(), Vec::new(), 7);
        loop {
            let page = shop.get(&path).cookie(&owner).expect(200).await;
            let json = page.json();
            let names = json["items"].as_array().unwrap().iter().map(|user| user["name"].to_string());
            seen.extend(names);
            let Some(link) = page.header("link") else {
                assert!(json["next"].is_null());
                break;
            };
            let (next, rel) = link.split_once(">; ").unwrap();
            assert_eq!(rel, "rel=\"next\"");
            assert!(next.contains("limit=3&x=1&cursor="), "{next}");
            assert!(next.ends_with(json["next"].as_str().unwrap()));
            path = next.trim_start_matches('<').to_owned();
            if added < 10 {
                add(&shop, added).await;
                added += 1;
            }
        }
        let expected: Vec<String> =
            ["\"Ana\"".to_owned()].into_iter().chain((0..10).map(|n| format!("\"User {n}\""))).collect();
        assert_eq!(seen, expected);
    });
}

#[test]
fn a_page_has_a_limit_and_knows_its_own_cursors() {
    on_both(|shop| async move {
        let owner = shop.owner().await;
        for query in ["limit=0", "limit=251", "limit=x", "limit=-1", "cursor=zz", "cursor=7b", "cursor=é"] {
            let reply = shop.get(&format!("/v1/users?{query}")).cookie(&owner).expect(400).await;
            assert!(matches!(reply.code().as_str(), "bad_query" | "bad_cursor" | "bad_request"), "{reply:?}");
        }
        let page = shop.get("/v1/users?limit=250").cookie(&owner).expect(200).await;
        assert_eq!((page.json()["items"].as_array().unwrap().len(), page.header("link")), (1, None));
    });
}
