//! Scenarios: small shops, orders and rules as text, and what is decided, in sentences.
//!
//! Owns: the text form, and telling its outcome. Refuses to know: files; the text arrives as `&str`.
//!
//! ```text
//! location mall store lanes=ship,pickup
//! stock mall MUG 2
//! guardrail At most 1 parcel.
//! order MUG 2 to 97201
//! ```
//!
//! Every word after a location, product or stock line is `name=value`. The day is Tuesday, 2026-11-24, ten
//! o'clock UTC, unless `placed 2026-10-31 00:30 UTC` says another instant; one mile west of everything lies the
//! customer. `zone America/Los_Angeles`, before the locations, gives the shop's clock; without it that is UTC.

use crate::rules::{read_cases, read_sentence};
use crate::{Router, sentences};
use model::{
    BasisPoints, Calendar, Component, Cost, Currency, Day, Decision, Destination, Dimensions, Distance,
    Handling, HandlingSet, Hours, Lane, Lanes, Location, LocationKind, Network, NetworkParts, Order,
    OrderLine, ParcelsPerLocation, Point, Product, RateBook, RateStep, RuleSet, Service, ServiceChoice,
    Settings, ShortChoice, Span, SplitPolicy, Stock, StockEntry, StockLevel, Timestamp, UnfilledWeight,
    WallClock, Weight, Window,
};

/// 2026-11-24, a Tuesday.
const TODAY: Day = Day(20_781);
const NOON_IN_SHOP: i64 = 600;
/// What carriers take that measure.
const LONGEST_MM: u32 = 1_200;

/// A scenario that was decided.
pub struct Told {
    /// One sentence a line.
    pub text: String,
    pub network: Network,
    /// As it stood before the decision.
    pub stock: Stock,
    pub rules: RuleSet,
    pub order: Order,
    pub decision: Decision,
}

/// A scenario as it is read: names are resolved at the end.
#[derive(Default)]
struct Draft {
    locations: Vec<Location>,
    products: Vec<Product>,
    /// Substitutes and components by name: product, other product, units (0: a substitute).
    links: Vec<(String, String, u32)>,
    stock: Vec<(String, String, StockLevel)>,
    rules: RuleSet,
    order: String,
    placed: Option<Timestamp>,
    promise: Option<Day>,
    refused: Vec<String>,
    split: Option<SplitPolicy>,
    nowhere: bool,
    country: String,
    /// Carriers look at sizes, too, so that prices do not follow from weight alone.
    measures: bool,
    slot: Option<Span>,
    settings: Settings,
}

/// Decides a scenario.
///
/// # Errors
/// The line that is not understood, and why.
pub fn run(text: &str) -> Result<Told, String> {
    let mut draft = Draft::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        draft.read(line).map_err(|why| format!("'{line}': {why}"))?;
    }
    draft.decide()
}

