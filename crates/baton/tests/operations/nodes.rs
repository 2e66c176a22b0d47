//! Two programs on one database of PostgreSQL: each job has its effect once, whoever does it, and whoever stops.
//!
//! The jobs here route orders that waited for a product when a feed brings some of it: the effect is a unit on its way and
//! an `order.backorder_released` in the order's timeline.

use crate::place::{Place, Server, ServerDatabase, count_sql, order, run_sql};
use crate::wire::Line;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How often a node is stopped in the middle of its work; the full run has 100.
const PAUSES: &str = "BATON_PAUSES";
/// Nothing takes longer, on whatever machine.
const LONGEST: Duration = Duration::from_secs(60);
const BREATH: Duration = Duration::from_millis(10);
const SKUS: usize = 8;
/// Orders that wait for each SKU; each gets its unit by a feed, and so by a job, of its own.
const WAITING: usize = 8;

const LEASED: &str = "select count(*) from jobs where state = 'leased'";
const NOT_DONE: &str = "select count(*) from jobs where state <> 'done'";
const AT_LOCK: &str = "select count(*) from pg_stat_activity where datname = current_database() and \
    application_name = 'baton' and wait_event_type = 'Lock'";
/// Sessions that hold a transaction open and do nothing.
const END_SESSIONS: &str = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() \
    and state like 'idle in transaction%'";
/// As half a minute without a word would. Leases of periodic tasks are longer, and of no interest here.
const END_LEASES: &str = "update jobs set due_at = 0 where state = 'leased'";

fn pauses() -> usize {
    std::env::var(PAUSES).ok().and_then(|text| text.parse().ok()).unwrap_or(8)
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < LONGEST, "after a minute: {what}");
        std::thread::sleep(BREATH);
    }
}

/// A shop with empty shelves, and orders that wait.
struct Shop {
    place: Place,
    token: String,
}

impl Shop {
    fn open(database: &ServerDatabase, waiting: usize) -> Shop {
        let place = Place { database: database.place.clone(), ..Place::in_file() };
        let (mut products, mut inventory) =
            ("sku,weight_oz\n".to_owned(), "location_id,sku,on_hand_units\n".to_owned());
        for sku in 0..SKUS {
            products.push_str(&format!("SKU-{sku},12\n"));
            inventory.push_str(&format!("mall,SKU-{sku},0\n"));
        }
        place.scratch.write("shop/products.csv", &products);
        place.scratch.write("shop/inventory.csv", &inventory);
        let place = place.with_shop();
        let token = place.owner_token();
        let shop = Shop { place, token };
        let mut server = Server::start(&shop.place.database);
        let mut line = shop.line(&server);
        for number in 0..SKUS * waiting {
            let order = order(&number.to_string()).replace("MUG", &format!("SKU-{}", number % SKUS));
            assert_eq!(line.send("POST", "/v1/orders", &order).unwrap().status, 201);
        }
        assert_eq!(server.stop().0, Some(0));
        shop
    }

    fn line(&self, server: &Server) -> Line {
        Line::to(&server.address, &self.token)
    }

    fn count(&self, sql: &str) -> i64 {
        count_sql(&self.place.database, sql)
    }

    fn end_leases(&self) {
        run_sql(&self.place.database, END_LEASES.to_owned());
    }

