//! Connections: taken, limited, and ended in an orderly way.
//!
//! Owns: the sockets. Refuses to know: what travels over them.

use crate::app::App;
use crate::handshake::{Opened, Wire, opened};
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
use std::net::SocketAddr;
use std::io;
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
#[derive(Debug)]
pub struct Doors {
    pub first: TcpListener,
    pub second: Option<TcpListener>,
}

impl From<TcpListener> for Doors {
    fn from(first: TcpListener) -> Doors {
        Doors { first, second: None }
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
