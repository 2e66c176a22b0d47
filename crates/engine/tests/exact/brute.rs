//! Every way to place an order, counted out.
//!
//! A content is a number of units of each item, written as one mixed-radix number, so that taking a part out
//! of a content is a subtraction. Scores are compared digit by digit: units left over (where fewest come
//! first), four tiers, cost, parcels, kilometres.

use crate::reading::{Bundle, Item, Reading};
use model::{CostPart, ProductId, SplitPolicy, UnfilledWeight};

pub(crate) type Score = [i64; 8];
const COST: usize = 5;
const PARCELS: usize = 6;
const KM: usize = 7;

/// Best score by number of parcels and content.
type Table = Vec<Vec<Option<Score>>>;

/// How many parcels are told apart, and whether the last number stands for "or more".
#[derive(Clone, Copy)]
struct Count {
    most: usize,
    is_open: bool,
}

pub(crate) struct Brute<'r, 'c> {
    reading: &'r Reading<'c>,
    contents: Vec<Vec<u32>>,
    /// By content: every part of it.
    parts: Vec<Vec<usize>>,
    /// By location and content: one parcel.
    parcels: Table,
    /// By location and content: taking it from the shelves.
    takings: Table,
}

fn plus(a: &Score, b: &Score) -> Score {
    std::array::from_fn(|digit| a[digit] + b[digit])
}

fn lower(best: &mut Option<Score>, other: Score) {
    if best.is_none_or(|best| other < best) {
        *best = Some(other);
    }
}

impl<'r, 'c> Brute<'r, 'c> {
    pub(crate) fn new(reading: &'r Reading<'c>) -> Brute<'r, 'c> {
        let mut contents = vec![Vec::new()];
        let mut parts: Vec<Vec<usize>> = vec![vec![0]];
        for item in reading.items.iter().rev() {
            let inner = contents.len();
            let with = |units: u32, rest: &Vec<u32>| [&[units], rest.as_slice()].concat();
            contents = (0..=item.quantity)
                .flat_map(|units| contents.iter().map(move |rest| with(units, rest)))
                .collect();
            let of = |units: usize, rest: &Vec<usize>| -> Vec<usize> {
                (0..=units).flat_map(|taken| rest.iter().map(move |part| taken * inner + part)).collect()
            };
            parts = (0..=item.quantity as usize)
                .flat_map(|units| parts.iter().map(move |rest| of(units, rest)))
                .collect();
        }
        let locations = 0..reading.usable.len();
        let mut brute = Brute { reading, contents, parts, parcels: Vec::new(), takings: Vec::new() };
        brute.parcels = locations
            .clone()
            .map(|l| (0..brute.contents.len()).map(|c| brute.parcel(l, c)).collect())
            .collect();
        brute.takings =
            locations.map(|l| (0..brute.contents.len()).map(|c| brute.taking(l, c)).collect()).collect();
        brute
    }

    /// Number of contents.
    pub(crate) fn size(&self) -> usize {
        self.contents.len()
    }

    fn parcel(&self, l: usize, content: usize) -> Option<Score> {
        let counts = &self.contents[content];
        let gives = counts.iter().zip(&self.reading.usable[l]).all(|(units, usable)| units <= usable);
        if content == 0 || !gives {
            return None;
        }
        let mut score = [0; 8];
        score[1..5].copy_from_slice(&self.reading.tiers(l, counts));
        score[COST] =
            self.reading.parcel_cost(l, counts)? + self.reading.preference(l, counts) + self.split_penalty();
        score[PARCELS] = 1;
        score[KM] = self.reading.km(l);
        Some(score)
    }

    fn split_penalty(&self) -> i64 {
        let settings = &self.reading.case.settings;
        if settings.parts.is_on(CostPart::Split) { settings.split_penalty.0 } else { 0 }
    }

    fn taking(&self, l: usize, content: usize) -> Option<Score> {
        let counts = &self.contents[content];
        let gives = counts.iter().zip(&self.reading.usable[l]).all(|(units, usable)| units <= usable);
        gives.then(|| {
            let mut score = [0; 8];
            score[COST] = (0..counts.len()).map(|i| self.reading.taking(l, i, counts[i])).sum();
            score
        })
    }

