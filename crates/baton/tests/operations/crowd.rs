//! Many shoppers want the same units at the same moment, over HTTP: each unit is promised once, and who goes without is
//! told so.
//!
//! A shopper wants one unit of one SKU, and there are twice as many shoppers as units, for each SKU. Half of them fill a
//! cart first (`POST /v1/holds`) and order what it holds; on two nodes the order goes to the other node than the cart. A
//! quarter order at once and wait where there is nothing (`backorder`), a quarter order at once or not at all (`cancel`).
//!
//! A unit counts as sold when an order is answered with it allocated. So every SKU must sell exactly what stood on its
//! shelves: whatever is counted twice is oversold, whatever stays is a shopper turned away in front of a full shelf. Who
//! goes without is a cart refused with 409, or an order that says `backordered` or `cancelled`; from then on nobody who
//! comes later may win. Nobody is left to a person, and nothing is answered with 5xx.

use crate::place::{Place, Server, ServerDatabase};
use crate::wire::{Answer, Line};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How many shoppers there are on each database; the full run has 100,000.
const ATTEMPTS: &str = "BATON_ATTEMPTS";
/// Requests on their way at the same time.
const CLIENTS: usize = 64;
const HOUR_MS: u128 = 3_600_000;

/// The shop, and what comes to it.
#[derive(Clone, Copy)]
struct Crowd {
    places: usize,
    skus: usize,
    units_of_shelf: usize,
    carts: Carts,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Carts {
    Half,
    Nobody,
}

impl Crowd {
    /// Five places with a hundred of each SKU.
    fn of_the_size_asked() -> Crowd {
        let attempts = std::env::var(ATTEMPTS).ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_usize);
        Crowd { places: 5, skus: (attempts / 1_000).max(1), units_of_shelf: 100, carts: Carts::Half }
    }

    fn units_of_sku(&self) -> usize {
        self.places * self.units_of_shelf
    }

    fn codes(&self) -> Vec<String> {
        (0..self.places).map(|place| format!("place-{place}")).collect()
    }

    /// What each shopper wants, in the order in which they come. Even SKUs are wanted by all their shoppers at once, one
    /// SKU after the other; the shoppers of the odd ones come mixed in between.
    fn wishes(&self) -> Vec<usize> {
        let shoppers = |sku: usize| std::iter::repeat_n(sku, 2 * self.units_of_sku());
        let odd = (1..self.skus).step_by(2).flat_map(shoppers).enumerate();
        let mut mixed: Vec<(usize, usize)> = odd.map(|(i, sku)| (i * 7_919 % 65_537, sku)).collect();
        mixed.sort_unstable();
        let (mut all, mut mixed) = (Vec::new(), mixed.into_iter());
        for sku in (0..self.skus).step_by(2).flat_map(shoppers) {
            all.push(sku);
            all.extend(mixed.next().map(|(_, sku)| sku));
        }
        all
    }

    fn write_shop(&self, place: &Place) {
        let mut locations = "location_id,type,zip\n".to_owned();
        let (mut products, mut inventory) =
            ("sku,weight_oz,price_usd\n".to_owned(), "location_id,sku,on_hand_units\n".to_owned());
        for code in self.codes() {
            locations.push_str(&format!("{code},store,97201\n"));
        }
        for sku in 0..self.skus {
            products.push_str(&format!("SKU-{sku},12,9.50\n"));
            for code in self.codes() {
                inventory.push_str(&format!("{code},SKU-{sku},{}\n", self.units_of_shelf));
            }
        }
        place.scratch.write("shop/locations.csv", &locations);
        place.scratch.write("shop/products.csv", &products);
        place.scratch.write("shop/inventory.csv", &inventory);
    }
}

/// How a shopper left.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Left {
    Sold,
    CartRefused,
    Backordered,
    Cancelled,
    /// Others were faster each time: the order waits for a person, who lifts the hold.
    Contended,
}

/// What was heard, of all shoppers together.
#[derive(Default)]
struct Heard {
    left: BTreeMap<Left, usize>,
    sold: BTreeMap<usize, usize>,
    contended: Vec<(usize, String)>,
    /// When somebody first heard that there is nothing left, by SKU.
    first_none: BTreeMap<usize, Instant>,
    /// When each winner began, by SKU.
    won: Vec<(usize, Instant)>,
    /// How long those waited who went without.
    waits: Vec<Duration>,
    /// Answers that nobody may get.
    wrong: Vec<String>,
}

struct Shopper<'a> {
    number: usize,
    sku: usize,
    has_cart: bool,
    /// To one node, and to the other where there are two.
    lines: &'a mut [Line],
}

