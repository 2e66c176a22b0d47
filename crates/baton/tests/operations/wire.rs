//! A client that keeps its connection, as the programs of a channel do.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Longer than the program lets a request take.
const LONGEST: Duration = Duration::from_secs(60);

/// The program closes a connection on which nothing came for ten seconds: before that, a client opens another.
const LONGEST_IDLE: Duration = Duration::from_secs(5);

/// A connection to one server; opened when it is first used, and again when it broke or was idle for long.
pub(crate) struct Line {
    address: String,
    token: String,
    /// And when it was used last.
    open: Option<(BufReader<TcpStream>, Instant)>,
}

/// A whole answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after_s: Option<u64>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}: no JSON: {}", self.status, self.body))
    }
}

impl Line {
    pub(crate) fn to(address: &str, token: &str) -> Line {
        Line { address: address.to_owned(), token: token.to_owned(), open: None }
    }

    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Option<Answer> {
        self.send("POST", path, &body.to_string())
    }

    /// Sends a request; `None`: no whole answer came, and nobody knows what was done.
    pub(crate) fn send(&mut self, method: &str, path: &str, body: &str) -> Option<Answer> {
        let open = self.open.take().filter(|(_, used)| used.elapsed() < LONGEST_IDLE);
        let mut stream = open.map(|(stream, _)| stream).or_else(|| self.connect())?;
        let (address, token) = (&self.address, &self.token);
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.get_mut().write_all((head + body).as_bytes()).ok()?;
        let answer = read(&mut stream)?;
        self.open = Some((stream, Instant::now()));
        Some(answer)
    }

    fn connect(&self) -> Option<BufReader<TcpStream>> {
        let stream = TcpStream::connect(&self.address).ok()?;
        stream.set_nodelay(true).ok()?;
        stream.set_read_timeout(Some(LONGEST)).ok()?;
        Some(BufReader::new(stream))
    }
}

fn read(stream: &mut BufReader<TcpStream>) -> Option<Answer> {
    let mut line = String::new();
    stream.read_line(&mut line).ok()?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let (mut length, mut retry_after_s) = (0, None);
    loop {
        line.clear();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "retry-after" => retry_after_s = value.parse().ok(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(Answer { status, retry_after_s, body: String::from_utf8(body).ok()? })
}
