//! Certificates and their keys: until when, for which names, and who may read the keys.

use crate::commands::serve::{Looked, https_folder};
use flow::doctor::Look;
use https::{Facts, Folder, Pair, is_private, kept};
use model::Timestamp;
use std::path::Path;

const DAY_MS: i64 = 86_400_000;
/// The CA is trusted anew by hand, on each device: that needs some time.
const CA_NOTICE_MS: i64 = 60 * DAY_MS;
/// A certificate that somebody else renews.
const FILE_NOTICE_MS: i64 = 14 * DAY_MS;

/// Nothing where HTTPS was never used.
pub(super) fn all(looked: &Looked, place: &str, now_ms: i64) -> Vec<Look> {
    let folder = Folder(https_folder(looked.https_folder.as_deref(), place));
    let mut looks = Vec::new();
    if folder.0.is_dir() {
        looks.push(keys_look(&folder));
        looks.extend(ca_look(&folder, now_ms));
        for name in [kept::OWN, kept::ACME] {
            looks.extend(kept_look(&folder, name, now_ms));
        }
    }
    if let (Some(certificate), Some(key)) = (&looked.certificate, &looked.key) {
        looks.push(files_look(certificate, key, now_ms));
        looks.push(key_look(key));
    }
    looks
}

fn keys_look(folder: &Folder) -> Look {
    let secrets = kept::SECRETS.iter().map(|name| folder.path(name)).filter(|path| path.exists());
    let open: Vec<String> =
        secrets.filter(|path| !is_private(path)).map(|path| path.display().to_string()).collect();
    match open.is_empty() {
        true => Look::well("keys", format!("nobody else may read those in {}", folder.0.display())),
        false => Look::needed(
            "keys",
            format!("others may read {}", open.join(" and ")),
            "run chmod 600 on each; if somebody may have read it, delete it and let a new one be made",
        ),
    }
}

fn key_look(key: &Path) -> Look {
    match is_private(key) {
        true => Look::well("keys", format!("nobody else may read {}", key.display())),
        false => Look::needed("keys", format!("others may read {}", key.display()), "run chmod 600 on it"),
    }
}

fn ca_look(folder: &Folder, now_ms: i64) -> Option<Look> {
    let remedy = "before it ends delete the ca files, start again, and trust the new CA on every device";
    let facts = match folder.read(kept::CA).transpose()?.and_then(|pem| Facts::of_pem(&pem)) {
        Ok(facts) => facts,
        Err(why) => return Some(Look::broken("ca", why.to_string(), "put it back from a copy")),
    };
    let seen = format!("devices trust the shop's own CA until {}", Timestamp(facts.valid_until_ms));
    Some(match facts.valid_until_ms - now_ms < CA_NOTICE_MS {
        true => Look::needed("ca", seen, remedy),
        false => Look::well("ca", seen),
    })
}

/// One that Baton renews by itself: due and not renewed is a fault of something else.
fn kept_look(folder: &Folder, name: &str, now_ms: i64) -> Option<Look> {
    let text = match folder.read(name).transpose()? {
        Ok(text) => text,
        Err(why) => {
            return Some(Look::broken("https", why.to_string(), "let the user of baton serve read it"));
        }
    };
    let remedy =
        "it is renewed while baton serve runs; the log and the page Settings, HTTPS say why it is not";
    let facts = match Pair::read(&text, &text) {
        Ok(pair) => pair.facts,
        Err(why) => {
            return Some(Look::broken("https", format!("{name}: {why}"), "delete it; another is made"));
        }
    };
    let seen = told(name, &facts);
    // A day, so that a machine that was off is not blamed at once.
    Some(match now_ms > facts.due_ms() + DAY_MS {
        true => Look::needed("https", seen, remedy),
        false => Look::well("https", seen),
    })
}

fn files_look(certificate: &Path, key: &Path, now_ms: i64) -> Look {
    let read = |path: &Path| {
        std::fs::read_to_string(path)
            .map_err(|error| https::Fault(format!("{} cannot be read: {error}", path.display())))
    };
    let pair = read(certificate).and_then(|chain| Pair::read(&chain, &read(key)?));
    let facts = match pair {
        Ok(pair) => pair.facts,
        Err(why) => {
            return Look::broken(
                "https",
                format!("{}: {why}", certificate.display()),
                "mend --certificate and --key",
            );
        }
    };
    let seen = told(&certificate.display().to_string(), &facts);
    match facts.valid_until_ms - now_ms < FILE_NOTICE_MS {
        true => Look::needed(
            "https",
            seen,
            "renew it where it comes from; baton serve takes the new one by itself",
        ),
        false => Look::well("https", seen),
    }
}

fn told(name: &str, facts: &Facts) -> String {
    format!("{name} is for {} until {}", facts.names.join(", "), Timestamp(facts.valid_until_ms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use https::{Https, Own, Ports, Way};
    use std::collections::BTreeSet;
    use std::os::unix::fs::PermissionsExt;
    use std::sync::Arc;

    const NOW_MS: i64 = 1_795_000_000_000;

    fn needed(place: &str, now_ms: i64) -> Vec<&'static str> {
        let looks = all(&Looked::default(), place, now_ms);
        looks.into_iter().filter(|look| look.remedy.is_some()).map(|look| look.of).collect()
    }

    #[tokio::test]
    async fn open_keys_late_renewals_and_a_ca_that_ends_are_found_and_nothing_where_https_is_not_used() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("books.sqlite").display().to_string();
        assert!(all(&Looked::default(), &place, NOW_MS).is_empty());
        let folder = Folder(https_folder(None, &place));
        let own = Own::open(folder.clone(), BTreeSet::new(), Arc::new(BTreeSet::<https::Name>::new), NOW_MS)
            .unwrap();
        let https = Https::new(Way::Own(own), Ports { plain: 80, secure: 443 }).unwrap();
        https.tend(NOW_MS).await;
        assert_eq!(all(&Looked::default(), &place, NOW_MS).len(), 3);
        assert_eq!(needed(&place, NOW_MS), [""; 0]);
        assert_eq!(needed(&place, NOW_MS + 70 * DAY_MS), ["https"]);
        assert_eq!(needed(&place, NOW_MS + 3_640 * DAY_MS), ["ca", "https"]);
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(folder.path(kept::CA_KEY), open).unwrap();
        assert_eq!(needed(&place, NOW_MS), ["keys"]);
    }
}
