//! Sockets: plain and secure at one port, limits, an orderly end.

use super::*;
use axum::routing::get;
use https::{Folder, Name, Own, Ports, Way};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;

const NOW_MS: i64 = 1_795_000_000_000;

fn certificates(dir: &tempfile::TempDir) -> Https {
    let own =
        Own::open(Folder(dir.path().to_owned()), BTreeSet::new(), Arc::new(BTreeSet::<Name>::new), NOW_MS)
            .unwrap();
    Https::new(Way::Own(own), Ports { plain: 80, secure: 443 }).unwrap()
}

async fn pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ours = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    (ours, listener.accept().await.unwrap().0)
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let (_ours, theirs) = pair().await;
    assert!(opened(theirs, &certificates(&dir), Duration::ZERO).await.is_none());
}

#[tokio::test]
async fn who_begins_with_tls_and_goes_on_with_nonsense_gets_no_connection() {
    let dir = tempfile::tempdir().unwrap();
    let (mut ours, theirs) = pair().await;
    ours.write_all(&[22, 9, 9, 0, 1, 0, 0, 0, 0, 0]).await.unwrap();
    assert!(opened(theirs, &certificates(&dir), LONGEST_HANDSHAKE).await.is_none());
}

async fn asked(stream: &mut TcpStream) -> String {
    let request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

/// With one place the second waits, though it asks first: the first has a place without having said a word.
#[tokio::test]
async fn a_connection_that_has_not_shaken_hands_counts_against_the_limit() {
    let dir = tempfile::tempdir().unwrap();
    let served = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&served);
    let router =
        Router::new().route("/", get(async move || count.fetch_add(1, Ordering::SeqCst).to_string()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answers = Answers { most: 1, plain: router.clone(), router, https: Some(certificates(&dir)) };
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve_router(answers, listener.into(), async { drop(stopped.await) }));
    let mut first = TcpStream::connect(address).await.unwrap();
    let mut second = TcpStream::connect(address).await.unwrap();
    let waiting = tokio::spawn(async move { asked(&mut second).await });
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(asked(&mut first).await.ends_with("\r\n\r\n0"));
    assert!(waiting.await.unwrap().ends_with("\r\n\r\n1"));
    drop(stop);
    server.await.unwrap().unwrap();
}
