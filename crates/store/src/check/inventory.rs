//! What must hold of holds, arrivals and missing units.
//!
//! Each is a sum of two sides: what the rows say, less what the ledger has under their documents. It must be none.

use super::Invariant;

pub(super) static ALL: [Invariant; 3] = [
    Invariant {
        code: "hold_is_not_what_is_committed_for_it",
        says: "what carts hold there is not what is promised to them",
        breaches: shelves!(
            "select product_id, location_id from \
                (select u.hold_id as document, u.product_id, u.location_id, \
                    case when h.state = 'open' then u.units else 0 end as units \
                    from hold_units u join holds h on h.id = u.hold_id \
                union all select e.document, e.product_id, e.location_id, -e.committed as units \
                    from ledger e join holds h on h.id = e.document) as sides \
                group by document, product_id, location_id having sum(units) <> 0"
        ),
    },
    Invariant {
        code: "arrival_is_not_what_is_incoming_for_it",
        says: "what is on its way there is not what is expected",
        breaches: shelves!(
            "select product_id, location_id from \
                (select a.id as document, i.product_id, a.target_id as location_id, \
                    case when a.state = 'sent' and i.announced > i.received then i.announced - i.received else 0 end \
                    as units from arrival_lines i join arrivals a on a.id = i.arrival_id \
                union all select e.document, e.product_id, e.location_id, -e.incoming as units \
                    from ledger e join arrivals a on a.id = e.document) as sides \
                group by document, product_id, location_id having sum(units) <> 0"
        ),
    },
    Invariant {
        code: "missing_and_yet_free",
        says: "units are missing there and others are still free",
        breaches: shelves!(
            "select w.product_id, w.location_id from missing_units w \
            join stock s on s.product_id = w.product_id and s.location_id = w.location_id \
            where s.on_hand <> s.committed + s.damaged + s.quality_control or w.units > s.on_hand"
        ),
    },
];
