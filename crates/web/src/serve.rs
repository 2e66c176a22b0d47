//! Connections: taken, limited, and ended in an orderly way.
//!
//! Owns: the socket. Refuses to know: what travels over it.

use crate::app::App;
use crate::pages::Pages;
use crate::routes::{router, router_with};
use crate::shops::both;
use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// Connections at the same time: each may hold a request and an answer in memory.
const MOST_CONNECTIONS: usize = 1_024;
/// How long the head of a request may take to arrive: who sends it letter by letter is not waited for.
const LONGEST_HEAD: Duration = Duration::from_secs(10);
/// How long requests under way may take when the program is told to stop.
const LONGEST_FAREWELL: Duration = Duration::from_secs(10);
/// After a connection could not be taken, such as when there are no file handles left.
const BREATH: Duration = Duration::from_millis(50);

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Answers requests until `shutdown` comes; then takes no more, and gives those under way ten seconds.
///
/// # Errors
/// The socket cannot be used.
pub async fn serve(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> std::io::Result<()> {
    serve_until(both(app.clone(), router(app.clone())), app, listener, shutdown).await
}

/// The same with pages beside the API.
///
/// # Errors
/// The socket cannot be used.
pub async fn serve_with(
    app: App,
    pages: Pages,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> std::io::Result<()> {
    serve_until(both(app.clone(), router_with(app.clone(), pages)), app, listener, shutdown).await
}

async fn serve_until(
    router: Router,
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let shutdown = async move {
        shutdown.await;
        // Who listens to events would stay for the whole farewell.
        app.listeners.send_home();
        if let Some(demo) = app.demo_shop.as_ref().and_then(|demo| demo.served()) {
            demo.say_farewell();
        }
    };
    serve_router(router, listener, shutdown).await
}

pub(crate) async fn serve_router(
    router: Router,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let router = TowerToHyperService::new(router.into_service::<Incoming>());
    let (graceful, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(MOST_CONNECTIONS)));
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        // Who comes when all places are taken waits in the queue of the system.
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place.map_err(std::io::Error::other)?,
            () = &mut shutdown => break,
        };
        let (stream, peer) = tokio::select! {
            taken = listener.accept() => match taken {
                Ok(taken) => taken,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    sleep(BREATH).await;
                    continue;
                }
            },
            () = &mut shutdown => break,
        };
        // Small answers go out at once.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            router.call(request)
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(LONGEST_HEAD);
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // Who hangs up in the middle is nobody's fault.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    if timeout(LONGEST_FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests took longer than the program waits for them at its end");
    }
    Ok(())
}
