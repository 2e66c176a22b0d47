//! Books of their own for each test, in a file or on a server, and the program run on them.

use crate::scratch::{Scratch, baton, err, out, shop};
use serde_json::Value;
use sqlx::Connection;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Names a server for tests: `postgres://user@127.0.0.1:5432/postgres`.
const SERVER: &str = "BATON_TEST_POSTGRES";
/// Set to `1`, the absence of a server is an error and not a reason to skip.
const REQUIRED: &str = "BATON_REQUIRE_POSTGRES";
static MADE: AtomicU32 = AtomicU32::new(0);
pub(crate) const PASSWORD: &str = "lantern moss ferry dice";

/// A folder with a shop in it, and the place of books that are not begun.
pub(crate) struct Place {
    pub(crate) scratch: Scratch,
    pub(crate) database: String,
    pub(crate) shop: String,
}

impl Place {
    pub(crate) fn in_file() -> Place {
        let scratch = Scratch::new();
        let (shop, database) = (shop(&scratch), scratch.path("books.sqlite"));
        Place { scratch, database, shop }
    }

    /// Books with the shop, an owner and nothing else.
    pub(crate) fn with_shop(self) -> Place {
        self.ok(&["import", "folder", "--from", &self.shop]);
        let owner =
            ["user", "add", "--email", "ana@example.com", "--name", "Ana", "--role", "owner", "--password"];
        let added = self.typed(&owner, PASSWORD);
        assert_eq!(added.status.code(), Some(0), "{}", err(&added));
        self
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        baton(&[arguments, &["--database", &self.database]].concat())
    }

    /// Runs a command with a line on its standard input.
    pub(crate) fn typed(&self, arguments: &[&str], line: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
        command.args(arguments).args(["--database", &self.database]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{line}").unwrap();
        child.wait_with_output().unwrap()
    }

    /// Runs a command that ends well; what it prints.
    #[track_caller]
    pub(crate) fn ok(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}{}", out(&done), err(&done));
        out(&done)
    }

    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.ok(&[arguments, &["--json"]].concat())).unwrap()
    }

    /// The secret of a token that reads and writes orders and stock, and sets the shop up.
    pub(crate) fn owner_token(&self) -> String {
        let scopes = ["orders:read", "orders:write", "stock:read", "stock:write", "network:write"];
        let scopes: Vec<&str> = scopes.iter().flat_map(|scope| ["--scope", scope]).collect();
        let made =
            self.json(&[&["token", "new", "--name", "tests", "--role", "owner"], &scopes[..]].concat());
        made["secret"].as_str().unwrap().to_owned()
    }

    /// The ids of all orders, by what their channel calls them.
    pub(crate) fn orders(&self) -> BTreeMap<String, Vec<String>> {
        let mut orders: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in self.ok(&["export", "orders", "--format", "ndjson"]).lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| row[name].as_str().unwrap().to_owned();
            orders.entry(text("external_id")).or_default().push(text("id"));
        }
        orders
    }

    /// The secret of a token that does what the tests need.
    pub(crate) fn token(&self) -> String {
        let scopes = ["--scope", "orders:read", "--scope", "orders:write", "--scope", "metrics:read"];
        let made = self.json(&[&["token", "new", "--name", "tests"], &scopes[..]].concat());
        made["secret"].as_str().unwrap().to_owned()
    }
}

/// Runs a test on books in a file, and where there is a server on it.
pub(crate) fn on_both(test: impl Fn(Place)) {
    test(Place::in_file());
    if let Some(database) = ServerDatabase::make() {
        test(Place { database: database.place.clone(), ..Place::in_file() });
    }
}

/// Nothing may be skipped here.
pub(crate) fn is_postgres_required() -> bool {
    std::env::var(REQUIRED).is_ok_and(|value| value == "1")
}

/// An empty database of its own on a server; gone with this value.
pub(crate) struct ServerDatabase {
    pub(crate) place: String,
    name: String,
    server: String,
}