impl Draft {
    fn read(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "location" => self.read_location(rest),
            "product" => self.read_product(rest),
            "stock" => self.read_stock(rest),
            "guardrail" => read_rule(rest).map(|rule| self.rules.guardrails.push(rule)),
            "rule" => read_rule(rest).map(|rule| self.rules.rules.push(rule)),
            "order" => {
                self.order = rest.to_owned();
                Ok(())
            }
            "promise" => Day::from_iso(rest).map(|day| self.promise = Some(day)).ok_or("write a day".into()),
            "refused" => {
                self.refused.push(rest.to_owned());
                Ok(())
            }
            "split" => SplitPolicy::from_code(rest).map(|split| self.split = Some(split)).ok_or("no such policy".into()),
            "slot" => {
                let until = rest.strip_prefix("until ").and_then(|hour| hour.parse::<i64>().ok()).ok_or("write until HOUR")?;
                self.slot = Some(Span { from: TODAY.start_utc(), to: TODAY.start_utc().plus_minutes(until * 60) });
                Ok(())
            }
            "address" => {
                let country = rest.strip_prefix("unknown in ");
                self.country = country.unwrap_or_default().to_owned();
                self.nowhere = rest == "unknown" || country.is_some();
                Ok(())
            }
            "setting" => self.read_setting(rest),
            "carrier" => {
                self.measures = rest == "measures";
                Ok(())
            }
            "zone" if !self.locations.is_empty() => Err("write it before the locations".into()),
            "zone" => WallClock::of_zone(rest).map(|clock| self.settings.clock = clock),
            "placed" => instant(rest).map(|at| self.placed = Some(at)).ok_or("write DAY HH:MM UTC".into()),
            _ => Err("a line begins with location, product, stock, guardrail, rule, order, placed, promise, refused, split, slot, address, setting, carrier or zone".into()),
        }
    }

    fn read_location(&mut self, rest: &str) -> Result<(), String> {
        let mut words = rest.split_whitespace();
        let (code, kind) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
        let kind = LocationKind::from_code(kind).ok_or("the second word is store, warehouse or vendor")?;
        let mut location = Location::new(code, kind);
        location.point = Some(Point { lat_e4: 455_000, lon_e4: -1_226_600 });
        location.calendar = Calendar::always_open_by(self.settings.clock.clone());
        for word in words {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            set_location(&mut location, &self.settings.clock, (name, value))?;
        }
        self.locations.push(location);
        Ok(())
    }

    fn read_product(&mut self, rest: &str) -> Result<(), String> {
        let mut words = rest.split_whitespace();
        let mut product = Product {
            weight: Weight::from_ounces(16),
            price: Cost(200_000),
            ..Product::new(words.next().unwrap_or(""))
        };
        product.gross_margin = Cost(80_000);
        for word in words {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            match name {
                "needs" => product.needs = handlings(value)?,
                "category" => product.category = value.to_owned(),
                "title" => product.title = value.replace('_', " "),
                "longest_mm" => product.dimensions = Dimensions::new(number(value)? as u32, 100, 100),
                "ounces" => product.weight = Weight::from_ounces(number(value)?),
                "unfilled" => product.unfilled_cost = cost(value)?,
                "price" => product.price = cost(value)?,
                "margin" => product.gross_margin = cost(value)?,
                "like" => self.links.push((product.sku.clone(), value.to_owned(), 0)),
                "of" => {
                    for part in value.split('+') {
                        let (sku, units) = part.split_once('*').unwrap_or((part, "1"));
                        self.links.push((product.sku.clone(), sku.to_owned(), number(units)? as u32));
                    }
                }
                _ => return Err(format!("'{name}' is not known of a product")),
            }
        }
        self.products.push(product);
        Ok(())
    }

    fn read_stock(&mut self, rest: &str) -> Result<(), String> {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let [location, sku, units, more @ ..] = words.as_slice() else {
            return Err("write location, product, units".into());
        };
        let mut level = StockLevel { on_hand: number(units)? as i32, ..StockLevel::default() };
        for word in more {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            match name {
                "safety" => level.safety_stock = number(value)? as i32,
                "committed" => level.committed = number(value)? as i32,
                "age" => level.age_days = number(value)? as u32,
                "receipt" => level.next_receipt = Day::from_iso(value),
                _ => return Err(format!("'{name}' is not known of stock")),
            }
        }
        self.stock.push(((*location).to_owned(), (*sku).to_owned(), level));
        Ok(())
    }

    fn read_setting(&mut self, rest: &str) -> Result<(), String> {
        let (name, value) = rest.split_once('=').ok_or("write name=value")?;
        match name {
            "accuracy_gate" => self.settings.accuracy_gate = Some(BasisPoints(number(value)? as u16 * 100)),
            "feed_max_age_minutes" => self.settings.feed_max_age_minutes = Some(number(value)? as u32),
            "when_short" => {
                let choice =
                    |word: &str| ShortChoice::from_code(word).ok_or(format!("'{word}' is no choice"));
                self.settings.when_short = value.split(',').map(choice).collect::<Result<_, _>>()?;
            }
            "unfilled" if value == "priced" => self.settings.unfilled = UnfilledWeight::Priced,
            "parcels" if value == "one" => self.settings.parcels = ParcelsPerLocation::One,
            _ => return Err(format!("'{name}' is not a setting here")),
        }
        Ok(())
    }

    fn decide(mut self) -> Result<Told, String> {
        for (_, sku, _) in &self.stock {
            if !self.products.iter().any(|product| product.sku == *sku) {
                let margin = Cost(80_000);
                let weight = Weight::from_ounces(16);
                self.products.push(Product {
                    weight,
                    price: Cost(200_000),
                    gross_margin: margin,
                    ..Product::new(sku)
                });
            }
        }
        self.products.sort_by(|a, b| a.sku.cmp(&b.sku));
        let id = |products: &[Product], sku: &str| {
            let found = products.iter().position(|product| product.sku == sku);
            found.map(|i| model::ProductId(i as u32)).ok_or(format!("no product {sku}"))
        };
        for (sku, other, units) in std::mem::take(&mut self.links) {
            let (of, other) = (id(&self.products, &sku)?, id(&self.products, &other)?);
            let product = &mut self.products[of.index()];
            match units {
                0 => product.substitutes.push(other),
                quantity => product.components.push(Component { product: other, quantity }),
            }
        }
        let mut network = Network::new(NetworkParts {
            currency: Currency::USD,
            locations: std::mem::take(&mut self.locations),
            products: std::mem::take(&mut self.products),
            rates: rates(self.measures.then_some(LONGEST_MM)),
            settings: self.settings.clone(),
        });
        let place = network.add_place_at("97201", Point { lat_e4: 455_000, lon_e4: -1_226_800 });
        let order = self.order(&network, place)?;
        let entry = |(location, sku, level): &(String, String, StockLevel)| {
            let location = network.location_by_code(location).ok_or(format!("no location {location}"))?;
            let product = network.product_by_sku(sku).ok_or(format!("no product {sku}"))?;
            Ok(StockEntry { product, location, level: *level })
        };
        let entries = self.stock.iter().map(entry).collect::<Result<Vec<_>, String>>()?;
        let stock = Stock::new(&network, entries, TODAY);
        let decision = Router::new(&network, &self.rules).explain(&stock, &order, order.placed_at).clone();
        let text = sentences(&network, &self.rules, &order, &decision).join("\n");
        Ok(Told { text, network, stock, rules: self.rules, order, decision })
    }

    fn order(&self, network: &Network, place: model::PlaceId) -> Result<Order, String> {
        let case = format!("case it\norder {}\nexpect hold\n", self.order);
        let cases = read_cases(&case, network.currency).map_err(|errors| errors[0].to_string())?;
        let wanted = &cases[0].order;
        let placed_at = self.placed.unwrap_or(TODAY.start_utc().plus_minutes(NOON_IN_SHOP));
        let code = |code: &String| network.location_by_code(code).ok_or(format!("no location {code}"));
        let mut order =
            Order { id: "1".into(), lane: wanted.lane, service: wanted.service, placed_at, ..Order::empty() };
        order.channel = wanted.channel.clone().unwrap_or_default();
        order.tags.clone_from(&wanted.tags);
        order.deliver_by = self.promise;
        order.slot = self.slot;
        order.split = self.split.unwrap_or(SplitPolicy::Allowed);
        order.pickup_at =
            wanted.pickup_at.as_ref().filter(|chosen| *chosen != "nowhere").map(code).transpose()?;
        order.rejected_by = self.refused.iter().map(code).collect::<Result<_, _>>()?;
        order.destination.country.clone_from(&self.country);
        if !self.nowhere {
            order.destination = Destination {
                postal: "97201".into(),
                region: "OR".into(),
                place: Some(place),
                ..order.destination
            };
        }
        for (i, pick) in wanted.lines.iter().enumerate() {
            let product = network.product_by_sku(&pick.sku).ok_or(format!("no product {}", pick.sku))?;
            let unit_price = network.product(product).price;
            order.lines.push(OrderLine {
                number: i as u32 + 1,
                product,
                quantity: pick.units,
                unit_price,
                when_short: None,
            });
        }
        Ok(order)
    }
}