    /// What is left over when this content is placed, `None` where that cannot be: not all of a whole order is
    /// placed, or a part of a bundle without the others.
    fn leaving(&self, content: usize) -> Option<Score> {
        let left: Vec<u32> = (self.reading.items.iter().zip(&self.contents[content]))
            .map(|(item, placed)| item.quantity - placed)
            .collect();
        let is_last = content + 1 == self.size();
        let is_allowed = is_last || content == 0 || !self.reading.is_whole();
        is_allowed.then(|| self.dividing(&self.reading.bundles, left)).flatten()
    }

    /// The best score of leaving units over as loose units and bundles of these kinds.
    fn dividing(&self, bundles: &[Bundle], left: Vec<u32>) -> Option<Score> {
        let Some((bundle, others)) = bundles.split_first() else {
            let items = || self.reading.items.iter().zip(&left);
            let each = |(item, &left): (&Item, &u32)| self.leaving_units(item.product, left);
            let is_possible = items().all(|(item, &left)| left <= item.loose);
            return is_possible.then(|| items().map(each).fold([0; 8], |sum, score| plus(&sum, &score)));
        };
        let mut best = None;
        for whole in 0..=bundle.quantity {
            let rest = left.iter().zip(&bundle.units).map(|(left, units)| left.checked_sub(units * whole));
            let Some(rest) = rest.collect::<Option<Vec<u32>>>() else { break };
            if let Some(score) = self.dividing(others, rest) {
                lower(&mut best, plus(&score, &self.leaving_units(bundle.product, whole)));
            }
        }
        best
    }

    fn leaving_units(&self, product: ProductId, units: u32) -> Score {
        let settings = &self.reading.case.settings;
        let mut score = [0; 8];
        if self.reading.counts_unfilled() {
            score[0] = i64::from(units);
        }
        if settings.unfilled == UnfilledWeight::Priced && settings.parts.is_on(CostPart::Unfilled) {
            score[COST] = i64::from(units) * self.reading.case.products[product.index()].unfilled_cost.0;
        }
        score
    }

    /// The best score of all plans.
    pub(crate) fn best(&self) -> Score {
        let nothing = self.leaving(0).expect("placing nothing can always be told");
        let mut best = (!self.reading.is_whole()).then_some(nothing);
        let least = self.reading.min_parcel_value();
        self.lower_by_plans(i64::MIN, &mut best);
        if least > 0 {
            // A single parcel may be worth anything; of several, each must be worth enough.
            best = (!self.reading.is_whole()).then_some(nothing);
            self.lower_by_single(&mut best);
            self.lower_by_plans(least, &mut best);
        }
        best.unwrap_or(nothing)
    }

    fn lower_by_single(&self, best: &mut Option<Score>) {
        for l in 0..self.parcels.len() {
            for content in 1..self.size() {
                if let (Some(parcel), Some(taking)) = (self.parcels[l][content], self.takings[l][content]) {
                    self.lower_by(best, content, &plus(&parcel, &taking));
                }
            }
        }
    }

    /// Takes back the penalty of the first parcel, and counts what is left over.
    fn lower_by(&self, best: &mut Option<Score>, content: usize, placed: &Score) {
        if let Some(mut score) = self.leaving(content).map(|left| plus(&left, placed)) {
            score[COST] -= self.split_penalty();
            lower(best, score);
        }
    }

    /// Lowers `best` by plans whose parcels are all worth `least`.
    fn lower_by_plans(&self, least: i64, best: &mut Option<Score>) {
        let count = match self.reading.max_parcels() {
            Some(most) => Count { most: most as usize, is_open: false },
            None => Count { most: 1, is_open: true },
        };
        let is_one_place = self.reading.case.order.split == SplitPolicy::OnePlace;
        let mut total = self.nothing(count);
        for l in 0..self.parcels.len() {
            let here = self.from(l, least, count);
            if is_one_place {
                self.lower_by_table(best, &here);
            } else {
                total = self.together(&total, &here, count);
            }
        }
        if !is_one_place {
            self.lower_by_table(best, &total);
        }
    }

    fn lower_by_table(&self, best: &mut Option<Score>, table: &Table) {
        for row in &table[1..] {
            for (content, score) in row.iter().enumerate().skip(1) {
                if let Some(score) = score {
                    self.lower_by(best, content, score);
                }
            }
        }
    }

    fn nothing(&self, count: Count) -> Table {
        let mut table = vec![vec![None; self.size()]; count.most + 1];
        table[0][0] = Some([0; 8]);
        table
    }

