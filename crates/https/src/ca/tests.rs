//! What the CA signs, and what it does not.

use super::*;
use crate::folder::is_private;
use std::fs;

const NOW_MS: i64 = 1_795_000_000_000;

fn names(all: &[&str]) -> BTreeSet<Name> {
    all.iter().map(|name| name.parse().unwrap()).collect()
}

fn folder() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder(dir.path().join("https"));
    (dir, folder)
}

#[test]
fn it_is_made_once_and_its_key_is_for_its_owner_alone() {
    let (_dir, folder) = folder();
    let first = Ca::open(&folder, &names(&["shop-pc"]), NOW_MS).unwrap();
    let again = Ca::open(&folder, &names(&["other"]), NOW_MS + DAY_MS).unwrap();
    assert_eq!(first.facts, again.facts);
    assert!(is_private(&folder.path(kept::CA_KEY)));
    let days = (first.facts.valid_until_ms - first.facts.valid_from_ms) / DAY_MS;
    assert_eq!(days, CA_LIFE_DAYS + 1);
    assert_eq!(first.facts.fingerprint.len(), 95);
}

#[test]
fn it_may_sign_for_the_house_and_for_what_it_was_made_for_and_for_nobody_else() {
    let (_dir, folder) = folder();
    let ca = Ca::open(&folder, &names(&["shop-pc", "pos.shop.example", "203.0.113.7"]), NOW_MS).unwrap();
    let may = |name: &str| ca.may_sign(&name.parse().unwrap());
    for name in [
        "shop-pc",
        "till.local",
        "192.168.1.20",
        "10.1.2.3",
        "fd12::1",
        "::1",
        "pos.shop.example",
        "203.0.113.7",
    ] {
        assert!(may(name), "{name}");
    }
    for name in
        ["bank.example", "shop.example", "notlocal", "8.8.8.8", "203.0.113.8", "2001:db8::1", "172.32.0.1"]
    {
        assert!(!may(name), "{name}");
    }
}

#[test]
fn a_key_that_is_gone_is_told_and_no_other_ca_is_made_in_silence() {
    let (_dir, folder) = folder();
    Ca::open(&folder, &names(&["shop-pc"]), NOW_MS).unwrap();
    fs::remove_file(folder.path(kept::CA_KEY)).unwrap();
    let refused = Ca::open(&folder, &names(&["shop-pc"]), NOW_MS).err().unwrap();
    assert!(refused.0.contains("one is missing"), "{refused}");
}

#[test]
fn nothing_is_signed_that_outlives_the_ca() {
    let (_dir, folder) = folder();
    let ca = Ca::open(&folder, &names(&["shop-pc"]), NOW_MS).unwrap();
    assert!(ca.sign(&names(&["shop-pc"]), NOW_MS).is_ok());
    assert!(ca.sign(&names(&["shop-pc"]), ca.facts.valid_until_ms - 30 * DAY_MS).is_err());
}
