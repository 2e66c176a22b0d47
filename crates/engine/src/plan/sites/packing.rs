//! From an assignment to parcels: for each location the cheapest packing by number of parcels, and for the
//! whole plan the cheapest choice of numbers within its limits.

use super::super::score::Score;
use super::super::{Content, Problem, Rates, Terms};
use super::Sites;

/// Most ways to put a location's units into parcels that are listed.
const MAX_PACKINGS: usize = 512;

/// One way to pack a location's units.
struct Packing {
    score: i128,
    /// Units by item, of each parcel.
    boxes: Vec<Vec<u32>>,
}

/// A plan's score, and its parcels: candidate, and units by item.
type Packed = (i128, Vec<(u32, Vec<u32>)>);

impl Sites {
    /// The exact score of an assignment, infinite where it is not legal; keeps the plan if it is the best so far.
    pub(super) fn settle(
        &mut self,
        terms: &Terms<'_>,
        (open, given, left): (&[usize], &[u32], &[u32]),
    ) -> i128 {
        let problem = terms.problem;
        let mut score = self.leftover_score(problem, left);
        let mut used: Vec<(u32, Vec<Packing>)> = Vec::new();
        for (o, &c) in open.iter().enumerate() {
            let counts = &given[o * self.items..(o + 1) * self.items];
            if counts.iter().all(|&units| units == 0) {
                continue;
            }
            for (i, &units) in counts.iter().enumerate() {
                score = score.plus(self.taking[c * self.stride + problem.slots[i] + units as usize]);
            }
            used.push((c as u32, self.packings(terms, (c, counts))));
        }
        if used.is_empty() || score >= i128::INFINITE {
            return score;
        }
        if used.len() > 1 && problem.limits.min_parcel_value > 0 {
            for (_, packings) in &mut used {
                packings.retain(|packing| packing.boxes.iter().all(|counts| is_worth_it(problem, counts)));
            }
        }
        let Some((packed, parcels)) = choose(used, problem.limits.max_parcels) else { return i128::INFINITE };
        let score = score.plus(packed) - self.split;
        self.keep(score, parcels);
        score
    }

    /// Keeps a plan if it is the best so far.
    fn keep(&mut self, score: i128, parcels: Vec<(u32, Vec<u32>)>) {
        if score < self.best.score {
            self.best.score = score;
            self.best.parcels.clear();
            self.best.counts.clear();
            for (c, counts) in parcels {
                self.best.parcels.push(c);
                self.best.counts.extend(counts);
            }
        }
    }

    /// The packings of one location's units that are cheaper than all with fewer parcels.
    fn packings(&mut self, terms: &Terms<'_>, (c, counts): (usize, &[u32])) -> Vec<Packing> {
        let Terms { problem, rates, layout } = *terms;
        let candidate = &problem.candidates[c];
        let price = |counts: &[u32]| {
            let rate = rates.rate(&candidate.standing, &content(problem, rates, counts))?;
            Some(self.opening[c] + i128::from(rate) * layout.cost)
        };
        let whole = price(counts).map(|score| Packing { score, boxes: vec![counts.to_vec()] });
        if !problem.allows_many(candidate) || whole.is_some() && rates.merging_pays(&candidate.standing) {
            return whole.into_iter().collect();
        }
        let units: u32 = counts.iter().sum();
        let most = candidate.standing.capacity.min(problem.limits.max_parcels.unwrap_or(units)).min(units);
        let ways = counts.iter().try_fold(1usize, |ways, &units| {
            let next = ways * (units as usize + 1);
            (next <= MAX_PACKINGS).then_some(next)
        });
        match ways {
            Some(ways) => pack_exactly(problem, (counts, ways, most), price),
            None => {
                self.is_exact &= !self.is_final;
                let in_turn =
                    pack_in_turn(counts, price).filter(|packing| packing.boxes.len() <= most as usize);
                whole.into_iter().chain(in_turn).collect()
            }
        }
    }
}

pub(super) fn content(problem: &Problem, rates: &Rates<'_>, counts: &[u32]) -> Content {
    let items = problem.items.iter().zip(counts);
    items.fold(Content::default(), |content, (item, &units)| content.with(rates.network, item, units))
}

/// Whether a parcel of a split order is worth what the rules ask.
fn is_worth_it(problem: &Problem, counts: &[u32]) -> bool {
    let value: i64 =
        problem.items.iter().zip(counts).map(|(item, &units)| item.price * i64::from(units)).sum();
    value >= problem.limits.min_parcel_value
}

