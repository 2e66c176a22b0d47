//! People correct shelves with a reason, and promises are never counted away in silence.

use crate::place::on_both;
use crate::shop::{NOON, at, call, hold, shop, sound, units};
use flow::Refused;
use flow::inventory::correct::{Correcting, Correction, Forcing, correct_stock, force_stock};
use flow::inventory::hold::release_hold;
use store::db::Db;
use store::stock::{self, Units};

async fn correct(db: &Db, correction: Correction) -> Result<Units, Refused> {
    let asked = Correcting { at: at("MUG", "mall"), correction, reason: "found so".into() };
    correct_stock(db, &call(NOON), asked).await
}

#[test]
fn each_correction_moves_the_states_it_names() {
    let none = Units::default();
    let table = [
        (Correction::Adjust { by: 2 }, Units { on_hand: 12, ..none }),
        (Correction::Damage { units: 3 }, Units { on_hand: 12, damaged: 3, ..none }),
        (Correction::Repair { units: 1 }, Units { on_hand: 12, damaged: 2, ..none }),
        (Correction::Discard { units: 2 }, Units { on_hand: 10, ..none }),
        (Correction::ToQualityControl { units: 4 }, Units { on_hand: 10, quality_control: 4, ..none }),
        (Correction::PassQualityControl { units: 1 }, Units { on_hand: 10, quality_control: 3, ..none }),
        (
            Correction::FailQualityControl { units: 1 },
            Units { on_hand: 10, quality_control: 2, damaged: 1, ..none },
        ),
        (
            Correction::ToShowroom { units: 2 },
            Units { on_hand: 10, quality_control: 2, damaged: 1, showroom: 2, ..none },
        ),
        (
            Correction::FromShowroom { units: 1 },
            Units { on_hand: 10, quality_control: 2, damaged: 1, showroom: 1, ..none },
        ),
        (
            Correction::SafetyStock { to: 3 },
            Units { on_hand: 10, quality_control: 2, damaged: 1, showroom: 1, safety_stock: 3, ..none },
        ),
        (
            Correction::SafetyStock { to: 3 },
            Units { on_hand: 10, quality_control: 2, damaged: 1, showroom: 1, safety_stock: 3, ..none },
        ),
        (
            Correction::Adjust { by: -7 },
            Units { on_hand: 3, quality_control: 2, damaged: 1, showroom: 1, safety_stock: 3, ..none },
        ),
    ];
    on_both(|db| async move {
        shop(&db, "mall MUG 10").await;
        for (correction, expected) in table {
            assert_eq!(correct(&db, correction).await, Ok(expected), "{correction:?}");
        }
        sound(&db).await;
    });
}

#[test]
fn what_is_promised_or_not_there_is_not_corrected_away() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5").await;
        hold(&db, "cart", "MUG 4").await.unwrap();
        let before = units(&db, "mall", "MUG").await;
        for correction in [
            Correction::Adjust { by: -2 },
            Correction::Damage { units: 2 },
            Correction::Repair { units: 1 },
            Correction::ToQualityControl { units: 2 },
            Correction::PassQualityControl { units: 1 },
            Correction::ToShowroom { units: 2 },
            Correction::FromShowroom { units: 1 },
        ] {
            let refused = correct(&db, correction).await;
            let is_told = matches!(refused, Err(Refused::Conflict { code: "too_few_units", .. }));
            assert!(is_told, "{correction:?} {refused:?}");
        }
        assert!(matches!(correct(&db, Correction::Adjust { by: 0 }).await, Err(Refused::Invalid(_))));
        assert_eq!(units(&db, "mall", "MUG").await, before);
        sound(&db).await;
    });
}

#[test]
fn nothing_is_corrected_without_a_reason() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5").await;
        let correction = Correction::Adjust { by: 1 };
        let asked = Correcting { at: at("MUG", "mall"), correction, reason: " ".into() };
        assert!(matches!(correct_stock(&db, &call(NOON), asked).await, Err(Refused::Invalid(_))));
        let forced = Forcing { at: at("MUG", "mall"), on_hand: 1, reason: String::new() };
        assert!(matches!(force_stock(&db, &call(NOON), forced).await, Err(Refused::Invalid(_))));
    });
}

