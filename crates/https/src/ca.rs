//! A certificate authority of the shop's own, made once, that signs for this machine alone.
//!
//! Owns: its key and what it may sign: names without a public owner, addresses of private networks, and the names that it
//! was made for. A device that trusts it lets it speak for nobody else. Refuses to know: when a certificate is due.

use crate::certificate::Facts;
use crate::folder::Folder;
use crate::kept;
use crate::name::Name;
use crate::{Fault, fault};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, SanType,
};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::collections::BTreeSet;
use std::net::IpAddr;
use x509_parser::prelude::{FromDer, ParsedExtension, X509Certificate};
use x509_parser::time::ASN1Time;

const DAY_MS: i64 = 86_400_000;
/// Ten years: until then nobody has to trust another.
const CA_LIFE_DAYS: i64 = 3_652;
/// Devices refuse more than 397 days; the next is made long before.
const LIFE_DAYS: i64 = 90;
/// Clocks of phones differ.
const HEAD_START_MS: i64 = DAY_MS;
/// Ends of names that the public net does not have (RFC 6761, 6762, 8375, and what routers use).
const PRIVATE_ENDS: [&str; 6] = ["localhost", "local", "lan", "home.arpa", "internal", "home"];

pub struct Ca {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
    der: CertificateDer<'static>,
    pub facts: Facts,
}

impl Ca {
    /// The one that is kept; where there is none, it is made, for these names among others.
    ///
    /// # Errors
    /// It cannot be read or written, or its time is over.
    pub fn open(folder: &Folder, asked: &BTreeSet<Name>, now_ms: i64) -> Result<Ca, Fault> {
        match (folder.read(kept::CA)?, folder.read_secret(kept::CA_KEY)?) {
            (Some(pem), Some(key)) => Ca::read(pem, &key),
            (None, None) => Ca::make(folder, asked, now_ms),
            _ => Err(fault(format!(
                "of {} and {} one is missing; put it back from a backup, or delete the other and trust a new CA on \
                 every device",
                folder.path(kept::CA).display(),
                folder.path(kept::CA_KEY).display()
            ))),
        }
    }

    fn read(pem: String, key: &str) -> Result<Ca, Fault> {
        let unread = |_| fault(format!("{} or {} cannot be read as what they are", kept::CA, kept::CA_KEY));
        let key = KeyPair::from_pem(key).map_err(unread)?;
        let der = CertificateDer::from_pem_slice(pem.as_bytes());
        let der = der.map_err(|_| fault(format!("{} holds no certificate", kept::CA)))?;
        let issuer = Issuer::from_ca_cert_pem(&pem, key).map_err(unread)?;
        Ok(Ca { issuer, facts: Facts::of(&der)?, pem, der })
    }

    fn make(folder: &Folder, asked: &BTreeSet<Name>, now_ms: i64) -> Result<Ca, Fault> {
        let unmade = |error: rcgen::Error| fault(format!("the CA cannot be made: {error}"));
        let key = KeyPair::generate().map_err(unmade)?;
        let mut params = named("Baton: this shop's own certificates");
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.name_constraints =
            Some(NameConstraints { permitted_subtrees: permitted(asked), excluded_subtrees: Vec::new() });
        lives(&mut params, now_ms, CA_LIFE_DAYS)?;
        let pem = params.self_signed(&key).map_err(unmade)?.pem();
        folder.write_secret(kept::CA_KEY, &key.serialize_pem())?;
        folder.write_open(kept::CA, &pem)?;
        Ca::read(pem, &key.serialize_pem())
    }

    /// What a device is given to trust.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether devices believe it when it signs this.
    pub fn may_sign(&self, name: &Name) -> bool {
        let Ok((_, certificate)) = X509Certificate::from_der(&self.der) else { return false };
        let constraints = certificate.extensions().iter().find_map(|found| match found.parsed_extension() {
            ParsedExtension::NameConstraints(constraints) => constraints.permitted_subtrees.as_ref(),
            _ => None,
        });
        let Some(permitted) = constraints else { return true };
        permitted.iter().any(|tree| is_below(name, &tree.base))
    }

