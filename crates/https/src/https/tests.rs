//! When certificates are made, renewed and told of.

use super::*;
use crate::folder::Folder;
use crate::{Files, kept};
use std::collections::BTreeSet;
use std::sync::Mutex as Cell;

const DAY_MS: i64 = 86_400_000;
const NOW_MS: i64 = 1_795_000_000_000;
const PORTS: Ports = Ports { plain: 8_080, secure: 8_443 };

fn names(all: &[&str]) -> BTreeSet<Name> {
    all.iter().map(|name| name.parse().unwrap()).collect()
}

/// An own CA on a machine whose names are in the cell.
fn own(dir: &tempfile::TempDir, called: &Arc<Cell<BTreeSet<Name>>>) -> Https {
    let called = Arc::clone(called);
    let find = Arc::new(move || called.lock().unwrap().clone());
    let own = Own::open(Folder(dir.path().to_owned()), BTreeSet::new(), find, NOW_MS).unwrap();
    Https::new(Way::Own(own), PORTS).unwrap()
}

fn shown(https: &Https) -> Facts {
    https.state().shown.unwrap()
}

#[tokio::test]
async fn a_certificate_is_renewed_at_two_thirds_of_its_life_and_lives_less_than_397_days() {
    let dir = tempfile::tempdir().unwrap();
    let https = own(&dir, &Arc::new(Cell::new(names(&["shop-pc", "192.168.1.20"]))));
    https.tend(NOW_MS).await;
    let first = shown(&https);
    assert!(first.valid_until_ms - first.valid_from_ms < 397 * DAY_MS);
    https.tend(first.due_ms() - 1).await;
    assert_eq!(shown(&https), first);
    https.tend(first.due_ms()).await;
    let second = shown(&https);
    assert_ne!(second.fingerprint, first.fingerprint);
    assert!(second.valid_until_ms > first.valid_until_ms && first.due_ms() < first.valid_until_ms);
}

#[tokio::test]
async fn another_address_of_the_machine_makes_another_certificate() {
    let dir = tempfile::tempdir().unwrap();
    let called = Arc::new(Cell::new(names(&["shop-pc", "192.168.1.20"])));
    let https = own(&dir, &called);
    https.tend(NOW_MS).await;
    assert!(!shown(&https).is_for(&"192.168.1.77".parse().unwrap()));
    *called.lock().unwrap() = names(&["shop-pc", "192.168.1.77", "8.8.8.8"]);
    https.tend(NOW_MS + 1).await;
    let after = shown(&https);
    assert!(
        after.is_for(&"192.168.1.77".parse().unwrap()) && !after.is_for(&"192.168.1.20".parse().unwrap())
    );
    // The CA may not sign what the public net knows, and says so to nobody's harm.
    assert!(!after.is_for(&"8.8.8.8".parse().unwrap()));
}

#[tokio::test]
async fn a_program_that_starts_again_shows_the_same_certificate() {
    let dir = tempfile::tempdir().unwrap();
    let called = Arc::new(Cell::new(names(&["shop-pc"])));
    let (first, again) = (own(&dir, &called), own(&dir, &called));
    first.tend(NOW_MS).await;
    again.tend(NOW_MS + DAY_MS).await;
    assert_eq!(shown(&first), shown(&again));
    assert!(crate::is_private(&dir.path().join(kept::OWN)));
}

#[tokio::test]
async fn files_are_read_again_when_they_change_and_bad_ones_leave_the_last_in_place() {
    let dir = tempfile::tempdir().unwrap();
    let ca = Ca::open(&Folder(dir.path().join("ca")), &names(&["shop-pc"]), NOW_MS).unwrap();
    let (certificate, key) = (dir.path().join("site.crt"), dir.path().join("site.key"));
    let put = |name: &str| {
        let text = ca.sign(&names(&[name]), NOW_MS).unwrap();
        std::fs::write(&certificate, &text).unwrap();
        std::fs::write(&key, &text).unwrap();
    };
    put("one.local");
    let https = Https::new(Way::Files(Files::new(certificate.clone(), key.clone())), PORTS).unwrap();
    https.tend(NOW_MS).await;
    assert_eq!(shown(&https).names, ["one.local"]);
    put("two.local");
    https.tend(NOW_MS + 1).await;
    assert_eq!(shown(&https).names, ["two.local"]);
    std::fs::write(&key, ca.sign(&names(&["three.local"]), NOW_MS).unwrap()).unwrap();
    https.tend(NOW_MS + 2).await;
    let failure = https.failure().unwrap();
    assert!(
        failure.why.contains("not of this certificate") && !failure.why.contains("PRIVATE"),
        "{failure:?}"
    );
    assert_eq!(shown(&https).names, ["two.local"]);
    put("four.local");
    https.tend(failure.again_ms).await;
    assert_eq!((shown(&https).names, https.failure()), (vec!["four.local".to_owned()], None));
}

#[test]
fn after_each_failure_an_acme_server_is_left_alone_for_longer_but_never_for_more_than_half_a_day() {
    let waits: Vec<i64> = [1, 2, 3, 8, 9, 60].map(|tries| wait_ms(tries) / MINUTE_MS).to_vec();
    assert_eq!(waits, [5, 10, 20, 640, 720, 720]);
}

#[tokio::test]
async fn a_page_is_sent_to_the_name_that_was_asked_for_only_if_the_certificate_is_for_it() {
    let dir = tempfile::tempdir().unwrap();
    let https = own(&dir, &Arc::new(Cell::new(names(&["shop-pc", "192.168.1.20"]))));
    assert_eq!(https.instead_of(Some("shop-pc"), "/"), None);
    https.tend(NOW_MS).await;
    let to = |host: &str| https.instead_of(Some(host), "/orders?q=a").unwrap();
    assert_eq!(to("shop-pc:8080"), "https://shop-pc:8443/orders?q=a");
    assert_eq!(to("[::1]:8080"), "https://[::1]:8443/orders?q=a");
    assert_eq!(to("evil.example"), "https://192.168.1.20:8443/orders?q=a");
    let state = https.state();
    assert_eq!(state.trust_url.as_deref(), Some("http://192.168.1.20:8080/trust"));
}
