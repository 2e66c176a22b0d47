//! A router that has decided an order once decides it again without asking for memory.

mod problems;

use engine::Router;
use problems::{Case, NOW, Size, draw};

/// What deciding and explaining allocate, once the memory has grown.
fn allocations(case: &Case) -> (u64, u64) {
    let built = case.build();
    let mut router = Router::new(&built.network, &case.rules);
    router.explain(&built.stock, &built.order, NOW);
    let decided = allocation_counter::measure(|| {
        router.decide(&built.stock, &built.order, NOW);
    });
    let explained = allocation_counter::measure(|| {
        router.explain(&built.stock, &built.order, NOW);
    });
    (decided.count_total, explained.count_total)
}

#[track_caller]
fn check(size: Size, seeds: std::ops::Range<u64>) {
    for seed in seeds {
        let case = draw(size, seed);
        assert_eq!(allocations(&case), (0, 0), "{size:?} case {seed}:\n{case}");
    }
}

#[test]
fn small_orders_are_decided_without_allocating() {
    check(Size::Small, 0..3_000);
}

#[test]
fn orders_of_many_lines_are_decided_without_allocating() {
    check(Size::ManyLines, 0..100);
}

#[test]
fn orders_of_many_units_are_decided_without_allocating() {
    check(Size::ManyUnits, 0..100);
}

#[test]
fn the_counter_counts() {
    let counted = allocation_counter::measure(|| drop(std::hint::black_box(vec![1_u8; 100])));
    assert_eq!(counted.count_total, 1);
}
