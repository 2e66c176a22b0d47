//! A server of its own for each test, on each database, with a clock that stands until it is moved.

use crate::client::Ask;
use flow::live::Live;
use flow::people::{self, By, NewOwner, NewUser, ReachChoice, Role};
use flow::{Actor, Call, Via};
use model::LocationKind;
use serde_json::{Value, json};
use std::future::Future;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use store::migrations::migrate;
use store::{Db, DbError};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use web::{App, Settings};

const SERVER: &str = "BATON_TEST_POSTGRES";
const REQUIRED: &str = "BATON_REQUIRE_POSTGRES";
static MADE: AtomicU32 = AtomicU32::new(0);
pub(crate) const PASSWORD: &str = "lantern moss ferry dice";
/// When every test begins.
pub(crate) const START_MS: i64 = 1_700_000_000_000;

/// A server over an empty database.
pub(crate) struct Shop {
    pub(crate) db: Db,
    pub(crate) address: SocketAddr,
    clock: Arc<AtomicI64>,
    end: Mutex<Option<oneshot::Sender<()>>>,
}

impl Shop {
    pub(crate) fn get(&self, path: &str) -> Ask {
        Ask::new(self.address, "GET", path)
    }

    pub(crate) fn post(&self, path: &str) -> Ask {
        Ask::new(self.address, "POST", path)
    }

    pub(crate) fn ask(&self, method: &'static str, path: &str) -> Ask {
        Ask::new(self.address, method, path)
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub(crate) fn wait(&self, ms: i64) {
        self.clock.fetch_add(ms, Ordering::SeqCst);
    }

    /// Tells the server to stop, before the test is over.
    pub(crate) fn stop(&self) {
        drop(self.end.lock().unwrap().take());
    }

    pub(crate) fn call(&self) -> Call {
        Call::new(Actor { id: "tests".into(), via: Via::Command }, self.now_ms())
    }

    /// The first owner, signed in: the cookie.
    pub(crate) async fn owner(&self) -> String {
        let secret = people::make_setup_link(&self.db, &self.call()).await.unwrap();
        let new = NewOwner {
            secret: secret.reveal().into(),
            name: "Ana".into(),
            email: "ana@example.com".into(),
            password: PASSWORD.into(),
        };
        people::set_up_owner(&self.db, &self.call(), new).await.unwrap();
        self.signed_in("ana@example.com").await
    }

    /// Somebody else, signed in: the cookie. `email` begins with the name.
    pub(crate) async fn hired(&self, email: &str, role: Role, locations: Option<&[&str]>) -> String {
        let reach = ReachChoice(locations.map(|codes| codes.iter().map(|&code| code.to_owned()).collect()));
        let new = NewUser { name: email.split('@').next().unwrap().into(), email: email.into(), role, reach };
        let invited = people::add_user(&self.db, &self.call(), &By::the_house(), new).await.unwrap();
        people::choose_password(&self.db, &self.call(), invited.link.reveal(), PASSWORD).await.unwrap();
        self.signed_in(email).await
    }

    pub(crate) async fn signed_in(&self, email: &str) -> String {
        let body = json!({ "email": email, "password": PASSWORD });
        let reply = self.post("/v1/session").json(&body).expect(200).await;
        reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    }

    /// The secret of a new token.
    pub(crate) async fn token(&self, owner: &str, body: &Value) -> String {
        let reply = self.post("/v1/tokens").cookie(owner).json(body).expect(201).await;
        reply.json()["secret"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn open_store(&self, code: &'static str) {
        let added = self.db.write::<(), DbError>(move |tx| {
            Box::pin(async move {
                store::places::add_location(tx, code, code, LocationKind::Store).await.map(drop)
            })
        });
        added.await.unwrap();
    }
}

/// Runs a test against a server over an empty database of each kind, without limits of how often.
pub(crate) fn on_both<F: Future<Output = ()>>(test: impl Fn(Arc<Shop>) -> F) {
    let unlimited = Settings { requests_per_minute: None, tries_per_minute: None, ..Settings::default() };
    on_both_with(&unlimited, test);
}

pub(crate) fn on_both_with<F: Future<Output = ()>>(settings: &Settings, test: impl Fn(Arc<Shop>) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        run(&folder.path().join("books.sqlite").display().to_string(), settings, &test).await;
        drop(folder);
        match std::env::var(SERVER) {
            Ok(server) => {
                let name =
                    format!("baton_web_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
                let admin = sqlx::PgPool::connect(&server).await.unwrap();
                let sql = |text: String| sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(&admin);
                // A test that was killed may have left one of this name.
                sql(format!("drop database if exists {name} with (force)")).await.unwrap();
                sql(format!("create database {name}")).await.unwrap();
                let (host, _) = server.rsplit_once('/').unwrap();
                run(&format!("{host}/{name}"), settings, &test).await;
                sql(format!("drop database {name}")).await.unwrap();
            }
            Err(_) if std::env::var(REQUIRED).is_ok_and(|value| value == "1") => {
                panic!("{REQUIRED}=1, and {SERVER} names no server")
            }
            Err(_) => eprintln!("{SERVER} names no server: PostgreSQL is not tested"),
        }
    });
}

async fn run<F: Future<Output = ()>>(place: &str, settings: &Settings, test: &impl Fn(Arc<Shop>) -> F) {
    let db = Db::open(place).await.unwrap();
    migrate(&db, START_MS).await.unwrap();
    let clock = Arc::new(AtomicI64::new(START_MS));
    let hand = Arc::clone(&clock);
    let app = App::new(db.clone(), Arc::new(move || hand.load(Ordering::SeqCst)), settings.clone());
    let (switch, asked_to_stop) = flow::baton::stop();
    let live = Live::open(app.baton.clone()).await.unwrap();
    let teller = tokio::spawn(live.clone().run(asked_to_stop));
    let app = app.telling(live);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(web::serve(app, listener, async { drop(stopped.await) }));
    let shop = Arc::new(Shop { db: db.clone(), address, clock, end: Mutex::new(Some(stop)) });
    test(Arc::clone(&shop)).await;
    shop.stop();
    server.await.unwrap().unwrap();
    switch.ask();
    teller.await.unwrap();
    db.close().await;
}
