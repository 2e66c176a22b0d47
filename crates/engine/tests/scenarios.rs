//! Every scenario file under `scenarios/`, run and compared. `UPDATE=1` writes what is told instead.

use engine::rules::{KINDS, kind_of};
use engine::scenario::run;
use model::{Cause, Outcome, Reason, Verdict};
use std::collections::BTreeSet;
use std::path::Path;

/// Separates scenarios in a file; the rest of its line is the title.
const TITLE: &str = "== ";
/// Separates what is given from what is told.
const TOLD: &str = "=>";

fn files() -> Vec<(std::path::PathBuf, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut paths: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(&path).unwrap())).collect()
}

/// Title, given, told.
fn scenarios(text: &str) -> Vec<(String, String, String)> {
    let blocks = text.split(TITLE).skip(1);
    blocks
        .map(|block| {
            let (title, body) = block.split_once('\n').unwrap();
            let (given, told) = body.split_once(TOLD).unwrap_or((body, ""));
            (title.trim().to_owned(), given.trim().to_owned(), told.trim().to_owned())
        })
        .collect()
}

#[test]
fn every_scenario_comes_out_as_it_is_written() {
    for (path, text) in files() {
        let mut written = String::new();
        for (title, given, told) in scenarios(&text) {
            let found = run(&given).unwrap_or_else(|why| panic!("{title}: {why}")).text;
            if std::env::var_os("UPDATE").is_none() {
                assert_eq!(found, told, "{}: {title}", path.display());
            }
            written.push_str(&format!("{TITLE}{title}\n{given}\n{TOLD}\n{found}\n\n"));
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, written.trim_end().to_owned() + "\n").unwrap();
        }
    }
}

#[test]
fn every_reason_rule_kind_hold_and_remedy_has_a_scenario() {
    let (mut reasons, mut kinds, mut holds, mut remedies, mut causes) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (_, text) in files() {
        for (_, given, _) in scenarios(&text) {
            let told = run(&given).unwrap();
            kinds.extend(told.rules.all().map(|(_, rule)| kind_of(&rule.then).code));
            reasons.extend(told.decision.item_outs.iter().map(|out| out.reason.code()));
            reasons.extend(told.decision.considered.iter().filter_map(
                |considered| match considered.verdict {
                    Verdict::Out(reason) => Some(reason.code()),
                    _ => None,
                },
            ));
            remedies.extend(told.decision.leftovers.iter().map(|left| left.remedy.code()));
            causes.extend(
                told.decision.leftovers.iter().filter_map(|left| left.cause).map(|cause| cause.code()),
            );
            if let Outcome::Held(reason) = told.decision.outcome {
                holds.insert(reason.code());
            }
        }
    }
    let missing = |wanted: &[&'static str], found: &BTreeSet<&str>| -> Vec<&'static str> {
        wanted.iter().copied().filter(|code| !found.contains(code)).collect()
    };
    assert_eq!(missing(&Reason::CODES, &reasons), Vec::<&str>::new(), "reasons");
    assert_eq!(missing(&Cause::CODES, &causes), Vec::<&str>::new(), "causes");
    let all_kinds: Vec<&str> = KINDS.iter().map(|kind| kind.code).collect();
    assert_eq!(missing(&all_kinds, &kinds), Vec::<&str>::new(), "kinds of rule");
    let all_holds = ["address_unknown", "too_large", "no_store_chosen", "held_by_rule", "margin_too_low"];
    assert_eq!(missing(&all_holds, &holds), Vec::<&str>::new(), "holds");
    assert_eq!(
        missing(&["substitute", "backorder", "hold", "cancel"], &remedies),
        Vec::<&str>::new(),
        "remedies"
    );
}
