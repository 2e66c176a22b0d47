//! S3: the checker finds what is done to the books behind its back, in every table and to every kind of cell, and finds
//! nothing where nothing was done.
//!
//! Each damage is one change of one row, taken back after the look. What the schema itself refuses is no damage.

use crate::differ::Dice;
use crate::place::on_both;
use crate::stage::{OPENING, Stage};
use flow::check_books::breaches;
use flow::inventory::hold::{HoldLine, NewHold, hold_cart};
use flow::inventory::pool::{NewPool, save_pool};
use std::collections::BTreeSet;
use store::events::{Head, Walk, seal, verify};
use store::jobs::{self, Claim, NewJob};
use store::pools::Gate;
use store::{Db, DbError};

const SHOP: &str = "location mall store lanes=ship,pickup\nlocation pier store lanes=ship,pickup\n\
    location depot warehouse far lanes=ship\nproduct SET of=MUG+TEE*2\nproduct CAP like=CUP\n\
    stock mall MUG 9\nstock pier MUG 3\nstock depot MUG 9\nstock mall TEE 30\nstock depot TEE 9\nstock mall CUP 9\n\
    stock pier CUP 4\nstock depot CUP 1\nstock mall CAP 0\n";

/// Something of everything that verbs do.
const SCRIPT: &str = "take A MUG 2 TEE 1 / start A@mall / pack A@mall / ship A@mall / deliver A@mall / return A 1 MUG 1 pier / \
    return A 2 TEE 1 mall damaged / take B SET 2 CUP 1 / accept B@mall / start B@mall / pick B@mall 1 MUG 1 / take \
    C MUG 1 pickup pier / start C@pier / pack C@pier / ready C@pier / collect C@pier code / take D MUG 1 pickup \
    pier / start D@pier / pack D@pier / ready D@pier / take E CUP 2 / move E@mall pier / take K CAP 1 short \
    substitute / take F CUP 20 / hold F payment / take G MUG 2 / reject G@mall not_found / take H TEE 2 / start \
    H@mall / short H@mall 1 TEE 1 damaged / take I CUP 1 / cancel I / take J TEE 1 / start J@mall / pack J@mall / \
    undo J@mall / pack J@mall / take L MUG 2 / route L depot / start L@depot / pack L@depot / ship L@depot / \
    return L 1 MUG 2 depot / adjust depot MUG 2";

/// How rows of a table are told apart, and damage: to rows of which it is true, what is set; nothing set: deleted.
struct Class {
    table: &'static str,
    keys: &'static [&'static str],
    damages: &'static [(&'static str, &'static str)],
}

const ANY: &str = "1 = 1";
const LIVE: &str = "state in ('open', 'accepted', 'picking', 'packed', 'ready_for_pickup')";
const OTHER_PLACE: &str =
    "location_id = (select min(l.id) from locations l where l.id <> {table}.location_id)";
const OTHER_PRODUCT: &str =
    "product_id = (select min(p.id) from products p where p.id <> {table}.product_id)";

