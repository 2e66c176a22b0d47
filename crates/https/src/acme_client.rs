//! Asking an ACME server: one connection for each question, with limits on time and size.
//!
//! Owns: whom it is spoken to and how long. Refuses to know: what is asked. Without TLS it speaks to this machine alone.

use crate::{Fault, fault};
use http_body_util::{BodyExt, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderValue};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// One question and its answer.
const LONGEST_QUESTION: Duration = Duration::from_secs(30);
/// The largest answer that is read.
const MOST_BYTES: usize = 1 << 20;

#[derive(Clone)]
pub(crate) struct Client(TlsConnector);

type Failed = Box<dyn std::error::Error + Send + Sync>;

impl Client {
    /// Trusts the public roots, or the one that is named.
    pub(crate) fn new(root: Option<&Path>) -> Result<Client, Fault> {
        let mut roots = RootCertStore::empty();
        match root {
            None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
            Some(file) => {
                let unread = |why: String| fault(format!("{} is no root to trust: {why}", file.display()));
                let root = CertificateDer::from_pem_file(file).map_err(|error| unread(error.to_string()))?;
                roots.add(root).map_err(|error| unread(error.to_string()))?;
            }
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder
            .with_safe_default_protocol_versions()
            .map_err(|error| fault(format!("TLS cannot be used: {error}")))?;
        Ok(Client(TlsConnector::from(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))))
    }

    async fn ask(self, request: Request<BodyWrapper<Bytes>>) -> Result<BytesResponse, Failed> {
        let to = request.uri().clone();
        let host = to.host().ok_or("its address has no host")?.trim_matches(['[', ']']).to_owned();
        let is_secure = to.scheme_str() == Some("https");
        if !is_secure && !is_here(&host) {
            return Err("an ACME server is asked over https".into());
        }
        let port = to.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        let stream = TcpStream::connect((host.as_str(), port)).await?;
        if !is_secure {
            return answered(stream, request).await;
        }
        let name = ServerName::try_from(host)?;
        answered(self.0.connect(name, stream).await?, request).await
    }
}

fn is_here(host: &str) -> bool {
    host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

async fn answered(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    mut request: Request<BodyWrapper<Bytes>>,
) -> Result<BytesResponse, Failed> {
    let uri = request.uri().clone();
    let host = uri.authority().ok_or("its address has no host")?.as_str();
    request.headers_mut().insert(HOST, HeaderValue::from_str(host)?);
    *request.uri_mut() = uri.path_and_query().map_or("/", |path| path.as_str()).parse::<Uri>()?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends with the answer, since nobody holds the sender longer.
    tokio::spawn(connection);
    let (parts, body) = sender.send_request(request).await?.into_parts();
    let body = Limited::new(body, MOST_BYTES).collect().await?.to_bytes();
    Ok(BytesResponse { parts, body: Box::new(body) })
}

impl HttpClient for Client {
    fn request(
        &self,
        request: Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let client = self.clone();
        Box::pin(async move {
            match timeout(LONGEST_QUESTION, client.ask(request)).await {
                Ok(answer) => answer.map_err(Error::Other),
                Err(_) => Err(Error::Other("it does not answer".into())),
            }
        })
    }
}
