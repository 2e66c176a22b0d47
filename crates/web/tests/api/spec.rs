//! The description of the API is whole.

use crate::place::on_both;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_description_is_3_1_and_every_reference_in_it_leads_somewhere() {
    let spec = serde_json::to_value(web::description()).unwrap();
    assert!(spec["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut references = BTreeSet::new();
    collect(&spec, &mut references);
    assert!(references.contains("#/components/schemas/Problem"));
    for reference in references {
        let pointer = reference.trim_start_matches('#');
        assert!(spec.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            references.extend(object.get("$ref").and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|value| collect(value, references));
        }
        Value::Array(array) => array.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}

#[test]
fn every_route_is_described_and_says_who_may() {
    let spec = serde_json::to_value(web::description()).unwrap();
    let mut ids = BTreeSet::new();
    for entry in web::table() {
        let operation = &spec["paths"][&entry.path][entry.method.as_str().to_lowercase()];
        let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{entry:?} is not described"));
        assert!(ids.insert(id.to_owned()), "two routes are called {id}");
        assert!(operation["summary"].as_str().is_some_and(|text| text.ends_with('.')), "{id}");
        assert!(operation["description"].as_str().unwrap().contains("For "), "{id}");
        assert!(operation["responses"]["default"].is_object(), "{id}");
        let parts = entry.path.matches('{').count();
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        assert_eq!(parameters.iter().filter(|parameter| parameter["in"] == "path").count(), parts, "{id}");
    }
    let described: usize =
        spec["paths"].as_object().unwrap().values().map(|path| path.as_object().unwrap().len()).sum();
    assert_eq!(described, web::table().len());
}

#[test]
fn the_page_of_the_description_needs_nothing_from_elsewhere() {
    on_both(|shop| async move {
        let served = shop.get("/openapi.json").expect(200).await.json();
        assert_eq!(served, serde_json::to_value(web::description()).unwrap());
        let page = shop.get("/docs/").expect(200).await;
        assert!(page.text.contains("swagger-ui"), "{page:?}");
        for piece in
            page.text.split(['"', '\'']).filter(|piece| piece.ends_with(".js") || piece.ends_with(".css"))
        {
            assert!(!piece.contains("//"), "{piece}");
            shop.get(&format!("/docs/{}", piece.trim_start_matches("./"))).expect(200).await;
        }
    });
}

#[test]
fn no_two_types_share_a_name_in_the_description() {
    assert_eq!(web::schema_clashes(), Vec::<String>::new(), "one of the two is lost; name one otherwise");
}