const CLASSES: [Class; 19] = [
    Class {
        table: "stock",
        keys: &["product_id", "location_id"],
        damages: &[
            (ANY, "on_hand = on_hand + 1"),
            ("on_hand > committed + damaged + quality_control", "on_hand = on_hand - 1"),
            (ANY, "committed = committed + 1"),
            ("committed > 0", "committed = committed - 1"),
            (ANY, "safety_stock = safety_stock + 1"),
            (ANY, "damaged = damaged + 1"),
            ("damaged > 0", "damaged = damaged - 1"),
            (ANY, "quality_control = quality_control + 1"),
            ("quality_control > 0", "quality_control = 0"),
            (ANY, "showroom = showroom + 1"),
            (ANY, "incoming = incoming + 1"),
            (ANY, "version = version + 1"),
            (ANY, "version = version - 1"),
        ],
    },
    Class {
        table: "ledger",
        keys: &["number"],
        damages: &[
            (ANY, "on_hand = on_hand + 1"),
            (ANY, "committed = committed + 1"),
            (ANY, "safety_stock = safety_stock + 1"),
            (ANY, "damaged = damaged - 1"),
            (ANY, "quality_control = quality_control + 1"),
            (ANY, "showroom = showroom + 1"),
            (ANY, "incoming = incoming - 1"),
            (ANY, OTHER_PLACE),
            (ANY, OTHER_PRODUCT),
            ("committed <> 0", "document = 'ful_of_nobody'"),
            ("committed <> 0", "document = 'by hand'"),
            ("movement in ('return', 'return_damaged')", "document = 'by hand'"),
            ("movement in ('commit', 'ship', 'return', 'return_damaged')", "movement = 'adjust'"),
            ("movement = 'adjust'", ""),
            (ANY, ""),
        ],
    },
    Class {
        table: "orders",
        keys: &["id"],
        damages: &[
            ("state <> 'open'", "state = 'open'"),
            ("state <> 'held'", "state = 'held'"),
            ("state <> 'fulfilled'", "state = 'fulfilled'"),
            ("state <> 'cancelled'", "state = 'cancelled'"),
            ("hold = ''", "hold = 'because'"),
            ("hold <> ''", "hold = ''"),
            (ANY, "attempts = attempts + 1"),
            ("attempts > 0", "attempts = attempts - 1"),
        ],
    },
    Class {
        table: "order_items",
        keys: &["order_id", "line", "product_id"],
        damages: &[
            ("open > 0", "open = open - 1, allocated = allocated + 1"),
            ("backordered > 0", "backordered = backordered - 1, shipped = shipped + 1"),
            ("allocated > 0", "allocated = allocated - 1, open = open + 1"),
            ("allocated > 0", "allocated = allocated - 1, shipped = shipped + 1"),
            ("allocated > 0", "allocated = allocated - 1, cancelled = cancelled + 1"),
            ("shipped > returned", "shipped = shipped - 1, backordered = backordered + 1"),
            (ANY, "ordered = ordered + 1, allocated = allocated + 1"),
            (ANY, "ordered = ordered + 1, shipped = shipped + 1"),
            ("returned < shipped", "returned = returned + 1"),
            ("returned > 0", "returned = returned - 1"),
            ("ordered % (per_unit + 1) <> 0", "per_unit = per_unit + 1"),
            ("allocated + shipped > 0", "line = line + 50"),
            ("allocated + shipped > 0", OTHER_PRODUCT),
            (
                "allocated + shipped > 0",
                "order_id = (select min(o.id) from orders o where o.id <> order_items.order_id)",
            ),
            ("allocated + shipped > 0", ""),
        ],
    },
    Class {
        table: "decisions",
        keys: &["order_id", "number"],
        damages: &[
            (ANY, "number = number + 1"),
            (ANY, "number = 0"),
            (ANY, "order_id = (select max(o.id) from orders o where o.id <> decisions.order_id)"),
            (ANY, ""),
        ],
    },
    Class {
        table: "fulfillments",
        keys: &["id"],
        damages: &[
            (LIVE, "state = 'shipped'"),
            (LIVE, "state = 'cancelled'"),
            (LIVE, "state = 'moved'"),
            ("state <> 'open'", "state = 'open'"),
            ("state <> 'picking'", "state = 'picking'"),
            ("state <> 'accepted'", "state = 'accepted'"),
            ("state <> 'packed'", "state = 'packed'"),
            ("state <> 'delivered'", "state = 'delivered'"),
            ("state in ('rejected', 'expired', 'moved', 'cancelled', 'short')", "is_held = 1"),
            (ANY, "attempt = attempt + 10"),
            (ANY, "attempt = 0"),
            (ANY, OTHER_PLACE),
            (ANY, "order_id = (select min(o.id) from orders o where o.id <> fulfillments.order_id)"),
            ("lane <> 'pickup'", "lane = 'pickup'"),
            ("lane = 'pickup'", "lane = 'ship'"),
            ("pickup_code = ''", "pickup_code = 'ABC123'"),
            ("pickup_code <> ''", "pickup_code = ''"),
            (LIVE, "parcels = parcels + 1"),
            (LIVE, "dispatch_day = dispatch_day + 1"),
            (LIVE, "dispatch_window = dispatch_window + 1"),
        ],
    },
    Class {
        table: "fulfillment_items",
        keys: &["fulfillment_id", "line", "product_id"],
        damages: &[
            (ANY, "quantity = quantity + 1"),
            ("quantity > committed + shipped", "quantity = quantity - 1"),
            ("committed > 0", "committed = committed - 1"),
            ("committed + shipped < quantity", "committed = committed + 1"),
            ("committed + shipped < quantity", "shipped = shipped + 1"),
            ("shipped > 0", "shipped = shipped - 1"),
            ("picked = committed + shipped", "picked = picked + 1"),
            (ANY, "line = line + 50"),
            (ANY, OTHER_PRODUCT),
            (ANY, ""),
        ],
    },
    Class {
        table: "parcels",
        keys: &["id"],
        damages: &[
            ("state <> 'void'", "state = 'void'"),
            ("state = 'handed_over'", "state = 'packed'"),
            ("state = 'packed'", "state = 'handed_over'"),
            ("state = 'packed'", "state = 'delivered'"),
            (ANY, "number = number + 5"),
            ("manifest_id is not null", "manifest_id = null"),
            ("manifest_id is not null", "carrier = 'another'"),
            (ANY, "manifest_id = 'man_of_nobody', state = 'handed_over'"),
            (ANY, "fulfillment_id = (select min(f.id) from fulfillments f where f.state = 'moved')"),
            (ANY, ""),
        ],
    },
    Class {
        table: "manifests",
        keys: &["id"],
        damages: &[
            (ANY, "parcels = parcels + 1"),
            (ANY, "parcels = 0"),
            (ANY, "carrier = 'another'"),
            (ANY, OTHER_PLACE),
            (ANY, ""),
        ],
    },
    Class {
        table: "loads",
        keys: &["location_id", "day", "dispatch_window"],
        damages: &[
            (ANY, "parcels = parcels + 1"),
            ("parcels > 0", "parcels = parcels - 1"),
            ("parcels > 0", "day = day + 30"),
            ("parcels > 0", "dispatch_window = dispatch_window + 30"),
            ("parcels > 0", ""),
        ],
    },
    Class {
        table: "labor",
        keys: &["id"],
        damages: &[(
            "fulfillment_id in (select id from fulfillments where state in ('shipped', 'delivered', 'collected'))",
            "stopped_at = null",
        )],
    },
    Class {
        table: "exceptions",
        keys: &["id"],
        damages: &[
            (ANY, "order_id = 'ord_of_nobody'"),
            (ANY, "location_id = 99999"),
            ("state = 'open'", "state = 'resolved'"),
            ("state = 'open'", "resolution = 'done'"),
            ("state = 'resolved'", "resolution = ''"),
            (ANY, "escalations = -1"),
        ],
    },
    Class {
        table: "substitutions",
        keys: &["id"],
        damages: &[
            (ANY, "line = line + 50"),
            (ANY, "units = units + 1000"),
            (ANY, "substitute_id = product_id"),
            (ANY, "order_id = (select min(o.id) from orders o where o.id <> substitutions.order_id)"),
        ],
    },
    Class {
        table: "returns",
        keys: &["id"],
        damages: &[
            (ANY, "units = units + 1"),
            (ANY, "line = line + 50"),
            (ANY, "is_damaged = 1 - is_damaged"),
            (ANY, "refund_minor = refund_minor + 1000000"),
            (ANY, OTHER_PLACE),
            (ANY, OTHER_PRODUCT),
            (ANY, "order_id = (select min(o.id) from orders o where o.id <> returns.order_id)"),
            (ANY, ""),
        ],
    },
    Class {
        table: "events",
        keys: &["number"],
        damages: &[
            (ANY, "at = at + 1"),
            (ANY, "actor = 'usr_another'"),
            (ANY, "via = 'page' || via"),
            (ANY, "kind = 'order.taken.' || kind"),
            (ANY, "subject = 'ord_of_nobody'"),
            ("order_id is not null", "order_id = null"),
            (ANY, "order_id = 'ord_of_nobody'"),
            (ANY, "facts = '{}' || facts"),
            (ANY, "place = place + 1000"),
            (ANY, "place = null"),
            (ANY, "seal = 'none'"),
            (ANY, ""),
        ],
    },
    Class {
        table: "event_head",
        keys: &["id"],
        damages: &[(ANY, "place = place + 1"), (ANY, "place = place - 1"), (ANY, "seal = 'none'")],
    },
    Class {
        table: "jobs",
        keys: &["id"],
        damages: &[
            (ANY, "attempts = most_attempts + 1"),
            ("state = 'ready'", "attempts = most_attempts"),
            (ANY, "fence = -1"),
            ("state = 'leased'", "attempts = 0"),
            ("state = 'ready'", "state = 'dead'"),
        ],
    },
    Class {
        table: "holds",
        keys: &["id"],
        damages: &[
            ("state = 'open'", "state = 'expired', ended_at = 5"),
            ("state = 'open'", "state = 'confirmed', ended_at = 5, order_id = 'ord_of_nobody'"),
        ],
    },
    Class {
        table: "hold_units",
        keys: &["hold_id", "product_id", "location_id"],
        damages: &[(ANY, "units = units + 1"), (ANY, OTHER_PRODUCT), (ANY, OTHER_PLACE), (ANY, "")],
    },
];

