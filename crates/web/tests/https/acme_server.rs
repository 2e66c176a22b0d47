//! An ACME server (RFC 8555) as small as it can be: it looks at each name over plain HTTP, as a real one does, before it
//! signs.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, head, post};
use axum::{Json, Router};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateSigningRequestParams, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::net::TcpListener;

use crate::client::ask_plainly;

#[derive(Default)]
struct Seen {
    told: usize,
    nonces: BTreeSet<String>,
    thumbprint: String,
    domain: String,
    order: &'static str,
    challenge: &'static str,
    chain: String,
    /// What was asked at the challenge's address, and what came back.
    looked: Vec<String>,
    orders: usize,
    accounts: usize,
}

#[derive(Clone)]
pub(crate) struct AcmeServer {
    pub(crate) address: SocketAddr,
    /// Where a name leads to: what a name server would say.
    site: Arc<Mutex<Option<SocketAddr>>>,
    seen: Arc<Mutex<Seen>>,
    issuer: Arc<Issuer<'static, KeyPair>>,
    pub(crate) root: Arc<String>,
}

impl AcmeServer {
    pub(crate) async fn start() -> AcmeServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).unwrap().pem();
        let server = AcmeServer {
            address: listener.local_addr().unwrap(),
            site: Arc::default(),
            seen: Arc::default(),
            issuer: Arc::new(Issuer::new(params, key)),
            root: Arc::new(root),
        };
        let router = Router::new()
            .route("/directory", get(directory))
            .route("/nonce", head(nonce))
            .route("/account", post(account))
            .route("/order", post(new_order))
            .route("/{what}/1", post(step))
            .with_state(server.clone());
        tokio::spawn(async move { axum_serve(listener, router).await });
        server
    }

    pub(crate) fn directory(&self) -> String {
        self.url("directory")
    }

    /// Orders and accounts so far.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let seen = self.seen();
        (seen.orders, seen.accounts)
    }

    pub(crate) fn looks(&self) -> usize {
        self.seen().looked.len()
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap()
    }

    /// From now on the name leads there.
    pub(crate) fn lead_to(&self, site: Option<SocketAddr>) {
        *self.site.lock().unwrap() = site;
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    fn nonce(&self) -> String {
        let mut seen = self.seen();
        let nonce = {
            seen.told += 1;
            format!("nonce{}", seen.told)
        };
        seen.nonces.insert(nonce.clone());
        nonce
    }

    fn answer(&self, status: StatusCode, body: Value) -> Response {
        let nonce = [("replay-nonce", self.nonce())];
        (status, nonce, Json(body)).into_response()
    }

    fn challenge(&self) -> Value {
        let status = self.seen().challenge;
        let mut challenge = json!({ "type": "http-01", "url": self.url("challenge/1"), "token": "tok-en_1", "status": status });
        if status == "invalid" {
            challenge["error"] =
                json!({ "type": "urn:ietf:params:acme:error:connection", "detail": "nothing was there" });
        }
        challenge
    }

    fn order(&self) -> Value {
        let seen = self.seen();
        json!({
            "status": seen.order, "identifiers": [{ "type": "dns", "value": seen.domain }],
            "authorizations": [self.url("authorization/1")], "finalize": self.url("finalize/1"),
            "certificate": (seen.order == "valid").then(|| self.url("certificate/1")),
        })
    }

    /// Goes to the name and compares what is there with what only the owner of the account can know.
    async fn look(&self) {
        let (domain, expected) = {
            let seen = self.seen();
            (seen.domain.clone(), format!("tok-en_1.{}", seen.thumbprint))
        };
        let site = *self.site.lock().unwrap();
        let found = match site {
            None => String::new(),
            Some(site) => {
                let path = "/.well-known/acme-challenge/tok-en_1";
                let request = format!("GET {path} HTTP/1.1\r\nHost: {domain}\r\nConnection: close\r\n\r\n");
                ask_plainly(site, &request).await
            }
        };
        let is_proven = found.starts_with("HTTP/1.1 200") && found.ends_with(&format!("\r\n\r\n{expected}"));
        let mut seen = self.seen();
        seen.looked.push(found);
        (seen.challenge, seen.order) = if is_proven { ("valid", "ready") } else { ("invalid", "invalid") };
    }

    fn sign(&self, payload: &Value) {
        let csr = decoded(payload["csr"].as_str().unwrap());
        let mut request = CertificateSigningRequestParams::from_der(&csr.into()).unwrap();
        request.params.not_before = date_time_ymd(2020, 1, 1);
        request.params.not_after = date_time_ymd(2050, 1, 1);
        let chain = request.signed_by(&self.issuer).unwrap().pem();
        let mut seen = self.seen();
        (seen.chain, seen.order) = (chain, "valid");
    }

    /// What was signed, with its nonce, which serves once.
    fn read(&self, body: &Bytes) -> (Value, Value) {
        let jws: Value = serde_json::from_slice(body).unwrap();
        let part = |name: &str| decoded(jws[name].as_str().unwrap());
        let protected: Value = serde_json::from_slice(&part("protected")).unwrap();
        assert!(self.seen().nonces.remove(protected["nonce"].as_str().unwrap()), "a nonce serves once");
        assert_eq!((protected["alg"].as_str(), part("signature").len()), (Some("ES256"), 64));
        (protected, serde_json::from_slice(&part("payload")).unwrap_or_default())
    }
}