impl Shopper<'_> {
    /// How it ended, and of an order its id. The error is an answer that nobody may get.
    fn shop(&mut self) -> Result<(Left, String), String> {
        let cart = format!("cart-{}", self.number);
        let mut order = json!({ "channel": "web", "external_id": self.number.to_string(),
            "ship_to": { "postal": "97201", "country": "US" },
            "lines": [{ "sku": format!("SKU-{}", self.sku), "quantity": 1 }] });
        if self.has_cart {
            if !self.fill_cart(&cart)? {
                return Ok((Left::CartRefused, String::new()));
            }
            order["cart"] = cart.into();
        }
        let is_patient = self.number % 4 < 2;
        order["lines"][0]["when_short"] = if is_patient { "backorder" } else { "cancel" }.into();
        let node = self.lines.len() - 1;
        let order = expect(self.post(node, "/v1/orders", &order), &[201, 200])?.json();
        let (left, id) = (left_with(&order)?, order["id"].as_str().unwrap().to_owned());
        match left {
            Left::Sold => Ok((left, id)),
            // What a cart holds is its shopper's, whatever others do.
            _ if self.has_cart => Err(format!("a cart held the unit, and its order did not get it: {order}")),
            _ => Ok((left, id)),
        }
    }

    /// `false`: refused, since there is none left.
    fn fill_cart(&mut self, cart: &str) -> Result<bool, String> {
        let now_ms = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
        let sku = format!("SKU-{}", self.sku);
        let hold = json!({ "cart": cart, "pool": "online", "channel": "web", "expires_at": (now_ms + HOUR_MS) as u64,
            "lines": [{ "sku": sku, "units": 1 }] });
        let answer = self.post(0, "/v1/holds", &hold);
        if let Some(refused) = answer.as_ref().filter(|answer| answer.status == 409) {
            let told = refused.json();
            let is_true = told["code"] == "short_stock"
                && told["errors"][0]["detail"] == format!("{sku}: 0 left, 1 wanted").as_str();
            return if is_true { Ok(false) } else { Err(refused.body.clone()) };
        }
        expect(answer, &[201]).map(|_| true)
    }

    fn post(&mut self, node: usize, path: &str, body: &Value) -> Option<Answer> {
        self.lines[node].post(path, body)
    }
}

fn expect(answer: Option<Answer>, statuses: &[u16]) -> Result<Answer, String> {
    match answer {
        None => Err("no answer".to_owned()),
        Some(answer) if !statuses.contains(&answer.status) => {
            Err(format!("{} {}", answer.status, answer.body))
        }
        Some(answer) => Ok(answer),
    }
}

fn left_with(order: &Value) -> Result<Left, String> {
    let item = &order["lines"][0]["items"][0];
    let [allocated, backordered, cancelled, open] =
        ["allocated", "backordered", "cancelled", "open"].map(|name| item[name].as_i64().unwrap());
    match (order["hold"].as_str().unwrap(), allocated, backordered, cancelled, open) {
        ("", 1, 0, 0, 0) => Ok(Left::Sold),
        ("", 0, 1, 0, 0) => Ok(Left::Backordered),
        ("", 0, 0, 1, 0) => Ok(Left::Cancelled),
        ("contended", 0, 0, 0, 1) => Ok(Left::Contended),
        _ => Err(format!("an order that makes no sense: {order}")),
    }
}

/// All shoppers come, [`CLIENTS`] at a time.
fn open_the_doors(crowd: &Crowd, servers: &[Server], token: &str) -> Heard {
    let (wishes, next, heard) = (crowd.wishes(), AtomicUsize::new(0), Mutex::new(Heard::default()));
    std::thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (wishes, next, heard) = (&wishes, &next, &heard);
            scope.spawn(move || {
                let mut lines: Vec<Line> =
                    servers.iter().map(|server| Line::to(&server.address, token)).collect();
                lines.rotate_left(client % servers.len());
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&sku) = wishes.get(number) else { break };
                    let began = Instant::now();
                    let has_cart = crowd.carts == Carts::Half && number.is_multiple_of(2);
                    let mut shopper = Shopper { number, sku, has_cart, lines: &mut lines };
                    let end = shopper.shop();
                    let mut heard = heard.lock().unwrap();
                    heard.note((sku, began), end);
                }
            });
        }
    });
    heard.into_inner().unwrap()
}

impl Heard {
    fn note(&mut self, (sku, began): (usize, Instant), end: Result<(Left, String), String>) {
        let (left, id) = match end {
            Ok(end) => end,
            Err(wrong) => return self.wrong.push(format!("after {:.1?}: {wrong}", began.elapsed())),
        };
        *self.left.entry(left).or_default() += 1;
        match left {
            Left::Sold => {
                *self.sold.entry(sku).or_default() += 1;
                self.won.push((sku, began));
            }
            Left::Contended => self.contended.push((sku, id)),
            Left::CartRefused | Left::Backordered | Left::Cancelled => {
                self.first_none.entry(sku).or_insert_with(Instant::now);
                self.waits.push(began.elapsed());
            }
        }
    }

