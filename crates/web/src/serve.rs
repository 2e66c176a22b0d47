//! Connections: taken, limited, and ended in an orderly way.
//!
//! Owns: the sockets. Refuses to know: what travels over them.

use crate::app::App;
use crate::handshake::{LONGEST_HANDSHAKE, Opened, Wire, opened};
use crate::pages::Pages;
use crate::routes::{router, router_with};
use crate::shops::both;
use axum::Router;
use axum::http::Request;
use https::Https;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
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

/// Where connections come in. Each understands TLS and plain HTTP, where there are certificates.
pub struct Doors {
    pub first: TcpListener,
    pub second: Option<TcpListener>,
    /// `None`: plain HTTP is spoken, and nothing else.
    pub https: Option<Https>,
}

impl From<TcpListener> for Doors {
    fn from(first: TcpListener) -> Doors {
        Doors { first, second: None, https: None }
    }
}

impl Doors {
    async fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        match &self.second {
            None => self.first.accept().await,
            Some(second) => tokio::select! {
                taken = self.first.accept() => taken,
                taken = second.accept() => taken,
            },
        }
    }
}

/// Answers requests until `shutdown` comes; then takes no more, and gives those under way ten seconds.
///
/// # Errors
/// The socket cannot be used.
pub async fn serve(app: App, doors: impl Into<Doors>, shutdown: impl Future<Output = ()>) -> io::Result<()> {
    let doors = doors.into();
    let app = App { https: doors.https.clone(), ..app };
    serve_until(Answers::of(&app, router(app.clone())), app, doors, shutdown).await
}

/// The same with pages beside the API.
///
/// # Errors
/// The socket cannot be used.
pub async fn serve_with(
    app: App,
    pages: Pages,
    doors: impl Into<Doors>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let doors = doors.into();
    let app = App { https: doors.https.clone(), ..app };
    serve_until(Answers::of(&app, router_with(app.clone(), pages)), app, doors, shutdown).await
}

async fn serve_until(
    answers: Answers,
    app: App,
    doors: Doors,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let shutdown = async move {
        shutdown.await;
        // Who listens to events would stay for the whole farewell.
        app.listeners.send_home();
        if let Some(demo) = app.demo_shop.as_ref().and_then(|demo| demo.served()) {
            demo.say_farewell();
        }
    };
    serve_router(answers, doors, shutdown).await
}

/// What connections are answered with.
#[derive(Clone)]
pub(crate) struct Answers {
    /// Connections at the same time, also such as have not shaken hands.
    pub(crate) most: usize,
    pub(crate) router: Router,
    /// For what comes in plain HTTP: where there are certificates, a demo shop is not behind it.
    pub(crate) plain: Router,
    pub(crate) https: Option<Https>,
}

pub(crate) async fn serve_router(
    answers: Answers,
    doors: Doors,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let (graceful, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(answers.most)));
    // Told to those who have not shaken hands: they have asked nothing yet.
    let (closing, closed) = watch::channel(());
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        // Who comes when all places are taken waits in the queue of the system.
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place.map_err(io::Error::other)?,
            () = &mut shutdown => break,
        };
        let (stream, peer) = tokio::select! {
            taken = doors.accept() => match taken {
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
        let (answers, watcher, mut closed) = (answers.clone(), graceful.watcher(), closed.clone());
        tokio::spawn(async move {
            let opened = tokio::select! {
                opened = answers.open(stream) => opened,
                _ = closed.changed() => None,
            };
            match opened {
                Some(Opened::Tls(tls)) => answers.speak(*tls, (Peer(peer), Wire::Tls), watcher).await,
                Some(Opened::Plain(plain)) => answers.speak(plain, (Peer(peer), Wire::Plain), watcher).await,
                None => {}
            }
            drop(place);
        });
    }
    drop((doors, closing));
    if timeout(LONGEST_FAREWELL, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests took longer than the program waits for them at its end");
    }
    Ok(())
}

impl Answers {
    fn of(app: &App, own: Router) -> Answers {
        let router = both(app.clone(), own.clone());
        let plain = if app.https.is_some() { own } else { router.clone() };
        Answers { most: MOST_CONNECTIONS, router, plain, https: app.https.clone() }
    }

    async fn open(&self, stream: TcpStream) -> Option<Opened> {
        match &self.https {
            None => Some(Opened::Plain(stream)),
            Some(https) => opened(stream, https, LONGEST_HANDSHAKE).await,
        }
    }

    async fn speak<S>(self, stream: S, (peer, wire): (Peer, Wire), watcher: Watcher)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let router = if wire == Wire::Tls { self.router } else { self.plain };
        let router = TowerToHyperService::new(router.into_service::<Incoming>());
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request.extensions_mut().insert(wire);
            hyper::service::Service::call(&router, request)
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(LONGEST_HEAD);
        // Who hangs up in the middle is nobody's fault.
        let _ = watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await;
    }
}

#[cfg(test)]
mod tests;
