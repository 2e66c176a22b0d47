//! From an assignment to parcels: for each location the cheapest packing by number of parcels, and for the
//! whole plan the cheapest choice of numbers within its limits.

use super::super::{Content, Problem, Rates, Terms};
use super::{Ask, Sites};
use crate::plan::score::Score;

/// Most ways to put a location's units into parcels that are listed.
const MAX_PACKINGS: usize = 512;

/// One way to pack a location's units: its parcels stand in [`Packer::boxes`].
#[derive(Clone, Copy)]
struct Packing {
    score: i128,
    first: usize,
    parcels: usize,
}

/// A location with units, and its packings.
#[derive(Clone, Copy)]
struct Sender {
    candidate: u32,
    first: usize,
    packings: usize,
}

/// A step of the choice: the least score with so many parcels, the packing taken last, and the parcels before.
#[derive(Clone, Copy)]
struct Reached {
    score: i128,
    packing: usize,
    before: usize,
}

/// Memory to pack in.
#[derive(Default)]
pub(super) struct Packer {
    /// Units by item, parcel after parcel.
    boxes: Vec<u32>,
    packings: Vec<Packing>,
    senders: Vec<Sender>,
    /// By sender and number of parcels.
    reached: Vec<Reached>,
    chosen: Vec<(u32, usize)>,
    exact: Exact,
}

/// Memory to try all packings: contents are numbered in mixed radix.
#[derive(Default)]
struct Exact {
    parts: Vec<u32>,
    alone: Vec<i128>,
    usable: Vec<usize>,
    /// Layers by number of parcels: the least score of each content, and its last parcel.
    layers: Vec<(i128, usize)>,
}

impl Sites {
    /// The exact score of an assignment, infinite where it is not legal; keeps the plan if it is the best so far.
    pub(super) fn settle(
        &mut self,
        ask: &mut Ask<'_, '_>,
        (open, given, left): (&[usize], &[u32], &[u32]),
    ) -> i128 {
        let problem = ask.terms.problem;
        let (mut score, is_certain) = ask.leftovers.score(problem, left);
        self.is_exact &= is_certain || !self.is_final;
        if score >= i128::INFINITE {
            return score;
        }
        let mut packer = std::mem::take(&mut self.packer);
        packer.clear();
        for (o, &c) in open.iter().enumerate() {
            let counts = &given[o * self.items..(o + 1) * self.items];
            if counts.iter().all(|&units| units == 0) {
                continue;
            }
            for (i, &units) in counts.iter().enumerate() {
                score = score.plus(self.taking[c * self.stride + problem.slots[i] + units as usize]);
            }
            self.pack(ask, &mut packer, (c, counts));
        }
        if !packer.senders.is_empty() {
            score = score.plus(packer.choose(problem)).plus(-self.split);
            if score < self.best.score {
                self.keep(score, &packer);
            }
        }
        self.packer = packer;
        score
    }

    fn keep(&mut self, score: i128, packer: &Packer) {
        self.best.score = score;
        self.best.parcels.clear();
        self.best.counts.clear();
        for &(candidate, packing) in &packer.chosen {
            let Packing { first, parcels, .. } = packer.packings[packing];
            self.best.parcels.extend(std::iter::repeat_n(candidate, parcels));
            self.best.counts.extend_from_slice(&packer.boxes[first..first + parcels * self.items]);
        }
    }

    /// Lists the packings of one location's units that are cheaper than all with fewer parcels.
    fn pack(&mut self, ask: &Ask<'_, '_>, packer: &mut Packer, (c, counts): (usize, &[u32])) {
        let Terms { problem, rates, layout } = *ask.terms;
        let candidate = &problem.candidates[c];
        let opening = self.opening[c];
        let price = |counts: &[u32]| {
            let rate = rates.rate(&candidate.standing, &content(problem, rates, counts))?;
            let leaning =
                if problem.has_leanings() { problem.leaning_score(c, |i| counts[i], layout) } else { 0 };
            Some(opening + leaning + i128::from(rate) * layout.cost)
        };
        let first = packer.packings.len();
        let whole = price(counts);
        if let Some(score) = whole {
            packer.add(score, counts);
        }
        if problem.allows_many(candidate) && (whole.is_none() || !rates.merging_pays(&candidate.standing)) {
            let units: u32 = counts.iter().sum();
            let most =
                candidate.standing.capacity.min(problem.limits.max_parcels.unwrap_or(units)).min(units);
            let ways = counts.iter().try_fold(1usize, |ways, &units| {
                let next = ways * (units as usize + 1);
                (next <= MAX_PACKINGS).then_some(next)
            });
            match ways {
                Some(ways) => packer.pack_exactly(problem, (counts, ways, most as usize), price),
                None => {
                    self.is_exact &= !self.is_final;
                    packer.pack_in_turn(problem, (counts, most as usize), price);
                }
            }
        }
        packer.senders.push(Sender { candidate: c as u32, first, packings: packer.packings.len() - first });
    }
}

