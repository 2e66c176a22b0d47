//! How the program does on large books: its start, its memory when idle, and how long look-ups take over HTTP.
//!
//! `cargo build --release && cargo run --release -p baton --example at_size -- [ORDERS] [DATABASE]`: 250,000 orders and four
//! times as many cells, filled first, in a file of SQLite or in an empty database on a server of PostgreSQL. The program
//! itself is started on it, so that what is measured is what a shop runs. Times of look-ups are seen from the client, on the
//! same machine.

#[path = "../../store/examples/filled/mod.rs"]
mod filled;

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use store::db::{Db, DbError};
use store::events::seal;
use store::migrations::migrate;

const ORDERS: i64 = 250_000;
/// Events in one transaction.
const SEALED_AT_ONCE: i64 = 10_000;
const STARTS: usize = 11;
const LOOK_UPS: usize = 2_000;
/// Of each search in the list of orders.
const SEARCHES: usize = 60;
/// Of each page of the console.
const VISITS: usize = 100;
/// After which a program that nobody asks is taken to be idle.
const IDLE: Duration = Duration::from_secs(10);
/// Products in one look, of a product page and of a page of a list.
const IN_ONE_LOOK: [usize; 2] = [1, 24];

fn main() -> Result<(), Box<dyn Error>> {
    let orders = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(ORDERS);
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("books.sqlite").display().to_string();
    let file = std::env::args().nth(2).unwrap_or(file);
    tokio::runtime::Runtime::new()?.block_on(fill(&file, orders))?;
    let token = token(&file)?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(Server::start(&file)?.took);
    }
    println!("{orders} orders, {} cells", orders * filled::CELLS_OF_AN_ORDER);
    tell("from start to ready", &mut starts);
    let server = Server::start(&file)?;
    std::thread::sleep(IDLE);
    println!("{:>28}: {} MB", "memory when idle", server.memory_kb()? / 1_024);
    let pool =
        r#"{"name":"All","unproven":"open","locations":["L0","L1","L2","L3","L4","L5","L6","L7","L8","L9"]}"#;
    let mut wire = Wire::open(&server.address, &token)?;
    wire.ask("PUT", "/v1/pools/all", pool)?;
    let products = orders * filled::CELLS_OF_AN_ORDER / 100;
    for many in IN_ONE_LOOK {
        let path = |i: usize| {
            let skus: Vec<String> =
                (0..many).map(|k| format!("P{}", (i * 7_919 + k * 104_729) as i64 % products)).collect();
            format!("/v1/availability?pool=all&channel=web&sku={}", skus.join(","))
        };
        tell(&format!("availability of {many}"), &mut wire.times(LOOK_UPS, path)?);
    }
    tell(
        "why of one",
        &mut wire
            .times(LOOK_UPS, |i| format!("/v1/availability/P{}/why?pool=all", i as i64 * 7_919 % products))?,
    );
    tell("what there is to do", &mut wire.times(LOOK_UPS, |_| "/v1/today".to_owned())?);
    tell("the same of one place", &mut wire.times(LOOK_UPS, |i| format!("/v1/today?location=L{}", i % 100))?);
    tell("a page of orders", &mut wire.times(LOOK_UPS, |_| "/v1/orders?limit=50".to_owned())?);
    for query in QUERIES {
        // Every answer is of another order, place or person, where the query leaves room for one.
        let of = |list: &'static str| {
            move |i: usize| {
                let number = (i as i64 * 7_919 + 1) % orders;
                let query = query.replace("{order}", &number.to_string());
                let query = query.replace("{product}", &(number / 100).to_string());
                format!("/v1/orders{list}?{}", query.replace("{place}", &(number % 100).to_string()))
            }
        };
        tell(query, &mut wire.times(SEARCHES, of(""))?);
        tell("… counted", &mut wire.times(SEARCHES, of("/count"))?);
    }
    for page in PAGES {
        let path = |i: usize| {
            let number = (i as i64 * 7_919 + 1) % orders;
            page.replace("{order}", &number.to_string()).replace("{product}", &(number / 100).to_string())
        };
        tell(page, &mut wire.times(VISITS, path)?);
    }
    println!("{:>28}: {} MB", "memory after", server.memory_kb()? / 1_024);
    Ok(())
}

/// What the list of orders is narrowed by: each alone, the usual pairs, and what there is little or nothing of.
const QUERIES: [&str; 40] = [
    "limit=250",
    "state=open",
    "state=held",
    "state=fulfilled",
    "name=%23{order}",
    "search=%23{order}",
    "search=p{product}",
    "search=1z{order}",
    "search=1z%200{order}",
    "search=person{order}@example.com",
    "search=person",
    "search=person1@",
    "search=maria",
    "search=ma",
    "search=maria%20garcia",
    "search=ma%20garcia12",
    "search=ma%20gar",
    "search=4711",
    "search=nobody",
    "location=L{place}",
    "lane=pickup",
    "lane=local_delivery",
    "channel=till",
    "channel=market",
    "channel=none",
    "tag=gift",
    "tag=vip",
    "placed_from=1000&placed_to=2000",
    "work=to_decide",
    "work=to_pick",
    "work=to_pack",
    "work=waiting_for_pickup",
    "work=late",
    "work=needs_attention",
    "work=split",
    "state=open&location=L{place}",
    "state=fulfilled&channel=market",
    "work=to_pick&location=L{place}",
    "search=maria&state=open",
    "tag=gift&lane=local_delivery",
];

