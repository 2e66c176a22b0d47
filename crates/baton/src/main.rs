//! The `baton` command.
use std::io::Write;
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let mode = std::env::args().nth(2).unwrap_or_default();
    let t = std::time::Instant::now();
    let folder = connect::files::Folder::open(std::path::Path::new(&dir)).unwrap();
    eprintln!("open {:?}", t.elapsed());
    let network = &folder.problem.network;
    let rules = model::RuleSet::default();
    let mut orders = Vec::new();
    let mut feed = folder.orders(network).unwrap();
    let mut order = model::Order::empty();
    while feed.next(&mut order).unwrap() { orders.push(order.clone()); }
    eprintln!("read {} {:?}", orders.len(), t.elapsed());
    if mode == "time" {
        let mut best = vec![u64::MAX; orders.len()];
        let mut tot = u64::MAX;
        let reps: usize = std::env::args().nth(3).map_or(21, |s| s.parse().unwrap());
        let explain = std::env::args().nth(4).is_some();
        for rep in 0..reps {
            let mut stock = folder.problem.stock.clone();
            let mut router = engine::Router::new(network, &rules);
            let t = std::time::Instant::now();
            for (i, o) in orders.iter().enumerate() {
                let t = std::time::Instant::now();
                let d = if explain { router.explain(&stock, o, o.placed_at) } else { router.decide(&stock, o, o.placed_at) };
                engine::commit(&mut stock, d);
                if rep % 2 == 1 { best[i] = best[i].min(t.elapsed().as_nanos() as u64); }
            }
            if rep % 2 == 0 { tot = tot.min(t.elapsed().as_nanos() as u64); }
        }
        let sum: u64 = best.iter().sum();
        best.sort();
        println!("mean_ns={} mean_of_min={} p50={} p99={} max={}", tot / orders.len() as u64, sum / orders.len() as u64, best[best.len()/2], best[best.len()*99/100], best[best.len()-1]);
        return;
    }
    let mut stock = folder.problem.stock.clone();
    let mut router = engine::Router::new(network, &rules);
    let mut out = std::io::BufWriter::new(std::fs::File::create("/tmp/a.csv").unwrap());
    writeln!(out, "order_id,line,sku,qty,location_id").unwrap();
    let mut total = model::Cost(0);
    let mut limited = 0; let mut slow = (0u32, String::new());
    let mut findings = 0;
    for o in &orders {
        let d = if mode == "explain" { router.explain(&stock, o, o.placed_at) } else { router.decide(&stock, o, o.placed_at) };
        if d.proof.gap.0 > 0 || d.proof.steps > 50000 { limited += 1; eprintln!("{} lines {} units {} parcels {} unfilled {} cost {} gap {} steps {}", o.id, o.lines.len(), o.units(), d.parcels.len(), d.leftovers.len(), d.costs.total().decimal(), d.proof.gap.decimal(), d.proof.steps); }
        if d.proof.steps > slow.0 { slow = (d.proof.steps, o.id.clone()); }
        total += d.costs.total();
        for p in &d.parcels { for pl in d.placements_of(p) {
            writeln!(out, "{},{},{},{},{}", o.id, o.lines[pl.line as usize].number, network.product(pl.product).sku, pl.quantity, network.location(p.location).code).unwrap();
        } }
        if mode == "explain" && o.id.ends_with("0011") { println!("{}", engine::decision_json(network, &rules, o, d)); for s in engine::sentences(network, &rules, o, d) { println!("{s}"); } }
        engine::commit(&mut stock, d);
    }
    let _ = &mut findings;
    println!("total {} limited {} slowest {:?} in {:?}", total.decimal(), limited, slow, t.elapsed());
}
