//! What must hold of every shelf and of the ledger.

use super::Invariant;

pub(super) static ALL: [Invariant; 6] = [
    Invariant {
        code: "state_is_not_the_sum_of_its_entries",
        says: "what stands there is not the sum of the ledger's entries",
        breaches: shelves!(
            "select s.product_id, s.location_id from stock s \
            left join (select product_id, location_id, sum(on_hand) as on_hand, sum(committed) as committed, \
                sum(safety_stock) as safety_stock, sum(damaged) as damaged, sum(quality_control) as quality_control, \
                sum(showroom) as showroom, sum(incoming) as incoming \
                from ledger group by product_id, location_id) e \
                on e.product_id = s.product_id and e.location_id = s.location_id \
            where s.on_hand <> coalesce(e.on_hand, 0) or s.committed <> coalesce(e.committed, 0) \
                or s.safety_stock <> coalesce(e.safety_stock, 0) or s.damaged <> coalesce(e.damaged, 0) \
                or s.quality_control <> coalesce(e.quality_control, 0) or s.showroom <> coalesce(e.showroom, 0) \
                or s.incoming <> coalesce(e.incoming, 0)"
        ),
    },
    Invariant {
        code: "fewer_than_none",
        says: "there are fewer units than none",
        breaches: shelves!(
            "select product_id, location_id from stock where on_hand < 0 or committed < 0 or safety_stock < 0 \
            or damaged < 0 or quality_control < 0 or showroom < 0 or incoming < 0"
        ),
    },
    Invariant {
        code: "promised_more_than_there_is",
        says: "more units are promised or set apart than there are",
        breaches: shelves!(
            "select product_id, location_id from stock where committed + damaged + quality_control > on_hand"
        ),
    },
    Invariant {
        code: "changes_without_entries",
        says: "it was changed more or fewer times than the ledger tells",
        breaches: shelves!(
            "select s.product_id, s.location_id from stock s \
            left join (select product_id, location_id, count(*) as entries from ledger \
                group by product_id, location_id) e \
                on e.product_id = s.product_id and e.location_id = s.location_id \
            where s.version <> coalesce(e.entries, 0)"
        ),
    },
    Invariant {
        code: "source_applied_twice",
        says: "what one source told was applied to the shelves more than once",
        breaches: "select source as subject from ledger where source is not null group by source \
            having count(*) > 1 order by source limit $1",
    },
    // Documents with an id of Baton's are its own; others, such as a file of stock, promise what Baton does not know of.
    Invariant {
        code: "promised_to_nobody",
        says: "units are promised to a document that there is not",
        breaches: "select e.document as subject from ledger e left join fulfillments f on f.id = e.document \
            left join holds h on h.id = e.document \
            where e.committed <> 0 and substr(e.document, 4, 1) = '_' and f.id is null and h.id is null \
            group by e.document having sum(e.committed) <> 0 order by e.document limit $1",
    },
];