fn content(problem: &Problem, rates: &Rates<'_>, counts: &[u32]) -> Content {
    let items = problem.items.iter().zip(counts);
    items.fold(Content::default(), |content, (item, &units)| content.with(rates.network, item, units))
}

/// Whether a parcel of a split order is worth what the rules ask.
fn is_worth_it(problem: &Problem, counts: &[u32]) -> bool {
    let value: i64 =
        problem.items.iter().zip(counts).map(|(item, &units)| item.price * i64::from(units)).sum();
    value >= problem.limits.min_parcel_value
}

impl Packer {
    fn clear(&mut self) {
        self.boxes.clear();
        self.packings.clear();
        self.senders.clear();
        self.chosen.clear();
    }

    /// Adds the packing into one parcel.
    fn add(&mut self, score: i128, counts: &[u32]) {
        self.packings.push(Packing { score, first: self.boxes.len(), parcels: 1 });
        self.boxes.extend_from_slice(counts);
    }

    /// The least score of one packing for each sender, of no more parcels than allowed; `chosen` says which.
    fn choose(&mut self, problem: &Problem) -> i128 {
        if self.senders.len() > 1 && problem.limits.min_parcel_value > 0 {
            self.drop_unworthy(problem);
        }
        let most_of = |sender: &Sender| {
            let packings = &self.packings[sender.first..sender.first + sender.packings];
            packings.iter().map(|packing| packing.parcels).max().unwrap_or(0)
        };
        let all: usize = self.senders.iter().map(most_of).sum();
        let width = problem.limits.max_parcels.map_or(all, |most| all.min(most as usize)) + 1;
        let nothing = Reached { score: i128::INFINITE, packing: 0, before: 0 };
        self.reached.clear();
        self.reached.resize((self.senders.len() + 1) * width, nothing);
        self.reached[0].score = 0;
        for s in 0..self.senders.len() {
            self.extend(s, width);
        }
        let last = self.senders.len() * width;
        let best = (0..width).min_by_key(|&parcels| self.reached[last + parcels].score).unwrap_or(0);
        let score = self.reached[last + best].score;
        if score < i128::INFINITE {
            self.trace(width, best);
        }
        score
    }

    fn extend(&mut self, s: usize, width: usize) {
        let Sender { first, packings, .. } = self.senders[s];
        for before in 0..width {
            let reached = self.reached[s * width + before].score;
            if reached >= i128::INFINITE {
                continue;
            }
            for packing in first..first + packings {
                let Packing { score, parcels, .. } = self.packings[packing];
                if before + parcels >= width {
                    continue;
                }
                let next = &mut self.reached[(s + 1) * width + before + parcels];
                let score = reached.plus(score);
                if score < next.score {
                    *next = Reached { score, packing, before };
                }
            }
        }
    }

    fn trace(&mut self, width: usize, mut parcels: usize) {
        self.chosen.clear();
        for s in (0..self.senders.len()).rev() {
            let Reached { packing, before, .. } = self.reached[(s + 1) * width + parcels];
            self.chosen.push((self.senders[s].candidate, packing));
            parcels = before;
        }
        self.chosen.reverse();
    }

    /// Makes packings with a parcel that is not worth enough impossible.
    fn drop_unworthy(&mut self, problem: &Problem) {
        let items = problem.items.len();
        for packing in &mut self.packings {
            let mut boxes = self.boxes[packing.first..packing.first + packing.parcels * items].chunks(items);
            if !boxes.all(|counts| is_worth_it(problem, counts)) {
                packing.score = i128::INFINITE;
            }
        }
    }