    /// Everything that one location can send, takings included.
    fn from(&self, l: usize, least: i64, count: Count) -> Table {
        let mut own = self.reading.capacity(l) as usize;
        if self.reading.is_one_parcel() {
            own = own.min(1);
        }
        let is_bound = own < 20;
        let local = if is_bound { Count { most: own, is_open: false } } else { count };
        let mut table = self.nothing(local);
        for p in 1..=local.most {
            for content in 1..self.size() {
                let mut best = None;
                for &part in &self.parts[content] {
                    let Some(parcel) = self.parcels[l][part] else { continue };
                    if self.reading.value(&self.contents[part]) < least {
                        continue;
                    }
                    if let Some(rest) = table[p - 1][content - part] {
                        lower(&mut best, plus(&parcel, &rest));
                    }
                    let more = if local.is_open && p == local.most { table[p][content - part] } else { None };
                    if let Some(rest) = more {
                        lower(&mut best, plus(&parcel, &rest));
                    }
                }
                table[p][content] = best;
            }
        }
        self.with_takings(l, table, count)
    }

    fn with_takings(&self, l: usize, local: Table, count: Count) -> Table {
        let mut table = vec![vec![None; self.size()]; count.most + 1];
        for (p, row) in local.iter().enumerate().filter(|(p, _)| *p <= count.most || count.is_open) {
            for (content, score) in row.iter().enumerate() {
                if let (Some(score), Some(taking)) = (score, self.takings[l][content]) {
                    lower(&mut table[p.min(count.most)][content], plus(score, &taking));
                }
            }
        }
        table
    }

    fn together(&self, a: &Table, b: &Table, count: Count) -> Table {
        let mut table = vec![vec![None; self.size()]; count.most + 1];
        #[expect(clippy::needless_range_loop, reason = "numbers of parcels, added to each other")]
        for p in 0..=count.most {
            for q in 0..=count.most {
                if p + q > count.most && !count.is_open {
                    continue;
                }
                let row = (p + q).min(count.most);
                for content in 0..self.size() {
                    for &part in &self.parts[content] {
                        if let (Some(left), Some(right)) = (a[p][content - part], b[q][part]) {
                            lower(&mut table[row][content], plus(&left, &right));
                        }
                    }
                }
            }
        }
        table
    }

    /// The score of parcels of given contents; `Err` says what is wrong with them.
    pub(crate) fn score_of(&self, parcels: &[(usize, Vec<u32>)]) -> Result<Score, String> {
        let mut placed = 0;
        let mut total = [0; 8];
        for (l, counts) in parcels {
            let content = self.content(counts)?;
            let parcel =
                self.parcels[*l][content].ok_or_else(|| format!("no such parcel from {l}: {counts:?}"))?;
            total = plus(&total, &parcel);
            placed += content;
        }
        for l in 0..self.parcels.len() {
            let own: Vec<&Vec<u32>> =
                parcels.iter().filter(|(from, _)| *from == l).map(|(_, counts)| counts).collect();
            let sum: Vec<u32> =
                (0..self.reading.items.len()).map(|i| own.iter().map(|counts| counts[i]).sum()).collect();
            let taking =
                self.takings[l][self.content(&sum)?].ok_or_else(|| format!("{l} has not {sum:?}"))?;
            total = plus(&total, &taking);
            let is_one = self.reading.is_one_parcel();
            if own.len() > self.reading.capacity(l) as usize || is_one && own.len() > 1 {
                return Err(format!("{l} sends {} parcels", own.len()));
            }
        }
        if !parcels.is_empty() {
            total[COST] -= self.split_penalty();
        }
        self.keeps_limits(parcels)?;
        let left = self.leaving(placed).ok_or("a whole order is placed in part")?;
        Ok(plus(&total, &left))
    }

    fn content(&self, counts: &[u32]) -> Result<usize, String> {
        self.contents
            .iter()
            .position(|content| content == counts)
            .ok_or_else(|| format!("{counts:?} is too much"))
    }

    fn keeps_limits(&self, parcels: &[(usize, Vec<u32>)]) -> Result<(), String> {
        if self.reading.max_parcels().is_some_and(|most| parcels.len() > most as usize) {
            return Err(format!("{} parcels", parcels.len()));
        }
        let least = self.reading.min_parcel_value();
        if parcels.len() > 1 && parcels.iter().any(|(_, counts)| self.reading.value(counts) < least) {
            return Err(format!("a parcel worth less than {least}"));
        }
        let is_one_place = self.reading.case.order.split == SplitPolicy::OnePlace;
        if is_one_place && parcels.iter().any(|(l, _)| *l != parcels[0].0) {
            return Err("one place was asked for".into());
        }
        Ok(())
    }
}
