//! HTTPS over real sockets: who trusts the certificate is answered, who does not is not, and an ACME server of the tests' own
//! that looks before it signs.

mod acme;
mod acme_server;
mod client;
mod place;
mod served;
