//! What a form does to a draft.

use super::*;

fn tile(code: &str, group: &str, values: &[&str]) -> Tile {
    let laid = Laid {
        tile: code.to_owned(),
        values: values.iter().map(|value| vec![(*value).to_owned()]).collect(),
        places: (code == "only_from")
            .then(|| LaidPlaces { tile: "stores".to_owned(), ..LaidPlaces::default() }),
    };
    Tile {
        code: code.to_owned(),
        group: group.to_owned(),
        pieces: Vec::new(),
        means: String::new(),
        can_be_hard: code != "flag",
        begins: laid,
    }
}

fn tiles() -> Vec<Tile> {
    vec![
        tile("goes_to", "order", &["OR"]),
        tile("worth", "order", &["over", "500"]),
        tile("only_from", "action", &[]),
        tile("at_most", "action", &["3"]),
        tile("flag", "action", &["2"]),
        tile("stores", "places", &[]),
        tile("within", "place_test", &["50", "miles"]),
    ]
}

const SENT: &str = "note=%23+why&name=Spring&note=&head=hard&row=7%3Ahard&when=worth&was=worth&v=over&v=20&then=only_from\
    &was=only_from&places=stores&pwas=stores&test=within&pwas=within&pv=80&pv=km&after=++%23+near\
    &note=&head=soft&row=9%3Asoft&then=at_most&was=at_most&v=2";

fn read(sent: &str) -> Draft {
    Draft::read(&Form::read(sent.as_bytes()), &tiles())
}

/// Each line in short.
fn told(draft: &Draft) -> Vec<String> {
    let row = |row: &Row| {
        let line = &row.line;
        let Some(tiles) = &line.tiles else { return format!("{} {}", line.sent().is, line.text) };
        let laid = |laid: &Laid| format!("{} {}", laid.tile, laid.values.concat().join(" "));
        let mut parts: Vec<String> = tiles.when.iter().map(laid).collect();
        parts.push(laid(&tiles.then));
        if let Some(places) = &tiles.then.places {
            parts.push(places.tile.clone());
            parts.extend(places.tests.iter().map(laid));
        }
        format!("{}: {}", row.id, parts.join(" / ").replace("  ", " "))
    };
    draft.rows.iter().map(row).collect()
}

#[test]
fn a_draft_is_read_in_the_order_of_the_page() {
    let draft = read(SENT);
    assert_eq!(
        told(&draft),
        [
            "note # why",
            "name Spring",
            "note ",
            "heading ",
            "7: worth over 20 / only_from / stores / within 80 km",
            "note ",
            "heading ",
            "9: at_most 2"
        ]
    );
    assert_eq!(draft.rows[4].line.after, "  # near");
}

#[test]
fn a_tile_that_is_chosen_begins_as_it_does_and_keeps_no_value_of_the_one_before() {
    let other = SENT.replace("when=worth", "when=goes_to").replace("then=at_most", "then=only_from");
    let draft = told(&read(&other));
    assert_eq!(draft[4], "7: goes_to OR / only_from / stores / within 80 km");
    assert_eq!(draft[7], "9: only_from / stores");
    let draft = told(&read(&SENT.replace("then=only_from", "then=at_most")));
    assert_eq!(draft[4], "7: worth over 20 / at_most 3");
}

#[test]
fn sentences_move_among_their_like_and_go_with_their_comments() {
    let mut draft = read(SENT);
    draft.act("add:soft", &tiles());
    assert_eq!(told(&draft)[8], "10: only_from / stores");
    draft.act("up:10", &tiles());
    assert_eq!(told(&draft)[7..], ["10: only_from / stores", "9: at_most 2"]);
    draft.act("up:10", &tiles());
    assert_eq!(told(&draft)[7], "10: only_from / stores");
    draft.act("drop:7", &tiles());
    draft.act("drop:99", &tiles());
    assert_eq!(draft.rows.len(), 8);
}

#[test]
fn conditions_and_tests_come_and_go() {
    let mut draft = read(SENT);
    for said in ["cond:7", "uncond:7:0", "test:7", "untest:7:0", "untest:7:5", "test:9"] {
        draft.act(said, &tiles());
    }
    assert_eq!(told(&draft)[4], "7: goes_to OR / only_from / stores / within 50 miles");
}

#[test]
fn a_list_that_was_not_there_gets_its_heading() {
    let mut draft = Draft::default();
    draft.act("add:soft", &tiles());
    draft.act("add:hard", &tiles());
    assert_eq!(
        told(&draft),
        ["heading ", "1: only_from / stores", "note ", "heading ", "0: only_from / stores"]
    );
    let mut bare = read("row=0%3Asoft&then=at_most&was=at_most&v=2");
    bare.act("add:hard", &tiles());
    assert_eq!(told(&bare)[..4], ["heading ", "1: only_from / stores", "note ", "heading "]);
}