/// Rows that nobody has written.
const ADDED: [&str; 12] = [
    "insert into returns select 'ret_of_nobody', order_id, line, product_id, location_id, 1, 0, 0, '', 1 from returns \
        where id = (select min(id) from returns)",
    "insert into loads select location_id, day + 9, dispatch_window, 2 from loads where dispatch_window >= 0 \
        and parcels = (select max(parcels) from loads) and location_id = (select min(location_id) from loads \
        where parcels = (select max(parcels) from loads))",
    "insert into decisions select order_id, number + 1, 1, 1, 1, 'placed', '{}', '{}' from decisions \
        where order_id = (select min(order_id) from decisions) and number = 1",
    "insert into manifests select 'man_of_nobody', id, 'ups', 3, 'usr_1', 1 from locations where code = 'mall'",
    "insert into parcels select 'par_of_nobody', min(id), 9, 'packed', '', '', '', 0, 0, null, 1, 1 from fulfillments",
    "insert into fulfillment_items select min(id), 77, (select min(id) from products), 1, 0, 0, 0 from fulfillments",
    "insert into fulfillment_items select max(id), 1, (select max(id) from products), 1, 0, 1, 0 from fulfillments",
    "insert into order_items select max(id), 77, (select min(id) from products), 1, 1, 0, 0, 1, 0, 0, 0 from orders",
    "insert into orders select 'ord_of_nobody', channel, 'nobody', name, 'open', '', lane, 1, '{}', 0, 0, 1, 1, 1 \
        from orders where external_id = 'A'",
    "insert into exceptions select 'exc_of_nobody', 'unroutable', 'open', 'ord_of_nobody', 'ord_of_nobody', null, \
        'store', 1, 0, '{}', '', 1, 1, 1 from orders where external_id = 'A'",
    "insert into missing_units select product_id, location_id, 1, 1 from stock \
        where on_hand > committed + damaged + quality_control order by product_id, location_id limit 1",
    "insert into hold_units select (select min(id) from holds), product_id, location_id, 1 from stock s \
        where not exists (select 1 as one from hold_units u where u.product_id = s.product_id) \
        order by product_id, location_id limit 1",
];

