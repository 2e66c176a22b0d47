//! Good inputs of every parser, spoiled in ways that happen: cut, doubled, mixed, saved in another encoding.
//!
//! The same inputs in every run. For more of them, and found by what the code does, see docs/fuzzing.md.

use targets::{TARGETS, Target};

/// Spoiled inputs of each parser. A parser of files opens a folder for each, so it gets fewer.
const TEXTS: u64 = 4_000;
const FILES: u64 = 300;

/// What is put into the middle of a good input.
const SPLINTERS: [&str; 16] = [
    "\"",
    ",",
    ";",
    "\t",
    "\r\n",
    "\n\n",
    "-1",
    "0",
    "99999999999999999999",
    "1e309",
    "NaN",
    "\u{feff}",
    "\0",
    "\u{202e}",
    "=1+1",
    "9.999.999,99",
];

/// A small generator of chance (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides.max(1) as u64) as usize
    }
}

/// A good input after one to four accidents.
fn spoil(good: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..1 + dice.roll(4) {
        let (a, b) = (dice.roll(bytes.len() + 1), dice.roll(bytes.len() + 1));
        let (from, to) = (a.min(b), a.max(b));
        match dice.roll(7) {
            0 => drop(bytes.drain(from..to)),
            1 => {
                let doubled = bytes[from..to].to_vec();
                bytes.splice(to..to, doubled);
            }
            2 => bytes[from..to].reverse(),
            3 if from < bytes.len() => bytes[from] ^= 1 << dice.roll(8),
            4 => bytes = bytes.iter().flat_map(|&byte| [byte, 0]).collect(),
            5 => {
                let other = TARGETS[dice.roll(TARGETS.len())].good().as_bytes();
                bytes.splice(from..to, other.iter().copied());
            }
            _ => {
                let splinter = SPLINTERS[dice.roll(SPLINTERS.len())].bytes();
                bytes.splice(from..from, splinter);
            }
        }
        bytes.truncate(1 << 16);
    }
    bytes
}

#[track_caller]
fn check(is_chosen: fn(&Target) -> bool, rounds: u64) {
    for target in TARGETS.iter().filter(|target| is_chosen(target)) {
        target.try_on(target.good().as_bytes());
        for seed in 0..rounds {
            let bytes = spoil(target.good().as_bytes(), &mut Dice(seed));
            let holds = std::panic::catch_unwind(|| target.try_on(&bytes));
            assert!(holds.is_ok(), "{} on {:?}", target.name, String::from_utf8_lossy(&bytes));
        }
    }
}

fn is_of_files(target: &Target) -> bool {
    ["folder_", "shopify_", "olist_"].iter().any(|kind| target.name.starts_with(kind))
}

#[test]
fn parsers_of_text_stand_spoiled_inputs() {
    check(|target| !is_of_files(target), TEXTS);
}

#[test]
fn parsers_of_folders_stand_spoiled_files() {
    check(|target| target.name.starts_with("folder_"), FILES);
}

#[test]
fn parsers_of_exports_stand_spoiled_files() {
    check(|target| target.name.starts_with("shopify_"), FILES);
}

#[test]
fn parsers_of_a_history_stand_spoiled_files() {
    check(|target| target.name.starts_with("olist_"), FILES);
}

#[test]
fn every_fuzz_target_has_a_parser_here() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/fuzz_targets");
    let files = std::fs::read_dir(dir).expect("fuzz/ lies beside crates/");
    let mut fuzzed: Vec<String> =
        files.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    fuzzed.sort();
    let mut named: Vec<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    named.sort();
    assert_eq!(fuzzed, named);
}