    /// Brings one more unit of a SKU, as its feed number `units`; a job for its orders is written with it.
    fn bring(line: &mut Line, sku: usize, units: usize) {
        let feed = json!({ "source": "tests", "as_of": 1_000_000 + units,
            "rows": [{ "sku": format!("SKU-{sku}"), "location": "mall", "units": units }] });
        let answer = line.post("/v1/stock/feeds", &feed).unwrap();
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Every order got its unit by one release, and nobody got more.
    fn is_served_once(&self, waiting: usize) {
        let mut released: BTreeMap<String, usize> = BTreeMap::new();
        for line in self.place.ok(&["export", "events", "--format", "ndjson"]).lines() {
            let event: Value = serde_json::from_str(line).unwrap();
            if event["kind"] == "order.backorder_released" {
                *released.entry(event["subject"].as_str().unwrap().to_owned()).or_default() += 1;
            }
        }
        let once = self.place.orders().into_values().map(|ids| (ids[0].clone(), 1)).collect();
        assert_eq!(released, once);
        let sold = self.count("select cast(sum(committed) as bigint) from stock");
        assert_eq!(sold, (SKUS * waiting) as i64);
        assert_eq!(self.place.json(&["check"])["is_sound"], true);
    }
}

#[test]
fn of_two_nodes_one_does_each_job() {
    let Some(database) = ServerDatabase::make() else { return };
    let shop = Shop::open(&database, WAITING);
    let mut servers = [Server::start(&database.place), Server::start(&database.place)];
    std::thread::scope(|scope| {
        for sku in 0..SKUS {
            let mut lines = [shop.line(&servers[0]), shop.line(&servers[1])];
            scope.spawn(move || {
                for units in 1..=WAITING {
                    Shop::bring(&mut lines[(sku + units) % 2], sku, units);
                }
            });
        }
    });
    wait_until("jobs are not done", || shop.count(NOT_DONE) == 0);
    for server in &mut servers {
        assert_eq!(server.stop().0, Some(0));
    }
    shop.is_served_once(WAITING);
}

#[test]
fn nodes_that_are_stopped_in_the_middle_and_come_back_do_nothing_twice() {
    let Some(database) = ServerDatabase::make() else { return };
    let waiting = pauses().max(2);
    let shop = Shop::open(&database, waiting);
    let servers = [Server::start(&database.place), Server::start(&database.place)];
    let mut caught = 0;
    for units in 1..=waiting {
        let stopped = &servers[units % 2];
        let mut line = shop.line(&servers[(units + 1) % 2]);
        std::thread::scope(|scope| {
            scope.spawn(|| (0..SKUS).for_each(|sku| Shop::bring(&mut line, sku, units)));
            std::thread::sleep(Duration::from_millis((units * 37 % 120) as u64));
            stopped.signal("STOP");
            // What the other has in hand is taken from it, too: both may be at the same job.
            shop.end_leases();
            std::thread::sleep(Duration::from_millis((units * 53 % 400) as u64));
            caught += usize::from(shop.count(LEASED) > 0);
            shop.end_leases();
            stopped.signal("CONT");
        });
    }
    wait_until("jobs are not done", || shop.count(NOT_DONE) == 0);
    let again = shop.count("select count(*) from jobs where fence > 1");
    for mut server in servers {
        assert_eq!(server.stop().0, Some(0));
    }
    shop.is_served_once(waiting);
    eprintln!(
        "{waiting} pauses; {again} jobs were taken more than once, after {caught} pauses one was under way"
    );
}

/// An order that nobody else can change until this is dropped.
struct Lock {
    runtime: Runtime,
    connection: Option<PgConnection>,
}

impl Lock {
    fn on_order(database: &ServerDatabase, id: &str) -> Lock {
        let runtime = Runtime::new().unwrap();
        let sql = format!("begin; select id from orders where id = '{id}' for update");
        let connection = runtime.block_on(async {
            let mut connection = PgConnection::connect(&database.place).await.unwrap();
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
            connection
        });
        Lock { runtime, connection: Some(connection) }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let connection = self.connection.take().unwrap();
        self.runtime.block_on(connection.close()).unwrap();
    }
}

#[test]
fn the_job_of_a_stopped_node_is_taken_over_and_its_late_word_is_refused() {
    let Some(database) = ServerDatabase::make() else { return };
    let shop = Shop::open(&database, 1);
    let order_id = shop.place.orders().remove("0").unwrap().remove(0);
    let mut first = Server::start(&database.place);

    // The first node is stopped in the middle of a job: it has the lease, an open transaction, and the order's row.
    let lock = Lock::on_order(&database, &order_id);
    Shop::bring(&mut shop.line(&first), 0, 1);
    wait_until("no job waits for the order", || shop.count(AT_LOCK) > 0);
    first.signal("STOP");
    drop(lock);

    // Whoever needs the row meanwhile is asked to come again.
    let mut second = Server::start(&database.place);
    let hold = format!("/v1/orders/{order_id}/hold");
    let answer = shop.line(&second).post(&hold, &json!({ "reason": "asked" })).unwrap();
    assert_eq!((answer.status, answer.retry_after_s.is_some()), (503, true), "{}", answer.body);

    // Half a minute later the server has ended the transaction, and the lease is over.
    run_sql(&database.place, END_SESSIONS.to_owned());
    shop.end_leases();
    wait_until("the job is not taken over", || shop.count(NOT_DONE) == 0);
    assert_eq!(second.stop().0, Some(0));

    // The first node comes back, and has told how its attempt ended before it takes another job of this kind.
    first.signal("CONT");
    (1..SKUS).for_each(|sku| Shop::bring(&mut shop.line(&first), sku, 1));
    wait_until("jobs are not done", || shop.count(NOT_DONE) == 0);
    assert_eq!(first.stop().0, Some(0));
    let said =
        shop.count("select count(*) from jobs where fence = 2 and attempts = 2 and last_error is null");
    assert_eq!((said, shop.count("select count(*) from jobs where fence > 2")), (1, 0));
    shop.is_served_once(1);
}