impl ServerDatabase {
    pub(crate) fn make() -> Option<ServerDatabase> {
        let Ok(server) = std::env::var(SERVER) else {
            assert!(!is_postgres_required(), "{REQUIRED}=1, and {SERVER} names no server");
            eprintln!("{SERVER} names no server: PostgreSQL is not tested");
            return None;
        };
        let name = format!("baton_ops_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        // A test that was killed may have left one of this name.
        run_sql(&server, format!("drop database if exists {name} with (force)"));
        run_sql(&server, format!("create database {name}"));
        let (host, _) = server.rsplit_once('/').unwrap();
        Some(ServerDatabase { place: format!("{host}/{name}"), name, server })
    }
}

impl Drop for ServerDatabase {
    fn drop(&mut self) {
        run_sql(&self.server, format!("drop database {} with (force)", self.name));
    }
}

/// Runs statements on a server, or on a file of SQLite, behind the program's back.
pub(crate) fn run_sql(place: &str, sql: String) {
    if !place.starts_with("postgres://") {
        return rusqlite::Connection::open(place).unwrap().execute_batch(&sql).unwrap();
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let pool = sqlx::PgPool::connect(place).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&pool).await.unwrap();
        pool.close().await;
    });
}

/// The one number that a statement finds on a server.
pub(crate) fn count_sql(place: &str, sql: &str) -> i64 {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let mut connection = sqlx::PgConnection::connect(place).await.unwrap();
        let found = sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await;
        connection.close().await.unwrap();
        found.unwrap()
    })
}

/// A running `baton serve`; killed with this value.
pub(crate) struct Server {
    child: Child,
    _out: BufReader<ChildStdout>,
    pub(crate) address: String,
    /// From its start until it was ready.
    pub(crate) took: Duration,
}

impl Server {
    pub(crate) fn start(database: &str) -> Server {
        Server::start_with(&["--database", database])
    }

    /// Starts one, and waits until it says that it is ready.
    pub(crate) fn start_with(arguments: &[&str]) -> Server {
        let began = Instant::now();
        let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
        command.args(["serve", "--listen", "127.0.0.1:0", "--requests-per-minute", "0"]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).unwrap_or_else(|| panic!("it does not start: {line:?}"));
        let address = address.split(';').next().unwrap().to_owned();
        let is_ready = || ask(&address, "GET", "/readyz", None).is_some_and(|answer| answer.0 == 200);
        while !is_ready() {
            assert!(began.elapsed() < Duration::from_secs(60), "it is not ready after a minute");
            std::thread::sleep(Duration::from_millis(5));
        }
        Server { child, _out: lines, address, took: began.elapsed() }
    }

    /// As a loss of power for the program.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// `STOP`: it does nothing more, and says nothing; `CONT`: it goes on as if no time had passed.
    pub(crate) fn signal(&self, name: &str) {
        let told = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
        assert!(told.unwrap().success());
    }

    /// Asks it to stop, and waits; its exit code, and how long that took.
    pub(crate) fn stop(&mut self) -> (Option<i32>, Duration) {
        let began = Instant::now();
        self.signal("TERM");
        let code = self.child.wait().unwrap().code();
        (code, began.elapsed())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Token and body of a request.
pub(crate) type Sent<'a> = Option<(&'a str, &'a str)>;

/// One request over one connection: status and body; `None`: no whole answer came.
pub(crate) fn ask(address: &str, method: &str, path: &str, sent: Sent<'_>) -> Option<(u16, String)> {
    let (token, body) = sent.unwrap_or_default();
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    if !token.is_empty() {
        head.push_str(&format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"));
    }
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let is_whole = length.is_none_or(|length: usize| body.len() == length);
    let status = head.split(' ').nth(1)?.parse().ok()?;
    is_whole.then(|| (status, body.to_owned()))
}

/// An order for one mug.
pub(crate) fn order(external_id: &str) -> String {
    format!(
        r#"{{"channel":"web","external_id":"{external_id}","ship_to":{{"postal":"97201","country":"US"}},
            "lines":[{{"sku":"MUG","quantity":1}}]}}"#
    )
}
