//! A small client: one request, one connection, one answer.

use serde_json::Value;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A request on its way to be sent.
#[derive(Clone)]
pub(crate) struct Ask {
    address: SocketAddr,
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Ask {
    pub(crate) fn new(address: SocketAddr, method: &'static str, path: &str) -> Ask {
        Ask { address, method, path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Ask {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn bearer(self, secret: &str) -> Ask {
        self.header("Authorization", &format!("Bearer {secret}"))
    }

    pub(crate) fn cookie(self, cookie: &str) -> Ask {
        self.header("Cookie", cookie)
    }

    pub(crate) fn json(self, body: &Value) -> Ask {
        self.header("Content-Type", "application/json").raw(body.to_string().as_bytes())
    }

    pub(crate) fn raw(mut self, body: &[u8]) -> Ask {
        self.body = body.to_vec();
        self
    }

    pub(crate) async fn send(self) -> Reply {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {}\r\n", self.method, self.path, self.address);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", self.body.len()));
        stream.write_all(head.as_bytes()).await.unwrap();
        // A server that refuses a large body may hang up before it has all of it.
        let _ = stream.write_all(&self.body).await;
        let mut bytes = Vec::new();
        while stream.read_buf(&mut bytes).await.is_ok_and(|read| read > 0) {
            if is_endless(&bytes) {
                break;
            }
        }
        Reply::of(&bytes)
    }

    /// Sends it, and wants this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> impl Future<Output = Reply> {
        let caller = std::panic::Location::caller();
        let what = format!("{caller}: {} {}", self.method, self.path);
        async move {
            let reply = self.send().await;
            assert_eq!(reply.status, status, "{what}: {reply:?}");
            reply
        }
    }
}

/// An answer of events has no end: its head is all that is waited for.
fn is_endless(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.split_once("\r\n\r\n").is_some_and(|(head, _)| head.contains("text/event-stream"))
}

impl Reply {
    fn of(bytes: &[u8]) -> Reply {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": "));
        let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        Reply { status, headers, text: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}