    /// Winners who came after somebody had been told that there is nothing left.
    fn late_winners(&self) -> usize {
        let is_late =
            |(sku, began): &&(usize, Instant)| self.first_none.get(sku).is_some_and(|none| none < began);
        self.won.iter().filter(is_late).count()
    }

    fn tell(&mut self, (crowd, nodes): (&Crowd, usize), took: Duration) {
        self.waits.sort_unstable();
        let last = self.waits.len().saturating_sub(1);
        let part = |percent: usize| self.waits.get(last * percent / 100).copied().unwrap_or_default();
        eprintln!(
            "{} shoppers, {nodes} nodes, {took:.1?}: {:?}; who went without waited {:.1?} in the middle, {:.1?} at 99 %; \
             {} winners came after a loser",
            crowd.wishes().len(),
            self.left,
            part(50),
            part(99),
            self.late_winners()
        );
    }

    /// A person lifts the holds of the orders that lost every race.
    fn lift_holds(&mut self, line: &mut Line) {
        for (sku, id) in std::mem::take(&mut self.contended) {
            let answer = expect(line.post(&format!("/v1/orders/{id}/release"), &json!({})), &[200]);
            match answer.and_then(|answer| left_with(&answer.json())) {
                Ok(Left::Sold) => *self.sold.entry(sku).or_default() += 1,
                Ok(_) => {}
                Err(wrong) => self.wrong.push(wrong),
            }
        }
    }
}

fn each_unit_is_sold_once(place: Place, nodes: usize, crowd: &Crowd) {
    crowd.write_shop(&place);
    let place = place.with_shop();
    let token = &place.owner_token();
    let mut servers: Vec<Server> = (0..nodes).map(|_| Server::start(&place.database)).collect();
    let mut line = Line::to(&servers[0].address, token);
    let pool = json!({ "name": "Online", "unproven": "open", "locations": crowd.codes() }).to_string();
    let answer = line.send("PUT", "/v1/pools/online", &pool).unwrap();
    assert!(matches!(answer.status, 200 | 201), "{}", answer.body);

    let began = Instant::now();
    let mut heard = open_the_doors(crowd, &servers, token);
    heard.tell((crowd, nodes), began.elapsed());
    let (contended, late) = (heard.contended.len(), heard.late_winners());
    heard.lift_holds(&mut line);
    let some: Vec<&String> = heard.wrong.iter().take(5).collect();
    assert!(some.is_empty(), "{} wrong answers: {some:#?}", heard.wrong.len());
    let sold: Vec<usize> = heard.sold.into_values().collect();
    assert_eq!(sold, vec![crowd.units_of_sku(); crowd.skus], "of {:?}", heard.left);
    assert_eq!((contended, late), (0, 0), "contended, and winners after a loser");
    for server in &mut servers {
        assert_eq!(server.stop().0, Some(0));
    }
    are_all_shelves_sold(crowd, &place);
}

/// Every unit of every shelf is promised, and the books balance.
fn are_all_shelves_sold(crowd: &Crowd, place: &Place) {
    let mut shelves = 0;
    for line in place.ok(&["export", "stock", "--format", "ndjson"]).lines() {
        let shelf: Value = serde_json::from_str(line).unwrap();
        let number = |name: &str| shelf[name].to_string().trim_matches('"').parse().unwrap();
        let units: [usize; 2] = ["on_hand_units", "committed_units"].map(number);
        assert_eq!(units, [crowd.units_of_shelf; 2], "{line}");
        shelves += 1;
    }
    assert_eq!(shelves, crowd.skus * crowd.places);
    assert_eq!(place.json(&["check"])["is_sound"], true);
}

#[test]
fn one_node_on_a_file_sells_each_unit_once_and_tells_who_goes_without() {
    each_unit_is_sold_once(Place::in_file(), 1, &Crowd::of_the_size_asked());
}

#[test]
fn two_nodes_on_a_server_sell_each_unit_once_and_tell_who_goes_without() {
    let Some(database) = ServerDatabase::make() else { return };
    let place = Place { database: database.place.clone(), ..Place::in_file() };
    each_unit_is_sold_once(place, 2, &Crowd::of_the_size_asked());
}

#[test]
fn two_nodes_sell_single_units_that_lie_in_many_places() {
    let Some(database) = ServerDatabase::make() else { return };
    let place = Place { database: database.place.clone(), ..Place::in_file() };
    let crowd = Crowd { places: 100, skus: 1, units_of_shelf: 1, carts: Carts::Nobody };
    each_unit_is_sold_once(place, 2, &crowd);
}