#[test]
fn a_place_stocks_a_product_as_soon_as_units_are_found_there() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5, depot TEE 1").await;
        let at_depot = |by| Correcting {
            at: at("MUG", "depot"),
            correction: Correction::Adjust { by },
            reason: "found so".into(),
        };
        let refused = correct_stock(&db, &call(NOON), at_depot(-1)).await;
        assert!(matches!(refused, Err(Refused::NotFound { .. })), "{refused:?}");
        assert_eq!(correct_stock(&db, &call(NOON), at_depot(2)).await.unwrap().on_hand, 2);
    });
}

#[test]
fn a_forced_correction_names_the_promises_it_hits_and_the_units_leave_with_them() {
    on_both(|db| async move {
        shop(&db, "mall MUG 5").await;
        let first = hold(&db, "first", "MUG 2").await.unwrap();
        let second = hold(&db, "second", "MUG 2").await.unwrap();
        let asked = Forcing { at: at("MUG", "mall"), on_hand: 1, reason: "water damage".into() };
        let forced = force_stock(&db, &call(NOON), asked).await.unwrap();
        assert_eq!(forced.units, Units { on_hand: 4, committed: 4, ..Units::default() });
        let short = forced.short.unwrap();
        let hit: Vec<&str> = short.commitments.iter().map(|promise| promise.document.as_str()).collect();
        assert_eq!((short.missing, hit.len()), (3, 2));
        assert!(hit.contains(&first.id.as_str()) && hit.contains(&second.id.as_str()));
        sound(&db).await;
        // The units of a promise that ends are not there: nobody is promised them again.
        release_hold(&db, &call(NOON), &second.id).await.unwrap();
        assert_eq!(units(&db, "mall", "MUG").await, Units { on_hand: 2, committed: 2, ..Units::default() });
        assert!(hold(&db, "third", "MUG 1").await.is_err());
        sound(&db).await;
        release_hold(&db, &call(NOON), &first.id).await.unwrap();
        assert_eq!(units(&db, "mall", "MUG").await, Units { on_hand: 1, ..Units::default() });
        sound(&db).await;
    });
}

#[test]
fn a_count_that_finds_everything_again_takes_the_shortage_back() {
    on_both(|db| async move {
        shop(&db, "mall MUG 2").await;
        let held = hold(&db, "cart", "MUG 2").await.unwrap();
        for on_hand in [0, 3] {
            let asked = Forcing { at: at("MUG", "mall"), on_hand, reason: "counted".into() };
            force_stock(&db, &call(NOON), asked).await.unwrap();
        }
        release_hold(&db, &call(NOON), &held.id).await.unwrap();
        assert_eq!(units(&db, "mall", "MUG").await, Units { on_hand: 3, ..Units::default() });
    });
}

#[test]
fn missing_units_leave_by_whatever_sets_them_free() {
    use stock::Movement;
    let table: [(Movement, i64); 4] = [
        (Movement::Release { units: 1 }, 1),
        // It was there after all: the customer has it.
        (Movement::Ship { units: 2 }, 0),
        (Movement::Receive { units: 5, expected: 0 }, 6),
        (Movement::Return { units: 1 }, 2),
    ];
    on_both(|db| async move {
        for (i, (movement, on_hand)) in table.into_iter().enumerate() {
            let sku: &'static str = ["A", "B", "C", "D"][i];
            shop(&db, &format!("mall {sku} 2")).await;
            hold(&db, sku, &format!("{sku} 2")).await.unwrap();
            let asked = Forcing { at: at(sku, "mall"), on_hand: 1, reason: "counted".into() };
            force_stock(&db, &call(NOON), asked).await.unwrap();
            let shelf = crate::shop::shelf(&db, "mall", sku).await;
            assert_eq!(crate::shop::change(&db, shelf, movement).await, stock::Moved::Done);
            assert_eq!(units(&db, "mall", sku).await.on_hand, on_hand, "{movement:?}");
        }
    });
}