fn set_location(
    location: &mut Location,
    clock: &WallClock,
    (name, value): (&str, &str),
) -> Result<(), String> {
    let days = (TODAY, Day(TODAY.0 + 14));
    match name {
        "paused" => location.is_paused = true,
        "overseas" => location.point = Some(Point { lat_e4: 0, lon_e4: 1_000_000 }),
        "far" => location.point = Some(Point { lat_e4: 420_000, lon_e4: -710_000 }),
        "nowhere" => location.point = None,
        "name" => location.name = value.replace('_', " "),
        "class" => location.class = value.to_owned(),
        "lanes" => {
            let lane = |word: &str| Lane::from_code(word).ok_or(format!("'{word}' is no lane"));
            location.lanes = Lanes::of(&value.split(',').map(lane).collect::<Result<Vec<_>, _>>()?);
        }
        "certified" => location.certified = handlings(value)?,
        "handling_days" => location.handling_days = number(value)? as u8,
        "capacity" => location.capacity_parcels_per_day = Some(number(value)? as u32),
        "window_capacity" => {
            location.hours = Hours {
                windows: vec![Window { cutoff_minute: 960, capacity_parcels: Some(number(value)? as u32) }],
                ..Hours::default()
            };
            location.calendar = Calendar::compile_by(clock, &location.hours, days)?;
        }
        "zone" => {
            location.hours = Hours { zone: value.to_owned(), ..Hours::default() };
            location.calendar = Calendar::compile_by(clock, &location.hours, days)?;
        }
        "closed" => {
            location.hours = Hours { expression: "Mo-Su off".into(), ..Hours::default() };
            location.calendar = Calendar::compile_by(clock, &location.hours, days)?;
        }
        "accuracy" => location.accuracy = Some(BasisPoints(number(value)? as u16 * 100)),
        "feed_minutes_ago" => {
            location.feed_as_of = Some(TODAY.start_utc().plus_minutes(NOON_IN_SHOP - number(value)?));
        }
        "radius_m" => location.local_delivery_radius = Distance(number(value)? as u32),
        "packing" => location.labor.pack_per_parcel = cost(value)?,
        _ => return Err(format!("'{name}' is not known of a location")),
    }
    Ok(())
}

