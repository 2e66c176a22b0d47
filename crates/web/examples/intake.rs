//! How many orders a second are taken, decided and committed over HTTP, beside the database's own limit.
//!
//! `cargo run --release -p baton-web --example intake -- [PLACE] [SECONDS]`: PLACE is a file to be made, or an empty
//! `postgres://…`. The shop is the demo retailer with full shelves. Each order is one durable transaction: order, lines,
//! decision with its explanation, promised units with their ledger, fulfillment orders, events. The limit is what the
//! database does with one bare update of a row in each transaction. Server, clients and database share the machine.

use replay::{Demo, DemoPlan};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use store::stock::{self, Entry, Movement, Shelf};
use store::{Db, DbError, migrations, shelves};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use web::{App, Settings};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CLIENTS: [usize; 3] = [1, 16, 64];
/// Orders in one bulk request.
const IN_BULK: usize = 2_000;
const PLENTY: i64 = 10_000_000;
/// Of a place in a day: more than a run makes.
const MOST_PARCELS: u32 = 1_000_000;
/// Of a hundred orders, so many must find a place: taking an order that finds none is other work.
const LEAST_PLACED: i64 = 95;
const BARE: &str = "update products set title = title where id = $1";
const PLACED: &str =
    "select cast(coalesce(100 * sum(allocated) / sum(ordered), 0) as bigint) as percent from order_items";
const PASSWORD: &str = "a long enough passphrase";

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let scratch = tempfile::tempdir()?;
    let file = scratch.path().join("books.sqlite").display().to_string();
    let place = arguments.next().unwrap_or(file);
    let seconds = Duration::from_secs(arguments.next().and_then(|text| text.parse().ok()).unwrap_or(5));
    let db = Db::open(&place).await?;
    migrations::migrate(&db, now_ms()).await?;
    let demo = Arc::new(fill(&db).await?);
    let settings = Settings { requests_per_minute: None, tries_per_minute: None, ..Settings::default() };
    let app = App::new(db.clone(), Arc::new(now_ms), settings);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(web::serve(app, listener, async move {
        let _ = stopped.await;
    }));
    let token = Arc::new(token(&db, address).await?);
    let count = Arc::new(AtomicU64::new(0));
    for clients in CLIENTS {
        let bare = bare_rate(&db, clients, seconds).await;
        let taken = rate(clients, seconds, || {
            let (demo, token, count) = (Arc::clone(&demo), Arc::clone(&token), Arc::clone(&count));
            async move { Ok(Client { wire: Wire::open(address).await?, token, demo, count }) }
        })
        .await?;
        println!(
            "{clients:>3} clients: {taken:>6.0} orders/s, bare updates {bare:>6.0}/s, ratio {:.2}",
            taken / bare
        );
    }
    println!("bulk: {:.0} orders/s", bulk_rate(address, &token, (&demo, &count), seconds).await?);
    // Nobody listens any more: the server ends.
    let _ = stop.send(());
    server.await??;
    let placed = placed_percent(&db).await?;
    db.close().await;
    println!("{placed} % of the orders were placed");
    if placed < LEAST_PLACED {
        Err("too few orders were placed for the figures to tell anything".into())
    } else {
        Ok(())
    }
}

async fn placed_percent(db: &Db) -> Result<i64, Failure> {
    let row = db.read::<_, DbError>(|tx| Box::pin(async move { tx.row(PLACED, &[]).await }));
    Ok(row.await?.ok_or("there are no orders")?.int("percent")?)
}

fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}

/// The demo retailer with shelves that never run out, and places that pack any number of parcels.
async fn fill(db: &Db) -> Result<Demo, Failure> {
    let mut demo = Demo::build(&DemoPlan::default(), &connect::files::zip3_points());
    for site in &mut demo.sites {
        site.capacity = MOST_PARCELS;
    }
    let dir = tempfile::tempdir()?;
    for (name, contents) in demo.files() {
        std::fs::write(dir.path().join(name), contents)?;
    }
    flow::import::import_folder(db, &flow::Call::by_baton(now_ms()), dir.path()).await?;
    let all = db.read::<_, DbError>(|tx| Box::pin(shelves::after(tx, shelves::START, 100_000))).await?;
    let all: Vec<Shelf> = all.into_iter().map(|stocked| stocked.shelf).collect();
    for some in all.chunks(500) {
        let some = some.to_vec();
        db.write::<_, DbError>(move |tx| {
            let some = some.clone();
            Box::pin(async move {
                for shelf in some {
                    stock::change(tx, shelf, Movement::Adjust { units: PLENTY }, &entry()).await?;
                }
                Ok(())
            })
        })
        .await?;
    }
    Ok(demo)
}

fn entry() -> Entry {
    Entry { at_ms: 0, actor: "bench".into(), reason: "bench".into(), document: "bench".into(), source: None }
}

