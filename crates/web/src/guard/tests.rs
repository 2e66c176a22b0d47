//! Handlers that do what no handler should.

use crate::app::{App, Settings};
use crate::policy::Policy;
use crate::routes::Routes;
use crate::serve::{Answers, serve_router};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::Db;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use utoipa_axum::routes;

static STARTED: Notify = Notify::const_new();
static GO_ON: Notify = Notify::const_new();
static ENDED: AtomicU32 = AtomicU32::new(0);

/// Panics.
#[utoipa::path(get, path = "/panics", responses((status = 200)))]
async fn panics() -> &'static str {
    panic!("the secret 4711")
}

/// Waits until the test lets it go on.
#[utoipa::path(get, path = "/waits", responses((status = 200)))]
async fn waits() -> &'static str {
    STARTED.notify_one();
    GO_ON.notified().await;
    ENDED.fetch_add(1, Ordering::SeqCst);
    "done"
}

async fn with_server<F: Future<Output = ()>>(
    test: impl FnOnce(std::net::SocketAddr, oneshot::Sender<()>) -> F,
) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&folder.path().join("books.sqlite").display().to_string()).await.unwrap();
    let app = App::new(db.clone(), Arc::new(|| 5), Settings::default());
    let routes = Routes::tagged("odd").add(Policy::OPEN, routes!(panics)).add(Policy::OPEN, routes!(waits));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let router = routes.over(app, None);
    let answers = Answers { most: 8, plain: router.clone(), router, https: None };
    let server = tokio::spawn(serve_router(answers, listener.into(), async { drop(stopped.await) }));
    test(address, stop).await;
    server.await.unwrap().unwrap();
    db.close().await;
}

async fn asked(address: std::net::SocketAddr, path: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

async fn answer(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

#[tokio::test]
async fn a_handler_that_panics_says_an_id_and_harms_nobody() {
    with_server(async |address, stop| {
        let refused = answer(asked(address, "/panics").await).await;
        assert!(refused.starts_with("HTTP/1.1 500 "), "{refused}");
        assert!(refused.contains("urn:request:req_"), "{refused}");
        assert!(!refused.contains("4711"), "{refused}");
        let again = answer(asked(address, "/panics").await).await;
        assert!(again.starts_with("HTTP/1.1 500 "), "{again}");
        drop(stop);
    })
    .await;
}

#[tokio::test]
async fn a_request_under_way_is_answered_when_the_program_is_told_to_stop_and_goes_on_when_its_caller_hangs_up()
 {
    with_server(async |address, stop| {
        let left = asked(address, "/waits").await;
        STARTED.notified().await;
        drop(left);
        let under_way = asked(address, "/waits").await;
        STARTED.notified().await;
        drop(stop);
        let (last, ()) = tokio::join!(answer(under_way), async {
            while ENDED.load(Ordering::SeqCst) < 2 {
                GO_ON.notify_one();
                tokio::task::yield_now().await;
            }
        });
        assert!(last.starts_with("HTTP/1.1 200 ") && last.ends_with("done"), "{last}");
    })
    .await;
}