/// The cheapest choice of one packing for each location, of no more parcels than allowed.
fn choose(used: Vec<(u32, Vec<Packing>)>, most: Option<u32>) -> Option<Packed> {
    let most = most.map_or(usize::MAX, |most| most as usize);
    // By number of parcels: the least score, and the packing chosen for each location.
    let mut reached: Vec<Option<(i128, Vec<usize>)>> = vec![Some((0, Vec::new()))];
    for (_, packings) in &used {
        let mut next: Vec<Option<(i128, Vec<usize>)>> = Vec::new();
        for (parcels, before) in reached.iter().enumerate() {
            let Some((score, chosen)) = before else { continue };
            for (p, packing) in packings.iter().enumerate() {
                let total = parcels + packing.boxes.len();
                if total > most {
                    continue;
                }
                if next.len() <= total {
                    next.resize(total + 1, None);
                }
                if next[total].as_ref().is_none_or(|best| score + packing.score < best.0) {
                    let chosen = chosen.iter().copied().chain([p]).collect();
                    next[total] = Some((score + packing.score, chosen));
                }
            }
        }
        reached = next;
    }
    let (score, chosen) = reached.into_iter().flatten().min_by_key(|(score, _)| *score)?;
    let mut parcels = Vec::new();
    for ((c, mut packings), p) in used.into_iter().zip(chosen) {
        let boxes = packings.swap_remove(p).boxes;
        parcels.extend(boxes.into_iter().map(|counts| (c, counts)));
    }
    Some((score, parcels))
}

/// The least score of packing all units into exactly 1, 2, … parcels, where more are cheaper than fewer.
fn pack_exactly(
    problem: &Problem,
    (counts, ways, most): (&[u32], usize, u32),
    price: impl Fn(&[u32]) -> Option<i128>,
) -> Vec<Packing> {
    let read = |mut way: usize| -> Vec<u32> {
        let digit = |&units: &u32| {
            let digit = way % (units as usize + 1);
            way /= units as usize + 1;
            digit as u32
        };
        counts.iter().map(digit).collect()
    };
    let parts: Vec<Vec<u32>> = (0..ways).map(read).collect();
    let alone: Vec<i128> = parts.iter().map(|part| price(part).unwrap_or(i128::INFINITE)).collect();
    let is_part = |part: &usize| alone[*part] < i128::INFINITE && is_worth_it(problem, &parts[*part]);
    let usable: Vec<usize> = (1..ways).filter(is_part).collect();
    let fits =
        |part: usize, whole: usize| parts[part].iter().zip(&parts[whole]).all(|(part, whole)| part <= whole);
    let mut found = Vec::new();
    if alone[ways - 1] < i128::INFINITE {
        found.push(Packing { score: alone[ways - 1], boxes: vec![counts.to_vec()] });
    }
    // Layers by number of parcels: the least score of each content, and its last parcel.
    let first = (0..ways)
        .map(|way| if usable.binary_search(&way).is_ok() { (alone[way], way) } else { (i128::INFINITE, 0) });
    let mut layers: Vec<Vec<(i128, usize)>> = vec![first.collect()];
    while layers.len() < most as usize {
        let last = &layers[layers.len() - 1];
        let mut layer = vec![(i128::INFINITE, 0); ways];
        let mut is_better = false;
        for whole in 1..ways {
            for &part in usable.iter().take_while(|&&part| part < whole).filter(|&&part| fits(part, whole)) {
                let score = last[whole - part].0.plus(alone[part]);
                if score < layer[whole].0 {
                    layer[whole] = (score, part);
                }
            }
            is_better |=
                layer[whole].0 < layers.iter().map(|layer| layer[whole].0).min().unwrap_or(i128::INFINITE);
        }
        layers.push(layer);
        let parcels = layers.len();
        let score = layers[parcels - 1][ways - 1].0;
        if score < found.iter().map(|packing| packing.score).min().unwrap_or(i128::INFINITE) {
            found.push(Packing { score, boxes: unpack(&layers, &parts) });
        }
        if !is_better {
            break;
        }
    }
    found
}

/// The parcels behind the last layer's whole.
fn unpack(layers: &[Vec<(i128, usize)>], parts: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut whole = parts.len() - 1;
    let mut boxes = Vec::new();
    for layer in layers.iter().rev() {
        let part = layer[whole].1;
        boxes.push(parts[part].clone());
        whole -= part;
    }
    boxes
}

/// Fills one parcel after the other, unit by unit.
fn pack_in_turn(counts: &[u32], price: impl Fn(&[u32]) -> Option<i128>) -> Option<Packing> {
    let mut boxes: Vec<Vec<u32>> = Vec::new();
    for (i, &units) in counts.iter().enumerate() {
        for _ in 0..units {
            let fits = boxes.iter_mut().find_map(|parcel| {
                parcel[i] += 1;
                if price(parcel).is_some() {
                    return Some(());
                }
                parcel[i] -= 1;
                None
            });
            if fits.is_none() {
                let mut parcel = vec![0; counts.len()];
                parcel[i] = 1;
                price(&parcel)?;
                boxes.push(parcel);
            }
        }
    }
    let score = boxes.iter().map(|parcel| price(parcel)).sum::<Option<i128>>()?;
    Some(Packing { score, boxes })
}
