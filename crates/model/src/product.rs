//! Products: what is sold, what it weighs and needs, what it may be replaced by or made of.

use crate::amount::Cost;
use crate::location::HandlingSet;
use crate::measure::{Dimensions, Weight};

/// Position of a product in [`crate::Network::products`], which is sorted by SKU.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ProductId(pub u32);

impl ProductId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A/B/C by how fast it sells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Velocity {
    A,
    B,
    C,
}

impl Velocity {
    pub fn letter(self) -> &'static str {
        match self {
            Velocity::A => "A",
            Velocity::B => "B",
            Velocity::C => "C",
        }
    }

    pub fn from_letter(letter: &str) -> Option<Velocity> {
        [Velocity::A, Velocity::B, Velocity::C].into_iter().find(|v| v.letter() == letter)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Component {
    pub product: ProductId,
    /// Units of it in one bundle; at least 1.
    pub quantity: u32,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Product {
    /// Unique; compared exactly.
    pub sku: String,
    pub title: String,
    pub category: String,
    pub velocity: Option<Velocity>,
    pub needs: HandlingSet,
    pub tags: Vec<String>,
    pub weight: Weight,
    pub dimensions: Dimensions,
    pub price: Cost,
    /// What is earned on one unit before fulfillment: price less what it was bought for.
    pub gross_margin: Cost,
    /// What one unit that nobody can fill costs: lost margin, goodwill, contact.
    pub unfilled_cost: Cost,
    /// In order of preference.
    pub substitutes: Vec<ProductId>,
    /// Not empty: a bundle, which has no stock of its own.
    pub components: Vec<Component>,
}

impl Product {
    /// A product that weighs and costs nothing: tests and readers start from it.
    pub fn new(sku: &str) -> Product {
        Product {
            sku: sku.to_owned(),
            title: sku.to_owned(),
            category: String::new(),
            velocity: None,
            needs: HandlingSet::NONE,
            tags: Vec::new(),
            weight: Weight(0),
            dimensions: Dimensions::default(),
            price: Cost::ZERO,
            gross_margin: Cost::ZERO,
            unfilled_cost: Cost::ZERO,
            substitutes: Vec::new(),
            components: Vec::new(),
        }
    }

    pub fn is_bundle(&self) -> bool {
        !self.components.is_empty()
    }
}
