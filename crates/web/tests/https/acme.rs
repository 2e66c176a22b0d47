//! A certificate of an ACME server.

use crate::acme_server::AcmeServer;
use crate::client::{Client, ask_plainly, get};
use crate::place::{NOW_MS, Shop, with};
use https::{Acme, Https, Ports, Signer, Way, is_private, kept};
use std::future::Future;
use std::sync::Arc;

const DOMAIN: &str = "shop.example";
const MINUTE_MS: i64 = 60_000;
/// After two thirds of the thirty years that the server signs for.
const YEAR_2041_MS: i64 = 2_240_000_000_000;

fn with_acme<F: Future<Output = ()>>(test: impl FnOnce(AcmeServer, Arc<Shop>) -> F) {
    // Known before the shop is: in the test the server is on the same machine.
    let started = std::thread::spawn(|| {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(AcmeServer::start());
        (server, runtime)
    });
    let (server, runtime) = started.join().unwrap();
    let directory = server.directory();
    let way = |folder| {
        let signer = Signer { directory, contact: Some("ana@example.com".to_owned()), root: None };
        Way::Acme(Acme::new(folder, [DOMAIN.to_owned()].into(), signer))
    };
    with(way, |shop| test(server, shop));
    runtime.shutdown_background();
}

#[test]
fn the_server_looks_over_plain_http_and_signs_and_the_keys_are_kept_privately() {
    with_acme(|server, shop| async move {
        server.lead_to(Some(shop.plain));
        let before = ask_plainly(shop.plain, &get("/")).await;
        assert!(before.starts_with("HTTP/1.1 503") && before.contains("no_certificate"), "{before}");
        shop.https.tend(NOW_MS).await;
        assert_eq!(shop.https.failure(), None);
        assert_eq!((server.looks(), server.counts()), (1, (1, 1)));
        let client = Client::trusting(&server.root);
        assert!(client.open(shop.secure, DOMAIN).await.is_ok());
        for name in [kept::ACCOUNT, kept::ACME] {
            assert!(is_private(&shop.folder.path(name)), "{name}");
        }
        // What was answered to the server is answered to nobody after it.
        let after = ask_plainly(shop.plain, &get("/.well-known/acme-challenge/tok-en_1")).await;
        assert!(after.starts_with("HTTP/1.1 404"), "{after}");
    });
}

#[test]
fn it_is_renewed_at_two_thirds_of_its_life_by_the_same_account_and_kept_over_a_restart() {
    with_acme(|server, shop| async move {
        server.lead_to(Some(shop.plain));
        shop.https.tend(NOW_MS).await;
        let first = shop.https.state().shown.unwrap();
        shop.https.tend(NOW_MS + MINUTE_MS).await;
        assert_eq!(server.counts().0, 1);
        let signer = Signer { directory: server.directory(), ..Signer::default() };
        let acme = Acme::new(shop.folder.clone(), [DOMAIN.to_owned()].into(), signer);
        let again = Https::new(Way::Acme(acme), Ports { plain: 80, secure: 443 }).unwrap();
        again.tend(NOW_MS).await;
        assert_eq!((again.state().shown.as_ref(), server.counts().0), (Some(&first), 1));
        shop.https.tend(YEAR_2041_MS).await;
        assert_eq!(server.counts(), (2, 1));
        assert_ne!(shop.https.state().shown.unwrap().fingerprint, first.fingerprint);
    });
}

#[test]
fn a_failure_is_told_left_alone_for_a_while_and_tried_again_until_it_works() {
    with_acme(|server, shop| async move {
        shop.https.tend(NOW_MS).await;
        let failure = shop.https.failure().unwrap();
        assert!(failure.why.contains("nothing was there"), "{failure:?}");
        assert_eq!(failure.again_ms, NOW_MS + 5 * MINUTE_MS);
        shop.https.tend(NOW_MS + 4 * MINUTE_MS).await;
        assert_eq!(server.counts().0, 1);
        shop.https.tend(failure.again_ms).await;
        let second = shop.https.failure().unwrap();
        assert_eq!((second.tries, second.again_ms - second.at_ms), (2, 10 * MINUTE_MS));
        server.lead_to(Some(shop.plain));
        shop.https.tend(second.again_ms).await;
        assert_eq!((shop.https.failure(), server.counts().0), (None, 3));
    });
}
