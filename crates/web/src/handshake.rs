//! The first bytes of a connection: whether it speaks TLS, and the handshake.
//!
//! Owns: that both ports understand both, so that a browser that was told to use HTTPS, and one that was not, each get an
//! answer wherever they knock. Refuses to know: certificates, and what is asked.

use https::Https;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// From taking a connection to the end of its handshake: who says nothing holds a place no longer.
pub(crate) const LONGEST_HANDSHAKE: Duration = Duration::from_secs(10);
/// The first byte of whoever begins with TLS (RFC 8446, a record of a handshake); no method of HTTP begins with it.
const TLS: u8 = 22;

/// How a request came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Wire {
    Tls,
    Plain,
}

pub(crate) enum Opened {
    Tls(Box<TlsStream<TcpStream>>),
    Plain(TcpStream),
}

/// `None`: nothing came in time, or no handshake came of it.
pub(crate) async fn opened(stream: TcpStream, https: &Https, longest: Duration) -> Option<Opened> {
    timeout(longest, shaken(stream, https)).await.ok()?
}

async fn shaken(stream: TcpStream, https: &Https) -> Option<Opened> {
    let mut first = [0];
    if stream.peek(&mut first).await.ok()? == 0 {
        return None;
    }
    if first != [TLS] {
        return Some(Opened::Plain(stream));
    }
    let shaken = TlsAcceptor::from(https.config()).accept(stream).await;
    // A device that does not trust the certificate hangs up here, as it should.
    shaken.map_err(|error| tracing::debug!(%error, "no handshake")).ok().map(|tls| Opened::Tls(Box::new(tls)))
}
