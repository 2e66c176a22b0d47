//! A server with certificates, over empty books in a file, with a clock that stands.

use crate::client::Client;
use flow::live::Live;
use https::{Ca, Folder, Https, Name, Own, Ports, Way};
use std::collections::BTreeSet;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use store::Db;
use store::migrations::migrate;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use web::{App, Doors, Settings};

/// 2026-11-01.
pub(crate) const NOW_MS: i64 = 1_793_491_200_000;

pub(crate) struct Shop {
    pub(crate) db: Db,
    pub(crate) plain: SocketAddr,
    pub(crate) secure: SocketAddr,
    pub(crate) https: Https,
    pub(crate) folder: Folder,
}

impl Shop {
    /// A browser that trusts the shop's own CA.
    pub(crate) fn trusting(&self) -> Client {
        Client::trusting(self.https.ca().map(Ca::pem).unwrap_or_default())
    }
}

pub(crate) fn names(all: &[&str]) -> BTreeSet<Name> {
    all.iter().map(|name| name.parse().unwrap()).collect()
}

/// With the shop's own CA, for `localhost`, `127.0.0.1` and `shop-pc`.
pub(crate) fn with_own<F: Future<Output = ()>>(test: impl FnOnce(Arc<Shop>) -> F) {
    let way = |folder: Folder| {
        let own = Own::open(folder, names(&["shop-pc"]), Arc::new(BTreeSet::<Name>::new), NOW_MS).unwrap();
        Way::Own(own)
    };
    with(way, |shop| async move {
        shop.https.tend(NOW_MS).await;
        test(shop).await;
    });
}

pub(crate) fn with<F: Future<Output = ()>>(
    way: impl FnOnce(Folder) -> Way,
    test: impl FnOnce(Arc<Shop>) -> F,
) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let dir = tempfile::tempdir().unwrap();
        run(&dir, way, test).await;
    });
}

async fn run<F: Future<Output = ()>>(
    dir: &TempDir,
    way: impl FnOnce(Folder) -> Way,
    test: impl FnOnce(Arc<Shop>) -> F,
) {
    let db = Db::open(&dir.path().join("books.sqlite").display().to_string()).await.unwrap();
    migrate(&db, NOW_MS).await.unwrap();
    let app = App::new(db.clone(), Arc::new(|| NOW_MS), Settings::default());
    let (switch, asked_to_stop) = flow::baton::stop();
    let live = Live::open(app.baton.clone()).await.unwrap();
    let teller = tokio::spawn(live.clone().run(asked_to_stop));
    let (first, second) = (free().await, free().await);
    let (plain, secure) = (first.local_addr().unwrap(), second.local_addr().unwrap());
    let folder = Folder(dir.path().join("https"));
    let https =
        Https::new(way(folder.clone()), Ports { plain: plain.port(), secure: secure.port() }).unwrap();
    let doors = Doors { first, second: Some(second), https: Some(https.clone()) };
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(web::serve(app.telling(live), doors, async { drop(stopped.await) }));
    test(Arc::new(Shop { db: db.clone(), plain, secure, https, folder })).await;
    drop(stop);
    server.await.unwrap().unwrap();
    switch.ask();
    teller.await.unwrap();
    db.close().await;
}

async fn free() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}