    /// A certificate for these names, and its key, in one text.
    ///
    /// # Errors
    /// They cannot be signed, or the CA itself ends before.
    pub fn sign(&self, names: &BTreeSet<Name>, now_ms: i64) -> Result<String, Fault> {
        let unsigned = |error: rcgen::Error| fault(format!("the certificate cannot be made: {error}"));
        if now_ms + LIFE_DAYS * DAY_MS > self.facts.valid_until_ms {
            let say = "the shop's own CA ends soon; delete the ca files, start again, and trust the new one on every device";
            return Err(fault(say));
        }
        let key = KeyPair::generate().map_err(unsigned)?;
        let mut params = named("Baton");
        params.subject_alt_names =
            names.iter().map(alternative).collect::<Result<_, _>>().map_err(unsigned)?;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        lives(&mut params, now_ms, LIFE_DAYS)?;
        let certificate = params.signed_by(&key, &self.issuer).map_err(unsigned)?;
        Ok(format!("{}{}{}", certificate.pem(), self.pem, key.serialize_pem()))
    }
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

fn lives(params: &mut CertificateParams, now_ms: i64, days: i64) -> Result<(), Fault> {
    let at = |ms: i64| {
        let time = ASN1Time::from_timestamp(ms.div_euclid(1_000));
        time.map(|time| time.to_datetime())
            .map_err(|_| fault("the clock is beyond the years of a certificate"))
    };
    params.not_before = at(now_ms - HEAD_START_MS)?;
    params.not_after = at(now_ms + days * DAY_MS)?;
    Ok(())
}

fn alternative(name: &Name) -> Result<SanType, rcgen::Error> {
    Ok(match name {
        Name::Address(address) => SanType::IpAddress(*address),
        Name::Dns(name) => SanType::DnsName(name.as_str().try_into()?),
    })
}

/// Addresses that the public net does not carry (RFC 1918, 3927, 4193), this machine itself, and what was asked for.
fn permitted(asked: &BTreeSet<Name>) -> Vec<GeneralSubtree> {
    let v4 = |address: [u8; 4], bits| CidrSubnet::from_v4_prefix(address, bits);
    let v6 = |first: u8, bits| {
        CidrSubnet::from_v6_prefix([first, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], bits)
    };
    let mut subnets = vec![
        v4([10, 0, 0, 0], 8),
        v4([172, 16, 0, 0], 12),
        v4([192, 168, 0, 0], 16),
        v4([169, 254, 0, 0], 16),
        v4([127, 0, 0, 0], 8),
        v6(0xfc, 7),
        CidrSubnet::from_addr_prefix(IpAddr::V6(std::net::Ipv6Addr::LOCALHOST), 128),
    ];
    let mut ends: BTreeSet<String> = PRIVATE_ENDS.map(str::to_owned).into();
    for name in asked {
        match name {
            Name::Address(address) => {
                subnets
                    .push(CidrSubnet::from_addr_prefix(*address, if address.is_ipv4() { 32 } else { 128 }));
            }
            Name::Dns(name) => {
                ends.insert(name.clone());
            }
        }
    }
    let subnets = subnets.into_iter().map(GeneralSubtree::IpAddress);
    ends.into_iter().map(GeneralSubtree::DnsName).chain(subnets).collect()
}

fn is_below(name: &Name, base: &x509_parser::prelude::GeneralName<'_>) -> bool {
    use x509_parser::prelude::GeneralName;
    match (name, base) {
        (Name::Dns(name), GeneralName::DNSName(end)) => {
            name == end || name.strip_suffix(end).is_some_and(|rest| rest.ends_with('.'))
        }
        (Name::Address(IpAddr::V4(v4)), GeneralName::IPAddress(net)) => is_in(&v4.octets(), net),
        (Name::Address(IpAddr::V6(v6)), GeneralName::IPAddress(net)) => is_in(&v6.octets(), net),
        _ => false,
    }
}

/// A network is an address and a mask behind it.
fn is_in(address: &[u8], net: &[u8]) -> bool {
    if net.len() != address.len() * 2 {
        return false;
    }
    let (base, mask) = net.split_at(address.len());
    address.iter().zip(base.iter().zip(mask)).all(|(of, (base, mask))| of & mask == base & mask)
}

#[cfg(test)]
mod tests;