/// Rows of each kind of damage.
const ROWS: usize = 2;
const LEAST_FOUND: usize = 200;
/// Invariants that the schema keeps from being broken by a statement, and that of arrivals, which this shop has none of.
const NOT_BROKEN_HERE: [&str; 6] = [
    "fewer_than_none",
    "promised_more_than_there_is",
    "source_applied_twice",
    "arrival_is_not_what_is_incoming_for_it",
    "line_does_not_add_up",
    "exception_opened_twice",
];

/// Ends a write so that nothing of it stays.
enum Seen {
    Found(BTreeSet<&'static str>),
    Fault(DbError),
}

impl From<DbError> for Seen {
    fn from(error: DbError) -> Seen {
        Seen::Fault(error)
    }
}

/// The invariants that a damage breaks; `None`: the schema refuses it.
async fn found(db: &Db, damage: String) -> Option<BTreeSet<&'static str>> {
    let damage: &'static str = damage.leak();
    let seen = db.write::<(), Seen>(move |tx| {
        Box::pin(async move {
            if tx.execute(damage, &[]).await? != 1 {
                return Err(Seen::Fault(DbError::Broken("it meets no row, or several".into())));
            }
            let mut walk = Walk::Further(Head::default());
            while let Walk::Further(from) = &walk {
                walk = verify(tx, &from.clone(), 500).await?;
            }
            let mut codes: BTreeSet<&'static str> =
                breaches(tx).await?.iter().map(|breach| breach.invariant).collect();
            if matches!(walk, Walk::Broken(_)) {
                codes.insert("log");
            }
            Err(Seen::Found(codes))
        })
    });
    match seen.await {
        Err(Seen::Found(codes)) => Some(codes),
        Err(Seen::Fault(fault)) => {
            assert!(!matches!(fault, DbError::Broken(_)), "{damage}: {fault}");
            None
        }
        Ok(()) => unreachable!("a damage is taken back"),
    }
}