/// `2026-10-31 00:30 UTC`.
fn instant(text: &str) -> Option<Timestamp> {
    let (day, time) = text.strip_suffix(" UTC")?.split_once(' ')?;
    let (hour, minute) = time.split_once(':')?;
    let minutes = hour.parse::<i64>().ok()? * 60 + minute.parse::<i64>().ok()?;
    Some(Day::from_iso(day)?.start_utc().plus_minutes(minutes))
}

fn read_rule(sentence: &str) -> Result<model::Rule, String> {
    read_sentence(sentence, Currency::USD).map_err(|error| error.to_string())
}

fn number(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| format!("'{text}' is not a whole number"))
}

fn cost(text: &str) -> Result<Cost, String> {
    Cost::from_decimal(text).ok_or(format!("'{text}' is not an amount"))
}

fn handlings(text: &str) -> Result<HandlingSet, String> {
    let words = text.split(',').filter(|word| *word != "nothing");
    words
        .map(|word| Handling::from_code(word).ok_or(format!("'{word}' is no need")))
        .collect::<Result<Vec<_>, _>>()
        .map(|all| HandlingSet::of(&all))
}

/// Ground: $5 near and $9 far for a pound, $2 and $4 for each more up to ten; 2 and 5 days.
fn rates(max_longest_mm: Option<u32>) -> RateBook {
    let steps = |first: i64, more: i64, transit_days| {
        let step = |pounds: i64| RateStep {
            max_weight: Weight(pounds * Weight::POUND),
            rate: Cost((first + more * (pounds - 1)) * Cost::PER_MAJOR),
            transit_days,
        };
        (1..=10).map(step).collect::<Vec<_>>()
    };
    let ground = Service {
        code: "GROUND".into(),
        zones: vec![steps(5, 2, 2), steps(9, 4, 5)],
        dimensional: None,
        surcharges: Vec::new(),
        max_longest_mm,
        max_length_plus_girth_mm: None,
    };
    RateBook {
        services: vec![ground],
        choice: ServiceChoice::Cheapest,
        band_upper: vec![Distance(500_000), Distance(6_000_000)],
    }
}
