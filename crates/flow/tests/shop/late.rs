//! Work that cannot be looked after keeps no other work from being looked after.

use crate::place::on_both;
use crate::stage::Stage;
use store::DbError;

const SHOP: &str = "location mall store lanes=ship\nlocation pier store lanes=ship\nstock mall MUG 500\nstock pier MUG 500\n";
/// More than a pass reads at once.
const BROKEN: usize = 201;
const BREAK: &str = "update orders set document = '{' where external_id <> 'LAST'";
const STATES: &str = "select f.state as state from fulfillments f join orders o on o.id = f.order_id \
    where o.external_id = 'LAST' order by f.created_at, f.id";

#[test]
fn a_page_of_late_work_that_always_fails_does_not_hide_what_is_behind_it() {
    on_both(|db| async move {
        let mut stage = Stage::open(db.clone(), SHOP).await;
        for i in 0..BROKEN {
            stage.outcome(&format!("take A{i} MUG 1")).await.unwrap();
        }
        stage.outcome("take LAST MUG 1").await.unwrap();
        let broken = db.write::<_, DbError>(|tx| Box::pin(async move { tx.execute(BREAK, &[]).await }));
        assert_eq!(broken.await, Ok(BROKEN as u64));
        assert!(stage.outcome("wait 70").await.is_err());
        let states = db.read::<_, DbError>(|tx| Box::pin(async move { tx.rows(STATES, &[]).await }));
        let states = states.await.unwrap();
        let states: Vec<&str> = states.iter().map(|row| row.text("state").unwrap()).collect();
        assert_eq!(states, ["expired", "open"]);
    });
}