/// Pages of the console.
const PAGES: [&str; 18] = [
    "/",
    "/orders",
    "/orders?state=open",
    "/orders?search=person{order}@example.com",
    "/orders?work=late",
    "/orders/ord_{order}",
    "/orders/batches",
    "/inventory",
    "/inventory?search=P{product}",
    "/inventory/P{product}",
    "/inventory/counts",
    "/inventory/accuracy",
    "/locations",
    "/rules",
    "/exceptions?owner=all",
    "/settings",
    "/settings/audit",
    "/settings/diagnostics",
];

async fn fill(file: &str, orders: i64) -> Result<(), Box<dyn Error>> {
    let db = Db::open(file).await?;
    migrate(&db, 0).await?;
    filled::fill(&db, orders).await?;
    let began = Instant::now();
    let baton = flow::Baton::new(db.clone(), "bench", std::sync::Arc::new(|| 0));
    while !flow::find_orders::fill(&baton, orders).await? {}
    println!("{:>28}: {:.1?}", "terms of older orders", began.elapsed());
    // The program does this soon after each event: it is not idle before.
    while db.write::<_, DbError>(|tx| Box::pin(seal(tx, SEALED_AT_ONCE))).await? > 0 {}
    db.close().await;
    Ok(())
}

/// Beside this program, in the folder above.
fn baton() -> Result<PathBuf, Box<dyn Error>> {
    let me = std::env::current_exe()?;
    let folder =
        me.parent().and_then(|examples| examples.parent()).ok_or("this program lies in no folder")?;
    let baton = folder.join("baton");
    if baton.is_file() { Ok(baton) } else { Err("build the program first: cargo build --release".into()) }
}

fn token(file: &str) -> Result<String, Box<dyn Error>> {
    let user = ["user", "add", "--email", "bench@example.com", "--name", "Bench", "--role", "owner"];
    said(&user, file)?;
    let scopes = [
        "orders:read",
        "stock:read",
        "stock:write",
        "work:read",
        "rules:read",
        "network:read",
        "people:read",
        "events:read",
        "reports:read",
        "metrics:read",
        "me",
    ];
    let scopes: Vec<&str> = scopes.iter().flat_map(|scope| ["--scope", scope]).collect();
    let token = [&["token", "new", "--name", "bench", "--role", "owner", "--json"], &scopes[..]].concat();
    let made: serde_json::Value = serde_json::from_str(&said(&token, file)?)?;
    Ok(made["secret"].as_str().ok_or("no token was made")?.to_owned())
}

/// What a command of the program prints.
fn said(arguments: &[&str], file: &str) -> Result<String, Box<dyn Error>> {
    let done = Command::new(baton()?).args(arguments).args(["--database", file]).output()?;
    match done.status.success() {
        true => Ok(String::from_utf8(done.stdout)?),
        false => Err(format!("{arguments:?}: {}", String::from_utf8_lossy(&done.stderr)).into()),
    }
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!(
        "{what:>36}: median {:.2?}, 95 in 100 within {:.2?}, 99 within {:.2?}, worst {:.2?}",
        at(50),
        at(95),
        at(99),
        at(100)
    );
}

/// A running program; it ends with this value.
struct Server {
    child: Child,
    _out: BufReader<std::process::ChildStdout>,
    address: String,
    took: Duration,
}

impl Server {
    fn start(file: &str) -> Result<Server, Box<dyn Error>> {
        let began = Instant::now();
        let mut command = Command::new(baton()?);
        command.args(["serve", "--listen", "127.0.0.1:0", "--requests-per-minute", "0", "--database", file]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut out = BufReader::new(child.stdout.take().ok_or("it prints nothing")?);
        let mut line = String::new();
        out.read_line(&mut line)?;
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(';').next());
        let address = address.ok_or_else(|| format!("it does not start: {line}"))?.trim().to_owned();
        while Wire::open(&address, "").and_then(|mut wire| wire.ask("GET", "/readyz", "")).is_err() {
            if began.elapsed() > Duration::from_secs(60) {
                return Err("it is not ready after a minute".into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(Server { child, _out: out, address, took: began.elapsed() })
    }

    fn memory_kb(&self) -> Result<u64, Box<dyn Error>> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One connection that stays open.
struct Wire {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Wire {
    fn open(address: &str, token: &str) -> Result<Wire, Box<dyn Error>> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Wire { stream: BufReader::new(stream), token: token.to_owned() })
    }

    /// How long each of many look-ups took.
    fn times(
        &mut self,
        many: usize,
        path: impl Fn(usize) -> String,
    ) -> Result<Vec<Duration>, Box<dyn Error>> {
        let mut times = Vec::with_capacity(many);
        for i in 0..many {
            let (path, began) = (path(i), Instant::now());
            self.ask("GET", &path, "")?;
            times.push(began.elapsed());
        }
        Ok(times)
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<(), Box<dyn Error>> {
        let length = body.len();
        let token = match self.token.as_str() {
            "" => String::new(),
            token => format!("Authorization: Bearer {token}\r\n"),
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\n{token}\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        self.stream.get_mut().write_all(format!("{head}{body}").as_bytes())?;
        let (mut first, mut length) = (String::new(), 0);
        self.stream.read_line(&mut first)?;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some(told) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
                length = told.trim().parse()?;
            }
        }
        let mut answer = vec![0; length];
        self.stream.read_exact(&mut answer)?;
        let is_well = first.split(' ').nth(1).is_some_and(|status| status.starts_with('2'));
        if is_well {
            Ok(())
        } else {
            Err(format!("{path}: {first}{}", String::from_utf8_lossy(&answer)).into())
        }
    }
}
