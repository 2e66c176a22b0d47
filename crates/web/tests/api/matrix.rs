//! Every route, asked for by everybody: who may is let in, who may not is not.

use crate::place::{Shop, on_both};
use flow::people::{Role, Scope};
use serde_json::json;
use web::{Entry, Policy};

/// Somebody who asks.
struct Asker {
    name: String,
    proof: Proof,
}

enum Proof {
    None,
    Cookie { role: Role, email: &'static str, cookie: String },
    Token { role: Role, scope: Scope, secret: String },
}

#[test]
fn every_route_lets_in_those_whom_its_policy_names_and_nobody_else() {
    on_both(|shop| async move {
        shop.open_store("mall").await;
        shop.open_store("harbor").await;
        let askers = askers(&shop).await;
        let table = web::table();
        assert!(table.len() > 15, "{} routes", table.len());
        let mut asked = 0;
        for entry in &table {
            for asker in &askers {
                check(&shop, entry, asker).await;
                asked += 1;
            }
        }
        println!("{asked} questions: {} routes, {} askers", table.len(), askers.len());
    });
}

async fn askers(shop: &Shop) -> Vec<Asker> {
    let owner = shop.owner().await;
    let people = [
        (Role::Owner, "olga@example.com", None),
        (Role::Manager, "mia@example.com", None),
        (Role::Associate, "abe@example.com", Some(["mall"])),
        (Role::Associate, "bea@example.com", Some(["harbor"])),
        (Role::Viewer, "vic@example.com", None),
    ];
    let mut askers = vec![Asker { name: "anonymous".into(), proof: Proof::None }];
    for (role, email, locations) in people {
        let cookie = shop.hired(email, role, locations.as_ref().map(|codes| codes.as_slice())).await;
        askers.push(Asker { name: email.into(), proof: Proof::Cookie { role, email, cookie } });
    }
    for role in [Role::Owner, Role::Associate] {
        for scope in Scope::ALL {
            let name = format!("{} with {}", role.code(), scope.code());
            let body = json!({ "name": name, "role": role, "scopes": [scope.code()] });
            let secret = shop.token(&owner, &body).await;
            askers.push(Asker { name, proof: Proof::Token { role, scope, secret } });
        }
    }
    askers
}

/// Asks with an empty body for something that is not there, so that nothing happens beyond the gate.
async fn check(shop: &Shop, entry: &Entry, asker: &Asker) {
    let method =
        ["GET", "PUT", "POST", "DELETE", "PATCH"].into_iter().find(|name| *name == entry.method.as_str());
    let path = entry.path.split('/').map(|part| if part.starts_with('{') { "nothing" } else { part });
    let path = path.collect::<Vec<_>>().join("/");
    let ask = shop.ask(method.unwrap(), &path).json(&json!({}));
    let (ask, expected) = match &asker.proof {
        Proof::None => (ask, if is_open(entry.policy) { None } else { Some(401) }),
        Proof::Cookie { role, email, cookie } => {
            let signs_out = method == Some("DELETE") && entry.path == "/v1/session";
            let cookie = if signs_out { &shop.signed_in(email).await } else { cookie };
            (ask.cookie(cookie), refused(entry.policy, |roles, _| roles.contains(role)))
        }
        Proof::Token { role, scope, secret } => {
            let may = |roles: &[Role], wanted| roles.contains(role) && wanted == *scope;
            (ask.bearer(secret), refused(entry.policy, may))
        }
    };
    let reply = ask.send().await;
    let what = format!("{} {} by {}: {reply:?}", entry.method, entry.path, asker.name);
    match expected {
        Some(status) => assert_eq!(reply.status, status, "{what}"),
        None => {
            // An open route may refuse what is tried there, and a verb has refusals of its own; the gate has none.
            let is_the_gates = is_gate_refusal(&reply) && !is_open(entry.policy);
            assert!(!is_the_gates && reply.status < 500, "{what}");
        }
    }
}

fn is_open(policy: Policy) -> bool {
    policy.roles_and_scope().is_none()
}

fn refused(policy: Policy, may: impl Fn(&[Role], Scope) -> bool) -> Option<u16> {
    let (roles, scope) = policy.roles_and_scope()?;
    if may(roles, scope) { None } else { Some(403) }
}

fn is_gate_refusal(reply: &crate::client::Reply) -> bool {
    let words = ["this is for", "was not made for", "nobody is signed in"];
    matches!(reply.status, 401 | 403) && words.iter().any(|words| reply.text.contains(words))
}
