//! A browser, as far as TLS goes: it trusts one CA, and says on which day it lives.

use crate::place::NOW_MS;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::time_provider::TimeProvider;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion, version};

pub(crate) type Versions = &'static [&'static SupportedProtocolVersion];
pub(crate) static NEW: Versions = &[&version::TLS13];
pub(crate) static OLD: Versions = &[&version::TLS12];
static BOTH: Versions = &[&version::TLS13, &version::TLS12];

#[derive(Debug)]
struct At(i64);

impl TimeProvider for At {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_millis(self.0.unsigned_abs())))
    }
}

pub(crate) struct Client {
    pem: String,
    now_ms: i64,
    versions: Versions,
}

impl Client {
    pub(crate) fn trusting(pem: &str) -> Client {
        Client { pem: pem.to_owned(), now_ms: NOW_MS, versions: BOTH }
    }

    pub(crate) fn at(self, now_ms: i64) -> Client {
        Client { now_ms, ..self }
    }

    pub(crate) fn speaking(self, versions: Versions) -> Client {
        Client { versions, ..self }
    }

    /// The connection, or why the browser warns.
    pub(crate) async fn open(&self, to: SocketAddr, name: &str) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(self.pem.as_bytes()).unwrap()).unwrap();
        let builder =
            ClientConfig::builder_with_details(Arc::new(ring::default_provider()), Arc::new(At(self.now_ms)));
        let builder = builder.with_protocol_versions(self.versions).unwrap();
        let config = builder.with_root_certificates(roots).with_no_client_auth();
        let stream = TcpStream::connect(to).await.unwrap();
        let name = ServerName::try_from(name.to_owned()).unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, stream).await
    }

    /// A whole answer.
    pub(crate) async fn ask(&self, to: SocketAddr, request: &str) -> String {
        answered(self.open(to, "localhost").await.unwrap(), request).await
    }
}

pub(crate) fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

pub(crate) async fn ask_plainly(to: SocketAddr, request: &str) -> String {
    answered(TcpStream::connect(to).await.unwrap(), request).await
}

pub(crate) async fn answered(mut stream: impl AsyncReadExt + AsyncWriteExt + Unpin, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