async fn axum_serve(listener: TcpListener, router: Router) {
    use hyper_util::rt::TokioIo;
    use hyper_util::service::TowerToHyperService;
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let service = TowerToHyperService::new(router.clone().into_service::<hyper::body::Incoming>());
        tokio::spawn(async move {
            let http = hyper::server::conn::http1::Builder::new();
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn directory(State(server): State<AcmeServer>) -> Json<Value> {
    Json(json!({
        "newNonce": server.url("nonce"), "newAccount": server.url("account"), "newOrder": server.url("order"),
    }))
}

async fn nonce(State(server): State<AcmeServer>) -> Response {
    server.answer(StatusCode::OK, json!({}))
}

async fn account(State(server): State<AcmeServer>, body: Bytes) -> Response {
    let (protected, _) = server.read(&body);
    let jwk = &protected["jwk"];
    // RFC 7638: these members, in this order.
    let canonical =
        format!(r#"{{"crv":{},"kty":{},"x":{},"y":{}}}"#, jwk["crv"], jwk["kty"], jwk["x"], jwk["y"]);
    {
        let mut seen = server.seen();
        seen.thumbprint = encoded(&Sha256::digest(canonical));
        seen.accounts += 1;
    }
    let mut answer = server.answer(StatusCode::CREATED, json!({ "status": "valid" }));
    answer.headers_mut().insert("location", server.url("account/1").parse().unwrap());
    answer
}

async fn new_order(State(server): State<AcmeServer>, body: Bytes) -> Response {
    let (_, payload) = server.read(&body);
    {
        let mut seen = server.seen();
        seen.domain = payload["identifiers"][0]["value"].as_str().unwrap().to_owned();
        (seen.order, seen.challenge) = ("pending", "pending");
        seen.orders += 1;
    }
    let mut answer = server.answer(StatusCode::CREATED, server.order());
    answer.headers_mut().insert("location", server.url("order/1").parse().unwrap());
    answer
}

async fn step(State(server): State<AcmeServer>, Path(what): Path<String>, body: Bytes) -> Response {
    let (_, payload) = server.read(&body);
    match what.as_str() {
        "authorization" => {
            let status = server.seen().challenge;
            let domain = server.seen().domain.clone();
            let identifier = json!({ "type": "dns", "value": domain });
            let challenges = json!([server.challenge()]);
            let body = json!({ "status": status, "identifier": identifier, "challenges": challenges });
            server.answer(StatusCode::OK, body)
        }
        "challenge" => {
            let before = server.challenge();
            server.look().await;
            server.answer(StatusCode::OK, before)
        }
        "finalize" => {
            server.sign(&payload);
            server.answer(StatusCode::OK, server.order())
        }
        "order" => server.answer(StatusCode::OK, server.order()),
        "certificate" => {
            let chain = server.seen().chain.clone();
            ([("replay-nonce", server.nonce())], chain).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64 of URLs, without its end.
fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(number >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}

fn decoded(text: &str) -> Vec<u8> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes() {
        let six = ALPHABET.iter().position(|known| *known == letter).unwrap();
        (bits, held) = (bits << 6 | six as u32, held + 6);
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 255) as u8);
        }
    }
    bytes
}
