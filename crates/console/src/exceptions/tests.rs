//! Every code of exceptions and notices has its words.

use crate::words::Words;
use flow::exception::{FINAL_VERBS, Kind, Owner, VERBS};
use flow::notices::Topic;

fn missing(ids: impl IntoIterator<Item = String>) -> Vec<String> {
    ids.into_iter().filter(|id| Words::default().maybe(id).is_none()).collect()
}

fn id(kind: &str, code: &str) -> String {
    format!("{kind}-{}", code.replace(['_', '.'], "-"))
}

#[test]
fn every_kind_says_what_happened_what_it_means_and_what_happens_by_itself() {
    let of = |kind: Kind| {
        let always = ["exception", "exceptions-story", "exceptions-means", "exceptions-by-itself"];
        let automatic = kind.automatic().map(|_| "exceptions-automatic");
        always.into_iter().chain(automatic).map(move |words| id(words, kind.code()))
    };
    assert_eq!(missing(Kind::ALL.into_iter().flat_map(of)), Vec::<String>::new());
}

#[test]
fn batons_own_steps_are_said_as_the_api_tells_them() {
    for kind in Kind::ALL {
        for (i, step) in kind.default_steps().iter().enumerate() {
            let id = format!("{}-{}", id("exceptions-step", kind.code()), i + 1);
            assert_eq!(Words::default().t(&id), *step, "{id}");
        }
    }
}

#[test]
fn every_owner_and_every_verb_has_a_name() {
    let looks = |verb: &str| verb.starts_with("open_");
    let owners = Owner::ALL.map(|owner| id("owner", owner.code()));
    let verbs = VERBS.map(|verb| id("fix", verb));
    let done = VERBS.into_iter().filter(|verb| !looks(verb)).map(|verb| id("done-fix", verb));
    let sure = FINAL_VERBS.map(|verb| id("fix-sure", verb));
    let refusals = ["fix-for-managers", "fix-for-staff"].map(str::to_owned);
    let all = owners.into_iter().chain(verbs).chain(done).chain(sure).chain(refusals);
    assert_eq!(missing(all), Vec::<String>::new());
}

#[test]
fn every_topic_and_every_event_that_makes_a_notice_has_its_words() {
    let topics = Topic::ALL
        .into_iter()
        .flat_map(|topic| ["topic", "topic-words"].map(|words| id(words, topic.code())));
    let events = Topic::EVENTS.map(|(kind, _)| id("notice", kind));
    assert_eq!(missing(topics.chain(events)), Vec::<String>::new());
}
