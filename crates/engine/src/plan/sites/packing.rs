//! From an assignment to parcels: for each location the cheapest packing by number of parcels, and for the
//! whole plan the cheapest choice of numbers within its limits.

use super::super::{Content, Problem, Rates, Terms};
use super::boxes::Boxes;
use super::{Ask, Sites};
use crate::plan::score::Score;
use model::Network;

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
    /// The latest location's units as one parcel.
    whole: Option<i128>,
    /// By sender and number of parcels.
    reached: Vec<Reached>,
    chosen: Vec<(u32, usize)>,
    /// By candidate: all that it could send, boxed, once that was asked for.
    boxed: Vec<Boxes>,
    /// What one assignment sends, boxed, where all that could be sent is too much.
    boxed_once: Boxes,
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
        let price = |counts: &[u32], content: &Content| {
            let rate = rates.rate(&candidate.standing, content)?;
            let leaning =
                if problem.has_leanings() { problem.leaning_score(c, |i| counts[i], layout) } else { 0 };
            Some(opening + leaning + i128::from(rate) * layout.cost)
        };
        let price_of = |counts: &[u32]| price(counts, &content(problem, rates, counts));
        let first = packer.packings.len();
        let whole = price_of(counts);
        packer.whole = whole;
        if let Some(score) = whole {
            packer.add(score, counts);
        }
        self.spend(counts.len());
        if problem.allows_many(candidate) && (whole.is_none() || !rates.merging_pays(&candidate.standing)) {
            let units: u32 = counts.iter().sum();
            let most =
                candidate.standing.capacity.min(problem.limits.max_parcels.unwrap_or(units)).min(units);
            if !self.pack_exactly((problem, most as usize), packer, (c, counts), price_of) {
                self.is_exact &= !self.is_final;
                packer.pack_in_turn((problem, rates.network), (counts, most as usize), price);
                self.spend(units as usize + counts.len() * counts.len());
            }
        }
        packer.senders.push(Sender { candidate: c as u32, first, packings: packer.packings.len() - first });
    }

    /// Adds the cheapest packings into exactly 2, 3, … parcels, where more are cheaper than fewer; `false` where
    /// there are too many to be tried.
    fn pack_exactly(
        &mut self,
        (problem, most): (&Problem, usize),
        packer: &mut Packer,
        (c, counts): (usize, &[u32]),
        price: impl Fn(&[u32]) -> Option<i128>,
    ) -> bool {
        let beside_others = |counts: &[u32]| price(counts).filter(|_| is_worth_it(problem, counts));
        let supply = || (0..counts.len()).map(|i| problem.usable(c, i).min(problem.items[i].quantity));
        let capacity = problem.candidates[c].standing.capacity.min(problem.units()) as usize;
        if Boxes::ways_of(supply(), MAX_PACKINGS).is_some() {
            let mut boxes = std::mem::take(&mut packer.boxed[c]);
            if !boxes.is_ready() {
                let looks = boxes.fill(supply(), capacity, beside_others);
                self.spend(looks);
            }
            packer.read(&boxes, (counts, most));
            packer.boxed[c] = boxes;
        } else if Boxes::ways_of(counts.iter().copied(), MAX_PACKINGS).is_some() {
            let mut boxes = std::mem::take(&mut packer.boxed_once);
            let looks = boxes.fill(counts.iter().copied(), most, beside_others);
            self.spend(looks);
            packer.read(&boxes, (counts, most));
            packer.boxed_once = boxes;
        } else {
            return false;
        }
        true
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
    /// Starts over for a problem.
    pub(super) fn prepare(&mut self, problem: &Problem) {
        let candidates = problem.candidates.len();
        if self.boxed.len() < candidates {
            self.boxed.resize_with(candidates, Boxes::default);
        }
        self.boxed[..candidates].iter_mut().for_each(Boxes::clear);
    }

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

    /// Adds the packings into 2, 3, … parcels that are cheaper than those into fewer.
    fn read(&mut self, boxes: &Boxes, (counts, most): (&[u32], usize)) {
        let way = boxes.way_of(counts);
        let mut least = self.whole.unwrap_or(i128::INFINITE);
        for parcels in 2..=most.min(boxes.layers()) {
            let score = boxes.score(way, parcels);
            if score < least {
                least = score;
                self.packings.push(Packing { score, first: self.boxes.len(), parcels });
                let units = boxes.parcels_of(way, parcels).flat_map(|part| boxes.units_of(part));
                self.boxes.extend(units);
            }
        }
    }

    /// Fills one parcel after the other, unit by unit.
    fn pack_in_turn(
        &mut self,
        (problem, network): (&Problem, &Network),
        (counts, most): (&[u32], usize),
        price: impl Fn(&[u32], &Content) -> Option<i128>,
    ) {
        let items = counts.len();
        let first = self.boxes.len();
        let mut score = Some(0);
        let mut close = |counts: &[u32], content: &Content| {
            score = score.zip(price(counts, content)).map(|(sum, parcel)| sum + parcel);
        };
        let mut content = Content::default();
        self.boxes.resize(first + items, 0);
        for (i, &units) in counts.iter().enumerate() {
            for _ in 0..units {
                let open = self.boxes.len() - items;
                self.boxes[open + i] += 1;
                let more = content.with(network, &problem.items[i], 1);
                if content.units > 0 && price(&self.boxes[open..], &more).is_none() {
                    self.boxes[open + i] -= 1;
                    close(&self.boxes[open..], &content);
                    self.boxes.resize(self.boxes.len() + items, 0);
                    self.boxes[open + items + i] = 1;
                    content = Content::default().with(network, &problem.items[i], 1);
                } else {
                    content = more;
                }
            }
        }
        close(&self.boxes[self.boxes.len() - items..], &content);
        let parcels = (self.boxes.len() - first) / items;
        let mut boxes = self.boxes[first..].chunks(items);
        let are_worth_it = parcels == 1 || boxes.all(|counts| is_worth_it(problem, counts));
        match score {
            Some(score) if parcels <= most && are_worth_it => {
                self.packings.push(Packing { score, first, parcels });
            }
            _ => self.boxes.truncate(first),
        }
    }
}