/// Which rows of a table a damage may meet: each as a condition.
async fn rows_of(db: &Db, class: &Class, when: &str) -> Vec<String> {
    let keys = class.keys;
    let sql =
        format!("select {} from {} where {when} order by {}", keys.join(", "), class.table, keys.join(", "));
    let sql: &'static str = sql.leak();
    let rows = db.read(move |tx| Box::pin(async move { tx.rows(sql, &[]).await })).await.unwrap();
    let cell = |row: &store::db::Row, key: &str| match row.int(key) {
        Ok(number) => format!("{key} = {number}"),
        Err(_) => format!("{key} = '{}'", row.text(key).unwrap()),
    };
    rows.iter().map(|row| keys.iter().map(|key| cell(row, key)).collect::<Vec<_>>().join(" and ")).collect()
}

async fn damages(db: &Db) -> Vec<String> {
    let mut all: Vec<String> = ADDED.map(str::to_owned).into();
    let mut dice = Dice(7);
    for class in &CLASSES {
        for (when, set) in class.damages {
            let rows = rows_of(db, class, when).await;
            assert!(!rows.is_empty(), "no {} for {set} where {when}", class.table);
            let mut chosen = BTreeSet::new();
            chosen.extend((0..ROWS).map(|_| dice.one_of(&rows).clone()));
            let table = class.table;
            let set = set.replace("{table}", table);
            all.extend(chosen.iter().map(|row| match set.as_str() {
                "" => format!("delete from {table} where {row}"),
                set => format!("update {table} set {set} where {row}"),
            }));
        }
    }
    all
}

#[test]
fn s3_two_hundred_damages_are_all_found_and_nothing_else() {
    on_both(|db| async move {
        fill(&db).await;
        let (mut count, mut broken, mut missed) = (0, BTreeSet::new(), Vec::new());
        for damage in damages(&db).await {
            let Some(codes) = found(&db, damage.clone()).await else { continue };
            count += 1;
            if codes.is_empty() {
                missed.push(damage);
            }
            broken.extend(codes);
        }
        assert!(missed.is_empty(), "{} of {count} are not found: {missed:#?}", missed.len());
        assert!(count >= LEAST_FOUND, "only {count}");
        let never: Vec<&str> = store::check::codes().filter(|code| !broken.contains(code)).collect();
        assert_eq!(never, NOT_BROKEN_HERE, "of {count} damages");
    });
}

async fn fill(db: &Db) {
    let mut stage = Stage::open(db.clone(), SHOP).await;
    for line in SCRIPT.split(" / ") {
        if let Err(why) = stage.outcome(line).await {
            panic!("{line}: {why}");
        }
    }
    let call = stage.call();
    let verb = flow::fulfillment::MakeManifest { location: "depot".into(), carrier: String::new() };
    stage.baton.perform(&call, verb).await.unwrap();
    keep_a_cart(db, &stage).await;
    work_for_later(db).await;
    db.write(|tx| Box::pin(async move { seal(tx, 1_000).await.map(drop) })).await.unwrap();
    stage.check_books().await;
}

async fn keep_a_cart(db: &Db, stage: &Stage) {
    let pool = NewPool {
        code: "all".into(),
        name: "all".into(),
        unproven: Gate::Open,
        locations: ["mall", "pier"].map(str::to_owned).into(),
        classes: BTreeSet::new(),
    };
    save_pool(db, &stage.call(), pool).await.unwrap();
    let line = HoldLine { sku: "TEE".into(), units: 1, location: None };
    let hold = NewHold {
        cart: "c1".into(),
        pool: "all".into(),
        channel: "web".into(),
        lines: vec![line],
        expires_at_ms: stage.call().at_ms + 60_000,
    };
    hold_cart(db, &stage.call(), hold).await.unwrap();
}

async fn work_for_later(db: &Db) {
    db.write(|tx| {
        Box::pin(async move {
            for id in ["job_1", "job_2", "job_3"] {
                let job = NewJob {
                    id,
                    kind: "tell",
                    subject: id,
                    payload: "{}",
                    key: None,
                    due_at_ms: 1,
                    most_attempts: 3,
                    created_at_ms: 1,
                };
                jobs::enqueue(tx, &job).await?;
            }
            let claim = Claim { owner: "test", kinds: &["tell"], now_ms: OPENING, lease_ms: 1_000, limit: 1 };
            jobs::claim(tx, &claim).await.map(drop)
        })
    })
    .await
    .unwrap();
}