    /// Adds the cheapest packings of all units into exactly 2, 3, … parcels, where more are cheaper than fewer.
    fn pack_exactly(
        &mut self,
        problem: &Problem,
        (counts, ways, most): (&[u32], usize, usize),
        price: impl Fn(&[u32]) -> Option<i128>,
    ) {
        let items = counts.len();
        self.exact.list(problem, (counts, ways), price);
        let mut least = self.exact.alone[ways - 1];
        for parcels in 2..=most {
            let is_better = self.exact.add_layer((items, ways));
            let score = self.exact.layers[parcels * ways - 1].0;
            if score < least {
                least = score;
                self.unpack((items, ways), parcels);
            }
            if !is_better {
                break;
            }
        }
    }

    /// Adds the packing behind the last layer's whole.
    fn unpack(&mut self, (items, ways): (usize, usize), parcels: usize) {
        let mut whole = ways - 1;
        let score = self.exact.layers[parcels * ways - 1].0;
        self.packings.push(Packing { score, first: self.boxes.len(), parcels });
        for layer in (0..parcels).rev() {
            let part = self.exact.layers[layer * ways + whole].1;
            self.boxes.extend_from_slice(&self.exact.parts[part * items..(part + 1) * items]);
            whole -= part;
        }
    }

    /// Fills one parcel after the other, unit by unit.
    fn pack_in_turn(
        &mut self,
        problem: &Problem,
        (counts, most): (&[u32], usize),
        price: impl Fn(&[u32]) -> Option<i128>,
    ) {
        let items = counts.len();
        let first = self.boxes.len();
        for (i, &units) in counts.iter().enumerate() {
            for _ in 0..units {
                let fits = self.boxes[first..].chunks_mut(items).any(|parcel| {
                    parcel[i] += 1;
                    let fits = price(parcel).is_some();
                    parcel[i] -= u32::from(!fits);
                    fits
                });
                if !fits {
                    let at = self.boxes.len();
                    self.boxes.resize(at + items, 0);
                    self.boxes[at + i] = 1;
                }
            }
        }
        let parcels = (self.boxes.len() - first) / items;
        let boxes = self.boxes[first..].chunks(items);
        let are_worth_it = parcels == 1 || boxes.clone().all(|counts| is_worth_it(problem, counts));
        let score: Option<i128> = boxes.map(price).sum();
        match score {
            Some(score) if parcels <= most && are_worth_it => {
                self.packings.push(Packing { score, first, parcels });
            }
            _ => self.boxes.truncate(first),
        }
    }
}

impl Exact {
    /// Lists every part of a location's units, with its score as one parcel, and the first layer.
    fn list(
        &mut self,
        problem: &Problem,
        (counts, ways): (&[u32], usize),
        price: impl Fn(&[u32]) -> Option<i128>,
    ) {
        let items = counts.len();
        self.parts.clear();
        self.alone.clear();
        self.usable.clear();
        self.layers.clear();
        for way in 0..ways {
            let mut rest = way;
            for &units in counts {
                self.parts.push((rest % (units as usize + 1)) as u32);
                rest /= units as usize + 1;
            }
            let part = &self.parts[way * items..];
            let alone = if way > 0 { price(part).unwrap_or(i128::INFINITE) } else { i128::INFINITE };
            self.alone.push(alone);
            let is_usable = alone < i128::INFINITE && is_worth_it(problem, part);
            if is_usable {
                self.usable.push(way);
            }
            self.layers.push(if is_usable { (alone, way) } else { (i128::INFINITE, 0) });
        }
    }

    /// Adds the layer of one more parcel; `false`: no content is cheaper in it than in fewer.
    fn add_layer(&mut self, (items, ways): (usize, usize)) -> bool {
        let last = self.layers.len() - ways;
        self.layers.resize(self.layers.len() + ways, (i128::INFINITE, 0));
        let (before, layer) = self.layers.split_at_mut(last + ways);
        let mut is_better = false;
        for whole in 1..ways {
            let units = &self.parts[whole * items..(whole + 1) * items];
            for &part in self.usable.iter().take_while(|&&part| part < whole) {
                let taken = &self.parts[part * items..(part + 1) * items];
                if taken.iter().zip(units).all(|(part, whole)| part <= whole) {
                    let score = before[last + whole - part].0.plus(self.alone[part]);
                    if score < layer[whole].0 {
                        layer[whole] = (score, part);
                    }
                }
            }
            let fewer = before.iter().skip(whole).step_by(ways).map(|fewer| fewer.0).min();
            is_better |= fewer.is_none_or(|fewer| layer[whole].0 < fewer);
        }
        is_better
    }
}