/// A token of an owner, made as anybody makes one.
async fn token(db: &Db, address: SocketAddr) -> Result<String, Failure> {
    let link = flow::people::make_setup_link(db, &flow::Call::by_baton(now_ms())).await?;
    let mut wire = Wire::open(address).await?;
    let owner =
        json!({ "secret": link.reveal(), "name": "Bench", "email": "b@example.com", "password": PASSWORD });
    wire.ask("POST /v1/setup", "", &owner.to_string()).await?;
    let who = json!({ "email": "b@example.com", "password": PASSWORD });
    let (_, headers, _) = wire.ask("POST /v1/session", "", &who.to_string()).await?;
    let cookie = headers.iter().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap_or_default();
    let cookie = format!("Cookie: {}\r\n", cookie.split(';').next().unwrap_or_default());
    let new =
        json!({ "name": "bench", "role": "owner", "scopes": ["orders:write", "orders:read", "stock:read"] });
    let (status, _, body) = wire.ask("POST /v1/tokens", &cookie, &new.to_string()).await?;
    let made: Value = serde_json::from_str(&body)?;
    made["secret"].as_str().map(str::to_owned).ok_or_else(|| format!("{status}: {body}").into())
}

/// One connection that stays open.
struct Wire {
    stream: BufReader<TcpStream>,
}

impl Wire {
    async fn open(address: SocketAddr) -> Result<Wire, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Wire { stream: BufReader::new(stream) })
    }

    async fn ask(
        &mut self,
        line: &str,
        headers: &str,
        body: &str,
    ) -> Result<(u16, Vec<String>, String), Failure> {
        let kind = if line.ends_with("bulk") { "application/x-ndjson" } else { "application/json" };
        let length = body.len();
        let head = format!(
            "{line} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n{headers}Content-Length: {length}\r\n\r\n"
        );
        self.stream.write_all(format!("{head}{body}").as_bytes()).await?;
        let (mut headers, mut text) = (Vec::new(), String::new());
        loop {
            text.clear();
            self.stream.read_line(&mut text).await?;
            match text.trim_end() {
                "" => break,
                line => headers.push(line.to_owned()),
            }
        }
        let status = headers.first().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let length = headers.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        self.stream.read_exact(&mut body).await?;
        Ok((status, headers, String::from_utf8(body)?))
    }
}

/// Somebody who orders, one order after the other.
struct Client {
    wire: Wire,
    token: Arc<String>,
    demo: Arc<Demo>,
    count: Arc<AtomicU64>,
}

impl Client {
    async fn order(&mut self) -> Result<(), Failure> {
        let body = order(&self.demo, self.count.fetch_add(1, Ordering::Relaxed)).to_string();
        let bearer = format!("Authorization: Bearer {}\r\n", self.token);
        let (status, _, text) = self.wire.ask("POST /v1/orders", &bearer, &body).await?;
        if status == 201 { Ok(()) } else { Err(format!("{status}: {text}").into()) }
    }
}

fn order(demo: &Demo, number: u64) -> Value {
    let of = &demo.orders[number as usize % demo.orders.len()];
    let lines: Vec<Value> = of
        .lines
        .iter()
        .map(|line| json!({ "sku": demo.goods[line.good].sku, "quantity": line.units }))
        .collect();
    json!({
        "channel": "bench", "external_id": format!("{number}"), "lines": lines,
        "ship_to": { "postal": format!("{:03}01", of.zip3), "country": "US" },
    })
}

/// Orders a second of so many clients.
async fn rate<F>(clients: usize, time: Duration, client: impl Fn() -> F) -> Result<f64, Failure>
where
    F: Future<Output = Result<Client, Failure>>,
{
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let mut tasks = Vec::new();
    for _ in 0..clients {
        let mut client = client().await?;
        let (stop, done) = (Arc::clone(&stop), Arc::clone(&done));
        tasks.push(tokio::spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                client.order().await?;
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<_, Failure>(())
        }));
    }
    let start = Instant::now();
    tokio::time::sleep(time).await;
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await??;
    }
    Ok(done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64())
}

/// Bare updates a second of so many writers.
async fn bare_rate(db: &Db, writers: usize, time: Duration) -> f64 {
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let tasks: Vec<_> = (0..writers)
        .map(|i| {
            let (db, stop, done) = (db.clone(), Arc::clone(&stop), Arc::clone(&done));
            tokio::spawn(async move {
                let id = i as i64 + 1;
                while !stop.load(Ordering::Relaxed) {
                    let write = db.write::<_, DbError>(move |tx| {
                        Box::pin(async move { tx.execute(BARE, &[id.into()]).await })
                    });
                    if write.await.is_ok() {
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                }
            })
        })
        .collect();
    let start = Instant::now();
    tokio::time::sleep(time).await;
    stop.store(true, Ordering::Relaxed);
    for task in tasks {
        // A task that panicked says so itself.
        let _ = task.await;
    }
    done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}

/// Orders a second in bulk, one request after the other.
async fn bulk_rate(
    address: SocketAddr,
    token: &str,
    (demo, count): (&Demo, &AtomicU64),
    time: Duration,
) -> Result<f64, Failure> {
    let bearer = format!("Authorization: Bearer {token}\r\n");
    let mut wire = Wire::open(address).await?;
    let (start, mut taken) = (Instant::now(), 0);
    while start.elapsed() < time {
        let lines: Vec<String> =
            (0..IN_BULK).map(|_| order(demo, count.fetch_add(1, Ordering::Relaxed)).to_string()).collect();
        let (status, _, text) = wire.ask("POST /v1/orders/bulk", &bearer, &lines.join("\n")).await?;
        let refused = text.lines().filter(|line| !line.contains("\"status\":201")).count();
        if status != 200 || refused > 0 {
            return Err(
                format!("{status}: {refused} refused: {}", text.lines().next().unwrap_or_default()).into()
            );
        }
        taken += IN_BULK;
    }
    Ok(taken as f64 / start.elapsed().as_secs_f64())
}
